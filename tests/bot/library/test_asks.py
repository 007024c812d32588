"""Asks of own speeches: prompts for who writes, what is refused, what is proved, and a server on loopback that writes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.own_asks import asks
from bot.library.ask_prompts import EXAMPLE
from bot.library.ask_rules import ASK_RULES, why_no_ask
from bot.library.asks_import import looked_through
from bot.library.asks_writer import TRIES, WriterRefused, estimate, written
from bot.library.shelf import Shelf
from bot.settings.config import Settings
from bot.settings.library import open_library
from bot.settings.writer import Writer, read_writer
from bot.settings.yaml_file import ConfigError
from retrieval import Ask, Span
from tests.bot.library.conftest import put
from tests.kit.made_documents import LINES
from tests.kit.table import each_row

FILE = "own/在职工大会上的讲话.txt"
TEXT = "\n".join(LINES) + "\n"
QUOTE = "每天读半小时，一年能读二十本。"


@each_row(
    "text, reason",
    [
        ("一天读多久", ""),
        ("读书 半小时", ""),
        ("没时间看书怎么办？", ""),
        ("书要读得多吗。", ""),
        ("好", "too short"),
        ("？！", "too short"),
        ("读" * 61, "too long"),
        ("作为AI，我不能写", "of the writer, not of a reader"),
        ('{"asks": "一天读多久"}', "with markup"),
        ("1. 一天读多久", "with markup"),
        ("26.6万亿是哪年", ""),
        ("这段话讲了什么", "about the passage, not about its subject"),
        ("读书很重要。", "a statement"),
        (QUOTE, "copied from the passage"),
        ("为什么说每天读半小时，一年能读二十本", "copied from the passage"),
    ],
)
def test_what_is_no_ask_is_refused_with_a_reason(text: str, reason: str) -> None:
    assert why_no_ask(text, QUOTE) == reason


def test_every_rule_refuses_something_and_none_of_the_good_examples() -> None:
    assert len(ASK_RULES) == 7
    assert [why_no_ask(ask, EXAMPLE["quote"]) for ask in EXAMPLE["good"]] == [""] * len(EXAMPLE["good"])


def row(*asked: str, quote: str = QUOTE, start: object = None, file: str = FILE) -> str:
    return json.dumps({"file": file, "start": TEXT.find(quote) if start is None else start, "quote": quote, "asks": asked})


def seen(*lines: str, known: Sequence[Ask] = ()) -> Any:
    return looked_through(lines, {FILE: TEXT}, known, 201)


def test_asks_are_taken_with_their_proved_range() -> None:
    report = seen(row("一天读多久", "二十本书怎么读完"))
    start = TEXT.index(QUOTE)
    assert report.asks == [Ask(FILE, Span(start, start + len(QUOTE)), QUOTE, ("一天读多久", "二十本书怎么读完"), (), 201)]


def test_a_wrong_place_of_a_quote_that_stands_once_is_put_right() -> None:
    assert seen(row("一天读多久", start=3)).asks == seen(row("一天读多久")).asks


@each_row(
    "line, said",
    [
        ("{", "no JSON"),
        ("[1]", "list; expected an object"),
        (row("x", quote="没有这句"), "stands 0 times"),
        (row("x", quote="。", start=0), "stands 2 times"),
        (row("x", quote=""), "nothing proves"),
        (row("x", file="a.txt"), "no speech that was brought in"),
        (json.dumps({"file": FILE, "quote": QUOTE, "asks": "x"}), "no list of texts"),
        (json.dumps({"file": FILE, "quote": QUOTE, "asks": [1]}), "no list of texts"),
        ("[" * 90_000, "no JSON"),
        (" " * 100_001 + "x", "longer than"),
    ],
)
def test_a_line_that_is_not_proved_is_named(line: str, said: str) -> None:
    report = seen(row("一天读多久"), line)
    assert report.questions == 1
    assert report.problems[0].startswith("line 2: ")
    assert said in report.problems[0]


def test_doubles_are_left_out_and_clashes_told() -> None:
    known = [Ask(FILE, Span(0, 9), LINES[0], ("什么会上讲的",))]
    report = seen(row("一天读多久", "一天读多久？", "什么会上讲的"), row("一天读多久", quote="春天种树，秋天看林。"), known=known)
    assert report.questions == 1
    assert report.refused["asked already"] == 1
    assert [clash[0] for clash in report.clashes] == ["什么会上讲的", "一天读多久"]


def test_lines_of_the_prompts_that_nobody_answered_are_passed_over() -> None:
    report = seen('{"kind": "guide"}', '{"kind": "passage", "file": "x"}', "", row("一天读多久"))
    assert (report.questions, report.problems) == (1, [])


@given(st.lists(st.text(max_size=60) | st.from_regex(r"\{.{0,40}\}"), max_size=5))
def test_any_file_is_looked_through(lines: list[str]) -> None:
    report = seen(*lines)
    assert report.questions == 0


def test_prompts_hold_every_passage_with_its_surroundings(empty: Settings, shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    put(shelf, TEXT)
    assert asks(empty, "prompts", "", None, yes=False) == 0
    first, *rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert first["kind"] == "guide"
    assert [one["quote"] for one in rows] == [QUOTE, "春天种树，秋天看林。"]
    assert rows[0]["headings"] == ["一、读书"]
    assert rows[0]["not_about"] == ["春天种树，秋天看林。"]
    assert "二、种树" in rows[0]["after"]
    text = shelf.kept()[0].text
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in rows)


def test_prompts_of_a_speech_that_was_not_brought_in_name_those_that_were(empty: Settings, shelf: Shelf) -> None:
    put(shelf, TEXT)
    with pytest.raises(ConfigError, match="there is 2"):
        asks(empty, "prompts", "1", None, yes=False)


@pytest.mark.slow
def test_imported_asks_are_measured_put_in_and_found(
    empty: Settings, shelf: Shelf, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(shelf, TEXT)
    file = tmp_path / "asks.jsonl"
    file.write_text(
        row("没时间看书怎么办", "忙得抽不出空怎么学习", "书怎么看得完") + "\n" + row("绿化咋搞", quote="春天种树，秋天看林。") + "\nx\n",
        "utf-8",
    )
    assert asks(empty, "import", str(file), None, yes=False) == 1
    said = capsys.readouterr()
    assert "4 questions for 2 passages" in said.out
    assert "held-out questions, by words with the others" in said.out
    assert "line 3: no JSON" in said.err
    assert open_library(empty).engine.ask("忙得抽不出空怎么学习").quotes[0].text == QUOTE
    assert asks(empty, "import", str(file), None, yes=False) == 1
    assert "0 questions for 0 passages" in capsys.readouterr().out


# --- a server that writes


@dataclass
class Server:
    """What it was asked, and what it answers in turn."""

    url: str = ""
    asked: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)


def completion(content: object) -> bytes:
    return json.dumps({"choices": [{"message": {"content": content}}]}).encode()


GOOD = completion('好的：\n```json\n["一天读多久", "读书很重要。", "一天读多久", "这段讲了什么", 3]\n```')


@contextmanager
def serving(*answers: tuple[int, dict[str, str], bytes]) -> Iterator[Server]:
    server = Server(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append((dict(self.headers), {"path": self.path, **body}))
            status, headers, content = server.answers.pop(0) if server.answers else (200, {}, GOOD)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words: object) -> None:
            """Nothing on standard error."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


