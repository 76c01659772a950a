"""Four more plans, each from its profile to its conclusion, with what is particular to it; S0 is `test_story.py`."""

import tomllib
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from intake.actions.deadlines.office_tasks import open_reports
from intake.actions.plan.load_plan import load_plan
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import ClockKind
from intake.rules.people.person import Role
from intake.rules.plan.demo_people import parse_cast, with_cast
from intake.rules.plan.profile_parse import parse_profile
from scheduler.enforcement import run_sweep
from tests.support.delegates import PLANS, occasion
from tests.support.meetings import fixes_day, makes_meeting, pushes_notice, releases_notice
from tests.support.stories import question_of
from tests.support.world import Line, Phone, World, local, opened_world


@pytest.fixture
async def begins(make_line: Callable[[], Line], tmp_path: Path) -> AsyncIterator[Any]:
    """Opens a world at a moment; it is closed when the story is told."""
    opened: list[Any] = []

    async def begin(at: datetime) -> World:
        context = opened_world(tmp_path, make_line, at)
        opened.append(context)
        return await context.__aenter__()

    yield begin
    for context in opened:
        await context.__aexit__(None, None, None)


async def loaded(world: World, code: str) -> None:
    """The plan with its invented people's units, as `doithoai plans load` leaves it."""
    profile = parse_profile(tomllib.loads((PLANS / f"{code}.toml").read_text("utf-8")), name=code)
    cast = parse_cast(tomllib.loads((PLANS / "demo" / f"{code}.toml").read_text("utf-8")), profile, name=code)
    async with world.store.unit() as uow:
        await load_plan(uow, with_cast(profile, cast))
        await uow.commit()


async def asks(phone: Phone, text: str, meeting: str = "") -> str:
    """Send a question, for the meeting where several are offered; the reference comes back."""
    await phone.says("/hoi")
    await phone.says(text)
    if meeting and phone.sees_button(meeting):
        await phone.presses(meeting)
    await phone.presses("Gửi")
    heard = phone.reads()
    return next(word.strip(".,:") for word in heard.split() if word[:2].isupper() and "-20" in word)


async def gives(secretary: Phone, reference: str, desk: str) -> None:
    await secretary.says("/phanloai")
    await secretary.presses(reference)
    await secretary.presses("Giao bộ phận")
    await secretary.presses(desk)


async def holds_and_ends(world: World, secretary: Phone, day: date) -> None:
    """From the opening to the end, without a word about the questions."""
    world.clock.move_to(local(day.year, day.month, day.day, 14))
    await secretary.says("/dieuhanh")
    await secretary.presses("Khai mạc")
    world.clock.move_to(local(day.year, day.month, day.day, 16, 30))
    await secretary.says("/dieuhanh")
    await secretary.presses("Kết thúc buổi")
    await secretary.presses("Đúng")


async def concludes(world: World, secretary: Phone, chair: Phone, text: str, owner: str) -> None:
    """One item, written by the secretary and made public by the chair on the next morning."""
    await secretary.presses("Kết luận")
    await secretary.presses("Thêm mục")
    await secretary.says(text)
    await secretary.presses(owner)
    await secretary.presses("Không có hạn")
    await secretary.presses("Không có câu hỏi nào")
    await secretary.presses("Gửi")
    await secretary.presses("Trình chủ trì")
    morning = world.clock.now().astimezone(LOCAL) + timedelta(days=1)
    world.clock.move_to(local(morning.year, morning.month, morning.day))
    await chair.presses("Mở")
    await chair.presses("Ban hành")
    await chair.presses("Gửi")
    assert "Đã ban hành" in chair.hears()


async def reply_due(world: World, reference: str) -> date:
    async with world.store.reading() as uow:
        question = await question_of(uow, reference)
        [clock] = [one for one in await uow.clocks.running_for(question.id) if one.kind is ClockKind.REPLY]
        return clock.due_on


