"""Several collections: named in a question, fixed by who runs the bot, without the bundled speeches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.contract.response import Asker
from bot.library.shelf import Shelf
from bot.service import Content, SpeechService
from bot.settings.config import Settings
from bot.settings.library import open_library, open_speeches
from bot.settings.materials import gather
from bot.settings.wording import Wording
from bot.state.store import Store
from tests.bot.library.conftest import put
from tests.kit.seen import Clock

pytestmark = pytest.mark.slow  # every document is read by a process of its own

YOUTH = "在青年大会上的讲话\n\n同志们：\n\n青年学习要下苦功。\n"
CADRES = "在青年干部班上的讲话\n\n同志们：\n\n干部学习要天天坚持。\n"
FARM = "在春耕现场会上的讲话\n\n同志们：\n\n学习种田要到田里去。\n"


@pytest.fixture
def three(shelf: Shelf, empty: Settings) -> Settings:
    """Two speeches in a collection, one in another, one bundled."""
    put(shelf, YOUTH, collection="青年")
    put(shelf, CADRES, collection="青年")
    put(shelf, FARM, collection="农业")
    return empty


def chosen(settings: Settings, **how: object) -> Settings:
    return replace(settings, behaviour=replace(settings.behaviour, **how))  # type: ignore[arg-type]


def test_a_question_may_name_a_collection(three: Settings) -> None:
    engine = open_library(three).engine
    assert {quote.source.speech for quote in engine.ask("青年的讲话怎么说学习").quotes} == {2, 3}
    assert {quote.source.speech for quote in engine.ask("农业的讲话怎么说学习").quotes} == {4}


def test_a_chat_chooses_one_until_it_lets_go(three: Settings, phrases: Wording, store: Store, clock: Clock) -> None:
    content = Content(open_library(three), phrases, replace(three.behaviour, questions_a_minute=1000))
    bot = SpeechService(content, store, clock=clock, choose=lambda items: items[0])
    asker = Asker(7, 7, "private", "zh")
    bot.question(asker, "往后光问农业的讲话")
    assert "田里去" in bot.question(asker, "怎么学习").replies[0].text


def test_who_runs_the_bot_fixes_collections(three: Settings) -> None:
    library = open_library(chosen(three, collections=("农业",)))
    assert [numbered.number for numbered in library.corpus.speeches] == [1, 4]
    assert [numbered.number for numbered in open_library(three).corpus.speeches] == [1, 2, 3, 4]


def test_without_the_bundled_speeches_only_ones_own_are_there(three: Settings) -> None:
    alone = chosen(three, bundled=False)
    for _ in ("built", "kept"):
        library = open_library(alone)
        assert [numbered.number for numbered in library.corpus.speeches] == [2, 3, 4]
        assert "a.txt" not in library.corpus.texts
        assert library.engine.ask("学习种田要到田里去").quotes[0].source.speech == 4
    assert open_speeches(alone).corpus.fingerprint == library.fingerprint


@pytest.mark.parametrize(
    ("how", "said"),
    [({"bundled": False}, "bundled is false, and no speech was brought in"), ({"collections": ("农业",)}, "'农业', which holds no speech")],
)
def test_a_choice_of_nothing_is_told(empty: Settings, how: dict[str, object], said: str) -> None:
    assert said in "\n".join(gather(chosen(empty, **how))[1])
