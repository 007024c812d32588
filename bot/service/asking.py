"""Questions: free text → answer cards, further quotes, votes."""

from __future__ import annotations

import re
import time

from bot.contract.actions import Example, Found, Vote
from bot.contract.reply import Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service import reading
from bot.service.cards import NUMBERS, answer_card, examples_card, reading_row, ways_on
from bot.service.context import Context, Declined, told
from bot.state import chats, feedback, figures, texts
from bot.state.feedback import Feedback
from retrieval import Answer as Answered
from retrieval import questions, turn

FRESH = 3600.0  # seconds; after that a short message no longer goes on with the question before
LONGEST = 1000  # characters of a message that are looked at
_CONTENT = re.compile(r"[^\W_]")


def question(here: Context, text: str) -> Response:
    """Every question of a message gets a card; a message that goes on with the last question goes on."""
    text = text.strip()[:LONGEST]
    if not _CONTENT.search(text):
        return Response((examples_card(here, here.say("ask.empty")),))
    courtesy = here.manners.spoken.courtesy(text)
    if courtesy:
        words = here.say(f"courtesy.{courtesy}")
        return Response((examples_card(here, words) if courtesy == "greeting" else TextBuilder().line(words).reply(ways_on(here)),))
    previous = _topic(here)
    several = questions(text)
    replies: list[Reply] = []
    for asked in several:
        replies += _answered(here, asked, previous, head=asked if len(several) > 1 else "")
    return Response(tuple(replies))


def wants_another(here: Context, text: str) -> bool:
    """True for 换一个 or 还有吗 without a question to go on with."""
    return not _topic(here) and text.strip().rstrip("?？。~ ") in here.library.engine.reader.words.more


def _topic(here: Context) -> str:
    return here.chat.topic if here.now - here.chat.asked_at < FRESH else ""


def _answered(here: Context, asked: str, previous: str, head: str) -> tuple[Reply, ...]:
    start = time.perf_counter()
    engine = here.library.engine
    step = turn(engine, asked, previous)
    skip = here.chat.topic_shown if step.kind == "more" else step.skip
    found = _shown(here, step.question, skip)
    if found.understood.lookup:
        _remember(here, step.question, found, 0, "lookup", time.perf_counter() - start)
        return reading.references(here, found.understood.references)
    if step.kind == "more" and not found.quotes:
        return (_no_more(here, step.question),)
    _remember(here, step.question, found, skip, found.confidence, time.perf_counter() - start)
    return (answer_card(here, found, texts.key_of(step.question), skip, head=head),)


def _shown(here: Context, asked: str, skip: int) -> Answered:
    """As many quotes as a card has; where each speech is asked for, one of each."""
    engine = here.library.engine
    understood = engine.reader.understand(asked)
    each = min(len(engine.corpus.speeches), len(NUMBERS))
    return engine.answer(understood, max(here.quotes, each) if understood.each else here.quotes, skip)


def _no_more(here: Context, asked: str) -> Reply:
    """That there is no more, and where to read on around the answer."""
    quotes = here.library.engine.ask(asked, 1).quotes
    around = reading_row(here, quotes[0], None) if quotes else []
    return TextBuilder().line(here.say("answer.no_more")).reply(around, ways_on(here))


def _remember(here: Context, asked: str, found: Answered, skip: int, state: str, seconds: float) -> None:
    """Everything that an answer leaves behind, in one transaction."""
    with here.store.quick() as memory:
        texts.keep(memory, here.asker.user_id, asked, here.now)
        if here.in_chat and state != "none":  # what was not understood is nothing to go on with
            shown = skip + len(found.quotes)
            chats.change(memory, here.asker.chat_id, topic=asked, topic_shown=shown,
                         asked_by=here.asker.user_id, asked_at=here.now)  # fmt: skip
        figures.add(memory, here.now, state, figures.latency_name(seconds))
        if state in ("near", "none"):
            feedback.note(memory, _seen(here, asked, state, found), here.now)


def _seen(here: Context, asked: str, state: str, found: Answered) -> Feedback:
    first = found.quotes[0].id if found.quotes else ""
    return Feedback(asked, state, first, here.library.fingerprint, 1)


def found(here: Context, action: Found) -> Response:
    """The card of a kept question at some place."""
    asked = kept_text(here, action.question)
    answer = _shown(here, asked, min(action.skip, 1000))
    if not answer.quotes:
        return told(here, "answer.no_more")
    return Response(edit=answer_card(here, answer, action.question, action.skip, plain=action.plain))


def kept_text(here: Context, key: str) -> str:
    """The text that a button refers to. Raises Declined when it is forgotten."""
    with here.store.reading() as memory:
        text = texts.text_of(memory, key)
    if text is None:
        raise Declined("tap.forgotten")
    return text


def vote(here: Context, action: Vote) -> Response:
    """Counts an opinion, and keeps the question to learn from."""
    asked = kept_text(here, action.question)
    answer = here.library.engine.ask(asked, 1)
    with here.store.quick() as memory:
        if figures.vote(memory, action.question, here.asker.user_id, action.good, here.now):
            state = "good" if action.good else "bad"
            feedback.note(memory, _seen(here, asked, state, answer), here.now)
    return told(here, "vote.good" if action.good else "vote.bad")


def example(here: Context, action: Example) -> Response:
    """Asks one of the examples, as if it had been typed."""
    examples = here.say.list("help.examples")
    if action.index >= len(examples):
        raise Declined("tap.unknown")
    return question(here, examples[action.index])
