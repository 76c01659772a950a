"""Set-up: the topics of a unit, which desk gets each, what is sensitive, and topics its plan does not name."""

from typing import TypedDict

from fastapi.responses import Response

from intake.actions.plan.own_topics import LONGEST_TOPIC, add_topic, change_topic
from intake.rules.message import Term
from intake.rules.people.unit import DeskId, TopicId

from .doors import Doors
from .setup import PATH
from .unit_in_hand import unit_in_hand
from .visiting import Visit, number_in

_FIELDS = {"topic.no_name": "name", "topic.long_name": "name", "topic.name_taken": "name"}


class _TypedTopic(TypedDict):
    name: str
    desk_id: DeskId | None
    sensitive: bool


def open_part(doors: Doors) -> None:
    """Add the page of the topics, changing one and adding one."""
    doors.show("/{unit}/linh-vuc", _topics)
    doors.act("/{unit}/linh-vuc/moi", _add, again=_topics, fields=_FIELDS)
    doors.act("/{unit}/linh-vuc/{topic}", _change, again=_topics, fields=_FIELDS)


async def _topics(visit: Visit) -> Response:
    async with visit.reading() as uow:
        unit = await unit_in_hand(uow, visit)
        topics = await uow.places.topics(unit.id)
        desks = [(str(desk.id), desk.name) for desk in await uow.places.desks(unit.id)]
    parents = {topic.parent_id for topic in topics}
    return visit.page(
        "setup_topics.html",
        unit=unit,
        topics=[(topic, topic.id not in parents) for topic in topics],
        desks=desks,
        most=LONGEST_TOPIC,
        path=f"{PATH}/{unit.id}",
    )


async def _change(visit: Visit) -> Response:
    async with visit.acting() as uow:
        unit = await unit_in_hand(uow, visit)
        topic_id = TopicId(number_in(visit.request.path_params["topic"]))
        topic = await change_topic(uow, by=visit.person, unit=unit, topic_id=topic_id, **_typed(visit))
    return visit.to(f"{PATH}/{unit.id}/linh-vuc", Term("topic.changed", {"name": topic.name}))


async def _add(visit: Visit) -> Response:
    async with visit.acting() as uow:
        unit = await unit_in_hand(uow, visit)
        topic = await add_topic(uow, by=visit.person, unit=unit, **_typed(visit))
    return visit.to(f"{PATH}/{unit.id}/linh-vuc", Term("topic.added", {"name": topic.name}))


def _typed(visit: Visit) -> _TypedTopic:
    desk = visit.typed.get("desk", "")
    return _TypedTopic(
        name=visit.typed.get("name", ""),
        desk_id=DeskId(number_in(desk)) if desk else None,
        sensitive="sensitive" in visit.typed,
    )
