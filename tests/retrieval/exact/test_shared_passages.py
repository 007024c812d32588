"""What speeches share: every run of nine letters that stands in another is found, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval import Corpus, Entry, ExactText, Numbered, SharedPassages, corpus_of, parse
from retrieval.exact.letters import only_letters
from retrieval.exact.shared_passages import MOST
from retrieval.speeches.overlap import SHORTEST

WORDS = st.lists(st.sampled_from(["劳动最光荣", "爱岗敬业，", "争创一流、", "创新", "。", "\n"]), min_size=3, max_size=14).map("".join)


def shared(corpus: Corpus) -> SharedPassages:
    return SharedPassages(ExactText(corpus).concordance)


def corpus_of_texts(texts: list[str]) -> Corpus:
    found = [
        Numbered(number, speech, Entry(number, f"{number}.txt"), "")
        for number, text in enumerate(texts, 1)
        for speech in parse(text, f"{number}.txt")[:1]
    ]
    return corpus_of(found, {f"{number}.txt": text for number, text in enumerate(texts, 1)}, "")


@given(texts=st.lists(WORDS, min_size=1, max_size=4))
def test_all_that_is_shared_is_found_and_nothing_else(texts: list[str]) -> None:
    corpus = corpus_of_texts(texts)
    found = shared(corpus)
    for numbered in corpus.speeches:
        others = [only_letters(corpus.text(n.speech.file, n.speech.span)) for n in corpus.speeches if n.number != numbered.number]
        text, start = corpus.text(numbered.speech.file, numbered.speech.span), numbered.speech.span.start
        passages = found.of(numbered.number)
        for passage in passages:
            assert all(place.speech != numbered.number for place in passage.also)
        for first in range(len(text)):
            for last in range(first + SHORTEST, min(len(text), first + 2 * SHORTEST) + 1):
                words = only_letters(text[first:last])
                if len(words) == SHORTEST and text[first].isalnum() and text[last - 1].isalnum():
                    there = any(words in other for other in others)
                    covered = any(p.span.start <= start + first and start + last <= p.span.end for p in passages)
                    assert covered or not there


@given(texts=st.lists(WORDS, min_size=2, max_size=3))
def test_a_run_has_the_same_letters_on_both_sides_and_cannot_be_longer(texts: list[str]) -> None:
    corpus = corpus_of_texts(texts)
    found = shared(corpus)
    for one in corpus.speeches:
        for other in corpus.speeches:
            for run in found.between(one.number, other.number):
                here, there = (corpus.text(place.file, place.span) for place in (run.here, run.there))
                assert only_letters(here) == only_letters(there)
                assert len(only_letters(here)) >= SHORTEST
                assert other.number != one.number


def test_the_bundled_speeches_share_what_they_share(corpus: Corpus) -> None:
    found = shared(corpus)
    places = [corpus.text(run.here.file, run.here.span) for run in found.between(4, 6)]
    assert "与来自全市各条战线的劳动模范欢聚一堂，共同庆祝全世界工人阶级和劳动人民的光辉节日" in places
    assert {run.there.span for run in found.between(4, 6)} == {run.here.span for run in found.between(6, 4)}


def test_letters_repeated_without_end_take_no_long_time() -> None:
    corpus = corpus_of_texts(["啊" * 100_000, "啊" * 20])
    found = shared(corpus)
    assert [len(found.of(number)) for number in (1, 2)] == [1, 1]


def test_a_formula_in_very_many_speeches_names_no_more_than_some() -> None:
    corpus = corpus_of_texts(["爱岗敬业争创一流艰苦奋斗"] * (2 * MOST))
    assert all(1 <= len(passage.also) <= MOST for number in (1, 2 * MOST) for passage in shared(corpus).of(number))
