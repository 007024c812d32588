"""Cards with quotes: an answer with its quotes, one quote, its surroundings, what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.contract.actions import (
    Action,
    Again,
    Around,
    Asked,
    Drawn,
    Example,
    Found,
    Key,
    Listing,
    Origin,
    Outline,
    Part,
    Picture,
    QuoteId,
    Same,
    Single,
    Star,
    Styles,
    Tools,
    Unstar,
    Vote,
)
from bot.contract.callback import quote_id
from bot.contract.reply import Button, Reply
from bot.contract.text_builder import LIMIT, TextBuilder
from bot.service.context import Context
from bot.service.gloss_lines import put_examples
from bot.service.quote_text import citation, put_quote, put_source, put_words
from retrieval import Answer, Quote, by_id, is_han, pages, section_of, surroundings

PAGE = 3400  # characters of a speech on a card: 700 of a message's 4096 are for headings, source and notes
LONGEST = 2800  # characters of a single quote on a card, whose source may name other places too
SOURCE = 240  # characters of a source at most: two titles, two headings of 60; of the bundled speeches 101 (bench_replies)
NOTES = 600  # characters for the question, what is said before the quotes and the note after them
BESIDE = 4  # numbers that share a row with the rest; more stand in one of their own, which holds Telegram's eight
CHOICES = 3  # speeches offered where they do not answer: one row
IN_ROW = 3  # buttons that name a speech or a theme: four do not fit the width of a telephone
SPEECHES = 24  # speeches to tap: eight rows, chosen
FOLDS = 3  # times the length from which a part is folded, chosen; folding hides the quote in the middle
NUMBERS = "①②③④⑤⑥⑦⑧⑨"

Rows = list[list[Button | None]]


def quote_of(context: Context, quote: QuoteId) -> Quote:
    """The quote of an id, shortened to LONGEST characters. Raises UnknownReference."""
    shown = quote._replace(end=min(quote.end, quote.start + LONGEST))
    return by_id(context.library.corpus, str(shown))


def answer_card(context: Context, answer: Answer, key: Key, skip: int, *, plain: bool = False, head: str = "") -> Reply:
    """The quotes of an answer; says when they are only near, and that there are none.

    head: a sentence above the quotes.
    """
    text = TextBuilder()
    if head:
        text.line(head).line()
    if not answer.quotes:
        return nothing_card(context, answer, text)
    context = context.verbatim(plain)
    if skip:
        text.line(context.say("answer.further")).line()
    elif answer.confidence == "near":
        text.line(context.say("answer.near")).line()
    quotes = fitting(answer.quotes)
    for count, quote in enumerate(quotes):
        if len(quotes) > 1:
            text.line(NUMBERS[count], "bold")
        put_source(put_quote(text, quote, context.style), quote, context.style).line()
    put_note(text, context)
    more = answer.more or len(quotes) < len(answer.quotes)
    return text.reply(*answer_rows(context, quotes, Asked(key, skip), plain=plain, more=more))


def page_buttons(context: Context, page: int, pages: int, at: Callable[[int], Action]) -> list[Button | None]:
    """To the pages before and after one of so many; None in place of a page that there is not."""
    return [
        context.button("button.page_before", at(page - 1)) if page else None,
        context.button("button.page_after", at(page + 1)) if page + 1 < pages else None,
    ]


def in_rows(buttons: Sequence[Button], width: int = IN_ROW) -> list[Sequence[Button]]:
    """The buttons, so many in a row."""
    return [buttons[i : i + width] for i in range(0, len(buttons), width)]


def speech_buttons(context: Context, action_on: Callable[[int], Action]) -> list[Sequence[Button]]:
    """A button for each of the first speeches."""
    numbers = [numbered.number for numbered in context.library.corpus.speeches][:SPEECHES]
    return in_rows([context.button("button.speech", action_on(n), number=n) for n in numbers])


def fitting(quotes: tuple[Quote, ...], limit: int = LIMIT - NOTES) -> tuple[Quote, ...]:
    """As many of the first quotes as fit a message with their sources, at least one and at most nine."""
    total, kept = 0, 0
    for quote in quotes[: len(NUMBERS)]:
        total += len(quote.text) + SOURCE * (1 + len(quote.also))
        if kept and total > limit:
            break
        kept += 1
    return quotes[:kept]


def put_note(text: TextBuilder, context: Context) -> None:
    """That quotes are shown converted, if they are."""
    if context.style.convert:
        text.line(context.say("answer.converted"), "italic")


def answer_rows(context: Context, quotes: tuple[Quote, ...], origin: Asked, *, plain: bool, more: bool) -> Rows:
    """Reading on from the first quote; the other quotes; more if there are; the rest."""
    first = quote_id(quotes[0].id)
    others = [context.labelled(NUMBERS[count], Single(quote_id(quote.id), origin, plain)) for count, quote in enumerate(quotes) if count]
    further = context.button("button.more", Found(origin.question, origin.skip + len(quotes))) if more else None
    last = [further, context.button("button.tools", Tools(first, origin))]
    return [
        reading_row(context, quotes[0], origin, plain=plain),
        *([[*others, *last]] if len(others) <= BESIDE else [others, last]),
        [verbatim_button(context, Found(origin.question, origin.skip, True))],
    ]


def reading_row(context: Context, quote: Quote, origin: Origin, *, plain: bool = False) -> list[Button | None]:
    """Context, whole section, contents."""
    identity = quote_id(quote.id)
    return [
        context.button("button.around", Around(identity, origin, plain)),
        context.button("button.section", section_action(context, quote, origin, plain=plain)),
        context.button("button.outline", Outline(quote.source.speech, 0, identity, origin)),
    ]


def section_action(context: Context, quote: Quote, origin: Origin, *, plain: bool = False) -> Part:
    """The section a quote stands in, at the page that holds it."""
    corpus = context.library.corpus
    position = quote.source.span.start
    found = section_of(corpus, quote.source.speech, position)
    cut = pages(corpus.texts[quote.source.file], found.span, PAGE)
    page = next((n for n, span in enumerate(cut) if position < span.end), 0)
    return Part(quote.source.speech, found.path, page, quote_id(quote.id), origin, plain)


def verbatim_button(context: Context, action: Found | Single | Around | Part) -> Button | None:
    """To the verbatim text, where it is shown converted."""
    return context.button("button.verbatim", action) if context.style.convert else None


def single_card(context: Context, quote: Quote, origin: Origin, *, plain: bool = False) -> Reply:
    """One quote with its source."""
    context = context.verbatim(plain)
    text = TextBuilder()
    put_source(put_quote(text, quote, context.style), quote, context.style)
    put_note(text, context)
    identity = quote_id(quote.id)
    return text.reply(
        reading_row(context, quote, origin, plain=plain),
        [
            back_button(context, origin) if isinstance(origin, Asked) else again_button(context, origin),
            context.button("button.tools", Tools(identity, origin)),
        ],
        [verbatim_button(context, Single(identity, origin, True))],
    )


def again_button(context: Context, origin: Origin) -> Button:
    """Another random quote."""
    return context.button("button.again", Again(origin if isinstance(origin, Drawn) else Drawn(0, "")))


def back_button(context: Context, origin: Origin, quote: QuoteId | None = None) -> Button | None:
    """Back to the answer, or to the quote; None when there is neither."""
    if isinstance(origin, Asked):
        return context.button("button.back", Found(origin.question, origin.skip))
    return context.button("button.back", Single(quote, origin)) if quote else None


def around_card(context: Context, quote: Quote, origin: Origin, *, plain: bool = False) -> Reply:
    """The paragraph of a quote, with those before and after; the quote bold."""
    context = context.verbatim(plain)
    source = quote.source
    span = surroundings(context.library.corpus, source.speech, source.span, PAGE)
    words = context.library.corpus.text(source.file, span)
    marks = [(source.span.start - span.start, source.span.end - span.start)]
    text = TextBuilder()
    folded = len(words) > FOLDS * context.behaviour.fold_from
    put_source(put_words(text, words, marks, context.style, folded=folded), quote, context.style)
    put_note(text, context)
    identity = quote_id(quote.id)
    return text.reply(
        [
            context.button("button.section", section_action(context, quote, origin, plain=plain)),
            context.button("button.outline", Outline(source.speech, 0, identity, origin)),
        ],
        [back_button(context, origin, identity), context.button("button.tools", Tools(identity, origin))],
        [verbatim_button(context, Around(identity, origin, True))],
    )


def tools_card(context: Context, quote: Quote, origin: Origin, *, starred: bool) -> Reply:
    """Everything else that can be done with a quote."""
    text = TextBuilder()
    put_source(put_quote(text, quote, context.style), quote, context.style)
    put_note(text, context)
    identity = quote_id(quote.id)
    key = origin.question if isinstance(origin, Asked) else None
    return text.reply(
        [
            context.button("button.unstar", Unstar(identity, origin)) if starred else context.button("button.star", Star(identity, origin)),
            context.button("button.picture", Picture(identity)) if context.in_chat else None,
            Button(context.say("button.share"), share=f"#{quote.id}"),
        ],
        [
            Button(context.say("button.copy"), copy=citation(quote, "chat", context.say)),
            context.button("button.styles", Styles(identity, origin)),
            context.button("button.same", Same(identity, origin)),
        ],
        [
            context.button("vote.up", Vote(key, True)) if key else None,
            context.button("vote.down", Vote(key, False)) if key else None,
            back_button(context, origin, identity),
        ],
    )


def styles_card(context: Context, quote: Quote, origin: Origin) -> Reply:
    """The citation in every style, each with a button that copies it."""
    text = TextBuilder().line(context.say("cite.title"), "bold").line()
    buttons: list[Button | None] = []
    for style in ("chat", "plain", "note"):
        words = citation(quote, style, context.say)
        text.line(context.say(f"cite.{style}_name"), "bold").line(words).line()
        buttons.append(Button(context.say(f"cite.{style}_name"), copy=words))
    return text.reply(buttons, [context.button("button.back", Tools(quote_id(quote.id), origin))])


def nothing_card(context: Context, answer: Answer, text: TextBuilder) -> Reply:
    """That the speeches do not answer, and what to do instead: look into the speeches it named, or into others."""
    foreign = any(sign.isalpha() for sign in answer.question) and not any(map(is_han, answer.question))
    text.line(context.say("answer.foreign" if foreign else "answer.none"))
    existing = {numbered.number for numbered in context.library.corpus.speeches}
    named = [n for n in answer.understood.scope if n in existing][:CHOICES]
    opened: list[Button | None] = [context.labelled(context.say("button.speech", number=n), Outline(n)) for n in named]
    return text.line().line(context.say("answer.none_hint")).reply(opened, ways_on(context))


def ways_on(context: Context) -> list[Button | None]:
    """Where to go when there is nothing to show."""
    return [context.button("button.random", Again(Drawn(0, ""))), context.button("button.list", Listing())]


def examples_card(context: Context, head: str) -> Reply:
    """A sentence, and example questions to tap."""
    rows: Rows = [[context.labelled(words, Example(n))] for n, words in enumerate(context.say.list("help.examples"))]
    text = TextBuilder().line(head)
    put_examples(text, context)
    return text.reply(*rows, ways_on(context))
