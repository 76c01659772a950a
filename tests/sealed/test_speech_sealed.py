"""What somebody will speak about turns out to accuse: the office keeps it sealed, as a question (R026, R126)."""

import pytest

from intake.actions.meetings.register import register
from intake.actions.papers.gather import gather
from intake.rules.meetings.meeting import Meeting, Registration, RegistrationKind, RegistrationState
from intake.rules.papers.kinds import PaperKind
from intake.rules.people.person import Role
from papers.docx import docx_of
from tests.support.delegates import occasion, person_called
from tests.support.desk import desk_app, sit_down
from tests.support.office import Office, neighbour_unit, open_office
from tests.support.paper_check import words_of
from tests.support.recorded import deeds
from tests.support.world import Phone, World, local
from wording.papers.registry import KINDS, worded

ABOUT = "Chuyện hồ sơ ở gốc đa, cán bộ chuyên môn thị trấn biết rõ"
SECRET = "gốc đa"


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def registered(office: Office) -> tuple[Meeting, Registration]:
    """Mai will speak at the meeting of Hàng Gòn; to her it is a plain question."""
    meeting = await office.fixed_meeting("DL-hang-gon")
    await office.mai.says("/dangky")
    await office.mai.presses("Phát biểu")
    await office.mai.says(ABOUT)
    await office.mai.presses("Hỏi")
    await office.mai.presses("Gửi")
    office.put_away()
    async with office.world.store.reading() as uow:
        return meeting, (await uow.meetings.registrations(meeting.id))[0]


async def sealed_by(phone: Phone, registration: Registration) -> None:
    await phone.taps_code(f"speaker.{registration.id}")
    assert SECRET in phone.hears()
    await phone.presses("🔒 Giữ kín nội dung")
    assert f"Vì sao cần giữ kín nội dung phát biểu của đăng ký {registration.reference}" in phone.hears()
    await phone.says("Nêu đích danh cán bộ")
    await phone.presses("Gửi")


async def paper(office: Office, kind: PaperKind, meeting: Meeting) -> str:
    async with office.world.store.reading() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        return words_of(docx_of(worded(kind, await gather(uow, plan, KINDS[kind].subject, meeting=meeting))))


@pytest.mark.parametrize("role", ["secretary", "chair"])
async def test_what_somebody_will_speak_about_leaves_lists_documents_and_screens(office: Office, role: str) -> None:
    meeting, registration = await registered(office)
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Văn Trưởng")
    await head.says("/danhsach")
    assert SECRET in head.hears()
    kinds = (PaperKind.SPEAKERS, PaperKind.BRIEFING)
    for kind in kinds:
        assert SECRET in await paper(office, kind, meeting)
    phone: Phone = getattr(office, role)
    await sealed_by(phone, registration)

    assert "nay là câu hỏi gửi kín DL-2024-0001" in phone.hears()
    for reader in (office.secretary, office.chair, head):
        await reader.says("/danhsach")
        assert "Nguyễn Thị Mai – phát biểu" in reader.hears()
        assert SECRET not in reader.reads()
    for code in (f"speaking.{meeting.id}", f"speaker.{registration.id}", f"floor.{meeting.id}"):
        await office.secretary.taps_code(code)
        assert SECRET not in office.secretary.reads()
        assert not office.secretary.sees_button("🔒 Giữ kín nội dung")
    for kind in kinds:
        words = await paper(office, kind, meeting)
        assert "Nguyễn Thị Mai" in words
        assert SECRET not in words
    await office.opened()
    await office.closed()
    assert SECRET not in await paper(office, PaperKind.MINUTES, meeting)


