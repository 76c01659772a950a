"""A meeting as its secretary sees it, with what can be done about it."""

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.before_meeting import before_rows
from intake.actions.deadlines.meeting_tasks import proposed_tasks
from intake.actions.meetings.fix_meeting import STILL_OPEN
from intake.actions.meetings.meeting_people import office_meeting
from intake.actions.meetings.release_notice import is_outdated
from intake.actions.plan.choose_reading import standing_reading
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Button, Message, Param, Term, button
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.plan.profile_terms import MeetingForm
from wording.meetings import when_of
from wording.plans import led_by

from .plan_reading import chosen_words


async def scope_words(scene: Scene, meeting: Meeting) -> str:
    """Whom a meeting is for: its hamlets by name, or the unit."""
    hamlets = await scene.uow.meetings.hamlets(meeting.id)
    if hamlets:
        return ", ".join(hamlet.name for hamlet in hamlets)
    return (await scene.uow.places.unit(meeting.unit_id)).name


async def card(scene: Scene, meeting: Meeting, key: str = "meetings.card") -> Message:
    """The card: what, when, where, for whom, what is due; with the buttons of its state."""
    params: dict[str, Param] = {
        "title": meeting.title,
        **when_of(meeting),
        "hamlets": await scope_words(scene, meeting),
    }
    lines = [*led_by(await scene.uow.plans.get(meeting.plan_id))]
    standing = await standing_reading(scene.uow, meeting)
    if standing is not None and standing.chosen is not None:
        lines.append(await chosen_words(scene, standing.chosen, standing.plan, standing.key))
    params["due"] = (*lines, *await _due(scene, meeting))
    buttons = await _buttons(scene, meeting, unread=standing is not None and standing.chosen is None)
    if any(clock.kind is ClockKind.PREPARATION for clock in await scene.uow.clocks.of_meeting(meeting.id)):
        buttons.insert(-1, button("task.prepared_button", f"prepared.{meeting.id}"))
    return Message(key, params, (*((one,) for one in buttons), *before_rows(meeting)))


async def _due(scene: Scene, meeting: Meeting) -> list[Param]:
    lines: list[Param] = []
    if meeting.form is not MeetingForm.IN_PERSON:
        lines.append(Term(f"attend.line_{meeting.form.value}", {"way": meeting.online_at}))
    from_latest = False
    for clock in await scene.uow.clocks.of_meeting(meeting.id):
        shown = clock.kind in (ClockKind.NOTICE, ClockKind.PREPARATION, ClockKind.RESULTS)
        if shown and not meeting.rests(clock.due_on, scene.uow.today):
            passed = "_passed" if clock.due_on < scene.uow.today else ""
            due = unpack_due(clock.due)
            from_latest = from_latest or due.from_latest
            lines.append(Term(f"meetings.due_{clock.kind.value}{passed}", {"due": due_words(due)}))
    notice = await scene.uow.meetings.notice_of(meeting.id)
    if notice is not None:
        lines.append(Term("meetings.released", {"at": notice.released_at}))
    allowed = await scene.uow.requests.allowed_day(meeting)
    if allowed is not None:
        lines.append(Term("notice.short_notice", {"reason": allowed.text}))
    lines += [
        Term(f"meetings.waits_{request.kind.value}", {"at": request.starts_at})
        for request in await scene.uow.requests.waiting(meeting.id)
    ]
    if meeting.state is MeetingState.PLANNED:
        lines.append(Term("meetings.from_latest" if from_latest else "meetings.from_earliest"))
    return lines


async def _buttons(scene: Scene, meeting: Meeting, *, unread: bool) -> list[Button]:
    if meeting.state not in STILL_OPEN:
        return [button("button.menu", "cmd.menu")]
    if unread:
        return [
            button("meetings.choose_reading", f"reading.{meeting.id}"),
            button("meetings.cancel", f"cancelmeeting.{meeting.id}"),
        ]
    fixed = meeting.state is MeetingState.FIXED
    buttons = [button("meetings.move" if fixed else "meetings.fix", f"fix.{meeting.id}")]
    if not holds(scene.grants, Role.SECRETARY, await scene.uow.places.unit(meeting.unit_id)):
        if meeting.is_past(scene.uow.now):  # the chair is asked what became of it, and may say so here too
            buttons.append(button("meetings.cancel", f"cancelmeeting.{meeting.id}"))
        return [*buttons, button("button.menu", "cmd.menu")]
    if fixed:
        buttons.append(button("menu.notices", "cmd.thongbao"))
        notice = await scene.uow.meetings.notice_of(meeting.id)
        if notice is not None and not is_outdated(notice, meeting):
            buttons.append(button("noticecard.button", f"noticecard.{meeting.id}"))
        buttons.append(button("meetings.postpone", f"postpone.{meeting.id}"))
    buttons.append(button("attend.button", f"attending.{meeting.id}"))
    buttons.append(button("survey.button", f"surveynew.{meeting.id}"))
    buttons.append(button("guest.button", f"guests.{meeting.id}"))
    if await proposed_tasks(scene.uow, meeting):
        buttons.append(button("plantask.button_give", f"givetasks.{meeting.id}"))
    return [*buttons, button("meetings.cancel", f"cancelmeeting.{meeting.id}")]


async def show_card(scene: Scene, rest: str) -> Turn:
    """`meetingcard.<id>`."""
    meeting = await office_meeting(scene.uow, scene.me, MeetingId(id_in(rest)), Role.SECRETARY, Role.CHAIR, lock=False)
    return Turn(say=(await card(scene, meeting),))


MODULE = ConversationModule(choices=(Choice("meetingcard", show_card),))
