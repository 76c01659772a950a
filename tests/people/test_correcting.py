"""Putting right what is kept of a person: name, phone number, home (LAW C5)."""

import pytest
import sqlalchemy as sa

from intake.actions.deadlines.supervision import supervised_by
from intake.actions.people.correct import move_home
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound
from intake.rules.people.correction import DataCorrection
from intake.rules.people.person import Grant, Person, Role
from tests.conftest import load
from tests.support.meetings import APRIL, makes_meeting
from tests.support.office import Office, open_office, person_named
from tests.support.telegram_line import TelegramLine
from tests.support.world import Phone, World

MAI = "Nguyễn Thị Mai"
RIGHT = "Nguyễn Thị Mài"


async def corrects(phone: Phone, what: str, *said: str) -> None:
    """From the command up to what is shown before it is done."""
    await phone.says("/sua")
    if phone.sees_button("Của tôi"):
        await phone.presses("Của tôi")
    await phone.presses(what)
    for words in said:
        await phone.says(words)


async def entries(world: World) -> list[tuple[str, str]]:
    async with world.store.reading() as uow:
        rows = await uow.session.scalars(sa.select(AuditEntry))
        return [(row.subject, row.detail["what"]) for row in rows if row.act == "correct"]


@pytest.mark.contract
async def test_a_name_is_put_right_and_the_lists_show_it(world: World) -> None:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await makes_meeting(secretary, APRIL)
    mai = await world.resident("DL-hang-gon", MAI)
    await mai.says("/dangky")
    await mai.presses("Tham dự")
    await mai.presses("Gửi")
    await mai.says("/caidat")
    await mai.presses("✏️ Sửa thông tin")
    assert f"Tên: {MAI}\nSố điện thoại: không có\nThôn/tổ: TDP Hàng Gòn" in mai.hears()
    await mai.presses("Họ tên")
    await mai.says(RIGHT)
    assert f"Đang ghi: {MAI}\nSửa thành: {RIGHT}" in mai.hears()
    await secretary.says("/danhsach")
    assert MAI in secretary.hears(), "not before it is sent"
    await mai.presses("Gửi")
    assert f"Đã sửa. Họ tên: {RIGHT}." in mai.hears()
    await secretary.says("/danhsach")
    assert RIGHT in secretary.hears()
    assert MAI not in secretary.hears()


async def test_the_old_name_is_kept_sealed_told_to_the_person_and_gone_with_them(world: World) -> None:
    mai = await world.resident("DL-hang-gon", MAI)
    await corrects(mai, "Họ tên", RIGHT)
    await mai.presses("Gửi")
    async with world.store.reading() as uow:
        person = await person_named(uow, RIGHT)
        [kept] = await uow.session.scalars(sa.select(DataCorrection))
        assert MAI not in kept.was_sealed
        assert await entries(world) == [(f"person:{person.id}", "name")]
    await mai.says("/dulieu")
    assert f"Họ tên, trước đó: {MAI}" in mai.hears()
    await mai.says("/xoa")
    await mai.presses("Xoá")
    async with world.store.reading() as uow:
        assert (await uow.session.scalars(sa.select(DataCorrection))).all() == []


async def test_what_is_no_name_is_asked_again_and_what_is_the_same_changes_nothing(world: World) -> None:
    mai = await world.resident("DL-hang-gon", MAI)
    await corrects(mai, "Họ tên", "1")
    assert "họ và tên" in mai.hears()
    await mai.says(MAI)
    await mai.presses("Sửa")
    await mai.presses("Họ tên")
    await mai.says(f" {MAI} ")
    await mai.says("được chưa?")
    assert "Xin chọn một mục bên dưới" in mai.hears()
    await mai.presses("Gửi")
    assert "Không có gì thay đổi" in mai.hears()
    assert await entries(world) == []


