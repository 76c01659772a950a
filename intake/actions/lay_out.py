"""Lay out what a plan needs to be carried out: its units, its desks and its topics."""

from collections.abc import Mapping

from intake.ports import UnitOfWork
from intake.rules.profile import PlanProfile
from intake.rules.unit import Desk, Topic, Unit


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
