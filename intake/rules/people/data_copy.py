"""A copy of one's own data: what stands in it, and which files were made for whom (LAW C5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from intake.rules.message import Param
from intake.rules.people.person import PersonId

CopyRecord = Mapping[str, Param]
"""One thing that is kept: what it is called, and what it says."""
CopySections = Mapping[str, Sequence[CopyRecord]]
"""Everything that is kept, by kind; a kind of which nothing is kept is missing."""


@dataclass(eq=False)
class DataCopy:
    """That a copy was made: a document for reading and the same as JSON, by their content names."""

    id: int = field(init=False)
    person_id: PersonId
    made_at: datetime
    document_sha256: str
    json_sha256: str
