"""A plan is loaded again with other limits, a meeting's day is fixed or moved: the dates that hang on it follow."""

import tomllib
from collections.abc import Callable
from datetime import date, datetime

import pytest
import sqlalchemy as sa

from intake.actions.deadlines.clocks import start_clock
from intake.actions.meetings.fix_meeting import fix_meeting
from intake.actions.plan.choose_reading import read_again
from intake.actions.plan.load_plan import LoadedPlan, load_plan
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.clock_settings import DEFAULTS
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import MeetingState
from intake.rules.people.person import Role
from intake.rules.plan import window
from intake.rules.plan.profile_parse import parse_profile
from intake.rules.plan.window import Precision
from scheduler.enforcement import keep_calendar
from tests.conftest import PLANS, load
from tests.support.deadlines import Office, ask, open_office, take_on
from tests.support.meetings import APRIL, fixes_day, makes_meeting
from tests.support.stories import planned_meeting
from tests.support.world import Phone, World, local

JULY = "Đối thoại tháng 7 năm 2024"
BOTH = "Thời gian: Quý III năm 2026"


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def loads_again(world: World, change: Callable[[str], str], code: str = "di-lang-2024") -> LoadedPlan:
    """`doithoai plans load` of a profile somebody has edited."""
    text = (PLANS / f"{code}.toml").read_text("utf-8")
    assert change(text) != text
    async with world.store.unit() as uow:
        loaded = await load_plan(uow, parse_profile(tomllib.loads(change(text)), name=code))
        await uow.commit()
    await world.settle()
    return loaded


def notice_a_week_before(text: str) -> str:
    return text.replace("[clocks.notice]\ndays = 5\n", "[clocks.notice]\ndays = 7\n")


def another_title(text: str) -> str:
    return text.replace("title = ", 'title = "Sửa: " # ', 1)


async def test_a_plan_loaded_again_with_another_limit_moves_its_dates_and_says_so_once(
    world: World, office: Office
) -> None:
    await makes_meeting(office.secretary, APRIL)
    office.read()

    loaded = await loads_again(world, notice_a_week_before)

    assert [(one.kind, one.was, one.due_on) for one in loaded.clocks.moved] == [
        (ClockKind.NOTICE, date(2024, 3, 27), date(2024, 3, 25))
    ]
    told = office.read()
    assert set(told) == {"secretary"}
    assert "đổi từ 27/03/2024 (thứ Tư) sang 25/03/2024 (thứ Hai)" in told["secretary"]
    assert f"kế hoạch “{loaded.plan.title}” được sửa đổi" in told["secretary"]
    await office.secretary.says("/buoimoi")
    await office.secretary.presses(f"🗓 {APRIL}")
    assert "chậm nhất 25/03/2024" in office.secretary.hears()


async def test_a_plan_loaded_again_with_the_same_limits_computes_nothing(world: World, office: Office) -> None:
    await makes_meeting(office.secretary, APRIL)
    office.read()

    loaded = await loads_again(world, another_title)

    assert loaded.clocks.computed == 0
    assert office.read() == {}


async def test_what_runs_under_another_unit_is_not_even_read(world: World, office: Office) -> None:
    await take_on(world, await ask(office.asker))
    await load(world, "vinh-bao-2026")
    office.read()

    loaded = await loads_again(
        world, lambda text: text.replace("[clocks.reply]\n", "[clocks.reply]\ndays = 20\n"), "vinh-bao-2026"
    )

    assert loaded.clocks.computed == 0
    assert office.read() == {}


async def test_a_changed_plan_is_computed_once_more_and_then_owed_no_longer(world: World, office: Office) -> None:
    await makes_meeting(office.secretary, APRIL)
    await loads_again(world, notice_a_week_before)
    office.read()
    world.clock.move(minutes=2)
    await keep_calendar(world.store.unit, culture_day=True)
    await world.settle()
    assert office.read() == {}
    async with world.store.unit() as uow:
        assert await uow.overrides.owed(uow.now) == []


