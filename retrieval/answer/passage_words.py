"""What the words of a passage say to those of a question, whatever questions are known for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from retrieval.exact.letters import only_letters
from retrieval.index.passages import Passage
from retrieval.speeches.corpus import Corpus
from retrieval.terms.fold import fold_question
from retrieval.terms.segment import Segmenter, is_han

KEYWORD = 4  # characters up to which a question is a keyword, which the passage has or not; 5 and 6 lose sure answers and make none right

Said = Literal["all", "some", "none"]

# X and * stand for numbers that were taken out. Of the 647 bundled questions that ask how many, 50 have an answer without a number
# (好样子能影响多少人: 榜样的力量是无穷的) and 6 one with none but of time, which are then called near.
_NUMBER = "[0-9一二三四五六七八九十百千万亿两半几x*]"  # 三  5|0  x  ✗多
_YEAR_ASKED = re.compile("哪一?年|几几年|哪个年份")  # 哪年  哪一年|当上  ✗几年
_YEAR = re.compile("[0-9]|年")  # 2|015  年
_AMOUNT_ASKED = re.compile("多少|百分之几|(?<!哪)几[次月号岁元人位名倍]")  # 多少|人  几次  ✗哪|几位|  ✗几点
_AMOUNT = re.compile(f"{_NUMBER}|%")  # 三  %  ✗年
_TIME_ASKED = re.compile("[年届次回岁第]|频率|数字|一百多")  # 年  频率  ✗月
_RANK = f"第{_NUMBER}+"  # 第一|要务  ✗一
_TIME = f"{_NUMBER}+多?(?:年|届|月|日|世纪|次|中全会)"  # 二十多年|来  六中全会  ✗三个
_SET_PHRASE = "十[一二三四]五|五一|[十百千]分|统一|唯一|进一步|一[切定起线直些样批般旦]"  # 十一五  一线|工人  十分|重要  ✗一个
_NO_AMOUNT = re.compile(f"{_RANK}|{_TIME}|{_SET_PHRASE}")  # 第一|线  三年|来  一线  ✗三个
# Of the 760 bundled questions that ask so 9 have a passage with neither the count nor so many parts (第三种感是什么), which are then near.
_COUNTS = "一二三四五六七八九十"
_ALSO_CALLED = {2: ("其次", "其二"), 3: ("再次", "其三")}
_ITEM_ASKED = re.compile("第([二三四五六七八九十2-9])[个条点种项位层件](?![人问])")  # 第四个|作用  第2点  ✗第四届  ✗第二个|人
_BETWEEN = (
    re.compile("[、;]"),  # 、  ;  ✗,
    re.compile("第[二三四五六七八九]"),  # 第三|个  ✗第一
    re.compile("[二三四五六七八九][是要]"),  # 二是  三要  ✗一是
)
_DENIED = re.compile("(?:没有?|不)(?:[提讲说谈]|涉及)")  # 没有提|到  不涉及  ✗提到|没有|


def is_keyword(text: str) -> bool:
    """True if a folded question is no more than a keyword.

    >>> is_keyword("劳模精神"), is_keyword("劳模精神吗")
    (True, False)
    """
    return len(text) <= KEYWORD


def core(text: str) -> str:
    """A folded question without what only ties it to a conversation: the keyword of 那高尔基到底 and of 法律援助来着.

    >>> core("那高尔基到底"), core("那法律援助呢"), core("那时候呢")
    ('高尔基', '法律援助', '那时候')
    """
    return _TIED.sub("", text) or text


_TIED = re.compile(
    "^(?:那么?(?![个些年时天种样次里边篇位场段句回])|还有)|(?:来着|到底|究竟|的?呢|[啊呀])+$"
)  # |那|高尔基  高尔基|来着|  ✗那时候


def typed_words(terms: Mapping[str, float]) -> frozenset[str]:
    """The words among weighted terms that were typed, not added.

    >>> typed_words({"w劳模": 1.0, "c劳": 1.0, "w模范": 0.4})
    frozenset({'劳模'})
    """
    return frozenset(term[1:] for term, weight in terms.items() if term[0] == "w" and weight >= 1)


def asks_without(question: str) -> bool:
    """True if the question asks where something is not said, which no quote can show.

    >>> asks_without("没有提到创新"), asks_without("提到创新没有")
    (True, False)
    """
    return bool(_DENIED.search(question))


def has_numbers(question: str, said: str) -> bool:
    """False if the question asks for a year or a number, and what is said has none; 二十多年 and 一线 are no number of people or things.

    >>> has_numbers("袁隆平是哪一年当上劳模的", "像袁隆平等劳动模范"), has_numbers("占多少", "占劳模的50%")
    (False, True)
    """
    if _YEAR_ASKED.search(question) and not _YEAR.search(said):
        return False
    said = said if _TIME_ASKED.search(question) else _NO_AMOUNT.sub("", said)
    return bool(_AMOUNT.search(said)) or not _AMOUNT_ASKED.search(question)


def missing_item(question: str, said: str) -> str:
    """The later item of a list that a folded question asks for, if what is said has neither its number nor so many; else "".

    >>> missing_item("第四个作用是什么", "第一个,带头;第二个,骨干;第三个,桥梁"), missing_item("第三个创新", "产品、技术、制度创新")
    ('第四个', '')
    """
    asked = _ITEM_ASKED.search(question)
    if asked is None:
        return ""
    count = _COUNTS.index(asked[1]) + 1 if asked[1] in _COUNTS else int(asked[1])
    sign = _COUNTS[count - 1]
    written = (f"第{sign}", f"{sign}是", f"{sign}要", f"{sign}、", f"({sign})", f"{count}.", f"{count}、", *_ALSO_CALLED.get(count, ()))
    has = any(form in said for form in written) or max(len(between.findall(said)) for between in _BETWEEN) >= count - 1
    return "" if has else asked[0]


def says(passage: str, question: str) -> bool:
    """True if the passage has the question itself, whatever signs stand between the letters.

    >>> says("“天道酬勤”、“民生在勤”等古训", "天道酬勤民生在勤"), says("“天道酬勤”等古训", "民生在勤")
    (True, False)
    """
    asked = only_letters(question)
    return asked in only_letters(passage) and (len(asked) > 1 or is_han(asked))


def says_around(corpus: Corpus, passage: Passage, words: Iterable[str]) -> bool:
    """Whether the text that a passage stands in has all of some words."""
    around = fold_question(corpus.text(passage.file, passage.around))
    return all(word in around for word in words)


def words_said(question: str, passage: str, segmenter: Segmenter) -> Said:
    """How many of a question's words the passage has, all if it has the question itself; of bigrams, if no two characters are a word."""
    asked, said_there = fold_question(question), fold_question(passage)
    if says(passage, question):
        return "all"
    terms = {t.text for t in segmenter.terms(asked) if t.text[0] != "c"}
    words = {t for t in terms if t[0] == "w"} or terms
    said = words & {t.text for t in segmenter.terms(said_there)}
    return "all" if words and said == words and _covered(asked, said) else "some" if said else "none"


def _covered(asked: str, said: Iterable[str]) -> bool:
    """Whether nothing of a keyword is left beside the words that were said: of 八八战略 八八 is."""
    words = "|".join(sorted((re.escape(term[1:]) for term in said), key=len, reverse=True))
    return not any(map(is_han, re.sub(words, "", asked)))
