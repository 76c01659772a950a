"""What became of the questions of a meeting or a year (R143)."""

from dataclasses import dataclass

from intake.rules.meeting import MeetingId


@dataclass(frozen=True, slots=True)
class Results:
    """Counts that add up to `received`. `meeting_id` is None for what was sent outside a meeting.

    `forwarded` are with another agency and its date; `declined` were out of scope; `open` still owe an answer.
    """

    meeting_id: MeetingId | None
    received: int
    before: int
    there: int
    later: int
    forwarded: int
    declined: int
    open: int


def added(results: "list[Results]") -> Results:
    """All of them together."""
    return Results(
        meeting_id=None,
        received=sum(one.received for one in results),
        before=sum(one.before for one in results),
        there=sum(one.there for one in results),
        later=sum(one.later for one in results),
        forwarded=sum(one.forwarded for one in results),
        declined=sum(one.declined for one in results),
        open=sum(one.open for one in results),
    )
