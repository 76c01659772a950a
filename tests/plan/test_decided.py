"""What people decide about a plan's open points is written into its profile and its clocks (A7)."""

from dataclasses import replace
from datetime import date

import pytest

from intake.rules.deadlines.clock import ClockKind, Days, DayUnit, Direction, RuleSource
from intake.rules.deadlines.clock_settings import ClockSettings, rule_for
from intake.rules.people.unit import Level, UnitId
from intake.rules.plan.decided import decided, decided_plan, outdated
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_terms import Coverage
from intake.rules.plan.session_choice import choice_key
from intake.rules.plan.window import month
from tests.plan.test_profiles import AN_DUONG, DI_LANG, THACH_THAT, TUYET_DIEM, VINH_BAO


def settings(profile: PlanProfile, **choices: str) -> ClockSettings:
    return decided_plan(profile, {key.replace("_", "-"): it for key, it in choices.items()}).clocks


def plan(profile: PlanProfile, choices: dict[str, str]) -> Plan:
    return Plan(profile.code, UnitId(1), profile.plan.title, profile.plan.year, profile, choices)


def test_without_a_decision_a_profile_is_what_its_file_says():
    for profile in (DI_LANG, AN_DUONG, THACH_THAT, TUYET_DIEM, VINH_BAO):
        assert plan(profile, {}).decided.profile == profile


def test_days_of_notice_and_reply_are_marked_as_decided():
    found = settings(AN_DUONG, notice_days="10", reply_days="20")

    assert found.notice == Days(10, source=RuleSource.DECIDED)
    assert found.reply == Days(20, source=RuleSource.DECIDED)


def test_a_plan_that_says_it_itself_has_the_last_word():
    assert settings(DI_LANG, notice_days="10") == settings(DI_LANG)
    assert settings(DI_LANG).notice == Days(5, source=RuleSource.PLAN)
    assert plan(DI_LANG, {"notice-days": "10"}).decided.answer("notice-days") is None
    assert plan(AN_DUONG, {"notice-days": "10"}).decided.answer("notice-days") == "10"


def test_thirty_days_can_be_working_days():
    assert settings(DI_LANG, reply_count="working").reply.unit is DayUnit.WORKING
    assert settings(DI_LANG, reply_count="calendar").reply.unit is DayUnit.CALENDAR


@pytest.mark.parametrize(("choice", "days", "unit"), [("working-days", 5, "working"), ("calendar-week", 7, "calendar")])
def test_the_first_week_is_five_working_days_or_seven_days(choice, days, unit):
    rule = rule_for(ClockKind.QUARTERLY_REPORT, settings(THACH_THAT, first_week=choice))

    assert (rule.days.number, rule.days.unit.value) == (days, unit)


def test_the_preparation_counts_from_the_day_of_the_plan_once_that_is_known():
    issued = replace(DI_LANG, plan=replace(DI_LANG.plan, issued_on=date(2024, 2, 1)))

    assert settings(DI_LANG, preparation_anchor="before-meeting").preparation_from is None
    assert settings(DI_LANG, preparation_anchor="after-plan").preparation_from is None
    assert settings(issued, preparation_anchor="after-plan").preparation_from == date(2024, 2, 1)
    typed = settings(DI_LANG, preparation_anchor="after-plan", issued_on="2024-02-05")
    assert typed.preparation_from == date(2024, 2, 5)
    assert rule_for(ClockKind.PREPARATION, typed).direction is Direction.FORWARD


def test_each_meeting_gets_its_hamlets():
    found = decided(DI_LANG, {"session-hamlets": "lang-dau-first"})

    assert [(one.coverage, one.hamlets) for one in found.sessions] == [
        (Coverage.HAMLETS, ("DL-lang-dau",)),
        (Coverage.HAMLETS, ("DL-hang-gon",)),
    ]


def test_number_day_and_name_are_the_papers():
    found = decided(
        TUYET_DIEM, {"document-number": "12-KH/ĐU", "issued-on": "2025-07-10", "commune-name": "xã Vạn Tường"}
    )

    assert (found.plan.number, found.plan.issued_on) == ("12-KH/ĐU", date(2025, 7, 10))
    assert found.home.name == "xã Vạn Tường"
    assert [line.name for line in found.hamlets] == [line.name for line in TUYET_DIEM.hamlets]


@pytest.mark.parametrize(("choice", "number"), [("correct", "11-QĐi/TW"), ("keep", "11-QĐ/TW")])
def test_a_wrong_citation_is_corrected_or_kept(choice, number):
    [wrong, *_] = TUYET_DIEM.bases
    found = decided(replace(TUYET_DIEM, bases=(wrong, *DI_LANG.bases)), {"wrong-citation": choice}).bases

    assert found[0].number == number
    assert found[1:] == DI_LANG.bases, "what is cited rightly stands as it does"


