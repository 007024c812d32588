"""More questions than can be answered, without Telegram's limits: as many answers leave as can, and no fewer."""

from __future__ import annotations

import asyncio
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.demo import LocalApi, start
from tests.bot.edge.test_crashes import free_port
from tests.kit.arrivals import busy
from tests.kit.crowd import Crowd
from tests.kit.program import TOKEN, Program

SECONDS = 4.0
LOOKS = 2
FLOOD = 300  # questions a second, more than one process answers on any machine seen
QUESTIONS = Path(__file__).parents[2] / "bench" / "held_out_questions.jsonl"  # 435: more than are remembered
TEXTS = [json.loads(line)["q"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True)
class Outcome:
    answers: int
    processor: float  # seconds of the bot


def processor_seconds(bot: Program) -> float:
    assert bot.process is not None
    fields = Path(f"/proc/{bot.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def asked_at(rate: int, api: LocalApi, bot: Program, first: int) -> Outcome:
    """So many questions a second, each from somebody else, for SECONDS."""
    crowd, asked = Crowd(api, int(rate * SECONDS) + 1, first=first), 0
    answered, used, began = api.api.answered["sendmessage", 200], processor_seconds(bot), time.monotonic()
    while (passed := time.monotonic() - began) < SECONDS:
        while asked < rate * passed and asked < len(crowd.users):
            api.people.send(crowd.users[asked], TEXTS[asked % len(TEXTS)])
            asked += 1
        await asyncio.sleep(0.01)
    return Outcome(api.api.answered["sendmessage", 200] - answered, processor_seconds(bot) - used)


def lost(most: float, calm: Outcome, flooded: Outcome) -> list[str]:
    """What was lost in a flood, on a machine as busy as it is. most: answers a second that it was seen to give."""
    each, each_flooded = (outcome.processor / max(outcome.answers, 1) for outcome in (calm, flooded))
    held = {
        "nearly all are answered": calm.answers > most / 2 * SECONDS * 0.8 / busy(),
        "no fewer in a flood": flooded.answers > most * SECONDS * 0.8 / busy(),
        "none costs more in a flood": each_flooded < each * 1.3,
    }
    return [what for what, holds in held.items() if not holds]


@pytest.mark.slow
async def test_the_more_are_asked_the_more_are_answered_until_no_more_can_be(folder: Path) -> None:
    """Seen once in two looks: other tests beside it take what it measures. What an answer costs is measured by `bench_throughput`."""
    async with await start(token=TOKEN) as api:
        bot = Program(folder, api.base_url, free_port(), module="tests.kit.unlimited_program")
        await bot.start()
        await asked_at(30, api, bot, 10_000)  # everything is loaded then
        for look in range(LOOKS):
            most = (await asked_at(FLOOD, api, bot, 20_000 + 40_000 * look)).answers / SECONDS
            await asked_at(1, api, bot, 30_000 + 40_000 * look)  # what waits is answered
            calm = await asked_at(int(most / 2), api, bot, 40_000 + 40_000 * look)
            flooded = await asked_at(3 * FLOOD, api, bot, 50_000 + 40_000 * look)
            missing = lost(most, calm, flooded)
            if not missing:
                break
        await bot.kill()
    assert missing == []
