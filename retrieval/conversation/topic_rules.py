"""Rules for messages that ask: the question before of another speech, of another word, together with it, or a new one.

Their examples: question before / message → question that is then asked, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.passage_words import words_said
from retrieval.conversation.exclusion import put_back, without
from retrieval.conversation.utterance import GOES_ON, NOTHING, Turn, Utterance, again, seen
from retrieval.conversation.wishes import SENTENCE_WISHED, THEME_WISHED
from retrieval.question.references import Reference
from retrieval.question.wordlists import any_of
from retrieval.terms.segment import is_han

# What beside a speech's name asks the question before of it, too; 第四篇讲了什么 wants the speech itself
_PARTICLE = r"那么|[那也又呢吗吧呀啊嘛不的是里中还?。!~, ]|这[个些]?"  # 那  呢  这个  ✗工
_SAID_OF_IT = r"是?(?:怎么|咋|如何|怎样)(?:[说讲写提谈看]|评价|论述|表述|描述|形容|要求)的?"  # 怎么说  是怎么讲的  怎么评价  ✗讲了什么
_IS_IT_SAID = (
    # e.g. 有没有提到  有吗  谈这些没  引  谈这些
    r"有没有[说讲提引用写]?到?|[说讲提引用写谈]?到?过?了?(?:这个|这些|这事|它)?没有?|总?[该会]?有吗?|有没|(?:引|引用|提|提及|提到)(?:过|了)*|"
    r"也?是?这[么样](?:[说讲提写]|认为|要求)(?:过|的|了)*|"
    r"有(?:没有)?(?:这种|这样)的?(?:话|说法|句子)?|[说讲提谈写](?:到|过|了)*(?:这个|这些|这事|它)|"
    r"(?:有)?(?:差不多|类似|相近|一样|相似|相同)的?(?:[一几两]?[句条段个])?(?:话|说法|内容)?[没不]?(?:有)?"
)
CARRIES_ON = re.compile(rf"(?:(?:{_PARTICLE})|{_SAID_OF_IT}|怎么样|{_IS_IT_SAID}){{0,8}}")  # 呢  也是怎么说的  怎么样  |讲了什么

# Of what was just opened
_IT = r"那|它|他|这一?篇|那一?篇|该篇|里面|里头|其中"  # 它|说  这篇  里面  那|一篇  ✗第三篇
_WHAT_IT_SAYS = r"(?:怎么|如何|咋|有没有)[说讲]|有没有[提谈]|[说讲提谈]到?了?[什啥哪]"  # 怎么说  有没有提  讲了什|么  ✗说工会
_ITS_PARTS = r"全文|内容|主要|原文|标题"  # 标题  ✗题目
_OF_IT = re.compile(rf"^(?:{_IT}|(?={_WHAT_IT_SAYS}|{_ITS_PARTS}))+(?=.)")  # 它|怎么说改革  里面|有工会吗  ||讲了什么  ✗工会呢  ✗它


def nothing_before(utterance: Utterance) -> Turn | None:
    """A first message goes on with nothing.

    — / 工会呢 → 工会呢   — / 为什么要创新 → 为什么要创新   ✗ 怎么宣传劳模 / 还有吗
    """
    return Turn("new", utterance.understood, answer=utterance.looked_at) if not utterance.previous else None


def sentence_wished(utterance: Utterance) -> Turn | None:
    """来句祝福的话，写贺卡用: a sentence about something is a question about it.

    — / 来句祝福的话 我写贺卡用 → 祝福   — / 给我找两句关于创新的金句 → 来2句讲创新的   — / 黑板报要条标语，讲奉献 → 奉献   ✗ — / 来句话
    ✗ — / 来一句
    """
    found = (
        SENTENCE_WISHED.search(utterance.said)
        or THEME_WISHED.search(utterance.said)
        or _SENTENCE_FOR.search(utterance.said)
        or _SENTENCE_ABOUT.fullmatch(utterance.said)
        or _SLOGAN_ABOUT.fullmatch(utterance.said)
    )
    theme = utterance.inner(found[1]) if found else ""
    if len(theme) <= 1 or utterance.understood.references or utterance.understood.place or utterance.understood.each:
        return None
    asked = again(utterance, f"来{many}句讲{theme}的" if (many := utterance.understood.quotes_wished) else theme)
    return replace(asked, kind="new") if utterance.best(asked.understood).confidence != "none" else None


# e.g. 来句能印在条幅上的，讲奋斗的  ✗来句能印的
_SENTENCE_FOR = re.compile(
    r"(?:^|[,，!！ ])(?:给我|帮我|请)?(?:来|找|要|挑|选|给)(?:我)?(?:一|两|几|个|点)*[句条段](?:能|可以|适合|用来)[^,，。?!]{1,10}的?[,，]?"
    r"(?:要)?(?:讲|说|关于|有关|谈)([^,，。?! ]{2,8}?)的?$"
)


# e.g. 黑板报要条标语，讲奉献  缺一句短口号 关于奋斗的  ✗黑板报要条标语
_SLOGAN_ABOUT = re.compile(
    r"[^,，。?!]{0,8}?(?:来|找|要|挑|选|给|缺|差)(?:我|个)?(?:[一两几]|点)*[句条个组]?(?:短|好|像样)?的?(?:标语|口号|横幅|金句|"
    r"好句|警句)[,， ]*"
    r"(?:要|得|是)?(?:讲|说|关于|有关|谈|写|围绕)([^,，。?! ]{2,8}?)(?:的)?"
)


# e.g. 给我一句短短的说工会的  随便找两句简短点的讲创新的话  ✗给我一句  ✗那句说工会的
_SENTENCE_ABOUT = re.compile(
    r"(?:那|就|再|随便|给我|帮我|请|麻烦)*(?:来|找|要|挑|选|给|发)(?:我)?[一两几]?个?[句条段](?:短短|简短|短|好听|有力|正式|顺口|好记)?(?:一?点)?的?"
    r"(?:讲|说|关于|有关|谈)到?([^,，。?! ]{2,10}?)的(?:话|句子)?"
)


def praise_wished(utterance: Utterance) -> Turn | None:
    """给我一句夸劳模的: what the speeches call them.

    — / 给我一句夸劳模的话 → 劳模是什么样的人   ✗ — / 怎么夸劳模   ✗ — / 来句祝福的话
    """
    found = _PRAISE.search(utterance.said)
    asked = again(utterance, f"{found[1]}是什么样的人") if found and not utterance.understood.references else None
    return replace(asked, kind="new") if asked and utterance.best(asked.understood).confidence != "none" else None


# e.g. 给我一句|夸劳模的|  有没有|称赞劳模的话|  ✗怎么夸劳模
_PRAISE = re.compile(
    r"(?<=[句段点找来给有要请])(?:一下|一?[句段]|点|[,， ])?(?:夸|夸奖|称赞|赞美|赞扬|赞颂|歌颂|表扬|形容)"
    r"(劳模|劳动模范|先进|工人|劳动者|职工)们?的(?:好?话|句子|话语|语句)?(?:有吗|呢|吗)?$"
)


def any_sentence_wished(utterance: Utterance) -> Turn | None:
    """那给句能放海报上的: any sentence that can stand alone.

    — / 那给句能放海报上的 → random   — / 那你给我找一句适合朗诵开头的 → random
    ✗ — / 来句能印在条幅上的，讲奋斗的   ✗ — / 给句讲创新的
    """
    return Turn("wish", NOTHING, say="random", about=utterance.message) if _FOR_A_PLACE.fullmatch(utterance.said) else None


# e.g. 那给句能放海报上的  来一句适合发朋友圈的  那你给我找一句适合朗诵开头的
# e.g. ✗来句讲工会的
_FOR_A_PLACE = re.compile(
    r"(?:那|就|再|请|麻烦|随便|你|您|能不能|可以|帮我)*(?:给|来|找|要|挑|选|推荐)(?:我)?(?:来|找|挑|选|推荐)?[一1]?个?[句段](?:话)?(?:比较|最)?(?:能|可以|适合|合适|好|用来|拿来|用作|作为|当)+"
    r"(?:(?:放|印|贴|写|挂|用|发|做|当|刷|抄|念)(?:在|到|进|成)?)?(?:海报|横幅|条幅|展板|板报|黑板报|墙报?|朋友圈|微信|群里?|公众号|标语|口号|签名|贺卡|卡片|"
    r"朗诵|演讲稿?|播音|口播|广播|主持词?|作文|发言稿?|讲稿|开场白?|文章|视频|节目)(?:的|里)?(?:开头|开场|结尾|标题|用|上|里|中)?的?(?:话|句子)?"
)


def of_what_was_opened(utterance: Utterance) -> Turn | None:
    """怎么说工会, 它提到创新吗, 工会呢 after a look-up: asked of the part that was shown.

    第五篇 / 它怎么说改革 → 第5篇怎么说改革   第五篇 / 工会呢 → 第5篇工会   ✗ 第五篇 / 怎么宣传劳模   ✗ 怎么宣传劳模 / 它怎么说改革
    """
    opened = (
        utterance.before.lookup and not utterance.understood.references and utterance.engine.scope.exists(utterance.before.references[0])
    )
    if not opened or not (_OF_IT.match(utterance.said) or utterance.said.endswith("呢")):
        return None
    asked = utterance.said if _WHETHER.search(utterance.said) else utterance.bare
    return again(utterance, first_named(utterance.before.references) + _OF_IT.sub("", asked))


_WHETHER = re.compile("[吗没]$|没有$|不$")  # 吗  没有  ✗呢


def word_nowhere(utterance: Utterance) -> Turn | None:
    """加班呢, 有没有雷锋, where no speech has the word: that it has not, above what comes near.

    怎么宣传劳模 / 加班呢 → 有没有提到加班   怎么宣传劳模 / 有没有雷锋 → 有没有提到雷锋   ✗ 怎么宣传劳模 / 工会呢   ✗ — / 加班呢
    """
    return _nowhere(utterance) if utterance.previous else None


def word_nowhere_either(utterance: Utterance) -> Turn | None:
    """打卡呢 after a question that had no answer: as after one that had.

    今晚吃什么 // 女职工产假方面领导怎么讲的 / 打卡呢 → 有没有提到打卡   ✗ — / 打卡呢   ✗ 怎么宣传劳模 / 打卡呢
    """
    return _nowhere(utterance) if utterance.conversation.asked and not utterance.previous else None


def _nowhere(utterance: Utterance) -> Turn | None:
    asked = _IS_THERE.fullmatch(utterance.said)
    word = (asked[1] or asked[2]) if asked else utterance.bare
    if word == utterance.said or not LEAST_WORD <= len(word) <= GOES_ON or not all(map(is_han, word)):
        return None
    if utterance.understood.references or utterance.names_a_speech or word in utterance.words.more:
        return None
    several = len(list(utterance.engine.reader.segmenter.words(word))) != 1 and word not in utterance.words.matters
    if utterance.is_surely_chat or several or utterance.engine.exact.look_up(word).places:
        return None
    return again(utterance, f"有没有提到{word}")


_IS_THERE = re.compile(
    "(?:那)?有没有([\u4e00-\u9fff]{2,4})(?:呢|啊|呀)?|(?:那)?([\u4e00-\u9fff]{2,4})的有(?:吗|没有?|不)"
)  # 有没有雷锋  雷锋的有吗  ✗有没有
LEAST_WORD = 2  # characters of a word by itself, as of a name


def topic_exchanged(utterance: Utterance) -> Turn | None:
    """那工匠精神呢 after a question that is one word and what it means: the same of the new word.

    劳模精神是什么意思 / 那工匠精神呢 → 工匠精神是什么意思   ✗ 怎么宣传先进典型 / 那工匠精神呢   ✗ 劳模精神是什么意思 / 工匠精神
    """
    topic = any_of(utterance.words.defining).sub("", utterance.before.text) if _new_word(utterance) else ""
    if not 0 < len(topic) < GOES_ON:
        return None
    return again(utterance, first_named(utterance.before.references) + utterance.before.text.replace(topic, utterance.bare))


def asks_further(utterance: Utterance) -> Turn | None:
    """为什么, 那怎么办: together with the question before.

    怎么宣传劳模 / 为什么 → 为什么 怎么宣传劳模   ✗ 怎么宣传劳模 / 为什么要创新
    """
    return again(utterance, together(utterance)) if utterance.bare in utterance.words.continuing else None


def both_answered(utterance: Utterance) -> Turn | None:
    """那技术呢: together with the question before, if the answer to both says something of the new one.

    怎样带动大家一起干 / 那技术呢 → 技术 怎样带动大家一起干   ✗ 怎样带动大家一起干 / 那GDP呢
    """
    if not _new_word(utterance):
        return None
    both = utterance.engine.reader.understand(together(utterance))
    answer = utterance.best(both)
    said = [quote for quote in answer.quotes[:1] if words_said(utterance.bare, quote.text, utterance.engine.reader.segmenter) != "none"]
    return seen(both, answer) if said else None


def short_alone(utterance: Utterance) -> Turn | None:
    """那GDP呢: what is short and has nothing to do with the question before stands alone, without 那.

    怎么关心退休劳模 / 那GDP呢 → gdp   ✗ 怎么关心退休劳模 / GDP
    """
    return Turn("new", utterance.engine.reader.understand(utterance.bare)) if utterance.is_short else None


def new_question(utterance: Utterance) -> Turn | None:
    """Everything else is a question of its own.

    怎么关心退休劳模 / 工会是干什么的 → 工会是干什么的   ✗ 怎么关心退休劳模 / 为什么
    """
    return Turn("new", utterance.understood, answer=utterance.looked_at)


def together(utterance: Utterance) -> str:
    if utterance.understood.references:
        return f"{utterance.bare} {asked_before(utterance)}".strip()
    return f"{first_named(utterance.before.references)} {utterance.bare} {asked_before(utterance)}".strip()


def first_named(references: Sequence[Reference]) -> str:
    """The first of the speeches, with its section; "" of none."""
    return "".join(f"第{r.number}篇" + "".join(f"第{n}部分" for n in r.path[:1]) for r in references[:1])


def asked_before(utterance: Utterance) -> str:
    """What the question before asked, and of which place, without the speeches it named."""
    words = utterance.words
    rest, excluded = without(utterance.previous)
    before = utterance.engine.reader.understand(rest) if excluded else utterance.before
    place = {"": "", "opening": words.opening, "closing": words.closing}[before.place]
    text = _WHERE_IT_WAS.sub("", before.text) or before.text
    return put_back(f"{place[0]}{text}" if place else text, excluded)


# What is left of the names of the speeches that it was asked of.
# e.g. 里,|工会怎么服务职工  关心劳模的句子|,只要区里那篇|  ✗工会里,有什么
_WHERE_IT_WAS = re.compile(
    r"^(?:里面?|中|上)[,，]\s*|[,，](?:只|就|光|单)(?:要|看|说|找)(?:[省市区县]里?的?)?(?:那|这)?(?:一)?(?:篇|里面?)?的?$"
)


def _new_word(utterance: Utterance) -> bool:
    return utterance.is_short and not utterance.understood.references
