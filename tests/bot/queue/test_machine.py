"""Inbox and outbox under everything that can happen to them, in invented time: arrive, handle, fail, crash, expire.

The world is faked at its outer edge only: the clock, and the requests to Telegram.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from telegram.error import NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.cli.database import SCHEMAS
from bot.edge.app import build
from bot.edge.handlers import Handlers
from bot.edge.pipeline import Pipeline
from bot.edge.sending import Sender
from bot.health import LastAnswer
from bot.metrics import Metrics
from bot.queue.budget import Limits
from bot.queue.inbox import Inbox
from bot.queue.lease import Lease
from bot.queue.payload import CALLBACK_SECONDS, INLINE_SECONDS
from bot.state.store import Store, open_store
from tests.kit.crowd import rows
from tests.kit.echo import Echo, EdgeSettings
from tests.kit.jumping import JumpingLoop

WORKERS = 3
FAULTS = ("429", "502", "unclear before", "unclear after")
FIRST_UPDATE = 8  # the keys u9 and u10 sort otherwise as text: only their moments tell which came first
AWAY_SECONDS = 60.0  # beyond what taps and queries live; the clock is set back by less


class Telegram(BaseRequest):
    """Shows what it is sent; fails as planned, before or after the effect."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.shown: list[tuple[int, int]] = []  # (chat, question replied to)
        self.answered: list[str] = []  # callback and inline query ids
        self.repeats_allowed = 0

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        return

    async def shutdown(self) -> None:
        return

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002
        request_data: RequestData | None = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        name = url.rpartition("/")[2].lower()
        values = request_data.parameters if request_data else {}
        await asyncio.sleep(0.05)
        if name == "getme":
            return _ok({"id": 1, "is_bot": True, "first_name": "b", "username": "machine_bot"})
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "429":
            raise RetryAfter(3)
        if fault == "502":
            raise NetworkError("Bad Gateway")
        if fault == "unclear before":
            raise TelegramError("Invalid server response")
        self._take_effect(name, values)
        if fault == "unclear after":
            self.repeats_allowed += 1
            raise TelegramError("Invalid server response")
        return _ok({"message_id": 1000 + len(self.shown)})

    def _take_effect(self, name: str, values: Any) -> None:
        if name == "sendmessage":
            self.shown.append((values["chat_id"], values["reply_parameters"]["message_id"]))
        elif name in ("answercallbackquery", "answerinlinequery"):
            self.answered.append(values.get("callback_query_id") or values["inline_query_id"])


def _ok(result: Any) -> tuple[int, bytes]:
    return 200, json.dumps({"ok": True, "result": result}).encode()


