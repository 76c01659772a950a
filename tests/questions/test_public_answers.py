"""Questions and answers made public, in words that name nobody, or figures only as decided (R020, R026, A7)."""

import pytest

from intake.actions.questions.make_public import make_public
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting
from intake.rules.people.person import Role
from tests.support.office import Office, open_office
from tests.support.open_points import DI_LANG, decides, plan_called
from tests.support.stories import question_of
from tests.support.world import World


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


@pytest.fixture
async def held(office: Office) -> Meeting:
    """A meeting that was held, with one question that was answered afterwards."""
    meeting = await office.fixed_meeting()
    await office.proposed()
    await office.opened()
    await office.closed()
    await office.chair.says("/duyet")
    if office.chair.sees_button("DL-2024-0001"):
        await office.chair.presses("DL-2024-0001")
        await office.chair.presses("Duyệt")
    office.put_away()
    return meeting


async def test_an_answer_is_public_in_words_that_name_nobody(office: Office, held: Meeting) -> None:
    """R020, R026: nothing is public by itself; the secretary finds the words, and takes them back."""
    await office.mai.taps_code(f"results.{held.id}")
    assert not office.mai.sees_button("📖 Hỏi và trả lời (1)")
    await office.mai.taps_code(f"answers.{held.id}")
    assert "Chưa có câu hỏi nào được đăng công khai" in office.mai.hears()
    await office.secretary.taps_code("triage.1")
    await office.secretary.presses("🌐 Đăng công khai")
    await office.secretary.says("Bao giờ sửa đường xóm 3?")
    await office.secretary.presses("Gửi")
    assert "Đã đăng công khai DL-2024-0001" in office.secretary.hears()
    await office.mai.taps_code(f"results.{held.id}")
    await office.mai.presses("📖 Hỏi và trả lời (1)")
    assert "Hỏi: Bao giờ sửa đường xóm 3?" in office.mai.hears()
    assert "Trả lời: Xã sửa trong quý II." in office.mai.hears()
    assert "Nguyễn Thị Mai" not in office.mai.hears()
    await office.secretary.taps_code("triage.1")
    await office.secretary.presses("Thôi đăng công khai")
    await office.mai.taps_code(f"answers.{held.id}")
    assert "Chưa có câu hỏi nào được đăng công khai" in office.mai.hears()
    await office.secretary.taps_code("publish.1")
    await office.secretary.presses("Giữ nguyên lời")
    await office.secretary.presses("Gửi")
    assert (await office.question("DL-2024-0001")).public_text == (await office.question("DL-2024-0001")).text


async def test_with_figures_only_no_answer_is_public(office: Office, held: Meeting) -> None:
    await office.secretary.taps_code("publish.1")
    await office.secretary.presses("Giữ nguyên lời")
    await office.secretary.presses("Gửi")
    await decides(office, "public-scope", "Cách 2")
    await office.mai.taps_code(f"results.{held.id}")
    assert "Câu hỏi đã nhận" in office.mai.hears()
    assert not office.mai.sees_button("📖 Hỏi và trả lời (1)")
    async with office.world.store.unit() as uow:
        question = await question_of(uow, "DL-2024-0001")
        question.public_text = None
        await uow.commit()
    await office.secretary.taps_code("triage.1")
    assert not office.secretary.sees_button("🌐 Đăng công khai")
    async with office.world.store.unit() as uow:
        plan = await plan_called(office.world, DI_LANG)
        [secretary] = await uow.people.holders(Role.SECRETARY, await uow.places.unit(plan.unit_id))
        with pytest.raises(RuleBroken, match="not_public"):
            await make_public(uow, by=secretary, question_id=question.id, text="Bao giờ sửa đường?")


@pytest.mark.contract
async def test_many_public_answers_come_a_few_at_a_time(office: Office, held: Meeting) -> None:
    for number in range(2, 6):
        await office.asked(f"Câu hỏi số {number} về đường xóm {number}")
    async with office.world.store.unit() as uow:
        for number in range(1, 6):
            question = await question_of(uow, f"DL-2024-{number:04}")
            question.meeting_id, question.public_text = held.id, f"Câu {number}"
            question.state = (await question_of(uow, "DL-2024-0001")).state
        await uow.commit()
    await office.mai.taps_code(f"answers.{held.id}")
    assert "Câu 3" in office.mai.hears()
    assert "Câu 4" not in office.mai.hears()
    await office.mai.taps_code(f"answers.{held.id}.3")
    assert "Câu 5" in office.mai.hears()
    assert "đã trả lời tại buổi đối thoại" in office.mai.hears()
