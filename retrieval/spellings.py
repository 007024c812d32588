"""The pieces that references are spelled with: patterns over folded text (simplified, half-width, lower case, single blanks).

Every piece is followed by examples of what it matches. None repeats another without bound, so reading stays linear.
"""

from __future__ import annotations

import re

from retrieval.numerals import to_int

MOST = 6  # references of one message

_HAN = "一二三四五六七八九"
NUMBER = rf"(?:[0-9]{{1,3}}(?![0-9])|(?:[二三四五六七八九]?十[{_HAN}]?|[{_HAN}])(?![{_HAN}十百千万亿零〇两几多]))"  # 3  十二  二十一; not 2014 五一 十一五
DASH = r"[-‐‑‒–—―−ー]{1,3}"  # 3-2  3–2  3——2
THROUGH = rf"(?:\s?(?:{DASH}|~|〜|∼|一?直?[至到])\s?)"  # 第一篇到第三篇  4.1~4.3
AND = r"(?:以及|还有|[,;、&和与及跟\s]){1,3}"  # 1.2, 4.3  第2篇和第5篇
_FURTHER = rf"(?:{THROUGH}|{AND})第?\s?{NUMBER}"
NUMBERS = rf"{NUMBER}(?:{_FURTHER}){{0,5}}"  # 二、三  1-3  二和第五
COUNT = rf"(?:两|{NUMBER})"
ORDINAL = (
    rf"(?:第\s?(?P<nth>{NUMBERS})\s?|倒数第\s?(?P<back>{NUMBER})"  # 第二、三  倒数第二
    rf"|(?:最后的?(?P<last>{COUNT})|末|尾)|(?:(?<![之以目])[前头](?P<first>{COUNT})|开头(?P<opening>{COUNT})|首))"  # 最后一  前两  开头一  首
)

# What may follow a number that stands for a part: the end, a sign, a particle, a further piece, or asking words.
_GOES_ON = r"[的之里内]|中(?![全央国心])|和|与|及|跟|以及|还有|第|最后|倒数|[首末尾]段|p-?[0-9]"
_ASKS = r"[讲说谈写提][了的什啥些到]|是什|怎|有[什哪没]"
END = rf"(?=\s?(?:\Z|[^\w%‰]|{_GOES_ON}|{_ASKS}|[至到][\s第(0-9{_HAN}十]))(?!\s?[.:/]\s?[0-9])"  # 第三篇二| 第三篇2.1讲了什么; not 第二篇43.2|亿元
NOT_COUNTED = r"(?![0-9.]*\s?[0-9%‰年月日号点时分秒小个位名条项种次届岁元块页字人天周倍度百千万亿多余几定共律般些样直起切旦下])"  # 篇3|里; not 篇3|000字

SIGN = r"(?:[.·・•‧∙/_]|(?<=[0-9])。(?=[0-9])|:(?![0-5][0-9]))"  # 3.2  3·2  3/2  3:2; not 12:30
LINK = (
    rf"(?:\s?{SIGN}\s?{NUMBER}|(?:(?<=[{_HAN}十])、)?\s?[(〔\[]\s?{NUMBER}\s?[)〕\]]"  # .2  (二)  、(二)
    rf"|(?<=[)〕\]])\s?{NUMBER}|(?<=[{_HAN}十])、\s?[0-9]{{1,2}}(?![0-9])|之{NUMBER})"  # (二)|1  三|、2  之二
)
PAIR = rf"(?:\A{NUMBER}[、\s]\s?{NUMBER}\Z)"  # 3 2  3、2; three or more are a list
CHAIN = rf"{NUMBER}(?:\s?{DASH}\s?{NUMBER}){{0,3}}{LINK}{{0,3}}"  # 3  3-2  3.2.1  四(二)1
BARE = rf"(?:{PAIR}|(?:/?s_?)?(?![0-9]{{3}}){CHAIN}{END})"  # 3  3-2  3.2.1  四(二)1  s3_2

_TALK = r"(?:领导)?(?:讲话稿?|发言稿?|讲稿)"
_TITLE = rf"(?:(?:的|:\s?)?(?:{_TALK}|文章|稿子))?"
NTH_SPEECH = (
    rf"{ORDINAL}(?:篇(?!章|幅|论文|小说|报道|作文|课文|日记)|[个份](?:领导)?的?{_TALK}|[次场]讲话){_TITLE}"  # 第三篇  第三个讲话  最后一篇
)
NUMBERED = rf"(?<![第千首末尾开长短中全通诗单整半各每该这那本几两多0-9{_HAN}十])篇\s?{CHAIN}{NOT_COUNTED}{_TITLE}"  # 篇3  篇三
TALK = rf"(?:讲话稿?|讲稿)(?:之|\s)?(?:(?=[0-9]){CHAIN}{NOT_COUNTED}|\({NUMBER}\)|{CHAIN}{END})"  # 讲话3  讲话三; not 讲话一|开始
COMMAND = rf"(?<![\w/])/s_?{CHAIN}"  # /s3
ALIAS_TAIL = (
    rf"(?:市?的?[那这]一?(?:[篇次场]|[个份](?:(?={_TALK})|{END}|(?=[讲说谈提])))(?:{_TALK}|文章|座谈会)?"  # 咸阳|那篇  咸阳|那次讲话
    rf"|篇(?!章|幅)|市?(?:(?:劳模)?座谈会上?)?的?{_TALK})"  # 咸阳|篇  2014年|的讲话  咸阳|座谈会上的讲话
)
ABOUT = r"(?:关于|有关|讲|说|谈|写|在)"  # 讲|疫情的那篇

