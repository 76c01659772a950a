"""How far a notice has got: the chat counted from the outbox, the loudspeaker and the poster by somebody's word."""

import pytest

from bot.media.attachments import AttachmentStore
from bot.media.links import ChatLinks
from bot.media.posters import PosterPress
from intake.actions.meetings.prove_notice import confirm_notice, coverage, notice_at
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import MeetingHamlet, NoticeId
from intake.rules.meetings.notice import NoticeMeans, NoticeReach
from intake.rules.people.person import Role
from intake.rules.people.unit import Level, Unit, UnitId
from intake.rules.plan.plan import PlanId
from tests.conftest import load
from tests.support.meetings import APRIL, fixes_day, makes_meeting, pushes_notice, releases_notice
from tests.support.world import Phone, World, local


async def released(world: World) -> tuple[Phone, Phone, Phone]:
    """The secretary has released the notice of April; both heads have it."""
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    gon = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    dau = await world.staff(Role.HAMLET_HEAD, "DL-lang-dau", "Phạm Văn Mười")
    await makes_meeting(secretary, APRIL)
    await fixes_day(secretary)
    world.clock.move(minutes=5)
    await releases_notice(secretary)
    return secretary, gon, dau


async def households(world: World, code: str, number: int) -> None:
    async with world.store.unit() as uow:
        hamlet = await uow.places.unit_by_code(code)
        assert hamlet is not None
        hamlet.households = number
        await uow.commit()


async def test_the_card_counts_what_was_sent_what_waits_and_whom_to_visit_hamlet_by_hamlet(world: World) -> None:
    """R099: households known, reached by chat, to be visited; nothing is made up where the number is unknown."""
    secretary, gon, dau = await released(world)
    await households(world, "DL-hang-gon", 120)
    await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await world.resident("DL-hang-gon", "Phạm Thị Lan")
    await world.resident("DL-lang-dau", "Đinh Thị Bình")
    await gon.says("/dangkyho")
    await gon.presses(APRIL)
    await gon.says("Hồ Thị Thoa")
    await gon.presses("Tham dự")
    await gon.presses("Gửi")
    await gon.says("/thongbao")
    await gon.presses("Gửi")
    await secretary.presses("📣 Tình hình thông báo")
    card = secretary.hears()
    assert "đã gửi 2, đang chờ 0, không gửi được 0" in card
    assert "TDP Hàng Gòn: có 120 hộ; 2 người nhận qua điện thoại, 1 người cần báo tận nơi; còn ít nhất 118 hộ" in card
    assert "TDP Làng Dầu: chưa gửi tới người dân" in card
    assert "Còn 1 thôn, tổ chưa gửi; hạn 20/04/2024" in card
    assert "Người phát hành: Lê Thị Minh Thư" in card

    world.clock.move_to(local(2024, 3, 1, 22))
    await pushes_notice(dau)
    await secretary.taps_code("noticecard.1")
    assert "đã gửi 2, đang chờ 1, không gửi được 0" in secretary.hears()
    assert "TDP Làng Dầu: 1 người nhận qua điện thoại, 0 người cần báo tận nơi" in secretary.hears()
    assert "đã hoàn thành, thông báo đã tới mọi thôn, tổ" in secretary.hears()


async def test_a_late_notice_that_is_not_everywhere_says_so(world: World) -> None:
    secretary, _, _ = await released(world)
    world.clock.move_to(local(2024, 4, 22))
    await secretary.taps_code("noticecard.1")
    assert "Còn 2 thôn, tổ chưa gửi; đã quá hạn 20/04/2024" in secretary.hears()
    async with world.store.reading() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
    await secretary.taps_code(f"reach.1.{unit.id}")  # the unit is no hamlet
    assert "Không tìm thấy" in secretary.hears()


async def test_a_head_sees_the_own_hamlet_only(world: World) -> None:
    _, gon, dau = await released(world)
    await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await pushes_notice(gon)
    code = gon.button("📣 Tình hình")
    await gon.presses("📣 Tình hình")
    assert "TDP Hàng Gòn: 1 người nhận" in gon.hears()
    assert "Làng Dầu" not in gon.hears()
    for guessed in (code, "reach.1", "reach.1.1", "reach.99.2", "script.1", "noticecard.1", "noticecard.x"):
        await dau.taps_code(guessed)
        assert "Không tìm thấy" in dau.hears(), guessed


