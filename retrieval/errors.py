"""What can go wrong, with the evidence.

RetrievalError
├── CorpusError         the speeches or their description are at fault; lists every problem
├── IndexUnavailable    what keeps a large collection cannot be asked now; says what and why
└── UnknownReference    no such speech or part; carries the choices that exist
"""

from __future__ import annotations

from collections.abc import Sequence


class RetrievalError(Exception):
    """Root of this package's errors."""


class CorpusError(RetrievalError):
    """The user's data is at fault. `problems` has one line each: place, value, expectation, remedy."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class IndexUnavailable(RetrievalError):
    """`where` (a folder, an address) keeps a collection and cannot be asked now; `why` in a few words."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


class UnknownReference(RetrievalError):
    """`reference` names nothing; `choices` are the references that exist at the deepest place that matched."""

    def __init__(self, reference: str, choices: Sequence[str]) -> None:
        super().__init__(reference)
        self.reference = reference
        self.choices = tuple(choices)
