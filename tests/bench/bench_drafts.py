"""Seconds of a processor that a draft sent as a file takes, and the memory that a hostile .docx takes.

    python -m tests.bench.bench_drafts [--characters 50000]

Each draft is as long as the bot accepts; each .docx unpacks to as much as it accepts. Exit status 1 when one takes longer than GOAL.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from bot.documents.document import UnreadableDocument, text_of
from bot.documents.docx import MAIN
from bot.service.sent_files import LARGEST_XML, MOST
from bot.settings import config
from retrieval import ExactText, copied_from, read, verify

NAMES = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
GOAL = 30.0  # s of a processor, half of what a thread has on the clock


def drafts(texts: list[str], length: int) -> dict[str, str]:
    """Drafts of so many characters, by what is hard about them."""
    chance = random.Random(1)
    whole = "".join(texts) * (1 + length // len("".join(texts)))
    signs = sorted(set(whole))
    mixed = "".join(chance.choice(signs) for _ in range(length))
    return {
        "the speeches themselves": whole[:length],
        "the speeches, every twelfth sign another one": "".join(
            s if chance.random() > 0.08 else chance.choice(signs) for s in whole[:length]
        ),
        "their signs at random": mixed,
        "the same in one sentence": "".join(s for s in mixed if s not in "。！？；\n\r"),
        "signs that they do not have": "".join(
            "".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(20)) + "。" for _ in range(length // 21)
        ),
        "one short sentence again and again": "劳动。" * (length // 3),
        "one wrong quotation again and again": "“劳动模范是民族的精神。”" * (length // 12),
        "opening marks": "“‘「『（" * (length // 5),
    }


def bodies(size: int) -> dict[str, str]:
    """Main texts of a .docx that are about as large as is unpacked."""
    return {
        "empty paragraphs": "<w:p/>" * (size // 6 - 100),
        "a name of its own for each element": "".join(f"<w:a{n}/>" for n in range(size // 13)),
        "one attribute": f'<w:p a="{"x" * (size - 1000)}"/>',
        "text": f"<w:p><w:t>{'好' * (size // 3 - 1000)}</w:t></w:p>",
        "tabs": f"<w:p>{'<w:tab/>' * (size // 8 - 200)}</w:p>",
    }


def packed(body: str) -> bytes:
    """A .docx with such a main text. Not the tests' own: what they hold in memory would hide what reading takes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MAIN, f'<w:document xmlns:w="{NAMES}"><w:body>{body}</w:body></w:document>')
    return file.getvalue()


def peak() -> int:
    """Kilobytes that this process had in memory at most; what getrusage says is its parent's too."""
    return next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))


def _reading(raw: bytes) -> tuple[float, int]:
    """Seconds and megabytes more than before, in a process of its own."""
    before, start = peak(), time.process_time()
    try:
        text_of(raw, "draft.docx", LARGEST_XML)
    except UnreadableDocument as unreadable:
        print(f"  ({unreadable.reason})", end="")
    return time.process_time() - start, (peak() - before) // 1024


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=MOST)
    length = parser.parse_args().characters
    corpus = read(config.HERE / "seeds" / "speeches")
    exact, worst = ExactText(corpus), 0.0
    verify(exact, "劳动最光荣，劳模最不伟大。")  # what is built once
    for name, draft in drafts(list(corpus.texts.values()), length).items():
        found = seconds(lambda draft=draft: verify(exact, draft)), seconds(lambda draft=draft: copied_from(exact, draft))  # type: ignore[misc]
        worst = max(worst, sum(found))
        print(f"{name}: statements {found[0]:.2f} s, as one passage {found[1]:.2f} s")
    for name, body in bodies(LARGEST_XML).items():
        raw = packed(body)
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            took, more = pool.apply(_reading, (raw,))
        print(f"{name}: .docx of {len(raw) / 1000:.0f} kB, {took:.2f} s, {more} MB")
    return int(worst > GOAL)


if __name__ == "__main__":
    raise SystemExit(main())
