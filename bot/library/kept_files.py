"""How a speech that was brought in is written down: its entry, a row of YAML, the names of its files, files written whole."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

from bot.library.brought import BroughtSpeech
from bot.library.found_particulars import short_title
from retrieval import Entry

_SLUG = 40  # characters of a file's name
_NO_SLUG = re.compile(r"[^\w\u4e00-\u9fff-]+")  # 、  (


def text_digest(text: str) -> str:
    """16 hexadecimal digits of the words of a speech."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def entry_for(number: int, file: str, speech: BroughtSpeech, original: str, raw: bytes) -> Entry:
    """What was found about a speech, as its entry."""
    about = speech.about
    return Entry(
        number=number,
        file=file,
        printed=speech.printed,
        title=speech.title,
        short=short_title(speech.title),
        place=about.place,
        year=int(about.date[:4]) if about.date else 0,
        year_basis=about.date_words,
        date=about.date,
        author=about.author,
        original=original,
        sha256=hashlib.sha256(raw).hexdigest(),
        pages=speech.pages,
    )


def row_of(entry: Entry) -> dict[str, Any]:
    """What is known, as a row of YAML."""
    rows = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(entry).items()}
    return {name: value for name, value in rows.items() if value or name == "printed"}


def _slug(words: str) -> str:
    return _NO_SLUG.sub("", words)[:_SLUG] or "speech"


def original_name(name: str, raw: bytes) -> str:
    """A safe name for what was brought; its digest tells files of one name apart."""
    path = PurePosixPath(name.replace("\\", "/"))
    suffix = _NO_SLUG.sub("", path.suffix)[:10]
    return f"{_slug(path.stem)}-{hashlib.sha256(raw).hexdigest()[:8]}{'.' + suffix if suffix else ''}"


def free_name(collection: str, title: str, taken: set[str]) -> str:
    """A file's name of the title, another than those taken, which it joins."""
    slug, count = _slug(title), 1
    while f"{collection}/{slug}{'' if count == 1 else f'-{count}'}.txt" in taken:
        count += 1
    name = f"{slug}{'' if count == 1 else f'-{count}'}.txt"
    taken.add(f"{collection}/{name}")
    return name


def private_folder(folder: Path) -> None:
    """The folder, with those above it that are not there, for its owner alone."""
    for path in (*reversed(folder.parents), folder):
        if not path.exists():
            path.mkdir(mode=0o700, exist_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Whole or not at all; for its owner alone."""
    private_folder(path.parent)
    fresh = path.with_name(path.name + ".new")
    with open(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:  # noqa: PTH123
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
