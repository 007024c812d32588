"""Settings of a chat: language, number of quotes, characters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.contract.actions import Daily, Preferences, SetLanguage, SetQuotes, SetTraditional
from bot.contract.reading_actions import SetScript, TakeEnglish, TakeScript
from bot.contract.reply import Button, Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service import cards
from bot.service.answer_cards import marked
from bot.service.context import Context, Declined, require_manager, style_in
from bot.service.traditional import SCRIPTS, Script
from bot.settings.wording import LANGUAGES
from bot.state import chats

MOST = 5  # quotes on a card: one row of numbers; config/bot.yaml has the same limit


def settings(context: Context, _argument: str) -> Response:
    """The card of all settings; in groups for administrators."""
    require_manager(context)
    return Response((card(context),))


def language(context: Context, argument: str) -> Response:
    """The choice of language, or the language that the argument names."""
    wanted = {"zh": "zh", "中文": "zh", "chinese": "zh", "en": "en", "english": "en", "英文": "en"}
    code = wanted.get(argument.strip().lower())
    if code is None:
        return Response((TextBuilder().line(context.say("language.which")).reply(_languages(context)),))
    require_manager(context)
    changed = _change(context, language=code)
    return Response((TextBuilder().line(changed.say("language.chosen")).reply(_languages(changed)),))


def show(context: Context, _action: Preferences) -> Response:
    """The card again."""
    return Response(edit=card(context))


def set_language(context: Context, action: SetLanguage) -> Response:
    """Another language."""
    return _changed(context, language=LANGUAGES[action.english])


def set_quotes(context: Context, action: SetQuotes) -> Response:
    """Another number of quotes."""
    if not 1 <= action.count <= MOST:
        raise Declined("tap.unknown")
    return _changed(context, quotes=action.count)


def set_traditional(context: Context, action: SetTraditional) -> Response:
    """Traditional characters or verbatim, from a card of before."""
    return _changed(context, script="tw" if action.on else "", script_offered=True)


def set_script(context: Context, action: SetScript) -> Response:
    """Other characters."""
    return _changed(context, script=_script(action.script), script_offered=True)


def take_script(context: Context, action: TakeScript) -> Response:
    """Other characters, said in a message of its own."""
    require_manager(context)
    changed = _change(context, script=_script(action.script), script_offered=True)
    chosen = changed.say("script.chosen" if action.script else "script.simplified")
    return Response((TextBuilder().line(chosen).reply([changed.button("button.settings", Preferences())]),))


def characters(context: Context, wish: str) -> Response:
    """The characters that a wish names; a choice where it only says traditional ones."""
    named = [index for index, words in enumerate(NAMED) if any(word in wish for word in words)]
    if named:
        return take_script(context, TakeScript(named[0]))
    choice = [context.button(key, TakeScript(index)) for index, key in ((1, "script.taiwan"), (2, "script.hongkong"))]
    return Response((TextBuilder().line(context.say("script.which")).reply(choice),))


# What a wish calls each of SCRIPTS.
NAMED = (("简", "簡", "原样", "simplified"), ("台", "臺", "正体", "正體"), ("港",))


def take_english(context: Context, _action: TakeEnglish) -> Response:
    """English from now on, said in a message of its own with examples."""
    require_manager(context)
    changed = _change(context, language="en")
    return Response((cards.examples_card(changed, changed.say("language.chosen")),))


def _script(index: int) -> Script:
    if index >= len(SCRIPTS):
        raise Declined("tap.unknown")
    return SCRIPTS[index]


def _changed(context: Context, **values: Any) -> Response:
    require_manager(context)
    changed = _change(context, **values)
    return Response(edit=card(changed), toast=changed.say("settings.saved"))


def _change(context: Context, **values: Any) -> Context:
    if not context.in_chat:
        raise Declined("tap.unknown")
    with context.store.quick() as memory:
        chat = chats.change(memory, context.asker.chat_id, **values)
    say = context.wording.of(chat.language or context.say.language)
    return replace(context, chat=chat, style=style_in(chat.script, say, context.wording.exceptions))


def card(context: Context) -> Reply:
    """Everything that can be set, the present choice marked."""
    text = TextBuilder().line(context.say("settings.title"), "bold").line().line(context.say("settings.hint"))
    counts = [context.labelled(marked(str(n), chosen=n == context.quotes), SetQuotes(n)) for n in range(1, MOST + 1)]
    return text.reply(_languages(context), counts, _scripts(context), [context.button("button.daily", Daily())])


def _scripts(context: Context) -> list[Button]:
    names = (context.say(key) for key in ("script.as_printed", "script.taiwan", "script.hongkong"))
    return [
        context.labelled(marked(name, chosen=context.chat.script == script), SetScript(index))
        for index, (script, name) in enumerate(zip(SCRIPTS, names, strict=True))
    ]


def _languages(context: Context) -> list[Button]:
    return [
        context.labelled(marked(name, chosen=context.say.language == code), SetLanguage(code == "en"))
        for code, name in (("zh", "中文"), ("en", "English"))
    ]
