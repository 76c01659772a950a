"""Questions, and what belongs together among them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from intake.rules.meetings.meeting import MeetingId
from intake.rules.meetings.results import Results
from intake.rules.people.person import PersonId
from intake.rules.people.unit import DeskId, UnitId
from intake.rules.questions.answer_draft import AnswerDraft
from intake.rules.questions.case import Case, CaseId, CaseQuestion
from intake.rules.questions.group import GroupMember
from intake.rules.questions.marks import Nudge, UrgentFlag
from intake.rules.questions.news import QuestionNews
from intake.rules.questions.question import (
    Attachment,
    Proposal,
    ProposalId,
    Question,
    QuestionBrief,
    QuestionId,
    QuestionState,
)
from intake.rules.questions.question_list import ListScope, NamingLine, QuestionFilter, QuestionLine, QuestionOrder
from intake.rules.questions.reply_template import ReplyTemplate
from intake.rules.questions.saved_view import SavedView, SavedViewId
from intake.rules.questions.similar import Candidate, Frequencies
from intake.rules.sealed.protection import Protection


class Questions(Protocol):
    """Questions, what was attached to them, what was proposed for them."""

    async def add(self, question: Question) -> Question:
        """Store a question."""
        ...

    async def get(self, question_id: QuestionId, *, lock: bool = False) -> Question:
        """One question; `NotFound` when there is none."""
        ...

    async def sent_since(self, person_id: PersonId, since: datetime, *, for_others: bool) -> int:
        """How many questions a person has sent since a moment: for themselves, or typed for neighbours."""
        ...

    async def at_rest(self, question_ids: Iterable[QuestionId]) -> dict[QuestionId, QuestionBrief]:
        """Those of these questions that nobody is changing at this moment, locked; the others are missing."""
        ...

    async def that_name(self, question_ids: Iterable[QuestionId]) -> set[QuestionId]:
        """Those of these questions that name somebody of the office."""
        ...

    async def open_that_name(self) -> Sequence[Question]:
        """Every question that names somebody of the office and still owes an answer, oldest first."""
        ...

    async def by_reference(self, reference: str) -> Question | None:
        """A question by its reference."""
        ...

    async def of_person(self, person_id: PersonId) -> Sequence[Question]:
        """Questions asked by a person or typed for a neighbour by that person, newest first."""
        ...

    async def in_state(self, unit_ids: Iterable[UnitId], state: QuestionState) -> Sequence[Question]:
        """The questions of these units in a state, newest first."""
        ...

    async def for_triage(self, unit_ids: Iterable[UnitId]) -> Sequence[Question]:
        """Questions of these units that wait for the secretary, oldest first.

        Received ones, those taken on that lie on no desk yet, and those whose asker was asked back.
        """
        ...

    async def of_desks(self, desk_ids: Iterable[DeskId]) -> Sequence[tuple[Question, date | None]]:
        """The queue of desks with the day each question is owed, the most urgent first.

        First what a person called urgent, then by the next day anything is due, a target of the office's own included.
        """
        ...

    async def late_in(self, unit_ids: Iterable[UnitId], today: date) -> Sequence[tuple[Question, date]]:
        """Questions of units whose askers have waited beyond the day they were owed an answer, the longest first."""
        ...

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[Question]:
        """Every question sent for a meeting, in the order they came."""
        ...

    async def made_public(self, meeting_ids: Iterable[MeetingId]) -> Sequence[Question]:
        """The questions of meetings that somebody made public and that are answered, the oldest first."""
        ...

    async def to_close(self, answered_before: datetime) -> Sequence[Question]:
        """Answered questions whose asker has been silent since then, locked; not those being changed just now."""
        ...

    async def attach(self, attachment: Attachment) -> None:
        """Store that a file belongs to a question."""
        ...

    async def attachments(self, question_id: QuestionId) -> Sequence[Attachment]:
        """The files of a question in the order they came."""
        ...

    async def propose(self, proposal: Proposal) -> Proposal:
        """Store a proposal."""
        ...

    async def proposal(self, proposal_id: ProposalId, *, lock: bool = True) -> Proposal:
        """One proposal, locked unless told otherwise; `NotFound` when there is none."""
        ...

    async def proposals(self, question_id: QuestionId) -> Sequence[Proposal]:
        """What was proposed for a question, oldest first."""
        ...

    async def all_proposals(self, question_ids: Iterable[QuestionId]) -> dict[QuestionId, list[Proposal]]:
        """What was ever proposed for each of these questions, oldest first; one without any is missing."""
        ...

    async def approved(self, question_ids: Iterable[QuestionId]) -> dict[QuestionId, list[Proposal]]:
        """What was approved for each of these questions, oldest first; one without any is missing."""
        ...

    async def waiting_proposals(self, unit_ids: Iterable[UnitId]) -> Sequence[Proposal]:
        """Proposals that wait for a chair of these units, oldest first."""
        ...


class QuestionLists(Protocol):
    """Lists of questions, as the office looks through them."""

    async def counts(self, scope: ListScope, most: int) -> Mapping[QuestionState, int]:
        """How many questions of the scope stand in each state, what is `hidden` included; counting ends at `most`."""
        ...

    async def naming(self, scope: ListScope) -> Sequence[NamingLine]:
        """Those of the scope that name somebody of the office, oldest first."""
        ...

    async def page(
        self, scope: ListScope, wanted: QuestionFilter, order: QuestionOrder, today: date, *, skip: int, most: int
    ) -> Sequence[QuestionLine]:
        """At most so many lines of the list behind the first `skip`, without what is hidden.

        By due date those come last that are owed on no day yet. Words of what is sensitive find nothing.
        """
        ...


class Drafts(Protocol):
    """What is being written about questions at the desk, and by whom."""

    async def of_question(self, question_id: QuestionId) -> Sequence[AnswerDraft]:
        """Everybody's drafts for a question, in the order of the persons."""
        ...

    async def keep(self, draft: AnswerDraft) -> None:
        """Store a draft in the place of the one the person had for that question."""
        ...

    async def drop(self, question_id: QuestionId, person_id: PersonId | None = None) -> None:
        """Remove the drafts for a question: one person's, or everybody's."""
        ...

    async def forget(self, person_id: PersonId) -> None:
        """Remove whatever a person was writing."""
        ...


