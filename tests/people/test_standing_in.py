"""Somebody is told, whoever is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.people.permissions import standing_in
from intake.rules.people.person import PersonId, Role
from intake.rules.people.unit import Level, Unit, UnitId, lineage_of
from intake.rules.questions.marks import HIDDEN, same_name, without_personal

COMMUNE, DISTRICT, PROVINCE = UnitId(3), UnitId(2), UnitId(1)
LINEAGE = (COMMUNE, DISTRICT, PROVINCE)
ANNA, BINH, CHI = PersonId(1), PersonId(2), PersonId(3)


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ({(Role.SECRETARY, COMMUNE): [ANNA], (Role.SECRETARY, PROVINCE): [BINH]}, (ANNA,)),
        ({(Role.SECRETARY, DISTRICT): [ANNA, BINH], (Role.CHAIR, COMMUNE): [CHI]}, (ANNA, BINH)),
        ({(Role.SECRETARY, PROVINCE): [BINH], (Role.CHAIR, COMMUNE): [CHI]}, (BINH,)),
        ({(Role.CHAIR, DISTRICT): [ANNA], (Role.CHAIR, COMMUNE): [CHI]}, (CHI,)),
        ({(Role.ADMIN, PROVINCE): [BINH]}, (BINH,)),
        ({(Role.OFFICIAL, COMMUNE): [ANNA]}, ()),
    ],
)
def test_the_next_unit_up_is_told_and_then_the_chair(held, told):
    assert standing_in(Role.SECRETARY, LINEAGE, held) == told


def test_the_secretary_stands_in_for_a_chair_and_nobody_for_a_supervisor():
    held = {(Role.SECRETARY, COMMUNE): [ANNA]}
    assert standing_in(Role.CHAIR, LINEAGE, held) == (ANNA,)
    assert standing_in(Role.SUPERVISOR, LINEAGE, held) == ()


@given(
    st.dictionaries(
        st.tuples(st.sampled_from([Role.SECRETARY, Role.CHAIR, Role.ADMIN]), st.sampled_from(LINEAGE)),
        st.lists(st.sampled_from([ANNA, BINH, CHI]), min_size=1, unique=True),
    )
)
def test_nobody_is_told_only_where_there_is_nobody(held):
    assert bool(standing_in(Role.SECRETARY, LINEAGE, held)) == bool(held)


def test_the_lineage_of_a_unit_begins_with_it():
    assert lineage_of(Unit("DL", "Thị trấn Di Lăng", Level.TOWN, path="/1/5/12/")) == (12, 5, 1)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Gọi 0912345678 nhé", f"Gọi {HIDDEN} nhé"),
        ("Gọi +84 912-345-678.", f"Gọi {HIDDEN}."),
        ("Tôi là nguyễn thị mai, xóm 3.", f"Tôi là {HIDDEN}, xóm 3."),
        ("Đường dài 1200 m, từ 01/05/2024.", "Đường dài 1200 m, từ 01/05/2024."),
        ("Hỏng từ 01-05-2024.", "Hỏng từ 01-05-2024."),
        ("Căn cước 051234567890.", f"Căn cước {HIDDEN}."),
        ("", ""),
    ],
)
def test_names_and_numbers_of_people_do_not_go_to_agencies(text, left):
    assert without_personal(text, "Nguyễn Thị Mai", "") == left


def test_a_name_is_the_same_in_capitals_and_with_spaces():
    assert same_name(" SỞ Giao  thông", "Sở giao thông")
    assert not same_name("Sở Giao thông", "Sở Y tế")
