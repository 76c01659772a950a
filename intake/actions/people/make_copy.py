"""Make the files of a copy of one's own data, and note for whom they were made (LAW C5)."""

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.people.data_copy import CopySections, DataCopy
from intake.rules.people.person import Person


async def make_copy(
    uow: UnitOfWork, *, person: Person, title: str, sections: CopySections, language: str
) -> DataCopy | None:
    """Keep `sections` as a document under `title` and as JSON. None where this process keeps no files."""
    press = uow.copy_press
    if press is None:
        return None
    kept = await uow.beforehand(("copy", person.id), lambda: press.keep(title, sections, language))
    copy = DataCopy(person.id, uow.now, *kept)
    await uow.own_copies.add(copy)
    await uow.ledger.write(AuditEntry(uow.now, person.id, "copy_own_data", f"person:{person.id}"))
    return copy
