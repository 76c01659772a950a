"""The secretary makes a meeting of the plan; what the plan leaves open is asked, what it says is not."""

from datetime import date

import pytest

from intake.actions.meetings.make_meeting import make_meeting
from intake.actions.people.invite import make_invitation
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import Clock
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.people.person import Role
from intake.rules.people.unit import UnitId
from tests.conftest import load
from tests.support.meetings import APRIL, fixes_day, makes_meeting
from tests.support.world import Phone, World, local


async def secretary_of(world: World, unit: str = "DL") -> Phone:
    return await world.staff(Role.SECRETARY, unit, "Lê Thị Minh Thư")


async def meetings_of(world: World, plan_code: str) -> list[Meeting]:
    async with world.store.reading() as uow:
        plan = await uow.plans.by_code(plan_code)
        assert plan is not None
        return list(await uow.meetings.of_plan(plan.id))


async def clocks_of(world: World, meeting: Meeting) -> dict[ClockKind, Clock]:
    async with world.store.reading() as uow:
        return {clock.kind: clock for clock in await uow.clocks.of_meeting(meeting.id)}


async def test_a_meeting_keeps_the_month_of_the_plan_and_its_clocks_count_from_the_first_day(world: World) -> None:
    """R060, R062, R070, R090: no made-up day; 5 days and 7 working days before 1 April."""
    secretary = await secretary_of(world)
    await makes_meeting(secretary, APRIL, "TDP Hàng Gòn")

    heard = secretary.hears()
    assert "tháng 4/2024 (ngày cụ thể sẽ thông báo sau)" in heard
    assert "Dành cho: TDP Hàng Gòn" in heard
    assert "chậm nhất 27/03/2024" in heard
    assert "chậm nhất 21/03/2024" in heard
    [meeting] = await meetings_of(world, "di-lang-2024")
    assert (meeting.state, meeting.starts_at) == (MeetingState.PLANNED, None)
    assert (meeting.window_from, meeting.window_to) == (date(2024, 4, 1), date(2024, 4, 30))
    clocks = await clocks_of(world, meeting)
    assert clocks[ClockKind.NOTICE].due_on == date(2024, 3, 27)
    assert clocks[ClockKind.PREPARATION].due_on == date(2024, 3, 21)


async def test_only_the_chosen_hamlet_comes_to_the_meeting(world: World) -> None:
    """R060: which TDP in which month is for a person to say."""
    secretary = await secretary_of(world)
    gon = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    dau = await world.resident("DL-lang-dau", "Đinh Thị Bình")
    await makes_meeting(secretary, APRIL, "TDP Hàng Gòn")

    await gon.says("/lich")
    await dau.says("/lich")
    assert APRIL in gon.hears()
    assert APRIL not in dau.hears()


@pytest.mark.contract
async def test_a_hamlet_can_be_unchosen_again_and_none_at_all_is_not_enough(world: World) -> None:
    secretary = await secretary_of(world)
    await secretary.says("/buoimoi")
    await secretary.presses(APRIL)
    await secretary.presses("TDP Hàng Gòn")
    await secretary.presses("✓ TDP Hàng Gòn")

    assert not secretary.sees_button("Xong")
    await secretary.guesses("done")
    assert "Xin chọn một mục bên dưới" in secretary.hears() or "tin nhắn cũ" in secretary.hears()
    assert await meetings_of(world, "di-lang-2024") == []


async def test_a_session_that_has_its_meeting_is_not_offered_again(world: World) -> None:
    secretary = await secretary_of(world)
    await makes_meeting(secretary)
    await secretary.says("buổi mới")

    assert not secretary.sees_button(APRIL)
    assert secretary.sees_button("Đối thoại tháng 7 năm 2024")
    await secretary.presses(f"🗓 {APRIL}")
    assert secretary.sees_button("Ấn định ngày")


async def test_when_every_session_is_made_the_list_leads_to_their_cards(world: World) -> None:
    secretary = await secretary_of(world)
    await makes_meeting(secretary)
    await makes_meeting(secretary, "Đối thoại tháng 7 năm 2024")
    await secretary.says("/buoimoi")
    assert "đều đã lập" in secretary.hears()


async def test_a_double_tap_makes_one_meeting(world: World) -> None:
    secretary = await secretary_of(world)
    await secretary.says("/buoimoi")
    await secretary.presses(APRIL)
    code = secretary.button("Tất cả")
    await secretary.taps_code(code)
    await secretary.taps_code(code)
    assert len(await meetings_of(world, "di-lang-2024")) == 1


