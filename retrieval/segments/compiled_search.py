"""The search of one segment, compiled by numba where it is installed (the extra `large`): MaxScore term at a time, then exact scores.

1. Lists are read from the heaviest term on, until what is left cannot lift a paragraph among the best. How good these are at the least is
   known from scoring those that lead, whenever there are GROWN times as many; each is scored once, and done.
2. Of the lists that are left only the paragraphs that can still be among the best are looked up.
3. Paragraphs by their bounds, best first, are scored passage by passage, until no bound reaches the k-th score.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from retrieval.segments.compiler_pages import CompilerPages
from retrieval.segments.compiling import IS_COMPILED, Array, compiled
from retrieval.segments.search_arrays import AskedTerms, Searched

# Numbers are written np.int64(0): of a 0 numba compiles a version of its own of every function that is given it.
PASSAGES = 3  # of a paragraph: as many paragraphs as that divides k into are scored to learn what the k-th passage reaches; tried 2-4
LONG = 8  # times the paragraphs that are left: a list so long is leapt through; tried 0-16
GROWN = 8  # times as many paragraphs, until that is learned anew; tried 2-16
HIDDEN = np.float32(-1e30)  # the bound of a paragraph that is not to be found, or was: no sum of weights lifts it above 0


@compiled
def _added(lists: Searched, start: int, end: int, weight: float, totals: Array, touched: Array, count: int) -> int:
    """Adds a list; the number of paragraphs touched so far."""
    for place in range(start, end):
        document = lists.documents[place]
        total = totals[document]
        if total == 0:
            touched[count] = document
            count += 1
        totals[document] = total + weight * lists.codes[place]
    return count


@compiled
def _kept(totals: Array, touched: Array, count: int, least: float) -> int:
    """Drops the paragraphs below; the number of the others."""
    kept = 0
    for i in range(count):
        document = touched[i]
        if totals[document] >= least:
            touched[kept] = document
            kept += 1
        else:
            totals[document] = 0
    return kept


@compiled
def _without_hidden(totals: Array, touched: Array, count: int) -> int:
    """Takes out the paragraphs that are done; the number of the others."""
    kept = 0
    for i in range(count):
        if totals[touched[i]] > 0:
            touched[kept] = touched[i]
            kept += 1
    return kept


@compiled
def _looked_up(lists: Searched, start: int, end: int, weight: float, totals: Array, touched: Array, count: int) -> None:
    """Adds what a list has of the paragraphs touched, which ascend: where it is LONG, by leaps that double from one to the next."""
    if end - start < LONG * count:
        for place in range(start, end):
            total = totals[lists.documents[place]]
            if total > 0:
                totals[lists.documents[place]] = total + weight * lists.codes[place]
        return
    place = start
    for i in range(count):
        document = touched[i]
        leap = 1
        while place + leap < end and lists.documents[place + leap] < document:
            leap *= 2
        low, high = place + leap // 2, min(place + leap, end)
        while low < high:
            middle = (low + high) // 2
            if lists.documents[middle] < document:
                low = middle + 1
            else:
                high = middle
        place = low
        if place >= end:
            return
        if lists.documents[place] == document:
            totals[document] += weight * lists.codes[place]


@compiled
def _row_score(offsets: Array, packed: Array, lengths: Array, text: int, asked: AskedTerms, field: int) -> Any:
    """What a field's text adds to a score."""
    found, k1, b = 0.0, asked.saturation[field, 0], asked.saturation[field, 1]
    for place in range(offsets[text], offsets[text + 1]):
        number = asked.places[packed[place] >> 8]
        if number:
            kind, times = asked.kinds[number - 1], packed[place] & 255
            penalty = k1 * (1 - b + b * lengths[3 * text + kind] / asked.averages[field, kind])
            found += asked.weights[number - 1] * times * (k1 + 1) / (times + penalty)
    return found * asked.saturation[field, 2]


@compiled
def _sunk(scores: Array, passages: Array, size: int, at: int) -> None:
    """Restores a heap whose least is on top, after a change at a place."""
    while True:
        child = 2 * at + 1
        if child >= size:
            return
        if child + 1 < size and scores[child + 1] < scores[child]:
            child += 1
        if scores[at] <= scores[child]:
            return
        scores[at], scores[child] = scores[child], scores[at]
        passages[at], passages[child] = passages[child], passages[at]
        at = child


