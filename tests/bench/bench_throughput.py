"""Answered questions per second, end to end over loopback: this bot with everything durable, beside an echo
bot on the plain library (one by one, and at its best concurrency) and one on aiogram, all in one run.

    python tests/bench/bench_throughput.py [--questions 4000] [--delays 0,50] [--profile]

A Bot API stand-in in a process of its own hands out the questions and takes the answers, at once or after 50 ms.
Telegram's limits are off (they are 30 a second, paid 1 000); every question comes from another chat.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import json
import logging
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
sys.path.insert(0, str(ROOT))

TOKEN = "123456:bench-bench-bench-bench-bench"
KINDS = ("ours", "plain, one by one", "plain, 16 at once", "aiogram")
TEXT = "劳模精神的内涵是什么？新时代怎样弘扬劳模精神、劳动精神、工匠精神？"


# -- the stand-in


class Api:
    """Hands out `questions` updates, 100 at a time, and notes when the last was answered."""

    def __init__(self, questions: int, delay: float) -> None:
        self.questions, self.delay = questions, delay
        self.next = 1
        self.answered: set[int] = set()
        self.started = 0.0
        self.done: asyncio.Future[tuple[float, float]] = asyncio.get_running_loop().create_future()
        self.processor_seconds: Callable[[], float] = lambda: 0.0
        self.processor_before = 0.0

    async def handle(self, request: web.Request) -> web.Response:
        body: Any = await (request.json() if "json" in request.content_type else request.post())
        method = request.match_info["method"].lower()
        if method == "getupdates":
            return await self.updates(body)
        if self.delay:
            await asyncio.sleep(self.delay)
        if method == "sendmessage":
            return self.sent(body)
        if method == "getme":
            return _ok({"id": 123456, "is_bot": True, "first_name": "b", "username": "bench_bot"})
        return _ok(True)

    async def updates(self, body: Any) -> web.Response:
        offset = int(body.get("offset") or 0)
        first = max(offset, 1)
        if first > self.questions:
            await asyncio.sleep(min(1.0, float(body.get("timeout") or 0)))
            return _ok([])
        if self.delay:
            await asyncio.sleep(self.delay)
        if not self.started:
            self.started, self.processor_before = time.perf_counter(), self.processor_seconds()
        last = min(first + int(body.get("limit") or 100), self.questions + 1)
        return _ok([_question(n) for n in range(first, last)])

    def sent(self, body: Any) -> web.Response:
        chat = int(body["chat_id"])
        self.answered.add(chat)
        if len(self.answered) == self.questions and not self.done.done():
            used = self.processor_seconds() - self.processor_before
            self.done.set_result((time.perf_counter() - self.started, used))
        where = {"id": chat, "type": "private"}
        return _ok({"message_id": 1, "date": 0, "chat": where, "text": body["text"]})


def processor_seconds(pid: int) -> float:
    """User and system time of a process (Linux; 0 elsewhere)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _question(number: int) -> dict[str, Any]:
    person = {"id": number, "is_bot": False, "first_name": "问", "language_code": "zh-hans"}
    chat = {"id": number, "type": "private", "first_name": "问"}
    message = {"message_id": 1, "date": int(time.time()), "chat": chat, "from": person, "text": TEXT}
    return {"update_id": number, "message": message}


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


