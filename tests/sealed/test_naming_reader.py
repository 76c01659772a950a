"""Whom words that accuse somebody may mean, as residents call them: by title, by what they do, by name."""

import pytest

from intake.rules.people.person import Grant, PersonId, Role
from intake.rules.people.unit import DeskId, UnitId
from intake.rules.sealed.named import Nameable, Named, NamedKind, named_by_code, named_in, names, with_people

LAND, POLICE, OFFICE_DESK, CULTURE = DeskId(1), DeskId(2), DeskId(3), DeskId(4)
HUNG, HOA, LAN, THU = PersonId(11), PersonId(12), PersonId(13), PersonId(14)
DOAI, BA = UnitId(21), UnitId(22)
COMMUNE = UnitId(20)
UNIT = Nameable(
    unit_id=COMMUNE,
    desks={
        LAND: "Địa chính - Xây dựng",
        POLICE: "Công an xã",
        OFFICE_DESK: "Văn phòng HĐND và UBND",
        CULTURE: "Phòng Văn hóa - Xã hội",
    },
    people={HUNG: "Trần Văn Hùng", HOA: "Lê Thị Hoa", LAN: "Nguyễn Ngọc Lan", THU: "Phạm Văn Thư"},
    hamlets={DOAI: "Thôn Đoài", BA: "Xóm 3"},
    own_hamlet=DOAI,
)


def read(text: str, office: Nameable = UNIT) -> set[str]:
    return {one.code for one in named_in(text, office)}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ông cán bộ địa chính vòi vĩnh", {"desk-1"}),
        ("dia chinh xa voi vinh", {"desk-1"}),
        ("cb địa chính", {"desk-1"}),
        ("mấy ông công an xã hách dịch", {"desk-2"}),
        ("Chị cán bộ văn hóa đi làm muộn", {"desk-4"}),
        ("Nhà văn hóa thôn bị khóa", set()),
        ("Ông chủ tịch xã nhận tiền", {"chair-20"}),
        ("Ông Hoàng Văn Phong trưởng thôn Đoài lấy tiền", {"hamlet_head-21"}),
        ("Ông Hoàng ở văn phòng xã lấy tiền", {"secretary-20"}),
        ("Anh Hoàng văn phòng xã lấy tiền", {"secretary-20"}),
        ("Ông Bùi Văn Hòa hàng xóm lấn ngõ", set()),
        ("ct xa nhan tien", {"chair-20"}),
        ("phó chủ tịch", {"chair-20"}),
        ("Bà chủ tịch hội phụ nữ", set()),
        ("bí thư Đảng ủy", {"chair-20"}),
        ("bí thư chi bộ thôn", {"hamlet_head-21"}),
        ("Trưởng thôn ăn chặn gạo", {"hamlet_head-21"}),
        ("truong xom 3 an chan gao", {"hamlet_head-22"}),
        ("Cô thư ký quát dân", {"secretary-20"}),
        ("Chánh văn phòng quát dân", {"secretary-20"}),
        ("Văn phòng HĐND và UBND không tiếp dân", {"secretary-20", "desk-3"}),
        ("Anh Hùng địa chính để quên hồ sơ", {"person-11", "desk-1"}),
        ("anh hung dia chinh de quen ho so", {"person-11", "desk-1"}),
        ("tran van hung nhận tiền", {"person-11"}),
        ("Bà hội trưởng Lan lấy tiền", {"person-13"}),
        ("Cán bộ địa chính Hùng đòi tiền", {"person-11", "desk-1"}),
        ("cong an xa Hoa nhan tien", {"person-12", "desk-2"}),
        ("Anh hùng lực lượng", {"person-11"}),  # rather one too many: people confirm it
        ("Hoa trong vườn bị ngắt", set()),
        ("Đường có hoa bị phá", set()),
        ("Ông bí thư nói tục", {"chair-20"}),  # no Thư
        ("", set()),
    ],
)
def test_people_are_known_by_title_by_what_they_do_and_by_name(text: str, named: set[str]) -> None:
    assert read(text) == named


def test_an_official_whose_work_no_desk_is_called_by_is_of_the_desk_the_words_speak_of() -> None:
    bare = Nameable(COMMUNE, {LAND: "Bộ phận chuyên môn", POLICE: "Ban Kiểm tra"}, {}, {}, None)
    spoken = Nameable(COMMUNE, bare.desks, {}, {}, None, POLICE)

    assert read("Cán bộ vòi tiền", bare) == {"desk-1"}
    assert read("Cán bộ vòi tiền", spoken) == {"desk-2"}
    assert read("Ông địa chính vòi tiền", bare) == {"desk-1"}
    assert read("Trưởng thôn vòi tiền", bare) == set(), "of a hamlet nobody heads here"
    assert read("Ông Không Tên", Nameable(COMMUNE, {}, {HUNG: ""}, {})) == set()


def test_a_desk_of_the_party_builds_no_houses_and_the_mass_organisations_pay_no_benefits() -> None:
    """Words in the name of a desk that mean something else there: whoever is meant sits at another one."""
    party, staff, mass = DeskId(5), DeskId(6), DeskId(7)
    commune = Nameable(
        COMMUNE,
        {
            party: "Ban Xây dựng Đảng",
            staff: "Công chức chuyên môn UBND xã",
            mass: "Ủy ban Mặt trận và các tổ chức chính trị - xã hội",
        },
        {},
        {},
    )
    for text in ("Cán bộ địa chính xã vòi vĩnh", "Ông xây dựng xã đòi tiền", "Cán bộ chính sách ăn chặn quà"):
        assert read(text, commune) == {"desk-6"}, text
    assert read("Cán bộ mặt trận ăn chặn quà", commune) == {"desk-7"}
    assert read("Ban Xây dựng Đảng bao che", commune) == {"desk-5"}


def test_a_code_names_one_and_nonsense_names_nobody() -> None:
    assert named_by_code("hamlet_head-21") == Named(NamedKind.HAMLET_HEAD, 21)
    assert [named_by_code(code) for code in ("", "desk", "desk-", "desk-x", "mayor-1")] == [None] * 5


def test_named_are_whoever_was_meant_and_whoever_holds_the_office_now() -> None:
    official = Grant(HUNG, Role.OFFICIAL, COMMUNE, LAND)
    chair = Grant(HOA, Role.CHAIR, COMMUNE)
    elsewhere = Grant(LAN, Role.CHAIR, UnitId(99))
    held = {HUNG: (official,), HOA: (chair,), LAN: (elsewhere,)}
    desk = with_people(Named(NamedKind.DESK, LAND), held)

    assert desk.people == (HUNG,)
    assert with_people(Named(NamedKind.CHAIR, COMMUNE), held).people == (HOA,)
    assert with_people(Named(NamedKind.PERSON, LAN), held).people == (LAN,)
    assert names([desk], HUNG, ()), "moved to another desk"
    assert names([desk], THU, (Grant(THU, Role.OFFICIAL, COMMUNE, LAND),)), "came to it since"
    assert not names([desk], HOA, (chair,))
    assert not names([Named(NamedKind.PERSON, THU)], HOA, (chair,))
