"""Material for a speech of one's own in the terminal: by kind, each sentence with its source."""

from __future__ import annotations

from itertools import groupby

from bot.cli.output import Printer
from bot.settings.library import Library
from bot.settings.wording import Phrases
from retrieval import excerpts, openings


def put_material(printer: Printer, library: Library, say: Phrases, theme: str) -> None:
    """Everything on a theme; that nothing is said of it."""
    found = excerpts(library.engine, theme, library.worthy)
    printer.line(
        say("material.title", theme=theme, count=len(found), shown=len(found)) if found else say("compare.none", theme=theme), "head"
    )
    for (kind, on_theme), group in groupby(found, lambda excerpt: (excerpt.kind, excerpt.on_theme)):
        printer.line(say(f"material.{kind}") + ("" if on_theme else say("material.on_anything")), "head")
        for excerpt in group:
            printer.quote(excerpt.quote)


def put_openings(printer: Printer, library: Library) -> None:
    """How each speech begins."""
    for quote in openings(library.corpus):
        printer.quote(quote)