async def test_fixing_and_moving_the_day_tells_the_other_secretaries_what_moved(world: World, office: Office) -> None:
    """R065: notice and preparation are counted from the day; whoever fixes it sees them on the card."""
    other = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    await makes_meeting(office.secretary, APRIL)
    await fixes_day(office.secretary, "25/04/2024")

    told = other.reads()
    assert told.count("📅") == 1
    assert "Có 2 hạn được tính lại" in told
    assert "đổi từ 27/03/2024 (thứ Tư) sang 20/04/2024 (thứ Bảy)" in told
    assert "đổi từ 21/03/2024 (thứ Năm) sang 15/04/2024 (thứ Hai)" in told
    assert f"đã ấn định buổi “{APRIL}” vào ngày 25/04/2024" in told
    assert "được tính lại" not in office.secretary.hears()

    await office.secretary.says("/buoimoi")
    await office.secretary.presses(f"🗓 {APRIL}")
    await office.secretary.presses("Đổi ngày")
    await office.secretary.says("26/04/2024")
    await office.secretary.says("08:00")
    await office.secretary.presses("Bỏ qua")
    await office.secretary.presses("Gửi")
    told = other.reads()
    assert told.count("📅") == 1
    assert f"buổi “{APRIL}” chuyển sang ngày 26/04/2024" in told
    async with world.store.reading() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        [meeting] = await uow.meetings.of_plan(plan.id)
        clocks = {clock.kind: clock for clock in await uow.clocks.of_meeting(meeting.id)}
    notice = clocks[ClockKind.NOTICE]
    assert (notice.due_on, notice.anchor_on) == (date(2024, 4, 21), date(2024, 4, 26))
    assert [entry["due_on"] for entry in notice.history] == ["2024-03-27", "2024-04-20"]
    assert [entry["reason"]["$term"] for entry in notice.history] == ["moved.meeting_fixed", "moved.meeting_moved"]


async def secretary_of_vinh_bao(world: World) -> Phone:
    world.clock.move_to(local(2026, 7, 1))
    await load(world, "vinh-bao-2026")
    return await world.staff(Role.SECRETARY, "VB", "Phạm Thị Thu")


async def unread_meeting(world: World) -> int:
    """A meeting made when nobody saw that the plan can be read in two ways."""
    meeting = await planned_meeting(world, title="Hội nghị đối thoại năm 2026", plan="vinh-bao-2026")
    async with world.store.unit() as uow:
        stored = await uow.meetings.get(meeting.id, lock=True)
        stored.session_key = "hoi-nghi"
        stored.window_from, stored.window_to, stored.precision = date(2026, 8, 1), date(2026, 8, 31), Precision.MONTH
        await start_clock(uow, ClockKind.NOTICE, window.month(2026, 8), settings=DEFAULTS, meeting=stored)
        await uow.commit()
    return meeting.id


