"""What is taken from one chat in one day: little before its person is known, enough for everybody afterwards."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from intake.rules.people.person import Role
from intake.rules.people.quota import DailyQuota, HouseLimits
from storage import tables as t
from tests.support.world import World

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"
TOO_MUCH = "Tin vừa rồi chưa được nhận vì hôm nay cuộc trò chuyện này đã gửi quá nhiều."
FILE_TOO_MUCH = "Tệp này chưa được nhận vì hôm nay cuộc trò chuyện này đã gửi quá nhiều tệp."
SMALL = HouseLimits(
    before_consent=DailyQuota(letters=600, file_bytes=2_500),
    after_consent=DailyQuota(letters=1_200, file_bytes=5_000),
    questions_a_day=2,
)


def picture(number: int) -> bytes:
    """A picture of a thousand bytes, unlike any other."""
    return b"\x89PNG\r\n\x1a\n\0\0\x03\xd4IDAT" + str(number).encode().ljust(984, b"x")


def kept(world: World) -> int:
    """How many files lie in the folder."""
    return sum(1 for path in Path(world.data_dir / "attachments").rglob("*") if path.is_file())


@pytest.mark.contract
async def test_a_stranger_leaves_no_more_files_than_one_may_and_is_told(world: World):
    world.store.limits = SMALL
    stranger = world.phone()
    await stranger.says("/start")
    for number in range(2):
        await stranger.sends_photo(picture(number))
        assert FILE_TOO_MUCH not in stranger.hears()
    before = kept(world)
    for number in range(2, 6):
        await stranger.sends_photo(picture(number))
        assert FILE_TOO_MUCH in stranger.hears()

    assert kept(world) == before == 2
    world.clock.move(days=1)
    await stranger.sends_photo(picture(7))
    assert FILE_TOO_MUCH not in stranger.hears()


@pytest.mark.contract
async def test_files_that_come_too_fast_are_neither_fetched_nor_kept(world: World):
    resident = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    for number in range(40):  # all at the same moment
        await resident.line.photo(resident.address, picture(number), "")
    await world.settle()

    assert kept(world) == 20
    assert "nhắn nhanh quá" in resident.hears()


@pytest.mark.contract
async def test_whoever_is_known_may_send_more(world: World):
    world.store.limits = SMALL
    resident = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    for number in range(5):
        await resident.sends_photo(picture(number))
        assert FILE_TOO_MUCH not in resident.hears()
    await resident.sends_photo(picture(6))

    assert FILE_TOO_MUCH in resident.hears()
    assert kept(world) == 5


async def test_a_chat_that_has_typed_too_much_today_is_told_and_goes_on_tomorrow(world: World):
    world.store.limits = SMALL
    resident = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await resident.says("/hoi")
    await resident.says(ROAD)
    world.clock.move(minutes=1)
    await resident.says("Thêm nữa: " + "rất dài " * 200)

    assert TOO_MUCH in resident.hears()
    assert ROAD in resident.hears(), "the draft is shown again, as it was"
    assert "rất dài" not in resident.hears()
    world.clock.move(days=1)
    await resident.presses("Gửi")
    assert "DL-2024-0001" in resident.hears()


async def test_a_flood_that_is_too_much_is_not_answered_word_for_word(world: World):
    world.store.limits = SMALL
    stranger = world.phone()
    await stranger.says("/start")
    for number in range(15):
        await stranger.line.text(stranger.address, f"{number} " + "dài " * 200)
    await world.settle()

    assert stranger.hears().count(TOO_MUCH) == 1


async def test_whoever_is_in_danger_is_told_where_to_call_even_when_nothing_more_is_taken(world: World):
    world.store.limits = HouseLimits(before_consent=DailyQuota(letters=30, file_bytes=0))
    stranger = world.phone()
    await stranger.says("/start")
    await stranger.says("/menu")
    await stranger.says("Cháy nhà ở xóm 3, cứu với, có người bị thương")

    assert "114" in stranger.hears()


async def test_a_photo_that_comes_before_the_consent_goes_with_the_question(world: World):
    stranger = world.phone()
    await stranger.sends_photo(picture(1), ROAD)
    await stranger.presses("Đồng ý")
    await stranger.presses("TDP Hàng Gòn")
    await stranger.says("Nguyễn Thị Mai")
    await stranger.presses("Bỏ qua")
    assert "– 1 ảnh" in stranger.hears()
    await stranger.presses("Gửi")

    async with world.store.engine.connect() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(t.attachments)) == 1


async def test_a_photo_without_words_before_the_consent_is_asked_what_it_is_about(world: World):
    stranger = world.phone()
    await stranger.sends_photo(picture(1))
    await stranger.presses("Đồng ý")
    await stranger.presses("TDP Hàng Gòn")
    await stranger.says("Nguyễn Thị Mai")
    await stranger.presses("Bỏ qua")
    await stranger.says(ROAD)

    assert "– 1 ảnh" in stranger.hears()


async def test_a_photo_that_comes_before_a_refused_consent_is_deleted(world: World):
    stranger = world.phone()
    await stranger.sends_photo(picture(1), ROAD)
    assert kept(world) == 1
    await stranger.presses("Không đồng ý")

    assert kept(world) == 0


async def test_one_question_too_many_stays_as_it_is_until_tomorrow(world: World):
    world.store.limits = SMALL
    resident = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    for number in range(2):
        await resident.says(f"{ROAD} Đoạn {number}.")
        await resident.presses("Gửi")
        assert "Đã nhận" in resident.hears()
    await resident.says("Cống đầu xóm bị sập.")
    await resident.presses("Gửi")

    assert "Hôm nay bà/ông đã gửi 2 câu hỏi, là số nhiều nhất trong một ngày." in resident.hears()
    assert "Cống đầu xóm bị sập." in resident.hears()
    world.clock.move(days=1)
    await resident.presses("Gửi")
    assert "DL-2024-0003" in resident.hears()


async def test_a_hamlet_head_types_more_for_neighbours_and_still_has_questions_of_their_own(world: World):
    world.store.limits = HouseLimits(questions_a_day=1)
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Văn Rin")
    for number in range(5):
        await head.says("/hoho")
        await head.says(f"Phạm Thị Út {'abcdef'[number]}")
        await head.says(f"{ROAD} Nhà số {number}.")
        await head.presses("Gửi")
        assert "Đã nhận" in head.hears()
    await head.says("/hoho")
    await head.says("Phạm Thị Sáu")
    await head.says(ROAD)
    await head.presses("Gửi")
    assert "Hôm nay bà/ông đã gửi hộ 5 câu hỏi" in head.hears()

    await head.says("/huy")
    await head.says(ROAD)
    await head.presses("Gửi")
    assert "Đã nhận" in head.hears()


async def test_a_request_about_own_data_too_many_stays_as_it_is_until_tomorrow(plain_world: World):
    """Each is a task with two clocks of the law and a letter to the secretary."""
    plain_world.store.limits = SMALL
    secretary = await plain_world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    resident = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    for number in range(3):
        await resident.says("/yeucau")
        await resident.says(f"Xin bản sao đơn số {number}.")
        await resident.presses("Gửi")
        assert ("YC-DL-2024" in resident.hears()) is (number < 2)
    assert "Hôm nay bà/ông đã gửi 2 yêu cầu về dữ liệu" in resident.hears()
    assert "đơn số 2" in resident.hears()
    secretary.reads()
    plain_world.clock.move(days=1)
    await resident.presses("Gửi")
    assert "YC-DL-2024-0003" in resident.hears()
    assert "YC-DL-2024-0003" in secretary.hears()
