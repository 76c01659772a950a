"""A person's name as it is shown."""

from intake.rules.message import Param, Term
from intake.rules.people.person import Person


def name_of(person: Person) -> Param:
    """The name, told apart from others of that name, or the words for somebody who had everything erased (LAW C5)."""
    return person.called or Term("person.erased")
