"""How one comes to a meeting, in person or online, is said, changed and told (R213, LAW C9)."""

import pytest

from intake.actions.meetings.way_of_attending import say_how_to_attend
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.plan.profile_terms import MeetingForm
from tests.support.meetings import APRIL, makes_meeting
from tests.support.office import Office, open_office, person_named
from tests.support.public import passer_by
from tests.support.stories import set_meeting
from tests.support.world import World


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


@pytest.fixture
async def meeting(office: Office) -> Meeting:
    return await office.fixed_meeting()


async def changes(office: Office, meeting: Meeting, form: str, *typed: str) -> None:
    await office.secretary.taps_code(f"meetingcard.{meeting.id}")
    await office.secretary.presses("Cách tham dự")
    await office.secretary.presses(form)
    for words in typed:
        await office.secretary.says(words)


async def test_it_is_in_person_until_somebody_says_otherwise(office: Office, meeting: Meeting) -> None:
    await office.asked()
    await changes(office, meeting, "trực tiếp và trực tuyến", "https://xa.test/truc-tiep")
    assert "Cách tham dự: trực tiếp và trực tuyến." in office.secretary.hears()
    await office.secretary.presses("Gửi")
    assert "Đã ghi cách tham dự" in office.secretary.hears()
    assert "tham dự trực tiếp và trực tuyến.\nhttps://xa.test/truc-tiep" in office.mai.hears()
    await office.secretary.taps_code(f"meetingcard.{meeting.id}")
    assert "Tham dự trực tiếp, hoặc trực tuyến: https://xa.test/truc-tiep" in office.secretary.hears()
    await office.mai.says("/lich")
    assert "Tham dự trực tiếp, hoặc trực tuyến: https://xa.test/truc-tiep" in office.mai.hears()
    async with passer_by(office.world) as reader:
        page = await reader.reads(f"/cong-khai/dl/buoi/{meeting.id}")
        assert 'href="https://xa.test/truc-tiep"' in page

    await changes(office, meeting, "trực tiếp")
    await office.secretary.says("gì đó")
    await office.secretary.presses("Sửa")
    await office.secretary.presses("trực tiếp")
    await office.secretary.presses("Gửi")
    assert "tham dự trực tiếp, tại địa điểm đã báo" in office.mai.hears()
    await office.mai.says("/lich")
    assert "trực tuyến" not in office.mai.hears()


async def test_online_alone_is_said_with_the_way_in(office: Office, meeting: Meeting) -> None:
    await changes(office, meeting, "trực tuyến", "!!", "Trang Zalo của thị trấn")
    await office.secretary.presses("Gửi")
    await office.mai.says("/lich")
    assert "Tham dự trực tuyến: Trang Zalo của thị trấn" in office.mai.hears()


async def test_how_one_attends_is_no_change_of_a_day_nobody_has(office: Office) -> None:
    """No calendar has the meeting yet, and it was not put off: its notice still counts from the earliest day."""
    await makes_meeting(office.secretary, APRIL, "TDP Hàng Gòn")
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        planned, _ = await say_how_to_attend(
            uow, by=secretary, meeting_id=MeetingId(1), form=MeetingForm.ONLINE, online_at="Trang Zalo"
        )
        assert (planned.state, planned.revision, planned.is_put_off) == (MeetingState.PLANNED, 0, False)


async def test_the_same_once_more_tells_nobody(office: Office, meeting: Meeting) -> None:
    await office.asked()
    async with office.world.store.unit() as uow:
        thu = await person_named(uow, "Trần Văn Thư")
        values = {"by": thu, "meeting_id": meeting.id, "form": MeetingForm.ONLINE, "online_at": "Zalo"}
        assert (await say_how_to_attend(uow, **values))[1] > 0
        changed, told = await say_how_to_attend(uow, **values)
        assert (told, changed.revision) == (0, 1)
        with pytest.raises(RuleBroken):
            await say_how_to_attend(uow, **{**values, "form": MeetingForm.BOTH, "online_at": " "})
        mai = await person_named(uow, "Nguyễn Thị Mai")
        with pytest.raises(NotFound):
            await say_how_to_attend(uow, **{**values, "by": mai})
        await uow.commit()
    await set_meeting(office.world, meeting, MeetingState.HELD)
    async with office.world.store.unit() as uow:
        with pytest.raises(RuleBroken):
            await say_how_to_attend(uow, **{**values, "online_at": "Facebook"})


async def test_a_form_nobody_offered_is_not_found(office: Office, meeting: Meeting) -> None:
    await office.secretary.taps_code(f"attendingform.{meeting.id}.by_horse")
    assert "không" in office.secretary.hears().lower()
