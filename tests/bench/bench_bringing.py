"""How long a document sent in the chat takes until it can be asked, and how long the others wait meanwhile.

    python -m tests.bench.bench_bringing [--characters 10000] [--documents 3]

The clock runs from the file's sending to the card of what was read, and from the tap on 收下 until the kept card; the others ask four
questions a second. Exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.demo import FIRST_USER, LocalApi, start
from bot.demo.world.parameters import Upload
from bot.demo.world.telegram_state import Message
from bot.settings.config import HERE
from tests.kit.made_documents import docx_of
from tests.kit.process import end_with_the_tests

OTHERS = range(7_000, 7_040)  # a chat has one message a second
QUESTIONS = ("劳模精神是什么", "工会应该为职工做什么", "怎么看待创新", "青年要怎么做", "怎样关心劳模")
GOAL, GOAL_OTHERS = 5.0, 0.1  # seconds, of the goal
SHORT = 40  # characters of a line that may be a title
EVERY = 0.25  # seconds between the others' questions


async def until(found: Callable[[], Message | None], within: float = 120.0) -> Message:
    async with asyncio.timeout(within):
        while (message := found()) is None:  # noqa: ASYNC110  another process: no event tells
            await asyncio.sleep(0.005)
        return message


def from_bot(api: LocalApi, chat: int, words: str, after: int = 0) -> Message | None:
    found = (m for m in reversed(api.people.messages(chat)) if m.sender.id == api.state.bot.id and m.seq > after)
    return next((m for m in found if words in m.text.content or words in json.dumps(m.markup or {}, ensure_ascii=False)), None)


async def bring(api: LocalApi, name: str, raw: bytes) -> tuple[float, float]:
    """Seconds until the card of what was read, and from 收下 until it is kept."""
    mark, begun = api.people.mark, time.monotonic()
    api.people.send_file(FIRST_USER, "document", Upload(name, "application/octet-stream", raw))
    card = await until(lambda: from_bot(api, FIRST_USER, "收下", mark))
    shown = time.monotonic() - begun
    if not card.text.content.startswith("《"):
        api.people.tap(FIRST_USER, card, "收下为讲话")
        mark = api.people.mark
        card = await until(lambda: from_bot(api, FIRST_USER, "改标题", mark))
    begun = time.monotonic()
    api.people.tap(FIRST_USER, card, "收下")
    await until(lambda: from_bot(api, FIRST_USER, "现在就可以问", mark))
    return shown, time.monotonic() - begun


async def others(api: LocalApi, waits: list[float]) -> None:
    """Ask on and on, one person after the other, whatever became of the question before."""

    async def one(person: int, text: str) -> None:
        begun = time.monotonic()
        sent = api.people.send(person, text)
        await until(lambda: next((m for m in reversed(api.people.messages(person)) if m.reply_to == sent.id), None))
        waits.append(time.monotonic() - begun)

    count = 0
    async with asyncio.TaskGroup() as group:
        while True:
            group.create_task(one(OTHERS[count % len(OTHERS)], QUESTIONS[count % len(QUESTIONS)]))
            count += 1
            await asyncio.sleep(EVERY)


def texts_of(characters: int, documents: int) -> list[str]:
    """Of the file that REPORTS names, else of the bundled speeches."""
    rows = [json.loads(line) for line in Path(os.environ["REPORTS"]).read_text("utf-8").splitlines()] if "REPORTS" in os.environ else []
    return [row["content"] for row in rows if len(row["content"]) > characters] or [_bundled(at) for at in range(documents)]


async def run(texts: list[str], characters: int, documents: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        async with await start(port=0) as api:
            for person in OTHERS:
                api.people.add_user(person, "别人")
            environ = os.environ | {"BOT_DATA_DIR": folder, "BOT_ADMINS": str(FIRST_USER), "TELEGRAM_BOT_TOKEN": api.token}
            environ |= {"TELEGRAM_API_BASE": api.base_url}
            bot = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", cwd=HERE, env=environ, stderr=asyncio.subprocess.DEVNULL, preexec_fn=end_with_the_tests
            )
            try:
                return await _measured(api, texts, characters, documents)
            finally:
                bot.terminate()
                await bot.wait()


def _bundled(at: int) -> str:
    """The bundled speeches as one, from another line on, so that each is another text; short lines would be taken for titles."""
    lines = [line for path in sorted((HERE / "seeds" / "speeches").glob("*.txt")) for line in path.read_text("utf-8").split("\n")]
    return f"第{at + 1}次大会上的讲话\n\n同志们：\n\n" + "\n".join([line for line in lines if len(line) > SHORT][at:])


async def _measured(api: LocalApi, texts: list[str], characters: int, documents: int) -> int:
    api.people.send(OTHERS[-1], "劳模精神是什么")
    await until(lambda: from_bot(api, OTHERS[-1], "劳模"))
    idle: list[float] = []
    task = asyncio.create_task(others(api, idle))
    await asyncio.sleep(5)
    meanwhile = len(idle)
    files = [docx_of(texts[at % len(texts)][:characters].split("\n")) for at in range(documents)]
    took = [await bring(api, f"稿{at}.docx", raw) for at, raw in enumerate(files)]
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    before, during = sorted(idle[:meanwhile]), sorted(idle[meanwhile:])
    for shown, kept in took:
        print(f"{characters} characters: shown after {shown:.2f} s, answerable {kept:.2f} s after the tap, together {shown + kept:.2f} s")
    for name, waits in (("before", before), ("meanwhile", during)):
        p95 = waits[int(0.95 * len(waits))]
        print(f"others {name}: {len(waits)} questions, median {1000 * statistics.median(waits):.0f} ms, 95 % {1000 * p95:.0f} ms")
    late = during[int(0.95 * len(during))]
    return int(max(sum(one) for one in took) > GOAL or late > GOAL_OTHERS)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--characters", type=int, default=10_000)
    parser.add_argument("--documents", type=int, default=3)
    chosen = parser.parse_args()
    return asyncio.run(run(texts_of(chosen.characters, chosen.documents), chosen.characters, chosen.documents))


if __name__ == "__main__":
    sys.exit(main())
