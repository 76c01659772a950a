"""The lists of all units before the secretary: which are in, accepting one or returning it, reminding, the due date."""

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import CHANGED, Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.compose_roster import roster_mark
from intake.actions.meetings.meeting_people import secretary_meeting
from intake.actions.meetings.quotas import lists_due, set_lists_due, units_with_quota
from intake.actions.meetings.seats import needs_of, takes_seats
from intake.actions.meetings.submit_roster import accept_roster, remind_rosters, return_roster
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.meetings.roster import Need, Roster, RosterState
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.typed_when import day_typed

from ..hamlet_head.roster import ids_and_mark, ids_in, roster_card

RETURN = "rosters.return"
DUE = "rosters.due"
AT_ONCE = 40
"""How many units one message has buttons for."""
_CANCEL = (button("button.cancel", "cancel"),)
_ORDER = (RosterState.SUBMITTED, RosterState.OPEN, RosterState.RETURNED, RosterState.ACCEPTED)
"""What waits for the secretary comes first."""


async def meeting_with_lists(scene: Scene, rest: str) -> Meeting:
    """The meeting a button names, for its secretary, where units send delegates."""
    meeting = await secretary_meeting(scene.uow, scene.me, MeetingId(id_in(rest)), lock=False)
    if not await takes_seats(scene.uow, meeting):
        raise RuleBroken("refusal.no_quotas")
    return meeting


async def show_rosters(scene: Scene, rest: str) -> Turn:
    """`rosters.<meeting>[.<start>]`: every unit with its state, figures and whether it was late."""
    number, _, start = rest.partition(".")
    meeting = await meeting_with_lists(scene, number)
    return Turn(say=(await rosters_card(scene, meeting, id_in(start or "0")),))


async def rosters_card(scene: Scene, meeting: Meeting, start: int = 0) -> Message:
    """The overview, with a button for each unit."""
    known = {roster.unit_id: roster for roster in await scene.uow.rosters.rosters(meeting.id)}
    units = [(unit, known.get(unit.id) or Roster(meeting.id, unit.id)) for unit in await _units(scene, meeting)]
    units.sort(key=lambda pair: _ORDER.index(pair[1].state))
    lines: list[Param] = []
    people = 0
    for unit, roster in units:
        needs = await needs_of(scene.uow, meeting, unit.id)
        people += sum(need.listed for need in needs)
        lines.append(_line(unit, roster, needs))
    page = units[start : start + AT_ONCE]
    rows = rows_of([literal(unit.name, f"roster.{meeting.id}.{unit.id}") for unit, _ in page])
    if start + AT_ONCE < len(units):
        left = len(units) - start - AT_ONCE
        rows = (*rows, (button("office.more_button", f"rosters.{meeting.id}.{start + AT_ONCE}", count=left),))
    due_on = await lists_due(scene.uow, meeting)
    params: dict[str, Param] = {
        "title": meeting.title,
        "due": Term("roster.due_unset") if due_on is None else Term("roster.due", {"due": on_weekday(due_on)}),
        "accepted": sum(roster.state is RosterState.ACCEPTED for _, roster in units),
        "units": len(units),
        "people": people,
        "lines": tuple(lines) or (Term("roster.no_units"),),
    }
    return Message("rosters.card", params, (*rows, *_below(meeting)))


def _line(unit: Unit, roster: Roster, needs: tuple[Need, ...]) -> Term:
    params: dict[str, Param] = {
        "unit": unit.name,
        "listed": sum(need.listed for need in needs),
        "wanted": sum(need.wanted for need in needs),
        "state": Term(f"roster.state_{roster.state.value}"),
    }
    return Term("rosters.line_late" if roster.late else "rosters.line", params)


