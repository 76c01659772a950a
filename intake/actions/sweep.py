"""The enforcement of deadlines: one batch of clocks that have to be looked at, in one transaction.

Alerts, letters and the next day to look stand or fall together, and an alert is raised once whatever happens; so a
sweep may be killed, doubled or late, and everybody is told exactly once (PRODUCT, Clocks).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from intake.actions.close_silent import close_silent
from intake.actions.escalate import Lookup, Matter, look_up
from intake.actions.tell import News, tell_each
from intake.ports import UnitOfWork
from intake.rules.clock import ClockKind
from intake.rules.deadline import Alert, Clock, ClockState, key_of
from intake.rules.person import PersonId
from intake.rules.reminder_message import reminder
from intake.rules.reminders import NEVER, Audience, alerts_on, next_wake, sweep_day

BATCH = 500
HEARTBEAT = "sweep"

_FIRST = (ClockKind.REPLY, ClockKind.REPLY_OUTSIDE, ClockKind.PROMISE, ClockKind.ACKNOWLEDGE)
"""Of two clocks of a question that end on one day, the one that weighs more speaks."""


@dataclass(frozen=True, slots=True)
class Told:
    """One alert, for whoever watches the sweep: no names."""

    reference: str
    kind: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class SweepResult:
    """What one batch did. `more`: there are clocks left to look at."""

    looked_at: int
    alerts: int
    letters: int
    more: bool
    closed: int = 0
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class _Warning:
    alert: Alert
    news: News
    told: Told


async def sweep(uow: UnitOfWork, *, limit: int = BATCH, day: date | None = None) -> SweepResult:
    """Raise what at most `limit` clocks owe on a local day, tell everybody concerned, set when to look again.

    `day` is the day that is pretended; without it, the day whose alerts go out now, and the last batch leaves a
    heartbeat. The last batch also closes what was answered and has been silent since.
    """
    on = day or sweep_day(uow.now)
    clocks = await uow.clocks.awake(on, limit)
    lookup = await look_up(uow, clocks)
    wanted: dict[tuple[str, PersonId, str, date], _Warning] = {}
    looked_at = 0
    for clock in sorted(clocks, key=_weight):
        matter = lookup.matter(clock)
        if matter is None:
            if clock.question_id is None:  # a clock of nothing we know concerns nobody
                looked_at, clock.wake_on = looked_at + 1, NEVER
            continue
        looked_at += 1
        if not matter.owed:
            clock.state, clock.ended_at = ClockState.ENDED, uow.now
            continue
        for warning in _warnings(uow, lookup, matter, clock, on):
            wanted.setdefault(key_of(warning.alert), warning)
        clock.wake_on = next_wake(clock.kind, clock.due_on, on, uow.calendar)
    raised = await uow.clocks.raise_each_once([warning.alert for warning in wanted.values()])
    new = [warning for key, warning in wanted.items() if key in raised]
    letters = await tell_each(uow, [warning.news for warning in new])
    more = len(clocks) == limit and looked_at > 0
    closed = 0
    if not more:
        closed = await close_silent(uow, on)
        if day is None:
            await uow.ledger.beat(HEARTBEAT)
    return SweepResult(looked_at, len(new), letters, more, closed, tuple(warning.told for warning in new))


def _weight(clock: Clock) -> tuple[int, int]:
    return (_FIRST.index(clock.kind) if clock.kind in _FIRST else len(_FIRST), clock.id)


def _warnings(uow: UnitOfWork, lookup: Lookup, matter: Matter, clock: Clock, on: date) -> Iterator[_Warning]:
    """What a clock owes on the day; a person who is concerned in several ways is told once, in the first of them."""
    subject = lookup.subject(matter)
    concerned: set[PersonId] = set()
    for owed in alerts_on(clock.kind, clock.due_on, on, uow.calendar):
        recipients: Sequence[tuple[PersonId, Audience]] = tuple(lookup.recipients(matter, owed.audience))
        for person_id, audience in recipients:
            if person_id in concerned:
                continue
            concerned.add(person_id)
            yield _Warning(
                Alert(matter.alert_subject(clock), person_id, owed.kind, clock.due_on, uow.now),
                News(person_id, reminder(clock.kind, audience, subject, clock.due_on, on), subject.question_id),
                Told(subject.name, owed.kind, audience),
            )
