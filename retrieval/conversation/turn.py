"""What a message means inside a conversation: the rules in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from retrieval.answer.engine import Engine
from retrieval.conversation import place_rules, topic_rules
from retrieval.conversation.utterance import Shown, Turn, Utterance

Rule = Callable[[Utterance], Turn | None]
# The first that answers wins. Fixed phrases stand before names of speeches, names before counts, counts before what is only guessed
# from a short message; the last answers always.
RULES: tuple[Rule, ...] = (
    topic_rules.nothing_before,
    place_rules.next_part,
    place_rules.further_quotes,
    place_rules.shown_again,
    place_rules.quote_by_number,
    topic_rules.speech_named,
    topic_rules.speech_called,
    topic_rules.every_speech,
    place_rules.neighbour,
    place_rules.counted_by_the_answer,
    place_rules.part_counted,
    place_rules.quote_counted,
    place_rules.counts_nothing,
    topic_rules.of_what_was_opened,
    topic_rules.topic_exchanged,
    topic_rules.asks_further,
    topic_rules.speech_asked,
    topic_rules.both_answered,
    topic_rules.short_alone,
    topic_rules.new_question,
)


def turn(engine: Engine, message: str, previous: str, shown: Shown | None = None) -> Turn:
    """How `message` goes on with the question `previous` ("" if there was none). A clear new question does not.

    shown: how an answer is made that is shown, after so many of its quotes; without it the engine's three quotes.
    """
    utterance = Utterance(engine, message, previous, shown or (lambda understood, skip: engine.answer(understood, skip=skip)))
    return next(replace(found, because=rule.__name__) for rule in RULES if (found := rule(utterance)))
