"""The site as files: complete, every link leads somewhere, written in one piece."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from bot.cli.reading_site import write_site
from bot.reader import NotOurFolder, export_site
from bot.settings.config import Settings
from bot.settings.library import Library, Speeches
from bot.settings.wording import Wording
from tests.kit.read_page import SeenPage, corpus_with, seen

pytestmark = pytest.mark.slow


FAULTY = 1


@pytest.fixture(scope="module")
def site(library: Library, phrases: Wording, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "site"
    pages = export_site(library, phrases, folder)
    assert pages == len(list(folder.rglob("*.html")))
    return folder


def pages_of(folder: Path) -> dict[Path, SeenPage]:
    return {path: seen(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}


def test_every_link_leads_to_a_place_that_is_there(site: Path) -> None:
    pages = pages_of(site)
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme == "data":
                continue
            assert not parts.scheme, link
            assert not link.startswith("/"), link
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), (path, link)
            if parts.fragment and "=" not in parts.fragment:
                assert parts.fragment in [*pages[target].ids, "m1"], (path, link)


def test_every_speech_is_there_in_full_and_a_search_has_its_words(site: Path, library: Library) -> None:
    data = re.search(r'<script type="application/json" id="texts">(.*?)</script>', (site / "search.html").read_text(encoding="utf-8"), re.S)
    assert data
    searched = {speech["number"]: speech for speech in json.loads(data[1])["speeches"]}
    for numbered in library.corpus.speeches:
        text = library.corpus.text(numbered.speech.file, numbered.speech.span)
        for folder in (site, site / "en"):
            page = seen((folder / f"{numbered.number}.html").read_text(encoding="utf-8"))
            assert "".join(words for _, words in page.words) == text
        assert searched[numbered.number]["text"] == text
        assert searched[numbered.number]["start"] == numbered.speech.span.start


def test_the_texts_of_a_search_cannot_end_their_block(phrases: Wording, tmp_path: Path) -> None:
    hostile = "讲话\n\n</script><script>alert(1)</script>\n"
    export_site(Speeches(corpus_with(hostile), ()), phrases, tmp_path / "site")
    assert "</script><script>" not in (tmp_path / "site" / "search.html").read_text(encoding="utf-8").partition("<body")[2]


def test_another_folder_is_left_alone_and_a_site_is_written_anew(library: Library, phrases: Wording, tmp_path: Path) -> None:
    other, file = tmp_path / "photos", tmp_path / "file"
    other.mkdir()
    (other / "one.jpg").write_bytes(b"1")
    file.write_text("x", encoding="utf-8")
    for folder in (other, file):
        with pytest.raises(NotOurFolder):
            export_site(library, phrases, folder)
    assert [path.name for path in other.iterdir()] == ["one.jpg"]
    (tmp_path / "site").mkdir()
    export_site(library, phrases, tmp_path / "site")
    (tmp_path / "site" / "old.html").write_text("x", encoding="utf-8")
    export_site(Speeches(corpus_with("讲话\n\n同志们：\n\n一句话。\n"), ()), phrases, tmp_path / "site")
    assert sorted(path.name for path in (tmp_path / "site").glob("*.html")) == ["1.html", "index.html", "search.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "photos", "site"]


def test_a_folder_that_is_not_ours_is_refused(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    assert write_site(settings, tmp_path) == FAULTY
    assert "name a new folder" in capsys.readouterr().err
    assert write_site(settings, tmp_path / "site") == 0
    assert "index.html" in capsys.readouterr().out
