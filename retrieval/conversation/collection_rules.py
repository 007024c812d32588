"""Rules for what is asked of the speeches beside each other: which is longer, which was first, in which order, at what meetings.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.conversation.answer_rules import of_it_alone
from retrieval.conversation.facts_rules import facts_told
from retrieval.conversation.topic_rules import asked_before
from retrieval.conversation.utterance import Turn, Utterance, again, said
from retrieval.exact.concordance import extremes, lengths
from retrieval.question.references import Reference
from retrieval.question.spellings import MOST
from retrieval.speeches.quotes import first_paragraph
from retrieval.speeches.tree import Span

FEW = 1000  # speeches of which the lengths are counted for a message, chosen: a hundredth of a second


def length_asked(utterance: Utterance) -> Turn | None:
    """最长那篇多少字, 六篇中最短呢: how long that speech is.

    — / 第4篇多少字 → length_told   怎么宣传劳模 / 六篇中最短呢，字数 → shortest_told   第三篇 / 那最长的那篇呢 → longest_told
    — / 第3篇和第5篇哪篇长 → longer_told   — / 最长的是哪篇 → longest_told
    怎么宣传劳模 // 最长的是哪篇 / 最短的呢 → shortest_told
    ✗ — / 最长的路是什么   ✗ 怎么宣传劳模 / 短一点   ✗ — / 最长的呢
    """
    if len(utterance.engine.corpus.numbers) > FEW:
        return None
    named = [one.number for one in utterance.understood.references if utterance.engine.scope.exists(one)]
    told = utterance.conversation.wished == "facts" and _OTHER_END.fullmatch(utterance.said)  # which was first, or where it was given
    end = (
        told or _LONGEST_ONE.fullmatch(utterance.said)
        if utterance.previous or utterance.conversation.wished == "facts" or _WHICH.search(utterance.said)
        else None
    )
    if end:
        longest, shortest = extremes(utterance.engine.corpus)
        return (
            _told(utterance, longest, said("longest_told")) if _MORE.search(end[0]) else _told(utterance, shortest, said("shortest_told"))
        )
    if not named or not _LENGTH.fullmatch(utterance.understood.text.lstrip("的有和跟与、, ")):
        return None
    found = lengths(utterance.engine.corpus)
    if len(named) == 1:
        return _told(utterance, named[0], said("length_told"))
    if "短" in utterance.said:
        return _told(utterance, min(named, key=lambda number: found[number]), said("shorter_told"))
    return _told(utterance, max(named, key=lambda number: found[number]), said("longer_told"))


_OTHER_END = re.compile("(?:那|还有)?最[长短]的?(?:那?一?篇)?(?:是哪一?[篇个])?(?:呢|啊|呀)?")  # 最长的呢  ✗长的呢
_WHICH = re.compile("哪一?[篇个]")  # 哪篇  ✗篇
_MORE = re.compile("最[长多]")  # 最长  ✗最短


def _told(utterance: Utterance, number: int, sentence: Turn) -> Turn:
    corpus = utterance.engine.corpus
    beginning = first_paragraph(corpus, number)
    return replace(
        sentence, quotes=(beginning,), about=str(lengths(corpus)[number]), then=replace(of_it_alone(utterance, beginning), wished="facts")
    )


_OF_ALL = r"(?:[这那]?[六6几]篇|各篇|全部|所有讲话|其中)?(?:讲话)?(?:里面?|中|当中|之中)?"  # 六篇中  其中  |第六篇
# e.g. 六篇中最短呢，字数  那最长的那篇呢  最短的是哪篇  最短的呢，大概多少字  ✗最好的  ✗最短的呢
_LONGEST_ONE = re.compile(
    rf"(?=.*(?:篇|其中|字|多长))(?:(?:那|还有)?{_OF_ALL}(?:(?:字数|篇幅)最[多少]|(?:字数|篇幅)?最[长短])的?(?:那?一?篇)?(?:是|又是)?(?:哪一?[篇个]|谁)?(?:呢|啊|呀)?|哪一?篇(?:讲话)?(?:是)?(?:字数|篇幅)?最[长短](?:呢|啊|呀)?)"
    r"(?:[,，](?:大概|大约|一共|总共)?(?:字数|多少个?字|有?多长)(?:呢|多少)?)?"
)
_LENGTH = re.compile(r"(?:大概|大约|一共|总共|全文|讲话)*(?:是|有)?(?:多少个?字|多长|字数)(?:呢|啊)?|长|短|谁[长短]")  # 多少字  长  ✗工会


def order_asked(utterance: Utterance) -> Turn | None:
    """谁在前谁在后, 六篇按年代先后排好: when each was given, the earliest first.

    第4篇和第6篇怎么说工会 / 谁在前谁在后 → facts_of_them   — / 第4篇和第6篇哪篇在前 → facts_of_them
    — / 六篇按年代先后排好，附地点 → facts_of_them   — / 六篇讲话按年代先后是怎样排列的 → facts_of_them
    “诚实劳动”在哪 / 孰先孰后 → facts_of_them   第4篇和第6篇怎么说工会 / 论时间，哪个在先 → facts_of_them
      — / 按时间顺序列一下六篇 → facts_of_them
    ✗ — / 孰先孰后   ✗ — / 时间顺序   ✗ — / 劳模精神排在前面吗
    """
    named = [one.number for one in utterance.understood.references if not one.path and utterance.engine.scope.exists(one)]
    said_ = _TIME_FIRST.sub("", utterance.said)
    text = utterance.understood.text.strip("和跟与、的, ") if named else said_
    every = None if named else _IN_ORDER.fullmatch(utterance.said)
    if not every and not (_EARLIER if named else _FIRST_OF).fullmatch(text):
        return None
    corpus = utterance.engine.corpus
    of = list(corpus.numbers) if every else named if len(named) > 1 else _spoken_of(utterance)
    if not 1 < len(of) <= MOST:
        return None
    ordered = sorted(of, key=lambda number: (corpus.speech(number).entry.year or 0, number))
    return facts_told(utterance, ordered)


def _spoken_of(utterance: Utterance) -> list[int]:
    """The speeches that the question before named, that have the wording that it was about, or that the quotes shown are of."""
    asked = utterance.engine.literal_reader.read(utterance.previous) if utterance.previous else None
    places = utterance.engine.exact.look_up(asked.wordings[0]).places if asked and asked.wordings else ()
    shown = [quote.source.speech for quote in utterance.card]
    some = (list(dict.fromkeys(of)) for of in (utterance.before.scope, [place.speech for place in places], shown))
    return next((of for of in some if len(of) > 1), [])


_TIME_FIRST = re.compile("^(?:那)?(?:论|按|照|从)(?:时间|年份|年头)(?:来?[说看讲]|上)?[,，]?(?=哪|谁)")  # |论时间，|哪个在先  ✗论时间
_END = r"(?:在|更|比较|是)*(?:前|先|早|后|晚)(?:一?[点些])?(?:讲|发表)?的?"  # 在前  更早一点  ✗工会
# e.g. 哪篇在前  谁更早  在前  时间先后  ✗谁更好
_EARLIER = re.compile(
    rf"(?:哪一?[篇个]|谁)?(?:讲得?|发表)?{_END}(?:[,，、 ]*(?:哪一?[篇个]|谁)?{_END})?(?:呢|啊)?|(?:时间)?先后(?:顺序|次序)?(?:呢|啊)?"
)
# e.g. 谁在前谁在后  哪篇在先  孰先孰后  两篇的先后顺序是啥  ✗谁更好  ✗哪个更早
_FIRST_OF = re.compile(
    rf"(?:那|这)?(?:[两三几]篇|两者|二者|它们?|都)?(?:讲话)?(?:是|里|中)?(?:(?:哪一?[篇个]|谁)(?:讲得?|发表)?{_END}[,，、 ]*"
    rf"(?:哪一?[篇个]|谁)?{_END}|孰先孰后|(?:哪一?[篇个]|谁)在先|"
    r"的?(?:时间)?先后(?:顺序|次序)(?:是)?(?:怎么样|怎样|什么|啥|如何)?的?)(?:呢|啊)?"
)
_BY_TIME = r"按(?:照)?(?:年代|年份|时间|先后|年)(?:的)?(?:先后)?(?:顺序|次序)?"  # 按年代先后  ✗按要求
# e.g. 按年份从早到晚排一下  按年代排，先后次序如何  六篇按年代先后排好，附地点  按时间顺序列一下六篇  把这几篇按年份排一排  ✗按要求排队
_IN_ORDER = re.compile(
    rf"(?:把|请|帮我|给我|将)*(?:[这那]?(?:[六6几]篇|些讲话)(?:讲话)?|所有讲话|讲话)?(?:都)?{_BY_TIME}"
    r"(?:从早到晚|由早到晚|由远及近)?(?:是)?(?:怎样|怎么|如何)?(?:给|帮|把|我|再|都)*(?:排|列|理|看|来)(?:一?[排列下]|好|出来|个序|序|的|给我)*(?:[这那]?[六6几]篇(?:讲话)?|讲话)?"
    r"(?:[,，]?(?:先后)?(?:次序|顺序)(?:是)?(?:如何|怎样|怎么样|什么))?"
    r"(?:[,，和并](?:附|带|写|标|注明|连同?)(?:上|明|着)?(?:地点|地方|年份|城市|年代|和)+)?"
)


def earliest_of_them(utterance: Utterance) -> Turn | None:
    """其中时间最早的 after several were named or shown: when and where that speech was given.

    “诚实劳动”在哪 / 其中时间最早的 → facts   第4篇和第6篇怎么说工会 / 更早的是哪篇 → facts
    ✗ — / 其中时间最早的   ✗ 怎么宣传劳模 / 最早的
    """
    found = _EARLIEST.fullmatch(utterance.said)
    corpus = utterance.engine.corpus
    of = _spoken_of(utterance) if found else []
    if found is None or not of:
        return None
    wanted = min if found[1] in "早先前" else max
    beginning = first_paragraph(corpus, wanted(of, key=lambda number: (corpus.speech(number).entry.year or 0, number)))
    return said("facts", beginning, then=replace(of_it_alone(utterance, beginning), wished="facts"))


# e.g. 其中时间最早的  里面最晚的是哪篇  更早的是哪篇  ✗最早的
_EARLIEST = re.compile(
    r"(?=[^最更]*(?:其中|里[面头]|它们|这[几两]篇|当中|时间|更)|.*哪)(?:那|其中|它们|这[几两]篇|里[面头]|当中|中|的|时间|年代|年份)*"
    r"(?:最|更)([早先前晚后新])(?:的|者|那?一?篇|是|讲的)*(?:哪一?[篇个年]|谁)?(?:呢|啊|讲的)?"
)


def of_year_alone(utterance: Utterance) -> Turn | None:
    """再收窄，2014, 2022也来一条: the question before of the speeches of that year.

    怎么宣传劳模 / 再收窄，2014 → 第3篇、第4篇 怎么宣传劳模   怎么宣传劳模 / 2022也来一条 → 第6篇 怎么宣传劳模
    ✗ — / 2014   ✗ 怎么宣传劳模 / 2014年提了什么   ✗ 怎么宣传劳模 / 2010呢
    """
    found = _YEAR_ALONE.fullmatch(utterance.said) if utterance.previous and not utterance.before.lookup else None
    of = utterance.engine.reader.register.years.get(int(found[1] or found[2]), ()) if found else ()
    if not 0 < len(of) <= MOST:
        return None
    return again(utterance, "、".join(f"第{number}篇" for number in of) + f" {asked_before(utterance)}")


# e.g. 再收窄，2014  2022也来一条  接着是2014  按年代分，先给2006  ✗2014年提了什么
_YEAR_ALONE = re.compile(
    r"(?:再|接着|然后|先|也|只|就|按年[代份]分?|换成?|改成?|算了|其实|哦|不对|[我俺]?(?:说|记|弄|搞)[错岔](?:年份)?了|收窄|缩小|限定?|是|来|找|给|要|到|为|[,，])+((?:19|20)\d\d)年?(?:的|那[年篇])?(?:呢|吧|也行)?|"
    r"((?:19|20)\d\d)年?(?:的|那[年篇])?也(?:来|找|给|要|看看?)(?:我)?(?:一?[条句个点段])?(?:呢|吧)?"
)


def occasion_asked(utterance: Utterance) -> Turn | None:
    """这六篇是什么会上的: where and when each was given, and what it is called.

    — / 这六篇是什么会上的 → facts_of_them   怎么宣传劳模 / 这几篇都是在啥场合讲的 → facts_of_them
    ✗ — / 这篇是什么会上的   ✗ — / 六篇怎么说工会
    """
    corpus = utterance.engine.corpus
    if not _OCCASION.fullmatch(utterance.said) or not 0 < len(corpus.numbers) <= MOST:
        return None
    beginnings = tuple(first_paragraph(corpus, number) for number in corpus.numbers)
    kept = replace(of_it_alone(utterance, beginnings[0]), card=tuple(quote.id for quote in beginnings), wished="facts")
    return said("facts_of_them", *beginnings, then=kept)


# e.g. 这六篇是什么会上的  那这几篇讲话都是在啥场合讲的  ✗这篇是什么会上的
_OCCASION = re.compile(
    r"(?:那|你|您|请问)*[这那]?(?:[六6几]篇|些)(?:讲话|稿子)?(?:都|分别|各)*(?:是|算)?(?:在)?(?:什么|啥|哪种|哪些)(?:会议?|场合|活动|座谈会)"
    r"(?:上|里)?(?:讲|说|用|发表)?的?(?:讲话|稿子|会议记录)?(?:呢|啊|呀)?"
)


def longest_paragraph(utterance: Utterance) -> Turn | None:
    """单段最长的是哪段: that paragraph, of all speeches or of the one that is named.

    — / 单段最长的出现在哪篇 → 4p5   — / 第3篇最长的一段 → 3p4   ✗ — / 最长的是哪篇   ✗ — / 最长的一句
    """
    named = utterance.understood.references
    if not _LONGEST_PARAGRAPH.fullmatch((utterance.understood.text if named else utterance.said).lstrip("的里中, ")):
        return None
    corpus = utterance.engine.corpus
    of = [one.number for one in named if utterance.engine.scope.exists(one)] or list(corpus.numbers)
    if len(of) > FEW:
        return None
    found = ((_size(span), number, count) for number in of for count, span in enumerate(corpus.speech(number).speech.paragraphs, 1))
    _, number, count = max(found, key=lambda one: (one[0], -one[1], -one[2]))
    return again(utterance, str(Reference(number, (), count)))


def _size(span: Span) -> int:
    return span.end - span.start


# e.g. 单段最长的出现在哪篇  最长的一段是哪段  最长的自然段  ✗最长的是哪篇
_LONGEST_PARAGRAPH = re.compile(
    r"(?:那|请问|全部|六篇|里面?|中)*(?:单(?:个|一)?(?:自然)?段(?:落)?(?:里)?最长的?|最长的?(?:那|这)?一?(?:个)?(?:自然)?段(?:落)?)"
    r"(?:是|在|出现在|出自|属于)*(?:哪(?:一|个)?(?:篇|段|里|儿|部分)?|第几[段篇])?(?:呢|啊)?(?:给我|发我|看看)?"
)
