"""Which open points are asked, and what may stand as an answer (A7)."""

from dataclasses import replace
from datetime import date

import pytest

from intake.rules.errors import RuleBroken
from intake.rules.plan.decided import decided
from intake.rules.plan.open_points import check_answer, needs_reason, open_points, undecided
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_terms import AnswerForm
from intake.rules.plan.unit_names import names_in, names_typed
from tests.plan.test_profiles import AN_DUONG, DI_LANG, THACH_THAT, TUYET_DIEM, VINH_BAO

TODAY = date(2024, 3, 1)


def keys(profile: PlanProfile, **choices: str) -> list[str]:
    return [one.key for one in open_points(profile, {key.replace("_", "-"): it for key, it in choices.items()})]


def answered(profile: PlanProfile, key: str, typed: str, today: date = TODAY) -> str:
    question = next(one for one in profile.open if one.key == key)
    return check_answer(profile, question, typed, today)


def test_who_concludes_is_asked_only_of_two_hosts():
    assert "concluding-host" not in keys(VINH_BAO)
    assert "concluding-host" not in keys(VINH_BAO, hosts="one")
    assert "concluding-host" in keys(VINH_BAO, hosts="two")


def test_another_approver_than_the_chair_is_asked_for_by_name():
    after = keys(AN_DUONG).index("answer-approver") + 1
    assert keys(AN_DUONG, answer_approver="chair") == keys(AN_DUONG)
    assert keys(AN_DUONG, answer_approver="delegate")[after] == "answer-delegate"
    assert keys(AN_DUONG, answer_approver="desk-head")[after] == "desk-head-chuyen-mon"
    one_more = decided(AN_DUONG, {"sensitive-desk": "mttq"})
    assert keys(one_more, answer_approver="desk-head")[after : after + 2] == ["desk-head-chuyen-mon", "desk-head-mttq"]


def test_what_is_answered_is_not_open_any_more():
    assert len(undecided(DI_LANG, {})) == len(DI_LANG.open)
    assert "reply-count" not in {one.key for one in undecided(DI_LANG, {"reply-count": "working"})}


def test_only_a_contradiction_needs_a_reason():
    assert needs_reason(VINH_BAO, "session-window")
    assert not needs_reason(VINH_BAO, "hosts")


@pytest.mark.parametrize(
    ("profile", "key", "typed", "kept"),
    [
        (AN_DUONG, "notice-days", " 010 ", "10"),
        (VINH_BAO, "quotas", "0", "0"),
        (DI_LANG, "reply-count", "working", "working"),
        (AN_DUONG, "document-number", " 05/KH-UBND ", "05/KH-UBND"),
        (AN_DUONG, "opinions-due", "2024-09-30", "2024-09-30"),
        (THACH_THAT, "same-due-date", "2023-08-29", "2023-08-29"),
        (DI_LANG, "issued-on", "2024-03-01", "2024-03-01"),
        (DI_LANG, "preparation-anchor", "before-meeting", "before-meeting"),
    ],
)
def test_an_answer_is_kept_in_one_form(profile, key, typed, kept):
    assert answered(profile, key, typed) == kept


@pytest.mark.parametrize(
    ("profile", "key", "typed", "refusal"),
    [
        (AN_DUONG, "notice-days", "0", "refusal.answer_number"),
        (AN_DUONG, "notice-days", "366", "refusal.answer_number"),
        (AN_DUONG, "notice-days", "mười", "refusal.answer_number"),
        (AN_DUONG, "notice-days", "²", "refusal.answer_number"),
        (AN_DUONG, "notice-days", "9" * 5000, "refusal.answer_number"),
        (VINH_BAO, "quotas", "-1", "refusal.answer_number"),
        (DI_LANG, "reply-count", "weeks", "refusal.not_an_option"),
        (DI_LANG, "preparation-anchor", "after-plan", "refusal.plan_date_first"),
        (AN_DUONG, "document-number", "…", "refusal.answer_text"),
        (AN_DUONG, "document-number", "a" * 501, "refusal.too_long"),
        (AN_DUONG, "opinions-due", "2024-03-01", "refusal.answer_day"),
        (AN_DUONG, "opinions-due", "2024-10-01", "refusal.answer_day"),
        (THACH_THAT, "same-due-date", "2023-09-30", "refusal.answer_day_past"),
        (DI_LANG, "issued-on", "2024-03-02", "refusal.issued_on"),
        (DI_LANG, "issued-on", "2019-03-02", "refusal.issued_on"),
    ],
)
def test_what_is_no_answer_is_refused_with_a_sentence(profile, key, typed, refusal):
    with pytest.raises(RuleBroken) as refused:
        answered(profile, key, typed)
    assert refused.value.message.key == refusal


