"""What was read of a document, as lines for people: what it is, its parts, what was mended."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.mended_text import OddityKind
from bot.library.brought import BroughtDocument, BroughtSpeech
from bot.library.found_particulars import TitleFrom
from bot.settings.wording import Phrases

SHOWN_PARTS = 12  # of a speech, chosen: a card holds them, and who brings it sees whether they are right
_PART = 30  # characters of a part's heading
ODDITIES: dict[OddityKind, str] = {
    "invisible": "bring.invisible",
    "header": "bring.header",
    "page number": "bring.page_number",
    "broken line": "bring.broken_line",
    "hyphen": "bring.hyphen",
    "damaged sign": "bring.damaged_sign",
    "automatic number": "bring.automatic_number",
}

_TITLES: dict[TitleFrom, str] = {"text": "bring.title_from_text", "file": "bring.title_from_file", "name": "bring.title_from_name"}


def document_lines(document: BroughtDocument, say: Phrases) -> Iterator[str]:
    """Every speech with its parts, then what was mended."""
    if len(document.speeches) > 1:
        yield say("bring.several", name=document.name, count=len(document.speeches))
    for speech in document.speeches:
        yield from speech_lines(speech, say)
    yield from oddity_lines(document, say)


def speech_lines(speech: BroughtSpeech, say: Phrases) -> Iterator[str]:
    """Title, date, place, author, sizes, parts: as found, or that there is none."""
    yield say(_TITLES[speech.title_from], title=speech.title)
    about = speech.about
    found = (
        ("bring.date", "bring.no_date", about.date),
        ("bring.place", "bring.no_place", about.place),
        ("bring.author", "bring.no_author", about.author),
    )
    yield "　".join(say(known, value=value) if value else say(unknown) for known, unknown, value in found)
    pages = say("bring.pages", count=len(speech.pages)) if speech.pages else ""
    yield say("bring.sizes", characters=len(speech.text), parts=len(speech.parts), passages=speech.passages) + pages
    for depth, title in speech.parts[:SHOWN_PARTS]:
        yield "　" * depth + (title if len(title) <= _PART else title[: _PART - 1] + "…")
    if len(speech.parts) > SHOWN_PARTS:
        yield say("bring.more_parts", count=len(speech.parts) - SHOWN_PARTS)


def oddity_lines(document: BroughtDocument, say: Phrases) -> Iterator[str]:
    """A line for each kind of thing that was mended."""
    for oddity in document.oddities:
        yield say(ODDITIES[oddity.kind], count=oddity.count, example=oddity.example)
