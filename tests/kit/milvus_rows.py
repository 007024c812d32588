"""The passages of an index as rows for Milvus, and a library of speeches recombined from the sentences of real ones."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.milvus.milvus_server import MilvusServer
from bot.milvus.passage_table import PassageRow, RowsTold, make_current, part_of, write_version
from retrieval import Corpus, Segmenter, TermSpace, passage_vectors, read, term_space
from retrieval.index.division import passages
from retrieval.index.own_words import plain_fields
from retrieval.index.passages import Passage
from retrieval.index.search import Index
from retrieval.speeches.lines import sentences

PARAGRAPHS, LONGEST = 40, 5  # of a speech, and sentences of a paragraph


@dataclass(frozen=True)
class Recombined:
    """Passages with their index and the numbers of its terms."""

    passages: tuple[Passage, ...]
    index: Index
    space: TermSpace

    def rows(self) -> Iterator[PassageRow]:
        """Some paragraphs are openings, some closings, some both; every other speech is of another collection."""
        vectors = passage_vectors(self.index, self.space)
        for number, (passage, vector) in enumerate(zip(self.passages, vectors, strict=True)):
            part = part_of(passage.paragraph % PARAGRAPHS == 0, passage.paragraph % 7 == 0)
            yield PassageRow(number, "own" if passage.speech % 2 else "other", passage.speech, part, vector)


def publish(server: MilvusServer, version: str, rows: Iterable[PassageRow], count: int, told: RowsTold = lambda _: None) -> None:
    """Writes the rows and names their version the current one."""
    write_version(server, version, rows, count, 0, told)
    make_current(server, version)


def sentences_of(corpus: Corpus) -> list[str]:
    """Of all speeches, without what blanks are around them."""
    spans = [
        (s.speech.file, sentence)
        for s in corpus.speeches
        for p in s.speech.paragraphs
        for sentence in sentences(corpus.texts[s.speech.file], p)
    ]
    return [corpus.text(file, span).strip() for file, span in spans]


def recombined(pool: Sequence[str], least: int, folder: Path, segmenter: Segmenter) -> Recombined:
    """At least so many passages of speeches whose sentences are drawn from the pool, halves of different ones joined now and then."""
    chance, cut, number = random.Random(1), (), 0
    corpus: Corpus | None = None
    while len(cut) < least:
        for _ in range(max(1, (least - len(cut)) // (PARAGRAPHS * LONGEST))):
            number += 1
            lines = ["".join(_sentence(pool, chance) for _ in range(chance.randint(1, LONGEST))) for _ in range(PARAGRAPHS)]
            (folder / f"{number:05}.txt").write_text("\n\n".join([f"讲话{number}", *lines]) + "\n", encoding="utf-8")
        corpus = read(folder)
        cut = passages(corpus)
    assert corpus
    index = Index(plain_fields(corpus, cut, segmenter))
    return Recombined(cut, index, term_space(index))


def _sentence(pool: Sequence[str], chance: random.Random) -> str:
    one, other = chance.choice(pool), chance.choice(pool)
    return one if chance.random() < 0.7 or "，" not in one else one[: one.index("，") + 1] + other[len(other) // 2 :]
