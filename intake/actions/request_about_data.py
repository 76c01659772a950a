"""A request about one's own data that needs somebody's hand (LAW C5): correct a record, take a name off, object."""

from intake.actions.clocks import settings_of, start_clock
from intake.actions.enrol import home_unit
from intake.actions.office import secretaries_of
from intake.actions.tell import tell
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.clock import ClockKind
from intake.rules.deadline import Clock
from intake.rules.errors import RuleBroken
from intake.rules.message import Button, Message
from intake.rules.person import Person
from intake.rules.promise import required
from intake.rules.reference import data_request_reference
from intake.rules.task import Task, TaskKind
from intake.rules.unit import Unit


async def request_about_data(uow: UnitOfWork, *, person: Person, text: str) -> tuple[Task, Clock]:
    """Take the request down under a reference and tell the secretary; both clocks of the law start today.

    What the bot does itself, a copy and erasing, is done at once and never comes here. Returns the task and the clock
    of the response. Raises `RuleBroken` for a person of no unit, and for a request without words.
    """
    text = required(text, "refusal.text_missing")
    unit = await _unit_of(uow, person)
    number = await uow.ledger.next_number("data-request", unit.id, uow.today.year)
    reference = data_request_reference(unit.code, uow.today.year, number)
    task = await uow.tasks.add(
        Task(unit.id, TaskKind.DATA_REQUEST, reference, reference, uow.now, person_id=person.id, text=text)
    )
    plans = await uow.plans.of_units([unit.id])
    settings = settings_of(plans[0] if plans else None)
    respond = await start_clock(uow, ClockKind.DATA_REQUEST, uow.today, settings=settings, task=task)
    await start_clock(uow, ClockKind.DATA_FULFIL, uow.today, settings=settings, task=task)
    await uow.ledger.write(AuditEntry(uow.now, person.id, "request_about_data", f"task:{task.id}"))
    opens = ((Button(f"task.{task.id}", "button.open"),),)
    news = Message("datarequest.new", {"reference": reference, "due": respond.due_on}, opens)
    await tell(uow, await secretaries_of(uow, unit), news)
    return task, respond


async def _unit_of(uow: UnitOfWork, person: Person) -> Unit:
    """Whose secretary deals with it: the unit the person lives in, else the one the person works for."""
    if person.hamlet_id is not None:
        return await home_unit(uow, await uow.places.unit(person.hamlet_id))
    for grant in await uow.people.grants_of(person.id):
        return await uow.places.unit(grant.unit_id)
    raise RuleBroken("refusal.no_hamlet")
