"""Rules for whose words a quote is, and for who gave a speech with what else is asked of that person.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer.literal_answer import sentences_around
from retrieval.conversation.answer_rules import choose, of_it_alone, speech_meant
from retrieval.conversation.facts_rules import for_whom
from retrieval.conversation.memory import Conversation
from retrieval.conversation.person_rules import whole
from retrieval.conversation.premise_rules import wording_asked
from retrieval.conversation.utterance import Turn, Utterance, said
from retrieval.speeches import vicinity
from retrieval.speeches.citations import citations, cited_at
from retrieval.speeches.numerals import to_int
from retrieval.speeches.quotes import Quote, first_paragraph
from retrieval.speeches.quotes import quote as quote_at


def whose_words(utterance: Utterance) -> Turn | None:
    """这话是谁的, 第1篇那处是谁的话: whom the quote, the wording looked up, or what was opened cites; else that it is the speaker's.

    怎么宣传劳模 / 这句引的是哪位的 → who   “桥梁”出现几次 / 第1篇那处是谁的话 → who   第五篇第四段 / 这话是谁的 → who
    ✗ — / 这话是谁的   ✗ 第五篇 / 这话是谁的   ✗ 怎么宣传劳模 / 工会的话是谁讲的   ✗ “桥梁”出现几次 / 第1篇是谁讲的
    """
    if not _WHOSE.fullmatch(_REFERRED.sub("", utterance.said).strip()):
        return None
    if utterance.before.lookup and not utterance.understood.references:
        shown = _citing_part(utterance)
    else:
        shown = _of_the_wording(utterance) if utterance.understood.references else utterance.spoken_of
    return said("who", shown, then=of_it_alone(utterance, shown)) if shown else None


# e.g. 这话是谁的  引号里是谁的话  是讲话人自己的话,还是转引  那处是谁的话  这句引的是哪位的  是引用谁的  这是谁的原话  ✗是谁讲的
_WHOSE = re.compile(
    r"(?>[那这]?一?(?:句|处|段|条|个)(?:话)?|引文|引用(?!的|了|谁)|那|这|它|里[面头]?|的|请问|话)*"
    r"(?:引号(?:里面?|中)的?(?:话)?)?(?:又|到底|究竟)?(?:(?:是|算|引用?的?是?|引自)+(?:了)?(?:谁|哪一?位|哪个人?|什么人|啥人)(?:领导|名人)?的?(?:原?话|说法|讲话)?|"
    r"(?:是)?(?:讲话人|他|领导|书记|作者)?(?:自己|本人)(?:的话|说的|讲的)?[,， ]*"
    r"(?:还是|或者?)(?:是)?(?:转引|引用|引)(?:别人|他人|谁)?的?(?:话)?|"
    r"引(?:用)?的(?:那|这)?(?:一)?[句处]?(?:话)?(?:又|到底)?是(?:谁|哪一?位|哪个人?)[说讲写]的|"
    r"(?:到底|究竟)?(?:是)?引(?:用)?(?:的|了)?(?:是)?(?:谁|哪一?位|哪个人?)的?(?:原?话)?)(?:来着|呢|啊|呀)*(?<=.{3})"
)


def _citing_part(utterance: Utterance) -> Quote | None:
    """The sentence of the part that was opened which cites somebody, else its first one; None of a whole speech."""
    reference = utterance.before.references[0]
    if not (reference.path or reference.paragraph) or not utterance.engine.scope.exists(reference):
        return None
    corpus, number = utterance.engine.corpus, reference.number
    inside = vicinity.sentences_of(corpus, number, utterance.engine.range_of(reference))
    return quote_at(corpus, number, next((span for span in inside if cited_at(corpus, number, span)), inside[0])) if inside else None


def _of_the_wording(utterance: Utterance) -> Quote | None:
    """The sentence of the named speech with the wording that was looked up last; else the quote of the card that is of that speech."""
    number = speech_meant(utterance)
    word = wording_asked(utterance, utterance.previous)
    places = utterance.engine.exact.look_up(word).places if word else ()
    there = next((place for place in places if place.speech == number and not place.heading), None)
    if there:
        return quote_at(utterance.engine.corpus, number, sentences_around(utterance.engine.corpus, there))
    return next((quote for quote in utterance.card if quote.source.speech == number), None)


def speech_cites(utterance: Utterance) -> Turn | None:
    """第1篇引的是谁, 里面引用了谁的话 after a speech was opened: the sentences that cite somebody; that there are none.

    — / 第1篇引的是谁 → quotes   — / 第3篇引谁了 → quotes   第5篇 / 里面引用了谁的话 → quotes   — / 第2篇引用过谁 → cites_nobody
    ✗ — / 引的是谁   ✗ — / 第3篇谁引用了数据   ✗ — / 第3篇引领谁
    """
    named = utterance.understood.references
    text = _REFERRED.sub("", utterance.said).strip()
    opened = named or (utterance.before.references if utterance.before.lookup else ())
    if len(opened) != 1 or not utterance.engine.scope.exists(opened[0]) or not _CITES.fullmatch(text):
        return None
    corpus, number = utterance.engine.corpus, opened[0].number
    text = corpus.texts[corpus.speech(number).speech.file]
    found = tuple(quote_at(corpus, number, whole(text, one.span)) for one in citations(corpus, number))
    if not found:
        return said("cites_nobody", about=str(number))
    kept = replace(of_it_alone(utterance, found[0]), card=tuple(quote.id for quote in found))
    return Turn("quotes", utterance.before, quotes=found, then=kept)


# e.g. 引的是谁  引谁了  里面引用了谁的话  都引了哪些人的讲话  引用过名人名言吗  ✗引领谁
_CITES = re.compile(
    r"(?:那|它|这|里面?|里头|中|的|都|也|还|一共|分别|有没有|有)*(?:引用?|引述)(?:过|了|的)*(?:都)?(?:是)?(?:的)?(?:谁|哪[一几]?位|哪些人?|哪个人?|什么人|啥人|名人|别人|领导人?)(?:领导|名人)?(?:了|过)?"
    r"(?:的)?(?:原?话|说法|讲话|名言|名句|言论|语录)*(?:了|吗|没有?|呢|啊|呀)*"
)


def person_asked(utterance: Utterance) -> Turn | None:
    """第一篇是谁讲的啊 叫啥名, 代表谁讲的 啥身份: several things about who gave a speech, together.

    — / 第一篇是谁讲的啊 叫啥名 → who   — / 第6篇讲话人姓名、职务 → office   — / 第6篇讲话人姓名与职务，文中是否写明 → office
      第四篇 / 那他是代表谁讲的 啥身份 → office
    — / 第5篇谁讲的？哪年 → facts   怎么宣传劳模 / 这人是谁 什么职务 → office
    ✗ — / 是谁讲的 叫啥名   ✗ — / 第六篇是谁讲的   ✗ — / 第二篇谁讲的好   ✗ 怎么宣传劳模 / 谁说的
    """
    named = utterance.understood.references
    if len(named) > 1 or (named and (named[0].path or named[0].paragraph)):
        return None
    text = _REFERRED.sub(" ", utterance.said) if named else utterance.said
    if named and _NAMED_ELSE.search(utterance.understood.text):
        return None
    aspects, rest = set[str](), text
    for name, pattern in _ASPECTS.items():
        aspects |= {name} if pattern.search(rest) else set()
        rest = pattern.sub(" ", rest)
    if len(aspects) < 2 or not aspects & _OF_A_PERSON or utterance.left(text, *_ASPECTS.values(), _BESIDE):
        return None
    number = speech_meant(utterance)
    if not number:
        return None
    corpus = utterance.engine.corpus
    beginning = first_paragraph(corpus, number)
    if aspects - _OF_A_PERSON - {"title"}:
        return said("facts", beginning, then=replace(_kept(utterance, beginning), wished="facts"))
    shown = for_whom(utterance, number) or beginning
    office = aspects & {"office", "for_whom", "title"} and not corpus.speech(number).entry.author
    return said("office" if office else "who", shown, then=_kept(utterance, shown))


def _kept(utterance: Utterance, shown: Quote) -> Conversation:
    """What is spoken of: the quote of the card, if it was asked of its speaker; else the speech that was named or opened."""
    of_the_card = utterance.card and not (utterance.understood.references or utterance.before.lookup)
    return choose(utterance, utterance.conversation.chosen) if of_the_card else of_it_alone(utterance, shown)


_REFERRED = re.compile(
    "第[一二三四五六七八九十\\d]{1,3}篇(?:讲话)?|[\u4e00-\u9fff]{2,6}那一?篇(?:讲话)?"
)  # 第一篇|是谁讲的  咸阳那篇|谁讲的  ✗这篇
_NAMED_ELSE = re.compile("怎么|如何|内容|主要|讲了|说了")  # 怎么|说  ✗谁讲的
_OF_A_PERSON = frozenset({"who", "name", "office", "for_whom"})
# Each is taken off in this order, so that what is longer stands first.
_ASPECTS: dict[str, re.Pattern[str]] = {
    # e.g. 代表谁讲的  以谁的名义  代表哪个单位  ✗代表大会
    "for_whom": re.compile(
        r"代表(?:的是)?(?:谁|哪(?:个|一个|些|一?级|里)?|什么|啥)(?:单位|部门|组织|机关)?(?:来|去)?(?:讲话?|说话?|发言|致[辞词])?的?|以谁的?(?:名义|身份)"
    ),
    # e.g. 叫啥名  姓什么  姓名  他|叫什么名字|  ✗你叫
    "name": re.compile(r"(?<![你您])(?:叫|姓)(?:什么|啥|甚)(?:名字?|名儿)?|姓名|名字|大名|尊姓"),
    # e.g. 啥身份  什么职务  职务  当的|什么官|  ✗职工
    "office": re.compile(
        r"(?:什么|啥|多大|哪个)?的?(?:身份|职务|职位|头衔|官职|级别的?领导)(?:是)?(?:什么|啥)?|(?:什么|啥|多大)(?:的)?(?:官|干部)儿?"
    ),
    # e.g. 谁讲的  哪个领导讲的  讲话人  这|人是谁|  ✗你的
    "who": re.compile(
        r"(?:由|是)?(?:谁|哪一?位(?:领导)?|哪个(?:领导|人)|什么人|啥人)(?:来)?(?:(?:讲|说|作|做|发表)的?)?(?:讲话|报告)?|(?:讲话|发言)(?:的)?(?:人|者)(?:是)?(?:谁|哪一?位)?|人是谁"
    ),
    "year": re.compile(r"哪一?年|几几年|年份|什么时候|时间|日期|几几?月|哪一?天"),  # 哪年  日期  ✗今年
    "place": re.compile(r"哪(?:一?[个座])?(?:城市|地方|市|区|县|里|儿)|(?:什么|啥)(?:地方)|地点|地名|城市名?"),  # 哪个市  地点  城市|群
    "occasion": re.compile(r"(?:什么|啥|哪个)?(?:场合|会上?)(?=$|[^\u4e00-\u9fff])"),  # 什么场合  ✗会议
    "title": re.compile(r"(?:什么|啥|哪个)?(?:标题|题目)(?:是|叫)?(?:什么|啥)?"),  # 啥标题  题目  ✗主题
}
_BESIDE = re.compile(
    r"(?:文中|原文|是否|有没有|有无)*(?:写明|写没写|印没印|印出来?|交代|注明)|文中|与|又|由|以|分别|各|这人|那人|那个|咱|呃|额|[、,，/和跟及]"
)  # 呃  、  是否写明  ✗工会


def several_where(utterance: Utterance) -> Turn | None:
    """前两条各自在哪篇, 后两句都是哪年的: where these of the quotes that were shown stand.

    怎么宣传劳模 / 前两条各自在哪篇 → place   怎么宣传劳模 / 后两句都出自哪 → place   怎么宣传劳模 / 这俩分别在哪篇 → place
    ✗ — / 前两条在哪   ✗ 怎么宣传劳模 / 前两句给我
    """
    if len(utterance.card) > 1 and _BOTH_WHERE.fullmatch(utterance.said):
        return said("place", *utterance.card[:2], then=utterance.conversation)
    found = _SOME_WHERE.fullmatch(utterance.said)
    count = (to_int(found[2].replace("俩", "两")) or 0) if found else 0
    if found is None or not 1 < count <= len(utterance.card):
        return None
    return said("place", *(utterance.card[:count] if found[1] == "前" else utterance.card[-count:]), then=utterance.conversation)


# e.g. 这俩分别在哪篇  这两句都出自哪  ✗这两篇在哪
_BOTH_WHERE = re.compile(
    r"(?:那)?[这那](?:俩|两[句条处个])(?:话)?(?:都|各自?|分别)+(?:是|在|出自|来自|属于)+(?:哪(?:一?篇|一?年|儿|里|个?(?:市|区|城市|地方)|部分)?|第几篇)(?:[讲说]?的)?(?:呢|啊)?"
)
# e.g. 前两条各自在哪篇  后两句都出自哪  前三个分别是哪年讲的  ✗前两句给我
_SOME_WHERE = re.compile(
    r"(?:那)?([前后])(?:面)?([俩两二三四2-4])[条句个处](?:话)?(?:都|各自?|分别)*(?:是|在|出自|来自|属于)+"
    r"(?:哪(?:一?篇|一?年|儿|里|个?(?:市|区|城市|地方)|部分)?|第几篇)(?:[讲说]?的)?(?:呢|啊)?"
)
