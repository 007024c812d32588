"""Every answer of Telegram and the network, and what it means for a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.contract.reply import Button, Entity, File, Reply
from bot.edge.outgoing import message_of
from bot.edge.sending import LONGEST_BACKOFF_SECONDS, UNCLEAR_BACKOFF_SECONDS, backoff
from bot.edge.transport import Interrupted, Unreachable
from bot.edge.verdicts import MEANINGS, verdict_on
from bot.queue.outbox import Step
from tests.kit.table import each_row

VERDICTS = [
    (RetryAfter(7), ("again", False)),
    (TimedOut(), ("again", True)),
    (Interrupted("reset"), ("again", True)),
    (TelegramError("Invalid server response"), ("again", True)),
    (Unreachable("refused"), ("again", False)),
    (NetworkError("Bad Gateway"), ("again", False)),
    (NetworkError("Internal Server Error"), ("again", False)),
    (Conflict("terminated"), ("again", True)),
    (ChatMigrated(-100), ("moved", False)),
    (Forbidden("Forbidden: bot was blocked by the user"), ("gone", False)),
    (BadRequest("Bad Request: chat not found"), ("gone", False)),
    (BadRequest("Bad Request: message is not modified: specified new message content"), ("sent", False)),
    (BadRequest("Bad Request: query is too old and response timeout expired"), ("sent", False)),
    (BadRequest("Bad Request: message to delete not found"), ("sent", False)),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), ("gone", False)),
    (Forbidden("Forbidden: user is deactivated"), ("gone", False)),
    (Forbidden("Forbidden: bot can't initiate conversation with a user"), ("gone", False)),
    (Forbidden("Forbidden: something new"), ("refused", False)),
    (BadRequest("Bad Request: not enough rights to send photos to the chat"), ("muted", False)),
    (BadRequest("Bad Request: not enough rights to send text messages to the chat"), ("muted", False)),
    (BadRequest("Bad Request: have no rights to send a message"), ("muted", False)),
    (BadRequest("Bad Request: CHAT_WRITE_FORBIDDEN"), ("muted", False)),
    (BadRequest("Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN"), ("muted", False)),
    (Forbidden("Forbidden: CHAT_WRITE_FORBIDDEN"), ("muted", False)),
    (BadRequest("Bad Request: TOPIC_CLOSED"), ("muted", False)),
    (BadRequest("Bad Request: message thread not found"), ("muted", False)),
    (BadRequest("Bad Request: can't parse entities"), ("refused", False)),
    (BadRequest("Bad Request: message is too long"), ("refused", False)),
    (InvalidToken(), ("stranger", False)),
    (EndPointNotFound("SendMessage"), ("stranger", False)),
]


@each_row("error, meaning", VERDICTS)
def test_what_an_error_means(error: TelegramError, meaning: tuple[str, bool]) -> None:
    verdict = verdict_on(error)
    assert (verdict.outcome, verdict.unclear) == meaning
    assert verdict.because == next(meaning.because for meaning in MEANINGS if meaning.fits(error))


def test_every_rule_is_met_and_has_a_name_of_its_own() -> None:
    assert {verdict_on(error).because for error, _ in VERDICTS} == {meaning.because for meaning in MEANINGS}
    assert len({meaning.because for meaning in MEANINGS}) == len(MEANINGS)


def test_telegrams_own_time_is_obeyed_to_the_second() -> None:
    verdict = verdict_on(RetryAfter(7))
    assert (verdict.seconds, verdict.told) == (7.0, True)


def test_the_pauses_double_up_to_a_limit() -> None:
    assert [backoff(n, UNCLEAR_BACKOFF_SECONDS) for n in (1, 2, 3, 4)] == [0.5, 1.0, 2.0, 4.0]
    assert backoff(1000, UNCLEAR_BACKOFF_SECONDS) == UNCLEAR_BACKOFF_SECONDS
    assert backoff(1000) == LONGEST_BACKOFF_SECONDS


texts = st.text(st.sampled_from("a文😀𠮷é\u3000"), min_size=1, max_size=30)


@given(texts, st.data())
def test_entities_come_in_the_librarys_own_utf16_units(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    [ours] = message_of(Reply(text, (Entity("bold", start, end),)))["entities"]
    [theirs] = MessageEntity.adjust_message_entities_to_utf_16(text, [MessageEntity("bold", start, end - start)])
    assert ours == theirs.to_dict()


BUTTONS = [
    (Button("a", data="x"), {"text": "a", "callback_data": "x"}),
    (Button("a", url="https://x"), {"text": "a", "url": "https://x"}),
    (Button("a", copy="x"), {"text": "a", "copy_text": {"text": "x"}}),
]


@pytest.mark.parametrize(("button", "sent"), BUTTONS)
def test_buttons(button: Button, sent: dict[str, object]) -> None:
    assert message_of(Reply("t", (), ((button,),)))["reply_markup"] == {"inline_keyboard": [[sent]]}


def test_previews_are_off() -> None:
    assert message_of(Reply("https://example.org"))["link_preview_options"] == {"is_disabled": True}


replies = st.builds(
    Reply,
    texts,
    st.just((Entity("text_link", 0, 1, "https://x"),)),
    st.just(((Button("a", data="b"), Button("c", share="d")),)),
    st.none() | st.builds(File, st.sampled_from(["document", "photo"]), texts, st.binary(max_size=20)),
)
steps = st.builds(Step, st.sampled_from(["send", "edit", "delete"]), st.integers(), st.none() | replies, st.integers(), texts)


@given(steps)
def test_a_step_survives_the_database(step: Step) -> None:
    assert Step.loads(step.dumps()) == step
