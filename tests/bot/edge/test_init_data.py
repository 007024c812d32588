"""Who opened a page: only what Telegram signed with the bot's token counts, and only for a day."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.edge.init_data import AHEAD, LONGEST, MOST_FIELDS, OLDEST, AppPerson, InitDataRefused, verified
from tests.kit.opened_app import NOW, PERSON, TOKEN, fields, init_data, sign, written
from tests.kit.table import each_row

DATED = str(int(NOW))


def refused(data: str, token: str = TOKEN) -> str:
    """Why it is refused."""
    with pytest.raises(InitDataRefused) as caught:
        verified(data, token, NOW)
    return caught.value.why


def test_what_telegram_signed_says_who_it_is() -> None:
    assert verified(init_data(), TOKEN, NOW) == AppPerson(7, "zh-hans", "")
    assert verified(init_data(start_param="q7_1_2"), TOKEN, NOW) == AppPerson(7, "zh-hans", "q7_1_2")
    assert verified(init_data(user='{"id": 9007199254740991}'), TOKEN, NOW) == AppPerson(9007199254740991)


def test_the_order_of_the_fields_and_blanks_as_a_plus_change_nothing() -> None:
    values = fields()
    mixed = dict(reversed(list((values | {"hash": sign(values)}).items())))
    assert verified(written(mixed).replace("%20", "+"), TOKEN, NOW).user_id == 7


RIGHT = sign(fields())
HASHES = [
    ("none", ""),
    ("empty", "&hash="),
    ("another's", "&hash=" + sign(fields(), "1:other")),
    ("in capitals", "&hash=" + RIGHT.upper()),
    ("shortened", "&hash=" + RIGHT[:-1]),
    ("with more", f"&hash={RIGHT}0"),
    ("not ASCII", "&hash=" + quote("é" * 64)),
    ("any", "&hash=" + "0" * 64),
]


@each_row("case, hashed", HASHES)
def test_another_hash_is_refused(case: str, hashed: str) -> None:
    assert refused(written(fields()) + hashed) == "hash", case


def test_another_bots_data_is_refused() -> None:
    assert refused(init_data("8000000002:AAGanother")) == "hash"
    assert refused(init_data(), "8000000002:AAGanother") == "hash"
    assert refused(init_data(""), "8000000002:AAGanother") == "hash"


DATES = [
    ("now", NOW, True),
    ("almost too old", NOW - OLDEST, True),
    ("too old", NOW - OLDEST - 1, False),
    ("years old", NOW - 10 * 365 * 86400, False),
    ("a clock that is a little ahead", NOW + AHEAD, True),
    ("the future", NOW + AHEAD + 1, False),
]


@each_row("case, date, well", DATES)
def test_data_counts_for_a_day(case: str, date: float, well: bool) -> None:
    data = init_data(auth_date=str(int(date)))
    if well:
        assert verified(data, TOKEN, NOW).user_id == 7
    else:
        assert refused(data) == "auth_date", case


@each_row("date", ["", "0", "-1", "+1", f" {DATED}", f"{DATED}.5", "1e9", "٣٣٣", f"0{DATED}", "9" * 30])
def test_a_date_that_is_none_is_refused_also_when_it_is_signed(date: str) -> None:
    assert refused(init_data(auth_date=date)) == "auth_date"


@each_row(
    "user",
    ["", "null", "7", "[]", "{}", '{"id": "7"}', '{"id": true}', '{"id": 0}', '{"id": -7}', '{"id": 7.0}', '{"id": 7, "language_code": 1}',
     "{", "[" * 1100],
)  # fmt: skip
def test_a_person_that_is_none_is_refused_also_when_it_is_signed(user: str) -> None:
    assert refused(init_data(user=user)) == "user"


WRONGLY_WRITTEN = [
    ("", "hash"),
    ("?", "encoding"),
    ("user", "encoding"),
    ("a=1&&b=2", "encoding"),
    ("a=%", "encoding"),
    ("a=%zz", "encoding"),
    ("a=%ff", "encoding"),
    ("a=%ed%a0%80", "encoding"),
    ("a=é", "encoding"),
    ("a=1 2", "encoding"),
    ("a=1\nb=2", "encoding"),
    ("a=" + "x" * LONGEST, "encoding"),
    ("&".join(f"a{n}=1" for n in range(MOST_FIELDS + 1)), "encoding"),
    ("a=1&a=1", "fields"),
    ("a=1%00", "fields"),
    ("a=1%0Ab=2", "fields"),
    ("a%0A=1", "fields"),
]


@each_row("data, why", WRONGLY_WRITTEN)
def test_what_is_not_well_written_is_refused(data: str, why: str) -> None:
    assert refused(data) == why


def test_a_field_twice_is_refused_whichever_of_both_was_signed() -> None:
    for data in (init_data() + "&user=" + quote(json.dumps({"id": 8})), "auth_date=1&" + init_data(), init_data() + "&hash=" + "0" * 64):
        assert refused(data) == "fields"


def test_two_fields_cannot_be_passed_off_as_one() -> None:
    values = fields()
    hashed = sign(values)
    joined = {"auth_date": f"{values.pop('auth_date')}\nquery_id={values.pop('query_id')}"} | values
    assert sign(joined) == hashed  # what is signed does not tell them apart
    assert refused(written(joined | {"hash": hashed})) == "fields"


names = st.sampled_from(["query_id", "user", "auth_date", "signature", "chat_type", "start_param"])
values = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1, max_size=40)


@given(names, values)
def test_any_change_of_any_field_is_refused(name: str, value: str) -> None:
    signed = fields()
    assume(signed.get(name) != value)
    assert refused(written(signed | {name: value, "hash": sign(signed)})) in ("hash", "encoding")


@given(st.data())
def test_any_other_sign_anywhere_is_refused_or_says_the_same(data: st.DataObject) -> None:
    right = init_data()
    at = data.draw(st.integers(0, len(right) - 1))
    sign_there = data.draw(st.characters(min_codepoint=33, max_codepoint=126))
    altered = right[:at] + sign_there + right[at + 1 :]
    try:
        assert verified(altered, TOKEN, NOW) == AppPerson(PERSON["id"], "zh-hans")
    except InitDataRefused:
        return
    assert altered.lower() == right.lower() or "+" in (right[at], sign_there)  # %2f for %2F


@given(st.text(max_size=300))
def test_anything_else_is_refused_and_nothing_else_happens(text: str) -> None:
    refused(text)


@given(names)
def test_leaving_out_a_signed_field_is_refused(name: str) -> None:
    signed = fields(chat_type="private", start_param="q7_1_2")
    left = {key: value for key, value in signed.items() if key != name}
    assert refused(written(left | {"hash": sign(signed)})) == "hash"
