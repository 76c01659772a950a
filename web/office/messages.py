"""The room of messages to everybody: written, looked at with whom it reaches and what it costs, followed, paused.

What goes to everybody is confirmed once more in the chat of whoever sends it (PRODUCT, Roles).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi.responses import Response

from intake.actions.meetings.airing import script_of, unclear_in
from intake.actions.meetings.ask_second_person import ask_for_release
from intake.actions.meetings.meeting_people import hamlets_in_scope, secretary_meeting
from intake.actions.meetings.push_notice import push_notice, to_push_without_head
from intake.actions.meetings.release_notice import check_notice, release_notice, second_person_for
from intake.actions.outbox.broadcast import audience_of, broadcast_in_hand, change_broadcast, foresee_duration
from intake.actions.outbox.paid_messages import foresee_cost
from intake.actions.outbox.refused import refused_replies
from intake.actions.people.confirm_again import standing_of, what_is_agreed
from intake.actions.people.office import units_of
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import MeetingState, NoticeId
from intake.rules.message import Param, Term
from intake.rules.outbox.broadcast import BroadcastId, BroadcastState
from intake.rules.people.office_session import ConfirmedAct
from intake.rules.people.person import Role
from intake.rules.people.unit import UnitId
from wording.broadcasts import broadcast_title, duration_words
from wording.notices import compose, cost_words
from wording.refused import refused_line

from .confirming import use_yes
from .doors import Doors
from .office import HOME
from .room import DeskRoom, for_roles
from .visiting import Visit, number_in

ROOM = DeskRoom("/tin", "desk.messages", for_roles(Role.SECRETARY, Role.CHAIR))
PATH = HOME + ROOM.path
_LISTED = 30
_STATES: Mapping[str, BroadcastState] = {
    "tam-dung": BroadcastState.PAUSED,
    "gui-tiep": BroadcastState.RUNNING,
    "dung-han": BroadcastState.STOPPED,
}


@dataclass(frozen=True, slots=True)
class BroadcastRow:
    """A message under way or over, in words."""

    id: int
    title: str
    state: str
    at: str
    sent: int
    people: int
    not_delivered: int
    acts: tuple[str, ...]


def open_room(doors: Doors) -> None:
    """Add the list, writing a notice, and pausing, resuming, stopping."""
    doors.show("", _list)
    doors.act("/{broadcast}/trang-thai", _change, again=_list)
    doors.act("/toi/{notice}/{hamlet}", _push, again=_list)
    doors.show("/soan/{meeting}", _write)
    fields = {"refusal.notice_parts": "text", "refusal.text_missing": "text", "refusal.too_long": "text"}
    doors.act("/soan/{meeting}", _send, again=_write, fields=fields)


async def _list(visit: Visit) -> Response:
    rows, writable = [], []
    async with visit.reading() as uow:
        units = await units_of(uow, visit.person, Role.SECRETARY, Role.CHAIR)
        for one in await uow.broadcasts.of_units(units, _LISTED):
            progress = await uow.broadcasts.progress(one.id)
            acts: tuple[str, ...] = ()
            if one.state.is_open:
                acts = ("gui-tiep" if one.state is BroadcastState.PAUSED else "tam-dung", "dung-han")
            rows.append(
                BroadcastRow(
                    one.id,
                    visit.words(await broadcast_title(uow, one)),
                    visit.words(Term(f"broadcast.state_{one.state.value}")),
                    visit.words(one.started_at),
                    progress.sent,
                    one.people,
                    progress.not_delivered,
                    acts,
                )
            )
        refused = [visit.words(refused_line(one)) for one in await refused_replies(uow, units)]
        own = await units_of(uow, visit.person, Role.SECRETARY)
        writable = [
            one
            for one in await uow.meetings.of_units(own)
            if one.state is MeetingState.FIXED and not one.is_past(uow.now)
        ]
        pushes = [
            (
                meeting.title,
                f"{PATH}/toi/{left[0]}/{hamlet.id}",
                visit.words(Term("notice.push_to", {"hamlet": hamlet.name})),
            )
            for meeting in writable
            if (left := await to_push_without_head(uow, meeting)) is not None
            for hamlet in left[1]
        ]
    return visit.page("messages.html", rows=rows, writable=writable, refused=refused, pushes=pushes)


async def _push(visit: Visit) -> Response:
    """Carry a released notice to a hamlet that has no head to do it."""
    asked = visit.request.path_params
    notice_id, hamlet_id = NoticeId(number_in(asked["notice"])), UnitId(number_in(asked["hamlet"]))
    async with visit.acting() as uow:
        push = await push_notice(uow, by=visit.person, notice_id=notice_id, hamlet_id=hamlet_id)
    told: dict[str, Param] = {"hamlet": push.hamlet.name, "count": push.reached}
    return visit.to(PATH, Term("messages.pushed", told))


async def _change(visit: Visit) -> Response:
    to = _STATES.get(visit.typed.get("to", ""))
    if to is None:
        raise NotFound
    if to is BroadcastState.STOPPED and visit.typed.get("sure") != "yes":
        raise RuleBroken("refusal.stop_not_sure")
    broadcast_id = BroadcastId(number_in(visit.request.path_params["broadcast"]))
    async with visit.acting() as uow:
        await broadcast_in_hand(uow, visit.person, broadcast_id)
        await change_broadcast(uow, by=visit.person, broadcast_id=broadcast_id, to=to)
    return visit.to(PATH, Term("messages.changed", {"state": Term(f"broadcast.state_{to.value}")}))


async def _write(visit: Visit) -> Response:
    async with visit.reading() as uow:
        meeting = await secretary_meeting(uow, visit.person, visit.meeting_id, lock=False)
        profile = (await uow.plans.get(meeting.plan_id)).decided.profile
        hamlets = await hamlets_in_scope(uow, meeting)
        scope = ", ".join(hamlet.name for hamlet in hamlets)
        ids = [hamlet.id for hamlet in hamlets]
        audience = audience_of(await uow.broadcasts.audience(ids))
        duration, _ = await foresee_duration(uow, ids)
        cost = await foresee_cost(uow, meeting)
        many = await second_person_for(uow, meeting)
        unclear = unclear_in(await script_of(uow, meeting))
        asked = await standing_of(uow, visit.desk.session, ConfirmedAct.RELEASE_NOTICE, None)
    networks = [(visit.words(Term(f"messages.by_{network.value}")), n) for network, n in audience.by_network.items()]
    return visit.page(
        "notice_write.html",
        meeting=meeting,
        text=compose(meeting, profile, scope),
        networks=sorted(networks),
        audience=audience,
        duration=visit.words(duration_words(duration)),
        cost=[] if cost is None else [visit.words(line) for line in cost_words(cost)],
        unclear=[visit.words(line) for line in unclear],
        many=many,
        asked=asked is not None and asked.agreed_at is None,
        agreed=asked is not None and asked.agreed_at is not None,
        path=f"{PATH}/soan/{meeting.id}",
    )


async def _send(visit: Visit) -> Response:
    """Looked at first: `look` shows how it reads; then asked in the chat, and sent once that is agreed to."""
    typed = visit.typed.get("text", "")
    async with visit.acting() as uow:
        meeting = await secretary_meeting(uow, visit.person, visit.meeting_id)
        text = await check_notice(uow, meeting, typed)
        if await second_person_for(uow, meeting) is not None:
            await ask_for_release(uow, by=visit.person, meeting_id=meeting.id, text=text)
            return visit.to(PATH, Term("notice.asked", {"title": meeting.title}))
        about = what_is_agreed(str(meeting.id), typed)
        await use_yes(uow, visit, ConfirmedAct.RELEASE_NOTICE, about, refusal="refusal.say_yes_in_chat")
        release = await release_notice(uow, by=visit.person, meeting_id=visit.meeting_id, text=typed)
    told = [Term("messages.released", {"title": meeting.title})]
    if release.headless:
        hamlets = ", ".join(hamlet.name for hamlet in release.headless)
        told.append(Term("notice.headless", {"hamlets": hamlets}))
    return visit.to(PATH, *told)
