"""A message without what is said around its question: who is called, what is told before it, who wants to know; and as it is meant."""

from __future__ import annotations

import re


def without_asides(message: str) -> str:
    """A message without who is called, what is told before the question, and who wants to know behind it, in the words that were meant.

    >>> without_asides("第六片有没有工会"), without_asides("请列出第四篇的标题，我需要准确的措辞。")
    ('第六篇有没有工会', '第四篇的标题')
    """
    text = _POLITELY.sub("", _TOLD_BEFORE.sub("", _CALLS_OUT.sub("", as_meant(message))))
    return _TWICE.sub(r"\1", _ASIDE.sub("", text))


def as_meant(message: str) -> str:
    """What was heard or typed for words that sound the same, where it makes no sense as it stands.

    >>> as_meant("在发一遍"), as_meant("它属于那一篇的第几点"), as_meant("那一篇在发一遍")
    ('再发一遍', '它属于哪一篇的第几点', '那一篇再发一遍')
    """
    for pattern, meant in _HEARD:
        message = pattern.sub(meant, message)
    return message


# e.g. 第六|片|里面  第四|片|咋讲工会的  第二|编|  那一|片|里面  ✗第一|遍|没听清  ✗第一|片|叶子  ✗那|片|土地
_SPEECH = re.compile(
    r"(?<=第[一二三四五六七八九1-9])[片编偏](?![叶土云区药儿林海])|(?<=第[一二三四五六七八九1-9])遍(?=$|[的呢里讲说是也有怎咋提,，。?？ ])|"
    r"(?:(?<=[那这哪]一)|(?<=[那这哪]))[片编偏](?=$|[的呢里讲说是也有怎咋提,，。?？ ])"
)
_UNION = re.compile("公会")  # 公会  ✗工会
# e.g. 在|来一句  第一个|在|发一遍  ✗在|讲话里
_AGAIN = re.compile(r"(?:^|(?<=[个句条段篇点]))在(?=来一?[句条个段点]|(?:给我)?[发说念看讲读贴](?:我)?一?[遍次下回])")
# e.g. 它属于|那|一篇的第几点  都在|那|一篇里面  代表|那|个讲的  ✗我要的是|那|一篇
_WHICH = re.compile(r"(?:(?<=属于)|(?<=[个句]是)|(?<=都在)|(?<=代表))那(?=一?篇(?:里面?)?(?:的第几[点部段条个]|[?？]?$)|个讲的)")
_HEARD = ((_SPEECH, "篇"), (_UNION, "工会"), (_AGAIN, "再"), (_WHICH, "哪"))
# How it is asked for politely, before what is asked.
# e.g. 请给出|第二点的原文  请列出|第四篇的标题  同样的问题，|第四篇怎么说  ✗请问  ✗请把这句发我
_POLITELY = re.compile(
    r"^(?:那么?)?(?:(?:麻烦|烦请|请)(?:您|你)?(?:再)?(?:给出|列出|提供|摘录|照录|回到|翻到)(?!来)|请问(?=第)|(?:同样|一样)的问题[,，:：]\s*|换(?:成|到)?(?=第.{1,3}篇\s*第))(?=.{2})"
)
# Who is called, or what is called out, before the question.
# e.g. @所有人 |哪篇讲到城墙  okk |哪一篇  6 |哪一篇  ✗6篇里哪篇
_CALLS_OUT = re.compile(
    r"^(?:@[^\s@]{1,32}\s+|(?:6{1,4}|o+k+|h{2,}|emm+|[嗯哦噢啊]+|行吧|行了|好吧|那行|"
    r"[哦噢]是[^\s,，是]{1,4}(?=[ ,，]那?哪)那?|\*?[^\s]{0,2}\s*打错(?:字)?了)(?:[\s,，。.!！~]+))+(?=.{3})",
    re.IGNORECASE,
)
_TWICE = re.compile(r"^(.{3,20}?)[\s,，?？!！]*\1[^\w]*$")  # 长城有吗长城有吗  ✗长城有吗
# What is told before the question.
# e.g. 原来是这样。|请问谁讲的  ✗原来是这样，请问谁讲的
_TOLD_BEFORE = re.compile(
    r"^(?:(?:[噢哦啊嗯])?(?:原来|明白|懂了|谢谢|好的|太好了|真好|这句真?好|找到了|看到|收到|没关系|不错|这回|我?记[错岔混]|您?答得|不玩了|算了|行了)[^。！!？?]{0,24}[。！!]\s*|[噢哦啊嗯]?我?记[错岔混]了?[,，]\s*|我(?:正)?在[写做编准][^。！!？?]{2,20}。)+(?=.{4})"
)
# Who wants to know, behind the question: 加班费讲没讲 老板让我问的.
# e.g. 讲没讲| 老板让我问的|  在哪篇|？我核一下|  一共几次|？别数错|  ✗老板让我问的
_ASIDE = re.compile(
    r"(?<=.{3})[,，。?？ ]{1,3}(?:(?:我们?)?(?:老板|领导|主任|科长|同事|孩子|老师|朋友|人家)"
    r"(?:让|叫|要|催)我?(?:来)?(?:问|查|核)(?:一?下)?的?|我(?:来)?核(?:对|实)?一?下|我(?:要|想|得)?(?:逐字|仔细)?(?:核对|核实|校对|对照)(?:一?下)?|还是[这那]一?篇的?|(?:这|那|它)[句个条篇]?[^,，。?？!！]{1,8}(?:有点|不太|太|不够|不)[^,，。?？!！]{1,4}|(?:并|请)?(?:注明|附上?|标明|写明)(?:出处|来源)|我?(?:要)?(?:存|用)(?:到|在|的)?手机(?:里|上)?|我需要(?:准确|原样|确切)[^,，。?？]{0,6}|我(?:怕|不想|不愿)[^,，。?？]{0,3}[错漏][^,，。?？]{0,3}|"
    r"(?:你|您)?(?:可)?(?:别|不要|甭)(?:再)?(?:糊弄|骗|忽悠|数错|搞错|弄错|说错|漏)(?:我|俺|咱|人|数|了|喽|啊|哦)*|"
    r"(?:我)?(?:马上|急|等着?|现在|明天|这就)(?:要|就)?用|我?(?:参考|琢磨|学习|听听|看看|抄)(?:参考|琢磨|一?下)?|(?:我)?看未必|我才不信|(?:h{2,}|哈{2,}|笑死(?:我)?了?|233+))[。!！~]*$"
)
