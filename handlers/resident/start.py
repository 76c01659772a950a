"""Getting to know each other: consent, hamlet, name, phone; and what a link or an invitation brings along."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.language.choice import is_settled, language_of_text
from handlers.language.courtesy import courtesy_in, name_said, place_said, without_politeness
from handlers.language.places import place_chosen
from handlers.office import browsers
from handlers.reception.check_in import DOOR, scanned
from intake.actions.meetings.guest_code import take_guest_place
from intake.actions.people.correct import move_home
from intake.actions.people.enrol import clean_name, clean_phone, clean_place, enrol
from intake.actions.people.invite import accept_invitation, find_invitation
from intake.actions.sealed.access import readable
from intake.actions.sealed.sorting import waiting_to_sort
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import MeetingId, MeetingState
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.account_link import code_in
from intake.rules.people.person import Grant, Network, Role
from intake.rules.people.unit import Level, Unit, UnitId, lineage_of
from intake.rules.questions.reference import bare_reference
from wording.controller import controller
from wording.meetings import when_of

from ..menu import menu_message
from . import linking
from .enclosed import file_problems, has_sound, with_files
from .gate import GATE, forget_draft, needs_gate
from .questions import by_receipt, show_status

CONSENT = "start.consent"
UNIT = "start.unit"
HAMLET = "start.hamlet"
PLACE = "start.place"
NAME = "start.name"
PHONE = "start.phone"
MOVE = "start.move"
GUARDIAN = "start.guardian"
GUARDIAN_AGREES = "start.guardian_agrees"
_QUESTION_BEGUN = (GATE, "ask.preview", "ask.text")
"""Where what was said before all that goes on."""
_BEFORE_KNOWN = (GUARDIAN, GUARDIAN_AGREES, UNIT, HAMLET, PLACE, NAME, PHONE)
"""What is asked between the consent and the end of the entering."""
_BROUGHT = ("code", "wanted", "files", "language_chosen")
"""What of a draft was there before anything was asked."""


async def start(scene: Scene, rest: str) -> Turn:
    """`/start`, with or without a code.

    `m-<meeting>`, `h-<hamlet>`, `i-<invitation>`, `g-<guest>`, `d-<reference>`, `l-<account link>`, `b-<code of the
    desk's page>`.
    """
    if code_in(rest):
        return await linking.begin(scene, rest)
    reference = bare_reference(rest)
    if reference is not None:  # the mark is put before every code, so before that of a question too
        return await (show_status if scene.person is not None else stranger)(scene, reference)
    if scene.person is None:
        if rest.startswith("i-"):
            await find_invitation(scene.uow, rest.removeprefix("i-"))
        begun = _begun(scene)
        draft = {**begun, "code": rest or str(begun.get("code", "")), "language": scene.language}
        return Turn(to=CONSENT, draft=draft)
    if rest.startswith("b-"):
        return await browsers.begin(scene, rest.removeprefix("b-"))
    return await _known(scene, rest)


async def stranger(scene: Scene, wanted: str) -> Turn:
    """Somebody we do not know yet said something: the consent card first, what they wanted is kept."""
    wanted = wanted.removeprefix("/hoi ")  # a question is kept as what it is
    looked_up = by_receipt(wanted.removeprefix("/trangthai ").removeprefix("/cachtinh "))
    if looked_up is not None:
        return Turn(to=scene.step, say=(looked_up,), draft=scene.draft)
    if scene.step in _BEFORE_KNOWN:  # what was answered already is not asked again
        return Turn(to=scene.step, say=(Message("start.this_first"),), draft=_with_wanted(scene.draft, wanted))
    return _kept(scene, wanted)


def _kept(scene: Scene, wanted: str) -> Turn:
    language = language_of_text(wanted, scene.language)
    scene.language = language
    return Turn(to=CONSENT, draft=_with_wanted({**_begun(scene), "language": language}, wanted))


def _begun(scene: Scene) -> dict[str, Any]:
    """What whoever is on the way in has brought along, without what they answered: it is asked again."""
    on_the_way = scene.step in (CONSENT, *_BEFORE_KNOWN)
    return {name: kept for name, kept in scene.draft.items() if on_the_way and name in _BROUGHT}


async def stranger_spoke(scene: Scene, event: InboundEvent) -> Turn:
    """The same of what is no command: a photo or a recording is kept as well."""
    if not event.media and by_receipt(event.text) is not None:
        return await stranger(scene, event.text)
    turn = _kept(scene, event.text)
    return replace(turn, say=file_problems(event.media), draft=_with_files(turn.draft, event))


def _with_wanted(draft: dict[str, Any], typed: str) -> dict[str, Any]:
    """What somebody wants to say before they are known: a command gives way to words, words are added to words.

    Politeness is no part of it, nor the number somebody types where there are buttons.
    """
    before, more = (_meant(text.strip()) for text in (str(draft.get("wanted", "")), typed))
    if before and more.startswith("/"):
        return draft
    begun = "" if before.startswith("/") or before == more else before
    return {**draft, "wanted": "\n".join(filter(None, (begun, more))) or before}


def _meant(typed: str) -> str:
    return typed if any(sign.isalpha() for sign in typed) and not courtesy_in(typed) else ""


def _with_files(draft: dict[str, Any], event: InboundEvent) -> dict[str, Any]:
    files, _ = with_files(draft.get("files", ()), event.media)
    return {**draft, "files": files} if files else draft


async def _known(scene: Scene, code: str) -> Turn:
    if code.startswith("i-"):
        grant = await accept_invitation(scene.uow, scene.me, code.removeprefix("i-"))
        scene.grants = (*scene.grants, grant)
        place = (await scene.uow.places.unit(grant.unit_id)).name
        if grant.desk_id is not None:
            place = f"{(await scene.uow.places.desk(grant.desk_id)).name}, {place}"
        welcome = Message("start.role_given", {"role": Term(f"role.{grant.role.value}"), "unit": place})
        return Turn(say=(welcome, *await _waiting(scene, grant), menu_message(scene)))
    if code.startswith("g-"):
        said = await take_guest_place(scene.uow, person=scene.me, account=scene.account, code=code.removeprefix("g-"))
        return Turn(say=(said or Message("guest.code_unknown"),))  # a turn, not a refusal: that it was wrong is counted
    if code.startswith("d-"):
        return await scanned(scene, code)
    if code.startswith("m-"):
        return Turn(say=(await _meeting_card(scene, code.removeprefix("m-")),))
    hamlet = await _hamlet_of_code(scene, code) if code.startswith("h-") else None
    if hamlet is not None and hamlet.id != scene.me.hamlet_id:
        return Turn(to=MOVE, draft={"hamlet": hamlet.id})
    unknown = (Message("start.code_unknown"),) if code and hamlet is None else ()
    return Turn(say=(*unknown, menu_message(scene)))


async def _waiting(scene: Scene, grant: Grant) -> tuple[Message, ...]:
    """How many questions wait for whoever takes up a role; what waits for a chair's yes is laid before them itself."""
    if grant.role is Role.OFFICIAL and grant.desk_id is not None:
        on_desk = await scene.uow.questions.of_desks([grant.desk_id])
        count = len(await readable(scene.uow, scene.me, [question for question, _ in on_desk]))
        said = Message("start.on_desk", {"count": count}, ((button("menu.queue", "cmd.hangdoi"),),))
    elif grant.role is Role.SECRETARY:
        count = len(await waiting_to_sort(scene.uow, scene.me) or ())
        said = Message("start.to_sort", {"count": count}, ((button("menu.triage", "cmd.phanloai"),),))
    else:
        return ()
    return (said,) if count else ()


