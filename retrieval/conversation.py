"""What a message means inside a conversation: several questions at once, or one that goes on with the question before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from retrieval.corpus import labelled
from retrieval.engine import Engine
from retrieval.fold import fold_question
from retrieval.numerals import to_int
from retrieval.query import Understood
from retrieval.references import Reference
from retrieval.speech import Node

MOST_QUESTIONS = 4
SHORTEST = 5  # Chinese characters of a question that stands alone
GOES_ON = 6  # a message of at most so many characters may go on with the question before
_END = re.compile(r"[?？\n]+")
_POINTS_BACK = re.compile(r"他们|她们|它们|它|他|她|这[些种个样]?|那[些种个样]|对此|其中|该[咋怎]|又|还有")
_FRAME = re.compile(r"^(?:那么|那|还有|至于)|[呢吗啊呀的?？。!！~ ]+$")
_ORDINAL = re.compile(r"第([一二三四五六七八九十]{1,2}|\d{1,2})(?:个|点|条|项|方面|部分)?")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Turn:
    """What to do with a message.

    new: ask `question`. more: show further quotes of `question`, the one before. again: ask `question`, put together from both.
    part: show `reference`.
    """

    kind: Literal["new", "more", "again", "part"]
    question: str
    reference: Reference | None = None


def questions(message: str) -> tuple[str, ...]:
    """The questions of a message, at most four; one unless each stands alone.

    >>> questions("工会是干什么的？科学技术发展有多快？")
    ('工会是干什么的', '科学技术发展有多快')
    >>> len(questions("有没有提到累坏身子的先进？该咋对他们？"))
    1
    """
    pieces = [p.strip() for p in _END.split(message) if p.strip()]
    alone = all(len(_HAN.findall(p)) >= SHORTEST for p in pieces)
    if 1 < len(pieces) <= MOST_QUESTIONS and alone and not any(map(_POINTS_BACK.search, pieces[1:])):
        return tuple(pieces)
    return (message,)


def turn(engine: Engine, message: str, previous: str) -> Turn:
    """How `message` goes on with the question `previous` ("" if there was none). A clear new question does not."""
    bare = _FRAME.sub("", _FRAME.sub("", fold_question(message)))
    understood = engine.reader.understand(message)
    words = engine.reader.words
    if not previous:
        return Turn("new", message)
    if fold_question(message).rstrip("?。!~ ") in words.more or bare in words.more:
        return Turn("more", previous)
    before = engine.reader.understand(previous)
    if understood.lookup and understood.text:
        return Turn("again", f"{_named(understood)} {before.text}")
    ordinal = _ORDINAL.fullmatch(bare)
    if ordinal:
        reference = _nth(engine, before, to_int(ordinal[1]) or 0)
        return Turn("part", message, reference) if reference else Turn("new", message)
    goes_on = bare in words.continuing or (bare != fold_question(message) and fold_question(message).startswith("那"))
    if goes_on and len(bare) <= GOES_ON:
        return Turn("again", f"{_named(before)} {bare} {before.text}".strip())
    return Turn("new", message)


def _named(understood: Understood) -> str:
    return "".join(f"第{r.number}篇" + "".join(f"第{n}部分" for n in r.path[:1]) for r in understood.references[:1])


def _nth(engine: Engine, before: Understood, count: int) -> Reference | None:
    """The n-th of the list that answered the question before, or the n-th part beside or below its answer."""
    answer = engine.answer(before, 1)
    if not answer.quotes:
        return None
    first = answer.quotes[0].source
    around = [n for n in engine.corpus.at(first.speech, first.span.start) if n.number]
    below = [n for n in engine.corpus.speech(first.speech).speech.nodes if first.span.start <= n.span.start < first.span.end]
    for parts in (_below(around[-1]) if around else below, _beside(engine, first.speech, around)):
        if 1 <= count <= len(parts):
            return Reference(first.speech, parts[count - 1].number)
    return None


def _below(node: Node) -> list[Node]:
    return labelled(node.children)


def _beside(engine: Engine, speech: int, around: list[Node]) -> list[Node]:
    if len(around) > 1:
        return labelled(around[-2].children)
    return labelled(engine.corpus.speech(speech).speech.nodes)
