"""People of one name are told apart: shown and asked about at every door where somebody is entered by name (R111)."""

import pytest

from intake.actions.meetings.check_in import walk_in
from intake.actions.outbox.tell import tell
from intake.actions.people.enrol import enter_neighbour
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Registration
from intake.rules.message import Message
from intake.rules.people.person import Person, Role
from tests.meetings.test_guests import adds, guests
from tests.support.meetings import APRIL, fixes_day, makes_meeting
from tests.support.office import Office, open_office
from tests.support.stories import question_of, residents_of
from tests.support.world import Phone, World, local

HUNG = "Nguyễn Văn Hùng"
MARKET = "Chợ quá bẩn, bao giờ dọn vệ sinh?"
LAMPS = "Đèn đường xóm 2 hỏng từ lâu, bao giờ sửa?"


async def head_of(world: World) -> Phone:
    return await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")


async def people(world: World) -> list[str]:
    """Everybody of the hamlet but its head, as the office calls them."""
    async with world.store.reading() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        return [one.called for one in await residents_of(uow, hamlet.id) if one.name != "Đinh Tấn Dũng"]


async def asks_for(head: Phone, name: str, *answers: str, text: str = MARKET) -> None:
    await head.says("/hoho")
    await head.says(name)
    for answer in answers:
        await (head.presses(answer) if head.sees_button(answer) else head.says(answer))
    await head.says(text)
    await head.presses("Gửi")


async def registers_for(head: Phone, name: str, *answers: str) -> None:
    """Up to what is shown before it is sent."""
    await head.says("/dangkyho")
    await head.presses(APRIL)
    await head.says(name)
    for answer in answers:
        await (head.presses(answer) if head.sees_button(answer) else head.says(answer))


@pytest.mark.contract
@pytest.mark.parametrize("typed", ["NGUYỄN VĂN HÙNG", "Ông Nguyễn  Văn Hùng", "nguyen van hung"])
async def test_whoever_has_the_name_is_shown_however_it_is_typed_and_may_be_the_same(world: World, typed: str) -> None:
    head = await head_of(world)
    await asks_for(head, HUNG)
    await head.says("/hoho")
    await head.says(typed)
    assert "Có phải là một trong những người này không?" in head.hears()
    assert head.sees_button(f"{HUNG} – ghi ngày 01/03/2024")
    await head.presses(f"{HUNG} – ghi ngày 01/03/2024")
    assert f"câu hỏi của {HUNG}" in head.hears()
    await head.says(LAMPS)
    await head.presses("Gửi")
    assert "DL-2024-0002" in head.hears()
    assert await people(world) == [HUNG]


@pytest.mark.parametrize(("first", "second"), [("Lê Văn Hoà", "Lê Văn Hòa"), ("Lê Văn Hòa", "LÊ VĂN HÒA")])
async def test_the_place_of_the_tone_makes_no_second_person(world: World, first: str, second: str) -> None:
    head = await head_of(world)
    await asks_for(head, first)
    await head.says("/hoho")
    await head.says(second)
    assert head.sees_button(f"{first} – ghi ngày 01/03/2024")


@pytest.mark.contract
async def test_another_of_that_name_is_somebody_else_told_apart_by_the_year_of_birth(world: World) -> None:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await makes_meeting(secretary, APRIL)
    head = await head_of(world)
    await registers_for(head, HUNG, "Tham dự", "Gửi")
    await registers_for(head, HUNG, "Người khác", "1958", "Phát biểu", "Vệ sinh chợ")
    assert f"Đăng ký hộ: {HUNG} (1958)" in head.hears()
    await head.presses("Gửi")
    assert "ĐK-DL-2024-0002" in head.hears()
    await head.says("/danhsach")
    assert f"1. {HUNG} – tham dự (ĐK-DL-2024-0001)" in head.hears()
    assert f"2. {HUNG} (1958) – phát biểu (ĐK-DL-2024-0002): Vệ sinh chợ" in head.hears()
    await head.says("/hoho")
    await head.says(HUNG)
    assert head.sees_button(f"{HUNG} (1958)")
    assert head.sees_button(f"{HUNG} – ghi ngày 01/03/2024")


