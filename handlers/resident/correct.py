"""Putting right what is kept of oneself, or of those one speaks for: name, phone number, home (`/sua`, LAW C5)."""

from collections.abc import Sequence
from typing import Any

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Choice, Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.language.courtesy import name_said, place_said
from handlers.language.places import place_chosen
from intake.actions.deadlines.office_tasks import finish_task, settle_own_request, task_in_unit
from intake.actions.people.consent_taken import guardian_of
from intake.actions.people.correct import (
    correct_guardian,
    correct_mark,
    correct_name,
    correct_phone,
    corrected_by,
    homes_for,
    move_home,
    open_requests,
    person_to_correct,
)
from intake.actions.people.enrol import clean_mark, clean_name, clean_phone, clean_place
from intake.rules.deadlines.task import TaskId
from intake.rules.errors import NotFound
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.correction import CorrectedField
from intake.rules.people.person import Person, PersonId
from intake.rules.people.unit import Unit, UnitId
from intake.rules.text import is_in
from wording.people import name_of
from wording.texts import words

from .start import UNIT

WHO = "correct.who"
WHAT = "correct.what"
NAME = "correct.name"
PHONE = "correct.phone"
HAMLET = "correct.hamlet"
PLACE = "correct.place"
MARK = "correct.mark"
GUARDIAN = "correct.guardian"
PREVIEW = "correct.preview"
MOST_SHOWN = 12
_SELF = "self"
_ELSEWHERE = "elsewhere"
_NO_PHONE = "none"
_NO_MARK = "nomark"
_CANCEL = (button("button.cancel", "cancel"),)
_STEPS = {
    CorrectedField.NAME: NAME,
    CorrectedField.PHONE: PHONE,
    CorrectedField.HAMLET: HAMLET,
    CorrectedField.KNOWN_AS: MARK,
    CorrectedField.GUARDIAN: GUARDIAN,
}


async def start(scene: Scene, _rest: str) -> Turn:
    """`/sua`; who speaks for others says first whose it is."""
    if await corrected_by(scene.uow, scene.me):
        return Turn(to=WHO)
    return Turn(to=WHAT, draft={"person": scene.me.id})


async def start_for(scene: Scene, rest: str) -> Turn:
    """`correct.<person>`: somebody on a list; `correct.<person>.<task>`: who asked for it, and the request is done."""
    number, _, task = rest.partition(".")
    person = await person_to_correct(scene.uow, scene.me, PersonId(id_in(number)))
    draft: dict[str, Any] = {"person": person.id}
    if task:
        draft["task"] = (await task_in_unit(scene.uow, scene.me, TaskId(id_in(task)))).id
    return Turn(to=WHAT, draft=draft)


async def _ask_who(scene: Scene) -> Message:
    others = await _others(scene)
    buttons = [button("correct.myself", _SELF), *(literal(one.called, f"p{one.id}") for one in others[:MOST_SHOWN])]
    key = "correct.who" if len(others) <= MOST_SHOWN else "correct.who_many"
    return Message(key, {"shown": MOST_SHOWN, "people": len(others)}, (*rows_of(buttons, 1), _CANCEL))


async def _others(scene: Scene) -> list[Person]:
    """Whom the person speaks for, by the name that was typed where one was."""
    typed = str(scene.draft.get("typed", ""))
    return [one for one in await corrected_by(scene.uow, scene.me) if not typed or is_in(typed, one.called)]


