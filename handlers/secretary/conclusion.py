"""The conclusion of a meeting in the chat: its items, writing one, submitting it to the chair, making it public."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from handlers.engine.form import Field, form_steps, read_agency, read_day, read_words
from handlers.engine.scene import CHANGED, Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.broadcasts import pace_words
from handlers.office.conclusion_items import line
from intake.actions.meetings.conclude import add_item, item_line, publish_conclusion, remove_item, submit_conclusion
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.meeting_people import hamlets_in_scope
from intake.rules.errors import RuleBroken
from intake.rules.meetings.conclusion import ConclusionItem, ConclusionItemId
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Button, Message, Param, Term, button, literal, mark_of, rows_of
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.people.unit import DeskId
from intake.rules.questions.reference import find_reference

NONE = "none"


async def show(scene: Scene, rest: str) -> Turn:
    """A button `conclusion.<meeting id>`."""
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest)))
    return Turn(say=(await _conclusion(scene, meeting),))


async def _conclusion(scene: Scene, meeting: Meeting) -> Message:
    items = await scene.uow.conclusions.of_meeting(meeting.id)
    public = any(item.published_at is not None for item in items)
    lines = tuple(line(scene, item) for item in items) or (Term("conclusion.empty"),)
    rows: list[tuple[Button, ...]] = list(
        rows_of([literal(str(item.number), f"conclusionitem.{item.id}") for item in items], 5)
    )
    if not public:
        rows.append((button("conclusion.add_button", f"conclusionadd.{meeting.id}"),))
        if items:
            rows.append(await _next_button(scene, meeting))
    rows.append((button("conclusion.back_button", f"room.{meeting.id}"),))
    key = "conclusion.public" if public else "conclusion.draft"
    return Message(key, {"title": meeting.title, "items": lines}, tuple(rows))


async def _next_button(scene: Scene, meeting: Meeting) -> tuple[Button, ...]:
    """What comes after writing: the chair makes it public, a secretary submits it to the chair."""
    unit = await scene.uow.places.unit(meeting.unit_id)
    if holds(scene.grants, Role.CHAIR, unit):
        return (button("conclusion.publish_button", f"conclusionpublish.{meeting.id}"),)
    return (button("conclusion.submit_button", f"conclusionsubmit.{meeting.id}"),)


async def start_adding(scene: Scene, rest: str) -> Turn:
    """A button `conclusionadd.<meeting id>`."""
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest)))
    return Turn(to="conclusionadd.text", draft={"meeting": meeting.id})


async def _no_day(_scene: Scene) -> list[Button]:
    return [button("conclusion.no_day_button", NONE)]


async def _no_questions(_scene: Scene) -> list[Button]:
    return [button("conclusion.no_questions_button", NONE)]


def _due_in(draft: dict[str, Any]) -> date | None:
    return None if draft["due"] == NONE else date.fromisoformat(draft["due"])


async def _desks(scene: Scene) -> list[Button]:
    meeting = await scene.uow.meetings.get(MeetingId(int(scene.draft["meeting"])))
    desks = await scene.uow.places.desks(meeting.unit_id)
    return [literal(desk.name, f"d{desk.id}") for desk in desks]


def _desk_in(owner: str) -> DeskId | None:
    """The desk a tapped code names; None for a name that was typed."""
    return DeskId(int(owner[1:])) if owner[:1] == "d" and owner[1:].isdecimal() else None


def _preview(scene: Scene) -> dict[str, Param]:
    draft = scene.draft
    due: Param = _due_in(draft) or Term("conclusion.no_day")
    owner = str(draft["owner"])
    shown: Param = owner if _desk_in(owner) is None else str(draft["owner_label"])
    questions: Param = Term("conclusion.no_questions") if draft["questions"] == NONE else str(draft["questions"])
    return {"text": str(draft["text"]), "owner": shown, "due": due, "questions": questions}


def _read_references(scene: Scene, typed: str) -> str:
    del scene
    found = [one for one in map(find_reference, typed.replace(",", " ").replace(";", " ").split()) if one is not None]
    if not found:
        raise RuleBroken("refusal.no_references")
    return " ".join(found)


async def _add(scene: Scene) -> Turn:
    draft = scene.draft
    owner = str(draft["owner"])
    desk_id = _desk_in(owner)
    item = await add_item(
        scene.uow,
        by=scene.me,
        meeting_id=MeetingId(int(draft["meeting"])),
        text=str(draft["text"]),
        desk_id=desk_id,
        owner="" if desk_id is not None else owner,
        due_on=_due_in(draft),
        references=() if draft["questions"] == NONE else str(draft["questions"]).split(),
    )
    return Turn(say=(await _conclusion(scene, await scene.uow.meetings.get(item.meeting_id)),))


async def submit(scene: Scene, rest: str) -> Turn:
    """A button `conclusionsubmit.<meeting id>`."""
    reached = await submit_conclusion(scene.uow, by=scene.me, meeting_id=MeetingId(id_in(rest)))
    return Turn(say=(Message("conclusion.laid" if reached else "conclusion.no_chair"),))


async def confirm_publishing(scene: Scene, rest: str) -> Turn:
    """A button `conclusionpublish.<meeting id>`: what is said to everybody is looked at once more."""
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest)))
    return Turn(say=(await _confirm(scene, meeting, await scene.uow.conclusions.of_meeting(meeting.id)),))


async def _confirm(scene: Scene, meeting: Meeting, written: Sequence[ConclusionItem]) -> Message:
    items = tuple(item_line(item) for item in written)
    row = (
        button("button.send", f"conclusionpublic.{meeting.id}.{mark_of(items)}"),
        button("button.edit", f"conclusion.{meeting.id}"),
        button("button.cancel", f"room.{meeting.id}"),
    )
    hamlets = [hamlet.id for hamlet in await hamlets_in_scope(scene.uow, meeting)]
    said: dict[str, Param] = {"title": meeting.title, "items": items, "pace": await pace_words(scene, hamlets)}
    return Message("conclusion.confirm", said, (row,))


async def publish(scene: Scene, rest: str) -> Turn:
    """A button `conclusionpublic.<meeting id>.<mark>`: what stands above it, or nothing."""
    number, _, seen = rest.partition(".")
    meeting_id = MeetingId(id_in(number))
    meeting = await meeting_in_unit(scene.uow, scene.me, meeting_id, lock=True)
    written = await scene.uow.conclusions.of_meeting(meeting.id)
    drafted = any(item.published_at is None for item in written)
    if drafted and seen != mark_of([item_line(item) for item in written]):
        return Turn(say=(CHANGED, await _confirm(scene, meeting, written)))
    published = await publish_conclusion(scene.uow, by=scene.me, meeting_id=meeting_id)
    row = (
        button("conclusion.button", f"conclusion.{meeting_id}"),
        button("broadcast.button", f"broadcast.{published.broadcast_id}"),
    )
    said = Message("conclusion.sent", {"reached": published.told}, (row,))
    return Turn(say=(said,))


async def remove(scene: Scene, rest: str) -> Turn:
    """A button `conclusionremove.<item id>`."""
    meeting = await remove_item(scene.uow, by=scene.me, item_id=ConclusionItemId(id_in(rest)))
    return Turn(say=(await _conclusion(scene, meeting),))


MODULE = ConversationModule(
    choices=(
        Choice("conclusion", show),
        Choice("conclusionadd", start_adding, leads_to=("conclusionadd.text",)),
        Choice("conclusionsubmit", submit),
        Choice("conclusionpublish", confirm_publishing),
        Choice("conclusionpublic", publish),
        Choice("conclusionremove", remove),
    ),
    steps=(
        *form_steps(
            "conclusionadd",
            (
                Field("text", "conclusion.ask_text", read_words),
                Field("owner", "conclusion.ask_owner", read_agency, offers=_desks),
                Field("due", "conclusion.ask_due", read_day, offers=_no_day),
                Field("questions", "conclusion.ask_questions", _read_references, offers=_no_questions),
            ),
            preview=_preview,
            send=_add,
        ),
    ),
)
