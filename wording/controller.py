"""Who is responsible for what people leave here (LAW C5): the unit they write to, the same in chat and page."""

from collections.abc import Sequence

from intake.rules.message import Param, Term
from intake.rules.people.unit import Unit

_NAMED = 3
"""How many units are named; where there are more, people choose theirs after they have agreed."""


def controller(units: Sequence[Unit]) -> Param:
    """The units that keep the data, of those whose plans are here; without a plan it is whoever runs the dialogue."""
    if 0 < len(units) <= _NAMED:
        return ", ".join(unit.name for unit in units)
    return Term("controller.many" if units else "controller.none")
