"""Anybody of the office seals a question with a reason; who may know the asker lifts the seal, or the asker alone."""

import pytest
import sqlalchemy as sa

from intake.rules.audit import AuditEntry
from intake.rules.questions.question import QuestionState
from tests.support.office import DESK, ROAD, Office, open_office, person_named
from tests.support.stories import put_in_state
from tests.support.world import Phone, World


@pytest.fixture
async def office(plain_world: World) -> Office:
    opened = await open_office(plain_world)
    await opened.invites()
    return opened


async def seal(phone: Phone, why: str = "Dân sợ bị trả thù") -> None:
    await phone.presses("🔒 Giữ kín")
    assert "Vì sao cần giữ kín" in phone.hears()
    await phone.says(why)
    await phone.presses("Gửi")


async def deeds(world: World, act: str) -> list[AuditEntry]:
    async with world.store.reading() as uow:
        rows = await uow.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id))
        return [one for one in rows if one.act == act]


@pytest.mark.parametrize("role", ["official", "secretary", "chair"])
async def test_anybody_of_the_office_seals_a_question_with_a_reason(office: Office, role: str) -> None:
    reference = await office.assigned()
    phone: Phone = getattr(office, role)
    number = (await office.question(reference)).id
    await phone.taps_code(f"{'queue' if role == 'official' else 'triage'}.{number}")
    assert "Giữ kín:" not in phone.hears()
    await seal(phone)

    assert f"Đã giữ kín câu hỏi {reference}" in phone.hears()
    assert (await office.question(reference)).sensitive
    await office.official.taps_code(f"queue.{number}")
    heard = office.official.hears()
    assert "🔒 Giữ kín: không chuyển cho người bị nêu" in heard
    assert "Dân sợ bị trả thù" in heard
    assert "Nguyễn Thị Mai" not in heard
    assert len(await deeds(office.world, "sealed_question")) == 1


async def test_no_reason_no_seal_and_twice_is_not_done(office: Office) -> None:
    reference = await office.assigned()
    number = (await office.question(reference)).id
    await office.official.presses("Mở")
    await office.chair.taps_code(f"seal.{number}")
    await office.chair.says("  ")
    assert not (await office.question(reference)).sensitive
    await office.chair.says("Có người dọa")
    await seal(office.official)
    await office.chair.presses("Gửi")

    assert "vừa" in office.chair.hears()
    await office.chair.presses("Huỷ")
    await office.chair.taps_code(f"seal.{number}")
    assert not office.chair.sees_button("Huỷ")
    assert len(await deeds(office.world, "sealed_question")) == 1


async def test_what_the_office_sealed_is_unsealed_by_who_may_know_the_asker_with_a_reason(office: Office) -> None:
    reference = await office.assigned()
    await office.official.presses("Mở")
    await seal(office.official)
    number = (await office.question(reference)).id
    await office.official.taps_code(f"unseal.{number}")
    assert not office.official.sees_button("Huỷ"), "a desk may seal, not unseal"
    await office.secretary.taps_code(f"triage.{number}")
    await office.secretary.presses("🔓 Thôi giữ kín")
    await office.secretary.says("Đã hỏi lại, không có gì phải giấu")
    await office.secretary.presses("Gửi")

    assert "không còn giữ kín" in office.secretary.hears()
    assert not (await office.question(reference)).sensitive
    await office.secretary.taps_code(f"unseal.{number}")
    assert not office.secretary.sees_button("Huỷ")


async def sealed_by_asker(office: Office) -> str:
    await office.mai.says("/hoi")
    await office.mai.says(ROAD)
    await office.mai.presses("🔒 Gửi kín")
    await office.mai.presses("Gửi")
    office.put_away()
    await office.secretary.presses("Mở")
    await office.secretary.presses("🔓 Thôi giữ kín")
    await office.secretary.says("Không nêu ai cả")
    await office.secretary.presses("Gửi")
    return "DL-2024-0001"


