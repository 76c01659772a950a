"""A meeting on demand: people ask and join, the office counts, the chair decides, everybody reads how it stands (R212).

One voter in ten is enough for the law (LAW C9); the answer is owed within ten working days (LAW C1).
"""

import re
from dataclasses import replace
from datetime import date

import pytest

from intake.actions.meetings.demands import decline_demand, enter_demand, join_demand, leave_demand, open_demand
from intake.actions.people.consent import withdraw_consent
from intake.actions.people.own_data import erase
from intake.actions.people.restrict import restrict
from intake.actions.plan.load_plan import load_plan
from intake.rules.deadlines.clock import ClockKind, Days
from intake.rules.deadlines.clock_settings import DEFAULTS, under_law
from intake.rules.deadlines.task import TaskId
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.demand import DemandId, DemandState, MeetingDemand
from intake.rules.meetings.meeting import MeetingId, MeetingState
from intake.rules.meetings.show_of_hands import Hand, ShowOfHands
from intake.rules.people.person import Grant, Role
from intake.rules.people.unit import UnitId
from scheduler.enforcement import run_sweep
from tests.support.amending import amended
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.office_tasks import the_plan
from tests.support.public import passer_by
from tests.support.recorded import deeds
from tests.support.world import Phone, World, local

MATTER = "Bãi rác sát trường học, mùi hôi cả ngày"
WORDS = "Bãi rác cạnh trường tiểu học"
FIRST = DemandId(1)


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


async def asks(office: Office) -> None:
    await office.mai.says("/denghi")
    await office.mai.presses("✍️ Đề nghị đối thoại")
    await office.mai.says(MATTER)
    assert "cử tri của xã, từ đủ 18 tuổi" in office.mai.hears()
    await office.mai.presses("Gửi")


async def notice_due(world: World) -> date:
    async with world.store.reading() as uow:
        [due_on] = [one.due_on for one in await uow.clocks.of_meeting(MeetingId(1)) if one.kind is ClockKind.NOTICE]
        return due_on


def test_more_days_than_the_law_asks_for_stay_and_results_are_owed() -> None:
    for days, asked in ((5, 7), (10, 10)):
        settings = under_law(replace(DEFAULTS, notice=Days(days)))
        assert (settings.notice.number, settings.results_run) == (asked, True)


async def opened(office: Office, voters: str, on_paper: str) -> None:
    """The secretary puts it before everybody and says how many voters there are."""
    await office.secretary.taps_code("demandopen.1")
    await office.secretary.says(WORDS)
    await office.secretary.presses("Gửi")
    await office.secretary.presses("Ghi số cử tri, chữ ký")
    await office.secretary.says(voters)
    await office.secretary.says(on_paper)
    await office.secretary.presses("Gửi")


async def counts(office: Office, voters: str, on_paper: str) -> None:
    await office.secretary.taps_code("demandcount.1")
    await office.secretary.says(voters)
    await office.secretary.says(on_paper)
    await office.secretary.presses("Gửi")


def test_one_voter_in_ten_is_rounded_up() -> None:
    demand = MeetingDemand(UnitId(1), TaskId(1), MATTER, local(2026, 9, 1))
    assert demand.needed is None
    for voters, needed in ((1, 1), (10, 1), (11, 2), (8_000, 800), (8_001, 801)):
        demand.voters = voters
        assert demand.needed == needed


