"""Rules for messages that go on with a wording that was looked up: how often it stands where, which speeches have it, another one too.

Their examples: question before / message → question that is then asked, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer.passage_words import is_keyword
from retrieval.conversation.premise_rules import wording_asked
from retrieval.conversation.utterance import Turn, Utterance, again
from retrieval.conversation.where_else_rules import word_before


def how_often(utterance: Utterance) -> Turn | None:
    """一共几处 after a wording was looked up: how often it stands there.

    “劳动最光荣”出自哪里 / 一共几处 → “劳动最光荣”出现几次   工匠精神 / 一共出现过几次，数一下 → “工匠精神”出现几次
    哪里提到螺丝钉 / 这个词有几次 → “螺丝钉”出现几次
    ✗ 怎么宣传劳模 / 一共几处   ✗ “劳动最光荣”出自哪里 / 几点开会
    """
    if not utterance.previous or utterance.understood.quotes_wished:
        return None
    if not (utterance.is_only(utterance.said, _TIMES, _THIS_WORD) or utterance.is_only(utterance.said, _ONCE)):
        return None
    word = wording_asked(utterance, utterance.previous) or _word_alone(utterance)
    return again(utterance, f"“{word}”出现几次") if word else None


def counted_in(utterance: Utterance) -> Turn | None:
    """第三篇呢, 第三篇里几次 after a wording was counted: how often that speech has it.

    “奋斗”出现几次 / 第三篇呢 → 第3篇 “奋斗”出现几次   哪篇提到“奋斗”最多 / 第三篇里几次 → 第3篇 “奋斗”出现几次
    “奋斗”在哪 / 第4篇出现几次 → 第4篇 “奋斗”出现几次
    ✗ 怎么宣传劳模 / 第三篇呢   ✗ “奋斗”出现几次 / 第三篇怎么说   ✗ “奋斗”出现几次 / 第三篇讲了什么
    """
    named = utterance.understood.references
    asked = utterance.engine.literal_reader.read(utterance.previous) if len(named) == 1 and utterance.previous else None
    rest = utterance.understood.text
    counts = asked and (asked.wants in ("count", "most") or _TIMES.search(rest))
    if asked is None or not counts or named[0].path or len(asked.wordings) != 1:
        return None
    only = not utterance.left(rest, _TIMES, _SAYS) and not _HOW.search(utterance.said)
    return again(utterance, f"第{named[0].number}篇 “{asked.wordings[0]}”出现几次") if only else None


_SAYS = re.compile("[说讲提用]|出现|[这那][一两二三四五几]?[句个词]+话?")  # 说  这四句  ✗工


# e.g. 怎么|说  讲了什么  讲了些啥  ✗几次
_HOW = re.compile("怎么|咋|如何|那句|原[话文句]|哪句|[说讲写谈](?:的|了)?(?:些|点)?(?:什么|啥)|内容|全文|目录")


def one_of_them(utterance: Utterance) -> Turn | None:
    """第三篇用的是哪个 after two wordings were looked up: both, in that speech.

    “劳动最光荣”还是“劳动最美丽” / 第三篇用的是哪个 → 第3篇 “劳动最光荣”还是“劳动最美丽”   ✗ “劳动最光荣”在哪 / 第三篇用的是哪个
    """
    named = utterance.understood.references
    asked = utterance.engine.literal_reader.read(utterance.previous) if len(named) == 1 and utterance.previous else None
    if asked is None or len(asked.wordings) < SEVERAL or not _WHICH_OF_THEM.search(utterance.said):
        return None
    return again(utterance, f"第{named[0].number}篇 " + "还是".join(f"“{word}”" for word in asked.wordings))


SEVERAL = 2  # wordings


_WHICH_OF_THEM = re.compile("(?:用|写|说|讲)?的?是?哪(?:个|一个|种)")  # 用的是哪个  ✗哪里


def places_asked(utterance: Utterance) -> Turn | None:
    """都是哪两句 after a wording was looked up: the sentences that have it.

    “奋斗”出现几次 / 都是哪几句 → “奋斗”在哪   “奋斗”出现几次 / 三处都给我 → “奋斗”在哪   ✗ 怎么宣传劳模 / 都是哪几句
    """
    word = wording_asked(utterance, utterance.previous) if utterance.previous and _WHICH_ONES.fullmatch(utterance.said) else ""
    return again(utterance, f"“{word}”在哪") if word and utterance.engine.exact.look_up(word).places else None


# e.g. 头一处是哪句  那一次是哪句话  都是哪两句  它头一次出现是在哪句  两处都给我  三处都列出来  ✗哪篇  ✗两处
_WHICH_ONES = re.compile(
    r"(?:它|那|都|分别){0,4}(?:第一|头|头一|那一?|这|[两三四几])?(?:[处次]|个地方)?(?:出现)?(?:的)?(?:都|分别)?(?:是|在)+"
    r"(?:哪(?:一|两|[二三四几])?[句处](?:话)?|什么话)(?:呢|啊|呀)?|"
    r"(?:这|那)?(?:[两俩三四五六七八九几]|所有|全部)(?:的)?(?:[处句]|个地方)(?:话)?(?:都|全)+(?:给|发|列|贴|念|要|看|拿)(?:我|出来|一下|看看|看)*"
)


def counts_compared(utterance: Utterance) -> Turn | None:
    """第四篇和第五篇哪个多 after a wording was looked up: how often both have it.

    “奋斗”出现几次 / 第四篇和第五篇哪个多 → 第4篇、第5篇 “奋斗”出现几次   ✗ 怎么宣传劳模 / 第四篇和第五篇哪个多
    """
    named = utterance.understood.scope
    word = wording_asked(utterance, utterance.previous) if len(named) > 1 and _WHICH_MORE.fullmatch(utterance.understood.text) else ""
    return again(utterance, "、".join(f"第{number}篇" for number in named) + f" “{word}”出现几次") if word else None


# e.g. 哪个多  谁说得多  ✗哪个好
_WHICH_MORE = re.compile(r"[和跟与、,， 里]*(?:比|比起来)?(?:哪(?:个|一?篇)|谁)(?:出现|提|说|讲|用)?[得的]?(?:更|最)?[多少](?:一?[点些])?")


def _word_alone(utterance: Utterance) -> str:
    """The keyword that the question before was; where 这个词 is said, also the one word that it was about."""
    if utterance.before.lookup:
        return ""
    if is_keyword(utterance.before.text):
        return utterance.before.text
    of_it = _THIS_WORD.search(utterance.said) or _ONCE.search(utterance.said) or _IN_ALL.fullmatch(utterance.said)
    return word_before(utterance) if of_it else ""


_IN_ALL = re.compile(r"(?:那)?(?:一共|总共|到底|合计|出现)+(?:有|提)?[过了到]*(?:几|多少)(?:[次处回]|个地方)")  # 总共几次  一共几处  ✗几次


_THIS_WORD = re.compile("[这那]个?词|[这那][两三四几]个字")  # 这个词  那四个字  ✗这个


def most_of_it(utterance: Utterance) -> Turn | None:
    """哪篇最多 after a wording was looked up: the speech that has it most often.

    “奋斗”出现几次 / 哪篇最多 → 哪篇提到“奋斗”最多   ✗ 怎么宣传劳模 / 哪篇最多   ✗ “奋斗”出现几次 / 哪篇最长
    """
    pattern = _THE_MOST if _THE_MOST.search(utterance.said) else _MOST_OF_IT
    found = pattern.search(utterance.said) if utterance.previous else None
    if found is None or utterance.left(utterance.said, pattern):
        return None
    word = wording_asked(utterance, utterance.previous)
    return again(utterance, f"哪篇提到“{word}”最{found[1]}") if word else None


_THE_MOST = re.compile(r"最([多少])的(?:那?一?篇)?(?:是|在)?(?:哪(?:一)?篇|第几篇)?")  # 最少的是哪篇  ✗哪篇最少
# e.g. 哪篇最多  哪一篇说得最少  ✗哪篇最长
_MOST_OF_IT = re.compile(r"(?:是|在)?哪(?:一)?(?:篇|次)(?:讲话)?(?:里)?(?:出现|提|说|讲|用)?(?:到|过)?(?:得|的)?(?:次数)?最([多少])")


def counted_too(utterance: Utterance) -> Turn | None:
    """那奋斗呢 after a wording was counted: how often that one stands there; after one was looked up, whether it does.

    “劳动最光荣”出现几次 / 那奋斗呢 → “奋斗”出现几次   “奋斗”出现几次 / 创新呢 → “创新”出现几次
    “劳动最光荣”在哪篇 / 那三严三实呢 → 有没有“三严三实”   哪篇提到高尔基 / 袁隆平也在吧 → 有没有“袁隆平”
    第1篇列举了哪些劳模 / 雷锋也在内吧 → 有没有提到雷锋
    ✗ 怎么宣传劳模 / 那奋斗呢   ✗ “劳动最光荣”出现几次 / 那怎么宣传呢
    """
    last = next(iter(utterance.conversation.asked), utterance.previous)  # also one that had no answer
    asked = utterance.engine.literal_reader.read(last) if last else None
    found = _THAT_TOO.fullmatch(_SUBJECT_OF.sub("", utterance.said))
    among = _AMONG.fullmatch(utterance.said)  # whatever was asked
    if among and utterance.card and not utterance.understood.references:
        return again(utterance, f"有没有提到{among[1]}")
    if found is None or asked is None or utterance.understood.references or utterance.understood.place:
        return None
    if _goes_on(utterance, found[1]) or _OF_THE_CHAT.fullmatch(found[1]):
        return None
    is_a_place = utterance.engine.reader.register.is_in_a_place(found[1])
    if asked.wants in ("count", "most"):
        of_a_speech = not found[0].startswith(("那", "还有", "再")) and is_a_place  # 咸阳呢
        return None if of_a_speech else again(utterance, f"“{found[1]}”出现几次")
    there = utterance.engine.exact.look_up(found[1]).places and not is_a_place
    a_name = len(found[1]) <= LONGEST_NAME and not (utterance.names_a_speech or utterance.is_surely_chat)
    as_before = ("exists", "where", "which") if there or (a_name and _TOO.search(utterance.said)) else ("exists",) if a_name else ()
    if asked.wants not in as_before:
        return None
    return again(utterance, f"有没有“{found[1]}”" if there else f"有没有提到{found[1]}")  # what comes near is shown below


_SUBJECT_OF = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})的?(?:问题|事儿?|方面|内容)(?=呢$)|(?<=[\u4e00-\u9fff]{2})这(?:一?个?(?:词儿?|说法|提法)|[俩两三四]个?字)(?=呢$)"
)  # 加班|问题|呢  娘家人|这词|呢  ✗问题呢


# e.g. 全文  后半句  别的篇  下一段  它前面一句  下文  我该咋办  ✗机器人
_OF_THE_CHAT = re.compile(
    r"(?:[全上下前后]文|[前后上下]半[句段]|我?(?:该|要|得)?(?:怎么|咋)(?:办|做|整)|反面的?例子|整[篇段句]|全[段句]|目录|提纲)|(?:别的?|其[他它余]的?|另外的?|剩下的?)(?:[几那])?(?:[篇段句条个处]|讲话)|(?:它|这|那|他)?(?:的)?[上下前后]面?(?:那|这|的)?一?[篇段句条个]"
)


_AMONG = re.compile(
    r"([\u4e00-\u9fff]{2,4}?)(?:是不是|是|也|算|包括)*(?:在内|在其中|在里[面头]|在列)(?:吧|吗|么|呢|了吗)?"
)  # 雷锋也在内吧  ✗在内
LONGEST_NAME = 4  # characters of what is asked of as the word before was, though no speech has it, chosen: 快递小哥


def _goes_on(utterance: Utterance, word: str) -> bool:
    """Whether a word only goes on with the answer: 然后呢, 原文呢."""
    words = utterance.words
    fixed = {phrase.rstrip("呢") for phrase in (*words.more, *words.continuing, *words.repeating, *words.opening, *words.closing)}
    return word in fixed or not utterance.left(word)


_TOO = re.compile("也(?:有|在|[提讲说])")  # 雷锋|也有|吧  ✗雷锋呢
# e.g. 那奋斗呢  那创新有几次  疫情呢  雷锋也提了吧  ✗那怎么办呢  ✗疫情
_THAT_TOO = re.compile(
    r"(?!.{0,4}(?:加起来|合起来|一共|总共))(?:那么?|还有|再(?:数|查|看)(?:一?下)?|(?=.*(?:呢|次|合计|总数|也(?:有|在|[提讲说]到?)[过了]?(?:吗|没有?|么|吧|嘛))$))[“\"「]?((?!什么|怎|哪|谁|没有|木有|这|那|第|[句篇段条])[\u4e00-\u9fff]{2,8}?)(?<![的呢])[”\"」]?(?:这个词)?"
    r"(?:呢|有?几次|有?多少次|出现几次|合计|总数|的?(?:也|又)?(?:有|在|[提讲说]到?)[过了]?(?:吗|没有?|么|吧|嘛))?"
)


def word_counted(utterance: Utterance) -> Turn | None:
    """奋斗几次: how often a word stands in the speeches, said as shortly as can be.

    — / 奋斗几次 → “奋斗”出现几次   怎么宣传劳模 / 爱岗敬业有几处 → “爱岗敬业”出现几次   — / 第六篇里工匠精神几次 → 第6篇 “工匠精神”出现几次
    ✗ — / 评选几次   ✗ 怎么宣传劳模 / 几次
    """
    named = utterance.understood.references
    text = utterance.understood.text.lstrip("里中的") if named else utterance.said
    found = _COUNTED.fullmatch(text) or _COUNTED_ONCE.fullmatch(text)
    if found is None or not utterance.left(found[1]) or not utterance.engine.exact.look_up(found[1]).places:
        return None
    if _HAPPENS.search(found[1]) or len(named) > 1 or any(one.path for one in named):
        return None
    of_it = f"第{named[0].number}篇 " if named else ""
    return replace(again(utterance, f"{of_it}“{found[1]}”出现几次"), kind="new")


# What is done so often, not said.
_HAPPENS = re.compile("(?:评选|表彰|召开|举办|开展|庆祝|纪念)$")  # 劳模|评选|  ✗奋斗
_ONCE = re.compile(r"(?:也)?(?:就|只|才|仅)(?:有|出现|提|说|讲)*[过了]*这?[一1][次回遍](?:吗|么|啊|吧)?")  # 就一次吗  ✗一次


# e.g. 螺丝钉就说了这一次  榜样呢,也只有一次  ✗就一次吗
_COUNTED_ONCE = re.compile(rf"(?:那)?([\u4e00-\u9fff]{{2,8}}?)(?:这个?词)?(?:呢)?[,， ]*{_ONCE.pattern}")


# e.g. 奋斗几次  螺丝钉呢 几次  职工之家几回  那爱岗敬业有几处  ✗几次
_COUNTED = re.compile(
    r"(?:那|再)?(?:么)?(?!一共|总共|提到|出现)([\u4e00-\u9fff]{2,8}?)(?:呢[,， ]*)?"
    r"(?:一共|总共|到底)?(?:有|出现了?)?(?:几|多少)[次处遍回](?:呀|啊|呢)?"
)


def which_have_it(utterance: Utterance) -> Turn | None:
    """哪几篇有 after a wording was looked up: the speeches that have it, with their counts.

    “奋斗”出现几次 / 哪几篇有 → 哪几篇提到“奋斗”   ✗ 怎么宣传劳模 / 哪几篇有   ✗ “奋斗”出现几次 / 哪几篇最长
    """
    asks = utterance.is_only(utterance.said, _WHICH_HAVE) or _IN_ONE.fullmatch(utterance.said)
    word = wording_asked(utterance, utterance.previous) if asks else ""
    nowhere = utterance.card and not utterance.engine.exact.look_up(word).places  # where what came near stands
    return again(utterance, f"哪几篇提到“{word}”") if word and not nowhere else None


# e.g. 都在同一篇里头  都在一篇  跟头一回一篇不  这两处是不是在一篇讲话里头  ✗同一句  ✗一篇
_IN_ONE = re.compile(
    r"(?=都|全|[跟和与]|它们?|[这那]|[两俩几]|是不是|是同|在?同)(?:[跟和与](?:前|头|上|那|这|第)*(?:面|边|一|个|二)*[处次回个句](?:[是在]不[是在])?)?"
    r"(?:都|全|它们?|[这那]|[两俩几三][处次回个句]|是不是|是否|分别)*(?:是|出?在|出自)*同?一?(?<=[同一])(?:篇|个)(?:讲话|稿子?)?(?:里[头面]?|中)?"
    r"(?:的|说|讲)*(?:吗|么|吧|不|嘛|没有?|呢)?"
)


# e.g. 哪几篇有  都在哪些篇里  都在哪  哪篇|最长  ✗最长的是
_WHICH_HAVE = re.compile(
    r"(?:都|分别|一共|总共|到底)?(?:在|是|有)?(?:哪(?:几|些|一|两|[二三])?|几)篇(?:讲话)?(?:里面?)?(?:都)?(?:有|提|说|讲|出现)*(?:到|过|了)*|都在哪(?:里|儿)?$"
)


def not_there_at_all(utterance: Utterance) -> Turn | None:
    """哪篇一次都没有 after a wording was looked up: which, above the speeches with their counts.

    “改革”出现几次 / 哪篇一次都没有 → “改革”一共几次   — / “改革”哪篇一次都没有 → “改革”一共几次   ✗ 怎么宣传劳模 / 哪篇一次都没有
    ✗ “奋斗”出现几次 / 哪篇最长
    """
    named = _NOWHERE_OF.fullmatch(utterance.message.strip(" ?？"))
    word = named[1] if named else wording_asked(utterance, utterance.previous) if utterance.is_only(utterance.said, _NOWHERE) else ""
    if not word:
        return None
    having = {place.speech for place in utterance.engine.exact.look_up(word).places}
    without = [number for number in utterance.engine.corpus.numbers if number not in having]
    told = "、".join(f"第{number}篇" for number in without[:NAMED]) + (f"等{len(without)}篇" if len(without) > NAMED else "")
    if not without:
        return again(utterance, f"“{word}”一共几次", say="absent_nowhere")
    return again(utterance, f"“{word}”一共几次", say="absent_there", about=told)


# e.g. “奋斗”哪篇一次都没有  ✗哪篇没提改革
_NOWHERE_OF = re.compile(
    r"[“\"「]([^”\"」]{2,20})[”\"」](?:这个词)?(?:在)?哪(?:几|些|一)?篇(?:讲话)?(?:里)?(?:一次|一处|压根|根本)?(?:也|都)?没(?:有|提|说|出现)[到过]?"
)
NAMED = 12  # speeches without a word that are named, chosen: two lines of a phone


_NOWHERE = re.compile(
    r"哪(?:几|一|些)?篇(?:讲话)?(?:里)?(?:一次|一个|压根|根本)?(?:也|都)?没(?:有)?(?:提|说|讲|出现)?(?:到|过)?"
)  # 哪篇一次都没有  ✗哪篇有


# e.g. 一共几处  有几句  数一下  ✗几点
_TIMES = re.compile(
    r"(?:[这那]个?词|[这那][两三四几]个字)?(?:[每各]篇)?(?:一共|总共|合计|共|各|分别|就)*(?:有|出现|出来|冒出来|露面|提到|提|说|用)?(?:过|了)?(?:几|多少)(?:个地方|[处次句条回遍])"
    r"|(?:数|统计)(?:一?下|一?数)|(?:[六6几]篇)?(?:加起来|加一起|合起来|一共|总共)(?:是)?(?:呢|多少)"
)
