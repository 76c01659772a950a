"""Roles are lent: given by two people where much hangs on them, seen, taken back, suspended, handed on."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from intake.actions.people.invite import make_invitation
from intake.actions.people.own_data import erase
from intake.actions.people.take_back import resume, resume_due, suspend, take_back
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.person import EndedGrant, Grant, Person, Role
from intake.rules.questions.question import QuestionState
from intake.rules.sealed.named import Named, NamedKind
from scheduler.jobs import JOBS, JobContext
from storage import tables as t
from tests.people.test_linking import links
from tests.support.meetings import fixes_day, makes_meeting
from tests.support.office import DESK, Office, open_office, person_named
from tests.support.stories import question_of
from tests.support.world import Phone, World

LAU = "Lê Thị Hoa"


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def code_of(world: World, role: Role, unit: str, desk: str = "") -> str:
    async with world.store.unit() as uow:
        place = await uow.places.unit_by_code(unit)
        assert place is not None
        desks = {one.code: one for one in await uow.places.desks(place.id)}
        code = await make_invitation(uow, role, place, desk=desks.get(desk))
        await uow.commit()
    return f"/start i-{code}"


async def picks(phone: Phone, name: str) -> None:
    """Open the card of somebody's role."""
    await phone.says("/vaitro")
    line = next(line for line in phone.hears().splitlines() if name in line and line[0].isdigit())
    await phone.presses(line.partition(".")[0])


async def stops(phone: Phone, name: str, until: str = "11/03/2024") -> None:
    """Suspend somebody's role: what is done about a stolen phone."""
    await picks(phone, name)
    await phone.presses("Tạm dừng")
    await phone.says(until)
    await phone.presses("Gửi")


async def audited(world: World, act: str) -> int:
    async with world.store.reading() as uow:
        count = sa.select(sa.func.count()).select_from(t.audit_entries).where(t.audit_entries.c.act == act)
        return int(await uow.session.scalar(count) or 0)


async def test_the_secretary_sees_who_holds_what_and_takes_a_role_back(office: Office) -> None:
    await office.official.says("/hangdoi")
    assert "Việc này dành cho" not in office.official.hears()
    await office.secretary.says("vai trò")
    heard = office.secretary.hears()
    assert "Cán bộ" in heard
    assert "hoạt động gần nhất: 01/03/2024" in heard

    await picks(office.secretary, LAU)
    await office.secretary.presses("Thu lại")
    assert "Vai trò hết ngay khi bấm Gửi" in office.secretary.hears()
    await office.secretary.presses("Gửi")

    assert "Đã thu lại vai trò" in office.secretary.hears()
    assert "đã được Trần Văn Thư thu lại" in office.official.hears()
    assert "đã thu lại vai trò" in office.chair.hears()
    assert "không còn ai phụ trách" in office.chair.hears()
    await office.official.says("/hangdoi")
    assert "Việc này dành cho" in office.official.hears()
    await office.secretary.says("/vaitro")
    assert LAU not in office.secretary.hears()
    assert await audited(office.world, "take_back_role") == 1

    await office.official.says("/hoi")
    assert "trước hết xin cho biết bà/ông ở thôn, tổ nào" in office.official.hears()
    await office.official.says("Đường vào nhà tôi hỏng.")
    await office.official.says("Bao giờ xã sửa?")
    assert "vẫn được giữ" in office.official.hears(), "who works here no more is one of the people"
    await office.official.presses("Đổi thôn/tổ")
    await office.official.presses("TDP Hàng Gòn")
    assert "Đường vào nhà tôi hỏng.\nBao giờ xã sửa?" in office.official.hears()
    await office.official.presses("Gửi")
    assert "Đã nhận, mã DL-2024-" in office.official.hears()


