"""Carry a released notice to the people of one hamlet: once, to them only, with a list of those no chat reaches."""

from dataclasses import dataclass

from intake.actions.meetings.fix_meeting import STILL_OPEN
from intake.actions.meetings.meeting_people import hamlets_in_scope
from intake.actions.meetings.release_notice import is_outdated, meet_when_everywhere, notice_for_head
from intake.actions.outbox.broadcast import start_broadcast
from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState, Notice, NoticeId, NoticePush, notice_name
from intake.rules.message import Button, Message, Param
from intake.rules.outbox.broadcast import BroadcastId
from intake.rules.people.permissions import holds
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Unit, UnitId


@dataclass(frozen=True, slots=True)
class Push:
    """How many a chat carries the notice to now, how many get it on return, who has to be told in person (R099)."""

    hamlet: Unit
    broadcast_id: BroadcastId
    reached: int
    on_return: int
    in_person: tuple[Person, ...]


async def pushable(
    uow: UnitOfWork, by: Person, notice_id: NoticeId, hamlet_id: UnitId, *, lock: bool = False
) -> tuple[Notice, Meeting, Unit]:
    """The notice, its meeting and the hamlet, when this person may carry the one to the other.

    `lock` holds the meeting, so that two heads of one hamlet, or a push and a change of day, go one after the other.
    The head of exactly that hamlet may, and a secretary of the unit; for anybody else it is `NotFound`. Raises
    `RuleBroken` for a notice whose meeting is no longer to come, and for one that a change has put out of date.
    """
    notice = await uow.meetings.notice(notice_id)
    meeting = await uow.meetings.get(notice.meeting_id, lock=lock)
    hamlet = await uow.places.unit(hamlet_id)
    grants = await uow.people.grants_of(by.id)
    heads_it = any(grant.role is Role.HAMLET_HEAD and grant.unit_id == hamlet.id for grant in grants)
    unit = await uow.places.unit(meeting.unit_id)
    if not heads_it and not holds(grants, Role.SECRETARY, unit):
        raise NotFound
    if hamlet.id not in [one.id for one in await hamlets_in_scope(uow, meeting)]:
        raise NotFound
    if meeting.state not in STILL_OPEN or meeting.awaits_word(uow.now):
        raise RuleBroken("refusal.notice_over")
    last = await uow.meetings.notice_of(meeting.id)
    if last is None or last.id != notice.id or is_outdated(notice, meeting):
        raise RuleBroken("refusal.notice_outdated")
    return notice, meeting, hamlet


async def refuse_twice(uow: UnitOfWork, notice: Notice, hamlet: Unit) -> None:
    """Raise `RuleBroken`, with when and by whom, for a notice that has gone to the hamlet."""
    for push in await uow.meetings.pushes(notice.id):
        if push.hamlet_id == hamlet.id:
            pusher = (await uow.people.many([push.pushed_by]))[push.pushed_by]
            params: dict[str, Param] = {"hamlet": hamlet.name, "at": push.pushed_at, "name": pusher.name}
            raise RuleBroken("refusal.notice_pushed", params)


async def to_push(uow: UnitOfWork, hamlet: Unit) -> list[tuple[Notice, Meeting]]:
    """The released notices that wait to be carried to a hamlet, in the order of their meetings."""
    waiting = []
    for meeting in await uow.meetings.for_hamlet(hamlet):
        notice = await uow.meetings.notice_of(meeting.id)
        if notice is None or meeting.state is not MeetingState.FIXED:
            continue
        gone_to = [push.hamlet_id for push in await uow.meetings.pushes(notice.id)]
        if hamlet.id not in gone_to and not is_outdated(notice, meeting):
            waiting.append((notice, meeting))
    return waiting


async def hand_to_new_head(uow: UnitOfWork, hamlet: Unit, head: Person) -> None:
    """Whoever heads a hamlet from now on gets the notices that wait for a head to carry them."""
    for notice, meeting in await to_push(uow, hamlet):
        await tell(uow, [head.id], await notice_for_head(uow, meeting, notice, hamlet))


async def to_push_without_head(uow: UnitOfWork, meeting: Meeting) -> tuple[NoticeId, list[Unit]] | None:
    """The notice of a meeting and the hamlets it has not gone to that have no head to carry it.

    None where there is no such hamlet, or no notice that stands.
    """
    notice = await uow.meetings.notice_of(meeting.id)
    if notice is None or meeting.state is not MeetingState.FIXED or is_outdated(notice, meeting):
        return None
    gone_to = {push.hamlet_id for push in await uow.meetings.pushes(notice.id)}
    left = [
        hamlet
        for hamlet in await hamlets_in_scope(uow, meeting)
        if hamlet.id not in gone_to and not await uow.people.holders(Role.HAMLET_HEAD, hamlet)
    ]
    return (notice.id, left) if left else None


async def push_notice(uow: UnitOfWork, *, by: Person, notice_id: NoticeId, hamlet_id: UnitId) -> Push:
    """Send a released notice to every resident of a hamlet but the one who sends it (R093, R099).

    With the last hamlet in scope the notice clock is met. Letters are broadcasts: they wait out the quiet
    hours. Refusals: see `pushable` and `refuse_twice`.
    """
    notice, meeting, hamlet = await pushable(uow, by, notice_id, hamlet_id, lock=True)
    await refuse_twice(uow, notice, hamlet)
    message = Message(
        "notice.text",
        {"text": notice.text},
        ((Button("cmd.dangky", "menu.register"), Button("cmd.hoi", "menu.ask")),),
    )
    started = await start_broadcast(
        uow,
        message,
        name=notice_name(notice.id),
        unit_id=meeting.unit_id,
        hamlets=[hamlet.id],
        by=by.id,
        left_out=[by.id],
    )
    audience = started.audience
    await uow.meetings.add_push(NoticePush(notice.id, hamlet.id, by.id, uow.now, audience.by_chat))
    await meet_when_everywhere(uow, meeting, notice)
    detail = {"hamlet": hamlet.id, "reached": audience.reached, "on_return": audience.on_return}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "push_notice", f"notice:{notice.id}", detail))
    to_visit = [one for one in await uow.broadcasts.without_chat(hamlet.id) if one.id != by.id]
    return Push(hamlet, started.broadcast_id, audience.reached, audience.on_return, tuple(to_visit))
