"""Say how people come to a meeting: into the room, online, or either, and how one takes part online (R213, LAW C9)."""

from intake.actions.meetings.fix_meeting import STILL_OPEN
from intake.actions.meetings.meeting_people import office_meeting, tell_people_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Message, Param, Term
from intake.rules.people.person import Person, Role
from intake.rules.plan.profile_terms import MeetingForm
from intake.rules.text import fitting

LONGEST_WAY = 300


def clean_way(typed: str) -> str:
    """How one takes part online, as it is kept. Raises `RuleBroken` when it says nothing or too much."""
    way = " ".join(typed.split())
    if not any(sign.isalnum() for sign in way):
        raise RuleBroken("refusal.text_missing")
    return fitting(way, LONGEST_WAY)


async def say_how_to_attend(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, form: MeetingForm, online_at: str = ""
) -> tuple[Meeting, int]:
    """Keep the form of a meeting that is not over; for its secretary or chair. Returns it, and how many were told.

    Everybody concerned hears of a change. Where it is online, `online_at` says how (`RuleBroken` without a word); in
    person it says nothing. The same once more changes and tells nothing.
    """
    meeting = await office_meeting(uow, by, meeting_id, Role.SECRETARY, Role.CHAIR)
    if meeting.state not in STILL_OPEN:
        raise RuleBroken("refusal.meeting_over")
    online_at = "" if form is MeetingForm.IN_PERSON else clean_way(online_at)
    if (meeting.form, meeting.online_at) == (form, online_at):
        return meeting, 0
    meeting.form, meeting.online_at = form, online_at
    if meeting.starts_at is not None:  # or it stands in no calendar yet
        meeting.revise(uow.now)
    await uow.ledger.write(
        AuditEntry(uow.now, by.id, "say_how_to_attend", f"meeting:{meeting.id}", {"form": form.value})
    )
    told: dict[str, Param] = {"title": meeting.title, "form": Term(f"attend.form_{form.value}"), "way": online_at}
    return meeting, await tell_people_of(uow, meeting, Message(f"attend.news_{form.value}", told))
