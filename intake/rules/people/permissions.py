"""Who may do what, where, and who is told where nobody holds a role.

Every action asks here: the role **and** the unit it is held in.
"""

from collections.abc import Iterable, Mapping, Sequence

from intake.rules.errors import NotFound
from intake.rules.people.person import EndedGrant, Grant, Person, PersonId, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.questions.question import Question


def covers(grant: Grant | EndedGrant, unit: Unit) -> bool:
    """Whether the unit lies in the unit the grant was given for (itself included)."""
    return f"/{grant.unit_id}/" in unit.path


def holds(grants: Iterable[Grant], role: Role, unit: Unit) -> bool:
    """Whether one of the grants is this role in this unit or above it."""
    return any(grant.role is role and covers(grant, unit) for grant in grants)


def require(grants: Iterable[Grant], roles: Iterable[Role], unit: Unit) -> None:
    """Raise `NotFound` unless one of the roles is held in the unit."""
    held = tuple(grants)
    if not any(holds(held, role, unit) for role in roles):
        raise NotFound


def speaks_for(grants: Iterable[Grant | EndedGrant], hamlet: Unit) -> bool:
    """Whether one of the grants lets somebody speak for neighbours of a hamlet: its head, or a secretary above it."""
    return any(
        (grant.role is Role.HAMLET_HEAD and grant.unit_id == hamlet.id)
        or (grant.role is Role.SECRETARY and covers(grant, hamlet))
        for grant in grants
    )


def works_at_desk(grants: Iterable[Grant], question: Question) -> bool:
    """Whether one of the grants is an official's at the desk the question lies on."""
    return question.desk_id is not None and any(
        grant.role is Role.OFFICIAL and grant.desk_id == question.desk_id for grant in grants
    )


def may_see(person: Person, grants: Iterable[Grant], question: Question, unit: Unit) -> bool:
    """Whether the person may see the question and its dates.

    The asker and the hamlet head who typed it; the desk it lies on; secretary, chair and supervisor of the unit.
    """
    held = tuple(grants)
    return (
        person.id in {question.asker_id, question.entered_by}
        or works_at_desk(held, question)
        or any(holds(held, role, unit) for role in (Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR))
    )


STANDS_IN: Mapping[Role, tuple[Role, ...]] = {
    Role.SECRETARY: (Role.CHAIR, Role.ADMIN),
    Role.CHAIR: (Role.SECRETARY, Role.ADMIN),
}
"""In whose place somebody else is told, in this order; in nobody's place for a role that is not named."""


def standing_in(
    role: Role, lineage: Sequence[UnitId], held: Mapping[tuple[Role, UnitId], Sequence[PersonId]]
) -> tuple[PersonId, ...]:
    """Who is told as `role` for a unit; `lineage` is the unit and the units above it, the unit first.

    The nearest unit that has a holder of the role; where none has, the nearest that has one of those who stand in.
    Empty only when the unit and everything above it have none of them: then nobody there runs the dialogue at all.
    """
    for stand_in in (role, *STANDS_IN.get(role, ())):
        for unit_id in lineage:
            people = held.get((stand_in, unit_id), ())
            if people:
                return tuple(people)
    return ()
