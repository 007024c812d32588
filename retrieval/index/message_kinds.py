"""Is a message about the chat rather than a question to the speeches, and about what? Learned from messages that people wrote.

`seeds/messages.jsonl` has one line per kind and writer: {"kind", "pass", "says": [...]}. What counts are the characters, pairs and triples
of a message (grams). Whether it is about the chat says a logistic model of known messages against known questions; which kind it is, a
naive Bayes model of the messages alone. Both are built in a second, and kept with the index.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np

from retrieval.errors import CorpusError
from retrieval.index.array_file import Stored, named
from retrieval.index.postings import Floats
from retrieval.terms.fold import fold_question
from retrieval.terms.string_table import StringTable, string_table

LEAST = 2  # messages or questions that a gram must stand in; those of one alone say nothing about others
ROUNDS = 150  # of accelerated gradient descent; 300 change no figure of docs/numbers.md
STEP = 4.0  # 1 / curvature: of rows of length one the logistic loss bends by a quarter at most
SMOOTHING = (
    0.1  # of a gram in a kind; tried .05, .1, .2 on one writer's messages against the others': .84 .84 .84, .80 .80 .80, .78 .78 .78
)
INDEPENDENT = 0.5  # grams overlap, so that each counts half; with 1 of the guesses it is sure of (.5) .83 are right instead of .86


class Guess(NamedTuple):
    """What a message seems to be: the probability that it is about the chat, the likeliest kind, and the probability of that if it is."""

    chat: float
    kind: str
    right: float


NO_GUESS = Guess(0.0, "", 0.0)


@dataclass(frozen=True)
class MessageKinds:
    """The two models. weights: of every gram, for the chat. chances: logarithms by gram and kind, of the first grams, those of messages."""

    kinds: tuple[str, ...]
    grams: StringTable
    weights: Floats
    bias: float
    chances: Floats

    def chat(self, message: str) -> float:
        """The probability that a message is about the chat; 0 where no kinds are known."""
        return self._chat(self._numbers(message))

    def guess(self, message: str) -> Guess:
        """Of a message; NO_GUESS where no kinds are known."""
        numbers = self._numbers(message)
        if not numbers:
            return NO_GUESS
        logs = INDEPENDENT * self.chances[[number for number in numbers if number < len(self.chances)]].sum(0)
        shares = np.exp(logs - logs.max())
        best = int(shares.argmax())
        return Guess(self._chat(numbers), self.kinds[best], float(shares[best] / shares.sum()))

    def _numbers(self, message: str) -> list[int]:
        known = (self.grams.get(gram) for gram in grams(message)) if self.kinds else ()
        return [number for number in known if number is not None]

    def _chat(self, numbers: list[int]) -> float:
        if not numbers:
            return 0.0
        return 1 / (1 + math.exp(-(float(self.weights[numbers].sum()) / len(numbers) ** 0.5 + self.bias)))

    def has(self, word: str) -> bool:
        """Whether messages have a word; of a long one its beginning."""
        return self.grams.get(word[:3], len(self.chances)) < len(self.chances)

    @property
    def stored(self) -> Stored:
        """What `opened_kinds` takes."""
        numbers = {"weights": self.weights.data, "chances": self.chances.ravel().data}
        return Stored({**numbers, **named("grams", self.grams.arrays)}, {"kinds": self.kinds, "bias": self.bias})


def opened_kinds(content: Stored) -> MessageKinds:
    """Over the arrays where they lie. Raises KeyError, TypeError, ValueError."""
    kinds = tuple(content.values["kinds"])
    weights, chances = (np.frombuffer(content.arrays[name], np.float32) for name in ("weights", "chances"))
    table = StringTable.of_arrays(content.below("grams"))
    return MessageKinds(kinds, table, weights, float(content.values["bias"]), chances.reshape(-1, max(len(kinds), 1)))


def grams(message: str) -> frozenset[str]:
    """The characters, pairs and triples of a folded message, its ends among them.

    >>> sorted(grams("谁说的？"))
    ['$', '^', '^谁', '^谁说', '的', '的$', '说', '说的', '说的$', '谁', '谁说', '谁说的']
    """
    text = f"^{fold_question(message).strip('?。!~,， ')}$"
    return frozenset(text[i : i + size] for size in (1, 2, 3) for i in range(len(text) - size + 1))


def message_kinds(messages: Mapping[str, Sequence[str]], questions: Iterable[str]) -> MessageKinds:
    """Learns from the messages of each kind, and from questions to the speeches."""
    kinds = tuple(sorted(messages))
    about = [grams(message) for kind in kinds for message in messages[kind]]
    asked = [grams(question) for question in questions]
    frequent = [gram for gram, count in Counter(chain.from_iterable(about)).items() if count >= LEAST]
    there = set(frequent)
    frequent += [gram for gram, count in Counter(chain.from_iterable(asked)).items() if count >= LEAST and gram not in there]
    table = {gram: number for number, gram in enumerate(frequent)}
    rows = [[table[gram] for gram in sorted(row) if gram in table] for row in (*about, *asked)]
    weights, bias = _separated(rows, len(about), len(table))
    return MessageKinds(kinds, string_table(frequent), weights, bias, _chances(rows, [len(messages[kind]) for kind in kinds], len(there)))


def _separated(rows: Sequence[Sequence[int]], about: int, width: int) -> tuple[Floats, float]:
    """Weights and bias of a logistic model of the first rows against the others (Nesterov's accelerated gradient)."""
    if not about:
        return np.zeros(width, np.float32), 0.0
    lengths = np.array([len(row) for row in rows])
    row_of = np.repeat(np.arange(len(rows)), lengths)
    columns = np.fromiter(chain.from_iterable(rows), np.int64, int(lengths.sum()))
    values = 1 / np.sqrt(lengths)[row_of]
    wanted = (np.arange(len(rows)) < about).astype(float)
    weights = ahead = np.zeros(width)
    bias = bias_ahead = 0.0
    for done in range(ROUNDS):
        scores = np.bincount(row_of, values * ahead[columns], len(rows)) + bias_ahead
        wrong = (1 / (1 + np.exp(-scores)) - wanted) / len(rows)
        following = ahead - STEP * np.bincount(columns, values * wrong[row_of], width)
        bias_following = bias_ahead - STEP * float(wrong.sum())
        momentum = done / (done + 3)
        ahead, weights = following + momentum * (following - weights), following
        bias_ahead, bias = bias_following + momentum * (bias_following - bias), bias_following
    return weights.astype(np.float32), bias


def _chances(rows: Sequence[Sequence[int]], sizes: Sequence[int], width: int) -> Floats:
    """Logarithms of how often messages of a kind have a gram, by gram and kind."""
    counts = np.zeros((width, len(sizes)))
    first = 0
    for kind, size in enumerate(sizes):
        np.add.at(counts[:, kind], [number for row in rows[first : first + size] for number in row if number < width], 1)
        first += size
    chances: Floats = np.log((counts + SMOOTHING) / (np.array(sizes) + 2 * SMOOTHING)).astype(np.float32)
    return chances


def read_messages(path: Path) -> dict[str, tuple[str, ...]]:
    """The messages of each kind; a missing file has none. Raises CorpusError with a line for every problem."""
    problems: list[str] = []
    found: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else (), 1):
        try:
            row = json.loads(line)
            kind, says = row["kind"], tuple(row["says"])
            if not (isinstance(kind, str) and all(isinstance(message, str) for message in says)):
                raise TypeError(line[:40])
        except (KeyError, TypeError, ValueError) as error:
            problems.append(f"{path.name}: line {number} is not understood ({error!r}); expected kind, pass, says")
            continue
        found[kind] = (*found.get(kind, ()), *says)
    if problems:
        raise CorpusError(problems)
    return found


NO_KINDS = message_kinds({}, ())
