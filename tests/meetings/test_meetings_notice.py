"""The notice: released by the secretary, carried by each hamlet head to the own hamlet, once, outside quiet hours."""

import pytest

from intake.actions.meetings.push_notice import push_notice
from intake.actions.people.invite import make_invitation
from intake.rules.deadlines.clock import ClockKind
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import NoticeId
from intake.rules.outbox.letter import LetterState
from intake.rules.people.person import Role
from intake.rules.people.unit import UnitId
from tests.conftest import load
from tests.support.meetings import APRIL, fixes_day, makes_meeting, pushes_notice, registers, releases_notice
from tests.support.world import Phone, World, local

OWN_WORDS = (
    "Mời bà con 8 giờ ngày 25/04 đến Nhà Văn hóa tổ dân phố bàn chuyện đường sá. Nội dung, chương trình có dán ở cổng. "
    "Đăng ký, gửi câu hỏi ngay tại đây."
)


async def secretary_with_fixed_meeting(world: World, *hamlets: str) -> Phone:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await makes_meeting(secretary, APRIL, *hamlets)
    await fixes_day(secretary)
    world.clock.move(minutes=5)
    return secretary


async def head_of(world: World, hamlet: str = "DL-hang-gon", name: str = "Đinh Tấn Dũng") -> Phone:
    return await world.staff(Role.HAMLET_HEAD, hamlet, name)


async def test_the_notice_says_when_where_what_and_how_to_take_part(world: World) -> None:
    """R094, R098: time, place, content, programme, how to register and ask."""
    secretary = await secretary_with_fixed_meeting(world)
    await secretary.says("thông báo")
    shown = secretary.hears()
    for words in ("08:00, 25/04/2024", "Nhà Văn hóa", "Nội dung: ", "Chương trình:\n1. ", "/dangky", "/hoi"):
        assert words in shown
    assert all(secretary.sees_button(label) for label in ("Gửi", "Sửa", "Huỷ"))


async def test_before_it_goes_out_the_secretary_reads_what_a_loudspeaker_may_get_wrong(world: World) -> None:
    """R053: the script is read out by somebody who did not write it."""
    secretary = await secretary_with_fixed_meeting(world)
    await secretary.says("thông báo")
    assert "Bài đọc loa" not in secretary.hears()
    await secretary.says("/huy")
    async with world.store.unit() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        [meeting] = await uow.meetings.of_plan(plan.id)
        meeting.venue = "Nhà Văn hóa tổ dân phố 2, cạnh KCN VSIP"
        await uow.commit()
    await secretary.says("thông báo")
    assert "người đọc có thể đọc sai: “KCN”, “VSIP”" in secretary.hears()


async def notice_clocks(world: World) -> list[ClockKind]:
    """The clocks before the meeting of April that still run."""
    async with world.store.reading() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        [meeting] = await uow.meetings.of_plan(plan.id)
        running = [clock.kind for clock in await uow.clocks.of_meeting(meeting.id)]
        return [kind for kind in running if kind is not ClockKind.HELD]


async def test_the_notice_clock_is_met_when_every_hamlet_has_it_and_not_before(world: World) -> None:
    """R090, R093, R099: released in time, to the heads only; met with the last hamlet."""
    secretary = await secretary_with_fixed_meeting(world)
    gon, dau = await head_of(world), await head_of(world, "DL-lang-dau", "Phạm Văn Mười")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await releases_notice(secretary)

    day = "20/04/2024 (thứ Bảy, theo kế hoạch; nên xong trong ngày làm việc 19/04/2024, thứ Sáu)"
    assert f"Đúng hạn: chậm nhất {day}" in secretary.hears()
    assert gon.sees_button("Gửi tới thôn")
    assert dau.sees_button("Gửi tới thôn")
    assert mai.hears() == ""
    assert await notice_clocks(world) == [ClockKind.NOTICE, ClockKind.PREPARATION]
    await pushes_notice(gon)
    assert await notice_clocks(world) == [ClockKind.NOTICE, ClockKind.PREPARATION]
    await pushes_notice(dau)
    assert await notice_clocks(world) == [ClockKind.PREPARATION]


