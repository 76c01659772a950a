"""Reminding of lists that are due: three days before, on the day before, on the day, and once when it has passed."""

from datetime import date

from intake.actions.meetings.quotas import lists_due, units_with_quota
from intake.actions.meetings.seats import composers_of, roster_of, takes_seats
from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import days_left
from intake.rules.deadlines.deadline import Alert
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.meetings.roster import EDITABLE
from intake.rules.message import Button, Message, Param
from intake.rules.people.unit import Unit

_SOON = 3


async def remind_due_rosters(uow: UnitOfWork) -> int:
    """Remind whoever composes a list that is not in, each once per stage however often this runs.

    The alerts are unique by list, recipient, stage and due date, so a date that is moved is reminded of anew. Returns
    how many were reminded.
    """
    roots = [unit.id for unit in await uow.places.roots()]
    reminded = 0
    for meeting in await uow.meetings.of_units(roots):
        if meeting.state is MeetingState.OPEN or meeting.is_past(uow.now) or not await takes_seats(uow, meeting):
            continue
        due_on = await lists_due(uow, meeting)
        stage = None if due_on is None else _stage(days_left(due_on, uow.today))
        if due_on is None or stage is None:
            continue
        for unit in await units_with_quota(uow, meeting):
            reminded += await _remind(uow, meeting, unit, stage, due_on)
    return reminded


def _stage(left: int) -> str | None:
    if left < 0:
        return "late"
    if left <= 1:
        return ("today", "tomorrow")[left]
    return "soon" if left <= _SOON else None


async def _remind(uow: UnitOfWork, meeting: Meeting, unit: Unit, stage: str, due_on: date) -> int:
    if (await roster_of(uow, meeting, unit.id)).state not in EDITABLE:
        return 0
    subject = f"roster:{meeting.id}:{unit.id}"
    alerts = [Alert(subject, one.id, f"roster_{stage}", due_on) for one in await composers_of(uow, unit)]
    fresh = await uow.clocks.raise_each_once(alerts)
    told: dict[str, Param] = {"unit": unit.name, "title": meeting.title, "due": on_weekday(due_on)}
    opens = ((Button(f"roster.{meeting.id}.{unit.id}", "roster.open_button"),),)
    key = "roster.remind_late" if stage == "late" else "roster.remind_due"
    people = [alert.recipient_id for alert in alerts if alert in fresh]
    await tell(uow, people, Message(key, told, opens), relay=False)
    return len(people)
