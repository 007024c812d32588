"""Rules for messages that ask what corresponds in another speech, or where a speech has a word that it has not.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re

from retrieval.conversation.earlier_rules import A_SENTENCE, closest_of
from retrieval.conversation.premise_rules import NAMED, wording_asked
from retrieval.conversation.same_rules import asked_of
from retrieval.conversation.utterance import Turn, Utterance, again
from retrieval.exact.originals import closest_in
from retrieval.question.spellings import MOST


def counterpart_of_speech(utterance: Utterance) -> Turn | None:
    """第六篇里的相应一句是怎么写的, 第五篇里的也给我: the wording that was asked of in that speech, else what comes closest there.

    Of a question what that speech says.

    “劳动最伟大、劳动最美丽”在哪 / 第三篇里的相应一句是怎么写的 → 第3篇里最接近“劳动最伟大、劳动最美丽”的原话
    “劳动最伟大、劳动最美丽”在哪 / 第三篇里的也请给我 → 第3篇里最接近“劳动最伟大、劳动最美丽”的原话
    第三篇怎么讲改革 / 第五篇的相应说法是什么 → 第5篇 改革   “劳动最光荣”在哪 / 第四篇里对应的表述 → 第4篇 有没有“劳动最光荣”
    ✗ — / 第五篇的相应说法   ✗ 第三篇 / 第五篇的相应说法   ✗ 怎么宣传劳模 / 第五篇里怎么说工会   ✗ 第三篇怎么讲改革 / 第五篇里的
    """
    named = utterance.understood.references
    if not utterance.previous or len(named) != 1 or named[0].path or named[0].paragraph or not utterance.engine.scope.exists(named[0]):
        return None
    found = _CORRESPONDING.fullmatch(utterance.understood.text) or _ITS_TOO.search(utterance.said)
    if found is None or utterance.before.lookup:
        return None
    number, word = named[0].number, wording_asked(utterance, utterance.previous)
    if word and number not in {p.speech for p in utterance.engine.exact.look_up(word).places}:
        if len(word) >= A_SENTENCE and closest_in(utterance.engine.corpus, number, word):
            return closest_of(utterance, (number,), word)
        if not utterance.engine.exact.look_up(word).places:
            return again(utterance, f"第{number}篇 {word}", say="not_there", about=f"第{number}篇里没有「{word}」这句话")
    elif word and len(word) >= A_SENTENCE:
        return again(utterance, f"第{number}篇 “{word}”")
    return asked_of(utterance, (number,), whether=bool(word))


_PLEASE = r"(?:也|都|再|请|一并|以便|对照|给我|发我|给|发|列|念|看看?|一下|出来|吧|呗|呢|吗|[,，])*"  # 也发我  |说法
# e.g. 里的相应一句是怎么写的  相应说法是什么  中与之对应的表述  有没有对应的提法  ✗怎么说工会
_CORRESPONDING = re.compile(
    r"(?:里面?|里头|中|的|那|有没有|有无|是否有|有|又|也|与|和|跟|这句|这一句|之|它)*(?:相应|对应|相对应|对应着)的?(?:那|这)?(?:个|一)?"
    r"(?:说法|表述|提法|讲法|句子|[句段条处](?:话)?|原[文话句]|段落|内容|地方|论述|部分|文字|话)?(?:的)?(?:原[文话句])?(?:又|也|都|是)*"
    rf"(?:怎么|如何|咋)?(?:写|说|讲|表述)?的?(?:什么|啥|哪一?[句段])?(?:的)?{_PLEASE}"
)
# e.g. 第五篇|里的也请给我|  第六篇|的那句也念一下|  ✗第五篇|也有|
_ITS_TOO = re.compile(
    r"(?<=篇)(?:讲话)?(?:里面?|里头|中)?的(?:那一?句)?也(?:请|麻烦)?(?:给|发|列|念|来|要|摘)(?:一下|我|出来?|一?遍)*(?:[,，].{0,6})?$"
)


def like_it_in_others(utterance: Utterance) -> Turn | None:
    """其他几篇里有没有与这一句相近的说法: what comes closest to it in each of the other speeches.

    “劳动改变世界，劳动创造未来”在哪 / 其他几篇里有没有与这一句相近的说法 → 第2篇、第3篇、第4篇、第5篇、第6篇 劳动改变世界，劳动创造未来
    ✗ — / 其他几篇里有没有与这一句相近的说法   ✗ 怎么宣传劳模 / 其他几篇里有没有与这一句相近的说法   ✗ “劳动最光荣”在哪 / 其他篇呢
    """
    word = wording_asked(utterance, utterance.previous) if _LIKE_IT.fullmatch(utterance.said) else ""
    having = {place.speech for place in utterance.engine.exact.look_up(word).places} if len(word) >= A_SENTENCE else set[int]()
    others = tuple(number for number in utterance.engine.corpus.numbers if number not in having)
    if not having or not 0 < len(others) <= MOST:
        return None
    near = tuple(number for number in others if closest_in(utterance.engine.corpus, number, word))
    return closest_of(utterance, near, word) if near else again(utterance, "、".join(f"第{number}篇" for number in others) + f" {word}")


# e.g. 其他几篇里有没有与这一句相近的说法  别的篇有跟它差不多的话吗  与这句类似的话别的篇里有吗  ✗其他篇呢
_LIKE_IT = re.compile(
    r"(?:请问|那么?|在)*(?:(?:别的?|其[他它余]的?|另外的?|剩下的?)[几各两二三四五2-9]?(?:篇|个)?(?:讲话|稿子?)?(?:里面?|中)?)?(?:还|也|都)*(?:有没有|有无|是否有|有)?"
    r"(?:(?:与|和|跟|同)(?:[这那该]一?[句段](?:话)?|它)(?:的?意思)?)(?:相近|类似|相似|接近|相仿|近似|差不多|一样|相同)的?(?:说法|话|句子|表述|提法|内容)?"
    r"(?:[,，]?(?:别的?|其[他它余]的?)[几各两三四五]?篇(?:里面?|中)?(?:还|也)?有)?(?:吗|没有?|么|呢)?"
)


def like_it_wished(utterance: Utterance) -> Turn | None:
    """那差不多的呢 after a sentence that no speech has, or that was found: what comes close to it elsewhere, else what is said of it.

    “劳动改变世界，劳动创造未来”在哪 / 那差不多的呢 → 劳动改变世界，劳动创造未来
    有没有“劳动创造美好中国”这句 / 有类似的吗 → 劳动创造美好中国
    ✗ 怎么宣传劳模 / 有类似的吗   ✗ — / 那差不多的呢   ✗ “劳动最光荣”在哪 / 那差不多的呢
    """
    last = utterance.conversation.failed or utterance.previous
    word = wording_asked(utterance, last) if _LIKE.fullmatch(utterance.said) else ""
    if len(word) < A_SENTENCE or utterance.before.lookup:
        return None
    shown = set() if utterance.conversation.failed else {quote.source.speech for quote in utterance.card}
    others = [number for number in utterance.engine.corpus.numbers if number not in shown]
    near = [number for number in others if closest_in(utterance.engine.corpus, number, word)] if len(others) <= MOST else []
    return closest_of(utterance, near, word) if near else again(utterance, word)


# e.g. 那差不多的呢  有没有类似的说法  意思相近的也行  那意思挨着的有没有  ✗一样吗
_LIKE = re.compile(
    r"(?:那|有没有|有无|还有|有|找|要|来|给我|个|一?句|意思|说法|跟它|和它|与它){0,4}(?:差不多|类似|相近|相似|近似|接近|挨着|沾边)的?"
    r"(?:话|句子|说法|表述|提法|意思|[句条]|也行|也可以|有)*(?:呢|吗|么|没有?|有没有)?"
)


def speech_lacks(utterance: Utterance) -> Turn | None:
    """第三篇里讲到工匠精神的是哪一句, 第3篇里工匠精神怎么说的: where that speech has no word of it, that is said first.

    — / 第三篇里讲到工匠精神的是哪一句 → 第6篇 工匠精神   — / 第3篇里工匠精神怎么说的 → 第6篇 工匠精神
    怎么宣传劳模 / 第五篇讲螺丝钉的那句在哪 → 第1篇 螺丝钉   怎么宣传劳模 / 张家界那篇的财政收入呢 → 第2篇 财政收入
    — / 第三篇里讲到量子力学的是哪一句 → 第三篇里讲到量子力学的是哪一句
    ✗ — / 第六篇里讲到工匠精神的是哪一句   ✗ — / 第三篇里宣传劳模怎么说的   ✗ — / 第2篇怎么说工会
    """
    scope = utterance.understood.scope
    if len(scope) != 1 or scope[0] not in utterance.engine.corpus.numbers or any(r.path for r in utterance.understood.references):
        return None
    text = _SPEECH.sub("", utterance.said, count=1)
    found = _ITS_SENTENCE.fullmatch(text) or _HOW_IT_SAYS.fullmatch(text) or _WHAT_OF_IT.fullmatch(text)
    word = (found[1] or found[2] if found.re is _HOW_IT_SAYS else found[1]) if found else ""
    having = utterance.engine.speeches_with(word) if word else ()
    pieces = [one.text for one in utterance.engine.reader.segmenter.words(word) if len(one.text) > 1] if having else []
    if utterance.alone.confidence == "sure":
        return None
    if word and not having and not _COUNTED.match(word) and not utterance.engine.said_somewhere(word):
        return Turn("new", utterance.understood, answer=utterance.looked_at, say="nowhere", about=word)
    if not pieces or all(scope[0] in utterance.engine.speeches_with(piece) for piece in pieces):
        return None
    others = "、".join(map(str, having[:NAMED])) + (f"等{len(having)}" if len(having) > NAMED else "")
    return again(utterance, f"第{having[0]}篇 {word}", say="not_there", about=f"第{scope[0]}篇里没有「{word}」，第{others}篇里有")


_COUNTED = re.compile("[一二两三四五六七八九十][个条点项大]")  # 四个|争当  ✗一带一路
_SPEECH = re.compile(
    "^[^第]{0,8}第[一二三四五六七八九十\\d]{1,3}篇(?:讲话)?|^[\u4e00-\u9fff]{2,6}那一?篇(?:讲话)?"
)  # 第三篇|里  咸阳那篇|讲  ✗这篇
_IN_IT = r"(?:里面?|里头|中|的|是|又|那|[,， ])*"  # 里  中的  |讲
# e.g. 里讲到工匠精神的是哪一句  讲螺丝钉的那句在哪  关于工匠精神的原话  ✗讲了什么
_ITS_SENTENCE = re.compile(
    rf"{_IN_IT}(?:讲|提|谈|说|论述|有?关于?|涉及|写)(?:到|及|过|了)*([\u4e00-\u9fff]{{2,6}}?)(?:的(?:那|这)?|那|这)(?:一|几)?(?:句|段|处|地方|原[话文句]|话|部分|内容|论述|表述|说法|提法)?(?:话)?"
    r"(?:都|又)?(?:是|在|有)*(?:哪(?:一|几|里|儿|些)?[句段处]?(?:话)?|什么|第几段|怎么[说讲写]的?)?(?:呢|啊|来着)*"
)
# e.g. 里工匠精神怎么说的  里怎么讲工匠精神  对工匠精神是如何论述的  ✗怎么说
_HOW_IT_SAYS = re.compile(
    rf"{_IN_IT}(?:(?:对|关于|就)?([\u4e00-\u9fff]{{2,6}}?)(?:是|又)?(?:怎么|如何|咋|怎样)(?:说|讲|写|提|谈|论述|表述|阐述)的?|"
    r"(?:是|又)?(?:怎么|如何|咋|怎样)(?:说|讲|写|提|谈|论述|表述|阐述)(?:到|了|的)?([\u4e00-\u9fff]{2,6}?)的?)(?:呢|啊|呀|来着)*$"
)
# e.g. 的财政收入呢  里财政收入是多少  ✗呢
_WHAT_OF_IT = re.compile(rf"{_IN_IT}((?![说讲提谈写对])[\u4e00-\u9fff]{{3,8}}?)(?:呢|是多少|有多少)(?:呀|啊)?")
