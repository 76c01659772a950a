"""A meeting on demand: people ask for one and join, the office counts and answers within ten working days (R212).

Nobody reads an asker's own words but the office, and nobody at all who asked or joined: only how many they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from intake.actions.deadlines.clocks import settings_for, settings_of, start_clock
from intake.actions.outbox.tell import tell
from intake.actions.people.enrol import home_unit
from intake.actions.people.office import holders_of, secretaries_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import ClockState
from intake.rules.deadlines.task import Task, TaskKind
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.demand import MOST_VOTERS, DemandId, DemandState, DemandVoice, MeetingDemand
from intake.rules.meetings.meeting import DEMANDED, Meeting
from intake.rules.message import Button, Message, Param, Term
from intake.rules.people.permissions import require
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.plan import Plan
from intake.rules.plan.window import Precision
from intake.rules.questions.promise import promised_day, required

OFFICE = (Role.SECRETARY, Role.CHAIR)


@dataclass(frozen=True, slots=True)
class Demanded:
    """A demand with how many joined it in the chat, and the day by which the office answers; None once it has."""

    demand: MeetingDemand
    voices: int
    due_on: date | None

    @property
    def count(self) -> int:
        """Voices of the chat and signatures on paper: how many ask for the meeting."""
        return self.voices + self.demand.on_paper


async def demanded(uow: UnitOfWork, demand: MeetingDemand) -> Demanded:
    """A demand as it stands now."""
    due_on = min((one.due_on for one in await uow.tasks.clocks_of(demand.task_id)), default=None)
    return Demanded(demand, await uow.demands.voices(demand.id), due_on if demand.is_open else None)


async def words_in_office(uow: UnitOfWork, demand: MeetingDemand) -> Param:
    """The asker's own words as the office reads them; where they were erased, or are used no further (LAW C5), that."""
    if not demand.text:
        return Term("demand.asker_gone")
    return Term("demand.asker_restricts") if await _rests(uow, demand) else demand.text


async def demands_to_join(uow: UnitOfWork, by: Person) -> list[Demanded]:
    """What people of somebody's unit ask for, that they may join or have asked for themselves, the oldest first."""
    unit = await _own_unit(uow, by)
    found = [one for one in await uow.demands.of_unit(unit.id) if one.is_open]
    return [await demanded(uow, one) for one in found if one.state is DemandState.GATHERING or one.asked_by == by.id]


async def demands_in_public(uow: UnitOfWork, unit_id: UnitId) -> list[Demanded]:
    """What everybody reads: the demands that were put into words for all, the newest first."""
    return [await demanded(uow, one) for one in reversed(await uow.demands.of_unit(unit_id)) if one.public_text]


async def ask_for_meeting(uow: UnitOfWork, *, by: Person, text: str) -> MeetingDemand:
    """Ask for a meeting, as a voter of the own unit; the asker's is the first voice.

    The office answers within ten working days (LAW C1). One at a time: `RuleBroken` while an own one waits.
    """
    unit = await _own_unit(uow, by)
    text = required(text, "refusal.text_missing")
    await uow.people.lock(by.id)
    if any(one.asked_by == by.id and one.is_open for one in await uow.demands.of_unit(unit.id)):
        raise RuleBroken("refusal.demand_waits")
    task = await _owe_answer(uow, unit)
    demand = await _begin(uow, task, MeetingDemand(unit.id, task.id, text, uow.now, asked_by=by.id))
    await uow.demands.join(DemandVoice(demand.id, by.id, uow.now))
    await _note(uow, by, "ask_for_meeting", demand)
    opens = ((Button(f"demand.{demand.id}", "button.open"),),)
    await tell(uow, await secretaries_of(uow, unit), Message("demand.came", {"text": text}, opens))
    return demand


async def enter_demand(uow: UnitOfWork, *, by: Person, unit_id: UnitId, text: str, on_paper: int) -> MeetingDemand:
    """Enter a demand that was handed in on paper with so many signatures; everybody reads `text` and may join."""
    unit = await uow.places.unit(unit_id)
    require(await uow.people.grants_of(by.id), OFFICE, unit)
    text = required(text, "refusal.text_missing")
    on_paper = _count(on_paper)
    task = await _owe_answer(uow, unit)
    entered = MeetingDemand(unit.id, task.id, text, uow.now, state=DemandState.GATHERING, public_text=text)
    demand = await _begin(uow, task, entered)
    demand.on_paper = on_paper
    await _note(uow, by, "enter_demand", demand)
    await _look_whether_reached(uow, demand)
    return demand


async def open_demand(uow: UnitOfWork, *, by: Person, demand_id: DemandId, text: str) -> MeetingDemand:
    """Put a demand into words for everybody, naming nobody, so that others may join; its asker is told.

    `RuleBroken` while its asker wants their words used no further.
    """
    demand = await demand_in_office(uow, by, demand_id, lock=True)
    if demand.state is not DemandState.RECEIVED:
        raise ChangedMeanwhile
    if await _rests(uow, demand):
        raise RuleBroken("refusal.demand_rests")
    demand.public_text = required(text, "refusal.text_missing")
    demand.state = DemandState.GATHERING
    await _note(uow, by, "open_demand", demand)
    await _tell_voices(uow, demand, "demand.opened", {})
    return demand


