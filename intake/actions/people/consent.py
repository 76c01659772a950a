"""Consent: taken with its version and moment, withdrawn, and given once more (LAW C5)."""

from intake.actions.meetings.demands import take_voices_back
from intake.actions.meetings.register import withdraw
from intake.actions.meetings.seats import REGISTRATION_STATES
from intake.actions.people.consent_taken import guardian_of, take_consent
from intake.actions.people.own_data import request_about_data
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.deadline import Clock
from intake.rules.deadlines.task import Task
from intake.rules.errors import ChangedMeanwhile, RuleBroken
from intake.rules.meetings.meeting import LIVE
from intake.rules.people.consent import DataRight
from intake.rules.people.person import Person


async def withdraw_consent(uow: UnitOfWork, *, person: Person, by: Person | None = None) -> tuple[Task, Clock]:
    """Withdraw consent: from now on nothing is taken in, no news is sent, and what stands is taken back.

    That is: places at meetings to come, the voice in every open demand for one, a raised hand, answers to
    surveys.

    `by` is whose phone the person shares, where somebody of a household does it for them.

    What was asked before is still answered, as the law wants of the office. What lies elsewhere (lists on paper, names
    that were made public) is a task of the office, with both clocks of the law. Returns the task and the clock of the
    response. Raises `RuleBroken` for whoever holds a role or belongs to no unit, `ChangedMeanwhile` for whoever has
    withdrawn it already.
    """
    if person.withdrawn_at is not None:
        raise ChangedMeanwhile
    if await uow.people.grants_of(person.id):
        raise RuleBroken("refusal.withdraw_role")
    task, respond = await request_about_data(uow, person=person, right=DataRight.WITHDRAW)
    standing = [one.meeting_id for one in await uow.meetings.registrations_of(person.id) if one.state in LIVE]
    for meeting_id in sorted(standing):  # several meetings are always locked in this order
        if (await uow.meetings.get(meeting_id)).state in REGISTRATION_STATES:
            await withdraw(uow, meeting_id=meeting_id, person=person, by=by or person)
    await take_voices_back(uow, person, by or person)
    await uow.hands.forget(person.id)
    await uow.surveys.forget(person.id)
    for consent in await uow.people.consents_of(person.id):
        consent.withdrawn_at = consent.withdrawn_at or uow.now
    person.consent_version, person.consent_at, person.withdrawn_at = None, None, uow.now
    await uow.ledger.write(AuditEntry(uow.now, (by or person).id, "withdraw_consent", f"person:{person.id}"))
    return task, respond


async def agree_again(uow: UnitOfWork, *, person: Person, by: Person | None = None, grown: bool = False) -> None:
    """Agree to the text of today after consent was withdrawn, or to one that has changed; `by` as above.

    For whoever was under sixteen the same guardian agrees, unless they have `grown` since.
    """
    await take_consent(uow, person, guardian="" if grown else await guardian_of(uow, person))
    person.withdrawn_at = None
    await uow.ledger.write(AuditEntry(uow.now, (by or person).id, "agree_again", f"person:{person.id}"))
