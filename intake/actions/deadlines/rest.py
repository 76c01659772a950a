"""Let the clocks of somebody's open questions rest while the use of their data is restricted, and go on (LAW C5)."""

from datetime import timedelta

from intake.actions.deadlines.clocks import plan_for, settings_of
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import due
from intake.rules.deadlines.clock_settings import ClockSettings, rule_for
from intake.rules.deadlines.deadline import Clock, ClockState
from intake.rules.deadlines.due_packing import pack_due
from intake.rules.message import Term, pack
from intake.rules.people.person import Person
from intake.rules.questions.question import OPEN_STATES, Question


async def rest_clocks(uow: UnitOfWork, person: Person) -> None:
    """Let every clock that runs on what the person has asked rest from now on."""
    for question in await _open_questions(uow, person):
        for clock in await uow.clocks.running_for(question.id):
            clock.state, clock.ended_at = ClockState.PAUSED, uow.now


async def go_on(uow: UnitOfWork, person: Person) -> None:
    """Let what the person has asked be worked with again, and the clocks that rest go on.

    Each is later by the days it rested, with the old date and why in its history.
    """
    for question in await uow.questions.of_person(person.id):
        if question.asker_id == person.id:
            question.restricted = False
    for question in await _open_questions(uow, person):
        settings = settings_of(await plan_for(uow, question))
        for clock in await uow.clocks.of_question(question.id):
            if clock.state is ClockState.PAUSED:
                _go_on(uow, clock, settings)


def _go_on(uow: UnitOfWork, clock: Clock, settings: ClockSettings) -> None:
    rested = uow.today - (clock.ended_at or uow.now).astimezone(LOCAL).date()
    clock.state, clock.ended_at, clock.wake_on = ClockState.RUNNING, None, uow.today
    if rested <= timedelta():
        return
    computed = due(rule_for(clock.kind, settings), clock.anchor_on + rested, uow.calendar)
    kept = {
        "due_on": clock.due_on.isoformat(),
        "due": clock.due,
        "changed_at": uow.now.isoformat(),
        "reason": pack(Term("rights.rested", {"days": rested.days})),
    }
    clock.history = [*clock.history, kept]
    clock.anchor_on, clock.due_on, clock.due = computed.anchor, computed.due_on, pack_due(computed)


async def _open_questions(uow: UnitOfWork, person: Person) -> list[Question]:
    asked = await uow.questions.of_person(person.id)
    return [one for one in asked if one.asker_id == person.id and one.state in OPEN_STATES]
