"""Now speaking and next, on one card that is brought up to date with every tap (R113, R029)."""

from datetime import timedelta

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.floor import Floor, end_speech, floor_of, give_floor, pass_over
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.speaking_order import Speaker
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState, RegistrationId
from intake.rules.message import Button, Message, Param, Term, button
from wording.people import name_of

SHOWN = 5


async def show(scene: Scene, rest: str) -> Turn:
    """A button `floor.<meeting id>`."""
    return await _say(scene, await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest))))


async def call(scene: Scene, rest: str) -> Turn:
    """A button `floorcall.<meeting id>.<registration id>`."""
    meeting_id, registration_id = _ids(rest)
    return await _say(
        scene, await give_floor(scene.uow, by=scene.me, meeting_id=meeting_id, registration_id=registration_id)
    )


async def end(scene: Scene, rest: str) -> Turn:
    """A button `floorend.<meeting id>`."""
    return await _say(scene, await end_speech(scene.uow, by=scene.me, meeting_id=MeetingId(id_in(rest))))


async def skip(scene: Scene, rest: str) -> Turn:
    """A button `floorskip.<meeting id>.<registration id>`."""
    meeting_id, registration_id = _ids(rest)
    return await _say(
        scene, await pass_over(scene.uow, by=scene.me, meeting_id=meeting_id, registration_id=registration_id)
    )


def _ids(rest: str) -> tuple[MeetingId, RegistrationId]:
    meeting, _, registration = rest.partition(".")
    return MeetingId(id_in(meeting)), RegistrationId(id_in(registration))


async def _say(scene: Scene, meeting: Meeting) -> Turn:
    floor = await floor_of(scene.uow, meeting)
    coming = [_line("floor.line", one) for one in floor.upcoming[:SHOWN]]
    if len(floor.upcoming) > SHOWN:
        coming.append(Term("floor.more", {"count": len(floor.upcoming) - SHOWN}))
    coming += [_line("floor.line_absent", one) for one in floor.absent]
    params: dict[str, Param] = {
        "title": meeting.title,
        "now": Term("floor.nobody") if floor.now is None else _line("floor.line", floor.now),
        "coming": tuple(coming) or (Term("floor.nobody"),),
        "done": floor.done,
        "minutes": floor.spoken // timedelta(minutes=1),
    }
    return Turn(say=(Message("floor.card", params, tuple(_rows(meeting, floor))),))


def _line(key: str, speaker: Speaker) -> Term:
    return Term(
        key,
        {
            "number": speaker.number,
            "name": name_of(speaker.person),
            "place": "–" if speaker.unit is None else speaker.unit.name,
            "content": f": {speaker.content}" if speaker.content else "",
        },
    )


def _rows(meeting: Meeting, floor: Floor) -> list[tuple[Button, ...]]:
    rows: list[tuple[Button, ...]] = []
    if meeting.state is MeetingState.OPEN:
        if floor.upcoming:
            code = f"{meeting.id}.{floor.upcoming[0].registration.id}"
            number = floor.upcoming[0].number
            rows.append((button("floor.call_button", f"floorcall.{code}", number=number),))
            rows.append((button("floor.skip_button", f"floorskip.{code}", number=number),))
        if floor.now is not None:
            rows.append((button("floor.end_button", f"floorend.{meeting.id}"),))
        rows += [
            (button("floor.call_late_button", f"floorcall.{meeting.id}.{one.registration.id}", number=one.number),)
            for one in floor.absent[:SHOWN]
        ]
    rows.append(
        (button("speaking.order_button", f"speaking.{meeting.id}"), button("floor.back_button", f"room.{meeting.id}"))
    )
    return rows


MODULE = ConversationModule(
    choices=(Choice("floor", show), Choice("floorcall", call), Choice("floorend", end), Choice("floorskip", skip)),
)