async def test_it_is_a_sealed_question_that_whoever_it_names_does_not_get(office: Office) -> None:
    _, registration = await registered(office)
    await sealed_by(office.secretary, registration)

    heard = office.mai.hears()
    assert "được giữ kín để bảo vệ bà/ông" in heard
    assert "Lượt phát biểu của bà/ông vẫn còn" in heard
    assert SECRET not in heard, "the phone may be a family's"
    question = await office.question("DL-2024-0001")
    assert question.sensitive
    assert not question.sealed_by_asker, "the office's own seal, which it may lift"
    assert question.text == ABOUT
    await office.official.taps_code(f"queue.{question.id}")
    assert SECRET not in office.official.hears()
    await office.secretary.taps_code(f"triage.{question.id}")
    heard = office.secretary.hears()
    assert SECRET in heard
    assert "Nêu đích danh cán bộ" in heard
    assert set(await office.clocks("DL-2024-0001")), "it is answered like any other"
    async with office.world.store.reading() as uow:
        assert [one.subject for one in await deeds(uow, "seal_speech")] == [f"question:{question.id}"]


async def test_only_once_with_a_reason_and_by_the_office_that_holds_the_meeting(office: Office) -> None:
    _, registration = await registered(office)
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Văn Trưởng")
    supervisor = await office.world.staff(Role.SUPERVISOR, "DL", "Phạm Thị Giám")
    elsewhere = await neighbour_unit(office.world, Role.SECRETARY)
    for phone in (head, supervisor, elsewhere, office.official, office.mai):
        await phone.taps_code(f"sealspeech.{registration.id}")
        assert not phone.sees_button("Huỷ")
    for phone in (office.secretary, office.chair):
        await phone.taps_code(f"sealspeech.{registration.id}")
        await phone.says("Nêu đích danh cán bộ")
    await office.chair.presses("Gửi")
    await office.secretary.presses("Gửi")

    assert "Đã giữ kín" in office.chair.hears()
    assert "vừa" in office.secretary.hears()
    async with office.world.store.reading() as uow:
        assert len(await deeds(uow, "seal_speech")) == 1


async def test_whoever_came_from_elsewhere_is_protected_too(office: Office) -> None:
    meeting, registration = await registered(office)
    async with office.world.store.unit() as uow:
        mai = await uow.people.get(registration.person_id)
        assert mai is not None
        mai.hamlet_id = None
        await uow.commit()
    await sealed_by(office.secretary, registration)

    question = await office.question("DL-2024-0001")
    assert question.hamlet_id is None
    assert question.unit_id == meeting.unit_id


async def test_at_the_desk_with_a_reason(office: Office) -> None:
    meeting, registration = await registered(office)
    app = desk_app(office.world)
    secretary = await sit_down(app, office.secretary)
    supervisor = await sit_down(app, await office.world.staff(Role.SUPERVISOR, "DL", "Phạm Thị Giám"))
    path = f"/buoi/{meeting.id}/thu-tu"
    await supervisor.opens(path)
    assert SECRET not in supervisor.reads()
    await supervisor.sends(f"{path}/giu-kin", who=str(registration.id), reason="Tôi muốn")
    assert supervisor.status == 404
    await secretary.opens(path)
    assert SECRET in secretary.reads()
    await secretary.sends(f"{path}/giu-kin", form="seal", who=str(registration.id), reason="")
    assert secretary.status == 422
    await secretary.sends(f"{path}/giu-kin", form="seal", who=str(registration.id), reason="Nêu đích danh cán bộ")

    assert "nay là câu hỏi gửi kín DL-2024-0001" in secretary.reads()
    assert SECRET not in secretary.reads()
    assert "Giữ kín nội dung" not in secretary.reads()


