"""The conclusion: written by the secretary, made public by the chair, followed up by its owners (R180, R181, R187)."""

import pytest

from intake.actions.meetings.conclude import add_item, publish_conclusion, remove_item, report_progress
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting
from intake.rules.people.person import Role
from tests.support.office import DESK, OTHER_DESK, Office, neighbour_unit, open_office, person_named
from tests.support.world import World, local

NO_DAY, NO_QUESTIONS = "Không có hạn", "Không có câu hỏi nào"


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


@pytest.fixture
async def meeting(office: Office) -> Meeting:
    """A meeting that was held, with one question that was taken on."""
    fixed = await office.fixed_meeting()
    await office.assigned()
    await office.opened()
    await office.closed()
    office.put_away()
    return fixed


async def writes(office: Office, meeting: Meeting, *answers: str) -> None:
    """The secretary writes an item; an answer that is a button is pressed."""
    await office.secretary.taps_code(f"conclusion.{meeting.id}")
    await office.secretary.presses("Thêm mục")
    for answer in answers:
        if answer in {DESK, OTHER_DESK, NO_DAY, NO_QUESTIONS}:
            await office.secretary.presses(answer)
        else:
            await office.secretary.says(answer)
    await office.secretary.presses("Gửi")


async def published(office: Office, meeting: Meeting) -> None:
    await writes(office, meeting, "Sửa đường xóm 3 trong quý II.", DESK, "30/06/2024", "DL-2024-0001")
    await office.chair.taps_code(f"conclusionpublish.{meeting.id}")
    await office.chair.presses("Gửi")
    await office.world.settle()


@pytest.mark.contract
async def test_from_the_end_of_the_meeting_to_every_phone(office: Office, meeting: Meeting) -> None:
    await office.secretary.says("/dieuhanh")
    await office.secretary.presses("Buổi đã họp")
    await office.secretary.presses(meeting.title)
    await office.secretary.presses("Kết luận")
    assert "Chưa có mục nào" in office.secretary.hears()
    assert not office.secretary.sees_button("Trình chủ trì")
    await office.secretary.presses("Thêm mục")
    await office.secretary.says("Sửa đường xóm 3 trong quý II.")
    await office.secretary.presses(DESK)
    await office.secretary.says("30/06/2024")
    await office.secretary.says("dl-2024-0001")
    for shown in ("Sửa đường xóm 3 trong quý II.", "30/06/2024", "DL-2024-0001"):
        assert shown in office.secretary.hears()
    await office.secretary.presses("Gửi")
    await writes(office, meeting, "Đề nghị huyện đầu tư trạm bơm.", "Phòng Nông nghiệp huyện", NO_DAY, NO_QUESTIONS)
    assert "1. Sửa đường xóm 3 trong quý II." in office.secretary.hears()
    assert "2. Đề nghị huyện đầu tư trạm bơm.\n  Phụ trách: Phòng Nông nghiệp huyện" in office.secretary.hears()
    await office.secretary.presses("Trình chủ trì")
    assert "Đã trình chủ trì" in office.secretary.hears()
    assert office.mai.hears() == ""

    await office.chair.presses("Mở")
    await office.chair.presses("Ban hành")
    assert "Người dân các thôn, tổ dân phố sẽ nhận được" in office.chair.hears()
    assert office.mai.hears() == ""
    await office.chair.presses("Gửi")
    assert "Đã ban hành" in office.chair.hears()
    assert "Chủ trì đã ban hành kết luận" in office.secretary.hears(), "who laid it before the chair hears of it"
    assert "Câu hỏi DL-2024-0001 của bà/ông có trong kết luận" in office.mai.hears()
    assert f"Phụ trách: {DESK}. Hạn: 30/06/2024" in office.mai.hears()
    assert office.mai.hears().count("📌 Kết luận buổi đối thoại") == 1
    assert "2. Đề nghị huyện đầu tư trạm bơm." in office.mai.hears()
    assert "giao bộ phận:\n1. Sửa đường" in office.official.hears()
    assert "giao bộ phận" not in office.other.hears()

    await office.mai.presses("Xem kết quả")
    assert "Câu hỏi đã nhận: 1" in office.mai.hears()
    assert "– đang giải quyết: 1" in office.mai.hears()
    assert "1. Sửa đường xóm 3" in office.mai.hears()