async def test_a_stolen_phone_is_harmless_after_one_message_of_anybody_else_with_power(office: Office) -> None:
    """In the middle of whatever it was doing: what lies before it is gone with the role."""
    reference = await office.assigned()
    await office.official.says("/hangdoi")
    await office.official.presses(reference)
    await office.official.presses("Trả lời")
    await office.official.says("Trả lời của kẻ trộm.")
    send = office.official.button("Gửi")

    await picks(office.chair, LAU)
    await office.chair.presses("Thu lại")
    await office.chair.presses("Gửi")
    await office.official.taps_code(send)
    await office.official.says("Gửi")

    assert await office.proposals(reference) == []
    async with office.world.store.reading() as uow:
        drafts = await uow.session.scalars(sa.select(t.conversations.c.draft))
        assert not [draft for draft in drafts if "kẻ trộm" in str(draft)]


async def test_every_act_of_the_office_is_closed_to_whoever_held_the_role(office: Office) -> None:
    """The chat is the same, the person is known, the buttons are still on the phone."""
    await office.assigned()
    await office.secretary.says("/phanloai")
    kept = [
        code for message in office.secretary.line.shown(office.secretary.address) for code in message.buttons.values()
    ]
    await stops(office.chair, "Trần Văn Thư")
    async with office.world.store.reading() as uow:
        before = await uow.session.scalar(sa.select(sa.func.count()).select_from(t.audit_entries))

    for code in dict.fromkeys(kept):
        await office.secretary.taps_code(code)
    for command in ("buoimoi", "thongbao", "phanloai", "moi", "vaitro", "dieuhanh", "kehoach", "tonghop", "viec"):
        await office.secretary.says(f"/{command}")
        assert "Việc này dành cho" in office.secretary.hears(), command
        office.world.clock.move(seconds=5)

    async with office.world.store.reading() as uow:
        after = await uow.session.scalar(sa.select(sa.func.count()).select_from(t.audit_entries))
    assert after == before


async def test_a_role_is_suspended_until_a_day_and_counts_again_then(office: Office) -> None:
    await picks(office.secretary, LAU)
    await office.secretary.presses("Tạm dừng")
    await office.secretary.says("01/03/2024")
    assert "Ngày này phải sau hôm nay (01/03/2024)." in office.secretary.hears()
    await office.secretary.says("11/03/2024")
    await office.secretary.presses("Gửi")
    await office.official.says("/hangdoi")
    assert "Việc này dành cho" in office.official.hears()
    await office.secretary.says("/vaitro")
    assert "⏸ Lê Thị Hoa" in office.secretary.hears()
    assert "11/03/2024" in office.secretary.hears()

    resume = next(job for job in JOBS if job.name == "resume_roles")
    for days, works in ((9, False), (1, True)):
        office.world.clock.move(days=days)
        await resume.action(JobContext(office.world.store.unit))
        await office.official.says("/hangdoi")
        assert ("Việc này dành cho" not in office.official.hears()) is works


async def test_a_suspension_is_lifted_by_somebody_else_only(office: Office) -> None:
    await stops(office.chair, "Trần Văn Thư")
    await office.chair.says("/vaitro")
    await office.chair.presses("⏸ Trần Văn Thư")
    assert "Người tạm dừng: Đinh Văn Chủ" in office.chair.hears()
    lift = office.chair.button("Cho dùng lại")
    await office.secretary.taps_code(lift)
    assert "Không tìm thấy" in office.secretary.hears()

    await office.chair.taps_code(lift)
    assert "Trần Văn Thư dùng lại được vai trò" in office.chair.hears()
    await office.secretary.says("/vaitro")
    assert "ai đang giữ vai trò gì" in office.secretary.hears()


