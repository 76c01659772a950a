"""The meetings of a draft, at the precision the paper has, and with whom they are held."""

from datetime import date, time, timedelta

from intake.rules.plan.drafting.draft_bodies import bare_name, codes_in, without_kind
from intake.rules.plan.drafting.draft_keys import free_key
from intake.rules.plan.profile_bodies import Participants, SeatLine, UnitLine
from intake.rules.plan.profile_meetings import Reading, SessionLine
from intake.rules.plan.profile_paper import PlanPaper
from intake.rules.plan.profile_terms import AudienceKind, AudienceMode, Coverage, MeetingForm, Period, Seat
from intake.rules.plan.reading.audiences import EVERYBODY
from intake.rules.plan.reading.duties import PaperQuota
from intake.rules.plan.reading.paragraph_meetings import PaperMeeting
from intake.rules.plan.reading.reading import PlanReading
from intake.rules.plan.reading.vocabulary import COMMUNES, HAMLETS
from intake.rules.plan.window import HalfDay, PlannedWindow, Precision, days, month, quarter
from intake.rules.text import fold

_ONE_DAY = timedelta(days=1)
_HALVES = {
    Period.YEAR: ((1, 1), (12, 31)),
    Period.FIRST_HALF: ((1, 1), (6, 30)),
    Period.SECOND_HALF: ((7, 1), (12, 31)),
}
_ROMAN = ("I", "II", "III", "IV")


def sessions_of(reading: PlanReading, paper: PlanPaper, units: tuple[UnitLine, ...]) -> tuple[SessionLine, ...]:
    """The meetings in the order of the paper; one that names no time has a meeting some day of its own period.

    Meetings that all name the same hamlets leave open which of them come when (R060).
    """
    lines: list[SessionLine] = []
    shared = _shares_hamlets(reading.meetings)
    for meeting in reading.meetings:
        window = window_of(meeting)
        key = free_key(_key(window), [line.key for line in lines])
        alone = len(reading.meetings) == 1
        places = _places(reading.quotas) if alone else None
        lines.append(_session(meeting, key, window, units, shared=shared, places=places, alone=alone))
    return tuple(lines) or (_some_day(paper),)


def _places(quotas: list[PaperQuota]) -> int | None:
    """How many the room takes in all, where the paper says one such number and no more (R216)."""
    found = {quota.number for quota in quotas if quota.in_all}
    return found.pop() if len(found) == 1 else None


def _some_day(paper: PlanPaper) -> SessionLine:
    first, last = (date(paper.year, *day) for day in _HALVES[paper.period])
    return SessionLine("hoi-nghi", f"Hội nghị đối thoại năm {paper.year}", days(first, last), paper.phrase)


def window_of(meeting: PaperMeeting) -> PlannedWindow:
    """The days of a meeting as a profile has them."""
    span = meeting.window
    half = HalfDay(meeting.half) if meeting.half in set(HalfDay) else None
    if span.precision == Precision.MONTH and _is_whole(month(span.first.year, span.first.month), span.first, span.last):
        return month(span.first.year, span.first.month, half)
    place = (span.first.month + 2) // 3
    if span.precision == Precision.QUARTER and _is_whole(quarter(span.first.year, place), span.first, span.last):
        return quarter(span.first.year, place, half)
    return days(span.first, span.last, half)


def _is_whole(window: PlannedWindow, first: date, last: date) -> bool:
    return (window.earliest, window.latest) == (first, last)


def _shares_hamlets(meetings: list[PaperMeeting]) -> bool:
    named = {meeting.units for meeting in meetings}
    return len(meetings) > 1 and len(named) == 1 and len(next(iter(named))) > 1


def _names(venue: str, hamlet: str, unit: str) -> bool:
    """Whether a venue names a hamlet; one that bears its unit's name has to be named with its kind."""
    name = hamlet if bare_name(hamlet) == bare_name(unit) else without_kind(hamlet)
    return f" {fold(name)} " in f" {fold(venue)} "


