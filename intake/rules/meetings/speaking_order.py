"""Who speaks when: by time of registration (R113) or topic by topic (R114), under the hand of the chair.

The plan's order is the base. Whom the chair has moved stays at the number the chair gave; everybody else fills the
other numbers in the base order. So a new registration never moves anybody the chair has placed, and the order among
the others stays what the plan says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_terms import SpeakingOrder

CHOICE = "speaking-order"
"""The open question of a plan that does not say it (A7)."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A registered speaker as the order sees one. `topic`: the place of the topic in the plan, None without one.

    `moved_to`: the number the chair gave, from 1 on.
    """

    id: int
    registered_at: datetime
    topic: int | None = None
    moved_to: int | None = None


def order_rule(profile: PlanProfile, choices: Mapping[str, str]) -> SpeakingOrder:
    """What decides: the plan, else what a person chose, else the time of registration."""
    if profile.speaking_order is not None:
        return profile.speaking_order.order
    chosen = choices.get(CHOICE, "")
    return SpeakingOrder(chosen) if chosen in set(SpeakingOrder) else SpeakingOrder.REGISTRATION_TIME


def base_order(wishes: Sequence[Wish], rule: SpeakingOrder) -> list[Wish]:
    """The plan's order: by time, or topic by topic in the plan's order and by time within; no topic comes last."""

    def by_time(wish: Wish) -> tuple[datetime, int]:
        return wish.registered_at, wish.id

    if rule is SpeakingOrder.REGISTRATION_TIME:
        return sorted(wishes, key=by_time)
    return sorted(wishes, key=lambda wish: (wish.topic is None, wish.topic or 0, *by_time(wish)))


def speaking_order(wishes: Sequence[Wish], rule: SpeakingOrder) -> list[Wish]:
    """The order in force. A number beyond the end of the list means the end of it."""
    free = [wish for wish in base_order(wishes, rule) if wish.moved_to is None]
    placed = sorted((wish.moved_to, wish.registered_at, wish.id, wish) for wish in wishes if wish.moved_to is not None)
    order = free
    for number, *_, wish in placed:
        order.insert(min(max(number, 1) - 1, len(order)), wish)
    return order


def numbers_after_move(order: Sequence[Wish], mover: int, to: int) -> dict[int, int]:
    """The numbers to keep when the one with the id `mover` goes to number `to` of the order in force.

    The mover's own, kept within the list, and those the chair had placed before, as they stand afterwards.
    """
    others = [wish.id for wish in order if wish.id != mover]
    number = min(max(to, 1), len(order))
    others.insert(number - 1, mover)
    placed = {wish.id for wish in order if wish.moved_to is not None} | {mover}
    return {one: place for place, one in enumerate(others, 1) if one in placed}


def numbers_after_leaving(order: Sequence[Wish], leaver: int) -> dict[int, int]:
    """The numbers to keep when the one with the id `leaver` speaks no more: whoever came behind moves up by one.

    So nobody who registered late jumps into the gap in front of those whom the chair has placed.
    """
    staying = [wish for wish in order if wish.id != leaver]
    return {wish.id: place for place, wish in enumerate(staying, 1) if wish.moved_to is not None}
