"""A page of the reader as its reader has it: the words, what is lit up, where it leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from bot.reader.page_links import ROOT, PageView, ServedLinks
from bot.settings.wording import Wording
from retrieval import Corpus, Entry, Numbered, corpus_of, parse


@dataclass
class SeenPage(HTMLParser):
    """words: (start, text) of every run of a speech. lit: by place, the text of its marks. ids, links: all of them."""

    words: list[tuple[int, str]] = field(default_factory=list)
    lit: dict[str, str] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [value for key, value in attrs if key == "id" and value]
        self.links += [value for key, value in attrs if key in ("href", "src") and value]
        if tag in ("meta", "link", "input"):
            return
        self._open.append((tag, given))
        if "data-start" in given:
            self.words.append((int(given["data-start"] or 0), ""))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self._open.pop()
        assert opened == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if any("data-start" in given for _, given in self._open):
            start, before = self.words[-1]
            self.words[-1] = (start, before + data)
        for tag, given in self._open:
            if tag == "mark" and given.get("data-place"):
                self.lit[str(given["data-place"])] = self.lit.get(str(given["data-place"]), "") + data


def seen(page: str) -> SeenPage:
    """What a page shows; fails where its elements are not closed in turn."""
    found = SeenPage()
    found.feed(page)
    found.close()
    assert found._open == []
    return found


def view_in(wording: Wording, language: str = "zh") -> PageView:
    """As a server shows it."""
    return PageView(wording.of(language), ServedLinks(), ROOT)


def corpus_with(text: str) -> Corpus:
    """The speeches of one text, each with a page of its original that begins in its middle."""
    speeches = parse(text, "x.txt")
    numbered = []
    for number, speech in enumerate(speeches, 1):
        middle = (speech.span.start + speech.span.end) // 2
        entry = Entry(number, "x.txt", title=f"讲话{number}", pages=(speech.span.start, middle))
        numbered.append(Numbered(number, speech, entry, entry.title))
    return corpus_of(numbered, {"x.txt": text}, "0" * 12)
