"""What a passage says itself, whatever questions are known for it: the last check before an answer is called sure."""

from __future__ import annotations

import re
from typing import Literal

from retrieval.fold import fold_question
from retrieval.segment import Segmenter

# What a question asks for, and what an answer to it has; X and * stand for numbers that were taken out. Of the 795 bundled questions that
# ask for one 67 have an answer without (好样子能影响多少人: 榜样的力量是无穷的), which is then called near.
_NUMBERS = (
    (re.compile("哪一?年|几几年|哪个年份"), re.compile("[0-9]|年")),
    (re.compile("多少|百分之几|几[次月号岁元人位名倍]"), re.compile("[0-9一二三四五六七八九十百千万亿两半几x*%]")),
)


def has_numbers(question: str, passage: str) -> bool:
    """False if the question asks for a year or a number, and the passage has none.

    >>> has_numbers("袁隆平是哪一年当上劳模的", "像袁隆平等劳动模范"), has_numbers("占多少", "占劳模的50%")
    (False, True)
    """
    said = fold_question(passage)
    return all(holds.search(said) for asks, holds in _NUMBERS if asks.search(question))


def words_said(question: str, passage: str, segmenter: Segmenter) -> Literal["all", "some", "none"]:
    """How many of a question's words the passage has; of bigrams, if no two of its characters are a word."""
    terms = {t.text for t in segmenter.terms(fold_question(question)) if t.text[0] != "c"}
    words = {t for t in terms if t[0] == "w"} or terms
    said = words & {t.text for t in segmenter.terms(fold_question(passage))}
    return "all" if words and said == words else "some" if said else "none"
