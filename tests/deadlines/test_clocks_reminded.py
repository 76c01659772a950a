"""Tasks and preparations are reminded of with the button that ticks them off; somebody is told, whoever is missing."""

from datetime import date

import pytest

from intake.rules.people.person import Role
from tests.support.deadlines import DUE, ask, sweep_at, take_on
from tests.support.meetings import APRIL, fixes_day, makes_meeting
from tests.support.office import Office, open_office
from tests.support.office_tasks import (
    REPORT,
    a_question_of_a_meeting,
    fixed,
    loads_again,
    opens_reports,
    plan_says,
    wishes,
)
from tests.support.world import World


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def test_a_request_about_own_data_is_reminded_of_until_it_is_done(office: Office) -> None:
    await wishes(office)
    office.put_away()
    await sweep_at(office.world, date(2024, 3, 4))
    assert "YC-DL-2024-0001: còn 1 ngày" in office.secretary.hears()
    assert office.mai.hears() == ""
    await office.secretary.presses("Mở")
    await office.secretary.presses("Đã tiếp nhận")
    office.put_away()
    await sweep_at(office.world, date(2024, 3, 6))
    assert office.secretary.hears() == "", "the response was given, the rest is due on the 18th"
    await sweep_at(office.world, date(2024, 3, 19))
    assert "quá hạn thực hiện yêu cầu về dữ liệu cá nhân 1 ngày" in office.secretary.hears()
    assert "YC-DL-2024-0001" in office.chair.hears()


@pytest.mark.contract
async def test_a_fixed_date_is_ticked_off_under_its_reminder(office: Office) -> None:
    await plan_says(office.world, fixed_dates=[fixed("bao-cao", "2024-08-25")])
    await loads_again(office.world)
    await sweep_at(office.world, date(2024, 8, 20))
    assert "Gửi báo cáo 9 tháng: còn 3 ngày" in office.secretary.hears()
    await office.secretary.presses("Đã xong")
    office.put_away()
    await sweep_at(office.world, date(2024, 8, 26))
    assert office.secretary.hears() == ""


async def test_the_quarterly_report_is_ticked_off_under_its_reminder(office: Office) -> None:
    await plan_says(office.world, periodic_report=REPORT)
    await office.official.says("/menu")
    await a_question_of_a_meeting(office)
    await sweep_at(office.world, date(2024, 7, 1))
    office.put_away()
    await opens_reports(office.world)
    await sweep_at(office.world, date(2024, 7, 2))
    assert "(II/2024)" in office.secretary.hears()
    await office.secretary.says("/viec")
    await office.secretary.presses("1")
    await office.secretary.presses("Đã xong")
    assert "Đã ghi là xong" in office.secretary.hears()


async def test_a_meeting_is_ticked_off_as_prepared_under_its_reminder(office: Office) -> None:
    await makes_meeting(office.secretary, APRIL)
    await fixes_day(office.secretary)
    await sweep_at(office.world, date(2024, 4, 12))
    assert "chuẩn bị xong cho buổi đối thoại" in office.secretary.hears()
    await office.secretary.presses("Đã chuẩn bị xong")
    assert "đã chuẩn bị xong" in office.secretary.hears()


async def test_without_a_secretary_the_chair_hears_and_without_a_chair_the_secretary(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    chair = await world.staff(Role.CHAIR, "DL", "Đinh Văn Chủ")
    question_id = await ask(mai)
    await take_on(world, question_id, desk_code=None)
    chair.reads()
    await sweep_at(world, DUE)
    assert "DL-2024-0001" in chair.hears()
