"""Rules for a scope that ends: 放开, 不限了, 六篇都找; and what is asked behind it.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.conversation.topic_rules import asked_before
from retrieval.conversation.utterance import Turn, Utterance, again, said

LIMIT_LEFT = re.compile(
    r"(?:(?:别的|其[他它余]的?)(?:几?篇)?(?:都|先|就|暂时)*不(?:看|要|管|问)了?|问题|提问|几个|这些|范围|搜索|检索|里面|里|中|内|的话|内容|篇|讲话|稿子|那|这|一)"
)  # 问题  别的先不看  ✗工会
# e.g. 放开  不限了  取消限制  六篇都找  全部都可以了  ✗改革开放
_LIFT = re.compile(
    r"(?<!改革)放开|(?:不用?|别|甭)(?:再)?光(?:看|找|说|查)?(?:在)?[这那]一?篇了?|(?:甭|别|不)(?:用)?(?:管|论)(?:是)?(?:哪|这|那)一?几?篇了?|(?:不|别|甭|不用|不再|无需)(?:再)?(?:限(?:定|制|于)?|局限|只[看说问查找讲在])(?:了|这篇|这一篇|那篇|范围)*|(?:取消|解除|去掉|撤销|撤掉|清除|结束|恢复)(?:掉)?(?:范围|限(?:定|"
    r"制)?|默认)(?:了)?|"
    r"(?:[六六几]篇|全部|所有(?:讲话|篇)?|各篇|整个|全)(?:都|一起|又)?(?:可以|行|找|看|查|搜|问|算|来|放开|说|要|好)(?:了|吧)?|恢复(?:全部|所有)|范围(?:放开|不限|扩大)"
)


def lifted(utterance: Utterance) -> Turn | None:
    """放开: every speech is asked again.

    — / 不限了，六篇都找 → lifted   第二篇怎么说工会 / 甭管哪篇了 全找 → 工会   ✗ — / 改革开放   ✗ — / 六篇都讲了什么
    """
    if not _LIFT.search(utterance.said) or utterance.left(utterance.said, _LIFT, LIMIT_LEFT, _LOOKS_AGAIN):
        return None
    return unlimited(utterance)


def _asked_of_all(utterance: Utterance) -> Turn | None:
    """The question before of every speech, if that is to be looked for again: 不限了 都看."""
    if not utterance.previous or utterance.before.lookup or not _LOOKS_AGAIN.search(utterance.said):
        return None
    free = replace(utterance.conversation, speeches=())
    return replace(again(utterance, asked_before(utterance)), say="lifted", then=free)


_LOOKS_AGAIN = re.compile(
    "(?:你|满世界|到处|各处)*[都全][部给我]{0,2}[看找查搜说讲要]|[再重]新?[找查看搜](?!一?[句条个段点])"
)  # 都看  全找  重新找  ✗都行
_A_SPEECH = r"(?:(?:19|20)\d\d年?|第[一二三四五六七八九\d]{1,3}篇)"  # 2011年  第三篇  ✗工会
# e.g. 不限了 农民工哪篇  行了不限了，别的篇怎么讲的  限定取消。劳动竞赛有没  不限哪篇，再来一句  不限篇目，再找一句  哪篇都行 换一条
# e.g. 行啦，不光咸阳啦，六篇都给我找找，还有谁说职工之家的  范围放开，六篇都算，改革还有谁讲
# e.g. 年头不管了，给我找农民工的  年份不限，哪年都行，再来一句  张家界不看了 2011年的有没有  ✗不限了  ✗张家界不看了
LIFTED_FIRST = re.compile(
    r"(?:行[了啦]?|好[了啦]?|那就?|算了)?[,，。 ]*(?:现在)?(?:(?:那|就|现在|接下来)*(?:不限(?:定|制)?(?:在)?(?:哪|这|那)?一?[几篇]?篇?了|"
    r"(?:甭|别|不)(?:管|论|用管|分|光看|只看|限)(?:是)?(?:在)?(?:哪|这|那)一?[几篇]?篇?了?|不(?:再|用)?(?:局限|限定?)(?:于|"
    r"在)?[这那]一?篇了?|不限(?:定|制)?(?:于|在)?(?:篇目?|篇数|范围|哪篇讲话)了?|(?:随便)?哪一?篇都(?:行|可以|好|成)了?|(?:不用?|"
    r"别|甭)(?:再)?光(?:看|找|说|查)?(?:在)?(?:[这那]一?篇|[^,，。 这那第]{2,4})[了啦]+|不限[^,，。 这那第不]{2,4}[了啦]+)|"
    r"(?:年份|年头|年代|城市|地方|篇目)(?:就|也|都|先)*(?:不(?:管|论|限|拘|看)了?|无所谓)(?:[,，。 ]+(?:随便)?哪一?[篇年个]"
    r"(?:讲话)?(?:都|也)(?:行|可以|好|成|中)了?)?|"
    rf"(?![这那它])[^,，。 ]{{2,6}}不(?:看|管|查|找)了(?=[,，。 ]+{_A_SPEECH})|"
    r"(?:限定|限制|范围|年份|城市|地方)(?:取消|放开|去掉)了?|(?:取消|放开|解除)(?:限定|限制|范围)了?|放开(?:吧|了)?)(?:[,，。 ]+|"
    r"(?=[您你]?把))(?:(?:[六6几]篇|全部|所有讲话)(?:都|全)?(?:算|(?:可以|给我|要|再)*(?:找找?|搜|查|看))"
    r"(?:一?[遍下])?了?[,，。 ]+|(?:全部|所有)的?(?:里[面头]|翻一?遍)(?:找|搜|查)?[,，。 ]*|(?:全部|所有|各)(?:的)?(?:篇|讲话)"
    r"(?:里面?|都|中)?)?(.+)"
)


def lifts(text: str) -> bool:
    """Whether a text says nothing but that no speech stays, or that every one is to be looked at.

    >>> lifts("六篇都找"), lifts("都搜一下"), lifts("农民工哪篇")
    (True, True, False)
    """
    return bool(_LIFT.match(text) or _LOOKS_AGAIN.match(text))


def unlimited(utterance: Utterance) -> Turn:
    """That every speech is asked again; the question before of all, if that is to be looked for."""
    return _asked_of_all(utterance) or said("lifted", then=replace(utterance.conversation, speeches=()))
