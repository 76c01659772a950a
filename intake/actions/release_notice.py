"""Release the public notice of a meeting: the legal duty is met, the hamlet heads carry it to their people."""

from dataclasses import dataclass
from datetime import date

from intake.actions.meeting_people import hamlets_in_scope, secretary_meeting
from intake.actions.tell import tell
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.clock import ClockKind, is_overdue
from intake.rules.deadline import ClockState
from intake.rules.errors import RuleBroken
from intake.rules.meeting import Meeting, MeetingId, MeetingState, Notice
from intake.rules.message import Button, Message
from intake.rules.person import Person, Role
from intake.rules.unit import Unit

LONGEST_NOTICE = 3000


@dataclass(frozen=True, slots=True)
class Release:
    """The notice, the day it was due on (None: met before), the hamlets with a head who has it now, the others."""

    notice: Notice
    due_on: date | None
    late: bool
    with_head: tuple[Unit, ...]
    headless: tuple[Unit, ...]


def clean_notice(typed: str) -> str:
    """The text of a notice as it is kept. Raises `RuleBroken` when it says nothing or is too long."""
    text = typed.strip()
    if not any(letter.isalpha() for letter in text) or len(text) > LONGEST_NOTICE:
        raise RuleBroken("refusal.notice_text", {"most": LONGEST_NOTICE})
    return text


async def release_notice(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, text: str) -> Release:
    """Release the notice of a fixed meeting (R090–R094).

    Meets the notice clock, in time or late; hands the notice to the head of every hamlet the meeting is for. Hamlets
    whose head no chat reaches come back as `headless`. The same words twice are refused: people would read them twice.
    """
    meeting = await secretary_meeting(uow, by, meeting_id)
    if meeting.state is not MeetingState.FIXED:
        raise RuleBroken("refusal.notice_unfixed")
    text = clean_notice(text)
    clocks = [one for one in await uow.clocks.of_meeting(meeting.id) if one.kind is ClockKind.NOTICE]
    last = await uow.meetings.notice_of(meeting.id)
    if last is not None and last.text == text and not clocks:
        raise RuleBroken("refusal.notice_released", {"at": last.released_at})
    notice = await uow.meetings.add_notice(Notice(meeting.id, text, by.id, uow.now))
    for clock in clocks:
        clock.state, clock.ended_at = ClockState.MET, uow.now
    due_on = clocks[0].due_on if clocks else None
    late = due_on is not None and is_overdue(due_on, uow.today)
    with_head: list[Unit] = []
    headless: list[Unit] = []
    for hamlet in await hamlets_in_scope(uow, meeting):
        (with_head if await _hand_over(uow, meeting, notice, hamlet) else headless).append(hamlet)
    detail = {"meeting": meeting.id, "late": late}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "release_notice", f"notice:{notice.id}", detail))
    return Release(notice, due_on, late, tuple(with_head), tuple(headless))


async def _hand_over(uow: UnitOfWork, meeting: Meeting, notice: Notice, hamlet: Unit) -> bool:
    """Give the notice to the heads of a hamlet; False when no chat reaches any."""
    heads = await uow.people.holders(Role.HAMLET_HEAD, hamlet)
    message = Message(
        "notice.for_head",
        {"hamlet": hamlet.name, "title": meeting.title, "text": notice.text},
        ((Button(f"push.{notice.id}.{hamlet.id}", "notice.push_button"),),),
    )
    reachable = await uow.accounts.of([head.id for head in heads])
    return await tell(uow, list(reachable), message) > 0
