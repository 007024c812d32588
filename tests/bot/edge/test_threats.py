"""What an attacker would try that no other test shows: see the table in docs/threats.md."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
import yaml

import bot
import retrieval
from bot.demo import FIRST_USER, LocalApi
from bot.edge.lifecycle import STOP_SECONDS
from bot.settings import config
from bot.settings.config import HERE
from bot.settings.yaml_file import ConfigError
from tests.bot.edge.conftest import UNLIMITED, running
from tests.kit.crowd import rows
from tests.kit.echo import Echo, EdgeSettings
from tests.kit.patterns import patterns

SQL = ("'; DROP TABLE inbox; --", '" OR 1=1; DELETE FROM outbox; --', "%' UNION SELECT payload FROM inbox --", ":key ? %s")


async def test_sql_in_a_question_is_text(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo, UNLIMITED):
        for text in SQL:
            assert (await api.people.ask(FIRST_USER, text)).text.content == text
    assert rows(settings, "SELECT count(*) FROM inbox WHERE done IS NOT NULL") == [(len(SQL),)]


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.mkdir [{made}]", "!!python/name:os.system ''"])
def test_a_yaml_file_runs_nothing(tmp_path: Path, tag: str) -> None:
    shutil.copytree(HERE / "config", tmp_path / "config")
    made = tmp_path / "made"
    (tmp_path / "config" / "bot.yaml").write_text("themes: " + tag.format(made=made))
    with pytest.raises(ConfigError) as caught:
        config.read({"BOT_CONFIG": str(tmp_path / "config")})
    assert "bot.yaml" in str(caught.value.problems)
    assert not made.exists()


def test_the_image_gets_only_what_is_named_and_only_packages_with_known_hashes() -> None:
    ignored = (HERE / ".dockerignore").read_text().split()
    assert ignored[0] == "*"
    named = {line[1:] for line in ignored if line.startswith("!")}
    assert named == {"bot", "retrieval", "seeds", "config", "requirements.lock"}
    recipe = (HERE / "Dockerfile").read_text()
    assert "--require-hashes -r requirements.lock" in recipe
    assert re.search(r"^USER 10001$", recipe, re.MULTILINE)
    assert not re.search(r"TOKEN|SECRET|ADD |https?://(?!127\.0\.0\.1)", recipe)


@pytest.mark.slow
def test_a_container_without_a_token_ends_and_says_so() -> None:
    """The command of the image with its environment; the local page would be on a loopback that nobody reaches."""
    recipe = (HERE / "Dockerfile").read_text()
    command = json.loads(recipe.rpartition("CMD ")[2])
    assert command[0] == "python"
    found = re.search(r"^ENV .*BOT_WEB_PORT=(\d+)$", recipe, re.MULTILINE)
    assert found
    environment = {"PATH": os.environ["PATH"], "BOT_WEB_PORT": found[1], "BOT_DATA_DIR": "/nowhere"}
    ended = subprocess.run(
        [sys.executable, *command[1:]], capture_output=True, text=True, cwd=HERE, env=environment, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert "TELEGRAM_BOT_TOKEN is not set" in ended.stderr


def test_the_compose_file_runs_two_bots_on_one_database_and_holds_no_secret() -> None:
    text = (HERE / "compose.yaml").read_text()
    compose = yaml.safe_load(text)
    services = compose["services"]
    database = services.pop("database")
    assert len(services) == 2
    for bot_service in services.values():
        environment = bot_service["environment"]
        names = set(re.findall(r"environ\.get\(\"(\w+)\"|_port\(\"(\w+)\"", (HERE / "bot/settings/config.py").read_text()))
        assert environment.keys() <= {name for pair in names for name in pair}
        assert environment["BOT_DATABASE_URL"].startswith("postgresql://bot:${POSTGRES_PASSWORD:?")
        assert bot_service["depends_on"] == {"database": {"condition": "service_healthy"}}
        assert int(bot_service["stop_grace_period"].removesuffix("s")) > STOP_SECONDS
    assert services["first"] == services["second"]
    assert database["healthcheck"]
    assert "ports" not in database
    assert [volume.partition(":")[0] for volume in database["volumes"]] == list(compose["volumes"])
    assert not re.search(r"\d{6,}:[A-Za-z0-9_-]{20,}", text)
    assert all(value.startswith("${") for value in re.findall(r"(?:PASSWORD|TOKEN): (.*)", text))


def test_every_dependency_is_pinned_with_its_hashes() -> None:
    entries = re.split(r"\n(?=\S)", (HERE / "requirements.lock").read_text().strip())
    pin = re.compile(r"([\w-]+)==[\w.]+ .*--hash=sha256:[0-9a-f]{64}", re.DOTALL)
    pinned = {found[1].lower() for entry in entries if (found := pin.match(entry))}
    assert not [entry for entry in entries if not entry.startswith("#") and not pin.match(entry)]
    project = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]
    assert {re.split(r"[^\w-]", dependency)[0].lower() for dependency in project["dependencies"]} <= pinned


def test_no_file_that_is_shipped_holds_a_token() -> None:
    files = [path for top in ("bot", "retrieval", "config", "seeds") for path in (HERE / top).rglob("*") if path.is_file()]
    token = re.compile(rb"\b\d{6,12}:[A-Za-z0-9_-]{30,}")
    assert [path for path in files if path.suffix != ".pyc" and token.search(path.read_bytes())] == []


PIECES = ("a", "1", " ", "\t", "\n", "一", "第", "第一", "、", "，", "。", "（", "(", "“", "-", "_", "/", "@", "a ", "1.", "一、", "a@")
LONG, SECONDS = 4_000, 2.0  # signs of a message, of CPU; one that backtracks would take years
SHORT, NOTICED = 1_000, 0.06  # the slowest takes 0.03 s, and 0.4 for the long text; at the third power of the length that would be 4 s


def processor(pattern: re.Pattern[str], text: str) -> float:
    """Seconds that looking for it takes."""
    start = time.process_time()
    pattern.search(text)
    pattern.fullmatch(text)
    return time.process_time() - start


@pytest.mark.slow
def test_no_regular_expression_takes_long_on_any_repetition() -> None:
    """The long text is only for those that the short one shows to be no trifle."""
    found = patterns(bot, retrieval)
    assert len(found) > 900
    tried = [(pattern, piece) for pattern in found for piece in PIECES if processor(pattern, (piece * SHORT)[:SHORT] + "\x00") > NOTICED]
    slow = [(found[pattern], piece) for pattern, piece in tried if processor(pattern, (piece * LONG)[:LONG] + "\x00") > SECONDS]
    assert slow == []


def test_every_test_named_in_the_table_of_threats_exists() -> None:
    section = (HERE / "docs" / "threats.md").read_text()
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", section)
    assert len(named) > 40
    assert [f"{file}::{test}" for file, test in named if f"def {test}(" not in (HERE / file).read_text()] == []
    files = re.findall(r"`((?:bot|retrieval)/[\w/]+\.py)`", section)
    assert [file for file in files if not (HERE / file).is_file()] == []
