"""How a plan that contradicts itself is read: asked of a person, with the reason; and shown wherever it counts."""

from datetime import datetime

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.fix_meeting import clean_reason
from intake.actions.meetings.meeting_people import secretary_meeting
from intake.actions.plan.choose_reading import read_again, standing_reading
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Message, Param, Term, button, rows_of
from intake.rules.people.person import PersonId, Role
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile_meetings import Reading, SessionLine
from wording.people import name_of

READING = "reading.choose"
WHY = "reading.why"
_CANCEL = (button("button.cancel", "cancel"),)


def ask_reading(session: SessionLine) -> Message:
    """The words of the plan and the ways to read them."""
    lines: list[Param] = [f"{reading.key}) {reading.text}" for reading in session.readings]
    buttons = [button("meetings.reading_button", f"r-{one.key}", key=one.key) for one in session.readings]
    return Message("meetings.reading", {"phrase": session.phrase, "readings": tuple(lines)}, rows_of(buttons))


def ask_why(reading: str) -> Message:
    """Why this reading: whose decision it is."""
    return Message("meetings.reading_why", {"key": reading}, (_CANCEL,))


async def chosen_words(scene: Scene, reading: Reading, plan: Plan, key: str) -> Term:
    """The chosen reading with who chose it, when and why, where that is known."""
    params: dict[str, Param] = {"key": reading.key, "text": reading.text}
    made = plan.chosen.get(key)
    if made is None:
        return Term("meetings.read_as", params)
    by = await scene.uow.people.get(PersonId(int(made["by"])))
    params["by"] = "" if by is None else name_of(by)
    params["at"] = datetime.fromisoformat(str(made["at"]))
    return Term("meetings.read_as_by", {**params, "why": str(made["why"])})


async def start_reading(scene: Scene, rest: str) -> Turn:
    """`reading.<meeting id>`: for a meeting whose plan nobody has said how to read."""
    meeting = await secretary_meeting(scene.uow, scene.me, MeetingId(id_in(rest)), lock=False)
    return Turn(to=READING, draft={"meeting": meeting.id})


async def _meeting(scene: Scene) -> Meeting:
    return await scene.uow.meetings.get(MeetingId(int(scene.draft["meeting"])))


async def _session(scene: Scene) -> SessionLine:
    standing = await standing_reading(scene.uow, await _meeting(scene))
    if standing is None:
        raise NotFound
    return standing.session


async def _ask_reading(scene: Scene) -> Message:
    return ask_reading(await _session(scene))


async def _hear_reading(scene: Scene, event: InboundEvent) -> Turn:
    session = await _session(scene)
    if event.choice not in [f"r-{reading.key}" for reading in session.readings]:
        return Turn(to=READING, say=(Message("talk.tap_one"),), draft=scene.draft)
    return Turn(to=WHY, draft={**scene.draft, "reading": event.choice.removeprefix("r-")})


async def _ask_why(scene: Scene) -> Message:
    return ask_why(str(scene.draft["reading"]))


async def _hear_why(scene: Scene, event: InboundEvent) -> Turn:
    if event.kind is not InboundKind.TEXT:
        return Turn(to=WHY, say=(Message("meetings.words_only"),), draft=scene.draft)
    meeting = await read_again(
        scene.uow,
        by=scene.me,
        meeting_id=MeetingId(int(scene.draft["meeting"])),
        reading=str(scene.draft["reading"]),
        why=clean_reason(event.text),
    )
    to_card = (button("meetings.to_card", f"meetingcard.{meeting.id}"),)
    return Turn(say=(Message("meetings.reading_kept", {"key": str(scene.draft["reading"])}, (to_card,)),))


MODULE = ConversationModule(
    choices=(Choice("reading", start_reading, leads_to=(READING,)),),
    steps=(
        Step(READING, _ask_reading, _hear_reading, leads_to=(WHY,), role=Role.SECRETARY),
        Step(WHY, _ask_why, _hear_why, role=Role.SECRETARY, free_text=True),
    ),
)
