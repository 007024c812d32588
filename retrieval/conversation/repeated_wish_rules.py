"""Rules for messages that wish the same again, of something else: another sentence at random, the word cloud of another speech.

Their examples: questions before, the last one first, by // / message → wish that follows, ✗ where the rule does not answer. A test runs
them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.conversation.utterance import NOTHING, Turn, Utterance
from retrieval.question.references import Reference


def random_again(utterance: Utterance) -> Turn | None:
    """换一个，这个太像口号了 after a sentence at random: another one, of the speech that is named.

    — // 随便来一句 / 换一个，这个太像口号了 → random   — // 随便来一句 / 再换 要2022年的 → random
    — // 随便来一句 / 这句有劲，再来个 → random
    ✗ 怎么宣传劳模 / 换一个   ✗ — / 换一个   ✗ — // 随便来一句 / 这句是哪篇的
    """
    if utterance.previous or utterance.conversation.wished != "random" or not _ANOTHER.match(utterance.said):
        return None
    named = utterance.understood.references
    about = f"第{named[0].number}篇随便来一句" if named else "随便来一句"
    return Turn("wish", NOTHING, say="random", about=about)


# e.g. 换一个|，这个太像口号了  再换|要2022年的  再来一句|，要短的  换条别的  ✗换第三篇
_ANOTHER = re.compile(
    r"(?:[^,，。 换来]{2,8}[,，。 ])?(?:那|再|不好[,，]?|不行[,，]?)*(?:换|来)(?:一|个|句|条|别的|下)*(?:吧|呗)?(?=$|[,，。 ]|要|"
    r"得|的)|还有(?:吗|没有?)|再给"
    r"(?:我)?一?[句条个]"
)


def cloud_of_another(utterance: Utterance) -> Turn | None:
    """张家界的 after a word cloud was wished: that of the speech.

    — // 第3篇的词云 / 最大那几个词是啥，图我看不清 → cloud
    — // 弄个词云看看 / 张家界的 → cloud   — // 第3篇的词云 / 第5篇的也要 → cloud   — // 第5篇的词云 / 六篇放一块儿的，不光是咸阳 → cloud
    ✗ — / 张家界的   ✗ 怎么宣传劳模 / 第5篇的也要   ✗ — // 弄个词云看看 / 第5篇怎么讲工会
    """
    if utterance.conversation.wished != "cloud":
        return None
    if of_all := _OF_ALL.match(utterance.said):
        return Turn("wish", NOTHING, say="cloud", about=of_all[0], then=utterance.conversation)
    if _ITS_WORDS.search(utterance.said) and len(utterance.before.references) == 1:
        return Turn("wish", NOTHING, say="cloud", about=utterance.before.references[0].as_asked, then=utterance.conversation)
    named = utterance.understood.references or utterance.engine.reader.understand(f"{utterance.bare.rstrip('的')}那篇").references
    named_so = utterance.understood.references
    alone = not utterance.left(utterance.understood.text, _TOO) if named_so else utterance.names_a_speech
    if len(named) != 1 or named[0].path or not alone or not utterance.engine.scope.exists(Reference(named[0].number)):
        return None
    kept = replace(utterance.conversation, question=f"第{named[0].number}篇", card=(), window="", wished="cloud")
    return Turn("wish", NOTHING, say="cloud", about=f"第{named[0].number}篇的词云", then=kept)


_OF_ALL = re.compile(
    "(?:我)?(?:要|想要|是要|说的是)?(?:的是)?(?:[六6这几]+篇|所有|全部)的?(?:合|放)?(?:在)?一[起块]"
)  # 我要六篇一起|的  ✗六篇怎么说
_ITS_WORDS = re.compile(
    "最大(?:的)?(?:那)?(?:几|两|三|一)?个?(?:词|字)|(?:都是)?(?:哪些|哪几个|啥|什么)词|看不清"
)  # 最大那几个词|是啥  ✗张家界的
_TOO = re.compile("也|要|来|看看?|一张|给我|的|呢")  # 也|要  ✗工会
