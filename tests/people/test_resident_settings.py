"""Settings and one's own data: language, hamlet, a copy of everything, erasing it (LAW C5)."""

from typing import Any

import pytest
import sqlalchemy as sa

from intake.rules.people.person import PersonId, Role
from storage.tables import metadata
from tests.conftest import load
from tests.support.stories import answer, neighbour_asks, planned_meeting, residents_of
from tests.support.world import Phone, World

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"
NAME = "Nguyễn Thị Mai"


async def test_the_settings_lead_to_language_hamlet_and_data(world: World) -> None:
    mai = await world.resident("DL-hang-gon", NAME)
    await mai.says("/menu")
    await mai.presses("⚙️ Cài đặt")
    for label in ("Ngôn ngữ", "Đổi thôn/tổ", "Dữ liệu của tôi", "Xoá dữ liệu"):
        assert mai.sees_button(label)
    await mai.presses("Ngôn ngữ")
    await mai.presses("English")
    assert "From now on we write in English." in mai.hears()
    assert mai.sees_button("⚙️ Settings")
    await mai.says("/ngonngu")
    await mai.says("klingon")
    assert "Please choose one" in mai.hears()
    await mai.says("tieng viet")
    assert "Từ nay chúng tôi nhắn bằng tiếng Việt." in mai.hears()


async def test_a_chosen_language_outlives_a_text_in_another(world: World) -> None:
    mai = await world.resident("DL-hang-gon", NAME)
    await mai.says("/ngonngu")
    await mai.presses("English")
    await mai.says("/hoi")
    await mai.says(ROAD)
    assert mai.sees_button("Send")


@pytest.mark.contract
async def test_the_language_is_chosen_before_the_consent_and_kept_through_it(world: World) -> None:
    ann = world.phone()
    await ann.says("/ngonngu")
    await ann.presses("English")
    assert ann.sees_button("I agree")
    await ann.presses("I agree")
    await ann.presses("TDP Hàng Gòn")
    await ann.says("/ngonngu")
    await ann.presses("Tiếng Việt")
    assert "họ và tên" in ann.hears()
    await ann.says("ngôn ngữ")  # a name is being asked for: these are taken as the person's own words
    await ann.says("/ngonngu")
    await ann.presses("English")
    await ann.presses("Skip")
    assert ann.sees_button("⚙️ Settings")
    await ann.says("/hoi")
    await ann.says(ROAD)
    assert ann.sees_button("Send")


async def test_a_stranger_who_cancels_the_language_is_a_stranger_still(world: World) -> None:
    ann = world.phone()
    await ann.says("/ngonngu")
    await ann.presses("Huỷ")
    assert "Đã huỷ" in ann.hears()
    await ann.says("/dulieu")
    assert ann.sees_button("Đồng ý")


async def test_moving_to_another_hamlet(world: World) -> None:
    await planned_meeting(world, "DL-lang-dau")
    mai = await world.resident("DL-hang-gon", NAME)
    await mai.says("/caidat")
    await mai.says("đổi thôn/tổ")
    await mai.presses("TDP Làng Dầu")
    assert "bà/ông ở TDP Làng Dầu" in mai.hears()
    await mai.says("/lich")
    assert "Đối thoại tháng 4" in mai.hears()


async def test_moving_to_another_commune(world: World) -> None:
    await load(world, "an-duong-2024")
    mai = await world.resident("DL-hang-gon", NAME)
    await mai.says("/caidat")
    await mai.presses("Đổi thôn/tổ")
    await mai.presses("thị trấn Di Lăng")
    await mai.says("huỷ")
    await mai.says("/dulieu")
    assert "Thôn/tổ: TDP Hàng Gòn" in mai.hears()


NETWORKS = {"telegram": "Telegram", "webchat": "trang web", "zalo": "Zalo"}


async def _with_data(world: World) -> Phone:
    phone = world.phone()
    await phone.says("/start h-DL-hang-gon")
    await phone.presses("Đồng ý")
    await phone.says(NAME)
    await phone.says("0912 345 678")
    await planned_meeting(world, "DL-hang-gon")
    await phone.says("/hoi")
    await phone.sends_photo(b"\xff\xd8\xff\xe0 a picture", ROAD)
    await phone.presses("Gửi")
    await phone.says("/dangky")
    await phone.presses("Phát biểu")
    await phone.says("Rác thải ở chợ")
    await phone.presses("Gửi")
    world.clock.move(minutes=1)
    return phone


@pytest.mark.contract
async def test_the_copy_says_everything_that_is_kept(world: World) -> None:
    mai = await _with_data(world)
    await mai.says("dữ liệu của tôi")
    for told in (
        f"Tên: {NAME}",
        "Thôn/tổ: TDP Hàng Gòn",
        "Số điện thoại: +84912345678",
        "Ngôn ngữ: Tiếng Việt",
        "Đã đồng ý lúc 08:00, 01/03/2024",
        f"Nhắn tin qua: {NETWORKS[world.line.network]}",
        "ĐK-DL-2024-0001: phát biểu, Đối thoại tháng 4 năm 2024",
        "Rác thải ở chợ",
        "DL-2024-0001 · Câu hỏi",
        "tệp kèm: 1",
        ROAD,
    ):
        assert told in mai.hears(), told