async def test_a_chair_is_given_by_two_people_and_neither_takes_it(office: Office) -> None:
    await office.secretary.says("/moi")
    await office.secretary.presses("Chủ trì")
    heard = office.secretary.hears()
    assert "chủ trì đã được hỏi" in heard
    code = next(word for word in heard.split() if word.startswith("i-"))
    newcomer = await office.world.resident("DL-hang-gon", "Võ Thị Mười")
    await newcomer.says(f"/start {code}")
    assert "đang chờ một chủ trì đồng ý" in newcomer.hears()

    await office.secretary.taps_code(office.chair.button("Đồng ý"))
    assert "Không tìm thấy" in office.secretary.hears(), "who invites does not agree"
    await office.chair.presses("Đồng ý")
    assert "dùng được từ bây giờ" in office.chair.hears()
    for phone in (office.secretary, office.chair):
        await phone.says(f"/start {code}")
        assert "không tự nhận vai trò này" in phone.hears()
    await newcomer.says(f"/start {code}")

    assert "Võ Thị Mười nhận vai trò" in office.chair.hears()
    await newcomer.says("/duyet")
    assert "Việc này dành cho" not in newcomer.hears()


async def test_one_phone_does_not_make_itself_the_admin_in_place_of_another(office: Office) -> None:
    admin = await office.world.staff(Role.ADMIN, "DL", "Đỗ Văn Sơn")
    await picks(office.secretary, "Đỗ Văn Sơn")
    await office.secretary.presses("Thay người")
    code = next(word for word in office.secretary.hears().split() if word.startswith("i-"))

    await office.secretary.says(f"/start {code}")
    assert "đang chờ một chủ trì đồng ý" in office.secretary.hears()
    await admin.says("/vaitro")
    assert "Đỗ Văn Sơn" in admin.hears(), "still the admin"

    await office.chair.presses("Đồng ý")
    await office.secretary.says(f"/start {code}")
    assert "không tự nhận vai trò này" in office.secretary.hears()
    newcomer = await office.world.resident("DL-hang-gon", "Võ Thị Mười")
    await newcomer.says(f"/start {code}")
    await admin.says("/vaitro")
    assert "Việc này dành cho" in admin.hears()


async def test_an_invitation_that_a_chair_refuses_opens_nothing(office: Office) -> None:
    await office.secretary.says("/moi")
    await office.secretary.presses("Thư ký")
    code = next(word for word in office.secretary.hears().split() if word.startswith("i-"))
    await office.chair.presses("Không đồng ý")
    assert "không đồng ý" in office.secretary.hears()
    await office.chair.presses("Đồng ý")
    assert "đã được quyết định" in office.chair.hears()

    newcomer = await office.world.resident("DL-hang-gon", "Võ Thị Mười")
    await newcomer.says(f"/start {code}")
    assert "Mã mời không đúng" in newcomer.hears()


async def test_without_another_chair_the_command_line_is_the_second_person(plain_world: World) -> None:
    secretary = await plain_world.staff(Role.SECRETARY, "DL", "Lê Thị Mai")
    await secretary.says("/moi")
    await secretary.presses("Chủ trì")

    assert "mời bằng lệnh trên máy chủ" in secretary.hears()
    chair = await plain_world.resident("DL-hang-gon", "Trần Quang Vinh")
    await chair.says(await code_of(plain_world, Role.CHAIR, "DL"))
    assert "Trần Quang Vinh nhận vai trò" in secretary.hears()
    assert "người vận hành hệ thống" in secretary.hears()


async def test_nobody_approves_the_own_answer(office: Office) -> None:
    """One phone that was secretary, official and chair answered a question and approved the answer."""
    reference = await office.assigned()
    async with office.world.store.unit() as uow:
        [tu] = (await uow.session.scalars(sa.select(Person).where(t.persons.c.name == LAU))).all()
        town = await uow.places.unit_by_code("DL")
        assert town is not None
        await uow.people.give(Grant(tu.id, Role.CHAIR, town.id, None, uow.now))
        await uow.commit()
    await office.official.says("/hangdoi")
    await office.official.presses(reference)
    await office.official.presses("Trả lời")
    await office.official.says("Xã sửa trong quý II.")
    await office.official.presses("Gửi")
    await office.official.says("/duyet")
    await office.official.presses(reference)
    await office.official.presses("Duyệt")

    assert "phải có một người khác duyệt" in office.official.hears()
    assert "Xã sửa" not in office.mai.hears()
    await office.chair.presses("Duyệt")
    assert "Xã sửa trong quý II." in office.mai.hears()


