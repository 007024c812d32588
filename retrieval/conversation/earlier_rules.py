"""Rules for messages that go back to what was shown before the last answer, or that call a sentence by a word of it.

Their examples: questions before, the last one first, by // / message → question or sentence that follows, ✗ where the rule does not
answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from retrieval.answer.literal_answer import sentences_around
from retrieval.conversation import answer_patterns as about
from retrieval.conversation.answer_rules import chosen, of_it_alone, show, spoken_alone
from retrieval.conversation.navigation import counts_in
from retrieval.conversation.premise_rules import wording_asked
from retrieval.conversation.utterance import Turn, Utterance, again, said
from retrieval.exact.concordance import Occurrence
from retrieval.exact.originals import closest_in
from retrieval.speeches import vicinity
from retrieval.speeches.quotes import Quote
from retrieval.speeches.quotes import quote as quote_at
from retrieval.speeches.tree import Span

SHORTEST, LONGEST = 2, 12  # characters of what a sentence is called by, chosen: 梦想  幸福不会从天而降


def earlier_quote(utterance: Utterance) -> Turn | None:
    """刚才螺丝钉那句再发一下: the quote of an earlier answer that has the word, or of a question that had; 回到第一句: that of the first.

    工会怎样服务职工 // 劳模的螺丝钉精神 / 刚才螺丝钉那句再发一下 → quotes   工会怎样服务职工 // 劳模的螺丝钉精神 / 回到最开始那句 → quotes
    工会怎样服务职工 // 劳模的螺丝钉精神 / 还是螺丝钉那句好，再发我一下 → quotes
    怎么宣传劳模 // 劳模的螺丝钉精神 / 螺丝钉那句后面一句 → quotes
    ✗ 工会怎样服务职工 / 刚才那句再发一下   ✗ 工会怎样服务职工 / 刚才讲话的人是谁   ✗ — / 刚才螺丝钉那句   ✗ 怎么宣传劳模 / 雷锋那句
    """
    found = _EARLIER.search(utterance.said) or _ONE_CALLED.search(utterance.said)
    if found is None or not utterance.previous:
        return None
    wanted = (_BESIDE, _EARLIER, _WANTED)
    if _FIRST.search(utterance.said) and not utterance.left(utterance.said, _BESIDE, _FIRST, _EARLIER, _WANTED, about.REPEAT):
        first = next(_answers(utterance, reversed(utterance.conversation.asked)), None)
        return _shown(utterance, first[1] if first else None)
    word = utterance.said
    for pattern in wanted:
        word = pattern.sub(" ", word)
    whole = word.strip(" ,，。的")  # 一带一路 begins with a small word
    word = whole if utterance.engine.exact.look_up(whole).places else utterance.inner(word)
    if not SHORTEST <= len(word) <= LONGEST or utterance.understood.references:
        return None
    called = _CALLED_SO.search(_USED_FOR.sub(",", utterance.said))
    if called and called[1] != word and utterance.engine.exact.look_up(called[1]).places:
        word = called[1]
    answers = list(_answers(utterance, utterance.conversation.asked))
    having = [shown for _, shown in answers if word in shown.text]
    if not having and not utterance.engine.exact.look_up(word).places:  # else another sentence has it
        having = [shown for asked, shown in answers if word in asked]
    return _shown(utterance, having[0] if having else None)


# e.g. 刚才  之前  一开始  最初  绕回去  开头你给我的  ✗前面
_EARLIER = re.compile(
    r"(?:刚才?|刚刚|方才|之前|先前|早先|一开始|最开始|最初|最早|最先|(?:^|(?<=[再请那想要还是,，]))[绕倒折]?回(?:到|去)|开头(?=[你您我]))[,，]?(?:你|您|我|那个?|的|说|讲|发|给|提|过|问)*"
)
# e.g. 螺丝钉那句  榜样内个再发|下一遍  高尔基的带出处  ✗那句
_ONE_CALLED = re.compile(
    r"[^,，。?! ]{2,8}?(?:[那内](?:(?:一)?[句条处]|整?一?段|个[也再]?发?(?=[下给]|$))|的[也再都]?[要带附写标][上明]?(?:出处|来源))"
)
_USED_FOR = re.compile(r"^[^,，。?! ]{1,8}?(?:就|还是|要)用")  # 卡片就用|无限温暖那句  ✗无限温暖那句
_CALLED_SO = re.compile(r"(?:^|[,，。? ])([^,，。?! ]{3,12}?)[那内](?:一)?[句条处]")  # 为群众说话那句  ✗那句
# e.g. 第一句  最开始那条  ✗第二句
_FIRST = re.compile(
    r"(?:第一|头一|最开始|一开始|最初|最早|最先|开头(?=[你您我]))(?:那|的|你|您|我|给|问|说)*(?:个|一)?(?:句|条|段|个问题|个)(?:话)?"
)
# What is wanted of it: again, or where it stands.
_WANTED = re.compile(
    r"(?:的|[那这内])*(?:一)?(?:[句条段](?:话)?|个)(?:的|是|呢)*|复制|拷贝|再|重新?|发|给|念|看|说|找|来|贴|回(?:到|去)?|我|一?[下遍眼次]|来着|出来|"
    r"(?:是|在)?(?:第几|哪一?)[篇段条句](?:里|的)?|(?:附|带|连|标|注明|写[清上])+(?=出处|来源|第几|哪)|出处|来源|哪[里儿]|哪年|原[话文句]|想|要|把|也|"
    r"还是(?=.{2,8}[那内])|好(?=[,，。 ]|$)|全部|整个|整|完整的?|拿"
)  # 那句  再  发  是第几篇  附|出处  ✗工会
_BESIDE = re.compile(
    r"(?:的)?([前后上下])(?:(?:面|边|头|一)?(?:的)?(?:那)?(?:头)?(?:一)?句(?:话)?(?:是|讲|说)*(?:什么|啥)?|"
    r"(?:面|边|头)紧?跟着?的?(?:是)?哪一?句|(?:面|边|头)(?:紧?接着|又|是)*(?:(?:怎么|咋|如何)(?:说|讲|写|接)的?|接(?:着|的)?(?:什么|啥)?|跟着(?:什么|啥)?|(?:说|讲|写)的?(?:是)?(?:什么|啥)|呢$|$))"
)  # 后面一句  后面紧跟哪一句  ✗那句


def _answers(utterance: Utterance, questions: Iterable[str]) -> Iterator[tuple[str, Quote]]:
    """The questions that have an answer, in their order, with the best quotes."""
    for question in questions:
        understood = utterance.engine.reader.understand(question)
        answer = None if understood.lookup else utterance.best(understood)
        if answer and answer.quotes and answer.confidence != "none":
            yield question, answer.quotes[0]


def _shown(utterance: Utterance, quote: Quote | None) -> Turn | None:
    """The quote alone, or what stands beside it, spoken of from then on; where it stands, if that was asked."""
    if quote is None:
        return None
    beside = _BESIDE.search(utterance.said)
    corpus, speech = utterance.engine.corpus, quote.source.speech
    if beside:
        found = (vicinity.before if beside[1] in "前上" else vicinity.after)(corpus, speech, quote.source.span)
        return _beside(utterance, quote, found) if found else None
    if _PARAGRAPH.search(utterance.said):
        quote = quote_at(corpus, speech, vicinity.paragraph(corpus, speech, quote.source.span))
    if _WHERE.search(about.WITH_SOURCE.sub("", utterance.said)):
        return said("place", quote, then=of_it_alone(utterance, quote))
    return spoken_alone(utterance, quote)


def _beside(utterance: Utterance, quote: Quote, beside: Span) -> Turn:
    """The sentence beside a quote, with the two as what further steps go on from."""
    here, speech = quote.source.span, quote.source.speech
    shown = quote_at(utterance.engine.corpus, speech, beside)
    window = f"{speech}.{min(here.start, beside.start)}.{max(here.end, beside.end)}"
    return spoken_alone(utterance, shown, window)


_PARAGRAPH = re.compile(r"段|全部|整")  # 段  全部|拿来  ✗那句
_WHERE = re.compile(r"第几篇|哪|出处|几年")  # 第几篇  哪|里  ✗那句


def shown_quote_called(utterance: Utterance) -> Turn | None:
    """要那条说改革的, after several quotes: the one of them that says it.

    劳模自己要做到哪三条 / 要那条讲劲头的 → quotes   ✗ 劳模自己要做到哪三条 / 要那条讲雷锋的   ✗ — / 要那条讲劲头的
    """
    found = _SHOWN_CALLED.fullmatch(utterance.said) if len(utterance.card) > 1 else None
    having = [n for n, shown in enumerate(utterance.card) if found and found[1] in shown.text]
    return show(utterance, (utterance.card[having[0]],), having[0]) if having else None


# e.g. 要那条说改革的  就刚才讲退休那个  ✗要那条
_SHOWN_CALLED = re.compile(
    r"(?:我?要|给我|看|再看|来|就|刚才|里面|其中|的)*(?:那|这)?(?:一)?[条个句]?"
    r"(?:说|讲|提|谈|关于|有)(?:到)?([^,，。?! ]{2,8}?)(?:的)?(?:那|这)?(?:一)?(?:[条个句]|的)"
)


def sentence_called(utterance: Utterance) -> Turn | None:
    """榜样那句, 第六篇两个维护那句: what is called by words of it, and is no question that has an answer, is looked up.

    — / 榜样那句 → “榜样”   怎么宣传劳模 / 榜样那句再给我看看 → “榜样”
    ✗ — / 机器人那句   ✗ 怎么宣传劳模 / 第二句   ✗ 怎么宣传劳模 / 末尾那处呢   ✗ — / 关心劳模那句
    """
    found = _CALLED.fullmatch(utterance.understood.text if utterance.understood.references else utterance.said)
    if found is None or chosen(utterance)[1] != utterance.said or counts_in(utterance)[0]:
        return None
    numbers, alone = [r.number for r in utterance.understood.references if not r.path], utterance.alone
    if alone.confidence == "sure" and (not numbers or utterance.inner(found[1]) in alone.quotes[0].text):
        return None
    word, places = next(_standing(utterance, (found[1], utterance.inner(found[1]))) if utterance.left(found[1]) else iter(()), ("", ()))
    if (place := next((place for place in places if not numbers or place.speech in numbers), None)) is None:
        return None
    if _THAT_PARAGRAPH.search(utterance.said):
        corpus = utterance.engine.corpus
        whole = quote_at(corpus, place.speech, vicinity.paragraph(corpus, place.speech, sentences_around(corpus, place)))
        return spoken_alone(utterance, whole, whole.id)
    return again(utterance, "".join(f"第{number}篇 " for number in numbers[:1]) + f"“{word}”")


_THAT_PARAGRAPH = re.compile("[那这]一?段")  # 那段  ✗那句


def _standing(utterance: Utterance, words: Iterable[str]) -> Iterator[tuple[str, tuple[Occurrence, ...]]]:
    """The words that stand in the speeches, each with its places."""
    for word in words:
        places = utterance.engine.exact.look_up(word).places if SHORTEST <= len(word) <= LONGEST else ()
        if places:
            yield word, places


# e.g. 两个维护那句  榜样那句再给我看看  涵养情操那条呢  瘦肉精那段整来看看  ✗那句
_CALLED = re.compile(
    r"(?:里[头面边]|中|的|(?:麻烦|请|您|你|帮我|再)*把)?(?:我?想[看听])?[看听]?(?:讲|说|提|写|关于|有)?(?:到|了)?([^,，。?!]{2,14}?)(?:的)?(?:那|这)(?:一)?(?:句|整?段|条|处|个(?=再?[发念贴看来]))(?:话|呢)?(?:全文|[,，都]|[你您]|再|给我|帮我|发|念|看|来|找|出|整)*(?:看看|一?下|一遍|原[话文]|完整的?|全的?)?"
)


def beside_called(utterance: Utterance) -> Turn | None:
    """王进喜那句前面是啥: what stands before or after the sentence that has the words, where the card has none such.

    怎么宣传劳模 / 六稳那句前面是什么 → quotes   怎么宣传劳模 / 王进喜后面那句呢 → quotes   怎么宣传劳模 / 不学习就要落伍前面是什么 → quotes
    ✗ 怎么宣传劳模 / 机器人那句前面是啥   ✗ 怎么宣传劳模 / 前面那句
    """
    named = {reference.number for reference in utterance.understood.references}
    text = _QUOTATION.sub("", utterance.understood.text if named else utterance.said)
    text = _CALLED_BEHIND.sub(r"\2那句\1一句", text)
    found = _BESIDE_CALLED.fullmatch(text) or _BESIDE_OF.fullmatch(text)
    counted = about.QUOTE_COUNTED.search(utterance.said) if utterance.card else None
    if found is None or (counted and (counted[1] or counted[5])):
        return None  # 第二句的上下文
    called, side = sorted(found.groups(), key=len, reverse=True)
    word, places = next(_standing(utterance, (called, utterance.inner(called))), ("", ()))
    places = tuple(place for place in places if not named or place.speech in named)
    if not places:
        return None
    corpus, place = utterance.engine.corpus, next((one for one in places if not one.heading), places[0])
    of_it = utterance.spoken_of if utterance.spoken_of and word in utterance.spoken_of.text else None
    place = next((one for one in places if of_it and one.speech == of_it.source.speech and _inside(one, of_it)), place)
    here = of_it.source.span if of_it else sentences_around(corpus, place)
    if not _THAT_ONE.search(utterance.said) and len(word) >= CLAUSE and _goes_on(utterance, here, place, back=side in "前上"):
        return _shown(utterance, quote_at(corpus, place.speech, here))
    beside = (vicinity.before if side in "前上" else vicinity.after)(corpus, place.speech, here)
    if beside is None:
        return None
    return _beside(utterance, quote_at(corpus, place.speech, here), beside)


# e.g. 下一句是啥 吃香那句  ✗吃香那句
_CALLED_BEHIND = re.compile(
    r"^([上下前后])(?:一|面)?(?:那)?句(?:话)?(?:是啥|是什么|呢|念念)?[,，。 ]+([^,，。?! ]{2,10}?)(?:的)?[那这](?:一)?[句条]$"
)


def _inside(place: Occurrence, quote: Quote) -> bool:
    return quote.source.span.start <= place.span.start < quote.source.span.end


CLAUSE = 4  # characters from which words may be half of a sentence, of which the other half is asked, chosen


def _goes_on(utterance: Utterance, sentence: Span, place: Occurrence, *, back: bool) -> bool:
    """Whether a sentence has something before or after the words."""
    text = utterance.engine.corpus.texts[place.file]
    rest = text[sentence.start : place.span.start] if back else text[place.span.end : sentence.end]
    return sum(map(str.isalnum, rest)) >= SHORTEST


_QUOTATION = re.compile('[“”"「」]')  # “  ✗《
# e.g. 六稳那句前面是什么  王进喜后面那句呢  ✗前面那句
_BESIDE_CALLED = re.compile(
    r"(?:前面|上面|刚才|之前|最早(?:问)?的?)?(?:[那这]一?句(?:话)?里?的?)?"
    r"(?:那|把|讲|说|提|关于)?([^,，。?! ]{2,12}?)(?:的)?(?:[那这](?:一)?句(?:话)?)?[ ,，]*"
    r"(?:的|紧?挨着|紧接着|往){0,3}(?<![看念说读发听一找查])"
    r"([前后上下])(?:面|边|头|一|文)?(?:紧接着|紧跟着|接着)?(?:[那这一]?(?:一)?句(?:话)?)?(?:是|讲|说|写|接|又|着)*(?:的|了)?(?:什么|啥|哪句)?(?:呢|捏|呀|啊)?"
)
# e.g. 下一句(天府|之国  前一句 高尔|基  ✗前一句
_BESIDE_OF = re.compile(r"([前后上下])(?:面|边|头)?(?:的)?(?:那)?一?句[(（ ]+([^()（） ]{2,12}?)(?:的)?(?:[那这](?:一)?句)?[)）]?")


def wording_of_speech(utterance: Utterance) -> Turn | None:
    """第五篇里那句原文呢, after a wording was looked up: the wording in that speech, else what comes closest there.

    “劳动最光荣”出现几次 / 第五篇里那句原文呢 → 第5篇 “劳动最光荣”   怎么关心劳模 // “劳动最光荣”有没有 / 第五篇那句 → 第5篇 “劳动最光荣”
    “工会是党联系职工群众的桥梁和纽带” / 那第三篇的原话怎么写 → 第3篇里最接近“工会是党联系职工群众的桥梁和纽带”的原话
    “劳动最伟大、劳动最美丽”在哪 / 第3篇好像不太一样 → 第3篇里最接近“劳动最伟大、劳动最美丽”的原话
    “劳动最光荣劳动者最美丽” / 第六篇嘞 → 第6篇里最接近“劳动最光荣劳动者最美丽”的原话
    ✗ 怎么宣传劳模 / 第五篇里那句原文呢   ✗ — / 第五篇那句   ✗ “劳动最光荣”在哪 / 第二篇怎么说工会
    """
    named = tuple(dict.fromkeys(reference.number for reference in utterance.understood.references))
    asked = utterance.conversation.asked or (utterance.previous,)
    wanted = any(p.search(utterance.said) for p in (_THAT_ONE, _WHAT_THERE, about.DIFFERS)) or _of_the_altered(utterance)
    if not named or any(r.path or r.paragraph for r in utterance.understood.references) or not wanted or utterance.own_words:
        return None
    if not all(map(utterance.engine.scope.exists, utterance.understood.references)):
        return None
    if len(named) > 1:
        word = wording_asked(utterance, asked[0])
        return closest_of(utterance, named, word) if word and _EACH_ORIGINAL.search(utterance.said) else None
    last = wording_asked(utterance, asked[0])  # where no speech has it, an earlier one is rather meant
    for question in asked:
        word = wording_asked(utterance, question)
        places = utterance.engine.exact.look_up(word).places if word else ()
        there = next((place for place in places if place.speech == named[0]), None)
        if there is None and len(word) >= A_SENTENCE and (near := closest_in(utterance.engine.corpus, named[0], word)):
            if not _BESIDE.search(utterance.said):
                return closest_of(utterance, named, word)
            there = near.place
        elif there is None and question == asked[0] and len(word) >= A_SENTENCE and places:
            return closest_of(utterance, named, word)
        if there and _BESIDE.search(utterance.said):
            return _shown(utterance, quote_at(utterance.engine.corpus, there.speech, sentences_around(utterance.engine.corpus, there)))
        if there:
            return again(utterance, f"第{named[0]}篇 “{word}”")
    return closest_of(utterance, named, last) if len(last) >= A_SENTENCE else None


def closest_of(utterance: Utterance, numbers: Sequence[int], word: str) -> Turn:
    """What comes closest to a wording in each of the speeches."""
    return again(utterance, "、".join(f"第{number}篇" for number in numbers) + f"里最接近“{word}”的原话")


def _of_the_altered(utterance: Utterance) -> bool:
    """Whether 第六篇嘞, 咸阳那篇咋写的 goes on with a wording that no speech has so, or with what came closest in one."""
    goes_on = _GOES_ON.fullmatch(utterance.understood.text) and _ASKED.search(utterance.said) and not _OPENED.search(utterance.said)
    word = wording_asked(utterance, utterance.previous) if goes_on else ""
    return len(word) >= A_SENTENCE and (not utterance.engine.exact.look_up(word).places or "最接近" in utterance.previous)


_ASKED = re.compile("[呢嘞咧吗么不没]|怎么|咋|如何|有这|那句")  # 呢  咋  ✗第六篇
_OPENED = re.compile("打开|翻|全文|目录|标题|讲了|内容")  # 打开  ✗咋写的
A_SENTENCE = 6  # characters of a wording of which something may come close, chosen: 劳动最美丽 is a phrase
# e.g. 呢  嘞  是怎么写的呢  有没有这句  ✗怎么说工会|
_GOES_ON = re.compile(
    r"(?:那|的|里[面头]?|中|又|是|也|到底)*(?:有没有|有没|有)?(?:这|那)?(?:句|话)*(?:怎么|咋|如何)?(?:[写说讲]|表述)?(?:的|呢|嘞|吗|么|不|了|啊|呀|看看)*"
)
# e.g. 两句|原文都发  各自的|原话|  写法|一样吗  ✗怎么说
_EACH_ORIGINAL = re.compile(r"原[话文句]|写法|说法|措辞|怎么写|咋写|[两俩]句|一样|不同|区别")
_WHAT_THERE = re.compile(r"(?<!哪)里(?:面|头)?(?:是)?(?:怎么|咋|说的|写的|讲的)")  # 第五篇|里说的|是啥  ✗哪里讲的
_THAT_ONE = re.compile(r"[那这哪](?:一)?[句处条]|[该此]句(?!之)|原[话句文]")  # 那句  原文  ✗那篇
