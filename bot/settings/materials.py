"""What an engine is built of: read from seeds/ and config/, with every problem found."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.settings.collection import ASKS, entry_of, read_collections, reads_asks, wrong_originals
from bot.settings.config import Settings
from bot.settings.index_cache import KINDS, keep, kept, key_of
from bot.settings.yaml_file import ConfigError, YamlFields, load, rows
from retrieval import (
    NO_KINDS,
    Ask,
    Corpus,
    CorpusError,
    Engine,
    Entry,
    Group,
    MessageKinds,
    Quote,
    Unanswered,
    Words,
    build,
    data_fingerprint,
    kinds_learned,
    known_messages,
    opened_kinds,
    read,
    read_asks,
    read_judge,
    read_shareable,
    read_stored,
    read_unanswered,
    write_judge,
    write_stored,
)

CLASSIFIER, SHIPPED_KINDS = "classifier.bin", "kinds.bin"  # in seeds/
_TALKED = ("messages.jsonl", "asks.jsonl", "unanswered.jsonl")  # what kinds of messages are learned from
T = TypeVar("T")
MANY = 50  # asks of a passage from which their words find it, as those of the bundled speeches, which have 200, chosen


@dataclass(frozen=True, slots=True)
class Materials:
    """What an engine is built of. measured: the fingerprint of what seeds/judge.json has to be measured on.

    read_by_model: asks of own speeches that are not in the index, for a model finds more by them.
    """

    corpus: Corpus
    words: Words
    asks: tuple[Ask, ...]
    unanswered: Unanswered
    talk: Mapping[str, tuple[str, ...]]
    folder: Path
    measured: str
    read_by_model: tuple[Ask, ...] = ()


def gathered(settings: Settings, speeches: Path | None = None) -> Materials:
    """What the engine is built of. Raises ConfigError with all problems of all files."""
    materials, problems = gather(settings, speeches)
    if materials is None or problems:
        raise ConfigError(problems)
    return materials


def built(settings: Settings, materials: Materials) -> Engine:
    """With the judge and the classifier in seeds/ if they are of these data, else with what is measured and trained now."""
    corpus, asks, unanswered = materials.corpus, materials.asks, materials.unanswered
    judge = read_judge(settings.seeds / "judge.json", materials.measured)
    classifier = read_stored(settings.seeds / CLASSIFIER, materials.measured)
    return build(corpus, materials.words, asks, unanswered, judge, kinds=kinds_of(settings, materials), classifier=classifier)


def kinds_of(settings: Settings, materials: Materials) -> MessageKinds:
    """Those in seeds/ if they are of what lies beside them; else as they were learned before, or learned now, and kept."""
    if not materials.talk:
        return NO_KINDS
    with contextlib.suppress(KeyError, TypeError, ValueError):
        if shipped := read_stored(settings.seeds / SHIPPED_KINDS, _talked(settings)):
            return opened_kinds(shipped)
    learned_from = (dict(materials.talk), [ask.asks for ask in materials.asks], materials.unanswered)
    key = key_of(repr(learned_from))
    with contextlib.suppress(KeyError, TypeError, ValueError):
        if before := kept(settings, key, KINDS):
            return opened_kinds(before)
    kinds = kinds_learned(materials.talk, materials.asks, materials.unanswered)
    if key:
        keep(settings, key, kinds.stored, KINDS)
    return kinds


def _talked(settings: Settings) -> str:
    """16 hexadecimal digits over the files that kinds of messages are learned from."""
    digest = hashlib.sha256()
    for name in _TALKED:
        path = settings.seeds / name
        digest.update(hashlib.sha256(path.read_bytes() if path.exists() else b"").digest())
    return digest.hexdigest()[:16]


def worth_showing(settings: Settings, corpus: Corpus) -> tuple[Quote, ...]:
    """The quotes worth showing alone. Raises CorpusError."""
    return read_shareable(settings.seeds / "shareable.jsonl", corpus)


def calibrated(materials: Materials) -> Engine:
    """The engine of these data with a judge measured and a classifier trained now."""
    return build(materials.corpus, materials.words, materials.asks, materials.unanswered)


def is_calibrated(settings: Settings, materials: Materials) -> bool:
    """Whether judge, classifier and kinds of messages in seeds/ are of these data."""
    found = read_judge(settings.seeds / "judge.json", materials.measured), read_stored(settings.seeds / CLASSIFIER, materials.measured)
    return None not in (*found, read_stored(settings.seeds / SHIPPED_KINDS, _talked(settings)))


def keep_calibrated(settings: Settings, engine: Engine) -> None:
    """Enter its judge and its classifier as those of the data in seeds/, with the kinds of messages.

    Raises ConfigError when the data cannot be read, OSError.
    """
    materials = gathered(settings, None)
    measured = materials.measured
    write_judge(settings.seeds / "judge.json", measured, engine.judge)
    write_stored(settings.seeds / CLASSIFIER, measured, engine.found.classifier.stored(engine.passages))
    kinds = kinds_learned(materials.talk, materials.asks, materials.unanswered)
    write_stored(settings.seeds / SHIPPED_KINDS, _talked(settings), kinds.stored)


def gather(settings: Settings, speeches: Path | None = None) -> tuple[Materials | None, list[str]]:
    """What the engine is built of, and every problem found; None when there are no usable speeches.

    Without a folder of their own, those of seeds/ and beside them the collections that were brought in.
    """
    problems: list[str] = []
    folder = speeches or settings.seeds / "speeches"
    entries = read_entries(settings.config / "speeches.yaml", problems)
    words = read_words(settings.config, problems)
    if speeches is None:
        problems += wrong_checksums(settings.seeds / "SHA256SUMS")
    corpus = _tried(lambda: read(folder, entries, complete=speeches is None), problems)
    if corpus is None:
        return None, problems
    asks = _tried(lambda: read_asks(settings.seeds / "asks.jsonl", corpus.texts), problems) or ()
    unanswered = _tried(lambda: read_unanswered(settings.seeds / "unanswered.jsonl"), problems) or Unanswered()
    talk: Mapping[str, tuple[str, ...]] = _tried(lambda: known_messages(settings.seeds / "messages.jsonl"), problems) or {}
    _tried(lambda: read_shareable(settings.seeds / "shareable.jsonl", corpus), problems)
    bundled = Materials(corpus, words, asks, unanswered, talk, folder, data_fingerprint(corpus, asks, unanswered))
    if speeches is None:
        return _with_collections(settings, bundled, entries, problems), problems
    return bundled, problems


def _with_collections(settings: Settings, bundled: Materials, entries: Sequence[Entry], problems: list[str]) -> Materials | None:
    """The speeches that were brought in, and unless they are switched off the bundled ones, which the judge is measured on."""
    wanted, alone = settings.behaviour.collections, not settings.behaviour.bundled
    found = read_collections(settings.data_dir, problems, wanted)
    missing = set(wanted) - {collection.name for collection in found}
    problems += [f"bot.yaml: speeches: collections has {name!r}, which holds no speech; python -m bot add FILE --into" for name in missing]
    if not found and alone:
        problems.append("bot.yaml: speeches: bundled is false, and no speech was brought in; python -m bot add FILE")
        return None
    if not found:
        return bundled
    for collection in found:
        problems += wrong_originals(collection)
    all_entries = [*(() if alone else entries), *(entry for collection in found for entry in collection.entries)]
    beside = {collection.name: collection.texts for collection in found}
    corpus = _tried(lambda: read(None if alone else bundled.folder, all_entries, beside=beside), problems)
    if corpus is None:
        return bundled
    asks = [] if alone else [*bundled.asks]
    read_by_model: list[Ask] = []
    for collection in found:
        own = _tried(partial(read_asks, collection.folder / ASKS, corpus.texts), problems) or ()
        (read_by_model if _are_few(own) and reads_asks(settings) else asks).extend(own)
    materials = dataclasses.replace(bundled, corpus=corpus, asks=tuple(asks), read_by_model=tuple(read_by_model))
    return dataclasses.replace(materials, measured=data_fingerprint(corpus, asks, bundled.unanswered)) if alone else materials


def _are_few(asks: Sequence[Ask]) -> bool:
    return sum(len(ask.asks) for ask in asks) < MANY * len(asks)


def read_entries(path: Path, problems: list[str]) -> tuple[Entry, ...]:
    """What speeches.yaml says about each speech; problems are added to the list."""
    return tuple(entry_of(row) for row in rows(load(path, problems), path.name, problems))


def read_words(config: Path, problems: list[str]) -> Words:
    """The words about asking, and the synonyms; problems are added to the list."""
    fields = YamlFields(load(config / "words.yaml", problems), "words.yaml", problems)
    kinds = [field.name for field in dataclasses.fields(Words) if field.name != "synonyms"]
    lists = {kind: fields.texts(kind, ()) for kind in kinds}
    fields.end()
    return Words(**lists, synonyms=_synonyms(config / "synonyms.yaml", problems))


def _synonyms(path: Path, problems: list[str]) -> tuple[Group, ...]:
    found = []
    for row in rows(load(path, problems, optional=True), path.name, problems):
        found.append(Group(row.texts("everyday", None), row.texts("official", None)))
        row.end()
    return tuple(found)


def wrong_checksums(manifest: Path) -> list[str]:
    """A line for every file of a SHA256SUMS that is missing or has other content."""
    problems: list[str] = []
    try:
        lines = manifest.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        return [f"{manifest.name}: cannot be read ({error}); expected lines of checksum and file name"]
    for number, line in enumerate(lines, 1):
        digest, _, name = line.partition("  ")
        if not name:
            problems.append(f"{manifest.name}: line {number} is {line[:40]!r}; expected checksum, two blanks, name")
            continue
        problems += _wrong_checksum(manifest, digest, name)
    return problems


def _wrong_checksum(manifest: Path, digest: str, name: str) -> list[str]:
    try:
        found = hashlib.sha256((manifest.parent / name).read_bytes()).hexdigest()
    except OSError:
        return [f"{manifest.name}: names {name}, which is missing; put the file back or remove the line"]
    if found != digest:
        return [f"{name}: its content is not that of {manifest.name}; restore it, or enter {found}"]
    return []


def _tried(work: Callable[[], T], problems: list[str]) -> T | None:
    try:
        return work()
    except CorpusError as error:
        problems += error.problems
        return None
