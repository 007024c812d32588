"""English glosses of titles, headings and examples (config/wording/glosses.yaml): ours, never the speeches' own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings.yaml_file import YamlFields, load
from retrieval import Corpus

FILE = "glosses.yaml"
KINDS = ("titles", "themes", "headings", "examples")
LONGEST_LABEL = 5  # characters before a heading, 第十二， and one more


@dataclass(frozen=True, slots=True)
class Glosses:
    """Chinese → English."""

    english: Mapping[str, str] = field(default_factory=dict)

    def of(self, printed: str) -> str:
        """The gloss of a title or heading, with or without its label; "" for none.

        >>> Glosses({"埋头苦干": "Work hard"}).of("一要埋头苦干")
        'Work hard'
        """
        cut = (printed[start:] for start in range(LONGEST_LABEL + 1))
        return next((self.english[words] for words in cut if words in self.english), "")


def read(folder: Path, problems: list[str]) -> Glosses:
    """The glosses of a folder; problems are added to the list."""
    fields = YamlFields(load(folder / FILE, problems, optional=True), FILE, problems)
    found: dict[str, str] = {}
    for kind in KINDS:
        section = fields.section(kind)
        found |= {chinese: section.text(chinese) for chinese in section}
    fields.end()
    return Glosses(found)


def notes(glosses: Glosses, corpus: Corpus, examples: Iterable[str]) -> list[str]:
    """A line for everything that has no gloss, and for every gloss of nothing."""
    wanted = [*_printed(corpus), *examples]
    missing = [f"{FILE}: {words} has no gloss" for words in dict.fromkeys(wanted) if words not in glosses.english]
    known = set(wanted)
    return missing + [f"{FILE}: {words} is no title, heading or example" for words in glosses.english if words not in known]


def _printed(corpus: Corpus) -> Iterator[str]:
    """Titles, themes and headings without labels; of speeches that were brought in none needs a gloss."""
    for numbered in (numbered for numbered in corpus.speeches if not numbered.entry.original):
        yield from filter(None, (numbered.title, numbered.entry.short))
        yield from (node.heading for node in numbered.speech.walk() if node.number and node.heading)
