"""Registering for a meeting (`/dangky`): which one, to attend or to speak, a look at it, `Gửi`."""

from typing import Any

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Choice, Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.language.choice import learn_language
from handlers.language.courtesy import courtesy_in
from intake.actions.meetings.register import clean_content, register, withdraw
from intake.actions.meetings.seats import REGISTRATION_STATES
from intake.actions.meetings.speaking_order import topics_to_speak_about
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import LIVE, Meeting, MeetingId, Registration, RegistrationKind, RegistrationState
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from wording.meetings import when_of
from wording.seats import admission_words, leaving_words, seat_words, standing_words

from .ask import PREVIEW as ASK_PREVIEW
from .calendar import NO_MEETING, own_hamlet
from .gate import gate_step, needs_gate, seal_step
from .household import about, person_for, whose, whose_message
from .my_registration import show_code, show_turn

MEETING = "register.meeting"
WHOSE = "register.whose"
WHAT = "register.what"
CONTENT = "register.content"
GATE = "register.gate"
PREVIEW = "register.preview"


async def start_registering(scene: Scene, _rest: str) -> Turn:
    """`/dangky`; with one meeting only there is nothing to choose."""
    meetings = await _meetings(scene)
    if not meetings:
        return Turn(say=(NO_MEETING,))
    if len(meetings) == 1:
        return _towards(scene, {"meeting": meetings[0].id})
    return Turn(to=MEETING)


def _towards(scene: Scene, draft: dict[str, Any]) -> Turn:
    """A meeting is chosen; where several share the phone it is asked whose registration it is."""
    return Turn(to=WHOSE if scene.me.members else WHAT, draft=draft)


async def _ask_whose(scene: Scene) -> Message:
    return await whose_message(scene, "household.whose_registration")


async def _hear_whose(scene: Scene, event: InboundEvent) -> Turn:
    draft = await whose(scene, event)
    if draft is None:
        return Turn(to=WHOSE, say=(Message("talk.tap_one"),), draft=scene.draft)
    return Turn(to=WHAT, draft=draft)


async def start_with(scene: Scene, rest: str) -> Turn:
    """A button of a notice: `register.<meeting id>`."""
    meeting_id = id_in(rest)
    if meeting_id not in [meeting.id for meeting in await _meetings(scene)]:
        raise NotFound
    return _towards(scene, {"meeting": meeting_id})


async def _meetings(scene: Scene) -> list[Meeting]:
    """The meetings of one's own hamlet, and what one registered for before moving here: it can still be withdrawn."""
    meetings = list(await scene.uow.meetings.for_hamlet(await own_hamlet(scene)))
    for registration in await scene.uow.meetings.registrations_of(scene.me.id):
        if registration.state in LIVE:
            meeting = await scene.uow.meetings.get(registration.meeting_id)
            if meeting.state in REGISTRATION_STATES and not meeting.is_past(scene.uow.now) and meeting not in meetings:
                meetings.append(meeting)
    return meetings


async def _ask_meeting(scene: Scene) -> Message:
    buttons: list[Button] = [literal(meeting.title, f"m{meeting.id}") for meeting in await _meetings(scene)]
    return Message("register.meeting", {}, rows_of([*buttons, button("button.cancel", "cancel")], 1))


async def _hear_meeting(scene: Scene, event: InboundEvent) -> Turn:
    ids = {f"m{meeting.id}": meeting.id for meeting in await _meetings(scene)}
    if event.choice not in ids:
        return Turn(to=MEETING, say=(Message("talk.tap_one"),), draft=scene.draft)
    return _towards(scene, {"meeting": ids[event.choice]})


def _meeting_id(scene: Scene) -> MeetingId:
    return MeetingId(int(scene.draft["meeting"]))


async def _meeting(scene: Scene) -> Meeting:
    return await scene.uow.meetings.get(_meeting_id(scene))


