"""Simplified → traditional characters, for showing only: Taiwan's forms or Hong Kong's."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from opencc import OpenCC

from bot.settings.character_exceptions import CharacterExceptions

Script = Literal["", "tw", "hk"]
SCRIPTS: tuple[Script, ...] = ("", "tw", "hk")  # "": as in the files
NONE = CharacterExceptions()

# OpenCC's tables. What the speeches say keeps its words: s2twp would make 服务对象 to 服務物件, 通过 to 透過. What the bot says
# is worded as people word it there.
_CHARACTERS: Mapping[str, str] = {"tw": "s2tw", "hk": "s2hk"}
_WORDS: Mapping[str, str] = {"tw": "s2twp", "hk": "s2hk"}


@functools.cache
def _converter(table: str) -> Callable[[str], str]:
    """Loads a table in 0.1 s."""
    convert: Callable[[str], str] = OpenCC(table).convert
    return convert


@functools.cache
def _exception(exceptions: CharacterExceptions, script: str) -> re.Pattern[str]:
    words = sorted(exceptions.of_script.get(script, {}), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")  # 娘家|人  ✗新娘


@functools.lru_cache(maxsize=4096)  # texts; 2.6 MB when each has 100 characters; the bundled speeches have 389 passages
def to_traditional(words: str, script: str = "tw", exceptions: CharacterExceptions = NONE) -> str:
    """The words in the characters of a script, as many as before.

    >>> to_traditional("劳动创造未来"), to_traditional("为群众说话", "hk")
    ('勞動創造未來', '為羣眾説話')
    """
    return _converted(words, script, exceptions, _CHARACTERS[script])


def rewritten(signs: Iterable[str]) -> int:
    """How many of the characters Taiwan writes otherwise.

    >>> rewritten("劳模")
    1
    """
    return sum(to_traditional(sign) != sign for sign in signs)


@functools.lru_cache(maxsize=4096)  # lines and labels, as long as quotes at most
def to_traditional_once(words: str, script: str, exceptions: CharacterExceptions = NONE) -> str:
    """The same for words that may be traditional already, which the tables would make wrong: 咸陽 to 鹹陽.

    >>> to_traditional_once("咸陽的劳模", "tw")
    '咸陽的勞模'
    """
    return _converted(_converter("t2s")(words), script, exceptions, _CHARACTERS[script])


@functools.lru_cache(maxsize=1024)  # sentences of the wording: 310
def to_local_wording(sentence: str, script: str, exceptions: CharacterExceptions = NONE) -> str:
    """What the bot itself says, in the characters and with the words of a script's place.

    >>> to_local_wording("设置已保存", "tw"), to_local_wording("设置已保存", "hk")
    ('設定已儲存', '設置已保存')
    """
    return _converted(sentence, script, exceptions, _WORDS[script])


def _converted(words: str, script: str, exceptions: CharacterExceptions, table: str) -> str:
    convert, exception, instead = _converter(table), _exception(exceptions, script), exceptions.of_script.get(script, {})
    pieces, position = [], 0
    for match in exception.finditer(words):
        pieces += [convert(words[position : match.start()]), instead[match[0]]]
        position = match.end()
    return "".join([*pieces, convert(words[position:])])
