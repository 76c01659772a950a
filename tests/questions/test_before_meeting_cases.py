"""What was raised again and again and never settled (R074), and how a desk would settle it (R075)."""

from datetime import date

import pytest

from intake.actions.questions.repeated_cases import link
from intake.rules.errors import NotFound
from intake.rules.people.person import Role
from intake.rules.questions.question import QuestionState
from tests.support.before_meeting import OTHER_MATTER, asked_in, asks_too, neighbour
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.stories import answer, question_of
from tests.support.world import World, local

OLD = "Xin sửa đường xóm 3 bị hỏng"


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def linked(office: Office) -> None:
    """The road of 2022 is raised again in 2024; the desk has it, the secretary links the two."""
    await asked_in(office, OLD, local(2022, 5, 4))
    await office.assigned()
    await office.secretary.taps_code(f"linkcase.{(await office.question('DL-2024-0001')).id}")
    assert "DL-2024-0001 nêu lại vụ việc" in office.secretary.hears()
    await office.secretary.presses("Lặp lại DL-2022-0001")


async def case_number(office: Office) -> int:
    async with office.world.store.reading() as uow:
        question = await question_of(uow, "DL-2024-0001")
        case = await uow.cases.of_question(question.id)
        assert case is not None
        return case.id


async def test_nobody_is_told_to_choose_where_nothing_is_alike(office: Office) -> None:
    await office.asked()
    await office.secretary.presses("Mở")
    for button in ("Vụ việc lặp lại", "Gộp câu giống nhau"):
        await office.secretary.presses(button)
        assert "Chọn bên dưới" not in office.secretary.hears()
        assert "Xin gõ mã câu hỏi" in office.secretary.hears()
        await office.secretary.says("không rõ")
        assert "Xin gõ mã câu hỏi" in office.secretary.hears()


async def test_a_matter_of_two_years_is_one_case_with_its_promises(office: Office) -> None:
    await asked_in(office, OLD, local(2022, 5, 4), state=QuestionState.TAKEN_ON)
    await answer(office.world, "DL-2022-0001", "Chờ vốn.", promise=("Sở Giao thông", date(2022, 12, 31)))
    await office.asked()
    await office.secretary.presses("Mở")
    await office.secretary.presses("Vụ việc lặp lại")
    await office.secretary.presses("Lặp lại DL-2022-0001")

    assert "vụ việc lặp lại 1/2024: nêu 2 lần, các năm 2022, 2024" in office.secretary.hears()
    await office.secretary.presses("Mở")
    heard = office.secretary.hears()
    assert "Chưa giải quyết dứt điểm" in heard
    assert f"• DL-2022-0001 – 04/05/2022 (đã chuyển cơ quan có thẩm quyền): {OLD}" in heard
    assert "• DL-2022-0001: Sở Giao thông, đến ngày 31/12/2022" in heard
    assert "Hướng giải quyết đề xuất:\nchưa có" in heard
    await office.secretary.taps_code(f"triage.{(await office.question('DL-2024-0001')).id}")
    assert "Vụ việc lặp lại 1/2024: nêu 2 lần" in office.secretary.hears()


async def test_the_desk_proposes_a_direction_and_the_chair_reads_it(office: Office) -> None:
    await linked(office)
    await office.official.says("/hangdoi")
    await office.official.presses("DL-2024-0001")
    await office.official.presses("Hướng giải quyết đề xuất")
    await office.official.says("Đưa vào vốn trung hạn, khởi công tháng 9.")
    await office.official.presses("Gửi")

    assert "Đã lưu hướng giải quyết" in office.official.hears()
    await office.chair.says("vụ việc")
    assert "nêu 2 lần, các năm 2022, 2024 (DL-2022-0001, DL-2024-0001)" in office.chair.hears()
    assert "khởi công tháng 9" in office.chair.hears()
    await office.chair.presses("1/2024")
    assert not office.chair.sees_button("Bỏ DL-2024-0001")
    assert not office.chair.sees_button("Hướng giải quyết đề xuất")
    await office.chair.presses("Đã giải quyết dứt điểm")
    assert "đã giải quyết dứt điểm" in office.chair.hears()
    await office.chair.presses("Đã giải quyết dứt điểm")
    assert "đã được xử lý" in office.chair.hears()
    await office.chair.says("/vuviec")
    assert "Chưa có vụ việc lặp lại" in office.chair.hears()
    await office.official.taps_code(f"case.{await case_number(office)}")
    assert "Đã giải quyết dứt điểm lúc" in office.official.hears()


async def test_a_settled_case_that_is_raised_again_is_open_again(office: Office) -> None:
    await linked(office)
    await office.secretary.taps_code(f"settlecase.{await case_number(office)}")
    nam = await neighbour(office)
    third = await asks_too(office, nam)
    await office.secretary.taps_code(f"linkcase.{(await office.question(third)).id}")
    await office.secretary.says("DL-2022-0001")
    assert "nêu 3 lần" in office.secretary.hears()
    await office.secretary.says("/vuviec")
    assert "Vụ việc lặp lại, chưa giải quyết dứt điểm (1)" in office.secretary.hears()
    await office.secretary.presses("1/2024")
    await office.secretary.presses("Bỏ DL-2022-0001")
    await office.secretary.says("/vuviec")
    assert f"nêu 2 lần, các năm 2024 (DL-2024-0001, {third})" in office.secretary.hears()


