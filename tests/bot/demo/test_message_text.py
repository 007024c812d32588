"""Properties of Telegram's text cleaning and entity detection."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from bot.demo.world.message_text import TextEntity, clean, is_blank, units
from bot.demo.world.refusal import Refusal
from tests.kit.table import each_row

SIGNS = st.text(st.sampled_from("a /@#_字。\t\r\n\u2028\u202e\u3000😀\u0333"), max_size=40)


@each_row(
    "text, found",
    [
        ("/s3_2 看", [("bot_command", "/s3_2")]),
        ("见 /s3_2。", [("bot_command", "/s3_2")]),
        ("/ask@quotes_bot 劳模", [("bot_command", "/ask@quotes_bot")]),
        ("/ask劳模", []),
        ("a/b", []),
        ("@quotes_bot，劳模", [("mention", "@quotes_bot")]),
        ("@quotes_bot劳模", []),
        ("邮箱a@quotes_bot", []),
        ("#劳模 #1", [("hashtag", "#劳模")]),
        ("😀 https://example.org/a?b=1，好", [("url", "https://example.org/a?b=1")]),
    ],
)
def test_entities_that_telegram_finds_by_itself(text: str, found: list[tuple[str, str]]) -> None:
    cleaned = clean(text)
    encoded = cleaned.content.encode("utf-16-le")
    shown = [(e.kind, encoded[2 * e.offset : 2 * e.end].decode("utf-16-le")) for e in cleaned.entities]
    assert shown == found


def test_nothing_is_found_inside_code_and_links() -> None:
    assert [e.kind for e in clean("/ask", [TextEntity("code", 0, 4)]).entities] == ["code"]
    assert [e.kind for e in clean("/ask", [TextEntity("blockquote", 0, 4)]).entities] == [
        "blockquote",
        "bot_command",
    ]


@given(SIGNS)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once.content) == once


@given(st.text(max_size=60))
def test_cleaning_never_lengthens_and_knows_blank(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.content) <= len(text)
    assert is_blank(cleaned.content) or cleaned.content.strip(" \n") == cleaned.content


@given(SIGNS, st.integers(0, 50), st.integers(0, 50))
def test_an_entity_is_refused_or_lies_inside_the_text(text: str, offset: int, length: int) -> None:
    entity = TextEntity("bold", offset, length)
    with suppress(Refusal):
        cleaned = clean(text, [entity], detect=False)
        assert entity.end <= units(text)
        assert all(0 <= e.offset < e.end <= units(cleaned.content) for e in cleaned.entities)


@given(st.lists(st.sampled_from(["字", "😀", "\r", "\u202e", "b"]), min_size=1, max_size=30), st.data())
def test_an_entity_keeps_covering_the_same_signs(signs: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(signs) - 1))
    end = data.draw(st.integers(start + 1, len(signs)))
    offset, covered = units("".join(signs[:start])), "".join(signs[start:end])
    cleaned = clean("".join(signs), [TextEntity("bold", offset, units(covered))], detect=False)
    wanted = covered.replace("\r", "").replace("\u202e", "")
    encoded = cleaned.content.encode("utf-16-le")
    kept = [encoded[2 * e.offset : 2 * e.end].decode("utf-16-le") for e in cleaned.entities]
    assert kept == ([wanted] if wanted else [])


def test_more_than_a_hundred_entities_lose_the_rest() -> None:
    entities = [TextEntity("bold", n, 1) for n in range(150)]
    assert len(clean("字" * 150, entities).entities) == 100
