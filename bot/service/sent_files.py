"""Files that people send: a draft is checked word for word, anything else is refused with what to do instead."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from bot.contract.reply import File
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.documents.document import LARGEST as LARGEST_DOCUMENT
from bot.documents.document import Reason, UnreadableDocument, text_of
from bot.documents.marked_copy import marked_page
from bot.library.documents_in import ADDED_SUFFIXES
from bot.service import bringing
from bot.service.cards import ways_on
from bot.service.checked_cards import place_line, summary_card, tally
from bot.service.context import Context, Declined, without_files
from retrieval import verify

LARGEST = 2_000_000  # bytes, chosen: twenty times a .docx of MOST characters without pictures
LARGEST_XML = 5_000_000  # bytes that a .docx may unpack to: MOST characters at 100 bytes each, of which Word's own take 20 to 60
MOST = 50_000  # characters of a draft: 1.5 times the six speeches; hostile ones take 10 s of a processor (bench_drafts)
NAMED = 40  # characters of a file's name, chosen
READABLE = ("txt", "docx")
REFUSALS: Mapping[Reason, str] = {
    "empty": "draft.empty",
    "too large": "draft.too_large",
    "old word": "draft.old_word",
    "locked": "draft.locked",
    "pdf": "draft.pdf",
    "picture": "draft.picture",
    "archive": "draft.archive",
    "damaged": "draft.damaged",
    "binary": "draft.binary",
    "scan": "draft.pdf",
    "too slow": "draft.damaged",
    "too much": "draft.damaged",
    "no reader": "draft.binary",
}
_KINDS: Mapping[Reason, str] = {
    "old word": "doc wps rtf",
    "pdf": "pdf",
    "picture": "png jpg jpeg gif webp heic bmp tif tiff",
    "archive": "zip rar 7z gz tar",
}
BY_SUFFIX: Mapping[str, Reason] = {suffix: reason for reason, names in _KINDS.items() for suffix in names.split()}


def unwanted(context: Context, name: str, size: int) -> Response | None:
    """Why a file is not fetched: too large, empty, or of another kind by its name; None for what may be a draft."""
    suffix = PurePosixPath(name.lower()).suffix.removeprefix(".")
    if bringing.may_bring(context) and suffix in ADDED_SUFFIXES and size <= LARGEST_DOCUMENT:
        return None
    reason: Reason | None = None
    if suffix not in READABLE:
        reason = BY_SUFFIX.get(suffix, "binary")
    elif size > LARGEST:
        reason = "too large"
    return _refused(context, name, reason) if reason else None


def checked(context: Context, name: str, content: bytes | None) -> Response:
    """A draft checked: what became of its statements, and a marked-up copy. Raises Declined for a file that Telegram does not give out."""
    if content is None:
        raise Declined("draft.gone")
    if bringing.may_bring(context) and not _is_draft(name, content):
        return Response(later=lambda: bringing.preview(context, name, content))
    if len(content) > LARGEST:  # whatever Telegram said its size is
        return _refused(context, name, "too large")
    return Response(later=lambda: _checked(context, name, content))


def _is_draft(name: str, content: bytes) -> bool:
    """Whether it can be checked; what an administrator sends else can only be brought in."""
    return PurePosixPath(name.lower()).suffix.removeprefix(".") in READABLE and len(content) <= LARGEST


def _checked(context: Context, name: str, content: bytes) -> Response:
    """The slow part: read, checked, marked."""
    try:
        draft = text_of(content, name, LARGEST_XML)
    except UnreadableDocument as unreadable:
        return _refused(context, name, unreadable.reason)
    if not any(map(str.isalnum, draft)):
        return _refused(context, name, "empty")
    if len(draft) > MOST and bringing.may_bring(context):
        return bringing.preview(context, name, content)
    if len(draft) > MOST:
        return _said(context, context.say("draft.too_long", name=_short(name), count=len(draft), most=MOST))
    found = verify(context.library.engine.exact, draft)
    said = context.say("draft.copy", counts=tally(found))
    page = marked_page(draft, found, lambda one: place_line(context, one), context.say("draft.title", name=_short(name)))
    copy = File("document", _copy_name(name), page.encode("utf-8", "replace"), without_files(context, said))
    card = bringing.offered(context, name, content, summary_card(context, draft, found))
    return Response((card, TextBuilder().add(said).reply(file=copy)))


def _refused(context: Context, name: str, reason: Reason) -> Response:
    return _said(context, context.say(REFUSALS[reason], name=_short(name), most=LARGEST // 1_000_000))


def _said(context: Context, words: str) -> Response:
    return Response((TextBuilder().line(words).reply(ways_on(context)),))


def _short(name: str) -> str:
    """A name as it can be said back: one line, not too long."""
    shown = " ".join(name.split())
    return shown if len(shown) <= NAMED else f"{shown[: NAMED - 8]}…{shown[-7:]}"


def _copy_name(name: str) -> str:
    """稿子.docx → 稿子-核对.html."""
    stem = "".join(sign for sign in PurePosixPath(name).stem if sign.isalnum() or sign in "-_（）()")[:NAMED]
    return f"{stem or 'draft'}-核对.html"
