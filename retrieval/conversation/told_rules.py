"""Rules for what somebody tells of himself, for what he takes back, and for what asks nothing though it is of no kind for sure.

Their examples: question before / message → sentence that follows, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re

from retrieval.conversation.navigation import counts_in
from retrieval.conversation.utterance import SURELY, Turn, Utterance, said
from retrieval.index.message_kinds import SOCIAL
from retrieval.question.literal import BY_ITSELF
from retrieval.terms.segment import is_han

SAID = {"wrong": "complaint", "vague": "which_theme", "filler": "noise", "mistaken": "apology"}  # kinds whose sentence has another name
# Probabilities of being about the chat, and of kinds that only want a kind word, from which who says 我 and asks nothing tells of
# himself: of 73 919 questions 100 are put so, of which 34 have both. Who does not say so, if the kind is `told`: of 1 155 unseen
# questions none has both, of 12 000 known ones 8. docs/numbers.md
TOLD, OF_THESE = 0.03, 0.4
TOLD_OTHERWISE, ONLY_TOLD = 0.2, 0.75
ASKS_NOTHING = {"none": 0.3, "near": 0.8, "sure": 0.97}  # probabilities of being about the chat, by what the answer would be
TOLD_SURELY = 0.5  # where a quote answers for sure, chosen
OWN_WORDS = 0.8  # probability of being about the chat below which a word of the speeches makes it a question; docs/numbers.md
ASKED_OF_WORDS = frozenset({"exists", "count", "which", "where"})  # what is asked of a word is asked of the speeches


def taken_back(utterance: Utterance) -> Turn | None:
    """当我没说吧, 我还没想好怎么问: that it does not matter, or that there is time.

    — / 当我没说吧 → apology   怎么宣传劳模 / 就当我没问 → apology   — / 我还没想好怎么开口 → waiting
    — / 哎呀点岔了，本来要找我老乡 → apology
    ✗ — / 说没说过当先锋   ✗ — / 没想好就干行吗
    """
    if _TAKEN_BACK.search(utterance.spoken):
        return said("apology")
    return said("waiting") if _NOT_YET.fullmatch(utterance.spoken) else None


# e.g. 当我没说  就|当我没问|  哎呀点岔了|，本来要找我老乡  ✗没说  ✗点错字
_TAKEN_BACK = re.compile(
    r"当我(?:刚才)?(?:啥都|什么都)?没(?:说|问|讲|来)|"
    r"^(?:哎呀?|哎哟|啊|呀|噢)?[,，!！ ]*(?:我|俺)?(?:手滑|不小心)?[,，]?(?:点|按)(?:岔|错|偏|串)了"
)
# e.g. 我还没想好怎么开口  那个……还没想好  ✗想好就干
_NOT_YET = re.compile(
    r"(?:等等|别急)?[,，]?(?:我|俺|让我)?(?:再|先)?(?:想想|想一想|琢磨(?:琢磨|一下)|寻思(?:寻思|一下))(?:该|要)?(?:怎么|咋)(?:开口|问|说|讲)(?:好)?(?:啊|呢|哈)?|"
    r"(?:\w{1,2}\W+)?(?:我|俺)?还?没(?:太|完全)?想好(?:(?:该)?(?:怎么|咋|要)?(?:开口|问|说|讲)(?:什么|啥)?)?(?:呢|呀)?[\W]*"
)


def tells_of_oneself(utterance: Utterance) -> Turn | None:
    """我今年五十八，在家带孩子: somebody tells of himself and asks nothing.

    — / 我今年五十八，在家带孩子 → told   — / 五一单位办比赛，先试试这个机器人怎么样 → greeting
    — / 爱人在县医院当护士 → told   — / 记住，我姓马 → told
    ✗ — / 我妈是模范，她的事迹写进去了没   ✗ — / 我想要一句提气的   ✗ — / 我们工会该干点啥
    """
    if _CALLS_HIMSELF.fullmatch(utterance.spoken):
        return said("told")
    if _TRIES_IT.search(utterance.spoken):
        return said("greeting")
    if utterance.about_chat < TOLD or _ASKS.search(utterance.spoken):
        return None
    guess = utterance.guess
    of_himself = OF_HIMSELF.match(utterance.spoken) and guess.kind in SOCIAL and guess.right >= OF_THESE
    told = guess.kind == "told" and guess.right >= ONLY_TOLD and guess.chat >= TOLD_OTHERWISE
    if not (of_himself or told) or (guess.chat < TOLD_SURELY and utterance.alone.confidence == "sure"):
        return None
    return said(SAID.get(guess.kind, guess.kind))


# e.g. 记住，我姓马  我叫小李,你记一下  ✗姓马
_CALLS_HIMSELF = re.compile(
    r"(?:记住|记着|记好|记一下|听好)?[,，]?(?:我|俺)(?:姓|叫)(?:(?!什么|啥|谁|哪|怎)[^,，?？吗]){1,4}[,，]?(?:(?:你|你给我)?(?:记住|记着|记一下|可得记住)(?:了|啊|哈|哦)*)?"
)
# e.g. 我|先来试试你灵不灵|  |试一下这个机器人|  ✗试试看创新
_TRIES_IT = re.compile(
    r"(?:先)?(?:来)?试(?:试|一试|一下|下)看?(?:你|您|这个?(?:机器人|小助手|工具|东西|玩意儿?))(?:好不好[使用]|[灵准行]不[灵准行]|管不管用|怎么样|有多.{1,3})?[啊呀吧哈]?[。.!！~]*$"
)
OF_HIMSELF = re.compile("(?:那)?(?:我|俺|咱)们?(?!(?:就|还|只|也)?(?:的|想|要|问|找))")  # 我|今年五十八  ✗我想问  ✗我就要
# e.g. 好不好|评  评上|没|  辞退了|么|，求助  该|评  帮我|列  原因|在哪  多大|年纪  怎|么评  ✗没念过书  ✗不太灵光
_ASKS = re.compile(
    r"[?？吗呢什怎哪谁几咋啥该求]|(.)[不没]\1|[不没吧么](?=[,，。 ]|$)|多(?:少|久|大|高)|有没有|再|给我|帮我|发|找|看看|来一?[句条个]|"
    r"[想要](?:要|一[句段]|知道|晓得|听)|[我俺咱]们?(?:就|还|只|也)?要|列|讲讲|说说|[提讲说][过到]|领导|市委|(?<!支部)书记|讲话|稿|原因|数字"
)


def asks_nothing_first(utterance: Utterance) -> Turn | None:
    """`asks_nothing` at the beginning of a chat, where no later rule could say what it goes on with.

    — / 刚出图书馆 → unclear   ✗ — / 劳模精神是什么   ✗ 怎么宣传劳模 / 工会呢
    """
    return asks_nothing(utterance) if not utterance.previous else None


def asks_nothing(utterance: Utterance) -> Turn | None:
    """What is no question, though of no kind for sure, and about nothing that a speech has: that it was not understood.

    怎么宣传劳模 / 小作文退退退 → unclear   ✗ — / 劳模精神是什么   ✗ — / 困难企业
    """
    if utterance.about_chat < min(ASKS_NOTHING.values()):
        return None
    surely = utterance.about_chat >= SURELY and all(map(is_han, utterance.said))  # 嫽扎咧
    goes_on = utterance.said.endswith("呢") and (not surely or utterance.says_of_the_speeches)  # 那GDP呢, 那教师呢
    if goes_on or not any(map(is_han, utterance.said)):
        return None  # what is this
    of_it = bool(utterance.on_subject or utterance.understood.references or counts_in(utterance)[0])
    of_it = of_it or (utterance.says_of_the_speeches and utterance.about_chat < OWN_WORDS)
    asks = of_it or asks_after(utterance) or ASKS_AFTER.search(utterance.spoken) or _OF_THE_TEXTS.search(utterance.spoken)
    return None if asks or utterance.about_chat < ASKS_NOTHING[utterance.alone.confidence] else said("unclear", about=utterance.message)


def points_back(utterance: Utterance) -> Turn | None:
    """引号里那位叫啥: what points at an answer and has none in the speeches was not understood, which is no claim.

    怎么宣传劳模 / 引号里那位叫啥 → unclear   ✗ — / 引号里那位叫啥   ✗ 怎么宣传劳模 / 那段提了奖状没有   ✗ 怎么宣传劳模 / 工会呢
    """
    if not utterance.previous or utterance.understood.references or utterance.alone.confidence != "none":
        return None
    asked = _OF_WHAT_IS_SAID.search(utterance.said) or not _POINTS.search(utterance.said)
    return None if asked else said("unclear", about=utterance.message)


# e.g. 奖状|那条|  引号|里是谁的  再念|一遍  ✗那段时间  ✗这个词
_POINTS = re.compile(
    "[这那]一?(?:句|条|点(?!钟)|段(?!时)|处|个(?!词|字|提法|说法))|引号|再(?:发|说|念|来|看)|重发|原[话句文]|刚才|上面|[上下]一?[句条段]|转引|出处"
)
_OF_WHAT_IS_SAID = re.compile("[提讲说写印][没过到了不]|有没有|有无|[没有]吗|吗$|没有?$|吧$")  # 提了|没有  ✗再念念
_OF_THE_TEXTS = re.compile(
    "[讲说提][到过了]|还[讲说提]|[这那哪第][一二三四五六1-6]?[篇段条]|有没有|原[文话句]|哪个?[市区年]"
)  # 还讲|了人工智能  这篇|哪个市的  ✗找眼镜


def asks_after(utterance: Utterance) -> bool:
    """Whether it asks of the speeches, behind what is told first: 我退休好些年了，想问问劳模有没有人管; or of a word of theirs."""
    if utterance.guess.kind not in SOCIAL:
        return False
    if utterance.guess.kind == "told" and _AS_A_QUESTION.search(utterance.spoken):
        return True  # 一半都是车间工人？
    if utterance.guess.kind == "small_talk" and _OF_THE_WORLD.search(utterance.spoken):
        return True  # 今晚吃什么
    asked = utterance.engine.literal_reader.read(utterance.message)  # 那加班工资也讲了吧
    return bool(ASKS_AFTER.search(utterance.spoken) or (asked and asked.because != BY_ITSELF and asked.wants in ASKED_OF_WORDS))


# e.g. 讲没讲|下岗的  给不给|涨退休金  想问问|劳模有没有人管  请问|劳模怎么评  找句话|怼回去  ✗想问
ASKS_AFTER = re.compile(
    r"(?:骂|批|夸|管|提|说|讲)(?:过|了)(?:没有?|吗)$|(?<![是])([讲说提给管涨发让评奖])[不没]\1(?=[\u4e00-\u9fff]{2})|"
    "(?:想|要|来)(?:问|知道|了解|打听|请教|找|查)(?:问|一?下)?(?=.{4})|(?:请问|打听)(?:一?下)?(?=.{4})|(?:找|挑|选|摘|来)(?:我)?[一两几]?[句条](?:话)?(?=.{2})"
)
_AS_A_QUESTION = re.compile(
    "[?吗呢]$|[?吗](?=.)|有没有|没有?(?=[,，。?])"
)  # 一半都是工人|?|  提到教师|没有|。我教了一辈子书  ✗我今年五十八
_OF_THE_WORLD = re.compile("^(?!.*[你您恁机])[^,，。 ]*(?:什么|啥|哪|多少)[^,，。 ]*$")  # 今晚吃什么  ✗你吃什么  ✗吃了吗
