"""A person's name as it is shown."""

from intake.rules.message import Param, Term
from intake.rules.people.person import Person


def name_of(person: Person) -> Param:
    """The name, told apart from others of that name, or the words for who never gave one, or had it erased (LAW C5)."""
    return person.called or Term("person.unnamed" if person.erased_at is None else "person.erased")
