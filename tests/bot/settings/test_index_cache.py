"""A later start opens what an earlier one built; whatever is wrong with that only means building again."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import index_cache
from bot.settings.config import HERE, Settings
from bot.settings.library import Library, open_library, open_speeches
from bot.settings.materials import keep_calibrated
from bot.settings.yaml_file import ConfigError
from tests.kit.small_seeds import SPEECH, small_seeds

QUESTIONS = ("责任落实到哪里", "节约用水从谁做起", "第一部分", "安全", "今晚吃什么")


@pytest.fixture
def small(settings: Settings, tmp_path: Path) -> Settings:
    """One short speech with an ask, and a cache of its own."""
    return small_seeds(settings, tmp_path)


class Starts:
    """Opens the library, and counts how often it was built."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.built = 0

    def __call__(self) -> Library:
        return open_library(self.settings, building=self._building)

    def _building(self) -> None:
        self.built += 1


def answers(library: Library) -> list[object]:
    return [library.engine.ask(question) for question in QUESTIONS]


def files(settings: Settings) -> list[Path]:
    return sorted(settings.cache_dir.iterdir())


def test_a_later_start_builds_nothing_and_says_the_same(small: Settings) -> None:
    start = Starts(small)
    first, second = start(), start()
    assert start.built == 1
    assert answers(first) == answers(second)
    assert (first.corpus, first.shareable, first.folder) == (second.corpus, second.shareable, second.folder)
    assert open_speeches(small).corpus == first.corpus
    assert open_speeches(small).shareable == first.shareable
    assert [path.suffix for path in files(small)] == [".index"]
    assert stat.S_IMODE(small.cache_dir.stat().st_mode) == stat.S_IMODE(small.data_dir.stat().st_mode) == 0o700


def test_speeches_alone_are_shown_without_a_build(small: Settings) -> None:
    shown = open_speeches(small)
    assert [quote.text for quote in shown.shareable] == [quote.text for quote in open_library(small).shareable]
    assert shown.fingerprint == open_library(small).fingerprint


EDITS = {
    "a speech": "seeds/speeches/a.txt",
    "asks": "seeds/asks.jsonl",
    "unanswered": "seeds/unanswered.jsonl",
    "quotes worth showing": "seeds/shareable.jsonl",
    "checksums": "seeds/SHA256SUMS",
    "a judge": "seeds/judge.json",
    "numbering": "config/speeches.yaml",
    "synonyms": "config/synonyms.yaml",
    "words": "config/words.yaml",
}


@pytest.mark.parametrize("name", EDITS.values(), ids=EDITS.keys())
def test_what_an_engine_is_built_of_is_in_its_key(small: Settings, name: str) -> None:
    path = small.seeds.parent / name
    folder = small.seeds / "speeches"
    before = index_cache.sources(small, folder, bundled=True)
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")
    after = index_cache.sources(small, folder, bundled=True)
    path.unlink()
    without = index_cache.sources(small, folder, bundled=True)
    assert before
    assert after
    assert without
    assert len({before.key, after.key, without.key}) == (2 if name.endswith("judge.json") else 3)


def test_the_same_folder_as_somebody_elses_has_another_key(small: Settings) -> None:
    folder = small.seeds / "speeches"
    ours, theirs = (index_cache.sources(small, folder, bundled=bundled) for bundled in (True, False))
    assert ours
    assert theirs
    assert ours.key != theirs.key
    assert ours.texts == theirs.texts == {"a.txt": SPEECH}


def test_the_program_and_its_packages_are_in_the_key(small: Settings) -> None:
    names = [name for name, _ in index_cache._files(small, small.seeds / "speeches", bundled=True)]
    for name in ("retrieval/index/bm25.py", "retrieval/answer/judge.py", "bot/settings/materials.py"):
        assert name in names
    versions = " ".join(index_cache._versions())
    for package in ("jieba-", "numpy-", "opencc", "pypinyin-", "rank_bm25-"):
        assert package in versions


