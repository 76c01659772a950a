"""The public pages as somebody without an account reads them (R020, R021, R096, R097)."""

import re
from collections.abc import AsyncIterator
from datetime import date

import pytest

from bot.media.links import ChatLinks
from handlers.secretary.room import REASONS
from intake.actions.meetings.conclude import add_item, publish_conclusion, report_progress
from intake.actions.meetings.in_room import leave_out
from intake.actions.meetings.public_progress import publish_progress
from intake.actions.meetings.release_notice import release_notice
from intake.actions.questions.make_public import make_public, take_back
from intake.rules.errors import ChangedMeanwhile
from intake.rules.meetings.conclusion import ProgressId
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.questions.question import QuestionState
from tests.conftest import load
from tests.support.desk import desk_app, sit_down
from tests.support.office import DESK, ROAD, Office, open_office, person_named
from tests.support.public import Reader, passer_by
from tests.support.stories import answer, planned_meeting, put_in_state, question_of, set_meeting
from tests.support.world import World, local
from wording.public import NOT_PUT

UNIT = "/cong-khai/dl"


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
async def reader(plain_world: World) -> AsyncIterator[Reader]:
    links = ChatLinks(telegram="doithoai_bot", zalo="123456", web="https://xa.test")
    async with passer_by(plain_world, links) as opened:
        yield opened


async def publishes(office: Office, reference: str, text: str) -> None:
    async with office.world.store.unit() as uow:
        thu = await person_named(uow, "Trần Văn Thư")
        await make_public(uow, by=thu, question_id=(await question_of(uow, reference)).id, text=text)
        await uow.commit()


@pytest.fixture
async def held(office: Office) -> Meeting:
    """A meeting with three questions: one answered there, one not put, one that still waits."""
    meeting = await office.fixed_meeting()
    for text in (ROAD, "Bao giờ có nước sạch cho tổ Làng Dầu?", "Chợ mới khi nào xong, thưa các bác?"):
        await office.asked(text)
    await office.opened()
    await office.secretary.says("/dieuhanh")
    await office.secretary.presses("DL-2024-0001")
    await office.secretary.presses("Đã trả lời")
    await office.secretary.says("Thưa bà Nguyễn Thị Mai, xã sửa trong quý II. Bà Mai gọi 0905 123 456 khi cần.")
    await office.secretary.presses("Gửi")
    async with office.world.store.unit() as uow:
        thu = await person_named(uow, "Trần Văn Thư")
        second = await question_of(uow, "DL-2024-0002")
        await leave_out(uow, by=thu, question_id=second.id, reason="Hết thời gian")
        await uow.commit()
    await office.closed()
    office.put_away()
    return meeting


async def test_what_is_to_come_is_read_without_an_account(office: Office, reader: Reader) -> None:
    assert "thị trấn Di Lăng" in await reader.reads("/cong-khai")
    assert "Chưa có buổi đối thoại nào sắp tới" in await reader.reads(UNIT)
    meeting = await office.fixed_meeting()
    page = await reader.reads(UNIT)
    assert meeting.title in page
    assert "14:00, 25/04/2024" in page

    page = await reader.reads(f"{UNIT}/buoi/{meeting.id}")
    for said in (
        "14:00, 25/04/2024, thứ Năm",
        "Nhà Văn hóa TDP Hàng Gòn",
        "Cách tham dự",
        "Ai dự được",
        "Chương trình",
    ):
        assert said in page
    assert f"https://t.me/doithoai_bot?start=m-{meeting.id}" in page
    assert f"#m-{meeting.id}" in page, "what is typed on Zalo"
    assert page.count("<svg") == 3, "a QR code for each network"
    assert "In person, at the place above." in await reader.reads(f"{UNIT}/buoi/{meeting.id}?lang=en")


