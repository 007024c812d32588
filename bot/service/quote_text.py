"""A quote as it is shown: in a block, hits bold, its source below in one line; and as it is cited."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.contract.text_builder import TextBuilder
from bot.settings.wording import Phrases
from retrieval import Entry, Quote, Source, to_chinese

HEADING = 60  # characters of a heading in a citation; the longest of the bundled speeches has 28
COPY = 256  # characters that a button can copy, Telegram's
NUMERALS = 100  # the numbers below it have a numeral
_UNPRINTED = re.compile(r"（[^（）]*）$")  # 讲话|（*市，2022年）  ✗（一）讲话


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
    """Quoted words in a block, ranges of them bold. Converted piece by piece, so that marks stay in place."""
    block, bold = "", []
    position = 0
    for start, end in [*marks, (len(words), len(words))]:
        block += style.shown(words[position:start])
        marked = style.shown(words[start:end])
        bold.append((len(block), len(block) + len(marked)))
        block, position = block + marked, end
    return text.marked(block, bold, "expandable_blockquote" if folded else "blockquote").line()


def put_source(text: TextBuilder, quote: Quote, style: Style) -> TextBuilder:
    """Where the quote stands, and where else, a line each; with its tappable command."""
    text.line(f"— {source_line(quote.source, style.say)} {command(quote.source)}")
    if quote.also:
        others = " · ".join(f"{source_line(also, style.say)} {command(also)}" for also in quote.also)
        text.line(style.say("source.also", source=others))
    return text


def source_line(source: Source, say: Phrases) -> str:
    """Number, place and year of the speech, part and paragraph: 第4篇·张家界 2014 · 四（一）第8段."""
    return " · ".join(filter(None, (speech_name(source.speech, source.entry, say), position(source, say))))


def speech_name(number: int, entry: Entry, say: Phrases) -> str:
    """第4篇·张家界 2014; 第4篇 when nothing more is known."""
    known = place_and_year(entry)
    return say("source.known", number=number, known=known) if known else say("source.brief", number=number)


def place_and_year(entry: Entry) -> str:
    """张家界 2014, as much of it as is known."""
    return " ".join(filter(None, (entry.place, str(entry.year or ""))))


def position(source: Source, say: Phrases) -> str:
    """Part and paragraph: 四（一）第8段; "" for the title of a speech."""
    part = part_name(source.number, say)
    if source.paragraph:
        return say("source.paragraph_of", part=part, number=source.paragraph) if part else say("source.paragraph", number=source.paragraph)
    return say("source.heading_of", part=part) if part else ""


def part_name(path: tuple[int, ...], say: Phrases) -> str:
    """A path of counts as it is usually printed: 四、 四（一） 四（一）2.

    In languages without such numerals 4, 4.1, 4.1.2.
    """
    if not path or say.language != "zh":
        return ".".join(map(str, path))
    first = to_chinese(path[0]) if path[0] < NUMERALS else str(path[0])
    deeper = "".join(f"（{to_chinese(n) if n < NUMERALS else n}）" for n in path[1:2]) + "".join(f"{n}." for n in path[2:])
    return first + (deeper or "、")


def command(source: Source) -> str:
    """The command that shows the part a quote stands in, /s3_2."""
    return "/s" + "_".join(map(str, (source.speech, *source.number)))


def cited(source: Source, say: Phrases) -> str:
    """The speech as it can be cited by itself: place and level, printed title, year; that the year is inferred."""
    entry = source.entry
    where = say("cite.place", place=entry.place, level=entry.level) if entry.place and entry.level else entry.place
    title = (
        say("cite.title_printed", title=source.printed) if source.printed else say("cite.untitled", title=_UNPRINTED.sub("", source.title))
    )
    return where + title + (say("cite.year", year=entry.year) if entry.year else "")


def cited_place(source: Source, say: Phrases) -> str:
    """The speech as it can be cited, with part and paragraph."""
    return say("cite.comma").join(filter(None, (cited(source, say), position(source, say))))


def citation(quote: Quote, style: str, say: Phrases) -> str:
    """The citation in one of the styles chat, plain and note: at most COPY characters; never a cut quote.

    The chat style holds the quote itself when both fit, the note the headings as printed.
    """
    where = cited_place(quote.source, say)
    if style == "chat" and len(words := say("cite.chat", quote=quote.text, source=where)) <= COPY:
        return words
    if style != "note":
        return say("cite.plain", source=where)[:COPY]
    paragraph = [say("source.paragraph", number=quote.source.paragraph)] if quote.source.paragraph else []
    parts = [cited(quote.source, say), *map(_shortened, quote.source.path), *paragraph]
    return say("cite.note", source=say("cite.comma").join(parts))[:COPY]


def _shortened(heading: str) -> str:
    return heading if len(heading) <= HEADING else heading[: HEADING - 1] + "…"
