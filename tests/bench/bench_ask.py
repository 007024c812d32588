"""Time a question takes through `python -m bot ask --json`, beside rank-bm25 over jieba words in this process.

Run: .venv/bin/python -m tests.bench.bench_ask [COUNT]
Prints start, median and 99th percentile of a question, peak memory; then rank-bm25's, and the ratios.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parent.parent.parent


def questions(count: int) -> list[str]:
    """Bundled questions of all passages, evenly spread."""
    rows = (ROOT / "seeds" / "asks.jsonl").read_text(encoding="utf-8").splitlines()
    asks = [ask for row in rows for ask in json.loads(row)["asks"]]
    return asks[:: max(1, len(asks) // count)][:count]


def through_the_program(asked: list[str]) -> tuple[float, list[float], float]:
    """Seconds to the first answer, milliseconds of each further question, peak memory in MB."""
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        times = []
        for question in asked:
            before = time.perf_counter()
            program.stdin.write(question + "\n")
            program.stdin.flush()
            answer = json.loads(program.stdout.readline())
            times.append(1000 * (time.perf_counter() - before))
            assert answer["question"] == question
        program.stdin.close()
    start = time.perf_counter() - started - sum(times[1:]) / 1000
    return start, times[1:], resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def by_rank_bm25(asked: list[str]) -> tuple[float, list[float]]:
    """Seconds to build, milliseconds of each question over the printed paragraphs."""
    before = time.perf_counter()
    import jieba
    from rank_bm25 import BM25Okapi

    from retrieval import read

    corpus = read(ROOT / "seeds" / "speeches")
    texts = [corpus.text(n.speech.file, p) for n in corpus.speeches for p in n.speech.paragraphs]
    okapi = BM25Okapi([list(jieba.cut(text)) for text in texts])
    built = time.perf_counter() - before
    times = []
    for question in asked:
        before = time.perf_counter()
        okapi.get_top_n(list(jieba.cut(question)), texts, 3)
        times.append(1000 * (time.perf_counter() - before))
    return built, times


def main() -> None:
    asked = questions(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
    start, ours, memory = through_the_program(asked)
    built, theirs = by_rank_bm25(asked)
    print(f"{len(asked)} questions     start s   median ms   p99 ms   peak MB")
    print(f"bot ask --json     {start:7.2f}   {median(ours):9.2f}   {quantiles(ours, n=100)[98]:6.2f}   {memory:7.0f}")
    print(f"rank-bm25, words   {built:7.2f}   {median(theirs):9.2f}   {quantiles(theirs, n=100)[98]:6.2f}         -")
    print(f"ratio of medians   {median(ours) / median(theirs):.1f}")


if __name__ == "__main__":
    main()
