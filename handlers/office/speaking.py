"""The speaking order as the office sees it, and the chair's hand on it: up, down, to a number, with a reason (R113)."""

from collections.abc import Sequence

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.speaking_order import (
    Speaker,
    move_speaker,
    order_of,
    rule_of,
    set_speaking_topic,
    speaking_meeting,
    topics_to_speak_about,
)
from intake.actions.sealed.speech_hint import marked_for
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, RegistrationId
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.people.unit import TopicId
from wording.people import name_of

from .sealing import speech_row

REASON = "speaking.reason"
NUMBER = "speaking.number"
AT_ONCE = 30
_CANCEL = (button("button.cancel", "cancel"),)


async def show_order(scene: Scene, rest: str) -> Turn:
    """`speaking.<meeting>[.<start>]`: the order in force, with what the chair has moved and why; for staff."""
    number, _, start = rest.partition(".")
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(number)))
    return Turn(say=(await order_card(scene, meeting, id_in(start or "0")),))


async def order_card(scene: Scene, meeting: Meeting, start: int = 0) -> Message:
    """The order as the secretary and the chair see it, a button for each speaker."""
    speakers = await order_of(scene.uow, meeting)
    rule = await rule_of(scene.uow, meeting)
    page = speakers[start : start + AT_ONCE]
    rows = rows_of([literal(_label(one), f"speaker.{one.registration.id}") for one in page])
    if start + AT_ONCE < len(speakers):
        left = len(speakers) - start - AT_ONCE
        rows = (*rows, (button("office.more_button", f"speaking.{meeting.id}.{start + AT_ONCE}", count=left),))
    marked = await _marked(scene, meeting, page)
    params: dict[str, Param] = {
        "title": meeting.title,
        "rule": Term(f"speaking.rule_{rule.value}"),
        "people": len(speakers),
        "lines": tuple(_line(one, marked=one.registration.id in marked) for one in page) or (Term("lists.nobody"),),
    }
    return Message("speaking.order", params, (*rows, (button("button.menu", "cmd.menu"),)))


def _label(speaker: Speaker) -> str:
    return f"{speaker.number}. {speaker.person.called}"[:40]


async def _marked(scene: Scene, meeting: Meeting, speakers: Sequence[Speaker]) -> frozenset[RegistrationId]:
    return await marked_for(scene.uow, scene.me, meeting, [(one.registration, one.person) for one in speakers])


def _line(speaker: Speaker, *, marked: bool) -> Term:
    registration = speaker.registration
    params: dict[str, Param] = {
        "number": speaker.number,
        "name": name_of(speaker.person),
        "place": "–" if speaker.unit is None else speaker.unit.name,
        "topic": "" if speaker.topic is None else Term("speaking.topic", {"topic": speaker.topic.name}),
        "content": f": {speaker.content}" if speaker.content else "",
        "why": "",
    }
    if registration.moved_why and registration.moved_to is not None:
        params["why"] = Term("speaking.moved_because", {"reason": registration.moved_why})
    params["mark"] = Term("speaking.marked", {"mark": Term("speech.mark")}) if marked else ""
    return Term("speaking.line", params)


async def _speaker(scene: Scene, rest: str) -> tuple[Meeting, Sequence[Speaker], Speaker]:
    """A speaker for the secretary or the chair of the meeting."""
    known = await scene.uow.rosters.registration(RegistrationId(id_in(rest)))
    meeting = await meeting_in_unit(scene.uow, scene.me, known.meeting_id)
    speakers = await order_of(scene.uow, meeting)
    speaker = next((one for one in speakers if one.registration.id == known.id), None)
    if speaker is None:
        raise NotFound
    return meeting, speakers, speaker


