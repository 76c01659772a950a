"""What the deeds about delegates refuse whoever calls them, beside what the conversations live through."""

import pytest

from intake.actions.meetings.check_in import check_in, doors_today, walk_in
from intake.actions.meetings.compose_roster import add_to_roster, set_seat, take_off_roster
from intake.actions.meetings.public_page import meeting_in_public
from intake.actions.meetings.quotas import set_quota
from intake.actions.meetings.register import register, withdraw
from intake.actions.meetings.submit_roster import accept_roster, remind_rosters, return_roster, submit_roster
from intake.actions.people.enrol import enter_neighbour
from intake.actions.people.own_data import erase
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.admission import Admission
from intake.rules.meetings.meeting import DEMANDED, MeetingState, Registration, RegistrationKind, RegistrationState
from intake.rules.people.person import Grant, Person, Role
from intake.rules.plan.profile_terms import Seat
from storage.unit_of_work import SqlUnitOfWork
from tests.conftest import load
from tests.support.delegates import Occasion, occasion
from tests.support.stories import planned_meeting, set_meeting
from tests.support.world import World, local
from wording.seats import admission_words, seat_words


@pytest.fixture
async def here(plain_world: World) -> Occasion:
    """Vĩnh Bảo on the day of its meeting, one seat for each hamlet."""
    opened = await occasion(plain_world, "vinh-bao-2026", quota=1, reading="b", starts_at=local(2026, 9, 15))
    plain_world.clock.move_to(local(2026, 9, 15, 7))
    return opened


async def added(uow: SqlUnitOfWork, here: Occasion, name: str = "Trần Thị Một", **more: object) -> Registration:
    unit = here.unit_named("Thôn Đông")
    values: dict[str, object] = {"unit_id": unit.id, "hamlet_id": unit.id, **more}
    return await add_to_roster(uow, by=here.office, meeting_id=here.meeting.id, name=name, **values)  # type: ignore[arg-type]


async def test_a_list_is_taken_once_and_decided_on_while_it_lies_with_the_office(here: Occasion) -> None:
    east, west = here.unit_named("Thôn Đông"), here.unit_named("Thôn Đoài")
    async with here.world.store.unit() as uow:
        what = {"by": here.office, "meeting_id": here.meeting.id, "unit_id": east.id}
        with pytest.raises(NotFound):  # nobody has touched it
            await accept_roster(uow, **what)
        await added(uow, here)
        everywhere = [one.id for one in here.units]
        await set_quota(
            uow, by=here.office, meeting_id=here.meeting.id, unit_ids=everywhere, seat=Seat.RESIDENT, number=2
        )
        with pytest.raises(RuleBroken, match="roster_incomplete"):
            await submit_roster(uow, **what)
        await submit_roster(uow, **what, incomplete=True)
        with pytest.raises(ChangedMeanwhile):
            await submit_roster(uow, **what, incomplete=True)
        assert await remind_rosters(uow, by=here.office, meeting_id=here.meeting.id) == 20
        await return_roster(uow, **what, reason="Cần sửa")
        with pytest.raises(ChangedMeanwhile):
            await return_roster(uow, **what, reason="Cần sửa")
        with pytest.raises(NotFound):
            await return_roster(uow, by=here.office, meeting_id=here.meeting.id, unit_id=west.id, reason="Cần sửa")
        await uow.commit()
    await set_meeting(here.world, here.meeting, MeetingState.HELD)
    async with here.world.store.unit() as uow:
        with pytest.raises(RuleBroken, match="meeting_over"):
            await accept_roster(uow, **what)
        with pytest.raises(RuleBroken, match="meeting_over"):
            await added(uow, here, "Trần Văn Hai")


