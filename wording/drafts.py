"""A plan drafted from a paper, in words: what it says, when its clocks end, what is asked, what would change."""

from collections.abc import Sequence
from typing import Any

from intake.actions.plan.plan_from_paper import DraftedPlan
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import ClockKind, DayUnit, due
from intake.rules.deadlines.clock_settings import rule_for
from intake.rules.deadlines.due_words import due_words
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Param, Term
from intake.rules.papers.figures import LONGEST_SOURCE
from intake.rules.plan.applied_paper import AppliedPaper, PaperEffect
from intake.rules.plan.decided import decided_plan
from intake.rules.plan.drafting.draft import FactStanding, NoDraft, NoDraftError, PlanDraft
from intake.rules.plan.drafting.draft_questions import remarks_of
from intake.rules.plan.drafting.paper_change import ChangeTo, PaperChange
from intake.rules.plan.plan import PlanId
from intake.rules.plan.profile import PlanProfile, ProfileError
from intake.rules.plan.profile_meetings import SessionLine
from intake.rules.plan.profile_terms import MeetingForm
from intake.rules.plan.reading.reading import PlanReading, as_json
from intake.rules.text import beginning, excerpt

from .flaws import flaw_line
from .meetings import when_planned
from .notices import compose
from .plans import hosts_line, kinds_named
from .texts import words

_BY_WHOLE_PLAN = (PaperEffect.POSTPONED, PaperEffect.CANCELLED)
MOST_CHANGES = 12
"""More changes than that are counted, not listed."""
_MOST_WARNINGS = 5
_MOST_FACTS = 40
_LONGEST_PHRASE = 300
_FIELDS = (
    "plan", "title", "issuer", "units", "year", "number", "issued_on", "notice", "preparation", "reply", "registration",
    "opinions", "hosts", "sessions", "venue", "bases", "offices", "fixed_dates", "periodic_report", "clocks", "open",
    "warnings", "audience", "places", "predecessor", "recipients",
    "signature", "duties", "programme", "supervision",
)  # fmt: skip
"""The fields of a profile that have a name of their own for clerks."""


def remark(term: Term) -> str:
    """A remark on a paper as a profile has it: profiles are written in the language of the office."""
    return words("vi", term.key, term.params)


def reading_json(reading: PlanReading, language: str = "vi") -> dict[str, Any]:
    """A reading as one object, its remarks in a language: the contract of `doithoai plans read --json`."""
    return as_json(reading, lambda term: words(language, term.key, term.params))


def preview_params(uow: UnitOfWork, drafted: DraftedPlan, reading: PlanReading) -> dict[str, Param]:
    """What stands in the preview of a draft: the paper, its meetings and clocks with their days, what is asked.

    Remarks are worded for whoever reads them; in the profile they are in the language of the office.
    """
    profile = drafted.draft.profile
    plan = drafted.plan
    choices = {} if plan is None else plan.choices
    asked = len(decided_plan(profile, choices).undecided)
    remarks = remarks_of(reading, profile)[:_MOST_WARNINGS]
    warnings = [Term("planpaper.warning", {"text": what}) for _, what, _ in remarks]
    lines = [*_paper(drafted), *_meetings(profile), *_clocks(uow, profile), *warnings]
    return {
        "kind": Term(f"planpaper.kind_{drafted.draft.paper.value}"),
        "unit": drafted.unit.name,
        "title": profile.plan.title if plan is None else plan.title,
        "lines": tuple(lines),
        "asked": Term("planpaper.asked", {"count": asked}),
        "changes": changed_lines(drafted),
    }


def _paper(drafted: DraftedPlan) -> list[Param]:
    profile = drafted.draft.profile
    lines: list[Param] = []
    if not drafted.draft.names_unit:
        lines.append(Term("planpaper.unit_unnamed", {"unit": drafted.unit.name}))
    lines.append(Term("openpoint.number", {"number": profile.plan.number or Term("openpoint.missing")}))
    lines.append(Term("openpoint.issued_on", {"day": profile.plan.issued_on or Term("openpoint.missing")}))
    lines.append(hosts_line(profile))
    return lines


def _meetings(profile: PlanProfile) -> list[Param]:
    names = {line.code: line.name for line in profile.units}
    return [_meeting(number, one, names) for number, one in enumerate(profile.sessions, 1)]


