"""Rules for messages that ask for words, or take for granted where they stand: looked up before anything else is understood.

Their examples: question before / message → question that is then asked, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer.passage_words import is_keyword
from retrieval.conversation.exclusion import without
from retrieval.conversation.navigation import counts_in, leads_on
from retrieval.conversation.utterance import GOES_ON, Turn, Utterance, again, said
from retrieval.question.literal import CLAIMED
from retrieval.question.wordlists import any_of
from retrieval.terms.segment import is_han


def asked_literally(utterance: Utterance) -> Turn | None:
    """What asks of a wording in quotation marks is looked up, whatever was said before.

    怎么宣传劳模 / “人工智能” → “人工智能”   ✗ 怎么宣传劳模 / 人工智能   ✗ 怎么宣传劳模 / 别带“榜样”俩字的
    """
    asked = utterance.engine.literal_reader.read(utterance.message) if _LITERALLY.search(utterance.message) else None
    if asked is None or asked.wants in ("verify", "pasted", "length") or without(utterance.said)[1]:
        return None
    if asked.wants == "quoted" and _BESIDE.search(utterance.said):
        return None  # “劳动最光荣”后面一句
    return Turn("new", utterance.understood) if _MARKED.search(utterance.message) or asked.wants in ("count", "most") else None


def denied_there(utterance: Utterance) -> Turn | None:
    """没提加班吧, of the speeches, not of the answer: whether they do.

    怎么宣传劳模 / 哪都没提加班吧 → 哪都没提加班吧   ✗ 怎么宣传劳模 / 没提年份吧   ✗ 怎么宣传劳模 / 没偷偷改字吧
    """
    found = _NOT_SPOKEN_OF.search(utterance.said)
    asked = utterance.engine.literal_reader.read(utterance.message) if found else None
    if asked is None or asked.wants != "exists" or _OF_THE_ANSWER.search(utterance.said):
        return None
    return Turn("new", utterance.understood)


_NOT_SPOKEN_OF = re.compile("(?<!有)没有?(?:直接|专门)?(?:[提讲谈]|说到)[到过了]*[\u4e00-\u9fff]{2,}")  # 没提加班  没有讲过外卖员  ✗没提
# e.g. 没提|年份|  没讲|出处|  ✗没提加班
_OF_THE_ANSWER = re.compile("年[份代]|日期|时间|地[点方]|出处|来源|名字|姓名|页码|原[文话]|清楚|明白|重点|我|你|您")


def called_nowhere(utterance: Utterance) -> Turn | None:
    """雷锋那段在哪, where no speech has the word: that none has, above what comes near.

    — / 雷锋那段在哪 → 有没有提到雷锋   怎么宣传劳模 / 孔子那句怎么说的 → 有没有提到孔子
    ✗ — / 榜样那句在哪   ✗ — / 那段在哪   ✗ 怎么宣传劳模 / 最后那段在哪   ✗ — / 关心劳模那句
    """
    found = _WHERE_CALLED.fullmatch(utterance.said)
    if found is None or not utterance.own_words or utterance.understood.references or utterance.alone.confidence == "sure":
        return None
    words = [word.text for word in utterance.engine.reader.segmenter.words(found[1])]
    if any(map(utterance.engine.said_somewhere, words)):
        return None
    return replace(again(utterance, f"有没有提到{found[1]}"), kind="new")


# e.g. 雷锋那段在哪  孔子那句怎么说的  ✗那段在哪
_WHERE_CALLED = re.compile(
    r"([\u4e00-\u9fff]{2,6}?)(?:的)?那一?(?:段|句|条|处|部分)(?:话)?(?:是)?(?:在)?(?:哪(?:里|儿|篇|段)?|怎么[说讲写]的|咋[说讲写]的|呢)?"
)


def wording_wanted(utterance: Utterance) -> Turn | None:
    """想印一句“劳动模范”的标语: where the words stand, if what answers the question has them not.

    — / 想印一句“劳动模范”的标语，有哪些 → “劳动模范”在哪   ✗ — / “六保”都有哪些内容   ✗ — / 想印一句标语
    """
    asked = utterance.engine.literal_reader.read(utterance.message) if _MARKED.search(utterance.message) else None
    if asked is None or asked.wants != "quoted" or len(asked.wordings) != 1 or asked.references:
        return None
    word = asked.wordings[0]
    shown = any(word in quote.text for quote in utterance.alone.quotes)
    return again(utterance, f"“{word}”在哪") if not shown and utterance.engine.exact.look_up(word).places else None


def places_of_word(utterance: Utterance) -> Turn | None:
    """哪些地方提到职工之家, 职工之家这个提法，帮我找原句: every place of the words.

    — / 哪些地方提到职工之家 → “职工之家”在哪   — / 职工之家这个提法，帮我找原句 → “职工之家”在哪
    ✗ — / 哪些地方提到人工智能   ✗ — / 哪些地方提到工会   ✗ — / 哪些地方要改革
    """
    found = _IN_WHICH_PLACES.fullmatch(utterance.said) or _THIS_WORDING.fullmatch(utterance.said)
    if found is None or not utterance.left(found[1]) or not utterance.engine.exact.look_up(found[1]).places:
        return None
    return replace(again(utterance, f"“{found[1]}”在哪"), kind="new")


# e.g. 哪些地方提到职工之家  讲话里哪几处说到过桥梁纽带  ✗哪里提到螺丝钉
_IN_WHICH_PLACES = re.compile(
    r"(?:[这那]?[几六6]篇)?(?:讲话)?(?:里面?|中)?(?:都|在|有)*哪(?:些|几个?)(?:地方|处)(?:都|还|有)*(?:提|讲|说|写|用|谈|出现)[到及过了]*(?![到及过了])([\u4e00-\u9fff]{3,8}?)(?:这个词|的)?$"
)
# e.g. 职工之家这个提法，帮我找原句  娘家人这个说法 查一下出处  ✗职工之家这个提法怎么理解
_THIS_WORDING = re.compile(
    r"([\u4e00-\u9fff]{3,8}?)[这那]个(?:提法|说法|字眼|表述|短语|词)[ ,，]*(?:请|麻烦|帮我|给我|我要|我想|想)*"
    r"(?:找|查|看|搜|要)(?:找|查|看|搜)?(?:一?下|出|到)*(?:它)?的?(?:原[句话文]|出处|位置|在哪(?:篇|里)?|哪一?篇)?$"
)


def either_wording(utterance: Utterance) -> Turn | None:
    """到底是必由之路还是必经之路: two wordings that are nearly the same, of which at least one stands in the speeches: both are looked up.

    — / 到底是劳动最美丽还是劳动者最美丽 → “劳动最美丽”还是“劳动者最美丽”   ✗ — / 劳模是老师还是工人   ✗ — / 榜样是谁还是什么
    """
    found = _EITHER.fullmatch(utterance.said)
    if found is None or 2 * len(set(found[1]) & set(found[2])) < len(set(found[1]) | set(found[2])):
        return None
    words = [utterance.engine.exact.look_up(word).places for word in found.groups()]
    return again(utterance, f"“{found[1]}”还是“{found[2]}”") if any(words) else None


# e.g. 到底是劳动最美丽还是劳动者|最美丽  ✗劳动最美丽
_EITHER = re.compile(
    r"(?:那|原[话文句])?(?:到底|究竟|应该)?(?:是|写的是|说的是|用的是)([\u4e00-\u9fff]{3,14}?)[,， ]*还是"
    r"([\u4e00-\u9fff]{3,14}?)(?:呢|啊|呀)?"
)


def stands_where(utterance: Utterance) -> Turn | None:
    """三严三实在哪: where words stand that the speeches have and that are no question with a sure answer.

    怎么宣传劳模 / 三严三实在哪儿 → “三严三实”在哪   ✗ 怎么宣传劳模 / 人工智能在哪   ✗ 怎么宣传劳模 / 工会在哪里
    """
    found = _STANDS_WHERE.fullmatch(utterance.said)
    if (
        found is None
        or _OF_THE_CARD.fullmatch(found[1])
        or not utterance.engine.exact.look_up(found[1]).places
        or utterance.alone.confidence == "sure"
    ):
        return None
    return again(utterance, f"“{found[1]}”在哪")


_OF_THE_CARD = re.compile("[第最][一二三四五后]一?[个条句处点]")  # 第二个  ✗三严三实


# e.g. 三严三实在哪儿  等下 关键一招出自哪篇  ✗工会在哪
_STANDS_WHERE = re.compile(
    r"(?:等下|那|请问|对了|还有|[ ,])*([\u4e00-\u9fff]{3,12}?) ?(?<!的)(?:是|在|出自|出现在)(?:哪(?:里|儿|一?篇|一?段)?|第几[篇段])"
    r"(?:里|儿|说|讲|提|写|的|过)*"
)


def wording_asked(utterance: Utterance, question: str) -> str:
    """The one wording that a question looked up; "" of any other."""
    asked = utterance.engine.literal_reader.read(question) if question else None
    return asked.wordings[0] if asked and asked.wants != "pasted" and len(asked.wordings) == 1 else ""


_LITERALLY = re.compile(r"[“”\"「」『』]|[几少多][次处回遍]|最[多少]")  # “  几次  最多  ✗《


_BESIDE = re.compile(r"[前后上下](?:面|边|头)?的?(?:那)?一?句")  # 后面一句  ✗这句
_MARKED = re.compile(r"[“”\"「」『』]")  # “  」  ✗《


def said_in_another(utterance: Utterance) -> Turn | None:
    """A rare word that the named speech has not and another has: that it has not, and what the other says.

    — / 第二篇怎么说螺丝钉 → 第1篇 螺丝钉   — / 第二篇 工匠精神 → 第6篇 工匠精神
    — / 第三篇里讲工匠精神那句 → 第6篇 里讲工匠精神那句
    — / 第二篇引用习近平总书记的哪一句话 → 第3篇 引用习近平总书记的哪一句话   ✗ — / 第一篇怎么说螺丝钉   ✗ — / 第二篇怎么说工会
    """
    asked = utterance.understood
    scope = asked.scope or utterance.conversation.speeches
    if len(scope) != 1 or asked.lookup or asked.each or utterance.engine.literal_reader.read(utterance.message):
        return None
    if scope[0] not in utterance.engine.corpus.numbers:
        return None
    for word in _telling_words(utterance):
        having = utterance.engine.speeches_with(word)
        if word in utterance.said and having and scope[0] not in having:  # 一共一 is read as 公益, which nobody said
            others = "、".join(map(str, having[:NAMED])) + (f"等{len(having)}" if len(having) > NAMED else "")
            told = f"第{scope[0]}篇里没有「{word}」，第{others}篇里有"
            return again(utterance, f"第{having[0]}篇 {asked.text}", say="not_there", about=told)
    return None


def no_such_speech(utterance: Utterance) -> Turn | None:
    """北京那篇, 有2010年的吗: that there is none; which there are.

    — / 北京那篇怎么说的 → no_such_speech   — / 有2010年的吗 → no_such_speech   ✗ — / 咸阳那篇怎么说的   ✗ — / 2006年的讲话
    ✗ — / 提王进喜那篇是哪年的   ✗ — / 我记得还有一篇也说过奉献
    """
    if utterance.understood.references:
        return None
    register, text = utterance.engine.reader.register, utterance.said
    year = _YEAR_WANTED.search(text)
    if year and int(year[1]) not in register.years and not utterance.on_subject:
        return said("no_such_speech", about=f"{year[1]}年")
    place = _PLACE_WANTED.search(text)
    name = _NOT_A_NAME.sub("", place[1]).rstrip("里市县区") if place else ""
    if len(name) < SHORTEST_NAME or register.is_in_a_place(name) or utterance.on_subject or utterance.engine.exact.look_up(name).places:
        return None
    return said("no_such_speech", about=name)


_YEAR_WANTED = re.compile(r"((?:19|20)\d\d)年?(?:的|那)?(?:讲话|那?篇|稿子?|吗|呢|有|$)")  # 2018年的讲话  ✗2018年要怎样
_PLACE_WANTED = re.compile(r"([\u4e00-\u9fff]{2,6}?)(?:的)?(?:那|这|有)(?:一)?篇")  # 北京那篇  ✗那篇
_NOT_A_NAME = re.compile(
    r"^(?:请|麻烦|谢|劳驾|提|谈到|关于|引|写|您|咱|俺|把|给|那|这|有没有|有|去|打开|看看?|在|最|第|他|她|你|我|刚才|上面|前面|后面|里面|讲|说|的|是|就|哪|只|还|了|一)+.*|.*(?:的|了|讲|说|过|是|在|都)$|.*[吧吗呢我你您他她它们还也都说讲].*"
)  # 那个  全吧我记得还  ✗北京


SHORTEST_NAME = 2  # characters of a place


def there_or_not(utterance: Utterance) -> Turn | None:
    """到底有还是没有 after a wording was looked up: whether it is there.

    有没有“劳动最光荣”这句话 / 到底有还是没有呀 → “劳动最光荣”在哪   ✗ 怎么宣传劳模 / 有还是没有   ✗ — / 到底有还是没有
    """
    word = wording_asked(utterance, utterance.previous) if _OR_NOT.fullmatch(utterance.said) else ""
    return again(utterance, f"“{word}”在哪") if word else None


_OR_NOT = re.compile(
    "(?:那|就|所以|到底|究竟|说){0,3}(?:是)?(?:有还是没有?|有没有|有或没有?|有吗)(?:呀|啊|呢|嘛)?"
)  # 到底有还是没有呀  ✗没有


def nearest_wished(utterance: Utterance) -> Turn | None:
    """最接近的原话 after a wording was looked up: what comes closest to it.

    有没有“劳动最光荣，劳模最美”这句话 / 最接近的是哪句 → 最接近“劳动最光荣，劳模最美”的原话   ✗ 怎么宣传劳模 / 最接近的是哪句
    ✗ — / 最接近的是哪句
    """
    word = wording_asked(utterance, utterance.previous) if _NEAREST.fullmatch(utterance.said) else ""
    if word and not utterance.engine.exact.look_up(word).near and utterance.card:
        return Turn("quotes", utterance.before, quotes=utterance.card[:1], then=utterance.conversation)
    return again(utterance, f"最接近“{word}”的原话") if word else None


_NEAREST = re.compile("(?:那)?最(?:接近|相近|像)(?:它|这句)?的(?:是)?哪一?句")  # 最接近的是哪句  ✗最近的是哪篇


def matter_nowhere(utterance: Utterance) -> Turn | None:
    """劳模每月领多少津贴, where no speech has 津贴, or a word alone that none has: that none has, above what comes near.

    — / 哪一篇写明了劳模每个月领多少津贴 → 哪一篇写明了劳模每个月领多少津贴   — / 骑手 → 骑手
    — / 劳模有津贴，对吧 → 劳模有津贴，对吧   ✗ — / 怎么宣传劳模   ✗ — / 工会
    """
    asked = utterance.engine.literal_reader.read(utterance.message)
    if utterance.understood.lookup or not utterance.words.matters or (asked and asked.because != CLAIMED):
        return None
    if _OF_THE_BOT.search(utterance.said):
        return None
    named = (found[0] for found in any_of(utterance.words.matters).finditer(utterance.said))
    word = next((word for word in named if not utterance.engine.said_somewhere(word)), "")
    if not word:
        word = utterance.said if _is_a_word(utterance) and not utterance.engine.exact.look_up(utterance.said).places else ""
    goes_on = utterance.previous and utterance.said.endswith("呢")  # 加班呢
    if not word or goes_on or utterance.alone.confidence != "near":
        return None
    return Turn("new", utterance.understood, answer=utterance.looked_at, say="nowhere", about=word)


_OF_THE_BOT = re.compile("[你您](?:就|也)?(?:是|不是)[^,，。]{0,4}(?:机器|程序|AI|ai|人工智能)")  # 你是机器|人吧  ✗机器人取代工人


def _is_a_word(utterance: Utterance) -> bool:
    """Whether a message is a word of the speeches' kind and nothing else: 骑手, 领导阶级."""
    text = utterance.said
    of_the_chat = utterance.about_chat >= OF_THE_CHAT or leads_on(utterance.left_out) or counts_in(utterance)[0]
    alone = text == utterance.understood.text and utterance.inner(text) and is_keyword(text) and all(map(is_han, text))
    return bool(alone and utterance.understood.terms and not of_the_chat)


