"""The rule for messages that no pattern takes: what they are most like, of the messages that people wrote for every kind.

Its examples: question before / message → question, sentence or wish that follows, ✗ where it does not answer. A test runs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from retrieval.conversation import answer_patterns as about
from retrieval.conversation.answer_rules import choose, chosen, in_view, show, with_its_year
from retrieval.conversation.beside_rules import paragraph_of, part_of, shortened, speech_of
from retrieval.conversation.bot_rules import asks_for_words
from retrieval.conversation.lifting_rules import unlimited
from retrieval.conversation.manner_rules import HOW_IT_IS_DONE, rather_thanked
from retrieval.conversation.navigation import beside_part, counts_in, leads_on
from retrieval.conversation.same_rules import LOOKED_BACK, same_said
from retrieval.conversation.scope_rules import limited_by
from retrieval.conversation.stepping import beside
from retrieval.conversation.told_rules import OF_HIMSELF, SAID, asks_after
from retrieval.conversation.topic_rules import asked_before
from retrieval.conversation.utterance import NOTHING, SURELY, Turn, Utterance, again, said
from retrieval.conversation.where_else_rules import all_there_is, in_no_other_speech
from retrieval.conversation.wish_rules import wish_kept
from retrieval.index.message_kinds import SOCIAL
from retrieval.terms.segment import is_han

# Probabilities from which a message is taken to be about the chat: where the speeches have no answer and it is about what was shown,
# and where it is about the bot; where their answer is doubtful; where it is sure. Of one writer's messages .86 to .94, .78 to .86 and
# .68 to .77 have .4, .75 and .9, of 2 000 questions .02, .005 and .002 at most; docs/numbers.md.
WITHOUT_ANSWER, WITHOUT_BOTH, DOUBTFUL, ANSWERED = 0.4, 0.6, 0.75, 0.9
WHOLLY = 0.97  # from which words of its own do not count
SURELY_OF_IT = 0.75  # of its kind, from which with SURELY no pattern is asked: .98 of these kinds are right
RIGHT, PERHAPS = 0.4, 0.25  # of its kind; .86 of the messages have .4, of these .94 are of that kind

A_WORD = 6  # characters of 雷锋呢, which asks of a word, chosen

Reaction = Callable[[Utterance, int], Turn | None]


def surely(utterance: Utterance) -> Turn | None:
    """What is very like messages about an answer or the chat, and hardly a question, however it is put.

    怎么宣传劳模 / 你没添油加醋吧 → doubt   — / 哦是我记错了，谢谢您辛苦了 → thanks
    ✗ 怎么宣传劳模 / 下一节   ✗ 怎么宣传劳模 / 一线工人是谁   ✗ — / 下一句念念
    """
    if utterance.about_chat < SURELY:
        return None  # most questions: nothing else need be looked at
    guess = utterance.guess
    steps = bool(utterance.card) and (leads_on(utterance.left_out) or bool(counts_in(utterance)[0]))
    asks = asks_after(utterance)
    other = steps or (guess.kind == "small_talk" and asks)  # 今晚吃什么
    wholly = (guess.kind in SOCIAL or guess.kind == "help") and not other and guess.chat >= WHOLLY and guess.right >= SURELY
    rather_asks = _stands_elsewhere(utterance) or asks_for_words(utterance) or asks
    if guess.right < SURELY_OF_IT or (rather_asks and not wholly):
        return None
    if guess.kind in OF_AN_ANSWER:
        return OF_AN_ANSWER[guess.kind](utterance, chosen(utterance)[0]) if utterance.card else None
    return _of_the_chat(utterance, chosen(utterance)[0])


def _stands_elsewhere(utterance: Utterance) -> bool:
    """Whether a message counts or steps, names a speech or has a word of its own: patterns know what that means."""
    understood = utterance.understood
    counts = leads_on(utterance.left_out) or counts_in(utterance)[0] or chosen(utterance)[1] != utterance.said
    return bool(counts or understood.references or understood.each or understood.place or _is_about_something(utterance))


def _is_about_something(utterance: Utterance) -> bool:
    """Whether it has words of its own: that stand in the speeches, or, where it is about an answer and not wholly sure to be, any."""
    guess = utterance.guess
    if guess.kind in OF_AN_ANSWER and guess.chat < WHOLLY:
        return bool(utterance.own_words)
    return utterance.says_of_the_speeches


def likely(utterance: Utterance) -> Turn | None:
    """What a message is most like, if it is not rather a question.

    怎么宣传劳模 / 跟原件一样吗 没动过手脚吧 → doubt   — / 恢复成哪篇都能搜 → lifted
    ✗ — / 劳模精神是什么   ✗ — / 工会怎么样   ✗ — / 怎么宣传劳模   ✗ — / bitcoin price
    """
    if utterance.about_chat < WITHOUT_ANSWER:
        return None  # most questions: nothing else need be looked at
    guess = utterance.guess
    counts = leads_on(utterance.left_out) or counts_in(utterance)[0]
    foreign = not any(map(is_han, utterance.said)) and (guess.chat < DOUBTFUL or guess.right < PERHAPS)  # fewer messages tell of English
    asks = asks_for_words(utterance) or asks_after(utterance)
    thanked = None if counts or foreign or asks else rather_thanked(utterance, WITHOUT_BOTH)
    if thanked or counts or foreign or asks:
        return thanked
    if guess.chat < _least(utterance):
        return None
    index, text = chosen(utterance)
    only_said = not (guess.kind in OF_AN_ANSWER or guess.kind in OF_THE_CHAT or guess.kind in WISHES)
    of_it = utterance.on_subject or utterance.says_of_the_speeches or utterance.said.endswith("呢")
    nothing_of_it = only_said and guess.chat >= WHOLLY and not of_it
    # as a question it would be told that there is no answer, or shown what has nothing to do with it
    lost = nothing_of_it or (guess.chat >= SURELY and utterance.alone.confidence == "none")
    if guess.right < (PERHAPS if lost and guess.kind not in WISHES else RIGHT):
        return _unclear(utterance, lost=lost and text == utterance.said)
    if guess.kind == "list" and len(utterance.understood.scope) == 1:
        return again(utterance, utterance.understood.references[0].as_asked)  # 请先把第1篇的几个大部分列给我
    if guess.kind == "summary" and utterance.understood.references:
        return replace(again(utterance, utterance.understood.references[0].as_asked), kind="new", say="sums_up")
    if guess.kind in ("speech", "section", "paragraph") and utterance.understood.references and not utterance.own_words:
        return again(utterance, utterance.understood.references[0].as_asked)  # 把第5篇全部发给我看
    if guess.kind in OF_AN_ANSWER:
        if not utterance.card:
            return _of_a_part(utterance, guess.kind)
        return OF_AN_ANSWER[guess.kind](utterance, index) or _unclear(utterance, lost=lost)
    return _of_the_chat(utterance, index) or _unclear(utterance, lost=lost)


def _of_the_chat(utterance: Utterance, index: int) -> Turn | None:
    """What is done or said about a wish, a limit, the bot."""
    kind = utterance.guess.kind
    if kind in WISHES:
        kept = wish_kept(utterance, kind)
        return Turn("wish", NOTHING, quotes=utterance.card[index : index + 1], say=kind, about=utterance.message, then=kept)
    if kind in ("noted", "thanks", "filler") and _FAREWELL.search(utterance.spoken):
        return said("farewell")
    if kind in ("noted", "filler", "greeting") and _THANKED.search(utterance.spoken):
        return said("thanks")
    if kind == "praise" and _NOT_GOOD.search(utterance.spoken):
        return said("complaint")
    return OF_THE_CHAT[kind](utterance, index) if kind in OF_THE_CHAT else said(SAID.get(kind, kind))


_THANKED = re.compile("谢|辛苦|麻烦(?:你|您)")  # 辛苦|了  ✗好的
_FAREWELL = re.compile("再见|拜拜|回见|晚安|明天见")  # 谢谢，|再见|  ✗再说
_NOT_GOOD = re.compile("不咋|不怎么|不太行|不行|差|烂|不好(?!意思)")  # 不咋|地  ✗不好意思


def _unclear(utterance: Utterance, *, lost: bool) -> Turn | None:
    return said("unclear", about=utterance.message) if lost and utterance.previous and not utterance.understood.references else None


def _least(utterance: Utterance) -> float:
    """How probable it must be that the message is about the chat."""
    if _is_about_something(utterance):
        wish = utterance.guess.kind in WISHES and utterance.guess.right >= SURELY_OF_IT and utterance.alone.confidence == "none"
        surely = utterance.guess.right >= SURELY_OF_IT and not utterance.on_subject  # 有PDF的没，社区大姐跟我要
        return WITHOUT_BOTH if wish else WHOLLY if surely and utterance.guess.kind not in OF_AN_ANSWER else 1.0
    if OF_HIMSELF.match(utterance.spoken) and utterance.guess.kind in SOCIAL and utterance.alone.confidence != "sure":
        return SURELY  # 我今年五十八，在家带孩子，找个伴
    if utterance.said.endswith("呢") and utterance.left(utterance.bare.rstrip("呢")):
        return 1.0 if utterance.guess.kind in SOCIAL and len(utterance.said) <= A_WORD else WHOLLY  # 雷锋呢
    of_its_own = (utterance.guess.kind in WISHES or utterance.guess.kind == "insult") and utterance.own_words
    if utterance.alone.confidence == "none" and not (utterance.understood.references or utterance.on_subject or of_its_own):
        of_an_answer = utterance.guess.kind in OF_AN_ANSWER and utterance.card
        told = utterance.guess.right >= SURELY_OF_IT and utterance.guess.kind != "small_talk"  # 今晚吃什么 is asked of the speeches
        return WITHOUT_ANSWER if of_an_answer or told else WITHOUT_BOTH
    if utterance.own_words and utterance.guess.kind in SOCIAL and utterance.guess.right >= RIGHT and not utterance.on_subject:
        return DOUBTFUL  # 说话能不能客气点，冷冰冰的
    if utterance.own_words or (utterance.understood.references and utterance.guess.kind not in ("limit", "lift")):
        return SURELY
    if utterance.alone.confidence == "none":
        return WITHOUT_ANSWER if utterance.guess.kind in OF_AN_ANSWER and utterance.card else WITHOUT_BOTH
    return ANSWERED if utterance.alone.confidence == "sure" and utterance.on_subject else DOUBTFUL


def _of_a_part(utterance: Utterance, kind: str) -> Turn | None:
    """What is said after a look-up, or before anything was shown."""
    if utterance.before.lookup and kind in ("repeat", "longer", "copy", "speech", "section", "paragraph"):
        return again(utterance, utterance.previous)
    if utterance.before.lookup and kind in ("before", "after"):
        following = beside_part(utterance, back=kind == "before")
        return again(utterance, str(following)) if following else None
    if utterance.before.lookup and kind == "shorter":
        return shortened(utterance, 0)
    if kind in ("shorter", "repeat", "another") and _A_SENTENCE.search(utterance.said):
        return Turn("wish", NOTHING, say="random", about=utterance.message)
    if kind in HOW_IT_IS_DONE and not utterance.previous:
        return HOW_IT_IS_DONE[kind]
    without = utterance.guess.chat >= ANSWERED or utterance.alone.confidence == "none"
    return said("no_answer") if not utterance.previous and without else None


_A_SENTENCE = re.compile(r"(?:给|来|找|要|挑|选)(?:我|个)?[一几两][句条]")  # 贴海报，|给一句|短的  ✗短点


def _sentence(key: str) -> Reaction:
    return lambda utterance, index: said(key, utterance.card[index], then=choose(utterance, index))


def _placed(utterance: Utterance, index: int) -> Turn:
    return said("place", utterance.card[index], then=with_its_year(choose(utterance, index), utterance.said))


def _wish(name: str) -> Reaction:
    return lambda utterance, index: Turn("wish", utterance.before, quotes=(utterance.card[index],), say=name, about=utterance.message)


def _further(utterance: Utterance, _index: int) -> Turn:
    return Turn("more", utterance.before)


def _elsewhere(utterance: Utterance, _index: int) -> Turn | None:
    if utterance.understood.references:
        return None
    return in_no_other_speech(utterance) or again(utterance, f"{utterance.words.each[0]} {asked_before(utterance)}")


def _repeated(utterance: Utterance, index: int) -> Turn:
    return show(utterance, in_view(utterance), index)


def _copied(utterance: Utterance, index: int) -> Turn:
    return said("copying") if _HOW.search(utterance.said) else show(utterance, (utterance.card[index],), index)


def _limited(utterance: Utterance, _index: int) -> Turn | None:
    """From now on; without a word for that, the question before, of that speech."""
    named = utterance.understood
    if not named.references or (utterance.said.endswith("呢") and utterance.says_of_the_speeches):
        return None  # 再回第六篇，财政部门呢
    asks_there = _FROM_NOW_ON.search(utterance.said) is None and len(utterance.left(named.text)) >= SAYS_MORE
    if not _ONLY.search(utterance.said) and (asks_there or (_HOW.search(utterance.said) and len(utterance.inner(named.text)) > 1)):
        return None  # 第四篇里怎么讲人工智能的, of small words alone
    topic = len(word := utterance.inner(named.text)) > 1 and utterance.engine.said_somewhere(word)
    stays = utterance.before.lookup or _FROM_NOW_ON.search(utterance.said)
    if utterance.previous and not (stays or (topic and _ONLY.search(utterance.said))):
        return again(utterance, "、".join(f"第{number}篇" for number in named.scope) + f" {asked_before(utterance)}")
    asks = (named.text.partition(",")[2] or named.text).strip(" ,，。") if topic or len(utterance.left(named.text)) >= SAYS_MORE else ""
    return limited_by(utterance, named.scope, asks)


SAYS_MORE = 3  # characters beside a speech, its small words left out, from which a message asks something of it, chosen
_HOW = re.compile("怎么|咋|如何|有没有")  # 怎么|讲  ✗只看
_ONLY = re.compile("[只光单仅就换]")  # 只|看  ✗讲
_FROM_NOW_ON = re.compile("接下来|以后|今后|往后|之后|后面|下面|从现在|现在起|一直|都只|只管|先不|别的|限|锁|固定|范围")  # 接下来|只看  ✗换


def _exact(utterance: Utterance, index: int) -> Turn | None:
    """That the words are the original's; the words themselves, if they are wanted."""
    if len(utterance.left(utterance.said, about.EXACT, about.ORIGINAL)) >= WORDING:
        return None  # 核对 一勤天下无难事, which is no doubt of the quote
    if _OF_TWO.search(utterance.said):
        return same_said(utterance, back=LOOKED_BACK)
    return (_copied if _GIVEN.search(utterance.said) else _sentence("exact"))(utterance, index)