def _meeting(number: int, session: SessionLine, names: dict[str, str]) -> Term:
    named: dict[str, Param] = {
        "number": number,
        "title": session.title,
        "when": when_planned(session.window),
        "venue": session.venue or Term("when.no_venue"),
    }
    hamlets = ", ".join(names[code] for code in session.hamlets)
    hour = "" if session.hour is None else Term("planpaper.hour", {"hour": f"{session.hour:%H:%M}"})
    scope: list[Param] = [Term("planpaper.hamlets", {"hamlets": hamlets})] if hamlets else []
    if session.audience:
        scope.append(Term("planpaper.audience", {"kinds": kinds_named(session.audience)}))
    if session.places is not None:
        scope.append(Term("planpaper.places", {"places": session.places}))
    return Term("planpaper.meeting", {**named, "hour": hour, "scope": _together(scope)})


def _together(parts: Sequence[Param]) -> Param:
    """Sentences one behind the other, in whatever language they are read."""
    whole: Param = ""
    for part in parts:
        whole = part if whole == "" else Term("planpaper.behind", {"one": whole, "other": part})
    return whole


def _clocks(uow: UnitOfWork, profile: PlanProfile) -> list[Param]:
    """The clocks with their days, as they stand before anything open is answered."""
    settings = decided_plan(profile, {}).clocks
    window = min((session.window for session in profile.sessions), key=lambda one: one.earliest)
    notice = due(rule_for(ClockKind.NOTICE, settings), window, uow.calendar, uow.today)
    lines: list[Param] = [Term("planpaper.notice", {"due": due_words(notice)})]
    if settings.preparation_runs:
        preparation = due(rule_for(ClockKind.PREPARATION, settings), window, uow.calendar, uow.today)
        lines.append(Term("planpaper.preparation", {"due": due_words(preparation)}))
    source = Term(f"clock.source.{settings.reply.source}")
    reply = "planpaper.reply_working" if settings.reply.unit is DayUnit.WORKING else "planpaper.reply"
    lines.append(Term(reply, {"days": settings.reply.number, "source": source}))
    lines += [
        Term("planpaper.task", {"task": excerpt(one.task), "day": one.before}) for one in profile.clocks.fixed_dates
    ]
    return lines


def changed_lines(drafted: DraftedPlan) -> tuple[Param, ...]:
    """What would be otherwise in what is there, line by line."""
    shown: list[Param] = [
        Term(f"planpaper.{one.becomes}", {"field": field_name(one.path), "before": one.before, "after": one.after})
        for one in drafted.changes[:MOST_CHANGES]
    ]
    left = len(drafted.changes) - len(shown)
    if left > 0:
        shown.append(Term("planpaper.more_changes", {"count": left}))
    return tuple(shown) or (Term("planpaper.no_changes"),)


def first_notice(drafted: DraftedPlan) -> str:
    """The notice of the first meeting as it would be composed today, before its day is fixed."""
    profile, unit = drafted.draft.profile, drafted.unit
    session = profile.sessions[0]
    window = session.window
    meeting = Meeting(
        plan_id=PlanId(0),
        unit_id=unit.id,
        session_key=session.key,
        title=session.title,
        theme=session.theme or "",
        window_from=window.earliest,
        window_to=window.latest,
        precision=window.precision,
        half_day=window.half,
        venue=session.venue or words("vi", "when.no_venue"),
        form=session.form or MeetingForm.IN_PERSON,
        audience=session.audience,
        places=session.places,
    )
    names = {line.code: line.name for line in profile.units}
    return compose(meeting, profile, ", ".join(names[code] for code in session.hamlets) or unit.name)


def fact_lines(draft: PlanDraft) -> tuple[Param, ...]:
    """Every fact with its words in the paper; what the paper does not state is named in the end."""
    stated = [fact for fact in draft.facts if fact.standing is FactStanding.STATED]
    lines: list[Param] = [
        Term(
            "planpaper.fact", {"field": field_name(fact.path), "phrase": beginning(fact.phrase or "", _LONGEST_PHRASE)}
        )
        for fact in stated[:_MOST_FACTS]
    ]
    absent = dict.fromkeys(fact.path for fact in draft.facts if fact.standing is FactStanding.ABSENT)
    if absent:
        lines.append(Term("planpaper.absent", {"fields": _listed([field_name(path) for path in absent])}))
    return tuple(lines)


