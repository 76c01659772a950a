"""An answer by hand is noted where it belongs: in the newest question that is still open, or with the chat."""

import pytest

from intake.actions.questions.ask_question import ask_question
from intake.actions.questions.note_reply_by_hand import note_reply_by_hand
from intake.rules.people.person import Account, Network, Person
from intake.rules.questions.question import QuestionState
from tests.support.recorded import deeds
from tests.support.stories import put_in_state
from tests.support.world import World


async def a_chat(world: World, *, known: bool) -> Account:
    async with world.store.unit() as uow:
        account, *_ = await uow.accounts.meet(Network.ZALO, "1", "7")
        if known:
            hamlet = await uow.places.unit_by_code("DL-hang-gon")
            assert hamlet is not None
            mai = await uow.people.add(Person("Nguyễn Thị Mai", hamlet.id, consent_version="1", created_at=uow.now))
            account.person_id = mai.id
            for _ in range(2):
                await ask_question(uow, asker=mai, text="Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
        await uow.commit()
        return account


async def noted(world: World, account: Account) -> str:
    async with world.store.unit() as uow:
        await note_reply_by_hand(uow, account, by="998877", message_id="m1", at=uow.now)
        await uow.commit()
        [deed] = await deeds(uow, "reply_by_hand")
        assert deed.detail == {"by": "998877", "message": "m1", "at": uow.now.isoformat()}
        assert deed.actor is None
        return deed.subject


async def test_it_belongs_to_the_newest_question(plain_world: World) -> None:
    account = await a_chat(plain_world, known=True)
    assert await noted(plain_world, account) == "question:2"


@pytest.mark.parametrize("over", [QuestionState.CLOSED, QuestionState.OUT_OF_SCOPE])
async def test_what_is_over_is_passed_over(plain_world: World, over: QuestionState) -> None:
    account = await a_chat(plain_world, known=True)
    await put_in_state(plain_world, "DL-2024-0002", over)
    assert await noted(plain_world, account) == "question:1"


async def test_without_an_open_question_it_belongs_to_the_chat(plain_world: World) -> None:
    account = await a_chat(plain_world, known=True)
    for reference in ("DL-2024-0001", "DL-2024-0002"):
        await put_in_state(plain_world, reference, QuestionState.CLOSED)
    assert await noted(plain_world, account) == f"account:{account.id}"


async def test_of_somebody_unknown_it_belongs_to_the_chat(plain_world: World) -> None:
    account = await a_chat(plain_world, known=False)
    assert await noted(plain_world, account) == f"account:{account.id}"
