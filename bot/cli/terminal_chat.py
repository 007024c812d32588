"""The chat on a terminal: messages are understood as in Telegram, commands as far as a terminal can do them."""

from __future__ import annotations

from bot.cli.ask import HOW, answered, put_answer, put_terms
from bot.cli.output import Printer
from bot.cli.show_material import put_material, put_openings
from bot.cli.terminal_commands import DONE, Terminal
from bot.settings.config import Behaviour
from bot.settings.library import Library
from bot.settings.wording import Wording
from retrieval import Conversation, IndexUnavailable, Turn, after, material_theme, questions, turn

LEAVING = ("q", "quit", "exit", "退出", "结束")


def chat(library: Library, behaviour: Behaviour, said: Wording, printer: Printer, top: int) -> int:
    """Message after message until an empty line, a farewell or the end of input."""
    printer.line(f"{len(library.corpus.speeches)} 篇讲话。{HOW}", "faint")
    terminal, conversation = Terminal(library, printer, said.zh), Conversation()
    while True:
        try:
            message = input("? ").strip()
        except (EOFError, KeyboardInterrupt):
            printer.line()
            return 0
        if not message or message.strip("/").lower() in LEAVING:
            return 0
        if _done(terminal, behaviour, message):
            continue
        english = said.glossary.understood(message)
        put_terms(printer, english)
        message = english.text if english else message
        theme = material_theme(message, library.engine.reader.words)
        if theme is not None:
            put_material(printer, library, said.zh, theme)
            continue
        several = questions(message, library.engine.reader.words)
        for question in several:
            if len(several) > 1:
                printer.line(f"「{question}」", "head")
            say, conversation = _answered(terminal, top, question, conversation)
            if say == "farewell":
                return 0


def _done(terminal: Terminal, behaviour: Behaviour, message: str) -> bool:
    """Whether it was a command; one that a terminal cannot do is told how to use it."""
    name, _, argument = message[1:].partition(" ") if message.startswith("/") else (behaviour.spoken.command(message), "", "")
    if not name:
        return False
    if name in DONE:
        DONE[name](terminal, argument.strip())
    else:
        terminal.printer.line(HOW, "faint")
    return True


def _answered(terminal: Terminal, top: int, question: str, before: Conversation) -> tuple[str, Conversation]:
    """One message, answered if that can be done now; which sentence was said, and what the conversation is about then."""
    try:
        step, conversation = _step(terminal, top, question, before)
    except IndexUnavailable:
        terminal.printer.line(terminal.say("ask.away"))
        return "away", before
    return step.say, conversation


def _step(terminal: Terminal, top: int, question: str, before: Conversation) -> tuple[Turn, Conversation]:
    """One message, answered; what the conversation is about then."""
    library, printer, say = terminal.library, terminal.printer, terminal.say
    engine = library.engine
    step = turn(engine, question, before, lambda understood, skip: engine.answer(understood, top, skip))
    if step.kind in ("quotes", "say", "wish"):
        _told(terminal, step)
        return step, step.then or before
    if step.say:
        printer.line(say(f"talk.{step.say}", about=step.about))
    skip = before.seen if step.kind == "more" else step.skip
    answer = step.answer or (engine.answer(step.understood, top, skip) if skip else answered(library, step.understood, top))
    put_answer(library, printer, answer)
    return step, after(before, step, answer, skip)


def _told(terminal: Terminal, step: Turn) -> None:
    """What is no answer: quotes, a sentence about the chat, a wish."""
    for quote in step.quotes:
        terminal.printer.quote(quote)
    if step.kind == "wish" and step.say in DONE:
        DONE[step.say](terminal, "")
    elif step.kind == "wish":
        terminal.printer.line(terminal.say("talk.in_telegram"))
    elif step.kind == "say":
        terminal.printer.line(terminal.say(f"talk.{step.say}", about=step.about))
    if step.say == "no_opening":
        put_openings(terminal.printer, terminal.library)
