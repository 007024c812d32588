"""What the speeches say: texts in, verbatim quotes with their places out. Pure: no network, clock or randomness."""

from retrieval.answer.calibrate import (
    build,
    calibrated,
)
from retrieval.answer.engine import (
    Answer,
    Engine,
)
from retrieval.answer.explain import (
    Explanation,
    explain,
)
from retrieval.answer.judge import (
    UNJUDGED,
    Confidence,
    Evidence,
    Judge,
    Logistic,
)
from retrieval.answer.judge_file import (
    data_fingerprint,
    read_judge,
    write_judge,
)
from retrieval.conversation.turn import (
    Turn,
    questions,
    turn,
)
from retrieval.errors import (
    CorpusError,
    RetrievalError,
    UnknownReference,
)
from retrieval.evaluate import (
    Measures,
    Outcome,
    Question,
    by_kind,
    latency,
    measure,
    misses,
    rank,
    read_questions,
    states,
    unfounded,
)
from retrieval.exact.changes import (
    Change,
    Correction,
    changes,
    corrections,
)
from retrieval.exact.concordance import (
    Occurrence,
    by_speech,
    lengths,
)
from retrieval.exact.draft import (
    Statement,
)
from retrieval.exact.exact_text import (
    ExactText,
    Lookup,
)
from retrieval.exact.originals import (
    Original,
)
from retrieval.exact.verification import (
    Checked,
    StatementState,
    copied_from,
    verify,
)
from retrieval.question.literal import (
    LiteralQuestion,
    LiteralReader,
)
from retrieval.question.references import (
    Reference,
    References,
)
from retrieval.question.understand import (
    HOMOPHONE,
    Understood,
    Words,
)
from retrieval.speeches.asks import (
    Ask,
    Unanswered,
    read_asks,
    read_unanswered,
)
from retrieval.speeches.browse import (
    around,
    beside,
    contents,
    paragraph_of,
    part_quote,
    read_shareable,
)
from retrieval.speeches.corpus import (
    Corpus,
    Entry,
    Numbered,
    read,
)
from retrieval.speeches.numerals import (
    to_int,
)
from retrieval.speeches.overlap import (
    shared_runs,
)
from retrieval.speeches.quotes import (
    Quote,
    Source,
    by_id,
    quote,
    source,
)
from retrieval.speeches.stretches import (
    Stretch,
    neighbours,
    pages,
    section_of,
    stretch,
    stretches,
    surroundings,
)
from retrieval.speeches.tree import (
    LABELLED,
    Node,
    Span,
    Speech,
)
from retrieval.terms.fold import (
    fold_question,
)
from retrieval.terms.segment import (
    Segmenter,
    is_han,
)
from retrieval.terms.synonyms import (
    Group,
)
from retrieval.themes import (
    compare,
    keywords,
    theme_map,
)

__all__ = [
    "HOMOPHONE",
    "LABELLED",
    "UNJUDGED",
    "Answer",
    "Ask",
    "Change",
    "Checked",
    "Confidence",
    "Corpus",
    "CorpusError",
    "Correction",
    "Engine",
    "Entry",
    "Evidence",
    "ExactText",
    "Explanation",
    "Group",
    "Judge",
    "LiteralQuestion",
    "LiteralReader",
    "Logistic",
    "Lookup",
    "Measures",
    "Node",
    "Numbered",
    "Occurrence",
    "Original",
    "Outcome",
    "Question",
    "Quote",
    "Reference",
    "References",
    "RetrievalError",
    "Segmenter",
    "Source",
    "Span",
    "Speech",
    "Statement",
    "StatementState",
    "Stretch",
    "Turn",
    "Unanswered",
    "Understood",
    "UnknownReference",
    "Words",
    "around",
    "beside",
    "build",
    "by_id",
    "by_kind",
    "by_speech",
    "calibrated",
    "changes",
    "compare",
    "contents",
    "copied_from",
    "corrections",
    "data_fingerprint",
    "explain",
    "fold_question",
    "is_han",
    "keywords",
    "latency",
    "lengths",
    "measure",
    "misses",
    "neighbours",
    "pages",
    "paragraph_of",
    "part_quote",
    "questions",
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
    "source",
    "states",
    "stretch",
    "stretches",
    "surroundings",
    "theme_map",
    "to_int",
    "turn",
    "unfounded",
    "verify",
    "write_judge",
]
