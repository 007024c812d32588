"""What stands in the speeches word for word: said with all places, counted, compared with a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.contract.reply import Reply
from bot.contract.response import Response
from bot.contract.text_builder import LIMIT, TextBuilder
from bot.service.cards import ways_on
from bot.service.context import Context, Declined
from bot.service.quote_text import source_line
from retrieval import (
    Answer,
    Checked,
    Correction,
    Literal,
    Lookup,
    Numbered,
    Occurrence,
    StatementState,
    by_speech,
    corrections,
    lengths,
    source,
    verify,
)

COUNTED = ("count", "most", "which")  # questions that a bar for each speech answers
WIDEST = 12  # signs of the longest bar: with name and number on one line of a phone
NAMED = 30  # characters of a wording in a sentence of ours, chosen
LISTED = 12  # statements of a draft in one message, chosen: with corrections and places they fill it
ROOM = 300  # characters left for the line that sums up
SIGNS: dict[StatementState, str] = {"same": "✓", "differs": "≈", "absent": "✗"}


def told(context: Context, answer: Answer, card: Reply) -> Reply:
    """The card of an answer with what was found word for word above it; in place of its words where nothing comes close."""
    literal = answer.literal
    if literal is None or not (literal.decides or literal.absent):
        return card
    words = "\n".join(line for lookup in literal.lookups for line in _lines(context, literal, lookup))
    return prefixed(card, words) if answer.quotes or not literal.decides else replace(card, text=words, entities=())


def shown(answer: Answer) -> Answer:
    """The answer as its card is to show it: of a wording that decides nothing is only near."""
    decides = answer.literal is not None and answer.literal.decides and answer.quotes
    return replace(answer, verdict=replace(answer.verdict, state="sure")) if decides else answer


def prefixed(card: Reply, words: str) -> Reply:
    """A card with a line of ours above it."""
    head = f"{words}\n\n"
    if len(head) + len(card.text) > LIMIT:
        return card
    entities = tuple(replace(entity, start=entity.start + len(head), end=entity.end + len(head)) for entity in card.entities)
    return replace(card, text=head + card.text, entities=entities)


def _lines(context: Context, literal: Literal, lookup: Lookup) -> list[str]:
    """What is to be said of one wording."""
    wording = lookup.text if len(lookup.text) <= NAMED else lookup.text[: NAMED - 1] + "…"
    total = len(context.library.corpus.speeches)
    if lookup.places:
        lines = [context.say("literal.found", wording=wording, count=len(lookup.places), where=_where(context, lookup.places))]
        headings = sum(place.heading for place in lookup.places)
        lines += [context.say("literal.headings", count=headings)] if headings and headings < len(lookup.places) else []
        return lines + (bars(context, lookup.places) if literal.question.wants in COUNTED else [])
    if lookup.elsewhere:
        scope = "、".join(context.say("source.brief", number=r.number) for r in literal.question.references)
        return [context.say("literal.elsewhere", scope=scope, wording=wording, where=_where(context, lookup.elsewhere))]
    if lookup.near:
        differing = "；".join(_difference(context, lookup.text, (change.start, change.end), change.words) for change in lookup.near.changed)
        return [context.say("literal.near", total=total, wording=wording), context.say("literal.changed", changes=differing)]
    return [context.say("literal.absent", total=total, wording=wording)]


def _difference(context: Context, wording: str, span: tuple[int, int], words: str) -> str:
    typed = wording[slice(*span)]
    key = "literal.instead" if typed and words else "literal.missing" if words else "literal.extra"
    return context.say(key, typed=typed, words=words)


def _where(context: Context, places: Iterable[Occurrence]) -> str:
    """第1篇 2处、第4篇 3处."""
    counts = by_speech(context.library.corpus, places)
    return "、".join(context.say("literal.in_speech", number=number, count=count) for number, count in counts.items() if count)


def bars(context: Context, places: Sequence[Occurrence]) -> list[str]:
    """A bar for each speech, in time order; speeches without the wording have 0."""
    counts = by_speech(context.library.corpus, places)
    most = max([*counts.values(), WIDEST])
    return [f"{_named(context, n)} {'▇' * round(counts[n.number] * WIDEST / most)} {counts[n.number]}" for n in _in_time(context)]


def _in_time(context: Context) -> list[Numbered]:
    return sorted(context.library.corpus.speeches, key=lambda numbered: (numbered.entry.year or 9999, numbered.number))


def _named(context: Context, numbered: Numbered) -> str:
    head = context.say("source.brief", number=numbered.number)
    return f"{head} {numbered.entry.year}" if numbered.entry.year else head


def length_list(context: Context) -> Reply:
    """How long each speech is, in time order."""
    text = TextBuilder().line(context.say("literal.lengths"), "bold")
    found = lengths(context.library.corpus)
    for numbered in _in_time(context):
        text.line(context.say("literal.length", name=_named(context, numbered), count=found[numbered.number]))
    return text.reply(ways_on(context))


def count(context: Context, word: str) -> Response:
    """`/count WORD`: how often, where, with bars. Raises Declined without a word."""
    if not any(map(str.isalnum, word)):
        raise Declined("literal.which_word")
    lookup = context.library.engine.exact.look_up(word)
    name = word if len(word) <= NAMED else word[: NAMED - 1] + "…"
    text = TextBuilder().line(context.say("literal.count", wording=name, count=len(lookup.places)), "bold")
    for line in bars(context, lookup.places):
        text.line(line)
    return Response((text.reply(ways_on(context)),))


def check(context: Context, draft: str) -> Response:
    """`/verify TEXT`: every quotation and sentence of a draft. Raises Declined without a text."""
    if not any(map(str.isalnum, draft)):
        raise Declined("literal.which_text")
    return Response((checked_card(context, draft),))


def checked_card(context: Context, draft: str) -> Reply:
    """What became of every statement of a draft: the same, different (and how), in none."""
    checked = verify(context.library.engine.exact, draft)
    states = Counter(one.state for one in checked)
    counts = "　".join(f"{SIGNS[state]} {states[state]}" for state in SIGNS)
    text = TextBuilder().line(context.say("literal.checked", count=len(checked), counts=counts), "bold").line()
    left = len(checked)
    for one in checked[:LISTED]:
        words = f"{SIGNS[one.state]} {_corrected(one)}"
        where = _place(context, one)
        if text.length + len(words) + len(where) > LIMIT - ROOM:
            break
        text.line(words).line(f"　{where}")
        left -= 1
    if left:
        text.line(context.say("literal.left", count=left))
    return text.reply(ways_on(context))


def _corrected(one: Checked) -> str:
    """The statement with what is struck out and put in."""
    return "".join(map(_piece, corrections(one.statement.text, one.changed)))


def _piece(piece: Correction) -> str:
    return piece.text if piece.kind == "kept" else f"〔删：{piece.text}〕" if piece.kind == "struck" else f"〔增：{piece.text}〕"


def _place(context: Context, one: Checked) -> str:
    if one.place is None:
        return context.say("literal.in_none")
    line = source_line(source(context.library.corpus, one.place.speech, one.place.span), context.say)
    return line + (context.say("literal.more_places", count=len(one.places)) if len(one.places) > 1 else "")