async def test_the_copy_of_somebody_who_gave_nothing_but_a_name(world: World) -> None:
    thu = await world.staff(Role.SECRETARY, "DL", "Lê Thị Thu")
    await thu.says("/dulieu")
    for told in ("Thôn/tổ: không có", "Số điện thoại: không có", "Vai trò: thư ký, thị trấn Di Lăng"):
        assert told in thu.hears(), told
    assert len(thu.news()) == 1


@pytest.mark.contract
async def test_a_long_copy_comes_in_several_messages(world: World) -> None:
    mai = await world.resident("DL-hang-gon", NAME)
    for number in range(3):
        await mai.says("/hoi")
        await mai.says(f"Câu {number} " + "đèn " * 500)
        await mai.presses("Gửi")
    await mai.says("/dulieu")
    assert len(mai.news()) == (7 if world.line.network == "zalo" else 4)
    assert all(len(message.text) < 3500 for message in mai.news())


async def test_short_questions_share_a_message(world: World) -> None:
    mai = await world.resident("DL-hang-gon", NAME)
    for _ in range(2):
        await mai.says("/hoi")
        await mai.says(ROAD)
        await mai.presses("Gửi")
    await mai.says("/dulieu")
    assert len(mai.news()) == 2


async def test_the_copy_tells_nothing_of_the_neighbours_own_words(world: World) -> None:
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Hồ Văn Tổ")
    await neighbour_asks(world, ROAD)
    await head.says("/dulieu")
    assert "DL-2024-0001: hỏi hộ người khác" in head.hears()
    assert ROAD not in head.hears()


@pytest.mark.contract
async def test_erasing_leaves_no_trace_of_the_person_but_the_question(world: World) -> None:
    mai = await _with_data(world)
    await mai.says("/xoa")
    assert "hồ sơ hành chính" in mai.hears()
    await mai.presses("Xoá")
    assert "Đã xoá dữ liệu" in mai.hears()

    kept = await _everything(world)
    for trace in (NAME, "+84912345678", "Rác thải ở chợ"):
        assert not [row for row in kept if trace in row], trace
    assert [row for row in kept if ROAD in row]

    await answer(world, "DL-2024-0001", "Đã sửa.")
    assert "Đã sửa." not in mai.hears()
    await mai.taps_code("erase")
    await mai.says("/cauhoi")
    assert mai.sees_button("Đồng ý")
    await mai.taps_code("status.1")
    assert ROAD not in mai.hears()


async def test_erasing_takes_the_roles_along_and_frees_the_place_of_the_registration(world: World) -> None:
    meeting = await planned_meeting(world, "DL-hang-gon")
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Hồ Văn Tổ")
    await head.says("/dangky")
    await head.presses("Tham dự")
    await head.presses("Gửi")
    await head.says("/xoa")
    await head.says("hmm")
    assert "Xin chọn một mục" in head.hears()
    await head.says("Xoá")  # typed instead of tapped, though it is the name of the command too
    assert "Đã xoá dữ liệu" in head.hears()
    async with world.store.unit() as uow:
        place = await uow.places.unit_by_code("DL-hang-gon")
        assert place is not None
        assert await uow.people.holders(Role.HAMLET_HEAD, place) == []
        assert await residents_of(uow, place.id) == []
        assert await uow.meetings.registrations(meeting.id) == []
        assert await uow.meetings.registrations_of(PersonId(1))
        assert await uow.people.grants_of(PersonId(1)) == []


async def test_erasing_leaves_the_neighbours(world: World) -> None:
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Hồ Văn Tổ")
    await neighbour_asks(world, ROAD)
    await head.says("/xoa")
    await head.presses("Xoá")
    assert [row for row in await _everything(world) if "Cụ Năm" in row]


@pytest.mark.parametrize("how", ["Huỷ", "huy", "/huy"])
async def test_not_erasing_after_all(world: World, how: str) -> None:
    mai = await world.resident("DL-hang-gon", NAME)
    await mai.says("/xoa")
    await mai.says(how)
    await mai.says("/dulieu")
    assert NAME in mai.hears()


async def test_erasing_in_english_says_goodbye_in_english(world: World) -> None:
    ann = await world.resident("DL-hang-gon", "Ann Smith")
    await ann.says("/ngonngu")
    await ann.presses("English")
    await ann.says("my data")
    assert "What we keep about you" in ann.hears()
    await ann.presses("Erase my data")
    await ann.presses("Erase")
    assert "Your data is erased" in ann.hears()
    await ann.says("/menu")
    assert ann.sees_button("I agree")


async def _everything(world: World) -> list[str]:
    """Every row of every table but the plan, as text."""
    rows: list[str] = []
    async with world.store.engine.connect() as connection:
        for table in metadata.sorted_tables:
            found: Any = await connection.execute(sa.select(table))
            rows += [f"{table.name} {tuple(row)}" for row in found if table.name != "plans"]
    return rows
