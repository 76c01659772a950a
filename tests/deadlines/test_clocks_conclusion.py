"""Items of a conclusion run against a clock: owner, office and supervisors hear, done stops it, the chair moves it."""

from datetime import date

import pytest

from intake.actions.meetings.conclusion_clocks import move_item
from intake.rules.deadlines.deadline import Clock, ClockState
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import unpack
from intake.rules.people.person import Role
from intake.rules.questions.question import QuestionState
from tests.support.deadlines import sweep_at
from tests.support.office import DESK, Office, neighbour_unit, open_office, person_named
from tests.support.stories import put_in_state
from tests.support.world import Phone, World

ROAD_ITEM = "Sửa đường xóm 3 trong quý II."
NO_DAY, NO_QUESTIONS = "Không có hạn", "Không có câu hỏi nào"


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


@pytest.fixture
async def supervisor(office: Office) -> Phone:
    return await office.world.staff(Role.SUPERVISOR, "DL", "Lê Thị Giám")


@pytest.fixture
async def meeting(office: Office) -> Meeting:
    """A meeting that was held on 25 April 2024, with one question that is settled."""
    fixed = await office.fixed_meeting()
    reference = await office.asked()
    await office.opened()
    await office.closed()
    await put_in_state(office.world, reference, QuestionState.CLOSED)
    office.put_away()
    return fixed


async def publishes(office: Office, meeting: Meeting, *items: tuple[str, str, str, str]) -> None:
    """The secretary writes items (words, owner, due date, question), the chair makes them public."""
    for words, owner, due, question in items:
        await office.secretary.taps_code(f"conclusionadd.{meeting.id}")
        await office.secretary.says(words)
        for answer in (owner, due, question):
            if answer in {DESK, NO_DAY, NO_QUESTIONS}:
                await office.secretary.presses(answer)
            else:
                await office.secretary.says(answer)
        await office.secretary.presses("Gửi")
    await office.chair.taps_code(f"conclusionpublish.{meeting.id}")
    await office.chair.presses("Gửi")
    await office.world.settle()
    office.put_away()


async def the_clock(office: Office, number: int = 1) -> Clock | None:
    async with office.world.store.reading() as uow:
        return await uow.clocks.of_item(number)  # type: ignore[arg-type]


async def swept(office: Office, *phones: Phone, on: date) -> list[bool]:
    """Who of these is told of the road on a day."""
    await sweep_at(office.world, on)
    told = ["Sửa đường xóm 3" in phone.hears() for phone in phones]
    office.put_away()
    for phone in phones:
        phone.reads()
    return told


async def test_the_owner_is_reminded_ahead_and_the_office_when_it_is_late(
    office: Office, meeting: Meeting, supervisor: Phone
) -> None:
    """R180, R181, R050: desk from 15 days before, secretary from 3, the chair and the supervisors once it is late."""
    await publishes(office, meeting, (ROAD_ITEM, DESK, "28/06/2024", NO_QUESTIONS))  # a Friday
    supervisor.reads()
    everybody = (office.official, office.secretary, office.chair, supervisor)

    assert await swept(office, *everybody, on=date(2024, 6, 12)) == [False, False, False, False]
    assert await swept(office, *everybody, on=date(2024, 6, 13)) == [True, False, False, False]
    assert await swept(office, *everybody, on=date(2024, 6, 14)) == [False, False, False, False]
    assert await swept(office, *everybody, on=date(2024, 6, 25)) == [True, True, False, False]
    assert await swept(office, *everybody, on=date(2024, 6, 28)) == [True, True, False, False]
    assert await swept(office, *everybody, on=date(2024, 6, 29)) == [False, False, False, False], "a Saturday"
    assert await swept(office, *everybody, on=date(2024, 7, 1)) == [True, True, True, True]
    assert await swept(office, *everybody, on=date(2024, 7, 2)) == [True, True, True, False]
    assert await swept(office, *everybody, on=date(2024, 7, 8)) == [True, True, True, True]
    assert await swept(office, office.mai, office.other, on=date(2024, 7, 9)) == [False, False]


async def test_a_reminder_says_what_and_opens_the_item(office: Office, meeting: Meeting, supervisor: Phone) -> None:
    await publishes(office, meeting, (ROAD_ITEM, DESK, "28/06/2024", NO_QUESTIONS))
    await sweep_at(office.world, date(2024, 6, 21))
    said = "1. Sửa đường xóm 3 trong quý II: còn 7 ngày đến hạn thực hiện mục kết luận (28/06/2024, thứ Sáu)"
    assert said in office.official.hears()
    assert f"Phụ trách: {DESK}." in office.official.hears()
    await sweep_at(office.world, date(2024, 7, 1))
    for phone in (office.official, office.secretary, office.chair, supervisor):
        assert "quá hạn thực hiện mục kết luận 3 ngày" in phone.hears()
        await phone.presses("Mở")
        assert "⚠️ Quá hạn: 1. Sửa đường xóm 3" in phone.hears()
    assert office.chair.sees_button("Đổi hạn")
    assert office.official.sees_button("Báo tiến độ")
    for mine in ("Đổi hạn", "Báo tiến độ"):
        assert not supervisor.sees_button(mine)
    assert not office.official.sees_button("Đổi hạn")


