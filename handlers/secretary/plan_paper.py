"""A plan from its own paper: the file is sent, what it says is shown with its words, and one button loads it (A7)."""

from typing import Any

from handlers.engine.inbound_event import InboundEvent, InboundKind, Media
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from intake.actions.meetings.fix_meeting import check_day
from intake.actions.plan.change_from_paper import effect_of, end_of_plan, end_plan, meetings_meant, plans_meant
from intake.actions.plan.papers_applied import require_new
from intake.actions.plan.plan_from_paper import DraftedPlan, draft_for, load_draft, require_own_paper, units_to_plan
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Message, Param, button, literal, rows_of
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.drafting.draft import MAKES_MEETINGS, NoDraft, NoDraftError
from intake.rules.plan.drafting.paper_change import ChangeTo, PaperChange, change_of, stated_of
from intake.rules.plan.paper_file import UnreadablePaperError
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile import ProfileError
from intake.rules.plan.reading.kinds import Paper
from intake.rules.plan.reading.reading import PlanReading, read_paper
from intake.rules.plan.window import Precision, window_text
from wording.drafts import (
    becomes,
    becomes_of_plan,
    change_lines,
    cited,
    fact_lines,
    first_notice,
    preview_params,
    remark,
    why_no_draft,
    why_no_profile,
)

from .fix_meeting import PREVIEW as FIX_PREVIEW
from .fix_meeting import TIME as FIX_TIME
from .fix_meeting import VENUE as FIX_VENUE
from .meeting_card import show_card
from .meeting_off import CANCEL_PREVIEW, POSTPONE_PREVIEW
from .open_point_lines import plan_card
from .report_paper import RESULTS, results_of

FILE = "planpaper.file"
UNIT = "planpaper.unit"
PREVIEW = "planpaper.preview"
CHANGE = "planpaper.changes"
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
    if event.kind is not InboundKind.TEXT:
        return Turn(to=FILE, say=(Message("planpaper.not_a_file"),))
    if len(event.text) < _SHORTEST_PASTED:
        return Turn(to=FILE, say=(Message("planpaper.too_short"),))
    return await _read(scene, {"text": event.text})


async def sent_unasked(scene: Scene, event: InboundEvent) -> Turn | None:
    """A document somebody of the office sends or pastes without being asked; None where it plans nothing."""
    source = _source_of(event)
    if source is None or scene.person is None or not await units_to_plan(scene.uow, scene.me):
        return None
    try:
        reading = await _reading(scene, source)
    except UnreadablePaperError:
        return None
    if reading.head.paper not in (*MAKES_MEETINGS, Paper.CHANGE) and results_of(reading) is None:
        return None
    return await _of_units(scene, source)


def _source_of(event: InboundEvent) -> dict[str, Any] | None:
    if not event.media:
        return {"text": event.text} if len(event.text) >= _SHORTEST_PASTED else None
    alone = len(event.media) == 1 and not event.text and event.media[0].media_type in PAPERS
    return {"sha256": event.media[0].sha256} if alone else None


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
    return read_paper(str(draft["text"])) if "text" in draft else await _kept(scene, str(draft["sha256"]))


async def _kept(scene: Scene, sha256: str) -> PlanReading:
    papers = scene.uow.papers
    return await scene.uow.beforehand(("paper", sha256), lambda: papers.read(sha256))


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
        if none.why is NoDraft.CHANGE and (await _says_a_change(scene, draft) or await _plans_meant(scene, draft)):
            return Turn(to=CHANGE, draft=draft)
        return await _reported(scene, none, draft) or Turn(say=(await _no_draft(scene, none, draft),))
    except ProfileError as error:
        lines = why_no_profile(error, scene.language)
        return Turn(say=(Message("planpaper.contradicts", {"lines": lines}, _OTHER_FILE),))
    return Turn(to=PREVIEW, draft={**draft, "altering": len(drafted.altered)})


