"""What a notice would cost in messages if it went out now: counts only, no names."""

from collections import Counter
from dataclasses import dataclass

from intake.actions.meeting_people import hamlets_in_scope
from intake.ports import UnitOfWork
from intake.rules.budget import month_of
from intake.rules.meeting import Meeting
from intake.rules.reach import Way, way_of
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
    ways: Counter[Way] = Counter()
    in_person = 0
    costs = False
    for hamlet in await hamlets_in_scope(uow, meeting):
        residents = await uow.people.residents_of(hamlet.id)
        accounts = await uow.accounts.of([resident.id for resident in residents])
        ways.update(way_of(uow.reach, account, TemplateKind.MEETING, uow.now) for account in accounts.values())
        in_person += len(residents) - len(accounts)
        costs = costs or any(account.network in uow.reach.windows for account in accounts.values())
    if not costs:
        return None
    unit = await uow.places.unit(meeting.unit_id)
    spent = await uow.ledger.messages(unit.id, month_of(uow.today))
    return Cost(ways, in_person, spent, uow.reach.budgets.of(unit.code))
