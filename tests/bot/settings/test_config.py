"""Settings: every problem at once, with its place, value and expectation."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.settings import config
from bot.settings.materials import gather, read_entries, wrong_checksums
from bot.settings.yaml_file import ConfigError
from tests.kit.table import each_row


def with_yaml(tmp_path: Path, content: str) -> dict[str, str]:
    shutil.copytree(config.HERE / "config", tmp_path / "config")
    (tmp_path / "config" / "bot.yaml").write_text(content, encoding="utf-8")
    return {"BOT_CONFIG": str(tmp_path / "config")}


def test_the_bundled_configuration_is_read_with_nothing_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = config.read({})
    assert (settings.token, settings.admins, settings.web_port) == ("", (), None)
    assert settings.database_url == f"sqlite:///{Path.home()}/.local/share/speech-quotes-bot/bot.db"
    assert (settings.behaviour.minute, settings.behaviour.zone) == (480, "Asia/Shanghai")


WRONG_TOKENS = (
    "secret",
    "123456",
    ":secret",
    "123456:",
    "123456:sec ret",
    "bot123456:secret",
    "123456:sécret",
    "123456:secret/",
    "1:2:3456",
)


@each_row("token", WRONG_TOKENS)
def test_a_token_of_the_wrong_form_is_refused_and_not_repeated(token: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.read({"TELEGRAM_BOT_TOKEN": token})
    [problem] = caught.value.problems
    assert problem.startswith("TELEGRAM_BOT_TOKEN has not the form of a token")
    assert token not in problem


def test_a_token_with_blanks_around_it_is_the_token() -> None:
    token = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
    assert config.read({"TELEGRAM_BOT_TOKEN": f" {token}\n"}).token == token


@each_row(
    "environ, problem",
    [
        ({"TELEGRAM_API_BASE": "https://api.telegram.org"}, "TELEGRAM_API_BASE is 'https://api.telegram.org'; expected"),
        ({"BOT_ADMINS": "1, zhang"}, "BOT_ADMINS holds 'zhang'; expected numeric"),
        ({"BOT_WEB_PORT": "99999"}, "BOT_WEB_PORT is '99999'; expected a port"),
        ({"BOT_WEBHOOK_URL": "https://x.org/h"}, "BOT_WEBHOOK_SECRET is missing"),
        ({"BOT_WEBHOOK_SECRET": "ä"}, "BOT_WEBHOOK_SECRET has other signs"),
        ({"BOT_PUBLIC_URL": "https://a.org"}, "BOT_WEB_PORT is missing; BOT_PUBLIC_URL needs"),
        ({"BOT_INDEX_URI": "http://bot:secret word@host"}, "BOT_INDEX_URI is no address of a Milvus server; expected"),
        ({"BOT_CONFIG": "/nowhere"}, "bot.yaml: missing; expected in /nowhere"),
    ],
)
def test_problems_of_the_environment(environ: dict[str, str], problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.read(environ)
    assert any(line.startswith(problem) for line in caught.value.problems), caught.value.problems


@pytest.mark.slow
@pytest.mark.parametrize("uri", ["http://10.0.0.5:19530", " https://user:word@milvus.example.org:443/speeches "])
def test_the_address_of_the_index(uri: str) -> None:
    pytest.importorskip("pymilvus")
    alone = config.read({"BOT_INDEX_URI": uri})
    assert (alone.index_uri, alone.is_shared) == (uri.strip(), False)
    assert config.read({"BOT_INDEX_URI": uri, "BOT_DATABASE_URL": "postgresql://bot@host/bot"}).is_shared


def test_a_password_in_a_wrong_address_of_the_index_is_not_repeated() -> None:
    with pytest.raises(ConfigError) as caught:
        config.read({"BOT_INDEX_URI": "milvus://bot:secret@host"})
    assert "secret" not in "".join(caught.value.problems)


WRONG_ADDRESSES = [
    "http://read.example.org", "read.example.org", "https://", "https://a.org/bot", "https://a.org/?x=1", "https://a.org#x",
    "https://a b.org",
    "https://user@a.org", "https://a.org:x", "https://-a.org", "https://.a.org", "ftp://a.org", "https://a.org//", "https://a.org/..",
    "https://[::1]", "https://讲话.org", "https://a.org:٨٠",
]  # fmt: skip


@each_row("address", WRONG_ADDRESSES)
def test_an_address_of_the_reader_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.read({"BOT_PUBLIC_URL": address, "BOT_WEB_PORT": "8080"})
    [problem] = caught.value.problems
    assert problem.startswith(f"BOT_PUBLIC_URL is {address!r}; expected https:// and a host without a path")


@pytest.mark.parametrize("address", ["https://read.example.org", " https://Read.example.org/ ", "HTTPS://read.example.org"])
def test_the_address_of_the_reader_has_no_slash_at_its_end(address: str) -> None:
    assert config.read({"BOT_PUBLIC_URL": address, "BOT_WEB_PORT": "8080"}).public_url == "https://read.example.org"
    assert config.read({}).public_url == ""


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("answer: {quotes: 0}", "bot.yaml: answer: quotes is 0; expected a whole number from 1 to 5"),
        ("answer: {quotes: '3'}", "bot.yaml: answer: quotes is '3'; expected a whole number from 1 to 5"),
        ("answer: {quote: 3}", "bot.yaml: answer: quote is no known key; expected one of meaning, page, quotes"),
        ("answers: {}", "bot.yaml: answers is no known key"),
        ("daily: {time: 8:00}", "bot.yaml: daily: time is 480; expected text, in quotes"),
        ("daily: {zone: Mars/Base}", "bot.yaml: daily: zones is 'Mars/Base'; expected an IANA time zone"),
        ("edge: {log: loud}", "bot.yaml: edge: log is 'loud'; expected debug"),
        ("edge: [1]", "bot.yaml: edge is [1]; expected keys with values"),
        ("edge: {workers: true}", "bot.yaml: edge: workers is True; expected a whole number"),
        ("a: *b", "bot.yaml: line 1, column 4 is not YAML"),
    ],
)
def test_problems_of_the_file(tmp_path: Path, content: str, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.read(with_yaml(tmp_path, content))
    assert any(line.startswith(problem) for line in caught.value.problems), caught.value.problems


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    environ = with_yaml(tmp_path, "answer: {quotes: 0, x: 1}\nedge: {workers: maybe}") | {"BOT_ADMINS": "x"}
    with pytest.raises(ConfigError) as caught:
        config.read(environ)
    assert len(caught.value.problems) == 4


def test_speeches_yaml_is_checked_entry_by_entry(tmp_path: Path) -> None:
    path = tmp_path / "speeches.yaml"
    path.write_text("- {number: 0, file: a.txt}\n- {file: 3, colour: red}\n- 4\n", encoding="utf-8")
    problems: list[str] = []
    read_entries(path, problems)
    assert any("entry 1: number is 0" in line for line in problems)
    assert any("entry 2: file is 3" in line for line in problems)
    assert any("entry 2: colour is no known key" in line for line in problems)
    assert any("entry 3 is 4" in line for line in problems)


def test_a_manifest_names_what_is_missing_or_changed(tmp_path: Path) -> None:
    (tmp_path / "here.txt").write_text("x", encoding="utf-8")
    manifest = tmp_path / "SHA256SUMS"
    manifest.write_text("0000  here.txt\n0000  gone.txt\nnonsense\n", encoding="utf-8")
    problems = wrong_checksums(manifest)
    assert [line.split(":")[0] for line in problems] == ["here.txt", "SHA256SUMS", "SHA256SUMS"]
    assert "restore it" in problems[0]
    assert "gone.txt, which is missing" in problems[1]


@pytest.mark.slow
def test_a_folder_of_other_speeches_needs_no_entries(settings: config.Settings, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("同志们：\n\n一、要安全。安全第一。\n", encoding="utf-8")
    materials, problems = gather(settings, tmp_path)
    assert not problems
    assert materials is not None
    assert [n.title for n in materials.corpus.speeches] == ["one"]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [("a.txt", b"\xff\xfe\x00", "a.txt: line 1 is not UTF-8"), ("a.txt", b" \n", "a.txt: has no printed character"),
     ("a.md", b"x", "no .txt file")],
)  # fmt: skip
def test_unreadable_speeches_are_named(settings: config.Settings, tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    (tmp_path / name).write_bytes(content)
    materials, problems = gather(settings, tmp_path)
    assert materials is None
    assert any(problem in line for line in problems), problems
