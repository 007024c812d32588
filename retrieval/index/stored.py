"""Passages and what they are searched by ↔ the content of a file. Every number comes back as it was, and so do the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.index.array_file import Stored, named
from retrieval.index.classifier import opened_classifier
from retrieval.index.likeness import QuestionBank
from retrieval.index.passages import Passage, leaves
from retrieval.index.postings import Postings
from retrieval.index.search import Field, Index, Unasked
from retrieval.index.searchable import Frequencies, Searchable
from retrieval.speeches.corpus import Corpus
from retrieval.speeches.tree import Span
from retrieval.terms.string_table import StringList, StringTable, string_list, string_table

_COLUMNS = 5  # numbers of a passage: speech, leaf, start, end, paragraph
_POSTINGS = {"idf": np.float32, "offsets": np.int32, "documents": np.int32, "impacts": np.float32}
_BANK = {
    "idf": np.float32,
    "offsets": np.int32,
    "terms": np.int32,
    "norms": np.float32,
    "first": np.int32,
    "terms_without": np.int32,
    "rows_without": np.int32,
    "leanings": np.float32,
}


def stored_passages(corpus: Corpus, passages: Sequence[Passage]) -> dict[str, memoryview]:
    """The arrays of `opened_passages`."""
    rows = {id(leaf): row for row, (_, leaf, _) in enumerate(_leaves(corpus))}
    numbers = [(p.speech, rows[id(p.leaf)], *p.span, p.paragraph) for p in passages]
    more = [(number, *span) for number, passage in enumerate(passages) for span in passage.more]
    return {"rows": np.array(numbers, np.int32).ravel().data, "more": np.array(more, np.int32).ravel().data}


def opened_passages(corpus: Corpus, arrays: Mapping[str, memoryview]) -> tuple[Passage, ...]:
    """The passages of the same corpus. Raises KeyError, IndexError, ValueError."""
    every = _leaves(corpus)
    further: dict[int, list[Span]] = {}
    for number, start, end in np.frombuffer(arrays["more"], np.int32).reshape(-1, 3).tolist():
        further.setdefault(number, []).append(Span(start, end))
    found = []
    for number, (speech, leaf, start, end, paragraph) in enumerate(np.frombuffer(arrays["rows"], np.int32).reshape(-1, _COLUMNS).tolist()):
        file, node, path = every[leaf]
        found.append(Passage(speech, file, Span(start, end), path, node, paragraph, tuple(further.get(number, ()))))
    return tuple(found)


def _leaves(corpus: Corpus) -> list[tuple[str, Any, Any]]:
    return [(numbered.speech.file, leaf, path) for numbered in corpus.speeches for leaf, path in leaves(numbered)]


def stored_searchable(found: Searchable, passages: Sequence[Passage]) -> Stored:
    """The content of `opened_searchable`."""
    storing = _Storing()
    unasked = found.index.unasked
    values = {
        "fields": [storing.field(field) for field in found.index.fields],
        "unasked": [storing.field(field) for field in unasked.fields] if unasked else [],
        "bank": storing.group(found.bank, _BANK),
        "subject": sorted(found.subject),
        "asked": sorted(found.asked),
    }
    if unasked:
        storing.arrays["unasked"] = unasked.rows.data
    classifier = found.classifier.stored(passages)
    values["classifier"] = classifier.values
    storing.arrays |= {**named("said", string_list(found.said).arrays), **named("classifier", classifier.arrays)}
    return Stored(storing.arrays, values)


def opened_searchable(content: Stored, passages: Sequence[Passage]) -> Searchable:
    """Over the arrays where they lie. Raises KeyError, TypeError, ValueError."""
    opening, values = _Opening(content), content.values
    rows = np.frombuffer(content.arrays["unasked"], np.bool_) if values["unasked"] else None
    unasked = None if rows is None else Unasked(rows, opening.fields(values["unasked"]))
    index = Index(opening.fields(values["fields"]), unasked)
    bank = QuestionBank(**opening.group(values["bank"], _BANK))
    said = list(StringList.of_arrays(content.below("said")))
    classifier = opened_classifier(Stored(content.below("classifier"), values["classifier"]), passages)
    known, subject, asked = Frequencies(*index.of_own_words), frozenset(values["subject"]), frozenset(values["asked"])
    return Searchable(index, bank, known, subject, asked, said, classifier)


class _Storing:
    """Arrays under names that count up; a vocabulary that several share is stored once."""

    def __init__(self) -> None:
        self.arrays: dict[str, memoryview] = {}
        self._vocabularies: dict[int, int] = {}
        self._groups = 0

    def field(self, field: Field) -> dict[str, Any]:
        group = self.group(field.postings, _POSTINGS)
        if field.document_of is not None:
            self.arrays[f"{group['name']}.document_of"] = field.document_of.data
        return {"field": field.name, "weight": field.weight, "size": field.postings.size, "counted": field.postings.counted, **group}

    def group(self, of: Postings | QuestionBank, arrays: Mapping[str, type]) -> dict[str, Any]:
        self._groups += 1
        name = f"group{self._groups}"
        self.arrays |= named(name, {part: np.ascontiguousarray(getattr(of, part), kind).data for part, kind in arrays.items()})
        return {"name": name, "vocabulary": self._vocabulary(of.vocabulary)}

    def _vocabulary(self, of: Mapping[str, int]) -> int:
        number = self._vocabularies.setdefault(id(of), len(self._vocabularies))
        if f"vocabulary{number}.data" not in self.arrays:
            table = of if isinstance(of, StringTable) else string_table(of)
            self.arrays |= named(f"vocabulary{number}", table.arrays)
        return number


class _Opening:
    """What `_Storing` stored."""

    def __init__(self, content: Stored) -> None:
        self._content = content
        self._vocabularies: dict[int, StringTable] = {}

    def fields(self, rows: Sequence[dict[str, Any]]) -> tuple[Field, ...]:
        return tuple(self._field(row) for row in rows)

    def _field(self, row: dict[str, Any]) -> Field:
        document_of = self._content.arrays.get(f"{row['name']}.document_of")
        documents = None if document_of is None else np.frombuffer(document_of, np.int32)
        postings = Postings(**self.group(row, _POSTINGS), size=row["size"], counted=row["counted"])
        return Field(row["field"], row["weight"], postings, documents)

    def group(self, row: dict[str, Any], arrays: Mapping[str, type]) -> dict[str, Any]:
        found: dict[str, npt.NDArray[Any]] = {
            part: np.frombuffer(self._content.arrays[f"{row['name']}.{part}"], kind) for part, kind in arrays.items()
        }
        return {"vocabulary": self._vocabulary(row["vocabulary"]), **found}

    def _vocabulary(self, number: int) -> StringTable:
        if number not in self._vocabularies:
            self._vocabularies[number] = StringTable.of_arrays(self._content.below(f"vocabulary{number}"))
        return self._vocabularies[number]
