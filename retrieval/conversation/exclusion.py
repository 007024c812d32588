"""What an answer must be without: 别带劳模俩字的, 除了第二篇. The kept question says it as 不带「劳模」, and reads back."""

from __future__ import annotations

import re

from retrieval.question.references import Reference
from retrieval.terms.fold import fold_question

_NOT = (
    # e.g. 别带  不含有  ✗带
    r"(?:不要带|不要有|不要|别要|不想要|别带|不带|别用|不用|别含|不含|别有|"
    r"不包含|不包括|别给|别给我|不出现|别出现|去掉|排除|避开|剔除)(?:有|着|了|的)?"
)
_TAIL = r"(?:这)?(?:[俩两仨三几一]?个?(?:字|词)|字样|的话|那句)?(?:的|那种|来的)?(?:内容|句子)?"  # 俩字的  的
_SURE = r"(?:(?:这)?[俩两仨三几一]?个?(?:字样|字|词)(?:的|来的)?|的话|那句|那种|的)(?:内容|句子)?"  # 俩字的  的  ✗吗
# e.g. 不带「总书记」  别带劳模俩字的  不要总书记说的  ✗不要忘记
WITHOUT = re.compile(
    rf"(?:^|[,，。 的]+)(?:但是?|而且|但)?{_NOT}(?:[\"“”'「『《]([^,，。?!\"“”「」『』]{{1,12}})[\"“”'」』》]{_TAIL}|"
    rf"([^,，。?!\"“”「」『』]{{1,8}}?)(?:说|"
    rf"讲)?{_SURE})(?=[,，。?!]|$| )"
)
_NOT_AT_THE_END = re.compile(r"[,，。 ](?:但是?)?不要([\u4e00-\u9fff]{2,6})(?:的)?$")  # 名人的话|，不要总书记|  ✗不要忘记
# e.g. 除了第二篇  ✗除夕
EXCEPT = re.compile(
    r"(?:除(?:了|开|去|掉|(?=第))|撇开|抛开|刨去|不看|不算)(.{1,24}?)(?:以外|之外|外|不算)?"
    r"(?=[,，。?! ]|$|别|其|还|哪|的|有|里)(?:的话|的)?"
)
EXCEPT_WORD = re.compile(r"除(?:了|开|去|掉|(?=第|$|[ 外]))|撇开|抛开|刨去|不看|不算|以外|之外|外(?=[,，的别]|$)")  # 除了  以外  ✗除夕
ALSO_NOT = re.compile(
    r"(?:拿掉|去掉|撤掉|删掉|剔除|排除)(?:了)?|(?:来|给|找|换)(?:我)?一?[个条句点]?不是|(?:也)?(?:别|(?<!给)不|甭)(?:再)?(?:要|给|用|看|算|选|带)(?:我)?(?:了)?"
)  # 也别给我  不要  拿掉  ✗也要  ✗给|不给|


QUOTED = re.compile(r"[“”\"「」『』]")  # “  」  ✗《


def without(text: str) -> tuple[str, tuple[str, ...]]:
    """A question without what it will not have, and the words that no quote may hold.

    >>> without("找一句讲奋斗的,不带「总书记」")
    ('找一句讲奋斗的', ('总书记',))
    """
    words = tuple(match[1] or match[2] for match in WITHOUT.finditer(text))
    if not words and (last := _NOT_AT_THE_END.search(text)) and last.start():
        return text[: last.start()].strip(" ,，"), (last[1].removesuffix("的"),)
    return (WITHOUT.sub("", text).strip(" ,，"), words) if words else (text, ())


def put_back(text: str, words: tuple[str, ...]) -> str:
    """The question with its words that no quote may hold; `without` reads it.

    >>> put_back("讲奋斗", ("总书记",))
    '讲奋斗 不带「总书记」'
    """
    return " ".join((text, *(f"不带「{word}」" for word in words)))


def others(numbers: tuple[int, ...], excluded: tuple[Reference, ...]) -> str:
    """The other speeches by name: 第1篇、第3篇."""
    gone = {reference.number for reference in excluded}
    return "、".join(f"第{number}篇" for number in numbers if number not in gone)


def holds_none(text: str, words: tuple[str, ...]) -> bool:
    """Whether a quote has none of the words."""
    folded = fold_question(text)
    return not any(fold_question(word) in folded for word in words)
