"""Material for a speech of one's own: sentences on a theme by kind, and how the speeches begin; as a message and as a .docx."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby, zip_longest

from bot.contract.actions import Compare, Key
from bot.contract.reply import Button, File, Reply
from bot.contract.response import Response
from bot.contract.text_builder import LIMIT, TextBuilder
from bot.contract.theme_actions import Material, MaterialFile, Openings
from bot.service import cards
from bot.service.context import Context, Declined, without_files
from bot.service.kept_texts import keep_text, kept_text
from bot.service.quote_text import command, full_source, put_quote
from bot.service.reader_button import reader_button_of
from retrieval import LONGEST_THEME, Excerpt, Quote, excerpts, openings

THEMES = 3  # themes to choose from: one row
EACH_KIND = 3  # sentences of a kind in a message, chosen: with four of each a phone is scrolled six screens
SHOWN = 160  # characters of a sentence in a message, chosen; longer ones are in the file
AROUND = 24  # characters around a sentence and its source in a message: dash, command, ends of lines
HEADS = 400  # characters kept free for title, heads of the groups and notes


def on_command(context: Context, argument: str) -> Response:
    """`/material 工会`; without a theme three to choose from."""
    theme = " ".join(argument.split())[:LONGEST_THEME]
    if not theme:
        return Response((TextBuilder().line(context.say("material.which")).reply(theme_row(context), _openings_row(context)),))
    return Response((card(context, theme, keep_text(context, theme)),))


def show(context: Context, action: Material) -> Response:
    """The material of a kept theme, as a message of its own."""
    return Response((card(context, kept_text(context, action.theme), action.theme),))


def card(context: Context, theme: str, key: Key) -> Reply:
    """By kind, as much as fits a message; themes to choose from where nothing is said."""
    found = excerpts(context.library.engine, theme, context.library.worthy)
    if not found:
        return TextBuilder().line(context.say("compare.none", theme=theme)).reply(theme_row(context, theme), cards.ways_on(context))
    shown = _fitting(context, found)
    text = TextBuilder().line(context.say("material.title", theme=theme, count=len(found), shown=len(shown)), "bold")
    for head, group in groupby(shown, partial(_head, context)):
        text.line().line(head, "bold")
        for excerpt in group:
            _put(text, context, excerpt.quote, golden=excerpt.golden)
    cards.put_note(text, context)
    file = context.button("button.material_file", MaterialFile(key)) if context.in_chat else None
    page = reader_button_of(context, [excerpt.quote for excerpt in shown])
    return text.reply([page, file, context.button("button.compare", Compare(key))], theme_row(context, theme))


def theme_row(context: Context, but: str = "") -> list[Button]:
    """Themes whose material can be had."""
    themes = [theme for theme in context.behaviour.themes if theme != but][:THEMES]
    return [context.labelled(theme, Material(keep_text(context, theme))) for theme in themes]


def _openings_row(context: Context) -> list[Button]:
    return [context.button("button.openings", Openings())]


def _fitting(context: Context, found: Sequence[Excerpt]) -> list[Excerpt]:
    """As many as fit a message: of every kind one in turn, the short ones; in the order of the kinds."""
    short = [excerpt for excerpt in found if len(excerpt.quote.text) <= SHOWN] or list(found[:1])
    kinds = [list(group)[:EACH_KIND] for _, group in groupby(short, lambda excerpt: excerpt.kind)]
    room, chosen = LIMIT - HEADS, []
    for excerpt in (excerpt for turn in zip_longest(*kinds) for excerpt in turn if excerpt):
        room -= len(excerpt.quote.text) + len(full_source(excerpt.quote.source, context.say)) + AROUND
        if room < 0:
            break
        chosen.append(excerpt)
    return [excerpt for excerpt in short if excerpt in chosen]


def _head(context: Context, excerpt: Excerpt) -> str:
    return context.say(f"material.{excerpt.kind}") + ("" if excerpt.on_theme else context.say("material.on_anything"))


def _put(text: TextBuilder, context: Context, quote: Quote, *, golden: bool = False) -> None:
    put_quote(text, quote, context.style)
    star = context.say("material.star") if golden else ""
    text.line(f"— {full_source(quote.source, context.say)} {command(quote.source)}{star}")


# -- how the speeches begin


def tapped_openings(context: Context, _action: Openings) -> Response:
    """How each speech begins, as a message of its own."""
    return Response((openings_card(context, context.say("material.openings")),))


def openings_card(context: Context, head: str) -> Reply:
    """How each speech begins, below a sentence."""
    text = TextBuilder().line(head).line()
    shown = cards.fitting(openings(context.library.corpus))
    for quote in shown:
        _put(text, context, quote)
    cards.put_note(text, context)
    return text.reply(theme_row(context), [reader_button_of(context, shown), *cards.ways_on(context)])


# -- the file


def as_file(context: Context, action: MaterialFile) -> Response:
    """Everything on a theme as a .docx, written later in a thread."""
    if not context.in_chat:
        raise Declined("tap.only_in_chat")
    theme = kept_text(context, action.theme)
    found = excerpts(context.library.engine, theme, context.library.worthy)
    if not found:
        raise Declined("compare.none", theme=theme)
    return Response(toast=context.say("material.wait"), later=lambda: _written(context, theme, found))


def _written(context: Context, theme: str, found: Sequence[Excerpt]) -> Response:
    from bot.documents.written_docx import WrittenPart, docx_bytes

    parts = [
        WrittenPart(head, tuple((e.quote.text, full_source(e.quote.source, context.say)) for e in group))
        for head, group in groupby(found, partial(_head, context))
    ]
    title = context.say("material.file_title", theme=theme)
    said = context.say("material.file", theme=theme, count=len(found))
    file = File(
        "document", f"{''.join(filter(str.isalnum, theme))}.docx", docx_bytes(title, parts, context.now), without_files(context, said)
    )
    return Response((TextBuilder().add(said).reply(file=file),))
