"""Templates of a unit's own: put there, used for its documents from then on, taken back."""

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.papers.kinds import PaperFormat, PaperKind
from intake.rules.papers.template import UnitTemplate
from intake.rules.people.permissions import require
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import UnitId

TEMPLATE_OF = {PaperKind.ANSWER_SLIPS: PaperKind.ANSWER_SLIP}
"""Kinds that have no template of their own, with the one of what they are made of."""


async def template_for(uow: UnitOfWork, unit_id: UnitId, kind: PaperKind, form: PaperFormat) -> str:
    """The content name of the unit's own template for a document in this format; empty where there is none.

    A PDF is the file for Word as it is printed. A spreadsheet is laid out plainly whatever that looks like.
    """
    kept = None if form is PaperFormat.XLSX else await uow.documents.template(unit_id, TEMPLATE_OF.get(kind, kind))
    return "" if kept is None else kept.sha256


async def keep_unit_template(
    uow: UnitOfWork, *, by: Person, unit_id: UnitId, kind: PaperKind, sha256: str
) -> UnitTemplate:
    """Use a file that was looked at for a kind from now on, in place of the one before; by a secretary of the unit."""
    require(await uow.people.grants_of(by.id), (Role.SECRETARY,), await uow.places.unit(unit_id))
    kept = UnitTemplate(unit_id, kind, sha256, by.id, uow.now)
    await uow.documents.keep_template(kept)
    await uow.ledger.write(AuditEntry(uow.now, by.id, "keep_paper_template", f"unit:{unit_id}", {"kind": kind.value}))
    return kept


async def drop_unit_template(uow: UnitOfWork, *, by: Person, unit_id: UnitId, kind: PaperKind) -> None:
    """Go back to the built-in template; nothing where there is no other. By a secretary of the unit."""
    require(await uow.people.grants_of(by.id), (Role.SECRETARY,), await uow.places.unit(unit_id))
    if await uow.documents.template(unit_id, kind) is None:
        return
    await uow.documents.drop_template(unit_id, kind)
    await uow.ledger.write(AuditEntry(uow.now, by.id, "drop_paper_template", f"unit:{unit_id}", {"kind": kind.value}))
