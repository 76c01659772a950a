"""A person's own data: everything that is kept of them, and requests about it that need somebody's hand (LAW C5)."""

from collections.abc import Collection
from datetime import UTC, datetime, time

from intake.actions.deadlines.clocks import settings_of, start_clock
from intake.actions.deadlines.rest import go_on
from intake.actions.meetings.seats import fill_seats
from intake.actions.meetings.speaking_order import leave_order
from intake.actions.outbox.tell import tell
from intake.actions.people.enrol import home_unit
from intake.actions.people.household import leave_household
from intake.actions.people.office import secretaries_of
from intake.actions.people.roles import end_grant
from intake.actions.people.speaking_for import hand_over
from intake.actions.questions.clarify import await_no_reply
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL, ONE_DAY
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import Clock, ClockState
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.deadlines.task import Task, TaskKind
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import LIVE, Registration, RegistrationState
from intake.rules.message import Button, Message
from intake.rules.people.consent import DataRight
from intake.rules.people.correction import CorrectedField
from intake.rules.people.person import Person
from intake.rules.people.unit import Unit
from intake.rules.questions.promise import required
from intake.rules.questions.question import Question
from intake.rules.questions.reference import data_request_reference
from intake.rules.questions.unnamed import without_names

NO_NAME = ""
"""The name of a person who was erased; whoever shows it says so in the reader's language."""


async def erase(uow: UnitOfWork, *, person: Person, by: Person | None = None) -> None:
    """Erase a person: name, phone, hamlet, roles, chats, letters; consent is withdrawn with it.

    The questions stay as they were asked, without a name, since they are part of the administrative record (archives
    law, LAW C5); so do the numbers of registrations, which are withdrawn and emptied, of requests about personal data,
    which are emptied and owed no more, and places on lists of guests, which are emptied; a seat that becomes free goes
    to whoever waits first. What others were told names the person no more, and neither do reasons kept beside audit
    entries. Files made of documents go that are about what they asked, or of a meeting they registered for or were
    invited to; a meeting's document that bears a number is part of the record. Neighbours the person entered, and who
    shared the phone, are persons of their own and stay. As everything is done at once, no clock is started.
    """
    chats = await uow.accounts.all_of(person.id, lock=True)  # what is just being said in another one comes first
    registrations = await uow.meetings.registrations_of(person.id)
    # several meetings are always locked in this order
    for registration in sorted(registrations, key=lambda one: one.meeting_id):
        await _give_back(uow, registration)
    guests = await uow.guests.of_person(person.id)
    for guest in guests:
        guest.name = guest.office = guest.stand_in = NO_NAME
        guest.phone_sealed = guest.phone_index = guest.code_digest = None
    for task in await uow.tasks.of_person(person.id):
        task.text = task.outcome = ""
        if task.done_at is None:  # nobody is left to be told, and nothing of the person is left to be dealt with
            task.done_at = uow.now
            for clock in await uow.tasks.clocks_of(task.id):
                clock.state, clock.ended_at = ClockState.ENDED, uow.now
    await uow.links.forget(person.id)
    for account in chats:
        await uow.traces.forget_chat(account.id)
        await uow.accounts.forget(account)
    await _give_back_roles(uow, person)
    neighbours = await uow.people.neighbours_of(person.id)  # of a time when the person was a hamlet head
    household = await uow.people.household_of(person.id)
    for member in household:
        member.shares_phone = False
    await hand_over(uow, (*neighbours, *household), None)
    await leave_household(uow, person)
    await uow.letters.forget(person.id)
    names, phones = await _ever_known_by(uow, person)
    await uow.people.forget_corrections(person.id)
    await uow.traces.forget_person(person.id, names, phones, since=_first_told_of(person))
    questions = await uow.questions.of_person(person.id)
    for question in questions:
        await _unname(uow, question, names)
        if question.asker_id == person.id:
            await await_no_reply(uow, question)
    asked = [question.id for question in questions if question.asker_id == person.id]
    references = [one.reference for one in questions if one.asker_id == person.id]
    meetings = {one.meeting_id for one in registrations} | {one.meeting_id for one in guests}
    await uow.traces.forget_papers(references, meetings)
    await uow.audit.forget_words(
        [
            f"person:{person.id}",
            *(f"registration:{one.id}" for one in registrations),
            *(f"question:{number}" for number in asked),
        ]
    )
    await uow.people.forget_blocks(person.id)
    await uow.drafts.forget(person.id)
    await uow.documents.forget_orders(person.id)
    await _leave_demands(uow, person)
    await uow.hands.forget(person.id)
    await uow.surveys.forget(person.id)
    await uow.saved_views.forget(person.id)
    await uow.people.forget_consents(person.id)
    await uow.traces.forget_copies(person.id)
    await go_on(uow, person)  # what was asked stays, and is answered
    empty(person, uow.now)
    await uow.ledger.write(AuditEntry(uow.now, (by or person).id, "erase", f"person:{person.id}"))


async def _give_back_roles(uow: UnitOfWork, person: Person) -> None:
    """Those that are held, and those that are suspended: nobody lets a role of nobody count again."""
    for grant in await uow.people.grants_of(person.id):
        unit = await uow.places.unit(grant.unit_id)
        await end_grant(uow, grant, unit, by=person, act="give_back_role")
    for suspended in await uow.people.suspended_of(person.id):
        suspended.until = None


