"""A message in a conversation, with all that decides what it means after the question before; what is to be done with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from retrieval.answer.engine import Answer, Engine
from retrieval.question.references import Reference
from retrieval.question.understand import Understood, Words
from retrieval.speeches.quotes import Quote
from retrieval.terms.fold import fold_question

GOES_ON = 6  # characters up to which what is left of a message may go on with the question before
_OPENER = r"^(?:那么|那|还有|至于)"  # 那么|工会  那|工会呢  还有|创新  ✗对了|那|工会
_ENDING = r"[呢吗啊呀的?？。!！~ ]+$"  # 工会|呢？|  2015年|的|  ✗咸阳|的|讲话
_FRAME = re.compile(f"{_OPENER}|{_ENDING}")  # 那|工会呢  工会|呢|  ✗工会

Shown = Callable[[Understood, int], Answer]


@dataclass(frozen=True)
class Utterance:
    """A message after the question `previous` ("" if there was none). What the rules look at is computed once, and only if one does.

    shown: the answer to what was understood, as it is shown after so many of its quotes.
    """

    engine: Engine
    message: str
    previous: str
    shown: Shown

    @property
    def words(self) -> Words:
        """The words about asking."""
        return self.engine.reader.words

    @cached_property
    def said(self) -> str:
        """The message folded, without courtesies and closing signs: 好的，那工会呢？ → 那工会呢."""
        return self.engine.reader.without_courtesies(fold_question(self.message)).rstrip("?。!~ ")

    @cached_property
    def bare(self) -> str:
        """Without what ties it to the question before, too: 那工会呢 → 工会."""
        return _FRAME.sub("", _FRAME.sub("", self.said))

    @cached_property
    def understood(self) -> Understood:
        """What the message means alone."""
        return self.engine.reader.understand(self.message)

    @cached_property
    def before(self) -> Understood:
        """What the question before meant."""
        return self.engine.reader.understand(self.previous)

    @property
    def is_short(self) -> bool:
        """That it begins with 那 and has hardly more than a word: 那工会呢."""
        return self.said.startswith("那") and self.bare != self.said and len(self.bare) <= GOES_ON

    def is_one_of(self, phrases: tuple[str, ...]) -> bool:
        """Whether it is one of the phrases, with or without what ties it to the question before."""
        return self.said in phrases or self.bare in phrases

    def best(self, understood: Understood) -> Answer:
        """An answer that begins with the best quote: as it is shown, but of an opening or closing alone, which is shown in its order."""
        return self.shown(understood, 0) if understood.terms else self.engine.answer(understood, 1)

    @cached_property
    def answer_before(self) -> Answer:
        """The answer to the question before."""
        return self.best(self.before)

    @property
    def quote_before(self) -> Quote | None:
        """The best quote for the question before; None of a part that was looked up, or where there is none."""
        return next(iter(self.answer_before.quotes), None)

    @property
    def part_before(self) -> Reference | None:
        """What was looked up before, or the labelled part that the answer stands in; None if it stands in none."""
        if self.before.lookup:
            return self.before.references[0]
        source = self.quote_before.source if self.quote_before else None
        return Reference(source.speech, source.number) if source and source.number else None


@dataclass(frozen=True, slots=True)
class Turn:
    """What to do with a message, and the name of the rule that said so.

    new: answer `understood`. more: show further quotes of `understood`, the question before. again: answer `understood`, the question
    before or what follows from both, and leave out its first `skip` quotes.
    answer: what is to be shown, where the rule had to look at it; else None.
    """

    kind: Literal["new", "more", "again"]
    understood: Understood
    skip: int = 0
    answer: Answer | None = None
    because: str = ""

    @property
    def question(self) -> str:
        """The text to keep: it reads back to `understood`."""
        return self.understood.question


def again(utterance: Utterance, text: str) -> Turn:
    """A question put together is read here, once: so the kept text and what is answered cannot differ."""
    return Turn("again", utterance.engine.reader.understand(text))


def seen(understood: Understood, answer: Answer) -> Turn:
    """An opening or closing alone was not looked at as it is shown."""
    return Turn("again", understood, answer=answer if understood.terms else None)
