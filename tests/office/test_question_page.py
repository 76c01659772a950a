"""One question at the desk: read, answered, passed on; by two people at once; by nobody who must not."""

import io

import pytest
from fastapi import FastAPI
from PIL import Image

from bot.media.attachments import AttachmentStore
from intake.actions.questions.history import SHOWN_DEEDS
from intake.actions.questions.propose import propose_answer
from intake.rules.audit import AuditEntry
from intake.rules.people.person import Role
from intake.rules.questions.question import ProposalKind, ProposalState, QuestionState
from tests.support.deeds import DEEDS
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.office import DESK, OTHER_DESK, ROAD, Office, neighbour_unit, open_office, person_named
from tests.support.world import World

LAMP = "Đèn đường xóm 2 tắt từ Tết, ai sửa?"
ANSWER = "Xã sửa trong quý II."


@pytest.fixture
async def office(plain_world: World) -> Office:
    opened = await open_office(plain_world)
    opened.put_away()
    return opened


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


def seen(browser: DeskBrowser) -> str:
    return browser.page.partition('name="seen" value="')[2].partition('"')[0]


async def does(browser: DeskBrowser, reference: str, act: str, form: str = "", **typed: str) -> None:
    """Send a form of the page of a question as it is shown."""
    await browser.sends(f"/cau-hoi/{reference}/{act}", form=form, seen=seen(browser), **typed)


async def desk_named(office: Office, name: str) -> str:
    async with office.world.store.reading() as uow:
        town = await uow.places.unit_by_code("DL")
        assert town is not None
        return next(str(desk.id) for desk in await uow.places.desks(town.id) if desk.name == name)


async def test_the_desk_writes_looks_and_sends_for_approval(office: Office, app: FastAPI) -> None:
    one = await office.assigned()
    browser = await sit_down(app, office.official)
    await browser.opens(f"/cau-hoi/{one}")
    assert ROAD in browser.reads()
    assert "Phải trả lời trước khi hết ngày" in browser.reads(), "the days are explained"
    assert "Giao bộ phận" in browser.reads(), "the story is told"
    assert "người hỏi hoặc người gửi hộ" in browser.reads()
    await does(browser, one, "tra-loi", "answer", text=" . ")
    assert browser.status == 422
    assert 'aria-invalid="true"' in browser.page
    await browser.opens(f"/cau-hoi/{one}/tra-loi")
    assert browser.status == 200, "whoever loads the page again reads it"
    await does(browser, one, "xem-truoc", "answer", text=ANSWER)
    assert f"Trả lời câu hỏi {one}" in browser.reads()
    assert "Nơi trả lời" in browser.reads()
    assert f"{ANSWER}</textarea>" in browser.page
    assert await office.proposals(one) == [], "to look is not to send"
    await browser.opens(f"/cau-hoi/{one}")
    assert f"{ANSWER}</textarea>" in browser.page, "the draft is kept"
    await does(browser, one, "tra-loi", "answer", text=ANSWER)
    assert f"Đã gửi chủ trì duyệt: câu hỏi {one}." in browser.reads()
    assert "Đang chờ duyệt" in browser.reads()
    await office.world.settle()
    assert ANSWER in office.chair.hears()
    await office.chair.presses("Yêu cầu sửa")
    await office.chair.says("Ghi rõ tháng")
    await office.chair.presses("Gửi")
    await browser.opens(f"/cau-hoi/{one}")
    assert "Yêu cầu sửa: Ghi rõ tháng" in browser.reads()
    assert f"{ANSWER}</textarea>" in browser.page, "one goes on from what came back"


