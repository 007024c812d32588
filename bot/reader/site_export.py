"""All pages as files, for any web server or none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.reader.page_links import FileLinks
from bot.reader.reader_pages import PageKey, ReaderPages
from bot.reader.reader_routes import PAGE_FILES, TYPES
from bot.settings.library import Speeches
from bot.settings.wording import LANGUAGES, Wording

MARK = ".speech-site"  # says that a folder is one of these sites and may be written anew


class NotOurFolder(Exception):
    """The folder holds something that is no site of ours."""


def export_site(speeches: Speeches, wording: Wording, folder: Path) -> int:
    """Write the site into a folder, in place of one that was there, in one piece; how many pages. Raises NotOurFolder, OSError."""
    folder = folder.resolve()
    if folder.exists() and not (folder.is_dir() and (not any(folder.iterdir()) or (folder / MARK).is_file())):
        raise NotOurFolder(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as made:
        fresh, old = Path(made) / "site", Path(made) / "old"
        count = _write(ReaderPages(speeches, wording), fresh)
        if folder.exists():
            folder.rename(old)
        try:
            fresh.rename(folder)
        except OSError:
            old.rename(folder)
            raise
    return count


def _write(pages: ReaderPages, folder: Path) -> int:
    (folder / "en").mkdir(parents=True)
    for name in TYPES:
        shutil.copyfile(PAGE_FILES / name, folder / name)
    count = 0
    for key in _keys(pages):
        (folder / ("en" if key.language == "en" else "") / key.address).write_bytes(pages.page(key).body)
        count += 1
    (folder / MARK).write_text(f"{pages.corpus.fingerprint}\n", encoding="utf-8")
    return count


def _keys(pages: ReaderPages) -> Iterator[PageKey]:
    """Every page that another names."""
    for language in LANGUAGES:
        links = FileLinks(language)
        yield PageKey("collection", links.collection(), language, links)
        yield PageKey("search", links.search(), language, links)
        for numbered in pages.corpus.speeches:
            number = numbered.number
            yield PageKey("speech", links.speech(number), language, links, numbers=(number,))
            for other, _ in pages.compared(number):
                yield PageKey("comparison", links.comparison(number, other), language, links, numbers=(number, other))
