"""The five plans as profiles: each loads, says what its document says, and what it leaves open is listed (A6, A7)."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.deadlines.clock import DayUnit
from intake.rules.people.unit import Level, UnitId
from intake.rules.plan.decided import decided
from intake.rules.plan.open_points import undecided, with_law_asked, with_places_asked
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_parse import from_document, parse_profile, to_document
from intake.rules.plan.profile_terms import (
    AudienceMode,
    BasisStatus,
    Coverage,
    Duty,
    Layout,
    NoticeField,
    Period,
    Practice,
    ProgrammeStep,
    QuestionKind,
    RegistrationMode,
    ReplyForm,
    ReportRhythm,
    Seat,
    SpeakingOrder,
)
from intake.rules.plan.window import HalfDay, PlannedWindow, days, month, quarter, window_of, window_text

PLANS = Path(__file__).parents[2] / "plans"
CODES = ("di-lang-2024", "an-duong-2024", "thach-that-2023", "tuyet-diem-2025", "vinh-bao-2026")


def document(code: str) -> dict[str, Any]:
    return tomllib.loads((PLANS / f"{code}.toml").read_text(encoding="utf-8"))


PROFILES: dict[str, PlanProfile] = {code: parse_profile(document(code), name=code) for code in CODES}
DI_LANG, AN_DUONG, THACH_THAT, TUYET_DIEM, VINH_BAO = PROFILES.values()


# the sentences of the documents themselves about the lists of delegates
SOURCES = {
    "thach-that-2023": (
        "Lãnh đạo, chỉ đạo cử đại biểu dự hội nghị đảm bảo đúng thành phần, số lượng theo kế hoạch. "
        "góp ý kiến và đăng ký, chuẩn bị ý kiến phát biểu tại hội nghị đối thoại cấp Huyện năm 2023, "
        "tổng hợp gửi Ủy ban MTTQ Huyện trước ngày 05/9/2023."
    ),
    "vinh-bao-2026": (
        "tiếp nhận đăng ký và nội dung đối thoại (câu hỏi hoặc vấn đề thông tin, trao đổi...) để tổng hợp, "
        "lập danh sách theo số lượng được phân bổ của đơn vị mình gửi về Thường trực Đảng ủy"
    ),
}


def per_plan(*expected: object) -> list[tuple[PlanProfile, object]]:
    return list(zip(PROFILES.values(), expected, strict=True))


def keys_of(profile: PlanProfile) -> set[str]:
    return {question.key for question in profile.open}


def warned(profile: PlanProfile) -> set[str]:
    return {warning.key for warning in profile.warnings}


@pytest.mark.parametrize("code", CODES)
def test_a_profile_has_the_code_of_its_file(code):
    assert PROFILES[code].code == code


@pytest.mark.parametrize("code", CODES)
def test_a_profile_survives_the_database(code):
    stored = json.loads(json.dumps(to_document(PROFILES[code])))

    assert parse_profile(stored, name=code) == PROFILES[code]


def thinned(value: Any, stays: Callable[[], bool]) -> Any:
    """The same with fewer entries in its lists and fewer of what may be left out."""
    if isinstance(value, tuple):
        return tuple(thinned(item, stays) for item in value if stays())
    if not is_dataclass(value) or isinstance(value, PlannedWindow):
        return value
    left_out = {line.name: line.default for line in fields(value) if line.default is not MISSING}
    return replace(
        value,
        **{
            line.name: thinned(getattr(value, line.name), stays)
            if line.name not in left_out or stays()
            else left_out[line.name]
            for line in fields(value)
        },
    )


@given(st.sampled_from(list(PROFILES.values())), st.lists(st.booleans(), min_size=1, max_size=64))
def test_whatever_a_plan_leaves_out_it_is_read_as_it_was_written(profile, stays):
    turns = cycle(stays)
    some = thinned(profile, lambda: next(turns))
    read = from_document(json.loads(json.dumps(to_document(some))))

    asked = with_law_asked(with_places_asked(some))  # one whose layout is left out stands under the law
    assert read == asked
    assert repr(read) == repr(asked), "a word that is only text is equal to its enum, and is none"


def test_a_plan_as_decided_follows_what_is_stored():
    plan = Plan("an-duong-2024", UnitId(1), "", 2024, AN_DUONG)
    first = plan.decided
    assert first.profile == decided(AN_DUONG, {})
    assert plan.decided is first, "it is built once"

    plan.profile = replace(AN_DUONG, programme=())
    assert plan.decided.profile.programme == ()

    plan.choices = {"reply-days": "20"}
    assert plan.decided.clocks.reply.number == 20, "and again after somebody decided something"


def test_the_folder_holds_the_five_plans_and_no_other():
    assert {path.stem for path in PLANS.glob("*.toml")} == set(CODES)


def facts(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield path, value
        for key, item in value.items():
            yield from facts(item, f"{path}.{key}")
    elif isinstance(value, list):
        for place, item in enumerate(value, 1):
            yield from facts(item, f"{path}[{place}]")


# what people added to the plan: the options, readings and corrections they are offered, and their reasons
ADDED = re.compile(
    r"\.(options|readings|tasks|hamlets)\[\d+\]$|\.(correction|needs|task|topic)$|^\.(open|warnings)\[\d+\]$|^\.recipients$|^\.clocks$|^$"
)


@pytest.mark.parametrize("code", CODES)
def test_every_fact_names_the_words_of_the_plan(code):
    silent = [path for path, fact in facts(document(code)) if not fact.get("phrase") and not ADDED.search(path)]

    assert silent == []


@pytest.mark.parametrize("code", CODES)
def test_every_number_and_date_stands_in_its_phrase(code):
    for basis in PROFILES[code].bases:
        assert basis.number in basis.phrase.replace(" -", "-")
        assert basis.issued_on is not None
        assert f"{basis.issued_on:%d/%m/%Y}" in re.sub(r"\b(\d)/", r"0\1/", basis.phrase)
    for fixed in PROFILES[code].clocks.fixed_dates:
        assert f"{fixed.before:%d}/{fixed.before.month}/{fixed.before.year}" in fixed.phrase
    clocks = PROFILES[code].clocks
    for number, phrase in (
        (clocks.notice.days, clocks.notice.phrase),
        (clocks.reply.days, clocks.reply.phrase),
        *((it.working_days, it.phrase) for it in [clocks.preparation] if it is not None),
        *((seat.count, seat.phrase) for seat in PROFILES[code].audience.seats if seat.seat is not Seat.FRONT_CHAIR),
    ):
        assert number is None or re.search(rf"\b0?{number}\b", phrase)
    assert PROFILES[code].signature.name in PROFILES[code].signature.phrase


# --- A6, row by row -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "layout"), per_plan(Layout.PARTY, Layout.STATE, Layout.PARTY, Layout.PARTY, Layout.PARTY)
)
def test_a6_layout(profile, layout):
    assert profile.plan.layout is layout


@pytest.mark.parametrize(
    ("profile", "hosts"),
    per_plan(
        ["Bí thư Đảng ủy"],
        ["Chủ tịch UBND xã"],
        ["Bí thư Huyện ủy", "Chủ tịch HĐND Huyện", "Chủ tịch UBND Huyện"],
        ["Bí thư Đảng ủy"],
        ["Bí thư Đảng ủy", "Chủ tịch UBND xã"],
    ),
)
def test_a6_hosts_and_who_concludes_r030_to_r033(profile, hosts):
    assert [host.title for host in profile.hosts] == hosts
    # among several hosts the plan marks none, so a person is asked
    concluding = profile.concluding_host
    assert (concluding is None) == (len(hosts) > 1) == ("concluding-host" in keys_of(profile))
    assert concluding in {None, profile.hosts[0]}


@pytest.mark.parametrize(
    ("profile", "mode"),
    per_plan(
        AudienceMode.HAMLETS,
        AudienceMode.WHOLE_UNIT,
        AudienceMode.DELEGATES,
        AudienceMode.HAMLETS,
        AudienceMode.REGISTERED,
    ),
)
def test_a6_audience_r046_to_r049(profile, mode):
    assert profile.audience.mode is mode


@pytest.mark.parametrize(
    ("profile", "windows"),
    per_plan(
        [month(2024, 4), month(2024, 7)],
        [quarter(2024, 3)],
        [days(date(2023, 9, 25), date(2023, 9, 29), HalfDay.MORNING)],
        [quarter(2025, 3), quarter(2025, 4)],
        [quarter(2026, 3)],
    ),
)
def test_a6_sessions_and_precision_r060_to_r064(profile, windows):
    assert [session.window for session in profile.sessions] == windows


@pytest.mark.parametrize(
    ("profile", "venues"),
    per_plan(
        ["Nhà Văn hóa tổ dân phố"] * 2,
        ["Nhà Văn hóa xã An Dương"],
        ["Hội trường UBND Huyện"],
        ["Trụ sở thôn Tuyết Diêm 1", "Trụ sở thôn Sơn Trà"],
        ["Trung tâm Văn hoá Nguyễn Bỉnh Khiêm"],
    ),
)
def test_a6_places(profile, venues):
    assert [session.venue for session in profile.sessions] == venues


@pytest.mark.parametrize(("profile", "number"), per_plan(5, None, 7, None, None))
def test_a6_public_notice_r090_to_r093(profile, number):
    assert profile.clocks.notice.days == number
    assert ("notice-days" in keys_of(profile)) == (number is None)
    assert profile.clocks.notice.phrase


@pytest.mark.parametrize(("profile", "number"), per_plan(7, None, None, None, None))
def test_a6_preparation_r070(profile, number):
    preparation = profile.clocks.preparation
    assert (preparation and preparation.working_days) == number


@pytest.mark.parametrize(("profile", "number"), per_plan(30, None, None, None, None))
def test_a6_reply_limit_r160_r164(profile, number):
    assert profile.clocks.reply.days == number
    assert profile.clocks.reply.roll
    # a silent plan gets the default, labelled, and somebody is asked
    assert ("reply-days" in keys_of(profile)) == (number is None)
    if number is None:
        assert profile.chosen("reply-days", {}) == "30"


@pytest.mark.parametrize(
    ("profile", "mode", "order", "quotas"),
    [
        (DI_LANG, RegistrationMode.OPEN, None, False),
        (AN_DUONG, RegistrationMode.IN_ROOM, SpeakingOrder.REGISTRATION_TIME, False),
        (THACH_THAT, RegistrationMode.BEFORE_MEETING, SpeakingOrder.REGISTERED_CONTENT, True),
        (TUYET_DIEM, RegistrationMode.OPEN, None, False),
        (VINH_BAO, RegistrationMode.HAMLET_OFFICERS, None, True),
    ],
)
def test_a6_registration_order_and_quota_r110_to_r118(profile, mode, order, quotas):
    assert profile.registration.mode is mode
    assert (profile.speaking_order and profile.speaking_order.order) == order
    assert profile.registration.quotas is quotas


@pytest.mark.parametrize(
    ("profile", "to", "before"),
    [
        (DI_LANG, None, None),
        (AN_DUONG, None, None),
        (THACH_THAT, "mttq", date(2023, 9, 5)),
        (TUYET_DIEM, None, None),
        (VINH_BAO, "thuong-truc-dang-uy", None),
    ],
)
def test_the_lists_of_delegates_go_to_an_office_before_a_day_r079_r111_r112(profile, to, before):
    lists = profile.registration.lists
    assert (lists and lists.to, lists and lists.before) == (to, before)
    if before is not None:
        assert f"trước ngày {before:%d}/{before.month}/{before.year}" in lists.phrase
    # a plan that wants lists and gives no day leaves it open, so that somebody is asked
    assert ("hamlet-lists-due" in keys_of(profile)) == (lists is not None and before is None)


@pytest.mark.parametrize("code", CODES)
def test_every_phrase_about_lists_stands_in_the_plan_as_its_registration_has_it(code):
    rule = PROFILES[code].registration
    if rule.lists is not None:
        for part in rule.lists.phrase.split(" … "):
            assert part in rule.phrase or part in SOURCES[code]


@pytest.mark.parametrize(
    ("practice", "plans"),
    [
        (Practice.WRITTEN_VIA_SECRETARY, {"di-lang-2024"}),
        (Practice.OUT_OF_SCOPE_BY_CHAIR, {"di-lang-2024"}),
        (Practice.SELECTION_WITH_REASON, {"thach-that-2023"}),
        (Practice.NOTIFY_BEYOND_AUTHORITY, {"di-lang-2024"}),
        (Practice.TAKE_ON_BY_CHAIR, {"an-duong-2024"}),
        (Practice.REPEATED_GRIEVANCES, {"di-lang-2024", "tuyet-diem-2025"}),
        (Practice.SURVEY, {"vinh-bao-2026"}),
        (Practice.HAMLET_MEETINGS, {"di-lang-2024"}),
        (Practice.ABUSE_BANNED, {"di-lang-2024", "thach-that-2023", "tuyet-diem-2025"}),
        (Practice.NOT_A_CADRE_REVIEW, {"tuyet-diem-2025"}),
        (Practice.CRITICISM_WELCOME, {"di-lang-2024"}),
        (Practice.TONE, {"an-duong-2024"}),
    ],
)
def test_a6_practices_are_of_the_plans_that_name_them(practice, plans):
    assert {
        code for code, profile in PROFILES.items() if any(line.practice is practice for line in profile.practices)
    } == plans


@pytest.mark.parametrize(("profile", "years"), per_plan(None, None, (2021, 2022), None, None))
def test_a6_report_on_earlier_years_r143(profile, years):
    found = [line.years for line in profile.programme if line.step is ProgrammeStep.EARLIER_RESULTS]
    assert found == ([] if years is None else [years])


@pytest.mark.parametrize(
    ("profile", "to", "every"),
    [
        (DI_LANG, ("Ban Thường vụ Đảng ủy",), None),
        (THACH_THAT, ("Thường trực Huyện ủy", "Ban Dân vận Thành ủy"), ReportRhythm.QUARTER),
        (VINH_BAO, ("Ban Thường vụ Đảng ủy",), None),
    ],
)
def test_a6_periodic_report_r168_r182_r184(profile, to, every):
    report = profile.clocks.periodic_report
    assert (report.to, report.every) == (to, every)


def test_a6_no_report_on_results_where_the_plan_names_none():
    assert AN_DUONG.clocks.periodic_report is None
    assert TUYET_DIEM.clocks.periodic_report is None


@pytest.mark.parametrize(
    ("profile", "offices"),
    per_plan(
        ["ubkt"],
        [],
        ["mttq", "ban-dan-van"],
        ["ban-xay-dung-dang", "mttq"],
        ["van-phong-dang-uy", "ban-xay-dung-dang"],
    ),
)
def test_a6_supervision_r185_to_r188(profile, offices):
    assert [line.office for line in profile.supervision] == offices


def test_a6_other_bodies_than_the_peoples_committee_answer_in_vinh_bao_r040():
    assert {"ban-xay-dung-dang", "dich-vu-cong", "mttq", "cong-an"} < {desk.key for desk in VINH_BAO.desks}


@pytest.mark.parametrize(("profile", "ended"), per_plan(date(2025, 7, 1), None, date(2025, 7, 1), None, None))
def test_a6_units_that_no_longer_exist(profile, ended):
    assert profile.home.ended_on == ended
    assert ("unit-ended" in warned(profile)) == (ended is not None)


# --- what is particular to each -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "code", "level"),
    [
        (DI_LANG, "DL", Level.TOWN),
        (AN_DUONG, "AD", Level.COMMUNE),
        (THACH_THAT, "TT", Level.DISTRICT),
        (TUYET_DIEM, "TD", Level.COMMUNE),
        (VINH_BAO, "VB", Level.COMMUNE),
    ],
)
def test_the_unit_that_runs_the_plan(profile, code, level):
    assert (profile.home.code, profile.home.level) == (code, level)


@pytest.mark.parametrize(
    ("profile", "hamlets"),
    per_plan(
        ["TDP Hàng Gòn", "TDP Làng Dầu"],
        [],
        [],
        ["Thôn Tuyết Diêm 1", "Thôn Tuyết Diêm 2", "Thôn Sơn Trà", "Thôn Tân Hy 1"],
        [],
    ),
)
def test_hamlets_are_those_the_plan_names_and_none_is_made_up(profile, hamlets):
    assert [line.name for line in profile.hamlets] == hamlets


@pytest.mark.parametrize(
    ("profile", "missing"),
    per_plan(
        ("number", "issued_on", "place"),
        ("number",),
        (),
        ("number", "issued_on", "place"),
        ("number", "issued_on", "place"),
    ),
)
def test_what_the_document_lacks_is_listed_r007_r009(profile, missing):
    assert profile.missing == missing
    assert ("number-missing" in warned(profile)) == bool(missing)


def test_the_period_is_a_year_or_half_a_year_r010():
    assert [profile.plan.period for profile in PROFILES.values()] == [
        Period.YEAR,
        Period.YEAR,
        Period.YEAR,
        Period.SECOND_HALF,
        Period.YEAR,
    ]


def test_a_base_of_2015_may_have_been_replaced_r003():
    assert AN_DUONG.bases[0].status is BasisStatus.MAYBE_REPLACED
    assert "basis-maybe-replaced" in warned(AN_DUONG)


def test_thach_that_has_a_number_and_a_parent_plan_r004_r008():
    assert THACH_THAT.plan.number == "146-KH/HU"
    assert THACH_THAT.parent_plan.number == "121-KH/HU"
    assert VINH_BAO.parent_plan is None


def test_the_wrong_citation_is_kept_corrected_and_warned_of_r005():
    basis = TUYET_DIEM.bases[0]
    assert (basis.number, basis.issued_on) == ("11-QĐ/TW", date(2019, 2, 11))
    assert (basis.correction.number, basis.correction.issued_on) == ("11-QĐi/TW", date(2019, 2, 18))
    assert "wrong-citation" in warned(TUYET_DIEM)


def test_vinh_bao_cites_six_documents_the_same_regulation_rightly_r006():
    assert [basis.number for basis in VINH_BAO.bases] == [
        "218-QĐ/TW",
        "11-QĐi/TW",
        "380-QĐ/TU",
        "1155-QĐ/TU",
        "13-HD/BTGDVTU",
        "04-NQ/ĐU",
    ]
    assert VINH_BAO.bases[1].issued_on == TUYET_DIEM.bases[0].correction.issued_on


def test_di_lang_does_not_say_which_hamlet_comes_when_r060():
    assert {session.coverage for session in DI_LANG.sessions} == {Coverage.UNDECIDED}
    assert DI_LANG.audience.hamlets == ("DL-hang-gon", "DL-lang-dau")
    assert DI_LANG.chosen("session-hamlets", {}) is None
    assert DI_LANG.chosen("session-hamlets", {"session-hamlets": "both"}) == "both"


def test_di_lang_counts_replies_in_calendar_days_unless_a_person_says_otherwise():
    assert DI_LANG.clocks.reply.count is DayUnit.CALENDAR
    assert DI_LANG.chosen("reply-count", {}) == "calendar"


def test_di_lang_keeps_three_streams_from_the_public_r126_r191():
    sensitive = [topic for topic in DI_LANG.leaves if topic.sensitive]
    assert [topic.code for topic in sensitive] == ["lanh-dao-to-chuc-dang", "thuc-hien-cong-vu", "pham-chat-can-bo"]
    assert {topic.desk for topic in sensitive} == {"kt-tg-dv"}


@pytest.mark.parametrize("profile", [TUYET_DIEM, VINH_BAO])
def test_the_conduct_of_officials_goes_to_party_building_r026_r126(profile):
    assert [topic.desk for topic in profile.leaves if topic.sensitive] == ["ban-xay-dung-dang"]


def test_di_lang_names_what_a_notice_says_who_pays_and_who_writes_r034_r094_r202():
    assert set(DI_LANG.clocks.notice.fields) == {
        NoticeField.TIME,
        NoticeField.PLACE,
        NoticeField.THEME,
        NoticeField.CONTENT,
    }
    assert DI_LANG.funding.text == "Trích từ nguồn kinh phí của Đảng ủy"
    assert DI_LANG.duty(Duty.SECRETARY).lead == "kt-tg-dv"
    assert all(profile.funding is None for profile in PROFILES.values() if profile is not DI_LANG)


def test_an_duong_runs_by_its_own_six_steps_r140_to_r146():
    assert [line.step for line in AN_DUONG.programme] == [
        ProgrammeStep.OPENING,
        ProgrammeStep.AGREEMENT,
        ProgrammeStep.REPORT,
        ProgrammeStep.SPEAKING,
        ProgrammeStep.ANSWERS,
        ProgrammeStep.CONCLUSION,
    ]


def test_di_lang_goes_further_rounds_and_thach_that_gives_directions_r145_r147():
    assert ProgrammeStep.FURTHER_ROUNDS in {line.step for line in DI_LANG.programme}
    assert ProgrammeStep.DIRECTION in {line.step for line in THACH_THAT.programme}


def test_thach_that_seats_five_a_commune_by_type_r048():
    assert [(seat.seat, seat.count) for seat in THACH_THAT.audience.seats] == [
        (Seat.FRONT_CHAIR, 1),
        (Seat.ASSOCIATION_HEAD, 1),
        (Seat.RESIDENT, 3),
    ]


def test_thach_that_has_fixed_dates_and_no_slack_between_two_r079_r080():
    assert {line.key: line.before for line in THACH_THAT.clocks.fixed_dates} == {
        "bao-cao-9-thang": date(2023, 8, 25),
        "tong-hop-xa": date(2023, 9, 5),
        "tong-hop-huyen": date(2023, 9, 5),
    }
    assert "same-due-date" in warned(THACH_THAT) & keys_of(THACH_THAT)


def test_thach_that_reports_in_the_first_week_of_the_quarter_r184():
    assert THACH_THAT.clocks.periodic_report.first_working_days == 5
    assert THACH_THAT.chosen("first-week", {}) == "working-days"


def test_opinions_owe_a_synthesis_and_initiatives_are_welcome_r125_r128():
    replies = {line.kind: line.reply for line in THACH_THAT.kinds}
    assert replies[QuestionKind.OPINION] is ReplyForm.SYNTHESIS
    assert replies[QuestionKind.PETITION] is ReplyForm.INDIVIDUAL
    assert [kind for kind in QuestionKind if THACH_THAT.gathers(kind)] == [QuestionKind.OPINION]
    assert QuestionKind.INITIATIVE in replies
    assert QuestionKind.INITIATIVE in {line.kind for line in VINH_BAO.kinds}


def test_thach_that_keeps_the_dialogue_party_apart_from_the_guests_r045_r051_r067():
    assert sum(guest.party for guest in THACH_THAT.guests) == 1
    assert sum(guest.higher_level for guest in THACH_THAT.guests) == 2
    assert "Covid-19" in THACH_THAT.conditions[0].text


def test_ocr_noise_goes_nowhere_r012():
    assert not re.search(r"[А-я]", json.dumps(to_document(THACH_THAT), ensure_ascii=False))
    assert "stray-text" in warned(THACH_THAT)


def test_two_hamlets_meet_in_one_of_them_r063():
    first, second = TUYET_DIEM.sessions
    assert (first.host_hamlet, first.hamlets) == ("TD-tuyet-diem-1", ("TD-tuyet-diem-1", "TD-tuyet-diem-2"))
    assert (second.host_hamlet, second.hamlets) == ("TD-son-tra", ("TD-son-tra", "TD-tan-hy-1"))
    assert TUYET_DIEM.chosen("neighbour-hamlet", {}) == "yes"


def test_two_offices_share_the_conclusion_r037():
    duty = TUYET_DIEM.duty(Duty.CONCLUSION)
    assert (duty.lead, duty.others) == ("ban-xay-dung-dang", ("van-phong-dang-uy",))
    assert TUYET_DIEM.duty(Duty.SECRETARY) is None


def test_vinh_bao_contradicts_itself_and_a_person_chooses_r064():
    session = VINH_BAO.sessions[0]
    assert session.finish_before == date(2026, 10, 30)
    readings = {reading.key: reading for reading in session.readings}
    assert readings["a"].window == quarter(2026, 3)
    assert readings["a"].replies_before == date(2026, 10, 30)
    assert readings["b"].window == days(date(2026, 7, 1), date(2026, 10, 29))
    assert readings["b"].replies_before is None

    question = next(line for line in VINH_BAO.open if line.key == "session-window")
    assert [option.key for option in question.options] == list(readings)
    assert question.default is None
    assert "quarter-and-stop" in warned(VINH_BAO)


def test_vinh_bao_names_no_quotas_and_one_guest_r045_r111():
    assert "quotas" in keys_of(VINH_BAO)
    assert any("Đào Trọng Đức" in guest.name for guest in VINH_BAO.guests)
    assert "venue-misspelt" in warned(VINH_BAO)


@pytest.mark.parametrize(
    ("profile", "authority", "title"),
    [
        (DI_LANG, "T/M ĐẢNG ỦY", "PHÓ BÍ THƯ"),
        (AN_DUONG, None, "CHỦ TỊCH"),
        (THACH_THAT, "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
        (TUYET_DIEM, "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
        (VINH_BAO, "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
    ],
)
def test_who_signs_and_who_receives_r190_r204(profile, authority, title):
    assert (profile.signature.authority, profile.signature.title) == (authority, title)
    assert profile.recipients.report
    assert profile.recipients.file[0].startswith("Lưu")


@pytest.mark.parametrize(
    ("profile", "keys"),
    per_plan(
        {"session-hamlets", "preparation-anchor", "reply-count", "document-number", "issued-on"},
        {"document-number", "notice-days", "reply-days", "conclusion-document"},
        {"earlier-years", "concluding-host", "first-week", "same-due-date", "nine-month-report", "reply-days"},
        {"commune-name", "wrong-citation", "notice-days", "reply-days", "neighbour-hamlet", "document-number"},
        {"session-window", "quotas", "hosts", "hamlet-lists-due", "reply-days", "notice-days", "issued-on"},
    ),
)
def test_a7_every_open_question_is_listed(profile, keys):
    assert keys | {"answer-approver", "public-scope"} <= keys_of(profile)
    assert profile.chosen("answer-approver", {}) == "chair"


def test_an_answered_question_is_no_longer_undecided():
    choices = {"hosts": "one"}

    assert "hosts" in {line.key for line in undecided(VINH_BAO, {})}
    assert "hosts" not in {line.key for line in undecided(VINH_BAO, choices)}
    assert VINH_BAO.chosen("hosts", choices) == "one"


def test_a_question_the_plan_does_not_leave_open_cannot_be_chosen():
    with pytest.raises(KeyError, match="hosts"):
        DI_LANG.chosen("hosts", {"hosts": "one"})


# --- windows --------------------------------------------------------------------------------------------------------

dates = st.dates(date(2000, 1, 1), date(2100, 12, 31))
halves = st.sampled_from([None, *HalfDay])
windows: st.SearchStrategy[PlannedWindow] = st.one_of(
    st.builds(month, st.integers(2000, 2100), st.integers(1, 12), halves),
    st.builds(quarter, st.integers(2000, 2100), st.integers(1, 4), halves),
    st.tuples(dates, dates, halves).map(lambda drawn: days(min(drawn[:2]), max(drawn[:2]), drawn[2])),
)


@given(windows)
def test_a_window_written_down_reads_the_same(window):
    assert window_of(window_text(window)) == window


def test_a_window_is_written_shortly():
    assert window_text(quarter(2026, 3)) == "2026-Q3"
    assert window_text(days(date(2023, 9, 29), date(2023, 9, 29))) == "2023-09-29"
    assert window_text(days(date(2023, 9, 25), date(2023, 9, 29), HalfDay.MORNING)) == "2023-09-25/2023-09-29 morning"
