"""Rules for what stands beside a wording that the message itself quotes, and for several places around a quote at once.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from retrieval.answer.literal_answer import sentences_around
from retrieval.conversation import answer_patterns as about
from retrieval.conversation.answer_rules import of_it_alone, show, spoken_alone
from retrieval.conversation.utterance import Turn, Utterance
from retrieval.speeches import vicinity
from retrieval.speeches.quotes import quote
from retrieval.speeches.tree import Span
from retrieval.terms.fold import fold_question
from retrieval.terms.quoted import quoted


def beside_wording(utterance: Utterance) -> Turn | None:
    """“劳动改变世界”后面接的哪句: what stands before or after the sentence with the words, or the rest of it; not where the words stand.

    — / “人民的功臣”那句后面紧跟着啥 → quotes   — / “劳动改变世界”之前说了什么 → quotes
    — / 请把“劳动改变世界”前面的那一句也给我看看 → quotes   — / “劳动改变世界”之后的那句，也照录一下 → quotes
      — / 第5篇“人民创造历史”的下半句 → quotes
    怎么宣传劳模 / “劳动改变世界”后面接的哪句 → quotes
    ✗ — / “劳动改变世界”在哪   ✗ — / “机器人”后面一句   ✗ — / “劳动最光荣”后来还提过吗   ✗ — / 后面接的哪句
    """
    marked = [piece for piece in quoted(utterance.message) if piece.outer.end > piece.inner.end]
    if len(marked) != 1 or not _LED.fullmatch(utterance.message[: marked[0].outer.start].strip()):
        return None
    asked = fold_question(utterance.message[marked[0].outer.end :])
    asked = utterance.engine.reader.without_courtesies(asked).strip(" ?。!~")
    found, both = _DIRECTION.fullmatch(asked), _BOTH_SIDES.fullmatch(asked)
    here = _sentence_with(utterance, utterance.message[slice(*marked[0].inner)]) if found or both else None
    if here is None:
        return None
    number, sentence, goes_on = here
    corpus = utterance.engine.corpus
    if both:
        spans = (vicinity.before(corpus, number, sentence), sentence, vicinity.after(corpus, number, sentence))
        return _shown(utterance, number, [span for span in spans if span])
    if found is None or found["half"]:
        return _shown(utterance, number, [sentence])
    back = found["side"][0] in "前上" or found["side"] in ("之前", "以前")
    beside = (vicinity.before if back else vicinity.after)(corpus, number, sentence)
    clause = goes_on[not back] and not (found["that"] or _WHICH.search(asked))  # of half a sentence the other half stands beside it, too
    return _shown(utterance, number, sorted({sentence, beside} if clause and beside else {beside or sentence}))


def _sentence_with(utterance: Utterance, word: str) -> tuple[int, Span, tuple[bool, bool]] | None:
    """The speech and sentence with a wording, the one in view first, and whether it has more before, and behind; None where none has it."""
    named = {reference.number for reference in utterance.understood.references}
    places = [place for place in utterance.engine.exact.look_up(word).places if not named or place.speech in named]
    if not places:
        return None
    corpus, seen = utterance.engine.corpus, utterance.spoken_of
    in_view = next((p for p in places if seen and p.speech == seen.source.speech and seen.source.span.covers(p.span)), None)
    if in_view and seen:
        return in_view.speech, seen.source.span, (False, False)
    place = next((one for one in places if not one.heading), places[0])
    sentence, text = sentences_around(corpus, place), corpus.texts[place.file]
    rest = (text[sentence.start : place.span.start], text[place.span.end : sentence.end])
    return place.speech, sentence, (sum(map(str.isalnum, rest[0])) >= CLAUSE, sum(map(str.isalnum, rest[1])) >= CLAUSE)


CLAUSE = 4  # letters of a sentence beside the words from which they are half of it, chosen: 劳动创造未来


def _shown(utterance: Utterance, number: int, spans: list[Span]) -> Turn:
    """The ranges, from which further steps go on: what was asked of is the last one."""
    quotes = tuple(quote(utterance.engine.corpus, number, span) for span in spans)
    window = f"{number}.{spans[0].start}.{spans[-1].end}" if len(spans) > 1 else ""
    return Turn("quotes", utterance.before, quotes=quotes, then=of_it_alone(utterance, quotes[-1], window))


_WHICH = re.compile("哪一?句")  # 哪句  ✗什么
# e.g. 那句上面一句和下面一句  前后各一句  ✗下一句
_BOTH_SIDES = re.compile(
    r"(?:[这那]一?(?:句|处)?(?:话)?)?的?(?:[前上](?:面|边)?的?一?句(?:话)?(?:和|跟|与|还有|、|,| )*[后下](?:面|边)?的?一?句(?:话)?|"
    r"前后(?:各)?(?:两|一|几)?句|上下文)(?:都|给我|要|呢|念|发|一下)*"
)
# e.g. 那第5篇  请问  讲|到  |劳动最光荣和
_LED = re.compile(
    r"(?:请[问把]?|那|把|回到|知道了|好的?|行|对了|[。!！]|我想知道|想问|问一?下|看看|在|对了|老师|您好|你好|"
    r"第[一二三四五六七八九\d]{1,2}篇|里面?|的|讲|说|[,，!！ ])*+"
)
_TELLS = r"(?>又|接着|紧?[接跟挨]着?|是|讲|说|写|讲到|说到|了|过|的|着|怎么|咋|如何|还有?|什么|啥|哪)*"  # 接的  说了什么  |在
# e.g. 后面接的哪句  那句后面紧跟着啥  之前说了什么  的下半句  接下来怎么说  上一句  ✗在哪  ✗后来还提过吗
_DIRECTION = re.compile(
    rf"(?P<that>[这那]一?(?:句|处|个|段)?(?:话|词|字|说法|提法|比喻|比方)?)?(?:的|里)*[,， ]*(?:紧?(?:挨|接|跟)着|再|往|它|的)*"
    rf"(?:(?P<half>[前后上下])(?:面|边|头)?的?[一那]*半(?:句|截|段|部分)?|"
    rf"(?:(?P<side>[前后上下](?!来|续)|之前|之后|以后|以前|接下来|接着|紧接着|紧跟着)(?:面|边|头|文)?(?:的)?(?:紧?(?:挨|接|跟)着)?的?[一那]*(?P<unit>句)?(?:话)?))"
    rf"{_TELLS}(?:(?:哪|什么)?一?句(?:话)?)?(?:来着|呢|啊|呀|念一?下|念念|给我|发我|看看|听听|也要|[,，]?(?:也|请|一并)*(?:照录|抄|发|贴|念|列)(?:一?下|出来|给我|来)*|也)*"
)


def places_around(utterance: Utterance) -> Turn | None:
    """后一句，还有这段开头: several places around the quote, in the order of the message; 这段开头 alone as well.

    怎么宣传劳模 / 后一句，还有这段开头 → quotes   怎么宣传劳模 / 下一句和这段最后一句 → quotes   怎么宣传劳模 / 这段开头 → quotes
    怎么宣传劳模 / 前一句，还有整段 → quotes
    ✗ 怎么宣传劳模 / 后一句   ✗ — / 后一句，还有这段开头   ✗ 怎么宣传劳模 / 下一段开头   ✗ 3.2 / 后一句，还有这段开头
    """
    index = min(utterance.conversation.chosen, max(len(utterance.card) - 1, 0))
    if not utterance.card or utterance.before.lookup:
        return None
    pieces = [piece for piece in _JOINS.split(utterance.said) if piece.strip()]
    wanted = [next((name for name, pattern in _PLACES.items() if _only(utterance, pattern, piece)), "") for piece in pieces]
    if not wanted or not all(wanted) or (len(wanted) == 1 and (wanted[0] not in _EDGES or "句" in utterance.said)):
        return None
    if len(set(wanted)) < len(wanted) or set(wanted) == {"before", "after"}:
        return None  # both sides have their own rule
    corpus, here = utterance.engine.corpus, utterance.card[index].source
    spans = [_FINDS[name](utterance, index) for name in wanted]
    found = tuple(quote(corpus, here.speech, span) for span in spans if span)
    if len(found) == 1:
        return spoken_alone(utterance, found[0])
    return show(utterance, found, index) if found else None


def _only(utterance: Utterance, pattern: re.Pattern[str], piece: str) -> bool:
    return bool(pattern.search(piece)) and not utterance.left(piece, pattern, about.JUST_NOW)


_JOINS = re.compile("[,，、。;； ]+|还有|以及|外加|加上|再加|连同|[和跟与]")  # ，  还有  ✗的
_PARAGRAPH = r"(?:[这那本该](?:一|个)*|所在)(?:自然)?段(?:话|落)?(?:里面?|中)?的?"  # 这段  那一段的  ✗下一段
_PLACES: dict[str, re.Pattern[str]] = {
    # e.g. 这段开头  这一段头一句  ✗下一段开头
    "first": re.compile(rf"{_PARAGRAPH}(?:开头|开始|打头|头|第一|首)(?:的)?(?:那)?(?:一?句)?(?:话)?"),
    # e.g. 这段结尾  这段最后一句  ✗最后一段
    "last": re.compile(rf"{_PARAGRAPH}(?:结尾|末尾|最后|收尾|末)(?:的)?(?:那)?(?:一?句)?(?:话)?"),
    # e.g. 整段  这一整段  ✗下一段
    "whole": re.compile(r"(?:[这那](?:一|个)*)?(?:整|全|完整的?)(?:一|个)?(?:自然)?段(?:话|落)?|所在(?:自然)?段(?:落)?"),
    # e.g. 前一句  上一句  前面那句  ✗上一段
    "before": re.compile(r"(?:它|这句|那句)?的?(?:前|上)(?:面|边|头)?的?(?:那)?一?句(?:话)?"),
    # e.g. 后一句  下一句  后面一句  ✗下一段
    "after": re.compile(r"(?:它|这句|那句)?的?(?:后|下)(?:面|边|头)?的?(?:那)?一?句(?:话)?"),
}
_EDGES = ("first", "last")


def _edge(utterance: Utterance, index: int, at: int) -> Span:
    corpus, source = utterance.engine.corpus, utterance.card[index].source
    return vicinity.sentences_of(corpus, source.speech, _paragraph(utterance, index))[at]


def _paragraph(utterance: Utterance, index: int) -> Span:
    source = utterance.card[index].source
    return vicinity.paragraph(utterance.engine.corpus, source.speech, source.span)


def _beside(utterance: Utterance, index: int, find: Callable[..., Span | None]) -> Span | None:
    source = utterance.card[index].source
    return find(utterance.engine.corpus, source.speech, source.span)


_FINDS: dict[str, Callable[[Utterance, int], Span | None]] = {
    "first": lambda utterance, index: _edge(utterance, index, 0),
    "last": lambda utterance, index: _edge(utterance, index, -1),
    "whole": _paragraph,
    "before": lambda utterance, index: _beside(utterance, index, vicinity.before),
    "after": lambda utterance, index: _beside(utterance, index, vicinity.after),
}
