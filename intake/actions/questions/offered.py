"""What somebody may do with a question at this moment, as the desk offers it: the chat's own rules, in one answer."""

from dataclasses import dataclass

from intake.actions.people.office import meeting_to_come
from intake.actions.questions.approvers import may_approve
from intake.actions.questions.groups import lead_of
from intake.actions.questions.make_public import may_be_public
from intake.actions.sealed.access import may_deal_with
from intake.ports import UnitOfWork
from intake.rules.people.permissions import works_at_desk
from intake.rules.people.person import Grant, Person, Role
from intake.rules.questions.group import JOINABLE
from intake.rules.questions.question import DESK_STATES, OPEN_STATES, TRANSITIONS, Act, Question, QuestionState

_UNASSIGNED = (QuestionState.RECEIVED, QuestionState.WAITING_FOR_MEETING, QuestionState.TAKEN_ON)


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered; whatever is not can be refused all the same, each action checks for itself."""

    answer: bool = False
    refer: bool = False
    extend: bool = False
    give_back: bool = False
    ask_back: bool = False
    give: bool = False
    topic: bool = False
    keep: bool = False
    decline: bool = False
    urgent: bool = False
    calm: bool = False
    join: bool = False
    separate: bool = False
    protect: bool = False
    unprotect: bool = False
    decide: bool = False
    publish: bool = False
    unpublish: bool = False

    @property
    def writes(self) -> bool:
        """Whether the person works on the question rather than only reading it."""
        return self.answer or self.ask_back or self.give or self.topic


async def offered_to(uow: UnitOfWork, person: Person, grants: tuple[Grant, ...], question: Question) -> Offered:
    """What is offered to a person who may read the question.

    While its asker has restricted the use of their data: only what protects them (LAW C5).
    """
    at_desk = works_at_desk(grants, question)
    secretary = await may_deal_with(uow, person, question, Role.SECRETARY)
    leads = secretary or await may_deal_with(uow, person, question, Role.CHAIR)
    goes_with = await lead_of(uow, question) is not None
    member = await uow.groups.member(question.id) is not None
    meeting = await meeting_to_come(uow, question)

    def can(act: Act) -> bool:
        return (question.state, act) in TRANSITIONS

    protect = (at_desk or leads) and not question.sensitive
    unprotect = leads and question.sensitive and not question.named
    unpublish = secretary and question.public_text is not None
    if question.restricted:
        return Offered(protect=protect, unprotect=unprotect, unpublish=unpublish)
    return Offered(
        answer=at_desk and not goes_with and can(Act.ANSWER),
        refer=at_desk and not goes_with and can(Act.REFER),
        extend=at_desk and not goes_with and can(Act.EXTEND),
        give_back=at_desk and can(Act.RETURN),
        ask_back=(at_desk or secretary) and can(Act.ASK_BACK),
        give=leads
        and not goes_with
        and (
            (question.desk_id is not None and question.state in DESK_STATES)
            or can(Act.TAKE_ON)
            or (question.desk_id is None and question.state in _UNASSIGNED)
        ),
        topic=leads and question.state in OPEN_STATES,
        keep=secretary
        and question.state is QuestionState.RECEIVED
        and meeting is not None
        and not meeting.is_past(uow.now),
        decline=secretary and can(Act.DECLINE),
        urgent=leads and not question.urgent and question.state in OPEN_STATES,
        calm=leads and question.urgent,
        join=secretary and not member and question.state in JOINABLE,
        separate=secretary and member,
        protect=protect,
        unprotect=unprotect,
        publish=secretary and question.public_text is None and await may_be_public(uow, question),
        unpublish=unpublish,
        decide=question.desk_id is not None and await may_approve(uow, person, question),
    )
