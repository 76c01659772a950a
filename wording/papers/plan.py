"""Kế hoạch: the plan itself, written from its profile as its committee issues it (A1–A3, R001–R010)."""

from collections.abc import Iterator
from dataclasses import replace

from intake.rules.deadlines.clock import DayUnit
from intake.rules.papers.facts import PaperFacts, PaperStamp
from intake.rules.papers.issuer import layout_of
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Heading, OfficePaper, Passage
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_meetings import SessionLine
from intake.rules.plan.profile_paper import LegalBasis
from intake.rules.plan.profile_terms import BasisStatus, Coverage, Layout
from intake.rules.text import with_capital
from wording.meetings import when_planned
from wording.texts import shown, words

from .frame import KindOfPaper, framed
from .saying import (
    LANGUAGE,
    dash,
    dashes,
    gap,
    issuer_of,
    or_gap,
    quoted,
    say,
    short_day,
)

_UNSURE = (BasisStatus.MAYBE_REPLACED, BasisStatus.REPLACED)


def word(facts: PaperFacts) -> OfficePaper:
    """The plan with its number and day where the profile has them (R007, R009)."""
    profile = facts.plan.profile
    stamp = facts.stamp or PaperStamp(_own_number(profile), profile.plan.issued_on, registered=False)
    body: list[Block] = [Passage(say("plan.opening", issuer=issuer_of(facts), title=profile.plan.title))]
    body += _purpose(profile)
    body += _content(profile)
    body += _organisation(profile)
    return framed(
        replace(facts, stamp=stamp),
        PaperKind.PLAN,
        code="KH",
        type_name=say("type.plan"),
        summary=_summary(profile),
        bases=bases_of(profile),
        body=body,
    )


def _own_number(profile: PlanProfile) -> str | None:
    number = profile.plan.number
    return None if number is None else number.partition("-")[0].strip()


def _summary(profile: PlanProfile) -> str:
    return with_capital(profile.plan.title.removeprefix(say("plan.word")).strip())


def bases_of(profile: PlanProfile) -> tuple[str, ...]:
    """What the plan rests on, as the layout writes it: each ends with a semicolon, the last with a full stop."""
    lines = [_basis(basis) for basis in profile.bases]
    if profile.plan.work_programme is not None:
        lines.append(say("basis_programme", text=profile.plan.work_programme.text))
    mark = "" if layout_of(profile) is Layout.STATE else "- "
    last = len(lines) - 1
    return tuple(f"{mark}{text}{'.' if place == last else ';'}" for place, text in enumerate(lines))


def _basis(basis: LegalBasis) -> str:
    day = "" if basis.issued_on is None else say("basis_day", day=basis.issued_on)
    about = "" if not basis.summary else say("basis_about", summary=basis.summary)
    text = say(
        "basis",
        kind=basis.kind,
        number=or_gap(basis.number, "number"),
        day=day,
        issuer=or_gap(basis.issuer, "issuer"),
        about=about,
    )
    return f"{text} {gap('basis')}" if basis.status in _UNSURE or basis.correction is not None else text


def _purpose(profile: PlanProfile) -> Iterator[Block]:
    yield Heading(say("plan.part_1"))
    yield Heading(say("plan.purpose"))
    yield dash(gap("purpose"))
    yield Heading(say("plan.demands"))
    phrases = [text for line in profile.practices if line.office is None for text in quoted(line.phrase)]
    yield from dashes(f"{text.rstrip('.')}." for text in phrases or [gap("demands")])


def _content(profile: PlanProfile) -> Iterator[Block]:
    yield Heading(say("plan.part_2"))
    yield Heading(say("plan.hosts"))
    yield from dashes(_host_lines(profile))
    yield Heading(say("plan.audience"))
    yield from dashes(_audience_lines(profile))
    yield Heading(say("plan.when"))
    for session in profile.sessions:
        yield from dashes(_session_lines(session, profile))
    yield Heading(say("plan.topics"))
    yield from dashes(f"{topic.name};" for topic in profile.topics if topic.parent is None)
    yield Heading(say("plan.form"))
    form = gap("form") if profile.plan.form is None else profile.plan.form.text
    how = gap("registration") if profile.registration is None else profile.registration.phrase
    yield from dashes([f"{form}.", *(f"{text.rstrip('.')}." for text in quoted(how))])
    if profile.programme:
        yield Heading(say("plan.programme"))
        for number, line in enumerate(profile.programme, 1):
            yield Passage(f"{number}) {line.title}.")
    yield Heading(say("plan.limits"))
    yield from dashes(_limits(profile))
    for condition in profile.conditions:
        yield dash(f"{condition.text.rstrip('.')}.")
    if profile.funding is not None:
        yield Passage(f"{profile.funding.text.rstrip('.')}.", lead=say("plan.funding"))


