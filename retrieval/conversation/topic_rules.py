"""Rules for messages that ask: the question before of another speech, of another word, together with it, or a new one.

Their examples: question before / message → question that is then asked, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.answer.passage_words import words_said
from retrieval.conversation.utterance import GOES_ON, Turn, Utterance, again, seen
from retrieval.question.references import Reference
from retrieval.question.wordlists import any_of

# What beside a speech's name asks the question before of it, too; 第四篇讲了什么 wants the speech itself
_PARTICLE = r"[那也又呢吗的?。!~, ]"  # 那  呢  ✗工
_SAID_OF_IT = r"是?(?:怎么|咋|如何)[说讲]的?"  # 怎么说  是怎么讲的  ✗讲了什么
_IS_IT_SAID = r"有没有[说讲提]?到?|有吗|有没"  # 有没有提到  有吗  ✗有什么
_CARRIES_ON = re.compile(rf"(?:{_PARTICLE}|{_SAID_OF_IT}|怎么样|{_IS_IT_SAID})*")  # 呢  也是怎么说的  怎么样  |讲了什么

# Of what was just opened
_IT = r"那|它|他|这一?篇|那一?篇|该篇|里面|里头|其中"  # 它|说  这篇  里面  那|一篇  ✗第三篇
_WHAT_IT_SAYS = r"(?:怎么|如何|咋|有没有)[说讲]|有没有[提谈]|[说讲提谈]到?了?[什啥哪]"  # 怎么说  有没有提  讲了什|么  ✗说工会
_ITS_PARTS = r"全文|内容|主要|原文|标题"  # 标题  ✗题目
_OF_IT = re.compile(rf"^(?:{_IT}|(?={_WHAT_IT_SAYS}|{_ITS_PARTS}))+(?=.)")  # 它|怎么说改革  里面|有工会吗  ||讲了什么  ✗工会呢  ✗它


def nothing_before(utterance: Utterance) -> Turn | None:
    """A first message goes on with nothing.

    — / 还有吗 → 还有吗   — / 工会呢 → 工会呢   ✗ 怎么宣传劳模 / 还有吗
    """
    return Turn("new", utterance.understood) if not utterance.previous else None


def speech_named(utterance: Utterance) -> Turn | None:
    """第四篇呢: the question before, asked of another speech.

    工会要怎么为职工服务 / 第四篇怎么说 → 第4篇 工会要怎么为职工服务   ✗ 工会要怎么为职工服务 / 第四篇讲了什么
    """
    alone = utterance.understood
    return _of(utterance, alone.references) if alone.lookup and alone.text and _CARRIES_ON.fullmatch(alone.text) else None


def speech_called(utterance: Utterance) -> Turn | None:
    """张家界呢, where 张家界那篇 is a speech: the question before, asked of it.

    咸阳那篇怎么说工会 / 张家界呢 → 第4篇 工会   ✗ 咸阳那篇怎么说工会 / 北京呢   ✗ 咸阳那篇怎么说工会 / 张家界
    """
    if utterance.bare == utterance.said or len(utterance.bare) > GOES_ON or utterance.understood.references:
        return None
    called = utterance.engine.reader.understand(f"{utterance.bare}那篇")
    return _of(utterance, called.references) if called.lookup else None


def every_speech(utterance: Utterance) -> Turn | None:
    """其他篇呢: the question before, asked of every speech.

    怎么宣传劳模 / 其他篇呢 → 各篇讲话 怎么宣传劳模   ✗ 怎么宣传劳模 / 哪几篇提到创新
    """
    alone = utterance.understood
    if not alone.each or alone.terms or alone.place:
        return None
    return again(utterance, f"{utterance.words.each[0]} {_asked(utterance)}")


def of_what_was_opened(utterance: Utterance) -> Turn | None:
    """怎么说工会, 它提到创新吗, 工会呢 after a look-up: asked of the part that was shown.

    第五篇 / 它怎么说改革 → 第5篇怎么说改革   第五篇 / 工会呢 → 第5篇工会   ✗ 第五篇 / 怎么宣传劳模   ✗ 怎么宣传劳模 / 它怎么说改革
    """
    opened = utterance.before.lookup and not utterance.understood.references
    if not opened or not (_OF_IT.match(utterance.said) or utterance.said.endswith("呢")):
        return None
    return again(utterance, _named(utterance.before.references) + _OF_IT.sub("", utterance.bare))


def topic_exchanged(utterance: Utterance) -> Turn | None:
    """那工匠精神呢 after a question that is one word and what it means: the same of the new word.

    劳模精神是什么意思 / 那工匠精神呢 → 工匠精神是什么意思   ✗ 怎么宣传先进典型 / 那工匠精神呢   ✗ 劳模精神是什么意思 / 工匠精神
    """
    topic = any_of(utterance.words.defining).sub("", utterance.before.text) if _new_word(utterance) else ""
    if not 0 < len(topic) < GOES_ON:
        return None
    return again(utterance, _named(utterance.before.references) + utterance.before.text.replace(topic, utterance.bare))


def asks_further(utterance: Utterance) -> Turn | None:
    """为什么, 那怎么办: together with the question before.

    怎么宣传劳模 / 为什么 → 为什么 怎么宣传劳模   ✗ 怎么宣传劳模 / 为什么要创新
    """
    return again(utterance, _together(utterance)) if utterance.bare in utterance.words.continuing else None


def speech_asked(utterance: Utterance) -> Turn | None:
    """那第四篇的创新呢: what is short and names a speech, together with the question before.

    怎么宣传先进典型 / 那第四篇旅游呢 → 第四篇旅游 怎么宣传先进典型   ✗ 怎么宣传先进典型 / 第四篇旅游
    """
    return again(utterance, _together(utterance)) if utterance.is_short and utterance.understood.references else None


def both_answered(utterance: Utterance) -> Turn | None:
    """那技术呢: together with the question before, if the answer to both says something of the new one.

    怎样带动大家一起干 / 那技术呢 → 技术 怎样带动大家一起干   ✗ 怎样带动大家一起干 / 那GDP呢
    """
    if not _new_word(utterance):
        return None
    both = utterance.engine.reader.understand(_together(utterance))
    answer = utterance.best(both)
    said = [quote for quote in answer.quotes[:1] if words_said(utterance.bare, quote.text, utterance.engine.reader.segmenter) != "none"]
    return seen(both, answer) if said else None


def short_alone(utterance: Utterance) -> Turn | None:
    """那GDP呢: what is short and has nothing to do with the question before stands alone, without 那.

    怎么关心退休劳模 / 那GDP呢 → gdp   ✗ 怎么关心退休劳模 / GDP
    """
    return Turn("new", utterance.engine.reader.understand(utterance.bare)) if utterance.is_short else None


def new_question(utterance: Utterance) -> Turn | None:
    """Everything else is a question of its own.

    怎么关心退休劳模 / 工会是干什么的 → 工会是干什么的   ✗ 怎么关心退休劳模 / 为什么
    """
    return Turn("new", utterance.understood)


def _of(utterance: Utterance, references: Sequence[Reference]) -> Turn:
    """The question before, asked of another speech or section."""
    return again(utterance, f"{_named(references)} {_asked(utterance)}")


def _together(utterance: Utterance) -> str:
    return f"{_named(utterance.before.references)} {utterance.bare} {_asked(utterance)}".strip()


def _named(references: Sequence[Reference]) -> str:
    """The first of the speeches, with its section; "" of none."""
    return "".join(f"第{r.number}篇" + "".join(f"第{n}部分" for n in r.path[:1]) for r in references[:1])


def _asked(utterance: Utterance) -> str:
    """What the question before asked, and of which place, without the speeches it named."""
    before, words = utterance.before, utterance.words
    place = {"": "", "opening": words.opening, "closing": words.closing}[before.place]
    return f"{place[0]}{before.text}" if place else before.text


def _new_word(utterance: Utterance) -> bool:
    return utterance.is_short and not utterance.understood.references
