"""`doithoai roles …`: somebody who runs the installation looks who holds what, and takes it back."""

import asyncio

import pytest

from bot.settings import read_settings
from bot.store import open_store
from intake.rules.people.person import Grant, Person, Role
from tests.support.command_line import Command, refused
from tests.support.world import load_into


@pytest.fixture
def held(doithoai: Command) -> int:
    """Di Lăng with one secretary; the number of that role."""

    async def give() -> int:
        store = await open_store(read_settings())
        try:
            await load_into(store, "di-lang-2024")
            async with store.unit() as uow:
                town = await uow.places.unit_by_code("DL")
                assert town is not None
                person = await uow.people.add(Person("Lê Thị Mai", None, created_at=uow.now))
                grant = Grant(person.id, Role.SECRETARY, town.id, None, uow.now)
                await uow.people.give(grant)
                await uow.commit()
                return grant.id
        finally:
            await store.close()

    assert doithoai("migrate")[0] == 0
    return asyncio.run(give())


def test_who_holds_what_is_listed_and_taken_back(doithoai: Command, held: int) -> None:
    status, out, _ = doithoai("roles", "list", "--unit", "DL")
    assert status == 0
    assert "secretary" in out
    assert "Mai" in out
    assert "never" in out
    assert "command" in out, "from whom"

    status, out, _ = doithoai("roles", "revoke", str(held))
    assert (status, out) == (0, f"role {held} is taken back\n")
    assert "Mai" not in doithoai("roles", "list")[1]
    refused(doithoai("roles", "revoke", str(held)), f"nobody holds a role {held}")


def test_a_role_is_suspended_until_a_day_ahead(doithoai: Command, held: int) -> None:
    refused(doithoai("roles", "suspend", str(held), "--until", "tomorrow"), "is not a date")
    refused(doithoai("roles", "suspend", str(held), "--until", "2020-01-01"), "after today")

    assert doithoai("roles", "suspend", str(held), "--until", "2099-01-01")[0] == 0
    assert "01/01/2099" in doithoai("roles", "list")[1].replace("\n", "")
    assert doithoai("roles", "resume", str(held))[:2] == (0, f"role {held} (secretary) counts again\n")
    assert "01/01/2099" not in doithoai("roles", "list")[1]
    refused(doithoai("roles", "resume", str(held)), f"nobody holds a role {held}")
    assert doithoai("roles", "suspend", str(held), "--until", "2099-01-01")[0] == 0
    assert doithoai("roles", "revoke", str(held))[1] == f"role {held} is taken back\n", "suspended or not"


def test_a_successor_gets_a_code(doithoai: Command, held: int) -> None:
    status, out, err = doithoai("roles", "replace", str(held))

    assert status == 0
    assert out.startswith("/start i-")
    assert "valid once, for 7 days" in err
    refused(doithoai("roles", "replace", "999"), "nobody holds a role 999")
    refused(doithoai("roles", "list", "--unit", "XX"), "no unit with the code XX")
