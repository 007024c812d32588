"""Where a quote begins and ends: whole sentences; of a sentence too long to read, clauses that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.speeches.lines import sentences
from retrieval.speeches.tree import Span

COMFORTABLE = 100  # characters that are read at once on a phone; beyond it a whole sentence is better than its half up to WHOLE
WHOLE = 130  # a sentence so long is shown whole; of the 46 sentences over 90 characters of the six speeches 12 are longer
SEMICOLON, COMMA, DANGLING = 12.0, 60.0, 110.0  # what a begin or an end costs there, in characters beyond COMFORTABLE; none at a sentence's
LOST = 3.0  # what a character of the passage costs that is left out
ADDED = 0.4  # what a character costs that is not of the passage
_PART = re.compile(r"[；;：:][”’」』）)]*")  # ；|二是  ：”|他  ✗，
_CLAUSE = re.compile(r"[，,][”’」』）)]*")  # ，|劳动  ，”|他  ✗；
_OPENED = re.compile(r"“[^“”]*”|‘[^‘’]*’|（[^（）]*）|《[^《》]*》")  # “关键一招”|，  ‘一’  （二）  《分工方案》  ✗“关键
# How a clause begins that hangs on the one before.
_HANGS = re.compile(
    r"[是有对为在把将使让给以并而且但也又还都就才与和及或更则其这那它]|特别是|因此|所以|从而|他们"
)  # 是|有效  特别是|你们  ✗时代
# A clause that leads into the next.
_UNFINISHED = re.compile(
    r"(?:[要以是为在对把和与及当]|通过|按照|根据|作为|随着|虽然|不仅|只有|如果|无论|因为)[^，]{0,30}，$"
)  # 为了明天，  ✗创造未来，

_LEADS_ON = re.compile(r"[:：][”’」』）)]*$")  # 指出|：|  ✗作用；
# A list that is led into, of which no second item is there.
_BEGUN = re.compile(r".[，：]一(?:是|要)(?!.*[，；。]二(?:是|要))", re.DOTALL)  # 我今天|来，一是|来看望大家；  ✗一是来看望大家；
_SECOND = re.compile(r"\s*二(?:是|要)")  # 二是|提几点希望  ✗三是


def cut(text: str, around: Span, passage: Span) -> Span:
    """The range to show of `around` (a leaf, or what surrounds the passage) for a passage inside it.

    Begins and ends of sentences are free, those of parts and clauses cost, as do characters left out, added, and beyond COMFORTABLE.
    """
    found = list(sentences(text, around))
    inside = [s for s in found if s.start < passage.end and passage.start < s.end] or [passage]
    first, last = inside[0], inside[-1]
    starts = dict(_starts(text, first, passage.start)) | {s.start: 0.0 for s in inside[1:]}
    ends = dict(_ends(text, last, passage.end)) | {s.end: 0.0 for s in inside[:-1]}
    one = len(inside) == 1

    def cost(span: Span) -> float:
        length = span.end - span.start
        shared = max(0, min(span.end, passage.end) - max(span.start, passage.start))
        comfortable = WHOLE if one and span == first else COMFORTABLE
        lost, added = passage.end - passage.start - shared, length - shared
        return starts[span.start] + ends[span.end] + max(0, length - comfortable) + LOST * lost + ADDED * added

    choices = [Span(a, b) for a in starts for b in ends if a < b]
    return min(choices, key=lambda span: (cost(span), span))


def whole_parts(text: str, around: Span, span: Span) -> Span:
    """A range widened to the parts that it lies in: what is between two semicolons, or between one and the border of the sentence."""
    found = [s for s in sentences(text, around) if s.start < span.end and span.start < s.end]
    borders = [place for s in found for place in (s.start, *(at for at, price in _borders(text, s) if price == SEMICOLON), s.end)]
    start = max((place for place in borders if place <= span.start), default=span.start)
    return Span(start, min((place for place in borders if place >= span.end), default=span.end))


def _starts(text: str, sentence: Span, at: int) -> Iterator[tuple[int, float]]:
    """Where a quote may begin in its first sentence, with the cost: not after what the passage begins with."""
    yield sentence.start, 0.0
    for place, price in _borders(text, sentence):
        if place <= at:
            hangs = price == COMMA and (_HANGS.match(text, place) or _UNFINISHED.search(text, sentence.start, place))
            yield place, DANGLING if hangs or _in_parallel(text, sentence, place) else price
    if not any(place == at for place, _ in _borders(text, sentence)) and at > sentence.start:
        yield at, DANGLING


def _ends(text: str, sentence: Span, at: int) -> Iterator[tuple[int, float]]:
    """Where a quote may end in its last sentence, with the cost: not before what the passage ends with."""
    yield sentence.end, 0.0
    for place, price in _borders(text, sentence):
        if place >= at:
            begun = _SECOND.match(text, place) and _BEGUN.search(text, sentence.start, place)
            unfinished = begun or _LEADS_ON.search(text, sentence.start, place) or _in_parallel(text, sentence, place)
            yield place, DANGLING if unfinished else price
    if not any(place == at for place, _ in _borders(text, sentence)) and at < sentence.end:
        yield at, DANGLING


def _in_parallel(text: str, sentence: Span, place: int) -> bool:
    """Whether the clauses before and behind a place begin alike: 倍加珍视团结，|倍加珍视稳定."""
    before = max((m.end() for m in _CLAUSE.finditer(text, sentence.start, place - 1)), default=sentence.start)
    alike = text[before : before + ALIKE]
    return alike.isalnum() and text.startswith(alike, place)


ALIKE = 2  # characters that clauses said in parallel begin with, chosen


def _borders(text: str, sentence: Span) -> list[tuple[int, float]]:
    """Ends of parts and clauses inside a sentence that lie in no quotation or bracket."""
    closed = [m.span() for m in _OPENED.finditer(text, *sentence)]
    found = [(m.end(), price) for pattern, price in ((_PART, SEMICOLON), (_CLAUSE, COMMA)) for m in pattern.finditer(text, *sentence)]
    return [(place, price) for place, price in found if place < sentence.end and not any(a < place < b for a, b in closed)]
