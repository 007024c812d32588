"""What an answer of the service means as steps, for each way it was asked for. Pure."""

from __future__ import annotations

from telegram import CallbackQuery, Message

from bot.contract.response import Response
from bot.queue.outbox import Step


def sends(answer: Response, chat: int, question: Message | None) -> list[Step]:
    """New messages; the first replies to the question, so that a duplicate is recognisable."""
    number = question.message_id if question else 0
    thread = _thread(question)
    return [Step("send", chat, reply, to=number if n == 0 else 0, question=number, thread=thread) for n, reply in enumerate(answer.replies)]


def edits(answer: Response, question: Message, known: tuple[int, ...]) -> list[Step]:
    """What turns the old answer into the new one: edits, further messages, deletions."""
    chat, number = question.chat.id, question.message_id
    if any(reply.file or reply.quiz for reply in answer.replies):
        return [*(Step("delete", chat, to=m) for m in known), *sends(answer, chat, question)]
    replies = answer.replies
    steps = [Step("edit", chat, r, to=m) for r, m in zip(replies, known, strict=False)]
    steps += [
        Step("send", chat, reply, to=0 if known else number, question=number, thread=_thread(question)) for reply in replies[len(known) :]
    ]
    return steps + [Step("delete", chat, to=message) for message in known[len(replies) :]]


def card_steps(answer: Response, query: CallbackQuery) -> list[Step]:
    """What a tap changes: the card itself, then new messages in reply to the question it answers; to the card, for who did not ask it."""
    message = query.message
    if message is None:  # a card sent through inline mode has no chat of ours
        inline = query.inline_message_id or ""
        return [Step("edit", 0, answer.edit, inline=inline)] if answer.edit and inline else []
    chat = message.chat.id
    steps = [Step("edit", chat, answer.edit, to=message.message_id)] if answer.edit else []
    question = message.reply_to_message if isinstance(message, Message) else None
    asked = question is not None and question.from_user is not None and question.from_user.id == query.from_user.id
    to = question.message_id if question and asked else message.message_id
    thread = _thread(message) if isinstance(message, Message) else 0
    return steps + [Step("send", chat, reply, to=to if n == 0 else 0, thread=thread) for n, reply in enumerate(answer.replies)]


def _thread(message: Message | None) -> int:
    return message.message_thread_id or 0 if message and message.is_topic_message else 0
