"""Rules for messages about the list that an answer is of: all of it, one of its pieces again, whether there is a further one.

Their examples: questions before, the last one first, by // / message → question or sentence that follows, ✗ where the rule does not
answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from retrieval.conversation import answer_patterns as about
from retrieval.conversation.answer_rules import show, spoken_alone
from retrieval.conversation.label_rules import piece_of
from retrieval.conversation.navigation import counted, counts_in, pieces_of
from retrieval.conversation.premise_rules import wording_asked
from retrieval.conversation.utterance import Turn, Utterance, again, said
from retrieval.question.references import Reference
from retrieval.speeches.browse import part_quote
from retrieval.speeches.corpus import Corpus, labelled
from retrieval.speeches.numerals import to_int
from retrieval.speeches.quotes import Quote
from retrieval.speeches.quotes import quote as quote_at
from retrieval.speeches.tree import Span
from retrieval.speeches.vicinity import paragraph

SEVERAL = 2  # parts or pieces that make a list


def all_of_list(utterance: Utterance) -> Turn | None:
    """四个都列出来, 都是啥: the headings of the list that the answer stands in or announces, which is counted from then on.

    第五篇让劳模争当什么 / 四个都列出来 → 5   第三篇提了几点希望 / 都是啥 → 3   第三篇提了几点希望 / 分别是哪四点 → 3
    这届劳模有哪三个特点 / 三个都发我 → quotes   3.2 / 四条都列一下 → 3
    ✗ 第五篇让劳模争当什么 / 五个都列出来   ✗ 怎么宣传劳模 / 都是啥   ✗ — / 四个都列出来   ✗ “奋斗”出现几次 / 三处都列出来
    """
    found = _ALL.fullmatch(utterance.said) if utterance.previous else None
    if found is None or wording_asked(utterance, utterance.previous):
        return None
    named = next((size for size in found.groups() if size and size != "句"), "")
    size = to_int(_TWO.sub("二", named)) or 0
    if not size and not (_COUNTED.search(utterance.previous) or (utterance.spoken_of and _ANNOUNCES.search(utterance.spoken_of.text))):
        return None
    of_it = _piece_list(utterance, size)
    if of_it:
        return spoken_alone(utterance, of_it)
    holder = None if found["sentences"] else next(_holders(utterance, size), None)
    if holder:
        return again(utterance, holder.as_asked, listed=str(holder) if holder.path else "")
    return show(utterance, utterance.card, 0) if 1 < size == len(utterance.card) and not utterance.before.lookup else None


def _holders(utterance: Utterance, size: int) -> Iterator[Reference]:
    """What holds a list of so many parts: what was opened or answers, then what holds that; of any size what the quote announces."""
    corpus, shown = utterance.engine.corpus, utterance.spoken_of
    announced = _ANNOUNCES.search(shown.text) if shown else None
    size = size or (to_int(_TWO.sub("二", announced[1])) or 0 if announced else 0)
    opened = utterance.before.references[:1] if utterance.before.lookup else ()
    named = opened[0] if opened else Reference(shown.source.speech, shown.source.number) if shown else None
    if named is None or not utterance.engine.scope.exists(named):
        return
    for depth in range(len(named.path), -1, -1):
        parts = _size(corpus, named.number, named.path[:depth])
        if parts >= SEVERAL and size in (0, parts):
            yield Reference(named.number, named.path[:depth])


def _size(corpus: Corpus, number: int, path: tuple[int, ...]) -> int:
    return len(labelled(corpus.part(number, path).children if path else corpus.speech(number).speech.nodes))


def _piece_list(utterance: Utterance, size: int) -> Quote | None:
    """The pieces that the quote's paragraph counts itself, together; None if it counts others."""
    shown = utterance.spoken_of
    if shown is None or utterance.before.lookup or shown.source.number:
        return None
    corpus, source = utterance.engine.corpus, shown.source
    around = paragraph(corpus, source.speech, source.span)
    pieces = pieces_of(corpus.text(source.file, around))
    if len(pieces) < SEVERAL or size not in (0, len(pieces)):
        return None
    return quote_at(corpus, source.speech, Span(around.start + pieces[0][0], around.start + pieces[-1][1]))


