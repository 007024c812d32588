"""Sentences of the speeches altered in many ways, invented ones, and drafts made of them; the same for the same seed."""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval import Corpus, Segmenter, Span
from retrieval.exact.letters import letters
from retrieval.speeches.lines import sentences

COMMON = "的是在了和为要我们人民国家发展工作社会经济建设全面推进加强改革开放"
SHORTEST, LONGEST = 8, 120  # letters of a sentence that is altered
INVENTED = (
    "劳动模范要带头学习人工智能，做数字时代的行家里手。",
    "每一个平凡的岗位都值得用一生去守护。",
    "撸起袖子加油干，一张蓝图绘到底。",
    "幸福都是奋斗出来的，奋斗本身就是一种幸福。",
    "空谈误国，实干兴邦。",
    "绿水青山就是金山银山。",
    "各级工会要开通二十四小时服务热线，随时倾听职工呼声。",
    "今年五月底前，全市要建成一百个户外劳动者驿站。",
    "青年工人应当敢闯敢试，在失败中积累经验。",
    "我们要让每一名技术工人都有出彩的机会。",
    "没有一线工人的汗水，就没有高楼大厦和宽阔马路。",
    "要给环卫工人发放高温补贴，让他们夏天有清凉。",
    "企业应当每年组织职工免费体检一次。",
    "劳模的子女入学由教育部门统一安排。",
    "科学技术是第一生产力。",
    "人民对美好生活的向往就是我们的奋斗目标。",
    "干一行爱一行，三百六十行行行出状元。",
    "宝剑锋从磨砺出，梅花香自苦寒来。",
    "会后，与会人员参观了新建成的职工书屋和健身房。",
    "市总工会将拿出专项资金用于困难职工的大病救助。",
    "任何单位不得以任何理由拖欠农民工工资。",
    "要把安全生产责任落实到每一个班组。",
    "机器可以代替双手，代替不了匠心。",
    "这位老师傅三十年如一日，修好了上万台机床。",
    "我们倡导八小时工作、八小时学习、八小时休息。",
    "高铁开通以后，来这里旅游的人一年比一年多。",
    "快递小哥和外卖骑手同样是城市的建设者。",
    "希望同志们多读书、读好书，做一个有文化的劳动者。",
    "奖牌挂在墙上，责任扛在肩上。",
    "谁勤劳谁光荣，谁懒惰谁可耻。",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a speech and where it stands."""

    speech: int
    file: str
    span: Span
    text: str


def all_sentences(corpus: Corpus) -> list[Sentence]:
    """The sentences of running text that are neither very short nor very long."""
    found = []
    for numbered in corpus.speeches:
        text = corpus.texts[numbered.speech.file]
        spans = (span for leaf in numbered.speech.leaves() if leaf.kind == "text" for span in sentences(text, leaf.span))
        found += [Sentence(numbered.number, numbered.speech.file, span, text[span.start : span.end]) for span in spans]
    return [sentence for sentence in found if SHORTEST <= len(letters(sentence.text).text) <= LONGEST]


def characters_changed(count: int) -> Callable[[random.Random, str], str]:
    """So many characters replaced by others."""

    def change(rng: random.Random, text: str) -> str:
        signs = list(text)
        places = [i for i, sign in enumerate(signs) if sign.isalnum()]
        for place in rng.sample(places, min(count, len(places))):
            signs[place] = rng.choice([sign for sign in COMMON if sign != signs[place]])
        return "".join(signs)

    return change


def tenth_changed(rng: random.Random, text: str) -> str:
    """Every tenth character replaced."""
    return characters_changed(max(1, len(text) // 10))(rng, text)


def word_left_out(rng: random.Random, text: str) -> str:
    """Without one of its words of two or more characters."""
    words = _words(text)
    long_ones = [i for i, word in enumerate(words) if len(word) > 1] or [0]
    del words[rng.choice(long_ones)]
    return "".join(words)


def word_put_in(rng: random.Random, text: str) -> str:
    """With a word twice, the second time somewhere else."""
    words = _words(text)
    words.insert(rng.randrange(len(words)), rng.choice([word for word in words if word[0].isalnum()]))
    return "".join(words)


def words_exchanged(rng: random.Random, text: str) -> str:
    """Two neighbouring words in the other order."""
    words = _words(text)
    places = [i for i in range(len(words) - 1) if words[i][0].isalnum() and words[i + 1][0].isalnum() and words[i] != words[i + 1]]
    if places:
        at = rng.choice(places)
        words[at : at + 2] = words[at + 1], words[at]
    return "".join(words)


def words_shuffled(rng: random.Random, text: str) -> str:
    """All words in another order, the marks where they were."""
    words = _words(text)
    places = [i for i, word in enumerate(words) if word[0].isalnum()]
    moved = [words[i] for i in places]
    rng.shuffle(moved)
    for place, word in zip(places, moved, strict=True):
        words[place] = word
    return "".join(words)


def clauses_shuffled(rng: random.Random, text: str) -> str:
    """The clauses in another order; of one clause two words."""
    clauses = re.split("[，；、]", text.rstrip("。！”"))
    if len(clauses) < 2:
        return words_exchanged(rng, text)
    rng.shuffle(clauses)
    return "，".join(clauses) + "。"


def marks_changed(rng: random.Random, text: str) -> str:
    """Other punctuation, and some left out; the same quotation."""
    return "".join(rng.choice(["，", "、", "", "；", " "]) if sign in "，、；" else sign for sign in text).rstrip("。！") + rng.choice(
        ["。", "！", ""]
    )


ALTERATIONS: dict[str, Callable[[random.Random, str], str]] = {
    "one character": characters_changed(1),
    "two characters": characters_changed(2),
    "every tenth": tenth_changed,
    "word left out": word_left_out,
    "word put in": word_put_in,
    "words exchanged": words_exchanged,
    "words shuffled": words_shuffled,
    "clauses shuffled": clauses_shuffled,
}


def merged(first: str, second: str) -> str:
    """The first half of one sentence and the second half of another."""
    return first[: len(first) // 2] + second[len(second) // 2 :]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a quotation of a draft should be found to be; sources: where it was taken from, any of them will do."""

    text: str
    state: str
    sources: tuple[Sentence, ...] = ()


def quotations(rng: random.Random, corpus: Corpus, count: int = 50) -> list[Expected]:
    """Quotations without marks inside, half of them wrong; of the right ones a third with other punctuation."""
    plain = [s for s in all_sentences(corpus) if not re.search('[“”"「」]', s.text)]
    found = [_quotation(rng, sentence, plain, number) for number, sentence in enumerate(rng.sample(plain, count))]
    rng.shuffle(found)
    return found


def _quotation(rng: random.Random, sentence: Sentence, others: Sequence[Sentence], number: int) -> Expected:
    kind = ("same", "one character", "same", "words exchanged", "marks", "invented", "same", "merged")[number % 8]
    if kind == "same":
        return Expected(sentence.text, "same", (sentence,))
    if kind == "marks":
        return Expected(marks_changed(rng, sentence.text), "same", (sentence,))
    if kind == "invented":
        return Expected(rng.choice(INVENTED), "absent")
    if kind == "merged":
        other = rng.choice([s for s in others if s is not sentence])
        return Expected(merged(sentence.text, other.text), "differs", (sentence, other))
    changed = ALTERATIONS[kind](rng, sentence.text)
    return Expected(changed, "same" if letters(changed).text == letters(sentence.text).text else "differs", (sentence,))


@functools.cache
def _segmenter() -> Segmenter:
    return Segmenter()


def _words(text: str) -> list[str]:
    return list(_segmenter().cut(text))
