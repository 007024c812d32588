"""Sentences before and after a quote, so many of each."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.speeches.corpus import Corpus
from retrieval.speeches.lines import sentences
from retrieval.speeches.tree import Span


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A range around a quote. before, after: the sentences in it beside the quote; left, right: those that are left of the speech.

    paragraph: how many before and after take in the whole printed paragraph.
    """

    span: Span
    before: int
    after: int
    left: int
    right: int
    paragraph: tuple[int, int]


def neighbourhood(corpus: Corpus, number: int, span: Span, before: int, after: int) -> Neighbourhood:
    """A quote with so many sentences before and after it, fewer where the speech begins or ends. Raises UnknownReference.

    Headings count like sentences.
    """
    speech = corpus.speech(number).speech
    text = corpus.texts[speech.file]
    cut = [sentence for leaf in speech.leaves() for sentence in sentences(text, leaf.span)]
    first = next((i for i, s in enumerate(cut) if s.end > span.start), len(cut) - 1)
    last = max(first, next((i for i, s in reversed([*enumerate(cut)]) if s.start < span.end), first))
    start, end = max(0, first - before), min(len(cut) - 1, last + after)
    inside = [p for p in speech.paragraphs if p.start < span.end and span.start < p.end] or [span]
    around = (
        sum(inside[0].start <= s.start for s in cut[:first]),
        sum(s.end <= inside[-1].end for s in cut[last + 1 :]),
    )
    whole = Span(min(span.start, cut[start].start), max(span.end, cut[end].end))
    return Neighbourhood(whole, first - start, end - last, start, len(cut) - 1 - end, around)
