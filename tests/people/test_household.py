"""Several people of a household share one phone: each with own questions, registrations and rights (PRODUCT, Roles)."""

import pytest

from intake.actions.people.household import MOST_MEMBERS, add_member, member_of
from intake.actions.questions.ask_question import ask_question
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.person import Person, Role
from tests.support.meetings import APRIL, makes_meeting
from tests.support.office import person_named
from tests.support.stories import answer, lay_on_desk, residents_of
from tests.support.telegram_line import TelegramLine
from tests.support.webchat_line import WebChatLine
from tests.support.world import Line, Phone, World

MAI, BA, NAM = "Nguyễn Thị Mai", "Trần Thị Bà", "Nguyễn Văn Năm"
LAMPS = "Đèn đường xóm 2 hỏng từ lâu, bao giờ sửa?"


async def mai_with(world: World, *members: str) -> Phone:
    """Nguyễn Thị Mai has a phone that others of the household use too."""
    mai = await world.resident("DL-hang-gon", MAI)
    for name in members:
        await adds(mai, name)
    mai.reads()
    return mai


async def adds(mai: Phone, name: str) -> None:
    await mai.says("/giadinh")
    await mai.presses("➕ Thêm người")
    await mai.says(name)


async def asks(mai: Phone, whose: str, text: str = LAMPS) -> None:
    await mai.says("/hoi")
    await mai.presses(whose)
    await mai.says(text)
    await mai.presses("Gửi")


@pytest.fixture
async def secretary(world: World) -> Phone:
    """A meeting of April is made."""
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await makes_meeting(secretary, APRIL)
    secretary.reads()
    return secretary


async def people(world: World) -> list[Person]:
    async with world.store.reading() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        return list(await residents_of(uow, hamlet.id))


@pytest.mark.contract
async def test_whoever_lives_there_is_added_and_asks_under_their_own_name(world: World, secretary: Phone) -> None:
    mai = await world.resident("DL-hang-gon", MAI)
    await mai.says("/caidat")
    await mai.presses("👪 Người trong nhà")
    assert "Mỗi người có câu hỏi, đăng ký và dữ liệu riêng" in mai.hears()
    await mai.presses("➕ Thêm người")
    await mai.says(BA)
    assert f"Đã thêm {BA}." in mai.hears()
    assert f"– {BA}" in mai.hears()
    await mai.says("/hoi")
    assert "Gửi câu hỏi cho ai?" in mai.hears()
    await mai.says("cho ai đó")
    assert "Xin chọn một mục bên dưới" in mai.hears()
    await mai.presses(BA)
    assert f"câu hỏi của {BA}" in mai.hears()
    await mai.says(LAMPS)
    assert f"Câu hỏi của {BA}" in mai.hears()
    await mai.presses("Gửi")
    assert "mã DL-2024-0001" in mai.hears()
    await secretary.says("/phanloai")
    await secretary.presses("DL-2024-0001")
    assert BA in secretary.hears()
    assert MAI not in secretary.hears()
    await lay_on_desk(world, "DL-2024-0001")
    await answer(world, "DL-2024-0001", "Xã sửa trong quý II.")
    assert f"báo lại cho {BA}" in mai.hears()
    assert "Xã sửa trong quý II." in mai.hears()


async def test_alone_with_a_phone_nobody_is_asked_for_whom(world: World, secretary: Phone) -> None:
    mai = await mai_with(world)
    await mai.says("/hoi")
    assert "cho ai" not in mai.hears()
    await mai.says("/dangky")
    assert "cho ai" not in mai.hears()


@pytest.mark.contract
async def test_each_registers_for_themselves(world: World, secretary: Phone) -> None:
    mai = await mai_with(world, BA, NAM)
    for whose in ("Cho tôi", BA):
        await mai.says("/dangky")
        assert "Đăng ký cho ai?" in mai.hears()
        await mai.presses(whose)
        await mai.presses("Phát biểu")
        await mai.says(f"Việc của {whose}")
        await mai.presses("Gửi")
    assert f"👪 {BA}" in mai.hears()
    assert "ĐK-DL-2024-0002" in mai.hears()
    await mai.presses("Mã vào cửa")
    assert "ĐK-DL-2024-0002" in mai.hears()
    await secretary.says("/danhsach")
    assert f"{MAI} – phát biểu (ĐK-DL-2024-0001)" in secretary.hears()
    assert f"{BA} – phát biểu (ĐK-DL-2024-0002)" in secretary.hears()
    await mai.says("/dangky")
    await mai.presses(BA)
    assert "ĐK-DL-2024-0002" in mai.hears()
    await mai.presses("Lượt phát biểu của tôi")
    assert "2" in mai.hears()
    await mai.says("/dangky")
    await mai.presses(BA)
    await mai.presses("Mã vào cửa")
    assert "ĐK-DL-2024-0002" in mai.hears()
    await mai.says("/dangky")
    await mai.says("cho ai cũng được")
    await mai.presses(BA)
    await mai.presses("Rút đăng ký")
    await secretary.says("/danhsach")
    assert BA not in secretary.hears()
    assert MAI in secretary.hears()


