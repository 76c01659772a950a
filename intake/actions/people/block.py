"""Take nothing in from a person for a while, with a reason, and again before that is over: a secretary does."""

from datetime import timedelta

from intake.actions.outbox.tell import tell
from intake.actions.people.office import question_in_unit
from intake.actions.people.roles import tell_power
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.message import Message, Param
from intake.rules.people.block import LENGTHS, Block, is_blocked
from intake.rules.people.person import Person, Role
from intake.rules.questions.promise import required
from intake.rules.questions.question import Question, QuestionId


async def block(uow: UnitOfWork, *, by: Person, question_id: QuestionId, length: timedelta, reason: str) -> Block:
    """Take nothing in from whoever sent a question, in any of their chats, for one of `LENGTHS`.

    The person is told once, with the reason and where else to turn; everybody who holds power in the unit is told too.
    Raises `RuleBroken` for somebody without a chat and for whoever holds a role, `ChangedMeanwhile` for somebody who is
    blocked already.
    """
    question, asker = await _asker(uow, by, question_id)
    reason = required(reason, "refusal.text_missing")
    if length not in LENGTHS or asker.id == by.id:
        raise NotFound
    if not await uow.accounts.all_of(asker.id):
        raise RuleBroken("refusal.block_no_chat")
    if await uow.people.grants_of(asker.id):
        raise RuleBroken("refusal.block_role")
    if is_blocked(asker, uow.now):
        raise ChangedMeanwhile
    unit = await uow.places.unit(question.unit_id)
    made = Block(asker.id, unit.id, reason, by.id, uow.now, uow.now + length)
    asker.blocked_until = made.until
    await uow.people.add_block(made)
    await uow.ledger.write(AuditEntry(uow.now, by.id, "block", f"person:{asker.id}", {"question": question.id}))
    why: dict[str, Param] = {"until": made.until, "reason": reason}
    await tell(uow, [asker.id], Message("block.told", {"unit": unit.name, **why}))
    news = Message("block.told_power", {"by": by.name, "reference": question.reference, **why})
    await tell_power(uow, unit, news, but=[by.id, asker.id])
    return made


async def unblock(uow: UnitOfWork, *, by: Person, question_id: QuestionId) -> Question:
    """Take in again what a person sends. Raises `ChangedMeanwhile` for somebody who is not blocked any more."""
    question, asker = await _asker(uow, by, question_id)
    held = await uow.people.block_of(asker.id, uow.now)
    if held is None:
        raise ChangedMeanwhile
    held.ended_by, held.ended_at = by.id, uow.now
    asker.blocked_until = None
    unit = await uow.places.unit(question.unit_id)
    await uow.ledger.write(AuditEntry(uow.now, by.id, "unblock", f"person:{asker.id}", {"question": question.id}))
    await tell(uow, [asker.id], Message("block.over", {"unit": unit.name}))
    return question


async def _asker(uow: UnitOfWork, by: Person, question_id: QuestionId) -> tuple[Question, Person]:
    question = await question_in_unit(uow, by, question_id, Role.SECRETARY, lock=True, though_restricted=True)
    asker = await uow.people.get(question.asker_id)
    if asker is None or asker.erased_at is not None:
        raise NotFound
    return question, asker
