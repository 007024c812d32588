"""Is a message about the chat rather than a question to the speeches, and about what? Learned from messages that people wrote.

`seeds/messages.jsonl` has one line per kind and writer: {"kind", "pass", "says": [...]}. What counts are the characters, pairs and triples
of a message (grams). Whether it is about the chat says a logistic model of known messages against known questions; which kind it is, a
logistic model of the messages alone. Both are learned in a few seconds, and kept with the index.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from retrieval.errors import CorpusError
from retrieval.index.array_file import Stored, named
from retrieval.index.learning import learned, of_length_one, shares_of
from retrieval.index.postings import Floats
from retrieval.terms.counts import Longs
from retrieval.terms.fold import fold_question
from retrieval.terms.string_table import StringTable, string_table

QUESTION = "question"  # kind of the messages that are none: questions in English, which the asks have not
# Kinds that want nothing but a kind word: whichever of them is taken, the reply does; they are one for how probable the kind is.
SOCIAL = frozenset(
    ("farewell", "filler", "greeting", "insult", "mistaken", "noted", "praise", "small_talk", "thanks", "told", "tone", "waiting", "wrong")
)
EVEN = 1.0  # 1: every kind counts as much, however many messages were written for it; 0: every message; docs/numbers.md
LEAST = 2  # messages or questions that a gram must stand in; those of one alone say nothing about others
REMEMBERED = 64  # messages, chosen: one in hand is looked at twice, and so are its clauses
FINEST = 127  # largest whole number of a weight
_AROUND = "?。!~,， "
_NUMBERS = ("rarity", "about", "by_kind", "units")


class Guess(NamedTuple):
    """What a message seems to be: the probability that it is about the chat, the likeliest kind, and the probability of that if it is;
    of a social kind that of all of them."""

    chat: float
    kind: str
    right: float


NO_GUESS = Guess(0.0, "", 0.0)


@dataclass(frozen=True)
class MessageKinds:
    """The two models. rarity: how much a gram counts; about: its weight for the chat and against questions; by_kind: the weights for every
    kind of the first grams, those of messages, in units of the kind."""

    kinds: tuple[str, ...]
    grams: StringTable
    rarity: Floats
    about: Floats
    by_kind: npt.NDArray[np.int8]
    units: Floats

    def chat(self, message: str) -> float:
        """The probability that a message is about the chat; 0 where no kinds are known."""
        return self._chat(self._numbers(message))

    def guess(self, message: str) -> Guess:
        """Of a message; NO_GUESS where no kinds are known."""
        numbers = self._numbers(message)
        if not numbers:
            return NO_GUESS
        known = [number for number in numbers if number < len(self.by_kind)]
        shares = shares_of(of_length_one(self.rarity[known]) @ self.by_kind[known].astype(np.float32) * self.units)
        best = int(shares.argmax())
        right = shares[self._social].sum() if best in self._social else shares[best]
        return Guess(self._chat(numbers), self.kinds[best], float(right))

    def _numbers(self, message: str) -> list[int]:
        return self._remembered(fold_question(message).strip(_AROUND))

    @cached_property
    def _social(self) -> list[int]:
        return [number for number, kind in enumerate(self.kinds) if kind in SOCIAL]

    @cached_property
    def _remembered(self) -> Callable[[str], list[int]]:
        return lru_cache(REMEMBERED)(self._known)

    def _known(self, bare: str) -> list[int]:
        known = (self.grams.get(gram) for gram in _grams(bare)) if self.kinds else ()
        return [number for number in known if number is not None]

    def _chat(self, numbers: list[int]) -> float:
        return 1 / (1 + math.exp(-float(of_length_one(self.rarity[numbers]) @ self.about[numbers]))) if numbers else 0.0

    def has(self, word: str) -> bool:
        """Whether messages have a word; of a long one its beginning."""
        return self.grams.get(word[:3], len(self.by_kind)) < len(self.by_kind)

    @property
    def stored(self) -> Stored:
        """What `opened_kinds` takes."""
        numbers = {name: np.ascontiguousarray(getattr(self, name)).ravel().data.cast("B") for name in _NUMBERS}
        return Stored({**numbers, **named("grams", self.grams.arrays)}, {"kinds": self.kinds})


def opened_kinds(content: Stored) -> MessageKinds:
    """Over the arrays where they lie. Raises KeyError, TypeError, ValueError."""
    kinds = tuple(content.values["kinds"])
    rarity, about, units = (np.frombuffer(content.arrays[name], np.float32) for name in _NUMBERS if name != "by_kind")
    by_kind = np.frombuffer(content.arrays["by_kind"], np.int8).reshape(-1, max(len(kinds), 1))
    return MessageKinds(kinds, StringTable.of_arrays(content.below("grams")), rarity, about, by_kind, units)


def grams(message: str) -> frozenset[str]:
    """The characters, pairs and triples of a folded message, its ends among them; of English its words and pairs of words.

    >>> sorted(grams("谁说的？"))
    ['$', '^', '^谁', '^谁说', '的', '的$', '说', '说的', '说的$', '谁', '谁说', '谁说的']
    """
    return _grams(fold_question(message).strip(_AROUND))


def _grams(folded: str) -> frozenset[str]:
    words = [f" {word} " for word in folded.split() if word.isascii()]  # of English whole words, and two at a time
    text = f"^{folded}$"
    signs = (text[i : i + size] for size in (1, 2, 3) for i in range(len(text) - size + 1))
    return frozenset((*signs, *words, *map("".join, pairwise(words))))


def message_kinds(messages: Mapping[str, Sequence[str]], questions: Iterable[str]) -> MessageKinds:
    """Learns from the messages of each kind, and from questions to the speeches, those among the messages too."""
    kinds = tuple(sorted(set(messages) - {QUESTION}))
    about = [message for kind in kinds for message in messages[kind]]
    asked = [*questions, *messages.get(QUESTION, ())]
    numbers: dict[str, int] = {}
    rows = [np.array([numbers.setdefault(gram, len(numbers)) for gram in grams(text)], np.int64) for text in (*about, *asked)]
    names = list(numbers)
    of_messages = _held(rows[: len(about)], len(names)) >= LEAST
    others = (_held(rows[len(about) :], len(names)) >= LEAST) & ~of_messages
    frequent = np.concatenate([np.flatnonzero(of_messages), np.flatnonzero(others)])
    first, place = int(of_messages.sum()), np.full(len(names), -1, np.int64)
    place[frequent] = np.arange(len(frequent))
    rows = [np.sort(placed[placed >= 0]) for placed in (place[row] for row in rows)]
    rarity = _rarity(rows, len(frequent))
    against = learned(rows, np.repeat([0, 1], [len(about), len(asked)]), rarity, 2)
    labels = np.repeat(np.arange(len(kinds)), [len(messages[kind]) for kind in kinds])
    counts = np.array([len(messages[kind]) for kind in kinds], np.float32)
    weight = ((counts.mean() if len(counts) else 1) / np.maximum(counts, 1)) ** EVEN
    by_kind = learned([row[row < first] for row in rows[: len(about)]], labels, rarity[:first], len(kinds), weight.astype(np.float32))
    table = string_table([names[number] for number in frequent])
    units = np.maximum(np.abs(by_kind).max(0, initial=0), 1e-9) / FINEST
    whole = np.rint(by_kind / units).astype(np.int8)
    return MessageKinds(kinds, table, rarity, np.ascontiguousarray(against[:, 0] - against[:, 1]), whole, units)


def _held(rows: Sequence[Longs], width: int) -> Longs:
    """How many rows have each number."""
    return np.bincount(np.concatenate(rows), minlength=width) if rows else np.zeros(width, np.int64)


def _rarity(rows: Sequence[Longs], width: int) -> Floats:
    """How much a gram counts: 1 + ln(messages / messages that have it)."""
    rarity: Floats = (1 + np.log(max(len(rows), 1) / _held(rows, width))).astype(np.float32)
    return rarity


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
