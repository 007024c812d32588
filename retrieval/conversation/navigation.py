"""Where 第二点, 下一段 and 第二个 lead to after what was shown."""

from __future__ import annotations

import re

from retrieval.conversation.utterance import Utterance
from retrieval.errors import UnknownReference
from retrieval.question.references import Reference
from retrieval.question.wordlists import any_of
from retrieval.speeches.browse import beside
from retrieval.speeches.corpus import Corpus, labelled
from retrieval.speeches.numerals import to_chinese, to_int
from retrieval.speeches.tree import Node

_NUMBER = r"([一二三四五六七八九十]{1,2}|\d{1,2})"  # 二  十二  12
# e.g. 点  部分  小条  作用  ✗段  ✗篇
_UNIT = r"(?:[大小]?(?:[个点条项节件块步]|要(?=$|[的呢吧])|方面|部分)|作用|特点|理由|要求|希望|原因|意见|建议|看法|任务)"
_BACK_FROM = rf"倒数第{_NUMBER}"  # 倒数第二  ✗第二
_LAST = r"(?:最后(?!给|来|再|帮|请|问|我|想)|末了|最末|末尾|末|压轴)(?:那|的|一)*"  # 最后一  末了那一  压轴的那  ✗倒数
_FIRST = r"(?:头(?:那)?一|首要的?+|首先的?+|打头(?:那)?一)"  # 头一  首要的  ✗头|里
_MIDDLE = r"(?:中间|居中|当中)(?:那|的|这|一)+(?=小?[个点条项要])"  # 中间那|个  中间的一|条  ✗中间环节  ✗中间那段
MIDDLE = 0  # counted, for the one in the middle
# e.g. 第二点  最后一个  第二部分|第三点  头一条  首要的  最末一点  第二个作用  倒数第二点  中间那个  ✗二点
_ORDINAL = re.compile(
    rf"(?:第{_NUMBER}(?!\d)|({_LAST})|({_FIRST})|{_BACK_FROM}|({_MIDDLE}))(?!一?[篇句段]){_UNIT}{{0,2}}?"
    rf"(?=第|最|末|$|[的,，。? ]|(?!{_UNIT}))的?"
)
_ORDINALS = re.compile(
    rf"(?:(?:(?:倒数)?第{_NUMBER.replace('(', '(?:', 1)}(?!\d)|{_LAST}|{_FIRST}|{_MIDDLE})(?!一?[篇句段]){_UNIT}{{0,2}}的?)+"
)  # 第二部分第三点  第一部分的第二点|讲了什么  ✗两点
_ALONE = re.compile(rf"{_NUMBER}(?=[呢嘞吧,?。]*$)")  # 二|呢  3  ✗三点
# e.g. 2 |展开  3|展开  二|打开  二是 |原文  一要|讲的啥  ✗2个  ✗一是一
_BEGUN = re.compile(
    rf"[\"“]?{_NUMBER}(?: |(?=里[头面]分|下面分|底下分)|(?=展开|打开|全文|原文|细说|具体)|[是要][\"”]?[ ,，]?(?=$|"
    rf"[的呢吧里下那原全标展讲说内]))"
)
# Words behind a count that only want it shown: 第三点细讲讲
_SHOWN_MORE = re.compile(
    r"[两三四五六]个?(?=小?[点条]|方面)|细|仔细|详细|展开|打开|具体|完整|说明|介绍|全文|原文|内容|标题|强调|针对|方面|(?:下面|底下|"
    r"里面)?(?:又|还)?分(?:为|成)?|哪?[几两三四五][点条]|里[头面]|报(?:一?下)?标题|(?:小|"
    r"大)?(?:作用|特点|理由|要求|希望|原因|点|条|问题|部分)|(?:我|俺)?(?:刚才|刚刚)?(?:看|听)?(?:漏|落|错过)(?:看|听|掉|下)?了?|正文|一起|一块儿?"
)  # 细  展开  下面又分  哪三点  ✗改革
_STEP_UNIT = r"(?:[大小]?[点条项节章篇段要块]|个|方面|部分)"  # 段  大点  ✗句
_SAYS = (
    # e.g. 的内容  说的啥  开头咋说的  |工会
    r"(?:的?(?:内容|开头|第一句|意思))?(?:又|都|是|主要)*(?:怎么|咋|如何)?(?:[说讲写谈])?(?:了|些|的)*(?:是)?(?:什么|啥|"
    r"哪些)?(?:的|呢)?"
)
_SENT = r"(?:也?(?:发|要|给|念|看|贴|来)(?:给?我|出来|一?下|看看|吧)*)?"  # 也发  ||也
# e.g. 下一节  上一条也发  再看上一段  后面的内容  前一点  上一段开头咋说的  下一个部分  再往下一段  前头那个小点  ✗第一节
_STEP = re.compile(
    rf"(?:[再往翻看]|接着|紧接着|紧挨着)*([上下前后])(?:[一1]|[面头边]|翻|[那这的个])*(?:{_STEP_UNIT}{_SAYS}|的?(?:内容)?){_SENT}"
)
_UP = re.compile(r"(?:[再往回到退翻]|返回)*(?:上|外)(?:面|头)?的?[那一]*[层级]")  # 上一层  退回上一级  ✗上一点
BACK = re.compile(r"^(?:倒|退|返|撤)?回(?:去|来)?(?:一?[节段点条])?$|^退$|^去(?:一[节段点条])?$")  # 退回去  返回  退回去一节  ✗回答
_QUOTE = re.compile(r"第([一二三四五1-5])(?:句话|[个条句])?")  # 第二个  第3句话  第一|点  ✗②  ✗第六个
_CIRCLED = "①②③④⑤⑥⑦⑧⑨"


