"""Who may come to a meeting and register for it, as the plan has it (R046–R049, R110–R117)."""

from collections.abc import Mapping
from enum import StrEnum

from intake.rules.meetings.meeting import Meeting
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_terms import AudienceMode, RegistrationMode

NEIGHBOUR_HAMLET = "neighbour-hamlet"
"""The open question whether people of a hamlet that does not host the meeting may register (A7)."""


class Admission(StrEnum):
    """open: nobody needs to register; hamlets: those of the listed ones; delegates: whoever has a seat of a quota."""

    OPEN = "open"
    WHOLE_UNIT = "whole_unit"
    HAMLETS = "hamlets"
    DELEGATES = "delegates"


def admission_of(profile: PlanProfile, *, demanded: bool = False) -> Admission:
    """Who may come, in one word; where the plan does not say, whoever lives in the unit.

    Delegates are for the meetings of the plan: to one that voters demanded comes whoever lives in the unit (R212).
    """
    if profile.quotas:
        return Admission.WHOLE_UNIT if demanded else Admission.DELEGATES
    if profile.registration is not None and profile.registration.mode is RegistrationMode.OPEN:
        return Admission.OPEN
    hamlets = profile.audience is not None and profile.audience.mode is AudienceMode.HAMLETS
    return Admission.HAMLETS if hamlets else Admission.WHOLE_UNIT


def by_quota(profile: PlanProfile, meeting: Meeting) -> bool:
    """Whether a meeting is for delegates by quota."""
    return admission_of(profile, demanded=meeting.is_demanded) is Admission.DELEGATES


def host_hamlet_only(profile: PlanProfile, choices: Mapping[str, str]) -> bool:
    """Whether only people of the hosting hamlet may register: a person decided so where the plan left it open."""
    asked = any(question.key == NEIGHBOUR_HAMLET for question in profile.open)
    return asked and profile.chosen(NEIGHBOUR_HAMLET, choices) == "no"