async def test_a_conclusion_published_in_the_evening_waits_for_the_morning(office: Office, meeting: Meeting) -> None:
    office.world.clock.move_to(local(2024, 4, 25, 21, 30))
    await published(office, meeting)
    assert "📌" not in office.mai.hears()
    assert "Câu hỏi DL-2024-0001 của bà/ông có trong kết luận" in office.mai.hears()  # the own matter
    office.world.clock.move_to(local(2024, 4, 26, 6, 31))
    await office.world.settle()
    assert office.mai.hears().count("📌") == 1


async def test_the_desk_reports_and_finishes(office: Office, meeting: Meeting) -> None:
    """R181."""
    await published(office, meeting)
    office.put_away()
    await office.official.presses("Mở")
    assert "chưa có" in office.official.hears()
    await office.official.presses("Báo tiến độ")
    await office.official.says("Đã khảo sát mặt đường.")
    await office.official.presses("Gửi")
    assert "Đã khảo sát mặt đường." in office.official.hears()
    assert office.mai.hears() == ""

    office.world.clock.move_to(local(2024, 7, 1))  # one day late
    await office.chair.taps_code(f"conclusion.{meeting.id}")
    assert "⚠️ Quá hạn: 1. Sửa đường" in office.chair.hears()
    await office.official.presses("Báo tiến độ")
    await office.official.says("Đường đã sửa xong.")
    await office.official.presses("Gửi và báo đã xong")
    assert not office.official.sees_button("Báo tiến độ")
    for phone in (office.mai, office.secretary, office.chair):
        assert "mục 1 đã hoàn thành" in phone.hears()
        assert "Đường đã sửa xong." in phone.hears()
    await office.mai.says("/lich")
    await office.mai.presses("Kết quả các buổi đã họp")
    await office.mai.presses(meeting.title)
    assert "✅ Đã xong" in office.mai.hears()


async def test_an_item_is_taken_out_before_it_is_public_and_the_rest_move_up(office: Office, meeting: Meeting) -> None:
    for text in ("Mục thứ nhất.", "Mục thứ hai.", "Mục thứ ba."):
        await writes(office, meeting, text, "Uỷ ban nhân dân thị trấn", NO_DAY, NO_QUESTIONS)
    await office.secretary.presses("1")
    await office.secretary.presses("Xoá mục này")
    assert "1. Mục thứ hai." in office.secretary.hears()
    assert "2. Mục thứ ba." in office.secretary.hears()
    assert "Mục thứ nhất." not in office.secretary.hears()


async def test_what_is_public_stays_as_it_is(office: Office, meeting: Meeting) -> None:
    await published(office, meeting)
    await office.secretary.taps_code(f"conclusion.{meeting.id}")
    assert "đã ban hành" in office.secretary.hears()
    assert not office.secretary.sees_button("Thêm mục")
    for code in (f"conclusionsubmit.{meeting.id}", "conclusionremove.1"):
        await office.secretary.taps_code(code)
        assert "không sửa được nữa" in office.secretary.hears()
    await office.chair.taps_code(f"conclusionpublic.{meeting.id}")
    assert "không sửa được nữa" in office.chair.hears()


async def test_wrong_answers_are_asked_again_and_lose_nothing(office: Office, meeting: Meeting) -> None:
    await office.secretary.taps_code(f"conclusionadd.{meeting.id}")
    await office.secretary.says("Sửa đường xóm 3.")
    await office.secretary.presses(DESK)
    await office.secretary.says("25/04/2024")  # today
    assert "sau hôm nay" in office.secretary.hears()
    await office.secretary.says("30/06/2024")
    await office.secretary.says("DL-2024-0009")
    await office.secretary.presses("Gửi")
    assert "không có câu hỏi DL-2024-0009" in office.secretary.hears()
    await office.secretary.presses("Sửa")
    await office.secretary.says("Sửa đường xóm 3.")
    await office.secretary.presses(DESK)
    await office.secretary.says("30/06/2024")
    await office.secretary.presses(NO_QUESTIONS)
    await office.secretary.presses("Gửi")
    assert "1. Sửa đường xóm 3." in office.secretary.hears()


