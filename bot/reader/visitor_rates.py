"""How fast one visitor may ask for pages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

BURST = 120  # pages at once, chosen: somebody who opens every place of a word in a tab of its own
A_SECOND = 4.0  # pages a second after that, chosen: faster than anybody reads
VISITORS = 10_000  # remembered at once, chosen: about 2 MB


class VisitorRates:
    """A bucket of permits for each visitor, which fills again with time; the visitor seen longest ago is forgotten first."""

    def __init__(self, clock: Callable[[], float], burst: int = BURST, a_second: float = A_SECOND) -> None:
        self._clock, self._burst, self._a_second = clock, burst, a_second
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def admits(self, visitor: str) -> bool:
        """Whether this visitor may have one more page now.

        >>> rates = VisitorRates(lambda: 0.0, burst=2)
        >>> [rates.admits("a"), rates.admits("a"), rates.admits("a"), rates.admits("b")]
        [True, True, False, True]
        """
        now = self._clock()
        left, before = self._left.pop(visitor, (float(self._burst), now))
        left = min(self._burst, left + (now - before) * self._a_second)
        admitted = left >= 1
        self._left[visitor] = (left - admitted, now)
        if len(self._left) > VISITORS:
            self._left.popitem(last=False)
        return admitted