async def test_what_was_linked_by_mistake_is_taken_out_and_a_case_of_one_is_dropped(office: Office) -> None:
    await linked(office)
    await office.secretary.presses("Mở")
    await office.secretary.presses("Bỏ DL-2024-0001")
    assert "Đã bỏ DL-2024-0001" in office.secretary.hears()
    await office.secretary.presses("Bỏ DL-2024-0001")
    assert "không thuộc vụ việc lặp lại nào" in office.secretary.hears()
    await office.secretary.says("/vuviec")
    assert "Chưa có vụ việc lặp lại" in office.secretary.hears()


async def test_what_makes_no_sense_is_refused(office: Office) -> None:
    await linked(office)
    await asked_in(office, OTHER_MATTER, local(2021, 5, 5))
    await asked_in(office, OTHER_MATTER + " ạ", local(2022, 5, 5))
    tap = f"linkcase.{(await office.question('DL-2022-0002')).id}"
    await office.secretary.taps_code(tap)
    await office.secretary.says("DL-2022-0002")
    assert "không lặp lại chính nó" in office.secretary.hears()
    await office.secretary.says("câu năm ngoái")
    assert "gõ mã câu hỏi" in office.secretary.hears()
    await office.secretary.says("DL-2021-0001")
    assert "vụ việc lặp lại 2/2024" in office.secretary.hears()
    await office.secretary.taps_code(tap)
    await office.secretary.says("DL-2021-0001")
    assert "đã cùng vụ việc 2/2024" in office.secretary.hears()
    await office.secretary.says("DL-2024-0001")
    assert "hai vụ việc khác nhau (1/2024 và 2/2024)" in office.secretary.hears()


async def test_a_sensitive_question_of_a_case_shows_its_reference_only(office: Office) -> None:
    await linked(office)
    async with office.world.store.unit() as uow:
        (await question_of(uow, "DL-2022-0001")).sensitive = True
        await uow.commit()
    await office.chair.taps_code(f"case.{await case_number(office)}")

    assert "nội dung nhạy cảm, không hiển thị" in office.chair.hears()
    assert OLD not in office.chair.hears()


async def test_a_case_is_not_for_guessing(office: Office) -> None:
    await linked(office)
    number = await case_number(office)
    stranger = await neighbour_unit(office.world, Role.SECRETARY)
    for phone in (office.mai, office.other, stranger):
        for verb in ("case", "settlecase", "direction"):
            await phone.taps_code(f"{verb}.{number}")
            assert "Không tìm thấy" in phone.hears(), verb
    for phone in (office.secretary, office.chair):
        await phone.taps_code(f"direction.{number}")  # the direction is the desk's to propose
        assert "Không tìm thấy" in phone.hears()
    await office.official.taps_code(f"settlecase.{number}")
    assert "Không tìm thấy" in office.official.hears()
    await office.chair.taps_code("case.999")
    assert "Không tìm thấy" in office.chair.hears()
    await office.mai.taps_code("casemore.0")
    assert "Không tìm thấy" in office.mai.hears()
    await office.official.says("/vuviec")
    assert "Việc này dành cho" in office.official.hears()


async def test_many_cases_come_in_pages(office: Office) -> None:
    for number in range(11):
        first = await asked_in(office, f"Việc thứ {number}", local(2022, 5, 4))
        again = await asked_in(office, f"Việc thứ {number} nữa", local(2023, 5, 4))
        async with office.world.store.unit() as uow:
            secretary = await person_named(uow, "Trần Văn Thư")
            await link(uow, by=secretary, question_id=again.id, earlier_id=first.id)
            await uow.commit()
    await office.chair.says("/vuviec")
    assert "(11)" in office.chair.hears()
    assert "11/2024" not in office.chair.hears()
    await office.chair.presses("Xem tiếp (1)")
    assert "11/2024: nêu 2 lần" in office.chair.hears()


async def test_questions_of_two_units_are_no_case(office: Office) -> None:
    await office.asked()
    await neighbour_unit(office.world, Role.SECRETARY)
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        (grant,) = await uow.people.grants_of(secretary.id)
        first = await question_of(uow, "DL-2024-0001")
        elsewhere = next(one for one in await uow.places.roots() if one.code != "DL")
        await uow.people.give(type(grant)(secretary.id, Role.SECRETARY, elsewhere.id))
        foreign = type(first)(elsewhere.id, "AD-2024-0001", first.kind, "Xin", "Xin", first.asker_id, uow.now)
        await uow.questions.add(foreign)
        with pytest.raises(NotFound):
            await link(uow, by=secretary, question_id=foreign.id, earlier_id=first.id)
