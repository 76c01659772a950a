"""Several matters on one morning: one letter to each person in the office, one per question to the askers (R160)."""

from datetime import date, timedelta

import pytest

from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.reminder_messages import LONGEST_LIST, MOST_BUTTONS, Reminder, Subject, digest
from intake.rules.deadlines.reminders import AlertAudience
from intake.rules.questions.question import QuestionId
from locales import LANGUAGES
from tests.support.deadlines import Office, ask, open_office, sweep_at, take_on
from tests.support.world import World, local
from wording.texts import render

REPLIES_LATE = date(2024, 4, 2)
"""What was asked on 1 March was due on Monday 1 April."""


@pytest.fixture
async def office(world: World) -> Office:
    """Three questions of one resident on one desk: two of 1 March, one of a week later."""
    opened = await open_office(world)
    for text in ("Đường xóm 3 hỏng từ tháng 5, khi nào sửa?", "Trạm bơm hỏng, ai sửa?"):
        await take_on(world, await ask(opened.asker, text))
    world.clock.move_to(local(2024, 3, 8))
    await take_on(world, await ask(opened.asker, "Nhà văn hoá thôn khi nào xây?"))
    opened.read()
    return opened


async def test_the_office_gets_one_letter_and_the_asker_one_per_question(world: World, office: Office) -> None:
    await sweep_at(world, REPLIES_LATE)
    for phone in (office.official, office.secretary, office.chair, office.supervisor):
        (letter,) = phone.news()
        assert letter.text.count("DL-2024-0001") == letter.text.count("DL-2024-0002") == 1
        assert "2 việc đã quá hạn" in letter.text
    assert [letter.text.count("DL-2024-") for letter in office.asker.news()] == [1, 1]


async def test_what_comes_due_stands_under_what_is_late(world: World, office: Office) -> None:
    await sweep_at(world, REPLIES_LATE)
    office.read()
    await sweep_at(world, date(2024, 4, 5))  # the third is due on Monday 8 April
    text = office.official.hears()
    assert text.index("2 việc đã quá hạn") < text.index("DL-2024-0001") < text.index("DL-2024-0002")
    assert text.index("DL-2024-0002") < text.index("1 việc sắp đến hạn") < text.index("DL-2024-0003")
    assert "DL-2024-0003: còn 3 ngày" in text
    assert "DL-2024-0003" not in office.chair.hears()  # the chair hears of what is late, no sooner


@pytest.mark.contract
async def test_a_button_of_the_list_opens_its_question(world: World, office: Office) -> None:
    await sweep_at(world, REPLIES_LATE)
    await office.chair.presses("DL-2024-0002")
    assert "Trạm bơm hỏng" in office.chair.hears()
    await office.official.presses("DL-2024-0001")
    assert "Đường xóm 3 hỏng" in office.official.hears()


async def test_with_one_left_the_letter_is_about_that_one(world: World, office: Office) -> None:
    await sweep_at(world, REPLIES_LATE)
    async with world.store.unit() as uow:
        for clock in await uow.clocks.running_for(QuestionId(1)):
            clock.ended_at = uow.now
            await uow.clocks.end([clock.id])
        await uow.commit()
    office.read()
    await sweep_at(world, date(2024, 4, 3))
    assert "DL-2024-0002: đã quá hạn trả lời 2 ngày" in office.chair.hears()
    assert office.chair.sees_button("Mở")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_list_names_the_latest_and_counts_the_rest(language: str) -> None:
    today = date(2024, 5, 6)
    reminders = [
        Reminder(
            ClockKind.REPLY,
            AlertAudience.CHAIR,
            Subject(f"VB-2024-{number:04}", "Phòng Kinh tế", QuestionId(number)),
            today - timedelta(days=number),
        )
        for number in range(1, LONGEST_LIST + 6)
    ]
    said = render(digest(reminders, today), language)
    assert str(len(reminders)) in said.text.splitlines()[0]
    lines = [line for line in said.text.splitlines() if "VB-2024-" in line]
    assert len(lines) == LONGEST_LIST
    assert f"VB-2024-{len(reminders):04}" in lines[0]
    assert "5" in said.text.splitlines()[-1]
    assert [row[0].label for row in said.rows] == [
        f"VB-2024-{len(reminders) - place:04}" for place in range(MOST_BUTTONS)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_names_meetings_too_and_what_has_to_be_done(language: str) -> None:
    today = date(2024, 4, 15)
    meeting = Subject("Đối thoại tháng 4", None, None)
    of_question = Subject("VB-2024-0007", "Phòng Kinh tế", QuestionId(7))
    for due_on in (today - timedelta(days=1), today, today + timedelta(days=1)):
        both = [Reminder(ClockKind.NOTICE, AlertAudience.SECRETARY, meeting, due_on)]
        both.append(Reminder(ClockKind.REPLY, AlertAudience.SECRETARY, of_question, due_on))
        said = render(digest(both, today), language)
        assert "Đối thoại tháng 4" in said.text
        assert "Phòng Kinh tế" in said.text
        assert due_on.strftime("%d/%m/%Y") in said.text
        assert [tap.label for row in said.rows for tap in row] == ["VB-2024-0007"]
