"""The upcoming meetings of one's own hamlet (`/lich`)."""

from handlers.engine.scene import Command, Scene, Turn
from handlers.engine.table import ConversationModule
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.message import Message, Param, Term, button
from intake.rules.people.unit import Unit
from intake.rules.plan.profile_terms import MeetingForm
from wording.meetings import when_of

NO_MEETING = Message(
    "calendar.none",
    {},
    (
        (button("menu.ask", "cmd.hoi"), button("button.menu", "cmd.menu")),
        (button("outcome.held_button", "held"), button("demand.button", "cmd.denghi")),
    ),
)


async def own_hamlet(scene: Scene) -> Unit:
    """The hamlet the person gave as their own. Raises `RuleBroken` for somebody who has not chosen one yet."""
    if scene.me.hamlet_id is None:
        raise RuleBroken("refusal.no_hamlet")
    return await scene.uow.places.unit(scene.me.hamlet_id)


async def show_calendar(scene: Scene, _rest: str) -> Turn:
    """`/lich`: what, when, where, for whom, and whether one is registered (R094)."""
    meetings = await scene.uow.meetings.for_hamlet(await own_hamlet(scene))
    if not meetings:
        return Turn(say=(NO_MEETING,))
    lines: list[Param] = []
    for meeting in meetings:
        lines += ["", *await _lines(scene, meeting)]
    row = (button("menu.register", "cmd.dangky"), button("menu.ask", "cmd.hoi"))
    buttons = (row, (button("outcome.held_button", "held"), button("demand.button", "cmd.denghi")))
    return Turn(say=(Message("calendar.list", {"meetings": tuple(lines)}, buttons),))


async def _lines(scene: Scene, meeting: Meeting) -> list[Param]:
    lines: list[Param] = [Term("calendar.meeting", {"title": meeting.title, **when_of(meeting)})]
    if meeting.theme not in {"", meeting.title}:
        lines.append(Term("calendar.theme", {"theme": meeting.theme}))
    if meeting.form is not MeetingForm.IN_PERSON:
        lines.append(Term(f"attend.line_{meeting.form.value}", {"way": meeting.online_at}))
    hamlets = await scene.uow.meetings.hamlets(meeting.id)
    covered = [hamlet.name for hamlet in hamlets]
    if not covered:
        covered = [(await scene.uow.places.unit(meeting.unit_id)).name]
    lines.append(Term("calendar.covers", {"hamlets": ", ".join(covered)}))
    if meeting.state is MeetingState.OPEN:
        lines.append(Term("calendar.open"))
    registration = await scene.uow.meetings.registration(meeting.id, scene.me.id)
    if registration is not None:
        lines.append(
            Term(
                "calendar.registered",
                {"kind": Term(f"register.kind.{registration.kind.value}"), "reference": registration.reference},
            )
        )
    return lines


_CALLED = ("lịch", "lịch đối thoại", "lịch họp", "bao giờ họp", "bao giờ đối thoại", "calendar")

MODULE = ConversationModule(commands=(Command("lich", show_calendar, aliases=_CALLED),))
