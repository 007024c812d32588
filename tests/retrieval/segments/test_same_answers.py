"""A collection answers as the small engine does over the same texts, to the last digit."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cli.output import answer_json
from retrieval import Engine, Judge
from retrieval.answer.large_engine import LargeEngine, open_collection
from retrieval.speeches.asks import Unanswered
from tests.kit.table import each_row
from tests.retrieval.conftest import ROOT, words

pytestmark = pytest.mark.slow


QUESTIONS = [
    json.loads(line)["q"]
    for name in ("held_out_questions", "near_topic_questions")
    for line in (ROOT / "tests" / "bench" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
]
OTHERS = [
    "劳模", "五联", "螺丝钉", "劳摸精神", "laomo精神", "第一篇怎么说劳模精神", "各篇怎么说创新", "开头怎么说", "第2篇第一部分",
    "最后一篇的结尾", "哪几篇提到工匠精神", "劳动出现了几次", "有没有“劳动最光荣”这句", "谁说过爱岗敬业",
    "qwertz", "，。？", "勞動創造幸福", "劳动精神。" * 60, "GDP", "4个方面",
]  # fmt: skip


def told(engine: Engine, question: str) -> str:
    return json.dumps(answer_json(engine.corpus, replace(engine.ask(question), question=question)), ensure_ascii=False)


def test_passages_are_the_same(small: Engine, large: LargeEngine) -> None:
    def rows(engine: Engine) -> list[object]:
        return sorted((p.speech, p.file, p.span, p.paragraph, p.leaf, p.path) for p in engine.passages)

    assert rows(small) == rows(large)


def test_a_single_passage_is_that_of_its_speech(large: LargeEngine) -> None:
    for number in range(0, len(large.passages), 50):
        single = large.passages[number]
        whole = large.passages.of_speech(single.speech)[number - large.directory.passages_of(single.speech).start]  # type: ignore[attr-defined]
        assert (single.span, single.paragraph, single.is_heading, single.leaf.span) == (
            whole.span, whole.paragraph, whole.is_heading, whole.leaf.span,
        )  # fmt: skip


@each_row("question", OTHERS)
def test_questions_of_every_kind_have_the_same_answer(small: Engine, large: LargeEngine, question: str) -> None:
    assert told(large, question) == told(small, question)


@given(
    question=st.sampled_from(QUESTIONS) | st.text("劳模精神创新第一篇怎么说吗，", max_size=12),
    where=st.integers(0, 10_000),
    taken=st.integers(0, 30),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_question_has_the_same_answer(small: Engine, large: LargeEngine, question: str, where: int, taken: int) -> None:
    passage = small.passages[where % len(small.passages)]
    asked = f"{small.corpus.text(passage.file, passage.span)[:taken]}{question}"
    assert told(large, asked) == told(small, asked)


@pytest.mark.slow
def test_compiled_search_has_the_same_answers(small: Engine, index: Path, some_judge: Judge, unanswered: Unanswered) -> None:
    compiled = open_collection(index, words(), unanswered, some_judge)
    for question in [*QUESTIONS[::4], *OTHERS]:
        assert told(compiled, question) == told(small, question)
