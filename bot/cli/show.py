"""`speech`, `outline`, `random`: parts, nodes and quotes of the speeches."""

from __future__ import annotations

import random as chance
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.cli.output import Printer, outline_json, quote_json, say_building
from bot.settings.config import Settings
from bot.settings.library import Library, open_library, open_speeches
from retrieval import Corpus, Numbered, Quote, UnknownReference, by_id, contents, part_quote, quote

if TYPE_CHECKING:
    from retrieval import Reference

WRONG_USE = 2
BEGINNING = 24  # characters of a part without a heading, in place of its title, chosen


def speech(settings: Settings, reference: Sequence[str], *, as_json: bool) -> int:
    """Parts as quotes, whole speeches as their outline. Raises ConfigError."""
    text = " ".join(reference)
    corpus = open_speeches(settings).corpus
    printer = Printer()
    references = _references(corpus, text)
    if not references:
        print(f"{text!r} names no speech; try 3, 3.2 or 第三篇第二部分", file=sys.stderr)
        return WRONG_USE
    try:
        for one in references:
            _show(settings, corpus, one, printer, as_json=as_json)
    except UnknownReference as unknown:
        print(f"there is no {unknown.reference}; there are {', '.join(unknown.choices)}", file=sys.stderr)
        return WRONG_USE
    return 0


def _show(settings: Settings, corpus: Corpus, reference: Reference, printer: Printer, *, as_json: bool) -> None:
    if reference.paragraph:  # counting printed paragraphs is the engine's
        _quotes(printer, named(open_library(settings, building=say_building), reference), as_json=as_json)
    elif reference.path:
        _quotes(printer, [part_quote(corpus, reference.number, reference.path)], as_json=as_json)
    else:
        _nodes(printer, corpus, corpus.speech(reference.number), as_json=as_json)


def _references(corpus: Corpus, text: str) -> tuple[Reference, ...]:
    from retrieval import References  # its patterns take a tenth of a second to compile

    return References(corpus).find(text).references


def _quotes(printer: Printer, quotes: list[Quote], *, as_json: bool) -> None:
    for found in quotes:
        if as_json:
            printer.json(quote_json(found))
        else:
            printer.quote(found)


def _nodes(printer: Printer, corpus: Corpus, numbered: Numbered, *, as_json: bool) -> None:
    if not as_json:
        put_outline(printer, corpus, numbered)
        return
    for row in outline_json(numbered):
        printer.json(row)


def named(library: Library, reference: Reference) -> list[Quote]:
    """What a reference names, as quotes: a part or a paragraph, of a whole speech its parts at the top.

    Raises UnknownReference.
    """
    corpus = library.corpus
    if reference.path or reference.paragraph:
        return [quote(corpus, reference.number, library.engine.range_of(reference))]
    tops = [node for node in contents(corpus, reference.number) if len(node.number) == 1]
    spans = [node.span for node in tops] or list(corpus.speech(reference.number).speech.paragraphs)
    return [quote(corpus, reference.number, span) for span in spans]


def put_outline(printer: Printer, corpus: Corpus, numbered: Numbered) -> None:
    """The contents of a speech, every part with the number that shows it."""
    printer.line(f"第{numbered.number}篇 {numbered.title}", "head")
    for node in contents(corpus, numbered.number):
        where = ".".join(map(str, (numbered.number, *node.number)))
        title = node.title if node.heading else corpus.text(numbered.speech.file, node.span)[:BEGINNING] + "…"
        printer.line(f"{'  ' * len(node.number)}{printer.paint(where, 'faint')} {title}")


def outline(settings: Settings, *, as_json: bool) -> int:
    """Every node of every speech; needs no index. Raises ConfigError."""
    corpus = open_speeches(settings).corpus
    printer = Printer()
    for numbered in corpus.speeches:
        _nodes(printer, corpus, numbered, as_json=as_json)
    return 0


def random(settings: Settings, wanted: str, *, count: int, as_json: bool) -> int:
    """Quotes worth showing, of a speech or with a word; needs no index. Raises ConfigError, CorpusError."""
    speeches = open_speeches(settings)
    corpus = speeches.corpus
    references = _references(corpus, wanted) if wanted else ()
    try:
        number = corpus.speech(references[0].number).number if references else 0
    except UnknownReference as unknown:
        print(f"there is no speech {unknown.reference}; there are {', '.join(unknown.choices)}", file=sys.stderr)
        return WRONG_USE
    chosen = speeches.shareable_about(wanted) if wanted and not references else speeches.shareable_of(number)
    if not chosen:
        print(f"no quote with {wanted!r} is fit to stand alone", file=sys.stderr)
        return WRONG_USE
    picked = [by_id(corpus, one) for one in chance.sample(chosen, min(count, len(chosen)))]  # nothing secret about it
    _quotes(Printer(), picked, as_json=as_json)
    return 0