async def test_done_stops_the_clock(office: Office, meeting: Meeting) -> None:
    await publishes(office, meeting, (ROAD_ITEM, DESK, "28/06/2024", NO_QUESTIONS))
    await sweep_at(office.world, date(2024, 6, 13))
    await office.official.presses("Mở")
    await office.official.presses("Báo tiến độ")
    await office.official.says("Đường đã sửa xong.")
    await office.official.presses("Gửi và báo đã xong")
    clock = await the_clock(office)
    assert clock is not None
    assert clock.state is ClockState.MET
    office.put_away()
    phones = (office.official, office.secretary, office.chair)
    assert await swept(office, *phones, on=date(2024, 6, 25)) == [False, False, False]
    assert await swept(office, *phones, on=date(2024, 7, 1)) == [False, False, False]


async def test_an_item_without_a_day_is_nobodys_clock_until_it_gets_one(office: Office, meeting: Meeting) -> None:
    await publishes(office, meeting, (ROAD_ITEM, DESK, NO_DAY, NO_QUESTIONS))
    assert await the_clock(office) is None
    await moves(office.chair, meeting, "28/06/2024", "Đã có kinh phí")
    assert "Hạn: 28/06/2024" in office.chair.hears()
    assert "đổi hạn từ không có sang 28/06/2024 (thứ Sáu)" in office.official.hears()
    office.put_away()
    assert await swept(office, office.official, on=date(2024, 6, 13)) == [True]


async def test_what_has_no_day_is_done_all_the_same(office: Office, meeting: Meeting) -> None:
    await publishes(office, meeting, (ROAD_ITEM, DESK, NO_DAY, NO_QUESTIONS))
    await office.official.says("/ketluan")
    await office.official.presses("1")
    await office.official.presses("Báo tiến độ")
    await office.official.says("Đường đã sửa xong.")
    await office.official.presses("Gửi và báo đã xong")
    assert "mục 1 đã hoàn thành" in office.secretary.hears()


async def moves(phone: Phone, meeting: Meeting, day: str, reason: str) -> None:
    await phone.taps_code(f"conclusion.{meeting.id}")
    await phone.presses("1")
    await phone.presses("Đổi hạn")
    await phone.says(day)
    await phone.says(reason)
    assert f"hạn mới {day}" in phone.hears()
    await phone.presses("Gửi")


async def test_the_chair_moves_the_day_and_everybody_concerned_hears_why(office: Office, meeting: Meeting) -> None:
    await publishes(office, meeting, (ROAD_ITEM, DESK, "28/06/2024", "DL-2024-0001"))
    await moves(office.chair, meeting, "30/09/2024", "Chờ vốn quý III")
    for phone in (office.official, office.secretary, office.mai):
        assert "mục 1 đổi hạn từ 28/06/2024 (thứ Sáu) sang 30/09/2024 (thứ Hai)" in phone.hears()
        assert "Chờ vốn quý III" in phone.hears()
    assert "Hạn trước: 28/06/2024, thứ Sáu. Lý do đổi: Chờ vốn quý III" in office.chair.hears()
    clock = await the_clock(office)
    assert clock is not None
    assert clock.due_on == date(2024, 9, 30)
    assert [(kept["due_on"], unpack(kept["reason"])) for kept in clock.history] == [("2024-06-28", "Chờ vốn quý III")]
    office.put_away()
    assert await swept(office, office.official, office.chair, on=date(2024, 7, 1)) == [False, False]
    assert await swept(office, office.official, office.chair, on=date(2024, 9, 23)) == [True, False]
    await office.official.presses("Mở")
    assert "Hạn trước: 28/06/2024" in office.official.hears()