async def test_from_one_voice_to_a_planned_meeting(office: Office) -> None:
    world = office.world
    an = await world.resident("DL-hang-gon", "Phạm Văn An")
    await asks(office)
    assert "xã trả lời chậm nhất" in office.mai.hears()
    await office.mai.says("/denghi")
    assert "Xã đang xem đề nghị này" in office.mai.hears()
    await office.mai.presses("✍️ Đề nghị đối thoại")
    await office.mai.says("Việc khác nữa")
    await office.mai.presses("Gửi")
    assert "đang chờ xã trả lời" in office.mai.hears()
    await an.says("/denghi")
    assert "Bãi rác" not in an.hears(), "nobody reads an asker's own words but the office"
    assert "không có đề nghị nào đang mở" in an.hears(), "there is one: it is only not open yet"

    assert MATTER in office.secretary.hears()
    await office.secretary.presses("Mở")
    assert not office.secretary.sees_button("Đồng ý tổ chức"), "that is the chair's"
    await opened(office, "21", "1")
    assert "Cộng: 2 người" not in office.secretary.hears()
    assert "Cộng: 2, cần 3" in office.secretary.hears()
    assert "Xã đã mở để bà con cùng đề nghị" in office.mai.hears()

    async with passer_by(world) as reader:
        page = await reader.reads("/cong-khai/dl")
        assert WORDS in page
        assert "2 người đề nghị, cần 3" in page
        assert "mùi hôi" not in page
        await an.says("/denghi")
        await an.presses("Cùng đề nghị 1")
        assert "trang công khai chỉ ghi số người" in an.hears()
        await an.presses("Tôi là cử tri, cùng đề nghị")
        await an.taps_code("demandvoter.1")
        assert "3 người đề nghị, cần 3" in an.hears(), "nobody counts twice"
        assert "Đã đủ 10% cử tri" in office.chair.hears()
        assert "Đã đủ 10% cử tri" in office.secretary.hears()
        await an.presses("Rút đề nghị 1")
        assert "2 người đề nghị" in an.hears()

        await office.chair.presses("Mở")
        assert not office.chair.sees_button("Không tổ chức"), "what was reached stays reached, and binds"
        await office.chair.taps_code("demanddecline.1")
        await office.chair.says("Chưa bố trí được")
        await office.chair.presses("Gửi")
        assert "luật buộc tổ chức" in office.chair.hears()
        await office.chair.taps_code("demandgrant.1")
        await office.chair.says("15/05/2024")
        await office.chair.says("Mời cả bên thu gom rác cùng dự.")
        await office.chair.presses("Gửi")
        assert "Đối thoại theo đề nghị của cử tri" in office.chair.hears()
        for phone in (office.mai, office.secretary):
            assert "15/05/2024" in phone.hears()
        assert "Xã đồng ý" not in an.hears()
        page = await reader.reads("/cong-khai/dl")
        assert "Chủ trì đã đồng ý tổ chức. Lý do: Mời cả bên" in page
        assert page.count("Đối thoại theo đề nghị của cử tri") == 1

    await office.secretary.presses("Mở")
    assert "Đối thoại theo đề nghị của cử tri" in office.secretary.hears()
    await office.secretary.taps_code("fix.1")
    await office.secretary.says("10/05/2024")
    await office.secretary.says("08:00")
    await office.secretary.says("Nhà văn hóa TDP Hàng Gòn")
    assert "1 người" in office.secretary.hears(), "whoever asked for it hears of the day"
    await office.secretary.presses("Gửi")
    assert "08:00, 10/05/2024" in office.mai.hears()
    async with world.store.reading() as uow:
        meeting = await uow.meetings.get(MeetingId(1))
        assert (meeting.state, meeting.theme) == (MeetingState.FIXED, WORDS)
        demand = await uow.demands.get(FIRST)
        assert await uow.tasks.clocks_of(demand.task_id) == []
    await office.secretary.says("/thongbao")
    notice = office.secretary.hears()
    assert "Thực hiện: đề nghị của cử tri\nThời gian: 08:00, 10/05/2024" in notice
    assert f"Chủ đề: {WORDS}\nNội dung: những điều bà con muốn hỏi" in notice, "not what the year's plan is about"
    await office.secretary.says("huỷ")
    assert await notice_due(world) == date(2024, 5, 3), "seven days by law, whatever the Party's plan says of its own"
    async with world.store.unit() as uow:
        plan = await the_plan(uow)
        await load_plan(uow, amended(plan.profile, clocks={"notice": {"days": 4}}))
        await uow.commit()
    assert await notice_due(world) == date(2024, 5, 3)
    office.put_away()
    for phone, deed in ((office.chair, "grant"), (office.chair, "decline"), (office.secretary, "open")):
        await phone.taps_code(f"demand{deed}.1")
        assert "Việc này đã được xử lý" in phone.hears(), (
            "what was decided is decided, and said before anything is typed"
        )
    assert office.mai.hears() == ""


