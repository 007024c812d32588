"""Favourites of a person: listed, taken out, exported."""

from __future__ import annotations

import re
from math import ceil

from bot.contract.actions import Drop, Export, QuoteId, Saved
from bot.contract.callback import quote_id
from bot.contract.reply import File, Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service import cards
from bot.service.context import Context, Declined, require_own_card, without_files
from bot.service.literal_cards import prefixed
from bot.service.personal import in_private
from bot.service.quote_text import citation, put_quote, put_source
from bot.service.reader_button import reader_button_of
from bot.state import saved
from retrieval import Corpus, Quote, Span, UnknownReference, by_id, quote, to_int

PAGE = 4  # favourites on a card
SHOWN = 600  # characters of one: PAGE of them with their sources stay below the 4096 of a message


def show(context: Context, _argument: str = "") -> Response:
    """The first page; in a group the way to it."""
    return in_private(context, "saved") or Response((page_card(context, 0),))


def page(context: Context, action: Saved) -> Response:
    """Another page, for its owner only."""
    require_own_card(context)
    return Response(edit=page_card(context, action.page))


def drop(context: Context, action: Drop) -> Response:
    """Takes one out."""
    require_own_card(context)
    with context.store.quick() as memory:
        saved.remove(memory, context.asker.user_id, str(action.quote))
    return Response(edit=page_card(context, action.page), toast=context.say("saved.removed"))


def asked(context: Context, message: str) -> Response:
    """The first page, or all as a file where a message wishes that: 把收藏都导出来给我."""
    if alone := in_private(context, "saved"):
        return alone
    if _TAKES_OUT.search(message):
        return _taken_out(context, message)
    return export(context, Export()) if _EXPORTS.search(message) else show(context)


def _taken_out(context: Context, message: str) -> Response:
    """The list without the one that is counted, or the only one; of several how one is taken out."""
    counted = _COUNTED.search(message)
    with context.store.quick() as memory:
        kept = saved.of(memory, context.asker.user_id)
        at = (to_int(counted[1]) or 1) - 1 if counted else 0
        gone = at < len(kept) and (counted or len(kept) == 1 or _JUST_NOW.search(message))
        if gone:
            saved.remove(memory, context.asker.user_id, kept[at].quote)
    card = page_card(context, 0)
    said = "saved.removed" if gone else "saved.which" if kept else ""
    return Response((prefixed(card, context.say(said)) if said else card,))


_TAKES_OUT = re.compile("删(?:掉|除|了|去)?|取消收藏|移除|移掉|去掉|拿掉|(?:没让|没叫)你?(?:收藏|存)")  # 删掉|它  ✗我的收藏
_JUST_NOW = re.compile("(?:没让|没叫)你?(?:收藏|存)|刚才|刚刚|刚存")  # 没让你收藏|这个，取消  ✗删掉它
_COUNTED = re.compile("第([一二三四五六七八九1-9])(?:条|个|句)?")  # 第二条|删了  ✗删掉它
_EXPORTS = re.compile("导出|导成|存成|文件|文档|txt", re.IGNORECASE)  # 把收藏都|导出|来  ✗我的收藏


def export(context: Context, _action: Export) -> Response:
    """All of them as a text file."""
    require_own_card(context)
    with context.store.reading() as memory:
        kept = saved.of(memory, context.asker.user_id)
    found = [again for one in kept if (again := find_again(context.library.corpus, one))]
    if not found:
        raise Declined("saved.none")
    blocks = [f"{q.text}\n—— {citation(q, 'plain', context.say)}\n" for q in found]
    content = "\n".join(blocks).encode("utf-8")
    said = context.say("saved.exported", count=len(found))
    file = File("document", "quotes.txt", content, without_files(context, said))
    return Response((TextBuilder().add(said).reply(file=file),))


def page_card(context: Context, number: int) -> Reply:
    """A page of favourites with a button each to take it out."""
    with context.store.reading() as memory:
        total = saved.count(memory, context.asker.user_id)
        number = max(0, min(number, (total - 1) // PAGE))
        kept = saved.of(memory, context.asker.user_id, number * PAGE, PAGE)
    if not kept:
        return TextBuilder().line(context.say("saved.none")).reply(cards.ways_on(context))
    text = TextBuilder().line(context.say("saved.title", count=total), "bold").line()
    drops = []
    for count, one in enumerate(kept):
        _put(text.line(cards.NUMBERS[count], "bold"), context, one)
        drops.append(context.labelled(f"✕ {cards.NUMBERS[count]}", Drop(_id(one), number)))
    cards.put_note(text, context)
    before, after = cards.page_buttons(context, number, ceil(total / PAGE), Saved)
    exported = context.button("button.export", Export()) if context.in_chat else None
    found = [again for one in kept if (again := find_again(context.library.corpus, one))]
    return text.reply(drops, [before, reader_button_of(context, found), exported, after])


def _id(one: saved.Favourite) -> QuoteId:
    return quote_id(one.quote)


def _put(text: TextBuilder, context: Context, one: saved.Favourite) -> None:
    found = find_again(context.library.corpus, one)
    if found is None:
        text.line(context.say("saved.gone"), "italic").line()
        return
    put_source(put_quote(text, _short(context, found), context.style), found, context.style).line()


def _short(context: Context, found: Quote) -> Quote:
    """A long favourite is cut, so that a page fits a message."""
    span = found.source.span
    shorter = Span(span.start, min(span.end, span.start + SHOWN))
    return quote(context.library.corpus, found.source.speech, shorter)


def find_again(corpus: Corpus, one: saved.Favourite) -> Quote | None:
    """A favourite where its words stand now: at its place, else anywhere; None when they are gone."""
    try:
        found = by_id(corpus, one.quote)
        if found.text == one.words:
            return found
    except UnknownReference:
        pass
    for numbered in corpus.speeches:
        span = numbered.speech.span
        at = corpus.texts[numbered.speech.file].find(one.words, span.start, span.end)
        if at >= 0:
            return quote(corpus, numbered.number, Span(at, at + len(one.words)))
    return None