async def test_a_late_notice_is_said_to_be_late(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world)
    await head_of(world)
    world.clock.move_to(local(2024, 4, 20, 20))
    await secretary.says("/thongbao")
    world.clock.move_to(local(2024, 4, 21))
    await secretary.presses("Gửi")
    assert "lẽ ra phải phát hành chậm nhất 20/04/2024" in secretary.hears()


async def test_only_the_heads_of_the_hamlets_in_scope_have_it(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world, "TDP Hàng Gòn")
    gon, dau = await head_of(world), await head_of(world, "DL-lang-dau", "Phạm Văn Mười")
    await releases_notice(secretary)
    assert gon.sees_button("Gửi tới thôn")
    assert dau.hears() == ""
    await dau.says("/thongbao")
    assert "Không có thông báo nào chờ" in dau.hears()


async def test_the_secretary_may_write_the_notice_in_own_words_but_not_leave_it_empty(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world)
    gon = await head_of(world)
    await secretary.says("/thongbao")
    await secretary.presses("Sửa")
    await secretary.sends_photo(b"a poster")
    assert "gõ bằng chữ" in secretary.hears()
    await secretary.says("...")
    assert "không được để trống" in secretary.hears()
    await secretary.says("x" * 3001)
    assert "dài 3001 ký tự, quá 1 ký tự so với mức 3000" in secretary.hears()
    await secretary.says("Mời bà con 8 giờ ngày 25/04 đến Nhà Văn hóa.")
    assert "còn thiếu:\n– địa điểm: phải ghi đúng “Nhà Văn hóa tổ dân phố" in secretary.hears()
    assert "– chương trình\n– cách đăng ký và gửi câu hỏi" in secretary.hears()
    await secretary.says(OWN_WORDS)
    await secretary.says("gửi giúp")
    assert "Xin chọn một mục bên dưới" in secretary.hears()
    await secretary.presses("Gửi")
    assert OWN_WORDS in gon.hears()
    assert "THÔNG BÁO" not in gon.hears()


async def test_only_what_a_notice_lacks_has_to_be_typed(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world)
    gon = await head_of(world)
    beginning, _, end = OWN_WORDS.rpartition(". ")
    await secretary.says("/thongbao")
    await secretary.presses("Sửa")
    await secretary.says(beginning)
    assert f"Chỉ cần gõ thêm phần còn thiếu, hoặc gõ lại cả thông báo:\n\n{beginning}" in secretary.hears()
    await secretary.says(end)
    await secretary.presses("Gửi")
    assert f"{beginning}\n{end}" in gon.hears()


async def test_the_same_words_are_not_released_twice(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world)
    gon = await head_of(world)
    await releases_notice(secretary)
    gon.reads()
    await secretary.says("/thongbao")
    heard = secretary.hears()
    assert "Thông báo phát hành lúc" in heard, "how far it has got is shown, before anybody says yes to it once more"
    assert not secretary.sees_button("Gửi")
    assert secretary.sees_button("Gửi tới TDP Làng Dầu"), "where no head takes it, the secretary can"

    await secretary.presses("✏️ Soạn thông báo khác")
    await secretary.says(OWN_WORDS)
    assert secretary.sees_button("📣 Tình hình thông báo")
    await secretary.presses("Gửi")
    assert OWN_WORDS in gon.hears()


async def test_words_released_while_somebody_looked_at_them_are_not_sent_again(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world)
    second = await world.staff(Role.SECRETARY, "DL", "Võ Thị Hạnh")
    gon = await head_of(world)
    await secretary.says("/thongbao")
    await releases_notice(second)
    gon.reads()
    await secretary.presses("Gửi")
    assert "đã phát hành lúc" in secretary.hears()
    assert gon.hears() == ""


async def test_without_a_fixed_day_there_is_nothing_to_announce(world: World) -> None:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await makes_meeting(secretary)
    await secretary.says("/thongbao")
    assert "Chưa có buổi nào đã ấn định ngày" in secretary.hears()


