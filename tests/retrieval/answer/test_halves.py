"""Halves of true sentences that do not stand so together are shown as altered, with the words that stand there; never as a yes."""

from __future__ import annotations

import pytest

from retrieval import Corpus, Engine
from retrieval.exact.letters import letters
from tests.kit.halves import FRAMES, halves
from tests.kit.table import each_row

SEED = 5
EACH = 12  # wordings of a kind, each in every frame
WITH_ORIGINAL = 0.9  # of them show what stands there; exchanged ends may be words that no sentence is near to (职责一流、争创不一)


@pytest.fixture(scope="module")
def wordings(corpus: Corpus, engine: Engine) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, wording in halves(corpus, engine.exact.concordance, SEED):
        found.setdefault(kind, []).append(wording)
    return {kind: of_kind[:: len(of_kind) // EACH] for kind, of_kind in found.items()}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["other order", "of two sentences", "ends exchanged"])
def test_no_frame_makes_them_a_quotation(engine: Engine, wordings: dict[str, list[str]], kind: str) -> None:
    answers = [engine.ask(frame.format(wording)) for wording in wordings[kind] for frame in FRAMES]
    assert len(answers) >= EACH * len(FRAMES)
    for answer in answers:
        assert answer.confidence != "sure", answer.question
        assert answer.verdict.because == "wording absent", answer.question
    beside = [a for a in answers if a.literal and a.quotes and all(lookup.near for lookup in a.literal.lookups)]
    assert len(beside) >= WITH_ORIGINAL * len(answers)


@each_row("frame", FRAMES)
def test_what_does_stand_there_is_said_to(engine: Engine, frame: str) -> None:
    wording = "劳动改变世界，劳动创造未来"
    answer = engine.ask(frame.format(wording))
    assert (answer.confidence, answer.verdict.because) == ("sure", "wording found")
    assert letters(wording).text in letters(answer.quotes[0].text).text


@each_row(
    "question, original",
    [
        ("“劳动最伟大，劳模最光荣”是原话吗", "劳动最光荣，劳模最伟大"),
        ("有没有说过劳动创造未来，劳动改变世界", "劳动改变世界，劳动创造未来"),
        ("原话是不是人才崇高、知识宝贵", "知识崇高、人才宝贵"),
        ("核对一下：去年以来，工作高效率", "工作高效率"),
        ("有没有说过在“五一”国际劳动节即将来临之际，吃苦者吃香", "在“五一”国际劳动节即将来临之际"),
        ("不忘荣誉感就会崇尚，有了荣誉", "有了荣誉感就会崇尚"),
    ],
)
def test_the_real_wording_stands_beside_it(engine: Engine, question: str, original: str) -> None:
    answer = engine.ask(question)
    assert any(original in quote.text for quote in answer.quotes), [quote.text for quote in answer.quotes]
    assert answer.literal is None or answer.confidence == "near"
