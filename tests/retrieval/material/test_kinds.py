"""Kinds of sentences: every rule by its own examples."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from retrieval.material.kinds import KIND_RULES, KindRule, Saying, kind_of
from tests.kit.table import each_row

MARKS = ("opening", "closing", "first", "golden")


def examples(rule: KindRule) -> Iterator[tuple[bool, Saying]]:
    """(answers, sentence) of a rule's docstring: `theme / marks sentence`; a theme of four signs has two words."""
    for line in (rule.fits.__doc__ or "").splitlines():
        for example in filter(None, map(str.strip, line.split("   ") if " / " in line else ())):
            theme, _, said = example.removeprefix("✗").strip().partition(" / ")
            *marks, text = said.split(" ")
            assert set(marks) <= set(MARKS)
            words = (theme,) if len(theme) < 4 else (theme[:2], theme[2:])
            place = next((mark for mark in marks if mark in ("opening", "closing")), "text")
            yield not example.startswith("✗"), Saying(text, words, place, "first" in marks, "golden" in marks)


@each_row("rule", KIND_RULES)
def test_a_rule_answers_its_examples_and_not_its_counterexamples(rule: KindRule) -> None:
    found = list(examples(rule))
    assert {answers for answers, _ in found} == {True, False}
    assert [saying.text for answers, saying in found if rule.fits(saying) is not answers] == []


def test_the_first_rule_that_fits_tells_the_kind() -> None:
    everything = Saying("祝愿工会是桥梁，也要努力。", ("工会",), "closing", first=True, golden=True)
    assert kind_of(everything).kind == "wish"
    assert kind_of(Saying("工会是桥梁，也要努力。", ("工会",), golden=True)).kind == "definition"
    assert kind_of(Saying("要努力。", (), golden=True)).kind == "golden"
    assert kind_of(Saying("好。")).kind == "statement"
    names = [rule.fits.__name__ for rule in KIND_RULES]
    assert all(one != other for one, other in pairwise(sorted(names)))
