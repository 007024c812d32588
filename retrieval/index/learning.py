"""Learns to tell kinds of short texts apart, each a row of few of many features: grams of a message, terms of a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from retrieval.index.postings import Floats
from retrieval.terms.counts import Longs

# AdaGrad (Duchi, Hazan, Singer 2011): times through the texts, texts at once, rate, order. Tried 6, 10, 15 times and rates 1, 2, 4 on the
# fourth writer's messages against the others': .908 .910 .913 and .895 .905 .910 right; docs/numbers.md
EPOCHS, BATCH, RATE, SEED = 6, 128, 4.0, 7


class _Batch(NamedTuple):
    """Rows learned from at once: their labels, the features they have, and where and how much each row has of them."""

    labels: Longs
    features: Longs
    row: Longs
    column: Longs
    values: Floats


def learned(rows: Sequence[Longs], labels: Longs, rarity: Floats, kinds: int, weight: Floats | None = None) -> Floats:
    """Weights by feature and kind of a logistic model of every kind against the others.

    rows: the features of each text, ascending. labels: its kind. rarity: how much a feature counts; every row is made of length one.
    weight: how much the texts of each kind count, all the same without it.
    """
    weights = np.zeros((len(rarity), kinds), np.float32)
    steepness = np.full((len(rarity), 1), 1e-3, np.float32)
    order = np.random.default_rng(SEED).permutation(len(rows))
    batches = [_batch(rows, labels, rarity, order[first : first + BATCH]) for first in range(0, len(rows), BATCH)]
    for batch in batches * EPOCHS:
        dense = np.zeros((len(batch.labels), len(batch.features)), np.float32)
        dense[batch.row, batch.column] = batch.values
        wrong = shares_of(dense @ weights[batch.features])
        wrong[np.arange(len(wrong)), batch.labels] -= 1
        if weight is not None:
            wrong *= weight[batch.labels][:, None]
        slope = dense.T @ wrong / len(wrong)
        steepness[batch.features] += (slope * slope).mean(1, keepdims=True)
        weights[batch.features] -= RATE * slope / np.sqrt(steepness[batch.features])
    return weights


def _batch(rows: Sequence[Longs], labels: Longs, rarity: Floats, some: Longs) -> _Batch:
    held, column = np.unique(np.concatenate([rows[i] for i in some]), return_inverse=True)
    row = np.repeat(np.arange(len(some)), [len(rows[i]) for i in some])
    return _Batch(labels[some], held, row, column, np.concatenate([of_length_one(rarity[rows[i]]) for i in some]))


def of_length_one(values: Floats) -> Floats:
    """Them divided by the root of their squares; zeros stay."""
    length: Floats = values / max(float(np.sqrt(values @ values)), 1e-9)
    return length


def shares_of(scores: Floats) -> Floats:
    """Probabilities along the last axis (softmax)."""
    shares: Floats = np.exp(scores - scores.max(-1, keepdims=True))
    shares /= shares.sum(-1, keepdims=True)
    return shares
