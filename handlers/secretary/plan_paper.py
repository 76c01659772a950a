"""A plan from its own paper: the file is sent, what it says is shown with its words, and one button loads it (A7)."""

from typing import Any

from handlers.engine.inbound_event import InboundEvent, InboundKind, Media
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from intake.actions.meetings.fix_meeting import STILL_OPEN
from intake.actions.plan.plan_from_paper import DraftedPlan, draft_for, load_draft, units_to_plan
from intake.rules.errors import NotFound
from intake.rules.message import Message, Param, button, literal, rows_of
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.drafting.draft import MAKES_MEETINGS, NoDraft, NoDraftError
from intake.rules.plan.paper_file import UnreadablePaperError
from intake.rules.plan.profile import ProfileError
from intake.rules.plan.reading.reading import PlanReading, read_paper
from wording.drafts import fact_lines, first_notice, preview_params, why_no_draft, why_no_profile

from .open_point_lines import plan_card

FILE = "planpaper.file"
UNIT = "planpaper.unit"
PREVIEW = "planpaper.preview"
PAPERS = (
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
"""Kinds of files that may be a plan."""
_SHORTEST_PASTED = 200
_CANCEL = (button("button.cancel", "cancel"),)
_OTHER_FILE = ((button("planpaper.other", "cmd.kehoach"), button("button.menu", "cmd.menu")),)


async def begin(scene: Scene, _rest: str) -> Turn:
    """A button `planpaper.`, and `/kehoach` where there is no plan yet."""
    if not await units_to_plan(scene.uow, scene.me):
        raise NotFound
    return Turn(to=FILE)


async def _ask_file(_scene: Scene) -> Message:
    return Message("planpaper.file", {}, (_CANCEL,))


async def _hear_file(scene: Scene, event: InboundEvent) -> Turn:
    if event.media:
        return await _with_file(scene, event.media[0])
    if event.kind is not InboundKind.TEXT or len(event.text) < _SHORTEST_PASTED:
        return Turn(to=FILE, say=(Message("planpaper.not_a_file"),))
    return await _read(scene, {"text": event.text})


async def sent_unasked(scene: Scene, event: InboundEvent) -> Turn | None:
    """A document somebody of the office sends without being asked; None where it is no paper that plans anything."""
    if len(event.media) != 1 or event.text or event.media[0].media_type not in PAPERS or scene.person is None:
        return None
    if not await units_to_plan(scene.uow, scene.me):
        return None
    try:
        reading = await scene.uow.papers.read(event.media[0].sha256)
    except UnreadablePaperError:
        return None
    if reading.head.paper not in MAKES_MEETINGS:
        return None
    return await _of_units(scene, {"sha256": event.media[0].sha256})


async def _with_file(scene: Scene, media: Media) -> Turn:
    if media.problem is not None:
        return Turn(to=FILE, say=(Message(f"ask.file_{media.problem.value}"),))
    return await _read(scene, {"sha256": media.sha256})


async def _read(scene: Scene, source: dict[str, Any]) -> Turn:
    """What the paper is comes first: one that cannot be read, or plans nothing, is told to be so at once."""
    try:
        await _reading(scene, source)
    except UnreadablePaperError as unread:
        return Turn(to=FILE, say=(Message(f"planpaper.unread_{unread.why.value}"),))
    return await _of_units(scene, source)


async def _of_units(scene: Scene, source: dict[str, Any]) -> Turn:
    units = await units_to_plan(scene.uow, scene.me)
    if len(units) > 1:
        return Turn(to=UNIT, draft=source)
    return await _looked_at(scene, {**source, "unit": units[0].id})


async def _reading(scene: Scene, draft: dict[str, Any]) -> PlanReading:
    return read_paper(str(draft["text"])) if "text" in draft else await scene.uow.papers.read(str(draft["sha256"]))


async def _ask_unit(scene: Scene) -> Message:
    units = await units_to_plan(scene.uow, scene.me)
    return Message("planpaper.which_unit", {}, (*rows_of(_unit_buttons(units), 1), _CANCEL))


def _unit_buttons(units: list[Unit]) -> list[Any]:
    return [literal(unit.name, f"u{unit.id}") for unit in units]


async def _hear_unit(scene: Scene, event: InboundEvent) -> Turn:
    codes = {f"u{unit.id}": unit.id for unit in await units_to_plan(scene.uow, scene.me)}
    if event.choice not in codes:
        return Turn(to=UNIT, say=(Message("talk.tap_one"),), draft=scene.draft)
    return await _looked_at(scene, {**scene.draft, "unit": codes[event.choice]})


async def _looked_at(scene: Scene, draft: dict[str, Any]) -> Turn:
    """On to the preview, or what stands in the way of one."""
    try:
        drafted = await _drafted(scene, draft)
    except NoDraftError as none:
        return Turn(say=(await _no_draft(scene, none, draft),))
    except ProfileError as error:
        lines = why_no_profile(error, scene.language)
        return Turn(say=(Message("planpaper.contradicts", {"lines": lines}, _OTHER_FILE),))
    return Turn(to=PREVIEW, draft={**draft, "altering": len(drafted.altered)})


async def _drafted(scene: Scene, draft: dict[str, Any]) -> DraftedPlan:
    reading = await _reading(scene, draft)
    return await draft_for(scene.uow, by=scene.me, reading=reading, unit_id=UnitId(int(draft["unit"])))


async def _no_draft(scene: Scene, none: NoDraftError, draft: dict[str, Any]) -> Message:
    if none.why in (NoDraft.CHANGE, NoDraft.PLANNED):
        return await _change(scene, UnitId(int(draft["unit"])), await _reading(scene, draft), none)
    said = why_no_draft(none, await _reading(scene, draft))
    return Message(said.key, said.params, _OTHER_FILE)


async def _change(scene: Scene, unit_id: UnitId, reading: PlanReading, none: NoDraftError) -> Message:
    """What a paper changes is said, and put to the meetings it may be about; a person does it, with its history."""
    plans = await scene.uow.plans.of_units([unit_id])
    open_ones = [
        meeting
        for plan in plans
        for meeting in await scene.uow.meetings.of_plan(plan.id)
        if meeting.state in STILL_OPEN and not meeting.is_past(scene.uow.now)
    ]
    buttons = [literal(f"🗓 {meeting.title}", f"meetingcard.{meeting.id}") for meeting in open_ones]
    said = why_no_draft(none, reading)
    if none.why is NoDraft.PLANNED:
        buttons.append(button("menu.new_meeting", "cmd.buoimoi"))
    key = said.key if buttons else "planpaper.change_unknown"
    return Message(key, said.params, (*rows_of(buttons, 1), (button("button.menu", "cmd.menu"),)))


async def _ask_preview(scene: Scene) -> Message:
    drafted = await _drafted(scene, scene.draft)
    params = preview_params(scene.uow, drafted)
    rows = (
        (button("planpaper.load", "load"),),
        (button("planpaper.words", "words"), button("planpaper.notice_button", "notice")),
        (button("planpaper.other", "other"),),
        _CANCEL,
    )
    return Message("planpaper.preview" if drafted.plan is None else "planpaper.preview_again", params, rows)


async def _hear_preview(scene: Scene, event: InboundEvent) -> Turn:
    draft = scene.draft
    match event.choice:
        case "other":
            return Turn(to=FILE)
        case "words":
            lines = fact_lines((await _drafted(scene, draft)).draft)
            return Turn(to=PREVIEW, say=(Message("planpaper.facts", {"lines": lines}),), draft=draft)
        case "notice":
            drafted = await _drafted(scene, draft)
            return Turn(
                to=PREVIEW, say=(Message("planpaper.first_notice", {"text": first_notice(drafted)}),), draft=draft
            )
        case "load":
            return await _load(scene)
        case _:
            return Turn(to=PREVIEW, say=(Message("talk.tap_one"),), draft=draft)


async def _load(scene: Scene) -> Turn:
    draft = scene.draft
    loaded = await load_draft(
        scene.uow,
        by=scene.me,
        reading=await _reading(scene, draft),
        unit_id=UnitId(int(draft["unit"])),
        altering=int(draft["altering"]),
    )
    params: dict[str, Param] = {"title": loaded.plan.title, "moved": len(loaded.clocks.moved)}
    return Turn(say=(Message("planpaper.loaded", params), plan_card(loaded.plan)))


MODULE = ConversationModule(
    choices=(Choice("planpaper", begin, leads_to=(FILE,)),),
    steps=(
        Step(FILE, _ask_file, _hear_file, leads_to=(UNIT, PREVIEW), free_text=True),
        Step(UNIT, _ask_unit, _hear_unit, leads_to=(PREVIEW,)),
        Step(PREVIEW, _ask_preview, _hear_preview, leads_to=(FILE,)),
    ),
)
