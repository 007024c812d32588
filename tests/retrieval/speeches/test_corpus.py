"""Reading the folder: numbers, references by number, fingerprint, and what is at fault with bad data."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from retrieval import Corpus, CorpusError, Entry, Span, UnknownReference, read, read_asks, read_shareable, read_unanswered
from retrieval.speeches.asks import digest

ROOT = Path(__file__).parents[3]
SEEDS = ROOT / "seeds"


def test_the_speeches_are_the_originals_byte_for_byte() -> None:
    for line in (SEEDS / "SHA256SUMS").read_text(encoding="ascii").splitlines():
        digest, name = line.split()
        assert hashlib.sha256((SEEDS / name).read_bytes()).hexdigest() == digest


def test_numbers_come_from_the_configuration_then_from_the_titles(corpus: Corpus, tmp_path: Path) -> None:
    assert [n.number for n in corpus.speeches] == [1, 2, 3, 4, 5, 6]
    (tmp_path / "a.txt").write_text("篇2：讲话\n同志们：\n大家好。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("没有标题的一篇，随便说几句。", encoding="utf-8")
    bare = read(tmp_path)
    assert [(n.number, n.speech.file) for n in bare.speeches] == [(1, "b.txt"), (2, "a.txt")]
    assert bare.fingerprint != corpus.fingerprint
    assert bare.fingerprint == read(tmp_path).fingerprint


@pytest.mark.parametrize(
    ("files", "entries", "says"),
    [
        ({}, [], "no .txt file"),
        ({"a.txt": b""}, [], "a.txt: has no printed character"),
        ({"a.txt": "好\n".encode() + b"\xb9\xa4\xbb\xe1"}, [], "a.txt: line 2 is not UTF-8"),
        ({"a.txt": "好\n\0".encode()}, [], "a.txt: line 2 has a NUL"),
        ({"a.txt": "好。".encode()}, [Entry(1, "missing.txt")], "missing.txt has no speech"),
        ({"a.txt": "好。".encode()}, [Entry(1, "a.txt"), Entry(1, "a.txt", 2)], "number 1 is given twice"),
    ],
)
def test_bad_speeches_are_named_with_place_and_remedy(tmp_path: Path, files: dict[str, bytes], entries: list[Entry], says: str) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CorpusError) as error:
        read(tmp_path, entries)
    assert says in str(error.value)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff")
    (tmp_path / "b.txt").write_bytes(b"")
    with pytest.raises(CorpusError) as error:
        read(tmp_path)
    assert len(error.value.problems) == 2


@pytest.mark.parametrize(
    ("number", "path", "choices"),
    [(7, (), ("1", "2", "3", "4", "5", "6")), (3, (9,), ("3.1", "3.2", "3.3", "3.4")), (1, (2, 3, 7), ("1.2.3.1", "1.2.3.2", "1.2.3.3"))],
)
def test_unknown_references_carry_the_choices(corpus: Corpus, number: int, path: tuple[int, ...], choices: tuple[str, ...]) -> None:
    with pytest.raises(UnknownReference) as error:
        corpus.part(number, path)
    assert error.value.choices == choices


def test_every_ask_and_every_shareable_quote_is_at_its_place(corpus: Corpus) -> None:
    asks = read_asks(SEEDS / "asks.jsonl", corpus.texts)
    assert len({(a.file, a.span) for a in asks}) > 300
    for quote in read_shareable(SEEDS / "shareable.jsonl", corpus):
        assert quote.text == corpus.text(quote.source.file, quote.source.span)


def test_a_quote_out_of_place_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    file = next(iter(corpus.texts))
    row = {"file": file, "start": 10, "end": 14, "quote": "没有的话", "asks": ["?"]}
    (tmp_path / "asks.jsonl").write_text(json.dumps(row) + "\nnot json\n[]\n{}\n", encoding="utf-8")
    with pytest.raises(CorpusError) as error:
        read_asks(tmp_path / "asks.jsonl", corpus.texts)
    assert len(error.value.problems) == 4
    assert "没有的话" in error.value.problems[-1] or "没有的话" in str(error.value)


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({}, 0),
        ({"sha256": "0" * 12}, 1),
        ({"sha256": ""}, 1),
        ({"until": 39}, 1),
        ({"until": 41}, 1),
        ({"quote": "没有的话"}, 1),
        ({"quote": ""}, 1),
    ],
)
def test_first_words_name_a_range_whose_words_a_digest_proves(
    corpus: Corpus, tmp_path: Path, change: dict[str, object], problems: int
) -> None:
    file, text = next(iter(corpus.texts.items()))
    row = {"file": file, "start": 10, "end": 14, "quote": text[10:14], "until": 40, "sha256": digest(text[10:40]), "asks": ["?"]}
    path = tmp_path / "asks.jsonl"
    path.write_text(json.dumps(row | change), encoding="utf-8")
    if problems:
        with pytest.raises(CorpusError) as error:
            read_asks(path, corpus.texts)
        assert len(error.value.problems) == problems
    else:
        (ask,) = read_asks(path, corpus.texts)
        assert (ask.span, ask.quote) == (Span(10, 40), text[10:40])


def test_malformed_unanswered_questions_are_named(tmp_path: Path) -> None:
    (tmp_path / "u.jsonl").write_text('{"kind": "far", "asks": ["天气"]}\n{"kind": "x"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="line 2"):
        read_unanswered(tmp_path / "u.jsonl")
    assert read_unanswered(tmp_path / "none.jsonl").far == ()


def test_what_lies_around_a_position_is_found_from_outside_in(corpus: Corpus) -> None:
    for numbered in corpus.speeches:
        every = list(numbered.speech.walk())
        borders = {edge + step for node in every for edge in node.span for step in (-1, 0, 1)}
        for position in borders:
            expected = tuple(node for node in every if node.span.start <= position < node.span.end)
            assert corpus.at(numbered.number, position) == expected
