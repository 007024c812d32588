"""How a formula changed from speech to speech: its versions in time order with what was struck out and put in, also as a picture."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.contract.actions import Compare
from bot.contract.reply import Reply
from bot.contract.response import Response
from bot.contract.text_builder import LIMIT, TextBuilder
from bot.contract.theme_actions import Versions, VersionsPicture
from bot.service import cards, drawings
from bot.service.context import Context, Declined
from bot.service.kept_texts import kept_text
from bot.service.quote_text import command, position, put_words
from bot.service.reader_button import reader_button_of
from retrieval import Formula, Source, Version, formulas

if TYPE_CHECKING:
    from bot.pictures.formula import PieceKind  # Pillow takes .1 s to load

KEPT = 16  # pictures, about 100 kB each
PLACES = 6  # places of a version that are named, chosen

Pieces = tuple[tuple[str, "PieceKind"], ...]


def page(context: Context, action: Versions) -> Response:
    """One formula."""
    return Response(edit=card(context, kept_text(context, action.theme), action))


def card(context: Context, theme: str, action: Versions) -> Reply:
    """One formula on a theme, by its number from 0. Raises Declined when no two speeches share one."""
    formula, number, count = _formula(context, theme, action.page)
    text = TextBuilder().line(context.say("versions.title", theme=theme, page=number + 1, count=count), "bold")
    said = context.say("versions.same" if len(formula.versions) == 1 else "versions.legend")
    text.line(said, "italic")
    for version in formula.versions:
        if text.length + _length(context, version) > LIMIT - cards.NOTES:
            text.line().line("…")
            break
        _put(text, context, version)
    cards.put_note(text, context)
    return text.reply(
        cards.page_buttons(context, number, count, lambda page: Versions(action.theme, page)),
        [
            reader_button_of(context, [version.quote for version in formula.versions]),
            context.button("button.back", Compare(action.theme)),
            context.button("button.picture", VersionsPicture(action.theme, number)) if context.in_chat else None,
        ],
    )


def picture(context: Context, action: VersionsPicture) -> Response:
    """The same as a picture, drawn later."""
    if not context.in_chat:
        raise Declined("tap.only_in_chat")
    theme = kept_text(context, action.theme)
    formula, _, _ = _formula(context, theme, action.page)
    title = context.say("versions.heading", theme=theme)
    rows = tuple(
        (context.say("compare.comma").join(_dated(context, place) for place in version.places[:PLACES]), _pieces(context, version))
        for version in formula.versions
    )
    foot = " ".join(filter(None, (context.say("versions.foot"), context.username and f"@{context.username}")))
    places = [line for version in formula.versions for line in _places(context, version)]
    instead = card(context, theme, Versions(action.theme, action.page)).text
    return drawings.drawn_later(context, lambda: _drawn(title, rows, foot), "\n".join([title, *places]), "formula.png", lambda: instead)


@lru_cache(maxsize=KEPT)
def _drawn(title: str, rows: tuple[tuple[str, Pieces], ...], foot: str) -> bytes:
    from bot.pictures import formula_card

    return formula_card(title, rows, foot)


def _formula(context: Context, theme: str, page: int) -> tuple[Formula, int, int]:
    """The formula on a page, the number of the page from 0, and how many there are."""
    found = formulas(context.library.engine, theme)
    if not found:
        raise Declined("versions.none", theme=theme)
    number = min(page, len(found) - 1)
    return found[number], number, len(found)


def _put(text: TextBuilder, context: Context, version: Version) -> None:
    """Where it stands, and the wording. What is struck out is no quote: only the first version is in a block."""
    text.line()
    for line in _places(context, version):
        text.line(line)
    if not version.pieces:
        put_words(text, version.quote.text, [], context.style)
        return
    for words, kind in _pieces(context, version):
        if kind == "struck":
            text.add("〔").add(words, "strikethrough").add("〕")
        elif kind == "put in":
            text.add(words, "underline")
        else:
            text.add(words)
    text.line()


def _places(context: Context, version: Version) -> list[str]:
    """2014年（推断） 张家界 · 四（一）第8段 · /s4_4."""
    parts = ((_dated(context, place), position(place, context.say), command(place)) for place in version.places[:PLACES])
    return [" · ".join(filter(None, words)) for words in parts]


def _dated(context: Context, place: Source) -> str:
    """2014年（推断） 张家界."""
    entry = context.library.corpus.speech(place.speech).entry
    year = context.say("compare.year", year=entry.year) if entry.year else context.say("compare.no_year")
    return f"{year} {entry.place}".rstrip()


def _pieces(context: Context, version: Version) -> Pieces:
    shown = [(context.style.shown(piece.text), piece.kind) for piece in version.pieces]
    return tuple(shown) or ((context.style.shown(version.quote.text), "kept"),)


def _length(context: Context, version: Version) -> int:
    return sum(len(words) + 2 for words, _ in _pieces(context, version)) + cards.SOURCE * len(version.places[:PLACES])
