"""Where 第二点, 下一段 and 第二个 lead to after what was shown."""

from __future__ import annotations

import re

from retrieval.conversation.utterance import Utterance
from retrieval.errors import UnknownReference
from retrieval.question.references import Reference
from retrieval.speeches.browse import beside
from retrieval.speeches.corpus import Corpus, labelled
from retrieval.speeches.numerals import to_chinese, to_int
from retrieval.speeches.tree import Node

NEXT = "下一节"
_NUMBER = r"([一二三四五六七八九十]{1,2}|\d{1,2})"  # 二  十二  12
_UNIT = r"(?:[个点条项节]|方面|部分|小点)"  # 点  部分  小点  ✗段  ✗篇
_ORDINAL = re.compile(rf"(?:第{_NUMBER}|最后一){_UNIT}?的?")  # 第二点  最后一个  第二部分|第三点  ✗二点  ✗倒数第二点
_ORDINALS = re.compile(rf"(?:{_ORDINAL.pattern})+")  # 第二部分第三点  第一部分的第二点|讲了什么  ✗两点
_STEP_UNIT = r"(?:[个点条项节章篇段]|方面|部分|大点|小点)"  # 段  大点  ✗句
_STEP = re.compile(rf"(?:再?看?)([上下前后])(?:[一1]|面)?{_STEP_UNIT}?的?(?:内容)?")  # 下一节  再看上一段  后面的内容  前一点  ✗第一节
_QUOTE = re.compile(r"第([一二三四五1-5])(?:句话|[个条句])?")  # 第二个  第3句话  第一|点  ✗②  ✗第六个
_CIRCLED = "①②③④⑤⑥⑦⑧⑨"


def quote_number(said: str) -> int:
    """Which quote ② or 第二个 counts, from 0; -1 if it counts none.

    >>> quote_number("②"), quote_number("第二句话"), quote_number("第二点")
    (1, 1, -1)
    """
    counted = _QUOTE.fullmatch(said)
    if counted:
        return (to_int(counted[1]) or 0) - 1
    return _CIRCLED.find(said) if said else -1


def leads_on(bare: str) -> bool:
    """Whether it does nothing but count or step.

    >>> leads_on("第二部分第三点"), leads_on("上一段"), leads_on("第二点怎么说")
    (True, True, False)
    """
    return bool(_ORDINALS.fullmatch(bare) or _STEP.fullmatch(bare))


def counts_of(bare: str) -> list[int]:
    """What nothing but counts counts, -1 for the last; [] if there is more.

    >>> counts_of("第二部分最后一点"), counts_of("第二点怎么说")
    ([2, -1], [])
    """
    found = _ORDINAL.finditer(bare) if _ORDINALS.fullmatch(bare) else ()
    return [to_int(ordinal[1]) or 0 if ordinal[1] else -1 for ordinal in found]


def is_counted_in(text: str, counts: list[int]) -> bool:
    """Whether a text has the one that is counted itself: 第一个，带头作用;第二个，骨干作用."""
    return len(counts) == 1 and f"第{to_chinese(max(counts[0], 0))}" in text


def counted(utterance: Utterance, counts: list[int]) -> Reference | None:
    """The part below what was shown, or else beside it, to which the counts lead; after a look-up maybe one that does not exist."""
    part = utterance.part_before
    try:
        return _below_or_beside(utterance.engine.corpus, part, counts, sure=utterance.before.lookup) if part else None
    except UnknownReference:
        return None


def stepped(utterance: Utterance, bare: str) -> Reference | None:
    """What 下一段 or 上一点 names, seen from what was shown; None if it is no step, or leads out of the speeches."""
    step = _STEP.fullmatch(bare)
    if step is None:
        return None
    back = step[1] in "上前"
    try:
        if "段" in bare:
            return _paragraph_beside(utterance, back=back)
        part = utterance.part_before
        return _part_beside(utterance.engine.corpus, Reference(part.number) if "篇" in bare else part, back=back) if part else None
    except UnknownReference:
        return None


def _below_or_beside(corpus: Corpus, part: Reference, counts: list[int], *, sure: bool) -> Reference | None:
    """If `sure`, a part that does not exist is named too, to be told so."""
    above = [path for path in (part.path, part.path[:-1]) if counts[0] <= len(_parts(corpus, part.number, path)) > 0]
    if not (above or sure):
        return None
    path = above[0] if above else part.path[:-1]
    for count in counts:
        path = (*path, count if count > 0 else len(_parts(corpus, part.number, path)))
    return Reference(part.number, path)


def _part_beside(corpus: Corpus, part: Reference, *, back: bool) -> Reference:
    """The part after or before, else what holds it; of a whole speech the next one."""
    if not part.path:
        return Reference(corpus.speech(part.number + (-1 if back else 1)).number)
    before, after = beside(corpus, part.number, part.path)
    return Reference(part.number, (before if back else after) or part.path[:-1])


def _paragraph_beside(utterance: Utterance, *, back: bool) -> Reference | None:
    """The printed paragraph after or before what was shown; None at the ends of the speech."""
    engine, first = utterance.engine, utterance.quote_before
    if utterance.before.lookup:
        reference = utterance.before.references[0]
        number, span = reference.number, engine.range_of(reference)
    elif first:
        number, span = first.source.speech, first.source.span
    else:
        return None
    paragraphs = engine.corpus.speech(number).speech.paragraphs
    beyond = [i for i, p in enumerate(paragraphs, 1) if (p.end <= span.start if back else p.start >= span.end)]
    return Reference(number, (), beyond[-1 if back else 0]) if beyond else None


def _parts(corpus: Corpus, number: int, path: tuple[int, ...]) -> list[Node]:
    return labelled(corpus.part(number, path).children if path else corpus.speech(number).speech.nodes)
