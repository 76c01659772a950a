"""Proof that a notice reached people: how far the chat carried it, and who says where it was read out or hung up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from intake.actions.meetings.meeting_people import hamlets_in_scope
from intake.actions.meetings.publish_results import note_means
from intake.actions.meetings.release_notice import is_outdated
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock_settings import DEFAULTS
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState, Notice, NoticeId, NoticeKind, ResultsMeans
from intake.rules.meetings.notice import NoticeMeans, NoticeProof, NoticeReach
from intake.rules.people.permissions import covers, holds
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Level, Unit, UnitId

MOST_RESULTS = 5
"""Meetings held last whose results may still be read out."""


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
    notice, meeting, place = await notice_at(uow, by, notice_id, place_id, airing=airing)
    at = at.replace(second=0, microsecond=0)
    if not notice.released_at.replace(second=0, microsecond=0) <= at <= uow.now:
        raise RuleBroken("refusal.proof_moment", {"released": notice.released_at, "now": uow.now})
    new = await uow.proofs.add(NoticeProof(notice.id, place.id, means, at, by.id, uow.now))
    detail = {"place": place.id, "means": means.value, "at": at.isoformat()}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "confirm_notice", f"notice:{notice.id}", detail))
    if new and notice.kind is NoticeKind.RESULTS:
        await _count_for_law(uow, by, meeting, notice, means, at.astimezone(LOCAL).date())
    return new


async def _count_for_law(
    uow: UnitOfWork, by: Person, unlocked: Meeting, notice: Notice, means: NoticeMeans, on: date
) -> None:
    """What was confirmed of results may be what the law asks for: the sheet at the seat, the loudspeakers (LAW C9).

    The loudspeaker counts once the whole unit's has read them out, or that of every hamlet the meeting was for.
    """
    meeting = await uow.meetings.get(unlocked.id, lock=True)
    places = {one.place_id for one in await uow.proofs.of(notice.id) if one.means is means}
    if means is NoticeMeans.POSTER:
        if meeting.unit_id in places:
            await note_means(uow, by, meeting, ResultsMeans.POSTED, on)
    elif meeting.unit_id in places or places >= {one.id for one in await hamlets_in_scope(uow, meeting)}:
        await note_means(uow, by, meeting, ResultsMeans.MEDIA, on)


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
        for notice, meeting in await _results_to_air(uow, place):
            found[notice.id, place.id] = (notice, meeting, place)
    return list(found.values())


async def _results_to_air(uow: UnitOfWork, place: Unit) -> list[tuple[Notice, Meeting]]:
    """The results that are being made public and concern a place: those released within the days the law gives."""
    found = []
    lineage = [unit.id for unit in await uow.places.above(place)]
    for meeting in await uow.meetings.held(lineage, MOST_RESULTS):
        notice = await uow.meetings.notice_of(meeting.id, NoticeKind.RESULTS)
        if notice is None or uow.now - notice.released_at > timedelta(days=DEFAULTS.results.number):
            continue
        if place.id in {meeting.unit_id, *(one.id for one in await hamlets_in_scope(uow, meeting))}:
            found.append((notice, meeting))
    return found


async def coverage(uow: UnitOfWork, meeting: Meeting, notice: Notice) -> Sequence[HamletCoverage]:
    """How far the notice has got in every hamlet the meeting is for, counted from the outbox."""
    hamlets = await hamlets_in_scope(uow, meeting)
    pushed = {push.hamlet_id for push in await uow.meetings.pushes(notice.id)}
    reached = await uow.proofs.channel_policy(notice.id, [hamlet.id for hamlet in hamlets])
    return [HamletCoverage(one, one.id in pushed, reached.get(one.id, NoticeReach())) for one in hamlets]