async def test_on_a_list_of_delegates_the_office_finds_it_too_and_the_head_does_not(plain_world: World) -> None:
    """Whoever still waits for a seat stands in no speaking order: only on the list of the unit."""
    day = await occasion(plain_world, "vinh-bao-2026", quota=1, reading="b", starts_at=local(2026, 9, 15))
    unit = day.units[0]
    head = await plain_world.staff(Role.HAMLET_HEAD, unit.code, "Đinh Văn Trưởng")
    secretary = await plain_world.staff(Role.SECRETARY, day.unit.code, "Trần Văn Thư")
    for name in ("Bùi Thị Lan", "Nguyễn Thị Mai"):
        phone = await plain_world.resident(unit.code, name)
        async with plain_world.store.unit() as uow:
            person = await person_called(uow, name)
            speak, content = RegistrationKind.SPEAK, ABOUT
            await register(uow, meeting_id=day.meeting.id, person=person, kind=speak, content=content)
            await uow.commit()
        phone.reads()
    waits = next(one for one in await day.registrations(waiting=True) if one.state is RegistrationState.WAITING)
    await head.taps_code(f"rosterone.{waits.id}")
    assert SECRET in head.hears()
    assert not head.sees_button("🔒 Giữ kín nội dung")
    await secretary.taps_code(f"rosterone.{waits.id}")
    await secretary.presses("🔒 Giữ kín nội dung")
    await secretary.says("Nêu đích danh cán bộ")
    await secretary.presses("Gửi")
    assert "Đã giữ kín nội dung phát biểu" in secretary.hears()
    await head.taps_code(f"rosterone.{waits.id}")
    assert SECRET not in head.hears()


ACCUSES = "Ông trưởng thôn ăn chặn tiền hỗ trợ của dân"
HINT = "có thể nói về việc làm của cán bộ"


async def speaks_about(office: Office, words: str) -> Registration:
    """Mai registers to speak; asked what it is, she says that it is a plain question."""
    meeting = await office.fixed_meeting("DL-hang-gon")
    office.put_away()
    await office.mai.says("/dangky")
    await office.mai.presses("Phát biểu")
    await office.mai.says(words)
    await office.mai.presses("Hỏi")
    await office.mai.presses("Gửi")
    async with office.world.store.reading() as uow:
        return (await uow.meetings.registrations(meeting.id))[0]


async def test_a_topic_that_accuses_though_it_was_sent_as_plain_is_pointed_out_to_who_can_seal_it(
    office: Office,
) -> None:
    registration = await speaks_about(office, ACCUSES)

    heard = office.secretary.hears()
    assert HINT in heard
    assert registration.reference in heard
    assert "ăn chặn" not in heard, "a letter on a screen says no word of it"
    for phone in (office.chair, office.official, office.other):
        assert HINT not in phone.hears()
    await office.secretary.presses("Mở")
    assert ACCUSES in office.secretary.hears()
    assert office.secretary.sees_button("🔒 Giữ kín nội dung")
    office.put_away()
    await office.mai.says("/dangky")
    await office.mai.presses("Phát biểu")
    await office.mai.says(ACCUSES + " hai năm nay")
    await office.mai.presses("Hỏi")
    await office.mai.presses("Gửi")
    assert HINT not in office.secretary.hears(), "once is enough"


async def test_whom_the_topic_names_gets_no_hint_of_it(office: Office) -> None:
    await speaks_about(office, "Cô thư ký ăn tiền của dân khi làm hồ sơ")

    assert HINT not in office.secretary.hears()
    assert HINT in office.chair.hears()


async def test_where_all_that_could_seal_it_are_named_nobody_hears_of_it(office: Office) -> None:
    supervisor = await office.world.staff(Role.SUPERVISOR, "DL", "Phạm Thị Giám")
    await speaks_about(office, "Ông chủ tịch và cô thư ký ăn chia tiền cứu trợ")

    for phone in (office.secretary, office.chair, supervisor):
        assert HINT not in phone.hears()


MARK = "⚠️ có thể nói về việc làm của cán bộ"


