"""Several wishes in one message: 出处发一下，再做成图. Each clause is understood by itself, if all of them are about the chat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from bot.contract.reply import Reply
from bot.contract.response import Response
from bot.contract.text_builder import LIMIT
from bot.service import conversations, talking
from bot.service.answer_pages import page_of
from bot.service.context import Context
from retrieval import Conversation, Turn, clauses, turn

ABOUT_THE_CHAT = 0.4  # probability from which a clause is looked at; docs/numbers.md
SURELY = 0.75  # from which it is a wish beside another
OPEN = ("new_question", "nothing_before", "unclear", "points_back", "small_talk", "spoken_to")  # rules that nothing speaks for
# What is only said beside a wish.
ASIDES = frozenset({"noted", "thanks", "praise", "greeting", "apology", "farewell", "told", "waiting", "tone", "which_theme"})
WHOLLY = 0.95  # of its kind, from which a message is not parted unless its clauses are, too, chosen
WHOLE = frozenset(  # rules that read a message over its commas
    (
        *("bare_particular", "claim_doubted", "copying_asked", "manner_complained", "of_both", "paragraph_called", "person_asked"),
        *("places_around", "shorter", "slowness_told", "so_short_wished", "speech_cites", "speech_doubted"),
    )
)
GUESSED = (*OPEN, "likely", "surely", "new_question")  # rules after which the clauses are looked at
_OF_THE_BOT = frozenset({"identity", "human", "ability", "provenance", "masked", "privacy"})
# What another sentence beside it says as well.
SAID_WITH = {"place": frozenset({"who"}), "exact": _OF_THE_BOT, "doubt": _OF_THE_BOT}
LOST = frozenset({"unclear", "no_answer", "vague", "small_talk", "about_me", "complaint", "insult", "noise"})  # not understood by itself


def told_apart(context: Context, text: str, before: Conversation) -> tuple[tuple[Turn, ...], str]:
    """What each clause wishes, if there are at least two; or the one clause that is more than said beside. () and "" for other messages."""
    kinds = context.library.engine.kinds
    split = clauses(text)
    if len(split) < 2 or kinds.chat(text) < ABOUT_THE_CHAT or any(kinds.chat(clause) < ABOUT_THE_CHAT for clause in split):
        return (), ""
    whole = turn(context.library.engine, text, before, partial(page_of, context))
    if whole.because in WHOLE or (whole.because not in GUESSED and not whole.is_talk):
        return (), ""
    if (
        whole.kind == "wish"
        and whole.quotes
        and before.card
        and whole.quotes[0].id != before.card[min(before.chosen, len(before.card) - 1)]
    ):
        return (), ""  # 就用咸阳那个。帮我收起来
    if whole.because == "surely" and kinds.guess(text).right >= WHOLLY and any(kinds.guess(clause).right < WHOLLY for clause in split):
        return (), ""
    meant = _meant(context, split, before)
    wishes = tuple(step for _, step in meant)
    if len(wishes) > 1 and all(step.is_talk and kinds.chat(clause) >= SURELY for clause, step in meant):
        return wishes, ""
    asking = [clause for clause, step in meant if not step.is_talk]
    asked = asking or [clause for clause, _ in meant]
    if len(asked) != 1:
        return (), ""
    known = whole.because in ("likely", "surely", "about_the_bot") and dict(meant)[asked[0]].because not in GUESSED
    beside = known or whole.because in OPEN or (whole.say in ASIDES and whole.because != "thanked")
    return (), asked[0] if beside else ""


def _meant(context: Context, split: tuple[str, ...], before: Conversation) -> list[tuple[str, Turn]]:
    """Each clause that is more than said beside, and what it means; none if one of them means nothing by itself."""
    meant, now = dict[str, Turn](), before
    for clause in split:
        step = turn(context.library.engine, clause, now, partial(page_of, context))
        if step.say in LOST or step.kind == "new":
            return []
        meant[clause] = step
        now = step.then or now
    return _each_once(meant.items())


def wished(meant: Iterable[tuple[str, Turn]]) -> tuple[Turn, ...]:
    """What some questions about the chat wish, those left out that are not understood."""
    return tuple(step for _, step in _each_once((asked, step) for asked, step in meant if step.say not in LOST))


def _each_once(meant: Iterable[tuple[str, Turn]]) -> list[tuple[str, Turn]]:
    """Without what is only said beside a wish, what is wished twice, and what another sentence says as well."""
    found = {(step.kind, step.say, step.quotes): (clause, step) for clause, step in meant if step.say not in ASIDES}
    says = {step.say for _, step in found.values()}
    return [(clause, step) for clause, step in found.values() if not (step.say in SAID_WITH and says & SAID_WITH[step.say])]


def reply(context: Context, steps: tuple[Turn, ...], before: Conversation) -> Response:
    """All that was wished, in as few messages as hold it."""
    now, replies, later = before, [], None
    for step in steps:
        done = talking.reply(context, step, now.question)
        now, later = step.then or now, later or done.later
        replies += [*((done.edit,) if done.edit else ()), *done.replies]
    joined: list[Reply] = []
    for one in replies:
        together = _joined(joined[-1], one) if joined else None
        joined = [*joined[:-1], together] if together else [*joined, one]
    return Response(tuple(joined), later=later, memory=conversations.keep_writes(context, now))


def _joined(first: Reply, second: Reply) -> Reply | None:
    """Two messages as one, with the buttons of both; None if that cannot be."""
    at = len(first.text) + 2
    if first.file or second.file or first.quiz or second.quiz or at + len(second.text) > LIMIT:
        return None
    moved = tuple(replace(entity, start=entity.start + at, end=entity.end + at) for entity in second.entities)
    more, fewer = sorted((first.buttons, second.buttons), key=len, reverse=True)  # those of a quote stand above those that lead on
    rows = (*more, *(row for row in fewer if row not in more))
    return replace(first, text=f"{first.text}\n\n{second.text}", entities=(*first.entities, *moved), buttons=rows)