async def _hear_who(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice == _SELF:
        return Turn(to=WHAT, draft={"person": scene.me.id})
    if event.choice.startswith("p"):
        person = await person_to_correct(scene.uow, scene.me, PersonId(id_in(event.choice.removeprefix("p"))))
        return Turn(to=WHAT, draft={"person": person.id})
    scene.draft = {"typed": event.text.strip()[:80]}
    found = await _others(scene)
    if not found:
        return Turn(to=WHO, say=(Message("correct.nobody", {"name": event.text.strip()[:80]}),))
    return Turn(to=WHO, draft=scene.draft)


async def _person(scene: Scene) -> Person:
    return await person_to_correct(scene.uow, scene.me, PersonId(int(scene.draft["person"])))


async def _ask_what(scene: Scene) -> Message:
    person = await _person(scene)
    params: dict[str, Param] = {
        "name": name_of(person),
        "phone": await _phone_words(scene, person),
        "hamlet": await _home_words(scene, person),
    }
    buttons = [button(f"correct.{what.value}_button", what.value) for what in await _correctable(scene, person)]
    return Message("correct.what", params, (*rows_of(buttons), _CANCEL))


async def _correctable(scene: Scene, person: Person) -> list[CorrectedField]:
    """What of a person may be put right; a guardian only where one agreed."""
    has_guardian = await guardian_of(scene.uow, person)
    return [what for what in _STEPS if what is not CorrectedField.GUARDIAN or has_guardian]


async def _phone_words(scene: Scene, person: Person) -> Param:
    if person.phone_sealed is None:
        return Term("data.not_given")
    phone = scene.uow.vault.open(person.phone_sealed)
    return phone if person.phone_proven else Term("correct.phone_typed", {"phone": phone})


async def _home_words(scene: Scene, person: Person) -> Param:
    if person.hamlet_id is None:
        return Term("data.not_given")
    return person.place or (await scene.uow.places.unit(person.hamlet_id)).name


async def _hear_what(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice not in await _correctable(scene, await _person(scene)):
        return Turn(to=WHAT, say=(Message("talk.tap_one"),), draft=scene.draft)
    what = CorrectedField(event.choice)
    draft = {**scene.draft, "what": what.value}
    if what is CorrectedField.HAMLET and not await _hamlets(scene):
        return Turn(to=PLACE, draft=draft)
    return Turn(to=_STEPS[what], draft=draft)


async def _ask_name(scene: Scene) -> Message:
    return Message("correct.name", {"name": name_of(await _person(scene))}, (_CANCEL,))


async def _hear_name(scene: Scene, event: InboundEvent) -> Turn:
    return Turn(to=PREVIEW, draft={**scene.draft, "value": clean_name(name_said(event.text))})


async def _ask_mark(scene: Scene) -> Message:
    person = await _person(scene)
    row = _CANCEL if not person.known_as else (button("correct.no_mark", _NO_MARK), *_CANCEL)
    return Message("correct.mark", {"name": name_of(person)}, (row,))


async def _hear_mark(scene: Scene, event: InboundEvent) -> Turn:
    value = "" if event.choice == _NO_MARK else clean_mark(event.text)
    return Turn(to=PREVIEW, draft={**scene.draft, "value": value})


async def _ask_guardian(scene: Scene) -> Message:
    person = await _person(scene)
    params: dict[str, Param] = {"name": name_of(person), "guardian": await guardian_of(scene.uow, person)}
    return Message("correct.guardian", params, (_CANCEL,))


async def _ask_phone(scene: Scene) -> Message:
    person = await _person(scene)
    row = _CANCEL if person.phone_sealed is None else (button("correct.no_phone", _NO_PHONE), *_CANCEL)
    mine = person is scene.me
    return Message(
        "correct.phone" if mine else "correct.phone_of", {"name": name_of(person)}, (row,), asks_contact=mine
    )


async def _hear_phone(scene: Scene, event: InboundEvent) -> Turn:
    draft = {name: value for name, value in scene.draft.items() if name not in ("sealed", "proven")}
    if event.choice != _NO_PHONE:
        phone = clean_phone(event.phone or event.text)
        draft |= {"sealed": scene.uow.vault.seal(phone), "proven": event.proven}
    return Turn(to=PREVIEW, draft=draft)


async def own_number(scene: Scene, event: InboundEvent) -> Turn | None:
    """The preview of one's own number that was shared while nothing was asked; nothing for anything else.

    On Zalo the card that asks for it stays in the chat; on Telegram one's own contact can be shared at any time.
    """
    is_own = event.kind is InboundKind.CONTACT and (event.proven or not event.text.strip())
    if not is_own:
        return None
    scene.draft = {"person": scene.me.id, "what": CorrectedField.PHONE.value}
    return await _hear_phone(scene, event)


async def _hamlets(scene: Scene) -> dict[str, Unit]:
    return {f"h{one.id}": one for one in await homes_for(scene.uow, scene.me, await _person(scene))}


async def _ask_hamlet(scene: Scene) -> Message:
    person, hamlets = await _person(scene), await _hamlets(scene)
    last: tuple[Button, ...] = _CANCEL
    if person is scene.me and len(await scene.uow.places.roots()) > 1:
        last = (button("correct.elsewhere", _ELSEWHERE), *_CANCEL)
    buttons = [literal(hamlet.name, code) for code, hamlet in hamlets.items()]
    return Message("correct.hamlet", {"name": name_of(person)}, (*rows_of(buttons), last))


async def _hear_hamlet(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice == _ELSEWHERE:
        return Turn(to=UNIT)
    hamlet = place_chosen(event.choice, event.text, await _hamlets(scene))
    if hamlet is None:
        return Turn(to=HAMLET, say=(Message("talk.tap_one"),), draft=scene.draft)
    return Turn(to=PREVIEW, draft={**scene.draft, "home": hamlet.id})


async def _ask_place(scene: Scene) -> Message:
    return Message("correct.place", {"name": name_of(await _person(scene))}, (_CANCEL,))


async def _hear_place(scene: Scene, event: InboundEvent) -> Turn:
    home = (await _person(scene)).hamlet_id
    if home is None:
        raise NotFound
    return Turn(to=PREVIEW, draft={**scene.draft, "home": home, "place": clean_place(place_said(event.text))})


async def _was_and_will_be(scene: Scene, person: Person) -> tuple[Param, Param]:
    draft = scene.draft
    match CorrectedField(draft["what"]):
        case CorrectedField.NAME:
            return name_of(person), str(draft["value"])
        case CorrectedField.KNOWN_AS:
            return person.known_as or Term("data.not_given"), str(draft["value"]) or Term("data.not_given")
        case CorrectedField.GUARDIAN:
            return await guardian_of(scene.uow, person), str(draft["value"])
        case CorrectedField.PHONE:
            sealed = draft.get("sealed")
            new: Param = Term("data.not_given") if sealed is None else scene.uow.vault.open(str(sealed))
            return await _phone_words(scene, person), new
        case CorrectedField.HAMLET:
            home = await scene.uow.places.unit(UnitId(int(draft["home"])))
            return await _home_words(scene, person), str(draft.get("place") or home.name)


async def _ask_preview(scene: Scene) -> Message:
    person = await _person(scene)
    was, new = await _was_and_will_be(scene, person)
    what = Term(f"correct.{scene.draft['what']}_button")
    row = (button("button.send", "send"), button("button.edit", "edit"), *_CANCEL)
    return Message("correct.preview", {"name": name_of(person), "what": what, "was": was, "new": new}, (row,))


async def _hear_preview(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice == "edit":
        return Turn(to=WHAT, draft={name: scene.draft[name] for name in ("person", "task") if name in scene.draft})
    if event.choice != "send":
        return Turn(to=PREVIEW, say=(Message("talk.tap_one"),), draft=scene.draft)
    person = await _person(scene)
    what, (_, new) = Term(f"correct.{scene.draft['what']}_button"), await _was_and_will_be(scene, person)
    changed = await _correct(scene, person.id)
    params: dict[str, Param] = {"name": name_of(person), "what": what, "new": new}
    if "task" in scene.draft:
        outcome = words(person.language, "correct.outcome", {"what": what, "new": new})
        task = await finish_task(scene.uow, by=scene.me, task_id=TaskId(int(scene.draft["task"])), outcome=outcome)
        row = (button("menu.tasks", "cmd.viec"), button("button.menu", "cmd.menu"))
        return Turn(say=(Message("correct.done_request", {**params, "reference": task.title}, (row,)),))
    rows: list[tuple[Button, ...]] = [
        (button("correct.another", f"correct.{person.id}"), button("button.menu", "cmd.menu"))
    ]
    if person is scene.me:
        rows += await _requests_done(scene)
    return Turn(say=(Message("correct.done" if changed else "correct.same", params, tuple(rows)),))


async def _correct(scene: Scene, person_id: PersonId) -> bool:
    uow, me, draft = scene.uow, scene.me, scene.draft
    match CorrectedField(draft["what"]):
        case CorrectedField.NAME:
            return await correct_name(uow, by=me, person_id=person_id, name=str(draft["value"]))
        case CorrectedField.KNOWN_AS:
            return await correct_mark(uow, by=me, person_id=person_id, known_as=str(draft["value"]))
        case CorrectedField.GUARDIAN:
            return await correct_guardian(uow, by=me, person_id=person_id, name=str(draft["value"]))
        case CorrectedField.PHONE:
            phone = None if draft.get("sealed") is None else uow.vault.open(str(draft["sealed"]))
            proven = bool(draft.get("proven"))
            return await correct_phone(uow, by=me, person_id=person_id, phone=phone, proven=proven)
        case CorrectedField.HAMLET:
            home, place = UnitId(int(draft["home"])), str(draft.get("place", ""))
            return await move_home(uow, by=me, person_id=person_id, home_id=home, place=place)


async def _requests_done(scene: Scene) -> Sequence[tuple[Button, ...]]:
    """What one has asked the office about one's own data may be settled by this."""
    return [
        (button("correct.request_done", f"requestdone.{task.id}", reference=task.title),)
        for task in await open_requests(scene.uow, scene.me)
    ]


async def request_done(scene: Scene, rest: str) -> Turn:
    """`requestdone.<task>`: what one had asked for is done, by oneself."""
    outcome = words(scene.me.language, "correct.outcome_self")
    task = await settle_own_request(scene.uow, person=scene.me, task_id=TaskId(id_in(rest)), outcome=outcome)
    row = (button("button.menu", "cmd.menu"),)
    return Turn(say=(Message("correct.request_settled", {"reference": task.title}, (row,)),))


MODULE = ConversationModule(
    commands=(Command("sua", start, aliases=("sửa thông tin", "correct my data"), leads_to=(WHO, WHAT)),),
    steps=(
        Step(WHO, _ask_who, _hear_who, leads_to=(WHAT,), free_text=True, names=True),
        Step(WHAT, _ask_what, _hear_what, leads_to=(NAME, PHONE, HAMLET, PLACE, MARK, GUARDIAN)),
        Step(NAME, _ask_name, _hear_name, leads_to=(PREVIEW,), free_text=True, names=True),
        Step(MARK, _ask_mark, _hear_mark, leads_to=(PREVIEW,), free_text=True, names=True),
        Step(GUARDIAN, _ask_guardian, _hear_name, leads_to=(PREVIEW,), free_text=True, names=True),
        Step(PHONE, _ask_phone, _hear_phone, leads_to=(PREVIEW,)),
        Step(HAMLET, _ask_hamlet, _hear_hamlet, leads_to=(PREVIEW, UNIT)),
        Step(PLACE, _ask_place, _hear_place, leads_to=(PREVIEW,), free_text=True),
        Step(PREVIEW, _ask_preview, _hear_preview, leads_to=(WHAT,)),
    ),
    choices=(Choice("correct", start_for, leads_to=(WHAT,)), Choice("requestdone", request_done)),
    of_right=True,
)