async def test_a_question_begun_for_oneself_is_given_to_somebody_else_before_it_is_sent(world: World) -> None:
    mai = await mai_with(world, BA)
    await mai.says(LAMPS)
    await mai.presses("🔒 Gửi kín")
    await mai.presses("👪 Gửi cho ai?")
    await mai.presses(BA)
    assert f"Câu hỏi của {BA}" in mai.hears()
    assert not mai.sees_button("🔒 Gửi kín"), "for somebody else nothing is sent sealed"
    await mai.presses("👪 Gửi cho ai?")
    await mai.presses("Cho tôi")
    await mai.presses("👪 Gửi cho ai?")
    await mai.presses(BA)
    await mai.presses("Gửi")
    async with world.store.reading() as uow:
        question = await uow.questions.by_reference("DL-2024-0001")
        assert question is not None
        assert not question.sensitive
        assert question.asker_id == (await person_named(uow, BA)).id


async def test_a_denunciation_is_not_sent_for_somebody_of_the_household(world: World) -> None:
    """LAW C4.4."""
    mai = await mai_with(world, BA)
    await mai.says("Tôi tố cáo ông trưởng thôn ăn chặn tiền hỗ trợ của dân")
    await mai.presses("Hỏi")
    await mai.presses("👪 Gửi cho ai?")
    await mai.presses(BA)
    assert "phải do chính người đó nộp" in mai.hears()


@pytest.mark.contract
async def test_each_has_own_data_to_see_correct_and_erase(world: World, secretary: Phone) -> None:
    """LAW C5."""
    mai = await mai_with(world, BA)
    await asks(mai, BA)
    await asks(mai, "Cho tôi", "Bao giờ có nước sạch cho xóm trên?")
    await mai.says("/giadinh")
    await mai.presses(BA)
    await mai.presses("Dữ liệu")
    assert f"Tên: {BA}" in mai.hears()
    assert LAMPS in mai.hears()
    assert "nước sạch" not in mai.hears()
    await mai.presses("Quay lại")
    await mai.presses("✏️ Sửa thông tin")
    await mai.presses("Họ tên")
    await mai.says("Trần Thị Bá")
    await mai.presses("Gửi")
    assert "Đã sửa. Họ tên: Trần Thị Bá." in mai.hears()
    await mai.says("/giadinh")
    await mai.presses("Trần Thị Bá")
    await mai.presses("Xoá dữ liệu người này")
    await mai.says("thôi")
    assert "Xin chọn một mục bên dưới" in mai.hears()
    await mai.presses("Xoá")
    assert "Đã xoá dữ liệu của Trần Thị Bá." in mai.hears()
    assert "Nếu trong nhà có người" in mai.hears()
    assert [one.name for one in await people(world)] == [MAI]
    await mai.says("/hoi")
    assert "cho ai" not in mai.hears()
    await mai.says("/cauhoi")
    assert "DL-2024-0002" in mai.hears(), "what is Mai's own stays"


