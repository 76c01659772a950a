"""Proof that a notice reached people: how far the chat carried it, and who says where it was read out or hung up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.actions.meetings.meeting_people import hamlets_in_scope
from intake.actions.meetings.release_notice import is_outdated
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState, Notice, NoticeId
from intake.rules.meetings.notice import NoticeMeans, NoticeProof, NoticeReach
from intake.rules.people.permissions import covers, holds
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Level, Unit, UnitId


@dataclass(frozen=True, slots=True)
class HamletCoverage:
    """One hamlet: whether the notice was sent on to it, and how far the chat carried it (R099)."""

    hamlet: Unit
    pushed: bool
    channel_policy: NoticeReach


async def notice_at(
    uow: UnitOfWork, by: Person, notice_id: NoticeId, place_id: UnitId, *, airing: bool = False
) -> tuple[Notice, Meeting, Unit]:
    """A notice, its meeting and a place where this person answers for it; `NotFound` for all others.

    A hamlet head's place is their own hamlet; a secretary's or chair's is the unit, or any hamlet the meeting is for.
    With `airing` only the loudspeaker is meant: then a broadcaster's place is where the script is read out (R053).
    """
    notice = await uow.meetings.notice(notice_id)
    meeting = await uow.meetings.get(notice.meeting_id)
    unit, place = await uow.places.unit(meeting.unit_id), await uow.places.unit(place_id)
    if place.id not in [unit.id, *(hamlet.id for hamlet in await hamlets_in_scope(uow, meeting))]:
        raise NotFound
    grants = await uow.people.grants_of(by.id)
    heads_it = any(grant.role is Role.HAMLET_HEAD and grant.unit_id == place.id for grant in grants)
    airs_it = airing and holds(grants, Role.BROADCASTER, place)
    if not heads_it and not airs_it and not holds(grants, Role.SECRETARY, unit) and not holds(grants, Role.CHAIR, unit):
        raise NotFound
    return notice, meeting, place


async def confirm_notice(
    uow: UnitOfWork, *, by: Person, notice_id: NoticeId, place_id: UnitId, means: NoticeMeans, at: datetime
) -> bool:
    """Keep somebody's word that the notice was read out or hung up at a moment, to the minute (R053, R090).

    Returns False when the same was said before. Raises `RuleBroken` for a moment that is still to come or lies before
    the notice was released.
    """
    airing = means is NoticeMeans.LOUDSPEAKER
    notice, _, place = await notice_at(uow, by, notice_id, place_id, airing=airing)
    at = at.replace(second=0, microsecond=0)
    if not notice.released_at.replace(second=0, microsecond=0) <= at <= uow.now:
        raise RuleBroken("refusal.proof_moment", {"released": notice.released_at, "now": uow.now})
    new = await uow.proofs.add(NoticeProof(notice.id, place.id, means, at, by.id, uow.now))
    detail = {"place": place.id, "means": means.value, "at": at.isoformat()}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "confirm_notice", f"notice:{notice.id}", detail))
    return new


async def to_air(uow: UnitOfWork, by: Person) -> list[tuple[Notice, Meeting, Unit]]:
    """The notices that hold now and that this broadcaster reads out, each with the place it is read out in."""
    found: dict[tuple[NoticeId, UnitId], tuple[Notice, Meeting, Unit]] = {}
    for grant in await uow.people.grants_of(by.id):
        if grant.role is not Role.BROADCASTER:
            continue
        place = await uow.places.unit(grant.unit_id)
        if place.level is Level.HAMLET:
            meetings = [(meeting, place) for meeting in await uow.meetings.for_hamlet(place)]
        else:
            units = {unit.id: unit for unit in await uow.places.roots() if covers(grant, unit)}
            meetings = [(meeting, units[meeting.unit_id]) for meeting in await uow.meetings.of_units(units)]
        for meeting, at in meetings:
            notice = await uow.meetings.notice_of(meeting.id)
            if notice is not None and meeting.state is MeetingState.FIXED and not is_outdated(notice, meeting):
                found[notice.id, at.id] = (notice, meeting, at)
    return list(found.values())


async def coverage(uow: UnitOfWork, meeting: Meeting, notice: Notice) -> Sequence[HamletCoverage]:
    """How far the notice has got in every hamlet the meeting is for, counted from the outbox."""
    hamlets = await hamlets_in_scope(uow, meeting)
    pushed = {push.hamlet_id for push in await uow.meetings.pushes(notice.id)}
    reached = await uow.proofs.channel_policy(notice.id, [hamlet.id for hamlet in hamlets])
    return [HamletCoverage(one, one.id in pushed, reached.get(one.id, NoticeReach())) for one in hamlets]
