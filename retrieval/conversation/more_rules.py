"""Rules for more of the same: again as much as before it was cut short, more of one of several questions, a sentence of the other speeches.

Their examples: questions before, the last one first, by // / message → question or sentence that follows, ✗ where the rule does not
answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.conversation import answer_patterns as about
from retrieval.conversation import exclusion
from retrieval.conversation.answer_rules import BRIEF, chosen, show
from retrieval.conversation.topic_rules import asked_before
from retrieval.conversation.utterance import Turn, Utterance, again
from retrieval.question.references import Reference
from retrieval.question.understand import Understood
from retrieval.speeches.numerals import to_int
from retrieval.speeches.quotes import Quote


def as_before_it_was_short(utterance: Utterance) -> Turn | None:
    """太少了, 多来点 after an answer was cut to a sentence: the answer again, and no others.

    怎么宣传劳模 // 太长了 / 太少了 → 怎么宣传劳模   怎么宣传劳模 // 只要一句 / 多来点 → 怎么宣传劳模
    ✗ 怎么宣传劳模 / 太少了   ✗ — / 多来点   ✗ 怎么宣传劳模 // 只要一句 / 再来一句
    """
    if utterance.conversation.wished != BRIEF or not utterance.previous or not utterance.is_only(utterance.said, _TOO_LITTLE):
        return None
    return replace(again(utterance, utterance.previous), skip=0)


# e.g. 又太少  多来点  再多给几句  不够看  还是全的好  ✗再来一句
_TOO_LITTLE = re.compile(
    r"(?:又|太|有点|也太|这也|忒|现在)+(?:少|短)(?:了|啦|吧)?|(?:少|短)(?:了|啦)|再?多(?:来|给|发|看|说|念|弄|整)(?:我)?(?:一?点|些|几[句条])|(?:还是)?(?:再)?(?:长|多|详细|完整)(?:一?点|些)|"
    r"不够(?:看|用)?|就这?(?:么)?[一点](?:句|点)?(?:啊|吗|呀)?|还是(?:全|长|原来|刚才)的?(?:那个|那些)?好?|(?:刚才|原来)(?:的|那些|那几句)+"
)


def as_many(utterance: Utterance, found: Turn) -> Turn:
    """Of 再来两条 no more than two."""
    many = _SO_MANY.search(utterance.said) if found.kind == "more" else None
    return replace(found, count=to_int(_PAIR.sub("二", many[1])) or 0) if many else found


_PAIR = re.compile("[两俩]")  # 两  ✗二
# e.g. 再来两条  再给1句|短的  换一个  ✗第一句  ✗再来几条  ✗三句话
_SO_MANY = re.compile("(?:再|另|换|多|加)(?:来|给|找|要|说|选|挑|补|发)*(?:我)?([一1两俩二2三3])[条句个](?!话)")


def of_one_question(utterance: Utterance) -> Turn | None:
    """第二个再给一句 after an answer to several questions: the next quote of the second question.

    怎么宣传劳模 / 头一个再来一条 → quotes   ✗ 怎么宣传劳模 / 第二个   ✗ 怎么宣传劳模 / 第二个再发一遍   ✗ — / 第二个再给一句
    """
    if len(utterance.card) < 2 or utterance.before.lookup:
        return None
    index, rest = chosen(utterance)
    if rest == utterance.said or not utterance.is_only(rest, _ANOTHER):
        return None
    for question in (utterance.conversation.asked or (utterance.previous,))[: len(utterance.card)]:
        understood = utterance.engine.reader.understand(question)
        quotes = () if understood.lookup else utterance.best(understood).quotes
        if quotes and quotes[0].id == utterance.card[index].id:
            further = _further(utterance, understood, quotes)
            of_it = replace(utterance, conversation=replace(utterance.conversation, question=question))
            return show(of_it, (further,), index) if further else None
    return None


def _further(utterance: Utterance, understood: Understood, quotes: Sequence[Quote]) -> Quote | None:
    """The next quote of a question that is not in view."""
    behind = (*quotes[1:], *utterance.shown(understood, len(quotes)).quotes)
    return next((quote for quote in behind if quote.id not in utterance.conversation.card), None)


# e.g. 再给一句  换一条  多来几句  还有吗  ✗再发一遍
_ANOTHER = re.compile(
    r"(?:再|另|换|多)(?:外)?(?:来|给|找|说|看|要|发)?(?:我)?(?:[一几两别]|别的)?(?:[句条个些点处])|还有(?:吗|没有?|别的)?"
)


def sentence_of_others(utterance: Utterance) -> Turn | None:
    """换一句，别的篇的: the question before, of the other speeches than that of the quote spoken of.

    怎么宣传劳模 / 换一句，别的篇的 → 第1篇、第2篇、第3篇、第5篇、第6篇 怎么宣传劳模
    怎么宣传劳模 / 从别的讲话里再找一条 → 第1篇、第2篇、第3篇、第5篇、第6篇 怎么宣传劳模
    怎么宣传劳模 / 换一篇的 → 第1篇、第2篇、第3篇、第5篇、第6篇 怎么宣传劳模
    ✗ 怎么宣传劳模 / 换一句   ✗ 怎么宣传劳模 / 其他篇呢   ✗ — / 换一句，别的篇的
    """
    shown = utterance.spoken_of
    if shown is None or utterance.before.lookup:
        return None
    text = utterance.said
    one = _OTHERS.search(text) and _ONE.search(text) and not utterance.left(text, _OTHERS, _ONE, about.MORE)
    if not (one or _ANOTHER_SPEECH.fullmatch(text)):
        return None
    named = exclusion.others(tuple(utterance.engine.corpus.numbers), (Reference(shown.source.speech),))
    return again(utterance, f"{named} {asked_before(utterance)}") if named else None


_OTHERS = re.compile(
    r"(?:从|在|要)?(?:别的?|其[他它余]的?|另外的?|剩下的?|不同的?)[几五一]?(?:篇|讲话|稿子?)(?:讲话)?(?:里面?|中)?的?"
)  # 别的篇的  其他讲话里  ✗别的吗
# e.g. 换一篇的  来个别的篇  ✗换第三篇
_ANOTHER_SPEECH = re.compile("(?:再|那|给我)?[换来](?:一|1|个|别的|另外?一)+篇(?:讲话)?的?(?:来?一?[句条个])?(?:呢|吧|看看|试试)?")
_ONE = re.compile(
    r"(?:再|另|换|来|找|给|挑)(?:外|我)*(?:来|给|找|说|看|要|发|挑)?(?:我)?[一几两]?[句条个处段]"
)  # 换一句  再找一条  ✗其他篇呢
