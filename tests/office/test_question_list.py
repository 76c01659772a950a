"""The room of questions: who finds which ones there, by what, and what is done to many at once."""

import csv
import io
import re
import zipfile
from urllib.parse import unquote

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from intake.actions.people.own_data import erase
from intake.actions.people.take_back import take_back
from intake.rules.people.person import Role
from intake.rules.people.unit import DeskId
from intake.rules.questions.question import QuestionState
from storage import tables as t
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.office import DESK, OTHER_DESK, ROAD, Office, neighbour_unit, open_office, person_named
from tests.support.world import World

LAMP = "Đèn đường xóm 2 tắt từ Tết, ai sửa?"
WATER = "Nước máy xóm 4 đục, xã có biết không?"
ROOM = "/cau-hoi"


@pytest.fixture
async def office(plain_world: World) -> Office:
    opened = await open_office(plain_world)
    opened.put_away()
    return opened


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


async def number_of(office: Office, reference: str) -> str:
    return str((await office.question(reference)).id)


async def ticked(office: Office, *references: str) -> dict[str, str]:
    return {f"chon-{await number_of(office, one)}": "1" for one in references}


async def desk_id(office: Office, name: str) -> str:
    async with office.world.store.reading() as uow:
        town = await uow.places.unit_by_code("DL")
        assert town is not None
        return next(str(desk.id) for desk in await uow.places.desks(town.id) if desk.name == name)


async def sealed(office: Office, text: str = ROAD) -> None:
    await office.mai.says("/hoi")
    await office.mai.says(text)
    await office.mai.presses("🔒 Gửi kín")
    await office.mai.presses("Gửi")
    office.put_away()


def listed(browser: DeskBrowser) -> list[str]:
    """The references of the table, in its order."""
    return [line.split('"')[0] for line in browser.page.split('href="/ban-lam-viec/cau-hoi/')[1:]]


async def test_the_secretary_finds_questions_by_words_numbers_state_and_desk(office: Office, app: FastAPI) -> None:
    for text in (ROAD, LAMP, WATER):
        await office.asked(text)
    browser = await sit_down(app, office.secretary)
    await browser.opens(ROOM)
    assert listed(browser) == ["DL-2024-0003", "DL-2024-0002", "DL-2024-0001"]
    assert "mới nhận 3" in browser.reads()
    await browser.opens(f"{ROOM}?tim=den+duong")
    assert listed(browser) == ["DL-2024-0002"], "without diacritics"
    await browser.opens(f"{ROOM}?tim=3")
    assert listed(browser) == ["DL-2024-0003"]
    await browser.opens(f"{ROOM}?tim=dl-2024-0001")
    assert listed(browser) == ["DL-2024-0001"]
    await browser.opens(f"{ROOM}?tim=đườ+xó")
    assert listed(browser) == ["DL-2024-0002", "DL-2024-0001"], "beginnings of words"
    await browser.opens(f"{ROOM}?tim=%3F!")
    assert "Không có câu hỏi nào khớp" in browser.reads(), "there is nothing in it to look for"
    await browser.opens(f"{ROOM}?sap=cu")
    assert listed(browser) == ["DL-2024-0001", "DL-2024-0002", "DL-2024-0003"]
    await browser.opens(f"{ROOM}?tt=taken_on")
    assert listed(browser) == []
    await browser.opens(f"{ROOM}?bp=chua&linhvuc=chua&buoi=chua&loai=question&kin=0&han=sau")
    assert len(listed(browser)) == 3
    for nothing in ("gap=1", "kin=1", "han=qua", "han=tuan", "han=chua", "thon=1", "bp=1", "linhvuc=1", "buoi=1"):
        await browser.opens(f"{ROOM}?{nothing}")
        assert listed(browser) == [], nothing


