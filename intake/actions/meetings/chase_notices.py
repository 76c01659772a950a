"""Chase a public notice before it is late: the heads who have not sent it on, and the chair, on the last two days."""

from collections.abc import Sequence

from intake.actions.meetings.release_notice import is_outdated, not_reached
from intake.actions.outbox.tell import tell
from intake.actions.people.office import holders_of
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import days_left
from intake.rules.deadlines.deadline import Alert, Clock
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.deadlines.reminders import is_time_to_remind
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Button, Message, Param
from intake.rules.people.person import Person, Role

LAST_DAYS = (1, 0)
"""How many days before the notice is due the heads and the chair hear of what is missing."""


async def chase_notices(uow: UnitOfWork) -> int:
    """Say who still has to send a notice on, while there is time (R090). Returns how many letters that makes.

    The secretary is reminded by the sweep; here the heads of the hamlets that have not got it are told, and the chair
    which hamlets those are. Once on each of the last two days, in the daytime, however often it runs.
    """
    if not is_time_to_remind(uow.now):
        return 0
    letters = 0
    for clock, meeting in await uow.proofs.notice_clocks(uow.today, max(LAST_DAYS)):
        letters += await _chase(uow, meeting, clock)
    return letters


async def _chase(uow: UnitOfWork, meeting: Meeting, clock: Clock) -> int:
    notice = await uow.meetings.notice_of(meeting.id)
    current = None if notice is None or is_outdated(notice, meeting) else notice
    missing = await not_reached(uow, meeting, current)
    params: dict[str, Param] = {"title": meeting.title, "due": due_words(unpack_due(clock.due))}
    chairs = await holders_of(uow, meeting.unit_id, Role.CHAIR)
    if current is None:
        return await _once(uow, meeting, clock, "", chairs, Message("chase.unreleased", params))
    listed = Message("chase.chair", {**params, "hamlets": ", ".join(hamlet.name for hamlet in missing)})
    letters = await _once(uow, meeting, clock, "", chairs, listed)
    for hamlet in missing:
        heads = await uow.people.holders(Role.HAMLET_HEAD, hamlet)
        sends = ((Button(f"push.{current.id}.{hamlet.id}", "notice.push_button"),),)
        message = Message("chase.head", {**params, "hamlet": hamlet.name}, sends)
        letters += await _once(uow, meeting, clock, f":{hamlet.id}", heads, message)
    return letters


async def _once(
    uow: UnitOfWork, meeting: Meeting, clock: Clock, where: str, people: Sequence[Person], message: Message
) -> int:
    """Tell those who were not told so on this day."""
    subject, kind = f"meeting:{meeting.id}:notice{where}", f"chase_{days_left(clock.due_on, uow.today)}"
    raised = await uow.clocks.raise_each_once(Alert(subject, one.id, kind, clock.due_on) for one in people)
    return await tell(uow, [alert.recipient_id for alert in sorted(raised)], message)
