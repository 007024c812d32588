"""Other search engines on the same questions, for comparison: each ranks whole paragraphs.

rank-bm25 over jieba words is the bot that everybody writes first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

import numpy as np
from rank_bm25 import BM25Okapi

from retrieval import Segmenter

Ranker = Callable[[str, int], list[int]]


def peers(texts: Sequence[str], segmenter: Segmenter) -> dict[str, Ranker]:
    """Name → function of a question and k that gives the k best paragraphs. bm25s and tantivy only where installed."""
    found = {"rank-bm25": rank_bm25(texts), "SQLite FTS5": fts5(texts, segmenter)}
    for name, build in (("bm25s", bm25s), ("tantivy", tantivy)):
        try:
            found[name] = build(texts, segmenter)
        except ImportError:
            continue
    return found


def _words(text: str, segmenter: Segmenter) -> list[str]:
    return [w.text for w in segmenter.words(text.lower())]


def rank_bm25(texts: Sequence[str]) -> Ranker:
    """BM25Okapi over everything that jieba's default mode cuts, as in the package's own example."""
    import jieba

    okapi = BM25Okapi([list(jieba.cut(text)) for text in texts])

    def search(question: str, k: int) -> list[int]:
        scores = okapi.get_scores(list(jieba.cut(question)))
        return [int(i) for i in np.argsort(-scores, kind="stable")[:k]]

    return search


def bm25s(texts: Sequence[str], segmenter: Segmenter) -> Ranker:
    """bm25s with its defaults (Lucene's BM25). Raises ImportError."""
    import bm25s

    index = bm25s.BM25()
    index.index([_words(t, segmenter) for t in texts], show_progress=False)

    def search(question: str, k: int) -> list[int]:
        known = [w for w in _words(question, segmenter) if w in index.vocab_dict]
        if not known:
            return []
        found, _ = index.retrieve([known], k=min(k, len(texts)), show_progress=False)
        return [int(i) for i in found[0]]

    return search


def tantivy(texts: Sequence[str], segmenter: Segmenter) -> Ranker:
    """tantivy over the words, separated by blanks. Raises ImportError."""
    import tantivy

    schema = tantivy.SchemaBuilder().add_integer_field("row", stored=True).add_text_field("text", tokenizer_name="whitespace").build()
    index = tantivy.Index(schema)
    writer = index.writer()
    for row, text in enumerate(texts):
        writer.add_document(tantivy.Document(row=row, text=" ".join(_words(text, segmenter))))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(question: str, k: int) -> list[int]:
        terms = [tantivy.Query.term_query(schema, "text", word) for word in _words(question, segmenter)]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        return [int(searcher.doc(address)["row"][0]) for _, address in searcher.search(query, k).hits]

    return search


def fts5(texts: Sequence[str], segmenter: Segmenter) -> Ranker:
    """SQLite FTS5 with its bm25() over the words."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute("CREATE VIRTUAL TABLE paragraphs USING fts5(text)")
    connection.executemany(
        "INSERT INTO paragraphs(rowid, text) VALUES (?, ?)", [(i, " ".join(_words(t, segmenter))) for i, t in enumerate(texts)]
    )

    def search(question: str, k: int) -> list[int]:
        terms = " OR ".join('"' + word.replace('"', "") + '"' for word in _words(question, segmenter))
        if not terms:
            return []
        rows = connection.execute("SELECT rowid FROM paragraphs WHERE paragraphs MATCH ? ORDER BY rank LIMIT ?", (terms, k))
        return [row for (row,) in rows]

    return search
