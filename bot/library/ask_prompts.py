"""What somebody who writes asks needs to know: the passages with their surroundings, what makes a good ask, examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from retrieval import Corpus, Passage, Span

SHORTEST = 8  # characters of a passage that is asked about; what is shorter is an address or a wish
AROUND = 200  # characters before and after, chosen: two or three sentences
BESIDE = 2  # passages before and after that an ask must not fit better
PEOPLE = ("工人", "退休的老人", "学生", "记者", "写讲话稿的人", "新来的干部")
GUIDE = (
    "给每一段原话写十来个问题：一个人心里有事、想查讲话时会这样问，而这一段就是答案。",
    "只看这一段就答得上；换成前后任何一段都答不好的问题才算好。",
    "用平常的话，不照抄原话里的词；同一件事换几种说法，也写打得很短的关键词。",
    "一半是整句的问题，一半是几个字的短问；不写「这段话讲了什么」这样放在哪里都行的。",
    "不编原话里没有的事，不写答案，不写编号，一行一个问题，每个不超过三十个字。",
)
EXAMPLE: dict[str, Any] = {
    "quote": "每天读半小时，一年能读二十本。",
    "good": ["一天要读多久书", "二十本书怎么读得完", "没时间看书怎么办", "读书 半小时", "一年读多少本合适"],
    "bad": {
        "这段讲了什么": "放在哪里都行",
        "每天读半小时，一年能读二十本吗": "照抄原话",
        "春天种什么": "是别的一段答的",
        "读书很重要。": "不是问题",
    },
}
ANSWER_FORM = '{"file": "…", "start": 0, "end": 0, "quote": "…", "asks": ["…", "…"]}'


def guide() -> dict[str, Any]:
    """The first line: for whom, how, examples, and the form that `asks import` reads."""
    return {"kind": "guide", "guide": GUIDE, "people": PEOPLE, "example": EXAMPLE, "answer": ANSWER_FORM}


def prompts(corpus: Corpus, found: tuple[Passage, ...], speech: int = 0) -> Iterator[dict[str, Any]]:
    """A line for each passage of running text, of a speech or (0) of all that was given."""
    text_passages = [one for one in found if one.leaf.kind == "text" and not one.more and speech in (0, one.speech)]
    for at, one in enumerate(text_passages):
        text = corpus.texts[one.file]
        if one.span.end - one.span.start < SHORTEST:
            continue
        numbered = corpus.speech(one.speech)
        beside = (*text_passages[max(0, at - BESIDE) : at], *text_passages[at + 1 : at + 1 + BESIDE])
        yield {
            "kind": "passage",
            "file": one.file,
            "start": one.span.start,
            "end": one.span.end,
            "quote": corpus.text(one.file, one.span),
            "speech": {"number": one.speech, "title": numbered.title, "date": numbered.entry.date, "place": numbered.entry.place},
            "headings": [node.title for node in one.path],
            "before": text[max(numbered.speech.span.start, one.span.start - AROUND) : one.span.start],
            "after": text[one.span.end : min(numbered.speech.span.end, one.span.end + AROUND)],
            "not_about": [corpus.text(other.file, Span(*other.span)) for other in beside if other.speech == one.speech],
        }
