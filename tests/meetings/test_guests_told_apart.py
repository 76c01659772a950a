"""Who a guest is to the bot: a proven phone number or the office's code say it, a typed number does not (R051)."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from intake.rules.meetings.guest import Guest
from intake.rules.meetings.meeting import MeetingState
from intake.rules.people.account_link import WRONG_CODES
from storage import tables as t
from tests.meetings.test_guests import FRONT, adds, guests, invites_all, opens_group
from tests.support.meetings import APRIL, fixes_day, makes_meeting
from tests.support.office import Office, open_office, person_named
from tests.support.telegram_line import TelegramLine
from tests.support.webchat_line import WebChatLine
from tests.support.world import Phone, World, local, opened_world

NGA = "Nguyễn Thị Nga"
NUMBER = "0912345678"


@pytest.fixture
async def office(world: World) -> Office:
    """The meeting of April is fixed for Thursday 25 April, 08:00; Nguyễn Thị Nga stands on the list with a number."""
    return await with_guests(world)


async def with_guests(world: World) -> Office:
    office = await open_office(world)
    await makes_meeting(office.secretary, APRIL)
    await fixes_day(office.secretary)
    await adds(office, "2", FRONT, "Trần Văn Xa, Bí thư")
    office.put_away()
    return office


async def begins(phone: Phone, name: str = NGA) -> None:
    """Up to the step that asks for the phone number."""
    await phone.says("/start h-DL-hang-gon")
    await phone.presses("Đồng ý")
    await phone.says(name)


async def gets_code(office: Office, number: str = "1") -> str:
    await opens_group(office, "2")
    await office.secretary.presses(number)
    await office.secretary.presses("🔑 Mã khách mời")
    return office.secretary.hears().split("Mã khách mời của ")[1].split(": ")[1].split()[0].removeprefix("g-")


async def nga_on_the_list(office: Office) -> Guest:
    return (await guests(office.world))[0]


@pytest.mark.contract
async def test_a_typed_number_of_a_guest_brings_no_invitation_and_declines_nothing(office: Office) -> None:
    stranger = office.world.phone()
    await begins(stranger, "Người Tò Mò")
    await stranger.says(NUMBER)
    assert "chưa được xác nhận là của bà/ông" in stranger.hears()
    assert "xin hỏi Văn phòng mã khách mời" in stranger.hears()
    await office.secretary.taps_code("guests.1")
    assert not office.secretary.sees_button("📨 Gửi giấy mời (1)")
    await stranger.taps_code("guestno.1")
    assert "Không tìm thấy" in stranger.hears()
    assert (await nga_on_the_list(office)).person_id is None
    await stranger.says("/dulieu")
    assert "+84912345678 (tự nhập, chưa xác nhận; chỉ dùng để gọi lại)" in stranger.hears()


async def test_whoever_has_only_a_typed_number_is_named_to_be_invited_in_person(office: Office) -> None:
    await begins(nga := office.world.phone())
    await nga.says(NUMBER)
    await opens_group(office, "1")
    await office.secretary.presses("➕ Thêm người")
    await office.secretary.presses("Lê Thị Hoa – Cán bộ, công chức chuyên môn thị trấn")
    await office.secretary.presses("Xong")
    await invites_all(office)
    assert "Cần mời trực tiếp hoặc qua điện thoại" in office.secretary.hears()
    assert "– Nguyễn Thị Nga, Chủ tịch UBMTTQ" in office.secretary.hears()
    assert "GIẤY MỜI" not in nga.hears()


async def test_telegrams_own_contact_proves_a_number_and_brings_the_invitation(office: Office) -> None:
    line = office.world.line
    if line.network != "telegram":
        line = TelegramLine()
        await office.world.connect(line)
    await begins(nga := office.world.phone(line=line))
    await nga.shares_phone("84912345678")
    assert "chưa được xác nhận" not in nga.hears()
    await invites_all(office)
    assert f"Kính mời {NGA}" in nga.hears()
    await nga.says("/dulieu")
    assert "Số điện thoại: +84912345678" in nga.hears()
    assert "chưa xác nhận" not in nga.hears()


async def test_a_card_that_any_other_network_sends_is_typed_by_whoever_sends_it(office: Office) -> None:
    """What Zalo's form and the web page bring was filled in by hand."""
    line = office.world.line
    if line.network == "telegram":
        line = WebChatLine()
        await office.world.connect(line)
    await begins(nga := office.world.phone(line=line))
    await nga.shares_phone(NUMBER)
    assert "chưa được xác nhận là của bà/ông" in nga.hears()


