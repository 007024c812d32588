"""Text from outside → text that can be set: one line of visible characters, each of them in the font."""

from __future__ import annotations

import re
import unicodedata

from bot.pictures.fonts import GETA, Face, has

_BLANKS = re.compile(r"\s+")  # "a \n b" -> "a b", the ideographic space U+3000 too
_SCAN = 4000  # characters read at most, for texts that are cut anyway: fifty times the longest label

# Cc control · Cf bidi marks, joiners, zero-width · Cs lone surrogates · Mn, Me marks that stack without bound
_DROPPED = {"Cc", "Cf", "Cs", "Mn", "Me"}


def printable(text: str, face: Face) -> str:
    """`text` without what is invisible or stacks; blanks become one; what the face lacks becomes 〓.

    >>> printable("\\u202e劳\\u200b动\\n\\x07光荣🎉", "serif")
    '劳动 光荣〓'
    """
    composed = unicodedata.normalize("NFC", text) if not text.isascii() else text
    one_line = _BLANKS.sub(" ", composed)
    kept = (c for c in one_line if unicodedata.category(c) not in _DROPPED)
    return _BLANKS.sub(" ", "".join(c if has(face, c) else GETA for c in kept)).strip()


def shortened(text: str, limit: int, face: Face) -> str:
    """`printable`, cut to `limit` characters of which the last is then an ellipsis."""
    clean = printable(text[:_SCAN], face)
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"
