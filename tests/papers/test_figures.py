"""Figures: what the database counts, what everybody may read of it, what the office enters of the years before."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from intake.actions.meetings.earlier_results import earlier_results_of
from intake.actions.papers.figures import enter_year, figure_sheet, public_sheet
from intake.actions.papers.read_figures import figures_for
from intake.rules.errors import NotFound, RuleBroken, TooLong
from intake.rules.meetings.meeting import MeetingState, Notice, NoticeKind, NoticePush
from intake.rules.meetings.notice import NoticeMeans, NoticeProof
from intake.rules.meetings.public_figures import public_figures
from intake.rules.papers.figures import (
    COUNTS,
    HAND_COUNTS,
    FigureScope,
    FigureSheet,
    FigureSplit,
    GroupTally,
    Tally,
    for_everybody,
    merged,
    tallied,
)
from intake.rules.papers.kinds import PaperKind
from intake.rules.papers.paper import Grid
from intake.rules.papers.periods import period_written
from intake.rules.people.person import Grant, Person, Role
from intake.rules.people.unit import Topic, UnitId
from intake.rules.questions.question import QuestionState, RoomOutcome
from papers.letters import width
from papers.sizes import SIZES
from papers.xlsx import xlsx_of
from storage.unit_of_work import Store
from tests.support.paper_check import parts_of
from tests.support.paper_facts import ordinary
from tests.support.village import Village, a_clock, a_meeting, a_question, build
from tests.support.world import Clock, local
from wording.figures import tables_with_charts
from wording.papers.figures import grid_of
from wording.papers.registry import worded

_S = QuestionState
ENDED = datetime(2026, 9, 10, 4, tzinfo=UTC)
LATE_EVENING = datetime(2026, 10, 12, 17, 30, tzinfo=UTC)
"""Half past midnight of the 13th in Việt Nam: the day after the reply was due."""


def group(name: str, received: int) -> GroupTally:
    return GroupTally(name, Tally(received=received, waiting=received))


def names_and_counts(groups) -> dict[str, int]:
    return {one.name: one.tally.received for one in groups}


def test_the_days_within_which_half_and_nine_of_ten_were_answered():
    tally = Tally(received=10, days=((30, 1), (2, 4), (5, 4), (9, 1)))
    assert (tally.days_for(50), tally.days_for(90), tally.days_for(100)) == (5, 9, 30)
    assert Tally(received=3, before=3).days_for(50) is None
    together = tallied([tally, Tally(received=1, in_time=1, days=((2, 1),))])
    assert (together.received, together.days) == (11, ((2, 5), (5, 4), (9, 1), (30, 1)))


def test_everybody_reads_no_group_so_small_that_it_tells_who_asked():
    """Neither by itself nor by what is missing from the whole."""
    hamlets = [group("Đông", 12), group("Tây", 7), group("Nam", 4), group("", 1)]
    assert names_and_counts(for_everybody(hamlets)) == {"Đông": 12, "Tây": 7, "": 5}
    one_small = [group("Đông", 12), group("Tây", 7), group("Nam", 1)]
    assert names_and_counts(for_everybody(one_small)) == {"Đông": 12, "": 8}
    assert for_everybody([group("Đông", 12), group("Nam", 4)]) == ()
    assert for_everybody([group("Đông", 3), group("Nam", 4)]) == ()
    none_small = [group("Đông", 5), group("Nam", 6), group("Bắc", 0)]
    assert names_and_counts(for_everybody(none_small)) == {"Đông": 5, "Nam": 6}
    assert names_and_counts(merged([group("", 1), group("Đông", 2), group("Đông", 3)])) == {"Đông": 5, "": 1}


def test_the_quarters_of_a_period_have_their_numbers_and_ends():
    scope = FigureScope(UnitId(1), date(2026, 8, 1), date(2027, 1, 31))
    assert [number for number, _ in scope.quarters] == [20263, 20264, 20271]
    assert scope.quarters[0][1].isoformat() == "2026-10-01T00:00:00+07:00"


@pytest.fixture
def clock() -> Clock:
    """The morning of 1 November 2026."""
    return Clock(local(2026, 11, 1))


async def filled(store: Store) -> tuple[Village, Person]:
    """A meeting of September 2026 with everything that can become of a question, and one question outside it."""
    village = await build(store)
    async with store.unit() as uow:
        secretary = await uow.people.add(Person("Trần Văn Thư", None, created_at=uow.now))
        await uow.people.give(Grant(secretary.id, Role.SECRETARY, village.commune.id, None, uow.now))
        await uow.people.give(Grant(village.resident.id, Role.OFFICIAL, village.commune.id, village.desk.id, uow.now))
        land = await uow.places.add_topic(Topic(village.commune.id, "dat-dai", "Đất đai", None, village.desk.id))
        conduct = await uow.places.add_topic(
            Topic(village.commune.id, "can-bo", "Cán bộ", None, village.desk.id, sensitive=True)
        )
        meeting = await uow.meetings.add(
            a_meeting(village, state=MeetingState.HELD, ended_at=ENDED, window_to=date(2026, 9, 10)), [village.east.id]
        )
        became = (
            {"state": _S.ANSWERED, "answered_at": ENDED - timedelta(days=1), "rating": "good"},
            {"state": _S.CLOSED, "answered_at": ENDED, "room_outcome": RoomOutcome.CLARIFIED},
            {"state": _S.ANSWERED, "answered_at": ENDED, "room_outcome": RoomOutcome.ANSWERED, "rating": "bad"},
            {"state": _S.ANSWERED, "answered_at": ENDED + timedelta(days=3)},
            {"state": _S.ANSWERED, "answered_at": LATE_EVENING},
            {"state": _S.TAKEN_ON},
            {"state": _S.DIRECTED, "room_outcome": RoomOutcome.DIRECTED},
            {"state": _S.REFERRED},
            {"state": _S.EXTENDED},
            {"state": _S.OUT_OF_SCOPE, "reason": "Việc của toà án"},
            {"state": _S.OUT_OF_SCOPE, "reason": "Chuyện kín", "sensitive": True, "topic_id": conduct.id},
            {"state": _S.GATHERED},
            {"state": _S.SEALED},
        )
        for number, values in enumerate(became, 1):
            about = {"meeting_id": meeting.id, "hamlet_id": village.east.id, "topic_id": land.id, **values}
            question = await uow.questions.add(
                a_question(village, f"VB-2026-{number:04}", ENDED - timedelta(days=9), **about, desk_id=village.desk.id)
            )
            await uow.clocks.add(a_clock(question, date(2026, 10, 12)))
        outside = {"state": _S.ANSWERED, "answered_at": ENDED + timedelta(days=40), "hamlet_id": village.west.id}
        await uow.questions.add(a_question(village, "VB-2026-0099", ENDED + timedelta(days=30), **outside))
        notice = await uow.meetings.add_notice(Notice(meeting.id, "Mời bà con", secretary.id, uow.now, ENDED))
        # that the results were announced later is no notice that a meeting comes
        await uow.meetings.add_notice(Notice(meeting.id, "", secretary.id, uow.now, ENDED, kind=NoticeKind.RESULTS))
        await uow.meetings.add_push(NoticePush(notice.id, village.east.id, secretary.id, uow.now, 42))
        await uow.proofs.add(
            NoticeProof(notice.id, village.east.id, NoticeMeans.LOUDSPEAKER, uow.now, secretary.id, uow.now)
        )
        await uow.commit()
    return village, secretary


async def test_the_database_counts_what_the_rules_count(store: Store) -> None:
    """The same questions one by one, as the public page counts a meeting."""
    village, secretary = await filled(store)
    async with store.unit() as uow:
        today = uow.today
        meeting = (await uow.meetings.of_plan(village.plan.id))[0]
        scope = FigureScope(village.commune.id, meeting.window_from, meeting.window_to, meeting.id)
        counted = tallied((await uow.figures.tallies(scope, FigureSplit.HAMLET, today)).values())
        asked = await uow.questions.of_meeting(meeting.id)
        by_rule = public_figures(asked, ENDED, await uow.clocks.owed_on([one.id for one in asked]), today)

        assert (counted.received, counted.before, counted.there) == (
            by_rule.received,
            by_rule.answered_before,
            by_rule.answered_there,
        )
        assert (counted.in_time, counted.late, counted.explained, counted.overdue) == (
            by_rule.in_time,
            by_rule.late,
            by_rule.explained,
            by_rule.overdue,
        )
        assert counted.referred + counted.extended == by_rule.forwarded
        assert (counted.waiting, counted.declined, counted.gathered) == (
            by_rule.in_progress,
            by_rule.not_answered,
            by_rule.gathered,
        )
        assert sum(getattr(counted, name) for name in COUNTS[1:10]) == counted.received == 12
        assert (counted.satisfied, counted.dissatisfied) == (1, 1)
        assert counted.days == ((3, 1), (33, 1))

        # what reports, the years beside each other and the public page list says the same as the figures themselves
        line, _ = await uow.results.between(village.commune.id, local(2026, 1, 1), local(2027, 1, 1))
        assert (line.meeting_id, line.received) == (meeting.id, counted.received)
        assert (line.before, line.there, line.later) == (1, 2, 2)
        assert (line.forwarded, line.declined, line.open, line.gathered) == (2, 2, 2, 1)

        year = await figures_for(uow, by=secretary, unit_id=village.commune.id, period="2026")
        groups = {split: names_and_counts(found) for split, found in year.groups}
        assert groups == {
            FigureSplit.MEETING: {"Đối thoại q2": 12, "": 1},
            FigureSplit.QUARTER: {"2026-Q3": 12, "2026-Q4": 1},
            FigureSplit.HAMLET: {"Thôn Đông": 12, "Thôn Tây": 1},
            FigureSplit.TOPIC: {"Đất đai": 11, "": 2},
            FigureSplit.DESK: {"Phòng Kinh tế": 12, "": 1},
        }
        assert year.reasons == (("Việc của toà án", 1),)
        assert [(one.hamlets, one.people, one.sent, one.proofs) for one in year.notices] == [(1, 42, 0, 1)]
        assert year.together.days_for(90) == 33
        one = await figures_for(uow, by=secretary, unit_id=village.commune.id, meeting_id=meeting.id)
        assert (one.title, one.together.received, one.years) == ("Đối thoại q2", 12, ())

        again = await uow.meetings.add(
            a_meeting(village, "q3", title=meeting.title, window_to=date(2026, 10, 20)), [village.east.id]
        )
        received = datetime(2026, 10, 20, 4, tzinfo=UTC)
        await uow.questions.add(a_question(village, "VB-2026-0100", received, meeting_id=again.id))
        year = await figures_for(uow, by=secretary, unit_id=village.commune.id, period="2026")
        assert names_and_counts(dict(year.groups)[FigureSplit.MEETING]) == {
            "Đối thoại q2 (10/09/2026)": 12,
            "Đối thoại q2 (20/10/2026)": 1,
            "": 1,
        }

        public = await public_sheet(uow, village.commune, 2026)
        told = {split: names_and_counts(found) for split, found in public.groups}
        assert FigureSplit.HAMLET not in told  # one question from the western hamlet: whose, everybody there knows
        assert FigureSplit.TOPIC not in told
        assert public.reasons == ()
        with pytest.raises(NotFound):
            await public_sheet(uow, village.commune, 2)


async def test_an_official_reads_the_whole_and_the_own_desk_and_nobody_else_anything(store: Store) -> None:
    village, _ = await filled(store)
    async with store.unit() as uow:
        official = village.resident
        sheet = await figures_for(uow, by=official, unit_id=village.commune.id, period="2026-Q3")
        assert {split: names_and_counts(found) for split, found in sheet.groups} == {
            FigureSplit.MEETING: {"Đối thoại q2": 12},
            FigureSplit.DESK: {"Phòng Kinh tế": 12},
        }
        assert (sheet.reasons, sheet.notices) == ((), ())
        stranger = await uow.people.add(Person("Người Nơi Khác", None, created_at=uow.now))
        for person, unit, period in (
            (stranger, village.commune, "2026"),
            (official, village.province, "2026"),
            (official, village.commune, "2026-Q9"),
        ):
            with pytest.raises(NotFound):
                await figures_for(uow, by=person, unit_id=unit.id, period=period)
        other = await uow.meetings.add(a_meeting(village, "q9", unit_id=village.province.id), [])
        with pytest.raises(NotFound):
            await figures_for(uow, by=official, unit_id=village.commune.id, meeting_id=other.id)


async def test_a_year_before_the_product_stands_beside_this_one_as_the_office_entered_it(store: Store) -> None:
    village, secretary = await filled(store)
    counts = dict(zip(HAND_COUNTS, (48, 20, 15, 5, 2, 6), strict=True))

    async def enter(year: int = 2025, source: str = "Báo cáo số 45-BC/ĐU", by: Person = secretary, **more: int) -> None:
        await enter_year(uow, by=by, unit_id=village.commune.id, year=year, counts=counts | more, source=source)

    async with store.unit() as uow:
        await enter(received=47, there=19)
        await enter(source="  Báo cáo số 45-BC/ĐU\nngày 05/01 ")  # entered once more, it takes the place of the first
        for refused in ({"year": 1999}, {"year": uow.today.year + 1}, {"received": 47}, {"open": -1}, {"source": " "}):
            with pytest.raises(RuleBroken):
                await enter(**refused)
        with pytest.raises(TooLong):
            await enter(source="dài " * 100)
        with pytest.raises(NotFound):
            await enter(by=village.resident)
        about = period_written("2026")
        assert about is not None
        sheet = await figure_sheet(uow, village.commune, about)
        assert [(one.year, one.results.received, one.source) for one in sheet.years] == [
            (2025, 48, "Báo cáo số 45-BC/ĐU ngày 05/01"),
            (2026, 13, ""),
        ]
        looked_back = await earlier_results_of(uow, village.plan, village.commune.id)
        assert [(one.year, one.together.received, one.together.forwarded) for one in looked_back] == [(2025, 48, 5)]


def test_no_word_of_a_title_is_torn_in_the_tables_of_a_document() -> None:
    """Measured with letters that are a tenth wider than those of the document, in the least wide of both layouts."""
    tally = Tally(received=5, waiting=5)
    groups = tuple((split, (GroupTally("Thôn Đông", tally), GroupTally("", tally))) for split in FigureSplit)
    sheet = FigureSheet("xã", "buổi", "", tally, groups, (("Việc khác", 1),), (), ())
    within = min(sizes.text_width for sizes in SIZES.values())
    for table, _ in tables_with_charts("vi", sheet)[1 : 1 + len(groups)]:
        grid = grid_of(table)
        shares = sum(column.share for column in grid.columns)
        for column in grid.columns:
            widest = max(width(word, 16, bold=True) for word in column.title.split())
            assert widest * 0.9 <= within * column.share // shares - 50, column.title


def test_a_spreadsheet_tells_of_each_group_what_a_page_has_no_room_for() -> None:
    """Who was satisfied, and what was referred and what extended: of every meeting, quarter, hamlet, topic and desk."""
    tally = Tally(received=9, in_time=2, referred=3, extended=4, satisfied=2, dissatisfied=1)
    groups = tuple((split, (GroupTally("Nhóm", tally),)) for split in FigureSplit)
    facts = ordinary("an-duong-2024")
    sheet = FigureSheet("xã", "buổi", "", tally, groups)
    paper = worded(PaperKind.MEETING_FIGURES, replace(facts, about_meeting=replace(facts.meeting, figures=sheet)))
    on_pages = [one for one in paper.body if isinstance(one, Grid)]
    for page, in_sheet in list(zip(on_pages, paper.grids, strict=True))[1 : 1 + len(groups)]:
        told = dict(zip([one.title for one in in_sheet.columns], in_sheet.rows[0], strict=True))
        assert (told["Đã chuyển"], told["Đã gia hạn"]) == ("3", "4")
        assert (told["Hài lòng"], told["Chưa hài lòng"]) == ("2", "1")
        assert "Hài lòng" not in [one.title for one in page.columns]
        assert page.name == in_sheet.name
    assert "Chưa hài lòng".encode() in parts_of(xlsx_of(paper))["xl/sharedStrings.xml"]
