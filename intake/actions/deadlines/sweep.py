"""The enforcement of deadlines: one batch of clocks that have to be looked at, in one transaction.

Alerts, letters and the next day to look stand or fall together, and an alert is raised once whatever happens; so a
sweep may be killed, doubled or late, and everybody is told exactly once (PRODUCT, Clocks). A batch takes the clocks of
a unit together, and who is told of several matters in it gets one letter that lists them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from intake.actions.deadlines.escalate import Lookup, Matter, look_up
from intake.actions.deadlines.provisional import start_provisional_replies
from intake.actions.meetings.surveys import close_due_surveys
from intake.actions.outbox.tell import News, tell, tell_each
from intake.actions.papers.due_papers import order_due_paper
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import OF_THE_DAY, ClockKind
from intake.rules.deadlines.deadline import Alert, AwakeClock, ClockId
from intake.rules.deadlines.reminder_messages import Reminder, digest, overdue_news, reminder
from intake.rules.deadlines.reminders import MORNING, AlertAudience, alerts_on, beats_ahead, next_wake, sweep_day
from intake.rules.message import Button, Message
from intake.rules.people.person import PersonId, Role
from intake.rules.questions.question import REOPEN_DAYS, Act, Question, after

SILENT_DAYS = 15
"""How many days an asker has for a word about the answer; the day of the answer is day zero."""


async def close_silent(uow: UnitOfWork, today: date) -> int:
    """Close every question that was answered more than `SILENT_DAYS` days before `today`, and tell the askers.

    Returns how many there were.
    """
    first_silent_day = datetime.combine(today - timedelta(days=SILENT_DAYS), time(), tzinfo=LOCAL)
    questions = await uow.questions.to_close(first_silent_day)
    for question in questions:
        question.state = after(question.state, Act.CLOSE)
        question.closed_at = uow.now
        await uow.ledger.write(AuditEntry(uow.now, None, "close_silent", f"question:{question.id}"))
    await tell_each(uow, [News(question.asker_id, _goodbye(question), question.id) for question in questions])
    return len(questions)


def _goodbye(question: Question) -> Message:
    if question.reopened_at is not None:
        return Message("remind.closed_for_good", {"name": question.reference})
    return Message(
        "remind.closed",
        {"name": question.reference, "days": REOPEN_DAYS},
        ((Button(f"status.{question.id}", "button.open"),),),
    )


BATCH = 500
HEARTBEAT = "sweep"

_FIRST = (ClockKind.REPLY, ClockKind.REPLY_OUTSIDE, ClockKind.PROMISE, ClockKind.ACKNOWLEDGE)
"""Of two clocks of a question that end on one day, the one that weighs more speaks."""


@dataclass(frozen=True, slots=True)
class Told:
    """One alert, for whoever watches the sweep: no names."""

    reference: str
    kind: str
    audience: AlertAudience


@dataclass(frozen=True, slots=True)
class SweepResult:
    """What one batch did. `more`: there are clocks left to look at."""

    looked_at: int
    alerts: int
    letters: int
    more: bool
    closed: int = 0
    told: tuple[Told, ...] = ()


async def sweep(uow: UnitOfWork, *, limit: int = BATCH, day: date | None = None) -> SweepResult:
    """Raise what at most `limit` clocks owe on a local day, tell everybody concerned, set when to look again.

    `day` is the day that is pretended; without it, the day whose alerts go out now, and the last batch leaves a
    heartbeat. The last batch also closes what was answered and has been silent since, and surveys
    whose last day is over.
    """
    on = day or sweep_day(uow.now)
    moment = uow.now if day is None else datetime.combine(day, MORNING, tzinfo=LOCAL)
    clocks, more = await _whole_units(uow, on, limit)
    lookup = await look_up(uow, clocks)
    wanted: dict[Alert, Reminder] = {}
    wake_on: dict[ClockId, date] = {}
    over: list[ClockId] = []
    for clock in sorted(clocks, key=_weight):
        matter = lookup.matter(clock)
        if matter is None:
            continue
        if not matter.owes(clock.kind):
            over.append(clock.id)
            continue
        if clock.kind is ClockKind.HELD and not _should_be_over(matter, moment):
            continue  # it stays awake: the sweeps of the day look again
        for alert, about in _owed(uow, lookup, matter, clock, on):
            wanted.setdefault(alert, about)
        wake_on[clock.id] = next_wake(clock.kind, clock.due_on, on, uow.calendar)
    raised = await uow.clocks.raise_each_once(wanted)
    new = {alert: about for alert, about in wanted.items() if alert in raised}
    letters = await tell_each(uow, list(_letters(new, on)))
    for alert, about in new.items():
        if about.subject.reported and about.subject.task_id is not None:
            await order_due_paper(uow, person_id=alert.recipient_id, task_id=about.subject.task_id)
    await uow.clocks.look_next(wake_on)
    await uow.clocks.end(over)
    looked_at = len(wake_on) + len(over)
    more = more and looked_at > 0
    closed = 0
    if not more:
        closed = await close_silent(uow, on)
        await close_due_surveys(uow, on)
        await start_provisional_replies(uow, on)
        if day is None:
            await uow.ledger.beat(HEARTBEAT)
    told = tuple(Told(about.subject.plain, alert.kind, about.audience) for alert, about in new.items())
    return SweepResult(looked_at, len(new), letters, more, closed, told)


def _should_be_over(matter: Matter, moment: datetime) -> bool:
    return matter.meeting is not None and matter.meeting.awaits_word(moment)


async def _whole_units(uow: UnitOfWork, on: date, limit: int) -> tuple[Sequence[AwakeClock], bool]:
    """The clocks of a batch, and whether there may be more; those of a unit stay together while they fit in one."""
    clocks = await uow.clocks.awake(on, limit)
    if len(clocks) < limit:
        return clocks, False
    whole = [clock for clock in clocks if clock.unit_id != clocks[-1].unit_id]
    return whole or clocks, True


def _weight(clock: AwakeClock) -> tuple[int, int]:
    return (_FIRST.index(clock.kind) if clock.kind in _FIRST else len(_FIRST), clock.id)


def _owed(
    uow: UnitOfWork, lookup: Lookup, matter: Matter, clock: AwakeClock, on: date
) -> Iterator[tuple[Alert, Reminder]]:
    """What a clock owes on the day; a person who is concerned in several ways is told once, in the first of them."""
    if matter.meeting is not None and matter.meeting.rests(clock.due_on, on):
        return
    subject = lookup.subject(matter)
    concerned: set[PersonId] = set()
    works_on = uow.calendar.roll_back(clock.due_on)
    practical_on = None if works_on == clock.due_on or clock.kind in OF_THE_DAY else works_on
    for owed in alerts_on(clock.kind, clock.due_on, on, uow.calendar):
        for person_id, audience in lookup.recipients(matter, owed.audience):
            if person_id not in concerned:
                concerned.add(person_id)
                alert = Alert(matter.alert_subject(clock), person_id, owed.kind, clock.due_on)
                yield alert, Reminder(clock.kind, audience, subject, clock.due_on, practical_on)


def _letters(new: Mapping[Alert, Reminder], on: date) -> Iterator[News]:
    """One letter to each person in the office, however many matters; an asker is told of each question by itself.

    So is the office asked by itself whether a meeting took place: the answers are the buttons under the letter.
    """
    office: dict[PersonId, list[Reminder]] = {}
    for alert, about in new.items():
        if about.audience is AlertAudience.ASKER:
            question_id = about.subject.question_id
            once = None if question_id is None else f"{overdue_news(question_id)}{about.kind}:{about.due_on}"
            yield News(alert.recipient_id, reminder(about, on), question_id, once)
        elif about.kind is ClockKind.HELD:
            yield News(alert.recipient_id, reminder(about, on))
        else:
            office.setdefault(alert.recipient_id, []).append(about)
    for person_id, matters in office.items():
        if len(matters) == 1:
            yield News(person_id, reminder(matters[0], on), matters[0].subject.question_id)
        else:
            yield News(person_id, digest(matters, on))


SILENT_FOR = timedelta(days=1)


def is_silent(last: datetime, now: datetime) -> bool:
    """Whether a job last done at a moment has stopped; one that lies ahead of the clock proves nothing."""
    return now - last > SILENT_FOR or beats_ahead(last, now)


async def watch_sweep(uow: UnitOfWork) -> bool:
    """Tell every secretary when the last full sweep is more than a day ago, or ahead. Returns whether it is.

    A sweep that has never run is a new installation, not an alarm.
    """
    last = await uow.ledger.last_beat(HEARTBEAT)
    if last is None or not is_silent(last, uow.now):
        return False
    units = await uow.places.roots()
    secretaries = await uow.people.holding([Role.SECRETARY], units)
    people = dict.fromkeys(person_id for held in secretaries.values() for person_id in held)
    await tell(uow, people, Message("remind.sweep_silent", {"since": last}), once=f"sweep_silent:{uow.today}")
    return True
