"""Words that OpenCC's tables turn into wrong traditional characters (config/wording/traditional.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings.yaml_file import YamlFields, load

FILE = "traditional.yaml"
_KEYS = {"tw": "taiwan", "hk": "hongkong"}


@dataclass(frozen=True, eq=False)
class CharacterExceptions:
    """Simplified word → traditional word of the same length, for each script. One object is equal to itself alone."""

    of_script: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read(folder: Path, problems: list[str]) -> CharacterExceptions:
    """The exceptions of a folder; problems are added to the list."""
    fields = YamlFields(load(folder / FILE, problems, optional=True), FILE, problems)
    found = {script: _words(fields.section(key)) for script, key in _KEYS.items()}
    fields.end()
    return CharacterExceptions(found)


def _words(section: YamlFields) -> dict[str, str]:
    found = {word: section.text(word) for word in section}
    for word, instead in found.items():
        if len(word) != len(instead):  # places in a text count characters
            section.problem(word, instead, f"{len(word)} characters")
    return found
