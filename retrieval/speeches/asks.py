"""The questions that people ask and a passage answers, and questions that no speech answers.

`seeds/asks.jsonl` has one line per passage and writer: {"file", "start", "end", "quote", "pass", "asks": [...]}; a list that runs
through a speech (「提了几条要求」) names its further ranges in "more": [{"start", "end", "quote"}]. A range may be given by its first words
only: "quote" stands at [start, end), the range goes on to "until", and "sha256" begins the digest of all its words. "proposed" are
questions in words fit for a button, which a person may be offered; a passage of a file with any that has none is not proposed.
`seeds/unanswered.jsonl`: {"kind": "near" | "around" | "far", "asks": [...]}.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.errors import CorpusError
from retrieval.speeches.tree import Span


@dataclass(frozen=True, slots=True)
class Ask:
    """Questions answered by `file[span]`, and by each of `more` for lists. written: which independent pass wrote them.

    proposed: what may be offered to a person.
    """

    file: str
    span: Span
    quote: str
    asks: tuple[str, ...]
    more: tuple[Span, ...] = ()
    written: int = 0
    proposed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Questions the speeches do not answer: on their subject, and on anything else.

    around: those on the subject that ask about what surrounds the speeches (话筒坏没坏), as messages about the chat do.
    """

    near: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    around: frozenset[str] = frozenset()


def read_asks(path: Path, texts: Mapping[str, str]) -> tuple[Ask, ...]:
    """The asks of the files in `texts`; those of other files are passed over, a missing file means none.

    Raises CorpusError with a line for every quote that is not at its place.
    """
    problems: list[str] = []
    found = []
    for place, row in _rows(path, problems):
        try:
            ask = _ask(row, texts)
        except (KeyError, TypeError, ValueError) as error:
            problems.append(f"{place}: {error!r}; expected file, start, end, quote, asks, with until also sha256")
            continue
        if ask.file in texts:
            problems += _misplaced(place, row, texts[ask.file])
            found.append(ask)
    if problems:
        raise CorpusError(problems)
    return tuple(found)


def _rows(path: Path, problems: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    if not path.exists():
        return
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
            except ValueError as error:
                problems.append(f"{path.name}: line {number} is no JSON ({error}); one object a line")
                continue
            if isinstance(row, dict):
                yield f"{path.name}: line {number}", row
            else:
                problems.append(f"{path.name}: line {number} is {type(row).__name__}; expected an object")


def _ask(row: dict[str, Any], texts: Mapping[str, str]) -> Ask:
    more = tuple(_range(m) for m in row.get("more", ()))
    file, span = str(row["file"]), _range(row)
    quote = texts.get(file, "")[span.start : span.end]
    asks, proposed = (tuple(map(str, row.get(name, ()))) for name in ("asks", "proposed"))
    return Ask(file, span, quote, asks, more, int(row.get("pass", 0)), proposed)


def _range(row: dict[str, Any]) -> Span:
    if not row["quote"] or ("until" in row and not row["sha256"]):
        raise ValueError("nothing proves the range")
    return Span(int(row["start"]), int(row.get("until", row["end"])))


def _misplaced(place: str, row: dict[str, Any], text: str) -> list[str]:
    return [
        f"{place}: {row['file']}[{_range(r).start}:{_range(r).end}] is not 「{r['quote'][:20]}」; correct the range or the quote"
        for r in (row, *row.get("more", ()))
        if text[r["start"] : r["end"]] != r["quote"] or ("until" in r and r["sha256"] != digest(text[r["start"] : r["until"]]))
    ]


def digest(words: str) -> str:
    """What `sha256` of a range is: the first 12 hexadecimal digits."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def read_unanswered(path: Path) -> Unanswered:
    """The bundled questions without an answer; none without the file. Raises CorpusError for malformed lines."""
    problems: list[str] = []
    kinds: dict[str, list[str]] = {"near": [], "far": [], "around": []}
    for place, row in _rows(path, problems):
        if row.get("kind") in kinds and isinstance(row.get("asks"), list):
            kinds[row["kind"]] += map(str, row["asks"])
        else:
            problems.append(f"{place}: expected kind near, around or far, and asks")
    if problems:
        raise CorpusError(problems)
    return Unanswered((*kinds["near"], *kinds["around"]), tuple(kinds["far"]), frozenset(kinds["around"]))
