"""Speeches that an administrator brings in by sending a document: what was read is shown, then it is kept or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.contract.actions import Key, Outline
from bot.contract.bringing_actions import KEEP, LEAVE, PREVIEW, RETITLE, Bring
from bot.contract.reply import Button, Reply
from bot.contract.response import Response
from bot.contract.text_builder import LIMIT, TextBuilder
from bot.documents.document import LARGEST, Reason
from bot.library.brought import BroughtDocument, BroughtSpeech
from bot.library.documents_in import DocumentFound, documents_in
from bot.library.intake import SpeechIntake
from bot.library.shelf import AlreadyKept, NotKept
from bot.library.told import oddity_lines, speech_lines
from bot.library.waiting import WaitingDocument
from bot.service import admin, cards
from bot.service.context import Context, Declined
from bot.settings.yaml_file import ConfigError
from retrieval import Entry

MOST_DOCUMENTS = 50  # of an archive sent in a chat: read one after the other they take ten seconds
LISTED = 20  # speeches and buttons of a card, chosen
LONGEST_TITLE = 80  # characters, as of one that is found
UNREAD: Mapping[Reason, str] = {
    "empty": "draft.empty",
    "too large": "bring.too_large",
    "old word": "draft.old_word",
    "locked": "draft.locked",
    "pdf": "bring.no_reader",
    "picture": "draft.picture",
    "archive": "bring.archive",
    "damaged": "bring.damaged",
    "binary": "bring.binary",
    "scan": "bring.scan",
    "too slow": "bring.too_slow",
    "too much": "bring.too_much",
    "no reader": "bring.no_reader",
}


def may_bring(context: Context) -> bool:
    """Whether the asker is an administrator of a bot that speeches can be brought to."""
    return context.intake is not None and context.asker.user_id in context.admins and context.in_chat


def offered(context: Context, name: str, content: bytes, card: Reply) -> Reply:
    """The card of a checked draft with a button that brings the document in, for who may."""
    if not may_bring(context):
        return card
    key = _intake(context).waiting.put(context.asker.user_id, name, content, context.now)
    button = context.button("button.bring", Bring(key, PREVIEW))
    return replace(card, buttons=(*card.buttons, (button,)))


def preview(context: Context, name: str, content: bytes) -> Response:
    """What was read of a document that can only be brought in."""
    key = _intake(context).waiting.put(context.asker.user_id, name, content, context.now)
    return Response((_preview(context, key, WaitingDocument(name, content)),))


def step(context: Context, action: Bring) -> Response:
    """A tap on one of the buttons."""
    if not may_bring(context):
        raise Declined("bring.admins_only")
    waiting = _intake(context).waiting
    document = waiting.of(context.asker.user_id, action.document)
    if document is None:
        raise Declined("bring.forgotten")
    if action.step == PREVIEW:
        return Response(later=lambda: Response((_preview(context, action.document, document),)))
    if action.step == KEEP:
        return Response(toast=context.say("bring.keeping"), later=lambda: _keep(context, action.document, document))
    if action.step == RETITLE:
        waiting.ask_title(context.asker.user_id, action.document, context.now)
        return Response((TextBuilder().line(context.say("bring.ask_title")).reply(),))
    waiting.drop(action.document)
    return Response(edit=TextBuilder().line(context.say("bring.left", name=document.name)).reply())


def retitled(context: Context, text: str) -> Response | None:
    """The message is the title that was asked for; None when none was."""
    if not may_bring(context):
        return None
    waiting = _intake(context).waiting
    key = waiting.asked_title(context.asker.user_id, context.now)
    title = " ".join(text.split())[:LONGEST_TITLE]
    if key is None or not title:
        return None
    waiting.retitle(context.asker.user_id, key, title)
    document = waiting.of(context.asker.user_id, key)
    if document is None:
        raise Declined("bring.forgotten")
    return Response(later=lambda: Response((_preview(context, key, document),)))


def _intake(context: Context) -> SpeechIntake:
    if context.intake is None:
        raise Declined("bring.admins_only")
    return context.intake


def _read(waiting: WaitingDocument) -> list[DocumentFound]:
    """The documents, with the title that was given if there is one speech."""
    found = [one for one, _ in zip(documents_in(waiting.raw, waiting.name), range(MOST_DOCUMENTS), strict=False)]
    speeches = [speech for one in found if one.document for speech in one.document.speeches]
    if waiting.title and len(speeches) == 1:
        return [_with_title(one, waiting.title) for one in found]
    return found


def _with_title(found: DocumentFound, title: str) -> DocumentFound:
    if found.document is None:
        return found
    speeches = tuple(replace(speech, title=title, title_from="text") for speech in found.document.speeches)
    return replace(found, document=replace(found.document, speeches=speeches))


def _preview(context: Context, key: Key, waiting: WaitingDocument) -> Reply:
    found = _read(waiting)
    documents = [one.document for one in found if one.document]
    speeches = [speech for document in documents for speech in document.speeches]
    text = TextBuilder()
    for one in found:
        if one.unreadable:
            _put(text, context.say(UNREAD[one.unreadable.reason], name=one.name, most=LARGEST // 1_000_000))
    if not speeches:
        return text.reply(cards.ways_on(context))
    if len(speeches) == 1:
        _put_one(text, context, documents[0], speeches[0])
    else:
        _put_several(text, context, documents, speeches)
    keep, leave = context.button("button.keep", Bring(key, KEEP)), context.button("button.leave", Bring(key, LEAVE))
    retitle = context.button("button.retitle", Bring(key, RETITLE))
    return text.reply([keep, retitle, leave] if len(speeches) == 1 else [keep, leave])


def _put_one(text: TextBuilder, context: Context, document: BroughtDocument, speech: BroughtSpeech) -> None:
    first, *others = speech_lines(speech, context.say)
    text.line(first, "bold")
    for line in (*others, *oddity_lines(document, context.say)):
        _put(text, line)


def _put_several(text: TextBuilder, context: Context, documents: Sequence[BroughtDocument], speeches: Sequence[BroughtSpeech]) -> None:
    text.line(context.say("bring.several_read", count=len(speeches)), "bold")
    for speech in speeches[:LISTED]:
        date = speech.about.date or context.say("bring.no_date")
        _put(text, context.say("bring.one_of_several", title=speech.title, date=date, characters=len(speech.text)))
    if len(speeches) > LISTED:
        _put(text, context.say("bring.more_speeches", count=len(speeches) - LISTED))
    for document in documents:
        for line in oddity_lines(document, context.say):
            _put(text, line)


def _put(text: TextBuilder, line: str) -> None:
    """A line, as long as the message has room for it."""
    if text.length + len(line) < LIMIT - 100:
        text.line(line)


def _keep(context: Context, key: Key, waiting: WaitingDocument) -> Response:
    """The slow part: read, kept, taken up by the running bot; taken out again if anything does not read."""
    intake = _intake(context)
    kept: list[Entry] = []
    said = []
    for found in _read(waiting):
        if found.document is None:
            continue
        try:
            kept += intake.shelf.put_in(found.document, found.raw)
        except AlreadyKept as there:
            said.append(context.say("bring.already", name=found.name, number=there.number))
        except NotKept:
            said.append(context.say("bring.try_again", name=found.name))
    try:
        library = intake.renew() if kept else context.library
    except ConfigError as error:
        for entry in kept:
            intake.shelf.take_out(entry.number)
        return admin.problems(context, error)
    if kept:
        intake.waiting.drop(key)
    return Response(edit=_kept_card(replace(context, library=library), kept, said))


def _kept_card(context: Context, kept: Sequence[Entry], said: Sequence[str]) -> Reply:
    text = TextBuilder()
    if kept:
        text.line(context.say("bring.kept", count=len(kept)), "bold")
    for line in (*said, *(context.say("bring.kept_one", number=entry.number, title=entry.title) for entry in kept[:LISTED])):
        _put(text, line)
    buttons = [_contents(context, entry) for entry in kept[:3]]
    return text.reply(buttons) if buttons else text.reply(cards.ways_on(context))


def _contents(context: Context, entry: Entry) -> Button:
    return context.button("button.contents_of", Outline(entry.number), number=entry.number)