async def test_what_makes_no_sense_in_an_address_is_not_asked_for(office: Office, app: FastAPI) -> None:
    await office.asked()
    browser = await sit_down(app, office.secretary)
    for odd in ("tt=x", "loai=x", "thon=x", "han=x", "sap=x", "trang=x", "trang=-1", "trang=0", "kin=9", "la=1"):
        await browser.opens(f"{ROOM}?{odd}")
        assert listed(browser) == ["DL-2024-0001"], odd
    await browser.opens(f"{ROOM}?trang=99999999999")
    assert browser.status == 200


async def test_many_are_given_to_a_desk_at_once_and_each_asker_is_told(office: Office, app: FastAPI) -> None:
    one, two = await office.asked(), await office.asked(LAMP)
    browser = await sit_down(app, office.secretary)
    await browser.opens(ROOM)
    desk = await desk_id(office, DESK)
    chosen = await ticked(office, one, two)
    await browser.sends(f"{ROOM}/chon/giao", ve="sap=cu", desk=desk, **chosen)
    assert "Đã giao 2 câu hỏi." in browser.reads()
    assert (await office.question(two)).state is QuestionState.TAKEN_ON
    await office.world.settle()
    assert office.mai.hears().count(DESK) == 2
    assert listed(browser) == [one, two], "the list stands as it stood"
    await browser.sends(f"{ROOM}/chon/giao", desk=desk, **chosen)
    assert f"{one}: " in browser.reads(), "it lies there already"
    other = await desk_id(office, OTHER_DESK)
    async with office.world.store.unit() as uow:
        [grant] = await uow.people.grants_of((await person_named(uow, "Phạm Văn Dân")).id)
        await take_back(uow, by=None, grant_id=grant.id)
        await uow.commit()
    await browser.sends(f"{ROOM}/chon/giao", desk=other, **await ticked(office, one))
    assert "Đã giao 1 câu hỏi." in browser.reads()
    assert f"Bộ phận “{OTHER_DESK}” không có ai phụ trách" in browser.reads()
    assert (await office.question(one)).desk_id == int(other)


async def test_a_form_without_a_choice_is_shown_again_with_what_was_ticked(office: Office, app: FastAPI) -> None:
    one = await office.asked()
    browser = await sit_down(app, office.secretary)
    await browser.opens(ROOM)
    await browser.sends(f"{ROOM}/chon/giao", form="chosen", desk="")
    assert browser.status == 422
    assert "Xin chọn bộ phận." in browser.reads()
    await browser.sends(f"{ROOM}/chon/gap", form="chosen", reason=" ", **await ticked(office, one))
    assert 'value="1" checked' in browser.page
    assert browser.page.count('role="alert"') == 1
    await browser.sends(f"{ROOM}/chon/linh-vuc", form="chosen", topic="", **await ticked(office, one))
    assert "Xin chọn lĩnh vực." in browser.reads()
    await browser.sends(f"{ROOM}/chon/giu")
    assert "Chưa chọn câu hỏi nào." in browser.reads()
    await browser.sends(f"{ROOM}/chon/ghep", **await ticked(office, one))
    assert "ít nhất hai câu" in browser.reads()


async def test_topic_urgency_seal_and_joining_for_many(office: Office, app: FastAPI) -> None:
    one, two = await office.asked(), await office.asked(LAMP)
    async with office.world.store.reading() as uow:
        town = await uow.places.unit_by_code("DL")
        assert town is not None
        topic = (await uow.places.topics(town.id))[0]
    browser = await sit_down(app, office.secretary)
    await browser.opens(ROOM)
    both = await ticked(office, one, two)
    await browser.sends(f"{ROOM}/chon/linh-vuc", topic=str(topic.id), **both)
    assert "Đã đặt lĩnh vực cho 2 câu hỏi." in browser.reads()
    assert (await office.question(one)).topic_id == topic.id
    await browser.sends(f"{ROOM}/chon/gap", reason="Cả xóm không đi lại được", **both)
    assert "Đã đánh dấu gấp 2 câu hỏi." in browser.reads()
    await browser.sends(f"{ROOM}/chon/ghep", **both)
    assert "Đã ghép thêm 1 câu hỏi" in browser.reads()
    await browser.sends(f"{ROOM}/chon/giu", **both)
    assert f"{one}: " in browser.reads(), "there is no meeting ahead"
    await browser.sends(f"{ROOM}/chon/kin", reason="Có tên người trong nhà", **both)
    assert "Đã giữ kín 2 câu hỏi." in browser.reads()
    assert "xóm 2" not in browser.reads()


