"""One person on several networks: a code from one chat, typed in another, agreed to in both."""

import pytest
import sqlalchemy as sa

from intake.actions.outbox.tell import tell
from intake.rules.message import Message
from intake.rules.people.account_link import WRONG_CODES
from intake.rules.people.person import Account, Role
from storage import tables as t
from tests.support.office import person_named
from tests.support.telegram_line import TelegramLine
from tests.support.webchat_line import WebChatLine
from tests.support.world import Line, Phone, World

MAI = "Nguyễn Thị Mai"


@pytest.fixture
async def there(world: World) -> Line:
    """The other network, beside the one the story begins on."""
    line: Line = WebChatLine() if world.line.network == "telegram" else TelegramLine()
    await world.connect(line)
    return line


def name_of(line: Line) -> str:
    return {"telegram": "Telegram", "webchat": "trang web", "zalo": "Zalo"}[line.network]


async def gets_code(phone: Phone) -> str:
    await phone.says("/caidat")
    await phone.presses("Dùng thêm Zalo hoặc Telegram")
    await phone.presses("Lấy mã liên kết")
    return phone.hears().split("Mã liên kết: ")[1].split()[0]


async def links(mine: Phone, other: Phone) -> None:
    """A new chat becomes one more of somebody known."""
    await other.says(await gets_code(mine))
    if other.sees_button("Đồng ý"):
        await other.presses("Đồng ý")
    await other.presses("Đúng là tôi")
    await mine.presses("Đồng ý liên kết")
    for phone in (mine, other):
        phone.reads()


async def accounts_of(world: World, name: str = MAI) -> int:
    async with world.store.reading() as uow:
        return len(await uow.accounts.all_of((await person_named(uow, name)).id))


async def persons(world: World) -> list[str]:
    """The names of everybody who was not erased."""
    async with world.store.reading() as uow:
        rows = await uow.session.scalars(sa.select(t.persons.c.name).where(t.persons.c.erased_at.is_(None)))
        return list(rows)


@pytest.mark.contract
@pytest.mark.parametrize("typed", ["{}", "#{}", "/start {}", "  l-{1}  "])
async def test_a_new_chat_becomes_one_more_of_a_person_after_a_yes_on_both_sides(
    world: World, there: Line, typed: str
) -> None:
    mai, other = await world.resident("DL-hang-gon", MAI), world.phone(line=there)
    await mai.says("/hoi")
    await mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await mai.presses("Gửi")
    code = await gets_code(mai)

    await other.says(typed.format(code, code.removeprefix("L-").lower()))
    await other.presses("Đồng ý")
    assert f"của tài khoản {name_of(world.line)}, người có tên bắt đầu bằng chữ M." in other.hears()
    assert MAI not in other.hears(), "phones are shared in families"
    await other.presses("Đúng là tôi")
    assert f"mở {name_of(world.line)} và bấm Đồng ý liên kết" in other.hears()
    assert await accounts_of(world) == 1, "not before the other side agrees"
    assert f"mã liên kết của bà/ông trên {name_of(there)}" in mai.hears()
    await mai.presses("Đồng ý liên kết")
    assert f"Đã liên kết với {name_of(there)}" in mai.hears()
    assert "Đã liên kết" in other.hears()

    await other.says("/cauhoi")
    assert "DL-2024-0001" in other.hears()
    assert await persons(world) == [MAI]


@pytest.mark.contract
async def test_news_goes_to_the_network_used_last_that_can_be_reached(world: World, there: Line) -> None:
    mai, other = await world.resident("DL-hang-gon", MAI), world.phone(line=there)
    await links(mai, other)

    async def told(text: str) -> None:
        async with world.store.unit() as uow:
            await tell(uow, [(await person_named(uow, MAI)).id], Message("notice.text", {"text": text}))
            await uow.commit()
        await world.settle()

    await other.says("menu")
    await told("một")
    await mai.says("menu")
    await told("hai")
    assert "một" in other.hears()
    assert "hai" not in other.hears()
    assert "hai" in mai.hears()
    async with world.store.unit() as uow:
        rows = await uow.session.scalars(sa.select(Account).order_by(t.accounts.c.last_heard_at.desc()).limit(1))
        rows.one().unreachable_since = uow.now
        await uow.commit()
    await told("ba")
    assert "ba" in other.hears()


