"""Daily quotes: chosen by buttons, due at a time of day in a zone, entered before they are sent."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from bot.contract.actions import Daily, DailyAt, DailyHours, DailyScope, DailyScopes, DailySwitch, DailyZone, DailyZones, Preferences
from bot.contract.reply import Button, Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service.context import Context, Declined, owned
from bot.service.schedule import next_run
from bot.settings.config import minute_of, zone_of
from bot.state import subscriptions
from bot.state.subscriptions import Subscription

QUARTERS = (0, 15, 30, 45)
SHORTEST_THEME, LONGEST_THEME = 2, 20  # characters


def command(here: Context, argument: str) -> Response:
    """The card; an argument is a time, a zone, "off", a speech or a theme, in any order, and switches on."""
    if not argument:
        return Response((card(here),))
    owned(here)
    argument = unicodedata.normalize("NFKC", argument)
    chosen = current(here)
    if argument.lower() in ("off", "关", "关闭", "停", "取消"):
        chosen = replace(chosen, active=False)
    else:
        for word in argument.split():
            chosen = _with_word(here, chosen, word)
        chosen = replace(chosen, active=True)
    store(here, chosen)
    return Response((card(here),))


def _with_word(here: Context, chosen: Subscription, word: str) -> Subscription:
    """A subscription changed by one word of an argument. Raises Declined."""
    minute = minute_of(word)
    if minute is not None:
        return replace(chosen, minute=minute)
    if "/" in word or word.upper() == "UTC":
        if zone_of(word) is None:
            raise Declined("daily.no_zone", zone=word[:40])
        return replace(chosen, zone=word)
    references = here.library.engine.reader.understand(word).references
    if references:
        number = here.library.corpus.speech(references[0].number).number
        return replace(chosen, speech=number, theme="")
    if ":" in word or not SHORTEST_THEME <= len(word) <= LONGEST_THEME:
        raise Declined("daily.no_time", word=word[:40])
    if not here.library.shareable_about(word):
        raise Declined("random.none", word=word)
    return replace(chosen, theme=word, speech=0)


def current(here: Context) -> Subscription:
    """What the chat has chosen, or the defaults, switched off."""
    with here.store.reading() as memory:
        chosen = subscriptions.subscription_of(memory, here.asker.chat_id)
    return chosen or Subscription(here.asker.chat_id, here.manners.minute, here.manners.zone)


def store(here: Context, chosen: Subscription) -> None:
    """Keep a choice, with its next run from now on."""
    zone = zone_of(chosen.zone) or zone_of("UTC")
    if zone is None or not here.in_chat:
        raise Declined("tap.unknown")
    planned = replace(chosen, next_run=next_run(here.now, chosen.minute, zone))
    with here.store.quick() as memory:
        subscriptions.put(memory, planned)


def card(here: Context) -> Reply:
    """What is chosen, and buttons to change it."""
    chosen = current(here)
    time = f"{chosen.minute // 60:02}:{chosen.minute % 60:02}"
    text = TextBuilder().line(here.say("daily.title"), "bold").line()
    text.line(here.say("daily.on" if chosen.active else "daily.off", time=time, zone=chosen.zone))
    text.line(_scope(here, chosen)).line().line(here.say("daily.hint"))
    return text.reply(
        [
            here.button("daily.switch_off" if chosen.active else "daily.switch_on", DailySwitch(not chosen.active)),
            here.button("daily.time", DailyHours(), time=time),
        ],
        [
            here.button("daily.zone", DailyZones(), zone=chosen.zone),
            here.button("daily.scopes", DailyScopes()),
        ],
        [here.button("button.settings", Preferences())],
    )


def _scope(here: Context, chosen: Subscription) -> str:
    if chosen.theme:
        return here.say("daily.theme", theme=chosen.theme)
    return here.say("daily.of_speech", number=chosen.speech) if chosen.speech else here.say("daily.of_all")


def show(here: Context, _action: Daily) -> Response:
    """The card again."""
    return Response(edit=card(here))


def switch(here: Context, action: DailySwitch) -> Response:
    """On or off."""
    return _changed(here, replace(current(here), active=action.on))


def at(here: Context, action: DailyAt) -> Response:
    """Another time."""
    if action.minute >= 24 * 60:
        raise Declined("tap.unknown")
    return _changed(here, replace(current(here), minute=action.minute, active=True))


def in_zone(here: Context, action: DailyZone) -> Response:
    """Another zone."""
    if zone_of(action.zone) is None:
        raise Declined("daily.no_zone", zone=action.zone)
    return _changed(here, replace(current(here), zone=action.zone, active=True))


def of_speech(here: Context, action: DailyScope) -> Response:
    """Of one speech, or of all. Raises UnknownReference."""
    if action.speech:
        here.library.corpus.speech(action.speech)
    return _changed(here, replace(current(here), speech=action.speech, theme="", active=True))


def _changed(here: Context, chosen: Subscription) -> Response:
    owned(here)
    store(here, chosen)
    return Response(edit=card(here), toast=here.say("settings.saved"))


def hours(here: Context, action: DailyHours) -> Response:
    """The hours of the day; then the quarters of the chosen one."""
    owned(here)
    if action.hour > 24:
        raise Declined("tap.unknown")
    if action.hour:
        hour = action.hour - 1
        buttons = [here.labelled(f"{hour:02}:{q:02}", DailyAt(hour * 60 + q)) for q in QUARTERS]
        return _choose(here, "daily.which_minute", [buttons], DailyHours())
    rows = [[here.labelled(f"{h:02}", DailyHours(h + 1)) for h in range(row, row + 6)] for row in range(0, 24, 6)]
    return _choose(here, "daily.which_hour", rows, Daily())


def zones(here: Context, _action: DailyZones) -> Response:
    """The zones that are offered."""
    owned(here)
    buttons = [here.labelled(zone, DailyZone(zone)) for zone in here.manners.zones]
    rows = [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
    return _choose(here, "daily.which_zone", rows, Daily())


def scopes(here: Context, _action: DailyScopes) -> Response:
    """All speeches, or one of the first 24."""
    owned(here)
    numbers = [n.number for n in here.library.corpus.speeches][:24]
    buttons = [here.button("button.speech", DailyScope(n), number=n) for n in numbers]
    rows = [buttons[i : i + 3] for i in range(0, len(buttons), 3)]
    return _choose(here, "daily.which_scope", [[here.button("daily.of_all", DailyScope(0))], *rows], Daily())


def _choose(here: Context, key: str, rows: list[list[Button]], back: Daily | DailyHours) -> Response:
    return Response(edit=TextBuilder().line(here.say(key)).reply(*rows, [here.button("button.back", back)]))
