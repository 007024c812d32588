"""No pattern can be kept busy by a word said over and over: 哈哈哈哈… in front of a question would stop the bot for everybody.

What any text repeats is tried in `tests/bot/edge/test_threats.py`; here it is what the patterns themselves have.
"""

from __future__ import annotations

import os
import re
import resource
from collections.abc import Sequence

import pytest

import bot
import retrieval
from tests.kit.patterns import patterns

IN_A_SECOND = 300  # patterns that have a second of a processor; all take .7
SAID = 24  # times that a word is said; one that takes twice as long for each more would take days

pytestmark = pytest.mark.slow


def unending(patterns: Sequence[re.Pattern[str]]) -> list[re.Pattern[str]]:
    """Those that do not take or refuse each of their words, said over and over with something else behind, within the processor time."""
    child = os.fork()
    if not child:
        limit = 1 + len(patterns) // IN_A_SECOND
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        for pattern in patterns:
            words = {*re.findall("[\u3400-\u9fff]", pattern.pattern), *re.findall("[\u3400-\u9fff]{2,4}", pattern.pattern)}
            for text in (word * SAID + behind for word in words for behind in ("\0", "。\0工")):
                pattern.fullmatch(text), pattern.match(text), pattern.search(text)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        return []
    half = len(patterns) // 2
    return [*unending(patterns[:half]), *unending(patterns[half:])] if half else list(patterns)


def test_one_that_does_not_end_is_found() -> None:
    endless, bounded = re.compile("(?:哈+|哈哈)+"), re.compile("(?:哈++|哈哈)+")
    assert unending([bounded, endless]) == [endless]


def test_every_pattern_ends() -> None:
    found = patterns(bot, retrieval)
    assert [found[pattern] for pattern in unending(list(found))] == []
    assert len(found) > 900