GLUE = r"(?:\s|(?<=[篇话稿])(?:[,:]|[-—]{1,2})|(?<=部分),)?\s?(?:里面|里|中|内|当中)?的?(?:[讲说谈提]到?的)?"  # 第三篇|，|第二部分  第三篇|里的|第二点
_UNIT = (
    r"(?:大?部分|[大小]?点(?!钟)|节(?![日课])|条(?![件例])|[大小]?方面|项(?!目)|章(?!程)|块|大块|"
    r"个(?:大?部分|[大小]?点|方面|要求|希望|问题|观点|意思|争当)|层(?:意思)?)(?:希望和要求|希望|要求|意见|看法)?"
)
PART = rf"{GLUE}{ORDINAL}(?:{_UNIT}|个?(?={END}[^和与及跟第])|个?\Z)"  # 第二部分  第二、三点  最后一点
SAID = rf"{GLUE}(?P<said>{NUMBER})[是要](?=\Z|[^\w]|的|[讲说谈])"  # 第三篇|二要|讲了什么
PLAIN = rf"(?<![0-9{_HAN}十)])\s?(?:(?:{DASH}\s?)?{NUMBER}|{LINK}){LINK}{{0,2}}{END}"  # 第3篇|2.1  篇3|-2  第三篇|二(一)
PARAGRAPH = rf"{GLUE}(?:{ORDINAL}个?(?:自然)?段(?:话|落)?(?!时)|p(?P<p>-?[0-9]{{1,3}}))"  # 第五段  最后一段  首段  p5


def named(names: str) -> str:
    """A speech as a sentence may name it; `names` are alternatives."""
    return (
        rf"(?P<ordinal>{NTH_SPEECH})|{NUMBERED}|{TALK}|{COMMAND}"
        rf"|那篇{ABOUT}?(?P<about>{names})(?:的(?:{_TALK})?)?|{ABOUT}?(?<![0-9])(?P<alias>{names}){ALIAS_TAIL}"
    )


def anywhere(names: str) -> str:
    """A speech as a message that is nothing but references may name it too."""
    return rf"{named(names)}|{BARE}|(?P<short>{names})(?=第|\(|最后|倒数)"


_TOKEN = re.compile(rf"(?P<number>{NUMBER})|(?P<through>{THROUGH})")


def value(text: str) -> int:
    """The number that a NUMBER or COUNT writes."""
    return int(text) if text.isdecimal() else to_int(text) or 0


def numbers(text: str) -> list[int]:
    """The numbers written one after another.

    >>> numbers("3-2.1"), numbers("四(二)")
    ([3, 2, 1], [4, 2])
    """
    return [value(n) for n in re.findall(NUMBER, text)]


def counts(text: str) -> list[int]:
    """The numbers of a list with ranges, at most six of a range.

    >>> counts("1-3、5"), counts("二和第五"), counts("1到900")
    ([1, 2, 3, 5], [2, 5], [1, 2, 3, 4, 5, 6])
    """
    found: list[int] = []
    open_range = False
    for token in _TOKEN.finditer(text):
        if token["number"]:
            found[-1:] = [*spread(found[-1], value(token[0]))] if open_range else [*found[-1:], value(token[0])]
        open_range = bool(token["through"])
    return found


def spread(first: int, last: int) -> range:
    """Both numbers and those between, ascending, at most six."""
    low, high = sorted((first, last))
    return range(low, min(high, low + MOST - 1) + 1)


def ordinals(match: re.Match[str]) -> list[int]:
    """The counts of a match of ORDINAL, from 1, or from -1 at the end: 最后两 → -2, -1."""
    named = match.groupdict()
    if named.get("p"):
        return [int(named["p"])]
    if named["nth"]:
        return counts(named["nth"])
    if named["back"]:
        return [-value(named["back"])]
    first = named["first"] or named["opening"]
    if first:
        return list(spread(1, value(first)))
    if named["last"]:
        return [n for n in range(-min(value(named["last"]), MOST), 0)]
    return [1] if "首" in match[0] else [-1]
