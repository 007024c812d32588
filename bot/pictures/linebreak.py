"""Cells → lines: Chinese line breaking with all lines weighed together.

No line begins with a closing mark nor ends with an opening one, the dash —— and western words stay whole;
among the ways left, the one with the most even lines and the most sensible breaks wins (dynamic programming
over all breaks, as in Knuth and Plass, "Breaking Paragraphs into Lines", 1981). Widths are in ems.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

from bot.pictures.cells import BESIDE_LATIN, Cell

Alignment = Literal["ragged", "justified"]

_STOPS = "。！？；：，!?;:,”’"  # a break here is where a reader would breathe
_LOOSE = "、）》的了着"  # a break behind these seldom cuts a word
_LEADING = "是在和与及对把将以就也都从向被既"  # words that belong to what follows: a break before them, not behind
_BOUND = "的了着们地得"  # a break before these leaves a suffix without its word
_ORDINAL = "第"

# What a break costs, in squared shares of the measure: 0.04 is a line a fifth shorter than its neighbours.
# Chosen by eye on cards of thirty sentences of the six speeches.
_BREAK_AT_STOP, _BREAK_LOOSE, _BREAK_AT_WORD, _BREAK_ANYWHERE, _BREAK_INSIDE_WORD = 0.0, 0.02, 0.07, 0.12, 0.25
_JUSTIFIED_BREAKS = 0.03  # by eye: in a block with straight edges evenness counts, where it breaks hardly
_SHORT_LAST = 0.25  # by eye: share of the measure below which the last line of a block looks lost
_SHORT_LAST_COST = 0.2  # five times 0.04: rather five lines a fifth shorter than a lost one


@dataclass(frozen=True, slots=True)
class Broken:
    """Lines of cells without blanks at their ends; `cost` is what the breaker minimised, per line."""

    lines: tuple[tuple[Cell, ...], ...]
    cost: float


def break_lines(cells: Sequence[Cell], measure: float, alignment: Alignment = "ragged", words: Sequence[str] = ()) -> Broken:
    """The best lines, none wider than `measure` ems as `width_of` measures it.

    words: the same text cut into words, which then stay whole where that costs little. A run of marks that
    has no lawful break and is wider than the measure is cut anyhow. Every cell must itself fit the measure.
    """
    if not cells:
        return Broken((), 0.0)
    widths = _Widths(cells)
    breaks = _breaks(cells, widths, measure)
    target = measure if alignment == "justified" else _even_width(widths, breaks, measure)
    break_costs = _break_costs(cells, breaks, words)
    return _best(widths, breaks, break_costs, measure, target, alignment)


def width_of(line: Sequence[Cell]) -> float:
    """Width in ems of a line set with squeezed marks."""
    return _Widths(line).width(0, len(line)) if line else 0.0


def space_between(left: Cell, right: Cell) -> float:
    """Air (positive) or squeeze (negative) between two neighbours on a line, in ems."""
    if left.kind == "closing" and right.kind in ("closing", "opening"):
        return -left.trail
    if left.kind == "opening" and right.kind == "opening":
        return -right.lead
    if {left.kind, right.kind} == {"han", "latin"}:
        return BESIDE_LATIN
    return 0.0


class _Widths:
    """Widths of all stretches of cells by prefix sums."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.cells = cells
        self.between = [space_between(a, b) for a, b in pairwise(cells)] + [0.0]
        self.before = [0.0, *accumulate(c.width + gap for c, gap in zip(cells, self.between, strict=True))]

    def width(self, start: int, end: int) -> float:
        """Of the line `cells[start:end]`, blank of its outer marks taken away."""
        first, last = self.cells[start], self.cells[end - 1]
        inside = self.before[end] - self.before[start] - self.between[end - 1]
        return inside - first.lead - last.trail


def _breaks(cells: Sequence[Cell], widths: _Widths, measure: float) -> list[int]:
    """Indices where a line may begin, with both ends of the text."""
    lawful = [0, *(i for i in range(1, len(cells)) if _may_break(cells, i)), len(cells)]
    found = [0]
    for start, end in pairwise(lawful):
        if widths.width(start, end) > measure:
            found.extend(range(start + 1, end))
        found.append(end)
    return found