PASSAGE: dict[str, Any] = {
    "kind": "passage", "file": FILE, "start": 24, "end": 39, "quote": QUOTE, "speech": {"title": "讲话"},
    "headings": [], "before": "前", "after": "后", "not_about": [],
}  # fmt: skip


def test_only_questions_of_what_a_server_wrote_are_kept() -> None:
    with serving() as server:
        rows = list(written([PASSAGE], Writer(server.url, "m", "s3cret")))
    assert rows == [{"file": FILE, "start": 24, "end": 39, "quote": QUOTE, "asks": ["一天读多久"]}]
    ((headers, body),) = server.asked
    assert headers["Authorization"] == "Bearer s3cret"
    assert (body["path"], body["model"]) == ("/v1/chat/completions", "m")
    assert QUOTE in body["messages"][1]["content"]


@each_row("content", ["", None, "[", "没有", '{"a": 1}', "[" * 100_000, "[[]]", 7])
def test_an_answer_without_questions_gives_none(content: object) -> None:
    with serving((200, {}, completion(content))) as server:
        (row_,) = written([PASSAGE], Writer(server.url, "m"))
    assert row_["asks"] == []


def test_a_busy_server_is_asked_again_after_the_pause_that_it_wants() -> None:
    pauses: list[float] = []
    busy = [(429, {"Retry-After": "7"}, b""), (503, {}, b""), (200, {}, b"no json"), (200, {}, GOOD)]
    with serving(*busy) as server:
        (row_,) = written([PASSAGE], Writer(server.url, "m"), pauses.append)
    assert row_["asks"] == ["一天读多久"]
    assert pauses == [7.0, 2.0, 4.0]


