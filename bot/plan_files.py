"""Plans as files: read a profile, say what it leaves open."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from intake.actions.deadlines.clocks import settings_of_clocks
from intake.rules.deadlines.clock_settings import ClockSettings
from intake.rules.plan.open_points import undecided
from intake.rules.plan.profile import PlanProfile, ProfileError
from intake.rules.plan.profile_parse import parse_profile

PLANS = Path(__file__).parents[1] / "plans"


def read_profile(path: Path) -> PlanProfile:
    """Read and check a profile. Raises `ProfileError` with one sentence for whatever is wrong with the file."""
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as trouble:
        raise ProfileError(f"{path} cannot be read: {trouble.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as mistake:
        raise ProfileError(f"{path} is no TOML file: {mistake}") from None
    return parse_profile(document, name=path.name)


def shipped_profiles() -> list[Path]:
    """The profiles of the five plans, in the order of their years."""
    return sorted(PLANS.glob("*.toml"), key=lambda path: path.stem.rsplit("-", 1)[-1])


def plan_settings_of(code: str) -> ClockSettings:
    """The clock settings of a shipped plan. Raises `ProfileError` for a code that none of them has."""
    path = PLANS / f"{code}.toml"
    if path not in shipped_profiles():
        codes = ", ".join(one.stem for one in shipped_profiles())
        raise ProfileError(f"there is no plan {code}; there are {codes}")
    return settings_of_clocks(read_profile(path).clocks)


def open_points(profile: PlanProfile, choices: Mapping[str, str]) -> list[str]:
    """What the plan leaves open and nobody has decided, and what to beware of, one line each."""
    return [
        *(f"còn để ngỏ: {point.question}" for point in undecided(profile, choices)),
        *(f"lưu ý: {warning.text}" for warning in profile.warnings),
    ]
