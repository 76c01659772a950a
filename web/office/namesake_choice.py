"""Somebody whose name others have already: shown in the form that named them, and chosen from (R111)."""

from collections.abc import Sequence

from intake.actions.people.enrol import clean_mark
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import RuleBroken
from intake.rules.message import Term
from intake.rules.people.person import Person, PersonId

from .visiting import Visit, number_in

_ANOTHER = "another"
_ASKED = "refusal.namesake_choose"
NAMESAKE_FIELDS = {
    **dict.fromkeys(("refusal.name", "refusal.name_with_phone", "refusal.namesake", _ASKED), "name"),
    "refusal.known_as": "known_as",
}
"""Where the refusals of such a form stand."""


def asks_who_is_meant(visit: Visit) -> bool:
    """Whether the form is shown again because others have the name, or with what was chosen there."""
    refused = visit.refused
    if refused is None:
        return False
    chosen = "same" in visit.typed and refused.field not in ("name", "hamlet")  # else it is not known whose name it is
    return chosen or refused.message.key == _ASKED


def require_choice(visit: Visit, there: Sequence[Person]) -> None:
    """Raise `RuleBroken` where others have the name and it was not said who is meant."""
    if there and not visit.typed.get("same", ""):
        raise RuleBroken(_ASKED, {"name": visit.typed.get("name", "").strip()})


def who_is_meant(visit: Visit) -> tuple[PersonId | None, bool, str]:
    """Whom the form means: one that was shown, or (True) another; and what tells that one apart, if that was said."""
    same, known_as = visit.typed.get("same", ""), visit.typed.get("known_as", "")
    chosen = PersonId(number_in(same)) if same not in ("", _ANOTHER) else None
    return chosen, same == _ANOTHER, clean_mark(known_as) if known_as.strip() else ""


async def to_choose_from(uow: UnitOfWork, visit: Visit, there: Sequence[Person]) -> list[tuple[str, str]]:
    """Each of those who have the name, and somebody else, as the choice of the form has them."""
    reached = await uow.accounts.of([one.id for one in there])
    found = [(str(one.id), _told_apart(visit, one, with_chat=one.id in reached)) for one in there]
    return [*found, (_ANOTHER, visit.words(Term("reception.another")))]


def _told_apart(visit: Visit, person: Person, *, with_chat: bool) -> str:
    """What the chat's buttons say: the mark, a chat of their own, else since when they are here."""
    if person.known_as or (person.created_at is None and not with_chat):
        return person.called
    if with_chat:
        return visit.words(Term("namesake.with_chat", {"name": person.name}))
    since = visit.words(person.created_at.astimezone(LOCAL).date()) if person.created_at else ""
    return visit.words(Term("namesake.since", {"name": person.name, "day": since}))
