"""The questions of one message, told apart if each stands alone."""

from __future__ import annotations

import re

from retrieval.question.understand import Words
from retrieval.question.wordlists import any_of

MOST_QUESTIONS = 4
SHORTEST = 5  # Chinese characters of a question that stands alone: 工会是干什么的 does, 为什么呢 does not
_NUMBER = r"[1-9][.、．)）]\s*(?=[^\d\s])"  # 1. |工会  2、|劳模  ✗1.2  ✗3.
_NUMBERED = re.compile(rf"^{_NUMBER}")  # 1. |工会  ✗工会|1. |劳模
_BORDER = re.compile(rf"[?？\n]+|\s(?={_NUMBER})")  # 工会|？？|劳模  工会| |2. 劳模  ✗工会| |劳模
_HAN = re.compile("[\u3400-\u9fff]")  # 工  ✗3  ✗？


def questions(message: str, words: Words) -> tuple[str, ...]:
    """The questions of a message, at most four; one unless each stands alone.

    >>> questions("1. 工会是干什么的 2. 科学技术发展有多快？", Words())
    ('工会是干什么的', '科学技术发展有多快')
    >>> len(questions("有没有提到累坏身子的先进？该咋对他们？", Words(leaning=("他们",))))
    1
    """
    split = [piece.strip() for piece in _BORDER.split(message) if piece.strip()]
    if len(split) < 2:
        return (message,)
    pieces = [_NUMBERED.sub("", piece) for piece in split if piece not in words.adding_nothing][:MOST_QUESTIONS]
    leaning = any(map(any_of(words.leaning).search, pieces[1:]))
    return tuple(pieces) if pieces and all(map(_stands_alone, pieces)) and not leaning else (message,)


def _stands_alone(piece: str) -> bool:
    return len(_HAN.findall(piece)) >= SHORTEST
