"""Where wordings stand in a large collection: looked for in the speeches that have their bigrams, and verified in the text.

Found are places inside one printed paragraph, with the blanks and marks of the wording or others between its letters where the wording
stands beside what resembles it most. Titles and salutations are not looked in, and no place from one paragraph into the next is found,
unless a speech is named or is among those that resemble the wording most: these are looked through whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

import numpy as np

from retrieval.exact.concordance import AROUND, Concordance, Occurrence, Within, agreeing, marks_around
from retrieval.exact.exact_text import KEPT, ExactText, Lookup
from retrieval.exact.letters import letters
from retrieval.exact.originals import Original, Originals
from retrieval.index.postings import Ints
from retrieval.segments.collection_index import CollectionIndex
from retrieval.segments.corpus_on_disk import CorpusOnDisk
from retrieval.segments.one_segment import Segment
from retrieval.speeches.corpus import Corpus, corpus_of
from retrieval.speeches.tree import Span
from retrieval.terms.fold import fold_question
from retrieval.terms.segment import grams

RESEMBLING = 8  # speeches that resemble a wording most, chosen: they are looked through whole, 2 ms each
WHOLE = 2_000_000  # characters of a collection of which wordings are looked up as in a small corpus, chosen: its letters take 32 MB
PASSAGES = 64  # of the best passages by bigrams and characters, from which these are taken


class ConcordanceOnDisk(Concordance):
    """See `Concordance`; nothing is held."""

    def __init__(self, corpus: CorpusOnDisk, collection: CollectionIndex) -> None:
        self.corpus = corpus
        self.text = ""
        self._directory = corpus.directory
        self._everywhere = lru_cache(KEPT)(lambda wording: self._in_speeches(wording, self._speeches(wording)))
        self._collection = collection

    def find(self, wording: str, within: Within = ()) -> tuple[Occurrence, ...]:
        """All places of a wording that do not overlap, in the order of the speeches, as far as the module's head says."""
        if not within:
            return self._everywhere(wording)
        named = {number for number, _ in within}
        some = named if len(named) <= RESEMBLING else named.intersection(self._speeches(wording))
        found = self._in_speeches(wording, sorted(some))
        return tuple(place for place in found if any(n == place.speech and s.covers(place.span) for n, s in within))

    def _in_speeches(self, wording: str, speeches: Sequence[int]) -> tuple[Occurrence, ...]:
        asked, marks = letters(wording).text, marks_around(wording)
        return tuple(place for number in speeches for place in self._places(number, asked, marks)) if asked else ()

    def resembling(self, wording: str) -> list[int]:
        """The speeches whose passages share most with a wording."""
        terms = {term.text: 1.0 for term in grams(fold_question(wording))}
        passages, _ = self._collection.search(self._collection.weighed(terms), PASSAGES)
        numbers = self._directory.numbers_of(passages).tolist()
        return list(dict.fromkeys(numbers))[:RESEMBLING]

    def speeches_having(self, folded: str) -> list[int]:
        """The speeches that have a paragraph with all bigrams of a folded text, ascending."""
        return sorted({number for number, _ in self.paragraphs_having(folded)})

    def paragraphs_having(self, folded: str) -> Iterator[tuple[int, Span]]:
        """Speeches and ranges of the paragraphs that have all bigrams of a folded text, or all its characters where it has none."""
        for place, paragraphs in enumerate(self._paragraphs_having(folded)):
            yield from self._ranges(place, paragraphs)

    def some_having(self, folded: str, choose: Callable[[int], Iterable[int]]) -> Iterator[tuple[int, Span]]:
        """The same of some of them; choose: gives their numbers for how many there are, each below that."""
        every = self._paragraphs_having(folded)
        ends = list(accumulate(map(len, every)))
        for number in choose(ends[-1] if ends else 0):
            place = bisect_right(ends, number)
            at = number - ends[place] + len(every[place])
            yield from self._ranges(place, every[place][at : at + 1])

    def _paragraphs_having(self, folded: str) -> list[Ints]:
        """By segment."""
        every = [term.text for term in grams(folded)]
        terms = [term for term in every if term[0] == "b"] or every
        return [_having(segment, terms) for segment in self._collection.segments]

    def _ranges(self, place: int, paragraphs: Ints) -> Iterator[tuple[int, Span]]:
        """Of paragraphs of a segment, without those of speeches that were removed."""
        segment = self._collection.segments[place]
        first, last = segment.lists.first[paragraphs], segment.lists.first[paragraphs + 1] - 1
        columns, numbers = segment.columns, self._directory.of_segment[place]
        for speech, start, end in zip(
            columns["passages.speech"][first].tolist(),
            columns["passages.start"][first].tolist(),
            columns["passages.end"][last].tolist(),
            strict=True,
        ):
            if speech not in segment.removed:
                yield numbers[speech], Span(start, end)

    def letters_of(self, index: int) -> tuple[int, int]:  # noqa: ARG002
        """None, for none are held: what speeches share is not told of a large collection."""
        return 0, 0

    def _speeches(self, wording: str) -> list[int]:
        return sorted({*self.speeches_having(fold_question(wording)), *self.resembling(wording)})

    def _places(self, number: int, asked: str, marks: tuple[str, str]) -> Iterator[Occurrence]:
        """All places in one speech."""
        file, inside = self._directory.range_of(number)
        text = self.corpus.texts[file]
        taken = letters(text[inside.start : inside.end])
        at = taken.text.find(asked)
        while at >= 0:
            back = taken.back(at, at + len(asked))
            first, last = back.start + inside.start, back.end + inside.start
            before, after = marks
            span = Span(
                first - agreeing(before[::-1], text[max(inside.start, first - AROUND) : first][::-1]),
                last + agreeing(after, text[last : min(inside.end, last + AROUND)]),
            )
            yield Occurrence(number, file, span, self._directory.in_heading(number, span))
            at = taken.text.find(asked, at + len(asked))


