"""A meeting for some kinds of people, and with so many places: said, shown, kept to when people register (R216)."""

import pytest
from fastapi import FastAPI

from intake.actions.meetings.for_whom import say_for_whom
from intake.actions.meetings.seats import waiting_number
from intake.actions.plan.load_plan import load_plan
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import MeetingState, RegistrationState
from intake.rules.people.person import Person, Role
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_parse import to_document
from intake.rules.plan.profile_terms import AudienceKind
from tests.plan.test_drafting import plan
from tests.plan.test_plan_paper_changes import announced, the_meeting
from tests.support.amending import amended
from tests.support.desk import DeskBrowser, desk_app, sit_down
from tests.support.meetings import registers
from tests.support.open_points import plan_called
from tests.support.stories import set_meeting
from tests.support.world import World
from wording.notices import compose


@pytest.fixture
def app(plain_world: World) -> FastAPI:
    return desk_app(plain_world)


async def says_for_whom(desk: DeskBrowser, meeting_id: int, *kinds: str, places: str) -> None:
    await desk.opens(f"/buoi/{meeting_id}")
    ticked = {f"kind-{kind}": "yes" for kind in kinds}
    await desk.sends(f"/buoi/{meeting_id}/danh-cho", form="whom", places=places, **ticked)


async def test_whoever_registers_when_the_places_are_taken_waits_and_is_told_when_there_are_more(
    plain_world: World, app: FastAPI
) -> None:
    clerk, lan = await announced(plain_world)
    meeting = await the_meeting(plain_world)
    desk = await sit_down(app, clerk)
    await says_for_whom(desk, meeting.id, "youth", "women", places="nhiều")
    assert "không phải là số" in desk.reads()
    await says_for_whom(desk, meeting.id, "youth", "women", places="0")
    assert "phải từ 1 đến 9999" in desk.reads()
    await says_for_whom(desk, meeting.id, "youth", "women", places="1")
    assert "thanh niên, phụ nữ; 1" in desk.reads()

    ba = await plain_world.resident("AD", "Hoàng Văn Ba")
    await ba.says("/dangky")
    await ba.presses("Tham dự")
    await ba.presses("Gửi")
    assert "Đã ghi tên vào danh sách chờ" in ba.hears()
    assert "bà/ông đứng thứ 1 trong danh sách chờ" in ba.hears()
    tu = await plain_world.resident("AD", "Lý Thị Tư")
    await registers(tu)
    async with plain_world.store.unit() as uow:
        waiting = [
            one
            for one in await uow.meetings.registrations(meeting.id, waiting=True)
            if one.state is RegistrationState.WAITING
        ]
        assert [await waiting_number(uow, one) for one in waiting] == [1, 2]
    await desk.opens(f"/buoi/{meeting.id}")
    assert "1 (chờ chỗ: 2)" in desk.reads(), "who waits has no seat yet"
    ba.reads()
    await says_for_whom(desk, meeting.id, "youth", "women", places="2")
    await plain_world.settle()
    assert "Đã có chỗ cho bà/ông" in ba.hears()
    assert tu.news() == []
    await says_for_whom(desk, meeting.id, places="")
    assert "mọi người; không giới hạn" in desk.reads()
    await plain_world.settle()
    async with plain_world.store.unit() as uow:
        listed = await uow.meetings.registrations(meeting.id, waiting=True)
        assert {one.state for one in listed} == {RegistrationState.STANDING}
    lan.reads()


async def test_the_notice_says_for_whom_it_is_and_how_many_places_there_are(plain_world: World, app: FastAPI) -> None:
    clerk, _ = await announced(plain_world)
    meeting = await the_meeting(plain_world)
    desk = await sit_down(app, clerk)
    await says_for_whom(desk, meeting.id, "business", places="60")
    profile = (await plan_called(plain_world, "an-duong-2024")).profile
    said = compose(await the_meeting(plain_world), profile, "xã An Dương")
    assert "Thành phần: doanh nghiệp" in said
    assert "Tổng số chỗ: 60; hết chỗ thì ghi danh sách chờ." in said


async def test_only_its_office_says_so_and_only_before_it_is_over(plain_world: World) -> None:
    await announced(plain_world)
    meeting = await the_meeting(plain_world)
    async with plain_world.store.unit() as uow:
        stranger = await uow.people.add(Person(name="Người lạ", created_at=uow.now))
        with pytest.raises(NotFound):
            await say_for_whom(uow, by=stranger, meeting_id=meeting.id, audience=(), places=None)
    await set_meeting(plain_world, meeting, MeetingState.HELD)
    async with plain_world.store.unit() as uow:
        unit = await uow.places.unit(meeting.unit_id)
        [clerk] = await uow.people.holders(Role.SECRETARY, unit)
        with pytest.raises(RuleBroken, match="meeting_over"):
            await say_for_whom(uow, by=clerk, meeting_id=meeting.id, audience=(), places=None)


def _with_session(stored: Plan, **changed: object) -> PlanProfile:
    session = {**_session(stored), **changed}
    return amended(stored.profile, sessions=[session])


def _session(stored: Plan) -> dict[str, object]:
    [session] = to_document(stored.profile)["sessions"]
    return dict(session)


async def test_a_meeting_follows_its_plan_until_somebody_says_otherwise(plain_world: World) -> None:
    await announced(plain_world)
    meeting = await the_meeting(plain_world)
    stored = await plan_called(plain_world, "an-duong-2024")
    async with plain_world.store.unit() as uow:
        await load_plan(uow, _with_session(stored, audience=["youth"], places=80))
        again = await uow.meetings.get(meeting.id)
        assert (again.audience, again.places) == ((AudienceKind.YOUTH,), 80)
        again.places = 50
        await load_plan(uow, _with_session(stored, audience=["women"], places=90))
        assert (again.audience, again.places) == ((AudienceKind.WOMEN,), 50)
        again.audience = (AudienceKind.CHILDREN,)
        await load_plan(uow, _with_session(stored, audience=["farmers"]))
        assert again.audience == (AudienceKind.CHILDREN,)
        await load_plan(uow, _with_session(stored, key="khac"))
        assert again.audience == (AudienceKind.CHILDREN,)
        await uow.commit()


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("Tổng số 120 đại biểu.", 120),
        ("Dự kiến khoảng 120 đại biểu.", None),
        ("Số lượng 120 đại biểu; số lượng 30 người của cơ quan.", None),
    ],
)
def test_a_draft_has_the_places_a_paper_states_once_and_for_sure(said: str, places: int | None) -> None:
    profile = plan(
        "1. Thời gian: 8 giờ 00, ngày 12/5/2026. Địa điểm: Hội trường UBND xã.\n"
        f"2. Đối tượng: Chủ tịch UBND xã đối thoại với thanh niên, đoàn viên.\n3. Thành phần: {said}"
    )
    assert profile.sessions[0].places == places
    assert profile.sessions[0].audience == (AudienceKind.YOUTH,)
    assert any(one.key.startswith("dai-bieu") for one in profile.warnings) is (places is None)
