"""Every sentence the bot says, per language, from config/wording/."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import Any, Literal

from bot.settings import character_exceptions, glossary, glosses
from bot.settings.character_exceptions import CharacterExceptions
from bot.settings.glossary import Glossary
from bot.settings.glosses import Glosses
from bot.settings.yaml_file import ConfigError, load

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_FORMATTER = Formatter()
OTHERS = "other_speeches."  # what is said instead where other speeches than the bundled ones are answered from
_COPIED = ("cite.", "source.", "help.examples")  # what is copied or asked stays in the characters of the speeches


@dataclass(frozen=True, slots=True)
class Phrases:
    """The sentences of one language; keys are dotted paths of the YAML file.

    respelled: how they are spelled and worded where the reader lives, None: as written.
    """

    language: Language
    _texts: Mapping[str, str]
    _lists: Mapping[str, tuple[str, ...]]
    respelled: Callable[[str], str] | None = None

    def __call__(self, key: str, **values: object) -> str:
        """The sentence, its placeholders filled."""
        text = self._texts[key]
        if self.respelled and not key.startswith(_COPIED):
            text = self.respelled(text)
        return text.format(**values)

    def list(self, key: str) -> tuple[str, ...]:
        """The sentences of a list."""
        texts = self._lists[key]
        return tuple(map(self.respelled, texts)) if self.respelled and not key.startswith(_COPIED) else texts

    def below(self, key: str) -> tuple[tuple[str, str], ...]:
        """(last part of the key, sentence) of everything directly below, in the order of the file."""
        start = key + "."
        return tuple((k.removeprefix(start), text) for k, text in self._texts.items() if k.startswith(start))

    @property
    def keys(self) -> frozenset[str]:
        """All keys, of sentences and of lists."""
        return frozenset(self._texts) | frozenset(self._lists)


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of all languages, and what leads from one to another. others: where others than the bundled speeches are there."""

    zh: Phrases
    en: Phrases
    glosses: Glosses = field(default_factory=Glosses)
    glossary: Glossary = field(default_factory=Glossary)
    exceptions: CharacterExceptions = field(default_factory=CharacterExceptions)
    others: Mapping[Language, Phrases] = field(default_factory=dict)

    def of(self, language: str, *, others: bool = False) -> Phrases:
        """English for "en", else Chinese; what is said of other speeches than the bundled ones, if there are `others`."""
        known = self.en if language == "en" else self.zh
        return self.others.get(known.language, known) if others else known


def read(folder: Path) -> Wording:
    """The wording of a folder; raises ConfigError for missing keys, empty sentences, unequal placeholders, unreadable glosses."""
    problems: list[str] = []
    flat = {language: _flat(folder / f"{language}.yaml", problems) for language in LANGUAGES}
    if not problems:
        problems += _differences(flat["zh"], flat["en"])
    beside = glosses.read(folder, problems), glossary.read(folder, problems), character_exceptions.read(folder, problems)
    if problems:
        raise ConfigError(problems)
    others = {language: _phrases(language, {**flat[language], **_instead(flat[language])}) for language in LANGUAGES}
    return Wording(_phrases("zh", flat["zh"]), _phrases("en", flat["en"]), *beside, others)


def _instead(flat: Mapping[str, str | tuple[str, ...]]) -> dict[str, str | tuple[str, ...]]:
    return {key.removeprefix(OTHERS): value for key, value in flat.items() if key.startswith(OTHERS)}


def _phrases(language: Language, flat: Mapping[str, str | tuple[str, ...]]) -> Phrases:
    return Phrases(
        language,
        {key: value for key, value in flat.items() if isinstance(value, str)},
        {key: value for key, value in flat.items() if isinstance(value, tuple)},
    )


def _flat(path: Path, problems: list[str]) -> dict[str, str | tuple[str, ...]]:
    found: dict[str, str | tuple[str, ...]] = {}

    def visit(value: Any, key: str) -> None:
        place = f"{path.name}: {key}"
        if isinstance(value, dict):
            for name, below in value.items():
                if not isinstance(name, str):  # YAML reads a bare `on` as true
                    problems.append(f"{place} has the key {name!r}; expected a word, on and off in quotes")
                visit(below, f"{key}.{name}" if key else str(name))
        elif isinstance(value, list) and value and all(isinstance(x, str) and x.strip() for x in value):
            found[key] = tuple(value)
        elif isinstance(value, str) and value.strip():
            problem = _unfit(value)
            if problem:
                problems.append(f"{place} {problem}")
            found[key] = value.strip("\n")
        else:
            problems.append(f"{place} is {value!r}; expected a sentence or a list of sentences, in quotes")

    content = load(path, problems)
    if content is not None:
        visit(content, "")
    return found


def _unfit(text: str) -> str:
    try:
        fields = list(_FORMATTER.parse(text))
    except ValueError as error:
        return f"has a stray brace ({error}); write {{{{ for a brace"
    for _, name, spec, conversion in fields:
        if name is not None and (not name.isidentifier() or spec or conversion):
            return f"has the placeholder {{{name}}}; expected a plain name"
    return ""


def _differences(zh: Mapping[str, str | tuple[str, ...]], en: Mapping[str, str | tuple[str, ...]]) -> list[str]:
    problems = [f"en.yaml: {key} is missing; zh.yaml has it" for key in zh if key not in en]
    problems += [f"zh.yaml: {key} is missing; en.yaml has it" for key in en if key not in zh]
    problems += [f"zh.yaml: {key} stands for no sentence; remove it" for key in zh if key.removeprefix(OTHERS) not in zh]
    for key in zh.keys() & en.keys():
        ours, theirs = zh[key], en[key]
        if isinstance(ours, str) != isinstance(theirs, str) or len(_lengths(ours)) != len(_lengths(theirs)):
            problems.append(f"en.yaml: {key} has another form than in zh.yaml; expected the same")
        elif isinstance(ours, str) and isinstance(theirs, str) and placeholders(ours) != placeholders(theirs):
            names = ", ".join(sorted(placeholders(ours))) or "none"
            problems.append(f"en.yaml: {key} has other placeholders than zh.yaml; expected {names}")
    return sorted(problems)


def _lengths(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return ("",) if isinstance(value, str) else value


def placeholders(text: str) -> frozenset[str]:
    """The names of a sentence's placeholders.

    >>> sorted(placeholders("{number}: {title}"))
    ['number', 'title']
    """
    return frozenset(name for _, name, _, _ in _FORMATTER.parse(text) if name is not None)
