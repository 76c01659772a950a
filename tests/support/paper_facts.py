"""Facts documents are filled from, made without a database: nothing yet, an ordinary meeting, far too much of all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from bot.plan_files import PLANS, read_profile
from intake.actions.papers.meeting_facts import planned_as_yet
from intake.rules.meetings.guest import GuestReply
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.meetings.results import Fate, Results
from intake.rules.message import Term
from intake.rules.papers.facts import (
    AskedFacts,
    CaseFacts,
    DelegateFacts,
    GuestFacts,
    ItemFacts,
    MeetingFacts,
    PaperFacts,
    PaperStamp,
    PeriodFacts,
    PlanFacts,
    QuestionFacts,
    SlipFacts,
    SpeakerFacts,
    SurveyFacts,
    YearFacts,
)
from intake.rules.papers.figures import FigureSheet, FigureSplit, GroupTally, NoticeFigures, Tally, YearLine
from intake.rules.papers.kinds import PaperKind
from intake.rules.papers.periods import period_before
from intake.rules.people.unit import UnitId
from intake.rules.plan.plan import Plan, PlanId
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_terms import QuestionKind, Seat
from intake.rules.questions.question import QuestionState, RoomOutcome

TODAY = date(2026, 11, 29)
CODES = sorted(path.stem for path in PLANS.glob("*.toml"))
MORNING = datetime(2026, 11, 20, 1, tzinfo=UTC)
LONG = "Nguyễn Phúc Tôn Nữ Hoàng Thị Bích Ngọc Khánh Linh Quỳnh Trâm "
STATES = (QuestionState.ANSWERED, QuestionState.REFERRED, QuestionState.TAKEN_ON, QuestionState.OUT_OF_SCOPE)


def nothing(code: str) -> PaperFacts:
    """A plan that was only just loaded, with no meeting made."""
    return PaperFacts(
        _plan(code),
        TODAY,
        about_meeting=MeetingFacts(
            _meeting(code),
            "xã",
            years=(YearFacts(2025, (), _results(0)),),
            figures=FigureSheet("xã", "buổi", "", Tally()),
        ),
        about_question=QuestionFacts(),
        about_period=PeriodFacts(
            period_before(PaperKind.QUARTER_REPORT, TODAY),
            (),
            _results(0),
            (),
            0,
            0,
            (),
            figures=FigureSheet("xã", "", "2026-Q3", Tally()),
        ),
    )


def ordinary(code: str, say: Callable[[str], str] = str) -> PaperFacts:
    """A meeting that was held, with a handful of everything; whatever people typed goes through `say`."""
    return _filled(code, 5, say)


def far_too_many(code: str) -> PaperFacts:
    """Sixty questions."""
    return _filled(code, 60, str)


def far_too_long(code: str) -> PaperFacts:
    """Long names everywhere."""
    return _filled(code, 5, _long)


def far_too_much(code: str) -> PaperFacts:
    """Both."""
    return _filled(code, 60, _long)


def _long(text: str) -> str:
    return f"{LONG}{text} {LONG}" * 2


def _filled(code: str, many: int, say: Callable[[str], str]) -> PaperFacts:
    questions = tuple(_question(number, say) for number in range(1, many + 1))
    item = ItemFacts(
        1,
        say("Sửa đường vào xóm"),
        say("Phòng Kinh tế"),
        date(2026, 12, 20),
        None,
        say("đã khảo sát"),
        ("VB-2026-0001",),
    )
    meeting = _meeting(code)
    meeting.venue, meeting.theme, meeting.title = say("Nhà văn hóa"), say("Đất đai"), say("Đối thoại quý IV")
    meeting.state, meeting.starts_at, meeting.opened_at = MeetingState.HELD, MORNING, MORNING
    meeting.ended_at = MORNING + timedelta(hours=3)
    return PaperFacts(
        replace(_plan(code), secretary=say("Trần Thị Thư")),
        TODAY,
        about_meeting=MeetingFacts(
            meeting,
            say("thôn Đông, thôn Tây"),
            questions=questions,
            withheld=2,
            speakers=tuple(
                SpeakerFacts(
                    number,
                    say("Lê Văn Nói"),
                    say("thôn Đông"),
                    say("Đất đai"),
                    say("Về đường"),
                    MORNING + timedelta(minutes=number),
                    None,
                    absent=number == many,
                )
                for number in range(1, many + 1)
            ),
            guests=tuple(
                GuestFacts(say("Phạm Khách"), say("Trưởng phòng"), say("Khách mời"), reply, came=came)
                for reply, came in ((GuestReply.COMING, True), (GuestReply.ABSENT, False))
            ),
            delegates=tuple(
                DelegateFacts(say("Đỗ Đại Biểu"), say("thôn Đông"), Seat.RESIDENT, waiting=number == 1, came=number > 1)
                for number in range(1, many + 1)
            ),
            quotas=((say("thôn Đông"), Seat.RESIDENT, 3),),
            ticked={0: MORNING},
            items=(item, replace(item, number=2, due_on=None, done_at=MORNING, references=())),
            cases=(
                CaseFacts("1/2026", (2024, 2026), (say("Mương tắc"),), ((say("UBND"), date(2026, 1, 5)),), say("")),
            ),
            years=(YearFacts(2025, ((say("Đối thoại 2025"), _results(4)), (None, _results(1))), _results(5)),),
            surveys=(
                SurveyFacts(
                    say("Khảo sát về đường"),
                    MORNING,
                    90,
                    60,
                    ((say("thôn Đông"), 90, 60),),
                    (
                        AskedFacts(
                            say("Làm đường nào trước?"),
                            (say("Xóm 1"), say("Xóm 3")),
                            (40, None),
                            ((say("thôn Đông"), (40, None)),),
                        ),
                    )
                    * 5,
                ),
            ),
            script=Term("digest.button"),
            figures=_figures(say, "Đối thoại quý IV", "", many),
            slips=tuple(
                SlipFacts(one, PaperStamp("07", TODAY) if place % 2 else None, own_file=place == 1)
                for place, one in enumerate(questions[3::4])
            ),
        ),
        about_question=questions[0],
        about_period=PeriodFacts(
            period_before(PaperKind.QUARTER_REPORT, TODAY),
            ((say("Đối thoại quý III"), MORNING, _results(many)),),
            _results(1),
            questions,
            2,
            1,
            ((say("Đối thoại quý III"), item), (say("Đối thoại quý III"), replace(item, done_at=MORNING))),
            3,
            1,
            figures=_figures(say, "", "2026-Q3", many),
        ),
    )


def _question(number: int, say: Callable[[str], str]) -> QuestionFacts:
    state = STATES[number % len(STATES)]
    later = state is QuestionState.REFERRED
    return QuestionFacts(
        reference=f"VB-2026-{number:04}",
        kind=QuestionKind.PETITION,
        text=say("Đường vào xóm 3 hỏng.\nĐề nghị sửa."),
        public_text=say("Sửa đường xóm 3") if number % 2 else None,
        received_at=MORNING,
        state=state,
        fate=tuple(Fate)[number % len(Fate)],
        hamlet=say("thôn Đông"),
        topic=say("Đất đai") if number % 3 else "",
        desk=say("Phòng Kinh tế"),
        asker=say("Nguyễn Thị Hỏi"),
        asker_hamlet=say("thôn Đông"),
        answer=say("Đã có trong kế hoạch.") if state is QuestionState.ANSWERED else "",
        answered_at=MORNING if state is QuestionState.ANSWERED else None,
        draft=say("Dự kiến sửa") if number % 5 else "",
        agency=say("Sở Xây dựng") if later else "",
        promised_on=date(2026, 12, 30) if later else None,
        why_later=say("Đường tỉnh") if later else "",
        declined_because=(say("Việc tranh chấp dân sự"), say("Toà án nhân dân"))
        if state is QuestionState.OUT_OF_SCOPE
        else ("", ""),
        outcome=tuple(RoomOutcome)[number % len(RoomOutcome)],
        outcome_reason=say("chủ trì chỉ đạo"),
        due_on=date(2026, 12, 20) if state is QuestionState.TAKEN_ON else None,
        extended=number % 8 == 1,
        urgent=number % 7 == 0,
    )


def _figures(say: Callable[[str], str], title: str, period: str, many: int) -> FigureSheet:
    tally = Tally(received=many, there=1, in_time=1, late=1, waiting=many - 3, overdue=1, days=((3, 1), (34, 1)))
    groups = tuple(GroupTally(say(f"Nhóm {place}") if place else "", tally) for place in range(many))
    splits = tuple(FigureSplit)[:2] if period else ()
    return FigureSheet(
        say("xã"),
        say(title) if title else "",
        period,
        tally,
        groups=((FigureSplit.HAMLET, groups), *((split, groups[:2]) for split in splits)),
        reasons=((say("Việc của toà án"), 2),),
        notices=(NoticeFigures(say("Đối thoại quý IV"), 2, 140, 133, 3),),
        years=(YearLine(2025, _results(9), say("Báo cáo 45")), YearLine(2026, _results(many))),
    )


@cache
def _plan(code: str) -> PlanFacts:
    profile = _profile(code)
    return PlanFacts(code, profile, profile.home.name, above="thành phố Hà Nội" if profile.home.parent else "")


def _meeting(code: str) -> Meeting:
    profile = _profile(code)
    plan = Plan(code, UnitId(1), profile.plan.title, profile.plan.year, profile)
    plan.id = PlanId(1)
    meeting = planned_as_yet(plan, profile.sessions[0].key)
    assert meeting is not None
    return meeting


def _results(count: int) -> Results:
    rest = max(count - 1, 0)
    return Results(
        meeting_id=None,
        received=count,
        before=count - rest,
        there=0,
        later=0,
        forwarded=0,
        declined=0,
        open=rest,
        gathered=0,
    )


@cache
def _profile(code: str) -> PlanProfile:
    return read_profile(PLANS / f"{code}.toml")
