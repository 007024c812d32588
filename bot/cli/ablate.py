"""`eval --ablate`: each ingredient taken away in turn, and what that does to the same questions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.cli.output import Printer, table
from bot.settings.config import Settings
from bot.settings.materials import Materials, gather
from retrieval import HOMOPHONE, UNJUDGED, Engine, Question, Unanswered, Understood, build, by_kind, measure

Ablation = Callable[[Understood], Understood]


def ablate(settings: Settings, questions: Sequence[Question], printer: Printer) -> None:
    """Prints hit@1, hit@3 and characters with everything, then without each ingredient. Every answer is shown, sure or not."""
    materials, _ = gather(settings)
    if materials is None:
        return
    rows = [["without", "hit@1", "hit@3", "chars"]]
    for name, engine, change in _variants(materials):
        m = by_kind(measure(engine, questions, time.perf_counter, change=change))["all"]
        rows.append([name, f"{m.hit1:.3f}", f"{m.hit3:.3f}", f"{m.characters:.0f}"])
    for line in table(rows):
        printer.line(line)


def _variants(materials: Materials) -> Iterator[tuple[str, Engine, Ablation | None]]:
    """Name, engine, and what is taken away from each question."""
    whole = _built(materials)
    yield "–", whole, None
    for name, kind in (("words", "w"), ("bigrams", "b"), ("characters", "c")):
        yield name, whole, _without_kind(kind)
    yield "homophones", whole, lambda u: replace(u, terms={t: w for t, w in u.terms.items() if w != HOMOPHONE})
    yield "speech and part named in the question", whole, lambda u: replace(u, references=())
    yield "opening and closing", whole, lambda u: replace(u, place="")
    yield "lists told from single things", whole, lambda u: replace(u, wants_list=True)
    yield "words about asking taken off", _built(replace(materials, words=replace(materials.words, asking=()))), None
    writers = sorted({ask.written for ask in materials.asks})
    half = tuple(ask for ask in materials.asks if ask.written in writers[::2])
    yield "half of the writers of asks", _built(replace(materials, asks=half)), None
    plain = replace(materials, asks=())
    yield "asks", _built(plain), None
    yield "asks, synonyms", _built(replace(plain, words=replace(plain.words, synonyms=()))), None


def _without_kind(kind: str) -> Ablation:
    return lambda u: replace(u, terms={t: w for t, w in u.terms.items() if t[0] != kind})


def _built(materials: Materials) -> Engine:
    return build(materials.corpus, materials.words, materials.asks, Unanswered(), UNJUDGED)
