"""Commands that the documents print: each is known, names files that a clone has, and works as printed."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import commands
from tests.kit.documents import PAGES, ROOT, inline_code, page, shell_lines
from tests.kit.table import each_row

CLONE = "git clone ADDRESS speech-quotes-bot && cd speech-quotes-bot"
RUN = "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/python -m bot"
TEST = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest"
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
PYTHON, PROGRAM, PYTEST = ".venv/bin/python ", ".venv/bin/python -m bot", ".venv/bin/python -m pytest"
PLACEHOLDER = re.compile(r"[A-Z]+")  # a file that is not part of the repository
# Needs a network, an engine of containers, a token, or never ends; everything else is run.
ELSEWHERE = (CLONE, RUN, TEST, "git pull", "docker ", "export ", ".ci/run", "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]'",
             *(f".venv/bin/pip install -q -e '.[{extra}]'" for extra in ("postgres,milvus", "postgres", "documents")),
             PYTEST, f"{PROGRAM} doctor", f"{PROGRAM} demo", f"{PROGRAM} read", f"{PROGRAM} check --calibrate")  # fmt: skip


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_a_newcomers_commands_stand_in_the_readme(name: str) -> None:
    assert shell_lines(name)[:3] == [CLONE, RUN, TEST]


def test_the_checks_run_the_same_test_command() -> None:
    assert TEST in page(".ci/run").splitlines()


PRINTED = sorted({line for name in PAGES for line in shell_lines(name)})
MENTIONED = sorted({code for name in PAGES for code in inline_code(name) if code.startswith(PYTHON)})


@each_row("line", [line for line in sorted({*PRINTED, *MENTIONED}) if line.startswith(PYTHON)])
def test_every_python_command_is_one_and_its_files_are_there(line: str) -> None:
    arguments = shlex.split(line.removeprefix(PYTHON))
    if line.startswith(PROGRAM):
        chosen = commands.parser().parse_args(arguments[2:])
        single = [getattr(chosen, name, None) for name in ("file", "speeches")]
        files = [*getattr(chosen, "files", ()), *filter(None, single)]
    elif arguments[0] == "-c":
        compile(arguments[1], "printed", "exec")
        files = []
    else:
        modules = [f"{arguments[1].replace('.', '/')}.py"] if arguments[0] == "-m" and arguments[1] != "pytest" else []
        files = [Path(word) for word in (*arguments, *modules) if "/" in word]
    assert [str(file) for file in files if not PLACEHOLDER.fullmatch(str(file)) and not (ROOT / file).exists()] == []


def cheap() -> list[str]:
    """What can be run, but for what another does too: the same with more at its end."""
    complete = [line for line in PRINTED if not any(map(PLACEHOLDER.fullmatch, line.split()))]
    can_be_run = [line for line in complete if line != PROGRAM and not line.startswith(ELSEWHERE)]
    return [line for line in can_be_run if not any(other.startswith(f"{line} ") for other in can_be_run)]


LONG = (f"{PYTHON}-m tests.bench.bench_near", f"{PYTHON}-m tests.bench.bench_checks")  # build several engines, run when there is time


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that a clone has, as they are now, with these packages as its environment."""
    folder = tmp_path_factory.mktemp("clone")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    for name in filter(None, names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("line", [line for line in cheap() if THOROUGH or not line.startswith(LONG)])
def test_it_works_as_printed_in_a_fresh_clone(clone: Path, line: str) -> None:
    environ = {"PATH": "/usr/bin:/bin", "XDG_DATA_HOME": str(clone / "data"), "XDG_CACHE_HOME": str(clone / "caches")}
    line = re.sub(r"(?<=-m tests\.bench\.)(\w+) \d+$", r"\1 15", line)  # a measure takes as long as it is thorough
    done = subprocess.run(["bash", "-c", line], cwd=clone, capture_output=True, text=True, env=environ, timeout=300)
    assert done.returncode == 0, done.stderr
