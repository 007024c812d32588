"""The pages: short enough to be read, every link and path leads somewhere, both languages say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.kit.documents import CODE, PAGES, ROOT, anchors, inline_code, page, table
from tests.kit.table import each_row

LONGEST = {"README.md": 110, "README.zh.md": 110, "CONTRIBUTING.md": 80}
LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
A_PATH = re.compile(r"(?:bot|retrieval|tests|config|seeds|docs|\.ci)/[\w./-]*")


@pytest.mark.parametrize("name", LONGEST)
def test_the_first_pages_are_short(name: str) -> None:
    assert len(page(name).splitlines()) <= LONGEST[name]


def links() -> list[tuple[str, str]]:
    found = [(name, "".join(match)) for name in PAGES for match in LINK.findall(page(name))]
    return [(name, target) for name, target in found if not re.match(r"https?:", target)]


@each_row("name, target", links())
def test_links_lead_to_files_and_headings(name: str, target: str) -> None:
    path, _, anchor = target.partition("#")
    reached = (ROOT / name).parent / path if path else ROOT / name
    assert reached.is_file()
    assert not anchor or anchor in anchors(str(reached.resolve().relative_to(ROOT)))


@each_row("name", PAGES)
def test_every_path_named_exists(name: str) -> None:
    named = {code.partition("::")[0] for code in inline_code(name)}
    assert sorted(path for path in named if A_PATH.fullmatch(path) and not (ROOT / path).exists()) == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    for name in ("README.md", "README.zh.md"):
        reached = {target for page_name, target in links() if page_name == name}
        assert {other for other in PAGES if not other.startswith("README")} - {"docs/use.en.md"} <= reached


def test_the_layout_names_every_folder_of_code() -> None:
    named = {code for row in table("docs/design.md", "Path").rows for code in CODE.findall(row[0])}
    assert sorted(path for path in named if not (ROOT / path).exists()) == []
    folders = {f"{init.parent.relative_to(ROOT)}/" for package in ("bot", "retrieval") for init in ROOT.glob(f"{package}/*/__init__.py")}
    files = {str(file.relative_to(ROOT)) for package in ("bot", "retrieval") for file in ROOT.glob(f"{package}/*.py")}
    assert folders | {file for file in files if Path(file).stem not in ("__init__", "__main__")} <= named


def test_both_readmes_give_the_same_figures_and_commands() -> None:
    english, chinese = table("README.md", "What").rows, table("README.zh.md", "什么").rows
    assert [sorted(re.findall(r"[\d.]+", row[1])) for row in english] == [sorted(re.findall(r"[\d.]+", row[1])) for row in chinese]
    assert [CODE.findall(row[2]) for row in english] == [CODE.findall(row[2]) for row in chinese]


def test_the_figures_of_the_readme_are_those_of_the_page_of_numbers() -> None:
    (first, _), (sure,) = (re.findall(r"([\d.]+) %", row[1]) for row in table("README.md", "What").rows[:2])
    numbers = page("docs/numbers.md")
    assert f"| all that a speech answers | 390 | {float(first) / 100:.3f} |" in numbers
    assert f"shown as sure ({float(sure) / 100:.3f} of them right)" in numbers
