"""A plan whose file says something else, for the stories in which a plan is amended."""

from collections.abc import Mapping
from typing import Any

from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_parse import from_document, to_document


def amended(profile: PlanProfile, **tables: Any) -> PlanProfile:
    """The profile with these tables laid over its own, as its file would have them; lists are replaced whole."""
    return from_document(_over(to_document(profile), tables))


def _over(table: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(table)
    for key, value in above.items():
        merged[key] = _over(table.get(key, {}), value) if isinstance(value, Mapping) else value
    return merged
