"""What can be counted, for /metrics."""

from __future__ import annotations

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.health import STATES, Health

# Prometheus's scale to 10 s, then to INBOX_OLD_SECONDS
_LATENCY = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)


class Metrics:
    """The numbers of one running bot, in a registry of its own (two bots in one process do not mix)."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        r = self.registry
        self.updates = Counter("bot_updates", "Updates by what became of them", ["state"], registry=r)
        self.sends = Counter("bot_sends", "Attempts to send by outcome", ["outcome"], registry=r)
        self.retries = Counter("bot_send_retries", "Attempts that had to be repeated", ["why"], registry=r)
        self.polls = Counter("bot_polls", "Polls by outcome", ["outcome"], registry=r)
        self.handle_seconds = Histogram("bot_handle_seconds", "One handler, with what it asks the service", registry=r, buckets=_LATENCY)
        self.wait_seconds = Histogram("bot_wait_seconds", "How long an answer waits for its turns to be sent", registry=r, buckets=_LATENCY)
        self.send_seconds = Histogram("bot_send_seconds", "One attempt to send", registry=r, buckets=_LATENCY)
        self.answer_seconds = Histogram("bot_answer_seconds", "From arrival to the last part's arrival", registry=r, buckets=_LATENCY)
        self.pending = Gauge("bot_pending_updates", "Updates that are not answered yet", registry=r)
        self.oldest = Gauge("bot_oldest_pending_seconds", "Age of the oldest that could be answered now", registry=r)
        self.backlog = Gauge("bot_backlog_seconds", "Until what waits now will have been sent", registry=r)
        self.waiting = Gauge("bot_waiting_sends", "Messages that wait for their turn", registry=r)
        self.pace = Gauge("bot_pace", "Share of Telegram's overall limit in use: less after it refused", registry=r)
        self.lost = Gauge("bot_lost_threads", "Calls of the service that did not end", registry=r)
        self.poll_age = Gauge("bot_poll_age_seconds", "Time since the last successful poll", registry=r)
        self.state = Gauge("bot_state", "1 while the bot is in the state", ["state"], registry=r)
        self.update_in = cache(self.updates.labels)  # finding a label's child costs more than counting
        self.send_with = cache(self.sends.labels)

    def look(self, health: Health) -> None:
        """Bring the gauges that health knows up to date."""
        self.oldest.set(health.oldest_age or 0.0)
        self.backlog.set(health.backlog)
        self.lost.set(health.lost_threads)
        self.poll_age.set(health.poll_age or 0.0)
        states = health.states
        for state in STATES:
            self.state.labels(state).set(state in states)
        self.state.labels("ok").set(not states)

    def text(self) -> bytes:
        """The exposition format of Prometheus."""
        return generate_latest(self.registry)
