"""Looking after the outbox on both databases: which letters are meant, and what must not be changed any more."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.outbox.relay import OutboxRelay
from intake.rules.outbox.letter import DISCARDABLE, RETRIABLE, LetterFilter, LetterId, LetterState, Priority
from intake.rules.people.person import Network
from storage import tables as t
from storage.unit_of_work import Store
from tests.outbox.test_relay import Script
from tests.support.broadcasts import begin, spread
from tests.support.village import Village, a_letter, build
from tests.support.world import Clock

START = LetterId(0)


@pytest.fixture
async def village(store: Store) -> Village:
    return await build(store)


async def write(store: Store, village: Village, **more: object) -> LetterId:
    async with store.unit() as uow:
        letter = a_letter(village.account, uow.now, **more)
        uow.session.add(letter)
        await uow.session.flush()
        await uow.commit()
    return letter.id


async def test_letters_are_found_by_what_is_asked_for(store: Store, village: Village, clock: Clock):
    async with store.unit() as uow:
        zalo, *_ = await uow.accounts.meet(Network.ZALO, "oa", "1")
        await uow.commit()
    by_state = {state: await write(store, village, state=state) for state in LetterState}
    clock.move(hours=2)
    news = await begin(store, village.commune.id, [], "Mời bà con")
    of_broadcast = {"broadcast_id": news, "channel": "webchat:plain"}
    bulk = await write(store, village, priority=Priority.BULK, attempts=2, **of_broadcast)
    on_zalo = await write(store, village, account_id=zalo.id, state=LetterState.QUARANTINED)

    async def found(wanted: LetterFilter, limit: int = 99, after: LetterId = START) -> list[LetterId]:
        async with store.reading() as uow:
            lines = await uow.keeping.find(wanted, limit, after)
            if limit == 99 and after == START:
                assert await uow.keeping.count(wanted) == len(lines)
        return [line.id for line in lines]

    every = sorted([*(by_state[state] for state in DISCARDABLE), bulk, on_zalo])
    assert await found(LetterFilter()) == every
    assert await found(LetterFilter(), limit=2) == every[:2]
    assert await found(LetterFilter(), after=every[1]) == every[2:]
    assert await found(LetterFilter(network=Network.ZALO)) == [on_zalo]
    assert await found(LetterFilter(priority=Priority.BULK)) == [bulk]
    assert await found(LetterFilter(RETRIABLE, failed=True)) == [by_state[LetterState.QUARANTINED], bulk, on_zalo]
    assert await found(LetterFilter(written_before=clock.now() - timedelta(hours=1))) == every[:-2]
    assert await found(LetterFilter(ids=(bulk, by_state[LetterState.SENT]))) == [bulk]


async def test_what_has_gone_out_meanwhile_is_left_alone(store: Store, village: Village):
    """Between the looking and the doing a sender may have been faster."""
    sent = await write(store, village, state=LetterState.SENT)
    waiting = await write(store, village)
    lost = await write(store, village, state=LetterState.UNREACHABLE)
    async with store.unit() as uow:
        assert await uow.keeping.retry([sent, lost, waiting]) == 1
        assert await uow.keeping.discard([sent, lost, waiting]) == 2
        assert await uow.keeping.discard([sent, lost, waiting]) == 0
        assert await uow.keeping.retry([sent, lost, waiting]) == 0
        assert await uow.keeping.whole(LetterId(9999)) is None
        found = await uow.keeping.whole(lost)
        assert found is not None
        letter, account, person = found
        await uow.session.refresh(letter)
        assert (letter.state, letter.ring_at) == (LetterState.DISCARDED, None)
        assert account is not None
        assert account.id == village.account.id
        assert person is not None
        assert person.id == village.resident.id


async def test_a_discarded_letter_of_a_notice_counts_as_not_told(store: Store, village: Village):
    news = await begin(store, village.commune.id, [], "Mời bà con", name="notice:7")
    letter = await write(store, village, broadcast_id=news)
    async with store.unit() as uow:
        await uow.keeping.discard([letter])
        await uow.commit()
    async with store.reading() as uow:
        (channel_policy,) = (await uow.proofs.channel_policy(7, [village.east.id])).values()  # type: ignore[arg-type]
    assert (channel_policy.sent, channel_policy.waiting, channel_policy.failed) == (0, 0, 1)


async def test_a_letter_of_a_broadcast_that_is_over_goes_out_when_it_is_tried_again(
    store: Store, village: Village, clock: Clock
):
    await begin(store, village.commune.id, [village.east.id], "Mời bà con")
    await spread(store)
    async with store.unit() as uow:
        refused = sa.update(t.letters).values(state=LetterState.QUARANTINED).returning(t.letters.c.id)
        letter = LetterId((await uow.session.execute(refused)).scalar_one())
        await uow.commit()
    await spread(store)
    async with store.unit() as uow:
        assert await uow.fan_out.running() == []
        assert await uow.keeping.retry([letter]) == 1
        await uow.commit()
    script = Script()
    assert await OutboxRelay(store, script, "here", clock.now).work_off() == 1
    assert [text for _, text in script.sent] == ["Mời bà con"]
