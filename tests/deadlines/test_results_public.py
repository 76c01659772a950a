"""What the law asks of a meeting the administration holds, alone or with the Party (LAW C9, R210, R211)."""

import re
import tomllib
from dataclasses import replace
from datetime import date

import pytest

from intake.actions.meetings.announce_results import announce_results, require_results_sheet, results_news
from intake.actions.meetings.publish_results import publish_results
from intake.actions.meetings.results_words import results_script
from intake.actions.plan.load_plan import load_plan
from intake.rules.deadlines.clock import ClockKind, RuleSource, due
from intake.rules.deadlines.clock_settings import rule_for
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.conclusion import ConclusionItem
from intake.rules.meetings.meeting import Meeting, MeetingHamlet, Notice, ResultsMeans
from intake.rules.message import Term
from intake.rules.people.person import Role
from intake.rules.plan.decided import decided_plan
from intake.rules.plan.open_points import CONCLUSION_DOCUMENT
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_paper import OpenQuestion, Option
from intake.rules.plan.profile_parse import from_document, parse_profile, to_document
from intake.rules.plan.profile_terms import QuestionKind, Side
from intake.rules.questions.question import Question, QuestionState
from scheduler.enforcement import run_sweep
from tests.conftest import PLANS, load
from tests.support.command_line import Command, refused
from tests.support.delegates import occasion
from tests.support.desk import desk_app, sit_down
from tests.support.meetings import fixes_day, makes_meeting
from tests.support.open_points import goes_to, plan_called
from tests.support.world import Phone, World, local, working_days


def profile(code: str, *edits: tuple[str, str]) -> PlanProfile:
    text = (PLANS / f"{code}.toml").read_text("utf-8")
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    return parse_profile(tomllib.loads(text), name=code)


def with_days(code: str, days: int) -> PlanProfile:
    return profile(code, ("[clocks.notice]\n", f"[clocks.notice]\ndays = {days}\n"))


async def running(world: World, meeting_id: int) -> dict[ClockKind, date]:
    async with world.store.reading() as uow:
        meeting = await uow.meetings.get(meeting_id)
        return {clock.kind: clock.due_on for clock in await uow.clocks.of_meeting(meeting.id)}


async def meeting_of(world: World, plan: str) -> Meeting:
    stored = await plan_called(world, plan)
    async with world.store.reading() as uow:
        [meeting] = await uow.meetings.of_plan(stored.id)
    return meeting


async def holds(world: World, secretary: Phone, day: date) -> None:
    world.clock.move_to(local(day.year, day.month, day.day, 14))
    await secretary.says("/dieuhanh")
    await secretary.presses("Khai mạc")
    world.clock.move_to(local(day.year, day.month, day.day, 16, 30))
    await secretary.says("/dieuhanh")
    await secretary.presses("Kết thúc buổi")
    await secretary.presses("Đúng")


# --- whose dialogue it is, and the days of notice ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "side", "notice", "source"),
    [
        ("di-lang-2024", Side.PARTY, 5, RuleSource.PLAN),
        ("an-duong-2024", Side.STATE, 7, RuleSource.LAW),
        ("thach-that-2023", Side.BOTH, 7, RuleSource.PLAN),
        ("tuyet-diem-2025", Side.PARTY, 5, RuleSource.DEFAULT),
        ("vinh-bao-2026", Side.BOTH, 7, RuleSource.LAW),
    ],
)
def test_a_silent_plan_of_the_administration_has_the_days_of_the_law(
    code: str, side: Side, notice: int, source: RuleSource
) -> None:
    read = profile(code)

    assert read.side is side
    days = decided_plan(read, {}).clocks.notice
    assert (days.number, days.source) == (notice, source)
    asked = next((one for one in read.open if one.key == "notice-days"), None)
    assert asked is None or asked.default == str(notice)
    assert asked is None or f"{notice} ngày" in asked.why


def test_a_file_that_does_not_say_it_is_of_the_side_of_its_layout() -> None:
    assert profile("an-duong-2024", ('chaired_by = "state"\n', "")).side is Side.STATE
    assert profile("vinh-bao-2026", ('chaired_by = "both"\n', "")).side is Side.PARTY


def test_before_2016_no_law_said_it() -> None:
    read = profile("an-duong-2024")
    early = {**to_document(read), "plan": {**to_document(read)["plan"], "year": 2015}}

    assert not from_document(early).under_law


