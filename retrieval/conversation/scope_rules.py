"""Rules for where a question is asked: speeches that stay, words and speeches that are not wanted, and what was meant instead.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from retrieval.conversation import exclusion
from retrieval.conversation.answer_patterns import PICTURE, SAVE
from retrieval.conversation.lifting_rules import LIMIT_LEFT
from retrieval.conversation.topic_rules import asked_before
from retrieval.conversation.utterance import Turn, Utterance, again, said
from retrieval.question.references import Reference
from retrieval.question.spellings import MOST
from retrieval.question.understand import Understood
from retrieval.speeches.numerals import to_int
from retrieval.terms.fold import fold_question

_ONLY = r"(?:只|光|单|仅|就|限定?|限制|限于|局限)"  # 只  限定  ✗都
_SEEK = r"(?:看|说|留|要|问|查|找|搜|讲|在|从|限|聊|谈|用|答|回答|翻|管|针对|围绕|论)"  # 看  问  ✗打开
# e.g. 光说  从现在起只问  限定在  ✗只有
_LIMIT = re.compile(
    rf"(?:接下来|下面|后面|以下|以后|往后|从现在起?|现在|今后|之后|剩下)?[^,。?!]{{0,8}}?(?:都)?{_ONLY}(?:想|要|需要|给我|准|许)?{_SEEK}|(?:范围|限定?|缩小|锁定)(?:在|到|为|制在|定在|"
    rf"于)*"
)
# e.g. 不是这个，我问的是  不对不对，  搞错了，我是想问
CORRECTION = re.compile(
    r"^(?:对不起|抱歉|不好意思)?[,，。 ]*(?:[我俺咱]?没(?:说|讲|问)清楚[,，。 ]*)?(?:(?:你|您)?(?:不是(?:这个|这种|这样|这句|这些|"
    r"那个|问这个|我(?:要|问|想)的?)?|(?:又|我)?(?:(?:说|写|打)错(?=是)|(?:搞|弄|理解|答|说|找|回答|听)?[错岔拧](?:年份|篇|地方|"
    r"城市|年)?(?:了|啦))|(?:说|答|讲|找|引)(?:得|的)(?:不对|错了?)|不对|没(?:答|说|找)对|[我俺咱]不是(?:问|说|要|"
    r"指)(?:这个|这些)?|[我俺咱]没问(?:这个|这些)?|答非所问|不|别|哎|哎呀|唉)[,，.。!！~ ]*)+"
    r"(?:[我俺咱]们?)?(?:的意思|本来|其实|真正|明明)?(?:是)?(?:想)?(?:问|要|说|指|找|看|聊|了解|知道)?(?:的是|的|是)?(?:问|要)?"
)
_WANTS = re.compile(
    r"^[我俺咱]?(?:其实|就)?(?:是)?(?:只要|就要|光要|要|想要|问|找|看|是问|问的是|要的是|说的是|换)(?:成|的是|的)?"
)  # 我要  换成  ✗工会


def limited(utterance: Utterance) -> Turn | None:
    """光说第二篇: what is asked from now on is asked of it.

    — / 接下来光说第二篇 → limited   怎么宣传劳模 / 只看第三篇 → 第3篇 怎么宣传劳模
    怎么宣传劳模 / 2014年张家界那篇单独看 → 第4篇 怎么宣传劳模
    — / 咱们先只看2022年那篇哈，里面怎么说疫情的 → 第6篇 疫情的
    — / 创新 只看第3篇 → 第3篇 创新   工会怎么服务职工 / 只看咸阳那篇 → 第5篇 工会怎么服务职工
    ✗ — / 第二篇只说了什么   ✗ — / 第二篇
    """
    if SAVE.search(utterance.said) or PICTURE.search(utterance.said):
        return None  # 就用咸阳那个。帮我收起来
    lead = _TOPIC_FIRST.match(utterance.message)  # folded it has no blanks
    topic = lead[1] if lead and utterance.left(lead[1], CORRECTION) else ""
    text = fold_question(utterance.message[lead.end() :]) if lead and topic else utterance.said
    found = None if utterance.understood.place else _LIMIT.search(text)  # 只要第三篇的结尾
    apart = _APART.fullmatch(text)
    named = _names_only(utterance, apart[1] if apart else _LIMIT.sub(" ", text, count=1)) if found or apart else None
    if named:
        return limited_by(utterance, named.scope, topic)
    asked = utterance.understood
    first = _FIRST_ONLY.match(text) if asked.scope and not any(one.path for one in asked.references) else None
    rest = _FIRST_ONLY.sub("", asked.text).strip(" ,，。哈啊呢") if first else ""
    return limited_by(utterance, asked.scope, rest) if rest else None


_FIRST_ONLY = re.compile(f"(?:咱们?|我们?|那|好)*先{_ONLY}{_SEEK}")  # 咱们先只看|2022年那篇哈,怎么说疫情的  ✗只看第三篇
_APART = re.compile(f"(.+?)(?:单独|单另|专门){_SEEK}(?:一下)?")  # 第三篇单独看  ✗单独看
# e.g. 创新 |只看第3篇  ✗接下来只看第3篇  ✗从现在起，只问第3篇
_TOPIC_FIRST = re.compile(
    rf"(?!接下来|下面|后面|以下|以后|往后|从|现在|今后|之后|剩下|行|好|那)"
    rf"([^,，。?! ]{{2,12}})[ ,，]+(?={_ONLY}{_SEEK})"
)


def limited_by(utterance: Utterance, speeches: tuple[int, ...], topic: str = "") -> Turn | None:
    """That from now on only these are asked; None if one of them does not exist, or they are more than a message can name.

    topic: what is asked of them, else the question before.
    """
    if len(speeches) > MOST or not set(speeches) <= set(_numbers(utterance)):
        return None
    named, kept = "、".join(f"第{n}篇" for n in speeches), replace(utterance.conversation, speeches=speeches)
    before = asked_before(utterance) if utterance.previous and not utterance.before.lookup else ""
    asked = f"{named} {topic or before}" if topic or before else ""
    if asked and utterance.engine.ask(asked, 1).confidence != "none":
        return replace(again(utterance, asked, say="limited", about=named), then=kept)
    return said("limited", about=named, then=kept)


def _names_only(utterance: Utterance, text: str) -> Understood | None:
    """What a text names, if it does nothing but name speeches: 咸阳那篇里, 张家界的, 3里面."""
    reader = utterance.engine.reader
    bare = _SPEECH_ALONE.sub(r"第\1篇", _LIMIT_LEFT_AT_END.sub("", text).strip())
    for spelled in (text, bare, f"{bare}那篇"):
        named = reader.understand(spelled)
        if named.references:
            return None if utterance.left(named.text, LIMIT_LEFT) else named
    return None


# e.g. 的  里面找  ✗咸阳
_LIMIT_LEFT_AT_END = re.compile(r"(?:的|讲|里面?|里头|中|内|范围|找|查|问|答|回答|我|说|看|就|行|好|可以|吧|了|啊|呀|哈|[,，。! ])+$")
_SPEECH_ALONE = re.compile(r"^([1-9][0-9]?)$")  # 3  ✗3.2


def corrected(utterance: Utterance) -> Turn | None:
    """不是这个，我问的是工会: what was meant; of a speech alone the question before.

    怎么宣传劳模 / 不是这个，我问的是怎么关心劳模 → 怎么关心劳模   3.2 / 说错了，是第四篇的第一点 → 第四篇的第一点
    怎么宣传劳模 / 不是这个，我要张家界的 → 第4篇 怎么宣传劳模
    ✗ 怎么宣传劳模 / 不是劳模怎么办   ✗ 怎么宣传劳模 / 错了
    """
    found = CORRECTION.match(utterance.said)
    rest = utterance.said[found.end() :].strip(" ,，。") if found else ""
    if found is None or not _DENIES.search(found[0]) or len(rest) < 2 or not utterance.left(rest):
        return None
    return of_other_speech(utterance, rest) or again(utterance, _limited_to(utterance, rest))


_DENIES = re.compile(r"[个错对这样种些问,，]")  # 错  对  ✗不


def speech_wanted(utterance: Utterance) -> Turn | None:
    """我要咸阳的, 我要张家界那篇的: the question before, asked of it.

    怎么宣传劳模 / 我要张家界那篇的 → 第4篇 怎么宣传劳模   ✗ 怎么宣传劳模 / 我要看第四篇   ✗ — / 我要咸阳的
    """
    said_ = _RATHER.sub("", utterance.said)
    if not utterance.previous or not _WANTS.match(said_) or not said_.endswith("的"):
        return None
    return of_other_speech(utterance, _WANTS.sub("", said_))


def speeches_left_out(utterance: Utterance) -> Turn | None:
    """除了第五篇，哪里还讲: the question before, or what is asked beside it, of the other speeches.

    怎么宣传劳模 / 除了第五篇，哪里还讲 → 第1篇、第2篇、第3篇、第4篇、第6篇 怎么宣传劳模
    怎么宣传劳模 / 也不要第四篇的 → 第1篇、第2篇、第3篇、第5篇、第6篇 怎么宣传劳模
    怎么宣传劳模 / 我要的不是张家界的 → 第1篇、第2篇、第3篇、第5篇、第6篇 怎么宣传劳模
    怎么宣传劳模 / 不要咸阳的 → 第1篇、第2篇、第3篇、第4篇、第6篇 怎么宣传劳模
    ✗ 怎么宣传劳模 / 第二篇呢
    """
    text, of_place = utterance.said, _not_of_place(utterance)
    references = of_place or utterance.understood.references
    excepted = exclusion.EXCEPT.search(text)
    refused = exclusion.ALSO_NOT.search(text) or exclusion.WITHOUT.search(text)
    if not references or not (excepted or refused or of_place):
        return None
    rest = utterance.understood.text
    for pattern in (exclusion.EXCEPT_WORD, exclusion.ALSO_NOT, _ELSEWHERE):
        rest = pattern.sub(" ", rest)
    wanted = rest.strip(" ,，。?、的") if utterance.left(rest, _SEEKS) and not of_place else ""
    base = wanted or asked_before(utterance)
    named = exclusion.others(_kept_numbers(utterance), references)
    return again(utterance, f"{named} {base}") if base and named else None


def _not_of_place(utterance: Utterance) -> tuple[Reference, ...]:
    """The speech of a place that is all that will not be had: 不要咸阳的, 我要的不是张家界的."""
    found = _NOT_OF.fullmatch(utterance.said)
    return utterance.engine.reader.understand(f"{found[1]}那篇").references if found and utterance.previous else ()


# e.g. 不要咸阳的  我要的不是张家界的  ✗不要忘记
_NOT_OF = re.compile(
    r"(?:[我俺咱]?(?:要|问|想要|想看|说)的(?:可|又|并)?不是|[我俺咱]?(?:都|也)?(?:不|别|甭)(?:想|再)?要)([一-鿿]{2,6})(?:那篇|那边)?的"
)


def with_these_named(utterance: Utterance) -> str:
    """The message with the speeches by their numbers that 除了这两篇 means, those asked last, else those of the quotes that were shown;
    where a wording is looked up, the others than those it excepts.
    """
    found = _THESE.search(utterance.message)
    if found is None or not utterance.previous:
        return _others_named(utterance)
    asked = (utterance.engine.reader.understand(text).scope for text in utterance.conversation.asked)
    last = [scope[0] for scope in takewhile(lambda scope: len(scope) == 1, asked)]
    shown = [quote.source.speech for quote in utterance.card]
    speeches = list(dict.fromkeys((*last, *shown)))[: to_int(found[2].replace("俩", "二").replace("两", "二")) or MOST]
    behind = _THE_OTHERS.match(utterance.message, found.end())
    if speeches and behind and exclusion.QUOTED.search(utterance.message):  # a wording is looked up in what is named
        others = exclusion.others(tuple(_numbers(utterance)), tuple(map(Reference, speeches)))
        return f"{utterance.message[: found.start()]}{others}{utterance.message[behind.end() :]}"
    named = "、".join(f"第{number}篇" for number in sorted(speeches))
    begun = utterance.message[: found.start(1)] if found.start() < found.start(1) else f"{utterance.message[: found.start()]}除了"
    return begun + named + utterance.message[found.end() :] if named else utterance.message


def _others_named(utterance: Utterance) -> str:
    """除了第三篇，别的篇里有“劳动最光荣”吗: with the others by their numbers, for a wording is looked up in what is named."""
    message = utterance.message
    excepted = exclusion.EXCEPT.search(message) if exclusion.QUOTED.search(message) else None
    if excepted is None or exclusion.QUOTED.search(excepted[1]):
        return message
    named = utterance.engine.reader.understand(excepted[1]).references
    behind = _THE_OTHERS.match(message, excepted.end(1)) or _STILL.match(message, excepted.end(1))
    if not named or behind is None:
        return message
    return message[: excepted.start()] + exclusion.others(tuple(_numbers(utterance)), named) + message[behind.end() :]


# e.g. 别的讲话里  以外，其他各篇  ✗还有
_THE_OTHERS = re.compile("(?:以外|之外|外)?[,， ]*(?:其[他它余]|别|剩下|另外)的?[几各]?(?:篇|讲话)(?:讲话)?(?:里面?|中)?")
_STILL = re.compile("(?:以外|之外|外)?[,， ]*还?(?=有|在|哪)")  # 以外还|有哪篇  外,|在哪  ✗以外呢
_SEEKS = re.compile("(?:各|每|几)?篇|找一?[找招]|查一?查|看一?看|搜一?搜|搜|翻|谁|还?[说讲提谈]过")  # 各篇  找一找  谁  ✗工会
# e.g. 除了这两篇  不算刚才那几篇  除了上面三篇  ✗除了第二篇  ✗这两篇
_THESE = re.compile(
    r"(?:除(?:了|去|开|掉)?|不算|撇开|抛开|抛去|刨去|刨掉|(?=[这那][两俩几二三]篇[以之]外))((?:刚才|刚刚|[上前]面|说过|看过|的|这|那)+([两俩几二三四五])个?篇)"
)


def words_left_out(utterance: Utterance) -> Turn | None:
    """别带劳模俩字的: without quotes that have the word.

    怎么宣传劳模 / 别带榜样俩字的 → 怎么宣传劳模 不带「榜样」   — / 讲奋斗的，不要总书记的 → 讲奋斗 不带「总书记」   ✗ — / 不要忘记什么
    """
    rest, words = exclusion.without(utterance.said)
    if not words or any(not word or word in _NO_WORDS for word in words):
        return None
    base, before = exclusion.without(utterance.previous)
    asked = rest if utterance.left(rest, _ELSEWHERE) else base
    if not asked:
        return None
    kept = words if asked == rest else tuple(dict.fromkeys((*before, *words)))
    return again(utterance, exclusion.put_back(_limited_to(utterance, asked), kept))


_REPEATED = ("重样", "重样的", "重复", "重复的", "套话", "领导套话", "官话", "空话", "大话", "废话")  # 别重样, which is no word
_NO_WORDS = ("这个", "那个", "这些", "那么多", "这么多", "这样", "别的", "一大堆", "他们", "你", "忘记", "问我", *_REPEATED)
_ELSEWHERE = re.compile(
    r"[我俺]?(?:只)?要?(?:同一?年)?的?(?:另一|另外那?一|其[他它]|别的?)篇|(?:别|其|其他|其余|剩下|另外)(?:的)?(?:几?篇|讲话|地方|稿子)?|哪(?:里|篇|些)?还|还(?:有)?(?:哪些?|哪里)?|怎么(?:说|讲)的?|再来(?:一)?[句条个]|[句条个]"
)  # 别的  我要同年另一篇  怎么说的  ✗工会


def inside_the_limit(utterance: Utterance, found: Turn) -> Turn:
    """What is to be asked, asked of the speeches that stay, unless it names others."""
    asked = found.understood
    if found.kind not in ("new", "again") or not utterance.conversation.speeches or asked.references or asked.each:
        return found
    if not (asked.terms or asked.place):
        return found
    return replace(found, understood=utterance.engine.reader.understand(_limited_to(utterance, asked.question.strip())), answer=None)


def _limited_to(utterance: Utterance, text: str) -> str:
    """A question with the speeches that stay before it, if it names none itself."""
    speeches = utterance.conversation.speeches or (() if utterance.before.lookup else utterance.before.scope)
    if not speeches or utterance.engine.reader.understand(text).references:
        return text
    return f"{'、'.join(f'第{n}篇' for n in speeches)} {text}"


def of_other_speech(utterance: Utterance, text: str) -> Turn | None:
    """The question before of the speech that is all that a text names."""
    reader = utterance.engine.reader
    text = _RATHER.sub("", text)
    bare = text.rstrip("的呢吧吗?。 ")
    named = reader.understand(text) if reader.understand(text).references else reader.understand(f"{bare}那篇")
    if named.lookup and named.references[0].path:
        return again(utterance, bare)
    if not named.references or not utterance.previous or utterance.left(named.text):
        return None
    numbers = dict.fromkeys(reference.number for reference in named.references)
    return again(utterance, "、".join(f"第{number}篇" for number in numbers) + f" {asked_before(utterance)}")


# e.g. 不是张家界那个，是|2022年那篇  应该是|2015  2015|,话题不变|  2015|，问题还是那个|  ✗2015
_RATHER = re.compile(
    r"^(?:的)?不是[^,，]{1,10}[,，]是?|^(?:应该|应当|其实|本来)+是|[,，]别(?:给|要|看|发|说)[^,，]{1,8}$|[,， ]+(?:话题|问题|题目|"
    r"别的|其[他它]的?)(?:都|还是)?(?:不变|"
    r"一样|照旧|那个|照样)$"
)


def _numbers(utterance: Utterance) -> list[int]:
    return [numbered.number for numbered in utterance.engine.corpus.speeches]


def _kept_numbers(utterance: Utterance) -> tuple[int, ...]:
    """The speeches that the question before was asked of, where several were named; else all."""
    scope = utterance.before.scope
    return scope if len(scope) > 1 else tuple(_numbers(utterance))
