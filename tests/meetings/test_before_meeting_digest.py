"""What secretary and chair read before a meeting: the digest, the drafts, the results of earlier years."""

import pytest

from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.people.person import Role
from intake.rules.questions.question import QuestionState, RoomOutcome
from tests.support.before_meeting import AGAIN, OTHER_MATTER, asked_in, asks_too, neighbour
from tests.support.office import DESK, Office, neighbour_unit, open_office
from tests.support.stories import planned_meeting, put_in_state
from tests.support.world import World, local

RUDE = "Cán bộ tiếp nhận hách dịch, vòi vĩnh người dân."


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def prepared(office: Office) -> Meeting:
    """Five questions for the meeting: one drafted, one joined to it, one on the desk, one nowhere, one sensitive."""
    meeting = await office.fixed_meeting()
    nam = await neighbour(office)
    await office.proposed()  # DL-2024-0001
    await asks_too(office, nam, AGAIN)  # …0002, joined
    await office.secretary.presses("Mở")
    await office.secretary.presses("Gộp câu giống nhau")
    await office.secretary.presses("Gộp vào DL-2024-0001")
    await asks_too(office, nam, OTHER_MATTER)  # …0003, on the desk
    await office.secretary.presses("Mở")
    await office.secretary.presses(f"Giao {DESK}")
    await asks_too(office, nam, "Xin cho biết ý kiến của xã.")  # …0004, nowhere
    sensitive = await asks_too(office, nam, RUDE)
    await put_in_state(office.world, sensitive, QuestionState.RECEIVED, sensitive=True)
    office.put_away()
    return meeting


async def test_the_chair_reads_what_is_asked_where_and_what_is_ready(office: Office) -> None:
    """R071: topics by hamlet with counts; what is sensitive apart, by its reference only."""
    await prepared(office)
    await office.chair.says("/tonghop")

    heard = office.chair.hears()
    assert "Số câu hỏi: 4, ngoài ra 1 câu nhạy cảm" in heard
    assert "• TDP Làng Dầu: 3\n   – " in heard
    assert "   – Văn hóa, xã hội: 1" in heard
    assert "   – Chưa rõ lĩnh vực: 2" in heard
    assert "• TDP Hàng Gòn: 1\n   – Đầu tư xây dựng cơ bản: 1" in heard
    assert "Nội dung nhạy cảm: 1. Câu hỏi nêu người của đơn vị không ghi mã ở đây" in heard, "it names the desk"
    assert "• Dự thảo chờ duyệt (1): DL-2024-0001" in heard
    assert f"• {DESK} chưa có dự thảo (1): DL-2024-0003" in heard
    assert "• Chưa giao bộ phận (1): DL-2024-0004" in heard
    for never in ("hách dịch", "Võ Văn Nam", "Nguyễn Thị Mai"):
        assert never not in heard
    assert not office.chair.sees_button("Gửi chủ trì")


async def test_a_draft_goes_out_only_when_the_chair_approves_it(office: Office) -> None:
    await prepared(office)
    await office.chair.says("/tonghop")
    assert office.mai.hears() == ""
    await office.chair.presses("✅ Chờ duyệt")
    await office.chair.presses("DL-2024-0001")
    await office.chair.presses("Duyệt")
    assert "Xã sửa trong quý II." in office.mai.hears()
    await office.chair.says("tổng hợp")
    assert "Đã trả lời hoặc đã hẹn: 2" in office.chair.hears()
    assert "Dự thảo chờ duyệt" not in office.chair.hears()


async def test_the_secretary_sends_it_to_the_chair_from_the_card_of_the_meeting(office: Office) -> None:
    meeting = await prepared(office)
    await office.secretary.taps_code(f"meetingcard.{meeting.id}")
    await office.secretary.presses("Tổng hợp trước buổi đối thoại")
    await office.secretary.presses("Gửi chủ trì")

    assert "tới 1 người" in office.secretary.hears()
    assert "Số câu hỏi: 4" in office.chair.hears()
    assert office.chair.sees_button("Kết quả các năm trước")
    assert office.mai.hears() == ""


