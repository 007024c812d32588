"""The vectors of passages without asks: read, or made at a start; those of a slow model beside the answering."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.settings.apart import done_apart
from bot.settings.collection import MANIFEST, collections_folder
from bot.settings.config import Settings
from bot.settings.large_library import encoders_of
from retrieval import Encoder, Engine, PassageMeaning, kept_already, made, vector_file, with_meaning

log = logging.getLogger(__name__)

AT_ONCE = ("use",)  # 2.4 ms a passage, so that a minute makes those of a million characters; e5 takes ten times as long
TOLD = 1000  # passages between two lines of progress: 16 s of e5
GENTLE = 10  # of 19: the thread makes way for questions

_PREPARING = threading.Lock()

Told = Callable[[str, int, int], None]  # a model, how many passages are made, of how many


def logged(model: str, done: int, of: int) -> None:
    """A line of the log."""
    log.info("vectors of %s: %d of %d passages made", model, done, of)


@dataclass(frozen=True)
class Making:
    """Vectors that are being made beside the answering. done: set when there is nothing left to make, or it was stopped."""

    done: threading.Event = field(default_factory=threading.Event)


def meaningful(
    settings: Settings,
    engine: Engine,
    told: Told = logged,
    encoders: Sequence[Encoder] | None = None,
    asked: Mapping[int, Sequence[str]] | None = None,
) -> tuple[Engine, Making]:
    """The engine with the meaning of its passages without asks, by the models that are installed and that bot.yaml names.

    What is kept is read. What is missing of a fast model is made before this returns, of a slow one by a thread that ends when the
    engine is given up; it also loads the models, so that no question waits for them. Without a model, or without such passages, the
    engine as it is. encoders: others than those installed. asked: what people ask of passages, by their numbers, that is not in the index.
    """
    making = Making()
    encoders = encoders_of(settings) if encoders is None else [one for one in encoders if one.name in settings.behaviour.meaning]
    engine, texts = with_meaning(engine, encoders, asked)
    if engine.meaning:
        _prepare(settings, encoders)
    missing = [encoder for encoder in encoders if not _taken(settings, engine.meaning, encoder, texts.get(encoder.name, ()))]
    slow = [encoder for encoder in missing if encoder.name not in AT_ONCE]
    for encoder in missing:
        if encoder not in slow and engine.meaning:
            _make(settings, weakref.ref(engine.meaning), encoder, texts[encoder.name], told)
    if engine.meaning:
        work = (settings, weakref.ref(engine.meaning), encoders, slow, texts, told, making)
        threading.Thread(target=_make_all, args=work, name="vectors", daemon=True).start()
    else:
        making.done.set()
    return engine, making


def load_models(settings: Settings) -> None:
    """Begins to load those that speeches which were brought in will need, in a thread: the first question would wait a second for them."""
    wanted = encoders_of(settings)
    if wanted and any(collections_folder(settings.data_dir).glob(f"*/{MANIFEST}")):
        threading.Thread(target=_load, args=(settings, wanted), name="models", daemon=True).start()


def _load(settings: Settings, encoders: Sequence[Encoder]) -> None:
    _prepare(settings, encoders)
    for encoder in encoders:
        encoder.question("")


def _prepare(settings: Settings, encoders: Sequence[Encoder]) -> None:
    """The files of models, where they are missing, by a process of its own: to write that of `use` takes 160 MB."""
    with _PREPARING:
        for encoder in encoders:
            if encoder.file and not encoder.file.exists():
                done_apart(_write_file, settings, encoder.name)


def _write_file(settings: Settings, name: str) -> None:
    for encoder in encoders_of(settings):
        if encoder.name == name:
            encoder.question("")


def _taken(settings: Settings, meaning: PassageMeaning | None, encoder: Encoder, texts: Sequence[str]) -> bool:
    """Whether nothing has to be made."""
    rows = kept_already(texts, vector_file(encoder, settings.cache_dir)) if meaning and texts else None
    if meaning and rows:
        meaning.take(encoder.name, rows)
    return meaning is None or rows is not None


def _make_all(
    settings: Settings,
    of: weakref.ref[PassageMeaning],
    encoders: Sequence[Encoder],
    slow: Sequence[Encoder],
    texts: Mapping[str, Sequence[str]],
    told: Told,
    making: Making,
) -> None:
    with contextlib.suppress(OSError, AttributeError):  # Windows has no such thing
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), GENTLE)
    try:
        for encoder in encoders:
            encoder.question("")
        for encoder in slow:
            _make(settings, of, encoder, texts[encoder.name], told)
    except Exception:
        log.exception("vectors could not be made; questions are answered without them")
    finally:
        making.done.set()


def _make(settings: Settings, of: weakref.ref[PassageMeaning], encoder: Encoder, texts: Sequence[str], told: Told) -> None:
    """Until they are all made, or nobody holds the meaning that they are for."""
    last = -TOLD

    def progress(done: int, total: int) -> bool:
        nonlocal last
        if done >= last + TOLD:
            last = done
            told(encoder.name, done, total)
        return of() is not None

    rows, meaning = made(encoder, texts, vector_file(encoder, settings.cache_dir), progress), of()
    if rows and meaning:
        meaning.take(encoder.name, rows)