WORDING = 6  # characters beside what doubts a quote from which something else is meant, chosen: 没加自己的话吧 has 2


_KEEPS = re.compile(r"收|存|记|留|标|星|夹|藏|保|拿|要了|加")  # 收|起来  ✗这句好
_GIVEN = re.compile(r"贴|发(?:我|来|出|给)|给我|抄|列出|念|要(?:完整|原[文句话来])")  # 贴|出来  要完整|原句  ✗发展
_ALIKE = re.compile("一样|相同|不同|一致")  # 一样  ✗对比
_OF_TWO = re.compile("两[处篇句个条]")  # 两处|一字不差吗  ✗一处


OF_AN_ANSWER: Mapping[str, Reaction] = {
    "place": _placed,
    "who": _sentence("who"),
    "exact": _exact,
    "explain": _sentence("no_explaining"),
    "summary": _sentence("no_summary"),
    "before": lambda utterance, index: beside(utterance, index, back=True),
    "after": lambda utterance, index: beside(utterance, index, back=False),
    "paragraph": paragraph_of,
    "longer": paragraph_of,
    "section": part_of,
    "speech": speech_of,
    "shorter": shortened,
    "repeat": _repeated,
    "copy": _copied,
    "picture": _wish("picture"),
    "save": lambda utterance, index: _wish("save")(utterance, index) if _KEEPS.search(utterance.said) else said("praise"),
    "more": _further,
    "all_there_is": lambda utterance, index: all_there_is(utterance) or _further(utterance, index),
    "another": _further,
    "elsewhere": _elsewhere,
}
WISHES = frozenset(
    (
        "list",
        "random",
        "cloud",
        "daily",
        "group",
        "language",
        "traditional",
        "saved",
        "forget",
        "settings",
        "file",
        "cannot",
        "quiz",
        "share",
    )
)
OF_THE_CHAT: Mapping[str, Reaction] = {
    "limit": _limited,
    "lift": lambda utterance, _index: unlimited(utterance),
    "writing": lambda _utterance, _index: said("no_writing"),
    "same": lambda utterance, _index: same_said(utterance, back=LOOKED_BACK if _ALIKE.search(utterance.said) else 0),
}