async def test_a_meeting_of_a_contradictory_plan_cannot_be_fixed_before_a_person_has_chosen(world: World) -> None:
    """R064: the card offers the choice instead of the day; then it says who chose, when and why."""
    thu = await secretary_of_vinh_bao(world)
    other = await world.staff(Role.SECRETARY, "VB", "Lê Thị Minh Thư")
    meeting_id = await unread_meeting(world)
    await thu.says("/buoimoi")
    await thu.presses("🗓 Hội nghị đối thoại năm 2026")
    assert not thu.sees_button("Ấn định ngày")
    await thu.taps_code(f"fix.{meeting_id}")
    assert "Kế hoạch hiểu được nhiều cách" in thu.hears()

    await thu.taps_code(f"meetingcard.{meeting_id}")
    await thu.presses("Chọn cách hiểu kế hoạch")
    assert BOTH in thu.hears()
    await thu.says("cách nào cũng được")
    assert "Xin chọn một mục bên dưới" in thu.hears()
    await thu.presses("Cách b")
    await thu.sends_photo(b"\xff\xd8\xff\xe0 a picture")
    assert "Vì sao chọn cách b?" in thu.hears()
    await thu.says("…")
    assert "Vì sao chọn cách b?" in thu.hears(), "dots are no reason"
    await thu.says("Theo kết luận số 12 của Thường trực Đảng ủy")
    assert "cách b" in thu.hears()
    told = other.reads()
    assert "đổi từ 27/07/2026 (thứ Hai) sang 24/06/2026 (thứ Tư)" in told, (
        "7 days by law before the window, from 1 July"
    )
    assert "kế hoạch được hiểu theo cách b" in told
    await thu.presses("Xem buổi")
    card = thu.hears()
    assert "Kế hoạch hiểu theo cách b" in card
    assert "Phạm Thị Thu chọn lúc 08:00, 01/07/2026" in card
    assert "lý do: Theo kết luận số 12 của Thường trực Đảng ủy" in card
    await fixes_day(thu, "15/10/2026")

    async with world.store.unit() as uow:  # as the first version recorded it: the choice alone
        plan = await uow.plans.by_code("vinh-bao-2026")
        assert plan is not None
        plan.chosen = {}
        await uow.commit()
    await thu.taps_code(f"meetingcard.{meeting_id}")
    assert "Kế hoạch hiểu theo cách b" in thu.hears()
    assert "lý do" not in thu.hears()


async def test_the_choice_is_kept_once_by_those_who_may(world: World) -> None:
    thu = await secretary_of_vinh_bao(world)
    meeting_id = await unread_meeting(world)
    async with world.store.unit() as uow:
        meeting = await uow.meetings.get(meeting_id)
        unit = await uow.places.unit(meeting.unit_id)
        [secretary] = await uow.people.holders(Role.SECRETARY, unit)
        arguments = {"by": secretary, "meeting_id": meeting_id, "why": "Theo kết luận"}
        with pytest.raises(RuleBroken, match="reading_open"):
            await read_again(uow, **arguments, reading="c")
        with pytest.raises(RuleBroken, match="reading_open"):
            await fix_meeting(
                uow, by=secretary, meeting_id=meeting_id, starts_at=local(2026, 8, 20), venue="Nhà văn hoá"
            )
        with pytest.raises(RuleBroken, match=r"refusal\.reason"):
            await read_again(uow, by=secretary, meeting_id=meeting_id, reading="b", why=" ")
        meeting.state = MeetingState.FIXED
        read = await read_again(uow, **arguments, reading="b")
        assert read.window_to == date(2026, 8, 31), "a fixed day keeps the window it was chosen in"
        with pytest.raises(RuleBroken, match="reading_chosen"):
            await read_again(uow, **arguments, reading="a")
        meeting.state = MeetingState.HELD
        with pytest.raises(RuleBroken, match="meeting_over"):
            await read_again(uow, **arguments, reading="a")
    assert thu.hears() == ""


async def test_a_plan_that_can_be_read_one_way_only_offers_no_choice(world: World, office: Office) -> None:
    meeting = await planned_meeting(world)
    await office.secretary.taps_code(f"reading.{meeting.id}")
    assert "Không tìm thấy" in office.secretary.hears()
    async with world.store.unit() as uow:
        unit = await uow.places.unit(meeting.unit_id)
        [secretary] = await uow.people.holders(Role.SECRETARY, unit)
        with pytest.raises(NotFound):
            await read_again(uow, by=secretary, meeting_id=meeting.id, reading="a", why="Theo kết luận")
    await office.asker.taps_code(f"reading.{meeting.id}")
    assert "Không tìm thấy" in office.asker.hears()


def in_may(text: str) -> str:
    return text.replace('window = "2024-04"', 'window = "2024-05"')


