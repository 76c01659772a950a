"""Whom the clocks of a batch concern: everything looked up at once, so that the sweep costs the same few queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.actions.sealed.access import stand_ins_of
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import AFTER_MEETING, ClockKind
from intake.rules.deadlines.deadline import AwakeClock, Clock
from intake.rules.deadlines.reminder_messages import Subject
from intake.rules.deadlines.reminders import AlertAudience
from intake.rules.deadlines.task import Task, TaskId, TaskKind
from intake.rules.meetings.conclusion import ConclusionItem, ConclusionItemId, short_name
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Term
from intake.rules.papers.due import paper_due
from intake.rules.people.person import PersonId, Role
from intake.rules.people.unit import Desk, DeskId, Unit, UnitId
from intake.rules.questions.question import OPEN_STATES, QuestionBrief, QuestionId
from intake.rules.sealed.stand_ins import StandIns

_HELD_BY = {
    AlertAudience.SECRETARY: Role.SECRETARY,
    AlertAudience.CHAIR: Role.CHAIR,
    AlertAudience.SUPERVISOR: Role.SUPERVISOR,
}
_OF_A_BODY = (TaskKind.DUTY, TaskKind.FINDING)
"""Tasks that are told with the body that has them: everything else is the secretary's to see to."""
_OVER = (MeetingState.HELD, MeetingState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a clock runs for: a question, or else a meeting, a task, or an item of a conclusion; and its unit."""

    unit: Unit
    question: QuestionBrief | None = None
    meeting: Meeting | None = None
    task: Task | None = None
    item: ConclusionItem | None = None

    def owes(self, kind: ClockKind) -> bool:
        """Whether a clock of the kind still means something: the question open, task or item not done.

        What a meeting owes before it is over differs from what it owes once it was held.
        """
        if self.question is not None:
            return self.question.state in OPEN_STATES
        if self.task is not None:
            return self.task.done_at is None
        if self.item is not None:
            return self.item.done_at is None
        state = None if self.meeting is None else self.meeting.state
        if kind in AFTER_MEETING:
            return state is MeetingState.HELD
        return state is not None and state not in _OVER

    def alert_subject(self, clock: Clock | AwakeClock) -> str:
        """What alerts are counted under: a question has one count, the others one for each kind of clock."""
        if self.question is not None:
            return f"question:{self.question.id}"
        if self.task is not None:
            return f"task:{self.task.id}:{clock.kind}"
        if self.item is not None:
            return f"conclusion:{self.item.id}"
        return f"meeting:{clock.meeting_id}:{clock.kind}"


@dataclass(frozen=True, slots=True)
class Lookup:
    """The questions, meetings, tasks, items, desks and people of a batch of clocks."""

    questions: Mapping[QuestionId, QuestionBrief]
    meetings: Mapping[MeetingId, Meeting]
    tasks: Mapping[TaskId, Task]
    items: Mapping[ConclusionItemId, ConclusionItem]
    units: Mapping[UnitId, Unit]
    desks: Mapping[DeskId, Desk]
    officials: Mapping[DeskId, Sequence[PersonId]]
    holders: Mapping[tuple[Role, UnitId], Sequence[PersonId]]
    standing_in: Mapping[tuple[Role, UnitId], Sequence[PersonId]]
    stands: Mapping[QuestionId, StandIns]

    def matter(self, clock: Clock | AwakeClock) -> Matter | None:
        """What the clock runs for; None when its question is being changed by somebody at this moment."""
        question = None if clock.question_id is None else self.questions.get(clock.question_id)
        if question is not None:
            return Matter(self.units[question.unit_id], question=question)
        if clock.task_id is not None:
            task = self.tasks[clock.task_id]
            return Matter(self.units[task.unit_id], task=task)
        if clock.item_id is not None:
            item = self.items[clock.item_id]
            meeting = self.meetings[item.meeting_id]
            return Matter(self.units[meeting.unit_id], meeting=meeting, item=item)
        if clock.question_id is not None or clock.meeting_id is None:
            return None
        meeting = self.meetings[clock.meeting_id]
        return Matter(self.units[meeting.unit_id], meeting=meeting)

    def subject(self, matter: Matter) -> Subject:
        """The matter in words; a question that lies on no desk is the secretary's."""
        question = matter.question
        if matter.item is not None:
            return Subject(short_name(matter.item), matter.item.owner, None, item_id=matter.item.id)
        if matter.task is not None:
            task = matter.task
            body = None if task.desk_id is None or task.kind not in _OF_A_BODY else self.desks[task.desk_id].name
            return Subject(task.called, body, None, task_id=task.id, reported=paper_due(task) is not None)
        if question is None:
            meeting = matter.meeting
            in_session = meeting is not None and meeting.state is MeetingState.OPEN
            called, number = ("", None) if meeting is None else (meeting.title, meeting.id)
            return Subject(called, None, None, number, in_session=in_session)
        desk = None if question.desk_id is None else self.desks[question.desk_id].name
        return Subject(question.reference, desk or Term("remind.no_desk", {"unit": matter.unit.name}), question.id)

    def recipients(self, matter: Matter, audience: AlertAudience) -> Iterable[tuple[PersonId, AlertAudience]]:
        """Who is told, and as what: where a desk has nobody, or there is no desk yet, the secretary stands in.

        Nobody is told of a question that names them; those who handle it in their place are (R126).
        """
        question = matter.question
        stands = None if question is None else self.stands.get(question.id)
        if stands is None:
            return self._recipients(matter, audience)
        if audience is AlertAudience.SECRETARY:
            return ((person_id, audience) for person_id in stands.lead)
        if audience is AlertAudience.CHAIR:
            return ((person_id, audience) for person_id in stands.approve)
        told = list(self._recipients(matter, audience))
        if audience is AlertAudience.ASKER:
            return told
        free = [(person_id, as_what) for person_id, as_what in told if person_id not in stands.kept_from]
        return free if free or audience is not AlertAudience.DESK else self.recipients(matter, AlertAudience.SECRETARY)

    def _recipients(self, matter: Matter, audience: AlertAudience) -> Iterable[tuple[PersonId, AlertAudience]]:
        question = matter.question
        match audience:
            case AlertAudience.ASKER:
                return () if question is None else ((question.asker_id, audience),)
            case AlertAudience.DESK:
                of = question or matter.item or matter.task
                desk_id = None if of is None else of.desk_id
                officials = () if desk_id is None else self.officials.get(desk_id, ())
                if not officials:
                    return self.recipients(matter, AlertAudience.SECRETARY)
                return ((person_id, audience) for person_id in officials)
            case _:
                role = _HELD_BY[audience]
                held = self.holders.get((role, matter.unit.id)) or self.standing_in.get((role, matter.unit.id), ())
                return ((person_id, audience) for person_id in held)


async def look_up(uow: UnitOfWork, clocks: Sequence[Clock | AwakeClock]) -> Lookup:
    """Everything the alerts of these clocks need, one query for each kind of thing; the questions are locked.

    Whoever is changing a question holds it first and its clocks afterwards; a sweep holds the clocks first. So it does
    not wait for questions: those being changed are left out, and their clocks stay awake for the next sweep.
    """
    questions = await uow.questions.at_rest({clock.question_id for clock in clocks if clock.question_id is not None})
    items = await uow.conclusions.many({clock.item_id for clock in clocks if clock.item_id is not None})
    meetings = await uow.meetings.many(
        {clock.meeting_id for clock in clocks if clock.meeting_id is not None and clock.question_id is None}
        | {item.meeting_id for item in items.values()}
    )
    tasks = await uow.tasks.many({clock.task_id for clock in clocks if clock.task_id is not None})
    units = await uow.places.units(
        {matter.unit_id for found in (questions, meetings, tasks) for matter in found.values()}
    )
    on_desks = {of.desk_id for found in (questions, items, tasks) for of in found.values()}
    desk_ids = {desk_id for desk_id in on_desks if desk_id is not None}
    holders = await uow.people.holding(_HELD_BY.values(), units.values())
    bare = [unit for unit in units.values() for role in (Role.SECRETARY, Role.CHAIR) if (role, unit.id) not in holders]
    stands = {one.id: await stand_ins_of(uow, one) for one in questions.values() if one.named}
    return Lookup(
        questions=questions,
        meetings=meetings,
        tasks=tasks,
        items=items,
        units=units,
        desks=await uow.places.desks_by_id(desk_ids),
        officials=await uow.people.at_desks(desk_ids),
        holders=holders,
        standing_in=await uow.people.standing_in((Role.SECRETARY, Role.CHAIR), bare) if bare else {},
        stands={question_id: one for question_id, one in stands.items() if one is not None},
    )
