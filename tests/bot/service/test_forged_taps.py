"""Buttons with keys of somebody else's texts: whoever guesses a question learns nothing about who asked it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.contract import actions, place_actions
from bot.contract.actions import Action, Asked, Drawn, Key, QuoteId
from bot.contract.callback import encode
from bot.contract.response import Asker
from bot.service import Content, SpeechService
from bot.settings.library import Library
from bot.state import texts
from bot.state.store import Store
from tests.kit.seen import Clock, data, only, quoted

QUESTION = "工会要为下岗的劳模做些什么？"
VICTIM, CURIOUS = Asker(7, 7, "private", "zh"), Asker(8, 8, "private", "zh")
GROUP = Asker(7, -100, "group", "zh", manages_chat=False)
SECRET = b"known to the bot alone"


@pytest.fixture
def service(world: Content, store: Store, clock: Clock) -> SpeechService:
    return SpeechService(world, store, clock=clock, secret=SECRET)


def forgeries(key: Key) -> list[Action]:
    wordings = [place_actions.Walk(actions.AtPlace(key, 0)), place_actions.Counted(key)]
    return [actions.Found(key, 0), actions.Vote(key, True), actions.Again(Drawn(0, key)), actions.Compare(key), *wordings]


@pytest.mark.slow
@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("where", [CURIOUS, replace(GROUP, user_id=8), replace(CURIOUS, chat_id=0)], ids=["private", "group", "inline"])
def test_the_reply_to_a_guessed_key_is_the_same_whether_anybody_asked_or_not(
    service: SpeechService, library: Library, where: Asker, number: int
) -> None:
    guesses = [texts.key_of(QUESTION, VICTIM.user_id, guessed) for guessed in (b"", b"guessed")]
    data = [encode(forgeries(key)[number], library.fingerprint) for key in guesses]
    before = [service.tap(where, tapped) for tapped in data]
    service.question(VICTIM, QUESTION)
    assert [service.tap(where, tapped) for tapped in data] == before
    assert all(answer.toast.startswith("这张卡片太久了") for answer in before)


def test_even_the_right_key_opens_nothing_in_somebody_elses_private_chat(service: SpeechService) -> None:
    card = only(service.question(VICTIM, QUESTION))
    assert service.tap(CURIOUS, data(card, "更多")).toast.startswith("这张卡片太久了")
    assert quoted(only(service.tap(VICTIM, data(card, "更多"))))


def test_in_a_group_everybody_may_tap_on_everybodys_card(service: SpeechService) -> None:
    card = only(service.question(GROUP, QUESTION))
    assert quoted(only(service.tap(replace(GROUP, user_id=9, started_by=7), data(card, "更多"))))


def test_the_way_back_from_a_quote_is_as_secret(service: SpeechService, library: Library) -> None:
    service.question(VICTIM, QUESTION)
    back = actions.Tools(QuoteId(1, 1441, 1490), Asked(texts.key_of(QUESTION, VICTIM.user_id, b""), 0))
    tools = only(service.tap(CURIOUS, encode(back, library.fingerprint)))
    assert service.tap(CURIOUS, data(tools, "返回")).toast.startswith("这张卡片太久了")
