"""What a message means inside a conversation: the rules in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from retrieval.answer.engine import Engine
from retrieval.conversation import rules
from retrieval.conversation.rules import Turn
from retrieval.conversation.utterance import Shown, Utterance

Rule = Callable[[Utterance], Turn | None]
# The first that answers wins. Fixed phrases stand before names of speeches, names before counts, counts before what is only guessed
# from a short message; the last answers always.
RULES: tuple[Rule, ...] = (
    rules.nothing_before,
    rules.next_part,
    rules.further_quotes,
    rules.shown_again,
    rules.quote_by_number,
    rules.speech_named,
    rules.speech_called,
    rules.every_speech,
    rules.neighbour,
    rules.counted_by_the_answer,
    rules.part_counted,
    rules.quote_counted,
    rules.counts_nothing,
    rules.of_what_was_opened,
    rules.topic_exchanged,
    rules.asks_further,
    rules.speech_asked,
    rules.both_answered,
    rules.short_alone,
    rules.new_question,
)


def turn(engine: Engine, message: str, previous: str, shown: Shown | None = None) -> Turn:
    """How `message` goes on with the question `previous` ("" if there was none). A clear new question does not.

    shown: how an answer is made that is shown, after so many of its quotes; without it the engine's three quotes.
    """
    utterance = Utterance(engine, message, previous, shown or (lambda understood, skip: engine.answer(understood, skip=skip)))
    return next(replace(found, because=rule.__name__) for rule in RULES if (found := rule(utterance)))
