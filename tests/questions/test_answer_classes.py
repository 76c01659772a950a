"""What an answer is (R021): whoever answers says it with one tap, its words say it otherwise, and figures count it."""

from datetime import date

import pytest

from intake.rules.papers.figures import Tally
from intake.rules.questions.answer_class import class_in_words, day_foreseen
from intake.rules.questions.question import AnswerClass
from tests.support.desk import desk_app, sit_down
from tests.support.office import DESK, Office, open_office
from tests.support.world import World

TODAY = date(2024, 3, 1)


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Xã sửa xong trước ngày 30/4/2024.", date(2024, 4, 29)),
        ("Xã sửa xong trước 30/4/2024.", date(2024, 4, 29)),
        ("Xong trước tháng 6/2024.", date(2024, 5, 31)),
        ("Xong trước quý III năm 2024.", date(2024, 6, 30)),
        ("Xong trước ngày 02/3/2024.", date(2024, 3, 1)),
        ("Xong trước khi hết ngày 30/4/2024.", date(2024, 4, 30)),
        ("Chậm nhất ngày 30/4/2024 thì xong.", date(2024, 4, 30)),
        ("Xong trước ngày 01/3/2024.", None),
        ("Đội quản lý đô thị dọn ngày 05 tháng 3, kiểm tra lại ngày 20 tháng 3.", date(2024, 3, 5)),
        ("Xã sửa trong quý II.", date(2024, 6, 30)),
        ("Sẽ làm trong tháng 12/2024.", date(2024, 12, 31)),
        ("Đã dọn xong ngày 20/02/2024.", None),
        ("Theo Quyết định số 12/2024/QĐ-UBND, lệ phí là 50.000 đồng.", None),
        ("Sẽ làm ngày 01/01/2204.", None),
        ("Xã sẽ xem xét, giải quyết trong thời gian tới.", None),
    ],
)
def test_what_names_a_day_to_come_is_on_its_way(text: str, day: date | None) -> None:
    assert day_foreseen(text, TODAY) == day
    assert (class_in_words(text, TODAY) is AnswerClass.DATED) == (day is not None)


def test_shares_are_of_what_askers_were_told() -> None:
    """Referred and extended have an agency and a day as well; a share of nothing is none."""
    tally = Tally(received=9, in_time=4, settled=1, dated=1, explained=2, referred=1, extended=1, waiting=3)
    assert (tally.dated_share, tally.explained_share) == (50, 50)
    assert (Tally().dated_share, Tally().explained_share) == (None, None)
    assert Tally(received=3, late=3, explained=1).explained_share == 33


async def test_one_tap_says_that_it_is_done_and_none_is_needed(office: Office) -> None:
    """The desk, the chair, the meeting's figures: an answer is what the desk said, and no more than its words."""
    dated = await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Trả lời")
    await office.official.says("Xã sửa trong quý II.")
    await office.official.presses("Gửi")
    assert "Loại trả lời: đang giải quyết, có ngày xong" in office.chair.hears()
    await office.chair.presses("Duyệt")
    kept = (await office.proposals(dated))[0]
    assert (kept.answer_class, kept.agency, kept.promised_on) == (AnswerClass.DATED, DESK, date(2024, 6, 30))

    done = await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Trả lời")
    await office.official.says("Đội vệ sinh đã dọn rãnh nước sáng nay.")
    assert "Loại trả lời: chỉ giải thích" in office.official.hears()
    assert not office.official.sees_button("Gửi: chỉ giải thích")
    await office.official.presses("Gửi: việc đã xong")
    assert "Loại trả lời: đã giải quyết xong" in office.chair.hears()
    await office.chair.presses("Duyệt")

    plain = await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Trả lời")
    await office.official.says("Từ ngày 01/7/2024 lệ phí là 50.000 đồng.")
    await office.official.presses("Gửi: chỉ giải thích")
    await office.chair.presses("Duyệt")
    assert (await office.proposals(plain))[0].promised_on is None

    said = [(await office.question(one)).answer_class for one in (dated, done, plain)]
    assert said == [AnswerClass.DATED, AnswerClass.SETTLED, AnswerClass.EXPLANATION]
    await office.secretary.says("/solieu")
    for line in (
        "Trong số đã trả lời: đã giải quyết xong: 1",
        "Trong số đã trả lời: chỉ giải thích: 1",
        "Có ngày và nơi chịu trách nhiệm (%): 33",
        "Chỉ giải thích (%): 33",
    ):
        assert line in office.secretary.hears()


async def test_at_the_desk_the_words_decide_unless_something_is_chosen(office: Office) -> None:
    reference = await office.assigned()
    official = await sit_down(desk_app(office.world), office.official)

    async def answers(text: str, what: str) -> None:
        await official.opens(f"/cau-hoi/{reference}")
        seen = official.page.partition('name="seen" value="')[2].partition('"')[0]
        await official.sends(f"/cau-hoi/{reference}/tra-loi", form="answer", seen=seen, text=text, what=what)

    await answers("Đã dọn.", "lạ")
    assert official.status == 404
    await answers("Đã dọn.", "settled")
    await official.opens(f"/cau-hoi/{reference}")
    assert "đã giải quyết xong" in official.reads()
    await answers("Dọn trước ngày 20/3/2024.", "")

    chair = await sit_down(desk_app(office.world), office.chair)
    await chair.opens("/duyet")
    assert "Loại trả lời: đang giải quyết, có ngày xong" in chair.reads()
    assert "19/03/2024" in chair.reads(), "before the 20th is the 19th"
    await chair.opens("/so-lieu")
    assert "Chỉ giải thích (%)" in chair.reads()


async def test_in_the_room_what_is_made_clear_is_an_explanation(office: Office) -> None:
    """And an answer there that names no day is taken as the end of the matter; held back, it is what it was."""
    meeting = await office.fixed_meeting("DL-hang-gon")
    references = [await office.asked(text) for text in ("Chợ bẩn quá.", "Phí nước bao nhiêu?", "Đường hỏng.")]
    await office.opened()
    async with office.world.store.unit() as uow:
        ids = {one.reference: one.id for one in await uow.questions.of_meeting(meeting.id)}
    for reference, code, text, sends in (
        (references[0], "roomanswer", "Ban quản lý đã dọn sáng nay.", "Gửi"),
        (references[1], "roomclarify", "Mức phí do tỉnh quy định.", "Gửi"),
        (references[2], "roomanswer", "Xã sửa xong trước ngày 30/12/2024.", "Gửi khi kết thúc buổi"),
    ):
        await office.secretary.taps_code(f"{code}.{ids[reference]}")
        await office.secretary.says(text)
        await office.secretary.presses(sends)
    await office.closed()
    said = [(await office.question(one)).answer_class for one in references]
    assert said == [AnswerClass.SETTLED, AnswerClass.EXPLANATION, AnswerClass.DATED]
