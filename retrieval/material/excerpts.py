"""Sentences on a theme from all speeches, verbatim, by what a writer uses them for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import get_args

from retrieval.answer.engine import Engine
from retrieval.material.beginnings import head, in_time, openings, usable, wishes
from retrieval.material.kinds import ExcerptKind, Saying, begins, kind_of, wishes_well
from retrieval.speeches.corpus import Corpus
from retrieval.speeches.lines import sentences
from retrieval.speeches.quotes import Quote, quote
from retrieval.speeches.tree import Span
from retrieval.terms.fold import fold

MOST = 400  # places of a theme that are looked at, chosen: 劳动, the most frequent of the themes, has 208 in the six speeches

KINDS: tuple[ExcerptKind, ...] = get_args(ExcerptKind)

Worthy = Collection[tuple[int, int, int]]  # speech, start and end of what is worth showing alone


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence of a speech. because: the rule that told its kind. golden: worth showing alone. on_theme: it has the theme."""

    quote: Quote
    kind: ExcerptKind
    because: str
    golden: bool = False
    on_theme: bool = True


def excerpts(engine: Engine, theme: str, worthy: Worthy = ()) -> tuple[Excerpt, ...]:
    """In the order of KINDS, in each kind by turns from every speech in time order; () when no speech has the theme.

    Where no beginning or no wish has it, there are those of all speeches, with `on_theme` False.
    """
    words = words_of(engine, theme)
    found = [_excerpt(engine.corpus, number, span, words, worthy) for number, span in holding(engine, words) or _answering(engine, theme)]
    found = [excerpt for excerpt in found if usable(excerpt.quote.text)]
    if not found:
        return ()
    kinds = {excerpt.kind for excerpt in found}
    found += [excerpt for excerpt in _on_anything(engine.corpus) if excerpt.kind not in kinds]
    return tuple(excerpt for kind in KINDS for excerpt in _by_turns(engine.corpus, [e for e in found if e.kind == kind]))


def words_of(engine: Engine, theme: str) -> tuple[str, ...]:
    """What a sentence on the theme has: all of the theme where that stands somewhere, else each of its words."""
    whole = fold(theme).text.strip()
    if engine.exact.concordance.find(whole):
        return (whole,)
    return tuple(term[1:] for term in engine.reader.understand(theme).terms if term[0] == "w")


def holding(engine: Engine, words: Sequence[str]) -> list[tuple[int, Span]]:
    """(speech, sentence) of running text with all the words, in the order of the text."""
    corpus = engine.corpus
    found: dict[tuple[int, Span], None] = {}
    for place in engine.exact.concordance.find(words[-1])[:MOST] if words else ():
        around = corpus.at(place.speech, place.span.start)
        if around and around[-1].kind not in ("heading", "title", "salutation"):
            cut = sentences(corpus.texts[place.file], around[-1].span)
            span = next((span for span in cut if span.start <= place.span.start < span.end), None)
            if span and _has(corpus.text(place.file, span), words):
                found[place.speech, span] = None
    return list(found)


def _answering(engine: Engine, theme: str) -> list[tuple[int, Span]]:
    """What a sure answer quotes, for a theme that is said in other words."""
    answer = engine.ask(theme)
    sure = answer.confidence == "sure" and not answer.understood.lookup
    return [(found.source.speech, found.source.span) for found in answer.quotes] if sure else []


def _has(text: str, words: Iterable[str]) -> bool:
    said = fold(text).text
    return all(word in said for word in words)


def _excerpt(corpus: Corpus, number: int, span: Span, words: tuple[str, ...], worthy: Worthy) -> Excerpt:
    numbered = corpus.speech(number)
    text = corpus.text(numbered.speech.file, span)
    place, golden = corpus.at(number, span.start)[0].kind, (number, *span) in worthy
    first = place == "opening" and span in head(corpus, numbered)
    rule = kind_of(Saying(fold(text).text, words if _has(text, words) else (), place, first, golden))
    return Excerpt(quote(corpus, number, span), rule.kind, rule.fits.__name__, golden)


def _on_anything(corpus: Corpus) -> Iterator[Excerpt]:
    """How the speeches begin, and the wishes at their ends, whatever they are about."""
    begun = (Excerpt(found, "opening", begins.__name__, on_theme=False) for found in openings(corpus))
    wished = (Excerpt(found, "wish", wishes_well.__name__, on_theme=False) for found in wishes(corpus))
    yield from (excerpt for excerpt in (*begun, *wished) if usable(excerpt.quote.text))


def _by_turns(corpus: Corpus, found: Sequence[Excerpt]) -> list[Excerpt]:
    """One of each speech in turn; of a speech what is worth showing alone first, then the shorter ones."""
    ranked = sorted(found, key=lambda excerpt: (not excerpt.golden, len(excerpt.quote.text)))
    of_each = ([e for e in ranked if e.quote.source.speech == numbered.number] for numbered in in_time(corpus))
    return [excerpt for turn in zip_longest(*of_each) for excerpt in turn if excerpt]
