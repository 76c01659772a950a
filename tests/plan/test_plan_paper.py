"""The secretary sends the commune's own plan and has a campaign: what it says is shown, one button loads it (A7)."""

import io
from pathlib import Path

import docx
import pytest

from intake.actions.plan.plan_from_paper import load_draft
from intake.rules.errors import ChangedMeanwhile, NotFound
from intake.rules.people.person import Grant, Role
from intake.rules.people.unit import Desk, Level, Unit
from intake.rules.plan.reading.reading import read_paper
from tests.conftest import load
from tests.support.meetings import makes_meeting
from tests.support.open_points import plan_called
from tests.support.world import Phone, World
from wording.drafts import remark

AN_DUONG_MEETING = "Hội nghị đối thoại của Chủ tịch UBND xã năm 2024"
PAPERS = Path(__file__).parent / "papers"
PLAN = """ỦY BAN NHÂN DÂN
XÃ TÂN LẬP
Số: /KH-UBND
Tân Lập, ngày 05 tháng 01 năm 2024

KẾ HOẠCH
Tiếp xúc, đối thoại trực tiếp của Chủ tịch UBND xã với Nhân dân năm 2024

Căn cứ Quyết định số 1158-QĐ/TU ngày 09/7/2015 của Ban Thường vụ Tỉnh ủy; UBND xã Tân Lập xây dựng kế hoạch như sau:

I. NỘI DUNG
1. Đối tượng: Chủ tịch UBND xã tổ chức đối thoại với cán bộ, Nhân dân xã Tân Lập.
2. Chủ trì: Chủ tịch UBND xã.
3. Thời gian: trong quý III/2024 (thời gian cụ thể thông báo sau).
4. Địa điểm: Nhà văn hóa xã Tân Lập.
5. Văn phòng UBND xã giới thiệu thư ký và trực tiếp tiếp nhận, đăng ký phát biểu của các đại biểu tại hội nghị.
II. TỔ CHỨC THỰC HIỆN
1. Các bộ phận chuyên môn: trả lời ý kiến, kiến nghị của Nhân dân.
2. Văn phòng UBND xã: thông báo rộng rãi trên đài truyền thanh để Nhân dân biết thời gian, địa điểm.

CHỦ TỊCH
Nguyễn Văn An
"""


def word(text: str) -> bytes:
    """The text as a clerk's Word file."""
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


async def secretary_of_new(world: World, code: str = "TL", name: str = "xã Tân Lập") -> Phone:
    """The secretary of a commune that has no plan yet."""
    async with world.store.unit() as uow:
        await uow.places.add_unit(Unit(code, name, Level.COMMUNE), None)
        await uow.commit()
    return await world.staff(Role.SECRETARY, code, "Lê Thị Mai")


class Counted:
    """A phone of whose turns each is counted."""

    def __init__(self, phone: Phone) -> None:
        self.phone, self.turns = phone, 0

    async def says(self, text: str) -> None:
        self.turns += 1
        await self.phone.says(text)

    async def presses(self, label: str) -> None:
        self.turns += 1
        await self.phone.presses(label)

    async def sends(self, content: bytes) -> None:
        self.turns += 1
        await self.phone.sends_photo(content)

    def hears(self) -> str:
        return self.phone.hears()


def labels(phone: Phone) -> list[str]:
    return [label for shown in phone.news() for label in shown.buttons]


async def joins(world: World) -> Phone:
    """A resident of the hamlet the clerk has just named."""
    phone = world.phone()
    await phone.says("/start")
    await phone.presses("Đồng ý")
    await phone.presses("xã Tân Lập")
    await phone.presses("Thôn Đông")
    await phone.says("Trần Thị Lan")
    await phone.presses("Bỏ qua")
    return phone


