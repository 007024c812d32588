"""Documents of every kind: the words in them, page by page, and what cannot be read."""

from __future__ import annotations

import zipfile

import pytest

from bot.documents.document import UnreadableDocument
from bot.documents.mended_text import mended
from bot.documents.read_document import read_document
from bot.library.brought import brought
from bot.library.sandbox import brought_apart, members_apart
from tests.kit.made_documents import LINES, docx_of, epub_of, html_of, of_every_kind, pdf_of, rtf_of, zipped
from tests.kit.table import each_row

WHOLE = of_every_kind()


def lines_of(raw: bytes, name: str) -> list[str]:
    return [line for line in mended(read_document(raw, name)).text.split("\n") if line]


@each_row("name", WHOLE)
def test_every_kind_of_document_says_the_same(name: str) -> None:
    assert lines_of(WHOLE[name], f"稿.{name}") == list(LINES)


@each_row("name", WHOLE)
def test_a_kind_is_known_whatever_the_file_is_called(name: str) -> None:
    if not name.endswith("md"):  # which is text like any other
        assert lines_of(WHOLE[name], "稿") == list(LINES)


def test_read_apart_it_is_the_same_document() -> None:
    raw = pdf_of([LINES, ["最后一页。"]])
    assert brought_apart(raw, "稿.pdf") == brought(raw, "稿.pdf")


def test_a_page_of_print_says_which_lines_are_indented() -> None:
    (page,) = read_document(pdf_of([["题目", "　　第一段开头", "接着第一段"]]), "a.pdf").pages
    assert page.split("\n") == ["题目", "　　第一段开头", "接着第一段"]


@each_row(
    "body, expected",
    [
        ("<p>劳动\n  改变世界</p>", "劳动改变世界"),
        ("<p>a\n b</p>", "a b"),
        ("<p>一<br>二</p>", "一|二"),
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", "甲|乙"),
        ("<nav>菜单</nav><script>x()</script><style>p{}</style><p>正文</p><footer>脚</footer>", "正文"),
        ("<p>外</p><article><p>里</p></article>", "里"),
        ("<!-- 不见 --><p>&lt;看见&gt;</p>", "<看见>"),
        ("<img src='http://127.0.0.1:9/x'><p>图外</p>", "图外"),
        ("<pre>一\n二</pre>", "一|二"),
    ],
)
def test_of_html_what_a_reader_sees_is_read(body: str, expected: str) -> None:
    page = read_document(html_of([], body), "a.html")
    assert page.pages == (expected.replace("|", "\n"),)


@pytest.mark.parametrize("label", ["gb2312", "gbk", "utf-8", "x-nonsense"])
def test_a_page_is_decoded_as_it_says_or_as_it_is(label: str) -> None:
    raw = f'<html><head><meta charset="{label}"></head><body><p>劳动创造未来，镕。</p></body></html>'
    encoding = "gb18030" if label.startswith("gb") else "utf-8"
    assert read_document(raw.encode(encoding), "a.html").pages == ("劳动创造未来，镕。",)


def test_a_book_is_read_in_the_order_of_its_spine_with_title_and_author() -> None:
    found = read_document(epub_of([["第一章", "一。"], ["第二章", "二。"]]), "书.epub")
    assert (found.title, found.author) == ("讲话集", "某人")
    assert found.pages == ("第一章\n一。\n\n第二章\n二。",)


def test_rtf_in_unicode_is_read_as_well() -> None:
    raw = rtf_of([], "".join(f"\\u{ord(sign)}?" for sign in "劳模") + "\\par")
    assert read_document(raw, "a.rtf").pages[0].strip() == "劳模"


@each_row(
    "name, raw, reason",
    [
        ("a.pdf", pdf_of([[], []]), "scan"),
        ("a.pdf", pdf_of([LINES])[:40], "damaged"),
        ("a.pdf", b"%PDF-1.7\n%%EOF", "damaged"),
        ("a.html", b"<html><body></body></html>", "empty"),
        ("a.md", b"---\n---\n\n***\n", "empty"),
        ("a.docx", zipped({"xl/workbook.xml": "x"}), "archive"),
        ("a.epub", zipped({"META-INF/container.xml": "<x/>"}), "damaged"),
        ("a.epub", epub_of([LINES], package="../../etc/passwd"), "damaged"),
        ("a.odt", zipped({"content.xml": "<x>"}), "damaged"),
        ("a.odt", zipped({"content.xml": "<x/>", "META-INF/manifest.xml": "<m:encryption-data/>"}), "locked"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + bytes(99), "old word"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(99), "picture"),
        ("a.txt", b"", "empty"),
    ],
)
def test_what_cannot_be_read_is_told(name: str, raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(raw, name)
    assert caught.value.reason == reason


def test_the_documents_of_an_archive_are_found_by_safe_names_and_the_others_named() -> None:
    inner = zipped({"b.txt": "里面"})
    raw = zipped({"../../讲话/一.txt": "一。", "C:\\x\\二.md": "二。", "__MACOSX/._一.txt": "x", "内.zip": inner, "表.xlsx": "x"})
    found = members_apart(raw, "a.zip")
    assert [(name, content.decode()) for name, content in found.members] == [("一.txt", "一。"), ("二.md", "二。")]
    assert set(found.left_out) == {"内.zip", "表.xlsx"}


def test_names_of_chinese_windows_are_read() -> None:
    raw = zipped({"讲话.txt": "好。"}, zipfile.ZIP_STORED).replace("讲话".encode(), "讲话".encode("gbk") + b"__")
    raw = raw.replace(b"\x00\x08", b"\x00\x00")  # the flag that says UTF-8
    assert [name for name, _ in members_apart(raw, "a.zip").members] == ["讲话__.txt"]


def test_a_docx_is_no_archive_of_documents() -> None:
    with pytest.raises(UnreadableDocument, match="archive"):
        members_apart(docx_of(LINES), "a.zip")
