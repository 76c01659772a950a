"""Carry a plan into what is stored: units, desks and topics; another window for a meeting whose day is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.actions.deadlines.recompute_clocks import Recomputed, recompute_for_meeting
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Term
from intake.rules.people.person import PersonId
from intake.rules.people.unit import Desk, Topic, Unit, lineage_of
from intake.rules.plan.plan_changes import Becomes, PlanChange
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_bodies import UnitLine
from intake.rules.plan.unit_identity import Identity, agrees, identity_of
from intake.rules.plan.window import PlannedWindow


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The unit that runs a plan, and what was stored already and is otherwise now."""

    home: Unit
    changes: tuple[PlanChange, ...]


async def lay_out(uow: UnitOfWork, profile: PlanProfile, *, code: str, before: PlanProfile | None) -> LaidOut:
    """Store what is not there yet; what is, takes over what the profile says of it. Nothing is deleted.

    `code` is that of the plan, `before` the plan as decided until now, None for a new one. Raises `RuleBroken` where a
    unit of the profile is another one than that which is stored under its code.
    """
    units, changes = await _units(uow, profile, code, before)
    home = units[profile.unit]
    desks = {desk.code: desk for desk in await uow.places.bodies(home.id)}
    for position, office in enumerate(sorted(profile.offices, key=lambda office: not office.desk)):
        desk = desks.get(office.key)
        if desk is None:
            desk = desks[office.key] = await uow.places.add_desk(Desk(home.id, office.key, office.name))
        changes += _takes(desk, f"offices[{office.key}]", name=office.name)
        desk.position, desk.answers = position, office.desk
    await _topics(uow, profile, home, desks, changes)
    return LaidOut(home, tuple(changes))


async def _units(
    uow: UnitOfWork, profile: PlanProfile, code: str, before: PlanProfile | None
) -> tuple[dict[str, Unit], list[PlanChange]]:
    units: dict[str, Unit] = {}
    changes: list[PlanChange] = []
    clashes: list[Term] = []
    own = set() if before is None else {line.code for line in before.units}
    for line in profile.units:  # parents stand before their children
        parent = None if line.parent is None else units[line.parent]
        known = await uow.places.unit_by_code(line.code)
        if known is None:
            unit = Unit(line.code, line.name, line.level, households=line.households)
            known = await uow.places.add_unit(unit, parent)
        else:
            above = None if known.parent_id is None else await uow.places.unit(known.parent_id)
            match await _identity(uow, line, known, above, parent, code=code, own=line.code in own):
                case Identity.SAME:
                    changes += await _take_over(uow, line, known, above, parent)
                case Identity.ANOTHER:
                    clashes.append(_clash(line, known, above, parent))
        units[line.code] = known
    if clashes:
        raise RuleBroken("refusal.unit_clash", {"clashes": tuple(clashes), "field": "formerly"})
    return units, changes


async def _identity(
    uow: UnitOfWork, line: UnitLine, known: Unit, above: Unit | None, parent: Unit | None, *, code: str, own: bool
) -> Identity:
    if parent is not None and known.id in lineage_of(parent):
        return Identity.ANOTHER  # nothing lies below itself
    above_code = None if above is None else above.code
    if agrees(line, known.name, above_code):
        return Identity.SAME
    others = [
        other
        for plan in await uow.plans.all()
        if plan.code != code
        for other in plan.decided.profile.units
        if other.code == line.code
    ]
    return identity_of(line, known.name, above_code, own=own, others=others)


def _clash(line: UnitLine, known: Unit, above: Unit | None, parent: Unit | None) -> Term:
    def whole(name: str, over: Unit | None) -> str:
        return name if over is None else f"{name} ({over.name})"

    return Term(
        "refusal.unit_clash_line",
        {"code": line.code, "known": whole(known.name, above), "wanted": whole(line.name, parent)},
    )


async def _take_over(
    uow: UnitOfWork, line: UnitLine, known: Unit, above: Unit | None, parent: Unit | None
) -> list[PlanChange]:
    """What a line is silent about stays as it is."""
    path = f"units[{line.code}]"
    changes = _takes(known, path, name=line.name, level=line.level)
    if line.households is not None:
        changes += _takes(known, path, households=line.households)
    if parent is not None and known.parent_id != parent.id:
        await uow.places.move_unit(known, parent)
        was = "" if above is None else above.name
        changes.append(PlanChange(f"{path}.parent", Becomes.CHANGED, was, parent.name))
    return changes


def _takes(thing: Unit | Desk | Topic, path: str, **values: Any) -> list[PlanChange]:
    """Give a stored thing new values; what it had otherwise before is a change."""
    changes = []
    for field, value in values.items():
        until_now = getattr(thing, field)
        if until_now != value:
            setattr(thing, field, value)
            becomes = Becomes.ADDED if until_now is None else Becomes.CHANGED
            changes.append(PlanChange(f"{path}.{field}", becomes, _text(until_now), _text(value)))
    return changes


def _text(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


async def _topics(
    uow: UnitOfWork, profile: PlanProfile, home: Unit, desks: Mapping[str, Desk], changes: list[PlanChange]
) -> None:
    topics = {topic.code: topic for topic in await uow.places.topics(home.id)}
    names = {desk.id: desk.name for desk in desks.values()}
    for position, line in enumerate(profile.topics):
        path = f"topics[{line.code}]"
        parent_id = None if line.parent is None else topics[line.parent].id
        desk_id = None if line.desk is None else desks[line.desk].id
        topic = topics.get(line.code)
        if topic is not None and topic.own:
            continue
        if topic is None:
            topic = topics[line.code] = await uow.places.add_topic(Topic(home.id, line.code, line.name))
        else:
            changes += _takes(topic, path, name=line.name, sensitive=line.sensitive)
            if topic.desk_id is not None and topic.desk_id != desk_id:
                was, now = names.get(topic.desk_id, ""), "" if desk_id is None else names[desk_id]
                changes.append(PlanChange(f"{path}.desk", Becomes.CHANGED, was, now))
        topic.position, topic.sensitive = position, line.sensitive
        topic.parent_id, topic.desk_id = parent_id, desk_id


async def take_window(
    uow: UnitOfWork, meeting: Meeting, window: PlannedWindow, *, reason: Term, by: PersonId | None
) -> Recomputed:
    """Give the meeting (held for a change) the window; its clocks count from there, secretaries but `by` are told."""
    before = meeting.window
    meeting.window_from, meeting.window_to = window.earliest, window.latest
    meeting.precision, meeting.half_day = window.precision, window.half
    detail = {"from": _days(before), "to": _days(window)}
    await uow.ledger.write(AuditEntry(uow.now, by, "take_window", f"meeting:{meeting.id}", detail))
    return await recompute_for_meeting(uow, meeting, window, reason=reason, by=by)


def _days(window: PlannedWindow) -> list[str]:
    return [window.earliest.isoformat(), window.latest.isoformat()]
