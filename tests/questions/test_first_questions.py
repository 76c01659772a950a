"""Ways through the first question and the first acquaintance that are not the shortest."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from handlers.engine.converse import converse
from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Scene, Turn
from handlers.resident.ask import KIND, PREVIEW, TEXT
from handlers.wiring import conversation_table
from intake.rules.meetings.meeting import MeetingState
from intake.rules.people.person import Network, Role
from intake.rules.people.unit import Level
from intake.rules.plan.window import Precision
from storage import tables as t
from tests.conftest import load
from tests.support.stories import planned_meeting, set_meeting
from tests.support.world import Phone, World

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"
JPEG = b"\xff\xd8\xff\xe0 picture "
APRIL = "Đối thoại tháng 4 năm 2024"
TAP_ONE = "Xin chọn một mục bên dưới"


async def mai_types(world: World, text: str = ROAD) -> Phone:
    """Up to the look at the question before it is sent."""
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says(text)
    return mai


async def test_a_question_is_written_anew_before_it_is_sent(world: World) -> None:
    mai = await mai_types(world, "Đường hỏng")
    await mai.presses("Sửa")
    await mai.says(ROAD)
    assert ROAD in mai.hears()
    assert "Đường hỏng\n" not in mai.hears()

    await mai.presses("Gửi")
    assert "Hạn trả lời" in mai.hears()


@pytest.mark.contract
async def test_the_sixth_file_is_told_and_five_are_kept(world: World) -> None:
    mai = await mai_types(world)
    for number in range(6):
        assert "tối đa 5 tệp" not in mai.hears()
        await mai.sends_photo(JPEG + bytes([number]))
    assert "Mỗi câu hỏi kèm tối đa 5 tệp." in mai.hears()
    assert "Gửi kèm:\n– 5 ảnh" in mai.hears()

    await mai.presses("Gửi")
    assert "Đã nhận" in mai.hears()


async def test_the_kind_is_changed_with_a_tap_and_words_are_no_kind(world: World) -> None:
    mai = await mai_types(world)
    await mai.presses("Đổi loại")
    await mai.says("việc khác")
    assert TAP_ONE in mai.hears()
    await mai.presses("Phản ánh")
    assert "Phản ánh" in mai.hears()
    assert ROAD in mai.hears()


async def test_a_question_for_a_meeting_is_sent_outside_it_and_back(world: World) -> None:
    await planned_meeting(world)
    mai = await mai_types(world)
    assert f"Gửi tới: {APRIL}" in mai.hears()

    await mai.presses("Đổi buổi")
    await mai.says("buổi nào cũng được")
    assert TAP_ONE in mai.hears()
    await mai.presses("Ngoài buổi đối thoại")
    assert "Gửi ngoài buổi đối thoại" in mai.hears()

    await mai.presses("Đổi buổi")
    await mai.presses(APRIL)
    assert f"Gửi tới: {APRIL}" in mai.hears()
    await mai.presses("Gửi")
    assert f"Buổi: {APRIL}" in mai.hears()
    assert "Hạn trả lời:" not in mai.hears(), "the clock waits for the end of the meeting (R160)"


async def test_a_meeting_of_one_day_without_an_hour_is_told_as_that_day(world: World) -> None:
    meeting = await planned_meeting(world)
    async with world.store.unit() as uow:
        stored = await uow.meetings.get(meeting.id)
        stored.precision, stored.window_from, stored.window_to = Precision.DAY, date(2024, 4, 25), date(2024, 4, 25)
        await uow.commit()

    mai = await mai_types(world)
    assert f"Gửi tới: {APRIL}, ngày 25/04/2024" in mai.hears()


@pytest.mark.parametrize(("label", "kind"), [("Kiến nghị", "Kiến nghị"), ("Hỏi", "Câu hỏi")])
async def test_words_alone_make_no_denunciation_but_are_asked_about(world: World, label: str, kind: str) -> None:
    """R129, LAW C4."""
    mai = await mai_types(world, "Tôi muốn tố cáo con đường này hỏng mãi")
    await mai.says("đường hỏng")
    assert TAP_ONE in mai.hears()
    await mai.presses(label)
    assert kind in mai.hears()
    await mai.presses("Gửi")
    assert "Đã nhận" in mai.hears()


async def test_the_link_of_a_meeting_shows_it_to_who_is_known(world: World) -> None:
    meeting = await planned_meeting(world)
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says(f"/start m-{meeting.id}")
    assert APRIL in mai.hears()
    await mai.presses("✍️ Gửi câu hỏi")
    assert "viết câu hỏi" in mai.hears()
    await mai.says("/start m-99999")
    assert "Không tìm thấy" in mai.hears()


async def test_the_link_of_a_meeting_leads_a_newcomer_to_its_hamlets_then_to_it(world: World) -> None:
    await load(world, "an-duong-2024")
    meeting = await planned_meeting(world)
    mai = world.phone()
    await mai.says(f"/start m-{meeting.id}")
    await mai.presses("Đồng ý")
    assert "ở thôn, tổ nào" in mai.hears()
    await mai.presses("TDP Hàng Gòn")
    await mai.says("Nguyễn Thị Mai")
    await mai.presses("Bỏ qua")
    assert APRIL in mai.hears()


async def test_where_several_communes_hold_dialogues_a_newcomer_is_asked_for_the_commune(world: World) -> None:
    await load(world, "an-duong-2024")
    async with world.store.reading() as uow:
        names = {unit.code: unit.name for unit in await uow.places.roots()}
    mai = world.phone()
    await mai.says("/start")
    await mai.presses("Đồng ý")
    await mai.says("một nơi khác")
    assert TAP_ONE in mai.hears()
    assert all(mai.sees_button(name) for name in names.values())
    await mai.presses(names["DL"])
    await mai.says("một thôn khác")
    assert TAP_ONE in mai.hears()
    await mai.presses("TDP Làng Dầu")
    await mai.says("Đinh Thị Bình")
    await mai.presses("Bỏ qua")
    assert "Cảm ơn Đinh Thị Bình" in mai.hears()


async def test_the_link_of_another_hamlet_asks_before_it_moves_anybody(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/start h-DL-lang-dau")
    await mai.says("để tôi xem")
    assert TAP_ONE in mai.hears()
    await mai.presses("Đúng")
    assert "Đã ghi: bà/ông ở" in mai.hears()


async def test_a_hamlet_that_is_none_any_more_takes_nobody_in(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/start h-DL-lang-dau")
    async with world.store.unit() as uow:
        merged = await uow.places.unit_by_code("DL-lang-dau")
        assert merged is not None
        merged.level = Level.COMMUNE
        await uow.commit()
    await mai.presses("Đúng")
    assert "Không tìm thấy" in mai.hears()


async def test_who_lost_a_role_goes_no_further_in_its_work(world: World) -> None:
    """Taps and words are no permission: the role is asked for at every step."""
    meeting = await planned_meeting(world)
    await set_meeting(world, meeting, MeetingState.FIXED)
    secretary = await world.staff(Role.SECRETARY, "DL", "Trần Văn Thư")
    await secretary.says("/buoimoi")
    async with world.store.engine.begin() as connection:
        await connection.execute(sa.delete(t.grants))
    await secretary.says("Đối thoại tháng 7")
    assert "Không tìm thấy" in secretary.hears()
    async with world.store.reading() as uow:
        assert len(await uow.meetings.of_plan(meeting.plan_id)) == 1


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("/hoi", "command hoi may not lead to ask.kind"),
        ("status.1", "choice status may not lead to ask.preview"),
        ("bất kỳ", "step ask.text may not lead to ask.kind"),
    ],
)
async def test_a_turn_the_table_does_not_know_is_a_defect_and_not_a_dead_end(
    world: World, what: str, sentence: str
) -> None:
    """The diagram of the conversation is made from the table, so nothing may go where the table does not say."""
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")

    async def astray(_scene: Scene, _heard: object) -> Turn:
        return Turn(to=PREVIEW if what == "status.1" else KIND, draft={"text": ROAD})

    whole = conversation_table()
    table = replace(
        whole,
        commands={**whole.commands, "hoi": replace(whole.commands["hoi"], act=astray)},
        choices={**whole.choices, "status": replace(whole.choices["status"], act=astray, leads_to=())},
        steps={**whole.steps, TEXT: replace(whole.steps[TEXT], hear=astray)},
    )
    async with world.store.engine.connect() as connection:
        chat = (await connection.execute(sa.select(t.accounts))).one()
    kind = InboundKind.CHOICE if "." in what else InboundKind.TEXT
    async with world.store.unit() as uow:
        heard = InboundEvent(Network(chat.network), chat.channel, chat.address, "e-astray", kind, what, what)
        with pytest.raises(RuntimeError, match=sentence):
            await converse(uow, heard, table)
