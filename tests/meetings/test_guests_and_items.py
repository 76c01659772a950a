"""Guests, and the items of conclusions with their clocks, as both databases keep them."""

from datetime import date

import pytest

from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import Clock
from intake.rules.errors import NotFound
from intake.rules.meetings.conclusion import ConclusionItem
from intake.rules.meetings.guest import Guest, GuestReply
from intake.rules.people.unit import DeskId
from storage.unit_of_work import Store
from tests.support.village import Village, a_meeting, build


@pytest.fixture
async def village(store: Store) -> Village:
    return await build(store)


async def test_guests_are_found_by_meeting_and_by_person(store: Store, village: Village):
    me = village.resident.id
    async with store.unit() as uow:
        meeting = await uow.meetings.add(a_meeting(village), [])
        other = await uow.meetings.add(a_meeting(village, "q3"), [])
        first = await uow.guests.add(Guest(meeting.id, "Huyện ủy", True, "Lê A", "Bí thư", me, person_id=me))
        second = await uow.guests.add(Guest(meeting.id, "", False, "Lê B", "", me, reply=GuestReply.STAND_IN))
        await uow.guests.add(Guest(other.id, "", False, "Lê C", "", me))
        await uow.commit()
    async with store.unit() as uow:
        assert [one.name for one in await uow.guests.of_meeting(meeting.id)] == ["Lê A", "Lê B"]
        assert [one.name for one in await uow.guests.of_person(me)] == ["Lê A"]
        kept = await uow.guests.get(second.id, lock=True)
        assert (kept.party, kept.reply, kept.invited_at) == (False, GuestReply.STAND_IN, None)
        assert await uow.links.has_own(me), "whoever is invited has something to lose"
        await uow.guests.remove(await uow.guests.get(first.id))
        await uow.commit()
    async with store.reading() as uow:
        assert await uow.guests.of_person(me) == []
        assert not await uow.links.has_own(me)
        with pytest.raises(NotFound):
            await uow.guests.get(first.id)


async def test_people_are_found_by_the_index_of_their_proven_phone(store: Store, village: Village):
    async with store.unit() as uow:
        person = await uow.people.get(village.resident.id)
        assert person is not None
        person.phone_index, person.phone_proven = "digest", True
        await uow.commit()
        assert [one.id for one in await uow.people.with_proven_phone("digest")] == [village.resident.id]
        assert await uow.people.with_proven_phone("another") == []
        person.phone_proven = False
        await uow.commit()
        assert await uow.people.with_proven_phone("digest") == [], "anybody can type it"
        person.phone_proven, person.erased_at = True, uow.now
        await uow.commit()
        assert await uow.people.with_proven_phone("digest") == []


async def test_public_items_that_are_not_done_come_by_unit_or_desk_the_soonest_first(store: Store, village: Village):
    at = village.resident.id
    async with store.unit() as uow:
        meeting = await uow.meetings.add(a_meeting(village), [])

        async def item(number: int, due_on: date | None, **more: object) -> ConclusionItem:
            values: dict[str, object] = {"desk_id": None, "owner": "Xã", "published_at": uow.now, **more}
            made = ConclusionItem(
                meeting_id=meeting.id, number=number, text="…", due_on=due_on, written_by=at, **values
            )  # type: ignore[arg-type]
            return await uow.conclusions.add(made, [])

        none = await item(1, None)
        late = await item(2, date(2024, 7, 1), desk_id=village.desk.id)
        soon = await item(3, date(2024, 6, 1))
        await item(4, date(2024, 6, 1), published_at=None)
        await item(5, date(2024, 6, 1), done_at=uow.now)
        clock = Clock(
            kind=ClockKind.CONCLUSION,
            unit_id=village.commune.id,
            question_id=None,
            meeting_id=None,
            anchor_on=date(2024, 6, 1),
            due_on=date(2024, 6, 1),
            due={},
            wake_on=date(2024, 3, 1),
            item_id=soon.id,
        )
        await uow.clocks.add(clock)
        await uow.commit()
    async with store.unit() as uow:
        numbers = [one.number for one in await uow.conclusions.open_items([village.commune.id], [])]
        assert numbers == [soon.number, late.number, none.number]
        assert [one.number for one in await uow.conclusions.open_items([], [village.desk.id])] == [late.number]
        assert await uow.conclusions.open_items([], [DeskId(999)]) == []
        assert set(await uow.conclusions.many([soon.id, late.id])) == {soon.id, late.id}
        assert await uow.conclusions.many([]) == {}
        kept = await uow.clocks.of_item(soon.id)
        assert kept is not None
        assert kept.due_on == date(2024, 6, 1)
        assert await uow.clocks.of_item(late.id) is None
        [awake] = await uow.clocks.awake(date(2024, 3, 1), 10)
        assert (awake.item_id, awake.task_id) == (soon.id, None)