@pytest.mark.contract
async def test_from_the_clerks_document_to_the_notice_on_a_residents_phone(world: World) -> None:
    clerk = Counted(await secretary_of_new(world))
    await clerk.says("/kehoach")
    assert "Gửi tệp kế hoạch" in clerk.hears()
    await clerk.sends(word(PLAN))
    heard = clerk.hears()
    for line in (
        "📄 Kế hoạch của xã Tân Lập",
        "Ngày ban hành: 05/01/2024",
        "Số: chưa có",
        "Chủ trì: Chủ tịch UBND xã",
        "1. Đối thoại quý III năm 2024: quý III/2024 (ngày cụ thể sẽ thông báo sau); Nhà văn hóa xã Tân Lập",
        "Thông báo chậm nhất: 24/06/2024",
        "30 ngày, theo mặc định",
        "⚠️ Văn bản không có số",
    ):
        assert line in heard, heard
    await clerk.presses("Nạp kế hoạch")
    assert "Đã nạp kế hoạch: Kế hoạch tiếp xúc, đối thoại" in clerk.hears()

    await clerk.presses(next(label for label in labels(clerk.phone) if label.startswith("Trả lời từng điểm")))
    for question, answer in (
        ("Số của văn bản", "03/KH-UBND"),
        ("Có những thôn", "Thôn Đông\nThôn Đoài"),
        ("Thông báo rộng rãi trước", "7 (mặc định)"),
        ("Trả lời người dân trong", "30 (mặc định)"),
        ("Ai duyệt câu trả lời", "Chủ trì (mặc định)"),
        ("Nội dung nào được đăng", "Cách 1 (mặc định)"),
    ):
        assert question in clerk.hears(), clerk.hears()
        if clerk.phone.sees_button(answer):
            await clerk.presses(answer)
        else:
            await clerk.says(answer)
    lan = await joins(world)

    await clerk.says("/buoimoi")
    await clerk.presses("Đối thoại quý III năm 2024")
    await clerk.presses("Ấn định ngày")
    await clerk.says("25/07/2024")
    await clerk.says("8h")
    await clerk.presses("Bỏ qua")
    await clerk.presses("Gửi")
    await clerk.says("/thongbao")
    await clerk.presses("Gửi")
    await clerk.presses("Gửi tới Thôn Đông")
    await clerk.presses("Gửi")
    world.clock.move(hours=2)
    await world.settle()
    notice = lan.hears()
    assert "THÔNG BÁO" in notice
    assert "Nhà văn hóa xã Tân Lập" in notice
    assert clerk.turns <= 25, clerk.turns


async def sends_plan(phone: Phone, text: str = PLAN) -> None:
    """`/kehoach`, the button where there is a plan already, the file."""
    await phone.says("/kehoach")
    if phone.sees_button("📄 Nạp từ văn bản"):
        await phone.presses("📄 Nạp từ văn bản")
    await phone.sends_photo(word(text))


async def test_loading_again_shows_the_difference_before_anything_changes(plain_world: World) -> None:
    clerk = await secretary_of_new(plain_world)
    await sends_plan(clerk)
    await clerk.presses("Nạp kế hoạch")
    await sends_plan(clerk)
    assert "Kế hoạch này đã có" in clerk.hears()
    assert "Không có gì khác đi." in clerk.hears()
    await clerk.presses("Huỷ")

    await sends_plan(clerk, PLAN.replace("quý III/2024", "quý IV/2024").replace("Nhà văn hóa xã", "Hội trường UBND xã"))
    assert "thêm buổi đối thoại: Đối thoại quý IV năm 2024" in clerk.hears()
    assert "bỏ buổi đối thoại: Đối thoại quý III năm 2024" in clerk.hears()
    assert (await plan_called(plain_world, "tan-lap-2024")).profile.sessions[0].key == "quy-3"
    await clerk.presses("Nạp kế hoạch")
    assert (await plan_called(plain_world, "tan-lap-2024")).profile.sessions[0].key == "quy-4"


async def test_what_changed_meanwhile_is_not_loaded_unseen(plain_world: World) -> None:
    clerk = await secretary_of_new(plain_world)
    await sends_plan(clerk)
    async with plain_world.store.unit() as uow:
        unit = await uow.places.unit_by_code("TL")
        assert unit is not None
        [by] = await uow.people.holders(Role.SECRETARY, unit)
        reading = read_paper(PLAN)
        await load_draft(uow, by=by, reading=reading, unit_id=unit.id, altering=0, say=remark)
        other = read_paper(PLAN.replace("quý III/2024", "quý IV/2024"))
        with pytest.raises(ChangedMeanwhile):
            await load_draft(uow, by=by, reading=other, unit_id=unit.id, altering=0, say=remark)


async def test_a_body_the_unit_has_already_is_that_one(plain_world: World) -> None:
    """A profile was loaded at the command line, then comes the paper: nobody has to choose between two of one name."""
    await secretary_of_new(plain_world)
    async with plain_world.store.unit() as uow:
        unit = await uow.places.unit_by_code("TL")
        assert unit is not None
        [by] = await uow.people.holders(Role.SECRETARY, unit)
        office = await uow.places.add_desk(Desk(unit.id, "vp", "Văn phòng UBND xã"))
        for _ in range(2):
            loaded = await load_draft(uow, by=by, reading=read_paper(PLAN), unit_id=unit.id, altering=0, say=remark)
            assert [body.name for body in await uow.places.bodies(unit.id)].count(office.name) == 1
            assert office.code in [one.key for one in loaded.plan.profile.offices]