async def test_the_office_is_reminded_and_declines_with_a_reason_everybody_reads(office: Office) -> None:
    world = office.world
    world.clock.move_to(local(2024, 3, 4))
    await asks(office)
    async with world.store.reading() as uow:
        demand = await uow.demands.get(FIRST)
        [clock] = await uow.tasks.clocks_of(demand.task_id)
        assert (clock.kind, clock.due_on) == (ClockKind.ACKNOWLEDGE, date(2024, 3, 18))
    office.put_away()
    world.clock.move_to(local(2024, 3, 15, 7, 35))
    await run_sweep(world.store.unit)
    await world.settle()
    assert "đề nghị đối thoại số 1" in office.secretary.hears()
    await office.secretary.taps_code(f"task.{demand.task_id}")
    assert MATTER in office.secretary.hears()
    await office.secretary.taps_code(f"taskdone.{demand.task_id}")
    assert "Đề nghị" not in office.secretary.hears()
    await opened(office, "8.000", "0")
    for wrong in ("nhiều", "9" * 9):
        await office.secretary.taps_code("demandcount.1")
        await office.secretary.says(wrong)
        assert "Xin gõ một số" in office.secretary.hears()
    await office.secretary.says("0")
    await office.secretary.says("0")
    await office.secretary.presses("Gửi")
    assert "Xin gõ một số" in office.secretary.hears(), "a commune has voters"
    await office.chair.taps_code("demanddecline.1")
    await office.chair.says("Việc này đã có trong buổi tháng 4.")
    await office.chair.presses("Gửi")
    assert "Lý do: Việc này đã có trong buổi tháng 4." in office.mai.hears()
    async with passer_by(world) as reader:
        assert "Chủ trì không tổ chức. Lý do: Việc này đã có" in await reader.reads("/cong-khai/dl")
    await office.secretary.says("/denghi")
    assert "Không có đề nghị" in office.secretary.hears()
    for code in ("demandopen.1", "demandcount.1"):
        await office.secretary.taps_code(code)
        await office.secretary.says("7")
        if code == "demandcount.1":
            await office.secretary.says("7")
        await office.secretary.presses("Gửi")
        assert "Lý do" not in office.secretary.hears()
    async with world.store.unit() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
        with pytest.raises(ChangedMeanwhile):
            await leave_demand(uow, by=mai, demand_id=FIRST)


async def test_signatures_on_paper_are_entered_and_may_be_enough(office: Office) -> None:
    await office.secretary.says("/denghi")
    await office.secretary.presses("Ghi đề nghị trên giấy")
    await office.secretary.says(WORDS)
    await office.secretary.says("812")
    await office.secretary.presses("Gửi")
    assert "chữ ký trên giấy: 812" in office.secretary.hears()
    await office.secretary.presses("Ghi số cử tri, chữ ký")
    await office.secretary.says("8000")
    await office.secretary.says("812")
    await office.secretary.presses("Gửi")
    assert "Đã đủ 10% cử tri đề nghị đối thoại (812, cần 800)" in office.chair.hears()
    await office.secretary.says("/denghi")
    assert "812 người đề nghị, cần 800" in office.secretary.hears()
    await office.mai.taps_code("demandvoter.1")
    assert "813 người đề nghị" in office.mai.hears()
    async with office.world.store.unit() as uow:
        await erase(uow, person=await person_named(uow, "Nguyễn Thị Mai"))
        assert (await uow.demands.voices(FIRST), (await uow.demands.get(FIRST)).text) == (0, WORDS)


async def test_who_writes_for_two_communes_enters_paper_for_each(office: Office) -> None:
    await neighbour_unit(office.world, Role.CHAIR)
    async with office.world.store.unit() as uow:
        other = next(one for one in await uow.places.roots() if one.code != "DL")
        thu = await person_named(uow, "Trần Văn Thư")
        await uow.people.give(Grant(thu.id, Role.SECRETARY, other.id, None, uow.now))
        await uow.commit()
    for place in (other.name, "thị trấn Di Lăng"):
        await office.secretary.says("/denghi")
        await office.secretary.presses(f"Ghi đề nghị trên giấy, {place}")
        await office.secretary.says(f"{WORDS} ({place})")
        await office.secretary.says("12")
        await office.secretary.presses("Gửi")
    async with office.world.store.reading() as uow:
        [here] = await uow.demands.of_unit((await uow.places.roots())[0].id)
        [there] = await uow.demands.of_unit((await uow.places.roots())[1].id)
    assert {other.name in here.public_text, other.name in there.public_text} == {True, False}


