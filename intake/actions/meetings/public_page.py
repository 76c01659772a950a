"""What everybody may read of the dialogues of a unit, without an account: gathered here, and here only (R020, R021).

Nobody is named: askers by no word, leaders by their office as the plan names it. Whoever reads may be anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.actions.meetings.conclude import issues_conclusion
from intake.actions.meetings.release_notice import is_outdated
from intake.actions.meetings.run_sheet import SheetStep, sheet_of
from intake.actions.papers.register import numbers_given
from intake.actions.questions.make_public import public_words, shows_answers
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import is_overdue
from intake.rules.errors import NotFound
from intake.rules.meetings.admission import Admission, admission_of, host_hamlet_only
from intake.rules.meetings.conclusion import ConclusionItem, ConclusionProgress
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState, Notice
from intake.rules.meetings.public_figures import Forwarding, PublicFigures, forwardings, public_figures
from intake.rules.message import Term
from intake.rules.people.unit import Unit
from intake.rules.plan.plan import Plan
from intake.rules.questions.question import Question, RoomOutcome
from intake.rules.text import fold


@dataclass(frozen=True, slots=True)
class PublicItem:
    """An item of a conclusion: who sees to it, whether it is late today, what was said to all of how it gets on."""

    item: ConclusionItem
    owner: str
    late: bool
    progress: Sequence[ConclusionProgress] = ()


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """A question that was made public with its answer, both without people.

    `answer` is empty where it was given in the room by word of mouth.
    """

    question: Question
    meeting: Meeting
    text: str
    answer: str

    def says(self, wanted: Sequence[str]) -> bool:
        """Whether all of these folded words are in it, diacritics or not."""
        words = f" {fold(f'{self.question.reference} {self.text} {self.answer}')} "
        return all(f" {word}" in words for word in wanted)


@dataclass(frozen=True, slots=True)
class PublicMeeting:
    """One meeting as everybody may read it.

    `reasons` says how many questions were not put for each reason noted; what is kept from the public gives none.
    `given` are the numbers and days of the documents about it.
    """

    meeting: Meeting
    unit: Unit
    plan: Plan
    places: Sequence[Unit]
    admission: Admission
    host_only: Unit | None
    notice: Notice | None
    outdated: bool
    steps: Sequence[SheetStep]
    figures: PublicFigures
    forwarded: Sequence[Forwarding]
    reasons: Mapping[str, int]
    concludes: bool
    items: Sequence[PublicItem]
    answers: Sequence[PublicAnswer]
    given: Sequence[Term]


async def public_units(uow: UnitOfWork) -> list[Unit]:
    """The units whose dialogues can be read about: those that have a plan."""
    return list(await uow.places.roots())


async def unit_in_public(uow: UnitOfWork, code: str) -> Unit:
    """A unit with a plan, by its code; `NotFound` for any other."""
    unit = next((one for one in await uow.places.roots() if one.code.casefold() == code.casefold()), None)
    if unit is None:
        raise NotFound
    return unit


async def meetings_in_public(uow: UnitOfWork, unit: Unit) -> list[Meeting]:
    """Every meeting of a unit, whatever became of it, the soonest first."""
    found = [
        meeting
        for plan in await uow.plans.of_units([unit.id])
        for meeting in await uow.meetings.of_plan(plan.id)
        if meeting.unit_id == unit.id
    ]
    return sorted(found, key=lambda one: (when_sorted(one), one.id))


def when_sorted(meeting: Meeting) -> str:
    """What meetings are put in order by: the moment, or else the last day of the window."""
    return meeting.window_to.isoformat() if meeting.starts_at is None else meeting.starts_at.isoformat()


def comes(meeting: Meeting, uow: UnitOfWork) -> bool:
    """Whether a meeting is still to come, or in session."""
    return meeting.state is not MeetingState.CANCELLED and not meeting.is_past(uow.now)


async def meeting_in_public(uow: UnitOfWork, unit: Unit, meeting_id: MeetingId) -> PublicMeeting:
    """A meeting of this unit with all there is to read of it; `NotFound` for one of another unit."""
    meeting = await uow.meetings.get(meeting_id)
    if meeting.unit_id != unit.id:
        raise NotFound
    plan = await uow.plans.get(meeting.plan_id)
    profile = plan.decided.profile
    notice = await uow.meetings.notice_of(meeting.id)
    asked = await uow.questions.of_meeting(meeting.id)
    ids = [one.id for one in asked]
    host = None
    if host_hamlet_only(profile, plan.decided.answers) and meeting.hosting_hamlet_id is not None:
        host = await uow.places.unit(meeting.hosting_hamlet_id)
    reasons: dict[str, int] = {}
    for one in asked:
        if one.room_outcome is RoomOutcome.NOT_PUT and one.room_reason and not one.sensitive and not one.restricted:
            reasons[one.room_reason] = reasons.get(one.room_reason, 0) + 1
    return PublicMeeting(
        meeting=meeting,
        unit=unit,
        plan=plan,
        places=await uow.meetings.hamlets(meeting.id) or [unit],
        admission=admission_of(profile, demanded=meeting.is_demanded),
        host_only=host,
        notice=notice,
        outdated=notice is not None and is_outdated(notice, meeting),
        steps=await sheet_of(uow, meeting),
        figures=public_figures(asked, meeting.ended_at, await uow.clocks.owed_on(ids), uow.today),
        forwarded=forwardings(asked, await uow.questions.approved(ids)),
        reasons=reasons,
        concludes=await issues_conclusion(uow, meeting),
        items=await items_in_public(uow, meeting),
        answers=await answers_in_public(uow, [meeting]),
        given=await numbers_given(uow, meeting),
    )


async def items_in_public(uow: UnitOfWork, meeting: Meeting) -> list[PublicItem]:
    """The items of a meeting's conclusion that were made public."""
    items = [one for one in await uow.conclusions.of_meeting(meeting.id) if one.published_at is not None]
    said = await uow.conclusions.public_progress([one.id for one in items])
    desks = await uow.places.desks_by_id([one.desk_id for one in items if one.desk_id is not None])
    return [
        PublicItem(
            item,
            item.owner if item.desk_id is None else desks[item.desk_id].name,
            item.done_at is None and item.due_on is not None and is_overdue(item.due_on, uow.today),
            [one for one in said if one.item_id == item.id],
        )
        for item in items
    ]


async def answers_in_public(uow: UnitOfWork, meetings: Sequence[Meeting]) -> list[PublicAnswer]:
    """The questions of these meetings that were made public, each with its last answer, the newest first."""
    shown = {one.id: one for one in meetings if await shows_answers(uow, one.id)}
    asked = await uow.questions.made_public(shown)
    words = await public_words(uow, asked)
    return [
        PublicAnswer(one, shown[one.meeting_id or MeetingId(0)], words[one.id].text, words[one.id].answer)
        for one in reversed(asked)
    ]