def _session(
    meeting: PaperMeeting,
    key: str,
    window: PlannedWindow,
    units: tuple[UnitLine, ...],
    *,
    shared: bool,
    places: int | None,
    alone: bool,
) -> SessionLine:
    venue = meeting.venue.value if meeting.venue else None
    hamlets = codes_in(meeting.units, units)
    names = {line.code: line.name for line in units}
    coverage = Coverage.UNDECIDED if shared else Coverage.HAMLETS if hamlets else Coverage.WHOLE_UNIT
    host = None
    if coverage is Coverage.HAMLETS and venue:
        host = next((code for code in hamlets if _names(venue, names[code], units[0].name)), None)
    special = meeting.audience_kinds[:1] not in {(), (AudienceKind.RESIDENTS,)}
    return SessionLine(
        key=key,
        title=_title(window, [names[code] for code in hamlets] if not shared else [], alone=alone),
        window=window,
        phrase=meeting.phrase,
        coverage=coverage,
        venue=venue,
        hour=time.fromisoformat(meeting.time) if meeting.time else None,
        form=MeetingForm(meeting.form) if meeting.form else None,
        people=meeting.audience if special else None,
        audience=meeting.audience_kinds if set(meeting.audience_kinds) - set(EVERYBODY) else (),
        places=places,
        finish_before=meeting.until if meeting.until and meeting.until > window.earliest else None,
        host_hamlet=host,
        hamlets=hamlets if coverage is Coverage.HAMLETS else (),
        readings=_readings(meeting, window),
    )


def _readings(meeting: PaperMeeting, window: PlannedWindow) -> tuple[Reading, ...]:
    """Both ways to read a time and an outer limit that lies behind it; a person chooses (R064)."""
    if meeting.until is None or meeting.until <= window.latest:
        return ()
    last = meeting.until - _ONE_DAY
    inside = f"Đối thoại {_when(window)}; mọi việc, kể cả trả lời, xong trước ngày {meeting.until:%d/%m/%Y}"
    later = f"Đối thoại chậm nhất ngày {last:%d/%m/%Y}; trả lời sau đó"
    return (
        Reading("a", window, inside, replies_before=meeting.until),
        Reading("b", days(window.earliest, last, window.half), later),
    )


def _key(window: PlannedWindow) -> str:
    first = window.earliest
    return {
        Precision.MONTH: f"thang-{first.month}",
        Precision.QUARTER: f"quy-{(first.month + 2) // 3}",
        Precision.DAY: f"ngay-{first.day}-{first.month}",
        Precision.WINDOW: f"tu-{first.day}-{first.month}",
    }[window.precision]


def _when(window: PlannedWindow) -> str:
    first = window.earliest
    return {
        Precision.MONTH: f"tháng {first.month} năm {first.year}",
        Precision.QUARTER: f"quý {_ROMAN[(first.month - 1) // 3]} năm {first.year}",
        Precision.DAY: f"ngày {first:%d/%m/%Y}",
        Precision.WINDOW: f"từ {first:%d/%m/%Y} đến {window.latest:%d/%m/%Y}",
    }[window.precision]


def _title(window: PlannedWindow, hamlets: list[str], *, alone: bool) -> str:
    """What a meeting is called in lists: the hamlets it is for where there are several meetings, else its time."""
    if hamlets and not alone:
        return f"Đối thoại với Nhân dân {', '.join(name[:1].lower() + name[1:] for name in hamlets)}"
    return f"Đối thoại {_when(window)}"


def audience_of(reading: PlanReading, units: tuple[UnitLine, ...], *, quotas: bool) -> Participants | None:
    """With whom the dialogue is held; None where the paper names nobody."""
    named = tuple(dict.fromkeys(name for meeting in reading.meetings for name in meeting.units))
    first = next((meeting for meeting in reading.meetings if meeting.units or meeting.audience), None)
    if quotas:
        seats = seats_of(reading.quotas)
        stated = reading.registration or first
        phrase = seats[0].phrase if seats or stated is None else stated.phrase
        return Participants(AudienceMode.DELEGATES, phrase, seats=seats)
    if first is None:
        return None
    if named:
        return Participants(AudienceMode.HAMLETS, first.phrase, hamlets=codes_in(named, units))
    return Participants(AudienceMode.WHOLE_UNIT, first.audience or first.phrase)


def seats_of(quotas: list[PaperQuota]) -> tuple[SeatLine, ...]:
    """The delegates each hamlet or commune sends, each kind once."""
    seats: dict[Seat, SeatLine] = {}
    for quota in quotas:
        if is_of_units(quota) and quota.number > 0:
            seat = _seat(quota.who)
            seats.setdefault(seat, SeatLine(seat, quota.number, quota.phrase))
    return tuple(seats.values())


def is_of_units(quota: PaperQuota) -> bool:
    """Whether each hamlet or commune sends so many; a club or a shop is no unit."""
    per = fold(quota.per or "")
    return any(per == kind or per.startswith(f"{kind} ") for kind in (*HAMLETS, *COMMUNES))


def _seat(who: str) -> Seat:
    words = fold(who)
    if "mat tran" in words or "mttq" in words:
        return Seat.FRONT_CHAIR
    if "doan the" in words or "to chuc chinh tri" in words or "chi hoi" in words:
        return Seat.ASSOCIATION_HEAD
    return Seat.RESIDENT
