"""Paid messages: foresee what a notice costs, count what was sent against a unit's budget, warn its secretaries."""

from collections import Counter
from dataclasses import dataclass

from intake.actions.meetings.meeting_people import hamlets_in_scope
from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Message
from intake.rules.outbox.channel_policy import Way, crossed, month_of, way_when_closed
from intake.rules.outbox.template import TemplateKind
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Unit


async def count_paid_messages(uow: UnitOfWork, person_id: PersonId, way: Way, count: int = 1) -> None:
    """Count paid messages to a person for the month of today; at 80 % and at 100 % the secretaries are told, once."""
    person = await uow.people.get(person_id)
    unit = None if person is None else await paying_unit(uow, person)
    if unit is None:
        return
    month = month_of(uow.today)
    spent = await uow.ledger.count_messages(unit.id, month, way, count)
    budget = uow.channel_policy.budgets.of(unit.code)
    level = crossed(spent - count, spent, budget)
    if level is None:
        return
    message = Message("budget.warning", {"unit": unit.name, "spent": spent, "budget": budget, "percent": level})
    secretaries = await uow.people.holders(Role.SECRETARY, unit)
    await tell(uow, [one.id for one in secretaries], message, once=f"budget:{unit.id}:{month}:{level}")


async def paying_unit(uow: UnitOfWork, person: Person) -> Unit | None:
    """The unit whose budget carries messages to a person: the nearest one with a plan above the hamlet, or the role.

    None for somebody who belongs nowhere.
    """
    places = [] if person.hamlet_id is None else [person.hamlet_id]
    places += [grant.unit_id for grant in await uow.people.grants_of(person.id)]
    if not places:
        return None
    return await uow.places.home(await uow.places.unit(places[0]))


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
    if not any(part.network in uow.channel_policy.windows for part in parts):
        return None
    ways: Counter[Way] = Counter()
    for part in parts:
        if part.network is not None:
            ways[part.way or way_when_closed(uow.channel_policy, part.network, TemplateKind.MEETING)] += part.people
    in_person = sum(part.people for part in parts if part.network is None)
    unit = await uow.places.unit(meeting.unit_id)
    spent = await uow.ledger.messages(unit.id, month_of(uow.today))
    return Cost(ways, in_person, spent, uow.channel_policy.budgets.of(unit.code))
