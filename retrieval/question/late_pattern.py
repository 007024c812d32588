"""Patterns that are compiled when they are first used, and alternatives of which some are compiled once for all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property


class LatePattern:
    """Stands for `re.compile`: the patterns of references take 60 ms together, and a message without a reference needs none.

    >>> LatePattern("[0-9]+").match("第3篇", 1)[0]
    '3'
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def match(self, text: str, position: int = 0) -> re.Match[str] | None:
        """The match that begins at a position."""
        return self._compiled.match(text, position)

    def search(self, text: str, position: int = 0) -> re.Match[str] | None:
        """The first match from a position on."""
        return self._compiled.search(text, position)


@dataclass(frozen=True)
class FirstOf:
    """Stands for the alternation of patterns, in their order.

    >>> FirstOf((LatePattern("b"), LatePattern("a|bc"))).search("xbca")[0]
    'b'
    """

    patterns: Sequence[LatePattern]

    def match(self, text: str, position: int = 0) -> re.Match[str] | None:
        """The match of the first pattern that has one which begins at a position."""
        return next((found for pattern in self.patterns if (found := pattern.match(text, position))), None)

    def search(self, text: str, position: int = 0) -> re.Match[str] | None:
        """The match that begins first, of several that of the first pattern."""
        every = (found for pattern in self.patterns if (found := pattern.search(text, position)))
        return min(every, key=lambda found: found.start(), default=None)
