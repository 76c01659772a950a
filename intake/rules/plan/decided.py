"""A plan as it is carried out: its profile and its clocks, with what people decided about its open points (A7).

Whoever wants to know something of a stored plan asks `Plan.decided`; so an answer holds everywhere at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from intake.rules.deadlines.clock_settings import ClockSettings, settings_of_clocks
from intake.rules.people.person import PersonId
from intake.rules.people.unit import Level

from .decided_clocks import ISSUED_ON, NOTICE_BELOW_LAW, OWN_NUMBER, with_decisions
from .open_points import ANSWERING_DESK, REGISTRATION, form_of, open_points, undecided
from .profile import PlanProfile
from .profile_bodies import Host, Office, TopicLine, UnitLine
from .profile_meetings import FixedDate, Reading, RegistrationRule, SessionLine
from .profile_paper import DatedTask, OpenQuestion, Option, SensitiveTopic, TaskLine
from .profile_terms import AnswerForm, Coverage, RegistrationMode
from .session_choice import choice_key, chosen_reading
from .unit_names import names_in
from .window import PlannedWindow

LISTS_DUE = ("hamlet-lists-due", "same-due-date")
"""Open points whose answer is the day before which units hand in their lists."""
COMMUNE_NAME = "commune-name"
DECIDED_PHRASE = "đơn vị quyết định, kế hoạch không nêu"
"""What stands in the place of the plan's phrase in a line that an answer adds."""
_BELOW = {Level.PROVINCE: Level.COMMUNE, Level.DISTRICT: Level.COMMUNE}

Write = Callable[[PlanProfile, str], PlanProfile]


@dataclass(frozen=True, slots=True)
class DecidedPlan:
    """A plan with the answers of people written into it.

    `answers` has what was answered, by the key of the question, for what has no place in profile or clocks; also to
    questions that follow from another answer, and to some the plan leaves open no more: see `answer`.
    """

    profile: PlanProfile
    clocks: ClockSettings
    answers: Mapping[str, str]

    def answer(self, key: str) -> str | None:
        """What people decided about an open point; None where nobody has, or where the plan leaves it open no more."""
        left_open = any(question.key == key for question in self.profile.open)
        return self.answers.get(key) if left_open else None

    def number(self, key: str) -> int | None:
        """The number people gave as an answer."""
        return int(self.answers[key]) if key in self.answers else None

    def person(self, key: str) -> PersonId | None:
        """Whom people named as an answer."""
        return PersonId(int(self.answers[key])) if key in self.answers else None

    def reading_of(self, session: SessionLine) -> Reading | None:
        """How people read a session of a plan that contradicts itself (R064); None while nobody has said."""
        return chosen_reading(self.profile, session, self.answers)

    @property
    def open_points(self) -> tuple[OpenQuestion, ...]:
        """Every open question that is to be asked, in the plan's order, with those that follow from an answer."""
        return open_points(self.profile, self.answers)

    @property
    def undecided(self) -> tuple[OpenQuestion, ...]:
        """The open points nobody has answered yet."""
        return undecided(self.profile, self.answers)


def decided_plan(profile: PlanProfile, choices: Mapping[str, str]) -> DecidedPlan:
    """Build a plan as decided from its profile and what people chose.

    It takes longer than a whole message, so each version of a plan is built once: a stored profile is one object for as
    long as its text in the database stays the same.
    """
    return _decided_plan(profile, tuple(sorted(choices.items())))


@lru_cache(maxsize=64)
def _decided_plan(profile: PlanProfile, choices: tuple[tuple[str, str], ...]) -> DecidedPlan:
    answers = MappingProxyType(dict(choices))
    as_decided = decided(profile, answers)
    lengths = settings_of_clocks(as_decided.clocks, under_law=as_decided.under_law)
    clocks = with_decisions(lengths, as_decided, answers)
    return DecidedPlan(as_decided, clocks, answers)


def decided(profile: PlanProfile, choices: Mapping[str, str]) -> PlanProfile:
    """Write into a profile what was decided about its open questions; where nobody has, the default holds."""
    for question in profile.open:
        value = choices.get(question.key, question.default)
        for option in question.options:
            if option.key == value:
                profile = _with_option(profile, option)
        if question.key in choices and _still_offered(question, choices[question.key]):
            profile = _with_answer(profile, question, choices[question.key])
    return profile


def outdated(before: PlanProfile, after: PlanProfile, choices: Mapping[str, str]) -> dict[str, str]:
    """The answers that chose something a plan loaded again says otherwise: other days of notice, another reading.

    `before` and `after` are the two as decided. Nobody has decided about what it says now, so it is asked anew.
    """
    meant, means = _chosen_days(before, choices), _chosen_days(after, choices)
    return {key: choices[key] for key, days in meant.items() if key in means and means[key] != days}


def _chosen_days(profile: PlanProfile, choices: Mapping[str, str]) -> dict[str, int | PlannedWindow | None]:
    """What the answers that choose between days come to, by the key of the question."""
    notice = profile.clocks.notice
    days: dict[str, int | PlannedWindow | None] = {}
    if choices.get(NOTICE_BELOW_LAW) == OWN_NUMBER and any(one.key == NOTICE_BELOW_LAW for one in profile.open):
        days[NOTICE_BELOW_LAW] = None if notice is None else notice.days
    for session in profile.sessions:
        reading = chosen_reading(profile, session, choices)
        if reading is not None:
            days[choice_key(profile, session)] = reading.window
    return days


