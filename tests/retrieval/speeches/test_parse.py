"""The tree of the six speeches, and of texts that nobody here wrote."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Corpus, Speech
from retrieval.speeches.blanks import BLANK
from retrieval.speeches.labels import in_line, resolve
from retrieval.speeches.lines import logical_lines, sentences
from retrieval.speeches.parse import parse
from retrieval.speeches.tree import Span
from tests.kit.table import each_row

# speech: sections, points, sub-points, printed paragraphs, sentences of running text, headings
SHAPE = {
    1: (3, 9, 6, 20, 72, 17),
    2: (0, 3, 0, 5, 21, 1),
    3: (4, 0, 0, 9, 27, 4),
    4: (4, 13, 0, 11, 46, 17),
    5: (4, 0, 0, 12, 40, 4),
    6: (3, 3, 0, 9, 40, 6),
}


def assert_tiled(text: str, speech: Speech) -> None:
    position = speech.span.start
    for leaf in speech.leaves():
        assert leaf.span.start < leaf.span.end
        assert all(map(BLANK.match, text[position : leaf.span.start]))
        position = leaf.span.end
    assert position == speech.span.end


@each_row("number", SHAPE)
def test_each_speech_has_the_parts_that_a_reader_counts(corpus: Corpus, number: int) -> None:
    speech = corpus.speech(number).speech
    kinds = Counter(node.kind for node in speech.walk())
    text = corpus.texts[speech.file]
    running = sum(len(list(sentences(text, leaf.span))) for leaf in speech.leaves() if leaf.kind == "text")
    shape = (kinds["section"], kinds["point"], kinds["subpoint"], len(speech.paragraphs), running, kinds["heading"])
    assert shape == SHAPE[number]
    assert kinds["salutation"] == kinds["opening"] == 1
    assert kinds["closing"] == (0 if number == 2 else 1)


def test_the_leaves_tile_every_speech(corpus: Corpus) -> None:
    for numbered in corpus.speeches:
        assert_tiled(corpus.texts[numbered.speech.file], numbered.speech)


@each_row(
    "number, path, title, depth",
    [
        (1, (2, 3), "第三要继续发扬", 2),
        (1, (2, 3, 2), "二是要推动发展、促进和谐", 3),
        (1, (3, 3, 3), "3、", 3),  # the item without a heading
        (2, (1,), "一是", 2),  # begins in the middle of a paragraph under no section
        (2, (3,), "三是有了新群体的代表", 2),
        (3, (4,), "四要做好表率", 1),
        (4, (1, 4), "四要共同推动发展", 2),
        (5, (3,), "第三，勇于作为、积极探索，争当改革创新的先锋", 1),
        (6, (2, 2), "二要大力弘扬劳模工匠精神", 2),
    ],
)
def test_parts_are_found_at_their_level(corpus: Corpus, number: int, path: tuple[int, ...], title: str, depth: int) -> None:
    node = corpus.part(number, path)
    assert (node.title, node.depth) == (title, depth)


def test_nineteen_parts_begin_in_the_middle_of_a_printed_paragraph(corpus: Corpus) -> None:
    parts = [(n.speech, node) for n in corpus.speeches for node in n.speech.walk() if node.number]
    inside = [node for speech, node in parts if any(p.start < node.span.start < p.end for p in speech.paragraphs)]
    assert (len(parts), len(inside)) == (52, 19)


@each_row(
    "number, start, holds",
    [
        (2, "在这里我代表区委", ()),  # after 三是: the paragraph's own conclusion
        (3, "工会组织是党领导下的", ()),  # after 四要: a new addressee
        (4, "伟大的时代需要伟大的精神！", (2,)),  # the section's conclusion, not 三要's
        (4, "全市各级党委、政府要加强和改善", (4,)),
        (5, "创新是推动咸阳跨越崛起", (3,)),
        (5, "关爱劳模就是尊重劳动", ()),
        (6, "刚才，*位劳模代表", (1,)),
    ],
)
def test_unlabelled_words_stand_under_the_part_they_belong_to(corpus: Corpus, number: int, start: str, holds: tuple[int, ...]) -> None:
    speech = corpus.speech(number).speech
    position = corpus.texts[speech.file].index(start, speech.span.start)
    labels = [node.number for node in corpus.at(number, position) if node.number]
    assert (labels[-1] if labels else ()) == holds


@pytest.mark.parametrize(
    "line",
    [
        "我今天来参加座谈会，一是来看望大家；二是提几点希望；三是谈些看法。",
        "社区工作者第一次当了劳模，第126个国际劳动节。",
        "劳模有三个作用，第一个，带头作用;第二个，骨干作用;第三个，桥梁作用。",
        "在这里，我首先代表市委、市政府，向大家致敬！",
        "完成43.2亿元，同比增长20%。",
    ],
)
def test_these_are_no_labels(line: str) -> None:
    assert resolve(in_line(line, Span(0, len(line)), 0)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各位代表：\n一、工作回顾\n过去一年很好。\n（一）发展经济。经济好了。\n（二）改善民生。民生好了。", [(1,), (1, 1), (1, 2)]),
        ("1.坚持创新。要创新。\n2.坚持开放。要开放。", [(1,), (2,)]),
        ("一、成就\n——经济增长。增长了。\n——就业稳定。稳定了。\n二、任务\n任务很多。", [(1,), (1, 1), (1, 2), (2,)]),
        ("\u200b一、成就\u200b\n\u3000\u3000很好。", [(1,)]),
        ("第十四届全国人民代表大会会议听取和审议了国务院总理所作的，\n政府工作报告\n。会议充分肯定。", []),
    ],
)
def test_other_peoples_ways_of_numbering(text: str, expected: list[tuple[int, ...]]) -> None:
    (speech,) = parse(text, "x.txt")
    assert [node.number for node in speech.walk() if node.number] == expected
    assert_tiled(text, speech)


def test_a_line_that_its_source_broke_is_one_line() -> None:
    text = "大会第三次会议听取和审议了，国务院总理李强所作的\n政府工作报告\n。会议充分肯定。"
    assert logical_lines(text) == [Span(0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“创新者胜。”改革是关键。", ["“创新者胜。”", "改革是关键。"]),
        ("开展“聚力小康?建功三湘”活动。", ["开展“聚力小康?建功三湘”活动。"]),
        ("好吗？好!再见", ["好吗？", "好!", "再见"]),
        ("  ", []),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text, Span(0, len(text)))] == expected


TEXT = st.text(st.sampled_from(list("一二三、（）1.第是要，。；：！？“”\n \u3000\u200b劳模同志们篇最后——先首")), max_size=120) | st.text(
    max_size=80
)


@settings(deadline=None)
@given(TEXT)
def test_any_text_is_tiled_by_its_leaves(text: str) -> None:
    for speech in parse(text, "x.txt"):
        assert_tiled(text, speech)
        for node in speech.walk():
            assert all(node.span.covers(child.span) for child in node.children)