async def test_more_that_are_refused_than_can_be_named_are_counted(office: Office, app: FastAPI) -> None:
    asked = [await office.asked(f"{LAMP} Lần {number}") for number in range(7)]
    browser = await sit_down(app, office.secretary)
    await browser.opens(ROOM)
    await browser.sends(f"{ROOM}/chon/giu", **await ticked(office, *asked))
    assert "và 2 câu nữa chưa làm được." in browser.reads()


async def test_a_desk_lists_what_lies_on_it_and_no_sealed_word_is_found(office: Office, app: FastAPI) -> None:
    await sealed(office)
    hidden = "DL-2024-0001"
    await office.secretary.presses("Mở")
    await office.secretary.presses("Giao bộ phận")
    await office.secretary.presses(DESK)
    mine = await office.assigned(LAMP)
    elsewhere = await office.asked(WATER)
    browser = await sit_down(app, office.official)
    await browser.opens(ROOM)
    assert listed(browser) == [mine, hidden]
    assert elsewhere not in browser.page
    assert "🔒 Gửi kín" in browser.reads()
    assert "xóm 3" not in browser.reads()
    asker = (await office.question(mine)).asker_id
    hamlet = (await office.question(mine)).hamlet_id
    for narrowed in ("tim=xóm+hỏng", f"thon={hamlet}", f"nguoi={asker}&kin=1&tim=hỏng"):
        await browser.opens(f"{ROOM}?{narrowed}")
        assert hidden not in listed(browser), narrowed
    await browser.opens(f"{ROOM}?tim={hidden}")
    assert listed(browser) == [hidden], "who has its reference may open it"
    secretary = await sit_down(app, office.secretary)
    await secretary.opens(f"{ROOM}?nguoi={asker}")
    assert len(listed(secretary)) == 3
    await secretary.opens(f"{ROOM}?tim=xóm+hỏng")
    assert listed(secretary) == [], "to read what is sealed is to open it"


async def test_who_a_question_names_finds_neither_it_nor_its_number_in_the_counts(office: Office, app: FastAPI) -> None:
    await sealed(office, "Giấy tờ nhà tôi nộp bà Lê Thị Hoa, khi nào có?")
    await office.asked(LAMP)
    secretary = await sit_down(app, office.secretary)
    await secretary.opens(ROOM)
    assert len(listed(secretary)) == 2
    async with office.world.store.unit() as uow:
        question = await uow.questions.by_reference("DL-2024-0001")
        assert question is not None
        assert question.named
        question.desk_id = DeskId(int(await desk_id(office, DESK)))
        await uow.commit()
    named = await sit_down(app, office.official)
    await named.opens(ROOM)
    assert listed(named) == []
    assert "mới nhận" not in named.reads(), "the count does not tell of it either"
    colleague = await sit_down(app, await office.world.staff(Role.OFFICIAL, "DL", "Võ Thị Sáu", desk="chuyen-mon"))
    await colleague.opens(ROOM)
    assert listed(colleague) == ["DL-2024-0001"], "it lies there, and others of the desk see it"
    assert "mới nhận 1" in colleague.reads()


