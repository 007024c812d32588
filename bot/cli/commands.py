"""The command line: arguments → what to do. Everything heavy is imported by what is chosen."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from bot.settings import config
from bot.settings.yaml_file import ConfigError

FAULTY, INTERRUPTED = 1, 130


class Argument:
    """What `ArgumentParser.add_argument` takes; its `dest` is a parameter of the command's function."""

    def __init__(self, name: str, help: str | None = None, **options: Any) -> None:
        self.name = name
        self.options = {"help": help, **options}


class Subcommand(NamedTuple):
    """work: module of bot.cli and function, which takes the settings and each argument by name, and returns the exit status."""

    name: str
    work: str
    help: str
    arguments: tuple[Argument, ...] = ()


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port up to 65535")
    return int(text)


def _many(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 to 100")
    return int(text)


PORT = Argument("--port", "8765, or a free one when it is taken; 0: a free one", type=_port)
READER_PORT = Argument("--port", "8766, or a free one when it is taken; 0: a free one", type=_port)
JSON = Argument("--json", dest="as_json", action="store_true")
QUESTIONS = Argument("asked", "one line each on standard input when there is none", nargs="*", metavar="question")
JSON_LINES = Argument("--json", "one JSON line for each question", dest="as_json", action="store_true")
TOP = Argument("--top", "quotes of an answer (3)", type=_count, default=3, metavar="N")
SPEECHES = Argument("--speeches", "other speeches than those of seeds/", type=Path, metavar="DIR")
EXPLAIN = Argument("--explain", "what was recognised, and why a passage won", dest="explained", action="store_true")
REFERENCE = Argument("reference", "3, 3.2, 第三篇第二部分", nargs="+", metavar="REF")
WANTED = Argument("wanted", "a speech or a word", nargs="?", default="")
COUNT = Argument("-n", "how many (1)", dest="count", type=_count, default=1, metavar="N")
CALIBRATE = Argument("--calibrate", "and make judge.json, classifier.bin and kinds.bin in seeds/ anew", action="store_true")
FILES = Argument("files", "JSON lines of id, kind, q, answers", nargs="+", type=Path, metavar="file")
UNSEEN = Argument("--unseen", "and N bundled questions of each writer, unseen", type=_many, default=0, metavar="N")
ABLATE = Argument("--ablate", "each ingredient taken away in turn", dest="ablation", action="store_true")
COMPARE = Argument("--compare", "other engines on the same questions", action="store_true")
CHART = Argument("--chart", "draw the comparison", type=Path, metavar="PNG")
MISSES = Argument("--misses", "misses to show (20)", dest="shown", type=int, default=20, metavar="N")
NUMBER = Argument("number", "of the list", nargs="?", type=int, default=0)
PASSAGE = Argument("passage", "its id; without it the first one shown", nargs="?", default="")
ACTION = Argument("action", "list when there is none", nargs="?", default="list", choices=("list", "show", "retry", "drop"))
KEYS = Argument("keys", "of those that are listed, e.g. u123456", nargs="*", metavar="key")
EVERY = Argument("--all", "all that were set aside", dest="every", action="store_true")
NEW_FILE = Argument("file", "a new one", type=Path, metavar="FILE")
COPY = Argument("file", "that backup made", type=Path, metavar="FILE")

DOCUMENTS = Argument("paths", ".txt .md .docx .pdf .html .odt .rtf .epub, a .zip or a folder of them", nargs="+", type=Path, metavar="FILE")
TEXTS = Argument("paths", "folders of .txt files, and files, for a large collection", nargs="*", type=Path, metavar="FOLDER|FILE")
YES = Argument("--yes", "keep what was read without asking", action="store_true")
COLLECTION = Argument("--into", "a collection (own)", dest="collection", default="own", metavar="NAME")
OWN_SPEECH = Argument("number", "of a speech that was brought in", type=_many, metavar="NUMBER")
NEW_VERSION = Argument("file", "its new version", type=Path, metavar="FILE")
OWN_OR_ALL = Argument("number", "of a speech that was brought in; without it all", nargs="?", type=_many, default=0, metavar="NUMBER")
SITE = Argument("--site", "the pages of all speeches, for any web server", dest="site", type=Path, metavar="FOLDER")
FOLDER = Argument("--to", "a folder (the current one)", dest="folder", type=Path, default=Path(), metavar="DIR")

ASKS_ACTION = Argument("action", choices=("prompts", "import", "write"))
ASKS_WHAT = Argument("what", "import: a file; else the number of a speech, without it all that were brought in", nargs="?", default="")
ASKS_OUT = Argument("--out", "prompts, write: a file instead of standard output, or of the usual one", type=Path, metavar="FILE")
SEND = Argument("--yes", "write: send texts to BOT_WRITER_URL without asking", action="store_true")

WORD = Argument("word", nargs="+", metavar="WORD")
DRAFT = Argument("file", ".txt or .docx; - for standard input", metavar="FILE")
MARKED = Argument("--out", "a marked-up copy of the draft, .txt or .html", type=Path, metavar="FILE")

COMMANDS = (
    Subcommand("run", "run:run", "on Telegram, with TELEGRAM_BOT_TOKEN"),
    Subcommand("demo", "run:demo", "on a page of this machine", (PORT,)),
    Subcommand("read", "reading_site:read", "the speeches as pages, on this machine", (READER_PORT, SPEECHES)),
    Subcommand("ask", "ask:ask", "answer questions; without any, those of standard input", (QUESTIONS, JSON_LINES, TOP, SPEECHES, EXPLAIN)),
    Subcommand("speech", "show:speech", "a speech or a part of it, e.g. 3.2", (REFERENCE, JSON)),
    Subcommand("random", "show:random", "a quote worth showing", (WANTED, COUNT, JSON)),
    Subcommand("count", "count:count", "how often a word or sentence stands in the speeches, and where", (WORD, JSON, SPEECHES)),
    Subcommand("verify", "verify:check_draft", "check the quotations of a draft word for word", (DRAFT, JSON_LINES, MARKED, SPEECHES)),
    Subcommand("outline", "show:outline", "every node of every speech", (JSON,)),
    Subcommand("add", "add:add", "bring speeches in", (DOCUMENTS, COLLECTION, YES)),
    Subcommand("list", "add:list_kept", "speeches that were brought in"),
    Subcommand("replace", "add:replace", "give one a new version of its text", (OWN_SPEECH, NEW_VERSION)),
    Subcommand("remove", "add:remove", "take one out", (OWN_SPEECH,)),
    Subcommand("export", "add:export", "text and original of one, or of all; or all speeches as pages", (OWN_OR_ALL, FOLDER, SITE)),
    Subcommand(
        "asks",
        "own_asks:asks",
        "questions people ask of own speeches: written, brought in",
        (ASKS_ACTION, ASKS_WHAT, ASKS_OUT, SEND),
    ),
    Subcommand("index", "index:index", "build the index now; with files or folders that of BOT_INDEX_URI", (TEXTS,)),
    Subcommand("check", "check:check", "read seeds/ and config/, list every problem", (CALIBRATE,)),
    Subcommand("doctor", "check:doctor", "network, token, database, speeches, fonts"),
    Subcommand("eval", "measure:evaluate", "measure question sets", (FILES, ABLATE, UNSEEN, COMPARE, CHART, MISSES, JSON)),
    Subcommand("queue", "aside:queue", "what waits, and updates that were set aside", (ACTION, KEYS, EVERY)),
    Subcommand("backup", "copies:backup", "copy the whole state into a file, also while the bot runs", (NEW_FILE,)),
    Subcommand("restore", "copies:put_back", "put a copy in the place of the state, while no bot runs", (COPY,)),
    Subcommand("review", "review:review", "questions from use; turn one into an ask of a passage", (NUMBER, PASSAGE)),
)
WITHOUT_COMMAND = "run:run_or_demo"


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments; `work` of what it finds names the function."""
    top = argparse.ArgumentParser(
        prog="python -m bot",
        description="Answers questions about speeches with their own words. Without a command: on Telegram "
        "if TELEGRAM_BOT_TOKEN is set, else on a page of this machine.",
    )
    top.set_defaults(work=WITHOUT_COMMAND)
    parsers = top.add_subparsers(title="commands", metavar="COMMAND")
    for command in COMMANDS:
        added = parsers.add_parser(command.name, help=command.help)
        added.set_defaults(work=command.work)
        for argument in command.arguments:
            added.add_argument(argument.name, **argument.options)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the exit status: 0 done, 1 data or configuration at fault, 2 wrong use."""
    chosen = vars(parser().parse_args(arguments))
    try:
        return _done(chosen.pop("work"), chosen)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more to flush at exit
        return 0


def _done(work: str, values: dict[str, Any]) -> int:
    from retrieval import CorpusError, IndexUnavailable

    module, _, name = work.partition(":")
    try:
        settings = config.read(os.environ)
        status: int = getattr(import_module(f"bot.cli.{module}"), name)(settings, **values)
        return status
    except (ConfigError, CorpusError) as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return FAULTY
    except IndexUnavailable as error:
        print(error, file=sys.stderr)
        return FAULTY
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"{error.filename or 'system'}: {error.strerror}", file=sys.stderr)
        return FAULTY
