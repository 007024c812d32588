"""What a message means inside a conversation: several questions at once, or one that goes on with the question before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from retrieval.answer.engine import Answer, Engine
from retrieval.answer.passage_words import words_said
from retrieval.errors import UnknownReference
from retrieval.question.references import Reference
from retrieval.question.understand import Understood, Words
from retrieval.speeches.browse import beside
from retrieval.speeches.corpus import Corpus, labelled
from retrieval.speeches.numerals import to_chinese, to_int
from retrieval.speeches.tree import Node, Span
from retrieval.terms.fold import fold_question

MOST_QUESTIONS = 4
SHORTEST = 5  # Chinese characters of a question that stands alone
GOES_ON = 6  # a message of at most so many characters may go on with the question before
_END = re.compile(r"[?？\n]+|\s(?=[1-9][.、．)）]\s*[^\d\s])")
_NUMBERED = re.compile(r"^[1-9][.、．)）]\s*(?=[^\d\s])")  # 1. 工会是干什么的
_WHY = ("为什么", "为啥", "为何", "怎么办", "怎么做")  # alone behind a question they add nothing to find
_POINTS_BACK = re.compile(r"他们|她们|它们|它|他|她|这[些种个样]?|那[些种个样]|对此|其中|该[咋怎]|又|还有")
_FRAME = re.compile(r"^(?:那么|那|还有|至于)|[呢吗啊呀的?？。!！~ ]+$")
_ORDINAL = re.compile(r"(?:第([一二三四五六七八九十]{1,2}|\d{1,2})|最后一)(?:个|点|条|项|节|方面|部分|小点)?的?")
_ORDINALS = re.compile(f"(?:{_ORDINAL.pattern})+")
# Of what was just opened: 怎么说工会, 它提到创新吗, 讲了什么, 全文.
_OF_IT = re.compile(
    r"^(?:那|它|他|这一?篇|那一?篇|该篇|里面|里头|其中|(?=怎么[说讲]|如何[说讲]|咋[说讲]|有没有[说讲提谈]|[说讲提谈]到?了?[什啥哪]|全文|内容|主要|原文|标题))+(?=.)"
)
_DEFINED = re.compile("是什么|什么是|什么叫|是啥|指什么|的?意思")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨"
_NTH = re.compile(r"第([一二三四五1-5])(?:[个条句]|句话)?")
_STEP = re.compile(r"(?:再?看?)([上下前后])(?:[一1]|面)?(?:[个点条项节章篇段]|方面|部分|大点|小点)?的?(?:内容)?")
# What beside a speech's name asks the question before of it: 第四篇呢, 第四篇怎么说. 第四篇讲了什么 wants the speech itself.
_CARRIES_ON = re.compile(r"(?:那|也|又|呢|吗|的|[?。!~, ]|是?(?:怎么|咋|如何)(?:说|讲)的?|怎么样|有没有(?:说|讲|提)?到?|有吗|有没)*")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Turn:
    """What to do with a message.

    new: ask `question`. more: show further quotes of `question`, the one before. again: ask `question`, put together from both, or the
    reference that the message means, and leave out its first `skip` quotes.
    """

    kind: Literal["new", "more", "again"]
    question: str
    skip: int = 0


def questions(message: str) -> tuple[str, ...]:
    """The questions of a message, at most four; one unless each stands alone.

    >>> questions("工会是干什么的？科学技术发展有多快？")
    ('工会是干什么的', '科学技术发展有多快')
    >>> len(questions("有没有提到累坏身子的先进？该咋对他们？"))
    1
    """
    split = [p.strip() for p in _END.split(message) if p.strip()]
    pieces = [_NUMBERED.sub("", p) for p in split if p not in _WHY] if len(split) > 1 else split
    pieces = pieces[:MOST_QUESTIONS]
    alone = all(len(_HAN.findall(p)) >= SHORTEST for p in pieces)
    if len(split) > 1 and alone and not any(map(_POINTS_BACK.search, pieces[1:])):
        return tuple(pieces)
    return (message,)


def turn(engine: Engine, message: str, previous: str) -> Turn:
    """How `message` goes on with the question `previous` ("" if there was none). A clear new question does not."""
    said = engine.reader.without_courtesies(fold_question(message)).rstrip("?。!~ ")
    bare = _FRAME.sub("", _FRAME.sub("", said))
    understood = engine.reader.understand(message)
    words = engine.reader.words
    if not previous:
        return Turn("new", message)
    before = engine.reader.understand(previous)
    if {said, bare} & set(words.more):
        following = _meant(engine, "下一节", before) if before.lookup else ""
        return Turn("again", following) if following else Turn("more", previous)
    if {said, bare} & set(words.repeating):
        return Turn("again", previous)
    if nth := _nth(engine, message.strip(), before):
        return nth
    if understood.lookup and understood.text and _CARRIES_ON.fullmatch(understood.text):
        return Turn("again", f"{_named(understood)} {_asked(words, before)}")
    alias = engine.reader.understand(f"{bare}那篇") if bare != said and len(bare) <= GOES_ON and not understood.references else understood
    if alias.lookup and alias.references and alias is not understood:
        return Turn("again", f"{_named(alias)} {_asked(words, before)}")
    if understood.each and not understood.terms and not understood.place:
        return Turn("again", f"{words.each[0]} {_asked(words, before)}")
    if _ORDINALS.fullmatch(bare) or _STEP.fullmatch(bare):
        meant = _meant(engine, bare, before)
        return Turn("again", meant) if meant else _nth(engine, bare, before) or Turn("new", message)
    if before.lookup and not understood.references and (_OF_IT.match(said) or said.endswith("呢")):
        return Turn("again", f"{_named(before)}{_OF_IT.sub('', bare)}")
    together = f"{_named(before)} {bare} {_asked(words, before)}".strip()
    short = said.startswith("那") and bare != said and len(bare) <= GOES_ON
    topic = _DEFINED.sub("", before.text)
    if short and not understood.references and 0 < len(topic) <= GOES_ON - 1:
        return Turn("again", f"{_named(before)}{before.text.replace(topic, bare)}")
    if bare in words.continuing or (short and (understood.references or _answers(engine, together, bare))):
        return Turn("again", together)
    return Turn("new", bare if short else message)


def _nth(engine: Engine, said: str, before: Understood) -> Turn | None:
    """The quote of the answer before that ② or 第二个 counts; None where it has none such."""
    counted = _NTH.fullmatch(said)
    nth = to_int(counted[1]) or 0 if counted else 0
    skip = _CIRCLED.find(said) if said and not counted else nth - 1
    shown = skip >= 0 and not before.lookup and engine.answer(before, 1, skip).quotes
    return Turn("again", before.question, skip) if shown else None


def _answers(engine: Engine, together: str, new: str) -> bool:
    """True if the answer to both questions together says something of the new one; else the new one stands alone."""
    quotes = engine.ask(together, 1).quotes
    return bool(quotes) and words_said(new, quotes[0].text, engine.reader.segmenter) != "none"


def _named(understood: Understood) -> str:
    return "".join(f"第{r.number}篇" + "".join(f"第{n}部分" for n in r.path[:1]) for r in understood.references[:1])


def _asked(words: Words, before: Understood) -> str:
    """What the question before asked, and of which place, without the speeches it named."""
    place = {"": "", "opening": words.opening, "closing": words.closing}[before.place]
    return f"{place[0]}{before.text}" if place else before.text


def _meant(engine: Engine, bare: str, before: Understood) -> str:
    """What 第二点 or 下一节 mean after `before`: a reference, or `before` again, whose answer counts them itself; "" if nothing."""
    answer = engine.answer(before, 1)
    try:
        place = _place(before, answer)
        step = _STEP.fullmatch(bare)
        if step and place and "段" in bare:
            span = engine.range_of(place) if before.lookup else answer.quotes[0].source.span
            return _next_paragraph(engine.corpus, place.number, span, back=step[1] in "上前")
        if not (before.lookup or (place and place.path)):
            return ""
        if step and place:
            place = Reference(place.number) if "篇" in bare else place
            return _next(engine.corpus, place, back=step[1] in "上前")
        counts = [to_int(match[1]) or 0 if match[1] else -1 for match in _ORDINAL.finditer(bare)]
        if answer.quotes and len(counts) == 1 and f"第{to_chinese(max(counts[0], 0))}" in answer.quotes[0].text:
            return before.question
        return _counted(engine.corpus, place, counts, sure=before.lookup) if place else ""
    except UnknownReference:
        return ""


def _place(before: Understood, answer: Answer) -> Reference | None:
    """What was looked up, or the part that the answer stands in."""
    if before.lookup:
        return before.references[0]
    source = answer.quotes[0].source if answer.quotes else None
    return Reference(source.speech, source.number) if source else None


def _counted(corpus: Corpus, place: Reference, counts: list[int], *, sure: bool) -> str:
    """The part below the place, or else beside it, to which the counts lead; if `sure`, also one that does not exist, to be told so."""
    paths = list(dict.fromkeys((place.path, place.path[:-1])))
    existing = [path for path in paths if counts[0] <= len(_parts(corpus, place.number, path)) > 0]
    if not (existing or sure):
        return ""
    path = existing[0] if existing else paths[-1]
    for count in counts:
        path = (*path, count if count > 0 else len(_parts(corpus, place.number, path)))
    return str(Reference(place.number, path))


def _next(corpus: Corpus, place: Reference, *, back: bool) -> str:
    """The part after or before the place, else what holds it; of a whole speech the next one."""
    if not place.path:
        number = place.number + (-1 if back else 1)
        return str(Reference(corpus.speech(number).number))
    before, after = beside(corpus, place.number, place.path)
    return str(Reference(place.number, (before if back else after) or place.path[:-1]))


def _next_paragraph(corpus: Corpus, number: int, span: Span, *, back: bool) -> str:
    """The printed paragraph after or before a range; "" at the ends of the speech."""
    paragraphs = corpus.speech(number).speech.paragraphs
    beyond = [i for i, p in enumerate(paragraphs, 1) if (p.end <= span.start if back else p.start >= span.end)]
    return str(Reference(number, (), beyond[-1 if back else 0])) if beyond else ""


def _parts(corpus: Corpus, number: int, path: tuple[int, ...]) -> list[Node]:
    return labelled(corpus.part(number, path).children if path else corpus.speech(number).speech.nodes)
