"""Speaking for a neighbour without a phone: asking (`/hoho`) and registering (`/dangkyho`) (R111)."""

from typing import Any

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Command, Hear, Scene, Step, Turn, own_hamlets
from handlers.engine.table import ConversationModule
from handlers.language.places import place_chosen
from handlers.office.namesakes import Then, ask_who_it_is, called, meant, namesake_steps, person_meant
from handlers.secretary.entering import ENTERING, start_entering
from intake.actions.meetings.register import clean_content, register, withdraw
from intake.actions.people.enrol import clean_name
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, Registration, RegistrationKind, RegistrationState
from intake.rules.message import Message, Param, Term, button, literal, rows_of
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit, UnitId
from wording.meetings import when_of
from wording.seats import leaving_words, standing_words

ASK_HAMLET = "hoho.hamlet"
ASK_NAME = "hoho.name"
ASK_WHICH = "hoho.which"
ASK_MARK = "hoho.mark"
ASK_TEXT = "ask.text"
HAMLET = "dangkyho.hamlet"
MEETING = "dangkyho.meeting"
NAME = "dangkyho.name"
WHICH = "dangkyho.which"
MARK = "dangkyho.mark"
KIND = "dangkyho.kind"
CONTENT = "dangkyho.content"
PREVIEW = "dangkyho.preview"
TYPED = "typed"
"""The name that was typed behind the command, until it is clear in which hamlet and for which meeting."""
_CANCEL = (button("button.cancel", "cancel"),)


async def ask_for(scene: Scene, rest: str) -> Turn:
    """`/hoho`, with the neighbour's name or without; with one hamlet only there is nothing to choose.

    A secretary enters what came in other ways, too.
    """
    if scene.grants_as(Role.SECRETARY):
        return await start_entering(scene, rest)
    return await _from(scene, ASK_HAMLET, ASK_NAME, rest)


async def register_for(scene: Scene, rest: str) -> Turn:
    """`/dangkyho`, with the neighbour's name or without."""
    return await _from(scene, HAMLET, MEETING, rest)


async def _from(scene: Scene, which: str, following: str, typed: str) -> Turn:
    hamlets, draft = await own_hamlets(scene), {TYPED: typed} if typed else {}
    if len(hamlets) != 1:
        return Turn(to=which, draft=draft)
    return await _towards(scene, following, hamlets[0], draft)


async def _towards(scene: Scene, following: str, hamlet: Unit, draft: dict[str, Any]) -> Turn:
    draft = {**draft, "hamlet": hamlet.id}
    if following != MEETING:
        return await _towards_name(scene, draft, following, ASK_WHICH, ASK_TEXT)
    if not await scene.uow.meetings.for_hamlet(hamlet):
        return Turn(say=(Message("lists.no_meeting", {"unit": hamlet.name}),))
    return Turn(to=MEETING, draft=draft)


async def _towards_name(scene: Scene, draft: dict[str, Any], name: str, which: str, following: str) -> Turn:
    """Ask for the name in the step `name`, unless it was typed behind the command and can be one."""
    typed = str(draft.pop(TYPED, ""))
    if not typed:
        return Turn(to=name, draft=draft)
    try:
        draft["neighbour"] = clean_name(typed)
    except RuleBroken as refusal:
        return Turn(to=name, say=(refusal.message,), draft=draft)
    return await ask_who_it_is(scene, draft, which, _then(following))


async def _ask_hamlet(scene: Scene) -> Message:
    buttons = [literal(hamlet.name, f"h{hamlet.id}") for hamlet in await own_hamlets(scene)]
    return Message("neighbour.which_hamlet", {}, rows_of(buttons))


def _hear_hamlet(which: str, following: str) -> Hear:
    async def hear(scene: Scene, event: InboundEvent) -> Turn:
        hamlets = {f"h{hamlet.id}": hamlet for hamlet in await own_hamlets(scene)}
        chosen = place_chosen(event.choice, event.text, hamlets)
        if chosen is None:
            return Turn(to=which, say=(Message("talk.tap_one"),), draft=scene.draft)
        return await _towards(scene, following, chosen, scene.draft)

    return hear


async def _ask_name(scene: Scene) -> Message:
    hamlet = await scene.uow.places.unit(UnitId(int(scene.draft["hamlet"])))
    return Message("neighbour.name", {"hamlet": hamlet.name}, (_CANCEL,))


