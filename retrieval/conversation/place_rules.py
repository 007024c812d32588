"""Rules for messages that point to what was shown: more of it, a quote or part by its number, what stands beside it.

Their examples: question before / message → question that is then asked, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.conversation import answer_patterns as about
from retrieval.conversation.answer_rules import chosen, show, spoken_alone
from retrieval.conversation.navigation import (
    beside_part,
    counted,
    counts_in,
    is_counted_in,
    leads_on,
    quote_number,
    stepped,
)
from retrieval.conversation.utterance import Turn, Utterance, again, said, seen
from retrieval.question.references import Reference
from retrieval.speeches.numerals import to_int
from retrieval.speeches.quotes import quote as quote_at
from retrieval.speeches.vicinity import after

SPEECHES = "0"  # what was listed, when it was the speeches
ASKS = 3  # characters of content from which what stands behind a count asks something, chosen


def next_part(utterance: Utterance) -> Turn | None:
    """还有吗 after a part that was looked up: the part after it.

    3.2 / 还有吗 → 3.3   ✗ 怎么宣传劳模 / 还有吗   ✗ 3.2 / 下一节
    """
    if not utterance.before.lookup:
        return None
    further = utterance.is_only(utterance.said, about.FURTHER_ON, about.AFTER)
    following = beside_part(utterance, back=False) if further or utterance.is_one_of(utterance.words.more) else None
    if following is None or not further or len(following.path) >= len(utterance.before.references[0].path):
        return again(utterance, str(following)) if following else None
    return _behind(utterance)


def _behind(utterance: Utterance) -> Turn | None:
    """The sentence behind the last point of a part."""
    corpus, part = utterance.engine.corpus, utterance.before.references[0]
    found = after(corpus, part.number, utterance.engine.range_of(part))
    if found is None:
        return said("ending")
    shown = quote_at(corpus, part.number, found)
    return spoken_alone(utterance, shown)


def further_quotes(utterance: Utterance) -> Turn | None:
    """还有吗: further quotes of the question before.

    怎么宣传劳模 / 谢谢，还有吗 → 怎么宣传劳模   怎么宣传劳模 / 再来几条 → 怎么宣传劳模   ✗ 怎么宣传劳模 / 还有什么活动   ✗ 3.2 / 还有吗
    """
    if not utterance.previous:
        return None
    if utterance.conversation.seen > len(utterance.conversation.card) > 0 and _FURTHER_DOWN.fullmatch(utterance.said):
        return Turn("more", utterance.before)  # the second page is in view
    if not (utterance.is_one_of(utterance.words.more) or utterance.is_only(utterance.said, about.MORE, about.ONLY_THIS)):
        return None
    if counts_in(utterance)[0] or _ABLE.search(utterance.said):
        return None
    if about.FURTHER_ON.search(utterance.said) or about.READS_ON.fullmatch(utterance.said):
        return None
    if utterance.understood.each or utterance.understood.references or utterance.names_a_speech:
        return None
    return Turn("more", utterance.before)


_FURTHER_DOWN = re.compile("(?:再|接着|继续)?(?:往|向)(?:下|后)(?:看|翻|走)?(?:呢|吧)?")  # 再往下  往后翻  ✗下一句
_ABLE = re.compile("还?[会能](?:干|做|说)?(?:点)?(?:别|其[他它]|什么|啥)")  # 还会别|的不  ✗还有别的吗


def quote_by_number(utterance: Utterance) -> Turn | None:
    """② or 第二个: the answer from its second quote on.

    怎么宣传劳模 / ② → 怎么宣传劳模   怎么宣传劳模 / 看下② → 怎么宣传劳模
    退休老劳模谁来管 / ② → no_such_part   社会上有哪些不好的风气 / 第二句给我看看 → quotes
    ✗ 怎么宣传劳模 / 第二点   ✗ 3.2 / 第二个
    """
    number = _SEEN.sub("", utterance.message.strip())
    found = _quote(utterance, number)
    if len(number) == 1 and utterance.card and quote_number(number) >= len(utterance.card) and not utterance.before.lookup:
        return said("no_such_part")  # a ② is of the card, and never speech 2
    counted_quote = about.QUOTE_COUNTED.search(utterance.said)
    of_a_list = utterance.before.wants_list and not (counted_quote and "句" in counted_quote[0])  # the second point; a sentence is a quote
    if found or utterance.conversation.listed or of_a_list or utterance.before.lookup or len(utterance.card) < 2:
        return found
    if counted_quote and int(counted_quote[5] or 0) > len(utterance.card):
        return None  # 6, of a speech
    counts = utterance.spoken_of and is_counted_in(utterance.spoken_of.text, counts_in(utterance)[0])  # 第一个，带头作用;第二个，…
    if counts or _OF_PARAGRAPH.search(utterance.said) or about.AFTER.search(utterance.said) or about.BEFORE.search(utterance.said):
        return None
    if counted_quote is None or utterance.left(about.QUOTE_COUNTED.sub(" ", utterance.said, count=1)):
        return None
    index, _ = chosen(utterance)
    kept = replace(utterance.conversation, card=tuple(quote.id for quote in utterance.card), chosen=index, window="")
    return Turn("quotes", utterance.before, quotes=(utterance.card[index],), then=kept)


_SEEN = re.compile("^(?:那|再|给我)*(?:看|瞧|瞅)(?:一?下|一?眼|看|瞧|瞅)?(?=[①-⑨]$)")  # 看下|②  ✗看下第二篇
_OF_PARAGRAPH = re.compile("段(?:话|落)?里?面?的?(?:最后|末|第|头)")  # 这|段最后|一句  ✗最后一段


def quotes_counted(utterance: Utterance) -> Turn | None:
    """第二句和第三句也发我, 另外两句也要: these quotes of the card, together.

    怎么宣传劳模 / 第二句和第三句也请一起发给我 → quotes   怎么宣传劳模 / ②③都发来 → quotes   怎么宣传劳模 / 另外两句也给我 → quotes
    ✗ 怎么宣传劳模 / 第二句   ✗ 怎么宣传劳模 / 第二句后面两句   ✗ 3.2 / 第二句和第三句   ✗ 怎么宣传劳模 / 后面两句也给我
    """
    size = len(utterance.card)
    if size < 2 or utterance.before.lookup or utterance.conversation.listed or utterance.left(utterance.said, _QUOTES, _TOGETHER):
        return None
    found = _QUOTES.search(utterance.said)
    if found is None:
        return None
    last = to_int(found[1] or "0") or 0
    numbers = [*range(size - last, size)] if last else [(to_int(n) or 0) - 1 for n in _EACH.findall(found[0])]
    quotes = tuple(utterance.card[n] for n in numbers if 0 <= n < size)
    if len(quotes) < len(numbers) or len(quotes) < 2:
        return None
    return show(utterance, quotes, numbers[0])


# e.g. 第二句和第三句|也发我  23|都发来  另外两句  ✗第二句  ✗后面两句
_QUOTES = re.compile(
    r"^(?:把|请)*[第]?[1-9一二三四五](?:句|条|个)?(?:(?:和|跟|与|、|,|还有)*第?[1-9一二三四五](?:句|条|个)?)+(?![点段篇])|(?:另外|剩下|其余|余下)的?(?:那)?([两二三四2-4])(?:句|条|个)"
)
_EACH = re.compile("[1-9一二三四五]")  # 二  3
_TOGETHER = re.compile("也|都|一起|一块儿?|一并|同时|全|请|给|发|贴|来|看|念|要|我|原文|完整|出来|这些|吧")  # 一起  发  ✗后面


def neighbour(utterance: Utterance) -> Turn | None:
    """下一段, 上一点: what stands after or before what was shown.

    3.2 / 好的，下一节 → 3.3   第六篇第3段 / 上一段 → 6p2   ✗ 第六篇 / 下一篇   ✗ 3.2 / 第三点
    """
    reference = stepped(utterance, utterance.left_out)
    return again(utterance, reference.as_asked) if reference else None


def quote_beside(utterance: Utterance) -> Turn | None:
    """上一条, 下一个 after an answer with several quotes: the one before or after; behind the last further quotes.

    怎么宣传劳模 / 下一条 → quotes   ✗ 3.2 / 下一条   ✗ 怎么宣传劳模 / 下一段
    """
    found = _QUOTE_STEP.fullmatch(utterance.left_out)
    if found is None or not utterance.card or utterance.before.lookup or utterance.conversation.listed:
        return None
    index = utterance.conversation.chosen + (-1 if found[1] in "上前" else 1)
    if index >= len(utterance.card):
        return Turn("more", utterance.before)
    index = max(index, 0)
    kept = replace(utterance.conversation, card=tuple(quote.id for quote in utterance.card), chosen=index, window="")
    return Turn("quotes", utterance.before, quotes=(utterance.card[index],), then=kept)


_QUOTE_STEP = re.compile(r"([上下前后])(?:面)?(?:那)?一?[条个]")  # 上一条  下个  ✗下一段


_NUMBER_ALONE = re.compile(r"(?:打开|展开)?[一二三四五六七八九十1-9][、.呢]?\s*(?:打开|展开)?")  # 三  三呢  打开三  ✗点


def number_counted(utterance: Utterance) -> Turn | None:
    """三 after a list: its third point, not the third speech.

    为什么要弘扬劳模精神的三个理由 / 三 → 1.1.3   第四篇四点希望和要求 / 二 打开 → 4.2   ✗ — / 三   ✗ 第三篇 / 4
    """
    of_a_list = utterance.conversation.listed == SPEECHES and not _OF_PLACES.search(utterance.said)
    listed_speech = counts_in(utterance)[0] if of_a_list else []
    if listed_speech:
        number = listed_speech[0] if listed_speech[0] > 0 else len(utterance.engine.corpus.speeches)
        return replace(again(utterance, str(number)), kind="new")
    if not (utterance.conversation.listed or utterance.before.wants_list) or not _NUMBER_ALONE.fullmatch(utterance.said):
        return None
    return part_counted(utterance)


_OF_PLACES = re.compile("第.[处次回遍句段]")  # 还有|第三处|没  ✗第三个


def counted_by_the_answer(utterance: Utterance) -> Turn | None:
    """第二个呢 after an answer that says 第二个 itself: the answer again.

    毛主席说劳模有什么作用 / 第二个呢 → 毛主席说劳模有什么作用   ✗ 劳模自己要做到哪三条 / 第二个呢
    """
    counts, rest = counts_in(utterance)
    quote = utterance.quote_before if counts and not rest and utterance.part_before else None
    if quote is None or not is_counted_in(quote.text, counts):
        return None
    return seen(utterance.before, utterance.answer_before)


def part_counted(utterance: Utterance) -> Turn | None:
    """第二点: the part below what was shown, or beside it; with more words behind it what that part says of them.

    第4篇 / 5呢 → 第5篇   第六篇说了啥 / 第二部分第三点 → 6.2.3   劳模自己要做到哪三条 / 那第二个呢 → 1.2.2
    ✗ 劳模自己要做到哪三条 / 第九点
    """
    counts, rest = counts_in(utterance)
    reference = counted(utterance, counts) if counts else None
    if reference is None:
        return None
    exists = utterance.engine.scope.exists
    if _NUMBER_ALONE.fullmatch(utterance.said) and not exists(reference) and exists(Reference(counts[0])):
        return again(utterance, f"第{counts[0]}篇")
    listed = str(Reference(reference.number, reference.path[:-1])) if reference.path else ""
    return _asked_of(utterance, reference, rest, listed) or again(utterance, reference.as_asked, listed=listed)


def _asked_of(utterance: Utterance, reference: Reference, rest: str, listed: str) -> Turn | None:
    """What a part says of the words behind a count; None if it says nothing, or nothing was asked."""
    if not rest or len(utterance.left(rest)) < ASKS:
        return None
    named = f"第{reference.number}篇" + "".join(f"第{n}部分" for n in reference.path)
    found = again(utterance, f"{named} {rest.strip(' ,，')}", listed=str(reference) if _ITS_POINTS.search(rest) else listed)
    answer = utterance.best(found.understood)
    return replace(found, answer=answer if found.understood.terms else None) if answer.quotes else None


def part_wished(utterance: Utterance) -> Turn | None:
    """翻到第三篇最后那段, 打开4.2, 跳到第二部分: the part that is named behind a word for opening.

    — / 打开4.2 → 4.2   — / 翻到第二篇结尾 → 2p-1
    — / 我要读第一篇 → 第一篇   第三篇 / 3.1 → 3.1   3.2 / 那3.3呢 → 3.3   ✗ — / 读书的好处   ✗ — / 看第六篇怎么说工会
    """
    text = _OPENS.sub("", utterance.said).strip(" ,，。")
    number = _PART_NUMBER.fullmatch(utterance.bare.strip())
    text = number[1] if number else text
    understood = utterance.engine.reader.understand(text) if text and text != utterance.said else utterance.understood
    if not understood.references or utterance.left(understood.text, PART_WORDS):
        return None
    if understood.lookup:
        return replace(again(utterance, text), kind="new")
    named = understood.references[0].as_asked
    if understood.place and _TURNS_TO.search(utterance.said):
        named += {"opening": "p1", "closing": "p-1"}[understood.place]
    elif understood.place:
        return None
    return replace(again(utterance, named), kind="new")


_ITS_POINTS = re.compile("[哪有分][几些][个条点项]|哪[两三四五][个条点项]")  # 哪几条  ✗几次
_TURNS_TO = re.compile("翻(?:到|至)|打开|跳到|转到")  # 翻到  ✗念
_PART_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,2})+)(?:也|再|给我|看看?|打开|发来?)*")  # 3.1  4.2也看看  ✗3
# e.g. 打开  ✗开会
_OPENS = re.compile(
    r"^(?:换|转|切|改)到?(?=第.{1,3}篇(?:[,，]|倒数|最后|第))|(?:打开|念|读|看看|给我看|拿来|发我|调出来|找出来|翻出来|听听|瞅瞅|瞧瞧)(?:一下|一遍|吧|听|看)?$|"
    r"(?:那|就|请|麻烦|帮我|给我|我要|我想|想|再|先|直接|现在)*(?:打开|开(?=[\d第])|翻(?:到|开|回|一下)?|跳(?:到|转)?|转到|切到|去|进(?:入)?|回(?:到)?|看(?:看|下|一下)?|读(?:读|下|一下)?|念(?:念|下|"
    r"一下)?|听(?:听)?|瞅瞅|瞧瞧|找(?:到|出)?|调出|显示|展示|发|拿|来)(?:给我|我)?(?=.)"
)
PART_WORDS = re.compile(
    r"(?:先)?(?:让我)?(?:看看?)?(?:都)?有哪(?:几|些)(?:个)?(?:[点条]|部分|方面)|从(?:第一段|头|开头)(?:开始)?|可以吗|行吗|好吗|好不好|行不行|样子|不是挑?[几一]句|(?:标题|题目)(?:是|叫)?(?:什么|啥)?|是?在?哪(?:个|一个)?(?:市|区|县|城市|地方)(?:讲|说)?的?|有(?:些|哪些|点)?(?:什么|啥)(?:内容)?|打开|念|读|翻|看|全文|原文|内容|整篇|整个|部分|讲话|稿子|那(?:篇|段|节|部分|点)|[篇段节]|讲了?(?:什么|啥)|说了?(?:什么|啥)|总结|概括|归纳|中心思想|主要意思|大意"
    r"|(?:分|有|一共|总共)+(?:了|成|为)?(?:哪?几)个?大?(?:块|部分|方面|点|节)[讲说写]?的?|(?:都|各|分别)?叫(?:啥|什么)|正文|(?:是)?(?:咋|怎么|如何)(?:收|结)的?尾的?"
)  # 打开  全文  ✗工会


def paragraph_counted(utterance: Utterance) -> Turn | None:
    """倒数第二段, 第三段 after a speech was spoken of: that paragraph of it.

    第五篇 / 倒数第三段 → 第5篇倒数第三段   第五篇 / 末尾那段咋收的尾 → 第5篇最后一段   ✗ — / 倒数第二段   ✗ 第三篇 / 下一段
    """
    found = _PARAGRAPH.search(utterance.said)
    if found is None or utterance.understood.references or utterance.left(_PARAGRAPH.sub(" ", utterance.said), PART_WORDS, _OF_ALL):
        return None
    part = utterance.part_before or (Reference(utterance.spoken_of.source.speech) if utterance.spoken_of else None)
    if part is None:
        return None
    return again(utterance, f"第{part.number}篇{_AT_THE_END.sub('最后一段', found[0])}")


_PARAGRAPH = re.compile(
    r"(?:倒数)?第(?:[一二三四五六七八九十]{1,2}|\d{1,2})(?:个)?(?:自然)?段|最后(?:那)?一?段|(?:末尾|结尾|最末)(?:的|那|这|一)*段|[末尾首]段|头一段"
)  # 倒数第二段  最后一段  末尾那段  ✗整段
_AT_THE_END = re.compile("(?:末尾|结尾|最末).*")  # 末尾那段  ✗最后一段
_OF_ALL = re.compile("[整全通]篇")  # 全篇|末段  ✗这篇


def counts_nothing(utterance: Utterance) -> Turn | None:
    """A count or step that leads nowhere: that there is no such part.

    第六篇 / 下一篇 → no_such_part   劳模自己要做到哪三条 / 第九点 → no_such_part   ✗ 劳模自己要做到哪三条 / 九点几分
    """
    counts, rest = counts_in(utterance)
    asks = len(counts) == 1 and counts[0] < 0 and len(utterance.left(rest)) >= ASKS  # 最后祝了什么
    return said("no_such_part") if (counts and not asks) or leads_on(utterance.left_out) else None


def _quote(utterance: Utterance, said: str) -> Turn | None:
    """The answer before from the quote on that `said` counts; None where it has none such."""
    skip = quote_number(said)
    answer = utterance.shown(utterance.before, skip) if skip >= 0 and not utterance.before.lookup else None
    return Turn("again", utterance.before, skip, answer) if answer and answer.quotes else None
