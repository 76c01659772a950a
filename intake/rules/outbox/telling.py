"""Whether somebody was told: what the office says of it follows the letter, never the wish."""

from dataclasses import dataclass
from enum import StrEnum

from intake.rules.message import Param, Term


class Telling(StrEnum):
    """What became of the newest thing somebody was to be told."""

    ON_ITS_WAY = "on_its_way"
    SENT = "sent"
    ON_RETURN = "on_return"
    TO_HEAD = "to_head"
    TO_OFFICE = "to_office"
    IN_PERSON = "in_person"
    NOBODY = "nobody"


_FINE = (Telling.ON_ITS_WAY, Telling.SENT, Telling.IN_PERSON)


@dataclass(frozen=True, slots=True)
class HowTold:
    """How somebody is told; `relayed`: through whoever speaks for them."""

    how: Telling
    relayed: bool = False

    @property
    def is_well(self) -> bool:
        """Whether nobody has to do anything for it."""
        return self.how in _FINE

    def words(self, who: str = "told.asker") -> Term:
        """The sentence; `who` is the msgid of whom it is about."""
        named: dict[str, Param] = {"who": Term(who)}
        if not self.relayed or self.how not in (Telling.ON_ITS_WAY, Telling.SENT):
            return Term(f"told.{self.how.value}", named)
        return Term(f"told.{self.how.value}_relayed", named)