async def join_demand(uow: UnitOfWork, *, by: Person, demand_id: DemandId) -> bool:
    """Join a demand of the own unit as a voter. Returns False for who had joined before."""
    demand = await _of_own_unit(uow, by, demand_id)
    if by.id in await uow.demands.joined(demand.id):
        return False
    await uow.demands.join(DemandVoice(demand.id, by.id, uow.now))
    await _note(uow, by, "join_demand", demand)
    await _look_whether_reached(uow, demand)
    return True


async def leave_demand(uow: UnitOfWork, *, by: Person, demand_id: DemandId) -> None:
    """Take the own voice back while nobody has decided. What was reached stays reached."""
    demand = await _of_own_unit(uow, by, demand_id)
    await uow.demands.leave(demand.id, by.id)
    await _note(uow, by, "leave_demand", demand)


async def take_voices_back(uow: UnitOfWork, person: Person, by: Person) -> None:
    """Take a person's voice out of every demand nobody has decided; what was reached stays reached."""
    for known in await uow.demands.of_person(person.id):
        demand = await uow.demands.get(known.id, lock=True)
        if demand.is_open and person.id in await uow.demands.joined(demand.id):
            await uow.demands.leave(demand.id, person.id)
            await _note(uow, by, "leave_demand", demand)


async def count_demand(
    uow: UnitOfWork, *, by: Person, demand_id: DemandId, voters: int, on_paper: int
) -> MeetingDemand:
    """Say how many voters the unit has and how many signed on paper; what is enough follows from it (LAW C9).

    Where numbers that made it enough were wrong, it is not enough any more, and whoever was told so hears it.
    """
    demand = await demand_in_office(uow, by, demand_id, lock=True)
    if not demand.is_open:
        raise ChangedMeanwhile
    if not 0 < voters <= MOST_VOTERS:
        raise RuleBroken("refusal.demand_number", {"most": MOST_VOTERS})
    before = demand.missing or 0
    demand.voters, demand.on_paper = voters, _count(on_paper)
    await _note(uow, by, "count_demand", demand)
    await _take_back_reached(uow, demand, before)
    await _look_whether_reached(uow, demand)
    return demand


async def grant_demand(
    uow: UnitOfWork, *, by: Person, demand_id: DemandId, title: str, until: date, reason: str
) -> Meeting:
    """Agree, as the chair: the meeting is planned for the time until a day, and whoever asked or joined is told."""
    demand = await _to_decide(uow, by, demand_id)
    reason = required(reason, "refusal.reason_missing")
    plan = await _plan_of(uow, demand.unit_id)
    meeting = await uow.meetings.add(
        Meeting(
            plan_id=plan.id,
            unit_id=demand.unit_id,
            session_key=f"{DEMANDED}{demand.id}",
            title=required(title, "refusal.text_missing"),
            theme=demand.public_text,
            window_from=uow.today,
            window_to=promised_day(until, uow.today),
            precision=Precision.WINDOW,
            half_day=None,
            venue="",
            created_by=by.id,
            created_at=uow.now,
        ),
        [],
    )
    await start_clock(uow, ClockKind.NOTICE, meeting.window, settings=settings_for(plan, meeting), meeting=meeting)
    demand.meeting_id = meeting.id
    await _decide(uow, by, demand, DemandState.GRANTED, reason)
    params: dict[str, Param] = {"title": meeting.title, "until": meeting.window_to, "reason": reason}
    await _tell_voices(uow, demand, "demand.granted", params)
    opens = ((Button(f"meetingcard.{meeting.id}", "button.open"),),)
    unit = await uow.places.unit(demand.unit_id)
    await tell(uow, await secretaries_of(uow, unit), Message("demand.to_fix", params, opens))
    return meeting


async def decline_demand(uow: UnitOfWork, *, by: Person, demand_id: DemandId, reason: str) -> MeetingDemand:
    """Refuse, as the chair, with a reason that whoever asked or joined is told. One in ten voters cannot be refused."""
    demand = await _to_decide(uow, by, demand_id)
    reason = required(reason, "refusal.reason_missing")
    if demand.reached_at is not None:
        raise RuleBroken("refusal.demand_binding")
    await _decide(uow, by, demand, DemandState.DECLINED, reason)
    await _tell_voices(uow, demand, "demand.declined", {"reason": reason})
    return demand


async def demand_in_office(uow: UnitOfWork, by: Person, demand_id: DemandId, *, lock: bool = False) -> MeetingDemand:
    """A demand of a unit in which `by` is secretary or chair; `NotFound` for all others."""
    demand = await uow.demands.get(demand_id, lock=lock)
    require(await uow.people.grants_of(by.id), OFFICE, await uow.places.unit(demand.unit_id))
    return demand


