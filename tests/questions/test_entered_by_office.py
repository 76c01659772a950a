"""The office enters what was asked aloud, by letter or by telephone, before the meeting or in the room (A1.6)."""

from datetime import date

import pytest

from intake.actions.people.enrol import enter_unnamed
from intake.actions.questions.ask_question import ask_question
from intake.rules.deadlines.clock import ClockKind
from intake.rules.errors import NotFound
from intake.rules.outbox.letter import LetterState
from intake.rules.people.person import Grant, Person, Role
from intake.rules.questions.question import CameBy
from tests.conftest import load
from tests.support.meetings import APRIL, fixes_day, makes_meeting
from tests.support.office import Office, open_office, person_named
from tests.support.world import Phone, World, local

LAMPS = "Đèn đường xóm 2 hỏng từ lâu, bao giờ sửa?"


@pytest.fixture
async def office(world: World) -> Office:
    """Friday, 1 March 2024."""
    return await open_office(world)


async def enters(secretary: Phone, *answers: str, how: str = "Thư, giấy", day: str = "Hôm nay") -> None:
    """Up to the words of the question."""
    await secretary.says("/hoho")
    for answer in (*answers, how, day):
        await (secretary.presses(answer) if secretary.sees_button(answer) else secretary.says(answer))


async def letters_in_person(office: Office) -> list[str]:
    async with office.world.store.reading() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        waiting = await uow.letters.in_person([hamlet.id], uow.now)
        return [person.name for letter, person in waiting if letter.state is LetterState.IN_PERSON]


@pytest.mark.contract
async def test_a_letter_of_last_week_has_the_clocks_of_its_day_and_its_sheet_as_a_photo(office: Office) -> None:
    await office.secretary.says("/menu")
    await office.secretary.presses("✍️ Hỏi hộ")
    assert "nhận bằng lời, thư hoặc điện thoại" in office.secretary.hears()
    await office.secretary.says("thi mai")
    await office.secretary.presses("Nguyễn Thị Mai – TDP Hàng Gòn")
    await office.secretary.presses("Thư, giấy")
    await office.secretary.says("23/2")
    await office.secretary.sends_photo(b"\xff\xd8\xff\xe0 a sheet", LAMPS)
    heard = office.secretary.hears()
    assert "Câu hỏi của Nguyễn Thị Mai (Thư, giấy, nhận ngày 23/02/2024)" in heard
    assert "xác nhận đã chép đúng lời người hỏi" in heard
    await office.secretary.presses("Gửi")
    assert "Đã nhận, mã DL-2024-0001" in office.secretary.hears()
    assert "Hạn trả lời: 25/03/2024" in office.secretary.hears(), "30 days from the receipt end on a Sunday"
    assert "Tin báo mã và hạn này đang được gửi tới Nguyễn Thị Mai." in office.secretary.hears()
    question = await office.question("DL-2024-0001")
    assert (question.came_by, question.received_at.date()) == (CameBy.LETTER, date(2024, 2, 23))
    assert (await office.clocks("DL-2024-0001"))[ClockKind.ACKNOWLEDGE] == date(2024, 3, 8), "ten working days"
    assert "Văn phòng đã ghi câu hỏi DL-2024-0001" in office.mai.hears()
    assert "(Thư, giấy, nhận ngày 23/02/2024)" in office.mai.hears()
    await office.mai.presses("Theo dõi")
    assert LAMPS in office.mai.hears()
    await office.secretary.says("/phanloai")
    await office.secretary.presses("DL-2024-0001")
    assert "Nhận: Thư, giấy, ngày 23/02/2024" in office.secretary.hears()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2/3/2024", "không thể sau hôm nay, 01/03/2024"),
        ("mai", "không thể sau hôm nay"),
        ("1/2/2022", "quá một năm"),
        ("bao giờ đó", "ngày"),
        ("lúc 8:00", "ngày"),
    ],
)
async def test_a_day_ahead_or_long_past_is_asked_again(office: Office, typed: str, why: str) -> None:
    await enters(office.secretary, "Nguyễn Thị Mai", "Nguyễn Thị Mai – TDP Hàng Gòn", day=typed)
    assert why in office.secretary.hears()
    await office.secretary.says("hôm qua")
    await office.secretary.says(LAMPS)
    assert "nhận ngày 29/02/2024" in office.secretary.hears()


async def test_the_asker_is_found_by_the_reference_of_a_question_or_registration(office: Office) -> None:
    await makes_meeting(office.secretary, APRIL)
    await office.asked()
    await office.mai.says("/dangky")
    await office.mai.presses("Tham dự")
    await office.mai.presses("Gửi")
    for typed in ("DL-2024-0001", "đk-dl-2024-0001"):
        await enters(office.secretary, typed, how="Điện thoại")
        assert "Xin viết câu hỏi của Nguyễn Thị Mai" in office.secretary.hears()
    for unknown in ("DL-2024-0099", "ĐK-DL-2024-0099", "AD-2024-0001"):
        await office.secretary.says("/hoho")
        await office.secretary.says(unknown)
        assert "Không tìm thấy" in office.secretary.hears()