async def test_nobody_is_put_where_there_is_no_such_seat_or_no_such_hamlet(here: Occasion) -> None:
    async with here.world.store.unit() as uow:
        for wrong in ({"hamlet_id": here.unit_named("Thôn Đoài").id}, {"seat": Seat.FRONT_CHAIR}):
            with pytest.raises(NotFound):
                await added(uow, here, **wrong)
        registration = await added(uow, here)
        same = await set_seat(uow, by=here.office, registration_id=registration.id, seat=Seat.RESIDENT)
        assert (same.seat, same.state) == (Seat.RESIDENT, RegistrationState.STANDING)
        await take_off_roster(uow, by=here.office, registration_id=registration.id, reason="Đi xa")
        with pytest.raises(NotFound):
            await take_off_roster(uow, by=here.office, registration_id=registration.id, reason="Đi xa")


async def test_a_quota_is_set_for_units_that_have_one_and_the_same_number_changes_nothing(here: Occasion) -> None:
    east = here.unit_named("Thôn Đông").id
    async with here.world.store.unit() as uow:
        what = {"by": here.office, "meeting_id": here.meeting.id, "seat": Seat.RESIDENT}
        done = await set_quota(uow, **what, unit_ids=[east, east], number=1)
        assert (done.units, done.promoted) == (0, 0)
        with pytest.raises(NotFound):
            await set_quota(uow, **what, unit_ids=[here.unit.id], number=1)
        with pytest.raises(RuleBroken, match="quota_number"):
            await set_quota(uow, **what, unit_ids=[east], number=1000)
    await set_meeting(here.world, here.meeting, MeetingState.HELD)
    async with here.world.store.unit() as uow:
        with pytest.raises(RuleBroken, match="meeting_over"):
            await set_quota(uow, **what, unit_ids=[east], number=1)


async def test_a_plan_without_quotas_has_no_lists(plain_world: World) -> None:
    open_to_all = await occasion(plain_world, "an-duong-2024")
    async with plain_world.store.unit() as uow:
        what = {"by": open_to_all.office, "meeting_id": open_to_all.meeting.id}
        with pytest.raises(RuleBroken, match="no_quotas"):
            await set_quota(uow, **what, unit_ids=[open_to_all.units[0].id], seat=Seat.RESIDENT, number=1)
        with pytest.raises(RuleBroken, match="meeting_over"):
            await remind_rosters(uow, **what)
        with pytest.raises(NotFound):
            await submit_roster(uow, **what, unit_id=open_to_all.units[0].id)


async def test_nobody_who_waits_is_checked_in_and_no_code_works_at_another_communes_door(here: Occasion) -> None:
    await load(here.world, "di-lang-2024")
    elsewhere = await planned_meeting(here.world)
    await set_meeting(here.world, elsewhere, MeetingState.OPEN)
    async with here.world.store.unit() as uow:
        await added(uow, here)
        waiting = await added(uow, here, "Trần Văn Hai")
        what = {"meeting_id": here.meeting.id, "registration_id": waiting.id}
        with pytest.raises(RuleBroken, match="door_waiting"):
            await check_in(uow, by=here.office, **what)
        stranger = await uow.people.add(Person("Thư ký Di Lăng"))
        await uow.people.give(Grant(stranger.id, Role.SECRETARY, elsewhere.unit_id))
        with pytest.raises(NotFound):
            await check_in(uow, by=stranger, meeting_id=elsewhere.id, registration_id=waiting.id)


async def test_doors_are_for_those_who_help_there(here: Occasion) -> None:
    """A supervisor opens none; a hamlet head none of a meeting for other hamlets."""
    await load(here.world, "di-lang-2024")
    only_one = await planned_meeting(here.world, "DL-lang-dau")
    await set_meeting(here.world, only_one, MeetingState.OPEN)
    async with here.world.store.unit() as uow:
        watcher = await uow.people.add(Person("Người giám sát"))
        await uow.people.give(Grant(watcher.id, Role.SUPERVISOR, here.unit.id))
        head = await uow.people.add(Person("Tổ trưởng"))
        place = await uow.places.unit_by_code("DL-hang-gon")
        assert place is not None
        await uow.people.give(Grant(head.id, Role.HAMLET_HEAD, place.id))
        assert await doors_today(uow, watcher) == []
        assert await doors_today(uow, head) == []
        assert [meeting.id for meeting in await doors_today(uow, here.office)] == [here.meeting.id]