async def test_neither_year_nor_nickname_is_needed_and_a_mark_that_says_nothing_is_asked_again(world: World) -> None:
    head = await head_of(world)
    await asks_for(head, HUNG)
    await asks_for(head, HUNG, "Người khác", "Bỏ qua", text=LAMPS)
    assert await people(world) == [HUNG, HUNG]
    await head.says("/hoho")
    await head.says(HUNG)
    await head.says("chắc là người kia")
    assert "Xin chọn một mục bên dưới" in head.hears()
    await head.presses("Người khác")
    await head.sends_photo(b"a face")
    assert "gõ bằng chữ" in head.hears()
    await head.says("?!")
    assert "năm sinh hoặc tên thường gọi" in head.hears()
    await head.says("Hùng Lò Vôi")
    await head.says("Bao giờ có nước sạch cho xóm trên?")
    await head.presses("Gửi")
    assert await people(world) == [HUNG, HUNG, f"{HUNG} (Hùng Lò Vôi)"]


async def test_office_and_head_read_which_of_the_two_it_is(world: World) -> None:
    head = await head_of(world)
    await asks_for(head, HUNG)
    await asks_for(head, HUNG, "Người khác", "1958", text=LAMPS)
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await secretary.says("/phanloai")
    await secretary.presses("DL-2024-0002")
    assert f"{HUNG} (1958)" in secretary.hears()
    async with world.store.unit() as uow:
        question = await question_of(uow, "DL-2024-0002")
        await tell(uow, [question.asker_id], Message("talk.cancelled"), question_id=question.id)
        await uow.commit()
    await world.settle()
    assert f"báo lại cho {HUNG} (1958)" in head.hears()


async def test_what_a_neighbour_registered_is_shown_before_it_is_written_over(world: World) -> None:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await makes_meeting(secretary, APRIL)
    head = await head_of(world)
    await registers_for(head, HUNG, "Phát biểu", "Vệ sinh chợ", "Gửi")
    await registers_for(head, HUNG, f"{HUNG} – ghi ngày 01/03/2024", "Tham dự")
    assert "Đang ghi ĐK-DL-2024-0001: Phát biểu: Vệ sinh chợ. Bấm Gửi thì ghi lại như trên." in head.hears()
    await head.presses("Huỷ")
    await head.says("/danhsach")
    assert "phát biểu (ĐK-DL-2024-0001): Vệ sinh chợ" in head.hears()


async def test_somebody_with_a_chat_of_their_own_takes_one_seat_and_hears_what_was_said_for_them(world: World) -> None:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await makes_meeting(secretary, APRIL)
    head = await head_of(world)
    hung = await world.resident("DL-hang-gon", HUNG)
    await registers_for(head, HUNG, f"{HUNG} – tự nhắn tin", "Tham dự", "Gửi")
    assert "Đinh Tấn Dũng đã đăng ký hộ bà/ông dự buổi" in hung.hears()
    await asks_for(head, HUNG, f"{HUNG} – tự nhắn tin")
    assert "Đinh Tấn Dũng đã gửi hộ bà/ông câu hỏi DL-2024-0001" in hung.hears()
    assert await people(world) == [HUNG]
    await hung.says("/cauhoi")
    assert "DL-2024-0001" in hung.hears()


async def test_one_entered_meanwhile_is_never_taken_in_silence(world: World) -> None:
    head = await head_of(world)
    await head.says("/hoho")
    await head.says(HUNG)
    await head.says(MARKET)
    async with world.store.unit() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        await uow.people.add(Person(HUNG, hamlet.id))
        await uow.commit()
    await head.presses("Gửi")
    assert f"Vừa có người tên {HUNG} được ghi" in head.hears()
    assert head.sees_button("Gửi"), "nothing that was typed is lost"
    async with world.store.unit() as uow:
        [speaker] = await uow.people.holders(Role.HAMLET_HEAD, hamlet)
        with pytest.raises(RuleBroken, match="namesake"):
            await enter_neighbour(uow, speaker, name=HUNG, hamlet_id=hamlet.id, same_as=speaker.id)


async def test_a_mark_is_put_right_and_taken_away(world: World) -> None:
    head = await head_of(world)
    await asks_for(head, HUNG)
    for presses, says, called in (("Gửi", "1958", f"{HUNG} (1958)"), ("Gửi", "", HUNG)):
        await head.says("/sua")
        await head.presses(HUNG if says else f"{HUNG} (1958)")
        await head.presses("Năm sinh, tên gọi")
        await (head.says(says) if says else head.presses("Bỏ mục này"))
        await head.presses(presses)
        assert await people(world) == [called]
    await head.says("/sua")
    await head.presses(HUNG)
    await head.presses("Năm sinh, tên gọi")
    await head.says("1958")
    await head.presses("Gửi")
    await head.says("/sua")
    await head.presses(f"{HUNG} (1958)")
    await head.presses("Năm sinh, tên gọi")
    await head.says(" 1958 ")
    await head.presses("Gửi")
    assert "Không có gì thay đổi" in head.hears()


