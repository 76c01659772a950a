"""What is done to many questions of the list at once, the list as a file, and lists kept under a name."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from fastapi.responses import Response

from intake.actions.questions.give_to_desk import give_to_desk, nobody_at
from intake.actions.questions.group_questions import join
from intake.actions.questions.many import DoneToMany, to_each
from intake.actions.questions.mark_urgent import mark_urgent
from intake.actions.questions.question_list import export_questions, listable
from intake.actions.questions.saved_views import keep_view, remove_view
from intake.actions.questions.suggest_topic import set_topic
from intake.actions.questions.triage import keep_for_meeting
from intake.actions.sealed.sealing import mark_sensitive
from intake.rules.errors import RuleBroken
from intake.rules.file_names import file_name
from intake.rules.message import Param, Term
from intake.rules.people.unit import DeskId, TopicId
from intake.rules.questions.promise import required
from intake.rules.questions.question import QuestionId
from intake.rules.questions.saved_view import SavedViewId
from web.files import disposition_of
from wording.question_sheet import Cell, as_csv, as_xlsx
from wording.texts import shown, words

from .doors import Doors
from .question_places import names_of, places_of
from .question_query import PAGE_NUMBER, filter_of, order_of
from .question_table import row_of
from .questions import LIST, TICK, asked_in, show_list
from .said import sentence
from .visiting import Visit, number_in

_MOST_REFUSED = 5
"""How many of those that were refused are told of by reference."""
_FIELDS = {
    "refusal.urgent_reason_missing": "reason",
    "refusal.reason_missing": "reason",
    "refusal.desk_missing": "desk",
    "refusal.topic_missing": "topic",
    "refusal.view_name_missing": "name",
    "refusal.too_many_views": "name",
}


def open_acts(doors: Doors) -> None:
    """Add the deeds for many, the files, the lists that are kept."""
    doors.act("/chon/giao", _give, again=show_list, fields=_FIELDS)
    doors.act("/chon/linh-vuc", _set_topic, again=show_list, fields=_FIELDS)
    doors.act("/chon/giu", _keep, again=show_list)
    doors.act("/chon/ghep", _join, again=show_list)
    doors.act("/chon/gap", _mark_urgent, again=show_list, fields=_FIELDS)
    doors.act("/chon/kin", _mark_sensitive, again=show_list, fields=_FIELDS)
    doors.act("/tep/xlsx", partial(_export, make=as_xlsx, kind="xlsx"))
    doors.act("/tep/csv", partial(_export, make=as_csv, kind="csv"))
    doors.act("/luu", _keep_view, again=show_list, fields=_FIELDS)
    doors.act("/bo-luu", _remove_view)


def _back(visit: Visit) -> str:
    query = urlencode(asked_in(visit))
    return f"{LIST}?{query}" if query else LIST


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
        nobody = await nobody_at(uow, [about["desk_id"]]) if done.done and "desk_id" in about else []
    return visit.to(_back(visit), *said_of(done, key), *nobody)


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
    asked = asked_in(visit)
    ticked = [QuestionId(number_in(name.removeprefix(TICK))) for name in visit.typed if name.startswith(TICK)]
    async with visit.acting() as uow:  # that a list was taken along is written down
        mine = await listable(uow, visit.person, visit.grants)
        wanted = filter_of(asked, mine, uow.today.year)
        found = await export_questions(
            uow, visit.person, mine.scope, replace(wanted, only=tuple(sorted(ticked))), order_of(asked)
        )
        names = names_of(await places_of(uow, visit, mine.units))
        today = uow.today
    rows = [row_of(visit.person.language, line, names) for line in found]
    content = await asyncio.to_thread(make, rows, visit.person.language)
    name = file_name(words(visit.person.language, "desk.questions"), shown(visit.person.language, today))
    return Response(
        content,
        media_type="application/octet-stream",
        headers={"Content-Disposition": disposition_of(f"{name}.{kind}")},
    )


async def _keep_view(visit: Visit) -> Response:
    asked = asked_in(visit)
    asked.pop(PAGE_NUMBER, None)
    async with visit.acting() as uow:
        view = await keep_view(uow, person=visit.person, name=visit.typed.get("name", ""), query=urlencode(asked))
    return visit.to(_back(visit), sentence("desk.view_kept", name=view.name))


async def _remove_view(visit: Visit) -> Response:
    async with visit.acting() as uow:
        await remove_view(uow, person=visit.person, view_id=SavedViewId(number_in(visit.typed.get("view", ""))))
    return visit.to(_back(visit), sentence("desk.view_removed"))
