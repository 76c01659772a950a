"""Who no chat reaches, so that somebody has to call at the door (R099), and ticking off who was told."""

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.engine.scene import Choice, Scene, Turn, own_hamlets
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.outbox.tell import tell_in_person, to_tell_in_person
from intake.rules.errors import NotFound
from intake.rules.message import Message, Param, Term, button, rows_of
from intake.rules.people.person import Person, PersonId
from intake.rules.people.unit import Unit, UnitId

MOST_NAMES = 60
MOST_BUTTONS = 10
"""How many of the first names can be ticked off at once; the others move up."""


def names_to_visit(names: Iterable[str]) -> tuple[Param, ...]:
    """The names, one a line; of a very long list the first ones and how many more there are."""
    listed: list[Param] = [f"– {name}" for name in names]
    return _cut(listed)


def _cut(listed: list[Param]) -> tuple[Param, ...]:
    if len(listed) > MOST_NAMES:
        return (*listed[:MOST_NAMES], Term("notice.more_names", {"more": len(listed) - MOST_NAMES}))
    return tuple(listed)


@dataclass(slots=True)
class _Missed:
    """What one person has not received: how many letters, the id of the newest."""

    person: Person
    count: int = 0
    last: int = 0


async def show_unreached(scene: Scene, rest: str) -> Turn:
    """`unreached.<hamlet id>`: who of the hamlet was not reached, by name and number of messages; for its head."""
    hamlet = await _own_hamlet(scene, rest)
    missed: dict[PersonId, _Missed] = {}
    for letter, person in await to_tell_in_person(scene.uow, scene.me, hamlet.id):
        one = missed.setdefault(person.id, _Missed(person))
        one.count, one.last = one.count + 1, letter.id
    ways_on = (button("menu.list", "cmd.danhsach"), button("button.menu", "cmd.menu"))
    if not missed:
        return Turn(say=(Message("lists.all_reached", {"hamlet": hamlet.name}, (ways_on,)),))
    numbered = list(enumerate(missed.values(), 1))
    names = _cut([f"{place}. {one.person.called} ({one.count})" for place, one in numbered])
    params: dict[str, Param] = {"hamlet": hamlet.name, "people": len(missed), "names": names}
    # a number stands on the button, not the name: buttons are kept when what was said is forgotten
    ticks = [
        button("lists.told", f"told.{hamlet.id}.{one.person.id}.{one.last}", place=place)
        for place, one in numbered[:MOST_BUTTONS]
    ]
    return Turn(say=(Message("lists.unreached", params, (*rows_of(ticks), ways_on)),))


async def note_told(scene: Scene, rest: str) -> Turn:
    """`told.<hamlet id>.<person id>.<newest letter>`: the head has told this person; what is left is shown."""
    parts = rest.split(".")
    if len(parts) != 3:  # noqa: PLR2004 - as the docstring says
        raise NotFound
    hamlet = await _own_hamlet(scene, parts[0])
    person_id = PersonId(id_in(parts[1]))
    told = await tell_in_person(scene.uow, by=scene.me, hamlet_id=hamlet.id, person_id=person_id, last=id_in(parts[2]))
    turn = await show_unreached(scene, parts[0])
    noted = Message("lists.told_noted") if told else Message("lists.told_already")
    return Turn(say=(noted, *turn.say))


async def _own_hamlet(scene: Scene, rest: str) -> Unit:
    hamlet_id = UnitId(id_in(rest))
    for hamlet in await own_hamlets(scene):
        if hamlet.id == hamlet_id:
            return hamlet
    raise NotFound


MODULE = ConversationModule(choices=(Choice("unreached", show_unreached), Choice("told", note_told)))
