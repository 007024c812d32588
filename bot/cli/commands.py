"""The command line: arguments → what to do. Everything heavy is imported by what is chosen."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from bot.settings import config
from bot.settings.config import Settings
from bot.settings.yaml_file import ConfigError

FAULTY, WRONG_USE, INTERRUPTED = 1, 2, 130

Work = Callable[[Settings, argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the exit status: 0 done, 1 data or configuration at fault, 2 wrong use."""
    chosen = parser().parse_args(arguments)
    try:
        return _done(chosen)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more to flush at exit
        return 0


def _done(chosen: argparse.Namespace) -> int:
    from retrieval import CorpusError

    work: Work = chosen.work
    try:
        return work(config.read(os.environ), chosen)
    except (ConfigError, CorpusError) as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return FAULTY
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"{error.filename or 'system'}: {error.strerror}", file=sys.stderr)
        return FAULTY


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    top = argparse.ArgumentParser(
        prog="python -m bot",
        description="Answers questions about speeches with their own words. Without a command: on Telegram "
        "if TELEGRAM_BOT_TOKEN is set, else on a page of this machine.",
    )
    top.set_defaults(work=_run_or_demo, port=None)
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    _add_running(commands)
    _add_reading(commands)
    _add_keeping(commands)
    return top


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # argparse has no public name for it


def _add_running(commands: Commands) -> None:
    run = commands.add_parser("run", help="on Telegram, with TELEGRAM_BOT_TOKEN")
    run.set_defaults(work=_run)
    demo = commands.add_parser("demo", help="on a page of this machine")
    demo.add_argument("--port", type=_port, default=None, help="8765, or a free one when it is taken; 0: a free one")
    demo.set_defaults(work=_demo)


def _add_reading(commands: Commands) -> None:
    ask = commands.add_parser("ask", help="answer questions; without any, those of standard input")
    ask.add_argument("question", nargs="*", help="one line each on standard input when there is none")
    ask.add_argument("--json", action="store_true", help="one JSON line for each question")
    ask.add_argument("--top", type=_count, default=3, metavar="N", help="quotes of an answer (3)")
    ask.add_argument("--speeches", type=Path, metavar="DIR", help="other speeches than those of seeds/")
    ask.add_argument("--explain", action="store_true", help="what was recognised, and why a passage won")
    ask.set_defaults(work=_ask)
    speech = commands.add_parser("speech", help="a speech or a part of it, e.g. 3.2")
    speech.add_argument("reference", nargs="+", metavar="REF", help="3, 3.2, 第三篇第二部分")
    speech.add_argument("--json", action="store_true")
    speech.set_defaults(work=_speech)
    random = commands.add_parser("random", help="a quote worth showing")
    random.add_argument("wanted", nargs="?", default="", help="a speech or a word")
    random.add_argument("-n", type=_count, default=1, metavar="N", help="how many (1)")
    random.add_argument("--json", action="store_true")
    random.set_defaults(work=_random)
    outline = commands.add_parser("outline", help="every node of every speech")
    outline.add_argument("--json", action="store_true")
    outline.set_defaults(work=_outline)


def _add_keeping(commands: Commands) -> None:
    check = commands.add_parser("check", help="read seeds/ and config/, list every problem")
    check.add_argument("--calibrate", action="store_true", help="and measure seeds/judge.json anew")
    check.set_defaults(work=_check)
    doctor = commands.add_parser("doctor", help="network, token, database, speeches, fonts")
    doctor.set_defaults(work=_doctor)
    measure = commands.add_parser("eval", help="measure question sets")
    measure.add_argument("file", nargs="+", type=Path, help="JSON lines of id, kind, q, answers")
    measure.add_argument("--ablate", action="store_true", help="each ingredient taken away in turn")
    measure.add_argument("--compare", action="store_true", help="other engines on the same questions")
    measure.add_argument("--chart", type=Path, metavar="PNG", help="draw the comparison")
    measure.add_argument("--misses", type=int, default=20, metavar="N", help="misses to show (20)")
    measure.add_argument("--json", action="store_true")
    measure.set_defaults(work=_eval)
    queue = commands.add_parser("queue", help="what waits, and updates that were set aside")
    queue.add_argument("action", nargs="?", default="list", choices=("list", "show", "retry", "drop"), help="list when there is none")
    queue.add_argument("key", nargs="*", help="of those that are listed, e.g. u123456")
    queue.add_argument("--all", action="store_true", help="all that were set aside")
    queue.set_defaults(work=_queue)
    backup = commands.add_parser("backup", help="copy the whole state into a file, also while the bot runs")
    backup.add_argument("file", type=Path, metavar="FILE", help="a new one")
    backup.set_defaults(work=_backup)
    restore = commands.add_parser("restore", help="put a copy in the place of the state, while no bot runs")
    restore.add_argument("file", type=Path, metavar="FILE", help="that backup made")
    restore.set_defaults(work=_restore)
    review = commands.add_parser("review", help="questions from use; turn one into an ask of a passage")
    review.add_argument("number", nargs="?", type=int, default=0, help="of the list")
    review.add_argument("passage", nargs="?", default="", help="its id; without it the first one shown")
    review.set_defaults(work=_review)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port up to 65535")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 to 100")
    return int(text)


def _run_or_demo(settings: Settings, chosen: argparse.Namespace) -> int:
    return _run(settings, chosen) if settings.token else _demo(settings, chosen)


def _run(settings: Settings, _chosen: argparse.Namespace) -> int:
    from bot.cli.run import run

    return run(settings)


def _demo(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cli.run import demo

    return demo(settings, chosen.port)


def _ask(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cli.ask import ask

    return ask(settings, chosen.question, top=chosen.top, as_json=chosen.json,
               explained=chosen.explain, speeches=chosen.speeches)  # fmt: skip


def _speech(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cli.show import speech

    return speech(settings, " ".join(chosen.reference), as_json=chosen.json)


def _random(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cli.show import random

    return random(settings, chosen.wanted, count=chosen.n, as_json=chosen.json)


def _outline(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cli.show import outline

    return outline(settings, as_json=chosen.json)


def _check(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cli.check import check

    return check(settings, calibrate=chosen.calibrate)


def _doctor(settings: Settings, _chosen: argparse.Namespace) -> int:
    from bot.cli.check import doctor

    return doctor(settings)


def _eval(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cli.measure import evaluate

    return evaluate(settings, chosen.file, compare=chosen.compare, ablation=chosen.ablate, as_json=chosen.json,
                    chart=chosen.chart, shown=chosen.misses)  # fmt: skip


def _review(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cli.database import or_said
    from bot.cli.review import review

    return or_said(lambda: review(settings, chosen.number, chosen.passage))


def _queue(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cli.aside import queue
    from bot.cli.database import or_said

    return or_said(lambda: queue(settings, chosen.action, chosen.key, every=chosen.all))


def _backup(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cli.copies import backup
    from bot.cli.database import or_said

    return or_said(lambda: backup(settings, chosen.file))


def _restore(settings: Settings, chosen: argparse.Namespace) -> int:
    from bot.cli.copies import put_back
    from bot.cli.database import or_said

    return or_said(lambda: put_back(settings, chosen.file))
