"""How a message is written: English is asked in Chinese words; English and traditional characters are offered to who writes so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.contract.reading_actions import TakeEnglish, TakeScript
from bot.contract.reply import Button, Reply
from bot.contract.response import InlineResult, Response, Write
from bot.contract.text_builder import CAPTION, LIMIT
from bot.service.context import Context
from bot.service.traditional import SCRIPTS, rewritten, to_local_wording
from bot.settings.glossary import EnglishQuestion, is_latin
from bot.state import chats
from retrieval import fold_question, is_han

TRANSLATED = ("speech", "compare", "count", "random", "cloud", "material")  # commands whose argument names a word or a place
LOOKED_AT = 1000  # characters of a message, chosen: as many as are answered
SAMPLE = 100  # characters that tell in which ones somebody writes, chosen
# Probabilities from which English is no question to the speeches, and of its kind: of messages not learned from .47 have both, of these .87
# are of that kind; docs/numbers.md
ABOUT_THE_CHAT, OF_ITS_KIND = 0.75, 0.25
SURELY = 0.9  # of both, where it has words that the speeches may have
NAMED = 8  # words that are said back, chosen: a line or two


def answered(context: Context, message: str, answer: Callable[[str], Response]) -> Response:
    """What `answer` says to a message, asked in Chinese if it is English; with what its writing suggests below."""
    english = _english(context, message)
    response = answer(english.text if english else message)
    if english:
        response = _first(response, lambda reply: headed(context, english, reply))
    words, buttons, left = _offer(context, message)
    if not buttons:
        return response
    response = _first(response, lambda reply: _below(reply, words, buttons))
    return replace(response, memory=(*response.memory, *left)) if left else response


def argument_of(context: Context, command: str, argument: str) -> str:
    """The argument of a command in Chinese words, if it is English and names a word or a place."""
    return in_chinese(context, argument) if command in TRANSLATED else argument


def in_chinese(context: Context, message: str) -> str:
    """A message in Chinese words if it is English, else as it is."""
    english = _english(context, message)
    return english.text if english else message


def guest_headed(context: Context, message: str, result: InlineResult) -> InlineResult:
    """An answer in somebody else's chat, with the words that were looked for."""
    english = _english(context, message)
    return replace(result, message=headed(context, english, result.message)) if english else result


def headed(context: Context, english: EnglishQuestion, reply: Reply) -> Reply:
    """A reply below the words that were looked for; as it is where there are none, or no room."""
    if not english.terms:
        return reply
    words = ", ".join(f"{chinese} ({said})" for chinese, said in english.terms[:NAMED])
    head = context.say("english.looked_for", words=words)
    if english.unknown:
        head += " " + context.say("english.unknown", words=", ".join(english.unknown[:NAMED]))
    head += "\n\n"
    if len(head) + len(reply.text) > _room(reply):
        return reply
    moved = tuple(replace(entity, start=entity.start + len(head), end=entity.end + len(head)) for entity in reply.entities)
    return replace(reply, text=head + reply.text, entities=moved)


def writes_traditional(message: str) -> bool:
    """Whether more of a message's characters are traditional than simplified.

    >>> writes_traditional("勞模精神"), writes_traditional("劳模精神"), writes_traditional("工人")
    (True, False, False)
    """
    signs = set(filter(is_han, message[:SAMPLE]))
    traditional = {sign for sign in signs if fold_question(sign) != sign}
    return bool(traditional) and len(traditional) > rewritten(signs - traditional)


def _english(context: Context, message: str) -> EnglishQuestion | None:
    if context.behaviour.spoken.command(message):
        return None
    question = context.wording.glossary.understood(message[:LOOKED_AT])
    if not is_latin(message):
        return question  # how many times does 旅游 appear
    guess = context.library.engine.kinds.guess(message)
    least, of_its_kind = (SURELY, SURELY) if question and question.terms else (ABOUT_THE_CHAT, OF_ITS_KIND)
    if (question and _NUMBERED.search(message)) or guess.chat < least or guess.right < of_its_kind:
        return question
    return None


_NUMBERED = re.compile(r"\d|first|second|third|fourth|fifth|sixth|last", re.IGNORECASE)  # speech 5  the second part  ✗this speech


def _offer(context: Context, message: str) -> tuple[str, list[Button], tuple[Write, ...]]:
    """A sentence and buttons below the answer, for who may choose: English each time, traditional characters once. What that leaves."""
    if not (context.in_chat and context.asker.manages_chat):
        return "", [], ()
    if is_latin(message) and context.say.language == "zh":
        return "", [context.button("button.english", TakeEnglish())], ()
    if context.chat.script or context.chat.script_offered or not writes_traditional(message):
        return "", [], ()
    buttons = [context.button(key, TakeScript(index)) for index, key in ((1, "script.taiwan"), (2, "script.hongkong"))]
    words = to_local_wording(context.say("script.offer"), SCRIPTS[1], context.wording.exceptions)
    return words, buttons, (chats.offered_write(context.asker.chat_id),)


def _first(response: Response, change: Callable[[Reply], Reply]) -> Response:
    """The response with its first message changed."""
    if not response.replies:
        return response
    return replace(response, replies=(change(response.replies[0]), *response.replies[1:]))


def _below(reply: Reply, words: str, buttons: list[Button]) -> Reply:
    """A reply with a sentence and a row of buttons below; the buttons alone where the sentence has no room."""
    text = f"{reply.text}\n\n{words}" if words and len(reply.text) + len(words) + 2 <= _room(reply) else reply.text
    there = {button.label for row in reply.buttons for button in row}
    new = tuple(button for button in buttons if button.label not in there)
    return replace(reply, text=text, buttons=(*reply.buttons, new) if new else reply.buttons)


def _room(reply: Reply) -> int:
    return CAPTION if reply.file else LIMIT
