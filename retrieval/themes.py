"""Across the speeches: what each says on a theme, and which words set one apart from the others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.engine import Answer, Engine
from retrieval.question.references import Reference
from retrieval.question.understand import Understood
from retrieval.speeches.corpus import Corpus, Numbered
from retrieval.speeches.quotes import Quote
from retrieval.terms.fold import fold
from retrieval.terms.segment import Segmenter, is_han

# Words that say nothing about a subject: pronouns, numerals, conjunctions, adverbs, words of place and time, and verbs
# that any speech has. Chosen from the hundred words of each bundled speech with the highest weights, and their like.
FUNCTION_WORDS = frozenset(
    """我们 你们 他们 她们 它们 咱们 大家 自己 自身 人们 各位 诸位 各自 这个 那个 这些 那些 这样 那样 这么 那么
    这里 那里 这种 那种 这次 其中 之中 其他 其它 什么 为什么 怎么 怎样 如何 哪些 哪里 多少 一个 两个 三个 四个
    五个 几个 一些 一种 一份 一位 一名 一行 一般 一样 一切 一定 一起 一直 一方面 另一方面 一大批 一批 许多 很多
    不少 全部 所有 各项 各级 各种 各类 每个 某些 因为 所以 因此 因而 从而 而且 并且 以及 或者 还是 不仅 不但
    但是 然而 如果 只有 只要 无论 无论是 不论 虽然 即使 对于 关于 通过 随着 按照 根据 为了 由于 甚至 比较 更加
    非常 十分 特别 尤其 进一步 不断 始终 已经 正在 将要 曾经 才能 可以 能够 应当 应该 必须 需要 可能 没有 不是
    就是 也是 都是 确保 具有 具备 进行 开展 得到 取得 作出 做出 看到 感到 遇到 受到 认为 表示 体现 成为 作为
    完成 要求 加以 给予 予以 面对 确定 实现 发挥 充分发挥 切实 大力 全面 积极 扎实 坚决 坚定 以上 以下 以往 以来
    之间 之后 之前 同时 同期 同比 上年 今年 去年 当前 目前 今后 过去 多年 年均 及时 先后 期间 时候 开始 周围
    方面 我市 我区 我省 全市 全区 全省 例如 比如 此外 总之""".split()  # noqa: SIM905  a list would be two hundred lines
)
COMPARED = 60  # speeches, chosen: each is asked by itself, 2 to 10 ms
PRIOR = 0.5  # of a word in each speech: keeps words that occur once from leading


def compare(engine: Engine, theme: str) -> tuple[Quote, ...]:
    """The best quote of each speech that has one on the theme, by inferred year, then number.

    One that is not sure must have all words of the theme: of 工匠精神 not only 精神.
    """
    understood = engine.reader.understand(theme)
    words = [term[1:] for term in understood.terms if term[0] == "w"]

    def fits(answer: Answer) -> bool:
        said = fold(answer.quotes[0].text).text if answer.quotes else ""
        return answer.confidence == "sure" or bool(said and words and all(word in said for word in words))

    answers = [(n, engine.within(understood, (Reference(n.number),))) for n in _compared(engine, understood)]
    found = [(n.entry.year or 9999, n.number, answer.quotes[0]) for n, answer in answers if fits(answer)]
    return tuple(q for _, _, q in sorted(found, key=lambda row: row[:2]))


def _compared(engine: Engine, understood: Understood) -> Sequence[Numbered]:
    """All speeches; of many those that say most on the theme."""
    if len(engine.corpus.speeches) <= COMPARED:
        return engine.corpus.speeches
    hits = engine.scorer.of_each_speech(understood, engine.scorer.ranked(replace(understood, each=True)))
    return [engine.corpus.speech(engine.passages[hit.passage].speech) for hit in hits[:COMPARED]]


def word_counts(corpus: Corpus, number: int, segmenter: Segmenter) -> Counter[str]:
    """How often each Chinese word of two or more characters occurs in a speech."""
    speech = corpus.speech(number).speech
    folded = fold(corpus.text(speech.file, speech.span)).text
    return Counter(w.text for w in segmenter.words(folded) if len(w.text) > 1 and is_han(w.text[0]))


def keywords(corpus: Corpus, number: int, segmenter: Segmenter, most: int = 60) -> tuple[tuple[str, float], ...]:
    """Words that set a speech apart, with weights, best first.

    Weight: log-odds of the word in the speech against all others, with a prior, divided by its standard deviation (Monroe,
    Colaresi & Quinn 2008, eq. 22). Only words that occur at least twice, without FUNCTION_WORDS.
    """
    counts = {n.number: word_counts(corpus, n.number, segmenter) for n in corpus.speeches}
    own = counts.pop(number)
    others: Counter[str] = Counter()
    for other in counts.values():
        others.update(other)
    own_total, other_total = sum(own.values()), sum(others.values())

    def weight(word: str) -> float:
        a, b = own[word] + PRIOR, others[word] + PRIOR
        odds = math.log(a / (own_total - a + 1)) - math.log(b / max(other_total - b, 1))
        return odds / math.sqrt(1 / a + 1 / b)

    ranked = sorted(((weight(w), w) for w, n in own.items() if n > 1 and w not in FUNCTION_WORDS), reverse=True)
    return tuple((word, round(value, 3)) for value, word in ranked[:most] if value > 0)


def theme_map(corpus: Corpus, themes: Sequence[str]) -> tuple[tuple[float, ...], ...]:
    """Occurrences of each theme per 1 000 characters in each speech: rows are themes, columns speeches by number."""
    texts = [fold(corpus.text(n.speech.file, n.speech.span)).text for n in corpus.speeches]
    return tuple(tuple(round(1000 * t.count(fold(theme).text) / len(t), 2) for t in texts) for theme in themes)
