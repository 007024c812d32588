"""Rules for messages that ask for words, or take for granted where they stand: looked up before anything else is understood.

Their examples: question before / message → question that is then asked, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re

from retrieval.conversation.exclusion import without
from retrieval.conversation.utterance import Turn, Utterance, again
from retrieval.terms.fold import fold_question


def asked_literally(utterance: Utterance) -> Turn | None:
    """What asks of a wording in quotation marks is looked up, whatever was said before.

    怎么宣传劳模 / “人工智能” → “人工智能”   ✗ 怎么宣传劳模 / 人工智能   ✗ 怎么宣传劳模 / 别带“榜样”俩字的
    """
    asked = utterance.engine.literal_reader.read(utterance.message) if _MARKED.search(utterance.message) else None
    if asked is None or asked.wants in ("verify", "pasted", "length") or without(utterance.said)[1]:
        return None
    return Turn("new", utterance.understood)


_MARKED = re.compile(r"[“”\"「」『』]")  # “  」  ✗《


def said_in_another(utterance: Utterance) -> Turn | None:
    """A rare word that the named speech has not and another has: that it has not, and what the other says.

    — / 第二篇怎么说螺丝钉 → 第1篇 螺丝钉   ✗ — / 第一篇怎么说螺丝钉   ✗ — / 第二篇怎么说工会
    """
    asked = utterance.understood
    if len(asked.scope) != 1 or asked.lookup or asked.each:
        return None
    texts = {s.number: fold_question(utterance.engine.corpus.text(s.speech.file, s.speech.span)) for s in utterance.engine.corpus.speeches}
    here = texts.pop(asked.scope[0], "")
    for word in sorted((term[1:] for term in asked.terms if term[0] == "w" and len(term) > RARE_WORD), key=len, reverse=True):
        having = [number for number, text in texts.items() if word in text]
        if having and word not in here and 0 < utterance.engine.found.known.get(f"w{word}", 0) <= RARE:
            told = f"第{asked.scope[0]}篇里没有「{word}」，第{'、'.join(map(str, having))}篇里有"
            return again(utterance, f"第{having[0]}篇 {asked.text}", say="not_there", about=told)
    return None


RARE_WORD, RARE = 2, 4  # characters of a word and its kind; passages that have it: names and images, of which a person asks one by one