async def test_nobody_of_another_unit_lists_or_touches_anything(office: Office, app: FastAPI) -> None:
    one = await office.asked()
    stranger = await neighbour_unit(office.world, Role.SECRETARY)
    browser = await sit_down(app, stranger)
    await browser.opens(ROOM)
    assert listed(browser) == []
    await browser.opens(f"{ROOM}?tim={one}")
    assert listed(browser) == []
    await browser.opens("/thiet-bi")
    for path, about in (
        ("giao", {"desk": await desk_id(office, DESK)}),
        ("gap", {"reason": "Vì thế"}),
        ("kin", {"reason": "Vì thế"}),
        ("giu", {}),
    ):
        await browser.sends(f"{ROOM}/chon/{path}", **about, **await ticked(office, one))
        assert "1 câu không tìm thấy." in browser.reads(), path
        assert one not in browser.reads()
    question = await office.question(one)
    assert (question.state, question.urgent, question.sensitive) == (QuestionState.RECEIVED, False, False)
    await browser.sends(f"{ROOM}/tep/csv", **await ticked(office, one))
    assert one not in browser.page


async def test_a_topic_of_another_unit_is_not_found(office: Office, app: FastAPI) -> None:
    one = await office.asked()
    await neighbour_unit(office.world, Role.SECRETARY)
    async with office.world.store.reading() as uow:
        strange = next(unit for unit in await uow.places.roots() if unit.code != "DL")
        topic = (await uow.places.topics(strange.id))[0]
    browser = await sit_down(app, office.secretary)
    await browser.opens(ROOM)
    await browser.sends(f"{ROOM}/chon/linh-vuc", topic=str(topic.id), **await ticked(office, one))
    assert "1 câu không tìm thấy." in browser.reads()
    assert (await office.question(one)).topic_id is None


async def test_an_official_of_no_desk_has_nothing_to_list(office: Office, app: FastAPI) -> None:
    nowhere = await office.world.staff(Role.OFFICIAL, "DL", "Không Bộ Phận")
    browser = await sit_down(app, nowhere)
    await browser.opens(ROOM)
    assert browser.status == 404


async def test_each_role_enters_the_room_or_finds_nothing(office: Office, app: FastAPI) -> None:
    world = office.world
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Trần Văn Thôn")
    admin = await world.staff(Role.ADMIN, "DL", "Vũ Quản Trị")
    watching = await world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát")
    for phone, status in ((head, 404), (admin, 404), (watching, 200), (office.chair, 200), (office.official, 200)):
        browser = await sit_down(app, phone)
        assert ("Câu hỏi" in browser.page.partition("</nav>")[0]) is (status == 200)
        await browser.opens(ROOM)
        assert browser.status == status


async def test_a_supervisor_reads_and_is_offered_no_deed(office: Office, app: FastAPI) -> None:
    one = await office.asked()
    watching = await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát")
    browser = await sit_down(app, watching)
    await browser.opens(ROOM)
    assert listed(browser) == [one]
    for deed in ("Giao cho bộ phận", "Giữ kín", "Đánh dấu gấp", "Ghép để trả lời chung"):
        assert deed not in browser.reads()