@pytest.mark.contract
async def test_a_guest_who_types_the_offices_code_gets_the_invitation_at_once(office: Office) -> None:
    code = await gets_code(office)
    nga = office.world.phone()
    await nga.says(f"#g-{code.lower()}")
    await nga.presses("Đồng ý")
    await nga.presses("TDP Hàng Gòn")
    await nga.says("Nga")
    await nga.says(NUMBER)
    assert f"Kính mời {NGA} dự buổi đối thoại" in nga.hears()
    await nga.presses("Vắng")
    assert "❌ vắng" in nga.hears()
    assert f"{NGA} báo vắng" in office.secretary.hears()
    await nga.says("/dulieu")
    assert "chưa xác nhận" not in nga.hears(), "the office knows the number and handed the code to whoever has it"


async def test_a_code_proves_no_other_number_and_works_once(office: Office) -> None:
    code = await gets_code(office)
    await begins(nga := office.world.phone())
    await nga.says("0987654321")
    await nga.says(f"/start g-{code}")
    assert f"Kính mời {NGA}" in nga.hears()
    await nga.says("/dulieu")
    assert "(tự nhập, chưa xác nhận" in nga.hears()
    await office.mai.says(f"/start g-{code}")
    assert "không đúng, đã dùng, hoặc buổi đối thoại đã qua" in office.mai.hears()
    await office.secretary.taps_code("guest.1")
    assert not office.secretary.sees_button("🔑 Mã khách mời"), "a chat has the invitation"


async def test_a_code_that_was_used_stands_in_no_chat_any_more(tmp_path: Path) -> None:
    """The history of a web chat lies with us: whoever looks over a secretary's shoulder reads no code there."""
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), plan="di-lang-2024") as world:
        office = await with_guests(world)
        code = await gets_code(office)
        await office.mai.says(f"/start g-{code.lower()}")
        assert f"Kính mời {NGA}" in office.mai.hears()
        async with world.store.reading() as uow:
            lines = (await uow.session.scalars(sa.select(sa.cast(t.web_messages.c.said, sa.Text)))).all()
    assert lines
    assert not [line for line in lines if code in line.upper()]


async def test_a_newer_code_makes_the_old_one_void(office: Office) -> None:
    old, new = await gets_code(office), await gets_code(office)
    await office.mai.says(f"/start g-{old}")
    assert "không đúng" in office.mai.hears()
    await office.mai.says(f"/start g-{new}")
    assert f"Kính mời {NGA}" in office.mai.hears()


async def test_a_code_of_a_guest_without_a_number_says_who_they_are(office: Office) -> None:
    code = await gets_code(office, "2")
    await office.mai.says(f"/start g-{code}")
    assert "Kính mời Trần Văn Xa" in office.mai.hears()
    async with office.world.store.reading() as uow:
        assert not (await person_named(uow, "Nguyễn Thị Mai")).phone_proven


async def test_guessing_codes_is_stopped_for_an_hour(office: Office) -> None:
    code = await gets_code(office)
    for _ in range(WRONG_CODES):
        await office.mai.says("/start g-AAAAAAAAAA")
        assert "không đúng" in office.mai.hears()
    await office.mai.says(f"/start g-{code}")
    assert "sai mã nhiều lần" in office.mai.hears()
    office.world.clock.move(hours=1)
    await office.mai.says(f"/start g-{code}")
    assert "GIẤY MỜI" in office.mai.hears()


async def test_a_code_of_a_meeting_that_is_over_opens_nothing(office: Office) -> None:
    code = await gets_code(office)
    office.world.clock.move_to(local(2024, 4, 26))
    await office.mai.says(f"/start g-{code}")
    assert "đã qua" in office.mai.hears()
    await office.secretary.says("/danhsach")
    await office.secretary.taps_code("guestcode.1")
    assert "Mã khách mời của" in office.secretary.hears(), "until somebody says that it took place"
    async with office.world.store.unit() as uow:
        (await uow.meetings.get(1)).state = MeetingState.HELD  # type: ignore[arg-type]
        await uow.commit()
    await office.secretary.taps_code("guestcode.1")
    assert "đã kết thúc" in office.secretary.hears()


async def test_before_the_day_is_fixed_the_code_makes_the_guest_known(world: World) -> None:
    office = await open_office(world)
    await makes_meeting(office.secretary, APRIL)
    await adds(office, "2", FRONT)
    code = await gets_code(office)
    office.put_away()
    await office.mai.says(f"/start g-{code}")
    assert "có tên trong danh sách mời" in office.mai.hears()
    assert not office.mai.sees_button("Dự")
    await fixes_day(office.secretary)
    await invites_all(office)
    assert "GIẤY MỜI" in office.mai.hears()


async def test_codes_are_the_secretarys_to_give(office: Office) -> None:
    for phone in (office.mai, office.official, office.chair):
        await phone.taps_code("guestcode.1")
        assert "Không tìm thấy" in phone.hears()
