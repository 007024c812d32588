"""Speeches of any number of passages, recombined from the sentences of real ones, with a vocabulary that grows as they do.

Clauses of two sentences are exchanged, and in one sentence of four a name is invented from the characters of the texts, so that every
ten thousand passages bring words that none before had.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

PASSAGES = 110  # of a speech, as the reports have 200 to 400 and the six speeches 60
EXCHANGED, NAMED = 0.5, 0.25  # of sentences
_SENTENCE = re.compile("[^。！？\n\r]{8,120}[。！？]")  # 劳动创造幸福，奋斗成就梦想。  ✗劳动。
_HAN = re.compile("[\u4e00-\u9fff]")  # 劳  ✗a
_KINDS = "市县区厂村镇会院校路"


def sentences_of(paths: Sequence[Path]) -> list[str]:
    """The sentences of .txt files and of JSON lines with a `content`."""
    texts = []
    for path in paths:
        raw = path.read_text(encoding="utf-8")
        texts += [raw] if path.suffix == ".txt" else [json.loads(line)["content"] for line in raw.splitlines() if line]
    return [sentence for text in texts for sentence in _SENTENCE.findall(text)]


def speeches(sentences: Sequence[str], passages: int, seed: int = 7) -> Iterator[str]:
    """Texts that have about so many passages together."""
    chosen = random.Random(seed)
    characters = [char for sentence in sentences for char in _HAN.findall(sentence)]
    for number in range(max(1, round(passages / PASSAGES))):
        yield _speech(chosen, sentences, characters, number)


def _speech(chosen: random.Random, sentences: Sequence[str], characters: Sequence[str], number: int) -> str:
    lines, count = [f"在第{number + 1}次会议上的讲话", "同志们："], 0
    for section in "一二三四五":
        lines.append(f"{section}、{_heading(chosen, sentences)}")
        while count < PASSAGES * ("一二三四五".index(section) + 1) / 5:
            size = chosen.randint(2, 5)
            lines.append("".join(_sentence(chosen, sentences, characters) for _ in range(size)))
            count += size * 1.25  # longer sentences are cut in two
    return "\n".join([*lines, "谢谢大家。"]) + "\n"


def _heading(chosen: random.Random, sentences: Sequence[str]) -> str:
    return chosen.choice(sentences).split("，")[0].rstrip("。！？")[:18]


def _sentence(chosen: random.Random, sentences: Sequence[str], characters: Sequence[str]) -> str:
    found = chosen.choice(sentences)
    if chosen.random() < EXCHANGED:
        clauses, others = found.split("，"), chosen.choice(sentences).split("，")
        found = "，".join([*clauses[: len(clauses) // 2], *others[len(others) // 2 :]])
    if chosen.random() < NAMED:
        name = "".join(chosen.choices(characters, k=chosen.randint(2, 3))) + chosen.choice(_KINDS)
        found = f"{name}的{found}"
    return found


def questions_about(sentences: Sequence[str], count: int, seed: int = 11) -> list[str]:
    """Whole questions about what some of the sentences say."""
    chosen = random.Random(seed)
    frames = ("{}是怎么要求的？", "关于{}有哪些具体措施", "{}取得了什么成绩？", "为什么说{}", "{}的情况怎么样")
    found = []
    while len(found) < count:
        clauses = [clause for clause in re.split("[，。！？；：]", chosen.choice(sentences)) if 6 <= len(clause) <= 18]
        if clauses:
            found.append(chosen.choice(frames).format(chosen.choice(clauses)))
    return found