async def _meeting_card(scene: Scene, typed: str) -> Message:
    """What a poster's code leads to: the meeting, with what the person can do about it."""
    meeting = await scene.uow.meetings.get(MeetingId(id_in(typed)))
    unit = await scene.uow.places.unit(meeting.unit_id)
    hamlets = await scene.uow.meetings.hamlets(meeting.id)
    params: dict[str, Param] = {
        "title": meeting.title,
        "unit": unit.name,
        **when_of(meeting),
        "hamlets": ", ".join(hamlet.name for hamlet in hamlets) or unit.name,
    }
    asks = button("menu.ask", "cmd.hoi")
    if meeting.awaits_word(scene.uow.now):
        return Message("start.meeting_past", params, ((asks, button("menu.calendar", "cmd.lich")),))
    if meeting.state in (MeetingState.HELD, MeetingState.CANCELLED):
        return Message(f"start.meeting_{meeting.state.value}", params, ((asks, button("menu.calendar", "cmd.lich")),))
    if scene.me.hamlet_id is None:
        return Message("start.meeting", params, ((button("button.menu", "cmd.menu"),),))
    hamlet = await scene.uow.places.unit(scene.me.hamlet_id)
    if meeting not in await scene.uow.meetings.for_hamlet(hamlet):
        return Message("start.meeting_elsewhere", {**params, "hamlet": hamlet.name}, ((asks,),))
    registers = button("menu.register", f"register.{meeting.id}")
    return Message("start.meeting", params, ((registers, asks),))


