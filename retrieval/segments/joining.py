"""Several segments → one, without what was removed from them: array after array, in the memory of one segment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.index.postings import Ints
from retrieval.segments.columns import Column, ColumnWriter
from retrieval.segments.impacts import FIELDS, Totals
from retrieval.segments.inverting import gathered_rows, tops_of
from retrieval.segments.names_on_disk import put_names
from retrieval.segments.one_segment import Segment, bounded_by
from retrieval.segments.segment_writer import ROWS, frequent_terms
from retrieval.segments.spoken_alike import put_sounds
from retrieval.segments.term_rows import COUNT_BITS, KINDS, MOST, terms_of
from retrieval.segments.vector_rows import join_rows
from retrieval.terms.counts import Longs
from retrieval.terms.string_table import string_table

AT_ONCE = 1 << 21  # terms of rows that are read at once, chosen: some 50 MB
_PER_PASSAGE = ("start", "end", "leaf_start", "leaf_end", "leaf", "is")


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment that is joined: what of it stays, and where that comes to lie. terms: the new number of every term."""

    segment: Segment
    terms: Ints
    files: Longs
    speeches: Longs
    passages: Longs
    paragraphs: Longs


def join_segments(segments: Sequence[Segment], folder: Path) -> None:
    """Writes the joined segment into a new folder. Raises OSError."""
    writer = ColumnWriter(folder)
    vocabulary = sorted({term for segment in segments for term in segment.vocabulary})
    numbers = {term: number for number, term in enumerate(vocabulary)}
    parts = [_part(segment, numbers) for segment in segments]
    _put_vocabulary(writer, vocabulary)
    _join_rows(writer, parts)
    _join_passages(writer, parts)
    frequencies, totals = _put_frequencies(writer, parts, len(vocabulary))
    _join_lists(writer, parts, len(vocabulary))
    put_sounds(writer, vocabulary, frequencies["own"])
    _join_texts(writer, parts)
    files = [part.segment.columns.values["files"][i] for part in parts for i in part.files]
    names = [part.segment.columns.values["speeches"][i] for part in parts for i in part.speeches]
    frequent = frequent_terms(vocabulary, frequencies, totals)
    known = {"alias_lengths": put_names(writer, [row for part in parts for row in _entries(part)]), "years": _years(segments)}
    values = {"speeches": names, "files": files, "totals": totals.values, "bounded_by": bounded_by(segments)}
    writer.seal({**values, **known, **frequent})
    join_rows([(part.segment.columns.folder, part.passages, part.segment.totals.passages) for part in parts], folder)


def _part(segment: Segment, numbers: dict[str, int]) -> _Part:
    columns = segment.columns
    terms = np.fromiter((numbers[term] for term in segment.vocabulary), np.int32, len(segment.vocabulary))
    stays = np.ones(len(columns["speeches.file"]), np.bool_)
    stays[list(segment.removed)] = False
    passages = np.flatnonzero(stays[columns["passages.speech"]])
    paragraphs = np.unique(columns["passages.paragraph"][passages]).astype(np.int64)
    gone = np.unique(columns["speeches.file"][~stays])
    files = np.setdiff1d(np.arange(len(columns["files.wide"])), gone)
    return _Part(segment, terms, files, np.flatnonzero(stays), passages, paragraphs)


def _put_vocabulary(writer: ColumnWriter, vocabulary: Sequence[str]) -> None:
    for name, column in string_table(vocabulary).arrays.items():
        writer.put(f"terms.{name}", np.frombuffer(column, np.uint8))
    writer.put("terms.kinds", np.fromiter((KINDS.index(term[0]) for term in vocabulary), np.uint8, len(vocabulary)))


def _texts_of(part: _Part, row: str) -> Longs:
    """The texts of a kind of row that stay; headings all do."""
    of = {"paragraph": part.paragraphs, "own": part.passages}
    return of[row] if row in of else np.arange(len(part.segment.columns["heading.offsets"]) - 1)


