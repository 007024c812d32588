"""Whichever way people ask whether or where a word stands, it is that word that is looked up, and nothing of the question."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from retrieval import Corpus, LiteralReader
from retrieval.question.literal import BY_ITSELF

WORDS = ("农民工", "高尔基")
SAID = [
    *("提到", "提到了", "提到过", "讲到", "讲到了", "说到", "说到了", "说到过", "谈到", "谈到了", "写到", "写到了"),
    *("提过", "说过", "讲过", "写过", "提了", "说了", "讲了", "出现了", "出现过", "用过", "涉及", "提及"),
]
WHERE = ["哪里", "哪儿", "哪篇", "哪一篇", "哪几篇", "哪些讲话", "哪段", "什么地方", "第几篇"]
WHETHER = ["有没有", "有无", "是否", "是不是", "可曾", "讲话里有没有", "这几篇里有没有", "领导有没有"]
AFTER = ["吗", "没", "没有", "了没", "了没有", "么", "不", "没得", "没啊", "吗？", "没有呢"]
TIMES = ["几次", "多少次", "几回", "了几次", "过几次", "几处", "总共几次"]


def asked(word: str) -> Iterator[str]:
    yield from (f"{where}{said}{word}{end}" for where, said, end in product(WHERE, SAID, ("", "？", "呢", "啊")))
    yield from (f"{whether}{said}{word}{end}" for whether, said, end in product(WHETHER, SAID, ("", "？", "吗", "这个词", "的事", "啊")))
    called = ("", "这个词", "的事", "这块", "到底", "，")
    yield from (f"{lead}{word}{so}{said}{after}" for lead, so, said, after in product(("", "讲话里", "六篇里"), called, SAID, AFTER))
    said_so = ("出现", "提到", "说到", "都出现")
    yield from (f"{word}{so}{said}{times}" for so, said, times in product(("", "这个词", "，"), said_so, TIMES))


def test_nothing_of_the_question_is_looked_up(corpus: Corpus) -> None:
    reader = LiteralReader(corpus)
    read = {message: (word, found) for word in WORDS for message in asked(word) if (found := reader.read(message)) and found.wordings}
    wrong = {message: found.wordings for message, (word, found) in read.items() if found.wordings != (word,) and found.because != BY_ITSELF}
    assert wrong == {}
    assert len(read) > 3000
