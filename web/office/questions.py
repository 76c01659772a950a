"""The room of questions: a table with filters and search, lists kept under a name, deeds for many at once, files."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from fastapi.responses import Response

from intake.actions.questions.give_to_desk import give_to_desk
from intake.actions.questions.group_questions import join
from intake.actions.questions.many import DoneToMany, to_each
from intake.actions.questions.mark_urgent import mark_urgent
from intake.actions.questions.question_list import (
    Listable,
    export_questions,
    listable,
    page_of_questions,
)
from intake.actions.questions.saved_views import keep_view, remove_view
from intake.actions.questions.suggest_topic import set_topic
from intake.actions.questions.triage import keep_for_meeting
from intake.actions.sealed.sealing import mark_sensitive
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import is_overdue
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Param, Term
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.people.unit import Desk, DeskId, Topic, TopicId, Unit
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions.promise import required
from intake.rules.questions.question import QuestionId
from intake.rules.questions.question_list import COUNTED, LISTED_STATES, QuestionLine, QuestionOrder
from intake.rules.questions.saved_view import SavedViewId
from wording.clocks import time_left
from wording.question_sheet import Cell, as_csv, as_xlsx
from wording.questions import kept_words, listed_words
from wording.texts import shown, words

from .doors import Doors
from .listing import PAGE, Column, Listing, asked_of, page_asked
from .office import HOME
from .question_query import DUE_CODES, FILTERS, NOTHING, ORDER, ORDER_CODES, PAGE_NUMBER, STATE, filter_of, order_of
from .room import DeskRoom, for_roles
from .said import sentence
from .visiting import Visit, number_in

ROOM = DeskRoom("/cau-hoi", "desk.questions", for_roles(Role.SECRETARY, Role.OFFICIAL, Role.CHAIR, Role.SUPERVISOR))
LIST = HOME + ROOM.path
TICK = "chon-"
"""What the name of a tick before a question begins with; its id follows."""
_MOST_REFUSED = 5
"""How many of those that were refused are told of by reference."""
_LEADS = (Role.SECRETARY, Role.CHAIR)
_FIELDS = {
    "refusal.urgent_reason_missing": "reason",
    "refusal.reason_missing": "reason",
    "refusal.desk_missing": "desk",
    "refusal.topic_missing": "topic",
    "refusal.view_name_missing": "name",
    "refusal.too_many_views": "name",
}


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of the table, in words; `late` and `urgent` are marked."""

    id: QuestionId
    reference: str
    text: str
    state: str
    kind: str
    topic: str
    desk: str
    hamlet: str
    received: str
    left: str
    late: bool
    urgent: bool
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """A state to look at, with how many stand in it."""

    address: str
    label: str
    count: str
    current: bool


@dataclass(frozen=True, slots=True)
class UnitPlaces:
    """What a unit has that questions are filtered by."""

    unit: Unit
    desks: Sequence[Desk]
    topics: Sequence[Topic]
    hamlets: Sequence[Unit]
    meetings: Sequence[Meeting]


@dataclass(frozen=True, slots=True)
class Names:
    """What the ids of a list are called."""

    hamlets: Mapping[int, str]
    desks: Mapping[int, str]
    topics: Mapping[int, str]


def open_room(doors: Doors) -> None:
    """Add the list, the deeds for many, the files, the lists that are kept."""
    doors.show("", _list)
    doors.act("/chon/giao", _give, again=_list, fields=_FIELDS)
    doors.act("/chon/linh-vuc", _set_topic, again=_list, fields=_FIELDS)
    doors.act("/chon/giu", _keep, again=_list)
    doors.act("/chon/ghep", _join, again=_list)
    doors.act("/chon/gap", _mark_urgent, again=_list, fields=_FIELDS)
    doors.act("/chon/kin", _mark_sensitive, again=_list, fields=_FIELDS)
    doors.act("/tep/xlsx", partial(_export, make=as_xlsx, kind="xlsx"))
    doors.act("/tep/csv", partial(_export, make=as_csv, kind="csv"))
    doors.act("/luu", _keep_view, again=_list, fields=_FIELDS)
    doors.act("/bo-luu", _remove_view)