async def test_who_is_asked_of_a_person_sees_the_mark_among_the_own_data(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/sua")
    await mai.presses("Năm sinh, tên gọi")
    await mai.says("Mai Chợ")
    await mai.presses("Gửi")
    await mai.says("/dulieu")
    assert "Năm sinh, tên gọi: Mai Chợ" in mai.hears()


@pytest.fixture
async def office(world: World) -> Office:
    """The meeting of April is fixed for Thursday 25 April, 08:00."""
    office = await open_office(world)
    await makes_meeting(office.secretary, APRIL)
    await fixes_day(office.secretary)
    office.put_away()
    return office


async def test_guests_of_one_name_are_shown_and_two_numbers_are_two_people(office: Office) -> None:
    await adds(office, "2", f"{HUNG}, Phó Bí thư, 0912345678")
    await adds(office, "3", f"{HUNG}, Phó bí thư", "NGUYEN VAN HUNG, Phó Bí thư, 0987654321", f"{HUNG}, Trưởng Công an")
    heard = office.secretary.hears()
    assert "Đã thêm 2 người. Đã có trong danh sách từ trước: 1." in heard
    assert f"– NGUYEN VAN HUNG, Phó Bí thư (đã có: {HUNG}, Phó Bí thư)" in heard
    assert f"– {HUNG}, Trưởng Công an (đã có: {HUNG}, Phó Bí thư)" in heard
    await office.secretary.presses(f"{HUNG}, Trưởng Công an")
    await office.secretary.presses("Bỏ khỏi danh sách")
    assert len(await guests(office.world)) == 2


async def came(office: Office) -> list[Registration]:
    async with office.world.store.reading() as uow:
        return [one for one in await uow.meetings.registrations(1, waiting=True) if one.present_at]  # type: ignore[arg-type]


async def stands_at_the_door(office: Office, name: str, place: str = "TDP Hàng Gòn") -> None:
    await office.secretary.says("/dontiep")
    await office.secretary.presses("Người chưa đăng ký")
    await office.secretary.says(name)
    await office.secretary.presses(place)


async def test_at_the_door_whoever_registered_is_let_in_by_that_registration(office: Office) -> None:
    mai = office.mai
    await mai.says("/dangky")
    await mai.presses("Tham dự")
    await mai.presses("Gửi")
    office.world.clock.move_to(local(2024, 4, 25, 8))
    await stands_at_the_door(office, "nguyen thi mai")
    await office.secretary.presses("Nguyễn Thị Mai – tự nhắn tin")
    assert "ĐK-DL-2024-0001" in office.secretary.hears()
    assert [one.reference for one in await came(office)] == ["ĐK-DL-2024-0001"]
    await stands_at_the_door(office, "Nguyễn Thị Mai")
    await office.secretary.presses("Nguyễn Thị Mai – tự nhắn tin")
    assert "đã ghi có mặt lúc" in office.secretary.hears()
    await stands_at_the_door(office, "Nguyễn Thị Mai")
    await office.secretary.presses("Người khác")
    await office.secretary.says("Mai Chợ")
    assert len(await came(office)) == 2
    await office.secretary.says("mai chợ")
    assert office.secretary.sees_button("✓ Nguyễn Thị Mai (Mai Chợ) – TDP Hàng Gòn – 0002")


async def test_at_the_door_somebody_known_who_had_not_registered_is_no_second_person(office: Office) -> None:
    office.world.clock.move_to(local(2024, 4, 25, 8))
    await stands_at_the_door(office, "Nguyễn Thị Mai")
    await office.secretary.presses("Nguyễn Thị Mai – tự nhắn tin")
    [registration] = await came(office)
    await office.mai.says("/dangky")
    assert registration.reference in office.mai.hears()


async def test_at_the_door_people_from_elsewhere_are_told_apart_too(office: Office) -> None:
    office.world.clock.move_to(local(2024, 4, 25, 8))
    await stands_at_the_door(office, HUNG, "Nơi khác")
    await stands_at_the_door(office, HUNG, "Nơi khác")
    assert "Đã có người tên" in office.secretary.hears()
    await office.secretary.presses(f"{HUNG} – ghi ngày 25/04/2024")
    assert len(await came(office)) == 1
    async with office.world.store.unit() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        [secretary] = await uow.people.holders(Role.SECRETARY, unit)
        with pytest.raises(RuleBroken, match="namesake"):
            await walk_in(uow, by=secretary, meeting_id=1, name=HUNG, unit_id=None)  # type: ignore[arg-type]