def test_two_hosts_are_one_person_or_one_of_them_concludes():
    one = decided(VINH_BAO, {"hosts": "one", "concluding-host": "chu-tich"})
    two = decided(VINH_BAO, {"hosts": "two", "concluding-host": "chu-tich"})

    assert [host.title for host in one.hosts] == ["Bí thư Đảng ủy, Chủ tịch UBND xã"]
    assert one.concluding_host is one.hosts[0]
    assert len(two.hosts) == 2
    assert two.concluding_host == two.hosts[1]


def test_the_lists_are_due_before_the_day_decided():
    assert decided(VINH_BAO, {"hamlet-lists-due": "2026-09-07"}).registration.lists.before == date(2026, 9, 7)
    bare = replace(VINH_BAO, registration=replace(VINH_BAO.registration, lists=None))
    assert decided(bare, {"hamlet-lists-due": "2026-09-07"}).registration.lists is None


def test_communes_hand_in_earlier_than_the_district():
    found = decided(THACH_THAT, {"same-due-date": "2023-08-29"})

    assert {line.key: line.before for line in found.clocks.fixed_dates} == {
        "bao-cao-9-thang": date(2023, 8, 25),
        "tong-hop-xa": date(2023, 8, 29),
        "tong-hop-huyen": date(2023, 9, 5),
    }
    assert found.registration.lists.before == date(2023, 8, 29)


def test_a_duty_without_a_day_becomes_a_fixed_date():
    [line] = decided(AN_DUONG, {"opinions-due": "2024-07-15"}).clocks.fixed_dates

    assert (line.key, line.before, line.lead) == ("tong-hop-y-kien", date(2024, 7, 15), "mttq")


def test_an_updated_report_is_one_more_task():
    found = decided(THACH_THAT, {"nine-month-report": "update"})

    assert [line.key for line in found.clocks.fixed_dates][-1] == "cap-nhat-9-thang"


def test_hamlets_and_communes_are_added_and_corrected():
    hamlets = decided(VINH_BAO, {"hamlets": "VB-dong|Thôn Đông\nVB-doai|Thôn Đoài"})
    communes = decided(THACH_THAT, {"communes": "TT-xa-can-kiem|xã Cần Kiệm"})
    corrected = decided(hamlets, {"hamlets": "VB-dong|Thôn Đông Hải\nVB-doai|Thôn Đoài"})

    assert [(one.code, one.name) for one in hamlets.hamlets] == [("VB-dong", "Thôn Đông"), ("VB-doai", "Thôn Đoài")]
    assert (communes.units[-1].level, communes.units[-1].parent) == (Level.COMMUNE, "TT")
    assert [one.name for one in corrected.hamlets] == ["Thôn Đông Hải", "Thôn Đoài"]


def test_an_office_takes_what_is_about_officials():
    found = decided(AN_DUONG, {"sensitive-desk": "thuong-truc-ubnd"})

    assert "thuong-truc-ubnd" in {desk.key for desk in found.desks}
    assert [(one.desk, one.sensitive) for one in found.topics][-1] == ("thuong-truc-ubnd", True)


def test_an_answer_that_is_offered_no_more_is_left_out():
    assert decided(AN_DUONG, {"sensitive-desk": "an-office-of-last-year"}) == AN_DUONG
    assert decided(DI_LANG, {"session-hamlets": "x"}) == DI_LANG
    assert settings(DI_LANG, reply_count="weeks") == settings(DI_LANG)


def test_a_reading_holds_for_the_days_it_was_chosen_for() -> None:
    """Another window under the same letter was chosen by nobody."""
    [session] = [one for one in VINH_BAO.sessions if one.readings]
    key = choice_key(VINH_BAO, session)
    first, *rest = session.readings
    choices = {key: first.key}
    assert outdated(VINH_BAO, VINH_BAO, choices) == {}
    readings = (replace(first, window=month(2026, 8)), *rest)
    others = tuple(one for one in VINH_BAO.sessions if one.key != session.key)
    changed = replace(VINH_BAO, sessions=(*others, replace(session, readings=readings)))
    assert outdated(VINH_BAO, changed, choices) == choices
    assert outdated(VINH_BAO, changed, {key: rest[0].key}) == {}
    assert outdated(VINH_BAO, replace(VINH_BAO, sessions=others), choices) == {}, "the plan asks it no more"