async def _rests(uow: UnitOfWork, demand: MeetingDemand) -> bool:
    asker = None if demand.asked_by is None else await uow.people.get(demand.asked_by)
    return asker is not None and asker.restricted_at is not None


async def _own_unit(uow: UnitOfWork, by: Person) -> Unit:
    if by.hamlet_id is None:
        raise RuleBroken("refusal.no_hamlet")
    return await home_unit(uow, await uow.places.unit(by.hamlet_id))


async def _of_own_unit(uow: UnitOfWork, by: Person, demand_id: DemandId) -> MeetingDemand:
    demand = await uow.demands.get(demand_id, lock=True)
    unit = await _own_unit(uow, by)
    if demand.unit_id != unit.id or not demand.public_text:
        raise NotFound
    if not demand.is_open:
        raise ChangedMeanwhile
    return demand


async def _to_decide(uow: UnitOfWork, by: Person, demand_id: DemandId) -> MeetingDemand:
    demand = await uow.demands.get(demand_id, lock=True)
    require(await uow.people.grants_of(by.id), (Role.CHAIR,), await uow.places.unit(demand.unit_id))
    if not demand.is_open:
        raise ChangedMeanwhile
    return demand


async def _plan_of(uow: UnitOfWork, unit_id: UnitId) -> Plan:
    plans: Sequence[Plan] = await uow.plans.of_units([unit_id])
    if not plans:
        raise NotFound
    return max(plans, key=lambda one: (one.year, one.id))


async def _owe_answer(uow: UnitOfWork, unit: Unit) -> Task:
    """The task that reminds the office of its ten working days."""
    settings = settings_of(await _plan_of(uow, unit.id))
    key = f"demand:{uow.vault.new_code()}"  # who asks stands in the demand alone, where erasing takes it away
    task = await uow.tasks.add(Task(unit.id, TaskKind.DEMAND, key, "", uow.now))
    await start_clock(uow, ClockKind.ACKNOWLEDGE, uow.today, settings=settings, task=task)
    return task


async def _begin(uow: UnitOfWork, task: Task, demand: MeetingDemand) -> MeetingDemand:
    await uow.demands.add(demand)
    task.title = str(demand.id)
    return demand


def _count(number: int) -> int:
    if not 0 <= number <= MOST_VOTERS:
        raise RuleBroken("refusal.demand_number", {"most": MOST_VOTERS})
    return number


async def _look_whether_reached(uow: UnitOfWork, demand: MeetingDemand) -> None:
    """Where one voter in ten asks for the meeting by now, secretary and chair are told, once."""
    voices = await uow.demands.voices(demand.id)
    if demand.reached_at is not None or demand.missing is None or voices < demand.missing:
        return
    demand.reached_at = uow.now
    await _tell_office_count(uow, demand, "demand.reached", voices)


async def _take_back_reached(uow: UnitOfWork, demand: MeetingDemand, before: int) -> None:
    """Where more voices are missing than was said `before`, and are not there, it was never enough; they are told."""
    voices, missing = await uow.demands.voices(demand.id), demand.missing or 0
    if demand.reached_at is not None and before < missing and voices < missing:
        demand.reached_at = None
        await _tell_office_count(uow, demand, "demand.not_reached", voices)


async def _tell_office_count(uow: UnitOfWork, demand: MeetingDemand, key: str, voices: int) -> None:
    told = [one.id for one in await holders_of(uow, demand.unit_id, *OFFICE)]
    opens = ((Button(f"demand.{demand.id}", "button.open"),),)
    params: dict[str, Param] = {
        "text": demand.public_text or await words_in_office(uow, demand),
        "count": voices + demand.on_paper,
        "needed": demand.needed or 0,
    }
    await tell(uow, told, Message(key, params, opens))


async def _decide(uow: UnitOfWork, by: Person, demand: MeetingDemand, state: DemandState, reason: str) -> None:
    demand.state, demand.reason, demand.decided_by, demand.decided_at = state, reason, by.id, uow.now
    task = await uow.tasks.get(demand.task_id, lock=True)
    task.done_by, task.done_at = by.id, uow.now
    for clock in await uow.tasks.clocks_of(task.id):
        clock.state, clock.ended_at = ClockState.MET, uow.now
    await _note(uow, by, "decide_demand", demand)


async def _tell_voices(uow: UnitOfWork, demand: MeetingDemand, key: str, params: Mapping[str, Param]) -> None:
    """Who joined several reads which one it is; before it was put into words for all, only the asker reads it."""
    joined: Sequence[PersonId] = await uow.demands.joined(demand.id)
    await tell(uow, list(joined), Message(key, {**params, "text": demand.public_text or demand.text}))


async def _note(uow: UnitOfWork, by: Person, act: str, demand: MeetingDemand) -> None:
    numbers = {"voters": demand.voters, "on_paper": demand.on_paper}
    detail = {"state": demand.state.value, "unit": demand.unit_id, **numbers}
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, f"demand:{demand.id}", detail))
