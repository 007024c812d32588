"""Rules for messages that want several beginnings or ends at once: 开头结尾都怎么写的, 第4篇最后一句和第5篇最后一句.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.conversation.answer_rules import of_it_alone, speech_meant, without_speech_names
from retrieval.conversation.place_rules import PART_WORDS
from retrieval.conversation.utterance import Turn, Utterance
from retrieval.question.spellings import MOST
from retrieval.speeches.quotes import Quote
from retrieval.speeches.quotes import quote as quote_at
from retrieval.speeches.tree import Span
from retrieval.speeches.vicinity import SAYING, sentences_of


def edges_wished(utterance: Utterance) -> Turn | None:
    """开头结尾都怎么写的, 第4篇最后一句和第5篇最后一句: how the speeches begin and end that are named, spoken of, or were asked last.

    第五篇 / 开头结尾都怎么写的 → quotes   — / 第4篇最后一句和第5篇最后一句，都给我 → quotes   — / 第六篇的开头和结尾 → quotes
    第3篇怎么讲改革 // 第5篇呢 / 两篇各自开头 → quotes   第五篇 // 开头结尾都怎么写的 / 第6篇的也要 → quotes
    ✗ 第五篇 / 结尾也念一下   ✗ — / 开头结尾怎么写   ✗ — / 第四篇最后一句   ✗ 怎么宣传劳模 / 最后一句和第一句
    """
    opens, closes = _OPENING.search(utterance.said), _CLOSING.search(utterance.said)
    if not (opens or closes) and utterance.understood.references and utterance.previous:  # 第6篇的也要
        opens, closes = _OPENING.search(utterance.previous), _CLOSING.search(utterance.previous)
    numbers = _speeches(utterance) if opens or closes else ()
    if not numbers or "还是" in utterance.said or (len(numbers) == 1 and not (opens and closes)) or len(numbers) > MOST:
        return None
    rest = _NUMBERED.sub(" ", _THESE.sub(" ", without_speech_names(utterance, utterance.said)))
    if utterance.left(rest, _OPENING, _CLOSING, PART_WORDS, _BESIDE):
        return None
    sentence = bool(_SENTENCE.search(utterance.said))
    wanted = ((number, last) for number in numbers for last, found in ((False, opens), (True, closes)) if found)
    quotes = tuple(_edge(utterance, number, last=last, sentence=sentence) for number, last in wanted)
    kept = replace(of_it_alone(utterance, quotes[0]), card=tuple(quote.id for quote in quotes), question=utterance.message)
    return Turn("quotes", utterance.understood, quotes=quotes, then=kept)


def _speeches(utterance: Utterance) -> tuple[int, ...]:
    """The speeches that are meant, where all of them exist."""
    named, exists = utterance.understood.references, utterance.engine.scope.exists
    if any(r.path or r.paragraph or not exists(r) for r in named):
        return ()
    if named:
        return utterance.understood.scope
    if _THESE.search(utterance.said):
        asked = (utterance.engine.reader.understand(question) for question in utterance.conversation.asked)
        last = dict.fromkeys(number for one in asked for number in one.scope if number in utterance.engine.corpus.numbers)
        return tuple(sorted(list(last)[:2])) if len(last) > 1 else ()
    if _SENTENCE.search(utterance.said) and not utterance.before.lookup and not _OF_IT.search(utterance.said):
        return ()  # the first and the last sentence of what was shown
    number = speech_meant(utterance)
    return (number,) if number else ()


def _edge(utterance: Utterance, number: int, *, last: bool, sentence: bool) -> Quote:
    """The first or last sentence of a speech; of an end that is asked for as such the two last, where the last only wishes well."""
    corpus = utterance.engine.corpus
    inside = sentences_of(corpus, number)
    if not last:
        greets = len(inside) > 1 and inside[0].end - inside[0].start < SAYING
        return quote_at(corpus, number, Span(inside[0].start, inside[1 if greets else 0].end))
    first = inside[-2] if len(inside) > 1 and not sentence and inside[-1].start - inside[-2].start <= LONGEST else inside[-1]
    return quote_at(corpus, number, Span(first.start, inside[-1].end))


LONGEST = 160  # characters of a sentence that is shown with the last one, chosen
_OPENING = re.compile(r"首尾|开头|开场白?|开篇|起头|(?:第一|头一|首)句话?")  # 开头  第一句  ✗开始
_CLOSING = re.compile(r"首尾|结尾|收尾|末尾|结束语|(?:最后|最末|末了|结尾|末)[那的]?一?句话?")  # 结尾  最后一句  ✗最后
_SENTENCE = re.compile("句")  # 最后一|句|  ✗结尾
_OF_IT = re.compile("[这那本该]一?篇|首尾")  # 这一篇  ✗两篇
_THESE = re.compile(r"(?:[这那]?(?:两|俩|二)个?篇|[这那]俩|两个讲话)(?:讲话)?(?:里面?)?")  # 两篇  这俩  ✗两句
_NUMBERED = re.compile(r"第(?:[一二三四五六七八九十]{1,3}|\d{1,3})篇")  # 第4篇  ✗第四点
_BESIDE = re.compile(r"各自|各|分别|以及|还有|同时|一起|一块儿?|怎么写|如何写|是什么样|原文|[、,，]")  # 各自  分别  ✗工会
