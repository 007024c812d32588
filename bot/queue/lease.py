"""What a process may work on: rows that bear its name, for as long as it renews its lease on the database.

A process that did not renew it in time waits until it knows: renewed, nobody took its work; refused, somebody did,
and it goes on under a new name with nothing in hand.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from typing import Protocol

from bot.state import process_table
from bot.state.process_table import LEASE_SECONDS, Standing, Usage
from bot.state.store import Store
from bot.state.store_error import StoreError, is_outage

log = logging.getLogger(__name__)

BEAT_SECONDS = 0.5  # between renewals


class Turns(Protocol):
    """Who sends: `share` of the overall limit is all that it uses; `settled` when the last second kept it."""

    @property
    def share(self) -> float: ...
    @property
    def need(self) -> float: ...
    @property
    def settled(self) -> bool: ...
    def use(self, share: float, attainable: float) -> None: ...


class Lease:
    """The name of this process, whether it leads, and whether it may work now."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.turns: Turns | None = None  # to be given their share
        self._until = 0.0  # of the monotonic clock; begun before the database begins its own
        self._steady_from = 0.0
        self._state = asyncio.Condition()
        self._renewing = asyncio.Lock()
        self.name = ""
        self.leads = False

    @property
    def steady(self) -> bool:
        """Whether renewals have come in time for as long as a lease lasts: who was late itself declares nobody dead."""
        return time.monotonic() >= self._steady_from

    async def join(self) -> None:
        """Take up work; raises StoreError."""
        began = time.monotonic()
        if self.turns is not None and not self._store.alone:
            self.turns.use(0.0, 1.0)
        name, standing = await asyncio.to_thread(self._joined)
        await self._know(name, standing, began)
        self._steady_from = 0.0

    async def keep(self) -> None:
        """Renew the lease until cancelled. Raises StoreNewer when the tables have changed meanwhile."""
        if self._store.alone:
            await asyncio.Event().wait()
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            async with self._renewing:
                await self._beat()

    async def _beat(self) -> None:
        began = time.monotonic()
        try:
            name, standing = await asyncio.to_thread(self._renewed, self._usage())
        except StoreError as error:
            if not is_outage(error):
                raise
            return  # the store has said why
        if began > self._until:
            self._steady_from = time.monotonic() + LEASE_SECONDS
        if name != self.name:
            log.warning("another process has taken over the work of this one; it goes on with new questions")
        await self._know(name, standing, began)

    async def held(self) -> None:
        """Return when this process may work: the lease has not ended."""
        if time.monotonic() < self._until:
            return
        async with self._state:
            await self._state.wait_for(lambda: time.monotonic() < self._until)

    async def wait_to_lead(self, leads: bool = True) -> None:
        """Return when this process leads; or does not, when that is asked for."""
        async with self._state:
            await self._state.wait_for(lambda: self.leads is leads)

    async def leave(self) -> None:
        """What is undone is anybody's, and the lease is renewed no more; raises StoreError."""
        await self._renewing.acquire()
        await self._store.run(lambda connection: process_table.leave(connection, self.name))

    async def _know(self, name: str, standing: Standing, began: float) -> None:
        self.name, self.leads = name, standing.leads
        self._until = float("inf") if self._store.alone else began + LEASE_SECONDS
        if self.turns is not None and standing.share is not None:
            self.turns.use(standing.share, standing.attainable)
        async with self._state:
            self._state.notify_all()

    def _usage(self) -> Usage:
        if self.turns is None:
            return Usage()
        return Usage(self.turns.need, self.turns.share if self.turns.settled else 1.0)

    def _joined(self) -> tuple[str, Standing]:
        name = uuid.uuid4().hex
        with self._store.quick() as connection:
            return name, process_table.join(connection, name, self._store.schemas, self._store.where)

    def _renewed(self, usage: Usage) -> tuple[str, Standing]:
        with self._store.quick() as connection:
            standing = process_table.renew(connection, self.name, usage)
        return (self.name, standing) if standing else self._joined()  # its share is nobody's by now, as it sent nothing
