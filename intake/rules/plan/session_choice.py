"""What a person has to settle about a meeting of the plan before it can be made: which reading, which hamlets."""

from collections.abc import Mapping

from intake.rules.errors import NotFound
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_meetings import Reading, SessionLine
from intake.rules.plan.profile_terms import Coverage


def session_of(profile: PlanProfile, key: str) -> SessionLine:
    """The session with this key; `NotFound` when the plan has none."""
    session = planned_session(profile, key)
    if session is None:
        raise NotFound
    return session


def planned_session(profile: PlanProfile, key: str) -> SessionLine | None:
    """The session a meeting was made of; None for one the plan does not know, as people ask for them (R212)."""
    return next((session for session in profile.sessions if session.key == key), None)


def choice_key(profile: PlanProfile, session: SessionLine) -> str:
    """Under which key of `Plan.choices` the reading of a session is recorded (R064).

    The open question that offers exactly the session's readings, where the plan has one; else a key of its own.
    """
    readings = {reading.key for reading in session.readings}
    for question in profile.open:
        if {option.key for option in question.options} == readings:
            return question.key
    return f"reading-{session.key}"


def chosen_reading(profile: PlanProfile, session: SessionLine, choices: Mapping[str, str]) -> Reading | None:
    """The reading a person has chosen; None while nobody has, and for a session that can be read one way only."""
    chosen = choices.get(choice_key(profile, session)) if session.readings else None
    return next((reading for reading in session.readings if reading.key == chosen), None)


def hamlets_open(session: SessionLine) -> bool:
    """Whether the plan leaves open which hamlets come to this meeting (R060)."""
    return session.coverage is Coverage.UNDECIDED


def hamlet_codes(profile: PlanProfile, session: SessionLine) -> tuple[str, ...]:
    """The hamlets a session is for, or may be for while that is open; empty: all of the unit."""
    if session.hamlets or profile.audience is None or not hamlets_open(session):
        return session.hamlets
    return profile.audience.hamlets
