"""The whole product in one story, lived through on every network: from the plan to the question that is reopened.

Di Lăng 2024 (S0). The secretary makes the April meeting for Hàng Gòn; it is held on 25 April, so the replies fall due
on 27 May (25 May is a Saturday; R160, A3).
"""

import pytest

from intake.rules.people.person import Role
from tests.support.world import Phone, World, local

PHOTO = b"\xff\xd8\xff\xe0 a photo of the road"


@pytest.mark.contract
async def test_from_the_plan_to_the_reopened_question(world: World) -> None:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Thư")
    chair = await world.staff(Role.CHAIR, "DL", "Trần Văn Chủ")
    official = await world.staff(Role.OFFICIAL, "DL", "Phạm Văn Cán", desk=DESK)
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Văn Trưởng")
    other_head = await world.staff(Role.HAMLET_HEAD, "DL-lang-dau", "Đinh Thị Làng")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    hung = await world.resident("DL-hang-gon", "Phạm Văn Hùng")
    neighbour = await world.resident("DL-lang-dau", "Người Thôn Khác")

    # the secretary makes the meeting from the plan, fixes its day and releases the notice (R060, R065, R094)
    await make_and_fix(secretary, "25/04/2024", "8h00")
    await secretary.says("/thongbao")
    await secretary.presses("Gửi")
    assert "Đúng hạn" in secretary.hears()

    # the head of the hamlet pushes it; the people of that hamlet get it, nobody else (R090, R099)
    await head.presses("Gửi tới thôn")
    await head.presses("Gửi")
    for resident in (mai, hung):
        assert "25/04/2024" in resident.hears()
    assert neighbour.hears() == ""
    assert other_head.hears() == ""

    # one registers to speak, one asks a question with a photo, one asks through the head
    await hung.presses("🙋 Đăng ký")
    await hung.presses("Phát biểu")
    await hung.says("Nước sạch cho xóm trên")
    await hung.presses("Gửi")
    assert "ĐK-DL-2024-0001" in hung.hears()

    await mai.sends_photo(PHOTO, "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    assert "Bà/ông muốn gửi câu hỏi này?" in mai.hears()
    await mai.presses("Gửi")
    assert "DL-2024-0001" in mai.hears()
    assert "kết thúc" in mai.hears(), "the receipt says what starts the clock (R160)"

    await hung.says("/hoi")
    await hung.says("Bao giờ tổ dân phố có nước sạch?")
    await hung.presses("Gửi")
    assert "DL-2024-0002" in hung.hears()

    await head.says("/hoho")
    await head.says("Cụ Đinh Thị Bảy")
    await head.says("Tiền trợ cấp người cao tuổi sao tháng này chưa có?")
    await head.presses("Gửi")
    assert "DL-2024-0003" in head.hears()

    await mai.says("/hoi")
    await mai.says("Khi nào nâng cấp quốc lộ qua thị trấn?")
    await mai.presses("Gửi")
    assert "DL-2024-0004" in mai.hears()

    # the secretary triages and assigns; the desk sees photo and words
    for number in ("0001", "0002", "0003", "0004"):
        await secretary.says("/phanloai")
        await secretary.presses(f"DL-2024-{number}")
        await secretary.presses("Giao bộ phận")
        await secretary.presses(DESK_NAME)
    assert "DL-2024-0001" in official.reads()

    # the official answers one from the queue before the meeting, the chair approves, the asker has it and rates it
    await answers(official, "DL-2024-0001", "Thị trấn sửa đường xóm 3 trong tháng 6.")
    assert "Đường vào xóm 3" in chair.hears()
    await chair.presses("Duyệt")
    assert "tháng 6" in mai.hears()
    await mai.presses("Hài lòng")
    assert "Cảm ơn" in mai.hears()
    mai.reads()

    # the meeting is held; what was not answered there is taken on, with a clock of 30 days (R160)
    world.clock.move_to(local(2024, 4, 25, 8))
    await secretary.says("/dieuhanh")
    await secretary.presses("Khai mạc")
    await secretary.presses("Kết thúc buổi")
    await secretary.presses("Đúng")
    assert "27/05/2024" in hung.hears()
    assert "27/05/2024" in mai.hears()
    assert "Cụ Đinh Thị Bảy" in head.hears(), "news for a neighbour without a phone comes to the head"
    for phone in (mai, hung, head, official, secretary, chair):
        phone.reads()

    # the reminders come as the day draws near
    world.clock.move_to(local(2024, 5, 13, 7, 45))  # 14 days before: the 15-day reminder
    await sweep(world)
    assert "DL-2024-0002" in official.reads()
    await sweep(world)
    assert official.hears() == "", "each reminder comes once"

    # one is referred to the province: agency and date, the asker told by the same act (R161)
    await official.says("/hangdoi")
    await official.presses("DL-2024-0004")
    await official.presses("Chuyển")
    await official.says("Sở Giao thông vận tải tỉnh")
    await official.says("30/08/2024")
    await official.says("Quốc lộ do tỉnh quản lý")
    await official.presses("Gửi")
    await chair.presses("Duyệt")
    assert "Sở Giao thông vận tải tỉnh" in mai.hears()
    assert "30/08/2024" in mai.hears()

    # one is answered in time; the other goes overdue: desk, secretary, chair and asker hear of it, once
    await answers(official, "DL-2024-0003", "Trợ cấp được chi trả ngày 25 hằng tháng.")
    await chair.presses("Duyệt")
    assert "Cụ Đinh Thị Bảy" in head.hears()

    world.clock.move_to(local(2024, 5, 28, 7, 45))
    for phone in (mai, hung, head, official, secretary, chair):
        phone.reads()
    await sweep(world)
    for phone in (official, secretary, chair, hung):
        assert phone.hears().count("DL-2024-0002") == 1
        assert "quá hạn" in phone.hears()
    assert DESK_NAME in hung.reads(), "the asker is told who is responsible"
    await sweep(world)
    assert hung.hears() == ""
    assert mai.hears() == ""

    # it is answered late, with an apology, closed by the rating, and reopened once by the asker
    await answers(official, "DL-2024-0002", "Đường ống được lắp trong quý III.")
    await chair.presses("Duyệt")
    assert "Xin lỗi" in hung.hears()
    await hung.presses("Chưa hài lòng")
    await hung.presses("Mở lại")
    await hung.says("Quý III là tháng mấy, xóm trên có không?")
    await hung.presses("Gửi")
    assert "Đã mở lại" in hung.hears()
    assert "DL-2024-0002" in official.hears()
    await answers(official, "DL-2024-0002", "Tháng 9, có xóm trên.")
    await chair.presses("Duyệt")
    await hung.presses("Chưa hài lòng")
    assert not hung.sees_button("Mở lại"), "a question is reopened once"


DESK = "chuyen-mon"
DESK_NAME = "Cán bộ, công chức chuyên môn thị trấn"


async def make_and_fix(secretary: Phone, day: str, time: str) -> None:
    await secretary.says("/buoimoi")
    await secretary.presses("Đối thoại tháng 4 năm 2024")
    await secretary.presses("TDP Hàng Gòn")
    await secretary.presses("Xong")
    await secretary.presses("Ấn định ngày")
    await secretary.says(day)
    await secretary.says(time)
    await secretary.presses("Bỏ qua")
    await secretary.presses("Gửi")
    assert day in secretary.hears()


async def answers(official: Phone, reference: str, text: str) -> None:
    await official.says("/hangdoi")
    await official.presses(reference)
    await official.presses("Trả lời")
    await official.says(text)
    await official.presses("Gửi")


async def sweep(world: World) -> None:
    from scheduler.enforcement import run_sweep

    await run_sweep(world.store.unit)
    await world.settle()
