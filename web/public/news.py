"""What is new of a unit for those who subscribe: its meetings for calendars, its news as an Atom feed (R213)."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from fastapi import APIRouter

from intake.actions.meetings.public_page import comes, meetings_in_public, unit_in_public
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.people.unit import Unit
from intake.rules.plan.profile_terms import MeetingForm
from wording.meetings import when
from wording.texts import shown, words

from .rooms import MOST_HELD, meeting_home, unit_home
from .shelf import Sheet, sheet
from .site import HOME, Asked, PublicSite, shelved

if TYPE_CHECKING:  # 8 MiB together, for those who subscribe
    from icalendar import Event
    from lxml import etree

_ATOM = "http://www.w3.org/2005/Atom"
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""By its name: calendars of phones find no rules for an offset alone."""
_MOST_NEWS = 50


def news(router: APIRouter, site: PublicSite) -> None:
    """Add the calendar of a unit, that of one meeting, and the feed."""
    router.add_route(f"{HOME}/{{unit}}/lich.ics", shelved(site, _calendar), ["GET"])
    router.add_route(f"{HOME}/{{unit}}/buoi/{{meeting:int}}.ics", shelved(site, _one), ["GET"])
    router.add_route(f"{HOME}/{{unit}}/tin.atom", shelved(site, _feed), ["GET"])


async def _calendar(asked: Asked) -> Sheet:
    async with asked.site.reading() as uow:
        unit = await unit_in_public(uow, asked.parts["unit"])
        meetings = [one for one in await meetings_in_public(uow, unit) if one.starts_at is not None]
        return _ics(asked, unit, meetings[-MOST_HELD:], "lich.ics")


async def _one(asked: Asked) -> Sheet:
    async with asked.site.reading() as uow:
        unit = await unit_in_public(uow, asked.parts["unit"])
        wanted = int(asked.parts["meeting"])
        meetings = [one for one in await meetings_in_public(uow, unit) if one.id == wanted and one.starts_at]
        if not meetings:
            raise NotFound
        return _ics(asked, unit, meetings, f"buoi-{wanted}.ics")


def _ics(asked: Asked, unit: Unit, meetings: Iterable[Meeting], name: str) -> Sheet:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//doithoai//{unit.code}//VI")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", words("vi", "public.unit_heading", {"unit": unit.name}))
    for meeting in meetings:
        calendar.add_component(_event(asked, unit, meeting))
    calendar.add_missing_timezones()
    return sheet(calendar.to_ical(), "text/calendar; charset=utf-8", name)


def _event(asked: Asked, unit: Unit, meeting: Meeting) -> "Event":
    """The event of a meeting; its name stays, its number grows with each change, so that calendars take it over."""
    from icalendar import Event, vDatetime

    starts_at, ends_at = meeting.starts_at, meeting.ended_at or meeting.planned_end
    if starts_at is None or ends_at is None:
        raise ValueError("a meeting without a day is in no calendar")
    changed = meeting.revised_at or meeting.created_at or starts_at
    event = Event()
    event.add("uid", f"buoi-{meeting.id}-{unit.code.lower()}@doithoai")
    event["dtstamp"] = vDatetime(changed.astimezone(ZoneInfo("UTC")))
    event.add("sequence", meeting.revision)
    event.add("summary", meeting.title)
    event.add("dtstart", starts_at.astimezone(_ZONE))
    event.add("dtend", ends_at.astimezone(_ZONE))
    event.add("location", meeting.venue if meeting.form is not MeetingForm.ONLINE else meeting.online_at)
    lines = [one for one in (meeting.theme, meeting.online_at) if one]
    event.add("description", "\n".join([*lines, asked.base + meeting_home(unit, meeting)]))
    event.add("url", asked.base + meeting_home(unit, meeting))
    event.add("status", "CANCELLED" if meeting.state is MeetingState.CANCELLED else "CONFIRMED")
    return event


async def _feed(asked: Asked) -> Sheet:
    from lxml import etree

    async with asked.site.reading() as uow:
        unit = await unit_in_public(uow, asked.parts["unit"])
        meetings = await meetings_in_public(uow, unit)
        found = [one for meeting in meetings[-MOST_HELD:] for one in await _news_of(uow, meeting)]
    found.sort(key=lambda one: one[0], reverse=True)
    host = asked.base.partition("://")[2]
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item] # without a prefix
    _add(feed, "id", f"tag:{host},2026:{unit.code.lower()}")
    _add(feed, "title", words(asked.language, "public.unit_heading", {"unit": unit.name}))
    _add(feed, "updated", _moment(found[0][0] if found else datetime(2026, 1, 1, tzinfo=LOCAL)))
    _link(feed, "self", f"{asked.base}{unit_home(unit)}/tin.atom")
    _link(feed, "alternate", asked.base + unit_home(unit))
    _add(_add(feed, "author", None), "name", unit.name)
    for at, key, what, meeting in found[:_MOST_NEWS]:
        entry = _add(feed, "entry", None)
        _add(entry, "id", f"tag:{host},2026:{unit.code.lower()}/{meeting.id}/{what}")
        title = words(asked.language, key, {"title": meeting.title, "when": shown(asked.language, when(meeting))})
        _add(entry, "title", title)
        _add(entry, "updated", _moment(at))
        _link(entry, "alternate", asked.base + meeting_home(unit, meeting))
        _add(entry, "summary", f"{shown(asked.language, when(meeting))} · {meeting.venue}".rstrip(" ·"))
    body: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return sheet(body, "application/atom+xml; charset=utf-8")


async def _news_of(uow: UnitOfWork, meeting: Meeting) -> list[tuple[datetime, str, str, Meeting]]:
    """What happened with a meeting that is news for everybody: when, the sentence, what of the meeting it is."""
    found = []
    notice = await uow.meetings.notice_of(meeting.id)
    if notice is not None:
        found.append((notice.released_at, "public.news_notice", f"notice/{notice.id}", meeting))
    if meeting.state is MeetingState.CANCELLED and meeting.revised_at is not None:
        found.append((meeting.revised_at, "public.news_off", "off", meeting))
    elif meeting.revised_at is not None and meeting.starts_at is not None and comes(meeting, uow):
        found.append((meeting.revised_at, "public.news_fixed", f"fixed/{meeting.revision}", meeting))
    elif meeting.is_put_off and meeting.revised_at is not None:
        found.append((meeting.revised_at, "public.news_put_off", f"put-off/{meeting.revision}", meeting))
    if meeting.ended_at is not None:
        found.append((meeting.ended_at, "public.news_held", "held", meeting))
    issued = [one.published_at for one in await uow.conclusions.of_meeting(meeting.id) if one.published_at]
    if issued:
        found.append((max(issued), "public.news_conclusion", "conclusion", meeting))
    return found


def _add(parent: "etree._Element", name: str, text: str | None) -> "etree._Element":
    from lxml import etree

    one = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    one.text = text
    return one


def _link(parent: "etree._Element", rel: str, href: str) -> None:
    from lxml import etree

    etree.SubElement(parent, f"{{{_ATOM}}}link", rel=rel, href=href)


def _moment(at: datetime) -> str:
    return at.astimezone(LOCAL).isoformat(timespec="seconds")