def _asked(visit: Visit) -> dict[str, str]:
    """What the address asks for; a form brings along the address of the list it stands in."""
    if visit.request.method == "POST":
        return asked_of(dict(parse_qsl(visit.typed.get("ve", ""))), (*FILTERS, PAGE_NUMBER))
    return asked_of(visit.request.query_params, (*FILTERS, PAGE_NUMBER))


def _back(visit: Visit) -> str:
    query = urlencode(_asked(visit))
    return f"{LIST}?{query}" if query else LIST


async def _list(visit: Visit) -> Response:
    asked = _asked(visit)
    page = page_asked(asked.pop(PAGE_NUMBER, ""))
    order = order_of(asked)
    async with visit.reading() as uow:
        mine = await listable(uow, visit.person, visit.grants)
        wanted = filter_of(asked, mine, uow.today.year)
        listing = Listing(LIST, asked, page, ORDER_CODES[order])
        found, more = await page_of_questions(uow, mine.scope, wanted, order, skip=listing.start, most=PAGE)
        places = [await _places_of(uow, unit) for unit in mine.units]
        today = uow.today
        views = await uow.saved_views.of_person(visit.person.id)
    names = _names(places)
    listing = Listing(LIST, asked, page, ORDER_CODES[order], more)
    return visit.page(
        "questions.html",
        lines=[_line(visit, line, names, today) for line in found],
        listing=listing,
        asked=asked,
        tabs=_tabs(visit, mine, listing),
        columns=_columns(visit),
        choices=_choices(visit, places),
        views=[(f"{LIST}?{view.query}", view) for view in views],
        query=urlencode({**asked, **({PAGE_NUMBER: str(page)} if page > 1 else {})}),
        ticked={name.removeprefix(TICK) for name in visit.typed if name.startswith(TICK)},
        leads=any(grant.role in _LEADS for grant in visit.grants),
        protects=any(grant.role in (*_LEADS, Role.OFFICIAL) for grant in visit.grants),
        sorts=any(grant.role is Role.SECRETARY for grant in visit.grants),
        filtered=any(name not in (STATE, ORDER, "tim") for name in asked),
    )


def _columns(visit: Visit) -> Sequence[Column]:
    named = [
        ("desk.col_reference", "moi"),
        ("desk.col_text", ""),
        ("desk.col_state", ""),
        ("desk.col_topic", ""),
        ("desk.col_desk", ""),
        ("desk.col_hamlet", ""),
        ("desk.col_received", "cu"),
        ("desk.col_due", "han"),
    ]
    return [
        Column(words(visit.person.language, key), sort, "descending" if sort == "moi" else "ascending")
        for key, sort in named
    ]


def _tabs(visit: Visit, mine: Listable, listing: Listing) -> Sequence[Tab]:
    chosen = listing.asked.get(STATE, "")
    language = visit.person.language
    every = words(language, "desk.every_state")
    tabs = [Tab(listing.address(**{STATE: None, PAGE_NUMBER: None}), every, "", not chosen)]
    for state in LISTED_STATES:
        count = mine.counts.get(state, 0)
        if count <= 0 and chosen != state.value:
            continue
        shown_count = f"{COUNTED}+" if count > COUNTED else str(max(count, 0))
        label = words(language, f"office.state_{state.value}")
        address = listing.address(**{STATE: state.value, PAGE_NUMBER: None})
        tabs.append(Tab(address, label, shown_count, chosen == state.value))
    return tabs


async def _places_of(uow: UnitOfWork, unit: Unit) -> UnitPlaces:
    return UnitPlaces(
        unit,
        await uow.places.desks(unit.id),
        await uow.places.topics(unit.id),
        await uow.places.hamlets(unit.id),
        await uow.meetings.of_units([unit.id]),
    )


