"""A unit code belongs to one unit: two communes that chose the same letters are never taken for one (LAW C7)."""

import tomllib

import pytest

from intake.actions.plan.load_plan import LoadedPlan, load_plan
from intake.rules.errors import RuleBroken
from intake.rules.people.person import Role
from intake.rules.people.unit import Level, Unit
from intake.rules.plan.plan_changes import Becomes, PlanChange
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_parse import parse_profile
from tests.conftest import PLANS, load
from tests.support.open_points import goes_to
from tests.support.world import World, local
from wording.texts import words


def profile(code: str, *edits: tuple[str, str]) -> PlanProfile:
    """The profile of a plan whose file was edited everywhere."""
    text = (PLANS / f"{code}.toml").read_text("utf-8")
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    document = tomllib.loads(text)
    return parse_profile(document, name=document["code"])


def next_year(*edits: tuple[str, str]) -> PlanProfile:
    """Another plan for the unit of Vĩnh Bảo."""
    return profile("vinh-bao-2026", ('code = "vinh-bao-2026"', 'code = "vinh-bao-sau"'), *edits)


async def loads(world: World, what: PlanProfile) -> LoadedPlan:
    async with world.store.unit() as uow:
        loaded = await load_plan(uow, what)
        await uow.commit()
    return loaded


async def unit(world: World, code: str) -> Unit:
    async with world.store.reading() as uow:
        found = await uow.places.unit_by_code(code)
    assert found is not None
    return found


async def refusal(world: World, what: PlanProfile) -> str:
    with pytest.raises(RuleBroken) as refused:
        await loads(world, what)
    return words("vi", refused.value.message.key, refused.value.message.params)


async def test_two_communes_with_one_code_are_not_made_one(plain_world: World) -> None:
    """Di Lăng is there as DL; Vĩnh Bảo, written down as DL too, is refused with both names, and nobody is moved."""
    lan = await plain_world.resident("DL-hang-gon", "Trần Thị Lan")

    said = await refusal(plain_world, profile("vinh-bao-2026", ('"VB"', '"DL"')))

    assert "DL là mã của “thị trấn Di Lăng”, không phải “xã Vĩnh Bảo (thành phố Hải Phòng)”" in said
    assert "formerly" in said
    assert (await unit(plain_world, "DL")).name == "thị trấn Di Lăng"
    await lan.says("/lich")
    assert "Vĩnh Bảo" not in lan.hears()


async def test_a_province_is_one_for_all_its_communes_and_two_of_one_code_are_two(plain_world: World) -> None:
    await load(plain_world, "vinh-bao-2026")
    other = ('code = "vinh-bao-2026"', 'code = "tien-lang-2026"'), ('"VB"', '"TL"'), ("xã Vĩnh Bảo", "xã Tiên Lãng")

    loaded = await loads(plain_world, profile("vinh-bao-2026", *other))
    assert loaded.changes == ()
    assert (await unit(plain_world, "TL")).parent_id == (await unit(plain_world, "HP")).id

    said = await refusal(
        plain_world,
        profile(
            "vinh-bao-2026",
            ('code = "vinh-bao-2026"', 'code = "khac-2026"'),
            ('"VB"', '"KH"'),
            ("thành phố Hải Phòng", "tỉnh Hưng Phú"),
        ),
    )
    assert "HP là mã của “thành phố Hải Phòng”, không phải “tỉnh Hưng Phú”" in said


async def test_one_name_below_two_provinces_is_two_communes(plain_world: World) -> None:
    await load(plain_world, "vinh-bao-2026")

    said = await refusal(plain_world, next_year(('"HP"', '"QN"'), ("thành phố Hải Phòng", "tỉnh Quảng Ninh")))

    assert "VB là mã của “xã Vĩnh Bảo (thành phố Hải Phòng)”, không phải “xã Vĩnh Bảo (tỉnh Quảng Ninh)”" in said


async def test_spelling_is_no_other_name(plain_world: World) -> None:
    await load(plain_world, "vinh-bao-2026")

    loaded = await loads(plain_world, next_year(('"xã Vĩnh Bảo"', '"Xã Vĩnh Bảo"')))

    assert [(one.path, one.before, one.after) for one in loaded.changes] == [
        ("units[VB].name", "xã Vĩnh Bảo", "Xã Vĩnh Bảo")
    ]
    assert loaded.shared == "Xã Vĩnh Bảo"


