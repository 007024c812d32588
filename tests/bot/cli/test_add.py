"""`add` and its like in a terminal, and a running bot that notices."""

from __future__ import annotations

import io
import sys
import threading
from pathlib import Path

import pytest

from bot.cli.add import add, export, list_kept, remove, replace
from bot.cli.watch import CollectionWatch
from bot.library.shelf import Shelf
from bot.settings.config import Settings
from bot.settings.yaml_file import ConfigError
from tests.kit.made_documents import LINES, docx_of, pdf_of, zipped
from tests.kit.small_speeches import small_settings

TEXT = "\n".join(LINES) + "\n"


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    return small_settings(settings, tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, one that cannot be read, and what nobody wants."""
    found = tmp_path / "讲话"
    (found / "旧").mkdir(parents=True)
    (found / "一.docx").write_bytes(docx_of(LINES))
    (found / "旧" / "二.zip").write_bytes(zipped({"二.txt": TEXT.replace("春天", "秋天")}))
    (found / "扫描.pdf").write_bytes(pdf_of([[], []]))
    (found / "~$一.docx").write_bytes(b"x")
    (found / "表.xlsx").write_bytes(b"x")
    return found


class Terminal(io.StringIO):
    """A keyboard."""

    def isatty(self) -> bool:
        return True


def test_a_folder_is_shown_and_kept(own: Settings, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(own, [folder], "own", yes=True) == 1
    said = capsys.readouterr()
    assert said.out.count("《在职工大会上的讲话》\n日期没找到") == 2
    assert "扫描.pdf: has pages without any text" in said.err
    assert [kept.entry.number for kept in Shelf(own).kept()] == [2, 3]


def test_without_a_terminal_and_without_yes_nothing_is_kept(
    own: Settings, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n"))
    add(own, [folder / "一.docx"], "own", yes=False)
    assert "加上 --yes 就收" in capsys.readouterr().out
    assert Shelf(own).kept() == ()


@pytest.mark.parametrize(
    ("typed", "titles"),
    [("1\n", [LINES[0]]), ("\n", [LINES[0]]), ("收下\n", [LINES[0]]), ("3\n", []), ("不要\n", []), ("x\n2\n职工大会\n1\n", ["职工大会"])],
)
def test_on_a_terminal_it_is_asked(own: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch, typed: str, titles: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert add(own, [folder / "一.docx"], "own", yes=False) == 0
    assert [kept.entry.title for kept in Shelf(own).kept()] == titles


def test_what_is_not_there_is_told(own: Settings, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        add(own, [tmp_path / "none.txt"], "own", yes=True)


def test_when_anything_does_not_read_all_is_as_before(own: Settings, folder: Path) -> None:
    (own.seeds / "speeches" / "a.txt").write_text("别的", encoding="utf-8")
    with pytest.raises(ConfigError, match="is not that of SHA256SUMS"):
        add(own, [folder / "一.docx"], "own", yes=True)
    assert Shelf(own).kept() == ()


def test_a_new_version_says_what_changed(own: Settings, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(own, [folder / "一.docx"], "own", yes=True)
    new = tmp_path / "新.txt"
    new.write_text(TEXT.replace("春天", "初春"), encoding="utf-8")
    capsys.readouterr()
    assert replace(own, 2, new) == 0
    assert capsys.readouterr().out.splitlines() == [
        "多了 1 句，少了 1 句，5 句没变",
        "  − 春天种树，秋天看林。",
        "  + 初春种树，秋天看林。",
    ]
    assert replace(own, 9, new) == 1
    assert "there is no speech 9" in capsys.readouterr().err


def test_text_and_original_are_given_back(own: Settings, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(own, [folder / "一.docx"], "own", yes=True)
    capsys.readouterr()
    assert export(own, 0, tmp_path / "out") == 0
    text, original = (Path(line) for line in capsys.readouterr().out.splitlines())
    assert text.read_text("utf-8") == Shelf(own).kept()[0].text
    assert original.read_bytes() == (folder / "一.docx").read_bytes()
    assert list_kept(own) == 0
    assert capsys.readouterr().out.startswith("2\t在职工大会上的讲话\t–\town/在职工大会上的讲话.txt\t")
    assert (remove(own, 2), remove(own, 2)) == (0, 1)


def test_a_running_bot_notices_what_another_program_brings_in(own: Settings, folder: Path) -> None:
    noticed = threading.Event()
    with CollectionWatch(own.data_dir).calling(noticed.set, seconds=0.01):
        add(own, [folder / "一.docx"], "own", yes=True)
        assert noticed.wait(20)


def test_a_fault_ends_no_watch(own: Settings, folder: Path) -> None:
    calls: list[int] = []
    twice = threading.Event()

    def renew() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise ConfigError(["x"])
        twice.set()

    with CollectionWatch(own.data_dir).calling(renew, seconds=0.01):
        add(own, [folder / "一.docx"], "own", yes=True)
        while not calls:
            threading.Event().wait(0.01)
        Shelf(own).correct(2, "title", "另一个")
        assert twice.wait(20)