async def test_the_card_and_the_notice_of_a_joint_plan_count_seven_days(plain_world: World) -> None:
    plain_world.clock.move_to(local(2026, 7, 1))
    await occasion(plain_world, "vinh-bao-2026", quota=1, reading="a", starts_at=local(2026, 9, 29, 14))
    meeting = await meeting_of(plain_world, "vinh-bao-2026")

    assert (await running(plain_world, meeting.id))[ClockKind.NOTICE] == date(2026, 9, 22)


async def test_a_number_below_the_law_is_listed_and_a_person_decides_it_with_a_reason(plain_world: World) -> None:
    """R210: until somebody has decided, the stricter number holds."""
    plain_world.clock.move_to(local(2024, 7, 1))
    async with plain_world.store.unit() as uow:
        await load_plan(uow, with_days("an-duong-2024", 5))
        await uow.commit()
    secretary = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Thu")
    title = "Hội nghị đối thoại của Chủ tịch UBND xã năm 2024"
    await makes_meeting(secretary, title)
    await fixes_day(secretary, "15/08/2024", "14:00")
    meeting = await meeting_of(plain_world, "an-duong-2024")
    assert (await running(plain_world, meeting.id))[ClockKind.NOTICE] == date(2024, 8, 8)

    await goes_to(secretary, "Kế hoạch ghi thông báo trước 5 ngày, luật quy định ít nhất 7 ngày")
    await secretary.presses("5 ngày, theo kế hoạch")
    assert "Vì sao" in secretary.hears() or "lý do" in secretary.hears()
    await secretary.says("Thường trực Đảng ủy thống nhất ngày 2/7/2024")

    assert (await running(plain_world, meeting.id))[ClockKind.NOTICE] == date(2024, 8, 10)
    plan = await plan_called(plain_world, "an-duong-2024")
    assert plan.decided.clocks.notice.source is RuleSource.DECIDED
    assert plan.chosen["notice-below-law"]["why"] == "Thường trực Đảng ủy thống nhất ngày 2/7/2024"
    await secretary.taps_code(f"planpoint.{plan.id}.notice-below-law")
    await secretary.presses("7 ngày, theo luật")
    await secretary.says("Làm theo luật")
    assert (await running(plain_world, meeting.id))[ClockKind.NOTICE] == date(2024, 8, 8)


async def test_fewer_days_than_the_law_need_a_reason_and_more_do_not(plain_world: World) -> None:
    await load(plain_world, "an-duong-2024")
    secretary = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Thu")
    await goes_to(secretary, "Thông báo rộng rãi trước ngày đối thoại bao nhiêu ngày?")
    assert "luật quy định ít nhất 7 ngày" in secretary.hears()
    await secretary.says("6 ngày")
    await secretary.says("Theo chỉ đạo của Huyện ủy")
    plan = await plan_called(plain_world, "an-duong-2024")
    assert (plan.decided.clocks.notice.number, plan.chosen["notice-days"]["why"]) == (6, "Theo chỉ đạo của Huyện ủy")

    await secretary.taps_code(f"planpoint.{plan.id}.notice-days")
    await secretary.says("10 ngày")
    assert "Đã ghi" in secretary.hears()
    assert (await plan_called(plain_world, "an-duong-2024")).chosen["notice-days"]["why"] == ""


# --- the results ------------------------------------------------------------------------------------------------------


@pytest.fixture
async def held(plain_world: World) -> tuple[World, Phone, Meeting]:
    """The meeting of Vĩnh Bảo, of both sides, held on Tuesday 29 September 2026."""
    plain_world.clock.move_to(local(2026, 7, 1))
    await occasion(plain_world, "vinh-bao-2026", quota=1, reading="a", starts_at=local(2026, 9, 29, 14))
    secretary = await plain_world.staff(Role.SECRETARY, "VB", "Lê Thị Thu")
    await holds(plain_world, secretary, date(2026, 9, 29))
    return plain_world, secretary, await meeting_of(plain_world, "vinh-bao-2026")


