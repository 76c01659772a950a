"""What a room of the desk is: an address, a name in the frame, and who may come in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from intake.rules.people.person import Grant, Role


class Sitting(Protocol):
    """Whoever sits at the desk, as far as the doors of the rooms have to know."""

    @property
    def grants(self) -> Sequence[Grant]:
        """The roles held at this moment."""
        ...

    @property
    def keeps_sealed(self) -> bool:
        """Whether the person is the named officer of sealed matters."""
        ...


@dataclass(frozen=True, slots=True)
class DeskRoom:
    """A room: `path` below the desk's own address, `name` in the catalogue, `enters` says who may come in.

    `shown_to`: whom the frame leads there, where that is not everybody who may come in.
    """

    path: str
    name: str
    enters: Callable[[Sitting], bool]
    shown_to: Callable[[Sitting], bool] | None = None

    def stands_in_frame(self, sitting: Sitting) -> bool:
        """Whether the frame leads this person there."""
        return self.enters(sitting) and (self.shown_to is None or self.shown_to(sitting))


def everybody(_sitting: Sitting) -> bool:
    """Whoever sits at the desk."""
    return True


def nobody(_sitting: Sitting) -> bool:
    """For what other rooms lead to."""
    return False


def for_roles(*roles: Role) -> Callable[[Sitting], bool]:
    """Whoever holds one of these roles anywhere; what may be seen and done there each action decides by unit."""

    def enters(sitting: Sitting) -> bool:
        return any(grant.role in roles for grant in sitting.grants)

    return enters


def for_sealed(sitting: Sitting) -> bool:
    """The named officer of sealed matters."""
    return sitting.keeps_sealed
