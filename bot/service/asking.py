"""Questions: free text → answer cards, further quotes, votes."""

from __future__ import annotations

import re
import time
from functools import partial

from bot.contract.actions import Asked, Chosen, Example, Found, QuoteId, Vote
from bot.contract.reply import Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service import reading
from bot.service.answer_cards import answer_card
from bot.service.answer_pages import shown_at_once
from bot.service.cards import examples_card, reading_row, ways_on
from bot.service.context import Context, Declined, only_toast
from bot.state import chats, feedback, figures, texts
from bot.state.feedback import Feedback
from retrieval import Answer as Answered
from retrieval import Understood, questions, turn

FRESH = 3600.0  # seconds, chosen; after that a short message no longer goes on with the question before
LONGEST = 1000  # characters of a message that are looked at, chosen; the longest of 1 611 measured questions has 167
DEEPEST = 1000  # quotes before a card, chosen; a forged button may name two thousand million
_CONTENT = re.compile(r"[^\W_]")


def question(context: Context, text: str) -> Response:
    """Every question of a message gets a card; a message that goes on with the last question goes on."""
    text = text.strip()[:LONGEST]
    if not _CONTENT.search(text):
        return Response((examples_card(context, context.say("ask.empty")),))
    courtesy = context.behaviour.spoken.courtesy(text)
    if courtesy:
        words = context.say(f"courtesy.{courtesy}")
        return Response((examples_card(context, words) if courtesy == "greeting" else TextBuilder().line(words).reply(ways_on(context)),))
    previous = _topic(context)
    several = questions(text, context.library.engine.reader.words)
    replies: list[Reply] = []
    for asked in several:
        replies += _answered(context, asked, previous, head=asked if len(several) > 1 else "")
    return Response(tuple(replies))


def wants_another(context: Context, text: str) -> bool:
    """True for 换一个 or 还有吗 without a question to go on with."""
    return not _topic(context) and text.strip().rstrip("?？。~ ") in context.library.engine.reader.words.more


def _topic(context: Context) -> str:
    return context.chat.topic if context.now - context.chat.asked_at < FRESH else ""


def _answered(context: Context, asked: str, previous: str, head: str) -> tuple[Reply, ...]:
    start = time.perf_counter()
    step = turn(context.library.engine, asked, previous, partial(_shown, context))
    skip = context.chat.topic_shown if step.kind == "more" else step.skip
    found = step.answer or _shown(context, step.understood, skip)
    if found.understood.lookup:
        _remember(context, step.question, found, 0, "lookup", time.perf_counter() - start)
        return reading.references(context, found.understood.references)
    if step.kind == "more" and not found.quotes:
        return (_no_more(context, step.understood),)
    _remember(context, step.question, found, skip, found.confidence, time.perf_counter() - start)
    return (answer_card(context, found, texts.key_of(step.question), skip, head=head),)


def _shown(context: Context, understood: Understood, skip: int) -> Answered:
    """As many quotes as a card has; where each speech is asked for, one of each."""
    return context.library.engine.answer(understood, shown_at_once(context, understood, skip), skip)


def _no_more(context: Context, understood: Understood) -> Reply:
    """That there is no more, and where to read on around the answer."""
    quotes = context.library.engine.answer(understood, 1).quotes
    around = reading_row(context, quotes[0], None) if quotes else []
    return TextBuilder().line(context.say("answer.no_more")).reply(around, ways_on(context))


def _remember(context: Context, asked: str, found: Answered, skip: int, state: str, seconds: float) -> None:
    """Everything that an answer leaves behind, in one transaction."""
    with context.store.quick() as memory:
        texts.keep(memory, context.asker.user_id, asked, context.now)
        if context.in_chat and state != "none":  # what was not understood is nothing to go on with
            topic = {"topic": asked, "topic_shown": skip + len(found.quotes)}
            chats.change(memory, context.asker.chat_id, **topic, asked_by=context.asker.user_id, asked_at=context.now)
        figures.add(memory, context.now, state, figures.latency_name(seconds))
        if state in ("near", "none"):
            feedback.note(memory, _seen(context, asked, state, found), context.now)


def _seen(context: Context, asked: str, state: str, found: Answered) -> Feedback:
    first = found.quotes[0].id if found.quotes else ""
    return Feedback(asked, state, first, context.library.fingerprint, 1)


def found(context: Context, action: Found) -> Response:
    """The card of a kept question at some place."""
    return again(context, Asked(action.question, action.skip), plain=action.plain)


def chosen(context: Context, action: Chosen) -> Response:
    """The same card, another quote chosen."""
    if not isinstance(action.origin, Asked):
        raise Declined("tap.unknown")
    return again(context, action.origin, plain=action.plain, quote=action.quote)


def again(context: Context, action: Asked, *, plain: bool = False, quote: QuoteId | None = None) -> Response:
    """The card of a kept question at some place, a quote chosen. Raises Declined when the question is forgotten."""
    understood = context.library.engine.reader.understand(kept_text(context, action.question))
    answer = _shown(context, understood, min(action.skip, DEEPEST))
    if not answer.quotes:
        return only_toast(context, "answer.no_more")
    return Response(edit=answer_card(context, answer, action.question, action.skip, plain=plain, chosen=quote))


def kept_text(context: Context, key: str) -> str:
    """The text that a button refers to. Raises Declined when it is forgotten."""
    with context.store.reading() as memory:
        text = texts.text_of(memory, key)
    if text is None:
        raise Declined("tap.forgotten")
    return text


def vote(context: Context, action: Vote) -> Response:
    """Counts an opinion, and keeps the question to learn from."""
    asked = kept_text(context, action.question)
    answer = context.library.engine.ask(asked, 1)
    with context.store.quick() as memory:
        if figures.vote(memory, action.question, context.asker.user_id, action.good, context.now):
            state = "good" if action.good else "bad"
            feedback.note(memory, _seen(context, asked, state, answer), context.now)
    return only_toast(context, "vote.good" if action.good else "vote.bad")


def example(context: Context, action: Example) -> Response:
    """Asks one of the examples, as if it had been typed."""
    examples = context.say.list("help.examples")
    if action.index >= len(examples):
        raise Declined("tap.unknown")
    return question(context, examples[action.index])
