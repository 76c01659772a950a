"""Release the public notice of a meeting: it says what the law wants, and the hamlet heads carry it to their people."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.actions.meetings.airing import hand_to_broadcasters
from intake.actions.meetings.fix_meeting import withdraw_requests
from intake.actions.meetings.meeting_people import hamlets_in_scope, office_meeting
from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.clock import ClockKind, Due, is_overdue
from intake.rules.deadlines.deadline import ClockState
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState, Notice
from intake.rules.meetings.meeting_request import SECOND_PERSON_ABOVE, MeetingRequest, RequestKind
from intake.rules.meetings.notice import missing_parts, required_parts
from intake.rules.message import Button, Message, Term
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.questions.question import ProposalState
from intake.rules.text import fitting


async def not_reached(uow: UnitOfWork, meeting: Meeting, notice: Notice | None) -> list[Unit]:
    """The hamlets in scope that this notice has not gone to; without a notice, all of them."""
    gone_to = [] if notice is None else [push.hamlet_id for push in await uow.meetings.pushes(notice.id)]
    return [hamlet for hamlet in await hamlets_in_scope(uow, meeting) if hamlet.id not in gone_to]


async def meet_when_everywhere(uow: UnitOfWork, meeting: Meeting, notice: Notice) -> bool:
    """Meet the notice clock of a meeting (held before) if its notice has gone everywhere. Returns whether it has."""
    if await not_reached(uow, meeting, notice):
        return False
    for clock in await uow.clocks.of_meeting(meeting.id):
        if clock.kind is ClockKind.NOTICE:
            clock.state, clock.ended_at = ClockState.MET, uow.now
    return True


LONGEST_NOTICE = 3000


@dataclass(frozen=True, slots=True)
class Release:
    """The notice, the day it was due on (None: met before), the hamlets with a head who has it now, the others."""

    notice: Notice
    due: Due | None
    late: bool
    with_head: tuple[Unit, ...]
    headless: tuple[Unit, ...]


def clean_notice(typed: str) -> str:
    """The text of a notice as it is kept. Raises `RuleBroken` when it says nothing or is too long."""
    text = typed.strip()
    if not any(letter.isalpha() for letter in text):
        raise RuleBroken("refusal.notice_text", {"most": LONGEST_NOTICE})
    return fitting(text, LONGEST_NOTICE)


async def check_notice(uow: UnitOfWork, meeting: Meeting, typed: str) -> str:
    """The text as it is kept. Raises `RuleBroken` for a meeting without a day, and names the parts it lacks (R094)."""
    if meeting.state is not MeetingState.FIXED or meeting.starts_at is None:
        raise RuleBroken("refusal.notice_unfixed")
    if meeting.awaits_word(uow.now):
        raise RuleBroken("refusal.notice_over")
    text = clean_notice(typed)
    plan = await uow.plans.get(meeting.plan_id)
    profile = plan.decided.profile
    required = required_parts(profile.notice_fields, has_programme=bool(profile.programme))
    missing = missing_parts(text, required, starts_at=meeting.starts_at, venue=meeting.venue, theme=meeting.theme)
    if missing:
        parts = tuple(
            Term(f"notice.part_{part.value}", {"at": meeting.starts_at, "venue": meeting.venue}) for part in missing
        )
        raise RuleBroken("refusal.notice_parts", {"parts": parts})
    return text


async def second_person_for(uow: UnitOfWork, meeting: Meeting, hamlets: Sequence[UnitId] | None = None) -> int | None:
    """To how many people a notice would go, if those are so many that a second person has to release it.

    `hamlets`: where it goes to, by default wherever the meeting is for.
    """
    plan = await uow.plans.get(meeting.plan_id)
    rule = plan.decided.profile.clocks.notice
    limit = None if rule is None else rule.second_person_above
    if hamlets is None:
        hamlets = [hamlet.id for hamlet in await hamlets_in_scope(uow, meeting)]
    recipients = await uow.proofs.reachable(hamlets)
    return recipients if recipients > (SECOND_PERSON_ABOVE if limit is None else limit) else None


async def release_notice(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, text: str, request: MeetingRequest | None = None
) -> Release:
    """Release the notice of a fixed meeting (R090–R094).

    Hands the notice to the head of every hamlet the meeting is for, and its script to the broadcasters; the notice
    clock runs until it has gone to all hamlets. Those whose head no chat reaches come back as `headless`. Refused: a
    text that lacks what a notice owes, the same words twice (people would read them twice), and a notice to many by
    the very person who composed it: that needs the `request` of somebody else.
    """
    meeting = await office_meeting(uow, by, meeting_id, Role.SECRETARY, Role.CHAIR)
    text = await check_notice(uow, meeting, text)
    last = await uow.meetings.notice_of(meeting.id)
    if last is not None and last.text == text and not is_outdated(last, meeting):
        raise RuleBroken("refusal.notice_released", {"at": last.released_at})
    if (request is None or request.asked_by == by.id) and await second_person_for(uow, meeting) is not None:
        raise RuleBroken("refusal.notice_second_person")
    await _refuse_for_nobody(uow, meeting)
    await withdraw_requests(uow, meeting, RequestKind.NOTICE)
    composed_by = None
    if request is not None:
        composed_by = request.asked_by
        request.state, request.decided_by, request.decided_at = ProposalState.APPROVED, by.id, uow.now
    notice = await uow.meetings.add_notice(
        Notice(meeting.id, text, by.id, uow.now, meeting.starts_at, meeting.venue, composed_by)
    )
    clocks = [one for one in await uow.clocks.of_meeting(meeting.id) if one.kind is ClockKind.NOTICE]
    due = unpack_due(clocks[0].due) if clocks else None
    late = due is not None and is_overdue(due.due_on, uow.today)
    with_head: list[Unit] = []
    headless: list[Unit] = []
    for hamlet in await hamlets_in_scope(uow, meeting):
        (with_head if await _hand_over(uow, meeting, notice, hamlet) else headless).append(hamlet)
    await hand_to_broadcasters(uow, meeting, notice)
    await meet_when_everywhere(uow, meeting, notice)
    detail = {"meeting": meeting.id, "late": late, "composed_by": composed_by or by.id}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "release_notice", f"notice:{notice.id}", detail))
    return Release(notice, due, late, tuple(with_head), tuple(headless))


async def _refuse_for_nobody(uow: UnitOfWork, meeting: Meeting) -> None:
    """Raise `RuleBroken`, saying what is missing, where a notice could reach nobody at all."""
    places = await hamlets_in_scope(uow, meeting)
    if await uow.proofs.reachable([place.id for place in places]):
        return
    if await uow.people.holding((Role.HAMLET_HEAD, Role.BROADCASTER), places):
        return
    unit = await uow.places.unit(meeting.unit_id)
    missing = "refusal.notice_for_nobody" if places != (unit,) else "refusal.notice_without_hamlets"
    raise RuleBroken(missing, {"unit": unit.name})


def is_outdated(notice: Notice, meeting: Meeting) -> bool:
    """Whether the meeting is at another moment or place by now than the notice says."""
    return (notice.starts_at, notice.venue) != (meeting.starts_at, meeting.venue)


async def _hand_over(uow: UnitOfWork, meeting: Meeting, notice: Notice, hamlet: Unit) -> bool:
    """Give the notice to the heads of a hamlet; False when no chat reaches any."""
    heads = await uow.people.holders(Role.HAMLET_HEAD, hamlet)
    reachable = await uow.accounts.of([head.id for head in heads])
    return await tell(uow, list(reachable), await notice_for_head(uow, meeting, notice, hamlet)) > 0


async def notice_for_head(uow: UnitOfWork, meeting: Meeting, notice: Notice, hamlet: Unit) -> Message:
    """A released notice as a head gets it, with the button that carries it to the people of the hamlet."""
    allowed = await uow.requests.allowed_day(meeting)
    return Message(
        "notice.for_head",
        {
            "hamlet": hamlet.name,
            "title": meeting.title,
            "text": notice.text,
            "remark": "" if allowed is None else Term("notice.short_notice", {"reason": allowed.text}),
        },
        (
            (Button(f"push.{notice.id}.{hamlet.id}", "notice.push_button"),),
            (
                Button(f"script.{notice.id}.{hamlet.id}", "script.button"),
                Button(f"poster.{meeting.id}", "poster.button"),
            ),
        ),
    )
