"""Rules for messages that call a point by its label or by where it stands beside what is shown: 里面的“二要”, 第三个特点后面一句.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from retrieval.conversation.answer_rules import spoken_alone
from retrieval.conversation.navigation import MIDDLE, counted, counts_in, pieces_of
from retrieval.conversation.premise_rules import wording_asked
from retrieval.conversation.utterance import Turn, Utterance, again
from retrieval.question.references import Reference
from retrieval.speeches.browse import part_quote
from retrieval.speeches.corpus import Corpus
from retrieval.speeches.quotes import Quote
from retrieval.speeches.quotes import quote as quote_at
from retrieval.speeches.tree import LABELLED, Node, Span
from retrieval.speeches.vicinity import after, before, paragraph, sentences_of


def called_by_label(utterance: Utterance) -> Turn | None:
    """里面的“二要”原文: the point that is printed so in what is open, else beside it, in its section, in its speech; in the one named.

    4.3 / 里面的“二要”原文 → 4.3.2   6.2.3 / 它前面那个“二要”呢 → 6.2.2   4.3.2 / 三要也发我 → 4.3.3
    1.2.3 / 这条里头的二是 → 1.2.3.2
    第六篇第一段 / 再看第二部分里的“三要”，讲了什么 → 6.2.3   4.3.2 / 同一部分的三要是啥 → 4.3.3
    — / 第六篇第二部分里的“二要”全文 → 6.2.2   — / 第三篇的“二要”讲的啥 → 3.2
    ✗ — / “二要”   ✗ 4.3 / “二要”出现几次   ✗ 4.3 / 要重视什么   ✗ 第五篇 / 里面的“二要”原文
    """
    named = utterance.understood.references
    found = _LABEL.search(utterance.understood.text if named else utterance.said)
    if found is None or len(named) > 1 or (wording_asked(utterance, utterance.previous) and not _LABEL.search(utterance.previous)):
        return None
    text = utterance.understood.text if named else utterance.said
    holder = _HOLDER.search(text[: found.start()]) if not named else None
    first = holder.end() if holder else 0
    if utterance.left(text[first : found.start()] + " " + text[found.end() :], _WANTED):
        return None
    base = named[0] if named else utterance.part_before or _speech_of_quote(utterance)
    if holder and base:
        base = counted(replace(utterance, message=holder[1]), counts_in(replace(utterance, message=holder[1]))[0])
    if base is None or not utterance.engine.scope.exists(base):
        return None
    label = next(filter(None, found.groups()))
    part = next((node for node in _nodes(utterance.engine.corpus, base) if node.label.rstrip("，、") == label), None)
    if part is None:
        return None
    reference = Reference(base.number, part.number)
    return again(utterance, str(reference), listed=str(Reference(base.number, part.number[:-1])))


_IN_MARKS = r"(?<=[\"“「])([一二三四五六七八九][要是])[\"”」]"  # "|二要"|原文  ✗二要
_BARE = (
    # e.g. 三要|也发我  这里面的|二要|  它的|三要|讲了啥  ✗要  ✗第二|要|  ✗那|一要|  ✗一要紧
    r"(?:(?<![\w])|(?<=[里的个面头有看把给发呢说篇]))(?<![那这上下])([一二三四五六七八九]要)(?=$|[\W的那这也呢嘞讲说写是原全内正里下发给念看])"
)
_WITHIN = r"(?<=[里头面]的|.[里头面])([一二三四五六七八九]是)(?=$|[也呢嘞讲说写原全])"  # 里头的|二是|  ✗二是
_LABEL = re.compile(f"{_IN_MARKS}|{_BARE}|{_WITHIN}")  # "|二要"|  三要|也发我  ✗必要
# e.g. 前面  原话  讲  单独  最后一|条  ✗出现几次
_WANTED = re.compile(
    r"[\"“”「」]|[前后上下][面头边]?|原[文话句]|全文|正文|标题|展开|细|详|完整|部分|[讲说写]了?|也要|一起|拿|贴|单独|其中|最后一(?=[条点项个])|列出?|以|[起开打]头|[段点条项节]|同一?个?|是(?:什么|啥)$"
)


_HOLDER = re.compile(r"^[再看那请把读念翻到]*(第[一二三四五六七八九1-9](?:个?大?[点条部]分?)+)")  # 再看第二部分|里的  第四点|的  ✗里面的


def _speech_of_quote(utterance: Utterance) -> Reference | None:
    return Reference(utterance.spoken_of.source.speech) if utterance.spoken_of else None


def _nodes(corpus: Corpus, base: Reference) -> Iterator[Node]:
    """The labelled parts from inside a part outward: its own, those beside it, those of what holds it, then all of the speech."""
    speech = corpus.speech(base.number).speech
    for depth in range(len(base.path), -1, -1):
        path = base.path[:depth]
        inside = corpus.part(base.number, path).children if path else speech.nodes
        yield from (node for node in inside if node.kind in LABELLED)
    yield from (node for node in speech.walk() if node.kind in LABELLED)


def counted_behind(utterance: Utterance) -> Turn | None:
    """这后边让劳模咋做 头一条是啥: the point that is counted in what is listed behind the quote.

    毛主席说劳模有什么作用 / 这后边让劳模咋做 头一条是啥 → 1.2.1   毛主席说劳模有什么作用 / 下面列的第二点呢 → 1.2.2
    ✗ 毛主席说劳模有什么作用 / 后边一句   ✗ — / 这后边头一条是啥   ✗ 3.2 / 后面第一点
    """
    shown = utterance.spoken_of
    found = _BEHIND.fullmatch(utterance.said) if shown and not utterance.before.lookup else None
    counts, rest = counts_in(replace(utterance, message=found[1])) if found else ([], "")
    if shown is None or len(counts) != 1 or rest:
        return None
    speech, end = shown.source.speech, shown.source.span.end
    nodes = utterance.engine.corpus.speech(speech).speech.walk()
    first = next((node for node in nodes if node.kind in LABELLED and node.span.start >= end), None)
    if first is None:
        return None
    holder = first.number[:-1]
    reference = Reference(speech, (*holder, counts[0]))
    if counts[0] < 1 or not utterance.engine.scope.exists(reference):
        return None
    return again(utterance, str(reference), listed=str(Reference(speech, holder)))


# e.g. 这后边让劳模咋做 头一条是啥  下面列的第二点呢  ✗后边一句
_BEHIND = re.compile(
    r"(?:那|这|它|接着)*(?:句|段)?话?的?(?:后|下|底下|往下)(?:[边面头]|来)?(?:又|还|就|是|要|让|叫|对|给|列|讲|说|提)*"
    r"[^,，。?]{0,6}?(?:怎么[做办干]|咋[做办干]|做什么|干啥|[的了]|[ ,，])*((?:第[一二三四五六七八九1-9]|头一|首先|最后一)[点条个项].{0,8})"
)


def beside_counted(utterance: Utterance) -> Turn | None:
    """第三个特点后面一句: the sentence beside what is counted, or behind the one that was opened.

    这届劳模有哪三个特点 / 第三个特点后面一句 → quotes   3.2 / 第一点的后一句 → quotes
    劳模自己要做到哪三条 / 第二条的下一句是什么 → quotes
    ✗ 怎么宣传劳模 / 后面一句   ✗ 劳模自己要做到哪三条 / 第二条   ✗ 怎么宣传劳模 / 第二句后面一句
    """
    found = _BESIDE_IT.search(utterance.said)
    asked = replace(utterance, message=utterance.said[: found.start()]) if found else utterance
    counts, rest = counts_in(asked)
    if found is None or rest or len(counts) != 1:
        return None
    corpus = utterance.engine.corpus
    piece = piece_of(asked, counts)
    reference = counted(asked, counts) if piece is None else None
    if reference and utterance.engine.scope.exists(reference):
        whole = part_quote(corpus, reference.number, reference.path)
        inside = sentences_of(corpus, reference.number, whole.source.span)
        opened = utterance.before.lookup and utterance.before.references[0] == reference
        piece = whole if opened or not inside else quote_at(corpus, reference.number, inside[0])
    if piece is None:
        return None
    here, number = piece.source.span, piece.source.speech
    beside = (before if found[1] in "前上" else after)(corpus, number, here)
    if beside is None:
        return None
    window = f"{number}.{min(here.start, beside.start)}.{max(here.end, beside.end)}"
    return spoken_alone(utterance, quote_at(corpus, number, Span(*beside)), window)


# e.g. 第三个特点|后面一句|  第二条|的下一句是什么|  ✗第三句
_BESIDE_IT = re.compile(
    r"(?:的)?([前后上下])(?:[面边头]|紧?接着|紧跟着|的|那|一)*句(?:话)?(?:呢|嘞|是|讲|说|写|的|了|什么|啥|怎么|咋|也|发|给|我|看看)*$"
)


def piece_counted(utterance: Utterance) -> Turn | None:
    """第二个特点 after a quote whose paragraph counts 一是, 二是 without being parted: that piece of it.

    这届劳模有哪三个特点 / 第二个特点呢 → quotes   ✗ 劳模自己要做到哪三条 / 第二个呢
    """
    named = utterance.understood.references
    found = None if named and named[0].path else piece_of(utterance, counts_in(utterance)[0])
    if found is None:
        return None
    corpus, source = utterance.engine.corpus, found.source
    following = after(corpus, source.speech, source.span) if found.text.endswith("。") and len(found.text) < HEADING else None
    whole = quote_at(corpus, source.speech, Span(source.span.start, following.end)) if following else found
    return spoken_alone(utterance, whole)


HEADING = 20  # characters below which the last piece only names what the next sentence tells, chosen: 三是有了新群体的代表。


def piece_of(utterance: Utterance, counts: list[int]) -> Quote | None:
    """What is counted in the paragraph of a quote that counts 一是, 二是 without being parted."""
    shown = utterance.spoken_of
    if shown is None or len(counts) != 1 or utterance.before.lookup or shown.source.number:
        return None
    corpus, source = utterance.engine.corpus, shown.source
    around = paragraph(corpus, source.speech, source.span)
    pieces = pieces_of(corpus.text(source.file, around))
    index = counts[0] - 1 if counts[0] > 0 else len(pieces) // 2 if counts[0] == MIDDLE else len(pieces) + counts[0]
    if len(pieces) < SEVERAL or not 0 <= index < len(pieces):
        return None
    start, end = pieces[index]
    return quote_at(corpus, source.speech, Span(around.start + start, around.start + end))


SEVERAL = 2  # pieces from which a paragraph counts
