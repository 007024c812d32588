"""A large collection as a library: opened from the index that BOT_INDEX_URI names, with the judge that was calibrated on it."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings.config import Settings
from bot.settings.index_cache import key_of
from bot.settings.yaml_file import ConfigError

if TYPE_CHECKING:
    from bot.settings.materials import Materials
    from retrieval import Encoder, LargeEngine, Manifest

JUDGE = "judge"
CHANGED = 0.2  # of the passages, that may have come or gone until a judge is calibrated anew, chosen: thresholds move little within it

_NAMING_PART = "1.1"  # read by every pattern of references


def index_folder(settings: Settings) -> Path | None:
    """The folder of the embedded index; None where BOT_INDEX_URI names none."""
    return Path(settings.index_uri) if settings.index_uri and not settings.is_served else None


def build_folder(settings: Settings) -> Path:
    """Where `index` builds the index of a large collection; beside the state where a server is to find its passages."""
    return index_folder(settings) or settings.data_dir / "index"


def open_large(settings: Settings, index: Path) -> LargeEngine:
    """Raises ConfigError where there is no finished index."""
    from retrieval import IndexUnavailable, judge_from_json, open_collection, read_manifest

    try:
        manifest = read_manifest(index)
        if not manifest.segments:
            raise ConfigError([f"BOT_INDEX_URI is {index}, where no index is; python -m bot index FOLDER builds one"])
        if JUDGE not in manifest.values:
            raise ConfigError([f"BOT_INDEX_URI is {index}, an index that is not finished; python -m bot index FOLDER goes on with it"])
        materials = materials_of(settings)
        judge = judge_from_json(manifest.values[JUDGE]["models"])
        kinds, encoders = _kinds(settings, materials), encoders_of(settings)
        engine = open_collection(index, materials.words, materials.unanswered, judge, kinds, encoders=encoders)
    except IndexUnavailable as error:
        raise ConfigError([str(error)]) from error
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigError([f"{index}: its judge cannot be read; python -m bot index FOLDER makes it anew"]) from error
    threading.Thread(target=_warmed, args=(engine,), name="warming", daemon=True).start()
    return engine


def _warmed(engine: LargeEngine) -> None:
    """What the first questions would wait for: the patterns of references a tenth of a second, each model a second."""
    engine.reader.understand(_NAMING_PART)
    for vectors in engine.vectors:
        vectors.encoder.question("")


def encoders_of(settings: Settings) -> tuple[Encoder, ...]:
    """The models of meaning that are installed and that bot.yaml names, the fastest first."""
    from retrieval import installed

    return tuple(encoder for encoder in installed(settings.cache_dir) if encoder.name in settings.behaviour.meaning)


def making_meaning(settings: Settings) -> Callable[[Path, Manifest, Callable[[str, int], None]], Manifest] | None:
    """What makes the vectors of a collection that are missing; None without a model."""
    from retrieval import make_meaning

    encoders = encoders_of(settings)
    return (lambda index, manifest, told: make_meaning(index, manifest, encoders, told)) if encoders else None


def materials_of(settings: Settings) -> Materials:
    """What the engine is built of beside the collection. Raises ConfigError."""
    from bot.settings.materials import Materials, read_words
    from retrieval import CorpusError, corpus_of, known_messages, read_unanswered

    problems: list[str] = []
    words = read_words(settings.config, problems)
    try:
        unanswered, talk = read_unanswered(settings.seeds / "unanswered.jsonl"), known_messages(settings.seeds / "messages.jsonl")
    except CorpusError as error:
        raise ConfigError([*problems, *error.problems]) from error
    if problems:
        raise ConfigError(problems)
    return Materials(corpus_of((), {}, ""), words, (), unanswered, talk, settings.seeds, "")


def _kinds(settings: Settings, materials: Materials) -> Any:
    from bot.settings.materials import kinds_of

    return kinds_of(settings, materials)


def with_judge(settings: Settings, index: Path, manifest: Manifest) -> Mapping[str, Any]:
    """The manifest's values with a judge of the collection as it is: the one it has, or one calibrated now, which takes half a minute."""
    from retrieval import UNJUDGED, judged, open_collection

    materials = materials_of(settings)
    passages, key = sum(entry.passages for entry in manifest.segments), key_of(repr((materials.words, materials.unanswered)))
    before = manifest.values.get(JUDGE)
    if not passages or (before and before["key"] == key and abs(passages - before["passages"]) <= CHANGED * before["passages"]):
        return manifest.values
    engine = open_collection(index, materials.words, materials.unanswered, UNJUDGED)
    models = dataclasses.asdict(judged(engine, materials.unanswered))
    return {**manifest.values, JUDGE: {"key": key, "passages": passages, "models": models}}


def state_of(index: Path) -> str:
    """How a collection is, in a line; reads all of it. Raises ConfigError with every file that is damaged."""
    from retrieval import IndexUnavailable, damaged_vectors, files_of, is_compiled, opened_segments, passages_with_vectors

    try:
        manifest, segments = opened_segments(index)
        damaged = [f"{one.columns.folder}: {name} is not what was written" for one in segments for name in one.columns.damaged()]
        damaged += [f"{one.columns.folder}: {name} is not what was written" for one in segments for name in damaged_vectors(one)]
    except IndexUnavailable as error:
        damaged = [str(error)]
    if damaged:
        raise ConfigError([*damaged, f"delete {index} and build it again with python -m bot index"])
    passages, files = sum(entry.passages for entry in manifest.segments), len(files_of(index, manifest))
    missing = "" if JUDGE in manifest.values else "; not finished: python -m bot index FOLDER goes on with it"
    meant = {model: count for model, count in passages_with_vectors(manifest, segments).items() if count}
    by_model = [f"{model} ({'all' if count == passages else count})" for model, count in meant.items()]
    by_meaning = f"; by meaning, too: {', '.join(by_model)}" if meant else ""
    fast = "" if is_compiled() else "; without the extra `large`, ten times as slow"
    return f"{passages} passages of {files} files in {len(segments)} segments in {index}{missing}{by_meaning}{fast}"