async def test_a_chat_with_nothing_but_a_name_is_merged(world: World, there: Line) -> None:
    mai = await world.resident("DL-hang-gon", MAI)
    other = await world.resident("DL-lang-dau", "Mai Zalo", line=there)
    await links(mai, other)

    assert await persons(world) == [MAI]
    assert await accounts_of(world) == 2
    async with world.store.reading() as uow:
        hamlet = (await person_named(uow, MAI)).hamlet_id
        assert hamlet is not None
        assert (await uow.places.unit(hamlet)).code == "DL-hang-gon", "what was known of the person stays"


async def test_what_the_person_lacks_comes_along_from_the_merged_chat(world: World, there: Line) -> None:
    official = await world.staff(Role.SECRETARY, "DL", "Trần Văn Thư")
    other = world.phone(line=there)
    await other.says("/start h-DL-hang-gon")
    await other.presses("Đồng ý")
    await other.says("Thư")
    await other.says("0912345678")
    await links(official, other)

    async with world.store.reading() as uow:
        thu = await person_named(uow, "Trần Văn Thư")
        assert thu.hamlet_id is not None
        assert thu.phone_sealed is not None
        assert uow.vault.open(thu.phone_sealed) == "+84912345678"
    await other.says("/phanloai")
    assert "Việc này dành cho" not in other.hears(), "the role holds on every network"


@pytest.mark.parametrize(("proven", "kept"), [(True, "+84912345678"), (False, "+84987654321")])
async def test_of_two_numbers_the_proven_one_stays(world: World, there: Line, proven: bool, kept: str) -> None:
    mai, other = world.phone(), world.phone(line=there)
    for phone, name, number in ((mai, MAI, "0987654321"), (other, "Mai", "0912345678")):
        await phone.says("/start h-DL-hang-gon")
        await phone.presses("Đồng ý")
        await phone.says(name)
        await phone.says(number)
    async with world.store.unit() as uow:
        (await person_named(uow, "Mai")).phone_proven = proven
        await uow.commit()
    await links(mai, other)

    async with world.store.reading() as uow:
        person = await person_named(uow, MAI)
        assert (uow.vault.open(str(person.phone_sealed)), person.phone_proven) == (kept, proven)


@pytest.mark.parametrize("role", [False, True], ids=["question", "role"])
async def test_somebody_with_questions_or_roles_of_their_own_is_never_merged(
    world: World, there: Line, role: bool
) -> None:
    mai = await world.resident("DL-hang-gon", MAI)
    if role:
        other = await world.staff(Role.CHAIR, "DL", "Đinh Văn Chủ", line=there)
    else:
        other = await world.resident("DL-hang-gon", "Đinh Văn Chủ", line=there)
        await other.says("/hoi")
        await other.says("Bao giờ có nước sạch?")
        await other.presses("Gửi")
    await other.says(await gets_code(mai))

    assert "không gộp được" in other.hears()
    assert "/xoa" in other.hears(), "and what to do"
    assert sorted(await persons(world)) == sorted([MAI, "Đinh Văn Chủ"])
    assert not other.sees_button("Đúng là tôi")


async def test_who_asks_something_between_the_two_yeses_is_not_merged_either(world: World, there: Line) -> None:
    mai = await world.resident("DL-hang-gon", MAI)
    other = await world.resident("DL-hang-gon", "Hồ Văn Hai", line=there)
    await other.says(await gets_code(mai))
    await other.presses("Đúng là tôi")
    await other.says("/hoi")
    await other.says("Bao giờ có nước sạch?")
    await other.presses("Gửi")
    await mai.presses("Đồng ý liên kết")

    assert "không gộp được" in mai.hears()
    assert await accounts_of(world) == 1


async def test_the_owner_can_say_no_and_nothing_has_changed(world: World, there: Line) -> None:
    mai, other = await world.resident("DL-hang-gon", MAI), world.phone(line=there)
    code = await gets_code(mai)
    await other.says(code)
    await other.presses("Đồng ý")
    await other.presses("Đúng là tôi")
    await mai.presses("Không phải tôi")
    assert "Đã từ chối" in mai.hears()
    assert "không đồng ý" in other.hears()

    await mai.presses("Đồng ý liên kết")
    assert "Không tìm thấy" in mai.hears()
    await other.says(code)
    assert "không đúng, đã dùng hoặc đã hết hạn" in other.hears()
    assert await accounts_of(world) == 1


