"""The ways that docs/design.md describes are those of a real question and a real tap, in that order; its pictures are current."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from bot.cli.run import open_content
from bot.demo import FIRST_USER, start
from tests.bot.test_dialogues import running, tapped
from tests.kit.documents import ROOT
from tests.kit.prepared import prepared

sys.path.insert(0, str(ROOT / "docs"))
import draw_layers
import draw_ways

pytestmark = pytest.mark.slow


Call = tuple[str, str]  # file, qualified name of the function


@contextmanager
def noted() -> Iterator[list[Call]]:
    """The calls of our functions in this thread, and in those that begin inside the block."""
    calls: list[Call] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(str(ROOT)):
            calls.append((str(Path(frame.f_code.co_filename).relative_to(ROOT)), frame.f_code.co_qualname))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]  # as the library has it


def not_reached(steps: list[draw_ways.Step], calls: list[Call]) -> list[draw_ways.Step]:
    """The first step that is not called after those before it, and what follows; [] when all are."""
    rest = iter(calls)
    for n, step in enumerate(steps):
        if (step.file, step.function) not in rest:
            return steps[n:]
    return []


async def test_a_question_and_a_tap_go_the_ways_described(tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = prepared(tmp_path_factory)
    world, folder = open_content(settings), tmp_path_factory.mktemp("bot")
    of_question, of_tap = draw_ways.ways()
    with noted() as calls:
        async with await start() as api, running(api, world, settings, folder):
            calls.clear()
            card = await api.people.ask(FIRST_USER, "榜样的力量有多大？")
            await api.people.ask(FIRST_USER, "谢谢")  # answered in order: by then the question is done
            assert not_reached(of_question, calls) == []
            calls.clear()
            await tapped(api, FIRST_USER, card, "上下文")
            await api.people.ask(FIRST_USER, "谢谢")
            assert not_reached(of_tap, calls) == []


def test_the_pictures_are_those_of_the_code() -> None:
    drawn = {name: draw_ways.drawn(way) for name, way in zip(draw_ways.NAMES, draw_ways.ways(), strict=True)}
    drawn["layers"] = draw_layers.drawn()
    stale = [name for name, text in drawn.items() if (ROOT / "docs" / f"{name}.svg").read_text(encoding="utf-8") != text]
    assert stale == [], "draw them again: python docs/draw_layers.py, python docs/draw_ways.py"
