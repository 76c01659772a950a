"""Who may do what, where. Every action asks here: the role **and** the unit it is held in."""

from collections.abc import Iterable

from intake.rules.errors import NotFound
from intake.rules.person import Grant, Person, Role
from intake.rules.question import Question
from intake.rules.unit import Unit


def covers(grant: Grant, unit: Unit) -> bool:
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
