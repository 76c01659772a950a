"""What supervisors find, and want set right by a body of the office until a day (R185, R186)."""

from collections.abc import Sequence
from datetime import date

from intake.actions.deadlines.clocks import start_clock
from intake.actions.outbox.tell import tell
from intake.actions.people.office import secretaries_of, units_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.clock_settings import DEFAULTS
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.deadlines.task import Task, TaskKind
from intake.rules.errors import NotFound
from intake.rules.message import Button, Message, Param
from intake.rules.people.permissions import require
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import DeskId, UnitId
from intake.rules.questions.promise import promised_day, required

READING = (Role.SUPERVISOR, Role.SECRETARY, Role.CHAIR)
"""Who reads the register of findings of a unit."""
MOST_FINDINGS = 50


async def findings_of(uow: UnitOfWork, by: Person) -> Sequence[Task]:
    """The register: the last findings of the units `by` watches over or runs, the newest first."""
    units = await units_of(uow, by, *READING)
    return await uow.tasks.of_kind(units, TaskKind.FINDING, most=MOST_FINDINGS)


async def record_finding(
    uow: UnitOfWork, *, by: Person, unit_id: UnitId, text: str, desk_id: DeskId | None, due_on: date
) -> Task:
    """A supervisor of the unit says what was found, who is to set it right (no body: the secretary) and until when.

    It is the body's task from then on, with its clock. Raises `NotFound` for a body of another unit, and
    `RuleBroken` for words that say nothing and for a day that is no day to come.
    """
    unit = await uow.places.unit(unit_id)
    require(await uow.people.grants_of(by.id), (Role.SUPERVISOR,), unit)
    text, due_on = required(text, "refusal.text_missing"), promised_day(due_on, uow.today)
    if desk_id is not None and (await uow.places.desk(desk_id)).unit_id != unit.id:
        raise NotFound
    number = await uow.ledger.next_number("finding", unit.id, uow.today.year)
    reference = f"GS-{unit.code}-{uow.today.year}-{number:04}"
    task = await uow.tasks.add(
        Task(
            unit.id,
            TaskKind.FINDING,
            reference,
            reference,
            uow.now,
            text=text,
            desk_id=desk_id,
            given_by=by.id,
        )
    )
    await start_clock(uow, ClockKind.FINDING, due_on, settings=DEFAULTS, task=task)
    await uow.ledger.write(AuditEntry(uow.now, by.id, "record_finding", f"task:{task.id}"))
    staff = () if desk_id is None else (await uow.people.at_desks([desk_id])).get(desk_id, ())
    office = await secretaries_of(uow, unit)
    said: dict[str, Param] = {"reference": reference, "text": text, "due": on_weekday(due_on)}
    opens = ((Button(f"task.{task.id}", "button.open"),),)
    told = [one for one in dict.fromkeys([*staff, *office]) if one != by.id]
    await tell(uow, told, Message("finding.new", said, opens))
    return task
