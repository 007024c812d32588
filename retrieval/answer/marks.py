"""What to mark in a quote: the words that the question has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from retrieval.speeches.tree import Span
from retrieval.terms.fold import fold
from retrieval.terms.segment import Segmenter, Term

Markable = tuple[str, Span]  # a term and where it stands


def markable(text: str, span: Span, segmenter: Segmenter) -> tuple[Markable, ...]:
    """All that could be marked inside `span`, in order: whole words, and two neighbours that the dictionary knows only one by one."""
    folded = fold(text[span.start : span.end])
    found = sorted((start, end, term) for term, start, end in _terms(segmenter.words(folded.text)))
    backs = ((term, folded.back(start, end)) for start, end, term in found)
    return tuple((term, Span(span.start + back.start, span.start + back.end)) for term, back in backs)


def _terms(words: Sequence[Term]) -> Iterator[Term]:
    for word in words:
        if word.end - word.start > 1:
            yield Term("w" + word.text, word.start, word.end)
    for one, other in pairwise(words):
        if one.end - one.start == other.end - other.start == 1 and one.end == other.start:
            yield Term("b" + one.text + other.text, one.start, other.end)


def marks(places: Iterable[Markable], terms: Mapping[str, float]) -> tuple[Span, ...]:
    """Ranges to mark: what the question has, neighbours joined.

    Two characters that the dictionary does not know as a word (六稳) are one if the question has them side by side.
    """
    found: list[Span] = []
    for term, here in places:
        if term not in terms:
            continue
        if found and found[-1].end >= here.start:
            found[-1] = Span(found[-1].start, max(found[-1].end, here.end))
        else:
            found.append(here)
    return tuple(found)
