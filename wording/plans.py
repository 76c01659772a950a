"""A plan in words: its name with its number, who chairs, concludes and writes the minutes of its meetings."""

from collections.abc import Sequence

from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Param, Term
from intake.rules.plan.open_points import MEETING_SECRETARY
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_terms import AudienceKind, MeetingForm

SECRETARY = MEETING_SECRETARY
DESKS = "desk-officials"
"""The open point that says which desk answers for what (R039)."""


def hosts_line(profile: PlanProfile) -> Term:
    """Who chairs, and which of several concludes (R030–R033)."""
    if not profile.hosts:
        return Term("openpoint.hosts", {"hosts": Term("openpoint.missing")})
    leading = [host for host in profile.hosts if not host.deputy]
    titles: Param = "; ".join(host.title for host in leading)
    deputies = "; ".join(host.title for host in profile.hosts if host.deputy)
    if deputies:
        titles = Term("openpoint.hosts_deputy", {"hosts": titles, "deputies": deputies})
    params: dict[str, Param] = {"hosts": titles}
    concluding = profile.concluding_host
    if concluding is None or len(leading) == 1:
        return Term("openpoint.hosts", params)
    return Term("openpoint.hosts_concluding", {**params, "concluding": concluding.title})


def as_planned(meeting: Meeting, profile: PlanProfile) -> tuple[Term, ...]:
    """What the plan says of whom a meeting is for, its form, and until when people write and register; a line each."""
    session = next((one for one in profile.sessions if one.key == meeting.session_key), None)
    lines = []
    if session is not None and session.people is not None and meeting.audience == session.audience:
        lines.append(Term("notice.people", {"people": session.people}))
    elif meeting.audience:
        lines.append(Term("notice.people", {"people": kinds_named(meeting.audience)}))
    if meeting.places is not None:
        lines.append(Term("notice.places", {"places": meeting.places}))
    if meeting.form in (MeetingForm.ONLINE, MeetingForm.BOTH):
        lines.append(Term(f"notice.form_{meeting.form.value}"))
    gathered, registration = profile.opinions, profile.registration
    if gathered is not None and gathered.closes is not None:
        until: dict[str, Param] = {"closes": gathered.closes}
        if gathered.opens is None:
            lines.append(Term("notice.opinions_until", until))
        else:
            lines.append(Term("notice.opinions", {"opens": gathered.opens, **until}))
    if registration is not None and registration.until is not None:
        lines.append(Term("notice.register_until", {"until": registration.until}))
    return tuple(lines)


def kinds_named(kinds: Sequence[AudienceKind]) -> Term | str:
    """Kinds of people, with commas between; "" for none."""
    named: Term | str = ""
    for kind in kinds:
        one = Term(f"audience.{kind.value}")
        named = one if named == "" else Term("planpaper.and", {"one": named, "other": one})
    return named


def led_by(plan: Plan) -> tuple[Param, ...]:
    """Who chairs, concludes and writes the minutes of the meetings of a plan, one line each."""
    lines: tuple[Param, ...] = (hosts_line(plan.decided.profile),)
    name = plan.decided.answer(SECRETARY)
    return lines if name is None else (*lines, Term("openpoint.secretary", {"name": name}))


def named_with_number(profile: PlanProfile) -> Param:
    """The title of a plan, with its number and day where they are known; nothing is made up (R007)."""
    paper = profile.plan
    if paper.number is None:
        return paper.title
    if paper.issued_on is None:
        return Term("openpoint.plan_number", {"title": paper.title, "number": paper.number})
    params: dict[str, Param] = {"title": paper.title, "number": paper.number, "day": paper.issued_on}
    return Term("openpoint.plan_number_day", params)


def desks_remark(plan: Plan | None) -> Param:
    """What the unit noted about who answers for what, as a line; empty where nobody did."""
    note = None if plan is None else plan.decided.answer(DESKS)
    return "" if note is None else Term("openpoint.desks", {"note": note})
