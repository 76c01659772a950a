"""What must hold across the tables of a profile; what does not is a flaw with the path of the field."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import MAXYEAR, date
from enum import StrEnum
from typing import Any

from intake.rules.deadlines.clock import DayUnit
from intake.rules.message import Param
from intake.rules.people.unit import Level
from intake.rules.text import as_one_name, fold

from .profile import Flaw, PlanProfile, ProfileError
from .profile_bodies import TopicLine
from .profile_keys import SLUG, not_slugs, numbered, repeated
from .profile_meetings import SessionLine
from .profile_paper import OpenQuestion
from .profile_terms import GATHERABLE, AnswerForm, AudienceMode, Coverage, Period, ReplyForm
from .window import PlannedWindow

_FIRST_YEAR = 1000
_A_DESK = "desk = true"
UNIT_CODE = re.compile(r"[A-Z]{2,4}")
"""The code of a unit that is no hamlet."""
_HALVES = {Period.YEAR: (1, 12), Period.FIRST_HALF: (1, 6), Period.SECOND_HALF: (7, 12)}


Check = Callable[[PlanProfile], Iterator[Flaw]]


def check_profile(profile: PlanProfile) -> None:
    """Raise `ProfileError` with everything that does not hold together; return nothing when all does."""
    if flaws := flaws_of(profile):
        raise ProfileError(flaws)


def flaws_of(profile: PlanProfile, *, unread: Collection[str] = ()) -> list[Flaw]:
    """Everything that does not hold together, but for what leans on a field of the profile named in `unread`."""
    return [flaw for needs, check in _CHECKS if needs.isdisjoint(unread) for flaw in check(profile)]


def _check_units(profile: PlanProfile) -> Iterator[Flaw]:
    yield from repeated(numbered("units", "code", (line.code for line in profile.units)))
    levels: dict[str, Level] = {}
    names: dict[tuple[str | None, str], str] = {}
    for place, line in enumerate(profile.units, 1):
        path = f"units[{place}]"
        elsewhere = names.setdefault((line.parent, as_one_name(line.name)), path)
        if elsewhere != path:
            yield Flaw(f"{path}.name", "same_name", {"value": line.name, "elsewhere": elsewhere})
        if line.parent is not None and line.parent not in levels:
            yield Flaw(f"{path}.parent", "no_unit_above", {"value": line.parent})
        if line.level is Level.HAMLET:
            if line.parent is None:
                yield Flaw(f"{path}.parent", "hamlet_without_unit")
            elif levels.get(line.parent) is Level.HAMLET:
                yield Flaw(f"{path}.parent", "hamlet_in_hamlet")
            head, _, tail = line.code.partition("-")
            if line.parent in levels and (head != line.parent or not SLUG.fullmatch(tail)):
                yield Flaw(f"{path}.code", "hamlet_code", {"value": line.code, "form": f"{line.parent}-ten-thon"})
        elif not UNIT_CODE.fullmatch(line.code):
            yield Flaw(f"{path}.code", "unit_code", {"value": line.code})
        levels[line.code] = line.level
    if levels.get(profile.unit, Level.HAMLET) is Level.HAMLET:
        yield Flaw("unit", "no_home", {"value": profile.unit, "units": "units"})


def _check_hosts(profile: PlanProfile) -> Iterator[Flaw]:
    concluding = [f"hosts[{place}]" for place, host in enumerate(profile.hosts, 1) if host.concludes]
    if len(concluding) > 1:
        yield Flaw(f"{concluding[1]}.concludes", "two_conclude", {"other": concluding[0]})


def _check_topics(profile: PlanProfile) -> Iterator[Flaw]:
    desks = {office.key for office in profile.desks}
    branches = {line.parent for line in profile.topics}
    seen: set[str] = set()
    for place, line in enumerate(profile.topics, 1):
        path = f"topics[{place}]"
        if line.parent is not None and line.parent not in seen:
            yield Flaw(f"{path}.parent", "no_topic_above", {"value": line.parent})
        seen.add(line.code)
        yield from _check_keywords(line, path)
        if line.code in branches:
            if line.desk is not None:
                yield Flaw(f"{path}.desk", "branch_with_desk")
        elif line.desk is None:
            yield Flaw(f"{path}.desk", "leaf_without_desk")
        elif line.desk not in desks:
            yield Flaw(f"{path}.desk", "no_desk", {"value": line.desk, "desk": _A_DESK})


def _check_keywords(line: TopicLine, path: str) -> Iterator[Flaw]:
    """Nothing that can never be found, and nothing twice: each keyword of a topic counts once."""
    for place, keyword in enumerate(line.keywords, 1):
        if not fold(keyword):
            yield Flaw(f"{path}.keywords[{place}]", "keyword_empty", {"value": keyword})
        if keyword.casefold() in {one.casefold() for one in line.keywords[: place - 1]}:
            yield Flaw(f"{path}.keywords[{place}]", "keyword_twice", {"value": keyword})


def _check_offices(profile: PlanProfile) -> Iterator[Flaw]:
    offices = {office.key for office in profile.offices}
    hosts = {host.key for host in profile.hosts}
    named: list[tuple[str, str | None]] = []
    for place, duty in enumerate(profile.duties, 1):
        named += [(f"duties[{place}].lead", duty.lead)]
        named += [(f"duties[{place}].others[{number}]", key) for number, key in enumerate(duty.others, 1)]
    named += numbered("practices", "office", (line.office for line in profile.practices))
    named += numbered("supervision", "office", (line.office for line in profile.supervision))
    collectors = enumerate(() if profile.registration is None else profile.registration.collected_by, 1)
    named += [(f"registration.collected_by[{place}]", key) for place, key in collectors]
    named += numbered("clocks.fixed_dates", "lead", (line.lead for line in profile.clocks.fixed_dates))
    if profile.clocks.periodic_report is not None:
        named += [("clocks.periodic_report.lead", profile.clocks.periodic_report.lead)]
    for path, key in named:
        if key is not None and key not in offices:
            yield Flaw(path, "no_office", {"value": key})
    for path, key in numbered("programme", "by", (line.by for line in profile.programme)):
        if key is not None and key not in offices | hosts:
            yield Flaw(path, "no_office_or_host", {"value": key})


def _check_audience(profile: PlanProfile) -> Iterator[Flaw]:
    audience = profile.audience
    if audience is None:
        return
    yield from _hamlets(profile, "audience.hamlets", audience.hamlets)
    if (audience.mode is AudienceMode.HAMLETS) != bool(audience.hamlets):
        yield _not_fit("audience.hamlets", "always_for", "mode", AudienceMode.HAMLETS, audience.mode)
    if audience.seats and audience.mode is not AudienceMode.DELEGATES:
        yield _not_fit("audience.seats", "only_for", "mode", AudienceMode.DELEGATES, audience.mode)


def _not_fit(path: str, key: str, field: str, wanted: StrEnum, given: StrEnum) -> Flaw:
    return Flaw(path, key, {"field": field, "wanted": wanted.value, "given": given.value})


def _check_lists(profile: PlanProfile) -> Iterator[Flaw]:
    rule = None if profile.registration is None else profile.registration.lists
    if rule is None:
        return
    if not profile.quotas:
        yield Flaw("registration.lists", "lists_without_quota", {"quotas": "quotas = true"})
    if rule.to not in {office.key for office in profile.offices}:
        yield Flaw("registration.lists.to", "no_office", {"value": rule.to})
    last = max((session.window.latest for session in profile.sessions), default=date.max)
    if rule.before is not None and (rule.before.year != profile.plan.year or rule.before > last):
        params: dict[str, Param] = {"day": str(rule.before), "year": profile.plan.year, "last": str(last)}
        yield Flaw("registration.lists.before", "lists_day", params)


def _check_sessions(profile: PlanProfile) -> Iterator[Flaw]:
    if not profile.sessions:
        yield Flaw("sessions", "no_session_at_all")
    for place, session in enumerate(profile.sessions, 1):
        yield from _check_session(profile, session, f"sessions[{place}]")


def _check_session(profile: PlanProfile, session: SessionLine, path: str) -> Iterator[Flaw]:
    yield from _hamlets(profile, f"{path}.hamlets", session.hamlets)
    if (session.coverage is Coverage.HAMLETS) != bool(session.hamlets):
        yield Flaw(f"{path}.hamlets", "session_hamlets", {"field": "coverage", "wanted": Coverage.HAMLETS.value})
    if session.host_hamlet is not None and session.host_hamlet not in session.hamlets:
        yield Flaw(f"{path}.host_hamlet", "host_hamlet", {"value": session.host_hamlet})
    yield from _within(profile, session.window, f"{path}.window")
    if session.finish_before is not None and session.finish_before <= session.window.earliest:
        yield Flaw(f"{path}.finish_before", "no_day_left", {"day": str(session.finish_before)})
    yield from repeated(numbered(f"{path}.readings", "key", (reading.key for reading in session.readings)))
    for place, reading in enumerate(session.readings, 1):
        yield from _within(profile, reading.window, f"{path}.readings[{place}].window")


def _check_numbers(profile: PlanProfile) -> Iterator[Flaw]:
    clocks = profile.clocks
    numbers: list[tuple[str, int | None]] = []
    if clocks.notice is not None:
        numbers += [("clocks.notice.days", clocks.notice.days)]
    if clocks.reply is not None:
        numbers += [("clocks.reply.days", clocks.reply.days)]
        if clocks.reply.days is None and clocks.reply.count is DayUnit.WORKING:
            yield Flaw("clocks.reply.days", "working_days_unsaid")
    if clocks.preparation is not None:
        numbers += [("clocks.preparation.working_days", clocks.preparation.working_days)]
    if clocks.targets is not None:
        numbers += [("clocks.targets.internal_days", clocks.targets.internal_days)]
        numbers += [("clocks.targets.urgent_days", clocks.targets.urgent_days)]
    if clocks.periodic_report is not None:
        numbers += [("clocks.periodic_report.first_working_days", clocks.periodic_report.first_working_days)]
    numbers += numbered("units", "households", (line.households for line in profile.units))
    numbers += numbered("sessions", "places", (line.places for line in profile.sessions or ()))
    numbers += numbered("audience.seats", "count", (line.count for line in profile.seats))
    for path, number in numbers:
        if number is not None and number < 1:
            yield Flaw(path, "at_least_one", {"number": number})


def _check_opinions(profile: PlanProfile) -> Iterator[Flaw]:
    window = profile.opinions
    if window is None or window.opens is None or window.closes is None or window.opens <= window.closes:
        return
    yield Flaw("opinions.closes", "no_day_left", {"day": str(window.closes)})


def _check_year(profile: PlanProfile) -> Iterator[Flaw]:
    if not _FIRST_YEAR <= profile.plan.year <= MAXYEAR:
        yield Flaw("plan.year", "year", {"value": profile.plan.year})


def _check_bases(profile: PlanProfile) -> Iterator[Flaw]:
    issued_on = profile.plan.issued_on or date(min(max(profile.plan.year, _FIRST_YEAR), MAXYEAR), 12, 31)
    for place, basis in enumerate(profile.bases, 1):
        if basis.issued_on is not None and basis.issued_on > issued_on:
            yield Flaw(f"bases[{place}].issued_on", "later_than_plan", {"day": str(basis.issued_on)})
    if sum(basis.parent_plan for basis in profile.bases) > 1:
        yield Flaw("bases", "two_parent_plans")


def _check_questions(profile: PlanProfile) -> Iterator[Flaw]:
    for place, question in enumerate(profile.open, 1):
        yield from _check_open(profile, question, f"open[{place}]")


def _check_open(profile: PlanProfile, question: OpenQuestion, path: str) -> Iterator[Flaw]:
    keys = [option.key for option in question.options]
    yield from repeated(numbered(f"{path}.options", "key", keys))
    if keys and question.default is not None and question.default not in keys:
        yield Flaw(f"{path}.default", "no_option", {"value": question.default})
    if question.form is AnswerForm.NUMBER and not (question.default or "1").isdecimal():
        yield Flaw(f"{path}.default", "no_number", {"value": question.default or ""})
    if question.needs is not None and question.needs.key not in [line.key for line in profile.open]:
        yield Flaw(f"{path}.needs.key", "no_open_question", {"value": question.needs.key})
    if question.task is not None and question.form is not AnswerForm.DATE:
        yield _not_fit(f"{path}.task", "only_for", "form", AnswerForm.DATE, question.form)
    yield from _check_answers(profile, question, path)


def _check_answers(profile: PlanProfile, question: OpenQuestion, path: str) -> Iterator[Flaw]:
    """What an answer writes into the plan is about sessions, hamlets and offices the plan has."""
    named = [] if question.task is None else [(f"{path}.task.lead", question.task.lead)]
    if question.topic is not None:
        named += numbered(f"{path}.options", "key", (option.key for option in question.options))
    for place, option in enumerate(question.options, 1):
        named += numbered(f"{path}.options[{place}].tasks", "lead", (task.lead for task in option.tasks))
        for number, line in enumerate(option.hamlets, 1):
            where = f"{path}.options[{place}].hamlets[{number}]"
            if line.session not in [session.key for session in profile.sessions]:
                yield Flaw(f"{where}.session", "no_session", {"value": line.session})
            yield from _hamlets(profile, f"{where}.hamlets", line.hamlets)
    for where, key in named:
        if key not in [office.key for office in profile.offices]:
            yield Flaw(where, "no_office", {"value": key})


def _within(profile: PlanProfile, window: PlannedWindow, path: str) -> Iterator[Flaw]:
    year, (first, last) = profile.plan.year, _HALVES[profile.plan.period]
    for day in dict.fromkeys((window.earliest, window.latest)):
        if day.year != year or not first <= day.month <= last:
            yield Flaw(path, "outside_period", {"day": str(day)})


def _hamlets(profile: PlanProfile, path: str, codes: Iterable[str]) -> Iterator[Flaw]:
    known = {line.code for line in profile.hamlets}
    for place, code in enumerate(codes, 1):
        if code not in known:
            yield Flaw(f"{path}[{place}]", "no_hamlet", {"value": code, "units": "units"})


def _slugs(table: str, field: str, lines: Callable[[PlanProfile], Iterable[Any]]) -> Check:
    return lambda profile: not_slugs(numbered(table, field, (getattr(line, field) for line in lines(profile))))


def _check_kinds(profile: PlanProfile) -> Iterator[Flaw]:
    for place, line in enumerate(profile.kinds, 1):
        if line.reply is ReplyForm.SYNTHESIS and line.kind not in GATHERABLE:
            yield Flaw(f"kinds[{place}].reply", "reply_owed", {"value": line.kind.value})


def _once(table: str, field: str, lines: Callable[[PlanProfile], Iterable[Any]]) -> Check:
    return lambda profile: repeated(numbered(table, field, (getattr(line, field) for line in lines(profile))))


# which fields of the profile each check leans on
_CHECKS: tuple[tuple[frozenset[str], Check], ...] = tuple(
    (frozenset(needs.split()), check)
    for needs, check in (
        ("code", lambda profile: not_slugs([("code", profile.code)])),
        ("hosts", _slugs("hosts", "key", lambda profile: profile.hosts)),
        ("offices", _slugs("offices", "key", lambda profile: profile.offices)),
        ("topics", _slugs("topics", "code", lambda profile: profile.topics)),
        ("sessions", _slugs("sessions", "key", lambda profile: profile.sessions)),
        ("open", _slugs("open", "key", lambda profile: profile.open)),
        ("warnings", _slugs("warnings", "key", lambda profile: profile.warnings)),
        ("clocks", _slugs("clocks.fixed_dates", "key", lambda profile: profile.clocks.fixed_dates)),
        ("kinds", _once("kinds", "kind", lambda profile: profile.kinds)),
        ("kinds", _check_kinds),
        ("practices", _once("practices", "practice", lambda profile: profile.practices)),
        ("duties", _once("duties", "duty", lambda profile: profile.duties)),
        ("unit units", _check_units),
        ("hosts", _check_hosts),
        ("topics offices", _check_topics),
        ("offices hosts duties practices supervision registration clocks programme", _check_offices),
        ("audience units", _check_audience),
        ("registration offices sessions plan", _check_lists),
        ("sessions units plan", _check_sessions),
        ("clocks units audience", _check_numbers),
        ("opinions", _check_opinions),
        ("plan", _check_year),
        ("bases plan", _check_bases),
        ("open sessions units offices", _check_questions),
    )
)
