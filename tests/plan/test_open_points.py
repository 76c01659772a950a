"""What a plan leaves open is asked one point at a time, answered in the chat, and kept with who and when (A7)."""

from dataclasses import replace

import pytest

from intake.actions.plan.decide_open_point import decide_open_point
from intake.rules.errors import NotFound
from intake.rules.people.person import Role
from intake.rules.people.unit import Level, Unit
from tests.conftest import load
from tests.support.open_points import DI_LANG, LATER, TUYET_DIEM, VINH_BAO, goes_to, plan_called, secretary_of
from tests.support.world import World


async def test_the_points_of_a_plan_are_asked_one_at_a_time_and_listed_in_the_end(world: World) -> None:
    secretary = await secretary_of(world, "DL")
    await secretary.says("/menu")
    await secretary.presses("📄 Kế hoạch")
    assert "còn 8/8 điểm" in secretary.hears()
    assert "Số: chưa có" in secretary.hears()
    assert "Chủ trì: Bí thư Đảng ủy" in secretary.hears()
    assert not secretary.sees_button("Xem điều đã quyết định")

    await secretary.presses("Trả lời từng điểm (8)")
    heard = secretary.hears()
    assert "Điểm 1/8: Tháng 4 đối thoại ở tổ dân phố nào" in heard
    assert "Kế hoạch viết: “02 TDP (Hàng Gòn và Làng Dầu)" in heard
    assert "2. Tháng 4: Làng Dầu; tháng 7: Hàng Gòn" in heard
    assert "Điểm 2/8" not in heard, "one question at a time"

    await secretary.presses("Cách 2")
    heard = secretary.hears()
    assert "Đã ghi: Tháng 4: Làng Dầu; tháng 7: Hàng Gòn." in heard
    assert "Điểm 2/8" in heard
    assert secretary.sees_button("Cách 1 (mặc định)")
    for number in range(3, 9):
        await secretary.presses(LATER)
        assert f"Điểm {number}/8" in secretary.hears()
    await secretary.presses(LATER)
    heard = secretary.hears()
    assert "→ Tháng 4: Làng Dầu; tháng 7: Hàng Gòn (Lê Thị Minh Thư, 08:00, 01/03/2024)" in heard
    assert "→ Ngày theo lịch (mặc định, chưa ai quyết định)" in heard
    assert "4. Lĩnh vực nào do cán bộ, công chức nào trả lời?\n→ chưa quyết định" in heard

    await secretary.says("kế hoạch")
    assert "còn 7/8 điểm" in secretary.hears()
    await secretary.presses("Trả lời từng điểm (7)")
    assert "Điểm 2/8" in secretary.hears(), "what was put off is asked again, what was answered is not"


async def test_a_power_cut_loses_nothing_that_was_answered(world: World) -> None:
    """The chat stands where it stood: the next tap is heard, and what was answered is in the database already."""
    secretary = await secretary_of(world, "DL")
    await goes_to(secretary, "30 ngày trả lời là ngày")
    await secretary.presses("Ngày làm việc")
    assert (await plan_called(world, DI_LANG)).choices == {"reply-count": "working"}
    await secretary.says("Ông Hà: đất đai; bà Thu: hộ tịch")
    assert "Đã ghi: Ông Hà: đất đai; bà Thu: hộ tịch." in secretary.hears()
    assert set((await plan_called(world, DI_LANG)).choices) == {"reply-count", "desk-officials"}


async def test_back_leads_to_the_point_before_and_leaves_the_plan_at_the_first(world: World) -> None:
    secretary = await secretary_of(world, "DL")
    await goes_to(secretary, "Điểm 1/8")
    await secretary.presses("Cách 3")
    await secretary.presses(LATER)
    assert "Điểm 3/8" in secretary.hears()
    await secretary.presses("Quay lại")
    assert "Điểm 2/8" in secretary.hears()
    await secretary.presses("Quay lại")
    heard = secretary.hears()
    assert "Điểm 1/8" in heard
    assert "Đang áp dụng: Cả hai buổi đều cho cả hai tổ dân phố" in heard
    await secretary.presses("Giữ nguyên")
    assert "Điểm 2/8" in secretary.hears()
    await secretary.presses("Quay lại")
    await secretary.presses("Quay lại")
    assert "còn 7/8 điểm" in secretary.hears()


