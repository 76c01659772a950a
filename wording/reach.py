"""How far a notice has got, in words: the chat, hamlet by hamlet, loudspeakers and what hangs (R090, R099)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from intake.actions.meetings.prove_notice import HamletCoverage, coverage
from intake.actions.meetings.publish_results import results_clock
from intake.ports import UnitOfWork
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.meetings.meeting import Meeting, Notice, NoticeKind, ResultsMeans
from intake.rules.meetings.notice import NoticeMeans
from intake.rules.message import Param, Term
from wording.clocks import sentence

MOST_HAMLETS = 40


def hamlet_lines(hamlets: Sequence[HamletCoverage]) -> tuple[Param, ...]:
    """How far a notice has got, a line for each hamlet."""
    listed: list[Param] = [hamlet_line(one) for one in hamlets]
    if len(listed) > MOST_HAMLETS:
        return (*listed[:MOST_HAMLETS], Term("noticecard.more_hamlets", {"more": len(listed) - MOST_HAMLETS}))
    return tuple(listed)


def hamlet_line(one: HamletCoverage) -> Term:
    """Households known, reached by chat, to be visited: what is not known is not made up (R099)."""
    if not one.pushed:
        return Term("noticecard.not_pushed", {"hamlet": one.hamlet.name})
    params: dict[str, Param] = {
        "hamlet": one.hamlet.name,
        "reached": one.channel_policy.sent + one.channel_policy.waiting,
        "visit": one.channel_policy.to_visit,
    }
    doors = one.channel_policy.doors(one.hamlet.households)
    if doors is None or one.hamlet.households is None:
        return Term("noticecard.hamlet", params)
    return Term("noticecard.hamlet_doors", params | {"households": one.hamlet.households, "doors": doors})


async def proof_lines(uow: UnitOfWork, notice: Notice) -> tuple[Param, ...]:
    """Who confirmed what of a notice, and when."""
    proofs = await uow.proofs.of(notice.id)
    people = await uow.people.many([proof.confirmed_by for proof in proofs])
    places = await uow.places.units([proof.place_id for proof in proofs])
    sheet = notice.kind is NoticeKind.RESULTS
    lines: tuple[Param, ...] = tuple(
        Term(
            "madepublic.line_poster"
            if sheet and proof.means is NoticeMeans.POSTER
            else f"proof.line_{proof.means.value}",
            {"at": proof.at, "place": places[proof.place_id].name, "name": people[proof.confirmed_by].name},
        )
        for proof in proofs
    )
    return lines or (Term("proof.none"),)


async def results_lines(uow: UnitOfWork, meeting: Meeting, language: str) -> list[Param]:
    """How the results of a meeting stand: by when they are to be public and why then, by which means they are (R211).

    Once the hamlets were told: how far that has got, and who read them out and hung them up.
    """
    clock = await results_clock(uow, meeting)
    notice = await uow.meetings.notice_of(meeting.id, NoticeKind.RESULTS)
    owed = clock is not None or bool(meeting.results_public)
    lines: list[Param] = [] if owed else [Term("madepublic.not_owed")]
    if clock is not None:
        lines.append(sentence(unpack_due(clock.due), language))
    for means in ResultsMeans if owed else ():
        done = meeting.results_public.get(means)
        named: dict[str, Param] = {"means": Term(f"madepublic.means_{means}")}
        if done is None:
            lines.append(Term("madepublic.line_left", named))
        else:
            lines.append(Term("madepublic.line_done", {**named, "day": date.fromisoformat(done["on"])}))
    if notice is None:
        return [*lines, Term("madepublic.not_announced")]
    reached = await coverage(uow, meeting, notice)
    carried = [replace(one, pushed=True) for one in reached]  # the one act sent it everywhere
    lines += [Term("madepublic.announced", {"at": notice.released_at}), *hamlet_lines(carried)]
    return [*lines, Term("madepublic.proofs"), *await proof_lines(uow, notice)]