async def test_a_number_is_given_changed_and_taken_away(world: World) -> None:
    mai = await world.resident("DL-hang-gon", MAI)
    await corrects(mai, "Số điện thoại", "không nhớ")
    assert "số điện thoại" in mai.hears()
    await mai.says("0912 345 678")
    assert "Đang ghi: không có\nSửa thành: +84912345678" in mai.hears()
    await mai.presses("Gửi")
    await corrects(mai, "Số điện thoại", "0912 345 678")
    await mai.presses("Gửi")
    assert "Không có gì thay đổi" in mai.hears()
    await corrects(mai, "Số điện thoại")
    await mai.presses("Bỏ số này")
    assert "Đang ghi: +84912345678 (tự nhập, chưa xác nhận)\nSửa thành: không có" in mai.hears()
    await mai.presses("Gửi")
    await mai.says("/dulieu")
    assert "Số điện thoại: không có" in mai.hears()
    assert await entries(world) == [("person:1", "phone"), ("person:1", "phone")]


async def test_ones_own_number_shared_out_of_the_blue_is_offered_for_keeping(world: World) -> None:
    """The card that asks for it stays in a chat on Zalo; on Telegram one's own contact can be shared at any time."""
    mai = await world.resident("DL-hang-gon", MAI)
    await mai.shares_phone("84912345678")
    assert "Đang ghi: không có\nSửa thành: +84912345678" in mai.hears()
    await mai.presses("Gửi")
    await mai.says("/dulieu")
    assert "Số điện thoại: +84912345678" in mai.hears()
    await mai.shares_phone("12")
    heard = mai.hears()
    assert "số điện thoại" in heard.lower()
    assert "viết câu hỏi" not in heard


async def test_a_typed_number_is_proven_later_by_telegrams_own_contact(world: World) -> None:
    line = world.line
    if line.network != "telegram":
        line = TelegramLine()
        await world.connect(line)
    mai = await world.resident("DL-hang-gon", MAI, line=line)
    await corrects(mai, "Số điện thoại", "0912345678")
    await mai.presses("Gửi")
    await corrects(mai, "Số điện thoại")
    await mai.shares_phone("84912345678")
    await mai.presses("Gửi")
    async with world.store.reading() as uow:
        assert (await person_named(uow, MAI)).phone_proven
    await corrects(mai, "Số điện thoại", "0987654321")
    await mai.presses("Gửi")
    async with world.store.reading() as uow:
        assert not (await person_named(uow, MAI)).phone_proven, "another number is proven anew"


async def test_the_home_is_another_hamlet(world: World) -> None:
    mai = await world.resident("DL-hang-gon", MAI)
    await corrects(mai, "Thôn/tổ")
    await mai.says("ở đâu cũng được")
    assert "Xin chọn một mục bên dưới" in mai.hears()
    await mai.presses("TDP Làng Dầu")
    assert "Đang ghi: TDP Hàng Gòn\nSửa thành: TDP Làng Dầu" in mai.hears()
    await mai.presses("Gửi")
    assert "Đã sửa. Thôn/tổ: TDP Làng Dầu." in mai.hears()
    await mai.says("/dulieu")
    assert "Thôn/tổ, trước đó: TDP Hàng Gòn" in mai.hears()


async def test_moving_by_the_settings_is_noted_just_as_well(world: World) -> None:
    mai = await world.resident("DL-hang-gon", MAI)
    await mai.says("/doithon")
    await mai.presses("TDP Làng Dầu")
    await mai.says("/start h-DL-hang-gon")
    await mai.presses("Đúng")
    assert await entries(world) == [("person:1", "hamlet"), ("person:1", "hamlet")]


async def test_where_a_plan_names_no_hamlets_the_place_is_put_right_in_words(world: World) -> None:
    await load(world, "an-duong-2024")
    mai = await world.resident("AD", MAI)
    await corrects(mai, "Thôn/tổ", "thôn Vĩnh Khê")
    assert "Sửa thành: thôn Vĩnh Khê" in mai.hears()
    await mai.presses("Gửi")
    await mai.says("/doithon")
    await mai.presses("xã An Dương")
    await mai.says("thôn Cái Tắt")
    await mai.says("/dulieu")
    assert "thôn Cái Tắt" in mai.hears()
    assert "Thôn/tổ, trước đó: thôn Vĩnh Khê" in mai.hears()


