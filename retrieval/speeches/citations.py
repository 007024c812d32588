"""Whom a speech cites: the name before 指出, 强调 or 说 with words behind it, and how far these words reach."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.speeches.corpus import Corpus
from retrieval.speeches.tree import Span


@dataclass(frozen=True, slots=True)
class Citation:
    """Who is cited, and the range of the file from the name to the end of the cited words."""

    author: str
    span: Span


def citations(corpus: Corpus, number: int) -> list[Citation]:
    """The citations of a speech, in order. Raises UnknownReference."""
    speech = corpus.speech(number).speech
    text = corpus.texts[speech.file]
    found = (match for match in _CITES.finditer(text, *speech.span) if not _NOBODY.search(match[1]))
    return [Citation(match[1], Span(match.start(1), _end(text, match.end(), speech.span.end))) for match in found]


def cited_at(corpus: Corpus, number: int, span: Span) -> str:
    """Whose words a range holds, all or in part; "" where the speaker speaks. Raises UnknownReference."""
    return next((one.author for one in citations(corpus, number) if one.span.start < span.end and span.start < one.span.end), "")


def _end(text: str, start: int, most: int) -> int:
    """Where words that begin at `start` end: with their quotation mark, else with their sentence."""
    marked = _MARK.match(text, start)
    stop = (_CLOSED if marked else _STOP).search(text, marked.end() if marked else start, most)
    return stop.end() if stop else most


# e.g. 毛主席曾经指出：  习近平总书记强调，  高尔基说，|“我们  ✗实事求是地说，这  ✗特别强调培养
_CITES = re.compile(
    '(?:^|(?<=[。！；，”\\s]))([\u4e00-\u9fff]{2,8}?)(?:(?:曾经?|还|又|特别)?(?:指出|强调|教导(?:我们)?)(?:说)?[，：:]|(?:曾经?)?说(?:过)?[，：:](?=[“"]))'
)
_NOBODY = re.compile("^(?:我|我们|他|她|大家|这|那|可以|会议|必须|应该)|地$")  # 大家  实事求是|地|  ✗毛主席
_MARK = re.compile('[“"]')  # “  ✗《
_CLOSED = re.compile('[”"]')  # ”  ✗》
_STOP = re.compile("[。！？!?]")  # 。  ✗；
