"""A message to everybody under way: seen, paused, resumed, stopped, by those whose matter it is and nobody else."""

from datetime import timedelta
from pathlib import Path

import pytest

from intake.rules.outbox.channel_policy import ChannelPolicy
from intake.rules.people.person import Network, Role
from tests.conftest import load
from tests.support.lines import PlainLine
from tests.support.meetings import APRIL, fixes_day, makes_meeting, pushes_notice, releases_notice
from tests.support.office import neighbour_unit
from tests.support.world import Phone, World, local, opened_world
from wording.broadcasts import duration_words
from wording.texts import words

TITLE = "Thông báo: "


async def in_the_evening(world: World) -> tuple[Phone, Phone, Phone]:
    """A secretary, a head who has just pushed a notice in the quiet hours, and a resident who has not got it yet."""
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await makes_meeting(secretary, APRIL)
    await fixes_day(secretary)
    await releases_notice(secretary)
    world.clock.move_to(local(2024, 3, 20, 22))
    await pushes_notice(head)
    assert mai.hears() == ""
    return secretary, head, mai


async def opens(phone: Phone) -> None:
    await phone.says("/tiendo")
    await phone.presses("Xem số 1")


async def test_who_pushed_it_sees_how_far_it_is(world: World) -> None:
    _, head, mai = await in_the_evening(world)
    await head.presses("Xem tiến độ gửi")
    shown = head.hears()
    assert TITLE in shown
    assert "Đang gửi\nĐã gửi: 0/1 người. Còn lại: 1." in shown
    assert "06:30, 21/03/2024" in shown

    world.clock.move_to(local(2024, 3, 21, 7))
    await world.settle()
    await head.presses("Xem lại")
    assert "Đã gửi xong\nĐã gửi: 1/1 người. Còn lại: 0." in head.hears()
    assert not head.sees_button("Tạm dừng")
    assert "Chương trình" in mai.hears()


async def test_a_secretary_pauses_it_and_lets_it_go_on(world: World) -> None:
    secretary, _, mai = await in_the_evening(world)
    await secretary.says("tiến độ gửi tin")
    assert "Đang gửi" in secretary.hears()
    await secretary.presses("Xem số 1")
    await secretary.presses("Tạm dừng")
    assert "Đang tạm dừng" in secretary.hears()
    world.clock.move_to(local(2024, 3, 21, 7))
    await world.settle()
    assert mai.hears() == ""

    await opens(secretary)
    await secretary.presses("Gửi tiếp")
    assert "chưa tới 1 phút" in secretary.hears()
    assert "Chương trình" in mai.hears()


async def test_stopping_asks_once_more_and_is_for_good(world: World) -> None:
    secretary, _, mai = await in_the_evening(world)
    await opens(secretary)
    await secretary.presses("Dừng hẳn")
    assert "Đã gửi tới 0 người. Những người còn lại sẽ không nhận được tin này" in secretary.hears()
    await secretary.presses("Không dừng")
    assert "Đang gửi" in secretary.hears()
    await secretary.presses("Dừng hẳn")
    stale = secretary.button("Dừng hẳn")
    await secretary.presses("Dừng hẳn")
    assert "Đã dừng hẳn" in secretary.hears()
    await secretary.taps_code(stale)
    assert "đã được xử lý" in secretary.hears()
    world.clock.move_to(local(2024, 3, 21, 7))
    await world.settle()
    assert mai.hears() == ""


async def test_nobody_else_sees_or_stops_it(world: World) -> None:
    _, _, mai = await in_the_evening(world)
    others = [mai, await neighbour_unit(world, Role.SECRETARY)]
    for somebody in others:
        for code in ("broadcast.1", "broadcaststop.1", "broadcastto.1.stopped", "broadcastto.1.paused"):
            await somebody.taps_code(code)
            assert TITLE not in somebody.hears()
            assert "không tìm thấy" in somebody.hears().lower(), somebody.hears()
    await others[1].says("/tiendo")
    assert "Chưa có tin nào" in others[1].hears()
    world.clock.move_to(local(2024, 3, 21, 7))
    await world.settle()
    assert "Chương trình" in mai.hears()


@pytest.mark.parametrize("code", ["broadcastto.1.done", "broadcastto.1", "broadcastto.x.paused", "broadcast.99"])
async def test_codes_nobody_offered_change_nothing(world: World, code: str) -> None:
    _, head, _ = await in_the_evening(world)
    await head.taps_code(code)
    assert "không tìm thấy" in head.hears().lower(), head.hears()


async def test_how_long_it_takes_is_said_before_it_is_sent(tmp_path: Path) -> None:
    channel_policy = ChannelPolicy(per_second={Network.WEBCHAT: 0.01})
    async with opened_world(tmp_path, PlainLine, local(2024, 3, 1), channel_policy=channel_policy) as world:
        await load(world, "di-lang-2024")
        for name in ("Mai", "Lan", "Cúc"):
            await world.resident("DL-hang-gon", name)
        secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
        head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
        await makes_meeting(secretary, APRIL)
        await fixes_day(secretary)
        await secretary.says("/thongbao")
        assert "Thời gian gửi: ≈ 7 phút" in secretary.hears(), "the three and their head"
        await secretary.presses("Gửi")
        await head.presses("Gửi tới thôn")
        assert "Thời gian gửi: ≈ 7 phút" in head.hears()


@pytest.mark.parametrize(
    ("duration", "said"),
    [
        (timedelta(seconds=20), "chưa tới 1 phút"),
        (timedelta(seconds=31), "≈ 1 phút"),
        (timedelta(minutes=59), "≈ 59 phút"),
        (timedelta(minutes=60), "≈ 1 giờ"),
        (timedelta(minutes=95), "≈ 1 giờ 35 phút"),
        (timedelta(seconds=1_000_000 / 30), "≈ 9 giờ 16 phút"),
        (timedelta(hours=27, minutes=40), "≈ 28 giờ"),
    ],
)
def test_a_length_of_time_is_said_as_people_say_it(duration: timedelta, said: str) -> None:
    term = duration_words(duration)
    assert words("vi", term.key, term.params) == said
