"""Who handles a question in the place of those it names (R026, R126, LAW C4).

Where nobody of the office is named, the secretary sorts and the chair approves. A named secretary is replaced by the
chair; where a chair is named, the inspection takes over before anybody who works under that chair: the supervisor of
the unit above, else the unit's own. Where nobody is left, the question waits for whoever runs the installation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from intake.rules.people.person import Grant, PersonId, Role
from intake.rules.people.unit import Unit

from .named import Named, names


class Rung(StrEnum):
    """Who may stand in for a named one, as whom."""

    SECRETARY = "secretary"
    CHAIR = "chair"
    SUPERVISOR_ABOVE = "supervisor_above"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


_ROLE_OF = {
    Rung.SECRETARY: Role.SECRETARY,
    Rung.CHAIR: Role.CHAIR,
    Rung.SUPERVISOR_ABOVE: Role.SUPERVISOR,
    Rung.SUPERVISOR: Role.SUPERVISOR,
    Rung.ADMIN: Role.ADMIN,
}
ROLES = frozenset(_ROLE_OF.values())
"""The roles among whose holders somebody is looked for."""

_INSPECTION = (Rung.SUPERVISOR_ABOVE, Rung.SUPERVISOR)
_LEADS = (Rung.SECRETARY, Rung.CHAIR, *_INSPECTION, Rung.ADMIN)
_LEADS_OVER_CHAIR = (*_INSPECTION, Rung.SECRETARY, Rung.CHAIR, Rung.ADMIN)
_APPROVES = (Rung.CHAIR, *_INSPECTION, Rung.ADMIN)
_APPROVES_OVER_CHAIR = (*_INSPECTION, Rung.CHAIR, Rung.ADMIN)


@dataclass(frozen=True, slots=True)
class StandIns:
    """Who sorts and assigns a question, who approves what is proposed for it, who is kept from it; each by id.

    `lead_as` is the rung those who sort were found on; None where everybody who could is named.
    """

    lead: tuple[PersonId, ...]
    lead_as: Rung | None
    approve: tuple[PersonId, ...]
    kept_from: frozenset[PersonId]


def stand_ins(named: Sequence[Named], unit: Unit, held: Mapping[PersonId, Sequence[Grant]]) -> StandIns:
    """Who handles a question of `unit` that names these; `held` are the grants of everybody who could."""
    kept_from = frozenset(person_id for person_id, grants in held.items() if names(named, person_id, grants))
    chair_named = any(one in kept_from for one in _on(Rung.CHAIR, unit, held))
    lead_as, lead = _first(_LEADS_OVER_CHAIR if chair_named else _LEADS, unit, held, kept_from)
    _, approve = _first(_APPROVES_OVER_CHAIR if chair_named else _APPROVES, unit, held, kept_from)
    return StandIns(lead, lead_as, approve, kept_from)


def _first(
    ladder: Sequence[Rung], unit: Unit, held: Mapping[PersonId, Sequence[Grant]], kept_from: frozenset[PersonId]
) -> tuple[Rung | None, tuple[PersonId, ...]]:
    for rung in ladder:
        free = tuple(one for one in _on(rung, unit, held) if one not in kept_from)
        if free:
            return rung, free
    return None, ()


def _on(rung: Rung, unit: Unit, held: Mapping[PersonId, Sequence[Grant]]) -> list[PersonId]:
    found = []
    for person_id, grants in held.items():
        for grant in grants:
            if grant.role is not _ROLE_OF[rung] or f"/{grant.unit_id}/" not in unit.path:
                continue
            if rung in _INSPECTION and (grant.unit_id == unit.id) is (rung is Rung.SUPERVISOR_ABOVE):
                continue
            found.append(person_id)
            break
    return found
