"""Faults on purpose: what networks and servers do to a request, before or after its effect."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

from aiohttp import web

from bot.demo.world.refusal import too_many

FaultKind = Literal["429", "500", "502", "reset", "hang", "truncated", "bad_json"]
KINDS: tuple[FaultKind, ...] = get_args(FaultKind)
REMEMBERED = 1_000  # faults that happened, chosen, to bound memory
HTML = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(slots=True)
class Fault:
    """A planned fault.

    method: lower case, "*" for all. after: the request has its effect, only the answer is lost.
    """

    kind: FaultKind
    method: str = "*"
    left: int = 1
    after: bool = False
    retry_after: int = 1


class Faults:
    """Planned and random faults.

    latency: seconds that every request takes longer; latency_of: those of a method, in lower case; jitter: up to so many more,
    at random.
    """

    def __init__(self) -> None:
        self.latency = self.jitter = 0.0
        self.latency_of: dict[str, float] = {}
        self.happened: list[str] = []
        self._planned: list[Fault] = []
        self._rate = 0.0
        self._random = random.Random(0)  # noqa: S311
        self._random_kinds: tuple[FaultKind, ...] = KINDS
        self._random_methods: frozenset[str] = frozenset()
        self._over = asyncio.Event()

    def plan(self, kind: FaultKind, method: str = "*", *, count: int = 1, after: bool = False, retry_after: int = 1) -> None:
        """The next `count` calls of the method fail this way."""
        if kind not in KINDS:
            raise ValueError(f"fault kind is {kind!r}; expected one of {', '.join(KINDS)}")
        self._planned.append(Fault(kind, method.lower(), count, after, retry_after))

    def at_random(
        self,
        rate: float,
        *,
        seed: int = 0,
        kinds: Collection[FaultKind] = KINDS,
        methods: Collection[str] = (),
    ) -> None:
        """From now on this share of calls fails, before or after their effect.

        methods: which calls may; none given: all.
        """
        self._rate, self._random = rate, random.Random(seed)  # noqa: S311
        self._random_kinds = tuple(kinds)
        self._random_methods = frozenset(method.lower() for method in methods)

    def end_planned(self) -> None:
        """No more planned faults; requests that hang go on hanging."""
        self._planned.clear()

    def clear(self) -> None:
        """No more faults; hanging requests are let go."""
        self._planned.clear()
        self._rate = self.latency = self.jitter = 0.0
        self.latency_of.clear()
        self._over.set()
        self._over = asyncio.Event()

    def delay(self, method: str) -> float:
        """Seconds that the next request is under way."""
        return self.latency + self.latency_of.get(method, 0.0) + self._random.uniform(0, self.jitter)

    def draw(self, method: str) -> Fault | None:
        """The fault that this call has to suffer."""
        fault = self._planned_for(method) or self._random_for(method)
        if fault:
            self.happened.append(f"{method} {fault.kind} {'after' if fault.after else 'before'}")
            del self.happened[:-REMEMBERED]
        return fault

    def _planned_for(self, method: str) -> Fault | None:
        for fault in self._planned:
            if fault.method in ("*", method):
                fault.left -= 1
                if not fault.left:
                    self._planned.remove(fault)
                return fault
        return None

    def _random_for(self, method: str) -> Fault | None:
        if self._random_methods and method not in self._random_methods:
            return None
        if self._random.random() >= self._rate:
            return None
        return Fault(self._random.choice(self._random_kinds), after=self._random.random() < 0.5)

    async def break_answer(self, fault: Fault, request: web.Request, body: bytes) -> web.StreamResponse:
        """The broken answer. `body` is what would have been said."""
        if fault.kind == "429":
            return web.json_response(too_many(fault.retry_after).to_json(), status=429)
        if fault.kind == "500":
            return web.json_response({"ok": False, "error_code": 500, "description": "Internal Server Error"}, status=500)
        if fault.kind == "502":
            return web.Response(text=HTML, status=502, content_type="text/html")
        if fault.kind == "bad_json":
            return web.Response(body=body[: len(body) // 2], content_type="application/json")
        if fault.kind == "truncated":
            return await _truncate(request, body)
        if fault.kind == "hang":
            await self._over.wait()
        return _reset(request)


async def _truncate(request: web.Request, body: bytes) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    return _reset(request, response)


def _reset(request: web.Request, response: web.StreamResponse | None = None) -> web.StreamResponse:
    if request.transport:
        request.transport.abort()
    return response or web.Response()
