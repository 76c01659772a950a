"""The topics of a unit as it has them itself: which desk gets them, what is sensitive, what a plan does not name."""

from collections.abc import Sequence
from unicodedata import normalize

from intake.actions.people.roles import may_lend
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.person import Person
from intake.rules.people.unit import DeskId, Topic, TopicId, Unit

LONGEST_TOPIC = 80
"""Letters of a name that still stands on a button."""


async def change_topic(
    uow: UnitOfWork, *, by: Person, unit: Unit, topic_id: TopicId, name: str, desk_id: DeskId | None, sensitive: bool
) -> Topic:
    """Say what a topic is called, who answers it and whether it is sensitive; it holds for what comes from now on.

    A plan that is loaded again leaves it so. Raises `NotFound` for whoever holds no power in the unit and for what is
    not of it, `RuleBroken` for a name that says nothing, is too long or taken.
    """
    await may_lend(uow, by, unit)
    topics = await uow.places.topics(unit.id)
    topic = next((one for one in topics if one.id == topic_id), None)
    if topic is None:
        raise NotFound
    topic.name = _free_name(name, [one for one in topics if one is not topic])
    topic.desk_id = await _answering(uow, unit, desk_id)
    topic.sensitive, topic.own = sensitive, True
    await _note(uow, by, "change_topic", topic)
    return topic


async def add_topic(
    uow: UnitOfWork, *, by: Person, unit: Unit, name: str, desk_id: DeskId | None, sensitive: bool
) -> Topic:
    """Add a topic the plan does not name, behind the others. Raises as `change_topic` does."""
    await may_lend(uow, by, unit)
    topics = await uow.places.topics(unit.id)
    name = _free_name(name, topics)
    desk_id = await _answering(uow, unit, desk_id)
    number = await uow.ledger.next_number("topic", unit.id, 0)
    position = max((one.position for one in topics), default=0) + 1
    topic = await uow.places.add_topic(
        Topic(unit.id, f"own-{number}", name, None, desk_id, sensitive, position, own=True)
    )
    await _note(uow, by, "add_topic", topic)
    return topic


def _free_name(typed: str, others: Sequence[Topic]) -> str:
    name = normalize("NFC", " ".join(typed.split()))
    if not any(letter.isalnum() for letter in name):
        raise RuleBroken("topic.no_name")
    if len(name) > LONGEST_TOPIC:
        raise RuleBroken("topic.long_name", {"most": LONGEST_TOPIC})
    if any(one.name.casefold() == name.casefold() for one in others):
        raise RuleBroken("topic.name_taken", {"name": name})
    return name


async def _answering(uow: UnitOfWork, unit: Unit, desk_id: DeskId | None) -> DeskId | None:
    """The desk, when it is one of the unit that answers questions."""
    if desk_id is not None and desk_id not in {desk.id for desk in await uow.places.desks(unit.id)}:
        raise NotFound
    return desk_id


async def _note(uow: UnitOfWork, by: Person, act: str, topic: Topic) -> None:
    detail = {"topic": topic.id, "desk": topic.desk_id, "sensitive": topic.sensitive}
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, f"unit:{topic.unit_id}", detail))
