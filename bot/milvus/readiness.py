"""Whether the passages of one version can be asked now; looked at all the time, so that nobody's question waits to find out."""

from __future__ import annotations

import logging
import threading
import weakref
from typing import TYPE_CHECKING

from bot.milvus.milvus_server import MilvusServer
from bot.milvus.passage_table import NOTHING, rows_in
from retrieval import IndexUnavailable

if TYPE_CHECKING:
    from pymilvus import MilvusClient

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0  # between looks; a look costs a millisecond of the server
LOOK_AGAIN_SECONDS = 0.25  # between looks while it is away: so long people go on being told after it is back
SECONDS = 1.0  # of a look
_LOADED, _LOADING = "Loaded", "Loading"


class Readiness:
    """Of a Milvus collection. trouble: why it cannot be asked, "" when it can.

    A collection that is not loaded, as after a restart of the server, is loaded; one that is loaded counts as ready once all of its
    passages are there.
    """

    def __init__(self, server: MilvusServer, table: str, passages: int) -> None:
        self._server, self._table, self._passages = server, table, passages
        self.trouble = "not asked yet"
        self._counted = False
        self._look_now = threading.Event()

    def look(self) -> None:
        """Look now."""
        try:
            self._server.call(self._checked, SECONDS)
            self._tell("")
        except IndexUnavailable as error:
            self.failed(error.why)

    def failed(self, why: str) -> None:
        """It could not be asked just now."""
        self._counted = False
        self._tell(why)
        self._look_now.set()

    def watch(self) -> None:
        """Goes on looking in a thread, until nobody holds this any more."""
        threading.Thread(target=_looking, args=(weakref.ref(self), self._look_now), name="index", daemon=True).start()

    def _tell(self, trouble: str) -> None:
        if bool(trouble) != bool(self.trouble):
            log.log(logging.ERROR if trouble else logging.INFO, "the index %s", f"cannot be asked: {trouble}" if trouble else "is there")
        self.trouble = trouble

    def _checked(self, client: MilvusClient) -> None:
        """Raises IndexUnavailable, and what `MilvusServer.call` makes one of."""
        state = client.get_load_state(self._table, timeout=SECONDS)
        name = getattr(state["state"], "name", "")
        if name == _LOADING:
            raise IndexUnavailable(self._server.name, f"{self._table} is being loaded, {state.get('progress', 0)} %")
        if name != _LOADED:
            client.load_collection(self._table, timeout=SECONDS)
        if not self._counted:
            self._count(client)

    def _count(self, client: MilvusClient) -> None:
        there = rows_in(client, self._table, SECONDS)
        if there != self._passages:
            raise IndexUnavailable(self._server.name, f"{self._table} has {there} passages of {self._passages}; run python -m bot index")
        client.search(self._table, data=[{NOTHING: 1.0}], anns_field="terms", limit=1, timeout=SECONDS)  # the first one may take long
        self._counted = True


def _looking(of: weakref.ref[Readiness], look_now: threading.Event) -> None:
    while (readiness := of()) is not None:
        readiness.look()
        away = bool(readiness.trouble)
        del readiness  # while it waits nobody may be held
        if away:
            look_now.clear()
        look_now.wait(LOOK_AGAIN_SECONDS if away else LOOK_SECONDS)
