"""`doithoai sealed …`: the officer is named, and the recovery key is shown once."""

import asyncio

import pyrage
import pytest

from bot.settings import read_settings
from bot.store import open_store
from intake.rules.people.person import Grant, Person, Role
from tests.support.command_line import Command, refused
from tests.support.world import load_into


@pytest.fixture
def held(doithoai: Command) -> list[int]:
    """Di Lăng with a chair and a secretary; the numbers of their roles."""

    async def give() -> list[int]:
        store = await open_store(read_settings())
        try:
            await load_into(store, "di-lang-2024")
            numbers = []
            async with store.unit() as uow:
                town = await uow.places.unit_by_code("DL")
                assert town is not None
                for name, role in (("Lê Thị Mai", Role.CHAIR), ("Trần Văn Thư", Role.SECRETARY)):
                    person = await uow.people.add(Person(name, None, created_at=uow.now))
                    grant = Grant(person.id, role, town.id, None, uow.now)
                    await uow.people.give(grant)
                    numbers.append(grant.id)
                await uow.commit()
            return numbers
        finally:
            await store.close()

    assert doithoai("migrate")[0] == 0
    return asyncio.run(give())


def test_the_recovery_key_is_shown_once_and_the_officer_can_be_changed(doithoai: Command, held: list[int]) -> None:
    assert "nothing is set up" in doithoai("sealed", "show", "--unit", "DL")[1]
    status, out, _ = doithoai("sealed", "setup", "--unit", "DL", "--officer", str(held[0]))
    assert status == 0
    (paper,) = [line for line in out.splitlines() if line.startswith("AGE-SECRET-KEY-1")]
    assert pyrage.x25519.Identity.from_str(paper)
    assert "cất tủ khoá" in out
    refused(doithoai("sealed", "setup", "--unit", "DL", "--officer", str(held[0])), "has a sealed store already")

    status, out, _ = doithoai("sealed", "show", "--unit", "DL")
    assert (status, "an officer without a passphrase; 0 matters, 0 not read" in out) == (0, True)
    status, out, _ = doithoai("sealed", "officer", "--unit", "DL", "--officer", str(held[1]))
    assert (status, "another officer is named" in out) == (0, True)
    assert doithoai("roles", "revoke", str(held[1]))[0] == 0
    assert "no officer" in doithoai("sealed", "show", "--unit", "DL")[1]


def test_what_cannot_be_is_refused_in_one_line(doithoai: Command, held: list[int]) -> None:
    del held
    refused(doithoai("sealed", "officer", "--unit", "DL", "--officer", "1"), "no sealed store yet")
    refused(doithoai("sealed", "setup", "--unit", "DL", "--officer", "999"), "doithoai roles list")
    refused(doithoai("sealed", "setup", "--unit", "XX", "--officer", "1"), "XX")
