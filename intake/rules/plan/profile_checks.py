"""What must hold across the tables of a profile; what does not is a `ProfileError` with the path of the field."""

import re
from collections.abc import Iterable
from datetime import date

from intake.rules.deadlines.clock import DayUnit
from intake.rules.folding import fold
from intake.rules.people.unit import Level

from .profile import PlanProfile, ProfileError
from .profile_bodies import TopicLine
from .profile_keys import SLUG, check_keys, numbered, once
from .profile_meetings import SessionLine
from .profile_paper import OpenQuestion
from .profile_terms import AnswerForm, AudienceMode, Coverage, Period
from .window import PlannedWindow

_UNIT_CODE = re.compile(r"[A-Z]{2,4}")
_HALVES = {Period.YEAR: (1, 12), Period.FIRST_HALF: (1, 6), Period.SECOND_HALF: (7, 12)}


def check_profile(profile: PlanProfile) -> None:
    """Raise `ProfileError` for the first thing that does not hold together; return nothing when all does."""
    check_keys(profile)
    if not profile.sessions:
        raise ProfileError("sessions is empty: a plan foresees at least one meeting.")
    _check_units(profile)
    _check_hosts(profile)
    _check_topics(profile)
    _check_offices(profile)
    _check_audience(profile)
    _check_lists(profile)
    for place, session in enumerate(profile.sessions, 1):
        _check_session(profile, session, f"sessions[{place}]")
    _check_numbers(profile)
    _check_bases(profile)
    for place, question in enumerate(profile.open, 1):
        _check_open(profile, question, f"open[{place}]")


def _check_units(profile: PlanProfile) -> None:
    once(numbered("units", "code", (line.code for line in profile.units)))
    levels: dict[str, Level] = {}
    for place, line in enumerate(profile.units, 1):
        path = f"units[{place}]"
        if line.parent is not None and line.parent not in levels:
            raise ProfileError(f'{path}.parent: no unit above this line has the code "{line.parent}".')
        if line.level is Level.HAMLET:
            if line.parent is None:
                raise ProfileError(f"{path}.parent is missing: a hamlet belongs to a unit.")
            if levels[line.parent] is Level.HAMLET:
                raise ProfileError(f"{path}.parent: a hamlet cannot lie in a hamlet.")
            head, _, tail = line.code.partition("-")
            if head != line.parent or not SLUG.fullmatch(tail):
                raise ProfileError(f'{path}.code: "{line.code}" is not of the form "{line.parent}-ten-thon".')
        elif not _UNIT_CODE.fullmatch(line.code):
            raise ProfileError(f'{path}.code: "{line.code}" is not 2 to 4 capital letters.')
        levels[line.code] = line.level
    if levels.get(profile.unit, Level.HAMLET) is Level.HAMLET:
        raise ProfileError(f'unit: "{profile.unit}" is not the code of a unit in units that can run a plan.')


def _check_hosts(profile: PlanProfile) -> None:
    if not profile.hosts:
        raise ProfileError("hosts is empty: somebody chairs the dialogue.")
    concluding = [f"hosts[{place}]" for place, host in enumerate(profile.hosts, 1) if host.concludes]
    if len(concluding) > 1:
        raise ProfileError(f"{concluding[1]}.concludes: only one host concludes, and {concluding[0]} does.")


def _check_topics(profile: PlanProfile) -> None:
    desks = {office.key for office in profile.desks}
    branches = {line.parent for line in profile.topics}
    seen: set[str] = set()
    for place, line in enumerate(profile.topics, 1):
        path = f"topics[{place}]"
        if line.parent is not None and line.parent not in seen:
            raise ProfileError(f'{path}.parent: no topic above this line has the code "{line.parent}".')
        seen.add(line.code)
        _check_keywords(line, path)
        if line.code in branches:
            if line.desk is not None:
                raise ProfileError(f"{path}.desk: a topic with topics under it has no desk of its own.")
        elif line.desk is None:
            raise ProfileError(f"{path}.desk is missing: a topic without topics under it names the desk that answers.")
        elif line.desk not in desks:
            raise ProfileError(f'{path}.desk: "{line.desk}" is not an office with desk = true.')


