"""A theme across all speeches: the best quote of each, in time order."""

from __future__ import annotations

from math import ceil

from bot.contract.actions import Compare
from bot.contract.reply import Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service import cards
from bot.service.context import Context, Declined
from bot.service.kept_texts import kept_text
from bot.service.quote_text import put_quote, put_source
from bot.state import texts
from retrieval import compare

PAGE = 4  # speeches on a card, chosen
LONGEST = 60  # characters of a theme; the longest of bot.yaml has four
SUGGESTED = 9  # themes to tap: three rows, chosen


def command(context: Context, argument: str) -> Response:
    """The first page for the theme that the argument names."""
    theme = " ".join(argument.split())[:LONGEST]
    if not theme:
        return Response((suggestions(context),))
    key = context.key_of(theme)
    with context.store.quick() as memory:
        texts.keep(memory, context.asker.user_id, key, theme, context.now)
    return Response((card(context, theme, Compare(key)),))


def suggestions(context: Context) -> Reply:
    """Themes to tap."""
    keys = [(theme, context.key_of(theme)) for theme in context.behaviour.themes[:SUGGESTED]]
    with context.store.quick() as memory:
        for theme, key in keys:
            texts.keep(memory, context.asker.user_id, key, theme, context.now)
    buttons = [context.labelled(theme, Compare(key)) for theme, key in keys]
    return TextBuilder().line(context.say("compare.which")).reply(*cards.in_rows(buttons))


def page(context: Context, action: Compare) -> Response:
    """Another page."""
    return Response(edit=card(context, kept_text(context, action.theme), action))


def card(context: Context, theme: str, action: Compare) -> Reply:
    """One page of the comparison. Raises Declined when no speech has anything."""
    found = compare(context.library.engine, theme)
    if not found:
        raise Declined("compare.none", theme=theme)
    number = min(action.page, (len(found) - 1) // PAGE)
    text = TextBuilder().line(context.say("compare.title", theme=theme, count=len(found)), "bold").line()
    for quote in cards.fitting(found[number * PAGE : (number + 1) * PAGE]):
        year = context.library.corpus.speech(quote.source.speech).entry.year
        text.line(context.say("compare.year", year=year) if year else context.say("compare.no_year"), "bold")
        put_source(put_quote(text, quote, context.style), quote, context.style).line()
    cards.put_note(text, context)
    return text.reply(cards.page_buttons(context, number, ceil(len(found) / PAGE), lambda page: Compare(action.theme, page)))
