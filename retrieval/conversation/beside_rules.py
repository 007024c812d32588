"""Rules for messages that want less or more of what was shown: one sentence, the one before, the paragraph, the part.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.passage_words import typed_words
from retrieval.conversation import answer_patterns as about
from retrieval.conversation import answer_rules
from retrieval.conversation.answer_rules import choose, chosen, show, without_speech_names
from retrieval.conversation.stepping import beside
from retrieval.conversation.utterance import Turn, Utterance, again, said
from retrieval.question.references import Reference
from retrieval.speeches import vicinity
from retrieval.speeches.corpus import Corpus
from retrieval.speeches.lines import sentences
from retrieval.speeches.quotes import Quote, quote
from retrieval.speeches.stretches import section_of
from retrieval.speeches.tree import Span

SHORT = 9  # characters from which a sentence can stand for a part, chosen: 榜样的力量是无穷的。 can
LINES = "lines"  # what is kept as wished, where short lines were shown
BRIEF = 90  # characters of what is shown as short, chosen: the longest of 307 quotes worth showing alone has 66
BRIEFER = 45  # of that where the quote itself is no longer, chosen: two lines of a phone
_CLAUSE = re.compile(r"[;；]|[,，。!！](?=[^,，。]{5})")  # ；  ，|一切创造无论是个人  ✗，|好


def part_repeated(utterance: Utterance) -> Turn | None:
    """再看一遍 after a part that was looked up, or 全都给我 after one sentence of it: the part again.

    3.2 / 再看一遍 → 3.2   3.2 / 还是全都给我吧 → 3.2   ✗ 怎么宣传劳模 / 再看一遍
    """
    wanted = (about.REPEAT, about.LONGER, about.SECTION, about.WHOLE)
    said_ = utterance.said
    named = any(pattern.search(said_) for pattern in wanted)
    return again(utterance, utterance.previous) if utterance.before.lookup and named and not utterance.left(said_, *wanted) else None


def shorter(utterance: Utterance) -> Turn | None:
    """太啰嗦，压缩成一句: one sentence of what was shown.

    怎么宣传劳模 / 太啰嗦，压缩成一句 → quotes   3.2 / 一句话版本 → quotes   ✗ 怎么宣传劳模 / 多长时间宣传一次
    """
    index, text = chosen(utterance)
    if not (utterance.previous or utterance.card) or not utterance.is_only(text, about.SHORTER):
        return None
    first = not (utterance.conversation.chosen or utterance.conversation.window or utterance.said.startswith("再"))
    of_the_card = text == utterance.said and first
    found = shortened(utterance, _nearest(utterance) if of_the_card else index)
    if found and of_the_card and _BY_LENGTH.search(utterance.said) and utterance.card and not _is_shorter(utterance, found):
        found = shortened(utterance, index)  # of the one in view
    return replace(found, say="too_long") if found and found.kind == "quotes" and _COMPLAINS.search(utterance.said) else found


def _is_shorter(utterance: Utterance, found: Turn) -> bool:
    """Whether what is shown has fewer characters than the quote that was in view."""
    return not found.quotes or len(found.quotes[0].text) < len(utterance.card[0].text)


# e.g. 咋这么|墨迹|  太|啰嗦|了  废话|真多  ✗太长了
_COMPLAINS = re.compile("墨迹|磨叽|磨唧|墨叽|磨磨|啰[嗦里啰]|罗嗦|絮叨|唠叨|拖沓|话痨|废话|长篇大论|又臭")


def shortened(utterance: Utterance, index: int) -> Turn | None:
    """One sentence of the part that was looked up, or of a quote, if one was shown since."""
    short = sentence_of_part(utterance) if utterance.before.lookup and not utterance.conversation.card else None
    if not short and utterance.card:
        shown, by_length = utterance.card[index], _BY_LENGTH.search(utterance.said)
        short = _shortest_saying(utterance, shown, BRIEFER if by_length else BRIEF)
        alone = len(answer_rules.in_view(utterance)) == 1 or utterance.conversation.wished in (answer_rules.BRIEF, LINES)
        if by_length and alone and short.source.span == shown.source.span and not utterance.conversation.window:
            return said("no_shorter", short, then=choose(utterance, index))
    return show(utterance, (short,), index, brief=True) if short else None


_BY_LENGTH = re.compile("短|长|简|精|缩|啰嗦|罗嗦")  # 短  太|长|  ✗只要一句


def longer(utterance: Utterance) -> Turn | None:
    """多来点上下文: the paragraph that the quote stands in.

    怎么宣传劳模 / 多来点上下文 → quotes   ✗ 3.2 / 再长一点   ✗ 怎么宣传劳模 / 长期宣传
    """
    index, text = chosen(utterance)
    return paragraph_of(utterance, index) if utterance.card and utterance.is_only(text, about.LONGER) else None


def whole_paragraph(utterance: Utterance) -> Turn | None:
    """整段发我: the printed paragraph.

    怎么宣传劳模 / 整个自然段 → quotes   ✗ 3.2 / 整段   ✗ 怎么宣传劳模 / 下一段
    """
    index, text = chosen(utterance)
    return paragraph_of(utterance, index) if utterance.card and utterance.is_only(text, about.PARAGRAPH, about.WHOLE, _ONCE_MORE) else None


_ONCE_MORE = re.compile("刚才|再[发念贴来]一?遍")  # 刚才|整段  ✗再来一句


def whole_section(utterance: Utterance) -> Turn | None:
    """整节给我: the part that holds the quote; 整篇: its speech.

    劳模自己要做到哪三条 / 把那一节打开 → 1.2   劳模自己要做到哪三条 / 看整篇 → 1   ✗ 怎么宣传劳模 / 下一节
    """
    index, text = chosen(utterance)
    if not utterance.card or about.ELSEWHERE.search(text) or _OF_A_SENTENCE.search(text):
        return None
    if utterance.is_only(text, about.WHOLE):
        return speech_of(utterance, index)
    return part_of(utterance, index) if utterance.is_only(text, about.SECTION) else None


_OF_A_SENTENCE = re.compile("[该此这那本]句|(?:最后|末尾?|第)一句|首句")  # 该句|全文  首句  ✗全文


def speech_of(utterance: Utterance, index: int) -> Turn:
    """The speech that a quote is of."""
    return again(utterance, str(Reference(utterance.card[index].source.speech)))


def part_of(utterance: Utterance, index: int) -> Turn:
    """The part that a quote stands in; its paragraph if it stands in none."""
    source = utterance.card[index].source
    part = section_of(utterance.engine.corpus, source.speech, source.span.start)
    return again(utterance, str(Reference(source.speech, part.path))) if part.path[:1] != (0,) else paragraph_of(utterance, index)


def sentence_beside(utterance: Utterance) -> Turn | None:
    """前一句, 后头呢: what stands before or after the quote, further on each time.

    怎么宣传劳模 / 上一句念念 → quotes   怎么宣传劳模 / 紧接着的下一句 → quotes   ✗ 3.2 / 后面呢   ✗ 怎么宣传劳模 / 上一段
    """
    index, text = chosen(utterance)
    text = without_speech_names(utterance, text)
    if origin := _AT_FIRST.match(text):  # not what steps have led to since
        utterance, text = replace(utterance, conversation=replace(utterance.conversation, window="")), text[origin.end() :]
    if _BOTH_SIDES.search(text):
        return None
    for back, pattern in ((True, about.BEFORE), (False, about.AFTER)):
        if utterance.card and utterance.is_only(text, pattern, about.JUST_NOW):
            return _half(utterance, index, text) or beside(utterance, index, back=back)
    return None


# e.g. 原先那一句,|后面接的是什么  那最开始那句的|前头  ✗原先怎么说
_AT_FIRST = re.compile(r"(?:那)?(?:原先|最开始|一开始|最初|起初|原来)(?:的)?(?:那|这)?一?[句条](?:话)?(?:的)?[,，]?")
_BOTH_SIDES = re.compile("上下文|前后文")  # 上下文  ✗下文


def sentence_with(utterance: Utterance) -> Turn | None:
    """讲宣传的那句单独拿出来: the sentence of what was shown that has the word.

    4.4 / 讲素质的那句 → quotes   ✗ 第三篇 / 讲健康的那段   ✗ 怎么宣传劳模 / 今晚吃什么那句
    """
    found = _SENTENCE_WITH.search(utterance.said)
    if found is None or not utterance.previous:
        return None
    word = utterance.inner(about.SHORTER.sub(" ", found[1]).strip())
    words = [word] if len(word) > 1 else []
    held = [_with(utterance, span, words) for span in _spans(utterance)] if words else []
    best = max(held, key=lambda pair: pair[0], default=(0, None))
    enough = best[0] >= WORDS_HELD * sum(map(len, words))
    return show(utterance, (best[1],), 0, brief=True) if best[1] and enough and not _QUOTED.search(utterance.said) else None


WORDS_HELD = 0.6  # of the characters that a sentence is wished by, chosen: 组织部门 in 组织部门的
_QUOTED = re.compile(r"[\"“”「」]")  # “  ✗句


# e.g. 宣传那句  讲宣传的那句  它说健康那句  ✗那句
_SENTENCE_WITH = re.compile(
    r"(?:(?:只|就|光|仅|单)?(?:要|留|保留|看)?(?:它|里面?|里头|这里头|其中){0,3}(?:讲|说|提|写|关于)?(?:到|了)?)?([^,，。?!]{2,14}?)(?:的)?(?:那|这|哪|一)(?:一)?句(?:话)?"
)


def _with(utterance: Utterance, place: tuple[int, Span], words: list[str]) -> tuple[int, Quote | None]:
    """How many characters of the words the best sentence of a range has, and that sentence."""
    number, span = place
    corpus = utterance.engine.corpus
    text = corpus.texts[corpus.speech(number).speech.file]
    inside = vicinity.sentences_of(corpus, number, span)
    scored = [(sum(len(w) for w in words if w in text[s.start : s.end]), -s.start, s) for s in inside]
    score, _, sentence = max(scored, default=(0, 0, span))
    return (score, quote(corpus, number, sentence)) if score else (0, None)


def _spans(utterance: Utterance) -> list[tuple[int, Span]]:
    """The ranges that were shown: the part that was looked up, else the quotes."""
    before = utterance.before
    if before.lookup:
        return [(r.number, utterance.engine.range_of(r)) for r in before.references if utterance.engine.scope.exists(r)]
    return [(q.source.speech, q.source.span) for q in utterance.card]


def paragraph_of(utterance: Utterance, index: int) -> Turn:
    source = utterance.card[index].source
    corpus = utterance.engine.corpus
    whole = quote(corpus, source.speech, vicinity.paragraph(corpus, source.speech, source.span))
    return show(utterance, (whole,), index, window=whole.id)


def _half(utterance: Utterance, index: int, text: str) -> Turn | None:
    """后半截 of a quote that has two halves; None where what comes next is meant."""
    half = about.HALF.search(text)
    shown = utterance.card[index]
    cuts = [match.end() for match in _CLAUSE.finditer(shown.text)]
    if half is None or not cuts:
        return None
    middle = shown.source.span.start + min(cuts, key=lambda cut: abs(cut - len(shown.text) / 2))
    start, end = shown.source.span
    span = Span(start, middle) if half[1] in "前上" else Span(middle, end)
    return show(utterance, (quote(utterance.engine.corpus, shown.source.speech, span),), index)


def _nearest(utterance: Utterance) -> int:
    """The quote of the card that has most words of the question."""
    words = [term[1:] for term in utterance.before.terms if term[0] == "w"]
    held = [sum(len(word) for word in words if word in shown.text) for shown in utterance.card]
    return held.index(max(held)) if held else 0


def _shortest_saying(utterance: Utterance, shown: Quote, least: int) -> Quote:
    """The sentence of a quote that answers best: the one with most marks, else the first that says something.

    least: characters to which a quote is cut that is no more than that sentence.
    """
    corpus, source = utterance.engine.corpus, shown.source
    text = corpus.texts[source.file]
    marks = shown.marks or _words_in(utterance, text, source.span)
    telling = [s for s in sentences(text, source.span) if s.end - s.start >= vicinity.SAYING] or [source.span]
    inside = _without_headings(corpus, source.speech, telling) or [vicinity.after(corpus, source.speech, source.span) or source.span]
    best = max(inside, key=lambda s: sum(s.covers(mark) for mark in marks))
    short = _clauses(text, best, marks, BRIEF)
    if short == source.span:  # shorter still, if that loses nothing of what was asked
        part = _clauses(text, best, marks, least)
        short = part if all(part.covers(mark) for mark in marks if best.covers(mark)) else short
    return quote(corpus, source.speech, short)


def _without_headings(corpus: Corpus, number: int, spans: list[Span]) -> list[Span]:
    """The sentences that are not the heading of a part: 二要大力弘扬劳模精神。"""
    text = corpus.texts[corpus.speech(number).speech.file]
    headings = {node.title for span in spans for node in corpus.at(number, span.start) if node.heading}
    return [span for span in spans if text[slice(*span)].strip("。：: \n") not in headings]


def _words_in(utterance: Utterance, text: str, span: Span) -> list[Span]:
    """Where the words of the question before stand in a range."""
    found = (re.finditer(re.escape(word), text[slice(*span)]) for word in typed_words(utterance.before.terms))
    return [Span(span.start + match.start(), span.start + match.end()) for matches in found for match in matches]


def _clauses(text: str, sentence: Span, marks: Sequence[Span], most: int) -> Span:
    """A sentence of at most so many characters; of a longer one the clauses that stand together and have most marks, the first such."""
    if sentence.end - sentence.start <= most:
        return sentence
    borders = [sentence.start, *(match.end() for match in _CLAUSE.finditer(text, *sentence)), sentence.end]
    together = [Span(a, b) for a in borders for b in borders if 0 < b - a <= most]
    whole = [span for span in together if span.start == sentence.start or text[span.start - 1] in "；;"]  # with what they are said of
    together = [span for span in whole if any(span.covers(mark) for mark in marks)] or together
    return max(together, key=lambda span: (sum(span.covers(mark) for mark in marks), span.end - span.start, -span.start), default=sentence)


def sentence_of_part(utterance: Utterance) -> Quote | None:
    """The first sentence of the part that was looked up which says something and is short; else its shortest."""
    for number, span in _spans(utterance):
        inside = [s for s in vicinity.sentences_of(utterance.engine.corpus, number, span) if s.end - s.start >= SHORT]
        inside = [Span(max(s.start, span.start), min(s.end, span.end)) for s in inside]
        text = utterance.engine.corpus.texts[utterance.engine.corpus.speech(number).speech.file]
        inside = _without_headings(utterance.engine.corpus, number, inside) or inside
        inside = [s for s in inside if not _ADDRESSES.fullmatch(text[slice(*s)])] or inside
        if inside:
            fit = [s for s in inside if s.end - s.start <= BRIEF]
            return quote(utterance.engine.corpus, number, fit[0] if fit else min(inside, key=lambda s: s.end - s.start))
    return None


# e.g. 各位劳模、同志们！  尊敬的各位领导：  ✗各位劳模是我们的榜样。
_ADDRESSES = re.compile(r"(?:尊敬的|亲爱的)?(?:各位|同志们|朋友们|大家好|女士们)[^，。；]{0,30}[！!：:]")
