"""The items of conclusions (`/ketluan`): how each stands, its owner's word, a new due date. Supervisors look on."""

from collections.abc import Sequence
from datetime import date

from handlers.engine.form import HOW, Field, form_steps, read_day, read_words
from handlers.engine.scene import Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.conclude import item_line, report_progress
from intake.actions.meetings.conclusion_clocks import move_item
from intake.actions.meetings.public_progress import (
    progress_in_office,
    progress_unnamed,
    publish_progress,
    take_back_progress,
)
from intake.actions.people.office import units_of
from intake.actions.sealed.access import may_read
from intake.rules.deadlines.clock import is_overdue
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.errors import NotFound
from intake.rules.meetings.conclusion import ConclusionItem, ConclusionItemId, ConclusionProgress, ProgressId
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of, unpack
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit

from .question_lines import AT_ONCE

DONE = "done"
_KEEP = "keep"
_OVERSEEING = (Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR)
"""Who sees every item of the unit; officials see those of their desks."""


async def items(scene: Scene, _rest: str) -> Turn:
    """`/ketluan`."""
    return await _page(scene, 0)


async def more(scene: Scene, rest: str) -> Turn:
    """A button `conclusionmore.<start>`."""
    return await _page(scene, id_in(rest))


async def _page(scene: Scene, start: int) -> Turn:
    """The public items that are not done: those of the person's units or desks, the soonest due first."""
    desks = [grant.desk_id for grant in scene.grants_as(Role.OFFICIAL) if grant.desk_id is not None]
    listed = await scene.uow.conclusions.open_items(await units_of(scene.uow, scene.me, *_OVERSEEING), desks)
    page = listed[start : start + AT_ONCE]
    if not page:
        return Turn(say=(Message("conclusion.all_done", {}, ((button("button.menu", "cmd.menu"),),)),))
    titles = await scene.uow.meetings.many({item.meeting_id for item in page})
    lines: list[Param] = []
    buttons: list[Button] = []
    for place, item in enumerate(page, start + 1):
        params: dict[str, Param] = {"title": titles[item.meeting_id].title, "item": line(scene, item)}
        lines.append(Term("conclusion.listed", {"place": place, **params}))
        buttons.append(literal(str(place), f"conclusionitem.{item.id}"))
    rows = rows_of(buttons, 5)
    upto = start + len(page)
    if upto < len(listed):
        rows = (*rows, (button("office.more_button", f"conclusionmore.{upto}", count=len(listed) - upto),))
    return Turn(say=(Message("conclusion.open", {"count": len(listed), "items": tuple(lines)}, rows),))


def line(scene: Scene, item: ConclusionItem) -> Term:
    """An item as a line, marked when it is late."""
    late = item.done_at is None and item.due_on is not None and is_overdue(item.due_on, scene.uow.today)
    return Term("conclusion.late", {"item": item_line(item)}) if late else item_line(item)


async def show_item(scene: Scene, rest: str) -> Turn:
    """A button `conclusionitem.<item id>`: how it stands; its desk and the office carry it on, supervisors look on."""
    item = await scene.uow.conclusions.item(ConclusionItemId(id_in(rest)))
    meeting = await scene.uow.meetings.get(item.meeting_id)
    unit = await scene.uow.places.unit(meeting.unit_id)
    oversees = any(holds(scene.grants, role, unit) for role in _OVERSEEING)
    if not oversees and not _owns(scene, item):
        raise NotFound
    words = await scene.uow.conclusions.progress(item.id)
    said = [_progress_line(one) for one in words]
    linked = (await scene.uow.conclusions.links([item.id])).get(item.id, ())
    asked = [await scene.uow.questions.get(question_id) for question_id in linked]
    references = [one.reference for one in asked if not one.named or await may_read(scene.uow, scene.me, one)]
    params: dict[str, Param] = {
        "title": meeting.title,
        "item": (line(scene, item), *await _earlier(scene, item)),
        "questions": ", ".join(references) or Term("conclusion.no_questions"),
        "progress": tuple(said) or (Term("conclusion.no_progress"),),
    }
    rows = (*_word_buttons(scene, unit, words), *_item_buttons(scene, item, unit))
    return Turn(say=(Message("conclusion.item", params, rows),))


def _progress_line(word: ConclusionProgress) -> Term:
    if word.public_text is None:
        return Term("conclusion.progress_line", {"at": word.at, "text": word.text})
    return Term("conclusion.progress_line_public", {"at": word.at, "text": word.text, "public": word.public_text})


def _word_buttons(scene: Scene, unit: Unit, words: Sequence[ConclusionProgress]) -> tuple[tuple[Button, ...], ...]:
    """For the office: put the newest word before everybody, or take it back from there."""
    if not words or not any(holds(scene.grants, role, unit) for role in (Role.SECRETARY, Role.CHAIR)):
        return ()
    newest = words[-1]
    if newest.public_text is None:
        return ((button("conclusion.show_word_button", f"conclusionshow.{newest.id}"),),)
    return ((button("conclusion.hide_word_button", f"conclusionhide.{newest.id}"),),)


async def _earlier(scene: Scene, item: ConclusionItem) -> list[Term]:
    """The due dates an item had before, each with the reason of its change."""
    clock = await scene.uow.clocks.of_item(item.id)
    return [
        Term(
            "conclusion.was_due",
            {"was": on_weekday(date.fromisoformat(kept["due_on"])), "reason": unpack(kept["reason"])},
        )
        for kept in (() if clock is None else clock.history)
    ]


