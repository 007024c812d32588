"""What is no ask: an ordered table of rules, each with what it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from retrieval import fold_question

SHORTEST, LONGEST = 2, 60  # characters, chosen: asks of 14 writers have 2 to 48
_COPIED = 14  # characters in a row that an ask may share with its passage, chosen: names of institutions have up to 13
_WRITER = re.compile(r"作为(?:一个)?(?:AI|人工智能|语言模型)|无法(?:提供|回答|生成)|抱歉|as an ai|language model", re.IGNORECASE)  # 作为AI
_MARKUP = re.compile(r"[{}<>\[\]\\|`#*_]{1}|https?:|^\d+[.、)](?!\d)|^[-•]")  # {"asks"  1. 问  https://
_PIECE = "(?:这|该|本|上述|以上|原)一?(?:段|句|篇|文|部分)(?:话|文字|内容|讲话)?"  # 这段话  该文
_ABOUT_PASSAGE = re.compile(rf"{_PIECE}(?:主要)?(?:讲|说|谈|是|提|表达|强调)")  # 这段讲|了什么  ✗怎么讲
_STATEMENT = re.compile(r"[。！；]$")  # 读书很重要。
_ASKING = re.compile("[吗呢么谁哪几多怎何为啥嘛吧]|是不是|有没有|能不能|如何")  # 怎么  吗


class AskOf(NamedTuple):
    """A would-be ask and the words of its passage."""

    text: str
    quote: str


AskRule = Callable[[AskOf], bool]


def _too_short(ask: AskOf) -> bool:
    return sum(map(str.isalnum, ask.text)) < SHORTEST


def _too_long(ask: AskOf) -> bool:
    return len(ask.text) > LONGEST or "\n" in ask.text


def _of_the_writer(ask: AskOf) -> bool:
    return _WRITER.search(ask.text) is not None


def _with_markup(ask: AskOf) -> bool:
    return _MARKUP.search(ask.text) is not None


def _about_the_passage(ask: AskOf) -> bool:
    return _ABOUT_PASSAGE.search(ask.text) is not None


def _a_statement(ask: AskOf) -> bool:
    return _STATEMENT.search(ask.text) is not None and _ASKING.search(ask.text) is None


def _copied(ask: AskOf) -> bool:
    """It holds the passage, or a long run of it."""
    asked, quote = key_of_ask(ask.text), key_of_ask(ask.quote)
    if quote and quote in asked:
        return True
    return any(asked[at : at + _COPIED] in quote for at in range(len(asked) - _COPIED + 1))


ASK_RULES: tuple[tuple[str, AskRule], ...] = (
    ("too short", _too_short),
    ("too long", _too_long),
    ("of the writer, not of a reader", _of_the_writer),
    ("with markup", _with_markup),
    ("about the passage, not about its subject", _about_the_passage),
    ("copied from the passage", _copied),
    ("a statement", _a_statement),
)


def why_no_ask(text: str, quote: str) -> str:
    """Why it is no ask, "" when it is one.

    >>> why_no_ask("一天读多久", "每天读半小时。"), why_no_ask("读书很重要。", "每天读半小时。")
    ('', 'a statement')
    """
    ask = AskOf(text, quote)
    return next((reason for reason, refuses in ASK_RULES if refuses(ask)), "")


def key_of_ask(text: str) -> str:
    """What two asks that say the same have in common: letters, folded."""
    return "".join(filter(str.isalnum, fold_question(text)))
