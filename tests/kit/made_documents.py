"""Documents of every kind that is read, made here: whole ones, and what makes them hostile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

LINES = ("在职工大会上的讲话", "同志们：", "一、读书", "每天读半小时，一年能读二十本。", "二、种树", "春天种树，秋天看林。")
CONTAINER_XML = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="{}"/></rootfiles></container>'
)
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx_of(lines: Sequence[str], body: str = "", before: str = "") -> bytes:
    """A .docx of paragraphs."""
    told = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines) + body
    return zipped({"word/document.xml": f'<?xml version="1.0"?>{before}<w:document xmlns:w="{_W}"><w:body>{told}</w:body></w:document>'})


def odt_of(lines: Sequence[str], body: str = "", before: str = "") -> bytes:
    """An .odt of paragraphs."""
    told = "".join(f"<text:p>{line}</text:p>" for line in lines) + body
    head = f'<office:document-content xmlns:office="{_OFFICE}:office:1.0" xmlns:text="{_OFFICE}:text:1.0">'
    content = f'<?xml version="1.0"?>{before}{head}<office:body><office:text>{told}</office:text></office:body></office:document-content>'
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def epub_of(chapters: Sequence[Sequence[str]], package: str = "OEBPS/content.opf", body: str = "", before: str = "") -> bytes:
    """An .epub of chapters. body, before: of each chapter, and of the package."""
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml"/>' for n in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    about = '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>讲话集</dc:title><dc:creator>某人</dc:creator></metadata>'
    opf = f'{before}<package xmlns="http://www.idpf.org/2007/opf">{about}<manifest>{items}</manifest><spine>{spine}</spine></package>'
    texts = {f"OEBPS/c{n}.xhtml": html_of(lines, body).decode() for n, lines in enumerate(chapters)}
    return zipped(
        {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER_XML.format(package), "OEBPS/content.opf": opf, **texts}
    )


def html_of(lines: Sequence[str], body: str = "", before: str = "") -> bytes:
    """A page of paragraphs."""
    told = "".join(f"<p>{line}</p>" for line in lines)
    return f"<!doctype html>{before}<html><head><title>讲话</title></head><body>{told}{body}</body></html>".encode()


def rtf_of(lines: Sequence[str], body: str = "") -> bytes:
    """An .rtf of paragraphs, in GBK as Chinese Word writes it."""
    told = "".join("".join(f"\\'{byte:02x}" for byte in line.encode("gbk")) + "\\par\n" for line in lines)
    return rf"{{\rtf1\ansi\ansicpg936{{\fonttbl{{\f0\fcharset134 SimSun;}}}}\f0 {told}{body}}}".encode("ascii")


def pdf_of(pages: Sequence[Sequence[str]], extra: Mapping[str, str] | None = None) -> bytes:
    """A .pdf with a text layer in a font that no reader needs to have; a line that begins with 　 is indented.

    extra: further entries of its catalogue.
    """
    objects: list[bytes] = [b"", b""]

    def added(content: bytes | str) -> int:
        objects.append(content if isinstance(content, bytes) else content.encode("latin-1"))
        return len(objects)

    box = "/FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 800 /StemV 80"
    known = f"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 {box} >>"
    system = "<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
    kind = "/Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
    below = added(f"<< {kind} /CIDSystemInfo {system} /DW 1000 /FontDescriptor {known} >>")
    encoding = f"/Encoding /UniGB-UCS2-H /DescendantFonts [{below} 0 R]"
    font = added(f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H {encoding} >>")
    kids = []
    for lines in pages:
        drawn = b"\n".join(_drawn(line, 780 - 20 * at) for at, line in enumerate(lines))
        content = added(b"<< /Length %d >>\nstream\n" % len(drawn) + drawn + b"\nendstream")
        looks = f"/MediaBox [0 0 595 842] /Contents {content} 0 R /Resources << /Font << /F1 {font} 0 R >> >>"
        kids.append(added(f"<< /Type /Page /Parent 2 0 R {looks} >>"))
    entries = " ".join(f"/{key} {value}" for key, value in (extra or {}).items())
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {entries} >>".encode("latin-1")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    return _filed(objects)


def _drawn(line: str, height: int) -> bytes:
    words = line.lstrip("\u3000")
    left = 72 + 12 * (len(line) - len(words))
    return f"BT /F1 12 Tf 1 0 0 1 {left} {height} Tm <{words.encode('utf-16-be').hex()}> Tj ET".encode()


def _filed(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


def of_every_kind(lines: Sequence[str] = LINES) -> dict[str, bytes]:
    """One whole document of each kind, by its ending; the same text in several encodings by endings of their own."""
    text = "\n".join(lines) + "\n"
    return {
        "txt": text.encode(),
        "gb.txt": text.encode("gb18030"),
        "utf16.txt": text.encode("utf-16"),
        "md": f"# {lines[0]}\n\n**{lines[1]}**\n\n".encode() + "\n\n".join(lines[2:]).encode(),
        "html": html_of(lines),
        "docx": docx_of(lines),
        "odt": odt_of(lines),
        "rtf": rtf_of(lines),
        "epub": epub_of([lines]),
        "pdf": pdf_of([lines]),
    }