async def test_where_a_person_decided_so_only_people_of_the_hosting_hamlet_register(plain_world: World) -> None:
    """A7 of Tuyết Diêm: two hamlets in one meeting, one of them hosts it (R063)."""
    pair = await occasion(plain_world, "tuyet-diem-2025")
    async with plain_world.store.unit() as uow:
        plan = await uow.plans.get(pair.meeting.plan_id)
        plan.choices = {**plan.choices, "neighbour-hamlet": "no"}
        what = {"meeting_id": pair.meeting.id, "kind": RegistrationKind.ATTEND, "content": ""}
        host = await uow.places.unit_by_code("TD-tuyet-diem-1")
        guest = await uow.places.unit_by_code("TD-tuyet-diem-2")
        assert host is not None
        assert guest is not None
        at_home = await register(uow, person=await uow.people.add(Person("Bà Một", host.id)), **what)
        assert at_home.state is RegistrationState.STANDING
        with pytest.raises(RuleBroken, match="host_hamlet_only"):
            await register(uow, person=await uow.people.add(Person("Bà Hai", guest.id)), **what)


async def test_what_was_taken_back_before_is_emptied_with_everything_else(here: Occasion) -> None:
    async with here.world.store.unit() as uow:
        person = await enter_neighbour(uow, here.office, name="Cụ Năm", hamlet_id=here.unit_named("Thôn Đông").id)
        what = {"meeting_id": here.meeting.id, "person": person}
        registration = await register(uow, **what, kind=RegistrationKind.SPEAK, content="Đường")
        await withdraw(uow, **what, by=person)
        await erase(uow, person=person)
        assert (registration.content, registration.state) == ("", RegistrationState.WITHDRAWN)


async def test_whoever_is_on_the_list_is_not_added_again_and_waits_at_the_door_as_before(here: Occasion) -> None:
    async with here.world.store.unit() as uow:
        first, second = await added(uow, here), await added(uow, here, "Trần Thị Hai")
        with pytest.raises(RuleBroken, match="on_the_list"):
            await added(uow, here, same_as=first.person_id)
        came = await walk_in(
            uow,
            by=here.office,
            meeting_id=here.meeting.id,
            name="Trần Thị Hai",
            unit_id=here.unit_named("Thôn Đông").id,
            same_as=second.person_id,
        )
        assert came is second
        assert (came.state, came.present_at) == (RegistrationState.WAITING, None)


async def test_to_a_meeting_that_voters_demanded_comes_whoever_lives_there(here: Occasion) -> None:
    """The plan's delegates are for the plan's meetings (R212): nobody waits for a seat that no list will give."""
    east = here.unit_named("Thôn Đông")
    async with here.world.store.unit() as uow:
        meeting = await uow.meetings.get(here.meeting.id, lock=True)
        meeting.session_key = f"{DEMANDED}1"
        await uow.commit()
    async with here.world.store.unit() as uow:
        meeting = await uow.meetings.get(here.meeting.id)
        unit = await uow.places.unit(meeting.unit_id)
        assert (await meeting_in_public(uow, unit, meeting.id)).admission is Admission.WHOLE_UNIT
        said = str(await admission_words(uow, meeting))
        assert "admission.whole_unit" in said
        for name in ("Trần Thị Một", "Trần Thị Hai"):
            person = await enter_neighbour(uow, here.office, name=name, hamlet_id=east.id)
            what = {"meeting_id": meeting.id, "person": person, "entered_by": here.office}
            standing = await register(uow, kind=RegistrationKind.ATTEND, content="", **what)  # type: ignore[arg-type]
            assert standing.state is RegistrationState.STANDING, "there are no seats to wait for"
            assert await seat_words(uow, meeting, east, standing) == ""
        with pytest.raises(RuleBroken):
            await added(uow, here, "Trần Văn Ba")