async def test_the_words_of_the_paper_are_shown_and_another_file_can_be_sent(plain_world: World) -> None:
    clerk = await secretary_of_new(plain_world)
    await sends_plan(clerk)
    await clerk.says("được")
    assert "Nạp kế hoạch này?" in clerk.hears(), "asked again"
    await clerk.presses("Xem câu chữ")
    heard = clerk.hears()
    assert "ngày ban hành: “Tân Lập, ngày 05 tháng 01 năm 2024”" in heard
    assert "Văn bản không nêu: số, " in heard
    await clerk.presses("Xem thông báo")
    notice = clerk.hears()
    assert "Thông báo đầu tiên sẽ như sau" in notice
    assert "Thời gian: quý III/2024" in notice
    assert "Địa điểm: Nhà văn hóa xã Tân Lập" in notice
    await clerk.presses("Gửi tệp khác")
    assert "Gửi tệp kế hoạch hoặc thông báo" in clerk.hears()


async def test_whoever_reads_english_reads_the_remarks_in_it(plain_world: World) -> None:
    clerk = await secretary_of_new(plain_world)
    await clerk.says("/ngonngu")
    await clerk.presses("English")
    await clerk.says("/kehoach")
    paper = PLAN.replace("1. Các bộ phận", "1. UBND xã công khai kết quả trong 10 ngày.\n2. Các bộ phận")
    await clerk.sends_photo(word(paper))
    heard = clerk.hears()
    assert "The paper has no number" in heard, heard
    assert "results are made public within 10 days" in heard
    assert "Văn bản" not in heard
    await clerk.presses("Load the plan")
    plan = await plan_called(plain_world, "tan-lap-2024")
    assert any(one.text.startswith("Văn bản không có số") for one in plan.profile.warnings), "kept as the office writes"


async def test_the_text_can_be_pasted_and_a_word_is_no_text(plain_world: World) -> None:
    clerk = await secretary_of_new(plain_world)
    await clerk.says("/kehoach")
    await clerk.says("kế hoạch của xã đây")
    assert "quá ngắn" in clerk.hears()
    await clerk.says(PLAN)
    assert "📄 Kế hoạch của xã Tân Lập" in clerk.hears()
    await clerk.presses("Nạp kế hoạch")
    assert "Đã nạp kế hoạch" in clerk.hears()


@pytest.mark.parametrize(
    ("paper", "sentence"),
    [
        ("seen/voters", "Văn bản này về tiếp xúc cử tri"),
        ("seen/rule", "quy định cách làm"),
        ("seen/report", "Văn bản này của xã Phú Xuân"),
        ("seen/moved-day", "điều chỉnh, hoãn hoặc huỷ một buổi"),
        ("seen/seeds-style-north", "Văn bản này của xã Quế Phong"),
    ],
)
async def test_papers_that_plan_nothing_here_are_said_to_be_so(plain_world: World, paper: str, sentence: str) -> None:
    clerk = await secretary_of_new(plain_world)
    await sends_plan(clerk, (PAPERS / f"{paper}.txt").read_text("utf-8"))
    assert sentence in clerk.hears()
    assert not clerk.sees_button("Nạp kế hoạch")


def report(*counts: str) -> str:
    lines = "".join(f"- {line};\n" for line in counts)
    return (
        "UBND XÃ TÂN LẬP\nSố: 203/BC-UBND\nTân Lập, ngày 08 tháng 12 năm 2023\n\nBÁO CÁO\n"
        "Kết quả tổ chức đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2023\n\n"
        f"UBND xã Tân Lập báo cáo kết quả như sau:\nTổng số ý kiến, kiến nghị tiếp nhận: 42 ý kiến. Trong đó:\n{lines}"
    )


COUNTED = ("Trả lời trực tiếp tại hội nghị: 30 ý kiến", "Chuyển cơ quan có thẩm quyền: 12 ý kiến")


@pytest.mark.parametrize("unasked", ["", "file", "text"])
async def test_a_report_is_looked_at_and_kept_as_the_results_of_its_year(plain_world: World, unasked: str) -> None:
    clerk = await secretary_of_new(plain_world)
    if unasked == "file":
        await clerk.sends_photo(word(report(*COUNTED)))
    elif unasked:
        await clerk.says(report(*COUNTED))
    else:
        await sends_plan(clerk, report(*COUNTED))
    heard = clerk.hears()
    for line in ("năm 2023 trong văn bản (Báo cáo số 203/BC-UBND ngày 08/12/2023)", "30", "12", "42"):
        assert line in heard, heard
    await clerk.says("vâng")
    await clerk.presses("Lưu kết quả năm 2023")
    assert "Đã ghi số liệu năm 2023" in clerk.hears()
    async with plain_world.store.reading() as uow:
        unit = await uow.places.unit_by_code("TL")
        assert unit is not None
        [kept] = await uow.figures.by_hand(unit.id)
    assert (kept.year, kept.received, kept.there, kept.forwarded, kept.open) == (2023, 42, 30, 12, 0)


