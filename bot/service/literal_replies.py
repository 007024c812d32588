"""Messages that are answered by looking at the texts alone: a passage to be checked, the lengths of the speeches."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.contract.response import Response, Write
from bot.service import checked_cards, conversations, literal_cards
from bot.service.context import Context
from retrieval import Turn, after, extremes

NAMED = 9  # places of a wording that can be spoken of, chosen: ① to ⑨ of a card
KEPT = 1000  # characters of a wording that are kept to be spoken of, as of a question


def reply(context: Context, text: str) -> Response | None:
    """A text compared with the originals, or the lengths of the speeches; None for anything else."""
    asked = context.library.engine.literal_reader.read(text)
    if asked and asked.wants in ("verify", "pasted"):
        kept = _of(context, f"“{asked.wordings[0][:KEPT]}”") if asked.wants == "verify" else ()
        draft = asked.wordings[0] if len(asked.wordings) == 1 else "\n".join(f"“{wording}”" for wording in asked.wordings)
        return Response((checked_cards.checked_card(context, draft),), memory=kept)
    if (asked and asked.wants == "length") or _goes_on(context, text):
        named = asked.references[0].number if asked and asked.references else 0
        told = [("literal.length", named)] if named in context.library.corpus.numbers else _extremes(context, text)
        memory = _of(context, f"第{told[0][1]}篇", text) if told else ()
        return Response((literal_cards.length_list(context, told),), memory=memory)
    return None


def _goes_on(context: Context, text: str) -> bool:
    """Whether 最短的呢 follows a question about lengths."""
    if not _OTHER_END.fullmatch(text):
        return False
    last = conversations.conversation_of(context).asked[:2]
    read = context.library.engine.literal_reader.read
    return any((asked := read(question)) and asked.wants == "length" for question in last)


def _extremes(context: Context, text: str) -> list[tuple[str, int]]:
    """The longest and the shortest speech, as far as they are asked for, each with the line that tells it."""
    longest, shortest = extremes(context.library.corpus)
    asked = (("literal.longest", longest, _LONGEST), ("literal.shortest", shortest, _SHORTEST))
    return [(line, number) for line, number, pattern in asked if pattern.search(text)]


_LONGEST, _SHORTEST = re.compile("最[长多]"), re.compile("最[短少]")  # 最长  |最短
_OTHER_END = re.compile(r"(?:那)?(?:字数)?最[长短多少]的?(?:那?一?篇)?(?:是哪一?篇)?[呢?？。]*")  # 最短的呢  ✗短点


def _of(context: Context, about: str, asked: str = "") -> tuple[Write, ...]:
    """What keeps an original that was compared, or a speech, to be spoken of; asked: what was typed, if that is not what is kept."""
    found = context.library.engine.ask(about, NAMED)
    before = conversations.conversation_of(context)
    if not (found.quotes or found.understood.lookup):
        return ()
    kept = after(before, Turn("new", found.understood), found, 0)
    return conversations.keep_writes(context, replace(kept, asked=(asked, *kept.asked)) if asked else kept)