async def test_each_of_a_household_withdraws_and_restricts_for_themselves(world: World, secretary: Phone) -> None:
    mai = await mai_with(world, BA)
    await asks(mai, BA)
    secretary.reads()

    async def her_card(*buttons: str) -> None:
        await mai.says("/giadinh")
        for one in (BA, *buttons):
            await mai.presses(one)

    await her_card("Hạn chế dùng dữ liệu")
    assert f"👪 {BA}" in mai.reads()
    await mai.says("hmm")
    await mai.presses("Hạn chế dùng dữ liệu")
    assert "Có yêu cầu về dữ liệu cá nhân" in secretary.hears()
    async with world.store.reading() as uow:
        hers, own = await person_named(uow, BA), await person_named(uow, MAI)
        [question] = await uow.questions.of_person(hers.id)
        assert (question.restricted, own.restricted_at) == (True, None)
        assert await uow.clocks.running_for(question.id) == []
        [entry] = await uow.audit.find(person_id=None, subject=f"person:{hers.id}", since=None, until=None, limit=1)
        assert (entry.entry.act, entry.entry.actor_id) == ("restrict_data", own.id), "done by whose phone it is"
    await her_card("Bỏ hạn chế")
    await mai.says("hmm")
    await mai.presses("Bỏ hạn chế")
    assert "Đã bỏ hạn chế" in mai.reads()

    await her_card("Rút đồng ý", "Rút đồng ý")
    assert "Đã rút đồng ý" in mai.reads()
    await mai.says("/hoi")
    await mai.presses(BA)
    await mai.says("Nhà tôi chưa có nước sạch, bao giờ có?")
    await mai.presses("Gửi")
    assert f"{BA} đã rút đồng ý" in mai.reads()
    await mai.says("/dangky")
    await mai.presses(BA)
    await mai.presses("Tham dự")
    await mai.presses("Gửi")
    assert f"{BA} đã rút đồng ý" in mai.reads()
    await mai.says("huỷ")
    await mai.says("/hoi")
    await mai.presses("Cho tôi")
    await mai.says("Đèn đường nhà tôi hỏng, bao giờ sửa?")
    await mai.presses("Gửi")
    assert "DL-2024-0002" in mai.reads(), "it is her consent, not that of the others"

    await her_card("Đồng ý lại", "Không đồng ý")
    await her_card("Đồng ý lại")
    await mai.says("hmm")
    await mai.presses("Đồng ý")
    async with world.store.reading() as uow:
        hers = await person_named(uow, BA)
        assert hers.withdrawn_at is None
        assert [one.withdrawn_at is None for one in await uow.people.consents_of(hers.id)] == [False, True]


async def test_who_has_the_name_already_is_asked_about_within_the_household(world: World) -> None:
    mai = await mai_with(world, BA)
    await adds(mai, "tran thi ba")
    await mai.presses(f"{BA} – ghi ngày 01/03/2024")
    assert [one.called for one in await people(world)] == [MAI, BA]
    await adds(mai, BA)
    await mai.presses("Người khác")
    await mai.says("1950")
    assert [one.called for one in await people(world)] == [MAI, BA, f"{BA} (1950)"]


async def test_a_household_has_an_end_and_belongs_somewhere(world: World) -> None:
    mai = await mai_with(world, *(f"Cháu {letter}" for letter in "ABCDEFGHIKLM"))
    assert len(await people(world)) == MOST_MEMBERS + 1
    await mai.says("/giadinh")
    await mai.presses("➕ Thêm người")
    heard = mai.hears()
    assert "nhiều nhất 12 người" in heard
    assert "Họ và tên" not in heard, "said before a name is typed"
    async with world.store.unit() as uow:
        nobody = await uow.people.add(Person("Cán Bộ"))
        with pytest.raises(RuleBroken, match="no_hamlet"):
            await add_member(uow, owner=nobody, name=BA)
        owner = await person_named(uow, MAI)
        owner.members -= 1
        with pytest.raises(RuleBroken, match="namesake"):
            await add_member(uow, owner=owner, name="cháu a")
        with pytest.raises(NotFound):
            await member_of(uow, nobody, owner.id)


async def test_nobody_touches_the_household_of_another_phone(world: World, secretary: Phone) -> None:
    await mai_with(world, BA)
    other = await world.resident("DL-hang-gon", "Hồ Văn Hai")
    await adds(other, NAM)
    async with world.store.reading() as uow:
        ba = (await person_named(uow, BA)).id
    for verb in ("member", "memberdata", "memberphone", "membererase", "memberwithdraw", "memberrestrict", "correct"):
        await other.taps_code(f"{verb}.{ba}")
        assert "Không tìm thấy" in other.hears(), verb
    await other.taps_code(f"mycode.1.{ba}")
    assert "Không tìm thấy" in other.hears()


@pytest.fixture
async def there(world: World) -> Line:
    """The other network, beside the one the story begins on."""
    line: Line = WebChatLine() if world.line.network == "telegram" else TelegramLine()
    await world.connect(line)
    return line


@pytest.mark.contract
async def test_a_phone_of_their_own_takes_what_is_theirs_along(world: World, there: Line) -> None:
    mai, other = await mai_with(world, BA, NAM), world.phone(line=there)
    await asks(mai, BA)
    await mai.says("/giadinh")
    await mai.presses(BA)
    await mai.presses("📱 Dùng máy riêng")
    code = mai.hears().split("dùng máy riêng: ")[1].split()[0]
    await other.says(code)
    await other.presses("Đồng ý")
    assert "người có tên bắt đầu bằng chữ B." in other.hears()
    await other.presses("Đúng là tôi")
    await mai.presses("Đồng ý liên kết")
    await other.says("/cauhoi")
    assert "DL-2024-0001" in other.hears()
    await mai.says("/giadinh")
    assert BA not in mai.hears()
    assert NAM in mai.hears()
    async with world.store.reading() as uow:
        ba, owner = await person_named(uow, BA), await person_named(uow, MAI)
        assert (ba.shares_phone, ba.entered_by, owner.members) == (False, None, 1)
    await lay_on_desk(world, "DL-2024-0001")
    mai.reads()
    await answer(world, "DL-2024-0001", "Xã sửa trong quý II.")
    assert "Xã sửa trong quý II." in other.hears()
    assert mai.hears() == ""