async def test_an_duong_the_chairman_of_the_commune_meets_everybody(begins: Any) -> None:
    """S1: a State document, the whole commune, speaking in the order of registration, no days named (R031, R164)."""
    world = await begins(local(2024, 7, 1))
    await loaded(world, "an-duong-2024")
    secretary = await world.staff(Role.SECRETARY, "AD", "Lê Thị Thu")
    chair = await world.staff(Role.CHAIR, "AD", "Ông Chủ Tịch")
    official = await world.staff(Role.OFFICIAL, "AD", "Đỗ Văn Cán", desk="chuyen-mon")
    head = await world.staff(Role.HAMLET_HEAD, "AD-thon-1", "Trần Văn Trưởng")
    lan = await world.resident("AD-thon-1", "Trần Thị Lan")
    minh = await world.resident("AD-thon-2", "Lê Văn Minh")

    title = "Hội nghị đối thoại của Chủ tịch UBND xã năm 2024"
    await makes_meeting(secretary, title)
    assert "quý III/2024" in secretary.hears(), "R061: no day is made up"
    await fixes_day(secretary, "15/08/2024", "14:00")
    assert "08/08/2024" in secretary.hears(), "seven days before, by law: the plan names none (R210)"
    await releases_notice(secretary)
    await pushes_notice(head)
    assert "15/08/2024" in lan.hears()
    assert minh.hears() == "", "the head of hamlet 1 pushes to hamlet 1"

    for phone, about in ((minh, "Đường liên thôn"), (lan, "Nước sạch")):
        await phone.says("/dangky")
        await phone.presses("Phát biểu")
        await phone.says(about)
        await phone.presses("Gửi")
    reference = await asks(lan, "Bao giờ thôn có nước sạch?")
    await gives(secretary, reference, "Các bộ phận chuyên môn UBND xã")
    await official.says("/hangdoi")
    assert reference in official.hears()

    world.clock.move_to(local(2024, 8, 15, 14))
    await chair.says("/dieuhanh")
    await chair.presses("Khai mạc")
    await chair.says("/dieuhanh")
    await chair.presses("Người phát biểu")
    await chair.presses("Mời số 1 phát biểu")
    assert "Đang phát biểu: 1. Lê Văn Minh" in chair.hears(), "R113: who registered first speaks first"
    world.clock.move_to(local(2024, 8, 15, 16, 30))
    await chair.says("/dieuhanh")
    await chair.presses("Kết thúc buổi")
    await chair.presses("Đúng")
    assert await reply_due(world, reference) == date(2024, 9, 16), "14 September is a Saturday"
    await lan.says(f"/cachtinh {reference}")
    assert "mặc định" in lan.hears(), "R164: the plan names no days, and that is said"

    await secretary.says("/dieuhanh")
    await secretary.presses("Buổi đã họp")
    await secretary.presses(title)
    await concludes(world, secretary, chair, "Khảo sát nguồn nước thôn 1.", "Các bộ phận chuyên môn UBND xã")
    for phone in (lan, minh):
        assert "Khảo sát nguồn nước thôn 1." in phone.hears(), "the whole commune reads it"


async def test_tuyet_diem_two_hamlets_come_to_one_of_them(begins: Any) -> None:
    """S3: two hamlets in one meeting, one hosts; the other pair has its own (R063); the default reply (A3)."""
    world = await begins(local(2025, 7, 1))
    await loaded(world, "tuyet-diem-2025")
    secretary = await world.staff(Role.SECRETARY, "TD", "Võ Thị Thu")
    chair = await world.staff(Role.CHAIR, "TD", "Phạm Văn Bí Thư")
    await world.staff(Role.OFFICIAL, "TD", "Lê Hữu Cán", desk="co-quan-ubnd")
    first, second, other = [
        await world.staff(Role.HAMLET_HEAD, hamlet, "Trưởng thôn")
        for hamlet in ("TD-tuyet-diem-1", "TD-tuyet-diem-2", "TD-son-tra")
    ]
    lan = await world.resident("TD-tuyet-diem-1", "Võ Thị Lan")
    bien = await world.resident("TD-tuyet-diem-2", "Trương Văn Biển")
    stranger = await world.resident("TD-son-tra", "Bùi Thị Đào")
    guest = await world.resident("TD-tan-hy-1", "Tiêu Thị Thế")

    title = "Đối thoại với Nhân dân thôn Tuyết Diêm 1 và Tuyết Diêm 2"
    await makes_meeting(secretary, title)
    assert "Trụ sở thôn Tuyết Diêm 1" in secretary.hears()
    await fixes_day(secretary, "30/09/2025", "14:00")
    await releases_notice(secretary)
    assert other.hears() == ""
    for head, people in ((first, lan), (second, bien)):
        await pushes_notice(head)
        assert "Trụ sở thôn Tuyết Diêm 1" in people.hears(), "R063: both hamlets are told of the one place"
    assert stranger.hears() == ""
    reference = await asks(bien, "Bến cá bao giờ được nạo vét?")

    await makes_meeting(secretary, "Đối thoại với Nhân dân thôn Sơn Trà và thôn Tân Hy 1")
    await guest.says("/dangky")
    await guest.presses("Tham dự")
    await guest.presses("Gửi")
    assert "Đã đăng ký tham dự" in guest.hears(), "Tân Hy 1 comes although Sơn Trà hosts (A7)"
    await bien.says("/lich")
    assert "Sơn Trà và thôn Tân Hy 1" not in bien.hears()

    await holds_and_ends(world, secretary, date(2025, 9, 30))
    assert await reply_due(world, reference) == date(2025, 10, 30), "A3"
    await bien.says(f"/cachtinh {reference}")
    assert "mặc định" in bien.hears()
    await concludes(world, secretary, chair, "Nạo vét bến cá trong quý IV.", "Các cơ quan thuộc UBND xã")
    for phone in (lan, bien):
        assert "Nạo vét bến cá trong quý IV." in phone.hears()
    assert "Nạo vét" not in stranger.hears()


