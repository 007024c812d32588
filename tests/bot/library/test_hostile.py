"""Broken and hostile documents of every kind, some 300 in a thorough run: each is read or refused in a sentence, within its limits."""

from __future__ import annotations

import io
import multiprocessing
import os
import random
import resource
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from itertools import islice

import pytest

from bot.documents.document import LARGEST, REMEDIES, UnreadableDocument
from bot.library.reading_process import MEMORY, SECONDS
from bot.library.sandbox import brought_apart, members_apart
from tests.kit.made_documents import CONTAINER_XML, LINES, docx_of, epub_of, html_of, odt_of, of_every_kind, pdf_of, rtf_of, zipped

pytestmark = pytest.mark.slow  # every document is read by a process of its own

BILLION = (
    '<!DOCTYPE x [<!ENTITY a "好好好好">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
SECRET = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
OUTSIDE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
MOST_SECONDS = SECONDS + 1.5  # of the clock, with starting and ending a process
Made = Iterator[tuple[str, bytes | Callable[[], bytes]]]  # what takes long to make is made when it is read
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
PLACES, TIMES, SIZES = (8, 10, (1, 30, 3000, 300_000)) if THOROUGH else (2, 1, (30, 300_000))  # 325 documents, else every second of 130


def cut_short() -> Made:
    """Each kind, ended at some places."""
    for name, raw in of_every_kind().items():
        for part in range(PLACES):
            yield f"cut{part}.{name}", raw[: len(raw) * part // PLACES]


def altered() -> Made:
    """Each kind, with bytes exchanged at random, and with another kind glued on."""
    chance = random.Random(1)
    whole = of_every_kind()
    for name, raw in whole.items():
        for time_ in range(TIMES):
            changed = bytearray(raw)
            for _ in range(1 + len(raw) // 100):
                changed[chance.randrange(len(raw))] = chance.randrange(256)
            yield f"altered{time_}.{name}", bytes(changed)
        for other in ("pdf", "docx", "rtf")[:TIMES]:
            yield f"and-{other}.{name}", raw + whole[other]


def noise() -> Made:
    """Bytes at random behind each kind's first ones."""
    chance = random.Random(2)
    for magic in (
        b"",
        b"PK\x03\x04",
        b"%PDF-1.7\n",
        b"{\\rtf1",
        b"<html>",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xd0\xcf\x11\xe0",
        b"\x1f\x8b",
        b"Rar!",
    ):
        for size in SIZES:
            yield f"noise{size}.bin", magic + chance.randbytes(size)


def xml() -> Made:
    """Entities that grow, that name files and addresses; elements without end."""
    for name, before in (("billion", BILLION), ("secret", SECRET), ("outside", OUTSIDE)):
        entity = {"billion": "&i;", "secret": "&e;"}.get(name, "x")
        yield f"{name}.docx", docx_of(LINES, f"<w:p><w:r><w:t>{entity}</w:t></w:r></w:p>", before)
        yield f"{name}.odt", odt_of(LINES, f"<text:p>{entity}</text:p>", before)
        yield f"{name}.epub", epub_of([LINES], body=entity, before=before)
        yield f"{name}.html", html_of(LINES, entity, before)
    yield "deep.docx", docx_of((), "<w:sdt>" * 100_000 + "</w:sdt>" * 100_000)
    yield "deep.odt", odt_of((), "<text:span>" * 100_000 + "</text:span>" * 100_000)
    yield "deep.html", html_of(LINES, "<div>" * 200_000)
    yield "cells.docx", docx_of((), f"<w:tbl>{'<w:tr><w:tc><w:p/></w:tc></w:tr>' * 300_000}</w:tbl>")
    yield "cells.odt", odt_of((), "<text:p/>" * 1_200_000)
    yield "cells.html", html_of((), "<tr><td>1" * 600_000)
    yield "blanks.odt", odt_of((), '<text:p>好<text:s text:c="999999999"/></text:p>' * 9)
    yield "blanks2.odt", odt_of((), '<text:p>好<text:s text:c="x"/></text:p>')
    yield "attribute.html", html_of(LINES, f"<p title='{'x' * 15_000_000}'>")


def bomb(name: str, members: Mapping[str, str] | None = None) -> bytes:
    """An archive with a member of 400 MB."""
    file = io.BytesIO(zipped(members or {"mimetype": "x"}))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as member:
        for _ in range(400):
            member.write(b"0" * 1_000_000)
    return file.getvalue()


def bombs() -> Made:
    """Small archives that unpack to much, one in another, and with names that lead elsewhere."""
    packed = cache(partial(bomb, "word/document.xml"))
    yield "bomb.docx", packed
    yield "bomb.zip", partial(bomb, "a.txt")
    yield "bomb.odt", partial(bomb, "content.xml")
    yield "bomb.epub", partial(bomb, "a.opf", {"META-INF/container.xml": CONTAINER_XML.format("a.opf")})
    yield "nested.zip", lambda: zipped({"a.zip": zipped({"b.zip": packed()})})
    yield "nested.docx", lambda: zipped({"word/document.xml": packed()})
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        yield f"method{method}.docx", zipped({"word/document.xml": b"<x/>"}, method)
    yield "many.zip", lambda: zipped({f"{n}.txt": "x" for n in range(20_000)})
    yield "many.docx", lambda: zipped({"word/document.xml": "<x/>"} | {f"{n}": "" for n in range(60_000)})
    for name in (
        "../../../../tmp/x.txt",
        "/etc/cron.d/x.txt",
        "C:\\Windows\\x.txt",
        "a\x00b.txt",
        "\u202etxt.exe.txt",
        "x" * 60_000 + ".txt",
    ):
        yield "names.zip", zipped({name: "好"})
        yield "names.docx", zipped({name: "好", "word/document.xml": "<x/>"})
    overlapping = bytearray(zipped({"a.txt": "好" * 1000, "b.txt": "好" * 1000}))
    at = overlapping.rindex(b"PK\x01\x02")
    overlapping[at + 42 : at + 46] = bytes(4)  # the second member where the first is
    yield "overlapping.zip", bytes(overlapping)
    for chapter in ("../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/"):
        yield "chapter.epub", epub_of([LINES], package=chapter)


def pdfs() -> Made:
    """Scripts, actions, references outside, streams that grow, trees that go in circles."""
    yield "script.pdf", pdf_of([LINES], {"OpenAction": "<< /S /JavaScript /JS (app.alert(1)) >>"})
    yield "launch.pdf", pdf_of([LINES], {"OpenAction": "<< /S /Launch /F (/bin/sh) >>"})
    yield "address.pdf", pdf_of([LINES], {"OpenAction": "<< /S /URI /URI (http://127.0.0.1:9/) >>"})
    yield "circle.pdf", pdf_of([LINES]).replace(b"/Kids [", b"/Kids [2 0 R ")
    yield "count.pdf", pdf_of([LINES]).replace(b"/Count 1", b"/Count 2000000000")
    yield "pages.pdf", pdf_of([["x"]] * 2500)
    yield "box.pdf", pdf_of([LINES]).replace(b"[0 0 595 842]", b"[0 0 1e38 nan]")
    yield "length.pdf", pdf_of([LINES]).replace(b"/Length ", b"/Length 99999999")
    yield "locked.pdf", pdf_of([LINES]).replace(b"/Size", b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <00> /U <00> /P -4 >> /Size")
    yield "squeezed.pdf", squeezed


def squeezed() -> bytes:
    """A page of 320 MB in 300 KB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"BT /F1 12 Tf <597d> Tj ET\n" * 40_000) for _ in range(300)) + packer.flush()
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed) + packed + b"\nendstream"
    raw = pdf_of([["x"]])
    begun, ended = raw.index(b"<< /Length"), raw.index(b"endstream") + len(b"endstream")
    return raw[:begun] + stream + raw[ended:]


def texts() -> Made:
    """Of other encodings, without end, without words."""
    yield "long.txt", "好".encode() * 2_000_000
    yield "lines.txt", b"\n" * 5_000_000 + "好".encode()
    yield "large.txt", b"x" * (LARGEST + 1)
    yield "stars.md", b"**" * 2_000_000 + "好".encode()
    yield "marks.md", b"![" * 300_000 + "好".encode()
    yield "comments.md", b"<!--" * 300_000 + "好".encode()
    yield "stars2.md", b"*a " * 500_000 + "好".encode()
    yield "groups.rtf", b"{\\rtf1" + b"{" * 3_000_000
    yield "objects.rtf", b"{\\rtf1{\\object\\objdata " + b"41" * 2_000_000 + b"}}"
    yield "words.rtf", rtf_of(LINES, "\\x" * 2_000_000)
    yield "nul.txt", bytes(100_000)
    yield "half.txt", "好".encode("utf-16-le")[:1] * 9999
    yield "mixed.txt", "好".encode() * 99 + "好".encode("gb18030") * 99 + "好".encode("big5") * 99
    yield "surrogates.txt", b"\xed\xa0\x80" * 999
    yield "bidi.txt", "\u202e好\u200b".encode() * 9999
    yield "name\n\x00/../..\ud800.txt", "好。".encode()
    yield "--members", "好。".encode()


FAMILIES: dict[str, Callable[[], Made]] = {made.__name__: made for made in (cut_short, altered, noise, xml, bombs, pdfs, texts)}
EVERYDAY = [
    *((name, raw) for name, raw in islice(pdfs(), 3) if isinstance(raw, bytes)),
    ("names.zip", zipped({"../../x.txt": "好"})),
    ("secret.odt", odt_of(LINES, "<text:p>&e;</text:p>", SECRET)),
]


def told(name: str, raw: bytes) -> str:
    """The text of a document, or the sentence about it."""
    try:
        if name.endswith(".zip"):
            return str([brought_apart(content, member) for member, content in members_apart(raw, name).members])
        return brought_apart(raw, name).speeches[0].text
    except UnreadableDocument as unreadable:
        return REMEDIES[unreadable.reason]


@pytest.mark.parametrize(("name", "raw"), EVERYDAY, ids=[name for name, _ in EVERYDAY])
def test_a_hostile_document_is_read_or_refused(name: str, raw: bytes) -> None:
    said = told(name, raw)
    assert said.strip()
    assert "root:" not in said


def read_all(family: str) -> tuple[dict[str, float], int]:
    """Seconds of every document, and the most memory of the processes that read them: of a process that has started no others."""
    took: dict[str, float] = {}
    for name, raw in islice(FAMILIES[family](), 0, None, 1 if THOROUGH else 2):
        content = raw if isinstance(raw, bytes) else raw()
        begun = time.monotonic()
        said = told(name, content)
        took[f"{len(took)} {name}"] = time.monotonic() - begun
        assert said.strip(), name
        assert "root:" not in said, name
    return took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


@pytest.mark.parametrize("family", FAMILIES)
def test_hostile_documents_take_no_more_than_they_may(family: str) -> None:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
        took, largest = alone.submit(read_all, family).result()
    slowest = max(took, key=lambda name: took[name])
    print(f"{len(took)} documents, at most {largest / 1e6:.0f} MB, the slowest {slowest} {took[slowest]:.1f} s")
    assert took[slowest] < MOST_SECONDS
    assert largest < MEMORY
