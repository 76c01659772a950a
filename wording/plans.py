"""A plan in words: its name with its number, who chairs, concludes and writes the minutes of its meetings."""

from intake.rules.message import Param, Term
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile import PlanProfile

SECRETARY = "meeting-secretary"
"""The open point that names the secretary of the meetings (R034, R035)."""
DESKS = "desk-officials"
"""The open point that says which desk answers for what (R039)."""


def hosts_line(profile: PlanProfile) -> Term:
    """Who chairs, and which of several concludes (R030–R033)."""
    params: dict[str, Param] = {"hosts": "; ".join(host.title for host in profile.hosts)}
    concluding = profile.concluding_host
    if concluding is None or len(profile.hosts) == 1:
        return Term("openpoint.hosts", params)
    return Term("openpoint.hosts_concluding", {**params, "concluding": concluding.title})


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
