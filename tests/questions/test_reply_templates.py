"""A unit's own words for replies: made in the set-up, used in the editor and in the chat, then sent for approval."""

import re

import pytest

from intake.actions.questions.reply_templates import keep_template
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.person import Role
from intake.rules.questions.reply_template import MOST_TEMPLATES
from tests.support.desk import desk_app, sit_down
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.world import World
from wording.reply_templates import place_names

ROAD = "Về {Mã}, {bo phan} của {ĐƠN VỊ} trả lời ngày {ngày}:"


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def test_a_template_is_made_checked_and_used_at_the_desk_and_in_the_chat(office: Office) -> None:
    reference = await office.assigned()
    app = desk_app(office.world)
    secretary = await sit_down(app, office.secretary)
    await secretary.opens("/thiet-lap")
    at = re.search(r"/thiet-lap/[0-9]+/mau-tra-loi", secretary.page)
    assert at is not None
    path = at[0]
    await secretary.opens(path)
    assert "Chưa có mẫu nào" in secretary.reads()
    assert "{mã}, {bộ phận}, {đơn vị}, {ngày}" in secretary.reads()
    for wrong, said in (
        ("Kính gửi {họ tên}", "Không có chỗ điền nào tên là “họ tên”"),
        ("Kính gửi {mã", "dấu ngoặc nhọn đứng lẻ"),
        ("…", ""),
    ):
        await secretary.sends(f"{path}/luu", form="template", name="Đường sá", text=wrong)
        assert secretary.status == 422
        assert said in secretary.reads()
        assert wrong in secretary.page, "nothing typed is lost"
    await secretary.sends(f"{path}/luu", form="template", name=" ", text=ROAD)
    assert "Xin đặt tên cho mẫu" in secretary.reads()
    await secretary.sends(f"{path}/luu", form="template", name="Đường sá", text=ROAD)
    assert "Đã lưu mẫu" in secretary.reads()
    assert "Về {mã}, {bộ phận} của {đơn vị} trả lời ngày {ngày}:" in secretary.reads()
    number = re.search(r"\?sua=([0-9]+)", secretary.page)
    assert number is not None
    await secretary.opens(f"{path}?sua={number[1]}")
    assert 'value="Đường sá"' in secretary.page
    await secretary.sends(f"{path}/luu", form="template", name="đường sá", text=f"{ROAD} đã rõ.")
    assert secretary.page.count("<h2 ") == 1, "the same name is the same template"

    official = await sit_down(app, office.official)
    await official.opens(f"/cau-hoi/{reference}")
    filled = (
        f"Về {reference}, Cán bộ, công chức chuyên môn thị trấn của thị trấn Di Lăng trả lời ngày 01/03/2024: đã rõ."
    )
    assert filled in official.reads()
    await official.sends(f"/cau-hoi/{reference}/mau", form="answer", text="Kính gửi bà,", mau=number[1])
    assert f"Kính gửi bà,\n\n{filled}</textarea>" in official.page
    await official.sends(f"/cau-hoi/{reference}/mau", form="answer", text="", mau="99")
    assert official.status == 404
    await office.official.says("/hangdoi")
    await office.official.presses(reference)
    await office.official.presses("Trả lời")
    await office.official.presses("📄 đường sá")
    assert filled in office.official.hears()
    await office.official.presses("Gửi")
    assert [one.text for one in await office.proposals(reference)] == [filled]

    stranger = await sit_down(app, await neighbour_unit(office.world, Role.SECRETARY))
    await stranger.opens(path)
    assert stranger.status == 404
    await secretary.opens(path)
    await secretary.sends(f"{path}/bo", template=number[1])
    assert "Đã bỏ mẫu" in secretary.reads()
    await secretary.sends(f"{path}/bo", template=number[1])
    assert secretary.status == 404


async def test_nobody_but_those_who_set_the_unit_up_and_not_without_end(office: Office) -> None:
    async with office.world.store.unit() as uow:
        town = await uow.places.unit_by_code("DL")
        assert town is not None
        official, secretary = await person_named(uow, "Lê Thị Hoa"), await person_named(uow, "Trần Văn Thư")
        with pytest.raises(NotFound):
            await keep_template(uow, by=official, unit=town, name="A", text="B", names=place_names())
        for number in range(MOST_TEMPLATES):
            await keep_template(uow, by=secretary, unit=town, name=f"Mẫu {number}", text="B", names=place_names())
        with pytest.raises(RuleBroken):
            await keep_template(uow, by=secretary, unit=town, name="Mẫu nữa", text="B", names=place_names())
