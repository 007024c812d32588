"""The text of a page of HTML: a line a block, no menus, scripts or styles; nothing that it refers to is loaded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MOST_ELEMENTS = 500_000  # chosen: a book of 5 MB has some 100 000
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset")
).union(
    ("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"),
    ("section", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"),
)
_PASSED_OVER = frozenset(
    ("aside", "audio", "button", "canvas", "footer", "form", "iframe", "math", "nav", "noscript", "object", "script", "select", "style")
).union(("svg", "template", "textarea", "video"))
_MAIN = frozenset(("article", "main"))
_BREAKS = re.compile(r"[ \t\r\n\f]+")  # blanks that a page shows as one
_BETWEEN_HAN = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef，。]) (?=[\u2e80-\u9fff\uff00-\uffef])")  # a line of the source ended there


@dataclass(frozen=True, slots=True)
class PageOfHtml:
    """Its lines, empty ones left out; title: of its head; author: of its meta element."""

    lines: tuple[str, ...]
    title: str = ""
    author: str = ""


def page_of_html(text: str) -> PageOfHtml:
    """What a browser would show of it. Raises ValueError for more elements than MOST_ELEMENTS."""
    from lxml import etree  # of HTML, which has no entities of its own; .1 s to load

    reader = _PageReader()
    try:
        etree.fromstring(text.encode("utf-8", "replace"), etree.HTMLParser(target=reader, no_network=True, encoding="utf-8"))
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error
    return reader.page()


@dataclass
class _PageReader:
    """Takes the elements as they come."""

    lines: list[str] = field(default_factory=list)
    main: list[str] = field(default_factory=list)  # those inside of <article> or <main>
    said: list[str] = field(default_factory=list)  # of the line under way
    title: str = ""
    author: str = ""
    left: int = MOST_ELEMENTS
    passed_over: int = 0
    inside: int = 0
    printed: int = 0  # <pre>

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.left -= 1
        if self.left < 0:
            raise ValueError(f"more than {MOST_ELEMENTS} elements")
        if tag == "meta" and (attributes.get("name") or "").lower() == "author":
            self.author = (attributes.get("content") or "").strip()
        if tag in _BLOCKS:
            self._end_line()
        self.passed_over += tag in _PASSED_OVER
        self.inside += tag in _MAIN
        self.printed += tag == "pre"

    def end(self, tag: str) -> None:
        if tag == "title" and not self.title:
            self.title = _shown("".join(self.said))
            self.said.clear()
        if tag in _BLOCKS:
            self._end_line()
        self.passed_over -= tag in _PASSED_OVER
        self.inside -= tag in _MAIN
        self.printed -= tag == "pre"

    def data(self, words: str) -> None:
        if not self.passed_over:
            self.said.append(words)

    def comment(self, _words: str) -> None:
        """Nothing in a comment is text."""

    def close(self) -> None:
        self._end_line()

    def _end_line(self) -> None:
        words = "".join(self.said)
        self.said.clear()
        for line in words.split("\n") if self.printed else [words]:
            shown = _shown(line)
            if shown:
                self.lines.append(shown)
                if self.inside:
                    self.main.append(shown)

    def page(self) -> PageOfHtml:
        return PageOfHtml(tuple(self.main or self.lines), self.title, self.author)


def _shown(words: str) -> str:
    return _BETWEEN_HAN.sub("", _BREAKS.sub(" ", words).strip(" "))
