"""Numbers that Word counts: printed before the paragraphs as its readers see them, and never in the way of the text."""

from __future__ import annotations

from collections.abc import Mapping

from bot.documents.docx import numbered_paragraphs, paragraphs
from bot.documents.mended_text import mended
from bot.documents.read_document import read_document
from retrieval import parse
from tests.kit.made_documents import zipped
from tests.kit.table import each_row

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CHINESE = {0: ("chineseCountingThousand", "%1、"), 1: ("chineseCounting", "（%2）"), 2: ("decimal", "%3.")}


def scheme(identity: int, levels: Mapping[int, tuple[str, str]], start: int = 1) -> str:
    told = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in levels.items()
    )
    return f'<w:abstractNum w:abstractNumId="{identity}">{told}</w:abstractNum>'


def listed(identity: int, of: int, restart: int = 0) -> str:
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{restart}"/></w:lvlOverride>' if restart else ""
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


def numbered(words: str, identity: int | None = None, level: int | None = None, style: str = "") -> str:
    number = "" if identity is None else f'<w:numId w:val="{identity}"/>'
    at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    said = f"<w:numPr>{at}{number}</w:numPr>" if number or at else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{said}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def document(body: str, numbering: str = "", styles: str = "") -> bytes:
    members = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    if numbering:
        members["word/numbering.xml"] = f"<w:numbering {W}>{numbering}</w:numbering>"
    if styles:
        members["word/styles.xml"] = f"<w:styles {W}>{styles}</w:styles>"
    return zipped(members)


def labels(raw: bytes) -> list[str]:
    return [label for label, _ in numbered_paragraphs(raw)]


ONE = scheme(0, CHINESE) + listed(1, 0)
BODY = (
    numbered("总述。")
    + numbered("维护职工权益", 1, 0)
    + numbered("依法维权", 1, 1)
    + numbered("工资", 1, 2)
    + numbered("工时", 1, 2)
    + numbered("热情服务", 1, 1)
    + numbered("休假", 1, 2)
    + numbered("加强自身建设", 1, 0)
    + numbered("学习", 1, 1)
)
DECIMAL = scheme(0, {0: ("decimal", "%1"), 1: ("decimal", "%1.%2")}) + listed(1, 0)
NUMBER = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
CHANGED = f"<w:p><w:pPr><w:pPrChange>{NUMBER}</w:pPrChange></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"  # numbered before, no more
COUNTED = ["", "一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）"]


def test_levels_are_counted_as_word_counts_them() -> None:
    assert labels(document(BODY, ONE)) == COUNTED


def test_a_speech_whose_headings_word_numbers_has_its_tree() -> None:
    words = "".join(numbered(f"{head}。" + "工会要为职工办实事，把好事办好。" * 3, 1, 0) for head in ("维护权益", "热情服务", "加强建设"))
    whole = mended(read_document(document(numbered("在座谈会上的讲话") + words, ONE), "稿.docx"))
    (speech,) = parse(whole.text, "稿.txt")
    assert [node.label for node in speech.walk() if node.label] == ["一、", "二、", "三、"]
    assert [(oddity.kind, oddity.count) for oddity in whole.oddities] == [("automatic number", 3)]


@each_row("numbering, body, expected", [
        (scheme(0, {0: ("decimal", "第%1条")}, 3) + listed(1, 0), numbered("甲", 1, 0) + numbered("乙", 1), ["第3条", "第4条"]),
        (ONE + listed(2, 0), numbered("甲", 1, 0) + numbered("乙", 2, 0), ["一、", "二、"]),
        (ONE + listed(2, 0, 1), numbered("甲", 1, 0) + numbered("乙", 2, 0) + numbered("丙", 2, 0), ["一、", "一、", "二、"]),
        (scheme(0, {0: ("bullet", "")}) + listed(1, 0), numbered("甲", 1, 0), [""]),
        (scheme(0, {0: ("none", "%1")}) + listed(1, 0), numbered("甲", 1, 0), [""]),
        (DECIMAL, numbered("甲", 1, 0) + numbered("乙", 1, 1), ["1", "1.1"]),
        (ONE, numbered("甲", 1, 0) + numbered(" ", 1, 0) + numbered("乙", 1, 0), ["一、", "", "三、"]),
        (ONE, numbered("甲", 0, 0) + numbered("乙", 9, 0) + numbered("丙", 1, 7), ["", "", ""]),
        ("", numbered("甲", 1, 0), [""]),
        ("<w:broken", numbered("甲", 1, 0), [""]),
        (ONE, CHANGED, [""]),
    ])  # fmt: skip
def test_what_is_printed_before_a_paragraph(numbering: str, body: str, expected: list[str]) -> None:
    assert labels(document(body, numbering)) == expected


def test_a_style_numbers_its_paragraphs_and_those_of_styles_based_on_it() -> None:
    own = '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    based = '<w:style w:styleId="Mine"><w:basedOn w:val="H1"/></w:style><w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    body = numbered("甲", style="H1") + numbered("乙", style="Mine") + numbered("丙", style="Loop") + numbered("丁", 0, style="H1")
    assert labels(document(body, ONE, own + based)) == ["一、", "二、", "", ""]


def test_a_draft_is_compared_without_numbers() -> None:
    assert paragraphs(document(BODY, ONE))[1] == "维护职工权益"
