"""`index` of folders, and answers from BOT_INDEX_URI, as processes: stopped, killed, going on, and the same as without."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.cli.commands import main
from bot.library.large_build import build_index
from bot.settings import config
from retrieval import files_of, read_manifest
from retrieval.segments.opened_segments import opened_segments
from tests.bench.recombined import sentences_of, speeches
from tests.kit.prepared import compile_search

PROGRAM = [sys.executable, "-m", "bot"]
SPEECHES = sorted((config.HERE / "seeds" / "speeches").glob("*.txt"))
ASKED = ["劳模精神是什么", "第一篇怎么说创新", "张家界来了多少游客", "有没有“劳动最光荣”这句", "劳模", "彩票怎么买", "各篇怎么说工会"]
# Ends itself without warning right before a file or folder of such a name is opened or renamed.
KILLED = """
import os, re, signal, sys
def hook(event, arguments):
    if event in ("open", "os.rename") and re.search(sys.argv[1], f"{event} {arguments[0]}"):
        os.kill(os.getpid(), signal.SIGKILL)
from bot.library.large_build import build_index
from pathlib import Path
sys.addaudithook(hook)
build_index(Path(sys.argv[2]), [Path(sys.argv[3])], lambda _: None, 1)
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Without models of meaning, whose vectors take longer than all the rest."""
    shutil.copytree(config.HERE / "config", tmp_path / "config")
    settings = tmp_path / "config" / "bot.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("meaning: [use, e5]", "meaning: []"), encoding="utf-8")
    return {**os.environ, "BOT_CONFIG": str(tmp_path / "config"), "BOT_DATA_DIR": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number, path in enumerate(SPEECHES):
        shutil.copy(path, folder / f"speech{number}.txt")
    return folder


def test_texts_without_a_place_for_the_index_are_refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOT_INDEX_URI", raising=False)
    assert main(["index", "texts"]) == 1
    assert "BOT_INDEX_URI is missing" in capsys.readouterr().err


def test_an_index_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BOT_INDEX_URI", str(tmp_path / "nothing"))
    assert main(["ask", "劳模"]) == 1
    assert "where no index is; python -m bot index FOLDER builds one" in capsys.readouterr().err


@pytest.mark.slow
def test_a_collection_answers_as_its_folder_does_but_for_printed_titles(
    environ: dict[str, str], texts: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    compile_search(tmp_path_factory)
    index = {**environ, "BOT_INDEX_URI": str(tmp_path / "index")}

    def run(*arguments: str, environ: dict[str, str] = index) -> bytes:
        return subprocess.run([*PROGRAM, *arguments], env=environ, input="\n".join(ASKED).encode(), check=True, capture_output=True).stdout

    assert b"2 files read, 364 passages" in run("index", str(texts))
    small = ("--speeches", str(texts))
    assert _untitled(run("ask", "--json")) == _untitled(run("ask", "--json", *small, environ=environ))
    assert run("count", "--json", "劳动") == run("count", "--json", "劳动", *small, environ=environ)
    looked_at = subprocess.run([*PROGRAM, "doctor"], env=index, capture_output=True, text=True, check=False).stdout
    assert "364 passages of 2 files in 1 segments" in looked_at
    assert "index:" not in looked_at  # that is a server's


@pytest.mark.slow
def test_a_build_that_is_stopped_and_killed_goes_on(environ: dict[str, str], tmp_path: Path) -> None:
    folder, index = tmp_path / "many", tmp_path / "index"
    folder.mkdir()
    for number, text in enumerate(speeches(sentences_of(SPEECHES), 48_000)):
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
    environ["BOT_INDEX_URI"] = str(index)
    for number, status in ((signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)):
        before = _passages(index)
        process, terminal, told = _on_a_terminal(["index", str(folder)], environ)
        next(passages for passages in told if passages > before)
        process.send_signal(number)
        threading.Thread(target=_read_on, args=(terminal,), daemon=True).start()  # a terminal that nobody reads stops who writes to it
        assert process.wait(60) == status
        assert _passages(index) > before
        assert [segment.columns.damaged() for segment in opened_segments(index)[1]] == [[]] * len(read_manifest(index).segments)
    files = len(files_of(index, read_manifest(index)))
    assert build_index(index, [folder], lambda _: None).files == len(list(folder.iterdir())) - files
    assert set(files_of(index, read_manifest(index))) == {path.name for path in folder.iterdir()}


def _untitled(answers: bytes) -> bytes:
    return re.sub(rb'"title": "[^"]*"', b'"title": ""', answers)


def _passages(index: Path) -> int:
    return sum(entry.passages for entry in read_manifest(index).segments)


def _read_on(terminal: int) -> None:
    with suppress(OSError):  # which ends it where the process has ended
        while os.read(terminal, 1000):
            pass


def _on_a_terminal(arguments: list[str], environ: dict[str, str]) -> tuple[subprocess.Popen[bytes], int, Iterator[int]]:
    """The process, its terminal, and how many passages it says that it has, whenever it says it on its one line."""
    ours, its = os.openpty()
    heard = ["env", "--default-signal=INT"]  # a shell has what it runs in the background ignore Ctrl-C
    process = subprocess.Popen([*heard, *PROGRAM, *arguments], env=environ, stderr=its, stdout=subprocess.DEVNULL)
    os.close(its)

    def told() -> Iterator[int]:
        said = b""
        while piece := os.read(ours, 1000):
            said += piece
            assert b"\n" not in said.partition(b"calibrating")[0]
            while said.count(b"\r") > 1:
                line, said = said[1:].split(b"\r", 1)
                yield int(line.split()[2])
                said = b"\r" + said
        os.close(ours)

    return process, ours, told()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("at", "there"),
    [
        ("open .*/fresh/.*/own.packed.bin", False),
        ("open .*/fresh/.*/columns.json", False),
        ("os.rename .*/fresh/", False),
        ("os.rename .*/manifest.json.new", False),
        ("open .*/index$", True),  # the folder is put on the disk when the manifest is in its place
    ],
)
def test_a_speech_that_is_being_added_when_the_process_is_killed_is_there_or_not(tmp_path: Path, texts: Path, at: str, there: bool) -> None:
    index, one = tmp_path / "index", tmp_path / "one more.txt"
    build_index(index, [texts], lambda _: None, 1)
    before = _passages(index)
    one.write_text("工会要维护职工的合法权益。\n", encoding="utf-8")
    killed = subprocess.run([sys.executable, "-c", KILLED, at, str(index), str(one)], cwd=config.HERE, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [segment.columns.damaged() for segment in opened_segments(index)[1]] == [[]] * len(read_manifest(index).segments)
    assert ("one more.txt" in files_of(index, read_manifest(index))) == there
    assert _passages(index) == before + there
    build_index(index, [one], lambda _: None, 1)
    assert _passages(index) == before + 1
