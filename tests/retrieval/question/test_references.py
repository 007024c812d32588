"""Spellings of references: by hand (references.tsv), generated from the grammar, and what must not be taken for one."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Corpus, Reference, References, UnknownReference, contents, read
from retrieval.question import spellings
from retrieval.question.references import _HINT
from retrieval.speeches.numerals import to_chinese
from retrieval.terms.fold import fold_question
from tests.kit.table import each_row

HERE = Path(__file__).parent
BUDGET = 0.05  # seconds of processor time for 10 000 characters


def rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("# ")]


@pytest.fixture(scope="session")
def references(corpus: Corpus) -> References:
    return References(corpus)


@pytest.fixture(scope="session")
def unhinted(corpus: Corpus) -> References:
    """Looks closer at every message."""
    references = References(corpus)
    references._hint = re.compile("")
    return references


def found(references: References, text: str) -> str:
    return " ".join(map(str, references.find(text).references))


@each_row("text, expected, rest", [[*row, ""][:3] for row in rows("references.tsv")])
def test_written_spellings_are_read(references: References, text: str, expected: str, rest: str) -> None:
    assert (found(references, text), references.find(text).rest) == (expected, rest)


@each_row("text", [row[0] for row in rows("not_references.txt")])
def test_other_numbers_and_names_are_left_alone(references: References, text: str) -> None:
    assert found(references, text) == ""
    assert references.find(text).rest == fold_question(text).strip(" ，,、")


def test_the_tables_are_as_long_as_promised() -> None:
    assert len(rows("references.tsv")) >= 300
    assert len(rows("not_references.txt")) >= 300


# --- generated: every number in every style with every separator

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
FIGURES = {"arabic": str, "wide": lambda n: str(n).translate(WIDE), "chinese": to_chinese}
SPEECHES = ("第{}篇", "篇{}", "第{}篇讲话", "第{}个讲话", "第{}篇的", "第{}篇,", "讲话{}")
PARTS = ("第{}部分", "第{}点", "第{}条", "的第{}个方面", "({})", "（{}）")
SEPARATORS = (".", "．", "。", "·", "-", "－", "–", "—", "——", "−", "/", "_", ":", " - ", " . ")
PATHS = [(1,), (3,), (6,), (12,), (3, 2), (1, 3), (4, 4), (2, 11), (1, 3, 3), (4, 1, 2), (1, 3, 3, 1)]


def dotted() -> Iterator[tuple[str, str]]:
    for path, (style, figure), separator in itertools.product(PATHS, FIGURES.items(), SEPARATORS):
        time_like = separator == ":" and any(n > 9 for n in path[1:])
        if not time_like and not (separator == "。" and style == "chinese"):
            yield separator.join(map(figure, path)), ".".join(map(str, path))


def named() -> Iterator[tuple[str, str]]:
    for number, part, speech, unit, figure in itertools.product((1, 5, 12), (2, 4, 11), SPEECHES, PARTS, FIGURES.values()):
        text = speech.format(figure(number)) + unit.format(figure(part))
        yield text.replace("的的", "的"), f"{number}.{part}"


def lists() -> Iterator[tuple[str, str]]:
    for several, sign in itertools.product(((1, 3), (2, 5, 6), (1, 2, 3, 4, 5, 6)), ("、", "，", ",", "和", " 和 ", "；", "与", "及")):
        expected = " ".join(map(str, several))
        for figure in FIGURES.values():
            yield sign.join(f"第{figure(n)}篇" for n in several), expected
        yield sign.join(f"{n}.1" for n in several), " ".join(f"{n}.1" for n in several)


def ranges() -> Iterator[tuple[str, str]]:
    for sign, figure in itertools.product(("到", "至", "-", "~", "～", "—", " - "), FIGURES.values()):
        first, last = figure(2), figure(4)
        yield f"第{first}篇{sign}第{last}篇", "2 3 4"
        yield f"第{first}{sign}{last}篇", "2 3 4"
        yield f"第三篇第{first}{sign}{last}点", "3.2 3.3 3.4"
        yield f"第三篇第{first}段{sign}第{last}段", "3p2 3p3 3p4"
        yield f"3.{first}{sign}3.{last}", "3.2 3.3 3.4"
        yield f"3.{first}{sign}{last}", "3.2 3.3 3.4"


GENERATED = sorted({*dotted(), *named(), *lists(), *ranges()})


def test_generated_spellings_are_read(references: References) -> None:
    wrong = [(text, expected, found(references, text)) for text, expected in GENERATED if found(references, text) != expected]
    assert wrong == []
    assert len(GENERATED) > 1500


SENTENCES = ("{}讲了什么", "请问{}怎么说工会", "工会要怎么做，{}", "把{}发给我", "劳模精神在{}里提到了吗？")


def test_generated_names_are_read_inside_sentences(references: References) -> None:
    texts = [(s.format(text), s.format(" "), expected) for (text, expected), s in itertools.product(named(), SENTENCES)]
    for text, around, expected in texts:
        understood = references.find(text)
        assert " ".join(map(str, understood.references)) == expected, text
        assert understood.rest.replace(" ", "").strip(",的") in fold_question(around).replace(" ", ""), text


def test_every_part_of_the_corpus_round_trips(corpus: Corpus, references: References) -> None:
    for numbered in corpus.speeches:
        for node in contents(corpus, numbered.number):
            reference = Reference(numbered.number, node.number)
            for text in (str(reference), str(reference).replace(".", "-"), "/s" + str(reference).replace(".", "_")):
                assert references.find(text).references == (reference,)
        for paragraph in range(1, len(numbered.speech.paragraphs) + 1):
            reference = Reference(numbered.number, (), paragraph)
            assert references.find(str(reference)).references == (reference,)


def test_choices_of_an_unknown_reference_can_be_typed(corpus: Corpus, references: References) -> None:
    for number, path in ((9, ()), (3, (9,)), (1, (3, 9)), (1, (3, 3, 9))):
        with pytest.raises(UnknownReference) as error:
            corpus.part(number, path)
        for choice in error.value.choices:
            assert found(references, choice) == choice


def test_the_speeches_themselves_name_none(corpus: Corpus, references: References) -> None:
    for numbered in corpus.speeches:
        for span in numbered.speech.paragraphs:
            for sentence in re.split("[。；;！!]", corpus.text(numbered.speech.file, span)):
                assert references.find(sentence).references == (), sentence


def test_a_corpus_without_configuration_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("同志们：\n一、好。做好工作。\n二、更好。做得更好。\n", encoding="utf-8")
    references = References(read(tmp_path))
    assert found(references, "第一篇最后一部分") == "1.2"
    assert found(references, "咸阳那篇") == ""
    assert found(references, "最后三篇") == "1"
    assert references.find("倒数第三篇说什么").rest == "倒数第三篇说什么"


# --- whatever is typed

ALPHABET = list("第一二三四五六十篇讲话部分点段最后倒数前两的里咸阳那到至和、，。,.;:-—~·/_()（）[] 0123456789 sp劳模")
PIECES = [
    "第三篇",
    "篇三",
    "讲话三",
    "第二部分",
    "的第1点",
    "（二）",
    "最后一段",
    "第2-4点",
    "咸阳那篇",
    "2014年的讲话",
    "/s3_2",
    "3.2",
    "到",
    "和",
    "，",
    "三个作用",
]


@settings(deadline=None)
@given(
    st.text(max_size=80)
    | st.text(st.sampled_from(ALPHABET), max_size=60)
    | st.lists(st.sampled_from([*PIECES, *ALPHABET]), max_size=14).map("".join)
)
def test_any_text_gives_at_most_six_references_and_a_rest_in_its_order(references: References, text: str) -> None:
    understood = references.find(text)
    assert len(set(understood.references)) == len(understood.references) <= spellings.MOST
    assert all(len(r.path) <= 3 for r in understood.references)
    letters = iter(fold_question(text))
    assert all(c in letters for c in understood.rest if c != " ")
    assert understood.references or understood.rest == fold_question(text).strip(" ，,、")


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["第三篇第二部分", "咸阳那篇", "第2篇和第5篇", "篇三之二", "讲话三第二点", "2014年的讲话"]), min_size=1, max_size=5
    ),
    st.lists(st.sampled_from(["劳模精神", "工会怎么说", "请问", "有什么", "吗", "三个作用"]), min_size=6, max_size=6),
)
def test_the_rest_names_no_speech(references: References, names: list[str], words: list[str]) -> None:
    understood = references.find("".join(word + name for word, name in zip(words, names, strict=False)) + words[-1])
    assert understood.references
    assert references.find(understood.rest).references == ()


HOSTILE = [
    *(
        "第",
        "第三篇",
        "第三篇第",
        "第三篇,",
        "第三篇和",
        "第三篇第二部分和",
        "第一篇到",
        "第一到",
        "第1、",
        "第1-",
        "篇",
        "篇3",
        "讲话",
        "讲话三",
    ),
    *(
        "咸阳",
        "咸阳那",
        "咸阳那篇",
        "咸阳和",
        "那篇关于",
        "2014年",
        "3",
        "3.",
        "3。",
        "3-",
        "3 ",
        "1、",
        "四(",
        "四(二)",
        "/s3_2",
        "最后一",
    ),
    *("里的", "的", "，", "、", "-", "—", " ", "和", "十", "(", ")", "a", "劳模", "第三篇第一、二、三、四、五、六部分", "\x00", "😀"),
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("tail", ["", "篇", "第二部分", "!"])
def test_ten_thousand_hostile_characters_are_read_at_once(references: References, piece: str, tail: str) -> None:
    text = (piece * 10_000)[:10_000] + tail
    seconds = []
    for _ in range(3):
        start = time.process_time()
        references.find(text)
        seconds.append(time.process_time() - start)
    assert min(seconds) < BUDGET


SPELLED = "".join(piece for piece in vars(spellings).values() if isinstance(piece, str))
SIGNS = sorted({sign for sign in SPELLED + "咸阳最新近早 ," if sign.isalpha() or sign in " ,"})


@settings(max_examples=300)
@given(st.text(st.sampled_from([sign for sign in SIGNS if not re.fullmatch(_HINT, sign)]), max_size=24))
def test_what_has_no_hint_has_no_reference(unhinted: References, references: References, text: str) -> None:
    assert references.find(text) == unhinted.find(text)


@pytest.mark.parametrize("name", ["references.tsv"])
def test_what_has_a_reference_has_a_hint(unhinted: References, references: References, name: str) -> None:
    for text, *_ in rows(name):
        assert references.find(text) == unhinted.find(text)