async def test_only_the_chair_moves_a_day_of_what_is_public_and_not_done(office: Office, meeting: Meeting) -> None:
    await office.secretary.taps_code(f"conclusionadd.{meeting.id}")
    await office.secretary.says(ROAD_ITEM)
    await office.secretary.presses(DESK)
    await office.secretary.says("28/06/2024")
    await office.secretary.presses(NO_QUESTIONS)
    await office.secretary.presses("Gửi")
    elsewhere = await neighbour_unit(office.world, Role.CHAIR)
    await elsewhere.taps_code("conclusionmove.1")
    assert "Không tìm thấy" in elsewhere.hears()
    async with office.world.store.unit() as uow:
        secretary, chair = [await person_named(uow, name) for name in ("Trần Văn Thư", "Đinh Văn Chủ")]
        later = {"item_id": 1, "due_on": date(2024, 9, 30), "reason": "Chờ vốn"}
        with pytest.raises(NotFound):
            await move_item(uow, by=secretary, **later)  # type: ignore[arg-type]
        with pytest.raises(ChangedMeanwhile):  # not public yet
            await move_item(uow, by=chair, **later)  # type: ignore[arg-type]
    await office.chair.taps_code(f"conclusionpublish.{meeting.id}")
    await office.chair.presses("Gửi")
    async with office.world.store.unit() as uow:
        for wrong in ({"due_on": date(2024, 6, 28)}, {"reason": "…"}, {"due_on": date(2024, 4, 25)}):
            with pytest.raises(RuleBroken):
                await move_item(uow, by=chair, **{**later, **wrong})  # type: ignore[arg-type]


async def test_the_chair_who_asked_is_not_told_of_the_own_deed(office: Office, meeting: Meeting) -> None:
    """A linked question of somebody of the office: one letter, as the office."""
    await publishes(office, meeting, (ROAD_ITEM, "Phòng Nông nghiệp huyện", "28/06/2024", "DL-2024-0001"))
    async with office.world.store.unit() as uow:
        question = (await uow.questions.of_meeting(meeting.id))[0]
        question.asker_id = (await person_named(uow, "Đinh Văn Chủ")).id
        await uow.commit()
    await moves(office.chair, meeting, "30/09/2024", "Chờ vốn quý III")
    assert "đổi hạn từ" not in office.chair.hears()
    assert office.mai.hears() == ""


async def test_an_item_of_another_agency_is_the_secretarys_to_watch(office: Office, meeting: Meeting) -> None:
    agency = "Phòng Nông nghiệp huyện"
    await publishes(office, meeting, (ROAD_ITEM, agency, "28/06/2024", NO_QUESTIONS))
    phones = (office.official, office.secretary, office.chair)
    assert await swept(office, *phones, on=date(2024, 6, 13)) == [False, True, False]
    await sweep_at(office.world, date(2024, 7, 1))
    assert f"Phụ trách: {agency}." in office.chair.hears()


async def test_what_is_not_done_is_listed_for_each_by_what_concerns_them(
    office: Office, meeting: Meeting, supervisor: Phone
) -> None:
    """`/ketluan`: the desk's own for the official, everything for the office and supervisors; the soonest first."""
    items = [(f"Việc số {number}.", "Điện lực huyện", "30/08/2024", NO_QUESTIONS) for number in range(1, 11)]
    await publishes(office, meeting, *items, (ROAD_ITEM, DESK, "28/06/2024", NO_QUESTIONS))
    await office.official.says("/menu")
    await office.official.presses("📌 Việc sau kết luận")
    assert "Mục kết luận chưa xong: 1" in office.official.hears()
    assert "[1] " + meeting.title in office.official.hears()
    assert "11. Sửa đường xóm 3" in office.official.hears()
    for phone in (office.secretary, office.chair, supervisor):
        await phone.says("kết luận")
        assert "Mục kết luận chưa xong: 11" in phone.hears()
        assert "[1] " + meeting.title + "\n11. Sửa đường" in phone.hears()
        assert "10. Việc số 10." not in phone.hears()
    await office.chair.presses("Xem tiếp (1)")
    assert "[11] " + meeting.title + "\n10. Việc số 10." in office.chair.hears()
    await office.chair.presses("11")
    assert "Việc số 10." in office.chair.hears()
    await supervisor.says("/trogiup")
    assert "/ketluan" in supervisor.hears()
    await office.other.says("/ketluan")
    assert "Không còn mục kết luận nào" in office.other.hears()
    await office.mai.says("/ketluan")
    assert "Việc này dành cho" in office.mai.hears()


async def test_a_long_item_is_called_by_its_first_words(office: Office, meeting: Meeting) -> None:
    words = "Uỷ ban nhân dân thị trấn chủ trì khảo sát, lập dự toán và sửa chữa toàn bộ đường vào xóm 3, xóm 4."
    await publishes(office, meeting, (words, DESK, "28/06/2024", NO_QUESTIONS))
    await sweep_at(office.world, date(2024, 6, 13))
    assert "1. Uỷ ban nhân dân thị trấn chủ trì khảo sát, lập dự toán và…: còn 15 ngày" in office.official.hears()
