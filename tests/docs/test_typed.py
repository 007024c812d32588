"""What the documents say can be typed is typed to the running bot and looked at."""

from __future__ import annotations

import itertools
import re
import shlex
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.cli import commands
from bot.cli.run import open_content
from bot.demo import FIRST_USER, LocalApi, start
from bot.demo.world.parameters import Upload
from bot.demo.world.telegram_state import Message
from tests.bot.test_dialogues import running
from tests.kit.documents import CODE, ROOT, tables
from tests.kit.prepared import prepared

PROGRAM = ".venv/bin/python -m bot "


def quotes(message: Message) -> int:
    return sum(e.kind in ("blockquote", "expandable_blockquote") for e in message.text.entities)


def labels(message: Message) -> str:
    keyboard = (message.markup or {}).get("inline_keyboard", ())
    return " ".join(button["text"] for row in keyboard for button in row)


def says(words: str, button: str = "", quoted: int = 0) -> Callable[[Message], bool]:
    """Whether a message holds the words, a button with that label and at least so many block quotes."""
    return lambda m: words in m.text.content and button in labels(m) and quotes(m) >= quoted


def picture(message: Message) -> bool:
    return message.attachment is not None and message.attachment.kind == "photo"


# the bold words of the README → how many messages come, and what each of them is
KINDS: dict[str, tuple[int, Callable[[Message], bool]]] = {
    "answer": (1, says("第", "上下文", 1)),
    "two answers": (1, says("「", "①", 2)),
    "source": (1, says("出处是", "复制出处")),
    "limit": (1, says("放开")),
    "themes": (1, says("哪方面", "劳模精神")),
    "no writing": (1, says("我不写稿子")),
    "nothing said": (1, says("没有讲到")),
    "contents": (1, says("/s3_1", "从头读")),
    "part": (1, says("第", "目录", 1)),
    "two parts": (2, says("第", "目录", 1)),
    "paragraph": (1, says("第6篇", "", 1)),
    "choices": (1, lambda m: says("没有「", "目录")(m) or says("没有第", "目录")(m)),
    "list": (1, says("一共6篇讲话")),
    "random quote": (1, says("第", "再来一句", 1)),
    "count": (1, says("创新")),
    "check": (1, says("原文核对")),
    "draft checked": (2, lambda m: "原文核对" in m.text.content or (m.attachment is not None and m.attachment.name == "稿-核对.html")),
    "not there": (1, says("6篇里没有")),
    "comparison": (1, says("篇讲话里", "", 2)),
    "material": (1, says("写稿素材", "存成 Word", 6)),
    "openings": (1, says("我不写稿子", "", 6)),
    "quiz": (1, lambda m: m.poll is not None and m.poll.kind == "quiz" and "本周得分" in labels(m)),
    "scores": (1, says("答题", "再来一题")),
    "picture": (1, picture),
    "daily quote": (1, says("每天一句")),
    "favourites": (1, says("收藏")),
    "settings": (1, says("语言", "English")),
    "languages": (1, says("语言", "English")),
    "greeting": (1, says("你好", "榜样的力量有多大？")),
    "help": (1, says("/random", "榜样")),
    "about": (1, says("文本版本")),
    "privacy": (1, says("/forget")),
    "forgetting": (1, says("关于你")),
    "courtesy": (1, says("不客气")),
    "hint": (1, says("只看得懂文字")),
    "in private": (1, says("私聊", "打开机器人")),
    "silence": (0, says("")),
    "figures": (2, lambda m: picture(m) or "天" in m.text.content),
    "open questions": (1, lambda m: "答不上来的问题" in m.text.content or "没答上来的问题" in m.text.content),
    "reading again": (2, lambda m: "重新读取" in m.text.content or "文本版本" in m.text.content),
    "how to correct": (1, says("/edit 7")),
    "no such command": (1, says("没有这个命令")),
}
IN_CHINESE = {
    "素材": "material",
    "答题": "quiz",
    "得分": "scores",
    "开头": "openings",
    "次数": "count",
    "核对": "check",
    "核对稿子": "draft checked",
    "没有这句": "not there",
    "回答": "answer", "出处": "source", "范围": "limit", "话题": "themes", "不写": "no writing",
    "两个回答": "two answers", "没有讲到": "nothing said", "目录": "contents", "一部分": "part", "两部分": "two parts",
    "一段": "paragraph", "可选的": "choices", "讲话列表": "list", "随机一句": "random quote", "比较": "comparison", "图片": "picture",
    "每天一句": "daily quote", "收藏": "favourites", "设置": "settings", "语言": "languages", "问候": "greeting", "帮助": "help",
    "关于": "about", "隐私": "privacy", "删除": "forgetting", "提示": "hint", "客套": "courtesy", "不作声": "silence", "数字": "figures",
    "没答上来的": "open questions", "到私聊里": "in private",
    "重新读取": "reading again", "怎么改": "how to correct", "没有这个命令": "no such command", "结果": "results",
    "引文": "quotes", "带编号的标题": "numbered headings",
}  # fmt: skip
PLACES = {
    "私聊": "private", "群": "group", "群里回复机器人": "group, as a reply to the bot", "内联，任何聊天": "inline, any chat",
    "机器人不在的群（访客模式）": "a group without the bot (guest mode)", "私聊，管理员": "private, administrator",
    "私聊，其他人": "private, anybody else", "终端": "terminal",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """Messages typed one after the other somewhere; the last one gets a reply of that kind."""

    typed: tuple[str, ...]
    where: str
    kind: str

    def __str__(self) -> str:
        return f"{self.where}: {' '.join(self.typed)}"


def rows(page: str, heading: str, then: str) -> list[Row]:
    """One row for each spelling in a line of the tables; those joined by `then` are one row. Without a place it is a private chat."""
    found = []
    for typed, *elsewhere, back in (row for table in tables(page, heading) for row in table.rows):
        spellings = tuple(CODE.findall(typed)) or (typed,)
        bold = re.match(r"\*\*(.+?)\*\*", back)
        assert bold, back
        kind, place = IN_CHINESE.get(bold[1], bold[1]), PLACES.get(elsewhere[0], elsewhere[0]) if elsewhere else "private"
        found += [Row(spellings, place, kind)] if then in typed else [Row((one,), place, kind) for one in spellings]
    return found


NUMBERS = itertools.count(50_000)  # of people, one for each row
DRAFT = "a .txt or .docx file"
MARKER = "/s6_3"  # answered in order, so that everything before it is what came back
ROWS = rows("docs/use.en.md", "Typed", " then ")
CHATS = [row for row in ROWS if row.where != "terminal" and not row.where.startswith("inline")]


def test_both_languages_hold_the_same_rows() -> None:
    chinese = rows("docs/use.md", "输入", "，然后")
    foreign = {("一张照片",): ("a photo",), ("一个 .txt 或 .docx 文件",): (DRAFT,)}
    assert {Row(foreign.get(row.typed, row.typed), row.where, row.kind) for row in chinese} == set(ROWS)
    assert len(chinese) == len(ROWS)


def test_the_ten_things_of_the_readme_are_among_them() -> None:
    english, chinese = rows("README.md", "Typed", " then "), rows("README.zh.md", "输入", "，然后")
    assert english == chinese
    assert len(english) == 10
    assert set(english) <= set(ROWS)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def api(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LocalApi]:
    """The whole bot before the local Bot API."""
    settings = prepared(tmp_path_factory)
    async with await start() as local, running(local, open_content(settings), settings, tmp_path_factory.mktemp("bot")):
        yield local


async def said(api: LocalApi, user: int, chat: int, texts: tuple[str, ...], reply_to: int | None = None) -> list[Message]:
    """What the bot says to the last of the texts: everything before its answer to a further command."""
    for text in texts[:-1]:
        await api.people.ask(user, text, chat_id=chat)
    mark = api.people.mark
    if texts[-1] == "a photo":
        api.people.send_file(user, "photo", Upload("a.png", "image/png", (ROOT / "docs" / "card.png").read_bytes()))
    elif texts[-1] == DRAFT:
        draft = Upload("稿.txt", "text/plain", "榜样的力量是有限的。".encode())
        api.people.send_file(user, "document", draft, chat_id=chat, reply_to=reply_to)
    else:
        api.people.send(user, texts[-1], chat_id=chat, reply_to=reply_to)
    api.people.send(user, MARKER, chat_id=chat)
    found: list[Message] = []
    while True:
        message = await api.people.message(chat, after=mark, within=20)
        found, mark = [*found, message], message.seq
        if message.reply_to and api.people.messages_by_id(chat)[message.reply_to].text.content == MARKER:
            return found[:-1]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", CHATS, ids=str)
async def test_what_is_typed_in_a_chat_gets_the_stated_kind_of_reply(api: LocalApi, row: Row) -> None:
    user = FIRST_USER if row.where == "private, administrator" else next(NUMBERS)
    if user != FIRST_USER:
        api.people.add_user(user, "读者")
    name = f"@{api.state.bot.username}"
    texts = tuple(text.replace("@bot", name) for text in row.typed)
    count, fits = KINDS[row.kind]
    if row.where == "a group without the bot (guest mode)":
        chat = api.people.add_group("别的群", user, with_bot=False).id
        found = [await api.people.ask(user, texts[0], chat_id=chat)]
    elif row.where.startswith("group"):
        chat = api.people.add_group("读书会", user).id
        first = await api.people.ask(user, "/list", chat_id=chat) if "reply" in row.where else None
        found = await said(api, user, chat, texts, first.id if first else None)
    else:
        found = await said(api, user, user, texts)
    assert len(found) == count, [m.text.content for m in found]
    assert [m.text.content for m in found if not fits(m)] == []


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", [row for row in ROWS if row.where.startswith("inline")], ids=str)
async def test_what_is_typed_inline_gets_results_with_their_source(api: LocalApi, row: Row) -> None:
    query = api.people.type_inline(FIRST_USER, row.typed[0].removeprefix("@bot").strip())
    answer = await api.people.results(query)
    assert row.kind == "results"
    assert answer.results
    assert all("第" in result.title and "— 第" in result.text.content for result in answer.results)


TERMINAL = {
    "quotes": re.compile(r"^│ .+\n(?:│.*\n)*  — 第\d篇", re.MULTILINE),
    "numbered headings": re.compile(r"^  3\.2 二要改革创新$", re.MULTILINE),
}


@pytest.mark.parametrize("row", [row for row in ROWS if row.where == "terminal"], ids=str)
def test_what_is_typed_in_a_terminal_is_printed(
    row: Row, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("BOT_DATA_DIR", str(prepared(tmp_path_factory).data_dir))
    assert commands.main(shlex.split(row.typed[0].removeprefix(PROGRAM))) == 0
    assert TERMINAL[row.kind].search(capsys.readouterr().out)