async def test_an_answer_is_changed_later_and_what_held_before_is_kept(world: World) -> None:
    secretary = await secretary_of(world, "DL")
    await goes_to(secretary, "30 ngày trả lời là ngày")
    await secretary.presses("Ngày làm việc")
    await secretary.says("/kehoach")
    for unsaid in ("Chưa ghi nơi người dân đến", "– Nơi tiếp công dân", "– Đường dây nóng"):
        assert unsaid in secretary.hears(), unsaid
    await secretary.presses("☎️ Ghi nơi tiếp dân, đường dây nóng")
    assert "chưa ghi" in secretary.hears()
    await secretary.says("/kehoach")
    await secretary.presses("Xem điều đã quyết định")
    await secretary.presses("3")
    assert "Đang áp dụng: Ngày làm việc" in secretary.hears()
    other = await world.staff(Role.ADMIN, "DL", "Trần Văn Quản")
    await other.says("/kehoach")
    await other.presses("Xem điều đã quyết định")
    await other.presses("3")
    await other.presses("Ngày theo lịch (mặc định)")
    heard = other.hears()
    assert "→ Ngày theo lịch (Trần Văn Quản," in heard
    assert "trước đó: Ngày làm việc (Lê Thị Minh Thư, 08:00, 01/03/2024)" in heard
    made = (await plan_called(world, DI_LANG)).chosen["reply-count"]
    assert [one["value"] for one in made["earlier"]] == ["working"]

    await secretary.presses("Quay lại")
    assert "→ Ngày theo lịch (Trần Văn Quản," in secretary.hears()
    await secretary.presses("3")
    await secretary.presses("Giữ nguyên")
    assert "→ Ngày theo lịch (Trần Văn Quản," in secretary.hears()
    await secretary.presses("4")
    await secretary.says("Bà Thu: hộ tịch")
    await secretary.presses("4")
    await secretary.says("Bà Thu: hộ tịch, đất đai")
    assert "trước đó: Bà Thu: hộ tịch (Lê Thị Minh Thư" in secretary.hears()


async def test_an_answer_from_before_names_were_kept_is_shown_without_one(world: World) -> None:
    secretary = await secretary_of(world, "DL")
    async with world.store.unit() as uow:
        plan = await uow.plans.by_code(DI_LANG)
        assert plan is not None
        plan.choices = {"reply-count": "working"}
        await uow.commit()
    await goes_to(secretary, "Điểm 8/8")
    await secretary.presses(LATER)
    assert "→ Ngày làm việc\n" in secretary.hears()
    await secretary.presses("3")
    await secretary.presses("Ngày theo lịch (mặc định)")
    assert "   trước đó: Ngày làm việc\n" in secretary.hears()


async def test_a_wrong_answer_is_asked_again_and_loses_nothing(world: World) -> None:
    await load(world, TUYET_DIEM)
    secretary = await secretary_of(world, "TD")
    await goes_to(secretary, "Thông báo rộng rãi trước ngày đối thoại bao nhiêu ngày?")
    for typed in ("một tuần", "0", "400"):
        await secretary.says(typed)
        assert "Xin gõ một số từ 1 đến 365" in secretary.hears()
        assert "Thông báo rộng rãi trước" in secretary.hears()
    await secretary.sends_photo(b"\xff\xd8\xff\xe0 a picture")
    assert "Thông báo rộng rãi trước" in secretary.hears()
    await secretary.says("10 ngày")
    assert "Đã ghi: 10." in secretary.hears()
    await goes_to(secretary, "Người dân thôn không có trụ sở")
    await secretary.says("có lẽ được")
    assert "Xin chọn một mục bên dưới" in secretary.hears()
    await secretary.presses("Không, chỉ thôn có trụ sở")
    await goes_to(secretary, "Kế hoạch ban hành ngày nào?")
    await secretary.says("năm ngoái")
    assert "Kế hoạch ban hành ngày nào?" in secretary.hears()
    await secretary.says("10/07/2025")
    assert "Xin gõ ngày ban hành của kế hoạch năm 2025" in secretary.hears()
    assert (await plan_called(world, TUYET_DIEM)).choices == {"notice-days": "10", "neighbour-hamlet": "no"}


async def test_an_old_button_changes_nothing_that_was_not_meant(world: World) -> None:
    secretary = await secretary_of(world, "DL")
    await goes_to(secretary, "Điểm 1/8")
    first = secretary.button("Cách 1")
    await secretary.presses("Cách 2")
    await secretary.taps_code(first)
    assert "Điểm 2/8" in secretary.hears() or "Nút này đã cũ" in secretary.hears()
    assert (await plan_called(world, DI_LANG)).choices == {"session-hamlets": "lang-dau-first"}
    await secretary.taps_code("planpoint.1.no-such-point")
    assert "Không tìm thấy" in secretary.hears()


async def test_the_same_answer_twice_is_one_decision(world: World) -> None:
    secretary = await secretary_of(world, "DL")
    await goes_to(secretary, "30 ngày trả lời là ngày")
    await secretary.presses("Ngày làm việc")
    await secretary.taps_code("planpoint.1.reply-count")
    await secretary.presses("Ngày làm việc")
    assert "earlier" not in (await plan_called(world, DI_LANG)).chosen["reply-count"]


@pytest.mark.parametrize("role", [Role.HAMLET_HEAD, Role.OFFICIAL, Role.CHAIR, Role.SUPERVISOR])
async def test_nobody_else_sees_or_answers_the_points(world: World, role: Role) -> None:
    unit, desk = ("DL-hang-gon", "") if role is Role.HAMLET_HEAD else ("DL", "")
    if role is Role.OFFICIAL:
        desk = "chuyen-mon"
    phone = await world.staff(role, unit, "Đinh Văn Ba", desk=desk)
    for code in ("plan.1", "plando.1", "plandecided.1", "planpoint.1.reply-count"):
        await phone.taps_code(code)
        assert "Không tìm thấy" in phone.hears()
    await phone.says("/kehoach")
    assert "Việc này dành cho" in phone.hears()