def test_a_day_may_lie_in_the_longer_reading():
    assert answered(VINH_BAO, "hamlet-lists-due", "2026-10-20", date(2026, 7, 1)) == "2026-10-20"


def test_the_preparation_counts_from_a_day_that_was_typed():
    known = decided(DI_LANG, {"issued-on": "2024-02-01"})
    assert answered(known, "preparation-anchor", "after-plan") == "after-plan"


def test_every_default_is_an_answer():
    for profile in (DI_LANG, AN_DUONG, THACH_THAT, TUYET_DIEM, VINH_BAO):
        for question in profile.open:
            if question.default is not None:
                assert check_answer(profile, question, question.default, TODAY) == question.default


def test_names_keep_their_codes_and_new_ones_get_one():
    first = names_typed("Thôn Đông,  thôn  Đoài", "", "VB")
    assert names_in(first) == (("VB-thon-dong", "Thôn Đông"), ("VB-thon-doai", "thôn Đoài"))
    corrected = names_typed("Thôn Đông Hải\nThôn Đoài", first, "VB")
    assert names_in(names_typed("Thôn Đông Hải\nThôn Đoài\nThôn Đông", corrected, "VB")) == (
        ("VB-thon-dong", "Thôn Đông Hải"),
        ("VB-thon-doai", "Thôn Đoài"),
        ("VB-thon-dong-2", "Thôn Đông"),
    )


def test_names_may_stand_in_another_order_and_between_each_other():
    before = names_typed("Đông, Đoài", "", "VB")
    assert names_in(names_typed("Đoài; Trung; Đông", before, "VB")) == (
        ("VB-doai", "Đoài"),
        ("VB-trung", "Trung"),
        ("VB-dong", "Đông"),
    )


def test_another_spelling_is_the_same_unit_and_another_mark_is_another():
    first = names_typed("Thôn Hoà, Thôn Dong", "", "VB")

    assert names_in(names_typed("thôn Hòa, Thôn Dong, Thôn Đông", first, "VB")) == (
        ("VB-thon-hoa", "thôn Hòa"),
        ("VB-thon-dong", "Thôn Dong"),
        ("VB-thon-dong-2", "Thôn Đông"),
    )


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        (" , ;", "refusal.unit_names"),
        ("a" * 81, "refusal.unit_names"),
        (",".join(f"Thôn {number}" for number in range(201)), "refusal.unit_names"),
        ("Đông, đông", "refusal.unit_names_twice"),
        ("Thôn Hoà, thôn Hòa", "refusal.unit_names_twice"),
        ("Thôn 3, Thôn 03", "refusal.unit_names_twice"),
        ("Đông", "refusal.unit_names_dropped"),
        ("Đoài, Trung, Đông", "refusal.unit_names_dropped"),
    ],
)
def test_names_that_cannot_be_are_refused(typed, refusal):
    before = names_typed("Đông, Đoài, Thượng", "", "VB")
    with pytest.raises(RuleBroken) as refused:
        names_typed(typed, before, "VB")
    assert refused.value.message.key == refusal


def test_a_number_is_a_number_however_the_profile_puts_it():
    """A profile that was stored before it said how its points are answered."""
    old = replace(AN_DUONG, open=tuple(replace(one, form=AnswerForm.TEXT, task=None) for one in AN_DUONG.open))

    with pytest.raises(RuleBroken, match="answer_number"):
        answered(old, "notice-days", "mười ngày")
    assert {one.key: one.form for one in open_points(old, {})}["opinions-due"] is AnswerForm.DATE