async def test_two_people_see_each_other_and_nobody_overwrites(office: Office, app: FastAPI) -> None:
    one = await office.assigned()
    colleague = await office.world.staff(Role.OFFICIAL, "DL", "Võ Thị Sáu", desk="chuyen-mon")
    first, second = await sit_down(app, office.official), await sit_down(app, colleague)
    await first.opens(f"/cau-hoi/{one}")
    await second.opens(f"/cau-hoi/{one}")
    assert "Lê Thị Hoa cũng đang mở câu hỏi này." in second.reads()
    await does(first, one, "nhap", "answer", text="Xã đang")
    assert "Đã lưu nháp lúc" in first.reads()
    answer = await second.client.post(
        f"/ban-lam-viec/cau-hoi/{one}/nhap",
        data={"proof": second.proof(), "form": "answer", "seen": seen(second), "text": "Tôi viết"},
        headers={"accept": "application/json"},
    )
    said = answer.json()
    assert said["others"] == ["Lê Thị Hoa cũng đang soạn cho câu hỏi này."]
    assert said["kept"].startswith("Đã lưu nháp lúc")
    assert said["changed"] == ""
    await does(first, one, "tra-loi", "answer", text=ANSWER)
    answer = await second.client.post(
        f"/ban-lam-viec/cau-hoi/{one}/nhap",
        data={"proof": second.proof(), "form": "answer", "seen": seen(second), "text": "Tôi viết thêm"},
        headers={"accept": "application/json"},
    )
    assert "vừa thay đổi ở nơi khác" in answer.json()["changed"]
    await does(second, one, "tra-loi", "answer", text="Tôi viết khác")
    assert second.status == 409
    assert "Tôi viết khác</textarea>" in second.page, "nothing typed is lost"
    assert ANSWER in second.reads(), "what the other one sent is there to be read"
    assert [made.text for made in await office.proposals(one)] == [ANSWER]
    await does(second, one, "tra-loi", "answer", text="Tôi viết khác")
    assert second.status == 200, "now that it was seen, it is a decision"
    office.world.clock.move(minutes=5)
    await first.opens(f"/cau-hoi/{one}")
    assert "cũng đang" not in first.reads(), "who left is not there any more"


async def test_what_is_too_long_is_said_at_the_field(office: Office, app: FastAPI) -> None:
    one = await office.assigned()
    browser = await sit_down(app, office.official)
    await browser.opens(f"/cau-hoi/{one}")
    await does(browser, one, "nhap", "answer", text="x" * 4001)
    assert browser.status == 422
    assert "x" * 4001 in browser.page


async def test_agency_day_and_reason_are_asked_for_one_by_one(office: Office, app: FastAPI) -> None:
    one = await office.assigned()
    browser = await sit_down(app, office.official)
    await browser.opens(f"/cau-hoi/{one}")
    await does(browser, one, "nhap", "answer", text="Viết dở")
    for typed, wrong in (
        ({"agency": "Công ty điện", "promised": "", "reason": "Chờ vật tư"}, "Xin nhập ngày hẹn."),
        ({"agency": "", "promised": "2024-05-01", "reason": "Chờ vật tư"}, "cơ quan"),
        ({"agency": "Công ty điện", "promised": "2024-02-01", "reason": "Chờ vật tư"}, "sau"),
        ({"agency": "Công ty điện", "promised": "2024-05-01", "reason": ""}, "lý do"),
    ):
        await does(browser, one, "chuyen", "refer", **typed)
        assert browser.status == 422
        assert browser.page.count('class="wrong"') == 1
        at_field = browser.page.partition('class="wrong"')[2].partition("</p>")[0]
        assert wrong in at_field, at_field
        assert "Viết dở</textarea>" in browser.page, "the answer that was begun is still there"
        for text in typed.values():
            assert text in browser.page
    await does(browser, one, "chuyen", "refer", agency="Công ty điện", promised="2024-05-01", reason="Chờ vật tư")
    await does(browser, one, "gia-han", "extend", agency=DESK, promised="1/5/2024", reason="Chờ kinh phí")
    made = await office.proposals(one)
    assert [(each.kind, each.state) for each in made] == [
        (ProposalKind.REFERRAL, ProposalState.RETURNED),
        (ProposalKind.EXTENSION, ProposalState.PROPOSED),
    ]
    assert str(made[1].promised_on) == "2024-05-01"