async def test_a_new_head_inherits_the_neighbours_and_their_answers(plain_world: World) -> None:
    secretary = await plain_world.staff(Role.SECRETARY, "DL", "Lê Thị Mai")
    head = await plain_world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Thị Hà")
    await head.says("/hoho")
    await head.says("Bà Sáu")
    await head.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await head.presses("Gửi")
    assert "DL-2024-0001" in head.hears()

    await picks(secretary, "Đinh Thị Hà")
    await secretary.presses("Thay người")
    code = next(word for word in secretary.hears().split() if word.startswith("i-"))
    successor = await plain_world.resident("DL-hang-gon", "Phạm Văn Rin")
    await successor.says(f"/start {code}")
    assert "Phạm Văn Rin đã thay bà/ông" in head.hears()
    assert "Phạm Văn Rin thay Đinh Thị Hà" in secretary.hears()

    await secretary.says("/phanloai")
    await secretary.presses("DL-2024-0001")
    await secretary.presses("Hỏi lại")
    await secretary.says("Hỏng đoạn nào?")
    await secretary.presses("Gửi")
    assert "Bà Sáu" in successor.hears()
    assert "Bà Sáu" not in head.hears()
    await head.says("/hoho")
    assert "Việc này dành cho" in head.hears()


async def test_whoever_erases_is_warned_what_hangs_on_them_and_the_office_hears_of_it(office: Office) -> None:
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Thị Hà")
    await head.says("/hoho")
    await head.says("Bà Sáu")
    await head.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await head.presses("Gửi")
    office.put_away()

    await head.says("/xoa")
    assert "1 bà con không có điện thoại do bà/ông nói hộ" in head.hears()
    await head.presses("Xoá")
    told = "Một người vừa xoá dữ liệu của mình nên không còn giữ vai trò trưởng thôn"
    assert told in office.secretary.hears(), "whoever is erased is named no more, and a gap for a name says nothing"
    assert "trước đây do người này nói hộ" in office.secretary.hears()

    new = await office.world.resident("DL-hang-gon", "Phạm Văn Rin")
    await new.says(await code_of(office.world, Role.HAMLET_HEAD, "DL-hang-gon"))
    async with office.world.store.reading() as uow:
        [sau] = (await uow.session.scalars(sa.select(Person).where(t.persons.c.name == "Bà Sáu"))).all()
        [rin] = (await uow.session.scalars(sa.select(Person).where(t.persons.c.name == "Phạm Văn Rin"))).all()
        assert sau.entered_by == rin.id

    await office.official.says("/xoa")
    assert "sẽ không còn ai phụ trách" in office.official.hears()
    await office.official.presses("Xoá")
    assert "không còn ai phụ trách" in office.secretary.hears()


async def test_the_open_invitations_of_a_stolen_phone_are_void(office: Office) -> None:
    await office.secretary.says("/moi")
    await office.secretary.presses("Giám sát")
    code = next(word for word in office.secretary.hears().split() if word.startswith("i-"))
    await stops(office.chair, "Trần Văn Thư")

    newcomer = await office.world.resident("DL-hang-gon", "Võ Thị Mười")
    await newcomer.says(f"/start {code}")
    assert "Mã mời không đúng" in newcomer.hears()


