"""The wording: complete in both languages, and every mistake is named with its file and key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import wording
from bot.settings.wording import Wording
from bot.settings.yaml_file import ConfigError

SOURCES = Path(wording.__file__).parents[1]
# say("a.b"), button("a.b"), told(here, "a.b"), Declined("a.b"), conditionals of such strings
KEY = re.compile(r"\"([a-z]+\.[a-z_]+(?:\.[a-z_]+)?)\"")
COMPOSED = {"cite.chat_name", "cite.plain_name", "cite.note_name", "cite.note", "cite.plain",
            "part.opening", "part.closing", "part.text",
            "edit.title", "edit.date", "edit.place", "edit.author", "edit.aliases",
            "stats.sure", "stats.near", "stats.none", "stats.lookup",
            "forget.saved", "forget.texts", "forget.votes", "forget.settings", "forget.daily",
            "forget.shown", "forget.quiz", "forget.aside", "quiz.which_year", "quiz.which_place",
            "material.opening", "material.definition", "material.golden",
            *(f"reader.folder.{key}" for key in ("found", "not_found", "times", "light_all", "beginning")),  # said by its script
            *(f"reader.script.{key}" for key in ("copied", "linked", "not_copied", "place")),
            *(f"reader.script.{key}" for key in ("star", "starred", "ask", "away", "expired")),
            "material.demand", "material.statement", "material.wish"}  # fmt: skip


def used_keys() -> set[str]:
    folders = (SOURCES / name for name in ("service", "library", "reader"))
    files = [*(path for folder in folders for path in folder.glob("*.py")), SOURCES / "cli" / "add.py"]
    return {key for file in files for key in KEY.findall(file.read_text(encoding="utf-8"))}


def test_every_key_that_is_said_exists_and_every_key_is_said(phrases: Wording) -> None:
    keys = {key for key in phrases.zh.keys if not key.startswith(("commands.", wording.OTHERS))}
    assert used_keys() >= {key for key in keys if not key.startswith("talk.")} - COMPOSED
    assert keys >= COMPOSED
    prefixes = {key.partition(".")[0] for key in keys}
    said = {key for key in used_keys() if key.partition(".")[0] in prefixes and not key.endswith((".png", ".css", ".js"))}
    assert said <= keys | {key.rpartition(".")[0] for key in keys}


def test_of_other_speeches_nothing_is_said_that_is_true_of_ours_alone(phrases: Wording) -> None:
    for say in (phrases.of("zh", others=True), phrases.of("en", others=True)):
        told = [say(key) for key in ("description.long", "description.short", "talk.identity", "talk.about_me", "talk.unclear")]
        told += [say("start.greeting", count=3), *say.list("help.examples")]
        assert not [text for text in told if "劳模" in text or "model worker" in text]
    assert "劳模" in phrases.of("zh")("start.greeting", count=3)


def test_commands_and_descriptions_fit_telegram(phrases: Wording) -> None:
    for say in (phrases.zh, phrases.en, phrases.of("zh", others=True), phrases.of("en", others=True)):
        for name, text in say.below("commands"):
            assert re.fullmatch(r"[0-9a-z_]{1,32}", name)
            assert 1 <= len(text) <= 256
        assert len(say("description.long")) <= 512
        assert len(say("description.short")) <= 120


@pytest.mark.parametrize(
    ("zh", "en", "problem"),
    [
        ("a: {b: 好}", "a: {}", "en.yaml: a.b is missing; zh.yaml has it"),
        ("a: {b: '{n}篇'}", "a: {b: 'speech {m}'}", "en.yaml: a.b has other placeholders than zh.yaml; expected n"),
        ("a: {b: ['好']}", "a: {b: fine}", "en.yaml: a.b has another form"),
        ("a: {b: ['好', '行']}", "a: {b: [fine]}", "en.yaml: a.b has another form"),
        ("a: {b: '{n.x}'}", "a: {b: '{n.x}'}", "zh.yaml: a.b has the placeholder {n.x}"),
        ("a: {b: '{'}", "a: {b: ok}", "zh.yaml: a.b has a stray brace"),
        ("a: {b: ''}", "a: {b: ok}", "zh.yaml: a.b is ''; expected a sentence"),
        ("a: {on: 好}", "a: {on: ok}", "zh.yaml: a has the key True"),
        ("a: {b: 好}\nother_speeches: {a: {c: 好}}", "a: {b: ok}", "zh.yaml: other_speeches.a.c stands for no sentence"),
        ("a: {b: *x}", "a: {b: ok}", "zh.yaml: line 1"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, zh: str, en: str, problem: str) -> None:
    (tmp_path / "zh.yaml").write_text(zh, encoding="utf-8")
    (tmp_path / "en.yaml").write_text(en, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        wording.read(tmp_path)
    assert any(line.startswith(problem) for line in caught.value.problems), caught.value.problems


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"zh\.yaml: missing"):
        wording.read(tmp_path)
