"""What a process counts about itself and reads about the installation, in the format of Prometheus.

Names of networks, priorities, states and leases only: never a person, an address or a word of a letter. What is read
from the database is the same in every process; what is counted is this process's own, since its start.
"""

import asyncio
from collections.abc import Iterator

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from handlers.engine.inbound_event import InboundEvent
from intake.rules.outbox.delivery import DeliveryFailure
from intake.rules.people.person import Network
from storage.queries.outbox.measures import MOST
from storage.unit_of_work import Store

PATIENCE = 5.0
"""Seconds the database has for an answer; then it counts as not answering."""
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_DOOR_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
log = structlog.get_logger()


class Metrics:
    """The counters of one process, and the readings of its store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._heard = Counter(
            "doithoai_messages_heard",
            "Messages received from the networks.",
            ["network", "kind"],
            registry=self._registry,
        )
        self._inbound = Histogram(
            "doithoai_door_seconds",
            "Seconds from the arrival of a message until it is handled and durably stored.",
            buckets=_DOOR_BUCKETS,
            registry=self._registry,
        )
        self._fallbacks = Counter(
            "doithoai_inbound_fallbacks",
            "Batches of messages that could not be dealt with together and were dealt with one by one.",
            registry=self._registry,
        )
        self._sends = Counter(
            "doithoai_sends",
            "Attempts to send a letter, by the network's answer.",
            ["network", "outcome"],
            registry=self._registry,
        )
        self._look_ups = Counter(
            "doithoai_look_ups",
            "Look-ups of questions on the public page, by what came of them; many unknown ones are somebody's guesses.",
            ["outcome"],
            registry=self._registry,
        )

    def count_look_up(self, outcome: str) -> None:
        """A look-up of the public page found something, was of something unknown, or came too fast."""
        self._look_ups.labels(outcome).inc()

    def count_event(self, event: InboundEvent, seconds: float) -> None:
        """A message was dealt with, well or badly, in so many seconds."""
        self._heard.labels(event.network.value, event.kind.value).inc()
        self._inbound.observe(seconds)

    def fell_back(self) -> None:
        """A batch of messages was dealt with one by one."""
        self._fallbacks.inc()

    def count_attempt(self, network: Network, outcome: str | DeliveryFailure | None) -> None:
        """A letter was handed to a network: its id there, why it did not go, or None when it was cut off."""
        match outcome:
            case str():
                word = "sent"
            case None:
                word = "cut_off"
            case _:
                word = _WORDS.get(type(outcome).__name__, "failed")
        self._sends.labels(network.value, word).inc()

    async def render(self) -> bytes:
        """Everything, as Prometheus reads it."""
        try:
            async with asyncio.timeout(PATIENCE):
                gauges = [_gauge("doithoai_database_up", "Whether the database answers.", 1), *await self._read()]
        except (SQLAlchemyError, OSError) as trouble:
            log.warning("not_measured", error=type(trouble).__name__)
            gauges = [_gauge("doithoai_database_up", "Whether the database answers.", 0)]
        return generate_latest(self._registry) + generate_latest(_Read(gauges))

    async def _read(self) -> list[Metric]:
        async with self._store.reading() as uow:
            lines, aside, held, under_way = (
                await uow.measures.lines(),
                await uow.measures.put_aside(),
                await uow.measures.held(),
                await uow.measures.under_way(),
            )
            beat = await uow.ledger.last_beat("sweep")
            unsaid = await uow.meetings.awaiting_word()
        waiting = GaugeMetricFamily(
            "doithoai_letters_waiting", f"Letters waiting to go out; {MOST} means {MOST} or more.", labels=["priority"]
        )
        oldest = GaugeMetricFamily(
            "doithoai_oldest_letter_seconds",
            "How long the oldest waiting letter has been due to go out.",
            labels=["priority"],
        )
        for line in lines:
            waiting.add_metric([line.priority.name.lower()], line.letters)
            oldest.add_metric([line.priority.name.lower()], max(0.0, line.oldest.total_seconds()))
        put_aside = GaugeMetricFamily(
            "doithoai_letters_put_aside",
            f"Letters that will not go out without intervention; {MOST} means {MOST} or more.",
            labels=["state"],
        )
        for state, letters in aside.items():
            put_aside.add_metric([state.value], letters)
        people = GaugeMetricFamily(
            "doithoai_broadcast_people", "People a broadcast under way is for.", labels=["broadcast", "state"]
        )
        left = GaugeMetricFamily(
            "doithoai_broadcast_letters_waiting",
            f"Letters of a broadcast under way not sent yet; {MOST} means {MOST} or more.",
            labels=["broadcast", "state"],
        )
        for number, broadcast_state, many, waits in under_way:
            people.add_metric([str(number), broadcast_state.value], many)
            left.add_metric([str(number), broadcast_state.value], waits)
        leases = GaugeMetricFamily(
            "doithoai_lease_seconds", "Seconds until a lease expires.", labels=["lease", "holder"]
        )
        for one in held:
            leases.add_metric([one.lease, one.holder], one.left.total_seconds())
        meetings = _gauge(
            "doithoai_meetings_unsaid",
            "Meetings past their planned end of which nobody has said whether they took place.",
            len(unsaid),
        )
        read: list[Metric] = [waiting, oldest, put_aside, people, left, leases, meetings]
        if beat is not None:
            age = (uow.now - beat).total_seconds()
            read.append(_gauge("doithoai_sweep_age_seconds", "Seconds since the last sweep of deadlines.", age))
        return read


_WORDS = {
    "Throttled": "throttled",
    "Unreachable": "unreachable",
    "WindowClosed": "window_closed",
    "Rejected": "rejected",
    "Unavailable": "unavailable",
}


def _gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, what, value=value)


class _Read(Collector):
    """What was read just now, in the shape the library prints."""

    def __init__(self, metrics: list[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator[Metric]:
        """Hand out what was read."""
        yield from self._metrics
