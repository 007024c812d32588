"""What to mark in a quote: the words that the question has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from retrieval.speeches.tree import Span
from retrieval.terms.fold import fold
from retrieval.terms.segment import Segmenter, Term


def marks(text: str, span: Span, terms: Mapping[str, float], segmenter: Segmenter) -> tuple[Span, ...]:
    """Ranges of `text` inside `span` to mark: whole words that the question has, neighbours joined.

    Two characters that the dictionary does not know as a word (六稳) are one if the question has them side by side.
    """
    folded = fold(text[span.start : span.end])
    found: list[Span] = []
    for start, end in sorted(_hits(segmenter.words(folded.text), terms)):
        back = folded.back(start, end)
        here = Span(span.start + back.start, span.start + back.end)
        if found and found[-1].end >= here.start:
            found[-1] = Span(found[-1].start, max(found[-1].end, here.end))
        else:
            found.append(here)
    return tuple(found)


def _hits(words: Sequence[Term], terms: Mapping[str, float]) -> Iterator[tuple[int, int]]:
    for word in words:
        if word.end - word.start > 1 and "w" + word.text in terms:
            yield word.start, word.end
    for one, other in pairwise(words):
        alone = one.end - one.start == other.end - other.start == 1 and one.end == other.start
        if alone and "b" + one.text + other.text in terms:
            yield one.start, other.end
