"""Numbers as charts need them: checked, written, put on a scale."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot.pictures.picture_error import Mismatch

MOST = 1e15  # larger amounts have no meaning here, and floats stay exact below
_WRITTEN_OUT = 1e6  # larger ones would not fit a cell and are written as 1.23e+09
_STEPS = (1, 2, 5, 10)  # of a scale, times a power of ten
_LEAST_SCALE = 1e-4  # below, steps would need more digits than there is room for
_MOST_DIGITS = 6  # after the point: what fits a cell


def check_length(what: str, found: int, expected: int) -> None:
    """Raise Mismatch unless as many values as labels were given."""
    if found != expected:
        raise Mismatch(what, f"{found} values", f"{expected}, one a label")


def check_amounts(what: str, values: Sequence[float], least: float = 0) -> None:
    """Raise Mismatch unless all values lie between `least` and 1e15, which NaN does not."""
    for value in values:
        if not least <= value <= MOST:
            raise Mismatch(what, f"{value:.20}" if isinstance(value, float) else "another number", f"{least:g} to {MOST:g}")


def number(value: float, digits: int) -> str:
    """The value with that many digits after the point, thousands apart; NaN is an en dash."""
    if math.isnan(value):
        return "–"
    return f"{value:,.{digits}f}" if abs(value) < _WRITTEN_OUT else f"{value:.3g}"


def digits_for(values: Sequence[float]) -> int:
    """Digits after the point: none for whole numbers, two significant ones up to 1, else one. NaN is passed over.

    >>> digits_for([3, 14]), digits_for([3, 1.5]), digits_for([0.4, 0.69]), digits_for([0.004])
    (0, 1, 2, 4)
    """
    known = [v for v in values if not math.isnan(v)]
    highest = max(map(abs, known), default=0)
    if all(v == int(v) for v in known):
        return 0
    return 1 if highest > 1 else min(_MOST_DIGITS, max(2, 1 - math.floor(math.log10(highest))))


def scale(highest: float, steps: int = 5) -> list[float]:
    """Round values from 0 to at least `highest`, about `steps` of them apart.

    >>> scale(37)
    [0.0, 10.0, 20.0, 30.0, 40.0]
    """
    if highest < _LEAST_SCALE:
        return [0.0, 1.0]
    rough = highest / steps
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s for s in _STEPS if s * power >= rough * 0.999) * power
    return [round(step * i, 10) for i in range(math.ceil(highest / step * 0.999) + 1)]
