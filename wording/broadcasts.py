"""A message to everybody in words: what it is about, how long it is under way."""

from datetime import timedelta

from intake.ports import UnitOfWork
from intake.rules.meetings.meeting import MeetingId, NoticeId, NoticeKind
from intake.rules.message import Term
from intake.rules.outbox.broadcast import Broadcast

_HOURS_ALONE = 10


async def broadcast_title(uow: UnitOfWork, broadcast: Broadcast) -> Term:
    """What it is about, by its name: `notice:<notice>`, `conclusion:<meeting>`, `meeting:<meeting>:<moment>`."""
    kind, number, *_ = broadcast.name.split(":")
    if kind == "notice":
        notice = await uow.meetings.notice(NoticeId(int(number)))
        meeting_id = notice.meeting_id
        kind = "results" if notice.kind is NoticeKind.RESULTS else kind
    else:
        meeting_id = MeetingId(int(number))
    meeting = await uow.meetings.get(meeting_id)
    return Term(f"broadcast.of_{kind}", {"title": meeting.title})


def duration_words(duration: timedelta) -> Term:
    """A length of time as people say it: to the minute below ten hours, else to the hour."""
    hours, minutes = divmod(round(duration / timedelta(minutes=1)), 60)
    if hours >= _HOURS_ALONE:
        return Term("broadcast.hours", {"hours": round(duration / timedelta(hours=1))})
    if hours:
        return Term("broadcast.hours_minutes" if minutes else "broadcast.hours", {"hours": hours, "minutes": minutes})
    return Term("broadcast.minutes", {"minutes": minutes}) if minutes else Term("broadcast.moment")