@pytest.mark.parametrize("agrees", [True, False])
async def test_the_askers_own_seal_is_lifted_by_the_asker_alone(office: Office, agrees: bool) -> None:
    reference = await sealed_by_asker(office)
    assert "phải được chính người đó đồng ý" in office.secretary.hears()
    assert (await office.question(reference)).sensitive
    assert "Không nêu ai cả" in office.mai.hears()
    number = (await office.question(reference)).id
    await office.official.taps_code(f"unsealme.{number}.yes")
    assert (await office.question(reference)).sensitive, "nobody answers in the asker's place"
    office.secretary.reads()
    await office.mai.presses("Đồng ý thôi giữ kín" if agrees else "Vẫn giữ kín")

    assert ("không còn giữ kín nữa" if agrees else "vẫn được giữ kín") in office.mai.hears()
    assert ("Người gửi đồng ý" if agrees else "Người gửi muốn vẫn giữ kín") in office.secretary.hears()
    assert (await office.question(reference)).sensitive is not agrees
    await office.mai.taps_code(f"unsealme.{number}.yes")
    assert (await office.question(reference)).sensitive is not agrees, "the answer stands until they are asked again"


async def test_the_asker_is_not_asked_twice_before_answering(office: Office) -> None:
    reference = await sealed_by_asker(office)
    number = (await office.question(reference)).id
    await office.secretary.taps_code(f"unseal.{number}")
    await office.secretary.says("Xin hỏi lại")
    await office.secretary.presses("Gửi")

    assert "Đã hỏi người gửi, đang chờ trả lời" in office.secretary.hears()


async def test_while_somebody_is_named_the_seal_stays(office: Office) -> None:
    await office.mai.says("Cán bộ chuyên môn vòi tiền khi tôi làm sổ đỏ")
    await office.mai.presses("Hỏi")
    await office.mai.presses("Gửi")
    question = await office.question("DL-2024-0001")
    assert question.sensitive
    await office.secretary.taps_code(f"unseal.{question.id}")
    await office.secretary.says("Không cần")
    await office.secretary.presses("Gửi")

    assert "còn nêu người của đơn vị nên phải giữ kín" in office.secretary.hears()


async def test_what_is_sealed_is_public_no_more_and_never_offered(office: Office) -> None:
    meeting = await office.fixed_meeting("DL-hang-gon")
    reference = await office.asked()
    await put_in_state(
        office.world, reference, QuestionState.ANSWERED, meeting_id=meeting.id, public_text="Đường hỏng, bao giờ sửa?"
    )
    number = (await office.question(reference)).id
    await office.secretary.taps_code(f"triage.{number}")
    await seal(office.secretary)
    await office.secretary.taps_code(f"triage.{number}")

    assert (await office.question(reference)).public_text is None
    assert not office.secretary.sees_button("🌐 Đăng công khai")
    await office.secretary.taps_code(f"publish.{number}")
    assert not office.secretary.sees_button("Giữ nguyên lời")
    assert (await office.question(reference)).public_text is None


async def test_every_opening_of_a_sealed_question_is_written_down_once(office: Office) -> None:
    reference = await office.assigned()
    number = (await office.question(reference)).id
    await office.official.taps_code(f"queue.{number}")
    assert await deeds(office.world, "read_sensitive") == [], "it is not sealed yet"
    await seal(office.official)
    await office.official.taps_code(f"queue.{number}")
    await office.secretary.taps_code(f"triage.{number}")
    await office.chair.says(f"/trangthai {reference}")
    await office.mai.says(f"/trangthai {reference}")
    read = await deeds(office.world, "read_sensitive")

    async with office.world.store.reading() as uow:
        by = [(await person_named(uow, name)).id for name in ("Lê Thị Hoa", "Trần Văn Thư", "Đinh Văn Chủ")]
    assert [one.actor_id for one in read] == by, "the asker's own reading is the asker's"
    assert {one.subject for one in read} == {f"question:{number}"}
    assert DESK in office.chair.hears()


async def test_who_comes_second_with_lifting_the_seal_reads_that_it_is_lifted(office: Office) -> None:
    reference = await office.assigned()
    number = (await office.question(reference)).id
    await office.official.presses("Mở")
    await seal(office.official)
    for phone in (office.secretary, office.chair):
        await phone.taps_code(f"unseal.{number}")
        await phone.says("Không có gì phải giấu")
    await office.chair.presses("Gửi")
    await office.secretary.presses("Gửi")

    assert "không còn giữ kín" in office.chair.hears()
    assert "vừa" in office.secretary.hears()
    assert len(await deeds(office.world, "unsealed_question")) == 1
