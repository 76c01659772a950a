"""A show of hands: asked from chat or desk, one hand for each who is registered, on the wall and in the minutes.

It is never a secret ballot, and says so wherever it is read.
"""

import re
from html import unescape

import pytest

from intake.actions.meetings.hands_by_eye import enter_hands
from intake.actions.meetings.hold_meeting import close_meeting
from intake.actions.meetings.register import new_registration
from intake.actions.meetings.show_of_hands import put_hand_up
from intake.actions.papers.gather import gather
from intake.actions.people.own_data import erase
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState, RegistrationKind, RegistrationState
from intake.rules.meetings.show_of_hands import HandsId, clean_answers, read_counts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.people.person import Person, Role
from tests.support.desk import desk_app, sit_down
from tests.support.office import Office, neighbour_unit, open_office, person_named
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


async def asked(office: Office) -> None:
    """The secretary puts the question to the hall."""
    await office.secretary.taps_code("handsask.1")
    await office.secretary.says(ASKED)
    await office.secretary.says(ANSWERS)
    await office.secretary.presses("Gửi")


async def neighbours_registered(office: Office, meeting: Meeting, many: int, hamlet: str = "DL-hang-gon") -> None:
    """People without a phone, with a seat."""
    async with office.world.store.unit() as uow:
        home = await uow.places.unit_by_code(hamlet)
        assert home is not None
        for number in range(many):
            person = await uow.people.add(Person(f"Bà Cụ {number}", home.id, created_at=uow.now))
            seat = await new_registration(
                uow, meeting, person, kind=RegistrationKind.ATTEND, content="", unit_id=home.id
            )
            seat.state = RegistrationState.STANDING
        await uow.commit()


async def test_whoever_gives_the_seat_back_has_no_hand_up_any_more(office: Office, wall: Wall) -> None:  # noqa: F811
    await in_session(office)
    await asked(office)
    await office.mai.presses("Buổi chiều")
    chosen = '<span class="middle">Buổi chiều</span> <strong class="middle">{}</strong>'
    assert chosen.format(1) in await wall.shows()
    await office.mai.says("/dangky")
    await office.mai.presses("Rút đăng ký")
    async with office.world.store.reading() as uow:
        registered = await uow.meetings.registrations_of((await person_named(uow, "Nguyễn Thị Mai")).id)
    assert [one.state for one in registered] == [RegistrationState.WITHDRAWN]
    assert chosen.format(0) in await wall.shows()
    await office.chair.taps_code("handscount.1")
    assert "Cộng: 0" in office.chair.hears()


def test_numbers_are_read_in_the_order_of_the_answers() -> None:
    assert read_counts(" 12,0; 3\n", 3) == [12, 0, 3]
    for typed in ("12 0", "12 0 3 1", "12 không 3", "12 -1 3", "12 0 10000", ""):
        with pytest.raises(RuleBroken, match="hands_numbers"):
            read_counts(typed, 3)


