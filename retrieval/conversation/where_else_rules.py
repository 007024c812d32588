"""Rules for messages that ask where else a word stands: nowhere, not in that speech, or in which.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re

from retrieval.answer.passage_words import is_keyword
from retrieval.conversation import answer_patterns as about
from retrieval.conversation import exclusion
from retrieval.conversation.answer_rules import show
from retrieval.conversation.topic_rules import CARRIES_ON, asked_before
from retrieval.conversation.utterance import Turn, Utterance, again, said
from retrieval.question.literal import BY_ITSELF
from retrieval.question.references import Reference
from retrieval.question.spellings import MOST
from retrieval.question.wordlists import any_of
from retrieval.speeches.vicinity import sentences_of
from retrieval.terms.fold import fold_question


def said_nowhere_else(utterance: Utterance) -> Turn | None:
    """还有其他的不, 别处呢 after a word that stands only in what was shown: that there is no more.

    哪里提到螺丝钉 / 还有其他的不 → only_here   ✗ 怎么宣传劳模 / 还有吗   ✗ 3.2 / 还有吗
    """
    asks = (
        utterance.previous
        and not about.READS_ON.fullmatch(utterance.said)
        and (utterance.is_one_of(utterance.words.more) or utterance.is_only(_without_each(utterance), about.MORE, about.ELSEWHERE))
    )
    only_this = utterance.previous and utterance.is_only(utterance.said, about.ONLY_THIS) and not about.BESIDE_IT.search(utterance.said)
    asks = asks or only_this
    word = word_before(utterance) if asks and not utterance.before.lookup else ""
    others = utterance.understood.each or _OTHER_SPEECHES.search(utterance.said)
    ends = _stands_nowhere_else if others else _all_shown
    if not word or not ends(utterance, word) or not (others or only_this or utterance.engine.count_of(word)):
        return None  # of a word that no speech has, what comes near goes on
    if not others and _is_behind(utterance, word):
        return None
    return (_of_another_speech(utterance, word) if others else None) or only_here(utterance, word)


def this_speech_alone(utterance: Utterance) -> Turn | None:
    """只这一篇？: whether no other speech says it.

    哪里提到螺丝钉 / 就这一篇吗 → only_here   怎么宣传劳模 / 只这一篇？ → 各篇讲话 怎么宣传劳模
    ✗ 怎么宣传劳模 / 就看这一篇   ✗ 怎么宣传劳模 / 就这一篇   ✗ 3.2 / 只这一篇？
    """
    if not utterance.previous or utterance.before.lookup or not _THIS_ALONE.fullmatch(utterance.spoken):
        return None
    return in_no_other_speech(utterance) or again(utterance, f"{utterance.words.each[0]} {asked_before(utterance)}")


# e.g. 就这一篇吗  只这一篇?  只有那篇讲话里讲到了么  ✗就这一篇
_THIS_ALONE = re.compile(
    "(?:那|难道)?(?:就|只|仅|光|唯独)+(?:有|是|在)?[这那]一?(?:篇|次|场)(?:讲话|稿子?)?(?:里面?|中)?(?:才)?(?:有|讲|说|提|写|用)?[到过了的]*(?:吗|么|[?])+"
)


def lacks_that_sentence(utterance: Utterance) -> Turn | None:
    """它讲旅游那句呢 of a speech without the word: that it has not.

    怎么宣传劳模 / 它讲螺丝钉那句呢 → 第4篇 有没有“螺丝钉”   ✗ 怎么宣传劳模 / 它讲旅游那句呢   ✗ — / 它讲螺丝钉那句呢
    """
    found = _SENTENCE_OF_IT.fullmatch(utterance.said) if utterance.spoken_of else None
    if found is None or utterance.spoken_of is None or utterance.spoken_of.source.speech in utterance.engine.speeches_with(found[1]):
        return None
    return again(utterance, f"第{utterance.spoken_of.source.speech}篇 有没有“{found[1]}”")


# e.g. 它讲脱贫那句呢  这篇里提到旅游的那段给我  ✗那句呢  ✗讲旅游那句
_SENTENCE_OF_IT = re.compile(
    r"(?:那|还有)?(?:[它他]|[这那本]一?篇)(?:讲话)?(?:里面?|中)?(?:讲|说|提|写|谈)(?:到|过|了)*([\u4e00-\u9fff]{2,6}?)的?(?:那|这)一?[句段条](?:话)?"
    r"(?:呢|在哪|给我|发我|念念|看看)?"
)


def word_elsewhere(utterance: Utterance) -> Turn | None:
    """别的几篇提到螺丝钉没有, 这几个字别处还有吗: whether the other speeches than that of the quote spoken of have the word.

    怎么宣传劳模 / 别的篇还提螺丝钉不 → 第1篇、第2篇、第3篇、第5篇、第6篇 有没有“螺丝钉”
    怎么宣传劳模 / 螺丝钉三个字别处还有吗 → 第1篇、第2篇、第3篇、第5篇、第6篇 有没有“螺丝钉”
    “关键一招”在哪 / 还有谁也用了这个词 → 第1篇、第2篇、第4篇、第5篇、第6篇 有没有“关键一招”
    ✗ 怎么宣传劳模 / 别的篇还有吗   ✗ 怎么宣传劳模 / 还有谁也用了这个词   ✗ 怎么宣传劳模 / 别的篇怎么说工会   ✗ — / 别的篇提到螺丝钉没有
    """
    spoken_of = utterance.spoken_of
    here = (Reference(spoken_of.source.speech),) if spoken_of else ()
    others = exclusion.others(tuple(utterance.engine.corpus.numbers), here) if here else ""
    if others and _WHO_ELSE.fullmatch(utterance.said) and (word := word_before(utterance)):
        return again(utterance, f"{others} 有没有“{word}”")
    found = _OTHERS_HAVE.fullmatch(utterance.said) or _STANDS_IN_OTHERS.fullmatch(utterance.said)
    if not others or found is None or _ASKS_WHAT.search(utterance.said) or _OF_A_KIND.search(found[1]):
        return None
    stands = next((word for word in (found[1], utterance.inner(found[1])) if utterance.engine.exact.look_up(word).places), "")
    return again(utterance, f"{others} 有没有“{stands}”") if len(stands) > 1 and utterance.left(stands) else None


def asked_of_others(utterance: Utterance) -> Turn | None:
    """别的篇里怎么说工会: asked of the other speeches than that of the quote spoken of, if they have an answer.

    怎么宣传劳模 / 那其他几篇怎么说工会的 → 第1篇、第2篇、第3篇、第5篇、第6篇 怎么说工会的
    ✗ 怎么宣传劳模 / 别的篇怎么说   ✗ — / 别的篇里怎么说工会   ✗ 怎么宣传劳模 / 别的吗
    """
    found = _OF_OTHERS.match(utterance.said) if utterance.spoken_of and not utterance.understood.references else None
    rest = CARRIES_ON.sub("", found[1], count=1).rstrip("的呢吗吧?？ ") if found else ""
    if found is None or utterance.spoken_of is None or _BRING.fullmatch(rest) or len(_WHETHER_THERE.sub("", rest)) < LEAST_ASKED:
        return None
    numbers = tuple(numbered.number for numbered in utterance.engine.corpus.speeches)
    others = exclusion.others(numbers, (Reference(utterance.spoken_of.source.speech),))
    asked = again(utterance, f"{others} {found[1]}") if others else None
    return asked if asked and utterance.best(asked.understood).confidence != "none" else None


_OF_A_KIND = re.compile("的(?:还|也)?$|的(?:还|也)?有")  # 维权|的还有|  ✗维权
_WHETHER_THERE = re.compile("[都也还再有没无提说讲到过了的吗呢啊吧]")  # 都  没  ✗工
_BRING = re.compile("的?(?:也|都|一起)?(?:[拿发给找列贴]|提供)(?:出来?|来|我|一下|看看)*")  # 的也拿来  ✗怎么说
LEAST_ASKED = 2  # characters of content from which what stands behind 别的篇 asks something of its own, chosen
_ASKS_WHAT = re.compile(r"什么|啥|怎|咋|如何|哪")  # 什么  ✗没有


_IN_OTHERS = (
    # e.g. 别的篇  其他几篇讲话里  别处  ✗这篇
    r"(?:除了?[这那]一?篇(?:以外|之外)?[,， ]*)?(?:那|在|从)?(?:别的?|其[他它余]的?|另外的?|剩下的?)"
    r"(?:地方|处|文章|[几各两二三四五2-9]?(?:篇|个|次)?(?:讲话|稿子?)?)(?:里[面头]?|中)?"
)
_HAS_IT = "(?:有没有|有无|还|也|再|都|有|又)*(?:出现|提到|提及|说到|讲到|提|说|讲|用|写)?[过到了]*"  # 还提到了  有  |工
# e.g. 螺丝|钉  “旅游”这个词  ✗钉
_THE_WORD = r"[“\"「]?([\u4e00-\u9fff]{2,12}?)[”\"」]?[ ,，]*(?:[这那]?一?(?:个词|句话?|[几两俩二三四五六]个?字|个说法)|[俩两]字)?"
_OR_NOT = "(?:了吗|了吧|没有?|吗|么|不|嘛|呢|吧)?"  # 没有  不  |工
_OF_OTHERS = re.compile(
    rf"(?=.{{0,3}}(?:别的?|其[他它余]的?|另外的?|剩下的?)[几各两二三四五2-9]?(?:篇|讲话|稿)){_IN_OTHERS}(.{{2,}})"
)  # 其他几篇怎么说工会  ✗别的吗
_OTHERS_HAVE = re.compile(
    rf"{_IN_OTHERS}(?=.*[有提说讲用写出]){_HAS_IT} ?{_THE_WORD}{_OR_NOT}"
)  # 别的篇还提螺丝|钉不  别的讲话有“旅游”这个词吗  ✗别的篇
# e.g. 还有谁也用了这个词  别人用过这几个字吗  ✗还有谁
_WHO_ELSE = re.compile(
    r"(?:那)?(?:还有)?(?:谁|哪一?篇|别人|别的领导|其他领导)(?:也|还)?(?:用|提|说|讲|写)(?:到|过|了)*(?:[这那]个?词|[这那][两几三四]个字|[这那]个?(?:说法|提法|比喻))(?:吗|没有?|么)?"
)
_STANDS_IN_OTHERS = re.compile(
    rf"{_THE_WORD}[ ,，]*{_IN_OTHERS}(?=[还也都有又提说讲用出])(?:{_HAS_IT}){_OR_NOT}"
)  # 螺丝钉三个字别处还有吗  ✗螺丝钉


def in_no_other_speech(utterance: Utterance) -> Turn | None:
    """That the one word that the question before is about stands in no speech but those that were shown; None if it does."""
    word = word_before(utterance) if utterance.previous and not utterance.before.lookup else ""
    if not word or not _stands_nowhere_else(utterance, word):
        return None
    return _of_another_speech(utterance, word) or only_here(utterance, word)


def only_here(utterance: Utterance, word: str) -> Turn:
    """That a word stands nowhere but in what was shown; nowhere at all, if no speech has it, and that what comes close was shown."""
    if utterance.engine.count_of(word):
        return said("only_here", about=word)
    near = utterance.engine.exact.look_up(word).near
    if near is None:
        return said("nowhere", about=word)
    if _has_its_like(utterance, near.text):
        return said("near_shown", about=word)
    return said("only_near", about=word)


def _has_its_like(utterance: Utterance, text: str) -> bool:
    """Whether a good part of a text stands in other places, too: what differs a little is told of one place."""
    letters = "".join(filter(str.isalnum, text))
    size = max(SHORTEST_LIKE, round(LIKE * len(letters)))
    runs = {letters[at : at + size] for at in range(len(letters) - size + 1)}
    return any(len(utterance.engine.exact.look_up(run).places) > 1 for run in runs)


LIKE, SHORTEST_LIKE = 0.75, 6  # part of a text, and letters, that make another place like it, chosen


def all_there_is(utterance: Utterance) -> Turn | None:
    """That the one word that the question before is about stands nowhere but in what was shown, or in no other speech; None if it does."""
    if _OTHERS_TOO.search(utterance.said):
        return in_no_other_speech(utterance)
    word = word_before(utterance) if utterance.previous and not utterance.before.lookup else ""
    return only_here(utterance, word) if word and _all_shown(utterance, word) else None


_OTHERS_TOO = re.compile("别的?篇|别的讲话|其[他它]")  # 别的篇|也这么叫过  ✗别的没有了


def _of_another_speech(utterance: Utterance, word: str) -> Turn | None:
    """The quote of the card that another speech than that of the one spoken of says with the word; only the first is in view."""
    spoken_of = utterance.spoken_of
    for index, quote in enumerate(utterance.card):
        if spoken_of and quote.source.speech != spoken_of.source.speech and word in fold_question(quote.text):
            return show(utterance, (quote,), index)
    return None


def asked_everywhere(utterance: Utterance) -> Turn | None:
    """那在哪一篇 after a question that a speech does not answer: asked of all.

    第二篇旅游有什么要求 / 那到底在哪一篇讲的 → 各篇讲话 旅游有什么要求   ✗ 怎么宣传劳模 / 在哪一篇讲的
    """
    failed = utterance.conversation.failed
    if (
        not utterance.failed.references
        or _OF_ITS_TIME.search(utterance.said)
        or _OF_A_QUOTE.search(utterance.said)
        or not utterance.is_only(_without_each(utterance), about.PLACE, about.ELSEWHERE)
    ):
        return None
    text = utterance.engine.reader.understand(failed).text
    return again(utterance, f"{utterance.words.each[0]} {text}")


_SIMILAR = re.compile(r"差不多|类似|相近|一样|相似|相同")  # 类似  ✗相信
_HOW = re.compile("怎么|咋|如何|怎样")  # 怎么|讲的  ✗有没有
_WHETHER = re.compile(r"[没有提用讲说引]")  # 有  提  ✗呢
_OF_ITS_TIME = re.compile("年|谁|时候|城市|日期")  # 哪|年|  ✗哪篇
_OF_A_QUOTE = re.compile(r"[这那]?(?:句|话|段|条)")  # 这句  ✗篇


def not_in_that_speech(utterance: Utterance) -> Turn | None:
    """第五篇呢 after a word that does not stand in it: that it does not.

    螺丝钉 / 第五篇呢 → not_there   ✗ 螺丝钉 / 第5篇第五部分   ✗ 哪里提到工匠精神 / 第六篇呢   ✗ 怎么宣传劳模 / 第一篇呢
    """
    alone = utterance.understood
    if not alone.references or not utterance.previous or utterance.left(alone.text, CARRIES_ON, about.MORE) or _SIMILAR.search(alone.text):
        return None
    if _HOW.search(alone.text) or alone.place or any(one.path or one.paragraph for one in alone.references):
        return None
    if not _WHETHER.search(alone.text) and not is_keyword(utterance.before.text):
        return None
    word = word_before(utterance)
    if not word or set(alone.scope).isdisjoint(utterance.engine.corpus.numbers):
        return None
    if not set(alone.scope).isdisjoint(utterance.engine.speeches_with(word)):
        return None
    more = f"等{len(alone.scope)}篇" if len(alone.scope) > MOST else ""
    return said("not_there", about="、".join(f"第{n}篇" for n in alone.scope[:MOST]) + f"{more}里没有「{word}」这几个字")


def _without_each(utterance: Utterance) -> str:
    """The message without 其他篇, 哪一篇."""
    return any_of(utterance.words.each).sub(lambda each: "别的" if each[0][0] in "其别另" else each[0], utterance.said)


def word_before(utterance: Utterance) -> str:
    """The one word that the question before is about, if it stands in a quote that was shown: 螺丝钉 of 哪里提到螺丝钉; else ""."""
    literal = utterance.engine.literal_reader.read(utterance.previous)
    shown = " ".join(fold_question(quote.text) for quote in utterance.card)
    if literal and len(literal.wordings) == 1:
        word = fold_question(literal.wordings[0])
        return word if literal.because != BY_ITSELF or word in shown else ""
    if _OF_A_MATTER.search(utterance.previous):
        return ""  # 怎么宣传劳模 looks up no word
    asked = any_of(utterance.words.each).sub(" ", any_of(utterance.words.asking).sub(" ", utterance.before.text))
    asked = _WHERE_OR_HOW_CALLED.sub(" ", asked)
    word = utterance.inner(asked)
    before = asked[max(asked.find(word) - 1, 0) : asked.find(word)]
    if f"{before}{word}" in shown and shown.replace(f"{before}{word}", "").find(word) < 0:
        word = f"{before}{word}"  # 一线工人, of which 一 is no small word
    return word if len(word) > 1 and word in shown else ""


# e.g. 怎|么宣传劳模  工会要做|什么|  ✗螺丝钉精神
_OF_A_MATTER = re.compile(
    "怎|咋|如何|什么|啥|为何|哪[些个几种](?!地方|篇|处|讲话)|谁|多少|几[个点条种]|[吗呢么](?=[?？]?$)|要求|来[一几两]?[句条]|找[一几两]?[句条]|要[一几两]?[句条]"
)


# e.g. 哪些地方|职工之家  职工之家|这个提法|  ✗哪里
_WHERE_OR_HOW_CALLED = re.compile(r"哪[些几]?个?(?:地方|处)|[这那]个?(?:提法|说法|字眼|表述|短语)")


def _all_shown(utterance: Utterance, word: str) -> bool:
    """Whether a word stands nowhere but in the sentences that were shown."""
    corpus = utterance.engine.corpus
    everywhere = utterance.engine.count_of(word)
    around = {(q.source.speech, s) for q in utterance.card for s in sentences_of(corpus, q.source.speech, q.source.span)}
    return everywhere <= sum(fold_question(corpus.text(corpus.speech(n).speech.file, s)).count(word) for n, s in around)


def _is_behind(utterance: Utterance, word: str) -> bool:
    """Whether a quote with the word stands behind the one spoken of, which is all of a sure answer that is in view."""
    behind = utterance.card[utterance.conversation.chosen + 1 :]
    looked_up = utterance.engine.literal_reader.read(utterance.previous)  # then every quote of the card has it
    return utterance.answer_before.confidence == "sure" and any(looked_up or word in fold_question(quote.text) for quote in behind)


def _stands_nowhere_else(utterance: Utterance, word: str) -> bool:
    """Whether a word stands in no other speech than those of which a sentence with it was shown."""
    shown = {quote.source.speech for quote in utterance.card if word in fold_question(quote.text)}
    return set(utterance.engine.speeches_with(word)) <= shown


_OTHER_SPEECHES = re.compile(r"(?:别的?|其[他它余]的?|另外的?|剩下的?)[几五]?(?:篇|讲话|稿子?)")  # 别的讲话  其他几篇  ✗别的吗
