"""Which known questions may be proposed to a person: short, whole in themselves, and asked by many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

KEPT = 3  # of a passage, chosen: the engine answers the first surely for nine passages in ten
OWN = 3  # weight of a pair that the passage has, chosen: 29 of 387 first questions say 标兵 or 先进 where the passage does not, 76 with 1
SHORTEST, LONGEST = 8, 14  # characters: what is whole in itself (of 6: 推进什么工程), and a button on one line of a phone, chosen
_QUESTION = re.compile(r"[\u4e00-\u9fff]+")  # 工会怎么服务职工  ✗GDP多少  ✗3篇
_ASKS = re.compile("什么|怎么|怎样|如何|为什么|哪些|哪几|哪三|哪两|哪个|多少|谁")  # 什么  怎么|做  ✗啥  ✗吗
# Leans on what was said, on where it stands, or speaks of itself.
_LEANS = re.compile(
    "[这那他她它啥咋咱俺我你您嘛呗]|第[一二三四五六七八九几]|开头|结尾|最后|一上来|上面|下面|前面|后面|原文|原话|领导|讲话|这篇|稿子|人家"
)  # 这|是什么  第二|点是什么  ✗工会怎么服务职工


def proposals(asks: Sequence[str], said: str = "") -> tuple[str, ...]:
    """At most KEPT of the questions that a passage answers, the most usual first: those whose pairs of characters most others have.

    said: the folded passage. Its own words count more: many asks put others in their place (标兵 for 劳模), as nobody would who taps.

    >>> proposals(["那是什么样的精神", "怎样弘扬劳模精神", "怎样弘扬先进精神", "弘扬劳模精神", "哪天发什么奖金"])
    ('怎样弘扬劳模精神', '怎样弘扬先进精神', '哪天发什么奖金')
    """
    usual = Counter(pair for ask in set(asks) for pair in _pairs(ask))
    weight = {pair: count * (OWN if pair in said else 1) for pair, count in usual.items()}
    worth = {ask: sum(weight[pair] for pair in _pairs(ask)) / len(_pairs(ask)) for ask in asks if _fits(ask)}
    return tuple(sorted(worth, key=lambda ask: (-worth[ask], ask))[:KEPT])


def _fits(ask: str) -> bool:
    return SHORTEST <= len(ask) <= LONGEST and bool(_QUESTION.fullmatch(ask) and _ASKS.search(ask)) and not _LEANS.search(ask)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
