"""The unit's radio and the hamlet's loudspeaker: invited, handed the script, noting the times on air, nothing else."""

import pytest

from intake.actions.meetings.prove_notice import confirm_notice, to_air
from intake.actions.people.invite import make_invitation
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.notice import NoticeMeans
from intake.rules.people.person import Role
from tests.support.meetings import APRIL, fixes_day, makes_meeting, releases_notice
from tests.support.office import person_named
from tests.support.world import Phone, World, local

AT = "tám giờ sáng, thứ năm ngày hai mươi lăm tháng tư"


@pytest.fixture
async def secretary(world: World) -> Phone:
    """A secretary with the meeting of April fixed, its notice not released yet."""
    phone = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await makes_meeting(phone, APRIL)
    await fixes_day(phone)
    world.clock.move(minutes=5)
    return phone


async def test_a_broadcaster_is_invited_like_others_for_the_unit_or_a_hamlet(world: World, secretary: Phone) -> None:
    """R053."""
    for place, said in (("thị trấn Di Lăng", "thị trấn Di Lăng"), ("TDP Hàng Gòn", "TDP Hàng Gòn")):
        await secretary.says("/moi")
        await secretary.presses("Đài truyền thanh, loa")
        await secretary.says("đâu đó")
        assert "chọn một mục bên dưới" in secretary.hears()
        await secretary.presses(place)
        invitation = secretary.hears()
        assert said in invitation
        code = next(word for word in invitation.split() if word.startswith("i-"))
        radio = world.phone()
        await radio.says(f"/start {code}")
        await radio.presses("Đồng ý")
        await radio.says("Đinh Văn Loan")
        await radio.presses("Bỏ qua")
        assert "phụ trách truyền thanh" in radio.hears()
        assert radio.sees_button("📢 Bài phát thanh")
        for not_theirs in ("📣 Thông báo", "📅 Lịch đối thoại", "✍️ Gửi câu hỏi"):
            assert not radio.sees_button(not_theirs)
        await radio.presses("📢 Bài phát thanh")
        assert "không có bài nào cần phát" in radio.hears()
        await radio.says("/trogiup")
        assert "/phatthanh" in radio.hears()
        radio.reads()
        secretary.reads()


@pytest.mark.contract
async def test_the_script_comes_by_itself_and_every_time_on_air_is_noted(world: World, secretary: Phone) -> None:
    """R053, R090: the town's radio gets its script when the notice is released, and confirms several times."""
    radio = await world.staff(Role.BROADCASTER, "DL", "Đinh Văn Loan")
    await releases_notice(secretary)
    assert "📢 Bài phát thanh cho thị trấn Di Lăng: " + APRIL in radio.hears()
    assert radio.hears().count(AT) == 2
    await radio.presses("Vừa phát xong")
    assert "Đã ghi: loa thị trấn Di Lăng đọc thông báo lúc 08:05, 01/03/2024" in radio.hears()
    world.clock.move_to(local(2024, 3, 2, 18))
    await radio.presses("Phát lúc khác")
    await radio.says("5h sáng")
    await radio.presses("Phát lúc khác")
    await radio.says("17h30")
    radio.reads()
    await radio.says("phát thanh")
    for moment in ("08:05, 01/03/2024", "05:00, 02/03/2024", "17:30, 02/03/2024"):
        assert f"– đã phát lúc {moment}" in radio.hears()
    assert AT in radio.hears(), "the only script is opened at once"
    await secretary.taps_code("noticecard.1")
    assert "• Loa: 17:30, 02/03/2024, thị trấn Di Lăng (Đinh Văn Loan xác nhận)" in secretary.hears()


