"""Daily quotes: chosen by buttons, due at a time of day in a zone, entered before they are sent."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot.contract.actions import Daily, DailyAt, DailyHours, DailyScope, DailyScopes, DailySwitch, DailyZone, DailyZones, Preferences
from bot.contract.reply import Button, Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service import cards
from bot.service.context import Context, Declined, require_manager
from bot.service.schedule import next_run
from bot.settings.config import minute_of, zone_of
from bot.state import subscriptions
from bot.state.subscriptions import Subscription

QUARTERS = (0, 15, 30, 45)
HOURS_IN_ROW, ZONES_IN_ROW = 6, 2  # four rows of hours; two names such as America/Sao_Paulo on the width of a telephone
SHORTEST_THEME, LONGEST_THEME = 2, 20  # characters; those of bot.yaml have two to four
SHOWN = 40  # characters of a word that is not understood, said back, chosen


def command(context: Context, argument: str) -> Response:
    """The card; an argument is a time, a zone, "off", a speech or a theme, in any order, and switches on."""
    if not argument:
        return Response((card(context),))
    require_manager(context)
    argument = unicodedata.normalize("NFKC", argument)
    chosen = current(context)
    if argument.lower() in ("off", "关", "关闭", "停", "取消"):
        chosen = replace(chosen, active=False)
    else:
        for word in argument.split():
            chosen = _with_word(context, chosen, word)
        chosen = replace(chosen, active=True)
    store(context, chosen)
    return Response((card(context),))


def switched_on(context: Context) -> Response:
    """The card, with what is chosen switched on."""
    require_manager(context)
    store(context, replace(current(context), active=True))
    return Response((card(context),))


def _with_word(context: Context, chosen: Subscription, word: str) -> Subscription:
    """A subscription changed by one word of an argument. Raises Declined."""
    minute = minute_of(word)
    if minute is not None:
        return replace(chosen, minute=minute)
    if "/" in word or word.upper() == "UTC":
        if zone_of(word) is None:
            raise Declined("daily.no_zone", zone=word[:SHOWN])
        return replace(chosen, zone=word)
    references = context.library.engine.reader.understand(word).references
    if references:
        number = context.library.corpus.speech(references[0].number).number
        return replace(chosen, speech=number, theme="")
    if ":" in word or not SHORTEST_THEME <= len(word) <= LONGEST_THEME:
        raise Declined("daily.no_time", word=word[:SHOWN])
    if not context.library.shareable_about(word):
        raise Declined("random.none", word=word)
    return replace(chosen, theme=word, speech=0)


def current(context: Context) -> Subscription:
    """What the chat has chosen, or the defaults, switched off."""
    with context.store.reading() as memory:
        chosen = subscriptions.subscription_of(memory, context.asker.chat_id)
    return chosen or Subscription(context.asker.chat_id, context.behaviour.minute, context.behaviour.zone)


def store(context: Context, chosen: Subscription) -> None:
    """Keep a choice, with its next run from now on."""
    zone = zone_of(chosen.zone) or zone_of("UTC")
    if zone is None or not context.in_chat:
        raise Declined("tap.unknown")
    planned = replace(chosen, next_run=next_run(context.now, chosen.minute, zone))
    with context.store.quick() as memory:
        subscriptions.put(memory, planned)


def _named(context: Context, zone: str) -> str:
    """A time zone as people call it; its name in the database of zones where they have none."""
    return context.say("daily.beijing") if zone == BEIJING else zone


BEIJING = "Asia/Shanghai"


def card(context: Context) -> Reply:
    """What is chosen, and buttons to change it."""
    chosen = current(context)
    time = f"{chosen.minute // 60:02}:{chosen.minute % 60:02}"
    text = TextBuilder().line(context.say("daily.title"), "bold").line()
    text.line(context.say("daily.on" if chosen.active else "daily.off", time=time, zone=_named(context, chosen.zone)))
    text.line(_scope(context, chosen)).line().line(context.say("daily.hint"))
    return text.reply(
        [
            context.button("daily.switch_off" if chosen.active else "daily.switch_on", DailySwitch(not chosen.active)),
            context.button("daily.time", DailyHours(), time=time),
        ],
        [
            context.button("daily.zone", DailyZones(), zone=_named(context, chosen.zone)),
            context.button("daily.scopes", DailyScopes()),
        ],
        [context.button("button.settings", Preferences())],
    )


def _scope(context: Context, chosen: Subscription) -> str:
    if chosen.theme:
        return context.say("daily.theme", theme=chosen.theme)
    return context.say("daily.of_speech", number=chosen.speech) if chosen.speech else context.say("daily.of_all")


def show(context: Context, _action: Daily) -> Response:
    """The card again."""
    return Response(edit=card(context))


def switch(context: Context, action: DailySwitch) -> Response:
    """On or off."""
    return _changed(context, replace(current(context), active=action.on))


def at(context: Context, action: DailyAt) -> Response:
    """Another time."""
    if action.minute >= 24 * 60:
        raise Declined("tap.unknown")
    return _changed(context, replace(current(context), minute=action.minute, active=True))


def in_zone(context: Context, action: DailyZone) -> Response:
    """Another zone."""
    if zone_of(action.zone) is None:
        raise Declined("daily.no_zone", zone=action.zone)
    return _changed(context, replace(current(context), zone=action.zone, active=True))


def of_speech(context: Context, action: DailyScope) -> Response:
    """Of one speech, or of all. Raises UnknownReference."""
    if action.speech:
        context.library.corpus.speech(action.speech)
    return _changed(context, replace(current(context), speech=action.speech, theme="", active=True))


def _changed(context: Context, chosen: Subscription) -> Response:
    require_manager(context)
    store(context, chosen)
    return Response(edit=card(context), toast=context.say("settings.saved"))


def hours(context: Context, action: DailyHours) -> Response:
    """The hours of the day; then the quarters of the chosen one."""
    require_manager(context)
    if action.hour > 24:
        raise Declined("tap.unknown")
    if action.hour:
        hour = action.hour - 1
        buttons = [context.labelled(f"{hour:02}:{q:02}", DailyAt(hour * 60 + q)) for q in QUARTERS]
        return _choose(context, "daily.which_minute", [buttons], DailyHours())
    buttons = [context.labelled(f"{h:02}", DailyHours(h + 1)) for h in range(24)]
    return _choose(context, "daily.which_hour", cards.in_rows(buttons, HOURS_IN_ROW), Daily())


def zones(context: Context, _action: DailyZones) -> Response:
    """The zones that are offered."""
    require_manager(context)
    buttons = [context.labelled(zone, DailyZone(zone)) for zone in context.behaviour.zones]
    return _choose(context, "daily.which_zone", cards.in_rows(buttons, ZONES_IN_ROW), Daily())


def scopes(context: Context, _action: DailyScopes) -> Response:
    """All speeches, or one of the first 24."""
    require_manager(context)
    rows = cards.speech_buttons(context, DailyScope)
    return _choose(context, "daily.which_scope", [[context.button("daily.of_all", DailyScope(0))], *rows], Daily())


def _choose(context: Context, key: str, rows: list[Sequence[Button]], back: Daily | DailyHours) -> Response:
    return Response(edit=TextBuilder().line(context.say(key)).reply(*rows, [context.button("button.back", back)]))
