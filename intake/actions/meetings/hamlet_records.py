"""What a hamlet's own meeting said: entered by its head or a secretary, read in the digest of opinions (R077)."""

from collections.abc import Sequence
from datetime import date

from intake.actions.deadlines.task_reports import meet_task
from intake.actions.meetings.fix_meeting import STILL_OPEN
from intake.actions.meetings.meeting_people import hamlets_in_scope
from intake.actions.questions.suggest_topic import topic_lines
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.hamlet_record import HamletRecord, held_day, read_opinions
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.people.permissions import holds, speaks_for
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.profile_bodies import TopicLine

_TASK = "practice_hamlet_meetings"


async def records_to_enter(uow: UnitOfWork, by: Person) -> list[tuple[Meeting, Unit]]:
    """Each meeting to come with each hamlet for which somebody enters what its own meeting said."""
    grants = await uow.people.grants_of(by.id)
    headed = [await uow.places.unit(one.unit_id) for one in grants if one.role is Role.HAMLET_HEAD]
    roots = [
        one
        for one in await uow.places.roots()
        if holds(grants, Role.SECRETARY, one) or any(f"/{one.id}/" in hamlet.path for hamlet in headed)
    ]
    return [
        (meeting, hamlet)
        for meeting in await uow.meetings.of_units([one.id for one in roots])
        if meeting.state in STILL_OPEN
        for hamlet in await hamlets_in_scope(uow, meeting)
        if speaks_for(grants, hamlet)
    ]


async def record_at(uow: UnitOfWork, by: Person, meeting_id: MeetingId, hamlet_id: UnitId) -> tuple[Meeting, Unit]:
    """A meeting and a hamlet of it for which somebody enters the record; `NotFound` for all others.

    `RuleBroken` once the meeting has begun: what the hamlets say is read before it.
    """
    meeting = await uow.meetings.get(meeting_id)
    places = {one.id: one for one in await hamlets_in_scope(uow, meeting)}
    hamlet = places.get(hamlet_id)
    if hamlet is None or not speaks_for(await uow.people.grants_of(by.id), hamlet):
        raise NotFound
    if meeting.state not in STILL_OPEN:
        raise RuleBroken("refusal.meeting_over")
    return meeting, hamlet


async def topics_of(uow: UnitOfWork, meeting_id: MeetingId) -> Sequence[TopicLine]:
    """The topics of the plan a meeting is of."""
    meeting = await uow.meetings.get(meeting_id)
    return topic_lines(await uow.plans.get(meeting.plan_id))


async def enter_record(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, hamlet_id: UnitId, held_on: date, came: int, opinions: str
) -> HamletRecord:
    """Enter what a hamlet's meeting said, instead of what stood there; with the last hamlet the plan's task is done.

    `opinions` as typed, one a line (`read_opinions`). Raises as `record_at`, `held_day` and `read_opinions`.
    """
    meeting, hamlet = await record_at(uow, by, meeting_id, hamlet_id)
    read = read_opinions(opinions, await topics_of(uow, meeting.id))
    record = HamletRecord(meeting.id, hamlet.id, held_day(held_on, uow.today), came, read, by.id, uow.now)
    await uow.meetings.put_record(record)
    detail = {"hamlet": hamlet.id, "came": came, "opinions": len(read)}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "enter_record", f"meeting:{meeting.id}", detail))
    await _meet_when_everywhere(uow, by, meeting)
    return record


async def _meet_when_everywhere(uow: UnitOfWork, by: Person, meeting: Meeting) -> None:
    records = {one.unit_id: one for one in await uow.meetings.records(meeting.id)}
    hamlets = await hamlets_in_scope(uow, meeting)
    if any(one.id not in records for one in hamlets):
        return
    done = "; ".join(f"{one.name}: {records[one.id].held_on:%d/%m/%Y}" for one in hamlets)
    for task in await uow.tasks.around(meeting.id):
        if task.what == _TASK and task.done_at is None:
            await meet_task(uow, task, by.id, done)
