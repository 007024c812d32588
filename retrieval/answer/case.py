"""Everything that decides how sure an answer is, computed once for a question that was searched for."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.answer.evidence import Evidence
from retrieval.answer.judge import Judgement
from retrieval.answer.passage_words import Said
from retrieval.answer.scoring import Hit
from retrieval.question.understand import Understood


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what was found for it; the checks look at nothing else.

    hits: the best passages of the parts that the question names, best first. highest: the best score of all speeches.
    passage: the folded words of the best passage, "" if none was found.
    said: how many of a keyword's words the passage has; None for longer questions. words: those typed.
    on_subject: one of the words is of the speeches' subject. only_subject: nothing else is asked, and the best passage's paragraph has all.
    often_asked: there are some, and all are often asked of the speeches.
    evidence: what speaks for the best passage; anywhere: for the best of all speeches. judgement: what the models say to both.
    """

    understood: Understood
    hits: tuple[Hit, ...]
    highest: float
    passage: str
    said: Said | None
    words: frozenset[str]
    on_subject: bool
    only_subject: bool
    often_asked: bool
    evidence: Evidence
    anywhere: Evidence
    judgement: Judgement
