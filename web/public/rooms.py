"""The public pages themselves: the units, a unit, a meeting, what was asked and answered (R020, R021, R096, R097)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

import segno
from fastapi import APIRouter

from intake.actions.meetings.demands import Demanded, demands_in_public
from intake.actions.meetings.public_page import (
    PublicAnswer,
    PublicMeeting,
    answers_in_public,
    comes,
    meeting_in_public,
    meetings_in_public,
    public_units,
    unit_in_public,
)
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.errors import NotFound
from intake.rules.meetings.admission import Admission
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Param, Term
from intake.rules.people.unit import Unit
from intake.rules.questions.question import REOPEN_DAYS
from intake.rules.text import fold
from wording.demands import count_words, standing_words
from wording.meetings import when
from wording.plans import as_planned
from wording.public import not_put_lines

from .shelf import Sheet
from .site import HOME, Asked, PublicSite, numbered, shelved

MOST_HELD = 30
"""Meetings that were held on the page of a unit; the older ones are in the open data."""
MOST_DEMANDS = 10
PAGE = 20
"""Questions on one page."""
_EVER = datetime(2000, 1, 1, tzinfo=LOCAL)
"""Before any plan there is."""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list."""

    meeting: Meeting
    when: Term
    opens: str
    state: str
    received: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class DemandLine:
    """A demand for a meeting: what about, how many ask, how it stands and why. Nobody who asked is named (R212)."""

    text: str
    count: Term
    state: Param
    reason: Param


@dataclass(frozen=True, slots=True)
class WayIn:
    """How one gets into the chat on one network: the address, its QR code, what is typed there where it is typed."""

    network: str
    url: str
    qr: str
    typed: str


def unit_home(unit: Unit) -> str:
    """The address of a unit's page; it stays as long as the unit's code."""
    return f"{HOME}/{quote(unit.code.lower())}"


def meeting_home(unit: Unit, meeting: Meeting) -> str:
    """The address of a meeting's page."""
    return f"{unit_home(unit)}/buoi/{meeting.id}"


def rooms(router: APIRouter, site: PublicSite) -> None:
    """Add the pages."""
    router.add_route(HOME, shelved(site, _units), ["GET"])
    router.add_route(f"{HOME}/{{unit}}", shelved(site, _unit), ["GET"])
    router.add_route(f"{HOME}/{{unit}}/hoi-dap", shelved(site, _answers), ["GET"])
    router.add_route(f"{HOME}/{{unit}}/buoi/{{meeting:int}}", shelved(site, _meeting), ["GET"])


async def _units(asked: Asked) -> Sheet:
    async with asked.site.reading() as uow:
        units = await public_units(uow)
    return asked.page("units.html", units=[(one, asked.link(unit_home(one))) for one in units])


async def _unit(asked: Asked) -> Sheet:
    async with asked.site.reading() as uow:
        unit = await unit_in_public(uow, asked.parts["unit"])
        meetings = await meetings_in_public(uow, unit)
        coming = [_line(asked, unit, one) for one in meetings if comes(one, uow)]
        held = [one for one in reversed(meetings) if one.state is MeetingState.HELD][:MOST_HELD]
        counted = {one.meeting_id: one for one in await uow.results.between(unit.id, _EVER, uow.now)}
        over = [one for one in reversed(meetings) if one.is_past(uow.now) and one.awaits_word(uow.now)]
        called_off = [one for one in meetings if one.state is MeetingState.CANCELLED and one.window_to >= uow.today]
        answers = len(await answers_in_public(uow, held))
        plans = await uow.plans.of_units([unit.id])
        demands = await demands_in_public(uow, unit.id)
        reply = plans[0].decided.clocks.reply if plans else None
    lines = []
    for one in held:
        results = counted.get(one.id)
        line = _line(asked, unit, one)
        if results is not None:
            answered = results.before + results.there + results.later
            line = replace(line, received=results.received, answered=answered)
        lines.append(line)
    return asked.page(
        "unit.html",
        unit=unit,
        coming=coming,
        held=lines,
        over=[_line(asked, unit, one) for one in over],
        called_off=[_line(asked, unit, one) for one in called_off],
        answers=answers,
        demands=[_demanded(one) for one in demands[:MOST_DEMANDS]],
        address=unit_home(unit),
        reopen=REOPEN_DAYS,
        fixed=any(one.meeting.starts_at is not None for one in coming),
        reply=None if reply is None else Term(f"clock.length.{reply.unit}", {"days": reply.number}),
    )


