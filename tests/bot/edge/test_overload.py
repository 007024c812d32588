"""More than can be answered: bounded memory, a kind word, a time limit, and the administrators' part."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.demo import FIRST_USER, SECOND_USER, LocalApi
from bot.edge.admission import LONGEST_LANE
from bot.queue.patience import BURST, WORD_SECONDS, Patience
from bot.queue.threads import Threads, TooSlow
from tests.bot.edge.conftest import running
from tests.kit.crowd import rows
from tests.kit.echo import Echo, EdgeSettings


async def test_somebody_who_floods_is_told_once_and_only_so_much_is_kept(api: LocalApi, echo: Echo, settings: EdgeSettings) -> None:
    async with running(settings, echo):
        for n in range(LONGEST_LANE + 40):
            api.people.send(FIRST_USER, f"洪 {n}")
        mark = api.people.mark
        shown: list[str] = []
        async with asyncio.timeout(90):
            while "稍等" not in shown:
                message = await api.people.message(FIRST_USER, after=mark, within=90)
                mark, shown = message.seq, [*shown, message.text.content]
        assert (await api.people.ask(SECOND_USER, "问")).text.content == "问"
    assert rows(settings, "SELECT count(*) FROM inbox WHERE done IS NULL")[0][0] <= LONGEST_LANE
    assert [m.text.content for m in api.people.messages(FIRST_USER)].count("稍等") == 1


def test_kind_words_are_rare_in_all_and_to_each() -> None:
    patience = Patience(3.0)
    told = [chat for chat in range(100) if patience.may_ask(chat, 1000.0)]
    assert len(told) == BURST
    assert not patience.may_ask(told[0], 1000.0 + WORD_SECONDS - 1)
    assert patience.may_ask(told[0], 1000.0 + WORD_SECONDS + 1)


@pytest.mark.slow
async def test_a_call_that_does_not_end_is_given_up_and_the_others_go_on() -> None:
    threads, gate = Threads("test", 2, 1.0), threading.Event()
    stuck = threads.call(gate.wait)
    assert await threads.call(lambda: 7) == 7
    with pytest.raises(TooSlow):
        await stuck
    with pytest.raises(KeyError):
        await threads.call(lambda: {}["x"])
    gate.set()
    threads.close()


async def test_results_of_many_calls_all_come_back() -> None:
    threads = Threads("test", 4, 60.0)
    results = await asyncio.gather(*(threads.call(lambda n=n: n) for n in range(2000)))  # type: ignore[misc]
    assert results == list(range(2000))
    threads.close()
