"""For administrators: figures, questions without an answer."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from bot.contract.reply import File
from bot.contract.response import Response
from bot.contract.text_builder import TextBuilder
from bot.service.context import Context, Declined
from bot.state import feedback, figures

DAYS = 30
LISTED = 30  # questions without an answer
STATES = ("sure", "near", "none", "lookup")


def only_admins(here: Context) -> None:
    """Raise Declined, as for a command that does not exist, for everybody else."""
    if here.asker.user_id not in here.admins:
        raise Declined("command.unknown")


def stats(here: Context, _argument: str) -> Response:
    """Answers by state, latencies, opinions of the last 30 days; a picture follows."""
    only_admins(here)
    since = here.now - (DAYS - 1) * 86400
    with here.store.reading() as memory:
        days = figures.by_day(memory, since)
        good, bad = figures.opinions(memory, since)
    total: Counter[str] = sum(days.values(), Counter())
    text = TextBuilder().line(here.say("stats.title", days=DAYS), "bold").line()
    for state in STATES:
        text.line(f"{here.say(f'stats.{state}')} {total[state]}")
    text.line(here.say("stats.random", count=total["random"]))
    text.line(here.say("stats.latency", half=_quantile(total, 0.5), most=_quantile(total, 0.99)))
    text.line(here.say("stats.votes", good=good, bad=bad))
    return Response((text.reply(),), later=lambda: _picture(here, days))


def _quantile(total: Counter[str], share: float) -> str:
    """The upper limit of the latency class that holds the share of the answers."""
    names = [f"ms{limit}" for limit in figures.LIMITS_MS]
    wanted = share * sum(total[name] for name in (*names, "over"))
    passed = 0
    for limit, name in zip(figures.LIMITS_MS, names, strict=True):
        passed += total[name]
        if passed and passed >= wanted:
            return f"≤ {limit} ms"
    return f"> {figures.LIMITS_MS[-1]} ms" if total["over"] else "–"


def _picture(here: Context, days: dict[str, Counter[str]]) -> Response:
    from bot.pictures import daily_bars

    last = date.fromisoformat(figures.today(here.now))
    dates = [last - timedelta(days=n) for n in reversed(range(DAYS))]
    series = {here.say(f"stats.{s}"): [days.get(d.isoformat(), Counter())[s] for d in dates] for s in STATES}
    content = daily_bars(dates, series, here.say("stats.title", days=DAYS))
    return Response((TextBuilder().add(here.say("stats.picture")).reply(file=File("photo", "stats.png", content)),))


def unanswered(here: Context, _argument: str) -> Response:
    """What people asked in vain, the most frequent first; nobody's name is kept with it."""
    only_admins(here)
    with here.store.reading() as memory:
        missed = feedback.most_frequent(memory, ("none", "near"), LISTED)
    if not missed:
        return Response((TextBuilder().line(here.say("unanswered.none")).reply(),))
    text = TextBuilder().line(here.say("unanswered.title"), "bold").line()
    for one in missed:
        text.line(f"{one.times} × {'≈ ' if one.state == 'near' else ''}{one.text[:100]}")
    return Response((text.reply(),))