def _names(places: Sequence[UnitPlaces]) -> Names:
    """What the hamlets, desks and topics of some units are called; a question may come from the unit itself."""
    return Names(
        {unit.id: unit.name for one in places for unit in (one.unit, *one.hamlets)},
        {desk.id: desk.name for one in places for desk in one.desks},
        {topic.id: topic.name for one in places for topic in one.topics},
    )


def _line(visit: Visit, line: QuestionLine, names: Names, today: date) -> TableLine:
    language = visit.person.language
    return TableLine(
        id=line.id,
        reference=line.reference,
        text=shown(language, listed_words(line)),
        state=words(language, f"office.state_{line.state.value}"),
        kind=words(language, f"kind.{line.kind.value}"),
        topic=names.topics.get(line.topic_id or 0, ""),
        desk=names.desks.get(line.desk_id or 0, ""),
        hamlet="" if line.sensitive else names.hamlets.get(line.hamlet_id or 0, ""),
        received=line.received_at.astimezone(LOCAL).strftime("%d/%m/%Y"),
        left="" if line.due_on is None else shown(language, time_left(line.due_on, today)),
        late=line.due_on is not None and is_overdue(line.due_on, today),
        urgent=line.urgent,
        sensitive=line.sensitive,
    )


def _choices(visit: Visit, places: Sequence[UnitPlaces]) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen in the filters, and for many at once: where there are several units, with the unit's name."""
    many = len(places) > 1
    language = visit.person.language

    def named(unit: Unit, name: str) -> str:
        return f"{unit.name}: {name}" if many else name

    found: dict[str, list[tuple[str, str]]] = {name: [] for name in ("bp", "linhvuc", "thon", "buoi", "giao", "chude")}
    for one in places:
        unit = one.unit
        leads = any(holds(visit.grants, role, unit) for role in _LEADS)
        desks = [(str(desk.id), named(unit, desk.name)) for desk in one.desks]
        topics = [(str(topic.id), named(unit, topic.name)) for topic in one.topics]
        found["bp"] += desks
        found["linhvuc"] += topics
        found["giao"] += desks if leads else []
        found["chude"] += topics if leads else []
        found["thon"] += [(str(hamlet.id), named(unit, hamlet.name)) for hamlet in one.hamlets if hamlet.id != unit.id]
        found["buoi"] += [(str(meeting.id), named(unit, meeting.title)) for meeting in one.meetings]
    found["loai"] = [(kind.value, words(language, f"kind.{kind.value}")) for kind in QuestionKind]
    found["han"] = [(code, words(language, f"desk.due_{due.value}")) for code, due in DUE_CODES.items()]
    found["sap"] = [(ORDER_CODES[order], words(language, f"desk.order_{order.value}")) for order in QuestionOrder]
    for name, key in (("bp", "desk.no_desk"), ("linhvuc", "desk.no_topic"), ("buoi", "desk.no_meeting")):
        found[name].insert(0, (NOTHING, words(language, key)))
    return found


def _ticked(visit: Visit) -> list[QuestionId]:
    found = [
        QuestionId(number_in(name.removeprefix(TICK)))
        for name, value in visit.typed.items()
        if name.startswith(TICK) and value
    ]
    if not found:
        raise RuleBroken("refusal.none_chosen")
    return found


async def _to_ticked(visit: Visit, key: str, deed: Callable[..., Awaitable[object]], **about: Any) -> Response:
    """Do a deed to what is ticked, and say of how many it was done."""
    ticked = _ticked(visit)
    async with visit.acting() as uow:
        done = await to_each(uow, ticked, lambda number: deed(uow, by=visit.person, question_id=number, **about))
    return visit.to(_back(visit), *said_of(done, key))


def said_of(done: DoneToMany, key: str) -> list[Param]:
    """How many it was done to, and what was refused and why."""
    said: list[Param] = []
    if done.done or not done.refused:
        said.append(sentence(key, count=done.done))
    for reference, why in done.refused[:_MOST_REFUSED]:
        said.append(sentence("desk.one_refused", reference=reference, why=Term(why.key, why.params)))
    more = len(done.refused) - _MOST_REFUSED
    if more > 0:
        said.append(sentence("desk.more_refused", count=more))
    if done.unknown:
        said.append(sentence("desk.some_unknown", count=done.unknown))
    return said


