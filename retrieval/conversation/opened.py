"""What was opened as if it had been quoted: for messages about it that only an answer with quotes lets understand."""

from __future__ import annotations

from dataclasses import replace

from retrieval.conversation.beside_rules import sentence_of_part
from retrieval.conversation.navigation import beside_part
from retrieval.conversation.utterance import SURELY, Turn, Utterance, again, said

LOST = frozenset({"new_question", "unclear", "only_spoken_to", "small_talk", "short_alone", "word_nowhere", "asks_further"})  # rules

WHOLE = frozenset(
    {"answer_doubted", "best_asked", "better_wished", "citing_asked", "hearers_asked", "speaker_guessed", "worth_asked"}
)  # rules
NOT_UNDERSTOOD = frozenset({"unclear", "vague", "small_talk", "about_me", "noise", "no_answer", "complaint"})  # sentences


def as_quoted(utterance: Utterance, found: Turn) -> Utterance | None:
    """The same message after the first sentence of the part that was opened was quoted; None where a rule knew what it means."""
    lost = found.because in LOST or found.say in ("unclear", "vague")
    if not lost or utterance.card or not utterance.before.lookup or utterance.understood.references:
        return None
    sentence = sentence_of_part(utterance)
    if sentence is None:
        return None
    here = replace(utterance, conversation=replace(utterance.conversation, card=(sentence.id,), chosen=0, window=""))
    here.__dict__["before"] = replace(utterance.before, lookup=False)
    return here


def of_it(utterance: Utterance, here: Utterance, meant: Turn) -> Turn | None:
    """What a message means of the part that was opened, if it meant that of the part's first sentence; None where it did not.

    What has words of the speeches, or a sure answer, is rather a question, unless a rule takes it as a whole.
    What wants more is given the next part, what counts the part again; why is not told, nor what others say of no word.
    """
    asks = utterance.own_words or utterance.on_subject or (utterance.alone.confidence == "sure" and utterance.about_chat < SURELY)
    if asks and meant.because not in WHOLE:
        return None
    if meant.because == "asks_further":
        return replace(said("no_explaining", *here.card), because=meant.because)
    if meant.because == "found_counted":
        return replace(again(utterance, utterance.previous), because=meant.because)
    if meant.kind == "more":
        following = beside_part(utterance, back=False)
        return replace(again(utterance, str(following)), because=meant.because) if following else said("no_such_part")
    if meant.kind == "again":
        return replace(said("vague"), because=meant.because)
    if not meant.is_talk or meant.say in NOT_UNDERSTOOD:
        return None
    return replace(meant, then=None) if meant.kind == "say" else meant