class ReplyTemplates(Protocol):
    """The words units answer with again and again."""

    async def of_unit(self, unit_id: UnitId) -> Sequence[ReplyTemplate]:
        """The templates of a unit, the oldest first."""
        ...

    async def add(self, template: ReplyTemplate) -> ReplyTemplate:
        """Store a template."""
        ...

    async def remove(self, template: ReplyTemplate) -> None:
        """Remove a template."""
        ...


class QuestionsNews(Protocol):
    """What is new to whom, and whether they know."""

    async def add_many(self, news: Sequence[QuestionNews]) -> None:
        """Store what is new to people."""
        ...

    async def to_wait(self, person_ids: Sequence[PersonId], since: datetime) -> set[PersonId]:
        """Those of these people who were told of something new since a moment, or for whom something waits."""
        ...

    async def held(self, told_before: datetime) -> Sequence[QuestionNews]:
        """What waits for people who were told of nothing new since a moment, the oldest first; locked.

        What another process is telling just now is left out.
        """
        ...

    async def newest(self, person_ids: Iterable[PersonId]) -> Mapping[PersonId, int]:
        """The id of the newest of each person; whoever has none is missing."""
        ...

    async def count_after(self, person_id: PersonId, news_id: int) -> int:
        """How many a person has that came after one of them."""
        ...

    async def forget(self, before: datetime) -> None:
        """Remove what was told before a moment."""
        ...


