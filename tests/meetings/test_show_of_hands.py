"""A show of hands: asked from chat or desk, one hand for each who is registered, on the wall and in the minutes.

It is never a secret ballot, and says so wherever it is read.
"""

import pytest

from intake.actions.meetings.hold_meeting import close_meeting
from intake.actions.meetings.show_of_hands import put_hand_up
from intake.actions.papers.gather import gather
from intake.actions.people.own_data import erase
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.meetings.show_of_hands import HandsId, clean_answers
from intake.rules.papers.kinds import PaperKind, PaperSubject
from tests.support.desk import desk_app, sit_down
from tests.support.office import Office, open_office, person_named
from tests.support.stories import set_meeting
from tests.support.world import World
from tests.web.test_hall import PLACE, Wall, registers_to_speak, wall  # noqa: F401
from wording.papers.registry import worded

ASKED = "Họp vào buổi nào thì tiện?"
ANSWERS = "Buổi sáng\nBuổi chiều\n\nBuổi tối"
FIRST = HandsId(1)


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def in_session(office: Office) -> Meeting:
    meeting = await office.fixed_meeting()
    await registers_to_speak(office, meeting)
    await office.opened()
    return meeting


def test_three_to_six_different_answers_fit_on_a_wall() -> None:
    assert clean_answers(" Có \n\nKhông\nÝ kiến  khác") == ["Có", "Không", "Ý kiến khác"]
    for typed in ("Có\nKhông", "\n".join("abcdefg"), "Có\ncó\nKhông", f"Có\nKhông\n{'a' * 61}"):
        with pytest.raises(RuleBroken, match="hands_answers"):
            clean_answers(typed)


async def test_the_hall_is_asked_from_the_chat_and_counted(office: Office, wall: Wall) -> None:  # noqa: F811
    meeting = await in_session(office)
    an = await office.world.resident("DL-hang-gon", "Phạm Văn An")
    await office.secretary.taps_code("hall.1")
    await office.secretary.presses("✋ Giơ tay")
    assert "không dùng để bầu người hay bỏ phiếu kín" in office.secretary.hears()
    await office.secretary.says(ASKED)
    await office.secretary.says("Sáng, chiều, tối")
    assert "mỗi câu một dòng" in office.secretary.hears()
    await office.secretary.says(ANSWERS)
    await office.secretary.presses("Gửi")
    assert "Đang giơ tay" in office.secretary.hears()
    assert "không phải bỏ phiếu kín" in office.mai.hears()
    await office.mai.presses("Buổi chiều")
    await office.mai.says("/giotay")
    await office.mai.presses("Buổi tối")
    assert "Đã ghi: Buổi tối" in office.mai.hears()
    page = await wall.shows()
    assert ASKED in page
    assert '<span class="middle">Buổi tối</span> <strong class="middle">1</strong>' in page
    assert '<span class="middle">Buổi chiều</span> <strong class="middle">0</strong>' in page
    assert "không phải bỏ phiếu kín" in page
    assert "/giotay" in await wall.shows(f"{PLACE}/o-nha")
    await an.says("/giotay")
    assert "không có câu hỏi giơ tay nào" in an.hears()
    for phone, code in ((an, "hand.1.0"), (office.mai, "hand.1.3"), (office.mai, "handscount.1"), (an, "hands.1")):
        await phone.taps_code(code)
        assert "Không tìm thấy" in phone.hears(), code
    await office.secretary.taps_code("hall.1")
    await office.secretary.presses("✋ Xem số tay")
    assert "– Buổi tối: 1" in office.secretary.hears()
    await office.secretary.taps_code("handsask.1")
    await office.secretary.says("Câu khác")
    await office.secretary.says(ANSWERS)
    await office.secretary.presses("Gửi")
    assert "xin đếm xong" in office.secretary.hears()
    await office.chair.taps_code("handscount.1")
    assert "Kết quả giơ tay" in office.chair.hears()
    await office.chair.taps_code("handscount.1")
    assert "Kết quả" not in office.chair.hears()
    await office.mai.taps_code("hand.1.0")
    assert "đã đếm xong" in office.mai.hears()
    assert "Kết quả giơ tay" in await wall.shows()
    async with office.world.store.reading() as uow:
        assert await uow.hands.up(FIRST) == {}, "who chose what is forgotten"
        plan = await uow.plans.get(meeting.plan_id)
        facts = await gather(uow, plan, PaperSubject.MEETING, meeting=await uow.meetings.get(meeting.id))
    minutes = str(worded(PaperKind.MINUTES, facts))
    assert f"Giơ tay công khai, không phải bỏ phiếu kín: {ASKED}" in minutes
    assert "Buổi tối: 1" in minutes
    office.world.clock.move(minutes=6)
    assert ASKED not in await wall.shows(), "the wall goes on"


async def test_the_desk_asks_counts_and_sets_the_clock(office: Office, wall: Wall) -> None:  # noqa: F811
    meeting = await in_session(office)
    path = f"/buoi/{meeting.id}/phong"
    desk = await sit_down(desk_app(office.world), office.chair)
    for typed, said in (
        (("", ANSWERS), "nội dung"),
        (("a" * 201, ANSWERS), "200"),
        ((ASKED, "Có"), "mỗi câu một dòng"),
    ):
        await desk.sends(f"{path}/gio-tay", form="hands", question=typed[0], answers=typed[1])
        assert (desk.status, said in desk.reads()) == (422, True), said
    await desk.sends(f"{path}/gio-tay", form="hands", question=ASKED, answers=ANSWERS)
    await office.world.settle()
    await office.mai.presses("Buổi sáng")
    await desk.opens(path)
    assert ASKED in desk.reads()
    async with office.world.store.unit() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
        await erase(uow, person=mai)
        assert await uow.hands.up(FIRST) == {}, "whoever is erased has no hand up"
        with pytest.raises(NotFound):
            await put_hand_up(uow, by=mai, hands_id=FIRST, answer=0)
    await desk.sends(f"{path}/dem-tay")
    assert "Buổi sáng" in desk.reads()
    await desk.sends(f"{path}/dong-ho", minutes="5")
    await desk.sends(f"{path}/moi", who="1")
    assert "data-until=" in await wall.shows()
    await desk.sends(f"{path}/dong-ho", minutes="0")
    assert "data-until=" not in await wall.shows()
    await set_meeting(office.world, meeting, MeetingState.HELD)
    await desk.sends(f"{path}/gio-tay", form="hands", question=ASKED, answers=ANSWERS)
    assert desk.status == 422


async def test_hands_that_are_up_at_the_end_are_counted(office: Office) -> None:
    meeting = await in_session(office)
    for text, said in ((f"handsask.{meeting.id}", ""), ("", ASKED), ("", ANSWERS)):
        await (office.secretary.taps_code(text) if text else office.secretary.says(said))
    await office.secretary.presses("Gửi")
    await office.mai.presses("Buổi chiều")
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        await close_meeting(uow, by=secretary, meeting_id=meeting.id)
        assert await uow.hands.up(FIRST) == {}, "who chose what is forgotten"
        assert (await uow.hands.get(FIRST)).result == [0, 1, 0]
        await uow.commit()
    await office.mai.says("/giotay")
    assert "không có câu hỏi giơ tay nào" in office.mai.hears()
    await office.mai.taps_code("hand.1.0")
    assert "đã đếm xong" in office.mai.hears()
