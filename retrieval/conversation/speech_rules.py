"""Rules for messages that name a speech, or mean one: the question before of another, of all, of the one that is spoken of.

Their examples: question before / message → question that is then asked, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.conversation import answer_patterns as about
from retrieval.conversation.answer_rules import of_it_alone, speech_meant
from retrieval.conversation.exclusion import EXCEPT, others
from retrieval.conversation.navigation import counts_in
from retrieval.conversation.topic_rules import CARRIES_ON, asked_before, first_named, together
from retrieval.conversation.utterance import GOES_ON, Turn, Utterance, again, said, seen
from retrieval.question.references import Reference
from retrieval.question.spellings import MOST
from retrieval.speeches.quotes import first_paragraph
from retrieval.terms.fold import fold_question


def sentence_of_speech(utterance: Utterance) -> Turn | None:
    """第三篇那句发一下, 2022年那篇里的: what names a speech and has no word of its own asks the question before of it.

    怎么宣传劳模 / 第四篇那句发一下 → 第4篇 怎么宣传劳模   怎么宣传劳模 / 2022年那篇里的呢 → 第6篇 怎么宣传劳模
    ✗ 怎么宣传劳模 / 打开第四篇   ✗ — / 第四篇那句   ✗ 怎么宣传劳模 / 第四篇最后一句
    """
    alone = utterance.understood
    if len(alone.references) != 1 or alone.references[0].path or alone.references[0].paragraph or not utterance.previous:
        return None
    if utterance.before.lookup or alone.place or alone.each or utterance.own_words or counts_in(utterance)[0]:
        return None
    if _only_facts(utterance, alone.text):
        return None
    wanted = _ONE_OF_IT.search(utterance.said) if alone.lookup else utterance.alone.confidence == "none"
    return _of(utterance, alone.references) if wanted and not _WHOLE_OF_IT.search(utterance.said) else None


_ONE_OF_IT = re.compile(r"[这那哪一](?:一)?[句条处]|原[话句]|原文(?=怎么|咋|如何|是)|里的?(?:呢|吗|有)?$")  # 那句  一条  那处  ✗这篇


_WHOLE_OF_IT = re.compile(
    r"最后|末|结尾|开头|头一|第一[句段]|(?<!句)全[文部]|整篇|词云|打开|文件|标题|目录|哪[年里]|谁|多长|多少"
)  # 最后|一句  全文  ✗那句


def speech_named(utterance: Utterance) -> Turn | None:
    """第四篇呢: the question before, asked of another speech.

    工会要怎么为职工服务 / 第四篇怎么说 → 第4篇 工会要怎么为职工服务   ✗ 工会要怎么为职工服务 / 第四篇讲了什么
    工会要怎么为职工服务 // 第六篇第3段 / 第五篇怎么说 → 第5篇 工会要怎么为职工服务
    """
    alone = utterance.understood
    if not utterance.previous or not alone.references or not alone.text or alone.place:
        return None
    carried = CARRIES_ON.fullmatch(alone.text) or (about.EXPLAIN.search(alone.text) and not utterance.left(alone.text, about.EXPLAIN))
    asked = _asked_last(utterance) if carried and utterance.before.lookup and _SAYS.search(utterance.said) else ""
    if asked:  # a part of the answer was looked up since
        return again(utterance, f"{first_named(alone.references)} {asked}")
    return _of(utterance, alone.references) if carried else None


_SAYS = re.compile("怎么说|怎么讲|咋说|咋讲|如何说|说了?没|讲了?没|有没有")  # 怎么说  ✗呢


def _asked_last(utterance: Utterance) -> str:
    """The last question that was no look-up, without the speeches it named; "" if there was none."""
    asked = (utterance.engine.reader.understand(question) for question in utterance.conversation.asked)
    return next((one.text for one in asked if not one.lookup and one.text), "")


def speech_next(utterance: Utterance) -> Turn | None:
    """第三篇 or 三的呢, after a question to another speech: the same of this one.

    第五篇怎么说改革 / 第三篇 → 第3篇 改革   第五篇怎么说改革 / 三的呢 → 第3篇 改革
    ✗ 怎么宣传劳模 / 第三篇   ✗ 第五篇 / 第三篇   ✗ 第五篇怎么说改革 / 打开第三篇   ✗ 第五篇提了哪些希望 / 三
    """
    alone, scope = utterance.understood, utterance.before.scope
    number = _BARE_NUMBER.fullmatch(utterance.said)
    if number and not number[2] and (utterance.before.wants_list or utterance.conversation.listed):
        return None  # the third point
    if number:
        alone = utterance.engine.reader.understand(f"第{number[1]}篇")
    if not alone.lookup or len(alone.references) != 1 or alone.references[0].path or alone.references[0].paragraph:
        return None
    if utterance.before.lookup or len(scope) != 1 or alone.scope == scope or not (number or _NUMBER_ONLY.fullmatch(utterance.said)):
        return None
    return _of(utterance, alone.references) if utterance.engine.scope.exists(alone.references[0]) else None


_BARE_NUMBER = re.compile("(?:那)?([一二三四五六七八九]|[1-9])(的)?(?:呢)?")  # 三的呢  3  ✗点
_NUMBER_ONLY = re.compile(r"第(?:[一二三四五六七八九十]{1,3}|\d{1,3})篇")  # 第三篇  ✗打开第三篇


def speech_called(utterance: Utterance) -> Turn | None:
    """张家界呢, where 张家界那篇 is a speech: the question before, asked of it; after a question to another speech 张家界 or 2014.

    咸阳那篇怎么说工会 / 张家界呢 → 第4篇 工会   咸阳那篇怎么说工会 / 张家界 → 第4篇 工会   咸阳那篇怎么说工会 / 2006 → 第2篇 工会
    ✗ 咸阳那篇怎么说工会 / 北京呢   ✗ 怎么宣传劳模 / 张家界   ✗ 怎么宣传劳模 / 2006
    """
    if not utterance.previous or len(utterance.bare) > GOES_ON or utterance.understood.references:
        return None
    year = _YEAR.fullmatch(utterance.bare)
    called = utterance.engine.reader.understand(f"20{year[1]}年那篇" if year else f"{utterance.bare}那篇")
    alone = utterance.bare == utterance.said
    if not called.lookup or (alone and (len(utterance.before.scope) != 1 or called.scope == utterance.before.scope)):
        return None
    return _of(utterance, called.references)


_YEAR = re.compile(r"(?:20)?(\d\d)年?")  # 2006  06年  ✗第6篇


def number_of_speech(utterance: Utterance) -> Turn | None:
    """咸阳的是第几篇: the speech that is meant, which is headed by its number.

    — / 咸阳的是第几篇 → 第5篇   — / 哪篇是咸阳的 → 第5篇   — / 咸阳是哪一篇 → 第5篇   ✗ — / 劳模精神是第几篇说的   ✗ — / 北京的是第几篇
    """
    found = _WHICH_NUMBER.fullmatch(utterance.said)
    meant = utterance.engine.reader.understand(f"{found[1] or found[2]}那篇") if found else None
    if meant is None or not meant.lookup or len(meant.references) != 1:
        return None
    return replace(again(utterance, f"第{meant.references[0].number}篇"), kind="new")


_WHICH_NUMBER = re.compile(
    r"(?:请问|那)?(.{2,8}?)(?:的|那篇|那个|讲话)*(?:是|在|算|排在?+)*(?:第几(?:篇|个)?|哪一?篇)|(?:哪|第几)(?:一)?(?:篇|个)(?:讲话)?是(?:在)?(.{2,8}?)(?:讲|说|开|办)?(?:的|那篇)"
)  # 咸阳的是第几篇  哪篇是咸阳的  ✗第几段


def facts_of_speech(utterance: Utterance) -> Turn | None:
    """第4篇是哪个城市的, 什么场合讲的: where, when, on what occasion and by whom a speech was given that is named or spoken of.

    — / 第4篇 哪个市 哪年 → facts   — / 第一篇讲话是市里领导讲的还是区里领导讲的 → facts   怎么宣传劳模 / 第五篇讲的是哪座城市 → facts
    第五篇 / 什么场合讲的 → facts   怎么宣传劳模 // 第五篇是哪里的 / 第四篇呢 → facts
    第三篇 / 哪个市 → facts   — / 第五篇是什么人讲的，什么级别 → facts
    ✗ — / 第五篇讲的是什么   ✗ — / 第二篇是谁讲的   ✗ — / 第三篇提到哪些城市   ✗ — / 什么场合   ✗ — / 第三篇提到什么人
    """
    named = utterance.understood.references
    if (
        len(named) > 1
        or (named and (named[0].path or named[0].paragraph))
        or EXCEPT.search(utterance.said)
        or _ONE_BEFORE.match(utterance.said)
    ):
        return None
    if utterance.card and counts_in(utterance)[0]:
        return None  # 最后那个是哪年的讲话, of what is shown
    text = _INTRODUCED.sub("", utterance.understood.text) if named else utterance.said
    bare = None if named else _NUMBERED.match(utterance.said)  # 6是哪个市
    if bare and utterance.engine.scope.exists(Reference(int(bare[1]))):
        return facts_of_speech(replace(utterance, message=f"第{bare[1]}篇{utterance.said[bare.end(1) :]}"))
    asked = _only_facts(utterance, text) or _NAME_PRINTED.fullmatch(text)
    number = speech_meant(utterance) if asked else _of_another(utterance, text)
    if not number:
        return None
    beginning = first_paragraph(utterance.engine.corpus, number)
    return said("facts", beginning, then=replace(of_it_alone(utterance, beginning), wished=OF_A_SPEECH))


def _only_facts(utterance: Utterance, text: str) -> bool:
    """Whether a text asks nothing but where and when a speech was given: 是哪一年的？在哪里讲的."""
    return bool(_FACTS.search(text)) and not utterance.left(text, _FACTS, _GIVEN)


def _of_another(utterance: Utterance, text: str) -> int:
    """The speech of 第四篇呢 or 5呢 right after the facts of one; else 0."""
    if utterance.conversation.wished != OF_A_SPEECH or utterance.understood.place:
        return 0
    number = _BARE_NUMBER.fullmatch(utterance.said)
    named = utterance.engine.reader.understand(f"第{number[1]}篇").references if number else utterance.understood.references
    only = number or not (utterance.left(text, _GIVEN) or _OPENED.search(text))
    known = len(named) == 1 and utterance.engine.scope.exists(named[0]) and only
    return named[0].number if known else 0


OF_A_SPEECH = "facts"  # what is kept as wished
_OPENED = re.compile("打开|翻|看|发|念|读|讲了|说了|全文|目录|内容")  # 打开  ✗呢
# e.g. 哪个市  哪一年  什么级别  什么人讲的  市里领导讲的还是区里领导|讲的  好久讲的  ✗哪些城市  ✗什么人
_FACTS = re.compile(
    r"哪(?:一?[个座])?(?:城市|地方|市|区|县|里|儿)|哪一?级|(?:什么|啥子?|哪个)(?:地方|时候|场合|会议?(?!上)|节日?|级别|身份|职务|日子)|"
    r"(?:谁|什么人|啥子?人|哪位(?:领导)?|哪个领导)(?:来)?(?:讲|说|作|做|发表)的?|哪一?[年天]|几几年|何时|何地|好久(?:讲|说|开)的|年份|日期|地点|"
    r"[省市区县](?:里|级)?的?(?:领导|会|讲话|干部)?(?:讲|说|开)?的?还是[省市区县](?:里|级)?的?(?:领导|会|讲话|干部)?"
)
_INTRODUCED = re.compile(r"^[^,，。?什啥哪谁怎几吗呢还]{2,14}[,，]\s*")  # 课上要介绍，|讲话的是市里的还是区里的  ✗哪年，哪里
_NUMBERED = re.compile("(?:那)?([1-9])(?:号|篇)?(?:是|在|又是)(?=哪|什么)")  # 6是|哪个市  ✗6年
_NAME_PRINTED = re.compile(
    "(?:这个?|那个?|哪个?)?(?:城市|市|区|地方|地)的?名(?:字|称)?(?:有没有|有|没有?)?(?:印|写|标|登)(?:出来?|明|上)?[了过]*(?:吗|没有?)?"
)  # 城市名印出来了吗  ✗城市
_ONE_BEFORE = re.compile("[前上下后]一?[个篇次]")  # 前一个|讲话  ✗第一篇
_GIVEN = re.compile("[这那]一?篇|同样|一样|[市区](?=和)|讲话|开会?|举行|座谈会|召开|时间|领导|过|作|发表|事儿?")  # 讲话  这篇|  ✗改革


def every_speech(utterance: Utterance) -> Turn | None:
    """其他篇呢: the question before, asked of every speech; of the others alone, where only the speech that was shown says it.

    怎么当好劳模 / 其他篇呢 → 各篇讲话 怎么当好劳模   退休劳模怎么照顾 / 别的篇呢 → 第2篇、第3篇、第4篇、第5篇、第6篇 退休劳模怎么照顾
    ✗ 怎么宣传劳模 / 哪几篇提到创新
    """
    alone = utterance.understood
    if not asked_before(utterance).strip() or not alone.each or alone.place or utterance.left(alone.text, about.MORE):
        return None
    asked = again(utterance, f"{utterance.words.each[0]} {asked_before(utterance)}")
    here = utterance.spoken_of
    numbers = tuple(utterance.engine.corpus.numbers)
    if here is None or len(numbers) > MOST or not _THE_OTHERS.search(utterance.said):
        return asked
    saying = {quote.source.speech for quote in utterance.best(asked.understood).quotes}
    named = others(numbers, (Reference(here.source.speech),))
    return asked if saying - {here.source.speech} or not named else again(utterance, f"{named} {asked_before(utterance)}")


_THE_OTHERS = re.compile("别|其[他它余]|另外|剩")  # 别|的篇  其余|几篇  ✗各篇


def speech_asked(utterance: Utterance) -> Turn | None:
    """那第四篇的创新呢: what is short and names a speech, together with the question before.

    怎么宣传先进典型 / 那第四篇旅游呢 → 第四篇旅游 怎么宣传先进典型   ✗ 怎么宣传先进典型 / 第四篇旅游
    """
    return again(utterance, together(utterance)) if utterance.is_short and utterance.understood.references else None


def asked_of_whom(utterance: Utterance) -> Turn | None:
    """第6篇对总工会呢: what that speech, or the one spoken of, asks of them.

    怎么宣传劳模 / 第6篇对总工会呢 → 第6篇 对总工会有什么要求   怎么宣传劳模 / 对工会呢 → 对工会有什么要求
    ✗ 怎么宣传劳模 / 第6篇呢   ✗ — / 对了呢   ✗ 怎么宣传劳模 / 对工会怎么说的
    """
    named = utterance.understood.references
    found = _OF_WHOM.fullmatch((utterance.understood.text if named else utterance.said).rstrip("呢"))
    if found is None or not utterance.said.endswith("呢") or not utterance.previous or len(named) > 1 or not utterance.left(found[1]):
        return None
    return again(utterance, f"{f'第{named[0].number}篇 ' if named else ''}对{found[1]}有什么要求")


_OF_WHOM = re.compile("(?:那|里)?对(?!了|吧|的)([\u4e00-\u9fff]{2,8}?)(?:的)?")  # 对总工|会  ✗对了呢


def in_same_speech(utterance: Utterance) -> Turn | None:
    """财政部门呢 after a question to one speech, 他们怎么说 of the one that is spoken of: asked of it, if it says something of that.

    第六篇各部门要做什么 / 组织部门呢 → 第6篇 组织部门   怎么宣传劳模 / 他们怎么关心劳模 → 第4篇 怎么关心劳模
    ✗ 怎么宣传劳模 / 工会呢   ✗ 第六篇怎么说工会 / 雷锋呢   ✗ — / 他们怎么关心劳模
    """
    number = utterance.before.scope[0] if len(utterance.before.scope) == 1 else 0
    found = _THEIR.match(utterance.said)
    rest = found[1] if found else utterance.bare if utterance.said.endswith("呢") and number else ""
    if found and utterance.spoken_of:
        number = utterance.spoken_of.source.speech
    unfit = utterance.understood.references or utterance.understood.each or utterance.before.lookup or utterance.is_surely_chat
    if not number or unfit or len(utterance.left(rest)) < GOES_ON // 3:
        return None
    asked = utterance.engine.reader.understand(f"第{number}篇 {rest}")
    answer = utterance.best(asked)
    says = answer.confidence == "sure" if found else bool(answer.quotes) and rest in fold_question(answer.quotes[0].text)
    return seen(asked, answer) if says else None


def asked_in_it(utterance: Utterance) -> Turn | None:
    """还在这篇里找，职工有困难怎么办: asked of the speech that is spoken of.

    怎么宣传劳模 / 还在这篇里找，工会要做什么 → 第4篇工会要做什么   第五篇怎么说工会 / 它里头讲疫情了没有 → 第5篇讲疫情了没有
    ✗ — / 还在这篇里找，工会要做什么   ✗ 怎么宣传劳模 / 在这篇里第几段   ✗ — / 它讲疫情了没有   ✗ 怎么宣传劳模 / 它怎么讲疫情
    """
    found = _IN_IT.match(utterance.said) or _SAYS_IT.fullmatch(utterance.said)
    number = speech_meant(utterance) if found and not utterance.understood.references else 0
    return again(utterance, f"第{number}篇{found[1]}") if found and number else None


# e.g. 还在这篇里找，职工有困难咋办  ✗在这篇里第几段
_IN_IT = re.compile("(?:那|就|还|还是|继续|仍)*在?[这那该本]一?篇(?:讲话|稿子)?里面?(?:再)?(?:找|查|搜|问)[,，:： ]+(.{4,})")
_SPEAKS_OF = r"(?:[讲说提谈写]|涉及)[到过及]?(?:(?![什啥怎咋哪谁几多]|清楚|完|对).){2,8}?"  # 讲疫情  说到青年  ✗讲什么
# e.g. 它里头讲疫情了没有  它提到旅游了吗  它有没有说到青年  ✗它怎么讲疫情  ✗讲疫情了没有
_SAYS_IT = re.compile(
    r"(?:那|哦)?它(?:里[面头边]?|当中)?("
    rf"(?:也|还|又)?有没有{_SPEAKS_OF}(?:吗|呢)?|(?:也|还|又)?{_SPEAKS_OF}(?:了吗|了没有?|没有|没|吗|么))"
)
_THEIR = re.compile(
    r"(?:那|哦)?[,，]?(?:他们?|她们?|它们?|这个?市|那个?市|当地)(?:都|又|还|的|是)*(?=.*[什啥怎咋哪谁几多])(.{3,})"
)  # 他们的目标是啥  ✗他们


def _of(utterance: Utterance, references: Sequence[Reference]) -> Turn:
    """The question before, asked of another speech or section."""
    return again(utterance, f"{first_named(references)} {asked_before(utterance)}")
