"""An administrator sends a document: it is shown, kept, asked; old cards go on; nobody else can."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.contract.bringing_actions import KEEP, LEAVE, PREVIEW, RETITLE, Bring
from bot.contract.callback import decode, encode
from bot.contract.reply import Reply
from bot.contract.response import Asker, Response
from bot.library.brought import brought
from bot.library.shelf import Shelf
from bot.service import Content, SpeechService
from bot.settings.config import Settings
from bot.settings.library import open_library
from bot.settings.wording import Wording
from bot.state.store import Store
from tests.kit.made_documents import LINES, docx_of, of_every_kind, pdf_of, zipped
from tests.kit.seen import ADMIN, Clock, Inspector
from tests.kit.small_speeches import small_settings

pytestmark = pytest.mark.slow  # every document is read by a process of its own

BOSS = Asker(ADMIN, ADMIN, "private", "zh")
TEXT = "\n".join(LINES) + "\n"
YOUTH = "在青年大会上的讲话\n\n2019年5月4日\n\n同志们：\n\n青年要敢闯敢试。\n"


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    return small_settings(settings, tmp_path)


@pytest.fixture
def bot(own: Settings, phrases: Wording, store: Store, clock: Clock) -> SpeechService:
    """With a state of its own to bring speeches to."""
    behaviour = replace(own.behaviour, questions_a_minute=1000)

    def content() -> Content:
        return Content(open_library(own), phrases, behaviour)

    return SpeechService(content(), store, admins=(ADMIN,), reread=content, clock=clock, choose=lambda items: items[0], settings=own)


def finished(answer: Response) -> Response:
    """What it is in the end."""
    while answer.later is not None:
        more = answer.later()
        answer = replace(more, replies=(*answer.replies, *more.replies), toast=answer.toast or more.toast)
    return answer


def sent(bot: SpeechService, name: str, content: bytes, asker: Asker = BOSS) -> tuple[Reply, ...]:
    return finished(bot.unwanted(asker, name, len(content)) or bot.document(asker, name, content)).replies


def data_of(reply: Reply, label: str) -> str:
    (data,) = [button.data for row in reply.buttons for button in row if button.label == label and button.data]
    return data


def tapped(bot: SpeechService, reply: Reply, label: str, asker: Asker = BOSS) -> Response:
    return finished(bot.tap(asker, data_of(reply, label)))


@pytest.mark.parametrize("kind", of_every_kind())
def test_a_document_of_every_kind_is_shown_and_kept(bot: SpeechService, kind: str) -> None:
    card = sent(bot, f"稿.{kind}", of_every_kind()[kind])[0]
    if kind.endswith(("txt", "docx")):
        assert card.text.startswith("原文核对")
        (card,) = tapped(bot, card, "收下为讲话").replies
    assert card.text.startswith("《在职工大会上的讲话》\n日期没找到　地点没找到　讲话人没找到\n57字，2个部分，4段可引的话")
    kept = tapped(bot, card, "收下")
    assert kept.edit is not None
    assert kept.edit.text == "收下了1篇，现在就可以问\n第2篇 《在职工大会上的讲话》"
    assert "一、读书" in tapped(bot, kept.edit, "第2篇目录").edit.text  # type: ignore[union-attr]
    (answer,) = finished(bot.question(BOSS, "“春天种树，秋天看林”在哪篇")).replies
    assert "春天种树，秋天看林" in answer.text
    assert "第2篇" in answer.text


def test_every_card_is_acceptable(bot: SpeechService, own: Settings) -> None:
    card = sent(bot, "稿.pdf", pdf_of([["页眉", *LINES, "1"], ["页眉", "第二页。", "2"]]))[0]
    assert "去掉页眉页脚 2 处（页眉）" in card.text
    assert "去掉页码 2 处（1）" in card.text
    kept = tapped(bot, card, "收下").edit
    assert kept is not None
    for reply in (card, kept):
        Inspector(open_library(own)).check(reply)
    (answer,) = finished(bot.question(BOSS, "“第二页”在哪篇")).replies
    assert "（原件第2页）" in answer.text


def test_a_title_is_changed_before_it_counts(bot: SpeechService) -> None:
    card = sent(bot, "稿.md", TEXT.encode())[0]
    (asked,) = tapped(bot, card, "改标题").replies
    assert asked.text == "请把新标题发给我。"
    (again,) = finished(bot.question(BOSS, "  职工大会  讲话 ")).replies
    assert again.text.startswith("《职工大会 讲话》")
    assert tapped(bot, again, "收下").edit.text.endswith("第2篇 《职工大会 讲话》")  # type: ignore[union-attr]
    assert "职工大会 讲话" in finished(bot.command(BOSS, "list", "")).replies[0].text


def test_after_ten_minutes_a_message_is_a_question_again(bot: SpeechService, clock: Clock) -> None:
    tapped(bot, sent(bot, "稿.md", TEXT.encode())[0], "改标题")
    clock.now += 601
    assert "《责任落实要到哪里》" not in finished(bot.question(BOSS, "责任落实要到哪里")).replies[0].text


def test_what_is_not_wanted_is_gone(bot: SpeechService, own: Settings) -> None:
    card = sent(bot, "稿.md", TEXT.encode())[0]
    assert tapped(bot, card, "不要").edit.text == "「稿.md」没有收。"  # type: ignore[union-attr]
    assert tapped(bot, card, "收下").toast.startswith("这份文件放得太久")
    assert Shelf(own).kept() == ()


def test_an_archive_is_kept_as_a_whole_and_what_cannot_be_read_is_named(bot: SpeechService) -> None:
    raw = zipped({"一.txt": TEXT, "二.docx": docx_of(YOUTH.split("\n")), "三.pdf": pdf_of([[], []]), "四.xlsx": "x"})
    (card,) = sent(bot, "都在.zip", raw)
    assert "「三.pdf」是扫描件" in card.text
    assert "读出2篇" in card.text
    assert "《在青年大会上的讲话》　2019-05-04" in card.text
    kept = tapped(bot, card, "收下").edit
    assert kept is not None
    assert kept.text == "收下了2篇，现在就可以问\n第2篇 《在职工大会上的讲话》\n第3篇 《在青年大会上的讲话》"


def test_kept_twice_it_is_there_once(bot: SpeechService, own: Settings) -> None:
    card, again = (sent(bot, name, TEXT.encode())[0] for name in ("一.md", "二.md"))
    tapped(bot, card, "收下")
    assert "已经收过，就是第2篇" in tapped(bot, again, "收下").edit.text  # type: ignore[union-attr]
    assert len(Shelf(own).kept()) == 1


def test_a_card_of_before_is_as_good_as_new_when_only_others_came(bot: SpeechService) -> None:
    before = finished(bot.question(BOSS, "责任落实要到哪里")).replies[0]
    sent_card = sent(bot, "稿.md", TEXT.encode())[0]
    tapped(bot, sent_card, "收下")
    answer = tapped(bot, before, "上下文")
    assert answer.edit is not None
    assert "更新过" not in answer.toast


def test_a_card_of_a_replaced_speech_follows_its_words(bot: SpeechService, own: Settings) -> None:
    tapped(bot, sent(bot, "稿.md", TEXT.encode())[0], "收下")
    before = finished(bot.question(BOSS, "“春天种树，秋天看林”在哪篇")).replies[0]
    around = data_of(before, "上下文")
    changed = "新加的一句话在最前面。\n\n" + TEXT.replace("每天读半小时", "每天读一小时")
    Shelf(own).put_in_place(2, brought(changed.encode(), "新.txt"), changed.encode())
    bot.renew()
    answer = finished(bot.tap(BOSS, around))
    assert answer.edit is not None
    assert "春天种树，秋天看林。" in answer.edit.text


def test_nobody_else_brings_anything_in(bot: SpeechService, own: Settings) -> None:
    other = Asker(7, 7, "private", "zh")
    assert "PDF" in sent(bot, "稿.pdf", pdf_of([LINES]), other)[0].text
    assert "压缩包" in sent(bot, "稿.zip", zipped({"a.txt": TEXT}), other)[0].text
    assert not [b for row in sent(bot, "稿.txt", TEXT.encode(), other)[0].buttons for b in row if b.label == "收下为讲话"]
    card = sent(bot, "稿.md", TEXT.encode())[0]
    for label in ("收下", "改标题", "不要"):
        answer = bot.tap(other, data_of(card, label))
        assert (answer.toast, answer.edit) == ("讲话由管理员来添加。", None)
    assert Shelf(own).kept() == ()


def test_of_two_administrators_each_has_documents_of_his_own(own: Settings, phrases: Wording, store: Store, clock: Clock) -> None:
    content = Content(open_library(own), phrases, own.behaviour)
    bot = SpeechService(content, store, admins=(ADMIN, 8), reread=lambda: content, clock=clock, settings=own)
    card = sent(bot, "稿.md", TEXT.encode())[0]
    assert bot.tap(Asker(8, 8, "private", "zh"), data_of(card, "收下")).toast.startswith("这份文件放得太久")


def test_forged_buttons_do_nothing(bot: SpeechService, own: Settings) -> None:
    action, mark = decode(data_of(sent(bot, "稿.md", TEXT.encode())[0], "收下"))
    assert isinstance(action, Bring)
    for key in ("../../..", "AAAAAAAA"):
        for step in (PREVIEW, KEEP, RETITLE, LEAVE, 99):
            data = encode(Bring(action.document, step), mark).replace(action.document, key)
            finished(bot.tap(BOSS, data))
    assert Shelf(own).kept() == ()


def test_what_was_found_is_corrected_and_counts_at_once(bot: SpeechService, own: Settings) -> None:
    Shelf(own).put_in(brought(YOUTH.encode(), "青年.txt"), YOUTH.encode())
    bot.renew()
    assert "2019-05-04" in bot.command(BOSS, "edit", "2").replies[0].text
    said = finished(bot.command(BOSS, "edit", "2 地点 咸阳")).replies[0].text
    assert "地点　咸阳" in said
    assert Shelf(own).speech(2).entry.place == "咸阳"
    assert "咸阳" in finished(bot.command(BOSS, "speech", "2")).replies[0].text
    assert "不像日期" in finished(bot.command(BOSS, "edit", "2 日期 明天")).replies[0].text
    finished(bot.command(BOSS, "edit", "2 地点 无"))
    assert Shelf(own).speech(2).entry.place == ""


@pytest.mark.parametrize(
    ("argument", "said"), [("", "/edit 7"), ("x", "/edit 7"), ("2 颜色 红", "/edit 7"), ("1", "没有第1篇"), ("9 日期 2019", "没有第9篇")]
)
def test_what_cannot_be_edited_gets_a_sentence(bot: SpeechService, argument: str, said: str) -> None:
    assert said in finished(bot.command(BOSS, "edit", argument)).replies[0].text


def test_for_others_there_is_no_edit(bot: SpeechService) -> None:
    assert "没有这个命令" in bot.command(Asker(5, 5, "private", "zh"), "edit", "2").replies[0].text
