"""Daily quotes: chosen by buttons, exactly one a day, none twice before all were shown."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.contract.response import Asker
from bot.service import Content, SpeechService
from bot.service.daily_delivery import PORTION
from bot.settings.library import Library
from bot.state.store import Store
from tests.kit.seen import Clock, Inspector, data, only, quoted, replies

ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago"]
START = 1_792_000_000.0  # October 2026, before the clocks change
DAY = 86400


def test_time_zone_and_speech_are_chosen_by_buttons(service: SpeechService, asker: Asker) -> None:
    card = only(service.command(asker, "daily", ""))
    assert "未开启" in card.text
    assert "每天 08:00（北京时间）" in card.text
    hours = only(service.tap(asker, data(card, "时间")))
    minutes = only(service.tap(asker, data(hours, "21")))
    chosen = only(service.tap(asker, data(minutes, "21:30")))
    assert "已开启：每天 21:30（北京时间）" in chosen.text
    zones = only(service.tap(asker, data(chosen, "时区")))
    assert "21:30（Europe/Berlin）" in only(service.tap(asker, data(zones, "Europe/Berlin"))).text
    scopes = only(service.tap(asker, data(chosen, "选讲话")))
    assert "只看第5篇" in only(service.tap(asker, data(scopes, "第5篇"))).text
    assert "未开启" in only(service.tap(asker, data(chosen, "关闭"))).text


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("7:05", "每天 07:05"),
        ("７：０５", "每天 07:05"),
        ("22:00 America/New_York", "22:00（America/New_York）"),
        ("第三篇", "只看第3篇"),
        ("创新 9:00", "只看带「创新」的"),
        ("关", "未开启"),
        ("25:00", "没看懂「25:00」"),
        ("Mars/Base", "没有「Mars/Base」这个时区"),
        ("../../etc/passwd", "没有「../../etc/passwd」这个时区"),
        ("恐龙", "没有适合"),
    ],
)
def test_the_argument_of_daily(service: SpeechService, asker: Asker, argument: str, words: str) -> None:
    assert words in only(service.command(asker, "daily", argument)).text


@pytest.mark.parametrize(
    ("message", "begins", "stands"),
    [
        ("改成早上七点吧，我八点上课", "好，每天 07:00", "已开启：每天 07:00"),
        ("八点太晚了，我五点半就起床，能不能改成六点钟发给我", "好，每天 06:00", "已开启：每天 06:00"),
        ("请改成早上六点四十，周末不要发", "好，每天 06:40", "已开启：每天 06:40"),
        ("我没有要关闭，请每天早上6点40分发给我", "好，每天 06:40", "已开启：每天 06:40"),
        ("换成晚上8:15", "好，每天 20:15", "已开启：每天 20:15"),
        ("8点忒晚，我6点半就进车间了，改早点", "每天一句", "已开启：每天 08:00"),
        ("现在是几点发", "每天一句", "已开启：每天 08:00"),
        ("取消吧", "好，不再每天发了", "未开启"),
        ("别再发了", "好，不再每天发了", "未开启"),
    ],
)
def test_after_the_daily_quote_is_wished_words_change_it_and_what_was_done_is_said(
    service: SpeechService, asker: Asker, message: str, begins: str, stands: str
) -> None:
    assert only(service.question(asker, "每天给我发一句")).text.startswith("好，每天发一句")
    changed = only(service.question(asker, message)).text
    assert changed.startswith(begins)
    assert stands in changed


def test_a_question_after_it_is_a_question(service: SpeechService, asker: Asker) -> None:
    service.question(asker, "每天给我发一句")
    assert quoted(only(service.question(asker, "改革开放怎么说")))
    assert "不再每天发" not in only(service.question(asker, "取消吧")).text


def test_a_delivery_is_repeated_with_the_same_key_until_the_edge_has_it(
    service: SpeechService, asker: Asker, clock: Clock, library: Library
) -> None:
    service.command(asker, "daily", "8:00")
    assert service.due(clock.now) == ()
    morning = clock.now + DAY
    first = service.due(morning)
    assert [(chat, key.partition(":")[0]) for chat, key, _ in first] == [(7, "7")]
    Inspector(library).check(first[0][2][0])
    assert service.due(morning + 60) == first
    assert service.due(morning + 3600) == first
    assert service.due(morning + 3660, [key for _, key, _ in first]) == ()
    assert service.due(morning + 3720) == ()


def test_many_that_are_due_come_in_portions_each_once(service: SpeechService, clock: Clock) -> None:
    chats = range(1, 2 * PORTION + 8)
    for chat in chats:
        service.command(Asker(chat, chat), "daily", "8:00")
    told: list[int] = []
    keys: list[str] = []
    while portion := service.due(clock.now + DAY, keys):
        assert len(portion) <= PORTION
        told += [chat for chat, _, _ in portion]
        keys = [key for _, key, _ in portion]
    assert sorted(told) == list(chats)


def test_what_was_entered_before_a_crash_is_handed_over_after_the_start(world: Content, store: Store, asker: Asker, clock: Clock) -> None:
    before = SpeechService(world, store, clock=clock)
    before.command(asker, "daily", "8:00")
    entered = before.due(clock.now + DAY)
    assert SpeechService(world, store, clock=clock).due(clock.now + DAY + 4 * 3600) == entered


def test_blocked_chats_are_forgotten_and_moved_groups_followed(service: SpeechService, asker: Asker, clock: Clock) -> None:
    group = Asker(8, -100, "group", "zh")
    service.command(asker, "daily", "8:00")
    service.command(group, "daily", "8:00")
    service.blocked(7)
    service.moved(-100, -200)
    assert [chat for chat, _, _ in service.due(clock.now + DAY)] == [-200]


def test_a_quote_that_is_half_a_day_late_is_left_out(service: SpeechService, asker: Asker, clock: Clock) -> None:
    service.command(asker, "daily", "8:00")
    planned = datetime.fromtimestamp(clock.now, ZoneInfo("Asia/Shanghai")).replace(hour=8, minute=0, second=0)
    late = (planned + timedelta(days=5, hours=13)).timestamp()
    assert service.due(late) == ()
    assert len(service.due(late + 12 * 3600)) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("length", "pauses"),
    [(30, (60, 600, 1800, 3600, 5400)), pytest.param(366, (60, 3600, 7200, 10_800, 18_000), marks=pytest.mark.slow)],
    ids=["30 days", "a year"],
)
def test_days_in_five_zones_with_restarts_and_failures_have_one_quote_each(
    world: Content, store: Store, library: Library, length: int, pauses: tuple[int, ...]
) -> None:
    """Ticks come late, the process restarts, handing over fails: the outbox is the only witness."""
    chance = random.Random(4)
    clock = Clock(START)

    def started() -> SpeechService:
        return SpeechService(world, store, clock=clock, choose=chance.choice)

    service = started()
    for number, zone in enumerate(ZONES, 1):
        service.command(Asker(number, number), "daily", f"2:30 {zone}")
    outbox: dict[str, str] = {}
    chats: dict[str, int] = {}
    stored: tuple[str, ...] = ()
    while clock.now < START + length * DAY:
        clock.now += chance.choice(pauses)
        if chance.random() < 0.05:
            service = started()
        messages = service.due(clock.now, stored)
        stored = ()
        if chance.random() < 0.05:
            service = started()  # killed between ledger and outbox
            continue
        for chat, key, found in messages:
            outbox.setdefault(key, quoted(found[0])[0])
            chats[key] = chat
        stored = tuple(key for _, key, _ in messages)
    by_chat: dict[int, list[str]] = defaultdict(list)
    for key in sorted(outbox):
        by_chat[chats[key]].append(key)
    pool = len(library.shareable)
    for number, zone in enumerate(ZONES, 1):
        days = [key.partition(":")[2] for key in by_chat[number]]
        first = datetime.fromisoformat(days[0]).date()
        assert days == [(first + timedelta(days=n)).isoformat() for n in range(len(days))], zone
        assert len(days) >= length - 1
        told = [outbox[key] for key in by_chat[number]]
        for round_start in range(0, len(told) - pool, pool):
            assert len(set(told[round_start : round_start + pool])) == pool


def test_a_day_has_one_quote_however_often_the_time_is_changed(service: SpeechService, asker: Asker, clock: Clock) -> None:
    keys: set[str] = set()
    service.command(asker, "daily", "8:00")
    for hour in range(30):
        clock.now += 3600
        keys |= {key for _, key, _ in service.due(clock.now, keys)}
        service.command(asker, "daily", f"{hour % 24}:45")
    assert len(keys) <= 3


def test_a_subscription_of_another_speech_only_quotes_that_speech(service: SpeechService, asker: Asker, clock: Clock) -> None:
    service.command(replace(asker, language="zh"), "daily", "8:00 第五篇")
    ((_, _, found),) = service.due(clock.now + DAY)
    assert "第5篇" in found[0].text
    assert replies(service.command(asker, "daily", ""))
