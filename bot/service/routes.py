"""Which function answers which command and which button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.contract import actions, place_actions, reading_actions, theme_actions
from bot.contract.actions import Action
from bot.contract.response import Response
from bot.service import (
    admin,
    asking,
    compare,
    daily,
    drawings,
    favourites,
    literal_cards,
    material,
    place_walk,
    preferences,
    privacy,
    quiz,
    quote_actions,
    random_quotes,
    reading,
    welcome,
    wording_changes,
    writing,
)
from bot.service.context import Context

OnCommand = Callable[[Context, str], Response]
OnTap = Callable[[Context, Any], Response]

COMMANDS: Mapping[str, OnCommand] = {
    "start": welcome.start,
    "help": welcome.help,
    "about": welcome.about,
    "ask": lambda context, asked: writing.answered(context, asked, lambda text: asking.question(context, text)),
    "list": lambda context, _: Response((reading.listing(context),)),
    "speech": reading.speech,
    "random": random_quotes.random,
    "compare": compare.command,
    "material": material.on_command,
    "quiz": quiz.command,
    "count": literal_cards.count,
    "verify": literal_cards.check,
    "saved": favourites.show,
    "daily": daily.command,
    "cloud": drawings.cloud_command,
    "map": drawings.heat_map,
    "settings": preferences.settings,
    "language": preferences.language,
    "privacy": privacy.privacy,
    "forget": privacy.ask,
    "stats": admin.stats,
    "unanswered": admin.unanswered,
}

TAPS: Mapping[type[Action], OnTap] = {
    actions.Found: asking.found,
    actions.Chosen: asking.chosen,
    actions.Vote: asking.vote,
    actions.Example: asking.example,
    theme_actions.Propose: asking.ask,
    actions.Single: quote_actions.single,
    actions.Around: quote_actions.around,
    actions.Wider: quote_actions.wider,
    actions.Tools: quote_actions.tools,
    actions.Styles: quote_actions.styles,
    actions.Same: quote_actions.same,
    actions.Star: quote_actions.star,
    actions.Unstar: quote_actions.unstar,
    actions.Picture: drawings.quote,
    actions.Cloud: drawings.cloud,
    actions.Again: random_quotes.again,
    actions.Listing: lambda context, a: Response(edit=reading.listing(context, page=a.page)),
    actions.Outline: lambda context, a: Response(edit=reading.outline_card(context, a)),
    actions.Part: lambda context, a: Response(edit=reading.part_card(context, a)),
    actions.FullText: lambda context, a: Response((reading.full_text(context, a.speech),)),
    actions.Compare: compare.page,
    place_actions.Walk: place_walk.walk,
    place_actions.Counted: literal_cards.counted,
    place_actions.CountPicture: drawings.counts,
    theme_actions.Versions: wording_changes.page,
    theme_actions.VersionsPicture: wording_changes.picture,
    theme_actions.Material: material.show,
    theme_actions.MaterialFile: material.as_file,
    theme_actions.Openings: material.tapped_openings,
    theme_actions.QuizNext: quiz.another,
    theme_actions.QuizScores: quiz.scores,
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
    actions.Preferences: preferences.show,
    actions.SetLanguage: preferences.set_language,
    actions.SetQuotes: preferences.set_quotes,
    actions.SetTraditional: preferences.set_traditional,
    reading_actions.SetScript: preferences.set_script,
    reading_actions.TakeScript: preferences.take_script,
    reading_actions.TakeEnglish: preferences.take_english,
    actions.Forget: privacy.forget,
}
