"""`read`, and the reader beside the chat page, in processes of their own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.settings.config import HERE

pytestmark = pytest.mark.slow


@contextmanager
def program(state: Path, *arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("TELEGRAM_", "BOT_"))}
    command = [sys.executable, "-m", "bot", *arguments, "--port", "0"]
    environ |= {"BOT_DATA_DIR": str(state)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=HERE, env=environ) as running:
        try:
            assert running.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+", running.stdout.readline())
            assert found
            yield found[0], running
        finally:
            running.terminate()


def got(url: str) -> tuple[str, str]:
    with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310
        return response.read().decode(), response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_read_serves_until_it_is_ended(folder: Path, number: signal.Signals) -> None:
    with program(folder / "state", "read") as (address, running):
        page, policy = got(f"{address}/")  # leads to the collection
        assert "全部讲话" in page
        assert policy.endswith("frame-ancestors 'none'")
        running.send_signal(number)
        assert running.wait(10) == 0
        assert running.stderr is not None
        assert running.stderr.read() == ""


def test_read_shows_other_speeches(folder: Path) -> None:
    other = folder / "speeches"
    other.mkdir()
    (other / "own.txt").write_text("安全生产会上的讲话\n\n同志们：\n\n安全生产要抓好落实。\n", encoding="utf-8")
    with program(folder / "state", "read", "--speeches", str(other)) as (address, _):
        assert "安全生产要抓好落实" in got(f"{address}/read/1")[0]


def test_the_chat_page_has_the_reader_beside_it_and_may_frame_it(folder: Path) -> None:
    with program(folder / "state", "demo") as (address, _):
        page, policy = got(f"{address}/read/4?q=4.6680.6720")
        assert "<mark" in page
        assert policy.endswith("frame-ancestors 'self'")