async def _hamlet_of_code(scene: Scene, code: str) -> Unit | None:
    if not code:
        return None
    unit = await scene.uow.places.unit_by_code(code.removeprefix("h-"))
    return unit if unit is not None and unit.level is Level.HAMLET else None


async def _place_of_code(scene: Scene, code: str) -> Unit | None:
    """Where a code belongs that leads past the choice of a unit: the office there keeps the data."""
    with suppress(NotFound, RuleBroken):  # a code that leads nowhere says nothing
        if code.startswith("i-"):
            return await scene.uow.places.unit((await find_invitation(scene.uow, code.removeprefix("i-"))).unit_id)
        if code.startswith("m-"):
            meeting = await scene.uow.meetings.get(MeetingId(id_in(code.removeprefix("m-"))))
            return await scene.uow.places.unit(meeting.unit_id)
    return await _hamlet_of_code(scene, code)


async def _ask_consent(scene: Scene) -> Message:
    units = await scene.uow.places.roots()
    place = await _place_of_code(scene, str(scene.draft.get("code", "")))
    there = [] if place is None else [unit for unit in units if unit.id in lineage_of(place)]
    rows = ((button("button.agree", "yes"), button("button.disagree", "no")), (button("start.young_button", "young"),))
    return consent_card(scene, there or units, rows)


def consent_card(scene: Scene, units: Sequence[Unit], rows: tuple[tuple[Button, ...], ...]) -> Message:
    """What one agrees to: who keeps the data, and whose servers the messages of this chat go through."""
    way = "web" if scene.account.network is Network.WEBCHAT else "network"
    return Message("start.consent", {"controller": controller(units), "way": Term(f"start.way_{way}")}, rows)


