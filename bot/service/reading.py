"""Reading the speeches: list, contents, parts page by page, what a reference names, the text as a file."""

from __future__ import annotations

import re

from bot.contract.actions import Cloud, FullText, Listing, Outline, Part, Path, QuoteId, Single
from bot.contract.reply import Button, File, Reply
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service import cards
from bot.service.context import Context, without_files
from bot.service.quote_text import put_words
from retrieval import (
    Node,
    Numbered,
    Quote,
    Reference,
    Span,
    Stretch,
    UnknownReference,
    contents,
    neighbours,
    pages,
    quote,
    stretch,
    stretches,
)

LISTED = 20  # speeches on a page of the list
OUTLINED = 40  # parts on a page of the contents
CHOICES = 24
_CHOICE = re.compile(r"(\d+)((?:\.\d+)*)(?:p(\d+))?")  # 4, 4.2.1, 4p3


def speech(context: Context, argument: str) -> Response:
    """What `/speech` with any spelling of references shows; the list without one."""
    if not argument:
        return Response((listing(context),))
    reader = context.library.engine.reader
    named = reader.understand(argument).references or reader.understand(f"{argument}那篇").references  # 张家界
    return Response(references(context, named) if named else (listing(context, context.say("reference.none")),))


def references(context: Context, named: tuple[Reference, ...]) -> tuple[Reply, ...]:
    """Each reference as a card; for one that does not exist the choices."""
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


