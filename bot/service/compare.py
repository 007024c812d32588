"""A theme across all speeches, side by side: the best quote of each in time order, the same wording once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.contract.actions import Compare
from bot.contract.reply import Button, Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.contract.theme_actions import Material, Versions
from bot.service import cards
from bot.service.context import Context, Declined
from bot.service.kept_texts import keep_text, kept_text
from bot.service.quote_text import put_quote, put_source
from bot.service.reader_button import reader_button_of
from retrieval import Quote, Source, compare, formulas

LONGEST = 60  # characters of a theme; the longest of bot.yaml has four
SUGGESTED = 9  # themes to tap: three rows, chosen
NAMED = 12  # speeches that are named as having nothing, chosen
OTHERS = 3  # themes to go on with: one row


def command(context: Context, argument: str) -> Response:
    """The first page for the theme that the argument names."""
    theme = " ".join(argument.split())[:LONGEST]
    if not theme:
        return Response((suggestions(context),))
    return Response((card(context, theme, Compare(keep_text(context, theme))),))


def suggestions(context: Context) -> Reply:
    """Themes to tap."""
    buttons = _theme_buttons(context, context.behaviour.themes[:SUGGESTED])
    return TextBuilder().line(context.say("compare.which")).reply(*cards.in_rows(buttons))


def page(context: Context, action: Compare) -> Response:
    """Another page; from a card of something else the first."""
    return Response(edit=card(context, kept_text(context, action.theme), action))


def card(context: Context, theme: str, action: Compare) -> Reply:
    """All of the comparison, or as much as fits a page; ways to go on with the theme. Raises Declined when no speech has anything."""
    found = compare(context.library.engine, theme)
    if not found:
        raise Declined("compare.none", theme=theme)
    pages = _pages(_once(found))
    number = min(action.page, len(pages) - 1)
    text = TextBuilder().line(context.say("compare.title", theme=theme, count=len(found)), "bold").line()
    for quote in pages[number]:
        text.line(_dates(context, quote), "bold")
        put_source(put_quote(text, quote, context.style), quote, context.style).line()
    if number + 1 == len(pages) and (silent := _silent(context, found)):
        text.line(context.say("compare.silent", speeches=silent), "italic")
    cards.put_note(text, context)
    changed = context.button("button.versions", Versions(action.theme)) if formulas(context.library.engine, theme) else None
    others = [other for other in context.behaviour.themes if other != theme][:OTHERS]
    return text.reply(
        cards.page_buttons(context, number, len(pages), lambda page: Compare(action.theme, page)),
        [reader_button_of(context, pages[number]), changed, context.button("button.material", Material(action.theme))],
        _theme_buttons(context, others),
    )


def _theme_buttons(context: Context, themes: Iterable[str]) -> list[Button]:
    return [context.labelled(theme, Compare(keep_text(context, theme))) for theme in themes]


def _once(found: Sequence[Quote]) -> list[Quote]:
    """In time order, the same letters once with all places."""
    by_letters: dict[str, list[Quote]] = {}
    for quote in found:
        by_letters.setdefault("".join(filter(str.isalnum, quote.text)), []).append(quote)
    return [replace(first, also=_places(first, others)) for first, *others in by_letters.values()]


def _places(first: Quote, others: Sequence[Quote]) -> tuple[Source, ...]:
    named = [source for quote in (first, *others) for source in (quote.source, *quote.also)]
    return tuple(source for source in dict.fromkeys(named) if source != first.source)


def _pages(found: Sequence[Quote]) -> list[tuple[Quote, ...]]:
    """As many on a page as fit a message."""
    pages: list[tuple[Quote, ...]] = []
    left = tuple(found)
    while left:
        pages.append(cards.fitting(left))
        left = left[len(pages[-1]) :]
    return pages


def _dates(context: Context, quote: Quote) -> str:
    """The inferred years of all places of a wording."""
    entries = [context.library.corpus.speech(source.speech).entry for source in (quote.source, *quote.also)]
    years = [context.say("compare.year", year=entry.year) if entry.year else context.say("compare.no_year") for entry in entries]
    return context.say("compare.comma").join(dict.fromkeys(years))


def _silent(context: Context, found: Sequence[Quote]) -> str:
    """第3篇、第6篇: those that have nothing on the theme."""
    having = {source.speech for quote in found for source in (quote.source, *quote.also)}
    missing = [numbered.number for numbered in context.library.corpus.speeches if numbered.number not in having]
    return context.say("compare.comma").join(context.say("source.brief", number=number) for number in missing[:NAMED])