async def test_power_ends_at_the_border_of_the_unit(office: Office) -> None:
    async with office.world.store.unit() as uow:
        grants = (await uow.session.scalars(sa.select(Grant))).all()
    await office.mai.says("/vaitro")
    assert "Việc này dành cho" in office.mai.hears()
    for grant in grants:
        for verb in ("role", "roleback", "rolesuspend", "rolereplace", "rolelift", "roleturn"):
            await office.other.taps_code(f"{verb}.{grant.id}")
            assert "Không tìm thấy" in office.other.hears(), verb
            office.world.clock.move(seconds=2)
    async with office.world.store.unit() as uow:
        [tu] = (await uow.session.scalars(sa.select(Person).where(t.persons.c.name == LAU))).all()
        town = await uow.places.unit_by_code("DL")
        assert town is not None
        with pytest.raises(NotFound):
            await make_invitation(uow, Role.SUPERVISOR, town, by=tu)


async def test_what_is_over_cannot_be_suspended_or_lifted_and_who_was_erased_stays_without(office: Office) -> None:
    async with office.world.store.unit() as uow:
        with pytest.raises(NotFound):
            await take_back(uow, by=None, grant_id=999)
        with pytest.raises(NotFound):
            await resume(uow, by=None, grant_id=999)
        grants = (await uow.session.scalars(sa.select(Grant))).all()
        official = next(grant for grant in grants if grant.role is Role.OFFICIAL)
        with pytest.raises(RuleBroken):
            await suspend(uow, by=None, grant_id=official.id, until=uow.today)
        ended = await suspend(uow, by=None, grant_id=official.id, until=uow.today + timedelta(days=1))
        assert isinstance(ended, EndedGrant)
        person = await uow.people.get(ended.person_id)
        assert person is not None
        again = await resume(uow, by=None, grant_id=official.id)
        assert again.id == official.id, "a role keeps its number"
        await suspend(uow, by=None, grant_id=again.id, until=uow.today + timedelta(days=1))
        erased = person.id
        await erase(uow, person=person)
        await uow.commit()
    office.world.clock.move(days=2)
    async with office.world.store.unit() as uow:
        assert await resume_due(uow) == 0
        assert await uow.people.grants_of(erased) == []
        await uow.commit()


async def test_a_successor_to_a_secretary_inherits_the_open_invitations(office: Office) -> None:
    await office.secretary.says("/moi")
    await office.secretary.presses("Giám sát")
    code = next(word for word in office.secretary.hears().split() if word.startswith("i-"))
    async with office.world.store.unit() as uow:
        grants = (await uow.session.scalars(sa.select(Grant))).all()
        secretary = next(grant for grant in grants if grant.role is Role.SECRETARY)
        unit = await uow.places.unit(secretary.unit_id)
        successor_code = await make_invitation(uow, Role.SECRETARY, unit, replaces=secretary)
        await uow.commit()
    successor = await office.world.resident("DL-hang-gon", "Võ Thị Mười")
    await successor.says(f"/start i-{successor_code}")
    await office.secretary.says("/phanloai")
    assert "Việc này dành cho" in office.secretary.hears()

    supervisor = await office.world.resident("DL-hang-gon", "Hồ Thị Nga")
    await supervisor.says(f"/start {code}")
    assert "giám sát" in supervisor.hears()


async def test_those_with_power_hear_of_it_when_somebody_with_a_role_adds_a_chat(office: Office) -> None:
    await links(office.official, office.world.phone())

    assert "Lê Thị Hoa (có vai trò ở thị trấn Di Lăng) vừa nối thêm một khung chat mới" in office.chair.hears()
    assert "vừa nối thêm" in office.secretary.hears()


async def test_an_old_button_and_an_old_code_never_mean_the_role_of_somebody_else(office: Office) -> None:
    """The newest role is taken back: what comes next is not mistaken for it by buttons and codes made before."""
    await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Thị Hà")
    await picks(office.chair, "Đinh Thị Hà")
    old = office.chair.button("Thu lại")
    await office.chair.presses("Thay người")
    code = next(word for word in office.chair.hears().split() if word.startswith("i-"))
    await office.chair.taps_code(old)
    await office.chair.presses("Gửi")
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-lang-dau", "Phạm Văn Rin")

    await office.chair.taps_code(old)
    assert "Không tìm thấy" in office.chair.hears()
    newcomer = await office.world.resident("DL-hang-gon", "Võ Thị Mười")
    await newcomer.says(f"/start {code}")
    await head.says("/hoho")
    assert "Việc này dành cho" not in head.hears()


