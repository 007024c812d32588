"""Drafts that people send as files: checked and marked; whatever else they send is refused in words that help."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from bot.contract.reply import Reply
from bot.contract.response import Asker, Response
from bot.service import SpeechService
from bot.service.sent_files import LARGEST, LARGEST_XML, MOST
from bot.settings.library import Library
from tests.bot.documents.test_document import docx, locked, paragraph
from tests.kit.seen import Inspector, only

DRAFT = "会上说：“劳动改变世界，劳动创造未来。”\n又说“劳模是社会的脊梁、人民的楷模”。\n还说“撸起袖子加油干”。\n"
IN_WORD = docx("".join(paragraph(f"<w:t>{line}</w:t>") for line in DRAFT.splitlines()))


def finished(answer: Response) -> tuple[Reply, ...]:
    """What an answer says in the end."""
    return answer.later().replies if answer.later else answer.replies


@pytest.mark.parametrize(
    ("name", "content"),
    [("稿.txt", DRAFT.encode()), ("稿.TXT", DRAFT.encode("gb18030")), ("稿.txt", DRAFT.encode("utf-16")), ("稿.docx", IN_WORD)],
)
def test_a_draft_gets_a_summary_and_a_marked_up_copy(
    service: SpeechService, asker: Asker, library: Library, name: str, content: bytes
) -> None:
    assert service.unwanted(asker, name, len(content)) is None
    card, copy = finished(service.document(asker, name, content))
    assert card.text.startswith("原文核对：3处　✓ 1　≈ 1　✗ 1")
    assert "〔删：脊梁〕〔增：中坚〕" in card.text
    assert copy.file is not None
    assert (copy.file.kind, copy.file.name) == ("document", "稿-核对.html")
    page = copy.file.content.decode()
    assert "<del>脊梁</del><ins>中坚</ins>" in page
    assert '<span class="absent">撸起袖子加油干</span><small> ✗ 讲话里没有这句' in page
    assert "✓ 1　≈ 1　✗ 1" in copy.text
    assert "<script" not in page
    assert "✓ 1　≈ 1　✗ 1" in copy.file.instead
    for reply in (card, copy):
        Inspector(library).check(reply)


REFUSED = [
    ("稿.doc", b"\xd0\xcf\x11\xe0", "旧格式"),
    ("稿.wps", b"", "旧格式"),
    ("稿.pdf", b"%PDF", "PDF"),
    ("图.JPG", b"\xff\xd8\xff", "图片"),
    ("稿.zip", b"PK", "压缩包"),
    ("稿.exe", b"MZ", "读不出文字"),
    ("没有后缀", "劳动".encode(), "读不出文字"),
    (".txt", b"x", "读不出文字"),
    ("稿.txt", b"", "没有文字"),
    ("稿.txt", "。。。\n，".encode(), "没有文字"),
    ("稿.docx", docx(paragraph()), "没有文字"),
    ("稿.txt", bytes(range(256)) * 20, "读不出文字"),
    ("稿.txt", b"\xff\xfe\xfd" * 99, "读不出文字"),
    ("稿.txt", b"%PDF-1.7", "PDF"),
    ("稿.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "旧格式"),
    ("稿.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ("稿.docx", locked(), "密码"),
    ("稿.docx", IN_WORD[:300], "打不开"),
    ("稿.docx", docx("<w:p>"), "打不开"),
    ("稿.docx", docx(paragraph(f"<w:t>{' ' * LARGEST_XML}好</w:t>")), "打不开"),
    ("稿.txt", b"x" * (LARGEST + 1), "最多2MB"),
    ("稿.txt", ("好" * (MOST + 1)).encode(), f"有{MOST + 1}字，一次最多核对{MOST}字"),
    ("很长的名字" * 30 + ".pdf", b"%PDF", "很长的名字"),
    ("一\n二\u202e.pdf", b"%PDF", "PDF"),
]


@pytest.mark.parametrize(("name", "content", "said"), REFUSED, ids=[f"{name[:9]} {said}" for name, _, said in REFUSED])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_no_draft_is_refused_with_what_to_do(
    service: SpeechService, library: Library, name: str, content: bytes, said: str, language: str
) -> None:
    asker = Asker(7, 7, "private", language)
    answer = service.unwanted(asker, name, len(content)) or service.document(asker, name, content)
    (reply,) = finished(answer)
    if language == "zh":
        assert said in reply.text
        assert "「" in reply.text
    assert len(reply.text) < 200
    Inspector(library).check(reply)


def test_a_file_that_is_larger_than_telegram_said_is_refused_too(service: SpeechService, asker: Asker) -> None:
    assert "最多2MB" in only(service.document(asker, "稿.txt", b"x" * (LARGEST + 1))).text


def test_a_file_that_telegram_does_not_give_out_is_told(service: SpeechService, asker: Asker) -> None:
    assert "取不下来" in only(service.document(asker, "稿.txt", None)).text


def test_names_and_words_of_a_draft_are_text_in_its_copy(service: SpeechService, asker: Asker) -> None:
    draft = "<script>alert(1)</script>“榜样的力量<img src=x>是无穷的。”"
    _, copy = finished(service.document(asker, "<b>../../稿&.txt", draft.encode()))
    assert copy.file is not None
    page = copy.file.content.decode()
    assert not [tag for tag in ("<script", "<img", "<b>") if tag in page]
    assert copy.file.name == "稿-核对.html"


def test_who_sends_too_many_files_is_told_once_and_nothing_is_fetched(service: SpeechService) -> None:
    asker = Asker(9, 9, "private", "zh")
    found = [service.unwanted(asker, "稿.txt", 9) for _ in range(1100)]
    said = [answer.replies for answer in found if answer is not None]
    assert found[:10] == [None] * 10
    assert [bool(replies) for replies in said[:3]] == [True, False, False]


PIECES = [
    "劳动",
    "改变世界，劳动创造未来。",
    "“",
    "”",
    "「",
    "榜样的力量是无穷的。",
    "\n",
    "一、",
    "x",
    " ",
    "\ud800",
    "😀",
    "<",
    "&",
    "〔",
    "\u202e",
]
texts = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=40).map("".join)
files = st.one_of(
    texts.map(lambda text: text.encode("utf-8", "replace")),
    texts.map(lambda text: text.encode("gb18030", "replace")),
    texts.map(lambda text: text.encode("utf-16", "replace")),
    st.binary(max_size=200),
    st.tuples(st.integers(0, len(IN_WORD)), st.binary(max_size=4)).map(lambda at: IN_WORD[: at[0]] + at[1] + IN_WORD[at[0] + len(at[1]) :]),
)


@pytest.mark.slow
@effort(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30).map(lambda name: name + ".txt"), files)
def test_any_file_by_any_name_gets_acceptable_replies(
    service: SpeechService, library: Library, asker: Asker, name: str, content: bytes
) -> None:
    inspector = Inspector(library)
    for reply in finished(service.document(asker, name, content)):
        inspector.check(reply, verbatim=False)


def test_a_bomb_among_other_members_is_never_unpacked(service: SpeechService, asker: Asker) -> None:
    file = io.BytesIO(IN_WORD)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.png", bytes(60_000_000))
    assert len(file.getvalue()) < 100_000
    card, _ = finished(service.document(asker, "稿.docx", file.getvalue()))
    assert "✓ 1　≈ 1　✗ 1" in card.text
