"""What the bot says: questions, commands and buttons in whole dialogues, without a network."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.contract.actions import Around, Found, Key, Part, QuoteId, Same, Single
from bot.contract.callback import encode
from bot.contract.response import Asker, Response
from bot.contract.text_builder import TextBuilder
from bot.service import Content, SpeechService
from bot.settings.config import Settings
from bot.settings.library import Library
from bot.settings.wording import Wording
from bot.state.store import Store
from tests.kit.seen import ADMIN, Clock, Inspector, buttons, data, only, quoted, replies

QUESTION = "劳模有哪三个作用？"
GROUP = Asker(8, -100, "group", "zh", manages_chat=False)


def labels(reply: object) -> list[str]:
    return [button.label for button in buttons(reply)]  # type: ignore[arg-type]


def test_a_question_gets_a_card_with_quotes_sources_and_ways_on(service: SpeechService, asker: Asker) -> None:
    card = only(service.question(asker, QUESTION))
    assert "劳模有三个作用，第一个，带头作用" in quoted(card)[0]
    assert any(e.kind == "bold" for e in card.entities)
    assert len(quoted(card)) == 1
    assert card.text.endswith("① 第1篇·某区 2011 · 二、第7段 /s1_2")
    assert labels(card)[:-3] == ["✓①", "② 第2篇", "③ 第1篇", "上下文", "☆ 收藏", "复制出处", "图片", "其他 …", "更多 4–6/6"]
    assert all(button.data and button.data[0] == "g" for button in buttons(card)[-3:])  # to go on with


def test_cards_open_further_cards_and_lead_back(service: SpeechService, asker: Asker) -> None:
    card = only(service.question(asker, QUESTION))
    around = only(service.tap(asker, data(card, "上下文")))
    assert quoted(card)[0] in quoted(around)[0]
    section = only(service.tap(asker, data(around, "整节")))
    assert section.text.count("二、应当如何充分地发挥劳模的重要作用") == 1
    assert {e.kind for e in section.entities} == {"bold", "blockquote"}
    following = only(service.tap(asker, data(section, "下一节")))
    assert "三、党委、政府如何进一步地加强劳模工作" in following.text
    outline = only(service.tap(asker, data(following, "目录")))
    assert "/s1_2_3_1" in outline.text
    assert only(service.tap(asker, data(outline, "返回"))) == card


def test_a_quote_behind_a_number_is_shown_when_it_is_tapped_or_typed_and_spoken_of_then(service: SpeechService, asker: Asker) -> None:
    card = only(service.question(asker, QUESTION))
    third = only(service.tap(asker, data(card, "③")))
    assert [len(quoted(third)), labels(third)[2], third.text.splitlines()[-1][0]] == [1, "✓③", "③"]
    assert quoted(third)[0].startswith("一、当前新形势下")
    assert "/s1_1" not in card.text
    assert "第1篇·某区 2011 · 一、" in only(service.question(asker, "这句出自哪")).text
    assert only(service.question(asker, "③")) == third
    assert only(service.tap(asker, data(third, "①"))) == card
    assert "第1篇·某区 2011 · 二、第7段" in only(service.question(asker, "这句出自哪")).text
    assert "第2篇" in only(service.question(asker, "第二句出自哪")).text


def test_what_was_found_word_for_word_stays_above_the_quotes_that_are_chosen(service: SpeechService, asker: Asker) -> None:
    card = only(service.question(asker, "出现过几次“娘家人”"))
    said = card.text.splitlines()[0]
    assert "「娘家人」" in said
    second = only(service.tap(asker, data(card, "②")))
    assert second.text.splitlines()[0] == said
    assert quoted(second) != quoted(card)


def test_a_later_item_than_there_are_is_said_to_be_missing(service: SpeechService, asker: Asker) -> None:
    assert only(service.question(asker, "对劳动者的第六点希望")).text.startswith("下面的原话里没有第六点")
    assert only(service.question(asker, "对劳动者的第三点希望")).text.startswith("三要")


def test_several_near_quotes_are_seen_at_once(service: SpeechService, asker: Asker) -> None:
    near = only(service.question(asker, "职工的体检几年一次"))
    assert near.text.startswith("这几篇讲话里没有「体检」。\n\n不敢肯定答得上")
    assert len(quoted(near)) == 3


def test_one_of_several_quotes_is_chosen_and_everything_is_about_it(service: SpeechService, asker: Asker) -> None:
    several = only(service.tap(asker, data(only(service.question(asker, QUESTION)), "更多")))
    assert labels(several)[:3] == ["✓①", "②", "③"]
    third = only(service.tap(asker, data(several, "③")))
    assert labels(third)[:3] == ["①", "②", "✓③"]
    assert third.text == several.text
    wanted = quoted(third)[2]
    assert wanted in next(b.copy for b in buttons(third) if b.copy)
    around = only(service.tap(asker, data(third, "上下文")))
    assert [around.text[e.start : e.end] for e in around.entities if e.kind == "bold"] == [wanted]
    assert only(service.tap(asker, data(around, "返回"))) == third
    saved = service.tap(asker, data(third, "☆ 收藏"))
    assert labels(only(saved))[:5] == ["①", "②", "✓③", "上下文", "★ 已收藏"]
    assert wanted in only(service.command(asker, "saved", "")).text
    assert quoted(only(service.tap(asker, data(third, "其他")))) == [wanted]


def test_context_grows_sentence_by_sentence_and_to_the_whole_paragraph(service: SpeechService, asker: Asker, library: Library) -> None:
    around = only(service.tap(asker, encode(Around(QuoteId(4, 8535, 8566)), library.fingerprint)))
    seen = [quoted(around)[0]]
    for label in ("再往前", "再往后", "整段"):
        around = only(service.tap(asker, data(around, label)))
        Inspector(library).check(around)
        assert seen[-1] in quoted(around)[0]
        seen.append(quoted(around)[0])
    assert len(set(seen)) == 4
    assert "整段" not in labels(around)
    words = library.corpus.text(library.corpus.speech(4).speech.file, library.corpus.speech(4).speech.paragraphs[5])
    assert words in seen[-1]


def test_at_the_beginning_of_a_speech_there_is_nothing_further_back(service: SpeechService, asker: Asker, library: Library) -> None:
    first = library.corpus.speech(6).speech.span.start
    around = only(service.tap(asker, encode(Around(QuoteId(6, first, first + 9)), library.fingerprint)))
    assert "‹ 再往前" not in labels(around)
    assert "再往后 ›" in labels(around)


def test_more_quotes_follow_and_none_repeats(service: SpeechService, asker: Asker) -> None:
    card = only(service.question(asker, "怎么关心劳模"))
    further = only(service.tap(asker, data(card, "更多")))
    assert further.text.startswith("4–6 / 9")
    last = only(service.tap(asker, data(further, "更多")))
    assert last.text.startswith("7–9 / 9")
    shown = [*quoted(card), *quoted(further), *quoted(last)]
    assert len(set(shown)) == len(shown) == 7
    assert only(service.tap(asker, data(last, "‹ 前 4–6"))) == further
    assert only(service.tap(asker, data(further, "‹ 前 1–3"))) == card


def test_the_tools_save_copy_share_and_count_opinions(service: SpeechService, asker: Asker) -> None:
    card = only(service.question(asker, QUESTION))
    tools = only(service.tap(asker, data(card, "其他")))
    share = next(b for b in buttons(tools) if b.share)
    page = service.inline(asker, share.share or "", "")
    assert [quoted(r.message) for r in page.results] == [quoted(tools)]
    starred = service.tap(asker, data(card, "收藏"))
    assert starred.toast == "已收藏，/saved 查看"
    assert "★ 已收藏" in labels(only(starred))
    saved = only(service.command(asker, "saved", ""))
    assert quoted(saved) == quoted(tools)
    exported = only(service.tap(asker, data(saved, "导出")))
    assert exported.file is not None
    assert quoted(tools)[0] in exported.file.content.decode()
    assert only(service.tap(asker, data(saved, "✕"))).text.startswith("还没有收藏")
    assert service.tap(asker, data(tools, "👍")).toast == "谢谢，记下了。"
    assert all(len(b.copy or "") <= 256 for b in buttons(only(service.tap(asker, data(tools, "引用格式")))))


def test_a_message_that_goes_on_uses_the_question_before_for_an_hour(service: SpeechService, asker: Asker, clock: Clock) -> None:
    first = only(service.question(asker, QUESTION))
    more = only(service.question(asker, "还有吗"))
    assert quoted(more)
    assert not set(quoted(first)) & set(quoted(more))
    clock.now += 3601
    assert "这几篇讲话里没有" in only(service.question(asker, "还有吗")).text or quoted(only(service.question(asker, "还有吗"))) != quoted(
        more
    )


def test_where_there_is_no_more_one_can_read_on(service: SpeechService, asker: Asker) -> None:
    service.question(asker, "王进喜是谁")
    reply = only(service.question(asker, "还有吗"))
    assert "没有更多了" in reply.text
    assert "王进喜" in replies(service.tap(asker, data(reply, "上下文")))[0].text


@pytest.mark.parametrize("message", ["第四篇呢", "那技术呢", "②", "为什么", "各篇呢"])
def test_the_card_of_a_message_that_goes_on_is_the_same_when_a_button_asks_it_again(
    service: SpeechService, asker: Asker, message: str
) -> None:
    service.question(asker, "怎样带动大家一起干")
    card = only(service.question(asker, message))
    around = only(service.tap(asker, data(card, "上下文")))
    assert only(service.tap(asker, data(around, "返回"))) == card


def test_several_questions_get_one_message_under_their_words(service: SpeechService, asker: Asker) -> None:
    reply = only(service.question(asker, "工会是干什么的？科学技术发展有多快？"))
    assert [line for line in reply.text.split("\n") if line.startswith("「")] == ["「工会是干什么的」", "「科学技术发展有多快」"]
    assert len(quoted(reply)) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [("你好！", "你好"), ("Hello", "打几个字问我"), ("谢谢啦", "不客气"), ("谢谢，再见！", "再见"),
     ("好的", "好，"), ("答非所问", "换个说法"),
     ("😀", "想问点什么"), ("？！。", "想问点什么"), ("\u0000\u0007", "想问点什么"), ("what is this", "请用中文"),
     ("今晚吃什么", "没有讲到"), ("第九篇讲了什么", "没有第9篇，一共6篇")],
)  # fmt: skip
def test_what_is_no_answerable_question_gets_a_way_on(service: SpeechService, asker: Asker, text: str, words: str) -> None:
    reply = only(service.question(asker, text))
    assert words in reply.text
    assert buttons(reply)


@pytest.mark.parametrize(
    ("text", "words"),
    [("讲话目录", "一共6篇讲话"), ("一共几篇讲话？", "一共6篇讲话"), ("帮助", "直接发问题"), ("help", "直接发问题"),
     ("／help", "直接发问题"),
     ("你是谁？", "我只做一件事"), ("设置", "每次"), ("收藏", "收藏"), ("来一句", "— 第")],
)  # fmt: skip
def test_commands_in_plain_words_are_commands(service: SpeechService, asker: Asker, text: str, words: str) -> None:
    assert words in only(service.question(asker, text)).text


def test_another_one_without_a_question_is_a_random_quote(service: SpeechService, asker: Asker) -> None:
    assert "再来一句" in labels(only(service.question(asker, "换一个")))
    service.question(asker, "工会应该为职工做什么？")
    assert "再来一句" not in labels(only(service.question(asker, "换一个")))


def test_each_speech_has_its_quote_on_one_card_and_more_is_offered_only_if_there_is(service: SpeechService, asker: Asker) -> None:
    card = only(service.question(asker, "各篇怎么说工会的"))
    assert len(quoted(card)) == 6
    assert not any("更多" in label for label in labels(card))
    assert [label for label in labels(card) if label in "①②③④⑤⑥"] == list("②③④⑤⑥")
    assert any("更多" in label for label in labels(only(service.question(asker, "工会应该为职工做什么？"))))


def test_every_command_in_plain_words_exists(service: SpeechService, asker: Asker, settings: Settings) -> None:
    for phrase in settings.behaviour.spoken.commands:
        assert all("没有这个命令" not in reply.text for reply in replies(service.question(asker, phrase)))


@pytest.mark.parametrize(
    ("messages", "words"),
    [(("第五篇", "第二点"), "第二，围绕中心、服务大局"), (("3.2", "下一节"), "三"), (("第五篇", "第一点", "下一点", "下一点"), "第三"),
     (("第五篇的提纲",), "/s5_1"), (("第五篇是哪年的",), "2015"), (("给我看第三篇全文",), "第3篇")],
)  # fmt: skip
def test_reading_goes_on_from_what_was_opened(service: SpeechService, asker: Asker, messages: tuple[str, ...], words: str) -> None:
    assert words in [only(service.question(asker, message)).text for message in messages][-1]


def test_ten_thousand_characters_are_answered(service: SpeechService, asker: Asker) -> None:
    assert replies(service.question(asker, "劳模精神" * 2500))


@pytest.mark.parametrize(
    ("name", "argument", "words"),
    [
        ("list", "", "一共6篇讲话"),
        ("speech", "", "一共6篇讲话"),
        ("speech", "3", "/s3_4"),
        ("speech", "３．２", "二要改革创新"),
        ("speech", "第三篇第二部分", "二要改革创新"),
        ("speech", "4.9", "没有「4.9」"),
        ("speech", "没有这篇", "没看懂"),
        ("s3_2", "", "二要改革创新"),
        ("s3_9", "", "没有「3.9」"),
        ("s9", "", "没有第9篇，一共6篇"),
        ("random", "3", "第3篇"),
        ("random", "创新", "创新"),
        ("random", "恐龙", "没有适合"),
        ("random", "99", "没有"),
        ("compare", "工匠精神", "2022年（推断）"),
        ("compare", "", "比较哪个话题"),
        ("compare", "量子力学", "都没有讲到"),
        ("start", "", "怎么用"),
        ("start", "saved", "还没有收藏"),
        ("start", "forget", "没有关于你的记录"),
        ("s2p5", "", "区总工会要认真履行职能"),
        ("s2p99", "", "没有「2p99」"),
        ("list", "", "第5篇·咸阳 2015"),
        ("speech", "5", "工会是党联系职工群众的桥… /s5p11"),
        ("start", "q1_1441_1490", "劳模有三个作用"),
        ("start", "s3_2", "二要改革创新"),
        ("start", "q1_99999_3", "没有"),
        ("start", "AAA-_", "没有"),
        ("help", "", "/random"),
        ("about", "", "收录6篇讲话"),
        ("privacy", "", "/forget"),
        ("forget", "", "没有关于你的记录"),
        ("saved", "", "还没有收藏"),
        ("cloud", "", "哪一篇"),
        ("ask", "劳模有哪三个作用", "劳模有三个作用"),
        ("ask", "", "想问点什么"),
        ("nonsense", "", "没有这个命令"),
        ("stats", "", "没有这个命令"),
        ("reload", "", "没有这个命令"),
        ("unanswered", "", "没有这个命令"),
    ],
)
def test_commands(service: SpeechService, asker: Asker, library: Library, name: str, argument: str, words: str) -> None:
    found = replies(service.command(asker, name, argument))
    assert any(words in reply.text + str(labels(reply)) for reply in found), [r.text for r in found]
    for reply in found:
        Inspector(library).check(reply)


def test_random_shows_every_quote_once_before_it_repeats(service: SpeechService, asker: Asker, library: Library) -> None:
    card = only(service.command(asker, "random", ""))
    seen = [quoted(card)[0]]
    for _ in range(len(library.shareable) - 1):
        card = only(service.tap(asker, data(card, "再来一句")))
        seen.append(quoted(card)[0])
    assert len(set(seen)) == len(library.shareable)
    assert quoted(only(service.tap(asker, data(card, "再来一句"))))[0] in seen


def test_unknown_parts_offer_buttons_that_open_what_there_is(service: SpeechService, asker: Asker) -> None:
    card = only(service.command(asker, "speech", "4.9"))
    assert labels(card)[:4] == ["4.1", "4.2", "4.3", "4.4"]
    assert "紧跟时代步伐" in only(service.tap(asker, data(card, "4.2"))).text


def test_the_full_text_is_the_bytes_of_the_file(service: SpeechService, asker: Asker, library: Library) -> None:
    outline = only(service.command(asker, "speech", "6"))
    reply = only(service.tap(asker, data(outline, "全文")))
    assert reply.file is not None
    numbered = library.corpus.speech(6)
    raw = (library.folder / numbered.speech.file).read_bytes()
    assert reply.file.content in raw
    assert len(reply.file.content.decode()) == numbered.speech.span.end - numbered.speech.span.start


def test_shared_words_are_found_in_the_other_speeches(service: SpeechService, asker: Asker, library: Library) -> None:
    """爱岗敬业、争创一流、艰苦奋斗 … stands in speeches 2, 4, 5 and 6, with other signs between."""
    corpus = library.corpus
    file = corpus.speech(2).speech.file
    start = corpus.texts[file].index("爱岗敬业、争创一流")
    identity = QuoteId(2, start, start + len("爱岗敬业、争创一流、艰苦奋斗、勇于创新、淡泊名利、甘于奉献"))
    card = only(service.tap(asker, encode(Same(identity), library.fingerprint)))
    assert {n for n in (4, 5, 6) if f"第{n}篇" in card.text} >= {4, 6}
    assert any("爱岗敬业" in card.text[e.start : e.end] for e in card.entities if e.kind == "bold")
    Inspector(library).check(card)
    alone = encode(Same(QuoteId(1, 1441, 1490)), library.fingerprint)
    assert service.tap(asker, alone).toast == "别的讲话里没有相同的话。"


def test_pictures_come_later(service: SpeechService, asker: Asker) -> None:
    answer = service.tap(asker, data(only(service.question(asker, QUESTION)), "图片"))
    assert answer.toast
    assert answer.later is not None
    (picture,) = answer.later().replies
    assert picture.file is not None
    assert picture.file.content.startswith(b"\x89PNG")


# -- languages and characters


def test_english_speaks_english_and_quotes_chinese(service: SpeechService, library: Library) -> None:
    person = Asker(9, 9, "private", "en-GB")
    card = only(service.question(person, QUESTION))
    assert "Speech 1" in card.text
    assert "Context" in labels(card)
    Inspector(library).check(card)


def test_the_language_can_be_chosen_and_stays(service: SpeechService, asker: Asker) -> None:
    card = only(service.command(asker, "language", ""))
    changed = service.tap(asker, data(card, "English"))
    assert changed.toast == "Saved"
    assert "speeches" in only(service.command(asker, "list", "")).text


def test_traditional_characters_are_shown_and_said_and_the_original_is_one_tap_away(
    service: SpeechService, asker: Asker, library: Library
) -> None:
    plain = only(service.question(asker, QUESTION))
    service.tap(asker, data(only(service.command(asker, "settings", "")), "臺灣"))
    card = only(service.question(asker, QUESTION))
    assert "勞模有三個作用" in card.text
    assert "原文為簡體" in card.text
    original = only(service.tap(asker, data(card, "原文")))
    assert quoted(original) == quoted(plain)
    Inspector(library).check(original)


def test_the_number_of_quotes_can_be_chosen(service: SpeechService, asker: Asker) -> None:
    settings = only(service.command(asker, "settings", ""))
    assert len(quoted(only(service.question(asker, QUESTION)))) == 1
    service.tap(asker, data(settings, "3"))
    assert len(quoted(only(service.question(asker, QUESTION)))) == 3


# -- groups, rights, old and foreign cards


def test_settings_of_a_group_belong_to_its_administrators(service: SpeechService) -> None:
    manager = replace(GROUP, manages_chat=True)
    assert "管理员" in only(service.command(GROUP, "settings", "")).text
    card = only(service.command(manager, "settings", ""))
    assert service.tap(GROUP, data(card, "English")).alert
    assert service.tap(manager, data(card, "English")).toast == "Saved"
    daily = only(service.command(GROUP, "daily", ""))
    assert service.tap(GROUP, data(daily, "Switch on")).alert
    assert "On:" in only(service.tap(manager, data(daily, "Switch on"))).text


def test_in_a_group_the_card_stays_as_it_is_for_who_asked(service: SpeechService, library: Library) -> None:
    card = only(service.question(GROUP, QUESTION))
    asker, other = replace(GROUP, started_by=8), replace(GROUP, user_id=9, started_by=8)
    for label in ("上下文", "更多", "其他"):
        theirs, own = service.tap(other, data(card, label)), service.tap(asker, data(card, label))
        assert (theirs.edit, theirs.replies) == (None, (own.edit,))
        assert own.replies == ()
        assert service.tap(replace(other, started_by=-200), data(card, label)).edit == own.edit  # asked in a channel's name
        Inspector(library).check(only(theirs))


def test_everybody_may_use_a_card_in_a_group_but_favourites_are_ones_own(service: SpeechService) -> None:
    card = only(service.question(GROUP, QUESTION))
    other = replace(GROUP, user_id=9, started_by=8)
    saved = service.tap(other, data(card, "收藏"))
    assert (replies(saved), saved.toast) == ((), "已收藏，/saved 查看")
    mine = only(service.command(replace(other, chat_id=9, kind="private"), "saved", ""))
    assert service.tap(replace(GROUP, started_by=9), data(mine, "✕")).toast.startswith("这张卡片是给别人的")
    forget = only(service.command(replace(GROUP, chat_id=8, kind="private"), "forget", ""))
    assert service.tap(other, data(forget, "全部删除")).alert


@pytest.mark.parametrize("command", ["saved", "privacy", "forget"])
def test_what_is_ones_own_is_not_said_in_a_group_but_where_a_link_leads(service: SpeechService, command: str) -> None:
    service.introduce("quotes_bot")
    link = only(service.command(GROUP, command, ""))
    assert [b.url for b in buttons(link)] == [f"https://t.me/quotes_bot?start={command}"]
    person = Asker(8, 8, "private", "zh")
    assert service.command(person, "start", command) == service.command(person, command, "")


def test_the_first_message_has_questions_that_ask_what_they_say(service: SpeechService, asker: Asker) -> None:
    greeting = only(service.command(asker, "start", ""))
    shown = labels(greeting)[:3]
    for question in shown:
        tapped, typed = only(service.tap(asker, data(greeting, question))), only(service.question(asker, question))
        assert tapped.text == f"「{question}」\n\n{typed.text}"
        assert (quoted(tapped), tapped.buttons) == (quoted(typed), typed.buttons)
        assert quoted(only(service.question(asker, question)))
    assert "下一步" in labels(only(service.tap(asker, data(greeting, "怎么用"))))[0]


def test_nothing_but_text_gets_a_hint_in_private_and_silence_in_groups(service: SpeechService, asker: Asker) -> None:
    assert "只看得懂文字" in only(service.not_text(asker)).text
    assert replies(service.not_text(GROUP)) == ()


@pytest.mark.parametrize("forged", ["", "x", "buy", "q7b09:1.2", "\x00", "劳模", "a" * 64])
def test_foreign_buttons_have_their_own_reply(service: SpeechService, asker: Asker, forged: str) -> None:
    answer = service.tap(asker, forged)
    assert answer.alert
    assert answer.toast.startswith("这个按钮不是我的")
    assert replies(answer) == ()


def test_forged_ids_and_forgotten_questions_are_refused(service: SpeechService, asker: Asker, library: Library) -> None:
    mark = library.fingerprint
    for action in (Single(QuoteId(1, 5, 3)), Around(QuoteId(77, 1, 9)), Part(3, (9,)), Part(3, (0, 99)),
                   Single(QuoteId(1, 0, 999_999))):  # fmt: skip
        assert service.tap(asker, encode(action, mark)).toast == "这个按钮指向的内容已经不在了。", action
    forgotten = service.tap(asker, encode(Found(Key("AAAAAAAA"), 0), mark))
    assert forgotten.toast.startswith("这张卡片太久了")


def test_a_card_of_an_older_corpus_says_so_and_offers_the_nearest(service: SpeechService, asker: Asker, library: Library) -> None:
    answer = service.tap(asker, encode(Around(QuoteId(1, 1445, 1493)), "0000"))
    assert answer.toast.startswith("讲话文本更新过")
    assert "劳模有三个作用" in only(answer).text
    Inspector(library).check(only(answer))
    gone = service.tap(asker, encode(Single(QuoteId(77, 1, 9)), "0000"))
    assert "一共6篇讲话" in only(gone).text


def test_buttons_work_after_a_restart(world: Content, store: Store, asker: Asker, clock: Clock) -> None:
    before = SpeechService(world, store, clock=clock)
    card = only(before.question(asker, QUESTION))
    after = SpeechService(world, store, clock=clock)
    assert only(after.tap(asker, data(only(after.tap(asker, data(card, "上下文"))), "返回"))) == card


@pytest.mark.slow
def test_many_threads_at_once_are_all_answered(service: SpeechService, library: Library) -> None:
    """Two people tap the same card of a group, others ask: no answer is lost, none is wrong."""
    card = only(service.question(GROUP, QUESTION))
    people = [replace(GROUP, user_id=number) for number in range(8, 16)]

    def work(person: Asker) -> list[Response]:
        service.question(replace(person, chat_id=person.user_id, kind="private"), "劳模精神是什么")
        return [service.tap(person, data(card, label)) for label in ("上下文", "更多", "其他") * 5]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, people))
    assert all(answers == found[0] for answers in found)
    for answer in found[0]:
        Inspector(library).check(only(answer))


# -- privacy, pace, administrators


def test_forget_deletes_everything_about_the_asker_and_says_what_it_was(service: SpeechService, asker: Asker) -> None:
    card = only(service.question(asker, QUESTION))
    service.tap(asker, data(card, "收藏"))
    asked = only(service.command(asker, "forget", ""))
    assert "收藏 1 条" in asked.text
    done = service.tap(asker, data(asked, "全部删除"))
    assert "收藏 1 条" in only(done).text
    assert "没有关于你的记录" in only(service.command(asker, "forget", "")).text
    assert service.tap(asker, data(card, "更多")).toast.startswith("这张卡片太久了")


def test_who_asks_too_fast_gets_one_kind_word_and_goes_on_later(world: Content, store: Store, asker: Asker, clock: Clock) -> None:
    slow = replace(world, behaviour=replace(world.behaviour, questions_a_minute=2))
    service = SpeechService(slow, store, clock=clock)
    answers = [replies(service.question(asker, QUESTION)) for _ in range(5)]
    assert [len(found) for found in answers] == [1, 1, 1, 0, 0]
    assert "喘口气" in answers[2][0].text
    assert quoted(only(service.question(replace(asker, user_id=8), QUESTION)))
    clock.now += 30
    assert quoted(only(service.question(asker, QUESTION)))


def test_a_new_pace_holds_from_the_reload_on(world: Content, store: Store, clock: Clock) -> None:
    admin = Asker(ADMIN, ADMIN, "private", "zh")
    paces = [replace(world, behaviour=replace(world.behaviour, questions_a_minute=most)) for most in (2, 60)]
    service = SpeechService(paces[0], store, admins=(ADMIN,), reread=lambda: paces[1], clock=clock)
    reload = service.command(admin, "reload", "")
    assert reload.later is not None
    assert [len(replies(service.question(admin, QUESTION))) for _ in range(3)] == [1, 1, 0]
    reload.later()
    clock.now += 10
    assert [len(replies(service.question(admin, QUESTION))) for _ in range(5)] == [1] * 5


def test_what_an_answer_leaves_behind_can_be_stored_together_with_it(world: Content, store: Store, asker: Asker, clock: Clock) -> None:
    service = SpeechService(world, store, clock=clock, remembers=False)
    answer = service.question(asker, QUESTION)
    assert service.tap(asker, data(only(answer), "更多")).toast.startswith("这张卡片太久了")
    with store.quick() as memory:
        for write in answer.memory:
            memory.execute(*write)
    assert quoted(only(service.tap(asker, data(only(answer), "更多"))))
    assert not set(quoted(only(service.question(asker, "还有吗")))) & set(quoted(only(answer)))


def test_administrators_see_figures_and_questions_without_an_answer(service: SpeechService, asker: Asker) -> None:
    admin = Asker(ADMIN, ADMIN, "private", "zh")
    service.question(asker, QUESTION)
    service.question(asker, "今晚吃什么")
    stats = service.command(admin, "stats", "")
    assert "没讲到 1" in only(stats).text
    assert stats.later is not None
    assert stats.later().replies[0].file is not None
    assert "1 × 今晚吃什么" in only(service.command(admin, "unanswered", "")).text


def test_reload_swaps_only_what_is_whole(world: Content, store: Store, clock: Clock, phrases: Wording) -> None:
    from bot.settings.yaml_file import ConfigError

    admin = Asker(ADMIN, ADMIN, "private", "zh")
    outcomes: list[Content | ConfigError] = [
        ConfigError(["zh.yaml: a is missing"]),
        replace(world, wording=Wording(phrases.en, phrases.en)),
    ]

    def reread() -> Content:
        outcome = outcomes.pop(0)
        if isinstance(outcome, ConfigError):
            raise outcome
        return outcome

    service = SpeechService(world, store, admins=(ADMIN,), reread=reread, clock=clock)
    refused = service.command(admin, "reload", "")
    assert refused.later is not None
    assert "zh.yaml: a is missing" in only(refused.later()).text
    assert "一共6篇" in only(service.command(admin, "list", "")).text
    accepted = service.command(admin, "reload", "")
    assert accepted.later is not None
    assert "文本版本" in only(accepted.later()).text
    assert "6 speeches" in only(service.command(admin, "list", "")).text


def test_a_moved_group_keeps_its_choices(service: SpeechService) -> None:
    manager = replace(GROUP, manages_chat=True)
    service.command(manager, "language", "en")
    service.moved(GROUP.chat_id, -200)
    assert "speeches" in only(service.command(replace(manager, chat_id=-200), "list", "")).text
    assert "一共" in only(service.command(manager, "list", "")).text


# -- inline and guest


def test_inline_pages_are_stable_unique_and_link_to_the_bot(service: SpeechService, asker: Asker, library: Library) -> None:
    service.introduce("quotes_bot")
    person = replace(asker, chat_id=0)
    offset, seen = "", []
    while True:
        page = service.inline(person, "", offset)
        assert len(page.results) <= 50
        assert page == service.inline(person, "", offset)
        for result in page.results:
            Inspector(library).check(result.message)
            assert 1 <= len(result.id.encode()) <= 64
        seen += [r.id for r in page.results]
        offset = page.next_offset
        if not offset:
            break
    assert len(seen) == len(set(seen)) >= min(30, len(library.shareable))
    link = next(b.url for b in buttons(page.results[0].message) if b.url)
    assert quoted(only(service.command(asker, "start", link.partition("=")[2]))) == quoted(page.results[0].message)


@pytest.mark.parametrize("query", ["劳" * 256, "\x00\x07", "#9.9.9", "#1.1441.1490", "3.2", "99", "？", "今晚吃什么"])
def test_inline_takes_any_query(service: SpeechService, asker: Asker, library: Library, query: str) -> None:
    page = service.inline(replace(asker, chat_id=0), query, "not a number")
    for result in page.results:
        Inspector(library).check(result.message)
    assert page.button_label


def test_an_inline_card_is_edited_in_place(service: SpeechService, asker: Asker) -> None:
    person = replace(asker, chat_id=0)
    message = service.inline(person, "劳模精神", "").results[0].message
    around = service.tap(person, data(message, "上下文"))
    assert around.replies == ()
    assert quoted(message)[0] in quoted(only(around))[0]


def test_a_guest_is_told_what_stands_nowhere_and_chooses_among_quotes(service: SpeechService, asker: Asker) -> None:
    alone = replace(asker, chat_id=0)
    absent = service.guest(alone, "有没有说过“娘加人心贴心”")
    assert absent is not None
    assert absent.message.text == "6篇里没有「娘加人心贴心」。"
    found = service.guest(alone, QUESTION)
    assert found is not None
    assert only(service.tap(alone, data(found.message, "③"))).text.splitlines()[-1].startswith("③ 第1篇")


def test_a_guest_gets_one_card(service: SpeechService, asker: Asker, library: Library) -> None:
    for text in (QUESTION, "第三篇第二部分", "今晚吃什么"):
        result = service.guest(replace(asker, chat_id=0), text)
        assert result is not None
        Inspector(library).check(result.message)


def test_nothing_said_is_longer_than_a_toast_may_be(phrases: Wording) -> None:
    for say in (phrases.zh, phrases.en):
        for part in ("tap", "vote", "saved"):
            assert all(len(text) <= 200 for _, text in say.below(part))
    assert TextBuilder().add("字").reply().text == "字"
