"""What a notice would cost in messages if it went out now: counts only, no names."""

from collections import Counter
from dataclasses import dataclass

from intake.actions.meeting_people import hamlets_in_scope
from intake.ports import UnitOfWork
from intake.rules.budget import month_of
from intake.rules.meeting import Meeting
from intake.rules.reach import Way, way_when_closed
from intake.rules.template import TemplateKind


@dataclass(frozen=True, slots=True)
class Cost:
    """How many residents each way reaches, how many no chat reaches, and how the unit's budget stands (0: none)."""

    ways: Counter[Way]
    in_person: int
    spent: int
    budget: int

    @property
    def paid(self) -> int:
        """How many of the messages cost something."""
        return self.ways[Way.BILLED] + self.ways[Way.TEMPLATE]


async def foresee_cost(uow: UnitOfWork, meeting: Meeting) -> Cost | None:
    """The cost of a meeting's notice to everybody it is for; None where nobody uses a network that ever costs."""
    hamlets = [hamlet.id for hamlet in await hamlets_in_scope(uow, meeting)]
    parts = await uow.broadcasts.audience(hamlets)
    if not any(part.network in uow.reach.windows for part in parts):
        return None
    ways: Counter[Way] = Counter()
    for part in parts:
        if part.network is not None:
            ways[part.way or way_when_closed(uow.reach, part.network, TemplateKind.MEETING)] += part.people
    in_person = sum(part.people for part in parts if part.network is None)
    unit = await uow.places.unit(meeting.unit_id)
    spent = await uow.ledger.messages(unit.id, month_of(uow.today))
    return Cost(ways, in_person, spent, uow.reach.budgets.of(unit.code))
