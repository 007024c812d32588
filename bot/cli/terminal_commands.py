"""What the chat on a terminal does beside answering: a quiz, a theme across the speeches with its formulas, a quote, the list."""

from __future__ import annotations

import random as chance
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.cli.output import Printer, place
from bot.cli.show_material import put_material
from bot.service.quiz_questions import KINDS, quiz_options, quiz_pool
from bot.settings.library import Library
from bot.settings.wording import Phrases
from retrieval import Formula, Version, by_id, compare, formulas

CHANGED = {"struck": "删", "put in": "增"}
FORMULAS = 3  # that are shown at once, chosen: each has a line or two a speech


@dataclass(slots=True)
class Terminal:
    """Where it prints, of which speeches, in which words; asked: what the quiz has asked already."""

    library: Library
    printer: Printer
    say: Phrases
    asked: set[str] = field(default_factory=set)


def quiz(terminal: Terminal, _argument: str) -> None:
    """A question of the quiz that was not asked yet, the answer that is typed, and which is right."""
    printer, say, corpus = terminal.printer, terminal.say, terminal.library.corpus
    pool = quiz_pool(terminal.library)
    left = [item for item in pool if item not in terminal.asked] or pool
    if not left:
        printer.line(say("quiz.none"))
        return
    item = chance.choice(left)  # noqa: S311  nothing secret about it
    terminal.asked.add(item)
    quote = by_id(corpus, item[1:])
    options, right = quiz_options(terminal.library, item[0], quote)
    printer.line(say(KINDS[item[0]], quote=quote.text))
    for number, option in enumerate(options, 1):
        printer.line(f"  {number}. {option}")
    chosen = _typed()
    printer.line(("✓ " if chosen in (str(right + 1), options[right]) else "✗ ") + options[right], "head")
    printer.quote(quote)


def _typed() -> str:
    """What is typed as an answer; "" at the end of input."""
    try:
        return input("1, 2, 3… ? ").strip()
    except EOFError:
        return ""


def theme(terminal: Terminal, argument: str) -> None:
    """What each speech says best on a theme, in time order, and how what several say changed."""
    printer, say = terminal.printer, terminal.say
    found = compare(terminal.library.engine, argument) if argument else ()
    if not found:
        printer.line(say("compare.none", theme=argument) if argument else say("compare.which"))
        return
    printer.line(say("compare.title", theme=argument, count=len(found)), "head")
    for quote in found:
        printer.quote(quote)
    changed = formulas(terminal.library.engine, argument)[:FORMULAS]
    for number, formula in enumerate(changed, 1):
        printer.line(say("versions.title", theme=argument, page=number, count=len(changed)), "head")
        _put(printer, formula)


def _put(printer: Printer, formula: Formula) -> None:
    for version in formula.versions:
        printer.line(f"│ {told_apart(version)}")
        for source in version.places:
            printer.line(f"  — {place(source)}", "faint")


def told_apart(version: Version) -> str:
    """A wording with what differs from the version before: 〔删：…〕〔增：…〕."""
    if not version.pieces:
        return version.quote.text
    return "".join(piece.text if piece.kind == "kept" else f"〔{CHANGED[piece.kind]}：{piece.text}〕" for piece in version.pieces)


def quote_at_random(terminal: Terminal, argument: str) -> None:
    """A quote worth showing alone, with a word if one is given."""
    library = terminal.library
    fit = library.shareable_about(argument) if argument else library.shareable_of(0)
    if fit:
        terminal.printer.quote(by_id(library.corpus, chance.choice(fit)))  # noqa: S311  nothing secret about it
    else:
        terminal.printer.line(terminal.say("random.none", word=argument))


def speeches(terminal: Terminal, _argument: str) -> None:
    """Every speech with its number."""
    for numbered in terminal.library.corpus.speeches:
        terminal.printer.line(f"{numbered.number}  {numbered.entry.year or ''} {numbered.title}")


def material(terminal: Terminal, argument: str) -> None:
    """Material for a speech of one's own."""
    put_material(terminal.printer, terminal.library, terminal.say, argument)


# Commands, and wishes in words of the same name.
DONE: Mapping[str, Callable[[Terminal, str], None]] = {
    "quiz": quiz,
    "compare": theme,
    "random": quote_at_random,
    "list": speeches,
    "material": material,
}