def quote_number(said: str) -> int:
    """Which quote ② or 第二个 counts, from 0; -1 if it counts none.

    >>> quote_number("②"), quote_number("第二句话"), quote_number("第二点")
    (1, 1, -1)
    """
    counted = _QUOTE.fullmatch(said)
    if counted:
        return (to_int(counted[1]) or 0) - 1
    return _CIRCLED.find(said) if said else -1


def leads_on(bare: str) -> bool:
    """Whether it does nothing but count or step.

    >>> leads_on("第二部分第三点"), leads_on("上一段"), leads_on("第二点怎么说")
    (True, True, False)
    """
    return bool(_ORDINALS.fullmatch(bare) or _STEP.fullmatch(bare) or BACK.match(bare))


def counts_in(utterance: Utterance) -> tuple[list[int], str]:
    """What a message counts, -1 for the last, and what it says of that beside wanting it shown; [] if it counts nothing."""
    text = any_of(utterance.words.courtesies).sub("", utterance.bare) if utterance.bare else ""
    begun = _LED.match(text)
    text = text[begun.end() :] if begun else text
    alone = _ALONE.fullmatch(text.strip("呢嘞吧?。 "))
    if alone:
        return [to_int(alone[1]) or 0], ""
    found = _ORDINALS.match(text)
    if found is None:
        begun = _BEGUN.match(text)
        shown = begun and not utterance.left(text[begun.end() :], _SHOWN_MORE)
        return ([to_int(begun[1]) or 0], "") if begun and shown else ([], text)
    counts = [_count(ordinal) for ordinal in _ORDINAL.finditer(found[0])]
    rest = text[found.end() :]
    inside = _INSIDE.match(rest)
    if inside:
        counts, rest = [*counts, to_int(inside[1]) or 0], rest[inside.end() :]
    return counts, rest if utterance.left(rest, _SHOWN_MORE) else ""


# e.g. 里头那个三要|是啥  里的二是|那条  三要|呢  ✗里头说三要  ✗里头那三要
_INSIDE = re.compile(rf"(?:(?:里[头面边]?|中|下面|底下)(?:的|[那这]一?个)*)?{_NUMBER}[要是](?=$|[是的呢吧那 ]|什么|啥|怎|讲|说)")


def _count(ordinal: re.Match[str]) -> int:
    """From 1, or down from -1 at the end; MIDDLE for that."""
    back = to_int(ordinal[4] or "")
    return -back if back else to_int(ordinal[1]) or 0 if ordinal[1] else -1 if ordinal[2] else MIDDLE if ordinal[5] else 1


