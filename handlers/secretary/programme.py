"""The programme of a meeting in session: what is done, what comes next, one tap a step (R140–R142)."""

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.run_sheet import SheetStep, sheet_of, tick_step, untick_last
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Button, Message, Param, Term, button
from wording.plans import led_by


async def show(scene: Scene, rest: str) -> Turn:
    """A button `programme.<meeting id>`."""
    return Turn(say=(await _sheet(scene, await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest)))),))


async def tick(scene: Scene, rest: str) -> Turn:
    """A button `programmedone.<meeting id>.<position>`."""
    number, _, position = rest.partition(".")
    meeting = await tick_step(scene.uow, by=scene.me, meeting_id=MeetingId(id_in(number)), position=id_in(position))
    return Turn(say=(await _sheet(scene, meeting),))


async def untick(scene: Scene, rest: str) -> Turn:
    """A button `programmeundo.<meeting id>`."""
    meeting = await untick_last(scene.uow, by=scene.me, meeting_id=MeetingId(id_in(rest)))
    return Turn(say=(await _sheet(scene, meeting),))


async def _sheet(scene: Scene, meeting: Meeting) -> Message:
    steps = await sheet_of(scene.uow, meeting)
    upcoming = next((step for step in steps if step.done_at is None), None)
    led = led_by(await scene.uow.plans.get(meeting.plan_id))
    lines = (*led, *(tuple(_line(step, upcoming) for step in steps) or (Term("programme.none"),)))
    rows: list[tuple[Button, ...]] = []
    if meeting.state is MeetingState.OPEN:
        if upcoming is not None:
            code = f"programmedone.{meeting.id}.{upcoming.position}"
            rows.append((button("programme.done_button", code, number=upcoming.position + 1),))
        if any(step.done_at is not None for step in steps):
            rows.append((button("programme.undo_button", f"programmeundo.{meeting.id}"),))
    rows.append((button("programme.back_button", f"room.{meeting.id}"),))
    return Message("programme.sheet", {"title": meeting.title, "lines": lines}, tuple(rows))


def _line(step: SheetStep, upcoming: SheetStep | None) -> Term:
    params: dict[str, Param] = {"number": step.position + 1, "title": step.title}
    if step.done_at is not None:
        return Term("programme.line_done", {**params, "at": step.done_at.astimezone(LOCAL).strftime("%H:%M")})
    return Term("programme.line_next" if step is upcoming else "programme.line", params)


MODULE = ConversationModule(
    choices=(Choice("programme", show), Choice("programmedone", tick), Choice("programmeundo", untick)),
)
