"""To which office something is told: a list that does not speak of it gives way to what does. Everything is told to those who listen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.passage_words import says_around
from retrieval.answer.scoring import Hit, Ranked
from retrieval.index.passages import Passage
from retrieval.speeches.corpus import Corpus

LEAST = 0.4  # of the list's score that what speaks of them must have, as `engine.WORTH`
# e.g. 里|对工会提了|什么要求  |对各级工会组织有|哪些要求  ✗对劳模提了什么  ✗对工会的作用
_TO_WHOM = re.compile(
    r"对(?:各级|广大|全市|全区|有关)?([\u4e00-\u9fff]{0,3}?(?:工会|部门|党委|政府|干部|单位|企业|学校))(?:组织|们)?"
    r"(?:又|还|都|分别|各)*(?:提|有|讲|说)(?:了|出|过)*(?=[哪几什啥多三四五些])"
)


def told_whom(corpus: Corpus, passages: Sequence[Passage], question: str, ranked: Ranked) -> Ranked:
    """What was found, with a list in front behind what speaks of the office to which, as the question has it, something is told."""
    asked = _TO_WHOM.search(question)
    if asked is None or not ranked.hits or not passages[ranked.hits[0].passage].more:
        return ranked
    first, *others = ranked.hits
    speaking = [hit for hit in others if says_around(corpus, passages[hit.passage], (asked[1],)) and hit.score >= LEAST * first.score]
    if not speaking or says_around(corpus, passages[first.passage], (asked[1],)):
        return ranked
    instead = next((hit for hit in speaking if passages[hit.passage].more), speaking[0])  # a list for a list
    behind = Hit(first.passage, LEAST * speaking[0].score)
    rest = sorted((behind, *(hit for hit in others if hit != instead)), key=lambda hit: -hit.score)
    return replace(ranked, hits=(Hit(instead.passage, speaking[0].score), *rest))