async def test_only_the_chair_publishes_and_strangers_see_nothing(office: Office, meeting: Meeting) -> None:
    """R028."""
    await writes(office, meeting, "Sửa đường xóm 3.", DESK, NO_DAY, NO_QUESTIONS)
    await office.secretary.taps_code(f"conclusionpublish.{meeting.id}")
    await office.secretary.presses("Gửi")
    stranger = await neighbour_unit(office.world, Role.CHAIR)
    codes = (
        f"conclusion.{meeting.id}",
        f"conclusionadd.{meeting.id}",
        f"conclusionpublish.{meeting.id}",
        f"conclusionpublic.{meeting.id}",
        "conclusionitem.1",
        "conclusionsay.1",
        "conclusionremove.1",
    )
    for phone in (stranger, office.mai, office.other):
        for code in codes:
            await phone.taps_code(code)
            assert "Sửa đường" not in phone.hears(), code
    assert "📌" not in office.mai.hears()
    await office.secretary.taps_code(f"conclusion.{meeting.id}")
    assert "đang soạn" in office.secretary.hears()
    async with office.world.store.unit() as uow:
        secretary, mai = [await person_named(uow, name) for name in ("Trần Văn Thư", "Nguyễn Thị Mai")]
        with pytest.raises(NotFound):
            await publish_conclusion(uow, by=secretary, meeting_id=meeting.id)
        with pytest.raises(NotFound):
            await report_progress(uow, by=mai, item_id=1, text="Xong", done=True)  # type: ignore[arg-type]
        with pytest.raises(ChangedMeanwhile):  # not public yet
            await report_progress(uow, by=secretary, item_id=1, text="Xong", done=True)  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            await remove_item(uow, by=mai, item_id=1)  # type: ignore[arg-type]


async def test_nothing_is_concluded_before_the_end_nor_published_empty(office: Office) -> None:
    fixed = await office.fixed_meeting()
    await office.secretary.taps_code(f"conclusionadd.{fixed.id}")
    await office.secretary.says("Sửa đường.")
    await office.secretary.presses(DESK)
    await office.secretary.presses(NO_DAY)
    await office.secretary.presses(NO_QUESTIONS)
    await office.secretary.presses("Gửi")
    assert "chưa kết thúc" in office.secretary.hears()
    await office.secretary.presses("Huỷ")
    await office.opened()
    await office.closed()
    await office.chair.taps_code(f"conclusionpublic.{fixed.id}")
    assert "chưa có mục nào" in office.chair.hears()
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        foreign = await uow.places.unit_by_code("AD")
        assert foreign is None
        with pytest.raises(RuleBroken):
            await add_item(uow, by=secretary, meeting_id=fixed.id, text=" ", desk_id=None, owner="Xã", due_on=None)


async def test_without_a_chair_the_secretary_is_told_to_say_it_in_person(office: Office, meeting: Meeting) -> None:
    await writes(office, meeting, "Sửa đường xóm 3.", DESK, NO_DAY, NO_QUESTIONS)
    async with office.world.store.unit() as uow:
        chair = await person_named(uow, "Đinh Văn Chủ")
        for account in await uow.accounts.all_of(chair.id):
            account.unreachable_since = uow.now
        await uow.commit()
    await office.secretary.presses("Trình chủ trì")
    assert "báo trực tiếp" in office.secretary.hears()


async def test_results_are_for_people_of_the_unit(office: Office, meeting: Meeting) -> None:
    await office.mai.says("/lich")
    await office.mai.presses("Kết quả các buổi đã họp")
    await office.mai.presses(meeting.title)
    assert "chưa ban hành" in office.mai.hears()
    stranger = await neighbour_unit(office.world, Role.SECRETARY)
    await stranger.taps_code(f"results.{meeting.id}")
    assert "Câu hỏi đã nhận" not in stranger.hears()
    await office.mai.taps_code("results.999")
    assert "Câu hỏi đã nhận" not in office.mai.hears()


async def test_the_desk_that_was_tapped_stands_in_the_preview(office: Office, meeting: Meeting) -> None:
    await office.secretary.taps_code(f"conclusion.{meeting.id}")
    await office.secretary.presses("Thêm mục")
    await office.secretary.says("Sửa đường xóm 3.")
    await office.secretary.presses(DESK)
    await office.secretary.presses(NO_DAY)
    await office.secretary.presses(NO_QUESTIONS)
    assert DESK in office.secretary.hears()
