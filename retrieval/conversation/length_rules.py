"""Rules for wishes of so many characters: 十个字以内的口号, 要二十字左右的.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.conversation.answer_rules import BRIEF, chosen, spoken_alone
from retrieval.conversation.beside_rules import LINES
from retrieval.conversation.exclusion import holds_none, without
from retrieval.conversation.topic_rules import asked_before
from retrieval.conversation.utterance import Turn, Utterance, said
from retrieval.question.wordlists import any_of
from retrieval.speeches.numerals import to_int
from retrieval.speeches.quotes import Quote
from retrieval.speeches.quotes import quote as quote_at
from retrieval.speeches.vicinity import sentences_of

SHORTEST = 6  # letters of a sentence that says something, chosen: 劳动光荣 is a phrase
LOOKED_AT = 12  # quotes whose sentences are looked at, as many as the engine looks at closely
MOST_READ = 60  # speeches that are looked through, chosen: some ten milliseconds
MOST = 3  # sentences that are shown, chosen: as many as a card lets choose among
ABOUT = 1.25  # of a length that is wished about, not at most: 十个字左右 are up to 12


def so_short_wished(utterance: Utterance) -> Turn | None:
    """有没有十个字以内的口号: whole sentences of at most so many letters, on what is asked with it, else on what was asked before.

    — / 关于劳动的句子，十五个字左右 → quotes   — / 五个字以内的口号 → none_so_short   怎么关心劳模 / 太长了，要三十个字左右的 → quotes
    — / 横幅上想挂一句八到十六个字的口号 → quotes
    — / 有没有短的口号，十个字以内 → quotes   — / 五一横幅，十来个字就行，来几条 → quotes
    — / 来几条标语 → quotes
    ✗ — / 第一篇有多少字   ✗ — / 写八百字以内的作文   ✗ 怎么关心劳模 / 这几个字哪里有
    """
    found = _SO_LONG.search(utterance.said)
    banner = None if found else _FOR_A_BANNER.search(utterance.said)
    if not (found or banner) or not _A_SENTENCE.search(utterance.said) or _WRITTEN.search(utterance.said):
        return None
    wished, most = _wished(found) if found else (BANNER, BANNER)
    own = _own_topic(utterance, found[0] if found else "")
    if banner and own and not _fitting(utterance, own, BANNER):
        return None  # 黑板报要条标语，讲奉献
    if own and not utterance.engine.said_somewhere(own) and utterance.engine.ask(own, 1).confidence != "sure":
        own = ""  # 字多要加钱
    before = asked_before(utterance) if utterance.previous and not utterance.before.lookup else ""
    topics = (own,) if own else (before, "")  # of what was asked before, else of anything
    shown = next(filter(None, (_fitting(utterance, topic, most) for topic in topics)), ()) if wished >= SHORTEST else ()
    return _lines(utterance, shown) if shown else said("none_so_short", about=str(wished))


def _lines(utterance: Utterance, shown: tuple[Quote, ...]) -> Turn:
    kept = replace(spoken_alone(utterance, shown[0]).then or utterance.conversation, card=tuple(quote.id for quote in shown), wished=LINES)
    return replace(spoken_alone(utterance, shown[0]), quotes=shown, say=BRIEF, then=kept)


def further_lines(utterance: Utterance) -> Turn | None:
    """再给俩, 换一批, 别带“伟大” after short lines were shown: others, no longer than those.

    — // 来几条标语 / 再给俩吧，主任挑剔着呢 → quotes   — // 来几条标语 / 换一批 → quotes   — // 来几条标语 / 别带伟大俩字的 → quotes
    ✗ 怎么宣传劳模 / 换一批   ✗ — // 来几条标语 / 第二条出自哪里   ✗ — // 来几条标语 / 再给俩讲创新的
    """
    _, unwanted = without(utterance.said)
    if utterance.conversation.wished != LINES or not (unwanted or _OTHERS.match(utterance.said)):
        return None
    known = frozenset(quote.text for quote in utterance.card if not unwanted or not holds_none(quote.text, unwanted))
    most = max(BANNER, *(sum(map(str.isalnum, text)) for text in known))
    before = asked_before(utterance) if utterance.previous and not utterance.before.lookup else ""
    fitting = (_fitting(utterance, topic, most, known, unwanted) for topic in (before, ""))
    counted = _SO_MANY.search(utterance.said)
    shown = next(filter(None, fitting), ())[: to_int(counted[1].replace("俩", "二")) if counted else MOST]
    return _lines(utterance, shown) if shown else None


_SO_MANY = re.compile("(?:给|来|换|要)(?:我)?([俩一1两二2])")  # 再|给俩|吧  ✗再给几条
# e.g. 再给俩吧|,主任挑剔着呢  换一批  有点土哈哈换一批  凑够三条|,别重样  ✗再给俩讲创新的  一般来个别的
_OTHERS = re.compile(
    r"(?:[^,，。 ]{1,8}[,，。 ]+|一般|太土了?|不行|不好)?(?:再)?(?:来|换|有)个?别的(?:吗|没)?$|(?:[^,，。 ]{2,8}[,，。 ]+|"
    r"[^,，。 ]{1,6}哈+)?(?:(?:再|另|换|多)(?:给|来|找|要|换|凑)?(?:我)?(?:一批|几[条句个]|"
    r"[两俩三二3]个?[条句]?|些|"
    r"一[条句组]|点)(?:别的|新的)?|"
    r"凑够?[三3五5][条句])(?:吧|呗|呢|看看)*(?=$|[,，。!！ ])"
)


def _wished(found: re.Match[str]) -> tuple[int, int]:
    """How many characters are named, and the most that fit: of 八九 and 十来 the higher, a little more of so many or thereabouts."""
    named = found[1].rstrip("来几多")
    wished = to_int(named) or to_int(named[-1]) or 0
    about = found[2] in ("左右", "上下", "那种") or named != found[1]
    return wished, int(wished * ABOUT) + 2 * (named != found[1]) if about else wished


BANNER = 16  # characters of a line for a banner where none are named, chosen
# e.g. 来|几条标语|  缺|句短口号|  五一|横幅|，来几条  还需要一句|能做横幅的|，短一些  ✗什么口号
_FOR_A_BANNER = re.compile(
    r"(?:标语|口号)(?=有没有|有吗)|"
    r"(?<=[来给要缺找求出差拣挑])(?:我|个|几|一|两|点)*[条句个]?(?:短|响亮|好记|有劲)?的?(?:标语|口号|短句)|(?:横幅|条幅|标语|口号|"
    r"展板)(?:用)?(?=[,， ]*(?:来|给|要|缺|找)[一几两]?[条句个])|短句(?=作标语|写横幅|放横幅|挂横幅|写标语)|(?:能|可以|适合)"
    r"(?:直接)?(?:做|写|挂|当|印|上)"
    r"(?:在|成|到)?(?:横幅|条幅|标语|口号|展板|黑板报)上?的"
)


def first_sentence_wished(utterance: Utterance) -> Turn | None:
    """太长，只要第一句: the first sentence of the quote.

    退休老劳模谁来管 / 太长了，只要第一句 → quotes   怎么宣传劳模 / 只留头一句就行 → quotes   ✗ 退休老劳模谁来管 / 第一句
    2.1 / 太长了，只要第一句 → quotes   ✗ — / 只要第一句
    """
    if not _FIRST_ALONE.fullmatch(utterance.said):
        return None
    opened = utterance.before.lookup and utterance.before.references[0]
    if opened and opened.path and utterance.engine.scope.exists(opened):
        inside = sentences_of(utterance.engine.corpus, opened.number, utterance.engine.range_of(opened))
        return spoken_alone(utterance, quote_at(utterance.engine.corpus, opened.number, inside[0]))
    if not utterance.card or opened:
        return None
    index, _ = chosen(utterance)
    here = utterance.card[index].source
    first = sentences_of(utterance.engine.corpus, here.speech, here.span)[0]
    return spoken_alone(utterance, quote_at(utterance.engine.corpus, here.speech, first))


# e.g. 只要第一句  只留头一句就行  太长 只留头一句  ✗第一句
_FIRST_ALONE = re.compile(
    r"(?:太长了?|长了|啰嗦)?[,，。 ]*(?:只|就|光)(?:要|留|看|发|念)(?:它|那|这)?(?:段)?的?(?:第一|头一?|开头(?:第一|那)?)句(?:话)?"
    r"(?:就行|就好|吧|就够了)?"
)


# e.g. 十个字以内  20字左右|的  十来个字就行  八九个字那种  三十字内  八到十六个字的|口号  ✗多少字  ✗几个字
_SO_LONG = re.compile(
    r"(?:(?:[一二三四五六七八九十]{1,3}|\d{1,2})[到至-])?((?:[一二三四五六七八九十两]{1,3}|\d{1,2})[来几多]?|[一二三四五六七八九]{2})(?:个|来)?(?:汉)?字"
    r"(以内|之内|以下|左右|上下|内|就行|就够|那种|的?(?=口号|标语|短句)|(?<=[来几多]个字)(?=[,，]|$)|(?<=[来几多]字)(?=[,，]|$))"
)
_A_SENTENCE = re.compile("句|话|口号|标语|标题|短|长|要|来|给|找|有没有|可有")  # 口号  太|长|了  ✗作文
_WRITTEN = re.compile("作文|文章|稿|写(?!在|到|横幅|条幅|墙|黑板|海报)")  # 写|一段  ✗写横幅  ✗句子
# e.g. 太长|了  能当板报标题|的  短|的口号  ✗奉献
_WISHED = re.compile(
    r"(?:能|可以|适合)?(?:当|做|放|用)?(?:在|到)?(?:黑?板报|横幅|海报|展板|墙上?|朋友圈|屏幕|PPT)?(?:的)?(?:大|小)?(?:标题|口号|标语|金句|句子|短句|话)|"
    r"(?:答辩|开题|毕业|汇报|述职|比赛|主题班会|(?:霸气|大气|响亮|有气势|硬气|好听)一?[点些]?的?)|"
    r"(?:五一节?|劳动节|社区|站里|单位|车间|学校|厂里|工会)?(?:出|做|要|用)?(?:横幅|条幅|展板|墙报|黑?板报?|海报|PPT|ppt)(?:末页|封面|标题)?(?:太?窄|太?小)?|缺|作|可有|还?需要|能|可以|写|印|贴|挂|想|拉|在|上|响亮|好记|题目是|请|"
    r"太长|短(?:一?点|些)?|有没有|关于|有关|讲|说|给|来|找|要|我|[几一两三]?[句条个]|板报|横幅|海报|的|了"
)


_HAN = re.compile("[\u4e00-\u9fff]+")  # 奉献  ✗，


def _own_topic(utterance: Utterance, length: str) -> str:
    """What the message says that the sentences are to be about; "" where it says nothing of that."""
    text = utterance.said.replace(length, " ") if length else utterance.said
    for pattern in (_WISHED, any_of(utterance.words.asking)):
        text = pattern.sub(" ", text)
    own = "".join(_HAN.findall(text))
    return own if len(own) > 1 else ""


def _fitting(
    utterance: Utterance, topic: str, most: int, known: frozenset[str] = frozenset(), unwanted: tuple[str, ...] = ()
) -> tuple[Quote, ...]:
    """The first sentences that are short enough: of what answers the topic, then those that have a word of it; without a topic of all.

    known: what is not shown again. unwanted: words that none may hold.
    """
    corpus, engine = utterance.engine.corpus, utterance.engine
    answered = engine.ask(topic, LOOKED_AT).quotes if topic else ()
    places = [(quote.source.speech, quote.source.span) for quote in answered]
    everywhere = [(number, None) for number in corpus.numbers[:MOST_READ]]
    words = [word.text for word in engine.reader.segmenter.words(topic) if len(word.text) > 1]
    found: dict[str, Quote] = {}
    for number, span in [*places, *everywhere]:
        for sentence in sentences_of(corpus, number, span) if span else sentences_of(corpus, number):
            quote = quote_at(corpus, number, sentence)
            fits = SHORTEST <= sum(map(str.isalnum, quote.text)) <= most and not _UNFIT.search(quote.text)
            fits = fits and quote.text not in known and holds_none(quote.text, unwanted)
            if fits and (span or not topic or any(word in quote.text for word in words)):
                found.setdefault(quote.text, quote)
    of_the_subject = sorted(
        found.values(),
        key=lambda quote: (
            not _in_halves(quote.text),
            -sum(f"w{word.text}" in engine.found.subject for word in engine.reader.segmenter.words(quote.text)),
        ),
    )
    return tuple(found.values() if topic else of_the_subject)[:MOST]


def _in_halves(text: str) -> bool:
    """Whether a line has two halves of one length, as slogans have.

    >>> _in_halves("劳动最光荣，劳模最伟大。"), _in_halves("伟大的时代需要伟大的精神！")
    (True, False)
    """
    halves = [sum(map(str.isalnum, half)) for half in _COMMA.split(text)]
    return len(halves) > 1 and len(set(halves)) == 1


_COMMA = re.compile("[，、,]")  # 劳动最光荣|，|劳模最伟大  ✗。
# What no sentence by itself is: led by a count, an address or wish, with gaps, leading on.
# e.g. 一要|埋头苦干。  因此|，这样做。  同志们|：  建设美丽|xxxx|。  我提|四点希望。|  ✗劳动最光荣，劳模最伟大。
_UNFIT = re.compile(
    r"^[（(]?[一二三四五六七八九十\d首其再最第][、是要先次后）)]|^第[一二三四五]|^(?:同样|因此|所以|但|而|这|那|为什么|其中|当前|刚才|特别|近年|在此|借此)|同志们|大家好|祝|[x×*]{1,}|[：:]$|[几两二三四五六](?:个方面|点)[^。]{0,6}。$|谢谢|[，,；;、]$"
)
