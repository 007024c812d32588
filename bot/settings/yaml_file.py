"""YAML files read safely: values of the expected type, every problem collected with its file and key."""

from __future__ import annotations

import datetime
import pickle
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

try:
    from yaml import CSafeLoader as SafeLoader  # 10 times faster on 1 800 synonym groups, 1.3 s of each start
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]

T = TypeVar("T")
REMEMBERED = (
    16  # files, more than config/ has: read again, by `/reload` or for another folder of speeches, synonyms take 1 ms instead of 60
)
LONGEST = 60  # characters of a value in a message, chosen: a line


class ConfigError(Exception):
    """The configuration is at fault. `problems` has one line each: file and key, value, expectation."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def load(path: Path, problems: list[str], *, optional: bool = False) -> Any:
    """The content of a YAML file; None, with the problem noted, when it cannot be read.

    optional: a missing file is no problem.
    """
    try:
        return pickle.loads(_parsed(path.read_text(encoding="utf-8")))  # noqa: S301  of our own making
    except FileNotFoundError:
        if not optional:
            problems.append(f"{path.name}: missing; expected in {path.parent}")
    except OSError as error:
        problems.append(f"{path.name}: cannot be read ({error.strerror}); check its rights")
    except UnicodeDecodeError as error:
        problems.append(f"{path.name}: byte {error.start} is not UTF-8; save the file as UTF-8")
    except (yaml.YAMLError, ValueError) as error:
        problems.append(f"{path.name}: {_place(error)}is not YAML; quote values that begin with * & ! % @ `")
    return None


@lru_cache(REMEMBERED)
def _parsed(text: str) -> bytes:
    """The content of a YAML file, to be copied: who reads it takes it apart. Raises YAMLError, ValueError."""
    return pickle.dumps(yaml.load(text, Loader=SafeLoader))


def _place(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}, column {mark.column + 1} " if mark else ""


class YamlFields:
    """One mapping of a YAML file; take each key once, then `end` names the unknown ones."""

    def __init__(self, value: Any, where: str, problems: list[str]) -> None:
        self.where = where
        self._problems = problems
        if value is not None and not isinstance(value, dict):
            self.problem("", value, "keys with values")
        self._values: Mapping[Any, Any] = value if isinstance(value, dict) else {}
        self._taken: set[Any] = set()

    def problem(self, key: str, value: Any, expected: str) -> None:
        """Note that a value is not what it should be."""
        place = f"{self.where}: {key}" if key else self.where
        self._problems.append(f"{place} is {_shown(value)}; expected {expected}")

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number from low to high."""

        def fits(value: Any) -> bool:
            return type(value) is int and low <= value <= high

        return self._take(key, default, fits, f"a whole number from {low} to {high}")

    def text(self, key: str, default: str | None = None) -> str:
        """Words; required without a default."""
        found = self._take(key, default, lambda v: isinstance(v, str), "text, in quotes if it is a number")
        return found or ""

    def texts(self, key: str, default: tuple[str, ...] | None = ()) -> tuple[str, ...]:
        """A list of words; required when the default is None."""
        found = self._take(key, default, _are_words, "a list of words")
        return tuple(map(str, found or ()))

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        return bool(self._take(key, default, lambda value: isinstance(value, bool), "true or false"))

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """A list of whole numbers from low to high; none without the key."""

        def fit(value: Any) -> bool:
            return isinstance(value, (list, tuple)) and all(type(one) is int and low <= one <= high for one in value)

        return tuple(self._take(key, (), fit, f"a list of whole numbers from {low} to {high}") or ())

    def section(self, key: str) -> YamlFields:
        """The mapping below a key; an absent one is empty."""
        self._taken.add(key)
        return YamlFields(self._values.get(key), f"{self.where}: {key}" if key else self.where, self._problems)

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(map(str, self._values))

    def end(self) -> None:
        """Name the keys that nobody asked for."""
        for key in self._values:
            if key not in self._taken:
                known = ", ".join(sorted(map(str, self._taken)))
                self._problems.append(f"{self.where}: {key} is no known key; expected one of {known}")

    def _take(self, key: str, default: T | None, good: Callable[[Any], bool], expected: str) -> T | Any:
        self._taken.add(key)
        if key not in self._values and default is not None:
            return default
        value = self._values.get(key)
        if key not in self._values or not good(value):
            self.problem(key, value, expected)
            return default
        return value


def rows(value: Any, where: str, problems: list[str]) -> Iterator[YamlFields]:
    """The mappings of a YAML list."""
    if not isinstance(value, list):
        if value is not None:
            problems.append(f"{where} is {_shown(value)}; expected a list")
        return
    for count, row in enumerate(value, 1):
        yield YamlFields(row if row is not None else "", f"{where}: entry {count}", problems)


def _are_words(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(type(word) in (str, int) for word in value)


def _shown(value: Any) -> str:
    if value is None:
        return "missing"
    if isinstance(value, datetime.date):
        return f"the date {value}"
    text = repr(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."