async def test_vinh_bao_a_plan_that_contradicts_itself_is_read_by_a_person(begins: Any) -> None:
    """S4: a reading has to be chosen (R064), delegates come by quota (R112), replies end by 29 October (A3)."""
    world = await begins(local(2026, 7, 1))
    here = await occasion(world, "vinh-bao-2026", quota=1, reading="a", starts_at=local(2026, 9, 29, 14))
    secretary = await world.staff(Role.SECRETARY, "VB", "Lê Thị Thu")
    chair = await world.staff(Role.CHAIR, "VB", "Ông Bí Thư")
    head = await world.staff(Role.HAMLET_HEAD, "VB-dong", "Đỗ Văn Thọ")
    mai = await world.resident("VB-dong", "Nguyễn Thị Mai")
    ba = await world.resident("VB-dong", "Nguyễn Văn Ba")

    await mai.says("/dangky")
    await mai.presses("Phát biểu")
    await mai.says("Đèn đường ở đình làng")
    await mai.presses("Gửi")
    await ba.says("/dangky")
    await ba.presses("Tham dự")
    await ba.presses("Gửi")
    assert "danh sách chờ" in ba.hears(), "one seat for the hamlet, and it is taken"
    await head.says("/danhsach")
    await head.presses("Soạn danh sách")
    await head.presses("Nộp danh sách")
    await secretary.presses("Mở danh sách")
    await secretary.presses("Duyệt")
    assert "đã được duyệt" in mai.hears()
    reference = await asks(mai, "Đèn đường ở đình làng khi nào sửa?")

    world.clock.move_to(local(2026, 9, 29, 13, 30))
    await secretary.says("đón tiếp")
    await secretary.says("mai")
    await secretary.presses("Nguyễn Thị Mai – Thôn Đông – 0001")
    assert "Đã đến 1/1" in secretary.hears()
    await holds_and_ends(world, secretary, date(2026, 9, 29))
    assert await reply_due(world, reference) == date(2026, 10, 29), "the last meeting whose replies end in time (A3)"
    async with world.store.reading() as uow:
        desks = await uow.places.desks(here.unit.id)
    await concludes(world, secretary, chair, "Thay đèn ở đình làng.", desks[0].name)
    for phone in (mai, ba):
        assert "Thay đèn ở đình làng." in phone.hears()


async def test_thach_that_delegates_of_communes_come_to_the_district(begins: Any) -> None:
    """S2: a window of days, fixed dates, typed seats, earlier years, a report each quarter (R048, R062, R079, R184)."""
    world = await begins(local(2023, 8, 14))
    here = await occasion(world, "thach-that-2023")
    secretary = await world.staff(Role.SECRETARY, "TT", "Lê Thị Thu")
    chair = await world.staff(Role.CHAIR, "TT", "Ông Bí Thư")
    commune = here.units[0]
    clerk = await world.staff(Role.SECRETARY, commune.code, "Văn phòng xã")
    async with world.store.reading() as uow:
        due = {clock.kind: clock.due_on for clock in await uow.clocks.of_meeting(here.meeting.id)}
    assert due[ClockKind.NOTICE] == date(2023, 9, 18), "seven days before the earliest day (A3)"
    await secretary.says("/viec")
    assert "24/08/2023" in secretary.hears()
    assert "31/08/2023" in secretary.hears(), "before 5 September: the 4th is a holiday (A3)"

    await secretary.says("/buoimoi")
    await secretary.presses(f"🗓 {here.meeting.title}")
    await fixes_day(secretary, "27/09/2023", "08:00")
    delegate = await world.resident(commune.code, "Nguyễn Thị Mai")
    reference = await asks(delegate, "Bao giờ huyện làm đường tỉnh lộ?", here.meeting.title)
    await clerk.says("/danhsach")
    await clerk.presses("Soạn danh sách")
    for seat in ("Chủ tịch", "đoàn thể", "Nhân dân"):
        assert seat in clerk.hears(), "1 + 1 + 3 for each commune (R048)"

    await chair.taps_code(f"earlieryears.{here.meeting.id}")
    assert "2021" in chair.hears(), "R143: what came of earlier years"
    assert "2022" in chair.hears()

    world.clock.move_to(local(2023, 9, 27, 8))
    await secretary.says("/dieuhanh")
    await secretary.presses("Khai mạc")
    await secretary.says("/dieuhanh")
    await secretary.presses("Chương trình")
    assert "6. Phát biểu theo thứ tự nội dung đã đăng ký" in secretary.hears(), "R114"
    world.clock.move_to(local(2023, 9, 27, 11))
    await secretary.says("/dieuhanh")
    await secretary.presses("Kết thúc buổi")
    await secretary.presses("Đúng")
    async with world.store.reading() as uow:
        desks = await uow.places.desks(here.unit.id)
    await concludes(world, secretary, chair, "Các xã báo cáo kết quả trước 15/12.", desks[0].name)
    assert "Các xã báo cáo kết quả" in delegate.hears()
    assert await reply_due(world, reference) == date(2023, 10, 27), "30 days by default"

    world.clock.move_to(local(2023, 10, 2, 7, 30))
    async with world.store.unit() as uow:
        await open_reports(uow)
        await uow.commit()
    await run_sweep(world.store.unit)
    await world.settle()
    await secretary.says("/viec")
    assert "06/10/2023" in secretary.hears(), "in the first week of the quarter (R184, A3)"