# e.g. 里面  它的  请您把|第四点  四个里|最后一个  开|第二个  ||第二点
_LED = re.compile(
    r"^(?:这一?[点条段节](?:下面|底下|里面)(?:还|又)*分(?:了|成)?.{1,2}[点条个][,，]\s*(?:请问)?|"
    r"[两三四五六七]个?(?:大?[点条项])?(?:里[头面边]?|当中|中)(?=排|第|最)|排(?=第)|请|麻烦|您|"
    r"你|把|帮我|回到?|那|它|其中|其|这?里[面头边]|这(?:下面|底下)|再|看看?+|的|我要|我想看|给我|来|说说|讲讲|打开|展开|翻到|读|念|开(?=第))*"
)


def is_counted_in(text: str, counts: list[int]) -> bool:
    """Whether a text has the one that is counted itself: 第一个，带头作用;第二个，骨干作用."""
    return len(counts) == 1 and f"第{to_chinese(counts[0] if counts[0] > 0 else 2)}" in text


def counted(utterance: Utterance, counts: list[int]) -> Reference | None:
    """The part below what was shown, or else beside it, to which the counts lead; after a look-up maybe one that does not exist."""
    part = utterance.part_before or _announced(utterance)
    if part and counts_sections(utterance, part, counts):
        section = _led_to(utterance.engine.corpus, part.number, (), counts)
        if section or len(counts) == 1:
            return Reference(part.number, section) if section else None
    listed = utterance.conversation.listed
    try:
        if listed and len(counts) == 1 and not _SMALLER.search(utterance.bare):
            number, *path = map(int, listed.split("."))
            if counts[0] <= len(_parts(utterance.engine.corpus, number, tuple(path))) > 0:
                return _below_or_beside(utterance.engine.corpus, Reference(number, tuple(path)), counts, sure=True)
        return _below_or_beside(utterance.engine.corpus, part, counts, sure=utterance.before.lookup) if part else None
    except UnknownReference:
        return None


def counts_sections(utterance: Utterance, part: Reference, counts: list[int]) -> bool:
    """Whether 第三部分 means a section of the speech: from inside one, where a point is counted too, or as the one before was named."""
    named = _SECTION.search(utterance.bare)
    return bool(named and part.path) and (len(part.path) > 1 or len(counts) > 1 or bool(_SECTION.search(utterance.previous)))


def _led_to(corpus: Corpus, number: int, path: tuple[int, ...], counts: list[int]) -> tuple[int, ...]:
    """The path to which the counts lead below a part; () if there is no such part."""
    for count in counts:
        size = len(_parts(corpus, number, path))
        at = count if count > 0 else (size + 1) // 2 if count == MIDDLE else size + 1 + count
        if not 1 <= at <= size:
            return ()
        path = (*path, at)
    return path


def _announced(utterance: Utterance) -> Reference | None:
    """The speech whose parts a quote outside of any part announces: 我提四点希望."""
    shown = utterance.quote_before
    found = _ANNOUNCED.search(shown.text) if shown else None
    if found is None or shown is None:
        return None
    parts = len(_parts(utterance.engine.corpus, shown.source.speech, ()))
    return Reference(shown.source.speech) if parts == to_int(found[1]) else None


_ANNOUNCED = re.compile(r"([二三四五六七八九十两])(?:点|个方面|个|条|项)")  # 四点  三个方面  ✗四风
_SECTION = re.compile("(?<!小)部分|大[点块条]|(?<![小一整])块")  # 部分  大点  块  ✗小点  ✗小块
_SMALLER = re.compile(
    r"小(?:点|条|块|节|部分|项)|^(?:那|这)?(?:它|里面|里头|其中|下面|底下)+的?(?=[第最一二三四五六末])|(?:下面|底下|里面|之下)(?:还|又)?分"
)  # 小点  里面的|第二条  下面还分|了  ✗大块


