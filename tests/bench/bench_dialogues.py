"""Dialogues with what each reply must and must not show, had with the real service; turns and whole dialogues that hold.

    python -m tests.bench.bench_dialogues FILE… [--misses N] [--kind KIND]

A line is {"id", "kind", "turns": [{"say", "accept": any of these, "all": all of these, "reject": none of these,
"no_quote": nothing is quoted, "fewer": shorter than the reply before, "expect": in words}]}.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.cli.database import SCHEMAS
from bot.contract.reply import Reply
from bot.contract.response import Asker, Response
from bot.service import Content, SpeechService
from bot.settings import config, wording
from bot.settings.library import open_library
from bot.state.store import open_store

QUOTED = ("blockquote", "expandable_blockquote")
SECONDS = 20.0  # between two messages of a person


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person saw: all the words, and whether any of them were quoted."""

    text: str
    quoted: bool


def shown(response: Response) -> Shown:
    """Everything that an answer shows, pictures by their captions."""
    drawn = response.later().replies if response.later else ()
    replies: tuple[Reply, ...] = (*((response.edit,) if response.edit else ()), *response.replies, *drawn)
    quoted = any(entity.kind in QUOTED for reply in replies for entity in reply.entities)
    return Shown("\n".join(reply.text for reply in replies), quoted)


def wrong(turn: dict[str, Any], now: Shown, before: Shown) -> str:
    """What a reply lacks or should not have; "" if it is right."""
    if turn.get("no_quote") and now.quoted:
        return "quotes"
    missing = [words for words in turn.get("all", ()) if words not in now.text]
    if missing:
        return f"lacks {missing[0]}"
    if "accept" in turn and not any(words in now.text for words in turn["accept"]):
        return f"has none of {turn['accept'][0]} …"
    refused = [words for words in turn.get("reject", ()) if words in now.text]
    if refused:
        return f"has {refused[0]}"
    return "is no shorter" if turn.get("fewer") and len(now.text) >= len(before.text) else ""


def main() -> None:
    """Print turns and dialogues that hold, by kind, and the misses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="+", type=Path)
    parser.add_argument("--misses", type=int, default=20)
    parser.add_argument("--kind", default="")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = config.read({**os.environ, "BOT_DATA_DIR": folder})
        behaviour = replace(settings.behaviour, questions_a_minute=1000)
        content = Content(open_library(settings), wording.read(settings.config / "wording"), behaviour)
        store = open_store(f"sqlite:///{folder}/bot.db", SCHEMAS)
        now = [1_795_000_000.0]
        service = SpeechService(content, store, clock=lambda: now[0], choose=lambda items: items[0])
        turns, right, whole, dialogues = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
        misses: list[str] = []
        lines = [line for file in chosen.file for line in file.read_text(encoding="utf-8").splitlines()]
        for number, row in enumerate(map(json.loads, lines), 1000):
            if chosen.kind and chosen.kind not in row["kind"]:
                continue
            asker, before, held = Asker(number, number, "private", "zh"), Shown("", quoted=False), True
            for turn in row["turns"]:
                now[0] += SECONDS
                reply = shown(service.question(asker, turn["say"]))
                problem = wrong(turn, reply, before)
                turns[row["kind"]] += 1
                right[row["kind"]] += not problem
                held &= not problem
                before = reply
                if problem:
                    words = reply.text.replace("\n", " / ")
                    misses.append(f"{row['id']} {turn['say']!r} {problem} ({turn.get('expect', '')})\n      → {words[:160]}")
            dialogues[row["kind"]] += 1
            whole[row["kind"]] += held
        for kind in dialogues:
            print(f"{kind:14} turns {right[kind]:3}/{turns[kind]:3}  dialogues {whole[kind]:3}/{dialogues[kind]:3}")
        print(f"{'all':14} turns {right.total() / turns.total():.3f}  dialogues {whole.total() / dialogues.total():.3f}")
        print("\n".join(misses[: chosen.misses]))
        store.close()


if __name__ == "__main__":
    main()