async def _hear_consent(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice == "no":
        await forget_draft(scene)
        return Turn(say=(Message("start.no_consent"),), draft={"language": scene.language})
    if event.choice == "young":
        return Turn(to=GUARDIAN, draft=scene.draft)
    if event.choice != "yes":
        if code_in(event.text):
            return await linking.begin(scene, event.text)
        looked_up = by_receipt(event.text)
        if looked_up is not None and not event.media:
            return Turn(to=CONSENT, say=(looked_up,), draft=scene.draft)
        draft = _with_files(_with_wanted(scene.draft, event.text), event)
        return Turn(to=CONSENT, say=file_problems(event.media), draft=draft)
    return await _after_consent(scene, dict(scene.draft))


async def _ask_guardian(_scene: Scene) -> Message:
    """Whoever is under sixteen is known with the consent of a parent or guardian (LAW C5)."""
    return Message("start.guardian", {}, ((button("start.no_guardian", "no"),),))


async def _hear_guardian(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice == "no":
        await forget_draft(scene)
        return Turn(say=(Message("start.no_consent"),), draft={"language": scene.language})
    return Turn(to=GUARDIAN_AGREES, draft={**scene.draft, "guardian": clean_name(event.text)})


async def _ask_guardian_agrees(scene: Scene) -> Message:
    rows = ((button("button.agree", "yes"), button("button.disagree", "no")), (button("button.edit", "edit"),))
    return Message("start.guardian_agrees", {"guardian": str(scene.draft["guardian"])}, rows)


async def _hear_guardian_agrees(scene: Scene, event: InboundEvent) -> Turn:
    match event.choice:
        case "yes":
            return await _after_consent(scene, dict(scene.draft))
        case "no":
            await forget_draft(scene)
            return Turn(say=(Message("start.no_consent"),), draft={"language": scene.language})
        case "edit":
            return Turn(to=GUARDIAN, draft=scene.draft)
        case _:
            return Turn(to=GUARDIAN_AGREES, say=(Message("talk.tap_one"),), draft=scene.draft)


async def _after_consent(scene: Scene, draft: dict[str, Any]) -> Turn:
    code = str(draft.get("code", ""))
    if code_in(code):
        scene.draft = {**draft, "agreed": True}
        return await linking.begin(scene, code)
    if code.startswith("i-"):
        invitation = await find_invitation(scene.uow, code.removeprefix("i-"))
        if invitation.role is Role.HAMLET_HEAD:
            draft["hamlet"] = invitation.unit_id
        return Turn(to=NAME, draft=draft)
    if code.startswith("h-"):
        hamlet = await _hamlet_of_code(scene, code)
        if hamlet is not None:
            return Turn(to=NAME, draft={**draft, "hamlet": hamlet.id})
    if code.startswith("m-"):
        with suppress(NotFound):  # a link that leads nowhere keeps nobody out
            meeting = await scene.uow.meetings.get(MeetingId(id_in(code.removeprefix("m-"))))
            return await where_in(scene, {**draft, "unit": meeting.unit_id})
    units = await scene.uow.places.roots()
    if len(units) == 1:
        return await where_in(scene, {**draft, "unit": units[0].id})
    return Turn(to=UNIT, draft=draft)


async def where_in(scene: Scene, draft: dict[str, Any]) -> Turn:
    """Ask for the hamlet; where the plan names none, people belong to the unit and say in words where they live."""
    hamlets = await scene.uow.places.hamlets(UnitId(int(draft["unit"])))
    return Turn(to=HAMLET if hamlets else PLACE, draft=draft)


async def _ask_unit(scene: Scene) -> Message:
    units = await scene.uow.places.roots()
    return Message("start.unit", {}, rows_of([literal(unit.name, str(unit.id)) for unit in units], 1))


async def _hear_unit(scene: Scene, event: InboundEvent) -> Turn:
    units = {str(unit.id) for unit in await scene.uow.places.roots()}
    if event.choice not in units:
        return Turn(to=UNIT, say=(Message("talk.tap_one"),), draft=scene.draft)
    return await where_in(scene, {**scene.draft, "unit": int(event.choice)})


async def _hamlets(scene: Scene) -> list[Unit]:
    return list(await scene.uow.places.hamlets(UnitId(int(scene.draft["unit"]))))


async def _ask_hamlet(scene: Scene) -> Message:
    hamlets = await _hamlets(scene)
    return Message("start.hamlet", {}, rows_of([literal(hamlet.name, str(hamlet.id)) for hamlet in hamlets]))


async def _hear_hamlet(scene: Scene, event: InboundEvent) -> Turn:
    hamlet = place_chosen(event.choice, event.text, {str(one.id): one for one in await _hamlets(scene)})
    if hamlet is None:
        return Turn(to=HAMLET, say=(Message("talk.tap_one"),), draft=scene.draft)
    if scene.person is not None:
        await move_home(scene.uow, by=scene.person, person_id=scene.person.id, home_id=hamlet.id)
        return _moved(scene, hamlet.name)
    return Turn(to=NAME, draft={**scene.draft, "hamlet": hamlet.id})


def _moved(scene: Scene, place: str) -> Turn:
    said = Message("start.moved", {"hamlet": place})
    begun = _question_begun(scene.draft)
    return Turn(say=(said, menu_message(scene))) if begun is None else replace(begun, say=(said,))


def _question_begun(draft: dict[str, Any]) -> Turn | None:
    """What somebody wanted to say before all else was asked is not lost: it becomes the start of a question.

    Like any other, words that may accuse somebody are asked about first (LAW C4).
    """
    wanted = str(draft.get("wanted", ""))
    begun = {"unasked": True, "files": draft.get("files", [])}
    if wanted and not wanted.startswith("/"):
        return Turn(to=GATE if needs_gate(wanted) else "ask.preview", draft={**begun, "text": wanted})
    if begun["files"]:
        return Turn(to="ask.preview" if has_sound(begun) else "ask.text", draft=begun)
    return None


async def _ask_place(scene: Scene) -> Message:
    unit = await scene.uow.places.unit(UnitId(int(scene.draft["unit"])))
    return Message("start.place", {"unit": unit.name}, ((button("button.skip", "skip"),),))


async def _hear_place(scene: Scene, event: InboundEvent) -> Turn:
    place = "" if event.choice == "skip" else clean_place(place_said(event.text))
    unit = await scene.uow.places.unit(UnitId(int(scene.draft["unit"])))
    if scene.person is None:
        return Turn(to=NAME, draft={**scene.draft, "hamlet": unit.id, "place": place})
    await move_home(scene.uow, by=scene.person, person_id=scene.person.id, home_id=unit.id, place=place)
    return _moved(scene, place or unit.name)


async def _ask_name(scene: Scene) -> Message:
    del scene
    return Message("start.name")


async def _hear_name(scene: Scene, event: InboundEvent) -> Turn:
    return Turn(to=PHONE, draft={**scene.draft, "name": clean_name(name_said(event.text))})


_NO_PHONE = ("khong", "khong co", "khong co so", "chua co", "ko", "ko co", "thoi", "no", "none")
"""What somebody types who has no number or gives none."""


async def _ask_phone(scene: Scene) -> Message:
    del scene
    return Message("start.phone", {}, ((button("button.skip", "skip"),),), asks_contact=True)


async def _hear_phone(scene: Scene, event: InboundEvent) -> Turn:
    phone = None
    if event.choice != "skip" and without_politeness(event.text) not in _NO_PHONE:
        phone = clean_phone(event.phone or event.text)
    draft = scene.draft
    hamlet_id = draft.get("hamlet")
    wanted = str(draft.get("wanted", ""))
    person = await enrol(
        scene.uow,
        scene.account,
        name=str(draft["name"]),
        hamlet_id=None if hamlet_id is None else UnitId(int(hamlet_id)),
        language=scene.language,
        language_known=bool(draft.get("language_chosen")) or is_settled(wanted),
        phone=phone,
        phone_proven=event.proven,
        place=str(draft.get("place", "")),
        guardian=str(draft.get("guardian", "")),
    )
    scene.person = person
    called_back_only = person.phone_sealed is not None and not person.phone_proven
    news = "" if person.hamlet_id is None else Term("start.news")  # whoever came by an invitation may live elsewhere
    key = "start.welcome_typed" if called_back_only else "start.welcome"
    welcome = Message(key, {"name": person.name, "news": news})
    code = str(draft.get("code", ""))
    if code.startswith("m-"):
        with suppress(NotFound):  # see above
            return Turn(say=(welcome, await _meeting_card(scene, code.removeprefix("m-"))))
    if code.startswith(("i-", "g-")):
        turn = await _known(scene, code)
        return Turn(to=turn.to, say=(welcome, *turn.say), draft=turn.draft)
    begun = None if hamlet_id is None else _question_begun(draft)
    return Turn(say=(welcome, menu_message(scene))) if begun is None else replace(begun, say=(welcome,))


async def _ask_move(scene: Scene) -> Message:
    hamlet = await scene.uow.places.unit(UnitId(int(scene.draft["hamlet"])))
    return Message(
        "start.move",
        {"hamlet": hamlet.name},
        ((button("button.yes", "yes"), button("button.no", "cancel")),),
    )


async def _hear_move(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice != "yes":
        return Turn(to=MOVE, say=(Message("talk.tap_one"),), draft=scene.draft)
    hamlet = await scene.uow.places.unit(UnitId(int(scene.draft["hamlet"])))
    if hamlet.level is not Level.HAMLET:
        raise NotFound
    await move_home(scene.uow, by=scene.me, person_id=scene.me.id, home_id=hamlet.id)
    return Turn(say=(Message("start.moved", {"hamlet": hamlet.name}), menu_message(scene)))


MODULE = ConversationModule(
    commands=(
        Command(
            "start",
            start,
            aliases=("bắt đầu",),
            knows_me=False,
            leads_to=(CONSENT, MOVE, DOOR, linking.CONFIRM, browsers.CODE, browsers.CONFIRM),
        ),
    ),
    steps=(
        Step(CONSENT, _ask_consent, _hear_consent, leads_to=(GUARDIAN, UNIT, HAMLET, PLACE, NAME, linking.CONFIRM)),
        Step(GUARDIAN, _ask_guardian, _hear_guardian, leads_to=(GUARDIAN_AGREES,), free_text=True, names=True),
        Step(
            GUARDIAN_AGREES,
            _ask_guardian_agrees,
            _hear_guardian_agrees,
            leads_to=(GUARDIAN, UNIT, HAMLET, PLACE, NAME, linking.CONFIRM),
        ),
        Step(UNIT, _ask_unit, _hear_unit, leads_to=(HAMLET, PLACE)),
        Step(HAMLET, _ask_hamlet, _hear_hamlet, leads_to=(NAME, *_QUESTION_BEGUN)),
        Step(PLACE, _ask_place, _hear_place, leads_to=(NAME, *_QUESTION_BEGUN), free_text=True),
        Step(NAME, _ask_name, _hear_name, leads_to=(PHONE,), free_text=True, names=True),
        Step(PHONE, _ask_phone, _hear_phone, leads_to=_QUESTION_BEGUN),
        Step(MOVE, _ask_move, _hear_move),
    ),
)
