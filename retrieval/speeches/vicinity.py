"""What stands around a range of a speech: the words before and after it, its paragraph, its own sentences."""

from __future__ import annotations

from retrieval.speeches.blanks import trimmed
from retrieval.speeches.corpus import Corpus
from retrieval.speeches.lines import sentences
from retrieval.speeches.tree import Span

SAYING = 12  # characters from which a sentence says something alone, chosen: 第三要继续发扬。 is shown with the next one


def sentences_of(corpus: Corpus, number: int, around: Span | None = None) -> list[Span]:
    """The sentences of a speech, or those that touch a range of it, in order. Raises UnknownReference."""
    speech = corpus.speech(number).speech
    found = [sentence for paragraph in speech.paragraphs for sentence in sentences(corpus.texts[speech.file], paragraph)]
    return [s for s in found if around is None or (s.start < around.end and around.start < s.end)]


def before(corpus: Corpus, number: int, span: Span) -> Span | None:
    """The sentence before a range, or what of its own sentence stands before it; None at the beginning of the speech."""
    found = [s for s in sentences_of(corpus, number) if s.start < span.start]
    if not found:
        return None
    text, last = corpus.texts[corpus.speech(number).speech.file], found[-1]
    first = found[-2] if len(found) > 1 and min(last.end, span.start) - last.start < SAYING else last
    return trimmed(text, Span(first.start, min(last.end, span.start)))


def after(corpus: Corpus, number: int, span: Span) -> Span | None:
    """The sentence after a range, or what of its own sentence stands after it; None at the end of the speech."""
    found = [s for s in sentences_of(corpus, number) if s.end > span.end]
    if not found:
        return None
    text, first = corpus.texts[corpus.speech(number).speech.file], found[0]
    last = found[1] if len(found) > 1 and first.end - max(first.start, span.end) < SAYING else first
    start = max(first.start, span.end)
    while start < last.end and text[start] in "。！？；，、,.;:：":  # a heading ends before its stop
        start += 1
    return trimmed(text, Span(start, last.end)) if start < last.end else None


def paragraph(corpus: Corpus, number: int, span: Span) -> Span:
    """The printed paragraphs that a range touches; the range itself where it touches none. Raises UnknownReference."""
    touched = [p for p in corpus.speech(number).speech.paragraphs if p.start < span.end and span.start < p.end]
    return Span(touched[0].start, touched[-1].end) if touched else span
