"""Recognises what a message asks literally: which wordings are to be looked up, what about them, and in which speeches."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.question.literal_rules import CONTENT, QUOTED, RULES, Wants, matching
from retrieval.question.names import in_year, years
from retrieval.question.references import Mentions, Reference, References
from retrieval.speeches.corpus import Corpus
from retrieval.speeches.tree import Span
from retrieval.terms.fold import fold, fold_question
from retrieval.terms.quoted import MARK, quoted

PASTED = 60  # characters of a message without a question from which it is a pasted text; sentences of the speeches have 34-63 (median)
QUOTED_ALONE = 2  # letters of a wording in quotation marks that nothing is asked of literally: 他说“好” has one
_TITLES = re.compile("《([^《》]{2,60})》|【([^【】]{2,60})】")
_CHECK = re.compile(r"^\W*(?:请|帮我?|麻烦)*(?:原文)?(?:核对|核实|校对|查对|比对|对照)(?:一?下)?(?:原文|原话)?(?:看看|看一?下)?\s*[:：\n]\s*(?P<x>.+)", re.DOTALL)
_QUESTION = re.compile(r"[?？]|吗|呢$|什么|怎么|如何|为何|哪|谁|多少|请问|想问|是不是|有没有")
LOOSE = ("who said it", "where it stands")  # rules that are not strict without quotation marks: of 210 questions that people would ask
# of known passages with them 160 had their own words
_PLACE = "(?:当中|之中|里面|里头|里边|入面|里|中|内)"
# Where it is looked for, when that is everywhere: 在这六篇讲话里  文中  喺篇文入面  ✗哪篇|讲话里
_EVERYWHERE = re.compile(
    rf"(?:在|喺|从|咱)*(?:(?:这|那)?(?:几|六|6|两|些)?篇)?(?:领导|的)*(?:讲话稿?|文章|讲稿|稿子|文|全文|原文|材料|书){_PLACE}|"
    rf"(?:在|咱)*(?:这|那)(?:几|六|6|两|些)篇(?:讲话|文章)?{_PLACE}?|[六6]篇(?:讲话|文章)?(?!都|是不是|是否){_PLACE}?(?=.)"
)
_CERTAIN = re.compile("(?:哪|每|各|第几|有几|几)一?[篇个些次]?$")
_COURTESIES = (
    r"您好|你好|老师|同志们?|大佬们?|亲|嗨|哈喽|不好意思|打扰(?:一?下|了)?|麻烦(?:您|你|问|帮忙)?(?:一?下)?|劳驾|烦请|"
    r"请(?:问|教)?(?:一?下)?|(?:我|俺|咱|侬)?(?:就?想|要)(?:请问|请教|问问|问一?下|问|知道|核实|确认|了解|查|看看)(?:一?下)?|"
    r"(?:侬|你|您)?帮(?:我|俺|忙|着)*(?:看看|看一?下|查查|查一?下|找找|找一?下|确认一?下)?|确认(?:一?下)?|查(?:一?下|一?查)|"
    r"布置作业|作业|问|到底|究竟|其实|好像|我?记得|那个啥?|话说|对了|嗯|哎|统计(?:一?下)?|"
    r"(?:书记|领导们?|作者|人家|他们?|她|您|你们?|上面)(?=[提说讲谈是有写用])|全文|原文|讲话|里面|里头|里边|文(?=有)"
)
_LEAD = re.compile(rf"^(?:(?:{_COURTESIES})[,。!?~:]*)+")
_TAIL = re.compile(r"(?:[?。!~,.]|[呀呢哈吧哦咧捏啊]|嘛$|哈哈|谢谢[你您啦了]?)+$")
_INSIDE = re.compile("^(?:里面|里头|里边|里|中|当中|的)+")  # what is left of 第三篇里
_CLAUSE = re.compile("[,;:。?!]+")
_SPLIT = re.compile(r"、|和|与|跟|还有|以及")
_SEVERAL = re.compile("分别|各")


@dataclass(frozen=True, slots=True)
class LiteralQuestion:
    """What is to be looked up. wordings: as typed, without quotation marks; none for "length".

    wants: verify (is it quoted rightly), most (which speech has it most), count, length (of the speeches), who (said it), which
    (speeches have it), where, exists, quoted (a wording in quotation marks inside a question that is not about the wording: 为什么说“…”),
    pasted (a long text without a question).
    references: the speeches or parts it is asked of, () for all. strict: the very words are meant. Otherwise (谁说过…,
    …出自哪里 without quotation marks, where people often tell a sentence in their own words) what is neither found nor close to an
    original is an ordinary question.
    because: the name of the rule that recognised it.
    """

    wants: Wants
    wordings: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    strict: bool = True
    because: str = ""


class LiteralReader:
    """Reads messages to the speeches of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._references = References(corpus)
        self._years = years(corpus)

    def read(self, message: str) -> LiteralQuestion | None:
        """What a message asks literally; None for an ordinary question."""
        check = _CHECK.match(message)
        if check:
            inner = quoted(check["x"].strip())
            whole = len(inner) == 1 and inner[0].outer == Span(0, len(check["x"].strip()))
            words = check["x"].strip()[slice(*inner[0].inner)] if whole else check["x"].strip()
            return LiteralQuestion("verify", (words,), because="told to compare")
        return self._asked(message) or _pasted(message)

    def _asked(self, message: str) -> LiteralQuestion | None:
        pieces = _pieces(message)
        mentions = self._scope(_framed(message, pieces))
        frame = _bared(_INSIDE.sub("", mentions.rest) if mentions.references else mentions.rest)
        wordings = tuple(message[slice(*inner)] for _, inner in pieces)
        if QUOTED in frame:
            rule = None if CONTENT.search(frame) else matching(_CLAUSE.split(frame))
            return LiteralQuestion(rule.wants, wordings, mentions.references, because=rule.name) if rule else _mentioned(frame, wordings, mentions)
        for rule in RULES:
            if match := next(filter(None, (pattern.fullmatch(frame) for pattern in rule.bare)), None):
                words = _words(message, match, frame)
                return LiteralQuestion(rule.wants, words, mentions.references, rule.name not in LOOSE, rule.name)
        return None

    def _scope(self, frame: str) -> Mentions:
        found = self._references.find(frame)
        if found.references:
            return found
        numbers, rest = in_year(found.rest, self._years)
        return Mentions(tuple(map(Reference, numbers)), rest)