async def test_ten_days_after_the_meeting_its_results_are_public(held: tuple[World, Phone, Meeting]) -> None:
    world, secretary, meeting = held
    assert await running(world, meeting.id) == {ClockKind.RESULTS: date(2026, 10, 9)}, "and no other clock is left"

    world.clock.move_to(local(2026, 10, 2, 7, 35))
    await run_sweep(world.store.unit)
    await world.settle()
    assert "công khai kết quả buổi đối thoại" in secretary.reads()
    await secretary.presses("📢 Công khai kết quả")
    said = secretary.hears()
    assert "09/10/2026" in said
    assert "theo luật" in said
    assert "niêm yết tại trụ sở: chưa" in said

    await secretary.presses("Đã niêm yết tại trụ sở")
    await secretary.presses("Hôm nay")
    assert "✓ niêm yết tại trụ sở: 02/10/2026" in secretary.hears()
    await secretary.presses("Đã gửi trưởng thôn, tổ")
    await secretary.says("1/10")
    assert "✓ gửi trưởng thôn, tổ: 01/10/2026" in secretary.hears()
    await secretary.presses("Đã đưa lên đài, báo, mạng")
    await secretary.says("30/9/2026")
    assert "Đã công khai đủ kết quả" in secretary.hears()
    assert await running(world, meeting.id) == {}

    await secretary.says("/dieuhanh")
    await secretary.presses("📢 Công khai kết quả")
    assert "✓ trên phương tiện thông tin đại chúng: 30/09/2026" in secretary.hears()


async def test_one_act_tells_every_hamlet_its_head_and_the_loudspeakers(held: tuple[World, Phone, Meeting]) -> None:
    """R211: what is left is to read out and to hang up, and whoever does it says so; the clock ends by it."""
    world, secretary, meeting = held
    async with world.store.reading() as uow:
        first, second, *_ = await uow.meetings.hamlets(meeting.id) or await uow.places.hamlets(meeting.unit_id)
    lan = await world.resident(first.code, "Trần Thị Lan")
    head = await world.staff(Role.HAMLET_HEAD, first.code, "Ông Trưởng Thôn")
    radio = await world.staff(Role.BROADCASTER, "VB", "Bà Loan")
    world.clock.move_to(local(2026, 9, 30, 9))
    await secretary.taps_code(f"madepublic.{meeting.id}")
    assert "Chưa nhắn đến các thôn, tổ" in secretary.hears()
    await secretary.presses("📣 Công khai kết quả ngay")
    assert "📊 Kết quả buổi đối thoại" in secretary.hears(), "what goes out is read before it does"
    assert "📊" not in lan.hears()
    await secretary.presses("Gửi")
    assert f"Chưa nhắn được cho trưởng thôn, tổ ở: {second.name}" in secretary.hears()
    await world.settle()
    assert "Câu hỏi đã nhận: 0" in lan.hears()
    await lan.presses("Xem kết quả")
    assert "Kết quả buổi đối thoại" in lan.hears()

    assert "Xin giúp ba việc" in head.hears()
    await head.presses("📢 Bài đọc loa")
    assert "thứ ba ngày hai mươi chín tháng chín" in head.hears()
    await head.taps_code(f"resultssheet.1.{first.id}")
    waits, shown = head.news()
    assert "⏳ Đang lập: Tờ kết quả để niêm yết" in waits.text
    assert shown.attachments
    await head.presses("Đã dán tờ kết quả")
    assert f"{first.name} dán tờ kết quả" in head.hears()
    assert set((await meeting_of(world, "vinh-bao-2026")).results_public) == set(), "the law means the seat"
    for code in (f"resultssheet.1.{second.id}", f"hung.1.{meeting.unit_id}", f"madepublicsend.{meeting.id}"):
        await head.taps_code(code)
        assert "Không tìm thấy" in head.hears()

    assert "Sau đây là kết quả Hội nghị đối thoại" in radio.hears()
    await radio.presses("Vừa phát xong")
    await radio.says("/phatthanh")
    assert "đã phát lúc" in radio.reads()
    await secretary.presses("Đã dán tờ kết quả")
    await secretary.taps_code(f"madepublic.{meeting.id}")
    said = secretary.hears()
    for line in ("✓ trên phương tiện thông tin đại chúng: 30/09/2026", "✓ niêm yết tại trụ sở: 30/09/2026"):
        assert line in said
    assert "• Loa: 09:00, 30/09/2026, xã Vĩnh Bảo (Bà Loan xác nhận)" in said
    assert "gửi trưởng thôn, tổ: chưa" in said
    assert await running(world, meeting.id) == {ClockKind.RESULTS: date(2026, 10, 9)}
    await secretary.presses("Đã gửi trưởng thôn, tổ")
    await secretary.presses("Hôm nay")
    assert await running(world, meeting.id) == {}
    await secretary.taps_code(f"madepublicsend.{meeting.id}")
    assert "đã nhắn đi lúc" in secretary.hears()

    world.clock.move_to(local(2026, 10, 12, 9))
    await radio.says("/phatthanh")
    assert "không có bài nào cần phát" in radio.hears()