def _owns(scene: Scene, item: ConclusionItem) -> bool:
    return item.desk_id is not None and any(grant.desk_id == item.desk_id for grant in scene.grants_as(Role.OFFICIAL))


def _item_buttons(scene: Scene, item: ConclusionItem, unit: Unit) -> tuple[tuple[Button, ...], ...]:
    chairs = holds(scene.grants, Role.CHAIR, unit)
    runs_it = chairs or holds(scene.grants, Role.SECRETARY, unit)
    rows: list[tuple[Button, ...]] = []
    if item.published_at is None and runs_it:
        rows.append((button("conclusion.remove_button", f"conclusionremove.{item.id}"),))
    if item.published_at is not None and item.done_at is None:
        if runs_it or _owns(scene, item):
            rows.append((button("conclusion.progress_button", f"conclusionsay.{item.id}"),))
        if chairs:
            rows.append((button("conclusion.move_button", f"conclusionmove.{item.id}"),))
    if runs_it:
        rows.append((button("conclusion.button", f"conclusion.{item.meeting_id}"),))
    return tuple(rows)


async def start_saying(scene: Scene, rest: str) -> Turn:
    """A button `conclusionsay.<item id>`; whether this person may is checked when it is sent, as with every item."""
    return await _start(scene, rest, "conclusionsay.text")


async def start_moving(scene: Scene, rest: str) -> Turn:
    """A button `conclusionmove.<item id>`; that only the chair may is checked when it is sent."""
    return await _start(scene, rest, "conclusionmove.due")


async def start_showing(scene: Scene, rest: str) -> Turn:
    """A button `conclusionshow.<word id>`: in which words everybody reads how an item gets on."""
    item, word = await progress_in_office(scene.uow, scene.me, ProgressId(id_in(rest)))
    words = await progress_unnamed(scene.uow, item, word.text)
    return Turn(to="conclusionshow.text", draft={"word": word.id, "words": words, "number": str(item.number)})


async def hide(scene: Scene, rest: str) -> Turn:
    """A button `conclusionhide.<word id>`."""
    item = await take_back_progress(scene.uow, by=scene.me, progress_id=ProgressId(id_in(rest)))
    return await show_item(scene, str(item.id))


async def _as_it_is(_scene: Scene) -> list[Button]:
    return [button("conclusion.keep_words_button", _KEEP)]


async def _kept(scene: Scene, _code: str) -> str:
    return str(scene.draft["words"])


async def _show(scene: Scene) -> Turn:
    item = await publish_progress(
        scene.uow, by=scene.me, progress_id=ProgressId(int(scene.draft["word"])), text=str(scene.draft["text"])
    )
    return await show_item(scene, str(item.id))


async def _start(scene: Scene, rest: str, step: str) -> Turn:
    await show_item(scene, rest)
    item = await scene.uow.conclusions.item(ConclusionItemId(id_in(rest)))
    return Turn(to=step, draft={"item": item.id, "number": str(item.number)})


def _said(scene: Scene) -> dict[str, Param]:
    return {"number": str(scene.draft["number"]), "text": str(scene.draft["text"])}


async def _say(scene: Scene) -> Turn:
    item = await report_progress(
        scene.uow,
        by=scene.me,
        item_id=ConclusionItemId(int(scene.draft["item"])),
        text=str(scene.draft["text"]),
        done=scene.draft.get(HOW) == DONE,
    )
    return await show_item(scene, str(item.id))


def _day_moved(scene: Scene) -> dict[str, Param]:
    day = date.fromisoformat(str(scene.draft["due"]))
    return {"number": str(scene.draft["number"]), "due": on_weekday(day), "reason": str(scene.draft["reason"])}


async def _move(scene: Scene) -> Turn:
    item = await move_item(
        scene.uow,
        by=scene.me,
        item_id=ConclusionItemId(int(scene.draft["item"])),
        due_on=date.fromisoformat(str(scene.draft["due"])),
        reason=str(scene.draft["reason"]),
    )
    return await show_item(scene, str(item.id))


MODULE = ConversationModule(
    commands=(Command("ketluan", items, aliases=("kết luận",), roles=(*_OVERSEEING, Role.OFFICIAL)),),
    choices=(
        Choice("conclusionmore", more),
        Choice("conclusionitem", show_item),
        Choice("conclusionsay", start_saying, leads_to=("conclusionsay.text",)),
        Choice("conclusionshow", start_showing, leads_to=("conclusionshow.text",)),
        Choice("conclusionhide", hide),
        Choice("conclusionmove", start_moving, leads_to=("conclusionmove.due",)),
    ),
    steps=(
        *form_steps(
            "conclusionsay",
            (Field("text", "conclusion.ask_progress", read_words),),
            preview=_said,
            send=_say,
            otherwise=lambda _: (button("conclusion.done_button", DONE),),
        ),
        *form_steps(
            "conclusionshow",
            (Field("text", "conclusionshow.ask", read_words, offers=_as_it_is, taken=_kept),),
            preview=_said,
            send=_show,
        ),
        *form_steps(
            "conclusionmove",
            (
                Field("due", "conclusion.ask_due", read_day),
                Field("reason", "conclusion.ask_move_reason", read_words),
            ),
            preview=_day_moved,
            send=_move,
        ),
    ),
)
