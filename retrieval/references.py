"""The reference grammar: how people name a speech or a part of it.

    3   3.2   3-2   3.2.1   s3_2        number, then parts, with any dash or dot
    第三篇   篇3   第3篇讲话              a speech
    第三篇第二部分   第三篇二（一）         a part; 部分 节 点 条 个
    四（二）   三、2                      speech, then part
    4.1-4.3   三、2-4                     ranges
    1.2, 4.3                             lists, up to six references
    第六篇最后一段   第三篇第五段           a printed paragraph
    咸阳那篇第二点                         aliases of the configuration

Bare numbers count only when the message is nothing but references; inside a sentence a speech must be named as one. 第一次, 三个作用,
十一五, 第126个, 六稳六保 are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.corpus import Corpus
from retrieval.fold import fold_question
from retrieval.numerals import to_int

MOST = 6
_N = r"(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_DASH = r"[-‐‑‒–—―−－~～至到]"
_SPEECH = (
    rf"(?:第\s*(?P<s1>{_N}(?:\s*[、,和]\s*第?{_N}){{0,5}})\s*(?:篇|个讲话|次讲话|份讲话|份|场)|篇\s*(?P<s2>{_N}))"
    r"(?:的?(?:讲话|发言|文章|稿子))?"
)
_UNIT = r"(?:大?部分|大?点|节|条|大?方面|项|章|小?点|个(?:大?部分|大?点|方面|要求|希望|问题)|条(?:要求|希望))"
_PART = rf"(?:的?\s*第\s*({_N})\s*{_UNIT}|[（(]({_N})[)）]|({_N})、|({_N})[是要](?![^，。？?]{{3}}))"
_PARAGRAPH = re.compile(
    rf"的?\s*(?:(?P<last>最后|末|倒数第一)(?:一|1)?个?(?:自然)?段|第\s*(?P<nth>{_N})\s*个?(?:自然)?段"
    rf"|(?P<back>倒数第)(?P<nback>{_N})段|(?P<first>开头|首)(?:一|1)?段)"
)
_SEP = r"[.．·。_/-]|[‐‑‒–—―−－]"
# 3  3-2  三（二）1  1.2.1: a dash joins two plain numbers only
_DOTTED = re.compile(rf"{_N}(?:\s*(?:[.．·。_/]\s*{_N}|[（(]\s*{_N}\s*[)）]|、\s*{_N}|\s(?={_N}$)\s*{_N})){{0,3}}\s*{_N}?")
_DASHED = re.compile(rf"({_N})\s*(?:[-‐‑‒–—―−－]+)\s*({_N})")
_RANGE = re.compile(rf"(.+?)\s*{_DASH}\s*(.+)")
_ALIAS_TAIL = r"的?(?:那|这)(?:一)?(?:篇|次|场|个|份)(?:讲话|发言|文章|座谈会)?|的?(?:那|这)篇|的?(?:讲话|发言)(?:里|中|稿)?"


@dataclass(frozen=True, slots=True)
class Reference:
    """A speech (path ()), a part of it, or a printed paragraph (1-based, negative from the end, 0 none)."""

    number: int
    path: tuple[int, ...] = ()
    paragraph: int = 0

    def __str__(self) -> str:
        tail = f"p{self.paragraph}" if self.paragraph else ""
        return ".".join(map(str, (self.number, *self.path))) + tail


@dataclass(frozen=True, slots=True)
class Found:
    """References of a text, and the text without them."""

    references: tuple[Reference, ...]
    rest: str


class References:
    """Finds references to the speeches of one corpus. Existence is not checked here: `corpus.part` does."""

    def __init__(self, corpus: Corpus) -> None:
        self._aliases = _aliases(corpus)
        names = "|".join(re.escape(a) for a in sorted(self._aliases, key=len, reverse=True))
        self._named = re.compile(rf"{_SPEECH}|(?P<alias>{names})(?:{_ALIAS_TAIL})" if names else _SPEECH)

    def find(self, text: str) -> Found:
        """At most six references in order, and what is left of the (folded) text."""
        folded = fold_question(text)
        bare = _bare_list(folded)
        if bare:
            return Found(bare[:MOST], "")
        found: list[Reference] = []
        rest, position = [], 0
        for match in self._named.finditer(folded):
            if match.start() < position:
                continue
            *others, number = self._speeches(match)
            references, end = _with_parts(folded, number, match.end())
            found += [*map(Reference, others), *references]
            rest.append(folded[position : match.start()])
            position = end
        rest.append(folded[position:])
        return Found(tuple(found[:MOST]), "".join(rest).strip(" ，,、"))

    def _speeches(self, match: re.Match[str]) -> list[int]:
        groups = match.groupdict()
        if groups.get("alias"):
            return [self._aliases[groups["alias"]]]
        return [to_int(n) or 0 for n in re.findall(_N, groups["s1"] or groups["s2"])]


def _aliases(corpus: Corpus) -> dict[str, int]:
    """Alias → number, without a 那篇 of its own."""
    found = {}
    for numbered in corpus.speeches:
        for alias in numbered.entry.aliases:
            found[re.sub("那篇$", "", fold_question(alias))] = numbered.number
        if numbered.entry.year:
            found.setdefault(f"{numbered.entry.year}年", numbered.number)
    return found


def _with_parts(text: str, number: int, position: int) -> tuple[list[Reference], int]:
    """Reads parts, a paragraph, a range or further parts after a speech."""
    path, position = _path(text, position)
    reference = Reference(number, path)
    paragraph = _PARAGRAPH.match(text, position)
    if paragraph:
        return [replace(reference, paragraph=_paragraph(paragraph))], paragraph.end()
    through = re.compile(rf"\s*{_DASH}\s*(?:第)?({_N})(?:{_UNIT})?").match(text, position) if path else None
    if through and (to_int(through[1]) or 0) > path[-1]:
        return [Reference(number, (*path[:-1], n)) for n in range(path[-1], (to_int(through[1]) or 0) + 1)], through.end()
    return [reference], position


def _path(text: str, position: int) -> tuple[tuple[int, ...], int]:
    path: list[int] = []
    while len(path) < 3:
        match = re.compile(rf"\s*{_PART}").match(text, position)
        if match is None and (path or _digit_follows(text, position)):
            match = re.compile(rf"\s*(?:{_SEP})?\s*({_N})(?![0-9一二三四五六七八九十年月个次届])").match(text, position)
            match = match if match and re.search("[0-9（(.-]|[一二三四五六七八九十]$", match[0]) else None
        if match is None:
            break
        path.append(to_int(next(g for g in match.groups() if g)) or 0)
        position = match.end()
    return tuple(path), position


def _digit_follows(text: str, position: int) -> bool:
    return re.compile(rf"[ .．-]?\s*{_N}(?:$|[（(、.])").match(text, position) is not None


def _paragraph(match: re.Match[str]) -> int:
    if match["last"]:
        return -1
    if match["first"]:
        return 1
    return -(to_int(match["nback"]) or 0) if match["back"] else (to_int(match["nth"]) or 0)


def _bare_list(folded: str) -> tuple[Reference, ...]:
    """The references of a message that is nothing else: 3   1.2, 4.3   4.1-4.3   四(二)   三、2-4."""
    text = re.sub(r"^/?s_?(?=[0-9])", "", folded)
    whole = _bare(text)
    if whole:
        return whole
    for separator in (r"[,，;；\s和及与]+", r"[,，;；、\s和及与]+"):
        pieces = [p for p in re.split(separator, text) if p]
        found = [_bare(piece) for piece in pieces]
        if len(pieces) > 1 and all(found):
            return tuple(reference for references in found for reference in references)
    return ()


def _bare(text: str) -> tuple[Reference, ...]:
    """One bare reference or range; () if it is none."""
    dashed = _DASHED.fullmatch(text)
    if dashed:
        return _reference([dashed[1], dashed[2]])
    if re.search(rf"[.．·]\s*{_N}\s*、", text):
        return ()
    if _DOTTED.fullmatch(text):
        return _reference(re.findall(_N, text))
    through = _RANGE.fullmatch(text)
    if through and _DOTTED.fullmatch(through[1]) and _DOTTED.fullmatch(through[2]):
        return _range(re.findall(_N, through[1]), re.findall(_N, through[2]))
    return ()


def _reference(numbers: Sequence[str]) -> tuple[Reference, ...]:
    values = [to_int(n) for n in numbers]
    known = [v for v in values if v is not None]
    return (Reference(known[0], tuple(known[1:])),) if known and len(known) == len(values) <= 4 else ()


def _range(first: Sequence[str], last: Sequence[str]) -> tuple[Reference, ...]:
    """4.1-4.3, 4.1-3: every part from the first to the last; other pairs are two references."""
    start, stop = _reference(first), _reference([*first[: -len(last)], *last] if len(last) < len(first) else last)
    if not start or not stop:
        return ()
    a, b = (start[0].number, *start[0].path), (stop[0].number, *stop[0].path)
    if len(a) != len(b) or a[:-1] != b[:-1] or b[-1] < a[-1]:
        return (*start, *stop)
    counts = range(a[-1], min(b[-1], a[-1] + MOST) + 1)
    return tuple(Reference(p[0], p[1:]) for p in ((*a[:-1], n) for n in counts))
