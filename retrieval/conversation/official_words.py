"""A message in everyday words: what is asked of the speeches in those of official papers, 该部分, 相应表述, 别的篇目."""

from __future__ import annotations

import re


def as_said_every_day(message: str) -> str:
    """What official papers write where everybody else says 这段, 有没有, 谢谢; wordings in quotation marks and long texts stay as they are.

    >>> as_said_every_day("该部分的标题"), as_said_every_day("第一篇里是否没有这一语？"), as_said_every_day("正是这一句，辛苦您了。")
    ('这部分的标题', '第一篇里有没有？', '谢谢。')
    """
    if len(message) > SPOKEN:
        return message
    for pattern, meant in _OFFICIAL:
        message = pattern.sub(meant, message)
    for _ in range(2):  # 第一、第二、第三部分
        message = _SEVERAL.sub(_each_named, message)
    return message


def _each_named(found: re.Match[str]) -> str:
    """第二、第三部分 → 第二部分和第三部分."""
    last, unit = found[2] or found[4], found[3] or found[5]
    return f"第{found[1]}{unit}和第{last}{unit}"


SPOKEN = 80  # characters up to which a message is asked and not pasted, chosen: the longest of 600 official ones has 61
_UNIT = r"(?:部分|[句段篇节条点项处章](?![落篇]))"  # 部分  段  ✗段落
# e.g. |该|部分的标题  在|该|篇的什么位置  |此|段最后一句  ✗应|该|段  ✗因|此|处  ✗|该|句之后
_THIS = re.compile(rf"(?:(?<![应不活本])该|(?<![因由从如彼至为故])此)(?=一?(?:{_UNIT}|讲话)(?!之))")
# e.g. |上面这一|句的下一句  |上述那|段文字  |前引那一|条  ✗上面那句
_ABOVE = re.compile(rf"(?:(?:上面|以上)这|(?:上述|前述|前引|上引|所引)的?[这那]?)一?(?={_UNIT})")
_THESE = re.compile(r"(?:上述|前述|以上)的?(?=[两三四五几]篇)")  # 除|上述|两篇外  ✗上述内容
# e.g. |在这篇的什么位置|  |位于何处|  ✗什么位置都不如
_WHERE = re.compile(r"(?:在|位于)(?:[这那]篇(?:讲话)?(?:里|中)?的?)?(?:(?:什么|哪个|何种?)位置|何处)(?=$|[?？。的呢])")
# e.g. 别的|篇目|用过吗  其他|篇目|中  哪些|篇目|提到  ✗|篇目|是什么
_SPEECHES = re.compile(r"(?<=[的他它余些几个])篇目(?!名)")
# e.g. 第二、第三部分  第一、三部分  第一和第二点  ✗第二、第三篇  ✗第二部分、第三部分
_SEVERAL = re.compile(
    r"第([一二三四五六七八九])(?:[、和与及]?第([一二三四五六七八九])(部分|[点条项节段])|[、和与及]([二三四五六七八九])(部分))(?!、第)"
)
# e.g. 第一篇里|是否没有|这一语  |是否并无|此语  ✗是否有
_WHETHER = re.compile(r"是否(?:就|也)?(?:没有|并无|未曾?有|无)(?=.)")
# What a wording is called behind it: “关键一招”这四个字.
# e.g. “关键一招”|这四个字|，别的篇用过吗  “民族的精英”|一语|在哪篇  ✗这四个字
_SO_CALLED = re.compile(
    r"(?<=[”\"」])(?:[这那该此]?一?(?:[两三四五六七八几]个字|语(?![言气])|提法|说法|表述|字样|短语|词语))(?=[,，。?？在出是见第别其除]|$)"
)
# e.g. 有没有|这一语|？  有没有|该提法|  有没有|这方面的话|  ✗有没有这一句
_SUCH_A_WORDING = re.compile(
    r"(?<=有没有|是否有)(?:这|该|此|那)(?:一?(?:语(?![言气])|提法|说法|表述|字样|短语)|[两三四五六几]个字|方面的?(?:话|内容|表述|论述|说法|提法|要求|文字))(?=[?？。呢]|$)"
)
# Of the same matter, before the speech that is asked of it.
# e.g. |同一内容，|第一篇是怎么讲的  |就此，|第五篇怎么说  |相同主题，|第二篇呢  ✗同一内容
_SAME_MATTER = re.compile(
    r"^(?:那么?[,，]?)?(?:关于|就|对|对于|针对)?(?:同[一样]?的?|相同的?|[这该此]一?)(?:内容|问题|主题|话题|题目|方面|意思)"
    r"(?:上)?[,，、:： ]+(?=.{0,4}第.{1,3}篇)|"
    r"^(?:就|对)此[,，]?(?=.{0,4}第.{1,3}篇)"
)
# What one writes, before a sentence is asked for.
# e.g. |我正在起草一篇五一讲话，|请给我一句论述劳动的原话  |我们在写发言稿，|有没有讲创新的话  ✗帮我起草讲话，要有劳动
_WRITES = re.compile(
    r"^(?:您好[,，!！。 ]*)?(?:我们?|本人|单位|领导|这边)(?:这边|单位|现在|目前)?(?:正在|在|正|现?要|需要?|准备|打算|拟|近期|最近)*"
    r"(?:起草|撰写|草拟|拟写|准备|编写|修改|写)(?:着)?[^,，。?？!！]{0,16}?"
    r"(?:讲话稿?|讲稿|稿子?|稿件|材料|发言稿?|致辞|文章|论文|通讯|新闻|演讲稿|慰问信|感谢信|报告|报道|主持词|倡议书)(?:时)?[,，。;；]\s*(?=.{6})"
)
# e.g. 一句|论述|劳动的原话  一段|阐述|创新的话  ✗怎么论述
_TELLS_OF = re.compile(r"(?<=[句段条话])(?:论述|阐述|论及|述及|阐发)(?=.{2,8}的)")
# e.g. 第一篇|大致|是哪一年  |大约|是哪年  ✗大致一样
_ABOUT = re.compile(r"(?:大致|大约|大概)(?=是?(?:在)?哪一?年)")
# What follows from one place for another: 那一段，给出该段的最后一句.
_THAT_ONE = re.compile(
    r"([那这]一?段)[,，]\s*(?:请|并|再|您)*(?:给出|列出|提供|摘录|告知|看看?|发)?这段"
)  # 那一段，给出这段|的最后一句  ✗那一段，给出下一段
_LISTED = re.compile(
    r"(?<=[^,，。])(?:也|都)?(?:请|烦请)(?:一并|一起)?(?:列出|给出|提供|摘录)(?:来)?(?=[。?？!！]?$)"
)  # 标题|也请列出|。  ✗请列出
# e.g. |正是这一句，辛苦您了|。  |就是它，有劳|  ✗辛苦了一辈子
_THANKS = re.compile(
    r"^(?:(?:对[,，]?)?(?:正|就|便|恰)?是(?:这|它|该)(?:一?[句段条处篇]|个)?(?:话)?(?:没错|不错|了)?[,，。!！ ]*)?"
    r"(?:辛苦|有劳|劳烦|麻烦|费心|劳驾)(?:你|您|贵方)?了?(?=[。!！~]*$)"
)
# e.g. 那跟福利沾边的有吗  和农民工有关的有没有  与安全生产相关的总有吧  ✗跟农民工有关的第二句  ✗跟这有关的有吗
_TOUCHES = re.compile(
    r"^(?:那么?)?(?:跟|和|与|同)((?![这那它他])[^,，。?？ ]{2,8}?)(?:沾边|沾点边|搭边|挨边|有关系?|相关)的?(?:话|句子|内容)?"
    r"(?:总该?|也|还)?"
    r"(?:有吗|有没有|有么|有吧|有没|有不)[?？。!！]*$"
)
_OFFICIAL = (
    (_TOUCHES, r"有没有提到\1"),
    (_THIS, "这"),
    (_ABOVE, "这"),
    (_THESE, "这"),
    (_WHERE, "在哪里"),
    (_SPEECHES, "篇"),
    (_WHETHER, "有没有"),
    (_SO_CALLED, ""),
    (_SUCH_A_WORDING, ""),
    (_SAME_MATTER, ""),
    (_WRITES, ""),
    (_TELLS_OF, "讲"),
    (_ABOUT, ""),
    (_THAT_ONE, r"\1"),
    (_LISTED, "也发我"),
    (_THANKS, "谢谢"),
)
