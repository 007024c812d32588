"""Rules for what is asked or supposed of a speech beside where and when it was given: for whom it speaks, which office, 是2020年的吧.

Their examples: question before / message → question or sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.conversation.answer_rules import of_it_alone, speech_meant, spoken_alone
from retrieval.conversation.inferred_rules import year_told
from retrieval.conversation.utterance import Turn, Utterance, said
from retrieval.question.spellings import MOST
from retrieval.speeches.quotes import Quote, first_paragraph
from retrieval.speeches.quotes import quote as quote_at
from retrieval.speeches.vicinity import sentences_of


def speaks_for(utterance: Utterance) -> Turn | None:
    """第五篇代表谁致辞: the sentence in which the speaker says whom he speaks for.

    — / 第四篇代表谁讲话 → quotes   第三篇 / 代表哪个单位讲的 → quotes   怎么宣传劳模 / 他代表谁 → quotes
    怎么宣传劳模 // 第一篇代表谁讲话 / 2的呢 → quotes
    ✗ — / 代表谁讲话   ✗ — / 第四篇说劳模代表谁   ✗ 第三篇 / 劳模代表什么
    """
    text = utterance.understood.text if utterance.understood.references else utterance.said
    number = speech_meant(utterance) if _SPEAKS_FOR.fullmatch(_IN_WORDS.sub("", text)) else _of_another(utterance, text)
    shown = for_whom(utterance, number) if number else None
    if shown is None:
        return None
    return replace(spoken_alone(utterance, shown), then=replace(of_it_alone(utterance, shown), wished=_TOLD))


def _of_another(utterance: Utterance, text: str) -> int:
    """The speech of 第四篇呢 or 2的呢 right after it was told for whom one speaks; else 0."""
    if utterance.conversation.wished != _TOLD:
        return 0
    number = _NUMBER_ALONE.fullmatch(utterance.said)
    named = utterance.engine.reader.understand(f"第{number[1]}篇").references if number else utterance.understood.references
    known = len(named) == 1 and utterance.engine.scope.exists(named[0]) and (number or not utterance.left(text))
    return named[0].number if known else 0


_IN_WORDS = re.compile("[,，. ]*(?:给我?)?(?:看)?原[话文句](?:呢|发我|给我)?$")  # 代表谁讲的|，原话|  ✗原话怎么说
_TOLD = "speaks_for"  # what is kept as wished
_NUMBER_ALONE = re.compile("(?:那)?([一二三四五六七八九1-9])(?:的)?(?:呢|嘞)?")  # 2的呢  三  ✗第三


# e.g. 代表谁致辞  他是代表哪些单位致意的  他代表哪个单位讲的  是代表哪一级组织讲话  ✗劳模代表谁
_SPEAKS_FOR = re.compile(
    r"(?:他|她|讲话人|讲话的人|[这那]位|领导|的|是|又|在|那|里|文中){0,6}代表(?:的是|了)?(?:谁|哪(?:个|一个|几个|些|里|儿|一?级|一?方)?|什么|啥)(?:单位|部门|组织|机关|机构|党委|级别|人|市|区|县|省|城市|地方)?"
    r"(?:来|去|在)?(?:致的?(?:[辞词意]|敬意|敬|祝贺|问候)|讲话?|说话?|发言|表态|作报告|(?:向|对)?(?:大家|劳模|与会者)?(?:问候|慰问|问好|祝贺|道贺|致敬|致意)?(?:大家|劳模们?|与会者|职工)?)?的?(?:呢|呀|啊)?|"
    r"(?:这|那|他|她|是|又){0,3}以(?:谁|哪(?:个|些|几个|一级)(?:单位|组织)?)的?(?:名义|身份)(?:讲话?|说话?|发言|致[辞词意敬]|问候|祝贺)?的?(?:呢|呀|啊)?"
)


def for_whom(utterance: Utterance, number: int) -> Quote | None:
    """The first sentence of a speech that says 我代表市委."""
    corpus = utterance.engine.corpus
    spans = sentences_of(corpus, number)
    text = corpus.texts[corpus.speech(number).speech.file]
    found = next((span for span in spans if _FOR.search(text, *span)), None)
    return quote_at(corpus, number, found) if found else None


_FOR = re.compile("代表[^，。；！]{0,3}(?:[党省市区县][委府人]|政府|工会)")  # 代表市委  ✗代表大会


def of_several(utterance: Utterance) -> Turn | None:
    """第4篇、第5篇各是哪个市的: where and when each of the speeches that are named was given.

    — / 第4篇、第5篇各是哪个市的 → facts_of_them   怎么宣传劳模 / 第一篇和第二篇分别是哪年讲的 → facts_of_them
    ✗ — / 第4篇、第5篇怎么说工会   ✗ — / 第4篇是哪个市的
    """
    named = utterance.understood.references
    if len(named) < 2 or any(one.path or not utterance.engine.scope.exists(one) for one in named):
        return None
    if not _WHERE_AND_WHEN.fullmatch(utterance.understood.text.strip("、和跟与, ")):
        return None
    return facts_told(utterance, [one.number for one in named])


# e.g. 各是哪个市的  分别是哪年讲的  都在哪儿讲的  是哪里、哪年的  各是哪个市讲的？哪年  的年份  ✗怎么说工会
_WHERE_AND_WHEN = re.compile(
    r"(?:这?[两几]篇|、|和|各自?|分别|都|又|的)*(?:是|在)?"
    r"(?:(?:哪(?:一?[个座])?(?:城市|地方|市|区|县|里|儿|年|一年|天)|几几年|什么(?:时候|地方)|年份|地点)"
    r"(?:里|级)?(?:领导)?(?:开|讲|说)?的?[、,，和?？ ]*)+"
    r"(?:讲话)?(?:呢|呀|啊)?"
)


def speeches_of(utterance: Utterance) -> Turn | None:
    """哪篇是区里领导讲的, 2014年的有哪几篇: where and when each speech of that level or year was given.

    — / 哪篇是区里领导讲的 → facts_of_them   — / 2014年的有哪几篇 → facts_of_them   — / 哪几篇是市级的 → facts_of_them
    — / 2014年的讲话共有几篇 → facts_of_them   — / 2014年有几篇 → facts_of_them   — / 2014年有两篇吧 → facts_of_them
    — / 哪篇是2015年的 → facts   第四篇 / 同年还有哪篇 → facts_of_them   怎么宣传劳模 / 同一年的还有别的讲话吗 → facts_of_them
    ✗ — / 同年还有哪篇   ✗ — / 哪几篇提到区里的工会   ✗ — / 哪篇讲到2020年   ✗ — / 哪篇是省里讲的   ✗ — / 哪篇是张家界的
    """
    found = _OF_WHICH.fullmatch(utterance.said) or _WHICH_OF.fullmatch(utterance.said)
    wanted = next(filter(None, found.groups())) if found else _year_spoken_of(utterance) if _SAME_YEAR.fullmatch(utterance.said) else ""
    corpus = utterance.engine.corpus
    named = utterance.understood.references if _HOW_MANY.fullmatch(utterance.understood.text) else ()
    entries = [corpus.speech(number).entry for number in corpus.numbers] if wanted else []
    of = [one.number for one in named if utterance.engine.scope.exists(one)] or [
        entry.number for entry in entries if wanted in (str(entry.year), entry.level[:1])
    ]
    if not 0 < len(of) <= MOST:
        return None
    return facts_told(utterance, of)


def facts_told(utterance: Utterance, numbers: Sequence[int]) -> Turn:
    """Where and when each of these speeches was given, of which more may be said."""
    beginnings = tuple(first_paragraph(utterance.engine.corpus, number) for number in numbers)
    kept = replace(of_it_alone(utterance, beginnings[0]), card=tuple(quote.id for quote in beginnings), wished="facts")
    return said("facts_of_them" if len(numbers) > 1 else "facts", *beginnings, then=kept)


_HOW_MANY = re.compile(
    "(?:的)?(?:讲话|稿子)?(?:一共|总共|共|都)?有?(?:几|多少|两|[一二三])篇(?:讲话|稿子)?(?:呢|啊|呀|吧|吗|对吧|是吧)?"
)  # 讲话共有几篇  有两篇吧  ✗几点


def places_named(utterance: Utterance) -> Turn | None:
    """哪些篇写明了城市: where and when each speech was given whose place is not left blank.

    — / 哪些篇写明了是哪个城市 → facts_of_them   — / 有名有姓的地方都是哪些 → facts_of_them   ✗ — / 哪些篇讲到城市   ✗ — / 哪个城市最好
    """
    corpus = utterance.engine.corpus
    if not _NAMED_PLACES.fullmatch(utterance.said) or len(corpus.numbers) > MOST_READ:
        return None
    of = [number for number in corpus.numbers if (place := corpus.speech(number).entry.place) and not _BLANK.search(place)]
    if not 1 < len(of) <= MOST:
        return None
    return facts_told(utterance, of)


MOST_READ = 1000  # speeches whose places are looked at, chosen: some milliseconds
_BLANK = re.compile("[某×*xX]")  # |*|市  |某|区  ✗张家界
# e.g. 哪些篇写明了是哪个城市  那哪些篇晓得是哪个城市  有名有姓的地方都是哪些  哪几篇的地名没隐去  ✗哪些篇讲到城市
_NAMED_PLACES = re.compile(
    r"(?:哦|那|请问)*+(?:哪一?[几些]?篇|有哪[几些]篇)(?:讲话|稿子)?(?:里|的|是)*(?:(?:晓得|知道|看得出|能看出|写明|写清|标明|印|点)(?:得|了|出|着|到)*(?:是|在)*(?:哪个|具体|什么|"
    r"真实)?(?:的)?(?:城市|地名|地方|地点|市)(?:名)?(?:的|讲的)?|(?:城市|地名|地方|地点)(?:名)?(?:是)?(?:没|未|没有)(?:被)?(?:隐去|隐掉|抹掉|打码|遮))|"
    r"(?:那)?(?:有名有姓|写明|点了?名|没隐去)的(?:地方|城市|地名)(?:都)?(?:是|有)?(?:哪些|哪几个|哪里)"
)


def _year_spoken_of(utterance: Utterance) -> str:
    """Of the speech that was opened or quoted; empty if there is none."""
    opened = utterance.before.references[:1] if utterance.before.lookup else ()
    number = opened[0].number if opened else utterance.spoken_of.source.speech if utterance.spoken_of else 0
    return str(utterance.engine.corpus.speech(number).entry.year or "") if number in utterance.engine.corpus.numbers else ""


# e.g. 同年还有哪篇  和它同一年的还有别的讲话吗  ✗同年
_SAME_YEAR = re.compile(
    r"(?:和|跟|与)?(?:它|这篇|那篇)?同(?:一)?年(?:份)?的?(?:讲话)?(?:还|都)?有(?:没有)?(?:哪几?|别的|其[他它]的?|另外的?|几|哪些)(?:一)?(?:篇|讲话|稿子)(?:讲话)?(?:吗|呢|啊|没有)?"
)
_LEVEL_OR_YEAR = r"([省市区县]|(?:19|20)\d\d)(?:里|级|年|那年)*的?(?:领导|干部|书记)?"  # 区里领导  2014年  ✗张家界
_GIVEN_THERE = r"(?:[讲说开作]的?(?:讲话|会|话)?|的)(?:讲话|稿子|会)?(?:呢|啊|呀)?"  # 讲的  开的会  ✗怎么讲
# e.g. 哪篇是区里领导讲的  这六篇里哪几篇是市级的  有几篇是2014年的  ✗哪篇讲到2020年
_OF_WHICH = re.compile(
    rf"(?:[这那]?[六6几]篇|讲话|稿子)?(?:里面?|中)?[,，]?(?:哪一?[几些]?篇?|有几篇)(?:讲话|稿子)?(?:是|属于)(?:由|在)?{_LEVEL_OR_YEAR}{_GIVEN_THERE}"
)
# e.g. 2014年的有哪几篇  2014年有几篇  2014年的讲话共有几篇  区里讲的是哪篇  ✗2014年有哪几点
_WHICH_OF = re.compile(
    rf"{_LEVEL_OR_YEAR}(?:[讲说开作]的?|的)(?:讲话|稿子|会)?(?:都|一共|总共|共)?(?:有|是)(?:哪一?[几些]?篇?|几篇)(?:讲话)?(?:呢|啊|呀)?|"
    r"((?:19|20)\d\d)年(?:一共|总共|共)?有(?:哪几篇|哪些篇?|几篇)(?:讲话)?(?:呢|啊|呀)?"
)


def office_asked(utterance: Utterance) -> Turn | None:
    """当啥官的, 是市长不: that neither name nor office is printed; for whom the speech was given.

    第一篇 / 当啥官的 → office   第六篇 / 他是市委书记吗 → office   — / 第四篇是市长讲的吗 → office   — / 张家界那篇是总书记讲的吧 → office
    — / 习近平去咸阳讲的呗 → office
    ✗ — / 当啥官的   ✗ — / 书记说的吧   ✗ 第一篇 / 市长热线是多少   ✗ 第一篇 / 有毛主席吗
    """
    supposed = _BY_A_PERSON.fullmatch(utterance.said)
    asked = _OFFICE.fullmatch(utterance.understood.text if utterance.understood.references else utterance.said)
    if not (supposed or asked):
        return None
    named = (supposed["where"] or supposed["speech"] or "") if supposed else ""
    if supposed and utterance.card and _SAID.search(utterance.said) and not (utterance.understood.references or utterance.left(named)):
        return None  # 书记说的吧, of a quote
    number = _speech_called(utterance, named)
    if not number:
        return None
    corpus = utterance.engine.corpus
    beginning = first_paragraph(corpus, number)
    shown = for_whom(utterance, number) or beginning
    key = "who" if corpus.speech(number).entry.author else "office"
    return said(key, shown, then=of_it_alone(utterance, shown))


_SAID = re.compile("[说讲写提]")  # 说  ✗是
_WHO = (
    r"(?:习近平|习?总书记|毛主席|习主席|主席|[省市区县]?委?书记|[省市区县]长|总理|部长|高尔基|工会主席|国家领导人?|中央领导)"  # 市长  ✗劳模
)
_SURE = r"(?:[呗吧喽咯吗么嘛啊呀不没]|对吧|对不对|是吧|没错吧|[,，]){1,4}"  # 呗  对吧  ✗的
_GAVE = r"(?:讲|说|作|做|写|发表)的?(?:报告|讲话)?的?"  # 讲的  作的报告  ✗怎么讲
# e.g. 习近平去咸阳讲的呗  第四篇是市长讲的吗  他是市委书记吗  是省长吗  ✗书记怎么说  ✗有毛主席吗
_BY_A_PERSON = re.compile(
    rf"(?:那|哦|所以|合着|敢情|[,，]){{0,3}}(?P<speech>[^,，。?是有提引讲说写]{{0,8}}?)(?:应该|也|就|可能|该不会|由|的){{0,4}}"
    rf"(?:是(?:不是)?{_WHO}(?=.*{_SURE}$)|(?={_WHO}.*{_GAVE}{_SURE}$){_WHO})(?:亲自|自己|本人)?"
    rf"(?:[去来到在跑](?P<where>[^,，。?]{{1,6}}?))?(?:亲自)?(?:{_GAVE})?{_SURE}"
)
# e.g. 当啥官的  什么职务  多大的官  官职是什么  讲话的是书记还是市长  ✗什么人
_OFFICE = re.compile(
    r"(?:他|她|讲话人|讲话的人?|讲的人|那|这|领导|人家|的|又|是){0,5}(?:当|做|任)?(?:的)?(?:是)?"
    r"(?:(?:什么|啥|多大|几品)的?(?:官儿?|职务|职位|头衔|干部|身份)|官职|职务|头衔|[省市区县]?委?(?:书记|长|主席)还是[省市区县]?委?(?:书记|长|主席))(?:是|叫)?(?:什么|啥)?的?(?:[,，]?(?:有没有|有|没有?)?(?:写|印|注|标|交代)(?:明|出来)?[过了]*(?:吗|没有?)?)?(?:呢|呀|啊)?"
)


def _speech_called(utterance: Utterance, name: str) -> int:
    """The number of the speech that a name calls, else the one that is named, was opened or is spoken of; 0 if there is none such."""
    bare = _OF_A_SPEECH.sub("", name).rstrip("的")
    called = utterance.engine.reader.understand(f"{bare}那篇").references if bare and not utterance.understood.references else ()
    if called:
        return called[0].number
    of_it = utterance.understood.references or not utterance.left(bare)
    return speech_meant(utterance) if of_it else 0


_OF_A_SPEECH = re.compile("(?:那|这)?(?:一)?篇(?:讲话)?的?$|的?讲话$")  # 咸阳|那篇|  ✗咸阳


def year_explained(utterance: Utterance) -> Turn | None:
    """“2022年”是你们猜的还是原文写的: what the year of the one speech of it is inferred from.

    — / “2022年”是你们猜的还是原文写的 → year   — / 2015年是你们自己推的 → year
    ✗ — / 2014年是你们猜的   ✗ — / 2022年的目标是什么
    """
    found = _YEAR_GROUND.search(utterance.said)
    years = {numbered.number: numbered.entry.year for numbered in utterance.engine.corpus.speeches} if found else {}
    of = [number for number, year in years.items() if found and str(year) == found[1]]
    return year_told(utterance, of[0]) if len(of) == 1 else None


# e.g. “|2022年”是你们猜|的  2015年这个年份怎么推断  ✗2022年写了什么
_YEAR_GROUND = re.compile(
    '((?:19|20)\\d\\d)年?[”"」]?(?:这个?(?:年份|时间))?(?:是)?(?:你们?|您|怎么|咋|如何|从哪|原文|文中|自己|真的|的)+(?:猜|推断?|推测|推算|估计|得出|写|印|标|凭(?:什么|啥)|定)'
)


def year_supposed(utterance: Utterance) -> Turn | None:
    """那咸阳的是2020年呗: which year that speech is of, and what that is inferred from; of a supposed place or level where it was given.

    — / 那咸阳的是2020年呗 → year   第三篇 / 是2012年讲的对吧 → year   — / 第六篇是省里讲的吧 → facts
    ✗ — / 是2012年吧   ✗ — / 2020年的讲话   ✗ — / 第三篇是讲创新的吧
    """
    found = _OF_A_YEAR.fullmatch(utterance.said) or _OF_A_PLACE.fullmatch(utterance.said)
    number = _speech_called(utterance, found[1]) if found else 0
    if found is None or not number:
        return None
    opened = utterance.understood.references or utterance.before.lookup
    if found.re is _OF_A_PLACE and not (opened or utterance.left(found[1])):
        return None  # 是劳模说的吧, of a quote
    corpus = utterance.engine.corpus
    beginning = first_paragraph(corpus, number)
    if found.re is _OF_A_YEAR:
        return year_told(utterance, number)
    return said("facts", beginning, then=of_it_alone(utterance, beginning))


# e.g. 那咸阳的是2020年呗  张家界那篇也是2014年喽  是2012年讲的对吧  ✗2020年的讲话
_OF_A_YEAR = re.compile(
    rf"(?:那|哦|所以|合着|敢情|[,，]){{0,3}}([^,，。?是]{{0,10}}?)(?:应该|也|就|可能|是不是|肯定|该|不会|是|的){{0,4}}"
    rf"(?:19|20)\d\d年?(?:那年)?(?:讲|说|开|作|办)?的?(?:讲话|稿子)?{_SURE}"
)
# e.g. 第六篇是省里讲的吧  是区里的讲话吗  第一篇是北京开的吧  ✗第三篇是讲创新的吧
_OF_A_PLACE = re.compile(
    rf"(?:那|哦|所以|合着|敢情|[,，]){{0,3}}([^,，。?是]{{0,10}}?)(?:应该|也|就|可能|该|不会){{0,4}}是(?:不是)?(?:在)?"
    rf"[^,，。?讲说开作办]{{2,4}}(?:[讲说开作办]的|的(?=讲话))(?:讲话|会)?{_SURE}"
)
