"""The inbox as the desk lays it out: each question with its suggestion and its like; sorted by a choice for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intake.actions.people.office import meeting_to_come, question_in_unit
from intake.actions.questions.give_to_desk import give_to_desk
from intake.actions.questions.group_questions import join
from intake.actions.questions.suggest_topic import Suggestion, accept, suggested, suggested_for_each
from intake.actions.questions.triage import keep_for_meeting
from intake.actions.sealed.sorting import to_sort
from intake.ports import UnitOfWork
from intake.rules.errors import ChangedMeanwhile
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import DeskId
from intake.rules.questions.group import JOINABLE
from intake.rules.questions.question import DESK_STATES, Question, QuestionId, QuestionState
from intake.rules.questions.question_list import ListScope, QuestionFilter, QuestionOrder
from intake.rules.questions.similar import Candidate, likest_before

MOST = 100
"""How many lie on one table; the rest comes when these are sorted."""


class SortAs(StrEnum):
    """What becomes of a question of the inbox."""

    DESK = "desk"
    KEEP = "keep"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class ToSort:
    """A question of the inbox, with the day its asker is owed an answer.

    `like` is one before it that may ask the same, `ahead` says that its meeting is to come.
    """

    question: Question
    suggestion: Suggestion | None
    like: Question | None
    ahead: bool
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Sorted:
    """What was chosen for a question; `target` is the id of the desk, or of the question it is to go with."""

    question_id: QuestionId
    choice: SortAs
    target: int = 0


async def sorting_table(uow: UnitOfWork, by: Person) -> tuple[Sequence[ToSort], int]:
    """The oldest questions that wait for `by` to sort them, and how many there are in all.

    Those whose asker was asked back are left out: they wait for somebody else. Raises `NotFound` for who has no part
    in sorting.
    """
    waiting = [one for one in await to_sort(uow, by) if one.state is not QuestionState.NEEDS_CLARIFICATION]
    laid = waiting[:MOST]
    suggestions = await suggested_for_each(uow, [one for one in laid if one.desk_id is None and not one.restricted])
    by_id = {one.id: one for one in laid}
    # what is sensitive is opened to be read, which is noted; nothing on the table tells of its words
    joinable = [one for one in laid if one.state in JOINABLE and not (one.sensitive or one.restricted or one.named)]
    members = {member.question_id for member in await uow.groups.members([one.id for one in laid])}
    likes = likest_before([Candidate(one.id, one.text) for one in joinable if one.id not in members])
    due_on = await _due_on(uow, laid)
    meetings: dict[MeetingId, Meeting | None] = {}
    found = []
    for one in laid:
        if one.meeting_id is not None and one.meeting_id not in meetings:
            meetings[one.meeting_id] = await meeting_to_come(uow, one)
        meeting = None if one.meeting_id is None else meetings[one.meeting_id]
        ahead = one.state is QuestionState.RECEIVED and meeting is not None and not meeting.is_past(uow.now)
        like = likes.get(one.id)
        found.append(
            ToSort(one, suggestions.get(one.id), None if like is None else by_id[like], ahead, due_on.get(one.id))
        )
    return found, len(waiting)


async def _due_on(uow: UnitOfWork, questions: Sequence[Question]) -> Mapping[QuestionId, date | None]:
    if not questions:
        return {}
    scope = ListScope(tuple({one.unit_id for one in questions}), ())
    these = QuestionFilter(only=tuple(one.id for one in questions))
    lines = await uow.question_lists.page(scope, these, QuestionOrder.OLDEST, uow.today, skip=0, most=len(questions))
    return {line.id: line.due_on for line in lines}


async def sort_one(uow: UnitOfWork, *, by: Person, sorted_as: Sorted) -> None:
    """Do what was chosen for one question. The suggested desk brings the suggested topic along.

    Raises `ChangedMeanwhile` for one that somebody else has given to a desk since: it lay on the table without one.
    """
    number = sorted_as.question_id
    if sorted_as.choice is SortAs.KEEP:
        await keep_for_meeting(uow, by=by, question_id=number)
    elif sorted_as.choice is SortAs.JOIN:
        await join(uow, by=by, question_id=number, with_id=QuestionId(sorted_as.target))
    else:
        await _give(uow, by, number, DeskId(sorted_as.target))


async def _give(uow: UnitOfWork, by: Person, number: QuestionId, desk_id: DeskId) -> None:
    question = await question_in_unit(uow, by, number, Role.SECRETARY, Role.CHAIR)
    if question.desk_id is not None and question.state in DESK_STATES:
        raise ChangedMeanwhile
    suggestion = await suggested(uow, question)
    if suggestion is not None and suggestion.desk.id == desk_id:
        await accept(uow, by=by, question_id=number, topic_id=suggestion.topic.id)
    else:
        await give_to_desk(uow, by=by, question_id=number, desk_id=desk_id)


def choices_by_id(chosen: Sequence[Sorted]) -> Mapping[QuestionId, Sorted]:
    """What was chosen, by question."""
    return {one.question_id: one for one in chosen}
