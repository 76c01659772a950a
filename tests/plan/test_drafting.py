"""From a paper to a plan that loads: nothing in it that the paper does not say, and a question for the rest."""

import tomllib
from collections.abc import Iterable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from bot.draft_file import draft_as_toml
from intake.rules.people.unit import Level
from intake.rules.plan.decided import DECIDED_PHRASE, decided
from intake.rules.plan.drafting.draft import (
    DraftHome,
    FactStanding,
    NoDraft,
    NoDraftError,
    PlanDraft,
    code_of,
    draft_of,
    home_of,
)
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_parse import parse_profile, to_document
from intake.rules.plan.profile_terms import (
    AudienceMode,
    Coverage,
    MeetingForm,
    Period,
    RegistrationMode,
    ReportRhythm,
    Seat,
    Side,
)
from intake.rules.plan.reading.kinds import Paper
from intake.rules.plan.reading.reading import read_paper
from intake.rules.plan.window import HalfDay, window_text
from wording.drafts import remark

PAPERS = sorted((Path(__file__).parent / "papers").glob("*/*.txt"))
HEAD = "ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\nSố: 12/KH-UBND\nTân Lập, ngày 02 tháng 3 năm 2026\n\n"
TITLE = "KẾ HOẠCH\nĐối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026\n\n"
INTRODUCTION = "UBND xã Tân Lập xây dựng kế hoạch như sau:\n\n"


def drafted(text: str, **home: Any) -> PlanDraft:
    reading = read_paper(text)
    where = home_of(reading, **home)
    return draft_of(reading, where, code=code_of(reading, where), say=remark)


def plan(body: str, *, head: str = HEAD, title: str = TITLE) -> PlanProfile:
    """The profile of a plan with this body; it is one that loads."""
    profile = drafted(f"{head}{title}{INTRODUCTION}{body}\n").profile
    return parse_profile(to_document(profile), name="draft")


def asked(profile: PlanProfile) -> list[str]:
    return [question.key for question in profile.open]


