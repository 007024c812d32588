"""The pieces that references are spelled with: patterns over folded text (simplified, half-width, lower case, single blanks).

Each stands on a line with examples, which a test runs: `3|点` takes 3 and stops there, `第|2|部分` takes 2 in its surroundings, `✗2014` is
refused. No piece repeats one that may match nothing, so reading stays linear.
"""

from __future__ import annotations

import re

from retrieval.speeches.numerals import to_int

MOST = 6  # references of one message


def _any(*alternatives: str) -> str:
    return rf"(?:{'|'.join(alternatives)})"


# Numbers
_ONES = "一二三四五六七八九"
_HAN = rf"[{_ONES}十]"  # 三  十  ✗两
NUMBER = _any(
    r"[0-9]{1,3}(?![0-9])",  # 3  12  126  3|.2  ✗2014
    rf"(?:[{_ONES}]?十[{_ONES}]?|[{_ONES}])(?![{_ONES}十百千万亿零〇两几多])",  # 三  十  二十一  三|篇  ✗五一  ✗十一五  ✗一百
)
COUNT = rf"(?:两|{NUMBER})"  # 最后|两|段  最后|3|段  ✗几
DASH = r"[-‐‑‒–—―−ー]{1,3}"  # 3|-|2  3|–|2  3|——|2  ---|-  ✗一  ✗~
THROUGH = rf"\s?(?:{DASH}|[~〜∼]|\.{{2,6}}|一?直?[至到])\s?"  # 4.1|-|4.3  1|~|3  1|...|3  第一篇|一直到|第三篇  ✗3|.|2
AND = r"(?:以及|还有|[,;、&和与及跟\s]){1,3}"  # 1.2|, |4.3  第2篇|和|第5篇  ✗的  ✗或
NUMBERS = rf"{NUMBER}(?:(?:(?:{THROUGH}|{AND})第?|第)\s?{NUMBER}){{0,5}}"  # 第|二、三|部分  第|1-3|篇  第|二和第五|篇  第|二|和创新
ORDINAL = _any(
    rf"(?:(?:开头|打头|最前面?)的?)?第\s?(?P<nth>{NUMBERS})\s?",  # 第二|部分  第二、三  第1-3  开头第一|段  ✗第  ✗开头
    rf"倒数第\s?(?P<back>{NUMBER})",  # 倒数第二|段  ✗倒数二
    # e.g. 最后一|点  最后|段  末  结尾的最后一|段  ✗最后，
    rf"(?:(?:末尾|结尾)的?(?=最后))?(?P<last>最后的?那|最后的?(?={COUNT}|大?部[分份]|大?块|篇|段)|末|尾)(?P<lasts>{COUNT})?",
    rf"(?P<first>(?<![之以目])[前头](?={COUNT})|首|开头(?={COUNT}段))(?P<firsts>{COUNT})?",  # 前两|点  头一  首  ✗以|前两|年  ✗前
)
SPAN = rf"(?P<span>{NUMBER}(?:(?:{THROUGH}|[、和]){NUMBER}){{1,5}})"  # 第三篇|2-4|点  第三篇|一到三|段  第三篇|二、三|部分  ✗二

# What follows a number decides whether it names something
_FOLLOWS = _any(
    r"\s?\Z",  # 第三篇二||  ✗第三篇二||年
    r"\s?[^\w\s%‰]",  # 第三篇二|,|工会  ✗第二篇20|%|的
    r"\s?(?:[的之里内与及跟和]|中(?![全央国心])|以及|还有)",  # 第三篇二|的|内容  第三篇二|中|说  ✗第六篇六|中|全会
    r"\s?(?:第|最后|倒数|[首末尾]段|p-?[0-9])|\s[0-9]",  # 3|第|二部分  3.2|p1|  1.2| 4|.3  ✗3|段|
    r"\s?(?:[讲说谈写提][了的什啥些到]|是什|怎|有[什哪没])",  # 第3篇2.1|讲了|什么  ✗第3篇2|是|全国
    rf"\s?[至到][\s第(0-9{_ONES}十]",  # 四(二)|至四|(四)  ✗四(二)|到|底
)
END = rf"(?:(?={_FOLLOWS})(?!\s?[.:/]\s?[0-9])|(?<=[)〕\]]))"  # 第三篇(二)||年  第三篇二||,  ✗第二篇43||.2亿元  ✗第二篇20||%
_COUNTED = "%‰年月日号点时分秒小个位名条项种次届岁元块页字人天周倍度百千万亿多余几定共律般些样直起切旦下章幅"
NOT_COUNTING = rf"(?![0-9.]*\s?[0-9{_COUNTED}])"  # 讲话2||说  ✗讲话2||小时  ✗篇3||000字

