"""Kinds of sentences that a speech of one's own can be written from: an ordered table of rules.

Their examples: theme / sentence, with place and marks before it where they count, ✗ where the rule does not answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

ExcerptKind = Literal["opening", "definition", "golden", "demand", "statement", "wish"]

# A verb that says what something is, soon after its name
_WITHOUT = "[^，。；：！？,;!?]"  # 组  ✗，
_DEFINING = "就是|正是|既是|(?:只|即)?是|体现为?|表现为|铸就了?|意味着|彰显了?|在于"  # 就是  体现为  ✗要
_NOT_DEFINING = r"(?<![不还但于别其可总凡都一二三四五这那])"  # 劳模||是  ✗但||是
_DEFINES = re.compile(rf"{_WITHOUT}{{0,8}}?(?:，不仅)?{_NOT_DEFINING}(?:{_DEFINING})(?!否)")  # 组织是|党  ，不仅体现为|艰苦  ✗但是  ✗要
_NO_BUT = r"(?<![主重需只紧想既不还就])"  # 都||要  ✗主||要
_DEMANDS = re.compile(rf"{_NO_BUT}要(?![求素点么])|必须|应当|务必")  # 要|带头  必须  ✗要求
_WISHES = re.compile("祝|让我们|(?:明天|未来|前景).{0,6}(?:美好|灿烂)|美好.{0,4}(?:明天|未来)")  # 祝|愿  让我们  明天一定会更加灿烂  ✗劳动
_ITS_PARTS = r"(?:[、，][^、，。；]{2,5}){3,}”?的"  # 、争创一流、艰苦奋斗、勇于创新的|劳模精神  ✗、争创一流的
_MADE_OF = re.compile(rf"(?:{_ITS_PARTS}|铸就了?[^。；]*的)$")  # 铸就了“爱岗敬业”的  、争创一流、艰苦奋斗、勇于创新的  ✗铸就了|精神
_CLAUSE_END = re.compile("[，。；：！？,;!?]")  # ，  ✗、


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence to be told apart, folded.

    words: of the theme, () when it does not have them all. place: kind of the part at the top of its speech; first: among the first
    sentences there. golden: reviewed as worth showing alone.
    """

    text: str
    words: tuple[str, ...] = ()
    place: str = "text"
    first: bool = False
    golden: bool = False


def begins(saying: Saying) -> bool:
    """The first sentences of a speech.

    劳动 / opening first 今天，我们在这里共庆劳动者的节日。   ✗ 劳动 / opening 劳动是财富的源泉。   ✗ 劳动 / 今天，我们劳动。
    """
    return saying.place == "opening" and saying.first


def wishes_well(saying: Saying) -> bool:
    """A wish at the end of a speech.

    劳模 / closing 最后，祝各位劳模身体健康！   ✗ 劳模 / 祝各位劳模身体健康！   ✗ 劳动 / closing 劳动开创未来，奋斗谱写辉煌。
    """
    return saying.place == "closing" and _WISHES.search(saying.text) is not None


def says_what_it_is(saying: Saying) -> bool:
    """是, 就是, 体现为 soon after all words of the theme in one clause; 铸就了…的, or its parts by name, right before them.

    工会 / 工会组织是党领导下的群众组织。   劳模精神 / 新时期的劳模精神，不仅体现为艰苦创业。
    劳模精神 / 铸就了“爱岗敬业”的劳模精神。   劳模精神 / 弘扬爱岗敬业、争创一流、艰苦奋斗、勇于创新的劳模精神。
    ✗ 工会 / 但是工会很忙。   ✗ 工会 / 工会不是机关。   ✗ 工会 / 劳模是榜样，工会要学习。
    """
    if not saying.words:
        return False
    for found in re.finditer(re.escape(saying.words[-1]), saying.text):
        clause = _CLAUSE_END.split(saying.text[: found.end()])[-1]
        if all(word in clause for word in saying.words) and _DEFINES.match(saying.text, found.end()):
            return True
    whole = saying.text.find("".join(saying.words))
    return whole >= 0 and _MADE_OF.search(saying.text[:whole]) is not None


def is_golden(saying: Saying) -> bool:
    """Reviewed as worth showing alone.

    劳动 / golden 劳动最光荣，劳模最伟大。   ✗ 劳动 / 劳动竞赛办得很好。
    """
    return saying.golden


def demands(saying: Saying) -> bool:
    """要, 必须, 应当.

    工会 / 各级工会要当好娘家人。   学习 / 必须加强学习。   ✗ 工会 / 工会的主要任务没有变。   ✗ 学习 / 学习是对大家的要求。
    """
    return _DEMANDS.search(saying.text) is not None


def says_something(saying: Saying) -> bool:
    """Whatever has the theme.

    工会 / 工会办了很多实事。   ✗ 工会 / 会办了很多实事。
    """
    return all(word in saying.text for word in saying.words)


@dataclass(frozen=True, slots=True)
class KindRule:
    """The kind of the sentences that fit."""

    fits: Callable[[Saying], bool]
    kind: ExcerptKind


# The first that fits tells the kind.
KIND_RULES: tuple[KindRule, ...] = (
    KindRule(begins, "opening"),
    KindRule(wishes_well, "wish"),
    KindRule(says_what_it_is, "definition"),
    KindRule(is_golden, "golden"),
    KindRule(demands, "demand"),
    KindRule(says_something, "statement"),
)


def kind_of(saying: Saying) -> KindRule:
    """The first rule that fits; says_something for a sentence that was found by something else than the words of its theme."""
    return next((rule for rule in KIND_RULES if rule.fits(saying)), KIND_RULES[-1])
