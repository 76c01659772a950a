"""`/hopdan`: a hamlet head, or a secretary, enters what the hamlet's own meeting said before a dialogue (R077)."""

from datetime import date

from handlers.engine.form import Field, form_steps
from handlers.engine.scene import Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.hamlet_records import enter_record, record_at, records_to_enter
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.meetings.hamlet_record import held_day, read_came, read_opinions
from intake.rules.meetings.meeting import MeetingId
from intake.rules.message import Message, Param, Term, button, literal
from intake.rules.people.person import Role
from intake.rules.people.unit import UnitId
from intake.rules.typed_when import past_day_typed

_MENU = ((button("button.menu", "cmd.menu"),),)
DAY = "record.day"
MOST_LISTED = 30
"""How many hamlets the list names at once."""


async def records(scene: Scene, _rest: str) -> Turn:
    """`/hopdan`: the hamlets whose meeting one enters, with what is entered already."""
    found = (await records_to_enter(scene.uow, scene.me))[:MOST_LISTED]
    if not found:
        return Turn(say=(Message("record.none", {}, _MENU),))
    lines: list[Param] = []
    rows = []
    for number, (meeting, hamlet) in enumerate(found, 1):
        entered = {one.unit_id: one for one in await scene.uow.meetings.records(meeting.id)}.get(hamlet.id)
        state: Param = Term("record.not_entered")
        if entered is not None:
            state = Term("record.entered_line", {"day": entered.held_on, "opinions": len(entered.opinions)})
        said: dict[str, Param] = {"number": number, "hamlet": hamlet.name, "title": meeting.title, "state": state}
        lines.append(Term("record.listed", said))
        rows.append((literal(f"{number}. {hamlet.name}", f"record.{meeting.id}.{hamlet.id}"),))
    return Turn(say=(Message("record.list", {"lines": tuple(lines)}, (*rows, *_MENU)),))


async def start(scene: Scene, rest: str) -> Turn:
    """A button `record.<meeting id>.<hamlet id>`: the day, how many came, the opinions."""
    number, _, where = rest.partition(".")
    meeting, hamlet = await record_at(scene.uow, scene.me, MeetingId(id_in(number)), UnitId(id_in(where)))
    return Turn(to=DAY, draft={"meeting": meeting.id, "hamlet": hamlet.id, "where": hamlet.name})


def _read_day(scene: Scene, typed: str) -> str:
    today = scene.uow.today
    return held_day(past_day_typed(typed, today), today).isoformat()


def _read_came(scene: Scene, typed: str) -> str:
    del scene
    return str(read_came(typed))


def _read_opinions(scene: Scene, typed: str) -> str:
    """Kept as typed: the topics are those of the plan, which are looked up when it is sent."""
    del scene
    read_opinions(typed, ())
    return typed.strip()


def _preview(scene: Scene) -> dict[str, Param]:
    return {
        "where": str(scene.draft["where"]),
        "day": on_weekday(date.fromisoformat(str(scene.draft["day"]))),
        "came": str(scene.draft["came"]),
        "opinions": str(scene.draft["opinions"]),
    }


async def _enter(scene: Scene) -> Turn:
    record = await enter_record(
        scene.uow,
        by=scene.me,
        meeting_id=MeetingId(int(scene.draft["meeting"])),
        hamlet_id=UnitId(int(scene.draft["hamlet"])),
        held_on=date.fromisoformat(str(scene.draft["day"])),
        came=int(scene.draft["came"]),
        opinions=str(scene.draft["opinions"]),
    )
    said: dict[str, Param] = {"where": str(scene.draft["where"]), "opinions": len(record.opinions)}
    return Turn(say=(Message("record.entered", said, _MENU),))


MODULE = ConversationModule(
    commands=(Command("hopdan", records, aliases=("họp dân",), roles=(Role.HAMLET_HEAD, Role.SECRETARY)),),
    choices=(Choice("record", start, leads_to=(DAY,)),),
    steps=form_steps(
        "record",
        (
            Field("day", "record.ask_day", _read_day),
            Field("came", "record.ask_came", _read_came),
            Field("opinions", "record.ask_opinions", _read_opinions),
        ),
        preview=_preview,
        send=_enter,
    ),
)
