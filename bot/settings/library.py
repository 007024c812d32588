"""The speeches with their engine: as an earlier start kept them, or built now."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings.allocation import give_back
from bot.settings.apart import done_apart
from bot.settings.config import HERE, Settings
from bot.settings.index_cache import Sources, keep, kept, sources
from bot.settings.large_library import index_folder, open_large
from retrieval import Corpus, Quote, Span, Stored, corpus_from_json, quote

if TYPE_CHECKING:
    from bot.settings.meanings import Making, Told
    from retrieval import Engine, LargeEngine  # with numpy, which what only shows speeches does without

FEW = 2000  # passages of a collection, chosen: whether its sentences stand alone is seen in .1 s, and each is shown before one comes again
DRAWN, OFFERED = 12, 50  # sentences of more that are drawn for one card, for the list of an empty inline query, chosen
TRIED = 400  # passages that are looked at for them, or paragraphs with a word, chosen: of the reports one in three has such a sentence
LOOKED_AT = 20  # speeches, chosen: six are bundled, and stand first


@cache
def bundled_files() -> frozenset[str]:
    """The names of the files that are bundled."""
    return frozenset(path.name for path in (HERE / "seeds" / "speeches").glob("*.txt"))


APART = 200_000  # characters, from which on an index is built by a process of its own: that of a million takes 270 MB, open it has 90

WorthyPlace = tuple[int, int, int]  # number of a speech, start and end


@dataclass(frozen=True)
class Speeches:
    """The speeches, to be shown but not searched; immutable. worthy: places of the quotes worth showing alone."""

    corpus: Corpus
    worthy: Collection[WorthyPlace]

    @cached_property
    def fingerprint(self) -> str:
        """12 hexadecimal digits over the speeches."""
        return self.corpus.fingerprint

    @cached_property
    def has_others(self) -> bool:
        """Whether there are other speeches than the bundled ones."""
        first = self.corpus.numbers[:LOOKED_AT]
        return any(self.corpus.speech(number).speech.file not in bundled_files() for number in first)

    @cached_property
    def shareable(self) -> tuple[Quote, ...]:
        """The quotes worth showing alone."""
        return tuple(quote(self.corpus, speech, Span(start, end)) for speech, start, end in self.worthy)

    def shareable_of(self, speech: int) -> tuple[str, ...]:
        """Ids of the quotes of a speech that are worth showing alone; 0: of all speeches."""
        return self._shareable_by_speech.get(speech, ())

    def some_shareable(self, most: int) -> Sequence[Quote]:
        """The first of the quotes worth showing alone; of a large collection some, others each time."""
        return self.shareable[:most]

    def shareable_about(self, word: str) -> tuple[str, ...]:
        """Ids of the quotes worth showing alone that hold a word."""
        return tuple(shown.id for shown in self.shareable if word in shown.text)

    @cached_property
    def _shareable_by_speech(self) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {0: tuple(shown.id for shown in self.shareable)}
        for shown in self.shareable:
            found[shown.source.speech] = (*found.get(shown.source.speech, ()), shown.id)
        return found


@dataclass(frozen=True)
class Library(Speeches):
    """Everything that is known about the speeches at one moment. folder: where they lie. making: vectors that are still being made.

    asked: what people ask of passages, by their numbers, that a model reads; the index has the rest.
    """

    engine: Engine
    folder: Path
    asked: dict[int, tuple[str, ...]]
    making: Making | None = None


@dataclass(frozen=True)
class LargeLibrary(Library):
    """That of a large collection, of whose quotes some are drawn, others each time; of a small one all are looked at. chance: draws."""

    engine: LargeEngine
    chance: random.Random = field(default_factory=random.Random, compare=False)

    @cached_property
    def shareable(self) -> tuple[Quote, ...]:
        """Quotes worth showing alone: all of few passages, of more some that stay the same."""
        return self._quotes([*self.worthy] if self._are_few else self._drawn(OFFERED))

    def shareable_of(self, speech: int) -> tuple[str, ...]:
        """Ids of the quotes of a speech that are worth showing alone; 0: of all speeches, of many passages some."""
        if speech:
            return _ids(self.engine.alone.of_speech(speech)) if speech in self.engine.directory.by_number else ()
        return _ids(self._all if self._are_few else self._drawn(DRAWN))

    def some_shareable(self, most: int) -> Sequence[Quote]:
        """Some of the quotes worth showing alone."""
        return self.shareable[:most] if self._are_few else self._quotes(self._drawn(min(most, DRAWN)))

    def shareable_about(self, word: str) -> tuple[str, ...]:
        """Ids of quotes worth showing alone that hold a word, of many some."""
        found = self.engine.alone_with(word, lambda of: self.chance.sample(range(of), min(of, TRIED)))
        return _ids(islice(found, DRAWN))

    def _drawn(self, count: int) -> list[WorthyPlace]:
        """So many sentences, each as likely as any other, but for those that begin in one passage; fewer where few stand alone."""
        passages = self.chance.sample(range(len(self.engine.passages)), min(len(self.engine.passages), TRIED))
        found = (place for passage in passages for place in self.engine.alone.beginning_in(passage))
        return list(islice(found, count))

    def _quotes(self, places: Iterable[WorthyPlace]) -> tuple[Quote, ...]:
        return tuple(quote(self.corpus, speech, Span(start, end)) for speech, start, end in places)

    @cached_property
    def _all(self) -> tuple[WorthyPlace, ...]:
        return tuple(self.engine.alone)

    @property
    def _are_few(self) -> bool:
        return len(self.engine.passages) <= FEW


def _ids(places: Iterable[WorthyPlace]) -> tuple[str, ...]:
    return tuple(f"{speech}.{start}.{end}" for speech, start, end in places)


def open_library(
    settings: Settings, speeches: Path | None = None, building: Callable[[], None] = lambda: None, told: Told | None = None
) -> Library:
    """The speeches with their engine, as an earlier start kept it, or read and built now, and kept.

    Those of the large collection that BOT_INDEX_URI names, where it does.
    speeches: another folder of speeches, for which entries, asks and checksums of ours count only where they fit.
    building: called before an engine is built, which takes two seconds, and twenty where its judge must be calibrated.
    told: how far the vectors of speeches without asks are, see `meanings.meaningful`.
    Raises ConfigError with all problems of all files.
    """
    from bot.settings.meanings import logged, meaningful

    index = None if speeches else index_folder(settings)
    if index:
        large = open_large(settings, index)
        return LargeLibrary(large.corpus, large.alone, large, index, {})
    library = _by_words(settings, speeches, building)
    engine, making = meaningful(settings, library.engine, told or logged, asked=library.asked)
    return replace(library, engine=engine, making=making)


def _by_words(settings: Settings, speeches: Path | None, building: Callable[[], None]) -> Library:
    folder = speeches or settings.seeds / "speeches"
    found = sources(settings, folder, bundled=speeches is None)
    library = _kept_library(settings, folder, found)
    if library:
        return library
    if found and sum(map(len, found.texts.values())) > APART:
        building()
        done_apart(_build, settings, speeches)
        library = _kept_library(settings, folder, found)
    return library or _build(settings, speeches, building)


def _build(settings: Settings, speeches: Path | None, building: Callable[[], None] = lambda: None) -> Library:
    """Built now, and kept, unless something was changed meanwhile."""
    folder = speeches or settings.seeds / "speeches"
    found = sources(settings, folder, bundled=speeches is None)
    library = _read(settings, speeches, building)
    if found and found == sources(settings, folder, bundled=speeches is None):
        keep(settings, found.key, stored_library(library))
    return library


def open_speeches(settings: Settings, speeches: Path | None = None) -> Speeches:
    """The speeches alone, for which no engine is built; `speeches` and errors as of `open_library`."""
    if not speeches and index_folder(settings):
        return open_library(settings)
    found = sources(settings, speeches or settings.seeds / "speeches", bundled=speeches is None)
    stored = kept(settings, found.key) if found else None
    shown = _speeches_of(stored, found.texts) if found and stored else None
    if shown:
        return shown
    from bot.settings.materials import gathered, worth_showing

    corpus = gathered(settings, speeches).corpus
    return Speeches(corpus, _places(worth_showing(settings, corpus)))


def _kept_library(settings: Settings, folder: Path, found: Sources | None) -> Library | None:
    stored = kept(settings, found.key) if found else None
    return library_of(stored, found.texts, folder) if found and stored else None


def library_of(stored: Stored, texts: dict[str, str], folder: Path) -> Library | None:
    """The library that `stored_library` told, over its texts; None if it is not of these."""
    from retrieval import opened_engine

    speeches = _speeches_of(stored, texts)
    engine = opened_engine(stored, speeches.corpus) if speeches else None
    if not (speeches and engine):
        return None
    asked = {int(number): tuple(asks) for number, asks in stored.values["asked"]}
    return Library(speeches.corpus, speeches.worthy, engine, folder, asked)


def _speeches_of(stored: Stored, texts: dict[str, str]) -> Speeches | None:
    """None if somebody else wrote it."""
    try:
        worthy = tuple((speech, start, end) for speech, start, end in stored.values["worthy"])
        return Speeches(corpus_from_json(stored.values["corpus"], texts), worthy)
    except (KeyError, TypeError, ValueError):
        return None


def _read(settings: Settings, speeches: Path | None, building: Callable[[], None]) -> Library:
    from bot.settings.materials import built, gathered, worth_showing  # what builds takes a tenth of a second to load
    from retrieval import asks_of

    materials = gathered(settings, speeches)
    building()
    give_back()
    worthy = _places(worth_showing(settings, materials.corpus))
    engine = built(settings, materials)
    asked = {number: tuple(asks) for number, asks in enumerate(asks_of(engine.passages, materials.read_by_model)) if asks}
    return Library(materials.corpus, worthy, engine, materials.folder, asked)


def _places(quotes: Iterable[Quote]) -> tuple[WorthyPlace, ...]:
    return tuple((shown.source.speech, *shown.source.span) for shown in quotes)


def stored_library(library: Library) -> Stored:
    """Everything but the texts, and the vectors of meaning."""
    from retrieval import corpus_to_json, stored_engine

    engine = stored_engine(library.engine)
    return Stored(
        engine.arrays,
        {**engine.values, "corpus": corpus_to_json(library.corpus), "worthy": library.worthy, "asked": [*library.asked.items()]},
    )
