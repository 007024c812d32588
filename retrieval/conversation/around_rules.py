"""Rules for messages that want what stands around a quote: both sides of it, what is to be done, the reason, the edge of its paragraph.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.conversation import answer_patterns as about
from retrieval.conversation.answer_rules import chosen, show, source_asked, spoken_alone
from retrieval.conversation.stepping import beside, last_shown, shown_around
from retrieval.conversation.utterance import Turn, Utterance
from retrieval.speeches import vicinity
from retrieval.speeches.numerals import to_int
from retrieval.speeches.quotes import quote
from retrieval.speeches.tree import Span


def both_beside(utterance: Utterance) -> Turn | None:
    """前一句和后一句都要: what stands before and after the quote, and the quote between.

    怎么宣传劳模 / 前后两句都给我 → quotes   怎么宣传劳模 / 前一句后一句都要 → quotes   ✗ 怎么宣传劳模 / 前一句   ✗ 3.2 / 前后两句都给我
    """
    index, text = chosen(utterance)
    if not utterance.card or utterance.before.lookup or not _BOTH.search(text) or utterance.left(text, _BOTH, about.JUST_NOW):
        return None
    return around(utterance, index)


def around(utterance: Utterance, index: int) -> Turn:
    """What stands before and after a quote, and the quote between."""
    corpus, here = utterance.engine.corpus, utterance.card[index].source
    places = (vicinity.before(corpus, here.speech, here.span), here.span, vicinity.after(corpus, here.speech, here.span))
    spans = [span for span in places if span]
    window = f"{here.speech}.{spans[0].start}.{spans[-1].end}"
    return show(utterance, tuple(quote(corpus, here.speech, span) for span in spans), index, window=window)


# e.g. 前一句和后一句|都要  前后两句  左右相邻两句  ✗前一句  ✗前后文
_BOTH = re.compile(
    r"(?:前|上)(?:面|边|头)?(?:的)?(?:那)?(?:一)?句(?:话)?(?:和|跟|与|还有|加|、|,| )*"
    r"(?:后|下)(?:面|边|头)?(?:的)?(?:那)?(?:一)?句(?:话)?|前后(?:各)?(?:两|一|几)句|(?:左右|前后)?(?:相邻|紧邻|挨着)的?(?:前后)?(?:两|各一)句|左右(?:各)?(?:两|一)句|一起给(?:我)?$"
)


def place_of_step(utterance: Utterance) -> Turn | None:
    """这是第几段 after steps that led into another paragraph: where the sentence that was shown last stands.

    毛主席说劳模有什么作用 // 上一句 / 这是第几段 → place
    ✗ 怎么宣传劳模 / 这是第几段
    """
    shown = last_shown(utterance)
    found = source_asked(utterance) if shown else None
    return replace(found, quotes=(shown,)) if shown and found and found.say == "place" and len(found.quotes) == 1 else None


def some_beside(utterance: Utterance) -> Turn | None:
    """再往下念两句: so many sentences after or before the quote, together.

    怎么宣传劳模 / 那句再往下念两句 → quotes   怎么宣传劳模 / 前面三句也念念 → quotes   ✗ 怎么宣传劳模 / 再来两句   ✗ 3.2 / 再往下念两句
    """
    index, text = chosen(utterance)
    found = _SOME.search(text)
    if not found or not utterance.card or utterance.before.lookup or utterance.left(text, _SOME, about.JUST_NOW):
        return None
    corpus, here = utterance.engine.corpus, utterance.card[index].source
    back, spans = (found[1] or found[3]) in "上前", [shown_around(utterance, index)]
    for _ in range(to_int(found[2] or found[4]) or 2):
        further = (vicinity.before if back else vicinity.after)(corpus, here.speech, spans[-1])
        if further is None:
            break
        spans.append(further)
    if len(spans) == 1:
        return None
    whole = Span(min(spans[1:]).start, max(spans[1:]).end)
    together = vicinity.paragraph(corpus, here.speech, min(spans[1:])).end >= whole.end
    quotes = tuple(quote(corpus, here.speech, span) for span in ([whole] if together else sorted(spans[1:])))
    return show(utterance, quotes, index, window=f"{here.speech}.{min(spans).start}.{max(spans).end}")


# e.g. 再往下念两句  往后看三句  前面两句  ✗再来两句  ✗前后两句
_SOME = re.compile(
    r"(?:再|接着|继续)?(?:往|朝|接)?(?<!前)([下后上前])(?:面|边|头)?的?(?:再|接着)?(?:念|读|看|发|给|来|找)*(?:我)?(?:一下)?([两二三四几2-4])句(?:话)?(?:念念|给我|读读)?|"
    r"(?:念|读|看)(?<!前)([下后上前])(?:面|边|头)?的?([两二三四几2-4])句(?:话)?"
)


def remedy_asked(utterance: Utterance) -> Turn | None:
    """那领导说该怎么办呢: what follows the sentence that was shown, for what is to be done about it stands behind it.

    劳模身体受影响 / 那领导说该怎么办呢 → quotes   ✗ 怎么宣传劳模 / 怎么做   ✗ 怎么宣传劳模 / 那工会该怎么做   ✗ — / 该怎么办呢
    """
    alone = utterance.bare in utterance.words.continuing and not utterance.bare.endswith(("办", "整"))
    if not utterance.card or utterance.before.lookup or alone or not _REMEDY.fullmatch(utterance.said):
        return None
    index, _ = chosen(utterance)
    found = beside(utterance, index, back=False)
    return _longer(utterance, found, index) if found.quotes and found.kind == "quotes" else found


REMEDY = 200  # characters up to which a second sentence is shown, chosen: half of a screen


def _longer(utterance: Utterance, found: Turn, index: int) -> Turn:
    """With the sentence behind it, if that is of the same paragraph and both are short."""
    corpus, shown = utterance.engine.corpus, found.quotes[0].source
    further = vicinity.after(corpus, shown.speech, shown.span)
    whole = vicinity.paragraph(corpus, shown.speech, shown.span)
    if further is None or further.end > whole.end or further.end - shown.span.start > REMEDY:
        return found
    both = quote(corpus, shown.speech, Span(shown.span.start, further.end))
    return show(utterance, (both,), index, window=both.id)


# e.g. 那领导说该怎么办呢  那咋治  那靠什么来扭转呢  那打算咋办嘛  那要我们咋做  ✗那工会该怎么做
_REMEDY = re.compile(
    r"(?:唉|哎|嗯)?[,，]?(?:那|所以)?(?:么)?(?:到底|究竟)?(?:领导|书记|他们?|她|上面|讲话里?)?(?:是)?(?:说|讲|觉得)?(?:了)?(?:打算|准备|要|让|叫|号召)?"
    r"(?:我们|咱们?|大家|普通人|大伙儿?|工人|职工|劳动者|群众)?(?:该|应该|应当|要|得|又|能|具体)*(?:(?:怎么|咋|怎样|如何)(?:办|做到?|干|解决|应对|改|治|扭转)|靠(?:什么|啥)来?(?:解决|改变|扭转|治))"
    r"(?:呢|嘛|啊|呀|才好|好)*(?:[,，](?:我?(?:想|就)?(?:听听|看看)|总不能.{1,8}))?"
)


def reason_asked(utterance: Utterance) -> Turn | None:
    """为啥会这样: what stands before and after the quote, for there its reason is given, if anywhere.

    怎么宣传劳模 / 为啥会这样 → quotes   ✗ 怎么宣传劳模 / 为什么   ✗ 怎么宣传劳模 / 为啥要学习   ✗ — / 为啥会这样
    """
    index, _ = chosen(utterance)
    return around(utterance, index) if utterance.card and not utterance.before.lookup and _REASON.fullmatch(utterance.said) else None


# e.g. 为啥会这样  那为什么呢  ✗学习
_REASON = re.compile(
    r"(?:那|这)?(?:是)?(?:为什么|为啥|为何|咋)(?:会|能|要|就)?(?:是)?(?:这样|那样|这么|那么|如此)?(?:[大小多少高低好差难]|说|讲)?(?:的)?(?:呢|呀|啊|子)?(?<!为什么)(?<!为啥)(?<!为何)(?<!咋)"
)


def edge_of_paragraph(utterance: Utterance) -> Turn | None:
    """这一段最后一句: the last or first sentence of the paragraph that the quote, or what was opened, stands in.

    Of a speech that is named, of the paragraph that was shown of it last.

    怎么宣传劳模 / 这段最后一句是啥 → quotes   2.1 / 这段的最后一句是什么 → quotes   4.2 / 这部分的首句 → quotes
    6.2.3 / 这段末尾那句 → quotes   第六篇第3段 / 这一段开头第一句是啥 → quotes   3.2 / 它最后一句念念 → quotes
    第一篇怎么关心劳模 // 第三篇怎么讲改革 / 请回到第一篇那一段，给出该段的最后一句 → quotes
    ✗ 怎么宣传劳模 / 最后一段   ✗ — / 这段最后一句   ✗ 第三篇 / 这段最后一句
    ✗ 6.2 / 第二点的最后一句   ✗ 怎么宣传劳模 / 第二篇那段最后一句
    """
    found = _EDGE_OF_PARAGRAPH.search(utterance.said)
    named = utterance.understood.references
    text = utterance.understood.text if named else utterance.said
    if found is None or utterance.left(text, _EDGE_OF_PARAGRAPH, _BACK_TO):
        return None
    here = _paragraph_shown(utterance)
    if here is None:
        return None
    number, span = here
    corpus, of_a_part = utterance.engine.corpus, "段" not in found[0]
    if of_a_part and not utterance.before.lookup:
        return None
    inside = vicinity.sentences_of(corpus, number, span if of_a_part else vicinity.paragraph(corpus, number, span))
    return spoken_alone(utterance, quote(corpus, number, inside[0 if found[1] else -1]))


def _paragraph_shown(utterance: Utterance) -> tuple[int, Span] | None:
    """The speech and range of what 这段 means; None of nothing, or of a whole speech."""
    named, opened = utterance.understood.references, utterance.before.references[:1] if utterance.before.lookup else ()
    if opened and (not named or named[0].number == opened[0].number):
        part = opened[0]
        exists = (part.path or part.paragraph) and utterance.engine.scope.exists(part)
        return (part.number, utterance.engine.range_of(part)) if exists else None
    shown = [utterance.spoken_of] if utterance.spoken_of and not utterance.before.lookup else []
    if named:
        earlier = (utterance.engine.reader.understand(question) for question in utterance.conversation.asked)
        answers = (utterance.best(one).quotes[:1] for one in earlier if not one.lookup)
        shown = [one for one in (*shown, *(quote for quotes in answers for quote in quotes)) if one.source.speech == named[0].number]
    return (shown[0].source.speech, shown[0].source.span) if shown else None


_BACK_TO = re.compile(r"回到|返回|再看|退回|给出|里|的")  # 回到|第一篇  ✗工会


# e.g. 这一段最后一句  那段开头一句  它最后一句  那一点的收尾句  ✗最后一段
_EDGE_OF_PARAGRAPH = re.compile(
    r"(?:它|[这那本该此](?:一|个)*(?:(?:自然)?段(?:话|落)?|部分|小?[节点条]))(?:里面?|中)?[,，]?的?"
    r"(?:(第一|头一?|开头(?:的)?(?:第一|那?一?)|打头(?:的)?那?一?|首)|最后(?:的)?那?一?|[末结收]尾(?:的)?那?一?|末|尾)句(?:话)?"
)
