"""Inline and guest mode: quotes for any chat."""

from __future__ import annotations

import re

from bot.contract.actions import Around, Outline
from bot.contract.callback import quote_id
from bot.contract.reply import Button, Reply
from bot.contract.response import InlinePage, InlineResult
from bot.contract.text_builder import TextBuilder
from bot.service import asking, cards, reading
from bot.service.answer_pages import page_of
from bot.service.context import Context
from bot.service.quote_text import put_quote, put_source, speech_name
from bot.service.reader_button import reader_button
from bot.service.welcome import payload_of
from bot.state import texts
from retrieval import Quote, Reference, Span, UnknownReference, pages, questions
from retrieval import quote as quote_at

PAGE = 10  # results at once, chosen; Telegram takes 50
DEEPEST = 50  # results of one query, five pages, chosen
LONGEST = 256  # characters of a query, Telegram's
TITLE, DESCRIPTION = 100, 200  # characters of a row, chosen; clients cut what does not fit
PIECE = 800  # characters of a part in one message, chosen: less than a card, in somebody else's chat
_SHARED = re.compile(r"#(\d{1,7}\.\d{1,9}\.\d{1,9})")  # #6.1321.1362: what the share button types


def page(context: Context, query: str, offset: str) -> InlinePage:
    """Results from an offset on: quotes worth sharing for an empty query, a shared one, a part, or answers."""
    skip = int(offset) if re.fullmatch(r"\d{1,3}", offset) else 0
    query = query.strip()[:LONGEST]
    found = tuple({quote.id: quote for quote in _found(context, query, skip)}.values())[:PAGE]
    more = len(found) == PAGE and skip + PAGE < DEEPEST
    label = context.say("inline.button" if found else "inline.none")
    return InlinePage(tuple(_result(context, quote) for quote in found), str(skip + PAGE) if more else "", label, "start")


def _found(context: Context, query: str, skip: int) -> tuple[Quote, ...]:
    library = context.library
    if not query:
        return library.shareable[skip : skip + PAGE]
    shared = _SHARED.fullmatch(query)
    if shared:
        return _by_id(context, shared[1]) if not skip else ()
    answer = library.engine.ask(query, PAGE, skip)
    if answer.understood.lookup:
        return _of_parts(context, answer.understood.references[: reading.SHOWN_APART])[skip : skip + PAGE]
    return answer.quotes


def _by_id(context: Context, identity: str) -> tuple[Quote, ...]:
    try:
        return (cards.quote_of(context, quote_id(identity)),)
    except UnknownReference:
        return ()


def _of_parts(context: Context, references: tuple[Reference, ...]) -> tuple[Quote, ...]:
    """The named parts in pieces that a message can hold."""
    corpus = context.library.corpus
    found: list[Quote] = []
    for reference in references:
        try:
            span = context.library.engine.range_of(reference)
        except UnknownReference:
            continue
        text = corpus.texts[corpus.speech(reference.number).speech.file]
        found += [quote_at(corpus, reference.number, Span(*cut)) for cut in pages(text, span, PIECE)]
    return tuple(found)


def _result(context: Context, quote: Quote) -> InlineResult:
    numbered = context.library.corpus.speech(quote.source.speech)
    title = speech_name(numbered.number, numbered.entry, context.say)
    return InlineResult(quote.id, title[:TITLE], quote.text[:DESCRIPTION], message(context, quote))


def message(context: Context, quote: Quote) -> Reply:
    """A quote as a message in somebody else's chat: only buttons that edit it, and a link to the bot."""
    text = TextBuilder()
    put_source(put_quote(text, quote, context.style), quote, context.style)
    cards.put_note(text, context)
    identity = quote_id(quote.id)
    link = f"https://t.me/{context.username}?start={payload_of(identity)}"
    return text.reply(
        [
            reader_button(context, identity),
            context.button("button.around", Around(identity)),
            context.button("button.outline", Outline(quote.source.speech, 0, identity)),
            Button(context.say("button.open"), url=link) if context.username else None,
        ]
    )


def guest(context: Context, text: str) -> InlineResult:
    """One answer to a question asked in a chat that the bot is not in."""
    engine = context.library.engine
    asked = questions(text.strip()[: asking.LONGEST], engine.reader.words)[0]
    answer = page_of(context, engine.reader.understand(asked), 0)
    parts = _of_parts(context, answer.understood.references[: reading.SHOWN_APART]) if answer.understood.lookup else ()
    key = context.key_of(asked)
    if parts:
        return InlineResult(f"g{key}", context.say("inline.title"), parts[0].text[:DESCRIPTION], message(context, parts[0]))
    with context.store.quick() as memory:
        texts.keep(memory, context.asker.user_id, key, asked, context.now)
    card = asking.told_card(context, answer, key, 0)
    return InlineResult(f"g{key}", context.say("inline.title"), asked[:DESCRIPTION], card)
