"""What belongs to one's own registration: the code for the door, the topic, and when it is one's turn to speak."""

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.hall import show_name
from intake.actions.meetings.speaking_order import order_of, set_speaking_topic
from intake.actions.people.household import member_of
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import (
    Meeting,
    MeetingId,
    MeetingState,
    Registration,
    RegistrationId,
    RegistrationKind,
    RegistrationState,
)
from intake.rules.message import CarriedFile, Message, Param, Term, button
from intake.rules.people.person import PersonId
from intake.rules.people.unit import TopicId
from intake.rules.questions.reference import start_code
from wording.meetings import when_of


def refuse_over(meeting: Meeting) -> None:
    """Raise `RuleBroken` where nobody is to come to a meeting any more."""
    if meeting.state in (MeetingState.CANCELLED, MeetingState.HELD):
        raise RuleBroken(f"refusal.registered_{meeting.state.value}", {"title": meeting.title})


async def _own(scene: Scene, rest: str) -> tuple[Meeting, Registration]:
    """A registration with a seat for the meeting a button names: one's own, or of the member of the household named.

    Buttons of a letter work for ever. Raises `RuleBroken` where nobody is to come any more.
    """
    number, _, whose = rest.partition(".")
    meeting = await scene.uow.meetings.get(MeetingId(id_in(number)))
    person = scene.me
    if whose and id_in(whose) != scene.me.id:
        person = await member_of(scene.uow, scene.me, PersonId(id_in(whose)))
    registration = await scene.uow.meetings.registration(meeting.id, person.id)
    if registration is None or registration.state is not RegistrationState.STANDING:
        raise NotFound
    refuse_over(meeting)
    return meeting, registration


async def show_code(scene: Scene, rest: str) -> Turn:
    """`mycode.<meeting id>[.<person>]`: the reference in large, and as a QR code where pictures are kept."""
    meeting, registration = await _own(scene, rest)
    picture = await scene.uow.pictures.qr(start_code(registration.reference))
    name = (Term("register.code_file_name"), registration.reference)
    params: dict[str, Param] = {"reference": registration.reference, "title": meeting.title, **when_of(meeting)}
    said = Message(
        "register.code_card",
        params,
        ((button("button.menu", "cmd.menu"),),),
        attachments=() if picture is None else (CarriedFile(picture, name),),
    )
    return Turn(say=(said,))


async def show_turn(scene: Scene, rest: str) -> Turn:
    """`myturn.<meeting id>[.<person>]`: one's own number and the list, for those who are on it (R113).

    Of the others only the given name and the hamlet are shown, no content and no reason of the chair's: enough to see
    that the order is kept, nothing that was said to the office alone (R026).
    """
    meeting, registration = await _own(scene, rest)
    if registration.kind is not RegistrationKind.SPEAK:
        raise NotFound
    speakers = await order_of(scene.uow, meeting)
    own = next(one for one in speakers if one.registration.id == registration.id)
    lines: list[Param] = []
    for speaker in speakers:
        mine = speaker is own
        place = "–" if speaker.unit is None else speaker.unit.name
        given = speaker.person.name.split()[-1] if speaker.person.name else "–"
        key = "speaking.line_you" if mine else "speaking.line_other"
        lines.append(Term(key, {"number": speaker.number, "name": given, "place": place}))
    params: dict[str, Param] = {
        "title": meeting.title,
        "number": own.number,
        "people": len(speakers),
        "lines": tuple(lines),
    }
    row = (button("register.code", f"mycode.{rest}"), button("button.menu", "cmd.menu"))
    if registration.person_id != scene.me.id:  # whose name it is decides, not who holds the phone for them
        return Turn(say=(Message("speaking.yours", params, (row,)),))
    name = "hall.no_name_button" if registration.name_shown else "hall.name_button"
    shows = (button(name, f"myname.{registration.id}.{int(not registration.name_shown)}"),)
    return Turn(say=(Message("speaking.yours", params, (shows, row)),))


async def choose_name(scene: Scene, rest: str) -> Turn:
    """`myname.<registration id>.<0 or 1>`: whether the screen of the hall shows one's name."""
    number, _, shown = rest.partition(".")
    if shown not in ("0", "1"):
        raise NotFound
    meeting = await show_name(scene.uow, by=scene.me, registration_id=RegistrationId(id_in(number)), shown=shown == "1")
    said = "hall.name_shown" if shown == "1" else "hall.name_hidden"
    back = ((button("speaking.see_button", f"myturn.{meeting.id}"), button("button.menu", "cmd.menu")),)
    return Turn(say=(Message(said, {}, back),))


async def choose_topic(scene: Scene, rest: str) -> Turn:
    """`mytopic.<registration id>.<topic id>`: what one speaks about, which decides the order in some plans (R114)."""
    number, _, topic = rest.partition(".")
    chosen = await set_speaking_topic(
        scene.uow,
        by=scene.me,
        registration_id=RegistrationId(id_in(number)),
        topic_id=TopicId(id_in(topic)),
    )
    return Turn(say=(Message("speaking.topic_set", {"topic": chosen.name}, ((button("button.menu", "cmd.menu"),),)),))


MODULE = ConversationModule(
    choices=(
        Choice("mycode", show_code),
        Choice("myturn", show_turn),
        Choice("myname", choose_name),
        Choice("mytopic", choose_topic),
    ),
)