async def test_the_loudspeaker_of_a_hamlet_is_its_own_and_nobody_gets_a_script_twice(
    world: World, secretary: Phone
) -> None:
    gon = await world.staff(Role.BROADCASTER, "DL-hang-gon", "Hồ Văn Vang")
    async with world.store.unit() as uow:
        town = await uow.places.unit_by_code("DL")
        dau = await uow.places.unit_by_code("DL-lang-dau")
        assert town is not None
        assert dau is not None
        codes = [await make_invitation(uow, Role.BROADCASTER, place) for place in (town, dau)]
        await uow.commit()
    both = await world.staff(Role.OFFICIAL, "DL", "Lê Thị Hoa", desk="chuyen-mon")
    for code in codes:
        await both.says(f"/start i-{code}")
    both.reads()
    await releases_notice(secretary)
    assert "Bài phát thanh cho TDP Hàng Gòn" in gon.hears()
    assert both.hears().count("Bài phát thanh cho") == 1
    await gon.presses("Vừa phát xong")
    gon.reads()
    await both.says("/phatthanh")
    assert f"1. {APRIL} (thị trấn Di Lăng)\n  – chưa phát lần nào" in both.hears()
    assert f"2. {APRIL} (TDP Làng Dầu)\n  – chưa phát lần nào" in both.hears()
    await both.presses("2")
    assert "Bài đọc loa cho TDP Làng Dầu" in both.hears()
    await both.presses("Vừa phát xong")
    await secretary.taps_code("noticecard.1")
    for place in ("TDP Hàng Gòn (Hồ Văn Vang xác nhận)", "TDP Làng Dầu (Lê Thị Hoa xác nhận)"):
        assert place in secretary.hears()


async def test_a_broadcaster_sees_nothing_but_the_script(world: World, secretary: Phone) -> None:
    radio = await world.staff(Role.BROADCASTER, "DL", "Đinh Văn Loan")
    gon = await world.staff(Role.BROADCASTER, "DL-hang-gon", "Hồ Văn Vang")
    await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await releases_notice(secretary)
    async with world.store.reading() as uow:
        hamlets = {code: await uow.places.unit_by_code(code) for code in ("DL", "DL-hang-gon", "DL-lang-dau")}
        own, other = hamlets["DL-hang-gon"], hamlets["DL-lang-dau"]
        assert own is not None
        assert other is not None
    for phone in (radio, gon):
        phone.reads()
        for code in (f"reach.1.{own.id}", f"hung.1.{own.id}", f"push.1.{own.id}", "noticecard.1", "meetingcard.1"):
            await phone.taps_code(code)
            assert "Không tìm thấy" in phone.hears(), code
            phone.reads()
        for command in ("/thongbao", "/danhsach", "/dieuhanh", "/phanloai"):
            await phone.says(command)
            assert "Việc này dành cho" in phone.hears(), command
            phone.reads()
    await gon.taps_code(f"script.1.{other.id}")
    assert "Không tìm thấy" in gon.hears()
    async with world.store.unit() as uow:
        loan, vang = [await person_named(uow, name) for name in ("Đinh Văn Loan", "Lê Thị Minh Thư")]
        with pytest.raises(NotFound):
            await confirm_notice(
                uow,
                by=loan,
                notice_id=1,  # type: ignore[arg-type]
                place_id=own.id,
                means=NoticeMeans.POSTER,
                at=uow.now,
            )
        assert await to_air(uow, vang) == [], "a secretary has the notice card"
        with pytest.raises(RuleBroken):
            await make_invitation(uow, Role.SECRETARY, own)


async def test_who_has_the_script_hears_that_the_meeting_moved_or_is_off(world: World, secretary: Phone) -> None:
    """R065, R067: an old script must not be read on."""
    radio = await world.staff(Role.BROADCASTER, "DL", "Đinh Văn Loan")
    await secretary.taps_code("meetingcard.1")
    await fixes_day(secretary, "24/04/2024")
    assert radio.hears() == "", "nothing was to be read out yet"
    await releases_notice(secretary)
    radio.reads()
    await secretary.taps_code("meetingcard.1")
    await fixes_day(secretary, "26/04/2024")
    assert "⛔" in radio.hears()
    assert "08:00, 26/04/2024" in radio.hears()
    radio.reads()
    await radio.says("/phatthanh")
    assert "không có bài nào cần phát" in radio.hears()
    await releases_notice(secretary)
    assert "thứ sáu ngày hai mươi sáu tháng tư" in radio.hears()
    radio.reads()
    await secretary.taps_code("meetingcard.1")
    await secretary.presses("Huỷ buổi")
    await secretary.says("Bão số 3")
    await secretary.presses("Gửi")
    assert "đã huỷ. Lý do: Bão số 3" in radio.hears()
