"""Texts → one segment: their trees and passages, the terms of these, and everything that is searched."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.index.division import passages
from retrieval.index.fields import SUBJECT
from retrieval.index.own_words import LINKING
from retrieval.index.passages import Passage, leaves, place_of, text_of
from retrieval.index.postings import Ints
from retrieval.segments.columns import Column, ColumnWriter
from retrieval.segments.impacts import FIELDS, Totals
from retrieval.segments.inverting import TextRows, lists_of
from retrieval.segments.names_on_disk import Known, nothing_known, put_names, row_of_entry
from retrieval.segments.spoken_alike import put_sounds
from retrieval.segments.term_rows import TermRows, kinds_of, term_rows, terms_of
from retrieval.speeches.corpus import Corpus, Entry, Numbered, corpus_of, written_years
from retrieval.speeches.corpus_json import numbered_to_json
from retrieval.speeches.parse import parse
from retrieval.terms.counts import Counts, count_terms
from retrieval.terms.segment import Segmenter
from retrieval.terms.string_table import string_table

OPENING, CLOSING, HEADING = 1, 2, 4  # bits of what a passage is
ROWS = ("paragraph", "own", "heading")  # an opening is the own words of a paragraph's first passage
PASSAGE_COLUMNS = ("speech", "start", "end", "paragraph", "leaf_start", "leaf_end", "leaf", "headed")


def write_segment(
    folder: Path, texts: Mapping[str, str], told: Mapping[str, Any], segmenter: Segmenter, known: Known = nothing_known
) -> int:
    """Writes the segment of these texts, by the names of their files, and returns how many speeches it has.

    told: what is kept of each file, that JSON knows, by the same names. known: what its speeches are known by. Raises OSError.
    """
    corpus = _corpus(texts)
    cut = passages(corpus)
    writer = ColumnWriter(folder)
    totals, frequent = _put_terms(writer, corpus, cut, segmenter)
    _put_passages(writer, corpus, cut)
    _put_speeches(writer, corpus)
    entries = [known(texts[one.speech.file], one.speech) for one in corpus.speeches]
    titles = [entry.title if entry and entry.title else one.title for one, entry in zip(corpus.speeches, entries, strict=True)]
    names = [
        [one.speech.file, title, one.speech.printed_number, _printed(corpus, one)]
        for one, title in zip(corpus.speeches, titles, strict=True)
    ]
    of_names = {"alias_lengths": put_names(writer, list(map(row_of_entry, entries))), "years": sorted(written_years(texts.values()))}
    files = [[name, told[name]] for name in texts]
    writer.seal({"speeches": names, "files": files, "totals": totals.values, **of_names, **frequent})
    return len(names)


def _corpus(texts: Mapping[str, str]) -> Corpus:
    """Numbered as they come: which numbers people use is decided when a segment joins a collection."""
    parsed = [speech for name, text in texts.items() for speech in parse(text, name)]
    entries = [(speech, Entry(number, speech.file, speech.printed_number)) for number, speech in enumerate(parsed, 1)]
    numbered = [Numbered(entry.number, speech, entry, Path(speech.file).stem) for speech, entry in entries]
    return corpus_of(numbered, dict(texts), "")


def _printed(corpus: Corpus, one: Numbered) -> list[str]:
    return [corpus.text(one.speech.file, node.span) for node in one.speech.nodes if node.kind == "title"]


def _put_terms(writer: ColumnWriter, corpus: Corpus, cut: Sequence[Passage], segmenter: Segmenter) -> tuple[Totals, dict[str, list[str]]]:
    first = np.searchsorted([p.paragraph for p in cut], np.arange(_paragraphs(cut) + 1)).astype(np.int32)
    own = [text_of(corpus, passage) for passage in cut]
    whole = ["".join(own[start:end]) for start, end in pairwise(first)]
    above = ["\n".join(node.heading for node in passage.path) for passage in cut]
    headings = {text: number for number, text in enumerate(dict.fromkeys(above))}
    counts = sorted_counts(count_terms([*whole, *own, *headings], segmenter))
    kinds, bounds = kinds_of(list(counts.vocabulary)), np.cumsum([0, len(whole), len(own), len(headings)]).tolist()
    of = dict(zip(ROWS, (term_rows(counts, bounds[i], bounds[i + 1], kinds) for i in range(len(ROWS))), strict=True))
    headed = np.array([headings[text] for text in above], np.int32)
    rows = TextRows(of["paragraph"], of["own"], of["heading"], kinds, first, headed)
    totals = totals_of(rows)
    put_rows(writer, rows)
    frequencies = put_frequencies(writer, rows)
    for name, column in string_table(counts.vocabulary).arrays.items():
        writer.put(f"terms.{name}", np.frombuffer(column, np.uint8))
    put_sounds(writer, list(counts.vocabulary), frequencies["own"])
    lists = lists_of(rows, totals)
    for name in ("offsets", "documents", "codes", "tops"):
        writer.put(f"lists.{name}", getattr(lists, name))
    return totals, frequent_terms(list(counts.vocabulary), frequencies, totals)


def frequent_terms(vocabulary: Sequence[str], frequencies: Mapping[str, Column], totals: Totals) -> dict[str, list[str]]:
    """linking: characters in more than half of the paragraphs. subject: words in so many passages that they may be the subject's.

    A term that is so frequent in a collection is it in one of its segments.
    """
    characters = np.flatnonzero(frequencies["paragraph"] > LINKING * totals.paragraphs).tolist()
    words = np.flatnonzero(frequencies["own"] >= max(SUBJECT * totals.passages, 1)).tolist()
    kept = {"linking": (characters, "c"), "subject": (words, "w")}
    return {name: [term for number in of if (term := vocabulary[number])[0] == kind] for name, (of, kind) in kept.items()}


def _paragraphs(cut: Sequence[Passage]) -> int:
    return cut[-1].paragraph + 1 if cut else 0


def sorted_counts(counts: Counts) -> Counts:
    """The same with the terms numbered in their order, so that the rows of several segments join as they are."""
    ordered = sorted(counts.vocabulary)
    numbers = np.empty(len(ordered), np.int64)
    numbers[[counts.vocabulary[term] for term in ordered]] = np.arange(len(ordered))
    terms = numbers[counts.terms]
    order = np.argsort(counts.texts.astype(np.int64) * max(len(ordered), 1) + terms)
    vocabulary = {term: number for number, term in enumerate(ordered)}
    return replace(counts, vocabulary=vocabulary, terms=terms[order].astype(np.int32), counts=counts.counts[order])


def totals_of(rows: TextRows) -> Totals:
    """Of one segment."""
    opening, heading = rows.own.lengths[rows.first[:-1]], rows.headings.lengths[rows.headed]
    every = dict(zip(FIELDS, (rows.paragraphs.lengths, opening, rows.own.lengths, heading), strict=True))
    sums = tuple(tuple(map(float, every[name].sum(0, dtype=np.int64))) for name in FIELDS)
    return Totals(len(rows.headed), len(rows.first) - 1, sums)


def put_rows(writer: ColumnWriter, rows: TextRows) -> None:
    """The rows as they are read again."""
    for name, of in zip(ROWS, (rows.paragraphs, rows.own, rows.headings), strict=True):
        for part in ("offsets", "packed", "lengths"):
            writer.put(f"{name}.{part}", getattr(of, part).reshape(-1))
    writer.put("passages.first", rows.first)
    writer.put("terms.kinds", rows.kinds.astype(np.uint8))


def put_frequencies(writer: ColumnWriter, rows: TextRows) -> dict[str, Column]:
    """In how many texts of each field every term stands; of headings, above how many passages."""
    width, below = len(rows.kinds), np.bincount(rows.headed, minlength=len(rows.headings.offsets) - 1)
    openings = np.concatenate([_row(rows.own, text) for text in rows.first[:-1]] or [np.zeros(0, np.int32)])
    of_headings = np.repeat(below, np.diff(rows.headings.offsets))
    found = {
        "paragraph": _often(terms_of(rows.paragraphs.packed), width),
        "opening": _often(openings, width),
        "own": _often(terms_of(rows.own.packed), width),
        "heading": np.bincount(terms_of(rows.headings.packed), of_headings, width).astype(np.int32),
    }
    for name, column in found.items():
        writer.put(f"often.{name}", column)
    return found


def _row(of: TermRows, text: int) -> Ints:
    return terms_of(of.packed[of.offsets[text] : of.offsets[text + 1]])


def _often(terms: Ints, width: int) -> Column:
    return np.bincount(terms, minlength=width).astype(np.int32)


def _put_passages(writer: ColumnWriter, corpus: Corpus, cut: Sequence[Passage]) -> None:
    leaf_rows = {id(leaf): row for one in corpus.speeches for row, (leaf, _) in enumerate(leaves(one))}
    above = {text: number for number, text in enumerate(dict.fromkeys("\n".join(n.heading for n in p.path) for p in cut))}
    rows = [
        (p.speech - 1, *p.span, p.paragraph, *p.leaf.span, leaf_rows[id(p.leaf)], above["\n".join(n.heading for n in p.path)]) for p in cut
    ]
    columns = np.array(rows, np.int32).reshape(-1, len(PASSAGE_COLUMNS)).T
    for name, column in zip(PASSAGE_COLUMNS, columns, strict=True):
        writer.put(f"passages.{name}", column)
    writer.put("passages.is", _what_they_are(corpus, cut))
    writer.put("speeches.passages", np.searchsorted(columns[0], np.arange(len(corpus.speeches) + 1)).astype(np.int32))


def _what_they_are(corpus: Corpus, cut: Sequence[Passage]) -> Column:
    ends = {one.number: (place_of(one, "opening"), place_of(one, "closing")) for one in corpus.speeches}
    found = np.zeros(len(cut), np.uint8)
    for number, passage in enumerate(cut):
        opening, closing = ends[passage.speech]
        bits = OPENING * opening.covers(passage.span) + CLOSING * closing.covers(passage.span)
        found[number] = bits + HEADING * passage.is_heading
    return found


def _put_speeches(writer: ColumnWriter, corpus: Corpus) -> None:
    """Texts by file, two bytes a character, or four where that is not enough; trees by speech."""
    wide = [any(code > 0xD7FF and not 0xE000 <= code <= 0xFFFF for code in set(map(ord, text))) for text in corpus.texts.values()]
    texts = [text.encode("utf-32-le" if w else "utf-16-le", "surrogatepass") for text, w in zip(corpus.texts.values(), wide, strict=True)]
    trees = [
        zlib.compress(json.dumps(numbered_to_json(one), ensure_ascii=False).encode("utf-8", "surrogatepass"), 1) for one in corpus.speeches
    ]
    files = {name: number for number, name in enumerate(corpus.texts)}
    writer.put("files.wide", np.array(wide, np.uint8))
    writer.put("speeches.file", np.array([files[one.speech.file] for one in corpus.speeches], np.int32))
    writer.put("speeches.start", np.array([one.speech.span.start for one in corpus.speeches], np.int32))
    writer.put("speeches.end", np.array([one.speech.span.end for one in corpus.speeches], np.int32))
    for name, pieces in (("texts", texts), ("trees", trees)):
        writer.put(f"{name}.data", np.frombuffer(b"".join(pieces), np.uint8))
        writer.put(f"{name}.offsets", np.concatenate([[0], np.cumsum([len(piece) for piece in pieces])]).astype(np.int64))
