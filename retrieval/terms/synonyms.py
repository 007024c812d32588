"""Everyday ↔ official words: groups, and what a word of a question may also stand as in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.terms.fold import fold_question

LONGEST = 8


@dataclass(frozen=True, slots=True)
class Group:
    """Words of one meaning on the two sides."""

    everyday: tuple[str, ...]
    official: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Word → words of the other side of its groups."""

    others: dict[str, tuple[str, ...]]

    def expand(self, folded: str) -> list[tuple[str, str]]:
        """(word in the text, word it may stand for), words found left to right, the longest at each place."""
        found = []
        start = 0
        while self.others and start < len(folded):
            for end in range(min(len(folded), start + LONGEST), start + 1, -1):
                word = folded[start:end]
                if word in self.others:
                    found += [(word, other) for other in self.others[word]]
                    start = end - 1
                    break
            start += 1
        return found


def thesaurus(groups: Sequence[Group]) -> Thesaurus:
    """The lookup both ways."""
    others: dict[str, dict[str, None]] = defaultdict(dict)
    for group in groups:
        for side, other in ((group.everyday, group.official), (group.official, group.everyday)):
            for word in map(fold_question, side):
                others[word].update(dict.fromkeys(map(fold_question, other)))
    return Thesaurus({word: tuple(o) for word, o in others.items() if len(word) > 1})
