"""The bot as a process of its own, to be killed; its settings come as JSON in the environment."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot import logs
from bot.contract.reply import Reply
from bot.queue.budget import Limits
from tests.kit.echo import Echo, EdgeSettings, run_alone

UNLIMITED = Limits(overall=100_000, chat_seconds=0.0, chat_burst=100_000, group_minute=100_000)


def main() -> int:
    values = json.loads(os.environ["EDGE_SETTINGS"])
    unlimited = values.pop("unlimited")
    settings = EdgeSettings(**values)
    logs.setup(os.environ.get("EDGE_LEVEL", "INFO"), [settings.token], texts="EDGE_TEXTS" in os.environ)

    def ready(port: int | None) -> None:
        print(json.dumps({"port": port}), flush=True)

    daily = [(chat, f"{chat}:day", (Reply("每日"),)) for chat in json.loads(os.environ.get("EDGE_DAILY", "[]"))]
    echo = Echo(deliveries=daily)
    limits = UNLIMITED if unlimited else None  # the stand-in keeps none either then
    return asyncio.run(run_alone(settings, echo, on_ready=ready, limits=limits))


if __name__ == "__main__":
    sys.exit(main())
