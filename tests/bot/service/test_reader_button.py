"""The button of the reader: on every card with quotes, in a form that its chat takes, and nowhere without a public address."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.contract.actions import Around, QuoteId, Same, Single, Star, Tools
from bot.contract.callback import encode, quote_id
from bot.contract.reader_links import started_with
from bot.contract.reply import Button, Reply
from bot.contract.response import Asker, Response
from bot.service import Content, SpeechService
from bot.settings.library import Library
from bot.state.store import Store
from retrieval import by_id
from tests.bot.service.test_every_reply import MOST_TAPS, QUESTIONS, STARTS, Untapped
from tests.kit.seen import Clock, Inspector, buttons, data, only, quoted, replies

PLACE = "https://read.example"
PRIVATE, GROUP, INLINE = Asker(7, 7), Asker(7, -40, "group"), Asker(7, 0)


@pytest.fixture
def reading(world: Content, store: Store, clock: Clock) -> SpeechService:
    """The service with a public address and a name."""
    service = SpeechService(world, store, clock=clock, choose=lambda items: items[0], public_url=PLACE)
    service.introduce("quotes_bot")
    return service


def reader(reply: Reply) -> Button:
    """The one button of the reader."""
    (button,) = (b for b in buttons(reply) if b.label == "原文")
    return button


def opened(button: Button) -> list[QuoteId]:
    """The quotes that a button lights up."""
    if button.web_app:
        parts = urlsplit(button.web_app)
        quotes = [quote_id(quote) for quote in parse_qs(parts.query)["q"][0].split(",")]
        assert parts.path == f"/read/{quotes[0].speech}"
        return quotes
    assert button.url
    return list(started_with(button.url.removeprefix("https://t.me/quotes_bot?startapp=")))


Card = Callable[[SpeechService, Library, Asker], Response]
CARDS: dict[str, Card] = {
    "answer": lambda service, _, who: service.question(who, "劳模精神是什么"),
    "answer that is only near": lambda service, _, who: service.question(who, "学校怎么培养工匠"),
    "wording": lambda service, _, who: service.question(who, "“榜样的力量是无限的”出自哪里"),
    "several questions": lambda service, _, who: service.question(who, "工会是干什么的？工匠精神怎么说？"),
    "part": lambda service, _, who: service.question(who, "3.2"),
    "paragraph": lambda service, _, who: service.question(who, "第六篇最后一段"),
    "random": lambda service, _, who: service.command(who, "random", ""),
    "compare": lambda service, _, who: service.command(who, "compare", "改革创新"),
    "material": lambda service, _, who: service.command(who, "material", "工会"),
    "single": lambda service, library, who: tapped(service, library, who, Single),
    "around": lambda service, library, who: tapped(service, library, who, Around),
    "tools": lambda service, library, who: tapped(service, library, who, Tools),
}


def tapped(service: SpeechService, library: Library, who: Asker, kind: type[Single | Around | Tools | Star | Same]) -> Response:
    return service.tap(who, encode(kind(quote_id(library.shareable[0].id)), library.fingerprint))


@pytest.mark.parametrize("who", [PRIVATE, GROUP], ids=["private", "group"])
@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())
def test_every_card_with_quotes_opens_them(reading: SpeechService, library: Library, card: Card, who: Asker) -> None:
    reply = only(card(reading, library, who))
    Inspector(library).check(reply)
    button = reader(reply)
    assert (button.web_app is None) is (who is GROUP)
    assert (button.url is None) is (who is PRIVATE)
    shown = [by_id(library.corpus, str(quote)).text for quote in opened(button)]
    assert any(words in place or place in words for words in quoted(reply) for place in shown)


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())
def test_without_a_public_address_the_rows_are_as_before(
    service: SpeechService, reading: SpeechService, library: Library, card: Card
) -> None:
    service.introduce("quotes_bot")
    plain, reply = only(card(service, library, PRIVATE)), only(card(reading, library, PRIVATE))
    rows = [[b.label for b in row if b.label != "原文"] for row in reply.buttons]
    assert [[b.label for b in row] for row in plain.buttons] == rows  # no row more: no card is taller


def test_a_link_needs_the_name_of_the_bot(world: Content, store: Store, clock: Clock) -> None:
    nameless = SpeechService(world, store, clock=clock, public_url=PLACE)
    assert not [b for b in buttons(only(nameless.question(GROUP, "劳模精神是什么"))) if b.label == "原文"]


def test_the_chosen_quote_is_the_one_that_opens(reading: SpeechService) -> None:
    card = only(reading.question(PRIVATE, "劳模精神是什么"))
    second = only(reading.tap(PRIVATE, data(card, "②")))
    assert opened(reader(card)) != opened(reader(second))


def test_favourites_open_together(reading: SpeechService, library: Library) -> None:
    for shared in library.shareable[:2]:
        reading.tap(PRIVATE, encode(Star(quote_id(shared.id)), library.fingerprint))
    card = only(reading.command(PRIVATE, "saved", ""))
    Inspector(library).check(card)
    assert {str(quote) for quote in opened(reader(card))} == {shared.id for shared in library.shareable[:2]}
    assert len(card.buttons) == 2
    empty = only(reading.command(Asker(8, 8), "saved", ""))
    assert not [b for b in buttons(empty) if b.label == "原文"]


def test_a_card_that_turns_pages_or_compares_versions_opens_what_it_shows(reading: SpeechService, library: Library) -> None:
    card = only(reading.command(PRIVATE, "compare", "工会"))
    kept = next(button for button in buttons(card) if button.label == "一句话怎么变的")
    versions = only(reading.tap(PRIVATE, kept.data or ""))
    Inspector(library).check(versions, verbatim=False)
    assert opened(reader(versions))


def test_in_somebody_elses_chat_it_is_a_link(reading: SpeechService, library: Library) -> None:
    inspector = Inspector(library)
    for result in reading.inline(INLINE, "劳模", "").results:
        inspector.check(result.message)
        assert opened(reader(result.message)) == [quote_id(result.id)]
    guest = reading.guest(INLINE, "劳模精神是什么")
    assert guest is not None
    assert reader(guest.message).url
    shown = only(reading.tap(INLINE, encode(Single(quote_id(library.shareable[0].id)), library.fingerprint)))
    assert reader(shown).url


def test_a_daily_quote_opens(reading: SpeechService, library: Library, clock: Clock) -> None:
    reading.command(PRIVATE, "daily", "8:00")
    clock.now += 2 * 86400
    ((chat, _, (card,)),) = reading.due(clock())
    assert chat == 7
    assert reader(card).web_app
    Inspector(library).check(card)


def test_traditional_readers_tell_the_two_buttons_apart(reading: SpeechService) -> None:
    reading.command(PRIVATE, "settings", "")
    card = only(reading.command(PRIVATE, "settings", ""))
    reading.tap(PRIVATE, data(card, "臺灣"))
    answer = only(reading.question(PRIVATE, "劳模精神是什么"))
    labels = [b.label for b in buttons(answer)]
    assert labels.count("原文") == 1
    assert "簡體原文" in labels


def test_the_first_row_fits_a_telephone_in_both_languages(reading: SpeechService) -> None:
    for language in ("zh", "en"):
        first = only(reading.question(Asker(7, 7, "private", language), "劳模精神是什么")).buttons[1]
        assert len(first) == 4
        assert max(len(b.label) + sum(sign > "⺀" for sign in b.label) for b in first) <= 10, [b.label for b in first]


def test_a_link_back_into_the_chat_makes_the_quote_what_is_spoken_of(reading: SpeechService, library: Library) -> None:
    quote = library.shareable[0]
    payload = "q" + quote.id.replace(".", "_")
    assert quote.text in only(reading.command(PRIVATE, "start", payload)).text
    asked = only(reading.question(PRIVATE, "这是哪一年讲的"))
    assert f"第{quote.source.speech}篇" in asked.text
    said = [reply.text for reply in replies(reading.question(PRIVATE, "整段发我"))]
    assert quote.text in "".join(said)


@pytest.mark.slow
@pytest.mark.parametrize("who", [PRIVATE, GROUP, Asker(7, 7, "private", "en")], ids=["private", "group", "english"])
def test_no_card_with_a_quote_is_without_it(reading: SpeechService, library: Library, who: Asker) -> None:
    """Walks the buttons of all cards."""
    inspector, untapped, seen = Inspector(library), Untapped(), 0
    answers = [reading.command(who, *start) for start in STARTS] + [reading.question(who, asked) for asked in QUESTIONS]
    for _ in range(MOST_TAPS):
        for reply in (reply for answer in answers for reply in replies(answer)):
            inspector.check(reply)
            found = [button for button in buttons(reply) if button.label in ("原文", "Read")]
            assert len(found) <= 1
            assert found or not quoted(reply), reply
            seen += len(found)
            for button in buttons(reply):
                if button.data and button.data[0] not in "LNTBREXisj":
                    untapped.see(button.data)
        following = untapped.next()
        answers = [reading.tap(who, following)] if following else []
    assert seen > MOST_TAPS / 4
