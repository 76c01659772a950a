"""A draft plan as a profile that a person reads and corrects before it is loaded."""

import re
from datetime import date
from typing import Any

import tomlkit

from intake.rules.plan.drafting.draft import FactStanding, PlanDraft
from intake.rules.plan.profile_parse import to_document
from wording.texts import words

_DAYS = {
    "issued_on", "checked_on", "ended_on", "before", "finish_before", "replies_before", "until", "opens", "closes",
}  # fmt: skip
_LANGUAGE = "vi"
"""Plans are in Vietnamese, and so is what a clerk reads in their files."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def draft_as_toml(draft: PlanDraft, source: str) -> str:
    """The profile as TOML: each table with its phrase, above it all what the paper does not state and what is asked."""
    document = tomlkit.document()
    for line in _head(draft, source):
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    for key, value in to_document(draft.profile).items():
        document.add(key, tomlkit.item(_native(value)))
    return tomlkit.dumps(document)


def _head(draft: PlanDraft, source: str) -> list[str]:
    absent = [fact.path for fact in draft.facts if fact.standing is FactStanding.ABSENT]
    lines = [
        words(_LANGUAGE, "plans.draft_head", {"source": source}),
        words(_LANGUAGE, "plans.draft_phrase", {"field": "phrase"}),
    ]
    if absent:
        lines.append(words(_LANGUAGE, "plans.draft_absent", {"fields": ", ".join(dict.fromkeys(absent))}))
    asked = [fact for fact in draft.facts if fact.standing is FactStanding.IN_QUESTION]
    lines.append(words(_LANGUAGE, "plans.draft_open", {"count": len(asked), "table": "[[open]]"}))
    return lines


def _native(value: Any, key: str = "") -> Any:
    """Days as TOML writes them; a window of one day stays the text it is."""
    if isinstance(value, dict):
        return {name: _native(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_native(inner) for inner in value]
    if key in _DAYS and isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    return value