def _having(segment: Segment, terms: Iterable[str]) -> Ints:
    """The paragraphs that have all of the terms, ascending; none for no terms."""
    columns = [segment.vocabulary.get(term) for term in dict.fromkeys(terms)]
    if not columns or None in columns:
        return np.zeros(0, np.int32)
    offsets, documents = segment.lists.offsets, segment.lists.documents
    lists = sorted((documents[offsets[column] : offsets[column + 1]] for column in columns if column is not None), key=len)
    found = lists[0]
    for other in lists[1:]:
        place = np.minimum(np.searchsorted(other, found), len(other) - 1)
        found = found[other[place] == found] if len(other) else found[:0]
    return found


def exact_text_of(corpus: Corpus) -> ExactText:
    """What looks wordings up in a corpus; in a large one without holding its letters."""
    if isinstance(corpus, CorpusOnDisk) and corpus.directory.characters > WHOLE:
        return ExactOnDisk(corpus, CollectionIndex(corpus.directory.segments))
    return ExactText(corpus)


class ExactOnDisk(ExactText):
    """All literal questions about a large collection."""

    def __init__(self, corpus: CorpusOnDisk, collection: CollectionIndex) -> None:
        self.concordance = self._found_in = ConcordanceOnDisk(corpus, collection)
        self._corpus = corpus
        self._anywhere = lru_cache(maxsize=KEPT)(self._found)

    def _found(self, wording: str, within: Within = ()) -> Lookup:
        places = self.concordance.find(wording, within)
        elsewhere = self.concordance.find(wording) if within and not places else ()
        return Lookup(wording, places, elsewhere, None if places or elsewhere else self._closest(wording))

    def _closest(self, wording: str) -> Original | None:
        """The closest original in the speeches that resemble the wording most."""
        numbers = sorted(self._found_in.resembling(wording))
        if not numbers:
            return None
        speeches = [self._corpus.speech(number) for number in numbers]
        texts = {one.speech.file: self._corpus.texts[one.speech.file] for one in speeches}
        return Originals(Concordance(corpus_of(speeches, texts, ""))).closest(wording)
