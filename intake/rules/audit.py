"""What was done, by whom, to what. Ids only: an audit entry never repeats what a person wrote."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from intake.rules.people.person import PersonId


@dataclass(eq=False)
class AuditEntry:
    """One deed. `subject` is a kind and an id (`question:12`); `detail` holds ids, dates and states."""

    id: int = field(init=False)
    at: datetime
    actor_id: PersonId | None
    act: str
    subject: str
    detail: dict[str, Any] = field(default_factory=dict)
