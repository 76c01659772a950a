"""The chair at the desk: what waits, what changed since it was sent back, one and many; never the own."""

import re

import pytest
from fastapi import FastAPI

from intake.rules.people.person import Role
from intake.rules.questions.question import ProposalState, QuestionState
from tests.support.desk import desk_app, sit_down
from tests.support.office import DESK, ROAD, Office, neighbour_unit, open_office
from tests.support.world import World
from wording.changes import Change, changes

ROOM = "/duyet"


@pytest.fixture
async def office(plain_world: World) -> Office:
    opened = await open_office(plain_world)
    opened.put_away()
    return opened


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


async def waits(office: Office, text: str, question: str = ROAD) -> tuple[str, int]:
    """A question with an answer before the chair: its reference and the proposal's id."""
    reference = await office.assigned(question)
    await office.official.presses("Mở")
    await office.official.presses("Trả lời")
    await office.official.says(text)
    await office.official.presses("Gửi")
    office.put_away()
    return reference, (await office.proposals(reference))[-1].id


async def test_one_is_approved_and_reaches_the_asker(office: Office, app: FastAPI) -> None:
    reference, number = await waits(office, "Xã sửa trong quý II.")
    browser = await sit_down(app, office.chair)
    assert "Duyệt" in browser.page.partition("</nav>")[0]
    await browser.opens(ROOM)
    said = browser.reads()
    assert "Duyệt 1" in said
    assert ROAD in said
    assert "Xã sửa trong quý II." in said
    assert f"{DESK} · Lê Thị Hoa" in said
    await browser.opens(f"/cau-hoi/{reference}")
    assert f'href="/ban-lam-viec/duyet/{number}"' in browser.page, "the question leads to the decision"
    await browser.opens(f"{ROOM}/{number}")
    await browser.sends(f"{ROOM}/{number}/duyet")
    assert f"Đã duyệt trả lời câu hỏi {reference}" in browser.reads()
    assert "Không có gì chờ duyệt." in browser.reads()
    await office.world.settle()
    assert "Xã sửa trong quý II." in office.mai.hears()
    await browser.sends(f"{ROOM}/{number}/duyet")
    assert browser.status == 422, "it is approved already"


async def test_what_changed_since_it_was_sent_back_is_shown(office: Office, app: FastAPI) -> None:
    reference, number = await waits(office, "Xã sửa trong quý II.")
    browser = await sit_down(app, office.chair)
    await browser.opens(f"{ROOM}/{number}")
    await browser.sends(f"{ROOM}/{number}/sua", form="redo", remark=" ")
    assert browser.status == 422
    assert 'aria-invalid="true"' in browser.page
    await browser.sends(f"{ROOM}/{number}/sua", form="redo", remark="Ghi rõ tháng")
    assert (await office.proposals(reference))[-1].state is ProposalState.RETURNED
    desk = await sit_down(app, office.official)
    await desk.opens(f"/cau-hoi/{reference}")
    seen = desk.page.partition('name="seen" value="')[2].partition('"')[0]
    await desk.sends(f"/cau-hoi/{reference}/tra-loi", form="answer", seen=seen, text="Xã sửa trong tháng 5.")
    await browser.opens(ROOM)
    assert "Yêu cầu sửa: Ghi rõ tháng" in browser.reads()
    assert "<del>quý</del><ins>tháng</ins>" in browser.page
    assert "<del>II.</del><ins>5.</ins>" in browser.page