async def test_somebody_new_is_entered_and_the_office_tells_them_itself(office: Office) -> None:
    await enters(office.secretary, "Hồ Thị Thoa", "TDP Hàng Gòn", how="Nói trực tiếp")
    await office.secretary.says(LAMPS)
    await office.secretary.presses("Gửi")
    assert "Chưa có tin nhắn nào tới được Hồ Thị Thoa: xin báo trực tiếp" in office.secretary.hears()
    assert "báo lại cho" not in office.secretary.hears(), "nobody is asked to pass on what they have just typed"
    async with office.world.store.reading() as uow:
        thoa, secretary = await person_named(uow, "Hồ Thị Thoa"), await person_named(uow, "Trần Văn Thư")
        assert thoa.entered_by == secretary.id


async def test_a_neighbour_of_a_head_hears_through_the_head(office: Office) -> None:
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    await head.says("/hoho")
    await head.says("Hồ Thị Thoa")
    await head.says("Chợ quá bẩn, bao giờ dọn vệ sinh?")
    await head.presses("Gửi")
    head.reads()
    await enters(office.secretary, "thoa", "Hồ Thị Thoa – TDP Hàng Gòn")
    await office.secretary.says(LAMPS)
    await office.secretary.presses("Gửi")
    assert "Tin nhờ Đinh Tấn Dũng báo lại mã và hạn này cho Hồ Thị Thoa đang được gửi." in office.secretary.hears()
    assert "báo lại cho Hồ Thị Thoa" in head.hears()


async def test_whoever_no_chat_reaches_stands_in_the_list_to_be_told_in_person(office: Office) -> None:
    async with office.world.store.unit() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        await uow.people.add(Person("Cụ Ba", hamlet.id))
        await uow.commit()
    await enters(office.secretary, "cụ ba", "Cụ Ba – TDP Hàng Gòn")
    await office.secretary.says(LAMPS)
    await office.secretary.presses("Gửi")
    assert "Chưa có tin nhắn nào tới được Cụ Ba" in office.secretary.hears()
    assert await letters_in_person(office) == ["Cụ Ba"]


async def test_another_of_the_same_name_is_told_apart(office: Office) -> None:
    await enters(office.secretary, "Nguyễn Thị Mai", "Người khác", "TDP Hàng Gòn", "1960")
    await office.secretary.says(LAMPS)
    assert "Câu hỏi của Nguyễn Thị Mai (1960)" in office.secretary.hears()
    await office.secretary.presses("Gửi")
    assert office.mai.hears() == ""
    await enters(office.secretary, "Nguyễn Thị Mai", "Người khác", "TDP Làng Dầu")
    await office.secretary.says(LAMPS)
    assert "Câu hỏi của Nguyễn Thị Mai (Thư, giấy" in office.secretary.hears(), "nobody of that name lives there"


async def test_a_name_is_typed_more_exactly_where_many_have_it(office: Office) -> None:
    async with office.world.store.unit() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        for number in range(10, 25):
            await uow.people.add(Person(f"Cụ {number}", hamlet.id))
        await uow.commit()
    await office.secretary.says("/hoho")
    await office.secretary.says("cụ")
    assert "Có 15 người có tên như" in office.secretary.hears()
    await office.secretary.sends_photo(b"a face")
    assert "Xin chọn một mục bên dưới" in office.secretary.hears()
    await office.secretary.says("cụ 24")
    assert office.secretary.sees_button("Cụ 24 – TDP Hàng Gòn")


@pytest.mark.contract
async def test_a_sheet_without_a_name_has_a_reference_and_nobody_is_told(office: Office) -> None:
    await enters(office.secretary, "Không nêu tên", "Không rõ thôn, tổ")
    assert "câu hỏi của người không nêu tên" in office.secretary.hears()
    await office.secretary.says(LAMPS)
    await office.secretary.presses("Gửi")
    assert "Người hỏi không nêu tên nên không ai báo được" in office.secretary.hears()
    await office.secretary.says("/phanloai")
    await office.secretary.presses("DL-2024-0001")
    assert "người không nêu tên" in office.secretary.hears()
    await office.secretary.presses("Hỏi lại")
    assert "không nêu tên nên không hỏi lại được" in office.secretary.hears()
    assert await letters_in_person(office) == []


