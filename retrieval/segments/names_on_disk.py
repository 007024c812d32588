"""What the speeches of a segment are known by beside their words, in columns of it: nothing of it is held, all is looked up.

entries.data, .offsets    what is known of each speech, as JSON; no bytes where nothing is
speeches.date             2024-03-05 as 20240305; 0 for the month, the day or all of it where that is not known
speeches.number           the number that its entry gives it, 0 where none does
aliases                   every alias once, as a folded text has it; called.offsets, called.speeches: whose it is
places                    every place once, a line each
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any

import numpy as np

from retrieval.question.names import name_of
from retrieval.segments.columns import ColumnWriter
from retrieval.speeches.corpus import Entry
from retrieval.speeches.tree import Speech
from retrieval.terms.string_table import string_table

Known = Callable[[str, Speech], Entry | None]  # what is known of a speech of a text; number 0 where it may have any
_OF_TEXT = ("number", "file", "printed")  # what a speech in a collection has anyway
_NOTHING: dict[str, Any] = {field.name: field.default for field in fields(Entry) if field.name not in ("number", "file")}
_DATE = (10_000, 100, 1)  # of year, month, day


def nothing_known(_text: str, _speech: Speech) -> Entry | None:
    """No speech is known by anything."""
    return None


def row_of_entry(entry: Entry | None) -> bytes:
    """What an entry says, to be kept.

    >>> row_of_entry(Entry(7, "a.txt", year=2015)), row_of_entry(None)
    (b'{"year": 2015, "number": 7}', b'')
    """
    if entry is None:
        return b""
    said = {name: value for name, value in asdict(entry).items() if name not in _OF_TEXT and value != _NOTHING[name]}
    row = said | ({"number": entry.number} if entry.number else {})
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") if row else b""


def entry_of_row(row: bytes, number: int, file: str, printed: int) -> Entry:
    """The entry again, of a speech under its number. Raises TypeError, ValueError for what was not kept so."""
    plain = Entry(number, file, printed)
    if not row:
        return plain
    said: dict[str, Any] = json.loads(row.decode("utf-8", "surrogatepass"))
    said.pop("number", None)
    kept: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return replace(plain, **kept)


def put_names(writer: ColumnWriter, rows: Sequence[bytes]) -> list[int]:
    """Writes what is kept of each speech of a segment, in order, and returns the lengths that aliases have, in characters."""
    writer.put("entries.data", np.frombuffer(b"".join(rows), np.uint8))
    writer.put("entries.offsets", _offsets(map(len, rows)))
    said: list[Mapping[str, Any]] = [json.loads(row.decode("utf-8", "surrogatepass")) if row else {} for row in rows]
    writer.put("speeches.date", np.array([_date(one) for one in said], np.int32))
    writer.put("speeches.number", np.array([one.get("number", 0) for one in said], np.int32))
    places = "\n".join(dict.fromkeys(one["place"] for one in said if "place" in one))
    writer.put("places", np.frombuffer(places.encode("utf-8", "surrogatepass"), np.uint8))
    called: dict[str, list[int]] = {}
    for speech, one in enumerate(said):
        for name in dict.fromkeys(filter(None, map(name_of, one.get("aliases", ())))):
            called.setdefault(name, []).append(speech)
    for name, column in string_table(called).arrays.items():
        writer.put(f"aliases.{name}", np.frombuffer(column, np.uint8))
    writer.put("called.offsets", _offsets(map(len, called.values())))
    writer.put("called.speeches", np.array([speech for of in called.values() for speech in of], np.int32))
    return sorted(set(map(len, called)))


def _offsets(sizes: Iterable[int]) -> Any:
    return np.cumsum([0, *sizes]).astype(np.int64)


def _date(said: Mapping[str, Any]) -> int:
    parts = str(said.get("date") or said.get("year") or "").split("-")
    whole = parts if all(part.isdecimal() for part in parts) else [str(said.get("year") or 0)]
    if whole and int(whole[0]) != said.get("year", 0):
        whole = [str(said.get("year", 0))]
    return sum(int(part) * worth for part, worth in zip(whole, _DATE, strict=False))