async def _chosen(scene: Scene) -> tuple[Meeting, Registration | None]:
    meeting = await _meeting(scene)
    return meeting, await scene.uow.meetings.registration(meeting.id, (await person_for(scene)).id)


async def _ask_what(scene: Scene) -> Message:
    meeting, standing = await _chosen(scene)
    hamlet = await own_hamlet(scene)
    params: dict[str, Param] = {
        "title": meeting.title,
        **when_of(meeting),
        "who": await admission_words(scene.uow, meeting),
        "seats": await seat_words(scene.uow, meeting, hamlet, standing),
    }
    row = (button("register.attend", "attend"), button("register.speak", "speak"))
    if standing is None:
        return about(scene, Message("register.what", params, (row, (button("button.cancel", "cancel"),))))
    params |= {"kind": Term(f"register.kind.{standing.kind.value}"), "reference": standing.reference}
    params["leaves"] = await leaving_words(scene.uow, meeting, standing)
    of_whom = f"{meeting.id}.{standing.person_id}"  # named, so that the buttons still work at the door
    own = [button("register.code", f"mycode.{of_whom}")] if standing.state is RegistrationState.STANDING else []
    if own and standing.kind is RegistrationKind.SPEAK:
        own.append(button("speaking.see_button", f"myturn.{of_whom}"))
    # apart: a thumb on its way to `Huỷ` is not to give the seat up
    last = ((button("register.withdraw", "withdraw"),), (button("button.cancel", "cancel"),))
    return about(scene, Message("register.what_again", params, (row, *rows_of(own), *last)))


async def _hear_what(scene: Scene, event: InboundEvent) -> Turn:
    chosen = {name: value for name, value in scene.draft.items() if name not in ("what", "content")}
    chose, _, of_whom = event.choice.partition(".")
    match chose:
        case "attend":
            return Turn(to=PREVIEW, draft={**chosen, "what": RegistrationKind.ATTEND.value})
        case "speak":
            return Turn(to=CONTENT, draft={**chosen, "what": RegistrationKind.SPEAK.value})
        case "mycode":
            return await show_code(scene, of_whom)
        case "myturn":
            return await show_turn(scene, of_whom)
        case "withdraw":
            person = await person_for(scene)
            registration = await withdraw(scene.uow, meeting_id=_meeting_id(scene), person=person, by=scene.me)
            said = Message(
                "register.withdrawn",
                {"title": (await _meeting(scene)).title, "reference": registration.reference},
                ((button("menu.register", "cmd.dangky"), button("button.menu", "cmd.menu")),),
            )
            return Turn(say=(about(scene, said),))
        case _:
            return Turn(to=WHAT, say=(Message("talk.tap_one"),), draft=scene.draft)


async def _ask_content(scene: Scene) -> Message:
    del scene
    return Message("register.content", {}, ((button("button.skip", "skip"), button("button.cancel", "cancel")),))