def phrases(value: Any) -> Iterable[str]:
    """Every phrase of a profile's document but those of its questions, which may quote a shorter passage."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "phrase":
                yield inner
            else:
                yield from phrases(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from phrases(inner)


def plain(text: str) -> str:
    return " ".join(text.replace("*", " ").replace("|", " ").split())


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_every_paper_of_an_office_becomes_a_plan_that_loads_or_is_refused(paper: Path) -> None:
    text = paper.read_text("utf-8")
    kind = read_paper(text).head.paper
    if kind not in (Paper.PLAN, Paper.NOTICE, Paper.SCHEDULE):
        with pytest.raises(NoDraftError):
            drafted(text)
        return
    draft = drafted(text)
    document = to_document(draft.profile)
    assert parse_profile(document, name=paper.name) is not None
    assert [phrase for phrase in phrases(document) if plain(phrase) not in plain(text)] == []
    written = tomllib.loads(draft_as_toml(draft, paper.name))
    assert parse_profile(written, name=paper.name) == parse_profile(document, name=paper.name)


@pytest.mark.parametrize(
    ("title", "why", "about"),
    [
        ("BÁO CÁO\nKết quả đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026", NoDraft.REPORT, ""),
        ("QUY CHẾ\nĐối thoại giữa Chủ tịch UBND xã với Nhân dân", NoDraft.RULE, ""),
        ("THÔNG BÁO\nVề việc hoãn buổi đối thoại với Nhân dân năm 2026", NoDraft.CHANGE, ""),
        ("THÔNG BÁO\nLịch tiếp xúc cử tri của đại biểu HĐND xã năm 2026", NoDraft.LOOK_ALIKE, "tiếp xúc cử tri"),
    ],
)
def test_other_papers_make_no_plan_and_it_is_said_what_they_are(title: str, why: NoDraft, about: str) -> None:
    with pytest.raises(NoDraftError) as refused:
        drafted(f"{HEAD}{title}\n\nUBND xã Tân Lập thông báo như sau:\n\n1. Thời gian: ngày 12/5/2026.\n")
    assert (refused.value.why, refused.value.about) == (why, about)


def test_without_any_year_no_day_can_be_known() -> None:
    with pytest.raises(NoDraftError) as refused:
        drafted("KẾ HOẠCH\nĐối thoại với Nhân dân xã Tân Lập\n\nThời gian: sẽ thông báo sau.\n")
    assert refused.value.why is NoDraft.NO_YEAR


def test_the_year_is_that_of_the_day_of_issue_where_nothing_else_names_one() -> None:
    profile = plan("Thời gian: thông báo sau.", title="KẾ HOẠCH\nĐối thoại giữa Chủ tịch UBND xã với Nhân dân\n\n")
    assert (profile.plan.year, window_text(profile.sessions[0].window)) == (2026, "2026-01-01/2026-12-31")


def test_the_year_of_the_first_meeting_counts_where_head_and_title_name_none() -> None:
    profile = plan(
        "Thời gian: ngày 12/5/2026.",
        head="ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\n\n",
        title="KẾ HOẠCH\nĐối thoại giữa Chủ tịch UBND xã với Nhân dân\n\n",
    )
    assert (profile.plan.year, profile.code) == (2026, "tan-lap-2026")


def test_a_page_whose_days_lie_in_two_years_is_of_the_year_of_its_first_meeting() -> None:
    profile = plan(
        "Thời gian\n- Thôn Đông: ngày 20/12/2026.\n- Thôn Tây: ngày 08/01/2027.\n",
        head="ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\n\n",
        title="KẾ HOẠCH\nĐối thoại giữa Chủ tịch UBND xã với Nhân dân\n\n",
    )
    assert (profile.plan.year, profile.code) == (2026, "tan-lap-2026")


def test_the_head_is_taken_over_and_what_it_lacks_is_asked() -> None:
    profile = plan("1. Thời gian: 8 giờ 00, ngày 12/5/2026. Địa điểm: Hội trường UBND xã.")
    paper = profile.plan
    assert (profile.code, profile.unit, profile.home.name) == ("tan-lap-2026", "TL", "xã Tân Lập")
    assert paper.title == "Kế hoạch đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026"
    assert (paper.number, paper.issued_on, paper.place) == ("12/KH-UBND", date(2026, 3, 2), "Tân Lập")
    assert (profile.side, profile.under_law) == (Side.STATE, True)
    assert [host.title for host in profile.hosts] == ["Chủ tịch UBND xã"]
    assert {"document-number", "issued-on", "hosts"}.isdisjoint(asked(profile))

    bare = plan("1. Thời gian: tháng 5/2026.", head="ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\n\n")
    assert asked(bare)[:2] == ["document-number", "issued-on"]


def test_a_meeting_keeps_day_hour_place_and_form() -> None:
    profile = plan(
        "1. Hình thức: trực tiếp kết hợp trực tuyến.\n"
        "2. Thời gian: 13 giờ 30 phút, buổi chiều ngày 12/5/2026.\n3. Địa điểm: Nhà văn hóa xã."
    )
    [session] = profile.sessions
    assert (session.key, window_text(session.window)) == ("ngay-12-5", "2026-05-12 afternoon")
    assert (session.hour, session.venue) == (time(13, 30), "Nhà văn hóa xã")
    assert (session.form, session.window.half) == (MeetingForm.BOTH, HalfDay.AFTERNOON)
    assert (session.coverage, session.title) == (Coverage.WHOLE_UNIT, "Đối thoại ngày 12/05/2026")


def test_hamlets_get_codes_and_those_that_are_stored_keep_theirs() -> None:
    text = (
        f"{HEAD}{TITLE}{INTRODUCTION}1. Thôn Đông: ngày 12/5/2026, tại Nhà văn hóa thôn Đông.\n"
        "2. Thôn Đoài và Thôn 3: ngày 13/5/2026, tại Hội trường UBND xã.\n"
    )
    profile = drafted(text).profile
    assert [line.code for line in profile.hamlets] == ["TL-dong", "TL-doai", "TL-thon-3"]
    assert [session.hamlets for session in profile.sessions] == [("TL-dong",), ("TL-doai", "TL-thon-3")]
    assert [session.host_hamlet for session in profile.sessions] == ["TL-dong", None]
    assert profile.sessions[0].title == "Đối thoại với Nhân dân thôn Đông"
    assert profile.audience is not None
    assert profile.audience.mode is AudienceMode.HAMLETS

    reading = read_paper(text)
    home = DraftHome("TL", "xã Tân Lập", Level.COMMUNE, {"TL-xom-dong": "Xóm Đông", "TL-doai-2": "thôn Đoài"})
    again = draft_of(reading, home, code="tan-lap-2026", say=remark).profile
    assert [(line.code, line.name) for line in again.hamlets] == [
        ("TL-xom-dong", "Xóm Đông"),
        ("TL-doai-2", "thôn Đoài"),
        ("TL-thon-3", "Thôn 3"),
    ]


def test_a_hamlet_that_bears_the_name_of_its_commune_is_a_hamlet() -> None:
    """And a venue of the commune does not make it the host; its own does."""
    profile = plan(
        "1. Thôn Tân Lập, Thôn Đông: ngày 12/5/2026, tại Hội trường UBND xã Tân Lập.\n"
        "2. Thôn Tân Lập: ngày 13/5/2026, tại Nhà văn hóa thôn Tân Lập.\n"
    )
    assert [line.name for line in profile.hamlets] == ["Thôn Tân Lập", "Thôn Đông"]
    own, east = [line.code for line in profile.hamlets]
    assert [session.hamlets for session in profile.sessions] == [(own, east), (own,)]
    assert [session.host_hamlet for session in profile.sessions] == [None, own]


def test_two_meetings_with_the_same_two_hamlets_are_asked_about() -> None:
    profile = plan(
        "1. Đối tượng: Nhân dân 02 thôn (Đông và Đoài).\n2. Thời gian: tháng 4 và tháng 7 năm 2026.\n"
        "3. Địa điểm: Hội trường UBND xã."
    )
    assert {session.coverage for session in profile.sessions} == {Coverage.UNDECIDED}
    question = next(one for one in profile.open if one.key == "session-hamlets")
    first = decided(profile, {"session-hamlets": "first"}).sessions
    second = decided(profile, {"session-hamlets": "second"}).sessions
    both = decided(profile, {"session-hamlets": "both"}).sessions
    assert [session.hamlets for session in first] == [("TL-dong",), ("TL-doai",)]
    assert [session.hamlets for session in second] == [("TL-doai",), ("TL-dong",)]
    assert {session.hamlets for session in both} == {("TL-dong", "TL-doai")}
    assert len(question.options) == 3


def test_three_hamlets_in_two_meetings_are_chosen_when_a_meeting_is_made() -> None:
    profile = plan(
        "1. Đối tượng: Nhân dân 03 thôn (Đông, Đoài và Thượng).\n2. Thời gian: quý II và quý IV năm 2026.\n"
        "3. Địa điểm: Hội trường UBND xã."
    )
    assert [window_text(session.window) for session in profile.sessions] == ["2026-Q2", "2026-Q4"]
    assert "session-hamlets" not in asked(profile)


def test_an_outer_limit_behind_the_time_makes_two_readings() -> None:
    profile = plan("1. Thời gian: Quý III năm 2026; kết thúc trước ngày 30/10/2026.\n2. Địa điểm: Nhà văn hóa xã.")
    [session] = profile.sessions
    assert [window_text(one.window) for one in session.readings] == ["2026-Q3", "2026-07-01/2026-10-29"]
    assert session.finish_before == date(2026, 10, 30)
    assert "reading-quy-3" in asked(profile)
    assert not [one for one in profile.warnings if one.key.startswith("mau-thuan")], "it is asked, not only said"

    inside = plan("1. Thời gian: Quý III năm 2026; kết thúc trước ngày 30/8/2026.\n2. Địa điểm: Nhà văn hóa xã.")
    assert inside.sessions[0].readings == ()
    assert inside.sessions[0].finish_before == date(2026, 8, 30)
    too_early = plan("1. Thời gian: Quý III năm 2026; kết thúc trước ngày 30/5/2026.\n2. Địa điểm: Nhà văn hóa xã.")
    assert too_early.sessions[0].finish_before is None
    month = plan("1. Thời gian: tháng 8 năm 2026; kết thúc trước ngày 10/9/2026.\n2. Địa điểm: Nhà văn hóa xã.")
    assert "tháng 8 năm 2026" in month.sessions[0].readings[0].text


def test_half_a_year_is_the_period_and_a_time_of_its_own() -> None:
    title = "KẾ HOẠCH\nĐối thoại giữa Chủ tịch UBND xã với Nhân dân 6 tháng cuối năm 2026\n\n"
    profile = plan("Thời gian: thông báo sau.", title=title)
    assert (profile.code, profile.plan.period) == ("tan-lap-2026-cuoi-nam", Period.SECOND_HALF)
    assert window_text(profile.sessions[0].window) == "2026-07-01/2026-12-31"


def test_several_days_are_a_window_and_only_special_people_are_named() -> None:
    profile = plan(
        "1. Đối tượng: đối thoại với thanh niên, đoàn viên trong xã.\n"
        "2. Thời gian: từ ngày 12/5/2026 đến ngày 15/5/2026.\n3. Địa điểm: Nhà văn hóa xã."
    )
    [session] = profile.sessions
    assert (session.key, session.title) == ("tu-12-5", "Đối thoại từ 12/05/2026 đến 15/05/2026")
    assert session.people is not None
    assert "thanh niên" in session.people
    assert profile.audience is not None
    assert profile.audience.mode is AudienceMode.WHOLE_UNIT


def test_numbers_of_days_are_the_papers_and_are_asked_where_it_has_none() -> None:
    profile = plan(
        "1. Thời gian: ngày 12/5/2026.\n"
        "2. Văn phòng chuẩn bị nội dung xong chậm nhất 05 ngày làm việc trước buổi đối thoại.\n"
        "3. Thông báo rộng rãi cho Nhân dân biết chậm nhất 10 ngày trước ngày đối thoại.\n"
        "4. UBND xã trả lời các kiến nghị trong thời hạn 15 ngày làm việc kể từ ngày kết thúc.\n"
    )
    clocks = profile.clocks
    assert clocks.notice is not None
    assert clocks.reply is not None
    assert clocks.preparation is not None
    assert (clocks.notice.days, clocks.preparation.working_days) == (10, 5)
    assert (clocks.reply.days, clocks.reply.count.value) == (15, "working")
    assert {"notice-days", "reply-days"}.isdisjoint(asked(profile))

    silent = plan("1. Thời gian: ngày 12/5/2026.\n2. Thông báo rộng rãi để Nhân dân được biết thời gian, địa điểm.")
    by_key = {question.key: question for question in silent.open}
    assert (by_key["notice-days"].default, by_key["reply-days"].default) == ("7", "30")
    assert "luật" in by_key["notice-days"].why
    assert silent.clocks.notice is not None
    assert silent.clocks.notice.days is None
    assert silent.clocks.reply is None

    party = plan(
        "1. Thời gian: ngày 12/5/2026.",
        head="ĐẢNG ỦY XÃ TÂN LẬP\nSố 12-KH/ĐU\nTân Lập, ngày 02 tháng 3 năm 2026\n\n",
        title="KẾ HOẠCH\nĐối thoại giữa Bí thư Đảng ủy xã Tân Lập với Nhân dân năm 2026\n\n",
    )
    assert next(one for one in party.open if one.key == "notice-days").default == "5"


def test_calendar_days_of_preparation_and_days_for_results_are_told_besides() -> None:
    profile = plan(
        "1. Thời gian: ngày 12/5/2026.\n2. Văn phòng chuẩn bị nội dung xong chậm nhất 05 ngày trước buổi đối thoại.\n"
        "3. Công khai kết quả đối thoại trong thời hạn 10 ngày tại trụ sở.\n"
    )
    assert profile.clocks.preparation is None
    told = " ".join(warning.text for warning in profile.warnings)
    assert "chuẩn bị xong trước 5 ngày" in told
    assert "công khai kết quả trong 10 ngày" in told


def test_registration_names_its_last_day_and_where() -> None:
    until = plan(
        "1. Thời gian: ngày 22/5/2026.\n2. Người dân đăng ký tại Văn phòng HĐND và UBND xã chậm nhất ngày 15/5/2026."
    ).registration
    before = plan(
        "1. Thời gian: ngày 22/5/2026.\n2. Người dân đăng ký tại Văn phòng HĐND và UBND xã trước ngày 15/5/2026."
    ).registration
    assert until is not None
    assert before is not None
    assert (until.mode, until.until) == (RegistrationMode.BEFORE_MEETING, date(2026, 5, 15))
    assert before.until == date(2026, 5, 14), "the day itself is too late"
    assert len(until.collected_by) == 1


def test_how_to_register_is_asked_where_the_paper_says_nothing() -> None:
    profile = plan("1. Thời gian: ngày 22/5/2026.")
    assert profile.registration is None
    assert "registration" in asked(profile)
    answered = decided(profile, {"registration": "open"}).registration
    assert answered is not None
    assert (answered.mode, answered.phrase) == (RegistrationMode.OPEN, DECIDED_PHRASE)
    stated = plan("1. Thời gian: ngày 22/5/2026.\n2. Đăng ký tại Văn phòng UBND xã trước ngày 15/5/2026.")
    question = next(one for one in profile.open if one.key == "registration")
    loaded_again = decided(PlanProfile(**{**_fields(stated), "open": (question,)}), {"registration": "open"})
    assert loaded_again.registration == stated.registration, "what the plan says now has the last word"


def _fields(profile: PlanProfile) -> dict[str, Any]:
    return {name: getattr(profile, name) for name in PlanProfile.__dataclass_fields__}


def test_seats_are_those_of_units_and_others_are_told_besides() -> None:
    profile = plan(
        "1. Thời gian: ngày 22/5/2026.\n"
        "2. Thành phần: mỗi thôn cử 02 đại biểu; mỗi thôn cử 01 đại biểu Ban công tác Mặt trận; "
        "mỗi thôn cử 01 đại biểu đoàn thể; mỗi doanh nghiệp cử 04 người.\n"
        "3. Đăng ký gửi về Văn phòng UBND xã chậm nhất ngày 15/5/2026."
    )
    assert {(line.seat, line.count) for line in profile.seats} == {
        (Seat.RESIDENT, 2),
        (Seat.FRONT_CHAIR, 1),
        (Seat.ASSOCIATION_HEAD, 1),
    }
    assert profile.quotas
    assert profile.registration is not None
    assert profile.registration.lists is not None
    assert profile.registration.lists.before == date(2026, 5, 16)
    assert any("4 người" in warning.text for warning in profile.warnings)

    alone = plan("1. Thời gian: ngày 22/5/2026.\n2. Thành phần: mỗi thôn cử 02 đại biểu.")
    assert alone.registration is not None
    assert alone.registration.mode is RegistrationMode.HAMLET_OFFICERS


def test_lists_that_would_be_due_after_the_meeting_have_no_day() -> None:
    profile = plan(
        "1. Thời gian: ngày 10/5/2026.\n2. Thành phần: mỗi thôn cử 02 đại biểu.\n"
        "3. Đăng ký gửi về Văn phòng UBND xã chậm nhất ngày 15/5/2026."
    )
    assert profile.registration is not None
    assert profile.registration.lists is not None
    assert profile.registration.lists.before is None


def test_seats_that_are_shared_out_without_a_number_are_asked() -> None:
    profile = plan(
        "1. Thời gian: ngày 22/5/2026.\n2. Trưởng thôn tiếp nhận đăng ký, lập danh sách theo số lượng được phân bổ "
        "gửi về Văn phòng UBND xã."
    )
    assert (profile.quotas, profile.seats) == (True, ())
    assert "quotas" in asked(profile)


def test_tasks_with_a_day_and_the_report_keep_day_and_receiver() -> None:
    profile = plan(
        "I. THỜI GIAN\n1. Thời gian: ngày 22/5/2026.\nII. TỔ CHỨC THỰC HIỆN\n"
        "1. Mặt trận tổng hợp ý kiến gửi UBND xã trước ngày 10/5/2026.\n"
        "2. Công an xã xây dựng phương án chậm nhất ngày 11/5/2026.\n"
        "3. Văn phòng báo cáo kết quả giải quyết kiến nghị gửi Thường trực Đảng ủy định kỳ hằng quý.\n"
    )
    assert [line.before for line in profile.clocks.fixed_dates] == [date(2026, 5, 10), date(2026, 5, 12)]
    report = profile.clocks.periodic_report
    assert report is not None
    assert (report.every, report.to) == (ReportRhythm.QUARTER, ("Thường trực Đảng ủy",))


def test_a_wrong_citation_is_asked_about_and_a_day_that_cannot_be_is_left_out() -> None:
    profile = plan(
        "1. Thời gian: ngày 22/5/2026.",
        title=f"{TITLE}Căn cứ Quy định số 11-QĐ/TW ngày 11/02/2019 của Bộ Chính trị;\n"
        "Căn cứ Quyết định số 5/QĐ-UBND ngày 20/11/2026 của UBND tỉnh;\n",
    )
    wrong, late = profile.bases
    assert wrong.correction is not None
    assert (wrong.correction.number, wrong.number) == ("11-QĐi/TW", "11-QĐ/TW")
    assert "wrong-citation" in asked(profile)
    assert late.issued_on is None


def test_one_person_or_two_is_asked_and_so_is_who_chairs_at_all() -> None:
    doubtful = plan(
        "1. Thời gian: ngày 22/5/2026.\n2. Thành phần:\n- Đồng chí Bí thư Đảng ủy, Chủ tịch UBND xã (Chủ trì);",
        title="KẾ HOẠCH\nĐối thoại với Nhân dân năm 2026\n\n",
    )
    assert doubtful.side is Side.BOTH
    assert "hosts" in asked(doubtful)
    assert len(decided(doubtful, {"hosts": "one"}).hosts) == 1

    unsaid = plan("1. Thời gian: ngày 22/5/2026.", title="KẾ HOẠCH\nĐối thoại với Nhân dân năm 2026\n\n")
    assert unsaid.hosts == ()
    [host] = decided(unsaid, {"hosts": "Chủ tịch UBND xã"}).hosts
    assert (host.title, host.concludes, host.phrase) == ("Chủ tịch UBND xã", True, DECIDED_PHRASE)


def test_who_answers_is_asked_where_no_body_does() -> None:
    profile = plan("1. Thời gian: ngày 22/5/2026.")
    assert "answering-desk" in asked(profile)
    [desk] = decided(profile, {"answering-desk": "Văn phòng HĐND và UBND xã"}).desks
    assert desk.name == "Văn phòng HĐND và UBND xã"

    named = plan(
        "I. THỜI GIAN\n1. Thời gian: ngày 22/5/2026.\nII. TỔ CHỨC THỰC HIỆN\n"
        "1. Công an xã: trả lời các kiến nghị về an ninh trật tự.\n2. Công an xã: trả lời kiến nghị.\n"
    )
    assert [office.name for office in named.desks] == ["Công an xã"]
    question = next(one for one in profile.open if one.key == "answering-desk")
    again = decided(PlanProfile(**{**_fields(named), "open": (question,)}), {"answering-desk": "Văn phòng"})
    assert again.desks == named.desks


def test_a_unit_that_is_not_named_is_asked_for_unless_it_is_known() -> None:
    text = (
        "ĐẢNG ỦY XÃ\n\nKẾ HOẠCH\nĐối thoại giữa Bí thư Đảng ủy với Nhân dân trên địa bàn xã năm 2026\n\n"
        "Thời gian: quý II/2026.\n"
    )
    draft = drafted(text)
    assert (draft.names_unit, draft.profile.home.name, draft.profile.unit) == (False, "xã", "XA")
    assert draft.profile.open[0].key == "commune-name"
    assert [fact.phrase for fact in draft.facts if fact.path == "units"] == [None]

    home = DraftHome("TL", "xã Tân Lập", Level.COMMUNE)
    known = draft_of(read_paper(text), home, code="tan-lap-2026", say=remark).profile
    assert "commune-name" not in asked(known)
    assert known.home.phrase == "xã"


@pytest.mark.parametrize(
    ("name", "code", "level"),
    [
        ("THỊ TRẤN DI LĂNG", "DL", Level.TOWN),
        ("PHƯỜNG HUẾ", "HU", Level.COMMUNE),
        ("HUYỆN THẠCH THẤT", "TT", Level.DISTRICT),
    ],
)
def test_a_new_unit_has_its_initials_for_a_code(name: str, code: str, level: Level) -> None:
    reading = read_paper(f"ỦY BAN NHÂN DÂN\n{name}\nSố: 1/KH-UBND\n\nKẾ HOẠCH\nĐối thoại với Nhân dân năm 2024\n")
    home = home_of(reading)
    assert (home.code, home.level) == (code, level)
    assert home_of(reading, code="QQ").code == "QQ"


def test_a_district_is_asked_for_its_communes() -> None:
    profile = drafted(
        "ỦY BAN NHÂN DÂN\nHUYỆN THẠCH THẤT\nSố: 1/KH-UBND\n\nKẾ HOẠCH\nĐối thoại của Chủ tịch UBND huyện Thạch Thất "
        "với Nhân dân năm 2024\n\n1. Thời gian: ngày 22/5/2024.\n"
    ).profile
    assert "communes" in asked(profile)


def test_a_window_for_opinions_comes_along() -> None:
    profile = plan(
        "1. Thời gian: ngày 22/5/2026.\n"
        "2. Tiếp nhận ý kiến, câu hỏi của Nhân dân từ ngày 01/5/2026 đến ngày 10/5/2026 tại Văn phòng UBND xã."
    )
    assert profile.opinions is not None
    assert (profile.opinions.opens, profile.opinions.closes) == (date(2026, 5, 1), date(2026, 5, 10))


def test_every_fact_says_how_it_stands() -> None:
    draft = drafted(f"{HEAD}{TITLE}{INTRODUCTION}1. Thời gian: ngày 22/5/2026.\n")
    standing = {fact.path: fact.standing for fact in draft.facts}
    assert standing["plan.number"] is FactStanding.STATED
    assert standing["clocks.reply"] is FactStanding.ABSENT
    assert standing["open[reply-days]"] is FactStanding.IN_QUESTION
    assert standing["sessions.venue"] is FactStanding.ABSENT
    assert all(fact.phrase for fact in draft.facts if fact.standing is FactStanding.STATED)
