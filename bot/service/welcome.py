"""Greeting, tour, help, about, links into the bot."""

from __future__ import annotations

import re

from bot.contract.actions import Example, Outline, Part, QuoteId, Tour
from bot.contract.reply import Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service import cards, conversations, favourites, privacy, reading
from bot.service.context import Context, Declined
from bot.service.gloss_lines import put_examples
from retrieval import Reference, UnknownReference

STEPS = 3  # of the tour, as many as the wording has
QUESTIONS = 3  # examples under the greeting, chosen: the last one is a look-up
FROM_GROUPS = {"saved": favourites.show, "privacy": privacy.privacy, "forget": privacy.ask}
_QUOTE_LINK = re.compile(r"q(\d{1,7})_(\d{1,9})_(\d{1,9})")  # q6_1321_1362
_LOOK_UP = re.compile(r"s(?:peech)?_?(\d{1,7}(?:_\d{1,3}){0,3}(?:p\d{1,3})?)")  # s3  s3_2  s2p5  speech3  ✗s3_  ✗s
_PART_LINK = re.compile(r"s(\d{1,7}(?:_\d{1,3}){0,3})")  # s3_2


def start(context: Context, payload: str) -> Response:
    """The greeting with questions to tap; with a link's payload what it points to."""
    if not payload or payload == "start":
        return Response((greeting(context),))
    if payload in FROM_GROUPS:
        return FROM_GROUPS[payload](context, "")
    try:
        linked = link(context, payload)
    except UnknownReference:
        linked = None
    if linked is None:
        return Response((TextBuilder().line(context.say("start.unknown")).reply(cards.ways_on(context)), greeting(context)))
    return Response((linked,))


def link(context: Context, payload: str) -> Reply | None:
    """The card of a payload; None when it is not ours. Raises UnknownReference."""
    match = _QUOTE_LINK.fullmatch(payload)
    if match:
        quote = cards.quote_of(context, QuoteId(*map(int, match.groups())))
        conversations.looked_at(context, quote.id)  # what is asked next may be about it
        return cards.single_card(context, quote, None)
    match = _PART_LINK.fullmatch(payload)
    return part(context, match[1]) if match else None


def looked_up(context: Context, command: str) -> Reply | None:
    """What a command such as s3_2 opens; None for any other. Raises UnknownReference."""
    match = _LOOK_UP.fullmatch(command)
    return part(context, match[1]) if match else None


def part(context: Context, numbers: str) -> Reply:
    """The card of 3, 3_2, 3_2_1, 2p5. Raises UnknownReference."""
    place, _, paragraph = numbers.partition("p")
    number, *path = map(int, place.split("_"))
    if paragraph:
        return cards.single_card(context, reading.paragraph(context, Reference(number, tuple(path), int(paragraph))), None)
    if path:
        return reading.part_card(context, Part(number, tuple(path)))
    return reading.outline_card(context, Outline(number))


def payload_of(quote: QuoteId) -> str:
    """The payload of a link to a quote; `link` reads it."""
    return f"q{quote.speech}_{quote.start}_{quote.end}"


def greeting(context: Context) -> Reply:
    """What this is, in a sentence, and real questions to tap; the tour for who wants it."""
    text = TextBuilder().line(context.say("start.greeting", count=len(context.library.corpus.speeches)))
    examples = context.say.list("help.examples")[:QUESTIONS]
    questions = [[context.labelled(words, Example(n))] for n, words in enumerate(examples)]
    put_examples(text.line().line(context.say("start.try")), context, examples)
    return text.reply(*questions, [context.button("tour.begin", Tour(0)), *cards.ways_on(context)])


def tour(context: Context, action: Tour) -> Response:
    """A step of the tour."""
    if action.step >= STEPS:
        raise Declined("tap.unknown")
    return Response(edit=tour_card(context, action.step))


def tour_card(context: Context, step: int) -> Reply:
    """What one can do here, in three taps; the last step has examples to tap."""
    words = context.say.list("tour.steps")[step]
    if step == STEPS - 1:
        return cards.examples_card(context, words)
    return TextBuilder().line(words).reply([context.button("tour.next", Tour(step + 1), step=step + 1, count=STEPS)])


def help(context: Context, _argument: str) -> Response:
    """What can be typed, and examples to tap."""
    return Response((cards.examples_card(context, context.say("help.text")),))


def about(context: Context, _argument: str) -> Response:
    """What this is, and why its quotes can be trusted."""
    corpus = context.library.corpus
    words = context.say("about.text", count=len(corpus.speeches), characters=corpus.characters, version=corpus.fingerprint)
    return Response((TextBuilder().line(words).reply(cards.ways_on(context)),))
