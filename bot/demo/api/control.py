"""/people/...: driving the people over HTTP, for the chat page and for tests in another process."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.demo.api.faults import Faults
from bot.demo.api.server import BotApi, encode
from bot.demo.world.inline_results import InlineAnswer
from bot.demo.world.journal import Event
from bot.demo.world.parameters import Upload
from bot.demo.world.people import People
from bot.demo.world.refusal import Refusal
from bot.demo.world.telegram_state import Json
from bot.demo.world.view import event_view, message_view, results_view, state_view
from bot.demo.world.web_apps import app_address, main_page, page_of_button
from bot.demo.world.wire import user_json
from bot.demo.world.world import World

PAGE = Path(__file__).parent.parent / "page"
HEARTBEAT = b": \n\n"
MAX_ANSWERS = 200  # inline answers from which people may still choose, chosen, to bound memory
LONGEST_NUMBER = 11  # digits of a message's number; ids of queries are longer


class Control:
    """The HTTP side of People. Wrong requests get 400 and {"error"}."""

    def __init__(self, world: World, people: People, faults: Faults, api: BotApi, token: str) -> None:
        self._world = world
        self._people = people
        self._faults = faults
        self._api = api
        self._token = token
        self._answers: OrderedDict[str, InlineAnswer] = OrderedDict()

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/people/users", self._users)
        app.router.add_get("/people/state", self._state)
        app.router.add_get("/people/messages", self._messages)
        app.router.add_get("/people/wait", self._wait)
        app.router.add_get("/people/events", self._events)
        app.router.add_get("/people/counts", self._counts)
        app.router.add_get("/people/file/{file_id}", self._file)
        app.router.add_post("/people/send", self._acting(self._send))
        app.router.add_post("/people/edit", self._acting(self._edit))
        app.router.add_post("/people/tap", self._acting(self._tap))
        app.router.add_post("/people/vote", self._acting(self._vote))
        app.router.add_post("/people/open", self._acting(self._open))
        app.router.add_post("/people/choose", self._acting(self._choose))
        app.router.add_post("/people/user", self._acting(self._user))
        app.router.add_post("/people/block", self._acting(self._block))
        app.router.add_post("/people/unblock", self._acting(self._unblock))
        app.router.add_post("/people/group", self._acting(self._group))
        app.router.add_post("/people/migrate", self._acting(self._migrate))
        app.router.add_post("/people/fault", self._acting(self._fault))
        app.router.add_post("/people/faults", self._acting(self._random_faults))
        app.router.add_post("/people/inline", self._inline)
        app.router.add_post("/people/upload", self._upload)
        app.router.add_get("/", _page_file)
        app.router.add_get(r"/{name:[a-z]+\.(css|js|svg)}", _page_file)

    @staticmethod
    def _acting(act: Callable[[Json], Any]) -> Callable[[web.Request], Any]:
        async def handler(request: web.Request) -> web.Response:
            return _attempt(act, await _read(request))

        return handler

    # --- reading

    async def _users(self, _: web.Request) -> web.Response:
        """Everybody the page may chat as, the default first."""
        return _json([user_json(user) for user in self._world.state.users.values() if not user.is_bot])

    async def _state(self, request: web.Request) -> web.Response:
        """What the page shows of a person; who reads it in a browser has their client in that language."""

        def seen(query: Any) -> Json:
            user = int(query["user"])
            self._people.speak(user, request.headers.get("Accept-Language", ""))
            return state_view(user, self._world)

        return _attempt(seen, request.query)

    async def _messages(self, request: web.Request) -> web.Response:
        def read(query: Any) -> list[Json]:
            return [message_view(m, self._world) for m in self._people.messages(int(query["chat"]))]

        return _attempt(read, request.query)

    async def _wait(self, request: web.Request) -> web.Response:
        """?chat=&after=&kinds=message,edit[&subject=&timeout=]: the bot's first such act, or 408."""
        query = request.query
        try:
            event = await self._people.wait(
                int(query["chat"]),
                *query.get("kinds", "message").split(","),
                after=int(query.get("after", 0)),
                subject=_subject(query.get("subject", "")),
                within=float(query.get("timeout", 10)),
            )
        except TimeoutError:
            return _json({"error": "the bot did nothing of that kind in time"}, 408)
        return _json(event_view(event, self._world))

    async def _counts(self, _: web.Request) -> web.Response:
        """How often each method was answered with each status, and how many updates wait."""
        answered = {f"{method} {status}": n for (method, status), n in self._api.answered.items()}
        return _json({"answered": answered, "waiting": len(self._world.updates), "seq": self._world.journal.seq})

    async def _file(self, request: web.Request) -> web.Response:
        attachment = self._world.storage.find(request.match_info["file_id"])
        content = self._world.storage.content(request.match_info["file_id"])
        if attachment is None or content is None:
            raise web.HTTPNotFound
        if attachment.kind == "photo" and "download" not in request.query:
            return web.Response(body=content, content_type="image/png")
        disposition = f"attachment; filename*=UTF-8''{quote(attachment.name, safe='')}"
        headers = {"Content-Disposition": disposition}
        return web.Response(body=content, content_type="application/octet-stream", headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """?user=&after=: server-sent events of the chats this person is in."""
        user_id = int(request.query["user"])
        after = int(request.headers.get("Last-Event-ID") or request.query.get("after", "0"))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(HEARTBEAT)
        async for event in self._world.journal.follow(after):
            if self._concerns(event, user_id):
                data = encode(event_view(event, self._world)).decode()
                await response.write(f"id: {event.seq}\ndata: {data}\n\n".encode())
        return response

    def _concerns(self, event: Event, user_id: int) -> bool:
        chat = self._world.state.chats.get(event.chat_id)
        return chat is None or (chat.has(user_id) and (chat.kind != "private" or chat.id == user_id))

    # --- acting

    def _send(self, body: Json) -> Json:
        sent = self._people.send(body["user"], body["text"], chat_id=body.get("chat"), reply_to=body.get("reply_to"))
        return message_view(sent, self._world)

    def _edit(self, body: Json) -> Json:
        edited = self._people.edit(body["user"], body["message"], body["text"], chat_id=body.get("chat"))
        return message_view(edited, self._world)

    def _tap(self, body: Json) -> Json:
        """{"user", "chat", "message", "data"}; data need not be on the message: forged taps are possible."""
        message = self._people.messages_by_id(body.get("chat") or body["user"])[body["message"]]
        query = self._people.send_callback(body["user"], message, body["data"])
        return {"query": query.id, "after": query.seq}

    def _vote(self, body: Json) -> Json:
        """{"user", "chat", "message", "option"}: an answer to a poll."""
        message = self._people.messages_by_id(body.get("chat") or body["user"])[body["message"]]
        self._people.choose_option(body["user"], message, body["option"])
        return message_view(message, self._world)

    def _open(self, body: Json) -> Json:
        """{"user", "chat", "message", "url"} of a button, or {"user", "start"} of a link: the page's address; "theme": its colours."""
        user = self._world.state.users[body["user"]]
        theme = body.get("theme", {})
        if "start" in body:
            return {"url": app_address(main_page(body["start"]), user, self._token, self._world.now(), theme, start=body["start"])}
        message = self._people.messages_by_id(body.get("chat") or body["user"])[body["message"]]
        return {"url": app_address(page_of_button(message, body["url"]), user, self._token, self._world.now(), theme)}

    def _choose(self, body: Json) -> Json:
        answer = self._answers[body["query"]]
        sent = self._people.choose(body["user"], answer, body["result"], query_text=body.get("text", ""), chat_id=body["chat"])
        return message_view(sent, self._world)

    def _user(self, body: Json) -> Json:
        self._people.add_user(body["id"], body["name"], language=body.get("language", "zh-hans"))
        return state_view(body["id"], self._world)

    def _block(self, body: Json) -> Json:
        self._people.block(body["user"])
        return {}

    def _unblock(self, body: Json) -> Json:
        self._people.unblock(body["user"])
        return {}

    def _group(self, body: Json) -> Json:
        chat = self._people.add_group(body["title"], body["user"], *body.get("members", ()))
        return {"chat": chat.id}

    def _migrate(self, body: Json) -> Json:
        return {"chat": self._people.migrate(body["user"], body["chat"]).id}

    def _fault(self, body: Json) -> Json:
        self._faults.plan(**body)
        return {}

    def _random_faults(self, body: Json) -> Json:
        """{"rate", "seed", "kinds", "methods", "latency", "jitter"}; an empty body ends all faults."""
        if not body:
            self._faults.clear()
        self._faults.latency = float(body.pop("latency", 0))
        self._faults.jitter = float(body.pop("jitter", 0))
        if body:
            self._faults.at_random(**body)
        return {}

    async def _inline(self, request: web.Request) -> web.Response:
        """{"user", "text", "offset"}: the bot's results, or 408."""
        body = await _read(request)
        try:
            query = self._people.type_inline(body["user"], body["text"], offset=body.get("offset", ""))
            answer = await self._people.results(query, within=10)
        except TimeoutError:
            return _json({"error": "the bot did not answer"}, 408)
        except (KeyError, TypeError) as error:
            return _json({"error": repr(error)}, 400)
        self._answers[query.id] = answer
        if len(self._answers) > MAX_ANSWERS:
            self._answers.popitem(last=False)
        return _json(results_view(answer) | {"query": query.id})

    async def _upload(self, request: web.Request) -> web.Response:
        """?user=&chat=&kind=&name=&caption=&reply_to=, the file's bytes as the body."""
        content = await request.read()

        def act(query: Any) -> Json:
            upload = Upload(query.get("name", "file"), request.content_type, content)
            user, kind, caption = int(query["user"]), query.get("kind", "document"), query.get("caption", "")
            chat = int(query["chat"]) if "chat" in query else None
            reply_to = int(query["reply_to"]) if "reply_to" in query else None
            sent = self._people.send_file(user, kind, upload, chat_id=chat, caption=caption, reply_to=reply_to)
            return message_view(sent, self._world)

        return _attempt(act, request.query)


def _subject(value: str) -> int | str | None:
    """A message's number or a query's id, which is longer."""
    return int(value) if value and len(value) <= LONGEST_NUMBER else value or None


def _attempt(act: Callable[[Any], Any], body: Any) -> web.Response:
    try:
        return _json(act(body))
    except Refusal as refusal:
        return _json({"error": refusal.description}, 400)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        return _json({"error": str(error) or type(error).__name__}, 400)


def _json(value: Any, status: int = 200) -> web.Response:
    return web.Response(body=encode(value), status=status, content_type="application/json")


async def _read(request: web.Request) -> Json:
    """The JSON object of a request; a form, which a foreign page could post, is refused."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="expected application/json\n")
    try:
        body = await request.json()
    except json.JSONDecodeError as error:
        raise web.HTTPBadRequest(text=f"{error}\n") from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="expected a JSON object\n")
    return body


async def _page_file(request: web.Request) -> web.FileResponse:
    path = PAGE / request.match_info.get("name", "index.html")
    if not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path)
