"""What a person has to look at: what a paper leaves open, contradictions in it or with the law, slips (R005, A7)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from intake.rules.message import Param, Term
from intake.rules.plan.reading.bases import Basis
from intake.rules.plan.reading.days import DAY
from intake.rules.plan.reading.duties import DaysRule, PaperRegistration, said_later
from intake.rules.plan.reading.hamlets import hamlets_in
from intake.rules.plan.reading.heads import Head
from intake.rules.plan.reading.hosts import PaperHost
from intake.rules.plan.reading.paper_text import PaperText, Stated
from intake.rules.plan.reading.paragraph_meetings import PaperMeeting, weekday_number
from intake.rules.plan.reading.vocabulary import SLIPS, loose

_LAW_DAYS = 7
_LAW_FROM = date(2025, 3, 1)
_COUNTED = loose(r"\b(?P<n>\d{1,2})\s+(?:thon|tdp|to dan pho|khu pho|khu dan cu|ap|ban|buon|xom|khom)\b")
_NAMES_BEHIND = re.compile(
    r"[ \n]*[^\n(.;:]{0,20}(?:\((?P<names>[^)]{3,200})\)|:(?P<list>(?:[^().;\n]|\n(?=[^\n]*[.;])){3,200}))"
)
_SAYS_NOTICE = loose(
    r"(?:thong bao|cong khai|niem yet|tuyen truyen)[^.;]{0,120}(?:thoi gian|dia diem|nhan dan|rong rai|duoc biet)"
)
_SAYS_REPLY = loose(r"(?:tra loi|giai quyet)[^.;]{0,120}(?:kien nghi|y kien|nhan dan|phan anh|cau hoi)")
_ANY_DAY = loose(r"ngay\s+(?P<d>\d{1,2})\s*(?:/|thang)\s*(?P<m>\d{1,2})(?:\s*(?:/|nam)\s*(?P<y>\d{4}))?")
_LEAP_YEAR = 2024
"""A day without a year may be 29/02."""
_SECRETARY = loose(r"thu ky|ghi bien ban")

_COMES_BACK = loose(
    r"\b(?:doi thoai|hoi nghi|to chuc)[^.;:\n]{0,80}\b(?:hang|moi) (?:thang|quy)\b",
    r"|\b(?:hang|moi) (?:thang|quy)\b[^.;:\n]{0,40}\b(?:to chuc|doi thoai|hoi nghi)\b",
)
_NOT_A_MEETING = loose(r"bao cao|tong hop|tiep cong dan|tiep dan|giao ban|ket qua|kiem tra|giam sat|thong ke")
_FEW = 3
"""A paper that foresees a meeting every month or quarter and dates fewer than so many has not dated them all."""


@dataclass(frozen=True, slots=True)
class PaperGap:
    """What the paper does not say and somebody has to: `key` as in profiles, `why` in words, the phrase it hangs on."""

    key: str
    why: Term
    phrase: str | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two things of the paper, or of the paper and the law, that cannot both be: what it is about, and why."""

    about: str
    why: Term
    phrase: str


def open_questions(
    text: PaperText,
    head: Head,
    hosts: list[PaperHost],
    meetings: list[PaperMeeting],
    rules: tuple[DaysRule | None, DaysRule | None, PaperRegistration | None],
) -> list[PaperGap]:
    """The open points of A7, in the order in which they are asked; only what this paper leaves open.

    `rules` are those of the notice, the reply and the registration.
    """
    return [*_of_head(head, hosts), *_of_meetings(text, head.body, meetings), *_of_rules(text, *rules)]


def _of_head(head: Head, hosts: list[PaperHost]) -> Iterator[PaperGap]:
    if head.unit is None:
        kind = head.kind_of_unit
        yield PaperGap("commune-name", Term("reading.gap_commune_name"), kind.phrase if kind else None)
    if head.number is None:
        yield PaperGap("document-number", Term("reading.gap_document_number"))
    if head.issued_on is None:
        yield PaperGap("issued-on", Term("reading.gap_issued_on"))
    if not hosts:
        yield PaperGap("hosts", Term("reading.gap_hosts"), head.title.phrase if head.title else None)
    if any(host.maybe_one_person for host in hosts):
        yield PaperGap("hosts", Term("reading.gap_one_host_or_two"), hosts[-1].phrase)