async def test_a_resident_and_the_secretary_of_another_unit_get_nothing(world: World) -> None:
    await load(world, VINH_BAO)
    elsewhere = await secretary_of(world, "VB")
    resident = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    for phone in (elsewhere, resident):
        for code in ("plan.1", "plando.1", "plandecided.1", "planpoint.1.reply-count"):
            await phone.taps_code(code)
            assert "Không tìm thấy" in phone.hears()
    await resident.says("/kehoach")
    assert "Việc này dành cho" in resident.hears()
    await elsewhere.says("/kehoach")
    assert "Di Lăng" not in elsewhere.hears()


async def test_who_loses_the_role_meanwhile_decides_nothing(world: World) -> None:
    secretary = await secretary_of(world, "DL")
    await goes_to(secretary, "Điểm 1/8")
    async with world.store.unit() as uow:
        plan = await uow.plans.by_code(DI_LANG)
        assert plan is not None
        [person] = await uow.people.holders(Role.SECRETARY, await uow.places.unit(plan.unit_id))
        for grant in await uow.people.grants_of(person.id):
            await uow.session.delete(grant)
        with pytest.raises(NotFound):
            await decide_open_point(uow, by=person, plan_id=plan.id, key="reply-count", answer="working")
        await uow.commit()
    await secretary.presses("Cách 1")
    assert "Không tìm thấy" in secretary.hears()
    assert (await plan_called(world, DI_LANG)).choices == {}


async def test_who_loses_the_role_before_the_reason_chooses_no_reading(world: World) -> None:
    await load(world, VINH_BAO)
    secretary = await secretary_of(world, "VB")
    await goes_to(secretary, "Hội nghị phải họp trong quý III")
    await secretary.presses("Cách 1")
    assert "Vì sao chọn" in secretary.hears()
    async with world.store.unit() as uow:
        plan = await uow.plans.by_code(VINH_BAO)
        assert plan is not None
        [person] = await uow.people.holders(Role.SECRETARY, await uow.places.unit(plan.unit_id))
        for grant in await uow.people.grants_of(person.id):
            await uow.session.delete(grant)
        await uow.commit()
    await secretary.taps_code("nosuchbutton.1")
    assert "Không tìm thấy" in secretary.hears()
    await secretary.says("Theo kết luận số 12")
    assert "Không tìm thấy" in secretary.hears()
    assert (await plan_called(world, VINH_BAO)).choices == {}


async def test_several_plans_are_offered_with_the_number_of_their_points(world: World) -> None:
    secretary = await secretary_of(world, "DL")
    async with world.store.unit() as uow:
        plan = await uow.plans.by_code(DI_LANG)
        assert plan is not None
        later = type(plan)("di-lang-2025", plan.unit_id, "Kế hoạch năm 2025", 2025, replace(plan.profile, open=()))
        await uow.plans.add(later)
        await uow.commit()
    await secretary.says("/kehoach")
    assert secretary.sees_button("Kế hoạch năm 2025 ✓")
    await secretary.presses(f"{plan.title} (8)")
    assert "còn 8/8 điểm" in secretary.hears()
    await secretary.says("/kehoach")
    await secretary.presses("Kế hoạch năm 2025 ✓")
    assert "đều đã được quyết định" in secretary.hears()


async def test_where_there_is_no_plan_there_is_nothing_to_decide(world: World) -> None:
    admin = await world.staff(Role.ADMIN, "DL", "Trần Văn Quản")
    async with world.store.unit() as uow:
        elsewhere = await uow.places.add_unit(Unit("XY", "xã Y", Level.COMMUNE), None)
        home = await uow.places.unit_by_code("DL")
        assert home is not None
        [person] = await uow.people.holders(Role.ADMIN, home)
        [grant] = await uow.people.grants_of(person.id)
        grant.unit_id = elsewhere.id
        await uow.commit()
    await admin.says("/kehoach")
    assert "chưa có kế hoạch đối thoại" in admin.hears()
    assert not admin.sees_button("Trả lời từng điểm (8)")
    await admin.says("/trogiup")
    assert "Việc của quản trị" in admin.hears()


async def test_a_point_that_is_no_longer_asked_is_left(world: World) -> None:
    """Two hosts became one person while somebody was asked which of the two concludes."""
    await load(world, VINH_BAO)
    secretary, other = await secretary_of(world, "VB"), await secretary_of(world, "VB")
    await goes_to(other, "là một người hay hai đồng chủ trì?")
    await other.presses("Hai đồng chủ trì")
    await goes_to(secretary, "ai kết luận hội nghị?")
    await other.taps_code(f"planpoint.{(await plan_called(world, VINH_BAO)).id}.hosts")
    await other.presses("Một người giữ hai chức danh")
    await secretary.says("Bí thư")
    assert "Không tìm thấy" in secretary.hears()
    await secretary.says("/kehoach")
    assert "Chủ trì: Bí thư Đảng ủy, Chủ tịch UBND xã" in secretary.hears()
