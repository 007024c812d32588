"""The words of a speech as markup: every character at its place, what is lit up or shared marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.reader.lit_places import NOTHING, LitPlaces
from bot.reader.markup import Html, joined, tag
from bot.reader.page_links import PageView
from bot.reader.printed import PrintedParagraph, PrintedRun, printed_paragraphs, within
from bot.reader.shared_notes import shared_note
from bot.service.quote_text import position
from retrieval import Corpus, Node, SharedPassage, Span, source

_TOP = 2  # level of the headings below that of the page
_LOWEST = 6  # HTML has no deeper heading


@dataclass(frozen=True, slots=True)
class TextLayers:
    """What is marked in a speech. notes: whether each paragraph says where else its shared passages stand."""

    lit: LitPlaces = NOTHING
    shared: tuple[SharedPassage, ...] = ()
    notes: bool = True

    @property
    def passages(self) -> tuple[Span, ...]:
        """The ranges of the shared passages."""
        return tuple(passage.span for passage in self.shared)


class SpeechText:
    """Writes down one speech. prefix: begins the ids, so that two speeches may stand on a page."""

    def __init__(self, corpus: Corpus, number: int, view: PageView, layers: TextLayers, prefix: str = "") -> None:
        self._corpus, self._number, self._view, self._layers, self._prefix = corpus, number, view, layers, prefix
        self._numbered = corpus.speech(number)
        self._text = corpus.texts[self._numbered.speech.file]
        self._passages = layers.passages
        self._levels = dict(_levels(self._numbered.speech.nodes, _TOP))
        self._parts = _parts(self._numbered.speech.walk())

    def markup(self) -> Html:
        """The whole speech; its elements with `data-start` hold all of its characters, in order."""
        return joined(*map(self._paragraph, printed_paragraphs(self._numbered)))

    def _paragraph(self, paragraph: PrintedParagraph) -> Html:
        words = [self._run(run) for run in paragraph.runs]
        first = paragraph.runs[0].span.start
        if not paragraph.number:
            name = f"h{self._levels[first]}" if paragraph.kind == "heading" else "p"
            return tag(name, *words, cls=f"{paragraph.kind} block")
        identity = f"{self._prefix}p{paragraph.number}"
        label = self._view.say("source.paragraph", number=paragraph.number)
        number = tag("a", str(paragraph.number), cls="number", href=f"#{identity}", aria_label=label)
        return tag("div", number, *words, self._note(first, paragraph.runs[-1].end), cls="paragraph block", id=identity)

    def _note(self, start: int, end: int) -> Html:
        begun = [passage for passage in self._layers.shared if start <= passage.span.start < end]
        return shared_note(self._view, self._corpus, self._number, begun) if begun and self._layers.notes else Html()

    def _run(self, run: PrintedRun) -> Html:
        anchors = [tag("span", id=self._prefix + part_id(node), cls="anchor") for node in self._parts.get(run.span.start, ())]
        at = position(source(self._corpus, self._number, run.span), self._view.say)
        pieces = [self._piece(run, start, end) for start, end in _cut(run, self._layers.lit.spans, self._passages)]
        within_text = run.leaf.kind == "heading" and run.leaf.paragraph >= 0
        name = f"h{self._levels[run.leaf.span.start]}" if within_text else "span"
        cls = "run-in" if within_text else ""
        return joined(*anchors, tag(name, *pieces, cls=cls, data_start=run.span.start, data_end=run.end, data_at=at))

    def _piece(self, run: PrintedRun, start: int, end: int) -> Html:
        words = joined(self._text[start:end])
        if start >= run.span.end:
            words = tag("span", words, cls="gap")
        for at, span in within(self._passages, start, end):
            words = tag("span", words, cls="shared", id=f"{self._prefix}w{at + 1}" if start == span.start else "")
        for at, span in within(self._layers.lit.spans, start, end):
            words = self._mark(words, at, span, first=start == span.start, last=end == span.end)
        return words

    def _mark(self, words: Html, at: int, span: Span, *, first: bool, last: bool) -> Html:
        """A piece of what is lit up; a screen reader is told where it begins and ends."""
        say = self._view.say
        return tag(
            "mark",
            words,
            id=f"m{at + 1}" if first else "",
            data_place=f"{self._number}.{span.start}.{span.end}",
            data_open=say("reader.script.mark_open") if first else "",
            data_close=say("reader.script.mark_close") if last else "",
            tabindex=-1 if first else False,
        )


def part_id(node: Node) -> str:
    """The id of a labelled part on its page: s3.2."""
    return "s" + ".".join(map(str, node.number))


def _parts(nodes: Iterable[Node]) -> dict[int, list[Node]]:
    """The labelled parts by where they begin."""
    found: dict[int, list[Node]] = {}
    for node in nodes:
        if node.number and node.children:
            found.setdefault(node.span.start, []).append(node)
    return found


def _levels(nodes: Iterable[Node], level: int) -> Iterator[tuple[int, int]]:
    """(where a heading begins, its level): one below that of the next part around it that has a heading."""
    for node in nodes:
        if node.kind == "heading":
            yield node.span.start, min(level, _LOWEST)
        headed = any(child.kind == "heading" for child in node.children)
        for child in node.children:
            yield from _levels((child,), level if child.kind == "heading" or not headed else level + 1)


def _cut(run: PrintedRun, *overlays: tuple[Span, ...]) -> Iterator[tuple[int, int]]:
    """A run cut wherever something begins or ends."""
    cuts = {run.span.start, run.span.end, run.end}
    for spans in overlays:
        cuts |= {cut for _, span in within(spans, run.span.start, run.end) for cut in span if run.span.start < cut < run.end}
    return pairwise(sorted(cuts))