async def test_a_notice_that_waits_for_a_head_waits_for_the_next_one(office: Office) -> None:
    """And where nobody is left to carry it, whoever takes the role away and the others with power read so."""
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-lang-dau", "Đinh Thị Hà")
    await makes_meeting(office.secretary, "Đối thoại tháng 4 năm 2024", "TDP Làng Dầu")
    await fixes_day(office.secretary, "25/04/2024")
    await office.secretary.says("/thongbao")
    await office.secretary.presses("Gửi")
    head.reads()
    await picks(office.secretary, "Đinh Thị Hà")
    await office.secretary.presses("Thay người")
    code = next(word for word in office.secretary.hears().split() if word.startswith("i-"))
    new = await office.world.resident("DL-lang-dau", "Võ Thị Mười")
    await new.says(f"/start {code}")
    assert "Có thông báo mới cần gửi tới người dân TDP Làng Dầu" in new.hears()

    await new.says("/xoa")
    assert "chưa được gửi tới người dân TDP Làng Dầu; thư ký được báo ngay" in new.hears()
    await new.presses("Huỷ")
    await picks(office.secretary, "Võ Thị Mười")
    await office.secretary.presses("Tạm dừng")
    await office.secretary.says("11/03/2024")
    assert "không còn ai khác ở đó gửi" in office.secretary.hears()
    await office.secretary.presses("Gửi")
    assert "ở đó không còn trưởng thôn/tổ" in office.chair.hears()
    new.reads()
    await office.secretary.says("/vaitro")
    await office.secretary.presses("⏸ Võ Thị Mười")
    await office.secretary.presses("Cho dùng lại")
    assert "Có thông báo mới cần gửi tới người dân TDP Làng Dầu" in new.hears()
    await new.presses("Gửi tới thôn")
    await new.presses("Gửi")
    await picks(office.secretary, "Võ Thị Mười")
    await office.secretary.presses("Thu lại")
    assert "chưa được gửi" not in office.secretary.hears()


async def test_questions_on_a_desk_where_nobody_works_any_more_are_among_what_there_is_to_do(office: Office) -> None:
    await office.assigned()
    await office.secretary.says("/viec")
    assert "không còn ai phụ trách" not in office.secretary.hears()
    await picks(office.secretary, LAU)
    await office.secretary.presses("Thu lại")
    await office.secretary.presses("Gửi")
    await office.secretary.says("/viec")
    assert f"Bộ phận “{DESK}” không còn ai phụ trách mà đang có 1 câu hỏi phải trả lời" in office.secretary.hears()
    office.put_away()
    await office.asked("Đèn đường thôn tôi tắt.")
    await office.secretary.presses("Mở")
    await office.secretary.presses("Giao bộ phận")
    await office.secretary.presses(DESK)
    assert f"Bộ phận “{DESK}” không có ai phụ trách, nên ở đó chưa ai nhận được" in office.secretary.hears()
    assert "Không còn việc nào" not in office.secretary.hears()


async def test_what_was_asked_back_is_asked_whoever_speaks_for_the_neighbour_next(office: Office) -> None:
    head = await office.world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Thị Hà")
    await head.says("/hoho")
    await head.says("Bà Sáu")
    await head.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await head.presses("Gửi")
    await office.secretary.says("/phanloai")
    await office.secretary.presses("DL-2024-0001")
    await office.secretary.presses("Hỏi lại")
    await office.secretary.says("Đoạn nào hỏng?")
    await office.secretary.presses("Gửi")
    assert "Đoạn nào hỏng?" in head.hears()
    await picks(office.secretary, "Đinh Thị Hà")
    await office.secretary.presses("Thay người")
    code = next(word for word in office.secretary.hears().split() if word.startswith("i-"))
    new = await office.world.resident("DL-hang-gon", "Võ Thị Mười")
    await new.says(f"/start {code}")
    assert "Đoạn nào hỏng?" in new.hears()
    office.put_away()
    await new.presses("Trả lời")
    await new.says("Đoạn trước nhà văn hoá.")
    await new.presses("Gửi") if new.sees_button("Gửi") else None
    assert "Đoạn trước nhà văn hoá." in office.secretary.hears()


