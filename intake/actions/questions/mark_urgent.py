"""Call a question urgent ("bức xúc, nổi cộm", R193) or take it back: a person does, with a reason, no machine."""

from collections.abc import Sequence

from intake.actions.deadlines.clocks import plan_for, settings_of, start_target
from intake.actions.outbox.tell import tell
from intake.actions.people.office import holders_of, note, question_in_unit, tell_desk
from intake.actions.sealed.access import stand_ins_of
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import Clock, ClockState
from intake.rules.errors import ChangedMeanwhile, RuleBroken
from intake.rules.message import Button, Message, Param
from intake.rules.people.person import Person, Role
from intake.rules.questions.marks import UrgentFlag
from intake.rules.questions.promise import required
from intake.rules.questions.question import OPEN_STATES, Question, QuestionId

MARKING = (Role.SECRETARY, Role.CHAIR)


async def mark_urgent(uow: UnitOfWork, *, by: Person, question_id: QuestionId, reason: str) -> Clock | None:
    """Call an open question urgent: its target runs from today, and it stands first in the desk's queue.

    Desk, secretaries and chairs are told. Returns the target's clock; None when the reply itself is due or late.
    Raises `ChangedMeanwhile` when it is called urgent already.
    """
    question = await question_in_unit(uow, by, question_id, *MARKING, lock=True)
    reason = required(reason, "refusal.urgent_reason_missing")
    if question.state not in OPEN_STATES:
        raise RuleBroken("refusal.not_in_this_state")
    if question.urgent:
        raise ChangedMeanwhile
    question.urgent = True
    await uow.marks.add_flag(UrgentFlag(question.id, reason, by.id, uow.now))
    settings = settings_of(await plan_for(uow, question))
    clock = await start_target(uow, ClockKind.URGENT_TARGET, settings=settings, question=question)
    await note(uow, by, "mark_urgent", question)
    params: dict[str, Param] = {"reason": reason}
    if clock is not None:
        params["due"] = clock.due_on
    await _tell_office(uow, by, question, "urgent.told" if clock is None else "urgent.told_target", params)
    return clock


async def take_back_urgent(uow: UnitOfWork, *, by: Person, question_id: QuestionId, reason: str) -> Question:
    """Take the word back, with a reason; what was said first is kept, and the target ends."""
    question = await question_in_unit(uow, by, question_id, *MARKING, lock=True)
    reason = required(reason, "refusal.urgent_reason_missing")
    flag = await uow.marks.flag_of(question.id)
    if flag is None:
        raise ChangedMeanwhile
    question.urgent = False
    flag.taken_back_by, flag.taken_back_at, flag.taken_back_reason = by.id, uow.now, reason
    for clock in await uow.clocks.running_for(question.id):
        if clock.kind is ClockKind.URGENT_TARGET:
            clock.state, clock.ended_at = ClockState.ENDED, uow.now
    await note(uow, by, "take_back_urgent", question)
    await _tell_office(uow, by, question, "urgent.told_back", {"reason": reason})
    return question


async def _tell_office(uow: UnitOfWork, by: Person, question: Question, key: str, params: dict[str, Param]) -> None:
    """Tell the desk, and those who lead the office but `by`; each once."""
    at_desk: Sequence[Person] = ()
    if question.desk_id is not None:
        at_desk = await uow.people.at_desk(question.desk_id)
        await tell_desk(uow, question, key, params)
    heard = {by.id, *(official.id for official in at_desk)}
    stands = await stand_ins_of(uow, question)
    leaders = [one.id for one in await holders_of(uow, question.unit_id, *MARKING)]
    leaders = leaders if stands is None else [*stands.lead, *stands.approve]
    opens = ((Button(f"triage.{question.id}", "button.open"),),)
    message = Message(key, {"reference": question.reference, **params}, opens)
    await tell(uow, [one for one in leaders if one not in heard], message, question_id=question.id)
