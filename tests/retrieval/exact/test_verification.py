"""Drafts: what is checked of them, and what becomes of it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Checked, Corpus, ExactText, Span, copied_from, verify
from retrieval.exact.letters import letters
from tests.kit.altered import Expected, quotations
from tests.kit.table import each_row

RIGHT = 0.98  # of states and places of a draft with 50 quotations, half of them wrong
LAYOUTS = {
    "a line each, in marks": lambda quotes: "\n".join(f"“{q}”" for q in quotes),
    "other marks": lambda quotes: "\r\n".join(f"「{q}」" for q in quotes),
    "straight marks": lambda quotes: "\n".join(f'"{q}"' for q in quotes),
    "a list": lambda quotes: "\n".join(f"{number}. “{q}”" for number, q in enumerate(quotes, 1)),
    "a line each, no marks": lambda quotes: "\n".join(quotes),
    "a list, no marks": lambda quotes: "\n\n".join(f"{number}、{q}" for number, q in enumerate(quotes, 1)),
    "an article": lambda quotes: "座谈会昨天召开。\n" + "".join(f"会上有人强调，“{q}”这让听众很受鼓舞。\n" for q in quotes) + "大家鼓掌。",
    "numbered in a line": lambda quotes: "核对：" + "；".join(f"{number}.{q.rstrip('。')}" for number, q in enumerate(quotes, 1)),
    "led in by a colon": lambda quotes: "".join(f"讲话指出：“{q}”" + "\n" * (n % 3 == 2) for n, q in enumerate(quotes)),
}


def right(expected: Expected, found: Checked | None) -> bool:
    """The state, and for what is not absent a place in one of the sources or with the same words."""
    if found is None or found.state != expected.state:
        return False
    return found.state == "absent" or any(
        place.file == source.file and place.span.start < source.span.end and source.span.start < place.span.end
        for place in found.places
        for source in expected.sources
    )


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_fifty_quotations_half_of_them_wrong(corpus: Corpus, exact: ExactText, layout: str) -> None:
    expected = quotations(random.Random(layout), corpus)
    found: dict[str, list[Checked]] = {}
    checked = verify(exact, LAYOUTS[layout]([quotation.text for quotation in expected]))
    for one in checked:
        found.setdefault(letters(one.statement.text).text, []).append(one)
    wrong = [e for e in expected if not right(e, next(iter(found.get(letters(e.text).text, [])), None))]
    assert len(wrong) <= (1 - RIGHT) * len(expected) + 1e-9, wrong
    assert len(checked) <= len(expected) + 1, "nothing but the quotations"


def rows(exact: ExactText, draft: str) -> list[tuple[int, str, str]]:
    return [(one.statement.line, one.state, one.statement.text) for one in verify(exact, draft)]


TRUE = "劳动改变世界，劳动创造未来。"
UNMARKED = "劳动模范是民族的精英、国家的脊梁、社会的中坚。"


@each_row("draft, expected", [
        (TRUE, [(1, "same", TRUE)]),
        (f"“{TRUE}”", [(1, "same", TRUE)]),
        (f"\n\r\n  “{TRUE}”\r\n好", [(3, "same", TRUE)]),
        ("他说：“劳动最光荣。”", [(1, "same", "劳动最光荣。")]),
        ("“劳动最光荣”\n", [(1, "same", "劳动最光荣")]),
        ("“五一”将至，厂里要“大干快上”。", [(1, "absent", "“五一”将至，厂里要“大干快上”。")]),
        (f"厂里开了会。\n他说“{TRUE}”\n大家鼓掌，在“五一”前后。", [(2, "same", TRUE)]),
        (f"他说“{TRUE}”\n{UNMARKED}", [(1, "same", TRUE), (2, "same", UNMARKED)]),
        ("习近平总书记指出：“劳动是一切成功的必经之路。”", [(1, "same", "习近平总书记指出：“劳动是一切成功的必经之路。”")]),
        ("习近平总书记指出：“劳动是一切胜利的必经之路。”", [(1, "differs", "习近平总书记指出：“劳动是一切胜利的必经之路。”")]),
        ("厂长指出：“劳动是一切成功的必经之路。”", [(1, "same", "劳动是一切成功的必经之路。")]),
        ("二要创业创新。", [(1, "same", "二要创业创新。")]),
        ("（三）劳动最光荣，劳模最伟大。（第一篇）", [(1, "same", "劳动最光荣，劳模最伟大。")]),
        ("1、扎实搞好劳模宣传工作。", [(1, "same", "1、扎实搞好劳模宣传工作。")]),
        ("> 劳动最光荣，劳模最伟大。\n> ——第一篇", [(1, "same", "劳动最光荣，劳模最伟大。")]),
        ("他说：“劳动改变世界。\n“劳动创造未来。”", [(1, "same", "劳动改变世界。\n“劳动创造未来。")]),
        ("他说“劳动改变世界，劳动创造未来。\n厂里又开了会，研究生产。", [(1, "same", TRUE)]),
        (f"1.{TRUE[:-1]}；2.3、{UNMARKED}", [(1, "same", TRUE[:-1]), (1, "same", UNMARKED)]),
        (f"1.{TRUE[:-1]}；2.奖金1、2.5元", [(1, "same", TRUE[:-1]), (1, "absent", "奖金1、2.5元")]),
        ("", []),
        ("……！\n“”", []),
    ])  # fmt: skip
def test_what_of_a_draft_is_checked(exact: ExactText, draft: str, expected: list[tuple[int, str, str]]) -> None:
    assert rows(exact, draft) == expected


def test_other_punctuation_is_told_but_is_the_same(exact: ExactText) -> None:
    (told,) = verify(exact, "劳动改变世界。劳动创造未来")[:1]
    assert told.state == "same"
    (differs,) = verify(exact, "“劳动改变世界、劳动创造未来！”")
    assert (differs.state, differs.marks_differ, differs.changed) == ("same", True, ())
    (alike,) = verify(exact, "“勞動改變世界,勞動創造未來。”")
    assert (alike.state, alike.marks_differ) == ("same", False)


def test_a_quotation_from_several_speeches_tells_all_places(exact: ExactText) -> None:
    (found,) = verify(exact, "“爱岗敬业、争创一流、艰苦奋斗、勇于创新、淡泊名利、甘于奉献”")
    assert sorted(place.speech for place in found.places) == [2, 4, 5, 6]
    assert found.place == found.places[0]
    assert not found.marks_differ, "of places with the same letters those with the same marks come first"
    assert [place.speech for place in found.marked_otherwise] == [4] == [found.places[-1].speech]


def test_a_changed_quotation_tells_all_places_of_its_original(exact: ExactText) -> None:
    (found,) = verify(exact, "“最后，祝大家节日快乐，工作顺利，身体健康！”")
    assert found.state == "differs"
    assert sorted(place.speech for place in found.places) == [4, 6]
    assert found.original is not None
    assert found.places[0] == found.original.place


def test_a_pasted_passage_is_one_place_from_its_first_to_its_last_word(corpus: Corpus, exact: ExactText) -> None:
    first, last = corpus.speech(3).speech.paragraphs[3:5]
    copied = corpus.text(corpus.speech(3).speech.file, Span(first.start, last.end))
    (place,) = exact.look_up(copied).places
    assert place.span == (first.start, last.end)
    whole = copied_from(exact, copied)
    assert whole is not None
    assert (whole.state, whole.places) == ("same", (place,))
    altered = copied_from(exact, copied.replace("劳动", "工作", 2).replace("广大", "全体"))
    assert altered is not None
    assert (altered.state, altered.place) == ("differs", place)
    assert [change.words for change in altered.changed][:2] == ["劳动", "劳动"]
    assert copied_from(exact, "厂里开了会。研究了生产。") is copied_from(exact, TRUE) is None


@given(st.text(st.sampled_from("劳动创造未来改变世界，。“”「」\"'\n1.、（） "), max_size=80))
def test_any_draft_is_checked_piece_by_piece(corpus: Corpus, exact: ExactText, draft: str) -> None:
    at = 0
    for one in verify(exact, draft):
        span = one.statement.span
        assert at <= span.start < span.end
        assert draft[span.start : span.end] == one.statement.text
        assert one.statement.line == draft.count("\n", 0, span.start) + 1
        assert bool(one.places) == (one.state != "absent")
        assert all(corpus.text(place.file, place.span) for place in one.places)
        at = span.end
