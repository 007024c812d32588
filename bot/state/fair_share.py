"""How the processes of one bot divide Telegram's overall limit, so that together they never exceed it.

Each has a share that the others can read. It grows only by what nobody has, and what a process gives up it has
stopped using before it says so; the sum is at most one at any moment, whoever is late. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 0.07  # of the limit: who is idle can send two messages of thirty at once


def fair_shares(needs: Sequence[float]) -> list[float]:
    """The limit by max-min fairness: nobody gets less than anybody who needs less; what is left over is for all.

    >>> fair_shares([0.2, 0.9]), fair_shares([0.5, 0.9, 0.9]), fair_shares([0.0, 0.0])
    ([0.2, 0.8], [0.33, 0.33, 0.33], [0.5, 0.5])
    """
    least = min(LEAST, 0.5 / max(1, len(needs)))
    wanted = [min(1.0, max(least, need)) for need in needs]
    shares, left = [0.0] * len(wanted), 1.0
    for place, index in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        shares[index] = min(wanted[index], left / (len(wanted) - place))
        left -= shares[index]
    return [_rounded_down(share + left / len(wanted)) for share in shares]


def next_share(mine: float, others: float, fair: float, unused_above: float) -> tuple[float, float]:
    """What to use from now on, and what to say: both at most what is free.

    mine: what was said last. others: the sum of what they say. unused_above: what has been enough for long enough.

    >>> next_share(0.5, 0.5, 0.8, 1.0), next_share(0.5, 0.2, 0.8, 1.0)  # more, when it is free
    ((0.5, 0.5), (0.8, 0.8))
    >>> next_share(1.0, 0.0, 0.5, 1.0), next_share(1.0, 0.0, 0.5, 0.5)  # less, first used and then said
    ((0.5, 1.0), (0.5, 0.5))
    """
    if fair < mine:
        return fair, min(mine, max(fair, unused_above))
    free = max(0.0, _rounded_down(1.0 - others - mine))
    share = min(fair, mine + free)
    return share, share


def _rounded_down(share: float) -> float:
    return int(share * 100) / 100