async def test_the_script_is_read_aloud_without_stumbling_and_airing_is_noted(world: World) -> None:
    """R053, R090, R099: numbers and days in words; the head confirms the time; it stands as proof."""
    secretary, gon, _ = await released(world)
    await gon.presses("📢 Bài đọc loa")
    script = gon.hears().partition("\n\n")[2]
    assert (
        "Thời gian: tám giờ sáng, thứ năm ngày hai mươi lăm tháng tư, năm hai nghìn không trăm hai mươi tư." in script
    )
    assert script.count("tám giờ sáng, thứ năm ngày hai mươi lăm tháng tư") == 2
    assert not any(sign.isdigit() for sign in script)
    assert "TDP" not in script
    await gon.presses("Vừa phát xong")
    assert "Đã ghi: loa TDP Hàng Gòn đọc thông báo lúc 08:05, 01/03/2024" in gon.hears()
    await gon.presses("Vừa phát xong")
    assert "đã được ghi rồi" in gon.hears()

    world.clock.move_to(local(2024, 3, 2, 18))
    await gon.presses("Phát lúc khác")
    await gon.says("sáng nay")
    assert "Giờ chưa đúng" in gon.hears()
    await gon.says("6h30")
    assert "06:30, 02/03/2024" in gon.hears()
    await gon.presses("Phát lúc khác")
    await gon.says("17 giờ 01/03/2024")
    assert "17:00, 01/03/2024" in gon.hears()
    await secretary.taps_code("noticecard.1")
    for moment in ("08:05, 01/03/2024", "17:00, 01/03/2024", "06:30, 02/03/2024"):
        assert f"• Loa: {moment}, TDP Hàng Gòn (Đinh Tấn Dũng xác nhận)" in secretary.hears()


async def test_a_time_on_air_that_cannot_be_is_asked_again(world: World) -> None:
    secretary, _, _ = await released(world)
    await secretary.presses("📣 Tình hình thông báo")
    assert "chưa có xác nhận nào" in secretary.hears()
    await secretary.presses("📢 Bài đọc loa")
    await secretary.presses("Phát lúc khác")
    for typed in ("23h", "06:30 29/02/2024"):
        await secretary.says(typed)
        assert "phải ở sau lúc phát hành" in secretary.hears()
        assert "đã phát lúc nào" in secretary.hears()
    await secretary.says("Huỷ")
    assert "Đã ghi" not in secretary.hears()


async def test_the_broadcasting_of_the_whole_town_and_a_poster_are_noted_too(world: World) -> None:
    secretary, _, _ = await released(world)
    await secretary.presses("📣 Tình hình thông báo")
    await secretary.presses("📢 Bài đọc loa")
    await secretary.presses("Vừa phát xong")
    await secretary.taps_code("noticecard.1")
    assert "• Loa: 08:05, 01/03/2024, thị trấn Di Lăng" in secretary.hears()
    await secretary.presses("Đã dán áp phích")
    assert "dán áp phích lúc 08:05, 01/03/2024" in secretary.hears()
    await secretary.taps_code("noticecard.1")
    assert "• Áp phích: 08:05, 01/03/2024, thị trấn Di Lăng" in secretary.hears()


async def test_a_notice_out_of_date_is_not_read_out_any_more(world: World) -> None:
    secretary, gon, _ = await released(world)
    script = gon.button("📢 Bài đọc loa")
    await secretary.taps_code("fix.1")
    await secretary.says("26/04/2024")
    await secretary.says("8h")
    await secretary.presses("Bỏ qua")
    await secretary.presses("Gửi")
    await gon.taps_code(script)
    assert "không còn đúng" in gon.hears()
    await secretary.taps_code("noticecard.1")
    assert "không còn đúng" in secretary.hears()
    assert not secretary.sees_button("📢 Bài đọc loa")
    await gon.taps_code(script.replace("script", "reach"))
    assert not gon.sees_button("📢 Bài đọc loa")


async def test_a_meeting_without_a_notice_has_no_card(world: World) -> None:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await makes_meeting(secretary, APRIL)
    await secretary.taps_code("noticecard.1")
    assert "chưa có thông báo nào" in secretary.hears()


