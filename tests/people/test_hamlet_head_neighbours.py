"""A hamlet head speaks for neighbours without a phone, and sees who has registered and who could not be reached."""

import pytest

from handlers.hamlet_head.in_person import MOST_NAMES, names_to_visit
from intake.actions.meetings.register import register
from intake.actions.outbox.tell import tell
from intake.actions.people.enrol import enter_neighbour
from intake.actions.people.invite import make_invitation
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import MeetingId, RegistrationKind
from intake.rules.message import Message, Term
from intake.rules.people.person import Person, Role
from tests.conftest import load
from tests.support.amending import amended
from tests.support.meetings import APRIL, makes_meeting, registers
from tests.support.world import Phone, World


async def head_of(world: World, hamlet: str = "DL-hang-gon", name: str = "Đinh Tấn Dũng") -> Phone:
    return await world.staff(Role.HAMLET_HEAD, hamlet, name)


async def with_meeting(world: World, *hamlets: str) -> Phone:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await makes_meeting(secretary, APRIL, *hamlets)
    return secretary


async def also_heads(world: World, phone: Phone, hamlet_code: str) -> None:
    async with world.store.unit() as uow:
        hamlet = await uow.places.unit_by_code(hamlet_code)
        assert hamlet is not None
        code = await make_invitation(uow, Role.HAMLET_HEAD, hamlet)
        await uow.commit()
    await phone.says(f"/start i-{code}")


@pytest.mark.contract
async def test_a_question_asked_for_a_neighbour_is_the_neighbours_and_news_comes_through_the_head(world: World) -> None:
    """R111: the asker is Thoa, typed by the head, who is asked to pass on what there is to tell."""
    head = await head_of(world)
    await head.says("hỏi hộ")
    await head.says("Hồ Thị Thoa")
    await head.says("Chợ quá bẩn, bao giờ dọn vệ sinh?")
    assert "Câu hỏi của Hồ Thị Thoa" in head.hears()
    await head.presses("Gửi")
    assert "DL-2024-0001" in head.hears()
    async with world.store.unit() as uow:
        question = await uow.questions.by_reference("DL-2024-0001")
        assert question is not None
        people = await uow.people.many([question.asker_id, question.entered_by])  # type: ignore[list-item]
        assert [person.name for person in people.values()] == ["Đinh Tấn Dũng", "Hồ Thị Thoa"]
        await tell(uow, [question.asker_id], Message("talk.cancelled"), question_id=question.id)
        await uow.commit()
    await world.settle()
    assert "báo lại cho Hồ Thị Thoa" in head.hears()


async def test_a_name_that_is_none_is_asked_again(world: World) -> None:
    head = await head_of(world)
    await head.says("/hoho")
    await head.says("1")
    assert "họ và tên" in head.hears()
    await head.says("Hồ Thị Thoa")
    assert "câu hỏi của Hồ Thị Thoa" in head.hears()


async def test_the_head_of_two_hamlets_says_first_which(world: World) -> None:
    head = await head_of(world)
    await also_heads(world, head, "DL-lang-dau")
    await head.says("/hoho")
    await head.says("Thôn nào cũng được")
    assert "Xin chọn một mục bên dưới" in head.hears()
    await head.presses("TDP Làng Dầu")
    assert "người ở TDP Làng Dầu" in head.hears()


