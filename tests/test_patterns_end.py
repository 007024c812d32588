"""No pattern can be kept busy by a word said over and over: 哈哈哈哈… in front of a question would stop the bot for everybody.

What any text repeats is tried in `tests/bot/edge/test_threats.py`; here it is what the patterns themselves have.
"""

from __future__ import annotations

import os
import re
import resource
from collections.abc import Iterator, Sequence
from random import Random

import pytest

import bot
import retrieval
from tests.kit.patterns import patterns

IN_A_SECOND = 200  # patterns that have a second of a processor; all take 1.5
MIXES = 40  # of two to four words each, said in turn; 300 of each of 1 180 patterns, once, found no further one
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
            for text in (
                said + behind for said in (*(word * SAID for word in words), *_mixed(sorted(words))) for behind in ("\0", "。\0工")
            ):
                pattern.fullmatch(text), pattern.match(text), pattern.search(text)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        return []
    half = len(patterns) // 2
    return [*unending(patterns[:half]), *unending(patterns[half:])] if half else list(patterns)


def _mixed(words: Sequence[str]) -> Iterator[str]:
    """Several words in turn, over and over, always the same."""
    drawn = Random(len(words))
    for _ in range(MIXES if len(words) > 1 else 0):
        yield "".join(drawn.choice(words) for _ in range(drawn.randint(2, 4))) * (SAID // 2)


def test_one_that_does_not_end_is_found() -> None:
    endless, bounded = re.compile("(?:哈+|哈哈)+"), re.compile("(?:哈++|哈哈)+")
    mixed = re.compile("(?:哈嘿|嘿哈|哈|嘿)+")
    assert unending([bounded, endless, mixed]) == [endless, mixed]


def test_every_pattern_ends() -> None:
    found = patterns(bot, retrieval)
    assert [found[pattern] for pattern in unending(list(found))] == []
    assert len(found) > 900
