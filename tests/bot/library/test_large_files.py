"""Documents of every kind that `add` reads come into a large collection; what cannot be read is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.documents.document import UnreadableDocument
from bot.library import large_files
from bot.library.brought import BroughtDocument, brought
from bot.library.large_build import BuildProgress, build_index
from bot.library.large_files import files_in
from retrieval import files_of, opened_segments, read_manifest
from retrieval.segments.corpus_on_disk import CorpusOnDisk, SpeechDirectory
from retrieval.segments.register_on_disk import RegisterOnDisk
from tests.kit.made_documents import docx_of, odt_of
from tests.kit.small_speeches import written

pytestmark = pytest.mark.slow


LINES = ["在某县劳模座谈会上的讲话", "（2015年4月29日）", "同志们：", "劳动是一切幸福的源泉。"]
TWO = ["篇1：五一讲话", "劳动光荣，创造伟大。", "篇2：五四讲话", "青年要立志做大事。"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = written(tmp_path / "texts", {"plain.txt": "创新是第一动力。\n", "notes.md": "# 在工会的讲话\n\n工会要维护职工的权益。\n"})
    (found / "sub").mkdir()
    (found / "sub" / "one.DOCX").write_bytes(docx_of(LINES))
    (found / "two.odt").write_bytes(odt_of(TWO))
    return found


def built(folder: Path) -> BuildProgress:
    return build_index(folder.parent / "index", [folder], lambda _: None, 1)


def opened(folder: Path) -> CorpusOnDisk:
    directory = SpeechDirectory(*opened_segments(folder.parent / "index"))
    return CorpusOnDisk(directory, "", RegisterOnDisk(directory))


def test_documents_are_read_beside_plain_texts(folder: Path) -> None:
    assert built(folder).problems == []
    corpus = opened(folder)
    titles = {(one.entry.file, one.entry.printed): (one.entry.title, one.entry.date) for one in corpus.speeches}
    assert titles["sub/one.DOCX", 0] == ("在某县劳模座谈会上的讲话", "2015-04-29")
    assert titles["notes.md", 0][0] == "在工会的讲话"
    assert {printed for file, printed in titles if file == "two.odt"} == {1, 2}
    assert "劳动是一切幸福的源泉。" in corpus.texts["sub/one.DOCX"]
    assert built(folder).files == 0


def test_what_programs_hide_and_other_kinds_are_left_alone(folder: Path) -> None:
    for name in (".hidden.txt", "~$one.docx", "picture.png", "old.doc", "papers.zip", "none"):
        (folder / name).write_bytes(b"x")
    assert [file.name for file in files_in([folder])] == ["notes.md", "plain.txt", "sub/one.DOCX", "two.odt"]


def test_of_a_collection_of_add_the_texts_count_once(tmp_path: Path) -> None:
    names = ("own/speeches.yaml", "own/texts/1.txt", "own/originals/1.docx", "originals/2.txt")
    written(tmp_path, dict.fromkeys(names, "劳动光荣。\n"))
    assert [file.name for file in files_in([tmp_path])] == ["originals/2.txt", "own/texts/1.txt"]


def test_a_document_that_cannot_be_read_is_named_until_it_changes(folder: Path) -> None:
    (folder / "sub" / "one.DOCX").write_bytes(b"PK\x03\x04 broken")
    (folder / "two.odt").write_bytes(b"%PDF-1.4 nothing")
    assert sorted(problem.split(": ")[0] for problem in built(folder).problems) == ["sub/one.DOCX", "two.odt"]
    assert built(folder).files == 0
    (folder / "sub" / "one.DOCX").write_bytes(docx_of(LINES))
    assert (built(folder).files, opened(folder).texts["two.odt"]) == (1, "")


def test_what_lacked_a_reader_is_read_once_it_is_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(raw: bytes, name: str) -> BroughtDocument:
        if name.endswith(".odt"):
            raise UnreadableDocument(name, "no reader")
        return brought(raw, name)

    monkeypatch.setattr(large_files, "brought_apart", without)
    assert [problem.split(": ")[0] for problem in built(folder).problems] == ["two.odt"]
    assert [problem.split(": ")[0] for problem in built(folder).problems] == ["two.odt"]
    monkeypatch.setattr(large_files, "brought_apart", brought)
    assert (built(folder).problems, built(folder).files) == ([], 0)
    assert "青年要立志做大事。" in opened(folder).texts["two.odt"]


def test_a_document_by_itself_is_read_and_an_archive_is_not(tmp_path: Path) -> None:
    (tmp_path / "one.docx").write_bytes(docx_of(LINES))
    (tmp_path / "papers.zip").write_bytes(b"PK\x03\x04")
    found = build_index(tmp_path / "index", [tmp_path / "one.docx", tmp_path / "papers.zip"], lambda _: None, 1)
    assert [problem.split(": ")[0] for problem in found.problems] == ["papers.zip"]
    kept = files_of(tmp_path / "index", read_manifest(tmp_path / "index"))
    assert {name for name, of in kept.items() if of.numbers} == {"one.docx"}
