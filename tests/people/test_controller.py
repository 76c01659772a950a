"""Who is responsible for what people leave here is named before they agree, and on the page that leads into a chat."""

from intake.rules.people.person import Role
from tests.conftest import load
from tests.support.stories import planned_meeting
from tests.support.webchat_line import WebChatLine
from tests.support.world import World, local, opened_world


async def test_the_consent_names_the_unit_that_keeps_the_data(world: World):
    stranger = world.phone()
    await stranger.says("xin chào")

    assert "Đây là trợ lý Đối Thoại của thị trấn Di Lăng." in stranger.hears()
    on_the_web = world.line.network == "webchat"
    assert ("không qua mạng nhắn tin nào" in stranger.hears()) == on_the_web
    assert ("qua máy chủ của mạng nhắn tin đang dùng" in stranger.hears()) != on_the_web
    assert "Bên chịu trách nhiệm về các dữ liệu này: thị trấn Di Lăng." in stranger.hears()


async def test_where_many_units_share_a_bot_a_poster_says_whose_it_is(plain_world: World):
    for plan in ("vinh-bao-2026", "an-duong-2024", "thach-that-2023"):
        await load(plain_world, plan)
    meeting = await planned_meeting(plain_world, "DL-hang-gon")
    secretary = await plain_world.staff(Role.SECRETARY, "DL", "Lê Thị Thu")
    await secretary.says("/moi")
    await secretary.presses("Giám sát")
    code = next(word for word in secretary.hears().split() if word.startswith("i-"))
    for start in ("", "m-0"):
        stranger = plain_world.phone()
        await stranger.says(f"/start {start}".strip())
        assert "Bên chịu trách nhiệm về các dữ liệu này: xã, phường mà bà/ông chọn ở bước sau." in stranger.hears()
    for start in ("h-DL-hang-gon", f"m-{meeting.id}", code):  # whoever comes by these is asked for no unit
        invited = plain_world.phone()
        await invited.says(f"/start {start}")
        assert "Bên chịu trách nhiệm về các dữ liệu này: thị trấn Di Lăng." in invited.hears()


async def test_the_way_in_names_it_too_and_says_so_where_there_is_none_yet(tmp_path):
    for plan, named in (("di-lang-2024", "thị trấn Di Lăng"), ("", "chính quyền cơ sở")):
        folder = tmp_path / (plan or "none")
        folder.mkdir()
        async with opened_world(folder, WebChatLine, local(2024, 3, 1), plan=plan) as world:
            assert isinstance(world.line, WebChatLine)
            async with world.line.client() as client:
                page = (await client.get("/")).text
        assert f"Nơi tiếp nhận và chịu trách nhiệm về dữ liệu của bà/ông: {named}." in page