async def test_a_code_lives_ten_minutes_and_a_newer_one_ends_it(world: World, there: Line) -> None:
    mai, other = await world.resident("DL-hang-gon", MAI), world.phone(line=there)
    old = await gets_code(mai)
    new = await gets_code(mai)
    await other.says(old)
    assert "hết hạn" in other.hears()
    world.clock.move(minutes=10)
    await other.says(new)
    assert "hết hạn" in other.hears()


async def test_a_code_is_of_one_chat_only(world: World, there: Line) -> None:
    mai, other, third = await world.resident("DL-hang-gon", MAI), world.phone(line=there), world.phone(line=there)
    code = await gets_code(mai)
    for phone in (other, third):
        await phone.says(code)
        await phone.presses("Đồng ý")
    await other.presses("Đúng là tôi")
    await third.presses("Đúng là tôi")
    assert "đã dùng" in third.hears()
    await mai.presses("Đồng ý liên kết")
    await third.says(code)
    assert "đã dùng" in third.hears()
    assert await accounts_of(world) == 2


async def test_a_code_that_runs_out_while_consent_is_asked_is_over(world: World, there: Line) -> None:
    mai, other = await world.resident("DL-hang-gon", MAI), world.phone(line=there)
    await other.says("xin chào")
    code = await gets_code(mai)
    await other.says(code)  # at the consent card, instead of a tap
    world.clock.move(minutes=11)
    await other.presses("Đồng ý")
    assert "hết hạn" in other.hears()


async def test_guessing_is_stopped_for_an_hour(world: World, there: Line) -> None:
    mai, other = await world.resident("DL-hang-gon", MAI), world.phone(line=there)
    for _ in range(WRONG_CODES):
        await other.says("L-AAAAAAAA")
        assert "không đúng" in other.hears()
    code = await gets_code(mai)
    await other.says(code)
    assert "sai mã nhiều lần" in other.hears()
    world.clock.move(hours=1)
    await other.says(await gets_code(mai))
    assert other.sees_button("Đồng ý")


async def test_a_wrong_code_after_an_hour_of_peace_counts_from_one_again(world: World, there: Line) -> None:
    other = world.phone(line=there)
    for _ in range(WRONG_CODES + 1):
        await other.says("L-AAAAAAAA")
        world.clock.move(hours=1)
    assert "không đúng" in other.hears()


async def test_the_code_typed_where_it_came_from_is_no_use(world: World) -> None:
    mai = await world.resident("DL-hang-gon", MAI)
    await mai.says(await gets_code(mai))
    assert "đã thuộc tài khoản có mã đó" in mai.hears()


async def test_a_code_can_be_typed_at_a_step_of_its_own_without_the_letter(world: World, there: Line) -> None:
    mai = await world.resident("DL-hang-gon", MAI)
    other = await world.resident("DL-hang-gon", "Mai", line=there)
    code = await gets_code(mai)
    await other.says("/lienket")
    await other.presses("Nhập mã liên kết")
    await other.says("mã gì?")
    assert "Mã có dạng như L-ABCD2345" in other.hears()
    await other.says(code.removeprefix("L-"))
    await other.says("đúng rồi")
    assert other.sees_button("Đúng là tôi")
    await other.presses("Đúng là tôi")
    await mai.presses("Đồng ý liên kết")
    assert await accounts_of(world) == 2


