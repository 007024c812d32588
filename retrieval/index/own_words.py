"""Passages without asks → fields over their own words, paragraphs and headings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import compress

import numpy as np

from retrieval.index.bm25 import counted_postings, postings
from retrieval.index.passages import Passage, text_of
from retrieval.index.postings import Ints, Postings
from retrieval.index.search import Field
from retrieval.speeches.corpus import Corpus
from retrieval.terms.counts import Counts, count_terms
from retrieval.terms.fold import fold_question
from retrieval.terms.segment import Segmenter

# The paragraph's score with parts of its first piece's, which names the subject, and of the passage's own. Tried `opening` 0-.4, `own`
# .2-.5, `heading` 0-.4 on two public question sets (R@1 .986/.955; .984/.958 with opening .1, .986/.951 with .3, .983/.956 with own .5),
# on 140 everyday questions over reports (right first .300/.237; .300/.212 with opening .1) and on 2 500 asks put to the speeches without
# them (.373; .382 with own .5).
WEIGHTS = {"paragraph": 1.0, "opening": 0.2, "own": 0.3, "heading": 0.2}
IDF_POWER = 2.0  # idf counts on both sides, as in tf·idf: names win over phrases like 担任什么职务; tried 1-3, 1.5 the same on reports
PASSAGE_K1, PASSAGE_B = 0.4, 0.4  # for passages of at most 130 characters
PARAGRAPH_K1, PARAGRAPH_B = 0.9, 0.6
LINKING = 0.5  # part of the paragraphs that a linking character (的, 是) stands in; .4 and .6 gave the same

Documents = Sequence[Sequence[str]]


def plain_fields(corpus: Corpus, passages: Sequence[Passage], segmenter: Segmenter) -> tuple[Field, ...]:
    """The fields in the order of WEIGHTS; the first is the paragraph."""
    texts: dict[int, list[str]] = {}
    for passage in passages:
        texts.setdefault(passage.paragraph, []).append("" if passage.more else corpus.text(passage.file, passage.span))
    in_order = [texts[i] for i in range(len(texts))]
    of_paragraphs, linking = _of_paragraphs(["".join(pieces) for pieces in in_order], segmenter)
    document_of = np.array([p.paragraph for p in passages], np.int32)
    return (
        _field("paragraph", of_paragraphs, document_of),
        _field("opening", _of_passages(count_terms([pieces[0] for pieces in in_order], segmenter), linking), document_of),
        _field("own", _of_passages(count_terms([text_of(corpus, p) for p in passages], segmenter), linking)),
        _field("heading", postings(_headings(passages, segmenter), PASSAGE_K1, PASSAGE_B, IDF_POWER, linking)),
    )


def _field(name: str, of: Postings, document_of: Ints | None = None) -> Field:
    return Field(name, WEIGHTS[name], of, document_of)


def _of_paragraphs(texts: Sequence[str], segmenter: Segmenter) -> tuple[Postings, frozenset[str]]:
    """With the linking characters; the counts, the largest of all, are given up."""
    counts = count_terms(texts, segmenter)
    linking = _linking(counts)
    return counted_postings(counts, PARAGRAPH_K1, PARAGRAPH_B, IDF_POWER, linking), linking


def _of_passages(counts: Counts, linking: Collection[str]) -> Postings:
    return counted_postings(counts, PASSAGE_K1, PASSAGE_B, IDF_POWER, linking)


def _headings(passages: Sequence[Passage], segmenter: Segmenter) -> Documents:
    above = ["\n".join(node.heading for node in passage.path) for passage in passages]
    distinct = {text: [term.text for term in segmenter.terms(fold_question(text))] for text in dict.fromkeys(above)}
    return [distinct[text] for text in above]


def _linking(paragraphs: Counts) -> frozenset[str]:
    """The characters in more than half of the paragraphs."""
    often = np.bincount(paragraphs.terms, minlength=len(paragraphs.vocabulary)) > LINKING * paragraphs.size
    return frozenset(term[1:] for term in compress(paragraphs.vocabulary, often.tolist()) if term[0] == "c")
