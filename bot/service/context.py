"""What every answer is made with: who asks, where, the speeches, the wording, the memory, the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.contract.actions import Action, Key
from bot.contract.callback import encode
from bot.contract.reply import Button
from bot.contract.response import Asker, Response
from bot.library.intake import SpeechIntake
from bot.service.quote_text import Style
from bot.service.traditional import SCRIPTS, to_local_wording, to_traditional
from bot.settings.character_exceptions import CharacterExceptions
from bot.settings.config import Behaviour
from bot.settings.library import Library
from bot.settings.wording import Phrases, Wording
from bot.state import texts
from bot.state.asker_state import AskerState
from bot.state.chats import ChatState
from bot.state.store import Store


class Declined(Exception):
    """Nothing can be done, and a sentence says why: `key` of the wording with its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Context:
    """One call of the service. Immutable; `now` is the time of the call, seconds UTC.

    wording: of every language; style: that of the chat. chat: what the chat has chosen. username: the bot's
    name, "" when unknown. public_url: of the reader, "" without one. admins: numeric user ids. secret: what keeps people from guessing the
    keys of others' texts. intake: where administrators bring speeches in, None where nobody can. kept: what was known of the asker when a
    message came; None for a tap, which changes some of it.
    """

    asker: Asker
    library: Library
    store: Store
    behaviour: Behaviour
    wording: Wording
    style: Style
    chat: ChatState
    now: float
    choose: Callable[[Sequence[str]], str]
    admins: tuple[int, ...] = ()
    username: str = ""
    public_url: str = ""
    secret: bytes = b""
    intake: SpeechIntake | None = None
    kept: AskerState | None = None

    @property
    def say(self) -> Phrases:
        """The wording in the chat's language."""
        return self.style.say

    @property
    def quotes(self) -> int:
        """How many quotes a card has."""
        return self.chat.quotes or self.behaviour.quotes

    @property
    def in_chat(self) -> bool:
        """Whether new messages can be sent: not on cards that came through inline mode."""
        return self.asker.chat_id != 0

    def key_of(self, text: str) -> Key:
        """The key under which a text of the asker is kept."""
        return texts.key_of(text, self.asker.user_id, self.secret)

    def button(self, key: str, action: Action, **values: object) -> Button:
        """A button labelled by the wording."""
        return self.labelled(self.say(key, **values), action)

    def labelled(self, label: str, action: Action) -> Button:
        """A button with a label of its own."""
        return Button(label, data=encode(action, self.library.fingerprint))

    def verbatim(self, plain: bool) -> Context:
        """The same; with `plain` quotes are not converted."""
        return replace(self, style=replace(self.style, convert=None)) if plain else self


def style_in(script: str, say: Phrases, exceptions: CharacterExceptions) -> Style:
    """How a chat that reads a script is shown things; "" for the characters of the files."""
    if script not in SCRIPTS[1:]:
        return Style(say)
    how = {"script": script, "exceptions": exceptions}
    respelled = partial(to_local_wording, **how) if say.language == "zh" else None
    return Style(replace(say, respelled=respelled), partial(to_traditional, **how))


def without_files(context: Context, *said: str) -> str:
    """What is said where a chat allows no pictures and files."""
    return "\n".join(words for words in (*said, context.say("edge.no_files")) if words)


def only_toast(context: Context, key: str, **values: object) -> Response:
    """A toast and nothing else."""
    return Response(toast=context.say(key, **values))


def beside_others(context: Context, response: Response) -> Response:
    """The response as it is for who asked; for anybody else who taps a card in a group a message of their own, the card stays.

    Nobody knows who taps in a channel's name: its card is everybody's.
    """
    asker = context.asker
    if response.edit is None or asker.kind == "private" or asker.started_by <= 0 or asker.started_by == asker.user_id:
        return response
    return replace(response, edit=None, replies=(response.edit, *response.replies))


def require_manager(context: Context) -> None:
    """Raise Declined unless the asker may change what belongs to the whole chat."""
    if not context.asker.manages_chat:
        raise Declined("denied.settings")


def require_own_card(context: Context) -> None:
    """Raise Declined for a card in a group that answers somebody else."""
    if context.asker.kind == "group" and context.asker.started_by not in (0, context.asker.user_id):
        raise Declined("denied.card")