def _hear_name(which: str, following: str) -> Hear:
    async def hear(scene: Scene, event: InboundEvent) -> Turn:
        draft = {**scene.draft, "neighbour": clean_name(event.text)}
        return await ask_who_it_is(scene, draft, which, _then(following))

    return hear


def _then(following: str) -> Then:
    async def go_on(scene: Scene, draft: dict[str, Any]) -> Turn:
        del scene
        return Turn(to=following, draft=draft)

    return go_on


async def _meetings(scene: Scene) -> dict[str, Meeting]:
    hamlet = await scene.uow.places.unit(UnitId(int(scene.draft["hamlet"])))
    return {f"m{meeting.id}": meeting for meeting in await scene.uow.meetings.for_hamlet(hamlet)}


async def _ask_meeting(scene: Scene) -> Message:
    buttons = [literal(meeting.title, code) for code, meeting in (await _meetings(scene)).items()]
    return Message("neighbour.meeting", {}, (*rows_of(buttons, 1), _CANCEL))


async def _hear_meeting(scene: Scene, event: InboundEvent) -> Turn:
    meetings = await _meetings(scene)
    if event.choice not in meetings:
        return Turn(to=MEETING, say=(Message("talk.tap_one"),), draft=scene.draft)
    return await _towards_name(scene, {**scene.draft, "meeting": meetings[event.choice].id}, NAME, WHICH, KIND)


async def _ask_kind(scene: Scene) -> Message:
    row = (button("neighbour.attend", "attend"), button("neighbour.speak", "speak"))
    before = await _registered_before(scene)
    if before is None:
        return Message("neighbour.kind", {"name": called(scene.draft)}, (row, _CANCEL))
    leaves = await leaving_words(scene.uow, await _meeting(scene), before)
    params = {"name": called(scene.draft), **_about(before), "leaves": leaves}
    return Message("neighbour.kind_again", params, (row, (button("register.withdraw", "withdraw"),), _CANCEL))


async def _hear_kind(scene: Scene, event: InboundEvent) -> Turn:
    match event.choice:
        case "attend":
            draft = {name: value for name, value in scene.draft.items() if name != "content"}
            return Turn(to=PREVIEW, draft={**draft, "kind": RegistrationKind.ATTEND.value})
        case "speak":
            return Turn(to=CONTENT, draft={**scene.draft, "kind": RegistrationKind.SPEAK.value})
        case "withdraw":
            return await _withdraw(scene)
        case _:
            return Turn(to=KIND, say=(Message("talk.tap_one"),), draft=scene.draft)


async def _withdraw(scene: Scene) -> Turn:
    """They cannot come, and have told the head: nobody else can take it back for somebody without a phone."""
    meeting, neighbour = await _meeting(scene), await person_meant(scene, scene.draft)
    gone = await withdraw(scene.uow, meeting_id=meeting.id, person=neighbour, by=scene.me)
    params: dict[str, Param] = {"name": called(scene.draft), "reference": gone.reference, "title": meeting.title}
    row = (button("menu.register_for", "cmd.dangkyho"), button("menu.list", "cmd.danhsach"))
    return Turn(say=(Message("neighbour.withdrawn", params, (row,)),))


async def _ask_content(scene: Scene) -> Message:
    row = (button("button.skip", "skip"), *_CANCEL)
    return Message("neighbour.content", {"name": called(scene.draft)}, (row,))


