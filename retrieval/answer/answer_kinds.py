"""The kinds of answer that a question asks for by its words, and what a passage must have to be one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_YEAR = "(?:19|20)[0-9][0-9]"  # 2018|年  1989  ✗126
_DAY = r"哪一?天|哪一?日(?!程)|几月|几号(?![人文])|几点(?:钟|到|[散开])|工期|时间表"  # 哪天|开  几号  几点到|几点  ✗几点|希望  ✗几号|文
_DATE = "[0-9x*一二三四五六七八九十][年月日天届]|[今昨明]天|前夕|[上下]午|之际|五一|节|今年|当前"  # 三年|来  昨天  五一  ✗工期
_DOCUMENT_ASKED = "哪一?本|哪一?部(?![分门])|什么书|(?:哪个|哪份|什么)文件|几号文"  # 哪本|书  什么文件  几号文  ✗哪部|分
_DOCUMENT = "《|书|文件|意见|方案|规划|法|报告|战略|计划|账"  # 《|分工方案》  意见  ✗劳动
_MEETING_ASKED = "哪一?[次个场届]?(?:会议|大会|全会|党代会|会上|会(?=[说提开定]))|什么会上"  # 哪次大会  哪个会上|说的  ✗哪个|工会
_MEETING = "会|十[一二三四五六七八九]?大"  # 会|议  十九大  ✗大
# e.g. 是谁说的  谁的名言  由哪位领导提出  最早是谁  ✗是对|谁说的
_AUTHOR_ASKED = (
    "[是由](?:谁|哪位[^,]{0,4}?|哪个人|哪个领导)(?:最先|首先|最早|先)?(?:提出|说|讲|写|唱|提|授予|命名|题)的?$|谁的?名言|最[早先]是?谁"
)
_AUTHOR = "指出|说|强调|提出|讲|毛主席|书记|习近平|高尔基|市委|区委|要|党"  # 指出|:  高尔基|说  ✗劳动
_FIRST_ASKED = "最[早先初]|第一个"  # 最早|是谁  第一个|说  ✗第一|次
_PROPOSER_ASKED = "谁(?:首先|最[先早初]|率先|先)?(?:提出|提的|发明|首创)|首先提|首创"  # 谁提出|来的  谁首先提的  ✗谁说
_PROPOSER = "提出|指出|强调|曾说|说[,:“]"  # 指出|:  说:|“  ✗贯彻
_APPLYING_ASKED = (
    "(?:怎[么样]|如何|咋|哪[里儿]?|去|找谁)(?:报名|投诉|申请|领取|补办|办理|注册|举报|报案|告状|起诉|报考)"  # 怎么报名  去投诉  ✗怎么|宣传
    "|哪[里儿](?:才?能)?(?:领|报名|投诉|申请)(?!导)"  # 哪儿领  哪里能申请  ✗哪里|领导
)
_APPLYING = "报名|投诉|申请|领取|办理|举报|注册"  # 申请  ✗领导
# Words about forms that no speech has; each stands in a bundled question without an answer.
_FORM = "范文|考试题|反义词|近义词|手语|网站|网址|几楼|门牌|歌词|分数线|股票"  # 范文  反义词  ✗文  ✗楼


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """What asks for it, and what a passage with such an answer has; None: the very words that ask for it."""

    name: str
    asked: re.Pattern[str]
    answer: re.Pattern[str] | None


def _kind(name: str, asked: str, answer: str | None = None) -> AnswerKind:
    return AnswerKind(name, re.compile(asked), re.compile(answer) if answer else None)


# Of 73 919 bundled questions these ask for a kind that their passage has not, in brackets ask for it: year 5 (30; most years name a
# speech), day 2 (27), document 1 (17), meeting 0 (80), author 3 (23), applying 0 (0), form 3 (3).
KINDS = (
    _kind("year", _YEAR),
    _kind("day", _DAY, _DATE),
    _kind("document", _DOCUMENT_ASKED, _DOCUMENT),
    _kind("meeting", _MEETING_ASKED, _MEETING),
    _kind("author", _AUTHOR_ASKED, _AUTHOR),
    _kind("applying", _APPLYING_ASKED, _APPLYING),
    _kind("form", _FORM),
)

# Asked of a wording beside its place, of which none is told where the wording stands: 这句话出自哪本书  ✗这句话是谁说的.
BESIDE_ITS_PLACE = (
    _kind("document", _DOCUMENT_ASKED, _DOCUMENT),
    _kind("meeting", _MEETING_ASKED, _MEETING),
    _kind("first", _FIRST_ASKED, _FIRST_ASKED),
    _kind("proposer", _PROPOSER_ASKED, _PROPOSER),
)


def kind_missing(question: str, said: str, kinds: tuple[AnswerKind, ...] = KINDS) -> AnswerKind | None:
    """The first kind of answer that a folded question asks for and a folded passage has not.

    >>> missing = kind_missing("中心城区改造的工期", "加快中心城区提质改造步伐")
    >>> missing.name if missing else None
    'day'
    >>> kind_missing("成绩献给哪次大会", "迎接党的二十大胜利召开"), kind_missing("劳模精神是什么", "爱岗敬业")
    (None, None)
    """
    return next((kind for kind in kinds if _lacks(kind, question, said)), None)


def _lacks(kind: AnswerKind, question: str, said: str) -> bool:
    asked = kind.asked.search(question)
    if asked is None:
        return False
    return asked[0] not in said if kind.answer is None else kind.answer.search(said) is None
