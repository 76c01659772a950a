"""What is kept of a Zalo chat, on both databases: menus, pauses, and which codes were offered there."""

from datetime import timedelta

from intake.rules.message import Button, Message, pack_message
from intake.rules.outbox.letter import Letter, Priority
from intake.rules.people.person import Account, Network
from storage.unit_of_work import SqlUnitOfWork, Store

OA = "3886132808788086451"


async def meet(uow: SqlUnitOfWork, address: str) -> Account:
    account, *_ = await uow.accounts.meet(Network.ZALO, OA, address)
    return account


async def test_a_menu_and_a_pause_are_kept_side_by_side(store: Store) -> None:
    async with store.unit() as uow:
        account = await meet(uow, "1")
        account.last_heard_at = uow.now
        chat = await uow.zalo_chats.get(Network.ZALO, OA, "1")
        assert chat is not None
        assert (chat.menu, chat.menu_step, chat.menu_at, chat.paused_until) == ((), "", None, None)
        options = [{"code": "send", "label": "Gửi", "rest": [["a", "Ạ"]]}]
        await uow.zalo_chats.show_menu(account.id, options, step="ask.preview", heard_at=uow.now, at=uow.now)
        await uow.zalo_chats.pause(account.id, uow.now + timedelta(hours=1))
        await uow.commit()
        now = uow.now
    async with store.reading() as uow:
        chat = await uow.zalo_chats.get(Network.ZALO, OA, "1")
        assert chat is not None
        assert (list(chat.menu), chat.menu_step) == (options, "ask.preview")
        assert chat.menu_heard_at == chat.heard_at == chat.menu_at == now
        assert chat.paused_until == now + timedelta(hours=1)
        assert await uow.zalo_chats.get(Network.ZALO, OA, "2") is None
    async with store.unit() as uow:
        await uow.zalo_chats.pause(account.id, None)
        await uow.accounts.forget(await meet(uow, "1"))
        await uow.commit()
    async with store.reading() as uow:
        chat = await uow.zalo_chats.get(Network.ZALO, OA, "1")
        assert chat is not None
        assert (chat.menu, chat.paused_until) == ((), None)


async def test_a_code_was_offered_in_the_chat_whose_letter_has_it(store: Store) -> None:
    async with store.unit() as uow:
        one, two = await meet(uow, "1"), await meet(uow, "2")
        for code in ("rate.12.good", "ạ_%", '"', "x"):
            content = pack_message(Message("talk.cancelled", {}, ((Button(code, "button.send"),),)))
            await uow.letters.add(Letter(one.id, None, Priority.REPLY, content, uow.now, uow.now))
        await uow.commit()
        for code in ("rate.12.good", "ạ_%", '"', "x"):
            assert await uow.zalo_chats.was_offered(one.id, code)
            assert not await uow.zalo_chats.was_offered(two.id, code)
        for code in ("rate.12", "rate.1_.good", "%", "talk.cancelled", "button.send", "", "rate.12.good\x01"):
            assert not await uow.zalo_chats.was_offered(one.id, code)