async def test_a_meeting_for_its_hosting_hamlet_alone_says_so(office: Office, reader: Reader) -> None:
    await load(office.world, "tuyet-diem-2025")
    meeting = await planned_meeting(office.world, plan="tuyet-diem-2025", title="Buổi ở thôn")
    async with office.world.store.unit() as uow:
        plan = await uow.plans.by_code("tuyet-diem-2025")
        assert plan is not None
        plan.choices = {**plan.choices, "neighbour-hamlet": "no"}
        stored = await uow.meetings.get(meeting.id)
        host = (await uow.places.hamlets(stored.unit_id))[0]
        stored.hosting_hamlet_id = host.id
        unit = await uow.places.unit(stored.unit_id)
        stored.window_to = stored.window_from = date(2025, 12, 1)
        await uow.commit()
    page = await reader.reads(f"/cong-khai/{unit.code.lower()}/buoi/{meeting.id}")
    assert f"chỉ người dân {host.name} đăng ký" in page


async def test_rights_and_duties_are_said_with_the_days_of_the_plan(office: Office, reader: Reader) -> None:
    """R097."""
    page = await reader.reads(UNIT)
    assert "Quyền và trách nhiệm" in page
    assert "30 ngày, tính từ khi buổi đối thoại kết thúc" in page
    assert "một lần trong 15 ngày" in page


async def test_the_notice_stands_as_it_was_published(office: Office, reader: Reader) -> None:
    meeting = await office.fixed_meeting()
    text = (
        "Mời bà con <b>dự</b> lúc 14:00 ngày 25/04/2024 tại Nhà Văn hóa TDP Hàng Gòn.\nNội dung: đường làng. "
        "Chương trình: nghe ý kiến. Đăng ký và gửi câu hỏi trước. Mục đích: lắng nghe."
    )
    async with office.world.store.unit() as uow:
        thu = await person_named(uow, "Trần Văn Thư")
        await release_notice(uow, by=thu, meeting_id=meeting.id, text=text)
        await uow.commit()
    page = await reader.reads(f"{UNIT}/buoi/{meeting.id}")
    assert "Mời bà con &lt;b&gt;dự&lt;/b&gt; lúc 14:00" in page
    await set_meeting(office.world, meeting, MeetingState.FIXED, local(2024, 4, 26, 14))
    assert "đã đổi sau thông báo này" in await reader.reads(f"{UNIT}/buoi/{meeting.id}")


async def test_what_came_of_a_meeting_is_counted_for_all(office: Office, held: Meeting, reader: Reader) -> None:
    page = await reader.reads(UNIT)
    assert "Câu hỏi đã nhận: 3; đã trả lời: 1" in page
    page = await reader.reads(f"{UNIT}/buoi/{held.id}")
    figures = [int(row.partition("<td>")[2].partition("</td>")[0]) for row in page.split("<tr")[1:]]
    # received, before, there, later, in time, late; settled, with a day, explained; forwarded, in progress, overdue,
    # out of scope, gathered, not put
    assert figures == [3, 0, 1, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 2]
    assert "Hết thời gian: 1" in page
    assert "Lý do riêng hoặc chưa ghi: 1" in page
    assert "Thông báo kết luận chưa ban hành" in page
    office.world.clock.move_to(local(2024, 5, 28))
    await reader.client.get(f"{UNIT}/buoi/{held.id}")
    page = await reader.reads(f"{UNIT}/buoi/{held.id}")
    assert "chưa trả lời và đã quá hạn hôm nay</th><td>2</td>" in page


