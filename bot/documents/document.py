"""A file that somebody sends → its text. Plain text of any usual Chinese encoding, and .docx.

UnreadableDocument   the file cannot be read; carries why
"""

from __future__ import annotations

import unicodedata
from typing import Literal

from charset_normalizer import from_bytes

from bot.documents.docx import LARGEST as LARGEST_XML
from bot.documents.docx import paragraphs
from bot.documents.zip_member import DamagedArchive

Reason = Literal[
    "empty",
    "too large",
    "old word",
    "locked",
    "pdf",
    "picture",
    "archive",
    "damaged",
    "binary",
    "scan",
    "too slow",
    "too much",
    "no reader",
]
LARGEST = 20_000_000  # bytes; what a bot may download from Telegram
# Tried on 1 120 drafts of 1-40 sentences: all read rightly; with every encoding the library knows 9 of the shortest as another one.
ENCODINGS = ["utf_8", "gb18030", "big5", "utf_16", "utf_16_le", "utf_16_be"]
STRANGE = 0.02  # of control and unassigned characters; pictures and programs read as text have a tenth and more, texts none
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # what a .docx with a password is called inside the old format
_OTHERS: dict[bytes, Reason] = {
    b"\xd0\xcf\x11\xe0": "old word",
    b"%PDF": "pdf",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
}
REMEDIES: dict[Reason, str] = {
    "empty": "has no text; expected .txt or .docx with some",
    "too large": f"has more than {LARGEST // 1_000_000} MB; send the part to be checked",
    "old word": "is an old Word file; save it as .docx",
    "locked": "has a password; save it without one",
    "pdf": "is a PDF; copy its text into a .txt or .docx file",
    "picture": "is a picture; only text can be checked",
    "archive": "is an archive; send the .txt or .docx file in it",
    "damaged": "cannot be opened as .docx; open it in Word and save it anew",
    "binary": "is no text; expected .txt (UTF-8, GB18030, Big5, UTF-16) or .docx",
    "scan": "has pages without any text, as a scan has; let a program recognise its text first",
    "too slow": "was not read within 10 seconds; save it as .txt",
    "too much": "needs more than 300 MB to be read, or has too much in it; save it as .txt, or in parts",
    "no reader": "is of a kind that the extra `documents` reads; pip install 'speech-quotes-bot[documents]'",
}


class UnreadableDocument(Exception):
    """`reason` is a key of REMEDIES; the message names the file, what is wrong and what to do."""

    def __init__(self, name: str, reason: Reason) -> None:
        super().__init__(f"{name}: {REMEDIES[reason]}")
        self.name = name
        self.reason: Reason = reason


def text_of(raw: bytes, name: str, largest_xml: int = LARGEST_XML) -> str:
    """The text of a file; paragraphs of a .docx are lines. largest_xml: bytes that a .docx may unpack to. Raises UnreadableDocument."""
    if len(raw) > LARGEST:
        raise UnreadableDocument(name, "too large")
    refuse_others(raw, name)
    text = _docx(raw, name, largest_xml) if raw.startswith(b"PK\x03\x04") else plain_text(raw, name)
    if not text.strip():
        raise UnreadableDocument(name, "empty")
    return text


def refuse_others(raw: bytes, name: str) -> None:
    """Raises UnreadableDocument for what its first bytes show to be of another kind."""
    for magic, reason in _OTHERS.items():
        if raw.startswith(magic):
            raise UnreadableDocument(name, "locked" if reason == "old word" and _LOCKED in raw else reason)


def _docx(raw: bytes, name: str, largest_xml: int) -> str:
    try:
        return "\n".join(paragraphs(raw, largest_xml))
    except DamagedArchive as error:
        raise UnreadableDocument(name, "locked" if error.locked else "archive" if error.other else "damaged") from error


def plain_text(raw: bytes, name: str) -> str:
    """Text of any usual Chinese encoding. Raises UnreadableDocument."""
    if not raw.strip():
        raise UnreadableDocument(name, "empty")
    found = from_bytes(raw, cp_isolation=ENCODINGS).best()
    text = str(found).lstrip("\ufeff") if found else ""
    strange = sum(unicodedata.category(sign) in ("Cc", "Cn", "Co") and sign not in "\t\r\n\f" for sign in text)
    if not found or strange > STRANGE * len(text):
        raise UnreadableDocument(name, "binary")
    return text
