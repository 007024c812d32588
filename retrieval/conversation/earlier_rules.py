"""Rules for messages that go back to what was shown before the last answer, or that call a sentence by a word of it.

Their examples: questions before, the last one first, by // / message → question or sentence that follows, ✗ where the rule does not
answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from retrieval.answer.literal_answer import sentences_around
from retrieval.conversation import answer_patterns as about
from retrieval.conversation.answer_rules import chosen
from retrieval.conversation.navigation import counts_in
from retrieval.conversation.premise_rules import wording_asked
from retrieval.conversation.utterance import Turn, Utterance, again, said
from retrieval.exact.concordance import Occurrence
from retrieval.speeches import vicinity
from retrieval.speeches.quotes import Quote
from retrieval.speeches.quotes import quote as quote_at
from retrieval.speeches.tree import Span

SHORTEST, LONGEST = 2, 12  # characters of what a sentence is called by, chosen: 梦想  幸福不会从天而降


def earlier_quote(utterance: Utterance) -> Turn | None:
    """刚才螺丝钉那句再发一下: the quote of an earlier answer that has the word; 回到第一句: that of the first.

    工会怎样服务职工 // 劳模的螺丝钉精神 / 刚才螺丝钉那句再发一下 → quotes   工会怎样服务职工 // 劳模的螺丝钉精神 / 回到最开始那句 → quotes
    ✗ 工会怎样服务职工 / 刚才那句再发一下   ✗ 工会怎样服务职工 / 刚才讲话的人是谁   ✗ — / 刚才螺丝钉那句
    """
    found = _EARLIER.search(utterance.said)
    if found is None or not utterance.previous:
        return None
    if _FIRST.search(utterance.said) and not utterance.left(utterance.said, _FIRST, _EARLIER, _WANTED, about.REPEAT):
        return _shown(utterance, next(_answers(utterance, reversed(utterance.conversation.asked)), None))
    word = utterance.inner(_WANTED.sub(" ", _EARLIER.sub(" ", utterance.said)))
    if not SHORTEST <= len(word) <= LONGEST or utterance.understood.references:
        return None
    return _shown(utterance, next((shown for shown in _answers(utterance, utterance.conversation.asked) if word in shown.text), None))


# e.g. 刚才  之前  一开始  最初  ✗前面
_EARLIER = re.compile(r"(?:刚才?|刚刚|方才|之前|先前|早先|一开始|最开始|最初|最早|最先|回到)(?:你|您|那个?|的|说|讲|发|给|提|过)*")
# e.g. 第一句  最开始那条  ✗第二句
_FIRST = re.compile(r"(?:第一|头一|最开始|一开始|最初|最早|最先)(?:那|的)*(?:个|一)?(?:句|条|段|个问题|个)(?:话)?")
# What is wanted of it: again, or where it stands.
_WANTED = re.compile(
    r"(?:的|那|这)*(?:一)?(?:[句条段](?:话)?|个)(?:的|是|呢)*|再|重新?|发|给|念|看|说|找|来|回(?:到|去)?|我|一?[下遍眼]|来着|出来|"
    r"(?:是|在)?(?:第几|哪一?)[篇段条句](?:里|的)?|出处|哪[里儿]|哪年|原[话文句]|想|要|把|全部|整个|整|完整|拿"
)  # 那句  再  发  是第几篇  ✗工会


def _answers(utterance: Utterance, questions: Iterable[str]) -> Iterator[Quote]:
    """The best quotes of the questions that have an answer, in their order."""
    for question in questions:
        understood = utterance.engine.reader.understand(question)
        answer = None if understood.lookup else utterance.best(understood)
        if answer and answer.quotes and answer.confidence != "none":
            yield answer.quotes[0]


def _shown(utterance: Utterance, quote: Quote | None) -> Turn | None:
    """The quote alone, spoken of from then on; where it stands, if that was asked."""
    if quote is None:
        return None
    if _PARAGRAPH.search(utterance.said):
        corpus, speech = utterance.engine.corpus, quote.source.speech
        quote = quote_at(corpus, speech, vicinity.paragraph(corpus, speech, quote.source.span))
    kept = replace(utterance.conversation, card=(quote.id,), chosen=0, window="")
    if _WHERE.search(utterance.said):
        return said("place", quote, then=kept)
    return Turn("quotes", utterance.before, quotes=(quote,), then=kept)


_PARAGRAPH = re.compile(r"段|全部|完整|整")  # 段  全部|拿来  ✗那句
_WHERE = re.compile(r"第几篇|哪|出处|几年")  # 第几篇  哪|里  ✗那句


def sentence_called(utterance: Utterance) -> Turn | None:
    """榜样那句, 第六篇两个维护那句: what is called by words of it, and is no question that has an answer, is looked up.

    — / 榜样那句 → “榜样”   怎么宣传劳模 / 榜样那句再给我看看 → “榜样”   ✗ — / 机器人那句   ✗ 怎么宣传劳模 / 第二句   ✗ 怎么宣传劳模 / 最后那条呢   ✗ — / 劳模精神那句
    """
    found = _CALLED.fullmatch(utterance.understood.text if utterance.understood.references else utterance.said)
    if found is None or utterance.alone.confidence == "sure" or chosen(utterance)[1] != utterance.said or counts_in(utterance)[0]:
        return None
    numbers = [r.number for r in utterance.understood.references if not r.path]
    word, places = next(_standing(utterance, (found[1], utterance.inner(found[1]))), ("", ()))
    if not any(not numbers or place.speech in numbers for place in places):
        return None
    return again(utterance, "".join(f"第{number}篇 " for number in numbers[:1]) + f"“{word}”")


def _standing(utterance: Utterance, words: Iterable[str]) -> Iterator[tuple[str, tuple[Occurrence, ...]]]:
    """The words that stand in the speeches, each with its places."""
    for word in words:
        places = utterance.engine.exact.look_up(word).places if SHORTEST <= len(word) <= LONGEST else ()
        if places:
            yield word, places


# e.g. 两个维护那句  榜样那句再给我看看  涵养情操那条呢  ✗那句
_CALLED = re.compile(
    r"(?:讲|说|提|写|关于|有)?(?:到|了)?([^,，。?!]{2,14}?)(?:的)?(?:那|这)(?:一)?(?:句|段|条|处)(?:话|呢)?(?:再|给我|发|念|看|来|找|出)*(?:看看|一?下|一遍|原[话文])?"
)


def beside_called(utterance: Utterance) -> Turn | None:
    """王进喜那句前面是啥: what stands before or after the sentence that has the words, where the card has none such.

    怎么宣传劳模 / 六稳那句前面是什么 → quotes   怎么宣传劳模 / 王进喜后面那句呢 → quotes   怎么宣传劳模 / 不学习就要落伍前面是什么 → quotes
    ✗ 怎么宣传劳模 / 机器人那句前面是啥   ✗ 怎么宣传劳模 / 前面那句
    """
    found = _BESIDE_CALLED.fullmatch(utterance.said) or _BESIDE_OF.fullmatch(utterance.said)
    if found is None or utterance.understood.references:
        return None
    called, side = sorted(found.groups(), key=len, reverse=True)
    word, places = next(_standing(utterance, (called, utterance.inner(called))), ("", ()))
    if not word:
        return None
    corpus, place = utterance.engine.corpus, next((one for one in places if not one.heading), places[0])
    here = sentences_around(corpus, place)
    if not _THAT_ONE.search(utterance.said) and len(word) >= CLAUSE and _goes_on(utterance, here, place, back=side in "前上"):
        return _shown(utterance, quote_at(corpus, place.speech, here))
    beside = (vicinity.before if side in "前上" else vicinity.after)(corpus, place.speech, here)
    if beside is None:
        return None
    shown = quote_at(corpus, place.speech, beside)
    window = f"{place.speech}.{min(here.start, beside.start)}.{max(here.end, beside.end)}"
    kept = replace(utterance.conversation, card=(shown.id,), chosen=0, window=window)
    return Turn("quotes", utterance.before, quotes=(shown,), then=kept)


CLAUSE = 4  # characters from which words may be half of a sentence, of which the other half is asked, chosen


def _goes_on(utterance: Utterance, sentence: Span, place: Occurrence, *, back: bool) -> bool:
    """Whether a sentence has something before or after the words."""
    text = utterance.engine.corpus.texts[place.file]
    rest = text[sentence.start : place.span.start] if back else text[place.span.end : sentence.end]
    return sum(map(str.isalnum, rest)) >= SHORTEST


# e.g. 六稳那句前面是什么  王进喜后面那句呢  ✗前面那句
_BESIDE_CALLED = re.compile(
    r"(?:前面|刚才|之前|最早(?:问)?的?)?(?:那|把|讲|说|提|关于)?([^,，。?! ]{2,12}?)(?:的)?(?:[那这](?:一)?句(?:话)?)?[ ,，]*"
    r"(?:的|紧?挨着|紧接着|往)*(?<![看念说读发听])"
    r"([前后上下])(?:面|边|头|一|文)?(?:[那这一]?(?:一)?句(?:话)?)?(?:是|讲|说|写|接|又|着)*(?:的|了)?(?:什么|啥|哪句)?(?:呢|捏|呀|啊)?"
)
# e.g. 下一句(天府|之国  前一句 高尔|基  ✗前一句
_BESIDE_OF = re.compile(r"([前后上下])(?:面|边|头)?(?:的)?(?:那)?一?句[(（ ]+([^()（） ]{2,12}?)(?:的)?(?:[那这](?:一)?句)?[)）]?")


def wording_of_speech(utterance: Utterance) -> Turn | None:
    """第五篇里那句原文呢, after a wording was looked up and said to stand there: the wording in that speech.

    “劳动最光荣”出现几次 / 第五篇里那句原文呢 → 第5篇 “劳动最光荣”   怎么关心劳模 // “劳动最光荣”有没有 / 第五篇那句 → 第5篇 “劳动最光荣”
    ✗ 怎么宣传劳模 / 第五篇里那句原文呢   ✗ — / 第五篇那句
    """
    named = utterance.understood.references
    if len(named) != 1 or named[0].path or not _THAT_ONE.search(utterance.said) or utterance.own_words:
        return None
    for question in utterance.conversation.asked or (utterance.previous,):
        word = wording_asked(utterance, question)
        if word and any(place.speech == named[0].number for place in utterance.engine.exact.look_up(word).places):
            return again(utterance, f"第{named[0].number}篇 “{word}”")
    return None


_THAT_ONE = re.compile(r"[那这哪](?:一)?[句处条]|原[话句文]")  # 那句  原文  ✗那篇
