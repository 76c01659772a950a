"""`doithoai named …`: what names everybody who could handle it waits visibly, until one of them is dropped."""

import asyncio

import pytest

from bot.settings import read_settings
from bot.store import open_store
from intake.actions.questions.ask_question import ask_question
from intake.rules.people.person import Grant, Person, Role
from tests.support.command_line import Command, refused
from tests.support.world import load_into

TEXT = "Cô thư ký nhận phong bì ở quán Gió Chiều"


@pytest.fixture
def stuck(doithoai: Command) -> str:
    """Di Lăng has a secretary and nobody else, and a resident names her."""

    async def ask() -> str:
        store = await open_store(read_settings())
        try:
            await load_into(store, "di-lang-2024")
            async with store.unit() as uow:
                town = await uow.places.unit_by_code("DL")
                hamlet = await uow.places.unit_by_code("DL-hang-gon")
                assert town is not None
                assert hamlet is not None
                secretary = await uow.people.add(Person("Trần Thị Thư", None, created_at=uow.now))
                await uow.people.give(Grant(secretary.id, Role.SECRETARY, town.id, None, uow.now))
                asker = await uow.people.add(Person("Nguyễn Thị Mai", hamlet.id, created_at=uow.now))
                receipt = await ask_question(uow, asker=asker, text=TEXT, sensitive=True)
                await uow.commit()
                return f"{receipt.question.reference} secretary-{town.id}"
        finally:
            await store.close()

    assert doithoai("migrate")[0] == 0
    return asyncio.run(ask())


def test_what_nobody_may_handle_is_listed_without_its_words_and_goes_on_once_one_is_dropped(
    doithoai: Command, stuck: str
) -> None:
    reference, code = stuck.split()
    status, out, _ = doithoai("named", "list")
    assert status == 0
    assert reference in out
    assert code in out
    assert "Gió Chiều" not in out
    assert "Mai" not in out
    assert f"they name everybody who could sort or approve them: {reference}" in doithoai("doctor")[1].replace(
        "\n", " "
    )

    refused(doithoai("named", "drop", reference, "chair-1", "--reason", "wrong"), "names nobody with the code chair-1")
    refused(doithoai("named", "drop", reference, code, "--reason", " "), "reason")
    dropped = doithoai("named", "drop", reference, code, "--reason", "nobody of ours")
    assert dropped == (0, f"{reference} does not name {code}\n", "")
    refused(doithoai("named", "drop", reference, code, "--reason", "again"), "names nobody with the code")