async def _hear_content(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice == "skip":
        return Turn(to=PREVIEW, draft={**scene.draft, "content": ""})
    if event.kind is not InboundKind.TEXT:
        return Turn(to=CONTENT, say=(Message("meetings.words_only"),), draft=scene.draft)
    return Turn(to=PREVIEW, draft={**scene.draft, "content": clean_content(event.text)})


def _params(scene: Scene, meeting: Meeting) -> dict[str, Param]:
    return {
        "name": called(scene.draft),
        "title": meeting.title,
        **when_of(meeting),
        "kind": Term(f"neighbour.{scene.draft['kind']}"),
    }


async def _meeting(scene: Scene) -> Meeting:
    return await scene.uow.meetings.get(MeetingId(int(scene.draft["meeting"])))


async def _registered_before(scene: Scene) -> Registration | None:
    """What somebody that was chosen among those of the name has registered already: sending writes over it."""
    same = meant(scene.draft).same_as
    if same is None:
        return None
    return await scene.uow.meetings.registration(MeetingId(int(scene.draft["meeting"])), same)


def _about(registration: Registration) -> dict[str, Param]:
    return {
        "reference": registration.reference,
        "kind": Term(f"neighbour.{registration.kind.value}"),
        "content": f": {registration.content}" if registration.content else "",
    }


async def _ask_preview(scene: Scene) -> Message:
    params = _params(scene, await _meeting(scene))
    key = "neighbour.preview"
    if scene.draft.get("content"):
        key, params["content"] = "neighbour.preview_content", str(scene.draft["content"])
    before = await _registered_before(scene)
    said = () if before is None else (Term("neighbour.registered_before", _about(before)),)
    params["before"] = said
    row = (button("button.send", "send"), button("button.edit", "edit"), *_CANCEL)
    return Message(key, params, (row,))


async def _hear_preview(scene: Scene, event: InboundEvent) -> Turn:
    draft = scene.draft
    if event.choice == "edit":
        return Turn(to=NAME, draft={"hamlet": draft["hamlet"], "meeting": draft["meeting"]})
    if event.choice != "send":
        return Turn(to=PREVIEW, say=(Message("talk.tap_one"),), draft=draft)
    neighbour = await person_meant(scene, draft)
    registration = await register(
        scene.uow,
        meeting_id=MeetingId(int(draft["meeting"])),
        person=neighbour,
        kind=RegistrationKind(draft["kind"]),
        content=str(draft.get("content", "")),
        entered_by=scene.me,
    )
    params = _params(scene, await _meeting(scene)) | {"reference": registration.reference}
    row = (button("menu.register_for", "cmd.dangkyho"), button("menu.list", "cmd.danhsach"))
    if registration.state is RegistrationState.WAITING:
        params["place"] = await standing_words(scene.uow, await _meeting(scene), registration, of="neighbour")
        return Turn(say=(Message("neighbour.waiting", params, (row,)),))
    return Turn(say=(Message("neighbour.registered", params, (row,)),))


_HEAD = Role.HAMLET_HEAD
MODULE = ConversationModule(
    commands=(
        Command(
            "hoho",
            ask_for,
            aliases=("hỏi hộ",),
            roles=(_HEAD, Role.SECRETARY),
            leads_to=(ASK_HAMLET, ASK_NAME, ASK_WHICH, ASK_TEXT, *ENTERING),
        ),
        Command("dangkyho", register_for, aliases=("đăng ký hộ",), roles=(_HEAD,), leads_to=(HAMLET, MEETING)),
    ),
    steps=(
        Step(
            ASK_HAMLET,
            _ask_hamlet,
            _hear_hamlet(ASK_HAMLET, ASK_NAME),
            leads_to=(ASK_NAME, ASK_WHICH, ASK_TEXT),
            role=_HEAD,
        ),
        Step(
            ASK_NAME,
            _ask_name,
            _hear_name(ASK_WHICH, ASK_TEXT),
            leads_to=(ASK_WHICH, ASK_TEXT),
            role=_HEAD,
            free_text=True,
            names=True,
        ),
        *namesake_steps(ASK_WHICH, ASK_MARK, _then(ASK_TEXT), leads_to=(ASK_TEXT,), role=_HEAD),
        Step(HAMLET, _ask_hamlet, _hear_hamlet(HAMLET, MEETING), leads_to=(MEETING,), role=_HEAD),
        Step(MEETING, _ask_meeting, _hear_meeting, leads_to=(NAME, WHICH, KIND), role=_HEAD),
        Step(NAME, _ask_name, _hear_name(WHICH, KIND), leads_to=(WHICH, KIND), role=_HEAD, free_text=True, names=True),
        *namesake_steps(WHICH, MARK, _then(KIND), leads_to=(KIND,), role=_HEAD),
        Step(KIND, _ask_kind, _hear_kind, leads_to=(CONTENT, PREVIEW), role=_HEAD),
        Step(CONTENT, _ask_content, _hear_content, leads_to=(PREVIEW,), role=_HEAD, free_text=True),
        Step(PREVIEW, _ask_preview, _hear_preview, leads_to=(NAME,), role=_HEAD),
    ),
)
