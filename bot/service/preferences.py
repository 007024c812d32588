"""Settings of a chat: language, number of quotes, traditional characters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.actions import Daily, Preferences, Quotes, Speak, Traditional
from bot.answers import Answer
from bot.memory import chats
from bot.render import Style, Text
from bot.reply import Button, Reply
from bot.service.here import Declined, Here, owned
from bot.wording import LANGUAGES, Wording

MOST = 5  # quotes on a card


class Choosing:
    """The cards of settings and language; needs the wording of both languages to switch at once."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def settings(self, here: Here, _argument: str) -> Answer:
        """The card of all settings; in groups for administrators."""
        owned(here)
        return Answer((self.card(here),))

    def language(self, here: Here, argument: str) -> Answer:
        """The choice of language, or the language that the argument names."""
        wanted = {"zh": "zh", "中文": "zh", "chinese": "zh", "en": "en", "english": "en", "英文": "en"}
        code = wanted.get(argument.strip().lower())
        if code is None:
            return Answer((Text().line(here.say("language.which")).reply(self._languages(here)),))
        owned(here)
        changed = self._change(here, language=code)
        return Answer((Text().line(changed.say("language.chosen")).reply(self._languages(changed)),))

    def show(self, here: Here, _action: Preferences) -> Answer:
        """The card again."""
        return Answer(edit=self.card(here))

    def speak(self, here: Here, action: Speak) -> Answer:
        """Another language."""
        return self._changed(here, language=LANGUAGES[action.english])

    def quotes(self, here: Here, action: Quotes) -> Answer:
        """Another number of quotes."""
        if not 1 <= action.count <= MOST:
            raise Declined("tap.unknown")
        return self._changed(here, quotes=action.count)

    def traditional(self, here: Here, action: Traditional) -> Answer:
        """Traditional characters or verbatim."""
        return self._changed(here, traditional=action.on)

    def _changed(self, here: Here, **values: Any) -> Answer:
        owned(here)
        changed = self._change(here, **values)
        return Answer(edit=self.card(changed), toast=changed.say("settings.saved"))

    def _change(self, here: Here, **values: Any) -> Here:
        if not here.in_chat:
            raise Declined("tap.unknown")
        with here.store.quick() as memory:
            chat = chats.change(memory, here.asker.chat_id, **values)
        say = self._wording.of(chat.language) if chat.language else here.say
        return replace(here, chat=chat, style=Style(say)).converted(chat.traditional)

    def card(self, here: Here) -> Reply:
        """Everything that can be set, the present choice marked."""
        text = Text().line(here.say("settings.title"), "bold").line().line(here.say("settings.hint"))
        counts = [here.labelled(_marked(str(n), n == here.quotes), Quotes(n)) for n in range(1, MOST + 1)]
        traditional = here.chat.traditional
        switch = "settings.traditional_on" if traditional else "settings.traditional_off"
        return text.reply(
            self._languages(here),
            counts,
            [here.button(switch, Traditional(not traditional)), here.button("button.daily", Daily())],
        )

    def _languages(self, here: Here) -> list[Button]:
        return [
            here.labelled(_marked(name, here.say.language == code), Speak(code == "en"))
            for code, name in (("zh", "中文"), ("en", "English"))
        ]


def _marked(label: str, chosen: bool) -> str:
    return f"✓\u00a0{label}" if chosen else label
