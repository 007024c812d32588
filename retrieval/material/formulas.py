"""How one and the same formula was said in several speeches: its versions in time order, with what changed from each to the next."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from retrieval.answer.engine import Engine
from retrieval.exact.changes import Change, Correction, changes
from retrieval.exact.letters import Letters, letters
from retrieval.material.beginnings import in_time
from retrieval.material.excerpts import holding, words_of
from retrieval.speeches.corpus import Corpus
from retrieval.speeches.overlap import SHORTEST
from retrieval.speeches.quotes import Quote, Source, quote
from retrieval.speeches.tree import Span
from retrieval.terms.fold import fold

FILLING = 1  # letters between two changes that do not make two of them, chosen: of 竭诚为 and 真心实意为 only 为 stays
# Per cent of likeness (rapidfuzz) to the nearest other version: of 14 groups on 劳动 three merely share a phrase and have 41 to 52, all
# versions of the others 55 or more.
LIKE = 55
MOST = 30  # formulas on a theme, chosen: pages that somebody may turn
_BORDER = re.compile("[，。；：！？,;!?\n]")  # ，  ✗、


@dataclass(frozen=True, slots=True)
class Version:
    """A formula as some speech says it. `quote.also`: later speeches with the same letters.

    pieces: how it came from the version before it; kept and put in together are `quote.text`. () for the first.
    """

    quote: Quote
    pieces: tuple[Correction, ...] = ()

    @property
    def places(self) -> tuple[Source, ...]:
        """Everywhere it is said so, in time order."""
        return (self.quote.source, *self.quote.also)


@dataclass(frozen=True, slots=True)
class Formula:
    """Two or more speeches say it; versions in time order, the same wording once."""

    versions: tuple[Version, ...]

    @property
    def speeches(self) -> int:
        """How many speeches say it."""
        return sum(len(version.places) for version in self.versions)


@dataclass(frozen=True, slots=True)
class _Clauses:
    """Whole clauses of a sentence around letters that another speech has, too."""

    speech: int
    span: Span
    text: str
    grams: frozenset[str]


def formulas(engine: Engine, theme: str) -> tuple[Formula, ...]:
    """The formulas on a theme: what most speeches say first, then the longer ones.

    A formula is whole clauses that share a run of SHORTEST letters with those of another speech; one of them has the theme.
    """
    words = words_of(engine, theme)
    stretches = list(_shared(engine.corpus, holding(engine, words)))
    found = [
        formula
        for group in _groups(stretches)
        if any(all(word in fold(clauses.text).text for word in words) for clauses in group)
        for formula in _formula(engine.corpus, group)
    ]
    found.sort(key=lambda formula: (-formula.speeches, -len(formula.versions[0].quote.text)))
    return tuple(found[:MOST])


def revised(earlier: str, later: str) -> tuple[Correction, ...]:
    """The later wording in pieces: kept, put in, and struck out where the earlier one had something else.

    >>> [(piece.kind, piece.text) for piece in revised("工会是桥梁和纽带", "工会组织是桥梁纽带")]
    [('kept', '工会'), ('put in', '组织'), ('kept', '是桥梁'), ('struck', '和'), ('kept', '纽带')]
    """
    found, at = [], 0
    for change in _joined(later, changes(later, earlier)):
        found += [Correction("kept", later[at : change.start]), Correction("struck", change.words)]
        found.append(Correction("put in", later[change.start : change.end]))
        at = change.end
    return tuple(piece for piece in (*found, Correction("kept", later[at:])) if piece.text)


def _joined(later: str, changed: Iterable[Change]) -> list[Change]:
    """Changes with no more than FILLING letters between them are one."""
    joined: list[Change] = []
    for change in changed:
        last = joined[-1] if joined else None
        if last and len(letters(between := later[last.end : change.start]).text) <= FILLING:
            joined[-1] = Change(last.start, change.end, last.words + between + change.words)
        else:
            joined.append(change)
    return joined


def _shared(corpus: Corpus, sentences: Sequence[tuple[int, Span]]) -> Iterator[_Clauses]:
    """The clauses of every sentence that hold a run of letters which another speech has."""
    taken = [(number, span, letters(corpus.text(corpus.speech(number).speech.file, span))) for number, span in sentences]
    having: dict[str, set[int]] = defaultdict(set)
    for number, _, part in taken:
        for gram in _grams(part.text):
            having[gram].add(number)
    for number, span, part in taken:
        grams = _grams(part.text)
        begins = [at for at, gram in enumerate(grams) if len(having[gram]) > 1]
        text = corpus.text(corpus.speech(number).speech.file, span)
        for inside in _merged(_whole_clauses(text, part, at) for at in begins):
            shared = frozenset(grams[at] for at in begins if inside.covers(part.back(at, at + SHORTEST)))
            yield _Clauses(number, Span(span.start + inside.start, span.start + inside.end), text[slice(*inside)], shared)


def _grams(text: str) -> list[str]:
    return [text[at : at + SHORTEST] for at in range(len(text) - SHORTEST + 1)]


def _whole_clauses(text: str, part: Letters, at: int) -> Span:
    """The clauses around the run of letters that begins there, without marks at the ends."""
    start, end = part.back(at, at + SHORTEST)
    before = [border.end() for border in _BORDER.finditer(text, 0, start)]
    after = _BORDER.search(text, end)
    return Span(before[-1] if before else 0, after.start() if after else len(text))


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order; those that overlap are one."""
    merged: list[Span] = []
    for span in spans:
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _groups(stretches: Sequence[_Clauses]) -> list[list[_Clauses]]:
    """Clauses that share a run with each other, or with others that do."""
    group_of: dict[str, list[_Clauses]] = {}
    for clauses in stretches:
        group = [clauses]
        for other in {id(group_of[gram]): group_of[gram] for gram in clauses.grams if gram in group_of}.values():
            group += other
        for gram in {gram for member in group for gram in member.grams}:
            group_of[gram] = group
    return list({id(group): group for group in group_of.values()}.values())


def _formula(corpus: Corpus, group: Sequence[_Clauses]) -> Iterator[Formula]:
    """The formula of a group of two speeches or more: of each speech the clauses that are most like those of the others."""
    likeness = {
        clauses: max((ratio(clauses.text, other.text) for other in group if other.speech != clauses.speech), default=0) for clauses in group
    }
    best: dict[int, _Clauses] = {}
    for clauses in sorted(group, key=lambda clauses: (likeness[clauses], -clauses.span.start)):
        if likeness[clauses] >= LIKE:
            best[clauses.speech] = clauses
    if len(best) > 1:
        yield Formula(_versions(corpus, [best[numbered.number] for numbered in in_time(corpus) if numbered.number in best]))


def _versions(corpus: Corpus, said: Sequence[_Clauses]) -> tuple[Version, ...]:
    """In time order, the same letters once with all places."""
    places: dict[str, list[Quote]] = {}
    for clauses in said:
        places.setdefault(letters(clauses.text).text, []).append(quote(corpus, clauses.speech, clauses.span))
    firsts = [Quote(q.id, q.source, q.text, also=tuple(other.source for other in also)) for q, *also in places.values()]
    revisions = [revised(one.text, other.text) for one, other in pairwise(firsts)]
    return tuple(Version(first, pieces) for first, pieces in zip(firsts, [(), *revisions], strict=True))
