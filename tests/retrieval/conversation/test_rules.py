"""What a message means after the one before: every rule by its own examples, by a table, and for any pair of messages."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Answer, Conversation, Engine, Turn, Understood, after, turn
from retrieval import conversation as conversation_rules
from retrieval.conversation.rule_table import RULES, Rule
from retrieval.question.understand import Reader
from tests.kit.table import each_row


def is_rule(module: ModuleType, function: Callable[..., object]) -> bool:
    """Whether a function of a module is a rule: it takes an utterance and nothing else, and is not another rule's."""
    return function.__module__ == module.__name__ and not function.__name__.startswith("_") and " / " in (function.__doc__ or "")


NOTHING = "—"  # stands for no question before
FAILS = ("第二篇旅游有什么要求",)  # a question that gets no sure answer, so that more is kept than the question
MODULES = [
    import_module(f"{conversation_rules.__name__}.{path.stem}") for path in sorted(Path(conversation_rules.__path__[0]).glob("*_rules.py"))
]
WRITTEN = [name for m in MODULES for name, f in inspect.getmembers(m, inspect.isfunction) if is_rule(m, f)]


def examples(rule: Rule) -> Iterator[tuple[bool, str, str, str]]:
    """(answers, messages before, message, what follows) of a rule's docstring: lines of `before / message → question or sentence`."""
    for line in (rule.__doc__ or "").splitlines():
        for example in filter(None, map(str.strip, line.split("   ") if " / " in line else ())):
            before, _, after = example.removeprefix("✗").strip().partition(" / ")
            message, _, question = after.partition(" → ")
            yield not example.startswith("✗"), before.replace(NOTHING, ""), message, question


def test_every_rule_has_its_place_in_the_order_and_an_example() -> None:
    assert sorted(rule.__name__ for rule in RULES) == sorted(WRITTEN)
    for rule in RULES:
        assert {answers for answers, *_ in examples(rule)} == {True, False}, rule.__name__


def conversation(engine: Engine, messages: str) -> Conversation | str:
    """What is kept after messages that are set apart by //; of a single one just that question."""
    several = messages.split(" // ")
    kept = Conversation()
    for message in several if len(several) > 1 or messages in FAILS else ():
        step = turn(engine, message, kept)
        kept = step.then or after(kept, step, step.answer or engine.answer(step.understood), 0)
        kept = replace(kept, wished="random") if step.say == "random" else kept  # as the service keeps what it drew
    return kept if kept.asked else messages


def follows(step: Turn) -> str:
    """The question that is asked then, or the sentence that is said, or that quotes are shown."""
    return step.question if step.kind in ("new", "more", "again") else step.kind if step.kind == "quotes" else step.say


@each_row("rule", RULES)
def test_a_rule_answers_its_examples_and_not_its_counter_examples(judged: Engine, rule: Rule) -> None:
    for answers, previous, message, then in examples(rule):
        found = turn(judged, message, conversation(judged, previous))
        assert (found.because == rule.__name__) is answers, (previous, message, found.because)
        assert not answers or follows(found) == then, (previous, message)


