"""Plans as files: read a profile, say what it leaves open."""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from bot.console import InputError
from bot.toml_lines import line_of, lines_of
from intake.rules.deadlines.clock_settings import ClockSettings, settings_of_clocks
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile import Flaw, PlanProfile, ProfileError
from intake.rules.plan.profile_parse import parse_profile
from intake.rules.text import clean

T = TypeVar("T")
_TOML_LINE = re.compile(r"at line (\d+)")
PLANS = Path(__file__).parents[1] / "plans"


def read_profile(path: Path) -> PlanProfile:
    """Read and check a profile. Raises `ProfileError` with everything that is wrong, line by line."""
    return read_toml(path, lambda document: parse_profile(document, name=path.name))


def read_profiles(paths: Iterable[Path]) -> list[PlanProfile]:
    """Read and check several. Raises `ProfileError` with what is wrong with any of them."""
    profiles: list[PlanProfile] = []
    flaws: list[Flaw] = []
    for path in paths:
        try:
            profiles.append(read_profile(path))
        except ProfileError as error:
            flaws += error.flaws
    if flaws:
        raise ProfileError(flaws)
    return profiles


def read_toml(path: Path, parse: Callable[[dict[str, Any]], T]) -> T:
    """Make something of a TOML file. Raises `ProfileError` with the lines of what `parse` or the file itself lacks."""
    try:
        text = path.read_text("utf-8-sig")  # editors of Windows put a byte order mark in front
    except OSError as trouble:
        raise ProfileError([Flaw("", "unreadable", {"why": str(trouble.strerror)})], file=str(path)) from None
    except UnicodeDecodeError as mistake:
        line = mistake.object.count(b"\n", 0, mistake.start) + 1
        raise ProfileError([Flaw("", "no_utf8", {"utf8": "UTF-8"}, line=line)], file=str(path)) from None
    try:
        document = _cleaned(tomllib.loads(text))
    except RecursionError:
        raise ProfileError([Flaw("", "too_deep")], file=str(path)) from None
    except tomllib.TOMLDecodeError as mistake:
        found = _TOML_LINE.search(str(mistake))
        line = int(found[1]) if found else text.count("\n") + 1
        flaw = Flaw("", "no_toml", {"toml": "TOML", "why": str(mistake)}, line=line)
        raise ProfileError([flaw], file=str(path)) from None
    try:
        return parse(document)
    except ProfileError as error:
        lines = lines_of(text)
        placed = [replace(flaw, line=line_of(flaw.path, lines)) for flaw in error.flaws]
        placed.sort(key=attrgetter("line"))
        raise ProfileError(placed, file=str(path)) from None


def _cleaned(value: Any) -> Any:
    """Whatever a file names, made clean like all text that comes in: TOML lets any sign be written as an escape."""
    if isinstance(value, dict):
        return {clean(name): _cleaned(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    return clean(value) if isinstance(value, str) else value


def shipped_profiles() -> list[Path]:
    """The profiles of the five plans, in the order of their years."""
    return sorted(PLANS.glob("*.toml"), key=lambda path: path.stem.rsplit("-", 1)[-1])


def plan_settings_of(code: str) -> ClockSettings:
    """The clock settings of a shipped plan. Raises `InputError` for a code that none of them has."""
    path = PLANS / f"{code}.toml"
    if path not in shipped_profiles():
        codes = ", ".join(one.stem for one in shipped_profiles())
        raise InputError(f"there is no plan {code}; there are {codes}")
    profile = read_profile(path)
    return settings_of_clocks(profile.clocks, under_law=profile.under_law)


def open_points(plan: Plan) -> list[str]:
    """What the plan leaves open and nobody has decided, and what to beware of, one line each."""
    return [
        *(f"còn để ngỏ: {point.question}" for point in plan.decided.undecided),
        *(f"lưu ý: {warning.text}" for warning in plan.profile.warnings),
    ]