async def test_nobody_waits_for_the_reply_of_somebody_erased(office: Office) -> None:
    reference = await office.asked()
    await office.secretary.says("/phanloai")
    await office.secretary.presses(reference)
    await office.secretary.presses("Hỏi lại")
    await office.secretary.says("Đoạn nào hỏng?")
    await office.secretary.presses("Gửi")
    await office.mai.says("/xoa")
    await office.mai.presses("Xoá")
    assert "không còn ai trả lời điều đã hỏi lại" in office.secretary.hears()
    await office.secretary.says("/phanloai")
    assert reference in office.secretary.hears()
    assert "đang chờ người hỏi" not in office.secretary.hears()
    assert (await office.question(reference)).state is QuestionState.RECEIVED


async def test_a_desk_goes_on_without_the_reply_of_somebody_erased(office: Office) -> None:
    reference = await office.assigned()
    await office.official.says("/hangdoi")
    await office.official.presses(reference)
    await office.official.presses("Hỏi lại")
    await office.official.says("Đoạn nào hỏng?")
    await office.official.presses("Gửi")
    await office.mai.says("/xoa")
    await office.mai.presses("Xoá")
    assert "không còn ai trả lời điều đã hỏi lại" in office.official.hears()
    assert (await office.question(reference)).state is QuestionState.TAKEN_ON


async def test_whoever_takes_up_a_desk_is_told_how_many_questions_lie_on_it(office: Office) -> None:
    await office.assigned()
    await office.assigned("Đèn đường tổ 2 hỏng, bao giờ thay?")
    new = await office.world.resident("DL-hang-gon", "Võ Thị Mười")
    await new.says(await code_of(office.world, Role.OFFICIAL, "DL", "chuyen-mon"))
    assert "đang có 2 câu hỏi chờ xử lý" in new.hears()
    await new.presses("🗂 Hàng đợi")
    assert "DL-2024-0002" in new.hears()
    idle = await office.world.resident("DL-hang-gon", "Võ Văn Chín")
    await idle.says(await code_of(office.world, Role.OFFICIAL, "DL", "kt-tg-dv"))
    assert "đã nhận vai trò" in idle.hears()
    assert "câu hỏi chờ" not in idle.hears()


async def test_a_desk_s_question_that_names_the_new_official_is_not_counted(office: Office) -> None:
    new = await office.world.resident("DL-hang-gon", "Võ Thị Mười")
    reference = await office.assigned()
    async with office.world.store.unit() as uow:
        question = await question_of(uow, reference)
        person = (await person_named(uow, "Võ Thị Mười")).id
        question.named = (Named(NamedKind.PERSON, person, people=(person,)),)
        await uow.commit()
    await new.says(await code_of(office.world, Role.OFFICIAL, "DL", "chuyen-mon"))
    assert "câu hỏi chờ" not in new.hears()


async def test_a_new_secretary_is_told_how_many_questions_wait_to_be_sorted(office: Office) -> None:
    await office.asked()
    new = await office.world.resident("DL-hang-gon", "Võ Thị Mười")
    await new.says(await code_of(office.world, Role.SECRETARY, "DL"))
    assert "Đang có 1 câu hỏi chờ phân loại" in new.hears()
    await new.presses("📥 Phân loại")
    assert "DL-2024-0001" in new.hears()
