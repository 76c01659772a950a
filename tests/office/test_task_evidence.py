"""A task is shown to be done by pictures and papers: sent in the chat, uploaded at the desk, seen by who gave it."""

import os

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from bot.media.attachments import AttachmentStore
from bot.system_clock import system_now
from handlers.engine.inbound_event import InboundKind, Media, MediaProblem
from intake.actions.deadlines.task_reports import add_note
from intake.rules.deadlines.task import MOST_FILES
from intake.rules.errors import RuleBroken
from intake.rules.files import NewFile
from intake.rules.people.person import Network, Role
from scheduler.retention import forget_files
from storage import tables as t
from tests.office.test_task_room import stranger_as, task_of
from tests.support.desk import desk_app, sit_down
from tests.support.files import office_file, photo
from tests.support.lines import PlainLine
from tests.support.office import Office, open_office, person_named
from tests.support.stories import planned_meeting
from tests.support.world import World

SHEET = office_file("spreadsheetml.sheet")
SHOWN = "/ban-lam-viec/viec"


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
def app(office: Office) -> FastAPI:
    return desk_app(office.world)


async def given(office: Office, what: str = "duty_content") -> int:
    """The secretary has given the tasks of a meeting out; everybody puts the phone away."""
    meeting = await planned_meeting(office.world)
    await office.secretary.taps_code(f"givetasks.{meeting.id}")
    await office.secretary.presses("Gửi")
    office.put_away()
    return await task_of(office, meeting.id, what)


@pytest.mark.contract
async def test_a_report_in_the_chat_brings_pictures_along(world: World) -> None:
    """Two pictures at once, the words with the first: the preview counts both, the secretary gets both."""
    office = await open_office(world)
    task = await given(office)
    await office.other.taps_code(f"taskreport.{task}")
    assert "Có thể gửi kèm ảnh" in office.other.hears()
    await office.other.sends_photo(photo(), "Đã họp, đã soạn xong.")
    assert "Đã họp, đã soạn xong." in office.other.hears()
    await office.other.sends_photo(photo(turned=1), "Ảnh buổi họp.")
    assert "2 ảnh" in office.other.hears()
    assert "Đã họp, đã soạn xong.\nẢnh buổi họp." in office.other.hears()
    await office.other.presses("Gửi")
    assert "Đã báo kết quả" in office.other.hears()

    assert "Đã họp, đã soạn xong." in office.secretary.hears()
    assert sum(len(one.attachments) for one in office.secretary.news()) == 2
    await office.secretary.presses("Mở")
    assert "Minh chứng kèm theo:" in office.secretary.hears()
    assert "2 ảnh" in office.secretary.hears()
    assert sum(len(one.attachments) for one in office.secretary.news()) == 2


async def test_a_picture_before_the_words_waits_for_them(office: Office) -> None:
    task = await given(office)
    await office.other.taps_code(f"tasknote.{task}")
    await office.other.sends_photo(photo())
    assert "Đã nhận:\n– 1 ảnh" in office.other.hears()
    await office.other.sends_photo(photo(), "…")
    assert "Xin nhập nội dung bằng chữ" in office.other.hears()
    await office.other.says("Họp tổ Hàng Gòn, 42 người.")
    assert "Họp tổ Hàng Gòn, 42 người.\n– 1 ảnh" in office.other.hears(), "the same picture came twice"
    await office.other.presses("Gửi")
    async with office.world.store.reading() as uow:
        noted = sa.select(t.audit_entries.c.detail).where(t.audit_entries.c.act == "note_task")
        detail = await uow.session.scalar(noted)
        (file,) = await uow.tasks.files(task)
    assert detail == {"files": [file.sha256]}


async def test_a_file_the_chat_may_not_leave_is_said_and_the_words_stay(office: Office) -> None:
    task = await given(office)
    await office.other.taps_code(f"taskreport.{task}")
    line = office.other.line
    assert isinstance(line, PlainLine)
    too_big = (Media(problem=MediaProblem.TOO_BIG),)
    office.other.acts()
    await line.hear(office.other.address, InboundKind.MEDIA, text="Xong rồi.", media=too_big)
    await office.world.settle()
    assert "Tệp lớn quá" in office.other.hears()
    assert "Báo xong" in office.other.hears()
    for number in range(MOST_FILES + 1):
        await office.other.sends_photo(photo(size=(60 + number, 40)))
    assert f"Mỗi việc kèm tối đa {MOST_FILES} tệp" in office.other.hears()
    assert f"{MOST_FILES} ảnh" in office.other.hears()


