"""The room of meetings: the calendar of the plans, and each meeting's card, quotas and speaking order.

Guests stand in `guest_lists.py`, the day itself in `in_session.py`, what becomes of one that does not go as fixed in
`meeting_off.py`, what was concluded in `conclusions.py`.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from fastapi.responses import Response

from intake.actions.deadlines.meeting_tasks import proposed_tasks
from intake.actions.meetings.ask_second_person import ask_for_day
from intake.actions.meetings.compose_roster import lists_for_above
from intake.actions.meetings.fix_meeting import STILL_OPEN, check_day, fix_meeting, is_chair
from intake.actions.meetings.for_whom import say_for_whom
from intake.actions.meetings.make_meeting import sessions_left
from intake.actions.meetings.meeting_people import hamlets_in_scope, office_meeting, secretary_meeting
from intake.actions.meetings.quotas import seats_of, set_quota, units_with_quota
from intake.actions.meetings.run_sheet import sheet_of
from intake.actions.meetings.seats import plan_of, takes_seats
from intake.actions.meetings.speaking_order import move_speaker, order_of
from intake.actions.people.office import units_of
from intake.actions.sealed.speech import seal_speech, unmark_speech
from intake.actions.sealed.speech_hint import marked_for
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState, RegistrationId, RegistrationState
from intake.rules.message import Param, Term
from intake.rules.people.permissions import holds, require
from intake.rules.people.person import Role
from intake.rules.people.unit import UnitId
from intake.rules.plan.profile_terms import AudienceKind, Seat
from wording.clocks import sentence
from wording.drafts import history_line
from wording.meetings import when, when_of, when_planned
from wording.people import name_of

from . import (
    conclusions,
    demands,
    guest_lists,
    hamlet_records,
    in_session,
    meeting_off,
    new_meeting,
    results_public,
    roster_lists,
    surveys,
)
from .doors import Doors
from .office import HOME
from .papers import papers_of_meeting
from .room import DeskRoom, for_roles
from .visiting import Visit, number_in

_FIX_FIELDS = {
    "rooms.refusal_day_missing": "day",
    "refusal.meeting_past": "day",
    "refusal.meeting_beyond_plan": "day",
    "refusal.venue": "venue",
    "refusal.meeting_too_close": "reason",
    "refusal.no_chair": "reason",
    "refusal.reason": "reason",
}
_FOR_WHOM_FIELDS = {"refusal.places": "places", "refusal.quota_not_a_number": "places"}
_KIND = "kind-"
AHEAD = (MeetingState.PLANNED, MeetingState.FIXED, MeetingState.OPEN)
READING = (Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR)
ROOM = DeskRoom("/buoi", "desk.meetings", for_roles(*READING))
PATH = HOME + ROOM.path


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line of the calendar: a meeting, or a session of the plan that has none yet (`opens` is empty then)."""

    title: str
    when: str
    venue: str
    state: str
    opens: str
    unit: str


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """A line of the speaking order, in words."""

    id: int
    number: int
    name: str
    place: str
    topic: str
    content: str
    marked: bool
    """Whether the words may accuse; only to whom the hint of it is told."""


def open_room(doors: Doors) -> None:
    """Add the calendar and everything about one meeting."""
    doors.show("", _calendar)
    new_meeting.open_part(doors)
    demands.open_part(doors)
    doors.show("/{meeting}", _card)
    doors.show("/{meeting}/chi-tieu", _quotas)
    doors.act("/{meeting}/chi-tieu", _set_quotas, again=_quotas)
    doors.show("/{meeting}/thu-tu", _order)
    doors.act("/{meeting}/thu-tu", _move, again=_order, fields={"refusal.reason": "reason"})
    doors.act("/{meeting}/thu-tu/giu-kin", _seal, again=_order, fields={"refusal.reason_missing": "reason"})
    doors.act("/{meeting}/thu-tu/bo-dau", _unmark, again=_order, fields={"refusal.reason_missing": "reason"})
    doors.act("/{meeting}/ngay", _fix, again=_card, fields=_FIX_FIELDS)
    meeting_off.open_part(doors, _card)
    doors.act("/{meeting}/danh-cho", _for_whom, again=_card, fields=_FOR_WHOM_FIELDS)
    guest_lists.open_part(doors)
    hamlet_records.open_part(doors)
    roster_lists.open_part(doors)
    in_session.open_part(doors)
    conclusions.open_part(doors)
    results_public.open_part(doors)