def _of_meetings(text: PaperText, body: int, meetings: list[PaperMeeting]) -> Iterator[PaperGap]:
    later = said_later(text)
    if not meetings:
        repeated = comes_back(text, meetings)
        why = Term("reading.gap_meeting_repeats" if repeated else "reading.gap_meeting_time")
        yield PaperGap("meeting-time", why, repeated or later)
    dayless = [meeting for meeting in meetings if meeting.window.precision != DAY]
    if dayless:
        yield PaperGap("meeting-day", Term("reading.gap_meeting_day"), later or dayless[0].phrase)
    for key, why, lacking in (
        ("meeting-hour", Term("reading.gap_meeting_hour"), [one for one in meetings if one.time is None]),
        ("venue", Term("reading.gap_venue"), [one for one in meetings if one.venue is None]),
    ):
        if lacking:
            which = lacking[0].phrase if len(lacking) < len(meetings) else None
            yield PaperGap(key, why, later or which)
    for meeting in meetings:
        if meeting.until:
            why = Term("reading.gap_window_reading")
            yield PaperGap("window-reading", why, meeting.limit_phrase)
    yield from _of_hamlets(text, body, meetings)


def _of_hamlets(text: PaperText, body: int, meetings: list[PaperMeeting]) -> Iterator[PaperGap]:
    """Hamlets that no meeting names, or that several meetings share, so that it is open who comes to which."""
    named = [meeting.units for meeting in meetings]
    shared = [units for units in named if len(units) > 1 and named.count(units) > 1]
    untold = len(meetings) > 1 and not any(named) and hamlets_in(text, body, len(text.flat))
    if shared or untold:
        phrase = meetings[named.index(shared[0])].phrase if shared else None
        yield PaperGap("session-hamlets", Term("reading.gap_session_hamlets"), phrase)
    elif not any(named):
        yield PaperGap("hamlets", Term("reading.gap_hamlets"))


def _of_rules(
    text: PaperText, notice: DaysRule | None, reply: DaysRule | None, registration: PaperRegistration | None
) -> Iterator[PaperGap]:
    if notice is None:
        why = Term("reading.gap_notice_days")
        yield PaperGap("notice-days", why, _said(text, _SAYS_NOTICE))
    if reply is None:
        yield PaperGap("reply-days", Term("reading.gap_reply_days"), _said(text, _SAYS_REPLY))
    if registration is None:
        yield PaperGap("registration", Term("reading.gap_registration"))
    if not _SECRETARY.search(text.folded):
        yield PaperGap("meeting-secretary", Term("reading.gap_meeting_secretary"))


def _said(text: PaperText, pattern: "re.Pattern[str]") -> str | None:
    found = pattern.search(text.folded)
    return text.phrase(*found.span()) if found else None


def contradictions(
    text: PaperText, head: Head, meetings: list[PaperMeeting], notice: DaysRule | None
) -> list[Contradiction]:
    """What cannot both be true; each is for a person to decide."""
    return [
        *_weekdays(meetings),
        *_other_year(head, meetings),
        *_outer_limits(meetings),
        *_issued_too_late(head, meetings),
        *_impossible_days(text),
        *_short_notice(head, meetings, notice),
        *_counts(text, head),
    ]


def _weekdays(meetings: list[PaperMeeting]) -> Iterator[Contradiction]:
    for meeting in meetings:
        window = meeting.window
        if not meeting.weekday or window.precision != DAY:
            continue
        if weekday_number(meeting.weekday) != window.first.weekday():
            really = Term(f"reading.weekday_{window.first.weekday()}")
            yield Contradiction(
                "weekday",
                Term("reading.wrong_weekday", {"day": window.first, "really": really, "written": meeting.weekday}),
                meeting.phrase,
            )


def _other_year(head: Head, meetings: list[PaperMeeting]) -> Iterator[Contradiction]:
    if head.year is None or head.period is None:
        return
    for meeting in meetings:
        if meeting.window.first.year != head.year.value:
            yield Contradiction(
                "year",
                Term("reading.other_year", {"year": str(head.year.value), "held": str(meeting.window.first.year)}),
                meeting.phrase,
            )