async def test_a_plan_loaded_again_with_another_time_moves_what_has_no_day_yet(world: World, office: Office) -> None:
    """R065: the window, the clocks that count from it, a word to the secretary, an entry in the audit trail."""
    await makes_meeting(office.secretary, APRIL)
    office.read()

    loaded = await loads_again(world, in_may)

    assert [meeting.title for meeting in loaded.moved] == [APRIL]
    assert loaded.kept == ()
    told = office.read()
    assert set(told) == {"secretary"}
    assert "nay dự kiến từ ngày 01/05/2024 đến ngày 31/05/2024 (trước đây từ ngày 01/04/2024" in told["secretary"]
    assert "sang 26/04/2024" in told["secretary"], "the notice, 5 days before 1 May"
    await office.secretary.says("/buoimoi")
    await office.secretary.presses(f"🗓 {APRIL}")
    assert "tháng 5/2024" in office.secretary.hears()
    assert "chậm nhất 26/04/2024" in office.secretary.hears()
    async with world.store.reading() as uow:
        entries = await uow.session.scalars(sa.select(AuditEntry).where(sa.column("act") == "take_window"))
        [entry] = entries.all()
    assert entry.detail == {"from": ["2024-04-01", "2024-04-30"], "to": ["2024-05-01", "2024-05-31"]}


async def test_a_meeting_with_its_day_keeps_it_and_the_secretary_hears_that_it_lies_outside(
    world: World, office: Office
) -> None:
    await makes_meeting(office.secretary, APRIL)
    await fixes_day(office.secretary)
    office.read()

    loaded = await loads_again(world, in_may)

    assert [meeting.title for meeting in loaded.kept] == [APRIL]
    assert loaded.moved == ()
    told = office.read()["secretary"]
    assert "đã ấn định lúc 08:00, 25/04/2024. Buổi giữ nguyên" in told
    async with world.store.reading() as uow:
        plan = await uow.plans.by_code("di-lang-2024")
        assert plan is not None
        [meeting] = await uow.meetings.of_plan(plan.id)
    assert meeting.window_from == date(2024, 4, 1)


async def test_a_fixed_day_that_fits_the_new_time_is_no_news(world: World, office: Office) -> None:
    await makes_meeting(office.secretary, APRIL)
    await fixes_day(office.secretary)
    office.read()
    loaded = await loads_again(world, lambda text: text.replace('window = "2024-04"', 'window = "2024-Q2"'))
    assert (loaded.moved, loaded.kept) == ((), ())
    assert office.read() == {}


async def test_what_nobody_has_read_yet_keeps_its_time(world: World) -> None:
    """A plan that contradicts itself is read by a person first; until then its meetings stay as they are."""
    await load(world, "vinh-bao-2026")
    await unread_meeting(world)
    loaded = await loads_again(world, another_title, "vinh-bao-2026")
    assert (loaded.moved, loaded.kept) == ((), ())


def without_preparation(text: str) -> str:
    before, _, rest = text.partition("[clocks.preparation]\n")
    return before + rest[rest.index("\n[") + 1 :]


@pytest.mark.parametrize(
    ("today", "prepared"),
    [
        (local(2024, 3, 4), {APRIL: date(2024, 4, 15), JULY: date(2024, 6, 20)}),
        (local(2024, 4, 16), {JULY: date(2024, 6, 20)}),
    ],
    ids=["in time", "too late for the first"],
)
async def test_a_preparation_that_is_new_in_the_plan_starts_for_the_meetings_there_are(
    world: World, office: Office, today: datetime, prepared: dict[str, date]
) -> None:
    """R070: the plan was loaded again with one, and nobody was ever reminded of it."""
    await loads_again(world, without_preparation)
    await makes_meeting(office.secretary, JULY)
    await makes_meeting(office.secretary, APRIL)
    await fixes_day(office.secretary, "25/04/2024")
    assert await preparations(world) == {}
    world.clock.move_to(today)

    await load(world, "di-lang-2024")
    assert await preparations(world) == prepared
    await load(world, "di-lang-2024")
    assert await preparations(world) == prepared


async def preparations(world: World) -> dict[str, date]:
    """The preparations that run, by the title of their meeting."""
    async with world.store.reading() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        return {
            meeting.title: clock.due_on
            for meeting in await uow.meetings.of_units([unit.id])
            for clock in await uow.clocks.of_meeting(meeting.id)
            if clock.kind is ClockKind.PREPARATION
        }
