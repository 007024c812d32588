"""Shuffle bag: everything once before anything twice. Pure; randomness comes in as a function."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def draw(pool: Sequence[str], shown: Sequence[str], choose: Callable[[Sequence[str]], str]) -> tuple[str, tuple[str, ...]]:
    """An item of `pool` that is not in `shown`, and what is shown by now; a new round when all were.

    The last item of a round is not the first of the next, unless there is no other. What is no longer in the
    pool is forgotten. `choose` picks one of the candidates. Raises ValueError for an empty pool.

    >>> draw(["a", "b"], ["a"], min)
    ('b', ('a', 'b'))
    >>> draw(["a", "b"], ["a", "b"], min)
    ('a', ('a',))
    """
    if not pool:
        raise ValueError("the pool is empty")
    still = set(pool)
    kept = tuple(item for item in shown if item in still)
    seen = set(kept)
    candidates = [item for item in pool if item not in seen]
    if not candidates:
        candidates = [item for item in pool if item != kept[-1]] or list(pool)
        kept = ()
    item = choose(candidates)
    return item, (*kept, item)
