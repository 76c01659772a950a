"""The lists somebody keeps under a name; nobody else sees them."""

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.person import Person
from intake.rules.questions.promise import required
from intake.rules.questions.saved_view import LONGEST_NAME, LONGEST_QUERY, MOST_VIEWS, SavedView, SavedViewId
from intake.rules.text import fitting


async def keep_view(uow: UnitOfWork, *, person: Person, name: str, query: str) -> SavedView:
    """Keep a list under a name; one that has the name already is replaced.

    Raises `RuleBroken` without a name, with too long a one, and for more lists than anybody looks at.
    """
    name = required(" ".join(name.split()), "refusal.view_name_missing", LONGEST_NAME)
    kept = await uow.saved_views.of_person(person.id)
    for view in kept:
        if view.name.casefold() == name.casefold():
            await uow.saved_views.remove(view.id)
            break
    else:
        if len(kept) >= MOST_VIEWS:
            raise RuleBroken("refusal.too_many_views", {"most": MOST_VIEWS})
    view = await uow.saved_views.add(SavedView(person.id, name, fitting(query, LONGEST_QUERY)))
    await uow.ledger.write(AuditEntry(uow.now, person.id, "keep_view", f"person:{person.id}"))
    return view


async def remove_view(uow: UnitOfWork, *, person: Person, view_id: SavedViewId) -> None:
    """Keep a list no more; `NotFound` for one of somebody else's."""
    if view_id not in [view.id for view in await uow.saved_views.of_person(person.id)]:
        raise NotFound
    await uow.saved_views.remove(view_id)
    await uow.ledger.write(AuditEntry(uow.now, person.id, "remove_view", f"person:{person.id}"))
