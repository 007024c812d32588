"""What the speeches say: texts in, verbatim quotes with their places out. Pure: no network, clock or randomness."""

from retrieval.asks import Ask, Unanswered, read_asks, read_unanswered
from retrieval.calibrate import build, calibrated
from retrieval.confidence import Confidence, Evidence, Judge, Logistic
from retrieval.conversation import Turn, questions, turn
from retrieval.corpus import Corpus, Entry, Numbered, read
from retrieval.coverage import Clash, clashes, thin, unasked
from retrieval.engine import Answer, Engine
from retrieval.errors import CorpusError, RetrievalError, UnknownReference
from retrieval.explain import Explanation, explain
from retrieval.judging import data_fingerprint, read_judge, write_judge
from retrieval.query import Understood, Words
from retrieval.quotes import Quote, Source, by_id, quote, source
from retrieval.reading import around, beside, contents, paragraph_of, part_quote, read_shareable
from retrieval.references import Reference, References
from retrieval.segment import Segmenter
from retrieval.speech import LABELLED, Node, Span, Speech
from retrieval.synonyms import Group
from retrieval.themes import compare, keywords, theme_map

__all__ = [
    "LABELLED",
    "Answer",
    "Ask",
    "Clash",
    "Confidence",
    "Corpus",
    "CorpusError",
    "Engine",
    "Entry",
    "Evidence",
    "Explanation",
    "Group",
    "Judge",
    "Logistic",
    "Node",
    "Numbered",
    "Quote",
    "Reference",
    "References",
    "RetrievalError",
    "Segmenter",
    "Source",
    "Span",
    "Speech",
    "Turn",
    "Unanswered",
    "Understood",
    "UnknownReference",
    "Words",
    "around",
    "beside",
    "build",
    "by_id",
    "calibrated",
    "clashes",
    "compare",
    "contents",
    "data_fingerprint",
    "explain",
    "keywords",
    "paragraph_of",
    "part_quote",
    "questions",
    "quote",
    "read",
    "read_asks",
    "read_judge",
    "read_shareable",
    "read_unanswered",
    "source",
    "theme_map",
    "thin",
    "turn",
    "unasked",
    "write_judge",
]
