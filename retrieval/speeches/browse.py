"""Reading on from a quote: the paragraphs around it, the parts of a speech, the quotes worth showing alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from retrieval.speeches.asks import read_asks
from retrieval.speeches.corpus import Corpus, labelled
from retrieval.speeches.lines import sentences
from retrieval.speeches.quotes import Quote, quote
from retrieval.speeches.tree import Node, Span

# What cannot stand alone
_GAP = r"[*×?;]|xx|XX|\d"  # 20|*|*年  xx|正处于  增长|2|0%  ✗增长
_ADDRESS = "同志|大家|各位|祝|谢"  # 同志|们  祝|大家  ✗劳模
_NOT_OURS = "指出|强调|说，|：“|部门要"  # 指出|：“劳动  财政|部门要|认真  ✗说明  ✗部门的
_UNFIT = re.compile(f"{_GAP}|{_ADDRESS}|{_NOT_OURS}")  # xx|正处于  同志|们  强调|，  ✗劳动
# e.g. 因此|，  这|一部分人  特别是|要  ✗劳模是
_DANGLING = re.compile("因此|同样|这|而且|更|既|又|也|并|他们|在此|特别是|一方面|另一方面|其|要|像")
_FIT = range(12, 91)


def part_quote(corpus: Corpus, number: int, path: Sequence[int]) -> Quote:
    """A whole part, heading included, as one quote. Raises UnknownReference."""
    return quote(corpus, number, corpus.part(number, path).span)


def contents(corpus: Corpus, number: int) -> tuple[Node, ...]:
    """The labelled parts of a speech, all depths, in order."""
    return tuple(node for node in corpus.speech(number).speech.walk() if node.number)


def beside(corpus: Corpus, number: int, path: Sequence[int]) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None]:
    """The paths of the parts before and after at the same depth; None at the ends. Raises UnknownReference."""
    corpus.part(number, path)
    parent = corpus.part(number, path[:-1]).children if len(path) > 1 else corpus.speech(number).speech.nodes
    count = len(labelled(parent))
    last = path[-1]
    return (
        (*path[:-1], last - 1) if last > 1 else None,
        (*path[:-1], last + 1) if last < count else None,
    )


def read_shareable(path: Path, corpus: Corpus) -> tuple[Quote, ...]:
    """The reviewed quotes of `seeds/shareable.jsonl` for files of the corpus; speeches without any give what fits by rule.

    Raises CorpusError if a quote is not at its place.
    """
    reviewed = read_asks(path, corpus.texts)
    found: list[Quote] = []
    for numbered in corpus.speeches:
        span = numbered.speech.span
        chosen = [r.span for r in reviewed if r.file == numbered.speech.file and span.covers(r.span)]
        found += [quote(corpus, numbered.number, s) for s in chosen or _fit(corpus, numbered.number)]
    return tuple(found)


def _fit(corpus: Corpus, number: int) -> list[Span]:
    speech = corpus.speech(number).speech
    text = corpus.texts[speech.file]
    spans = [s for leaf in speech.leaves() if leaf.kind == "text" for s in sentences(text, leaf.span)]
    return [s for s in spans if stands_alone(text[s.start : s.end])]


def stands_alone(sentence: str) -> bool:
    """Whether a sentence can be shown alone, as far as a rule can tell.

    >>> stands_alone("劳动改变世界，劳动创造未来。"), stands_alone("因此，要珍惜今天的荣誉和地位。")
    (True, False)
    """
    return len(sentence) in _FIT and not _UNFIT.search(sentence) and not _DANGLING.match(sentence)