# Numbers that follow each other: 3.2.1
SIGN = _any(
    r"[.·・•‧∙/_]",  # 3|.|2  3|·|2  3|/|2  s3|_|2  ✗3|,|2
    r"(?<=[0-9])。(?=[0-9])",  # 3|。|2  ✗三|。|二
    r":(?![0-5][0-9])",  # 3|:|2  ✗12|:|30
)
LINK = _any(
    rf"\s?{SIGN}\s?{NUMBER}",  # 3|.2|  3| . 2|  ✗3|.|
    rf"(?:(?<={_HAN})、|\.)?\s?[(〔\[]\s?{NUMBER}\s?[)〕\]]",  # 四|(二)|  四|、(二)|  1.3|.(2)|  ✗3|、(二)|
    rf"(?<=[)〕\]])\s?{NUMBER}",  # 三(二)|1|  ✗三|1|
    rf"(?<={_HAN})、\s?[0-9]{{1,2}}(?![0-9])",  # 三|、2|  ✗3|、2|
    rf"之{NUMBER}",  # 篇三|之二|  ✗之后
)
CHAIN = rf"{NUMBER}(?:\s?{DASH}\s?{NUMBER}){{0,3}}{LINK}{{0,3}}"  # 3  3-2  3.2.1  四(二)1  3|,2  三|,四  ✗第三
UNIT = _any(
    r"[大小]?(?:部[分份]|块)",  # 部分  大部份  块
    r"[大小]?点(?!钟)",  # 点  大点  ✗点钟
    r"[大小]?方面",  # 方面
    r"节(?![日课])",  # 节  ✗节日
    r"条(?![件例])",  # 条  ✗条件
    r"项(?!目)",  # 项  ✗项目
    r"章(?!程)",  # 章  ✗章程
    r"层(?:意思)?",  # 层意思
    r"个(?:大?部[分份]|[大小]?点|方面|问题|观点|意思|争当|希望|要求)",  # 个方面  个争当  ✗个作用
)
BARE = _any(
    rf"\A{NUMBER}[、\s]\s?{NUMBER}\Z",  # 3 2  3、2  ✗3、2、1
    rf"第?{NUMBER}(?:\.{NUMBER}){{1,3}}{UNIT}",  # 3.2节  第3.2部分  ✗3部分
    rf"(?:/?s_?)?(?![0-9]{{3}}){CHAIN}{END}",  # 3.2  s3_2  三、2  ✗五一  ✗2014  ✗100  ✗3小时  ✗3.2.1.1.1
)

