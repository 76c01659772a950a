"""Registration and time limits of a draft; a number the paper does not give stays out."""

from datetime import timedelta

from intake.rules.deadlines.clock import DayUnit
from intake.rules.plan.drafting.draft_bodies import office_named
from intake.rules.plan.drafting.draft_keys import free_key, slug_of
from intake.rules.plan.drafting.draft_meetings import seats_of
from intake.rules.plan.profile_bodies import Office
from intake.rules.plan.profile_meetings import (
    FixedDate,
    ListRule,
    NoticeRule,
    OpinionWindow,
    PreparationRule,
    RegistrationRule,
    ReplyRule,
    ReportRule,
    SessionLine,
    TimeLimits,
)
from intake.rules.plan.profile_terms import RegistrationMode, ReportRhythm
from intake.rules.plan.reading.duties import PaperDate, PaperReport
from intake.rules.plan.reading.reading import PlanReading
from intake.rules.text import fold

_ONE_DAY = timedelta(days=1)
_SHARED_OUT = "phan bo"
"""Seats are shared out among the units, whether or not the paper gives numbers (R111)."""


def registration_of(
    reading: PlanReading, offices: tuple[Office, ...], sessions: tuple[SessionLine, ...]
) -> RegistrationRule | None:
    """How people register; with seats for each unit the day is that of the units' lists."""
    read, seats = reading.registration, bool(seats_of(reading.quotas))
    if read is None:
        if not seats:
            return None
        return RegistrationRule(RegistrationMode.HAMLET_OFFICERS, seats_of(reading.quotas)[0].phrase, quotas=True)
    quotas = seats or _SHARED_OUT in fold(read.phrase)
    where = office_named(read.where, offices) if read.where else None
    before = read.until + _ONE_DAY if read.until and read.inclusive else read.until
    lists = None
    if quotas and where is not None:
        fits = before is not None and before <= max(session.window.latest for session in sessions)
        lists = ListRule(where, read.phrase, before=before if fits else None)
    return RegistrationRule(
        RegistrationMode(read.mode),
        read.phrase,
        until=before - _ONE_DAY if before else None,
        collected_by=() if where is None else (where,),
        quotas=quotas,
        lists=lists,
    )


def opinions_of(reading: PlanReading) -> OpinionWindow | None:
    """When opinions are taken (R217)."""
    read = reading.opinions
    return None if read is None else OpinionWindow(read.phrase, read.opens, read.closes)


def clocks_of(reading: PlanReading) -> TimeLimits:
    """Every time limit; where the paper asks for something without a number of days, the words that ask for it."""
    notice, reply, preparation = reading.notice, reading.reply, reading.preparation
    asked = {gap.key: gap.phrase for gap in reading.open if gap.phrase}
    return TimeLimits(
        notice=NoticeRule(notice.phrase, notice.days)
        if notice
        else NoticeRule(asked["notice-days"])
        if "notice-days" in asked
        else None,
        reply=ReplyRule(reply.phrase, reply.days, DayUnit.WORKING if reply.working else DayUnit.CALENDAR)
        if reply
        else ReplyRule(asked["reply-days"])
        if "reply-days" in asked
        else None,
        preparation=PreparationRule(preparation.days, preparation.phrase)
        if preparation is not None and preparation.working and preparation.days
        else None,
        fixed_dates=_fixed_dates(reading.fixed_dates),
        periodic_report=_report(reading.reports),
    )


def _fixed_dates(read: list[PaperDate]) -> tuple[FixedDate, ...]:
    """ "Chậm nhất ngày X" is before the day behind X, "trước ngày X" before X (R079)."""  # noqa: D210
    dates: list[FixedDate] = []
    for one in read:
        key = free_key(slug_of(one.task), [line.key for line in dates])
        dates.append(
            FixedDate(key, one.day + _ONE_DAY if one.inclusive else one.day, one.task or one.phrase, one.phrase)
        )
    return tuple(dates)


def _report(reports: list[PaperReport]) -> ReportRule | None:
    """The report with a rhythm, else the first one on results (R168, R184)."""
    quarterly = next((one for one in reports if "quy" in fold(one.when or "").split()), None)
    chosen = quarterly or next((one for one in reports if "ket qua" in fold(one.what)), None)
    if chosen is None:
        return None
    every = ReportRhythm.QUARTER if quarterly else None
    return ReportRule(chosen.phrase, to=(chosen.to,) if chosen.to else (), every=every)
