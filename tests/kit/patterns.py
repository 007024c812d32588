"""Every compiled pattern of a package, also those in tables and values."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from types import ModuleType
from typing import Any

DEEPEST = 4  # containers in each other


def patterns(*packages: ModuleType) -> dict[re.Pattern[str], str]:
    """Each with a name that it has; those of equal text once."""
    found: dict[re.Pattern[str], str] = {}
    for package in packages:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                for name, value in vars(importlib.import_module(module.name)).items():
                    for pattern in held(value):
                        found.setdefault(pattern, f"{module.name}.{name}")
    return found


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