async def test_where_every_head_is_told_that_means_is_proved_and_every_loudspeaker_together_the_other(
    plain_world: World,
) -> None:
    """A joint meeting for two hamlets; nothing is announced before it has ended."""
    world = plain_world
    world.clock.move_to(local(2026, 7, 1))
    made = await occasion(world, "vinh-bao-2026", quota=1, reading="a", starts_at=local(2026, 9, 29, 14))
    heads = [await world.staff(Role.HAMLET_HEAD, one.code, f"Trưởng thôn {one.name}") for one in made.units[:2]]
    async with world.store.unit() as uow:
        uow.session.add_all(MeetingHamlet(made.meeting.id, one.id) for one in made.units[:2])
        with pytest.raises(RuleBroken, match="meeting_not_held"):
            await announce_results(uow, by=made.office, meeting_id=made.meeting.id)
        await uow.commit()
    secretary = await world.staff(Role.SECRETARY, "VB", "Lê Thị Thu")
    await secretary.taps_code(f"madepublic.{made.meeting.id}")
    assert "Không tìm thấy" in secretary.hears(), "there is nothing to make public yet"
    await holds(world, secretary, date(2026, 9, 29))
    await secretary.taps_code(f"madepublicnow.{made.meeting.id}")
    await secretary.presses("Gửi")
    assert "Trưởng thôn, tổ nào cũng đã nhận việc" in secretary.hears()
    await world.settle()
    for phone, hamlet in zip(heads, made.units, strict=False):
        assert set((await meeting_of(world, "vinh-bao-2026")).results_public) == {"heads"}
        await phone.taps_code(f"aired.1.{hamlet.id}")
        assert "Đã ghi: loa" in phone.hears()
    assert set((await meeting_of(world, "vinh-bao-2026")).results_public) == {"heads", "media"}
    await heads[0].taps_code("resultssheet.99.1")
    assert "Không tìm thấy" in heads[0].hears()
    elsewhere = await world.staff(Role.BROADCASTER, made.units[2].code, "Bà Loan")
    await elsewhere.says("/phatthanh")
    assert "không có bài nào cần phát" in elsewhere.hears(), "the meeting was not for that hamlet"


async def test_what_is_told_counts_the_conclusion_and_what_became_of_questions(
    held: tuple[World, Phone, Meeting],
) -> None:
    """Five items are read out, of the rest it is said how many there are; the sheet is of results alone."""
    world, _, meeting = held
    async with world.store.unit() as uow:
        unit = await uow.places.unit(meeting.unit_id)
        [by, *_] = await uow.people.holders(Role.SECRETARY, unit)
        given = (QuestionKind.QUESTION, "Đường hỏng", "Đường hỏng", by.id, uow.now, meeting.id)
        open_one, answered = (Question(unit.id, f"VB-2026-{number}", *given) for number in (1, 2))
        answered.state, answered.answered_at = QuestionState.ANSWERED, uow.now
        uow.session.add(open_one)
        await uow.flush()
        script = await results_script(uow, meeting)
        assert [one.key for one in script.params["counts"]] == ["madepublic.read_unanswered", "madepublic.read_left"]
        uow.session.add(answered)
        await uow.flush()
        script = await results_script(uow, meeting)
        assert [one.key for one in script.params["counts"]] == ["madepublic.read_received", "madepublic.read_left"]
        for number in range(1, 8):
            item = ConclusionItem(meeting.id, number, "Sửa đường.", None, "Văn phòng", None, by.id, uow.now)
            uow.session.add(item)
        await uow.flush()
        assert (await results_news(uow, meeting)).params["conclusion"] == Term("madepublic.items", {"count": 7})
        read = (await results_script(uow, meeting)).params["items"]
        assert (len(read), read[-1]) == (6, Term("madepublic.read_more", {"count": "hai"}))
        other = Notice(meeting.id, "Thông báo", by.id, uow.now, meeting.starts_at, meeting.venue)
        notice = await uow.meetings.add_notice(other)
        with pytest.raises(NotFound):
            await require_results_sheet(uow, by=by, notice_id=notice.id, place_id=unit.id)
    async with world.store.unit() as uow:
        plan = await uow.plans.get(meeting.plan_id)
        asked = OpenQuestion(CONCLUSION_DOCUMENT, "Có ban hành kết luận không?", "Không nêu.", (Option("no", "Không"),))
        plan.profile = replace(plan.profile, open=(*plan.profile.open, asked))
        plan.choices = {**plan.choices, CONCLUSION_DOCUMENT: "no"}
        assert (await results_news(uow, meeting)).params["conclusion"] == "", "where none is issued, none is promised"


