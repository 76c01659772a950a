"""Under which key the reading of a contradictory plan is recorded (R064)."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from intake.rules.errors import NotFound
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_parse import parse_profile
from intake.rules.plan.session_choice import choice_key, chosen_reading, session_of

PLANS = Path(__file__).parents[2] / "plans"


@pytest.fixture
def vinh_bao() -> PlanProfile:
    return parse_profile(tomllib.loads((PLANS / "vinh-bao-2026.toml").read_text("utf-8")), name="vinh-bao-2026")


def test_the_reading_answers_the_open_question_that_offers_the_same_readings(vinh_bao: PlanProfile) -> None:
    turned = replace(vinh_bao, open=tuple(reversed(vinh_bao.open)))
    assert choice_key(turned, turned.sessions[0]) == "session-window"


def test_without_such_a_question_the_reading_has_a_key_of_its_own(vinh_bao: PlanProfile) -> None:
    silent = replace(vinh_bao, open=())
    [session] = silent.sessions
    assert choice_key(silent, session) == "reading-hoi-nghi"
    chosen = chosen_reading(silent, session, {"reading-hoi-nghi": "b"})
    assert chosen is not None
    assert chosen.key == "b"


@pytest.mark.parametrize("choices", [{}, {"session-window": "c"}])
def test_nobody_has_chosen_while_no_reading_of_the_plan_is_recorded(
    vinh_bao: PlanProfile, choices: dict[str, str]
) -> None:
    assert chosen_reading(vinh_bao, vinh_bao.sessions[0], choices) is None


def test_a_session_the_plan_does_not_have_is_not_found(vinh_bao: PlanProfile) -> None:
    with pytest.raises(NotFound):
        session_of(vinh_bao, "thang-13")
