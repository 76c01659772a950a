"""A plan that names no hamlet (An Dương): people join the commune, and the clerk adds the names from the chat."""

import pytest

from intake.rules.meetings.meeting import MeetingState
from intake.rules.people.person import Role
from intake.rules.text import by_name
from tests.conftest import load
from tests.support.stories import planned_meeting, set_meeting
from tests.support.world import Phone, World, local


@pytest.fixture
async def an_duong(plain_world: World) -> World:
    await load(plain_world, "an-duong-2024")
    return plain_world


async def joins(world: World, name: str, place: str | None) -> Phone:
    phone = world.phone()
    await phone.says("/start")
    await phone.presses("Đồng ý")
    await phone.presses("xã An Dương")
    assert "bà/ông được ghi là người của xã An Dương" in phone.hears()
    if place is None:
        await phone.presses("Bỏ qua")
    else:
        await phone.says(place)
    await phone.says(name)
    await phone.presses("Bỏ qua")
    return phone


async def test_somebody_joins_the_commune_says_the_hamlet_in_words_and_asks(an_duong: World) -> None:
    secretary = await an_duong.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    lan = await joins(an_duong, "Trần Thị Lan", "nhà em ở Thôn Đình Ngọ, gần chợ ạ")
    assert "Chào Trần Thị Lan" in lan.hears() or "Trần Thị Lan" in lan.hears()

    await lan.says("/hoi")
    await lan.says("Cống trước chợ tắc từ tháng 3, khi nào xã khơi thông?")
    await lan.presses("Gửi")
    assert "Đã nhận, mã AD-2024-0001" in lan.hears()

    await secretary.presses("Mở")
    assert "Nơi gửi: xã An Dương" in secretary.hears()
    assert "Nơi ở do người hỏi ghi: Thôn Đình Ngọ, gần chợ" in secretary.hears()
    await lan.says("/dulieu")
    assert "Nơi ở do bà/ông ghi: Thôn Đình Ngọ, gần chợ" in lan.hears()
    await lan.says("/xoa")
    await lan.presses("Xoá")
    await secretary.says("/phanloai")
    assert "Đình Ngọ" not in secretary.hears()


async def test_a_place_of_no_letters_is_asked_again_and_a_known_person_may_change_it(an_duong: World) -> None:
    minh = await joins(an_duong, "Lê Văn Minh", None)
    await minh.says("/doithon")
    await minh.presses("xã An Dương")
    await minh.says("???")
    assert "Xin gõ tên thôn, tổ" in minh.hears()
    await minh.says("Tổ 4")
    assert "Tổ 4" in minh.hears()


async def test_a_notice_to_nobody_is_refused_with_what_is_missing(an_duong: World) -> None:
    secretary = await an_duong.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    meeting = await planned_meeting(an_duong, plan="an-duong-2024")
    await set_meeting(an_duong, meeting, MeetingState.FIXED)
    await secretary.says("/thongbao")
    await secretary.presses("Gửi")
    assert "Thông báo này chưa đến được ai: xã An Dương chưa có tên thôn" in secretary.hears()
    assert "Đúng hạn" not in secretary.hears()

    lan = await joins(an_duong, "Trần Thị Lan", "Thôn Đình Ngọ")
    await secretary.presses("Gửi")
    assert "Đã phát hành" in secretary.hears()
    await secretary.presses("Gửi tới xã An Dương")
    await secretary.presses("Gửi")
    an_duong.clock.move(hours=2)
    await an_duong.settle()
    assert "THÔNG BÁO" in lan.hears()


async def test_the_clerk_names_the_hamlets_and_invites_a_head(an_duong: World) -> None:
    secretary = await an_duong.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    await secretary.says("/moi")
    await secretary.presses("Trưởng thôn/tổ")
    assert "chưa mời được trưởng thôn" in secretary.hears()
    await secretary.presses("📄 Kế hoạch")
    await secretary.presses(next(label for label in secretary.news()[-1].buttons if label.startswith("Trả lời")))
    while "Có những thôn, tổ dân phố nào?" not in secretary.hears():
        await secretary.presses("Để sau")
    await secretary.says("Thôn 10\nThôn 2\nÂn Phú\nAn Lạc\nĐồng Vào\nDân Tiến")

    await secretary.says("/moi")
    await secretary.presses("Trưởng thôn/tổ")
    hamlets = [label for label in secretary.news()[-1].buttons if label != "Huỷ"]
    assert hamlets == ["An Lạc", "Ân Phú", "Dân Tiến", "Đồng Vào", "Thôn 2", "Thôn 10"]

    async with an_duong.store.reading() as uow:
        commune = await uow.places.unit_by_code("AD")
        assert commune is not None
        below = await uow.rosters.units_below(commune.id)
    meeting = await planned_meeting(an_duong, *(unit.code for unit in below), plan="an-duong-2024")
    async with an_duong.store.reading() as uow:
        covered = await uow.meetings.hamlets(meeting.id)
    assert [unit.name for unit in below] == hamlets, "where seats are shared out"
    assert [unit.name for unit in covered] == hamlets, "on the meeting's card"


@pytest.mark.parametrize(
    "names",
    [
        ["Thôn 1", "Thôn 2", "Thôn 10", "Thôn 11"],
        ["An Phú", "Ân Phú", "Dân Tiến", "Đồng Vào", "Vạn Long"],
        ["Hoa", "Hoà", "Hoả", "Hoã", "Hoá", "Hoạ", "Hoàng"],
        ["Tổ dân phố số 3", "Tổ dân phố số 03A", "Tổ dân phố số 12"],
        ["Mai", "mai Anh", "Mãi"],
    ],
)
def test_names_are_listed_as_a_reader_looks_them_up(names: list[str]) -> None:
    shuffled = names[1::2] + names[::2]
    assert sorted(shuffled, key=by_name) == names


async def test_the_office_enters_what_came_on_paper_with_the_hamlet_in_words(an_duong: World) -> None:
    """And lets in whoever comes unregistered: nowhere is somebody asked to choose among nothing."""
    secretary = await an_duong.staff(Role.SECRETARY, "AD", "Lê Thị Mai")
    await secretary.says("/hoho")
    await secretary.says("Trần Văn Hai")
    assert "Trần Văn Hai ở thôn, tổ nào? Xin gõ tên, hoặc chọn một mục bên dưới." in secretary.hears()
    await secretary.says("Thôn Đình Ngọ")
    await secretary.presses("Thư, giấy")
    await secretary.presses("Hôm nay")
    await secretary.says("Cống trước chợ tắc từ tháng 3, khi nào xã khơi thông?")
    await secretary.presses("Gửi")
    await secretary.says("/phanloai")
    await secretary.presses("AD-2024-0001")
    assert "Trần Văn Hai" in secretary.hears()
    assert "Thôn Đình Ngọ" in secretary.hears()
    meeting = await planned_meeting(an_duong, plan="an-duong-2024")
    await set_meeting(an_duong, meeting, MeetingState.FIXED)
    an_duong.clock.move_to(local(2024, 4, 25, 13, 30))
    await secretary.says("/dontiep")
    await secretary.says("Lê Văn Ba")
    await secretary.presses("Người này chưa đăng ký")
    await secretary.presses("xã An Dương")
    assert "Lê Văn Ba" in secretary.hears()
    await secretary.presses("Số người đến")
    assert "Xã An Dương: 1/1" in secretary.hears()
    assert "Nơi khác" not in secretary.hears()
