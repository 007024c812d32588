"""Rules for messages that point into a list, an opened part, or the places of a wording: a point in full, its own points, the next place.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.conversation.answer_rules import choose, spoken_alone
from retrieval.conversation.navigation import counted, counts_in
from retrieval.conversation.premise_rules import wording_asked
from retrieval.conversation.utterance import Turn, Utterance, again, said
from retrieval.exact.concordance import Occurrence
from retrieval.question.references import Reference
from retrieval.speeches.numerals import to_int
from retrieval.speeches.quotes import quote
from retrieval.speeches.vicinity import sentences_of


def point_in_full(utterance: Utterance) -> Turn | None:
    """第三个展开给我看, 第三条，全文 after a list or an opened part: that point, not the paragraph of the quote.

    劳模自己要做到哪三条 / 第二个展开给我看 → 1.2.2   3.2 / 头一条展开讲讲 → 3.1   6.2 / 第三条，全文 → 6.2.3
    ✗ 劳模自己要做到哪三条 / 展开给我看   ✗ 怎么宣传劳模 / 第二句展开   ✗ 劳模自己要做到哪三条 / 第九条全文
    """
    if not _IN_FULL.search(utterance.said) or not (utterance.before.wants_list or utterance.before.lookup or utterance.conversation.listed):
        return None
    if len(utterance.card) > 1 and not utterance.conversation.listed and _AGAIN.search(utterance.said):
        return None  # 第一个再发下, of several quotes
    counts, rest = counts_in(utterance)
    reference = counted(utterance, counts) if counts and not rest else None
    if reference is None or not utterance.engine.scope.exists(reference) or not reference.path:
        return None
    return again(utterance, str(reference), listed=str(Reference(reference.number, reference.path[:-1])))


_AGAIN = re.compile("再[发看贴念]")  # 再发|下  ✗展开
_IN_FULL = re.compile("展开|全文|原文|细|完整|整[个条点]|再[发看贴念]")  # 展开  全文  ✗怎么说


def points_of_opened(utterance: Utterance) -> Turn | None:
    """这部分里的三个“要”分别是什么 after a part was opened: the part, which has them.

    6.2 / 这部分里的三个“要”分别是什么 → 6.2   6.2 / 下面那三点都是啥 → 6.2
    ✗ 怎么宣传劳模 / 下面那三点都是啥   ✗ 第六篇 / 三个作用是什么   ✗ 6.2 / 为什么
    """
    opened = utterance.before.references[0] if utterance.before.lookup and utterance.before.references else None
    if opened is None or not opened.path or not _ITS_POINTS.fullmatch(utterance.said):
        return None
    return again(utterance, str(opened))


# e.g. 这部分里的三个"要"分别是什么  里头三个“要”分别叫什么，只要名称  下面那三点都是啥  ✗三个作用是什么
_ITS_POINTS = re.compile(
    r"(?:[这那]?一?(?:部分|[点节条段])|它|里面?|里头|下面|底下|之下|其中|的|那|这)+[两三四五六]个?[\"“]?(?:要|是|小?[点条]|方面|小?标题)[\"”]?"
    r"(?:都|各|分别)*(?:是|有|叫)?(?:什么|啥|哪些)?(?:[,，](?:只|就|光)?要?(?:名称|标题|名字|题目))?"
)


def place_of_wording(utterance: Utterance) -> Turn | None:
    """最后一处, 后一回咋说的, 另一处 after a wording was looked up: the sentence of that place, spoken of from then on.

    “工匠精神”出现几次 / 最后一处 → quotes   “奋斗”在哪 / 第三处 → quotes   “螺丝钉”在哪 / 下一处 → only_here
    “娘家人”在哪 / 后一回咋说的 → quotes   “娘家人”在哪 / 还有另外一处吗 → quotes   “娘家人”出现几次 / 头一回呢 → quotes
    ✗ 怎么宣传劳模 / 最后一处   ✗ “奋斗”在哪 / 再来一处
    """
    found = _PLACE.fullmatch(utterance.left_out) or _PLACE.fullmatch(utterance.bare)
    word = wording_asked(utterance, utterance.previous) if found and utterance.previous else ""
    places = utterance.engine.exact.look_up(word).places if word else ()
    within = tuple(place for place in places if place.speech in utterance.before.scope)
    places = within if found and within and not found[3] else places
    if found is None or not places:
        return None
    at = _which_place(utterance, found, places)
    if not 0 <= at < len(places):
        return said("only_here", about=word)
    corpus, place = utterance.engine.corpus, places[at]
    inside = sentences_of(corpus, place.speech, place.span)
    return spoken_alone(utterance, quote(corpus, place.speech, inside[0] if inside else place.span))


def _which_place(utterance: Utterance, found: re.Match[str], places: Sequence[Occurrence]) -> int:
    """The index of the place that is meant, seen from the quote that is spoken of; outside of them where there is none such."""
    here, last = utterance.spoken_of, len(places) - 1
    now = [n for n, p in enumerate(places) if here and p.speech == here.source.speech and p.span.start < here.source.span.end]
    if found[3]:  # 另一处: of two the other, of more the next
        return (now[-1] + 1) % len(places) if now and last else len(places)
    step = found[1] or ""
    if step.startswith("下"):
        return now[-1] + 1 if now else 0
    if step.startswith("上"):
        return now[-1] - 1 if now else -1
    if step:
        return 0 if step[0] in "头首前" or step.startswith("最前") else last
    return (to_int(found[2]) or 0) - 1


# e.g. 最后一处  第三处的原句  后一回咋说的  头一回  另一处  还有另外一处吗  剩下那处  前面那处  ✗一处  ✗三处
_PLACE = re.compile(
    r"(?:那|它|还有|的)*(?:(最[后末前][面头边]?|末了|末|[下上](?=[一面个那])|后[面头边]?|前[面头边]?|头|首)(?:[那这的一]|出现)*|"
    r"第([一二三四五六七八九十]{1,2}|\d{1,2})|(另外?|剩下?|其余|别的)(?:[那的一]|还有)*)[处次回]"
    r"(?:的?(?:原[话文句]|那?句(?:话)?)|出现)?(?:的|是|在|又|都)*(?:(?:怎么|咋|如何)(?:说|讲|写|提)的?|(?:什么|啥|哪一?句)(?:话)?|哪[里儿])?[呢吗嘞么]?"
)


def speech_doubted(utterance: Utterance) -> Turn | None:
    """这是第五篇说的，对吗: where the quote stands.

    怎么宣传劳模 / 这是第五篇说的，对吗 → place   怎么宣传劳模 / 这句是第三篇里的吧 → place
    怎么宣传劳模 / 真的是第二篇说的吗 → place
    ✗ 怎么宣传劳模 / 第五篇说的对吗   ✗ — / 这是第五篇说的吧
    """
    references, shown = utterance.understood.references, utterance.spoken_of
    if shown is None or utterance.before.lookup or len(references) != 1 or references[0].path or not _IS_OF.fullmatch(utterance.said):
        return None
    return said("place", shown, then=choose(utterance, utterance.conversation.chosen))


# e.g. 这是第五篇说的,对吗  那这句是第3篇里的吧  真的是第二篇说的吗  ✗第五篇说的对吗
_IS_OF = re.compile(
    r"(?:那)?(?:(?:这|它|那)(?:[句段]话?|个)?|真的?(?:就)?|确定)(?:也|就)?(?:是)(?:在)?第.{1,3}篇(?:讲话)?(?:里面?|里头|中)?(?:[说讲写提]过?)?的?[,，]?"
    r"(?:对[吗不么]|对不对|是[吗不么]|是不是|吧|吗|么|没错吧)"
)
