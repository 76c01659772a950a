"""One act makes the results of a meeting public: to every hamlet, to their heads with what to do, to the loudspeakers.

The page has them since the meeting ended; the sheet to post is made of the same facts. No word of it is typed: it is
figures, and items the chair made public, so no second person has to look at it (R211, LAW C9).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.actions.meetings.airing import hand_to_broadcasters
from intake.actions.meetings.conclude import issues_conclusion
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.meeting_people import hamlets_in_scope, involved_in
from intake.actions.meetings.prove_notice import notice_at
from intake.actions.meetings.publish_results import note_means
from intake.actions.meetings.results_words import counted_in_public
from intake.actions.outbox.broadcast import Started, start_broadcast
from intake.actions.outbox.tell import tell
from intake.actions.papers.register import numbers_given
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import (
    Meeting,
    MeetingId,
    MeetingState,
    Notice,
    NoticeId,
    NoticeKind,
    ResultsMeans,
    notice_name,
)
from intake.rules.message import Button, Message, Param, Term
from intake.rules.outbox.broadcast import BroadcastId
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Unit, UnitId


@dataclass(frozen=True, slots=True)
class ResultsReleased:
    """How many people a chat carries the results to and by which broadcast, how many broadcasters have the script.

    `headless` are the hamlets whose head no chat reaches: somebody has to go there.
    """

    notice: Notice
    told: int
    broadcast_id: BroadcastId
    broadcasters: int
    headless: tuple[Unit, ...]


async def results_news(uow: UnitOfWork, meeting: Meeting) -> Message:
    """What everybody is told: how many questions, what became of them, and whether there is a conclusion."""
    figures = await counted_in_public(uow, meeting)
    items = [one for one in await uow.conclusions.of_meeting(meeting.id) if one.published_at is not None]
    conclusion: Param = ""
    if items:
        conclusion = Term("madepublic.items", {"count": len(items)})
    elif await issues_conclusion(uow, meeting):
        conclusion = Term("madepublic.no_conclusion_yet")
    if numbers := await numbers_given(uow, meeting):
        conclusion = (*([conclusion] if conclusion else []), *numbers)
    params: dict[str, Param] = {
        "title": meeting.title,
        "received": figures.received,
        "answered": figures.answered_before + figures.answered_there + figures.answered_later,
        "in_progress": figures.in_progress,
        "forwarded": figures.forwarded,
        "not_answered": figures.not_answered,
        "gathered": figures.gathered,
        "conclusion": conclusion,
    }
    return Message("madepublic.news", params, ((Button(f"results.{meeting.id}", "outcome.button"),),))


async def announce_results(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId) -> ResultsReleased:
    """Make the results public everywhere at once; a secretary or chair of the unit does (`NotFound` for all others).

    Where every hamlet has a head whom a chat reaches, that means of the law is proved by this act; the loudspeaker and
    the sheet at the seat are proved by whoever reads out and hangs up. Refused: before the end, and a second time.
    """
    meeting = await meeting_in_unit(uow, by, meeting_id, lock=True)
    if meeting.state is not MeetingState.HELD:
        raise RuleBroken("refusal.meeting_not_held")
    before = await uow.meetings.notice_of(meeting.id, NoticeKind.RESULTS)
    if before is not None:
        raise RuleBroken("refusal.results_announced", {"at": before.released_at})
    notice = await uow.meetings.add_notice(
        Notice(meeting.id, "", by.id, uow.now, meeting.starts_at, meeting.venue, kind=NoticeKind.RESULTS)
    )
    hamlets = await hamlets_in_scope(uow, meeting)
    headless = [hamlet for hamlet in hamlets if not await _told_head(uow, meeting, notice, hamlet)]
    if not headless:
        await note_means(uow, by, meeting, ResultsMeans.HEADS, uow.today)
    broadcasters = await hand_to_broadcasters(uow, meeting, notice)
    sent = await _tell_hamlets(uow, by, meeting, notice, hamlets)
    detail = {"meeting": meeting.id, "hamlets": len(hamlets), "headless": len(headless)}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "announce_results", f"notice:{notice.id}", detail))
    return ResultsReleased(notice, sent.audience.by_chat, sent.broadcast_id, broadcasters, tuple(headless))


async def require_results_sheet(
    uow: UnitOfWork, *, by: Person, notice_id: NoticeId, place_id: UnitId
) -> tuple[Meeting, Unit]:
    """Let whoever answers for a place have the sheet that hangs there; `NotFound` for all others."""
    notice, meeting, place = await notice_at(uow, by, notice_id, place_id)
    if notice.kind is not NoticeKind.RESULTS:
        raise NotFound
    detail = {"kind": "results_sheet", "place": place.id}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "make_paper", f"plan:{meeting.plan_id}", detail))
    return meeting, place


async def _told_head(uow: UnitOfWork, meeting: Meeting, notice: Notice, hamlet: Unit) -> bool:
    """Tell the heads of a hamlet what to do; False when no chat reaches any."""
    code = f"{notice.id}.{hamlet.id}"
    message = Message(
        "madepublic.for_head",
        {"hamlet": hamlet.name, "title": meeting.title},
        (
            (Button(f"script.{code}", "script.button"), Button(f"resultssheet.{code}", "madepublic.sheet_button")),
            (Button(f"hung.{code}", "madepublic.hung"), Button(f"unreached.{hamlet.id}", "lists.unreached_button")),
        ),
    )
    heads = await uow.people.holders(Role.HAMLET_HEAD, hamlet)
    reachable = await uow.accounts.of([head.id for head in heads])
    return await tell(uow, list(reachable), message) > 0


async def _tell_hamlets(
    uow: UnitOfWork, by: Person, meeting: Meeting, notice: Notice, hamlets: Sequence[Unit]
) -> Started:
    """A broadcast to the people of the hamlets, and to whoever took part, wherever they live."""
    guests = await uow.guests.of_meeting(meeting.id)
    present: list[PersonId] = [
        one.person_id for one in guests if one.person_id is not None and one.present_at is not None
    ]
    return await start_broadcast(
        uow,
        await results_news(uow, meeting),
        name=notice_name(notice.id),
        unit_id=meeting.unit_id,
        hamlets=[hamlet.id for hamlet in hamlets],
        by=by.id,
        also=[*await involved_in(uow, meeting), *present],
    )
