"""Rules for messages about where else the word stands that was asked for: which speech says it first, the other place, a further one.

Their examples: questions before, the last one first, by // / message → question or sentence that follows, ✗ where the rule does not
answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.literal_answer import sentences_around
from retrieval.conversation.answer_rules import of_it_alone, show, spoken_alone
from retrieval.conversation.premise_rules import wording_asked
from retrieval.conversation.utterance import Turn, Utterance, said
from retrieval.conversation.where_else_rules import word_before
from retrieval.exact.concordance import Occurrence
from retrieval.speeches.quotes import Quote
from retrieval.speeches.quotes import quote as quote_at


def said_first(utterance: Utterance) -> Turn | None:
    """最早是哪篇, 哪年最先提的 after a word was looked up: its first place in the speech that was given first; 最近 in the last.

    “主力军”在哪 / 最早是哪篇 → quotes   “奋斗”出现几次 / 哪一年最先提的 → quotes   哪里提到螺丝钉 / 最早出现在哪篇 → quotes
    “主力军”在哪 / 哪个说得早 → quotes   “创新”在哪 / 最晚 → quotes
    “创新”在哪 / 最近一次是哪篇讲的 → quotes   — / 哪一篇最早提到“创新” → quotes   — / 工匠精神这个词最早出现在哪一篇 → quotes
    — / 最早提工会的是哪篇 → quotes
    ✗ 怎么宣传劳模 / 最早是哪篇   ✗ — / 最早是哪篇   ✗ “主力军”在哪 / 最早的那篇打开
    """
    found = _FIRST.fullmatch(utterance.said)
    named = None if found else _FIRST_OF_WORD.fullmatch(utterance.said)
    word = (_word(utterance) or _telling(utterance)) if found else (named["word"] or named["after"] or named["first"]) if named else ""
    places = utterance.engine.exact.look_up(word).places if word else ()
    if not (found or named) or not places:
        return None
    corpus = utterance.engine.corpus
    dated = [(corpus.speech(place.speech).entry.year, place) for place in places]
    known = [pair for pair in dated if pair[0]] or dated
    year = (max if _LATEST.search(utterance.said) else min)(year for year, _ in known)
    first = [place for of_year, place in known if of_year == year]
    return _shown(utterance, next((place for place in first if not place.heading), first[0]), word)


_LATEST = re.compile("最?[近晚新]|最后|末")  # 最近  ✗最早
_WHEN = r"(?:哪一?[篇年次处]|第几篇|什么时候|几几年|谁|哪(?:里|儿))"  # 哪篇  哪年  ✗哪些
_SAYS = r"(?:出现|提出?|使用|说|讲|用|写|有)(?:到|过|了)*"  # 提到  ✗做
_EDGE = r"(?:最[早先初近晚新]|第一次|头一[回次]|首次|最后一次)(?:的)?(?:一[次回])?"  # 最早  头一回  ✗最多
# e.g. 最早  哪个说得最早  最早是哪篇  最先是哪年提的  最先是哪一篇说的哪一年  哪篇最早用这个词  头一回出现在哪篇  ✗最早的那篇打开
_FIRST = re.compile(
    rf"(?:那|它|这个?词|这[两三四几]个字|这个?(?:说法|提法)|这句(?:话)?|请问|是|的|[,，]){{0,4}}(?:"
    rf"{_EDGE}(?:{_SAYS})?(?:这个?词|它)?(?:的)?(?:是)?(?:在)?(?:{_WHEN})(?:讲话)?(?:里面?|中)?(?:{_SAYS})?的?(?:[,，]?(?:是)?哪一?年)?|"
    rf"(?:是|在)?{_WHEN}(?:讲话)?(?:里面?|中)?(?:是)?{_EDGE}(?:{_SAYS})?(?:这个?词|它)?(?:的)?(?:这个?词)?|"
    rf"最[早先晚新](?:的)?(?=[呢啊呀]?$)|(?:哪一?[个篇句年]|谁)(?:讲话)?(?:是)?(?:说|讲|提)?得?(?:最|更|比较)?[早晚先](?:说|讲|提)?的?)(?:呢|啊|呀)?"
)


# e.g. 工匠精神这个词最早出现在哪一篇  最早提工会的是哪篇  哪一篇最早提到“创新”  “奋斗”头一回出现是在哪篇  ✗最早的讲话是哪一篇
_FIRST_OF_WORD = re.compile(
    rf"[“\"「]?(?P<word>(?!这|那|它)[\u4e00-\u9fff]{{2,8}}?)[”\"」]?(?:这个?(?:词|说法|提法)|这[两三四几]个字)?(?:的)?(?:是)?{_EDGE}(?:{_SAYS})?(?:的)?(?:是)?(?:在)?{_WHEN}(?:讲话)?(?:里面?|中)?(?:{_SAYS})?的?|"
    rf"(?:[六6几]篇|讲话)?(?:里|中)?[头面]?{_EDGE}(?:{_SAYS})[“\"「]?(?P<first>(?!这|那|它)[\u4e00-\u9fff]{{2,8}}?)[”\"」]?(?:这个?(?:词|说法|提法)|这[两三四几]个字)?的(?:讲话)?(?:是|在)+{_WHEN}(?:讲话)?|"
    rf"(?:是)?(?:在)?{_WHEN}(?:讲话)?(?:里面?|中)?(?:是)?{_EDGE}(?:{_SAYS})[“\"「]?(?P<after>[\u4e00-\u9fff]{{2,8}}?)[”\"」]?(?:这个?(?:词|说法|提法)|这[两三四几]个字)?的?"
)


def other_place(utterance: Utterance) -> Turn | None:
    """另一个呢, 娘家人那个 另一处也给我: the place of the word that was not shown yet; that there is none, if all were.

    工会干部是娘家人 哪篇这么讲过 原话 / 另一个呢 → quotes   怎么宣传劳模 / 娘家人那个 另一处也给我 → quotes
    工会干部是娘家人 哪篇这么讲过 原话 // 另一个呢 / 还有没有第三处 → only_here   哪里提到螺丝钉 / 还有没有第二处 → only_here
    “奋斗”在哪 / 另一次在哪 → “奋斗”在哪   哪里提到螺丝钉 / 还有第三处没 → only_here
    ✗ 怎么宣传劳模 / 另一个呢   ✗ — / 另一处也给我   ✗ “奋斗”在哪 / 另一处
    """
    found = _OTHER.fullmatch(utterance.said)
    if found is None or not utterance.previous or (utterance.before.lookup and not found["word"]):
        return None
    called = utterance.inner(found["word"] or "")
    if called and (len(called) < SHORTEST or not utterance.engine.exact.look_up(called).places):
        return None
    literal = wording_asked(utterance, utterance.previous)
    literal = literal if literal and utterance.engine.exact.look_up(literal).places else ""
    if literal and not called and not found["whether"] and _AT_A_PLACE.search(utterance.said):
        return Turn("more", utterance.before) if _ONCE_MORE.search(utterance.said) else None  # its places are walked
    word = called or literal or _telling(utterance) or _word(utterance)
    if not word:
        return None
    places = utterance.engine.exact.look_up(word).places
    if found["nth"]:
        nth = _COUNT.index(found["nth"]) % 10
        if len(places) < nth <= len(utterance.card) and not called:
            return show(utterance, (utterance.card[nth - 1],), nth - 1)  # of several questions
        return _shown(utterance, places[nth - 1], word) if nth <= len(places) else said("only_here", about=word)
    further = [place for place in places if not any(_holds(shown, place) for shown in utterance.card)]
    spoken_of = utterance.spoken_of  # of an answer's quotes only the first may be in view
    further = further or [place for place in places if spoken_of and not _holds(spoken_of, place)]
    if further:
        return _shown(utterance, further[0], word)
    return said("only_here", about=word) if called or _AT_A_PLACE.search(utterance.said) else None


SHORTEST = 2  # characters of a word
RARE = 4  # places of a word that a question is told by, chosen: names and images
_COUNT = "〇一二三四五六七八九 123456789"
_AT_A_PLACE = re.compile("[处次回]")  # 另一|处|  ✗另一个
_ONCE_MORE = re.compile("[次回]")  # 另一|次|  ✗另一处
# e.g. 另一处  剩下那个  再一处  ✗另外
_THE_OTHER = r"(?:(?:另外?|剩下?|其余|别的|还有)(?:的|那|一|个)*[一那]?(?:[处次回]|个(?:地方)?)|再一?[处次回])"
# e.g. 另一个呢  娘家人那个 另一处也给我  还有没有第三处  有第三处吗  ✗另外的人
_OTHER = re.compile(
    rf"(?:那|再|把|请|麻烦|还有){{0,3}}(?:(?P<word>[^,，。?! ]{{2,10}}?)(?:的|[那这](?:一)?[个句处条词]|这个词)?[,， ]*)?"
    rf"(?:{_THE_OTHER}|(?P<whether>还?(?:有没有|有无|有没|有|没有?))(?:其他|别的|另外)?第(?P<nth>[二三四五六七八九2-9])(?:[处次回]|个地方))"
    r"(?:的)?(?:原[话文句])?(?:也|都|呢|嘞|是|[讲说写](?:的|了)?|怎么|咋|什么|啥|在|哪(?:里|儿)?|[发给看念贴来找](?:一?下|给|出)?|我|看看|吧|吗|么|了|没有?|要)*"
)


def _word(utterance: Utterance) -> str:
    """The word that the question before looked up, or was about."""
    if utterance.before.lookup:
        return ""
    return wording_asked(utterance, utterance.previous) or word_before(utterance)


def _telling(utterance: Utterance) -> str:
    """The rarest word that the question before and the quote spoken of have in common; "" where that stands often."""
    shown, places = utterance.spoken_of, utterance.engine.exact.look_up
    words = [term[1:] for term in utterance.before.terms if term[0] == "w" and len(term) > SHORTEST + 1]
    words.append(utterance.inner(utterance.before.text))  # 一带一路
    held = [(len(places(word).places), -len(word), word) for word in words if word and shown and word in shown.text]
    return min(((count, word) for count, _, word in sorted(held) if count <= RARE), default=(0, ""))[1]


def _holds(shown: Quote, place: Occurrence) -> bool:
    return shown.source.speech == place.speech and shown.source.span.start <= place.span.start < shown.source.span.end


def _shown(utterance: Utterance, place: Occurrence, word: str) -> Turn:
    """The sentence of a place, the word asked from then on."""
    corpus = utterance.engine.corpus
    here = quote_at(corpus, place.speech, sentences_around(corpus, place))
    found = spoken_alone(utterance, here)
    question = f"“{word}”在哪"
    asked: Sequence[str] = utterance.conversation.asked
    kept = replace(of_it_alone(utterance, here), question=question, asked=tuple(dict.fromkeys((question, *asked))))
    return replace(found, understood=utterance.engine.reader.understand(question), then=kept)
