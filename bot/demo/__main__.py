"""`python -m bot.demo`: the local Bot API in a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal

from bot.demo.api.local import start


async def serve(arguments: argparse.Namespace) -> None:
    """Prints one JSON line with the addresses, then serves until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with await start(
        port=arguments.port,
        token=arguments.token,
        limits=arguments.limits,
        webhook_retry=arguments.webhook_retry,
    ) as api:
        addresses = {
            "base_url": api.base_url,
            "base_file_url": api.base_file_url,
            "page_url": api.page_url,
            "token": api.token,
        }
        print(json.dumps(addresses), flush=True)
        await stop.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: a free one")
    parser.add_argument("--token", default="", help="empty: a random one")
    parser.add_argument("--limits", action="store_true", help="answer 429 as Telegram does")
    parser.add_argument("--webhook-retry", type=float, default=1.0, help="seconds before the first retry")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
