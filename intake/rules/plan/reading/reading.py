"""A paper, read: what kind it is and its facts, each with the words it rests on; what it does not say stays absent.

Nothing here guesses: a value is in the paper, or it is None and an open question. `as_json` is the contract of
`doithoai plans read --json`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from intake.rules.message import Term
from intake.rules.plan.reading import changes, checks, duties
from intake.rules.plan.reading.assignments import (
    PaperDuty,
    PaperStep,
    PaperSupervision,
    read_assignments,
    read_programme,
    read_supervision,
)
from intake.rules.plan.reading.bases import Basis, read_bases
from intake.rules.plan.reading.endings import PaperRecipient, PaperSignature, read_recipients, read_signature
from intake.rules.plan.reading.heads import Head, read_head
from intake.rules.plan.reading.hosts import PaperHost, read_hosts
from intake.rules.plan.reading.kinds import Paper
from intake.rules.plan.reading.meetings import read_meetings
from intake.rules.plan.reading.outcomes import OUTCOMES, PaperOutcome, read_outcome
from intake.rules.plan.reading.paper_text import PaperText, Stated
from intake.rules.plan.reading.paragraph_meetings import PaperMeeting

_WITH_MEETINGS = {Paper.PLAN, Paper.NOTICE, Paper.SCHEDULE, Paper.CHANGE}


@dataclass(frozen=True, slots=True)
class PlanReading:
    """Everything one paper says."""

    head: Head
    hosts: list[PaperHost]
    bases: list[Basis]
    meetings: list[PaperMeeting]
    notice: duties.DaysRule | None
    preparation: duties.DaysRule | None
    reply: duties.DaysRule | None
    results: duties.DaysRule | None
    registration: duties.PaperRegistration | None
    opinions: duties.PaperWindow | None
    quotas: list[duties.PaperQuota]
    reports: list[duties.PaperReport]
    assignments: list[PaperDuty]
    supervision: list[PaperSupervision]
    programme: list[PaperStep]
    desks: list[duties.PaperDesk]
    fixed_dates: list[duties.PaperDate]
    open: list[checks.PaperGap]
    contradictions: list[checks.Contradiction]
    warnings: list[Stated[Term]]
    recipients: tuple[PaperRecipient, ...] = ()
    signature: PaperSignature | None = None
    outcome: PaperOutcome | None = None
    """Of a report: what became of the questions."""

    predecessor: Stated[str] | None = None
    """The number of the paper it changes, or of the plan it takes the place of."""

    days: tuple[date, ...] = ()
    """Of a change: every day it names."""

    whole_plan: Stated[str] | None = None
    """Of a change: `cancelled` or `postponed` where it says so of the whole plan."""


def read_paper(words: str) -> PlanReading:
    """Read the text of a paper (Unicode). A paper that is no plan, notice, schedule or change has no meetings."""
    text = PaperText(words)
    head = read_head(text)
    title, body = head.title_at, head.body
    year = head.year.value if head.year else None
    asks = head.paper in _WITH_MEETINGS
    meetings = read_meetings(text, head.paper, title, body, year) if asks else []
    hosts = read_hosts(text, title) if head.paper is not Paper.OTHER else []
    bases = read_bases(text, title[1], body)
    notice = duties.read_notice(text, title[1]) if asks else None
    reply = duties.read_reply(text, title[1]) if asks or head.paper is Paper.RULE else None
    registration = duties.read_registration(text, title[1], year) if asks else None
    return PlanReading(
        head=head,
        hosts=hosts,
        bases=bases,
        meetings=meetings,
        notice=notice,
        preparation=duties.read_preparation(text, title[1]) if asks else None,
        reply=reply,
        results=duties.read_results(text, title[1]) if asks else None,
        registration=registration,
        opinions=duties.read_opinions(text, title[1], year) if asks else None,
        quotas=duties.read_quotas(text, title[1]) if asks else [],
        reports=duties.read_reports(text, body, year) if asks else [],
        assignments=read_assignments(text, body) if asks else [],
        supervision=read_supervision(text, body) if asks else [],
        programme=read_programme(text, title[1]) if asks else [],
        desks=duties.read_desks(text, body) if asks else [],
        fixed_dates=duties.read_fixed_dates(text, body, year) if asks else [],
        open=checks.open_questions(text, head, hosts, meetings, (notice, reply, registration))
        if head.paper in {Paper.PLAN, Paper.NOTICE, Paper.SCHEDULE}
        else [],
        contradictions=checks.contradictions(text, head, meetings, notice) if asks else [],
        warnings=checks.warnings(text, head, bases, meetings),
        recipients=tuple(read_recipients(text)) if asks else (),
        signature=read_signature(text) if asks else None,
        outcome=read_outcome(text, title[1]) if head.paper is Paper.REPORT else None,
        predecessor=changes.read_predecessor(text, title[0])
        if head.paper is Paper.CHANGE
        else changes.read_replaced(text, title[0]),
        days=changes.days_named(text, title[0], year) if head.paper is Paper.CHANGE else (),
        whole_plan=changes.read_end_of_plan(text, title) if head.paper is Paper.CHANGE and not meetings else None,
    )


def outcome_of(reading: PlanReading) -> dict[str, Stated[int]]:
    """The counts of a report by name, without those that it does not state."""
    counts = {name: getattr(reading.outcome, name, None) for name in OUTCOMES}
    return {name: count for name, count in counts.items() if count is not None}


def as_json(reading: PlanReading, say: Callable[[Term], str]) -> dict[str, Any]:
    """The reading as one object, its remarks as `say` words them.

    Days are ISO, what is not stated is null or left out, every fact has its `phrase`.
    """
    head = reading.head
    return {
        "paper": head.paper.value,
        "warnings": [say(warning.value) for warning in reading.warnings],
        "title": _fact(head.title),
        "layout": _fact(head.layout),
        "issuer": _fact(head.issuer),
        "unit": {"value": head.unit.name, "level": head.unit.level, "phrase": head.unit.phrase} if head.unit else None,
        "year": _fact(head.year),
        "period": _fact(head.period),
        "number": _fact(head.number),
        "issued_on": _fact(head.issued_on),
        "place": _fact(head.place),
        "predecessor": _fact(reading.predecessor),
        "notice": _days(reading.notice),
        "preparation": _days(reading.preparation),
        "registration": _given(
            value=reading.registration.mode,
            where=reading.registration.where,
            until=reading.registration.until,
            phrase=reading.registration.phrase,
        )
        if reading.registration
        else None,
        "reply": _days(reading.reply),
        "results": _days(reading.results),
        "outcome": {name: _fact(getattr(reading.outcome, name)) for name in OUTCOMES} if reading.outcome else None,
        "opinions": _given(
            **{"from": reading.opinions.opens, "to": reading.opinions.closes, "phrase": reading.opinions.phrase}
        )
        if reading.opinions
        else None,
        "bases": [
            _given(
                kind=basis.kind,
                number=basis.number,
                issued_on=basis.issued_on,
                issuer=basis.issuer,
                name=basis.name,
                phrase=basis.phrase,
            )
            for basis in reading.bases
        ],
        "hosts": [
            _given(title=host.title, concludes=host.concludes or None, deputy=host.deputy or None, phrase=host.phrase)
            for host in reading.hosts
        ],
        "meetings": [_meeting(meeting) for meeting in reading.meetings],
        "quotas": [
            _given(who=quota.who, number=quota.number, per=quota.per, phrase=quota.phrase) for quota in reading.quotas
        ],
        "reports": [
            _given(what=report.what, to=report.to, when=report.when, phrase=report.phrase) for report in reading.reports
        ],
        "desks": [_given(name=desk.name, phrase=desk.phrase) for desk in reading.desks],
        "duties": [
            _given(task=one.duty.value, lead=one.lead, others=list(one.others) or None, phrase=one.phrase)
            for one in reading.assignments
        ],
        "supervision": [_given(who=one.who, scope=one.scope, phrase=one.phrase) for one in reading.supervision],
        "programme": [
            _given(step=one.step.value, title=one.title, by=one.by, phrase=one.phrase) for one in reading.programme
        ],
        "fixed_dates": [
            _given(date=fixed.day, rule="by" if fixed.inclusive else "before", task=fixed.task, phrase=fixed.phrase)
            for fixed in reading.fixed_dates
        ],
        "recipients": [_given(who=one.who, purpose=one.purpose, phrase=one.phrase) for one in reading.recipients],
        "signature": _given(
            title=reading.signature.title,
            name=reading.signature.name,
            authority=reading.signature.authority,
            phrase=reading.signature.phrase,
        )
        if reading.signature
        else None,
        "open": [_given(key=question.key, why=say(question.why), phrase=question.phrase) for question in reading.open],
        "contradictions": [
            _given(about=one.about, why=say(one.why), phrase=one.phrase) for one in reading.contradictions
        ],
    }


def _meeting(meeting: PaperMeeting) -> dict[str, Any]:
    window = meeting.window
    return _given(
        audience=meeting.audience,
        audience_kinds=list(meeting.audience_kinds) or None,
        units=list(meeting.units),
        window={"from": window.first.isoformat(), "to": window.last.isoformat(), "precision": window.precision},
        time=meeting.time,
        half_day=meeting.half,
        venue=meeting.venue.value if meeting.venue else None,
        form=meeting.form,
        status=meeting.status,
        until=meeting.until,
        phrase=meeting.phrase,
    )


def _fact(found: Stated[Any] | None) -> dict[str, Any] | None:
    return _given(value=found.value, phrase=found.phrase) if found else None


def _days(rule: duties.DaysRule | None) -> dict[str, Any] | None:
    return _given(value=rule.days, working=rule.working or None, phrase=rule.phrase) if rule else None


def _given(**values: Any) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in values.items()
        if value is not None
    }


def phrases(value: Any) -> Iterable[str]:
    """Every phrase of a reading as JSON, for whoever checks that it stands in the paper."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "phrase":
                yield inner
            else:
                yield from phrases(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from phrases(inner)
