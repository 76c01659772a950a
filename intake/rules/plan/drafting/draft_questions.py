"""What a draft leaves to people: open points in the order of A7 with default and reason, and what to beware of."""

from collections.abc import Callable, Iterator

from intake.rules.deadlines.clock_settings import DEFAULTS, NOTICE_BY_LAW
from intake.rules.message import Param, Term
from intake.rules.people.unit import Level
from intake.rules.plan.drafting.draft_keys import free_key
from intake.rules.plan.drafting.draft_meetings import is_of_units
from intake.rules.plan.open_points import ANSWERING_DESK, QUOTAS, REGISTRATION
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_paper import OpenQuestion, Option, PlanWarning, SessionHamlets
from intake.rules.plan.profile_terms import AnswerForm, Coverage
from intake.rules.plan.reading.checks import PaperGap
from intake.rules.plan.reading.reading import PlanReading

Say = Callable[[Term], str]
"""Words a remark or a question; a profile is written in Vietnamese."""
UNNAMED = "xã"
"""What a unit is called that no paper and nobody has named."""
_SHOWN_OTHERWISE = {"window", "notice-days"}
"""Contradictions that are asked about as open points."""


def questions_of(reading: PlanReading, profile: PlanProfile, say: Say) -> tuple[OpenQuestion, ...]:
    """The open points, each once. What is asked anyway when a day is fixed (day, hour, place) is none."""
    gaps = {gap.key: gap for gap in reading.open}
    return tuple(
        question
        for found in (
            _of_paper(reading, gaps, profile, say),
            _of_hosts(gaps, profile, say),
            _of_sessions(profile, say),
            _of_places(profile, say),
            _of_seats(profile, say),
            _of_clocks(gaps, profile, say),
            _of_office(gaps, profile, say),
        )
        for question in found
    )


def _of_paper(
    reading: PlanReading, gaps: dict[str, PaperGap], profile: PlanProfile, say: Say
) -> Iterator[OpenQuestion]:
    kind = reading.head.kind_of_unit
    if "commune-name" in gaps and profile.home.name == (kind.value if kind else UNNAMED):
        gap = gaps["commune-name"]
        yield OpenQuestion(gap.key, say(Term("asked.unit")), say(gap.why), phrase=gap.phrase)
    if "document-number" in gaps:
        yield OpenQuestion("document-number", say(Term("asked.document_number")), say(gaps["document-number"].why))
    if "issued-on" in gaps:
        question = say(Term("asked.issued_on"))
        yield OpenQuestion("issued-on", question, say(gaps["issued-on"].why), form=AnswerForm.DATE)
    for basis in profile.bases:
        if basis.correction is not None:
            right: dict[str, Param] = {"number": basis.correction.number, "day": basis.correction.issued_on}
            yield OpenQuestion(
                "wrong-citation",
                say(Term("asked.citation", {"kind": basis.kind, **right})),
                say(Term("asked.citation_why", {"cited": basis.number or "", **right})),
                options=(
                    Option("correct", say(Term("asked.citation_correct"))),
                    Option("keep", say(Term("asked.citation_keep"))),
                ),
                phrase=basis.phrase,
            )
            return


def _of_hosts(gaps: dict[str, PaperGap], profile: PlanProfile, say: Say) -> Iterator[OpenQuestion]:
    if "hosts" not in gaps:
        return
    gap = gaps["hosts"]
    if not profile.hosts:
        yield OpenQuestion("hosts", say(Term("asked.hosts")), say(gap.why), phrase=gap.phrase)
        return
    titles = " và ".join(host.title for host in profile.hosts)
    options = (Option("two", say(Term("asked.two_hosts"))), Option("one", say(Term("asked.one_host"))))
    yield OpenQuestion(
        "hosts",
        say(Term("asked.one_or_two", {"titles": titles})),
        say(gap.why),
        options,
        default="two",
        phrase=gap.phrase,
    )


def _of_sessions(profile: PlanProfile, say: Say) -> Iterator[OpenQuestion]:
    for session in profile.sessions:
        if session.readings:
            options = tuple(Option(reading.key, reading.text) for reading in session.readings)
            yield OpenQuestion(
                f"reading-{session.key}",
                say(Term("asked.reading", {"title": session.title})),
                say(Term("asked.reading_why")),
                options,
                phrase=session.phrase,
            )
    undecided = [session for session in profile.sessions if session.coverage is Coverage.UNDECIDED]
    hamlets = profile.hamlets
    if len(undecided) == len(hamlets) == 2:  # noqa: PLR2004 -- more would be a page of ways
        first, second = undecided
        one, other = hamlets
        both = (one.code, other.code)
        yield OpenQuestion(
            "session-hamlets",
            say(Term("asked.session_hamlets", {"title": first.title, "one": one.name, "other": other.name})),
            say(Term("asked.session_hamlets_why")),
            (
                _who_when(
                    "first",
                    say(Term("asked.one_then_other", {"title": first.title, "one": one.name, "other": other.name})),
                    first.key,
                    second.key,
                    both,
                ),
                _who_when(
                    "second",
                    say(Term("asked.one_then_other", {"title": first.title, "one": other.name, "other": one.name})),
                    second.key,
                    first.key,
                    both,
                ),
                Option(
                    "both",
                    say(Term("asked.both_at_both")),
                    (SessionHamlets(first.key, both), SessionHamlets(second.key, both)),
                ),
            ),
            phrase=first.phrase,
        )


