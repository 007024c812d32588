"""Rules for messages that ask for words, or take for granted where they stand: looked up before anything else is understood.

Their examples: question before / message → question that is then asked, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re

from retrieval.answer.passage_words import is_keyword
from retrieval.conversation.exclusion import without
from retrieval.conversation.utterance import GOES_ON, Turn, Utterance, again


def asked_literally(utterance: Utterance) -> Turn | None:
    """What asks of a wording in quotation marks is looked up, whatever was said before.

    怎么宣传劳模 / “人工智能” → “人工智能”   ✗ 怎么宣传劳模 / 人工智能   ✗ 怎么宣传劳模 / 别带“榜样”俩字的
    """
    asked = utterance.engine.literal_reader.read(utterance.message) if _LITERALLY.search(utterance.message) else None
    if asked is None or asked.wants in ("verify", "pasted", "length") or without(utterance.said)[1]:
        return None
    return Turn("new", utterance.understood) if _MARKED.search(utterance.message) or asked.wants in ("count", "most") else None


def how_often(utterance: Utterance) -> Turn | None:
    """一共几处 after a wording was looked up: how often it stands there.

    “劳动最光荣”出自哪里 / 一共几处 → “劳动最光荣”出现几次   工匠精神 / 一共出现过几次，数一下 → “工匠精神”出现几次
    ✗ 怎么宣传劳模 / 一共几处   ✗ “劳动最光荣”出自哪里 / 几点开会
    """
    if not utterance.previous or not utterance.is_only(utterance.said, _TIMES):
        return None
    alone = utterance.before.text if is_keyword(utterance.before.text) and not utterance.before.lookup else ""
    word = wording_asked(utterance, utterance.previous) or alone
    return again(utterance, f"“{word}”出现几次") if word else None


def wording_asked(utterance: Utterance, question: str) -> str:
    """The one wording that a question looked up; "" of any other."""
    asked = utterance.engine.literal_reader.read(question) if question else None
    return asked.wordings[0] if asked and asked.wants != "pasted" and len(asked.wordings) == 1 else ""


def which_have_it(utterance: Utterance) -> Turn | None:
    """哪几篇有 after a wording was looked up: the speeches that have it, with their counts.

    “奋斗”出现几次 / 哪几篇有 → 哪几篇提到“奋斗”   ✗ 怎么宣传劳模 / 哪几篇有   ✗ “奋斗”出现几次 / 哪几篇最长
    """
    word = wording_asked(utterance, utterance.previous) if utterance.is_only(utterance.said, _WHICH_HAVE) else ""
    return again(utterance, f"哪几篇提到“{word}”") if word else None


# e.g. 哪几篇有  都在哪些篇里  哪篇|最长  ✗最长的是
_WHICH_HAVE = re.compile(r"(?:都|分别)?(?:在|是)?哪(?:几|些|一)?篇(?:讲话)?(?:里面?)?(?:都)?(?:有|提|说|讲|出现)*(?:到|过|了)*")


def not_there_at_all(utterance: Utterance) -> Turn | None:
    """哪篇一次都没有 after a wording was looked up: the speeches with their counts.

    “奋斗”出现几次 / 哪篇一次都没有 → 哪几篇没有提到“奋斗”   ✗ 怎么宣传劳模 / 哪篇一次都没有   ✗ “奋斗”出现几次 / 哪篇最长
    """
    word = wording_asked(utterance, utterance.previous) if utterance.is_only(utterance.said, _NOWHERE) else ""
    return again(utterance, f"哪几篇没有提到“{word}”") if word else None


_NOWHERE = re.compile(
    r"哪(?:几|一|些)?篇(?:讲话)?(?:里)?(?:一次|一个|压根|根本)?(?:也|都)?没(?:有)?(?:提|说|讲|出现)?(?:到|过)?"
)  # 哪篇一次都没有  ✗哪篇有
# e.g. 一共几处  有几句  数一下  ✗几点
_TIMES = re.compile(r"(?:一共|总共|合计|共)?(?:有|出现|提到|说)?(?:过|了)?(?:几|多少)(?:个地方|[处次句条回遍])|(?:数|统计)(?:一?下|一?数)")
_LITERALLY = re.compile(r"[“”\"「」『』]|[几少多][次处回遍]|最[多少]")  # “  几次  最多  ✗《


_MARKED = re.compile(r"[“”\"「」『』]")  # “  」  ✗《


def said_in_another(utterance: Utterance) -> Turn | None:
    """A rare word that the named speech has not and another has: that it has not, and what the other says.

    — / 第二篇怎么说螺丝钉 → 第1篇 螺丝钉   — / 第二篇 工匠精神 → 第6篇 工匠精神   ✗ — / 第一篇怎么说螺丝钉   ✗ — / 第二篇怎么说工会
    """
    asked = utterance.understood
    scope = asked.scope or utterance.conversation.speeches
    if len(scope) != 1 or asked.lookup or asked.each or utterance.engine.literal_reader.read(utterance.message):
        return None
    if scope[0] not in utterance.engine.corpus.numbers:
        return None
    for word in _telling_words(utterance):
        having = utterance.engine.speeches_with(word)
        if having and scope[0] not in having:
            others = "、".join(map(str, having[:NAMED])) + (f"等{len(having)}" if len(having) > NAMED else "")
            told = f"第{scope[0]}篇里没有「{word}」，第{others}篇里有"
            return again(utterance, f"第{having[0]}篇 {asked.text}", say="not_there", about=told)
    return None


def _telling_words(utterance: Utterance) -> list[str]:
    """The whole question if it is no more than a word, and the rare words of any: names, images; the longest first."""
    asked, known = utterance.understood, utterance.engine.found.known
    rare = (term[1:] for term in asked.terms if term[0] == "w" and len(term) > RARE_WORD and 0 < known.get(term, 0) <= RARE)
    rare = (word for word in rare if f"{word}少" not in asked.text or word[-1] != "多")  # 增|多少
    whole = [asked.text] if RARE_WORD <= len(asked.text) <= GOES_ON else []
    return sorted({*whole, *rare}, key=len, reverse=True)


NAMED = 6  # speeches that are named, chosen: as many as are bundled; of more their number is told
RARE_WORD, RARE = 2, 4  # characters of a word and its kind; passages that have it: names and images, of which a person asks one by one