async def meeting_to_read(uow: UnitOfWork, visit: Visit) -> Meeting:
    """The meeting the address names, for secretary, chair and supervisors of its unit; `NotFound` for all others."""
    meeting = await uow.meetings.get(visit.meeting_id)
    require(visit.grants, READING, await uow.places.unit(meeting.unit_id))
    return meeting


async def may(uow: UnitOfWork, visit: Visit, meeting: Meeting, *roles: Role) -> bool:
    """Whether the person holds one of the roles in the unit of the meeting."""
    unit = await uow.places.unit(meeting.unit_id)
    return any(holds(visit.grants, role, unit) for role in roles)


async def _calendar(visit: Visit) -> Response:
    lines: list[PlannedLine] = []
    async with visit.reading() as uow:
        units = await uow.places.units(await units_of(uow, visit.person, *READING))
        for plan in await uow.plans.of_units(units):
            unit = units[plan.unit_id].name
            made = sorted(await uow.meetings.of_plan(plan.id), key=lambda one: (one.window_from, one.id))
            lines += [_line(visit, meeting, unit) for meeting in made]
            unmade = visit.words(Term("meetings.not_made"))
            lines += [
                PlannedLine(
                    session.title, visit.words(when_planned(session.window)), session.venue or "", unmade, "", unit
                )
                for session in await sessions_left(uow, plan)
            ]
        above = await lists_for_above(uow, visit.person)
    roles = {grant.role for grant in visit.grants}
    answers = demands.LIST if roles & {Role.SECRETARY, Role.CHAIR} else ""
    makes = Role.SECRETARY in roles
    lists = [(f"{PATH}/{meeting.id}/danh-sach/{unit.id}", f"{unit.name} – {meeting.title}") for meeting, unit in above]
    return visit.page("meetings.html", lines=lines, lists=lists, makes=makes, demands=answers, surveys=surveys.LIST)


def _line(visit: Visit, meeting: Meeting, unit: str) -> PlannedLine:
    state = visit.words(Term(f"meetings.state_{meeting.state.value}"))
    return PlannedLine(meeting.title, visit.words(when(meeting)), meeting.venue, state, f"{PATH}/{meeting.id}", unit)


async def _card(visit: Visit) -> Response:
    async with visit.reading() as uow:
        meeting = await meeting_to_read(uow, visit)
        hamlets = [one.name for one in await hamlets_in_scope(uow, meeting)]
        due = [
            sentence(unpack_due(clock.due), visit.person.language)
            for clock in await uow.clocks.of_meeting(meeting.id)
            if not meeting.rests(clock.due_on, uow.today)
        ]
        steps = await sheet_of(uow, meeting)
        runs = await may(uow, visit, meeting, Role.SECRETARY, Role.CHAIR)
        by_quota = await takes_seats(uow, meeting)
        left = len(await proposed_tasks(uow, meeting)) if runs and meeting.state in AHEAD else 0
        registered = await uow.meetings.registrations(meeting.id, waiting=True)
        waiting = sum(one.state is RegistrationState.WAITING for one in registered)
        guests = await uow.guests.of_meeting(meeting.id)
        plan, _ = await plan_of(uow, meeting)
        off = await meeting_off.ways_off(uow, meeting, runs=runs)
        history = [history_line(one) for one in await uow.plans.papers_of(plan.id) if one.meeting_id == meeting.id]
    return visit.page(
        "meeting.html",
        meeting=meeting,
        when={name: visit.words(value) for name, value in when_of(meeting).items()},
        hamlets=hamlets,
        due=due,
        steps=steps,
        runs=runs,
        left=left,
        by_quota=by_quota,
        registered=len(registered) - waiting,
        waiting=waiting,
        speakers=sum(one.kind.value == "speak" for one in registered),
        guests=len(guests),
        history=[visit.words(line) for line in history],
        kinds=[(f"{_KIND}{kind.value}", visit.words(Term(f"audience.{kind.value}")), kind) for kind in AudienceKind],
        fixes=runs and meeting.state in STILL_OPEN,
        starts_at=None if meeting.starts_at is None else meeting.starts_at.astimezone(LOCAL),
        path=f"{PATH}/{meeting.id}",
        papers=papers_of_meeting(visit, plan, meeting),
        **off,
    )


