"""Reading the speeches: list, contents, parts page by page, what a reference names, the text as a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from bot.contract.actions import Cloud, FullText, Listing, Outline, Part, PartPath, QuoteId, Single
from bot.contract.reply import Button, File, Reply
from bot.contract.response import Response
from bot.contract.text_builder import CAPTION, TextBuilder
from bot.service import cards
from bot.service.context import Context, without_files
from bot.service.gloss_lines import put_gloss, put_gloss_note
from bot.service.outline_parts import parts_of
from bot.service.quote_text import put_words, speech_name
from bot.service.reader_button import reader_button
from retrieval import (
    Numbered,
    Quote,
    Reference,
    Span,
    Stretch,
    UnknownReference,
    length_of,
    neighbours,
    pages,
    quote,
    stretch,
    stretches,
)

SHOWN_APART = 6  # speeches or parts, a message each: as many as a message can list
LISTED, NAMES_IN_ROW = 14, 2  # speeches on a page of the list: with two in a row seven of ten rows of buttons
OUTLINED, TITLE = 40, 80  # parts on a page of the contents, and characters of each title: 3 700 with their commands
CHOICES, IN_ROW = 24, 6  # parts or speeches in place of an unknown one: four rows of short numbers, chosen
SHOWN = 40  # characters of an unknown reference, said back, chosen
FILE_NAME = 60  # characters; with three bytes each below the 255 bytes of a file's name
_CHOICE = re.compile(r"(\d+)((?:\.\d+)*)(?:p(\d+))?")  # 4, 4.2.1, 4p3


def speech(context: Context, argument: str) -> Response:
    """What `/speech` with any spelling of references shows; the list without one."""
    if not argument:
        return Response((listing(context),))
    reader = context.library.engine.reader
    named = reader.understand(argument).references or reader.understand(f"{argument}那篇").references  # 张家界
    return Response(references(context, named) if named else (listing(context, context.say("reference.none")),))


def references(context: Context, named: tuple[Reference, ...]) -> tuple[Reply, ...]:
    """Each reference as a card; for one that does not exist the choices. Of more speeches than can be listed one card."""
    if len(named) > SHOWN_APART:
        return (_several(context, [reference.number for reference in named]),)
    replies: list[Reply] = []
    for reference in dict.fromkeys(named):
        try:
            replies.append(_shown(context, reference))
        except UnknownReference as unknown:
            replies.append(choices(context, unknown))
    return tuple(replies)


def _shown(context: Context, reference: Reference) -> Reply:
    if reference.paragraph:
        return cards.single_card(context, paragraph(context, reference), None)
    if reference.path:
        return part_card(context, Part(reference.number, reference.path))
    return outline_card(context, Outline(reference.number))


def paragraph(context: Context, reference: Reference) -> Quote:
    """A printed paragraph, as far as a card can show it. Raises UnknownReference."""
    span = context.library.engine.range_of(reference)
    shown = Span(span.start, min(span.end, span.start + cards.LONGEST))
    return quote(context.library.corpus, reference.number, shown)


def shortened(context: Context, whole: Quote, most: int = cards.LONGEST) -> Quote:
    """A quote as far as so many characters go, its marks kept; it itself if it is not longer."""
    span = whole.source.span
    if span.end - span.start <= most:
        return whole
    return quote(context.library.corpus, whole.source.speech, Span(span.start, span.start + most))


def choices(context: Context, unknown: UnknownReference) -> Reply:
    """What there is in place of an unknown reference, as buttons."""
    text = TextBuilder().line(_told(context, unknown))
    buttons = [found for choice in unknown.choices[:CHOICES] if (found := _choice(context, choice))]
    return text.reply(*cards.in_rows(buttons, IN_ROW), [context.button("button.list", Listing())])


def _told(context: Context, unknown: UnknownReference) -> str:
    """That there is no such speech, part or paragraph, and how many there are."""
    reference, count = unknown.reference[:SHOWN], len(unknown.choices)
    if reference.isdigit():
        return context.say("reference.no_speech", reference=reference, count=len(context.library.corpus.numbers))
    match = _CHOICE.fullmatch(unknown.choices[0]) if unknown.choices else None
    if match is None:
        return context.say("reference.unknown", reference=reference)
    number, *path = map(int, f"{match[1]}{match[2]}".split("."))
    if match[3]:
        return context.say("reference.no_paragraph", reference=reference, where=_where(context, number, path), count=count)
    if reference.startswith(f"{unknown.choices[0]}."):
        return context.say("reference.undivided", reference=reference, where=_where(context, number, path))
    return context.say("reference.no_part", reference=reference, where=_where(context, number, path[:-1]), count=count)


def _where(context: Context, number: int, path: Sequence[int]) -> str:
    """As it is written to be looked up, but for a whole speech: 4.2."""
    return ".".join(map(str, (number, *path))) if path else context.say("source.brief", number=number)


def _choice(context: Context, choice: str) -> Button | None:
    match = _CHOICE.fullmatch(choice)
    if match is None:
        return None
    number, path = int(match[1]), tuple(int(n) for n in match[2].split(".")[1:])
    if match[3]:
        found = paragraph(context, Reference(number, path, int(match[3])))
        label = context.say("source.paragraph", number=match[3])
        return context.labelled(label, Single(QuoteId(number, *found.source.span)))
    return context.labelled(choice, Part(number, path) if path else Outline(number))


def listing(context: Context, head: str = "", page: int = 0) -> Reply:
    """The list of speeches: place, year, theme and length of each, and a button."""
    speeches = context.library.corpus.speeches
    page = min(page, (len(speeches) - 1) // LISTED)
    text = TextBuilder().line(head or context.say("list.title", count=len(speeches)), "bold").line()
    listed = speeches[page * LISTED : (page + 1) * LISTED]
    opening = _put_listed(text, context, listed)
    turning = cards.page_buttons(context, page, ceil(len(speeches) / LISTED), Listing)
    rows = cards.in_rows(opening, NAMES_IN_ROW)
    return text.line().line(context.say("list.hint")).reply(*rows, turning, cards.ways_on(context)[:1])


def _several(context: Context, numbers: Sequence[int]) -> Reply:
    """The first of the speeches that have a name or a year in common, and how many there are."""
    corpus = context.library.corpus
    listed = [corpus.speech(number) for number in numbers[:LISTED]]
    text = TextBuilder().line(context.say("list.several", count=len(numbers), shown=len(listed)), "bold").line()
    opening = _put_listed(text, context, listed)
    return text.line().line(context.say("list.several_hint")).reply(*cards.in_rows(opening, NAMES_IN_ROW), cards.ways_on(context)[:1])


def _put_listed(text: TextBuilder, context: Context, listed: Sequence[Numbered]) -> list[Button]:
    """Place, year, theme and length of each speech; the buttons that open them."""
    for left, numbered in zip(reversed(range(len(listed))), listed, strict=True):
        theme = numbered.entry.short or numbered.title
        text.line(f"{speech_name(numbered.number, numbered.entry, context.say)} /s{numbered.number}")
        text.line("　" + context.say("list.line", theme=theme, length=length_of(context.library.corpus, numbered)), "italic")
        put_gloss(text, context, theme, 1, left)
    put_gloss_note(text, context, (numbered.entry.short or numbered.title for numbered in listed))
    return [context.labelled(_short_name(numbered), Outline(numbered.number)) for numbered in listed]


def _short_name(numbered: Numbered) -> str:
    return f"{numbered.number} {numbered.entry.place_and_year}".strip()


def outline_card(context: Context, action: Outline) -> Reply:
    """The contents of a speech, every part with its tappable command. Raises UnknownReference."""
    numbered = context.library.corpus.speech(action.speech)
    parts = parts_of(context.library.corpus, numbered)
    page = min(action.page, max(0, len(parts) - 1) // OUTLINED)
    text = TextBuilder().line(_speech_line(context, numbered), "bold")
    put_gloss(text, context, numbered.title)
    _put_basis(text, context, numbered)
    text.line()
    shown = parts[page * OUTLINED : (page + 1) * OUTLINED]
    for left, part in zip(reversed(range(len(shown))), shown, strict=True):
        text.line(f"{'　' * part.depth}{context.style.shown(part.title[:TITLE])} {part.command}")
        put_gloss(text, context, part.title, part.depth + 1, left)
    put_gloss_note(text, context, [numbered.title, *(part.title for part in shown)])
    if not parts:
        text.line(context.say("outline.flat"))
    cards.put_note(text.line(), context)
    return text.reply(*_outline_rows(context, action, page, len(parts)))


def _speech_line(context: Context, numbered: Numbered) -> str:
    """第4篇·张家界 2014 · 四点希望和要求; the title where nothing more is known."""
    theme = numbered.entry.short or numbered.title
    return f"{speech_name(numbered.number, numbered.entry, context.say)} · {theme}"


def _put_basis(text: TextBuilder, context: Context, numbered: Numbered) -> None:
    entry = numbered.entry
    if entry.year and entry.year_basis:
        text.line(context.say("outline.year", year=entry.year, basis=entry.year_basis), "italic")


def _outline_rows(context: Context, action: Outline, page: int, count: int) -> cards.Rows:
    first = stretches(context.library.corpus.speech(action.speech))[0]
    return [
        cards.page_buttons(context, page, ceil(count / OUTLINED), lambda number: replace(action, page=number)),
        [
            context.button("button.read", Part(action.speech, first.path, 0, action.quote, action.origin)),
            context.button("button.file", FullText(action.speech)) if context.in_chat else None,
            context.button("button.cloud", Cloud(action.speech)) if context.in_chat else None,
        ],
        [cards.back_button(context, action.origin, action.quote) or context.button("button.list", Listing())],
    ]


def part_card(context: Context, action: Part) -> Reply:
    """A page of a part, its heading above; the quote that led here is bold. Raises UnknownReference."""
    context = context.verbatim(action.plain)
    corpus = context.library.corpus
    numbered = corpus.speech(action.speech)
    found = stretch(corpus, action.speech, action.path)
    cut = pages(corpus.texts[numbered.speech.file], found.span, context.behaviour.page)
    page = min(action.page, len(cut) - 1)
    text = TextBuilder().line(speech_name(numbered.number, numbered.entry, context.say), "bold")
    text.line(_part_line(context, action.speech, found, page, len(cut)), "bold")
    put_gloss(text, context, found.title)
    words = corpus.text(numbered.speech.file, cut[page])
    put_words(text, words, _marks(action.quote, action.speech, cut[page]), context.style)
    cards.put_note(text, context)
    shown = action.quote if _marks(action.quote, action.speech, cut[page]) and action.quote else QuoteId(action.speech, *cut[page])
    return text.reply(*_part_rows(context, action, shown, page, len(cut)))


def _part_line(context: Context, speech: int, found: Stretch, page: int, count: int) -> str:
    """What is shown: its reference, as it can be typed, with its heading, unless the words below begin with that; and the page."""
    labelled = found.path[:1] != (0,)
    name = str(Reference(speech, found.path)) if labelled else context.say(f"part.{found.kind}")
    heading = f" {context.style.shown(found.title[:TITLE])}" if labelled and page else ""
    return name + heading + (context.say("part.page", page=page + 1, count=count) if count > 1 else "")


def _marks(quote: QuoteId | None, speech: int, page: Span) -> list[tuple[int, int]]:
    if quote is None or quote.speech != speech:
        return []
    start, end = max(quote.start, page.start) - page.start, min(quote.end, page.end) - page.start
    return [(start, end)] if start < end else []


def _part_rows(context: Context, action: Part, shown: QuoteId, page: int, count: int) -> cards.Rows:
    before, after = neighbours(context.library.corpus, action.speech, action.path)

    def at(path: PartPath, number: int = 0) -> Part:
        return Part(action.speech, path, number, action.quote, action.origin)

    outline = Outline(action.speech, 0, action.quote, action.origin)
    verbatim = Part(action.speech, action.path, page, action.quote, action.origin, True)
    return [
        cards.page_buttons(context, page, count, lambda number: at(action.path, number)),
        [
            context.button("button.part_before", at(before)) if before else None,
            context.button("button.outline", outline),
            context.button("button.part_after", at(after)) if after else None,
            reader_button(context, shown),
        ],
        [cards.back_button(context, action.origin, action.quote), cards.verbatim_button(context, verbatim)],
    ]


def full_text(context: Context, number: int) -> Reply:
    """The bytes of a speech as they are in its file. Raises UnknownReference."""
    numbered = context.library.corpus.speech(number)
    words = context.library.corpus.text(numbered.speech.file, numbered.speech.span)
    name = re.sub(r"[^\w-]+", "_", f"{number}_{numbered.entry.short or numbered.title}")[:FILE_NAME] + ".txt"
    head = _speech_line(context, numbered)
    caption = context.say("file.caption", title=head, file=numbered.speech.file)
    file = File("document", name, words.encode("utf-8"), without_files(context, caption))
    return TextBuilder().add(caption[:CAPTION]).reply(file=file)