_TWO = re.compile("[两俩]")  # 两  ✗二
_COUNTED = re.compile(r"几[点条个项方]|[一二两三四五六七八九][点条个项]|哪[几些]")  # 几点  四个  ✗一起
_ANNOUNCES = re.compile(r"([二三四五六七八九十两])(?:点|个方面|个|条|项)(?:希望|要求|看法|意见|建议|感受|特点|方面)?")  # 四点希望  ✗四风
_N = r"([两俩二三四五六七八九2-9])"  # 四  ✗一
_UNIT = r"(?:小?[个点条项]|方面|样|部分|个?(?:希望|要求|特点|作用|方面|标题))"  # 个  希望  ✗处
_SHOWN = (
    # e.g. 列出来  念给我  全部  ✗工会
    r"(?:请|麻烦|帮我|给我|一起|一并|全部?|完整|[列发说讲念贴写摆抄给看来拿数](?:一?下|出来?|给我|我|全|看|完)*|"
    r"我|看看|听听|一遍|吧|呗|嘛)"
)
_NOUN = r"(?:[\u4e00-\u9fff]{2}(?=都|全|分别|[,， ]))?"  # 四个|争当|都  ✗四|个都|
_WHAT = rf"(?:什么|啥|哪(?:{_N}|些|几)?{_UNIT}?)"  # 啥  哪四点  ✗工会
# e.g. 四个都列出来  那三点都是啥  把四条都给我列一下  四个争当都写出来  分别是哪四点  都有哪些  三句都发我  ✗四处都列出来  ✗第四个
_ALL = re.compile(
    rf"(?:那|把|请|麻烦|您|你|帮我|给我|好|想[看要]|我|就|[,， ]|这|它的?|他的?|其|上述){{0,6}}(?:"
    rf"{_N}(?:{_UNIT}{{1,2}}|(?P<sentences>句)(?:话)?){_NOUN}(?:的?内容|的?标题)?[,， ]*(?:都|全|一起|一并|分别|各|{_SHOWN}){{1,8}}"
    rf"(?:是|有)?(?:些|的)?{_WHAT}?(?:呢|啊|呀)?|"
    rf"(?:具体|分别|都|各|又|到底|那|的){{1,4}}(?:是|有|讲|说|叫)(?:的|了)?(?:些)?{_WHAT}(?:呢|啊|呀|来着)?|"
    rf"(?:是|有)?哪{_N}{_UNIT}{{1,2}}(?:呢|啊|呀)?|"
    rf"(?:一条条|一个个|逐条|逐一|逐个|挨个儿?|全部|全都?)(?:地|都)?{_SHOWN}{{1,6}}(?:呢|啊)?)"
)


def piece_again(utterance: Utterance) -> Turn | None:
    """第一个再发一遍 after one piece of a paragraph that counts 一是, 二是: the first piece, not that one again.

    这届劳模有哪三个特点 // 第三个呢 / 第一个再发一遍 → quotes
    ✗ 怎么宣传劳模 / 第一个再发一遍   ✗ 劳模自己要做到哪三条 / 第一个再发一遍   ✗ 这届劳模有哪三个特点 / 再发一遍
    """
    if len(utterance.card) != 1 or not about.REPEAT.search(utterance.said):
        return None
    counts, rest = counts_in(utterance)
    found = _piece(utterance, counts) if counts and not utterance.left(rest, about.REPEAT) else None
    return spoken_alone(utterance, found) if found else None


def _piece(utterance: Utterance, counts: list[int]) -> Quote | None:
    """What is counted in the quote's paragraph, or beside a quote that was counted itself: 三是有了新群体的代表."""
    shown = utterance.spoken_of
    beside = shown and shown.source.number and _LABELLED.match(shown.text) and _COUNTED.search(utterance.previous)
    if shown is None or not beside or len(counts) != 1 or utterance.before.lookup:
        return piece_of(utterance, counts)
    corpus, source = utterance.engine.corpus, shown.source
    parts = _size(corpus, source.speech, source.number[:-1])
    at = counts[0] if counts[0] > 0 else parts + 1 + counts[0]
    return part_quote(corpus, source.speech, (*source.number[:-1], at)) if 1 <= at <= parts else None


_LABELLED = re.compile("[一二三四五六七八九][是要、]|第[一二三四五六七八九][，,个]|首先|其次")  # 三是|有了新群体的代表  ✗劳模


def further_one(utterance: Utterance) -> Turn | None:
    """没有第四个吧, 还有第五条吗: that there is none, or the one that there is.

    这届劳模有哪三个特点 / 没有第四个吧 → no_such_part   3.2 / 还有没有第五点 → no_such_part   6.2.1 / 还有第三点吗 → 6.2.3
    劳模自己要做到哪三条 / 应该没有第四条了吧 → no_such_part
    ✗ 怎么宣传劳模 / 还有第四个吗   ✗ — / 没有第四个吧   ✗ 怎么宣传劳模 / 有没有第四个城市
    """
    found = _IS_THERE.fullmatch(utterance.said)
    if found is None or not utterance.previous or wording_asked(utterance, utterance.previous):
        return None
    asked = replace(utterance, message=found[1])
    counts, _ = counts_in(asked)
    if not counts:
        return None
    piece = _piece(asked, counts)
    if piece:
        return spoken_alone(utterance, piece)
    reference = counted(asked, counts)
    listed = utterance.conversation.listed or utterance.before.wants_list or utterance.before.lookup or _COUNTED.search(utterance.previous)
    if not listed and found[1].endswith("个"):
        return None  # of the quotes
    if reference is None or not utterance.engine.scope.exists(reference):
        return said("no_such_part")
    return again(utterance, str(reference), listed=str(Reference(reference.number, reference.path[:-1])))


# e.g. 没有第四个吧  应该没有第四条了吧  还有没有第五点  有第四部分吗  ✗第四个  ✗有没有别的
_IS_THERE = re.compile(
    r"(?:那|就|应该|应当|是不是|是否|该|是|好像|总|里面|后面|下面|它|[,，]){0,4}(?:还|也|就|再)?(?:有没有|有无|没有?|没得|有没|有)"
    r"(?:了|说|讲|提|列)?(?:到)?(第[二三四五六七八九十2-9](?:[个点条项节]|部分|方面)?(?:希望|要求|特点|作用)?)(?:了|的|啦)*(?:吧|吗|么|没有?|呢|啊|对吧|是吧|不)*"
)
