"""An asker who finds that a question is in scope after all has it looked at once more (A1.8, R024)."""

from intake.actions.outbox.tell import tell
from intake.actions.people.office import leading, note
from intake.actions.questions.approvers import approvers_of
from intake.actions.questions.gathered import start_what_is_owed
from intake.actions.questions.history import may_appeal
from intake.actions.questions.rate_answer import require_asker
from intake.ports import UnitOfWork
from intake.rules.deadlines.deadline import Clock
from intake.rules.errors import RuleBroken
from intake.rules.message import Button, Message
from intake.rules.people.person import Person
from intake.rules.questions.question import Act, Question, QuestionId, after


async def appeal(uow: UnitOfWork, *, by: Person, question_id: QuestionId) -> tuple[Question, Clock | None]:
    """Lay a question that is out of scope before the office once more; it is owed what it was when it came.

    Whoever sorts is told, and whoever approves: the chair may take on what a secretary has declined (R122). Before a
    meeting the clock starts with its end (R160), and None comes back for it.
    """
    question = await uow.questions.get(question_id, lock=True)
    await require_asker(uow, question, by)
    if not await may_appeal(uow, question):
        raise RuleBroken("refusal.no_appeal")
    reason, _ = question.declined_because
    question.state, question.reason = after(question.state, Act.APPEAL), ""
    clock = await start_what_is_owed(uow, question)
    await note(uow, by, "appeal", question)
    office = dict.fromkeys([*await leading(uow, question), *await approvers_of(uow, question)])
    opens = ((Button(f"triage.{question.id}", "button.open"),),)
    told = Message("appeal.told", {"reference": question.reference, "reason": reason}, opens)
    await tell(uow, [one for one in office if one != by.id], told, question_id=question.id)
    return question, clock