async def _fix(visit: Visit) -> Response:
    """Fix or move the day; a secretary whose day is too close asks the chair for it by giving the reason (R090)."""
    typed = visit.typed
    try:
        day, at = date.fromisoformat(typed.get("day", "")), time.fromisoformat(typed.get("time", ""))
    except ValueError:
        raise RuleBroken("rooms.refusal_day_missing") from None
    starts_at, venue, reason = datetime.combine(day, at, tzinfo=LOCAL), typed.get("venue", ""), typed.get("reason", "")
    beyond = typed.get("beyond") == "yes"
    async with visit.acting() as uow:
        meeting = await office_meeting(uow, visit.person, visit.meeting_id, Role.SECRETARY, Role.CHAIR)
        check = await check_day(uow, meeting, day)
        if check.too_close and reason.strip() and not await is_chair(uow, visit.person, meeting):
            await ask_for_day(
                uow,
                by=visit.person,
                meeting_id=meeting.id,
                starts_at=starts_at,
                venue=venue,
                reason=reason,
                beyond_plan=beyond,
            )
            asked = Term("fix.asked", {"title": meeting.title, "at": starts_at})
            return visit.to(f"{PATH}/{meeting.id}", asked)
        fixed = await fix_meeting(
            uow,
            by=visit.person,
            meeting_id=meeting.id,
            starts_at=starts_at,
            venue=venue,
            reason=reason,
            beyond_plan=beyond,
        )
    told: dict[str, Param] = {"at": fixed.meeting.starts_at or "", "venue": fixed.meeting.venue, "count": fixed.told}
    told["due"] = fixed.notice.due_on
    return visit.to(f"{PATH}/{fixed.meeting.id}", Term("meetings.fixed_now", told))


async def _for_whom(visit: Visit) -> Response:
    typed = visit.typed.get("places", "").strip()
    if typed and not (typed.isascii() and typed.isdecimal()):
        raise RuleBroken("refusal.quota_not_a_number", {"typed": typed[:20]})
    kinds = [kind for kind in AudienceKind if f"{_KIND}{kind.value}" in visit.typed]
    async with visit.acting() as uow:
        meeting = await say_for_whom(
            uow,
            by=visit.person,
            meeting_id=visit.meeting_id,
            audience=kinds,
            places=int(typed[:9]) if typed else None,
        )
    return visit.to(f"{PATH}/{meeting.id}", Term("meetings.for_whom_said"))


async def _quotas(visit: Visit) -> Response:
    async with visit.reading() as uow:
        meeting = await meeting_to_read(uow, visit)
        _, profile = await plan_of(uow, meeting)
        seats = seats_of(profile)
        known = {(one.unit_id, one.seat): one.number for one in await uow.rosters.quotas(meeting.id)}
        rows = []
        for unit in await units_with_quota(uow, meeting):
            taken = await uow.rosters.seated(meeting.id, unit.id)
            waiting = len(await uow.rosters.waiting(meeting.id, unit.id))
            cells = [(f"{unit.id}.{seat.value}", known.get((unit.id, seat)), taken.get(seat, 0)) for seat in seats]
            rows.append((unit.name, cells, waiting))
        changes = await may(uow, visit, meeting, Role.SECRETARY) and await takes_seats(uow, meeting)
        runs = await may(uow, visit, meeting, Role.SECRETARY, Role.CHAIR)
    names = [visit.words(Term(f"seat.{seat.value}")) for seat in seats]
    path = f"{PATH}/{meeting.id}"
    return visit.page("quotas.html", meeting=meeting, names=names, rows=rows, changes=changes, runs=runs, path=path)


