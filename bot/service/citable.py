"""A source as it can be cited outside the chat: place and office, printed title, year, headings, paragraph; no number or file of ours."""

from __future__ import annotations

import re

from bot.settings.wording import Phrases
from retrieval import Corpus, Numbered, Source

_NUMBERED_TITLE = re.compile(r"^篇\d+[：:]")  # 篇1：|五一劳模座谈会领导讲话稿
_ADDED = re.compile(r"（[^（）]*）$")  # 讲话|（*市，2022年）


def citable(corpus: Corpus, source: Source, say: Phrases) -> str:
    """张家界（市级）《五一劳模座谈会领导讲话稿》，2014年（据内容推断），四、…，第8段."""
    return say("material.comma").join(filter(None, (_speech(corpus, source, say), part_and_paragraph(source, say))))


def part_and_paragraph(source: Source, say: Phrases) -> str:
    """四、紧贴服务对象，…，第8段."""
    return say("material.comma").join([*source.path, *([say("source.paragraph", number=source.paragraph)] if source.paragraph else [])])


def _speech(corpus: Corpus, source: Source, say: Phrases) -> str:
    numbered = corpus.speech(source.speech)
    entry = numbered.entry
    place = say("material.place", place=entry.place, level=entry.level) if entry.place and entry.level else entry.place
    printed = _printed_title(corpus, numbered)
    title = say("material.printed", title=printed) if printed else say("material.untitled", title=_ADDED.sub("", source.title))
    year = say("material.comma") + say("material.year", year=entry.year) if entry.year else ""
    return place + title + year


def _printed_title(corpus: Corpus, numbered: Numbered) -> str:
    """The title as printed, without the number before it; "" for a speech without one."""
    leaf = next((node for node in numbered.speech.nodes if node.kind == "title"), None)
    return _NUMBERED_TITLE.sub("", corpus.text(numbered.speech.file, leaf.span)) if leaf else ""
