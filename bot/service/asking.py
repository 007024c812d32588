"""Questions and everything else that is typed: what it is about → a card, a sentence, what was wished."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.contract.actions import Asked, Example, Key, QuoteId, Single
from bot.contract.callback import quote_id
from bot.contract.reply import Button, Reply
from bot.contract.response import Response, Write
from bot.contract.text_builder import TextBuilder
from bot.service import clause_wishes, conversations, literal_cards, literal_replies, reading, talking
from bot.service.answer_cards import MANY, answer_card, doubt
from bot.service.answer_pages import at_once, page_of
from bot.service.cards import NUMBERS, ask_buttons, examples_card, put_note, ways_on
from bot.service.context import Context
from bot.service.quote_text import put_quote, put_source
from bot.service.reader_button import reader_button_of
from bot.state import feedback, figures, texts
from bot.state.feedback import Feedback
from retrieval import Answer as Answered
from retrieval import (
    Conversation,
    Quote,
    Turn,
    UnknownReference,
    after,
    next_questions,
    of_one_speech,
    part_quote,
    questions,
    read_on,
    speech_first,
    turn,
    without_asides,
    without_thanks,
)

LONGEST = 1000  # characters of a message that are looked at, chosen; the longest of 1 611 measured questions has 167
HEAD = 60  # characters of a question above its answer among others, chosen


def calmed(text: str) -> str:
    """A message in which nothing is said more than eight times in a row, as patterns may take long over more.

    >>> calmed("哈" * 60 + "工会怎么说"), calmed("有没有有没有")
    ('哈哈哈哈哈哈哈哈工会怎么说', '有没有有没有')
    """
    return _OVER_AND_OVER.sub(lambda found: found[1] * OFTEN, text)


OFTEN = 8  # times in a row that are kept, chosen
_OVER_AND_OVER = re.compile(r"([\u3400-\u9fff]{1,4}?)\1{8,}")


def question(context: Context, text: str) -> Response:
    """One message for every message, however many questions it has."""
    literal = literal_replies.reply(context, without_thanks(text.strip()))
    if literal:
        return literal
    text = speech_first(without_asides(text.strip()[:LONGEST]), context.library.engine.reader)
    if not text:
        return Response((examples_card(context, context.say("ask.empty")),))
    before = conversations.conversation_of(context)
    reader = context.library.engine.reader
    several = of_one_speech(questions(text, reader.words), reader)
    if len(several) > 1:
        return _together(context, several, before)
    wishes, clause = clause_wishes.told_apart(context, text, before)
    return clause_wishes.reply(context, wishes, before) if wishes else _one(context, clause or text, before)


def wants_another(context: Context, text: str) -> bool | None:
    """For 换一个 or 还有吗: True without anything to go on with, False with it; None for every other message."""
    if text.strip().rstrip("?？。~ ") not in context.library.engine.reader.words.more:
        return None
    return not conversations.conversation_of(context).question


def _one(context: Context, text: str, before: Conversation) -> Response:
    start = time.perf_counter()
    step = turn(context.library.engine, text, before, partial(page_of, context))
    if step.is_talk:
        shows_itself = step.kind == "wish" and step.then is None  # what it showed is kept already
        left = () if shows_itself else conversations.keep_writes(context, step.then or replace(before, wished=""))
        if step.say == "unclear":  # maybe a word that somebody looked for: to learn from
            left += figures.add_writes(context.now, "none")
            left += feedback.note_writes(Feedback(text, "none", "", context.library.fingerprint, 1), context.now)
        return replace(talking.reply(context, step, before.question), memory=left)
    found, skip, at = _found(context, step, before)
    if step.kind == "more" and not found.quotes:
        return talking.no_more(context, step.understood, before, read_on(context.library.engine, before))
    if found.understood.lookup:
        left = _left(context, step, found, 0, "lookup", time.perf_counter() - start, before)
        opened = reading.references(context, found.understood.references)
        return Response((_headed(context, step, opened[0]), *opened[1:]), memory=left)
    left = _left(context, step, found, skip, found.confidence, time.perf_counter() - start, before, at)
    chosen = quote_id(found.quotes[at].id) if at else None
    card = told_card(context, found, context.key_of(step.question), skip, chosen=chosen, before=before)
    return Response((_headed(context, step, card),), memory=left)


def _found(context: Context, step: Turn, before: Conversation) -> tuple[Answered, int, int]:
    """The answer to a step, how many quotes come before it, and which of its quotes was wished by its number, from 0."""
    page = page_of(context, step.understood, 0) if step.kind == "again" and step.skip else None
    if page and step.skip < len(page.quotes):
        return page, 0, step.skip
    skip = _seen_of(context, step, before) if step.kind == "more" else step.skip
    found = step.answer or page_of(context, step.understood, skip)
    return (replace(found, quotes=found.quotes[: step.count], more=True) if 0 < step.count < len(found.quotes) else found), skip, 0


def _seen_of(context: Context, step: Turn, before: Conversation) -> int:
    """How many quotes of the question before were in view: of its first page those that only a button shows were not."""
    first = page_of(context, step.understood, 0)
    paged = before.card != tuple(quote.id for quote in first.quotes)
    return before.seen if paged else min(max(at_once(context, literal_cards.shown(first), 0), before.chosen + 1), before.seen)


def told_card(
    context: Context,
    found: Answered,
    key: Key,
    skip: int,
    *,
    plain: bool = False,
    chosen: QuoteId | None = None,
    before: Conversation | None = None,
) -> Reply:
    """The card of an answer with what was found word for word above it, and questions to go on with below.

    before: the conversation that the answer goes on with, where it was read already.
    """
    shown = literal_cards.shown(found) if found.literal else found
    card = answer_card(context, shown, key, skip, plain=plain, chosen=chosen)
    card = literal_cards.told(context, found, card) if found.literal else card
    return _with_next(context, card, found, skip, before)


def _with_next(context: Context, card: Reply, found: Answered, skip: int, before: Conversation | None) -> Reply:
    """In a chat, and where they are in view with the quotes: below three, and below a wording with its places, there is no room."""
    literal = found.literal is not None and found.literal.decides
    many = min(at_once(context, found, skip), len(found.quotes)) >= MANY
    if not context.in_chat or skip or (found.quotes and (many or literal)):
        return card
    return replace(card, buttons=(*card.buttons, *((button,) for button in _next_buttons(context, found, before))))


def _next_buttons(context: Context, found: Answered, before: Conversation | None) -> list[Button]:
    """Questions near in topic; examples where nothing is near."""
    asked = (before or conversations.conversation_of(context)).and_asked(found.question)
    if found.quotes or (found.case and found.case.on_subject):
        return ask_buttons(context, next_questions(context.library.engine, found.understood, found.quotes, asked))
    examples = [(n, words) for n, words in enumerate(context.say.list("help.examples")) if words not in asked]
    return [context.labelled(words, Example(n)) for n, words in examples[:MANY]]


def _headed(context: Context, step: Turn, card: Reply) -> Reply:
    """A card with the sentence above it that is to be said."""
    return literal_cards.prefixed(card, context.say(f"talk.{step.say}", about=step.about)) if step.say else card


def _together(context: Context, several: tuple[str, ...], before: Conversation) -> Response:
    """The best of every question, in one message; the quotes are counted in the order of the questions.

    Where all are about the answer before, or about the bot, each is answered as it is alone.
    """
    meant = _meant(context, several, before)
    several, meant = _more_than_said(several, meant)
    if len(several) == 1:
        return _one(context, several[0], before)
    told = all(step.kind == "say" and step.quotes for step in meant) and len({(step.say, step.quotes) for step in meant}) > 1
    if all(step.is_talk for step in meant) and not told:
        wishes = clause_wishes.wished(zip(several, meant, strict=True))
        return clause_wishes.reply(context, wishes, before) if wishes else _one(context, several[0], before)
    text, now = TextBuilder(), before
    shown: list[Quote] = []
    buttons: list[Button] = []
    left: list[Write] = []
    for asked in several:
        start = time.perf_counter()
        step = turn(context.library.engine, asked, now, partial(page_of, context))
        text.line(f"「{asked[:HEAD]}」", "italic")
        if step.is_talk:
            now = step.then or now  # the speech whose city was asked for first
        if step.kind == "quotes" and step.quotes:
            put_source(put_quote(text, step.quotes[0], context.style), step.quotes[0], context.style).line()
            continue
        if step.is_talk:
            text.line(talking.said(context, step) if step.kind == "say" else context.say("talk.alone"))
            talking.put_places(context, text, step if step.kind == "say" else replace(step, quotes=()))
            text.line()
            continue
        found, skip, _ = _found(context, step, now)
        best, *others = _best(context, found, LIMIT_OF_ONE // len(several)) or (None,)
        state = "lookup" if found.understood.lookup else found.confidence
        left += _left(context, step, found, skip, state, time.perf_counter() - start, now)
        now = after(now, step, found, skip)
        if words := literal_cards.told_words(context, found) or ("" if best else context.say("answer.none")):
            text.line(words)
        if best is None or (not others and _told_above(context, text, best, shown)):
            text.line()
            continue
        if found.confidence == "near" and not found.understood.lookup and not words:
            text.line(doubt(context, found))
        put_source(put_quote(text, best, context.style), best, context.style, number=NUMBERS[len(shown)]).line()
        for point in others:
            put_source(put_quote(text, point, context.style), point, context.style).line()
        buttons.append(context.labelled(NUMBERS[len(shown)], Single(quote_id(best.id), Asked(context.key_of(step.question), 0))))
        shown.append(best)
    if not shown and not told and (about := [asked for asked, step in zip(several, meant, strict=True) if step.is_talk and step.quotes]):
        return _one(context, about[0], before)
    left += conversations.keep_writes(context, replace(now, card=tuple(q.id for q in shown), chosen=0, window="", listed=""))
    put_note(text, context)
    return Response((text.reply([*buttons, reader_button_of(context, shown)] if buttons else ways_on(context)),), memory=tuple(left))


def _told_above(context: Context, text: TextBuilder, best: Quote, shown: Sequence[Quote]) -> bool:
    """Whether the same sentence answered a question before, which is said."""
    at = next((n for n, quote in enumerate(shown) if quote.id == best.id), -1)
    if at >= 0:
        text.line(context.say("answer.as_above", number=NUMBERS[at]))
    return at >= 0


def _more_than_said(several: tuple[str, ...], meant: list[Turn]) -> tuple[tuple[str, ...], list[Turn]]:
    """Without what is only said beside a question: 背了一晚上."""
    asking = [pair for pair in zip(several, meant, strict=True) if not (pair[1].kind == "say" and pair[1].say in ONLY_SAID)]
    asked = any(not step.is_talk for _, step in asking)
    return (tuple(text for text, _ in asking), [step for _, step in asking]) if asked else (several, meant)


ONLY_SAID = frozenset({"noted", "waiting", "told", "praise", "thanks", "noise", "unclear"})  # sentences that answer no question


def _meant(context: Context, several: tuple[str, ...], now: Conversation) -> list[Turn]:
    """What each of several questions means behind what is said about those before."""
    steps: list[Turn] = []
    for asked in several:
        steps.append(turn(context.library.engine, asked, now, partial(page_of, context)))
        now = (steps[-1].then if steps[-1].is_talk else None) or now
    return steps


LIMIT_OF_ONE = 3000  # characters of quotes in a message with several questions: 1 000 of Telegram's 4 096 are for their sources


def _best(context: Context, found: Answered, room: int) -> tuple[Quote, ...]:
    """The best quote of an answer, of a list all points, or the part that was looked up, as far as there is room; () without one."""
    if not found.understood.lookup:
        points = found.quotes[: found.shown if found.confidence == "sure" or found.understood.wants_list else 1]
        return tuple(reading.shortened(context, quote, room // len(points)) for quote in points)
    reference = found.understood.references[0]
    try:
        whole = (
            part_quote(context.library.corpus, reference.number, reference.path)
            if reference.path
            else reading.paragraph(context, replace(reference, paragraph=reference.paragraph or 1))
        )
    except UnknownReference:
        return ()
    return (reading.shortened(context, whole, room),)


def _left(
    context: Context, step: Turn, found: Answered, skip: int, state: str, seconds: float, before: Conversation, at: int = 0
) -> tuple[Write, ...]:
    """Everything that an answer leaves behind. at: which quote is spoken of."""
    kept = after(step.then or before, step, found, skip)
    writes = [texts.keep_write(context.asker.user_id, context.key_of(step.question), step.question, context.now)]
    writes += conversations.keep_writes(context, replace(kept, chosen=at) if at else kept)
    writes += figures.add_writes(context.now, state, figures.latency_name(seconds))
    if state in ("near", "none"):
        writes += feedback.note_writes(seen(context, step.question, state, found), context.now)
    return tuple(writes)


def seen(context: Context, asked: str, state: str, found: Answered) -> Feedback:
    """What is kept of a question and its answer, to learn from."""
    first = found.quotes[0].id if found.quotes else ""
    return Feedback(asked, state, first, context.library.fingerprint, 1)
