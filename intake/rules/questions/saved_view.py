"""A list of questions somebody looks at again and again, kept under a name of their own."""

from dataclasses import dataclass, field
from typing import NewType

from intake.rules.people.person import PersonId

SavedViewId = NewType("SavedViewId", int)
MOST_VIEWS = 20
LONGEST_NAME = 60
LONGEST_QUERY = 600


@dataclass(eq=False)
class SavedView:
    """What the list's address asks for (`query`), by the name the person gave it."""

    id: SavedViewId = field(init=False)
    person_id: PersonId
    name: str
    query: str
