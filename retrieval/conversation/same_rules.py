"""Rules for messages that ask whether other speeches say the same too, or want it of them: 第二篇有没有, 第四篇也来一句.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer.quoting import same_words
from retrieval.conversation import answer_patterns as about
from retrieval.conversation import exclusion
from retrieval.conversation.navigation import counts_in
from retrieval.conversation.premise_rules import said_in_another, wording_asked
from retrieval.conversation.topic_rules import asked_before
from retrieval.conversation.utterance import Turn, Utterance, again
from retrieval.conversation.where_else_rules import word_before
from retrieval.question.spellings import MOST
from retrieval.question.wordlists import any_of
from retrieval.speeches.quotes import Quote
from retrieval.terms.fold import fold_question
from retrieval.terms.segment import is_han


def same_of_speech(utterance: Utterance) -> Turn | None:
    """第二篇有没有, 第四篇也来一句: whether that speech has the wording that was looked up; of a question what it says.

    What it has no word of is said first.

    “关键一招”在哪 / 第1篇也有吧 → 第1篇 有没有“关键一招”   哪篇讲到了疫情 / 第五篇也讲了吧 → 第5篇 有没有“疫情”
    怎么关心退休劳模 / 第六篇也来一句 → 第6篇 怎么关心退休劳模   工会是干什么的 / 第1篇同样的 → 第1篇 工会是干什么的
    ✗ 怎么宣传劳模 / 第四篇呢   ✗ 怎么宣传劳模 / 第四篇最后一句也要   ✗ — / 第四篇也来一句   ✗ 怎么宣传劳模 / 第四篇也讲了什么
    """
    utterance = _with_speech_named(utterance)
    alone = utterance.understood
    named = alone.references
    unfit = utterance.before.lookup or alone.place or alone.each or exclusion.EXCEPT.search(utterance.said)
    if not named or unfit or not utterance.previous or len(alone.scope) > MOST or counts_in(utterance)[0]:
        return None
    if any(r.path or r.paragraph for r in named):
        return None
    asks = None if about.DIFFERS.search(utterance.said) else _WHETHER.search(utterance.said)
    if not (asks or _ONE_TOO.search(utterance.said)) or _ASKS_WHAT.search(utterance.said) or _OF_THE_QUOTE.search(utterance.said):
        return None
    if utterance.left(alone.text, _WHETHER, _ONE_TOO, _INSIDE) or not all(map(utterance.engine.scope.exists, named)):
        return None
    return asked_of(utterance, alone.scope, whether=bool(asks))


def _with_speech_named(utterance: Utterance) -> Utterance:
    """The message with the speech of 咸阳的有没有, 5里也有吗 named in full; as it is where it names none so."""
    found = None if utterance.understood.references or not utterance.previous else _CALLED.match(utterance.said)
    called = f"第{found[1]}篇" if found and found[1] else f"{found[2]}那篇" if found else ""
    named = utterance.engine.reader.understand(called).references if called else ()
    if found is None or len(named) != 1 or named[0].path:
        return utterance
    return replace(utterance, message=f"第{named[0].number}篇 {utterance.said[found.end() :]}")


# e.g. 咸阳的|有没有  5里|也有吗  那张家界|提没提  ✗怎么宣传劳模
_CALLED = re.compile(
    r"(?:那|还有)?(?:([1-9])|([\u4e00-\u9fff]{2,4}?))(?:那个|的)?(?:里面?|里头)?(?:呢)?[ ,，]*"
    r"(?=(?:也|总|应该|肯定)(?:有|提|讲|说)|有没有|有无|[提讲说]没[提讲说])"
)


def same_of_others(utterance: Utterance) -> Turn | None:
    """其余几篇有没有, 剩下的都提了没: whether the speeches that were not asked yet have the wording; of a question what they say.

    哪篇讲到了疫情 / 其余几篇有没有 → 第1篇、第2篇、第3篇、第4篇、第5篇 有没有“疫情”
    第五篇怎么说改革 / 剩下的几篇都讲了没 → 第1篇、第2篇、第3篇、第4篇、第6篇 改革
    ✗ 怎么宣传劳模 / 其他篇呢   ✗ — / 其余几篇有没有   ✗ 怎么宣传劳模 / 其他篇怎么说工会
    """
    each = _ONE_OF_OTHERS.fullmatch(utterance.said)
    if not (each or _OF_OTHERS.fullmatch(utterance.said)) or utterance.understood.references:
        return None
    here = utterance.spoken_of
    if utterance.before.lookup or here is None:
        return None
    topic = topic_word(utterance)
    gone = {quote.source.speech for quote in utterance.card if topic and topic in fold_question(quote.text)}
    gone.add(here.source.speech)
    for question in utterance.conversation.asked:
        if topic and topic not in fold_question(question):
            break
        gone |= set(utterance.engine.reader.understand(question).scope)
    numbers = tuple(n for n in utterance.engine.corpus.numbers if n not in gone)
    return asked_of(utterance, numbers, whether=not each) if 0 < len(numbers) <= MOST else None


_OTHERS = (
    # e.g. 其余几篇  剩下的  别的讲话里  ✗这篇
    r"(?:那|请问)?(?:别的?|其[他它余]的?|另外的?|剩下的?|剩余的?)(?:[几各两二三四五2-9]?(?:篇|个)?(?:讲话|稿子?)?)(?:里面?|里头|中)?的?"
)
# e.g. 其余的也各来一句  剩下几篇各来一条  ✗别的来一句
_ONE_OF_OTHERS = re.compile(rf"{_OTHERS}(?:每篇|各|都|也)+(?:来|给|发|找|挑)(?:我)?(?:一|1)?[句条](?:话)?")
# e.g. 其余几篇有没有  别的篇提没提他  剩下的都讲了没  其他5篇也有吧  ✗其他篇呢
_OF_OTHERS = re.compile(
    rf"{_OTHERS}"
    r"(?:是不是|是否|应该|肯定|总)?(?:也|都|又|还)*"
    r"(?:有没有|有木有|有无|[提讲说谈引]没[提讲说谈引]|[提讲说谈引]不[提讲说谈引]|(?:有|提|讲|说|谈|引)(?:过|到|了)*(?=.*[吗没不吧么嘛]))"
    r"(?:过|到|了|这[个种]?(?:说法|提法|词)|这个|这些|这话|他|她|它)*(?:没有|吗|没|不|吧|么|嘛)?"
)


def asked_of(utterance: Utterance, numbers: tuple[int, ...], *, whether: bool) -> Turn | None:
    """The wording that was asked of, looked up in these speeches; else the question before, asked of them."""
    named = "、".join(f"第{number}篇" for number in numbers)
    topic = topic_word(utterance)
    lacks = bool(topic) and set(numbers).isdisjoint(utterance.engine.speeches_with(topic))
    looked_up = exclusion.QUOTED.search(utterance.previous) or not _is_a_matter(utterance)
    if (lacks and looked_up) or (topic and whether and exclusion.QUOTED.search(utterance.previous)):
        return again(utterance, f"{named} 有没有“{topic}”")
    asked = again(utterance, f"{named} {asked_before(utterance)}")
    if not whether or utterance.best(asked.understood).confidence == "sure":
        return asked
    if lacks:
        return again(utterance, asked.question, say="not_there", about=f"{named}里没有「{topic}」这几个字")
    return said_in_another(replace(utterance, message=asked.question)) or asked


def said_there_too(utterance: Utterance) -> Turn | None:
    """第一篇也讲了工匠精神，念一下, where that speech has no such word: that it has not, and what others say of it.

    怎么弘扬工匠精神 / 第一篇也讲了工匠精神 念一下 → 第1篇 有没有“工匠精神”   — / 听说第五篇也提到了螺丝钉 → 第5篇 有没有“螺丝钉”
    — / 第2篇是讲疫情的吧，原话发我 → 第2篇 有没有“疫情”
    ✗ 怎么宣传劳模 / 第一篇也讲了劳模精神   ✗ 怎么宣传劳模 / 第五篇也讲了怎么宣传劳模   ✗ 怎么宣传劳模 / 第一篇也讲了吧
    """
    found = _SAYS_TOO.search(utterance.said) or _IS_ABOUT.search(utterance.said)
    scope = utterance.understood.scope
    if found is None or len(scope) != 1 or scope[0] not in utterance.engine.corpus.numbers or _ASKS_WHAT.search(found[1]):
        return None
    word = utterance.inner(found[1])
    if not LEAST <= len(word) <= LONGEST or not utterance.left(word) or scope[0] in utterance.engine.speeches_with(word):
        return None
    stands = utterance.engine.exact.look_up(word).places
    return again(utterance, f"第{scope[0]}篇 有没有“{word}”") if stands else None


# e.g. 第2|篇是讲疫情的吧|，原话发我  ✗第二篇讲了什么
_IS_ABOUT = re.compile(r"篇(?:讲话)?(?:不?是|就是)(?:在)?(?:讲|说|谈|提)([\u4e00-\u9fff]{2,8}?)的(?:吧|对吧|是吧|吗)")
# e.g. 第一|篇也讲了工匠精神 念一下|  张家界那|篇总提到过螺丝钉吧|  ✗第一篇也讲了
_SAYS_TOO = re.compile(
    r"篇(?:讲话)?(?:里面?|里头|中)?(?:是不是|应该|肯定|估计|好像|[也又还总])+(?:有|讲|提|说|谈|引|写)(?:到|过|了)*"
    r"([\u4e00-\u9fff]{2,10}?)(?:的)?(?:对吧|是吧|吧|吗|么|没有|没|不)?"
    r"(?:[ ,，]+(?:请|麻烦|给我|帮我|把)*(?:念|发|贴|找|给|看|说|读|拿)(?:一?下|我|来|出来|看看|给我)*)?$"
)


def _is_a_matter(utterance: Utterance) -> bool:
    """Whether the question before asks about something, and looks up no word."""
    return bool(_OF_A_MATTER.search(utterance.previous)) and not wording_asked(utterance, utterance.previous)


def topic_word(utterance: Utterance) -> str:
    """The wording that the question before is about, if the speeches have it so: 宣传劳模 of 第4篇宣传劳模那块怎么写的; else ""."""
    before = fold_question(utterance.previous)
    words = (wording_asked(utterance, question) for question in (utterance.previous, *utterance.conversation.asked))
    looked_up = next((fold_question(word) for word in words if word and fold_question(word) in before), "") or word_before(utterance)
    if looked_up:
        return looked_up
    text = _AROUND.sub(" ", any_of(utterance.words.each).sub(" ", asked_before(utterance)))
    text = any_of(utterance.words.asking).sub(" ", _OF_A_MATTER.sub(" ", text))
    word = utterance.inner(text)
    stands = LEAST <= len(word) <= LONGEST and all(map(is_han, word)) and utterance.engine.exact.look_up(word).places
    return word if stands else ""


LEAST, LONGEST = 2, 8  # characters of what a question is about, chosen: 疫情  宣传劳模


# e.g. 宣传劳模|那块|  职工之家|这个提法|  高尔基|那句|  ✗那
_AROUND = re.compile(r"[那这]一?(?:[句段条处块]话?|部分|方面)|[那这]个?(?:提法|说法|词|字眼|表述)|[,，。]")
_OF_A_MATTER = re.compile(r"怎么|怎样|咋|如何|什么|为何|(?:是|该|要)?干(?:什么|啥)的?|写的|说的|讲的")  # 怎么  如何  ✗疫情
# Whether it stands there too.
# e.g. 有没有  也提了|吧  提没提|他  是否|也提到  有木有  也有  真的没有这六个字  ✗怎么说  ✗讲了什么
_WHETHER = re.compile(
    r"有没有|有木有|有无|是否|是不是|[提讲说谈引写]没[提讲说谈引写]|[提讲说谈引]不[提讲说谈引]|(?:应该|肯定|估计|想必|总|一定|好像|似乎)(?=[也都有提讲说])|"
    r"[也都](?:有|提|讲|说|谈|引|写|出现)(?:过|到|了)*|"
    r"(?:真的?|确实|到底|压根|根本)(?:就|也)?没有?(?:[提讲说]|出现)?[过到]*(?:[这那](?:[几二两三四五六七八九\d]个字|一?[个句]话?词?))?(?:吗|么|吧)?$|"
    r"(?:有|提|讲|说|谈|引|出现)(?:过|到|了|他|她|它|这个|这些|这句|这话)*(?:没有|吗|没|不|吧|么|嘛|对吧|对不对)$|对吧|对不对"
)
# That of that speech too.
# e.g. 也来一句  给我一条  也发一句  同样的  同样问题  照样  ✗那句  ✗第一句
_ONE_TOO = re.compile(
    r"(?:也|再)*(?:给|来|要|找|发|贴|念|挑|选|看|整)(?:我|个)?(?<!第)(?:一|1)?(?:句|条|处)|的一[句条处]|同样(?:的)?(?:问题|问法)?(?:来)?|照样|一样的(?:也)?(?:来|要|给)?|也(?:要|来|给)(?:一下|我)?|同问|同一个问题"
)
_INSIDE = re.compile("里[面头边]")  # 里边  ✗里
_ASKS_WHAT = re.compile(r"什么|啥|怎|咋|如何|哪|几|谁|多少|为何|最|末|开头|结尾|第.[句段点条部个]")  # 什么  最|后  ✗有没有
# e.g. 这是|第五篇说的吧  这一篇  那句  ✗第五篇也有吧
_OF_THE_QUOTE = re.compile(r"^(?:那|可)?[这它那](?:[句段]话?|个)?(?:也|就)?是|这一?篇|[那这]一?句|打开|翻到|不要|不太|一样[吗么不吧]")


LOOKED_BACK = 3  # questions before, chosen: 两处 are mostly the last two answers


def same_said(utterance: Utterance, *, back: int = 0) -> Turn | None:
    """Whether two speeches say the same: the two that are named, or that quotes of the card are of, or of `back` answers; side by side."""
    named = utterance.understood.scope or tuple(dict.fromkeys(quote.source.speech for quote in utterance.card))
    asked = (utterance.best(utterance.engine.reader.understand(text)).quotes[:1] for text in utterance.conversation.asked[:back])
    spoken_of = (*utterance.card, *(quote for quotes in asked for quote in quotes))
    speeches = tuple(dict.fromkeys((*named, *(quote.source.speech for quote in spoken_of))))[:2]
    if len(speeches) < 2 or not utterance.previous or utterance.before.lookup:
        return None
    word = wording_asked(utterance, utterance.previous)
    having = {place.speech for place in utterance.engine.exact.look_up(word).places} if word else set(speeches)
    lacking = next((number for number in speeches if number not in having), 0)
    if lacking:
        return again(utterance, f"第{lacking}篇 “{word}”")
    found = [_said_by(utterance, number) for number in speeches]
    if not all(found):
        return None
    key = "same_words" if same_words(found[0][0].text, found[1][0].text) else "other_words"
    return again(utterance, f"{'、'.join(f'第{number}篇' for number in speeches)} {asked_before(utterance)}", say=key)


def _said_by(utterance: Utterance, number: int) -> list[Quote]:
    """What a speech says to the question before."""
    return [q for q in utterance.engine.ask(f"第{number}篇 {asked_before(utterance)}", 1).quotes if q.source.speech == number]
