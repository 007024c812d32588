"""Questions and everything else that is typed: what it is about → a card, a sentence, what was wished."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

from bot.contract.actions import Asked, Example, Found, Propose, Single, Vote
from bot.contract.callback import quote_id
from bot.contract.reply import Button, Reply
from bot.contract.response import Response, Write
from bot.contract.text_builder import TextBuilder
from bot.service import conversations, literal_cards, reading, talking
from bot.service.cards import NUMBERS, answer_card, examples_card, in_rows, put_note, reading_row, ways_on
from bot.service.context import Context, Declined, only_toast
from bot.service.kept_texts import kept_text
from bot.service.quote_text import put_quote, put_source
from bot.state import feedback, figures, texts
from bot.state.feedback import Feedback
from retrieval import Answer as Answered
from retrieval import (
    Conversation,
    Quote,
    Turn,
    Understood,
    UnknownReference,
    after,
    holds_none,
    part_quote,
    questions,
    turn,
    without,
)

LONGEST = 1000  # characters of a message that are looked at, chosen; the longest of 1 611 measured questions has 167
DEEPEST = 1000  # quotes before a card, chosen; a forged button may name two thousand million
BEYOND = 30  # further quotes looked at when some are left out, chosen: ten cards
SIDE_BY_SIDE = 3  # speeches that are named together: one quote of each, chosen
HEAD = 60  # characters of a question above its answer among others, chosen


def question(context: Context, text: str) -> Response:
    """One message for every message, however many questions it has."""
    literal = _asked_literally(context, text.strip())
    if literal:
        return Response((literal,))
    text = text.strip()[:LONGEST]
    if not text:
        return Response((examples_card(context, context.say("ask.empty")),))
    before = conversations.conversation_of(context)
    several = questions(text, context.library.engine.reader.words)
    if len(several) > 1:
        return _together(context, several, before)
    return _one(context, text, before)


def _asked_literally(context: Context, text: str) -> Reply | None:
    """A text to be checked, or the lengths of the speeches; None for anything else."""
    asked = context.library.engine.literal_reader.read(text)
    if asked and asked.wants in ("verify", "pasted"):
        return literal_cards.checked_card(context, asked.wordings[0])
    return literal_cards.length_list(context) if asked and asked.wants == "length" else None


def wants_another(context: Context, text: str) -> bool | None:
    """For 换一个 or 还有吗: True without anything to go on with, False with it; None for every other message."""
    if text.strip().rstrip("?？。~ ") not in context.library.engine.reader.words.more:
        return None
    return not conversations.conversation_of(context).question


def _one(context: Context, text: str, before: Conversation) -> Response:
    start = time.perf_counter()
    step = turn(context.library.engine, text, before, partial(_shown, context))
    if step.kind in ("quotes", "say", "wish"):
        left = conversations.keep_writes(context, step.then or before)
        if step.say == "unclear":  # maybe a word that somebody looked for: to learn from
            left += figures.add_writes(context.now, "none")
            left += feedback.note_writes(Feedback(text, "none", "", context.library.fingerprint, 1), context.now)
        return replace(talking.reply(context, step, before.question), memory=left)
    found, skip = _found(context, step, before)
    if step.kind == "more" and not found.quotes:
        return Response((_no_more(context, step.understood),))
    if found.understood.lookup:
        left = _left(context, step, found, 0, "lookup", time.perf_counter() - start, before)
        opened = reading.references(context, found.understood.references)
        return Response((_headed(context, step, opened[0]), *opened[1:]), memory=left)
    left = _left(context, step, found, skip, found.confidence, time.perf_counter() - start, before)
    return Response((_card(context, step, found, skip),), memory=left)


def _found(context: Context, step: Turn, before: Conversation) -> tuple[Answered, int]:
    """The answer to a step, and how many quotes come before it."""
    skip = before.seen if step.kind == "more" else step.skip
    return step.answer or _shown(context, step.understood, skip), skip


def _card(context: Context, step: Turn, found: Answered, skip: int) -> Reply:
    """The answer with a sentence above it, if there is one to be said."""
    plain = answer_card(context, literal_cards.shown(found), context.key_of(step.question), skip)
    told = literal_cards.nothing(context, found) or literal_cards.told(context, found, plain)
    return _headed(context, step, told)


def _headed(context: Context, step: Turn, card: Reply) -> Reply:
    """A card with the sentence above it that is to be said."""
    if not step.say:
        return card
    head = context.say(f"talk.{step.say}", about=step.about) + "\n\n"
    moved = tuple(replace(entity, start=entity.start + len(head), end=entity.end + len(head)) for entity in card.entities)
    return replace(card, text=head + card.text, entities=moved)


def _shown(context: Context, understood: Understood, skip: int) -> Answered:
    """As many quotes as a card has, without those that hold an unwanted word; where each speech is asked for, one of each."""
    engine = context.library.engine
    each = min(len(engine.corpus.speeches), len(NUMBERS))
    count = max(context.quotes, each) if understood.each else context.quotes
    if 1 < len(understood.scope) <= SIDE_BY_SIDE and understood.terms:
        understood, count = replace(understood, each=True), max(count, len(understood.scope))
    text, words = without(understood.question)
    if not words:
        return engine.answer(understood, count, skip)
    answer = engine.answer(engine.reader.understand(text), BEYOND + skip)
    kept = [quote for quote in answer.quotes if holds_none(quote.text, words)]
    return replace(
        answer, question=understood.question, understood=understood, quotes=tuple(kept[skip : skip + count]), more=len(kept) > skip + count
    )


def _together(context: Context, several: tuple[str, ...], before: Conversation) -> Response:
    """The best of every question, in one message; the quotes are counted in the order of the questions."""
    text = TextBuilder()
    shown: list[Quote] = []
    buttons: list[Button] = []
    left: list[Write] = []
    room = LIMIT_OF_ONE // len(several)
    now = before
    for asked in several:
        start = time.perf_counter()
        step = turn(context.library.engine, asked, now, partial(_shown, context))
        text.line(f"「{asked[:HEAD]}」", "italic")
        if step.kind in ("quotes", "say", "wish"):
            text.line(context.say(f"talk.{step.say}", about=step.about) if step.kind == "say" else context.say("talk.alone")).line()
            continue
        found, skip = _found(context, step, now)
        best = _best(context, found, room)
        state = "lookup" if found.understood.lookup else found.confidence
        left += _left(context, step, found, skip, state, time.perf_counter() - start, now)
        now = after(now, step, found, skip)
        if best is None:
            text.line(context.say("answer.none")).line()
            continue
        if found.confidence == "near" and not found.understood.lookup:
            text.line(context.say("answer.near"))
        text.line(NUMBERS[len(shown)], "bold")
        put_source(put_quote(text, best, context.style), best, context.style).line()
        buttons.append(context.labelled(NUMBERS[len(shown)], Single(quote_id(best.id), Asked(context.key_of(step.question), 0))))
        shown.append(best)
    left += conversations.keep_writes(context, replace(now, card=tuple(q.id for q in shown), chosen=0, window="", listed=""))
    put_note(text, context)
    return Response((text.reply(*in_rows(buttons, len(NUMBERS)), [] if buttons else ways_on(context)),), memory=tuple(left))


LIMIT_OF_ONE = 3000  # characters of quotes in a message with several questions: 1 000 of Telegram's 4 096 are for their sources


def _best(context: Context, found: Answered, room: int) -> Quote | None:
    """The best quote of an answer, or the part that was looked up, as far as there is room; None without one."""
    if not found.understood.lookup:
        return reading.shortened(context, found.quotes[0], room) if found.quotes else None
    reference = found.understood.references[0]
    try:
        whole = (
            part_quote(context.library.corpus, reference.number, reference.path)
            if reference.path
            else reading.paragraph(context, replace(reference, paragraph=reference.paragraph or 1))
        )
    except UnknownReference:
        return None
    return reading.shortened(context, whole, room)


def _no_more(context: Context, understood: Understood) -> Reply:
    """That there is no more, and where to read on around the answer."""
    quotes = context.library.engine.answer(understood, 1).quotes
    around = reading_row(context, quotes[0], None) if quotes else []
    return TextBuilder().line(context.say("answer.no_more")).reply(around, ways_on(context))


def _left(context: Context, step: Turn, found: Answered, skip: int, state: str, seconds: float, before: Conversation) -> tuple[Write, ...]:
    """Everything that an answer leaves behind."""
    writes = [texts.keep_write(context.asker.user_id, context.key_of(step.question), step.question, context.now)]
    writes += conversations.keep_writes(context, after(before, step, found, skip))
    writes += figures.add_writes(context.now, state, figures.latency_name(seconds))
    if state in ("near", "none"):
        writes += feedback.note_writes(_seen(context, step.question, state, found), context.now)
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


def vote(context: Context, action: Vote) -> Response:
    """Counts an opinion, and keeps the question to learn from."""
    asked = kept_text(context, action.question)
    answer = context.library.engine.ask(asked, 1)
    with context.store.quick() as memory:
        if figures.vote(memory, action.question, context.asker.user_id, action.good, context.now):
            state = "good" if action.good else "bad"
            feedback.note(memory, _seen(context, asked, state, answer), context.now)
    return only_toast(context, "vote.good" if action.good else "vote.bad")


def ask(context: Context, action: Propose) -> Response:
    """Asks what stands on a button, as if it had been typed."""
    return question(context, kept_text(context, action.question))


def example(context: Context, action: Example) -> Response:
    """Asks one of the examples, as if it had been typed."""
    examples = context.say.list("help.examples")
    if action.index >= len(examples):
        raise Declined("tap.unknown")
    return question(context, examples[action.index])
