"""The page for an address that leads nowhere."""

from __future__ import annotations

from bot.reader.collection_page import search_form
from bot.reader.markup import Html, tag
from bot.reader.page_frame import whole_page
from bot.reader.page_links import PageView


def problem_page(view: PageView, reason: str, **values: object) -> Html:
    """What is wrong, in a sentence, and ways on."""
    say = view.say
    way = tag("p", tag("a", say("reader.all_speeches"), href=view.links.collection()))
    return whole_page(
        view,
        say("reader.problem.title"),
        tag("h1", say("reader.problem.title")),
        tag("p", say(reason, **values)),
        way,
        search_form(view, ""),
    )
