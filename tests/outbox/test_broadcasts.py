"""Broadcasts: one letter for everybody they are for, written in slices that no kill and no rival doubles or loses."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.outbox.fan_out import FanOut
from bot.outbox.relay import ROUND, OutboxRelay
from intake.actions.outbox.broadcast import change_by_command, start_broadcast
from intake.actions.people.note_activity import note_activity
from intake.rules.errors import ChangedMeanwhile
from intake.rules.message import Message
from intake.rules.outbox.broadcast import BroadcastId, BroadcastState
from intake.rules.outbox.channel_policy import ZALO_WINDOW, ChannelPolicy, best_account, open_way
from intake.rules.outbox.letter import LetterState
from intake.rules.people.person import Account, Network, Person, PersonId
from intake.rules.people.unit import Level, Unit, UnitId
from storage import tables as t
from storage.unit_of_work import SqlUnitOfWork, Store
from tests.outbox.test_relay import Script
from tests.support.broadcasts import begin, settle_people, spread
from tests.support.databases import POSTGRESQL
from tests.support.village import Village, build
from tests.support.world import Clock, make_store


@pytest.fixture
async def village(store: Store) -> Village:
    return await build(store)


async def letters_of(store: Store, broadcast_id: BroadcastId) -> Sequence[sa.Row[tuple[PersonId, LetterState, str]]]:
    async with store.reading() as uow:
        rows = await uow.session.execute(
            sa.select(t.letters.c.person_id, t.letters.c.state, t.letters.c.channel)
            .where(t.letters.c.broadcast_id == broadcast_id)
            .order_by(t.letters.c.person_id)
        )
        return rows.all()


async def state_of(store: Store, broadcast_id: BroadcastId) -> BroadcastState:
    async with store.reading() as uow:
        return (await uow.broadcasts.get(broadcast_id)).state


async def change(store: Store, broadcast_id: BroadcastId, to: BroadcastState) -> None:
    async with store.unit() as uow:
        await change_by_command(uow, by="clerk", broadcast_id=broadcast_id, to=to)
        await uow.commit()


async def test_everybody_of_the_hamlets_gets_one_letter_and_nobody_else(store: Store, village: Village):
    east = await settle_people(store, village.east, 3)
    await settle_people(store, village.west, 2)
    async with store.unit() as uow:
        gone = await uow.people.add(Person("Đã xoá", village.east.id, erased_at=uow.now))
        without = await uow.people.add(Person("Cụ Năm", village.east.id))
        await uow.commit()
    broadcast_id = await begin(store, village.commune.id, [village.east.id], "Mời bà con")
    await spread(store)

    letters = await letters_of(store, broadcast_id)
    assert [row.person_id for row in letters] == [village.resident.id, *east, without.id]
    assert gone.id not in [row.person_id for row in letters]
    assert [(row.state, row.channel) for row in letters] == [
        *[(LetterState.WAITING, "webchat:plain")] * 4,
        (LetterState.IN_PERSON, None),
    ]
    async with store.reading() as uow:
        broadcast = await uow.broadcasts.get(broadcast_id)
    assert (broadcast.letters, broadcast.people, broadcast.spread_at) == (5, 5, broadcast.started_at)


async def test_slices_end_where_a_kill_left_off_and_nothing_is_doubled(store: Store, village: Village):
    people = [village.resident.id, *await settle_people(store, village.east, 7)]
    broadcast_id = await begin(store, village.commune.id, [village.east.id], "Mời bà con")
    fan_out = FanOut(store, lambda: None)
    assert await fan_out.spread(3)
    async with store.unit() as uow:  # dies before its commit
        held = await uow.fan_out.to_spread()
        assert held is not None
        assert await uow.fan_out.spread(held, 3) > 0
    slices = await spread(store, 3)

    assert [row.person_id for row in await letters_of(store, broadcast_id)] == people
    assert slices == 3, "two more, and the one that finds the end"


async def test_no_slice_waits_for_the_disk_and_everything_else_does(store: Store, village: Village):
    if store.engine.dialect.name != POSTGRESQL:
        pytest.skip("SQLite has no such choice")
    await settle_people(store, village.east, 3)
    await begin(store, village.commune.id, [village.east.id], "Mời bà con")

    async def waits(uow: SqlUnitOfWork) -> str:
        return str(await uow.session.scalar(sa.text("SHOW synchronous_commit")))

    async with store.unit() as uow:
        broadcast = await uow.fan_out.to_spread()
        assert broadcast is not None
        assert await waits(uow) == "on"
        assert await uow.fan_out.spread(broadcast, 2) > 0
        assert await waits(uow) == "off"
        await uow.commit()
    async with store.unit() as uow:
        assert await waits(uow) == "on"


async def test_any_number_of_processes_write_every_letter_once(
    store: Store, new_store: Callable[[], Store], village: Village
):
    people = await settle_people(store, village.east, 30)
    first = await begin(store, village.commune.id, [village.east.id], "Tin thứ nhất")
    second = await begin(store, village.commune.id, [village.east.id], "Tin thứ hai")
    stores = [store, *(new_store() for _ in range(3))]

    await asyncio.gather(*(spread(one, 4) for one in stores))
    await spread(store, 4)  # whoever found it held had left it to the one that held it

    for broadcast_id in (first, second):
        letters = await letters_of(store, broadcast_id)
        assert [row.person_id for row in letters] == [village.resident.id, *people]


async def test_who_moves_house_hears_the_same_news_once(store: Store, village: Village):
    (mover, *_) = await settle_people(store, village.east, 2)
    await begin(store, village.commune.id, [village.east.id], "Mời bà con", name="notice:5")
    await spread(store)
    async with store.unit() as uow:
        person = await uow.people.get(mover)
        assert person is not None
        person.hamlet_id = village.west.id
        await uow.commit()
    again = await begin(store, village.commune.id, [village.west.id], "Mời bà con", name="notice:5")
    other = await begin(store, village.commune.id, [village.west.id], "Tin khác")
    await spread(store)

    assert await letters_of(store, again) == []
    assert [row.person_id for row in await letters_of(store, other)] == [mover]


async def test_a_paused_broadcast_waits_and_a_resumed_one_goes_on(store: Store, village: Village, clock: Clock):
    await settle_people(store, village.east, 2)
    script = Script()
    relay = OutboxRelay(store, script, "here", clock.now)
    broadcast_id = await begin(store, village.commune.id, [village.east.id], "Mời bà con")
    await change(store, broadcast_id, BroadcastState.PAUSED)
    await spread(store)
    assert await relay.work_off() == 0
    with pytest.raises(ChangedMeanwhile):
        await change(store, broadcast_id, BroadcastState.PAUSED)

    await change(store, broadcast_id, BroadcastState.RUNNING)
    assert await relay.work_off() == 3
    await spread(store)
    assert [text for _, text in script.sent] == ["Mời bà con"] * 3
    assert await state_of(store, broadcast_id) is BroadcastState.DONE
    with pytest.raises(ChangedMeanwhile):
        await change(store, broadcast_id, BroadcastState.STOPPED)


async def test_a_stopped_broadcast_takes_back_what_had_not_gone_out(store: Store, village: Village, clock: Clock):
    people = await settle_people(store, village.east, 5)
    script = Script()
    broadcast_id = await begin(store, village.commune.id, [village.east.id], "Mời bà con")
    await FanOut(store, lambda: None).spread(10)
    async with store.unit() as uow:
        [account] = (await uow.accounts.of([people[0]])).values()
        account.awaited_since = uow.now
        waits = sa.update(t.letters).where(t.letters.c.person_id == people[0])
        await uow.session.execute(waits.values(state=LetterState.ON_RETURN))
        sent = sa.update(t.letters).where(t.letters.c.person_id == people[1])
        await uow.session.execute(sent.values(state=LetterState.SENT))
        await uow.commit()
    await change(store, broadcast_id, BroadcastState.STOPPED)
    async with store.unit() as uow:
        account = (await uow.accounts.of([people[0]]))[people[0]]
        assert await note_activity(uow, [account]) == 0, "what was stopped does not go out on somebody's return"
        await uow.commit()
    assert await OutboxRelay(store, script, "here", clock.now).work_off() == 0
    await spread(store, 2)

    assert [(row.person_id, row.state) for row in await letters_of(store, broadcast_id)] == [
        (people[1], LetterState.SENT)
    ]
    async with store.reading() as uow:
        assert (await uow.broadcasts.get(broadcast_id)).ended_at is not None
        assert not await uow.fan_out.has_any_to_spread()


async def test_the_communes_share_an_account_in_turns(store: Store, village: Village, clock: Clock):
    """A small commune's notice does not wait for the end of a large one's."""
    async with store.unit() as uow:
        other = await uow.places.add_unit(Unit("AD", "An Dương", Level.COMMUNE), village.province)
        far = await uow.places.add_unit(Unit("AD-1", "Thôn Một", Level.HAMLET), other)
        await uow.commit()
    await settle_people(store, village.west, ROUND * 2)
    await settle_people(store, far, ROUND // 4)
    large = await begin(store, village.commune.id, [village.west.id], "Tin xã lớn")
    small = await begin(store, other.id, [far.id], "Tin xã nhỏ")
    await spread(store)
    script = Script()

    assert await OutboxRelay(store, script, "here", clock.now).work_off() > 0

    said = Counter(text for _, text in script.sent)
    assert said["Tin xã nhỏ"] == ROUND // 4
    assert said["Tin xã lớn"] >= ROUND // 2
    async with store.reading() as uow:
        assert (await uow.broadcasts.progress(large)).left > 0
        assert (await uow.broadcasts.progress(small)).left == 0


async def test_a_broadcast_waits_out_the_quiet_hours(store: Store, village: Village, clock: Clock):
    clock.move(hours=14)  # 22:00
    await begin(store, village.commune.id, [village.east.id], "Mời bà con")
    await spread(store)
    relay = OutboxRelay(store, Script(), "here", clock.now)
    assert await relay.work_off() == 0
    clock.move(hours=9)
    assert await relay.work_off() == 1


async def test_progress_says_how_many_stand_where(store: Store, village: Village):
    people = await settle_people(store, village.east, 3)
    await settle_people(store, village.west, 2, network=Network.TELEGRAM)
    broadcast_id = await begin(store, village.commune.id, [village.east.id, village.west.id], "Mời bà con")
    await spread(store)
    async with store.unit() as uow:
        for person, state in zip(people, (LetterState.SENT, LetterState.UNREACHABLE, LetterState.SENT), strict=True):
            changed = sa.update(t.letters).where(t.letters.c.person_id == person)
            await uow.session.execute(changed.values(state=state))
        await uow.commit()
    async with store.reading() as uow:
        progress = await uow.broadcasts.progress(broadcast_id)
    assert (progress.sent, progress.left, progress.not_delivered) == (2, 3, 1)
    assert progress.waiting == {Network.TELEGRAM: 2, Network.WEBCHAT: 1}


async def _people_at_random(uow: SqlUnitOfWork, hamlet: UnitId, seed: int) -> dict[PersonId, list[Account]]:
    dice = random.Random(seed)  # noqa: S311 - the same people every time
    ages = (None, *(timedelta(hours=hours) for hours in (0, 1, 47, 48, 49, 24 * 7 - 1, 24 * 7, 24 * 30)))
    accounts: dict[PersonId, list[Account]] = {}
    for number in range(60):
        person = await uow.people.add(Person(f"Người {number}", hamlet, created_at=uow.now))
        accounts[person.id] = []
        for chat in range(dice.randrange(4)):
            network = dice.choice(list(Network))
            account, *_ = await uow.accounts.meet(network, "plain", f"r{number}-{chat}")
            age = dice.choice(ages)
            account.person_id = person.id
            account.last_heard_at = None if age is None else uow.now - age
            account.unreachable_since = uow.now if dice.random() < 0.25 else None
            account.awaited_since = uow.now if dice.random() < 0.25 else None
            accounts[person.id].append(account)
    return accounts


@pytest.mark.parametrize("seed", range(5))
async def test_the_database_chooses_the_chat_that_the_rule_chooses(store: Store, clock: Clock, seed: int):
    """`best_account` and `open_way` stand twice: as rules, and as SQL for a million people."""
    village = await build(store)
    channel_policy = ChannelPolicy(windows={Network.ZALO: ZALO_WINDOW})
    store = make_store(store.engine, clock, channel_policy=channel_policy)
    async with store.unit() as uow:
        accounts = await _people_at_random(uow, village.west.id, seed)
        await uow.commit()
    broadcast_id = await begin(store, village.commune.id, [village.west.id], "Mời bà con")
    await spread(store)

    async with store.reading() as uow:
        rows = await uow.session.execute(
            sa.select(t.letters.c.person_id, t.letters.c.account_id).where(t.letters.c.broadcast_id == broadcast_id)
        )
        chosen = {row.person_id: row.account_id for row in rows}
        best = {person: best_account(channel_policy, own, clock.now()) for person, own in accounts.items()}
        assert chosen == {person: None if one is None else one.id for person, one in best.items()}
        counted = Counter(
            (None, None)
            if one is None
            else (one.network, open_way(channel_policy, one.network, one.last_heard_at, one.awaited_since, clock.now()))
            for one in best.values()
        )
        parts = await uow.broadcasts.audience([village.west.id])
        assert {(part.network, part.way): part.people for part in parts} == counted


async def test_an_erased_person_is_nowhere_in_a_broadcast(store: Store, village: Village):
    broadcast_id = await begin(store, village.commune.id, [village.east.id], "Mời bà con")
    await spread(store)
    async with store.unit() as uow:
        await uow.letters.forget(village.resident.id)
        await uow.commit()
    assert await letters_of(store, broadcast_id) == []


async def test_those_named_get_it_too_wherever_they_live_and_nobody_twice(store: Store, village: Village):
    west = await settle_people(store, village.west, 2)
    async with store.unit() as uow:
        started = await start_broadcast(
            uow,
            Message("notice.text", {"text": "Kết luận"}),
            name="conclusion:1",
            unit_id=village.commune.id,
            hamlets=[village.east.id],
            also=[west[1], village.resident.id, west[1]],
        )
        await uow.commit()
    assert started.audience.by_chat == 2
    await spread(store)
    assert [row.person_id for row in await letters_of(store, started.broadcast_id)] == [village.resident.id, west[1]]
    async with store.reading() as uow:
        assert (await uow.broadcasts.get(started.broadcast_id)).letters == 2
