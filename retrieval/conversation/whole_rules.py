"""Rules for messages that call a paragraph: by words of it, by what stands before it, or that want the edge of the one that is open.

Their examples: questions before, the last one first, by // / message → question or sentence that follows, ✗ where the rule does not
answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer.literal_answer import sentences_around
from retrieval.answer.passage_words import words_said
from retrieval.conversation import answer_patterns as about
from retrieval.conversation.answer_rules import spoken_alone
from retrieval.conversation.navigation import counts_in, stepped
from retrieval.conversation.place_rules import PART_WORDS
from retrieval.conversation.utterance import Turn, Utterance, again, said
from retrieval.speeches.quotes import Quote
from retrieval.speeches.quotes import quote as quote_at
from retrieval.speeches.vicinity import paragraph


def paragraph_called(utterance: Utterance) -> Turn | None:
    """第三篇“埋头苦干”那一段全文, 退休老劳模那句，整段发我: the printed paragraph that has the words, or answers them.

    — / 第三篇“埋头苦干”那一段全文 → quotes   怎么宣传劳模 / 退休老劳模那句，整段发我 → quotes   — / 榜样的力量那一段 整段给我 → quotes
    — / 第1篇 关心照顾劳模那一段 全发给我 → quotes
    — / “紧迫感”那段整个儿发来 → quotes   — / 请把含有“传帮带”的整段发给我 → quotes
    — / 第6篇有一段讲弘扬劳模工匠精神，请整段发来 → quotes
    ✗ 怎么宣传劳模 / 这一段 全发给我   ✗ — / 第三篇最后一段全文   ✗ — / 榜样那句   ✗ — / 讲雷锋那一段 全发给我
    """
    found = _CALLED.fullmatch(_WHAT_FOR.sub("", _said_first(utterance.said)))
    if found is None or not _WHOLE.search(found["noun"] + found["rest"]):
        return None
    called = utterance.engine.reader.understand(found["called"])
    word = _MARKS.sub(" ", called.text if called.references else found["called"]).strip(" 的")
    word = word if utterance.engine.exact.look_up(word).places else utterance.inner(word)  # 传帮带 ends with a small word
    counts = counts_in(replace(utterance, message=word))[0] or about.QUOTE_COUNTED.search(word)
    if len(word) < SHORTEST or called.lookup or called.place or counts or not _POINTS.sub("", PART_WORDS.sub("", word)):
        return None
    if any(r.path or not utterance.engine.scope.exists(r) for r in called.references):
        return None
    named = tuple(r.number for r in called.references)
    having = None if _ABOUT.search(found["called"]) else _having(utterance, word, named)
    shown = having or _answering(utterance, found["called"]) or _having(utterance, word, named)
    return _whole(utterance, shown) if shown else None


def _said_first(text: str) -> str:
    """第6篇有一段讲工匠精神，请整段发来 as 第6篇讲工匠精神那一段 整段发来."""
    return _THERE_IS.sub(lambda found: f"{found['speech'] or ''}{found['called']}那一{found['noun']} ", text)


SHORTEST = 2  # characters of what a paragraph is called by


def _having(utterance: Utterance, word: str, named: tuple[int, ...]) -> Quote | None:
    """The sentence that has the words, in the speeches that are named.

    One that is in view, else the first heading, for that names its paragraph, else the first place.
    """
    corpus = utterance.engine.corpus
    places = [place for place in utterance.engine.exact.look_up(word).places if not named or place.speech in named]
    if not places:
        return None
    around = [(shown.source.speech, shown.source.span) for shown in utterance.card]
    here = [p for p in places if any(p.speech == speech and span.start <= p.span.start < span.end for speech, span in around)]
    place = (here or [p for p in places if p.heading] or places)[0]
    return quote_at(corpus, place.speech, sentences_around(corpus, place))


def _answering(utterance: Utterance, called: str) -> Quote | None:
    """The best quote of what is called, asked as a question; None where it has no answer."""
    if _MARKS.search(called):
        return None
    understood = again(utterance, called).understood
    answer = utterance.best(understood) if understood.terms else None
    best = answer.quotes[0] if answer and answer.quotes and answer.confidence != "none" else None
    return best if best and words_said(understood.text, best.text, utterance.engine.reader.segmenter) != "none" else None


def _whole(utterance: Utterance, shown: Quote) -> Turn:
    corpus, source = utterance.engine.corpus, shown.source
    whole = quote_at(corpus, source.speech, paragraph(corpus, source.speech, source.span))
    found = spoken_alone(utterance, shown, whole.id)
    return replace(found, quotes=(whole,))


_ABOUT = re.compile("[讲说提谈]到?|关于")  # 讲|工匠精神  ✗含有
_MARKS = re.compile(r"[\"“”「」『』]")  # “  ✗《
_POINTS = re.compile(
    "刚才|刚刚|[上下前后][面头边]|最后?|开头|结尾|中间|[这那整全第句段说讲提到的有含一二三四五六七八九十]"
)  # 刚才  那  ✗榜样
_WHOLE = re.compile("段|全[文部发给]|完整|整个|全都")  # 段  全发  ✗原文
# e.g. 整段发我|,我核|  ✗我核对工资
_WHAT_FOR = re.compile(
    r"[,，。 ]+(?:我|俺|咱们?)(?:来|要|得|想|好|去)?(?:核(?:对|实)?|对|抄|引用?|细?看|细?读|念|用|贴|存)(?:一?下|着|用)?$"
)
_GIVE = (
    # e.g. 发给  念一遍  完整  ✗改
    r"(?:请|麻烦|劳驾|帮我|给我|全都?|都|整个|也|再|一起|完整|原[文话样]|"
    r"[发给贴念看来拿调找抄列读](?:出来?|给|来|一?下|一遍)*|我|俺|听|看看|听听|一?下|一遍|吧|呗|嘛|要|了|想[看要]|谢谢)"
)
_LEAD = (
    # e.g. 请把  我想看  含有  ✗|工会|
    r"(?:那|把|请|麻烦|您|你|劳驾|帮我|给我|我要|我想[要看]|想[要看]|再|找|发|来|"
    r"调出?|贴|念|看|有|带|含有?|写着|[,， ]){0,6}"
)
# e.g. 第6篇有一段讲工匠精神,|整段发来  ✗有一段
_THERE_IS = re.compile(
    r"^(?P<speech>第?[^,，。 ]{1,4}篇)?(?:里面?|中)?(?:是|应该)?有一?(?P<noun>[段句处])(?:话)?(?:专门)?"
    r"(?P<called>[讲说提谈写][^,，。?！]{2,20})[,，。 ]+(?:请|麻烦|把它|就|给我)*"
)
# e.g. 第三篇"埋头苦干"那一段全文  退休老劳模那句,整段发我  含有"传帮带"的整段  关心照顾劳模那一段 全发给我  ✗整段发我
_CALLED = re.compile(
    rf"{_LEAD}(?P<called>[^,，。?! ][^,，。?!]{{0,22}}?[^,，。?! ])(?:的|所在的?){{0,2}}[,， ]*"
    r"(?P<noun>(?:(?:[这那](?:一|个)?|整一?|一整|完整的?)(?:[段句处]|部分|自然段|段落)|(?<=[的在])(?:自然段|段落))(?:话)?)(?:的|呢)?"
    rf"(?P<rest>(?:[,， ]*(?:整一?段(?:话)?|整个儿?|一整段|全文|全部|完整的?|整个段落|段落|{_GIVE})){{0,9}})"
)


def paragraph_beside(utterance: Utterance) -> Turn | None:
    """它上一段呢, 这段的下一段讲啥: the paragraph beside what was shown or opened.

    第三篇最后一段 / 它上一段呢 → 3p8   第六篇第3段 / 那这段的下一段讲啥 → 6p4   怎么宣传劳模 / 这段前面那一段也发我 → 4p6
    第二篇最后一段 / 它下一段呢 → no_such_part
    ✗ 怎么宣传劳模 / 这段   ✗ — / 它上一段呢   ✗ 第六篇第3段 / 上一段怎么说工会
    """
    found = _BESIDE.fullmatch(utterance.said)
    if found is None or not utterance.previous:
        return None
    reference = stepped(utterance, f"{'上' if found[1] in '上前' else '下'}一段")
    if reference is None and (utterance.before.lookup or utterance.card):
        return said("no_such_part")
    return again(utterance, reference.as_asked) if reference else None


# e.g. 它上一段呢  这段的下一段讲啥  这段前面那一段也发我  紧挨着它的后一段  ✗上一段怎么说工会
_BESIDE = re.compile(
    r"(?:那|再|看看?|把|请|麻烦|发|给我){0,4}(?:紧?挨着|紧?接着)?(?:它|[这那该本此](?:一|个)?段(?:话)?)的?(?:再)?(?:紧?挨着|紧?接着)?的?"
    r"([上下前后])(?:[面边头])?(?:的)?[那这]?(?:一|个)?整?段(?:话)?(?:呢|嘞|啊|也|都|是讲|又|再|是|[讲说写](?:的|了)?|什么|啥|[发给看念贴来](?:一?下|给)?|我|原文|内容|看看|吧)*"
)
