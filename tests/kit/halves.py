"""Wordings made of halves that stand in the speeches, but not so together; the same for the same seed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from retrieval import Corpus
from retrieval.exact.concordance import Concordance
from tests.kit.altered import all_sentences

LEAST = 4  # letters of a half
# Ways of asking whether a wording is there, or is quoted rightly; none of them may be answered with yes.
FRAMES = (
    "“{}”",
    "「{}」",
    "有没有说过“{}”",
    "“{}”是原话吗",
    "讲话里有「{}」这句话吗",
    "“{}”出自哪里",
    "请问「{}」这句对不对",
    "核对一下：{}",
    "有没有说过{}",
    "原话是不是{}",
    "讲话里说过{}吗",
    "{}是原话吗",
)


def halves(corpus: Corpus, concordance: Concordance, seed: int) -> Iterator[tuple[str, str]]:
    """Kind and wording: two clauses in the other order, clauses of two sentences, the ends of two neighbouring clauses exchanged."""
    rng = random.Random(seed)
    every = [clauses for sentence in all_sentences(corpus) if len(clauses := _clauses(sentence.text)) > 1]
    for clauses in every:
        at, other = rng.randrange(len(clauses) - 1), rng.choice(every)
        one, two = clauses[at : at + 2]
        made = [
            ("other order", f"{two}，{one}"),
            ("of two sentences", f"{clauses[0]}，{other[-1]}"),
            ("ends exchanged", _crossed(one, two)),
        ]
        yield from ((kind, wording) for kind, wording in made if wording and not concordance.find(wording))


def _clauses(sentence: str) -> list[str]:
    """Those of some length, without what asks or quotes: 如何 would make a question of a wording without quotation marks."""
    found = [clause.strip() for clause in re.split("[，、。；：！,;:!]", sentence)]
    return [
        clause for clause in found if sum(map(str.isalnum, clause)) >= LEAST and not re.search("[“”?？（）]|谁|如何|什么|几|吗", clause)
    ]


def _crossed(one: str, two: str) -> str:
    """劳动最伟大、创造最光荣 of 劳动最光荣，创造最伟大; "" where the clauses are not alike."""
    middle = len(one) // 2
    return f"{one[:middle]}{two[middle:]}、{two[:middle]}{one[middle:]}" if len(one) == len(two) <= 8 else ""
