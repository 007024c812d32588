"""Rules for messages that want what several speeches say beside each other: 对比 工会, 两篇对比一下, 第一篇跟第六篇说工会有啥不一样.

Their examples: question before / message → question that is then asked, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer.literal_answer import sentences_around
from retrieval.conversation.answer_rules import of_it_alone
from retrieval.conversation.memory import Conversation
from retrieval.conversation.premise_rules import wording_asked
from retrieval.conversation.topic_rules import asked_before
from retrieval.conversation.utterance import Turn, Utterance, again, said
from retrieval.exact.shared_passages import SharedPassages
from retrieval.speeches.quotes import Quote
from retrieval.speeches.quotes import quote as quote_at


def compared(utterance: Utterance) -> Turn | None:
    """两篇对比一下: the question before of the two speeches that were asked last.

    第三篇怎么讲改革 // 第五篇呢 / 两篇对比一下 → 第3篇、第5篇 改革   ✗ 怎么宣传劳模 / 比一比   ✗ 怎么宣传劳模 / 劳动竞赛怎么比
    """
    if not utterance.previous or not utterance.is_only(utterance.said, _COMPARES):
        return None
    asked = (utterance.engine.reader.understand(text) for text in utterance.conversation.asked)
    scopes = list(dict.fromkeys(one.scope[0] for one in asked if len(one.scope) == 1))[:2]
    return again(utterance, f"{'、'.join(f'第{n}篇' for n in sorted(scopes))} {asked_before(utterance)}") if len(scopes) == 2 else None


_COMPARES = re.compile(
    r"(?:放|摆|搁|列)(?:在|到)?(?:一块儿?|一起|一处)|(?:对|做个?|作)?比(?:比|一比|较|对|一下)+|对(?:照|比)|并排|[俩两][个篇]?|有(?:什么|啥|何)?(?:不同|不一样|区别|差别|异同)|一块儿?|一起"
)  # 放一块儿  比比  ✗竞赛


def beside_the_other(utterance: Utterance) -> Turn | None:
    """最新那篇 对照, 跟第6篇比一比: the question before of the speech that it was asked of, or that was quoted, and of the one named.

    第2篇 怎么说劳模精神 / 跟第6篇对照一下 → 第2篇、第6篇 劳模精神   怎么宣传劳模 / 和第1篇比较一下 → 第4篇、第1篇 怎么宣传劳模
    ✗ — / 跟第6篇对照一下   ✗ 怎么宣传劳模 / 第6篇怎么说   ✗ 第2篇 怎么说劳模精神 / 跟第2篇对照
    """
    named, before = utterance.understood.references, utterance.before
    if len(named) != 1 or named[0].path or not utterance.previous or before.lookup or not _COMPARES.search(utterance.said):
        return None
    here = before.scope[0] if len(before.scope) == 1 else utterance.spoken_of.source.speech if utterance.spoken_of else 0
    if here in (0, named[0].number) or utterance.left(utterance.understood.text, _COMPARES, _WITH):
        return None
    return again(utterance, f"第{here}篇、第{named[0].number}篇 {asked_before(utterance)}")


_WITH = re.compile("[跟和与同拿把]|看看|出来|给我")  # 跟|第6篇  ✗工会


def side_by_side(utterance: Utterance) -> Turn | None:
    """对比 工会, 六篇讲话都怎么讲工会的，放一起比比: what every speech says of it.

    — / 对比 工会 → 各篇讲话 怎么说工会   — / 六篇讲话都怎么讲工会的，放一起比比 → 各篇讲话 怎么说工会
    怎么宣传劳模 / 比较一下各篇怎么说创新 → 各篇讲话 怎么说创新
    ✗ — / 对比   ✗ 怎么宣传劳模 / 对比一下   ✗ — / 劳动竞赛怎么比
    """
    text = _MARKS.sub("", utterance.said)
    found = next(filter(None, (pattern.fullmatch(text) for pattern in (_EACH_BESIDE, _TOGETHER, _EACH_DIFFERS))), None)
    if found is None or utterance.understood.references or not utterance.left(found[1]):
        return None
    return replace(again(utterance, f"{utterance.words.each[0]} 怎么说{found[1]}"), kind="new")


_MARKS = re.compile('[“”"「」]')  # “  ✗创
_EACH = r"(?:各|每|[六6几]|所有|全部)(?:篇|个)?(?:讲话)?(?:里|中)?(?:都|分别|各自)*"  # 六篇讲话都  ✗第六篇
_SAYS_OF = r"(?:怎么|如何|咋)?(?:是)?(?:[说讲谈提写]|看待)(?:到)?(?:的)?"  # 怎么讲  ✗工会
# e.g. 对比 工会  比较一下各篇怎么说创新  ✗对比一下
_EACH_BESIDE = re.compile(
    rf"(?:请|帮我|给我)?(?:对比|比较|对照)(?:一?下)?[ :：]*(?:{_EACH})?(?:{_SAYS_OF})?"
    r"((?!一?下|[两俩三几这那])[\u4e00-\u9fff]{2,8}?)(?:的?(?:说法|提法|内容|部分))?的?"
)
# e.g. 六篇讲话都怎么讲工会的，放一起比比  ✗放一起
_TOGETHER = re.compile(
    rf"{_EACH}{_SAYS_OF}([\u4e00-\u9fff]{{2,8}}?)的?[,，。 ]+(?:把它们?|都)?(?:放|摆|列)?(?:在|到)?(?:一起|一块儿?)?"
    r"(?:比比|比一比|对比|比较|对照|看看)(?:一?下|看看)?"
)


# e.g. 各篇对创新的说法有什么不同，比较一下  创新 各篇对比  ✗有什么不同
_EACH_DIFFERS = re.compile(
    rf"(?=[^,，]*(?:不同|不一样|区别|差别|异同|对比|比较))(?:{_EACH}(?:对|关于|在)?)?"
    r"((?!有|[两俩三几这那]|怎么|一?下)[\u4e00-\u9fff]{2,8}?)(?:的)?(?:说法|提法|看法|讲法)?[ ,，]*"
    rf"(?:{_EACH})?(?:有(?:什么|啥|哪些)?)?(?:不同|不一样|区别|差别|异同|对比|比较)(?:之处|的地方)?[,，。 ]*(?:对比|比较|列)?(?:一?下)?"
)


def differences_asked(utterance: Utterance) -> Turn | None:
    """第一篇跟第六篇说工会有啥不一样, 请把4和5两篇讲工会的比一比: what each of them says of it; what differs anybody can see.

    — / 第一篇跟第六篇说工会有啥不一样 → 第1篇、第6篇 怎么说工会   — / 第3篇和第5篇讲创新的区别 → 第3篇、第5篇 怎么说创新
    — / 咸阳和张家界对工会的要求对照着给我 → 第5篇、第4篇 怎么说工会
    怎么宣传劳模 / 第1篇跟第5篇咋说的 摆一块儿我瞅瞅 → 第1篇、第5篇 怎么宣传劳模
    — / 请把4和5两篇讲工会的，比一比 → 第4篇、第5篇 怎么说工会   — / 1跟6 对工会都说了啥 对比下 → 第1篇、第6篇 怎么说工会
    — / 2014那俩 讲改革有啥不一样 PK一下 → 第3篇、第4篇 怎么说改革   — / 2006与2022对“劳模精神”的表述，对照给 → 第2篇、第6篇 怎么说劳模精神
    ✗ — / 第3篇和第5篇有什么不同   ✗ — / 第3篇怎么说创新   ✗ — / 第3篇和第5篇怎么对待劳动竞赛
    """
    named = utterance.understood.scope
    if len(named) < 2 or not _DIFFER.search(utterance.said):
        return None
    rest = _SAID_OF_IT.sub(" ", _DIFFER.sub(" ", _MARKS.sub("", utterance.understood.text)))
    words = (utterance.inner(piece).strip(" 、和跟与") for piece in (rest, *_PIECE_ENDS.split(rest), rest.partition("的")[0]))
    word = next((one for one in words if 1 < len(one) <= LONGEST_MATTER and utterance.engine.said_somewhere(one)), "")
    same = utterance.previous and not utterance.before.lookup and _SAID_OF_IT.search(utterance.said)
    if not (word or same):
        return None
    asked = f"怎么说{word}" if word else asked_before(utterance)
    return replace(again(utterance, "、".join(f"第{n}篇" for n in named) + f" {asked}"), kind="new")


_PIECE_ENDS = re.compile("[,，。;；]")  # ，  ✗、
LONGEST_MATTER = 8  # characters, chosen: 对劳动者的关心
# e.g. 有啥不一样  摆一起看  搁一块堆儿  区别  对比下  pk一下  比一比  ✗比如
_DIFFER = re.compile(
    r"(?:都)?(?:摆|放|搁|列|并)(?:在|到)?(?:一块(?:堆)?儿?|一起|一处|一排)(?:看看?|给我看?|我?瞅瞅|来)*|并排|对着(?:摆|看|比)|(?:有|都有)?(?:什么|啥|何|哪些)?(?:不同|不一样|区别|差别|异同)(?:吗|呢|在哪|之处)?|(?:做个|来个)?(?:对比|对照|比一?比|比较|[Pp][Kk])(?:一?下|着|给|看看?)*"
)
# e.g. 都说了啥  怎么讲  对|工会  的表述  ✗工会
_SAID_OF_IT = re.compile(
    r"(?:都|各自|分别)?(?:是)?(?:怎么|如何|咋)?(?:[说讲谈提写]到?)(?:了|过)?(?:些)?(?:什么|啥|的)?|的?(?:说法|提法|表述|讲法|看法|部分|内容|方面)|"
    r"(?:请|把|麻烦|帮我|给我)|(?:[两三]|这|那)+篇|(?:对|关于|在)(?=.{2})|的(?=$|[ ,，])|(?:时|上)(?=$|[ ,，])"
)


def places_beside(utterance: Utterance) -> Turn | None:
    """措辞有啥差别，对着摆 after a wording was looked up that stands in several places: their sentences, beside each other.

    “娘家人”在哪 / 措辞有啥差别，对着摆 → quotes   “娘家人”在哪 / 两处写的一样吗 → quotes   — / “关键一招”两篇都用了，各说的什么 → quotes
    — / 娘家人的全列出来 → quotes
    ✗ 怎么宣传劳模 / 措辞有啥差别   ✗ “螺丝钉”在哪 / 两处写的一样吗
    """
    both = _BOTH_SAY.fullmatch(utterance.message.strip(" ?？。"))
    every = _ALL_OF_WORD.fullmatch(utterance.said)
    word = next(filter(None, both.groups())) if both else every[1] if every else ""
    word = word or (wording_asked(utterance, utterance.previous) if _WORDED_ALIKE.fullmatch(utterance.said) else "")
    places = utterance.engine.exact.look_up(word).places if word else ()
    if not 1 < len(places) <= MOST_PLACES:
        return None
    corpus = utterance.engine.corpus
    quotes = tuple(dict.fromkeys(quote_at(corpus, place.speech, sentences_around(corpus, place)) for place in places))
    return Turn("quotes", utterance.before, quotes=quotes, then=of_them(utterance, quotes))


MOST_PLACES = 6  # whose sentences are shown together, chosen: as many as speeches are bundled
# e.g. 措辞有啥差别，对着摆  两处写的一样吗  说法有什么不同  ✗有什么不同
_WORDED_ALIKE = re.compile(
    r"(?:那|这|听说有)?(?:(?:措辞|用词|说法|写法|讲法|原[话文句]|字句|文字)|[两几三][处篇句](?:[,，][两几三][处篇句])?)(?:的)?(?:写|说|讲|用词)?(?:的|得)?(?:是)?"
    r"(?:有(?:什么|啥|哪些|没有)?(?:差别|不同|不一样|区别|出入)|(?:完全|都)?(?:一样|相同|一致)(?:吗|不|么)|(?:一不一样|差在哪(?:里|儿)?))(?:[,，](?:对着|并排|一起)(?:摆|看|放|列)(?:看|出来)?)?"
)
# e.g. 旗帜的全列  讲娘家人的都给我列出来  ✗旗帜的给我
_ALL_OF_WORD = re.compile(
    r"(?:带|有|讲|提|说)?(?:到)?([\u4e00-\u9fff]{2,6}?)(?:这个词)?的(?:句子|话|那几句)?(?:都|全)(?:部)?(?:给我|帮我)?(?:列|找|摆)(?:出来|给我|一下)*"
)
# e.g. “关键一招”两篇都用了，各说的什么  “关键一招”应有两处，都列  这两篇说“职工之家”的地方，对照一下  ✗两篇都用了
_BOTH_SAY = re.compile(
    r"(?:[这那]?[两几三]篇)?(?:里)?(?:都)?(?:说|讲|提|写|用)?到?[“\"「]([^”\"」]{2,20})[”\"」](?:应该?|不是|"
    r"不止)?有[两几三四五][处个](?:吗|吧)?[,， ]*(?:都|全)(?:部)?(?:给我|帮我)?(?:列|发|要|摆|看|贴)(?:出来|一下|给我)*|"
    r"[这那]?[两几三]篇(?:里)?(?:都)?(?:说|讲|提|写|用)到?[“\"「]([^”\"」]{2,20})[”\"」]的(?:地方|话|句子|那[两几]?[句处])[,， ]*"
    r"(?:对照|对比|比较|比|摆|列)(?:一?[下比]|着看?|出来|在?一起)*|"
    r"[“\"「]([^”\"」]{2,20})[”\"」](?:这?个?词|这句)?[，, ]*[两几三四]篇都(?:用|提|说|讲|写)(?:了|过|到)*[,， ]*(?:都|各|分别|"
    r"各自)*(?:是)?(?:怎么|咋|如何)?(?:说|讲|写|用)的?(?:是)?(?:什么|啥)?"
)


def shared_asked(utterance: Utterance) -> Turn | None:
    """哪一句是两篇一字不差的, 有没有一模一样的话: what two speeches that were asked of share letter for letter, the longest first.

    第4篇、第6篇 怎么说工会 / 有没有一模一样的话 → quotes   — / 第4篇和第6篇有没有一字不差的句子 → quotes
    第4篇、第6篇 怎么说工会 / 这两篇有没有一模一样的话 → quotes
    第1篇、第6篇 怎么说工会 / 有没有一模一样的话 → no_shared   ✗ 怎么宣传劳模 / 有没有一模一样的话   ✗ — / 一模一样的话
    """
    text = utterance.understood.text.lstrip("的里中,， ") if len(utterance.understood.scope) > 1 else utterance.said
    between = utterance.understood.scope if len(utterance.understood.scope) > 1 else utterance.before.scope
    if len(between) != PAIR or not _SHARED.fullmatch(text):
        return None
    corpus = utterance.engine.corpus
    runs = SharedPassages(utterance.engine.exact.concordance).between(*between)
    longest = sorted(runs, key=lambda run: -run.length)
    both = [tuple(quote_at(corpus, place.speech, place.span) for place in (run.here, run.there)) for run in longest if not run.here.heading]
    quotes = tuple(quote for pair in [pair for pair in both if "\n" not in pair[0].text][:MOST_SHARED] for quote in pair)
    if not quotes:
        return said("no_shared")
    return Turn("quotes", utterance.before, quotes=quotes, then=of_them(utterance, quotes))


PAIR = 2  # speeches
MOST_SHARED = 2  # passages that are shown, each as both have it, chosen: a screen
# e.g. 哪一句是两篇一字不差的  有没有一模一样的话  完全相同的句子有吗  ✗有什么不同
_SHARED = re.compile(
    r"(?:那|它们|这|两篇|两边|[有哪](?:没有|一?[句段处])?|是|里面?|之间|都)*(?:一模一样|一字不差|一字不改|完全(?:一样|相同)|原样|重复)的?儿?(?:话|句子?|词儿?|段落?|内容|地方|表述|提法)?"
    r"(?:有吗|有没有|是哪[句些]|呢|吗|给我|列出来)*"
)


def of_them(utterance: Utterance, quotes: tuple[Quote, ...]) -> Conversation:
    """What is kept where several quotes are shown that are not of the card."""
    return replace(of_it_alone(utterance, quotes[0]), card=tuple(quote.id for quote in quotes))