async def agreed(office: Office, desk: DeskBrowser, phone: Phone, path: str, **typed: str) -> None:
    """Sent, agreed to in the chat, and sent once more."""
    await desk.sends(path, **typed)
    assert (desk.status, "trò chuyện" in desk.reads()) == (422, True), desk.reads()
    await office.world.settle()
    await phone.presses("Đúng là tôi")
    await desk.sends(path, **typed)


async def test_the_desk_enters_opens_counts_and_answers(office: Office) -> None:
    app = desk_app(office.world)
    await asks(office)
    desk = await sit_down(app, office.secretary)
    assert "/ban-lam-viec/buoi/de-nghi/1" in desk.page, "what is owed within ten days is opened from today's page"
    await desk.opens("/buoi")
    assert "Đề nghị tổ chức đối thoại" in desk.reads()
    await desk.opens("/buoi/de-nghi")
    assert MATTER in desk.reads()
    path = "/buoi/de-nghi/1"
    await desk.opens(path)
    assert "Đồng ý tổ chức" not in desk.reads(), "that is the chair's"
    for act, field, said in (
        ("mo", {"text": " "}, "nội dung"),
        ("dem", {"voters": "nhiều", "paper": "0"}, "Xin gõ một số"),
        ("dem", {"voters": "0", "paper": "0"}, "Xin gõ một số"),
    ):
        await desk.sends(f"{path}/{act}", form={"mo": "open", "dem": "count"}[act], **field)
        assert (desk.status, said in desk.reads()) == (422, True), desk.reads()
    await agreed(office, desk, office.secretary, f"{path}/mo", form="open", text=WORDS)
    assert "người đề nghị đã được báo" in desk.reads()
    await desk.sends(f"{path}/dem", form="count", voters="8.000", paper="800")
    assert "801 người đề nghị, cần 800" in desk.reads()
    await desk.sends(f"{path}/dong-y", form="grant", until="2024-05-15", reason="Được.")
    assert desk.status == 404

    chair = await sit_down(app, office.chair)
    await chair.opens(path)
    assert "luật buộc tổ chức" in chair.reads()
    for until, reason, said in (
        ("", "Được.", "Xin chọn ngày"),
        ("2024-05-15", " ", "lý do"),
        ("2020-01-01", "A", "ngày"),
    ):
        await chair.sends(f"{path}/dong-y", form="grant", until=until, reason=reason)
        assert (chair.status, said in chair.reads()) == (422, True), chair.reads()
    granted = {"form": "grant", "until": "2024-05-15", "reason": "Mời cả bên thu gom rác."}
    await agreed(office, chair, office.chair, f"{path}/dong-y", **granted)
    said = "Những người đề nghị qua điện thoại đang được báo. Người ký trên giấy (800 chữ ký) không nhận được tin"
    assert said in chair.reads()
    await office.world.settle()
    assert "Đối thoại theo đề nghị của cử tri" in office.mai.hears()
    assert f"Việc đã đề nghị: {WORDS}" in office.mai.hears(), "one may have joined several"
    await chair.opens(path)
    assert "Mở buổi đối thoại này" in chair.reads()