def changed(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "damage",
    [lambda content: content[:0], lambda content: content[:-1], lambda content: content[:100], changed, lambda content: b"PK" + content],
    ids=["emptied", "shortened", "cut off", "garbled", "foreign"],
)
def test_a_damaged_file_is_built_anew_in_silence(
    small: Settings, damage: Callable[[bytes], bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    start = Starts(small)
    first = start()
    (path,) = files(small)
    path.write_bytes(damage(path.read_bytes()))
    assert answers(start()) == answers(first)
    assert answers(start()) == answers(first)
    assert start.built == 2
    assert files(small) == [path]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("values", [{}, {"corpus": {}, "worthy": []}, {"corpus": [], "worthy": 3}, {"worthy": [[1]], "corpus": None}])
def test_a_whole_file_of_other_values_is_built_anew(small: Settings, values: dict[str, object]) -> None:
    found = index_cache.sources(small, small.seeds / "speeches", bundled=True)
    assert found
    index_cache.keep(small, found.key, index_cache.Stored({}, values))
    start = Starts(small)
    assert answers(start()) == answers(start())
    assert start.built == 1


def test_a_folder_that_cannot_be_written_only_costs_time(small: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    start = Starts(replace(small, cache_dir=tmp_path / "file" / "cache"))
    assert answers(start()) == answers(start())
    assert start.built == 2


def test_faulty_data_are_neither_kept_nor_hidden_by_what_is_kept(small: Settings) -> None:
    start = Starts(small)
    start()
    (small.seeds / "speeches" / "a.txt").write_text(SPEECH + "多了一句。", encoding="utf-8")
    with pytest.raises(ConfigError, match="its content is not that of SHA256SUMS"):
        start()
    assert len(files(small)) == 1


def test_a_byte_that_is_not_utf_8_is_named(small: Settings) -> None:
    (small.seeds / "speeches" / "b.txt").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match=r"b\.txt: line 1 is not UTF-8"):
        open_library(small)


def test_old_engines_and_judges_do_not_pile_up(small: Settings) -> None:
    small.cache_dir.mkdir(parents=True)
    kept_by_earlier_versions = small.data_dir / "judge-0123456789abcdef.json"
    kept_by_earlier_versions.write_text("{}", encoding="utf-8")
    own = small.data_dir / "judge-notes.json"
    own.write_text("{}", encoding="utf-8")
    abandoned, fresh = small.cache_dir / "x.index.1-1.new", small.cache_dir / "y.index.2-2.new"
    for path in (abandoned, fresh):
        path.write_bytes(b"half")
    os.utime(abandoned, (0, 0))
    start = Starts(small)
    start()
    synonyms = small.config / "synonyms.yaml"
    first = synonyms.read_text(encoding="utf-8")
    for number in range(index_cache.KEPT + 1):
        synonyms.write_text(f"{first}# {number}\n", encoding="utf-8")
        start()
        synonyms.write_text(first, encoding="utf-8")
        start()  # so that the first is used most
    assert start.built == 1 + index_cache.KEPT + 1
    assert len(list(small.cache_dir.glob("*.index"))) == index_cache.KEPT
    assert not abandoned.exists()
    assert fresh.exists()
    assert not kept_by_earlier_versions.exists()
    assert own.exists()


def test_starts_at_once_all_get_a_whole_engine(small: Settings) -> None:
    starts = [Starts(small) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        libraries = list(pool.map(lambda start: start(), starts))
    assert all(answers(library) == answers(libraries[0]) for library in libraries)
    start = Starts(small)
    assert answers(start()) == answers(libraries[0])
    assert start.built == 0


ASK = """
import sys
from pathlib import Path
from bot.settings import config
from bot.settings.library import open_library
from tests.kit.small_seeds import of_folder
library = open_library(of_folder(config.read({}), Path(sys.argv[1])))
print([quote.text for question in sys.argv[2:] for quote in library.engine.ask(question).quotes])
"""


@pytest.mark.slow
def test_processes_at_once_all_answer(small: Settings) -> None:
    """On a cache that none of them finds."""
    command = [sys.executable, "-c", ASK, str(small.seeds.parent), *QUESTIONS]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=HERE) for _ in range(3)]
    said = {process.communicate()[0].decode() for process in started}
    assert len(said) == 1
    assert "责任落实要到每一个班组。" in said.pop()
    assert [path.suffix for path in files(small)] == [".index"]


@pytest.mark.slow
def test_kinds_of_messages_outlive_another_speech_and_a_damaged_file(small: Settings) -> None:
    (small.seeds / "messages.jsonl").write_text('{"kind": "thanks", "pass": 1, "says": ["谢谢", "谢谢你", "多谢谢"]}\n', "utf-8")
    first = open_library(small).engine.kinds.guess("谢谢")
    [path] = small.cache_dir.glob("*.kinds")
    learned = path.read_bytes()
    path.chmod(0o400)
    os.utime(path, ns=(0, 0))
    folder = small.seeds / "speeches"
    (folder / "b.txt").write_text(SPEECH, "utf-8")
    assert open_library(small, folder).engine.kinds.guess("谢谢") == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o400, "it is the same file"
    assert path.stat().st_mtime_ns > 0, "which was read"
    path.chmod(0o600)
    path.write_bytes(learned[:-1])
    (folder / "c.txt").write_text(SPEECH + "\n又一段。\n", "utf-8")
    assert open_library(small, folder).engine.kinds.guess("谢谢") == first
    assert path.read_bytes() == learned


def test_kinds_of_messages_that_lie_beside_the_data_are_not_learned(small: Settings) -> None:
    messages = small.seeds / "messages.jsonl"
    messages.write_text('{"kind": "thanks", "pass": 1, "says": ["谢谢", "谢谢你", "多谢谢"]}\n', "utf-8")
    keep_calibrated(small, open_library(small).engine)
    shipped = open_library(replace(small, cache_dir=small.cache_dir / "fresh"))
    assert shipped.engine.kinds.guess("谢谢").kind == "thanks"
    assert not [*(small.cache_dir / "fresh").glob("*.kinds")]
    messages.write_text(messages.read_text("utf-8").replace("thanks", "praise"), "utf-8")
    assert open_library(replace(small, cache_dir=small.cache_dir / "changed")).engine.kinds.guess("谢谢").kind == "praise"
