"""Cards with a quote: the quote with its source, what can be done with it, its citations; where there is none, ways on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.contract.actions import (
    Action,
    Again,
    Around,
    Asked,
    AskedWords,
    AtPlace,
    Chosen,
    Drawn,
    Example,
    Found,
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
    Wider,
)
from bot.contract.callback import quote_id
from bot.contract.place_actions import Walk
from bot.contract.reply import Button, Reply
from bot.contract.text_builder import LIMIT, TextBuilder
from bot.contract.theme_actions import Propose
from bot.service.context import Context
from bot.service.gloss_lines import put_examples
from bot.service.quote_text import citation, put_quote, put_source
from bot.service.reader_button import reader_button
from bot.state import saved
from retrieval import Answer, Quote, by_id, is_han, pages, section_of

PAGE = 3400  # characters of a speech on a card at most: 700 of a message's 4096 are for headings, source and notes
LONGEST = 2800  # characters of a single quote on a card, whose source may name other places too
SOURCE = 240  # characters of a source at most: two titles, two headings of 60; of the bundled speeches 37 (bench_replies)
NOTES = 600  # characters for the question, what is said before the quotes and the note after them
CHOICES = 3  # speeches offered where they do not answer: one row
IN_ROW = 3  # buttons that name a speech or a theme: four do not fit the width of a telephone
SPEECHES = 24  # speeches to tap: eight rows, chosen
NUMBERS = "①②③④⑤⑥⑦⑧⑨"

Rows = list[Sequence[Button | None]]


def quote_of(context: Context, quote: QuoteId) -> Quote:
    """The quote of an id, shortened to LONGEST characters. Raises UnknownReference."""
    shown = quote._replace(end=min(quote.end, quote.start + LONGEST))
    return by_id(context.library.corpus, str(shown))


def page_buttons(context: Context, page: int, pages: int, at: Callable[[int], Action]) -> list[Button | None]:
    """To the pages before and after one of so many; None in place of a page that there is not."""
    return [
        context.button("button.page_before", at(page - 1)) if page else None,
        context.button("button.page_after", at(page + 1)) if page + 1 < pages else None,
    ]


def in_rows(buttons: Sequence[Button], width: int = IN_ROW) -> list[Sequence[Button]]:
    """The buttons, so many in a row."""
    return [buttons[i : i + width] for i in range(0, len(buttons), width)]


def ask_buttons(context: Context, asked: Sequence[str]) -> list[Button]:
    """Buttons that ask."""
    return [context.labelled(words, Propose(AskedWords(words))) for words in asked]


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


def quote_rows(context: Context, quote: Quote, origin: Origin, *, plain: bool = False) -> Rows:
    """What is done with a quote: read on its page, seen in context, saved, cited; drawn, and everything else."""
    identity = quote_id(quote.id)
    return [
        [
            reader_button(context, identity),
            context.button("button.around", Around(identity, origin, plain)),
            star_button(context, quote, origin),
            copy_button(context, quote),
        ],
        [
            context.button("button.picture", Picture(identity)) if context.in_chat else None,
            context.button("button.tools", Tools(identity, origin)),
        ],
    ]


def star_button(context: Context, quote: Quote, origin: Origin) -> Button:
    """Saves a quote, or takes it out; on a card that several people see it always saves."""
    identity = quote_id(quote.id)
    if context.asker.kind == "private" and context.in_chat and _is_saved(context, quote):
        return context.button("button.unstar", Unstar(identity, origin))
    return context.button("button.star", Star(identity, origin))


def _is_saved(context: Context, quote: Quote) -> bool:
    if context.kept:
        return quote.id in context.kept.saved
    with context.store.reading() as memory:
        return saved.has(memory, context.asker.user_id, quote.id)


def copy_button(context: Context, quote: Quote) -> Button:
    """Copies the quote with its citation, of a long one the citation."""
    return Button(context.say("button.copy"), copy=citation(quote, "chat", context.say))


def reading_row(context: Context, quote: Quote, origin: Origin, *, plain: bool = False) -> list[Button | None]:
    """The page, context, whole section, contents."""
    identity = quote_id(quote.id)
    return [
        reader_button(context, identity),
        context.button("button.around", Around(identity, origin, plain)),
        context.button("button.section", section_action(context, quote, origin, plain=plain)),
        context.button("button.outline", Outline(quote.source.speech, 0, identity, origin)),
    ]


def section_action(context: Context, quote: Quote, origin: Origin, *, plain: bool = False) -> Part:
    """The section a quote stands in, at the page that holds it."""
    corpus = context.library.corpus
    position = quote.source.span.start
    found = section_of(corpus, quote.source.speech, position)
    cut = pages(corpus.texts[quote.source.file], found.span, context.behaviour.page)
    page = next((n for n, span in enumerate(cut) if position < span.end), 0)
    return Part(quote.source.speech, found.path, page, quote_id(quote.id), origin, plain)


def verbatim_button(context: Context, action: Found | Chosen | Single | Around | Wider | Part) -> Button | None:
    """To the verbatim text, where it is shown converted."""
    return context.button("button.verbatim", action) if context.style.convert else None


def single_card(context: Context, quote: Quote, origin: Origin, *, plain: bool = False) -> Reply:
    """One quote with its source."""
    context = context.verbatim(plain)
    text = TextBuilder()
    put_source(put_quote(text, quote, context.style), quote, context.style)
    put_note(text, context)
    identity = quote_id(quote.id)
    first, second = quote_rows(context, quote, origin, plain=plain)
    on = back_button(context, origin, identity) if isinstance(origin, Asked | AtPlace) else again_button(context, origin)
    return text.reply(first, [*second, on], [verbatim_button(context, Single(identity, origin, True))])


def again_button(context: Context, origin: Origin) -> Button:
    """Another random quote."""
    return context.button("button.again", Again(origin if isinstance(origin, Drawn) else Drawn(0, "")))


def back_button(context: Context, origin: Origin, quote: QuoteId | None = None) -> Button | None:
    """Back to the answer, the quote chosen, to the place of a wording, or to the quote; None when there is none of them."""
    if isinstance(origin, AtPlace):
        return context.button("button.back", Walk(origin))
    if isinstance(origin, Asked):
        back = Chosen(quote, origin) if quote else Found(origin.question, origin.skip)
        return context.button("button.back", back)
    return context.button("button.back", Single(quote, origin)) if quote else None


def tools_card(context: Context, quote: Quote, origin: Origin) -> Reply:
    """Everything else that can be done with a quote."""
    text = TextBuilder()
    put_source(put_quote(text, quote, context.style), quote, context.style)
    put_note(text, context)
    identity = quote_id(quote.id)
    key = origin.question if isinstance(origin, Asked) else None
    return text.reply(
        [
            context.button("button.section", section_action(context, quote, origin)),
            context.button("button.outline", Outline(quote.source.speech, 0, identity, origin)),
            context.button("button.same", Same(identity, origin)),
        ],
        [
            reader_button(context, identity),
            context.button("button.styles", Styles(identity, origin)),
            Button(context.say("button.share"), share=f"#{quote.id}"),
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


def put_nothing(text: TextBuilder, context: Context, answer: Answer) -> Rows:
    """That the speeches do not answer, and what to do instead: look into the speeches it named, or into others."""
    foreign = any(sign.isalpha() for sign in answer.question) and not any(map(is_han, answer.question))
    text.line(context.say("answer.foreign" if foreign else "answer.none"))
    text.line().line(context.say("answer.none_hint"))
    existing = {numbered.number for numbered in context.library.corpus.speeches}
    named = [n for n in answer.understood.scope if n in existing][:CHOICES]
    return [[context.button("button.speech", Outline(n), number=n) for n in named], ways_on(context)]


def ways_on(context: Context) -> list[Button | None]:
    """Where to go when there is nothing to show."""
    return [context.button("button.random", Again(Drawn(0, ""))), context.button("button.list", Listing())]


def examples_card(context: Context, head: str) -> Reply:
    """A sentence, and example questions to tap."""
    examples = context.say.list("help.examples")
    rows: Rows = [[context.labelled(words, Example(n))] for n, words in enumerate(examples)]
    text = TextBuilder().line(head)
    put_examples(text, context, examples)
    return text.reply(*rows, ways_on(context))