async def test_the_desk_asks_back_and_gives_back(office: Office, app: FastAPI) -> None:
    one, two = await office.assigned(), await office.assigned(LAMP)
    browser = await sit_down(app, office.official)
    await browser.opens(f"/cau-hoi/{one}")
    await does(browser, one, "hoi-lai", "back", text="Đoạn nào, thưa bà?")
    assert (await office.question(one)).state is QuestionState.NEEDS_CLARIFICATION
    await office.world.settle()
    assert "Đoạn nào" in office.mai.hears()
    await browser.opens(f"/cau-hoi/{two}")
    await does(browser, two, "tra-lai", "give_back", reason="")
    assert browser.status == 422
    await does(browser, two, "tra-lai", "give_back", reason="Việc của công an xã")
    assert browser.at == "/ban-lam-viec/cau-hoi", "it is not the desk's any more"
    assert f"Đã trả lại câu hỏi {two} cho thư ký." in browser.reads()
    await browser.opens(f"/cau-hoi/{two}")
    assert browser.status == 404


async def test_the_secretary_gives_marks_joins_and_declines(office: Office, app: FastAPI) -> None:
    one, two, three = [await office.asked(text) for text in (ROAD, LAMP, "Nước máy xóm 4 đục, xã có biết không?")]
    browser = await sit_down(app, office.secretary)
    await browser.opens(f"/cau-hoi/{one}")
    assert "Gợi ý theo nội dung" in browser.reads()
    await does(browser, one, "giao", "give", desk="")
    assert "Xin chọn bộ phận." in browser.reads()
    topic = browser.page.partition('name="topic" value="')[2].partition('"')[0]
    await does(browser, one, "goi-y", "suggestion", topic=topic)
    assert (await office.question(one)).state is QuestionState.TAKEN_ON
    await does(browser, one, "giao", "give", desk=await desk_named(office, OTHER_DESK))
    assert f"Đã giao câu hỏi {one} cho {OTHER_DESK}." in browser.reads()
    await does(browser, one, "linh-vuc", "topic", topic="")
    assert "Xin chọn lĩnh vực." in browser.reads()
    await does(browser, one, "linh-vuc", "topic", topic=topic)
    await does(browser, one, "gap", "urgent", reason="")
    assert browser.status == 422
    await does(browser, one, "gap", "urgent", reason="Cả xóm không đi được")
    assert "Gấp" in browser.reads()
    await does(browser, one, "bo-gap", "calm", reason="Đã có đường tạm")
    assert not (await office.question(one)).urgent
    await browser.opens(f"/cau-hoi/{two}")
    await does(browser, two, "ghep", "join", other="DL-2024-0099")
    assert browser.status == 422
    assert "Không có câu hỏi nào mang mã DL-2024-0099." in browser.reads()
    await does(browser, two, "ghep", "join", other="câu kia")
    assert "Xin gõ mã câu hỏi, đủ cả chữ và số" in browser.reads()
    await does(browser, two, "ghep", "join", other=one.lower())
    assert "Đã ghép thêm 1 câu hỏi" in browser.reads()
    await does(browser, two, "tach")
    assert f"Đã tách {two}" in browser.reads()
    await browser.opens(f"/cau-hoi/{three}")
    await does(browser, three, "ngoai", "decline", reason="Việc của công ty nước", instead="")
    assert (browser.status, "Việc của công ty nước" in browser.page) == (422, True)
    slower = await sit_down(app, await office.world.staff(Role.SECRETARY, "DL", "Võ Thị Bảy"))
    await slower.opens(f"/cau-hoi/{three}")
    await does(browser, three, "ngoai", "decline", reason="Việc của công ty nước", instead="Gọi 1900")
    await does(slower, three, "ngoai", "decline", reason="Thuộc điện lực", instead="Gọi 1800")
    assert slower.status == 409
    assert "Thuộc điện lực</textarea>" in slower.page, "there is no such form any more: the words are handed back"
    assert (await office.question(three)).state is QuestionState.OUT_OF_SCOPE


