"""Restrict the use of one's own data, and let it be used again (LAW C5): the person's own act, both times."""

from intake.actions.deadlines.office_tasks import settle_own_request
from intake.actions.deadlines.rest import go_on, rest_clocks
from intake.actions.people.own_data import request_about_data
from intake.actions.questions.groups import followers, leave_group
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.deadline import Clock
from intake.rules.deadlines.task import Task
from intake.rules.errors import ChangedMeanwhile
from intake.rules.people.consent import DataRight
from intake.rules.people.person import Person


async def restrict(uow: UnitOfWork, *, person: Person, by: Person | None = None) -> tuple[Task, Clock]:
    """From now on what the person left is kept and not worked with; `by` is whose phone they share, if not they.

    Open questions rest, and so do their clocks; each stands alone; what was made public of them is not shown any more,
    and no list, file, document or digest tells their words.
    The office reads why, and has a task about what lies outside this programme, with both clocks of the law. Returns
    the task and the clock of the response. Raises `ChangedMeanwhile` for whoever has restricted it already.
    """
    if person.restricted_at is not None:
        raise ChangedMeanwhile
    task, respond = await request_about_data(uow, person=person, right=DataRight.RESTRICT)
    person.restricted_at = uow.now
    await rest_clocks(uow, person)
    for question in await uow.questions.of_person(person.id):
        if question.asker_id == person.id:
            await leave_group(uow, question)
            for one in await followers(uow, question):  # nobody's answer waits for what is not worked with
                await leave_group(uow, one)
            question.restricted, question.public_text = True, None
    await uow.ledger.write(AuditEntry(uow.now, (by or person).id, "restrict_data", f"person:{person.id}"))
    return task, respond


async def lift_restriction(uow: UnitOfWork, *, person: Person, outcome: str, by: Person | None = None) -> None:
    """Let the data be used again: each clock that rested goes on, later by the days it rested.

    Requests to restrict that the office has not dealt with are settled with `outcome`, what is kept of it. Raises
    `ChangedMeanwhile` where nothing is restricted.
    """
    if person.restricted_at is None:
        raise ChangedMeanwhile
    await go_on(uow, person)
    person.restricted_at = None
    for task in await uow.tasks.of_person(person.id):
        if task.right is DataRight.RESTRICT and task.done_at is None:
            await settle_own_request(uow, person=person, task_id=task.id, outcome=outcome)
    await uow.ledger.write(AuditEntry(uow.now, (by or person).id, "lift_restriction", f"person:{person.id}"))
