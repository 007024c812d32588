"""What each check does to questions of sorts that the question sets hardly have: put to a speech, of one word, what is not said.

Run: .venv/bin/python -m tests.bench.bench_checks [COUNT]
Own and other: bundled questions, unseen by the index, put to the speech that answers them and to the next. Words: the most frequent of the
speeches, alone, as 哪几篇提到…, and as 哪几篇没有提到…. COUNT of each (300).
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, replace

from bot.settings import config
from bot.settings.library import open_library
from bot.settings.materials import gather
from retrieval import Engine, Question, Segmenter, check_counts, measure, questions_of, unseen_in_turn
from retrieval.answer.unseen import Unseen
from retrieval.evaluate import ON_SUBJECT, Accepted, Outcome


def put_to_speeches(unseen: Unseen, most: int) -> Iterator[tuple[str, list[Question]]]:
    """Sampled asks, each named for the speech that answers it, and for the next one."""
    numbers = [numbered.number for numbered in unseen.engine.corpus.speeches]
    asked = [question for question in questions_of(unseen, most) if question.accepted]
    beyond = {number: numbers[(i + 1) % len(numbers)] for i, number in enumerate(numbers)}
    yield "own", [replace(q, text=f"第{q.accepted[0].speech}篇{q.text}") for q in asked]
    yield "other", [replace(q, kind=ON_SUBJECT, accepted=(), text=f"第{beyond[q.accepted[0].speech]}篇{q.text}") for q in asked]


def of_words(engine: Engine, most: int) -> Iterator[tuple[str, list[Question]]]:
    """The most frequent words of two characters or more, alone and in two questions about which speeches have them."""
    corpus = engine.corpus
    texts = {n.number: corpus.text(n.speech.file, n.speech.span) for n in corpus.speeches}
    counts = Counter(w.text for text in texts.values() for w in engine.reader.segmenter.words(text) if len(w.text) > 1)
    words = [word for word, _ in counts.most_common(most)]
    said = {word: tuple(Accepted(number, word) for number, text in texts.items() if word in text) for word in words}
    yield "word", [Question(word, "word", word, said[word]) for word in words]
    yield "which have it", [Question(word, "word", f"哪几篇提到{word}", said[word]) for word in words]
    yield "which have it not", [Question(word, ON_SUBJECT, f"哪几篇没有提到{word}", ()) for word in words]


def show(name: str, outcomes: Sequence[Outcome]) -> None:
    """The checks that had a last word."""
    print(f"{name}: {dict(Counter(o.confidence for o in outcomes))}")
    for because, count in check_counts(outcomes).items():
        if count.decided:
            print(f"  {because:20}" + "".join(f"{value:8}" for value in astuple(count)))


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    settings = config.read(dict(os.environ))
    engine = open_library(settings).engine
    materials, problems = gather(settings)
    assert materials, problems
    found: dict[str, list[Outcome]] = {}
    print(f"{'last word':22}{'n':>8}  not the models'  changed  better  worse")
    for unseen in unseen_in_turn(materials.corpus, materials.words, materials.asks, materials.unanswered, engine.judge, Segmenter()):
        for name, questions in put_to_speeches(unseen, most // 15):
            found.setdefault(name, []).extend(measure(unseen.engine, questions, time.perf_counter))
    for name, questions in of_words(engine, most):
        found[name] = list(measure(engine, questions, time.perf_counter))
    for name, outcomes in found.items():
        show(name, outcomes)


if __name__ == "__main__":
    main()
