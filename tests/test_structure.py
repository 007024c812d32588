"""What holds for every module of the house: one public face, one meaning a name, nothing too long to read."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import retrieval
from bot import demo, pictures, service
from bot.cli.commands import COMMANDS, WITHOUT_COMMAND

ROOT = Path(__file__).parent.parent
MODULES = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "retrieval").rglob("*.py")])
LINES = 300
ALIAS = re.compile(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")  # OnCommand, Rows  ✗LIMIT ✗T


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def imports(path: Path) -> tuple[tuple[str, str], ...]:
    """(module, name) of everything imported; the name is "" for `import module`."""
    found: list[tuple[str, str]] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            found += [(node.module or "", alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names]
    return tuple(found)


def of_retrieval(paths: Iterator[Path]) -> Iterator[tuple[str, str, str]]:
    """(importing file, module, name) of every import of retrieval."""
    for path in paths:
        yield from ((name_of(path), module, name) for module, name in imports(path) if module.partition(".")[0] == "retrieval")


def repeated(named: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """Name → the files that give it a meaning, where there are several."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, path in named:
        found[name].append(path)
    return {name: paths for name, paths in found.items() if len(paths) > 1}


def definitions(path: Path) -> Iterator[str]:
    """Functions, classes and constants of a module."""
    for node in tree(path).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))


def meanings(path: Path) -> Iterator[str]:
    """Classes and type aliases of a module."""
    classes = {node.name for node in tree(path).body if isinstance(node, ast.ClassDef)}
    yield from (name for name in definitions(path) if name in classes or ALIAS.fullmatch(name))


def test_the_bot_knows_only_the_public_face_of_retrieval() -> None:
    used = of_retrieval((ROOT / "bot").rglob("*.py"))
    assert [row for row in used if row[1] != "retrieval" or row[2] not in retrieval.__all__] == []


@pytest.mark.slow  # it reads every test
def test_a_public_face_holds_nothing_that_nobody_imports() -> None:
    everywhere = [*MODULES, *(ROOT / "tests").rglob("*.py")]
    for package in (retrieval, demo, pictures, service):
        home = ROOT.joinpath(*package.__name__.split("."))
        outside = (path for path in everywhere if home not in path.parents)
        imported = {name for path in outside for module, name in imports(path) if module == package.__name__}
        assert set(package.__all__) - imported == set(), package.__name__


def test_nothing_is_defined_that_nobody_uses() -> None:
    """Functions, classes and constants of a module; a name that is only exported is not used."""
    used = {command.work.rpartition(":")[2] for command in COMMANDS} | {WITHOUT_COMMAND.rpartition(":")[2]}
    defined: list[tuple[str, str]] = []
    for path in MODULES:
        if path.name != "__init__.py":
            nodes = list(ast.walk(tree(path)))
            used |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
            used |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
            defined += [(name_of(path), name) for name in definitions(path)]
    assert [row for row in defined if row[1] not in used] == []


def test_no_two_modules_have_the_same_name() -> None:
    assert repeated((path.name, name_of(path)) for path in MODULES if not path.name.startswith("__")) == {}


def test_no_two_classes_or_aliases_have_the_same_name() -> None:
    assert repeated((name, name_of(path)) for path in MODULES for name in meanings(path)) == {}


def test_no_module_is_longer_than_can_be_kept_in_mind() -> None:
    assert [name_of(path) for path in MODULES if path.read_text(encoding="utf-8").count("\n") > LINES] == []


def test_no_row_hides_from_the_formatter() -> None:
    hiding = {name_of(path) for path in MODULES if "# fmt: " in path.read_text(encoding="utf-8")}
    assert hiding <= {"retrieval/question/literal_rules.py"}  # a table that is read row by row, with the examples that its test runs
