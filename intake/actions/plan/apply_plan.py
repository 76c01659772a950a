"""Carry a plan into what is stored: units, desks and topics; another window for a meeting whose day is open."""

from collections.abc import Mapping

from intake.actions.deadlines.recompute_clocks import Recomputed, recompute_for_meeting
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Term
from intake.rules.people.person import PersonId
from intake.rules.people.unit import Desk, Topic, Unit
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.window import PlannedWindow


async def lay_out(uow: UnitOfWork, profile: PlanProfile) -> Unit:
    """Store what is not there yet; what is, keeps its code and takes the profile's name. Nothing is deleted.

    Returns the unit that runs the plan.
    """
    units: dict[str, Unit] = {}
    for line in profile.units:  # parents stand before their children
        known = await uow.places.unit_by_code(line.code)
        if known is None:
            known = await uow.places.add_unit(
                Unit(line.code, line.name, line.level, households=line.households),
                None if line.parent is None else units[line.parent],
            )
        known.name = line.name
        units[line.code] = known
    home = units[profile.unit]
    desks = {desk.code: desk for desk in await uow.places.desks(home.id)}
    for position, office in enumerate(office for office in profile.offices if office.desk):
        if office.key not in desks:
            desks[office.key] = await uow.places.add_desk(Desk(home.id, office.key, office.name))
        desks[office.key].name, desks[office.key].position = office.name, position
    await _topics(uow, profile, home, desks)
    return home


async def _topics(uow: UnitOfWork, profile: PlanProfile, home: Unit, desks: Mapping[str, Desk]) -> None:
    topics = {topic.code: topic for topic in await uow.places.topics(home.id)}
    for position, line in enumerate(profile.topics):
        topic = topics.get(line.code)
        if topic is None:
            topic = await uow.places.add_topic(Topic(home.id, line.code, line.name))
        topic.name, topic.position, topic.sensitive = line.name, position, line.sensitive
        topic.parent_id = None if line.parent is None else topics[line.parent].id
        topic.desk_id = None if line.desk is None else desks[line.desk].id
        topics[line.code] = topic


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
