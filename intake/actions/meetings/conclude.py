"""The conclusion of a meeting: written item by item, published to the hamlets, followed up (R180, R181)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from intake.actions.meetings.conclusion_clocks import meet_item_clock, start_item_clock
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.meeting_people import hamlets_in_scope, involved_in
from intake.actions.outbox.broadcast import start_broadcast
from intake.actions.outbox.tell import tell
from intake.actions.papers.register import numbers_given
from intake.actions.people.office import holders_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.conclusion import ConclusionItem, ConclusionItemId, ConclusionProgress
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Button, Message, Param, Term
from intake.rules.outbox.broadcast import BroadcastId
from intake.rules.people.permissions import holds, require
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import DeskId
from intake.rules.plan.open_points import CONCLUSION_DOCUMENT
from intake.rules.questions.promise import agency_named, promised_day, required
from intake.rules.questions.question import Question, QuestionId


async def add_item(
    uow: UnitOfWork,
    *,
    by: Person,
    meeting_id: MeetingId,
    text: str,
    desk_id: DeskId | None,
    owner: str,
    due_on: date | None,
    references: Sequence[str] = (),
) -> ConclusionItem:
    """Write the next item of a meeting that was held; the owner is a desk of the unit, or else a name.

    `references` are questions of this meeting. Once the conclusion is published nothing is added to it.
    """
    meeting = await _being_written(uow, by, meeting_id)
    text = required(text, "refusal.text_missing")
    if desk_id is not None:
        desk = await uow.places.desk(desk_id)
        if desk.unit_id != meeting.unit_id:
            raise NotFound
        owner = desk.name
    item = ConclusionItem(
        meeting_id=meeting.id,
        number=len(await uow.conclusions.of_meeting(meeting.id)) + 1,
        text=text,
        desk_id=desk_id,
        owner=agency_named(owner),
        due_on=None if due_on is None else promised_day(due_on, uow.today),
        written_by=by.id,
    )
    await uow.conclusions.add(item, await _questions_named(uow, meeting, references))
    await _note(uow, by, "add_conclusion", item)
    return item


async def remove_item(uow: UnitOfWork, *, by: Person, item_id: ConclusionItemId) -> Meeting:
    """Take an item out that is not public yet."""
    item = await uow.conclusions.item(item_id)
    meeting = await _being_written(uow, by, item.meeting_id)
    await uow.conclusions.remove(item)
    await _note(uow, by, "remove_conclusion", item)
    return meeting


async def submit_conclusion(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId) -> int:
    """Lay the conclusion before the chairs of the unit. Returns how many a chat reaches."""
    meeting = await _being_written(uow, by, meeting_id)
    items = await _items(uow, meeting)
    chairs = [chair.id for chair in await holders_of(uow, meeting.unit_id, Role.CHAIR)]
    button = ((Button(f"conclusion.{meeting.id}", "button.open"),),)
    message = Message("conclusion.submitted", {"title": meeting.title, "count": len(items)}, button)
    entry = AuditEntry(uow.now, by.id, "submit_conclusion", f"meeting:{meeting.id}", {"items": len(items)})
    await uow.ledger.write(entry)
    return await tell(uow, chairs, message)


@dataclass(frozen=True, slots=True)
class Published:
    """How many people a chat carries the conclusion to, and the broadcast that does."""

    told: int
    broadcast_id: BroadcastId


async def publish_conclusion(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId) -> Published:
    """Make the conclusion public: only the chair does (R028, R180).

    The hamlets the meeting was for get it as a broadcast, those who took part as news; the owners' desks learn what
    became theirs, whoever asked a linked question reads the item under their own reference, and the secretaries, who
    laid it before the chair, hear that it is public.
    """
    meeting = await _being_written(uow, by, meeting_id)
    unit = await uow.places.unit(meeting.unit_id)
    require(await uow.people.grants_of(by.id), (Role.CHAIR,), unit)
    items = await _items(uow, meeting)
    for item in items:
        item.published_at = uow.now
        await start_item_clock(uow, meeting, item)
        await _note(uow, by, "publish_conclusion", item)
    asked = await _tell_askers(uow, meeting, items)
    await _tell_desks(uow, meeting, items)
    secretaries = [one.id for one in await holders_of(uow, meeting.unit_id, Role.SECRETARY) if one.id != by.id]
    opens = ((Button(f"conclusion.{meeting.id}", "button.open"),),)
    params: dict[str, Param] = {"title": meeting.title, "count": len(items)}
    await tell(uow, secretaries, Message("conclusion.published_office", params, opens))
    published = await _tell_hamlets(uow, by, meeting, items)
    return Published(asked + published.told, published.broadcast_id)


async def report_progress(
    uow: UnitOfWork, *, by: Person, item_id: ConclusionItemId, text: str, done: bool
) -> ConclusionItem:
    """Say how a public item gets on, or that it is done; its desk, a secretary or a chair does (R181).

    When it is done, secretaries and chairs are told, and whoever asked a linked question.
    """
    item = await uow.conclusions.item(item_id, lock=True)
    meeting = await uow.meetings.get(item.meeting_id)
    unit = await uow.places.unit(meeting.unit_id)
    grants = await uow.people.grants_of(by.id)
    at_desk = item.desk_id is not None and any(
        grant.role is Role.OFFICIAL and grant.desk_id == item.desk_id for grant in grants
    )
    if not at_desk and not any(holds(grants, role, unit) for role in (Role.SECRETARY, Role.CHAIR)):
        raise NotFound
    if item.published_at is None or item.done_at is not None:
        raise ChangedMeanwhile
    text = required(text, "refusal.text_missing")
    await uow.conclusions.add_progress(ConclusionProgress(item.id, uow.now, by.id, text))
    await _note(uow, by, "report_progress", item)
    if done:
        item.done_at = uow.now
        await meet_item_clock(uow, item)
        said: dict[str, Param] = {"title": meeting.title, "number": item.number, "item": item.text, "text": text}
        office = [one.id for one in await holders_of(uow, meeting.unit_id, Role.SECRETARY, Role.CHAIR)]
        askers = [question.asker_id for question in await _linked(uow, item)]
        told = [one for one in dict.fromkeys([*office, *askers]) if one != by.id]
        await tell(uow, told, Message("conclusion.done", said))
    return item


def item_line(item: ConclusionItem) -> Term:
    """An item as a line of a list: number, text, owner, due date, how it stands."""
    params: dict[str, Param] = {"number": item.number, "text": item.text, "owner": item.owner}
    if item.done_at is not None:
        return Term("conclusion.line_done", {**params, "done": item.done_at})
    if item.due_on is None:
        return Term("conclusion.line", params)
    return Term("conclusion.line_due", {**params, "due": on_weekday(item.due_on)})


async def _being_written(uow: UnitOfWork, by: Person, meeting_id: MeetingId) -> Meeting:
    meeting = await meeting_in_unit(uow, by, meeting_id, lock=True)
    if meeting.state is not MeetingState.HELD:
        raise RuleBroken("refusal.meeting_not_held")
    if not await issues_conclusion(uow, meeting):
        raise RuleBroken("refusal.no_conclusion")
    if any(item.published_at is not None for item in await uow.conclusions.of_meeting(meeting.id)):
        raise RuleBroken("refusal.conclusion_public")
    return meeting


async def issues_conclusion(uow: UnitOfWork, meeting: Meeting) -> bool:
    """Whether a conclusion is issued after a meeting: it is, unless people decided otherwise (A7)."""
    return (await uow.plans.get(meeting.plan_id)).decided.answer(CONCLUSION_DOCUMENT) != "no"


async def _concluded_by(uow: UnitOfWork, meeting: Meeting) -> tuple[Param, ...]:
    """Who concludes, as a line under the conclusion; none where the plan names several hosts and nobody decided."""
    host = (await uow.plans.get(meeting.plan_id)).decided.profile.concluding_host
    return () if host is None else (Term("conclusion.by", {"host": host.title}),)


async def _items(uow: UnitOfWork, meeting: Meeting) -> Sequence[ConclusionItem]:
    items = await uow.conclusions.of_meeting(meeting.id)
    if not items:
        raise RuleBroken("refusal.conclusion_empty")
    return items


async def _questions_named(uow: UnitOfWork, meeting: Meeting, references: Sequence[str]) -> list[QuestionId]:
    found = {question.reference: question.id for question in await uow.questions.of_meeting(meeting.id)}
    unknown = [reference for reference in references if reference not in found]
    if unknown:
        raise RuleBroken("refusal.not_of_meeting", {"reference": unknown[0]})
    return [found[reference] for reference in dict.fromkeys(references)]


async def _linked(uow: UnitOfWork, item: ConclusionItem) -> list[Question]:
    linked = await uow.conclusions.links([item.id])
    return [await uow.questions.get(question_id) for question_id in linked.get(item.id, ())]


async def _tell_askers(uow: UnitOfWork, meeting: Meeting, items: Sequence[ConclusionItem]) -> int:
    told, numbers = 0, await numbers_given(uow, meeting)
    for item in items:
        for question in await _linked(uow, item):
            params: dict[str, Param] = {
                "reference": question.reference,
                "title": meeting.title,
                "item": (item_line(item), *numbers),
            }
            follows = ((Button(f"status.{question.id}", "ask.follow"),),)
            message = Message("conclusion.of_yours", params, follows)
            told += await tell(uow, [question.asker_id], message, question_id=question.id)
    return told


async def _tell_desks(uow: UnitOfWork, meeting: Meeting, items: Sequence[ConclusionItem]) -> None:
    for item in items:
        if item.desk_id is not None:
            button = ((Button(f"conclusionitem.{item.id}", "button.open"),),)
            message = Message("conclusion.yours", {"title": meeting.title, "item": item_line(item)}, button)
            await tell(uow, [official.id for official in await uow.people.at_desk(item.desk_id)], message)


async def _tell_hamlets(uow: UnitOfWork, by: Person, meeting: Meeting, items: Sequence[ConclusionItem]) -> Published:
    """A broadcast to the residents of the hamlets and to whoever took part, wherever they live."""
    lines = tuple(item_line(item) for item in items)
    button = ((Button(f"results.{meeting.id}", "outcome.button"),),)
    said: dict[str, Param] = {
        "title": meeting.title,
        "items": (*await numbers_given(uow, meeting), *lines, *await _concluded_by(uow, meeting)),
    }
    message = Message("conclusion.published", said, button)
    guests = await uow.guests.of_meeting(meeting.id)
    present = [guest.person_id for guest in guests if guest.person_id is not None and guest.present_at is not None]
    started = await start_broadcast(
        uow,
        message,
        name=f"conclusion:{meeting.id}",
        unit_id=meeting.unit_id,
        hamlets=[hamlet.id for hamlet in await hamlets_in_scope(uow, meeting)],
        by=by.id,
        also=[*await involved_in(uow, meeting), *present],
    )
    return Published(started.audience.by_chat, started.broadcast_id)


async def _note(uow: UnitOfWork, by: Person, act: str, item: ConclusionItem) -> None:
    detail = {"number": item.number, "meeting": item.meeting_id}
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, f"conclusion:{item.id}", detail))