async def test_kept_for_the_meeting_and_kept_sealed(office: Office, app: FastAPI) -> None:
    await office.fixed_meeting()
    one = await office.asked()
    browser = await sit_down(app, office.secretary)
    await browser.opens(f"/cau-hoi/{one}")
    await does(browser, one, "giu")
    assert (await office.question(one)).state is QuestionState.WAITING_FOR_MEETING
    await does(browser, one, "kin", "protect", reason="Có chuyện trong nhà")
    assert (await office.question(one)).sensitive
    await does(browser, one, "bo-kin", "unprotect", reason="Người hỏi không ngại")
    assert not (await office.question(one)).sensitive


async def test_an_earlier_answer_becomes_a_draft_and_no_more(office: Office, app: FastAPI) -> None:
    first = await office.proposed("Thưa bà Mai, xã sửa đường xóm 3 trong quý II.")
    await office.chair.says("/duyet")
    await office.chair.presses(first)
    await office.chair.presses("Duyệt")
    office.put_away()
    second = await office.assigned("Đường vào xóm 3 hỏng nặng, khi nào xã sửa?")
    browser = await sit_down(app, office.official)
    await browser.opens(f"/cau-hoi/{second}")
    assert "Dùng làm dự thảo" in browser.reads()
    number = str((await office.question(first)).id)
    await does(browser, second, "dung", "answer", text="Kính gửi bà,", tu=number)
    assert "Kính gửi bà,\n\nThưa bà …, xã sửa đường xóm 3 trong quý II.</textarea>" in browser.page
    assert await office.proposals(second) == []
    await does(browser, second, "dung", "answer", text="", tu="999")
    assert browser.status == 404


async def test_a_question_is_made_public_in_chosen_words_after_a_yes_in_the_chat(office: Office, app: FastAPI) -> None:
    meeting = await office.fixed_meeting()
    one = await office.proposed()
    await office.opened()
    await office.closed()
    secretary = await sit_down(app, office.secretary)
    await secretary.opens(f"/cau-hoi/{one}")
    assert "Đăng công khai" not in secretary.reads(), "it has no answer yet"
    await office.chair.says("/duyet")
    if office.chair.sees_button(one):
        await office.chair.presses(one)
        await office.chair.presses("Duyệt")
    office.put_away()
    async with office.world.store.unit() as uow:
        question = await uow.questions.by_reference(one)
        assert question is not None
        question.meeting_id = meeting.id
        await uow.commit()
    await secretary.opens(f"/cau-hoi/{one}")
    words = "Bao giờ sửa đường xóm 3?"
    await does(secretary, one, "cong-khai", "publish", text="  ")
    assert "aria-invalid" in secretary.page
    await does(secretary, one, "cong-khai", "publish", text=words)
    assert (secretary.status, words in secretary.page) == (422, True)
    await office.world.settle()
    assert "đăng công khai một câu hỏi" in office.secretary.hears()
    await office.secretary.presses("Đúng là tôi")
    await does(secretary, one, "cong-khai", "publish", text="Bao giờ sửa nhà ông Tèo?")
    assert secretary.status == 422, "the yes was for other words"
    assert (await office.question(one)).public_text is None
    await office.world.settle()
    await office.secretary.presses("Đúng là tôi")
    await does(secretary, one, "cong-khai", "publish", text=words)
    assert secretary.status == 422, "the last that was asked about counts"
    await office.world.settle()
    await office.secretary.presses("Đúng là tôi")
    await does(secretary, one, "cong-khai", "publish", text=words)
    assert f"Đã đăng công khai {one}." in secretary.reads()
    assert (await office.question(one)).public_text == words
    await does(secretary, one, "cong-khai", "publish", text=words)
    assert secretary.status == 422, "it is public already"
    await does(secretary, one, "bo-cong-khai")
    assert (await office.question(one)).public_text is None


