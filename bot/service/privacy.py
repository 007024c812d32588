"""What is kept about a person: told, and deleted."""

from __future__ import annotations

from bot.contract.actions import Forget
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service.context import Context, require_own_card
from bot.service.personal import in_private
from bot.state import personal_data
from bot.state.personal_data import Kept


def privacy(context: Context, _argument: str) -> Response:
    """What is kept, for how long, and how to have it deleted."""
    if elsewhere := in_private(context, "privacy"):
        return elsewhere
    days = context.behaviour.questions_days
    return Response((TextBuilder().line(context.say("privacy.text", days=days)).reply(),))


def ask(context: Context, _argument: str) -> Response:
    """What would be deleted, and the button that does it."""
    if elsewhere := in_private(context, "forget"):
        return elsewhere
    with context.store.reading() as memory:
        kept = personal_data.kept(memory, context.asker.user_id)
    if not kept.any:
        return Response((TextBuilder().line(context.say("forget.nothing")).reply(),))
    text = TextBuilder().line(context.say("forget.ask"), "bold").line()
    _put(text, context, kept)
    return Response((text.reply([context.button("forget.button", Forget())]),))


def forget(context: Context, _action: Forget) -> Response:
    """Deletes everything about the asker, and says what it was."""
    require_own_card(context)
    with context.store.quick() as memory:
        kept = personal_data.forget(memory, context.asker.user_id)
    if not kept.any:
        return Response(toast=context.say("forget.nothing"))
    text = TextBuilder().line(context.say("forget.done"), "bold").line()
    _put(text, context, kept)
    return Response(edit=text.reply(), toast=context.say("forget.toast"))


def _put(text: TextBuilder, context: Context, kept: Kept) -> None:
    for name in Kept.__slots__:
        if count := getattr(kept, name):
            text.line("· " + context.say(f"forget.{name}", count=count))