def _outer_limits(meetings: list[PaperMeeting]) -> Iterator[Contradiction]:
    for meeting in meetings:
        if meeting.until and not meeting.window.first < meeting.until <= meeting.window.last:
            last = meeting.until - timedelta(days=1)
            yield Contradiction(
                "window",
                Term("reading.other_limit", {"until": meeting.window.last, "limit": last}),
                meeting.phrase,
            )


def _issued_too_late(head: Head, meetings: list[PaperMeeting]) -> Iterator[Contradiction]:
    for meeting in meetings:
        if head.issued_on and meeting.window.last < head.issued_on.value:
            yield Contradiction("issued-on", Term("reading.issued_too_late"), meeting.phrase)


def _impossible_days(text: PaperText) -> Iterator[Contradiction]:
    for found in _ANY_DAY.finditer(text.folded):
        try:
            date(int(found["y"] or _LEAP_YEAR), int(found["m"]), int(found["d"]))
        except ValueError:
            words = text.phrase(*found.span())
            yield Contradiction("impossible-day", Term("reading.impossible_day", {"words": words}), words)


def _short_notice(head: Head, meetings: list[PaperMeeting], notice: DaysRule | None) -> Iterator[Contradiction]:
    bound = head.layout is not None and head.layout.value in {"state", "joint", "council"}
    last = max((meeting.window.last for meeting in meetings), default=None)
    late = _year_of(head) >= _LAW_FROM.year if last is None else last >= _LAW_FROM
    if notice and bound and late and notice.days < _LAW_DAYS:
        yield Contradiction(
            "notice-days",
            Term("reading.short_notice"),
            notice.phrase,
        )


def _year_of(head: Head) -> int:
    """The year of a paper whose meetings are not known; of one that names none, the law's."""
    return _LAW_FROM.year if head.year is None else head.year.value


def _counts(text: PaperText, head: Head) -> Iterator[Contradiction]:
    """ "03 thôn (A và B)", "03 thôn: A, B.": the number is not that of the names behind it."""  # noqa: D210
    for found in _COUNTED.finditer(text.folded, head.title_at[0]):
        brackets = _NAMES_BEHIND.match(text.flat, found.end())
        if brackets is None:
            continue
        group = "names" if brackets["names"] else "list"
        kind = re.split(r"[(:]", text.words(found.start(), brackets.start(group)).split(" ", 1)[1])[0]
        listed = f"{kind} {' '.join(brackets[group].split())}"
        named = hamlets_in(PaperText(listed), 0, len(listed))
        if len(named) > 1 and len(named) != int(found["n"]):
            yield Contradiction(
                "hamlet-count",
                Term("reading.other_count", {"written": int(found["n"]), "named": len(named)}),
                text.phrase(found.start(), brackets.end()),
            )


def comes_back(text: PaperText, meetings: list[PaperMeeting]) -> str | None:
    """The words by which a meeting comes back every month or quarter, where too few are dated to be all (R218)."""
    if len(meetings) >= _FEW:
        return None
    found = (text.phrase(*one.span()) for one in _COMES_BACK.finditer(text.folded) if not _NOT_A_MEETING.search(one[0]))
    return next(found, None)


def warnings(text: PaperText, head: Head, bases: list[Basis], meetings: list[PaperMeeting]) -> list[Stated[Term]]:
    """Slips and gaps in sentences for a clerk, each with its words ("" where something is missing)."""
    found: list[Stated[Term]] = []
    if head.looks_like:
        found.append(
            Stated(
                Term("reading.looks_like", {"about": head.looks_like}),
                head.title.phrase if head.title else "",
            )
        )
    repeated = comes_back(text, meetings)
    if repeated:
        found.append(Stated(Term("reading.comes_back"), repeated))
    for basis in bases:
        if basis.corrected:
            number, day = basis.corrected
            stated: dict[str, Param] = {"kind": basis.kind, "number": number, "day": day}
            found.append(Stated(Term("reading.wrong_citation", stated), basis.phrase))
    if head.number is None or head.issued_on is None:
        both = head.number is None and head.issued_on is None
        missing = "number_and_day" if both else "number" if head.number is None else "day"
        found.append(Stated(Term(f"reading.missing_{missing}"), ""))
    found.extend(
        Stated(Term("reading.slip", {"slip": slip, "meant": meant}), slip) for slip, meant in SLIPS if slip in text.raw
    )
    return found
