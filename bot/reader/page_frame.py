"""What is around every page: its head, the way to the others, the switches, how its script says things."""

from __future__ import annotations

import json

from bot.reader.markup import Html, joined, tag
from bot.reader.page_links import PageView
from bot.settings.wording import Language

# What a folder of pages lets a browser load; a server says it in its headers.
FILE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'"


def whole_page(view: PageView, title: str, *content: str, cls: str = "") -> Html:
    """A document: `content` is what its main part holds."""
    language = "zh-CN" if view.say.language == "zh" else "en"
    spoken = dict(view.say.below("reader.script"))  # with their placeholders
    body = tag(
        "body",
        tag("a", view.say("reader.skip"), href="#main", cls="skip"),
        _header(view),
        tag("main", *content, id="main", tabindex=-1, cls=cls),
        tag("div", role="status", id="status", aria_live="polite"),
        data_say=json.dumps(spoken, ensure_ascii=False),
        data_chat=view.say("cite.chat", quote="{quote}", source="{source}"),
    )
    return joined(Html("<!doctype html>\n"), tag("html", _head(view, title), body, lang=language), Html("\n"))


def _head(view: PageView, title: str) -> Html:
    links = view.links
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        Html() if links.served else tag("meta", http_equiv="Content-Security-Policy", content=FILE_POLICY),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("link", rel="icon", href="data:,"),
        tag("link", rel="stylesheet", href=links.asset("reader.css")),
        tag("script", src=links.asset("person.js"), type="module") if links.served else Html(),  # takes Telegram's words out of the address
        tag("script", src=links.asset("reader.js"), defer=True),
    )


def _header(view: PageView) -> Html:
    say, links = view.say, view.links
    other: Language = "en" if say.language == "zh" else "zh"
    ways = tag(
        "nav",
        tag("a", say("reader.collection"), href=links.collection()),
        tag("a", say("reader.search"), href=links.search()),
        aria_label=say("reader.ways"),
    )
    switches = tag(
        "div",
        _switch(say("reader.larger"), "size"),
        _switch(say("reader.dark"), "dark"),
        tag("a", say("reader.other_language"), href=links.other_language(view.page, other), hreflang=other, lang=other),
        cls="switches",
    )
    return tag("header", ways, switches, cls="top")


def _switch(label: str, name: str) -> Html:
    """Needs the script, which shows it."""
    return tag("button", label, type="button", data_switch=name, aria_pressed="false", hidden=True)
