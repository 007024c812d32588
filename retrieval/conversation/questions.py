"""The questions of one message, told apart if each stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.question.understand import Reader, Words
from retrieval.question.wordlists import any_of

MOST_QUESTIONS = 4
SHORTEST = 5  # Chinese characters of a question that stands alone: 工会是干什么的 does, 为什么呢 does not
_DIGIT = r"(?:[1-9][.、．)）]|[①-⑨])\s*(?=[^\d\s])"  # 1. |工会  2、|劳模  ①|改革  ✗1.2  ✗3.
_COUNT = r"(?:第?[一二三四][、，,：:]\s*|[(（][一二三四1-4][)）]\s*)"  # 一、|工会  (二)|劳模  ✗一是
_NUMBER = rf"(?:{_DIGIT}|{_COUNT})"  # 1. |工会  二、|劳模  ✗1.2
_NUMBERED = re.compile(rf"^{_NUMBER}")  # 1. |工会  一、|工会  ✗工会|1. |劳模
_JOINING = (
    # e.g. 还有  顺便  |另外|问一下  ✗还要  ✗另外几篇
    r"(?:还有就是|还有一个|还有|另外(?!几篇|[两三四五]篇|一篇|的|哪)|此外|顺便|顺带|再就是|再一个|再问一?个?|对了|以及|同时|然后|还一个)"
)
_POLITE = r"(?:再)?(?:(?:请问|想问|问|请教|打听|说|查|看)(?:一?下|一句|问)?)?(?:那个|问题)?[,，:：]?\s*"  # 问一下  请问  ||下岗
_JOINED = re.compile(rf"^{_JOINING}{_POLITE}")  # 顺便问一下|工会  还有|创新  ✗工会
_BORDER = re.compile(
    rf"[?？\n]+|[;；]|[\s:：;；]+(?={_NUMBER})|[,，。 ]+(?={_JOINING})"
)  # 工会|？？|劳模  工会| |2. 劳模  工会|，|还有劳模  ✗工会| |劳模
_COMMA = re.compile(r"[,，。 ]+")  # 工会|，|劳模  ✗、
_ASKS = re.compile(
    r"什么|啥|怎么|怎样|咋|如何|哪|谁|几|多少|为何|为什么|吗$|呢$|没有?$|干嘛|是不是|有没有|第几|何时|是个?啥|解释|[说讲提谈写]没[说讲提谈写]|是.{1,6}还是.{2}"
)  # 什么  哪  说没说  ✗劳模
_LED = re.compile(
    r"^(?:(?:辛苦|谢谢|麻烦)(?:你|您)?[啦了]?[,，。! ]*(?=还有))?(?:喂|哎|嗯|那个|还有|请教|请问|想问|问|我?想?(?:请教|打听)|"
    r"赶紧的?|快点?)?"
    r"(?:查|问|请教|打听)?(?:[一两俩三二四几仨]个?新?(?:问题|事儿?|点|东西|小问题)|[俩仨](?=[:：]))?[啊哈]?[,，:：。 ]*(?:(?:一个|"
    r"头一个|第一个|一)是(?=.{4}))?"
)  # 请教两个问题：|工会  喂 |劳模
# e.g. 我要给|学生讲  领导等着用  ✗我想知道  ✗劳模
_OF_THE_ASKER = re.compile(
    r"(?:我|俺|咱|我们|咱们|老师|领导|单位|孩子)(?:们|明天|今天|下周|这就|正在?|在|着急|急着?|等着?|要|得|想|准备|打算)*"
    r"(?:给|写|用|做|讲|念|交|开会|发言|上(?:台|黑板|广播|电视|报|墙|课)|登|播|办|弄|排|备课|背|贴|印|发|比赛|投稿|主持)"
)
# e.g. 讲话里有吗  哪篇说的  ✗工会说了吗
_LEANS = re.compile(
    r"(?>小?标题|题目|叫什么名字|叫啥名?字?|叫什么|讲话稿?|文章|稿子|原文|里面?|里头|上面|有没有|有|没有?|从|[一二两三四五几][个点条]|方面|提|说|讲|写|印|过|到|了|吗|吧|呢|哪|篇|段|第几|出处|谁|列|分别|年|市|的|是|在|这|那|它)+"
)
# e.g. 头一条是啥  最后一点是什么  ✗第三部分的标题是什么
_COUNTED_OF_IT = re.compile(r"(?:第[一二三四五六1-6]|头一|首先|最后一|末一)[点条个项]是?(?:什么|啥|哪个|哪条)(?:呢|呀)?")
# e.g. 从哪儿看出来的  有什么依据  ✗从哪开始
_SEEN_FROM = re.compile(
    "(?:是)?(?:从|打)?哪(?:里|儿)?(?:看|听|得|推|查)得?出来?的?|(?:有)?(?:什么|啥)?(?:依据|根据)(?:是|在)?(?:什么|啥|哪里?)?"
)
# e.g. 标题给我一下  都列出来  给我列一列，我做笔记  ✗标题是什么  ✗出处发我
_SHOW_IT = re.compile(
    "(?:把|请|麻烦|帮我)*(?:照录)?(?:标题|题目|小标题|要点|名称)?(?:都|也|给|发|一?列|贴|念|说|写|我|一?下|出来|看看|全|完整|吧|了)+"
    "(?:[,，](?:我|好|我好|要)(?:做|记)(?:个|一?下)?(?:笔记)?)?"
)
_SOME_WORDS = re.compile("几[句段](?:话)?|[一有]?点什么")  # 讲|几句话|  ✗第几段
_HAN = re.compile("[\u3400-\u9fff]")  # 工  ✗3  ✗？


def questions(message: str, words: Words) -> tuple[str, ...]:
    """The questions of a message, at most four; one unless each stands alone.

    >>> questions("1. 工会是干什么的 2. 科学技术发展有多快？", Words())
    ('工会是干什么的', '科学技术发展有多快')
    >>> questions("工会是干什么的，还有创新是怎么讲的", Words())
    ('工会是干什么的', '创新是怎么讲的')
    >>> len(questions("有没有提到累坏身子的先进？该咋对他们？", Words(leaning=("他们",))))
    1
    """
    facts = _of_speeches(message) or _of_names(message) or _of_each(message) or _of_matters(message)
    if facts:
        return facts
    marked = _apart([piece for piece in _BORDER.split(message) if piece.strip()], words)
    return marked or _apart(_COMMA.split(message), words, every=True) or _apart(_dictated(message), words, every=True) or (message,)


def _dictated(message: str) -> list[str]:
    """The pieces of a message without marks: 工会干部咋当还有就是劳模待遇咋说."""
    joined = _SAID_BETWEEN if _ONE_IS.match(message) else _SAID_TO_JOIN
    return joined.split(_ONE_IS.sub("", message, count=1))


_ONE_IS = re.compile(r"(?:头|第)?一个(?:就)?是(?=.{4})")  # 一个是|工会干部咋当  ✗一个是
_SAID_TO_JOIN = re.compile(
    rf"(?:(?:再|还有|另)一个(?:就)?是?|(?:再|还有)就是|另外(?:再)?|顺便(?:再)?|(?<=.{{5}})还有(?![什哪谁啥没别其几多])){_POLITE}"
)  # 工会干部咋当|还有就是|劳模待遇咋说  老劳模要咋照顾|还有|农民工咋说的  咸阳那篇谁讲的|另外再问一下|第六篇呢  ✗还有|工匠精神
_SAID_BETWEEN = re.compile(rf"{_SAID_TO_JOIN.pattern}|(?<=.)一个是")  # 年轻工人咋学手艺|一个是|农民工工资咋说  ✗|一个是


def _of_speeches(message: str) -> tuple[str, ...]:
    """What is asked of several speeches one after the other: 第1篇哪年讲的 第5篇哪个市 第2篇呢; () of any other message.

    >>> questions("第1篇哪年讲的 第5篇哪个市、第2篇呢", Words())
    ('第1篇哪年讲的', '第5篇哪个市', '第2篇哪个市')
    """
    found: list[str] = []
    asks = ""
    for piece in _SPEECH_BEGINS.split(_LED.sub("", message.strip().rstrip("?？。!！ "))):
        named = _FACT.fullmatch(piece.strip())
        asks = named[2] or asks if named else ""
        if not named or not asks:
            return ()
        found.append(f"{named[1]}{asks}")
    return tuple(found) if 1 < len(found) <= MOST_QUESTIONS else ()


_SPEECH_BEGINS = re.compile(
    r"[\s,，、;；。?？]+(?:那|还有|以及|然后|和|再)?(?=第(?:[一二三四五六七八九]|[1-9])篇)"
)  # 哪年讲的| |第5篇哪个市
# e.g. 第1篇哪年讲的  第5篇在哪个市  第2篇是区里还是市里  第三篇呢  ✗第1篇怎么说工会
_FACT = re.compile(
    r"(?:请问)?(第(?:[一二三四五六七八九]|[1-9])篇)(?:(?:讲话)?((?:是|在|的|讲|由|又){0,3}(?:哪(?:一)?(?:年|天|个?(?:市|区|城市|地方)|级|里)|几几年|(?:什么|啥)(?:时候|地方|级别|场合)|谁|"
    r"[省市区县](?:里|级)?的?还是[省市区县](?:里|级)?的?)(?:领导)?(?:讲|说|开|作)?的?(?:讲话|会)?(?:[啊呀呢])?)|呢)"
)


def _of_names(message: str) -> tuple[str, ...]:
    """Whether several things are spoken of, asked one after the other; () of any other message.

    >>> questions("王进喜提没提？时传祥呢？雷锋呢", Words())
    ('王进喜提没提', '时传祥提没提', '雷锋提没提')
    """
    found = _NAMES_ASKED.fullmatch(message.strip())
    others = _AND_THAT.findall(found[3]) if found else []
    return (f"{found[1]}{found[2]}", *(f"{name}{found[2]}" for name in others))[:MOST_QUESTIONS] if found else ()


def _of_each(message: str) -> tuple[str, ...]:
    """Two topics of which a sentence each is wished; () of any other message.

    >>> questions("工会改革和职工教育培训 各找一句", Words())
    ('找一句工会改革的', '找一句职工教育培训的')
    """
    found = _ONE_OF_EACH.fullmatch(message.strip(" 。！!"))
    return tuple(f"找一句{topic}的" for topic in found.groups()) if found else ()


def _of_matters(message: str) -> tuple[str, ...]:
    """What is announced as so many matters; () of any other message.

    >>> questions("三件事：工会是什么定位、高尔基那句在哪、“奋斗”出现几次", Words())
    ('工会是什么定位', '高尔基那句在哪', '“奋斗”出现几次')
    """
    found = _SO_MANY_MATTERS.fullmatch(message.strip())
    listed = _BETWEEN_MATTERS.split(found[1]) if found else message.strip().split("、")
    pieces = tuple(piece.strip() for piece in listed if piece.strip())
    each = all(len(piece) >= SHORTEST_MATTER and (found or _asks(piece)) for piece in pieces)
    return pieces if each and 1 < len(pieces) <= MOST_QUESTIONS else ()


SHORTEST_MATTER = 4  # characters of a question among several, chosen
# e.g. 三件事：工会是什么定位、高尔基那句在哪  问两个问题:工会咋说,创新咋说  ✗三件事
_SO_MANY_MATTERS = re.compile(r"(?:我|想|要|再|就|请|帮我)*(?:问|查|看)?(?:你|您)?(?:[两二三四234](?:件|个|样)(?:事|问题|东西))[:： ]+(.+)")
_BETWEEN_MATTERS = re.compile("[、,，;；。?？]+")  # 、  ？  ✗和
# e.g. 工会改革和职工教育培训 各找一句  创新、奉献各来一条  ✗第1篇和第3篇各找一句  ✗各找一句
_ONE_OF_EACH = re.compile(
    r"(?:讲|说|关于)?((?!第|20)[\u4e00-\u9fff]{2,8}?)(?:和|跟|与|、)((?!第|20)[\u4e00-\u9fff]{2,8}?)(?:的(?:原?话|句子)?)?[ ,，]*"
    r"(?:各|分别)(?:找|"
    r"来|给|挑|要|引)?(?:我)?一[句条](?:就行|就好)?"
)
_OTHER_NAME = r"(?:那|还有)?[^?？,，。呢这第篇 ]{2,6}呢"  # 雷锋呢  那雷锋呢  ✗第三篇呢  ✗雷锋
# e.g. 王进喜提没提？时传祥呢？雷锋呢？  ✗王进喜提没提？第三篇呢  ✗王进喜提没提
_NAMES_ASKED = re.compile(
    rf"([^?？,，。 ]{{2,8}}?)((?:有没有)?[提说讲]没[提说讲]到?过?|有没有[提说讲]到?过?|[提说讲]到?过?(?:了吗|吗|没有?))[?？,，。 ]+"
    rf"({_OTHER_NAME}(?:[?？,，。 ]+{_OTHER_NAME}){{0,2}})[?？。]*"
)
_AND_THAT = re.compile(r"(?:那|还有)?([^?？,，。呢 ]{2,6})呢")  # 雷锋呢  那雷锋呢  ✗雷锋


def of_one_speech(several: Sequence[str], reader: Reader) -> tuple[str, ...]:
    """The questions, those of the speech that the one before named which lean on it: 第6篇怎么说工匠？有没有提到待遇？"""
    found: list[str] = []
    for asked in several:
        before = reader.understand(found[-1]).references if found and _OF_IT.match(asked) else ()
        named = len(before) == 1 and not reader.understand(asked).references
        found.append(f"第{before[0].number}篇{asked}" if named else asked)
    return tuple(found)


_OF_IT = re.compile(
    "第[一二三四五六七八九][部点条节段]|(?:最后|末了?|第|头)一[部点条节段句]|结尾|讲话的?人(?=代表|是谁|叫)|(?:文中)?代表(?=谁|哪|什么|啥)|"
    r"(?:是)?(?:哪一?年|几几年|什么时候|谁讲的|谁说的|在?哪(?:个|座)?(?:市|区|城市|里讲)|什么场合|(?:什么|啥)(?:级别|职务))|讲了几个部分|(?:那|也|还|又)?(?:有没有|有无|是否|是不是|有)(?:提|说|讲|谈|写)|里面|其中|它"
)  # 有没有提|到  里面|有  第二部|分  ✗劳模精神


def clauses(message: str) -> tuple[str, ...]:
    """The clauses of a message, at most four, without what joins them.

    >>> clauses("出处发一下，再做成图")
    ('出处发一下', '做成图')
    """
    pieces = (_JOINED.sub("", _THEN.sub("", piece.strip())) for piece in _CLAUSE_END.split(message))
    return tuple(piece for piece in pieces if _HAN.search(piece))[:MOST_QUESTIONS]


_CLAUSE_END = re.compile(rf"[,，。;；!！?？\n ]+|(?<=[\u3400-\u9fff]){_JOINING}")  # 出处|，|再做成图  出处|顺便|做成图  ✗出处、年份
_THEN = re.compile(r"^(?:再(?!说|见|会|往|来|发一遍)|然后|接着|并且?|最后|就)(?=.{2})")  # 再|做成图  然后|收藏  ✗再来


def _apart(split: list[str], words: Words, *, every: bool = False) -> tuple[str, ...]:
    """The pieces that are questions; () if one of them leans on another, or does not stand alone. every: each must ask in so many words."""
    counted = sum(bool(_NUMBERED.match(piece.strip())) for piece in split) > 1
    pieces = [_JOINED.sub("", _NUMBERED.sub("", piece.strip())).strip(" ,，。：:") for piece in split]
    pieces = [_HURRIES.sub("", piece) for piece in pieces]
    pieces = [piece for piece in pieces if piece and piece not in words.adding_nothing and not _says_nothing(piece, words)][:MOST_QUESTIONS]
    if len(split) < 2 or not pieces or (every and len(pieces) < 2):
        return ()
    if any(piece.startswith("除") for piece in pieces[:-1]):
        return ()  # 除了第四篇，还有哪里讲
    if every and any(_LEADS.search(piece) or _NAMES_ONLY.fullmatch(piece) for piece in pieces[:-1]):
        return ()
    behind = [_OF_ITSELF.sub("", piece) for piece in pieces[1:]]
    lean = (any_of(words.leaning).search, _LEANS.fullmatch, _COUNTED_OF_IT.fullmatch, _SEEN_FROM.fullmatch)
    leaning = any(any(map(leans, behind)) for leans in lean)
    alone = (counted or all(map(_stands_alone, pieces))) and (not every or all(map(_asks, pieces)))
    return tuple(pieces) if alone and not leaning else ()


# e.g. 提了几点要求|分别是|啥  说干部是娘家人|这个话|是哪篇里的  ✗分别是哪四点  ✗这个话是哪篇里的
_OF_ITSELF = re.compile("(?<=.{5})(?:(?:各|分别)是|这[个句]?(?:话|词|说法))")
_LEADS = re.compile(
    "(?:时|的时候|的话|方面|上|中|这[一两二三四五六七八几]个字|这个?词|这句话?)$"
)  # 应当怎么做|时|  旗帜|这两个字|  ✗怎么做


# e.g. 那第六篇呢  至于张家界那篇呢  第四篇里  ✗|第六篇怎么说|  ✗哪一篇
_NAMES_ONLY = re.compile(
    r"(?:那么?|至于|还有|再看看?|回到?|说到)*(?:第[一二三四五六七八九\d]{1,3}篇|[^哪第几,，。]{2,6}那一?篇)(?:讲话)?(?:里面?|中|的)*[呢呀啊嘞]?"
)


# e.g. 退休老劳模哪篇管| 一起回我 等餐呢|  工会怎么说的|，等着用|  ✗等着用
_HURRIES = re.compile(
    r"(?<=.{4})[\s,，]+(?:(?:一起|一并|都|赶紧|快点?|麻烦|请)*(?:回|告诉|答复|回复)(?:给)?(?:我|俺)|(?:我|俺)?(?:这|在|正|还)*(?:等|赶|急)(?:着|餐|呢|用|车)).*$"
)


def _says_nothing(piece: str, words: Words) -> bool:
    """Whether a piece only leads to a question: 请教两个问题, 好的谢谢."""
    if _OF_THE_ASKER.match(piece) and not _asks(piece):
        return True
    if _SHOW_IT.fullmatch(piece):
        return True
    rest = _LED.sub("", any_of(words.courtesies).sub("", piece)) if words.courtesies else piece
    return not _HAN.search(any_of(words.small).sub("", rest)) if words.small and not _ASKS.search(rest) else not rest


def _asks(piece: str) -> bool:
    return bool(_ASKS.search(_SOME_WORDS.sub("", piece)))


def _stands_alone(piece: str) -> bool:
    return len(_HAN.findall(piece)) >= SHORTEST and not _COUNTS_ONLY.fullmatch(piece)


# e.g. 提到过几次  一共出现了多少回  ✗工会提到过几次
_COUNTS_ONLY = re.compile(r"(?:一共|总共|都|各|每篇)*(?:提到|提|出现|说|讲)?(?:过|了|到)*(?:几|多少)[次回处遍](?:呀|啊|呢)?[?？]?")
