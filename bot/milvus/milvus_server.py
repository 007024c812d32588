"""One Milvus server: every call of it has an end, and ends with what it found or with IndexUnavailable."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from retrieval import IndexUnavailable

if TYPE_CHECKING:
    from pymilvus import MilvusClient  # it loads pandas, which takes a second, and is loaded by whoever connects

os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "0")  # its handlers end a child that only wants to become another program

T = TypeVar("T")
THREADS = 16  # as many as the bot answers at once, see WORKERS of the settings
LONGER = 0.1  # seconds beside its own deadline that a call gets: pymilvus waits for other calls' locks without looking at the clock
_LINE = 200  # characters of a reason; grpc's take a page


class MilvusServer:
    """An address, and the connection to it, which is made when it is first needed. pymilvus makes a lost one again.

    uri: http(s)://[user:password@]host:port[/database]. Safe to use from several threads.
    """

    def __init__(self, uri: str) -> None:
        import_module("pymilvus")  # a second, which no call has
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # it writes a traceback for each failed try; what failed is told by us
        self._uri = uri
        self.name = urlsplit(uri).netloc.rpartition("@")[2]  # without a password
        self._client: MilvusClient | None = None
        self._connecting = threading.Lock()
        self._threads = ThreadPoolExecutor(THREADS, "milvus")

    def call(self, work: Callable[[MilvusClient], T], seconds: float) -> T:
        """What `work` finds within so many seconds, which it should ask of pymilvus too. Raises IndexUnavailable."""
        try:
            return self._threads.submit(self._called, work, seconds).result(seconds + LONGER)
        except IndexUnavailable:
            raise
        except TimeoutError:
            raise IndexUnavailable(self.name, f"no answer within {seconds:g} s") from None
        except Exception as error:  # pymilvus', grpc's, and what pymilvus stumbles over while it connects anew
            raise IndexUnavailable(self.name, _told(error)) from error

    def close(self) -> None:
        """No more calls; those under way end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._connecting:
            if self._client is not None:
                self._client.close()

    def _called(self, work: Callable[[MilvusClient], T], seconds: float) -> T:
        return work(self._client or self._connected(seconds))

    def _connected(self, seconds: float) -> MilvusClient:
        if not self._connecting.acquire(timeout=seconds):
            raise TimeoutError
        try:
            from pymilvus import MilvusClient

            self._client = self._client or MilvusClient(uri=self._uri, timeout=seconds, dedicated=True)
            return self._client
        finally:
            self._connecting.release()


def _told(error: BaseException) -> str:
    """What went wrong, in one line."""
    said = getattr(error, "message", "") or getattr(error, "details", str)() or str(error) or type(error).__name__
    return " ".join(str(said).split())[:_LINE]