async def test_of_several_fixed_meetings_one_is_chosen(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world)
    await makes_meeting(secretary, "Đối thoại tháng 7 năm 2024")
    await fixes_day(secretary, "26/07/2024")
    world.clock.move(minutes=5)
    await secretary.says("/thongbao")
    await secretary.says("buổi tháng bảy")
    assert "Xin chọn một mục bên dưới" in secretary.hears()
    await secretary.presses("Đối thoại tháng 7 năm 2024")
    assert "26/07/2024" in secretary.hears()


async def test_a_preview_of_a_day_that_was_moved_meanwhile_is_not_sent(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world)
    second = await world.staff(Role.SECRETARY, "DL", "Võ Thị Hạnh")
    await secretary.says("/thongbao")
    await second.says("/buoimoi")
    await second.presses(f"🗓 {APRIL}")
    await second.presses("Đổi ngày")
    await second.says("26/04/2024")
    await second.says("8h")
    await second.presses("Bỏ qua")
    await second.presses("Gửi")
    await secretary.presses("Gửi")
    assert "đã được xử lý" in secretary.hears()


@pytest.mark.contract
async def test_residents_of_the_hamlet_get_the_notice_and_no_other_hamlet_hears_anything(world: World) -> None:
    """R093: a head pushes to the own hamlet only."""
    secretary = await secretary_with_fixed_meeting(world)
    head = await head_of(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    binh = await world.resident("DL-lang-dau", "Đinh Thị Bình")
    await releases_notice(secretary)
    await head.presses("Gửi tới thôn")
    assert mai.hears() == ""
    await head.presses("Gửi")

    assert "08:00, 25/04/2024" in mai.hears()
    assert mai.sees_button("🙋 Đăng ký")
    assert mai.sees_button("✍️ Gửi câu hỏi")
    assert binh.hears() == ""
    assert "Nhận qua điện thoại: 1 người" in head.hears()
    assert "08:00" not in head.hears()  # not to the one who sends it


async def test_the_command_finds_the_notice_that_waits(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world)
    head = await head_of(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await head.says("/thongbao")
    assert "Không có thông báo nào chờ" in head.hears()
    await releases_notice(secretary)
    await head.says("/thongbao")
    await head.says("ừ gửi đi")
    assert "Xin chọn một mục bên dưới" in head.hears()
    await head.presses("Gửi")
    assert "25/04/2024" in mai.hears()


async def test_of_several_notices_that_wait_the_head_chooses(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world)
    head = await head_of(world)
    await makes_meeting(secretary, "Đối thoại tháng 7 năm 2024")
    await fixes_day(secretary, "26/07/2024")
    for month in (4, 7):
        world.clock.move(minutes=5)
        await secretary.says("/thongbao")
        await secretary.presses(f"Đối thoại tháng {month} năm 2024")
        await secretary.presses("Gửi")
    await head.says("/thongbao")
    await head.says("cả hai")
    assert "Xin chọn một mục bên dưới" in head.hears()
    await head.presses("TDP Hàng Gòn: Đối thoại tháng 7 năm 2024")
    assert "26/07/2024" in head.hears()


async def test_pushing_twice_sends_once_and_says_when_and_by_whom(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world)
    head, deputy = await head_of(world), await head_of(world, name="Lê Văn Quý")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await releases_notice(secretary)
    code = deputy.button("Gửi tới thôn")
    await deputy.presses("Gửi tới thôn")
    await pushes_notice(head)
    await deputy.presses("Gửi")
    assert "người gửi: Đinh Tấn Dũng" in deputy.hears()
    await deputy.presses("Huỷ")
    await deputy.taps_code(code)
    assert "Không gửi lại nữa" in deputy.hears()
    assert len(mai.news()) == 1


async def test_a_double_tap_sends_once(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world)
    head = await head_of(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await releases_notice(secretary)
    await head.presses("Gửi tới thôn")
    code = head.button("Gửi")
    await head.taps_code(code)
    await head.taps_code(code)
    assert len(mai.news()) == 1


async def test_a_head_of_another_hamlet_cannot_push_by_guessing(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world)
    gon, dau = await head_of(world), await head_of(world, "DL-lang-dau", "Phạm Văn Mười")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await releases_notice(secretary)
    code = gon.button("Gửi tới thôn")
    for guessed in (code, "push.1", "push.x.y", "push.999.1", f"push.1.{'9' * 30}"):
        await dau.taps_code(guessed)
        assert "Không tìm thấy" in dau.hears()
        await mai.taps_code(guessed)
        assert "Không tìm thấy" in mai.hears()
    async with world.store.unit() as uow:
        there = await uow.places.unit_by_code("DL-lang-dau")
        here = await uow.places.unit_by_code("DL-hang-gon")
        assert there is not None
        assert here is not None
        [muoi] = await uow.people.holders(Role.HAMLET_HEAD, there)
        with pytest.raises(NotFound):
            await push_notice(uow, by=muoi, notice_id=NoticeId(1), hamlet_id=here.id)


async def test_a_hamlet_the_meeting_is_not_for_cannot_be_pushed_to_even_by_its_head(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world, "TDP Hàng Gòn")
    await head_of(world)
    dau = await head_of(world, "DL-lang-dau", "Phạm Văn Mười")
    await releases_notice(secretary)
    async with world.store.reading() as uow:
        hamlet = await uow.places.unit_by_code("DL-lang-dau")
        assert hamlet is not None
    await dau.taps_code(f"push.1.{hamlet.id}")
    assert "Không tìm thấy" in dau.hears()


async def test_two_who_send_at_the_same_moment_send_once(world: World) -> None:
    """The second finds the push there although it looked at the preview before."""
    secretary = await secretary_with_fixed_meeting(world)
    await head_of(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await releases_notice(secretary)
    async with world.store.unit() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        [dung] = await uow.people.holders(Role.HAMLET_HEAD, hamlet)
        push = await push_notice(uow, by=dung, notice_id=NoticeId(1), hamlet_id=hamlet.id)
        assert push.reached == 1
        with pytest.raises(RuleBroken, match="notice_pushed"):
            await push_notice(uow, by=dung, notice_id=NoticeId(1), hamlet_id=hamlet.id)
        with pytest.raises(NotFound):
            await push_notice(uow, by=dung, notice_id=NoticeId(1), hamlet_id=UnitId(999))
        await uow.commit()
    await world.settle()
    assert len(mai.news()) == 1


async def test_a_hamlet_without_a_head_is_named_and_the_secretary_pushes_there(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world)
    await head_of(world)
    binh = await world.resident("DL-lang-dau", "Đinh Thị Bình")
    await releases_notice(secretary)
    assert "Chưa có trưởng thôn/tổ nhận tin: TDP Làng Dầu" in secretary.hears()
    await secretary.presses("Gửi tới TDP Làng Dầu")
    await secretary.presses("Gửi")
    assert "25/04/2024" in binh.hears()


async def test_both_hamlets_of_one_meeting_get_it_each_from_the_own_head(world: World) -> None:
    """R063: Sơn Trà and Tân Hy 1 share a meeting; Tuyết Diêm 1 has another."""
    await load(world, "tuyet-diem-2025")
    secretary = await world.staff(Role.SECRETARY, "TD", "Trần Thị Hoa")
    heads = [await head_of(world, code, name) for code, name in (("TD-son-tra", "Võ Sơn"), ("TD-tan-hy-1", "Lê Tân"))]
    people = [await world.resident(code, "Bà Tư Hiền") for code in ("TD-son-tra", "TD-tan-hy-1", "TD-tuyet-diem-1")]
    await makes_meeting(secretary, "Đối thoại với Nhân dân thôn Sơn Trà và thôn Tân Hy 1")
    await fixes_day(secretary, "15/10/2025")
    await releases_notice(secretary)
    for head in heads:
        await pushes_notice(head)
    assert [len(phone.news()) for phone in people] == [1, 1, 0]


@pytest.mark.contract
async def test_at_night_the_notice_waits_for_the_morning(world: World) -> None:
    """Quiet hours 21:00–06:30: a broadcast wakes nobody."""
    secretary = await secretary_with_fixed_meeting(world)
    head = await head_of(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await releases_notice(secretary)
    world.clock.move_to(local(2024, 3, 1, 22))
    await pushes_notice(head)
    assert "06:30, 02/03/2024" in head.hears()
    assert mai.hears() == ""
    world.clock.move_to(local(2024, 3, 2, 6, 29))
    await world.settle()
    assert mai.hears() == ""
    world.clock.move_to(local(2024, 3, 2, 6, 31))
    await world.settle()
    assert "25/04/2024" in mai.hears()


async def test_a_neighbour_without_a_phone_is_on_the_list_of_doors_and_not_relayed(world: World) -> None:
    """R099: gaps for door-to-door; the head has one list instead of one letter for each neighbour."""
    secretary = await secretary_with_fixed_meeting(world)
    head = await head_of(world)
    await releases_notice(secretary)
    await head.says("/dangkyho")
    await head.presses(APRIL)
    await head.says("Hồ Thị Thoa")
    await head.presses("Tham dự")
    await head.presses("Gửi")
    await head.presses("Gửi tới thôn")
    await head.presses("Gửi")
    assert "Cần báo trực tiếp: 1 người" in head.hears()
    assert "– Hồ Thị Thoa" in head.hears()
    assert "Nhờ bà/ông báo lại" not in head.hears()
    async with world.store.reading() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        [(letter, person)] = await uow.letters.in_person([hamlet.id], uow.now)
    assert (letter.state, person.name) == (LetterState.IN_PERSON, "Hồ Thị Thoa")


async def test_a_notice_of_a_cancelled_meeting_is_not_pushed(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world)
    head = await head_of(world)
    await releases_notice(secretary)
    await secretary.taps_code("cancelmeeting.1")
    await secretary.says("Bão số 5")
    await secretary.presses("Gửi")
    await head.presses("Gửi tới thôn")
    assert "không còn chờ tổ chức" in head.hears()


async def test_whoever_has_both_roles_chooses_which(world: World) -> None:
    secretary = await secretary_with_fixed_meeting(world)
    async with world.store.unit() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        code = await make_invitation(uow, Role.HAMLET_HEAD, hamlet)
        await uow.commit()
    await secretary.says(f"/start i-{code}")
    await secretary.says("/thongbao")
    await secretary.says("cả hai")
    assert "Xin chọn một mục bên dưới" in secretary.hears()
    await secretary.presses("Thư ký: phát hành")
    await secretary.presses("Gửi")
    await secretary.says("/thongbao")
    await secretary.presses("Trưởng thôn/tổ: gửi tới thôn")
    assert "Xem lại trước khi gửi tới người dân TDP Hàng Gòn" in secretary.hears()


async def test_a_resident_has_no_notices_to_send(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/thongbao")
    assert "Việc này dành cho" in mai.hears()


async def test_a_plan_without_hamlets_still_has_its_notice(world: World) -> None:
    """R061, R094: An Dương names no hamlets; its theme and programme are its own."""
    await load(world, "an-duong-2024")
    secretary = await world.staff(Role.SECRETARY, "AD", "Trần Thị Hoa")
    await world.resident("AD", "Nguyễn Văn Minh")
    await makes_meeting(secretary, "Hội nghị đối thoại của Chủ tịch UBND xã năm 2024")
    await fixes_day(secretary, "15/08/2024")
    await releases_notice(secretary)
    assert "Đã chuyển trưởng thôn/tổ" not in secretary.hears()


async def test_a_moved_meeting_also_keeps_those_who_registered(world: World) -> None:
    """Whoever registered hears of a change as own news, at night too; who only had the notice hears in the morning."""
    secretary = await secretary_with_fixed_meeting(world)
    head = await head_of(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    lan = await world.resident("DL-hang-gon", "Phạm Thị Lan")
    await registers(mai)
    await releases_notice(secretary)
    await pushes_notice(head)
    mai.reads()
    lan.reads()
    world.clock.move_to(local(2024, 3, 1, 22))
    await secretary.taps_code("fix.1")
    await secretary.says("26/04/2024")
    await secretary.says("8h")
    await secretary.presses("Bỏ qua")
    await secretary.presses("Gửi")
    assert "26/04/2024" in mai.hears()
    assert lan.hears() == ""
    world.clock.move_to(local(2024, 3, 2, 7))
    await world.settle()
    assert "26/04/2024" in lan.hears()
    assert len(mai.news()) == 1
