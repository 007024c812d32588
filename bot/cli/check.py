"""`check` and `doctor`: is everything in order, before anything runs?"""

from __future__ import annotations

import asyncio
import sys
from collections import defaultdict
from functools import partial
from importlib.util import find_spec

from bot.cli.output import Printer
from bot.settings import glosses, wording
from bot.settings.config import Settings
from bot.settings.large_library import encoders_of, index_folder, state_of
from bot.settings.materials import Materials, calibrated, gather, is_calibrated, keep_calibrated
from bot.settings.yaml_file import ConfigError
from retrieval import Ask, installed

FAULTY = 1
SHORTEST_GAP = 15  # characters, chosen: a clause; what is shorter hangs on the passage beside it
SHOWN = 30  # characters of a passage beside a note, chosen
SAME = 20  # characters, chosen: passages that begin with the same ones say the same


def check(settings: Settings, *, calibrate: bool = False) -> int:
    """All files of seeds/ and config/; 1 with every problem, 0 with what there is.

    calibrate: train the classifier, measure when answers are sure, near or none, and learn kinds of messages; all is kept in seeds/, after
    some minutes.
    """
    materials, problems = gather(settings)
    said = None
    try:
        said = wording.read(settings.config / "wording")
    except ConfigError as error:
        problems += error.problems
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems or materials is None or said is None:
        print(f"{len(problems)} problems", file=sys.stderr)
        return FAULTY
    if calibrate:
        keep_calibrated(settings, calibrated(materials))
    _report(Printer(), materials)
    for note in glosses.notes(said.glosses, materials.corpus, said.en.list("help.examples")):
        print(f"note: {note}")
    if not is_calibrated(settings, materials):
        print("note: judge.json, classifier.bin or kinds.bin is of other data; `python -m bot check --calibrate` makes all anew")
    return 0


def _report(printer: Printer, materials: Materials) -> None:
    corpus, asks = materials.corpus, materials.asks
    parts = sum(1 for n in corpus.speeches for node in n.speech.walk() if node.number)
    count = sum(len(ask.asks) for ask in asks)
    places = {(ask.file, ask.span) for ask in asks}
    printer.line(f"{len(corpus.speeches)} speeches, {parts} parts, version {corpus.fingerprint}")
    printer.line(f"{count} questions for {len(places)} passages, every quote is where it says")
    printer.line(f"{len(materials.words.synonyms)} groups of synonyms")
    for question, quotes in _ambiguous(asks):
        printer.line(f"note: {question!r} is asked of {len(quotes)} passages: {' | '.join(quotes)}", "faint")
    for file, text in corpus.texts.items():
        for start, end in _uncovered(materials, file):
            printer.line(f"note: {file}[{start}:{end}] has no question: {text[start:end][:SHOWN]}", "faint")


def _ambiguous(asks: tuple[Ask, ...]) -> list[tuple[str, list[str]]]:
    """Questions that point at passages far apart with different words."""
    quotes: dict[str, dict[tuple[str, int], str]] = defaultdict(dict)
    for ask in asks:
        for question in ask.asks:
            key = "".join(filter(str.isalnum, question))
            quotes[key][(ask.file, ask.span.start)] = ask.quote[:SAME]
    return [(q, sorted(set(found.values()))) for q, found in quotes.items() if len(set(found.values())) > 1]


def _uncovered(materials: Materials, file: str) -> list[tuple[int, int]]:
    """Stretches of running text that no question asks about, SHORTEST_GAP characters or longer."""
    asked = [ask.span for ask in materials.asks if ask.file == file]
    if not asked:
        return []
    found = []
    for numbered in materials.corpus.speeches:
        if numbered.speech.file != file:
            continue
        for leaf in numbered.speech.leaves():
            if leaf.kind == "text":
                found += _gaps(leaf.span, [s for s in asked if s.start < leaf.span.end and leaf.span.start < s.end])
    return [gap for gap in found if gap[1] - gap[0] >= SHORTEST_GAP]


def _gaps(around: tuple[int, int], spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    gaps, position = [], around[0]
    for start, end in sorted({(s[0], s[1]) for s in spans}):
        if start > position:
            gaps.append((position, start))
        position = max(position, end)
    return [*gaps, (position, around[1])] if position < around[1] else gaps


def doctor(settings: Settings) -> int:
    """Network, token, reader, database, speeches, fonts, each with a remedy, and what meaning brings; 1 when something is wrong."""
    from bot.cli.doctor import examine  # the Telegram library takes half a second to load

    speeches, index = partial(_speeches, settings), partial(_index, settings) if settings.is_served else None
    findings = asyncio.run(examine(settings, speeches=speeches, documents=_documents, fonts=_fonts, index=index))
    printer = Printer()
    for finding in findings:
        sign = printer.paint("✓", "good") if finding.well else printer.paint("✗", "bad")
        printer.line(f"{sign} {finding.name}: {finding.detail}")
        if not finding.well:
            printer.line(f"    {finding.remedy}")
    printer.line(_meaning(settings), "faint")
    return 0 if all(finding.well for finding in findings) else FAULTY


def _meaning(settings: Settings) -> str:
    """Whether speeches without asks are found by what they mean, and what that would bring. Nothing is wrong without."""
    named = encoders_of(settings)
    there = [f"{encoder.name} (untaught, see docs/texts.md)" if encoder.is_untaught else encoder.name for encoder in named]
    if there:
        return f"+ meaning: {' and '.join(there)}, for speeches without asks"
    wanted = "answer.meaning in bot.yaml names none" if installed() else "the extra `meaning` is not installed"
    return f"- meaning: {wanted}; with it twice as many questions to speeches without asks are answered rightly, see docs/texts.md"


def _speeches(settings: Settings) -> str:
    index = index_folder(settings)
    if index:
        return state_of(index)
    materials, problems = gather(settings)
    if materials is None or problems:
        raise ConfigError(problems)
    return f"{len(materials.corpus.speeches)} speeches in {materials.folder}"


def _index(settings: Settings) -> str:
    """Raises IndexUnavailable when the server cannot be asked, or has nothing."""
    from bot.library.publishing import served_version

    return f"a server has the speeches as {served_version(settings)}"


def _documents() -> str:
    missing = [suffix for suffix, package in ((".pdf", "pypdfium2"), (".rtf", "striprtf")) if find_spec(package) is None]
    if missing:
        return f"all kinds but {' and '.join(missing)} can be brought in; for these pip install -e '.[documents]'"
    return "all kinds can be brought in"


def _fonts() -> str:
    from bot.pictures import quote_card

    return f"a picture of {len(quote_card('劳动创造未来。', '—', '/s1')) // 1024} kB can be drawn"
