"""Which function answers which command and which button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot import actions
from bot.actions import Action
from bot.answers import Answer
from bot.service import admin, asking, comparing, daily, drawing, favourites, picking, privacy, quotes, reading, welcome
from bot.service.here import Here

Command = Callable[[Here, str], Answer]
Tap = Callable[[Here, Any], Answer]

COMMANDS: Mapping[str, Command] = {
    "start": welcome.start,
    "help": welcome.help,
    "about": welcome.about,
    "ask": asking.question,
    "list": lambda here, _: Answer((reading.listing(here),)),
    "speech": reading.speech,
    "random": picking.random,
    "compare": comparing.command,
    "saved": favourites.show,
    "daily": daily.command,
    "cloud": drawing.cloud_command,
    "map": drawing.heat_map,
    "privacy": privacy.privacy,
    "forget": privacy.ask,
    "stats": admin.stats,
    "unanswered": admin.unanswered,
}

TAPS: Mapping[type[Action], Tap] = {
    actions.Found: asking.found,
    actions.Vote: asking.vote,
    actions.Example: asking.example,
    actions.Single: quotes.single,
    actions.Around: quotes.around,
    actions.Tools: quotes.tools,
    actions.Styles: quotes.styles,
    actions.Same: quotes.same,
    actions.Star: quotes.star,
    actions.Picture: drawing.quote,
    actions.Cloud: drawing.cloud,
    actions.Again: picking.again,
    actions.Listing: lambda here, a: Answer(edit=reading.listing(here, page=a.page)),
    actions.Outline: lambda here, a: Answer(edit=reading.outline_card(here, a)),
    actions.Part: lambda here, a: Answer(edit=reading.part_card(here, a)),
    actions.FullText: lambda here, a: Answer((reading.full_text(here, a.speech),)),
    actions.Compare: comparing.page,
    actions.Tour: welcome.tour,
    actions.Saved: favourites.page,
    actions.Drop: favourites.drop,
    actions.Export: favourites.export,
    actions.Daily: daily.show,
    actions.DailySwitch: daily.switch,
    actions.DailyHours: daily.hours,
    actions.DailyAt: daily.at,
    actions.DailyZones: daily.zones,
    actions.DailyZone: daily.in_zone,
    actions.DailyScopes: daily.scopes,
    actions.DailyScope: daily.of_speech,
    actions.Forget: privacy.forget,
}
