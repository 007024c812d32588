"""What the speeches say: texts in, verbatim quotes with their places out. Pure: no network, clock or randomness.

A name's module is loaded when the name is first used: to name a speech takes no index, and to open one none of what builds it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retrieval.answer.calibrate import build as build
    from retrieval.answer.calibrate import kinds_learned as kinds_learned
    from retrieval.answer.case import Case as Case
    from retrieval.answer.checks import Confidence as Confidence
    from retrieval.answer.checks import Verdict as Verdict
    from retrieval.answer.engine import Answer as Answer
    from retrieval.answer.engine import Engine as Engine
    from retrieval.answer.evidence import Evidence as Evidence
    from retrieval.answer.explain import explain as explain
    from retrieval.answer.judge import UNJUDGED as UNJUDGED
    from retrieval.answer.judge import Judge as Judge
    from retrieval.answer.judge import Logistic as Logistic
    from retrieval.answer.judge_file import data_fingerprint as data_fingerprint
    from retrieval.answer.judge_file import judge_from_json as judge_from_json
    from retrieval.answer.judge_file import read_judge as read_judge
    from retrieval.answer.judge_file import write_judge as write_judge
    from retrieval.answer.large_engine import LargeEngine as LargeEngine
    from retrieval.answer.large_engine import judged as judged
    from retrieval.answer.large_engine import open_collection as open_collection
    from retrieval.answer.literal_answer import Literal as Literal
    from retrieval.answer.literal_answer import sentences_around as sentences_around
    from retrieval.answer.passage_words import missing_item as missing_item
    from retrieval.answer.stored_engine import opened_engine as opened_engine
    from retrieval.answer.stored_engine import stored_engine as stored_engine
    from retrieval.answer.unseen import unseen_in_turn as unseen_in_turn
    from retrieval.answer.with_meaning import with_meaning as with_meaning
    from retrieval.conversation.as_meant import known_messages as known_messages
    from retrieval.conversation.asides import without_asides as without_asides
    from retrieval.conversation.asides import without_thanks as without_thanks
    from retrieval.conversation.exclusion import holds_none as holds_none
    from retrieval.conversation.exclusion import without as without
    from retrieval.conversation.memory import Conversation as Conversation
    from retrieval.conversation.next_questions import next_questions as next_questions
    from retrieval.conversation.questions import clauses as clauses
    from retrieval.conversation.questions import of_one_speech as of_one_speech
    from retrieval.conversation.questions import questions as questions
    from retrieval.conversation.speech_first import speech_first as speech_first
    from retrieval.conversation.turn import read_on as read_on
    from retrieval.conversation.turn import turn as turn
    from retrieval.conversation.utterance import Turn as Turn
    from retrieval.conversation.utterance import after as after
    from retrieval.errors import CorpusError as CorpusError
    from retrieval.errors import IndexUnavailable as IndexUnavailable
    from retrieval.errors import UnknownReference as UnknownReference
    from retrieval.evaluate import Accepted as Accepted
    from retrieval.evaluate import Measures as Measures
    from retrieval.evaluate import Outcome as Outcome
    from retrieval.evaluate import Question as Question
    from retrieval.evaluate import by_kind as by_kind
    from retrieval.evaluate import check_counts as check_counts
    from retrieval.evaluate import latency as latency
    from retrieval.evaluate import measure as measure
    from retrieval.evaluate import misses as misses
    from retrieval.evaluate import questions_of as questions_of
    from retrieval.evaluate import rank as rank
    from retrieval.evaluate import read_questions as read_questions
    from retrieval.evaluate import states as states
    from retrieval.evaluate import unfounded as unfounded
    from retrieval.exact.changes import Change as Change
    from retrieval.exact.changes import Correction as Correction
    from retrieval.exact.changes import changes as changes
    from retrieval.exact.changes import corrections as corrections
    from retrieval.exact.concordance import Occurrence as Occurrence
    from retrieval.exact.concordance import by_speech as by_speech
    from retrieval.exact.concordance import extremes as extremes
    from retrieval.exact.concordance import length_of as length_of
    from retrieval.exact.concordance import lengths as lengths
    from retrieval.exact.exact_text import ExactText as ExactText
    from retrieval.exact.exact_text import Lookup as Lookup
    from retrieval.exact.shared_passages import CommonRun as CommonRun
    from retrieval.exact.shared_passages import SharedPassage as SharedPassage
    from retrieval.exact.shared_passages import SharedPassages as SharedPassages
    from retrieval.exact.verification import Checked as Checked
    from retrieval.exact.verification import StatementState as StatementState
    from retrieval.exact.verification import copied_from as copied_from
    from retrieval.exact.verification import verify as verify
    from retrieval.index.array_file import Stored as Stored
    from retrieval.index.array_file import read_stored as read_stored
    from retrieval.index.array_file import write_stored as write_stored
    from retrieval.index.candidates import CandidateScope as CandidateScope
    from retrieval.index.division import asks_of as asks_of
    from retrieval.index.division import passages as passages
    from retrieval.index.meaning.encoders import Encoder as Encoder
    from retrieval.index.meaning.encoders import installed as installed
    from retrieval.index.meaning.making import kept_already as kept_already
    from retrieval.index.meaning.making import made as made
    from retrieval.index.meaning.making import vector_file as vector_file
    from retrieval.index.meaning.meaning import PassageMeaning as PassageMeaning
    from retrieval.index.meaning.spread import Spread as Spread
    from retrieval.index.meaning.spread import spread_from as spread_from
    from retrieval.index.meaning.spread import spread_of as spread_of
    from retrieval.index.meaning.vectors import Vectors as Vectors
    from retrieval.index.message_kinds import NO_KINDS as NO_KINDS
    from retrieval.index.message_kinds import MessageKinds as MessageKinds
    from retrieval.index.message_kinds import opened_kinds as opened_kinds
    from retrieval.index.passages import Passage as Passage
    from retrieval.index.passages import passages_of as passages_of
    from retrieval.index.postings import Floats as Floats
    from retrieval.index.postings import Ints as Ints
    from retrieval.index.term_space import TermNumbers as TermNumbers
    from retrieval.index.term_space import TermSpace as TermSpace
    from retrieval.index.term_space import Vector as Vector
    from retrieval.index.term_space import passage_vectors as passage_vectors
    from retrieval.index.term_space import term_space as term_space
    from retrieval.material.beginnings import openings as openings
    from retrieval.material.beginnings import usable as usable
    from retrieval.material.excerpts import Excerpt as Excerpt
    from retrieval.material.excerpts import excerpts as excerpts
    from retrieval.material.formulas import Formula as Formula
    from retrieval.material.formulas import Version as Version
    from retrieval.material.formulas import formulas as formulas
    from retrieval.material.wanted import LONGEST_THEME as LONGEST_THEME
    from retrieval.material.wanted import material_theme as material_theme
    from retrieval.question.literal import LiteralReader as LiteralReader
    from retrieval.question.references import Reference as Reference
    from retrieval.question.references import References as References
    from retrieval.question.understand import HOMOPHONE as HOMOPHONE
    from retrieval.question.understand import Understood as Understood
    from retrieval.question.understand import Words as Words
    from retrieval.segments.collection_index import CollectionIndex as CollectionIndex
    from retrieval.segments.collection_vectors import CollectionTerms as CollectionTerms
    from retrieval.segments.collection_vectors import collection_vectors as collection_vectors
    from retrieval.segments.compiling import is_compiled as is_compiled
    from retrieval.segments.growing import KeptFile as KeptFile
    from retrieval.segments.growing import files_of as files_of
    from retrieval.segments.growing import given_up as given_up
    from retrieval.segments.growing import joined_in as joined_in
    from retrieval.segments.growing import take_in as take_in
    from retrieval.segments.growing import take_out as take_out
    from retrieval.segments.growing import to_finish as to_finish
    from retrieval.segments.growing import to_join as to_join
    from retrieval.segments.manifest import Manifest as Manifest
    from retrieval.segments.manifest import files_of_index as files_of_index
    from retrieval.segments.manifest import read_manifest as read_manifest
    from retrieval.segments.manifest import swept as swept
    from retrieval.segments.manifest import write_manifest as write_manifest
    from retrieval.segments.meaning_on_disk import damaged_vectors as damaged_vectors
    from retrieval.segments.meaning_on_disk import make_meaning as make_meaning
    from retrieval.segments.meaning_on_disk import passages_with_vectors as passages_with_vectors
    from retrieval.segments.opened_segments import opened_segments as opened_segments
    from retrieval.segments.segment_writer import write_segment as write_segment
    from retrieval.segments.vector_files import files_of_meaning as files_of_meaning
    from retrieval.segments.vector_files import fingerprint_of_meaning as fingerprint_of_meaning
    from retrieval.segments.vector_files import model_of_file as model_of_file
    from retrieval.segments.wordings_on_disk import exact_text_of as exact_text_of
    from retrieval.speeches.asks import Ask as Ask
    from retrieval.speeches.asks import Unanswered as Unanswered
    from retrieval.speeches.asks import read_asks as read_asks
    from retrieval.speeches.asks import read_unanswered as read_unanswered
    from retrieval.speeches.browse import beside as beside
    from retrieval.speeches.browse import contents as contents
    from retrieval.speeches.browse import part_quote as part_quote
    from retrieval.speeches.browse import read_shareable as read_shareable
    from retrieval.speeches.citations import cited_at as cited_at
    from retrieval.speeches.corpus import Corpus as Corpus
    from retrieval.speeches.corpus import Entry as Entry
    from retrieval.speeches.corpus import Numbered as Numbered
    from retrieval.speeches.corpus import Register as Register
    from retrieval.speeches.corpus import corpus_of as corpus_of
    from retrieval.speeches.corpus_json import corpus_from_json as corpus_from_json
    from retrieval.speeches.corpus_json import corpus_to_json as corpus_to_json
    from retrieval.speeches.dates import date_in as date_in
    from retrieval.speeches.folder import read as read
    from retrieval.speeches.lines import sentences as sentences
    from retrieval.speeches.neighbourhood import Neighbourhood as Neighbourhood
    from retrieval.speeches.neighbourhood import neighbourhood as neighbourhood
    from retrieval.speeches.numerals import part_in_chinese as part_in_chinese
    from retrieval.speeches.numerals import to_chinese as to_chinese
    from retrieval.speeches.numerals import to_int as to_int
    from retrieval.speeches.overlap import shared_runs as shared_runs
    from retrieval.speeches.parse import parse as parse
    from retrieval.speeches.particulars import Particulars as Particulars
    from retrieval.speeches.particulars import particulars as particulars
    from retrieval.speeches.quotes import Quote as Quote
    from retrieval.speeches.quotes import Source as Source
    from retrieval.speeches.quotes import by_id as by_id
    from retrieval.speeches.quotes import quote as quote
    from retrieval.speeches.quotes import source as source
    from retrieval.speeches.separation import separated as separated
    from retrieval.speeches.stretches import Stretch as Stretch
    from retrieval.speeches.stretches import neighbours as neighbours
    from retrieval.speeches.stretches import pages as pages
    from retrieval.speeches.stretches import section_of as section_of
    from retrieval.speeches.stretches import stretch as stretch
    from retrieval.speeches.stretches import stretches as stretches
    from retrieval.speeches.stretches import surroundings as surroundings
    from retrieval.speeches.tree import Node as Node
    from retrieval.speeches.tree import Span as Span
    from retrieval.speeches.tree import Speech as Speech
    from retrieval.terms.fold import fold_question as fold_question
    from retrieval.terms.segment import Segmenter as Segmenter
    from retrieval.terms.segment import is_han as is_han
    from retrieval.terms.synonyms import Group as Group
    from retrieval.themes import compare as compare
    from retrieval.themes import keywords as keywords
    from retrieval.themes import theme_map as theme_map

_NAMES = {
    "answer.calibrate": "build kinds_learned",
    "answer.case": "Case",
    "answer.checks": "Confidence Verdict",
    "answer.engine": "Answer Engine",
    "answer.evidence": "Evidence",
    "answer.explain": "explain",
    "answer.judge": "Judge Logistic UNJUDGED",
    "answer.judge_file": "data_fingerprint judge_from_json read_judge write_judge",
    "answer.large_engine": "LargeEngine judged open_collection",
    "answer.literal_answer": "Literal sentences_around",
    "answer.passage_words": "missing_item",
    "answer.stored_engine": "opened_engine stored_engine",
    "answer.unseen": "unseen_in_turn",
    "answer.with_meaning": "with_meaning",
    "conversation.as_meant": "known_messages",
    "conversation.asides": "without_asides without_thanks",
    "conversation.exclusion": "holds_none without",
    "conversation.memory": "Conversation",
    "conversation.next_questions": "next_questions",
    "conversation.questions": "clauses of_one_speech questions",
    "conversation.speech_first": "speech_first",
    "conversation.turn": "read_on turn",
    "conversation.utterance": "Turn after",
    "errors": "CorpusError IndexUnavailable UnknownReference",
    "evaluate": "Accepted Measures Outcome Question by_kind check_counts latency "
    "measure misses questions_of rank read_questions states unfounded",
    "exact.changes": "Change Correction changes corrections",
    "exact.concordance": "Occurrence by_speech extremes length_of lengths",
    "exact.exact_text": "ExactText Lookup",
    "exact.shared_passages": "CommonRun SharedPassage SharedPassages",
    "exact.verification": "Checked StatementState copied_from verify",
    "index.array_file": "Stored read_stored write_stored",
    "index.candidates": "CandidateScope",
    "index.division": "asks_of passages",
    "index.meaning.encoders": "Encoder installed",
    "index.meaning.making": "kept_already made vector_file",
    "index.meaning.meaning": "PassageMeaning",
    "index.meaning.spread": "Spread spread_from spread_of",
    "index.meaning.vectors": "Vectors",
    "index.message_kinds": "MessageKinds NO_KINDS opened_kinds",
    "index.passages": "Passage passages_of",
    "index.postings": "Floats Ints",
    "index.term_space": "TermNumbers TermSpace Vector passage_vectors term_space",
    "material.beginnings": "openings usable",
    "material.excerpts": "Excerpt excerpts",
    "material.formulas": "Formula Version formulas",
    "material.wanted": "LONGEST_THEME material_theme",
    "question.literal": "LiteralReader",
    "question.references": "Reference References",
    "question.understand": "HOMOPHONE Understood Words",
    "segments.collection_index": "CollectionIndex",
    "segments.collection_vectors": "CollectionTerms collection_vectors",
    "segments.compiling": "is_compiled",
    "segments.growing": "KeptFile files_of given_up joined_in take_in take_out to_finish to_join",
    "segments.manifest": "Manifest files_of_index read_manifest swept write_manifest",
    "segments.meaning_on_disk": "damaged_vectors make_meaning passages_with_vectors",
    "segments.opened_segments": "opened_segments",
    "segments.segment_writer": "write_segment",
    "segments.vector_files": "files_of_meaning fingerprint_of_meaning model_of_file",
    "segments.wordings_on_disk": "exact_text_of",
    "speeches.asks": "Ask Unanswered read_asks read_unanswered",
    "speeches.browse": "beside contents part_quote read_shareable",
    "speeches.citations": "cited_at",
    "speeches.corpus": "Corpus Entry Numbered Register corpus_of",
    "speeches.corpus_json": "corpus_from_json corpus_to_json",
    "speeches.dates": "date_in",
    "speeches.folder": "read",
    "speeches.lines": "sentences",
    "speeches.neighbourhood": "Neighbourhood neighbourhood",
    "speeches.numerals": "part_in_chinese to_chinese to_int",
    "speeches.overlap": "shared_runs",
    "speeches.parse": "parse",
    "speeches.particulars": "Particulars particulars",
    "speeches.quotes": "Quote Source by_id quote source",
    "speeches.separation": "separated",
    "speeches.stretches": "Stretch neighbours pages section_of stretch stretches surroundings",
    "speeches.tree": "Node Span Speech",
    "terms.fold": "fold_question",
    "terms.segment": "Segmenter is_han",
    "terms.synonyms": "Group",
    "themes": "compare keywords theme_map",
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names.split()}
__all__ = [*_MODULES]

if not TYPE_CHECKING:  # else every name would do

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f"retrieval.{_MODULES[name]}"), name)
        return found