async def test_the_code_is_confirmed_by_the_phone_it_came_from_and_nobody_else(world: World, there: Line) -> None:
    mai, other = await mai_with(world, BA), world.phone(line=there)
    stranger = await world.resident("DL-hang-gon", "Hồ Văn Hai")
    await mai.says("/giadinh")
    await mai.presses(BA)
    await mai.presses("📱 Dùng máy riêng")
    await other.says(mai.hears().split("dùng máy riêng: ")[1].split()[0])
    await other.presses("Đồng ý")
    await other.presses("Đúng là tôi")
    await stranger.taps_code("link.yes.1")
    assert "Không tìm thấy" in stranger.hears()
    await mai.presses("Không phải tôi")
    assert "Đã từ chối" in mai.hears()
    await other.says("/cauhoi")
    assert other.sees_button("Đồng ý"), "nobody's chat still"


async def test_a_notice_comes_to_the_household_once(world: World) -> None:
    await mai_with(world, BA)
    async with world.store.reading() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        assert sum(part.people for part in await uow.broadcasts.audience([hamlet.id])) == 1
        assert await uow.broadcasts.without_chat(hamlet.id) == []


async def test_who_takes_their_data_along_leaves_the_household_to_be_told_in_person(world: World) -> None:
    mai = await mai_with(world, BA)
    await asks(mai, BA)
    await mai.says("/xoa")
    assert "Có 1 người trong nhà cùng dùng máy này" in mai.hears()
    await mai.presses("Xoá")
    [ba] = await people(world)
    assert (ba.name, ba.shares_phone, ba.entered_by) == (BA, False, None)
    async with world.store.reading() as uow:
        assert [one.name for one in await uow.broadcasts.without_chat(ba.hamlet_id)] == [BA]  # type: ignore[arg-type]


async def test_a_head_who_leaves_keeps_the_own_household(world: World) -> None:
    """Neighbours go to the successor; whoever shares the head's phone does not."""
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    await adds(head, BA)
    await head.says("/hoho")
    await head.says("Hồ Thị Thoa")
    await head.says(LAMPS)
    await head.presses("Gửi")
    async with world.store.reading() as uow:
        dung = await person_named(uow, "Đinh Tấn Dũng")
        assert [one.name for one in await uow.people.neighbours_of(dung.id)] == ["Hồ Thị Thoa"]
        assert [one.name for one in await uow.people.household_of(dung.id)] == [BA]


async def test_a_household_sends_no_more_in_a_day_than_a_person(world: World) -> None:
    """Anybody can add names to it; a head asks for a whole hamlet."""
    mai = await mai_with(world, BA, NAM)
    async with world.store.unit() as uow:
        most = uow.limits.questions_a_day
        owner, ba = await person_named(uow, MAI), await person_named(uow, BA)
        for number in range(most):
            await ask_question(uow, asker=ba, text=f"Câu hỏi thứ {number}", entered_by=owner)
        await uow.commit()
    await asks(mai, NAM)
    assert str(most) in mai.hears()
    assert mai.sees_button("Gửi"), "what was typed is kept"
    await asks(mai, "Cho tôi")
    assert f"mã DL-2024-{most + 1:04}" in mai.hears()


async def test_whoever_has_no_hamlet_is_told_so_before_a_name_is_asked_for(world: World, secretary: Phone) -> None:
    await secretary.says("/giadinh")
    await secretary.presses("➕ Thêm người")
    heard = secretary.hears()
    assert "chưa chọn thôn, tổ" in heard
    assert "Họ và tên" not in heard


async def test_a_question_typed_before_it_is_said_whose_it_is_is_kept(world: World) -> None:
    mai = await mai_with(world, BA)
    await mai.says("/hoi")
    await mai.says(LAMPS)
    heard = mai.hears()
    assert "Đã ghi nội dung bà/ông vừa gửi" in heard
    assert "Gửi câu hỏi cho ai?" in heard
    await mai.says("ok")
    assert "Xin chọn một mục bên dưới" in mai.hears()
    await mai.presses(BA)
    assert f"Câu hỏi của {BA}. Xem lại trước khi gửi:\n\n{LAMPS}\n\n" in mai.hears()
    await mai.presses("Gửi")
    assert "DL-2024-0001" in mai.hears()
