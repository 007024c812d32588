"""Wordings asked for literally: never sure of one that is not there, and the quotes hold what was found."""

from __future__ import annotations

import pytest

from retrieval import Engine
from tests.kit.table import each_row


@each_row(
    "question, state, count",
    [
        ("「劳动最光荣」出自哪里", "sure", 4),
        ("创新出现了几次", "sure", 32),
        ("“春江水暖鸭先知”在哪篇", "none", 0),
        ("“榜样的力量是有限的”是谁说的", "near", 0),
        ("第三篇提到工匠精神了吗", "near", 0),
        ("第六篇提到工匠精神了吗", "sure", 3),
        ("“天道酬勤”出自哪本书", "near", 1),
        ("“关键一招”最早是谁说的", "near", 2),
        ("“民生在勤”是谁说的", "sure", 1),
    ],
)
def test_the_state_is_that_of_the_lookup(engine: Engine, question: str, state: str, count: int) -> None:
    answer = engine.ask(question)
    assert answer.literal
    assert (answer.confidence, len(answer.literal.found)) == (state, count)


@each_row("question, end, numbers", [
        ("尊重劳动哪篇说得最多", "most", (6,)),
        ("哪篇提到改革最少", "fewest", (6,)),
        ("第二篇和第五篇谁更常说“劳模精神”", "most", (2, 5)),
        ("“爱岗敬业、争创一流”最早是哪一年的讲话提出来的？", "earliest", (2,)),
        ("“爱岗敬业、争创一流”最晚出现在哪一篇", "latest", (6,)),
        ("“爱岗敬业、争创一流”出自哪里", "", ()),
        ("“最早的天府之国”出自哪里", "", ()),
        ("“工匠精神”最早出自哪里", "", ()),
    ])  # fmt: skip
def test_which_speech_is_at_the_end_that_is_asked_for(engine: Engine, question: str, end: str, numbers: tuple[int, ...]) -> None:
    answer = engine.ask(question)
    assert answer.literal
    assert answer.literal.foremost(engine.corpus, question) == (end, numbers)
    assert not numbers or answer.quotes[0].source.speech in numbers


def test_headings_are_quoted_only_where_nothing_else_has_the_wording(engine: Engine) -> None:
    answer = engine.ask("「工匠精神」在哪篇", top=9)
    assert answer.quotes
    assert all(quote.text != "二要大力弘扬劳模工匠精神。" for quote in answer.quotes)


@pytest.mark.slow
def test_every_sentence_is_sure_and_no_altered_one_is(engine: Engine) -> None:
    passages = [p for p in engine.passages if not p.more and 14 <= p.span.end - p.span.start <= 60]
    for passage in passages[::3]:
        text = engine.corpus.text(passage.file, passage.span)
        if "“" in text:  # a quotation inside would be the wording
            continue
        answer = engine.ask(f"有没有“{text}”这句话")
        assert answer.confidence == "sure"
        assert any(text.strip("，。；！：;") in quote.text for quote in answer.quotes)
        middle = len(text) // 2
        assert engine.ask(f"有没有“{text[:middle]}猫{text[middle + 1 :]}”这句话").confidence != "sure"


@pytest.mark.parametrize(
    ("sentence", "state", "because"),
    [
        ("劳动最光荣，劳模最伟大", "sure", "wording found"),
        ("劳动最光荣，劳模最美丽", "near", "wording absent"),
        ("劳动最光荣，劳模最伟大吗", "sure", "answered"),
        ("有志者事竟成", "none", "unrelated"),
    ],
)
def test_a_sentence_by_itself_is_one_of_the_speeches_or_nearly_or_a_question(
    judged: Engine, sentence: str, state: str, because: str
) -> None:
    verdict = judged.ask(sentence).verdict
    assert (verdict.state, verdict.because) == (state, because)
