"""The chapters of an .epub in the order of its spine."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError  # only the names; parsing is defusedxml's

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.documents.html_text import page_of_html
from bot.documents.zip_member import DamagedArchive, member_names, unpacked

CONTAINER = "META-INF/container.xml"
MOST_CHAPTERS = 500  # chosen: a book has up to a hundred
_ENCRYPTION = "META-INF/encryption.xml"  # fonts alone may be said to be encrypted; then the chapters are read all the same
_PACKAGE = "{http://www.idpf.org/2007/opf}"
_ABOUT = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, slots=True)
class Book:
    """A text for each chapter that has one."""

    chapters: tuple[str, ...]
    title: str = ""
    author: str = ""


def book(raw: bytes, largest: int) -> Book:
    """The book. largest: bytes that all that is read may unpack to. Raises DamagedArchive."""
    try:
        names = frozenset(member_names(raw))
        left = largest
        root_name, package = _package(raw, largest)
        chapters = []
        for name in _spine(root_name, package)[:MOST_CHAPTERS]:
            if name in names:
                content = b"".join(unpacked(raw, name, left))
                left -= len(content)
                chapters.append("\n".join(page_of_html(content.decode("utf-8", "replace")).lines))
    except (ParseError, DefusedXmlException, ValueError, LookupError, AttributeError) as error:
        raise DamagedArchive(str(error), locked=_ENCRYPTION in names) from error
    return Book(tuple(filter(None, chapters)), _said(package, "title"), _said(package, "creator"))


def _package(raw: bytes, largest: int) -> tuple[str, Element]:
    """Where the package document is, and what it says."""
    container = fromstring(b"".join(unpacked(raw, CONTAINER, largest)), forbid_dtd=True)
    name = next((element.attrib["full-path"] for element in container.iter() if "full-path" in element.attrib), "")
    return name, fromstring(b"".join(unpacked(raw, name, largest)))


def _spine(root_name: str, package: Element) -> list[str]:
    """The names of the chapters' files."""
    hrefs = {item.attrib["id"]: item.attrib["href"] for item in package.iter(f"{_PACKAGE}item")}
    wanted = [hrefs[ref.attrib["idref"]] for ref in package.iter(f"{_PACKAGE}itemref") if ref.attrib.get("linear") != "no"]
    return [posixpath.normpath(posixpath.join(posixpath.dirname(root_name), unquote(href))) for href in wanted]


def _said(package: Element, name: str) -> str:
    return " ".join((next((element.text for element in package.iter(f"{_ABOUT}{name}") if element.text), "")).split())