async def test_the_desk_enters_paper_and_declines_it(office: Office) -> None:
    app = desk_app(office.world)
    desk = await sit_down(app, office.chair)
    await desk.opens("/buoi/de-nghi")
    unit = re.findall(r'name="unit" value="(\d+)"', desk.page)[0]
    await agreed(office, desk, office.chair, "/buoi/de-nghi/them", form="enter", unit=unit, text=WORDS, paper="12")
    assert "Qua điện thoại: 0; chữ ký trên giấy: 12." in desk.reads()
    reason = "Việc này đã có trong buổi tháng 4."
    await agreed(office, desk, office.chair, "/buoi/de-nghi/1/khong", form="decline", reason=reason)
    assert f"Chủ trì không tổ chức. Lý do: {reason}" in desk.reads()
    assert "Người ký trên giấy (12 chữ ký) không nhận được tin ở đây" in desk.reads()
    assert "qua điện thoại đang được báo" not in desk.reads(), "nobody joined in a chat"
    await desk.opens("/buoi/de-nghi")
    await desk.sends("/buoi/de-nghi/them", form="enter", unit="99", text=WORDS, paper="12")
    assert desk.status == 404

    stranger = await sit_down(app, await neighbour_unit(office.world, Role.CHAIR))
    await stranger.opens("/buoi/de-nghi")
    assert WORDS not in stranger.reads()
    await stranger.opens("/buoi/de-nghi/1")
    assert stranger.status == 404
    watcher = await sit_down(app, await office.world.staff(Role.SUPERVISOR, "DL", "Hồ Văn Giám"))
    await watcher.opens("/buoi/de-nghi")
    assert watcher.status == 404


async def test_whoever_works_here_and_named_no_home_is_told_how_to(office: Office) -> None:
    watcher = await office.world.staff(Role.SUPERVISOR, "DL", "Hồ Văn Giám")
    await watcher.says("/denghi")
    assert "chưa chọn thôn, tổ" in watcher.hears()


async def test_a_number_mistyped_binds_nobody(office: Office) -> None:
    await asks(office)
    await counts(office, "80", "8")
    assert "(9, cần 8): Bãi rác sát trường học" in office.chair.hears(), "before it is put into public words too"
    await counts(office, "80", "8")
    assert "chưa đủ" not in office.chair.hears(), "nothing has changed"
    async with office.world.store.unit() as uow:
        await uow.demands.leave(FIRST, (await person_named(uow, "Nguyễn Thị Mai")).id)
        await uow.commit()
    await counts(office, "80", "7")
    assert "7 người đề nghị, cần 8, chưa đủ" in office.chair.hears()
    await counts(office, "8000", "7")
    await counts(office, "80", "8")
    assert "(8, cần 8)" in office.chair.hears()
    await counts(office, "8000", "8")
    await office.chair.presses("Mở")
    await office.chair.presses("Không tổ chức")
    await office.chair.says("Xã đã họp về việc này tháng trước.")
    await office.chair.presses("Gửi")
    async with office.world.store.reading() as uow:
        assert (await uow.demands.get(FIRST)).state is DemandState.DECLINED


async def test_whoever_restricts_the_use_of_their_data_is_quoted_no_more(office: Office) -> None:
    await asks(office)
    async with office.world.store.unit() as uow:
        await restrict(uow, person=await person_named(uow, "Nguyễn Thị Mai"))
        await uow.commit()
    office.put_away()
    await office.secretary.says("/denghi")
    await office.secretary.taps_code("demand.1")
    await counts(office, "10", "5")
    await office.secretary.taps_code("demandopen.1")
    await office.secretary.says(WORDS)
    await office.secretary.presses("Gửi")
    assert "chưa mở cho mọi người được" in office.secretary.hears()
    for phone in (office.secretary, office.chair):
        assert "Người đề nghị đang hạn chế dùng dữ liệu" in phone.hears()
        assert MATTER not in phone.hears()


async def test_of_two_who_deal_with_it_at_once_only_the_first_does(office: Office) -> None:
    """The second had its form open when the first pressed: nothing is changed, and nothing told twice."""
    await asks(office)
    async with office.world.store.unit() as uow:
        secretary, chair = await person_named(uow, "Trần Văn Thư"), await person_named(uow, "Đinh Văn Chủ")
        await open_demand(uow, by=secretary, demand_id=FIRST, text=WORDS)
        with pytest.raises(ChangedMeanwhile):
            await open_demand(uow, by=secretary, demand_id=FIRST, text="Bãi rác")
        await decline_demand(uow, by=chair, demand_id=FIRST, reason="Đã họp tháng trước")
        with pytest.raises(ChangedMeanwhile):
            await decline_demand(uow, by=chair, demand_id=FIRST, reason="Đã họp tháng này")
        demand = await uow.demands.get(FIRST)
        assert (demand.public_text, demand.state) == (WORDS, DemandState.DECLINED)