async def test_the_desk_makes_them_public_and_notes_what_was_done(held: tuple[World, Phone, Meeting]) -> None:
    world, secretary, meeting = held
    desk = await sit_down(desk_app(world), secretary)
    path = f"/buoi/{meeting.id}/ket-qua"
    await desk.opens(path)
    assert "📊 Kết quả buổi đối thoại" in desk.reads()
    assert re.search(r'href="[^"]+kind=results_sheet[^"]+">Tờ kết quả để niêm yết', desk.page), "what is hung up"
    await desk.sends(f"{path}/cong-khai", form="announce")
    assert (desk.status, "cần xác nhận trong trò chuyện" in desk.reads()) == (422, True)
    await world.settle()
    assert "công khai kết quả một buổi đối thoại tới mọi người" in secretary.hears()
    await secretary.presses("Đúng là tôi")
    await desk.sends(f"{path}/cong-khai", form="announce")
    assert "Chưa nhắn được cho trưởng thôn, tổ ở: " in desk.reads()
    assert "Đã nhắn đến các thôn, tổ lúc 16:30, 29/09/2026" in desk.reads()
    for day, said in (("", "Xin chọn ngày"), ("2026-09-28", "từ ngày đối thoại 29/09/2026")):
        await desk.sends(f"{path}/da-lam", form="means", means="posted", day=day)
        assert (desk.status, said in desk.reads()) == (422, True)
    await desk.sends(f"{path}/da-lam", form="means", means="posted", day="2026-09-29")
    assert "✓ niêm yết tại trụ sở: 29/09/2026" in desk.reads()
    await desk.sends(f"{path}/da-lam", form="means", means="shouted", day="2026-09-29")
    assert desk.status == 404


async def test_the_desk_says_today_until_when_they_have_to_be_public(held: tuple[World, Phone, Meeting]) -> None:
    """The ten days begin when the meeting is over: it still is something to do, and leads to where it is done."""
    world, secretary, meeting = held
    app = desk_app(world)
    desk = await sit_down(app, secretary)
    assert "Việc của buổi đối thoại đến hạn 1" in desk.reads()
    assert "(hạn 09/10/2026, thứ Sáu) Công khai kết quả buổi đối thoại" in desk.reads()
    assert f'href="/ban-lam-viec/buoi/{meeting.id}/ket-qua"' in desk.page
    watching = await sit_down(app, await world.staff(Role.SUPERVISOR, "VB", "Bùi Văn Sát"))
    assert f'href="/ban-lam-viec/buoi/{meeting.id}"' in watching.page, "who watches it reads its card"
    assert "ket-qua" not in watching.page
    await desk.sends(f"/buoi/{meeting.id}/ket-qua/da-lam", form="means", means="media", day="2026-09-29")
    for means in ("posted", "heads"):
        await desk.sends(f"/buoi/{meeting.id}/ket-qua/da-lam", form="means", means=means, day="2026-09-29")
    await desk.opens()
    assert "Việc của buổi đối thoại" not in desk.reads(), "nothing is owed any more"


async def test_late_results_are_said_to_the_chair_too(held: tuple[World, Phone, Meeting]) -> None:
    world, secretary, _ = held
    chair = await world.staff(Role.CHAIR, "VB", "Ông Bí Thư")
    secretary.reads()
    world.clock.move_to(local(2026, 10, 12, 7, 35))
    await run_sweep(world.store.unit)
    await world.settle()

    for phone in (secretary, chair):
        assert "công khai kết quả buổi đối thoại" in phone.reads()


