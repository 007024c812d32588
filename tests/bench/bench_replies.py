"""The longest replies: every passage alone, in context and with its tools, every page of every part, every contents, some questions.

    python -m tests.bench.bench_replies

What the limits of `bot/service/cards.py` leave of Telegram's 4096 characters and 100 entities.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.cli.run import open_content
from bot.contract.actions import Action, Around, Outline, Part, Single, Tools
from bot.contract.callback import encode, quote_id
from bot.contract.response import Asker
from bot.contract.text_builder import TextBuilder
from bot.service import SpeechService
from bot.service.quote_text import Style, put_source
from bot.settings import config
from bot.settings.library import Library
from bot.state.store import open_store
from bot.state.tables import SCHEMA
from retrieval import quote, stretches
from tests.kit.seen import replies

PAGES = 5  # of a part; the longest has fewer
EVERY = 10  # of the passages that somebody has a question for


def actions(library: Library) -> Iterator[Action]:
    for passage in library.engine.passages:
        identity = quote_id(quote(library.corpus, passage.speech, passage.span).id)
        yield from (Single(identity), Around(identity), Tools(identity))
    for numbered in library.corpus.speeches:
        yield Outline(numbered.number)
        paths = [*(s.path for s in stretches(numbered)), *(n.number for n in numbered.speech.walk() if len(n.number) > 1)]
        yield from (Part(numbered.number, path, page) for path in paths for page in range(PAGES))


def asked(seeds: Path) -> list[str]:
    lines = (seeds / "asks.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["asks"][0] for line in lines[::EVERY]]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = config.read({"BOT_DATA_DIR": folder})
        content = open_content(settings)
        store = open_store(f"sqlite:///{Path(folder) / 'bot.db'}", (SCHEMA,))
        service, library, asker = SpeechService(content, store), content.library, Asker(7, 7, "private", "zh")
        found = [reply for a in actions(library) for reply in replies(service.tap(asker, encode(a, library.fingerprint)))]
        for person, words in enumerate(asked(settings.seeds), 1000):
            found += replies(service.question(Asker(person, person, "private", "zh"), words))
        store.close()
    style = Style(content.wording.zh)
    quotes = [quote(library.corpus, passage.speech, passage.span) for passage in library.engine.passages]
    sources = [put_source(TextBuilder(), one, style).length for one in quotes]
    print(f"{len(found)} replies: {max(len(r.text) for r in found)} characters, {max(len(r.entities) for r in found)} entities at most")
    print(f"{len(sources)} sources: {max(sources)} characters at most, with two line ends")


if __name__ == "__main__":
    main()
