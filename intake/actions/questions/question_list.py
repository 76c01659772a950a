"""The questions somebody of the office may list: whose they are, how many in each state, a page of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from intake.actions.sealed.access import may_read
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound
from intake.rules.people.permissions import OVERSEEING, holds
from intake.rules.people.person import Grant, Person, Role
from intake.rules.people.unit import Unit
from intake.rules.questions.question import QuestionState
from intake.rules.questions.question_list import (
    COUNTED,
    ListScope,
    QuestionFilter,
    QuestionLine,
    QuestionOrder,
    searched_for,
)

MOST_EXPORTED = 5000
"""Lines of one file: more than a commune has in years, and still made while somebody waits."""


@dataclass(frozen=True, slots=True)
class Listable:
    """What somebody may list: the scope, its units by name, and how many questions stand in each state.

    A state with more than `COUNTED` has `COUNTED + 1`.
    """

    scope: ListScope
    units: Sequence[Unit]
    counts: Mapping[QuestionState, int]


async def listable(uow: UnitOfWork, person: Person, grants: Sequence[Grant]) -> Listable:
    """What a person with these roles may list; `NotFound` for who has no part in questions.

    Secretaries, chairs and supervisors list those of their units, officials those that lie on their desks. What names
    the person, or somebody the person works under, is neither listed nor counted.
    """
    roots = await uow.places.roots_under(grant.unit_id for grant in grants)
    overseen = [unit for unit in roots if any(holds(grants, role, unit) for role in OVERSEEING)]
    desks = tuple(
        dict.fromkeys(grant.desk_id for grant in grants if grant.role is Role.OFFICIAL and grant.desk_id is not None)
    )
    at_desks = {desk.unit_id for desk in (await uow.places.desks_by_id(desks)).values()} if desks else set()
    led = [unit.id for unit in roots if any(holds(grants, role, unit) for role in (Role.SECRETARY, Role.CHAIR))]
    scope = ListScope(tuple(unit.id for unit in overseen), desks, tuple(sorted(at_desks)), led_units=tuple(led))
    if scope.is_empty:
        raise NotFound
    counts = dict(await uow.question_lists.counts(scope, COUNTED + 1))
    hidden = []
    for line in await uow.question_lists.naming(scope):
        if not await may_read(uow, person, await uow.questions.get(line.id)):
            hidden.append(line.id)
            counts[line.state] = counts.get(line.state, 0) - 1
    units = [unit for unit in roots if unit.id in scope.unit_ids or unit.id in at_desks]
    return Listable(replace(scope, hidden=tuple(hidden)), units, counts)


def with_search(wanted: QuestionFilter, typed: str, mine: Listable, year: int) -> QuestionFilter:
    """The filter, narrowed to what was typed; nothing typed leaves it as it is."""
    if not typed.strip():
        return wanted
    found = searched_for(typed, [unit.code for unit in mine.units], year)
    return replace(wanted, words=found.words, references=found.references, searched=True)


async def page_of_questions(
    uow: UnitOfWork, scope: ListScope, wanted: QuestionFilter, order: QuestionOrder, *, skip: int, most: int
) -> tuple[Sequence[QuestionLine], bool]:
    """A page of the list, and whether there are more behind it."""
    if wanted.finds_nothing:
        return (), False
    found = await uow.question_lists.page(scope, wanted, order, uow.today, skip=skip, most=most + 1)
    return found[:most], len(found) > most


async def export_questions(
    uow: UnitOfWork, person: Person, scope: ListScope, wanted: QuestionFilter, order: QuestionOrder
) -> Sequence[QuestionLine]:
    """The lines of a file, at most `MOST_EXPORTED`; that they were taken along is written down."""
    lines, _ = await page_of_questions(uow, scope, wanted, order, skip=0, most=MOST_EXPORTED)
    await uow.ledger.write(
        AuditEntry(uow.now, person.id, "export_questions", f"person:{person.id}", {"count": len(lines)})
    )
    return lines
