"""Real answers per second, end to end over loopback: this bot with everything stored, beside bots on
python-telegram-bot and aiogram that ask the same engine, all in one run.

    python tests/bench/bench_throughput.py [--questions 2000] [--delays 0,50] [--workers 16] [--profile]

A Bot API stand-in in a process of its own hands out the questions, each from another chat, and takes the
answers at once or after 50 ms. Telegram's limits are off (they are 30 a second, paid 1 000). The peers keep
nothing: no inbox, no outbox, no topic, no figures; "card" peers send the same card, "text" peers only its quotes.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import json
import logging
import os
import pstats
import statistics
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
KINDS = ("ours", "python-telegram-bot, text", "aiogram, text", "python-telegram-bot, card", "aiogram, card")
WARM = 100  # questions before the clock starts: imports, caches, connections
QUESTIONS = [json.loads(line)["q"] for line in (HERE.parent / "held_out_questions.jsonl").read_text().splitlines()]


# -- the stand-in


class Api:
    """Hands out `questions` updates, 100 at a time, and notes when each was answered."""

    def __init__(self, questions: int, delay: float) -> None:
        self.last = WARM + questions
        self.delay = delay
        self.answered: dict[int, float] = {}
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
        first = max(int(body.get("offset") or 0), 1)
        warm = len(self.answered) >= WARM
        end = self.last if warm else WARM
        if first > end:
            await asyncio.sleep(0.02)
            return _ok([])
        if self.delay:
            await asyncio.sleep(self.delay)
        if warm and not self.started:
            self.started, self.processor_before = time.perf_counter(), self.processor_seconds()
        last = min(first + int(body.get("limit") or 100), end + 1)
        return _ok([_question(n) for n in range(first, last)])

    def sent(self, body: Any) -> web.Response:
        chat = int(body["chat_id"])
        self.answered.setdefault(chat, time.perf_counter())
        if len(self.answered) == self.last and not self.done.done():
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
    text = QUESTIONS[number % len(QUESTIONS)]
    message = {"message_id": 1, "date": int(time.time()), "chat": chat, "from": person, "text": text}
    return {"update_id": number, "message": message}


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


async def measure(kind: str, options: argparse.Namespace, delay: float) -> dict[str, float]:
    """Answers a second, and the bot's processor milliseconds for each."""
    api = Api(options.questions, delay)
    app = web.Application()
    app.router.add_route("*", "/bot" + TOKEN + "/{method}", api.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    command = [sys.executable, str(HERE), "--be", kind, "--base", base, "--workers", str(options.workers)]
    bot = await asyncio.create_subprocess_exec(*command, *(["--profile"] if options.profile else []))
    api.processor_seconds = partial(processor_seconds, bot.pid)
    try:
        seconds, used = await asyncio.wait_for(api.done, 300)
    finally:
        bot.terminate()
        await bot.wait()
        await runner.cleanup()
    return {"per_second": round(options.questions / seconds), "cpu_ms_each": round(1000 * used / options.questions, 2)}


# -- the bots


def be_ours(base: str, workers: int) -> None:
    """`python -m bot`, but for Telegram's limits, which the stand-in does not have either."""
    from dataclasses import replace

    from bot.cli.database import opened
    from bot.cli.run import open_content, service_of
    from bot.edge.app import run
    from bot.queue.budget import Limits
    from bot.settings import config

    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        settings = config.read({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": f"{base}/bot", "BOT_DATA_DIR": folder})
        settings = replace(settings, workers=workers)
        store = opened(settings, serving=True)
        service = service_of(settings, open_content(settings), store)
        asyncio.run(run(settings, service, store, limits=Limits(overall=1_000_000)))
        store.close()


def _engine(folder: str) -> Callable[[str], str]:
    """The engine alone: the quotes of the three best places."""
    from bot.settings import config
    from bot.settings.library import open_library

    engine = open_library(config.read({"BOT_DATA_DIR": folder})).engine
    return lambda text: "\n\n".join(quote.text for quote in engine.ask(text, 3).quotes) or "–"


def _card(folder: str) -> Callable[[int, str], dict[str, Any]]:
    """The service's card as the Bot API's fields, with its memory."""
    from bot.cli.database import opened
    from bot.cli.run import open_content
    from bot.contract.response import Asker
    from bot.edge.outgoing import message_of
    from bot.service import SpeechService
    from bot.settings import config

    settings = config.read({"BOT_DATA_DIR": folder})
    service = SpeechService(open_content(settings), opened(settings, serving=True))

    def answer(person: int, text: str) -> dict[str, Any]:
        return message_of(service.question(Asker(person, person, "private", "zh-hans"), text).replies[0])

    return answer


def be_ptb(base: str, cards: bool) -> None:
    from telegram import InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity, Update
    from telegram.ext import Application, ContextTypes, MessageHandler, filters

    folder = tempfile.mkdtemp(dir=os.environ.get("BENCH_DIR"))
    ask, card = (None, _card(folder)) if cards else (_engine(folder), None)

    async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        if ask:
            await message.reply_text(ask(message.text))  # type: ignore[union-attr, arg-type]
            return
        fields = card(message.chat_id, message.text)  # type: ignore[misc, union-attr, arg-type]
        await message.reply_text(  # type: ignore[union-attr]
            fields["text"],
            entities=[MessageEntity(**entity) for entity in fields.get("entities", ())],
            reply_markup=InlineKeyboardMarkup.de_json(fields["reply_markup"], None) if "reply_markup" in fields else None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            do_quote=True,
        )

    # Sixteen together is its best: 168 echoes a second with 256, 491 with 16.
    builder = Application.builder().token(TOKEN).base_url(base + "/bot")
    application = builder.concurrent_updates(True).connection_pool_size(16).pool_timeout(300).build()
    application.add_handler(MessageHandler(filters.TEXT, answer))
    application.run_polling()


def be_aiogram(base: str, cards: bool) -> None:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import InlineKeyboardMarkup, LinkPreviewOptions, Message, MessageEntity

    folder = tempfile.mkdtemp(dir=os.environ.get("BENCH_DIR"))
    ask, card = (None, _card(folder)) if cards else (_engine(folder), None)
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def answer(message: Message) -> None:
        if ask:
            await message.answer(ask(message.text or ""))
            return
        fields = card(message.chat.id, message.text or "")  # type: ignore[misc]
        await message.reply(
            fields["text"],
            entities=[MessageEntity(**entity) for entity in fields.get("entities", ())],
            reply_markup=InlineKeyboardMarkup(**fields["reply_markup"]) if "reply_markup" in fields else None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )

    async def main() -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(base), limit=256)
        await dispatcher.start_polling(Bot(TOKEN, session=session))

    asyncio.run(main())


def be(kind: str, base: str, workers: int, profile: bool) -> None:
    logging.disable(logging.WARNING)
    name, _, cards = kind.partition(", ")
    works: dict[str, Callable[[], None]] = {
        "ours": lambda: be_ours(base, workers),
        "python-telegram-bot": lambda: be_ptb(base, cards == "card"),
        "aiogram": lambda: be_aiogram(base, cards == "card"),
    }
    if not profile:
        works[name]()
        return
    profiler = cProfile.Profile()
    profiler.runcall(works[name])
    pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--delays", default="0,50", help="milliseconds")
    parser.add_argument("--kinds", default=";".join(KINDS))
    parser.add_argument("--workers", type=int, default=16, help="edge.workers of this bot")
    parser.add_argument("--rounds", type=int, default=1, help="measure so often, print the median")
    parser.add_argument("--profile", action="store_true", help="of the event loop's thread")
    parser.add_argument("--be", help=argparse.SUPPRESS)
    parser.add_argument("--base", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.be:
        be(options.be, options.base, options.workers, options.profile)
        return
    kinds = options.kinds.split(";")
    for delay in (int(d) for d in options.delays.split(",")):
        found: dict[str, list[dict[str, float]]] = {kind: [] for kind in kinds}
        for _ in range(options.rounds):
            for kind in kinds:
                found[kind].append(asyncio.run(measure(kind, options, delay / 1000)))
        for kind, results in found.items():
            line = {name: statistics.median(result[name] for result in results) for name in results[0]}
            print(json.dumps({"delay_ms": delay, "bot": kind, **line}), flush=True)


if __name__ == "__main__":
    main()