async def _leave_demands(uow: UnitOfWork, person: Person) -> None:
    """Whoever is nobody counts in no demand; what the office put into public words stays."""
    for demand in await uow.demands.of_person(person.id):
        await uow.demands.leave(demand.id, person.id)
        if demand.asked_by == person.id:
            demand.asked_by, demand.text = None, demand.public_text


def _first_told_of(person: Person) -> datetime:
    """Since when others may have been told of somebody: a head types a neighbour's name before they are kept.

    What was said earlier is not about them. Else whoever takes words of every day for a name and is erased would take
    them out of all that was ever written here, the reasons beside the audit trail among it.
    """
    return datetime.fromtimestamp(0, UTC) if person.created_at is None else person.created_at - ONE_DAY


async def _ever_known_by(uow: UnitOfWork, person: Person) -> tuple[set[str], set[str]]:
    """The names and numbers of a person, those from before a correction too: what was told with them still says so."""
    corrections = [(one.what, _opened(uow, one.was_sealed)) for one in await uow.people.corrections_of(person.id)]
    names = {person.name, *(was for what, was in corrections if what is CorrectedField.NAME)}
    phones = {_opened(uow, person.phone_sealed), *(was for what, was in corrections if what is CorrectedField.PHONE)}
    return names - {""}, phones - {""}


def _opened(uow: UnitOfWork, sealed: str | None) -> str:
    """What was sealed; nothing where nothing was, or no key of ours opens it any more."""
    if sealed is None:
        return ""
    try:
        return uow.vault.open(sealed)
    except ValueError:
        return ""


def empty(person: Person, at: datetime) -> None:
    """Leave nothing of a person but that there was one."""
    person.name = NO_NAME
    person.phone_sealed, person.phone_index, person.phone_proven = None, None, False
    person.hamlet_id, person.place, person.known_as = None, "", ""
    person.consent_version = person.consent_at = person.blocked_until = None
    person.withdrawn_at = person.restricted_at = None
    person.members = 0
    person.erased_at = at


async def _unname(uow: UnitOfWork, question: Question, names: Collection[str]) -> None:
    """What the office wrote about a question addresses nobody any more; once the name is gone nobody could find it."""
    question.public_text = question.public_text and without_names(question.public_text, names)
    question.reason = without_names(question.reason, names)
    question.given_back = without_names(question.given_back, names)
    question.room_reason = without_names(question.room_reason, names)
    for proposal in await uow.questions.proposals(question.id):
        proposal.text = without_names(proposal.text, names)
        proposal.note = without_names(proposal.note, names)
    for draft in await uow.drafts.of_question(question.id):
        draft.text = without_names(draft.text, names)


async def _give_back(uow: UnitOfWork, unlocked: Registration) -> None:
    meeting = await uow.meetings.get(unlocked.meeting_id, lock=True)
    registration = await uow.rosters.registration(unlocked.id)
    registration.content = registration.reason = registration.moved_why = ""
    if registration.state in LIVE:
        await leave_order(uow, meeting, registration)
        registration.state = RegistrationState.WITHDRAWN
        await fill_seats(uow, meeting, registration.unit_id)


async def _not_too_many(uow: UnitOfWork, person: Person) -> None:
    midnight, most = datetime.combine(uow.today, time.min, LOCAL), uow.limits.questions_a_day
    sent = [one for one in await uow.tasks.of_person(person.id) if one.opened_at >= midnight]
    if len(sent) >= most:
        raise RuleBroken("refusal.data_requests_a_day", {"most": most})


async def request_about_data(
    uow: UnitOfWork, *, person: Person, text: str = "", right: DataRight = DataRight.OTHER
) -> tuple[Task, Clock]:
    """Take the request down under a reference and tell the secretary; both clocks of the law start today.

    What the bot does itself, a copy and erasing, is done at once and never comes here; of what it does by half, what
    lies outside it does. Returns the task and the clock of the response. Raises `RuleBroken` for a person of no unit,
    and for a request in own words that has none, or is one more than anybody may send in a day, as of questions.
    """
    if right is DataRight.OTHER:
        text = required(text, "refusal.text_missing")
        await _not_too_many(uow, person)
    unit = await _unit_of(uow, person)
    number = await uow.ledger.next_number("data-request", unit.id, uow.today.year)
    reference = data_request_reference(unit.code, uow.today.year, number)
    task = await uow.tasks.add(
        Task(
            unit.id,
            TaskKind.DATA_REQUEST,
            reference,
            reference,
            uow.now,
            person_id=person.id,
            text=text,
            right=right,
        )
    )
    plans = await uow.plans.of_units([unit.id])
    settings = settings_of(plans[0] if plans else None)
    respond = await start_clock(uow, ClockKind.DATA_REQUEST, uow.today, settings=settings, task=task)
    await start_clock(uow, ClockKind.DATA_FULFIL, uow.today, settings=settings, task=task)
    await uow.ledger.write(AuditEntry(uow.now, person.id, "request_about_data", f"task:{task.id}"))
    opens = ((Button(f"task.{task.id}", "button.open"),),)
    news = Message("datarequest.new", {"reference": reference, "due": due_words(unpack_due(respond.due))}, opens)
    await tell(uow, await secretaries_of(uow, unit), news)
    return task, respond


async def _unit_of(uow: UnitOfWork, person: Person) -> Unit:
    """Whose secretary deals with it: the unit the person lives in, else the one the person works for."""
    if person.hamlet_id is not None:
        return await home_unit(uow, await uow.places.unit(person.hamlet_id))
    for grant in await uow.people.grants_of(person.id):
        return await uow.places.unit(grant.unit_id)
    raise RuleBroken("refusal.no_hamlet")
