"""The secretary's inbox on one table: groups, suggestions, likes side by side, a press a group."""

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from intake.actions.questions.give_to_desk import give_to_desk
from intake.rules.people.person import Role
from intake.rules.people.unit import DeskId
from intake.rules.questions.question import QuestionState
from storage import tables as t
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.office import ROAD, Office, neighbour_unit, open_office, person_named
from tests.support.stories import question_of
from tests.support.world import World

LAMP = "Đèn đường xóm 2 tắt từ Tết, ai sửa?"
LAND = "Bao giờ tôi được cấp giấy chứng nhận quyền sử dụng đất?"
ROOM = "/phan-loai"


@pytest.fixture
async def office(plain_world: World) -> Office:
    opened = await open_office(plain_world)
    opened.put_away()
    return opened


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


def fields(browser: DeskBrowser) -> dict[str, str]:
    """The selects of the table with what stands in them."""
    found = {}
    for select in browser.page.split("<select ")[1:]:
        name = select.partition('name="')[2].partition('"')[0]
        chosen = select.partition("</select>")[0].partition('" selected')[0]
        found[name] = chosen.rpartition('value="')[2] if " selected" in select.partition("</select>")[0] else ""
    return found


async def test_why_a_desk_gave_one_back_stands_on_the_table_and_its_page(office: Office, app: FastAPI) -> None:
    reference = await office.assigned()
    await office.official.presses("Mở")
    await office.official.presses("Trả lại")
    await office.official.says("Đường này do huyện quản lý.")
    await office.official.presses("Gửi")

    browser = await sit_down(app, office.secretary)
    for page in (ROOM, f"/cau-hoi/{reference}"):
        await browser.opens(page)
        assert "đã trả lại: Cán bộ, công chức chuyên môn thị trấn: Đường này do huyện quản lý." in browser.reads(), page


async def test_the_suggested_desks_are_filled_in_and_given_on_group_by_group(office: Office, app: FastAPI) -> None:
    road, land, odd = (
        await office.asked(ROAD),
        await office.asked(LAND),
        await office.asked("Xin chào, cho tôi hỏi việc này"),
    )
    browser = await sit_down(app, office.secretary)
    await browser.opens(ROOM)
    assert "Phân loại 3" in browser.reads()
    assert "Chưa có gợi ý 1" in browser.reads()
    table = fields(browser)
    assert len(table) == 3
    assert sum(bool(desk) for desk in table.values()) == 2
    groups = {name.split("-")[1] for name in table}
    assert len(groups) >= 2
    number = (await office.question(land)).id
    of_land = next(name for name in table if name.endswith(f"-{number}"))
    await browser.sends(f"{ROOM}/xep", form="sorting", nhom=of_land.split("-")[1], **table)
    assert "Đã phân loại" in browser.reads()
    question = await office.question(land)
    assert question.state is QuestionState.TAKEN_ON
    assert question.topic_id is not None, "the topic comes along with the suggested desk"
    assert (await office.question(odd)).state is QuestionState.RECEIVED
    table = fields(browser)
    assert "không có ai phụ trách" not in browser.reads()
    async with office.world.store.unit() as uow:
        await uow.session.execute(sa.delete(t.grants).where(t.grants.c.desk_id.is_not(None)))
        await uow.commit()
    await browser.sends(f"{ROOM}/xep", form="sorting", nhom="", **table)
    assert "không có ai phụ trách, nên ở đó chưa ai nhận được" in browser.reads()
    assert (await office.question(road)).state is QuestionState.TAKEN_ON
    assert "Phân loại 1" in browser.reads(), "what has no desk stays"
    await browser.sends(f"{ROOM}/xep", form="sorting", ve="nhom=thon", **fields(browser))
    assert browser.status == 422
    assert "Chưa chọn bộ phận cho câu nào." in browser.reads()


async def test_a_desk_that_was_not_suggested_gets_the_question_without_a_topic(office: Office, app: FastAPI) -> None:
    land = await office.asked(LAND)
    browser = await sit_down(app, office.secretary)
    await browser.opens(ROOM)
    ((name, suggested),) = fields(browser).items()
    options = [part.partition('"')[0] for part in browser.page.split('<option value="')[1:]]
    other = next(one for one in options if one and one != suggested)
    await browser.sends(f"{ROOM}/xep", **{name: other})
    question = await office.question(land)
    assert (question.desk_id, question.topic_id) == (int(other), None)
    assert "Không còn câu hỏi nào chờ phân loại." in browser.reads()


