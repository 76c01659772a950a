"""How far a notice has got: the chat, hamlet by hamlet, loudspeakers and posters; a head sees their own hamlet."""

from collections.abc import Sequence

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.meeting_people import office_meeting
from intake.actions.meetings.prove_notice import HamletCoverage, coverage, notice_at
from intake.actions.meetings.push_notice import to_push_without_head
from intake.actions.meetings.release_notice import is_outdated
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, Notice, NoticeId
from intake.rules.message import Button, Message, Param, Term, button, rows_of
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.people.unit import UnitId
from wording.reach import hamlet_line, hamlet_lines, proof_lines


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
        "proofs": await proof_lines(scene.uow, notice),
        "hamlets": hamlet_lines(hamlets),
    }
    place = meeting.unit_id
    buttons: list[Button] = []
    if not is_outdated(notice, meeting):
        buttons = [
            button("script.button", f"script.{notice.id}.{place}"),
            button("poster.button", f"poster.{meeting.id}"),
            button("proof.hung", f"hung.{notice.id}.{place}"),
        ]
        if holds(scene.grants, Role.SECRETARY, await scene.uow.places.unit(place)):
            again = button("notice.again_button", f"noticeagain.{meeting.id}")
            buttons = [*await _pushes(scene, meeting), *buttons, again]
    return Message("noticecard.text", params, rows_of([*buttons, button("button.menu", "cmd.menu")]))


async def _pushes(scene: Scene, meeting: Meeting) -> list[Button]:
    """A button for each hamlet that nobody carries the notice to unless the secretary does."""
    left = await to_push_without_head(scene.uow, meeting)
    if left is None:
        return []
    return [button("notice.push_to", f"push.{left[0]}.{hamlet.id}", hamlet=hamlet.name) for hamlet in left[1]]


async def _clock(scene: Scene, meeting: Meeting, notice: Notice, hamlets: Sequence[HamletCoverage]) -> Param:
    if is_outdated(notice, meeting):
        return Term("refusal.notice_outdated")
    running = [one for one in await scene.uow.clocks.of_meeting(meeting.id) if one.kind is ClockKind.NOTICE]
    if not running:
        return Term("noticecard.met")
    left = sum(not one.pushed for one in hamlets)
    passed = "_passed" if running[0].due_on < scene.uow.today else ""
    return Term(f"noticecard.runs{passed}", {"left": left, "due": due_words(unpack_due(running[0].due))})


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
    proofs = await proof_lines(scene.uow, notice)
    params: dict[str, Param] = {"title": meeting.title, "line": hamlet_line(own[0]), "proofs": proofs}
    return Turn(say=(Message("noticecard.own", params, rows_of(buttons)),))


MODULE = ConversationModule(choices=(Choice("noticecard", show_notice_card), Choice("reach", show_own)))
