"""Learns which passage a question asks for, from the questions that people asked of each."""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np

from retrieval.index.classifier import NO_CLASSIFIER, PassageClassifier
from retrieval.index.learning import shares_of
from retrieval.index.likeness import QuestionBank
from retrieval.index.postings import Floats
from retrieval.terms.counts import Longs
from retrieval.terms.string_table import string_table

# AdaGrad (Duchi, Hazan, Singer 2011): numbers of a vector, times through the questions, questions at once, rate, part of the terms left
# out of a question each time, order. Tried on three groups of writers against the others, docs/numbers.md
WIDTH, EPOCHS, BATCH, RATE, LEFT_OUT, SEED = 64, 6, 256, 0.6, 0.4, 7
LEAST = 3  # questions that a term must stand in; with 2 and 5 the same
LAST = 0.1  # of RATE in the last time through, chosen
BEGINNING = 0.1  # standard deviation of the first numbers, chosen
FINEST = 127  # largest whole number of a vector


class _Questions(NamedTuple):
    """Those of question i are terms[first[i]:first[i + 1]]; it asks for passage labels[i], the last of which is none."""

    first: Longs
    terms: Longs
    labels: Longs


class _Learned(NamedTuple):
    """Questions learned from at once: a row of `dense` for each, of length one, a column for each of the terms."""

    labels: Longs
    terms: Longs
    dense: Floats


def trained(bank: QuestionBank) -> PassageClassifier:
    """Of the passages that the bank has asks of, and of its questions without an answer; of one passage there is nothing to tell apart."""
    counted = np.bincount(bank.terms, minlength=len(bank.idf)) >= LEAST
    passages, labels = np.unique(np.repeat(np.arange(len(bank.first) - 1), np.diff(bank.first)), return_inverse=True)
    if len(passages) < 2 or not counted.any():
        return NO_CLASSIFIER
    known, size = counted[bank.terms], len(bank.norms)
    texts = np.repeat(np.arange(size), np.diff(bank.offsets))[known]
    first = np.concatenate([[0], np.cumsum(np.bincount(texts, minlength=size))])
    labels = np.concatenate([labels, np.full(size - len(labels), len(passages))])
    rarity = np.ascontiguousarray(bank.idf[counted])
    vectors, outputs, bias = _learned(_Questions(first, (np.cumsum(counted) - 1)[bank.terms[known]], labels), rarity, len(passages) + 1)
    unit = np.maximum(np.abs(vectors).max(0), 1e-9) / FINEST
    vocabulary = string_table(itertools.compress(bank.vocabulary, counted.tolist()))
    return PassageClassifier(
        vocabulary, rarity, np.rint(vectors / unit).astype(np.int8), outputs * unit[:, None], bias, passages.astype(np.int32)
    )


def _learned(questions: _Questions, rarity: Floats, kinds: int) -> tuple[Floats, Floats, Floats]:
    """A vector for every term, the outputs, the bias."""
    chance = np.random.default_rng(SEED)
    vectors, outputs = (_beginning(chance, shape) for shape in ((len(rarity), WIDTH), (WIDTH, kinds)))
    bias = np.zeros(kinds, np.float32)
    steep = np.full((len(rarity), 1), 1e-3, np.float32), np.full_like(outputs, 1e-3), np.full_like(bias, 1e-3)
    for epoch in range(EPOCHS):
        rate = RATE * (1 - (1 - LAST) * epoch / EPOCHS)
        order = chance.permutation(len(questions.labels))
        for start in range(0, len(order), BATCH):
            batch = _batch(questions, order[start : start + BATCH], rarity, chance)
            meant: Floats = batch.dense @ vectors[batch.terms]
            scores: Floats = meant @ outputs + bias
            wrong = shares_of(scores)
            wrong[np.arange(len(wrong)), batch.labels] -= 1
            wrong /= len(wrong)
            slope: Floats = batch.dense.T @ (wrong @ outputs.T)
            _step(outputs, steep[1], meant.T @ wrong, rate)
            _step(bias, steep[2], wrong.sum(0), rate)
            steep[0][batch.terms] += (slope * slope).mean(1, keepdims=True)
            vectors[batch.terms] -= rate * slope / np.sqrt(steep[0][batch.terms])
    return vectors, outputs, bias


def _beginning(chance: np.random.Generator, shape: tuple[int, int]) -> Floats:
    return chance.standard_normal(shape, np.float32) * np.float32(BEGINNING)


def _step(numbers: Floats, steepness: Floats, slope: Floats, rate: float) -> None:
    steepness += slope * slope
    numbers -= rate * slope / np.sqrt(steepness)


def _batch(questions: _Questions, some: Longs, rarity: Floats, chance: np.random.Generator) -> _Learned:
    """Of some of the questions, without some of their terms."""
    first = questions.first[some]
    lengths = questions.first[some + 1] - first
    row = np.repeat(np.arange(len(some)), lengths)
    within = np.arange(len(row)) - (np.cumsum(lengths) - lengths)[row]
    kept = chance.random(len(row)) >= LEFT_OUT
    row = row[kept]
    terms, column = np.unique(questions.terms[first[row] + within[kept]], return_inverse=True)
    values = rarity[terms[column]]
    norms = np.sqrt(np.bincount(row, values * values, len(some)))
    dense = np.zeros((len(some), len(terms)), np.float32)
    dense[row, column] = values / np.maximum(norms, 1e-9)[row]
    return _Learned(questions.labels[some], terms, dense)
