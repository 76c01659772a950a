"""What becomes of a meeting that does not go as fixed: it took place and nobody said so, is put off, is cancelled.

The chat asks the same (`held.ask`); here it stands on the meeting's card, where the room of today leads (R067, R215,
R220).
"""

from datetime import datetime
from typing import Any

from fastapi.responses import Response

from intake.actions.meetings.cancel_meeting import cancel_meeting
from intake.actions.meetings.fix_meeting import STILL_OPEN, clean_reason
from intake.actions.meetings.hold_meeting import declare_held, meeting_in_unit
from intake.actions.meetings.meeting_people import count_people_of
from intake.actions.meetings.postpone_meeting import postpone_meeting
from intake.actions.people.confirm_again import what_is_agreed
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.message import Term
from intake.rules.people.office_session import ConfirmedAct

from .confirming import use_yes
from .doors import Doors, Page
from .office import HOME
from .visiting import Visit

_REASON = {"refusal.reason": "reason"}
_ENDED = {"rooms.refusal_end_missing": "ended", "refusal.meeting_end": "ended"}


def open_part(doors: Doors, card: Page) -> None:
    """Add the three acts below a meeting's address; `card` is the page that is shown again."""
    doors.act("/{meeting}/da-dien-ra", _took_place, again=card, fields=_ENDED)
    doors.act("/{meeting}/hoan", _put_off, again=card, fields=_REASON)
    doors.act("/{meeting}/huy", _cancel, again=card, fields=_REASON)


async def ways_off(uow: UnitOfWork, meeting: Meeting, *, runs: bool) -> dict[str, Any]:
    """What the card offers whoever runs the meeting: the end to be told, how many hear of it, what may be done.

    `ended` is the likeliest end as a browser's field has it, empty while the meeting cannot be over. Who only watches
    is offered nothing.
    """
    if not runs:
        return {"ended": "", "off": False, "put_off": False, "told": 0}
    begun = meeting.state in (MeetingState.FIXED, MeetingState.OPEN) and meeting.starts_at is not None
    end = meeting.planned_end
    ended = ""
    if begun and meeting.starts_at is not None and meeting.starts_at <= uow.now and end is not None:
        ended = f"{min(end, uow.now).astimezone(LOCAL):%Y-%m-%dT%H:%M}"
    off = meeting.state in STILL_OPEN
    return {
        "ended": ended,
        "off": off,
        "put_off": meeting.state is MeetingState.FIXED,
        "told": await count_people_of(uow, meeting) if off else 0,
    }


async def _took_place(visit: Visit) -> Response:
    try:
        ended_at = datetime.fromisoformat(visit.typed.get("ended", "")).replace(tzinfo=LOCAL)
    except ValueError:
        raise RuleBroken("rooms.refusal_end_missing") from None
    async with visit.acting() as uow:
        figures = await declare_held(uow, by=visit.person, meeting_id=visit.meeting_id, ended_at=ended_at)
    return _back(visit, Term("in_session.closed", {"count": figures.received}))


async def _put_off(visit: Visit) -> Response:
    async with visit.acting() as uow:
        title, reason = await _agreed(uow, visit, ConfirmedAct.POSTPONE_MEETING)
        told = await postpone_meeting(uow, by=visit.person, meeting_id=visit.meeting_id, reason=reason)
    return _back(visit, Term("meetings.postponed", {"title": title, "told": told}))


async def _cancel(visit: Visit) -> Response:
    async with visit.acting() as uow:
        title, reason = await _agreed(uow, visit, ConfirmedAct.CANCEL_MEETING)
        told = await cancel_meeting(uow, by=visit.person, meeting_id=visit.meeting_id, reason=reason)
    return _back(visit, Term("meetings.cancelled", {"title": title, "told": told}))


async def _agreed(uow: UnitOfWork, visit: Visit, act: ConfirmedAct) -> tuple[str, str]:
    """The meeting's title and the reason, once the chat has said yes to just this: its words go to everybody."""
    meeting = await meeting_in_unit(uow, visit.person, visit.meeting_id)
    if meeting.state not in STILL_OPEN:
        raise RuleBroken("refusal.meeting_over")
    reason = clean_reason(visit.typed.get("reason", ""))
    await use_yes(uow, visit, act, what_is_agreed(str(meeting.id), str(meeting.revision), reason))
    return meeting.title, reason


def _back(visit: Visit, said: Term) -> Response:
    return visit.to(f"{HOME}/buoi/{visit.meeting_id}", said)