async def test_in_the_room_it_is_put_to_the_meeting_in_session(office: Office) -> None:
    await makes_meeting(office.secretary, APRIL)
    await fixes_day(office.secretary)
    office.world.clock.move_to(local(2024, 4, 25, 8))
    await office.opened()
    await enters(office.secretary, "mai", "Nguyễn Thị Mai – TDP Hàng Gòn", how="Nói trực tiếp")
    await office.secretary.says(LAMPS)
    assert "Gửi tới:" in office.secretary.hears()
    await office.secretary.presses("Gửi")
    assert "Buổi:" in office.secretary.hears()
    assert (await office.question("DL-2024-0001")).meeting_id is not None


async def test_a_denunciation_is_not_entered_for_somebody_else(office: Office) -> None:
    """LAW C4.4."""
    await enters(office.secretary, "mai", "Nguyễn Thị Mai – TDP Hàng Gòn")
    await office.secretary.says("Tôi tố cáo ông trưởng thôn ăn chặn tiền hỗ trợ của dân")
    assert "phải do chính người đó nộp" in office.secretary.hears()
    assert not office.secretary.sees_button("Tố cáo")


async def test_what_is_tapped_wrongly_is_asked_again(office: Office) -> None:
    await office.secretary.says("/hoho")
    await office.secretary.says("Hồ Thị Thoa")
    for wrong in ("ở đâu đó", "TDP Hàng Gòn"):
        await office.secretary.says(wrong)
    await office.secretary.says("bằng chim bồ câu")
    assert "Xin chọn một mục bên dưới" in office.secretary.hears()


async def test_the_secretary_of_two_units_says_first_for_which(world: World) -> None:
    await load(world, "an-duong-2024")
    secretary = await world.staff(Role.SECRETARY, "DL", "Trần Văn Thư")
    async with world.store.unit() as uow:
        other = await uow.places.unit_by_code("AD")
        assert other is not None
        person = await person_named(uow, "Trần Văn Thư")
        await uow.people.give(Grant(person.id, Role.SECRETARY, other.id))
        await uow.commit()
    await secretary.says("/hoho")
    await secretary.says("cả hai")
    assert "Xin chọn một mục bên dưới" in secretary.hears()
    await secretary.presses("xã An Dương")
    await secretary.presses("Không nêu tên")
    assert secretary.sees_button("Không rõ thôn, tổ")


async def test_only_the_office_enters_somebody_without_a_name(office: Office) -> None:
    async with office.world.store.unit() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        mai = await person_named(uow, "Nguyễn Thị Mai")
        assert hamlet is not None
        with pytest.raises(NotFound):
            await enter_unnamed(uow, mai, home_id=hamlet.id)
        receipt = await ask_question(uow, asker=mai, text=LAMPS)
        assert receipt.question.came_by is CameBy.CHAT


async def test_a_name_or_a_reference_behind_the_command_is_not_asked_for_again(plain_world: World) -> None:
    office = await open_office(plain_world)
    reference = await office.asked()
    await office.secretary.says("/hoho thi mai")
    await office.secretary.presses("Nguyễn Thị Mai – TDP Hàng Gòn")
    assert office.secretary.sees_button("Thư, giấy")
    await office.secretary.says(f"/hoho {reference}")
    assert office.secretary.sees_button("Thư, giấy"), "whose question it is, is known"
    await office.secretary.says("/hoho DL-2024-0099")
    assert "Không tìm thấy" in office.secretary.hears()
    await office.secretary.says("Võ Thị Mười")
    await office.secretary.presses("TDP Làng Dầu")
    assert office.secretary.sees_button("Thư, giấy")


async def test_it_is_kept_over_the_choice_of_the_unit(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    secretary = await plain_world.staff(Role.SECRETARY, "DL", "Trần Văn Thư")
    async with plain_world.store.unit() as uow:
        other = next(one for one in await uow.places.roots() if one.code != "DL")
        person = await person_named(uow, "Trần Văn Thư")
        await uow.people.give(Grant(person.id, Role.SECRETARY, other.id, None, uow.now))
        await uow.commit()
    await secretary.says("/hoho Võ Thị Mười")
    await secretary.presses("thị trấn Di Lăng")
    await secretary.presses("TDP Làng Dầu")
    assert secretary.sees_button("Thư, giấy")


async def test_whoever_erases_their_data_meanwhile_is_not_entered_again(office: Office) -> None:
    """Between the preview and the tap; the name is gone from the preview as well."""
    await enters(office.secretary, "Nguyễn Thị Mai", "Nguyễn Thị Mai – TDP Hàng Gòn")
    await office.secretary.says(LAMPS)
    await office.mai.says("/xoa")
    await office.mai.presses("Xoá")
    await office.secretary.presses("Gửi")

    assert "vừa xoá dữ liệu của mình" in office.secretary.hears()
    assert "Nguyễn Thị Mai" not in office.secretary.hears()
    async with office.world.store.reading() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        assert not await uow.questions.by_reference("DL-2024-0001")
    await office.secretary.says("huỷ")
    assert "Đã huỷ" in office.secretary.hears()
