"""Who is meant, in which lane: any update, however odd, and time that grows with the length only."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.edge.addressing import COMMAND, without_mention
from bot.queue.payload import lane_of
from tests.kit.table import each_row

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["chat", "from", "id", "message", "text", "x"]), inner, max_size=4
    ),
    max_leaves=12,
)  # fmt: skip
kinds = st.sampled_from(["message", "callback_query", "inline_query", "guest_message", "my_chat_member", "new"])

LANES: list[tuple[dict[str, Any], str]] = [
    ({"message": {"chat": {"id": -5}, "from": {"id": 7}}}, "c-5"),
    ({"edited_message": {"chat": {"id": 7}}}, "c7"),
    ({"callback_query": {"from": {"id": 7}, "message": {"chat": {"id": -5}}}}, "c-5"),
    ({"callback_query": {"from": {"id": 7}, "inline_message_id": "x"}}, "u7"),
    ({"inline_query": {"from": {"id": 7}}}, "u7"),
    ({"guest_message": {"from": {"id": 7}, "chat": {"id": -5}}}, "u7"),
    ({"my_chat_member": {"chat": {"id": -5}, "from": {"id": 7}}}, "c-5"),
    ({}, "none"),
]


@each_row("update, lane", LANES)
def test_the_lane_of_an_update(update: dict[str, Any], lane: str) -> None:
    assert lane_of({"update_id": 1, **update}) == lane


@given(kinds, json_values)
def test_every_update_has_a_short_lane(kind: str, content: object) -> None:
    assert lane_of({"update_id": 1, kind: content})


@given(st.text(max_size=200))
def test_taking_out_a_name_that_is_not_there_changes_nothing(text: str) -> None:
    assert without_mention(text, "quotes_bot") == (text, 0) or "@quotes_bot" in text.lower()


@pytest.mark.slow
@pytest.mark.parametrize("text", ["/" + "a" * 100_000, "@quotes_bo" * 20_000, "/a@" + "b" * 100_000, "@" * 200_000])
def test_long_and_odd_texts_take_no_long_time(text: str) -> None:
    began = time.process_time()
    COMMAND.fullmatch(text)
    without_mention(text, "quotes_bot")
    assert time.process_time() - began < 2
