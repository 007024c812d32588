"""What stands literally in the speeches, what nearly, what not: right answers and milliseconds, on the speeches and on long reports.

Run: .venv/bin/python -m tests.bench.bench_exact [REPORTS]
REPORTS: a file of one JSON object a line with title and content; those of 10 000 characters and more are one corpus, and the sentences of
all are what the speeches do not say. Everything is drawn with one seed, so that a run says the same as the one before.
Prints for each kind of wording how many were asked, the share with the right state and place, and the median and the 95th percentile of
processor time; then drafts of 50 quotations, half of them wrong; then the time to build.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from retrieval import Corpus, ExactText, Lookup, Span, read, verify
from retrieval.exact.letters import letters
from retrieval.speeches.lines import sentences
from tests.bench.bench_reports import as_corpus
from tests.kit.altered import ALTERATIONS, INVENTED, LONGEST, SHORTEST, Sentence, all_sentences, marks_changed, merged, quotations
from tests.retrieval.conftest import SPEECHES, entries
from tests.retrieval.exact.test_verification import LAYOUTS, right

SEED = 12
EACH = 300  # wordings of a kind; of absent ones ten times as many
DRAFTS = 25  # of each layout
LONG = 10_000  # characters of a report that belongs to the corpus
Judge = Callable[[Lookup], bool]


def overlapping(found: Lookup, source: Sentence, share: float) -> bool:
    """Whether a place, the closest original or a piece of it covers so much of a sentence, or has only words of it."""
    near = [found.near.place, *found.near.pieces] if found.near else []
    for place in (*found.places, *near):
        shared = min(place.span.end, source.span.end) - max(place.span.start, source.span.start)
        if place.file == source.file and shared >= share * len(source.text):
            return True
    return found.near is not None and letters(found.near.text).text in letters(source.text).text


def asked(corpus: Corpus) -> Iterable[tuple[str, str, Judge]]:
    """Kind, wording, and whether what was found of it is right."""
    rng = random.Random(SEED)
    known = all_sentences(corpus)
    chosen = [rng.choice(known) for _ in range(EACH)]
    for source in chosen:
        yield "verbatim", source.text, lambda found, s=source: bool(found.places) and overlapping(found, s, 1.0)  # type: ignore[misc]
        yield "other marks", marks_changed(rng, source.text), lambda found: bool(found.places)
        start = rng.randrange(len(source.text) - 4)
        yield "a piece", source.text[start : start + rng.randint(4, 12)], lambda found: bool(found.places)
    for kind, alter in ALTERATIONS.items():
        for source in chosen:
            wording = alter(rng, source.text)
            if letters(wording).text != letters(source.text).text:
                yield kind, wording, lambda found, s=source: bool(found.places) or overlapping(found, s, 0.6)  # type: ignore[misc]
    for source, other in pairwise(chosen):
        if source is not other:
            both = (source, other)
            yield "two halves", merged(source.text, other.text), lambda found, two=both: any(overlapping(found, s, 0.1) for s in two)  # type: ignore[misc]


def absent(path: Path | None) -> list[str]:
    """Sentences that the speeches do not say."""
    if path is None:
        return list(INVENTED)
    contents = (json.loads(line)["content"].replace("\n", "") for line in path.read_text(encoding="utf-8").splitlines())
    found = [text[s.start : s.end] for text in contents for s in sentences(text, Span(0, len(text)))]
    fitting = [sentence for sentence in found if SHORTEST <= len(letters(sentence).text) <= LONGEST]
    return random.Random(SEED).sample(fitting, min(10 * EACH, len(fitting)))


def table(exact: ExactText, cases: Sequence[tuple[str, str, Judge]]) -> None:
    """One line for every kind, in the order in which they come."""
    times: dict[str, list[float]] = {}
    rights: dict[str, int] = {}
    for kind, wording, judge in cases:
        start = time.process_time()
        found = exact.look_up(wording)
        times.setdefault(kind, []).append(time.process_time() - start)
        rights[kind] = rights.get(kind, 0) + judge(found)
    for kind, taken in times.items():
        ordered = sorted(taken)
        median, slow = ordered[len(ordered) // 2] * 1000, ordered[len(ordered) * 95 // 100] * 1000
        print(f"  {kind:<18}{len(taken):6}{rights[kind] / len(taken):8.3f}{median:10.2f}{slow:8.2f} ms", flush=True)


def drafts(corpus: Corpus, exact: ExactText) -> None:
    """States and places of drafts in every layout."""
    for layout, put in LAYOUTS.items():
        total = wrong = 0
        start = time.process_time()
        for number in range(DRAFTS):
            expected = quotations(random.Random(f"{SEED} {layout} {number}"), corpus)
            found = {letters(one.statement.text).text: one for one in verify(exact, put([quotation.text for quotation in expected]))}
            total += len(expected)
            wrong += sum(not right(quotation, found.get(letters(quotation.text).text)) for quotation in expected)
        print(f"  {layout:<24}{total:6}{1 - wrong / total:8.4f}{(time.process_time() - start) / DRAFTS * 1000:8.0f} ms a draft", flush=True)


def bench(name: str, corpus: Corpus, unsaid: Sequence[str]) -> ExactText:
    """The table of one corpus."""
    start = time.process_time()
    exact = ExactText(corpus)
    built = time.process_time() - start
    exact.look_up("不在里面的一句话而已")
    ready = time.process_time() - start - built
    print(f"{name}: {len(exact.concordance.text)} letters, built in {built * 1000:.0f} ms, for originals {ready * 1000:.0f} ms more")
    cases = [*asked(corpus), *(("not said", wording, lambda found: not found.places and found.near is None) for wording in unsaid)]
    table(exact, cases)
    return exact


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    corpus = read(SPEECHES, entries())
    exact = bench("speeches", corpus, absent(path))
    print("drafts of 50 quotations")
    drafts(corpus, exact)
    if path:
        contents = [json.loads(line)["content"] for line in path.read_text(encoding="utf-8").splitlines()]
        bench("long reports", as_corpus([content for content in contents if len(content) >= LONG]), ())


if __name__ == "__main__":
    main()
