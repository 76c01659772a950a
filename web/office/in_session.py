"""The room itself, live: who speaks and who is next, the questions that come in, what becomes of each, the programme.

One page for a laptop on a table: every act is one form, and the page that follows is the same one again.
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from fastapi import WebSocket
from fastapi.responses import Response

from intake.actions.meetings.floor import end_speech, floor_of, give_floor, pass_over
from intake.actions.meetings.hall import SPEECH_MINUTES, limit_speeches
from intake.actions.meetings.hands_by_eye import enter_hands
from intake.actions.meetings.hold_meeting import close_meeting, meeting_in_unit, open_meeting
from intake.actions.meetings.in_room import (
    UNHEARD,
    answer_in_room,
    direct_in_room,
    is_held,
    leave_out,
    refer_in_room,
    take_up,
)
from intake.actions.meetings.right_to_speak import NOT_REGISTERED, rights_to_speak
from intake.actions.meetings.run_sheet import sheet_of, tick_step, untick_last
from intake.actions.meetings.show_of_hands import ask_for_hands, count_hands, hands_in_hall
from intake.actions.meetings.speaking_order import Speaker
from intake.actions.sealed.access import note_reading, readable
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import MeetingId, RegistrationId
from intake.rules.meetings.show_of_hands import HandsId, read_counts
from intake.rules.message import Param, Term
from intake.rules.papers.kinds import PaperKind
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.people.unit import DeskId
from intake.rules.questions.question import ProposalState, Question, QuestionId
from wording.people import name_of
from wording.questions import kept_words

from .doors import Doors
from .office import HOME
from .papers import paper_link
from .room_stamp import FOLLOWED, stamp_of
from .visiting import Seated, Visit, number_in

_PATH = "/{meeting}/phong"
_OUTCOMES = ("answer", "clarify", "direct", "take_up", "refer", "leave_out")
_FIELDS = {
    "refusal.text_missing": "text",
    "refusal.reason_missing": "text",
    "refusal.agency_missing": "agency",
    "rooms.refusal_day_missing": "due",
    "refusal.day_not_later": "due",
    "refusal.day_too_far": "due",
}


_HANDS_FIELDS = {
    "refusal.text_missing": "question",
    "refusal.hands_question": "question",
    "refusal.hands_answers": "answers",
}
_EYE_FIELDS = {"refusal.hands_numbers": "count_0", "refusal.hands_too_many": "count_0"}


@dataclass(frozen=True, slots=True)
class RoomQuestion:
    """A question of the meeting as the room sees it; `speaks` says whether its asker may speak here."""

    id: int
    reference: str
    text: str
    desk: str
    unheard: bool
    held: bool
    urgent: bool
    speaks: str = ""


@dataclass(frozen=True, slots=True)
class FloorLine:
    """A speaker as the room calls them."""

    id: int
    number: int
    name: str
    place: str


def open_part(doors: Doors) -> None:
    """Add the page of the room, and everything that is done from it."""
    doors.show(_PATH, _room)
    doors.follow(f"{_PATH}/live", doors.office.rooms_in_session.live, _follows(doors))
    doors.show(f"{_PATH}/cau-hoi/{{question}}", _question)
    doors.act(f"{_PATH}/cau-hoi/{{question}}", _settle, again=_question, fields=_FIELDS)
    for path, deed in (
        ("khai-mac", _open),
        ("ket-thuc", _close),
        ("moi", _call),
        ("vang", _pass),
        ("xong", _end),
        ("buoc", _tick),
        ("buoc-lai", _untick),
        ("dong-ho", _set_clock),
        ("dem-tay", _count_hands),
    ):
        doors.act(f"{_PATH}/{path}", deed, again=_room)
    doors.act(f"{_PATH}/tay-tai-cho", _enter_hands, again=_room, fields=_EYE_FIELDS)
    doors.act(f"{_PATH}/gio-tay", _ask_hands, again=_room, fields=_HANDS_FIELDS)


async def _room(visit: Visit) -> Response:
    async with visit.reading() as uow:
        meeting = await meeting_in_unit(uow, visit.person, visit.meeting_id)
        stamp = await stamp_of(uow, meeting)  # first: what changes while the rest is read is fetched once more
        floor = await floor_of(uow, meeting)
        steps = await sheet_of(uow, meeting)
        asked = await readable(uow, visit.person, await uow.questions.of_meeting(meeting.id))
        rights = await rights_to_speak(uow, meeting)
        lines = [await _line(visit, uow, one, rights.get(one.asker_id, NOT_REGISTERED)) for one in asked]
        present = await uow.meetings.registrations(meeting.id)
        hands = await hands_in_hall(uow, meeting)
        plan = await uow.plans.get(meeting.plan_id)
        counted = any(one.counted_at is not None for one in await uow.hands.of_meeting(meeting.id))
        entered = [] if hands is None else await uow.hands.at_places(hands.hands.id)
        chairs = holds(visit.grants, Role.CHAIR, await uow.places.unit(meeting.unit_id))
    outcomes = Counter(one.room_outcome.value for one in asked if one.room_outcome is not None)
    return visit.page(
        "in_session.html",
        meeting=meeting,
        stamp=stamp if meeting.state in FOLLOWED else "",
        now=None if floor.now is None else _speaker(visit, floor.now),
        upcoming=[_speaker(visit, one) for one in floor.upcoming],
        absent=[_speaker(visit, one) for one in floor.absent],
        spoken=floor.done,
        steps=steps,
        unheard=[one for one in lines if one.unheard],
        others=[one for one in lines if not one.unheard],
        outcomes=outcomes,
        came=sum(one.present_at is not None for one in present),
        registered=len(present),
        hands=hands,
        by_eye=next((one.counts for one in entered if one.unit_id == meeting.unit_id), ()),
        hands_sheet=paper_link(visit, plan, PaperKind.HANDS_SHEET, str(meeting.id)) if counted else None,
        clocks=SPEECH_MINUTES if chairs else (),
        path=f"{HOME}/buoi/{meeting.id}/phong",
    )


def _follows(doors: Doors) -> Callable[[Seated, WebSocket], Awaitable[str]]:
    async def topic(seat: Seated, websocket: WebSocket) -> str:
        number = number_in(websocket.path_params["meeting"])
        async with doors.office.reading() as uow:
            meeting = await meeting_in_unit(uow, seat.desk.person, MeetingId(number))
        return str(meeting.id)

    return topic


async def _line(visit: Visit, uow: UnitOfWork, question: Question, speaks: Param = "") -> RoomQuestion:
    kept = kept_words(question)
    desk = "" if question.desk_id is None else (await uow.places.desk(question.desk_id)).name
    return RoomQuestion(
        question.id,
        question.reference,
        question.text if kept is None else visit.words(kept),
        desk,
        unheard=question.state in UNHEARD,
        held=is_held(question),
        urgent=question.urgent,
        speaks="" if question.sensitive else visit.words(speaks),
    )


def _speaker(visit: Visit, speaker: Speaker) -> FloorLine:
    place = "" if speaker.unit is None else speaker.unit.name
    return FloorLine(speaker.registration.id, speaker.number, visit.words(name_of(speaker.person)), place)


async def _question(visit: Visit) -> Response:
    async with visit.acting() as uow:  # that a sensitive one was read is noted
        meeting = await meeting_in_unit(uow, visit.person, visit.meeting_id)
        question = await uow.questions.get(QuestionId(number_in(visit.request.path_params["question"])))
        if question.meeting_id != meeting.id or not await readable(uow, visit.person, [question]):
            raise NotFound
        await note_reading(uow, visit.person, [question])
        line = await _line(visit, uow, question)
        desks = [(desk.id, desk.name) for desk in await uow.places.desks(question.unit_id)]
        proposals = await uow.questions.proposals(question.id)
    return visit.page(
        "room_question.html",
        meeting=meeting,
        question=line,
        text=question.text,
        written="".join(one.text for one in proposals if one.state is ProposalState.HELD),
        desks=desks,
        desk=question.desk_id or "",
        outcomes=_OUTCOMES,
        room=f"{HOME}/buoi/{meeting.id}/phong",
    )


async def _settle(visit: Visit) -> Response:
    """What became of a question in the room, as the buttons of the chat have it."""
    typed, by = visit.typed, visit.person
    number = QuestionId(number_in(visit.request.path_params["question"]))
    text = typed.get("text", "")
    async with visit.acting() as uow:
        match typed.get("outcome", ""):
            case "answer" | "clarify" as how:
                question = await answer_in_room(
                    uow,
                    by=by,
                    question_id=number,
                    text=text,
                    clarified=how == "clarify",
                    held=typed.get("held") == "yes",
                )
            case "direct":
                question = await direct_in_room(uow, by=by, question_id=number, text=text)
            case "take_up":
                desk = typed.get("desk", "")
                desk_id = DeskId(number_in(desk)) if desk else None
                question = await take_up(uow, by=by, question_id=number, desk_id=desk_id)
            case "refer":
                question = await refer_in_room(
                    uow,
                    by=by,
                    question_id=number,
                    agency=typed.get("agency", ""),
                    promised_on=_day(typed.get("due", "")),
                    reason=text,
                )
            case "leave_out":
                question = await leave_out(uow, by=by, question_id=number, reason=text)
            case _:
                raise NotFound
    return _back(visit, Term("in_session.settled", {"reference": question.reference}))


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise RuleBroken("rooms.refusal_day_missing") from None


async def _open(visit: Visit) -> Response:
    async with visit.acting() as uow:
        await open_meeting(uow, by=visit.person, meeting_id=visit.meeting_id)
    return _back(visit)


async def _close(visit: Visit) -> Response:
    if visit.typed.get("sure") != "yes":
        raise RuleBroken("refusal.close_not_sure")
    async with visit.acting() as uow:
        figures = await close_meeting(uow, by=visit.person, meeting_id=visit.meeting_id)
    return _back(visit, Term("in_session.closed", {"count": figures.received}))


async def _call(visit: Visit) -> Response:
    async with visit.acting() as uow:
        await give_floor(uow, by=visit.person, meeting_id=visit.meeting_id, registration_id=_who(visit))
    return _back(visit)


async def _pass(visit: Visit) -> Response:
    async with visit.acting() as uow:
        await pass_over(uow, by=visit.person, meeting_id=visit.meeting_id, registration_id=_who(visit))
    return _back(visit)


async def _end(visit: Visit) -> Response:
    async with visit.acting() as uow:
        await end_speech(uow, by=visit.person, meeting_id=visit.meeting_id)
    return _back(visit)


async def _set_clock(visit: Visit) -> Response:
    minutes = number_in(visit.typed.get("minutes", ""))
    async with visit.acting() as uow:
        await limit_speeches(uow, by=visit.person, meeting_id=visit.meeting_id, minutes=minutes or None)
    return _back(visit)


async def _ask_hands(visit: Visit) -> Response:
    typed = visit.typed
    async with visit.acting() as uow:
        await ask_for_hands(
            uow,
            by=visit.person,
            meeting_id=visit.meeting_id,
            question=typed.get("question", ""),
            answers=typed.get("answers", ""),
        )
    return _back(visit)


async def _enter_hands(visit: Visit) -> Response:
    """The hands of those without a phone, as they are up in the hall right now."""
    async with visit.acting() as uow:
        meeting = await meeting_in_unit(uow, visit.person, visit.meeting_id)
        hands = await uow.hands.get(HandsId(number_in(visit.typed.get("hands", ""))))
        if hands.meeting_id != meeting.id:
            raise NotFound
        typed = [visit.typed.get(f"count_{number}", "").strip() or "0" for number in range(len(hands.answers))]
        counts = read_counts(" ".join(typed), len(hands.answers))
        await enter_hands(uow, by=visit.person, hands_id=hands.id, place_id=meeting.unit_id, counts=counts)
    return _back(visit)


async def _count_hands(visit: Visit) -> Response:
    async with visit.acting() as uow:
        await count_hands(uow, by=visit.person, meeting_id=visit.meeting_id)
    return _back(visit)


async def _tick(visit: Visit) -> Response:
    async with visit.acting() as uow:
        position = number_in(visit.typed.get("step", ""))
        await tick_step(uow, by=visit.person, meeting_id=visit.meeting_id, position=position)
    return _back(visit)


async def _untick(visit: Visit) -> Response:
    async with visit.acting() as uow:
        await untick_last(uow, by=visit.person, meeting_id=visit.meeting_id)
    return _back(visit)


def _back(visit: Visit, *said: Param) -> Response:
    return visit.to(f"{HOME}/buoi/{visit.meeting_id}/phong", *said)


def _who(visit: Visit) -> RegistrationId:
    return RegistrationId(number_in(visit.typed.get("who", "")))