async def test_in_several_communes_one_can_move_to_another(world: World) -> None:
    await load(world, "an-duong-2024")
    mai = await world.resident("DL-hang-gon", MAI)
    await corrects(mai, "Thôn/tổ")
    await mai.presses("Xã, phường khác")
    await mai.presses("xã An Dương")
    await mai.says("thôn Cái Tắt")
    assert "bà/ông ở thôn Cái Tắt" in mai.hears()


async def head_with_thoa(world: World) -> Phone:
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    await head.says("/hoho")
    await head.says("Hồ Thị Thoa")
    await head.says("Chợ quá bẩn, bao giờ dọn vệ sinh?")
    await head.presses("Gửi")
    head.reads()
    return head


async def test_a_head_puts_right_the_name_of_a_neighbour(world: World) -> None:
    head = await head_with_thoa(world)
    await head.says("/sua")
    await head.says("Bích")
    assert "Không có ai tên Bích" in head.hears()
    await head.says("thoa")
    await head.presses("Hồ Thị Thoa")
    await head.presses("Họ tên")
    await head.says("Hồ Thị Thỏa")
    await head.presses("Gửi")
    assert "Đã sửa. Họ tên: Hồ Thị Thỏa." in head.hears()
    await head.presses("Sửa mục khác")
    await head.presses("Số điện thoại")
    assert "số điện thoại của Hồ Thị Thỏa" in head.hears()
    await head.says("0912345678")
    await head.presses("Gửi")
    async with world.store.reading() as uow:
        thoa = await person_named(uow, "Hồ Thị Thỏa")
        assert thoa.phone_sealed is not None
        assert not thoa.phone_proven


async def test_a_head_moves_a_neighbour_to_own_hamlets_only(world: World) -> None:
    head = await head_with_thoa(world)
    await head.says("/sua")
    await head.presses("Hồ Thị Thoa")
    await head.presses("Thôn/tổ")
    assert head.sees_button("TDP Hàng Gòn")
    assert not head.sees_button("TDP Làng Dầu")
    await head.presses("TDP Hàng Gòn")
    await head.presses("Gửi")
    assert "Không có gì thay đổi" in head.hears()
    async with world.store.unit() as uow:
        speaker, thoa = await person_named(uow, "Đinh Tấn Dũng"), await person_named(uow, "Hồ Thị Thoa")
        elsewhere = await uow.places.unit_by_code("DL-lang-dau")
        assert elsewhere is not None
        with pytest.raises(NotFound):
            await move_home(uow, by=speaker, person_id=thoa.id, home_id=elsewhere.id)


async def test_nobody_puts_right_somebody_elses_data(world: World) -> None:
    head = await head_with_thoa(world)
    other = await world.staff(Role.HAMLET_HEAD, "DL-lang-dau", "Phạm Văn Khác")
    mai = await world.resident("DL-hang-gon", MAI)
    async with world.store.reading() as uow:
        thoa, own = (await person_named(uow, "Hồ Thị Thoa")).id, (await person_named(uow, MAI)).id
    for phone in (other, mai):
        await phone.taps_code(f"correct.{thoa}")
        assert "Không tìm thấy" in phone.hears()
    for code in (f"correct.{own}", "correct.99999", "correct.x", f"correct.{thoa}.1"):
        await head.taps_code(code)
        assert "Không tìm thấy" in head.hears(), "who has a chat corrects what is theirs"


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def requests(office: Office, text: str = "Xin sửa tên trong sổ") -> None:
    await office.mai.says("/yeucau")
    assert "Sửa họ tên, số điện thoại, thôn/tổ thì gõ /sua" in office.mai.hears()
    await office.mai.says(text)
    await office.mai.presses("Gửi")
    office.mai.reads()


async def test_the_office_does_what_a_request_asks_and_the_clocks_are_met_by_it(office: Office) -> None:
    await requests(office)
    await office.secretary.presses("Mở")
    await office.secretary.presses("✏️ Sửa thông tin người này")
    await office.secretary.presses("Họ tên")
    await office.secretary.says(RIGHT)
    await office.secretary.presses("Gửi")
    assert "Yêu cầu YC-DL-2024-0001 đã xong; người yêu cầu được báo" in office.secretary.hears()
    assert f"đã được thực hiện:\nHọ tên đã được sửa thành: {RIGHT}" in office.mai.hears()
    await office.secretary.says("/viec")
    assert "YC-DL-2024-0001" not in office.secretary.hears()
    async with office.world.store.reading() as uow:
        mai = await person_named(uow, RIGHT)
    await office.secretary.taps_code(f"correct.{mai.id}.1")
    assert "Không tìm thấy" in office.secretary.hears(), "with the request the office's right to do so is over"