async def _reported(scene: Scene, none: NoDraftError, draft: dict[str, Any]) -> Turn | None:
    """On to the figures of the unit's own report; None for any other paper, and one whose figures need somebody."""
    reading = await _reading(scene, draft)
    results = results_of(reading) if none.why is NoDraft.REPORT else None
    if results is None:
        return None
    try:
        require_own_paper(reading, await scene.uow.places.unit(UnitId(int(draft["unit"]))))
    except NoDraftError as others:
        return Turn(say=(await _no_draft(scene, others, draft),))
    return Turn(to=RESULTS, draft={"unit": draft["unit"], **results})


async def _says_a_change(scene: Scene, draft: dict[str, Any]) -> bool:
    reading = await _reading(scene, draft)
    meant = await meetings_meant(scene.uow, reading=reading, unit_id=UnitId(int(draft["unit"])))
    return bool(meant) and change_of(reading) is not None


async def _plans_meant(scene: Scene, draft: dict[str, Any]) -> list[Plan]:
    """The plans the paper may end or suspend as a whole; none where it changes no more than a meeting."""
    reading = await _reading(scene, draft)
    if end_of_plan(reading) is None:
        return []
    return await plans_meant(scene.uow, reading=reading, unit_id=UnitId(int(draft["unit"])))


async def _drafted(scene: Scene, draft: dict[str, Any]) -> DraftedPlan:
    reading = await _reading(scene, draft)
    return await draft_for(scene.uow, by=scene.me, reading=reading, unit_id=UnitId(int(draft["unit"])), say=remark)


async def _no_draft(scene: Scene, none: NoDraftError, draft: dict[str, Any]) -> Message:
    reading = await _reading(scene, draft)
    if none.why in (NoDraft.CHANGE, NoDraft.PLANNED):
        meetings = await meetings_meant(scene.uow, reading=reading, unit_id=UnitId(int(draft["unit"])))
        return _leads_to(meetings, reading, none)
    said = why_no_draft(none, reading)
    return Message(said.key, said.params, _OTHER_FILE)


def _leads_to(meetings: list[Meeting], reading: PlanReading, none: NoDraftError) -> Message:
    """What the paper says of meetings that are known, with a way to each it may be about."""
    buttons = [literal(f"🗓 {meeting.title}", f"meetingcard.{meeting.id}") for meeting in meetings]
    said = why_no_draft(none, reading)
    if none.why is NoDraft.PLANNED:
        buttons.append(button("menu.new_meeting", "cmd.buoimoi"))
    key = said.key if buttons else "planpaper.change_unknown"
    return Message(key, said.params, (*rows_of(buttons, 1), (button("button.menu", "cmd.menu"),)))


async def _ask_change(scene: Scene) -> Message:
    """What the paper does to a meeting, and which one it is: a person says so, and sees it once more."""
    reading = await _reading(scene, scene.draft)
    plans = await _plans_meant(scene, scene.draft)
    if plans:
        ends: dict[str, Param] = {"lines": change_lines(reading), "becomes": becomes_of_plan(end_of_plan(reading))}
        rows = rows_of([literal(f"📄 {plan.title}", f"p{plan.id}") for plan in plans], 1)
        return Message("planpaper.end_of", ends, (*rows, _CANCEL))
    meetings = await meetings_meant(scene.uow, reading=reading, unit_id=UnitId(int(scene.draft["unit"])))
    buttons = [literal(f"🗓 {meeting.title}", f"m{meeting.id}") for meeting in meetings]
    params: dict[str, Param] = {"lines": change_lines(reading), "becomes": becomes(change_of(reading))}
    return Message("planpaper.change_of", params, (*rows_of(buttons, 1), _CANCEL))


