"""What became of the statements of a draft: word for word the same, different and how, in none; each with its places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot.contract.actions import Around, QuoteId
from bot.contract.reply import Button, Reply
from bot.contract.response import Response
from bot.contract.text_builder import LIMIT, TextBuilder
from bot.documents.marked_copy import SIGNS
from bot.service.cards import NUMBERS, ways_on
from bot.service.context import Context, Declined
from bot.service.quote_text import command, source_line
from retrieval import Checked, Correction, Occurrence, Span, copied_from, corrections, sentences_around, source, verify

LISTED = 12  # statements of a draft in one message, chosen: with corrections and places they fill it
SPELLED_OUT = 3  # statements up to which the original is shown beside what differs, chosen: who asks of one wants to copy it
ROOM = 300  # characters left for the line that sums up
NAMED = 4  # places of a statement that are named, chosen: a line each, below which the next statement is in view


def check(context: Context, draft: str) -> Response:
    """`/verify TEXT`: every quotation and sentence of a draft. Raises Declined without a text."""
    if not any(map(str.isalnum, draft)):
        raise Declined("literal.which_text")
    return Response((checked_card(context, draft),))


def checked_card(context: Context, draft: str) -> Reply:
    """What became of every statement of a draft: the same, different (and how), in none."""
    return summary_card(context, draft, verify(context.library.engine.exact, draft), typed=True)


def tally(checked: Sequence[Checked]) -> str:
    """How many statements there are of each kind: ✓ 3　≈ 1　✗ 0."""
    states = Counter(one.state for one in checked)
    return "　".join(f"{SIGNS[state]} {states[state]}" for state in SIGNS)


def passage_line(context: Context, draft: str) -> str:
    """Where a draft that was copied in one piece begins and ends, and whether it is the same; "" for any other."""
    whole = copied_from(context.library.engine.exact, draft)
    if whole is None or whole.place is None:
        return ""
    last = source(context.library.corpus, whole.place.speech, Span(whole.place.span.end - 1, whole.place.span.end))
    alike = "literal.whole_marks" if whole.marks_differ else "literal.whole_same"
    key = alike if whole.state == "same" else "literal.whole_differs"
    first = source_line(source(context.library.corpus, whole.place.speech, whole.place.span), context.say)
    return context.say(key, where=first, end=last.paragraph, count=len(whole.changed))


def summary_card(context: Context, draft: str, checked: Sequence[Checked], *, typed: bool = False) -> Reply:
    """What became of the first statements, as far as a message holds them, and how many of each kind there are; in words of one typed."""
    counts = tally(checked)
    alone = checked[0] if typed and len(checked) == 1 else None
    key = "literal.one_marks" if alone and alone.marks_differ else ALONE[alone.state] if alone else ""
    head = context.say(key) if key else context.say("literal.checked", count=len(checked), counts=counts)
    text = TextBuilder().line(head, "bold")
    whole = passage_line(context, draft)
    if whole:
        text.line(whole)
    text.line()
    left = len(checked)
    for one in checked[:LISTED]:
        words = f"{SIGNS[one.state]} {_corrected(one)}"
        where = place_line(context, one, commands=True)
        if text.length + len(words) + len(where) > LIMIT - ROOM:
            break
        text.line(words).line(f"　{where}")
        if (one.state == "differs" or one.marks_differ) and one.place and len(checked) <= SPELLED_OUT:
            told = "literal.original" if key or one.state == "differs" else "literal.other_marks"
            text.line(context.say(told, words=original(context, one.place)))
            for wrote, printed in replaced(one)[:LISTED]:
                text.line(context.say("literal.you_wrote", typed=wrote, printed=printed))
        left -= 1
    if left:
        text.line(context.say("literal.left", count=left))
    seen = _context_buttons(context, checked) if len(checked) <= SPELLED_OUT else []
    return text.reply(seen, ways_on(context))


def _context_buttons(context: Context, checked: Sequence[Checked]) -> list[Button | None]:
    """To each statement's first place with the sentences around it."""
    found: list[Button | None] = []
    for number, one in zip(NUMBERS, checked, strict=False):
        if one.place:
            span = sentences_around(context.library.corpus, one.place)
            label = context.say("button.around") if len(checked) == 1 else f"{number} {context.say('button.around')}"
            found.append(context.labelled(label, Around(QuoteId(one.place.speech, span.start, span.end))))
    return found


def original(context: Context, place: Occurrence) -> str:
    """What is printed at a place, to the end of its clause if a few characters are left of that: 传统美德, where 传统 came closest."""
    text = context.library.corpus.texts[place.file]
    rest = _CLAUSE_LEFT.match(text, place.span.end)
    return text[place.span.start : rest.end() if rest else place.span.end]


_CLAUSE_LEFT = re.compile("[^，。；：！？,;:!?\\s]{1,6}(?=[，。；：！？,;:!?])")  # 美德|。  ✗。  ✗是我市最大的一项工程
ALONE = {"same": "literal.one_same", "differs": "literal.one_differs", "absent": "literal.one_absent"}  # above a single statement


def replaced(one: Checked) -> list[tuple[str, str]]:
    """What was typed in place of what is printed, one character with that before it: 精华, 精英."""
    pieces = corrections(one.statement.text, one.changed)
    kept = ("", *(piece.text[-1:] if piece.kind == "kept" else "" for piece in pieces))
    pairs = zip(kept, pieces, pieces[1:], strict=False)
    found = [(before, a.text, b.text) for before, a, b in pairs if (a.kind, b.kind) == ("struck", "put in")]
    return [(typed, printed) if len(typed) > 1 else (before + typed, before + printed) for before, typed, printed in found]


def _corrected(one: Checked) -> str:
    """The statement with what is struck out and put in."""
    return "".join(map(_piece, corrections(one.statement.text, one.changed)))


def _piece(piece: Correction) -> str:
    return piece.text if piece.kind == "kept" else f"〔删：{piece.text}〕" if piece.kind == "struck" else f"〔增：{piece.text}〕"


def place_line(context: Context, one: Checked, *, commands: bool = False) -> str:
    """Where a statement stands, every place if they are few, or that it stands nowhere. commands: each with the one that shows it."""
    if one.place is None:
        return context.say("literal.in_none")
    named = one.places[: NAMED if len(one.places) <= NAMED else 1]
    lines: dict[str, None] = {}
    for place in named:
        of = source(context.library.corpus, place.speech, place.span)
        marks = context.say("literal.marks") if place in one.marked_otherwise and not one.marks_differ else ""
        lines[f"{source_line(of, context.say)}{f' {command(of)}' if commands else ''}{marks}"] = None
    more = context.say("literal.more_places", count=len(one.places)) if len(one.places) > len(named) else ""
    return "\n　".join(lines) + more
