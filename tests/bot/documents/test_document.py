"""Files that people send: every usual encoding, .docx, and what cannot be read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from bot.documents.document import LARGEST, REMEDIES, UnreadableDocument, text_of
from bot.documents.docx import MAIN
from tests.kit.table import each_row

TEXT = "劳动改变世界，劳动创造未来。\n他说：“榜样的力量是无穷的。”\n"
TRADITIONAL = OpenCC("s2t").convert(TEXT)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def docx(body: str, before: str = "") -> bytes:
    """A .docx with such a body."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(MAIN, f'<?xml version="1.0"?>{before}<w:document {W} {MC}><w:body>{body}</w:body></w:document>')
    return file.getvalue()


def paragraph(*runs: str) -> str:
    return "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>" + "".join(f"<w:r><w:rPr/>{run}</w:r>" for run in runs) + "</w:p>"


@each_row("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert text_of(TEXT.encode(encoding), "a.txt") == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "utf-16"])
def test_traditional_text_is_read_too(encoding: str) -> None:
    assert text_of(TRADITIONAL.encode(encoding), "a.txt") == TRADITIONAL


def test_paragraphs_of_word_are_lines() -> None:
    body = (
        paragraph("<w:t>劳动改变</w:t>", "<w:t>世界，</w:t><w:br/><w:t>劳动</w:t><w:tab/><w:t>创造未来。</w:t>")
        + paragraph()
        + f"<w:tbl><w:tr><w:tc>{paragraph('<w:t>格一</w:t>')}</w:tc><w:tc>{paragraph('<w:t>格二</w:t>')}</w:tc></w:tr></w:tbl>"
        + "<w:p><w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:ins><w:r><w:t>加上</w:t></w:r></w:ins></w:p>"
        + "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        + "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>"
        + "<w:t>框外</w:t></w:r></w:p>"
    )
    assert text_of(docx(body), "a.docx").split("\n") == ["劳动改变世界，", "劳动\t创造未来。", "", "格一", "格二", "加上", "框外", "框里"]


ENTITIES = '<!DOCTYPE x [<!ENTITY a "好"><!ENTITY b "&a;&a;&a;&a;">]>'
NESTED = "<w:sdt>" * 5000 + "</w:sdt>" * 5000


def archive_of(name: str, method: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(name, "x")
    return file.getvalue()


def locked() -> bytes:
    """A .docx whose text is said to be encrypted, in its own header and in the list of members."""
    raw = bytearray(docx(paragraph("<w:t>好</w:t>")))
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.rindex(magic) + flags] |= 1
    return bytes(raw)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        ("\ufeff\n".encode(), "empty"),
        (docx(paragraph()), "empty"),
        (b"a" * (LARGEST + 1), "too large"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (locked(), "locked"),
        (b"%PDF-1.7\n...", "pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)), "picture"),
        (b"Rar!\x1a\x07\x00" + bytes(range(256)), "archive"),
        (archive_of("xl/workbook.xml"), "archive"),
        (docx(paragraph("<w:t>好</w:t>"))[:200], "damaged"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (docx("<w:p>"), "damaged"),
        (docx(paragraph("<w:t>&b;</w:t>"), ENTITIES), "damaged"),
        (docx(NESTED), "damaged"),
        pytest.param(docx("<w:p/>" * 1_000_001), "damaged", marks=pytest.mark.slow),
        (archive_of(MAIN, zipfile.ZIP_LZMA), "damaged"),
        (archive_of(MAIN, zipfile.ZIP_BZIP2), "damaged"),
        (bytes(range(256)) * 20, "binary"),
        (bytes(1000), "binary"),
    ],
)
def test_what_cannot_be_read_is_told_with_a_remedy(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        text_of(raw, "稿.doc")
    assert caught.value.reason == reason
    assert str(caught.value) == f"稿.doc: {REMEDIES[caught.value.reason]}"


@pytest.mark.slow
def test_a_small_file_that_unpacks_to_a_huge_one_is_refused() -> None:
    raw = docx(paragraph(f"<w:t>{' ' * 60_000_000}好</w:t>"))
    assert len(raw) < 200_000
    with pytest.raises(UnreadableDocument, match="cannot be opened"):
        text_of(raw, "a.docx")


def test_how_much_may_be_unpacked_is_the_callers_choice() -> None:
    raw = docx(paragraph(f"<w:t>{'好' * 1000}</w:t>"))
    assert text_of(raw, "a.docx", 5_000) == "好" * 1000
    with pytest.raises(UnreadableDocument, match="cannot be opened"):
        text_of(raw, "a.docx", 3_000)


def told(raw: bytes) -> str:
    """The text, or the remedy."""
    try:
        return text_of(raw, "x", 1_000_000)
    except UnreadableDocument as unreadable:
        return REMEDIES[unreadable.reason]


@given(st.binary(max_size=300) | st.binary(max_size=60).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_are_text_or_a_clear_refusal(raw: bytes) -> None:
    assert told(raw).strip()


WHOLE = docx(paragraph("<w:t>劳动</w:t>", "<w:tab/><w:t>创造未来。</w:t>") + paragraph("<w:t>第二段</w:t>"))
PIECES = ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:pPr>", "</w:pPr>", "<w:tab/>", "<mc:Fallback>", "</mc:Fallback>"]
SIGNS = ["好", "&amp;", "&x;", "<!--", "-->", "<![CDATA[", "]]>", "<?x?>", "\0", "<w:p"]


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), st.integers(0, len(WHOLE)))
def test_a_damaged_docx_is_text_or_a_clear_refusal(place: int, byte: int, end: int) -> None:
    changed = WHOLE[:place] + bytes([byte]) + WHOLE[place + 1 :]
    assert told(changed).strip()
    assert told(changed[:end]).strip()


@given(st.lists(st.sampled_from(PIECES + SIGNS), max_size=30).map("".join))
def test_any_xml_is_text_or_a_clear_refusal(body: str) -> None:
    assert told(docx(body)).strip()


def test_the_speeches_are_read_as_they_are() -> None:
    for path in (Path(__file__).parents[3] / "seeds" / "speeches").glob("*.txt"):
        assert text_of(path.read_bytes(), path.name) == path.read_bytes().decode("utf-8")
