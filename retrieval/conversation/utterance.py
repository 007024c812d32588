"""A message in a conversation, with all that decides what it means after the question before; what is to be done with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from retrieval.answer.engine import Answer, Engine
from retrieval.conversation.memory import Conversation
from retrieval.errors import UnknownReference
from retrieval.index.message_kinds import Guess
from retrieval.question.references import Reference
from retrieval.question.understand import Understood, Words
from retrieval.question.wordlists import any_of
from retrieval.speeches.quotes import Quote, by_id
from retrieval.terms.fold import fold_question
from retrieval.terms.segment import is_han

PERSONS = frozenset({"我们", "你们"})  # frequent in the speeches, and no subject of theirs
SURELY = 0.9  # probability of being about the chat from which no pattern is asked: .98 of these messages are; docs/numbers.md
GOES_ON = 6  # characters up to which what is left of a message may go on with the question before
_OPENER = r"^(?:那么|那|还有|至于)"  # 那么|工会  那|工会呢  还有|创新  ✗对了|那|工会
_ENDING = r"[呢吗啊呀的?？。!！~ ]+$"  # 工会|呢？|  2015年|的|  ✗咸阳|的|讲话
_FRAME = re.compile(f"{_OPENER}|{_ENDING}")  # 那|工会呢  工会|呢|  ✗工会
_WANTED = re.compile(
    r"^(?>再|(?:(?:看|读|念)完?)?[这那]一?[段节](?:看|读|念)?完了?[,， ]*|点?打?开(?=[上下前后])|"
    r"回到?|退回?+到?|返回到?|翻回到?|看看?+|给我|来|我要|我想|发|念|读|翻到?|换)+|(?:[也都]?(?:看看|看一?下|给我|发我|吧|念念)|也要)+$"
)  # 再给我|下一条  ✗下一条
_CONTENT = re.compile(r"[^\W_]")  # 劳  a  ✗，  ✗😂

# What it is wanted for, behind the wish: 整段给我，我做分工表; 再念一遍，孩子要抄.
# e.g. 整段给我|,我做分工表|  再念一遍|,孩子要抄|  那一整段发我|,抄黑板报用|  ✗我做分工表  ✗不是这个,我要张家界的
_FOR_WHAT = re.compile(
    r"(?<=.{2})[,;。 ]+(?:我|俺|咱|我们|咱们|孩子|娃)(?:也|就|正|好|要|想|得|去|拿去|准备|打算)*(?:做|写|用|抄|贴|念|背|打印|交|发给|拿给)"
    r"[^,。?!什怎哪谁几吗呢]{0,12}$|(?<=.{4})[,;。 ]+(?:抄|贴|写|做|印|放|念|出)[^,。?!什怎哪谁几吗呢]{1,8}用$"
)

NOTHING = Understood("", "")  # what no message means
Shown = Callable[[Understood, int], Answer]


@dataclass(frozen=True)
class Utterance:
    """A message in a conversation. What the rules look at is computed once, and only if one does.

    shown: the answer to what was understood, as it is shown after so many of its quotes.
    """

    engine: Engine
    message: str
    conversation: Conversation
    shown: Shown

    @property
    def previous(self) -> str:
        """The question before, "" if there was none."""
        return self.conversation.question

    @property
    def words(self) -> Words:
        """The words about asking."""
        return self.engine.reader.words

    @cached_property
    def said(self) -> str:
        """The message folded, without courtesies and closing signs: 好的，那工会呢？ → 那工会呢."""
        asked = self.engine.reader.without_courtesies(fold_question(self.message)).rstrip("?。!~ ")
        return _FOR_WHAT.sub("", asked)

    @cached_property
    def spoken(self) -> str:
        """The message folded with its courtesies: what is said to the bot may be nothing else."""
        return fold_question(self.message).strip()

    @cached_property
    def bare(self) -> str:
        """Without what ties it to the question before, too: 那工会呢 → 工会."""
        return _FRAME.sub("", _FRAME.sub("", self.said))

    @cached_property
    def left_out(self) -> str:
        """`bare` without the words before that only want something shown: 再给我看下一条 → 下一条."""
        return _WANTED.sub("", self.bare)

    @cached_property
    def understood(self) -> Understood:
        """What the message means alone."""
        return self.engine.reader.understand(self.message)

    @cached_property
    def before(self) -> Understood:
        """What the question before meant."""
        return self.engine.reader.understand(self.previous) if self.previous else NOTHING

    @cached_property
    def failed(self) -> Understood:
        """What the last question meant, if it got no answer."""
        return self.engine.reader.understand(self.conversation.failed) if self.conversation.failed else NOTHING

    @property
    def is_short(self) -> bool:
        """That it begins with 那 and has hardly more than a word: 那工会呢."""
        return self.said.startswith("那") and self.bare != self.said and len(self.bare) <= GOES_ON

    @cached_property
    def card(self) -> tuple[Quote, ...]:
        """The quotes that were shown last, in order; those that no longer exist are left out."""
        found = []
        for identity in self.conversation.card:
            try:
                found.append(by_id(self.engine.corpus, identity))
            except UnknownReference:
                continue
        return tuple(found) if self.conversation.card or not self.previous else self.answer_before.quotes

    @property
    def spoken_of(self) -> Quote | None:
        """The quote that a message about the answer is about: the one that was chosen, else the best."""
        return self.card[min(self.conversation.chosen, len(self.card) - 1)] if self.card else None

    @property
    def names_a_speech(self) -> bool:
        """Whether all that it says, with 那篇 behind it, names one: 张家界的."""
        bare = self.bare.rstrip("的")
        return bool(bare and self.engine.reader.understand(f"{bare}那篇").references)

    @cached_property
    def on_subject(self) -> bool:
        """Whether it names a speech, or has a word of what the speeches are about."""
        subject = self.engine.found.subject
        words = (word.text for word in self.engine.reader.segmenter.words(self.said))
        return bool(self.understood.references) or any("w" + word in subject for word in words if word not in PERSONS)

    @cached_property
    def own_words(self) -> tuple[str, ...]:
        """The words that known messages about the chat have not: 袁隆平 of 袁隆平那句完整的给我."""
        text = any_of(self.words.small).sub(" ", self.understood.text)
        words = (word.text for word in self.engine.reader.segmenter.words(text) if is_han(word.text[0]))
        has = self.engine.kinds.has
        typed = (word for word in words if word in self.said)  # not what it was respelled as
        return tuple(word for word in typed if (len(word) > 1 and not has(word)) or not all(map(has, word)))

    @property
    def says_of_the_speeches(self) -> bool:
        """Whether one of these words stands in the speeches."""
        return any(map(self.engine.said_somewhere, self.own_words))

    def left(self, text: str, *patterns: re.Pattern[str]) -> str:
        """What is left of a text that neither the patterns nor small words take off; "" if it is about nothing else."""
        for pattern in patterns:
            text = pattern.sub(" ", text)
        return "".join(_CONTENT.findall(any_of(self.words.small).sub(" ", text)))

    def inner(self, text: str) -> str:
        """A text without small words and signs at both ends, no word cut: 哪里提到职工之家的 → 职工之家, 工会的 → 工会."""
        small = any_of(self.words.small).pattern
        first, last = re.match(rf"(?:{small}|[^\w])*", text), re.search(rf"(?:{small}|[^\w])*$", text)
        start, end = first.end() if first else 0, last.start() if last else len(text)
        for word in self.engine.reader.segmenter.words(text):
            if word.start < start < word.end:
                start = word.start
            if word.start < end < word.end:
                end = word.end
        return text[start:end]

    def is_only(self, text: str, *patterns: re.Pattern[str]) -> bool:
        """Whether a text has what the first pattern finds, and nothing beside it but small words."""
        return bool(patterns[0].search(text)) and not self.left(text, *patterns)

    def is_one_of(self, phrases: tuple[str, ...]) -> bool:
        """Whether it is one of the phrases, with or without what ties it to the question before."""
        return self.said in phrases or self.bare in phrases

    def best(self, understood: Understood) -> Answer:
        """An answer that begins with the best quote: as it is shown, but of an opening or closing alone, which is shown in its order."""
        return self.shown(understood, 0) if understood.terms else self.engine.answer(understood, 1)

    @cached_property
    def alone(self) -> Answer:
        """The answer to what the message means alone."""
        return self.best(self.understood)

    @property
    def looked_at(self) -> Answer | None:
        """That answer if a rule looked at it as it is shown, else None."""
        return self.__dict__.get("alone") if self.understood.terms else None

    @cached_property
    def about_chat(self) -> float:
        """The probability that it is no question; `guess` has the same, and costs twice as much."""
        return self.engine.kinds.chat(self.spoken)

    @cached_property
    def guess(self) -> Guess:
        """What the message seems to be, if it is no question."""
        return self.engine.kinds.guess(self.spoken)

    @property
    def is_surely_chat(self) -> bool:
        """Whether it is surely no question, and surely of its kind."""
        return self.about_chat >= SURELY and self.guess.right >= SURELY

    @cached_property
    def answer_before(self) -> Answer:
        """The answer to the question before."""
        return self.best(self.before)

    @property
    def quote_before(self) -> Quote | None:
        """The best quote for the question before; None of a part that was looked up, or where there is none."""
        return next(iter(self.answer_before.quotes), None)

    @property
    def part_before(self) -> Reference | None:
        """What was looked up before, or the labelled part that the answer stands in; None if it stands in none."""
        if self.before.lookup:
            return self.before.references[0]
        source = self.quote_before.source if self.quote_before else None
        return Reference(source.speech, source.number) if source and source.number else None


@dataclass(frozen=True, slots=True)
class Turn:
    """What to do with a message, and the name of the rule that said so.

    new: answer `understood`. more: show further quotes of `understood`, the question before. again: answer `understood`, the question
    before or what follows from both, and leave out its first `skip` quotes.
    quotes: show `quotes`. say: say the sentence of the key `say`, about `quotes` if there are any, which are not shown.
    wish: do what `say` names, with `about` as what it is to be done with. For these three `understood` is the question before.
    say: with quotes or an answer a sentence above them; "" for none. about: the words that the sentence names.
    answer: what is to be shown, where the rule had to look at it; else None. then: what is kept, where that is not what follows from
    what is shown. listed: the part whose points were counted. count: of more so many quotes; 0 as many as there is room for.
    """

    kind: Literal["new", "more", "again", "quotes", "say", "wish"]
    understood: Understood
    skip: int = 0
    answer: Answer | None = None
    quotes: tuple[Quote, ...] = ()
    say: str = ""
    about: str = ""
    then: Conversation | None = None
    listed: str = ""
    because: str = ""
    count: int = 0

    @property
    def is_talk(self) -> bool:
        """Whether it asks nothing of the speeches."""
        return self.kind in ("quotes", "say", "wish")

    @property
    def question(self) -> str:
        """The text to keep: it reads back to `understood`."""
        return self.understood.question


def again(utterance: Utterance, text: str, *, listed: str = "", say: str = "", about: str = "") -> Turn:
    """A question put together is read here, once: so the kept text and what is answered cannot differ."""
    return Turn("again", utterance.engine.reader.understand(text), listed=listed, say=say, about=about)


def seen(understood: Understood, answer: Answer) -> Turn:
    """An opening or closing alone was not looked at as it is shown."""
    return Turn("again", understood, answer=answer if understood.terms else None)


STEPPED, TURNED = "step", "turn"  # what is kept as wished, where a sentence beside a quote was shown, the second on the way back to it


def said(key: str, *quotes: Quote, about: str = "", then: Conversation | None = None) -> Turn:
    """A sentence about the chat, or about quotes that stay where they are."""
    return Turn("say", NOTHING, quotes=quotes, say=key, about=about, then=then)


def after(before: Conversation, step: Turn, answer: Answer, seen: int) -> Conversation:
    """What is kept when a question was answered; one without an answer leaves the rest as it was."""
    asked = before.and_asked(step.question)
    if answer.confidence == "none" and not answer.understood.lookup:
        return replace(before, asked=asked, failed=step.question, wished="")
    card = tuple(quote.id for quote in answer.quotes)
    failed = step.question if answer.confidence == "near" and answer.understood.references else ""
    return replace(
        before,
        question=step.question,
        seen=seen + len(card),
        card=card,
        chosen=0,
        window="",
        listed=step.listed,
        asked=asked,
        failed=failed,
        wished="",
    )
