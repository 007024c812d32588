"""Messages about the chat by people whose messages nothing was learned from: how many are taken for questions to the speeches.

Run: .venv/bin/python -m tests.bench.bench_chat [--misses N]
Each is sent at the beginning of a chat, after an answer, or after a question that had none, as its writer said. A miss is answered with
quotes that were searched for, or told that the speeches do not speak of it.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

from bot.settings import config
from bot.settings.library import open_library
from retrieval import Conversation, Engine, Turn, after, turn

MESSAGES = Path(__file__).parent / "chat_messages.jsonl"
BEFORE = {
    "answer": ("劳模精神是什么", "怎样关心困难劳模", "工会要做什么"),
    "none": ("股票怎么买", "高铁票多少钱", "谁发明了火药"),
    "nothing": ("", "", ""),
}


def said_after(engine: Engine, question: str, message: str) -> Turn:
    """What a message means after a question, or at the beginning of a chat."""
    kept = Conversation()
    if question:
        step = turn(engine, question, kept)
        kept = step.then or after(kept, step, step.answer or engine.answer(step.understood), 0)
    return turn(engine, message, kept)


def main() -> None:
    """Print how many were taken for questions, by what was before, and some of them."""
    engine = open_library(config.read(dict(os.environ))).engine
    misses, counts = [], Counter[str]()
    for number, line in enumerate(MESSAGES.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        counts[row["after"]] += 1
        found = said_after(engine, BEFORE[row["after"]][number % 3], row["say"])
        if found.kind in ("new", "again", "more") and not found.say:
            misses.append((row["after"], row["say"], found.because))
    missed = Counter(before for before, _, _ in misses)
    for before, count in counts.items():
        print(f"after {before:8}{count:5}  taken for questions {missed[before]:3} ({missed[before] / count:.3f})")
    print(f"all           {counts.total():5}  taken for questions {len(misses):3} ({len(misses) / counts.total():.3f})")
    for before, said, rule in misses[: int(sys.argv[2]) if len(sys.argv) > 2 else 0]:
        print(f"  {before:8}{said}  ({rule})")


if __name__ == "__main__":
    main()