class Machine(RuleBasedStateMachine):
    """One bot that is started and killed, people in three chats, a Telegram that fails."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = JumpingLoop()
        self.folder = Path(tempfile.mkdtemp())
        self.settings = EdgeSettings("1:token", "http://x/bot", f"sqlite:///{self.folder}/bot.db")
        self.telegram, self.echo = Telegram(), Echo()
        self.updates: list[dict[str, Any]] = []
        self.asked: dict[int, list[int]] = {}
        self.late: set[str] = set()
        self.crashes = 0
        self.set_back = 0.0
        self.desk: Pipeline | None = None
        self.store: Store | None = None

    @initialize()
    def begin(self) -> None:
        self.start()

    def run(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    def start(self) -> None:
        self.run(self._start())

    async def _start(self) -> None:
        store = open_store(self.settings.database_url, SCHEMAS, serving=True)
        application = build(self.settings, self.telegram, self.telegram)
        await application.initialize()
        metrics = Metrics()
        sender = Sender(application.bot, metrics, LastAnswer())
        self.store = store
        lease = Lease(store)
        await lease.join()
        self.desk = Pipeline(
            store,
            Inbox(store, lease, clock=self.clock),
            Handlers(application, self.echo, sender, store),
            sender,
            self.echo,
            metrics,
            workers=WORKERS,
            limits=Limits(overall=5, chat_seconds=1.0, chat_burst=2),
            admins=(),
            clock=self.clock,
        )
        await self.desk.replay()

    def clock(self) -> float:
        """The clock on the wall: not the loop's, which never goes back."""
        return self.loop.time() - self.set_back

    def next_number(self) -> int:
        return FIRST_UPDATE + len(self.updates)

    def accept(self, update: dict[str, Any]) -> None:
        assert self.desk is not None
        self.run(self.desk.accept([update]))

    # -- what can happen

    @precondition(lambda self: self.desk)
    @rule(chat=st.integers(1, 3), text=st.sampled_from(["问", "raise", "parts 2"]))
    def somebody_asks(self, chat: int, text: str) -> None:
        number = self.next_number()
        where, person = {"id": chat, "type": "private"}, {"id": chat, "is_bot": False, "first_name": "x"}
        message = {"message_id": number, "date": 1, "chat": where, "from": person, "text": text}
        if text == "parts 2":
            message["text"] = "问 · 长"
        self.updates.append({"update_id": number, "message": message})
        self.asked.setdefault(chat, []).append(number)
        self.accept(self.updates[-1])

    @precondition(lambda self: self.desk and self.updates)
    @rule(data=st.data())
    def telegram_repeats_an_update(self, data: st.DataObject) -> None:
        self.accept(data.draw(st.sampled_from(self.updates)))

    @precondition(lambda self: self.desk)
    @rule(kind=st.sampled_from(["callback_query", "inline_query"]))
    def somebody_taps_or_types_and_the_bot_is_away_too_long(self, kind: str) -> None:
        number = self.next_number()
        person = {"id": 9, "is_bot": False, "first_name": "x"}
        content = {"id": f"q{number}", "from": person, "chat_instance": "1", "data": "x", "query": "", "offset": ""}
        self.updates.append({"update_id": number, kind: content})
        assert self.desk is not None
        self.run(self._accept_and_crash(self.updates[-1]))
        lives = CALLBACK_SECONDS if kind == "callback_query" else INLINE_SECONDS
        self.loop.selector.now += lives + AWAY_SECONDS
        self.late.add(f"q{number}")
        self.start()

    async def _accept_and_crash(self, update: dict[str, Any]) -> None:
        assert self.desk is not None
        await self.desk._inbox.accept([update])  # stored, and then the power goes
        await self._crash()

    @rule(faults=st.lists(st.sampled_from(FAULTS), min_size=1, max_size=3))
    def telegram_will_fail(self, faults: list[str]) -> None:
        self.telegram.faults += faults

    @precondition(lambda self: self.desk)
    @rule(seconds=st.sampled_from([0.01, 0.06, 0.2, 1.0, 5.0]))
    def time_passes(self, seconds: float) -> None:
        self.run(asyncio.sleep(seconds))

    @precondition(lambda self: self.set_back < AWAY_SECONDS / 2)
    @rule(seconds=st.sampled_from([0.001, 1.0, 5.0]))
    def the_clock_is_set_back(self, seconds: float) -> None:
        self.set_back += seconds

    @precondition(lambda self: self.desk)
    @rule()
    def the_process_is_killed(self) -> None:
        self.run(self._crash())

    async def _crash(self) -> None:
        """Everything in memory is gone at once; what was handed to the disk is there."""
        assert self.store is not None
        own = asyncio.current_task()
        tasks = [task for task in asyncio.all_tasks() if task is not own]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.to_thread(self.store.close)
        self.crashes += 1
        self.desk = self.store = None

    @precondition(lambda self: not self.desk)
    @rule()
    def the_process_starts_again(self) -> None:
        self.start()

    # -- what must be true in the end

    def teardown(self) -> None:
        try:
            if self.desk is None:
                self.start()
            self.telegram.faults.clear()
            assert self.desk is not None
            self.run(self.desk.idle())
            self.check()
        finally:
            if self.store is not None:
                self.run(self._crash())
            self.run(self.loop.shutdown_default_executor())
            self.loop.close()
            shutil.rmtree(self.folder)

    def check(self) -> None:
        answers = Counter(self.telegram.shown)
        expected = {(chat, number) for chat, numbers in self.asked.items() for number in numbers}
        assert set(answers) == expected, "every question is answered"
        repeated = sum(count - 1 for count in answers.values())
        assert repeated <= self.crashes * WORKERS + self.telegram.repeats_allowed
        for chat, numbers in self.asked.items():
            first = list(dict.fromkeys(q for c, q in self.telegram.shown if c == chat))
            assert first == numbers, "in order"
        assert not self.late & set(self.telegram.answered), "nothing expired is answered"
        undone = "SELECT count(*) FROM inbox WHERE done IS NULL OR (payload <> '' AND why = '')"
        assert rows(self.settings, undone) == [(0,)]
        assert rows(self.settings, "SELECT count(*) FROM outbox") == [(0,)]


class LongMachine(Machine):
    """The same, run as often as everyday tests have no time for."""


EFFORT = settings(
    max_examples=4,  # of up to 20 steps; 25 take 7 s
    stateful_step_count=20,
    deadline=None,
    # A run is short enough to be read as it is, and shrinking it may take five minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
TestMachine = Machine.TestCase
TestMachine.settings = EFFORT
TestLongMachine = pytest.mark.slow(LongMachine.TestCase)
TestLongMachine.settings = settings(EFFORT, max_examples=25)