async def _hear_content(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice == "skip":
        return Turn(to=PREVIEW, draft={**scene.draft, "content": ""})
    if event.kind is not InboundKind.TEXT or not event.text.strip():
        return Turn(to=CONTENT, say=(Message("register.words_only"),), draft=scene.draft)
    courtesy = courtesy_in(event.text)
    if courtesy is not None:
        return Turn(
            to=CONTENT, say=(Message(f"courtesy.{courtesy.value}", {"name": scene.me.name}),), draft=scene.draft
        )
    return _with_content(scene, event.text)


def _with_content(scene: Scene, typed: str, before: str = "") -> Turn:
    said = learn_language(scene, typed)
    draft = {**scene.draft, "content": clean_content(f"{before}\n{typed}")}
    # what is said of speakers' contents is read by hamlet heads and many others: no place for a denunciation (LAW C4)
    return Turn(to=GATE if needs_gate(typed) else PREVIEW, say=said, draft=draft)


async def _ask_preview(scene: Scene) -> Message:
    meeting = await _meeting(scene)
    kind, content = RegistrationKind(scene.draft["what"]), str(scene.draft.get("content", ""))
    params: dict[str, Param] = {"title": meeting.title, **when_of(meeting), "kind": Term(f"register.kind.{kind.value}")}
    key = "register.preview"
    if content:
        key, params = "register.preview_content", {**params, "content": content}
    row = (button("button.send", "send"), button("button.edit", "edit"), button("button.cancel", "cancel"))
    return about(scene, Message(key, params, (row,)))


async def _hear_preview(scene: Scene, event: InboundEvent) -> Turn:
    kind = RegistrationKind(scene.draft["what"])
    if event.choice == "edit":
        return Turn(to=CONTENT if kind is RegistrationKind.SPEAK else WHAT, draft=scene.draft)
    if kind is RegistrationKind.SPEAK and event.kind is InboundKind.TEXT and courtesy_in(event.text) is None:
        return _with_content(scene, event.text, str(scene.draft.get("content", "")))  # somebody goes on
    if event.choice != "send":
        return Turn(to=PREVIEW, say=(Message("talk.tap_one"),), draft=scene.draft)
    person = await person_for(scene)
    registration = await register(
        scene.uow,
        meeting_id=_meeting_id(scene),
        person=person,
        kind=kind,
        content=str(scene.draft.get("content", "")),
        entered_by=None if person is scene.me else scene.me,
    )
    return Turn(say=(about(scene, await receipt_message(scene, registration, await _meeting(scene))),))


async def receipt_message(scene: Scene, registration: Registration, meeting: Meeting) -> Message:
    """What is said once somebody is registered: reference, what for, when and where, or the place on the waiting list.

    Where topics decide who speaks when (R114), they stand below it to be tapped; nobody has to.
    """
    params: dict[str, Param] = {"reference": registration.reference, "title": meeting.title, **when_of(meeting)}
    last = (button("menu.ask", "cmd.hoi"), button("button.menu", "cmd.menu"))
    topics: list[Button] = []
    if registration.kind is RegistrationKind.SPEAK and registration.topic_id is None:
        offered = await topics_to_speak_about(scene.uow, meeting)
        topics = [literal(topic.name, f"mytopic.{registration.id}.{topic.id}") for topic in offered]
    if registration.state is RegistrationState.WAITING:
        params["place"] = await standing_words(scene.uow, meeting, registration)
        return Message("register.receipt_waiting", params, (*rows_of(topics, 1), last))
    key = f"register.receipt_{registration.kind.value}" + ("_topics" if topics else "")
    shows = (button("register.code", f"mycode.{meeting.id}.{registration.person_id}"),)
    return Message(key, params, (*rows_of(topics, 1), shows, last))


_CALLED = (
    *("đăng ký", "huỷ đăng ký", "register"),
    *(f"{who}không đi họp {no_more}" for who in ("", "em ", "tôi ", "cháu ") for no_more in ("nữa", "được")),
)
MODULE = ConversationModule(
    commands=(Command("dangky", start_registering, aliases=_CALLED, leads_to=(MEETING, WHOSE, WHAT)),),
    choices=(Choice("register", start_with, leads_to=(WHOSE, WHAT)),),
    steps=(
        Step(MEETING, _ask_meeting, _hear_meeting, leads_to=(WHOSE, WHAT)),
        Step(WHOSE, _ask_whose, _hear_whose, leads_to=(WHAT,)),
        Step(WHAT, _ask_what, _hear_what, leads_to=(CONTENT, PREVIEW)),
        Step(CONTENT, _ask_content, _hear_content, leads_to=(GATE, PREVIEW), free_text=True),
        seal_step(GATE),
        gate_step(PREVIEW, GATE, apart=ASK_PREVIEW),
        Step(PREVIEW, _ask_preview, _hear_preview, leads_to=(CONTENT, WHAT, GATE)),
    ),
)
