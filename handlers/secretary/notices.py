"""Releasing the notice of a meeting: composed words and what they cost, a look at them, `Gửi`; own words with `Sửa`.

A notice is one text for everybody, read out over loudspeakers too, so it is put into Vietnamese when it is composed.
"""

from datetime import datetime
from typing import Any

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Choice, Scene, Step, Turn, units_as
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.broadcasts import pace_words
from handlers.office.notice_card import show_notice_card
from intake.actions.meetings.airing import script_of, unclear_in
from intake.actions.meetings.ask_second_person import ask_for_release, request_message
from intake.actions.meetings.meeting_people import hamlets_in_scope, secretary_meeting
from intake.actions.meetings.release_notice import Release, check_notice, is_outdated, release_notice, second_person_for
from intake.actions.outbox.paid_messages import foresee_cost
from intake.rules.deadlines.due_words import due_words
from intake.rules.errors import ChangedMeanwhile, RuleBroken, TooLong
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.meetings.meeting_request import RequestKind
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit
from wording.notices import compose, cost_words

from .meeting_card import scope_words

MEETING = "notice.meeting"
PREVIEW = "notice.preview"
TEXT = "notice.text"


async def start_releasing(scene: Scene) -> Turn:
    """`/thongbao` of a secretary: which fixed meeting; with one only there is nothing to choose."""
    meetings = await _meetings(scene)
    if not meetings:
        return Turn(say=(Message("notice.none_fixed", {}, ((button("menu.new_meeting", "cmd.buoimoi"),),)),))
    if len(meetings) == 1:
        return await _to_preview(scene, meetings[0])
    return Turn(to=MEETING)


async def _meetings(scene: Scene) -> list[Meeting]:
    units = await units_as(scene, Role.SECRETARY)
    coming = await scene.uow.meetings.of_units([unit.id for unit in units])
    return [one for one in coming if one.state is MeetingState.FIXED and not one.is_past(scene.uow.now)]


async def _ask_meeting(scene: Scene) -> Message:
    buttons = [literal(meeting.title, f"m{meeting.id}") for meeting in await _meetings(scene)]
    return Message("notice.which_meeting", {}, rows_of(buttons, 1))


async def _hear_meeting(scene: Scene, event: InboundEvent) -> Turn:
    meetings = {f"m{meeting.id}": meeting for meeting in await _meetings(scene)}
    if event.choice not in meetings:
        return Turn(to=MEETING, say=(Message("talk.tap_one"),), draft=scene.draft)
    return await _to_preview(scene, meetings[event.choice])


async def _to_preview(scene: Scene, meeting: Meeting) -> Turn:
    for request in await scene.uow.requests.waiting(meeting.id):
        if request.kind is RequestKind.NOTICE and request.asked_by != scene.me.id:
            return Turn(say=(await request_message(scene.uow, meeting, request),))
    plan = await scene.uow.plans.get(meeting.plan_id)
    profile = plan.decided.profile
    text = compose(meeting, profile, await scope_words(scene, meeting))
    last = await scene.uow.meetings.notice_of(meeting.id)
    if last is not None and last.text == text and not is_outdated(last, meeting):
        return await show_notice_card(scene, str(meeting.id))  # sent again it would be refused
    return Turn(to=PREVIEW, draft=_draft(meeting, text))


def _draft(meeting: Meeting, text: str) -> dict[str, Any]:
    at = None if meeting.starts_at is None else meeting.starts_at.isoformat()
    return {"meeting": meeting.id, "at": at, "text": text}


async def compose_again(scene: Scene, rest: str) -> Turn:
    """A button `noticeagain.<meeting id>`: other words than those that were released."""
    meeting = await secretary_meeting(scene.uow, scene.me, MeetingId(id_in(rest)))
    last = await scene.uow.meetings.notice_of(meeting.id)
    return Turn(to=TEXT, draft=_draft(meeting, "" if last is None else last.text))


async def _ask_preview(scene: Scene) -> Message:
    meeting = await scene.uow.meetings.get(MeetingId(int(scene.draft["meeting"])))
    hamlets = [hamlet.id for hamlet in await hamlets_in_scope(scene.uow, meeting)]
    params: dict[str, Param] = {
        "text": str(scene.draft["text"]),
        "scope": await scope_words(scene, meeting),
        "pace": (*unclear_in(await script_of(scene.uow, meeting)), *await pace_words(scene, hamlets)),
    }
    rows: list[tuple[Button, ...]] = [
        (button("button.send", "send"), button("button.edit", "edit"), button("button.cancel", "cancel"))
    ]
    if await scene.uow.meetings.notice_of(meeting.id) is not None:
        rows.append((button("noticecard.button", f"noticecard.{meeting.id}"),))
    key = "notice.release_preview"
    cost, many = await foresee_cost(scene.uow, meeting), await second_person_for(scene.uow, meeting)
    if many is not None:
        key, params = f"{key}_many", params | {"people": many}
    if cost is not None:
        key, params = f"{key}_cost", params | {"cost": cost_words(cost)}
    return Message(key, params, tuple(rows))


