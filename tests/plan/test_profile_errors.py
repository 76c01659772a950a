"""A profile that does not fit is refused with all that is wrong with it, in sentences that name the fields."""

import copy
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from intake.rules.plan.profile import ProfileError
from intake.rules.plan.profile_parse import parse_profile
from intake.rules.plan.profile_structure import read_table
from wording.flaws import flaw_lines

PLANS = Path(__file__).parents[2] / "plans"
LOADED = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(PLANS.glob("*.toml"))}
REMOVED = object()


def changed(code: str, *steps: Any) -> dict[str, Any]:
    """Give the document of a plan with the last step put at the place the others lead to."""
    document = copy.deepcopy(LOADED[code])
    *way, last, value = steps
    place: Any = document
    for step in way:
        place = place[step]
    if value is REMOVED:
        del place[last]
    else:
        place[last] = value
    return document


S0, S1, S2, S3, S4 = "di-lang-2024", "an-duong-2024", "thach-that-2023", "tuyet-diem-2025", "vinh-bao-2026"
HAMLET = {"code": "VB-dong", "name": "Thôn Đông", "level": "hamlet", "parent": "VB", "phrase": "thôn"}

WRONG: list[tuple[str, tuple[Any, ...], str]] = [
    # the form
    (S0, ("colour", "red"), "colour is not a known key"),
    (S0, ("plan", "yaer", 2024), "plan.yaer is not a known key"),
    (S0, ("sessions", 1, "room", "x"), "sessions[2].room is not a known key"),
    (S0, ("unit", REMOVED), "unit is missing"),
    (S0, ("topics", 0, "phrase", REMOVED), "topics[1].phrase is missing"),
    (S0, ("plan", "Kế hoạch"), "plan must be a table, not a text"),
    (S0, ("units", {}), "units must be a list, not a table"),
    (S0, ("plan", "year", "2024"), "plan.year must be a whole number, not a text"),
    (S0, ("plan", "year", True), "plan.year must be a whole number, not true or false"),
    (S0, ("offices", 0, "desk", 1), "offices[1].desk must be true or false, not a whole number"),
    (S0, ("plan", "title", 7), "plan.title must be a text, not a whole number"),
    (S0, ("plan", "title", 7.5), "plan.title must be a text, not something else"),
    (S0, ("plan", "phrase", "  "), "plan.phrase is empty"),
    (S0, ("plan", "layout", "church"), 'plan.layout: "church" is not one of party, state'),
    (S0, ("kinds", 0, "kind", "complaint"), 'kinds[1].kind: "complaint" is not one of'),
    (S0, ("kinds", 1, "reply", "synthesis"), 'kinds[2].reply: "feedback" is owed a reply of its own'),
    (S0, ("plan", "year", 0), "plan.year: 0 is not a year of four digits"),
    (S0, ("plan", "year", 20240), "plan.year: 20240 is not a year of four digits"),
    # days
    (S0, ("bases", 0, "issued_on", "2019-02-30"), "bases[1].issued_on: '2019-02-30' is not a day"),
    (S0, ("bases", 0, "issued_on", 2019), "bases[1].issued_on: 2019 is not a day"),
    (S0, ("sessions", 0, "window", "2024-13"), "sessions[1].window: '2024-13' is not a planned time"),
    (S0, ("sessions", 0, "window", "tháng 4"), "sessions[1].window: 'tháng 4' is not a planned time"),
    (S0, ("sessions", 0, "window", "2024-04 evening"), "sessions[1].window: '2024-04 evening' is not a planned time"),
    (S0, ("sessions", 0, "window", 4), "sessions[1].window: 4 is not a planned time"),
    (S2, ("sessions", 0, "window", "2023-09-29/2023-09-25"), "sessions[1].window: '2023-09-29/2023-09-25' is not"),
    (S0, ("sessions", 0, "window", "2025-04"), "sessions[1].window: 2025-04-01 lies outside the period"),
    (S3, ("sessions", 0, "window", "2025-Q2"), "sessions[1].window: 2025-04-01 lies outside the period"),
    (S4, ("sessions", 0, "finish_before", "2026-07-01"), "sessions[1].finish_before: 2026-07-01 leaves no day"),
    (S4, ("sessions", 0, "readings", 1, "window", "2027-Q1"), "sessions[1].readings[2].window: 2027-01-01 lies"),
    (S4, ("sessions", 0, "readings", 1, "key", "a"), 'sessions[1].readings[2].key: "a" is already used'),
    (S1, ("bases", 0, "issued_on", "2024-02-01"), "bases[1].issued_on: 2024-02-01 is later than the plan"),
    (S0, ("bases", 0, "issued_on", "2025-01-01"), "bases[1].issued_on: 2025-01-01 is later than the plan"),
    # keys
    (S0, ("code", "Di Lăng"), 'code: "Di Lăng" is not small letters'),
    (S0, ("offices", 1, "key", "kt-tg-dv"), 'offices[2].key: "kt-tg-dv" is already used by offices[1].key'),
    (S0, ("kinds", 1, "kind", "question"), 'kinds[2].kind: "question" is already used'),
    (S0, ("duties", 1, "duty", "secretary"), 'duties[2].duty: "secretary" is already used'),
    (S0, ("practices", 1, "practice", "written_via_secretary"), "practices[2].practice"),
    # units
    (S0, ("unit", "XX"), 'unit: "XX" is not the code of a unit'),
    (S0, ("unit", "DL-hang-gon"), 'unit: "DL-hang-gon" is not the code of a unit'),
    (S0, ("units", 0, "code", "DiLang"), 'units[1].code: "DiLang" is not 2 to 4 capital letters'),
    (S0, ("units", 1, "parent", "XX"), 'units[2].parent: no unit above this line has the code "XX"'),
    (S0, ("units", 1, "parent", REMOVED), "units[2].parent is missing"),
    (S0, ("units", 2, "parent", "DL-hang-gon"), "units[3].parent: a hamlet cannot lie in a hamlet"),
    (S0, ("units", 1, "code", "AD-hang-gon"), 'units[2].code: "AD-hang-gon" is not of the form "DL-ten-thon"'),
    (S0, ("units", 2, "name", "Tdp  hàng gòn"), 'units[3].name: "Tdp  hàng gòn" is the name of units[2] too'),
    (S0, ("units", 1, "households", 0), "units[2].households must be at least 1, not 0"),
    # who
    (S2, ("hosts", [{"key": k, "title": k, "phrase": k, "concludes": True} for k in "ab"]), "hosts[2].concludes"),
    # topics
    (S0, ("topics", 0, "desk", "dia-chinh"), 'topics[1].desk: "dia-chinh" is not an office with desk = true'),
    (S0, ("topics", 0, "desk", "cong-an"), 'topics[1].desk: "cong-an" is not an office with desk = true'),
    (S0, ("topics", 0, "desk", REMOVED), "topics[1].desk is missing"),
    (S0, ("topics", 1, "desk", "chuyen-mon"), "topics[2].desk: a topic with topics under it"),
    (S0, ("topics", 2, "parent", "xyz"), 'topics[3].parent: no topic above this line has the code "xyz"'),
    # offices
    (S0, ("duties", 0, "lead", "xyz"), 'duties[1].lead: "xyz" is not the key of an office'),
    (S0, ("duties", 2, "others", ["van-phong-thong-ke", "xyz"]), 'duties[3].others[2]: "xyz" is not'),
    (S0, ("practices", 0, "office", "xyz"), 'practices[1].office: "xyz" is not'),
    (S0, ("supervision", 0, "office", "xyz"), 'supervision[1].office: "xyz" is not'),
    (S1, ("registration", "collected_by", ["xyz"]), 'registration.collected_by[1]: "xyz" is not'),
    (S2, ("clocks", "fixed_dates", 0, "lead", "xyz"), 'clocks.fixed_dates[1].lead: "xyz" is not'),
    (S2, ("clocks", "periodic_report", "lead", "xyz"), 'clocks.periodic_report.lead: "xyz" is not'),
    (S0, ("programme", 0, "by", "xyz"), 'programme[1].by: "xyz" is not the key of an office or a host'),
    # hamlets
    (S3, ("sessions", 0, "hamlets", ["TD-xyz"]), 'sessions[1].hamlets[1]: "TD-xyz" is not a hamlet in units'),
    (S3, ("sessions", 0, "host_hamlet", "TD-son-tra"), 'sessions[1].host_hamlet: "TD-son-tra" is not one of'),
    (S3, ("sessions", 0, "coverage", "whole_unit"), "sessions[1].hamlets: named for the coverage"),
    (S3, ("audience", "hamlets", ["TD-xyz"]), 'audience.hamlets[1]: "TD-xyz" is not a hamlet'),
    (S3, ("audience", "hamlets", []), 'audience.hamlets: named for the mode "hamlets"'),
    (S2, ("audience", "mode", "registered"), 'audience.seats: given for the mode "delegates" only'),
    (S0, ("sessions", []), "sessions is empty"),
    # the lists of delegates
    (S0, ("sessions", 0, "hour", "8 giờ"), "sessions[1].hour must be an hour such as 07:30, not '8 giờ'"),
    (S0, ("sessions", 0, "hour", "24:00"), "sessions[1].hour must be an hour such as 07:30"),
    (
        S0,
        ("opinions", {"phrase": "góp ý", "opens": "2024-04-10", "closes": "2024-04-01"}),
        "opinions.closes: 2024-04-01",
    ),
    (S2, ("registration", "lists", "to", "xyz"), 'registration.lists.to: "xyz" is not the key of an office'),
    (S2, ("registration", "lists", "to", REMOVED), "registration.lists.to is missing"),
    (S2, ("registration", "lists", "before", "05/9/2023"), "registration.lists.before: '05/9/2023' is not a day"),
    (S2, ("registration", "lists", "before", "2023-10-01"), "registration.lists.before: 2023-10-01 is no day of 2023"),
    (S2, ("registration", "lists", "before", "2022-09-05"), "registration.lists.before: 2022-09-05 is no day of 2023"),
    (S2, ("registration", "quotas", False), "registration.lists: given where units have a quota"),
    # numbers
    (S0, ("clocks", "notice", "days", 0), "clocks.notice.days must be at least 1, not 0"),
    (S0, ("clocks", "reply", "days", -30), "clocks.reply.days must be at least 1, not -30"),
    (S0, ("clocks", "preparation", "working_days", 0), "clocks.preparation.working_days must be at least 1"),
    (S2, ("clocks", "periodic_report", "first_working_days", 0), "clocks.periodic_report.first_working_days must"),
    (S0, ("clocks", "targets", {"phrase": "x", "internal_days": 0}), "clocks.targets.internal_days must be at least 1"),
    (S0, ("clocks", "targets", {"phrase": "x", "urgent_days": -1}), "clocks.targets.urgent_days must be at least 1"),
    (S0, ("clocks", "targets", {"internal_days": 20}), "clocks.targets.phrase is missing"),
    (S2, ("audience", "seats", 2, "count", 0), "audience.seats[3].count must be at least 1"),
    # the rest
    (S2, ("bases", 0, "parent_plan", True), "bases: only one of them can be the parent plan"),
    (S0, ("open", 1, "default", "xyz"), 'open[2].default: "xyz" is not the key of one of its options'),
    (S0, ("open", 1, "options", 1, "key", "before-meeting"), 'open[2].options[2].key: "before-meeting" is already'),
    (S0, ("open", 0, "options", 0, "hamlets", 0, "session", "thang-5"), "open[1].options[1].hamlets[1].session"),
    (S0, ("open", 0, "options", 0, "hamlets", 0, "hamlets", ["x"]), 'open[1].options[1].hamlets[1].hamlets[1]: "x"'),
    (S1, ("open", 1, "default", "năm"), 'open[2].default: "năm" is not a number'),
    (S1, ("open", 1, "form", "days"), 'open[2].form: "days" is not one of'),
    (S1, ("open", 4, "task", "lead", "xyz"), 'open[5].task.lead: "xyz" is not the key of an office'),
    (S1, ("open", 4, "form", "text"), 'open[5].task: given for the form "date" only'),
    (S1, ("open", 7, "options", 0, "key", "xyz"), "open[8].options[1]"),
    (S2, ("open", 6, "options", 1, "tasks", 0, "lead", "xyz"), 'open[7].options[2].tasks[1].lead: "xyz" is not the'),
    (S4, ("open", 4, "needs", "key", "xyz"), 'open[5].needs.key: "xyz" is not the key of an open question'),
]


