"""A draft plan: the profile that a paper's own text makes, with what is stated, what is absent and what is in question.

A draft loads like any profile. What the paper leaves open, or says in two ways, stands in it as an open question with
its default and reason (A7); what it says and a profile has no place for is kept as a warning, so that nothing is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from intake.rules.people.unit import Level
from intake.rules.plan.drafting.draft_bodies import offices_of, units_of, without_kind
from intake.rules.plan.drafting.draft_facts import facts_of
from intake.rules.plan.drafting.draft_head import (
    bases_of,
    hosts_of,
    paper_of,
    recipients_of,
    side_of,
    signature_of,
    year_of,
)
from intake.rules.plan.drafting.draft_keys import slug_of
from intake.rules.plan.drafting.draft_meetings import audience_of, sessions_of
from intake.rules.plan.drafting.draft_questions import UNNAMED, Say, questions_of, warnings_of
from intake.rules.plan.drafting.draft_rules import clocks_of, opinions_of, registration_of
from intake.rules.plan.drafting.draft_work import duties_of, programme_of, supervision_of
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_terms import Period
from intake.rules.plan.reading.kinds import Paper
from intake.rules.plan.reading.reading import PlanReading
from intake.rules.text import fold

MAKES_MEETINGS = (Paper.PLAN, Paper.NOTICE, Paper.SCHEDULE)
"""Only of these a plan is drafted."""
_MOST_LETTERS = 4
_LEVELS = {"thi tran": Level.TOWN, "huyen": Level.DISTRICT, "quan": Level.DISTRICT, "thi xa": Level.DISTRICT}
_NO_CODE = "XA"


class NoDraft(StrEnum):
    """Why no plan is made of a paper."""

    LOOK_ALIKE = "look_alike"  # it is about meetings of another kind
    RULE = "rule"
    REPORT = "report"
    CHANGE = "change"
    NO_YEAR = "no_year"
    ANOTHER_UNIT = "another_unit"
    PLANNED = "planned"  # it tells of a meeting that the plan foresees


class NoDraftError(Exception):
    """No plan is made of a paper: `why`, and what it is about or of whom it is, where that is known."""

    def __init__(self, why: NoDraft, about: str = "") -> None:
        super().__init__(why.value)
        self.why, self.about = why, about


@dataclass(frozen=True, slots=True)
class DraftHome:
    """The unit a plan is drafted for, as it is stored, or as it will be.

    `known`: the units right below it, by code; `bodies`: its desks and other bodies, by code.
    """

    code: str
    name: str
    level: Level
    known: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A profile drafted from a paper, the facts in it with their words, and whether the paper names its unit."""

    profile: PlanProfile
    paper: Paper
    facts: "tuple[DraftFact, ...]"
    names_unit: bool


class FactStanding(StrEnum):
    """How a fact stands in a draft."""

    STATED = "stated"
    ABSENT = "absent"
    IN_QUESTION = "in_question"


@dataclass(frozen=True, slots=True)
class DraftFact:
    """A fact of a draft: the field of the profile, how it stands, its words in the paper, or why it is asked about."""

    path: str
    standing: FactStanding
    phrase: str | None = None
    why: str | None = None


def home_of(reading: PlanReading, *, code: str = "") -> DraftHome:
    """The unit a paper names, under a code of its initials; one that is not named has the bare word for its kind."""
    unit = reading.head.unit
    if unit is None:
        kind = reading.head.kind_of_unit
        return DraftHome(code or _NO_CODE, kind.value if kind else UNNAMED, Level.COMMUNE)
    words = fold(without_kind(unit.name)).split()
    initials = "".join(word[0] for word in words if word[0].isalpha()).upper()
    short = initials if len(initials) > 1 else "".join(words).upper()
    letters = "".join(letter for letter in short if letter.isalpha())[: _MOST_LETTERS if len(initials) > 1 else 2]
    return DraftHome(code or letters or _NO_CODE, unit.name, level_of(unit.name, unit.level))


def level_of(name: str, level: str) -> Level:
    """The level of a unit by the word for its kind, a town being one of its own; else the one that is given."""
    words = f"{fold(name)} "
    return next((found for kind, found in _LEVELS.items() if words.startswith(f"{kind} ")), Level(level))


def code_of(reading: PlanReading, home: DraftHome) -> str:
    """The code a new plan gets: unit and year, and the half of the year it is for."""
    period = paper_of(reading, year_of(reading) or 0).period
    half = {Period.FIRST_HALF: "-dau-nam", Period.SECOND_HALF: "-cuoi-nam"}.get(period, "")
    return f"{slug_of(without_kind(home.name))}-{year_of(reading)}{half}"


def draft_of(reading: PlanReading, home: DraftHome, *, code: str, say: Say) -> PlanDraft:
    """Draft a plan; `say` words what is remarked of the paper.

    Raises `NoDraftError` for a paper that makes no meetings, or of which no year is known.
    """
    head = reading.head
    refused = {Paper.RULE: NoDraft.RULE, Paper.REPORT: NoDraft.REPORT, Paper.CHANGE: NoDraft.CHANGE}
    if head.paper not in MAKES_MEETINGS:
        raise NoDraftError(refused.get(head.paper, NoDraft.LOOK_ALIKE), head.looks_like or "")
    year = year_of(reading)
    if year is None:
        raise NoDraftError(NoDraft.NO_YEAR)
    paper = paper_of(reading, year)
    units = units_of(reading, home.code, home.name, home.level, home.known)
    offices = offices_of(reading, home.bodies)
    hosts = hosts_of(reading.hosts)
    sessions = sessions_of(reading, paper, units)
    registration = registration_of(reading, offices, sessions)
    profile = PlanProfile(
        code=code,
        unit=home.code,
        plan=replace(paper, chaired_by=side_of(hosts)),
        units=units,
        hosts=hosts,
        offices=offices,
        sessions=sessions,
        audience=audience_of(reading, units, quotas=registration is not None and registration.quotas),
        registration=registration,
        opinions=opinions_of(reading),
        duties=duties_of(reading, offices),
        programme=programme_of(reading, hosts, offices),
        supervision=supervision_of(reading, offices),
        clocks=clocks_of(reading),
        bases=bases_of(reading, paper),
        recipients=recipients_of(reading),
        signature=signature_of(reading),
    )
    profile = replace(profile, open=questions_of(reading, profile, say), warnings=warnings_of(reading, profile, say))
    named = head.unit is not None
    stated, asked = facts_of(reading), profile.open
    facts = [
        DraftFact(path, FactStanding.ABSENT if phrase is None else FactStanding.STATED, phrase)
        for path, phrase in stated
    ]
    facts += [DraftFact(f"open[{one.key}]", FactStanding.IN_QUESTION, one.phrase, one.why) for one in asked]
    return PlanDraft(profile, head.paper, tuple(facts), named)