OF_THE_CHAT = 0.6  # probability from which a word alone may be said of the chat, chosen


def _telling_words(utterance: Utterance) -> list[str]:
    """The whole question if it is no more than a word, and the rare words of any: names, images; the longest first."""
    asked, known = utterance.understood, utterance.engine.found.known
    rare = (term[1:] for term in asked.terms if term[0] == "w" and len(term) > RARE_WORD and 0 < known.get(term, 0) <= RARE)
    rare = (word for word in rare if f"{word}少" not in asked.text or word[-1] != "多")  # 增|多少
    told = _TELLS_OF.search(asked.text)  # 讲工匠精神的那句
    text = asked.text.rstrip("的")  # 2006年那篇 怎么说劳模精神的
    whole = [text] if RARE_WORD <= len(text) <= GOES_ON else []
    near = utterance.alone.confidence == "near"
    names = (word for word in utterance.own_words if near and len(word) == NAME)  # 习近平, of whom several speeches tell
    return sorted({*whole, *rare, *names, *([told[1]] if told else ())}, key=len, reverse=True)


_TELLS_OF = re.compile("[讲说提谈](?:到|了|过)?([\u4e00-\u9fff]{2,6}?)的?[那这]一?[句段条处]")  # 讲工匠精神的那句  ✗讲那句
NAMED = 6  # speeches that are named, chosen: as many as are bundled; of more their number is told
NAME = 3  # characters of most people's names
RARE_WORD, RARE = 2, 4  # characters of a word and its kind; passages that have it: names and images, of which a person asks one by one
