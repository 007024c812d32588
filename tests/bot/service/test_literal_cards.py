"""What is asked word for word: said with all places, counted, compared, and never sure of what is not there."""

from __future__ import annotations

import pytest

from bot.contract.response import Asker
from bot.service import SpeechService
from bot.settings.library import Library
from tests.kit.seen import data, only, quoted


@pytest.mark.parametrize(
    ("asked", "said", "quotes"),
    [
        ("「榜样的力量是无穷的」出自哪里", "一共1处：第4篇 1处", "榜样的力量是无穷的。"),
        ("“榜样的力量是有限的”是谁说的", "原文不是「有限」，是「无穷」", "榜样的力量是无穷的。"),
        ("第三篇有没有提到工匠精神", "第3篇里没有「工匠精神」，别处有：第6篇 3处", "工匠精神"),
        ("第3篇里最接近“劳模是民族的精英、国家的脊梁”的原话", "第3篇里没有「劳模是民族的精英、国家的脊梁」这句话", "劳动模范是民族的精英"),
        ("第5篇里最接近“劳模是民族的精英、国家的脊梁”的原话", "第5篇里有「劳模是民族的精英、国家的脊梁」", "劳模是民族的精英"),
    ],
)
def test_a_wording_is_found_or_its_original(service: SpeechService, asker: Asker, asked: str, said: str, quotes: str) -> None:
    reply = only(service.question(asker, asked))
    assert said in reply.text
    assert quotes in quoted(reply)[0]


@pytest.mark.parametrize("asked", ["“春江水暖鸭先知”在哪一篇", "哪篇提到了区块链技术"])
def test_what_stands_nowhere_is_said_to_stand_nowhere(service: SpeechService, asker: Asker, asked: str) -> None:
    reply = only(service.question(asker, asked))
    assert "6篇里没有" in reply.text
    assert not quoted(reply)


def test_a_wording_inside_another_question_that_stands_nowhere_is_told(service: SpeechService, asker: Asker) -> None:
    reply = only(service.question(asker, "为什么说劳模“人定胜天”"))
    assert reply.text.startswith("6篇里没有「人定胜天」")


def test_words_are_counted_by_speech_in_time_order(service: SpeechService, asker: Asker) -> None:
    for reply in (only(service.question(asker, "创新出现了几次")), only(service.command(asker, "count", "创新"))):
        assert "32" in reply.text
        assert reply.text.index("第2篇 2006") < reply.text.index("第1篇 2011") < reply.text.index("第6篇 2022")
    assert "共出现0次" in only(service.command(asker, "count", "区块链")).text
    assert "/count" in only(service.command(asker, "count", "")).text


@pytest.mark.parametrize(("asked", "where"), [("第4篇提到工会几次", "第4篇"), ("第4篇第四部分提到工会几次", "4.4")])
def test_a_count_of_one_place_says_what_else_there_is(
    service: SpeechService, asker: Asker, library: Library, asked: str, where: str
) -> None:
    speech = library.corpus.speech(4).speech
    span = speech.span if where == "第4篇" else next(node.span for node in speech.walk() if node.number == (4,))
    here = library.corpus.text(speech.file, span).count("工会")
    everywhere = sum(library.corpus.text(n.speech.file, n.speech.span).count("工会") for n in library.corpus.speeches)
    assert f"{where}里「工会」一共{here}处，别处还有{everywhere - here}处" in only(service.question(asker, asked)).text


def test_a_draft_is_compared_statement_by_statement(service: SpeechService, asker: Asker) -> None:
    draft = "榜样的力量是无穷的。劳动模范是民族的精英、国家的栋梁、社会的中坚、人民的楷模。春江水暖鸭先知。"
    for reply in (only(service.command(asker, "verify", draft)), only(service.question(asker, f"核对一下：{draft}"))):
        assert "✓ 1　≈ 1　✗ 1" in reply.text
        assert "〔删：栋〕〔增：脊〕" in reply.text
    assert "/verify" in only(service.command(asker, "verify", "")).text


@pytest.mark.parametrize(
    "asked",
    [
        "核对“劳动光荣、知识崇高”和“劳模不是天上掉下来的”",
        "核对：1.劳动光荣、知识崇高 2.劳模不是天上掉下来的",
        "核对下面两句：①劳动光荣、知识崇高；②劳模不是天上掉下来的",
    ],
)
def test_every_wording_of_several_is_compared_and_its_places_named(service: SpeechService, asker: Asker, asked: str) -> None:
    card = only(service.question(asker, asked))
    assert "✓ 1　≈ 0　✗ 1" in card.text
    assert "标点" not in card.text, "what stands between items is of neither"
    assert all(f"第{number}篇" in card.text for number in (2, 4, 5))
    around = only(service.tap(asker, data(card, "上下文")))
    assert any("劳动光荣、知识崇高" in words for words in quoted(around))


@pytest.mark.parametrize(
    ("asked", "said", "not_said"),
    [
        ("第四篇有没有“传统产业升级”这句", "第4篇里没有「传统产业升级」这句话，最接近的在下面", "第6篇"),
        ("讲没讲待遇这档子事", "「待遇」一共3处", "档子"),
        ("有没有说工人要学技术、长本事的话", "", "没有「"),
        ("当了劳模不能骄傲，有讲到吗", "", "「讲到」"),
        ("张家界市领导2014年说“劳模是民族的精英、国家的脊梁、社会的中坚、人民的楷模”对吗", "第4篇里没有", "第3篇、"),
    ],
)
def test_only_what_was_meant_literally_is_said_to_be_missing(
    service: SpeechService, asker: Asker, asked: str, said: str, not_said: str
) -> None:
    reply = only(service.question(asker, asked))
    assert said in reply.text
    assert not_said not in reply.text


def test_a_long_pasted_text_is_compared(service: SpeechService, asker: Asker) -> None:
    text = (
        "劳动模范是民族的精英、国家的脊梁、社会的中坚、人民的楷模。工会组织是党领导下的工人阶级群众组织，是党和政府联系职工群众的桥梁纽带。"
    )
    assert "✓ 2　≈ 0　✗ 0" in only(service.question(asker, text)).text


PASSAGE = slice(520, 760)


@pytest.mark.parametrize(("changed", "said"), [(False, "整段是原文，从第1篇"), (True, "整段出自第1篇")])
def test_a_passage_copied_in_one_piece_is_told_from_where_to_where(
    service: SpeechService, asker: Asker, library: Library, changed: bool, said: str
) -> None:
    text = library.corpus.texts[library.corpus.speech(1).speech.file][PASSAGE]
    card = only(service.command(asker, "verify", text.replace("旗帜鲜明", "旗帜显明") if changed else text))
    assert said in card.text.splitlines()[1]
    assert "到第" in card.text
    assert ("有1处不同" in card.text) == changed


def test_the_speeches_lengths_are_told(service: SpeechService, asker: Asker) -> None:
    assert "3176字" in only(service.question(asker, "每篇多少字")).text