async def _set_quotas(visit: Visit) -> Response:
    """All changed numbers of the grid in one act; one that is no number says so, and nothing is changed."""
    wanted: dict[tuple[Seat, int], list[UnitId]] = {}
    async with visit.acting() as uow:
        meeting = await secretary_meeting(uow, visit.person, visit.meeting_id)
        known = {(one.unit_id, one.seat): one.number for one in await uow.rosters.quotas(meeting.id)}
        for name, typed in visit.typed.items():
            unit, dot, seat = name.partition(".")
            if not dot or seat not in set(Seat) or not typed.strip():
                continue
            if not (typed.strip().isascii() and typed.strip().isdecimal()):
                raise RuleBroken("refusal.quota_not_a_number", {"typed": typed.strip()[:20]})
            key, number = (UnitId(number_in(unit)), Seat(seat)), int(typed.strip()[:9])
            if known.get(key) != number:
                wanted.setdefault((key[1], number), []).append(key[0])
        changed = 0
        for (seat_kind, number), units in wanted.items():
            done = await set_quota(
                uow, by=visit.person, meeting_id=meeting.id, unit_ids=units, seat=seat_kind, number=number
            )
            changed += done.units
    return visit.to(f"{PATH}/{meeting.id}/chi-tieu", Term("meetings.quotas_set", {"count": changed}))


async def _order(visit: Visit) -> Response:
    async with visit.reading() as uow:
        meeting = await meeting_to_read(uow, visit)
        moves = await may(uow, visit, meeting, Role.CHAIR)
        runs = moves or await may(uow, visit, meeting, Role.SECRETARY)
        speakers = await order_of(uow, meeting)
        marked = await marked_for(uow, visit.person, meeting, [(one.registration, one.person) for one in speakers])
        lines = [
            SpeakerLine(
                one.registration.id,
                one.number,
                visit.words(name_of(one.person)),
                "" if one.unit is None else one.unit.name,
                "" if one.topic is None else one.topic.name,
                one.content if runs else "",
                one.registration.id in marked,
            )
            for one in speakers
        ]
    path = f"{PATH}/{meeting.id}"
    return visit.page("speaking_order.html", meeting=meeting, lines=lines, moves=moves, runs=runs, path=path)


async def _move(visit: Visit) -> Response:
    who = RegistrationId(number_in(visit.typed.get("who", "")))
    to = number_in(visit.typed.get("to", ""))
    async with visit.acting() as uow:
        number = await move_speaker(
            uow, by=visit.person, registration_id=who, to=to, reason=visit.typed.get("reason", "")
        )
    return visit.to(f"{PATH}/{visit.meeting_id}/thu-tu", Term("meetings.moved_speaker", {"number": number}))


async def _unmark(visit: Visit) -> Response:
    who = RegistrationId(number_in(visit.typed.get("who", "")))
    async with visit.acting() as uow:
        await unmark_speech(uow, by=visit.person, registration_id=who, reason=visit.typed.get("reason", ""))
    return visit.to(f"{PATH}/{visit.meeting_id}/thu-tu", Term("unmarkspeech.done_desk"))


async def _seal(visit: Visit) -> Response:
    who = RegistrationId(number_in(visit.typed.get("who", "")))
    async with visit.acting() as uow:
        question = await seal_speech(uow, by=visit.person, registration_id=who, reason=visit.typed.get("reason", ""))
        said = Term("speech.done_desk", {"reference": question.reference})
    return visit.to(f"{PATH}/{visit.meeting_id}/thu-tu", said)
