"""What people are told when due dates have moved: one letter each, however many of their dates it concerns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from intake.rules.clock import ClockKind
from intake.rules.message import Button, Message, Param, Term
from intake.rules.reminder_message import Subject, opening, what
from intake.rules.reminders import Audience

MOST_LISTED = 10

CONCERNED: Mapping[ClockKind, tuple[Audience, ...]] = {
    ClockKind.REPLY: (Audience.DESK, Audience.SECRETARY, Audience.ASKER),
    ClockKind.REPLY_OUTSIDE: (Audience.DESK, Audience.SECRETARY, Audience.ASKER),
    ClockKind.PROMISE: (Audience.DESK, Audience.SECRETARY, Audience.ASKER),
    ClockKind.DATA_FULFIL: (Audience.SECRETARY, Audience.ASKER),
    ClockKind.DATA_REQUEST: (Audience.SECRETARY, Audience.ASKER),
    ClockKind.INTERNAL_TARGET: (Audience.DESK,),
    ClockKind.URGENT_TARGET: (Audience.DESK,),
}
"""Whose date it is; the office's own targets are nobody else's, what is not listed is the secretary's alone."""


@dataclass(frozen=True, slots=True)
class MovedDate:
    """One date that moved, as one person is concerned by it."""

    kind: ClockKind
    audience: Audience
    subject: Subject
    was: date
    due_on: date


def moved_message(dates: Sequence[MovedDate], reason: str | Term) -> Message:
    """The letter about one or more dates of one person that moved in one act, with the reason."""
    if len(dates) == 1:
        [only] = dates
        return Message("moved.one", {**_params(only), "reason": reason}, opening(only.subject, only.audience))
    lines: list[Param] = [Term("moved.line", _params(one)) for one in dates[:MOST_LISTED]]
    if len(dates) > MOST_LISTED:
        lines.append(Term("moved.more", {"more": len(dates) - MOST_LISTED}))
    params: dict[str, Param] = {"count": len(dates), "dates": tuple(lines), "reason": reason}
    return Message("moved.several", params, ((Button(_LISTS[dates[0].audience], "button.open"),),))


_LISTS = {
    Audience.DESK: "cmd.hangdoi",
    Audience.SECRETARY: "cmd.phanloai",
    Audience.ASKER: "cmd.cauhoi",
}


def _params(one: MovedDate) -> dict[str, Param]:
    return {"name": one.subject.name, "what": what(one.kind), "was": one.was, "due": one.due_on}
