"""Reports that fall due: whoever is reminded of one has it made as well, of what is known that day."""

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.task import TaskId
from intake.rules.message import Button, Message, Term
from intake.rules.papers.due import paper_due
from intake.rules.papers.kinds import PaperFormat
from intake.rules.people.permissions import holds
from intake.rules.people.person import PersonId

from .make import MAKERS
from .order import order_paper


async def order_due_paper(uow: UnitOfWork, *, person_id: PersonId, task_id: TaskId) -> bool:
    """Order the report of a task into the chat of whoever is reminded of it. Returns whether there is one for them.

    It is a draft that counts no version: whoever wants it in the register has it made by the button below it. Nothing
    is ordered for somebody no chat reaches, or who may not have the documents of the unit.
    """
    task = await uow.tasks.get(task_id)
    due, person = paper_due(task), await uow.people.get(person_id)
    reachable = await uow.accounts.of([person_id])
    if due is None or task.plan_id is None or person is None or person_id not in reachable:
        return False
    plan = await uow.plans.get(task.plan_id)
    grants, unit = await uow.people.grants_of(person_id), await uow.places.unit(plan.unit_id)
    if not any(holds(grants, role, unit) for role in MAKERS):
        return False
    kind, about = due
    pdf = Button(f"papermake.{plan.id}.{kind.value}.{PaperFormat.PDF.value}.{about}", "papers.as_pdf")
    again = Button(f"reportdue.{task.id}", "papers.report_button")
    await order_paper(
        uow,
        by=person,
        account_id=reachable[person_id].id,
        plan=plan,
        kind=kind,
        about=about,
        form=PaperFormat.DOCX,
        message=Message("papers.due_ready", {"name": Term(f"paper.kind.{kind.value}")}, ((again, pdf),)),
    )
    detail: dict[str, str | int] = {"kind": kind.value, "task": task.id}
    await uow.ledger.write(AuditEntry(uow.now, None, "make_paper", f"plan:{plan.id}", detail))
    return True
