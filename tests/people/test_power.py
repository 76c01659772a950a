"""Power takes two: one alone stops one other at once and for a while, and nobody alone locks everybody out."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from intake.actions.people.take_back import decide_request, resume, suspend, turn_round
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.person import Grant, Person, Role
from storage import tables as t
from tests.people.test_roles import LAU, audited, code_of, picks, stops
from tests.support.office import DESK, Office, open_office
from tests.support.world import Phone, World

THU, CHU, SON = "Trần Văn Thư", "Đinh Văn Chủ", "Đỗ Văn Sơn"


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def admin_of(office: Office) -> Phone:
    return await office.world.staff(Role.ADMIN, "DL", SON)


async def takes_back(phone: Phone, name: str) -> None:
    await picks(phone, name)
    await phone.presses("Thu lại")
    await phone.presses("Gửi")


async def has_power(phone: Phone) -> bool:
    await phone.says("/vaitro")
    return "Việc này dành cho" not in phone.hears()


async def role_of(world: World, name: str) -> Grant:
    async with world.store.reading() as uow:
        found = sa.select(Grant).join(Person, t.persons.c.id == t.grants.c.person_id).where(t.persons.c.name == name)
        return (await uow.session.scalars(found)).one()


async def person(world: World, name: str) -> Person:
    async with world.store.reading() as uow:
        return (await uow.session.scalars(sa.select(Person).where(t.persons.c.name == name))).one()


async def test_a_stolen_phone_with_power_stops_one_other_and_is_stopped_by_the_next(office: Office) -> None:
    admin = await admin_of(office)
    await stops(office.secretary, CHU)
    assert "Đã tạm dừng vai trò chủ trì" in office.secretary.hears()
    assert "tạm dừng theo yêu cầu của Trần Văn Thư" in office.chair.hears()
    assert "Trần Văn Thư đã tạm dừng vai trò chủ trì" in admin.hears()

    await picks(office.secretary, SON)
    await office.secretary.presses("Tạm dừng")
    await office.secretary.says("11/03/2024")
    assert "Lần này phải có người thứ hai" in office.secretary.hears()
    await office.secretary.presses("Gửi")
    assert "thị trấn Di Lăng không còn ai khác có trách nhiệm" in office.secretary.hears()
    assert await has_power(admin)

    await stops(admin, THU)
    assert not await has_power(office.secretary)
    await admin.says("/vaitro")
    await admin.presses(f"⏸ {CHU}")
    await admin.presses("Cho dùng lại")
    assert await has_power(office.chair)


async def test_nobody_takes_power_from_a_peer_for_good_alone(office: Office) -> None:
    await picks(office.chair, THU)
    await office.chair.presses("Thu lại")
    assert "phải có hai người cùng quyết định" in office.chair.hears()
    await office.chair.presses("Gửi")
    assert "không còn ai khác có trách nhiệm" in office.chair.hears()
    assert await has_power(office.secretary)
    office.put_away()

    admin = await admin_of(office)
    await takes_back(office.chair, THU)
    assert "Đã hỏi những người có trách nhiệm khác" in office.chair.hears()
    assert "Đinh Văn Chủ đề nghị thu lại vai trò thư ký" in admin.hears()
    assert not office.secretary.news()
    agree = admin.button("Đồng ý")
    for phone in (office.chair, office.secretary, office.official, office.mai):
        await phone.taps_code(agree)
        assert "Không tìm thấy" in phone.hears(), "only somebody else with power is the second"
    await admin.taps_code(agree.replace(".yes", ".maybe"))
    assert "Không tìm thấy" in admin.hears()
    office.put_away()
    await admin.taps_code(agree)

    assert "Vai trò của Trần Văn Thư đã được thu lại" in admin.hears()
    assert "Đinh Văn Chủ và Đỗ Văn Sơn đã thu lại vai trò thư ký" in office.chair.hears()
    assert "đã được Đinh Văn Chủ và Đỗ Văn Sơn thu lại" in office.secretary.hears()
    assert not await has_power(office.secretary)
    await admin.taps_code(agree)
    assert "không còn hiệu lực" in admin.hears()
    assert [await audited(office.world, act) for act in ("ask_to_take_back", "agree_to_role_request")] == [1, 1]


async def test_the_second_person_may_refuse_and_nothing_has_changed(office: Office) -> None:
    admin = await admin_of(office)
    await takes_back(office.chair, THU)
    await admin.presses("Không đồng ý")
    assert "vẫn như cũ" in admin.hears()
    assert "Đỗ Văn Sơn không đồng ý" in office.chair.hears()
    await admin.presses("Đồng ý")
    assert "đã được quyết định" in admin.hears()
    assert await has_power(office.secretary)


async def test_what_somebody_asked_who_holds_no_power_any_more_is_over(office: Office) -> None:
    admin = await admin_of(office)
    await takes_back(office.chair, THU)
    agree = admin.button("Đồng ý")
    await stops(admin, CHU)
    await admin.taps_code(agree)
    assert "không còn hiệu lực" in admin.hears()
    assert await has_power(office.secretary)


async def test_whoever_was_faster_gains_nothing(office: Office) -> None:
    """Two who hold power: the thief stops the chair first, and is stopped all the same."""
    supervisor = await office.world.staff(Role.SUPERVISOR, "DL", "Võ Thị Giám")
    await stops(office.secretary, CHU)
    assert "Trần Văn Thư đã tạm dừng" in supervisor.hears()
    turn = office.chair.button("Tạm dừng cả người đó")
    await office.official.taps_code(turn)
    assert "Không tìm thấy" in office.official.hears()
    await office.chair.taps_code(turn)

    assert "Vai trò của Trần Văn Thư cũng đã tạm dừng" in office.chair.hears()
    assert "Đinh Văn Chủ, người đang bị tạm dừng, đã tạm dừng lại" in supervisor.hears()
    assert not await has_power(office.secretary)
    number = int(turn.partition(".")[2])
    async with office.world.store.unit() as uow:
        await resume(uow, by=None, grant_id=number)
        await uow.commit()
    assert await has_power(office.chair)
    assert not await has_power(office.secretary)


async def test_a_suspension_is_turned_round_once_and_by_nobody_who_stopped_somebody(office: Office) -> None:
    admin = await admin_of(office)
    await stops(office.secretary, CHU)
    await stops(admin, THU)
    turn = office.secretary.button("Tạm dừng cả người đó")
    await office.secretary.taps_code(turn)
    assert "Không tạm dừng lại được" in office.secretary.hears()
    assert await has_power(admin)

    await admin.says("/vaitro")
    await admin.presses(f"⏸ {CHU}")
    await admin.presses("Cho dùng lại")
    await office.secretary.taps_code(turn)  # nobody is stopped by this phone any more: it may stop one
    assert not await has_power(admin)
    assert await has_power(office.chair)
    await office.chair.says("/vaitro")
    await office.chair.presses(f"⏸ {SON}")
    await office.chair.presses("Cho dùng lại")
    await office.secretary.taps_code(turn)
    assert "Không tìm thấy" in office.secretary.hears(), "once"
    assert await has_power(admin)


async def test_longer_than_two_weeks_takes_two_and_is_not_turned_round(office: Office) -> None:
    admin = await admin_of(office)
    await stops(office.chair, THU, until="01/04/2024")
    assert "Đã hỏi những người có trách nhiệm khác" in office.chair.hears()
    assert await has_power(office.secretary)
    assert "từ ngày 01/04/2024 dùng lại" in admin.hears()
    await admin.presses("Đồng ý")

    assert "đã tạm dừng" in admin.hears()
    assert not office.secretary.sees_button("Tạm dừng cả người đó")
    number = (await suspended_number(office.world, THU)) or 0
    secretary = await person(office.world, THU)
    async with office.world.store.unit() as uow:
        with pytest.raises(NotFound):
            await turn_round(uow, by=secretary, grant_id=number)
        with pytest.raises(NotFound):
            await suspend(uow, by=None, grant_id=number, until=uow.today + timedelta(days=1))


async def suspended_number(world: World, name: str) -> int | None:
    async with world.store.reading() as uow:
        rows = sa.select(t.ended_grants.c.grant_id).join(t.persons, t.persons.c.id == t.ended_grants.c.person_id)
        found = rows.where(t.persons.c.name == name, t.ended_grants.c.until.is_not(None))
        number: int | None = await uow.session.scalar(found)
        return number


async def test_a_suspended_role_is_ended_for_good_by_somebody_else(office: Office) -> None:
    """Whoever suspended it was the first of two people."""
    admin = await admin_of(office)
    await stops(office.chair, THU)
    await office.chair.says("/vaitro")
    await office.chair.presses(f"⏸ {THU}")
    await office.chair.presses("Thu lại")
    assert "phải có hai người" in office.chair.hears()
    await office.chair.presses("Huỷ")

    await admin.says("/vaitro")
    await admin.presses(f"⏸ {THU}")
    await admin.presses("Thu lại")
    await admin.presses("Gửi")
    assert "Đã thu lại vai trò thư ký" in admin.hears()
    await admin.says("/vaitro")
    assert THU not in admin.hears()
    office.world.clock.move(days=30)
    assert not await has_power(office.secretary)


async def test_a_suspended_official_is_taken_back_or_replaced_like_any_other(office: Office) -> None:
    await picks(office.secretary, LAU)
    await office.secretary.presses("Thay người")
    early = next(word for word in office.secretary.hears().split() if word.startswith("i-"))
    await stops(office.secretary, LAU)
    await office.secretary.says("/vaitro")
    await office.secretary.presses(f"⏸ {LAU}")
    await office.secretary.presses("Thay người")
    assert "hai người cùng quyết định" not in office.secretary.hears()

    successor = await office.world.resident("DL-hang-gon", "Võ Thị Mười")
    await successor.says(f"/start {early}")
    assert "Võ Thị Mười đã thay bà/ông" in office.official.hears(), "the code names the role, suspended or not"
    await office.secretary.says("/vaitro")
    assert LAU not in office.secretary.hears()

    await stops(office.chair, "Võ Thị Mười")
    await office.secretary.says("/vaitro")
    await office.secretary.presses("⏸ Võ Thị Mười")
    await office.secretary.presses("Thu lại")
    await office.secretary.presses("Gửi")
    assert "Đã thu lại vai trò" in office.secretary.hears()
    await office.secretary.says("/vaitro")
    assert "Mười" not in office.secretary.hears()


async def test_an_agreement_counts_as_long_as_whoever_gave_it_is_a_chair(office: Office) -> None:
    admin = await admin_of(office)
    await office.secretary.says("/moi")
    await office.secretary.presses("Chủ trì")
    code = next(word for word in office.secretary.hears().split() if word.startswith("i-"))
    await office.chair.presses("Đồng ý")
    await stops(admin, CHU)
    newcomer = await office.world.resident("DL-hang-gon", "Võ Thị Mười")
    await newcomer.says(f"/start {code}")
    assert "không còn là chủ trì" in newcomer.hears()
    assert not await has_power(newcomer)


async def test_a_role_that_is_not_yours_to_give_is_not_agreed_to(office: Office) -> None:
    """Nothing is told apart from what does not exist."""
    secretary = await person(office.world, THU)
    async with office.world.store.unit() as uow:
        with pytest.raises(NotFound):
            await decide_request(uow, by=secretary, request_id=99, agrees=True)
        with pytest.raises(NotFound):
            await turn_round(uow, by=secretary, grant_id=99)


async def test_a_request_about_a_role_that_ended_meanwhile_is_over(office: Office) -> None:
    admin = await admin_of(office)
    await takes_back(office.chair, THU)
    await picks(office.secretary, THU)
    await office.secretary.presses("Trả lại vai trò")
    await office.secretary.presses("Gửi")
    await admin.presses("Đồng ý")
    assert "không còn hiệu lực" in admin.hears()
    with pytest.raises(RuleBroken):
        async with office.world.store.unit() as uow:
            await suspend(uow, by=None, grant_id=(await role_of(office.world, CHU)).id, until=uow.today)


async def test_a_successor_of_power_waits_for_a_chair_and_the_words_say_so(office: Office) -> None:
    await picks(office.chair, THU)
    await office.chair.presses("Thay người")
    assert "chưa có chủ trì nào khác" in office.chair.hears()
    await code_of(office.world, Role.SUPERVISOR, "DL")
    await office.world.staff(Role.CHAIR, "DL", "Bùi Văn Hai")
    await picks(office.chair, THU)
    await office.chair.presses("Thay người")
    assert "Mã dùng được sau khi một chủ trì đồng ý" in office.chair.hears()


async def test_a_role_is_held_once_and_no_spare_code_brings_it_back(office: Office) -> None:
    codes = []
    for _ in range(2):
        await office.secretary.says("/moi")
        await office.secretary.presses("Cán bộ chuyên môn")
        await office.secretary.presses(DESK)
        codes.append(next(word for word in office.secretary.hears().split() if word.startswith("i-")))
    await office.official.says(f"/start {codes[0]}")
    assert "đang giữ vai trò cán bộ chuyên môn tại thị trấn Di Lăng rồi" in office.official.hears()
    await stops(office.chair, LAU)
    for code in codes:
        await office.official.says(f"/start {code}")
        assert "đang tạm dừng" in office.official.hears()
    assert await role_or_none(office.world, LAU) is None

    new = await office.world.resident("DL-hang-gon", "Võ Thị Mười")
    await new.says(f"/start {codes[0]}")
    assert "đã nhận vai trò cán bộ chuyên môn" in new.hears(), "the code is left for somebody else"


async def role_or_none(world: World, name: str) -> Grant | None:
    async with world.store.reading() as uow:
        found = sa.select(Grant).join(Person, t.persons.c.id == t.grants.c.person_id).where(t.persons.c.name == name)
        return (await uow.session.scalars(found)).one_or_none()


async def test_whoever_takes_the_last_of_something_away_reads_so_before_and_the_others_after(office: Office) -> None:
    admin = await admin_of(office)
    watching = await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát")
    await picks(office.secretary, LAU)
    await office.secretary.presses("Thu lại")
    assert f"Bộ phận “{DESK}” sẽ không còn ai phụ trách." in office.secretary.hears()
    await office.secretary.presses("Huỷ")
    await picks(office.secretary, CHU)
    await office.secretary.presses("Tạm dừng")
    await office.secretary.says("11/03/2024")
    assert "Ở thị trấn Di Lăng sẽ không còn ai giữ vai trò chủ trì" in office.secretary.hears()
    await office.secretary.presses("Gửi")
    assert "Ở thị trấn Di Lăng nay không còn ai giữ vai trò chủ trì" in admin.hears()
    assert "thư ký, chủ trì hoặc quản trị cho dùng lại ngay được ở /vaitro" in watching.hears(), "who reads it cannot"
    await admin.says("/vaitro")
    await admin.presses(f"⏸ {CHU}")
    await admin.presses("Cho dùng lại")
    await office.chair.says("/xoa")
    assert "sẽ không còn ai giữ vai trò chủ trì để duyệt trả lời; thư ký được báo ngay" in office.chair.hears()
    other = await office.world.staff(Role.CHAIR, "DL", "Hồ Thị Hai")
    await picks(office.secretary, CHU)
    await office.secretary.presses("Thu lại")
    assert "không còn ai" not in office.secretary.hears()
    await other.says("/xoa")
    assert "không còn ai" not in other.hears()


async def test_the_last_secretary_reads_what_stays_behind_before_going_and_the_chair_after(office: Office) -> None:
    """No secretary: nobody sorts, and nobody invites another; a chair cannot, so the sentence names who can."""
    await office.secretary.says("/xoa")
    assert "Ở thị trấn Di Lăng sẽ không còn thư ký nào" in office.secretary.hears()
    await office.secretary.presses("Huỷ")
    await stops(office.chair, THU)
    office.put_away()
    await office.chair.says("/vaitro")
    await office.chair.presses(f"⏸ {THU}")
    await office.chair.presses("Cho dùng lại")
    await picks(office.secretary, THU)
    await office.secretary.presses("Trả lại vai trò")
    assert "Ở thị trấn Di Lăng sẽ không còn thư ký nào" in office.secretary.hears()
    await office.secretary.presses("Gửi")
    assert "Bà/ông đã trả lại vai trò thư ký (thị trấn Di Lăng)" in office.secretary.hears()
    told = office.chair.hears()
    assert "Trần Văn Thư đã trả lại vai trò thư ký (thị trấn Di Lăng)" in told
    assert "Ở thị trấn Di Lăng nay không còn thư ký nào" in told
    assert "người vận hành hệ thống mời thư ký" in told


async def test_whoever_is_suspended_and_erases_leaves_no_role_to_let_count_again(office: Office) -> None:
    admin = await admin_of(office)
    await stops(admin, THU)
    await admin.says("/vaitro")
    await admin.presses(f"⏸ {THU}")
    lift = admin.button("Cho dùng lại")
    await office.secretary.says("/xoa")
    await office.secretary.presses("Xoá")
    await admin.says("/vaitro")
    assert not [label for label in admin.news()[-1].buttons if label.startswith("⏸")]
    await admin.taps_code(lift)
    assert "Không tìm thấy" in admin.hears()
