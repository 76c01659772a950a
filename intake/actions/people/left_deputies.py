"""Who stands in for a chair, or has named somebody who does, and has left: it ends, and whoever is left is told."""

from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.message import Button, Message, Param
from intake.rules.people.deputy import Deputy
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Unit

_OFFERED = (Role.CHAIR, Role.SECRETARY, Role.OFFICIAL)


async def office_of(uow: UnitOfWork, unit: Unit) -> list[Person]:
    """Everybody who works in the office of a unit, each once."""
    found = [person for role in _OFFERED for person in await uow.people.holders(role, unit)]
    for body in await uow.places.desks(unit.id):
        found += await uow.people.at_desk(body.id)
    return list({person.id: person for person in found}.values())


async def may_stand(uow: UnitOfWork, named: Deputy, unit: Unit) -> bool:
    """Whether the chair is still a chair there, and the deputy of the office."""
    chairs = {chair.id for chair in await uow.people.holders(Role.CHAIR, unit)}
    return named.chair_id in chairs and named.deputy_id in {person.id for person in await office_of(uow, unit)}


async def end_what_rested_on(uow: UnitOfWork, person: Person, by: PersonId | None) -> None:
    """Somebody's role has ended: nobody stands in for them any more, nor they for a chair, where that rested on it.

    A chair who is away has to know that nobody approves, and a deputy that they do not. It does not come back with a
    suspended role: whoever is away names somebody anew.
    """
    for named in await uow.deputies.about(person.id, uow.today):
        unit = await uow.places.unit(named.unit_id)
        if await may_stand(uow, named, unit):
            continue
        named.ended_at, named.ended_by = uow.now, by
        detail = {"deputy": named.id, "from": named.first_on.isoformat(), "to": named.last_on.isoformat()}
        await uow.ledger.write(AuditEntry(uow.now, by, "end_deputy", f"person:{named.deputy_id}", detail))
        said: dict[str, Param] = {"unit": unit.name, "first": named.first_on, "last": named.last_on}
        if named.deputy_id == person.id:
            opens = ((Button("cmd.duyet", "menu.approvals"),),)
            await tell(uow, [named.chair_id], Message("deputy.has_left", said, opens))
        elif named.agreed_at is not None:
            await tell(uow, [named.deputy_id], Message("deputy.chair_has_left", said))
