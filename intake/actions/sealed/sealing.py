"""The office marks a question as sensitive, or takes that back, with a reason; only the asker undoes the own wish."""

from intake.actions.outbox.tell import tell_asker
from intake.actions.people.office import note, question_in_unit, tell_secretaries
from intake.actions.questions.gathered import look_into
from intake.actions.sealed.naming import may_name, propose_named
from intake.actions.sealed.shown import hide_asker
from intake.ports import UnitOfWork
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.message import Button, Message
from intake.rules.people.person import Person, Role
from intake.rules.questions.promise import required
from intake.rules.questions.question import Question, QuestionId
from intake.rules.sealed.protection import Protection, ProtectionAct


async def mark_sensitive(uow: UnitOfWork, *, by: Person, question_id: QuestionId, reason: str) -> Question:
    """Keep a question from the public and its asker from the desks, from now on; for anybody of the office.

    What was public of it is so no more. Raises `ChangedMeanwhile` where it is sensitive already.
    """
    question = await may_name(uow, by, question_id, lock=True)
    reason = required(reason, "refusal.reason_missing")
    if question.sensitive:
        raise ChangedMeanwhile
    question.sensitive, question.public_text = True, None
    await look_into(uow, question)
    await hide_asker(uow, question)
    await propose_named(uow, question)
    await _record(uow, by, question, ProtectionAct.SEALED, reason)
    return question


async def unmark_sensitive(uow: UnitOfWork, *, by: Person, question_id: QuestionId, reason: str) -> bool:
    """Take the mark back, for whoever may know the asker; returns False where the asker has to agree and is asked.

    Raises `RuleBroken` while the question names somebody, `ChangedMeanwhile` where it is not sensitive.
    """
    question = await question_in_unit(
        uow, by, question_id, Role.SECRETARY, Role.CHAIR, lock=True, though_restricted=True
    )
    reason = required(reason, "refusal.reason_missing")
    if not question.sensitive:
        raise ChangedMeanwhile
    if question.named:
        raise RuleBroken("refusal.unseal_named")
    if not question.sealed_by_asker:
        question.sensitive = False
        await _record(uow, by, question, ProtectionAct.UNSEALED, reason)
        return True
    if await _is_asked(uow, question):
        raise RuleBroken("refusal.unseal_asked")
    await _record(uow, by, question, ProtectionAct.ASKED_TO_UNSEAL, reason)
    answers = (
        (
            Button(f"unsealme.{question.id}.no", "unseal.no_button"),
            Button(f"unsealme.{question.id}.yes", "unseal.yes_button"),
        ),
    )
    await tell_asker(
        uow, question, Message("unseal.asks_you", {"reference": question.reference, "reason": reason}, answers)
    )
    return False


async def answer_unsealing(uow: UnitOfWork, *, person: Person, question_id: QuestionId, agrees: bool) -> Question:
    """Take the asker's word on whether the question may be treated as any other; `NotFound` for everybody else."""
    question = await uow.questions.get(question_id, lock=True)
    if question.asker_id != person.id:
        raise NotFound
    if not await _is_asked(uow, question) or not question.sensitive or question.named:
        raise ChangedMeanwhile
    if agrees:
        question.sensitive = question.sealed_by_asker = False
    await _record(uow, person, question, ProtectionAct.UNSEALED if agrees else ProtectionAct.KEPT_SEALED, "")
    await tell_secretaries(uow, question, "unseal.told_agreed" if agrees else "unseal.told_kept")
    return question


async def _is_asked(uow: UnitOfWork, question: Question) -> bool:
    """Whether the asker was asked and has not answered yet."""
    about = [one.act for one in await uow.marks.protections(question.id) if not one.named]
    return about[-1:] == [ProtectionAct.ASKED_TO_UNSEAL]


async def _record(uow: UnitOfWork, by: Person, question: Question, act: ProtectionAct, reason: str) -> None:
    await uow.marks.protect(Protection(question.id, act, reason, by.id, uow.now))
    await note(uow, by, f"{act.value}_question", question)