@pytest.mark.parametrize(("code", "change", "sentence"), WRONG)
def test_a_wrong_profile_is_refused_with_the_path_of_the_field(code, change, sentence):
    with pytest.raises(ProfileError) as refused:
        parse_profile(changed(code, *change), name="my-plan")

    lines = flaw_lines(refused.value, "en").splitlines()
    assert any(line.startswith(f"my-plan: {sentence}") for line in lines), lines
    spoken = flaw_lines(refused.value, "vi").splitlines()
    assert [line.split(":")[0] for line in spoken] == ["my-plan"] * len(lines)
    assert all(line.startswith("my-plan: ") and line.endswith(".") for line in lines)


def test_something_that_is_no_table_at_all_is_refused():
    with pytest.raises(ProfileError) as refused:
        parse_profile([], name="my-plan")  # type: ignore[arg-type]
    assert flaw_lines(refused.value, "en") == "my-plan: The file must be a table, not a list."
    assert flaw_lines(refused.value, "vi") == "my-plan: Tệp phải là một bảng, không phải một danh sách."


def test_a_hamlet_may_be_added_by_hand():
    units = [*LOADED[S4]["units"], HAMLET]

    assert [line.name for line in parse_profile(changed(S4, "units", units), name=S4).hamlets] == ["Thôn Đông"]


def test_text_typed_with_combining_marks_is_stored_composed():
    typed = "Ba\u0302\u0301t"

    assert parse_profile(changed(S0, "plan", "title", f" {typed} "), name=S0).plan.title == "B\u1ea5t"


@dataclass(frozen=True)
class _Defect:
    number: int

    def __post_init__(self) -> None:
        raise ZeroDivisionError("ours")


@dataclass(frozen=True)
class _Holder:
    part: _Defect


def test_a_defect_of_ours_is_not_said_to_be_a_mistake_of_the_file():
    with pytest.raises(ZeroDivisionError, match="ours"):
        read_table(_Holder, {"part": {"number": 1}})
