"""While what finds passages cannot be asked: everybody is told so, nobody that the speeches do not say it, and the rest works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.contract.response import Asker
from bot.service import Content, SpeechService
from bot.settings.wording import Wording
from bot.state.store import Store
from retrieval import CandidateScope, Floats, IndexUnavailable, Ints
from tests.kit.seen import Clock, data, only

MESSAGES = ("技能人才怎么培养", "今晚吃什么", "2015年的讲话怎么说工会", "创新是什么？工会是什么？", "Where is craftsmanship?")


class Away:
    """What `Candidates` promises, of a server that is away."""

    trouble = "10.0.0.5:19530: no answer within 0.6 s"

    def weighed(self, terms: Mapping[str, float]) -> dict[str, float]:
        return {**terms}

    def search(self, terms: Mapping[str, float], k: int, within: CandidateScope | None = None) -> tuple[Ints, Floats]:  # noqa: ARG002
        raise IndexUnavailable("10.0.0.5:19530", "no answer within 0.6 s")


@pytest.fixture
def away(world: Content, store: Store, clock: Clock) -> SpeechService:
    engine = replace(world.library.engine, candidates=Away())
    return SpeechService(replace(world, library=replace(world.library, engine=engine)), store, clock=clock)


@pytest.mark.parametrize("text", MESSAGES)
def test_whoever_asks_is_told_and_nothing_is_denied(away: SpeechService, asker: Asker, phrases: Wording, text: str) -> None:
    (said,) = (reply.text for reply in away.question(asker, text).replies)
    assert phrases.zh("ask.away") in said
    assert phrases.zh("answer.none") not in said
    assert "10.0.0.5" not in said


def test_an_inline_query_is_told_and_telegram_does_not_keep_that(away: SpeechService, asker: Asker, phrases: Wording) -> None:
    page = away.inline(replace(asker, chat_id=0), "技能人才怎么培养", "")
    assert (page.results, page.button_label, page.cache_seconds) == ((), phrases.zh("inline.away"), 0)


def test_a_guest_is_told(away: SpeechService, asker: Asker, phrases: Wording) -> None:
    told = away.guest(replace(asker, chat_id=0), "技能人才怎么培养")
    assert told
    assert phrases.zh("ask.away") in told.message.text


def test_a_tap_that_has_to_look_something_up_is_told(away: SpeechService, service: SpeechService, asker: Asker, phrases: Wording) -> None:
    card = only(service.question(asker, "劳模精神是什么"))
    told = away.tap(asker, data(card, "②"))
    assert (told.toast, told.alert, told.edit) == (phrases.zh("inline.away"), True, None)


@pytest.mark.parametrize("text", ["3.2", "第三篇", "有没有“劳动最光荣”这句", "“劳动最光荣”出现几次", "目录", "谢谢"])
def test_what_stands_in_the_texts_is_found_without_it(
    away: SpeechService, service: SpeechService, asker: Asker, phrases: Wording, text: str
) -> None:
    said = [reply.text for reply in away.question(asker, text).replies]
    assert phrases.zh("ask.away") not in "".join(said)
    assert said == [reply.text for reply in service.question(replace(asker, user_id=8, chat_id=8), text).replies]


def test_whoever_runs_the_bot_is_told_where_it_is(away: SpeechService, service: SpeechService) -> None:
    assert away.trouble() == "10.0.0.5:19530: no answer within 0.6 s"
    assert service.trouble() == ""
