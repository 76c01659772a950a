"""Become known: a person agrees, gives a name, a hamlet and perhaps a phone number (LAW C5)."""

from collections.abc import Sequence

from intake.actions.people.consent_taken import take_consent
from intake.actions.people.namesakes import of_one_name
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.permissions import require, speaks_for
from intake.rules.people.person import Account, Person, PersonId, Role
from intake.rules.people.phone import numbers_in, phone_typed
from intake.rules.people.unit import Unit, UnitId
from intake.rules.questions.reference import bare_reference
from intake.rules.text import fitting

SHORTEST_NAME, LONGEST_NAME = 2, 80
LONGEST_MARK = 40
_DIGITS = 9
"""So many make a number that somebody could ring; a reference typed for a name has fewer."""


def clean_name(typed: str) -> str:
    """A name as it is kept: spaces folded. Raises `RuleBroken` for what cannot be a name."""
    name = " ".join(typed.split())
    if len(name) < SHORTEST_NAME or not any(letter.isalpha() for letter in name) or bare_reference(name) is not None:
        raise RuleBroken("refusal.name")
    found = (name[one.start : one.end] for one in numbers_in(name))
    if any(sum(map(str.isdigit, one)) >= _DIGITS for one in found):  # it would stand in clear on every list
        raise RuleBroken("refusal.name_with_phone")
    return fitting(name, LONGEST_NAME)


def clean_mark(typed: str) -> str:
    """What tells somebody apart from others of the same name. Raises `RuleBroken` for what says nothing."""
    mark = " ".join(typed.split())
    if not any(sign.isalnum() for sign in mark):
        raise RuleBroken("refusal.known_as")
    return fitting(mark, LONGEST_MARK)


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
    guardian: str = "",
) -> Person:
    """Make the person behind a chat who has just agreed to be known. The phone number is stored sealed.

    `phone_proven`: the network said that it is this account's number. `guardian`: who agreed for whoever is under
    sixteen.
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
            created_at=uow.now,
            place=place,
        )
    )
    await take_consent(uow, person, guardian=guardian)
    account.person_id = person.id
    await uow.ledger.write(AuditEntry(uow.now, person.id, "enrol", f"person:{person.id}"))
    return person


async def namesakes(uow: UnitOfWork, by: Person, *, name: str, hamlet_id: UnitId) -> Sequence[Person]:
    """Who of a hamlet has a name already, for whoever speaks for people there; `NotFound` for all others."""
    hamlet = await _spoken_for(uow, by, hamlet_id)
    return await of_one_name(uow, clean_name(name), hamlet)


async def enter_neighbour(
    uow: UnitOfWork,
    head: Person,
    *,
    name: str,
    hamlet_id: UnitId,
    same_as: PersonId | None = None,
    another: bool = False,
    known_as: str = "",
    place: str = "",
) -> Person:
    """Somebody without a phone, for whom a hamlet head speaks; the consent was given by word of mouth.

    Of those of that name who are there, `same_as` is the one that is meant; with `another` it is somebody else, told
    apart by `known_as`; `place` is what they call where they live. Raises `RuleBroken` where there are some and neither
    was said, or `same_as` is none of them or has erased their data; `NotFound` unless the head holds that very hamlet,
    or is a secretary of a unit the hamlet lies in.
    """
    meant = None if same_as is None else await uow.people.get(same_as)
    if meant is not None and meant.erased_at is not None:
        raise RuleBroken("refusal.erased")  # first: whoever erases takes the name out of what is being written too
    name = clean_name(name)
    there = await namesakes(uow, head, name=name, hamlet_id=hamlet_id)
    if same_as is not None:
        for person in there:
            if person.id == same_as:
                return person
    if (there and not another) or same_as is not None:
        raise RuleBroken("refusal.namesake", {"name": name})
    person = await uow.people.add(
        Person(
            name=name,
            hamlet_id=hamlet_id,
            entered_by=head.id,
            created_at=uow.now,
            known_as=known_as,
            place=place,
        )
    )
    await take_consent(uow, person)
    await uow.ledger.write(AuditEntry(uow.now, head.id, "enter_neighbour", f"person:{person.id}"))
    return person


async def enter_unnamed(uow: UnitOfWork, by: Person, *, home_id: UnitId) -> Person:
    """Somebody who asked in a hamlet or unit and gave no name: nobody can tell them anything, no list counts them.

    Raises `NotFound` unless `by` is a secretary there.
    """
    require(await uow.people.grants_of(by.id), (Role.SECRETARY,), await uow.places.unit(home_id))
    person = await uow.people.add(Person(name="", created_at=uow.now))
    await uow.ledger.write(AuditEntry(uow.now, by.id, "enter_unnamed", f"person:{person.id}"))
    return person


async def _spoken_for(uow: UnitOfWork, by: Person, hamlet_id: UnitId) -> Unit:
    hamlet = await uow.places.unit(hamlet_id)
    if not speaks_for(await uow.people.grants_of(by.id), hamlet):
        raise NotFound
    return hamlet


async def home_unit(uow: UnitOfWork, hamlet: Unit) -> Unit:
    """The unit that runs the dialogues of a hamlet: the nearest one above it that has a plan."""
    unit = await uow.places.home(hamlet)
    if unit is None:
        raise RuleBroken("refusal.no_plan_here", {"hamlet": hamlet.name})
    return unit