async def test_its_own_plan_may_rename_a_unit_no_other_plan_names(plain_world: World) -> None:
    loaded = await loads(plain_world, profile("di-lang-2024", ('"thị trấn Di Lăng"', '"xã Sơn Hà"')))

    assert PlanChange("units[DL].name", Becomes.CHANGED, "thị trấn Di Lăng", "xã Sơn Hà") in loaded.changes
    assert (await unit(plain_world, "DL")).name == "xã Sơn Hà"


async def test_a_successor_says_what_the_unit_was_called_and_people_stay_where_they_are(plain_world: World) -> None:
    """LAW C7: the commune was renamed and lies in another province; what was asked stays with it, and so do people."""
    await load(plain_world, "vinh-bao-2026")
    secretary = await plain_world.staff(Role.SECRETARY, "VB", "Lê Thị Thu")
    renamed = (
        ('"xã Vĩnh Bảo"', '"phường Vĩnh An"\nformerly = "Xã Vĩnh Bảo"'),
        ('"HP"', '"HN"'),
        ("thành phố Hải Phòng", "thành phố Hà Nội"),
    )
    assert "VB là mã của" in await refusal(plain_world, next_year(("xã Vĩnh Bảo", "phường Vĩnh An")))

    loaded = await loads(plain_world, next_year(*renamed))

    there = await unit(plain_world, "VB")
    assert (there.name, there.path) == ("phường Vĩnh An", f"{(await unit(plain_world, 'HN')).path}{there.id}/")
    assert PlanChange("units[VB].parent", Becomes.CHANGED, "thành phố Hải Phòng", "thành phố Hà Nội") in loaded.changes
    await secretary.says("/vaitro")
    assert "phường Vĩnh An" in secretary.hears()

    again = await loads(plain_world, profile("vinh-bao-2026"))
    assert again.changes == (), "the plan of the year before does not rename it back"
    assert (await unit(plain_world, "VB")).name == "phường Vĩnh An"


async def test_what_lies_below_moves_along(plain_world: World) -> None:
    province = '[[units]]\ncode = "QN"\nname = "tỉnh Quảng Ngãi"\nlevel = "province"\nphrase = "tỉnh"\n\n'
    above = f'{province}[[units]]\ncode = "DL"\nparent = "QN"\n'
    secretary = await plain_world.staff(Role.SECRETARY, "DL", "Lê Thị Thu")

    await loads(plain_world, profile("di-lang-2024", ('[[units]]\ncode = "DL"\n', above)))

    hamlet, over = await unit(plain_world, "DL-hang-gon"), await unit(plain_world, "QN")
    assert hamlet.path.startswith(over.path)
    assert (over.level, hamlet.level) == (Level.PROVINCE, Level.HAMLET)
    await secretary.says("/moi")
    await secretary.presses("Trưởng thôn/tổ")
    assert secretary.sees_button("TDP Hàng Gòn"), "still a hamlet of the secretary's commune"


async def test_nothing_lies_below_itself(plain_world: World) -> None:
    await load(plain_world, "vinh-bao-2026")
    blocks = (PLANS / "vinh-bao-2026.toml").read_text("utf-8").split("\n\n")
    [commune] = [one for one in blocks if 'code = "VB"' in one]
    [province] = [one for one in blocks if 'code = "HP"' in one]
    above = commune.partition("\n")[2].replace('parent = "HP"\n', "")
    turned = ((province, f'{above}\n\n{province}\nparent = "VB"'), (commune, ""))

    assert "HP là mã của" in await refusal(plain_world, profile("vinh-bao-2026", *turned))


async def test_a_plan_code_belongs_to_one_unit(plain_world: World) -> None:
    """Whoever starts from somebody's file and forgets to change its first line takes nothing over."""
    said = await refusal(plain_world, profile("di-lang-2024", ('"DL', '"SH')))

    assert "Mã kế hoạch di-lang-2024 đã là kế hoạch của “thị trấn Di Lăng”" in said
    assert "SH" in said


