"""What a text says about itself at its head and foot: title, date, place, author. Nothing is guessed that does not stand there.

Lines of the head are told apart by an ordered table of rules; the first that fits says what the line is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from retrieval.speeches.dates import date_in
from retrieval.speeches.labels import in_line
from retrieval.speeches.lines import logical_lines
from retrieval.speeches.tree import Span

HeadKind = Literal["title", "date", "author", "place", "other"]
_HEAD_LINES, _FOOT_LINES = 12, 4  # looked at, chosen: a head of title, subtitle, occasion, date, office, name has six to eight
_LONGEST = 60  # characters of a line of a head; titles have up to 40
_LONGEST_TITLE = 80  # characters of a title of several lines
_H = "[\u4e00-\u9fff]"  # 劳  ✗a
_GAP = "[ \u3000\u2003\xa0]"  #  ✗劳
_SURNAMES = (  # the most frequent two hundred or so; only a name that stands alone needs one
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛"
    "邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦"
    "季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席"
)
_HEADS = "[省市县区州镇乡村校院部局厅会社所处科馆台]长|董事长|理事长|秘书长"  # 市长  ✗长
_OFFICE = f"总理|主席|书记|{_HEADS}|总经理|经理|总裁|主任|委员|代表|教授|院士|司令员|政委"  # 书记  市长  ✗长
_NAME = rf"{_H}(?:{_GAP}?{_H}){{1,3}}"  # 李强  李　强  习　近　平
# e.g. 主讲人：某某  ✗记者说：
AUTHOR_NAMED = re.compile(rf"(?:主讲人?|讲话人|演讲者|演讲人|报告人|发言人|作者|撰文|记者|致辞人)[：:]{_GAP}*(.{{2,30}})$")
AUTHOR_OFFICE = re.compile(rf"[（(]?{_H}{{0,20}}(?:{_OFFICE}){_GAP}+({_NAME})[）)]?$")  # 国务院总理　李　强  市长 王某  ✗市长讲话
OFFICE_ALONE = re.compile(rf"{_H}{{0,20}}(?:{_OFFICE})$")  # 国务院总理  ✗总理讲
SPACED_NAME = re.compile(rf"{_H}(?:{_GAP}+{_H}){{1,2}}$")  # 李　强  习　近　平  ✗讲话
LONE_NAME = re.compile(rf"[（(]?([{_SURNAMES}]{_H}{{1,2}})[）)]?$")  # 王某某  （李四）  ✗讲话稿
REPORTER = re.compile(rf"(?:本报|新华社|本台|本刊)?(?:记者|通讯员){_GAP}*({_NAME})")  # 本报记者 李某  ✗本报讯
PLACE_NAMED = re.compile(rf"(?:会议)?地点[：:]{_GAP}*(.{{2,30}})$")  # 地点：三楼会议室  ✗地点在
DATE_NAMED = re.compile(r"(?:会议)?(?:时间|日期)[：:]")  # 时间：|2019年  会议时间：  ✗时间是
_ROLES = "主持人?|记录人?|出席|列席|缺席|参会人员|来源|整理|编辑|责任编辑|校对|主送|抄送|发布时间|议题|会议名称"  # 主持人  ✗我
_PAPER = r".{0,12}[〔［\[]\d{4}[〕］\]]第?\d{1,4}号$"  # 某发〔2019〕5号  ✗第5号
OTHER_NAMED = re.compile(rf"(?:{_ROLES})[：:]|{_PAPER}")  # 记录：|某某  某发〔2019〕5号  ✗记录在
_DAY = "日(?:上午|下午|晚)?"  # 日  日上午  ✗月
# e.g. （2019年5月1日　北京）  2019年5月1日于北京  ✗2019年
_DATE_PLACE = re.compile(rf"[（(]?[^（(]{{6,20}}{_DAY}(?:于|，|,|{_GAP}+)({_H}{{2,10}})[）)]?$")
_AGENCY = "新华社|中新社|中新网|人民网|新华网|本报"  # 新华社  ✗社
_DATELINE = re.compile(rf"(?:{_AGENCY}){_GAP}?({_H}{{2,6}}?)\d{{1,2}}月\d{{1,2}}日(?:电|讯)")  # 新华社北京3月5日电  ✗本报讯
_PLACE = rf"{_H}{{1,8}}?(?:[省市县州旗镇乡村]|(?<![社小园灾])区)"  # 某市  秦都区  ✗社区
_HELD_IN = re.compile(rf"在(?:中共|中国共产党)?({_PLACE})(?!长|委书记)")  # 在某市|劳模会上  ✗在会上  ✗在社区会上
_HAN = re.compile(_H)  # 劳  ✗a
_PREFIX = re.compile(r"(?:第?篇|第)[一二三四五六七八九十\d]{1,3}篇?[：:]")  # 篇1：|讲话  ✗第一章
_SPACED = re.compile(rf"(?<={_H}){_GAP}+(?={_H}(?:{_GAP}|$))")  # 讲|　|话  ✗x
_UNSIGNED = re.compile("[，。；：！？、]")  # ，  ✗会
_SUBTITLE = re.compile(r"[—－-]{1,2}")  # ——|在会上  ✗在
_ENDS = re.compile(r"[。！？；，]$")  # ，  ✗话
_SALUTATION = re.compile(r"[^。；]{1,60}[：:]$")  # 同志们：  各乡镇人民政府，县直各单位：  ✗同志们。你们：


@dataclass(frozen=True, slots=True)
class Particulars:
    """As printed, "" where nothing says so. date: 2024-03-05, 2024-03 or 2024. date_words: what it was read from."""

    title: str = ""
    date: str = ""
    date_words: str = ""
    place: str = ""
    author: str = ""


class HeadLine(NamedTuple):
    """A line of the head, and those before it with what they are."""

    words: str
    before: tuple[tuple[HeadKind, str], ...]


HeadRule = Callable[[HeadLine], HeadKind | None]


def particulars(text: str, span: Span) -> Particulars:
    """What the speech in a range of a text says about itself."""
    lines = [text[line.start + span.start : line.end + span.start] for line in logical_lines(text[span.start : span.end])]
    head = head_of(lines)
    foot = lines[max(len(head), len(lines) - _FOOT_LINES) :]
    of = {kind: [words for found, words in head if found == kind] for kind in ("title", "date", "author", "place")}
    date, date_words = _date([*of["date"], *of["title"], *_beginning(lines, head), *reversed(foot)])
    return Particulars(
        title=_title(of["title"]),
        date=date,
        date_words=date_words,
        place=_place(of, lines[len(head) : len(head) + 2]),
        author=_author(of["author"], foot),
    )


def head_of(lines: Sequence[str]) -> list[tuple[HeadKind, str]]:
    """The lines of a head with what they are: up to a salutation, a label, or running text."""
    found: list[tuple[HeadKind, str]] = []
    for words in lines[:_HEAD_LINES]:
        kind = next((said for rule in RULES if (said := rule(HeadLine(words, tuple(found)))) is not None), None)
        if kind is None:
            break
        found.append((kind, words))
    return found if len(found) < len(lines) else found[:-1]


def _named(line: HeadLine) -> HeadKind | None:
    kinds: tuple[tuple[re.Pattern[str], HeadKind], ...] = (
        (AUTHOR_NAMED, "author"),
        (PLACE_NAMED, "place"),
        (DATE_NAMED, "date"),
        (OTHER_NAMED, "other"),
    )
    return next((kind for pattern, kind in kinds if pattern.match(line.words)), None)


def _dated(line: HeadLine) -> HeadKind | None:
    """A line that is a date, or a subtitle with one: ——2024年3月5日在…会议上."""
    found = date_in(line.words)
    begins = found is not None and found.start <= len(_opened(line.words))
    return "date" if begins and line.before and len(line.words) <= _LONGEST and not _ENDS.search(line.words) else None


def _opened(words: str) -> str:
    return words[: len(words) - len(words.lstrip("（(—－- \u3000"))]


def _person(line: HeadLine) -> HeadKind | None:
    """Who speaks; a name alone counts below a title."""
    if not line.before:
        return None
    if AUTHOR_OFFICE.match(line.words) or REPORTER.fullmatch(line.words) or SPACED_NAME.match(line.words) or LONE_NAME.match(line.words):
        return "author" if "".join(line.words.split()) not in _NO_NAMES else None
    return "other" if OFFICE_ALONE.match(line.words) else None


_NO_NAMES = frozenset(("讲话", "致辞", "发言", "报告", "前言", "引言", "目录", "通知", "决议", "公告"))


def _running(line: HeadLine) -> HeadKind | None:
    """Where the head is over: what ends as a sentence, a salutation, a numbered part is told by None from the last rule."""
    words = line.words
    over = len(words) > _LONGEST or _ENDS.search(words) or _SALUTATION.match(words)
    labelled = any(label.strong for label in in_line(words, Span(0, len(words)), 0)) and not _SUBTITLE.match(words)
    return None if over or labelled else "title"


def _bracketed(line: HeadLine) -> HeadKind | None:
    """What stands in brackets is about the text: （根据录音整理）."""
    return "other" if line.words[0] in "（(" and line.words[-1] in "）)" else None


RULES: tuple[HeadRule, ...] = (_named, _dated, _person, _bracketed, _running)


def _title(lines: Sequence[str]) -> str:
    """Lines of a title together, as long as they fit; a subtitle that begins with —— belongs to it."""
    told = ""
    for words in lines:
        words = _SPACED.sub("", _PREFIX.sub("", words, count=1)).strip()
        if told and bool(_HAN.search(told)) is not bool(_HAN.search(words)):
            break  # the same title in another language
        joined = words if not told else f"{told}{'' if _SUBTITLE.match(words) else ' '}{words}"
        if len(joined) > _LONGEST_TITLE:
            break
        told = joined
    return told


def _beginning(lines: Sequence[str], head: Sequence[tuple[HeadKind, str]]) -> list[str]:
    """The line that begins as news do, with its date in it."""
    return [words[:40] for words in lines[len(head) : len(head) + 1] if _DATELINE.match(words)]


def _date(lines: Sequence[str]) -> tuple[str, str]:
    """The most exact date of the first line that has one with a month, else the first year of a title."""
    dates = [found for words in lines if len(words) <= _LONGEST + 20 and (found := date_in(words))]
    exact = next((found for found in dates if len(found.date) > 4), None)
    best = exact or next(iter(dates), None)
    return (best.date, best.words) if best else ("", "")


def _place(of: dict[str, list[str]], beginning: Sequence[str]) -> str:
    named = next((found[1].strip() for words in of["place"] if (found := PLACE_NAMED.match(words))), "")
    dated = next((found[1] for words in of["date"] if (found := _DATE_PLACE.match(words))), "")
    line = next((found[1] for words in beginning if (found := _DATELINE.match(words))), "")
    held = next((found[1] for words in (*of["date"], *of["title"]) if (found := _HELD_IN.search(words))), "")
    return named or dated or line or held


def _author(lines: Sequence[str], foot: Sequence[str]) -> str:
    for words in lines:
        for pattern in (AUTHOR_NAMED, AUTHOR_OFFICE, REPORTER, LONE_NAME):
            if found := pattern.match(words):
                return "".join(found[1].split()).strip("（）()")
        return "".join(words.split())
    return _signed(foot)


def _signed(foot: Sequence[str]) -> str:
    """The line above the date at the foot of an official paper."""
    for above, below in pairwise(foot):
        found = date_in(below)
        if found and found.words == below.strip("（） ") and 2 <= len(above) <= 25 and not _UNSIGNED.search(above):
            return above
    return ""
