"""A day is fixed, and nobody presses `Khai mạc` or `Kết thúc`: nobody waits for ever for a tap (R220)."""

from datetime import date

import pytest

from bot.ops.metrics import Metrics
from intake.rules.people.person import Role
from intake.rules.questions.question import RoomOutcome
from scheduler.enforcement import run_sweep
from tests.support.meetings import fixes_day, makes_meeting
from tests.support.office import Office, open_office
from tests.support.world import World, local

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"


@pytest.fixture
async def office(plain_world: World) -> Office:
    """A meeting on Thursday 25 April 2024 at eight, for which somebody has asked and registered."""
    office = await open_office(plain_world)
    await makes_meeting(office.secretary, "Đối thoại tháng 4 năm 2024", "TDP Hàng Gòn")
    await fixes_day(office.secretary, "25/04/2024")
    await office.mai.says("/hoi")
    await office.mai.says(ROAD)
    await office.mai.presses("Gửi")
    await office.secretary.says("/phanloai")
    await office.secretary.presses("DL-2024-0001")
    await office.secretary.presses("Chờ buổi đối thoại")
    office.put_away()
    return office


async def sweeps(office: Office, day: int, hour: int, minute: int = 0, month: int = 4) -> None:
    office.world.clock.move_to(local(2024, month, day, hour, minute))
    await run_sweep(office.world.store.unit)
    await office.world.settle()


async def test_secretary_and_chair_are_asked_once_it_should_be_over_and_each_working_morning(office: Office) -> None:
    await sweeps(office, 25, 9)
    assert "chưa ai bấm" not in office.secretary.reads(), "it is still going on"
    await sweeps(office, 25, 11, 5)
    for phone in (office.secretary, office.chair):
        heard = phone.reads()
        assert "“Đối thoại tháng 4 năm 2024” theo lịch ngày 25/04/2024" in heard
    await sweeps(office, 25, 16)
    assert office.secretary.reads() == "", "once an evening"

    asked = []
    for day, month in ((26, 4), (27, 4), (28, 4), (29, 4), (30, 4), (2, 5), (3, 5)):
        await sweeps(office, day, 8, month=month)
        asked.append(
            "Buổi này đã diễn ra chưa" in office.secretary.reads() and "đã diễn ra chưa" in office.chair.reads()
        )
    # Saturday, Sunday, the 29th (worked off on Saturday 4 May), 30 April: nobody is chased
    assert asked == [True, False, False, False, False, True, True]


async def test_supervisors_hear_of_it_from_the_third_working_day(office: Office) -> None:
    supervisor = await office.world.staff(Role.SUPERVISOR, "DL", "Hồ Thị Nga")
    heard = []
    for day, month in ((25, 4), (26, 4), (2, 5), (3, 5), (4, 5), (6, 5)):
        await sweeps(office, day, 12, month=month)
        heard.append("chưa cho biết buổi này đã diễn ra" in supervisor.reads())
    assert heard == [False, False, False, True, True, True]


async def test_a_meeting_that_should_be_over_comes_no_more(office: Office) -> None:
    await office.secretary.says("/thongbao")
    await office.secretary.presses("Gửi")
    push = office.secretary.button("Gửi tới TDP Hàng Gòn")
    office.world.clock.move_to(local(2024, 4, 25, 10))
    await office.mai.says("/lich")
    assert "Đối thoại tháng 4 năm 2024" in office.mai.hears()
    office.world.clock.move_to(local(2024, 4, 25, 12))

    await office.mai.says("/lich")
    assert "Đối thoại tháng 4 năm 2024" not in office.mai.hears()
    await office.mai.says("/dangky")
    assert "Đối thoại tháng 4" not in office.mai.hears()
    await office.mai.taps_code("register.1")
    assert "Không tìm thấy" in office.mai.hears()
    await office.mai.says("/start m-1")
    assert "đã qua giờ kết thúc theo lịch" in office.mai.hears()
    assert not office.mai.sees_button("🙋 Đăng ký")
    await office.mai.says("/hoi")
    await office.mai.says("Đèn đường xóm 2 tắt đã hai tuần.")
    assert "Gửi ngoài buổi đối thoại" in office.mai.hears()
    await office.secretary.taps_code(push)
    assert "không còn chờ tổ chức" in office.secretary.hears()


