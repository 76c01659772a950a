"""A clerk who is new to it sends each of the five plans in the chat and is ready to announce; every turn is counted."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.media import papers
from intake.rules.meetings.meeting import Meeting
from intake.rules.papers.kinds import PaperKind
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile_paper import OpenQuestion
from intake.rules.plan.profile_terms import AnswerForm
from papers.docx import docx_of
from tests.office.test_campaign_at_the_desk import BUDGET, UNITS, last_working_day, old_word_of
from tests.plan.test_plan_paper import Counted, labels
from tests.support.libreoffice import needs_libreoffice
from tests.support.lines import PlainLine
from tests.support.paper_facts import CODES, nothing
from tests.support.world import World, local, opened_world
from wording.papers.registry import worded


async def clerk_of(world: World, code: str) -> Counted:
    """The secretary of the unit, which has nothing yet."""
    short, name, level = UNITS[code]
    async with world.store.unit() as uow:
        await uow.places.add_unit(Unit(short, name, level), None)
        await uow.commit()
    return Counted(await world.staff(Role.SECRETARY, short, "Lê Thị Mai"))


async def the_plan(world: World) -> Plan:
    async with world.store.reading() as uow:
        [plan] = await uow.plans.all()
        return plan


async def the_meeting(world: World) -> Meeting:
    async with world.store.reading() as uow:
        [meeting] = await uow.meetings.of_plan((await uow.plans.all())[0].id)
        return meeting


def offered(clerk: Counted) -> str:
    """What the plan proposes among the buttons of a question, else the first."""
    found = labels(clerk.phone)
    return next((label for label in found if label.endswith("(mặc định)")), found[0])


def typed(world: World, question: OpenQuestion) -> str:
    if question.form is AnswerForm.NAMES:
        return "Thôn Đông\nThôn Đoài"
    kinds = {AnswerForm.NUMBER: "3", AnswerForm.DATE: f"{world.clock.now():%d/%m/%Y}"}
    return kinds.get(question.form, {"document-number": "03/KH"}.get(question.key, "Văn phòng"))


async def answers_all(world: World, clerk: Counted) -> None:
    """Each open point with what a clerk would say, one at a time, as it is asked."""
    while left := (await the_plan(world)).decided.undecided:
        assert left[0].question.split("\n")[0][:40] in clerk.hears(), (left[0], clerk.hears())
        if left[0].options or left[0].form is AnswerForm.PERSON:
            await clerk.presses(offered(clerk))
        else:
            await clerk.says(typed(world, left[0]))
        if (await the_plan(world)).decided.undecided[:1] == left[:1]:
            await clerk.says("Thường trực thống nhất")


async def makes_and_fixes_a_meeting(world: World, clerk: Counted) -> None:
    await clerk.says("/buoimoi")
    await clerk.presses(labels(clerk.phone)[0])
    while not clerk.phone.sees_button("Ấn định ngày"):
        await clerk.presses("Tất cả" if clerk.phone.sees_button("Tất cả") else labels(clerk.phone)[0])
    meeting = await the_meeting(world)
    day = last_working_day(max(meeting.window_from, meeting.window_to - timedelta(days=7)))
    await clerk.presses("Ấn định ngày")
    await clerk.says(f"{day:%d/%m/%Y}")
    await clerk.says("8h")
    if clerk.phone.sees_button("Bỏ qua"):
        await clerk.presses("Bỏ qua")
    else:
        await clerk.says("Hội trường")
    await clerk.presses("Gửi")


async def is_ready_to_announce(world: World, code: str, content: bytes) -> int:
    """From the file to the notice that lies there to be sent. Returns the turns it took."""
    clerk = await clerk_of(world, code)
    await clerk.says("/kehoach")
    await clerk.sends(content)
    await clerk.presses("Nạp kế hoạch")
    assert "Đã nạp kế hoạch" in clerk.hears()
    await clerk.presses(next(label for label in labels(clerk.phone) if label.startswith("Trả lời từng điểm")))
    await answers_all(world, clerk)
    await makes_and_fixes_a_meeting(world, clerk)
    await clerk.says("/thongbao")
    assert "THÔNG BÁO" in clerk.hears(), clerk.hears()
    assert clerk.phone.sees_button("Gửi"), clerk.hears()
    return clerk.turns


@pytest.mark.parametrize("code", CODES)
async def test_each_of_five_plans_is_ready_to_announce_from_the_chat(tmp_path: Path, code: str) -> None:
    async with opened_world(tmp_path, PlainLine, local(int(code[-4:]), 1, 8)) as world:
        turns = await is_ready_to_announce(world, code, docx_of(worded(PaperKind.PLAN, nothing(code))))
    assert turns <= BUDGET.get(code, 2 * max(BUDGET.values())), turns


@needs_libreoffice
async def test_word_of_before_2007_does_as_well_and_is_converted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = old_word_of(docx_of(worded(PaperKind.PLAN, nothing("an-duong-2024"))), tmp_path)
    text_of, converted = papers.text_of, []
    monkeypatch.setattr(papers, "text_of", lambda content: converted.append(1) or text_of(content))
    (tmp_path / "commune").mkdir()
    async with opened_world(tmp_path / "commune", PlainLine, local(2024, 1, 8)) as world:
        assert await is_ready_to_announce(world, "an-duong-2024", old) <= BUDGET["an-duong-2024"]
    assert converted == [1], "each step asks for its words; only the first has to wait for them"
