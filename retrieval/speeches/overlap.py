"""Runs of words that two texts share, whatever signs stand between."""

from __future__ import annotations

from difflib import SequenceMatcher

from retrieval.speeches.tree import Span

SHORTEST = 9  # letters; from here on the shared passages of the speeches are borrowed wording, not chance


def shared_runs(one: str, other: str, offset: int = 0) -> tuple[Span, ...]:
    """Ranges of `other`, shifted by `offset`, whose letters also stand in `one`, in order, SHORTEST or longer.

    >>> shared_runs("爱岗敬业、争创一流、艰苦奋斗", "要爱岗敬业，争创一流，艰苦奋斗。")
    (Span(start=1, end=15),)
    """
    ours, _ = _letters(one)
    theirs, places = _letters(other)
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return tuple(Span(offset + places[b.b], offset + places[b.b + b.size - 1] + 1) for b in blocks if b.size >= SHORTEST)


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text, and where they stand."""
    places = [i for i, sign in enumerate(text) if sign.isalnum()]
    return "".join(text[i] for i in places), places
