"""A button does what stands above it, or nothing: keyboards stay on phones for ever."""

import random
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from intake.rules.meetings.guest import GuestReply
from intake.rules.meetings.meeting import MeetingId, MeetingState
from intake.rules.questions.question import Proposal, Question
from storage import tables as t
from tests.support.office import Office, open_office
from tests.support.stories import answer, lay_on_desk, planned_meeting, question_of
from tests.support.telegram_line import TelegramLine
from tests.support.webchat_line import WebChatLine
from tests.support.world import Line, Phone, Shown, World, local, opened_world

OLD = "Nút này thuộc một tin nhắn cũ: lần bấm này không gửi và không thay đổi gì."
ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"
LAMP = "Đèn đường xóm 2 tắt đã hai tuần, khi nào thay?"


async def _written(world: World) -> dict[str, str]:
    """Whatever people sent, by where it is kept: a question, what a desk proposes."""
    async with world.store.reading() as uow:
        questions = (await uow.session.scalars(sa.select(Question))).all()
        proposals = (await uow.session.scalars(sa.select(Proposal))).all()
    references = {one.id: one.reference for one in questions}
    return {one.reference: one.original_text for one in questions} | {
        f"{references[one.question_id]} proposal {one.id}": one.text for one in proposals
    }


async def test_gui_under_a_draft_that_was_given_up_sends_nothing_of_the_next_one(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says(ROAD)
    of_the_road = mai.button("Gửi")
    await mai.says("huỷ")
    await mai.says("/hoi")
    await mai.says(LAMP)

    await mai.taps_code(of_the_road)

    assert OLD in mai.hears()
    assert LAMP in mai.hears(), "and what lies before them is shown again"
    assert await _written(world) == {}
    await mai.presses("Gửi")
    assert f"Đã nhận, mã DL-2024-0001 (“{LAMP}”)" in mai.hears()
    await mai.taps_code(of_the_road)
    assert OLD in mai.hears()
    assert list((await _written(world)).values()) == [LAMP]


async def test_an_answer_half_written_to_one_question_is_not_sent_to_another(plain_world: World) -> None:
    office = await open_office(plain_world)
    road, lamp = await office.assigned(ROAD), await office.assigned(LAMP)
    official = office.official
    await official.says("/hangdoi")
    await official.presses(road)
    await official.presses("Trả lời")
    await official.says("Xã sửa đường trong quý II.")
    to_the_road = official.button("Gửi")
    await official.says("/hangdoi")
    await official.presses(lamp)
    await official.presses("Trả lời")

    await official.taps_code(to_the_road)
    assert OLD in official.hears()
    await official.says("Xã thay đèn tuần tới.")
    await official.taps_code(to_the_road)
    assert OLD in official.hears()
    assert not [name for name in await _written(plain_world) if "proposal" in name]

    await official.presses("Gửi")
    [(name, text)] = [(name, text) for name, text in (await _written(plain_world)).items() if "proposal" in name]
    assert name.startswith(lamp)
    assert text == "Xã thay đèn tuần tới."


async def test_the_old_cancel_does_not_take_the_draft_along(plain_world: World) -> None:
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says(ROAD)
    old = mai.button("Huỷ")
    await mai.presses("Huỷ")
    await mai.says("/hoi")
    await mai.says(LAMP)

    await mai.taps_code(old)

    assert OLD in mai.hears()
    await mai.presses("Gửi")
    assert LAMP in mai.hears()


@pytest.mark.parametrize("seed", range(12))
async def test_whatever_old_button_is_pressed_nothing_is_sent_but_what_stands_above_it(
    seed: int, plain_world: World
) -> None:
    office = await open_office(plain_world)
    await planned_meeting(plain_world, "DL-hang-gon")
    for text in (ROAD, LAMP):
        await office.assigned(text)
    chance = random.Random(seed)  # noqa: S311 - a walk, not a secret
    written = await _written(plain_world)
    for turn in range(45):
        phone: Phone = chance.choice((office.mai, office.official, office.official))
        pressed: tuple[Shown, str] | None = None
        if chance.random() < 0.4:
            opening = ("/hoi", "/hangdoi", "/menu", "/huy", "/dangky") if chance.random() < 0.3 else ()
            await phone.says(chance.choice((*opening, f"Nội dung số {turn} của xóm ba", f"Đường {turn} hỏng rồi")))
        else:
            offered = [
                (message, code)
                for message in phone.line.shown(phone.address)
                for label, code in message.buttons.items()
                if label in {"Gửi", "Sửa", "Trả lời", "Hỏi lại"} or chance.random() < 0.1
            ]
            if not offered:
                continue
            pressed = chance.choice(offered)
            await phone.taps_code(pressed[1])
        now = await _written(plain_world)
        for name in now.keys() - written.keys():
            assert pressed is not None, f"{name} was sent by no button"
            above = pressed[0].text
            assert now[name] in above, f"{now[name]!r} was sent by a button under {above!r}"
            if "proposal" in name:
                assert name.split()[0] in above, f"{name} by a button under {above!r}"
        written = now
        plain_world.clock.move(minutes=1)


async def _ask(office: Office, text: str) -> Phone:
    await office.mai.says("/hoi")
    await office.mai.says(text)
    return office.mai


async def _register(office: Office, text: str) -> Phone:
    await office.mai.says("/dangky")
    await office.mai.presses("Phát biểu")
    await office.mai.says(text)
    return office.mai


async def _at_desk(office: Office, button: str, *typed: str) -> Phone:
    await office.official.says("/hangdoi")
    await office.official.presses("DL-2024-0001")
    await office.official.presses(button)
    for words in typed:
        await office.official.says(words)
    return office.official


async def _reply(office: Office, text: str) -> Phone:
    return await _at_desk(office, "Trả lời", text)


async def _ask_back(office: Office, text: str) -> Phone:
    return await _at_desk(office, "Hỏi lại", text)


async def _return(office: Office, text: str) -> Phone:
    return await _at_desk(office, "Trả lại", text)


async def _refer(office: Office, text: str) -> Phone:
    return await _at_desk(office, "Chuyển", "UBND huyện Sơn Hà", "20/04/2024", text)


async def _extend(office: Office, text: str) -> Phone:
    await _at_desk(office, "Gia hạn")
    await office.official.presses("Bỏ qua")
    await office.official.says("20/05/2024")
    await office.official.says(text)
    return office.official


async def _decline(office: Office, text: str) -> Phone:
    await office.secretary.says("/phanloai")
    await office.secretary.presses("DL-2024-0002")
    await office.secretary.presses("Ngoài nội dung")
    await office.secretary.says(text)
    await office.secretary.says("Xin hỏi huyện.")
    return office.secretary


async def _release(office: Office, text: str) -> Phone:
    await office.secretary.says("/thongbao")
    await office.secretary.presses("Sửa")
    del text  # the words a notice owes are the plan's; the one before stays under its own button
    await office.secretary.says("huỷ")
    await office.secretary.says("/thongbao")
    return office.secretary


PREVIEWS = (_ask, _register, _reply, _ask_back, _return, _refer, _extend, _decline, _release)
KEPT = (t.questions, t.proposals, t.registrations, t.notices)


async def _kept(world: World) -> list[tuple[object, ...]]:
    """Every row of what previews send."""
    async with world.store.engine.connect() as connection:
        return [tuple(row) for table in KEPT for row in await connection.execute(sa.select(table).order_by(table.c.id))]


@pytest.mark.parametrize("line", [TelegramLine, WebChatLine])
@pytest.mark.parametrize("preview", PREVIEWS, ids=lambda preview: preview.__name__.strip("_"))
async def test_the_old_send_of_every_preview_sends_nothing(
    tmp_path: Path, line: Callable[[], Line], preview: Callable[[Office, str], Awaitable[Phone]]
) -> None:
    async with opened_world(tmp_path, line, local(2024, 3, 1), plan="di-lang-2024") as world:
        office = await open_office(world)
        await office.assigned(ROAD)
        await office.asked(LAMP)
        await office.fixed_meeting()
        phone = await preview(office, "Lời thứ nhất, đã bỏ.")
        old = phone.button("Gửi")
        await phone.says("huỷ")
        phone = await preview(office, "Lời thứ hai, đang viết.")
        kept = await _kept(world)

        await phone.taps_code(old)

        assert OLD in phone.hears()
        assert phone.sees_button("Gửi"), "what lies before them is shown again"
        assert await _kept(world) == kept
        await phone.presses("Gửi")
        assert await _kept(world) != kept
        kept = await _kept(world)
        for code in (old, phone.button("Gửi")):
            await phone.taps_code(code)
            assert OLD in phone.hears()
        assert await _kept(world) == kept


ANEW = "Từ khi bà/ông xem, nội dung này đã có thay đổi nên chưa làm gì."


async def _writes_item(office: Office, text: str) -> None:
    await office.secretary.taps_code("conclusionadd.1")
    for said in (text, "Điện lực huyện"):
        await office.secretary.says(said)
    for tap in ("Không có hạn", "Không có câu hỏi nào", "Gửi"):
        await office.secretary.presses(tap)


async def test_a_conclusion_is_made_public_as_the_chair_saw_it_or_not_at_all(plain_world: World) -> None:
    office = await open_office(plain_world)
    await office.fixed_meeting()
    await office.opened()
    await office.closed()
    await _writes_item(office, "Sửa đường xóm 3 trong quý III.")
    await office.chair.taps_code("conclusionpublish.1")
    assert "Sửa đường xóm 3" in office.chair.hears()
    old = office.chair.button("Gửi")
    await _writes_item(office, "Kiểm điểm ông Trưởng xóm 2.")
    office.put_away()

    await office.chair.taps_code(old)
    assert ANEW in office.chair.hears()
    assert "Kiểm điểm ông Trưởng xóm 2" in office.chair.hears(), "and what it is now is shown"
    assert "📌" not in office.mai.hears()
    await office.chair.taps_code("conclusionpublic.1")
    assert ANEW in office.chair.hears(), "a button from before buttons bore a mark"
    assert "📌" not in office.mai.hears()

    await office.chair.presses("Gửi")
    assert "📌" in office.mai.hears()
    await office.chair.taps_code(old)
    assert "không sửa được nữa" in office.chair.hears()


async def test_results_go_out_with_the_figures_that_were_looked_at(plain_world: World) -> None:
    office = await open_office(plain_world)
    await office.fixed_meeting()
    await office.opened()
    await office.closed()
    await office.secretary.taps_code("madepublicnow.1")
    old = office.secretary.button("Gửi")
    await _writes_item(office, "Sửa đường xóm 3 trong quý III.")
    await office.chair.taps_code("conclusionpublish.1")
    await office.chair.presses("Gửi")
    office.put_away()

    await office.secretary.taps_code(old)
    assert ANEW in office.secretary.hears()
    assert "📊" not in office.mai.hears()
    await office.secretary.presses("Gửi")
    assert "📊" in office.mai.hears()


async def test_invitations_go_to_those_who_were_on_the_list_that_was_looked_at(plain_world: World) -> None:
    office = await open_office(plain_world)
    await planned_meeting(plain_world)
    async with plain_world.store.unit() as uow:
        meeting = await uow.meetings.get(1)
        meeting.state, meeting.starts_at = MeetingState.FIXED, local(2024, 4, 25, 14)
        await uow.commit()

    async def adds(label: str) -> None:
        await office.secretary.taps_code("guestadd.1.0")
        await office.secretary.presses(label)
        await office.secretary.presses("Xong")

    await adds("Lê Thị Hoa – Cán bộ, công chức chuyên môn thị trấn")
    await office.secretary.taps_code("guestsend.1")
    old = office.secretary.button("Gửi")
    await adds("Phạm Văn Dân – Bộ phận Kiểm tra - Tuyên giáo - Dân vận Đảng ủy")
    office.put_away()

    await office.secretary.taps_code(old)
    assert ANEW in office.secretary.hears()
    assert office.other.hears() == office.official.hears() == ""
    await office.secretary.presses("Gửi")
    assert "mời" in office.other.hears()
    assert "mời" in office.official.hears()


async def test_an_approval_answers_those_who_stood_above_it_and_nobody_who_came_in_since(plain_world: World) -> None:
    office = await open_office(plain_world)
    await office.proposed("Xã sửa đường xóm 3 trong quý II.")
    await office.asked(LAMP)
    await office.chair.says("/duyet")
    await office.chair.presses("DL-2024-0001") if office.chair.sees_button("DL-2024-0001") else None
    old = office.chair.button("Duyệt")
    await office.secretary.taps_code("join.2")
    await office.secretary.says("DL-2024-0001")
    office.put_away()

    await office.chair.taps_code(old)
    assert ANEW in office.chair.hears()
    assert "DL-2024-0002" in office.chair.hears(), "whom it would answer now is shown"
    assert "Xã sửa đường" not in office.mai.hears()
    await office.chair.presses("Duyệt")
    assert "Xã sửa đường" in office.mai.hears()


async def test_the_buttons_under_an_answer_rate_that_answer(plain_world: World) -> None:
    """The question is reopened and answered again; the first answer stays on the phone with its buttons."""
    mai = await plain_world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    await lay_on_desk(plain_world, "DL-2024-0001")
    await answer(plain_world, "DL-2024-0001", "Không sửa.")
    old = mai.button("Hài lòng")
    await mai.presses("Chưa hài lòng")
    await mai.presses("Mở lại")
    await mai.says("Xe cứu thương không vào được.")
    await mai.presses("Gửi")
    await answer(plain_world, "DL-2024-0001", "Xã sửa trong quý II.")

    await mai.taps_code(old)
    assert ANEW in mai.hears()
    assert "Xã sửa trong quý II." in mai.hears()
    async with plain_world.store.reading() as uow:
        assert (await question_of(uow, "DL-2024-0001")).rating is None
    await mai.presses("Hài lòng")
    assert "Cảm ơn bà/ông đã đánh giá" in mai.hears()
    await mai.taps_code(old)
    assert "đã đánh giá câu trả lời này rồi" in mai.hears()


async def test_a_guest_who_says_yes_to_the_day_before_says_nothing_about_the_new_one(plain_world: World) -> None:
    office = await open_office(plain_world)
    await office.fixed_meeting()
    await office.secretary.taps_code("guestadd.1.0")
    await office.secretary.presses("Lê Thị Hoa – Cán bộ, công chức chuyên môn thị trấn")
    await office.secretary.presses("Xong")
    await office.secretary.taps_code("guestsend.1")
    await office.secretary.presses("Gửi")
    coming, stand_in = office.official.button("Dự"), office.official.button("Cử người dự thay")
    await office.secretary.taps_code("fix.1")
    for said in ("26/04/2024", "14:00"):
        await office.secretary.says(said)
    await office.secretary.presses("Bỏ qua")
    await office.secretary.presses("Gửi")
    office.put_away()

    for old in (coming, stand_in):
        await office.official.taps_code(old)
        assert ANEW in office.official.hears()
        assert "26/04/2024" in office.official.hears()
    async with plain_world.store.reading() as uow:
        [guest] = await uow.guests.of_meeting(MeetingId(1))
        assert guest.reply is GuestReply.OPEN
    await office.official.presses("Dự")
    async with plain_world.store.reading() as uow:
        [guest] = await uow.guests.of_meeting(MeetingId(1))
        assert guest.reply is GuestReply.COMING