def _check_keywords(line: TopicLine, path: str) -> None:
    """Nothing that can never be found, and nothing twice: each keyword of a topic counts once."""
    for place, keyword in enumerate(line.keywords, 1):
        if not fold(keyword):
            raise ProfileError(f'{path}.keywords[{place}]: "{keyword}" has neither letter nor digit.')
        if keyword.casefold() in {one.casefold() for one in line.keywords[: place - 1]}:
            raise ProfileError(f'{path}.keywords[{place}]: "{keyword}" is named twice.')


def _check_offices(profile: PlanProfile) -> None:
    offices = {office.key for office in profile.offices}
    hosts = {host.key for host in profile.hosts}
    named: list[tuple[str, str | None]] = []
    for place, duty in enumerate(profile.duties, 1):
        named += [(f"duties[{place}].lead", duty.lead)]
        named += [(f"duties[{place}].others[{number}]", key) for number, key in enumerate(duty.others, 1)]
    named += numbered("practices", "office", (line.office for line in profile.practices))
    named += numbered("supervision", "office", (line.office for line in profile.supervision))
    collectors = enumerate(profile.registration.collected_by, 1)
    named += [(f"registration.collected_by[{place}]", key) for place, key in collectors]
    named += numbered("clocks.fixed_dates", "lead", (line.lead for line in profile.clocks.fixed_dates))
    if profile.clocks.periodic_report is not None:
        named += [("clocks.periodic_report.lead", profile.clocks.periodic_report.lead)]
    for path, key in named:
        if key is not None and key not in offices:
            raise ProfileError(f'{path}: "{key}" is not the key of an office.')
    for path, key in numbered("programme", "by", (line.by for line in profile.programme)):
        if key is not None and key not in offices | hosts:
            raise ProfileError(f'{path}: "{key}" is not the key of an office or a host.')


def _check_audience(profile: PlanProfile) -> None:
    audience = profile.audience
    _hamlets(profile, "audience.hamlets", audience.hamlets)
    if (audience.mode is AudienceMode.HAMLETS) != bool(audience.hamlets):
        raise ProfileError(f'audience.hamlets: named for the mode "hamlets" and only then, here "{audience.mode}".')
    if audience.seats and audience.mode is not AudienceMode.DELEGATES:
        raise ProfileError(f'audience.seats: given for the mode "delegates" only, here "{audience.mode}".')


def _check_lists(profile: PlanProfile) -> None:
    rule = profile.registration.lists
    if rule is None:
        return
    if not profile.registration.quotas:
        raise ProfileError("registration.lists: given where units have a quota, so with quotas = true only.")
    if rule.to not in {office.key for office in profile.offices}:
        raise ProfileError(f'registration.lists.to: "{rule.to}" is not the key of an office.')
    last = max(session.window.latest for session in profile.sessions)
    if rule.before is not None and (rule.before.year != profile.plan.year or rule.before > last):
        until = f"of {profile.plan.year} up to the last meeting ({last})"
        raise ProfileError(f"registration.lists.before: {rule.before} is no day {until}.")


def _check_session(profile: PlanProfile, session: SessionLine, path: str) -> None:
    _hamlets(profile, f"{path}.hamlets", session.hamlets)
    if (session.coverage is Coverage.HAMLETS) != bool(session.hamlets):
        raise ProfileError(f'{path}.hamlets: named for the coverage "hamlets" and only then.')
    if session.host_hamlet is not None and session.host_hamlet not in session.hamlets:
        raise ProfileError(f'{path}.host_hamlet: "{session.host_hamlet}" is not one of the hamlets of the meeting.')
    _within(profile, session.window, f"{path}.window")
    if session.finish_before is not None and session.finish_before <= session.window.earliest:
        raise ProfileError(f"{path}.finish_before: {session.finish_before} leaves no day for the meeting.")
    once(numbered(f"{path}.readings", "key", (reading.key for reading in session.readings)))
    for place, reading in enumerate(session.readings, 1):
        _within(profile, reading.window, f"{path}.readings[{place}].window")