async def test_a_report_that_does_not_add_up_is_for_the_desk(plain_world: World) -> None:
    clerk = await secretary_of_new(plain_world)
    await sends_plan(clerk, report(COUNTED[0]))
    assert "chưa cộng đủ" in clerk.hears()
    assert not clerk.sees_button("Lưu kết quả năm 2023")


async def test_other_people_texts_are_no_plan_either(plain_world: World) -> None:
    clerk = await secretary_of_new(plain_world)
    await sends_plan(clerk, "Kính gửi bà con,\n" + "Hôm nay trời đẹp và chúng tôi đi thăm đồng lúa của xã. " * 8)
    assert "Văn bản này về việc khác" in clerk.hears()


async def test_a_paper_without_a_year_and_one_that_contradicts_itself_make_no_plan(plain_world: World) -> None:
    clerk = await secretary_of_new(plain_world)
    await sends_plan(
        clerk,
        "XÃ TÂN LẬP\n\nKẾ HOẠCH\nĐối thoại của Chủ tịch UBND xã với Nhân dân xã Tân Lập\n\nThời gian: thông báo sau.\n",
    )
    assert "Văn bản không nêu năm nào" in clerk.hears()
    await sends_plan(clerk, PLAN.replace("quý III/2024", "ngày 12/5/2026"))
    assert "mâu thuẫn" in clerk.hears()
    assert "2026-05-12" in clerk.hears()


