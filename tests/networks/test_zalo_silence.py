"""An answer after thirty days of silence, through the real adapter and a stand-in that keeps its window."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from intake.actions.questions.carry_out import give_answer
from intake.rules.outbox.channel_policy import ZALO_WINDOW, ChannelPolicy
from intake.rules.outbox.template import parse_templates
from intake.rules.people.person import Network, Role
from intake.rules.questions.question import QuestionState
from tests.support.stories import neighbour_asks, question_of
from tests.support.world import Phone, World, local, opened_world
from tests.support.zalo_line import ZaloLine

ANSWER = "Xã sửa đường trong quý II."
REFERENCE = "DL-2024-0001"
TEMPLATES = parse_templates({"answered": {"id": "7895002", "params": {"ma_cau_hoi": "reference"}}})


class StrictLine(ZaloLine):
    """Zalo as it is: who is silent for seven days is not written to."""

    def keep_window_open(self) -> None:
        """It closes by itself."""


@asynccontextmanager
async def on_zalo(tmp_path: Path, *, templates: bool, by_our_clock: bool = True) -> AsyncIterator[World]:
    """Di Lăng; without `by_our_clock` only Zalo knows of the window."""
    channel_policy = ChannelPolicy(
        windows={Network.ZALO: ZALO_WINDOW} if by_our_clock else {},
        templates={Network.ZALO: TEMPLATES} if templates else {},
    )
    async with opened_world(
        tmp_path, StrictLine, local(2024, 3, 1), channel_policy=channel_policy, plan="di-lang-2024"
    ) as world:
        yield world


def shown(world: World, phone: Phone) -> list[str]:
    """Everything on the phone, template messages too, that the person did not write."""
    assert isinstance(world.line, StrictLine)
    return [one.text for one in world.line.phone(phone.address).shown if one.by != "user"]


async def asked(world: World) -> Phone:
    mai = world.phone()
    await mai.says("/start h-DL-hang-gon")
    await mai.presses("Đồng ý")
    await mai.says("Nguyễn Thị Mai")
    await mai.presses("Bỏ qua")
    await mai.says("/hoi")
    await mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await mai.presses("Gửi")
    assert REFERENCE in mai.reads()
    return mai


async def answered_after(world: World, days: int) -> None:
    world.clock.move(days=days)
    async with world.store.unit() as uow:
        question = await question_of(uow, REFERENCE)
        question.state = QuestionState.TAKEN_ON
        await give_answer(uow, question, ANSWER, where="thị trấn Di Lăng")
        await uow.commit()
    await world.settle()


async def test_a_template_message_says_that_there_is_an_answer_and_the_return_brings_it(tmp_path: Path) -> None:
    async with on_zalo(tmp_path, templates=True) as world:
        mai = await asked(world)
        await answered_after(world, 30)
        assert f"Câu hỏi {REFERENCE} của bà/ông đã có trả lời" in shown(world, mai)[-1]
        assert not any(ANSWER in text for text in shown(world, mai))

        await mai.says("menu")
        texts = shown(world, mai)
        assert [ANSWER in text for text in texts].count(True) == 1
        before_menu = [text for text in texts if ANSWER in text or "Bà/ông muốn làm gì?" in text][-2:]
        assert ANSWER in before_menu[0], "what waited comes before anything else"


@pytest.mark.parametrize("by_our_clock", [True, False], ids=["our clock", "Zalo's word alone"])
async def test_without_a_template_the_answer_waits_for_the_return(tmp_path: Path, *, by_our_clock: bool) -> None:
    async with on_zalo(tmp_path, templates=False, by_our_clock=by_our_clock) as world:
        mai = await asked(world)
        await answered_after(world, 30)
        assert not any(ANSWER in text for text in shown(world, mai))
        world.clock.move(days=10)
        await mai.says("menu")
        assert [ANSWER in text for text in shown(world, mai)].count(True) == 1


async def test_six_days_of_silence_are_none(tmp_path: Path) -> None:
    async with on_zalo(tmp_path, templates=True) as world:
        mai = await asked(world)
        await answered_after(world, 6)
        assert ANSWER in mai.hears()


async def test_who_stays_away_is_told_in_person(tmp_path: Path) -> None:
    async with on_zalo(tmp_path, templates=False) as world:
        await asked(world)
        await answered_after(world, 30)
        world.clock.move(days=4)
        head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Thị Trưởng")
        await head.says("/danhsach")
        await head.presses("Chưa nhận được tin")
        assert "Nguyễn Thị Mai" in head.hears()
        await head.presses("✅ Đã báo số 1")
        await head.says("/danhsach")
        await head.presses("Chưa nhận được tin")
        assert "Nguyễn Thị Mai" not in head.hears()


async def test_a_neighbour_of_a_silent_head_waits_with_the_head(tmp_path: Path) -> None:
    async with on_zalo(tmp_path, templates=False) as world:
        head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Thị Trưởng")
        await neighbour_asks(world, "Tiền trợ cấp người cao tuổi bao giờ có?")
        await answered_after(world, 30)
        assert not any(ANSWER in text for text in shown(world, head))
        await head.says("menu")
        assert [ANSWER in text for text in shown(world, head)].count(True) == 1
