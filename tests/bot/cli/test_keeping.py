"""`check`, `doctor` and `review`: on a copy of the data with things gone wrong, or learned."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.check import check, doctor
from bot.cli.database import opened
from bot.cli.review import review
from bot.settings import config
from bot.settings.config import Settings
from bot.state import feedback
from bot.state.feedback import Feedback


@pytest.fixture
def copied(settings: Settings, tmp_path: Path) -> Settings:
    """Settings over a copy of seeds/ and config/, with a state of its own."""
    shutil.copytree(config.HERE / "seeds", tmp_path / "seeds")
    shutil.copytree(config.HERE / "config", tmp_path / "config")
    url = f"sqlite:///{tmp_path}/state/bot.db"
    return replace(settings, seeds=tmp_path / "seeds", config=tmp_path / "config", database_url=url)


@pytest.mark.slow
def test_check_lists_every_problem_of_every_file(copied: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    speeches = copied.config / "speeches.yaml"
    speeches.write_text(speeches.read_text(encoding="utf-8").replace("- number: 2", "- number: 1"), encoding="utf-8")
    (copied.seeds / "speeches" / "002_50f8af5ae06ca3bb.txt").unlink()
    english = copied.config / "wording" / "en.yaml"
    english.write_text(english.read_text(encoding="utf-8").replace("{count} speeches", "speeches"), encoding="utf-8")
    assert check(copied) == 1
    err = capsys.readouterr().err
    for words in ("number 1 is given twice", "002_50f8af5ae06ca3bb.txt, which is missing",
                  "en.yaml: list.title has other placeholders"):  # fmt: skip
        assert words in err, err


@pytest.mark.slow
def test_check_finds_a_quote_that_is_not_at_its_place(copied: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    row = '{"file": "002_50f8af5ae06ca3bb.txt", "start": 0, "end": 4, "quote": "没有这话", "asks": ["有吗"]}\n'
    with (copied.seeds / "asks.jsonl").open("a", encoding="utf-8") as asks:
        asks.write(row)
    assert check(copied) == 1
    assert "is not 「没有这话」" in capsys.readouterr().err


@pytest.mark.slow
def test_doctor_names_a_remedy_for_everything_that_is_missing(copied: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    offline = replace(copied, token="", api_base="http://127.0.0.1:9/bot")
    assert doctor(offline) == 1
    out = capsys.readouterr().out
    assert "✗ network" in out
    assert "@BotFather" in out
    assert "✓ database" in out
    assert "✓ speeches: 6 speeches" in out
    assert "✓ fonts" in out
    assert "meaning: " in out
    doctor(replace(offline, behaviour=replace(offline.behaviour, meaning=())))
    assert "- meaning: " in capsys.readouterr().out


@pytest.mark.slow
def test_review_turns_a_question_into_an_ask_that_is_answered(copied: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    asked = "模范们的三样用处是哪个伟人讲的"
    store = opened(copied)
    with store.quick() as memory:
        feedback.note(memory, Feedback(asked, "none", "", "7b0960e4c451", 1), 1.0)
    store.close()
    assert review(copied, 0, "") == 0
    assert asked in capsys.readouterr().out
    assert review(copied, 1, "9.9.9") == 2
    before = (copied.seeds / "asks.jsonl").read_text(encoding="utf-8")
    assert review(copied, 1, "1.1441.1490") == 0
    assert "第一个，带头作用" in capsys.readouterr().out
    after = (copied.seeds / "asks.jsonl").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert asked in after.removeprefix(before)
    assert review(copied, 1, "") == 2
