"""English questions in Chinese words, by the glossary (config/wording/glossary.yaml): union → 工会, Speech 5 part 2 → 第5篇第2部分."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings.english_places import places
from bot.settings.yaml_file import ConfigError, YamlFields, load
from retrieval import is_han

FILE = "glossary.yaml"
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]{2}")  # un|ion  Ünion  ✗3.2  ✗工会  ✗p
_WORD = re.compile(r"[a-z]+|\d+")  # union  2014  ✗工
_HOW_OFTEN = re.compile(r"\bhow (?:many times|often)\b|\bcount\b")  # how many times|does it  how often  ✗many times
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")  # 旅游  ✗union
_YEAR = re.compile(r"(?:19|20)\d\d")  # 2014  ✗126
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"))  # tried in this order


@dataclass(frozen=True, slots=True)
class EnglishQuestion:
    """An English message, understood. text: what to ask in Chinese.

    terms: the Chinese words looked for, each with its English. unknown: English words that the glossary does not have.
    """

    text: str
    terms: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """terms, phrases: English → Chinese, in lower case, without hyphens and apostrophes. asides: words that say nothing."""

    terms: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
    asides: frozenset[str] = frozenset()

    def understood(self, message: str) -> EnglishQuestion | None:
        """An English message in Chinese; None for another one, or if most of its words are not known.

        >>> words = Glossary({"union": "工会", "worker": "工人"}, {}, frozenset({"for", "the"}))
        >>> words.understood("The unions for migrant workers, in speech 4")
        EnglishQuestion(text='第4篇 工会 工人', terms=(('工会', 'unions'), ('工人', 'workers')), unknown=('migrant',))
        >>> words.understood("laomo jingshen")
        """
        said = plain(message)
        counted = _HOW_OFTEN.search(said)
        if counted:
            return self._counted(said, said[counted.end() :])
        if not is_latin(message):
            return None
        if said in self.phrases:
            return EnglishQuestion(self.phrases[said])
        place, rest = places(said)
        terms, unknown = self._terms(_WORD.findall(rest))
        if len(unknown) > len(terms) + bool(place) or not (terms or place):
            return None
        asked = dict.fromkeys((place, *(chinese for chinese, _ in terms)))
        return EnglishQuestion(" ".join(filter(None, asked)), terms, unknown)

    def _counted(self, said: str, rest: str) -> EnglishQuestion | None:
        """How often a word stands in the speeches: one in Chinese, else the first term. None without one."""
        terms, _ = self._terms(_WORD.findall(rest))
        chinese = _CHINESE.search(said)
        word = chinese[0] if chinese else terms[0][0] if terms else ""
        return EnglishQuestion(f"“{word}”出现几次", () if chinese else terms[:1]) if word else None

    def _terms(self, words: Sequence[str]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
        """The terms among the words, longest first at each place, and what is none."""
        found: dict[str, str] = {}
        unknown: list[str] = []
        start = 0
        while start < len(words):
            chinese, count = self._term_at(words, start)
            said = " ".join(words[start : start + count])
            if chinese:
                found.setdefault(chinese, said)
            elif said not in self.asides:
                unknown.append(said)
            start += count
        return tuple(found.items()), tuple(dict.fromkeys(unknown))

    def _term_at(self, words: Sequence[str], start: int) -> tuple[str, int]:
        """The Chinese of the longest term that begins here, with its number of words; ("", 1) if none does."""
        for end in range(min(start + self._longest, len(words)), start, -1):
            for said in _forms(" ".join(words[start:end])):
                if said in self.terms:
                    return self.terms[said], end - start
        return (f"{words[start]}年" if _YEAR.fullmatch(words[start]) else ""), 1

    @property
    def _longest(self) -> int:
        return max((term.count(" ") + 1 for term in self.terms), default=0)


def is_latin(message: str) -> bool:
    """Whether a message has Latin words and no Chinese ones.

    >>> is_latin("union?"), is_latin("laomo精神"), is_latin("3.2")
    (True, False, False)
    """
    return bool(_LATIN.search(message)) and not any(map(is_han, message))


def plain(english: str) -> str:
    """In lower case, without apostrophes, hyphens as blanks.

    >>> plain("The People’s high-quality  Union?")
    'the peoples high quality union'
    """
    bare = re.sub(r"['’]", "", english.lower())  # people|'|s  ✗"
    return " ".join(re.sub(r"[^\w.]+", " ", bare).split()).strip(".")  # high|-|quality  unions|, |and  ✗5.2


def _forms(said: str) -> Iterator[str]:
    """The words as they are, and with the last one as it stands in a dictionary."""
    yield said
    for ending, instead in _ENDINGS:
        if said.endswith(ending):
            yield said.removesuffix(ending) + instead


def read(folder: Path, problems: list[str] | None = None) -> Glossary:
    """The glossary of a folder. Problems are added to the list; without one, raises ConfigError."""
    found: list[str] = [] if problems is None else problems
    fields = YamlFields(load(folder / FILE, found, optional=True), FILE, found)
    terms, phrases = (_english(fields.section(key), found) for key in ("terms", "phrases"))
    asides = frozenset(plain(word) for word in fields.text("asides", "").split())
    fields.end()
    if problems is None and found:
        raise ConfigError(found)
    return Glossary(terms, phrases, asides)


def _english(section: YamlFields, problems: list[str]) -> dict[str, str]:
    """English → Chinese; the same English words for two Chinese ones are a problem."""
    found: dict[str, str] = {}
    pairs = [(plain(english), chinese) for chinese in section for english in section.text(chinese).split(",")]
    wrong = [pair for pair in pairs if not pair[0] or found.setdefault(*pair) != pair[1]]
    problems += [f"{section.where}: {chinese} has {english!r}; expected words that no other entry has" for english, chinese in wrong]
    return found
