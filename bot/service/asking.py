"""Questions: free text → answer cards, further quotes, votes."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from functools import partial

from bot.contract.actions import Example, Found, Vote
from bot.contract.reply import Reply
from bot.contract.response import Response, Write
from bot.contract.text_builder import TextBuilder
from bot.service import literal_cards, reading
from bot.service.cards import NUMBERS, answer_card, examples_card, reading_row, ways_on
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
    literal = _asked_literally(context, text.strip())
    if literal:
        return Response((literal,))
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
    memory: list[Write] = []
    for asked in several:
        said, left = _answered(context, asked, previous, head=asked if len(several) > 1 else "")
        replies, memory = [*replies, *said], [*memory, *left]
    return Response(tuple(replies), memory=tuple(memory))


def _asked_literally(context: Context, text: str) -> Reply | None:
    """A text to be checked, or the lengths of the speeches; None for anything else."""
    asked = context.library.engine.literal_reader.read(text)
    if asked and asked.wants in ("verify", "pasted"):
        return literal_cards.checked_card(context, asked.wordings[0])
    return literal_cards.length_list(context) if asked and asked.wants == "length" else None


def wants_another(context: Context, text: str) -> bool:
    """True for 换一个 or 还有吗 without a question to go on with."""
    return not _topic(context) and text.strip().rstrip("?？。~ ") in context.library.engine.reader.words.more


def _topic(context: Context) -> str:
    return context.chat.topic if context.now - context.chat.asked_at < FRESH else ""


def _answered(context: Context, asked: str, previous: str, head: str) -> tuple[tuple[Reply, ...], tuple[Write, ...]]:
    """The cards, and what they leave behind."""
    start = time.perf_counter()
    step = turn(context.library.engine, asked, previous, partial(_shown, context))
    skip = context.chat.topic_shown if step.kind == "more" else step.skip
    found = step.answer or _shown(context, step.understood, skip)
    if found.understood.lookup:
        left = _left(context, step.question, found, 0, "lookup", time.perf_counter() - start)
        return reading.references(context, found.understood.references), left
    if step.kind == "more" and not found.quotes:
        return (_no_more(context, step.understood),), ()
    left = _left(context, step.question, found, skip, found.confidence, time.perf_counter() - start)
    card = answer_card(context, literal_cards.shown(found), context.key_of(step.question), skip, head=head)
    return (literal_cards.nothing(context, found) or literal_cards.told(context, found, card),), left


def _shown(context: Context, understood: Understood, skip: int) -> Answered:
    """As many quotes as a card has; where each speech is asked for, one of each."""
    engine = context.library.engine
    each = min(len(engine.corpus.speeches), len(NUMBERS))
    return engine.answer(understood, max(context.quotes, each) if understood.each else context.quotes, skip)


def _no_more(context: Context, understood: Understood) -> Reply:
    """That there is no more, and where to read on around the answer."""
    quotes = context.library.engine.answer(understood, 1).quotes
    around = reading_row(context, quotes[0], None) if quotes else []
    return TextBuilder().line(context.say("answer.no_more")).reply(around, ways_on(context))


def _left(context: Context, asked: str, found: Answered, skip: int, state: str, seconds: float) -> tuple[Write, ...]:
    """Everything that an answer leaves behind."""
    asker, now = context.asker, context.now
    writes = [texts.keep_write(asker.user_id, context.key_of(asked), asked, now)]
    if context.in_chat and state != "none":  # what was not understood is nothing to go on with
        shown = skip + len(found.quotes)
        topic = replace(context.chat, topic=asked, topic_shown=shown, asked_by=asker.user_id, asked_at=now)
        writes.append(chats.asked_write(asker.chat_id, topic))
    writes += figures.add_writes(now, state, figures.latency_name(seconds))
    if state in ("near", "none"):
        writes += feedback.note_writes(_seen(context, asked, state, found), now)
    return tuple(writes)


def _seen(context: Context, asked: str, state: str, found: Answered) -> Feedback:
    first = found.quotes[0].id if found.quotes else ""
    return Feedback(asked, state, first, context.library.fingerprint, 1)


def found(context: Context, action: Found) -> Response:
    """The card of a kept question at some place."""
    understood = context.library.engine.reader.understand(kept_text(context, action.question))
    answer = _shown(context, understood, min(action.skip, DEEPEST))
    if not answer.quotes:
        return only_toast(context, "answer.no_more")
    return Response(edit=answer_card(context, answer, action.question, action.skip, plain=action.plain))


def kept_text(context: Context, key: str) -> str:
    """The text that a button refers to. Raises Declined when it is forgotten, or never was the asker's to see.

    In private everybody has only their own texts. In a group, and on a card sent through inline mode, somebody
    else's question may be tapped; its key is on the card, and nobody can guess it.
    """
    alone = context.asker.kind == "private" and context.in_chat
    with context.store.reading() as memory:
        text = texts.text_of(memory, key, context.asker.user_id if alone else None)
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