def _check_numbers(profile: PlanProfile) -> None:
    clocks = profile.clocks
    numbers: list[tuple[str, int | None]] = [
        ("clocks.notice.days", clocks.notice.days),
        ("clocks.reply.days", clocks.reply.days),
        ("clocks.preparation.working_days", profile.preparation_working_days),
    ]
    if clocks.reply.days is None and clocks.reply.count is DayUnit.WORKING:
        raise ProfileError("clocks.reply.days is missing: a plan that counts working days says how many.")
    if clocks.targets is not None:
        numbers += [("clocks.targets.internal_days", clocks.targets.internal_days)]
        numbers += [("clocks.targets.urgent_days", clocks.targets.urgent_days)]
    if clocks.periodic_report is not None:
        numbers += [("clocks.periodic_report.first_working_days", clocks.periodic_report.first_working_days)]
    numbers += numbered("units", "households", (line.households for line in profile.units))
    numbers += numbered("audience.seats", "count", (line.count for line in profile.audience.seats))
    for path, number in numbers:
        if number is not None and number < 1:
            raise ProfileError(f"{path} must be at least 1, not {number}.")


def _check_bases(profile: PlanProfile) -> None:
    issued_on = profile.plan.issued_on or date(profile.plan.year, 12, 31)
    for place, basis in enumerate(profile.bases, 1):
        if basis.issued_on is not None and basis.issued_on > issued_on:
            raise ProfileError(f"bases[{place}].issued_on: {basis.issued_on} is later than the plan itself.")
    if sum(basis.parent_plan for basis in profile.bases) > 1:
        raise ProfileError("bases: only one of them can be the parent plan.")


def _check_open(profile: PlanProfile, question: OpenQuestion, path: str) -> None:
    keys = [option.key for option in question.options]
    once(numbered(f"{path}.options", "key", keys))
    if keys and question.default is not None and question.default not in keys:
        raise ProfileError(f'{path}.default: "{question.default}" is not the key of one of its options.')
    if question.form is AnswerForm.NUMBER and not (question.default or "1").isdecimal():
        raise ProfileError(f'{path}.default: "{question.default}" is not a number.')
    if question.needs is not None and question.needs.key not in [line.key for line in profile.open]:
        raise ProfileError(f'{path}.needs.key: "{question.needs.key}" is not the key of an open question.')
    if question.task is not None and question.form is not AnswerForm.DATE:
        raise ProfileError(f'{path}.task: given for the form "date" only, here "{question.form}".')
    _check_answers(profile, question, path)


def _check_answers(profile: PlanProfile, question: OpenQuestion, path: str) -> None:
    """What an answer writes into the plan is about sessions, hamlets and offices the plan has."""
    named = [] if question.task is None else [(f"{path}.task.lead", question.task.lead)]
    if question.topic is not None:
        named += numbered(f"{path}.options", "key", (option.key for option in question.options))
    for place, option in enumerate(question.options, 1):
        named += numbered(f"{path}.options[{place}].tasks", "lead", (task.lead for task in option.tasks))
        for number, line in enumerate(option.hamlets, 1):
            where = f"{path}.options[{place}].hamlets[{number}]"
            if line.session not in [session.key for session in profile.sessions]:
                raise ProfileError(f'{where}.session: "{line.session}" is not the key of a session.')
            _hamlets(profile, f"{where}.hamlets", line.hamlets)
    for where, key in named:
        if key not in [office.key for office in profile.offices]:
            raise ProfileError(f'{where}: "{key}" is not the key of an office.')


def _within(profile: PlanProfile, window: PlannedWindow, path: str) -> None:
    year, (first, last) = profile.plan.year, _HALVES[profile.plan.period]
    for day in (window.earliest, window.latest):
        if day.year != year or not first <= day.month <= last:
            raise ProfileError(f"{path}: {day} lies outside the period of the plan.")


def _hamlets(profile: PlanProfile, path: str, codes: Iterable[str]) -> None:
    known = {line.code for line in profile.hamlets}
    for place, code in enumerate(codes, 1):
        if code not in known:
            raise ProfileError(f'{path}[{place}]: "{code}" is not a hamlet in units.')
