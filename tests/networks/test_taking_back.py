"""What was sent is deleted at people's where the network lets us: Telegram for 48 hours, Zalo never (LAW C5)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.media.attachments import AttachmentStore
from bot.media.own_copy import OwnCopyPress
from bot.telegram.limits import TAKES_BACK
from bot.telegram.send import packed_ids, unpacked_ids
from intake.actions.sealed.naming import name
from intake.actions.sealed.shown import take_back_shown
from intake.rules.people.person import Network
from intake.rules.sealed.named import Named, NamedKind
from scheduler.jobs import JobContext, run_day
from storage import tables as t
from tests.support.office import ROAD, Office, open_office, person_named
from tests.support.telegram_fakes import refused
from tests.support.telegram_line import TelegramLine
from tests.support.world import Phone, World, local, opened_world


@pytest.fixture
async def world(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    """On each kind of database."""
    async with opened_world(tmp_path, TelegramLine, local(2024, 3, 1), url=database_url, plan="di-lang-2024") as opened:
        opened.store.channel_policy = replace(opened.store.channel_policy, takes_back={Network.TELEGRAM: TAKES_BACK})
        opened.store.copy_press = OwnCopyPress(AttachmentStore(opened.data_dir / "attachments"))
        yield opened


def line_of(world: World) -> TelegramLine:
    assert isinstance(world.line, TelegramLine)
    return world.line


def ids_sent(world: World, phone: Phone) -> list[int]:
    """The ids of all messages in a chat, as the server gave them."""
    server = line_of(world).telegram
    return [number for number, call in enumerate(server.calls, 1) if call in server.sent(phone.address)]


def ids_deleted(world: World, phone: Phone) -> list[int]:
    calls = line_of(world).telegram.named("deleteMessages")
    return [one for call in calls if str(call.params["chat_id"]) == phone.address for one in call.params["message_ids"]]


async def left(world: World) -> int:
    async with world.store.reading() as uow:
        return await uow.session.scalar(sa.select(sa.func.count()).select_from(t.message_recalls)) or 0


async def test_whoever_erases_their_data_finds_our_messages_gone_with_the_files(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/lich")
    old = ids_sent(world, mai)
    world.clock.move(hours=47)
    await mai.says("/dulieu")
    world.clock.move(hours=2)
    await mai.says("/xoa")
    before = ids_sent(world, mai)
    await mai.presses("Xoá")

    told = mai.hears()
    assert "tin và tệp chúng tôi gửi bà/ông trong 48 giờ qua được xoá" in told
    assert "Tin cũ hơn và tin bà/ông tự gửi thì chúng tôi không xoá được" in told
    assert ids_deleted(world, mai) == [one for one in before if one not in old]
    documents = [one for one in line_of(world).telegram.sent(mai.address) if one.method == "sendDocument"]
    assert len(documents) == 2, "the copy of their data, among what was deleted"
    assert await left(world) == 0


async def test_what_telegram_refuses_is_left_and_what_it_puts_off_is_tried_again(world: World) -> None:
    mai, lan = [await world.resident("DL-hang-gon", name) for name in ("Nguyễn Thị Mai", "Bùi Thị Lan")]
    for phone in (mai, lan):
        await phone.says("/xoa")
    relay, server = line_of(world).relay, line_of(world).telegram
    async with world.store.unit() as uow:
        row = {"network": Network.TELEGRAM, "channel": "4242", "message": "5+1"}
        until = uow.now + timedelta(hours=1)
        await uow.session.execute(
            sa.insert(t.message_recalls),
            [row | {"address": mai.address, "until": until}, row | {"address": lan.address, "until": until}],
        )
        await uow.commit()
    server.answers.append(refused(429, "Too Many Requests: retry after 1", retry_after=1))
    await relay.work_off()
    assert await left(world) == 2, "the whole of it waits"
    server.answers.append(refused(400, "Bad Request: message can't be deleted"))
    await relay.work_off()
    assert ids_deleted(world, lan) == [5, 6]
    assert await left(world) == 0, "what cannot be is not tried for ever"


async def test_what_is_too_old_by_now_is_not_tried(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    async with world.store.unit() as uow:
        row = {"network": Network.TELEGRAM, "channel": "4242", "message": "5", "address": mai.address}
        await uow.session.execute(sa.insert(t.message_recalls).values(row | {"until": uow.now}))
        await uow.commit()
    await line_of(world).relay.work_off()
    assert ids_deleted(world, mai) == []
    assert await left(world) == 0


async def test_where_the_bot_is_no_more_nobody_keeps_whose_chat_it_was(world: World) -> None:
    """Another bot took its place: nobody deletes for this one, and the address goes all the same."""
    async with world.store.unit() as uow:
        row = {"network": Network.TELEGRAM, "channel": "1111", "message": "5", "address": "7000001"}
        await uow.session.execute(sa.insert(t.message_recalls).values(row | {"until": uow.now}))
        await uow.commit()
    await line_of(world).relay.work_off()
    assert await left(world) == 1
    world.clock.move(days=1)
    await run_day(JobContext(world.store.unit, at_any_hour=True))
    assert await left(world) == 0


async def office_that_seals(world: World) -> Office:
    """An office whose chair is the officer for what is sealed."""
    office = await open_office(world)
    await office.seals()
    return office


async def test_a_question_that_is_sealed_is_taken_back_from_everybody_who_was_told_of_it(world: World) -> None:
    office = await office_that_seals(world)
    reference = await office.assigned()
    number = (await office.question(reference)).id
    async with world.store.reading() as uow:
        rows = await uow.session.scalars(
            sa.select(t.letters.c.network_message_id).where(
                t.letters.c.question_id == number, t.letters.c.network_message_id.is_not(None)
            )
        )
        told = {one for row in rows for one in unpacked_ids(row)}
    assert told
    await office.secretary.taps_code(f"sealquestion.{number}")
    await office.secretary.presses("Niêm phong")

    everybody = (office.mai, office.secretary, office.official, office.other, office.chair)
    assert {one for phone in everybody for one in ids_deleted(world, phone)} >= told


async def cards_with(world: World, phone: Phone, words: str) -> list[int]:
    """The ids of the messages in a chat that say these words."""
    server = line_of(world).telegram
    return [
        number
        for number, call in enumerate(server.calls, 1)
        if call in server.sent(phone.address) and words in str(call.params)
    ]


async def test_cards_that_staff_opened_themselves_are_taken_back_when_it_is_sealed_later(world: World) -> None:
    office = await office_that_seals(world)
    reference = await office.assigned()
    number = (await office.question(reference)).id
    await office.official.taps_code(f"queue.{number}")
    await office.secretary.taps_code(f"triage.{number}")
    opened = {phone: await cards_with(world, phone, ROAD) for phone in (office.official, office.secretary)}
    assert all(opened.values())
    world.clock.move(hours=3)
    await office.secretary.taps_code(f"sealquestion.{number}")
    await office.secretary.presses("Niêm phong")

    for phone, cards in opened.items():
        assert set(cards) <= set(ids_deleted(world, phone))


async def test_who_is_named_later_loses_the_card_and_who_may_read_the_matter_the_one_with_the_name(
    world: World,
) -> None:
    office: Office = await open_office(world)
    reference = await office.assigned()
    question = await office.question(reference)
    await office.official.taps_code(f"queue.{question.id}")
    cards = await cards_with(world, office.official, ROAD)
    read_by_secretary = await cards_with(world, office.secretary, ROAD)
    assert cards
    await office.secretary.taps_code(f"seal.{question.id}")
    await office.secretary.says("Việc trong nhà")
    await office.secretary.presses("Gửi")
    assert (await office.question(reference)).sensitive
    assert set(cards) <= set(ids_deleted(world, office.official)), "it named the asker"
    await office.official.taps_code(f"queue.{question.id}")
    again = set(await cards_with(world, office.official, ROAD)) - set(cards)
    assert again, "the matter can be read still"
    assert not again & set(await cards_with(world, office.official, "Nguyễn Thị Mai"))
    assert not set(read_by_secretary) & set(ids_deleted(world, office.secretary)), "who may know the asker keeps it"

    async with world.store.unit() as uow:
        by = await person_named(uow, "Trần Văn Thư")
        meant = await person_named(uow, "Lê Thị Hoa")
        await name(uow, by=by, question_id=question.id, named=Named(NamedKind.PERSON, meant.id), reason="Nêu rõ tên")
        await uow.commit()
    await line_of(world).relay.work_off()
    assert again <= set(ids_deleted(world, office.official))
    async with world.store.unit() as uow:
        stored = await uow.questions.get(question.id)
        await take_back_shown(uow, stored, [stored.asker_id])
        await uow.commit()
    assert await left(world) == 0, "whoever asked keeps what they wrote themselves"


async def test_on_zalo_it_is_said_that_nothing_can_be_taken_back(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    async with world.store.unit() as uow:
        met = await uow.accounts.meet(Network.TELEGRAM, "4242", mai.address)
        other = (await uow.accounts.meet(Network.ZALO, "oa", "zalo-mai")).account
        other.person_id = met.account.person_id
        await uow.commit()
    await mai.says("/xoa")
    await mai.presses("Xoá")
    assert "Trên Zalo: tin đã gửi thì chúng tôi không thu hồi được" in mai.hears()


def test_ids_of_many_messages_lie_in_few_letters() -> None:
    ids = [2_147_483_000 + number for number in range(13)]
    assert len(packed_ids(ids)) < 80
    assert unpacked_ids(packed_ids([7, 12, 9])) == [7, 12, 9]
    assert unpacked_ids(packed_ids(ids)) == ids


async def test_whoever_has_noted_the_code_of_a_sealed_matter_finds_what_we_said_of_it_gone(world: World) -> None:
    office = await open_office(world)
    await office.seals()
    await office.mai.says("/lich")
    await office.mai.says("Tôi tố cáo ông Lê Văn Tèo nhận tiền ở quán Gió Chiều")
    before = ids_sent(world, office.mai)
    await office.mai.presses("Tố cáo")
    await office.mai.presses("Gửi kín cho người phụ trách")
    assert "KIN-" in office.mai.hears()
    told = [one for one in ids_sent(world, office.mai) if one not in before]
    await office.mai.presses("Đã ghi mã, xoá khỏi đây")
    await world.settle()
    assert ids_deleted(world, office.mai) == told, "the offer and the code; nothing else of the chat"
    assert await left(world) == 0
