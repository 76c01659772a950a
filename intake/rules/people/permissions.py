"""Who may do what, where, and who is told where nobody holds a role.

Every action asks here: the role **and** the unit it is held in.
"""

from collections.abc import Iterable, Mapping, Sequence

from intake.rules.errors import NotFound
from intake.rules.people.person import EndedGrant, Grant, Person, PersonId, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.questions.question import Question
from intake.rules.sealed.named import names
from intake.rules.sealed.stand_ins import StandIns


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
    """Whether one of the grants is an official's at the desk the question lies on, who is not named in it."""
    held = tuple(grants)
    return question.desk_id is not None and any(
        grant.role is Role.OFFICIAL
        and grant.desk_id == question.desk_id
        and not names(question.named, grant.person_id, held)
        for grant in held
    )


OVERSEEING = (Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR)
"""Who reads every question of a unit."""


def may_handle(
    person_id: PersonId,
    grants: Iterable[Grant],
    roles: Iterable[Role],
    question: Question,
    unit: Unit,
    stands: StandIns | None,
) -> bool:
    """Whether a person may deal with a question as one of these roles: the one rule of the office's reading and doing.

    `stands` is who handles a question that names somebody, None for one that names nobody. Whoever is named may nothing
    (R126); those who sort it do what the secretary does, those who approve what the chair does; supervisors read on.
    """
    held, wanted = tuple(grants), tuple(roles)
    if stands is None:
        return any(holds(held, role, unit) for role in wanted)
    if person_id in stands.kept_from or names(question.named, person_id, held):
        return False
    return (
        (Role.SECRETARY in wanted and person_id in stands.lead)
        or (Role.CHAIR in wanted and person_id in stands.approve)
        or (Role.SUPERVISOR in wanted and holds(held, Role.SUPERVISOR, unit))
    )


def speaks_for_asker(person_id: PersonId, grants: Iterable[Grant], question: Question) -> bool:
    """Whether the person asked the question, or typed it for a neighbour (R111) and is not named in it."""
    if person_id == question.asker_id:
        return True
    return person_id == question.entered_by and not names(question.named, person_id, grants)


def may_see(person: Person, grants: Iterable[Grant], question: Question, unit: Unit, stands: StandIns | None) -> bool:
    """Whether the person may see the question and its dates.

    The asker and the hamlet head who typed it; the desk it lies on; secretary, chair and supervisor of the unit, or who
    stands in for them: never one whom it names but the asker.
    """
    held = tuple(grants)
    return (
        speaks_for_asker(person.id, held, question)
        or works_at_desk(held, question)
        or may_handle(person.id, held, OVERSEEING, question, unit, stands)
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