def _pieces(message: str) -> list[tuple[Span, Span]]:
    """What stands in quotation marks and what in 《》 or 【】, as ranges with and without the marks; what is half open is left out."""
    closed = [(q.outer, q.inner) for q in quoted(message) if q.outer.end > q.inner.end]
    for match in _TITLES.finditer(message):
        if not any(outer.start <= match.start() < outer.end for outer, _ in closed):
            closed.append((Span(*match.span()), Span(match.start() + 1, match.end() - 1)))
    return sorted(closed)


def _framed(message: str, pieces: list[tuple[Span, Span]]) -> str:
    """The message with QUOTED in place of its pieces, without stray marks."""
    frame, at = [], 0
    for outer, _ in pieces:
        frame += [MARK.sub("", message[at : outer.start]), QUOTED]
        at = outer.end
    return fold_question("".join([*frame, MARK.sub("", message[at:])]))


def _bared(text: str) -> str:
    """A frame without blanks, courtesies at its beginning, particles at its end, and 在这几篇讲话里."""
    bare = re.sub(r"\s+", "", text)
    while True:
        shorter = _LEAD.sub("", _EVERYWHERE.sub(_unless_certain, _TAIL.sub("", bare))).strip(",。、")
        if shorter == bare:
            return bare
        bare = shorter


def _unless_certain(match: re.Match[str]) -> str:
    return match[0] if _CERTAIN.search(match.string[: match.start()]) else ""


def _words(message: str, match: re.Match[str], frame: str) -> tuple[str, ...]:
    """The wordings of a frame without quotation marks, as they were typed."""
    words = match.groupdict().get("x") or ""
    several = _SPLIT.split(words) if _SEVERAL.search(frame) else [words]
    return tuple(_typed(message, word) for word in (each.strip(",、;。") for each in several) if word)


def _typed(message: str, words: str) -> str:
    """The characters of a message that folded words came from; the words themselves if they are not found."""
    folded = fold(message)
    kept = [i for i, sign in enumerate(folded.text) if not sign.isspace()]
    at = "".join(folded.text[i] for i in kept).rfind(words)
    if at < 0:
        return words
    return message[slice(*folded.back(kept[at], kept[at + len(words) - 1] + 1))]


def _mentioned(frame: str, wordings: tuple[str, ...], mentions: Mentions) -> LiteralQuestion | None:
    """Wordings that nothing is asked of literally; one alone wants to be found."""
    telling = tuple(word for word in wordings if sum(map(str.isalnum, word)) >= QUOTED_ALONE)
    if not telling:
        return None
    if not frame.replace(QUOTED, ""):
        return LiteralQuestion("where", telling, mentions.references, because="nothing but a wording")
    return LiteralQuestion("quoted", telling, mentions.references, because="quoted in a question")


def _pasted(message: str) -> LiteralQuestion | None:
    text = message.strip()
    if len(text) < PASTED or _QUESTION.search(text):
        return None
    return LiteralQuestion("pasted", (text,), because="long and no question")