async def test_unlinking_sends_no_more_there_and_forgets_who_it_was(world: World, there: Line) -> None:
    mai, other = await world.resident("DL-hang-gon", MAI), world.phone(line=there)
    await links(mai, other)
    async with world.store.unit() as uow:
        person = await person_named(uow, MAI)
        chats = {one.network.value: one for one in await uow.accounts.all_of(person.id)}
        chats[there.network].last_heard_at = uow.now.replace(year=2025)  # so that the news is on its way there
        await tell(uow, [person.id], Message("notice.text", {"text": "đang trên đường"}))
        await uow.commit()
    here = world.line  # only this network sends meanwhile
    label = f"Bỏ liên kết {name_of(there)}"
    await here.text(mai.address, "/lienket")
    await here.settle()
    await here.tap(mai.address, mai.button(label))
    await here.settle()
    await here.text(mai.address, "không")
    await here.settle()
    assert mai.sees_button("Bỏ liên kết")
    await here.tap(mai.address, mai.button("Bỏ liên kết"))
    await world.settle()

    assert f"Đã bỏ liên kết {name_of(there)}" in mai.hears()
    assert "đang trên đường" in mai.hears(), "what was on its way changed over"
    assert "đang trên đường" not in other.hears()
    assert await accounts_of(world) == 1
    if isinstance(there, WebChatLine):  # whoever sits there reads nothing of it any more
        browser = await there.open(other.address)
        assert (await browser.client.get(browser.at())).status_code == 404
    else:
        assert "đã được bỏ liên kết" in other.hears()
        await other.says("/cauhoi")
        assert other.sees_button("Đồng ý"), "a stranger again"


async def test_the_only_chat_is_not_unlinked_and_nobody_elses(world: World, there: Line) -> None:
    mai = await world.resident("DL-hang-gon", MAI)
    other = await world.resident("DL-hang-gon", "Hồ Văn Hai", line=there)
    async with world.store.reading() as uow:
        mine, theirs = [
            (await uow.accounts.all_of((await person_named(uow, name)).id))[0].id for name in (MAI, "Hồ Văn Hai")
        ]
    await mai.taps_code(f"unlink.{theirs}")
    assert "Không tìm thấy" in mai.hears()
    await mai.taps_code(f"unlink.{mine}")
    await mai.presses("Bỏ liên kết")
    assert "nơi duy nhất" in mai.hears()
    assert other.hears() == ""


@pytest.mark.parametrize("code", ["link.yes.1", "link.no.1", "link.no.x", "link.what", "link.yes.99"])
async def test_a_guessed_tap_joins_nothing(world: World, there: Line, code: str) -> None:
    mai, other = await world.resident("DL-hang-gon", MAI), world.phone(line=there)
    thief = await world.resident("DL-hang-gon", "Kẻ Lạ")
    await other.says(await gets_code(mai))
    await other.presses("Đồng ý")
    await other.presses("Đúng là tôi")
    await thief.taps_code(code)
    assert "Không tìm thấy" in thief.hears()
    assert await accounts_of(world) == 1


async def test_the_copy_names_every_chat_and_erasing_leaves_none(world: World, there: Line) -> None:
    mai, other = await world.resident("DL-hang-gon", MAI), world.phone(line=there)
    await links(mai, other)
    await mai.says("/dulieu")
    assert f"Nhắn tin qua: {name_of(there)}, lần gần nhất" in mai.hears()
    assert f"Nhắn tin qua: {name_of(world.line)}, lần gần nhất" in mai.hears()
    await gets_code(mai)
    await mai.says("/xoa")
    await mai.presses("Xoá")

    await other.says("/cauhoi")
    assert other.sees_button("Đồng ý")
    async with world.store.reading() as uow:
        assert (await uow.session.scalars(sa.select(t.accounts.c.person_id))).all() == [None, None]
        assert (await uow.session.scalars(sa.select(t.account_links.c.id))).all() == []


async def test_a_code_whose_owner_is_erased_at_the_last_moment_is_over_and_the_chat_goes_on(
    world: World, there: Line
) -> None:
    mai, other = await world.resident("DL-hang-gon", MAI), world.phone(line=there)
    await other.says(await gets_code(mai))
    await other.presses("Đồng ý")
    code = other.button("Đúng là tôi")
    await mai.says("/xoa")
    await mai.presses("Xoá")
    await other.says("sao?")
    assert "hết hạn" in other.hears()
    await other.taps_code(code)
    assert "hết hạn" in other.hears()
    await other.says("/menu")
    assert other.sees_button("Đồng ý")


async def test_another_code_may_be_typed_instead_of_the_yes(world: World, there: Line) -> None:
    mai, hai = await world.resident("DL-hang-gon", MAI), await world.resident("DL-hang-gon", "Hồ Văn Hai")
    other = world.phone(line=there)
    await other.says(await gets_code(mai))
    await other.presses("Đồng ý")
    await other.says(await gets_code(hai))
    await other.presses("Đồng ý")
    assert "bắt đầu bằng chữ H" in other.hears()