async def test_another_agency_or_day_is_shown_beside_what_was_sent_back(office: Office, app: FastAPI) -> None:
    """With the same reason twice, nothing but agency and day says what the chair is to look at."""
    reference = await office.assigned(ROAD)
    browser, desk = await sit_down(app, office.chair), await sit_down(app, office.official)

    async def refers(agency: str, day: str) -> int:
        await desk.opens(f"/cau-hoi/{reference}")
        seen = desk.page.partition('name="seen" value="')[2].partition('"')[0]
        typed = {"agency": agency, "promised": day, "reason": "Đường do tỉnh quản lý"}
        await desk.sends(f"/cau-hoi/{reference}/chuyen", form="refer", seen=seen, **typed)
        return (await office.proposals(reference))[-1].id

    number = await refers("Sở Giao thông vận tải", "2024-05-20")
    await browser.opens(f"{ROOM}/{number}")
    assert "<del>" not in browser.page
    await browser.sends(f"{ROOM}/{number}/sua", form="redo", remark="Xem lại cơ quan và ngày")
    again = await refers("Ban quản lý đường bộ", "2024-05-27")
    await browser.opens(f"{ROOM}/{again}")
    assert "<del>Sở Giao thông vận tải</del> <ins>Ban quản lý đường bộ</ins>" in browser.page
    assert "<del>20/05/2024</del> <ins>27/05/2024</ins>" in browser.page
    await browser.sends(f"{ROOM}/{again}/sua", form="redo", remark="Ghi rõ lý do")
    same = await refers("Ban quản lý đường bộ", "2024-05-27")
    await browser.opens(f"{ROOM}/{same}")
    assert "<del>" not in browser.page, "what is the same is not struck through"


async def test_many_at_once_and_one_that_was_replaced_meanwhile(office: Office, app: FastAPI) -> None:
    one, first = await waits(office, "Trả lời một")
    two, second = await waits(office, "Trả lời hai", "Đèn đường xóm 2 tắt từ Tết, ai sửa?")
    browser = await sit_down(app, office.chair)
    await browser.opens(ROOM)
    await browser.sends(f"{ROOM}/nhieu")
    assert "Chưa chọn mục nào." in browser.reads()
    both = {f"duyet-{first}": "1", f"duyet-{second}": "1"}
    await browser.sends(f"{ROOM}/sua-nhieu", form="decide", remark="", **both)
    assert browser.status == 422
    assert browser.page.count("checked") == 2, "what was ticked stays ticked"
    await browser.sends(f"{ROOM}/nhieu", **both, **{"duyet-999": "1"})
    assert "nên chưa làm gì cả" in browser.reads()
    assert (await office.question(one)).state is QuestionState.TAKEN_ON
    await browser.sends(f"{ROOM}/sua-nhieu", form="decide", remark="Xem lại", **{f"duyet-{second}": "1"})
    assert "Đã yêu cầu sửa 1 mục." in browser.reads()
    await browser.sends(f"{ROOM}/nhieu", **{f"duyet-{first}": "1"})
    assert "Đã duyệt 1 mục." in browser.reads()
    assert (await office.question(one)).state is QuestionState.ANSWERED
    assert (await office.question(two)).state is QuestionState.TAKEN_ON


async def test_nobody_approves_their_own_and_nobody_else_finds_anything(office: Office, app: FastAPI) -> None:
    reference, number = await waits(office, "Xã sửa trong quý II.")
    strangers = [
        office.official,
        office.secretary,
        await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát"),
        await neighbour_unit(office.world, Role.CHAIR),
    ]
    for phone in strangers:
        browser = await sit_down(app, phone)
        await browser.opens(f"{ROOM}/{number}")
        assert browser.status == 404
        assert ROAD not in browser.page
        for act, typed in (("duyet", {}), ("sua", {"remark": "Không"})):
            await browser.opens("/thiet-bi")
            await browser.sends(f"{ROOM}/{number}/{act}", **typed)
            assert browser.status == 404
    assert (await office.question(reference)).state is QuestionState.TAKEN_ON


