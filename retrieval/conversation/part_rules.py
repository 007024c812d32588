"""Rules for messages about a part in view: its headings, its points by their labels, its paragraphs; the paragraph beside a wording.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer.literal_answer import sentences_around
from retrieval.conversation.answer_rules import of_it_alone
from retrieval.conversation.navigation import stepped
from retrieval.conversation.utterance import Turn, Utterance, again, said
from retrieval.errors import UnknownReference
from retrieval.question.references import Reference
from retrieval.speeches.numerals import to_int
from retrieval.speeches.quotes import quote as quote_at
from retrieval.speeches.stretches import section_of
from retrieval.speeches.tree import LABELLED, Node, Span
from retrieval.speeches.vicinity import paragraph


def headings_wished(utterance: Utterance) -> Turn | None:
    """这部分的标题是什么, 第二部分和第三部分的标题也发我: the headings of the parts that are named, or of the one in view.

    4.3.2 / 这部分的标题是什么 → quotes   怎么宣传劳模 / 所在那一点的标题叫啥 → quotes   4.1 / 第二部分和第三部分的标题也发我 → quotes
    劳模自己要做到哪三条 / 它所在部分的小标题 → quotes
    怎么宣传劳模 / 退休那条在哪个小标题下面 → quotes   怎么宣传劳模 / 这句在哪个小标题下面 → quotes
    — / 第四篇第二部分和第三部分的标题 → quotes   4.3 / 标题给我 → quotes   4.3 / 这部分小标题都有啥 → 4.3
    ✗ — / 这部分的标题是什么   ✗ 4.1 / 这部分讲什么   ✗ 第四篇 / 标题是什么   ✗ 怎么宣传劳模 / 标题给我   ✗ 4.1 / 第九部分的标题
    """
    step = _NEXT_HEADING.fullmatch(utterance.said)
    if step and (beside := stepped(utterance, f"{step[1]}一部分")) and beside.path:
        return again(utterance, str(beside))
    if called := _under_which(utterance):
        utterance = called
        if in_view(called) is None and called.spoken_of:  # it stands in no part
            return said("place", called.spoken_of, then=called.conversation)
    found = _ITS_HEADING.fullmatch(utterance.said)
    named = _HEADINGS.fullmatch(utterance.understood.text if utterance.understood.references else utterance.said)
    view = in_view(utterance) if found or named else None
    references = utterance.understood.references
    if found and view and _BELOW_IT.search(utterance.said):
        return again(utterance, str(view))
    opened = utterance.before.lookup and named and not named[1] and not references
    if view and not references and (found or opened):
        wanted = [_innermost(utterance, view) if _OF_A_PARAGRAPH.search(utterance.said) else view]
    elif named and references and all(r.path for r in references) and (len(references) > 1 or named[1] is None):
        wanted = list(references) if len(references) > 1 else []
    elif named and named[1] and (view or references):
        number = references[0].number if references else view.number if view else 0
        wanted = [Reference(number, (to_int(count) or 0,)) for count in _COUNT.findall(named[1])]
    else:
        return None
    nodes = [_node(utterance, reference) for reference in wanted]
    if not nodes or not all(node and node.heading for node in nodes):
        return None
    corpus, number = utterance.engine.corpus, wanted[0].number
    text = corpus.texts[corpus.speech(number).speech.file]
    spans = [Span(node.span.start, text.find(node.heading, node.span.start) + len(node.heading)) for node in nodes if node]
    quotes = tuple(quote_at(corpus, number, span) for span in spans)
    kept = replace(of_it_alone(utterance, quotes[0]), card=tuple(quote.id for quote in quotes))
    if utterance.before.lookup:  # what was opened stays so
        kept = utterance.conversation
    return Turn("quotes", utterance.before, quotes=quotes, then=kept)


def _under_which(utterance: Utterance) -> Utterance | None:
    """退休那条在哪个小标题下面 as 小标题, of the quote that is called so, shown or not; None of any other message."""
    found = _UNDER_WHICH.fullmatch(utterance.said)
    word = utterance.inner(found[1] or "") if found else ""
    card = [quote for quote in utterance.card if not word or word in quote.text]
    place = next(iter(utterance.engine.exact.look_up(word).places), None) if found and word and not card else None
    if place:
        corpus = utterance.engine.corpus
        card = [quote_at(corpus, place.speech, sentences_around(corpus, place))]
    if found is None or not card:
        return None
    chosen = utterance.card.index(card[0]) if card[0] in utterance.card else 0
    kept = tuple(quote.id for quote in (utterance.card if card[0] in utterance.card else card))
    return replace(utterance, message="它所在的点的小标题", conversation=replace(utterance.conversation, card=kept, chosen=chosen))


# e.g. 这句在第几部分，标题叫什么  退休那条在哪个小标题下面  上面那个小标题叫什么  这句在哪个标题底下  属于哪个小标题  ✗小标题是什么
_UNDER_WHICH = re.compile(
    r"(?:[这那]|它|这句话?)?(?:是|在)*第几个?大?(?:部分|块|点|节)(?:里面?)?(?:的话)?(?:呀|啊|呢)?[,，?？]小?标题(?:叫|是)?(?:什么|啥)(?:呢)?|"
    r"(?:它|这句话?)?的?(?:上面|上头|前头)的?[那这]?个?[小大]?标题(?:叫|是)?(?:什么|啥)(?:呢)?|"
    r"(?:([^,，。?! ]{2,8}?)(?:的)?[那这](?:一)?[句条处个点段]|[那这](?:一)?[句条处个点段]|它)?(?:话)?(?:是)?(?:在|属于|归|放在|落在|算)+"
    r"哪(?:一)?个?(?:小|大)?标题(?:的)?(?:下面?|底下|之下|里面?|名下)?的?(?:呢|啊)?"
)
_PLEASE = r"(?:原样|照抄|抄|也|都|再|请|麻烦|单独|一并|给我|发我|给|发|列|念|看看?+|一下|出来|吧|呢|要)*"  # 也发我  |标题
_TITLE = r"(?:大|小|分|的)?(?:标题|题目)(?:的?(?:原文|原话|全文|文字))?"  # 标题  小标题原文  ✗正文
_CALLED = r"(?:是|叫|写)?(?:的是)?(?:怎么|如何)?(?:写|说)?(?:什么|啥|哪些)?(?:的)?"  # 是什么  怎么写的  |工会
# e.g. 这部分的标题是什么  所在那一点的标题叫啥  属于哪个部分，标题照抄  那它这部分叫啥题目  这部分小标题都有啥  它所在部分的小标题
# e.g. 这一段所在的部分的标题  ✗标题是什么
_ITS_HEADING = re.compile(
    rf"(?:把|请|那|嗯|呃|它)*(?:(?:(?:[这那]一?[句段]话?|它|本|其|[这那])的?(?:所在|所属|属于)?|(?:所在|所属|属于|在))的?"
    rf"(?:那|这|一|个|哪|哪个)*(?:大)?(?:部分|节|章|点|条|段)(?:里)?的?)[,，]?(?:叫(?:什么|啥)(?:标题|题目)|{_TITLE}(?:都|分别|各)?(?:有(?:几个|哪些|什么|啥))?{_CALLED}){_PLEASE}"
)
# e.g. 第二部分和第三部分的标题也发我  第二部分的标题  的标题  ✗第二部分讲什么
_HEADINGS = re.compile(
    rf"(?:把|请|再|那个?|嗯|呃|它的?|[ ,，])*+((?:[和跟与、,， 及]*第[一二三四五六七八九1-9]部分?)+)?"
    rf"(?:的|各自|分别|两个)*{_TITLE}{_CALLED}{_PLEASE}"
)
_BELOW_IT = re.compile(r"小标题(?:都|各|分别|有)")  # 小标题都|有啥  ✗小标题是什么
_NEXT_HEADING = re.compile(
    rf"(?:那|再)?([上下前后])(?:面)?的?一?个?大?(?:部分|节|章)的?{_TITLE}{_CALLED}{_PLEASE}"
)  # 下一部分标题呢  ✗下一部分
_COUNT = re.compile("第([一二三四五六七八九1-9])")  # 第二|部分  ✗部分


def in_view(utterance: Utterance) -> Reference | None:
    """The part that 这部分 means: what was opened, else the section that the quote spoken of stands in; None of neither."""
    if utterance.before.lookup:
        part = utterance.before.references[0]
        if not utterance.engine.scope.exists(part) or not (part.path or part.paragraph):
            return None
        path = part.path or section_of(utterance.engine.corpus, part.number, utterance.engine.range_of(part).start).path
        return Reference(part.number, path) if path[:1] != (0,) else None
    source = utterance.spoken_of.source if utterance.spoken_of else None
    return Reference(source.speech, source.number[:1]) if source and source.number else None


def _innermost(utterance: Utterance, view: Reference) -> Reference:
    """The smallest part with a heading of its own that the quote spoken of stands in; the one in view where there is none such."""
    path = utterance.spoken_of.source.number if utterance.spoken_of and not utterance.before.lookup else view.path
    within = (Reference(view.number, path[:size]) for size in range(len(path), len(view.path), -1))
    return next((part for part in within if (node := _node(utterance, part)) and node.heading), view)


_OF_A_PARAGRAPH = re.compile("[那这该]一?[段小点条]|小标题")  # 那段|标题  那一点|的标题  小标题  ✗这部分的标题


def _node(utterance: Utterance, reference: Reference) -> Node | None:
    try:
        return utterance.engine.corpus.part(reference.number, reference.path)
    except UnknownReference:
        return None


def points_by_labels(utterance: Utterance) -> Turn | None:
    """这部分的“一要”“二要”“三要”分别是什么: the part in view that has them.

    4.4 / 这部分的“一要”“二要”“三要”分别是什么 → 4.4   6.2 / 一要二要三要都是啥 → 6.2
    劳模自己要做到哪三条 / 其中的首先、其次、第三分别怎么说 → 1.2   — / 第四篇第四部分的一要二要三要分别是什么 → 4.4
    ✗ — / “一要”“二要”分别是什么   ✗ 4.4 / “一要”出现几次   ✗ 第五篇 / “一要”“二要”分别是什么
    """
    named = utterance.understood.references
    found = _LABELS.fullmatch(utterance.understood.text if named else utterance.said)
    part = (named[0] if named else utterance.part_before) if found and len(named) < 2 else None
    if found is None or part is None or not utterance.engine.scope.exists(part):
        return None
    labels = _LABEL.findall(found[1])
    for depth in range(len(part.path), -1, -1):
        node = _node(utterance, Reference(part.number, part.path[:depth])) if depth else None
        inside = node.children if node else utterance.engine.corpus.speech(part.number).speech.nodes
        printed = {one.label.rstrip("，、") for one in inside if one.kind in LABELLED}
        if printed.issuperset(labels):
            return again(utterance, Reference(part.number, part.path[:depth]).as_asked)
    return None


_ONE_LABEL = r"(?:[一二三四五六七八九][要是]|首先|其次|再次|第[一二三四五六七八九](?![部点条句段篇个]))"  # 一要  其次  第三  ✗第三点
_LABEL = re.compile(_ONE_LABEL)  # 一要  首先  ✗要
# e.g. 这部分的"一要""二要""三要"分别是什么  一要二要三要都是啥  ✗一要
_LABELS = re.compile(
    rf"(?:把|请|那)*(?:[这那本](?:一|个)*(?:部分|[点条节段])|里面?|其中|它|之中|下面|之下|中|的|[,，])*(?:三个|两个|四个)?"
    rf"((?:[“”\"「」]?{_ONE_LABEL}[“”\"「」]?[和跟与、,， 及]*){{2,}})"
    rf"(?:的(?:内容|原文|原话))?(?:各|都|分别|又|具体|逐条|依次)*(?:是|讲|说|写|列)?(?:了|的)*(?:怎么|如何|咋)?(?:说|讲|写)?(?:什么|啥|哪些)?(?:内容|的)*{_PLEASE}"
)


def below_label(utterance: Utterance) -> Turn | None:
    """“三是”之下的第2点, 三是下面分了1、2、3，列出第2点: the point that is counted below the label, in the part in view.

    1.3 / “三是”之下还分了1、2、3，请列出第2点 → 1.3.3.2   1.2 / 第三下面的第二点 → 1.2.3.2   1.3 / 这部分“三是”里的第1小点 → 1.3.3.1
    1.3 / “三是”之下的第9点 → no_such_part
    ✗ — / “三是”之下的第2点   ✗ 1.3 / “三是”第几段
    """
    found = _BELOW.fullmatch(utterance.said)
    part = utterance.part_before if found else None
    for depth in range(len(part.path), 0, -1) if found and part else ():
        node = _node(utterance, Reference(part.number, part.path[:depth])) if part else None
        holder = next((one for one in node.children if one.label.rstrip("，、") == found[1]), None) if node and found else None
        reference = Reference(part.number, (*holder.number, to_int(found[2]) or 0)) if holder and part and found else None
        if reference and not utterance.engine.scope.exists(reference):
            return said("no_such_part")
        if reference:
            return again(utterance, str(reference), listed=str(Reference(reference.number, reference.path[:-1])))
    return None


# e.g. "三是"之下还分了1、2、3,请列出第2点  第三下面的第二点  ✗第三点
_BELOW = re.compile(
    rf"(?:[这那本](?:一|个)*(?:部分|[点条节段])|里面?|其中|它|的|请|把)*[“”\"「」]?({_ONE_LABEL})[“”\"「」]?(?:那|这)?(?:一?[点条个])?"
    r"(?:之下|下面|下边|底下|里面?|里头|之中|中)(?:又|还|再)*(?:分|列|有)?(?:了|成|为|出)*[\d一二三四五、,， 几点条个]*"
    r"(?:请|再|把|给我|列出|给出|看看?|念|发|的)*"
    rf"第([一二三四五六七八九1-9])(?:小?[点条个项])?(?:的?(?:原文|全文|内容))?{_PLEASE}"
)


def paragraph_of_part(utterance: Utterance) -> Turn | None:
    """这部分的第二段: that printed paragraph of the part in view, not of its speech.

    5.3 / 这部分的第二段 → 5.3p2   4.3 / 那部分最后一段 → 4.3p-1   劳模自己要做到哪三条 / 这部分第一段 → 1.2p1
    3.1 / 这部分的第二段 → no_such_part
    ✗ 第五篇 / 第二段   ✗ 5.3 / 第二段   ✗ — / 这部分的第二段   ✗ 5.3 / 这部分第二点
    """
    found = _PARAGRAPH_OF_IT.fullmatch(utterance.said)
    part = in_view(utterance) if found and not utterance.understood.references else None
    if found is None or part is None:
        return None
    count = (to_int(found[2]) or 0) if found[2] else -1 if found[3] else 1
    reference = Reference(part.number, part.path, -count if found[1] else count)
    return again(utterance, str(reference)) if utterance.engine.scope.exists(reference) else said("no_such_part")


# e.g. 这部分的第二段  那部分最后一段  这一部分里的倒数第二段  ✗第二段  ✗这部分第二点
_PARAGRAPH_OF_IT = re.compile(
    rf"(?:请|把|看看?+|再)*[这那本](?:一|个)*(?:大)?(?:部分|节|章)(?:里面?|中|下面)?的?"
    rf"(?:(倒数)?第([一二三四五六七八九1-9])(?:个)?(?:自然)?段|(最后|末|末尾)(?:的|那)*一?段|(?:首|开头一?|头一)段)(?:话|落)?(?:的?(?:原文|全文|内容))?(?:是什么|讲什么)?{_PLEASE}"
)


def paragraph_beside_called(utterance: Utterance) -> Turn | None:
    """“首先要珍惜荣誉”那一段的下一段: the printed paragraph beside the one with the words.

    — / “首先要珍惜荣誉”那一段的下一段是什么 → 1p9   劳模自己要做到哪三条 / 珍惜荣誉那段的上一段 → 1p7
    — / 第三篇“埋头苦干”那段下一段 → 3p5   — / 那个讲螺丝钉的段落 下一段也给我 → 1p10
    ✗ — / “首先要珍惜荣誉”那一段   ✗ — / “机器人”那一段的下一段   ✗ 怎么宣传劳模 / 这一段的下一段
    """
    named = utterance.understood.references
    found = _BESIDE_ITS.fullmatch(utterance.understood.text if named else utterance.said)
    word = found[1].strip('“”"「」 的') if found else ""
    places = utterance.engine.exact.look_up(word).places if len(word) > 1 else ()
    places = tuple(place for place in places if not named or place.speech in {r.number for r in named})
    if found is None or not places:
        return None
    corpus, shown = utterance.engine.corpus, utterance.spoken_of
    place = next((one for one in places if shown and one.speech == shown.source.speech), places[0])
    here = paragraph(corpus, place.speech, sentences_around(corpus, place))
    back = found[2] in "上前"
    beyond = [
        count
        for count, one in enumerate(corpus.speech(place.speech).speech.paragraphs, 1)
        if (one.end <= here.start if back else one.start >= here.end)
    ]
    return again(utterance, str(Reference(place.speech, (), beyond[-1 if back else 0]))) if beyond else None


# e.g. "首先要珍惜荣誉"那一段的下一段是什么  珍惜荣誉那段的上一段  ✗这一段的下一段
_BESIDE_ITS = re.compile(
    r"(?:老师|[您你]好|请|把|看看?+|请问|那个|讲|说|提|到|里面?|的|[,， ])*([^,，。?! ]{2,24}?)(?:的?(?:[那这]一?|所在的?)(?:个)?|的)"
    r"(?:自然)?段(?:话|落)?(?:的|[,， ])?"
    rf"(?:紧接着的?|接下来的?)?([上下前后])(?:面|边)?(?:的|那)*一?(?:个)?(?:自然)?段(?:话|落)?(?:的?(?:原文|全文|内容))?(?:是|讲|说|写)*(?:了|的)?(?:什么|啥)?{_PLEASE}"
)
