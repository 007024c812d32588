"""What a collection knows of terms and says in passages, looked up and not held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar, overload

from retrieval.segments.collection_index import CollectionIndex
from retrieval.segments.corpus_on_disk import SpeechDirectory
from retrieval.terms.fold import fold_question

T = TypeVar("T")


class KnownTerms(Mapping[str, int]):
    """Term → number of passages that have it."""

    def __init__(self, collection: CollectionIndex) -> None:
        self._collection = collection

    def __getitem__(self, term: str) -> int:
        often = self._collection.often("own", term)
        if not often:
            raise KeyError(term)
        return often

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and self._collection.often("own", term) > 0

    @overload
    def get(self, term: str, /) -> int | None: ...
    @overload
    def get(self, term: str, default: int, /) -> int: ...
    @overload
    def get(self, term: str, default: T, /) -> int | T: ...
    def get(self, term: str, default: T | None = None, /) -> int | T | None:
        return self._collection.often("own", term) or default

    def __iter__(self) -> Iterator[str]:
        every = dict.fromkeys(term for segment in self._collection.segments for term in segment.vocabulary)
        return (term for term in every if term in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class SaidOnDisk(Sequence[str]):
    """The folded words of every passage."""

    def __init__(self, directory: SpeechDirectory) -> None:
        self._directory = directory

    def __len__(self) -> int:
        return self._directory.first_passages[-1]

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return [self[i] for i in range(*number.indices(len(self)))]
        at, place = self._directory.segment_of(number)
        segment = self._directory.segments[at]
        file = segment.columns["speeches.file"][segment.columns["passages.speech"][place]]
        return fold_question(
            segment.text(int(file), int(segment.columns["passages.start"][place]), int(segment.columns["passages.end"][place]))
        )


class NothingSaid(Sequence[str]):
    """ "" for every passage."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return [self[i] for i in range(*number.indices(self._size))]
        if not 0 <= number < self._size:
            raise IndexError(number)
        return ""
