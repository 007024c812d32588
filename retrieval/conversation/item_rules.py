"""Rules for messages that point at an item and what stands in it: 第二个下面讲啥, 打开4，列大标题, 高尔基那句在第几点.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer.literal_answer import sentences_around
from retrieval.conversation.answer_rules import of_it_alone
from retrieval.conversation.navigation import counted, counts_in
from retrieval.conversation.utterance import Turn, Utterance, again, said
from retrieval.speeches.browse import part_quote
from retrieval.speeches.numerals import to_int
from retrieval.speeches.quotes import quote as quote_at


def inside_counted(utterance: Utterance) -> Turn | None:
    """第二个下面讲啥, 第二块里头又有几条: the part that is counted, whose own points are counted from then on.

    第四篇 / 第二部分下面三条 → 4.2   第一篇 / 第二个下面讲啥 → 1.2   第六篇 / 第二块里头又有几条 → 6.2   第四篇 / 第三点下面分几条 → 4.3
    ✗ 怎么宣传劳模 / 第二句下面一句   ✗ 第六篇 / 第二块   ✗ 第六篇 / 第二块里怎么说工会
    """
    found = _INSIDE.fullmatch(utterance.said)
    counts, rest = counts_in(replace(utterance, message=found[1])) if found else ([], "")
    if found is None or not counts or rest:
        return None
    reference = counted(replace(utterance, message=found[1]), counts)
    if reference is None or not utterance.engine.scope.exists(reference):
        return None
    return again(utterance, reference.as_asked, listed=str(reference) if reference.path else "")


# e.g. 第二个下面讲啥  第二块里头又有几条  第三点下面分几条  第二部分又分哪几点  ✗第二句下面一句
_INSIDE = re.compile(
    r"(?:那|看看?|再看)?((?:第[一二三四五六七八九1-9]|最后一|头一)(?:个|大)*[点块条项节个部](?:分|标题)?)(?:的)?"
    r"(?:(?:下面|底下|下边|里面?|里头|之下|中)(?:又|还|都|具体|主要)*|(?:又|还|具体)+)"
    r"(?:(?:讲|说|写)(?:的|了)?(?:些)?(?:什么|啥)|(?:有|分)(?:成|为|了|出)?(?:哪?[几些](?:小?[点条个项]?[\"“]?[要是]?[\"”]?|方面|小?部分)|什么|啥)|(?<=[下里底][面头边下])(?:的|那)?[两三四五](?:小)?[点条个项])(?:呢|啊|呀)?"
)


def contents_of_named(utterance: Utterance) -> Turn | None:
    """打开4，列大标题, 这篇有哪几个大标题: the speech with its headings.

    — / 打开4，列大标题 → 第4篇   — / 打开第四篇 列一下大标题 → 第4篇   — / 把第4篇提纲列一下 → 第4篇
    — / 第5篇各部分标题，请列 → 第5篇   — / 第5篇的各个标题 → 第5篇   — / 换第四篇，只看标题 → 第4篇
    — / 张家界那篇讲话一共分了几个大部分？给我列一列，我做笔记 → 第4篇   — / 咸阳那篇讲了几点，逐条列给我 → 第5篇
    ✗ — / 4   ✗ — / 列大标题   ✗ — / 第4篇第二部分的标题   ✗ — / 各篇大标题列一下
    """
    found = _OPENED_WITH.fullmatch(utterance.said)
    named = utterance.engine.reader.understand(f"第{found[1]}篇").references if found else utterance.understood.references
    if len(named) != 1 or named[0].path or named[0].paragraph or not utterance.engine.scope.exists(named[0]):
        return None
    if not found and (not _HEADINGS.search(utterance.understood.text) or utterance.left(utterance.understood.text, _HEADINGS, _LISTS)):
        return None
    return replace(again(utterance, f"第{named[0].number}篇"), kind="new")


# e.g. 打开4，列大标题  翻到三 看看目录  ✗4
_OPENED_WITH = re.compile(
    r"(?:请|帮我)?(?:打开|翻到|翻开|点开|进|看看?)第?([一二三四五六七八九1-9])(?:篇|号)?(?:讲话)?[ ,，的]*"
    r"(?:再|把|给我|然后)*(?:列|看|发|念|贴|给)?(?:出|一下|我|看看|几个)*(?:大|小)?(?:标题|目录|提纲|大纲)(?:列|发|给|看)?(?:出来|一下|给我|我)*"
)
# e.g. 大标题  目录  一共分了几个大部分  讲了几点  几大部分  ✗标题是什么  ✗第几部分
_HEADINGS = re.compile(
    r"大?小?标题(?!是|叫)|目录|提纲|大纲|(?:一共|总共|都|又)?(?:划?分|讲|说)(?:了|成|为)*(?:几|哪几|多少)个?大?(?:部分|块|章|点)(?:讲的?|来讲|内容)?|(?<!第)(?:几|哪几)个?大(?:部分|块|章|点)"
)
# e.g. 打开  列一下  各  部分|标题  ✗工会
_LISTS = re.compile(
    r"换|只?看|就行|就好|打开|翻[到开]|(?:给|帮)我|逐条|(?:我|好)?(?:来|要)?(?:做|记)(?:个|一?下)?(?:笔记)?|列(?:一下|一列|出来?|给我?|下)?|几个|哪(?:几|些)个?|有|全部|都|各个?|每个|(?:大|小)?(?:部分|块)的?|请"
)


def this_one_where(utterance: Utterance) -> Turn | None:
    """这条在哪: where the quote spoken of stands, or the part that was opened.

    3.2 / 这条在哪 → place   4.4.1 / 这一段是在哪儿的 → place   怎么宣传劳模 / 这条在哪 → place   ✗ — / 这条在哪
    """
    if not _THIS_WHERE.fullmatch(utterance.said):
        return None
    if not utterance.before.lookup:
        return said("place", utterance.spoken_of, then=of_it_alone(utterance, utterance.spoken_of)) if utterance.spoken_of else None
    named = utterance.before.references[0]
    if not named.path or not utterance.engine.scope.exists(named):
        return None
    return said("place", part_quote(utterance.engine.corpus, named.number, named.path))


# e.g. 这条在哪  这一段是在哪儿的  这点出自哪里  ✗在哪
_THIS_WHERE = re.compile("[这那]一?[条点段节个](?:话)?(?:是|又)?(?:在|出自|来自)(?:哪(?:里|儿|一?篇)?|第几篇)(?:的|呢|啊)?")


def called_where(utterance: Utterance) -> Turn | None:
    """那高尔基那句是在第几点里边: where the sentence stands that has the words.

    怎么宣传劳模 / 那高尔基那句是在第几点里边 → place   第三篇 / 高尔基那句在第几部分 → place   怎么宣传劳模 / 袁隆平那句属于哪一点 → place
    ✗ 怎么宣传劳模 / 那句在第几点   ✗ 怎么宣传劳模 / 雷锋那句在第几段   ✗ 怎么宣传劳模 / 第二句在第几段
    """
    found = _CALLED_WHERE.fullmatch(utterance.said)
    word = utterance.inner(found[1]) if found else ""
    places = utterance.engine.exact.look_up(word).places if len(word) > 1 and not counts_in(replace(utterance, message=word))[0] else ()
    named = set(utterance.understood.scope) or ({utterance.before.references[0].number} if utterance.before.lookup else set())
    within = [place for place in places if place.speech in named] or list(places)
    if not within:
        return None
    place = next((one for one in within if not one.heading), within[0])
    corpus = utterance.engine.corpus
    shown = utterance.spoken_of
    here = shown if shown and word in shown.text else quote_at(corpus, place.speech, sentences_around(corpus, place))
    return said("place", here, then=of_it_alone(utterance, here))


# e.g. 那高尔基那句是在第几点里边  袁隆平那句属于哪一点  四个城市那段在哪个部分  ✗那句在第几点
_CALLED_WHERE = re.compile(
    r"(?:那|还有|请问|第.{1,3}篇的?)?(?:讲|说|提)?(?:到)?([^,，。?! ]{2,12}?)(?:的)?[那这]一?[句段条处个](?:话)?(?:它|又|到底|究竟)*"
    r"(?:是|在|属于|算|放|出自|归)*(?:(?:第几|哪(?:一|个|几)*)(?:个|大)*(?:点|条|部分?|块|段|项|要|方面|希望|要求|标题)的?){1,2}(?:里[面头边]?|下面|中)?(?:的|呢|啊)?"
)


def answer_of_question(utterance: Utterance) -> Turn | None:
    """后一个问题的答案在哪段, after two questions were asked: where the answer to that one stands.

    怎么宣传劳模 // 工会是干什么的 / 后一个问题的答案在哪段 → place   怎么宣传劳模 // 工会是干什么的 / 前面那个问题的出处 → place
    ✗ 怎么宣传劳模 / 后一个问题的答案在哪段   ✗ 怎么宣传劳模 // 工会是干什么的 / 后一个问题
    ✗ 怎么宣传劳模 // 工会是干什么的 / 第二句在哪段
    """
    found = _OF_A_QUESTION.search(utterance.said)
    asked = utterance.conversation.asked
    if found is None or len(asked) < SEVERAL or not _WHERE.search(utterance.said[found.end() :]):
        return None
    first = found[1] in ("前", "头", "第一", "上")
    understood = utterance.engine.reader.understand(asked[1] if first else asked[0])
    quotes = () if understood.lookup else utterance.best(understood).quotes
    return said("place", quotes[0], then=of_it_alone(utterance, quotes[0])) if quotes else None


SEVERAL = 2  # questions
# e.g. 后一个问题的答案|在哪段  前面那个问题的|出处  第二问|是第几篇  ✗问题
_OF_A_QUESTION = re.compile(
    r"(前|后|头|上|第一|第二|最后|末)(?:面|边|头)?(?:的|那|一)*(?:个)?(?:问题?|提问)(?:的)?(?:那句|答案|回答|原[话文句])?"
)
_WHERE = re.compile(r"第几|哪|出处|来源|出自")  # |哪|段  出处  ✗再发一遍


def one_of_card(utterance: Utterance) -> tuple[str, int]:
    """A message about one quote of the card by its sign as one about 这句, and which it is; else as it is, and -1.

    ②后面一句是 → 这句后面一句是, 1.
    """
    if (dated := _BY_DATE.match(utterance.message.strip())) and (at := _dated(utterance, latest=dated[1] in "晚近新")) >= 0:
        return f"这句{dated[2]}", at
    if (picked := _PICKED.match(utterance.message.strip())) and not utterance.before.lookup:
        index = (to_int(picked[1]) or 0) - 1
        return (picked[2], index) if index < len(utterance.card) else (utterance.message, -1)
    found = _BY_SIGN.match(utterance.message.strip())
    if found is None or utterance.before.lookup:
        return utterance.message, -1
    index = _SIGNS.find(found[1]) if found[1] else int(found[2]) - 1
    return (f"这句{found[3]}", index) if index < len(utterance.card) else (utterance.message, -1)


def _dated(utterance: Utterance, *, latest: bool) -> int:
    """The quote of the card whose speech was given first, or last; -1 where all are of one, or what was opened is spoken of."""
    years = [utterance.engine.corpus.speech(quote.source.speech).entry.year or 0 for quote in utterance.card]
    if len(set(years)) < 2 or utterance.before.lookup:
        return -1
    return years.index(max(years) if latest else min(years))


# e.g. 晚的那篇，往前倒一句  年份最近的那条出处  早的那个整段  ✗最早的是哪篇
_BY_DATE = re.compile(r"(?:年份|时间)?(?:更|最|较)?(早|晚|近|新|老)的?(?:那|这)一?(?:篇|个|条|处|句)的?[,， ]*(.{2,})")
# e.g. 第三个好，是哪年哪里说的  第二个不错,是哪位领导说的  ✗第三个好  ✗第二点不错，细讲
_PICKED = re.compile(
    r"(?:那|就|看)?第([一二三四五1-5])(?:个|句|条)(?:话)?(?:真|挺|蛮|还|最|很)?(?:好|不错|可以|行|合适|正好|才是我(?:想)?要的|是我"
    r"(?:想)?要的)(?:的)?[,，。!！ ]+(.{2,})"
)
_SIGNS = "①②③④⑤⑥⑦⑧⑨"
# e.g. ①是哪篇  ②后面一句是？  2后面那句是啥  ②的出处  ✗①  ✗2006年
_BY_SIGN = re.compile(
    r"(?:那|看)?(?:([①②③④⑤⑥⑦⑧⑨])[ ,，]*(?:那?句|那?条|号)?的?|([1-5])(?:号|那句)?的?"
    r"(?=[后前上下][一面边头]|是(?:哪|谁|第几|出自)|出处|出自|在?哪[篇段]))"
    r"((?:[后前上下是在哪出第整再全原谁来属]|什么|有没有|接).+)"
)
