"""How far a notice has got: the chat, hamlet by hamlet, loudspeakers and posters; a head sees their own hamlet."""

from collections.abc import Sequence

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.meeting_people import office_meeting
from intake.actions.meetings.prove_notice import HamletCoverage, coverage, notice_at
from intake.actions.meetings.release_notice import is_outdated
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, Notice, NoticeId
from intake.rules.message import Button, Message, Param, Term, button, rows_of
from intake.rules.people.person import Role
from intake.rules.people.unit import UnitId

MOST_HAMLETS = 40


async def show_notice_card(scene: Scene, rest: str) -> Turn:
    """`noticecard.<meeting id>`, of a secretary or the chair."""
    meeting = await office_meeting(scene.uow, scene.me, MeetingId(id_in(rest)), Role.SECRETARY, Role.CHAIR, lock=False)
    notice = await scene.uow.meetings.notice_of(meeting.id)
    if notice is None:
        raise RuleBroken("refusal.no_notice")
    return Turn(say=(await _card(scene, meeting, notice),))


async def _card(scene: Scene, meeting: Meeting, notice: Notice) -> Message:
    hamlets = await coverage(scene.uow, meeting, notice)
    people = await scene.uow.people.many([notice.released_by, *([notice.composed_by] if notice.composed_by else [])])
    signed: Param = Term("noticecard.by_one", {"name": people[notice.released_by].name})
    if notice.composed_by is not None:
        signed = Term(
            "noticecard.by_two",
            {"name": people[notice.released_by].name, "composer": people[notice.composed_by].name},
        )
    params: dict[str, Param] = {
        "title": meeting.title,
        "at": notice.released_at,
        "signed": signed,
        "clock": await _clock(scene, meeting, notice, hamlets),
        "sent": sum(one.channel_policy.sent for one in hamlets),
        "waiting": sum(one.channel_policy.waiting for one in hamlets),
        "failed": sum(one.channel_policy.failed for one in hamlets),
        "proofs": await _proofs(scene.uow, notice),
        "hamlets": _lines(hamlets),
    }
    place = meeting.unit_id
    buttons: list[Button] = []
    if not is_outdated(notice, meeting):
        buttons = [
            button("script.button", f"script.{notice.id}.{place}"),
            button("poster.button", f"poster.{meeting.id}"),
            button("proof.hung", f"hung.{notice.id}.{place}"),
        ]
    return Message("noticecard.text", params, rows_of([*buttons, button("button.menu", "cmd.menu")]))


def _lines(hamlets: Sequence[HamletCoverage]) -> tuple[Param, ...]:
    listed: list[Param] = [_line(one) for one in hamlets]
    if len(listed) > MOST_HAMLETS:
        return (*listed[:MOST_HAMLETS], Term("noticecard.more_hamlets", {"more": len(listed) - MOST_HAMLETS}))
    return tuple(listed)


def _line(one: HamletCoverage) -> Term:
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


async def _clock(scene: Scene, meeting: Meeting, notice: Notice, hamlets: Sequence[HamletCoverage]) -> Param:
    if is_outdated(notice, meeting):
        return Term("refusal.notice_outdated")
    running = [one for one in await scene.uow.clocks.of_meeting(meeting.id) if one.kind is ClockKind.NOTICE]
    if not running:
        return Term("noticecard.met")
    left = sum(not one.pushed for one in hamlets)
    passed = "_passed" if running[0].due_on < scene.uow.today else ""
    return Term(f"noticecard.runs{passed}", {"left": left, "due": due_words(unpack_due(running[0].due))})


async def _proofs(uow: UnitOfWork, notice: Notice) -> tuple[Param, ...]:
    proofs = await uow.proofs.of(notice.id)
    people = await uow.people.many([proof.confirmed_by for proof in proofs])
    places = await uow.places.units([proof.place_id for proof in proofs])
    lines: tuple[Param, ...] = tuple(
        Term(
            f"proof.line_{proof.means.value}",
            {"at": proof.at, "place": places[proof.place_id].name, "name": people[proof.confirmed_by].name},
        )
        for proof in proofs
    )
    return lines or (Term("proof.none"),)


async def show_own(scene: Scene, rest: str) -> Turn:
    """`reach.<notice id>.<hamlet id>`: how far it has got in one hamlet, for whoever answers for it."""
    notice_id, dot, hamlet_id = rest.partition(".")
    if not dot:
        raise NotFound
    notice, meeting, hamlet = await notice_at(scene.uow, scene.me, NoticeId(id_in(notice_id)), UnitId(id_in(hamlet_id)))
    own = [one for one in await coverage(scene.uow, meeting, notice) if one.hamlet.id == hamlet.id]
    if not own:
        raise NotFound
    code = f"{notice.id}.{hamlet.id}"
    buttons = [button("lists.unreached_button", f"unreached.{hamlet.id}")]
    if not is_outdated(notice, meeting):
        buttons += [
            button("script.button", f"script.{code}"),
            button("poster.button", f"poster.{meeting.id}"),
            button("proof.hung", f"hung.{code}"),
        ]
    proofs = await _proofs(scene.uow, notice)
    params: dict[str, Param] = {"title": meeting.title, "line": _line(own[0]), "proofs": proofs}
    return Turn(say=(Message("noticecard.own", params, rows_of(buttons)),))


MODULE = ConversationModule(choices=(Choice("noticecard", show_notice_card), Choice("reach", show_own)))