async def test_who_answers_too_late_is_counted_so_and_who_passed_it_on_is_named(
    office: Office, held: Meeting, reader: Reader
) -> None:
    late = {"answered_at": local(2024, 5, 29), "room_outcome": None}
    await put_in_state(office.world, "DL-2024-0003", QuestionState.ANSWERED, **late)
    page = await reader.reads(f"{UNIT}/buoi/{held.id}")
    assert "trong đó: quá hạn</th><td>1</td>" in page
    await put_in_state(office.world, "DL-2024-0003", QuestionState.ANSWERED, answered_at=local(2024, 5, 2))
    page = await reader.reads(f"{UNIT}/buoi/{held.id}")
    assert "trong đó: đúng hạn</th><td>1</td>" in page

    await answer(office.world, "DL-2024-0002", "Ngoài thẩm quyền.", promise=("Công ty Cấp nước", date(2024, 6, 20)))
    page = await reader.reads(f"{UNIT}/buoi/{held.id}")
    assert "Công ty Cấp nước: 1 câu, đến 20/06/2024" in page
    await put_in_state(office.world, "DL-2024-0003", QuestionState.REFERRED)
    assert (await reader.reads(f"{UNIT}/buoi/{held.id}")).count("câu, đến") == 1, "no agency is made up"


async def test_an_act_is_on_the_page_within_moments_and_taken_back_as_soon(
    office: Office, held: Meeting, reader: Reader
) -> None:
    assert "sửa trong quý II" not in await reader.reads(f"{UNIT}/hoi-dap")
    await publishes(office, "DL-2024-0001", "Bao giờ sửa đường xóm 3?")
    page = await reader.reads(f"{UNIT}/hoi-dap")
    assert "Bao giờ sửa đường xóm 3?" in page
    assert "sửa trong quý II" in page
    assert "Mai" not in page
    assert "0905" not in page
    async with office.world.store.unit() as uow:
        thu = await person_named(uow, "Trần Văn Thư")
        await take_back(uow, by=thu, question_id=(await question_of(uow, "DL-2024-0001")).id)
        await uow.commit()
    assert "sửa đường" not in await reader.reads(f"{UNIT}/hoi-dap")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("đường xóm", True),
        ("duong xom", True),
        ("DL-2024-0001", True),
        ("quy ii", True),
        ("cầu treo", False),
        ("!", True),
    ],
)
async def test_questions_are_found_with_and_without_diacritics(
    office: Office, held: Meeting, reader: Reader, wanted: str, found: bool
) -> None:
    await publishes(office, "DL-2024-0001", "Bao giờ sửa đường xóm 3?")
    page = await reader.reads(f"{UNIT}/hoi-dap?tim={wanted}")
    assert ("Bao giờ sửa đường" in page) == found
    assert f"Có {int(found)} câu." in page