async def test_words_instead_of_a_tap_ask_again(world: World) -> None:
    secretary = await secretary_of(world)
    await secretary.says("/buoimoi")
    await secretary.says("buổi tháng năm")
    assert "Xin chọn một mục bên dưới" in secretary.hears()
    assert secretary.sees_button(APRIL)


async def test_a_contradiction_in_the_plan_is_decided_by_a_person_and_recorded(world: World) -> None:
    """R064: quarter III, or until 29 October; nobody but a person chooses, and the choice is kept with the plan."""
    await load(world, "vinh-bao-2026")
    secretary = await secretary_of(world, "VB")
    await secretary.says("/buoimoi")
    await secretary.presses("Hội nghị đối thoại năm 2026")
    assert "kết thúc trước ngày 30/10/2026" in secretary.hears()
    assert await meetings_of(world, "vinh-bao-2026") == []

    await secretary.presses("Cách b")
    assert "Vì sao chọn cách b?" in secretary.hears()
    assert await meetings_of(world, "vinh-bao-2026") == []

    await secretary.says("Theo kết luận của Thường trực Đảng ủy")
    assert "Kế hoạch hiểu theo cách b" in secretary.hears()
    [meeting] = await meetings_of(world, "vinh-bao-2026")
    assert (meeting.window_from, meeting.window_to) == (date(2026, 7, 1), date(2026, 10, 29))
    async with world.store.reading() as uow:
        plan = await uow.plans.by_code("vinh-bao-2026")
        assert plan is not None
        assert plan.choices == {"session-window": "b"}
        made = plan.chosen["session-window"]
        by = await uow.people.get(made["by"])
    assert by is not None
    assert (by.name, made["why"]) == ("Lê Thị Minh Thư", "Theo kết luận của Thường trực Đảng ủy")

    await secretary.says("/buoimoi")
    await secretary.presses("🗓 Hội nghị đối thoại năm 2026")
    card = secretary.hears()
    assert "cách b: Đối thoại chậm nhất ngày 29/10/2026" in card
    assert "Lê Thị Minh Thư chọn lúc 08:00, 01/03/2024; lý do: Theo kết luận của Thường trực Đảng ủy" in card


async def test_a_recorded_reading_is_not_asked_again(world: World) -> None:
    await load(world, "vinh-bao-2026")
    secretary = await secretary_of(world, "VB")
    await secretary.says("/buoimoi")
    await secretary.presses("Hội nghị đối thoại năm 2026")
    await secretary.presses("Cách a")
    await secretary.says("Theo kết luận của Thường trực Đảng ủy")
    await secretary.presses("Huỷ buổi")
    await secretary.says("Hoãn vì mưa bão")
    await secretary.presses("Gửi")
    await makes_meeting(secretary, "Hội nghị đối thoại năm 2026")
    assert "quý III/2026" in secretary.hears()


async def test_with_replies_due_before_a_day_the_last_meeting_day_leaves_room_for_them(world: World) -> None:
    """R064, A3: so that replies end by 29/10 the meeting is held by 29/09/2026; 30/09 needs a second word."""
    world.clock.move_to(local(2026, 7, 1))
    await load(world, "vinh-bao-2026")
    secretary = await secretary_of(world, "VB")
    await secretary.says("/buoimoi")
    await secretary.presses("Hội nghị đối thoại năm 2026")
    await secretary.presses("Cách a")
    await secretary.says("Theo kết luận của Thường trực Đảng ủy")
    await secretary.presses("Ấn định ngày")
    await secretary.says("30/09/2026")
    assert "từ 01/07/2026 đến 29/09/2026" in secretary.hears()
    await secretary.says("29/09/2026")
    assert "mấy giờ" in secretary.hears()


async def test_two_hamlets_share_the_meeting_the_plan_gives_them(world: World) -> None:
    """R063: one meeting, two hamlets, one of them hosts; nothing is asked."""
    await load(world, "tuyet-diem-2025")
    secretary = await secretary_of(world, "TD")
    await makes_meeting(secretary, "Đối thoại với Nhân dân thôn Sơn Trà và thôn Tân Hy 1")

    assert "Thôn Sơn Trà, Thôn Tân Hy 1" in secretary.hears()
    [meeting] = await meetings_of(world, "tuyet-diem-2025")
    async with world.store.reading() as uow:
        host = await uow.places.unit_by_code("TD-son-tra")
        assert host is not None
        assert meeting.hosting_hamlet_id == host.id


