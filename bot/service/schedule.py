"""When is it again a certain time of day in a time zone? Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo


def next_run(after: float, minute: int, zone: tzinfo) -> float:
    """The first moment later than `after` (seconds UTC) at `minute` after midnight, once per date of the zone.

    A time that the clocks jump over comes as much later as they jump; of a time that comes twice the first.

    >>> from zoneinfo import ZoneInfo
    >>> next_run(0.0, 8 * 60, ZoneInfo("Asia/Shanghai")) / 3600
    24.0
    """
    today = datetime.fromtimestamp(after, zone).date()
    at = time(minute // 60, minute % 60)
    for days in range(-1, 4):  # a date may be missing where a zone crosses the date line
        moment = datetime.combine(today + timedelta(days=days), at, zone).timestamp()
        if moment > after:
            return moment
    raise ValueError(f"no {at} after {after} in {zone}")


def day_of(moment: float, zone: tzinfo) -> str:
    """The zone's date at a moment, 2026-11-21."""
    return datetime.fromtimestamp(moment, zone).date().isoformat()