def _may_break(cells: Sequence[Cell], index: int) -> bool:
    """Whether a line may begin with `cells[index]`."""
    right = cells[index]
    left = cells[index - 1]
    if left.kind == "blank" and index > 1:
        left = cells[index - 2]
    return right.kind not in ("closing", "blank") and left.kind != "opening"


def _even_width(widths: _Widths, breaks: Sequence[int], measure: float) -> float:
    """Width of each line if as few lines as possible were equally long."""
    lines, start = 1, 0
    for position, end in enumerate(breaks[1:], 1):
        if widths.width(start, end) > measure:
            lines, start = lines + 1, breaks[position - 1]
    return widths.before[-1] / lines


def _best(
    widths: _Widths,
    breaks: Sequence[int],
    break_costs: Sequence[float],
    measure: float,
    target: float,
    alignment: Alignment,
) -> Broken:
    """Cheapest way through the breaks; `line_start[k]` is where the line that ends at break k begins."""
    cost = [0.0] + [float("inf")] * (len(breaks) - 1)
    line_start = [0] * len(breaks)
    final = len(breaks) - 1
    for end in range(1, len(breaks)):
        for start in range(end - 1, -1, -1):
            width = widths.width(breaks[start], breaks[end])
            if width > measure and start < end - 1:
                break
            price = cost[start] + _price(width / measure, target / measure, break_costs[end], alignment, end == final)
            if price < cost[end]:
                cost[end], line_start[end] = price, start
    return _trace(widths.cells, breaks, line_start, cost[-1])


def _price(width: float, target: float, break_cost: float, alignment: Alignment, final: bool) -> float:
    """Of one line; width and target in shares of the measure."""
    if alignment == "ragged":
        return (width - target) ** 2 + break_cost
    if final:
        return _SHORT_LAST_COST if width < _SHORT_LAST else 0.0
    return (width - target) ** 2 + _JUSTIFIED_BREAKS * break_cost


def _break_costs(cells: Sequence[Cell], breaks: Sequence[int], words: Sequence[str]) -> list[float]:
    """What ending a line at each break costs."""
    starts = list(accumulate((len(c.text) for c in cells), initial=0))
    edges = set(accumulate((len(w) for w in words), initial=0))
    known = starts[-1] in edges
    return [_break_cost(cells, i, starts[i] in edges if known else None) for i in breaks]


def _break_cost(cells: Sequence[Cell], index: int, word_begins: bool | None) -> float:
    """`word_begins`: whether a word does at `cells[index]`; None when the words are not known."""
    if index in (0, len(cells)):
        return _BREAK_AT_STOP
    left, right = cells[index - 1], cells[index]
    if left.text in _STOPS or left.kind == "blank":
        return _BREAK_AT_STOP
    number_and_unit = left.kind == "latin" and right.kind == "han"
    if right.text in _BOUND or left.text == _ORDINAL or word_begins is False or number_and_unit:
        return _BREAK_INSIDE_WORD
    if left.text in _LEADING:
        return _BREAK_ANYWHERE
    if left.text in _LOOSE or right.kind == "opening" or (word_begins and right.text in _LEADING):
        return _BREAK_LOOSE
    return _BREAK_AT_WORD if word_begins else _BREAK_ANYWHERE


def _trace(cells: Sequence[Cell], breaks: Sequence[int], line_start: Sequence[int], cost: float) -> Broken:
    lines: list[tuple[Cell, ...]] = []
    end = len(breaks) - 1
    while end:
        lines.append(_without_outer_blanks(cells[breaks[line_start[end]] : breaks[end]]))
        end = line_start[end]
    return Broken(tuple(line for line in reversed(lines) if line), cost / len(lines))


def _without_outer_blanks(line: Sequence[Cell]) -> tuple[Cell, ...]:
    start, end = 0, len(line)
    while start < end and line[start].kind == "blank":
        start += 1
    while end > start and line[end - 1].kind == "blank":
        end -= 1
    return tuple(line[start:end])
