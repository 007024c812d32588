"""For administrators: figures, questions without an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from bot.contract.reply import File
from bot.contract.response import Response
from bot.contract.text_builder import LIMIT, TextBuilder
from bot.service.context import Context, Declined, without_files
from bot.settings.library import Library
from bot.settings.yaml_file import ConfigError
from bot.state import feedback, figures

DAYS = 30  # a month, one bar a day
LISTED, SHOWN = 30, 100  # questions without an answer, and characters of each: below the 4096 of a message
STATES = ("sure", "near", "none", "lookup")


def require_admin(context: Context) -> None:
    """Raise Declined, as for a command that does not exist, for everybody else."""
    if context.asker.user_id not in context.admins:
        raise Declined("command.unknown")


def stats(context: Context, _argument: str) -> Response:
    """Answers by state, latencies, opinions of the last 30 days; a picture follows."""
    require_admin(context)
    since = context.now - (DAYS - 1) * 86400
    with context.store.reading() as memory:
        days = figures.by_day(memory, since)
        good, bad = figures.opinions(memory, since)
    total: Counter[str] = sum(days.values(), Counter())
    text = TextBuilder().line(context.say("stats.title", days=DAYS), "bold").line()
    for state in STATES:
        text.line(f"{context.say(f'stats.{state}')} {total[state]}")
    text.line(context.say("stats.random", count=total["random"]))
    text.line(context.say("stats.latency", half=_quantile(total, 0.5), most=_quantile(total, 0.99)))
    text.line(context.say("stats.votes", good=good, bad=bad))
    return Response((text.reply(),), later=lambda: _picture(context, days))


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


def _picture(context: Context, days: dict[str, Counter[str]]) -> Response:
    from bot.pictures import daily_bars

    last = date.fromisoformat(figures.today(context.now))
    dates = [last - timedelta(days=n) for n in reversed(range(DAYS))]
    series = {context.say(f"stats.{s}"): [days.get(d.isoformat(), Counter())[s] for d in dates] for s in STATES}
    content = daily_bars(dates, series, context.say("stats.title", days=DAYS))
    file = File("photo", "stats.png", content, without_files(context, context.say("stats.picture")))
    return Response((TextBuilder().add(context.say("stats.picture")).reply(file=file),))


def reload(context: Context, renew: Callable[[], Library], busy: Callable[[], bool]) -> Response:
    """That everything is read again; later what the bot speaks of then, or why it speaks of what it did before."""
    require_admin(context)
    begun = TextBuilder().line(context.say("reload.begun")).reply()
    return Response((begun,), later=lambda: _reloaded(context, renew, busy))


def _reloaded(context: Context, renew: Callable[[], Library], busy: Callable[[], bool]) -> Response:
    if busy():
        return Response((TextBuilder().line(context.say("reload.busy")).reply(),))
    try:
        corpus = renew().corpus
    except ConfigError as error:
        return problems(context, error)
    words = context.say("reload.done", count=len(corpus.speeches), version=corpus.fingerprint)
    return Response((TextBuilder().line(words).reply(),))


def problems(context: Context, error: ConfigError) -> Response:
    """Why it speaks of what it did before."""
    text = TextBuilder().line(context.say("reload.problems", count=len(error.problems)), "bold").line()
    return Response((text.add("\n".join(error.problems)[: LIMIT - text.length]).reply(),))


def unanswered(context: Context, _argument: str) -> Response:
    """What people asked in vain, the most frequent first; nobody's name is kept with it."""
    require_admin(context)
    with context.store.reading() as memory:
        missed = feedback.most_frequent(memory, ("none", "near"), LISTED)
    if not missed:
        return Response((TextBuilder().line(context.say("unanswered.none")).reply(),))
    text = TextBuilder().line(context.say("unanswered.title"), "bold").line()
    for one in missed:
        text.line(f"{one.times} × {'≈ ' if one.state == 'near' else ''}{one.text[:SHOWN]}")
    return Response((text.reply(),))
