"""The sentences of a large collection that can be shown alone, by the rule that small corpora have: looked for where somebody looks."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from retrieval.segments.corpus_on_disk import SpeechDirectory
from retrieval.segments.segment_writer import HEADING
from retrieval.speeches.browse import stands_alone
from retrieval.speeches.lines import sentences
from retrieval.speeches.tree import Span

SentencePlace = tuple[int, int, int]  # number of a speech, start and end in its file


class StandingAlone(Collection[SentencePlace]):
    """See the module. Iterating reads all texts."""

    def __init__(self, directory: SpeechDirectory) -> None:
        self._directory = directory

    def of_speech(self, number: int) -> list[SentencePlace]:
        """Those of one speech, in order."""
        return [place for passage in self._directory.passages_of(number) for place in self.beginning_in(passage)]

    def beginning_in(self, passage: int) -> list[SentencePlace]:
        """Those that begin in a passage; none in a heading, or where its speech was removed."""
        at, here = self._directory.segment_of(passage)
        segment = self._directory.segments[at]
        columns = segment.columns
        speech = int(columns["passages.speech"][here])
        if columns["passages.is"][here] & HEADING or speech in segment.removed:
            return []
        start, end, first, last = (int(columns[f"passages.{name}"][here]) for name in ("start", "end", "leaf_start", "leaf_end"))
        text = segment.text(int(columns["speeches.file"][speech]), first, last)
        spans = (span for span in sentences(text, Span(0, len(text))) if start <= span.start + first < end)
        number = self._directory.of_segment[at][speech]
        return [(number, a + first, b + first) for a, b in spans if stands_alone(text[a:b])]

    def inside(self, number: int, span: Span) -> list[SentencePlace]:
        """Those of a speech that lie in a range of its file."""
        passages, columns = self._directory.passages_of(number), self._directory.segments
        if not passages:
            return []
        at, first = self._directory.segment_of(passages.start)
        starts = columns[at].columns["passages.start"][first : first + len(passages)]
        low, high = max(int(np.searchsorted(starts, span.start, "right")) - 1, 0), int(np.searchsorted(starts, span.end))
        found = (place for passage in passages[low:high] for place in self.beginning_in(passage))
        return [place for place in found if span.covers(Span(*place[1:]))]

    def __contains__(self, place: object) -> bool:
        if not (isinstance(place, tuple) and len(place) == len(("speech", "start", "end"))):
            return False
        number, start, end = place
        return number in self._directory.by_number and place in self.inside(number, Span(start, end))

    def __iter__(self) -> Iterator[SentencePlace]:
        return (place for one in self._directory.kept for place in self.of_speech(one.number))

    def __len__(self) -> int:
        return sum(1 for _ in self)
