"""Which years are looked back on: a person's choice, the programme, or the year before (R143)."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from intake.rules.meetings.results import earlier_years
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_parse import parse_profile

PLANS = Path(__file__).parents[2] / "plans"


def profile(code: str) -> PlanProfile:
    return parse_profile(tomllib.loads((PLANS / f"{code}.toml").read_text("utf-8")), name=code)


@pytest.mark.parametrize(
    ("code", "choices", "years"),
    [
        ("thach-that-2023", {}, (2021, 2022)),
        ("thach-that-2023", {"earlier-years": "2022"}, (2022,)),
        ("thach-that-2023", {"earlier-years": "2019-2022"}, (2019, 2020, 2021, 2022)),
        ("thach-that-2023", {"earlier-years": "2022, 2020"}, (2020, 2022)),
        ("thach-that-2023", {"earlier-years": "như mọi năm"}, (2021, 2022)),
        ("di-lang-2024", {}, (2023,)),
    ],
)
def test_the_years_are_a_setting_of_the_plan(code: str, choices: Mapping[str, str], years: tuple[int, ...]) -> None:
    assert earlier_years(profile(code), choices) == years