# Speeches
TALK = r"(?:领导)?(?:(?:讲话|发言)稿?(?![人者])|讲稿)"  # 讲话  领导讲话稿  ✗发言人  ✗稿
_TITLE = rf"(?:(?:的|:\s?)?(?:{TALK}|文章|稿子))?"  # 第三篇|的讲话|  第三篇||的内容
_COUNTER = _any(
    r"篇(?!章|幅|论文|小说|报道|作文|课文|日记)",  # 第三|篇|讲话  ✗第三|篇|章
    r"[个份](?:领导)?的?(?=讲话|讲稿|发言稿)",  # 第三|个|讲话  ✗第三|个|作用
    r"份(?=稿子)",  # 第一|份|稿子  ✗第一|份|工作
    r"[次场](?=讲话)",  # 第三|次|讲话  ✗第一|次|当劳模
)
NTH_SPEECH = rf"{ORDINAL}{_COUNTER}{_TITLE}"  # 第三篇讲话  第三篇|说  末篇  前两篇  第1-3篇  ✗三篇  ✗第三次
# e.g. 篇3  篇三之二  篇三(二)  ✗千|篇一|律  ✗篇3000  ✗篇3页
NUMBERED = rf"(?<![第千首末尾开长短中全通诗单整半各每该这那本几两多0-9{_ONES}十])篇\s?{CHAIN}{NOT_COUNTING}{_TITLE}"
_TALK_NUMBER = _any(
    rf"(?=[0-9]){CHAIN}{NOT_COUNTING}",  # 讲话|3|  讲话|3.2|  ✗讲话|2|小时
    rf"\({NUMBER}\)",  # 讲话|(三)|
    rf"{CHAIN}{END}",  # 讲话|三|第二点  ✗讲话|一|开始
)
NUMBERED_TALK = rf"(?:讲话稿?|讲稿)(?:之|\s)?{_TALK_NUMBER}"  # 讲话3  讲话之三  讲话(三)  ✗讲话  ✗讲话一开始
COMMAND = rf"(?<![\w/])/s_?{CHAIN}"  # /s3  /s3_2  看 |/s_3|  ✗s3  ✗/start  ✗a|/s3|
FAR = _any(
    rf"第\s?(?P<far>[0-9]{{4,7}})\s?篇(?!章|幅|论文|小说|报道|作文|课文|日记){_TITLE}",  # 第1234篇  第1234篇的讲话  ✗第2014年  ✗第123篇
    r"(?<![\w/])/s_?(?P<farther>[0-9]{4,7})(?P<below>(?:_[0-9]{1,3}){0,3})(?![0-9_])",  # /s1234  /s1234_2_1  ✗/s3
)
_MEETING = r"(?:座谈|大)?会(?![展员长计])议?"  # 会  座谈会  会议  ✗会员
ALIAS_TAIL = _any(
    rf"市?的?[那这](?:一|{COUNT})?[篇次场](?:{TALK}|文章|{_MEETING})?",  # 咸阳|那篇|  咸阳|那次讲话|  2014年|那两篇|说  ✗咸阳|的|
    rf"市?的?[那这]一?[个份](?:{TALK}|文章|{_MEETING}|(?=[讲说谈提])|{END})",  # 咸阳|那个讲话|  咸阳|那个|说  ✗咸阳|这个|城市
    rf"(?:两|的?一)?篇(?![章幅])(?:{TALK})?",  # 咸阳|篇|  咸阳和张家界|两篇|  最新|的一篇|  ✗咸阳|篇|章
    rf"市?(?:(?:劳模)?座谈会上?)?的?{TALK}",  # 2014年|的讲话|  咸阳|座谈会上的讲话|  ✗咸阳|座谈会|
)
ABOUT = r"(?:关于|有关|讲|说|谈|写|在)"  # 讲|疫情的那篇  关于  ✗对

# Parts and paragraphs
_GLUE_SIGN = r"[》」”]?(?:\s|(?<=[篇话稿])(?:[,:·/]|[-—]{1,2})|(?<=部[分份]),)?\s?"  # 第三篇|,|第二部分  第三篇|——|第二部分  ✗4.2|,|3
_GLUE_WORD = r"(?:(?:里面|里头|里|中|内|当中),?)?[的之]?(?:[讲说谈提]到?的)?"  # 第三篇|里的|第二点  第三篇|提到的|第二点  第三篇||和
GLUE = _GLUE_SIGN + _GLUE_WORD  # 第三篇|,里面的|第二点  第三篇||第二点
_NAMED_PART = _any(
    rf"(?:{ORDINAL}|{SPAN}){UNIT}(?:希望和要求|希望|要求|意见|看法)?",  # 第二部分  第二、三点  最后一点  2-4点  ✗二点
    rf"第\s?(?P<alone>{NUMBERS})个?{END}",  # 第三篇|第二|讲了什么  ✗第三篇|第二|产业
)
PART = rf"{GLUE}{_NAMED_PART}"  # 里的第二点|怎么说  第二、三部分  ✗三个作用  ✗最后点
_FIRST_PLAIN = rf"(?:[的之]|(?<=[篇话稿])[,:](?=\())?\s?(?:(?:{DASH}\s?)?{NUMBER}|{LINK})"  # 第三篇|的2|.1  第三篇|,(二)|  第三篇|-2|
PLAIN = rf"(?<![0-9{_ONES}十)]){_FIRST_PLAIN}{LINK}{{0,2}}{END}"  # 第3篇|2.1|  第三篇|二(一)|  ✗第二篇|43|.2亿元  ✗第二篇|20|%
_NAMED_PARAGRAPH = _any(
    rf"(?:{ORDINAL}|{SPAN})个?(?:自然)?段(?!时)[话落]?",  # 第五段  最后一段  首段  2-4段  ✗五段  ✗前一段时间
    r"p(?P<p>-?[0-9]{1,3})",  # 3.2|p1|  6|p-1|
)
PARAGRAPH = rf"{GLUE}{_NAMED_PARAGRAPH}"  # 的最后一段  第五自然段  ✗段

