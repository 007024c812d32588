"""Telegram's refusals, word for word: one table a topic."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from bot.demo import FIRST_USER, SECOND_USER, LocalApi
from bot.demo.api.methods import METHODS
from tests.bot.demo.conftest import Caller, Clock, group_of

OLD = "query is too old and response timeout expired or query ID is invalid"
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def keys(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "按钮", **button}]]}


def entity(offset: int, length: int, kind: str = "bold", **more: str) -> list[dict[str, Any]]:
    return [{"type": kind, "offset": offset, "length": length, **more}]


def article(result_id: str = "1", **more: Any) -> dict[str, Any]:
    content = {"message_text": "引文"}
    return {"type": "article", "id": result_id, "title": "题", "input_message_content": content, **more}


async def refused(call: Caller, method: str, **values: Any) -> str:
    answer = await call(method, **values)
    assert answer["ok"] is False
    prefix = {400: "Bad Request: ", 403: "Forbidden: ", 409: "Conflict: "}.get(answer["error_code"], "")
    return str(answer["description"]).removeprefix(prefix)


@pytest.fixture
def talking(api: LocalApi) -> LocalApi:
    """The first user has spoken, so the bot may write."""
    api.people.send(FIRST_USER, "你好")
    return api


TEXTS = [
    ({"text": ""}, "message text is empty"),
    ({}, "message text is empty"),
    ({"text": " \n\t\u200b\u3000"}, "message text is empty"),
    ({"text": "字" * 4097}, "message is too long"),
    ({"text": "a" * 32_769}, "text is too long"),
    ({"text": "hello", "parse_mode": "HTML"}, "unsupported parse_mode"),
    (
        {"text": "hello", "entities": entity(100, 1)},
        "entity begins after the end of the text at UTF-16 offset 100",
    ),
    (
        {"text": "hello", "entities": entity(0, 100)},
        "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100",
    ),
    ({"text": "hello", "entities": entity(-1, 2)}, "receive an entity with incorrect offset -1"),
    ({"text": "hello", "entities": entity(1, -2)}, "receive an entity with incorrect length -2"),
    ({"text": "😀", "entities": entity(1, 1)}, "entity begins in a middle of a UTF-16 symbol at offset 1"),
    (
        {"text": "😀", "entities": entity(0, 1)},
        "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at offset 1",
    ),
    (
        {"text": "hello", "entities": entity(0, 1, "shout")},
        "can't parse MessageEntity: Unsupported type specified",
    ),
    ({"text": "hello", "entities": ["bold"]}, "can't parse MessageEntity: Expected an Object"),
    ({"text": "hello", "entities": "[{"}, "can't parse MessageEntity JSON object"),
    (
        {"text": "click", "entities": entity(0, 5, "text_link", url="not-a-url")},
        "entity URL 'not-a-url' is invalid: Wrong HTTP URL",
    ),
    ({"text": "click", "entities": entity(0, 5, "text_link")}, "entity URL '' is invalid: URL host is empty"),
    ({"text": "hi", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    (
        {"text": "hi", "reply_parameters": {"message_id": 1, "quote": "没有"}},
        "message to be replied not found",
    ),
]


@pytest.mark.parametrize(("values", "words"), TEXTS)
async def test_texts_that_are_refused(talking: LocalApi, call: Caller, values: dict[str, Any], words: str) -> None:
    assert await refused(call, "sendMessage", chat_id=FIRST_USER, **values) == words
    assert len(talking.people.messages(FIRST_USER)) == 1


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({"text": "字" * 4096}, "字" * 4096),
        ({"text": "\u3000开头"}, "\u3000开头"),
        ({"text": " a\r\n\tb\x07c\u202ed \n"}, "a\n b cd"),
        ({"text": "好", "reply_parameters": {"message_id": 999, "allow_sending_without_reply": True}}, "好"),
        ({"text": "好", "entities": entity(1, 0)}, "好"),
    ],
)
async def test_texts_that_are_kept_as_telegram_keeps_them(talking: LocalApi, call: Caller, values: dict[str, Any], kept: str) -> None:
    answer = await call("sendMessage", chat_id=FIRST_USER, **values)
    assert answer["result"]["text"] == kept
    assert "entities" not in answer["result"]
    assert talking.people.messages(FIRST_USER)[-1].text.content == kept


KEYBOARDS = [
    (keys(callback_data="字" * 22), "BUTTON_DATA_INVALID"),
    (keys(callback_data="a" * 65), "BUTTON_DATA_INVALID"),
    (
        keys(callback_data=""),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (keys(), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    (keys(url="not-a-url"), "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL"),
    (
        keys(url="ftp://example.com"),
        "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
    ),
    (
        keys(web_app={"url": "http://example.com/read"}),
        "inline keyboard button Web App URL 'http://example.com/read' is invalid: Only HTTPS links are allowed",
    ),
    (
        keys(web_app={"url": "http://127.0.0.1.example.com/"}),
        "inline keyboard button Web App URL 'http://127.0.0.1.example.com/' is invalid: Only HTTPS links are allowed",
    ),
    (keys(web_app={"url": "/read/7"}), "inline keyboard button Web App URL '/read/7' is invalid: Wrong HTTP URL"),
    (keys(web_app={}), "can't parse inline keyboard button: Can't find field \"url\""),
    (keys(web_app="https://example.com"), "can't parse inline keyboard button: Can't find field \"url\""),
    (keys(copy_text={"text": "字" * 257}), "BUTTON_COPY_TEXT_INVALID"),
    (keys(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
    ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 8] * 13}, "REPLY_MARKUP_TOO_LONG"),
    ({"inline_keyboard": "bad"}, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array'),
    ("[", "can't parse reply keyboard markup JSON object"),
]


@pytest.mark.parametrize(("markup", "words"), KEYBOARDS)
@pytest.mark.usefixtures("talking")
async def test_keyboards_that_are_refused(call: Caller, markup: Any, words: str) -> None:
    assert await refused(call, "sendMessage", chat_id=FIRST_USER, text="hi", reply_markup=markup) == words


@pytest.mark.parametrize(
    "markup",
    [
        keys(callback_data="字" * 21),
        keys(copy_text={"text": "字" * 256}),
        keys(switch_inline_query=""),
        keys(switch_inline_query_chosen_chat={"query": "劳模", "allow_group_chats": True}),
        keys(url="https://example.org/a"),
    ],
)
@pytest.mark.usefixtures("talking")
async def test_keyboards_that_are_accepted(call: Caller, markup: Any) -> None:
    answer = await call("sendMessage", chat_id=FIRST_USER, text="hi", reply_markup=markup)
    assert answer["result"]["reply_markup"] == markup


CHATS = [
    ({"chat_id": 42}, "chat not found"),
    ({"chat_id": "@nobody"}, "chat not found"),
    ({"chat_id": SECOND_USER}, "chat not found"),
    ({}, "chat_id is empty"),
]


@pytest.mark.parametrize(("values", "words"), CHATS)
@pytest.mark.usefixtures("talking")
async def test_chats_that_are_refused(call: Caller, values: dict[str, Any], words: str) -> None:
    assert await refused(call, "sendMessage", text="hi", **values) == words


async def test_a_chat_that_blocked_removed_or_lost_the_bot(talking: LocalApi, call: Caller) -> None:
    group = group_of(talking)
    talking.people.block(FIRST_USER)
    assert await refused(call, "sendMessage", chat_id=FIRST_USER, text="hi") == "bot was blocked by the user"
    talking.people.remove_bot(FIRST_USER, group.id)
    assert await refused(call, "sendMessage", chat_id=group.id, text="hi") == "bot was kicked from the group chat"
    moved = talking.people.migrate(FIRST_USER, group.id)
    answer = await call("sendMessage", chat_id=group.id, text="hi")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": moved.id}


async def test_edits_that_are_refused(talking: LocalApi, call: Caller) -> None:
    sent = (await call("sendMessage", chat_id=FIRST_USER, text="一"))["result"]["message_id"]
    theirs = talking.people.messages(FIRST_USER)[0].id
    table = [
        ({"message_id": sent, "text": "一"}, SAME),
        ({"message_id": 999, "text": "二"}, "message to edit not found"),
        ({"message_id": theirs, "text": "二"}, "message can't be edited"),
        ({"text": "二"}, "message identifier is not specified"),
        ({"message_id": sent, "text": ""}, "message text is empty"),
        ({"inline_message_id": "x", "text": "二"}, "MESSAGE_ID_INVALID"),
    ]
    for values, words in table:
        assert await refused(call, "editMessageText", chat_id=FIRST_USER, **values) == words
    assert await refused(call, "editMessageReplyMarkup", chat_id=FIRST_USER, message_id=sent) == SAME


async def test_deletions_and_reactions_that_are_refused(talking: LocalApi, call: Caller, clock: Clock) -> None:
    theirs = talking.people.messages(FIRST_USER)[0].id
    thumb = [{"type": "emoji", "emoji": "👍"}]
    assert await refused(call, "deleteMessage", chat_id=FIRST_USER, message_id=9) == "message to delete not found"
    assert await refused(call, "setMessageReaction", chat_id=FIRST_USER, message_id=9) == ("message to react not found")
    values = {"chat_id": FIRST_USER, "message_id": theirs}
    assert await refused(call, "setMessageReaction", **values, reaction=[{"emoji": "讲"}]) == "REACTION_INVALID"
    assert await refused(call, "setMessageReaction", **values, reaction=thumb * 2) == "REACTIONS_TOO_MANY"
    clock.seconds += 49 * 3600
    assert await refused(call, "deleteMessage", **values) == "message can't be deleted"


async def test_callbacks_are_answered_once_and_in_time(talking: LocalApi, call: Caller, clock: Clock) -> None:
    await call("sendMessage", chat_id=FIRST_USER, text="卡", reply_markup=keys(callback_data="a"))
    card = talking.people.messages(FIRST_USER)[-1]
    first = talking.people.tap(FIRST_USER, card, "a").id
    assert await refused(call, "answerCallbackQuery", callback_query_id=first, text="x" * 201) == "MESSAGE_TOO_LONG"
    assert (await call("answerCallbackQuery", callback_query_id=first))["result"] is True
    assert await refused(call, "answerCallbackQuery", callback_query_id=first) == OLD
    assert await refused(call, "answerCallbackQuery", callback_query_id="1") == OLD
    late = talking.people.tap(FIRST_USER, card, "按钮").id
    clock.seconds += 151
    assert await refused(call, "answerCallbackQuery", callback_query_id=late) == OLD


INLINE = [
    ({"results": [article(str(n)) for n in range(51)]}, "RESULTS_TOO_MUCH"),
    ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
    ({"results": [article("")]}, "RESULT_ID_INVALID"),
    ({"results": [article("字" * 22)]}, "RESULT_ID_INVALID"),
    ({"results": [article(title="")]}, "ARTICLE_TITLE_EMPTY"),
    ({"results": [article(type="game")]}, "RESULT_TYPE_INVALID"),
    ({"results": [article(input_message_content={"message_text": ""})]}, "message text is empty"),
    ({"results": [article(reply_markup=keys(callback_data="a" * 65))]}, "BUTTON_DATA_INVALID"),
    ({"results": [article(reply_markup=keys(web_app={"url": "https://example.com"}))]}, "BUTTON_TYPE_INVALID"),
    ({"results": [], "next_offset": "字" * 22}, "NEXT_OFFSET_INVALID"),
    ({"results": [], "button": {"text": "去", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
    (
        {"results": [{"type": "photo", "id": "1", "photo_file_id": "x"}]},
        "wrong file identifier/HTTP URL specified",
    ),
]


@pytest.mark.parametrize(("values", "words"), INLINE)
async def test_inline_answers_that_are_refused(api: LocalApi, call: Caller, values: dict[str, Any], words: str) -> None:
    query = api.people.type_inline(FIRST_USER, "劳模")
    assert await refused(call, "answerInlineQuery", inline_query_id=query.id, **values) == words
    assert (await call("answerInlineQuery", inline_query_id=query.id, results=[article()]))["result"] is True
    assert await refused(call, "answerInlineQuery", inline_query_id=query.id, results=[]) == OLD


async def test_an_unknown_guest_query_is_refused(call: Caller) -> None:
    assert await refused(call, "answerGuestQuery", guest_query_id="1", result=article()) == OLD


COMMANDS = [
    ([{"command": "Start", "description": "开始"}], "BOT_COMMAND_INVALID"),
    ([{"command": "搜索", "description": "搜索"}], "BOT_COMMAND_INVALID"),
    ([{"command": "a" * 33, "description": "x"}], "command length must not exceed 32"),
    ([{"command": "", "description": "x"}], "command must be non-empty"),
    ([{"command": "a", "description": ""}], "command description must be non-empty"),
    ([{"command": "a", "description": "字" * 257}], "command description length must not exceed 256"),
    ([{"command": "a", "description": "x"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
]


@pytest.mark.parametrize(("commands", "words"), COMMANDS)
async def test_commands_that_are_refused(call: Caller, commands: list[Any], words: str) -> None:
    assert await refused(call, "setMyCommands", commands=commands) == words
    assert (await call("getMyCommands"))["result"] == []


PROFILES = [
    ("setMyName", "name", 64),
    ("setMyDescription", "description", 512),
    ("setMyShortDescription", "short_description", 120),
]


@pytest.mark.parametrize(("method", "field", "limit"), PROFILES)
async def test_profile_texts_have_limits(call: Caller, method: str, field: str, limit: int) -> None:
    assert (await call(method, **{field: "字" * limit}))["result"] is True
    words = f"bot {field.replace('_', ' ')} length must not exceed {limit}"
    assert await refused(call, method, **{field: "字" * (limit + 1)}) == words
    assert await refused(call, method, language_code="zh-CN") == "invalid language code specified"


async def test_files_that_are_refused(talking: LocalApi, call: Caller, session: aiohttp.ClientSession) -> None:
    wrong = "wrong file_id or the file is temporarily unavailable"
    assert await refused(call, "getFile", file_id="invented") == wrong
    values = {"chat_id": FIRST_USER, "photo": "invented"}
    assert await refused(call, "sendPhoto", **values) == "wrong file identifier/HTTP URL specified"
    assert await refused(call, "sendPhoto", chat_id=FIRST_USER) == "there is no photo in the request"
    long = {"chat_id": FIRST_USER, "photo": "x", "caption": "字" * 1025}
    assert await refused(call, "sendPhoto", **long) == "message caption is too long"
    for content, words in ((b"", "file must be non-empty"), (b"no picture", "IMAGE_PROCESS_FAILED")):
        form = aiohttp.FormData({"chat_id": str(FIRST_USER)})
        form.add_field("photo", content, filename="a.png")
        async with session.post(f"{talking.base_url}{talking.token}/sendPhoto", data=form) as response:
            assert (await response.json())["description"] == f"Bad Request: {words}"


WEBHOOKS = [
    (
        {"url": "https://example.org/hook", "secret_token": "a b"},
        "secret token contains unallowed characters",
    ),
    ({"url": "https://example.org/hook", "secret_token": "a" * 257}, "secret token is too long"),
    ({"url": "http://example.org/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    (
        {"url": "https://example.org:8080/hook"},
        "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    ),
    ({"url": "nonsense"}, "invalid webhook URL specified"),
]


@pytest.mark.parametrize(("values", "words"), WEBHOOKS)
async def test_webhooks_that_are_refused(call: Caller, values: dict[str, Any], words: str) -> None:
    assert await refused(call, "setWebhook", **values) == words


async def test_a_chat_action_must_exist(talking: LocalApi, call: Caller) -> None:
    words = "wrong parameter action in request"
    assert await refused(call, "sendChatAction", chat_id=FIRST_USER, action="thinking") == words
    assert talking.people.messages(FIRST_USER)


async def test_a_wrong_token_and_an_unknown_method(api: LocalApi, session: aiohttp.ClientSession) -> None:
    answer = await Caller(session, api, token="1:wrong")("getMe")
    assert (answer["error_code"], answer["description"]) == (401, "Unauthorized")
    answer = await Caller(session, api)("sendRichMessage")
    assert (answer["error_code"], answer["description"]) == (404, "Not Found: method not found")


@pytest.mark.parametrize("method", ["GETME", "getme", "getMe"])
async def test_method_names_work_in_any_case(call: Caller, method: str) -> None:
    result = (await call(method))["result"]
    assert result["supports_guest_queries"] is True
    assert len(METHODS) == 26
