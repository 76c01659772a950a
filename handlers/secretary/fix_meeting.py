"""Fixing the day of a meeting, or moving it: the day, the hour, the place, a look at it, `Gửi`."""

from datetime import date, datetime, time, timedelta
from typing import Any

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.ask_second_person import ask_for_day
from intake.actions.meetings.fix_meeting import (
    STILL_OPEN,
    DayCheck,
    check_day,
    clean_reason,
    clean_venue,
    fits_half,
    fix_meeting,
    hour_planned,
    is_chair,
)
from intake.actions.meetings.meeting_people import count_people_of, office_meeting
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.due_words import due_words
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Message, Param, Term, button, literal, rows_of
from intake.rules.people.person import Role
from intake.rules.typed_when import day_and_time_typed, is_time_alone, time_typed
from wording.meetings import when_planned

from .by_paper import note_by_paper

DAY = "fix.day"
REASON = "fix.reason"
TIME = "fix.time"
VENUE = "fix.venue"
PREVIEW = "fix.preview"
_CANCEL = (button("button.cancel", "cancel"),)
_SOON = timedelta(days=14)
"""A day that is shown as an example lies ahead: in the plan's time, or so far off."""
_ANYWAY = (button("fix.anyway", "anyway"), *_CANCEL)


async def start_fixing(scene: Scene, rest: str) -> Turn:
    """`fix.<meeting id>`, of a secretary or the chair."""
    meeting = await office_meeting(scene.uow, scene.me, MeetingId(id_in(rest)), Role.SECRETARY, Role.CHAIR, lock=False)
    if meeting.state not in STILL_OPEN:
        raise RuleBroken("refusal.meeting_over")
    await check_day(scene.uow, meeting, scene.uow.today)  # refuses while nobody has said how the plan is read
    return Turn(to=DAY, draft={"meeting": meeting.id})


async def _meeting(scene: Scene) -> Meeting:
    return await scene.uow.meetings.get(MeetingId(int(scene.draft["meeting"])))


async def _check(scene: Scene, day: str) -> DayCheck:
    return await check_day(scene.uow, await _meeting(scene), date.fromisoformat(day))


async def _ask_day(scene: Scene) -> Message:
    if "odd" in scene.draft:
        check = await _check(scene, scene.draft["odd"])
        day = date.fromisoformat(scene.draft["odd"])
        return Message("fix.day_odd", {"day": day, "first": check.first, "last": check.last}, (_ANYWAY,))
    meeting = await _meeting(scene)
    example = max(meeting.window_to, scene.uow.today + _SOON)
    planned = when_planned(meeting.window)
    return Message("fix.day", {"title": meeting.title, "when": planned, "example": example}, (_CANCEL,))


async def _hear_day(scene: Scene, event: InboundEvent) -> Turn:
    draft = {"meeting": scene.draft["meeting"]}
    if event.choice == "anyway" and "odd" in scene.draft:
        kept = {"hour": scene.draft["hour"]} if "hour" in scene.draft else {}
        return await _after_day(scene, {**draft, **kept, "day": scene.draft["odd"], "beyond": True})
    day, at = day_and_time_typed(event.text, scene.uow.today)
    if at is not None:
        draft["hour"] = f"{at:%H:%M}"
    if day < scene.uow.today:
        raise RuleBroken("refusal.meeting_past")
    check = await _check(scene, day.isoformat())
    if not check.fits:
        return Turn(to=DAY, draft={**draft, "odd": day.isoformat()})
    return await _after_day(scene, {**draft, "day": day.isoformat()})


async def _after_day(scene: Scene, draft: dict[str, Any]) -> Turn:
    check = await _check(scene, draft["day"])
    return Turn(to=REASON if check.too_close else TIME, draft=draft)


async def _ask_reason(scene: Scene) -> Message:
    check = await _check(scene, scene.draft["day"])
    params: dict[str, Param] = {"day": date.fromisoformat(scene.draft["day"]), "due": due_words(check.notice)}
    return Message("fix.reason", params, ((button("fix.other_day", "day"), *_CANCEL),))


