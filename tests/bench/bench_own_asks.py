"""Speeches of one's own, before and after somebody wrote questions for them: the whole path of `add` and `asks import`.

Run: .venv/bin/python -m tests.bench.bench_own_asks REPORTS
REPORTS: a file of one JSON object a line with title and content; three annual government work reports are taken from it.
report_asks.jsonl: 14 053 questions to their passages by six writers, written from what `asks prompts` gives. Asked is what these reports
answer of report_questions.jsonl and report_questions_held_out.jsonl, and report_questions_of_three.jsonl: 60 questions with an answer
and ten without by each of two people, who saw the reports and nothing else. Then the 390 questions to the six speeches.
Prints hit@1 and hit@3, how sure the answers are, and how long a question takes, median and 99 %: the three reports alone, beside the six
speeches, without the asks and with them; with the extra `meaning` takes a quarter of an hour, most of it for vectors.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `bot.__main__` does, and as early

from bot.settings import config
from bot.settings.config import Settings
from bot.settings.library import Library, open_library
from retrieval import latency, read_questions, states
from retrieval.evaluate import Accepted, Question, by_kind, measure
from tests.bench.bench_reports import QUESTIONS, rows

HERE = Path(__file__).parent
ASKS, OF_THREE, OF_THE_SIX = (HERE / f"{name}.jsonl" for name in ("report_asks", "report_questions_of_three", "held_out_questions"))
TITLES = tuple(f"{year}年中华人民共和国国务院政府工作报告" for year in (2013, 2018, 2024))
TOP = 3


def bot(data: Path, *words: str) -> None:
    """A command of the bot, over its data in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words], env={**os.environ, "BOT_DATA_DIR": str(data)}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{words[0]}: {done.stderr}")


def add(reports: Path, data: Path) -> None:
    """The three reports, as documents that somebody brings."""
    contents = {row["title"]: row["content"] for row in rows(reports)}
    for title in TITLES:
        (data / f"{title}.txt").write_text(contents[title], encoding="utf-8")
        bot(data, "add", "--yes", str(data / f"{title}.txt"))


def questions(path: Path, library: Library) -> tuple[Question, ...]:
    """Those that the three reports answer, and those that are said to have no answer; other reports' are left out."""
    numbers = {title: _number(library, title) for title in TITLES}
    found = []
    for row in rows(path):
        accepted = tuple(Accepted(numbers[one["report"]], one["quote"]) for one in row["answers"] if one["report"] in numbers)
        if accepted or not row["answers"]:
            found.append(Question(row["id"], row.get("kind", "everyday"), row["q"], accepted))
    return tuple(found)


def _number(library: Library, title: str) -> int:
    """Told by its year: the last report's title is that printed in it."""
    year = int(title[:4])
    return next(n.number for n in library.corpus.speeches if n.speech.file.startswith("own/") and n.entry.year == year)


def ask(name: str, library: Library, put: tuple[Question, ...]) -> None:
    """Prints the measures of some questions."""
    outcomes = measure(library.engine, put, time.perf_counter, TOP)
    of_answerable = by_kind([one for one in outcomes if one.question.accepted])["all"]
    state, (half, most) = states(outcomes), latency(outcomes)
    measures = f"{of_answerable.count:4} {of_answerable.hit1:6.3f} {of_answerable.hit3:6.3f}   {dict(state.answerable)}"
    sure = f"right when sure {state.right_when_sure:.3f}; without an answer {dict(state.unanswerable)}"
    print(f"  {name:<36}{measures}, {sure}; {half:.0f} / {most:.0f} ms", flush=True)


def ask_all(settings: Settings, bundled: bool) -> None:
    """Every set of questions, of a library whose vectors are made."""
    behaviour = replace(settings.behaviour, bundled=bundled)
    library = open_library(replace(settings, behaviour=behaviour))
    if library.making:
        library.making.done.wait()
    print("beside the six speeches" if bundled else "alone", flush=True)
    for path in (*QUESTIONS, OF_THREE):
        ask(path.stem, library, questions(path, library))
    if bundled:
        ask(OF_THE_SIX.stem, library, tuple(read_questions(OF_THE_SIX)))


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        add(Path(sys.argv[1]), data)
        settings = config.read({"BOT_DATA_DIR": folder, "PATH": os.environ["PATH"]})
        for with_asks in (False, True):
            if with_asks:
                bot(data, "asks", "import", str(ASKS))
            print("with asks" if with_asks else "without asks", flush=True)
            for bundled in (False, True):
                ask_all(settings, bundled)


if __name__ == "__main__":
    main()
