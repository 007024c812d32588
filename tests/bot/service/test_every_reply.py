"""Every reply that the bot can give: acceptable to Telegram, and its quotes the speeches' own words."""

from __future__ import annotations

from collections import Counter, defaultdict, deque

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from bot.contract.actions import Again, Around, Drawn, Part, Single, Tools, Wider
from bot.contract.callback import encode, quote_id
from bot.contract.response import Asker, Response
from bot.service import Content, SpeechService
from bot.settings.library import Library
from retrieval import quote
from retrieval.speeches.stretches import pages, stretches
from tests.kit.seen import Inspector, buttons, quoted, replies

STARTS = [("start", ""), ("help", ""), ("list", ""), ("about", ""), ("privacy", ""), ("daily", ""), ("settings", ""),
          ("compare", "劳动"), ("compare", ""), ("material", "工会"),
          ("material", ""), ("quiz", ""), ("quiz", "成绩"), ("saved", ""), ("cloud", ""), ("random", ""), ("speech", "4.77"),
          ("count", "创新"), ("count", "区块链"), ("speech", "第六篇最后一段"), ("speech", "1.1-1.3"), ("speech", "3p99")]  # fmt: skip
QUESTIONS = [
    "帮我写一篇讲话稿",
    "讲稿要用",
    "帮我写个开头",
    "总结第五篇",
    "工匠精神是什么意思",
    "工会是干什么的？工匠精神怎么说？",
    "你会干什么呀",
    "劳模精神是什么",
    "四点希望和要求",
    "工会应该为职工做什么",
    "爱岗敬业、争创一流",
    "「工匠精神」出自哪里",
    "今晚吃什么",
    "祝大家节日愉快",
]
MOST_TAPS, EVERYDAY_TAPS = 800, 60


class Untapped:
    """Buttons that were seen and not tapped yet: those of a kind in the order they were seen, of all kinds as many."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._waiting: dict[str, deque[str]] = defaultdict(deque)
        self._tapped: Counter[str] = Counter()

    def see(self, data: str) -> None:
        if data not in self._seen:
            self._seen.add(data)
            self._waiting[data[0]].append(data)

    def next(self) -> str | None:
        kinds = [kind for kind, waiting in self._waiting.items() if waiting]
        if not kinds:
            return None
        kind = min(kinds, key=lambda kind: self._tapped[kind])
        self._tapped[kind] += 1
        return self._waiting[kind].popleft()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_passage_alone_in_context_and_in_its_section_is_verbatim(service: SpeechService, library: Library, language: str) -> None:
    inspector, asker = Inspector(library), Asker(7, 7, "private", language)
    for passage in library.engine.passages:
        found = quote(library.corpus, passage.speech, passage.span)
        identity = quote_id(found.id)
        for action in (Single(identity), Around(identity), Wider(identity, None, 9, 9), Tools(identity)):
            (reply,) = replies(service.tap(asker, encode(action, library.fingerprint)))
            inspector.check(reply)
            assert any(found.text in words for words in quoted(reply))
    assert inspector.checked >= 4 * 300


def test_every_page_of_every_part_is_verbatim_and_nothing_is_left_out(
    service: SpeechService, world: Content, library: Library, asker: Asker
) -> None:
    inspector, corpus = Inspector(library), library.corpus
    for numbered in corpus.speeches:
        shown = ""
        paths = [s.path for s in stretches(numbered)]
        for path in [*paths, *(n.number for n in numbered.speech.walk() if len(n.number) > 1)]:
            for page in range(6):
                answer = service.tap(asker, encode(Part(numbered.number, path, page), library.fingerprint))
                (reply,) = replies(answer)
                inspector.check(reply)
                if page < _pages(library, numbered.number, path, world.behaviour.page):
                    shown += "".join(quoted(reply)) if path in paths else ""
        whole = corpus.text(numbered.speech.file, numbered.speech.span)
        assert "".join(shown.split()) == "".join(whole.split())


def _pages(library: Library, number: int, path: tuple[int, ...], size: int) -> int:
    numbered = library.corpus.speech(number)
    span = next((s.span for s in stretches(numbered) if s.path == path), None)
    return len(pages(library.corpus.texts[numbered.speech.file], span, size)) if span else 1


def test_every_random_quote_is_verbatim(service: SpeechService, library: Library, asker: Asker) -> None:
    inspector = Inspector(library)
    for speech in range(7):
        for _ in library.shareable_of(speech):
            again = encode(Again(Drawn(speech, "")), library.fingerprint)
            (reply,) = replies(service.tap(asker, again))
            inspector.check(reply)


@pytest.mark.parametrize(
    ("language", "most"),
    [("zh", EVERYDAY_TAPS), *(pytest.param(language, MOST_TAPS, marks=pytest.mark.slow) for language in ("zh", "en"))],
)
def test_every_button_leads_to_an_acceptable_reply(service: SpeechService, library: Library, language: str, most: int) -> None:
    """Walks the buttons; those that change settings, delete or draw are tapped elsewhere.

    Kinds in turn reach with 300 taps the lines for which taps in the order of sight need 1 300.
    """
    inspector, asker, untapped = Inspector(library), Asker(7, 7, "private", language), Untapped()

    def inspect(answer: Response) -> None:
        assert replies(answer) or answer.toast or answer.later
        assert len(answer.toast) <= 200
        for reply in replies(answer):
            inspector.check(reply)
            for button in buttons(reply):
                if button.data and button.data[0] not in "LNTBREXisj":
                    untapped.see(button.data)

    for start in STARTS:
        inspect(service.command(asker, *start))
    for question in QUESTIONS:
        inspect(service.question(asker, question))
    for _ in range(most):
        if data := untapped.next():
            inspect(service.tap(asker, data))
    assert inspector.checked > most / 3


anything = st.one_of(
    st.text(max_size=200),
    st.text("第三四篇部分点段0123456789.-、，,～（）至到和 劳模精神还有吗？\n", max_size=30),
    st.binary(max_size=60).map(lambda raw: raw.decode("utf-8", "replace")),
)


@effort(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(anything)
def test_any_message_gets_an_acceptable_reply(service: SpeechService, library: Library, asker: Asker, text: str) -> None:
    inspector = Inspector(library)
    for answer in (service.question(asker, text), service.command(asker, "speech", text),
                   service.command(asker, "random", text), service.command(asker, "daily", text)):  # fmt: skip
        assert replies(answer) or answer.later  # 词云: the picture comes later
        for reply in replies(answer):
            inspector.check(reply)
    for result in service.inline(asker, text, text).results:
        inspector.check(result.message)
