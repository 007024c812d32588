"""Milliseconds and kilobytes of every picture: the first one of a fresh process, then the median and the worst of many.

    python tests/bench/bench_pictures.py [--times 20]

The goal is 400 ms for each, the first included. Exit status 1 when one takes longer.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

GOAL = 400.0  # ms
TEXT = (ROOT / "seeds/speeches/000_d320bc62616a912d.txt").read_text(encoding="utf-8")
SOURCE = "第1篇《五一劳模座谈会领导讲话稿》· 一、当前新形势下广泛选树劳模典型"


def pictures() -> dict[str, Callable[[], bytes]]:
    """Every kind of picture at its usual and its largest size."""
    from bot.pictures import comparison_chart, count_bars, daily_bars, heat_map, quote_card, word_cloud

    words = [(TEXT[i : i + 2], 100.0 / (i + 1)) for i in range(500, 900, 5)]
    month = [date(2024, 4, 1) + timedelta(days=i) for i in range(30)]
    themes, speeches = [f"主题{i}" for i in range(40)], [f"{i} 某市（约2014）" for i in range(12)]
    return {
        "card, 14 characters": lambda: quote_card("劳动改变世界，劳动创造未来。", SOURCE, "/s1_1"),
        "card, 60 characters": lambda: quote_card(TEXT[975:1035], SOURCE, "/s1_1"),
        "card, 340 characters": lambda: quote_card(TEXT[520:860], SOURCE, "/s1_1"),
        "cloud, 80 words": lambda: word_cloud(words, "第1篇"),
        "map, 10 x 6": lambda: heat_map(themes[:10], speeches[:6], [[i * j for j in range(6)] for i in range(10)], "主题"),
        "map, 40 x 12": lambda: heat_map(themes, speeches, [[i * j for j in range(12)] for i in range(40)], "主题"),
        "bars, 30 days": lambda: daily_bars(month, {k: list(range(30)) for k in ("是", "近", "否")}, "最近30天"),
        "counts, 6": lambda: count_bars(speeches[:6], list(range(6)), [1] * 6, ("正文", "标题"), "次数"),
        "counts, 40": lambda: count_bars(themes, list(range(40)), [1] * 40, ("正文", "标题"), "次数"),
        "comparison, 6 x 2": lambda: comparison_chart(themes[:6], {"hit@1": [0.4] * 6, "hit@3": [0.7] * 6}, "比较"),
    }


def milliseconds(draw: Callable[[], bytes]) -> tuple[float, int]:
    """Time of one drawing, and its bytes."""
    start = time.perf_counter()
    size = len(draw())
    return (time.perf_counter() - start) * 1000, size


def first(name: str) -> float:
    """Time of this drawing as the first one of a new process, without the imports."""
    out = subprocess.run([sys.executable, __file__, "--first", name], check=True, capture_output=True, text=True)
    return float(out.stdout)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, default=20)
    options.add_argument("--first", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.first:
        print(milliseconds(pictures()[given.first])[0])
        return 0
    worst_of_all = 0.0
    print(f"{'picture':24}{'first':>8}{'median':>8}{'worst':>8}   kB")
    for name, draw in pictures().items():
        runs = [milliseconds(draw) for _ in range(given.times)]
        times, cold = [t for t, _ in runs], first(name)
        worst_of_all = max(worst_of_all, cold, *times)
        print(f"{name:24}{cold:8.0f}{median(times):8.0f}{max(times):8.0f}{runs[0][1] // 1000:5}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return int(worst_of_all > GOAL)


if __name__ == "__main__":
    sys.exit(main())
