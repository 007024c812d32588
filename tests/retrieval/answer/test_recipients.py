"""A list that does not speak of the office to which something is told stands behind one that does."""

from __future__ import annotations

from retrieval import Engine
from retrieval.answer.recipients import told_whom
from retrieval.answer.scoring import Hit, Ranked
from tests.kit.table import each_row

FOUR_HOPES, OF_DEPARTMENTS, A_SENTENCE = "借此机会，我提四点希望", "市委办、市政府办要充分发挥", "榜样的力量是无穷的"


def found(engine: Engine, *beginnings: str, scores: tuple[float, ...] = (10.0, 6.0)) -> Ranked:
    """Hits for the passages that begin so, a list where there is one."""
    texts = [engine.corpus.text(passage.file, passage.span) for passage in engine.passages]
    numbers = [
        max((i for i, text in enumerate(texts) if text.startswith(begins)), key=lambda i: bool(engine.passages[i].more))
        for begins in beginnings
    ]
    hits = tuple(Hit(number, score) for number, score in zip(numbers, scores, strict=True))
    return Ranked(scores=(), allowed=None, hits=hits, anywhere=hits)


@each_row("question, beginnings, scores, first", [
        ("他对组织部门提了哪几条", (FOUR_HOPES, OF_DEPARTMENTS), (10.0, 6.0), OF_DEPARTMENTS),
        ("他提了哪几条", (FOUR_HOPES, OF_DEPARTMENTS), (10.0, 6.0), FOUR_HOPES),
        ("他对组织部门提了哪几条", (FOUR_HOPES, OF_DEPARTMENTS), (10.0, 3.0), FOUR_HOPES),
        ("他对银行提了哪几条", (FOUR_HOPES, OF_DEPARTMENTS), (10.0, 6.0), FOUR_HOPES),
        ("他对组织部门提了哪几条", (A_SENTENCE, OF_DEPARTMENTS), (10.0, 6.0), A_SENTENCE),
    ])  # fmt: skip
def test_which_comes_first(engine: Engine, question: str, beginnings: tuple[str, ...], scores: tuple[float, ...], first: str) -> None:
    before = found(engine, *beginnings, scores=scores)
    after = told_whom(engine.corpus, engine.passages, question, before)
    passage = engine.passages[after.hits[0].passage]
    assert engine.corpus.text(passage.file, passage.span).startswith(first)
    assert sorted(hit.passage for hit in after.hits) == sorted(hit.passage for hit in before.hits)
    assert [hit.score for hit in after.hits] == sorted((hit.score for hit in after.hits), reverse=True)
