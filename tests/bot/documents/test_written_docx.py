"""A written .docx read again: it holds what was given, and nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.docx import paragraphs
from bot.documents.written_docx import WrittenPart, docx_bytes

NOW = 1_795_000_000.0
words = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=20)


@pytest.mark.slow
@settings(deadline=None, max_examples=15)
@given(words, st.lists(st.tuples(words, st.lists(st.tuples(words, words), max_size=3)), max_size=3))
def test_what_is_written_is_read_back(title: str, parts: list[tuple[str, list[tuple[str, str]]]]) -> None:
    raw = docx_bytes(title, [WrittenPart(heading, tuple(lines)) for heading, lines in parts], NOW)
    expected = [title]
    for heading, lines in parts:
        expected.append(heading)
        for line, below in lines:
            expected += [line, f"—— {below}"]
    assert paragraphs(raw) == expected


def test_signs_that_xml_does_not_know_are_left_out() -> None:
    assert paragraphs(docx_bytes("劳\x00模\x0b", [WrittenPart("\ud800一", (("二\ufffe", "三"),))], NOW)) == ["劳模", "一", "二", "—— 三"]


def test_no_author_and_no_comment_of_the_library_stay_in_it() -> None:
    with zipfile.ZipFile(io.BytesIO(docx_bytes("工会", [], NOW))) as archive:
        about = archive.read("docProps/core.xml").decode()
    assert "python-docx" not in about
    assert "2026-11-" in about
