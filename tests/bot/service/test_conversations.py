"""What a chat keeps: per person, through failures, for an hour; and that messages about the chat claim nothing about the speeches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.contract.response import Asker
from bot.service import SpeechService
from bot.settings.library import Library
from bot.state.store import open_store
from bot.state.tables import SCHEMA
from tests.kit.seen import Clock, Inspector, buttons, data, only, quoted, replies

QUESTION = "劳模有哪三个作用？"
ABOUT_THE_CHAT = [
    *(
        "多谢师傅",
        "你会干点啥",
        "你是谁呀",
        "早上好",
        "答非所问",
        "真笨",
        "先这样，拜拜",
        "教教我怎么用",
        "？",
        "😂",
        "[微笑]",
        "有客服电话吗",
    ),
    *(
        "你会把我的问题告诉别人吗",
        "这些话是你编的吧",
        "唱首歌",
        "我好累啊",
        "帮我写一篇讲话稿",
        "讲稿要用",
        "做个PPT",
        "群里怎么用",
        "换成繁体字",
    ),
    "呼啦啦飞走了",
]
ABOUT_THE_ANSWER = ["出自哪篇", "谁说的", "是原话吗", "什么意思", "说人话", "第三条是哪来的", "总结一下"]
SHOWN_AGAIN = ["再说一遍", "前一句", "后头呢", "整段发我", "一句话就行", "多来点上下文", "下一条", "②"]


@pytest.mark.parametrize("message", ABOUT_THE_CHAT)
@pytest.mark.parametrize("asked", ["", QUESTION])
def test_a_message_about_the_chat_claims_nothing_and_quotes_nothing(service: SpeechService, asker: Asker, asked: str, message: str) -> None:
    if asked:
        service.question(asker, asked)
    reply = only(service.question(asker, message))
    assert "没有讲到" not in reply.text
    assert quoted(reply) == []
    assert buttons(reply)


@pytest.mark.parametrize("message", ABOUT_THE_ANSWER)
def test_a_message_about_the_answer_names_its_place(service: SpeechService, asker: Asker, message: str) -> None:
    service.question(asker, QUESTION)
    reply = only(service.question(asker, message))
    assert "没有讲到" not in reply.text
    assert "/s" in reply.text
    assert quoted(reply) == []


@pytest.mark.parametrize("message", SHOWN_AGAIN)
def test_what_is_shown_of_an_answer_is_verbatim(service: SpeechService, library: Library, asker: Asker, message: str) -> None:
    service.question(asker, "怎么宣传劳模")
    reply = only(service.question(asker, message))
    assert quoted(reply)
    Inspector(library).check(reply)


def test_sentences_before_and_after_go_on_and_turn_round(service: SpeechService, asker: Asker) -> None:
    here = quoted(only(service.question(asker, "科学技术突飞猛进")))[0]
    messages = ("前一句", "再往前一句", "后一句", "再后一句", "再后一句")
    before, further, back, home, beyond = (quoted(only(service.question(asker, message)))[0] for message in messages)
    assert (back, home) == (before, here)
    assert len({here, before, further, beyond}) == 4


def test_two_people_of_a_group_have_their_own_conversations(service: SpeechService) -> None:
    one, two = Asker(1, -5, "group", "zh"), Asker(2, -5, "group", "zh")
    service.question(one, "梦桃小组")
    service.question(two, "天道酬勤")
    assert "第5篇" in only(service.question(one, "出自哪篇")).text
    assert "第3篇" in only(service.question(two, "出自哪篇")).text


def test_a_message_without_an_answer_leaves_what_is_spoken_of(service: SpeechService, asker: Asker) -> None:
    service.question(asker, "梦桃小组")
    assert "没有讲到" in only(service.question(asker, "今晚吃什么")).text
    assert "第5篇" in only(service.question(asker, "出自哪篇")).text


def test_a_limit_stays_until_it_is_lifted(service: SpeechService, asker: Asker) -> None:
    service.question(asker, "往后光问第五篇")
    assert "第6篇·" not in only(service.question(asker, "工会")).text
    assert "第6篇·" not in only(service.question(asker, "那创新呢")).text
    service.question(asker, "放开吧，都可以找")
    assert "第6篇·" in only(service.question(asker, "工匠精神是什么")).text


def test_words_that_are_not_wanted_stay_out_of_further_quotes(service: SpeechService, asker: Asker) -> None:
    for message in ("讲奋斗的，别带总书记的", "还有吗"):
        assert not any("总书记" in words for words in quoted(only(service.question(asker, message))))


def test_it_is_forgotten_after_an_hour_and_on_request(service: SpeechService, asker: Asker, clock: Clock) -> None:
    service.question(asker, "梦桃小组")
    clock.now += 3601
    assert (
        "还没有说到" in only(service.question(asker, "出自哪一句的")).text or "第5篇" not in only(service.question(asker, "出自哪篇")).text
    )
    service.question(asker, "梦桃小组")
    forgotten = only(service.command(asker, "forget", ""))
    service.tap(asker, data(forgotten, "删除"))
    assert "第5篇" not in only(service.question(asker, "出自哪篇")).text


def test_questions_to_go_on_with_are_answered_and_not_asked_twice(service: SpeechService, asker: Asker) -> None:
    card = only(service.question(asker, "工会应该为职工做什么"))
    proposed = [button for button in buttons(card) if button.data and button.data.startswith("g")]
    assert 1 <= len(proposed) <= 3
    for button in proposed:
        assert quoted(only(service.tap(asker, str(button.data))))
    again = only(service.question(asker, "工会应该为职工做什么"))
    assert not {button.label for button in proposed} & {button.label for button in buttons(again)}


@pytest.mark.parametrize("wish", ["随便来一句", "随机来一句，我发朋友圈", "换一个，太像口号了"])
def test_a_sentence_at_random_is_what_is_spoken_of(service: SpeechService, asker: Asker, wish: str) -> None:
    service.question(asker, "随便来一句")
    drawn = only(service.question(asker, wish)).text
    assert "已收藏" in only(service.question(asker, "这句收藏")).text
    assert drawn.split("\n")[0] in only(service.question(asker, "看看我收藏的")).text


def test_a_sentence_is_saved_once_however_often_it_is_wished(service: SpeechService, asker: Asker) -> None:
    service.question(asker, "梦桃小组")
    for _ in range(2):
        assert "已收藏" in only(service.question(asker, "收藏这句")).text
    assert "共1条" in only(service.question(asker, "看看我收藏了什么")).text


def test_a_picture_is_drawn_of_the_sentence_that_is_spoken_of(service: SpeechService, asker: Asker) -> None:
    service.question(asker, "梦桃小组")
    answer = service.question(asker, "做成图片")
    assert answer.later is not None
    assert only(answer.later()).file is not None


def test_a_database_of_before_keeps_its_settings(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    first = replace(SCHEMA, migrations=())
    store = open_store(url, (first,))
    with store.quick() as memory:
        memory.execute(sa.text("CREATE TABLE chats (chat BIGINT PRIMARY KEY, language VARCHAR(2), quotes INTEGER, traditional BOOLEAN,"
                               " topic TEXT, topic_shown INTEGER, asked_by BIGINT, asked_at FLOAT)"))  # fmt: skip
        memory.execute(sa.text("INSERT INTO chats VALUES (7, 'en', 2, 1, '工会', 3, 7, 1.0)"))
    store.close()
    store = open_store(url, (SCHEMA,))
    with store.reading() as memory:
        assert tuple(memory.execute(sa.text("SELECT * FROM chats")).one()) == (7, "en", 2, "tw", 1)
        assert memory.execute(sa.text("SELECT count(*) FROM talks")).scalar() == 0
    store.close()


def test_every_reply_is_one_message(service: SpeechService, asker: Asker) -> None:
    for message in (*ABOUT_THE_CHAT, QUESTION, *ABOUT_THE_ANSWER, *SHOWN_AGAIN, "工会是干什么的？工匠精神怎么说？"):
        answer = service.question(asker, message)
        assert len(replies(answer)) == 1, message


def test_what_is_proposed_is_answered_below_the_question(service: SpeechService, asker: Asker) -> None:
    """The message replies to the one above the card, which asked something else."""
    card = only(service.question(asker, "工会应该为职工做什么"))
    proposed = next(button for button in buttons(card) if button.data and button.data.startswith("g"))
    assert only(service.tap(asker, str(proposed.data))).text.startswith(f"「{proposed.label}」\n")


def test_after_the_sentence_before_something_shorter_is_no_other_quote(service: SpeechService, asker: Asker) -> None:
    service.question(asker, "张家界那年旅游上提了什么目标")
    first = quoted(only(service.question(asker, "①")))[0]
    service.question(asker, "前面那句怎么说的")
    (short,) = quoted(only(service.question(asker, "短一点行不")))
    assert short in first
    assert len(short) <= len(first)


DOUBTS = (
    ("第6篇说是2022年，依据是什么？第4篇凭什么说是张家界？", ("第6篇约2022年", "写到「张家界」")),
    ("这些讲话是哪位领导讲的？你的文本从哪儿来的，我登报引用靠得住吗？", ("讲话人的名字原文都没有印", "没有注明来源")),
)


@pytest.mark.parametrize(("asked", "told"), DOUBTS, ids=["of a year and a place", "of speakers and texts"])
def test_every_doubt_of_a_message_is_answered(service: SpeechService, asker: Asker, asked: str, told: tuple[str, ...]) -> None:
    text = only(service.question(asker, asked)).text
    assert all(words in text for words in told)


def test_doubts_beside_a_question_are_answered_with_it(service: SpeechService, asker: Asker) -> None:
    text = only(service.question(asker, "第6篇凭什么说是2022年？工会是干什么的？")).text
    assert "第6篇约2022年" in text
    assert "①" in text


def test_quotes_that_are_counted_come_together(service: SpeechService, asker: Asker) -> None:
    service.question(asker, QUESTION)
    several = only(service.tap(asker, data(only(service.question(asker, QUESTION)), "更多")))
    assert len(quoted(several)) >= 1
    both = only(service.question(asker, "第二句和第三句也请一起发给我"))
    assert len(quoted(both)) == 2
    around = only(service.question(asker, "把②那句的前后文都给我看"))
    assert quoted(both)[0].strip("。") in "".join(quoted(around))


def test_a_sentence_that_cannot_be_shorter_says_so(service: SpeechService, asker: Asker) -> None:
    service.question(asker, "给我一句讲榜样的力量的")
    service.question(asker, "短一点")
    assert only(service.question(asker, "再短一点")).text.startswith("这一句再短就不成句了")


def test_some_sentences_further_on_go_on_each_time(service: SpeechService, asker: Asker) -> None:
    service.question(asker, QUESTION)
    first, second = (quoted(only(service.question(asker, "再往下念两句"))) for _ in range(2))
    assert first
    assert second
    assert not set(first) & set(second)


def test_what_is_known_of_a_speech_is_told_and_then_of_another(service: SpeechService, asker: Asker) -> None:
    asked = only(service.question(asker, "第五篇是哪座城市的，哪一年")).text
    assert "咸阳（市级）" in asked
    assert "2015" in asked
    assert "讲话人的名字原文没有印" in asked
    assert "张家界（市级）" in only(service.question(asker, "第四篇呢")).text
    assert "2006" in only(service.question(asker, "最早的是哪一篇")).text
