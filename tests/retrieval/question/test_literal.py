"""Literal questions: by hand (literal_questions.tsv), what must not be taken for one (not_literal.txt), the rules by their own examples."""

from __future__ import annotations

import inspect
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Corpus, LiteralReader, read
from retrieval.question import literal_rules
from retrieval.question.literal import CLAIMED, SPOKEN_OF
from retrieval.question.literal_rules import RULES
from tests.kit.table import each_row
from tests.retrieval.question.test_references import rows

BUDGET = 0.1  # seconds of processor time for a thousand characters


@pytest.fixture(scope="session")
def reader(corpus: Corpus) -> LiteralReader:
    return LiteralReader(corpus)


@each_row("message, wants, wordings, scope", [[*row, "", ""][:4] for row in rows("literal_questions.tsv")])
def test_literal_questions_are_read(reader: LiteralReader, message: str, wants: str, wordings: str, scope: str) -> None:
    found = reader.read(message)
    assert found is not None
    assert (found.wants, "|".join(found.wordings), " ".join(map(str, found.references))) == (wants, wordings, scope)
    assert all(wording in message for wording in found.wordings), "as it was typed"


@each_row("message", [row[0] for row in rows("not_literal.txt")])
def test_ordinary_questions_are_left_alone(reader: LiteralReader, message: str) -> None:
    assert reader.read(message) is None


def test_the_tables_are_as_long_as_promised() -> None:
    assert len(rows("literal_questions.tsv")) >= 300
    assert len(rows("not_literal.txt")) >= 100


def examples() -> list[tuple[str, str, bool]]:
    """LiteralRule, message, whether the rule answers it, from the comments above the rules."""
    source = inspect.getsource(literal_rules)
    found = []
    for comment, name in re.findall(r'    # (.+)\n    _rule\("\w+", "([^"]+)"', source):
        found += [(name, example.removeprefix("✗"), not example.startswith("✗")) for example in comment.split("  ")]
    return found


@each_row("name, message, answers", examples())
def test_every_rule_answers_its_examples(reader: LiteralReader, name: str, message: str, answers: bool) -> None:
    found = reader.read(message)
    assert (found is not None and found.because == name) == answers


def test_every_rule_has_examples_of_both_kinds() -> None:
    assert {CLAIMED, SPOKEN_OF} <= {rule.name for rule in RULES}
    assert {(name, answers) for name, _, answers in examples()} == {(rule.name, answers) for rule in RULES for answers in (True, False)}


@each_row("message, strict", [
        ("有没有劳动最光荣这句话", False),
        ("有没有“劳动最光荣”这句话", True),
        ("“不学就落后”是谁说的", True),
        ("不学就落后是谁说的", False),
        ("劳动创造未来出自哪里", False),
        ("提到工会了吗", False),
        ("工会出现几次", True),
    ])  # fmt: skip
def test_what_people_tell_in_their_own_words_is_not_strict(reader: LiteralReader, message: str, strict: bool) -> None:
    found = reader.read(message)
    assert found is not None
    assert found.strict is strict


def test_a_long_quotation_or_question_is_no_pasted_text(reader: LiteralReader) -> None:
    sentence = "劳动改变世界，劳动创造未来，" * 6
    for message, wants in ((sentence, "pasted"), (f"有没有“{sentence}”这句话", "exists"), (f"{sentence}这句话是什么意思？", None)):
        found = reader.read(message)
        assert (found.wants if found else None) == wants
    quoted_whole = reader.read(f"“{sentence}”")
    assert quoted_whole is not None
    assert quoted_whole.wordings == (sentence,)


def test_messages_about_other_speeches_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("同志们：\n一、好。做好工作。\n", encoding="utf-8")
    found = LiteralReader(read(tmp_path)).read("第一篇有没有“做好工作”")
    assert found is not None
    assert (found.wordings, [r.number for r in found.references]) == (("做好工作",), [1])


PIECES = [
    *"“”「」'\"？，。 吗有没的说",
    "有没有",
    "这句话",
    "出自哪里",
    "劳动",
    "第三篇",
    "出现了几次",
    "谁说过",
    "哪篇",
    "请问",
    "2015年",
    "核对一下：",
]


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_message_gives_wordings_of_its_own(reader: LiteralReader, message: str) -> None:
    found = reader.read(message)
    if found:
        assert found.because
        assert bool(found.wordings) == (found.wants != "length")
        assert all(any(map(str.isalnum, wording)) for wording in found.wordings)


@each_row("piece", [*PIECES, "“a”和", "提到", "在讲话里", "、", "a", "次"])
def test_a_thousand_hostile_characters_are_read_at_once(reader: LiteralReader, piece: str) -> None:
    message = (piece * 1000)[:999] + "？"
    seconds = []
    for _ in range(3):
        start = time.process_time()
        reader.read(message)
        seconds.append(time.process_time() - start)
    assert min(seconds) < BUDGET