class SavedViews(Protocol):
    """Lists that people keep under a name."""

    async def of_person(self, person_id: PersonId) -> Sequence[SavedView]:
        """A person's lists, the oldest first."""
        ...

    async def add(self, view: SavedView) -> SavedView:
        """Store a list."""
        ...

    async def remove(self, view_id: SavedViewId) -> None:
        """Remove a list."""
        ...

    async def forget(self, person_id: PersonId) -> None:
        """Remove all lists of a person."""
        ...


class Marks(Protocol):
    """What people put on questions by hand."""

    async def add_flag(self, flag: UrgentFlag) -> UrgentFlag:
        """Store that a question is urgent."""
        ...

    async def flag_of(self, question_id: QuestionId) -> UrgentFlag | None:
        """The flag that stands on a question; None when there is none, or it was taken back."""
        ...

    async def urgent_in(self, unit_ids: Iterable[UnitId]) -> Sequence[tuple[Question, date | None]]:
        """The urgent questions of units that are still open, with the day each is owed, the soonest first."""
        ...

    async def protect(self, protection: Protection) -> Protection:
        """Store what somebody did to protect whoever asked."""
        ...

    async def protections(self, question_id: QuestionId) -> Sequence[Protection]:
        """What was done to protect whoever asked a question, oldest first."""
        ...

    async def add_nudge(self, nudge: Nudge) -> Nudge:
        """Store that an agency was nudged."""
        ...

    async def nudges(self, question_id: QuestionId) -> Sequence[Nudge]:
        """The nudges about a question, oldest first."""
        ...


class Similar(Protocol):
    """Questions by the words they are made of."""

    async def index(self, question: Question) -> None:
        """Make the question found by the words that were added to its text; a new one is indexed as it is stored."""
        ...

    async def candidates(
        self, question: Question, words: Sequence[str], *, hidden_but: Iterable[DeskId] | None
    ) -> tuple[Sequence[Candidate[QuestionId]], Frequencies]:
        """Other questions of the unit that share the telling ones of these words, a bounded number, newest first.

        `hidden_but`: sensitive questions are left out unless they lie on one of these desks; None shows them all.
        What its asker has restricted is left out always (LAW C5), and so is what is joined with the question.
        """
        ...


class Groups(Protocol):
    """Which questions go with which."""

    async def add(self, member: GroupMember) -> None:
        """Store that a question goes with another."""
        ...

    async def member(self, question_id: QuestionId) -> GroupMember | None:
        """What a question goes with."""
        ...

    async def members(self, lead_ids: Iterable[QuestionId]) -> Sequence[GroupMember]:
        """The questions that go with these, in the order of their ids."""
        ...

    async def remove(self, member: GroupMember) -> None:
        """Take a question out of its group."""
        ...


class Cases(Protocol):
    """Repeated matters and the questions that raised them."""

    async def add(self, case: Case) -> Case:
        """Store a case."""
        ...

    async def get(self, case_id: CaseId, *, lock: bool = False) -> Case:
        """One case; `NotFound` when there is none."""
        ...

    async def of_question(self, question_id: QuestionId) -> Case | None:
        """The case a question raised."""
        ...

    async def unsettled(self, unit_ids: Iterable[UnitId]) -> Sequence[Case]:
        """The cases of these units that nobody has called settled, oldest first."""
        ...

    async def link(self, link: CaseQuestion) -> None:
        """Store that a question raised a case."""
        ...

    async def unlink(self, question_id: QuestionId) -> None:
        """Take a question out of its case."""
        ...

    async def questions(self, case_id: CaseId) -> Sequence[Question]:
        """The questions that raised a case, in the order they came."""
        ...

    async def remove(self, case: Case) -> None:
        """Drop a case that no question is left of."""
        ...


class ResultsOfYears(Protocol):
    """What became of earlier questions."""

    async def between(self, unit_id: UnitId, start: datetime, end: datetime) -> Sequence[Results]:
        """The results of each meeting of a unit that ended in `[start, end)`, and of what was sent outside one."""
        ...

    async def questions(
        self, unit_id: UnitId, start: datetime, end: datetime, *, skip: int, most: int
    ) -> Sequence[Question]:
        """The questions these results count, in the order they came."""
        ...
