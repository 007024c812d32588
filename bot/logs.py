"""The log: one structured line per event, with a request id, without secrets or what people wrote."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections.abc import Iterable
from contextvars import ContextVar
from pathlib import Path
from traceback import extract_tb
from typing import TextIO

request_id: ContextVar[str] = ContextVar("request_id", default="-")

# Any token in a URL or alone, also one this process does not know.  e.g. 123456:AAHdqTcvCH1vGWJxfSeofSAs0K
TOKEN = re.compile(r"(?<!\d)\d{3,20}(?::|%3A)[A-Za-z0-9_-]{20,60}")
HIDDEN = "<hidden>"

# Libraries whose DEBUG lines repeat whole updates, that is what people wrote.
_TALKATIVE = ("telegram",)
_QUIET = ("httpx", "httpcore", "asyncio", "aiohttp", "sqlalchemy")
_FRAMES = 6  # innermost frames of an exception, chosen: from a handler down to what failed
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Redactor:
    """Replaces known secrets, and whatever looks like a bot token."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = tuple(sorted((s for s in secrets if s), key=len, reverse=True))

    def __call__(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return TOKEN.sub(HIDDEN, text)


class LineFormatter(logging.Formatter):
    """`time level logger request message key=value…`, on one line, redacted last of all.

    Redacting the finished line covers message, arguments, extra fields and tracebacks alike. Without `texts` an
    exception shows its type and where it came from, not its words, which may quote a question.
    """

    def __init__(self, redact: Redactor, *, texts: bool = True) -> None:
        super().__init__()
        self._redact = redact
        self._texts = texts

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line; a traceback follows as one JSON string."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        head = f"{stamp}.{int(record.msecs):03d}Z {record.levelname} {record.name} request={request_id.get()}"
        message = record.getMessage().replace("\r", "\\r").replace("\n", "\\n")
        fields = [f"{key}={value}" for key, value in vars(record).items() if key not in _STANDARD]
        if record.exc_info:
            traceback = self.formatException(record.exc_info) if self._texts else _places(record.exc_info[1])
            fields.append(f"traceback={json.dumps(traceback, ensure_ascii=False)}")
        return self._redact(" ".join((head, message, *fields)))


def _places(error: BaseException | None) -> str:
    """Type and innermost frames of an exception and of what caused it."""
    found = []
    while error is not None:
        frames = extract_tb(error.__traceback__)[-_FRAMES:]
        path = " > ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames)
        found.append(f"{type(error).__name__} at {path}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "; from ".join(found)


class StateLog:
    """Logs a state once when it begins and once when it is over, however often it is noticed meanwhile."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._state = ""

    def bad(self, message: str) -> None:
        """It is so, as the message says."""
        if message != self._state:
            self._log.error("%s", message)
            self._state = message

    def well(self) -> None:
        """It is not so, or not any more."""
        if self._state:
            self._log.info("over: %s", self._state)
            self._state = ""


def setup(level: str, secrets: Iterable[str], *, texts: bool = False, stream: TextIO | None = None) -> logging.Handler:
    """Send the root logger to `stream` (standard error); return the handler, e.g. to remove it again.

    texts: let libraries log whole updates at DEBUG, with what people wrote; the token stays hidden.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(LineFormatter(Redactor(secrets), texts=texts))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.DEBUG if texts else logging.WARNING)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.NOTSET if texts else logging.INFO)
    return handler
