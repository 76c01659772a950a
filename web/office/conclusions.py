"""The conclusion of a meeting at the desk: written item by item, looked at as it will be read, laid before the chair.

The chair publishes it here after a yes in the chat: what goes to every hamlet is said twice (PRODUCT, Roles).
"""

from dataclasses import dataclass
from datetime import date, datetime

from fastapi.responses import Response

from intake.actions.meetings.conclude import add_item, item_line, publish_conclusion, remove_item, submit_conclusion
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.public_progress import (
    progress_in_office,
    progress_unnamed,
    publish_progress,
    take_back_progress,
)
from intake.actions.people.confirm_again import what_is_agreed
from intake.ports import UnitOfWork
from intake.rules.errors import RuleBroken
from intake.rules.meetings.conclusion import ConclusionItem, ConclusionItemId, ConclusionProgress, ProgressId
from intake.rules.meetings.meeting import MeetingState
from intake.rules.message import Term
from intake.rules.people.office_session import ConfirmedAct
from intake.rules.people.permissions import holds, require
from intake.rules.people.person import Role
from intake.rules.people.unit import DeskId
from intake.rules.questions.promise import required

from .confirming import use_yes
from .doors import Doors
from .office import HOME
from .visiting import Visit, number_in

_PATH = "/{meeting}/ket-luan"
_FIELDS = {
    "refusal.text_missing": "text",
    "refusal.agency_missing": "owner",
    "refusal.not_of_meeting": "references",
    "refusal.day_not_later": "due",
    "refusal.day_too_far": "due",
    "rooms.refusal_day_missing": "due",
}


@dataclass(frozen=True, slots=True)
class ProgressWord:
    """A word on an item: what was said, and what everybody reads of it, or would, unless somebody words it anew."""

    id: int
    at: datetime
    text: str
    words: str
    public: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as it will be read, whether it can still be taken out, and what was said of how it gets on."""

    id: int
    line: str
    public: bool
    said: tuple[ProgressWord, ...]


def open_part(doors: Doors) -> None:
    """Add the editor of a conclusion."""
    doors.show(_PATH, _show)
    doors.act(f"{_PATH}/them", _add, again=_show, fields=_FIELDS)
    doors.act(f"{_PATH}/bo", _remove, again=_show)
    doors.act(f"{_PATH}/trinh", _submit, again=_show)
    doors.act(f"{_PATH}/cong-bo", _publish, again=_show)
    doors.act(f"{_PATH}/dang", _show_word, again=_show, fields={"refusal.text_missing": "text"})
    doors.act(f"{_PATH}/thoi-dang", _hide_word, again=_show)


async def _show(visit: Visit) -> Response:
    async with visit.reading() as uow:
        meeting = await meeting_in_unit(uow, visit.person, visit.meeting_id)
        items = await uow.conclusions.of_meeting(meeting.id)
        desks = [(desk.id, desk.name) for desk in await uow.places.bodies(meeting.unit_id)]
        publishes = holds(visit.grants, Role.CHAIR, await uow.places.unit(meeting.unit_id))
        rows = [await _row(visit, uow, one) for one in items]
        asked = [one.reference for one in await uow.questions.of_meeting(meeting.id) if not one.sensitive]
    public = any(row.public for row in rows)
    return visit.page(
        "conclusion.html",
        meeting=meeting,
        rows=rows,
        desks=desks,
        asked=asked,
        public=public,
        publishes=publishes,
        writes=meeting.state is MeetingState.HELD and not public,
        path=f"{HOME}/buoi/{meeting.id}/ket-luan",
    )


async def _row(visit: Visit, uow: UnitOfWork, item: ConclusionItem) -> ItemRow:
    said = [await _word(uow, item, one) for one in await uow.conclusions.progress(item.id)]
    return ItemRow(item.id, visit.words(item_line(item)), item.published_at is not None, tuple(said))


async def _word(uow: UnitOfWork, item: ConclusionItem, word: ConclusionProgress) -> ProgressWord:
    words = word.public_text or await progress_unnamed(uow, item, word.text)
    return ProgressWord(word.id, word.at, word.text, words, word.public_text is not None)


async def _add(visit: Visit) -> Response:
    typed = visit.typed
    due_on = None
    if typed.get("due", ""):
        try:
            due_on = date.fromisoformat(typed["due"])
        except ValueError:
            raise RuleBroken("rooms.refusal_day_missing") from None
    desk = typed.get("desk", "")
    async with visit.acting() as uow:
        item = await add_item(
            uow,
            by=visit.person,
            meeting_id=visit.meeting_id,
            text=typed.get("text", ""),
            desk_id=DeskId(number_in(desk)) if desk else None,
            owner=typed.get("owner", ""),
            due_on=due_on,
            references=typed.get("references", "").upper().replace(",", " ").replace(";", " ").split(),
        )
    return _back(visit, Term("conclusions.added", {"number": item.number}))


async def _remove(visit: Visit) -> Response:
    async with visit.acting() as uow:
        await remove_item(uow, by=visit.person, item_id=ConclusionItemId(number_in(visit.typed.get("item", ""))))
    return _back(visit, Term("conclusions.removed"))


async def _submit(visit: Visit) -> Response:
    async with visit.acting() as uow:
        told = await submit_conclusion(uow, by=visit.person, meeting_id=visit.meeting_id)
    return _back(visit, Term("conclusions.submitted_from_desk", {"count": told}))


async def _publish(visit: Visit) -> Response:
    """Make it public as it stands, once the chair has said yes to just these items in the chat."""
    async with visit.acting() as uow:
        meeting = await meeting_in_unit(uow, visit.person, visit.meeting_id)
        require(visit.grants, (Role.CHAIR,), await uow.places.unit(meeting.unit_id))
        items = await uow.conclusions.of_meeting(meeting.id)
        lines = [visit.words(item_line(one)) for one in items]
        about = what_is_agreed(str(meeting.id), *lines)
        if lines:
            await use_yes(uow, visit, ConfirmedAct.PUBLISH_CONCLUSION, about)
        published = await publish_conclusion(uow, by=visit.person, meeting_id=meeting.id)
    return _back(visit, Term("conclusion.sent", {"reached": published.told}))


async def _show_word(visit: Visit) -> Response:
    """Everybody reads how an item gets on, in the words the office chose."""
    number = ProgressId(number_in(visit.typed.get("word", "")))
    text = required(visit.typed.get("text", ""), "refusal.text_missing")
    async with visit.acting() as uow:
        await progress_in_office(uow, visit.person, number)
        await use_yes(uow, visit, ConfirmedAct.SHOW_PROGRESS, what_is_agreed(str(number), text))
        item = await publish_progress(uow, by=visit.person, progress_id=number, text=text)
    return _back(visit, Term("conclusions.word_shown", {"number": item.number}))


async def _hide_word(visit: Visit) -> Response:
    number = ProgressId(number_in(visit.typed.get("word", "")))
    async with visit.acting() as uow:
        item = await take_back_progress(uow, by=visit.person, progress_id=number)
    return _back(visit, Term("conclusions.word_hidden", {"number": item.number}))


def _back(visit: Visit, said: Term) -> Response:
    return visit.to(f"{HOME}/buoi/{visit.meeting_id}/ket-luan", said)
