"""Put right what is kept of a person: name, phone number, home, a child's guardian (LAW C5).

Whatever shows a person reads it anew, so lists, registrations and questions follow a name at once. Lists of guests do
not: they say how the office invites somebody, and are the office's to change. A registration stays with the unit it
was made in until the person registers again.
"""

from collections.abc import Sequence

from intake.actions.deadlines.office_tasks import TICKING
from intake.actions.people.consent_taken import guardian_of
from intake.actions.people.enrol import clean_mark, clean_name
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.task import Task, TaskKind
from intake.rules.errors import NotFound
from intake.rules.people.correction import CorrectedField, DataCorrection
from intake.rules.people.permissions import holds
from intake.rules.people.person import Grant, Person, PersonId, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.text import by_name


async def corrected_by(uow: UnitOfWork, by: Person) -> list[Person]:
    """The people somebody entered and whom no chat of their own reaches, by name."""
    household = await uow.people.household_of(by.id) if by.members else []
    entered = [*await uow.people.neighbours_of(by.id), *household]
    reached = await uow.accounts.of([one.id for one in entered])
    return sorted((one for one in entered if one.id not in reached), key=lambda one: (by_name(one.called), one.id))


async def person_to_correct(uow: UnitOfWork, by: Person, person_id: PersonId) -> Person:
    """A person whose data `by` may put right; `NotFound` for all others.

    One's own; those no chat of their own reaches and whom one entered, or who live in a unit one is secretary of; and
    whoever has asked one's office for something about their data.
    """
    if person_id == by.id:
        return by
    person = await uow.people.get(person_id)
    if person is None or person.erased_at is not None or not await may_correct(uow, by, person):
        raise NotFound
    return person


async def may_correct(uow: UnitOfWork, by: Person, person: Person) -> bool:
    """Whether `by` may put right the data of somebody else; who that is says `person_to_correct`."""
    reached = person.id in await uow.accounts.of([person.id])
    if not reached and (person.entered_by == by.id or await _is_secretary_there(uow, by, person)):
        return True
    return any([await _deals_with(uow, by, task) for task in await open_requests(uow, person)])


async def open_requests(uow: UnitOfWork, person: Person) -> Sequence[Task]:
    """What a person has asked about their own data and nobody has settled."""
    tasks = await uow.tasks.of_person(person.id)
    return [one for one in tasks if one.kind is TaskKind.DATA_REQUEST and one.done_at is None]


async def correct_name(uow: UnitOfWork, *, by: Person, person_id: PersonId, name: str) -> bool:
    """Give a person another name. Returns whether anything changed; refusals: see `clean_name`, `person_to_correct`."""
    person, name = await person_to_correct(uow, by, person_id), clean_name(name)
    if name == person.name:
        return False
    was, person.name = person.name, name
    await _note(uow, by, person, CorrectedField.NAME, was)
    return True


async def correct_phone(
    uow: UnitOfWork, *, by: Person, person_id: PersonId, phone: str | None, proven: bool = False
) -> bool:
    """Give a person another number (E.164), or none. Returns whether anything changed.

    `proven`: the network said that it is this account's; that counts for one's own number only.
    """
    person = await person_to_correct(uow, by, person_id)
    proven = proven and person is by and phone is not None
    index = None if phone is None else uow.vault.index(phone)
    if index == person.phone_index and (person.phone_proven or not proven):
        return False
    was = "" if person.phone_sealed is None else uow.vault.open(person.phone_sealed)
    person.phone_sealed = None if phone is None else uow.vault.seal(phone)
    person.phone_index, person.phone_proven = index, proven
    await _note(uow, by, person, CorrectedField.PHONE, was)
    return True


async def correct_mark(uow: UnitOfWork, *, by: Person, person_id: PersonId, known_as: str) -> bool:
    """Say what tells a person apart from others of that name; empty: nothing. Returns whether anything changed."""
    person = await person_to_correct(uow, by, person_id)
    known_as = clean_mark(known_as) if known_as else ""
    if known_as == person.known_as:
        return False
    was, person.known_as = person.known_as, known_as
    await _note(uow, by, person, CorrectedField.KNOWN_AS, was)
    return True


async def correct_guardian(uow: UnitOfWork, *, by: Person, person_id: PersonId, name: str) -> bool:
    """Put right the name of the guardian who agreed last for a person. Returns whether anything changed.

    Raises `NotFound` for whoever agreed for themselves.
    """
    person, name = await person_to_correct(uow, by, person_id), clean_name(name)
    if not await guardian_of(uow, person):
        raise NotFound
    consent = (await uow.people.consents_of(person.id))[-1]
    if name == consent.guardian:
        return False
    was, consent.guardian = consent.guardian, name
    await _note(uow, by, person, CorrectedField.GUARDIAN, was)
    return True


async def move_home(uow: UnitOfWork, *, by: Person, person_id: PersonId, home_id: UnitId, place: str = "") -> bool:
    """Let a person live in another hamlet, or in a place of a unit whose plan names none. Returns whether it changed.

    Others are moved to one of `homes_for` them; `NotFound` for the rest.
    """
    person, home = await person_to_correct(uow, by, person_id), await uow.places.unit(home_id)
    if person is not by and home.id != person.hamlet_id and home not in await homes_for(uow, by, person):
        raise NotFound
    if (person.hamlet_id, person.place) == (home.id, place):
        return False
    was = person.place or ("" if person.hamlet_id is None else (await uow.places.unit(person.hamlet_id)).name)
    person.hamlet_id, person.place = home.id, place
    await _note(uow, by, person, CorrectedField.HAMLET, was)
    return True


async def homes_for(uow: UnitOfWork, by: Person, person: Person) -> list[Unit]:
    """The hamlets of the unit that runs the dialogues where a person lives; of somebody else's, where one speaks."""
    home = None if person.hamlet_id is None else await uow.places.home(await uow.places.unit(person.hamlet_id))
    hamlets = [] if home is None else await uow.places.hamlets(home.id)
    if person is by:
        return list(hamlets)
    grants = await uow.people.grants_of(by.id)
    return [one for one in hamlets if _speaks_in(grants, one)]


async def _is_secretary_there(uow: UnitOfWork, by: Person, person: Person) -> bool:
    return person.hamlet_id is not None and holds(
        await uow.people.grants_of(by.id), Role.SECRETARY, await uow.places.unit(person.hamlet_id)
    )


def _speaks_in(grants: Sequence[Grant], hamlet: Unit) -> bool:
    heads = any(grant.role is Role.HAMLET_HEAD and grant.unit_id == hamlet.id for grant in grants)
    return heads or holds(grants, Role.SECRETARY, hamlet)


async def _deals_with(uow: UnitOfWork, by: Person, task: Task) -> bool:
    grants, unit = await uow.people.grants_of(by.id), await uow.places.unit(task.unit_id)
    return any(holds(grants, role, unit) for role in TICKING)


async def _note(uow: UnitOfWork, by: Person, person: Person, what: CorrectedField, was: str) -> None:
    correction = DataCorrection(person.id, what, uow.vault.seal(was), uow.now, by.id)
    await uow.people.add_correction(correction)
    detail = {"what": what.value, "correction": correction.id}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "correct", f"person:{person.id}", detail))