def test_a_server_that_never_writes_ends_it_without_showing_the_key() -> None:
    with serving(*[(500, {}, b"key s3cret is bad")] * TRIES) as server, pytest.raises(WriterRefused) as caught:
        list(written([PASSAGE], Writer(server.url, "m", "s3cret"), lambda _: None))
    assert "status 500: key … is bad" in str(caught.value)
    assert len(server.asked) == TRIES


@each_row("status", [301, 302, 307, 400, 401, 403, 404])
def test_refusals_are_final_and_nothing_is_followed_elsewhere(status: int) -> None:
    with serving((status, {"Location": "http://127.0.0.1:9/"}, b"no")) as server, pytest.raises(WriterRefused, match=f"status {status}"):
        list(written([PASSAGE], Writer(server.url, "m", "k"), lambda _: None))
    assert len(server.asked) == 1


def test_nobody_there_is_told() -> None:
    with pytest.raises(WriterRefused, match="ConnectionRefusedError"):
        list(written([PASSAGE], Writer("http://127.0.0.1:9/v1", "m"), lambda _: None))


def test_what_leaves_the_machine_is_told_before() -> None:
    told = estimate([PASSAGE, PASSAGE])
    assert told.requests == 2
    assert told.characters > 2 * len(QUOTE)
    assert told.tokens_in > 0 < told.tokens_out


@pytest.mark.slow
def test_writing_goes_on_where_it_stopped(
    empty: Settings, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(shelf, TEXT)
    out = tmp_path / "out.jsonl"
    with serving((200, {}, GOOD), (401, {}, b"no more money")) as server:
        for name, value in (("URL", server.url), ("MODEL", "m"), ("KEY", "k")):
            monkeypatch.setenv(f"BOT_WRITER_{name}", value)
        assert asks(empty, "write", "", out, yes=False) == 2
        assert server.asked == []
        assert "nothing was sent" in capsys.readouterr().err
        assert asks(empty, "write", "", out, yes=True) == 1
        assert "no more money" in capsys.readouterr().err
        with out.open("a", encoding="utf-8") as file:
            file.write('{"file": "half a li')
        assert asks(empty, "write", "", out, yes=True) == 0
        assert len(server.asked) == 3
    said = capsys.readouterr().out
    assert "1 passages are written" in said
    assert "1 to be written by m" in said
    assert f"leave this machine, to 127.0.0.1:{server.url.rpartition(':')[2].removesuffix('/v1')}" in said
    assert asks(empty, "import", str(out), None, yes=False) == 1  # for the line that was broken off
    assert "1 questions for 1 passages" in capsys.readouterr().out
    assert open_library(empty).engine.ask("一天读多久").quotes[0].text == QUOTE


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({}, "BOT_WRITER_URL is ''"),
        ({"BOT_WRITER_URL": "ftp://x", "BOT_WRITER_MODEL": "m"}, "BOT_WRITER_URL is 'ftp://x'"),
        ({"BOT_WRITER_URL": "https://x/v1"}, "BOT_WRITER_MODEL is missing"),
        ({"BOT_WRITER_URL": "https://x/v1", "BOT_WRITER_MODEL": "m", "BOT_WRITER_KEY": "a b"}, "BOT_WRITER_KEY has blanks"),
    ],
)
def test_what_is_wrong_in_the_environment_is_told(environ: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError, match="BOT_WRITER") as caught:
        read_writer(environ)
    assert said in str(caught.value)
    assert "a b" not in str(caught.value)


def test_the_key_is_never_shown() -> None:
    writer = read_writer({"BOT_WRITER_URL": "https://x:8/v1", "BOT_WRITER_MODEL": "m", "BOT_WRITER_KEY": "s3cret"})
    assert "s3cret" not in repr(writer)
    assert writer.host == "x:8"
