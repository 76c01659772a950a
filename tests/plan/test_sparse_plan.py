"""A plan that says as little as real notices do: no topics, no signature, no place, and an hour, a form, a window."""

import tomllib

import pytest

from bot.plan_files import shipped_profiles
from intake.actions.plan.load_plan import load_plan
from intake.rules.deadlines.clock import RuleSource
from intake.rules.people.person import Role
from intake.rules.plan.decided import decided_plan
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_parse import from_document, parse_profile, to_document
from intake.rules.plan.profile_terms import Side
from tests.support.world import World
from wording.plans import hosts_line
from wording.texts import words

BARE = """
code = "cam-thuy-2024"
unit = "CT"

[plan]
title = "Thông báo tổ chức hội nghị đối thoại"
year = 2024
layout = "joint"
phrase = "tổ chức hội nghị đối thoại"

[[units]]
code = "CT"
name = "xã Cẩm Thủy"
level = "commune"
phrase = "xã Cẩm Thủy"

[[sessions]]
key = "thang-5"
title = "Đối thoại với thanh niên"
window = "2024-05"
phrase = "07 giờ 30, tháng 5 năm 2024"
"""
SAID = (
    BARE
    + """
hour = 07:30:00
form = "both"
people = "thanh niên, đoàn viên trong xã"

[opinions]
opens = 2024-05-01
closes = 2024-05-10
phrase = "tiếp nhận câu hỏi từ ngày 01/5 đến ngày 10/5/2024"

[registration]
mode = "before_meeting"
until = 2024-05-12
phrase = "đăng ký đến hết ngày 12/5/2024"
"""
)


def profile_of(text: str) -> PlanProfile:
    return parse_profile(tomllib.loads(text), name="sparse")


def test_what_a_paper_does_not_state_is_no_flaw() -> None:
    profile = profile_of(BARE)

    assert (profile.hosts, profile.topics, profile.bases, profile.signature) == ((), (), (), None)
    assert profile.sessions[0].venue is None
    assert [question.key for question in profile.open] == ["hamlets"], "who lives where is asked all the same"
    clocks = decided_plan(profile, {}).clocks
    assert (clocks.reply.number, clocks.reply.source) == (30, RuleSource.DEFAULT)
    assert (clocks.notice.number, clocks.notice.source) == (7, RuleSource.LAW), "two together stand under the law"
    assert words("vi", "openpoint.hosts", hosts_line(profile).params) == "Chủ trì: chưa có"


def test_what_it_states_comes_back_as_it_was_stored() -> None:
    profile = profile_of(SAID)

    assert to_document(profile)["sessions"][0]["hour"] == "07:30"
    assert from_document(to_document(profile)) == profile


@pytest.mark.parametrize(
    ("layout", "side"),
    [
        ("party", Side.PARTY),
        ("state", Side.STATE),
        ("council", Side.STATE),
        ("joint", Side.BOTH),
        ("front", Side.BOTH),
        (None, Side.BOTH),
    ],
)
def test_whose_dialogue_it_is_follows_from_who_issued_it_r219(layout: str | None, side: Side) -> None:
    line = "" if layout is None else f'layout = "{layout}"\n'
    assert profile_of(BARE.replace('layout = "joint"\n', line)).side is side


@pytest.mark.parametrize("path", shipped_profiles(), ids=lambda path: path.stem)
def test_profiles_of_before_are_read_as_before(path) -> None:  # type: ignore[no-untyped-def]
    document = tomllib.loads(path.read_text("utf-8"))
    profile = parse_profile(document, name=path.stem)
    assert profile.signature is not None
    assert profile.audience is not None
    assert profile.sessions[0].venue == document["sessions"][0]["venue"]


def test_a_deputy_chairs_only_in_the_absence_of_the_others() -> None:
    hosts = """
[[hosts]]
key = "bi-thu"
title = "Bí thư Đảng ủy"
phrase = "Bí thư Đảng ủy"

[[hosts]]
key = "pho-bi-thu"
title = "Phó Bí thư Thường trực"
deputy = true
phrase = "hoặc Phó Bí thư Thường trực"
"""
    line = hosts_line(profile_of(BARE + hosts))
    assert words("vi", line.key, line.params) == "Chủ trì: Bí thư Đảng ủy (khi vắng: Phó Bí thư Thường trực)"


async def test_place_is_asked_hour_is_offered_and_the_notice_says_for_whom(plain_world: World) -> None:
    async with plain_world.store.unit() as uow:
        await load_plan(uow, profile_of(SAID))
        await uow.commit()
    secretary = await plain_world.staff(Role.SECRETARY, "CT", "Lê Thị Mai")
    await secretary.says("/buoimoi")
    await secretary.presses("Đối thoại với thanh niên")
    await secretary.presses("Ấn định ngày")
    await secretary.says("24/05/2024")
    await secretary.presses("07:30 (theo kế hoạch)")
    assert "Kế hoạch không nêu địa điểm" in secretary.hears()
    assert not secretary.sees_button("Bỏ qua")
    await secretary.says("Hội trường UBND xã")
    assert "07:30" in secretary.hears()
    await secretary.presses("Gửi")
    await secretary.says("/thongbao")
    notice = secretary.hears()
    for line in (
        "Thành phần: thanh niên, đoàn viên trong xã",
        "Hình thức: trực tiếp và trực tuyến",
        "Nhận ý kiến, câu hỏi: từ 01/05/2024 đến hết 10/05/2024",
        "Đăng ký: đến hết 12/05/2024",
        "Nội dung: những điều bà con muốn hỏi, phản ánh, kiến nghị.",
    ):
        assert line in notice, notice


async def test_where_only_the_end_is_named_only_the_end_is_said(plain_world: World) -> None:
    async with plain_world.store.unit() as uow:
        await load_plan(uow, profile_of(SAID.replace("opens = 2024-05-01\n", "").replace("both", "online")))
        await uow.commit()
    secretary = await plain_world.staff(Role.SECRETARY, "CT", "Lê Thị Mai")
    await secretary.says("/buoimoi")
    await secretary.presses("Đối thoại với thanh niên")
    await secretary.presses("Ấn định ngày")
    await secretary.says("24/05/2024")
    await secretary.says("8h")
    await secretary.says("Hội trường UBND xã")
    await secretary.presses("Gửi")
    await secretary.says("/thongbao")
    assert "Nhận ý kiến, câu hỏi: đến hết 10/05/2024" in secretary.hears()
    assert "Hình thức: trực tuyến" in secretary.hears()
