"""What is tapped below an answer: other pages and quotes of its card, an opinion, a question that stands on a button."""

from __future__ import annotations

from dataclasses import replace

from bot.contract.actions import Asked, Chosen, Example, Found, QuoteId, Vote
from bot.contract.response import Response
from bot.contract.theme_actions import Propose
from bot.service import asking, conversations, literal_cards
from bot.service.answer_cards import chosen_at
from bot.service.answer_pages import page_of
from bot.service.context import Context, Declined, only_toast
from bot.service.kept_texts import kept_text
from bot.state import feedback, figures

DEEPEST = 1000  # quotes before a card, chosen; a forged button may name two thousand million


def found(context: Context, action: Found) -> Response:
    """The card of a kept question at some place."""
    return again(context, Asked(action.question, action.skip), plain=action.plain)


def chosen(context: Context, action: Chosen) -> Response:
    """The same card, another quote chosen."""
    if not isinstance(action.origin, Asked):
        raise Declined("tap.unknown")
    return again(context, action.origin, plain=action.plain, quote=action.quote)


def again(context: Context, action: Asked, *, plain: bool = False, quote: QuoteId | None = None) -> Response:
    """The card of a kept question at some place, a quote chosen, which is spoken of from then on.

    Raises Declined when the question is forgotten.
    """
    asked, skip = kept_text(context, action.question), min(action.skip, DEEPEST)
    answer = page_of(context, context.library.engine.reader.understand(asked), skip)
    if not answer.quotes:
        return only_toast(context, "answer.no_more")
    card = asking.told_card(context, answer, action.question, skip, plain=plain, chosen=quote)
    memory = conversations.tapped_writes(context, asked, answer.quotes, skip, chosen_at(answer.quotes, quote))
    return Response(edit=card, memory=memory)


def vote(context: Context, action: Vote) -> Response:
    """Counts an opinion, and keeps the question to learn from."""
    asked = kept_text(context, action.question)
    answer = context.library.engine.ask(asked, 1)
    with context.store.quick() as memory:
        if figures.vote(memory, action.question, context.asker.user_id, action.good, context.now):
            state = "good" if action.good else "bad"
            feedback.note(memory, asking.seen(context, asked, state, answer), context.now)
    return only_toast(context, "vote.good" if action.good else "vote.bad")


def ask(context: Context, action: Propose) -> Response:
    """Asks what stands on a button, as if it had been typed."""
    return _tapped(context, action.question)


def _tapped(context: Context, text: str) -> Response:
    """The answer to a question that nobody typed, below that question: the message replies to the one above the button."""
    answer = asking.question(context, text)
    if not answer.replies:
        return answer
    return replace(answer, replies=(literal_cards.prefixed(answer.replies[0], f"「{text}」"), *answer.replies[1:]))


def example(context: Context, action: Example) -> Response:
    """Asks one of the examples, as if it had been typed."""
    examples = context.say.list("help.examples")
    if action.index >= len(examples):
        raise Declined("tap.unknown")
    return _tapped(context, examples[action.index])