async def test_files_are_shown_in_place_to_who_may_read_the_question(office: Office, app: FastAPI) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(picture, "PNG")
    kept = AttachmentStore(office.world.data_dir / "attachments")
    content = kept.read(kept.save(picture.getvalue()).sha256)
    await office.mai.says("/hoi")
    await office.mai.sends_photo(content, ROAD)
    await office.mai.presses("Gửi")
    office.put_away()
    one = "DL-2024-0001"
    browser = await sit_down(app, office.secretary)
    await browser.opens(f"/cau-hoi/{one}")
    path = browser.page.partition('<img src="/ban-lam-viec')[2].partition('"')[0]
    assert path
    answer = await browser.client.get(f"/ban-lam-viec{path}")
    assert answer.headers["content-type"].startswith("image/")
    assert answer.headers["content-disposition"].startswith("inline")
    assert "sandbox" in answer.headers["content-security-policy"]
    await browser.opens(path[:-3] + "abc")
    assert browser.status == 404
    stranger = await sit_down(app, await neighbour_unit(office.world, Role.SECRETARY))
    await stranger.opens(path)
    assert stranger.status == 404


ACTS = (
    "tra-loi",
    "nhap",
    "xem-truoc",
    "dung",
    "chuyen",
    "gia-han",
    "hoi-lai",
    "tra-lai",
    "giao",
    "goi-y",
    "linh-vuc",
    "giu",
    "ngoai",
    "gap",
    "bo-gap",
    "ghep",
    "tach",
    "kin",
    "bo-kin",
    "mau",
    "cong-khai",
    "bo-cong-khai",
)


async def test_rooms_by_roles_by_units(office: Office, app: FastAPI) -> None:
    """Whoever must not read it finds nothing by any door; whoever may only read it does nothing by any."""
    one = await office.assigned()
    world = office.world
    strangers = [
        await neighbour_unit(world, Role.SECRETARY),
        await world.staff(Role.CHAIR, "AD", "Chủ Trì Nơi Khác"),
        await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Trần Văn Thôn"),
        await world.staff(Role.ADMIN, "DL", "Vũ Quản Trị"),
        office.other,
    ]
    before = await office.question(one)
    version = (before.state, before.desk_id, before.text, before.urgent, before.sensitive)
    everything = {
        "text": "Xin chào",
        "reason": "Vì thế",
        "instead": "Ở đó",
        "agency": "Sở",
        "promised": "2024-05-01",
        "desk": await desk_named(office, DESK),
        "topic": "1",
        "other": one,
        "tu": "1",
    }
    for phone in strangers:
        browser = await sit_down(app, phone)
        await browser.opens(f"/cau-hoi/{one}")
        assert browser.status == 404
        assert ROAD not in browser.page
        for act in ACTS:
            await browser.opens("/thiet-bi")
            await browser.sends(f"/cau-hoi/{one}/{act}", seen="x", **everything)
            assert browser.status == 404, act
            assert ROAD not in browser.page
    watching = await sit_down(app, await world.staff(Role.SUPERVISOR, "DL", "Bùi Văn Sát"))
    await watching.opens(f"/cau-hoi/{one}")
    assert ROAD in watching.reads()
    assert "Việc khác" not in watching.reads()
    version_shown = seen(await _reading(app, office))
    for act in ACTS:
        await watching.opens("/thiet-bi")
        await watching.sends(f"/cau-hoi/{one}/{act}", seen=version_shown, **everything)
        assert watching.status in (404, 422), act
    now = await office.question(one)
    assert (now.state, now.desk_id, now.text, now.urgent, now.sensitive) == version
    assert await office.proposals(one) == []


