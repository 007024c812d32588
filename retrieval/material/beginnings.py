"""How the speeches begin and what they wish at their ends; in time order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.material.kinds import Saying, wishes_well
from retrieval.speeches.corpus import Corpus, Numbered
from retrieval.speeches.lines import sentences
from retrieval.speeches.quotes import Quote, quote
from retrieval.speeches.tree import NodeKind, Span
from retrieval.terms.fold import fold

SHORTEST = 12  # characters of a sentence that can be used alone: 大家好！ and 谢谢大家。 cannot
BEGINNING = 40  # characters from which whole sentences are a beginning, chosen: of the six speeches they have 47 to 104
FIRST = 3  # sentences at the head of a speech, chosen: what comes later there goes over to the matter
_GAP = re.compile(r"[*×]|xx|XX")  # *|市  ×|×区  xx|市  ✗劳模


def in_time(corpus: Corpus) -> list[Numbered]:
    """The speeches by inferred year, those without one last."""
    return sorted(corpus.speeches, key=lambda numbered: (numbered.entry.year or 9999, numbered.number))


def openings(corpus: Corpus) -> tuple[Quote, ...]:
    """How each speech begins: whole sentences from its first, BEGINNING characters or more, without a mere greeting."""
    found = []
    for numbered in in_time(corpus):
        text = corpus.texts[numbered.speech.file]
        inside = [span for span in head(corpus, numbered) if span.end - span.start >= SHORTEST] or head(corpus, numbered)
        if inside:
            end = next((span.end for span in inside if span.end - inside[0].start >= BEGINNING), inside[-1].end)
            after = text.find("\n", inside[0].start, end)  # the next paragraph is no part of it
            found.append(quote(corpus, numbered.number, Span(inside[0].start, end if after < 0 else after)))
    return tuple(found)


def wishes(corpus: Corpus) -> tuple[Quote, ...]:
    """The wishes at the ends."""
    return tuple(
        quote(corpus, numbered.number, span)
        for numbered in in_time(corpus)
        for span in _within(corpus, numbered, "closing")
        if usable(text := corpus.text(numbered.speech.file, span)) and wishes_well(Saying(fold(text).text, place="closing"))
    )


def head(corpus: Corpus, numbered: Numbered) -> list[Span]:
    """The first sentences of a speech; [] for one that begins with a labelled part."""
    return list(_within(corpus, numbered, "opening"))[:FIRST]


def usable(text: str) -> bool:
    """Whether a sentence can be used alone: long enough, no mere lead-in, no gaps (xx, *) that only who printed it could fill.

    >>> [usable(words) for words in ("大家好！", "xx正处于关键时期。", "因此，劳模工作要这样做好：", "劳动改变世界，劳动创造未来。")]
    [False, False, False, True]
    """
    return len(text) >= SHORTEST and text[-1] not in "：:" and not _GAP.search(text)


def _within(corpus: Corpus, numbered: Numbered, kind: NodeKind) -> Iterator[Span]:
    """The sentences of the opening or the closing."""
    text = corpus.texts[numbered.speech.file]
    for top in numbered.speech.nodes:
        if top.kind == kind:
            for leaf in (node for node in top.walk() if not node.children):
                yield from sentences(text, leaf.span)
