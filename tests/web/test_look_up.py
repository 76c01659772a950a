"""Whoever holds the receipt sees how far a question is, without an account; whoever guesses sees nothing (R222)."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.media.links import ChatLinks
from bot.ops.metrics import Metrics
from bot.public import make_public_site
from bot.vault import KeyVault
from intake.actions.people.restrict import restrict
from intake.actions.questions.ask_question import ask_question
from intake.rules.people.person import Role
from intake.rules.questions.look_up import fits, signs_of
from intake.rules.questions.question import QuestionState
from tests.support.office import Office, open_office, person_named
from tests.support.public import ADDRESS, Reader, passer_by
from tests.support.stories import put_in_state
from tests.support.world import World, local
from web.public.routes import public_router
from web.server import create_app

PLACE = "/cong-khai/tra-cuu"


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


@pytest.fixture
async def reader(plain_world: World) -> AsyncIterator[Reader]:
    async with passer_by(plain_world) as opened:
        yield opened


async def receipt(office: Office) -> tuple[str, str]:
    """The resident asks, and reads reference and signs."""
    await office.mai.says("/hoi")
    await office.mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await office.mai.presses("Gửi")
    found = re.search(r"mã (DL-2024-\d{4})[\s\S]*4 ký tự ([A-Z2-9]{4})\.", office.mai.hears())
    assert found is not None, office.mai.hears()
    return found[1], found[2]


async def asks(reader: Reader, reference: str, signs: str, lang: str = "vi") -> httpx.Response:
    return await reader.client.post(PLACE, data={"ma": reference, "ky-tu": signs, "lang": lang})


async def test_the_receipt_opens_state_and_dates_and_nothing_else(office: Office, reader: Reader) -> None:
    reference, signs = await receipt(office)
    await office.mai.says(f"/trangthai {reference}")
    assert f"4 ký tự {signs}" in office.mai.hears(), "whoever lost the receipt reads them there"
    form = await reader.reads(f"{PLACE}?ma={reference}")
    assert f'value="{reference}"' in form
    page = (await asks(reader, f" {reference.lower()} ", f"{signs[:2]} {signs[2:].lower()}")).text
    assert "Đã nhận, chờ phân loại" in page
    assert "01/03/2024" in page
    assert "Hạn trả lời" in page
    for word in ("xóm 3", "Mai", "Hàng Gòn"):
        assert word not in page
    office.world.clock.move_to(local(2024, 5, 1))
    assert "đã quá hạn" in (await asks(reader, reference, signs)).text
    await put_in_state(office.world, reference, QuestionState.ANSWERED, answered_at=local(2024, 5, 2))
    page = (await asks(reader, reference, signs, "en")).text
    assert "Answered" in page
    assert "02/05/2024" in page
    assert "owed" not in page


def on_receipt(text: str) -> tuple[str, str]:
    found = re.search(r"(DL-2024-\d{4})[\s\S]*4 ký tự ([A-Z2-9]{4})\.", text)
    assert found is not None, text
    return found[1], found[2]


async def test_whoever_had_it_asked_for_them_looks_it_up_too(office: Office, reader: Reader) -> None:
    """A neighbour without a phone has the signs from the head, one with a chat has them in the letter."""
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    await head.says("/hoho")
    await head.says("Hồ Thị Thoa")
    await head.says("Bao giờ có đèn đường xóm 2?")
    await head.presses("Gửi")
    async with office.world.store.unit() as uow:
        mai, dung = await person_named(uow, "Nguyễn Thị Mai"), await person_named(uow, "Đinh Tấn Dũng")
        await ask_question(uow, asker=mai, text="Đường xóm 3 bao giờ sửa?", entered_by=dung)
        await uow.commit()
    await office.world.settle()
    for phone in (head, office.mai):
        assert "Đã nhận, chờ phân loại" in (await asks(reader, *on_receipt(phone.hears()))).text


async def test_whoever_gave_an_opinion_looks_it_up_too(office: Office, reader: Reader) -> None:
    await office.mai.says("/hoi")
    await office.mai.says("Nên đặt thêm ghế đá ở nhà văn hoá cho người già.")
    await office.mai.presses("Đổi loại")
    await office.mai.presses("Góp ý")
    await office.mai.presses("Gửi")
    page = (await asks(reader, *on_receipt(office.mai.hears()))).text
    assert "01/03/2024" in page


async def test_a_question_for_a_meeting_says_when_that_is(office: Office, reader: Reader) -> None:
    await office.fixed_meeting()
    reference, signs = await receipt(office)
    assert "14:00, 25/04/2024" in (await asks(reader, reference, signs)).text


@pytest.mark.parametrize("signs", ["", "AAAA", "ĐĐĐĐ", "0" * 12])
async def test_the_number_alone_opens_nothing(office: Office, reader: Reader, signs: str) -> None:
    reference, _ = await receipt(office)
    answer = await asks(reader, reference, signs)
    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.text
    never = await asks(reader, "DL-2024-0999", "AAAA")
    assert never.text.replace("DL-2024-0999", reference) == answer.text
    assert (await asks(reader, "no reference", "AAAA")).status_code == 404


async def test_what_its_asker_restricted_owes_no_day_to_anybody(office: Office, reader: Reader) -> None:
    """Neither whoever holds the receipt nor the page of the commune reads a day that is not owed any more."""
    reference, signs = await receipt(office)
    assert "Hạn trả lời" in (await asks(reader, reference, signs)).text
    async with office.world.store.unit() as uow:
        await restrict(uow, person=await person_named(uow, "Nguyễn Thị Mai"))
        await uow.commit()
    office.world.clock.move_to(local(2024, 5, 1))
    page = (await asks(reader, reference, signs)).text
    assert "01/03/2024" in page
    assert "Hạn trả lời" not in page
    assert "đã quá hạn" not in page


async def test_what_was_sealed_is_not_there(office: Office, reader: Reader) -> None:
    reference, signs = await receipt(office)
    await put_in_state(office.world, reference, QuestionState.SEALED)
    assert (await asks(reader, reference, signs)).status_code == 404


async def test_whoever_guesses_is_slowed(office: Office, plain_world: World) -> None:
    await receipt(office)
    async with passer_by(plain_world, host="198.51.100.1") as guesser:
        answers = [(await asks(guesser, f"DL-2024-{number:04}", "AAAA")).status_code for number in range(2, 14)]
        assert answers == [404] * 10 + [429] * 2


async def test_one_question_is_asked_for_only_so_often_from_wherever(office: Office, plain_world: World) -> None:
    reference, signs = await receipt(office)
    metrics = Metrics(plain_world.store)
    site = make_public_site(plain_world.store, ChatLinks(), plain_world.clock.now, metrics.count_look_up)

    async def no_trouble() -> str:
        return ""

    app = create_app([public_router(site)], no_trouble)
    answers = []
    for number in range(12):
        transport = httpx.ASGITransport(app, client=(f"198.51.100.{number}", 4_000))
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
            got = await client.post(PLACE, data={"ma": reference, "ky-tu": "AAAA" if number else signs})
            answers.append(got.status_code)
    assert answers == [200] + [404] * 9 + [429] * 2
    told = (await metrics.render()).decode()
    assert 'doithoai_look_ups_total{outcome="unknown"} 9.0' in told
    assert 'doithoai_look_ups_total{outcome="slowed"} 2.0' in told
    assert 'doithoai_look_ups_total{outcome="found"} 1.0' in told


def test_what_was_printed_under_an_older_key_still_fits() -> None:
    before, after = KeyVault("the first key of all"), KeyVault("a newer key", "the first key of all")
    printed = signs_of(before.digest("look-up:VB-2026-0001"))
    assert fits(printed, after.digests("look-up:VB-2026-0001"))
    assert not fits(printed, KeyVault("a newer key").digests("look-up:VB-2026-0001"))
