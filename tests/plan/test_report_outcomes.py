"""The office's own report on a meeting held proposes its figures; confirmed, later meetings look back on them."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI

from intake.rules.people.person import Role
from intake.rules.plan.reading.reading import outcome_of, read_paper
from tests.conftest import load
from tests.office.test_plan_paper_room import drops
from tests.plan.test_plan_paper import AN_DUONG_MEETING, sends_plan
from tests.plan.test_plan_paper_changes import the_meeting
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.meetings import makes_meeting
from tests.support.world import World
from wording.drafts import reading_json

PAPERS = Path(__file__).parent / "papers"
REPORT = """ỦY BAN NHÂN DÂN
XÃ AN DƯƠNG
Số: 203/BC-UBND
An Dương, ngày 08 tháng 12 năm 2023

BÁO CÁO
Kết quả tổ chức đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2023

Ngày 30/10/2023, UBND xã tổ chức hội nghị đối thoại. Tổng số ý kiến tiếp nhận: 42 ý kiến. Trong đó:
- Trả lời trực tiếp tại hội nghị: 27 ý kiến;
- Giải quyết xong sau hội nghị: 08 ý kiến;
- Chuyển cơ quan có thẩm quyền: 04 ý kiến;
- Không thuộc phạm vi đối thoại: 01 ý kiến;
- Đang tiếp tục giải quyết: 02 ý kiến.
"""
FIELDS = r'name="(unit|year|received|there|later|forwarded|declined|open|source)"[^>]*value="([^"]*)"'


@pytest.fixture
def app(plain_world: World) -> FastAPI:
    return desk_app(plain_world)


def counted(body: str) -> dict[str, int]:
    head = REPORT.partition("Ngày 30/10/2023")[0] + "UBND xã báo cáo kết quả như sau:\n\n"
    return {name: one.value for name, one in outcome_of(read_paper(head + body)).items()}


def test_counts_are_read_with_their_words_before_or_behind_the_number() -> None:
    read = reading_json(read_paper(REPORT))["outcome"]
    assert {name: one["value"] for name, one in read.items()} == {
        "received": 42,
        "there": 27,
        "later": 8,
        "forwarded": 4,
        "declined": 1,
        "open": 2,
    }
    assert read["forwarded"]["phrase"] == "Chuyển cơ quan có thẩm quyền: 04 ý kiến"
    assert counted("Có 27 ý kiến, đã trả lời tại chỗ 19 ý kiến; 8 ý kiến được trả lời sau hội nghị.") == {
        "received": 27,
        "there": 19,
        "later": 8,
    }


def test_what_a_report_does_not_count_or_counts_in_two_ways_stays_absent() -> None:
    turns = "Buổi 1 có 21 lượt ý kiến. Buổi 2 có 13 lượt ý kiến."
    assert counted(f"{turns} Đã trả lời trực tiếp 30 ý kiến.") == {"there": 30}
    assert counted(f"{turns} Tổng số 34 ý kiến.") == {"received": 34}
    assert counted("Trả lời trực tiếp 5 ý kiến.") == {}
    assert counted("Có 9 ý kiến, các phòng ghi nhớ 3 nội dung") == {"received": 9}
    assert reading_json(read_paper(REPORT.replace("BÁO CÁO", "KẾ HOẠCH")))["outcome"] is None


@pytest.mark.parametrize("paper", sorted(PAPERS.glob("*/*report*.txt")), ids=lambda paper: paper.stem)
def test_no_count_is_invented(paper: Path) -> None:
    text = " ".join(paper.read_text("utf-8").split())
    for count in outcome_of(read_paper(paper.read_text("utf-8"))).values():
        assert count.phrase in text
        assert re.search(rf"\b0*{count.value}\b", count.phrase)


async def keeps(desk: DeskBrowser, **typed: str) -> None:
    """Press save, with what the form proposes unless something else is typed."""
    await desk.sends("/van-ban/ket-qua", form="report", **{**dict(re.findall(FIELDS, desk.page)), **typed})


async def test_a_report_is_proposed_corrected_confirmed_and_looked_back_on(plain_world: World, app: FastAPI) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    await makes_meeting(clerk, AN_DUONG_MEETING)
    desk = await sit_down(app, clerk)
    await drops(desk, b"", text=REPORT.replace("02 ý kiến.", "03 ý kiến."))
    assert "Kết quả trong báo cáo" in desk.reads()
    assert "“Chuyển cơ quan có thẩm quyền: 04 ý kiến”" in desk.reads()
    await keeps(desk)
    assert desk.status == 422, "the figures do not make the total"
    await drops(desk, b"", text=REPORT.replace("02 ý kiến.", "03 ý kiến."))
    await keeps(desk, open="2")
    assert "Số liệu" in desk.reads()
    assert "203/BC-UBND" in desk.reads()
    meeting = await the_meeting(plain_world)
    await clerk.taps_code(f"earlieryears.{meeting.id}")
    said = clerk.hears()
    assert "2023" in said
    assert "42" in said
    assert "Báo cáo số 203/BC-UBND ngày 08/12/2023" in said


async def test_a_report_sent_in_the_chat_is_kept_as_the_desk_keeps_it(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    await sends_plan(clerk, REPORT)
    await clerk.presses("Lưu kết quả năm 2023")
    await sends_plan(clerk, REPORT)
    await clerk.presses("Lưu kết quả năm 2023")
    async with plain_world.store.reading() as uow:
        unit = await uow.places.unit_by_code("AD")
        assert unit is not None
        [kept] = await uow.figures.by_hand(unit.id)
    assert (kept.received, kept.source) == (42, "Báo cáo số 203/BC-UBND ngày 08/12/2023")


async def test_a_report_of_somebody_else_is_no_result_here(plain_world: World, app: FastAPI) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    desk = await sit_down(app, clerk)
    await drops(desk, b"", text=REPORT.replace("AN DƯƠNG", "PHÚ XUÂN").replace("An Dương", "Phú Xuân"))
    assert desk.status == 422
    assert "Văn bản này của xã Phú Xuân" in desk.reads()


async def test_a_report_is_nothing_for_another_unit(plain_world: World, app: FastAPI) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    desk = await sit_down(app, clerk)
    await drops(desk, b"", text=REPORT, unit="999")
    assert desk.status == 404


def test_a_number_may_stand_behind_what_it_counts() -> None:
    told = (
        "1. Tổng số ý kiến, kiến nghị của Nhân dân: 36.\n2. Đã trả lời tại buổi đối thoại: 25 ý kiến.\n"
        "3. Số kiến nghị trả lời bằng văn bản sau đối thoại: 7\n"
    )
    assert counted(told) == {"received": 36, "there": 25, "later": 7}
