"""Become known: a person agrees, gives a name, a hamlet and perhaps a phone number (LAW C5)."""

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import RuleBroken
from intake.rules.people.permissions import require
from intake.rules.people.person import CONSENT_VERSION, Account, Person, Role
from intake.rules.people.phone import phone_typed
from intake.rules.people.unit import Unit, UnitId
from intake.rules.text import fitting

SHORTEST_NAME, LONGEST_NAME = 2, 80


def clean_name(typed: str) -> str:
    """A name as it is kept: spaces folded. Raises `RuleBroken` for what cannot be a name."""
    name = " ".join(typed.split())
    if len(name) < SHORTEST_NAME or not any(letter.isalpha() for letter in name):
        raise RuleBroken("refusal.name")
    return fitting(name, LONGEST_NAME)


def clean_place(typed: str) -> str:
    """What somebody calls the hamlet they live in. Raises `RuleBroken` for what says nothing or is too long."""
    place = " ".join(typed.split())
    if not any(sign.isalnum() for sign in place):
        raise RuleBroken("refusal.place", {"most": LONGEST_NAME})
    return fitting(place, LONGEST_NAME)


def clean_phone(typed: str) -> str:
    """A phone number in E.164 (`+84…`). Raises `RuleBroken` for what is no valid one, and for several."""
    number = phone_typed(typed)
    if number is None:
        raise RuleBroken("refusal.phone")
    return number


async def enrol(
    uow: UnitOfWork,
    account: Account,
    *,
    name: str,
    hamlet_id: UnitId | None,
    language: str,
    language_known: bool,
    phone: str | None,
    phone_proven: bool = False,
    place: str = "",
) -> Person:
    """Make the person behind a chat who has just agreed to be known. The phone number is stored sealed.

    `phone_proven`: the network said that it is this account's number.
    """
    person = await uow.people.add(
        Person(
            name=clean_name(name),
            hamlet_id=hamlet_id,
            language=language,
            language_known=language_known,
            phone_sealed=None if phone is None else uow.vault.seal(phone),
            phone_index=None if phone is None else uow.vault.index(phone),
            phone_proven=phone is not None and phone_proven,
            consent_version=CONSENT_VERSION,
            consent_at=uow.now,
            created_at=uow.now,
            place=place,
        )
    )
    account.person_id = person.id
    await uow.ledger.write(AuditEntry(uow.now, person.id, "enrol", f"person:{person.id}"))
    return person


async def enter_neighbour(uow: UnitOfWork, head: Person, *, name: str, hamlet_id: UnitId) -> Person:
    """Find or make a neighbour without a phone, for whom a hamlet head speaks; the consent was given by word of mouth.

    Raises `NotFound` unless the head holds that very hamlet, or is a secretary of a unit the hamlet lies in.
    """
    grants = await uow.people.grants_of(head.id)
    if not any(grant.role is Role.HAMLET_HEAD and grant.unit_id == hamlet_id for grant in grants):
        require(grants, (Role.SECRETARY,), await uow.places.unit(hamlet_id))
    name = clean_name(name)
    known = await uow.people.named(name, hamlet_id, head.id)
    if known is not None:
        return known
    person = await uow.people.add(
        Person(
            name=name,
            hamlet_id=hamlet_id,
            consent_version=CONSENT_VERSION,
            consent_at=uow.now,
            entered_by=head.id,
            created_at=uow.now,
        )
    )
    await uow.ledger.write(AuditEntry(uow.now, head.id, "enter_neighbour", f"person:{person.id}"))
    return person


async def home_unit(uow: UnitOfWork, hamlet: Unit) -> Unit:
    """The unit that runs the dialogues of a hamlet: the nearest one above it that has a plan."""
    unit = await uow.places.home(hamlet)
    if unit is None:
        raise RuleBroken("refusal.no_plan_here", {"hamlet": hamlet.name})
    return unit
