"""Units, desks and topics, and the plans they carry out."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from intake.rules.people.contact import ContactKind, UnitContact
from intake.rules.people.unit import Desk, DeskId, Topic, TopicId, Unit, UnitId
from intake.rules.plan.applied_paper import AppliedPaper
from intake.rules.plan.plan import Plan, PlanId
from intake.rules.plan.reading.reading import PlanReading


class Places(Protocol):
    """Units, desks and topics."""

    async def add_unit(self, unit: Unit, parent: Unit | None) -> Unit:
        """Store a unit below its parent and set its path."""
        ...

    async def move_unit(self, unit: Unit, parent: Unit) -> None:
        """Put a unit, with everything below it, below another one."""
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

    async def roots_under(self, unit_ids: Iterable[UnitId]) -> Sequence[Unit]:
        """Those of the units that have a plan which lie in these units, or are one of them, by name."""
        ...

    async def hamlets(self, unit_id: UnitId) -> Sequence[Unit]:
        """The hamlets anywhere below a unit, by name."""
        ...

    async def communes(self, unit_id: UnitId) -> Sequence[Unit]:
        """The communes and towns below a unit, by name."""
        ...

    async def above(self, unit: Unit) -> Sequence[Unit]:
        """The unit and everything above it, the unit first."""
        ...

    async def home(self, unit: Unit) -> Unit | None:
        """The nearest of the unit and those above it that has a plan: it runs the dialogues."""
        ...

    async def desks(self, unit_id: UnitId) -> Sequence[Desk]:
        """The desks of a unit that answer questions, in their order."""
        ...

    async def bodies(self, unit_id: UnitId) -> Sequence[Desk]:
        """Every body of a unit that has people: the desks that answer, then those that only have tasks."""
        ...

    async def desk(self, desk_id: DeskId) -> Desk:
        """One desk; `NotFound` when there is none."""
        ...

    async def desks_by_id(self, desk_ids: Iterable[DeskId]) -> dict[DeskId, Desk]:
        """Several desks by id."""
        ...

    async def contacts(self, unit: Unit) -> dict[ContactKind, str]:
        """Where the people of a unit go, as it has said; each text from the nearest unit above it where it has not."""
        ...

    async def say_contact(self, contact: UnitContact) -> None:
        """Store one of these texts in the place of what was said before."""
        ...

    async def topics(self, unit_id: UnitId) -> Sequence[Topic]:
        """The topics of a unit in their order."""
        ...

    async def topic(self, topic_id: TopicId) -> Topic:
        """One topic; `NotFound` when there is none."""
        ...


class Papers(Protocol):
    """Papers that people sent as files."""

    async def text_of(self, content: bytes) -> str:
        """The text of a file; `UnreadablePaperError` with the reason where it has none."""
        ...

    async def read(self, sha256: str) -> PlanReading:
        """What a kept paper says; `UnreadablePaperError` with the reason where it cannot be read."""
        ...


class Plans(Protocol):
    """Loaded plans."""

    async def add(self, plan: Plan) -> Plan:
        """Store a plan."""
        ...

    async def get(self, plan_id: PlanId, *, lock: bool = False) -> Plan:
        """One plan; `NotFound` when there is none."""
        ...

    async def note_paper(self, paper: AppliedPaper) -> None:
        """Store that a paper was applied."""
        ...

    async def papers_of(self, plan_id: PlanId) -> Sequence[AppliedPaper]:
        """The papers a plan and its meetings go back to, the oldest first."""
        ...

    async def all(self) -> Sequence[Plan]:
        """Every plan there is."""
        ...

    async def by_code(self, code: str) -> Plan | None:
        """A plan by its code."""
        ...

    async def of_units(self, unit_ids: Iterable[UnitId]) -> Sequence[Plan]:
        """The plans of these units, newest first."""
        ...