async def test_people_without_a_phone_are_counted_by_their_head_and_in_the_hall(
    office: Office,
    wall: Wall,  # noqa: F811
) -> None:
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đỗ Văn Thọ")
    meeting = await in_session(office)
    await neighbours_registered(office, meeting, 2)
    await neighbours_registered(office, meeting, 2, "DL-lang-dau")
    await asked(office)
    assert "Xin đếm giúp tay của người không dùng điện thoại" in head.hears()
    await head.presses("✍️ Tay giơ tại chỗ")
    await head.says("nhiều")
    assert "Xin gõ đủ 3 số" in head.hears()
    await head.says("2 1 1")
    await head.presses("Gửi")
    assert "chỉ còn 3 người chưa giơ tay" in head.hears(), "Mai and two neighbours are registered there"
    await head.says("/giotay")
    await head.presses("✍️ Tay giơ tại chỗ")
    await head.says("1 0 0")
    await head.presses("Gửi")
    assert "Đã ghi tay giơ tại chỗ" in head.hears()
    await head.presses("✍️ Tay giơ tại chỗ")
    await head.says("2 0 0")
    await head.presses("Gửi")
    assert "Ghi lại số khác được cho đến khi đếm xong" in head.hears()
    await office.mai.presses("Buổi chiều")
    page = await wall.shows()
    assert '<span class="middle">Buổi sáng</span> <strong class="middle">2</strong>' in page
    assert "2 tay của người không dùng điện thoại" in page
    await office.secretary.taps_code("hands.1")
    await office.secretary.presses("✍️ Tay giơ tại chỗ")
    await office.secretary.says("0 0 2")
    await office.secretary.presses("Gửi")
    assert "– Buổi tối: 2" in office.secretary.hears()
    assert "Trong đó 4 tay" in office.secretary.hears()
    async with office.world.store.unit() as uow:
        stranger = await uow.people.add(Person("Người Lạ", None, created_at=uow.now))
        with pytest.raises(NotFound):
            await enter_hands(uow, by=stranger, hands_id=FIRST, place_id=meeting.unit_id, counts=[1, 0, 0])
        thu = await person_named(uow, "Trần Văn Thư")
        for counts in ([1, 0], [-1, 0, 1]):
            with pytest.raises(NotFound):
                await enter_hands(uow, by=thu, hands_id=FIRST, place_id=meeting.unit_id, counts=counts)
        await uow.hands.forget((await person_named(uow, "Nguyễn Thị Mai")).id)
        await enter_hands(uow, by=thu, hands_id=FIRST, place_id=meeting.unit_id, counts=[0, 0, 3])
        await uow.commit()
    await office.mai.taps_code("hand.1.0")
    assert "Mọi người đã đăng ký đều đã được đếm" in office.mai.hears(), "who was seen in the hall counts once"
    await office.chair.taps_code("handscount.1")
    assert "Cộng: 5" in office.chair.hears()
    await head.taps_code(f"handsenter.1.{meeting.unit_id}")
    assert "Không tìm thấy" in head.hears(), "the whole hall is the office's"
    async with office.world.store.unit() as uow:
        with pytest.raises(RuleBroken, match="hands_counted"):
            await enter_hands(uow, by=thu, hands_id=FIRST, place_id=meeting.unit_id, counts=[0, 0, 1])
        plan = await uow.plans.get(meeting.plan_id)
        facts = await gather(uow, plan, PaperSubject.MEETING, meeting=await uow.meetings.get(meeting.id))
    assert "Trong đó 5 tay" in str(worded(PaperKind.MINUTES, facts))
    sheet = str(worded(PaperKind.HANDS_SHEET, facts))
    assert "KẾT QUẢ GIƠ TAY" in sheet
    for said in (ASKED, "('Buổi tối', '3')", "('Cộng', '5')", "Trong đó 5 tay", "không phải bỏ phiếu kín"):
        assert said in sheet, said


async def test_the_desk_counts_those_without_a_phone_and_prints_the_result(office: Office) -> None:
    meeting = await in_session(office)
    await neighbours_registered(office, meeting, 2)
    path = f"/buoi/{meeting.id}/phong"
    desk = await sit_down(desk_app(office.world), office.secretary)
    await desk.sends(f"{path}/gio-tay", form="hands", question=ASKED, answers=ANSWERS)
    number = {"form": "by_eye", "hands": "1"}
    await desk.sends(f"{path}/tay-tai-cho", **number, count_0="2", count_1="1", count_2="1")
    assert (desk.status, "chỉ còn 3 người chưa giơ tay" in desk.reads()) == (422, True)
    await desk.sends(f"{path}/tay-tai-cho", **number, count_0="nhiều", count_1="1", count_2="1")
    assert (desk.status, "Xin gõ đủ 3 số" in desk.reads()) == (422, True)
    await desk.sends(f"{path}/tay-tai-cho", **number, count_0="2", count_1="", count_2="1")
    assert "Trong đó 3 tay" in desk.reads()
    await desk.sends(f"{path}/tay-tai-cho", form="by_eye", hands="9", count_0="1")
    assert desk.status == 404
    await desk.opens(path)
    await desk.sends(f"{path}/dem-tay")
    [sheet] = re.findall(r'href="/ban-lam-viec(/[^"]+hands_sheet[^"]+)"', desk.page)
    await desk.opens(unescape(sheet))
    assert "KẾT QUẢ GIƠ TAY" in desk.reads()
    assert "Buổi sáng" in desk.reads()
    other = await sit_down(desk_app(office.world), await neighbour_unit(office.world, Role.SECRETARY))
    await other.sends(f"{path}/tay-tai-cho", **number, count_0="1")
    assert other.status == 404
