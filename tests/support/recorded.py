"""What the audit trail says was done, as tests read it."""

from typing import Any, NamedTuple

from storage.unit_of_work import SqlUnitOfWork


class Deed(NamedTuple):
    """An entry: who, what, to what, with its details and the words kept beside it."""

    actor: int | None
    act: str
    subject: str
    detail: dict[str, Any]


async def deeds(uow: SqlUnitOfWork, act: str = "", subject: str = "") -> list[Deed]:
    """The entries of one act and about one thing, the oldest first; by default all."""
    found = await uow.audit.find(person_id=None, subject=subject, since=None, until=None, limit=10_000)
    return [
        Deed(
            one.entry.actor_id,
            one.entry.act,
            one.entry.subject,
            {what: value for what, value in one.entry.detail.items() if what != "words"} | one.words,
        )
        for one in found
        if act in ("", one.entry.act)
    ]