def _still_offered(question: OpenQuestion, value: str) -> bool:
    """Whether an answer is one of the options yet, where there are any: a plan loaded again may have others."""
    return not question.options or value in [option.key for option in question.options]


def _with_option(profile: PlanProfile, option: Option) -> PlanProfile:
    profile = _with_hamlets(profile, {line.session: line.hamlets for line in option.hamlets})
    for task in option.tasks:
        profile = _with_date(profile, task, task.before)
    return profile


def _with_answer(profile: PlanProfile, question: OpenQuestion, value: str) -> PlanProfile:
    if question.task is not None:
        profile = _with_date(profile, question.task, date.fromisoformat(value))
    if form_of(question) is AnswerForm.NAMES:
        profile = _with_units(profile, value)
    if question.topic is not None:
        profile = _with_sensitive_desk(profile, question.topic, value)
    write = _WRITES.get(question.key)
    return profile if write is None else write(profile, value)


def _with_hamlets(profile: PlanProfile, hamlets: Mapping[str, tuple[str, ...]]) -> PlanProfile:
    sessions = tuple(
        replace(session, coverage=Coverage.HAMLETS, hamlets=hamlets[session.key]) if session.key in hamlets else session
        for session in profile.sessions
    )
    return replace(profile, sessions=sessions)


def _with_date(profile: PlanProfile, task: TaskLine | DatedTask, before: date) -> PlanProfile:
    dated = FixedDate(task.key, before, task.task, DECIDED_PHRASE, task.lead, task.to)
    dates = profile.clocks.fixed_dates
    if dated.key in [line.key for line in dates]:
        dates = tuple(dated if line.key == dated.key else line for line in dates)
    else:
        dates = (*dates, dated)
    return replace(profile, clocks=replace(profile.clocks, fixed_dates=dates))


def _with_units(profile: PlanProfile, value: str) -> PlanProfile:
    level = _BELOW.get(profile.home.level, Level.HAMLET)
    names = dict(names_in(value))
    units = tuple(replace(line, name=names.pop(line.code, line.name)) for line in profile.units)
    added = (UnitLine(code, name, level, DECIDED_PHRASE, parent=profile.unit) for code, name in names.items())
    return replace(profile, units=(*units, *added))


def _with_sensitive_desk(profile: PlanProfile, topic: SensitiveTopic, value: str) -> PlanProfile:
    offices = tuple(replace(office, desk=True) if office.key == value else office for office in profile.offices)
    line = TopicLine(topic.code, topic.name, DECIDED_PHRASE, desk=value, sensitive=True, keywords=topic.keywords)
    return replace(profile, offices=offices, topics=(*profile.topics, line))


def _number(profile: PlanProfile, value: str) -> PlanProfile:
    return replace(profile, plan=replace(profile.plan, number=value))


def _issued_on(profile: PlanProfile, value: str) -> PlanProfile:
    return replace(profile, plan=replace(profile.plan, issued_on=date.fromisoformat(value)))


def _commune_name(profile: PlanProfile, value: str) -> PlanProfile:
    units = tuple(replace(line, name=value) if line.code == profile.unit else line for line in profile.units)
    return replace(profile, units=units)


def _citation(profile: PlanProfile, value: str) -> PlanProfile:
    if value != "correct":
        return profile
    bases = tuple(
        replace(basis, number=basis.correction.number, issued_on=basis.correction.issued_on, correction=None)
        if basis.correction is not None
        else basis
        for basis in profile.bases
    )
    return replace(profile, bases=bases)


def _hosts(profile: PlanProfile, value: str) -> PlanProfile:
    if not profile.hosts:
        return replace(profile, hosts=(Host("chu-tri", value, DECIDED_PHRASE, concludes=True),))
    if value != "one":
        return profile
    title = ", ".join(host.title for host in profile.hosts)
    return replace(profile, hosts=(replace(profile.hosts[0], title=title, concludes=True),))


def _concluding_host(profile: PlanProfile, value: str) -> PlanProfile:
    if value not in [host.key for host in profile.hosts]:  # the hosts were said to be one person afterwards
        return profile
    return replace(profile, hosts=tuple(replace(host, concludes=host.key == value) for host in profile.hosts))


def _registration(profile: PlanProfile, value: str) -> PlanProfile:
    if profile.registration is not None:
        return profile
    return replace(profile, registration=RegistrationRule(RegistrationMode(value), DECIDED_PHRASE))


def _answering_desk(profile: PlanProfile, value: str) -> PlanProfile:
    if profile.desks:
        return profile
    desk = Office("bo-phan-tra-loi", value, DECIDED_PHRASE, desk=True)
    return replace(profile, offices=(*profile.offices, desk))


def _lists_due(profile: PlanProfile, value: str) -> PlanProfile:
    registration = profile.registration
    if registration is None or registration.lists is None:
        return profile
    lists = replace(registration.lists, before=date.fromisoformat(value))
    return replace(profile, registration=replace(registration, lists=lists))


_WRITES: Mapping[str, Write] = {
    "document-number": _number,
    ISSUED_ON: _issued_on,
    COMMUNE_NAME: _commune_name,
    "wrong-citation": _citation,
    "hosts": _hosts,
    "concluding-host": _concluding_host,
    REGISTRATION: _registration,
    ANSWERING_DESK: _answering_desk,
    **dict.fromkeys(LISTS_DUE, _lists_due),
}