async def test_a_change_is_put_to_the_meeting_it_is_about(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    await makes_meeting(clerk, AN_DUONG_MEETING)
    change = (
        "ỦY BAN NHÂN DÂN\nXÃ AN DƯƠNG\nSố: 9/TB-UBND\nAn Dương, ngày 02 tháng 6 năm 2024\n\nTHÔNG BÁO\n"
        "Về việc hoãn hội nghị đối thoại với Nhân dân năm 2024\n\nUBND xã An Dương thông báo hoãn hội nghị đối thoại "
        "ngày 12/8/2024 tại Nhà Văn hóa xã.\n"
    )
    await sends_plan(clerk, change)
    assert "điều chỉnh, hoãn hoặc huỷ một buổi" in clerk.hears()
    await clerk.presses(f"🗓 {AN_DUONG_MEETING}")
    assert clerk.sees_button("Ấn định ngày")


NOTICE = """ỦY BAN NHÂN DÂN
XÃ AN DƯƠNG
Số: 12/TB-UBND
An Dương, ngày 02 tháng 6 năm 2024

THÔNG BÁO
Tổ chức hội nghị đối thoại với thanh niên năm 2024

UBND xã An Dương thông báo tổ chức hội nghị đối thoại như sau:

1. Thời gian: 7 giờ 30, ngày 20/11/2024.
2. Địa điểm: Hội trường UBND xã.
3. Thành phần: Nhân dân Thôn Đông.
"""


async def test_a_notice_adds_its_meeting_to_the_plan_of_the_year(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    await sends_plan(clerk, NOTICE)
    assert "thêm buổi đối thoại: Đối thoại ngày 20/11/2024" in clerk.hears()
    await clerk.presses("Nạp kế hoạch")
    plan = await plan_called(plain_world, "an-duong-2024")
    assert [session.key for session in plan.profile.sessions] == ["quy-3", "ngay-20-11"]
    assert plan.profile.signature is not None, "the plan itself stays as it was"

    await sends_plan(clerk, NOTICE)
    assert "Không có gì khác đi." in clerk.hears()


async def test_a_notice_of_a_meeting_the_plan_foresees_leads_to_its_day(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    await makes_meeting(clerk, AN_DUONG_MEETING)
    await sends_plan(clerk, NOTICE.replace("20/11/2024", "20/8/2024"))
    assert "Thông báo này nói về một buổi đã có trong kế hoạch" in clerk.hears()
    assert clerk.sees_button(f"🗓 {AN_DUONG_MEETING}")


async def test_a_notice_is_a_plan_of_its_own_where_there_is_none(plain_world: World) -> None:
    clerk = await secretary_of_new(plain_world, "AD", "xã An Dương")
    await sends_plan(clerk, NOTICE)
    assert "📄 Thông báo của xã An Dương" in clerk.hears()
    assert "lúc 07:30" in clerk.hears()
    await clerk.presses("Nạp kế hoạch")
    assert (await plan_called(plain_world, "an-duong-2024")).profile.sessions[0].venue == "Hội trường UBND xã"


async def test_of_two_units_the_clerk_says_which(plain_world: World) -> None:
    clerk = await secretary_of_new(plain_world)
    async with plain_world.store.unit() as uow:
        other = await uow.places.add_unit(Unit("QP", "xã Quế Phong", Level.COMMUNE), None)
        unit = await uow.places.unit_by_code("TL")
        assert unit is not None
        [by] = await uow.people.holders(Role.SECRETARY, unit)
        await uow.people.give(Grant(by.id, Role.ADMIN, other.id, None, uow.now))
        await uow.commit()
    await sends_plan(clerk)
    assert "Văn bản này của đơn vị nào?" in clerk.hears()
    await clerk.says("xã nào cũng được")
    await clerk.presses("xã Tân Lập")
    assert "📄 Kế hoạch của xã Tân Lập" in clerk.hears()


async def test_a_file_that_cannot_be_read_says_why(world: World) -> None:
    clerk = await secretary_of_new(world)
    await clerk.says("/kehoach")
    await clerk.sends_photo(b"%PDF-1.4 broken")
    assert "Tệp bị hỏng" in clerk.hears()
    await clerk.sends_photo(b"no kind that is taken")
    assert "Chưa nhận được tệp loại này" in clerk.hears()


async def test_a_file_that_is_kept_no_longer_is_asked_for_again(plain_world: World) -> None:
    clerk = await secretary_of_new(plain_world)
    await clerk.says("/kehoach")
    await clerk.sends_photo(b"a picture of a plan")
    assert "Tệp không còn được giữ" in clerk.hears()


async def test_a_plan_sent_without_being_asked_is_taken_for_one(plain_world: World) -> None:
    clerk = await secretary_of_new(plain_world)
    await clerk.sends_photo(word(PLAN))
    assert "📄 Kế hoạch của xã Tân Lập" in clerk.hears()


async def test_a_document_that_plans_nothing_goes_the_usual_way(plain_world: World) -> None:
    clerk = await secretary_of_new(plain_world)
    await clerk.sends_photo(word("Kính gửi văn phòng, đây là đơn đề nghị sửa đường vào xóm của gia đình tôi ạ."))
    assert "Nạp kế hoạch" not in clerk.hears()
    await clerk.sends_photo(b"%PDF-1.4 broken")
    assert "Tệp bị hỏng" not in clerk.hears()


async def test_nobody_else_makes_a_plan(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    async with plain_world.store.unit() as uow:
        await uow.places.add_unit(Unit("TL", "xã Tân Lập", Level.COMMUNE), None)
        await uow.commit()
    chair = await plain_world.staff(Role.CHAIR, "TL", "Ông Chủ")
    await chair.taps_code("planpaper.")
    assert not chair.sees_button("Nạp kế hoạch")
    await chair.sends_photo(word(PLAN))
    assert "📄 Kế hoạch của" not in chair.hears()
    other = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    await other.says("/kehoach")
    async with plain_world.store.unit() as uow:
        tan_lap = await uow.places.unit_by_code("TL")
        an_duong = await uow.places.unit_by_code("AD")
        assert tan_lap is not None
        assert an_duong is not None
        [by] = await uow.people.holders(Role.SECRETARY, an_duong)
        with pytest.raises(NotFound):
            await load_draft(uow, by=by, reading=read_paper(PLAN), unit_id=tan_lap.id, altering=0, say=remark)


async def test_the_preview_tells_preparation_tasks_and_counts_many_changes(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    clerk = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    more = (
        "3. Văn phòng chuẩn bị nội dung xong chậm nhất 05 ngày làm việc trước buổi đối thoại.\n"
        "4. Mặt trận tổng hợp ý kiến gửi UBND xã trước ngày 10/5/2024.\n\nCHỦ TỊCH"
    )
    text = PLAN.replace("Tân Lập", "An Dương").replace("TÂN LẬP", "AN DƯƠNG").replace("CHỦ TỊCH", more)
    await sends_plan(clerk, text)
    heard = clerk.hears()
    assert "Kế hoạch này đã có" in heard
    assert "Chuẩn bị xong: " in heard
    assert "Trước ngày 10/05/2024: Mặt trận tổng hợp ý kiến" in heard
    assert "thay đổi khác" in heard