async def test_like_ones_stand_side_by_side_and_are_joined_by_a_tick(office: Office, app: FastAPI) -> None:
    first = await office.asked(LAMP)
    await office.asked(LAND)
    second = await office.asked("Đèn đường xóm 2 tắt từ Tết đến nay, bao giờ có người sửa?")
    browser = await sit_down(app, office.secretary)
    await browser.opens(ROOM)
    assert f"Ghép với {first}" in browser.reads()
    number = (await office.question(second)).id
    join = browser.page.partition('name="ghep-')[2].partition('"')[0]
    assert join.endswith(f"-{number}")
    table = fields(browser)
    await browser.sends(f"{ROOM}/xep", **table, **{f"ghep-{join}": str((await office.question(first)).id)})
    async with office.world.store.reading() as uow:
        member = await uow.groups.member(number)
        assert member is not None
        assert member.lead_id == (await office.question(first)).id
    assert (await office.question(second)).desk_id == (await office.question(first)).desk_id


async def test_what_is_for_a_meeting_ahead_can_be_kept_for_it(office: Office, app: FastAPI) -> None:
    await office.fixed_meeting()
    one = await office.asked()
    browser = await sit_down(app, office.secretary)
    await browser.opens(f"{ROOM}?nhom=thon")
    assert "Giữ cho buổi đối thoại" in browser.reads()
    (name,) = fields(browser)
    await browser.sends(f"{ROOM}/xep", ve="nhom=thon", **{name: "giu"})
    assert (await office.question(one)).state is QuestionState.WAITING_FOR_MEETING
    assert "Theo thôn" in browser.reads()


async def test_what_is_sealed_says_nothing_on_the_table(office: Office, app: FastAPI) -> None:
    await office.mai.says("/hoi")
    await office.mai.says(ROAD)
    await office.mai.presses("🔒 Gửi kín")
    await office.mai.presses("Gửi")
    await office.asked(f"{ROAD} Xin trả lời sớm")
    browser = await sit_down(app, office.secretary)
    await browser.opens(f"{ROOM}?nhom=thon")
    said = browser.reads()
    assert "🔒 Gửi kín" in said
    assert said.count("hỏng từ tháng 5") == 1, "only the one that was not sealed"
    assert "Ghép với" not in said, "that it is like another would tell its words"


async def test_who_does_not_sort_finds_no_table_and_sorts_nothing(office: Office, app: FastAPI) -> None:
    one = await office.asked()
    number = (await office.question(one)).id
    for phone in (office.official, office.chair, await office.world.staff(Role.ADMIN, "DL", "Vũ Quản Trị")):
        browser = await sit_down(app, phone)
        assert "/ban-lam-viec/phan-loai" not in browser.page
        await browser.opens(ROOM)
        assert browser.status == 404
    browser = await sit_down(app, await neighbour_unit(office.world, Role.SECRETARY))
    await browser.opens(ROOM)
    assert one not in browser.page
    await browser.sends(f"{ROOM}/xep", **{f"bp-0-{number}": "1"})
    assert (await office.question(one)).desk_id is None
    assert "1 câu không tìm thấy." in browser.reads()
    for odd in ({f"bp-0-{number}": "x"}, {"bp-0-x": "1"}, {f"ghep-0-{number}": "x"}):
        await browser.opens(ROOM)
        await browser.sends(f"{ROOM}/xep", **odd)
        assert browser.status == 404


async def test_what_somebody_else_has_given_to_a_desk_meanwhile_stays_there(office: Office, app: FastAPI) -> None:
    land = await office.asked(LAND)
    browser = await sit_down(app, office.secretary)
    await browser.opens(ROOM)
    ((name, suggested),) = fields(browser).items()
    options = [part.partition('"')[0] for part in browser.page.split('<option value="')[1:]]
    other = next(one for one in options if one and one != suggested)
    async with office.world.store.unit() as uow:
        chair = await person_named(uow, "Đinh Văn Chủ")
        number = (await question_of(uow, land)).id
        await give_to_desk(uow, by=chair, question_id=number, desk_id=DeskId(int(suggested)))
        await uow.commit()
    await browser.sends(f"{ROOM}/xep", **{name: other})
    assert land in browser.reads(), "it is said which one was not sorted"
    assert (await office.question(land)).desk_id == int(suggested)