def choices(context: Context, unknown: UnknownReference) -> Reply:
    """What there is in place of an unknown reference, as buttons."""
    text = TextBuilder().line(context.say("reference.unknown", reference=unknown.reference[:40]))
    buttons = [found for choice in unknown.choices[:CHOICES] if (found := _choice(context, choice))]
    rows = [buttons[i : i + 6] for i in range(0, len(buttons), 6)]
    return text.reply(*rows, [context.button("button.list", Listing())])


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
    """The list of speeches, each with its tappable command."""
    speeches = context.library.corpus.speeches
    page = min(page, (len(speeches) - 1) // LISTED)
    text = TextBuilder().line(head or context.say("list.title", count=len(speeches)), "bold").line()
    for numbered in speeches[page * LISTED : (page + 1) * LISTED]:
        text.line(f"{context.say('source.speech', number=numbered.number, title=numbered.title)} /s{numbered.number}")
        if numbered.entry.short:
            text.line(f"　{numbered.entry.short}", "italic")
    before = context.button("button.page_before", Listing(page - 1)) if page else None
    after = context.button("button.page_after", Listing(page + 1)) if (page + 1) * LISTED < len(speeches) else None
    return text.line().line(context.say("list.hint")).reply([before, after], cards.ways_on(context)[:1])


def outline_card(context: Context, action: Outline) -> Reply:
    """The contents of a speech, every part with its tappable command. Raises UnknownReference."""
    numbered = context.library.corpus.speech(action.speech)
    parts = contents(context.library.corpus, action.speech)
    page = min(action.page, max(0, len(parts) - 1) // OUTLINED)
    text = TextBuilder().line(context.say("source.speech", number=numbered.number, title=numbered.title), "bold")
    _put_basis(text, context, numbered)
    text.line()
    for node in parts[page * OUTLINED : (page + 1) * OUTLINED]:
        text.line(_outline_line(context, numbered, node))
    if not parts:
        text.line(context.say("outline.flat"))
    cards.put_note(text.line(), context)
    return text.reply(*_outline_rows(context, action, page, len(parts)))


def _put_basis(text: TextBuilder, context: Context, numbered: Numbered) -> None:
    entry = numbered.entry
    if entry.year and entry.year_basis:
        text.line(context.say("outline.year", year=entry.year, basis=entry.year_basis), "italic")


def _outline_line(context: Context, numbered: Numbered, node: Node) -> str:
    command = "_".join(map(str, (numbered.number, *node.number)))
    title = node.title
    if not node.heading:
        text = context.library.corpus.text(numbered.speech.file, node.span)
        title = text[:20] + ("…" if len(text) > 20 else "")
    return f"{'　' * (len(node.number) - 1)}{context.style.shown(title[:80])} /s{command}"


def _outline_rows(context: Context, action: Outline, page: int, count: int) -> cards.Rows:
    first = stretches(context.library.corpus.speech(action.speech))[0]
    origin = action.origin
    return [
        [
            context.button("button.page_before", Outline(action.speech, page - 1, action.quote, origin)) if page else None,
            context.button("button.page_after", Outline(action.speech, page + 1, action.quote, origin))
            if (page + 1) * OUTLINED < count else None,
        ],
        [
            context.button("button.read", Part(action.speech, first.path, 0, action.quote, origin)),
            context.button("button.file", FullText(action.speech)) if context.in_chat else None,
            context.button("button.cloud", Cloud(action.speech)) if context.in_chat else None,
        ],
        [cards.back_button(context, origin, action.quote) or context.button("button.list", Listing())],
    ]  # fmt: skip


def part_card(context: Context, action: Part) -> Reply:
    """A page of a part, folded when long; the quote that led here is bold. Raises UnknownReference."""
    context = context.verbatim(action.plain)
    corpus = context.library.corpus
    numbered = corpus.speech(action.speech)
    found = stretch(corpus, action.speech, action.path)
    cut = pages(corpus.texts[numbered.speech.file], found.span, cards.PAGE)
    page = min(action.page, len(cut) - 1)
    text = TextBuilder().line(context.say("source.speech", number=numbered.number, title=numbered.title), "bold")
    text.line(_part_line(context, action.speech, found, page, len(cut)))
    words = corpus.text(numbered.speech.file, cut[page])
    folded = len(words) > context.manners.fold_from
    put_words(text, words, _marks(action.quote, action.speech, cut[page]), context.style, folded=folded)
    cards.put_note(text, context)
    return text.reply(*_part_rows(context, action, page, len(cut)))


def _part_line(context: Context, speech: int, found: Stretch, page: int, count: int) -> str:
    """The reference of what is shown, as it can be typed, and the page; the heading itself stands in the quoted words."""
    labelled = found.path[:1] != (0,)
    name = str(Reference(speech, found.path)) if labelled else context.say(f"part.{found.kind}")
    return name + (context.say("part.page", page=page + 1, count=count) if count > 1 else "")


def _marks(quote: QuoteId | None, speech: int, page: Span) -> list[tuple[int, int]]:
    if quote is None or quote.speech != speech:
        return []
    start, end = max(quote.start, page.start) - page.start, min(quote.end, page.end) - page.start
    return [(start, end)] if start < end else []


def _part_rows(context: Context, action: Part, page: int, count: int) -> cards.Rows:
    before, after = neighbours(context.library.corpus, action.speech, action.path)

    def at(path: Path, number: int = 0) -> Part:
        return Part(action.speech, path, number, action.quote, action.origin)

    outline = Outline(action.speech, 0, action.quote, action.origin)
    verbatim = Part(action.speech, action.path, page, action.quote, action.origin, True)
    return [
        [
            context.button("button.page_before", at(action.path, page - 1)) if page else None,
            context.button("button.page_after", at(action.path, page + 1)) if page + 1 < count else None,
        ],
        [
            context.button("button.part_before", at(before)) if before else None,
            context.button("button.outline", outline),
            context.button("button.part_after", at(after)) if after else None,
        ],
        [cards.back_button(context, action.origin, action.quote), cards.verbatim_button(context, verbatim)],
    ]


def full_text(context: Context, number: int) -> Reply:
    """The bytes of a speech as they are in its file. Raises UnknownReference."""
    numbered = context.library.corpus.speech(number)
    words = context.library.corpus.text(numbered.speech.file, numbered.speech.span)
    name = re.sub(r"[^\w-]+", "_", f"{number}_{numbered.entry.short or numbered.title}")[:60] + ".txt"
    head = context.say("source.speech", number=number, title=numbered.title)
    caption = context.say("file.caption", title=head, file=numbered.speech.file)
    file = File("document", name, words.encode("utf-8"), without_files(context, caption))
    return TextBuilder().add(caption[:1000]).reply(file=file)