async def test_replies_count_provisionally_and_anew_from_the_real_end(office: Office) -> None:
    await sweeps(office, 26, 8)
    assert "tạm tính" not in office.mai.reads(), "a working day is left to say it"
    await sweeps(office, 2, 8, month=5)
    heard = office.mai.reads()
    assert "Câu hỏi DL-2024-0001 (“Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?”)" in heard
    assert "tạm tính đến 27/05/2024" in heard
    await sweeps(office, 3, 8, month=5)
    assert "tạm tính" not in office.mai.reads(), "told once"
    await office.mai.says("/cachtinh DL-2024-0001")
    assert "Hạn này là tạm tính từ giờ kết thúc theo lịch" in office.mai.hears()

    await office.chair.presses("Đã diễn ra, kết thúc lúc …")
    await office.chair.says("11:30 26/04/2024")
    assert "Câu hỏi đã nhận: 1" in office.chair.hears()
    question = await office.question("DL-2024-0001")
    assert question.room_outcome is None, "nobody has said that it was not put there"
    await office.secretary.taps_code("roompast.1")
    assert "chưa nêu" not in office.secretary.hears()
    await office.mai.says("/cachtinh DL-2024-0001")
    assert "tạm tính" not in office.mai.hears()
    assert "27/05/2024" in office.mai.hears(), "the date before is kept"
    clocks = await office.clocks("DL-2024-0001")
    assert list(clocks.values()) == [date(2024, 5, 27)]
    office.put_away()
    await sweeps(office, 6, 8, month=5)
    assert "Buổi này đã diễn ra chưa" not in office.secretary.reads()


async def test_the_planned_end_is_a_tap_away_and_an_end_before_the_beginning_is_refused(office: Office) -> None:
    await sweeps(office, 25, 12)
    await office.secretary.presses("Đã diễn ra, kết thúc lúc …")
    await office.secretary.says("07:00")
    assert "Câu hỏi đã nhận" not in office.secretary.hears()
    await office.secretary.presses("11:00, 25/04/2024")
    assert "Câu hỏi đã nhận: 1" in office.secretary.hears()
    assert "DL-2024-0001" in office.mai.hears()
    await office.chair.presses("Đã diễn ra, kết thúc lúc …")
    assert "đã được xử lý" in office.chair.hears()


async def test_nothing_is_said_of_a_meeting_before_it_begins_and_no_notice_of_one_that_is_over(office: Office) -> None:
    await office.secretary.taps_code("heldend.1")
    assert "25/04/2024" in office.secretary.hears()
    assert "mấy giờ" not in office.secretary.hears()
    office.world.clock.move_to(local(2024, 4, 25, 10))
    await office.secretary.says("/thongbao")
    office.world.clock.move_to(local(2024, 4, 25, 12))
    await office.secretary.presses("Gửi")
    assert "không còn chờ tổ chức" in office.secretary.hears()


async def test_one_that_was_moved_or_called_off_owes_no_provisional_reply(office: Office) -> None:
    await sweeps(office, 2, 8, month=5)
    assert "tạm tính" in office.mai.reads()
    await office.secretary.presses("Huỷ")
    await office.secretary.says("Bão số 1, không đi lại được.")
    await office.secretary.presses("Gửi")

    heard = office.mai.hears()
    assert "Bão số 1" in heard
    assert "DL-2024-0001" in heard
    clocks = await office.clocks("DL-2024-0001")
    assert [kind.value for kind in clocks if kind.value.startswith("reply")] == ["reply-outside"]


async def test_after_three_days_without_a_server_one_letter_comes_not_three(office: Office) -> None:
    await sweeps(office, 3, 8, month=5)

    assert office.secretary.hears().count("Buổi này đã diễn ra chưa") == 1
    assert office.mai.hears().count("tạm tính đến") == 1