async def test_as_long_as_such_a_topic_stands_in_the_order_it_is_marked_for_who_can_seal_it(office: Office) -> None:
    supervisor = await office.world.staff(Role.SUPERVISOR, "DL", "Phạm Thị Giám")
    registration = await speaks_about(office, ACCUSES)
    desk = await sit_down(desk_app(office.world), office.secretary)
    path = f"/buoi/{registration.meeting_id}/thu-tu"
    for phone in (office.secretary, office.chair):
        await phone.taps_code(f"speaking.{registration.meeting_id}")
        assert MARK in phone.hears()
        await phone.taps_code(f"speaker.{registration.id}")
        assert MARK in phone.hears()
    await supervisor.taps_code(f"speaking.{registration.meeting_id}")
    assert MARK not in supervisor.hears()
    await desk.opens(path)
    assert MARK in desk.reads()
    office.put_away()

    await desk.sends(f"{path}/giu-kin", who=str(registration.id), reason="Nêu việc làm của cán bộ")
    assert "thì không thu hồi được" in desk.reads(), "what other phones show is not promised away"
    await desk.opens(path)
    assert MARK not in desk.reads()
    await office.chair.taps_code(f"speaking.{registration.meeting_id}")
    assert MARK not in office.chair.hears()
    assert "thì không thu hồi được" in office.mai.hears()


async def test_a_mark_that_is_none_is_taken_off_with_a_reason_until_the_topic_is_worded_anew(office: Office) -> None:
    registration = await speaks_about(office, ACCUSES)
    card = f"speaker.{registration.id}"
    await office.official.taps_code(f"unmarkspeech.{registration.id}")
    assert not office.official.sees_button("Huỷ")
    await office.secretary.taps_code(card)
    await office.secretary.presses("Nội dung này bình thường")
    await office.secretary.says("Chuyện cũ đã xử xong")
    await office.secretary.presses("Gửi")
    assert "Đã bỏ dấu ⚠️" in office.secretary.hears()
    await office.chair.taps_code(card)
    assert MARK not in office.chair.hears()
    assert not office.chair.sees_button("Nội dung này bình thường")
    assert office.chair.sees_button("🔒 Giữ kín nội dung"), "it can be sealed all the same"
    await office.chair.taps_code(f"unmarkspeech.{registration.id}")
    assert not office.chair.sees_button("Huỷ")
    async with office.world.store.reading() as uow:
        assert [one.subject for one in await deeds(uow, "unmark_speech")] == [f"registration:{registration.id}"]
    await office.mai.says("/dangky")
    await office.mai.presses("Phát biểu")
    await office.mai.says(ACCUSES + " hai năm nay")
    await office.mai.presses("Hỏi")
    await office.mai.presses("Gửi")
    await office.chair.taps_code(card)
    assert MARK in office.chair.hears()


async def test_at_the_desk_a_mark_is_taken_off_once_and_not_without_a_reason(office: Office) -> None:
    registration = await speaks_about(office, ACCUSES)
    desk = await sit_down(desk_app(office.world), office.secretary)
    path = f"/buoi/{registration.meeting_id}/thu-tu"
    await desk.opens(path)
    await desk.sends(f"{path}/bo-dau", who=str(registration.id), reason=" ")
    assert desk.status == 422
    await desk.sends(f"{path}/bo-dau", who=str(registration.id), reason="Chuyện cũ đã xử xong")
    assert "Đã bỏ dấu ⚠️" in desk.reads()
    assert MARK not in desk.reads()
    await desk.sends(f"{path}/bo-dau", who=str(registration.id), reason="Lần nữa")
    assert "Đã bỏ dấu ⚠️" not in desk.reads()


async def test_whom_a_topic_names_sees_no_mark_on_it(office: Office) -> None:
    registration = await speaks_about(office, "Cô thư ký ăn tiền của dân khi làm hồ sơ")

    await office.secretary.taps_code(f"speaking.{registration.meeting_id}")
    assert MARK not in office.secretary.hears()
    await office.chair.taps_code(f"speaking.{registration.meeting_id}")
    assert MARK in office.chair.hears()


async def test_a_plain_topic_gives_no_hint(office: Office) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    office.put_away()
    async with office.world.store.unit() as uow:
        mai = await person_called(uow, "Nguyễn Thị Mai")
        await register(
            uow, meeting_id=meeting.id, person=mai, kind=RegistrationKind.SPEAK, content="Đường vào xóm 3 hỏng"
        )
        await uow.commit()
    assert HINT not in office.secretary.hears()