@compiled
def _entered(scores: Array, passages: Array, size: int, k: int, score: float, passage: int) -> int:
    """Puts a passage, or a paragraph, on the heap of the k best; the heap's size."""
    if size < k:
        scores[size], passages[size] = score, passage
        size += 1
        if size == k:
            for at in range(k // 2, -1, -1):
                _sunk(scores, passages, k, at)
    elif score > scores[0]:
        scores[0], passages[0] = score, passage
        _sunk(scores, passages, k, np.int64(0))
    return size


@compiled
def _scored(lists: Searched, asked: AskedTerms, paragraph: int, scores: Array, passages: Array, size: int, k: int) -> int:
    """Puts the passages of a paragraph that are asked on the heap; the heap's size."""
    begin = lists.first[paragraph]
    shared = _row_score(lists.paragraph_offsets, lists.paragraph_packed, lists.paragraph_lengths, paragraph, asked, np.int64(0))
    shared += _row_score(lists.own_offsets, lists.own_packed, lists.own_lengths, begin, asked, np.int64(1))
    heading, headed = -1, 0.0
    for passage in range(begin, lists.first[paragraph + 1]):
        if lists.headed[passage] != heading:
            heading = lists.headed[passage]
            headed = _row_score(lists.heading_offsets, lists.heading_packed, lists.heading_lengths, heading, asked, np.int64(3))
        if asked.first <= passage < asked.last and (asked.part == 0 or lists.what[passage] & asked.part):
            own = _row_score(lists.own_offsets, lists.own_packed, lists.own_lengths, passage, asked, np.int64(2))
            size = _entered(scores, passages, size, k, shared + own + headed, passage)
    return size


@compiled
def _led(
    lists: Searched,
    asked: AskedTerms,
    totals: Array,
    touched: Array,
    count: int,
    done: int,
    k: int,
    scores: Array,
    passages: Array,
    size: int,
) -> Any:
    """Scores the paragraphs that lead, until k passages are on the heap: how many are touched still, how many are done, the heap's size.

    Those that are done are HIDDEN, and lie at the end of `touched`.
    """
    some = k // PASSAGES + 8
    while count:
        some = min(some, count)
        bounds, leaders, held = np.empty(some, np.float32), np.empty(some, np.int32), np.int64(0)
        for i in range(count):
            held = _entered(bounds, leaders, held, some, np.float64(totals[touched[i]]), touched[i])
        for i in range(some):
            size = _scored(lists, asked, leaders[i], scores, passages, size, k)
            totals[leaders[i]] = HIDDEN
        count = _without_hidden(totals, touched, count)
        for i in range(some):
            done += 1
            touched[len(touched) - done] = leaders[i]
        if size == k:
            break
        some *= 2
    return count, done, size


@compiled
def _gathered(lists: Searched, asked: AskedTerms, totals: Array, touched: Array, k: int, scores: Array, passages: Array) -> Any:
    """Steps 1 and 2: how many paragraphs are left in `touched`, ascending, with their bounds in `totals`; see `_led`."""
    count, done, found, number, size = np.int64(0), np.int64(0), np.int64(0), 0, len(asked.columns)
    least, looked, is_sorted = asked.least, k // 4, False
    rest = np.zeros(size + 1, np.float32)
    for i in range(size - 1, -1, -1):
        rest[i] = rest[i + 1] + asked.bounds[i] * lists.tops[asked.columns[i]]
    while number < size and rest[number] >= least:
        start, end = lists.offsets[asked.columns[number]], lists.offsets[asked.columns[number] + 1]
        count = _added(lists, start, end, asked.bounds[number], totals, touched, count)
        number += 1
        if count > GROWN * looked and number < size:
            looked = count
            count, done, found = _led(lists, asked, totals, touched, count, done, k, scores, passages, found)
            if found == k:
                least = max(least, np.float64(scores[0]))
    count = _kept(totals, touched, count, least - rest[number])
    while number < size:
        start, end = lists.offsets[asked.columns[number]], lists.offsets[asked.columns[number] + 1]
        if not is_sorted and end - start >= LONG * count:
            touched[:count] = np.sort(touched[:count])
            is_sorted = True
        _looked_up(lists, start, end, asked.bounds[number], totals, touched, count)
        number += 1
        count = _kept(totals, touched, count, least - rest[number])
    if not is_sorted:
        touched[:count] = np.sort(touched[:count])
    return count, done, found


@compiled
def compiled_search(lists: Searched, asked: AskedTerms, totals: Array, touched: Array, k: int, scores: Array, passages: Array) -> Any:
    """Puts the k best passages and their scores into the arrays, in no order; how many. Fewer if not so many reach `least`.

    totals: 0 for every paragraph that may be found, else HIDDEN; the same afterwards.
    """
    count, done, size = _gathered(lists, asked, totals, touched, k, scores, passages)
    for i in range(done):
        totals[touched[len(touched) - 1 - i]] = 0
    bounds = np.empty(count, np.float32)
    for i in range(count):
        bounds[i] = -totals[touched[i]]
        totals[touched[i]] = 0
    for i in np.argsort(bounds):
        if -bounds[i] <= asked.least or (size == k and -bounds[i] <= scores[0]):
            break
        size = _scored(lists, asked, touched[i], scores, passages, size, k)
    return size


@compiled
def compiled_counts(offsets: Array, packed: Array, texts: Array, places: Array, found: Array) -> None:
    """How often each text has each of the terms into found[term, text]. places: of every term, 1 more than its row there, or 0."""
    for row in range(len(texts)):
        for place in range(offsets[texts[row]], offsets[texts[row] + 1]):
            number = places[packed[place] >> 8]
            if number:
                found[number - 1, row] = packed[place] & 255


COMPILER = CompilerPages((compiled_search, compiled_counts) if IS_COMPILED else ())
