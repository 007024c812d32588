"""Traditional characters: the right ones, as many as before, everywhere but in what is verbatim or copied."""

from __future__ import annotations

import pytest

from bot.contract.callback import encode
from bot.contract.reading_actions import TakeScript
from bot.contract.reply import Button, Entity, Reply
from bot.contract.response import Asker, Response
from bot.service import SpeechService
from bot.service.characters import shown
from bot.service.traditional import SCRIPTS, to_local_wording, to_traditional, to_traditional_once
from bot.settings.library import Library
from bot.settings.wording import Wording
from bot.state import chats
from tests.kit.seen import Inspector, buttons, data, only, quoted, replies
from tests.kit.table import each_row

QUESTION = "劳模有哪三个作用？"
# words with characters that have several traditional forms: in Taiwan, in Hong Kong where that differs
FORMS = [
    ("娘家人", "娘家人", ""),
    ("带头发扬光荣传统", "帶頭發揚光榮傳統", ""),
    ("理发", "理髮", ""),
    ("这里和心里", "這裡和心裡", "這裏和心裏"),
    ("文本里", "文本裡", "文本裏"),
    ("一百里路程", "一百里路程", ""),
    ("今后", "今後", ""),
    ("皇后", "皇后", ""),
    ("埋头苦干的干部", "埋頭苦幹的幹部", ""),
    ("若干", "若干", ""),
    ("干净", "乾淨", ""),
    ("说明了", "說明了", "説明了"),
    ("规划", "規劃", ""),
    ("世界杯", "世界盃", ""),
    ("佣金", "佣金", ""),
    ("面貌", "面貌", ""),
    ("面条", "麵條", "麪條"),
    ("批准", "批准", ""),
    ("标准", "標準", ""),
    ("只有", "只有", ""),
    ("一只鸟", "一隻鳥", ""),
    ("平台", "平臺", "平台"),
    ("同志", "同志", ""),
    ("地方志", "地方志", ""),
    ("刚才", "剛才", ""),
    ("关系、体系、联系", "關係、體系、聯繫", ""),
    ("分钟", "分鐘", ""),
    ("制度和制造", "制度和製造", ""),
    ("群众说话", "群眾說話", "羣眾説話"),
    ("回复我", "回覆我", ""),
    ("复杂的复兴", "複雜的復興", ""),
    ("脊梁和桥梁", "脊梁和橋樑", ""),
    ("征程上征求", "征程上徵求", ""),
    ("服务对象", "服務對象", ""),
    ("通过", "通過", ""),
]


@each_row("printed, taiwan, hongkong", FORMS)
def test_characters_with_several_forms(phrases: Wording, printed: str, taiwan: str, hongkong: str) -> None:
    assert to_traditional(printed, "tw", phrases.exceptions) == taiwan
    assert to_traditional(printed, "hk", phrases.exceptions) == hongkong or to_traditional(printed, "hk", phrases.exceptions) == taiwan


@pytest.mark.parametrize("script", SCRIPTS[1:])
def test_the_speeches_keep_their_length_and_converting_twice_is_once(phrases: Wording, library: Library, script: str) -> None:
    for text in library.corpus.texts.values():
        once = to_traditional(text, script, phrases.exceptions)
        assert len(once) == len(text)
        assert to_traditional_once(once, script, phrases.exceptions) == once == to_traditional_once(text, script, phrases.exceptions)


@pytest.mark.parametrize("script", SCRIPTS[1:])
def test_the_wording_stays_as_it_was_worded_when_a_message_is_converted(phrases: Wording, script: str) -> None:
    for key in sorted(phrases.zh.keys):
        for sentence in [phrases.zh._texts.get(key, ""), *phrases.zh._lists.get(key, ())]:
            worded = to_local_wording(sentence, script, phrases.exceptions)
            assert to_traditional_once(worded, script, phrases.exceptions) == worded


def test_the_bot_words_things_as_people_there_do(phrases: Wording) -> None:
    assert to_local_wording(phrases.zh("settings.title"), "tw", phrases.exceptions) == "設定"
    assert to_local_wording(phrases.zh("settings.title"), "hk", phrases.exceptions) == "設置"


