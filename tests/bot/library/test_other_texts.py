"""Texts of twenty kinds that the parser was not made for, against a truth made by hand: titles, dates, trees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.library.brought import BroughtSpeech, brought
from tests.kit.table import each_row

GOAL = 0.95  # of the texts, for each of title, date and tree
TEXTS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "other_texts.yaml").read_text(encoding="utf-8"))


def speeches_of(row: dict[str, Any]) -> tuple[BroughtSpeech, ...]:
    text = row["text"].replace("⟦FF⟧", "\f").replace("⟦ZW⟧", "\u200b")
    return brought(text.encode(), f"未命名.{row.get('suffix', 'txt')}").speeches


def outline(speech: BroughtSpeech) -> str:
    return "".join(f"{'  ' * (depth - 1)}{title}\n" for depth, title in speech.parts)


def truth(row: dict[str, Any]) -> dict[str, list[str]]:
    return {
        "title": row.get("titles") or [row["title"]],
        "date": row.get("dates") or [row["date"]],
        "tree": row.get("parts_of") or [row["parts"]],
    }


def found(row: dict[str, Any]) -> dict[str, list[str]]:
    speeches = speeches_of(row)
    return {
        "title": [speech.title for speech in speeches],
        "date": [speech.about.date for speech in speeches],
        "tree": [outline(speech) for speech in speeches],
    }


FOUND = {row["name"]: (truth(row), found(row)) for row in TEXTS}


@pytest.mark.parametrize("what", ["title", "date", "tree"])
def test_of_twenty_kinds_of_texts_nearly_all_are_read_rightly(what: str) -> None:
    wrong = {name: (right[what], read[what]) for name, (right, read) in FOUND.items() if right[what] != read[what]}
    assert len(FOUND) == 20
    assert 1 - len(wrong) / len(FOUND) >= GOAL, wrong


@each_row("row", [row for row in TEXTS if "titles" not in row])
def test_place_and_author_are_as_printed_or_none(row: dict[str, Any]) -> None:
    (speech,) = speeches_of(row)
    assert (speech.about.place, speech.about.author) == (row["place"], row["author"])
