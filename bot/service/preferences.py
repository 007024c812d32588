"""Settings of a chat: language, number of quotes, traditional characters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.contract.actions import Daily, Preferences, Quotes, Speak, Traditional
from bot.contract.reply import Button, Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service.context import Context, Declined, owned
from bot.service.quote_text import Style
from bot.settings.wording import LANGUAGES, Wording
from bot.state import chats

MOST = 5  # quotes on a card


class Choosing:
    """The cards of settings and language; needs the wording of both languages to switch at once."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def settings(self, here: Context, _argument: str) -> Response:
        """The card of all settings; in groups for administrators."""
        owned(here)
        return Response((self.card(here),))

    def language(self, here: Context, argument: str) -> Response:
        """The choice of language, or the language that the argument names."""
        wanted = {"zh": "zh", "中文": "zh", "chinese": "zh", "en": "en", "english": "en", "英文": "en"}
        code = wanted.get(argument.strip().lower())
        if code is None:
            return Response((TextBuilder().line(here.say("language.which")).reply(self._languages(here)),))
        owned(here)
        changed = self._change(here, language=code)
        return Response((TextBuilder().line(changed.say("language.chosen")).reply(self._languages(changed)),))

    def show(self, here: Context, _action: Preferences) -> Response:
        """The card again."""
        return Response(edit=self.card(here))

    def speak(self, here: Context, action: Speak) -> Response:
        """Another language."""
        return self._changed(here, language=LANGUAGES[action.english])

    def quotes(self, here: Context, action: Quotes) -> Response:
        """Another number of quotes."""
        if not 1 <= action.count <= MOST:
            raise Declined("tap.unknown")
        return self._changed(here, quotes=action.count)

    def traditional(self, here: Context, action: Traditional) -> Response:
        """Traditional characters or verbatim."""
        return self._changed(here, traditional=action.on)

    def _changed(self, here: Context, **values: Any) -> Response:
        owned(here)
        changed = self._change(here, **values)
        return Response(edit=self.card(changed), toast=changed.say("settings.saved"))

    def _change(self, here: Context, **values: Any) -> Context:
        if not here.in_chat:
            raise Declined("tap.unknown")
        with here.store.quick() as memory:
            chat = chats.change(memory, here.asker.chat_id, **values)
        say = self._wording.of(chat.language) if chat.language else here.say
        return replace(here, chat=chat, style=Style(say)).converted(chat.traditional)

    def card(self, here: Context) -> Reply:
        """Everything that can be set, the present choice marked."""
        text = TextBuilder().line(here.say("settings.title"), "bold").line().line(here.say("settings.hint"))
        counts = [here.labelled(_marked(str(n), n == here.quotes), Quotes(n)) for n in range(1, MOST + 1)]
        traditional = here.chat.traditional
        switch = "settings.traditional_on" if traditional else "settings.traditional_off"
        return text.reply(
            self._languages(here),
            counts,
            [here.button(switch, Traditional(not traditional)), here.button("button.daily", Daily())],
        )

    def _languages(self, here: Context) -> list[Button]:
        return [
            here.labelled(_marked(name, here.say.language == code), Speak(code == "en"))
            for code, name in (("zh", "中文"), ("en", "English"))
        ]


def _marked(label: str, chosen: bool) -> str:
    return f"✓\u00a0{label}" if chosen else label
