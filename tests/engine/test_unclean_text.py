"""Phones send what no keyboard shows: half an emoji, control characters, signs that turn a line round."""

import unicodedata
from pathlib import Path

from bot.plan_files import read_profile
from intake.actions.plan.load_plan import load_plan
from storage.unit_of_work import Store
from tests.support.world import PLANS, World

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32
HALF = "\ud83d"


async def test_half_an_emoji_costs_the_person_nothing_but_the_half(world: World) -> None:
    """A phone that cuts a text after so many units cuts an emoji in half. The talk goes on."""
    rin = await world.resident("DL-hang-gon", "Đinh Văn Rin")
    await rin.says("/hoi")
    await rin.says(f"Cống thoát nước xóm 2 bị vỡ {HALF}")
    assert "Cống thoát nước xóm 2 bị vỡ" in rin.hears()
    await rin.presses("Gửi")
    assert "DL-2024-0001" in rin.hears()
    await rin.says(HALF + "menu")
    assert rin.news()


async def test_a_question_is_kept_as_it_was_meant(world: World) -> None:
    """NUL, old line ends, letters in pieces and a direction turned round, in a text and in a caption."""
    rin = await world.resident("DL-hang-gon", "Đinh Văn Rin")
    meant = "Đường vào thôn hỏng\nkhi nào sửa?"
    typed = unicodedata.normalize("NFD", meant).replace("\n", "\x00\r\n").replace("tho", "\u202etho")
    await rin.says("/hoi")
    await rin.says(typed)
    assert meant in rin.hears()
    await rin.says("/huy")
    await rin.says("/hoi")
    await rin.sends_photo(PNG, typed + HALF)
    assert meant in rin.hears()


async def test_a_name_that_turns_lines_round_does_not_turn_the_list_it_stands_in(world: World) -> None:
    lan = world.phone()
    await lan.says("/start h-DL-hang-gon")
    await lan.presses("Đồng ý")
    await lan.says("Nguyễn Thị \u202eLan\u2066")

    await lan.presses("Bỏ qua")
    await lan.says("/dulieu")

    assert "Tên: Nguyễn Thị Lan\n" in lan.hears()


async def test_a_plan_that_was_written_with_escapes_is_loaded_as_it_was_meant(store: Store, tmp_path: Path) -> None:
    """TOML lets any sign stand as an escape; PostgreSQL stores no NUL, in a text nor in JSON."""
    file = tmp_path / "plan.toml"
    written = (PLANS / "di-lang-2024.toml").read_text("utf-8")
    assert 'name = "TDP Hàng Gòn"' in written
    file.write_text(written.replace('name = "TDP Hàng Gòn"', 'name = "Tho\\u0302n \\u202eHàng\\u0000 Gòn"'), "utf-8")

    async with store.unit() as uow:
        await load_plan(uow, read_profile(file))
        await uow.commit()
    async with store.reading() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")

    assert hamlet is not None
    assert hamlet.name == "Thôn Hàng Gòn"
