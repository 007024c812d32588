"""An update may come twice: every tap that changes something leaves the same behind as one tap."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from bot.contract import actions, reading_actions
from bot.contract.actions import Action, QuoteId
from bot.contract.callback import decode, encode
from bot.contract.response import Asker
from bot.contract.theme_actions import Propose
from bot.service import SpeechService
from bot.settings.library import Library
from bot.state import texts
from bot.state.store import Store
from bot.state.tables import metadata
from tests.kit.seen import data, only

QUOTE = QuoteId(1, 1441, 1490)
QUESTION = "劳模有哪三个作用？"
KEY = texts.key_of(QUESTION, 7, b"")
COUNTED = {"figures", "bags"}  # what is counted or drawn each time a person wishes it

CHANGES = [
    actions.Star(QUOTE),
    actions.Unstar(QUOTE),
    actions.Drop(QUOTE, 0),
    actions.Found(KEY, 3),
    actions.Chosen(QUOTE, actions.Asked(KEY, 0)),
    actions.Vote(KEY, True),
    actions.DailySwitch(True),
    actions.DailySwitch(False),
    actions.DailyAt(300),
    actions.DailyZone("Europe/Berlin"),
    actions.DailyScope(3),
    actions.SetLanguage(True),
    actions.SetQuotes(2),
    actions.SetTraditional(True),
    reading_actions.SetScript(2),
    reading_actions.TakeScript(1),
    reading_actions.TakeEnglish(),
    actions.Forget(),
]


def kept(store: Store) -> dict[str, list[Any]]:
    with store.reading() as memory:
        return {
            table.name: [tuple(row) for row in memory.execute(sa.select(table))]
            for table in metadata.sorted_tables
            if table.name not in COUNTED
        }


@pytest.mark.parametrize("action", CHANGES, ids=lambda action: type(action).__name__)
@pytest.mark.parametrize("starred", [False, True])
def test_every_tap_twice_is_once(
    service: SpeechService, store: Store, asker: Asker, library: Library, action: Action, starred: bool
) -> None:
    service.question(asker, QUESTION)
    if starred:
        service.tap(asker, encode(actions.Star(QUOTE), library.fingerprint))
    first = service.tap(asker, encode(action, library.fingerprint))
    once = kept(store)
    second = service.tap(asker, encode(action, library.fingerprint))
    assert kept(store) == once
    if not isinstance(action, actions.Forget):  # there is nothing left then, and it says so
        assert second == first


@pytest.mark.slow
def test_the_tables_of_changes_name_every_action_that_changes_something(service: SpeechService, store: Store, asker: Asker) -> None:
    """Whatever a tap on any button of the cards changes is in the table above, or counts only."""
    card = only(service.question(asker, QUESTION))
    seen, todo = set[str](), [button.data for row in card.buttons for button in row if button.data]
    changing = {type(action) for action in CHANGES} | {actions.Example, Propose}
    while todo and len(seen) < 120:
        tapped = todo.pop()
        seen.add(tapped)
        before = kept(store)
        answer = service.tap(asker, tapped)
        if kept(store) != before:
            assert type(decode(tapped)[0]) in changing, tapped
        replies = [answer.edit] if answer.edit else []
        todo += [b.data for r in replies for row in r.buttons for b in row if b.data and b.data not in seen]


def test_the_button_carries_what_is_wanted(service: SpeechService, asker: Asker) -> None:
    card = only(service.question(asker, QUESTION))
    starred = only(service.tap(asker, data(card, "收藏")))
    assert service.tap(asker, data(card, "收藏")).edit == starred  # the old card again: still a favourite
    assert only(service.tap(asker, data(starred, "★"))) == card
    assert service.tap(asker, data(starred, "★")).edit == card
