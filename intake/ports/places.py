"""Units, desks, topics, the plans they carry out, and the calendar they go by."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from intake.rules.deadlines.calendar import ConfirmedYear, Override, WorkCalendar
from intake.rules.deadlines.deadline import Recomputation
from intake.rules.people.unit import Desk, DeskId, Topic, TopicId, Unit, UnitId
from intake.rules.plan.plan import Plan, PlanId


class Places(Protocol):
    """Units, desks and topics."""

    async def add_unit(self, unit: Unit, parent: Unit | None) -> Unit:
        """Store a unit below its parent and set its path."""
        ...

    async def add_desk(self, desk: Desk) -> Desk:
        """Store a desk."""
        ...

    async def add_topic(self, topic: Topic) -> Topic:
        """Store a topic."""
        ...

    async def unit(self, unit_id: UnitId) -> Unit:
        """One unit; `NotFound` when there is none."""
        ...

    async def units(self, unit_ids: Iterable[UnitId]) -> dict[UnitId, Unit]:
        """Several units by id."""
        ...

    async def unit_by_code(self, code: str) -> Unit | None:
        """A unit by code, whatever the case of its letters."""
        ...

    async def roots(self) -> Sequence[Unit]:
        """The units that have a plan, by name."""
        ...

    async def hamlets(self, unit_id: UnitId) -> Sequence[Unit]:
        """The hamlets anywhere below a unit, by name."""
        ...

    async def above(self, unit: Unit) -> Sequence[Unit]:
        """The unit and everything above it, the unit first."""
        ...

    async def home(self, unit: Unit) -> Unit | None:
        """The nearest of the unit and those above it that has a plan: it runs the dialogues."""
        ...

    async def desks(self, unit_id: UnitId) -> Sequence[Desk]:
        """The desks of a unit in their order."""
        ...

    async def desk(self, desk_id: DeskId) -> Desk:
        """One desk; `NotFound` when there is none."""
        ...

    async def desks_by_id(self, desk_ids: Iterable[DeskId]) -> dict[DeskId, Desk]:
        """Several desks by id."""
        ...

    async def topics(self, unit_id: UnitId) -> Sequence[Topic]:
        """The topics of a unit in their order."""
        ...

    async def topic(self, topic_id: TopicId) -> Topic:
        """One topic; `NotFound` when there is none."""
        ...


class Plans(Protocol):
    """Loaded plans."""

    async def add(self, plan: Plan) -> Plan:
        """Store a plan."""
        ...

    async def get(self, plan_id: PlanId, *, lock: bool = False) -> Plan:
        """One plan; `NotFound` when there is none."""
        ...

    async def by_code(self, code: str) -> Plan | None:
        """A plan by its code."""
        ...

    async def of_units(self, unit_ids: Iterable[UnitId]) -> Sequence[Plan]:
        """The plans of these units, newest first."""
        ...


class Overrides(Protocol):
    """What was entered by hand about the calendar, and the recomputations that are still owed for it."""

    async def days(self) -> Sequence[Override]:
        """Every override, by day."""
        ...

    async def years(self) -> Sequence[ConfirmedYear]:
        """Every confirmed year, in order."""
        ...

    async def put(self, overrides: Sequence[Override]) -> None:
        """Store overrides; one that stands on the same day is replaced."""
        ...

    async def take_back(self, on: date) -> None:
        """Remove the override of a day, if there is one."""
        ...

    async def confirm(self, years: Sequence[ConfirmedYear]) -> None:
        """Store confirmed years; an earlier confirmation is replaced."""
        ...

    async def calendar(self, *, culture_day: bool | None = None) -> WorkCalendar:
        """The calendar as this transaction leaves it; with `culture_day` given, as it would be with the day so."""
        ...

    async def changed(self, *, culture_day: bool | None = None) -> None:
        """Make every process read the calendar anew once this is committed; changes wait for each other here."""
        ...

    async def counts_culture_day(self) -> bool:
        """Whether running clocks were last computed with 24 November as a day off."""
        ...

    async def owe(self, recomputation: Recomputation) -> None:
        """Remember that clocks are to be computed once more."""
        ...

    async def owed(self, before: datetime) -> Sequence[Recomputation]:
        """What has been owed since before a moment, oldest first, locked."""
        ...

    async def settled(self, recomputation: Recomputation) -> None:
        """A recomputation is owed no longer."""
        ...
