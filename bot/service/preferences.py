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

    def settings(self, context: Context, _argument: str) -> Response:
        """The card of all settings; in groups for administrators."""
        owned(context)
        return Response((self.card(context),))

    def language(self, context: Context, argument: str) -> Response:
        """The choice of language, or the language that the argument names."""
        wanted = {"zh": "zh", "中文": "zh", "chinese": "zh", "en": "en", "english": "en", "英文": "en"}
        code = wanted.get(argument.strip().lower())
        if code is None:
            return Response((TextBuilder().line(context.say("language.which")).reply(self._languages(context)),))
        owned(context)
        changed = self._change(context, language=code)
        return Response((TextBuilder().line(changed.say("language.chosen")).reply(self._languages(changed)),))

    def show(self, context: Context, _action: Preferences) -> Response:
        """The card again."""
        return Response(edit=self.card(context))

    def speak(self, context: Context, action: Speak) -> Response:
        """Another language."""
        return self._changed(context, language=LANGUAGES[action.english])

    def quotes(self, context: Context, action: Quotes) -> Response:
        """Another number of quotes."""
        if not 1 <= action.count <= MOST:
            raise Declined("tap.unknown")
        return self._changed(context, quotes=action.count)

    def traditional(self, context: Context, action: Traditional) -> Response:
        """Traditional characters or verbatim."""
        return self._changed(context, traditional=action.on)

    def _changed(self, context: Context, **values: Any) -> Response:
        owned(context)
        changed = self._change(context, **values)
        return Response(edit=self.card(changed), toast=changed.say("settings.saved"))

    def _change(self, context: Context, **values: Any) -> Context:
        if not context.in_chat:
            raise Declined("tap.unknown")
        with context.store.quick() as memory:
            chat = chats.change(memory, context.asker.chat_id, **values)
        say = self._wording.of(chat.language) if chat.language else context.say
        return replace(context, chat=chat, style=Style(say)).converted(chat.traditional)

    def card(self, context: Context) -> Reply:
        """Everything that can be set, the present choice marked."""
        text = TextBuilder().line(context.say("settings.title"), "bold").line().line(context.say("settings.hint"))
        counts = [context.labelled(_marked(str(n), n == context.quotes), Quotes(n)) for n in range(1, MOST + 1)]
        traditional = context.chat.traditional
        switch = "settings.traditional_on" if traditional else "settings.traditional_off"
        return text.reply(
            self._languages(context),
            counts,
            [context.button(switch, Traditional(not traditional)), context.button("button.daily", Daily())],
        )

    def _languages(self, context: Context) -> list[Button]:
        return [
            context.labelled(_marked(name, context.say.language == code), Speak(code == "en"))
            for code, name in (("zh", "中文"), ("en", "English"))
        ]


def _marked(label: str, chosen: bool) -> str:
    return f"✓\u00a0{label}" if chosen else label