async def test_files_hold_what_is_listed_and_no_formula(office: Office, app: FastAPI) -> None:
    await office.asked('=HYPERLINK("http://x") đường xóm 3 hỏng')
    await sealed(office)
    one = await office.assigned(LAMP)
    browser = await sit_down(app, office.secretary)
    await browser.opens(ROOM)
    answer = await browser.client.post("/ban-lam-viec/cau-hoi/tep/csv", data={"proof": browser.proof(), "ve": ""})
    assert unquote(answer.headers["content-disposition"]).endswith("Câu hỏi - 01-03-2024.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 4
    assert rows[3][-1].startswith("'=HYPERLINK")
    assert rows[2][-1] == "🔒 Gửi kín"
    assert rows[1][:1] + rows[1][4:5] + rows[1][6:8] == [one, DESK, "01/03/2024", "01/04/2024"]
    assert "Nguyễn Thị Mai" not in answer.content.decode()
    chosen = {"proof": browser.proof(), "ve": "", **await ticked(office, one)}
    answer = await browser.client.post("/ban-lam-viec/cau-hoi/tep/xlsx", data=chosen)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
        cells = book.read("xl/worksheets/sheet1.xml").decode()
    assert one in texts
    assert "HYPERLINK" not in texts, "only what was ticked"
    assert "<v>45383</v>" in cells, "1 April 2024 is a date"
    assert re.search(r'<row r="2"[^>]* ht="(?:30|45)"', cells), (
        "the name of the desk takes two lines, and is seen whole"
    )
    assert "<f>" not in cells
    everything = await browser.client.post(
        "/ban-lam-viec/cau-hoi/tep/xlsx", data={"proof": browser.proof(), "ve": "tt=received"}
    )
    with zipfile.ZipFile(io.BytesIO(everything.content)) as book:
        assert "=HYPERLINK" in book.read("xl/sharedStrings.xml").decode(), "as text"
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    async with office.world.store.reading() as uow:
        acts = (await uow.session.scalars(sa.select(t.audit_entries.c.act))).all()
    assert acts.count("export_questions") == 3


async def test_a_list_is_kept_under_a_name_and_is_nobody_elses(office: Office, app: FastAPI) -> None:
    await office.asked()
    browser = await sit_down(app, office.secretary)
    await browser.opens(f"{ROOM}?tt=received&tim=xóm")
    await browser.sends(f"{ROOM}/luu", ve="tt=received&tim=x%C3%B3m&la=1", name="Chờ phân loại")
    assert 'Đã lưu danh sách "Chờ phân loại".' in browser.reads()
    assert "/ban-lam-viec/cau-hoi?tim=x%C3%B3m&amp;tt=received" in browser.page
    await browser.sends(f"{ROOM}/luu", ve="tt=received", name="chờ phân loại")
    assert browser.page.count("Bỏ danh sách chờ phân loại") == 2, "the list of that name is replaced (title and label)"
    await browser.sends(f"{ROOM}/luu", ve="", form="view", name=" - ")
    assert (browser.status, "Xin đặt tên" in browser.reads()) == (422, True)
    await browser.sends(f"{ROOM}/luu", ve="", form="view", name="x" * 61)
    assert browser.status == 422
    assert "x" * 61 in browser.page, "nothing typed is lost"
    chair = await sit_down(app, office.chair)
    await chair.opens(ROOM)
    assert "phân loại" not in chair.page.partition("<main")[2]
    number = browser.page.partition('name="view" value="')[2].partition('"')[0]
    await chair.sends(f"{ROOM}/bo-luu", view=number)
    assert chair.status == 404
    for count in range(25):
        await browser.sends(f"{ROOM}/luu", form="view", ve="", name=f"Danh sách {count}")
    assert "đủ 20 danh sách" in browser.reads()
    await browser.opens(ROOM)
    await browser.sends(f"{ROOM}/bo-luu", view=number)
    assert "Đã bỏ danh sách." in browser.reads()
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        await erase(uow, person=secretary)
        assert await uow.saved_views.of_person(secretary.id) == []


async def test_by_due_date_the_soonest_comes_first_and_what_has_none_last(office: Office, app: FastAPI) -> None:
    first = await office.asked(ROAD)
    office.world.clock.move(days=3)
    second = await office.asked(LAMP)
    await office.fixed_meeting()
    for_meeting = await office.asked(WATER)
    browser = await sit_down(app, office.secretary)
    await browser.opens(f"{ROOM}?sap=han")
    assert listed(browser) == [first, second, for_meeting]
    await browser.opens(f"{ROOM}?han=chua")
    assert listed(browser) == [for_meeting]
    await browser.opens(f"{ROOM}?sap=han&trang=2")
    assert listed(browser) == []
    assert "Trang 2" in browser.reads()
    office.world.clock.move(days=40)
    browser = await sit_down(app, office.secretary)
    await browser.opens(f"{ROOM}?han=qua")
    assert listed(browser) == [first, second]
    assert 'class="late"' in browser.page