async def test_households_levels_and_desks_are_brought_up_to_date(plain_world: World) -> None:
    edits = (
        ('code = "DL-lang-dau"\n', 'code = "DL-lang-dau"\nhouseholds = 77\n'),
        ('level = "town"', 'level = "commune"'),
        ('key = "chuyen-mon"\nname = "', 'key = "chuyen-mon"\nname = "Toàn bộ '),
    )

    loaded = await loads(plain_world, profile("di-lang-2024", *edits))

    assert (await unit(plain_world, "DL-lang-dau")).households == 77
    assert (await unit(plain_world, "DL")).level is Level.COMMUNE
    assert {one.path: one.becomes for one in loaded.changes} == {
        "units[DL].level": Becomes.CHANGED,
        "units[DL-lang-dau].households": Becomes.ADDED,
        "offices[chuyen-mon].name": Becomes.CHANGED,
    }
    assert (await loads(plain_world, profile("di-lang-2024"))).changes != ()
    assert (await unit(plain_world, "DL-lang-dau")).households == 77, "a file that is silent takes nothing away"


async def test_a_topic_given_to_another_desk_is_a_change_and_so_is_what_the_plan_drops(plain_world: World) -> None:
    blocks = (PLANS / "di-lang-2024.toml").read_text("utf-8").split("\n\n")
    [duty] = [one for one in blocks if one.startswith('[[duties]]\nduty = "mobilisation"')]
    [economy] = [one for one in blocks if one.startswith('[[topics]]\ncode = "kinh-te"')]
    desk = next(one.key for one in profile("di-lang-2024").desks if one.key != "chuyen-mon")
    edits = ((duty, ""), (economy, economy.replace('desk = "chuyen-mon"', f'desk = "{desk}"\nsensitive = true')))

    loaded = await loads(plain_world, profile("di-lang-2024", *edits))

    changed = {one.path: one.becomes for one in loaded.changes}
    assert changed == {
        "topics[kinh-te].desk": Becomes.CHANGED,
        "topics[kinh-te].sensitive": Becomes.CHANGED,
        "duties[mobilisation]": Becomes.REMOVED,
    }


async def test_a_clash_is_met_at_an_answer_too_and_what_was_typed_is_refused(plain_world: World) -> None:
    """Answering which hamlets there are lays out units as loading does; there is one already, and it is another."""
    plain_world.clock.move_to(local(2026, 7, 1))
    await load(plain_world, "vinh-bao-2026")
    secretary = await plain_world.staff(Role.SECRETARY, "VB", "Lê Thị Thu")
    await goes_to(secretary, "Xã có những thôn nào?")
    await secretary.says("Thôn Đông, Thôn Đoài")
    async with plain_world.store.unit() as uow:
        commune = await uow.places.unit_by_code("VB")
        await uow.places.add_unit(Unit("VB-thon-nam", "Thôn Năm", Level.HAMLET), commune)
        await uow.commit()

    await secretary.taps_code("planpoint.2.hamlets")
    await secretary.says("Thôn Đông, Thôn Đoài, Thôn Nam")

    assert "VB-thon-nam là mã của “Thôn Năm (xã Vĩnh Bảo)”, không phải “Thôn Nam (xã Vĩnh Bảo)”" in secretary.hears()
    assert (await unit(plain_world, "VB-thon-nam")).name == "Thôn Năm"


async def test_of_two_hamlets_of_one_name_typing_it_takes_neither(plain_world: World) -> None:
    """From an earlier installation: the buttons read alike, and the first of them is not taken silently."""
    async with plain_world.store.unit() as uow:
        commune = await uow.places.unit_by_code("DL")
        await uow.places.add_unit(Unit("DL-lang-dau-2", "TDP Làng Dầu", Level.HAMLET), commune)
        await uow.commit()
    lan = plain_world.phone()
    await lan.says("/start")
    await lan.presses("Đồng ý")

    for typed in ("TDP Làng Dầu", "tdp lang dau"):
        await lan.says(typed)
        assert lan.sees_button("TDP Làng Dầu"), "asked again"
