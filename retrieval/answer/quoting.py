"""Hits → the tight quotes to show: joined with what belongs to them, marked, the same words only once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, partial

from retrieval.answer.cutting import cut, whole_parts
from retrieval.answer.marks import markable, marks
from retrieval.answer.scoring import Hit
from retrieval.index.passages import Passage, PassagesBySpeech, passages_of
from retrieval.index.search import PassageScores
from retrieval.question.understand import Understood
from retrieval.speeches.corpus import Corpus
from retrieval.speeches.quotes import Quote, quote, source
from retrieval.speeches.tree import Span
from retrieval.terms.segment import Segmenter

SHORT, LONG = 36, 85  # a quote below SHORT characters takes in a neighbour as long as both stay below LONG
LISTED = 320  # characters of what is shown whole because it names several things; the longest sentence of the six speeches has 308
NEIGHBOUR = 0.3  # a neighbour's least score, relative to the best
REMEMBERED = 1 << 11  # ranges whose words and place are kept: computing them anew took half of a question's time
OF_MANY = 1 << 8  # of a collection on the disk, where few questions meet in a range: 2 048 took 30 MB
COMPARED = 1 << 9  # quotes whose bigrams are kept, chosen: the bundled speeches have 389, of 5 KB each; an answer compares fifty
_LEADS = re.compile("：$|[两二三四五六几](?:个方面|点)[^。，；：]{0,8}。$")  # 劳模工作|：|  这么|三个方面共同去努力。|  ✗四点。要
SAME = 0.8  # part of the shorter quote's bigrams that the longer has: the same words


class Quoter:
    """Quotes out of the passages of one corpus."""

    def __init__(self, corpus: Corpus, passages: Sequence[Passage], segmenter: Segmenter) -> None:
        self.corpus = corpus
        self.passages = passages
        are_many = isinstance(passages, PassagesBySpeech)  # which keep those of a speech themselves
        kept = lru_cache(OF_MANY if are_many else REMEMBERED)
        self._quote = kept(partial(quote, corpus))
        self._markable = kept(lambda file, span: markable(corpus.texts[file], span, segmenter))
        self._tight = kept(lambda file, around, span: cut(corpus.texts[file], around, span))
        self._of_speech = partial(passages_of, passages) if are_many else kept(partial(passages_of, passages))
        self._headed = kept(self._below)
        self._list_spans = kept(self._items)

    @cached_property
    def _lists(self) -> Sequence[Passage]:
        """Passages that run through a speech; those that are looked up by speech have none."""
        return () if isinstance(self.passages, PassagesBySpeech) else [passage for passage in self.passages if passage.more]

    def quotes(self, understood: Understood, hits: Sequence[Hit], scores: PassageScores, count: int) -> tuple[list[Quote], bool, int]:
        """At most `count` quotes for the hits, best first, but all of the first hit; whether there are more; how many are of the first."""
        highest = hits[0].score or 1.0
        first = self._whole(self.passages[hits[0].passage])
        found: list[Quote] = []
        of_first = 0
        for hit in hits:
            if len(found) > count:
                break
            passage = first if hit is hits[0] else self.passages[hit.passage]
            spans = self._spans(passage, hit.passage, scores, listed=understood.wants_list)
            for span in spans if hit is hits[0] or not passage.more else spans[:1]:
                self._add(found, passage, span, hit.score / highest, understood)
            of_first = of_first or len(found)
        shown = max(count, of_first)
        return found[:shown], len(found) > shown, of_first

    def _spans(self, passage: Passage, index: int, scores: PassageScores, *, listed: bool) -> list[Span]:
        """What is shown of a passage: a list in all its items, in place of a heading what it heads, else whole sentences.

        listed: several things are asked for; none is left out of what names them.
        """
        if passage.more:
            items = self._list_spans(passage.file, passage.speech, (passage.span, *passage.more))
            return [self._tight(passage.file, self._leaves(passage.speech, span), span) for span in items]
        if passage.is_heading:
            return self._headed(index)
        span = self._led(passage, self._cut(passage, self._extended(index, scores)))
        whole = whole_parts(self.corpus.texts[passage.file], passage.leaf.span, span) if listed else span
        return [whole if whole.end - whole.start <= LISTED else span]

    def _cut(self, passage: Passage, span: Span) -> Span:
        leaf = passage.leaf.span
        return self._tight(passage.file, Span(min(leaf.start, span.start), max(leaf.end, span.end)), span)

    def _leaves(self, speech: int, span: Span) -> Span:
        """The leaves that a range lies in, from the beginning of the first to the end of the last."""
        inside = [p.leaf.span for p in self._of_speech(speech) if not p.more and _overlap(p.span, span)]
        return Span(min(span.start, *(leaf.start for leaf in inside)), max(span.end, *(leaf.end for leaf in inside))) if inside else span

    def _led(self, passage: Passage, span: Span) -> Span:
        """A range that ends by leading into points with the first sentence of what it leads into; else the range."""
        text = self.corpus.texts[passage.file]
        if not _LEADS.search(text[slice(*span)].rstrip()):
            return span
        led = next((p for p in self._of_speech(passage.speech) if p.span.start >= span.end and not p.more), None)
        if led is None:
            return span
        first = (
            self._with_first_sentence(led, [p for p in self._of_speech(led.speech) if p.span.start >= led.span.start])
            if led.is_heading
            else led.span
        )
        sentence = self._tight(passage.file, Span(first.start, max(first.end, led.leaf.span.end)), first)
        return Span(span.start, sentence.end) if sentence.end - span.start <= LISTED else span

    def _below(self, index: int) -> list[Span]:
        """The points below a heading, each with its first sentence; without points the first sentence, after an inline heading with it."""
        asked = self.passages[index]
        heading = next(p for p in self._of_speech(asked.speech) if p.span == asked.span and p.is_heading)
        part = heading.path[-1] if heading.path else None
        inside = [p for p in self._of_speech(heading.speech) if p.path[: len(heading.path)] == heading.path]
        points = [c for c in part.children if c.number] if part else []
        heads = [h for c in points for h in inside if h.is_heading and h.path[-1] is c]
        if heads:
            return [self._with_first_sentence(h, inside) for h in heads]
        return [self._with_first_sentence(heading, inside)]

    def _with_first_sentence(self, heading: Passage, inside: Sequence[Passage]) -> Span:
        """An inline heading with the sentence after it; of one on a line of its own the sentence alone; the heading where none follows."""
        after = next((p for p in inside if not p.is_heading and p.span.start >= heading.span.end), None)
        if after is None:
            return heading.span
        text = self.corpus.texts[heading.file]
        sentence = cut(text, after.leaf.span, Span(after.leaf.span.start, min(after.leaf.span.start + 1, after.leaf.span.end)))
        return Span(heading.span.start if heading.span.end == after.leaf.span.start else sentence.start, sentence.end)

    def _whole(self, passage: Passage) -> Passage:
        """The list that a lead-in ending in a colon begins, for alone it says nothing; else the passage."""
        if not self.corpus.text(passage.file, passage.span).rstrip().endswith("："):
            return passage
        lists = (p for p in self._lists if p.file == passage.file and _overlap(p.span, passage.span))
        return next(lists, passage)

    def _items(self, file: str, speech: int, ranges: tuple[Span, ...]) -> list[Span]:
        """The ranges of a list: every heading with the words that follow it, neighbours joined."""
        text = self.corpus.texts[file]
        starts = {p.span.start: p for p in self._of_speech(speech)}
        spans = []
        for span in sorted(ranges):
            follower = starts.get(span.end)
            short = span.end - span.start < SHORT and follower is not None and not follower.is_heading
            spans.append(Span(span.start, follower.span.end) if short and follower else span)
        return _joined(text, spans)

    def _add(self, found: list[Quote], passage: Passage, span: Span, score: float, understood: Understood) -> None:
        """Adds a quote, unless its words are shown already: then its place is added there."""
        for i, shown in enumerate(found):
            if shown.source.speech == passage.speech and _overlap(shown.source.span, span):
                return
            text = self.corpus.text(passage.file, span)
            if shown.source.speech != passage.speech and same_words(shown.text, text):
                found[i] = replace(shown, also=(*shown.also, source(self.corpus, passage.speech, span)))
                return
        plain = self._quote(passage.speech, span)
        marked = marks(self._markable(passage.file, span), understood.terms)
        found.append(Quote(plain.id, plain.source, plain.text, marked, round(score, 3)))

    def _extended(self, index: int, scores: PassageScores) -> Span:
        """A short passage with the better of its neighbours in the same printed paragraph."""
        passage = self.passages[index]
        span = passage.span
        while span.end - span.start < SHORT:
            beside = [n for n in self._beside(index, span) if self._fits(n, index, span, scores)]
            if not beside:
                break
            span = self._with(span, max(beside, key=lambda n: float(scores[n])))
        return span

    def _with(self, span: Span, passage: int) -> Span:
        other = self.passages[passage].span
        return Span(min(span.start, other.start), max(span.end, other.end))

    def _beside(self, index: int, span: Span) -> list[int]:
        near = range(max(0, index - 3), min(len(self.passages), index + 4))
        return [n for n in near if span.end == self.passages[n].span.start or self.passages[n].span.end == span.start]

    def _fits(self, candidate: int, index: int, span: Span, scores: PassageScores) -> bool:
        a, b = self.passages[candidate], self.passages[index]
        joined = max(a.span.end, span.end) - min(a.span.start, span.start)
        follows_heading = b.is_heading and a.span.start == span.end
        good = follows_heading or float(scores[candidate]) >= NEIGHBOUR * float(scores[index])
        return good and not a.more and a.file == b.file and a.paragraph == b.paragraph and joined <= LONG


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Ranges in the order of the text, those with only blanks between them joined as long as they stay short."""
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else span
        if found and not text[last.end : span.start].strip() and span.end - last.start <= 2 * LONG:
            found[-1] = Span(last.start, max(last.end, span.end))
        else:
            found.append(span)
    return found


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def same_words(one: str, other: str) -> bool:
    """True if the shorter text's character bigrams are nearly all in the longer, punctuation apart.

    >>> same_words("最后，祝大家节日愉快，工作顺利！", "祝大家节日愉快、工作顺利。")
    True
    """
    small, large = sorted((_bigrams(one), _bigrams(other)), key=len)
    return bool(small) and len(large) <= 1.6 * len(small) and len(small & large) / len(small) >= SAME


@lru_cache(COMPARED)
def _bigrams(text: str) -> frozenset[str]:
    content = "".join(filter(str.isalnum, text))
    return frozenset(content[i : i + 2] for i in range(len(content) - 1))
