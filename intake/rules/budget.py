"""How many paid messages a unit wants to send in a month, and when its secretary is warned."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

_PART = re.compile(r"^(?:([\w-]+)\s*=\s*)?([0-9]{1,9})$")
WARN_AT = (80, 100)
"""Percent of the budget at which the secretary is told."""


@dataclass(frozen=True, slots=True)
class Budgets:
    """Messages a month that cost something: one number for every unit, others by the unit's code; 0: no budget."""

    everywhere: int = 0
    by_code: Mapping[str, int] = field(default_factory=dict)

    def of(self, unit_code: str) -> int:
        """The budget of a unit, whatever the case of its code; 0 when it has none."""
        return self.by_code.get(unit_code.casefold(), self.everywhere)


def parse_budgets(written: str) -> Budgets:
    """Read `3000` or `3000,VB=5000,DL=0`. Raises `ValueError` with one sentence for what it cannot be."""
    everywhere, by_code = 0, {}
    for part in filter(None, (one.strip() for one in written.split(","))):
        found = _PART.match(part)
        if found is None:
            raise ValueError("must read like 3000 or 3000,VB=5000")
        code, number = found.groups()
        if code:
            by_code[code.casefold()] = int(number)
        else:
            everywhere = int(number)
    return Budgets(everywhere, by_code)


def crossed(before: int, after: int, budget: int) -> int | None:
    """The highest warning level (percent) that was reached between two counts; None when none was."""
    reached = [level for level in WARN_AT if budget and before * 100 < budget * level <= after * 100]
    return max(reached, default=None)


def month_of(today: date) -> date:
    """The month a message is counted in, by its first day."""
    return today.replace(day=1)