async def _reading(app: FastAPI, office: Office) -> DeskBrowser:
    browser = await sit_down(app, office.official)
    await browser.opens("/cau-hoi/DL-2024-0001")
    return browser


async def test_a_sealed_question_keeps_its_asker_from_the_desk_and_its_reading_is_noted(
    office: Office, app: FastAPI
) -> None:
    await office.mai.says("/hoi")
    await office.mai.says(ROAD)
    await office.mai.presses("🔒 Gửi kín")
    await office.mai.presses("Gửi")
    await office.secretary.presses("Mở")
    await office.secretary.presses("Giao bộ phận")
    await office.secretary.presses(DESK)
    office.put_away()
    browser = await sit_down(app, office.official)
    await browser.opens("/cau-hoi/DL-2024-0001")
    assert ROAD in browser.reads()
    assert "Nguyễn Thị Mai" not in browser.page
    async with office.world.store.reading() as uow:
        found = await uow.audit.find(person_id=None, subject="question:1", since=None, until=None, limit=50)
    assert [one.actor for one in found if one.entry.act == "read_sensitive"][-1] == "Lê Thị Hoa"


async def test_whoever_asked_or_typed_it_does_not_read_what_the_office_makes_of_it(
    office: Office, app: FastAPI
) -> None:
    """Somebody of the office who asks is an asker there: an answer nobody has approved yet is not theirs to read."""
    one = await office.assigned()
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Trần Văn Thôn")
    async with office.world.store.unit() as uow:
        question = await uow.questions.by_reference(one)
        assert question is not None
        question.asker_id = (await person_named(uow, "Phạm Văn Dân")).id
        question.entered_by = (await person_named(uow, "Trần Văn Thôn")).id
        desk = await person_named(uow, "Lê Thị Hoa")
        await propose_answer(uow, by=desk, question_id=question.id, text=ANSWER)
        await uow.commit()
    for phone in (head, office.other):
        browser = await sit_down(app, phone)
        await browser.opens(f"/cau-hoi/{one}")
        assert browser.status == 404
        assert ANSWER not in browser.page


async def test_the_story_leaves_out_no_deed_of_the_office(office: Office, app: FastAPI) -> None:
    """What became of a question in the room is part of it; only what would tell of whom it names is not."""
    kept = {act for act, thing in DEEDS.values() if thing == "question"} - SHOWN_DEEDS
    readings = {"read_sensitive"}
    naming = {"named_in_question", "propose_named", "confirmed_in_question", "dropped_in_question"}
    sealing = {"seal_question", "seal_speech"}
    assert kept == readings | naming | sealing
    meeting = await office.fixed_meeting()
    one = await office.asked()
    await office.opened()
    browser = await sit_down(app, office.secretary)
    async with office.world.store.reading() as uow:
        question = await uow.questions.by_reference(one)
        assert question is not None
    await browser.sends(
        f"/buoi/{meeting.id}/phong/cau-hoi/{question.id}",
        form="take",
        outcome="take_up",
        desk=await desk_named(office, DESK),
    )
    await browser.opens(f"/cau-hoi/{one}")
    assert "Tiếp thu tại buổi đối thoại" in browser.reads()


async def test_the_story_begins_with_the_question_however_often_it_was_read(office: Office, app: FastAPI) -> None:
    one = await office.assigned()
    async with office.world.store.unit() as uow:
        question, chair = await uow.questions.by_reference(one), await person_named(uow, "Đinh Văn Chủ")
        assert question is not None
        for _ in range(120):
            await uow.ledger.write(AuditEntry(uow.now, chair.id, "read_sensitive", f"question:{question.id}"))
        await uow.commit()
    browser = await sit_down(app, office.chair)
    await browser.opens(f"/cau-hoi/{one}")
    assert "người hỏi hoặc người gửi hộ" in browser.reads()
