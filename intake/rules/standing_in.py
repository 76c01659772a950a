"""Who is told where nobody holds a role: the next unit up that has somebody, or else who stands in for the role."""

from collections.abc import Mapping, Sequence

from intake.rules.person import PersonId, Role
from intake.rules.unit import UnitId

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