async def _hear_preview(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice == "edit":
        return Turn(to=TEXT, draft=scene.draft)
    if event.choice != "send":
        return Turn(to=PREVIEW, say=(Message("talk.tap_one"),), draft=scene.draft)
    meeting = await secretary_meeting(scene.uow, scene.me, MeetingId(int(scene.draft["meeting"])))
    composed_for = scene.draft["at"]
    if meeting.starts_at != (None if composed_for is None else datetime.fromisoformat(composed_for)):
        raise ChangedMeanwhile
    text = str(scene.draft["text"])
    if await second_person_for(scene.uow, meeting) is not None:
        await ask_for_release(scene.uow, by=scene.me, meeting_id=meeting.id, text=text)
        row = (button("button.menu", "cmd.menu"),)
        return Turn(say=(Message("notice.asked", {"title": meeting.title}, (row,)),))
    release = await release_notice(scene.uow, by=scene.me, meeting_id=meeting.id, text=text)
    return Turn(say=(released(meeting, release),))


def released(meeting: Meeting, release: Release) -> Message:
    """What the person who released a notice is told: in time or late, who passes it on, where nobody does."""
    lines: list[Param] = []
    if release.due is not None:
        lines.append(Term("notice.late" if release.late else "notice.in_time", {"due": due_words(release.due)}))
    if release.with_head:
        lines.append(Term("notice.with_head", {"hamlets": _names(release.with_head)}))
    buttons: list[Button] = []
    if release.headless:
        lines.append(Term("notice.headless", {"hamlets": _names(release.headless)}))
        buttons = [
            button("notice.push_to", f"push.{release.notice.id}.{hamlet.id}", hamlet=hamlet.name)
            for hamlet in release.headless
        ]
    return Message(
        "notice.released",
        {"title": meeting.title, "lines": tuple(lines)},
        rows_of(
            [*buttons, button("noticecard.button", f"noticecard.{meeting.id}"), button("button.menu", "cmd.menu")], 1
        ),
    )


def _names(hamlets: tuple[Unit, ...]) -> str:
    return ", ".join(hamlet.name for hamlet in hamlets)


async def _ask_text(scene: Scene) -> Message:
    del scene
    return Message("notice.own_text", {}, ((button("button.cancel", "cancel"),),))


async def _hear_text(scene: Scene, event: InboundEvent) -> Turn:
    if event.kind is not InboundKind.TEXT:
        return Turn(to=TEXT, say=(Message("meetings.words_only"),), draft=scene.draft)
    meeting = await scene.uow.meetings.get(MeetingId(int(scene.draft["meeting"])))
    begun = str(scene.draft.get("begun", ""))
    whole = f"{begun}\n{event.text}" if begun else event.text
    refused: RuleBroken | None = None
    for text in dict.fromkeys((event.text, whole)):  # written anew, or only what was missing
        try:
            checked = await check_notice(scene.uow, meeting, text)
        except TooLong:
            raise
        except RuleBroken as lacks:
            refused = lacks
        else:
            return Turn(to=PREVIEW, draft={**scene.draft, "text": checked})
    said = () if refused is None else (refused.message,)
    begun_so_far = Message("notice.begun", {"text": whole})
    if not any(letter.isalpha() for letter in whole):
        return Turn(to=TEXT, say=said, draft=scene.draft)
    return Turn(to=TEXT, say=(*said, begun_so_far), draft={**scene.draft, "begun": whole})


MODULE = ConversationModule(
    steps=(
        Step(MEETING, _ask_meeting, _hear_meeting, leads_to=(PREVIEW,), role=Role.SECRETARY),
        Step(PREVIEW, _ask_preview, _hear_preview, leads_to=(TEXT,), role=Role.SECRETARY),
        Step(TEXT, _ask_text, _hear_text, leads_to=(PREVIEW,), role=Role.SECRETARY, free_text=True),
    ),
    choices=(Choice("noticeagain", compose_again, leads_to=(TEXT,)),),
)
