"""Who no chat reaches, so that somebody has to call at the door (R099), and ticking off who was told."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.outbox.refused import refused_replies
from intake.actions.outbox.tell import tell_in_person, to_tell_in_person
from intake.rules.errors import NotFound
from intake.rules.message import Message, Param, Term, button, rows_of
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.questions.question import QuestionId
from wording.refused import refused_line

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
    """What one person has not received: how many letters, the id of the newest, the questions they are about."""

    person: Person
    count: int = 0
    last: int = 0
    questions: dict[QuestionId, None] = field(default_factory=dict)


async def show_unreached(scene: Scene, rest: str) -> Turn:
    """`unreached.<unit id>`: who was not reached, by name and number of messages: of a hamlet for its head.

    Of a whole unit for the office: those of hamlets without a head, with the hamlet and the questions it is about.
    """
    place = await scene.uow.places.unit(UnitId(id_in(rest)))
    missed: dict[PersonId, _Missed] = {}
    for letter, person in await to_tell_in_person(scene.uow, scene.me, place):
        one = missed.setdefault(person.id, _Missed(person))
        one.count, one.last = one.count + 1, letter.id
        if letter.question_id is not None:
            one.questions[letter.question_id] = None
    ways_on = (button("menu.list", "cmd.danhsach"), button("button.menu", "cmd.menu"))
    office = not any(grant.unit_id == place.id for grant in scene.grants_as(Role.HAMLET_HEAD))
    refused = await _refused(scene, place) if office else ()
    if not missed:
        key = "lists.all_reached_office" if office else "lists.all_reached"
        return Turn(say=(*refused, Message(key, {"hamlet": place.name}, (ways_on,))))
    numbered = list(enumerate(missed.values(), 1))
    listed = [await _for_the_office(scene, number, one) if office else _line(number, one) for number, one in numbered]
    params: dict[str, Param] = {"hamlet": place.name, "people": len(missed), "names": _cut(listed)}
    # a number stands on the button, not the name: buttons are kept when what was said is forgotten
    ticks = [
        button("lists.told", f"told.{place.id}.{one.person.id}.{one.last}", place=number)
        for number, one in numbered[:MOST_BUTTONS]
    ]
    key = "lists.unreached_office" if office else "lists.unreached"
    return Turn(say=(*refused, Message(key, params, (*rows_of(ticks), ways_on))))


async def _refused(scene: Scene, place: Unit) -> tuple[Message, ...]:
    """Who wrote and heard nothing, since their network refused the reply; nothing where none was."""
    lines = tuple(refused_line(one) for one in await refused_replies(scene.uow, [place.id]))
    return (Message("reach.refused_list", {"lines": lines}),) if lines else ()


def _line(number: int, one: _Missed) -> Param:
    return f"{number}. {one.person.called} ({one.count})"


async def _for_the_office(scene: Scene, number: int, one: _Missed) -> Param:
    """With what it is about: the office may see it, and somebody has to know what to say."""
    hamlet = "" if one.person.hamlet_id is None else (await scene.uow.places.unit(one.person.hamlet_id)).name
    references = [(await scene.uow.questions.get(question_id)).reference for question_id in one.questions]
    said: dict[str, Param] = {"place": number, "name": one.person.called, "hamlet": hamlet, "count": one.count}
    if not references:
        return Term("lists.unreached_line", said)
    return Term("lists.unreached_line_about", {**said, "references": ", ".join(references)})


async def note_told(scene: Scene, rest: str) -> Turn:
    """`told.<unit id>.<person id>.<newest letter>`: this person has been told; what is left is shown."""
    parts = rest.split(".")
    if len(parts) != 3:  # noqa: PLR2004 - as the docstring says
        raise NotFound
    place = await scene.uow.places.unit(UnitId(id_in(parts[0])))
    person_id = PersonId(id_in(parts[1]))
    told = await tell_in_person(scene.uow, by=scene.me, place=place, person_id=person_id, last=id_in(parts[2]))
    turn = await show_unreached(scene, parts[0])
    noted = Message("lists.told_noted") if told else Message("lists.told_already")
    return Turn(say=(noted, *turn.say))


MODULE = ConversationModule(choices=(Choice("unreached", show_unreached), Choice("told", note_told)))