async def test_repeated_matters_stand_in_the_digest_with_those_that_lack_a_direction(office: Office) -> None:
    await asked_in(office, "Xin sửa đường xóm 3 bị hỏng", local(2022, 5, 4))
    await prepared(office)
    number = (await office.question("DL-2024-0001")).id
    await office.secretary.taps_code(f"linkcase.{number}")
    await office.secretary.says("DL-2022-0001")
    await office.chair.says("/tonghop")

    assert "chưa giải quyết dứt điểm (1); chưa có hướng giải quyết đề xuất: 1" in office.chair.hears()
    assert "1/2024: nêu 2 lần, các năm 2022, 2024" in office.chair.hears()


async def test_a_meeting_without_questions_and_a_unit_without_meetings(office: Office) -> None:
    await office.chair.says("/tonghop")
    assert "Chưa có buổi đối thoại nào sắp tới" in office.chair.hears()
    await office.fixed_meeting()
    await office.chair.says("/tonghop")
    assert "Chưa có câu hỏi nào." in office.chair.hears()
    assert "Không còn câu hỏi nào phải chuẩn bị." in office.chair.hears()
    await planned_meeting(office.world, title="Đối thoại tháng 7 năm 2024")
    await office.chair.says("/tonghop")
    assert "Tổng hợp cho buổi nào?" in office.chair.hears()
    await office.chair.presses("Đối thoại tháng 7 năm 2024")
    assert "Tổng hợp trước buổi đối thoại: Đối thoại tháng 7" in office.chair.hears()


async def test_an_unknown_hamlet_and_a_long_list_of_references_are_told_as_such(office: Office) -> None:
    meeting = await office.fixed_meeting()
    for _ in range(22):
        question = await asked_in(
            office, "Xin cho biết ý kiến.", local(2024, 3, 1), state=QuestionState.RECEIVED, meeting_id=meeting.id
        )
        await put_in_state(office.world, question.reference, QuestionState.RECEIVED, hamlet_id=None)
    await office.chair.says("/tonghop")

    assert "• Không rõ thôn: 22" in office.chair.hears()
    assert "DL-2024-0020 (+2)" in office.chair.hears()


async def held(office: Office, at_year: int) -> Meeting:
    """A meeting of an earlier year that was held in May."""
    meeting = await planned_meeting(office.world, title=f"Đối thoại năm {at_year}")
    async with office.world.store.unit() as uow:
        stored = await uow.meetings.get(meeting.id)
        stored.state, stored.ended_at = MeetingState.HELD, local(at_year, 5, 10, 16)
        await uow.commit()
    return meeting


async def test_topics_are_compared_with_the_meeting_before(office: Office) -> None:
    """R071: what is new, what people ask less about; what is sensitive or was out of scope does not count."""
    await held(office, 2022)
    before = await held(office, 2023)
    asked = local(2023, 4, 1)
    for text in ("Đường vào xóm 3 hỏng", "Đường xóm 5 hỏng nặng", "Học phí trường mầm non thu thêm khoản gì?"):
        await asked_in(office, text, asked, meeting_id=before.id)
    await asked_in(office, RUDE, asked, meeting_id=before.id, sensitive=True)
    await asked_in(office, "Việc khác", asked, meeting_id=before.id, state=QuestionState.OUT_OF_SCOPE)
    meeting = await office.fixed_meeting()
    now = local(2024, 3, 1)
    for text in (OTHER_MATTER, "Đường vào xóm 3 hỏng", "Trộm cắp tài sản, mất an ninh trật tự", "Xin hỏi."):
        await asked_in(office, text, now, meeting_id=meeting.id, state=QuestionState.RECEIVED)
    await office.chair.says("/tonghop")

    heard = office.chair.hears()
    assert "So với buổi trước (Đối thoại năm 2023, 16:00, 10/05/2023): 4 câu hỏi, trước là 3." in heard
    trend = heard.partition("So với buổi trước")[2].partition("\n\n")[0].splitlines()[1:]
    assert trend[0].startswith("🆕 ")
    assert trend[0].endswith(": 1, trước chưa có")
    assert "= Văn hóa, xã hội: 1, như buổi trước" in trend
    assert "▼ Đầu tư xây dựng cơ bản: 1, trước 2" in trend
    assert "2022" not in heard


async def test_a_meeting_before_without_questions_still_is_compared(office: Office) -> None:
    await held(office, 2023)
    await office.fixed_meeting()
    await office.chair.says("/tonghop")
    assert "0 câu hỏi, trước là 0.\nChưa rõ lĩnh vực nào" in office.chair.hears()