async def measure(kind: str, questions: int, delay: float, profile: bool) -> tuple[float, float]:
    """Seconds until the last of the questions is answered, and the bot's processor seconds for it."""
    api = Api(questions, delay)
    app = web.Application()
    app.router.add_route("*", "/bot" + TOKEN + "/{method}", api.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    command = [sys.executable, str(HERE), "--be", kind, "--base", base]
    bot = await asyncio.create_subprocess_exec(*command, *(["--profile"] if profile else []))
    api.processor_seconds = partial(processor_seconds, bot.pid)
    try:
        return await asyncio.wait_for(api.done, 300)
    finally:
        bot.terminate()
        await bot.wait()
        await runner.cleanup()


# -- the bots


def be_ours(base: str) -> None:
    from bot.edge.app import run
    from bot.queue.rate_limiter import Limits
    from tests.kit.echo import Echo, EdgeSettings

    unlimited = Limits(overall=1_000_000)  # as the stand-in; nothing else differs from the product
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        settings = EdgeSettings(TOKEN, base + "/bot", f"sqlite:///{folder}/state/bot.db", workers=256)
        asyncio.run(run(settings, Echo(), limits=unlimited))


def be_plain(base: str, together: int) -> None:
    from telegram import Update
    from telegram.ext import Application, ContextTypes, MessageHandler, filters

    async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await update.message.reply_text(update.message.text)  # type: ignore[union-attr]

    builder = Application.builder().token(TOKEN).base_url(base + "/bot")
    if together > 1:
        builder = builder.concurrent_updates(True).connection_pool_size(together).pool_timeout(300)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


def be_aiogram(base: str) -> None:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message

    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    async def main() -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(base), limit=256)
        await dispatcher.start_polling(Bot(TOKEN, session=session))

    asyncio.run(main())


def be(kind: str, base: str, profile: bool) -> None:
    logging.disable(logging.WARNING)
    works = (be_ours, partial(be_plain, together=1), partial(be_plain, together=16), be_aiogram)
    work = dict(zip(KINDS, works, strict=True))[kind]
    if not profile:
        work(base)
        return
    profiler = cProfile.Profile()
    profiler.runcall(work, base)
    pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(45)


# -- what durability costs


async def durability(answers: int = 1000, together: int = 256) -> dict[str, float]:
    """Inbox, plan and end of an answer without Telegram: milliseconds alone, and each of many together."""
    from bot.contract.reply import Reply
    from bot.queue import inbox, outbox
    from bot.state.store import open_store

    step = outbox.Step("send", 1, Reply(TEXT), to=1, question=1)
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        store = open_store(f"sqlite:///{folder}/state/bot.db", (inbox.SCHEMA, outbox.SCHEMA))
        rows = inbox.Inbox(store, "bench", alone=True)

        async def answer(numbers: range) -> None:
            for number in numbers:
                [job] = await rows.accept([_question(number)])
                store.write_soon(*rows.started(job.key))
                await store.write(*outbox.plan_writes(job.key, [outbox.Planned(0, "sending", step)]))
                await store.write(*outbox.remember_writes(step, 1, 0.0), *rows.done(job.key))

        began = time.perf_counter()
        await answer(range(100))
        alone = (time.perf_counter() - began) / 100
        began, used = time.perf_counter(), time.process_time()
        share = answers // together + 1
        first = [100 + n * share for n in range(together)]
        await asyncio.gather(*(answer(range(n, n + share)) for n in first))
        each = (time.perf_counter() - began) / (share * together)
        used = (time.process_time() - used) / (share * together)
        await asyncio.to_thread(store.close)
    names = ("latency_ms_alone", "ms_each_together", "cpu_ms_each_together")
    return {name: round(1000 * value, 3) for name, value in zip(names, (alone, each, used), strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=4000)
    parser.add_argument("--delays", default="0,50", help="milliseconds")
    parser.add_argument("--kinds", default=";".join(KINDS))
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--be", help=argparse.SUPPRESS)
    parser.add_argument("--base", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.be:
        be(options.be, options.base, options.profile)
        return
    print(json.dumps({"durability": asyncio.run(durability())}), flush=True)
    for delay in (int(d) for d in options.delays.split(",")):
        rates = {}
        for kind in options.kinds.split(";"):
            if delay and kind == "plain, one by one":
                continue  # 19 a second
            seconds, used = asyncio.run(measure(kind, options.questions, delay / 1000, options.profile))
            rates[kind] = options.questions / seconds
            line = {"delay_ms": delay, "bot": kind, "per_second": round(rates[kind])}
            print(json.dumps(line | {"cpu_ms_each": round(1000 * used / options.questions, 3)}), flush=True)
        if "ours" in rates:
            ratios = {kind: round(rates["ours"] / rate, 2) for kind, rate in rates.items()}
            print(json.dumps({"delay_ms": delay, "ours_over": ratios}), flush=True)


if __name__ == "__main__":
    main()
