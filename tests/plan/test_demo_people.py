"""The invented people and places of the demonstration: enough to walk through every role, apart from the plans."""

import copy
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from intake.rules.people.person import Role
from intake.rules.plan.demo_people import INVENTED, DemoCast, parse_cast, with_cast
from intake.rules.plan.profile import PlanProfile, ProfileError
from intake.rules.plan.profile_parse import parse_profile
from wording.flaws import flaw_lines

PLANS = Path(__file__).parents[2] / "plans"


def loaded(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


PROFILES: dict[str, PlanProfile] = {
    path.stem: parse_profile(loaded(path), name=path.stem) for path in PLANS.glob("*.toml")
}
CASTS: dict[str, DemoCast] = {
    code: parse_cast(loaded(PLANS / "demo" / f"{code}.toml"), profile, name=code) for code, profile in PROFILES.items()
}


@pytest.mark.parametrize("code", PROFILES)
def test_every_role_of_the_plan_can_be_played(code):
    cast, profile = CASTS[code], PROFILES[code]

    for role in (Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR):
        assert cast.holding(role)
    assert {person.desk for person in cast.holding(Role.OFFICIAL)} == {desk.key for desk in profile.desks}
    assert len(cast.holding(Role.OFFICIAL)) >= 3
    heads = [person.hamlet for person in cast.holding(Role.HAMLET_HEAD)]
    assert sorted(heads) == sorted(line.code for line in with_cast(profile, cast).hamlets)
    homes = [person.hamlet for person in cast.holding(Role.RESIDENT)]
    assert sum(homes.count(home) >= 2 for home in set(homes)) >= 2


def test_vinh_bao_has_21_hamlets_of_3_delegates_each():
    cast = CASTS["vinh-bao-2026"]

    assert len(with_cast(PROFILES["vinh-bao-2026"], cast).hamlets) * (cast.quota or 0) == 63


def test_what_is_added_says_that_it_is_invented():
    profile, cast = PROFILES["vinh-bao-2026"], CASTS["vinh-bao-2026"]

    assert {line.phrase for line in with_cast(profile, cast).hamlets} == {INVENTED}
    assert profile.hamlets == ()


@pytest.mark.parametrize("code", PROFILES)
def test_nobody_has_the_name_of_a_person_in_the_plan(code):
    assert PROFILES[code].signature.name not in {person.name for person in CASTS[code].people}


WRONG: list[tuple[tuple[Any, ...], str]] = [
    (("plan", "di-lang-2024"), 'plan: these people are for "di-lang-2024", not for "vinh-bao-2026"'),
    (("quota", 0), "quota must be at least 1"),
    (("units", 0, "parent", "XX"), "units[1].parent"),
    (("people", 1, "key", "lan"), 'people[2].key: "lan" is already used by people[1].key'),
    (("people", 1, "key", "Lan"), 'people[2].key: "Lan" is not small letters'),
    (("people", 0, "roles", []), "people[1].roles is empty"),
    (("people", 0, "roles", ["king"]), 'people[1].roles[1]: "king" is not one of'),
    (("people", 0, "hamlet", None), "people[1].hamlet is missing"),
    (("people", 0, "hamlet", "VB-xyz"), 'people[1].hamlet: "VB-xyz" is not a hamlet'),
    (("people", 0, "desk", "cong-an"), "people[1].desk: an official has a desk, and nobody else"),
    (("people", -4, "desk", "van-phong-ubnd"), 'people[34].desk: "van-phong-ubnd" is not an office'),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_a_wrong_cast_is_refused_with_the_path_of_the_field(change, sentence):
    document = copy.deepcopy(loaded(PLANS / "demo" / "vinh-bao-2026.toml"))
    *way, last, value = change
    place: Any = document
    for step in way:
        place = place[step]
    place[last] = value
    if value is None:
        del place[last]

    with pytest.raises(ProfileError) as refused:
        parse_cast(document, PROFILES["vinh-bao-2026"], name="cast")

    assert flaw_lines(refused.value, "en").startswith(f"cast: {sentence}")


def test_a_cast_made_for_another_tree_of_units_is_not_staged():
    cast = CASTS["vinh-bao-2026"]
    astray = replace(cast, units=(replace(cast.units[0], parent="XX"), *cast.units[1:]))

    with pytest.raises(ProfileError, match="parent"):
        with_cast(PROFILES["vinh-bao-2026"], astray)


def test_what_is_wrong_with_the_plan_itself_keeps_its_place():
    broken = replace(PROFILES["vinh-bao-2026"], unit="XX")

    with pytest.raises(ProfileError) as refusal:
        parse_cast(loaded(PLANS / "demo" / "vinh-bao-2026.toml"), broken, name="vinh-bao-2026")

    assert "unit" in {flaw.path for flaw in refusal.value.flaws}
