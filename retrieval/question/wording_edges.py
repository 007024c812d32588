"""Takes off a wording what a frame of a question left on it: 农民工说过 of 农民工说过没有 is 农民工."""

from __future__ import annotations

import re


def trimmed(wording: str, frame: str) -> str:
    """The wording without verbs and words of the question at its ends; what stands before the comma, or "",
    where nothing else is left.

    frame: the folded question that the wording was read from.

    >>> trimmed("农民工说过", "农民工说过没有"), trimmed("了农民工", "哪篇提了农民工了"), trimmed("过节", "过节有没有")
    ('农民工', '农民工', '过节')
    >>> trimmed("都", "农民工这个词,都出现几次"), trimmed("都", "都出现几次"), trimmed("座谈", "座谈提到没有")
    ('农民工', '', '座谈')
    """
    at = frame.find(wording)
    if at > 0 and frame[at - 1] in "写印标" and _PLAINLY.fullmatch(wording):
        return ""  # 稿子里写明了吗
    if _LAST_VERB.match(frame, at + len(wording) - 1) and len(wording) > 2:
        wording = wording[:-1]
    if at > 0 and frame[at - 1] in _VERBS:
        wording = _DONE.sub("", wording)
    if _NOTHING_ELSE.fullmatch(wording):
        wording = frame.rpartition(",")[0]
    wording = _IN_FRONT.sub("", wording)
    while (shorter := _BEHIND.sub("", wording)) != wording:
        wording = shorter
    return wording


_PLAINLY = re.compile("(?:明|清楚?|全|上|出来)了?")  # 明了  清楚  ✗工会
_LAST_VERB = re.compile("[提说讲写用](?=[过了])")  # |提|了没  ✗提没提
_VERBS = frozenset("提说讲谈写用涉到")
_DONE = re.compile("^(?:到?[了过]+|[到及][了过]*)(?=..)")  # 了|农民工  到了|农民工  及|农民工  ✗了
_IN_FRONT = re.compile("^无?(?:[提说讲写用]|提及|出现)[过了]+(?=..)")  # 用过|农民工  ✗用过  ✗说到做到
# e.g. 都  分别  在  总共  提及  出现  ✗农民工
_NOTHING_ELSE = re.compile(
    "(?>都|也|各|分别|在|里|总共|统共|一共|到底|究竟|(?:提及|涉及|出现)[了过到]*|[及到][了过]?|[提讲说谈写用][到过]?)+"
)
# e.g. 农民工|说过|  农民工|这个词|  农民工这块|到底|  农民工|有涉及到|  农民工这个词|,谈到没得|  改革|还有|  ✗座谈  ✗说过
_BEHIND = re.compile(
    "(?<=..),?(?:(?:到底|究竟|都|有|也|在)?(?:[说讲提写用][过到了]+|(?<![座商恳访])谈[过到了]+|出现[过到了]*|提及[过了]*|涉及[到过了]*)"
    "(?:了?没(?:得|有|啊|呢)?|么|不)?|到底|究竟|这一?[串溜堆套](?:话|词)?|(?:里|中)?还有|这一?块儿?|这事儿?|的事儿?|这一?[个两三四五六七八]个?(?:词|字|说法))$"
)
