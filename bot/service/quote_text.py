"""A quote as it is shown: in a block, hits bold, its source below in one line; and as it is cited."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.contract.text_builder import TextBuilder
from bot.settings.wording import Phrases
from retrieval import Entry, Quote, Source, part_in_chinese

HEADING = 60  # characters of a heading in a citation; the longest of the bundled speeches has 28
COPY = 256  # characters that a button can copy, Telegram's
_GOES_ON = ("，", "、", ",")  # at the end of a clause that is quoted alone
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
    """Quoted words in a block, ranges of them bold; converted words are as many characters, so that marks stay in place."""
    return text.marked(style.shown(words), marks, "expandable_blockquote" if folded else "blockquote").line()


def unfinished(quote: Quote, style: Style) -> str:
    """That the sentence goes on, of a clause that is quoted alone; else nothing."""
    return style.say("source.goes_on") if quote.text.endswith(_GOES_ON) else ""


def put_source(text: TextBuilder, quote: Quote, style: Style, *, number: str = "", after: Quote | None = None) -> TextBuilder:
    """Where the quote stands, and where else, a line each; with its tappable command.

    number: of several quotes. after: the quote before it; one of the same speech needs no more than the place in it.
    """
    same = after is not None and after.source.speech == quote.source.speech
    where = position(quote.source, style.say) if same else source_line(quote.source, style.say)
    text.line(" ".join(filter(None, (number or "—", where + unfinished(quote, style), command(quote.source)))))
    if quote.also:
        others = " · ".join(f"{source_line(also, style.say)} {command(also)}" for also in quote.also)
        text.line(style.say("source.also", source=others))
    return text


def source_line(source: Source, say: Phrases) -> str:
    """Number, place and year of the speech, part and paragraph: 第4篇·张家界 2014 · 四（一）第8段."""
    return " · ".join(filter(None, (speech_name(source.speech, source.entry, say), position(source, say))))


def speech_name(number: int, entry: Entry, say: Phrases) -> str:
    """第4篇·张家界 2014; 第4篇 when nothing more is known."""
    known = entry.place_and_year
    return say("source.known", number=number, known=known) if known else say("source.brief", number=number)


def position(source: Source, say: Phrases) -> str:
    """Part and paragraph, and the page of the original if it has pages: 四（一）第8段; "" for the title of a speech."""
    place, page = _position(source, say), source.entry.page(source.span.start)
    return say("source.page", place=place, page=page) if page else place


def _position(source: Source, say: Phrases) -> str:
    part = part_name(source.number, say)
    if source.paragraph:
        return say("source.paragraph_of", part=part, number=source.paragraph) if part else say("source.paragraph", number=source.paragraph)
    return say("source.heading_of", part=part) if part else ""


def part_name(path: tuple[int, ...], say: Phrases) -> str:
    """A path of counts as it is usually printed, 四（一）; in English 4.1."""
    return part_in_chinese(path) if say.language == "zh" else ".".join(map(str, path))


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
    when = say("cite.date", date=entry.date) if entry.date else say("cite.year", year=entry.year) if entry.year else ""
    return (say("cite.author", author=entry.author) if entry.author else "") + where + title + when


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
    return say("cite.note", source=full_source(quote.source, say))[:COPY]


def full_source(source: Source, say: Phrases) -> str:
    """Place, office, printed title and year of the speech, the headings as printed, the paragraph; for who asks where a quote stands."""
    return say("cite.comma").join(filter(None, (cited(source, say), *map(_shortened, source.path), _paragraph(source, say))))


def _paragraph(source: Source, say: Phrases) -> str:
    return say("source.paragraph", number=source.paragraph) if source.paragraph else ""


_ONLY_A_NUMBER = re.compile(r"([\d一二三四五六七八九十]{1,3})[、.．]")  # 3、  十、  ✗3、扎实  ✗三要


def _shortened(heading: str) -> str:
    alone = _ONLY_A_NUMBER.fullmatch(heading)
    if alone:
        return f"第{alone[1]}点"
    return heading if len(heading) <= HEADING else heading[: HEADING - 1] + "…"
