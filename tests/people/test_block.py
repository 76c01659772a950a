"""A secretary stops taking messages from somebody for a while: what that takes away, what it does not, how it ends."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from intake.actions.people.block import block
from intake.rules.errors import NotFound
from intake.rules.people.person import Role
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import QuestionId
from storage import tables as t
from tests.support.world import Phone, World

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"
STOP, AGAIN = "🔇 Ngừng nhận tin", "🔔 Nhận tin trở lại"
WHY = "Gửi dồn dập hàng trăm tin chửi bới"


@pytest.fixture
async def mai(world: World) -> Phone:
    resident = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await resident.says(ROAD)
    await resident.presses("Gửi")
    resident.reads()
    return resident


@pytest.fixture
async def secretary(world: World) -> Phone:
    return await world.staff(Role.SECRETARY, "DL", "Lê Thị Hoa")


async def stop(secretary: Phone, days: int = 7) -> None:
    await secretary.taps_code("triage.1")
    await secretary.presses(STOP)
    await secretary.presses(f"{days} ngày")
    await secretary.says(WHY)
    await secretary.presses("Gửi")


async def audited(world: World) -> list[str]:
    async with world.store.reading() as uow:
        return list(await uow.session.scalars(sa.select(t.audit_entries.c.act).order_by(t.audit_entries.c.id)))


async def test_the_person_reads_it_once_and_nothing_more_is_taken_in(world: World, mai: Phone, secretary: Phone):
    chair = await world.staff(Role.CHAIR, "DL", "Phạm Văn Sơn")
    await stop(secretary)

    assert "Đã ngừng nhận tin của người gửi câu hỏi DL-2024-0001 đến" in secretary.hears()
    told = mai.reads()
    assert "tạm ngừng nhận tin của bà/ông tại đây đến" in told
    assert WHY in told
    assert "Câu hỏi đã gửi vẫn được trả lời." in told
    assert "Nguyễn Thị Mai" not in chair.hears()
    assert "Lê Thị Hoa đã tạm ngừng nhận tin của người gửi câu hỏi DL-2024-0001 đến" in chair.hears()
    for said in ("Cống đầu xóm bị sập.", "/hoi", "menu", "xin chào"):
        await mai.says(said)
        assert mai.hears() == ""
    await mai.sends_photo(b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    assert mai.hears() == ""
    assert not [path for path in (world.data_dir / "attachments").rglob("*") if path.is_file()]
    assert "block" in await audited(world)


async def test_what_is_kept_can_be_put_right_and_asked_about_and_nothing_else_with_it(
    world: World, mai: Phone, secretary: Phone
):
    """A block takes away nothing that the law gives (LAW C5)."""
    await stop(secretary)
    assert "/sua, /xoa, /yeucau" in mai.reads()
    await mai.says("/sua")
    await mai.presses("Họ tên")
    await mai.says("Nguyễn Thị Mây")
    await mai.presses("Gửi")
    async with world.store.reading() as uow:
        assert await uow.session.scalar(sa.select(t.persons.c.name).where(t.persons.c.id == 1)) == "Nguyễn Thị Mây"
    await mai.says("/yeucau")
    await mai.says("Xin cho biết ai đã xem dữ liệu của tôi")
    await mai.presses("Gửi")
    assert "Đã nhận yêu cầu YC-DL-2024-0001." in mai.reads()
    await mai.says(ROAD)
    assert mai.hears() == "", "what is not about their own data is taken in no more than before"


async def test_whoever_is_in_danger_is_still_told_where_to_call(mai: Phone, secretary: Phone):
    await stop(secretary)
    mai.reads()
    await mai.says("Cháy nhà ở xóm 3, cứu với, có người bị thương")

    assert "114" in mai.hears()


async def test_what_is_kept_can_still_be_read_and_erased_and_questions_followed(
    world: World, mai: Phone, secretary: Phone
):
    await stop(secretary)
    await mai.says("/cauhoi")
    assert "DL-2024-0001" in mai.hears()
    await mai.says("/trangthai DL-2024-0001")
    assert "DL-2024-0001" in mai.hears()
    await mai.says("dữ liệu của tôi")
    assert "Nguyễn Thị Mai" in mai.hears()
    await mai.says("/xoa")
    await mai.presses("Xoá")

    async with world.store.reading() as uow:
        assert await uow.session.scalar(sa.select(sa.func.count()).select_from(t.blocks)) == 0
    await mai.says("xin chào")
    assert "Bà/ông có đồng ý không?" in mai.hears()


async def test_it_ends_by_itself(world: World, mai: Phone, secretary: Phone):
    await stop(secretary, days=1)
    mai.reads()
    world.clock.move(hours=23)
    await mai.says(ROAD)
    assert mai.hears() == ""
    world.clock.move(hours=1)
    await mai.says("Cống đầu xóm bị sập.")

    assert "Cống đầu xóm bị sập." in mai.hears()
    await secretary.taps_code("triage.1")
    assert secretary.sees_button(STOP)


async def test_it_is_ended_before_and_the_person_is_told(world: World, mai: Phone, secretary: Phone):
    await stop(secretary)
    mai.reads()
    await secretary.taps_code("triage.1")
    assert not secretary.sees_button(STOP)
    await secretary.presses(AGAIN)

    assert "Đã nhận tin trở lại từ người gửi câu hỏi DL-2024-0001." in secretary.hears()
    assert "đã nhận tin của bà/ông trở lại" in mai.reads()
    await mai.says("Cống đầu xóm bị sập.")
    assert "Cống đầu xóm bị sập." in mai.hears()
    await secretary.taps_code("unblock.1")
    assert "Việc này đã được xử lý" in secretary.hears()
    assert (await audited(world))[-1] == "unblock"


async def test_nobody_is_blocked_twice_and_no_length_is_made_up(mai: Phone, secretary: Phone):
    await secretary.taps_code("triage.1")
    await secretary.presses(STOP)
    await secretary.says("90")
    assert "Xin chọn một mục bên dưới" in secretary.hears()
    await secretary.presses("30 ngày")
    await secretary.says(WHY)
    await secretary.presses("Gửi")
    assert mai.hears()
    await secretary.taps_code("block.1")
    await secretary.presses("1 ngày")
    await secretary.says(WHY)
    await secretary.presses("Gửi")
    assert "Việc này đã được xử lý" in secretary.hears()


async def test_only_a_secretary_may_and_nobody_who_holds_a_role_is_blocked(world: World, secretary: Phone):
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Văn Rin")
    await head.says(ROAD)
    await head.presses("Gửi")
    await head.taps_code("block.1")
    assert "Không tìm thấy" in head.hears()

    await stop(secretary)
    assert "Người này đang giữ một vai trò nên không ngừng nhận tin được." in secretary.hears()


async def test_a_neighbour_without_a_phone_sends_nothing_that_could_be_stopped(world: World, secretary: Phone):
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Văn Rin")
    await head.says("/hoho")
    await head.says("Phạm Thị Út")
    await head.says(ROAD)
    await head.presses("Gửi")
    await secretary.taps_code("triage.1")
    assert not secretary.sees_button(STOP)
    await secretary.taps_code("block.1")
    await secretary.presses("1 ngày")
    await secretary.says(WHY)
    await secretary.presses("Gửi")

    assert "Người này không tự nhắn tin ở đây" in secretary.hears()


async def test_a_length_nobody_offered_and_an_asker_who_is_erased_are_not_found(
    world: World, mai: Phone, secretary: Phone
):
    async with world.store.unit() as uow:
        by = (await uow.people.holders(Role.SECRETARY, await uow.places.unit(UnitId(1))))[0]
        with pytest.raises(NotFound):
            await block(uow, by=by, question_id=QuestionId(1), length=timedelta(days=90), reason=WHY)
    await mai.says("/xoa")
    await mai.presses("Xoá")
    await secretary.taps_code("triage.1")
    assert not secretary.sees_button(STOP)
    await secretary.taps_code("block.1")
    await secretary.presses("7 ngày")
    await secretary.says(WHY)
    await secretary.presses("Gửi")

    assert "Không tìm thấy" in secretary.hears()
