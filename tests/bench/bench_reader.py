"""How fast a page of the reader comes, and how smoothly a long speech scrolls in Chromium.

    python -m tests.bench.bench_reader [--characters 100000]

The bundled speeches, and one of so many characters made of their paragraphs. Milliseconds: a page written anew and one that is kept, over
loopback; from the start of loading to the lit sentence; the longest task and the slowest frames while the long speech is scrolled through.
Exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import time

import aiohttp
from aiohttp import web

from bot.contract.actions import QuoteId
from bot.contract.reader_links import reader_path
from bot.reader import add_reader
from bot.settings import config, wording
from bot.settings.library import Speeches, open_speeches
from retrieval import Corpus, Entry, Numbered, corpus_of, parse
from tests.kit.browser import DESKTOP, PHONE, chromium

PAGE, LIT, TASK = 100.0, 300.0, 100.0  # ms: the goals
SIZES = {"desktop": DESKTOP, "phone": PHONE}
# Long tasks, and how long frames take, while the page is scrolled to its end a window at a time.
SCROLL = """async () => {
  const tasks = [];
  new PerformanceObserver(list => tasks.push(...list.getEntries().map(entry => entry.duration))).observe({ entryTypes: ["longtask"] });
  const frame = () => new Promise(requestAnimationFrame), frames = [];
  let before = await frame();
  while (scrollY + innerHeight < document.documentElement.scrollHeight - 2) {
    scrollBy(0, innerHeight * 0.8);
    const now = await frame();
    frames.push(now - before);
    before = now;
  }
  await new Promise(done => setTimeout(done, 100));
  return { tasks, frames };
}"""
# The sentence is lit and a frame with it is on its way to the screen.
SEEN = """() => new Promise(done => {
  const look = () => document.querySelector("mark.here") ? requestAnimationFrame(() => done(performance.now())) : setTimeout(look, 1);
  look();
})"""


def long_speech(corpus: Corpus, characters: int) -> Speeches:
    """One speech of so many characters, from the paragraphs of all."""
    paragraphs = [corpus.text(n.speech.file, span) for n in corpus.speeches for span in n.speech.paragraphs]
    lines = ["很长的讲话", "同志们："]
    for at in range(characters):
        lines += [f"第{at // 8 + 1}、一个部分。"] if at % 8 == 0 else []
        lines.append(paragraphs[at % len(paragraphs)])
        if sum(map(len, lines)) >= characters:
            break
    text = "\n\n".join(lines) + "\n"
    (speech,) = parse(text, "long.txt")
    entry = Entry(1, "long.txt", title="很长的讲话")
    return Speeches(corpus_of([Numbered(1, speech, entry, entry.title)], {"long.txt": text}, "1" * 12), ())


async def serve(speeches: Speeches) -> tuple[web.AppRunner, str]:
    app = web.Application()
    texts = wording.read(config.read(os.environ).config / "wording")
    add_reader(app, lambda: (speeches, texts), clock=lambda: time.monotonic() * 1000)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


async def timed(session: aiohttp.ClientSession, url: str) -> float:
    began = time.perf_counter()
    async with session.get(url) as response:
        await response.read()
    return 1000 * (time.perf_counter() - began)


async def over_loopback(address: str, number: int) -> dict[str, float]:
    async with aiohttp.ClientSession() as session:
        await timed(session, f"{address}/read")
        new = await timed(session, f"{address}/read/{number}")
        kept = [await timed(session, f"{address}/read/{number}") for _ in range(50)]
    return {"written anew": new, "kept": statistics.median(kept)}


async def in_the_browser(browser: object, address: str, number: int, corpus: Corpus, size: dict[str, int]) -> dict[str, float]:
    """The quote is the last sentence but some, so that the way to it is the longest."""
    context = await browser.new_context(locale="zh-CN", viewport=size)  # type: ignore[attr-defined]
    page = await context.new_page()
    end = corpus.speech(number).speech.paragraphs[-2].end
    opened = []
    for _ in range(5):
        await page.goto("about:blank")
        await page.goto(address + reader_path(number, [QuoteId(number, end - 30, end)]), wait_until="commit")
        opened.append(await page.evaluate(SEEN))
    await page.goto(f"{address}/read/{number}")
    scrolled = await page.evaluate(SCROLL)
    await context.close()
    frames = sorted(scrolled["frames"])
    return {
        "lit": statistics.median(opened),
        "longest task": max(scrolled["tasks"], default=0.0),
        "frame p95": frames[int(0.95 * (len(frames) - 1))],
        "longest frame": frames[-1],
    }


async def measured(characters: int) -> bool:
    corpus = open_speeches(config.read(os.environ)).corpus
    good = True
    async with chromium() as browser:
        for name, speeches, number in (("bundled", Speeches(corpus, ()), 4), ("long", long_speech(corpus, characters), 1)):
            runner, address = await serve(speeches)
            loaded = await over_loopback(address, number)
            print(f"{name}: " + ", ".join(f"{key} {value:.1f} ms" for key, value in loaded.items()), flush=True)
            good &= max(loaded["kept"], loaded["written anew"] if name == "bundled" else 0) <= PAGE
            for window, size in SIZES.items():
                found = await in_the_browser(browser, address, number, speeches.corpus, size)
                print(f"{name}, {window}: " + ", ".join(f"{key} {value:.1f} ms" for key, value in found.items()), flush=True)
                good &= found["lit"] <= LIT and found["longest task"] <= TASK
            await runner.cleanup()
    return good


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--characters", type=int, default=100_000)
    return 0 if asyncio.run(measured(arguments.parse_args().characters)) else 1


if __name__ == "__main__":
    sys.exit(main())
