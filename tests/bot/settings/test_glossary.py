"""English questions in Chinese words, and the glosses: read, complete, and every mistake named."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import character_exceptions, glossary, glosses
from bot.settings.glossary import Glossary
from bot.settings.library import Library
from bot.settings.wording import Wording
from bot.settings.yaml_file import ConfigError
from tests.kit.table import each_row

ASKED = [
    ("union", "工会"),
    ("Unions!", "工会"),
    ("model worker", "劳模"),
    ("the model workers' spirit", "劳模精神"),
    ("craftsmanship", "工匠精神"),
    ("How can we respect labour?", "尊重劳动"),
    ("high-quality development", "高质量发展"),
    ("people's congress", "人大"),
    ("What should the union do for workers?", "工会 职工"),
    ("innovation in 2014", "创新 2014年"),
    ("Speech 5 part 2", "第5篇第2部分"),
    ("speech 3", "第3篇"),
    ("Speech No. 3", "第3篇"),
    ("part 2", "第2部分"),
    ("section two of speech four", "第4篇第2部分"),
    ("the second part of the 5th speech", "第5篇第2部分"),
    ("speech 4 part 2 point 1", "第4篇第2部分第1点"),
    ("speech 5.2", "第5篇第2部分"),
    ("last paragraph of speech 6", "第6篇最后一段"),
    ("union in speech 4", "第4篇 工会"),
    ("thank you!", "谢谢"),
    ("more", "还有吗"),
]
NOT_ENGLISH = ["工会", "union 是什么", "3.2", "s3", "laomo jingshen", "gonghui zuo shenme", "", "?", "bitcoin price", "what is it"]


@each_row("english, chinese", ASKED)
def test_english_is_asked_in_chinese(phrases: Wording, english: str, chinese: str) -> None:
    found = phrases.glossary.understood(english)
    assert found is not None
    assert found.text == chinese


@each_row("message", NOT_ENGLISH)
def test_everything_else_stays_as_it_is(phrases: Wording, message: str) -> None:
    assert phrases.glossary.understood(message) is None


def test_what_is_not_known_is_named(phrases: Wording) -> None:
    found = phrases.glossary.understood("overtime and the union")
    assert found is not None
    assert (found.terms, found.unknown) == ((("工会", "union"),), ("overtime",))


@given(st.text(st.characters(codec="utf-8"), max_size=60) | st.text("speech part2.no -'’unions of the 12th\n", max_size=60))
def test_any_message_is_understood_or_left(phrases: Wording, message: str) -> None:
    found = phrases.glossary.understood(message)
    assert found is None or found.text


def test_the_glossary_is_large_and_says_what_the_speeches_say(phrases: Wording, library: Library) -> None:
    terms = set(phrases.glossary.terms.values())
    text = "".join(library.corpus.texts.values())
    assert len(terms) >= 200
    assert sum(term in text for term in terms) >= 200


def test_an_english_word_stands_for_one_chinese_word(tmp_path: Path) -> None:
    (tmp_path / glossary.FILE).write_text("terms: {工会: union, 联合: 'Union, unity'}\nasides: the\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"glossary\.yaml: terms: 联合 has 'union'"):
        glossary.read(tmp_path)


def test_a_configuration_without_these_files_has_none(tmp_path: Path) -> None:
    assert glossary.read(tmp_path) == Glossary()
    assert glosses.read(tmp_path, []).english == {}


def test_every_title_heading_and_example_has_a_gloss_and_no_two_the_same(phrases: Wording, library: Library) -> None:
    assert glosses.notes(phrases.glosses, library.corpus, phrases.en.list("help.examples")) == []
    counted = Counter(phrases.glosses.english.values())
    assert [gloss for gloss, times in counted.items() if times > 1] == []


def test_a_missing_and_a_useless_gloss_are_noted(phrases: Wording, library: Library) -> None:
    english = {**phrases.glosses.english, "没有这个标题": "No such heading"}
    del english["埋头苦干"]
    assert glosses.notes(glosses.Glosses(english), library.corpus, phrases.en.list("help.examples")) == [
        "glosses.yaml: 埋头苦干 has no gloss",
        "glosses.yaml: 没有这个标题 is no title, heading or example",
    ]


def test_an_exception_keeps_the_number_of_characters(tmp_path: Path) -> None:
    (tmp_path / character_exceptions.FILE).write_text("taiwan: {娘家: 娘家人}\n", encoding="utf-8")
    problems: list[str] = []
    character_exceptions.read(tmp_path, problems)
    assert problems == ["traditional.yaml: taiwan: 娘家 is '娘家人'; expected 2 characters"]