async def test_many_answers_stand_on_several_pages(
    office: Office, held: Meeting, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    from web.public import rooms

    monkeypatch.setattr(rooms, "PAGE", 1)
    await publishes(office, "DL-2024-0001", "Đường xóm 3?")
    await put_in_state(office.world, "DL-2024-0003", QuestionState.CLOSED, answered_at=local(2024, 5, 2))
    await publishes(office, "DL-2024-0003", "Chợ mới?")
    first, second = [await reader.reads(f"{UNIT}/hoi-dap?lang=en&trang={number}") for number in (1, 2)]
    assert "Chợ mới?" in first
    assert "Đường xóm 3?" in second
    assert "/hoi-dap?trang=2&amp;lang=en" in first
    assert "/hoi-dap?trang=1&amp;lang=en" in second
    assert await reader.status(f"{UNIT}/hoi-dap?trang=3") == 404
    assert await reader.reads(f"{UNIT}/hoi-dap?trang=0") == await reader.reads(f"{UNIT}/hoi-dap")


async def test_the_conclusion_shows_who_sees_to_it_and_how_it_gets_on(
    office: Office, held: Meeting, reader: Reader
) -> None:
    async with office.world.store.unit() as uow:
        thu, chu = await person_named(uow, "Trần Văn Thư"), await person_named(uow, "Đinh Văn Chủ")
        desk = next(one for one in await uow.places.desks(held.unit_id) if one.name == DESK)
        values = {"by": thu, "meeting_id": held.id}
        for text, desk_id, owner in (("Sửa đường xóm 3.", desk.id, ""), ("Xin cầu mới.", None, "Sở Xây dựng")):
            await add_item(uow, text=text, desk_id=desk_id, owner=owner, due_on=date(2024, 6, 30), **values)
        await uow.commit()
    assert "Sửa đường xóm 3." not in await reader.reads(f"{UNIT}/buoi/{held.id}"), "not before it is issued"
    async with office.world.store.unit() as uow:
        await publish_conclusion(uow, by=chu, meeting_id=held.id)
        await uow.commit()
    page = await reader.reads(f"{UNIT}/buoi/{held.id}")
    assert f"Phụ trách: {DESK}. Hạn thực hiện: 30/06/2024, Chủ nhật." in page
    assert "Phụ trách: Sở Xây dựng" in page
    assert page.count("Đang thực hiện") == 2
    office.world.clock.move_to(local(2024, 7, 1))
    async with office.world.store.unit() as uow:
        first = (await uow.conclusions.of_meeting(held.id))[0]
        await report_progress(uow, by=thu, item_id=first.id, text="Đã rải nhựa.", done=True)
        await uow.commit()
    page = await reader.reads(f"{UNIT}/buoi/{held.id}")
    assert "Đã xong lúc" in page
    assert "Quá hạn, chưa xong" in page
    assert "Đã rải nhựa" not in page, "what a desk tells the office is the office's until it is put before all"


async def progress_said(office: Office, held: Meeting, *texts: str) -> None:
    """An issued conclusion about the first question, and words on how it gets on."""
    async with office.world.store.unit() as uow:
        thu, chu = await person_named(uow, "Trần Văn Thư"), await person_named(uow, "Đinh Văn Chủ")
        values = {"by": thu, "meeting_id": held.id, "desk_id": None, "owner": "Sở Xây dựng", "due_on": None}
        item = await add_item(uow, text="Sửa đường xóm 3.", references=["DL-2024-0001"], **values)
        await publish_conclusion(uow, by=chu, meeting_id=held.id)
        for text in texts:
            await report_progress(uow, by=thu, item_id=item.id, text=text, done=False)
        await uow.commit()
    await office.world.settle()
    office.put_away()


async def test_the_office_puts_before_everybody_how_an_item_gets_on(
    office: Office, held: Meeting, reader: Reader
) -> None:
    await progress_said(office, held, "Đã hẹn bà Mai ra xem, số 0905 123 456.")
    address = f"{UNIT}/buoi/{held.id}"
    assert "hẹn" not in await reader.reads(address)
    await office.mai.taps_code("conclusionshow.1")
    assert "Không tìm thấy" in office.mai.hears()
    await office.secretary.taps_code("conclusionitem.1")
    await office.secretary.presses("📢 Đăng tiến độ mới nhất")
    assert "Mai" not in office.secretary.hears(), "what is offered names nobody who asked"
    await office.secretary.presses("Giữ nguyên lời này")
    await office.secretary.presses("Sửa")
    await office.secretary.says("Đã khảo sát cùng bà Mai, thi công từ ngày 15.")
    await office.secretary.presses("Gửi")
    assert "📢 Trên trang công khai: Đã khảo sát cùng" in office.secretary.hears()
    page = await reader.reads(address)
    assert re.search(r"Sở Xây dựng\.\s+Đang thực hiện", page)
    assert "thi công từ ngày 15." in page
    assert "Mai" not in page
    assert "thi công" in await reader.reads(f"{UNIT}/du-lieu/ket-luan.csv")
    await office.secretary.presses("Thôi đăng tiến độ mới nhất")
    assert "thi công" not in await reader.reads(address)
    await office.secretary.taps_code("conclusionhide.1")
    assert "Trên trang công khai" not in office.secretary.hears()


async def test_the_desk_chooses_the_words_of_a_progress_report(office: Office, held: Meeting, reader: Reader) -> None:
    await progress_said(office, held, "Bà Mai đã được hẹn.", "Đang đổ đá.")
    path = f"/buoi/{held.id}/ket-luan"
    desk = await sit_down(desk_app(office.world), office.secretary)
    await desk.opens(path)
    assert "Đang đổ đá." in desk.reads()
    await desk.sends(f"{path}/dang", form="word2", word="2", text=" ")
    assert (desk.status, "nội dung" in desk.reads()) == (422, True)
    for _ in range(2):  # what everybody reads is agreed to in the chat first
        await desk.sends(f"{path}/dang", form="word2", word="2", text="Đang đổ đá, bà con đi vòng.")
        await office.world.settle()
        if desk.status == 422:
            assert "đăng tiến độ một mục kết luận" in office.secretary.hears()
            await office.secretary.presses("Đúng là tôi")
    assert "Mọi người đang đọc: Đang đổ đá, bà con đi vòng." in desk.reads()
    page = await reader.reads(f"{UNIT}/buoi/{held.id}")
    assert "bà con đi vòng" in page
    assert "được hẹn" not in page
    await desk.sends(f"{path}/thoi-dang", word="2")
    assert "Đã thôi đăng" in desk.reads()
    assert "bà con đi vòng" not in await reader.reads(f"{UNIT}/buoi/{held.id}")
    async with office.world.store.unit() as uow:
        item = (await uow.conclusions.of_meeting(held.id))[0]
        item.published_at = None
        thu = await person_named(uow, "Trần Văn Thư")
        with pytest.raises(ChangedMeanwhile):
            await publish_progress(uow, by=thu, progress_id=ProgressId(2), text="Đang đổ đá.")


async def test_what_is_kept_from_the_public_leaves_no_trace_but_its_count(
    office: Office, held: Meeting, reader: Reader
) -> None:
    await publishes(office, "DL-2024-0001", "Bao giờ sửa đường xóm 3?")
    for reference in ("DL-2024-0001", "DL-2024-0002"):
        await put_in_state(office.world, reference, QuestionState.TAKEN_ON, sensitive=True)
    page = await reader.reads(f"{UNIT}/buoi/{held.id}")
    assert "sửa đường" not in page
    assert "Hết thời gian" not in page
    assert "Lý do riêng hoặc chưa ghi: 2" in page
    await put_in_state(office.world, "DL-2024-0002", QuestionState.SEALED)
    page = await reader.reads(f"{UNIT}/buoi/{held.id}")
    assert "đã nhận</th><td>2</td>" in page, "a denunciation is counted nowhere"


async def test_a_meeting_nobody_spoke_of_and_one_called_off_are_said_to_be_so(office: Office, reader: Reader) -> None:
    past = await planned_meeting(office.world, title="Buổi tháng hai")
    await set_meeting(office.world, past, MeetingState.FIXED, local(2024, 4, 2, 8))
    off = await planned_meeting(office.world, title="Buổi tháng ba")
    await set_meeting(office.world, off, MeetingState.CANCELLED, local(2024, 4, 28, 8))
    office.world.clock.move_to(local(2024, 4, 3))
    page = await reader.reads(UNIT)
    assert "đơn vị chưa cập nhật là đã họp hay chưa" in page
    assert "Đã huỷ: Buổi tháng ba" in page
    assert "Buổi này đã huỷ" in await reader.reads(f"{UNIT}/buoi/{off.id}")
    assert "đơn vị chưa cập nhật" in await reader.reads(f"{UNIT}/buoi/{past.id}")


async def test_what_is_not_there_and_what_is_not_ours_to_show_is_one_answer(office: Office, reader: Reader) -> None:
    meeting = await office.fixed_meeting()
    assert await reader.status("/cong-khai/xyz") == 404
    assert await reader.status("/cong-khai/DL-hang-gon") == 404, "a hamlet has no plan"
    assert await reader.status(f"{UNIT}/buoi/{meeting.id + 1}") == 404
    assert await reader.status(f"{UNIT}/buoi/{'9' * 30}") == 404, "no database has room for it"
    assert await reader.status(f"{UNIT}/buoi/{10**30}.ics") == 404
    assert await reader.status("/cong-khai/DL") == 200
    other = await planned_meeting(office.world)
    async with office.world.store.unit() as uow:
        stored = await uow.meetings.get(other.id)
        stored.unit_id = (await uow.places.hamlets(stored.unit_id))[0].id
        await uow.commit()
    assert await reader.status(f"{UNIT}/buoi/{other.id}") == 404
    answer = await reader.client.get("/cong-khai/xyz?lang=en")
    assert "There is no such page" in answer.text


async def test_a_page_is_small_packed_and_known_again(office: Office, held: Meeting, reader: Reader) -> None:
    await publishes(office, "DL-2024-0001", "Bao giờ sửa đường xóm 3?")
    for path in ("/cong-khai", UNIT, f"{UNIT}/hoi-dap", f"{UNIT}/buoi/{held.id}"):
        first = await reader.client.get(path)
        assert first.headers["content-encoding"] == "gzip"
        assert int(first.headers["content-length"]) < 30_000
        assert "set-cookie" not in first.headers
        again = await reader.client.get(path, headers={"if-none-match": f'"x", W/{first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b"")
        plain = await reader.client.get(path, headers={"accept-encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert plain.text == first.text
        assert plain.headers["etag"] != first.headers["etag"]
        assert (await reader.client.head(path)).status_code == 200


async def test_whoever_collects_by_searching_is_slowed(office: Office, plain_world: World) -> None:
    async with passer_by(plain_world) as greedy, passer_by(plain_world, host="198.51.100.4") as other:
        answers = [await greedy.status(f"{UNIT}/hoi-dap?tim=a{number}") for number in range(32)]
        assert answers[:30] == [200] * 30
        assert answers[-1] == 429
        assert await greedy.status(UNIT) == 200
        assert await other.status(f"{UNIT}/hoi-dap?tim=a") == 200


async def test_without_a_name_outside_the_page_leads_to_the_chat_it_stands_beside(
    office: Office, plain_world: World
) -> None:
    meeting = await office.fixed_meeting()
    delegates = await planned_meeting(office.world)
    async with office.world.store.unit() as uow:
        (await uow.meetings.get(delegates.id)).theme = "Đất đai"
        await uow.commit()
    async with passer_by(plain_world) as reader:
        page = await reader.reads(f"{UNIT}/buoi/{delegates.id}")
        assert "Đất đai" in page
        assert "tháng 4/2024" in page
        assert f"https://xa.test/?start=m-{meeting.id}" in await reader.reads(f"{UNIT}/buoi/{meeting.id}")


def test_the_reasons_of_the_public_page_are_those_of_the_buttons() -> None:
    assert [key.removeprefix("notput.") for key in NOT_PUT] == list(REASONS)


async def test_whoever_was_erased_is_not_named_by_the_answer_that_stays(
    office: Office, held: Meeting, reader: Reader
) -> None:
    await publishes(office, "DL-2024-0001", "Đường vào xóm 3 hỏng, bà Mai hỏi")
    await office.mai.says("/xoa")
    await office.mai.presses("Xoá")
    assert "Đã xoá dữ liệu" in office.mai.hears()

    for path in (f"{UNIT}/hoi-dap", f"{UNIT}/buoi/{held.id}", f"{UNIT}/du-lieu/hoi-dap.json"):
        page = await reader.reads(path)
        assert "xã sửa trong quý II" in page
        assert "Mai" not in page, path
    async with office.world.store.reading() as uow:
        [said] = await uow.questions.proposals((await question_of(uow, "DL-2024-0001")).id)
        assert "Mai" not in said.text, "nobody knows any more whose name it was, so it goes with the name"


async def test_neighbours_read_the_answer_in_the_chat_without_who_asked(office: Office, held: Meeting) -> None:
    await publishes(office, "DL-2024-0001", "Đường vào xóm 3 hỏng, khi nào sửa?")
    lan = await office.world.resident("DL-lang-dau", "Bùi Thị Lan")
    await lan.taps_code(f"answers.{held.id}")
    assert "Thưa bà …, xã sửa trong quý II. Bà … gọi … khi cần." in lan.hears()