def _who_when(key: str, text: str, first: str, second: str, both: tuple[str, str]) -> Option:
    return Option(key, text, (SessionHamlets(first, both[:1]), SessionHamlets(second, both[1:])))


def _of_places(profile: PlanProfile, say: Say) -> Iterator[OpenQuestion]:
    if len(profile.units) > 1:
        return
    wide = profile.home.level in (Level.PROVINCE, Level.DISTRICT)
    key = "communes" if wide else "hamlets"
    yield OpenQuestion(key, say(Term(f"asked.{key}")), say(Term(f"asked.{key}_why")), form=AnswerForm.NAMES)


def _of_seats(profile: PlanProfile, say: Say) -> Iterator[OpenQuestion]:
    if profile.registration is not None and profile.quotas and not profile.seats:
        question, why = say(Term("asked.quotas")), say(Term("asked.quotas_why"))
        yield OpenQuestion(QUOTAS, question, why, phrase=profile.registration.phrase, form=AnswerForm.NUMBER)


def _of_clocks(gaps: dict[str, PaperGap], profile: PlanProfile, say: Say) -> Iterator[OpenQuestion]:
    if "notice-days" in gaps:
        usual = NOTICE_BY_LAW if profile.under_law else DEFAULTS.notice
        by = "law" if profile.under_law else "default"
        gap = gaps["notice-days"]
        yield OpenQuestion(
            "notice-days",
            say(Term("asked.notice_days")),
            say(Term(f"asked.notice_days_by_{by}", {"why": gap.why, "days": usual.number})),
            default=str(usual.number),
            phrase=gap.phrase,
            form=AnswerForm.NUMBER,
        )
    if "reply-days" in gaps:
        gap, usual = gaps["reply-days"], DEFAULTS.reply
        yield OpenQuestion(
            "reply-days",
            say(Term("asked.reply_days")),
            say(Term("asked.reply_days_why", {"why": gap.why, "days": usual.number})),
            default=str(usual.number),
            phrase=gap.phrase,
            form=AnswerForm.NUMBER,
        )


def _of_office(gaps: dict[str, PaperGap], profile: PlanProfile, say: Say) -> Iterator[OpenQuestion]:
    if "registration" in gaps and profile.registration is None:
        yield OpenQuestion(
            REGISTRATION,
            say(Term("asked.registration")),
            say(gaps["registration"].why),
            (
                Option("before_meeting", say(Term("asked.registration_before"))),
                Option("in_room", say(Term("asked.registration_there"))),
                Option("open", say(Term("asked.registration_none"))),
            ),
            default="before_meeting",
        )
    if not profile.desks:
        yield OpenQuestion(ANSWERING_DESK, say(Term("asked.desk")), say(Term("asked.desk_why")))
    if "meeting-secretary" in gaps:
        yield OpenQuestion("meeting-secretary", say(Term("asked.secretary")), say(gaps["meeting-secretary"].why))
    yield OpenQuestion(
        "answer-approver",
        say(Term("asked.approver")),
        say(Term("asked.approver_why")),
        (
            Option("chair", say(Term("asked.approver_chair"))),
            Option("delegate", say(Term("asked.approver_delegate"))),
            Option("desk-head", say(Term("asked.approver_head"))),
        ),
        default="chair",
    )
    yield OpenQuestion(
        "public-scope",
        say(Term("asked.public")),
        say(Term("asked.public_why")),
        (
            Option("questions-and-answers", say(Term("asked.public_answers"))),
            Option("figures", say(Term("asked.public_figures"))),
        ),
        default="questions-and-answers",
    )


def remarks_of(reading: PlanReading, profile: PlanProfile) -> list[tuple[str, Term, str]]:
    """Slips and contradictions, and what the paper says that a profile has no place for: a key, what, its words."""
    found = [("luu-y", one.value, one.phrase) for one in reading.warnings]
    found += [("mau-thuan", one.why, one.phrase) for one in reading.contradictions if one.about not in _SHOWN_OTHERWISE]
    taken = {session.places for session in profile.sessions}
    quotas = [one for one in reading.quotas if not is_of_units(one) and not (one.in_all and one.number in taken)]
    found += [
        ("dai-bieu", Term("reading.states_seats", {"number": one.number, "who": one.who}), one.phrase) for one in quotas
    ]
    if reading.results is not None:
        what = Term("reading.states_results", {"days": reading.results.days})
        found.append(("cong-khai-ket-qua", what, reading.results.phrase))
    if reading.preparation is not None and profile.clocks.preparation is None:
        what = Term("reading.states_preparation", {"days": reading.preparation.days})
        found.append(("chuan-bi", what, reading.preparation.phrase))
    return found


def warnings_of(reading: PlanReading, profile: PlanProfile, say: Say) -> tuple[PlanWarning, ...]:
    """The remarks as a profile keeps them, in the words of `say`."""
    warnings: list[PlanWarning] = []
    for key, what, phrase in remarks_of(reading, profile):
        warnings.append(PlanWarning(free_key(key, [one.key for one in warnings]), say(what), phrase or None))
    return tuple(warnings)
