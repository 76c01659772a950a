"""The office enters what was asked aloud, by letter or by telephone (`/hoho`, A1.6): who asked, how and when it came.

Then it goes on as every question does (`ask.text`), with the sheet as a photo where there is one.
"""

from collections.abc import Sequence
from typing import Any

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Scene, Step, Turn, units_as
from handlers.engine.table import ConversationModule
from handlers.language.places import place_chosen
from handlers.office.namesakes import ANOTHER, CALLED, SAME, UNNAMED, ask_who_it_is, in_hamlet, namesake_steps
from intake.actions.people.enrol import clean_name, clean_place
from intake.actions.questions.ask_question import receipt_day
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.questions.question import ENTERED, CameBy
from intake.rules.questions.reference import find_reference, find_registration
from intake.rules.text import by_name, is_in
from intake.rules.typed_when import past_day_typed

UNIT = "entering.unit"
WHO = "entering.who"
FOUND = "entering.found"
HAMLET = "entering.hamlet"
WHICH = "entering.which"
MARK = "entering.mark"
HOW = "entering.how"
DAY = "entering.day"
TEXT = "ask.text"
MOST_FOUND = 10
ENTERING = (UNIT, WHO, FOUND, HAMLET, HOW)
"""Where `/hoho` of a secretary may lead."""
_TYPED = "typed"
_TODAY = "today"
_UNKNOWN = "unknown"
_CANCEL = (button("button.cancel", "cancel"),)


async def start_entering(scene: Scene, typed: str) -> Turn:
    """`/hoho` of a secretary, with the name or without; with one unit only there is nothing to choose."""
    units = await units_as(scene, Role.SECRETARY)
    if len(units) != 1:
        return Turn(to=UNIT, draft={_TYPED: typed} if typed else {})
    return await _towards_who(scene, units[0], typed)


async def _towards_who(scene: Scene, unit: Unit, typed: str) -> Turn:
    """Ask who it was, unless that was typed behind the command and is somebody's name or reference."""
    scene.draft = {"unit": unit.id}
    if not typed:
        return Turn(to=WHO, draft=scene.draft)
    try:
        return await _named(scene, typed)
    except RuleBroken as refusal:
        return Turn(to=WHO, say=(refusal.message,), draft=scene.draft)


async def _ask_unit(scene: Scene) -> Message:
    units = await units_as(scene, Role.SECRETARY)
    return Message("entering.unit", {}, (*rows_of([literal(one.name, f"u{one.id}") for one in units], 1), _CANCEL))


async def _hear_unit(scene: Scene, event: InboundEvent) -> Turn:
    units = {f"u{one.id}": one for one in await units_as(scene, Role.SECRETARY)}
    if event.choice not in units:
        return Turn(to=UNIT, say=(Message("talk.tap_one"),), draft=scene.draft)
    return await _towards_who(scene, units[event.choice], str(scene.draft.get(_TYPED, "")))


async def _unit(scene: Scene) -> Unit:
    return await scene.uow.places.unit(UnitId(int(scene.draft["unit"])))


async def _ask_who(scene: Scene) -> Message:
    row = (button("entering.unnamed_button", UNNAMED), *_CANCEL)
    return Message("entering.who", {"unit": (await _unit(scene)).name}, (row,))