@pytest.mark.contract
async def test_a_commune_with_many_hamlets_gets_a_card_that_still_fits(world: World) -> None:
    async with world.store.unit() as uow:
        town = await uow.places.unit_by_code("DL")
        for number in range(45):
            await uow.places.add_unit(Unit(f"DL-x{number:02}", f"TDP số {number:02}", Level.HAMLET), town)
        await uow.commit()
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await makes_meeting(secretary, "Đối thoại tháng 7 năm 2024")
    async with world.store.unit() as uow:
        meeting = await uow.meetings.get((await uow.meetings.of_plan(PlanId(1)))[0].id)
        hamlets = await uow.places.hamlets(meeting.unit_id)
        listed = {hamlet.id for hamlet in await uow.meetings.hamlets(meeting.id)}
        uow.session.add_all(MeetingHamlet(meeting.id, one.id) for one in hamlets if one.id not in listed)
        await uow.commit()
    await fixes_day(secretary, "26/07/2024")
    world.clock.move(minutes=5)
    await releases_notice(secretary)
    await secretary.taps_code("noticecard.1")
    assert "… và 7 thôn, tổ nữa" in secretary.hears()


async def test_the_actions_hold_the_rules_by_themselves(world: World) -> None:
    await released(world)
    await load(world, "an-duong-2024")
    await world.staff(Role.SECRETARY, "AD", "Trần Thị Hoa")
    async with world.store.unit() as uow:
        unit, other = await uow.places.unit_by_code("DL"), await uow.places.unit_by_code("AD")
        assert unit is not None
        assert other is not None
        thu = (await uow.people.holders(Role.SECRETARY, unit))[0]
        stranger = (await uow.people.holders(Role.SECRETARY, other))[0]
        notice_id = NoticeId(1)
        for person, place in ((stranger, unit.id), (thu, other.id), (thu, UnitId(999))):
            with pytest.raises(NotFound):
                await notice_at(uow, person, notice_id, place)
        with pytest.raises(RuleBroken, match="proof_moment"):
            await confirm_notice(
                uow,
                by=thu,
                notice_id=notice_id,
                place_id=unit.id,
                means=NoticeMeans.POSTER,
                at=local(2024, 3, 1, 9),
            )
        notice = await uow.meetings.notice(notice_id)
        meeting = await uow.meetings.get(notice.meeting_id)
        assert {one.channel_policy for one in await coverage(uow, meeting, notice)} == {NoticeReach()}


@pytest.mark.contract
async def test_the_poster_comes_as_a_picture_with_the_ways_into_the_chat(world: World) -> None:
    secretary, gon, _ = await released(world)
    store = AttachmentStore(world.data_dir / "attachments")
    world.store.posters = PosterPress(store, ChatLinks(telegram="di_lang_bot", zalo="4318", web="https://dl.example"))
    async with world.store.unit() as uow:
        notice = await uow.meetings.notice(NoticeId(1))
        (await uow.meetings.get(notice.meeting_id)).theme = "Quản lý đất đai, trật tự đô thị"
        await uow.commit()
    await gon.presses("🖼 Áp phích")
    shown = gon.hears()
    for words in (
        "https://t.me/di_lang_bot?start=m-1",
        "https://dl.example/?start=m-1",
        "https://zalo.me/4318",
        "#m-1",
    ):
        assert words in shown
    pictures = [name for message in gon.news() for name in message.attachments]
    assert len(pictures) == 1
    await secretary.taps_code("poster.1")
    assert secretary.news()[0].attachments == tuple(pictures)


async def test_a_poster_without_any_address_says_what_to_set(world: World) -> None:
    secretary, _, dau = await released(world)
    world.store.posters = PosterPress(AttachmentStore(world.data_dir / "attachments"), ChatLinks())
    await secretary.taps_code("poster.1")
    assert "Chưa có địa chỉ nào để làm mã quét" in secretary.hears()
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.taps_code("poster.1")
    assert "Không tìm thấy" in mai.hears()
    await secretary.taps_code("cancelmeeting.1")
    await secretary.says("Bão số 5")
    await secretary.presses("Gửi")
    await dau.presses("🖼 Áp phích")
    assert "chỉ làm áp phích" in dau.hears().lower()