def _join_rows(writer: ColumnWriter, parts: Sequence[_Part]) -> None:
    for row in ROWS:
        sizes = [np.diff(part.segment.columns[f"{row}.offsets"])[_texts_of(part, row)] for part in parts]
        offsets = np.concatenate([[0], np.cumsum(np.concatenate(sizes))]).astype(np.int64)
        writer.put(f"{row}.offsets", offsets)
        lengths = [part.segment.columns[f"{row}.lengths"].reshape(-1, len(KINDS))[_texts_of(part, row)] for part in parts]
        writer.put(f"{row}.lengths", np.concatenate(lengths).reshape(-1))
        packed, done = writer.room(f"{row}.packed", np.uint32, int(offsets[-1])), 0
        for part in parts:
            for piece in _portions(part, row):
                packed[done : done + len(piece)] = piece
                done += len(piece)


def _portions(part: _Part, row: str) -> Any:
    """The rows that stay, piece by piece, with the new numbers of their terms; these keep their order."""
    offsets, packed = part.segment.columns[f"{row}.offsets"], part.segment.columns[f"{row}.packed"]
    texts = _texts_of(part, row)
    filled = np.cumsum(np.diff(offsets)[texts])
    cuts = np.searchsorted(filled, np.arange(0, int(filled[-1]) if len(filled) else 0, AT_ONCE)).tolist()
    for start, end in pairwise([*cuts, len(texts)]):
        places, _ = gathered_rows(offsets, texts[start:end])
        taken = packed[places]
        yield (part.terms[terms_of(taken)].astype(np.uint32) << COUNT_BITS) | (taken & MOST)


def _join_passages(writer: ColumnWriter, parts: Sequence[_Part]) -> None:
    for name in _PER_PASSAGE:
        writer.put(f"passages.{name}", np.concatenate([part.segment.columns[f"passages.{name}"][part.passages] for part in parts]))
    writer.put("passages.speech", _renumbered(parts, "passages.speech", "passages", "speeches"))
    paragraph = _renumbered(parts, "passages.paragraph", "passages", "paragraphs")
    writer.put("passages.paragraph", paragraph)
    writer.put("passages.first", _firsts(paragraph, sum(len(part.paragraphs) for part in parts)))
    below = np.cumsum([0, *(len(part.segment.columns["heading.offsets"]) - 1 for part in parts)]).tolist()
    headed = [part.segment.columns["passages.headed"][part.passages] + np.int32(n) for part, n in zip(parts, below, strict=False)]
    writer.put("passages.headed", np.concatenate(headed))
    speech = _renumbered(parts, "passages.speech", "passages", "speeches")
    writer.put("speeches.passages", _firsts(speech, sum(len(part.speeches) for part in parts)))


def _firsts(ascending: Column, size: int) -> Ints:
    """Where each number below `size` begins among ascending ones, and where the last ends."""
    found: Ints = np.searchsorted(ascending, np.arange(size + 1)).astype(np.int32)
    return found


def _renumbered(parts: Sequence[_Part], name: str, taken: str, among: str) -> Ints:
    """A column of numbers of things, by the numbers that these get."""
    found, before = [], 0
    for part in parts:
        column = part.segment.columns[name][getattr(part, taken)]
        found.append((np.searchsorted(getattr(part, among), column) + before).astype(np.int32))
        before += len(getattr(part, among))
    return np.concatenate(found)


def _put_frequencies(writer: ColumnWriter, parts: Sequence[_Part], width: int) -> tuple[dict[str, Column], Totals]:
    found = {field: np.zeros(width, np.int64) for field in FIELDS}
    sums = np.zeros((len(FIELDS), len(KINDS)))
    for part in parts:
        columns = part.segment.columns
        headed = columns["passages.headed"][part.passages]
        below = np.bincount(headed, minlength=len(columns["heading.offsets"]) - 1)
        openings = columns["passages.first"][part.paragraphs]
        of = {"paragraph": ("paragraph", part.paragraphs), "opening": ("own", openings), "own": ("own", part.passages)}
        for number, field in enumerate(FIELDS):
            row, texts = of.get(field, ("heading", headed))
            sums[number] += columns[f"{row}.lengths"].reshape(-1, len(KINDS))[texts].sum(0, dtype=np.int64)
            if field == "heading":
                row, texts = "heading", np.flatnonzero(below)
            for start in range(0, len(texts), AT_ONCE >> 6):
                some = texts[start : start + (AT_ONCE >> 6)]
                places, sizes = gathered_rows(columns[f"{row}.offsets"], some)
                times = np.repeat(below[some], sizes) if field == "heading" else None
                found[field] += np.bincount(part.terms[terms_of(columns[f"{row}.packed"][places])], times, width).astype(np.int64)
    for field in FIELDS:
        writer.put(f"often.{field}", found[field].astype(np.int32))
    passages, paragraphs = (sum(len(getattr(part, of)) for part in parts) for of in ("passages", "paragraphs"))
    return dict(found), Totals(passages, paragraphs, tuple(map(tuple, sums.tolist())))


