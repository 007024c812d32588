"""The pages' questions about a person: nothing without Telegram's signature; the same favourites and settings as in the chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing

import aiohttp
import pytest
from aiohttp import web

from bot.cli.database import SCHEMAS
from bot.contract.actions import QuoteId, Star
from bot.contract.callback import encode, quote_id
from bot.contract.reader_links import LONGEST_PARAM, start_param, started_with
from bot.contract.reader_person import ReaderDeclined
from bot.contract.response import Asker
from bot.edge.init_data import OLDEST
from bot.edge.reader_api import LARGEST_BODY, ReaderApi
from bot.service import Content, ReaderWishes, SpeechService
from bot.service.reader_wishes import A_MINUTE
from bot.settings.library import Library
from bot.state import saved
from bot.state.store import Store, open_store
from bot.state.store_error import StoreUnreachable
from tests.kit.opened_app import NOW, TOKEN, init_data
from tests.kit.seen import Clock, only

PERSON = Asker(7, 7, "private", "zh")


@pytest.fixture
def wishes(world: Content, store: Store) -> ReaderWishes:
    service = SpeechService(world, store, clock=Clock(NOW))
    service.introduce("quotes_bot")
    return ReaderWishes(service)


@asynccontextmanager
async def served(wishes: object) -> AsyncIterator[str]:
    """The address of a web server that has the routes and a page /read."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(text="page")

    app = web.Application()
    ReaderApi(lambda: wishes, TOKEN, Clock(NOW)).add_routes(app)  # type: ignore[arg-type, return-value]
    app.router.add_get("/read", page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


class Page:
    """A page that asks, with what Telegram told it."""

    def __init__(self, session: aiohttp.ClientSession, address: str, data: str | None) -> None:
        self._session = session
        self._address = address
        self._headers = {} if data is None else {"Authorization": f"tma {data}"}

    async def ask(self, method: str, path: str, **how: object) -> tuple[int, dict[str, object]]:
        """Status and JSON; nothing of a person's is kept on the way."""
        async with self._session.request(method, f"{self._address}/read/api/{path}", headers=self._headers, **how) as response:  # type: ignore[arg-type]
            assert response.headers["Cache-Control"] == "no-store"
            return response.status, await response.json()


@asynccontextmanager
async def page_of(wishes: object, data: str | None) -> AsyncIterator[Page]:
    async with served(wishes) as address, aiohttp.ClientSession() as session:
        yield Page(session, address, data)


def quote_in(library: Library) -> str:
    return library.shareable[0].id


REFUSED = [
    ("none", None),
    ("empty", ""),
    ("another bot's", init_data("1:other")),
    ("too old", init_data(auth_date=str(int(NOW) - OLDEST - 1))),
    ("altered", init_data().replace("auth_date=1", "auth_date=2")),
    ("twice", init_data() + "&" + init_data()),
    ("no person's", init_data(user="")),
]


@pytest.mark.parametrize(("case", "data"), REFUSED, ids=[row[0] for row in REFUSED])
async def test_without_what_telegram_signed_nothing_of_a_person_is_told_or_done(
    wishes: ReaderWishes, library: Library, store: Store, case: str, data: str | None
) -> None:
    wishes.save(PERSON, quote_in(library))
    async with page_of(wishes, data) as page:
        for method, path in (("GET", "me"), ("PUT", "saved/1.20.30"), ("DELETE", f"saved/{quote_in(library)}")):
            assert await page.ask(method, path) == (403, {"error": "open this page from the chat again"}), case
        assert (await page.ask("PUT", "settings", json={"language": "en"}))[0] == 403
    with store.reading() as memory:
        assert [one.quote for one in saved.of(memory, 7)] == [quote_in(library)]
    assert wishes.person(PERSON).language == "zh"


async def test_another_scheme_and_two_headers_are_refused(wishes: ReaderWishes) -> None:
    async with served(wishes) as address, aiohttp.ClientSession() as session:
        for headers in ([("Authorization", init_data())], [("Authorization", f"Bearer {init_data()}")],
                        [("Authorization", f"tma {init_data()}")] * 2):  # fmt: skip
            async with session.get(f"{address}/read/api/me", headers=headers) as response:
                assert response.status == 403


async def test_a_favourite_of_the_page_is_one_of_the_chat_and_the_other_way_round(
    wishes: ReaderWishes, world: Content, store: Store, library: Library
) -> None:
    first, second = library.shareable[:2]
    chat = SpeechService(world, store, clock=Clock(NOW + 1))
    async with page_of(wishes, init_data()) as page:
        for _ in range(2):  # twice is once
            status, known = await page.ask("PUT", f"saved/{first.id}")
            assert (status, known["saved"]) == (200, [first.id])
        assert first.text in only(chat.command(PERSON, "saved", "")).text
        chat.tap(PERSON, encode(Star(quote_id(second.id)), library.fingerprint))
        assert (await page.ask("GET", "me"))[1]["saved"] == [second.id, first.id]
        for _ in range(2):
            assert (await page.ask("DELETE", f"saved/{first.id}"))[1]["saved"] == [second.id]
        assert first.text not in only(chat.command(PERSON, "saved", "")).text


async def test_what_stands_nowhere_is_not_saved(wishes: ReaderWishes) -> None:
    async with page_of(wishes, init_data()) as page:
        for quote in ("99.1.2", "1.2.1", "1.5.5", "1.1.999999999", "0.0.1"):
            status, said = await page.ask("PUT", f"saved/{quote}")
            assert (status, said) == (404, {"error": "这个按钮指向的内容已经不在了。"}), quote


async def test_there_are_as_many_favourites_as_in_the_chat(wishes: ReaderWishes, store: Store, library: Library) -> None:
    with store.quick() as memory:
        for n in range(saved.MOST):
            saved.add(memory, 7, f"1.{n}.{n + 1}", "词", NOW)
    async with page_of(wishes, init_data()) as page:
        status, said = await page.ask("PUT", f"saved/{quote_in(library)}")
        assert (status, str(saved.MOST) in str(said["error"])) == (409, True)


async def test_settings_are_those_of_the_private_chat(wishes: ReaderWishes, world: Content, store: Store) -> None:
    async with page_of(wishes, init_data()) as page:
        assert (await page.ask("GET", "me"))[1] == {"language": "zh", "script": "", "saved": [], "bot": "quotes_bot"}
        assert (await page.ask("PUT", "settings", json={"script": "tw"}))[1]["script"] == "tw"
        known = (await page.ask("PUT", "settings", json={"language": "en"}))[1]
        assert (known["language"], known["script"]) == ("en", "tw")
        assert (await page.ask("PUT", "settings", json={"script": ""}))[1]["script"] == ""
    assert "Settings" in only(SpeechService(world, store).command(PERSON, "settings", "")).text


NO_SETTINGS = ["", "{", "[]", "{}", '{"language": 1}', '{"theme": "dark"}', '{"language": "en", "x": ""}', "[" * LARGEST_BODY,
               '{"language": "' + "e" * LARGEST_BODY + '"}']  # fmt: skip


@pytest.mark.parametrize("body", NO_SETTINGS, ids=range(len(NO_SETTINGS)))
async def test_what_is_no_setting_is_refused(wishes: ReaderWishes, body: str) -> None:
    async with page_of(wishes, init_data()) as page:
        assert (await page.ask("PUT", "settings", data=body))[0] == 400


@pytest.mark.parametrize("chosen", [{"language": "fr"}, {"script": "cn"}])
async def test_a_setting_that_there_is_not_is_not_chosen(wishes: ReaderWishes, chosen: dict[str, str]) -> None:
    async with page_of(wishes, init_data()) as page:
        assert (await page.ask("PUT", "settings", json=chosen))[0] == 404
    assert (wishes.person(PERSON).language, wishes.person(PERSON).script) == ("zh", "")


async def test_who_asks_too_fast_waits(wishes: ReaderWishes) -> None:
    async with page_of(wishes, init_data()) as page:
        statuses = [(await page.ask("GET", "me"))[0] for _ in range(A_MINUTE + 2)]
    assert statuses == [200] * A_MINUTE + [429] * 2


async def test_while_the_database_is_away_the_page_is_told() -> None:
    class Away:
        def person(self, _: Asker) -> None:
            raise StoreUnreachable("away")

    async with page_of(Away(), init_data()) as page:
        assert await page.ask("GET", "me") == (503, {"error": "try again in a moment"})


async def test_a_link_that_opens_the_bot_leads_to_its_quotes_and_keeps_the_fragment(wishes: ReaderWishes) -> None:
    async with served(wishes) as address, aiohttp.ClientSession() as session:

        async def led(param: str) -> str | None:
            query = {"tgWebAppStartParam": param}
            async with session.get(f"{address}/read", params=query, allow_redirects=False) as response:
                return response.headers.get("Location")

        assert await led("q7_1441_1490-q2_10_20") == "/read/7?q=7.1441.1490,2.10.20"
        for other in ("", "settings", "q7", "q7_1_2-", "q7_1_2\n", "q٧_1_2", "//evil.example", "q1_1_1-" * 100):
            assert await led(other) is None, other


def test_a_link_holds_as_many_quotes_as_there_is_room_for() -> None:
    many = [QuoteId(7, n, n + 40) for n in range(1000, 1100)]
    param = start_param(many)
    assert LONGEST_PARAM - 15 < len(param) <= LONGEST_PARAM
    assert started_with(param) == tuple(many[: len(started_with(param))])


@pytest.mark.slow
def test_what_is_wished_at_once_is_done_once(world: Content, database_url: str, library: Library) -> None:
    with closing(open_store(database_url, SCHEMAS)) as store:
        wishes = ReaderWishes(SpeechService(world, store, clock=Clock(NOW)))
        quotes = [quote.id for quote in library.shareable[:3]]
        with store.quick() as memory:
            for n in range(saved.MOST - 2):
                saved.add(memory, 7, f"1.{n}.{n + 1}", "词", NOW)
        with ThreadPoolExecutor(8) as threads:
            wished = [threads.submit(wishes.save, PERSON, quote) for quote in quotes for _ in range(8)]
            wished += [threads.submit(wishes.choose, PERSON, language="en") for _ in range(8)]
        declined = [done.exception() for done in wished if done.exception()]
        assert {type(error) for error in declined} == {ReaderDeclined}  # there is room for two of the three
        with store.reading() as memory:
            assert saved.count(memory, 7) == saved.MOST
        assert wishes.person(PERSON).language == "en"
