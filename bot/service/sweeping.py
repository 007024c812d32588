"""What is too old to be kept."""

from __future__ import annotations

from bot.state import bags, feedback, figures, quizzes, subscriptions, talks, texts
from bot.state.store import Store

FIGURE_DAYS = 400  # chosen: a year and a month, to compare a month with the same one before
LEDGER_DAYS = 60  # chosen; they are needed for FIRST_LOOK_BACK, less than a day
DAY = 86400.0


def sweep(store: Store, now: float, questions_days: int) -> None:
    """Delete it. questions_days: how long questions are kept."""
    kept = now - questions_days * DAY
    with store.quick() as memory:
        texts.sweep(memory, kept)
        bags.sweep(memory, kept)
        talks.sweep(memory, now - DAY)
        quizzes.sweep(memory, now)
        figures.sweep(memory, now - FIGURE_DAYS * DAY)
        feedback.sweep(memory, now - FIGURE_DAYS * DAY)
        subscriptions.sweep(memory, now - LEDGER_DAYS * DAY)
