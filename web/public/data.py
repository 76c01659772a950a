"""Open data: all public figures, answers and conclusions of a unit as CSV and JSON, with what each column means."""

import csv
import io
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import partial

from fastapi import APIRouter

from intake.actions.meetings.public_page import (
    answers_in_public,
    items_in_public,
    meetings_in_public,
    unit_in_public,
)
from intake.actions.meetings.results_words import counted_in_public
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.meetings.meeting import MeetingState
from intake.rules.meetings.public_figures import PublicFigures
from intake.rules.people.unit import Unit
from intake.rules.plan.profile_terms import MeetingForm, QuestionKind

from .rooms import meeting_home, unit_home
from .shelf import Sheet, sheet
from .site import HOME, Asked, PublicSite, shelved

Value = str | int | None
Row = Mapping[str, Value]
_FIGURES = tuple(field.name for field in fields(PublicFigures))
_LEGENDS: Mapping[str, Sequence[tuple[str, str]]] = {
    "state": [(one.value, f"public.meeting_{one.value}") for one in MeetingState],
    "form": [(one.value, f"attend.form_{one.value}") for one in MeetingForm],
    "kind": [(one.value, f"kind.{one.value}") for one in QuestionKind],
}
"""What the values of a column mean, as msgids."""
_FORMULA = ("=", "+", "-", "@", "\t")
"""What makes a spreadsheet calculate where it should read."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of the open data: its name, its columns in their order, and what gathers its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[UnitOfWork, Unit, str], Awaitable[list[Row]]]


async def _meetings(uow: UnitOfWork, unit: Unit, base: str) -> list[Row]:
    rows: list[Row] = []
    for meeting in await meetings_in_public(uow, unit):
        held = meeting.state is MeetingState.HELD
        figures: dict[str, int | None] = dict.fromkeys(_FIGURES)
        if held:
            figures = asdict(await counted_in_public(uow, meeting))
        notice = await uow.meetings.notice_of(meeting.id)
        places = await uow.meetings.hamlets(meeting.id) or [unit]
        rows.append(
            {
                "meeting": meeting.id,
                "title": meeting.title,
                "state": meeting.state.value,
                "form": meeting.form.value,
                "starts_at": _at(meeting.starts_at),
                "ended_at": _at(meeting.ended_at),
                "first_day": meeting.window_from.isoformat(),
                "last_day": meeting.window_to.isoformat(),
                "venue": meeting.venue,
                "for_people_of": "; ".join(one.name for one in places),
                "notice_at": None if notice is None else _at(notice.released_at),
                **figures,
                "page": base + meeting_home(unit, meeting),
            }
        )
    return rows


async def _answers(uow: UnitOfWork, unit: Unit, base: str) -> list[Row]:
    return [
        {
            "reference": one.question.reference,
            "meeting": one.meeting.id,
            "kind": one.question.kind.value,
            "received_on": _day(one.question.received_at),
            "answered_on": _day(one.question.answered_at),
            "question": one.text,
            "answer": one.answer,
            "page": f"{base}{meeting_home(unit, one.meeting)}#{one.question.reference}",
        }
        for one in await answers_in_public(uow, await meetings_in_public(uow, unit))
    ]


async def _items(uow: UnitOfWork, unit: Unit, base: str) -> list[Row]:
    held = [one for one in await meetings_in_public(uow, unit) if one.state is MeetingState.HELD]
    return [
        {
            "meeting": meeting.id,
            "number": item.item.number,
            "text": item.item.text,
            "owner": item.owner,
            "issued_on": _day(item.item.published_at),
            "due_on": None if item.item.due_on is None else item.item.due_on.isoformat(),
            "done_on": _day(item.item.done_at),
            "late": int(item.late),
            "progress": "\n".join(f"{_day(one.at)}: {one.public_text}" for one in item.progress),
            "page": base + meeting_home(unit, meeting),
        }
        for meeting in held
        for item in await items_in_public(uow, meeting)
    ]


FILES = (
    DataFile(
        "buoi",
        (
            *("meeting", "title", "state", "form", "starts_at", "ended_at", "first_day", "last_day", "venue"),
            *("for_people_of", "notice_at", *_FIGURES, "page"),
        ),
        _meetings,
    ),
    DataFile(
        "hoi-dap",
        ("reference", "meeting", "kind", "received_on", "answered_on", "question", "answer", "page"),
        _answers,
    ),
    DataFile(
        "ket-luan",
        ("meeting", "number", "text", "owner", "issued_on", "due_on", "done_on", "late", "progress", "page"),
        _items,
    ),
)


def files(router: APIRouter, site: PublicSite) -> None:
    """Add the page that explains the files, and the files."""
    router.add_route(f"{HOME}/{{unit}}/du-lieu", shelved(site, _dictionary), ["GET"])
    for file in FILES:
        address = f"{HOME}/{{unit}}/du-lieu/{file.name}"
        router.add_route(f"{address}.csv", shelved(site, partial(_csv, file), costly=True), ["GET"])
        router.add_route(f"{address}.json", shelved(site, partial(_json, file), costly=True), ["GET"])


async def _dictionary(asked: Asked) -> Sheet:
    async with asked.site.reading() as uow:
        unit = await unit_in_public(uow, asked.parts["unit"])
    home = unit_home(unit)
    return asked.page(
        "data.html", unit=unit, unit_page=asked.link(home), address=f"{home}/du-lieu", files=FILES, legends=_LEGENDS
    )


async def _rows(file: DataFile, asked: Asked) -> list[Row]:
    async with asked.site.reading() as uow:
        unit = await unit_in_public(uow, asked.parts["unit"])
        return await file.rows(uow, unit, asked.base)


async def _csv(file: DataFile, asked: Asked) -> Sheet:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(file.columns)
    for row in await _rows(file, asked):
        writer.writerow([_cell(row[column]) for column in file.columns])
    # spreadsheets take a file for one of the local code page unless it begins with this mark
    return sheet(
        out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"{asked.parts['unit']}-{file.name}.csv"
    )


async def _json(file: DataFile, asked: Asked) -> Sheet:
    rows: Sequence[Row] = await _rows(file, asked)
    body = json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1)
    return sheet(body.encode(), "application/json")


def _cell(value: Value) -> str:
    """A value as a spreadsheet reads it, and calculates nothing."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _at(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(LOCAL).isoformat(timespec="minutes")


def _day(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(LOCAL).date().isoformat()
