"""Reads the folder of speeches, numbers them, and takes their fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from retrieval.errors import CorpusError
from retrieval.speeches.corpus import Corpus, Entry, Numbered, corpus_of
from retrieval.speeches.parse import parse
from retrieval.speeches.tree import Speech


def read(folder: Path | None, entries: Sequence[Entry] = (), *, complete: bool = True, beside: Mapping[str, Path] | None = None) -> Corpus:
    """Every .txt file below `folder`, numbered by `entries`; speeches without an entry get the next free numbers.

    beside: further folders by the name that their files' names begin with, of which only files with an entry count; with them `folder`
    may be None.
    complete: an entry whose speech does not exist is a problem; otherwise it is passed over.
    Raises CorpusError with all problems: no files, not UTF-8, nothing printed, entries that match nothing or share a number.
    """
    problems: list[str] = []
    texts = dict(_decoded(folder, problems)) if folder else {}
    named = {entry.file for entry in entries}
    for name, other in (beside or {}).items():
        texts |= {f"{name}/{file}": text for file, text in _decoded(other, problems) if f"{name}/{file}" in named}
    parsed = [(speech, text) for file, text in texts.items() for speech in _speeches(file, text, problems)]
    if not texts and not problems:
        problems.append(f"{folder}: no .txt file; expected at least one speech; put the texts there")
    numbered = _number([speech for speech, _ in parsed], entries, complete, problems)
    if problems:
        raise CorpusError(problems)
    identity = "\n".join(f"{n.number} {n.speech.file} {n.speech.span}" for n in numbered)
    digest = hashlib.sha256("\0".join([identity, *texts, *texts.values()]).encode("utf-8", "surrogatepass"))
    return corpus_of(numbered, texts, digest.hexdigest()[:12])


def _decoded(folder: Path, problems: list[str]) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.txt")):
        name = path.relative_to(folder).as_posix()
        try:
            raw = path.read_bytes()
            yield name, raw.decode("utf-8")
        except OSError as error:
            problems.append(f"{name}: cannot be read ({error.strerror}); check the file and its rights")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            problems.append(f"{name}: line {line} is not UTF-8; save the file as UTF-8 (iconv -f GB18030 -t UTF-8)")


def _speeches(file: str, text: str, problems: list[str]) -> tuple[Speech, ...]:
    if "\0" in text:
        problems.append(f"{file}: line {text.count(chr(10), 0, text.index(chr(0))) + 1} has a NUL; expected plain text")
        return ()
    speeches = parse(text, file)
    if not speeches:
        problems.append(f"{file}: has no printed character; remove it or fill it")
    return speeches


def _number(speeches: list[Speech], entries: Sequence[Entry], complete: bool, problems: list[str]) -> list[Numbered]:
    by_place = {(e.file, e.printed): e for e in entries}
    present = {(s.file, s.printed_number) for s in speeches}
    if complete:
        missing = [e for e in entries if (e.file, e.printed) not in present]
        problems += [f"speech {e.number}: {e.file} has no speech {e.printed or 'without title'}" for e in missing]
    taken: dict[int, Entry] = {}
    for entry in entries:
        if entry.number in taken:
            problems.append(f"number {entry.number} is given twice; numbers are unique")
        taken[entry.number] = entry
    used = {by_place[p].number for p in present if p in by_place}
    numbered = []
    for speech in speeches:
        found = by_place.pop((speech.file, speech.printed_number), None)
        number = found.number if found else _free(speech.printed_number, used)
        used.add(number)
        numbered.append(_with_title(number, speech, found))
    return sorted(numbered, key=lambda n: n.number)


def _free(wanted: int, used: set[int]) -> int:
    return wanted if wanted and wanted not in used else next(i for i in range(1, len(used) + 2) if i not in used)


def _with_title(number: int, speech: Speech, entry: Entry | None) -> Numbered:
    entry = entry or Entry(number, speech.file, speech.printed_number)
    return Numbered(number, speech, entry, entry.title or Path(speech.file).stem)