async def show_speaker(scene: Scene, rest: str) -> Turn:
    """`speaker.<registration>`: one speaker; the chair may move, the secretary says what it is about."""
    meeting, speakers, speaker = await _speaker(scene, rest)
    number = speaker.registration.id
    unit = await scene.uow.places.unit(meeting.unit_id)
    rows: list[tuple[Button, ...]] = []
    if holds(scene.grants, Role.CHAIR, unit):
        moves = []
        if speaker.number > 1:
            moves.append(button("speaking.up_button", f"speakup.{number}"))
        if speaker.number < len(speakers):
            moves.append(button("speaking.down_button", f"speakdown.{number}"))
        rows += [tuple(moves), (button("speaking.to_button", f"speakto.{number}"),)] if moves else []
    if holds(scene.grants, Role.SECRETARY, unit):
        topics = await topics_to_speak_about(scene.uow, meeting)
        others = [topic for topic in topics if topic.id != speaker.registration.topic_id]
        rows += rows_of([literal(topic.name, f"speaktopic.{number}.{topic.id}") for topic in others], 1)
    rows += speech_row(speaker.registration)
    marked = number in await _marked(scene, meeting, [speaker])
    if marked:
        rows.append((button("unmarkspeech.button", f"unmarkspeech.{number}"),))
    rows.append((button("speaking.order_button", f"speaking.{meeting.id}"),))
    line = _line(speaker, marked=marked)
    return Turn(say=(Message("speaking.speaker", {"title": meeting.title, "line": line}, tuple(rows)),))


def _start_move(act: str, step: int) -> Choice:
    async def start(scene: Scene, rest: str) -> Turn:
        await speaking_meeting(scene.uow, scene.me, RegistrationId(id_in(rest)))
        _, _, speaker = await _speaker(scene, rest)
        return Turn(to=REASON, draft={"registration": speaker.registration.id, "to": speaker.number + step})

    return Choice(f"speak{act}", start, leads_to=(REASON,))


async def start_to(scene: Scene, rest: str) -> Turn:
    """`speakto.<registration>`: to which number."""
    await speaking_meeting(scene.uow, scene.me, RegistrationId(id_in(rest)))
    _, _, speaker = await _speaker(scene, rest)
    return Turn(to=NUMBER, draft={"registration": speaker.registration.id})


async def _ask_number(scene: Scene) -> Message:
    _, speakers, speaker = await _speaker(scene, str(scene.draft["registration"]))
    params: dict[str, Param] = {"name": name_of(speaker.person), "number": speaker.number, "people": len(speakers)}
    return Message("speaking.which_number", params, (_CANCEL,))


async def _hear_number(scene: Scene, event: InboundEvent) -> Turn:
    _, speakers, _ = await _speaker(scene, str(scene.draft["registration"]))
    typed = event.text.strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 5 and 1 <= int(typed) <= len(speakers)):  # noqa: PLR2004
        raise RuleBroken("refusal.speaking_number", {"people": len(speakers)})
    return Turn(to=REASON, draft={**scene.draft, "to": int(typed)})


async def _ask_reason(scene: Scene) -> Message:
    _, _, speaker = await _speaker(scene, str(scene.draft["registration"]))
    params: dict[str, Param] = {"name": name_of(speaker.person), "to": int(scene.draft["to"])}
    return Message("speaking.why", params, (_CANCEL,))


async def _hear_reason(scene: Scene, event: InboundEvent) -> Turn:
    if event.kind is not InboundKind.TEXT:
        return Turn(to=REASON, say=(Message("meetings.words_only"),), draft=scene.draft)
    number = RegistrationId(int(scene.draft["registration"]))
    to = int(scene.draft["to"])
    await move_speaker(scene.uow, by=scene.me, registration_id=number, to=to, reason=event.text)
    meeting = await speaking_meeting(scene.uow, scene.me, number)
    return Turn(say=(await order_card(scene, meeting),))


async def change_topic(scene: Scene, rest: str) -> Turn:
    """`speaktopic.<registration>.<topic>`, for the secretary."""
    number, _, topic = rest.partition(".")
    meeting, _, speaker = await _speaker(scene, number)
    await set_speaking_topic(
        scene.uow, by=scene.me, registration_id=speaker.registration.id, topic_id=TopicId(id_in(topic))
    )
    return Turn(say=(await order_card(scene, meeting),))


MODULE = ConversationModule(
    choices=(
        Choice("speaking", show_order),
        Choice("speaker", show_speaker),
        _start_move("up", -1),
        _start_move("down", 1),
        Choice("speakto", start_to, leads_to=(NUMBER,)),
        Choice("speaktopic", change_topic),
    ),
    steps=(
        Step(NUMBER, _ask_number, _hear_number, leads_to=(REASON,), role=Role.CHAIR, free_text=True),
        Step(REASON, _ask_reason, _hear_reason, role=Role.CHAIR, free_text=True),
    ),
)
