"""The log of a whole run holds no token, not even at DEBUG, and what people wrote only when asked for."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot import logs
from bot.demo import FIRST_USER, LocalApi
from bot.demo.api.faults import FaultKind
from tests.bot.edge.conftest import running
from tests.kit.echo import Echo, EdgeSettings, run_alone

FAULTS: tuple[FaultKind, ...] = ("500", "502", "bad_json", "truncated", "reset")
FIRST_READER = 5_000
TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    stream = io.StringIO()
    yield stream
    root.handlers[:], root.level = before, level
    for name in (*logs._TALKATIVE, *logs._QUIET):
        logging.getLogger(name).setLevel(logging.NOTSET)


async def dialogue_with_everything_going_wrong(api: LocalApi, settings: EdgeSettings) -> None:
    for user, kind in enumerate(FAULTS, FIRST_READER):
        api.people.add_user(user, "读者")
        api.faults.plan(kind, "sendmessage")
    async with running(settings, Echo()):
        asked = [api.people.ask(FIRST_READER + n, "秘密的问题") for n in range(len(FAULTS))]
        await asyncio.gather(*asked, api.people.ask(FIRST_USER, "raise 秘密"))
    bad = replace(settings, token=settings.token[:-1] + "x")
    assert await run_alone(bad, Echo(), stop=asyncio.Event()) == 1


@pytest.mark.parametrize("texts", [False, pytest.param(True, marks=pytest.mark.slow)])
async def test_a_whole_run_at_debug_shows_no_token_and_texts_only_when_asked_for(
    api: LocalApi, settings: EdgeSettings, stream: io.StringIO, texts: bool
) -> None:
    logs.setup("DEBUG", [settings.token], texts=texts, stream=stream)
    await dialogue_with_everything_going_wrong(api, settings)
    log = stream.getvalue()
    assert len(log) > 1_000
    assert settings.token not in log
    assert settings.token.partition(":")[2][:20] not in log
    assert ("秘密" in log) is texts
    assert "ValueError at " in log or texts


PLACES = [
    lambda: logging.getLogger("x").error("at https://api.telegram.org/bot%s/getMe", TOKEN),
    lambda: logging.getLogger("x").error(f"at bot{TOKEN}/getMe"),
    lambda: logging.getLogger("x").error("at bot123456789%3AAAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"),
    lambda: logging.getLogger("x").error("field", extra={"url": f"/bot{TOKEN}/"}),
    lambda: logging.getLogger("x").error("failed", exc_info=ValueError(TOKEN)),
    lambda: logging.getLogger("x").error("failed", exc_info=_chained()),
]


def _chained() -> Exception:
    try:
        try:
            raise ValueError(f"inner {TOKEN}")
        except ValueError as error:
            raise RuntimeError("outer") from error
    except RuntimeError as error:
        return error


@pytest.mark.parametrize("write", PLACES)
@pytest.mark.parametrize("known", [True, False])
def test_a_token_is_hidden_wherever_it_stands_also_an_unknown_one(stream: io.StringIO, write: object, known: bool) -> None:
    logs.setup("INFO", [TOKEN] if known else [], texts=True, stream=stream)
    assert callable(write)
    write()
    assert "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw" not in stream.getvalue()
    assert logs.HIDDEN in stream.getvalue()


def test_an_event_is_one_line_with_request_and_fields(stream: io.StringIO) -> None:
    logs.setup("INFO", [], stream=stream)
    logs.request_id.set("u77")
    logging.getLogger("bot.x").warning("two\nlines", extra={"tries": 2}, exc_info=ValueError("bad"))
    [line] = stream.getvalue().splitlines()
    assert " WARNING bot.x request=u77 two\\nlines tries=2 traceback=" in line
