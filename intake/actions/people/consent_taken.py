"""Note that somebody agreed to be known: to which text, when, and who agreed for whoever is under sixteen (LAW C5)."""

from intake.ports import UnitOfWork
from intake.rules.errors import RuleBroken
from intake.rules.people.consent import Consent
from intake.rules.people.person import CONSENT_VERSION, Person


def require_consent(person: Person) -> None:
    """Raise `RuleBroken` for whoever has withdrawn consent: nobody sends or registers anything for them in the chat."""
    if person.withdrawn_at is not None:
        raise RuleBroken("refusal.consent_withdrawn", {"name": person.called})


async def guardian_of(uow: UnitOfWork, person: Person) -> str:
    """Who agreed last for whoever is under sixteen; empty for whoever agreed for themselves."""
    consents = await uow.people.consents_of(person.id)
    return consents[-1].guardian if consents else ""


async def take_consent(uow: UnitOfWork, person: Person, *, guardian: str = "") -> None:
    """Note the consent of a person who is stored already; an earlier one ends with it."""
    for earlier in await uow.people.consents_of(person.id):
        earlier.withdrawn_at = earlier.withdrawn_at or uow.now
    person.consent_version, person.consent_at = CONSENT_VERSION, uow.now
    await uow.people.add_consent(Consent(person.id, CONSENT_VERSION, uow.now, guardian))