def _demanded(now: Demanded) -> DemandLine:
    count = Term("public.demand_count", count_words(now))
    return DemandLine(now.demand.public_text, count, **standing_words(now))


def _line(asked: Asked, unit: Unit, meeting: Meeting) -> MeetingLine:
    return MeetingLine(meeting, when(meeting), asked.link(meeting_home(unit, meeting)), meeting.state.value)


async def _meeting(asked: Asked) -> Sheet:
    async with asked.site.reading() as uow:
        unit = await unit_in_public(uow, asked.parts["unit"])
        found = await meeting_in_public(uow, unit, MeetingId(numbered(asked.parts["meeting"])))
        ahead = comes(found.meeting, uow)
        waits = found.meeting.awaits_word(uow.now)
    meeting = found.meeting
    return asked.page(
        "meeting.html",
        unit=unit,
        unit_page=asked.link(unit_home(unit)),
        found=found,
        meeting=meeting,
        day=None if meeting.starts_at is None else on_weekday(meeting.starts_at.astimezone(LOCAL).date()),
        hour=None if meeting.starts_at is None else f"{meeting.starts_at.astimezone(LOCAL):%H:%M}",
        when=when(meeting),
        ahead=ahead,
        waits=waits,
        held=meeting.state is MeetingState.HELD,
        off=meeting.state is MeetingState.CANCELLED,
        now_open=meeting.state is MeetingState.OPEN,
        hosts="; ".join(host.title for host in found.plan.decided.profile.hosts),
        comes=_who(found),
        planned=as_planned(meeting, found.plan.decided.profile),
        on_weekday=on_weekday,
        lists_due=meeting.lists_due_on if found.admission is Admission.DELEGATES else None,
        ways=_ways(asked, meeting) if ahead else (),
        ics=f"{meeting_home(unit, meeting)}.ics" if ahead and meeting.starts_at is not None else "",
        not_put=not_put_lines(found.reasons, found.figures.not_put, asked.language),
        answers=found.answers,
        notice=None if found.notice is None else found.notice.text,
        address=meeting_home(unit, meeting),
    )


def _who(found: PublicMeeting) -> list[Param]:
    """Who may come, in words (R046–R049, R110, R118)."""
    places = ", ".join(one.name for one in found.places)
    lines: list[Param] = [Term(f"public.admits_{found.admission.value}", {"places": places})]
    if found.host_only is not None:
        lines.append(Term("public.host_only", {"place": found.host_only.name}))
    return lines


def _ways(asked: Asked, meeting: Meeting) -> Sequence[WayIn]:
    code = f"m-{meeting.id}"
    links = asked.site.links(code)
    ways = [
        WayIn(
            link.network.value,
            link.url,
            segno.make(link.url, error="m", micro=False).svg_inline(border=2, scale=3, omitsize=True),
            "" if link.carries_code else f"#{code}",
        )
        for link in links
    ]
    if not links:  # not known by any name from outside: the page people read is known
        ways.append(WayIn("webchat", f"{asked.base}/?start={code}", "", ""))
    return ways


async def _answers(asked: Asked) -> Sheet:
    async with asked.site.reading() as uow:
        unit = await unit_in_public(uow, asked.parts["unit"])
        answers = await answers_in_public(uow, await meetings_in_public(uow, unit))
    wanted = fold(asked.wanted).split()
    found = [one for one in answers if one.says(wanted)]
    pages = max(1, -(-len(found) // PAGE))
    if asked.number > pages:
        raise NotFound
    start = (asked.number - 1) * PAGE
    query = {"tim": quote(asked.wanted)} if asked.wanted else {}
    address = f"{unit_home(unit)}/hoi-dap"

    def turned(number: int) -> str:
        return asked.link(address, **query, trang=str(number))

    shown_now: Sequence[PublicAnswer] = found[start : start + PAGE]
    return asked.page(
        "answers.html",
        unit=unit,
        unit_page=asked.link(unit_home(unit)),
        wanted=asked.wanted,
        count=len(found),
        answers=[(one, asked.link(meeting_home(unit, one.meeting))) for one in shown_now],
        number=asked.number,
        pages=pages,
        earlier=turned(asked.number - 1) if asked.number > 1 else "",
        later=turned(asked.number + 1) if asked.number < pages else "",
        address=address,
    )
