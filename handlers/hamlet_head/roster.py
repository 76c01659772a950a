"""The list of a unit as those who compose it see it (`/danhsach`, `Soạn danh sách`), and handing it in (R111, R112)."""

from handlers.engine.scene import CHANGED, Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.compose_roster import is_secretary_of, roster_for, roster_mark
from intake.actions.meetings.seats import REGISTRATION_STATES, needs_of, roster_of
from intake.actions.meetings.submit_roster import submit_roster
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.meetings.roster import EDITABLE, RosterState, is_complete
from intake.rules.message import Button, Message, button, literal, rows_of
from intake.rules.people.unit import Unit, UnitId
from wording.rosters import need_words, roster_words

_BEFORE = (MeetingState.PLANNED, MeetingState.FIXED)
AT_ONCE = 20
"""How many people of a list one message has buttons for."""


def ids_in(rest: str) -> tuple[MeetingId, UnitId, int]:
    """The meeting, the unit and the start of the page in a code `<meeting>.<unit>[.<start>]`."""
    meeting, _, others = rest.partition(".")
    unit, _, start = others.partition(".")
    return MeetingId(id_in(meeting)), UnitId(id_in(unit)), id_in(start or "0")


def ids_and_mark(rest: str) -> tuple[MeetingId, UnitId, str]:
    """The meeting, the unit and the mark of the list in a code `<meeting>.<unit>.<mark>`."""
    meeting, _, others = rest.partition(".")
    unit, _, seen = others.partition(".")
    return MeetingId(id_in(meeting)), UnitId(id_in(unit)), seen


async def show_roster(scene: Scene, rest: str) -> Turn:
    """`roster.<meeting>.<unit>[.<start>]`."""
    meeting_id, unit_id, start = ids_in(rest)
    meeting, unit = await roster_for(scene.uow, scene.me, meeting_id, unit_id)
    return Turn(say=(await roster_card(scene, meeting, unit, start),))


async def roster_card(scene: Scene, meeting: Meeting, unit: Unit, start: int = 0, key: str = "roster.card") -> Message:
    """The list with what may be done about it by whoever looks at it."""
    rows = await _rows(scene, meeting, unit, start)
    return Message(key, await roster_words(scene.uow, meeting, unit), rows)


async def _rows(scene: Scene, meeting: Meeting, unit: Unit, start: int) -> tuple[tuple[Button, ...], ...]:
    code = f"{meeting.id}.{unit.id}"
    marked = f"{code}.{await roster_mark(scene.uow, meeting, unit)}"
    state = (await roster_of(scene.uow, meeting, unit.id)).state
    decides = await is_secretary_of(scene.uow, scene.me, meeting)
    rows: list[tuple[Button, ...]] = []
    before = meeting.state in _BEFORE
    if meeting.state in REGISTRATION_STATES and (state in EDITABLE or decides):
        listed = await scene.uow.rosters.registrations(meeting.id, unit.id)
        people = await scene.uow.people.many([one.person_id for one in listed])
        page = listed[start : start + AT_ONCE]
        names = [literal(people[one.person_id].called or one.reference, f"rosterone.{one.id}") for one in page]
        rows += rows_of(names)
        if start + AT_ONCE < len(listed):
            left = len(listed) - start - AT_ONCE
            rows.append((button("office.more_button", f"roster.{code}.{start + AT_ONCE}", count=left),))
        rows.append((button("roster.add_button", f"rosteradd.{code}"),))
    if before and state in EDITABLE:
        rows.append((button("roster.submit_button", f"rostersend.{marked}"),))
    if before and decides and state is RosterState.SUBMITTED:
        rows.append((button("roster.accept_button", f"rosterok.{marked}"), _returns(code)))
    if before and decides and state is RosterState.ACCEPTED:
        rows.append((_returns(code),))
    return (*rows, (button("menu.list", "cmd.danhsach"), button("button.menu", "cmd.menu")))


def _returns(code: str) -> Button:
    return button("roster.return_button", f"rosterfix.{code}")


async def send(scene: Scene, rest: str) -> Turn:
    """`rostersend.<meeting>.<unit>.<mark>`; an incomplete list is asked about first."""
    meeting, unit, changed = await _as_shown(scene, rest)
    if changed is not None:
        return changed
    needs = await needs_of(scene.uow, meeting, unit.id)
    if any(need.listed for need in needs) and not is_complete(needs) and any(need.wanted for need in needs):
        no = button("button.no", f"roster.{meeting.id}.{unit.id}")
        row = (button("roster.submit_anyway", f"rostersendall.{rest}"), no)
        return Turn(say=(Message("roster.incomplete", {"unit": unit.name, "needs": need_words(needs)}, (row,)),))
    return await _send(scene, meeting, unit, incomplete=False)


async def send_incomplete(scene: Scene, rest: str) -> Turn:
    """`rostersendall.<meeting>.<unit>.<mark>`: handed in although somebody is missing."""
    meeting, unit, changed = await _as_shown(scene, rest)
    if changed is not None:
        return changed
    return await _send(scene, meeting, unit, incomplete=True)


async def _as_shown(scene: Scene, rest: str) -> tuple[Meeting, Unit, Turn | None]:
    """The list a code `<meeting>.<unit>.<mark>` names; the turn that shows it anew where it is not what was shown."""
    meeting_id, unit_id, seen = ids_and_mark(rest)
    meeting, unit = await roster_for(scene.uow, scene.me, meeting_id, unit_id)
    if meeting.state not in _BEFORE or seen == await roster_mark(scene.uow, meeting, unit):
        return meeting, unit, None
    return meeting, unit, Turn(say=(CHANGED, await roster_card(scene, meeting, unit)))


async def _send(scene: Scene, meeting: Meeting, unit: Unit, *, incomplete: bool) -> Turn:
    await submit_roster(scene.uow, by=scene.me, meeting_id=meeting.id, unit_id=unit.id, incomplete=incomplete)
    return Turn(say=(await roster_card(scene, meeting, unit, key="roster.sent"),))


MODULE = ConversationModule(
    choices=(
        Choice("roster", show_roster),
        Choice("rostersend", send),
        Choice("rostersendall", send_incomplete),
    ),
)
