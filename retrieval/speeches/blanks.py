"""What prints nothing, and ranges without it at their ends."""

from __future__ import annotations

import re

from retrieval.speeches.tree import Span

# white space of every kind, and characters that print nothing (zero-width, byte order mark, soft hyphen)
BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]")  # 劳| |模  ✗劳


def trimmed(text: str, span: Span) -> Span:
    """The span without blanks at both ends; empty when there is nothing else."""
    start, end = span
    while start < end and BLANK.match(text[start]):
        start += 1
    while end > start and BLANK.match(text[end - 1]):
        end -= 1
    return Span(start, end)
