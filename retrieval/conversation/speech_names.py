"""How people name a speech beside its number, its place or its year: the oldest one, 14年那回, 咸阳那个; said as 第2篇."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from retrieval.exact.concordance import extremes
from retrieval.question.spellings import MOST
from retrieval.question.understand import Reader
from retrieval.speeches.corpus import Corpus
from retrieval.terms.fold import fold_question
from retrieval.terms.segment import is_han
from retrieval.terms.sound import reading

_ONE = r"(?:的)?(?:那|这)?(?:一)?(?:篇|回|次|届|场|个)?(?:讲话|稿子|会|座谈会)?"  # 的那一篇  那回
_OLDEST = re.compile(
    rf"(?<!其中)(?<!时间)(?<!里面)(?<!里头)最(?:早|先|老){_ONE}(?=[说讲提怎咋如呢有对的开结第写里,，?。 ]|$)"
)  # 最早的那一篇|怎么说  ✗最后
_NEWEST = re.compile(r"最(?:晚|新|近)(?:的)?(?:那|这)(?:一)?(?:篇|回|次|届|场)(?:讲话)?")  # 最晚那篇  ✗最近曝光
# e.g. 最早的是哪一篇  这里面哪篇最新？  ✗最早这么说的是哪一篇  ✗哪篇最好
_WHICH_END = re.compile(
    r"(?:那|请问)?(?:在)?(?:这|那|这几篇|这些讲话|六篇)?(?:里[面头]?|当中|之中|其中|中)?(?:讲得?|说得?|年份|时间)?的?(?:是)?"
    r"(?:最(?:(?P<old>早|先|老)|晚|新|近)的?(?:那?一?篇|讲话)?的?(?:又)?(?:是|在)?哪一?(?:篇|年|个)(?:讲话)?的?|哪一?篇(?:讲话)?的?(?:时间|年份)?(?:是|讲得?)?最(?:(?P<older>早|先|老)|晚|新|近)的?)[?？。]*"
)
# e.g. 把|这一早一晚两篇|讲劳模精神的话  请把|最早和最晚两篇|里讲劳模精神的话  ✗一早一晚
_FIRST_AND_LAST = re.compile(
    "(?:这|那)?一(?:早|前|老|先)一(?:晚|后|新)(?:这|那)?(?:两)?(?:篇|个)|最(?:早|先|老)的?(?:那篇)?(?:和|跟|与)最(?:晚|新|近)的?(?:那)?(?:两)?(?:篇|个)"
)
_LAST = re.compile(r"(?:最后|末)(?:的|那|这)?一?篇(?:讲话)?")  # 最后一篇|里  ✗最后一段
# e.g. 二零零六年  零六年  二〇一四年  二二年  ✗十二年  ✗一九年代
_YEAR_IN_WORDS = re.compile(
    r"(?<![一二三四五六七八九十百零〇\d])(?:二[零〇])?([零〇一二])([零〇一二三四五六七八九])年(?=[那的这和跟与、讲说开]|$)"
)
_COMPARED = r"并列|并排|(?:摆|放|搁|列)(?:在|到)?一|对着|对比|对照|比一?比|比较|不一样|不同|区别|差别|异同|[Pp][Kk]"  # 比比  摆一|起  ✗对
# e.g. 张家界和咸阳两个|都讲了工会  张家界跟咸阳|，讲工会有啥不一样  2014年张家界和2015年咸阳|怎么讲创新，对比下  ✗张家界跟咸阳，讲工会
_TWO_PLACES = re.compile(
    r"(?:(?:19|20)\d\d年?的?)?(?<!\d)([\u4e00-\u9fff]{2,4}?)(?:和|跟|与)(?:(?:19|20)\d\d年?的?)?([\u4e00-\u9fff]{2,4}?)"
    rf"(?:(?:这)?(?:两个|[俩两]篇|俩)(?![点条])|(?=[,，怎咋都讲说谈对].*(?:{_COMPARED})))"
)
# e.g. 只要市里的，区的不要  改主意了，要区里那句  ✗市里的工会怎么说  ✗市里
_LEVEL_ALONE = re.compile(
    r"(?:改主意了|那|算了|不|[,，])*(?:(?:就|只|光|我)*(?:要|看|给我|来|换成?|找)|(?=[市区县][里级]的也))([市区县])(?:里|级)的?(?:也?(?:看|来|给)(?:一?个|一条|看)|[那这][句条篇个段])?(?:[,，](?:不要)?[省市区县](?:里|级)?的?(?:不要|别要)?)?"
)
_AFTER_A_NAME = re.compile("[那的一个讲说提呢,，。?？和跟与]|$")  # 那|篇  ✗人
_TWO_DIGITS = re.compile(
    r"(?<!\d)([0-2]\d)年(?:(?:的)?(?:那|这)(?:一)?(?:篇|回|次|届|场|位(?:领导)?)|的(?=$|[呢吧吗?。]))(?:讲话|会)?"
)  # 14年那回  15年的  ✗14年五一
_YEAR_SENTENCE = re.compile(r"(?<!\d)(?:20)?([0-2]\d)年?(?=那一?[句条处])")  # 2022|那句完整给我  14年|那条  ✗14年那篇
_PLACE_ONE = re.compile(
    r"(?!最后|最末|末尾)([\u4e00-\u9fff]{2,4}?)(?:的)?(?:那|这)(?:一)?(?:个|边|回|次|场|份|家|位(?:领导)?)(?:讲话|会|稿子)?"
)  # 咸阳那个  ✗那个  ✗最后那个


# e.g. 咸阳|那句  ✗那句
_PLACES_SENTENCE = re.compile(
    r"(?<![\u4e00-\u9fff])(?:把)?([\u4e00-\u9fff]{2,4}?)(?:的)?(?=[那这]一?[句处条](?:话)?(?:再|整|完整|原|的?[前后上下]|给|发|呢|$))"
)
_N = r"(?<![第\d.一二三四五六七八九十])([1-9一二三四五六七八九])"  # 1  三  ✗第三
_BETWEEN = r" ?(?:、|和|跟|与|同|对|VS|vs) ?"  # 、  和|3
# e.g. 四五两篇  4和5两篇  1跟6| 对工会都说了啥 对比下  ✗前两篇  ✗1和6
_TWO = re.compile(
    rf"{_N}(?:、|和|跟)?([一二三四五六七八九])[两俩]篇|{_N}{_BETWEEN}([1-9一二三四五六七八九])(?:[两俩]篇|"
    rf"(?=[ 对都讲说谈在关的,，].*(?:{_COMPARED})))"
)
_YEAR_OF = r"(?<!\d)((?:19|20)\d\d)年?"  # 2006  2006年  ✗12006
# e.g. 2006与2022|对劳模精神的表述,对照  2014年和2015年|的,比一比  ✗2006与2022
_TWO_YEARS = re.compile(rf"{_YEAR_OF}的?{_BETWEEN}{_YEAR_OF}(?:[两俩]篇)?(?=.*(?:{_COMPARED}|怎么[说讲提谈]|都[说讲提谈]))")
_YEAR_BOTH = re.compile(rf"{_YEAR_OF}的?那?[俩两](?:篇|份|场|个)?(?:讲话)?(?![个点条年句])")  # 2014那俩  ✗2014两点


_NUMBER_IN = re.compile(r"^(?:那|再)?([1-9])(?=里(?:面|头)?(?:$|[的有呢])|的(?:那句|整句)?呢?$)")  # 6|里  5|的呢  ✗6|里面三点
_NUMBER_OF = re.compile(
    r"^(?:那|来|给我|要)?([1-9])(?:号|的)?(?=的?(?:词云|云图|目录|全文|大纲|提纲))"
)  # |6的|词云 来张  |2|全文  ✗16的词云
_PLACE_OF = re.compile(r"^(?:那|来张?|给我|要|看看)?([\u4e00-\u9fff]{2,4}?)的(?=词云|云图|目录|大纲|提纲)")  # |张家界的|词云  ✗张家界的创新
_PLACE_AND = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,4}?)(?:的|那篇)?(?=(?:和|跟|与)第[1-9]篇)")  # |张家界|跟第6篇  ✗我和第6篇
_AND_PLACE = re.compile(r"(?<=篇[和跟与])([\u4e00-\u9fff]{2,4}?)(?:的|那篇)?(?=都|讲|说|怎|对|比)")  # 第3篇和|咸阳的|都说  ✗第3篇和工会
_NUMBER_TURNED = re.compile(r"^(?:那|再)?(?:换成|换|改成|改看|改)([1-9])(?=(?:里面?|上|中)?的)")  # |换成6|里的  ✗换成6点
_NUMBER_ALSO = re.compile(r"^(?:那)?([1-9])(?=也(?:放|加|算|拉)(?:进来|上))")  # |4|也放进来  ✗14也放进来
_PLACE_ALONE = re.compile(r"^(?:只|光|就)(?:看|要|说|查|问)([\u4e00-\u9fff]{2,4}?)(?=[ ,，])")  # |只看咸阳| 讲改革的  ✗只看咸阳那篇
_NUMBER_ALONE = re.compile(r"^(?:那)?([1-9])篇(?=$|[呢的,，])")  # 6篇|呢，哪年  3篇  ✗6篇里
_PLACE_OUT = re.compile(
    r"^(?:那|把)?([\u4e00-\u9fff]{2,4}?)的?(?=也?(?:去掉|不要|除外|排除|拿掉|不算)了?(?:$|[,，。 ]))"
)  # 张家界的|不要  ✗张家界的怎么说
# e.g. 市一级的讲话  区领导的|开头  ✗市里的工会
_LEVEL = re.compile(
    r"([市区县])(?:(?:一级|级|里)(?:领导)?的?(?:讲话|座谈会(?:上)?(?:用|能用|可用)的?|那?[几两三四]篇)(?:讲话)?|(?:里|级)?领导的?(?=开头|开场|结尾|收尾))"
)
_NUMBER_OUT = re.compile(r"^(?:那|把)?([1-9])(也?(?:去掉|不要|除外|排除|拿掉))")  # 5也去掉  ✗15也去掉


MOST_MEASURED = 1000  # speeches whose lengths are counted for a name, chosen: a hundredth of a second
_LONGEST = re.compile(r"最([长短])(?:的)?[那这]一?篇(?:讲话)?(?!是|呢|$)")  # 最长那篇|分几个部分  ✗最长的是哪篇
_WHICH = re.compile("哪|什么时候")  # 哪  ✗那


def spelled(message: str, corpus: Corpus, reader: Reader) -> str:
    """The message with such names as numbers; unchanged if it has none."""
    years, (first, last) = reader.register.years, reader.register.ends
    if not years:
        return message
    message = _of_the_level(_heard(message, corpus), corpus)
    message = _TWO_PLACES.sub(lambda m: _both_named(m, reader), message)
    message = _YEAR_IN_WORDS.sub(lambda m: _in_digits(m, years), message)
    ends = _WHICH_END.fullmatch(message)
    if ends:
        return f"第{first if ends['old'] or ends['older'] else last}篇是哪一年讲的"
    text = _OLDEST.sub(f"第{first}篇", message) if not _WHICH.search(message) else message
    if len(corpus.numbers) <= MOST_MEASURED and _LONGEST.search(text):
        longest, shortest = extremes(corpus)
        text = _LONGEST.sub(lambda m: f"第{longest if m[1] == '长' else shortest}篇", text)
    text = _FIRST_AND_LAST.sub(f"第{first}篇、第{last}篇", text)
    text = _LAST.sub(f"第{corpus.numbers[-1]}篇", text)
    text = _NEWEST.sub(f"第{last}篇", text) if not _WHICH.search(message) else text
    text = _TWO.sub(lambda m: "、".join(f"第{number}篇" for number in m.groups() if number), text)
    text = _YEAR_BOTH.sub(lambda m: _of_years(m, years), _TWO_YEARS.sub(lambda m: _of_years(m, years), text))
    text = _NUMBER_IN.sub(r"第\1篇", text)
    text = _PLACE_OF.sub(lambda m: _named(m, reader), text)
    text = _NUMBER_OF.sub(r"第\1篇", _NUMBER_TURNED.sub(r"第\1篇", _NUMBER_ALONE.sub(r"第\1篇", text)))
    text = _LEVEL.sub(lambda m: _of_level(m, corpus), _PLACE_OUT.sub(lambda m: _named(m, reader), text))
    text = _NUMBER_ALSO.sub(r"第\1篇", _NUMBER_OUT.sub(r"第\1篇\2", text))
    text = _PLACE_ALONE.sub(lambda m: f"只看{_named(m, reader)}" if _named(m, reader) != m[0] else m[0], text)
    text = _TWO_DIGITS.sub(lambda m: _of_year(m, years), _YEAR_SENTENCE.sub(lambda m: _of_year(m, years), text))
    text = _PLACE_ONE.sub(lambda m: _named(m, reader), text)
    text = _AND_PLACE.sub(lambda m: _named(m, reader), _PLACE_AND.sub(lambda m: _named(m, reader), text))
    return _PLACES_SENTENCE.sub(lambda m: _named(m, reader) if reader.register.is_in_a_place(m[1]) else m[0], text)


def _heard(message: str, corpus: Corpus) -> str:
    """The message with the places of speeches as they are written, where it has what sounds the same: 闲阳那篇."""
    few = corpus.numbers if len(corpus.numbers) <= MOST_MEASURED else ()
    for place in {corpus.speech(number).entry.place for number in few}:
        size = len(place)
        if size < 2 or not all(map(is_han, place)) or place in message:
            continue
        sounds = [*map(reading, place)]
        for at in range(len(message) - size + 1):
            heard = message[at : at + size]
            if [*map(reading, heard)] == sounds and _AFTER_A_NAME.match(message, at + size):
                return message[:at] + place + message[at + size :]
    return message


def _of_the_level(message: str, corpus: Corpus) -> str:
    """我要第1篇、第2篇的 of 只要区里的; the message itself where it says more."""
    found = _LEVEL_ALONE.fullmatch(message.strip(" 。！!"))
    few = corpus.numbers if found and len(corpus.numbers) <= MOST_MEASURED else ()
    of = [number for number in few if found and corpus.speech(number).entry.level[:1] == found[1]]
    return f"我要{'、'.join(f'第{number}篇' for number in of)}的" if 0 < len(of) <= MOST else message


def _both_named(found: re.Match[str], reader: Reader) -> str:
    """第4篇、第5篇 of 张家界和咸阳两个; the words themselves where one of them names no speech."""
    meant = [reader.understand(f"{fold_question(name)}那篇") for name in found.groups()]
    named = [one.references[0].number for one in meant if one.lookup and len(one.references) == 1]
    return "、".join(f"第{number}篇" for number in named) if len(named) == len(meant) else found[0]


def _in_digits(found: re.Match[str], years: Mapping[int, Sequence[int]]) -> str:
    """2006年 of 零六年; the words themselves of a year without a speech."""
    year = 2000 + 10 * "零一二".index(found[1].replace("〇", "零")) + "零一二三四五六七八九".index(found[2].replace("〇", "零"))
    return f"{year}年" if year in years else found[0]


def _of_year(found: re.Match[str], years: Mapping[int, Sequence[int]]) -> str:
    """第3篇 of 14年那回, the first of a few; 2014年那篇 where the year has more."""
    year = 2000 + int(found[1])
    numbers = years.get(year, ())
    if len(numbers) > MOST:
        return f"{year}年那篇"
    return f"第{numbers[0]}篇" if numbers else found[0]


def _of_level(found: re.Match[str], corpus: Corpus) -> str:
    """第1篇、第2篇 of 区里的讲话; the words themselves where there are none, or more than a few."""
    few = corpus.numbers if len(corpus.numbers) <= MOST_MEASURED else ()
    of = [number for number in few if corpus.speech(number).entry.level[:1] == found[1]]
    return "、".join(f"第{number}篇" for number in of) if 0 < len(of) <= MOST else found[0]


def _of_years(found: re.Match[str], years: Mapping[int, Sequence[int]]) -> str:
    """第2篇、第6篇 of 2006与2022; the words themselves where a year has no speech, or more than a few."""
    of = [years.get(int(year), ()) for year in found.groups()]
    return "、".join(f"第{n}篇" for some in of for n in some) if all(0 < len(some) <= MOST for some in of) else found[0]


def _named(found: re.Match[str], reader: Reader) -> str:
    """第5篇 of 咸阳那个; the words themselves where they name no speech."""
    meant = reader.understand(f"{fold_question(found[1])}那篇")
    return f"第{meant.references[0].number}篇" if meant.lookup and len(meant.references) == 1 else found[0]