KINDS = {
    "nothing_before": "new",
    "part_wished": "new",
    "counts_nothing": "say",
    "source_asked": "say",
    "short_alone": "new",
    "new_question": "new",
    "further_quotes": "more",
}
# question before, message, rule, question that is then asked
TABLE = [
    ("", "工会呢", "nothing_before", "工会呢"),
    ("3.2", "还有吗", "next_part", "3.3"),
    ("3.4", "继续", "next_part", "3p8"),
    ("第六篇", "还有吗", "further_quotes", "第六篇"),
    ("工会要怎么为职工服务", "还有吗？", "further_quotes", "工会要怎么为职工服务"),
    ("劳模精神是什么", "谢谢，还有吗", "further_quotes", "劳模精神是什么"),
    ("劳模精神是什么", "谁说的", "source_asked", "who"),
    ("毛主席说劳模有什么作用", "出处", "source_asked", "place"),
    ("劳模精神是什么", "③", "quote_by_number", "劳模精神是什么"),
    ("第三篇", "③", "part_wished", "3"),
    ("工会要怎么为职工服务", "那咸阳那篇呢", "speech_named", "第5篇 工会要怎么为职工服务"),
    ("工会要怎么为职工服务", "第四篇怎么说", "speech_named", "第4篇 工会要怎么为职工服务"),
    ("工会要怎么为职工服务", "第四篇第二部分呢", "speech_named", "第4篇第2部分 工会要怎么为职工服务"),
    ("第六篇结尾怎么祝福", "第一篇呢", "speech_named", "第1篇 结尾怎么祝福"),
    ("工会应该做什么", "那2015年的呢", "speech_named", "第5篇 工会应该做什么"),
    ("怎么宣传劳模", "第三篇第二部分讲了什么", "part_wished", "第三篇第二部分讲了什么"),
    ("工会应该做什么", "第九篇讲了什么", "part_wished", "第九篇讲了什么"),
    ("工会要怎么为职工服务", "第三篇", "part_wished", "第三篇"),
    ("咸阳那篇怎么说工会", "张家界呢", "speech_called", "第4篇 工会"),
    ("怎么当好劳模", "其他篇呢", "every_speech", "各篇讲话 怎么当好劳模"),
    ("3.2", "下一节", "neighbour", "3.3"),
    ("3.2", "好的，下一节", "neighbour", "3.3"),
    ("3.2", "上一点", "neighbour", "3.1"),
    ("3.4", "下一节", "neighbour", "3p8"),
    ("3.2", "下一篇", "neighbour", "4"),
    ("第三篇", "下一个", "neighbour", "4"),
    ("第六篇", "下一个", "counts_nothing", "no_such_part"),
    ("5.2", "下一段", "neighbour", "5p7"),
    ("第六篇第3段", "上一段", "neighbour", "6p2"),
    ("第六篇最后一段", "下一段", "counts_nothing", "no_such_part"),
    ("毛主席说劳模有什么作用", "第二个呢", "counted_by_the_answer", "毛主席说劳模有什么作用"),
    ("第五篇", "第二点", "part_counted", "5.2"),
    ("1.3", "第三点呢", "part_counted", "1.3.3"),
    ("张家界那篇第二部分", "第一点", "part_counted", "4.2.1"),
    ("第六篇说了啥", "第二部分第三点", "part_counted", "6.2.3"),
    ("6.2", "那第三部分呢", "part_counted", "6.2.3"),
    ("第五篇", "第九点", "part_counted", "5.9"),
    ("3.3", "第一部分第二点", "part_counted", "3.1.2"),
    ("3.2", "最后一部分", "part_counted", "3.4"),
    ("第五篇", "最后一点呢", "part_counted", "5.4"),
    ("劳模自己要做到哪三条", "那第二个呢", "part_counted", "1.2.2"),
    ("劳模自己要做到哪三条", "第九点", "counts_nothing", "no_such_part"),
    ("第五篇", "讲了什么", "of_what_was_opened", "第5篇讲了什么"),
    ("第五篇", "怎么说工会", "of_what_was_opened", "第5篇怎么说工会"),
    ("第五篇", "工会呢", "of_what_was_opened", "第5篇工会"),
    ("第五篇", "它怎么说改革", "of_what_was_opened", "第5篇怎么说改革"),
    ("第五篇", "劳模精神是什么", "new_question", "劳模精神是什么"),
    ("工匠精神", "那劳模精神呢", "topic_exchanged", "劳模精神"),
    ("劳模精神是什么", "那工匠精神呢", "topic_exchanged", "工匠精神是什么"),
    ("工会要怎么为职工服务", "为什么", "asks_further", "为什么 工会要怎么为职工服务"),
    ("工会要怎么为职工服务", "科学技术发展有多快？", "new_question", "科学技术发展有多快？"),
    ("怎么关心退休劳模", "那GDP呢", "short_alone", "gdp"),
    ("组织部门要做什么", "那宣传部门呢", "short_alone", "宣传部门"),
]