async def test_who_does_it_alone_closes_the_request_alone(office: Office) -> None:
    await requests(office)
    await corrects(office.mai, "Họ tên", RIGHT)
    await office.mai.presses("Gửi")
    await office.mai.presses("Yêu cầu YC-DL-2024-0001 xong rồi")
    assert "đã khép lại" in office.mai.hears()
    assert "đã tự làm xong" in office.secretary.hears()
    await office.secretary.says("/viec")
    assert "YC-DL-2024-0001" not in office.secretary.hears()
    await office.mai.taps_code("requestdone.1")
    assert "đã được xử lý" in office.mai.hears()
    await office.other.taps_code("requestdone.1")
    assert "Không tìm thấy" in office.other.hears()


async def test_a_secretary_puts_right_who_stands_on_a_list_and_has_no_chat(office: Office) -> None:
    """Whoever came in at the door belongs to nobody else."""
    async with office.world.store.unit() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        cu = await uow.people.add(Person("Cụ Ba", hamlet.id))
        await uow.commit()
    for phone in (office.chair, office.official):
        await phone.taps_code(f"correct.{cu.id}")
        assert "Không tìm thấy" in phone.hears()
    await office.secretary.taps_code(f"correct.{cu.id}")
    await office.secretary.presses("Thôn/tổ")
    await office.secretary.presses("TDP Làng Dầu")
    await office.secretary.presses("Gửi")
    assert "Đã sửa. Thôn/tổ: TDP Làng Dầu." in office.secretary.hears()


async def test_of_many_neighbours_the_first_are_shown_and_the_others_found_by_name(world: World) -> None:
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    async with world.store.unit() as uow:
        speaker = await person_named(uow, "Đinh Tấn Dũng")
        for number in range(10, 30):
            await uow.people.add(Person(f"Cụ {number}", speaker.hamlet_id, entered_by=speaker.id))
        await uow.commit()
    await head.says("/sua")
    assert "Đang hiện 12 trong 20 người" in head.hears()
    assert not head.sees_button("Cụ 29")
    await head.says("cu 29")
    assert head.sees_button("Cụ 29")
    await head.presses("Của tôi")
    assert "Tên: Đinh Tấn Dũng" in head.hears()


async def test_those_one_speaks_for_stand_in_the_order_of_names(plain_world: World) -> None:
    head = await plain_world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Thị Hà")
    for name in ("Vạn Long", "Ân Phú", "Đỗ Mười", "An Khê", "Dư Hai"):
        await head.says(f"/hoho {name}")
        await head.says(f"Đường trước nhà {name} hỏng, khi nào sửa?")
        await head.presses("Gửi")
        plain_world.clock.move(minutes=5)
    await head.says("/sua")
    offered = [label for message in head.news() for label in message.buttons]
    names = [one for one in offered if one in {"Vạn Long", "Ân Phú", "Đỗ Mười", "An Khê", "Dư Hai"}]
    assert names == ["An Khê", "Ân Phú", "Dư Hai", "Đỗ Mười", "Vạn Long"]


async def test_the_units_one_watches_over_stand_in_that_order_too(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    async with plain_world.store.unit() as uow:
        roots = {unit.code: unit for unit in await uow.places.roots()}
        roots["DL"].name, roots["AD"].name = "xã Vạn Long", "xã Ân Phú"
        await uow.commit()
    await plain_world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát")
    async with plain_world.store.unit() as uow:
        watching = await person_named(uow, "Bùi Văn Sát")
        await uow.people.give(Grant(watching.id, Role.SUPERVISOR, roots["AD"].id, None, uow.now))
        await uow.flush()
        assert [one.unit.name for one in await supervised_by(uow, watching)] == ["xã Ân Phú", "xã Vạn Long"]