async def _hear_who(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice == UNNAMED:
        return Turn(to=HAMLET, draft={"unit": scene.draft["unit"], "neighbour": "", UNNAMED: True})
    return await _named(scene, event.text)


async def _named(scene: Scene, typed: str) -> Turn:
    """The turn of a reference that leads to somebody, or of a name."""
    draft = {"unit": scene.draft["unit"]}
    person = await _by_reference(scene, typed)
    if person is not None:
        return _chosen(draft, person)
    draft["neighbour"] = clean_name(typed)
    return Turn(to=FOUND if await _found(scene, str(draft["neighbour"])) else HAMLET, draft=draft)


async def _by_reference(scene: Scene, typed: str) -> Person | None:
    """Whose the reference of a question or registration of this unit is; None for what is no reference."""
    registered, asked = find_registration(typed), find_reference(typed)
    if registered is not None:
        registration = await scene.uow.rosters.by_reference(registered)
        meeting = None if registration is None else await scene.uow.meetings.get(registration.meeting_id)
        owner = None if registration is None or meeting is None else (meeting.unit_id, registration.person_id)
    elif asked is not None:
        question = await scene.uow.questions.by_reference(asked)
        owner = None if question is None else (question.unit_id, question.asker_id)
    else:
        return None
    if owner is None or owner[0] != scene.draft["unit"]:
        raise NotFound
    person = await scene.uow.people.get(owner[1])
    if person is None or not person.name or person.hamlet_id is None:
        raise NotFound
    return person


async def _found(scene: Scene, typed: str) -> Sequence[Person]:
    """Whoever of the unit has what was typed in the name."""
    names = await scene.uow.people.names_in(await _unit(scene))
    ids = [person_id for person_id, name in names if name and is_in(typed, name)]
    people = await scene.uow.people.many(ids)
    return sorted((people[one] for one in ids), key=lambda one: by_name(one.called))


def _chosen(draft: dict[str, Any], person: Person) -> Turn:
    kept = {**draft, "neighbour": person.name, SAME: person.id, CALLED: person.called, "hamlet": person.hamlet_id}
    return Turn(to=HOW, draft=kept)


async def _ask_found(scene: Scene) -> Message:
    found = await _found(scene, str(scene.draft["neighbour"]))
    buttons: list[Button] = []
    for person in found[:MOST_FOUND]:
        home = "" if person.hamlet_id is None else (await scene.uow.places.unit(person.hamlet_id)).name
        buttons.append(literal(f"{person.called} – {home}", f"p{person.id}"))
    params: dict[str, Param] = {"name": str(scene.draft["neighbour"]), "people": len(found), "shown": len(buttons)}
    key = "entering.found" if len(found) <= MOST_FOUND else "entering.found_many"
    last = (button("namesake.another", ANOTHER), *_CANCEL)
    return Message(key, params, (*rows_of(buttons, 1), last))


async def _hear_found(scene: Scene, event: InboundEvent) -> Turn:
    draft = scene.draft
    if event.choice == ANOTHER:
        return Turn(to=HAMLET, draft={**draft, ANOTHER: True})
    found = {f"p{one.id}": one for one in await _found(scene, str(draft["neighbour"]))}
    if event.choice in found:
        return _chosen({"unit": draft["unit"]}, found[event.choice])
    if not event.text.strip():
        return Turn(to=FOUND, say=(Message("talk.tap_one"),), draft=draft)
    return await _named(scene, event.text)  # the name, typed more exactly


async def _hamlets(scene: Scene) -> dict[str, Unit]:
    hamlets = await scene.uow.places.hamlets(UnitId(int(scene.draft["unit"])))
    return {f"h{one.id}": one for one in hamlets} | {_UNKNOWN: await _unit(scene)}


async def _ask_hamlet(scene: Scene) -> Message:
    buttons = [
        button("entering.no_hamlet", code) if code == _UNKNOWN else literal(one.name, code)
        for code, one in (await _hamlets(scene)).items()
    ]
    name = str(scene.draft["neighbour"]) or Term("person.unnamed")
    key = "entering.hamlet" if len(buttons) > 1 else "entering.place"
    return Message(key, {"name": name}, (*rows_of(buttons), _CANCEL))


async def _hear_hamlet(scene: Scene, event: InboundEvent) -> Turn:
    hamlets, draft = await _hamlets(scene), dict(scene.draft)
    if event.text.strip() and list(hamlets) == [_UNKNOWN]:  # no hamlet of the unit has a name: it is said in words
        draft |= {"hamlet": hamlets[_UNKNOWN].id, "place": clean_place(event.text)}
    elif (chosen := place_chosen(event.choice, event.text, hamlets)) is not None:
        draft["hamlet"] = chosen.id
    else:
        return Turn(to=HAMLET, say=(Message("talk.tap_one"),), draft=draft)
    if draft.get(UNNAMED):
        return Turn(to=HOW, draft=draft)
    if draft.get(ANOTHER):
        return Turn(to=MARK if await in_hamlet(scene, draft) else HOW, draft=draft)
    return await ask_who_it_is(scene, draft, WHICH, _then_how)


async def _then_how(scene: Scene, draft: dict[str, Any]) -> Turn:
    del scene
    return Turn(to=HOW, draft=draft)


async def _ask_how(scene: Scene) -> Message:
    del scene
    return Message("entering.how", {}, (tuple(button(f"came_by.{one.value}", one.value) for one in ENTERED), _CANCEL))


async def _hear_how(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice not in ENTERED:
        return Turn(to=HOW, say=(Message("talk.tap_one"),), draft=scene.draft)
    return Turn(to=DAY, draft={**scene.draft, "came_by": CameBy(event.choice).value})


async def _ask_day(scene: Scene) -> Message:
    del scene
    return Message("entering.day", {}, ((button("entering.today", _TODAY), *_CANCEL),))


async def _hear_day(scene: Scene, event: InboundEvent) -> Turn:
    today = scene.uow.today
    day = today if event.choice == _TODAY else receipt_day(past_day_typed(event.text, today), today)
    return Turn(to=TEXT, draft={**scene.draft, "received_on": day.isoformat()})


async def told_words(scene: Scene, asker: Person) -> Term:
    """How the asker hears of what the office has entered: by chat, through whoever speaks for them, or in person."""
    if not asker.name:
        return Term("entering.told_nobody")
    helper = asker.entered_by
    reached = await scene.uow.accounts.of([asker.id, *([helper] if helper is not None else [])])
    if asker.id in reached:
        return Term("entering.told_chat", {"name": asker.called})
    if helper is not None and helper in reached and helper != scene.me.id:
        speaker = (await scene.uow.people.many([helper]))[helper]
        return Term("entering.told_through", {"name": asker.called, "by": speaker.called})
    return Term("entering.tell_in_person", {"name": asker.called})


_OFFICE = Role.SECRETARY
MODULE = ConversationModule(
    steps=(
        Step(UNIT, _ask_unit, _hear_unit, leads_to=ENTERING[1:], role=_OFFICE),
        Step(WHO, _ask_who, _hear_who, leads_to=(FOUND, HAMLET, HOW), role=_OFFICE, free_text=True, names=True),
        Step(
            FOUND,
            _ask_found,
            _hear_found,
            leads_to=(HAMLET, HOW),
            role=_OFFICE,
            free_text=True,
            names=True,
            digits_choose=True,
        ),
        Step(HAMLET, _ask_hamlet, _hear_hamlet, leads_to=(WHICH, MARK, HOW), role=_OFFICE, free_text=True),
        *namesake_steps(WHICH, MARK, _then_how, leads_to=(HOW,), role=_OFFICE),
        Step(HOW, _ask_how, _hear_how, leads_to=(DAY,), role=_OFFICE),
        Step(DAY, _ask_day, _hear_day, leads_to=(TEXT,), role=_OFFICE, free_text=True),
    ),
)
