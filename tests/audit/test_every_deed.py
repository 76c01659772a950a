"""The stories hold every deed to its entry (`tests/support/deeds.py`); here that nothing slips past them."""

import inspect
import sys
from datetime import datetime
from types import ModuleType

import pytest

from handlers.secretary import floor as room_floor
from intake.actions.meetings import floor
from intake.rules.audit import AuditEntry
from intake.rules.people.person import Person, PersonId
from storage.unit_of_work import SqlUnitOfWork
from tests.support import deeds
from tests.support.deeds import DEEDS, NO_ENTRY, SEVERAL_VERBS, actions, held, hold
from tests.support.world import World, local

PASS_OVER = "meetings.floor.pass_over"
NOON = local(2024, 3, 1, 12)


def an_entry(act: str = "pass_over", subject: str = "registration:1", by: int = 7, at: datetime = NOON) -> AuditEntry:
    return AuditEntry(at, PersonId(by), act, subject)


@pytest.fixture
def chair() -> Person:
    person = Person("Trần Văn Chủ", None)
    person.id = PersonId(7)
    return person


def test_every_row_is_about_an_action_there_is_and_stands_in_one_place():
    rows = [*DEEDS, *SEVERAL_VERBS, *NO_ENTRY]

    assert set(rows) - set(actions()) == set()
    assert [one for one in rows if rows.count(one) > 1] == []
    assert all((*SEVERAL_VERBS.values(), *NO_ENTRY.values()))


def test_stories_call_the_watched_actions():
    assert hasattr(floor.pass_over, "__wrapped__")
    assert hasattr(room_floor.pass_over, "__wrapped__")


def test_every_action_is_watched_even_if_only_a_page_calls_it():
    """Whoever imports it, and when: a module that was loaded after the watch began would pass unseen."""
    unwatched = [
        name for name, module in actions().items() if not _is_watched(sys.modules[module], name.rpartition(".")[2])
    ]

    assert unwatched == []


def _is_watched(module: ModuleType, name: str) -> bool:
    return hasattr(getattr(module, name), "__wrapped__")


def test_every_action_that_writes_an_entry_by_itself_says_which():
    """What the text of an action shows; what it leaves to others is held by their rows."""
    rows = {*DEEDS, *SEVERAL_VERBS, *NO_ENTRY}
    writing = [
        name
        for name, module in actions().items()
        if "AuditEntry(" in inspect.getsource(inspect.unwrap(getattr(sys.modules[module], name.rpartition(".")[2])))
    ]

    assert len(writing) > 60
    assert [name for name in writing if name not in rows] == []


async def test_what_is_held_against_an_action_is_kept_whoever_swallows_the_error(plain_world: World):
    """A page of the desk turns every error into "something went wrong", and its story may go on."""

    async def forgetful(uow: SqlUnitOfWork, *, by: Person) -> None:
        by.name = "Trần Văn Quên"

    async with plain_world.store.unit() as uow:
        person = await uow.people.add(Person("Trần Văn Chủ", None))
        await uow.session.flush()
        with pytest.raises(AssertionError, match="left no entry"):
            await held("people.forgetful.forgetful", forgetful)(uow, by=person)

    [kept] = deeds.refused
    assert "people.forgetful.forgetful" in str(kept)
    deeds.refused.clear()


def test_a_deed_with_its_entry_is_fine(chair: Person):
    hold(PASS_OVER, [an_entry(), an_entry(act="end_speech", subject="registration:2")], [chair])


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [an_entry(act="give_floor")],
        [an_entry(subject="meeting:1")],
        [an_entry(), an_entry()],
        [an_entry(by=8)],
    ],
    ids=["none", "another verb", "another thing", "twice", "somebody else"],
)
def test_a_deed_is_held_to_who_what_which_thing_and_once(entries: list[AuditEntry], chair: Person):
    with pytest.raises(AssertionError, match=PASS_OVER):
        hold(PASS_OVER, entries, [chair])


def test_a_new_action_that_changes_something_fails_unless_it_leaves_an_entry(chair: Person):
    new = "meetings.floor.give_everybody_the_floor"
    with pytest.raises(AssertionError, match="left no entry"):
        hold(new, [], [chair])
    hold(new, [an_entry()], [chair])
    hold(new, [], [chair], part=True)


def test_one_of_several_verbs_is_an_entry_at_least(chair: Person):
    with pytest.raises(AssertionError, match="left no entry"):
        hold("people.roles.end_grant", [], [chair])
    hold("people.roles.end_grant", [an_entry(act="take_back_role")], [chair])
