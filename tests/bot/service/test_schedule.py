"""The next time of day in a zone, over gaps and overlaps of the clocks."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.service.schedule import day_of, next_run
from tests.kit.table import each_row

ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata"]


@each_row(
    "after, minute, zone, expected",
    [
        ("2026-11-21T07:59+08:00", 480, "Asia/Shanghai", "2026-11-21T08:00+08:00"),
        ("2026-11-21T08:00+08:00", 480, "Asia/Shanghai", "2026-11-22T08:00+08:00"),
        # the clocks jump from 2:00 to 3:00: half past two comes at half past three
        ("2026-03-29T00:00+01:00", 150, "Europe/Berlin", "2026-03-29T03:30+02:00"),
        # half past two comes twice: the first one
        ("2026-10-25T00:00+02:00", 150, "Europe/Berlin", "2026-10-25T02:30+02:00"),
        ("2026-10-25T02:30+02:00", 150, "Europe/Berlin", "2026-10-26T02:30+01:00"),
        ("2026-03-08T00:00-05:00", 480, "America/New_York", "2026-03-08T08:00-04:00"),
        ("2026-12-31T23:59+00:00", 0, "UTC", "2027-01-01T00:00+00:00"),
    ],
)
def test_next_run(after: str, minute: int, zone: str, expected: str) -> None:
    moment = next_run(datetime.fromisoformat(after).timestamp(), minute, ZoneInfo(zone))
    assert moment == datetime.fromisoformat(expected).timestamp()


@given(st.integers(1_500_000_000, 1_900_000_000), st.integers(0, 1439), st.sampled_from(ZONES))
def test_the_next_run_is_later_within_two_days_and_on_its_own_date(after: int, minute: int, name: str) -> None:
    zone = ZoneInfo(name)
    first = next_run(after, minute, zone)
    second = next_run(first, minute, zone)
    assert after < first <= after + 26 * 3600
    assert day_of(first, zone) < day_of(second, zone)
    local = datetime.fromtimestamp(first, zone)
    assert (local.hour * 60 + local.minute - minute) % 1440 in (0, 30, 60)