async def test_one_that_is_past_invites_nobody_and_gets_no_poster_and_no_more_questions(office: Office) -> None:
    await office.mai.says("/hoi")
    await office.mai.says("Đèn đường xóm 2 tắt đã hai tuần.")
    await office.mai.presses("Gửi")
    office.world.clock.move_to(local(2024, 4, 25, 12))
    for code in ("guestsent.1", "poster.1"):
        await office.secretary.taps_code(code)
        assert "đã qua giờ kết thúc theo lịch" in office.secretary.hears()
    await office.secretary.says("/thongbao")
    assert not office.secretary.sees_button("Gửi")
    await office.secretary.says("/phanloai")
    await office.secretary.presses("DL-2024-0002")
    assert not office.secretary.sees_button("Chờ buổi đối thoại")
    await office.secretary.taps_code("keep.2")
    assert "Đã giữ" not in office.secretary.hears()


async def test_one_that_was_opened_and_never_ended_is_over_the_next_day(office: Office) -> None:
    office.world.clock.move_to(local(2024, 4, 25, 8))
    await office.secretary.says("/dieuhanh")
    await office.secretary.presses("Khai mạc")
    office.world.clock.move_to(local(2024, 4, 25, 12))
    await office.mai.says("/lich")
    assert "Đối thoại tháng 4 năm 2024" in office.mai.hears(), "it may take longer"
    office.world.clock.move_to(local(2024, 4, 26, 7))
    await office.mai.says("/lich")
    assert "Đối thoại tháng 4 năm 2024" not in office.mai.hears()


async def test_the_chair_who_is_asked_can_move_it_and_call_it_off(office: Office) -> None:
    await sweeps(office, 26, 8)
    await office.chair.presses("Dời")
    assert "Không tìm thấy" not in office.chair.hears()
    await office.chair.says("/huy")
    await office.chair.taps_code("meetingcard.1")
    await office.chair.presses("Huỷ buổi")
    await office.chair.says("Bão số 1, không đi lại được.")
    await office.chair.presses("Gửi")
    assert "Bão số 1" in office.mai.hears()
    office.put_away()
    await sweeps(office, 2, 8, month=5)
    assert "Buổi này đã diễn ra chưa" not in office.chair.reads()


async def test_whoever_watches_the_installation_sees_how_many_there_are(office: Office) -> None:
    metrics = Metrics(office.world.store)
    office.world.clock.move_to(local(2024, 4, 25, 10))
    assert b"doithoai_meetings_unsaid 0.0" in await metrics.render()
    office.world.clock.move_to(local(2024, 4, 25, 12))
    assert b"doithoai_meetings_unsaid 1.0" in await metrics.render()


async def test_one_that_was_opened_and_never_ended_is_asked_about_as_what_it_is(office: Office) -> None:
    supervisor = await office.world.staff(Role.SUPERVISOR, "DL", "Hồ Thị Nga")
    await office.mai.says("/dangky")
    await office.mai.presses("Tham dự")
    await office.mai.presses("Gửi")
    office.world.clock.move_to(local(2024, 4, 25, 8))
    await office.secretary.says("/dieuhanh")
    await office.secretary.presses("Khai mạc")
    office.put_away()
    await sweeps(office, 25, 19)
    for phone in (office.secretary, office.chair):
        assert "đã khai mạc và đã qua giờ kết thúc, nhưng chưa ai bấm Kết thúc" in phone.hears()
        assert not phone.sees_button("Dời"), "what has begun is not put off"
        assert not phone.sees_button("Huỷ")
    await sweeps(office, 3, 12, month=5)
    assert "đã khai mạc: đến nay thư ký và chủ trì chưa cho biết" in supervisor.reads()
    await office.mai.says("/dangky")
    assert "Đối thoại tháng 4" not in office.mai.hears(), "for who registered, too"
    await office.secretary.presses("Đã diễn ra, kết thúc lúc …")
    await office.secretary.presses("11:00, 25/04/2024")
    assert "đã kết thúc" in office.secretary.hears()
    question = await office.question("DL-2024-0001")
    assert question.room_outcome is RoomOutcome.NOT_PUT, "it was run in the room, and this one was not marked"
