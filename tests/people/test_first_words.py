"""Getting to know each other, and the first question."""

import pytest

from intake.actions.people.invite import make_invitation
from intake.rules.people.person import Role
from tests.support.delegates import person_called
from tests.support.office import open_office, person_named
from tests.support.stories import take_roles
from tests.support.world import Phone, World


async def enters(phone: Phone) -> None:
    """Agree, and say where one lives and how one is called."""
    await phone.presses("Đồng ý")
    await phone.presses("TDP Hàng Gòn")
    await phone.says("Nguyễn Thị Mai")
    await phone.presses("Bỏ qua")


@pytest.mark.contract
async def test_a_newcomer_agrees_and_sees_the_menu(world: World) -> None:
    mai = world.phone()
    await mai.says("/start")
    assert mai.sees_button("Đồng ý")
    await enters(mai)

    assert mai.sees_button("📅 Lịch đối thoại")


@pytest.mark.contract
async def test_a_sent_question_gets_a_reference(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await mai.presses("Gửi")

    assert "DL-2024-0001" in mai.hears()


@pytest.mark.contract
async def test_looking_something_up_does_not_cost_what_is_being_typed(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says("Đường vào xóm 3 hỏng từ tháng 5")
    await mai.presses("Gửi")
    follow = mai.button("Theo dõi")
    await mai.says("/hoi")
    await mai.says("Bao giờ có nước sạch cho xóm trên?")
    await mai.taps_code(follow)
    assert "Đường vào xóm 3" in mai.hears()
    await mai.presses("Gửi")

    assert "DL-2024-0002" in mai.hears()


ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"
ACCUSES = "Chủ tịch xã nhận phong bì 50 triệu của tôi để làm sổ đỏ mà không làm"


@pytest.mark.contract
async def test_whoever_accuses_somebody_in_their_first_words_is_asked_before_anything_is_sent(world: World) -> None:
    """A newcomer's words waited through the whole entering, and were then offered to be sent like any question."""
    mai = world.phone()
    await mai.says(ACCUSES)
    await enters(mai)

    assert not mai.sees_button("Gửi")
    await mai.presses("Phản ánh về cán bộ, gửi kín")
    assert ACCUSES in mai.hears()


async def test_what_is_no_words_is_no_part_of_what_a_newcomer_wants_to_say(world: World) -> None:
    mai = world.phone()
    for said in ("Đường vào xóm 3 hỏng, bao giờ sửa?", "alo", "7", "?"):
        await mai.says(said)
    await enters(mai)

    assert "\n\nĐường vào xóm 3 hỏng, bao giờ sửa?\n\n" in mai.hears()


async def test_so_is_whoever_works_in_the_office_no_more_and_lives_nowhere_yet(plain_world: World) -> None:
    office = await open_office(plain_world)
    former = office.official
    async with plain_world.store.unit() as uow:
        await take_roles(uow, (await person_called(uow, "Lê Thị Hoa")).id)
        await uow.commit()
    await former.says(ACCUSES)
    await former.presses("Đổi thôn/tổ")
    await former.presses("TDP Hàng Gòn")

    assert not former.sees_button("Gửi")
    await former.presses("Phản ánh về cán bộ, gửi kín")
    assert ACCUSES in former.hears()


async def test_whoever_only_asks_whether_somebody_is_there_begins_no_question(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    for said in ("có ai ở đó không", "Cho em hỏi chút ạ", "cho toi hoi voi", "alo co ai day ko"):
        await mai.says(said)
        heard = mai.hears()
        assert "xin gõ luôn vào đây" in heard, said
        assert not mai.sees_button("Gửi"), said
    for said in ("cho tôi hỏi đường ở đâu", "ai cho phép đổ rác ở đó", "có ai sửa đèn không"):
        await mai.says("huỷ")
        await mai.says(said)
        assert said in mai.hears()


async def test_whoever_came_by_an_invitation_is_promised_no_notices_of_a_hamlet(world: World) -> None:
    async with world.store.unit() as uow:
        town = await uow.places.unit_by_code("DL")
        assert town is not None
        desk = (await uow.places.desks(town.id))[0]
        code = await make_invitation(uow, Role.OFFICIAL, town, desk=desk)
        await uow.commit()
    phone = world.phone()
    await phone.says(f"/start i-{code}")
    await phone.presses("Đồng ý")
    await phone.says("Phạm Thị Cán")
    await phone.presses("Bỏ qua")
    heard = phone.hears()
    assert "Cảm ơn Phạm Thị Cán." in heard
    assert "thông báo của thôn" not in heard
    assert f"đã nhận vai trò cán bộ chuyên môn tại {desk.name}, thị trấn Di Lăng." in heard


async def test_a_command_on_the_way_in_begins_nothing_anew_and_loses_no_invitation(world: World) -> None:
    async with world.store.unit() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        code = await make_invitation(uow, Role.SECRETARY, unit)
        await uow.commit()
    thu = world.phone()
    await thu.says(f"/start i-{code}")
    await thu.presses("Đồng ý")
    await thu.says("Lê Thị Thu")
    await thu.says("/menu")
    assert "Xin trả lời nốt câu này" in thu.hears()
    assert thu.sees_button("Bỏ qua"), "the number is asked for again, the name is not"
    await thu.says("/start")
    await thu.presses("Đồng ý")
    await thu.says("Lê Thị Thu")
    await thu.presses("Bỏ qua")

    assert "Bà/ông đã nhận vai trò thư ký" in thu.hears()


async def test_whoever_wants_no_more_letters_or_cannot_come_is_led_where_that_is_done(world: World) -> None:
    """Both began a question; the first brought the card for emergencies besides."""
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    for said in ("đừng nhắn cho tôi nữa", "Đừng gửi tin cho em nữa ạ", "Thôi đừng nhắn nữa", "dung nhan tin nua"):
        await mai.says(said)
        assert mai.hears().startswith("Nếu bà/ông rút đồng ý"), said
        await mai.says("huỷ")
    for said in ("em không đi họp nữa ạ", "toi khong di hop duoc"):
        await mai.says(said)
        assert not mai.sees_button("Gửi"), said
        assert "Hiện chưa có lịch đối thoại" in mai.hears(), said
    await mai.says("Họp lúc nào mà tôi không đi họp được thế?")
    assert mai.sees_button("Gửi"), "more words say something else"


async def test_a_command_before_the_consent_loses_no_invitation(world: World) -> None:
    async with world.store.unit() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        code = await make_invitation(uow, Role.SECRETARY, unit)
        await uow.commit()
    thu = world.phone()
    await thu.says(f"/start i-{code}")
    await thu.says("/menu")
    await thu.presses("Đồng ý")
    await thu.says("Lê Thị Thu")
    await thu.presses("Bỏ qua")

    assert "Bà/ông đã nhận vai trò thư ký" in thu.hears()


@pytest.mark.parametrize("between", ["/menu", "/start", "/hoi Đèn đường cũng hỏng"])
@pytest.mark.parametrize("agreed", [False, True])
async def test_what_was_said_first_outlives_every_command_on_the_way_in(
    world: World, between: str, agreed: bool
) -> None:
    mai = world.phone()
    await mai.says(ROAD)
    if agreed:
        await mai.presses("Đồng ý")
    await mai.says(between)
    if mai.sees_button("Đồng ý"):
        await mai.presses("Đồng ý")
    await mai.presses("TDP Hàng Gòn")
    await mai.says("Nguyễn Thị Mai")
    await mai.presses("Bỏ qua")

    assert ROAD in mai.hears()
    assert between.removeprefix("/hoi ") in mai.hears() or " " not in between, "and so does what is said later"
    assert mai.sees_button("Gửi")


async def test_whoever_begins_again_as_grown_up_has_no_guardian(world: World) -> None:
    mai = world.phone()
    await mai.says(ROAD)
    await mai.presses("Tôi chưa đủ 16 tuổi")
    await mai.says("Nguyễn Văn Hải")
    await mai.says("/start")
    await enters(mai)
    await mai.presses("Gửi")

    async with world.store.reading() as uow:
        [consent] = await uow.people.consents_of((await person_named(uow, "Nguyễn Thị Mai")).id)
    assert consent.guardian == ""
