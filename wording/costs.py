"""Putting into words what a notice will cost in messages: counts, and how the month's budget stands."""

from intake.actions.outbox.paid_messages import Cost
from intake.rules.message import Param, Term
from intake.rules.outbox.channel_policy import Way


def cost_words(cost: Cost) -> tuple[Param, ...]:
    """One line for each way somebody is reached, one for those no chat reaches, one for the budget."""
    lines: list[Param] = [
        Term(f"cost.{way.value}", {"count": cost.ways[way]}) for way in Way if way is Way.FREE or cost.ways[way]
    ]
    if cost.in_person:
        lines.append(Term("cost.in_person", {"count": cost.in_person}))
    if cost.budget:
        after = cost.spent + cost.paid
        key = "cost.over_budget" if after > cost.budget else "cost.budget"
        lines.append(Term(key, {"spent": cost.spent, "after": after, "budget": cost.budget}))
    return tuple(lines)