@pytest.fixture(params=[1, 2], ids=SCRIPTS[1:])
def reader(request: pytest.FixtureRequest, service: SpeechService, library: Library) -> tuple[Asker, str]:
    """Somebody who reads in a script."""
    asker = Asker(7, 7, "private", "zh")
    service.tap(asker, encode(TakeScript(request.param), library.fingerprint))
    return asker, SCRIPTS[request.param]


MESSAGES = [QUESTION, "今晚吃什么", "第三篇", "3.2", "第六篇最后一段", "谢谢", "你会干什么呀", "讲稿要用", "创新出现了几次", "4.77"]
COMMANDS = [
    "start",
    "help",
    "list",
    "about",
    "privacy",
    "daily",
    "settings",
    "compare",
    "saved",
    "cloud",
    "random",
    "forget",
    "language",
    "quiz",
    "material",
]


def test_everything_a_reader_sees_is_in_their_characters(
    service: SpeechService, library: Library, phrases: Wording, reader: tuple[Asker, str]
) -> None:
    asker, script = reader
    inspector = Inspector(library)
    answers = [service.question(asker, message) for message in MESSAGES] + [service.command(asker, name, "") for name in COMMANDS]
    for reply in (reply for answer in answers for reply in replies(answer)):
        inspector.check(reply, verbatim=False)
        for words in (reply.text, *(button.label for button in buttons(reply))):
            assert to_traditional_once(words, script, phrases.exceptions) == words


def test_what_is_copied_and_the_original_stay_as_printed(
    service: SpeechService, library: Library, phrases: Wording, reader: tuple[Asker, str]
) -> None:
    asker, script = reader
    card = only(service.question(asker, QUESTION))
    assert quoted(card)[0] == to_traditional(quoted(only(service.question(Asker(8, 8), QUESTION)))[0], script, phrases.exceptions)
    Inspector(library).check(only(service.tap(asker, data(card, "原文"))))
    tools = only(service.tap(asker, data(card, "其他")))
    styles = only(service.tap(asker, data(tools, "引用格式")))
    plain = "".join(library.corpus.texts.values())
    copied = [button.copy for button in buttons(styles) if button.copy]
    assert len(copied) == 3
    for words in copied:
        assert words in styles.text
    assert any("毛主席曾经指出" in words for words in copied)
    assert "毛主席曾经指出" in plain


def test_toasts_and_what_comes_later_are_converted(service: SpeechService, reader: tuple[Asker, str]) -> None:
    asker, _ = reader
    drawn = service.command(asker, "cloud", "3")
    assert "正在畫" in drawn.toast
    assert drawn.later is not None
    assert "詞" in only(drawn.later()).text


def test_inline_results_and_daily_quotes_are_converted(service: SpeechService, reader: tuple[Asker, str]) -> None:
    asker, _ = reader
    result = service.inline(asker, "劳模精神", "").results[0]
    assert "勞模" in result.description
    assert "勞模" in result.message.text


def test_what_is_said_of_new_characters_is_in_them(service: SpeechService) -> None:
    person = Asker(6, 6)
    assert "繁體" in only(service.question(person, "换成台湾繁体")).text
    assert only(service.question(person, "客人走了，换回简体吧")).text == "好的，照原文用简体。"


def test_blocks_and_copied_words_are_left_alone(service: SpeechService) -> None:
    with service.context_of(Asker(5, 5)).store.quick() as memory:
        chats.change(memory, 5, script="tw")
    context = service.context_of(Asker(5, 5))
    text = "说：劳动光荣\n（劳模说）完"
    reply = Reply(text, (Entity("blockquote", 2, 6), Entity("bold", 0, 1)), ((Button("劳动", copy="（劳模说）"),),))
    changed = only(shown(context, Response((reply,))))
    assert changed.text == "說：劳动光荣\n（劳模说）完"
    assert changed.entities == reply.entities
    assert changed.buttons == ((Button("勞動", copy="（劳模说）"),),)
