"""Rules for where and when a speech was given: as a claim that somebody made, as a bare word, of two speeches, of none.

Their examples: question before / message → question, sentence or wish that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.conversation.answer_rules import YEAR_TOLD, choose, of_it_alone, speech_meant
from retrieval.conversation.inferred_rules import year_told
from retrieval.conversation.utterance import NOTHING, Turn, Utterance, again, said
from retrieval.conversation.wish_rules import wish_kept
from retrieval.speeches.quotes import first_paragraph


def absence_doubted(utterance: Utterance) -> Turn | None:
    """你确定吗, 原话是？ right after a question that got no answer: the same again, and nothing about what was shown before it.

    怎么宣传劳模 // 有没有“人工智能”这个词 / 你确定吗 → 有没有“人工智能”这个词
    怎么宣传劳模 // 有没有“人工智能”这个词 / 真没有？ → 有没有“人工智能”这个词
    ✗ 怎么宣传劳模 / 你确定吗   ✗ 怎么宣传劳模 // 有没有“人工智能”这个词 / 确定目标
    """
    failed = utterance.conversation.failed
    if not failed or failed == utterance.previous or not _DOUBTS_IT.fullmatch(utterance.message):
        return None
    return again(utterance, failed) if _IN_DOUBT.search(utterance.message) else None


# e.g. 你确定吗  真没有？  我亲耳听过的，请您再查一遍  原话是？  一句都没有吗  确定|目标
_DOUBTS_IT = re.compile(
    r"(?:你|您|真的?|确定|肯定|确实|是不是|是|难道|再|原[话文句]|一句|一处|都|也|没有?|吗|么|吧|啊|呢|请|麻烦|(?:我|俺)?(?:亲耳|"
    r"明明|亲眼|以前)?(?:听|看|见|记得)[过到]的?|[查找]一?[遍下]|[?？!！，, 。])+"
)
_IN_DOUBT = re.compile("确|肯定|真|没有?[吗么啊?？]|原|再")  # 确|定吗  真|没有  ✗是吧


def claim_doubted(utterance: Utterance) -> Turn | None:
    """网上说第1篇是2020年的，属实？: which year the speech is of, and what that is inferred from; of a claimed place where it was given.

    — / 网上说第1篇是2020年的，属实？ → year   — / 第1篇据说是北京的，真的假的 → facts   第5篇 / 我记得是2020年的，对吗 → year
    怎么宣传劳模 / 有人说这是2020年的讲话 真的吗 → year   — / 同事说咸阳那篇是2019年的 是不是啊 → year
    ✗ — / 网上说是2020年的，属实？   ✗ — / 第1篇是讲劳模精神的，对吗   ✗ 怎么宣传劳模 / 网上说劳模最光荣，对吗   ✗ — / 第5篇是2015年的讲话
    """
    heard, checked = _HEARD.search(utterance.spoken), _CHECKED.search(utterance.spoken)
    if not (heard or checked):
        return None
    core = _CHECKED.sub("", _HEARD.sub("", utterance.spoken))
    number = speech_meant(utterance)
    if not number:
        return None
    of_a_year, of_a_place = _OF_A_YEAR.fullmatch(core), _OF_A_PLACE.fullmatch(core)
    if of_a_year:
        return year_told(utterance, number)
    if of_a_place is None or not (utterance.understood.references or utterance.before.lookup):
        return None
    beginning = first_paragraph(utterance.engine.corpus, number)
    return said("facts", beginning, then=replace(of_it_alone(utterance, beginning), wished="facts"))


# e.g. 网上说|第1篇  同事说 |咸阳那篇  据说|是北京的  我记得|  我看网上写|  ✗说明
_HEARD = re.compile(
    r"(?:可是?|但是?|那|哎|诶)?(?:我?(?:看|在|从)?(?:见|到|过)*(?:网上|百度上?|书上|报上|资料上?|别处|有些?人|人家|别人|同事|同学|老师|领导|朋友|群里|AI|ai|豆包|他们)(?:都|有人)*(?:说|讲|写|查|看|标)(?:着|的|到|过|了)*|"
    r"(?:我)?(?:听说|据说|据传|听(?:人|别人|同事|领导|老师|朋友)(?:说|讲)|记得|印象[里中]|记着|查到|看到|以为)"
    r"(?:的|过)*(?!什么|啥|哪|的))[,，:： ]*"
)
# e.g. 是2020年的|，属实？|  对不对  是北京的|，真的假的|  没错吧  ✗是
_CHECKED = re.compile(
    r"[,，。 ]*(?:(?:这|那)(?:个|事)?)?(?:是|说得?|讲得?)?(?:属实|真的假的|真的吗?|真假|"
    r"对不对|对吗|对吧|对么|是不是(?:真的|这样)?|是吗|是么|没错|没说错|准不准|"
    r"准吗|靠谱|可信|确定|有这回事|正确|(?:请|麻烦|帮我|帮忙)*(?:核实|核对|确认)(?:一?下)?)(?:吗|么|不|吧|啊|呀|呢)*[?？。!！ ]*$"
)
_SPEECH = (
    # e.g. 第1篇的讲话  咸阳那篇  第2篇的讲话  它  |劳模
    r"(?:那|这)?(?:第[一二三四五六七八九十\d]{1,3}篇|[^,，。是有在讲说\d]{1,8}[那这]一?篇|[那这]一?(?:篇|个|份|句|段)?(?:话)?|它)?的?(?:讲话|稿子?)?(?:应该|好像|其实|可能|就|也|都|大概)*"
)
# e.g. 第1篇是2020年的  咸阳那篇是2019年讲的  这是2020年的讲话  第4篇2013年  2013年|怎么样
_OF_A_YEAR = re.compile(
    rf"{_SPEECH}(?:是|在|写于|作于)*(?:19|20)\d\d年?(?:那年|左右|前后|五一)*(?:讲|说|开|作|办|写|发表)?的?(?:讲话|稿子?|会)?(?:的)?[?？ ]*"
)
# e.g. 第1篇是北京的  第4篇是长沙的讲话  咸阳那篇是西安讲的  ✗第1篇是讲劳模精神的  ✗第4篇是最长的
_OF_A_PLACE = re.compile(
    rf"{_SPEECH}(?:是|在)+(?!第|最|讲|说|谈|提|关于|写|有|那|这|不)[^,，。?讲说谈写\d]{{2,5}}?"
    r"(?:[讲说开作办]的?|的)(?:讲话|稿子?|会)?[?？ ]*"
)


def bare_particular(utterance: Utterance) -> Turn | None:
    """城市名, 啥场合, 年份、地点 as all that is said: of the speech that is shown or was opened; before anything was, the list with years.

    怎么宣传劳模 / 城市名 → from_where   第2篇 / 场合 → facts   怎么宣传劳模 / 年份、场合 → place   — / 哪个市 → list   — / year？ → list
    怎么宣传劳模 / 那一年 → place
    ✗ 怎么宣传劳模 / 城市   ✗ — / 第5篇 城市名   ✗ 怎么宣传劳模 / 什么年份最好   ✗ — / 什么场合
    """
    if utterance.understood.references or not _BARE.fullmatch(utterance.said):
        return None
    if not utterance.card and not utterance.before.lookup:
        if utterance.previous or not (_YEAR.search(utterance.said) or _CITY.search(utterance.said)):
            return None
        return Turn("wish", NOTHING, say="list", about=utterance.message, then=wish_kept(utterance, "list"))
    number = speech_meant(utterance)
    if _NAME_OF_PLACE.search(utterance.said) and not _YEAR.search(utterance.said):
        return said(
            "from_where",
            about=str(number),
            then=of_it_alone(utterance, utterance.spoken_of or first_paragraph(utterance.engine.corpus, number)),
        )
    if utterance.before.lookup and _ASKED.search(utterance.said):
        return None  # 哪个市, of what was opened
    told = YEAR_TOLD if _YEAR.search(utterance.said) else ""
    if utterance.spoken_of and not utterance.before.lookup:
        return said("place", utterance.spoken_of, then=replace(choose(utterance, utterance.conversation.chosen), wished=told))
    beginning = first_paragraph(utterance.engine.corpus, number)
    return said("facts", beginning, then=replace(of_it_alone(utterance, beginning), wished="facts"))


_ONE = (
    # e.g. 城市名  哪个市  啥场合  年份  ✗城市
    r"(?:(?:城市|地方|[市区县地])的?名(?:字|称)?|哪(?:一?[个座])?(?:城市|市|区|县|地方)|(?:什么|啥)(?:场合|地方|时候|年份|时间|城市|市|区)|场合|年份|年代|日期|地点|哪一?年|几几年|那一年(?=[?？]?$|[讲开说]))"
)
# e.g. 城市名  哪个市  年份、地点  年份和场合呢  啥场合啊  哪个市的|劳模
_BARE = re.compile(
    rf"(?:那|这是|是|在|它|这个?)?(?:{_ONE})(?:(?:[、,，/? ？]|和|跟|还有|以及)+(?:{_ONE}))*"
    r"(?:是|叫)?(?:什么|啥|哪个|哪)?(?:的|讲的|开的|说的)?(?:会|讲话)?"
    r"(?:来着|呢|啊|呀|是)*"
)
_YEAR = re.compile("年|日期|时候|时间")  # 哪|年|  ✗城市名
_ASKED = re.compile("[哪什啥]")  # 哪|个市  ✗城市名
_CITY = re.compile("市|区|县|地")  # 哪个|市|  ✗场合
_NAME_OF_PLACE = re.compile("名")  # 城市|名|  ✗哪个市


def of_both(utterance: Utterance) -> Turn | None:
    """两篇各是哪年: the sources of the quotes shown last, of two answers where they are of one speech.

    怎么宣传劳模 // 劳模的螺丝钉精神 / 两篇各是哪年 → place   怎么宣传劳模 // 劳模的螺丝钉精神 / 这两篇分别是哪个市的 → place
    第1篇 // 第5篇 / 两篇各是哪年 → place
    ✗ — / 两篇各是哪年   ✗ 怎么宣传劳模 / 六篇各是哪年   ✗ 怎么宣传劳模 / 两篇各讲了什么
    """
    if utterance.understood.references or not _OF_BOTH.fullmatch(utterance.said):
        return None
    shown = list(utterance.card)
    for question in utterance.conversation.asked if len({quote.source.speech for quote in shown}) < BOTH else ():
        understood = utterance.engine.reader.understand(question)
        if understood.lookup:
            found = [
                first_paragraph(utterance.engine.corpus, one.number) for one in understood.references if utterance.engine.scope.exists(one)
            ]
        else:
            found = list(utterance.best(understood).quotes[:1])
        shown += [quote for quote in found if quote.source.speech not in {one.source.speech for one in shown}]
        if len({quote.source.speech for quote in shown}) >= BOTH:
            break
    one_each = list({quote.source.speech: quote for quote in reversed(shown)}.values())[::-1]
    if len(one_each) < BOTH:
        return None
    kept = replace(utterance.conversation, card=tuple(quote.id for quote in one_each), chosen=0, window="")
    return said("place", *one_each, then=kept)


BOTH = 2  # speeches
# e.g. 两篇各是哪年  这两篇分别是哪个市的  它俩都是什么时候讲的  ✗六篇各是哪年
_OF_BOTH = re.compile(
    r"(?:那|这|它)?(?:[两俩2]|几)(?:[篇处句个条])?(?:讲话|话)?(?:各自?|分别|都|又|又各)*是?(?:在)?"
    r"(?:哪一?年|几几年|什么时候|啥时候|哪(?:一?[个座])?(?:城市|市|区|县|地方|里|儿)|(?:什么|啥)(?:年份|地方|场合)|年份|地点)(?:的|讲的|说的|开的)?(?:讲话|会)?(?:呢|啊|呀)*"
)


def checked_too(utterance: Utterance) -> Turn | None:
    """还有：工会是工人最硬的靠山, 他还写了一句…这个呢 after a sentence was looked up: whether that one is there.

    有没有“劳动最光荣，劳模最伟大”这句 / 还有：工会是工人最硬的靠山 → 有没有“工会是工人最硬的靠山”
    “劳动最光荣，劳模最伟大”在哪 / 他还写了一句没有劳模就没有新中国这个呢 → 有没有“没有劳模就没有新中国”
    ✗ 怎么宣传劳模 / 还有：工会是工人最硬的靠山   ✗ “劳动最光荣”在哪 / 还有：工会怎么服务职工
    """
    found = _ANOTHER.fullmatch(utterance.said) or _WRITES_TOO.fullmatch(utterance.said)
    last = utterance.conversation.failed or utterance.previous
    asked = utterance.engine.literal_reader.read(last) if found and last else None
    if found is None or not last or _ASKS.search(found["x"]):
        return None
    if found.re is _ANOTHER and (asked is None or asked.wants not in ("exists", "verify", "where", "which", "who", "quoted")):
        return None
    return again(utterance, f"有没有“{found['x']}”")


_ASKS = re.compile('什么|啥|怎么|咋|如何|哪|谁|几|多少|为何|吗|[“”"]')  # 什么  哪|篇  ✗工会
# e.g. 还有：工会是工人|最硬的靠山  再查一句，劳模最可爱  ✗还有吗
_ANOTHER = re.compile(
    r"(?:那)?(?:(?:还有(?:一句)?|再来(?:一?[句个条])?|下一[句条个]|另外?一句|第[二三四五]句)[:：]|再(?:看|查|核对?|验|对)(?:一?[下句个条])?[:：,，])\s*(?P<x>[^?？]{5,60}?)[。!！]*"
)
# e.g. 他还写了一句没有劳模就没有新中国这个呢  稿子里还引了一句劳模最可爱的人这句有吗  ✗还有呢
_WRITES_TOO = re.compile(
    r"(?:他|她|稿子|文章|那人|领导|人家|网上)?(?:里面?)?(?:还|又|也)(?:写|说|引|讲)(?:了|过|着)*(?:有)?一?句(?:话)?[,，:：]?(?P<x>[^?？,，:：]{5,60}?)"
    r"(?:这个|这一?句(?:话)?|这话)(?:呢|有吗|对吗|有没有|在不在|真有吗)"
)