@each_row("previous, message, rule, question", TABLE)
def test_a_message_goes_on_with_the_question_before(engine: Engine, previous: str, message: str, rule: str, question: str) -> None:
    found = turn(engine, message, previous)
    assert (found.because, follows(found), found.kind) == (rule, question, KINDS.get(rule, "again"))


@each_row(
    "message, said",
    [
        ("你好，我是县档案馆的，要给群众复信。你能查什么？", "ability"),
        ("我是工会的，要办活动，你能干啥", "ability"),
        ("我是学生，要写作业，你是机器人吗", "identity"),
        ("我们是先进班组，你说怎么宣传劳模", ""),
        ("我在写稿子，你给我找一句讲劳动的", ""),
    ],
)
def test_whoever_is_introduced_is_told_of_the_bot(judged: Engine, message: str, said: str) -> None:
    assert turn(judged, message, "").say == said


# --- for any pair

BEFORE = st.sampled_from(
    [row[0] for row in TABLE] + ["最后祝福什么", "第三篇怎么开头的", "哪几篇提到创新", "第三篇说2015年要怎样", "今晚吃什么"]
)
PIECES = [
    "那",
    "还有",
    "第二",
    "第四篇",
    "咸阳",
    "各篇",
    "工会",
    "劳模精神",
    "上一",
    "个",
    "段",
    "点",
    "怎么说",
    "为什么",
    "它",
    "呢",
    "？",
    "，",
]
MESSAGE = st.sampled_from([row[1] for row in TABLE]) | st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)


class Shown:
    """Makes the answers that are shown, and counts them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.count = 0

    def __call__(self, understood: Understood, skip: int) -> Answer:
        self.count += 1
        return self.engine.answer(understood, 3, skip)


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(BEFORE, MESSAGE)
def test_the_kept_text_reads_back_to_what_is_answered(engine: Engine, previous: str, message: str) -> None:
    found = turn(engine, message, previous, Shown(engine))
    if found.kind in ("say", "wish"):
        return
    assert found.understood == engine.reader.understand(found.question)
    assert found.answer in (None, engine.answer(found.understood, 3, found.skip))


def shown_for(engine: Engine, message: str, previous: str) -> tuple[Turn, int]:
    """The turn, and how many answers are made until it is shown."""
    shown = Shown(engine)
    kept = Conversation(question=previous, card=tuple(quote.id for quote in engine.ask(previous).quotes))
    found = turn(engine, message, kept, shown)
    assert found.answer or shown(found.understood, found.skip)
    return found, shown.count


@each_row(
    "previous, message, rule",
    [
        ("怎么宣传劳模", "还有吗", "further_quotes"),
        ("怎么宣传劳模", "②", "quote_by_number"),
        ("怎么宣传劳模", "第四篇呢", "speech_named"),
        ("毛主席说劳模有什么作用", "第二个呢", "counted_by_the_answer"),
        ("怎样带动大家一起干", "那技术呢", "both_answered"),
        ("怎么宣传劳模", "工会是干什么的", "new_question"),
    ],
)
def test_what_a_rule_looked_at_is_not_answered_again(engine: Engine, previous: str, message: str, rule: str) -> None:
    found, count = shown_for(engine, message, previous)
    assert (found.because, count) == (rule, 1)


class Noting:
    """A reader that notes what it reads."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.read: list[str] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._reader, name)

    def understand(self, question: str) -> Understood:
        self.read.append(question)
        return self._reader.understand(question)


@pytest.mark.parametrize(
    ("previous", "message", "read"),
    [
        ("怎么宣传劳模", "第四篇呢", ["第四篇呢", "怎么宣传劳模", "第4篇 怎么宣传劳模"]),
        ("怎么宣传劳模", "还有吗", ["怎么宣传劳模", "还有吗"]),
        ("", "怎么宣传劳模", ["怎么宣传劳模"]),
    ],
)
def test_everything_is_read_once(engine: Engine, previous: str, message: str, read: list[str]) -> None:
    reader = Noting(engine.reader)
    turn(replace(engine, reader=cast("Reader", reader)), message, previous)
    assert sorted(reader.read) == sorted(read)
