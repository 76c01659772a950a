"""Which earlier years are reported on at a meeting (R143): a setting of the plan, since the plans differ in it."""

import re
from collections.abc import Mapping

from .profile import PlanProfile

OPEN_POINT = "earlier-years"
_YEAR = re.compile(r"(?:19|20)\d{2}")


def earlier_years(profile: PlanProfile, choices: Mapping[str, str]) -> tuple[int, ...]:
    """The years, the oldest first.

    What people decided about the plan's open point comes first (`2021-2022`), then the years of its programme, then,
    where the plan is silent, the year before it.
    """
    if any(question.key == OPEN_POINT for question in profile.open):
        decided = _years(profile.chosen(OPEN_POINT, choices) or "")
        if decided:
            return decided
    named = {year for line in profile.programme for year in line.years}
    return tuple(sorted(named)) or (profile.plan.year - 1,)


def _years(text: str) -> tuple[int, ...]:
    """`2021-2022` → 2021 and 2022; `2019-2022` means the years between too."""
    found = [int(year) for year in _YEAR.findall(text)]
    if "-" in text and len(found) > 1:
        return tuple(range(min(found), max(found) + 1))
    return tuple(sorted(set(found)))
