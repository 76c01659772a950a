"""A list of hamlets and heads taken over: new hamlets, a code for each head, what is wrong said line by line."""

import pytest

from intake.actions.people.hamlet_heads import take_hamlets
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.hamlet_list import MOST_LINES, read_hamlets
from intake.rules.people.person import Role
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.world import World


@pytest.fixture
async def office(plain_world: World) -> Office:
    return await open_office(plain_world)


def test_lines_are_read_with_or_without_numbers_and_headings() -> None:
    lines = read_hamlets([["STT", "Thôn", "Trưởng thôn"], ["1", "Thôn Đông", "Trần Văn A"], ["Thôn Tây"]])
    assert [(line.number, line.hamlet, line.head, line.wrong) for line in lines] == [
        (1, "Thôn Đông", "Trần Văn A", ""),
        (2, "Thôn Tây", "", ""),
    ]


def test_phones_are_read_by_the_heads_of_columns_or_by_what_they_are() -> None:
    headed = read_hamlets(
        [
            ["DANH SÁCH TRƯỞNG THÔN", "", "", "", ""],
            ["TT", "Họ và tên", "Điện thoại", "Thôn", "Số hộ"],
            ["1", "Trần Văn A", "0912 345 678", "Thôn Đông", "120"],
            ["2", "Lê Thị B", "12", "Thôn Tây", "90"],
        ]
    )
    assert [(one.hamlet, one.head, one.phone, one.wrong, one.doubt) for one in headed] == [
        ("Thôn Đông", "Trần Văn A", "0912 345 678", "", ""),
        ("Thôn Tây", "Lê Thị B", "", "", "hamlets.no_phone"),
    ]
    typed = read_hamlets([["1", "Thôn Đông", "Trần Văn A", "0912345678"], ["Thôn Tây", "0912345679"]])
    assert [(one.hamlet, one.head, one.phone) for one in typed] == [
        ("Thôn Đông", "Trần Văn A", "0912345678"),
        ("Thôn Tây", "", "0912345679"),
    ]
    no_phones = read_hamlets([["Thôn", "Trưởng thôn"], ["Thôn Đông", "Trần Văn A"]])
    assert [(one.head, one.phone) for one in no_phones] == [("Trần Văn A", "")]


def test_a_wrong_line_says_so_and_costs_the_others_nothing() -> None:
    lines = read_hamlets([["Thôn Đông", "A"], ["thôn đông", "B"], ["", "C"], ["1", "2"], ["Thôn " + "x" * 90]])
    assert [line.wrong for line in lines] == [
        "",
        "hamlets.wrong_twice",
        "hamlets.wrong_name",
        "hamlets.wrong_name",
        "hamlets.wrong_name",
    ]
    many = read_hamlets([[f"Thôn {number}"] for number in range(MOST_LINES + 1)])
    assert many[-1].wrong == "hamlets.wrong_many"


async def test_new_hamlets_are_added_and_heads_get_a_code(office: Office) -> None:
    lines = read_hamlets([["Tổ dân phố Mới", "Trần Văn A"], ["TDP Hàng Gòn", "Lê Văn B"], ["Xóm Bãi"]])
    async with office.world.store.unit() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        before = {one.name for one in await uow.places.hamlets(unit.id)}
        secretary = await person_named(uow, "Trần Văn Thư")
        taken = await take_hamlets(uow, by=secretary, unit_id=unit.id, lines=lines)
        names = {one.name for one in await uow.places.hamlets(unit.id)}
        await uow.commit()
    assert names - before >= {"Tổ dân phố Mới", "Xóm Bãi"}
    assert ("Tổ dân phố Mới", "Trần Văn A") in [(one.hamlet, one.head) for one in taken.codes]
    code = next(one.code for one in taken.codes if one.head == "Trần Văn A")
    head = await office.world.resident("DL-hang-gon", "Trần Văn A")
    await head.says(f"/start i-{code}")
    assert "rưởng thôn" in head.hears()
    async with office.world.store.unit() as uow:
        again = await take_hamlets(uow, by=secretary, unit_id=unit.id, lines=lines)
    assert again.added == ()
    assert "Trần Văn A" not in [one.head for one in again.codes], "whoever is head already needs no code"


async def test_only_who_holds_power_there_takes_a_list_over(office: Office) -> None:
    await neighbour_unit(office.world, Role.SECRETARY)
    async with office.world.store.unit() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        official = await person_named(uow, "Lê Thị Hoa")
        secretary = await person_named(uow, "Trần Văn Thư")
        lines = read_hamlets([["Xóm Bãi"]])
        with pytest.raises(NotFound):
            await take_hamlets(uow, by=official, unit_id=unit.id, lines=lines)
        with pytest.raises(RuleBroken):
            await take_hamlets(uow, by=secretary, unit_id=unit.id, lines=read_hamlets([["1", "2"]]))
