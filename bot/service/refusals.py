"""What is said where there is no answer: no such part, not allowed, nothing to look it up with."""

from __future__ import annotations

from collections.abc import Callable

from bot.contract.callback import ForeignData
from bot.contract.reply import Reply
from bot.contract.response import InlinePage, InlineResult, Response
from bot.contract.text_builder import TextBuilder
from bot.service import cards, reading
from bot.service.context import Context, Declined
from retrieval import IndexUnavailable, UnknownReference

TOAST = 200  # characters of an answer to a tap, Telegram's


def of_message(context: Context, work: Callable[[Context], Response]) -> Response:
    """The answer to a message, or why there is none."""
    try:
        return work(context)
    except UnknownReference as unknown:
        return Response((reading.choices(context, unknown),))
    except IndexUnavailable:
        return Response((_away(context),))
    except Declined as declined:
        words = context.say(declined.key, **declined.values)
        return Response((TextBuilder().line(words).reply(cards.ways_on(context)),))


def of_tap(context: Context, work: Callable[[Context], Response]) -> Response:
    """What a button does, or why it does nothing."""
    try:
        return work(context)
    except ForeignData:
        return Response(toast=context.say("tap.foreign"), alert=True)
    except UnknownReference:
        return Response(toast=context.say("tap.unknown"), alert=True)
    except IndexUnavailable:
        return Response(toast=context.say("inline.away"), alert=True)
    except Declined as declined:
        return Response(toast=context.say(declined.key, **declined.values)[:TOAST], alert=True)


def of_page(context: Context, work: Callable[[Context], InlinePage]) -> InlinePage:
    """Results, or that they cannot be looked up, which Telegram is not to remember."""
    try:
        return work(context)
    except IndexUnavailable:
        return InlinePage(button_label=context.say("inline.away"), button_start="start", cache_seconds=0)


def of_guest(context: Context, work: Callable[[Context], InlineResult]) -> InlineResult:
    """An answer where the bot is a guest, or that it cannot be looked up."""
    try:
        return work(context)
    except IndexUnavailable:
        return InlineResult("away", context.say("inline.title"), context.say("inline.away"), _away(context))


def _away(context: Context) -> Reply:
    """That nothing can be looked up at present, which says nothing about the speeches."""
    return TextBuilder().line(context.say("ask.away")).reply(cards.ways_on(context))
