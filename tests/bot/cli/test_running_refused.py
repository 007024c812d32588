"""`python -m bot run` where it cannot run: a line that says why, status 1, nothing touched."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.database import opened
from bot.cli.run import run
from bot.settings.config import HERE, Settings

TOKEN = "123456:only-a-local-Bot-API-knows-this-one"


@pytest.fixture(autouse=True)
def _log() -> Iterator[None]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = before, level


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite:////proc/no/bot.db", "cannot be written"),
        ("nonsense", "BOT_DATABASE_URL is no database URL"),
        ("postgresql://bot:hidden@127.0.0.1:9/bot", "127.0.0.1:9/bot: "),
    ],
)
def test_a_database_that_cannot_be_opened_is_named(settings: Settings, capsys: pytest.CaptureFixture[str], url: str, says: str) -> None:
    assert run(replace(settings, token=TOKEN, database_url=url)) == 1
    said = capsys.readouterr().err
    assert says in said
    assert "hidden" not in said


def test_a_second_process_on_the_same_file_is_told_to_stop_the_first(
    settings: Settings, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    here = replace(settings, token=TOKEN, database_url=f"sqlite:///{tmp_path}/bot.db")
    with closing(opened(here, serving=True)):
        assert run(here) == 1
    assert "another process of this bot is running on it; stop that one" in capsys.readouterr().err


def test_without_a_token_nothing_is_opened(settings: Settings, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(replace(settings, token="", database_url=f"sqlite:///{tmp_path}/state/bot.db")) == 1
    assert "TELEGRAM_BOT_TOKEN is not set; get a token from @BotFather" in capsys.readouterr().err
    assert not (tmp_path / "state").exists()


def test_a_missing_driver_is_named_with_its_remedy() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from bot.state.store import open_store\n"
        "try: open_store('postgres://bot:hidden@127.0.0.1/bot', ())\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=HERE, check=True).stdout
    assert said.startswith("StoreUnreachable PostgreSQL needs its driver, which is not installed; install it with: pip install")
