"""What the secretary and the desk are shown of a question: a desk to accept with one tap, and what is like it."""

import pytest

from intake.rules.people.person import Role
from intake.rules.questions.question import QuestionId, QuestionState
from tests.support.before_meeting import AGAIN, OTHER_MATTER, asked_in, asks_too, neighbour
from tests.support.office import DESK, OTHER_DESK, Office, neighbour_unit, open_office
from tests.support.stories import lay_on_desk, put_in_state
from tests.support.world import World, local

RUDE = "Cán bộ tiếp nhận hách dịch, vòi vĩnh người dân."


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def test_the_suggested_desk_stands_first_and_one_tap_gives_it_the_question(office: Office) -> None:
    reference = await office.asked()
    await office.secretary.presses("Mở")

    assert f"Gợi ý: Đầu tư xây dựng cơ bản → {DESK}" in office.secretary.hears()
    assert (await office.question(reference)).desk_id is None, "nobody has said yes yet"
    await office.secretary.presses(f"Giao {DESK}")
    question = await office.question(reference)
    assert question.state is QuestionState.TAKEN_ON
    assert question.topic_id is not None
    assert DESK in office.mai.hears()
    assert office.official.sees_button("Mở")
    await office.secretary.presses(f"Giao {DESK}")
    assert "bước khác" in office.secretary.hears()


async def test_where_the_words_say_nothing_the_desks_are_listed_as_ever(office: Office) -> None:
    await office.asked("Xin cho biết ý kiến của xã.")
    await office.secretary.presses("Mở")

    assert "Gợi ý" not in office.secretary.hears()
    assert office.secretary.sees_button("Giao bộ phận")


async def test_a_sensitive_topic_makes_the_question_sensitive(office: Office) -> None:
    """R126: it goes to the desk for it, and the asker's name is not shown there."""
    reference = await office.asked(RUDE)
    await office.secretary.presses("Mở")
    await office.secretary.presses(f"Giao {OTHER_DESK}")

    assert (await office.question(reference)).sensitive
    await office.other.presses("Mở")
    assert "hách dịch" in office.other.hears()
    assert "Nguyễn Thị Mai" not in office.other.hears()


async def test_a_suggestion_is_not_taken_from_a_guessed_code(office: Office) -> None:
    reference = await office.asked()
    number = (await office.question(reference)).id
    async with office.world.store.reading() as uow:
        town = await uow.places.unit_by_code("DL")
        assert town is not None
        topics = {one.code: one.id for one in await uow.places.topics(town.id)}
    stranger = await neighbour_unit(office.world, Role.SECRETARY)
    async with office.world.store.reading() as uow:
        elsewhere = next(one for one in await uow.places.roots() if one.code != "DL")
        foreign = (await uow.places.topics(elsewhere.id))[0].id

    for phone, code in (
        (stranger, f"acceptdesk.{number}.{topics['kinh-te']}"),
        (office.official, f"acceptdesk.{number}.{topics['kinh-te']}"),
        (office.secretary, f"acceptdesk.{number}.{topics['quan-ly-nha-nuoc']}"),  # a branch has no desk
        (office.secretary, f"acceptdesk.{number}.{foreign}"),
        (office.secretary, f"acceptdesk.{number}"),
        (office.secretary, "acceptdesk.999.1"),
    ):
        await phone.taps_code(code)
        assert "Không tìm thấy" in phone.hears(), code
    assert (await office.question(reference)).desk_id is None


async def test_like_questions_of_other_years_and_hamlets_are_shown_and_never_merged(office: Office) -> None:
    await asked_in(office, "Xin sửa đường xóm 3 bị hỏng", local(2022, 5, 4), answer="Đã đưa vào kế hoạch năm 2023.")
    await asked_in(office, OTHER_MATTER, local(2022, 5, 5))
    nam = await neighbour(office)
    await asks_too(office, nam)
    await office.asked()
    await office.secretary.says("/phanloai")
    await office.secretary.presses("DL-2024-0002")

    heard = office.secretary.hears()
    assert "Câu hỏi tương tự đã có:" in heard
    assert "DL-2022-0001 (TDP Hàng Gòn, 05/2022, đã kết thúc): Xin sửa đường" in heard
    assert f"DL-2024-0001 (TDP Làng Dầu, 03/2024, mới nhận): {AGAIN}" in heard
    assert "DL-2022-0002" not in heard
    assert "Võ Văn Nam" not in heard
    async with office.world.store.reading() as uow:
        assert list(await uow.groups.members(map(QuestionId, range(1, 5)))) == []
    await office.secretary.presses("Xem câu tương tự")
    assert "Đã đưa vào kế hoạch năm 2023." in office.secretary.hears()
    assert "Chưa có câu trả lời." in office.secretary.hears()


async def test_the_desk_sees_them_too_but_nothing_sensitive_of_another_desk(office: Office) -> None:
    shown = await asked_in(office, "Xin sửa đường xóm 3 bị hỏng", local(2022, 5, 4))
    hidden = await asked_in(office, "Đường xóm 3 hỏng vì cán bộ", local(2022, 5, 5), sensitive=True)
    await office.assigned()
    await office.official.presses("Mở")

    assert shown.reference in office.official.hears()
    assert hidden.reference not in office.official.hears()
    await lay_on_desk(office.world, hidden.reference)
    await office.official.presses("Mở")
    assert hidden.reference in office.official.hears(), "now it lies on the own desk"
    told = next(line for line in office.official.hears().splitlines() if hidden.reference in line)
    assert "Hàng Gòn" not in told, "the desk knows neither who asked nor from where"
    question = await office.question("DL-2024-0001")
    await office.secretary.taps_code(f"similar.{question.id}")
    assert "vì cán bộ" in office.secretary.hears()


async def test_what_is_like_a_question_is_for_the_office_only(office: Office) -> None:
    reference = await office.assigned()
    number = (await office.question(reference)).id
    stranger = await neighbour_unit(office.world, Role.SECRETARY)

    for phone in (office.mai, office.other, stranger):
        await phone.taps_code(f"similar.{number}")
        assert "Không tìm thấy" in phone.hears()
    await office.secretary.taps_code(f"similar.{number}")
    assert f"Không có câu hỏi nào tương tự {reference}" in office.secretary.hears()


async def test_what_was_added_to_a_question_is_found_too(office: Office) -> None:
    first = await office.assigned("Xin hỏi về chuyện của xóm tôi.")
    await office.official.presses("Mở")
    await office.official.presses("Hỏi lại")
    await office.official.says("Chuyện gì ạ?")
    await office.official.presses("Gửi")
    await office.secretary.taps_code(f"triage.{(await office.question(first)).id}")
    assert not office.secretary.sees_button("Gộp câu giống nhau")
    await office.mai.presses("Trả lời")
    await office.mai.says("Lò gạch Hoàng Long xả khói")
    await office.mai.presses("Gửi")
    office.put_away()
    await office.asked("Khói lò gạch Hoàng Long bay vào trường học")
    await office.secretary.presses("Mở")

    assert first in office.secretary.hears()


async def test_an_erased_asker_leaves_no_name_among_like_questions(office: Office) -> None:
    nam = await neighbour(office)
    reference = await asks_too(office, nam)
    await nam.says("/xoa")
    await nam.presses("Xoá")
    await put_in_state(office.world, reference, QuestionState.RECEIVED, hamlet_id=None)
    await office.asked()
    await office.secretary.presses("Mở")
    assert "(không rõ thôn, " in office.secretary.hears()

    assert reference in office.secretary.hears()
    assert "Nam" not in office.secretary.hears()