def _join_lists(writer: ColumnWriter, parts: Sequence[_Part], width: int) -> None:
    """Of every term the lists of all parts, one after the other."""
    every = [_lists(part) for part in parts]
    sizes = np.zeros(width, np.int64)
    for part, (terms, _, _) in zip(parts, every, strict=True):
        sizes += np.bincount(part.terms[terms], minlength=width)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    writer.put("lists.offsets", offsets)
    documents = writer.room("lists.documents", np.int32, int(offsets[-1]))
    codes = writer.room("lists.codes", np.uint8, int(offsets[-1]))
    free, before = offsets[:-1].copy(), 0
    for part, (terms, of_terms, weights) in zip(parts, every, strict=True):
        lengths = np.bincount(terms, minlength=len(part.terms))
        starts = np.cumsum(lengths) - lengths
        places = np.arange(len(terms)) + np.repeat(free[part.terms] - starts, lengths)
        documents[places] = of_terms + np.int32(before)
        codes[places] = weights
        free[part.terms] += lengths
        before += len(part.paragraphs)
    writer.put("lists.tops", tops_of(offsets, codes))


def _lists(part: _Part) -> tuple[Longs, Ints, npt.NDArray[np.uint8]]:
    """Terms, paragraphs as they come to lie among those that stay, and codes."""
    lists = part.segment.lists
    terms = np.repeat(np.arange(len(part.terms)), np.diff(lists.offsets))
    if not part.segment.removed:
        return terms, lists.documents, lists.codes
    place = np.searchsorted(part.paragraphs, lists.documents)
    stays = part.paragraphs[np.minimum(place, len(part.paragraphs) - 1)] == lists.documents if len(part.paragraphs) else place < 0
    return terms[stays], place[stays].astype(np.int32), lists.codes[stays]


def _entries(part: _Part) -> Iterator[bytes]:
    """What is kept of the speeches that stay."""
    offsets, data = part.segment.columns["entries.offsets"], part.segment.columns["entries.data"]
    for speech in part.speeches.tolist():
        yield data[offsets[speech] : offsets[speech + 1]].tobytes()


def _years(segments: Sequence[Segment]) -> list[str]:
    """Those that their texts print, also those of what goes."""
    return sorted({year for segment in segments for year in segment.columns.values["years"]})


def _join_texts(writer: ColumnWriter, parts: Sequence[_Part]) -> None:
    writer.put("files.wide", np.concatenate([part.segment.columns["files.wide"][part.files] for part in parts]))
    writer.put("speeches.file", _renumbered(parts, "speeches.file", "speeches", "files"))
    for end in ("speeches.start", "speeches.end"):
        writer.put(end, np.concatenate([part.segment.columns[end][part.speeches] for part in parts]))
    for name, of in (("texts", "files"), ("trees", "speeches")):
        pieces = [np.diff(part.segment.columns[f"{name}.offsets"])[getattr(part, of)] for part in parts]
        offsets = np.concatenate([[0], np.cumsum(np.concatenate(pieces))]).astype(np.int64)
        writer.put(f"{name}.offsets", offsets)
        data, done = writer.room(f"{name}.data", np.uint8, int(offsets[-1])), 0
        for part in parts:
            places, _ = gathered_rows(part.segment.columns[f"{name}.offsets"], getattr(part, of))
            data[done : done + len(places)] = part.segment.columns[f"{name}.data"][places]
            done += len(places)
