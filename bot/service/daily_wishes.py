"""Wishes for the daily quote in a person's own words: 每天早上七点半发我一句, 只要张家界的, 关掉 → what the command does, and said."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.contract.response import Response
from bot.service import daily, random_quotes
from bot.service.context import Context
from bot.service.literal_cards import prefixed
from retrieval import Quote, to_int


def reply(context: Context, _quote: Quote | None, about: str) -> Response:
    """With a time, or the wish to end it, as the command does, and said; else the card."""
    if _TODAY.search(about):
        return random_quotes.random(context, "")
    time, of = "" if _ASKS.search(about) else _time(about), _of_what(context, about)
    if of:
        return _told(context, daily.command(context, f"{time} {of}".strip()), "daily.begun")
    if time:
        return _told(context, daily.command(context, time), "daily.set_to", time=time.zfill(5))
    if _ENDS.search(about) and not _NOT_ENDED.search(about):
        return _told(context, daily.command(context, "off"), "daily.ended")
    if _SENDS.search(about) and not _ASKS.search(about):
        return _told(context, daily.switched_on(context), "daily.begun")
    return Response((daily.card(context),))


def _of_what(context: Context, about: str) -> str:
    """Of which speech or theme the daily quote is wished, as the command takes it: 第4篇, 工人; "" where it is of all."""
    wished = _OF_WHAT.search(about)
    if wished is None:
        return ""
    named = context.library.engine.reader.understand(f"{wished[1]}那篇").references
    if named:
        return f"第{named[0].number}篇"
    word = _SUBJECT.sub("", wished[1])
    return word if context.library.shareable_about(word) else ""


# e.g. 光发跟咱工人|有关的  只要张家界|的  ✗只要短的
_OF_WHAT = re.compile(r"(?:光|只|就)(?:要|发|推|来)(?:跟|和|与|讲|关于)?(?!短|长)([^,，。?？的]{2,8}?)(?:有关|相关)?的")
_SUBJECT = re.compile("^(?:咱们?|我们?|俺们?)")  # |咱|工人  ✗工人


def _time(about: str) -> str:
    """The time of day that is wished, 18:30: the one behind 改成 or before 发, else the only one; "" where none is."""
    named = list(_HOUR.finditer(about))
    wished = [found for found in named if _SET_TO.search(about[: found.start()]) or _SENT_THEN.match(about, found.end())]
    if not wished and len(named) > 1 and _MAY_IT.match(about, named[0].end()):
        wished = named[:1]  # 七点半行不，八点俺都下地了
    found = wished[0] if wished else named[0] if len(named) == 1 and not _TOO.match(about, named[0].end()) else None
    hour = (to_int(found[2]) or (int(found[2]) if found[2].isdigit() else None)) if found else None
    if found is None or hour is None or hour > HOURS:
        return ""
    later = found[1] in ("下午", "晚上", "傍晚") and hour < NOON
    words = found[4] or found[5] or ""
    minute = 30 if found[3] else int(words) if words.isdigit() else to_int(words) or 0
    return f"{hour + NOON * later}:{minute if minute < MINUTES else 0:02}"


def _told(context: Context, answer: Response, key: str, **values: str) -> Response:
    """The card with what was done above it."""
    return replace(answer, replies=(prefixed(answer.replies[0], context.say(key, **values)), *answer.replies[1:]))


NOON, HOURS, MINUTES = 12, 23, 60
# e.g. 停掉  退掉  还是退了吧  先不订了  别再发了  别每天|推了  ✗每天
_ENDS = re.compile(r"停|关|取消|(?<!周末)不要|别(?:再|发|推|老|天天|每[天日])|不用|退订|退掉|退了|不订了")
_NOT_ENDED = re.compile(r"(?:没|没有|不是)(?:要|想|让你)?(?:关|停|取消)|周末")  # 没有要关闭  周末不要发  ✗取消
# e.g. 早上七点  下午3点半  晚上8:30  六点四十  6点40分  ✗每天
_HOUR = re.compile(
    r"(早上|早晨|早起|上午|中午|下午|晚上|傍晚)?([一二三四五六七八九十两]{1,3}|\d{1,2})"
    r"(?:点(?:钟)?(?:(半)|([0-5]?\d|[一二三四五]?十[一二三四五六七八九]?)分?)?|[:：]([0-5]\d))"
)
_SET_TO = re.compile(r"(?:改|换|调|设|定|挪|推迟|提前)(?:成|到|为|在)?(?:每天)?$")  # 改成  ✗八点
_SENT_THEN = re.compile(r"(?:钟)?(?:再|就|准时|给我|给俺|帮我)*(?:发|推|送|来|念|提醒)")  # 给我发  ✗起床
_MAY_IT = re.compile("(?:钟)?(?:行不|行吗|可以吗|好吗|吧|成不)")  # 七点半|行不|  ✗太早
_TOO = re.compile(r"(?:钟)?(?:太|忒|有点)?(?:早|晚)(?:了)?")  # 太晚了  ✗发
_TODAY = re.compile(
    r"今[天日](?:的)?(?:这|那)?(?:一)?(?:句|每日|每天)|(?:看看?|念念?|读读?)(?:今天的)?每[日天]一句"
)  # 今天的每日一句  ✗每天一句
_ASKS = re.compile(r"几点|什么时候|(?<!能)吗$|是不是|多久|怎么")  # 几点  ✗六点
_SENDS = re.compile(r"(?:每[天日早晚]|天天)[^,，。]{0,10}(?:发|推|来|给|送|念)")  # 每天给我发一句  ✗每天一句
