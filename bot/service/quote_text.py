"""A quote as it is shown: in a block, hits bold, its source below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.contract.text_builder import TextBuilder
from bot.settings.wording import Phrases
from retrieval import Quote, Source

HEADING = 60  # characters of a heading in a source line; the longest of the bundled speeches has 28
COPY = 256  # characters that a button can copy, Telegram's


@dataclass(frozen=True, slots=True)
class Style:
    """How a chat is shown things: its language, and a conversion of quoted words (None: verbatim)."""

    say: Phrases
    convert: Callable[[str], str] | None = None

    def shown(self, words: str) -> str:
        """Quoted words as this chat sees them."""
        return self.convert(words) if self.convert else words


def put_quote(text: TextBuilder, quote: Quote, style: Style, *, folded: bool = False) -> TextBuilder:
    """The quote in a block, its marks bold."""
    start = quote.source.span.start
    return put_words(text, quote.text, [(m.start - start, m.end - start) for m in quote.marks], style, folded=folded)


def put_words(text: TextBuilder, words: str, marks: list[tuple[int, int]], style: Style, *, folded: bool = False) -> TextBuilder:
    """Quoted words in a block, ranges of them bold; converted words are as many characters, so that marks stay in place."""
    return text.marked(style.shown(words), marks, "expandable_blockquote" if folded else "blockquote").line()


def put_source(text: TextBuilder, quote: Quote, style: Style) -> TextBuilder:
    """Where the quote stands, and where else; each with its tappable command."""
    head = style.say("source.speech", number=quote.source.speech, title=quote.source.title)
    place = [*_place(quote.source, style.say), command(quote.source)]
    text.line(f"— {head}").line(" · ".join(place))
    for also in quote.also:
        text.line(style.say("source.also", source=source_line(also, style.say, brief=True)) + " " + command(also))
    return text


def source_line(source: Source, say: Phrases, *, brief: bool = False) -> str:
    """Number and title of the speech, headings as printed, paragraph. brief: without the title."""
    head = say("source.brief" if brief else "source.speech", number=source.speech, title=source.title)
    return " · ".join([head, *_place(source, say)])


def _place(source: Source, say: Phrases) -> list[str]:
    headings = [_shortened(heading) for heading in source.path]
    return headings + ([say("source.paragraph", number=source.paragraph)] if source.paragraph else [])


def command(source: Source) -> str:
    """The command that shows the part a quote stands in, /s3_2."""
    return "/s" + "_".join(map(str, (source.speech, *source.number)))


def citation(quote: Quote, style: str, say: Phrases) -> str:
    """The citation in one of the styles chat, plain and note: at most COPY characters; never a cut quote.

    The chat style holds the quote itself when both fit.
    """
    where = source_line(quote.source, say)
    if style == "chat" and len(quote.text) + len(where) + 6 <= COPY:
        return say("cite.chat", quote=quote.text, source=where)
    span = quote.source.span
    key = "cite.note" if style == "note" else "cite.plain"
    return say(key, source=where, file=quote.source.file, start=span.start, end=span.end)[:COPY]


def _shortened(heading: str) -> str:
    return heading if len(heading) <= HEADING else heading[: HEADING - 1] + "…"
