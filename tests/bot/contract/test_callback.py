"""Button codec: whatever is written is read back, everything else is foreign."""

from __future__ import annotations

import contextlib
import dataclasses
import typing
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.contract import actions, bringing_actions, place_actions, reading_actions, theme_actions
from bot.contract.actions import Action, Asked, AskedWords, AtPlace, Drawn, Found, Key, Origin, Part, PartPath, QuoteId
from bot.contract.callback import ForeignData, decode, encode
from tests.kit.table import each_row

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
ASKED = st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters=":")
numbers = st.integers(0, 36**6 - 1)
speeches = st.integers(0, 9999)
small = st.integers(0, 999)
keys = st.text(ALPHABET, min_size=8, max_size=8).map(Key)
quotes = st.builds(QuoteId, speeches, numbers, numbers)
drawn = st.builds(Drawn, speeches, st.one_of(st.just(""), keys.map(str)))
placed = st.builds(AtPlace, keys, small, st.one_of(st.just(""), keys.map(str)))
origins = st.one_of(st.none(), st.builds(Asked, keys, small), drawn, placed)
FIELDS: dict[object, st.SearchStrategy[object]] = {
    int: small,
    bool: st.booleans(),
    str: st.sampled_from(["Asia/Shanghai", "America/Argentina/ComodRivadavia", "Etc/GMT+12"]),
    Key: keys,
    AskedWords: st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters=":"), min_size=1, max_size=14).map(
        AskedWords
    ),
    QuoteId: quotes,
    QuoteId | None: st.one_of(st.none(), quotes),
    PartPath: st.lists(small, max_size=3).map(tuple),
    Drawn: drawn,
    AtPlace: placed,
    Origin: origins,
}
SENT = [line.split("\t") for line in (Path(__file__).parent / "callback_data.tsv").read_text(encoding="utf-8").splitlines()]
KINDS = list(Action.kinds.values())


def action_of(kind: type) -> st.SearchStrategy[Action]:
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{field.name: FIELDS[hints[field.name]] for field in dataclasses.fields(kind)})


any_action = st.one_of([action_of(kind) for kind in KINDS])


@each_row("data, fingerprint, action", SENT)
def test_buttons_of_cards_that_were_sent_long_ago_stay_valid(data: str, fingerprint: str, action: str) -> None:
    read, mark = decode(data)
    assert repr(read) == action
    assert encode(read, fingerprint) == data
    assert mark == data[1:5]


def test_every_kind_of_action_was_sent() -> None:
    assert {action.partition("(")[0] for _, _, action in SENT} == {kind.__name__ for kind in KINDS}


@given(any_action, st.text("0123456789abcdef", min_size=12, max_size=12))
def test_what_is_written_is_read_back_from_at_most_64_bytes(action: Action, fingerprint: str) -> None:
    data = encode(action, fingerprint)
    assert 1 <= len(data.encode()) <= 64
    assert decode(data) == (action, fingerprint[:4])


@given(st.one_of(st.text(max_size=70), st.text("aqcp0123456789:.~?=Ab", max_size=64)))
def test_anything_else_is_foreign_or_reads_to_what_would_be_written(data: str) -> None:
    with contextlib.suppress(ForeignData):
        assert encode(*decode(data)) == data


@example(Found("00000000", 0, plain=False), 6, "\ud800")
@given(any_action, st.integers(0, 63), st.characters())
def test_a_changed_sign_never_raises_anything_else(action: Action, place: int, sign: str) -> None:
    data = encode(action, "7b09")
    changed = data[:place] + sign + data[place + 1 :]
    with contextlib.suppress(ForeignData):
        decode(changed)


@each_row("data", ["", "more", "a", "a7b09", "a7b09:", "a7b09:short:0:0", "q7b09:01.2.3::0", "A7b09:Ab3dE_-9:0:0",
             "aXYZW:Ab3dE_-9:0:0", "a7b09:Ab3dE_-9:0:2", "a7b09:Ab3dE_-9:-1:0",
             "p7b09:1:1.:0:::0", "q7b09:1.2.3:?:0"])  # fmt: skip
def test_forged_data_is_foreign(data: str) -> None:
    with pytest.raises(ForeignData):
        decode(data)


def test_every_action_has_a_code_of_its_own() -> None:
    data = {encode(Found(Key("Ab3dE_-9"), 3), "7b0960e4c451"), encode(Part(4, (2, 1)), "7b0960e4c451")}
    assert data == {"a7b09:Ab3dE_-9:3:0", "p7b09:4:2.1:0:::0"}
    named = {**vars(actions), **vars(bringing_actions), **vars(place_actions), **vars(reading_actions), **vars(theme_actions)}.values()
    declared = [kind for kind in named if isinstance(kind, type) and issubclass(kind, Action) and kind.letter]
    assert declared == KINDS


def test_numbers_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="no number"):
        encode(actions.Listing(-1), "7b09")
