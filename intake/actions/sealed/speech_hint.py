"""Whoever sorts hears where words that somebody will speak about may accuse, though they were sent as a plain topic."""

from intake.actions.outbox.tell import tell
from intake.actions.people.office import secretaries_of
from intake.actions.sealed.naming import nameable
from intake.ports import UnitOfWork
from intake.rules.meetings.meeting import Meeting, Registration
from intake.rules.message import Message, button
from intake.rules.people.permissions import holds
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions.question import Question
from intake.rules.sealed.named import named_in, with_people
from intake.rules.sealed.risk import accuses, risk_of
from intake.rules.sealed.stand_ins import stand_ins

_MAY_SEAL = (Role.SECRETARY, Role.CHAIR)


async def hint_at_accusation(uow: UnitOfWork, registration: Registration, meeting: Meeting, person: Person) -> None:
    """Tell whoever can keep the words of a registration sealed that they may accuse somebody (LAW C4, R126).

    Once for a registration, without its words, and never whom the words may name: who stands in is told for them, or
    nobody where all that could seal it are named. What was written stays where it was sent until people decide.
    """
    if not accuses(registration.content, risk_of(registration.content)):
        return
    told = [one for one in await _who_sorts(uow, registration, meeting, person) if one != registration.entered_by]
    params = {"reference": registration.reference, "title": meeting.title}
    opens = ((button("button.open", f"speaker.{registration.id}"),),)
    await tell(uow, told, Message("speech.may_accuse", params, opens), once=f"may-accuse:{registration.id}")


async def _who_sorts(uow: UnitOfWork, registration: Registration, meeting: Meeting, person: Person) -> list[PersonId]:
    unit = await uow.places.unit(meeting.unit_id)
    as_question = Question(
        unit_id=unit.id,
        reference="",
        kind=QuestionKind.FEEDBACK,
        original_text=registration.content,
        text=registration.content,
        asker_id=person.id,
        received_at=uow.now,
        hamlet_id=person.hamlet_id,
        meeting_id=meeting.id,
    )
    named = named_in(registration.content, await nameable(uow, as_question))
    if not named:
        return list(await secretaries_of(uow, unit))
    held = await uow.people.grants_around(unit)
    lead = stand_ins([with_people(one, held) for one in named], unit, held).lead
    return [one for one in lead if any(holds(held[one], role, unit) for role in _MAY_SEAL)]
