"""What a new file of a plan says otherwise than the one before, each thing once, in words fit for a line."""

import copy
import tomllib
from typing import Any

from intake.rules.plan.plan_changes import Becomes, PlanChange, changes_between
from intake.rules.plan.profile_parse import parse_profile
from tests.conftest import PLANS

DI_LANG: dict[str, Any] = tomllib.loads((PLANS / "di-lang-2024.toml").read_text("utf-8"))


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[PlanChange]:
    profiles = [parse_profile(document, name="di-lang-2024") for document in (before, after)]
    return list(changes_between(*profiles))


def test_a_number_a_table_and_a_list_of_words() -> None:
    after = copy.deepcopy(DI_LANG)
    after["clocks"]["notice"]["days"] = 7
    after["clocks"]["notice"]["channels"] = ["radio"]
    after["clocks"]["targets"] = {"phrase": "trả lời sớm nhất", "internal_days": 20}
    channels = ", ".join(DI_LANG["clocks"]["notice"]["channels"])

    assert {one.path: (one.becomes, one.before, one.after) for one in changed(DI_LANG, after)} == {
        "clocks.notice.days": (Becomes.CHANGED, "5", "7"),
        "clocks.notice.channels": (Becomes.CHANGED, channels, "radio"),
        "clocks.targets": (Becomes.ADDED, "", "phrase; internal_days"),
    }
    assert [one.becomes for one in changed(after, DI_LANG) if one.path == "clocks.targets"] == [Becomes.REMOVED]


def test_a_step_that_comes_twice_is_told_from_the_first() -> None:
    after = copy.deepcopy(DI_LANG)
    speaking = next(line for line in after["programme"] if line["step"] == "speaking")
    after["programme"].append({**speaking, "title": "Nhân dân phát biểu lần nữa"})

    assert changed(DI_LANG, after) == [
        PlanChange("programme[speaking 2]", Becomes.ADDED, after="Nhân dân phát biểu lần nữa")
    ]


def test_a_switch_is_said_as_the_file_has_it() -> None:
    after = copy.deepcopy(DI_LANG)
    after["clocks"]["reply"]["roll"] = False

    assert changed(DI_LANG, after) == [PlanChange("clocks.reply.roll", Becomes.ADDED, after="false")]


def test_nothing_said_otherwise_is_no_change() -> None:
    assert changed(DI_LANG, copy.deepcopy(DI_LANG)) == []
