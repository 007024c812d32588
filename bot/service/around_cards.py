"""A quote among its sentences: a few at first, then further, or its whole paragraph."""

from __future__ import annotations

from bot.contract.actions import Around, Outline, Tools, Wider
from bot.contract.reply import Button, Reply
from bot.contract.text_builder import TextBuilder
from bot.service.cards import PAGE, back_button, put_note, section_action, verbatim_button
from bot.service.context import Context
from bot.service.quote_text import put_source, put_words
from bot.service.reader_button import reader_button
from retrieval import Neighbourhood, Quote, Source, Span, neighbourhood, source, surroundings

ENOUGH = 30  # characters on a side: a sentence that has fewer gets the one beside it as well, chosen
STEP = 2  # sentences more on a side at a tap, chosen


def first_card(context: Context, quote: Quote, action: Around) -> Reply:
    """A sentence or two before and after the quote."""
    return around_card(context, quote, _first(context, quote, action))


def _first(context: Context, quote: Quote, action: Around) -> Wider:
    span = quote.source.span
    near = neighbourhood(context.library.corpus, quote.source.speech, span, 1, 1)
    before, after = span.start - near.span.start, near.span.end - span.end
    return Wider(action.quote, action.origin, 1 + (before < ENOUGH), 1 + (after < ENOUGH), action.plain)


def around_card(context: Context, quote: Quote, action: Wider) -> Reply:
    """The quote, bold, among as many sentences as are wanted and fit a message."""
    context = context.verbatim(action.plain)
    of, corpus = quote.source, context.library.corpus
    around = neighbourhood(corpus, of.speech, of.span, action.before, action.after)
    span = around.span if _fits(around) else surroundings(corpus, of.speech, of.span, PAGE)
    text = TextBuilder()
    marks = [(of.span.start - span.start, of.span.end - span.start)]
    put_source(put_words(text, corpus.text(of.file, span), marks, context.style), quote, context.style)
    _put_reach(text, context, of, span)
    put_note(text, context)
    return text.reply(
        _wider_row(context, quote, around, action),
        [
            reader_button(context, action.quote),
            context.button("button.section", section_action(context, quote, action.origin, plain=action.plain)),
            context.button("button.outline", Outline(of.speech, 0, action.quote, action.origin)),
        ],
        [back_button(context, action.origin, action.quote), context.button("button.tools", Tools(action.quote, action.origin))],
        [verbatim_button(context, Wider(action.quote, action.origin, action.before, action.after, True))],
    )


def _put_reach(text: TextBuilder, context: Context, of: Source, span: Span) -> None:
    """From which paragraph to which the sentences around reach, if beyond that of the quote."""
    ends = [source(context.library.corpus, of.speech, Span(at, at + 1)).paragraph for at in (span.start, span.end - 1)]
    if all(ends) and ends != [of.paragraph, of.paragraph]:
        text.line(context.say("source.around", first=ends[0], last=ends[1]), "italic")


def _fits(around: Neighbourhood) -> bool:
    return around.span.end - around.span.start <= PAGE


def _wider_row(context: Context, quote: Quote, around: Neighbourhood, action: Wider) -> list[Button | None]:
    """Further back, further on, the whole paragraph; each as far as there is more and it fits."""
    now = (around.before, around.after)
    paragraph = (max(now[0], around.paragraph[0]), max(now[1], around.paragraph[1]))
    choices = [
        ("button.further_back", (now[0] + min(STEP, around.left), now[1])),
        ("button.further_on", (now[0], now[1] + min(STEP, around.right))),
        ("button.paragraph", paragraph),
    ]
    return [_wider(context, quote, action, key, wanted) for key, wanted in choices if wanted != now]


def _wider(context: Context, quote: Quote, action: Wider, key: str, wanted: tuple[int, int]) -> Button | None:
    source = quote.source
    if not _fits(neighbourhood(context.library.corpus, source.speech, source.span, *wanted)):
        return None
    return context.button(key, Wider(action.quote, action.origin, *wanted, action.plain))
