"""Every place where a wording stands in the speeches, whatever blanks and marks lie between its letters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from retrieval.exact.letters import Letters, letters
from retrieval.speeches.blanks import BLANK
from retrieval.speeches.corpus import Corpus, Numbered
from retrieval.speeches.tree import Span
from retrieval.terms.fold import fold

APART = "\n"  # between speeches: it is no letter, so that no wording runs from one speech into the next
BORDERS = "，。；：！？、,;:!?…—\n\r\u2028\u2029"  # what separates clauses
WORD = 4  # letters up to which a wording without marks is a word, chosen: 党委政府
AROUND = 8  # marks looked at before and after a place: ……”） has five

Within = Sequence[tuple[int, Span]]  # speeches by number with a range of their file each; () is everything


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place of a wording: a range of a file of one speech. heading: all of it is in a title or heading."""

    speech: int
    file: str
    span: Span
    heading: bool = False


class Concordance:
    """The letters of all speeches in one string, built once; 16 bytes a letter."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        taken = [_letters_of(corpus, numbered) for numbered in corpus.speeches]
        self.text = APART.join(part.text for part in taken)
        apart = np.array([-1], np.int32)
        pieces = [piece for part in taken for piece in (part.origin, apart)]
        self._origin = np.concatenate(pieces[:-1]) if pieces else np.empty(0, np.int32)
        lengths = [len(part.text) + len(APART) for part in taken]
        self._starts = [0, *np.cumsum(lengths).tolist()]

    def find(self, wording: str, within: Within = ()) -> tuple[Occurrence, ...]:
        """All places of a wording that do not overlap, in the order of the speeches; () for a wording without letters.

        A place has the marks at both ends of the wording too, where the speech has the same: `劳动创造未来。` is found with its stop.
        """
        asked = letters(wording).text
        marks = marks_around(wording)
        a_word = len(asked) <= WORD and wording.strip().isalnum()
        places = (at for at in self._positions(asked) if not (a_word and self._is_split(at, len(asked))))
        found = (self.occurrence(at, at + len(asked), marks) for at in places)
        return tuple(place for place in found if not within or _inside(place, within))

    def _is_split(self, at: int, size: int) -> bool:
        """Whether a mark takes the first or last letter from the others: no 中心 stands in 中，心; 党委政府 does in 党委、政府."""
        text = self.corpus.texts[self.corpus.speeches[self.index_of(at)].speech.file]
        borders = {at, at + size - 2} if size > 1 else set[int]()
        return any(text[int(self._origin[n]) + 1 : int(self._origin[n + 1])].strip() for n in borders)

    def _positions(self, asked: str) -> Iterator[int]:
        at = self.text.find(asked) if asked else -1
        while at >= 0:
            yield at
            at = self.text.find(asked, at + len(asked))

    def occurrence(self, start: int, end: int, marks: tuple[str, str] = ("", "")) -> Occurrence:
        """The place of the letters [start, end), which are of one speech, with those marks before and after it that the speech has too."""
        numbered = self.corpus.speeches[self.index_of(start)]
        text = self.corpus.texts[numbered.speech.file]
        first, last = int(self._origin[start]), int(self._origin[end - 1]) + 1
        inside = numbered.speech.span
        before, after = marks
        span = Span(
            first - agreeing(before[::-1], text[max(inside.start, first - AROUND) : first][::-1]),
            last + agreeing(after, text[last : min(inside.end, last + AROUND)]),
        )
        return Occurrence(numbered.number, numbered.speech.file, span, self._in_heading(numbered.number, span))

    def index_of(self, position: int) -> int:
        """The index in `corpus.speeches` of the speech that holds a letter."""
        return bisect_right(self._starts, position) - 1

    def bounds(self, position: int) -> tuple[int, int]:
        """The first letter of the speech that holds a letter, and the one after its last."""
        return self.letters_of(self.index_of(position))

    def letters_of(self, index: int) -> tuple[int, int]:
        """The first letter of a speech of `corpus.speeches`, and the one after its last."""
        return self._starts[index], self._starts[index + 1] - len(APART)

    @cached_property
    def borders(self) -> npt.NDArray[np.int64]:
        """The letters that begin a clause, ascending; one past the last letter ends the list."""
        begins = np.ones(len(self.text) + 1, bool)
        for index, numbered in enumerate(self.corpus.speeches):
            start, end = self._starts[index], self._starts[index + 1] - len(APART)
            text = self.corpus.text(numbered.speech.file, numbered.speech.span)
            marks = np.cumsum(np.isin(_codes(text), _codes(BORDERS)))
            before = marks[self._origin[start:end] - numbered.speech.span.start]
            begins[start + 1 : end] = before[1:] != before[:-1]
        return np.flatnonzero(begins)

    def _in_heading(self, speech: int, span: Span) -> bool:
        starts, ends = self._headings[speech]
        at = bisect_right(starts, span.start) - 1
        return at >= 0 and span.end <= ends[at]

    @cached_property
    def _headings(self) -> dict[int, tuple[list[int], list[int]]]:
        """By speech: where titles and headings begin, and where they end."""
        found = {}
        for numbered in self.corpus.speeches:
            spans = [leaf.span for leaf in numbered.speech.leaves() if leaf.kind in ("title", "heading")]
            found[numbered.number] = ([span.start for span in spans], [span.end for span in spans])
        return found


def by_speech(corpus: Corpus, places: Iterable[Occurrence]) -> dict[int, int]:
    """How many of the places each speech has, by number; those without any have 0."""
    counts = {numbered.number: 0 for numbered in corpus.speeches}
    for place in places:
        counts[place.speech] += 1
    return counts


def lengths(corpus: Corpus) -> dict[int, int]:
    """How many characters each speech has, punctuation too but no blanks, by number."""
    return {numbered.number: length_of(corpus, numbered) for numbered in corpus.speeches}


def extremes(corpus: Corpus) -> tuple[int, int]:
    """The numbers of the longest and of the shortest speech."""
    found = lengths(corpus)
    return max(found, key=lambda number: found[number]), min(found, key=lambda number: found[number])


def length_of(corpus: Corpus, numbered: Numbered) -> int:
    """How many characters a speech has, punctuation too but no blanks."""
    text = corpus.text(numbered.speech.file, numbered.speech.span)
    return len(text) - len(BLANK.findall(text))


def _letters_of(corpus: Corpus, numbered: Numbered) -> Letters:
    """The letters of one speech, with places in its file."""
    taken = letters(corpus.text(numbered.speech.file, numbered.speech.span))
    return Letters(taken.text, taken.origin + np.int32(numbered.speech.span.start))


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _inside(place: Occurrence, within: Within) -> bool:
    return any(number == place.speech and span.covers(place.span) for number, span in within)


def marks_around(wording: str) -> tuple[str, str]:
    """What of a wording stands before its first letter and after its last, without blanks."""
    asked = letters(wording)
    if not asked.text:
        return "", ""
    inner = asked.back(0, len(asked.text))
    return wording[: inner.start].strip(), wording[inner.end :].strip()


def agreeing(marks: str, text: str) -> int:
    """How many characters of a text are the marks, as many of these as agree; blanks between them pass.

    >>> agreeing("。”", "。 ”好"), agreeing("！", "。"), agreeing("!", "！")
    (3, 0, 1)
    """
    agreed = position = 0
    for mark in marks:
        while position < len(text) and BLANK.match(text[position]):
            position += 1
        if position == len(text) or fold(mark).text != fold(text[position]).text:
            break
        position += 1
        agreed = position
    return agreed