async def _hear_change(scene: Scene, event: InboundEvent) -> Turn:
    """On to the look at the move, the postponement or the end of the meeting, as if somebody had typed it."""
    reading = await _reading(scene, scene.draft)
    plan = {f"p{one.id}": one for one in await _plans_meant(scene, scene.draft)}.get(event.choice)
    if plan is not None:
        return await _end_plan(scene, plan, reading)
    meetings = await meetings_meant(scene.uow, reading=reading, unit_id=UnitId(int(scene.draft["unit"])))
    chosen = {f"m{meeting.id}": meeting for meeting in meetings}.get(event.choice)
    change = change_of(reading)
    if chosen is None or change is None:
        return Turn(to=CHANGE, say=(Message("talk.tap_one"),), draft=scene.draft)
    return await _look_at(scene, reading, chosen, change)


async def _look_at(scene: Scene, reading: PlanReading, chosen: Meeting, change: PaperChange) -> Turn:
    reason, stated = cited(reading), stated_of(reading)
    await require_new(scene.uow, stated, effect_of(change), chosen.plan_id, chosen.id)
    paper = {"paper": {**stated, "effect": effect_of(change).value}}
    if change.to is ChangeTo.CANCELLED:
        return Turn(to=CANCEL_PREVIEW, draft={"meeting": chosen.id, "reason": reason, **paper})
    if change.to is ChangeTo.POSTPONED and chosen.starts_at is None:
        return await show_card(scene, str(chosen.id))
    if change.to is ChangeTo.POSTPONED:
        return Turn(to=POSTPONE_PREVIEW, draft={"meeting": chosen.id, "reason": reason, **paper})
    if change.window.precision is not Precision.DAY:
        window = window_text(change.window)
        return Turn(to=POSTPONE_PREVIEW, draft={"meeting": chosen.id, "reason": reason, "window": window, **paper})
    return await _moved(scene, chosen, change, reason, paper)


async def _end_plan(scene: Scene, plan: Plan, reading: PlanReading) -> Turn:
    told = await end_plan(
        scene.uow, by=scene.me, reading=reading, unit_id=plan.unit_id, plan_id=plan.id, reason=cited(reading)
    )
    return Turn(say=(Message("planpaper.ended", {"title": plan.title, "told": told}), plan_card(plan)))


async def _moved(
    scene: Scene, meeting: Meeting, change: PaperChange, reason: str, paper: dict[str, dict[str, str]]
) -> Turn:
    day = change.window.earliest
    check = await check_day(scene.uow, meeting, day)
    draft: dict[str, Any] = {"meeting": meeting.id, "day": day.isoformat(), "beyond": True, **paper}
    if check.too_close:
        draft["reason"] = reason
    elif meeting.starts_at is not None:
        draft["cited"] = reason
    moment, venue = change.moment(meeting), change.venue or meeting.venue
    if moment is None:
        return Turn(to=FIX_TIME, draft=draft)
    draft["time"] = f"{moment:%H:%M}"
    return Turn(to=FIX_PREVIEW, draft={**draft, "venue": venue}) if venue else Turn(to=FIX_VENUE, draft=draft)


async def _ask_preview(scene: Scene) -> Message:
    drafted = await _drafted(scene, scene.draft)
    params = preview_params(scene.uow, drafted, await _reading(scene, scene.draft))
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
        say=remark,
    )
    params: dict[str, Param] = {"title": loaded.plan.title, "moved": len(loaded.clocks.moved)}
    return Turn(say=(Message("planpaper.loaded", params), plan_card(loaded.plan)))


MODULE = ConversationModule(
    choices=(Choice("planpaper", begin, leads_to=(FILE,)),),
    steps=(
        Step(FILE, _ask_file, _hear_file, leads_to=(UNIT, PREVIEW, CHANGE, RESULTS), free_text=True),
        Step(UNIT, _ask_unit, _hear_unit, leads_to=(PREVIEW, CHANGE, RESULTS)),
        Step(
            CHANGE,
            _ask_change,
            _hear_change,
            leads_to=(FIX_PREVIEW, FIX_TIME, FIX_VENUE, CANCEL_PREVIEW, POSTPONE_PREVIEW),
        ),
        Step(PREVIEW, _ask_preview, _hear_preview, leads_to=(FILE,)),
    ),
)