async def test_the_desk_takes_files_and_shows_them_in_place(office: Office, app: FastAPI) -> None:
    task = await given(office)
    body, secretary = await sit_down(app, office.other), await sit_down(app, office.secretary)
    await body.opens(f"/viec/{task}")
    await body.sends_file(f"/viec/{task}/xong", "files", b"MZ\x90\x00", form="report", text="Đã soạn.")
    assert (body.status, "Chưa nhận được tệp loại này" in body.reads()) == (422, True)
    assert "Đã soạn." in body.page, "what was typed stays"
    await body.sends_file(f"/viec/{task}/xong", "files", photo(), form="report", text=" ")
    assert "Xin nhập nội dung bằng chữ" in body.reads()
    await body.sends_file(f"/viec/{task}/xong", "files", photo(), SHEET, form="report", text="Đã soạn.")
    assert "Đã báo kết quả" in body.reads()

    await office.world.settle()
    assert "Đã soạn." in office.secretary.hears()
    await secretary.opens(f"/viec/{task}")
    async with office.world.store.reading() as uow:
        picture, sheet = await uow.tasks.files(task)
    assert f'<img src="{SHOWN}/{task}/tep/{picture.sha256}"' in secretary.page
    shown = await secretary.client.get(f"{SHOWN}/{task}/tep/{picture.sha256}")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    assert b"SecretPhone" not in shown.content, "neither the place nor the phone is kept"
    assert shown.headers["content-disposition"].startswith("inline")
    saved = await secretary.client.get(f"{SHOWN}/{task}/tep/{sheet.sha256}")
    assert saved.headers["content-disposition"].startswith("attachment")
    assert (await secretary.client.get(f"{SHOWN}/{task}/tep/{'0' * 64}")).status_code == 404
    AttachmentStore(office.world.data_dir / "attachments").drop(sheet.sha256)
    assert (await secretary.client.get(f"{SHOWN}/{task}/tep/{sheet.sha256}")).status_code == 404

    await body.opens("/viec")
    await body.sends_file(f"/viec/{task}/xong", "files", SHEET, form="report", text="Lần nữa.")
    assert body.status == 404
    stranger = await sit_down(app, await stranger_as(office, Role.SECRETARY))
    assert (await stranger.client.get(f"{SHOWN}/{task}/tep/{picture.sha256}")).status_code == 404
    await stranger.opens("/viec")
    await stranger.sends_file(f"/viec/{task}/ghi-nhan", "files", SHEET, form="note", note="Tôi cũng có.")
    assert stranger.status == 404


async def test_a_note_at_the_desk_brings_a_file_and_no_task_has_more_than_it_may(office: Office, app: FastAPI) -> None:
    task = await given(office)
    body = await sit_down(app, office.other)
    await body.opens(f"/viec/{task}")
    await body.sends_file(f"/viec/{task}/ghi-nhan", "files", photo(), form="note", note="Họp tổ, 42 người.")
    assert f"/viec/{task}/tep/" in body.page
    async with office.world.store.unit() as uow:
        person = await person_named(uow, "Phạm Văn Dân")
        many = [NewFile(f"{number:064}", "image/jpeg", 1, "a.jpg") for number in range(MOST_FILES)]
        with pytest.raises(RuleBroken, match="too_many_task_files"):
            await add_note(uow, by=person, task_id=task, text="Nhiều quá.", files=many)


async def test_what_shows_a_task_is_kept_though_the_chat_is_forgotten(office: Office, app: FastAPI) -> None:
    """Nothing but the task names it: it outlives the nightly collecting, and the chat it was seen in."""
    task = await given(office)
    body = await sit_down(app, office.other)
    await body.opens(f"/viec/{task}")
    await body.sends_file(f"/viec/{task}/xong", "files", photo(), form="report", text="Đã soạn.")
    folder = office.world.data_dir / "attachments"
    then = system_now().timestamp() - 3 * 24 * 3600
    AttachmentStore(folder).save(SHEET)
    for path in folder.rglob("*"):
        os.utime(path, (then, then))
    assert await forget_files(office.world.store.unit) == 1, "only what nothing names"
    async with office.world.store.unit() as uow:
        (file,) = await uow.tasks.files(task)
        account, *_ = await uow.accounts.meet(Network.WEBCHAT, "web", "an official at home")
        await uow.traces.forget(account.id, [], [file.sha256, "f" * 64])
        assert uow.traces.dropped == ["f" * 64]
