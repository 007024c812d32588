"""What is kept about a person: told, and deleted."""

from __future__ import annotations

from bot.contract.actions import Forget
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service.context import Context, mine
from bot.state import personal_data
from bot.state.personal_data import Kept


def privacy(here: Context, _argument: str) -> Response:
    """What is kept, for how long, and how to have it deleted."""
    days = here.manners.questions_days
    return Response((TextBuilder().line(here.say("privacy.text", days=days)).reply(),))


def ask(here: Context, _argument: str) -> Response:
    """What would be deleted, and the button that does it."""
    with here.store.reading() as memory:
        kept = personal_data.kept(memory, here.asker.user_id)
    if not kept.any:
        return Response((TextBuilder().line(here.say("forget.nothing")).reply(),))
    text = TextBuilder().line(here.say("forget.ask"), "bold").line()
    _put(text, here, kept)
    return Response((text.reply([here.button("forget.button", Forget())]),))


def forget(here: Context, _action: Forget) -> Response:
    """Deletes everything about the asker, and says what it was."""
    mine(here)
    with here.store.quick() as memory:
        kept = personal_data.forget(memory, here.asker.user_id)
    if not kept.any:
        return Response(toast=here.say("forget.nothing"))
    text = TextBuilder().line(here.say("forget.done"), "bold").line()
    _put(text, here, kept)
    return Response(edit=text.reply(), toast=here.say("forget.toast"))


def _put(text: TextBuilder, here: Context, kept: Kept) -> None:
    for name in Kept.__slots__:
        if count := getattr(kept, name):
            text.line("· " + here.say(f"forget.{name}", count=count))
