"""To which unit an entry of the audit trail belongs, said in SQL: an entry itself holds no unit, and never changes."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from intake.rules.people.unit import Unit
from intake.rules.questions.question import QuestionState
from storage import tables as t

_E = t.audit_entries.c
_OF_UNITS: Mapping[str, sa.Table] = {
    "meeting": t.meetings,
    "task": t.tasks,
    "document": t.documents,
    "broadcast": t.broadcasts,
    "case": t.cases,
    "breach": t.breaches,
    "plan": t.plans,
    "clock": t.clocks,
    "demand": t.meeting_demands,
}
_OF_MEETINGS: Mapping[str, sa.Table] = {
    "registration": t.registrations,
    "guest": t.guests,
    "notice": t.notices,
    "conclusion": t.conclusion_items,
    "hands": t.shows_of_hands,
    "survey": t.surveys,
}
_HIDDEN = "sealed"
_EVERYBODYS = "calendar"
_VOICES = ("ask_for_meeting", "join_demand", "leave_demand", "put_hand_up", "answer_survey")
"""What somebody wants as one of the people: it is told to nobody who it was, also where they hold a role (R212)."""
_SEALED_ROUTINE = "open_sealed_store"
"""The officer mostly opens the store because something came: whoever looks every day would learn on which (LAW C4)."""


def belongs_to(unit: Unit) -> sa.ColumnElement[bool]:
    """Whether an entry belongs to a unit, as `intake.ports.AuditTrail.within` says."""
    inside = sa.select(t.units.c.id).where(t.units.c.path.startswith(unit.path, autoescape=True))
    # tables of their own, since those that read the entries may join one of the same name
    q, m, p, u = (table.alias().c for table in (t.questions, t.meetings, t.persons, t.units))
    found = [
        _about("question", q.id, q.unit_id.in_(inside), q.state != QuestionState.SEALED),
        _about("unit", u.id, u.path.startswith(unit.path, autoescape=True)),
        *(_about(kind, table.c.id, table.c.unit_id.in_(inside)) for kind, table in _OF_UNITS.items()),
        *(
            _about(kind, table.c.id, table.c.meeting_id == m.id, m.unit_id.in_(inside))
            for kind, table in _OF_MEETINGS.items()
        ),
        _about("person", p.id, sa.or_(p.hamlet_id.in_(inside), has_held_role(p.id, inside))),
        _is(_EVERYBODYS),
    ]
    known = ("question", "unit", "person", _EVERYBODYS, _HIDDEN, *_OF_UNITS, *_OF_MEETINGS)
    of_no_unit = sa.and_(*(~_is(kind) for kind in known))
    by_actor = sa.and_(of_no_unit, has_held_role(_E.actor_id, inside))
    return sa.and_(_E.act.not_in((*_VOICES, _SEALED_ROUTINE)), sa.or_(*found, by_actor))


def has_held_role(person_id: sa.ColumnElement[Any], inside: sa.Select[Any] | None = None) -> sa.ColumnElement[bool]:
    """Whether somebody holds or held a role, in these units or anywhere."""
    found = []
    for grants in (t.grants.c, t.ended_grants.c):
        conditions = [grants.person_id == person_id]
        if inside is not None:
            conditions.append(grants.unit_id.in_(inside))
        found.append(sa.exists().where(*conditions))
    return sa.or_(*found)


def _is(kind: str) -> sa.ColumnElement[bool]:
    return _E.subject.like(f"{kind}:%")


def _about(kind: str, column: sa.ColumnElement[Any], *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether an entry is about such a thing that meets the conditions; the cast is made for such entries alone."""
    number = sa.case((_is(kind), sa.func.substr(_E.subject, len(kind) + 2)))
    return sa.and_(_is(kind), sa.exists().where(column == sa.cast(number, sa.Integer), *conditions))
