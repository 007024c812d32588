"""Pictures of the speeches: drawn later, in a thread, and kept for the next who asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from math import nan

from bot.contract.actions import Cloud, Picture
from bot.contract.place_actions import CountPicture
from bot.contract.reply import File
from bot.contract.response import Response
from bot.contract.text_builder import CAPTION, TextBuilder
from bot.service import cards, literal_cards
from bot.service.context import Context, Declined, without_files
from bot.service.kept_texts import kept_text
from bot.service.place_walk import short_wording
from bot.service.quote_text import cited_place, command, source_line
from retrieval import by_speech, keywords, theme_map

KEPT = 64  # pictures of each kind, 82 to 384 kB each: 25 MB at most
MAPS = 4  # for two languages, before and after /reload
WORDS = 60  # of the 80 that a cloud can hold: the smallest stay readable on a telephone
LARGEST = 6  # words that are named below a cloud, chosen: a line of a phone
BARS = 40  # speeches on a chart of counts, as many as count_bars takes
COLUMNS = 12  # speeches on a map, as many as heat_map takes

Draw = Callable[[], bytes]


@lru_cache(maxsize=KEPT)
def _quote_card(words: str, source: str, by: str, language: str) -> bytes:
    from bot.pictures import quote_card  # Pillow takes 0.1 s to load, and most answers need none

    return quote_card(words, source, by, language)


@lru_cache(maxsize=KEPT)
def _word_cloud(words: tuple[tuple[str, float], ...], title: str) -> bytes:
    from bot.pictures import word_cloud

    return word_cloud(words, title)


@lru_cache(maxsize=MAPS)
def _heat_map(rows: tuple[str, ...], columns: tuple[str, ...], values: tuple[tuple[float, ...], ...], title: str) -> bytes:
    from bot.pictures import heat_map

    return heat_map(rows, columns, values, title)


@lru_cache(maxsize=KEPT)
def _count_bars(labels: tuple[str, ...], amounts: tuple[tuple[int, int], ...], names: tuple[str, str], title: str) -> bytes:
    from bot.pictures import count_bars

    return count_bars(labels, [text for text, _ in amounts], [headings for _, headings in amounts], names, title)


def quote(context: Context, action: Picture, said: str = "") -> Response:
    """A quote as a picture, with what is `said` above its source. One too long is refused, with the most characters it may have."""
    _needs_chat(context)
    found = cards.quote_of(context, action.quote)
    words = context.style.shown(found.text)
    source, by = context.style.shown(cited_place(found.source, context.say)), f"@{context.username}" if context.username else ""
    language = context.say.language
    caption = "\n".join(filter(None, (said, f"{source_line(found.source, context.say)} {command(found.source)}")))
    return drawn_later(context, lambda: _quote_card(words, source, by, language), caption, "quote.png", lambda: words)


def cloud_command(context: Context, argument: str) -> Response:
    """The words that set the named speech apart."""
    references = context.library.engine.reader.understand(argument).references if argument else ()
    if not references:
        return Response((TextBuilder().line(context.say("cloud.which")).reply(*cards.speech_buttons(context, Cloud)),))
    return cloud(context, Cloud(references[0].number))


def cloud(context: Context, action: Cloud) -> Response:
    """The words that set a speech apart. Raises UnknownReference."""
    _needs_chat(context)
    numbered = context.library.corpus.speech(action.speech)
    engine = context.library.engine
    shown = context.style.shown
    title = shown(context.say("source.speech", number=numbered.number, title=numbered.entry.short or numbered.title))

    @cache
    def words() -> tuple[tuple[str, float], ...]:
        found = keywords(engine.corpus, action.speech, engine.reader.segmenter, WORDS)
        return tuple((shown(word), weight) for word, weight in found)

    caption = context.say("cloud.caption", title=title)
    cloud_of = lambda: _word_cloud(words(), title)  # noqa: E731
    largest = lambda: context.say("cloud.largest", words="、".join(word for word, _ in words()[:LARGEST]))  # noqa: E731
    return drawn_later(context, cloud_of, caption, "cloud.png", lambda: "　".join(word for word, _ in words()), largest)


def heat_map(context: Context, _argument: str) -> Response:
    """How much each speech says about each theme."""
    _needs_chat(context)
    corpus, themes = context.library.corpus, context.behaviour.themes
    columns = tuple(context.say("button.speech", number=n.number) for n in corpus.speeches)
    title = context.say("map.title")
    names = tuple(map(context.style.shown, themes))

    def draw() -> bytes:
        values = tuple(tuple(v or nan for v in row) for row in theme_map(corpus, themes))
        return _heat_map(names, columns[:COLUMNS], tuple(row[:COLUMNS] for row in values), title)

    return drawn_later(context, draw, context.say("map.caption"), "map.png")


def counts(context: Context, action: CountPicture) -> Response:
    """How often a wording stands in each speech, in time order; of very many speeches in those that have it most."""
    _needs_chat(context)
    wording = kept_text(context, action.wording)
    places = context.library.engine.exact.look_up(wording).places
    whole, headings = (by_speech(context.library.corpus, found) for found in (places, [place for place in places if place.heading]))
    most = sorted(whole, key=lambda number: -whole[number])[:BARS]
    shown = [numbered for numbered in literal_cards.in_time(context) if numbered.number in most]
    labels = tuple(f"{literal_cards.dated_name(context, n)} {n.entry.place}".rstrip() for n in shown)
    amounts = tuple((whole[n.number] - headings[n.number], headings[n.number]) for n in shown)
    title = context.say("walk.chart", wording=short_wording(wording), count=len(places))
    names = context.say("walk.in_text"), context.say("walk.in_headings")
    said = "\n".join([title, *literal_cards.headings_line(context, places)])
    bars = lambda: "\n".join(literal_cards.bars(context, places))  # noqa: E731
    return drawn_later(context, lambda: _count_bars(labels, amounts, names, title), said, "count.png", bars)


def _needs_chat(context: Context) -> None:
    if not context.in_chat:
        raise Declined("tap.only_in_chat")


def drawn_later(
    context: Context, draw: Draw, caption: str, name: str, instead: Callable[[], str] = str, below: Callable[[], str] = str
) -> Response:
    """A picture for a thread to draw. instead: what it says in words, for chats where no pictures are allowed. below: a further line."""

    def work() -> Response:
        from bot.pictures import PictureError, TooLong

        try:
            content = draw()
        except TooLong as long:
            return Response((TextBuilder().line(context.say("picture.too_long", limit=long.limit)).reply(),))
        except PictureError:
            return Response((TextBuilder().line(context.say("picture.empty")).reply(),))
        said = "\n".join(filter(None, (caption, below())))
        file = File("photo", name, content, without_files(context, instead(), said))
        return Response((TextBuilder().add(said[:CAPTION]).reply(file=file),))

    return Response(toast=context.say("picture.wait"), later=work)
