"""Uploaded files, by file_id, in memory up to a limit."""

from __future__ import annotations

import io
import mimetypes
import secrets
from collections import OrderedDict

from bot.demo.world.parameters import Upload
from bot.demo.world.refusal import bad_request
from bot.demo.world.telegram_state import Attachment

MAX_KEPT = 64 << 20  # bytes in all, chosen: one largest document and some pictures; the oldest files go first
# Bytes, Telegram's: what getFile gives out, and what may be sent.
MAX_DOWNLOAD = 20 << 20
MAX_DOCUMENT = 50 << 20
MAX_PHOTO = 10 << 20
MAX_SIDES, MAX_RATIO = 10_000, 20  # width and height of a photo together, and one to the other, Telegram's


class Storage:
    """Files that were sent. A file_id that was pushed out is as unknown as an invented one."""

    def __init__(self, max_kept: int = MAX_KEPT) -> None:
        self._max_kept = max_kept
        self._kept = 0
        self._files: OrderedDict[str, tuple[Attachment, bytes]] = OrderedDict()

    def add(self, kind: str, upload: Upload) -> Attachment:
        """Keeps a file and returns what a message says of it.

        Raises Refusal for files that Telegram refuses.
        """
        limit = MAX_PHOTO if kind == "photo" else MAX_DOCUMENT
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > limit:
            raise bad_request("file is too big")
        width, height = _photo_size(upload.content) if kind == "photo" else (0, 0)
        mime = mimetypes.guess_type(upload.name)[0] or upload.mime or "application/octet-stream"
        file_id = f"{kind}-{secrets.token_urlsafe(24)}"
        attachment = Attachment(kind, file_id, upload.name, mime, len(upload.content), width, height)
        self._files[file_id] = (attachment, upload.content)
        self._kept += len(upload.content)
        self._shrink()
        return attachment

    def find(self, file_id: str) -> Attachment | None:
        found = self._files.get(file_id)
        return found[0] if found else None

    def content(self, file_id: str) -> bytes | None:
        found = self._files.get(file_id)
        return found[1] if found else None

    def _shrink(self) -> None:
        while self._kept > self._max_kept and len(self._files) > 1:
            _, (_, content) = self._files.popitem(last=False)
            self._kept -= len(content)


def _photo_size(content: bytes) -> tuple[int, int]:
    from PIL import Image, UnidentifiedImageError  # most bots send no picture, and all wait for its import

    try:
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    if width + height > MAX_SIDES or max(width, height) > MAX_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height
