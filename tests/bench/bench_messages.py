"""How well messages about the chat are told from questions, and from each other: each writer's against the others'.

    python -m tests.bench.bench_messages

Printed by writer: messages taken to be about the chat at three probabilities and, of questions that were not learned from, those taken so
by mistake; of the messages those whose kind has at least .6, and how many of these are of that kind.
"""

from __future__ import annotations

import json
import os

from bot.settings import config
from bot.settings.materials import gathered
from retrieval.index.message_kinds import QUESTION, message_kinds

LEARNED, ASKED = 6000, 2000  # questions
PROBABILITIES = (0.4, 0.75, 0.9)
RIGHT = 0.6


def main() -> None:
    """Print a line for each writer that is left out."""
    settings = config.read(os.environ)
    materials = gathered(settings)
    asks = [ask for one in materials.asks for ask in one.asks]
    learned = [*asks[:: len(asks) // LEARNED], *materials.unanswered.near, *materials.unanswered.far]
    asked = asks[7 :: len(asks) // ASKED]
    rows = [json.loads(line) for line in (settings.seeds / "messages.jsonl").read_text(encoding="utf-8").splitlines()]
    print(
        f"{'writer':8}{'messages':>10}" + "".join(f"{f'chat {p}':>12}{'question':>10}" for p in PROBABILITIES) + f"{'kind':>8}{'right':>8}"
    )
    for writer in sorted({row["pass"] for row in rows if row["kind"] != QUESTION}):
        kinds = message_kinds({row["kind"]: others(rows, row["kind"], writer) for row in rows}, [q for q in learned if q not in set(asked)])
        guesses = [
            (row["kind"], kinds.guess(text)) for row in rows if row["pass"] == writer and row["kind"] != QUESTION for text in row["says"]
        ]
        wrongly = [kinds.guess(question).chat for question in asked]
        shares = "".join(
            f"{sum(guess.chat >= p for _, guess in guesses) / len(guesses):12.3f}{sum(chat >= p for chat in wrongly) / len(wrongly):10.4f}"
            for p in PROBABILITIES
        )
        sure = [(kind, guess) for kind, guess in guesses if guess.right >= RIGHT]
        right = sum(guess.kind == kind for kind, guess in sure) / len(sure)
        print(f"{writer:<8}{len(guesses):10}{shares}{len(sure) / len(guesses):8.3f}{right:8.3f}")


def others(rows: list[dict[str, object]], kind: str, writer: object) -> list[str]:
    """The messages of a kind that other writers wrote."""
    return [str(text) for row in rows if row["kind"] == kind and row["pass"] != writer for text in list(row["says"])]  # type: ignore[call-overload]


if __name__ == "__main__":
    main()