async def test_nobody_else_can_speak_for_neighbours(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    for command in ("/hoho", "đăng ký hộ", "/danhsach"):
        await mai.says(command)
        assert "Việc này dành cho" in mai.hears()


async def test_a_head_cannot_enter_neighbours_of_another_hamlet(world: World) -> None:
    await head_of(world)
    async with world.store.unit() as uow:
        own, other = await uow.places.unit_by_code("DL-hang-gon"), await uow.places.unit_by_code("DL-lang-dau")
        assert own is not None
        assert other is not None
        [head] = await uow.people.holders(Role.HAMLET_HEAD, own)
        with pytest.raises(NotFound):
            await enter_neighbour(uow, head, name="Hồ Thị Thoa", hamlet_id=other.id)
        first = await enter_neighbour(uow, head, name="Hồ Thị Thoa", hamlet_id=own.id)
        again = await enter_neighbour(uow, head, name=" Hồ  Thị Thoa ", hamlet_id=own.id, same_as=first.id)
        assert again is first


async def test_a_neighbour_is_registered_to_speak_and_stands_on_both_lists(world: World) -> None:
    """R110, R111."""
    secretary = await with_meeting(world)
    head = await head_of(world)
    await head.says("/dangkyho")
    await head.presses(APRIL)
    await head.says("Hồ Thị Thoa")
    await head.presses("Phát biểu")
    await head.says("Vệ sinh chợ")
    assert "Phát biểu: Vệ sinh chợ" in head.hears()
    await head.presses("Gửi")
    assert "ĐK-DL-2024-0001" in head.hears()
    await head.says("danh sách")
    assert "1. Hồ Thị Thoa – phát biểu (ĐK-DL-2024-0001): Vệ sinh chợ" in head.hears()
    await secretary.says("/danhsach")
    assert "TDP Hàng Gòn: 1 người\n1. Hồ Thị Thoa" in secretary.hears()

    # she cannot come after all, and has no phone to say so
    await head.says("/dangkyho")
    await head.presses(APRIL)
    await head.says("Hồ Thị Thoa")
    await head.presses(next(label for label in head.news()[-1].buttons if label.startswith("Hồ Thị Thoa")))
    assert "Đang ghi cho Hồ Thị Thoa: Phát biểu: Vệ sinh chợ, mã ĐK-DL-2024-0001." in head.hears()
    await head.presses("Rút đăng ký")
    assert "Đã rút đăng ký ĐK-DL-2024-0001 của Hồ Thị Thoa" in head.hears()
    await secretary.says("/danhsach")
    assert "Hồ Thị Thoa" not in secretary.hears()


async def test_the_registration_can_be_edited_or_left_and_then_nobody_is_registered(world: World) -> None:
    await with_meeting(world)
    head = await head_of(world)
    await head.says("/dangkyho")
    await head.says("buổi gần nhất")
    assert "Xin chọn một mục bên dưới" in head.hears()
    await head.presses(APRIL)
    await head.says("Hồ Thị Thoa")
    await head.says("đi nghe thôi")
    assert "Xin chọn một mục bên dưới" in head.hears()
    await head.presses("Phát biểu")
    await head.sends_photo(b"a market")
    assert "gõ bằng chữ" in head.hears()
    await head.presses("Bỏ qua")
    await head.says("xong")
    assert "Xin chọn một mục bên dưới" in head.hears()
    await head.presses("Sửa")
    await head.says("Hồ Thị Thoa Em")
    await head.presses("Tham dự")
    assert "Hồ Thị Thoa Em" in head.hears()
    await head.presses("Huỷ")
    await head.says("/danhsach")
    assert "Chưa có ai" in head.hears()


async def test_the_head_of_two_hamlets_registers_in_the_one_that_is_invited(world: World) -> None:
    await with_meeting(world, "TDP Hàng Gòn")
    head = await head_of(world)
    await also_heads(world, head, "DL-lang-dau")
    await head.says("/dangkyho")
    await head.presses("TDP Làng Dầu")
    assert "TDP Làng Dầu chưa có buổi đối thoại nào" in head.hears()
    await head.says("/dangkyho")
    await head.presses("TDP Hàng Gòn")
    assert head.sees_button(APRIL)


async def test_a_head_sees_the_own_hamlet_only_and_the_secretary_the_order_of_all(world: World) -> None:
    """R113: the order of speaking is that of registering, across hamlets."""
    secretary = await with_meeting(world)
    head = await head_of(world)
    for hamlet, name in (
        ("DL-hang-gon", "Nguyễn Thị Mai"),
        ("DL-lang-dau", "Đinh Thị Bình"),
        ("DL-hang-gon", "Phạm Thị Lan"),
    ):
        await registers(await world.resident(hamlet, name))
    await head.says("/danhsach")
    assert "2. Phạm Thị Lan" in head.hears()
    assert "Bình" not in head.hears()
    await secretary.says("/danhsach")
    heard = secretary.hears()
    assert "3 người" in heard
    assert "2. Đinh Thị Bình" in heard
    assert "3. Phạm Thị Lan" in heard


@pytest.mark.contract
async def test_a_long_list_has_pages_for_the_office_and_for_the_head(world: World) -> None:
    secretary = await with_meeting(world)
    head = await head_of(world)
    async with world.store.unit() as uow:
        gon = await uow.places.unit_by_code("DL-hang-gon")
        dau = await uow.places.unit_by_code("DL-lang-dau")
        assert gon is not None
        assert dau is not None
        for number in range(1, 38):
            home = gon if number <= 33 else dau
            person = await uow.people.add(Person(f"Người số {number}", home.id))
            await register(
                uow,
                meeting_id=MeetingId(1),
                person=person,
                kind=RegistrationKind.ATTEND,
                content="",
            )
        await uow.commit()
    await head.says("/danhsach")
    assert "33 người" in head.hears()
    assert "30. Người số 30" in head.hears()
    assert "31. Người số 31" not in head.hears()
    await head.presses("Xem tiếp (3)")
    assert "31. Người số 31" in head.hears()
    assert "33. Người số 33" in head.hears()

    await secretary.says("/danhsach")
    assert "TDP Hàng Gòn: 33 người\n1. Người số 1" in secretary.hears()
    assert "TDP Làng Dầu" not in secretary.hears()
    await secretary.presses("Xem tiếp (7)")
    assert "TDP Hàng Gòn: 33 người\n31. Người số 31" in secretary.hears()
    assert "TDP Làng Dầu: 4 người\n34. Người số 34" in secretary.hears()

    head.reads()
    codes = ("listmore.30.1", f"listmore.30.1.{dau.id}", f"listmore.30.99.{gon.id}", "listmore.x.1", "listmore.30")
    for code in codes:
        await head.taps_code(code)
        assert "Không tìm thấy" in head.hears(), code
        head.reads()


@pytest.mark.parametrize(
    ("quota", "said"),
    [
        ("", "chưa ghi số lượng"),
        ("2", "còn thiếu 1"),
        ("1", "Đại biểu Nhân dân: 1/1, đã đủ"),
        ("0", "Đại biểu Nhân dân: 0/0, đã đủ"),
    ],
)
async def test_the_list_is_held_against_the_quota_of_the_plan(world: World, quota: str, said: str) -> None:
    """R111: Tuyết Diêm's hamlets with Vĩnh Bảo's rule of quotas; the plans give no numbers, a person does."""
    await load(world, "tuyet-diem-2025")
    async with world.store.unit() as uow:
        plan = await uow.plans.by_code("tuyet-diem-2025")
        assert plan is not None
        plan.profile = amended(plan.profile, registration={"quotas": True, "mode": "hamlet_officers"})
        plan.choices = {"quotas": quota} if quota else {}
        await uow.commit()
    secretary = await world.staff(Role.SECRETARY, "TD", "Trần Thị Hoa")
    await makes_meeting(secretary, "Đối thoại với Nhân dân thôn Sơn Trà và thôn Tân Hy 1")
    head = await head_of(world, "TD-son-tra", "Võ Sơn")
    await registers(await world.resident("TD-son-tra", "Bà Tư Hiền"))
    await head.says("/danhsach")
    assert said in head.hears()


async def test_without_a_meeting_the_lists_say_so(world: World) -> None:
    head = await head_of(world)
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    for phone in (head, secretary):
        await phone.says("/danhsach")
        assert "chưa có buổi đối thoại nào" in phone.hears()


async def test_who_could_not_be_reached_is_shown_to_the_head_of_that_hamlet_only(world: World) -> None:
    """R099."""
    head, other = await head_of(world), await head_of(world, "DL-lang-dau", "Phạm Văn Mười")
    await head.says("/danhsach")
    code = head.button("Chưa nhận được tin")
    await head.presses("Chưa nhận được tin")
    assert "đều đã đến được" in head.hears()
    async with world.store.unit() as uow:
        own = await uow.places.unit_by_code("DL-hang-gon")
        assert own is not None
        [person] = await uow.people.holders(Role.HAMLET_HEAD, own)
        neighbour = await enter_neighbour(uow, person, name="Hồ Thị Thoa", hamlet_id=own.id)
        for _ in range(2):
            await tell(uow, [neighbour.id], Message("talk.cancelled"), relay=False)
        await uow.commit()
    await head.taps_code(code)
    assert "1. Hồ Thị Thoa (2)" in head.hears()
    await other.taps_code(code)
    assert "Không tìm thấy" in other.hears()


def test_a_very_long_list_of_doors_is_cut_and_says_so() -> None:
    names = names_to_visit(f"Người {number}" for number in range(MOST_NAMES + 5))
    assert len(names) == MOST_NAMES + 1
    assert names[-1] == Term("notice.more_names", {"more": 5})


async def test_the_name_behind_the_command_is_not_asked_for_again(plain_world: World) -> None:
    head = await head_of(plain_world)
    await head.says("/hoho Hồ Thị Thoa")
    await head.says("Chợ quá bẩn, bao giờ dọn vệ sinh?")
    assert "Câu hỏi của Hồ Thị Thoa" in head.hears()
    await head.presses("Gửi")
    await head.says("/hoho hồ thị thoa")
    assert head.sees_button("Người khác"), "somebody of the name is there: which of them is asked as always"
    await head.says("/hoho 5")
    assert "Xin nhập họ và tên" in head.hears()
    await head.says("Đinh Văn Rin")
    await head.says("Đường vào xóm 3 hỏng, khi nào sửa?")
    assert "Câu hỏi của Đinh Văn Rin" in head.hears()


async def test_the_name_behind_the_command_is_kept_over_the_choice_of_hamlet_and_meeting(plain_world: World) -> None:
    await with_meeting(plain_world)
    head = await head_of(plain_world)
    await also_heads(plain_world, head, "DL-lang-dau")
    await head.says("/hoho Hồ Thị Thoa")
    await head.presses("TDP Làng Dầu")
    await head.says("Chợ quá bẩn, bao giờ dọn vệ sinh?")
    assert "Câu hỏi của Hồ Thị Thoa" in head.hears()
    await head.says("huỷ")
    await head.says("/dangkyho Hồ Thị Thoa")
    await head.presses("TDP Hàng Gòn")
    await head.presses(APRIL)
    assert "Hồ Thị Thoa" in head.hears()
    await head.presses("Tham dự")
    await head.presses("Sửa")
    await head.says("Hồ Thị Thuỷ")
    await head.presses("Tham dự")
    assert "Hồ Thị Thuỷ" in head.hears()