async def test_a_day_that_cannot_be_is_refused_and_asked_again(held: tuple[World, Phone, Meeting]) -> None:
    world, secretary, meeting = held
    await secretary.taps_code(f"madepublicby.{meeting.id}.posted")
    await secretary.says("28/9/2026")
    assert "từ ngày đối thoại 29/09/2026 đến hôm nay 29/09/2026" in secretary.hears()
    await secretary.presses("Hôm nay")
    assert "✓ niêm yết tại trụ sở: 29/09/2026" in secretary.hears()

    lan = await world.resident("VB-dong", "Trần Thị Lan")
    for phone, code in ((secretary, f"madepublicby.{meeting.id}.shouted"), (lan, f"madepublic.{meeting.id}")):
        await phone.taps_code(code)
        assert "Không tìm thấy" in phone.hears()


async def test_what_was_said_is_said_once(held: tuple[World, Phone, Meeting]) -> None:
    world, _, meeting = held
    async with world.store.unit() as uow:
        [by, *_] = await uow.people.holders(Role.SECRETARY, await uow.places.unit(meeting.unit_id))
        await publish_results(uow, by=by, meeting_id=meeting.id, means=ResultsMeans.MEDIA, on=uow.today)
        with pytest.raises(ChangedMeanwhile):
            await publish_results(uow, by=by, meeting_id=meeting.id, means=ResultsMeans.MEDIA, on=uow.today)
        with pytest.raises(RuleBroken, match="results_day"):
            await publish_results(uow, by=by, meeting_id=meeting.id, means=ResultsMeans.HEADS, on=date(2026, 9, 1))


async def test_a_meeting_of_the_party_alone_owes_no_such_thing(plain_world: World) -> None:
    plain_world.clock.move_to(local(2025, 7, 1))
    await load(plain_world, "tuyet-diem-2025")
    secretary = await plain_world.staff(Role.SECRETARY, "TD", "Lê Thị Thu")
    await makes_meeting(secretary, "Đối thoại với Nhân dân thôn Tuyết Diêm 1 và Tuyết Diêm 2")
    await fixes_day(secretary, "30/09/2025", "14:00")
    meeting = await meeting_of(plain_world, "tuyet-diem-2025")
    async with plain_world.store.unit() as uow:
        [by, *_] = await uow.people.holders(Role.SECRETARY, await uow.places.unit(meeting.unit_id))
        with pytest.raises(NotFound):
            await publish_results(uow, by=by, meeting_id=meeting.id, means=ResultsMeans.MEDIA, on=uow.today)
    await holds(plain_world, secretary, date(2025, 9, 30))

    assert await running(plain_world, meeting.id) == {}
    await secretary.taps_code(f"madepublic.{meeting.id}")
    assert "Luật không đặt hạn cho buổi này" in secretary.hears()
    await secretary.presses("📣 Công khai kết quả ngay")
    await secretary.presses("Gửi")
    assert "Đã công khai." in secretary.hears(), "people are told all the same (R020)"
    await secretary.presses("Đã dán tờ kết quả")
    assert (await meeting_of(plain_world, "tuyet-diem-2025")).results_public == {}
    async with plain_world.store.unit() as uow:
        with pytest.raises(NotFound):
            await publish_results(uow, by=by, meeting_id=meeting.id, means=ResultsMeans.MEDIA, on=uow.today)


async def test_meetings_before_march_2025_owe_no_such_thing(plain_world: World) -> None:
    plain_world.clock.move_to(local(2024, 7, 1))
    await load(plain_world, "an-duong-2024")
    secretary = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Thu")
    await makes_meeting(secretary, "Hội nghị đối thoại của Chủ tịch UBND xã năm 2024")
    await fixes_day(secretary, "15/08/2024", "14:00")
    await holds(plain_world, secretary, date(2024, 8, 15))

    assert await running(plain_world, (await meeting_of(plain_world, "an-duong-2024")).id) == {}


def test_the_ten_days_step_over_the_holidays_of_september_2026() -> None:
    """1 and 2 September are holidays, 31 August is off for Saturday 22 August: what ends then ends on the 3rd."""
    for held_on, due_on in (
        (date(2026, 8, 18), date(2026, 8, 28)),
        (date(2026, 8, 19), date(2026, 9, 3)),  # Saturday the 29th
        (date(2026, 8, 21), date(2026, 9, 3)),  # Monday the 31st
        (date(2026, 8, 23), date(2026, 9, 3)),  # the National Day itself
        (date(2026, 8, 24), date(2026, 9, 3)),
        (date(2026, 8, 12), date(2026, 8, 22)),  # a Saturday that is worked
        (date(2026, 8, 25), date(2026, 9, 4)),
    ):
        counted = due(rule_for(ClockKind.RESULTS), held_on, working_days())
        assert counted.due_on == due_on, held_on