async def test_a_secretary_of_two_units_chooses_the_plan_first(world: World) -> None:
    await load(world, "an-duong-2024")
    secretary = await secretary_of(world)
    async with world.store.unit() as uow:
        unit = await uow.places.unit_by_code("AD")
        assert unit is not None
        code = await make_invitation(uow, Role.SECRETARY, unit)
        await uow.commit()
    await secretary.says(f"/start i-{code}")
    await secretary.says("/buoimoi")
    await secretary.says("kế hoạch nào cũng được")
    assert "Xin chọn một mục bên dưới" in secretary.hears()
    await secretary.presses(
        "Kế hoạch tiếp xúc, đối thoại trực tiếp của đồng chí Chủ tịch UBND xã với nhân dân năm 2024"
    )
    await secretary.presses("Hội nghị đối thoại của Chủ tịch UBND xã năm 2024")
    assert "quý III/2024" in secretary.hears()
    assert "Dành cho: xã An Dương" in secretary.hears()


async def test_dates_that_have_passed_are_said_to_have_passed(world: World) -> None:
    world.clock.move_to(local(2024, 4, 2))
    secretary = await secretary_of(world)
    await makes_meeting(secretary)
    assert "đã quá hạn 27/03/2024" in secretary.hears()


async def test_a_resident_cannot_make_meetings(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/buoimoi")
    assert "Việc này dành cho" in mai.hears()


async def test_the_action_refuses_what_the_conversation_never_offers(world: World) -> None:
    """The rules hold without the conversation: role and unit, readings and hamlets, one meeting a session."""
    await load(world, "vinh-bao-2026")
    await secretary_of(world)
    async with world.store.unit() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        [thu] = await uow.people.holders(Role.SECRETARY, unit)
        di_lang, vinh_bao = await uow.plans.by_code("di-lang-2024"), await uow.plans.by_code("vinh-bao-2026")
        assert di_lang is not None
        assert vinh_bao is not None
        hamlets = [hamlet.id for hamlet in await uow.places.hamlets(unit.id)]
        with pytest.raises(NotFound):
            await make_meeting(uow, by=thu, plan_id=vinh_bao.id, session_key="hoi-nghi", reading="a")
        with pytest.raises(NotFound):
            await make_meeting(uow, by=thu, plan_id=di_lang.id, session_key="thang-13", hamlet_ids=hamlets)
        with pytest.raises(NotFound):
            await make_meeting(uow, by=thu, plan_id=di_lang.id, session_key="thang-4", hamlet_ids=[UnitId(999)])
        with pytest.raises(RuleBroken, match="hamlets_open"):
            await make_meeting(uow, by=thu, plan_id=di_lang.id, session_key="thang-4")
        await make_meeting(uow, by=thu, plan_id=di_lang.id, session_key="thang-4", hamlet_ids=hamlets)
        with pytest.raises(RuleBroken, match="meeting_made"):
            await make_meeting(uow, by=thu, plan_id=di_lang.id, session_key="thang-4", hamlet_ids=hamlets)


async def test_a_reading_is_never_taken_for_granted(world: World) -> None:
    await load(world, "vinh-bao-2026")
    await secretary_of(world, "VB")
    async with world.store.unit() as uow:
        unit = await uow.places.unit_by_code("VB")
        plan = await uow.plans.by_code("vinh-bao-2026")
        assert unit is not None
        assert plan is not None
        [thu] = await uow.people.holders(Role.SECRETARY, unit)
        for reading in ("", "c"):
            with pytest.raises(RuleBroken, match="reading_open"):
                await make_meeting(uow, by=thu, plan_id=plan.id, session_key="hoi-nghi", reading=reading)


async def test_a_fixed_meeting_shows_what_can_be_done_next(world: World) -> None:
    secretary = await secretary_of(world)
    await makes_meeting(secretary)
    await fixes_day(secretary)
    await secretary.says("/buoimoi")
    await secretary.presses(f"🗓 {APRIL}")
    assert "08:00, 25/04/2024" in secretary.hears()
    assert secretary.sees_button("Đổi ngày")
    assert secretary.sees_button("Huỷ buổi")


async def test_a_stranger_who_guesses_a_card_sees_nothing(world: World) -> None:
    secretary = await secretary_of(world)
    await makes_meeting(secretary)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    for code in ("meetingcard.1", "fix.1", "cancelmeeting.1", "fix.x", "meetingcard.999"):
        await mai.taps_code(code)
        assert "Không tìm thấy" in mai.hears()
