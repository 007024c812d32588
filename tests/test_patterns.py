"""Every pattern by the examples in its comment.

Behind a pattern, or a piece of one, stand examples with two blanks between them; where they do not fit, in a line above it that begins
with `e.g.`:

    NUMBER = r"[0-9]{1,3}(?![0-9])"  # 3  126  3|点  第|2|部分  ✗2014

    126         it takes all of this
    3|点        it takes what stands before the bar, and stops there
    第|2|部分   begun at the first bar, it takes what stands before the second
    ✗2014       begun here, it takes nothing
    ✗第|2|0     begun at the first bar, it does not stop at the second; with one bar, begun here, not there

A piece is a string that other patterns hold. Of several alternatives each has its examples, or all have them together. Only names of
what stands in a character class have none, and patterns made of words that are not known before the bot runs.
"""

from __future__ import annotations

import ast
import importlib
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from tests.kit.table import each_row

ROOT = Path(__file__).parent.parent
FILES = [
    *sorted((ROOT / "retrieval").rglob("*.py")),
    *(ROOT / "bot" / name for name in ("settings/config.py", "settings/spoken.py", "edge/addressing.py")),
]
KNOWN = {"names": "咸阳|张家界|2014年", "titles": "五一劳模座谈会领导讲话稿"}  # what functions of spellings are given
FUNCTIONS = ("compile", "match", "search", "fullmatch", "sub", "findall", "finditer", "split")


# --- examples


@dataclass(frozen=True)
class Example:
    """What a pattern takes, or refuses, between its surroundings."""

    written: str
    refused: bool
    before: str
    taken: str
    after: str
    exact: bool

    def holds(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self.before + self.taken + self.after, len(self.before))
        if self.refused and not self.exact:
            return found is None
        return (found is not None and found.end() == len(self.before + self.taken)) is not self.refused


def parsed(comment: str) -> list[Example]:
    return [example(written) for written in re.split(" {2,}", comment.strip())]


def example(written: str) -> Example:
    parts = written.removeprefix("✗").split("|")
    assert len(parts) <= 3, written
    before, taken, after = ("", *parts, "")[:3] if len(parts) < 3 else parts
    return Example(written, written.startswith("✗"), before, taken, after, len(parts) > 1)


@each_row(
    "comment, right",
    [
        ("3  126  3|点  第|2|部分  ✗2014  ✗第|2|0", True),
        ("2014", False),
        ("12|点钟  1|2点", False),
        ("✗3", False),
        ("✗3|点", False),
        ("✗第|2|部分", False),
        ("第2", False),
    ],
)
def test_examples_are_read_as_described(comment: str, right: bool) -> None:
    number = re.compile(r"[0-9]{1,3}(?![0-9])")
    assert all(found.holds(number) for found in parsed(comment)) is right


# --- where patterns stand


