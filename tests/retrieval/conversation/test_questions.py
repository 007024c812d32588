"""Several questions of one message are told apart only if each stands alone."""

from __future__ import annotations

import pytest

from retrieval import Engine, of_one_speech, questions
from tests.kit.table import each_row
from tests.retrieval.conftest import words


@each_row(
    "message, told_apart",
    [
        ("1. 工会是干什么的 2. 毛主席说了什么", ("工会是干什么的", "毛主席说了什么")),
        ("工会要做什么？为什么？", ("工会要做什么",)),
        ("工会是干什么的？科学技术发展有多快？", ("工会是干什么的", "科学技术发展有多快")),
        ("工会是干什么的？\n科学技术发展有多快", ("工会是干什么的", "科学技术发展有多快")),
        ("工会是干什么的，毛主席说了什么", ("工会是干什么的", "毛主席说了什么")),
        ("老劳模要讲几句话，毛主席说了什么", ("老劳模要讲几句话，毛主席说了什么",)),
    ],
)
def test_questions_that_stand_alone_are_told_apart(message: str, told_apart: tuple[str, ...]) -> None:
    assert questions(message, words()) == told_apart


@each_row(
    "message",
    [
        "老劳模退休了。他们怎么办？",
        "有没有提到科学技术的发展？这个发展有多快？",
        "一？二？三？",
        "3.2 科学技术发展有多快",
        "为什么？怎么办？",
        "？",
    ],
)
def test_what_does_not_stand_alone_stays_one(message: str) -> None:
    assert questions(message, words()) == (message,)


def test_there_are_at_most_four() -> None:
    asked = "工会是干什么的？科学技术发展有多快？毛主席说了什么？改革怎么说的？创新怎么说的？"
    assert questions(asked, words()) == ("工会是干什么的", "科学技术发展有多快", "毛主席说了什么", "改革怎么说的")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        (("第6篇怎么说工匠", "有没有提到待遇"), ("第6篇怎么说工匠", "第6篇有没有提到待遇")),
        (("第6篇怎么说工匠", "工会是干什么的"), ("第6篇怎么说工匠", "工会是干什么的")),
        (("第6篇怎么说工匠", "第3篇有没有提到待遇"), ("第6篇怎么说工匠", "第3篇有没有提到待遇")),
        (("怎么说工匠", "有没有提到待遇"), ("怎么说工匠", "有没有提到待遇")),
    ],
)
def test_what_leans_on_the_question_before_is_asked_of_its_speech(engine: Engine, asked: tuple[str, ...], meant: tuple[str, ...]) -> None:
    assert of_one_speech(asked, engine.reader) == meant
