"""A message in the characters that its chat reads: everything outside of quotes, which are shown as their card says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from bot.contract.reply import Button, Quiz, Reply
from bot.contract.response import InlinePage, InlineResult, Response
from bot.service.context import Context
from bot.service.traditional import to_traditional_once
from bot.state import chats

Convert = Callable[[str], str]
_QUOTES = ("blockquote", "expandable_blockquote")


def shown(context: Context, response: Response) -> Response:
    """A response as the chat reads it; the same where nothing is converted."""
    convert = _conversion(context)
    if convert is None:
        return response
    later = response.later
    return replace(
        response,
        replies=tuple(_reply(reply, convert) for reply in response.replies),
        edit=_reply(response.edit, convert) if response.edit else None,
        toast=convert(response.toast),
        later=(lambda: shown(context, later())) if later else None,
    )


def reply_shown(context: Context, reply: Reply) -> Reply:
    """One message as the chat reads it."""
    convert = _conversion(context)
    return _reply(reply, convert) if convert else reply


def page_shown(context: Context, page: InlinePage) -> InlinePage:
    """A page of inline results as the person reads it."""
    convert = _conversion(context)
    if convert is None:
        return page
    results = tuple(result_shown(context, result) for result in page.results)
    return replace(page, results=results, button_label=convert(page.button_label))


def result_shown(context: Context, result: InlineResult) -> InlineResult:
    """An inline result as the person reads it."""
    convert = _conversion(context)
    if convert is None:
        return result
    message = _reply(result.message, convert)
    return replace(result, title=convert(result.title), description=convert(result.description), message=message)


def _conversion(context: Context) -> Convert | None:
    """What is said is converted in part when it comes here: sentences of the wording are, titles are not."""
    script = _now(context) if context.chat.script else ""
    if not script:
        return None
    return partial(to_traditional_once, script=script, exceptions=context.wording.exceptions)


def _now(context: Context) -> str:
    """What the chat has chosen by now: the answer to a wish for simplified characters is in them."""
    if not context.in_chat:
        return context.chat.script
    with context.store.quick() as memory:
        return chats.chat_of(memory, context.asker.chat_id).script


def _reply(reply: Reply, convert: Convert) -> Reply:
    """Text and labels; what a button copies stays in the text's own characters, also where it is shown."""
    copied = [button.copy for row in reply.buttons for button in row if button.copy]
    pieces, position = [], 0
    for start, end in sorted(_kept(reply, copied)):
        if start >= position:
            pieces += [convert(reply.text[position:start]), reply.text[start:end]]
            position = end
    text = "".join([*pieces, convert(reply.text[position:])])
    buttons = tuple(tuple(_button(button, convert) for button in row) for row in reply.buttons)
    file = replace(reply.file, instead=convert(reply.file.instead)) if reply.file else None
    return replace(reply, text=text, buttons=buttons, file=file, quiz=_quiz(reply.quiz, convert) if reply.quiz else None)


def _quiz(quiz: Quiz, convert: Convert) -> Quiz:
    return replace(quiz, question=convert(quiz.question), options=tuple(map(convert, quiz.options)), explanation=convert(quiz.explanation))


def _kept(reply: Reply, copied: list[str]) -> Iterator[tuple[int, int]]:
    yield from ((entity.start, entity.end) for entity in reply.entities if entity.kind in _QUOTES)
    for words in copied:
        start = reply.text.find(words)
        if start >= 0:
            yield start, start + len(words)


def _button(button: Button, convert: Convert) -> Button:
    return replace(button, label=convert(button.label))