class Module:
    """A file with its comments, and its names as they are at run time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text = path.read_text(encoding="utf-8")
        self.name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        self.tree = ast.parse(text)
        comments = [t for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.type == tokenize.COMMENT]
        self.above = {t.start[0]: t.string[7:] for t in comments if t.line.strip().startswith("# e.g. ")}
        self.behind = {t.start[0]: t.string[2:] for t in comments if not t.line.strip().startswith("#")}
        self.assigned = {t.id: s.value for s in self.tree.body if isinstance(s, ast.Assign) for t in s.targets if isinstance(t, ast.Name)}
        self.functions = [node for node in self.tree.body if isinstance(node, ast.FunctionDef)]
        nodes = [*ast.walk(self.tree)]
        self.calls = [node for node in nodes if isinstance(node, ast.Call)]
        self._bodies = [range(node.lineno + 1, (node.end_lineno or 0) + 1) for node in nodes if isinstance(node, ast.FunctionDef)]

    def is_in_function(self, call: ast.Call) -> bool:
        """Whether it is made when a function is called, and not when the module is loaded."""
        return any(call.lineno in body for body in self._bodies)

    def value(self, node: ast.expr) -> Any:
        """What an expression is worth; None if that depends on what is known only when the bot runs."""
        names = {**vars(importlib.import_module(self.name)), **KNOWN}
        try:
            return eval(compile(ast.Expression(node), self.name, "eval"), names)  # noqa: S307
        except NameError:
            return None

    def examples(self, node: ast.expr) -> str:
        """The comment behind an expression, and the lines right above it that begin with e.g."""
        found = [self.behind[node.end_lineno]] if node.end_lineno in self.behind else []
        line = node.lineno - 1
        while line in self.above:
            found.append(self.above[line])
            line -= 1
        return "  ".join(found)


@cache
def modules() -> dict[str, Module]:
    """Read when a test wants them, which is in one of the processes that all import this file."""
    return {module.name: module for module in map(Module, FILES)}


def spellings() -> Module:
    return modules()["retrieval.question.spellings"]


@dataclass(frozen=True)
class Spot:
    """An expression that is a pattern, or a piece of one."""

    module: Module
    node: ast.expr

    def __str__(self) -> str:
        return f"{self.module.name}:{self.node.lineno}:{self.node.col_offset}"

    @property
    def examples(self) -> str:
        return self.module.examples(self.node)

    @cached_property
    def value(self) -> Any:
        return self.module.value(self.node)

    @property
    def is_name(self) -> bool:
        """Whether it only compiles what a name stands for."""
        match self.node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re")), args=[ast.Name() | ast.Attribute()]):
                return True
        return False

    @property
    def alternatives(self) -> list[Spot]:
        """The arguments of _any(...), or what "|".join((...)) joins."""
        match self.node:
            case ast.Call(func=ast.Name(id="_any"), args=parts) | ast.Call(func=ast.Attribute(attr="join"), args=[ast.Tuple(elts=parts)]):
                return [Spot(self.module, part) for part in parts]
        return []

    def pieces(self) -> Iterator[Spot]:
        """What its names stand for, but for those of characters in a class."""
        classed = {id(name) for part in ast.walk(self.node) if isinstance(part, ast.JoinedStr) for name in in_class(part)}
        for part in ast.walk(self.node):
            match part:
                case ast.Name(id=name) if id(part) not in classed and name in self.module.assigned:
                    yield Spot(self.module, self.module.assigned[name])
                case ast.Attribute(value=ast.Name(id="spellings"), attr=name) if name in spellings().assigned:
                    yield Spot(spellings(), spellings().assigned[name])


def in_class(string: ast.JoinedStr) -> Iterator[ast.AST]:
    """The names between [ and ] of an f-string."""
    written = ""
    for part in string.values:
        if isinstance(part, ast.Constant):
            written += re.sub(r"\\.", "", str(part.value))
        elif written.rfind("[") > written.rfind("]"):
            yield from ast.walk(part)


def calls() -> Iterator[tuple[Module, ast.Call]]:
    """Every call of `re` that is given a pattern."""
    for module in modules().values():
        for node in module.calls:
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=attr)) if attr in FUNCTIONS:
                    yield module, node


def returned() -> Iterator[Spot]:
    """What the functions of spellings make of names."""
    for function in spellings().functions:
        match function:
            case ast.FunctionDef(args=ast.arguments(args=[ast.arg(arg="names"), *_]), body=[*_, ast.Return(value=ast.expr() as value)]):
                yield Spot(spellings(), value)


@cache
def spots() -> dict[str, Spot]:
    """All that need examples: compiled patterns and their pieces; of a choice its alternatives, if all of them have some."""
    found: dict[str, Spot] = {}
    seen: set[str] = set()
    todo = [*returned(), *(Spot(module, call) for module, call in calls())]
    while todo:
        spot = todo.pop()
        if str(spot) in seen:
            continue
        seen.add(str(spot))
        todo += spot.pieces()
        shown = bool(spot.alternatives) and all(part.examples for part in spot.alternatives)
        todo += spot.alternatives if shown else ()
        if (spot.examples or not shown) and isinstance(spot.value, str | re.Pattern) and not spot.is_name:
            found[str(spot)] = spot
    return found


def test_patterns_and_pieces_are_found() -> None:
    assert len(spots()) > 100
    assert {spot.module.name for spot in spots().values()} > {
        "retrieval.speeches.labels",
        "retrieval.answer.passage_words",
        "bot.settings.config",
    }


@each_row("path", FILES)
def test_every_pattern_of_a_file_takes_its_examples_and_refuses_its_counter_examples(path: Path) -> None:
    here = [spot for spot in spots().values() if spot.module.path == path]
    assert [ast.unparse(spot.node) for spot in here if not spot.examples] == []
    wrong = [(str(spot), found.written) for spot in here for found in parsed(spot.examples) if not found.holds(re.compile(spot.value))]
    assert wrong == []


def test_a_pattern_in_a_function_is_made_of_what_is_known_only_there() -> None:
    inside = [Spot(module, call.args[0]) for module, call in calls() if module.is_in_function(call)]
    fixed = [str(spot) for spot in inside if isinstance(spot.value, str) and not isinstance(spot.node, ast.Name)]
    assert fixed == [], "a name and examples belong to each"
