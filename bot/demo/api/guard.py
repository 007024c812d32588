"""Keeps other web pages away from the chat page's interface: the browser says who asks, and is checked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def is_trusted(request: web.Request) -> bool:
    """False for a foreign host name (DNS rebinding) and for requests that another site's page makes."""
    if request.host.rpartition(":")[0] not in NAMES:
        return False
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return False
    return request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses untrusted requests outside the Bot API, whose paths hold the secret token."""
    if request.path.startswith(("/bot", "/file/")):
        return await handler(request)
    if not is_trusted(request):
        raise web.HTTPForbidden(text="only the page at this address may ask\n")
    return await handler(request)


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """The same strict headers on everything."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