def test_the_command_line_says_the_date_and_who_set_it(doithoai: Command) -> None:
    status, out, err = doithoai("clock", "results", "2026-09-29", "--plan", "vinh-bao-2026")
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "2026-10-09"
    assert "10 ngày kể từ ngày đối thoại 29/09/2026" in out
    assert "theo luật" in out
    assert doithoai("clock", "results", "2026-09-30", "--plan", "vinh-bao-2026")[1].startswith("2026-10-12"), "rolled"
    assert "theo luật" in doithoai("clock", "notice", "2026-09-29", "--plan", "vinh-bao-2026")[1]

    refused(doithoai("clock", "results", "2025-09-29", "--plan", "tuyet-diem-2025"), "a plan of the Party alone")
    refused(doithoai("clock", "results", "2024-08-15", "--plan", "an-duong-2024"), "before 2025-03-01")


async def test_a_number_nobody_decided_about_is_asked_about_anew(plain_world: World) -> None:
    """The yes was to five days; a plan loaded again with three is another contradiction."""
    plain_world.clock.move_to(local(2024, 7, 1))
    async with plain_world.store.unit() as uow:
        await load_plan(uow, with_days("an-duong-2024", 5))
        await uow.commit()
    secretary = await plain_world.staff(Role.SECRETARY, "AD", "Lê Thị Thu")
    await makes_meeting(secretary, "Hội nghị đối thoại của Chủ tịch UBND xã năm 2024")
    await fixes_day(secretary, "15/08/2024", "14:00")
    meeting = await meeting_of(plain_world, "an-duong-2024")
    plan = await plan_called(plain_world, "an-duong-2024")
    await secretary.taps_code(f"planpoint.{plan.id}.notice-below-law")
    await secretary.presses("5 ngày, theo kế hoạch")
    await secretary.says("Thường trực Đảng ủy thống nhất ngày 2/7/2024")
    for days, due_on in ((5, date(2024, 8, 10)), (3, date(2024, 8, 8))):
        async with plain_world.store.unit() as uow:
            await load_plan(uow, with_days("an-duong-2024", days))
            await uow.commit()
        assert (await running(plain_world, meeting.id))[ClockKind.NOTICE] == due_on, days
    await secretary.taps_code(f"planpoint.{plan.id}.notice-below-law")
    await secretary.presses("3 ngày, theo kế hoạch")
    await secretary.says("Thường trực thống nhất lại")
    assert (await running(plain_world, meeting.id))[ClockKind.NOTICE] == date(2024, 8, 12)
    kept = (await plan_called(plain_world, "an-duong-2024")).chosen["notice-below-law"]
    assert [one["why"] for one in (*kept["earlier"], kept)] == [
        "Thường trực Đảng ủy thống nhất ngày 2/7/2024",
        "Thường trực thống nhất lại",
    ]
    await secretary.taps_code(f"plandecided.{plan.id}")
    assert "3 ngày, theo kế hoạch" in secretary.hears()


async def test_a_yes_to_results_at_the_desk_is_to_those_that_were_shown(held: tuple[World, Phone, Meeting]) -> None:
    world, secretary, meeting = held
    desk = await sit_down(desk_app(world), secretary)
    path = f"/buoi/{meeting.id}/ket-qua"
    await desk.opens(path)
    await desk.sends(f"{path}/cong-khai", form="announce")
    await world.settle()
    await secretary.presses("Đúng là tôi")
    async with world.store.unit() as uow:
        [by, *_] = await uow.people.holders(Role.SECRETARY, await uow.places.unit(meeting.unit_id))
        given = (QuestionKind.QUESTION, "Đường hỏng", "Đường hỏng", by.id, uow.now, meeting.id)
        uow.session.add(Question(meeting.unit_id, "VB-2026-0001", *given))
        await uow.commit()
    await desk.sends(f"{path}/cong-khai", form="announce")
    assert (desk.status, "cần xác nhận trong trò chuyện" in desk.reads()) == (422, True)
    await world.settle()
    await secretary.presses("Đúng là tôi")
    await desk.sends(f"{path}/cong-khai", form="announce")
    assert "Đã nhắn đến các thôn, tổ lúc" in desk.reads()