def field_name(path: str) -> Term:
    """What a clerk calls a field of a profile: the last part of its path that has a name."""
    parts = [part.partition("[")[0] for part in path.split(".")]
    return Term(f"planpaper.field_{next((part for part in reversed(parts) if part in _FIELDS), 'other')}")


def _listed(names: list[Term]) -> Term | str:
    """Names with commas between, in whatever language they are read."""
    listed: Term | str = ""
    for name in names:
        listed = name if listed == "" else Term("planpaper.and", {"one": listed, "other": name})
    return listed


def change_lines(reading: PlanReading) -> tuple[Param, ...]:
    """What a paper says of the meetings it changes or announces, in its own words."""
    lines: list[Param] = [Term("openpoint.phrase", {"phrase": excerpt(meeting.phrase)}) for meeting in reading.meetings]
    title = reading.head.title
    return (*(() if title is None else (title.value,)), *lines)


def becomes(change: PaperChange | None) -> Term:
    """What becomes of a meeting by a paper that changes it."""
    if change is None or change.to is ChangeTo.CANCELLED:
        return Term("planpaper.becomes_cancelled")
    if change.to is ChangeTo.POSTPONED:
        return Term("planpaper.becomes_postponed")
    hour = "" if change.hour is None else Term("planpaper.hour", {"hour": f"{change.hour:%H:%M}"})
    venue = change.venue or Term("planpaper.venue_stays")
    return Term("planpaper.becomes_moved", {"when": when_planned(change.window), "hour": hour, "venue": venue})


def becomes_of_plan(effect: PaperEffect | None) -> Term:
    """What becomes of a plan by a paper that ends or suspends it."""
    return Term("planpaper.plan_suspended" if effect is PaperEffect.POSTPONED else "planpaper.plan_cancelled")


def history_line(paper: AppliedPaper, meeting: str = "") -> Term:
    """A paper in the history of a plan or meeting: what it did and how it is cited. `meeting`: the title, if one."""
    number = paper.number or paper.title or Term("openpoint.missing")
    cited_as: Param = number
    if paper.issued_on is not None:
        cited_as = Term("planpaper.numbered_on", {"number": number, "day": paper.issued_on})
    params: dict[str, Param] = {"paper": cited_as, "at": paper.applied_at, "meeting": meeting, "changes": paper.changes}
    whole = "_plan" if not meeting and paper.effect in _BY_WHOLE_PLAN else ""
    line = Term(f"planpaper.did_{paper.effect.value}{whole}", params)
    return Term("planpaper.did_to", {"did": line, "changes": paper.changes}) if paper.changes else line


def cited_report(reading: PlanReading) -> str:
    """A report as the source of figures: "Báo cáo số 203/BC-UBND ngày 08/12/2025", else by its title."""
    head = reading.head
    if head.number is not None and head.issued_on is not None:
        stated: dict[str, Param] = {"number": head.number.value, "day": head.issued_on.value}
        return words("vi", "planpaper.report_numbered", stated)
    return beginning("" if head.title is None else head.title.value, LONGEST_SOURCE)


def cited(reading: PlanReading) -> str:
    """The paper as the reason of what is done by it, in the words of the office."""
    head = reading.head
    kind = words("vi", f"planpaper.kind_{head.paper.value}")
    if head.number is not None and head.issued_on is not None:
        stated: dict[str, Param] = {"kind": kind, "number": head.number.value, "day": head.issued_on.value}
        return words("vi", "planpaper.by_paper", stated)
    title = head.title.value if head.title is not None else kind
    return words("vi", "planpaper.by_paper_titled", {"title": beginning(title, _LONGEST_PHRASE)})


def why_no_draft(none: NoDraftError, reading: PlanReading) -> Term:
    """Why no plan is made of a paper; of one that is about a meeting we know, what it says of that."""
    params: dict[str, Param] = {"about": none.about}
    match none.why:
        case NoDraft.PLANNED:
            return Term("planpaper.planned", {"title": none.about, "lines": change_lines(reading)})
        case NoDraft.CHANGE:
            return Term("planpaper.change", {"lines": change_lines(reading)})
        case NoDraft.LOOK_ALIKE if none.about:
            return Term("planpaper.no_look_alike_about", params)
        case _:
            return Term(f"planpaper.no_{none.why.value}", params)


def why_no_profile(error: ProfileError, language: str) -> tuple[Param, ...]:
    """Why no plan can say what a paper says, line by line."""
    return tuple(flaw_line(flaw, language) for flaw in error.flaws)