def pieces_of(text: str) -> list[tuple[int, int]]:
    """The ranges of what a text counts itself; [] if it counts nothing.

    >>> pieces_of("有两个特点：一是快;二是好。")
    [(6, 10), (10, 14)]
    """
    starts = [match.start() for match in _COUNTED_IN.finditer(text)]
    ends = [*starts[1:], starts[-1] + (text.find("。", starts[-1]) + 1 or len(text)) - starts[-1]] if starts else []
    return list(zip(starts, ends, strict=True))


_COUNTED_IN = re.compile(
    r"(?<![万十])[一二三四五六七八九](?:是|要)|(?:首先|其次|再次|第[一二三四五六七八九](?:[个，,]))"
)  # 一是  其次  第一，  ✗统一


def stepped(utterance: Utterance, bare: str) -> Reference | None:
    """What 下一段 or 上一点 names, seen from what was shown; None if it is no step, or leads out of the speeches."""
    step = _STEP.fullmatch(BACK.sub("上一节", bare))
    up = _UP.fullmatch(bare)
    part = utterance.part_before if step or up else None
    if part and part.path and up:
        return Reference(part.number, part.path[:-1])
    if step is None:
        return None
    back = step[1] in "上前"
    try:
        if "段" in bare:
            return _paragraph_beside(utterance, back=back)
        if part is None and "篇" in bare and utterance.spoken_of:
            part = Reference(utterance.spoken_of.source.speech)
        if part and _SECTION.search(bare):
            part = Reference(part.number, part.path[:1]) if part.path else None
        found = _part_beside(utterance.engine.corpus, Reference(part.number) if "篇" in bare else part, back=back) if part else None
        last = found and not (back or found.path or "篇" in bare)  # behind the last section
        return (_paragraph_beside(utterance, back=False) if last and part and part.path else None) or found
    except UnknownReference:
        return None


def beside_part(utterance: Utterance, *, back: bool) -> Reference | None:
    """What stands before or after the part that was looked up: of a paragraph a paragraph; None at the ends of the speech."""
    paragraph = utterance.before.lookup and utterance.before.references[0].paragraph
    return stepped(utterance, f"{'上' if back else '下'}一{'段' if paragraph else '节'}")


def _below_or_beside(corpus: Corpus, part: Reference, counts: list[int], *, sure: bool) -> Reference | None:
    """If `sure`, a part that does not exist is named too, to be told so."""
    paths = [part.path[:depth] for depth in range(len(part.path), -1, -1)]
    found = next((led for path in paths if (led := _led_to(corpus, part.number, path, counts))), ())
    if found or not sure:
        return Reference(part.number, found) if found else None
    above = [path for path in paths if counts[0] <= len(_parts(corpus, part.number, path)) > 0]
    path = above[0] if above else part.path[:-1]
    return Reference(part.number, (*path, *(max(count, 1) for count in counts)))


def _part_beside(corpus: Corpus, part: Reference, *, back: bool) -> Reference:
    """The part after, else behind what holds it; before, else what holds it; of a whole speech the next one."""
    if not part.path:
        return Reference(corpus.speech(part.number + (-1 if back else 1)).number)
    for depth in range(len(part.path), 0, -1):  # behind the last point of a section comes the next section
        before, after = beside(corpus, part.number, part.path[:depth])
        found = (before or part.path[: depth - 1]) if back else after
        if found is not None:
            return Reference(part.number, found)
    return Reference(part.number)


def _paragraph_beside(utterance: Utterance, *, back: bool) -> Reference | None:
    """The printed paragraph after or before what was shown; None at the ends of the speech."""
    engine, first = utterance.engine, utterance.spoken_of or utterance.quote_before
    if utterance.before.lookup:
        reference = utterance.before.references[0]
        number, span = reference.number, engine.range_of(reference)
    elif first:
        number, span = first.source.speech, first.source.span
    else:
        return None
    paragraphs = engine.corpus.speech(number).speech.paragraphs
    beyond = [i for i, p in enumerate(paragraphs, 1) if (p.end <= span.start if back else p.start >= span.end)]
    return Reference(number, (), beyond[-1 if back else 0]) if beyond else None


def _parts(corpus: Corpus, number: int, path: tuple[int, ...]) -> list[Node]:
    return labelled(corpus.part(number, path).children if path else corpus.speech(number).speech.nodes)
