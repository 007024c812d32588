"""No pattern can be kept busy by a word said over and over: 哈哈哈哈… in front of a question would stop the bot for everybody.

What any text repeats is tried in `tests/bot/edge/test_threats.py`; here it is what the patterns themselves have.
"""

from __future__ import annotations

import importlib
import os
import re
import resource
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
CPU = 5  # seconds of a processor for one pattern, of which none that ends takes a tenth
SAID = 24  # times that a word is said; one that takes twice as long for each more would take days
DEEPEST = 4  # containers in each other

pytestmark = pytest.mark.slow


def patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled pattern of the modules, by where it is; those of equal text once."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    for file in sorted((ROOT / "retrieval").rglob("*.py")):
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for name, value in vars(importlib.import_module(module)).items():
            for pattern in held(value):
                found.setdefault((pattern.pattern, pattern.flags), (f"{module}.{name}", pattern))
    return {f"{name} {number}": pattern for number, (name, pattern) in enumerate(found.values())}


def held(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif depth < DEEPEST:
        inner: Iterable[Any] = ()
        if isinstance(value, dict):
            inner = value.values()
        elif isinstance(value, list | tuple | set | frozenset):
            inner = value
        elif is_dataclass(value) and not isinstance(value, type):
            inner = [getattr(value, field.name) for field in fields(value)]
        for each in inner:
            yield from held(each, depth + 1)


def ends(pattern: re.Pattern[str]) -> bool:
    """Whether it takes or refuses each of its words said over and over, with something else behind, within the processor time."""
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
        words = {*re.findall("[\u3400-\u9fff]", pattern.pattern), *re.findall("[\u3400-\u9fff]{2,4}", pattern.pattern)}
        for text in (word * SAID + behind for word in words for behind in ("\0", "。\0工")):
            pattern.fullmatch(text), pattern.match(text), pattern.search(text)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def test_one_that_does_not_end_is_found() -> None:
    assert not ends(re.compile("(?:哈+|哈哈)+"))
    assert ends(re.compile("(?:哈++|哈哈)+"))


def test_every_pattern_ends() -> None:
    found = patterns()
    assert [name for name, pattern in found.items() if not ends(pattern)] == []
    assert len(found) > 900
