"""The office keeps sealed what somebody registered to speak about: it becomes a question (R026, R126, LAW C4)."""

from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.outbox.tell import tell_asker
from intake.actions.people.office import note
from intake.actions.questions.ask_question import next_reference, take_in
from intake.actions.sealed.naming import tell_if_nobody_is_left
from intake.actions.sealed.shown import forget_words, who_was_shown
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import ChangedMeanwhile
from intake.rules.meetings.meeting import Registration, RegistrationId
from intake.rules.message import Button, Message
from intake.rules.people.consent import is_restricted
from intake.rules.people.person import Person, Role
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions.promise import required
from intake.rules.questions.question import Question
from intake.rules.sealed.protection import Protection, ProtectionAct


async def speech_to_seal(
    uow: UnitOfWork, by: Person, registration_id: RegistrationId, *, lock: bool = False
) -> Registration:
    """A registration whose words can be kept sealed, for secretary and chair of the unit that holds the meeting.

    Raises `NotFound` for everybody else, `ChangedMeanwhile` where it says nothing (any more) to speak about.
    """
    known = await uow.rosters.registration(registration_id)
    await meeting_in_unit(uow, by, known.meeting_id, lock=lock)
    registration = await uow.rosters.registration(registration_id)
    if not registration.content:
        raise ChangedMeanwhile
    return registration


async def unmark_speech(uow: UnitOfWork, *, by: Person, registration_id: RegistrationId, reason: str) -> Registration:
    """Say that what somebody will speak about accuses nobody: lists mark it no more, until it is worded anew (LAW C4).

    Raises what `speech_to_seal` does, and `RuleBroken` without a reason; who did it and why stays in the audit trail.
    """
    registration = await speech_to_seal(uow, by, registration_id, lock=True)
    reason = required(reason, "refusal.reason_missing")
    if registration.unmarked:
        raise ChangedMeanwhile
    registration.unmarked = True
    entry = AuditEntry(uow.now, by.id, "unmark_speech", f"registration:{registration.id}")
    await uow.ledger.write(entry, words={"reason": reason})
    return registration


async def seal_speech(uow: UnitOfWork, *, by: Person, registration_id: RegistrationId, reason: str) -> Question:
    """Take what somebody will speak about out of lists, documents and screens; it is a sensitive question from now on.

    Whom it names is kept from it as from any question. The place in the order stays, without a word of what about.
    Files made of the meeting's documents go, and the lines of web chats that showed the words to others.
    """
    registration = await speech_to_seal(uow, by, registration_id, lock=True)
    reason = required(reason, "refusal.reason_missing")
    meeting = await uow.meetings.get(registration.meeting_id)
    unit = await uow.places.unit(meeting.unit_id)
    person = (await uow.people.many([registration.person_id]))[registration.person_id]
    home = unit if person.hamlet_id is None else await uow.places.unit(person.hamlet_id)
    content, registration.content = registration.content, ""
    question = Question(
        unit_id=unit.id,
        reference=await next_reference(uow, unit),
        kind=QuestionKind.FEEDBACK,
        original_text=content,
        text=content,
        asker_id=person.id,
        received_at=uow.now,
        hamlet_id=person.hamlet_id,
        entered_by=registration.entered_by,
        sensitive=True,
        restricted=is_restricted(person),
    )
    await take_in(uow, question, day=uow.today, home=home)
    await uow.marks.protect(Protection(question.id, ProtectionAct.SEALED, reason, by.id, uow.now))
    shown = await who_was_shown(uow, unit, Role.HAMLET_HEAD) - {person.id}
    await uow.traces.forget_shown(shown, [registration.reference])
    await forget_words(uow, shown, [content])
    await uow.traces.forget_papers([registration.reference], [meeting.id])
    await note(uow, by, "seal_speech", question)
    told = Message(
        "speech.sealed_yours",
        {"registration": registration.reference, "title": meeting.title, "reference": question.reference},
        ((Button(f"status.{question.id}", "ask.follow"),),),
    )
    await tell_asker(uow, question, told)
    await tell_if_nobody_is_left(uow, question)
    return question