async def test_results_of_the_year_before_by_meeting_and_as_a_list(office: Office) -> None:
    """R143; Di Lăng's plan is silent, so it is the year before."""
    before = await held(office, 2023)
    asked = local(2023, 4, 1)
    there = await asked_in(office, "Hỏi tại chỗ", asked, meeting_id=before.id, answer="Có.")
    early = await asked_in(office, "Hỏi sớm", asked, meeting_id=before.id)
    late = await asked_in(office, "Hỏi muộn", asked, meeting_id=before.id)
    await put_in_state(office.world, there.reference, QuestionState.CLOSED, room_outcome=RoomOutcome.ANSWERED)
    await put_in_state(office.world, early.reference, QuestionState.ANSWERED, answered_at=local(2023, 5, 2))
    await put_in_state(office.world, late.reference, QuestionState.CLOSED, answered_at=local(2023, 6, 2))
    await asked_in(office, "Đã chuyển", asked, meeting_id=before.id, state=QuestionState.REFERRED)
    await asked_in(office, "Ngoài nội dung", asked, meeting_id=before.id, state=QuestionState.OUT_OF_SCOPE)
    await asked_in(office, RUDE, asked, meeting_id=before.id, state=QuestionState.TAKEN_ON, sensitive=True)
    await asked_in(office, "Gửi ngoài buổi", local(2023, 12, 31, 23), state=QuestionState.EXTENDED)
    await asked_in(office, "Năm nay", local(2024, 1, 1, 0))
    meeting = await office.fixed_meeting()
    await office.secretary.taps_code(f"meetingcard.{meeting.id}")
    await office.secretary.presses("Kết quả các năm trước")

    heard = office.secretary.hears()
    assert "Kết quả năm 2023\nĐã nhận: 7 · trả lời trước buổi: 1 · tại buổi: 1 · sau đó: 1 · đã chuyển: 2" in heard
    assert "ngoài nội dung: 1 · còn phải trả lời: 1" in heard
    assert "• Đối thoại năm 2023\n  Đã nhận: 6" in heard
    assert "• Gửi ngoài buổi đối thoại\n  Đã nhận: 1" in heard
    await office.secretary.presses("Danh sách năm 2023")
    heard = office.secretary.hears()
    assert f"• {there.reference} (đã kết thúc): Hỏi tại chỗ" in heard
    assert "nội dung nhạy cảm, không hiển thị" in heard
    assert "Năm nay" not in heard
    assert "hách dịch" not in heard


async def test_a_long_list_comes_in_pages_and_a_year_without_history_says_so(office: Office) -> None:
    meeting = await office.fixed_meeting()
    await office.chair.taps_code(f"earlieryears.{meeting.id}")
    assert "Năm 2023: chưa có số liệu." in office.chair.hears()
    await office.chair.taps_code(f"yearlist.{meeting.id}.2023.0")
    assert "Chưa có câu hỏi nào." in office.chair.hears()
    for number in range(12):
        await asked_in(office, f"Việc số {number}", local(2023, 4, 1))
    await office.chair.taps_code(f"earlieryears.{meeting.id}")
    await office.chair.presses("Danh sách năm 2023")
    assert "Việc số 9" in office.chair.hears()
    await office.chair.presses("Xem tiếp")
    assert "Việc số 11" in office.chair.hears()
    assert "Việc số 9" not in office.chair.hears()


async def test_none_of_this_is_for_guessing(office: Office) -> None:
    meeting = await office.fixed_meeting()
    stranger = await neighbour_unit(office.world, Role.CHAIR)
    for phone in (office.mai, office.official, stranger):
        for code in ("digest", "senddigest", "earlieryears"):
            await phone.taps_code(f"{code}.{meeting.id}")
            assert "Không tìm thấy" in phone.hears(), code
        await phone.taps_code(f"yearlist.{meeting.id}.2023.0")
        assert "Không tìm thấy" in phone.hears()
    for code in (
        f"yearlist.{meeting.id}.2019.0",
        f"yearlist.{meeting.id}",
        f"yearlist.{meeting.id}.2023.0.1",
        "digest.x",
    ):
        await office.chair.taps_code(code)
        assert "Không tìm thấy" in office.chair.hears(), code
    await office.mai.says("/tonghop")
    assert "Việc này dành cho" in office.mai.hears()
