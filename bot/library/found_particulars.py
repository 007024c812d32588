"""What a text says about itself, and the name of its file where it says nothing: title, date, place, author."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from retrieval import Particulars, Span, date_in, particulars

TitleFrom = Literal["text", "file", "name"]  # printed in the text, in the file's properties, or only the name of the file
LONGEST_TITLE = 80  # characters that are kept of a title
_SHORT = 14  # characters of a short title, chosen: a button
_UNNAMED = re.compile(
    r"(?i)(?:新建|未命名|无标题|untitled|document|microsoft word|文档|doc)[\w\s（）()-]*|.*\.(?:docx?|txt|pdf|wps)"
)  # 新建文档1


@dataclass(frozen=True, slots=True)
class FoundParticulars:
    """A speech has a title in any case; title_from: where it stands."""

    title: str
    title_from: TitleFrom
    about: Particulars


def found_particulars(text: str, span: Span, name: str, of_file: str = "") -> FoundParticulars:
    """Of the speech in a range of a text. name: of its file; of_file: the title in the file's properties."""
    about = particulars(text, span)
    title, title_from = _title(about.title, of_file, name)
    if title_from != "text" and not about.date and (found := date_in(title)):
        about = replace(about, date=found.date[:4], date_words=found.words)  # 1998年政府工作报告.txt
    return FoundParticulars(title, title_from, about)


def short_title(title: str) -> str:
    """As much of a title as a button holds."""
    return title if len(title) <= _SHORT else title[: _SHORT - 1] + "…"


def _title(printed: str, of_file: str, name: str) -> tuple[str, TitleFrom]:
    """What the text prints, else what the file says, unless a program wrote that, else the name of the file."""
    said = " ".join(of_file.split())
    if printed:
        return printed[:LONGEST_TITLE], "text"
    if said and not _UNNAMED.fullmatch(said):
        return said[:LONGEST_TITLE], "file"
    return (PurePosixPath(name).stem.strip() or name)[:LONGEST_TITLE], "name"
