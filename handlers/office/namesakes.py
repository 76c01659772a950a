"""Somebody of the same name is there already: the question whether it is the same person or another (R111).

Asked only where there is one. Two of one name are told apart by the year of birth or by what everybody calls them, if
whoever types it cares to say; neither is needed.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Scene, Step, Turn
from intake.actions.people.enrol import clean_mark, enter_neighbour, enter_unnamed, namesakes
from intake.actions.people.household import member_of
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.person import Person, PersonId, Role, told_apart
from intake.rules.people.unit import UnitId
from wording.texts import shown

SAME = "same"
ANOTHER = "another"
MARK = "mark"
CALLED = "called"
UNNAMED = "unnamed"
MEMBER = "member"
"""Somebody who shares the phone of whoever speaks, by id."""
CHOSEN = (SAME, ANOTHER, MARK, CALLED)
"""What a draft knows of who it is, beside `neighbour` (the name) and `hamlet`."""
MOST_SHOWN = 10
Then = Callable[[Scene, dict[str, Any]], Awaitable[Turn]]
There = Callable[[Scene, dict[str, Any]], Awaitable[Sequence[Person]]]


async def in_hamlet(scene: Scene, draft: dict[str, Any]) -> Sequence[Person]:
    """Who of the draft's hamlet has the draft's name."""
    hamlet_id = UnitId(int(draft["hamlet"]))
    return await namesakes(scene.uow, scene.me, name=str(draft["neighbour"]), hamlet_id=hamlet_id)


async def ask_who_it_is(
    scene: Scene, draft: dict[str, Any], which: str, then: Then, *, there: There = in_hamlet
) -> Turn:
    """Go on to `then`; to the step `which` first, where somebody of the name in the draft is there already."""
    draft = {name: value for name, value in draft.items() if name not in CHOSEN}
    if await there(scene, draft):
        return Turn(to=which, draft=draft)
    return await then(scene, draft)


def namesake_steps(
    which: str,
    mark: str,
    then: Then,
    *,
    leads_to: tuple[str, ...] = (),
    role: Role | None = None,
    there: There = in_hamlet,
) -> tuple[Step, ...]:
    """The step `which` shows whoever has the name, `mark` asks how another one is told apart; both lead to `then`."""

    async def ask_which(scene: Scene) -> Message:
        found = (await there(scene, scene.draft))[:MOST_SHOWN]
        reached = await scene.uow.accounts.of([one.id for one in found])
        buttons = [_button(one, scene.language, with_chat=one.id in reached) for one in found]
        last = (button("namesake.another", ANOTHER), button("button.cancel", "cancel"))
        return Message("namesake.which", {"name": str(scene.draft["neighbour"])}, (*rows_of(buttons, 1), last))

    async def hear_which(scene: Scene, event: InboundEvent) -> Turn:
        if event.choice == ANOTHER:
            return Turn(to=mark, draft=scene.draft)
        chosen = {f"s{one.id}": one for one in await there(scene, scene.draft)}.get(event.choice)
        if chosen is None:
            return Turn(to=which, say=(Message("talk.tap_one"),), draft=scene.draft)
        return await then(scene, {**scene.draft, SAME: chosen.id, CALLED: chosen.called})

    async def ask_mark(scene: Scene) -> Message:
        row = (button("button.skip", "skip"), button("button.cancel", "cancel"))
        return Message("namesake.mark", {"name": str(scene.draft["neighbour"])}, (row,))

    async def hear_mark(scene: Scene, event: InboundEvent) -> Turn:
        draft = {**scene.draft, ANOTHER: True}
        if event.choice == "skip":
            return await then(scene, draft)
        if event.kind is not InboundKind.TEXT:
            return Turn(to=mark, say=(Message("meetings.words_only"),), draft=scene.draft)
        known_as = clean_mark(event.text)
        called = told_apart(str(draft["neighbour"]), known_as)
        return await then(scene, {**draft, MARK: known_as, CALLED: called})

    return (
        Step(which, ask_which, hear_which, leads_to=(mark, *leads_to), role=role),
        Step(mark, ask_mark, hear_mark, leads_to=leads_to, role=role, free_text=True, names=True),
    )


def _button(person: Person, language: str, *, with_chat: bool) -> Button:
    """The name with what tells the person apart: the mark, a chat of their own, else since when they are here."""
    code = f"s{person.id}"
    if person.known_as:
        return literal(person.called, code)
    if with_chat:
        return button("namesake.with_chat", code, name=person.name)
    if person.created_at is None:
        return literal(person.name, code)
    return button(
        "namesake.since", code, name=person.name, day=shown(language, person.created_at.astimezone(LOCAL).date())
    )


def called(draft: dict[str, Any]) -> Param:
    """The name of whom the draft speaks of, told apart where that was asked; words where none was given."""
    return str(draft.get(CALLED) or draft["neighbour"]) or Term("person.unnamed")


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a draft speaks of, as the deeds take it: one of those that were shown, or another."""

    same_as: PersonId | None
    another: bool
    known_as: str


def meant(draft: dict[str, Any]) -> Meant:
    """What was said when those of the name were shown; neither one of them nor another where nobody was."""
    same = draft.get(SAME)
    return Meant(None if same is None else PersonId(int(same)), bool(draft.get(ANOTHER)), str(draft.get(MARK, "")))


async def person_meant(scene: Scene, draft: dict[str, Any]) -> Person:
    """Whom the draft speaks of: the one that was chosen, or somebody new."""
    said, hamlet_id = meant(draft), UnitId(int(draft["hamlet"]))
    if MEMBER in draft:
        return await member_of(scene.uow, scene.me, PersonId(int(draft[MEMBER])))
    if draft.get(UNNAMED):
        return await enter_unnamed(scene.uow, scene.me, home_id=hamlet_id)
    return await enter_neighbour(
        scene.uow,
        scene.me,
        name=str(draft["neighbour"]),
        hamlet_id=hamlet_id,
        same_as=said.same_as,
        another=said.another,
        known_as=said.known_as,
        place=str(draft.get("place", "")),
    )
