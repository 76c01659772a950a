"""Seats under real concurrency: who withdraws and who registers at the same moment end right, on both databases."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from intake.actions.meetings.quotas import set_quota
from intake.actions.meetings.register import register, withdraw
from intake.actions.people.own_data import erase
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, Registration, RegistrationKind, RegistrationState
from intake.rules.meetings.roster import Quota
from intake.rules.outbox.letter import Letter
from intake.rules.people.person import Grant, Person, PersonId, Role
from intake.rules.plan.profile_terms import Seat
from storage.unit_of_work import Store
from tests.support.processes import PATIENCE
from tests.support.village import Village, a_meeting, build, meet

STANDING, WAITING = RegistrationState.STANDING, RegistrationState.WAITING


@dataclass(frozen=True, slots=True)
class Fair:
    """A meeting with three seats for the eastern hamlet, people of it with a chat each, and a secretary."""

    store: Store
    village: Village
    meeting: Meeting
    people: list[Person]
    secretary: Person

    async def signs_up(self, number: int, store: Store | None = None) -> None:
        async with (store or self.store).unit() as uow:
            person = await uow.people.get(self.people[number].id)
            assert person is not None
            # what the conversation does before it: the registration is looked at without a lock
            await uow.meetings.registration(self.meeting.id, person.id)
            await asyncio.sleep(0)
            await register(uow, meeting_id=self.meeting.id, person=person, kind=RegistrationKind.ATTEND, content="")
            await uow.commit()

    async def leaves(self, number: int, store: Store | None = None) -> None:
        async with (store or self.store).unit() as uow:
            person = await uow.people.get(self.people[number].id)
            assert person is not None
            await uow.meetings.registration(self.meeting.id, person.id)
            await asyncio.sleep(0)
            await withdraw(uow, meeting_id=self.meeting.id, person=person, by=person)
            await uow.commit()

    async def standing(self) -> tuple[list[Registration], list[Registration]]:
        """Who has a seat and who waits, each in the order of the list."""
        async with self.store.reading() as uow:
            listed = await uow.rosters.registrations(self.meeting.id, self.village.east.id)
            return [one for one in listed if one.state is STANDING], [one for one in listed if one.state is WAITING]

    async def told_of_a_seat(self) -> list[PersonId | None]:
        async with self.store.reading() as uow:
            letters = (await uow.session.scalars(sa.select(Letter).order_by(Letter.id))).all()
            return [one.person_id for one in letters if one.content["key"] == "seats.promoted"]


async def a_fair(store: Store, people: int = 20) -> Fair:
    village = await build(store)
    async with store.unit() as uow:
        meeting = await uow.meetings.add(a_meeting(village), [village.east.id, village.west.id])
        await uow.rosters.add_quota(Quota(meeting.id, village.east.id, Seat.RESIDENT, 3))
        residents = []
        for number in range(people):
            person = await uow.people.add(Person(f"Người {number}", village.east.id, created_at=uow.now))
            (await meet(uow, f"chat{number}")).person_id = person.id
            residents.append(person)
        secretary = await uow.people.add(Person("Thư ký"))
        await uow.people.give(Grant(secretary.id, Role.SECRETARY, village.commune.id))
        await uow.commit()
    return Fair(store, village, meeting, residents, secretary)


async def test_two_withdrawals_and_ten_sign_ups_at_once_end_right(store: Store, new_store: Callable[[], Store]):
    fair = await a_fair(store)
    for number in range(3):
        await fair.signs_up(number)
    stores = [store, new_store(), new_store()]

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(
            *(fair.signs_up(number, stores[number % 3]) for number in range(3, 8)),
            fair.leaves(0, stores[0]),
            *(fair.signs_up(number, stores[number % 3]) for number in range(8, 13)),
            fair.leaves(1, stores[1]),
        )

    seated, waiting = await fair.standing()
    assert (len(seated), len(waiting)) == (3, 8)
    assert seated[0].person_id == fair.people[2].id
    assert max(one.rank for one in seated) < min(one.rank for one in waiting), "who came first has the seat"
    assert len({one.rank for one in (*seated, *waiting)}) == 11
    assert len({one.reference for one in (*seated, *waiting)}) == 11
    # whoever had to wait was told once; whoever found a free seat has it in the reply
    told = await fair.told_of_a_seat()
    assert len(told) == len(set(told)) <= 2
    assert set(told) <= {one.person_id for one in seated}


async def test_a_seat_given_back_twice_at_once_is_given_away_once(store: Store, new_store: Callable[[], Store]):
    fair = await a_fair(store)
    for number in range(5):
        await fair.signs_up(number)

    async def leave(at: Store) -> str:
        try:
            await fair.leaves(0, at)
        except NotFound as refusal:
            return type(refusal).__name__
        return ""

    outcomes = await asyncio.gather(leave(store), leave(new_store()))

    assert sorted(outcomes) == ["", "NotFound"]
    seated, waiting = await fair.standing()
    assert [one.person_id for one in seated] == [fair.people[number].id for number in (1, 2, 3)]
    assert [one.person_id for one in waiting] == [fair.people[4].id]
    assert await fair.told_of_a_seat() == [fair.people[3].id]


async def test_raising_and_lowering_the_quota_while_people_come_and_go(store: Store, new_store: Callable[[], Store]):
    """Lowering takes no seat from anybody; raising gives seats at once; a seat above the quota is not given again."""
    fair = await a_fair(store)

    async def quota(number: int, at: Store) -> None:
        async with at.unit() as uow:
            await set_quota(
                uow,
                by=fair.secretary,
                meeting_id=fair.meeting.id,
                unit_ids=[fair.village.east.id],
                seat=Seat.RESIDENT,
                number=number,
            )
            await uow.commit()

    for number in range(6):
        await fair.signs_up(number)
    await quota(1, store)
    await fair.leaves(0)
    seated, waiting = await fair.standing()
    assert (len(seated), len(waiting)) == (2, 3)

    other = new_store()
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(
            quota(4, other), fair.leaves(1, store), *(fair.signs_up(number, other) for number in range(6, 12))
        )
    seated, waiting = await fair.standing()
    assert (len(seated), len(waiting)) == (4, 6)
    assert [one.person_id for one in seated] == [fair.people[number].id for number in (2, 3, 4, 5)]


async def test_somebody_who_erases_everything_leaves_the_seat_to_the_next(store: Store):
    fair = await a_fair(store)
    for number in range(4):
        await fair.signs_up(number)
    async with store.unit() as uow:
        person = await uow.people.get(fair.people[1].id)
        assert person is not None
        await erase(uow, person=person)
        await uow.commit()

    seated, waiting = await fair.standing()
    assert [one.person_id for one in seated] == [fair.people[number].id for number in (0, 2, 3)]
    assert waiting == []
    assert await fair.told_of_a_seat() == [fair.people[3].id]


async def test_a_list_is_counted_without_being_read(store: Store):
    """Somebody who registers costs the same at the end of a long list as at its beginning."""
    fair = await a_fair(store, people=6)
    for number in range(6):
        await fair.signs_up(number)
    await fair.leaves(5)
    await fair.leaves(0)
    meeting, east, west = fair.meeting.id, fair.village.east.id, fair.village.west.id

    async with store.reading() as uow:
        assert await uow.rosters.seated(meeting, east) == {Seat.RESIDENT: 3}
        waiting = await uow.rosters.waiting(meeting, east)
        assert [one.person_id for one in waiting] == [fair.people[4].id]
        assert await uow.rosters.last_rank(meeting, east) == waiting[0].rank
        assert await uow.rosters.seated(meeting, west) == {}
        assert await uow.rosters.last_rank(meeting, west) == 0
        assert await uow.rosters.waiting(meeting, None) == []
