"""The first room: what is due or late for whoever sits here, and each question of it to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi.responses import Response

from intake.actions.deadlines.today import MOST, DueQuestion, today_of
from intake.actions.people.office import units_of
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import ClockKind, is_overdue
from intake.rules.deadlines.reminder_messages import what
from intake.rules.deadlines.task import REPORTED, Task, TaskKind
from intake.rules.message import Term
from intake.rules.people.person import Role
from intake.rules.text import with_capital
from wording.clocks import time_left
from wording.meetings import when
from wording.questions import listed_words

from .demands import LIST
from .doors import Doors
from .meetings import AHEAD, PATH, READING
from .office import HOME
from .own_hamlets import duties_of
from .question import page_path
from .room import DeskRoom, everybody
from .unreached import places_to_tell
from .visiting import Visit

ROOM = DeskRoom("", "desk.today", everybody)
_DONE_AT = {ClockKind.RESULTS: "/ket-qua"}
"""Below a meeting's address, where those who run it do what is owed; all else is done on its card."""


@dataclass(frozen=True, slots=True)
class TodayLine:
    """A line of a list: what it is called, what it says, how long there still is, where it opens."""

    name: str
    text: str
    left: str
    late: bool = False
    urgent: bool = False
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of the page: its heading, its first lines, how many there are in all."""

    heading: str
    lines: Sequence[TodayLine]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.lines)


def open_room(doors: Doors) -> None:
    """Add the page of today."""
    doors.show("", _today)


async def _today(visit: Visit) -> Response:
    async with visit.reading() as uow:
        today = await today_of(uow, visit.person, visit.grants)
        day = uow.today
        lists = [
            Listed(heading, [_question_line(visit, one, day) for one in found[:MOST]], len(found))
            for heading, found in (
                ("desk.queue", today.queue),
                ("desk.to_sort", today.to_sort),
                ("desk.to_approve", today.to_approve),
            )
            if found is not None
        ]
        if today.tasks is not None:
            tasks = [_task_line(visit, task, due, day) for task, due in today.tasks[:MOST]]
            lists.append(Listed("desk.tasks", tasks, len(today.tasks)))
        if today.late is not None:
            late = [_question_line(visit, one, day) for one in today.late[:MOST]]
            lists.append(Listed("desk.late", late, len(today.late)))
        lists += await _ahead(uow, visit)
        unreached = [
            TodayLine(unit.name, "", visit.words(Term("desk.people_to_tell", {"count": people})), opens=opens)
            for unit, people, opens in await places_to_tell(uow, visit)
        ]
        own = [
            TodayLine(f"{one.hamlet} – {one.meeting}", one.state, "", opens=one.opens)
            for one in await duties_of(uow, visit)
        ]
        if own:
            lists.append(Listed("heads.room", own, len(own)))
        if unreached:
            lists.append(Listed("lists.unreached_button", unreached, len(unreached)))
    heads = any(grant.role is Role.HAMLET_HEAD for grant in visit.grants)
    return visit.page("today.html", lists=lists, day=day, heads=heads)


async def _ahead(uow: UnitOfWork, visit: Visit) -> list[Listed]:
    """What is owed for the meetings of who plans and watches them, the soonest first; then those to come."""
    units = await units_of(uow, visit.person, *READING)
    if not units:
        return []
    runs = any(grant.role in (Role.SECRETARY, Role.CHAIR) for grant in visit.grants)
    clocks = await uow.clocks.of_meetings_in(units)
    shown = [one for one in clocks[:MOST] if one.meeting_id is not None]
    meetings = await uow.meetings.many({one.meeting_id for one in shown if one.meeting_id is not None})
    owed = [
        TodayLine(
            meetings[one.meeting_id].title,
            with_capital(visit.words(what(one.kind))),
            visit.words(time_left(one.due_on, uow.today)),
            late=is_overdue(one.due_on, uow.today),
            opens=f"{PATH}/{one.meeting_id}{_DONE_AT.get(one.kind, '') if runs else ''}",
        )
        for one in shown
        if one.meeting_id is not None and not meetings[one.meeting_id].rests(one.due_on, uow.today)
    ]
    ahead = [one for one in await uow.meetings.of_units(units) if one.state in AHEAD and not one.awaits_word(uow.now)]
    ahead.sort(key=lambda one: (one.window_from if one.starts_at is None else one.starts_at.date(), one.id))
    lines = [TodayLine(one.title, "", visit.words(when(one)), opens=f"{PATH}/{one.id}") for one in ahead[:MOST]]
    return [
        *([Listed("desk.meetings_owe", owed, len(clocks))] if clocks else []),
        Listed("desk.meetings_ahead", lines, len(ahead)),
    ]


def _task_line(visit: Visit, task: Task, due: date | None, day: date) -> TodayLine:
    left = Term("plantask.whenever") if due is None else time_left(due, day)
    called = visit.words(task.called)
    late = due is not None and is_overdue(due, day)
    if task.kind is TaskKind.DEMAND:
        return TodayLine(called, "", visit.words(left), late=late, opens=f"{LIST}/{task.title}")
    if task.kind not in REPORTED:
        return TodayLine("", called, visit.words(left), late=late)
    return TodayLine(called, "", visit.words(left), late=late, opens=f"{HOME}/viec/{task.id}")


def _question_line(visit: Visit, due: DueQuestion, day: date) -> TodayLine:
    question = due.question
    return TodayLine(
        question.reference,
        visit.words(listed_words(question)),
        visit.words(time_left(due.due_on, day, rests=question.restricted)),
        late=due.due_on is not None and is_overdue(due.due_on, day),
        urgent=question.urgent,
        opens=page_path(question.reference),
    )