def _host_lines(profile: PlanProfile) -> Iterator[str]:
    for host in profile.hosts:
        yield f"{host.title};"
    concluding = profile.concluding_host
    if len(profile.hosts) > 1:
        yield say("plan.concludes", who=gap("host") if concluding is None else concluding.title)


def _audience_lines(profile: PlanProfile) -> Iterator[str]:
    audience = profile.audience
    yield from (f"{text.rstrip('.;')};" for text in quoted(gap("scope") if audience is None else audience.phrase))
    names = {line.code: line.name for line in profile.units}
    if audience is not None and audience.hamlets:
        yield say("plan.hamlets", hamlets=", ".join(names.get(code, code) for code in audience.hamlets))
    for seat in profile.seats:
        yield say("plan.seat", count=seat.count, seat=words(LANGUAGE, f"seat.{seat.seat.value}"))
    yield from (f"{also};" for also in (() if audience is None else audience.also))
    for guest in profile.guests:
        yield f"{guest.name};"


def _session_lines(session: SessionLine, profile: PlanProfile) -> Iterator[str]:
    yield say("plan.session", title=session.title, when=shown(LANGUAGE, when_planned(session.window)))
    yield say("plan.venue", venue=session.venue or gap("venue"))
    names = {line.code: line.name for line in profile.units}
    if session.coverage is Coverage.HAMLETS and session.hamlets:
        yield say("plan.hamlets", hamlets=", ".join(names.get(code, code) for code in session.hamlets))
    elif session.coverage is Coverage.UNDECIDED:
        yield say("plan.hamlets", hamlets=gap("hamlets"))
    if session.theme:
        yield say("plan.theme", theme=session.theme)
    if session.finish_before is not None:
        yield say("plan.finish", day=session.finish_before)


def _limits(profile: PlanProfile) -> Iterator[str]:
    clocks = profile.clocks
    days = None if clocks.notice is None else clocks.notice.days
    yield say("plan.notice_open", gap=gap("days")) if days is None else say("plan.notice", days=days)
    if clocks.reply is None or clocks.reply.days is None:
        yield say("plan.reply_open", gap=gap("days"))
    else:
        working = clocks.reply.count is DayUnit.WORKING
        yield say("plan.reply_working" if working else "plan.reply", days=clocks.reply.days)
    for dated in clocks.fixed_dates:
        to = ", ".join(dated.to)
        key = "plan.dated_to" if to else "plan.dated"
        yield say(key, task=dated.task, day=dated.before, **({"to": to} if to else {}))
    report = clocks.periodic_report
    if report is not None:
        yield say("plan.report", to=", ".join(report.to))


def _organisation(profile: PlanProfile) -> Iterator[Block]:
    yield Heading(say("plan.part_3"))
    offices = {office.key: office.name for office in profile.offices}
    number = 0
    for key, name in offices.items():
        lines = list(_duties_of(profile, key, offices))
        if not lines:
            continue
        number += 1
        yield Heading(f"{number}. {name}")
        yield from dashes(lines)
    yield Passage(say("plan.closing", title=profile.plan.title))


def _duties_of(profile: PlanProfile, key: str, offices: dict[str, str]) -> Iterator[str]:
    """What an office leads, sees to, supervises and hands in; nothing that a longer line of it says already."""
    led = [
        (text.rstrip("."), tuple(offices.get(other, other) for other in duty.others))
        for duty in profile.duties
        if duty.lead == key
        for text in quoted(duty.phrase)
    ]
    led += [(text.rstrip("."), ()) for one in profile.practices if one.office == key for text in quoted(one.phrase)]
    told: list[tuple[str, tuple[str, ...]]] = []
    for text, others in led:
        if not any(_says(longer, beside, text, others) for longer, beside in (*told, *led) if longer != text) and (
            text not in {said for said, _ in told}
        ):
            told.append((text, others))
    for text, others in told:
        beside = ", ".join(other for other in others if other.casefold() not in text.casefold())
        yield say("plan.duty_with", text=text, others=beside) if beside else f"{text}."
    yield from (say("plan.supervises", scope=one.scope) for one in profile.supervision if one.office == key)
    for dated in profile.clocks.fixed_dates:
        if dated.lead == key:
            yield say("plan.own_date", task=dated.task, day=short_day(dated.before))


def _says(longer: str, beside: tuple[str, ...], text: str, others: tuple[str, ...]) -> bool:
    """Whether a longer line of the same office says a shorter one, and names everybody who takes part in that."""
    return text.casefold() in longer.casefold() and set(others) <= set(beside)


KIND = KindOfPaper(PaperKind.PLAN, PaperSubject.PLAN, "KH", word)
