"""What the speeches say: texts in, verbatim quotes with their places out. Pure: no network, clock or randomness."""

from retrieval.answer.calibrate import build, calibrated
from retrieval.answer.case import Case
from retrieval.answer.checks import Confidence, Verdict
from retrieval.answer.engine import Answer, Engine
from retrieval.answer.evidence import Evidence
from retrieval.answer.explain import explain
from retrieval.answer.judge import UNJUDGED, Judge, Logistic
from retrieval.answer.judge_file import data_fingerprint, read_judge, write_judge
from retrieval.answer.unseen import Unseen, unseen_in_turn
from retrieval.conversation.exclusion import holds_none, without
from retrieval.conversation.memory import Conversation
from retrieval.conversation.next_questions import next_questions
from retrieval.conversation.questions import questions
from retrieval.conversation.turn import after, turn
from retrieval.conversation.utterance import Turn
from retrieval.errors import CorpusError, UnknownReference
from retrieval.evaluate import (
    Measures,
    Outcome,
    Question,
    by_kind,
    check_counts,
    latency,
    measure,
    misses,
    questions_of,
    rank,
    read_questions,
    states,
    unfounded,
)
from retrieval.question.references import Reference, References
from retrieval.question.understand import HOMOPHONE, Understood, Words
from retrieval.speeches.asks import Ask, Unanswered, read_asks, read_unanswered
from retrieval.speeches.browse import beside, contents, part_quote, read_shareable
from retrieval.speeches.corpus import Corpus, Entry, Numbered, read
from retrieval.speeches.numerals import to_int
from retrieval.speeches.overlap import shared_runs
from retrieval.speeches.quotes import Quote, Source, by_id, quote
from retrieval.speeches.stretches import Stretch, neighbours, pages, section_of, stretch, stretches, surroundings
from retrieval.speeches.tree import Node, Span, Speech
from retrieval.terms.fold import fold_question
from retrieval.terms.segment import Segmenter, is_han
from retrieval.terms.synonyms import Group
from retrieval.themes import compare, keywords, theme_map

__all__ = [
    "HOMOPHONE",
    "UNJUDGED",
    "Answer",
    "Ask",
    "Case",
    "Confidence",
    "Conversation",
    "Corpus",
    "CorpusError",
    "Engine",
    "Entry",
    "Evidence",
    "Group",
    "Judge",
    "Logistic",
    "Measures",
    "Node",
    "Numbered",
    "Outcome",
    "Question",
    "Quote",
    "Reference",
    "References",
    "Segmenter",
    "Source",
    "Span",
    "Speech",
    "Stretch",
    "Turn",
    "Unanswered",
    "Understood",
    "UnknownReference",
    "Unseen",
    "Verdict",
    "Words",
    "after",
    "beside",
    "build",
    "by_id",
    "by_kind",
    "calibrated",
    "check_counts",
    "compare",
    "contents",
    "data_fingerprint",
    "explain",
    "fold_question",
    "holds_none",
    "is_han",
    "keywords",
    "latency",
    "measure",
    "misses",
    "neighbours",
    "next_questions",
    "pages",
    "part_quote",
    "questions",
    "questions_of",
    "quote",
    "rank",
    "read",
    "read_asks",
    "read_judge",
    "read_questions",
    "read_shareable",
    "read_unanswered",
    "section_of",
    "shared_runs",
    "states",
    "stretch",
    "stretches",
    "surroundings",
    "theme_map",
    "to_int",
    "turn",
    "unfounded",
    "unseen_in_turn",
    "without",
    "write_judge",
]
