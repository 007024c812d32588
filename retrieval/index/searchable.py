"""What a corpus is searched by, however it came about: built, or opened from a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from retrieval.index.classifier import NO_CLASSIFIER, PassageClassifier
from retrieval.index.likeness import QuestionBank
from retrieval.index.postings import Postings
from retrieval.index.search import Index
from retrieval.terms.looked_up import NumberOf

T = TypeVar("T")


class Frequencies(NumberOf):
    """Term → number of documents that have it, those of none left out; of several postings the largest."""

    def __init__(self, *of: Postings) -> None:
        self._of = [(postings.vocabulary, postings.offsets.data) for postings in of]

    def _number(self, term: str) -> int | None:
        most: int = 0
        for vocabulary, offsets in self._of:
            column = vocabulary.get(term)
            if column is not None:
                most = max(most, offsets[column + 1] - offsets[column])
        return most or None

    def __iter__(self) -> Iterator[str]:
        for number, (vocabulary, offsets) in enumerate(self._of):
            before = [earlier for earlier, _ in self._of[:number]]
            for column, term in enumerate(vocabulary):
                if offsets[column + 1] > offsets[column] and not any(term in earlier for earlier in before):
                    yield term

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Searchable:
    """What a corpus is searched by. known: terms with their number of passages. said: the folded words of every passage.

    subject: words (w…) of what the speeches are about. asked: words that people ask of them. classifier: of passages with asks.
    """

    index: Index
    bank: QuestionBank
    known: Mapping[str, int]
    subject: frozenset[str]
    asked: frozenset[str]
    said: Sequence[str]
    classifier: PassageClassifier = NO_CLASSIFIER