async def _hear_reason(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice == "day":
        return Turn(to=DAY, draft={"meeting": scene.draft["meeting"]})
    return Turn(to=TIME, draft={**scene.draft, "reason": clean_reason(event.text)})


async def _ask_time(scene: Scene) -> Message:
    meeting = await _meeting(scene)
    half = "" if meeting.half_day is None else Term(f"fix.half_{meeting.half_day.value}")
    if "odd_time" in scene.draft:
        return Message("fix.time_odd", {"time": str(scene.draft["odd_time"]), "half": half}, (_ANYWAY,))
    key = "fix.time" if meeting.half_day is None else "fix.time_half"
    hour, said = await hour_planned(scene.uow, meeting), scene.draft.get("hour")
    offered = [] if said is None else [literal(str(said), "said")]
    if hour is not None and f"{hour:%H:%M}" != said:
        offered.append(button("fix.hour", "planned", hour=f"{hour:%H:%M}"))
    rows = (*rows_of(offered), _CANCEL)
    return Message(key, {"day": date.fromisoformat(scene.draft["day"]), "half": half}, rows)


async def _hear_time(scene: Scene, event: InboundEvent) -> Turn:
    draft = {name: value for name, value in scene.draft.items() if name != "odd_time"}
    if event.choice == "anyway" and "odd_time" in scene.draft:
        return Turn(to=VENUE, draft={**draft, "time": scene.draft["odd_time"], "beyond": True})
    match event.choice:
        case "planned" if hour := await hour_planned(scene.uow, await _meeting(scene)):
            typed = f"{hour:%H:%M}"
        case "said" if "hour" in draft:
            typed = str(draft["hour"])
        case _:
            typed = f"{time_typed(event.text):%H:%M}"
    starts_at = _moment({**draft, "time": typed})
    if starts_at <= scene.uow.now:
        raise RuleBroken("refusal.meeting_past")
    if not fits_half((await _meeting(scene)).half_day, starts_at):
        return Turn(to=TIME, draft={**draft, "odd_time": typed})
    return Turn(to=VENUE, draft={**draft, "time": typed})


def _moment(draft: dict[str, Any]) -> datetime:
    return datetime.combine(date.fromisoformat(draft["day"]), time.fromisoformat(draft["time"]), tzinfo=LOCAL)


async def _ask_venue(scene: Scene) -> Message:
    venue = (await _meeting(scene)).venue
    if not venue:
        return Message("fix.venue_open", {}, (_CANCEL,))
    return Message("fix.venue", {"venue": venue}, ((button("button.skip", "skip"), *_CANCEL),))


async def _hear_venue(scene: Scene, event: InboundEvent) -> Turn:
    typed = (await _meeting(scene)).venue if event.choice == "skip" else event.text
    if event.kind not in (InboundKind.TEXT, InboundKind.CHOICE):
        return Turn(to=VENUE, say=(Message("meetings.words_only"),), draft=scene.draft)
    if is_time_alone(typed):  # who types two answers at once, or has not seen that the hour was understood
        return Turn(to=VENUE, say=(Message("fix.no_venue", {"time": typed.strip()}),), draft=scene.draft)
    return Turn(to=PREVIEW, draft={**scene.draft, "venue": clean_venue(typed)})


async def _ask_preview(scene: Scene) -> Message:
    meeting = await _meeting(scene)
    params: dict[str, Param] = {
        "title": meeting.title,
        "at": _moment(scene.draft),
        "venue": str(scene.draft["venue"]),
        "people": await count_people_of(scene.uow, meeting),
    }
    key = "fix.preview"
    if "reason" in scene.draft:
        alone = await is_chair(scene.uow, scene.me, meeting)
        key, params["reason"] = "fix.preview_reason" if alone else "fix.preview_request", str(scene.draft["reason"])
    elif "cited" in scene.draft:
        key, params["reason"] = "fix.preview_cited", str(scene.draft["cited"])
    row = (button("button.send", "send"), button("button.edit", "edit"), *_CANCEL)
    return Message(key, params, (row,))


async def _hear_preview(scene: Scene, event: InboundEvent) -> Turn:
    draft = scene.draft
    if event.choice == "edit":
        return Turn(to=DAY, draft={"meeting": draft["meeting"]})
    if event.choice != "send":
        return Turn(to=PREVIEW, say=(Message("talk.tap_one"),), draft=draft)
    meeting = await _meeting(scene)
    check = await _check(scene, draft["day"])
    if check.too_close and not await is_chair(scene.uow, scene.me, meeting):
        return await _ask_chair(scene, meeting)
    fixed = await fix_meeting(
        scene.uow,
        by=scene.me,
        meeting_id=MeetingId(int(draft["meeting"])),
        starts_at=_moment(draft),
        venue=str(draft["venue"]),
        reason=str(draft.get("reason", draft.get("cited", ""))),
        beyond_plan=bool(draft.get("beyond")),
    )
    await note_by_paper(scene)
    params: dict[str, Param] = {
        "title": fixed.meeting.title,
        "at": _moment(draft),
        "venue": fixed.meeting.venue,
        "told": fixed.told,
        "due": due_words(fixed.notice),
    }
    row = [button("button.menu", "cmd.menu")]
    if scene.grants_as(Role.SECRETARY):
        row.insert(0, button("menu.notices", "cmd.thongbao"))
    return Turn(say=(Message("fix.done", params, (tuple(row),)),))


async def _ask_chair(scene: Scene, meeting: Meeting) -> Turn:
    draft = scene.draft
    await ask_for_day(
        scene.uow,
        by=scene.me,
        meeting_id=meeting.id,
        starts_at=_moment(draft),
        venue=str(draft["venue"]),
        reason=str(draft.get("reason", "")),
        beyond_plan=bool(draft.get("beyond")),
        paper=draft.get("paper"),
    )
    params: dict[str, Param] = {"title": meeting.title, "at": _moment(draft)}
    return Turn(say=(Message("fix.asked", params, ((button("button.menu", "cmd.menu"),),)),))


MODULE = ConversationModule(
    choices=(Choice("fix", start_fixing, leads_to=(DAY,)),),
    steps=(
        Step(DAY, _ask_day, _hear_day, leads_to=(REASON, TIME)),
        Step(REASON, _ask_reason, _hear_reason, leads_to=(DAY, TIME), free_text=True),
        Step(TIME, _ask_time, _hear_time, leads_to=(VENUE,)),
        Step(VENUE, _ask_venue, _hear_venue, leads_to=(PREVIEW,), free_text=True),
        Step(PREVIEW, _ask_preview, _hear_preview, leads_to=(DAY,)),
    ),
)