async def test_a_chair_who_wrote_it_leaves_it_to_another(office: Office, app: FastAPI) -> None:
    await waits(office, "Xã sửa trong quý II.")
    async with office.world.store.unit() as uow:
        question = await uow.questions.by_reference("DL-2024-0001")
        assert question is not None
        (waiting,) = await uow.questions.waiting_proposals([question.unit_id])
        town = await uow.places.unit_by_code("DL")
        assert town is not None
        (chair,) = await uow.people.holders(Role.CHAIR, town)
        waiting.proposed_by = chair.id
        number = waiting.id
        await uow.commit()
    browser = await sit_down(app, office.chair)
    await browser.opens(ROOM)
    assert "Bà/ông là người soạn" in browser.reads()
    assert f"duyet-{number}" not in browser.page
    await browser.sends(f"{ROOM}/{number}/duyet")
    assert browser.status == 422


async def test_a_sealed_one_is_opened_by_itself_and_that_is_noted(office: Office, app: FastAPI) -> None:
    _, number = await waits(office, "Xã sửa trong quý II.")
    async with office.world.store.unit() as uow:
        question = await uow.questions.by_reference("DL-2024-0001")
        assert question is not None
        question.sensitive = True
        await uow.commit()
    browser = await sit_down(app, office.chair)
    await browser.opens(ROOM)
    assert ROAD not in browser.page
    assert "quý II" not in browser.page
    await browser.opens(f"{ROOM}/{number}")
    assert ROAD in browser.reads()
    async with office.world.store.reading() as uow:
        found = await uow.audit.find(person_id=None, subject="question:1", since=None, until=None, limit=50)
    assert [one.actor for one in found if one.entry.act == "read_sensitive"] == ["Đinh Văn Chủ"]


def test_a_text_far_too_long_to_compare_is_shown_whole_old_and_new() -> None:
    old, new = "một " * 1500, "hai " * 1500
    assert [piece.change for piece in changes(old, new)] == [Change.TAKEN_OUT, Change.PUT_IN]
    assert [piece.text for piece in changes("a b", "a b")] == ["a b"]
    assert [(piece.change, piece.text) for piece in changes("a", "a b")] == [(Change.KEPT, "a"), (Change.PUT_IN, " b")]


async def test_a_chair_names_who_approves_at_the_desk_after_a_yes_in_the_chat(office: Office, app: FastAPI) -> None:
    await office.world.staff(Role.ADMIN, "DL", "Đỗ Thị Quản")
    chair = await sit_down(app, office.chair)
    await chair.opens("/duyet")
    who = re.search(r'value="(\d+\.\d+)">Phạm Văn Dân<', chair.page)
    assert who is not None
    typed = {"form": "deputy", "who": who[1], "first": "2024-03-01", "last": ""}
    await chair.sends("/duyet/thay", **typed)
    assert "Xin chọn ngày" in chair.reads()
    await chair.sends("/duyet/thay", **(typed | {"last": "2024-02-01"}))
    assert "Ngày cuối phải từ 01/03/2024 trở đi" in chair.reads()
    typed["last"] = "2024-03-08"
    await chair.sends("/duyet/thay", **typed)
    assert "Việc này cần xác nhận trong trò chuyện" in chair.reads()
    assert 'value="2024-03-08"' in chair.page, "nothing typed is lost"
    await office.world.settle()
    assert "cử người duyệt thay" in office.chair.hears()
    await office.chair.presses("Đúng là tôi")
    await chair.sends("/duyet/thay", **typed)
    assert "Chờ người thứ hai đồng ý: Phạm Văn Dân" in chair.reads()
    await office.world.settle()
    await office.secretary.presses("Đồng ý")
    waiting = await office.proposed()
    standing_in = await sit_down(app, office.other)
    await standing_in.opens("/duyet")
    assert "Phạm Văn Dân duyệt thay Đinh Văn Chủ từ 01/03/2024 đến hết 08/03/2024" in standing_in.reads()
    assert waiting in standing_in.reads()
    assert "Khi vắng mặt" not in standing_in.reads(), "who stands in names nobody"
    await chair.opens("/duyet")
    await chair.sends("/duyet/thay/1/thoi", form="end")
    assert "Đã thôi: Phạm Văn Dân" in chair.reads()
    await standing_in.opens("/duyet")
    assert standing_in.status == 404