async def test_what_denounces_somebody_and_strangers_get_nowhere(office: Office) -> None:
    await office.mai.says("/denghi")
    assert "không có đề nghị nào đang mở" in office.mai.hears()
    await office.mai.presses("✍️ Đề nghị đối thoại")
    await office.mai.says("Tôi tố cáo ông chủ tịch nhận hối lộ 50 triệu")
    assert "/hoi" in office.mai.hears()
    await office.mai.says("/huy")
    await asks(office)
    stranger = await neighbour_unit(office.world, Role.CHAIR)
    for code in ("demand.1", "demandopen.1", "demandcount.1", "demandgrant.1", "demandenter.1", "demandjoin.1"):
        await stranger.taps_code(code)
        assert "Bãi rác" not in stranger.hears(), code
    await office.mai.taps_code("demand.1")
    assert "Không tìm thấy" in office.mai.hears()
    async with office.world.store.unit() as uow:
        mai, thu = await person_named(uow, "Nguyễn Thị Mai"), await person_named(uow, "Trần Văn Thư")
        with pytest.raises(NotFound):
            await join_demand(uow, by=mai, demand_id=FIRST)  # not put before everybody yet
        with pytest.raises((NotFound, RuleBroken)):
            await join_demand(uow, by=thu, demand_id=FIRST)  # of no hamlet
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        with pytest.raises(RuleBroken, match="demand_number"):
            await enter_demand(uow, by=thu, unit_id=(await uow.places.home(hamlet)).id, text=WORDS, on_paper=-1)
        await uow.people.give(Grant(thu.id, Role.SECRETARY, hamlet.id))
        with pytest.raises(NotFound):
            await enter_demand(uow, by=thu, unit_id=hamlet.id, text=WORDS, on_paper=1)  # a hamlet holds no dialogue
        await erase(uow, person=mai)
        await uow.commit()
    async with office.world.store.reading() as uow:
        demand = await uow.demands.get(FIRST)
        assert (demand.asked_by, demand.text, demand.state) == (None, "", DemandState.RECEIVED)
        assert await uow.demands.voices(FIRST) == 0
    await office.secretary.says("/denghi")
    assert "1. (người đề nghị đã xoá dữ liệu của mình)" in office.secretary.hears()


async def test_whoever_withdraws_consent_asks_for_nothing_any_more(office: Office) -> None:
    """Their voice counts no longer while nobody has decided; what is decided stays as it was, and a hand goes down."""
    await asks(office)
    await opened(office, "8000", "7")
    meeting = await office.fixed_meeting()
    async with office.world.store.unit() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
        hands = await uow.hands.add(ShowOfHands(meeting.id, "Sáng hay chiều?", ["Sáng", "Chiều"], uow.now))
        await uow.hands.put(Hand(hands.id, mai.id, 0, uow.now))
        await uow.commit()
    await office.mai.says("/rutdongy")
    assert "tiếng nói trong đề nghị đối thoại chưa giải quyết" in office.mai.hears()
    await office.mai.presses("Rút đồng ý")
    await office.secretary.says("/denghi")

    assert "7 người đề nghị" in office.secretary.hears()
    async with office.world.store.reading() as uow:
        assert await uow.demands.voices(FIRST) == 0
        assert await uow.hands.up(hands.id) == {}
        assert (await uow.demands.get(FIRST)).text == MATTER, "what was asked is still answered"
        assert [one.act for one in await deeds(uow, "leave_demand")] == ["leave_demand"]
    await office.mai.says("/menu")
    await office.mai.presses("Đồng ý lại")
    await office.mai.presses("Đồng ý")
    await office.mai.taps_code("demandvoter.1")
    async with office.world.store.reading() as uow:
        assert await uow.demands.voices(FIRST) == 1, "they may join again"
    async with office.world.store.unit() as uow:
        mai, chair = await person_named(uow, "Nguyễn Thị Mai"), await person_named(uow, "Đinh Văn Chủ")
        await decline_demand(uow, by=chair, demand_id=FIRST, reason="Đã họp tháng trước")
        await withdraw_consent(uow, person=mai)
        assert await uow.demands.voices(FIRST) == 1, "a decided demand is part of the record"
