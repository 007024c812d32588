"""Every place of a wording: by hand, and for any piece of any speech."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from retrieval import Corpus, ExactText, Span, by_speech, lengths, read
from retrieval.exact.letters import letters
from retrieval.speeches.blanks import trimmed
from retrieval.terms.fold import fold
from tests.kit.table import each_row


@each_row(
    "wording, of_each_speech, in_headings",
    [
        ("创新", [1, 2, 5, 10, 11, 3], 4),
        ("工会", [3, 3, 7, 18, 5, 9], 0),
        ("劳模精神", [11, 3, 2, 4, 3, 2], 5),
        ("勞模精神", [11, 3, 2, 4, 3, 2], 5),
        ("劳 模 精\n神", [11, 3, 2, 4, 3, 2], 5),
        ("座谈会领导讲话稿", [1, 1, 1, 1, 1, 0], 5),
        ("劳动改变世界、劳动创造未来", [1, 0, 0, 0, 0, 0], 0),
        ("劳动改变世界劳动创造未来！", [1, 0, 0, 0, 0, 0], 0),
        ("ＧＤＰ", [0, 0, 0, 0, 0, 0], 0),
        ("４３.２亿元", [0, 1, 0, 0, 0, 0], 0),
        ("432亿元", [0, 0, 0, 0, 0, 0], 0),
        ("50%", [0, 1, 0, 0, 0, 0], 0),
        ("xx区的经济和社会", [0, 1, 0, 0, 0, 0], 0),
        ("中心", [1, 4, 1, 2, 1, 1], 1),
        ("新技术", [0, 1, 0, 0, 0, 0], 0),
        ("党委政府", [3, 0, 0, 2, 1, 1], 1),
        ("罢工", [0, 0, 0, 0, 0, 0], 0),
        ("罢", [0, 0, 0, 0, 0, 0], 0),
        ("。，“”", [0, 0, 0, 0, 0, 0], 0),
        ("", [0, 0, 0, 0, 0, 0], 0),
    ],
)
def test_a_wording_is_counted_in_every_speech(
    corpus: Corpus, exact: ExactText, wording: str, of_each_speech: list[int], in_headings: int
) -> None:
    places = exact.look_up(wording).places
    assert list(by_speech(corpus, places).values()) == of_each_speech
    assert sum(place.heading for place in places) == in_headings
    assert all(letters(corpus.text(place.file, place.span)).text == letters(wording).text for place in places)


def test_words_without_marks_are_counted_as_a_text_search_counts_them(corpus: Corpus, exact: ExactText) -> None:
    for word in ("改革", "劳动", "职工", "党", "习近平", "我们", "发展", "同志们"):
        found = sum(corpus.text(n.speech.file, n.speech.span).count(word) for n in corpus.speeches)
        assert len(exact.look_up(word).places) == found > 0, word


def test_places_do_not_overlap(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("好好好好好，大家好好干。", encoding="utf-8")
    places = ExactText(read(tmp_path)).look_up("好好").places
    assert [tuple(place.span) for place in places] == [(0, 2), (2, 4), (8, 10)]


def test_no_place_runs_from_one_speech_into_the_next(corpus: Corpus, exact: ExactText) -> None:
    for one, other in zip(corpus.speeches, corpus.speeches[1:], strict=False):
        end, begin = corpus.text(one.speech.file, one.speech.span)[-4:], corpus.text(other.speech.file, other.speech.span)[:4]
        assert exact.look_up(end + begin).places == ()


def test_a_scope_leaves_out_what_lies_elsewhere(corpus: Corpus, exact: ExactText) -> None:
    third, last = (3, corpus.speech(3).speech.span), (6, corpus.speech(6).speech.span)
    found = exact.look_up("高质量发展", [third])
    assert (found.places, {place.speech for place in found.elsewhere}, found.near) == ((), {6}, None)
    assert len(exact.look_up("高质量发展", [third, last]).places) == len(exact.look_up("高质量发展").places) == len(found.elsewhere)
    part = (3, corpus.part(3, (2,)).span)
    inside = exact.look_up("改革", [part]).places
    assert inside
    assert all(part[1].covers(place.span) for place in inside)


def test_lengths_are_those_of_the_printed_characters(corpus: Corpus) -> None:
    assert list(lengths(corpus).values()) == [3176, 1555, 1432, 3829, 3008, 2766]


PIECES = st.tuples(st.integers(1, 6), st.integers(0, 5000), st.integers(2, 400))


def piece(corpus: Corpus, where: tuple[int, int, int]) -> tuple[str, Span]:
    """Some range of a speech with at least two letters, without blanks at its ends."""
    numbered = corpus.speech(where[0])
    start = numbered.speech.span.start + where[1] % (numbered.speech.span.end - numbered.speech.span.start)
    text = corpus.texts[numbered.speech.file]
    span = trimmed(text, Span(start, min(start + where[2], numbered.speech.span.end)))
    assume(len(letters(text[span.start : span.end]).text) >= 2)
    return numbered.speech.file, span


@given(PIECES)
def test_any_piece_of_a_speech_is_found_where_it_stands(corpus: Corpus, exact: ExactText, where: tuple[int, int, int]) -> None:
    file, span = piece(corpus, where)
    bare = letters(corpus.text(file, span)).text
    here = [place.span for place in exact.look_up(corpus.text(file, span)).places if place.file == file]
    if any(bare[:size] == bare[-size:] for size in range(1, len(bare))):  # 好好: a place that overlaps it may be counted instead
        assert any(span.start < found.end and found.start < span.end for found in here)
    else:
        assert span in here


@given(PIECES, st.sampled_from(["", " ", "　", "，", "、", "”", "\n", "……"]))
def test_whatever_stands_between_the_letters_does_not_matter(
    corpus: Corpus, exact: ExactText, where: tuple[int, int, int], between: str
) -> None:
    file, span = piece(corpus, where)
    bare = letters(corpus.text(file, span)).text
    assume("." not in bare)  # of a number: there the point is no mark
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in between.join(bare))
    assert exact.look_up(wide).places


@given(st.text(max_size=40))
def test_what_is_found_has_the_letters_that_were_asked_for(corpus: Corpus, exact: ExactText, wording: str) -> None:
    for place in exact.look_up(wording).places:
        assert letters(corpus.text(place.file, place.span)).text == letters(wording).text


@given(st.text(st.characters() | st.sampled_from(list("劳模43.2％%…㍿．×")), max_size=40))
def test_every_letter_leads_back_to_where_it_came_from(text: str) -> None:
    taken = letters(text)
    assert len(taken.origin) == len(taken.text)
    assert list(taken.origin) == sorted(taken.origin)
    for i, letter in enumerate(taken.text):
        sign = text[taken.back(i, i + 1).start]
        assert letter in fold(sign).text or (letter, sign) in ((".", "．"), (".", "\ue000"), ("x", "×"))


@pytest.mark.slow
def test_words_are_counted_as_often_as_they_are_printed(corpus: Corpus, exact: ExactText) -> None:
    printed = [corpus.text(numbered.speech.file, numbered.speech.span) for numbered in corpus.speeches]
    words = {text[at : at + 2] for text in printed for at in range(len(text) - 1)}
    han = [word for word in words if all("\u4e00" <= sign <= "\u9fff" for sign in word) and word[0] != word[1]]
    assert len(han) > 3000
    assert [word for word in han if len(exact.look_up(word).places) != sum(text.count(word) for text in printed)] == []


def test_a_single_letter_is_found_at_the_very_end(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("劳动光荣", encoding="utf-8")
    exact = ExactText(read(tmp_path))
    assert [len(exact.look_up(word).places) for word in ("荣", "光荣", "劳")] == [1, 1, 1]