def _below(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    return (
        (button("quota.button", f"quota.{meeting.id}"), button("roster.due_button", f"rosterdue.{meeting.id}")),
        (button("roster.remind_button", f"rosterremind.{meeting.id}"),),
        (button("menu.list", "cmd.danhsach"), button("button.menu", "cmd.menu")),
    )


async def _units(scene: Scene, meeting: Meeting) -> tuple[Unit, ...]:
    return await units_with_quota(scene.uow, meeting)


async def accept(scene: Scene, rest: str) -> Turn:
    """`rosterok.<meeting>.<unit>.<mark>`: the list that was shown, or none."""
    meeting_id, unit_id, seen = ids_and_mark(rest)
    meeting = await meeting_with_lists(scene, str(meeting_id))
    unit = await scene.uow.places.unit(unit_id)
    if seen != await roster_mark(scene.uow, meeting, unit):
        return Turn(say=(CHANGED, await roster_card(scene, meeting, unit)))
    await accept_roster(scene.uow, by=scene.me, meeting_id=meeting_id, unit_id=unit_id)
    said = Message("rosters.accepted", {"unit": unit.name})
    return Turn(say=(said, await rosters_card(scene, meeting)))


async def start_returning(scene: Scene, rest: str) -> Turn:
    """`rosterfix.<meeting>.<unit>`: the reason first."""
    meeting_id, unit_id, _ = ids_in(rest)
    meeting = await meeting_with_lists(scene, str(meeting_id))
    return Turn(to=RETURN, draft={"meeting": meeting.id, "unit": unit_id})


async def _ask_return(scene: Scene) -> Message:
    unit = await scene.uow.places.unit(UnitId(int(scene.draft["unit"])))
    return Message("rosters.why_return", {"unit": unit.name}, (_CANCEL,))


async def _hear_return(scene: Scene, event: InboundEvent) -> Turn:
    if event.kind is not InboundKind.TEXT:
        return Turn(to=RETURN, say=(Message("meetings.words_only"),), draft=scene.draft)
    meeting_id, unit_id = MeetingId(int(scene.draft["meeting"])), UnitId(int(scene.draft["unit"]))
    await return_roster(scene.uow, by=scene.me, meeting_id=meeting_id, unit_id=unit_id, reason=event.text)
    meeting = await meeting_with_lists(scene, str(meeting_id))
    unit = await scene.uow.places.unit(unit_id)
    return Turn(say=(await roster_card(scene, meeting, unit, key="rosters.returned"),))


async def remind(scene: Scene, rest: str) -> Turn:
    """`rosterremind.<meeting>`: everybody whose list is not in."""
    meeting = await meeting_with_lists(scene, rest)
    late = await remind_rosters(scene.uow, by=scene.me, meeting_id=meeting.id)
    return Turn(say=(Message("rosters.reminded", {"lists": late}, _below(meeting)),))


async def start_due(scene: Scene, rest: str) -> Turn:
    """`rosterdue.<meeting>`."""
    meeting = await meeting_with_lists(scene, rest)
    return Turn(to=DUE, draft={"meeting": meeting.id})


async def _ask_due(scene: Scene) -> Message:
    meeting = await scene.uow.meetings.get(MeetingId(int(scene.draft["meeting"])))
    due_on = await lists_due(scene.uow, meeting)
    known: Param = Term("roster.due_unset") if due_on is None else Term("roster.due", {"due": on_weekday(due_on)})
    return Message("rosters.which_due", {"title": meeting.title, "due": known}, (_CANCEL,))


async def _hear_due(scene: Scene, event: InboundEvent) -> Turn:
    meeting_id = MeetingId(int(scene.draft["meeting"]))
    on = day_typed(event.text, scene.uow.today)
    told = await set_lists_due(scene.uow, by=scene.me, meeting_id=meeting_id, on=on)
    meeting = await meeting_with_lists(scene, str(meeting_id))
    return Turn(
        say=(Message("rosters.due_set", {"due": on_weekday(on), "told": told}), await rosters_card(scene, meeting))
    )


MODULE = ConversationModule(
    choices=(
        Choice("rosters", show_rosters),
        Choice("rosterok", accept),
        Choice("rosterfix", start_returning, leads_to=(RETURN,)),
        Choice("rosterremind", remind),
        Choice("rosterdue", start_due, leads_to=(DUE,)),
    ),
    steps=(
        Step(RETURN, _ask_return, _hear_return, role=Role.SECRETARY, free_text=True),
        Step(DUE, _ask_due, _hear_due, role=Role.SECRETARY),
    ),
)
