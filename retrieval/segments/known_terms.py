"""What a collection knows of terms and says in passages, looked up and not held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from retrieval.segments.collection_index import CollectionIndex
from retrieval.segments.corpus_on_disk import SpeechDirectory
from retrieval.terms.fold import fold_question
from retrieval.terms.looked_up import LookedUp, NumberOf

T = TypeVar("T")


class KnownTerms(NumberOf):
    """Term → number of passages that have it."""

    def __init__(self, collection: CollectionIndex) -> None:
        self._collection = collection

    def _number(self, term: str) -> int | None:
        return self._collection.often("own", term) or None

    def __iter__(self) -> Iterator[str]:
        every = dict.fromkeys(term for segment in self._collection.segments for term in segment.vocabulary)
        return (term for term in every if term in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class SaidOnDisk(LookedUp[str]):
    """The folded words of every passage."""

    def __init__(self, directory: SpeechDirectory) -> None:
        self._directory = directory

    def __len__(self) -> int:
        return self._directory.first_passages[-1]

    def _at(self, number: int) -> str:
        at, place = self._directory.segment_of(number)
        segment = self._directory.segments[at]
        file = segment.columns["speeches.file"][segment.columns["passages.speech"][place]]
        return fold_question(
            segment.text(int(file), int(segment.columns["passages.start"][place]), int(segment.columns["passages.end"][place]))
        )


class NothingSaid(LookedUp[str]):
    """ "" for every passage."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __len__(self) -> int:
        return self._size

    def _at(self, _number: int) -> str:
        return ""