_TOKEN = re.compile(rf"(?P<number>{NUMBER})|(?P<through>{THROUGH})")  # 二|到五  二|到|五  ✗、
_PART_OR_PARAGRAPH = rf"第\s?{NUMBERS}\s?(?:{UNIT}|个?(?:自然)?段)"  # 第二点  第二、三段  ✗第一


# e.g. 第三篇  前两篇  篇3  讲话三  /s3  第1234篇  ✗三篇  ✗3
COUNTED_SPEECH = rf"(?P<ordinal>{NTH_SPEECH})|{FAR}|{NUMBERED}|{NUMBERED_TALK}|{COMMAND}"


def titled(titles: str) -> str:
    """A speech by its title; `titles` are alternatives."""
    return rf"(?P<title>{titles})"  # 五一劳模座谈会领导讲话稿  ✗讲话稿


def called(names: str) -> str:
    """Speeches by what they are called; `names` are alternatives, in the examples 咸阳, 张家界, 2014年."""
    return "|".join(
        (
            rf"那篇{ABOUT}?(?P<about>{names})(?:的(?:{TALK})?)?",
            rf"{ABOUT}?(?<![0-9])(?P<alias>{_several(names)}){ALIAS_TAIL}",
        )
    )  # 咸阳那篇|怎么说  讲咸阳的那篇  咸阳和张家界那两篇  那篇讲咸阳的  ✗咸阳第一  ✗3|2014年|那篇


def _several(names: str) -> str:
    return rf"(?:{names})(?:{AND}(?:{names})){{0,5}}"  # 咸阳  咸阳、张家界和2014年|那几篇  ✗和咸阳


def beginning(names: str) -> str:
    """A speech as a message that is nothing but references may begin with it, too."""
    return rf"(?P<short>{names})(?={_PART_OR_PARAGRAPH}|\(|最后|倒数)"  # 咸阳|第二点  ✗咸阳第一


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
    in_range = False
    for token in _TOKEN.finditer(text):
        if token["number"]:
            found += spread(found.pop(), value(token[0])) if in_range else [value(token[0])]
        in_range = bool(token["through"])
    return found


def spread(first: int, last: int) -> range:
    """Both numbers and those between, ascending, at most six.

    >>> list(spread(3, 1)), list(spread(1, 900))
    ([1, 2, 3], [1, 2, 3, 4, 5, 6])
    """
    low, high = sorted((first, last))
    return range(low, min(high, low + MOST - 1) + 1)


def ordinals(match: re.Match[str]) -> list[int]:
    """The counts that a match of ORDINAL, SPAN or PARAGRAPH names: from 1, or down from -1 at the end (最后两: -2, -1)."""
    groups = match.groupdict("")
    listed = groups["nth"] or groups.get("span") or groups.get("alone")
    if listed:
        return counts(listed)
    if groups["first"]:
        return list(spread(1, value(groups["firsts"] or "1")))
    if groups["last"]:
        return [-n for n in reversed(spread(1, value(groups["lasts"] or "1")))]
    return [int(groups["p"])] if groups.get("p") else [-value(groups["back"])]