async def _give(visit: Visit) -> Response:
    desk = DeskId(_chosen(visit, "desk", "refusal.desk_missing"))
    return await _to_ticked(visit, "desk.gave", give_to_desk, desk_id=desk)


async def _set_topic(visit: Visit) -> Response:
    topic = TopicId(_chosen(visit, "topic", "refusal.topic_missing"))
    return await _to_ticked(visit, "desk.topic_set", set_topic, topic_id=topic)


async def _keep(visit: Visit) -> Response:
    return await _to_ticked(visit, "desk.kept_for_meeting", keep_for_meeting)


async def _mark_urgent(visit: Visit) -> Response:
    reason = _reason(visit, "refusal.urgent_reason_missing")
    return await _to_ticked(visit, "desk.marked_urgent", mark_urgent, reason=reason)


async def _mark_sensitive(visit: Visit) -> Response:
    reason = _reason(visit, "refusal.reason_missing")
    return await _to_ticked(visit, "desk.marked_sensitive", mark_sensitive, reason=reason)


async def _join(visit: Visit) -> Response:
    """Join what is ticked with the oldest of it."""
    ticked = sorted(_ticked(visit))
    if len(ticked) == 1:
        raise RuleBroken("refusal.join_needs_two")
    async with visit.acting() as uow:
        first = ticked[0]
        done = await to_each(
            uow, ticked[1:], lambda number: join(uow, by=visit.person, question_id=number, with_id=first)
        )
    return visit.to(_back(visit), *said_of(done, "desk.joined"))


def _chosen(visit: Visit, name: str, refusal: str) -> int:
    typed = visit.typed.get(name, "")
    if not typed:
        raise RuleBroken(refusal)
    return number_in(typed)


def _reason(visit: Visit, refusal: str) -> str:
    return required(visit.typed.get("reason", ""), refusal)


async def _export(visit: Visit, *, make: Callable[[Sequence[Sequence[Cell]], str], bytes], kind: str) -> Response:
    """The list as a file: what is ticked, or everything the filter finds where nothing is."""
    asked = _asked(visit)
    ticked = [QuestionId(number_in(name.removeprefix(TICK))) for name in visit.typed if name.startswith(TICK)]
    async with visit.acting() as uow:  # that a list was taken along is written down
        mine = await listable(uow, visit.person, visit.grants)
        wanted = filter_of(asked, mine, uow.today.year)
        found = await export_questions(
            uow, visit.person, mine.scope, replace(wanted, only=tuple(sorted(ticked))), order_of(asked)
        )
        names = _names([await _places_of(uow, unit) for unit in mine.units])
        today = uow.today
    rows = [_row(visit, line, names) for line in found]
    content = await asyncio.to_thread(make, rows, visit.person.language)
    name = quote(f"cau-hoi-{today.isoformat()}.{kind}")
    return Response(
        content,
        media_type="application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


def _row(visit: Visit, line: QuestionLine, names: Names) -> Sequence[Cell]:
    shown_line = _line(visit, line, names, line.received_at.date())
    return (
        line.reference,
        shown_line.kind,
        shown_line.state,
        shown_line.topic,
        shown_line.desk,
        shown_line.hamlet,
        line.received_at.astimezone(LOCAL).date(),
        line.due_on,
        line.text if kept_words(line) is None else shown_line.text,
    )


async def _keep_view(visit: Visit) -> Response:
    asked = _asked(visit)
    asked.pop(PAGE_NUMBER, None)
    async with visit.acting() as uow:
        view = await keep_view(uow, person=visit.person, name=visit.typed.get("name", ""), query=urlencode(asked))
    return visit.to(_back(visit), sentence("desk.view_kept", name=view.name))


async def _remove_view(visit: Visit) -> Response:
    async with visit.acting() as uow:
        await remove_view(uow, person=visit.person, view_id=SavedViewId(number_in(visit.typed.get("view", ""))))
    return visit.to(_back(visit), sentence("desk.view_removed"))
