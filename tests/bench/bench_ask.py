"""Time that starts and questions take, beside rank-bm25 over jieba words in this process.

Run: .venv/bin/python -m tests.bench.bench_ask [COUNT]
Starts: of a program that finds no index of an earlier one, then of programs that do, on the clock and of the processor.
Questions: through `python -m bot ask --json`, which has them on a pipe, without the first.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parent.parent.parent
REPEATED = 5  # later starts; the median is told
QUESTION = "劳模精神是什么"


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds on the clock, seconds of the processor, peak memory in MB."""

    seconds: float
    processor: float
    memory: float

    def __str__(self) -> str:
        return f"{self.seconds:8.2f} {self.processor:11.2f} {self.memory:9.0f}"


def questions(count: int) -> list[str]:
    """Bundled questions of all passages, evenly spread."""
    rows = (ROOT / "seeds" / "asks.jsonl").read_text(encoding="utf-8").splitlines()
    asks = [ask for row in rows for ask in json.loads(row)["asks"]]
    return asks[:: max(1, len(asks) // count)][:count]


def environment(data: Path) -> dict[str, str]:
    """Of a program that keeps everything in one folder."""
    foreign = {name: value for name, value in os.environ.items() if not name.startswith(("BOT_", "TELEGRAM_"))}
    return foreign | {"BOT_DATA_DIR": str(data)}


def asking(data: Path) -> Start:
    """A program that answers one question, from its start to its end."""
    started = time.perf_counter()
    program = subprocess.Popen([sys.executable, "-m", "bot", "ask", QUESTION], stdout=subprocess.DEVNULL, cwd=ROOT, env=environment(data))
    _, status, used = os.wait4(program.pid, 0)
    assert status == 0
    return Start(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def processor_seconds(process: int) -> float:
    """What a running program has used until now."""
    used = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


def opening_the_page(data: Path) -> Start:
    """A program without a token, from its start to the address that it prints."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "bot", "demo", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment(data)) as program:
        assert program.stdout is not None
        assert re.search("http://", program.stdout.readline())
        seconds = time.perf_counter() - started
        processor = processor_seconds(program.pid)
        memory = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{program.pid}/status").read_text(encoding="ascii"))
        program.terminate()
    assert memory
    return Start(seconds, processor, int(memory[1]) / 1024)


def middle(starts: list[Start]) -> Start:
    """The medians."""
    return Start(median(s.seconds for s in starts), median(s.processor for s in starts), max(s.memory for s in starts))


def through_the_program(asked: list[str], data: Path) -> tuple[list[float], float]:
    """Milliseconds of each question but the first, and the processor's on average."""
    command = [sys.executable, "-m", "bot", "ask", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment(data)) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        times, used = [], 0.0
        for question in asked:
            before = time.perf_counter()
            program.stdin.write(question + "\n")
            program.stdin.flush()
            answer = json.loads(program.stdout.readline())
            times.append(1000 * (time.perf_counter() - before))
            assert answer["question"] == question
            used = used or processor_seconds(program.pid)
        processor = processor_seconds(program.pid) - used
        program.stdin.close()
    return times[1:], 1000 * processor / (len(asked) - 1)


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
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        print("starts                    seconds   processor   peak MB")
        print(f"ask, first           {asking(data)}")
        print(f"ask, later           {middle([asking(data) for _ in range(REPEATED)])}")
        print(f"page, later          {middle([opening_the_page(data) for _ in range(REPEATED)])}")
        ours, processor = through_the_program(asked, data)
    built, theirs = by_rank_bm25(asked)
    print(f"rank-bm25 built      {built:8.2f}")
    print(f"{len(asked)} questions        median ms    99 % ms")
    for name, times in (("bot ask --json", ours), ("rank-bm25, words", theirs)):
        print(f"{name:21}{median(times):9.2f} {quantiles(times, n=100)[98]:10.2f}")
    print(f"bot ask --json       {processor:9.2f}            of the processor, mean")
    print(f"ratio of medians     {median(ours) / median(theirs):9.1f}")


if __name__ == "__main__":
    main()
