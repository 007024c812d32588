"""English glosses beside Chinese titles, headings and examples, for who reads English; marked as glosses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.contract.text_builder import LIMIT, TextBuilder
from bot.service.context import Context

SIGN = "≈"  # before each gloss; `gloss.note` says what it means
INDENT = "　"
NOTES = 200  # characters for what follows the last gloss, chosen
LINE = 190  # characters of a line that follows: as many as reading.py counts for a speech in the list


def put_gloss(text: TextBuilder, context: Context, printed: str, depth: int = 0, left: int = 0) -> None:
    """The gloss of a title, heading or example on a line of its own; nothing in Chinese, without one, or without room.

    left: how many Chinese lines are still to come, which go first.
    """
    gloss = context.wording.glosses.of(printed) if context.say.language == "en" else ""
    line = f"{INDENT * depth}{SIGN} {gloss}"
    if gloss and text.length + len(line) < LIMIT - NOTES - LINE * left:
        text.line(line, "italic")


def put_examples(text: TextBuilder, context: Context, examples: Sequence[str]) -> None:
    """Examples with their glosses, for who may not read the buttons."""
    if glossed(context, examples):
        text.line()
    for words in examples:
        if glossed(context, (words,)):
            text.line(words)
            put_gloss(text, context, words)
    put_gloss_note(text, context, examples)


def put_gloss_note(text: TextBuilder, context: Context, printed: Iterable[str]) -> None:
    """That glosses are not the speeches' own words, if there are any."""
    if glossed(context, printed):
        text.line().line(context.say("gloss.note"), "italic")


def glossed(context: Context, printed: Iterable[str]) -> bool:
    """Whether any of the titles, headings or examples is shown with a gloss."""
    return context.say.language == "en" and any(map(context.wording.glosses.of, printed))
