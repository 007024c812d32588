"""What is kept about a person: told, and deleted."""

from __future__ import annotations

from bot.actions import Forget
from bot.answers import Answer
from bot.memory import people
from bot.memory.people import Kept
from bot.render import Text
from bot.service.here import Here, mine


def privacy(here: Here, _argument: str) -> Answer:
    """What is kept, for how long, and how to have it deleted."""
    days = here.manners.questions_days
    return Answer((Text().line(here.say("privacy.text", days=days)).reply(),))


def ask(here: Here, _argument: str) -> Answer:
    """What would be deleted, and the button that does it."""
    with here.store.reading() as memory:
        kept = people.kept(memory, here.asker.user_id)
    if not kept.any:
        return Answer((Text().line(here.say("forget.nothing")).reply(),))
    text = Text().line(here.say("forget.ask"), "bold").line()
    _put(text, here, kept)
    return Answer((text.reply([here.button("forget.button", Forget())]),))


def forget(here: Here, _action: Forget) -> Answer:
    """Deletes everything about the asker, and says what it was."""
    mine(here)
    with here.store.quick() as memory:
        kept = people.forget(memory, here.asker.user_id)
    if not kept.any:
        return Answer(toast=here.say("forget.nothing"))
    text = Text().line(here.say("forget.done"), "bold").line()
    _put(text, here, kept)
    return Answer(edit=text.reply(), toast=here.say("forget.toast"))


def _put(text: Text, here: Here, kept: Kept) -> None:
    for name in Kept.__slots__:
        if count := getattr(kept, name):
            text.line("· " + here.say(f"forget.{name}", count=count))
