"""No pattern can be kept busy by a word said over and over: 哈哈哈哈… in front of a question would stop the bot for everybody.

What any text repeats is tried in `tests/bot/edge/test_threats.py`; here it is what the patterns themselves have.
"""

from __future__ import annotations

import os
import re
import resource

import pytest

import bot
import retrieval
from tests.kit.patterns import patterns

CPU = 5  # seconds of a processor for one pattern, of which none that ends takes a tenth
SAID = 24  # times that a word is said; one that takes twice as long for each more would take days

pytestmark = pytest.mark.slow


def ends(pattern: re.Pattern[str]) -> bool:
    """Whether it takes or refuses each of its words said over and over, with something else behind, within the processor time."""
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
        words = {*re.findall("[\u3400-\u9fff]", pattern.pattern), *re.findall("[\u3400-\u9fff]{2,4}", pattern.pattern)}
        for text in (word * SAID + behind for word in words for behind in ("\0", "。\0工")):
            pattern.fullmatch(text), pattern.match(text), pattern.search(text)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def test_one_that_does_not_end_is_found() -> None:
    assert not ends(re.compile("(?:哈+|哈哈)+"))
    assert ends(re.compile("(?:哈++|哈哈)+"))


def test_every_pattern_ends() -> None:
    found = patterns(bot, retrieval)
    assert [name for pattern, name in found.items() if not ends(pattern)] == []
    assert len(found) > 900
