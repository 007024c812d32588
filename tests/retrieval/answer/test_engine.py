"""Questions in, verbatim quotes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import (
    Corpus,
    Engine,
    Segmenter,
    UnknownReference,
    beside,
    build,
    by_id,
    compare,
    explain,
    keywords,
    read,
    read_asks,
)
from retrieval.answer.judge import UNJUDGED
from retrieval.answer.quoting import same_words
from retrieval.speeches.quotes import Quote
from tests.kit.table import each_row
from tests.retrieval.conftest import ROOT, classifier_of, entries, words


def assert_verbatim(engine: Engine, quote: Quote) -> None:
    where = quote.source
    assert quote.text == engine.corpus.texts[where.file][where.span.start : where.span.end]
    assert by_id(engine.corpus, quote.id).text == quote.text
    assert all(where.span.covers(mark) for mark in quote.marks)


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("五联 四走四问四解", "“五联”"),
        ("bangyang的力量有多大", "榜样的力量"),
        ("勞模精神是全社會的什麼財富", "宝贵"),
        ("第二篇里的生产总值是多少", "43.2亿元"),
        ("咸阳那篇对法律怎么说", "法"),
    ],
)
def test_questions_find_the_words(engine: Engine, question: str, holds: str) -> None:
    assert any(holds in quote.text for quote in engine.ask(question).quotes)


def test_a_named_speech_limits_the_answer_to_it(engine: Engine) -> None:
    for number in range(1, 7):
        answer = engine.ask(f"第{number}篇怎么说劳模")
        assert answer.quotes
        assert {q.source.speech for q in answer.quotes} == {number}


def test_a_message_that_only_names_a_part_is_a_look_up(engine: Engine) -> None:
    understood = engine.ask("第三篇第二部分讲了什么").understood
    assert understood.lookup
    assert [str(r) for r in understood.references] == ["3.2"]


def test_more_quotes_follow_without_repeating_the_first(engine: Engine) -> None:
    first = engine.ask("工会怎么服务职工", 3).quotes
    then = engine.ask("工会怎么服务职工", 3, skip=3).quotes
    assert not {q.id for q in first} & {q.id for q in then}
    assert [q.id for q in engine.ask("工会怎么服务职工", 6).quotes] == [q.id for q in (*first, *then)]


def test_the_same_words_in_two_speeches_are_one_quote_with_two_sources(engine: Engine) -> None:
    quotes = engine.ask("最后，祝大家节日愉快，工作顺利，身体健康").quotes
    assert any({q.source.speech, *(a.speech for a in q.also)} >= {4, 6} for q in quotes)


def test_a_list_is_answered_with_all_of_its_items(engine: Engine) -> None:
    text = "".join(q.text for q in engine.ask("劳模自己要做到哪三条").quotes)
    assert all(item in text for item in ("珍惜荣誉", "保持劲头", "继续发扬"))


def test_a_lead_in_is_answered_with_the_list_that_it_begins(engine: Engine) -> None:
    quotes = engine.ask("作为劳模应该怎么做").quotes
    assert [q.source.number for q in quotes] == [(2,), (2, 2), (2, 3)]
    assert quotes[0].text.startswith("因此，作为劳模：")


def test_a_list_that_is_begun_is_finished(engine: Engine) -> None:
    quote = engine.ask("领导参加座谈会来看望大家，向大家表示感谢", 1).quotes[0].text
    assert quote.startswith("我今天来参加劳模座谈会，一是来看望大家")
    assert quote.endswith("谈些看法。")
    assert engine.ask("一线工人占了劳模的多少").quotes[0].text.startswith("一是一线工人")  # nothing leads into it


def test_every_passage_is_verbatim_by_its_id(engine: Engine) -> None:
    for passage in engine.passages:
        assert_verbatim(engine, by_id(engine.corpus, f"{passage.speech}.{passage.span.start}.{passage.span.end}"))


@each_row("identity", ["", "x", "1", "9.0.5", "1.5.5", "1.9.5", "1.0.99999999", "6.0.2778", "1.2.3.4", "-1.0.5", "١.٠.٥"])
def test_forged_ids_are_refused(engine: Engine, identity: str) -> None:
    with pytest.raises(UnknownReference):
        by_id(engine.corpus, identity)


@settings(deadline=None)
@given(st.text(max_size=60) | st.text(st.sampled_from(list("第一二三篇部分劳模工会？，.0123456789 -—（）\n怎么")), max_size=40))
def test_any_question_gets_verbatim_quotes_or_none(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert bool(answer.quotes) == (answer.confidence != "none")
    for quote in answer.quotes:
        assert_verbatim(engine, quote)


@each_row("question", ["", "？！。", "   ", "\x00\x01", "😀😀", "а что это", "a" * 10_000, "劳" * 10_000, "第" * 10_000, "1." * 5_000])
def test_strange_questions_do_no_harm(engine: Engine, question: str) -> None:
    for quote in engine.ask(question).quotes:
        assert_verbatim(engine, quote)


@each_row(
    "question, speeches, holds",
    [
        ("第三篇最后一句是咋说的", {3}, "节日快乐、身体健康"),
        ("第一篇开场白", {1}, "欢聚一堂"),
        ("咸阳那篇结尾怎么说", {5}, "灿烂美好"),
        ("第二篇最后怎么说的", {2}, "桥梁纽带作用"),  # it has no closing: the last printed paragraph
        ("第四篇一开始说了什么", {4}, "国际劳动节即将来临"),
        ("结尾", {1, 2, 3}, "身体健康，阖家幸福"),
    ],
)
def test_a_question_about_nothing_but_a_place_gets_its_words(engine: Engine, question: str, speeches: set[int], holds: str) -> None:
    answer = engine.ask(question)
    assert {q.source.speech for q in answer.quotes} == speeches
    assert any(holds in q.text for q in answer.quotes)
    assert answer.confidence == "sure"
    for quote in answer.quotes:
        assert_verbatim(engine, quote)


def test_a_named_speech_that_does_not_say_it_is_never_sure(engine: Engine) -> None:
    assert engine.ask("毒豆芽").confidence == engine.ask("第一篇里的毒豆芽").confidence == "sure"
    assert engine.ask("第五篇里的毒豆芽").confidence != "sure"


@each_row(
    "question, speeches, text",
    [
        ("2015年怎么说工会", (5,), "工会"),
        ("二〇二二年的工会", (6,), "工会"),
        ("2014年我市做了什么", (3, 4), "我市做了什么"),
        ("1950年怎么说劳模", (), "1950年劳模"),
        ("2016年怎么说工会", (), "2016年工会"),
        ("2015年底怎么说工会", (), "2015年底工会"),
        ("第六篇2015年的目标", (6,), "2015年的目标"),
    ],
)
def test_an_inferred_year_names_its_speeches(engine: Engine, question: str, speeches: tuple[int, ...], text: str) -> None:
    understood = engine.reader.understand(question)
    assert (understood.scope, understood.lookup, understood.text) == (speeches, False, text)
    assert engine.reader.understand("2015年").lookup


@pytest.mark.parametrize(
    ("question", "lookup"),
    [
        ("第七篇怎么说工会", True),
        ("第三篇第九部分怎么说创新", True),
        ("第一篇第100段怎么说创新", True),
        ("第七篇开头怎么说", True),
        ("第三篇和第七篇怎么说工会", False),
    ],
)
def test_what_is_asked_of_a_part_that_does_not_exist_is_a_look_up(engine: Engine, question: str, lookup: bool) -> None:
    understood = engine.ask(question).understood
    assert understood.lookup == lookup
    assert lookup or understood.scope == (3, 7)


def test_a_place_is_a_word_not_a_part_of_one(engine: Engine) -> None:
    assert engine.reader.understand("在公开场合怎么夸劳模").place == ""
    assert engine.reader.understand("开场怎么夸劳模").place == "opening"


@pytest.mark.parametrize(
    ("question", "text"), [("是哪４个带头", "是哪四个带头"), ("1890年", "1890年"), ("劳模几年评1次", "劳模几年评一次")]
)
def test_numbers_are_read_as_the_speeches_write_them(engine: Engine, question: str, text: str) -> None:
    assert engine.reader.understand(question).text == text


@pytest.mark.parametrize(
    ("question", "text", "speeches"),
    [
        ("劳摸的作用", "劳模的作用", ()),
        ("弘杨劳模精申", "弘扬劳模精神", ()),
        ("咸扬那篇对法律怎么说", "对法律", (5,)),
        ("处境差的人有人管吗", "处境差的人有人管吗", ()),
        ("安全生产月是每年的几月", "安全生产月是每年的几月", ()),
    ],
)
def test_words_spelled_with_other_characters_of_the_same_sound_are_read(
    engine: Engine, question: str, text: str, speeches: tuple[int, ...]
) -> None:
    understood = engine.reader.understand(question)
    assert (understood.text, understood.scope) == (text, speeches)


@pytest.mark.slow
def test_a_speech_without_asks_is_found_beside_speeches_with_them(
    engine: Engine, corpus: Corpus, segmenter: Segmenter, tmp_path: Path
) -> None:
    asks = read_asks(ROOT / "seeds" / "asks.jsonl", corpus.texts)
    for file, text in corpus.texts.items():
        (tmp_path / file).write_text(text, encoding="utf-8", newline="")
    (tmp_path / "new.txt").write_text("同志们：\n今年全县要修通三条乡村公路，让山里的果子运得出去。\n谢谢大家。\n", encoding="utf-8")
    both = build(read(tmp_path, entries()), words(), asks, None, UNJUDGED, segmenter, classifier=classifier_of(engine))
    explanation = explain(both, both.ask("山里的水果怎么运出去，修路吗"))
    assert "乡村公路" in explanation.winners[0].text
    assert sum(explanation.winners[0].fields.values()) == pytest.approx(explanation.winners[0].score, rel=1e-4)
    assert "榜样的力量" in both.ask("榜样的力量有多大").quotes[0].text


def test_an_explanation_adds_up(engine: Engine) -> None:
    explanation = explain(engine, engine.ask("结尾怎么祝福大家"))
    for won in explanation.winners:
        assert sum(won.fields.values()) == pytest.approx(won.score, rel=1e-4)
    assert explanation.understood.place == "closing"


@pytest.mark.parametrize(("word", "speeches"), [("娘家人", {4, 5}), ("旅游", {4}), ("一带一路", {5})])
def test_only_speeches_that_have_the_word_are_said_to(engine: Engine, word: str, speeches: set[int]) -> None:
    assert {quote.source.speech for quote in engine.ask(f"哪几篇提到{word}", 6).quotes} == speeches


def test_which_speech_says_it_in_other_words_is_found_first(engine: Engine) -> None:
    found = engine.ask("哪一篇把当模范的比作给大伙儿扛旗的").quotes
    assert found[:1] == engine.ask("把当模范的比作给大伙儿扛旗的").quotes[:1]


@pytest.mark.parametrize("question", ["在吗？毛主席说劳模有什么作用", "嗯，毛主席说劳模有什么作用啊", "毛主席说劳模有什么作用，谢谢啦"])
def test_courtesies_around_a_question_change_nothing(engine: Engine, question: str) -> None:
    assert engine.reader.understand(question).terms == engine.reader.understand("毛主席说劳模有什么作用").terms


@pytest.mark.parametrize("question", ["哪几篇提到创新", "各篇怎么说工会的", "每篇怎么说改革"])
def test_what_each_speech_says_is_a_quote_a_speech(engine: Engine, question: str) -> None:
    answer = engine.ask(question, 6)
    speeches = [quote.source.speech for quote in answer.quotes]
    assert answer.confidence == "sure"
    assert len(speeches) == len(set(speeches)) >= 4
    assert answer.quotes[3:] == engine.ask(question, 3, 3).quotes


def test_neighbouring_parts(engine: Engine) -> None:
    assert beside(engine.corpus, 1, (2, 3)) == ((2, 2), None)
    assert beside(engine.corpus, 3, (1,)) == (None, (2,))


def test_compare_gives_one_quote_a_speech_in_the_order_of_years(engine: Engine) -> None:
    speeches = [q.source.speech for q in compare(engine, "劳模精神")]
    years = [engine.corpus.speech(n).entry.year for n in speeches]
    assert len(speeches) == len(set(speeches)) >= 4
    assert years == sorted(years)


def test_keywords_set_a_speech_apart(engine: Engine) -> None:
    words = dict(keywords(engine.corpus, 4, engine.reader.segmenter))
    shown = {word for n in engine.corpus.speeches for word, _ in keywords(engine.corpus, n.number, engine.reader.segmenter)}
    assert shown & {"这里", "具有", "我市", "各位", "我们", "他们", "需要", "因此", "很多"} == set()
    assert "旅游" in words
    assert "咸阳" not in words


@pytest.mark.parametrize(
    ("one", "other", "same"), [("节日愉快，工作顺利！", "节日愉快、工作顺利", True), ("劳模精神", "工匠精神", False), ("", "劳模", False)]
)
def test_the_same_words_ignore_punctuation(one: str, other: str, same: bool) -> None:
    assert same_words(one, other) is same


def test_of_a_sentence_that_names_what_is_asked_for_nothing_is_left_out(engine: Engine) -> None:
    """Of the part with three 进一步 just one clause is shown to who asks for one thing."""
    several, one = (engine.ask(question).quotes[0].text for question in ("省里表彰大会上的讲话有哪几样要求", "省里表彰大会上谁讲话"))
    assert one in several
    assert several.count("进一步") > one.count("进一步")
    assert several.endswith("。")


@pytest.mark.parametrize(
    ("compound", "parts"),
    [("困难职工", ("困难", "职工")), ("雷锋精神", ()), ("好好学习", ()), ("劳动模范", ())],
    ids=lambda value: str(value),
)
def test_a_compound_is_the_words_of_the_speeches_that_it_is_made_of(judged: Engine, compound: str, parts: tuple[str, ...]) -> None:
    terms = judged.reader.understand(f"{compound}怎么样").terms
    assert (f"w{compound}" in terms) is not bool(parts)
    assert all(f"w{part}" in terms for part in parts)
