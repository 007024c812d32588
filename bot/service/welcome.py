"""Greeting, tour, help, about, links into the bot."""

from __future__ import annotations

import re

from bot.actions import Outline, Part, QuoteId, Tour
from bot.answers import Answer
from bot.render import Text
from bot.reply import Reply
from bot.service import cards, reading
from bot.service.here import Declined, Here
from retrieval import UnknownReference

STEPS = 3
_QUOTE_LINK = re.compile(r"q(\d{1,4})_(\d{1,9})_(\d{1,9})")  # q6_1321_1362
_PART_LINK = re.compile(r"s(\d{1,4}(?:_\d{1,3}){0,3})")  # s3_2


def start(here: Here, payload: str) -> Answer:
    """The greeting with the tour; with a link's payload what it points to."""
    if not payload or payload == "start":
        return Answer((tour_card(here, 0),))
    try:
        linked = link(here, payload)
    except UnknownReference:
        linked = None
    if linked is None:
        return Answer((Text().line(here.say("start.unknown")).reply(cards.ways_on(here)), tour_card(here, 0)))
    return Answer((linked,))


def link(here: Here, payload: str) -> Reply | None:
    """The card of a payload; None when it is not ours. Raises UnknownReference."""
    match = _QUOTE_LINK.fullmatch(payload)
    if match:
        quote = cards.quote_of(here, QuoteId(*map(int, match.groups())))
        return cards.single_card(here, quote, None)
    match = _PART_LINK.fullmatch(payload)
    return part(here, match[1]) if match else None


def part(here: Here, numbers: str) -> Reply:
    """The card of 3, 3_2, 3_2_1. Raises UnknownReference."""
    number, *path = map(int, numbers.split("_"))
    if path:
        return reading.part_card(here, Part(number, tuple(path)))
    return reading.outline_card(here, Outline(number))


def payload_of(quote: QuoteId) -> str:
    """The payload of a link to a quote; `link` reads it."""
    return f"q{quote.speech}_{quote.start}_{quote.end}"


def tour(here: Here, action: Tour) -> Answer:
    """A step of the tour."""
    if action.step >= STEPS:
        raise Declined("tap.unknown")
    return Answer(edit=tour_card(here, action.step))


def tour_card(here: Here, step: int) -> Reply:
    """What one can do here, in three taps; the last step has examples to tap."""
    words = here.say.list("tour.steps")[step]
    head = here.say("start.greeting", count=len(here.library.corpus.speeches)) if not step else ""
    if step == STEPS - 1:
        return cards.examples_card(here, words)
    text = Text().line(head).line() if head else Text()
    return text.line(words).reply([here.button("tour.next", Tour(step + 1), step=step + 1, count=STEPS)])


def help(here: Here, _argument: str) -> Answer:
    """What can be typed, and examples to tap."""
    return Answer((cards.examples_card(here, here.say("help.text")),))


def about(here: Here, _argument: str) -> Answer:
    """What this is, and why its quotes can be trusted."""
    corpus = here.library.corpus
    characters = sum(n.speech.span.end - n.speech.span.start for n in corpus.speeches)
    words = here.say("about.text", count=len(corpus.speeches), characters=characters, version=corpus.fingerprint)
    return Answer((Text().line(words).reply(cards.ways_on(here)),))
